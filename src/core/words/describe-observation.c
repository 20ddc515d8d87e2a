/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/describe-private.h"

#include <glib/gi18n-lib.h>

#include "base/text.h"
#include "wire/server-ip.h"

/* Words for what was seen: a title and a line for each observation. */

static gboolean
has_answers (SidetoneObservation *observation)
{
  g_autofree const char **answers = sidetone_observation_get_strings (observation, "answers");

  return answers[0] != NULL;
}

static gboolean
is_question (SidetoneObservation *observation,
             const char          *question)
{
  return g_strcmp0 (sidetone_observation_get_string (observation, "question"), question) == 0;
}

static gboolean
asks_for_srv (SidetoneObservation *observation)
{
  return is_question (observation, "srv-client") || is_question (observation, "srv-direct");
}

static const char *
describe_interface_title (SidetoneObservation *observation)
{
  const char *type = sidetone_observation_get_string (observation, "type");

  if (sidetone_observation_get_state (observation) == SIDETONE_STATE_FAILED)
    return _("This computer's addresses are not known");

  if (g_strcmp0 (type, "wired") == 0)
    return _("Wired network");
  if (g_strcmp0 (type, "wireless") == 0)
    return _("Wireless network");
  if (g_strcmp0 (type, "tunnel") == 0)
    return _("VPN or tunnel");
  if (g_strcmp0 (type, "bridge") == 0)
    return _("Bridge");
  if (g_strcmp0 (type, "loopback") == 0)
    return _("Inside this computer");

  return _("Other network");
}

static const char *
describe_lookup_title (SidetoneObservation *observation)
{
  gboolean failed = sidetone_observation_get_state (observation) == SIDETONE_STATE_FAILED;

  if (is_question (observation, "nat64"))
    {
      if (failed || !has_answers (observation))
        return _("No IPv4 translator found");
      return _("This network translates to IPv4");
    }

  if (asks_for_srv (observation))
    {
      if (failed)
        return _("Connection entries not known");
      if (!has_answers (observation))
        return _("No connection entries");
      return _("Connection entries found");
    }

  if (is_question (observation, "service"))
    return failed ? _("Server for calls not found") : _("Server for calls found");

  return failed ? _("Your server was not found") : _("Your server was found");
}

static gboolean
has_error (SidetoneObservation *observation,
           SidetoneError        error)
{
  return g_error_matches (sidetone_observation_get_error (observation), SIDETONE_ERROR, error);
}

static char *
dup_by_state (SidetoneState state,
              const char   *passed,
              const char   *failed,
              const char   *skipped)
{
  switch (state)
    {
    case SIDETONE_STATE_UNKNOWN:
    case SIDETONE_STATE_PASSED:
      break;

    case SIDETONE_STATE_FAILED:
      return g_strdup (failed);

    case SIDETONE_STATE_SKIPPED:
      return g_strdup (skipped);
    }

  return g_strdup (passed);
}

/**
 * sidetone_describe_observation_title:
 * @observation: an observation
 *
 * Says in a few words what came of it, for a list of steps.
 *
 * Returns: (transfer full): the words
 */
char *
sidetone_describe_observation_title (SidetoneObservation *observation)
{
  SidetoneState state;

  g_return_val_if_fail (SIDETONE_IS_OBSERVATION (observation), NULL);

  state = sidetone_observation_get_state (observation);

  switch (sidetone_observation_get_kind (observation))
    {
    case SIDETONE_OBSERVATION_UNKNOWN:
      break;

    case SIDETONE_OBSERVATION_INTERFACE:
      return g_strdup (describe_interface_title (observation));

    case SIDETONE_OBSERVATION_LOOKUP:
      return g_strdup (describe_lookup_title (observation));

    case SIDETONE_OBSERVATION_CONNECT:
      return dup_by_state (state, _("Connected"), _("Not connected"), _("Not tried to the end"));

    case SIDETONE_OBSERVATION_SECURE:
      return dup_by_state (state, _("Secured"), _("Not secured"), _("Security not tried"));

    case SIDETONE_OBSERVATION_SIGN_IN:
      return dup_by_state (state, _("Signed in"), _("Not signed in"), _("Sign-in not tried"));

    case SIDETONE_OBSERVATION_DISCO:
      return dup_by_state (state, _("Your server's offers"), _("Your server's offers not known"),
                           _("Offers not asked for"));

    case SIDETONE_OBSERVATION_SERVER_IP:
      return dup_by_state (state, _("Your server answered"), _("Your server named no address"),
                           _("Address check not made"));

    case SIDETONE_OBSERVATION_SERVICES:
      return dup_by_state (state, _("Offers for calls"),
                           has_error (observation, SIDETONE_ERROR_NOT_OFFERED)
                           ? _("Nothing offered for calls") : _("Offers for calls not known"),
                           _("Offers for calls not asked for"));

    case SIDETONE_OBSERVATION_STUN:
    case SIDETONE_OBSERVATION_RELAY:
    case SIDETONE_OBSERVATION_ECHO:
      return sidetone_describe_test_title (observation);

    case SIDETONE_OBSERVATION_NAT:
      return sidetone_describe_nat_title (observation);

    case SIDETONE_OBSERVATION_LIFETIME:
      return dup_by_state (state, _("How long UDP stays open was measured"),
                           _("How long UDP stays open could not be measured"),
                           _("How long UDP stays open not measured"));

    case SIDETONE_OBSERVATION_PATH:
      return g_strdup (_("Routers on the way looked for"));
    }

  return g_strdup (_("A step that is not known here"));
}

static char *
describe_interface_summary (SidetoneObservation *observation)
{
  SidetoneEndpoint *local = sidetone_observation_get_local (observation);
  const char *name = sidetone_observation_get_string (observation, "interface");
  g_autofree char *address = NULL;
  g_autofree char *shown = NULL;

  if (local == NULL)
    return g_strdup ("");

  address = sidetone_describe_endpoint (local);
  if (name == NULL)
    return g_steal_pointer (&address);

  shown = g_strconcat (address, " ", name, NULL);
  if (sidetone_observation_get_boolean (observation, "default-route"))
    /* Translators: %s is an address and the name of the interface that has it; traffic to the
     * internet starts there */
    return g_strdup_printf (_("%s, towards the internet"), shown);

  return g_steal_pointer (&shown);
}

static char *
describe_lookup_summary (SidetoneObservation *observation)
{
  g_autofree const char **answers = sidetone_observation_get_strings (observation, "answers");
  const char *name = sidetone_observation_get_string (observation, "name");
  guint n = g_strv_length ((char **) answers);

  if (name == NULL)
    name = "";

  if (is_question (observation, "nat64"))
    return n > 0 ? g_strjoinv (" ", (char **) answers) : g_strdup ("");

  if (asks_for_srv (observation))
    {
      const char *security = is_question (observation, "srv-direct") ? _("direct TLS")
                             : _("STARTTLS");

      if (n == 0)
        /* Translators: "direct TLS" or "STARTTLS": a kind of connection that has no entries */
        return g_strdup_printf (_("for %s"), security);
      /* Translators: the number of entries for a kind of connection, "direct TLS" or "STARTTLS" */
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u for %s", "%u for "
                                           "%s", n), n, security);
    }

  /* Translators: the name of a server, and how many addresses it has */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s, %u address", "%s, %u addresses", n),
                          name, n);
}

/**
 * sidetone_describe_connect_error:
 * @observation: of kind %SIDETONE_OBSERVATION_CONNECT
 *
 * Says why nobody was connected to, for a row, which has room for a few words and not for a sentence.
 *
 * Returns: (transfer full) (nullable): the words, %NULL where there is no error or another one
 */
char *
sidetone_describe_connect_error (SidetoneObservation *observation)
{
  const GError *error = sidetone_observation_get_error (observation);
  gint64 s = sidetone_observation_get_duration_us (observation) / G_USEC_PER_SEC;

  if (g_error_matches (error, SIDETONE_ERROR, SIDETONE_ERROR_CONNECTION_REFUSED))
    return g_strdup (_("refused"));
  if (g_error_matches (error, SIDETONE_ERROR, SIDETONE_ERROR_UNREACHABLE))
    return g_strdup (_("can't be reached"));
  if (g_error_matches (error, SIDETONE_ERROR, SIDETONE_ERROR_TCP_NO_ANSWER))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "no answer within %u second",
                                         "no answer within %u seconds", CLAMP (s, 0, 60)),
                            (guint) CLAMP (s, 0, 60));

  return NULL;
}

static char *
describe_connect_summary (SidetoneObservation *observation)
{
  g_autoptr (SidetoneEndpoint) peer = sidetone_observation_dup_peer (observation);
  const GError *error = sidetone_observation_get_error (observation);
  const char *reason = sidetone_observation_get_string (observation, "reason");
  g_autofree char *where = NULL;
  g_autofree char *event = NULL;

  if (error != NULL)
    {
      event = sidetone_describe_connect_error (observation);
      if (event == NULL)
        event = sidetone_describe_error_event (error->code, NULL, NULL);
      reason = event;
    }
  else if (g_strcmp0 (reason, "another was faster") == 0)
    /* Translators: another connection, so that this one was given up */
    reason = _("another was faster");
  else if (g_strcmp0 (reason, "not needed") == 0)
    reason = _("not needed");

  if (peer == NULL)
    return g_strdup (reason != NULL ? reason : "");

  where = sidetone_describe_endpoint (peer);
  if (reason == NULL)
    return g_steal_pointer (&where);

  /* Translators: an address, and why there is no connection to it */
  return g_strdup_printf (_("%s: %s"), where, reason);
}

static char *
describe_disco_summary (SidetoneObservation *observation)
{
  g_autofree const char **features = sidetone_observation_get_strings (observation, "features");
  const char *name = sidetone_observation_get_string (observation, "name");
  const char *offer;

  if (g_strv_contains (features, SIDETONE_SERVER_IP_NS) ||
      g_strv_contains (features, SIDETONE_SERVER_IP_NS_0))
    offer = _("address check offered");
  else
    offer = _("address check not offered");

  /* Translators: the name of a server program, and what it offers */
  return name != NULL ? g_strdup_printf (_("%s, %s"), name, offer) : g_strdup (offer);
}

/**
 * sidetone_describe_observation_summary:
 * @observation: an observation
 *
 * Says in a few words what was seen, for a list of steps.
 *
 * Returns: (transfer full): the words, perhaps none; safe to show
 */
char *
sidetone_describe_observation_summary (SidetoneObservation *observation)
{
  g_autofree char *summary = NULL;
  SidetoneObservationKind kind;
  const GError *error;
  SidetoneEndpoint *seen;

  g_return_val_if_fail (SIDETONE_IS_OBSERVATION (observation), NULL);

  kind = sidetone_observation_get_kind (observation);
  error = sidetone_observation_get_error (observation);
  seen = sidetone_observation_get_seen (observation);

  if (error != NULL && kind == SIDETONE_OBSERVATION_SERVICES)
    return sidetone_describe_services_event (error->code,
                                             sidetone_observation_get_string (observation,
                                                                              "server-text"));

  if (error != NULL && kind != SIDETONE_OBSERVATION_CONNECT && kind < SIDETONE_OBSERVATION_STUN)
    return sidetone_describe_error_event (error->code,
                                          kind == SIDETONE_OBSERVATION_LOOKUP
                                          ? sidetone_observation_get_string (observation, "name")
                                          : NULL,
                                          sidetone_observation_get_string (observation,
                                                                           "server-text"));

  switch (kind)
    {
    case SIDETONE_OBSERVATION_UNKNOWN:
      break;

    case SIDETONE_OBSERVATION_INTERFACE:
      summary = describe_interface_summary (observation);
      break;

    case SIDETONE_OBSERVATION_LOOKUP:
      summary = describe_lookup_summary (observation);
      break;

    case SIDETONE_OBSERVATION_CONNECT:
      summary = describe_connect_summary (observation);
      break;

    case SIDETONE_OBSERVATION_SECURE:
      if (sidetone_observation_get_state (observation) == SIDETONE_STATE_PASSED)
        summary = g_strdup (_("certificate checked"));
      break;

    case SIDETONE_OBSERVATION_SIGN_IN:
      summary = g_strdup (sidetone_observation_get_string (observation, "mechanism"));
      break;

    case SIDETONE_OBSERVATION_DISCO:
      if (sidetone_observation_get_state (observation) == SIDETONE_STATE_PASSED)
        summary = describe_disco_summary (observation);
      break;

    case SIDETONE_OBSERVATION_SERVER_IP:
      if (seen != NULL)
        summary = sidetone_describe_endpoint (seen);
      break;

    case SIDETONE_OBSERVATION_SERVICES:
      if (sidetone_observation_get_state (observation) == SIDETONE_STATE_PASSED)
        summary = sidetone_describe_services_summary (observation);
      break;

    case SIDETONE_OBSERVATION_STUN:
    case SIDETONE_OBSERVATION_RELAY:
    case SIDETONE_OBSERVATION_ECHO:
      summary = sidetone_describe_test_summary (observation);
      break;

    case SIDETONE_OBSERVATION_NAT:
      summary = sidetone_describe_nat_summary (observation);
      break;

    case SIDETONE_OBSERVATION_LIFETIME:
      summary = sidetone_describe_lifetime (observation);
      break;

    case SIDETONE_OBSERVATION_PATH:
      summary = sidetone_describe_path_summary (observation);
      break;
    }

  return sidetone_text_make_safe (summary != NULL ? summary : "", SIDETONE_TEXT_MAX_CHARS);
}
