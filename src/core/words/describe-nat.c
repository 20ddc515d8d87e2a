/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/describe-private.h"

#include <glib/gi18n-lib.h>

/* Words for what is done to UDP on the way. */

/**
 * sidetone_describe_nat_title:
 * @observation: of kind %SIDETONE_OBSERVATION_NAT
 *
 * Returns: (transfer full): what came of it, in a few words
 */
char *
sidetone_describe_nat_title (SidetoneObservation *observation)
{
  if (sidetone_observation_get_state (observation) == SIDETONE_STATE_PASSED)
    return g_strdup (_("Way out for calls looked at"));

  return g_strdup (_("Way out for calls not known"));
}

/* NULL where it is not known, or not known here */
static const char *
describe_mapping (SidetoneObservation *observation)
{
  const SidetoneDetailChoice mappings[] = {
    { "none", _("nothing is translated") },
    { "endpoint-independent", _("the same for everybody") },
    { "address-dependent", _("another one for each address") },
    { "address-and-port-dependent", _("another one for everybody") },
    { "port-independent", _("the same for all ports of an address") },
    { "endpoint-dependent", _("not the same for everybody") },
  };
  const char *mapping = sidetone_observation_get_string (observation, "mapping");

  for (guint i = 0; mapping != NULL && i < G_N_ELEMENTS (mappings); i++)
    {
      if (g_str_equal (mapping, mappings[i].value))
        return mappings[i].words;
    }

  return NULL;
}

/**
 * sidetone_describe_nat_summary:
 * @observation: of kind %SIDETONE_OBSERVATION_NAT
 *
 * Returns: (transfer full): what was found out, in a line
 */
char *
sidetone_describe_nat_summary (SidetoneObservation *observation)
{
  const GError *error = sidetone_observation_get_error (observation);
  const char *mapping = describe_mapping (observation);

  if (error != NULL)
    return sidetone_describe_error_event (error->code, NULL, NULL);
  if (mapping == NULL)
    return g_strdup ("");

  /* Translators: "Address outside: the same for everybody" */
  return g_strdup_printf (_("Address outside: %s"), mapping);
}

/**
 * sidetone_details_add_nat:
 * @rows: where to add them
 * @observation: of kind %SIDETONE_OBSERVATION_NAT
 *
 * Adds all that was found out.
 */
void
sidetone_details_add_nat (GPtrArray           *rows,
                          SidetoneObservation *observation)
{
  const SidetoneDetailChoice filterings[] = {
    { "endpoint-independent", _("from everybody") },
    { "address-dependent", _("from addresses that were sent to") },
    { "address-and-port-dependent", _("from addresses and ports that were sent to") },
    { "port-independent", _("from all ports of addresses that were sent to, perhaps from more") },
    { "endpoint-dependent", _("from addresses that were sent to, perhaps not from all their ports") },
  };
  const SidetoneDetailChoice reasons[] = {
    { "one-view", _("one server alone looked") },
    { "no-answer", _("nobody answered") },
    { "relay-closed", _("the relay passed nothing on") },
    { "permission-refused", _("the relay passes nothing on to this address") },
    { "no-relay", _("there was no relay to try it with") },
    { "same-network", _("no server is out on the internet") },
    { "not-translated", _("nothing is translated") },
  };
  const SidetoneDetailChoice answers[] = { { "yes", _("yes") }, { "no", _("no") } };
  const char *mapping = describe_mapping (observation);

  sidetone_details_add_endpoint (rows, _("Own end"), sidetone_observation_get_local (observation));
  sidetone_details_add_endpoint (rows, _("Seen from outside"),
                                 sidetone_observation_get_seen (observation));
  if (mapping != NULL)
    sidetone_details_add_words (rows, _("Address and port outside"), mapping);
  sidetone_details_add_choice (rows, _("Why that is not known"), observation, "mapping-reason",
                               reasons, G_N_ELEMENTS (reasons));
  sidetone_details_add_choice (rows, _("Packets are let in"), observation, "filtering", filterings,
                               G_N_ELEMENTS (filterings));
  sidetone_details_add_choice (rows, _("Why that is not known"), observation, "filtering-reason",
                               reasons, G_N_ELEMENTS (reasons));
  sidetone_details_add_choice (rows, _("Programs here reach each other by the address outside"),
                               observation, "hairpinning", answers, G_N_ELEMENTS (answers));
  sidetone_details_add_choice (rows, _("Why that is not known"), observation, "hairpinning-reason",
                               reasons, G_N_ELEMENTS (reasons));
  sidetone_details_add_truth (rows, _("Port kept"), observation, "port-preserved");
  sidetone_details_add_list (rows, _("Views"), observation, "views");
}

static gint64
get_s (SidetoneObservation *observation,
       const char          *key)
{
  return (CLAMP (sidetone_observation_get_int (observation, key, 0), 0, G_MAXINT) + 500) / 1000;
}

/**
 * sidetone_describe_lifetime:
 * @observation: of kind %SIDETONE_OBSERVATION_LIFETIME
 *
 * Returns: (transfer full): how long UDP stays open while nothing is sent, in a few words, or why that
 *   is not known
 */
char *
sidetone_describe_lifetime (SidetoneObservation *observation)
{
  const GError *error = sidetone_observation_get_error (observation);
  guint open_s = get_s (observation, "open-ms");
  guint closed_s = get_s (observation, "closed-ms");
  guint middle_s = (open_s + closed_s) / 2;

  if (error != NULL)
    return sidetone_describe_error_event (error->code, NULL, NULL);
  if (sidetone_observation_get_state (observation) == SIDETONE_STATE_SKIPPED)
    return g_strdup (_("there was no relay to try it with"));
  if (closed_s == 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u second and longer",
                                         "%u seconds and longer", open_s), open_s);
  if (open_s == 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "less than %u second",
                                         "less than %u seconds", closed_s), closed_s);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "about %u second", "about %u seconds",
                                       middle_s), middle_s);
}

/**
 * sidetone_describe_open_so_far:
 * @open_ms: the longest silence so far after which UDP was still open, in milliseconds
 *
 * Returns: (transfer full): words for that while it is measured
 */
char *
sidetone_describe_open_so_far (guint open_ms)
{
  guint open_s = open_ms / 1000;

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "UDP stays open for %u second at least. This may take five "
                                       "minutes.",
                                       "UDP stays open for %u seconds at least. This may take five "
                                       "minutes.", open_s), open_s);
}

static void
add_seconds (GPtrArray           *rows,
             const char          *title,
             SidetoneObservation *observation,
             const char          *key)
{
  gint64 silence_ms = sidetone_observation_get_int (observation, key, 0);

  if (silence_ms > 0)
    sidetone_details_take (rows, title, sidetone_describe_duration (
                             MIN (silence_ms, G_MAXINT) * 1000), FALSE);
}

/**
 * sidetone_details_add_lifetime:
 * @rows: where to add them
 * @observation: of kind %SIDETONE_OBSERVATION_LIFETIME
 *
 * Adds what is known of how long UDP stays open.
 */
void
sidetone_details_add_lifetime (GPtrArray           *rows,
                               SidetoneObservation *observation)
{
  add_seconds (rows, _("Still open after a silence of"), observation, "open-ms");
  add_seconds (rows, _("Closed after a silence of"), observation, "closed-ms");
}

/**
 * sidetone_describe_path_summary:
 * @observation: of kind %SIDETONE_OBSERVATION_PATH
 *
 * Returns: (transfer full): what was found out, in a line
 */
char *
sidetone_describe_path_summary (SidetoneObservation *observation)
{
  g_autofree const char **routers = sidetone_observation_get_strings (observation, "routers");
  guint n_routers = g_strv_length ((char **) routers);

  if (n_routers == 0)
    return g_strdup (_("none told of itself"));

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u router told of itself",
                                       "%u routers told of themselves", n_routers), n_routers);
}

/**
 * sidetone_details_add_path:
 * @rows: where to add them
 * @observation: of kind %SIDETONE_OBSERVATION_PATH
 *
 * Adds what is known of the first routers on the way.
 */
void
sidetone_details_add_path (GPtrArray           *rows,
                           SidetoneObservation *observation)
{
  sidetone_details_add_endpoint (rows, _("Own end"), sidetone_observation_get_local (observation));
  sidetone_details_add_endpoint (rows, _("Seen from outside"),
                                 sidetone_observation_get_seen (observation));
  sidetone_details_add_list (rows, _("Routers, the nearest first"), observation, "routers");
  sidetone_details_add_truth (rows, _("The address outside belongs to a router behind the nearest"),
                              observation, "passed-on");
}
