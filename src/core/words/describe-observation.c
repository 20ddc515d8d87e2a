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
#include "seen/ping.h"
#include "seen/sign-in.h"
#include "seen/software.h"

/* Words for observations: a title and a line for each. */

static gboolean
asks_for_srv (SidetoneObservation *lookup)
{
  return sidetone_lookup_asks_for (lookup, SIDETONE_QUESTION_SRV_CLIENT) ||
         sidetone_lookup_asks_for (lookup, SIDETONE_QUESTION_SRV_DIRECT);
}

static const char *
describe_interface_title (SidetoneObservation *observation)
{
  if (sidetone_observation_has_failed (observation))
    return _("Network addresses not found");

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
describe_lookup_title (SidetoneObservation *lookup)
{
  gboolean failed = sidetone_observation_has_failed (lookup);

  if (sidetone_lookup_asks_for (lookup, SIDETONE_QUESTION_NAT64))
    {
      if (failed || sidetone_lookup_count_answers (lookup) == 0)
        return _("No NAT64 found");
      return _("NAT64 found");
    }

  if (asks_for_srv (lookup))
    {
      if (failed)
        return _("DNS entries (SRV) not known");
      if (sidetone_lookup_count_answers (lookup) == 0)
        return _("No DNS entries (SRV)");
      return _("DNS entries (SRV) found");
    }

  if (sidetone_lookup_asks_for (lookup, SIDETONE_QUESTION_SERVICE))
    return failed ? _("Call server not found") : _("Call server found");

  return failed ? _("Your server was not found") : _("Your server was found");
}

static const char *
describe_services_title (SidetoneObservation *services)
{
  /* An empty list is an answer. */
  return sidetone_observation_has_error (services, SIDETONE_ERROR_NOT_OFFERED)
         ? _("No call servers announced") : NULL;
}

static const char *
describe_ping_title (SidetoneObservation *observation)
{
  const SidetonePingSeen *ping = sidetone_observation_get_ping (observation);
  gboolean answers = ping->arrived > 0;

  switch (ping->whose)
    {
    case SIDETONE_PINGED_UNKNOWN:
      break;

    case SIDETONE_PINGED_ROUTER:
      return answers ? _("Your router answers pings") : _("Your router answers no pings");

    case SIDETONE_PINGED_SERVER:
      return answers ? _("Your server answers pings") : _("Your server answers no pings");
    }

  return NULL;
}

static char *
describe_ping_summary (SidetoneObservation *observation)
{
  const SidetonePingSeen *ping = sidetone_observation_get_ping (observation);
  g_autofree char *duration = NULL;

  if (ping->arrived <= 0 || ping->arrived > ping->sent || ping->rtt_us < 0)
    return g_strdup ("");

  duration = sidetone_describe_duration (ping->rtt_us);
  /* Translators: how many pings were answered, and the time of a round trip */
  return g_strdup_printf (_("%u of %u answered, %s"), (guint) ping->arrived, (guint) ping->sent,
                          duration);
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
  guint n = sidetone_lookup_count_answers (observation);

  if (sidetone_lookup_asks_for (observation, SIDETONE_QUESTION_NAT64))
    return n > 0 ? g_strjoinv (" ", (char **) lookup->answers) : g_strdup ("");

  if (asks_for_srv (observation))
    {
      const char *security = sidetone_lookup_asks_for (observation, SIDETONE_QUESTION_SRV_DIRECT)
                             ? _("direct TLS") : _("STARTTLS");

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
  const SidetoneErrorRow *row;

  if (!sidetone_observation_has_error_trait (observation, SIDETONE_ERROR_IS_SILENCE))
    return NULL;

  row = sidetone_error_get_row (error->code);
  if (row->deadline == NULL)
    return row->in_short != NULL ? g_strdup (_(row->in_short)) : NULL;

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "no answer within %u second",
                                       "no answer within %u seconds", CLAMP (s, 0, 60)),
                          (guint) CLAMP (s, 0, 60));
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

  if (sidetone_disco_offers_address_check (observation))
    offer = _("address check offered");
  else
    offer = _("address check not offered");

  /* Translators: the name of a server program, and what it offers */
  return disco->name != NULL ? g_strdup_printf (_("%s, %s"), disco->name, offer) : g_strdup (offer);
}

static char *
describe_secure_summary (SidetoneObservation *observation)
{
  return g_strdup (_("certificate checked"));
}

static char *
describe_sign_in_summary (SidetoneObservation *observation)
{
  return g_strdup (sidetone_observation_get_sign_in (observation)->mechanism);
}

static char *
describe_server_ip_summary (SidetoneObservation *observation)
{
  SidetoneEndpoint *seen = sidetone_observation_get_seen (observation);

  return seen != NULL ? sidetone_describe_endpoint (seen) : NULL;
}

static char *
describe_software_summary (SidetoneObservation *observation)
{
  const SidetoneSoftwareSeen *software = sidetone_observation_get_software (observation);

  if (software->name == NULL || software->version == NULL)
    return g_strdup (software->name);

  return g_strconcat (software->name, " ", software->version, NULL);
}

/**
 * sidetone_describe_asked:
 * @observation: an observation
 *
 * Returns: (transfer none) (nullable): who was asked, to begin a sentence with; %NULL if that is the
 *   account's server
 */
const char *
sidetone_describe_asked (SidetoneObservation *observation)
{
  switch (sidetone_observation_get_kind (observation))
    {
    case SIDETONE_OBSERVATION_NAT:
      return _("A call server");

    case SIDETONE_OBSERVATION_LIFETIME:
    case SIDETONE_OBSERVATION_VIDEO:
      return _("The relay");

    default:
      return sidetone_lookup_get_name (observation);
    }
}

/* Why a lookup or a query to the XMPP server failed */
static char *
describe_error (SidetoneObservation *observation)
{
  return sidetone_describe_error_event (sidetone_observation_get_error (observation)->code,
                                        sidetone_lookup_get_name (observation),
                                        sidetone_observation_get_server_text (observation));
}

static char *
describe_services_error (SidetoneObservation *observation)
{
  return sidetone_describe_services_event (sidetone_observation_get_error (observation)->code,
                                           sidetone_observation_get_server_text (observation));
}

/* The words for each kind. The title is the one of the observation's state, unless get_title() returns
 * another one. The summary of an observation with an error comes from describe_error(), if there is such
 * a function; all others come from describe(). */
static const struct
{
  const char *passed;
  const char *failed;
  const char *skipped;
  const char *(*get_title)(SidetoneObservation *observation);
  char *(*describe_error)(SidetoneObservation *observation);
  char *(*describe)(SidetoneObservation *observation);
  gboolean is_of_passed;
} kinds[SIDETONE_N_OBSERVATION_KINDS] = {
  [SIDETONE_OBSERVATION_UNKNOWN] = {
    .passed = N_("A step that is not known here"), .describe_error = describe_error,
  },
  [SIDETONE_OBSERVATION_INTERFACE] = {
    .get_title = describe_interface_title, .describe_error = describe_error,
    .describe = describe_interface_summary,
  },
  [SIDETONE_OBSERVATION_LOOKUP] = {
    .get_title = describe_lookup_title, .describe_error = describe_error,
    .describe = describe_lookup_summary,
  },
  [SIDETONE_OBSERVATION_CONNECT] = {
    .passed = N_("Connected"), .failed = N_("Not connected"), .skipped = N_("Incomplete"),
    .describe = describe_connect_summary,
  },
  [SIDETONE_OBSERVATION_SECURE] = {
    .passed = N_("Secured"), .failed = N_("Not secured"), .skipped = N_("Encryption not reached"),
    .describe_error = describe_error, .describe = describe_secure_summary, .is_of_passed = TRUE,
  },
  [SIDETONE_OBSERVATION_SIGN_IN] = {
    .passed = N_("Signed in"), .failed = N_("Not signed in"), .skipped = N_("Sign-in not reached"),
    .describe_error = describe_error, .describe = describe_sign_in_summary,
  },
  [SIDETONE_OBSERVATION_DISCO] = {
    .passed = N_("Server features"), .failed = N_("Server features not known"),
    .skipped = N_("Server features not looked up"),
    .describe_error = describe_error, .describe = describe_disco_summary, .is_of_passed = TRUE,
  },
  [SIDETONE_OBSERVATION_SERVER_IP] = {
    .passed = N_("Address seen by your server"), .failed = N_("No address from your server"),
    .skipped = N_("Address check skipped"),
    .describe_error = describe_error, .describe = describe_server_ip_summary,
  },
  [SIDETONE_OBSERVATION_SOFTWARE] = {
    .passed = N_("Server program"), .describe_error = describe_error,
    .describe = describe_software_summary,
  },
  [SIDETONE_OBSERVATION_SERVICES] = {
    .passed = N_("Call servers announced"), .failed = N_("Call servers not known"),
    .skipped = N_("Call servers not looked up"), .get_title = describe_services_title,
    .describe_error = describe_services_error, .describe = sidetone_describe_services_summary,
    .is_of_passed = TRUE,
  },
  [SIDETONE_OBSERVATION_STUN] = {
    .passed = N_("Your public address found"), .failed = N_("Your public address not found"),
    .skipped = N_("STUN server not tested"), .describe = sidetone_describe_test_summary,
  },
  [SIDETONE_OBSERVATION_RELAY] = {
    .passed = N_("Relay reserved"), .failed = N_("Couldn't reserve a relay"),
    .skipped = N_("Relay not tested"), .describe = sidetone_describe_test_summary,
  },
  [SIDETONE_OBSERVATION_ECHO] = {
    .get_title = sidetone_describe_echo_title, .describe = sidetone_describe_echo_summary,
  },
  [SIDETONE_OBSERVATION_NAT] = {
    .passed = N_("Router behavior tested"), .failed = N_("Router behavior unknown"),
    .skipped = N_("Router behavior unknown"), .describe = sidetone_describe_nat_summary,
  },
  [SIDETONE_OBSERVATION_LIFETIME] = {
    .passed = N_("UDP timeout measured"),
    .failed = N_("UDP timeout could not be measured"),
    .skipped = N_("UDP timeout not measured"),
    .describe = sidetone_describe_lifetime,
  },
  [SIDETONE_OBSERVATION_VIDEO] = {
    .passed = N_("Room for video tested"),
    .failed = N_("Room for video could not be tested"),
    .skipped = N_("Room for video not tested"),
    .describe = sidetone_describe_video,
  },
  [SIDETONE_OBSERVATION_PATH] = {
    .passed = N_("Route checked"), .describe = sidetone_describe_path_summary,
  },
  [SIDETONE_OBSERVATION_PING] = {
    .passed = N_("Pings"), .get_title = describe_ping_title, .describe = describe_ping_summary,
  },
  [SIDETONE_OBSERVATION_INTERRUPTION] = {
    .passed = N_("The check was interrupted"),
  },
};

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
  SidetoneObservationKind kind;
  const char *title = NULL;

  g_return_val_if_fail (SIDETONE_IS_OBSERVATION (observation), NULL);

  kind = sidetone_observation_get_kind (observation);
  if (kinds[kind].get_title != NULL)
    title = kinds[kind].get_title (observation);
  if (title != NULL)
    return g_strdup (title);

  switch (sidetone_observation_get_state (observation))
    {
    case SIDETONE_STATE_UNKNOWN:
    case SIDETONE_STATE_PASSED:
      break;

    case SIDETONE_STATE_FAILED:
      title = kinds[kind].failed;
      break;

    case SIDETONE_STATE_SKIPPED:
      title = kinds[kind].skipped;
      break;
    }

  return g_strdup (_(title != NULL ? title : kinds[kind].passed));
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
  SidetoneAliases *aliases;

  g_return_val_if_fail (SIDETONE_IS_OBSERVATION (observation), NULL);

  kind = sidetone_observation_get_kind (observation);
  aliases = sidetone_observation_get_aliases (observation);
  if (sidetone_observation_get_error (observation) != NULL && kinds[kind].describe_error != NULL)
    return sidetone_describe_hidden (aliases, kinds[kind].describe_error (observation));
  if (kinds[kind].describe != NULL &&
      (!kinds[kind].is_of_passed || sidetone_observation_has_passed (observation)))
    summary = sidetone_describe_hidden (aliases, kinds[kind].describe (observation));

  return sidetone_text_make_safe (summary != NULL ? summary : "", SIDETONE_TEXT_MAX_CHARS);
}
