/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "test-service-observations.h"

#include "judge/step.h"
#include "words/describe.h"

#include <string.h>

/* Observations in a line: each is a name and its result: + passed, 0 passed and found nothing, ~
 * skipped, :CODE failed with that error. A digit is the address family. */

static void
add_failed_interface (GListStore *store)
{
  SidetoneError error = SIDETONE_ERROR_UNKNOWN;

  add_step (store, "interface-1", SIDETONE_OBSERVATION_INTERFACE, &error, NULL);
}

static void
add_skipped_connect (GListStore *store)
{
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  SidetoneObservationFields fields = {
    .id = "connect-0",
    .kind = SIDETONE_OBSERVATION_CONNECT,
    .state = SIDETONE_STATE_SKIPPED,
    .start_us = 900000,
  };

  g_variant_dict_insert (&details, "reason", "s", "another was faster");
  add_observation (store, &fields, &details);
}

static void
add_late_connect (GListStore *store)
{
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  SidetoneObservationFields fields = {
    .id = "connect-9",
    .kind = SIDETONE_OBSERVATION_CONNECT,
    .state = SIDETONE_STATE_PASSED,
  };

  g_variant_dict_insert (&details, "peer-address", "s", "203.0.113.99");
  g_variant_dict_insert (&details, "used", "b", FALSE);
  add_observation (store, &fields, &details);
}

static void
add_server_ip_without_address (GListStore *store)
{
  SidetoneObservationFields fields = {
    .id = "server-ip",
    .kind = SIDETONE_OBSERVATION_SERVER_IP,
    .state = SIDETONE_STATE_PASSED,
  };

  add_observation (store, &fields, NULL);
}

static void
add_sign_in (GListStore *store)
{
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  SidetoneObservationFields fields = {
    .id = "sign-in",
    .kind = SIDETONE_OBSERVATION_SIGN_IN,
    .state = SIDETONE_STATE_PASSED,
  };

  g_variant_dict_insert (&details, "mechanism", "s", "SCRAM-SHA-1");
  add_observation (store, &fields, &details);
}

/* With STARTTLS, it is part of the sign-in. */
static void
add_failed_greeting (GListStore   *store,
                     SidetoneError code)
{
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GError) error = g_error_new_literal (SIDETONE_ERROR, code, "greeting");
  SidetoneObservationFields fields = {
    .id = "sign-in",
    .kind = SIDETONE_OBSERVATION_SIGN_IN,
    .state = SIDETONE_STATE_FAILED,
    .error = error,
  };

  g_variant_dict_insert (&details, "stage", "s", "stream");
  add_observation (store, &fields, &details);
}

static void
add_by_name (GListStore    *store,
             const char    *name,
             char           ending,
             SidetoneError *error)
{
  if (g_str_equal (name, "interface") && error != NULL)
    add_failed_interface (store);
  else if (g_str_equal (name, "interface"))
    add_interface (store, "eth0", "wired", "192.168.1.10", TRUE);
  else if (g_str_equal (name, "interface6"))
    add_interface (store, "eth0", "wired", "2001:db8:1::7", TRUE);
  else if (g_str_equal (name, "loopback"))
    add_interface (store, "lo", "loopback", "127.0.0.1", FALSE);
  else if (g_str_equal (name, "link-local"))
    add_interface (store, "eth0", "wired", "169.254.7.7", TRUE);
  else if (g_str_equal (name, "link-local6"))
    add_interface (store, "eth0", "wired", "fe80::7", FALSE);
  else if (g_str_equal (name, "address"))
    add_lookup (store, "address", "montague.lit", "203.0.113.10 2001:db8:5::10", error);
  else if (g_str_equal (name, "other-address"))
    add_lookup (store, "address", "capulet.lit", error == NULL ? "203.0.113.11" : "", error);
  else if (g_str_equal (name, "srv"))
    add_lookup (store, "srv-client", "_xmpp-client._tcp.montague.lit",
                ending == '+' ? "5_0_5222_montague.lit" : "", error);
  else if (g_str_equal (name, "nat64"))
    add_lookup (store, "nat64", "ipv4only.arpa", "", error);
  else if (g_str_equal (name, "connect4") && ending == '~')
    add_skipped_connect (store);
  else if (g_str_equal (name, "connect4"))
    add_connect (store, PUBLIC_PEER, error);
  else if (g_str_equal (name, "late4"))
    add_late_connect (store);
  else if (g_str_equal (name, "direct4"))
    add_connect (store, "203.0.113.10:5223", error);
  else if (g_str_equal (name, "connect6"))
    add_connect (store, PUBLIC_PEER6, error);
  else if (g_str_equal (name, "secure"))
    add_step (store, "secure", SIDETONE_OBSERVATION_SECURE, error, NULL);
  else if (g_str_equal (name, "sign-in") && error == NULL)
    add_sign_in (store);
  else if (g_str_equal (name, "sign-in"))
    add_step (store, "sign-in", SIDETONE_OBSERVATION_SIGN_IN, error, NULL);
  else if (g_str_equal (name, "greeting"))
    add_failed_greeting (store, *error);
  else if (g_str_equal (name, "disco") && error == NULL)
    add_disco (store, "urn:xmpp:sic:1");
  else if (g_str_equal (name, "disco"))
    add_step (store, "disco", SIDETONE_OBSERVATION_DISCO, error, NULL);
  else if (g_str_equal (name, "server-ip") && ending == '0')
    add_server_ip_without_address (store);
  else if (g_str_equal (name, "server-ip") && error == NULL)
    add_server_ip (store, "192.168.1.10:44308", "198.51.100.1:44308", PUBLIC_PEER);
  else if (g_str_equal (name, "server-ip"))
    add_step (store, "server-ip", SIDETONE_OBSERVATION_SERVER_IP, error, NULL);
  else if (g_str_equal (name, "services") && error != NULL)
    add_step (store, "services", SIDETONE_OBSERVATION_SERVICES, error, NULL);
  else if (g_str_equal (name, "services"))
    add_services (store, ending == '0' ? "" : "stun udp turn.lit 1, turn udp turn.lit 1 credentials",
                  G_MAXINT64);
  else if (g_str_equal (name, "literal"))
    add_services (store, "turn udp 203.0.113.20 1 credentials", G_MAXINT64);
  else if (g_str_equal (name, "host"))
    add_lookup (store, "service", "turn.lit", error == NULL ? "203.0.113.20" : "", error);
  else if (g_str_equal (name, "stun") || g_str_equal (name, "other-stun"))
    add_test (store, SIDETONE_OBSERVATION_STUN, name, "stun udp turn.lit 1", NULL,
              ending == '~' ? SIDETONE_STATE_SKIPPED
              : error != NULL ? SIDETONE_STATE_FAILED : SIDETONE_STATE_PASSED, error, NULL);
  else
    g_error ("No observation is called %s", name);
}

static GListModel *
make_observations (const char *line)
{
  GListStore *store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_auto (GStrv) words = NULL;

  if (*line == '\0')
    return G_LIST_MODEL (store);

  words = g_strsplit (line, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *name = g_strdup (words[i]);
      char *end = strpbrk (name, "+0~:");
      char ending;

      g_assert_nonnull (end);
      ending = *end;
      *end = '\0';
      if (ending == ':')
        {
          SidetoneError error = sidetone_error_from_code (end + 1);

          add_by_name (store, name, ending, &error);
        }
      else
        add_by_name (store, name, ending, NULL);
    }

  return G_LIST_MODEL (store);
}

static SidetoneStep *
make_step (SidetoneStepKind kind,
           GListModel      *observations,
           SidetoneStepKind current)
{
  g_autoptr (SidetoneEvidence) evidence = NULL;

  if (observations != NULL)
    evidence = sidetone_evidence_new (observations);

  return sidetone_step_new (kind, evidence, current);
}

/* One letter for each step, in their order */
static char *
format_progress (GListModel      *observations,
                 SidetoneStepKind current)
{
  static const char letters[] = {
    [SIDETONE_PROGRESS_UNKNOWN] = '?',
    [SIDETONE_PROGRESS_WAITING] = 'w',
    [SIDETONE_PROGRESS_RUNNING] = 'r',
    [SIDETONE_PROGRESS_PASSED] = 'P',
    [SIDETONE_PROGRESS_WARNING] = 'W',
    [SIDETONE_PROGRESS_FAILED] = 'F',
    [SIDETONE_PROGRESS_SKIPPED] = 's',
  };
  g_autoptr (GEnumClass) kinds = g_type_class_ref (SIDETONE_TYPE_STEP_KIND);
  GString *text = g_string_new (NULL);

  for (guint i = 1; i < kinds->n_values; i++)
    {
      SidetoneStepKind kind = kinds->values[i].value;
      g_autoptr (SidetoneStep) step = make_step (kind, observations, current);

      g_assert_cmpint (sidetone_step_get_kind (step), ==, kind);
      g_string_append_c (text, letters[sidetone_step_get_progress (step)]);
    }

  return g_string_free (text, FALSE);
}

#define LOOKED_UP "interface+ srv0 address+ "
#define SIGNED_IN LOOKED_UP "connect4+ secure+ sign-in+ "

/* The rules of sidetone_step_new (), in their order. Steps: computer, find, connect, secure, sign
 * in, ask, services, test. */
static void
test_progress (void)
{
  static const struct
  {
    SidetoneStepKind current;
    const char *observations;  /* NULL: the check has not begun */
    const char *progress;
  } rows[] = {
    { SIDETONE_STEP_UNKNOWN, NULL, "wwwwwwww" },
    { SIDETONE_STEP_COMPUTER, NULL, "wwwwwwww" },

    /* Looking up */
    { SIDETONE_STEP_COMPUTER, "", "rwwwwwww" },
    { SIDETONE_STEP_COMPUTER, "interface+", "Prwwwwww" },
    /* A network's address may be seen next. */
    { SIDETONE_STEP_COMPUTER, "loopback+", "rwwwwwww" },
    { SIDETONE_STEP_COMPUTER, "loopback+ interface+", "Prwwwwww" },
    { SIDETONE_STEP_CONNECT, "loopback+", "Wsrwwwww" },
    { SIDETONE_STEP_COMPUTER, "interface:unknown", "Frwwwwww" },
    { SIDETONE_STEP_COMPUTER, "srv0", "rrwwwwww" },
    { SIDETONE_STEP_COMPUTER, "interface+ address+", "Prwwwwww" },
    { SIDETONE_STEP_COMPUTER, "interface+ address:name-not-found", "Prwwwwww" },
    { SIDETONE_STEP_FIND, "", "srwwwwww" },

    /* Signing in */
    { SIDETONE_STEP_CONNECT, LOOKED_UP, "PPrwwwww" },
    { SIDETONE_STEP_CONNECT, "interface+ nat64:dns-no-answer", "Psrwwwww" },
    { SIDETONE_STEP_CONNECT, LOOKED_UP "connect4~", "PPrwwwww" },
    { SIDETONE_STEP_CONNECT, LOOKED_UP "connect4:connection-refused", "PPrwwwww" },
    { SIDETONE_STEP_CONNECT, LOOKED_UP "connect4+", "PPPrwwww" },
    { SIDETONE_STEP_CONNECT, LOOKED_UP "connect4+ secure:tls-failed", "PPPrwwww" },
    { SIDETONE_STEP_CONNECT, LOOKED_UP "connect4+ secure+", "PPPPrwww" },
    { SIDETONE_STEP_CONNECT, LOOKED_UP "connect4+ sign-in:not-xmpp", "PPPrrwww" },
    { SIDETONE_STEP_CONNECT, LOOKED_UP "connect4+ secure+ sign-in:connection-lost", "PPPPrwww" },
    /* A second server program */
    { SIDETONE_STEP_CONNECT, LOOKED_UP "connect4+ secure:tls-failed connect6+", "PPPrwwww" },
    { SIDETONE_STEP_CONNECT, LOOKED_UP "connect4+ secure:tls-failed connect6+ secure+", "PPPWrwww" },

    /* Asking */
    { SIDETONE_STEP_ASK, SIGNED_IN, "PPPPPrww" },
    { SIDETONE_STEP_ASK, SIGNED_IN "disco+", "PPPPPrww" },
    { SIDETONE_STEP_ASK, SIGNED_IN "disco+ server-ip+", "PPPPPPrw" },
    { SIDETONE_STEP_ASK, SIGNED_IN "disco+ server-ip:no-answer", "PPPPPWrw" },

    /* Over */
    { SIDETONE_STEP_UNKNOWN, "", "ssssssss" },
    { SIDETONE_STEP_UNKNOWN, SIGNED_IN "disco+ server-ip+", "PPPPPPss" },
    { SIDETONE_STEP_UNKNOWN, "interface:unknown interface+", "Wsssssss" },
    { SIDETONE_STEP_UNKNOWN, "loopback+ interface+", "Psssssss" },
    { SIDETONE_STEP_UNKNOWN, "loopback+", "Wsssssss" },
    { SIDETONE_STEP_UNKNOWN, "link-local+ link-local6+", "Wsssssss" },

    { SIDETONE_STEP_UNKNOWN, "address:name-not-found", "sFssssss" },
    { SIDETONE_STEP_UNKNOWN, "address:dns-no-answer", "sFssssss" },
    { SIDETONE_STEP_UNKNOWN, "srv:dns-no-answer", "sFssssss" },
    { SIDETONE_STEP_UNKNOWN, "srv0", "sFssssss" },
    { SIDETONE_STEP_UNKNOWN, "srv0 address+", "sPssssss" },
    { SIDETONE_STEP_UNKNOWN, "srv:dns-failed address+", "sPssssss" },
    { SIDETONE_STEP_UNKNOWN, "srv:dns-no-answer address+", "sWssssss" },
    { SIDETONE_STEP_UNKNOWN, "srv+ other-address:name-not-found address+", "sWssssss" },
    { SIDETONE_STEP_UNKNOWN, "srv+ other-address:name-not-found", "sFssssss" },
    /* An entry with an address in place of a name; and a server given by its address */
    { SIDETONE_STEP_UNKNOWN, "srv+", "sPssssss" },
    { SIDETONE_STEP_UNKNOWN, "nat64:dns-no-answer", "ssssssss" },
    { SIDETONE_STEP_UNKNOWN, "nat64:dns-no-answer address+", "sPssssss" },
    { SIDETONE_STEP_UNKNOWN, "nat640 address+", "sPssssss" },

    { SIDETONE_STEP_UNKNOWN, "connect4~", "ssssssss" },
    { SIDETONE_STEP_UNKNOWN, "connect4~ connect4+", "ssPsssss" },
    { SIDETONE_STEP_UNKNOWN, "connect4:connection-refused", "ssFsssss" },
    { SIDETONE_STEP_UNKNOWN, "connect6:unreachable connect4:tcp-no-answer", "ssFsssss" },
    { SIDETONE_STEP_UNKNOWN, "connect4:connection-refused connect4+", "ssWsssss" },
    { SIDETONE_STEP_UNKNOWN, "connect6:tcp-no-answer connect4+", "ssWsssss" },
    { SIDETONE_STEP_UNKNOWN, "connect4:unreachable connect4+", "ssWsssss" },
    { SIDETONE_STEP_UNKNOWN, "connect6:unreachable connect6:tcp-no-answer connect4+", "ssWsssss" },
    /* A network without IPv6, and one that seems to have it */
    { SIDETONE_STEP_UNKNOWN, "interface+ connect6:unreachable connect4+", "PsPsssss" },
    { SIDETONE_STEP_UNKNOWN, "interface6+ connect6:unreachable connect4+", "PsWsssss" },

    { SIDETONE_STEP_UNKNOWN, "secure:certificate-expired", "sssFssss" },
    { SIDETONE_STEP_UNKNOWN, "secure:tls-failed secure+", "sssWssss" },
    { SIDETONE_STEP_UNKNOWN, "secure+ secure:tls-failed", "sssFssss" },
    { SIDETONE_STEP_UNKNOWN, "secure+ sign-in:wrong-password", "sssPFsss" },
    { SIDETONE_STEP_UNKNOWN, "secure+ sign-in:connection-lost sign-in+", "sssPWsss" },

    { SIDETONE_STEP_UNKNOWN, "disco+ server-ip:not-offered", "ssssssss" },
    { SIDETONE_STEP_UNKNOWN, "disco+ server-ip:forbidden", "sssssWss" },
    { SIDETONE_STEP_UNKNOWN, "disco+ server-ip0", "sssssWss" },
    { SIDETONE_STEP_UNKNOWN, "disco:no-answer server-ip+", "sssssWss" },
    { SIDETONE_STEP_UNKNOWN, "disco+ server-ip:connection-lost", "sssssFss" },
    { SIDETONE_STEP_UNKNOWN, "disco:connection-lost", "sssssFss" },
    { SIDETONE_STEP_UNKNOWN, "disco+", "sssssWss" },

    /* Services: asked with the other queries, and done when each host is found */
    { SIDETONE_STEP_ASK, SIGNED_IN "services+", "PPPPPrrw" },
    { SIDETONE_STEP_ASK, SIGNED_IN "disco+ server-ip+ services+", "PPPPPPrw" },
    { SIDETONE_STEP_ASK, SIGNED_IN "disco+ server-ip+ services+ host+", "PPPPPPPr" },
    { SIDETONE_STEP_ASK, SIGNED_IN "disco+ server-ip+ services+ host:name-not-found", "PPPPPPWr" },
    { SIDETONE_STEP_ASK, SIGNED_IN "disco+ server-ip+ literal+", "PPPPPPPr" },
    { SIDETONE_STEP_ASK, SIGNED_IN "disco+ server-ip+ services0", "PPPPPPWr" },
    { SIDETONE_STEP_ASK, SIGNED_IN "disco+ server-ip+ services:not-offered", "PPPPPPWr" },
    { SIDETONE_STEP_ASK, SIGNED_IN "services:not-offered", "PPPPPrWw" },
    { SIDETONE_STEP_UNKNOWN, "services+ host+", "ssssssPs" },
    { SIDETONE_STEP_UNKNOWN, "services+", "ssssssPs" },
    { SIDETONE_STEP_UNKNOWN, "services:forbidden", "ssssssWs" },
    { SIDETONE_STEP_UNKNOWN, "services:no-answer", "ssssssWs" },
    { SIDETONE_STEP_UNKNOWN, "services:connection-lost", "ssssssFs" },

    /* Testing: never done before the check is over */
    { SIDETONE_STEP_SERVICES, SIGNED_IN "disco+ server-ip+ services+ host+ stun+", "PPPPPPPr" },
    { SIDETONE_STEP_UNKNOWN, "stun+", "sssssssP" },
    { SIDETONE_STEP_UNKNOWN, "stun:stun-no-answer other-stun+", "sssssssW" },
    { SIDETONE_STEP_UNKNOWN, "stun+ other-stun:stun-no-answer", "sssssssW" },
    { SIDETONE_STEP_UNKNOWN, "stun:stun-no-answer other-stun:stun-no-answer", "sssssssF" },
    { SIDETONE_STEP_UNKNOWN, "stun+ other-stun~", "sssssssP" },
    { SIDETONE_STEP_UNKNOWN, "stun~", "ssssssss" },

    /* Not part of finding the server */
    { SIDETONE_STEP_UNKNOWN, "address+ services+ host:name-not-found", "sPssssWs" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *line = NULL;
      g_autoptr (GListModel) observations = NULL;
      g_autofree char *progress = NULL;

      g_test_message ("%d: %s", rows[i].current, rows[i].observations);
      if (rows[i].observations != NULL)
        {
          line = g_strchomp (g_strdup (rows[i].observations));
          observations = make_observations (line);
        }
      progress = format_progress (observations, rows[i].current);

      g_assert_cmpstr (progress, ==, rows[i].progress);
    }
}

/* What is shown beside a step, and under it */
static void
test_values (void)
{
  static const char line[] = "interface+ connect4~ connect6:unreachable connect4+ secure+";
  g_autoptr (GListModel) observations = make_observations (line);
  g_autoptr (SidetoneStep) find = NULL;
  g_autoptr (SidetoneStep) connect = NULL;
  g_autoptr (SidetoneStep) secure = NULL;
  g_autoptr (SidetoneStep) second = NULL;
  g_autoptr (SidetoneObservation) first = NULL;

  find = make_step (SIDETONE_STEP_FIND, observations, SIDETONE_STEP_UNKNOWN);
  connect = make_step (SIDETONE_STEP_CONNECT, observations, SIDETONE_STEP_UNKNOWN);
  secure = make_step (SIDETONE_STEP_SECURE, observations, SIDETONE_STEP_UNKNOWN);

  g_assert_cmpuint (g_list_model_get_n_items (sidetone_step_get_observations (find)), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (sidetone_step_get_observations (connect)), ==, 3);
  g_assert_cmpuint (g_list_model_get_n_items (sidetone_step_get_observations (secure)), ==, 1);
  first = g_list_model_get_item (sidetone_step_get_observations (connect), 0);
  g_assert_cmpint (sidetone_observation_get_state (first), ==, SIDETONE_STATE_SKIPPED);

  g_assert_cmpint (sidetone_step_get_duration_us (find), ==, 0);
  g_assert_cmpint (sidetone_step_get_duration_us (connect), ==, 31000);
  g_assert_cmpint (sidetone_step_get_duration_us (secure), ==, 60000);

  second = sidetone_step_ref (connect);
  g_assert_true (second == connect);
}

/* A list that grows later does not change an earlier step. */
static void
test_immutable (void)
{
  g_autoptr (GListModel) observations = make_observations ("secure:tls-failed");
  g_autoptr (SidetoneStep) step = NULL;

  step = make_step (SIDETONE_STEP_SECURE, observations, SIDETONE_STEP_UNKNOWN);
  add_step (G_LIST_STORE (observations), "secure-2", SIDETONE_OBSERVATION_SECURE, NULL, NULL);

  g_assert_cmpint (sidetone_step_get_progress (step), ==, SIDETONE_PROGRESS_FAILED);
  g_assert_cmpuint (g_list_model_get_n_items (sidetone_step_get_observations (step)), ==, 1);
}

/* From the first start to the last end, even if they overlap */
static void
test_duration (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  static const gint64 times[][2] = { { 700, 200 }, { 300, 900 }, { 800, 50 } };
  g_autoptr (SidetoneStep) step = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      SidetoneObservationFields fields = {
        .id = "connect",
        .kind = SIDETONE_OBSERVATION_CONNECT,
        .state = SIDETONE_STATE_PASSED,
        .start_us = times[i][0],
        .duration_us = times[i][1],
      };

      add_observation (store, &fields, NULL);
    }
  step = make_step (SIDETONE_STEP_CONNECT, G_LIST_MODEL (store), SIDETONE_STEP_UNKNOWN);

  g_assert_cmpint (sidetone_step_get_duration_us (step), ==, 900);
}

/* A loser that goes on after the used connection delayed nothing. */
static void
test_duration_of_connect (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (GError) error = NULL;
  g_autoptr (SidetoneStep) step = NULL;
  SidetoneObservationFields silent = {
    .id = "connect-1",
    .kind = SIDETONE_OBSERVATION_CONNECT,
    .state = SIDETONE_STATE_FAILED,
    .start_us = 1000,
    .duration_us = 5000000,
  };

  error = g_error_new_literal (SIDETONE_ERROR, SIDETONE_ERROR_TCP_NO_ANSWER, "silent");
  silent.error = error;
  add_observation (store, &silent, NULL);
  add_used_connect (store, "192.168.1.10:44308", 251000, 30000);
  step = make_step (SIDETONE_STEP_CONNECT, G_LIST_MODEL (store), SIDETONE_STEP_UNKNOWN);

  g_assert_cmpint (sidetone_step_get_duration_us (step), ==, 280000);
}

/* The words in the row */
static void
test_words (void)
{
  static const struct
  {
    SidetoneStepKind kind;
    SidetoneStepKind current;
    const char *observations;
    const char *title;
    const char *summary;
  } rows[] = {
#define OVER SIDETONE_STEP_UNKNOWN
    { SIDETONE_STEP_COMPUTER, SIDETONE_STEP_COMPUTER, NULL, "This computer's addresses", "" },
    { SIDETONE_STEP_COMPUTER, SIDETONE_STEP_COMPUTER, "", "Looking at this computer's addresses",
      "" },
    { SIDETONE_STEP_COMPUTER, OVER, "loopback+ interface+", "Network addresses found",
      "1 address" },
    { SIDETONE_STEP_COMPUTER, OVER, "interface+ interface6+", "Network addresses found",
      "2 addresses" },
    { SIDETONE_STEP_COMPUTER, OVER, "loopback+", "This computer has no network address", "" },
    { SIDETONE_STEP_COMPUTER, OVER, "loopback+ link-local6+",
      "This computer has no network address", "" },
    /* An unseen address may exist. */
    { SIDETONE_STEP_COMPUTER, OVER, "loopback+ interface:unknown",
      "Network addresses found", "none on a network; others unreadable" },
    { SIDETONE_STEP_COMPUTER, OVER, "interface+ interface:unknown",
      "Network addresses found", "1 address; others unreadable" },
    { SIDETONE_STEP_COMPUTER, OVER, "interface:unknown",
      "Network addresses not found",
      "The check stopped for a reason that this version does not know." },

    { SIDETONE_STEP_FIND, OVER, NULL, "Your server's address", "" },
    { SIDETONE_STEP_FIND, SIDETONE_STEP_FIND, "srv+", "Looking for your server", "" },
    { SIDETONE_STEP_FIND, OVER, "srv0 address+", "Your server was found",
      "montague.lit, 2 addresses" },
    { SIDETONE_STEP_FIND, OVER, "other-address+", "Your server was found",
      "capulet.lit, 1 address" },
    { SIDETONE_STEP_FIND, OVER, "srv+ address+ other-address+", "Your server was found",
      "montague.lit, capulet.lit, 3 addresses" },
    { SIDETONE_STEP_FIND, OVER, "srv+", "Your server was found", "1 for STARTTLS" },
    { SIDETONE_STEP_FIND, OVER, "srv:dns-no-answer address+", "Your server was found",
      "montague.lit, 2 addresses; one question without an answer" },
    { SIDETONE_STEP_FIND, OVER, "srv0 address:name-not-found", "Your server was not found",
      "montague.lit was not found." },
    { SIDETONE_STEP_FIND, OVER, "loopback+ srv0 address:name-not-found",
      "Your server was not found", "this computer is offline" },
    { SIDETONE_STEP_FIND, OVER, "nat640", "No name to look up", "" },

    { SIDETONE_STEP_CONNECT, OVER, NULL, "Connection", "" },
    { SIDETONE_STEP_CONNECT, SIDETONE_STEP_CONNECT, "connect4:connection-refused",
      "Connecting to your server", "" },
    { SIDETONE_STEP_CONNECT, OVER, "connect4+ connect4~", "Connected", "203.0.113.10 port 5222" },
    { SIDETONE_STEP_CONNECT, OVER, "connect4+ late4+", "Connected", "203.0.113.10 port 5222" },
    { SIDETONE_STEP_CONNECT, OVER, "direct4+ connect4+", "Connected", "203.0.113.10 port 5222" },
    { SIDETONE_STEP_CONNECT, OVER, "connect6:tcp-no-answer connect4+", "Connected",
      "203.0.113.10 port 5222; some addresses don't work" },
    { SIDETONE_STEP_CONNECT, OVER, "connect4:connection-refused", "Not connected",
      "203.0.113.10 port 5222: refused" },
    { SIDETONE_STEP_CONNECT, OVER, "direct4:tcp-no-answer connect4:connection-refused",
      "Not connected", "203.0.113.10 port 5222: refused" },
    { SIDETONE_STEP_CONNECT, OVER, "connect6:unreachable direct4:connection-refused "
      "connect4:connection-refused",
      "Not connected", "none of its addresses works" },
    { SIDETONE_STEP_CONNECT, OVER, "", "Connection not tried", "" },

    { SIDETONE_STEP_SECURE, OVER, NULL, "Security", "" },
    { SIDETONE_STEP_SECURE, SIDETONE_STEP_CONNECT, "connect4+", "Securing the connection", "" },
    { SIDETONE_STEP_SECURE, OVER, "secure+", "Secured", "certificate checked" },
    { SIDETONE_STEP_SECURE, OVER, "secure:tls-failed secure+", "Secured",
      "certificate checked; needed a retry" },
    { SIDETONE_STEP_SECURE, OVER, "secure:certificate-expired", "Not secured",
      "Your server uses a certificate that has expired." },
    { SIDETONE_STEP_SECURE, OVER, "", "Encryption not reached", "" },

    { SIDETONE_STEP_SIGN_IN, OVER, "greeting:http-answer", "Not signed in",
      "A web server answers in place of your server." },
    /* The same web server answered to direct TLS: one failure, not two. */
    { SIDETONE_STEP_SIGN_IN, OVER, "secure:http-answer greeting:http-answer",
      "Sign-in not reached", "" },
    { SIDETONE_STEP_SIGN_IN, OVER, "secure:tls-failed sign-in:wrong-password", "Not signed in",
      "Wrong password, or no such account." },
    { SIDETONE_STEP_SIGN_IN, OVER, NULL, "Sign-in", "" },
    { SIDETONE_STEP_SIGN_IN, SIDETONE_STEP_CONNECT, "connect4+ secure+", "Signing in", "" },
    { SIDETONE_STEP_SIGN_IN, OVER, "sign-in+", "Signed in", "SCRAM-SHA-1" },
    { SIDETONE_STEP_SIGN_IN, OVER, "sign-in:wrong-password", "Not signed in",
      "Wrong password, or no such account." },
    { SIDETONE_STEP_SIGN_IN, OVER, "", "Sign-in not reached", "" },

    { SIDETONE_STEP_ASK, OVER, NULL, "Address check", "" },
    { SIDETONE_STEP_ASK, SIDETONE_STEP_ASK, "disco+", "Asking your server for your address", "" },
    { SIDETONE_STEP_ASK, OVER, "disco+ server-ip+", "Address seen by your server",
      "198.51.100.1 port 44308" },
    { SIDETONE_STEP_ASK, OVER, "disco:no-answer server-ip+", "Address seen by your server",
      "198.51.100.1 port 44308; its offers are not known" },
    { SIDETONE_STEP_ASK, OVER, "disco+ server-ip:not-offered", "Address check skipped",
      "Your server does not offer the address check." },
    { SIDETONE_STEP_ASK, OVER, "disco+ server-ip0", "No address from your server",
      "Your server answered, but with no address that can be used." },
    { SIDETONE_STEP_ASK, OVER, "disco+ server-ip:connection-lost", "Your server did not answer",
      "The connection to your server broke off." },
    { SIDETONE_STEP_ASK, OVER, "", "Address check skipped", "" },

    { SIDETONE_STEP_SERVICES, OVER, NULL, "Call servers", "" },
    { SIDETONE_STEP_SERVICES, SIDETONE_STEP_ASK, "services+",
      "Looking up call servers", "" },
    { SIDETONE_STEP_SERVICES, OVER, "services+ host+", "Call servers found",
      "2 entries, 1 for a relay" },
    { SIDETONE_STEP_SERVICES, OVER, "literal+", "Call servers found",
      "1 entry, 1 for a relay" },
    { SIDETONE_STEP_SERVICES, OVER, "services+ host:name-not-found",
      "Call servers found", "2 entries, 1 for a relay; turn.lit was not found." },
    { SIDETONE_STEP_SERVICES, OVER, "services0", "Your server offers no call servers",
      "neither STUN nor TURN" },
    { SIDETONE_STEP_SERVICES, OVER, "services:not-offered", "Your server offers no call servers",
      "neither STUN nor TURN" },
    { SIDETONE_STEP_SERVICES, OVER, "services:forbidden",
      "Call servers not known",
      "Your server does not let this account look up call servers." },
    { SIDETONE_STEP_SERVICES, OVER, "services:no-answer",
      "Call servers not known",
      "Your server was asked, and did not answer within 5 seconds." },
    { SIDETONE_STEP_SERVICES, OVER, "services:connection-lost",
      "Call servers not known",
      "The connection to your server broke off." },
    { SIDETONE_STEP_SERVICES, OVER, "", "Call servers not looked up", "" },

    { SIDETONE_STEP_TEST, OVER, NULL, "Test of the call servers", "" },
    { SIDETONE_STEP_TEST, SIDETONE_STEP_SERVICES, "stun+", "Testing the call servers", "" },
    { SIDETONE_STEP_TEST, OVER, "stun+ other-stun~", "Call servers tested", "1 of 1 works" },
    { SIDETONE_STEP_TEST, OVER, "stun+ other-stun:stun-no-answer", "Call servers tested",
      "1 of 2 works" },
    { SIDETONE_STEP_TEST, OVER, "stun+ other-stun+", "Call servers tested", "2 of 2 work" },
    { SIDETONE_STEP_TEST, OVER, "stun:stun-no-answer other-stun:stun-no-answer",
      "No call server works", "0 of 2 work" },
    { SIDETONE_STEP_TEST, OVER, "stun~", "Call servers not tested", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GListModel) observations = NULL;
      g_autoptr (SidetoneStep) step = NULL;
      g_autofree char *title = NULL;
      g_autofree char *summary = NULL;

      if (rows[i].observations != NULL)
        observations = make_observations (rows[i].observations);
      step = make_step (rows[i].kind, observations, rows[i].current);
      title = sidetone_describe_step_title (step);
      summary = sidetone_describe_step_summary (step);

      g_assert_cmpstr (title, ==, rows[i].title);
      g_assert_cmpstr (summary, ==, rows[i].summary);
    }
}

/* For one line that is replaced as a check runs. */
static void
test_number (void)
{
  g_autoptr (GListStore) none = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneStep) first = make_step (SIDETONE_STEP_COMPUTER, G_LIST_MODEL (none),
                                              SIDETONE_STEP_COMPUTER);
  g_autoptr (SidetoneStep) last = make_step (SIDETONE_STEP_TEST, G_LIST_MODEL (none),
                                             SIDETONE_STEP_TEST);
  g_autofree char *words = sidetone_describe_step_number (first);
  g_autofree char *last_words = sidetone_describe_step_number (last);

  g_assert_cmpstr (words, ==, "Step 1 of 8: Looking at this computer's addresses…");
  g_assert_true (g_str_has_prefix (last_words, "Step 8 of 8: "));
}

/* Names come from the network. */
static void
test_hostile (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneStep) step = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *name = g_strnfill (5000, 'x');

  add_lookup (store, "address", "evil\n\033[31m\xe2\x80\xae.lit", "203.0.113.10", NULL);
  add_lookup (store, "address", name, "203.0.113.10", NULL);
  step = make_step (SIDETONE_STEP_FIND, G_LIST_MODEL (store), SIDETONE_STEP_UNKNOWN);
  summary = sidetone_describe_step_summary (step);

  g_assert_true (g_str_has_prefix (summary, "evil [31m.lit, xxx"));
  g_assert_true (g_str_has_suffix (summary, "x…"));
  g_assert_cmpint (g_utf8_strlen (summary, -1), <=, 301);
}

/* Not all users see icons: each progress has a word of its own. */
static void
test_progress_words (void)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (SIDETONE_TYPE_PROGRESS);
  g_autoptr (GHashTable) all = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < class->n_values; i++)
    {
      const char *words = sidetone_describe_progress (class->values[i].value);

      g_assert_cmpstr (words, !=, "");
      g_assert_true (g_hash_table_add (all, (gpointer) words));
    }
}

/* All steps of one check */
static GPtrArray *
make_steps (const char      *line,
            SidetoneStepKind current)
{
  g_autofree char *chomped = g_strchomp (g_strdup (line));
  g_autoptr (GListModel) observations = make_observations (chomped);
  GPtrArray *steps = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_step_unref);

  for (SidetoneStepKind kind = SIDETONE_STEP_COMPUTER; kind <= SIDETONE_STEP_TEST; kind++)
    g_ptr_array_add (steps, make_step (kind, observations, current));

  return steps;
}

static void
test_together (void)
{
  static const struct
  {
    const char *line;
    SidetoneProgress progress;
    const char *words;       /* without the duration */
    const char *unreached;
  } rows[] = {
    { SIGNED_IN "disco+ server-ip+", SIDETONE_PROGRESS_PASSED, "8 steps, all fine, " },
    { SIGNED_IN "disco+ server-ip:no-answer", SIDETONE_PROGRESS_WARNING,
      "8 steps, 1 with a warning, " },
    { LOOKED_UP "connect4+ secure+ sign-in:wrong-password", SIDETONE_PROGRESS_FAILED,
      "5 of 8 steps, 1 failed, ", "3 steps not reached: Address check, Call servers, Test of the call servers" },
    { "interface+ address:name-not-found", SIDETONE_PROGRESS_FAILED, "2 of 8 steps, 1 failed, ",
      "6 steps not reached: Connection, Security, Sign-in, Address check, Call servers, Test of the call servers" },
    /* A step that was left out for another reason */
    { "interface+ nat64:dns-no-answer connect4:connection-refused", SIDETONE_PROGRESS_FAILED,
      "3 of 8 steps, 1 failed, ", "5 steps not reached: Security, Sign-in, Address check, Call servers, Test of the call servers" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) steps = make_steps (rows[i].line, SIDETONE_STEP_UNKNOWN);
      g_autofree char *words = sidetone_describe_steps (steps);
      g_autofree char *unreached = sidetone_describe_unreached (steps);

      g_assert_cmpint (sidetone_steps_get_progress (steps), ==, rows[i].progress);
      g_assert_true (g_str_has_prefix (words, rows[i].words));
      g_assert_cmpstr (unreached, ==, rows[i].unreached);
    }
}

static void
test_running (void)
{
  static const struct
  {
    SidetoneStepKind current;
    const char *line;
    const char *words;
  } rows[] = {
    { SIDETONE_STEP_COMPUTER, "", "Step 1 of 8: Looking at this computer's addresses…" },
    { SIDETONE_STEP_COMPUTER, "interface+ address+", "Step 2 of 8: Looking for your server…" },
    { SIDETONE_STEP_CONNECT, LOOKED_UP, "Step 3 of 8: Connecting to your server…" },
    { SIDETONE_STEP_ASK, SIGNED_IN "disco+", "Step 6 of 8: Asking your server for your address…" },
    { SIDETONE_STEP_ASK, SIGNED_IN "disco+ server-ip+", "Step 7 of 8: Looking up call servers…" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) steps = make_steps (rows[i].line, rows[i].current);
      g_autofree char *words = sidetone_describe_running_step (steps);

      g_assert_cmpstr (words, ==, rows[i].words);
      g_assert_cmpint (sidetone_steps_get_progress (steps), ==, SIDETONE_PROGRESS_RUNNING);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/step/progress", test_progress);
  g_test_add_func ("/step/values", test_values);
  g_test_add_func ("/step/immutable", test_immutable);
  g_test_add_func ("/step/duration", test_duration);
  g_test_add_func ("/step/duration-of-connect", test_duration_of_connect);
  g_test_add_func ("/step/words", test_words);
  g_test_add_func ("/step/number", test_number);
  g_test_add_func ("/step/hostile", test_hostile);
  g_test_add_func ("/step/together", test_together);
  g_test_add_func ("/step/running", test_running);
  g_test_add_func ("/step/progress-words", test_progress_words);

  return g_test_run ();
}
