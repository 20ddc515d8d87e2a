/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/describe.h"

#include <glib/gi18n-lib.h>

#include "base/text.h"
#include "words/describe-private.h"

/* An answer of a server that lists all that it offers has some thousand characters. */
#define MAX_RAW_CHARS 8192

static void
add_interface (GPtrArray           *rows,
               SidetoneObservation *observation)
{
  SidetoneEndpoint *local = sidetone_observation_get_local (observation);
  const SidetoneDetailChoice types[] = {
    { "wired", _("wired") },
    { "wireless", _("wireless") },
    { "tunnel", _("VPN or tunnel") },
    { "bridge", _("bridge") },
    { "loopback", _("inside this computer") },
    { "other", _("another kind") },
  };

  sidetone_details_add_endpoint (rows, _("Address"), local);
  if (local != NULL)
    sidetone_details_add_words (rows, _("Kind of address"), sidetone_describe_scope (
                                  sidetone_address_scope_of (sidetone_endpoint_get_address (local))));
  sidetone_details_add_text (rows, _("Network interface"), observation, "interface", SIDETONE_TEXT_MAX_CHARS, TRUE);
  sidetone_details_add_choice (rows, _("Kind of network"), observation, "type", types, G_N_ELEMENTS (types));
  sidetone_details_add_truth (rows, _("Leads to the internet"), observation, "default-route");
}

static void
add_lookup (GPtrArray           *rows,
            SidetoneObservation *observation)
{
  g_autofree const char **answers = sidetone_observation_get_strings (observation, "answers");
  const SidetoneDetailChoice questions[] = {
    /* Translators: SRV is a kind of entry at a name server */
    { "srv-client", _("entries for connections with STARTTLS (SRV)") },
    /* Translators: SRV is a kind of entry at a name server */
    { "srv-direct", _("entries for connections with direct TLS (SRV)") },
    { "address", _("addresses") },
    { "nat64", _("whether this network translates to IPv4 (NAT64)") },
    { "service", _("addresses of a server for calls") },
  };

  sidetone_details_add_text (rows, _("Name looked up"), observation, "name", SIDETONE_TEXT_MAX_CHARS, TRUE);
  sidetone_details_add_choice (rows, _("Asked for"), observation, "question", questions, G_N_ELEMENTS (questions));
  if (answers[0] != NULL)
    sidetone_details_add_list (rows, _("Answers"), observation, "answers");
  else if (sidetone_observation_get_state (observation) == SIDETONE_STATE_PASSED)
    sidetone_details_add_words (rows, _("Answers"), _("none"));
}

static void
add_connection (GPtrArray           *rows,
                SidetoneObservation *observation)
{
  g_autoptr (SidetoneEndpoint) peer = sidetone_observation_dup_peer (observation);
  gint64 rtt_us = sidetone_observation_get_int (observation, "rtt-us", -1);
  const SidetoneDetailChoice securities[] = {
    { "starttls", _("STARTTLS") },
    { "direct", _("direct TLS") },
  };

  sidetone_details_add_endpoint (rows, _("Own end"), sidetone_observation_get_local (observation));
  sidetone_details_add_text (rows, _("Server"), observation, "target", SIDETONE_TEXT_MAX_CHARS, TRUE);
  sidetone_details_add_endpoint (rows, _("Server's end"), peer);
  sidetone_details_add_choice (rows, _("Kind of encryption"), observation, "security", securities,
                               G_N_ELEMENTS (securities));
  sidetone_details_add_truth (rows, _("Used for this check"), observation, "used");
  if (rtt_us >= 0)
    sidetone_details_take (rows, _("Round trip"), sidetone_describe_duration (rtt_us), FALSE);
}

static void
add_sign_in (GPtrArray           *rows,
             SidetoneObservation *observation)
{
  const SidetoneDetailChoice stages[] = {
    { "stream", _("the greeting") },
    { "tls", _("the encryption") },
    { "sasl", _("the password") },
    { "bind", _("the start of the session") },
  };

  /* Translators: the method by which a password is proven, such as SCRAM-SHA-1 */
  sidetone_details_add_text (rows, _("Sign-in method"), observation, "mechanism", SIDETONE_TEXT_MAX_CHARS, TRUE);
  sidetone_details_add_choice (rows, _("Stopped at"), observation, "stage", stages, G_N_ELEMENTS (stages));
}

static void
add_reason (GPtrArray           *rows,
            SidetoneObservation *observation)
{
  const SidetoneDetailChoice reasons[] = {
    { "another was faster", _("another was faster") },
    { "not needed", _("not needed") },
  };

  sidetone_details_add_choice (rows, _("Why it was skipped"), observation, "reason", reasons,
                               G_N_ELEMENTS (reasons));
}

static void
add_services (GPtrArray           *rows,
              SidetoneObservation *observation)
{
  g_autofree const char **services = sidetone_observation_get_strings (observation, "services");
  gint64 left_s = sidetone_observation_get_int (observation, "expires-in", G_MAXINT64);
  gint64 n_unusable = sidetone_observation_get_int (observation, "unusable", 0);

  if (services[0] != NULL)
    /* Translators: servers for calls, each with its protocol, address and port */
    sidetone_details_add_list (rows, _("Servers for calls"), observation, "services");
  else if (sidetone_observation_get_state (observation) == SIDETONE_STATE_PASSED)
    sidetone_details_add_words (rows, _("Servers for calls"), _("none"));
  if (n_unusable > 0)
    /* Translators: how many entries of a list can't be understood */
    sidetone_details_take (rows, _("Entries that make no sense"),
                           g_strdup_printf ("%" G_GINT64_FORMAT, n_unusable), FALSE);
  /* Translators: until when the passwords for relays are good */
  sidetone_details_add_time (rows, _("Passwords good until"), observation, "expires");
  if (left_s != G_MAXINT64)
    sidetone_details_take (rows, _("Good for, by your server's clock"), sidetone_describe_remaining (left_s),
                           FALSE);
  sidetone_details_add_time (rows, _("Your server's clock"), observation, "server-time");
}

static void
add_by_kind (GPtrArray           *rows,
             SidetoneObservation *observation)
{
  switch (sidetone_observation_get_kind (observation))
    {
    case SIDETONE_OBSERVATION_UNKNOWN:
      break;

    case SIDETONE_OBSERVATION_INTERFACE:
      add_interface (rows, observation);
      break;

    case SIDETONE_OBSERVATION_LOOKUP:
      add_lookup (rows, observation);
      break;

    case SIDETONE_OBSERVATION_CONNECT:
      add_connection (rows, observation);
      break;

    case SIDETONE_OBSERVATION_SECURE:
      add_connection (rows, observation);
      sidetone_details_add_certificate (rows, observation);
      /* Translators: the whole name in a certificate of whom it is for */
      sidetone_details_add_text (rows, _("Subject"), observation, "subject", SIDETONE_TEXT_MAX_CHARS, TRUE);
      /* Translators: the whole name in a certificate of who vouches for it */
      sidetone_details_add_text (rows, _("Issuer"), observation, "issuer", SIDETONE_TEXT_MAX_CHARS, TRUE);
      break;

    case SIDETONE_OBSERVATION_SIGN_IN:
      add_connection (rows, observation);
      add_sign_in (rows, observation);
      break;

    case SIDETONE_OBSERVATION_DISCO:
      sidetone_details_add_text (rows, _("Server program"), observation, "name", SIDETONE_TEXT_MAX_CHARS, FALSE);
      sidetone_details_add_list (rows, _("What your server offers"), observation, "features");
      break;

    case SIDETONE_OBSERVATION_SERVER_IP:
      sidetone_details_add_endpoint (rows, _("Seen by your server"), sidetone_observation_get_seen (observation));
      sidetone_details_add_list (rows, _("Addresses in the answer"), observation, "addresses");
      add_connection (rows, observation);
      break;

    case SIDETONE_OBSERVATION_SERVICES:
      add_services (rows, observation);
      break;

    case SIDETONE_OBSERVATION_STUN:
    case SIDETONE_OBSERVATION_RELAY:
    case SIDETONE_OBSERVATION_ECHO:
      sidetone_details_add_test (rows, observation);
      break;

    case SIDETONE_OBSERVATION_NAT:
      sidetone_details_add_nat (rows, observation);
      break;

    case SIDETONE_OBSERVATION_LIFETIME:
      sidetone_details_add_lifetime (rows, observation);
      break;

    case SIDETONE_OBSERVATION_PATH:
      sidetone_details_add_path (rows, observation);
      break;
    }
}

static void
add_error (GPtrArray           *rows,
           SidetoneObservation *observation)
{
  const GError *error = sidetone_observation_get_error (observation);
  const char *name = NULL;

  if (error == NULL)
    return;

  /* For how long one address was waited for depends on whether there was another one. */
  if (sidetone_observation_get_kind (observation) == SIDETONE_OBSERVATION_CONNECT &&
      error->code == SIDETONE_ERROR_TCP_NO_ANSWER)
    {
      sidetone_details_take (rows, _("What happened"), sidetone_describe_connect_error (observation),
                             FALSE);
      return;
    }

  if (sidetone_observation_get_kind (observation) == SIDETONE_OBSERVATION_SERVICES)
    {
      sidetone_details_take (rows, _("What happened"), sidetone_describe_services_event (error->code, NULL),
                             FALSE);
      return;
    }

  if (sidetone_observation_get_kind (observation) == SIDETONE_OBSERVATION_LOOKUP)
    name = sidetone_observation_get_string (observation, "name");

  sidetone_details_take (rows, _("What happened"), sidetone_describe_error_event (error->code, name, NULL),
                         FALSE);
}

static void
add_vantage (GPtrArray           *rows,
             SidetoneObservation *observation)
{
  switch (sidetone_observation_get_vantage (observation))
    {
    case SIDETONE_VANTAGE_UNKNOWN:
      break;

    case SIDETONE_VANTAGE_COMPUTER:
      sidetone_details_add_words (rows, _("How we know"), _("seen by this computer"));
      break;

    case SIDETONE_VANTAGE_SERVER:
      sidetone_details_add_words (rows, _("How we know"), _("said by your server"));
      break;

    case SIDETONE_VANTAGE_STUN:
      sidetone_details_add_words (rows, _("How we know"), _("said by the server for calls"));
      break;

    case SIDETONE_VANTAGE_RELAY:
      sidetone_details_add_words (rows, _("How we know"), _("tried with the relay"));
      break;
    }
}

static void
add_times (GPtrArray           *rows,
           SidetoneObservation *observation)
{
  g_autofree char *start = NULL;

  if (sidetone_observation_get_state (observation) == SIDETONE_STATE_SKIPPED)
    return;

  start = sidetone_describe_duration (sidetone_observation_get_start_us (observation));
  /* Translators: %s is a time such as "12 ms" */
  sidetone_details_take (rows, _("Began"), g_strdup_printf (_("%s after the start of the check"), start), FALSE);
  sidetone_details_take (rows, _("Took"),
                         sidetone_describe_duration (sidetone_observation_get_duration_us (observation)), FALSE);
}

static void
add_technical_words (GPtrArray           *rows,
                     SidetoneObservation *observation)
{
  const GError *error = sidetone_observation_get_error (observation);

  sidetone_details_add_text (rows, _("Your server's own words"), observation, "server-text",
                             SIDETONE_TEXT_MAX_CHARS, FALSE);
  /* Translators: a word of the protocol that says why, such as "not-authorized" */
  sidetone_details_add_text (rows, _("Reason in the protocol"), observation, "condition", SIDETONE_TEXT_MAX_CHARS,
                             TRUE);
  if (error != NULL && error->message != NULL)
    sidetone_details_take (rows, _("In technical words"),
                           sidetone_text_make_safe (error->message, SIDETONE_TEXT_MAX_CHARS), TRUE);
  sidetone_details_add_text (rows, _("Answer as it came"), observation, "raw", MAX_RAW_CHARS, TRUE);
}

/**
 * sidetone_describe_details:
 * @observation: an observation
 *
 * Lays out everything that an observation holds: what was seen, and how that is known.
 *
 * Returns: (transfer full) (element-type SidetoneDetail): the rows; only what is known has one
 */
GPtrArray *
sidetone_describe_details (SidetoneObservation *observation)
{
  GPtrArray *rows;

  g_return_val_if_fail (SIDETONE_IS_OBSERVATION (observation), NULL);

  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_detail_free);
  add_error (rows, observation);
  add_reason (rows, observation);
  add_by_kind (rows, observation);
  add_vantage (rows, observation);
  add_times (rows, observation);
  add_technical_words (rows, observation);

  return rows;
}
