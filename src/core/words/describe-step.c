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

/* A step's titles, before it and from then on */
typedef struct
{
  const char *waiting;
  const char *running;
  const char *passed;
  const char *failed;
  const char *skipped;
} Titles;

static const char *
choose_title (SidetoneProgress progress,
              const Titles    *titles)
{
  switch (progress)
    {
    case SIDETONE_PROGRESS_UNKNOWN:
    case SIDETONE_PROGRESS_WAITING:
      break;

    case SIDETONE_PROGRESS_RUNNING:
      return titles->running;

    case SIDETONE_PROGRESS_PASSED:
    case SIDETONE_PROGRESS_WARNING:
      return titles->passed;

    case SIDETONE_PROGRESS_FAILED:
      return titles->failed;

    case SIDETONE_PROGRESS_SKIPPED:
      return titles->skipped;
    }

  return titles->waiting;
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
  const GError *error = sidetone_observation_get_error (answer);
  GPtrArray *services = sidetone_observation_get_services (answer)->services;

  return error != NULL ? g_error_matches (error, SIDETONE_ERROR, SIDETONE_ERROR_NOT_OFFERED)
         : services == NULL || services->len == 0;
}

static SidetoneObservation *
find_offer (const SidetoneStep *step)
{
  SidetoneEvidence *evidence = sidetone_step_get_evidence (step);

  return evidence != NULL ? sidetone_evidence_get_last (evidence, SIDETONE_OBSERVATION_SERVICES)
         : NULL;
}

/* The server's answer to the question for services */
static const char *
describe_offer (const SidetoneStep *step)
{
  SidetoneObservation *answer = find_offer (step);

  if (answer != NULL && has_no_services (answer))
    return _("Your server offers nothing for calls");
  if (answer == NULL || sidetone_observation_get_error (answer) != NULL)
    return _("What your server offers for calls is not known");

  return _("Your server offers help for calls");
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
  SidetoneProgress progress;

  g_return_val_if_fail (step != NULL, NULL);

  progress = sidetone_step_get_progress (step);

  switch (sidetone_step_get_kind (step))
    {
    case SIDETONE_STEP_UNKNOWN:
      break;

    case SIDETONE_STEP_COMPUTER:
      if (progress == SIDETONE_PROGRESS_WARNING && lacks_network (step))
        return g_strdup (_("This computer has no network address"));
      return g_strdup (choose_title (progress, &(Titles) {
      _("This computer's addresses"), _("Looking at this computer's addresses"),
      _("This computer's addresses are known"), _("This computer's addresses are not known"),
      _("This computer's addresses were not looked at")
    }));

    case SIDETONE_STEP_FIND:
      return g_strdup (choose_title (progress, &(Titles) {
      _("Your server's address"), _("Looking for your server"), _("Your server was found"),
      _("Your server was not found"), _("No name to look up")
    }));

    case SIDETONE_STEP_CONNECT:
      return g_strdup (choose_title (progress, &(Titles) {
      _("Connection"), _("Connecting to your server"), _("Connected"), _("Not connected"),
      _("Connection not tried")
    }));

    case SIDETONE_STEP_SECURE:
      return g_strdup (choose_title (progress, &(Titles) {
      _("Security"), _("Securing the connection"), _("Secured"), _("Not secured"),
      _("Security not tried")
    }));

    case SIDETONE_STEP_SIGN_IN:
      return g_strdup (choose_title (progress, &(Titles) {
      _("Sign-in"), _("Signing in"), _("Signed in"), _("Not signed in"), _("Sign-in not tried")
    }));

    case SIDETONE_STEP_ASK:
      return g_strdup (choose_title (progress, &(Titles) {
      _("Address check"), _("Asking your server for your address"),
      has_address (step) ? _("Your server answered") : _("Your server named no address"),
      _("Your server did not answer"), _("Address check not made")
    }));

    case SIDETONE_STEP_SERVICES:
      return g_strdup (choose_title (progress, &(Titles) {
      _("What your server offers for calls"), _("Asking what your server offers for calls"),
      describe_offer (step), _("What your server offers for calls is not known"),
      _("Your server was not asked about calls")
    }));

    case SIDETONE_STEP_TEST:
      return g_strdup (choose_title (progress, &(Titles) {
      _("Test of the servers for calls"), _("Testing the servers for calls"),
      _("Servers for calls tested"), _("No server for calls works"),
      _("No server for calls was tested")
    }));
    }

  return g_strdup (_("A step that is not known here"));
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
      const SidetoneLookupSeen *seen = sidetone_observation_get_lookup (lookup);

      if (seen == NULL || seen->question != SIDETONE_QUESTION_ADDRESS || seen->name == NULL ||
          sidetone_observation_get_state (lookup) != SIDETONE_STATE_PASSED)
        continue;

      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", seen->name);
      n += seen->answers != NULL ? g_strv_length ((char **) seen->answers) : 0;
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
      const SidetoneConnectSeen *seen = sidetone_observation_get_connect (connect);

      if (sidetone_observation_get_state (connect) == SIDETONE_STATE_PASSED && seen != NULL &&
          seen->used == SIDETONE_TRUTH_YES)
        return sidetone_describe_observation_summary (connect);
    }

  return NULL;
}

static char *
describe_last (const SidetoneStep *step,
               SidetoneState       state)
{
  g_autoptr (SidetoneObservation) last = find_last (step, SIDETONE_OBSERVATION_UNKNOWN, state);

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

/* What went wrong in a step that still passed */
static char *
describe_flaw (const SidetoneStep *step)
{
  switch (sidetone_step_get_kind (step))
    {
    case SIDETONE_STEP_UNKNOWN:
      break;

    case SIDETONE_STEP_COMPUTER:
      return g_strdup (_("others could not be seen"));

    case SIDETONE_STEP_FIND:
      return g_strdup (_("one question without an answer"));

    case SIDETONE_STEP_CONNECT:
      return g_strdup (_("not every address works"));

    case SIDETONE_STEP_SECURE:
    case SIDETONE_STEP_SIGN_IN:
      return g_strdup (_("not at the first try"));

    case SIDETONE_STEP_ASK:
      return g_strdup (_("its offers are not known"));

    case SIDETONE_STEP_SERVICES:
      return describe_missing_host (step);

    /* The number of working servers says it. */
    case SIDETONE_STEP_TEST:
      break;
    }

  return NULL;
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
  g_autofree char *summary = NULL;
  g_autofree char *flaw = NULL;

  if (sidetone_step_get_kind (step) == SIDETONE_STEP_ASK && !has_address (step))
    return describe_no_address (step);

  /* The title says everything. */
  if (sidetone_step_get_kind (step) == SIDETONE_STEP_COMPUTER && lacks_network (step))
    return g_strdup ("");

  summary = describe_passed (step);
  flaw = describe_flaw (step);
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

static char *
describe_failed (const SidetoneStep *step)
{
  guint n = 0;

  if (sidetone_step_get_kind (step) == SIDETONE_STEP_TEST)
    return describe_test (step);
  if (sidetone_step_get_kind (step) == SIDETONE_STEP_CONNECT)
    n = count_failed_addresses (step);

  if (n < 2)
    return describe_last (step, SIDETONE_STATE_FAILED);

  /* Translators: how many addresses of a server were tried, always several */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u address tried, none works",
                                       "%u addresses tried, none works", n), n);
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
    case SIDETONE_PROGRESS_SKIPPED:
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
