/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/describe-private.h"

#include <glib/gi18n-lib.h>

#include "base/text.h"
#include "seen/connect.h"
#include "seen/disco.h"
#include "seen/interface.h"
#include "seen/lookup.h"
#include "seen/sign-in.h"
#include "wire/server-ip.h"

/* Words for observations: a title and a line for each. */

static gboolean
asks_for_srv (const SidetoneLookupSeen *lookup)
{
  return lookup->question == SIDETONE_QUESTION_SRV_CLIENT ||
         lookup->question == SIDETONE_QUESTION_SRV_DIRECT;
}

static guint
count_answers (const SidetoneLookupSeen *lookup)
{
  return lookup->answers != NULL ? g_strv_length ((char **) lookup->answers) : 0;
}

static const char *
describe_interface_title (SidetoneObservation *observation)
{
  if (sidetone_observation_get_state (observation) == SIDETONE_STATE_FAILED)
    return _("This computer's addresses are not known");

  switch (sidetone_observation_get_interface (observation)->type)
    {
    case SIDETONE_INTERFACE_UNKNOWN:
    case SIDETONE_INTERFACE_OTHER:
      break;

    case SIDETONE_INTERFACE_WIRED:
      return _("Wired network");

    case SIDETONE_INTERFACE_WIRELESS:
      return _("Wireless network");

    case SIDETONE_INTERFACE_TUNNEL:
      return _("VPN or tunnel");

    case SIDETONE_INTERFACE_BRIDGE:
      return _("Bridge");

    case SIDETONE_INTERFACE_LOOPBACK:
      return _("Inside this computer");
    }

  return _("Other network");
}

static const char *
describe_lookup_title (SidetoneObservation *observation)
{
  const SidetoneLookupSeen *lookup = sidetone_observation_get_lookup (observation);
  gboolean failed = sidetone_observation_get_state (observation) == SIDETONE_STATE_FAILED;

  if (lookup->question == SIDETONE_QUESTION_NAT64)
    {
      if (failed || count_answers (lookup) == 0)
        return _("No IPv4 translator found");
      return _("This network translates to IPv4");
    }

  if (asks_for_srv (lookup))
    {
      if (failed)
        return _("Connection entries not known");
      if (count_answers (lookup) == 0)
        return _("No connection entries");
      return _("Connection entries found");
    }

  if (lookup->question == SIDETONE_QUESTION_SERVICE)
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
 * Says the result in a few words, for a list of steps.
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
  const SidetoneInterfaceSeen *seen = sidetone_observation_get_interface (observation);
  g_autofree char *address = NULL;
  g_autofree char *shown = NULL;

  if (local == NULL)
    return g_strdup ("");

  address = sidetone_describe_endpoint (local);
  if (seen->interface == NULL)
    return g_steal_pointer (&address);

  shown = g_strconcat (address, " ", seen->interface, NULL);
  if (seen->default_route == SIDETONE_TRUTH_YES)
    /* Translators: %s is an address and the name of the interface that has it; traffic to the
     * internet starts there */
    return g_strdup_printf (_("%s, towards the internet"), shown);

  return g_steal_pointer (&shown);
}

static char *
describe_lookup_summary (SidetoneObservation *observation)
{
  const SidetoneLookupSeen *lookup = sidetone_observation_get_lookup (observation);
  guint n = count_answers (lookup);

  if (lookup->question == SIDETONE_QUESTION_NAT64)
    return n > 0 ? g_strjoinv (" ", (char **) lookup->answers) : g_strdup ("");

  if (asks_for_srv (lookup))
    {
      const char *security = lookup->question == SIDETONE_QUESTION_SRV_DIRECT ? _("direct TLS")
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
                          lookup->name != NULL ? lookup->name : "", n);
}

/**
 * sidetone_describe_connect_error:
 * @observation: of kind %SIDETONE_OBSERVATION_CONNECT
 *
 * Says why a connection failed, in a few words for a row without room for a sentence.
 *
 * Returns: (transfer full) (nullable): the words, %NULL without an error, or for other errors
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
  const SidetoneConnectSeen *connect = sidetone_observation_get_connect (observation);
  const GError *error = sidetone_observation_get_error (observation);
  const char *reason = NULL;
  g_autofree char *where = NULL;
  g_autofree char *event = NULL;

  if (error != NULL)
    {
      event = sidetone_describe_connect_error (observation);
      if (event == NULL)
        event = sidetone_describe_error_event (error->code, NULL, NULL);
      reason = event;
    }
  else
    {
      reason = sidetone_describe_choice (sidetone_field_table_find (&sidetone_connect_table,
                                                                    "reason"), connect);
    }

  if (connect->peer == NULL)
    return g_strdup (reason != NULL ? reason : "");

  where = sidetone_describe_endpoint (connect->peer);
  if (reason == NULL)
    return g_steal_pointer (&where);

  /* Translators: an address, and why there is no connection to it */
  return g_strdup_printf (_("%s: %s"), where, reason);
}

static char *
describe_disco_summary (SidetoneObservation *observation)
{
  const SidetoneDiscoSeen *disco = sidetone_observation_get_disco (observation);
  const char *offer;

  if (disco->features != NULL && (g_strv_contains (disco->features, SIDETONE_SERVER_IP_NS) ||
                                  g_strv_contains (disco->features, SIDETONE_SERVER_IP_NS_0)))
    offer = _("address check offered");
  else
    offer = _("address check not offered");

  /* Translators: the name of a server program, and what it offers */
  return disco->name != NULL ? g_strdup_printf (_("%s, %s"), disco->name, offer) : g_strdup (offer);
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
                                             sidetone_observation_get_server_text (observation));

  if (error != NULL && kind != SIDETONE_OBSERVATION_CONNECT && kind < SIDETONE_OBSERVATION_STUN)
    return sidetone_describe_error_event (error->code,
                                          kind == SIDETONE_OBSERVATION_LOOKUP
                                          ? sidetone_observation_get_lookup (observation)->name
                                          : NULL,
                                          sidetone_observation_get_server_text (observation));

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
      summary = g_strdup (sidetone_observation_get_sign_in (observation)->mechanism);
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
