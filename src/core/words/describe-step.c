/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/describe.h"

#include "seen/services.h"

#include <glib/gi18n-lib.h>

#include "base/text.h"
#include "seen/connect.h"
#include "seen/lookup.h"
#include "seen/service-result.h"
#include "words/describe-private.h"

/* Words for a check's steps and their progress. */

/**
 * sidetone_describe_progress:
 * @progress: a step's progress
 *
 * Returns: (transfer none): a word for it, to be spoken in place of an icon
 */
const char *
sidetone_describe_progress (SidetoneProgress progress)
{
  switch (progress)
    {
    case SIDETONE_PROGRESS_UNKNOWN:
      break;

    case SIDETONE_PROGRESS_WAITING:
      return _("waiting");

    case SIDETONE_PROGRESS_RUNNING:
      return _("running");

    case SIDETONE_PROGRESS_PASSED:
      return _("done");

    case SIDETONE_PROGRESS_WARNING:
      return _("done, with a warning");

    case SIDETONE_PROGRESS_FAILED:
      return _("failed");

    case SIDETONE_PROGRESS_SKIPPED:
      return _("skipped");
    }

  return _("not known");
}

/* The last observation with @state, of the given kind unless that is unknown */
static SidetoneObservation *
find_last (const SidetoneStep     *step,
           SidetoneObservationKind kind,
           SidetoneState           state)
{
  GListModel *observations = sidetone_step_get_observations (step);

  for (guint i = g_list_model_get_n_items (observations); i > 0; i--)
    {
      g_autoptr (SidetoneObservation) observation = g_list_model_get_item (observations, i - 1);

      if ((kind == SIDETONE_OBSERVATION_UNKNOWN ||
           kind == sidetone_observation_get_kind (observation)) &&
          sidetone_observation_get_state (observation) == state)
        return g_steal_pointer (&observation);
    }

  return NULL;
}

static gboolean
has_address (const SidetoneStep *step)
{
  g_autoptr (SidetoneObservation) server_ip = NULL;

  server_ip = find_last (step, SIDETONE_OBSERVATION_SERVER_IP, SIDETONE_STATE_PASSED);

  return server_ip != NULL && sidetone_observation_get_seen (server_ip) != NULL;
}

/* Only if all addresses could be looked at: the unseen ones may exist. */
static gboolean
lacks_network (const SidetoneStep *step)
{
  g_autoptr (SidetoneObservation) failed = NULL;

  failed = find_last (step, SIDETONE_OBSERVATION_UNKNOWN, SIDETONE_STATE_FAILED);

  return failed == NULL && !sidetone_step_has_network_address (step);
}

static gboolean
has_no_services (SidetoneObservation *answer)
{
  if (sidetone_observation_get_error (answer) != NULL)
    return sidetone_observation_has_error (answer, SIDETONE_ERROR_NOT_OFFERED);

  return !sidetone_services_has_any (answer);
}

static SidetoneObservation *
find_offer (const SidetoneStep *step)
{
  SidetoneEvidence *evidence = sidetone_step_get_evidence (step);

  return evidence != NULL ? sidetone_evidence_get_last (evidence, SIDETONE_OBSERVATION_SERVICES)
         : NULL;
}

/* The title of each step in each state, and what is added to a passed step with a warning */
static const struct
{
  const char *waiting;
  const char *running;
  const char *passed;
  const char *failed;
  const char *skipped;
  const char *flaw;
} steps[] = {
  [SIDETONE_STEP_UNKNOWN] = { .waiting = N_("A step that is not known here") },
  [SIDETONE_STEP_COMPUTER] = {
    N_("This computer's addresses"), N_("Looking at this computer's addresses"),
    N_("Network addresses found"), N_("Network addresses not found"),
    N_("This computer's addresses were not looked at"), N_("others unreadable")
  },
  [SIDETONE_STEP_FIND] = {
    N_("Your server's address"), N_("Looking for your server"), N_("Your server was found"),
    N_("Your server was not found"), N_("No name to look up"), N_("one question without an answer")
  },
  [SIDETONE_STEP_CONNECT] = {
    N_("Connection"), N_("Connecting to your server"), N_("Connected"), N_("Not connected"),
    N_("Connection not tried"), N_("some addresses don't work")
  },
  [SIDETONE_STEP_SECURE] = {
    N_("Security"), N_("Securing the connection"), N_("Secured"), N_("Not secured"),
    N_("Encryption not reached"), N_("needed a retry")
  },
  [SIDETONE_STEP_SIGN_IN] = {
    N_("Sign-in"), N_("Signing in"), N_("Signed in"), N_("Not signed in"), N_("Sign-in not "
                                                                              "reached"),
    N_("needed a retry")
  },
  [SIDETONE_STEP_ASK] = {
    N_("Address check"), N_("Asking your server for your address"), N_("Address seen by your "
                                                                       "server"),
    N_("Your server did not answer"), N_("Address check skipped"), N_("its offers are not known")
  },
  [SIDETONE_STEP_SERVICES] = {
    N_("Call servers"), N_("Looking up call servers"),
    N_("Call servers found"), N_("Call servers not known"),
    N_("Call servers not looked up"), NULL
  },
  /* Its summary says how many work: no flaw has to be added. */
  [SIDETONE_STEP_TEST] = {
    N_("Test of the call servers"), N_("Testing the call servers"),
    N_("Call servers tested"), N_("No call server works"),
    N_("Call servers not tested"), NULL
  },
};

/**
 * sidetone_describe_step_name:
 * @kind: a step
 *
 * Returns: (transfer none): its name, which it has as its title while it waits
 */
const char *
sidetone_describe_step_name (SidetoneStepKind kind)
{
  return _(steps[kind].waiting);
}

/* The title of a passed step that did not give all that it is for; NULL for other steps */
static const char *
find_lack (const SidetoneStep *step)
{
  SidetoneObservation *answer = find_offer (step);

  switch (sidetone_step_get_kind (step))
    {
    case SIDETONE_STEP_UNKNOWN:
    case SIDETONE_STEP_FIND:
    case SIDETONE_STEP_CONNECT:
    case SIDETONE_STEP_SECURE:
    case SIDETONE_STEP_SIGN_IN:
    case SIDETONE_STEP_TEST:
      break;

    case SIDETONE_STEP_COMPUTER:
      return lacks_network (step) ? N_("This computer has no network address") : NULL;

    case SIDETONE_STEP_ASK:
      return has_address (step) ? NULL : N_("No address from your server");

    case SIDETONE_STEP_SERVICES:
      if (answer != NULL && has_no_services (answer))
        return N_("Your server offers no call servers");
      if (answer == NULL || sidetone_observation_get_error (answer) != NULL)
        return steps[SIDETONE_STEP_SERVICES].failed;
      break;
    }

  return NULL;
}

/**
 * sidetone_describe_step_title:
 * @step: a step
 *
 * Names the step while it waits, and says how it stands from then on.
 *
 * Returns: (transfer full): the words
 */
char *
sidetone_describe_step_title (const SidetoneStep *step)
{
  SidetoneStepKind kind;
  const char *title = NULL;

  g_return_val_if_fail (step != NULL, NULL);

  kind = sidetone_step_get_kind (step);

  switch (sidetone_step_get_progress (step))
    {
    case SIDETONE_PROGRESS_UNKNOWN:
    case SIDETONE_PROGRESS_WAITING:
      break;

    case SIDETONE_PROGRESS_RUNNING:
      title = steps[kind].running;
      break;

    case SIDETONE_PROGRESS_PASSED:
    case SIDETONE_PROGRESS_WARNING:
      title = find_lack (step);
      if (title == NULL)
        title = steps[kind].passed;
      break;

    case SIDETONE_PROGRESS_FAILED:
      title = steps[kind].failed;
      break;

    case SIDETONE_PROGRESS_SKIPPED:
      title = steps[kind].skipped;
      break;
    }

  return g_strdup (_(title != NULL ? title : steps[kind].waiting));
}

/* This computer's addresses on a network, without loopback */
static char *
describe_computer (const SidetoneStep *step)
{
  GListModel *observations = sidetone_step_get_observations (step);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (observations); i++)
    {
      g_autoptr (SidetoneObservation) observation = g_list_model_get_item (observations, i);
      SidetoneEndpoint *local = sidetone_observation_get_local (observation);

      if (local != NULL &&
          sidetone_address_scope_of (sidetone_endpoint_get_address (local)) !=
          SIDETONE_ADDRESS_SCOPE_LOOPBACK)
        n++;
    }

  if (n == 0)
    return g_strdup (_("none on a network"));

  /* Translators: how many addresses this computer has */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u address", "%u addresses", n), n);
}

/* All names with addresses, and the number of these; NULL without a lookup */
static char *
describe_find (const SidetoneStep *step)
{
  GListModel *observations = sidetone_step_get_observations (step);
  g_autoptr (GString) names = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (observations); i++)
    {
      g_autoptr (SidetoneObservation) lookup = g_list_model_get_item (observations, i);
      const char *name = sidetone_lookup_get_name (lookup);

      if (name == NULL || !sidetone_lookup_asks_for (lookup, SIDETONE_QUESTION_ADDRESS) ||
          !sidetone_observation_has_passed (lookup))
        continue;

      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name);
      n += sidetone_lookup_count_answers (lookup);
    }

  if (names->len == 0)
    return NULL;

  /* Translators: the name of a server, and how many addresses it has */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s, %u address", "%s, %u addresses", n),
                          names->str, n);
}

/* The used connection: others may have come too late, or led to a server program that failed. */
static char *
describe_connect (const SidetoneStep *step)
{
  GListModel *observations = sidetone_step_get_observations (step);

  for (guint i = g_list_model_get_n_items (observations); i > 0; i--)
    {
      g_autoptr (SidetoneObservation) connect = g_list_model_get_item (observations, i - 1);

      if (sidetone_observation_has_passed (connect) && sidetone_connect_is_used (connect))
        return sidetone_describe_observation_summary (connect);
    }

  return NULL;
}

/* When the server is asked, the address is what counts, and then what it offers. */
static char *
describe_last (const SidetoneStep *step,
               SidetoneState       state)
{
  gboolean asks = sidetone_step_get_kind (step) == SIDETONE_STEP_ASK;
  g_autoptr (SidetoneObservation) last = NULL;

  last = find_last (step, asks ? SIDETONE_OBSERVATION_SERVER_IP : SIDETONE_OBSERVATION_UNKNOWN, state);
  if (last == NULL && asks)
    last = find_last (step, SIDETONE_OBSERVATION_DISCO, state);

  return last != NULL ? sidetone_describe_observation_summary (last) : g_strdup ("");
}

/* The services' addresses only show when the row is expanded. */
static char *
describe_services (const SidetoneStep *step)
{
  SidetoneObservation *answer = find_offer (step);

  if (answer == NULL)
    return g_strdup ("");
  if (has_no_services (answer))
    return g_strdup (_("neither STUN nor TURN"));

  return sidetone_describe_observation_summary (answer);
}

/* Each server counts once, however many tests it had */
static char *
describe_test (const SidetoneStep *step)
{
  GPtrArray *results = sidetone_evidence_get_results (sidetone_step_get_evidence (step));
  guint n_tested = 0;
  guint n_passed = 0;

  for (guint i = 0; i < results->len; i++)
    {
      SidetoneServiceResult *result = results->pdata[i];

      n_tested += result->state != SIDETONE_STATE_SKIPPED ? 1 : 0;
      n_passed += result->state == SIDETONE_STATE_PASSED ? 1 : 0;
    }

  /* Translators: how many of the servers for calls that were tested work */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u of %u works", "%u of %u work",
                                       n_passed), n_passed, n_tested);
}

static char *
describe_passed (const SidetoneStep *step)
{
  g_autoptr (SidetoneObservation) server_ip = NULL;
  char *summary = NULL;

  switch (sidetone_step_get_kind (step))
    {
    case SIDETONE_STEP_UNKNOWN:
    case SIDETONE_STEP_SECURE:
    case SIDETONE_STEP_SIGN_IN:
      break;

    case SIDETONE_STEP_COMPUTER:
      return describe_computer (step);

    case SIDETONE_STEP_FIND:
      summary = describe_find (step);
      break;

    case SIDETONE_STEP_CONNECT:
      summary = describe_connect (step);
      break;

    case SIDETONE_STEP_ASK:
      server_ip = find_last (step, SIDETONE_OBSERVATION_SERVER_IP, SIDETONE_STATE_PASSED);
      if (server_ip != NULL)
        summary = sidetone_describe_observation_summary (server_ip);
      break;

    case SIDETONE_STEP_SERVICES:
      return describe_services (step);

    case SIDETONE_STEP_TEST:
      return describe_test (step);
    }

  return summary != NULL ? summary : describe_last (step, SIDETONE_STATE_PASSED);
}

static char *
describe_missing_host (const SidetoneStep *step)
{
  g_autoptr (SidetoneObservation) lookup = find_last (step, SIDETONE_OBSERVATION_LOOKUP,
                                                      SIDETONE_STATE_FAILED);

  return lookup != NULL ? sidetone_describe_observation_summary (lookup) : NULL;
}

/* Without an address, the reason is the summary. */
static char *
describe_no_address (const SidetoneStep *step)
{
  g_autoptr (SidetoneObservation) server_ip = NULL;

  server_ip = find_last (step, SIDETONE_OBSERVATION_SERVER_IP, SIDETONE_STATE_PASSED);
  if (server_ip != NULL)
    return sidetone_describe_error_event (SIDETONE_ERROR_BAD_ANSWER, NULL, NULL);

  return describe_last (step, SIDETONE_STATE_FAILED);
}

static char *
describe_warning (const SidetoneStep *step)
{
  SidetoneStepKind kind = sidetone_step_get_kind (step);
  g_autofree char *summary = NULL;
  g_autofree char *flaw = NULL;

  if (kind == SIDETONE_STEP_ASK && !has_address (step))
    return describe_no_address (step);

  /* The title says everything. */
  if (kind == SIDETONE_STEP_COMPUTER && lacks_network (step))
    return g_strdup ("");

  summary = describe_passed (step);
  if (kind == SIDETONE_STEP_SERVICES)
    flaw = describe_missing_host (step);
  else if (steps[kind].flaw != NULL)
    flaw = g_strdup (_(steps[kind].flaw));
  if (flaw == NULL || *summary == '\0')
    return flaw != NULL ? g_steal_pointer (&flaw) : g_steal_pointer (&summary);

  /* Translators: what was seen in a step, and what was not well about it: "192.0.2.1 port 5222; not
   * every address works" */
  return g_strdup_printf (_("%s; %s"), summary, flaw);
}

/* An address may be tried at several ports. */
static guint
count_failed_addresses (const SidetoneStep *step)
{
  GListModel *observations = sidetone_step_get_observations (step);
  g_autoptr (GHashTable) addresses = NULL;

  addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (observations); i++)
    {
      g_autoptr (SidetoneObservation) connect = g_list_model_get_item (observations, i);
      SidetoneEndpoint *peer = sidetone_observation_get_peer (connect);

      if (peer != NULL && sidetone_observation_get_state (connect) == SIDETONE_STATE_FAILED)
        g_hash_table_add (addresses, sidetone_endpoint_dup_address (peer));
    }

  return g_hash_table_size (addresses);
}

/* What a name server said then is about nothing. */
static gboolean
is_offline (const SidetoneStep *step)
{
  SidetoneEvidence *evidence = sidetone_step_get_evidence (step);
  g_autoptr (SidetoneStep) computer = NULL;

  computer = sidetone_step_new (SIDETONE_STEP_COMPUTER, evidence, SIDETONE_STEP_UNKNOWN);

  return sidetone_step_get_progress (computer) != SIDETONE_PROGRESS_SKIPPED &&
         lacks_network (computer);
}

static char *
describe_failed (const SidetoneStep *step)
{
  guint n = 0;

  if (sidetone_step_get_kind (step) == SIDETONE_STEP_TEST)
    return describe_test (step);
  if (sidetone_step_get_kind (step) == SIDETONE_STEP_FIND && is_offline (step))
    return g_strdup (_("this computer is offline"));
  if (sidetone_step_get_kind (step) == SIDETONE_STEP_CONNECT)
    n = count_failed_addresses (step);

  if (n < 2)
    return describe_last (step, SIDETONE_STATE_FAILED);

  /* The verdict counts them. */
  return g_strdup (_("none of its addresses works"));
}

/* What the server does not offer */
static char *
describe_skipped (const SidetoneStep *step)
{
  return sidetone_step_get_kind (step) == SIDETONE_STEP_ASK
         ? describe_last (step, SIDETONE_STATE_FAILED) : NULL;
}

/**
 * sidetone_describe_step_summary:
 * @step: a step
 *
 * Says in a few words what was seen, or why the step failed.
 *
 * Returns: (transfer full): the words, empty until the step is over; safe to show
 */
char *
sidetone_describe_step_summary (const SidetoneStep *step)
{
  g_autofree char *summary = NULL;

  g_return_val_if_fail (step != NULL, NULL);

  switch (sidetone_step_get_progress (step))
    {
    case SIDETONE_PROGRESS_UNKNOWN:
    case SIDETONE_PROGRESS_WAITING:
    case SIDETONE_PROGRESS_RUNNING:
      break;

    case SIDETONE_PROGRESS_SKIPPED:
      summary = describe_skipped (step);
      break;

    case SIDETONE_PROGRESS_PASSED:
      summary = describe_passed (step);
      break;

    case SIDETONE_PROGRESS_WARNING:
      summary = describe_warning (step);
      break;

    case SIDETONE_PROGRESS_FAILED:
      summary = describe_failed (step);
      break;
    }

  return sidetone_text_make_safe (summary != NULL ? summary : "", SIDETONE_TEXT_MAX_CHARS);
}

/**
 * sidetone_describe_step_number:
 * @step: a running step
 *
 * Returns: (transfer full): which of all steps it is, such as "Step 2 of 8: Looking for your server…"
 */
char *
sidetone_describe_step_number (const SidetoneStep *step)
{
  g_autofree char *title = NULL;

  g_return_val_if_fail (step != NULL, NULL);

  title = sidetone_describe_step_title (step);

  /* Translators: the number of a step, the number of all steps, and what is being done, such as
   * "Looking for your server" */
  return g_strdup_printf (_("Step %u of %u: %s…"), sidetone_step_get_kind (step),
                          (guint) G_N_ELEMENTS (steps) - 1, title);
}
