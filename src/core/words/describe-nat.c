/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/describe-private.h"

#include <glib/gi18n-lib.h>

#include "base/deadlines.h"
#include "judge/lifetime-check.h"
#include "seen/lifetime.h"
#include "seen/nat.h"
#include "seen/path.h"

/* Words for what a NAT does to UDP. */

/**
 * sidetone_describe_nat_summary:
 * @observation: of kind %SIDETONE_OBSERVATION_NAT
 *
 * Returns: (transfer full): what was found out, in one line
 */
char *
sidetone_describe_nat_summary (SidetoneObservation *observation)
{
  const GError *error = sidetone_observation_get_error (observation);
  const SidetoneNatSeen *nat = sidetone_observation_get_nat (observation);
  const char *mapping = sidetone_describe_choice (sidetone_field_table_find (&sidetone_nat_table,
                                                                             "mapping"), nat);

  if (error != NULL)
    return sidetone_describe_error_event (error->code, sidetone_describe_asked (observation),
                                          NULL);
  if (mapping == NULL)
    return g_strdup ("");

  /* Translators: "Address outside: the same for everybody" */
  return g_strdup_printf (_("Public address: %s"), mapping);
}

static guint
get_s (gint64 ms)
{
  return (CLAMP (ms, 0, G_MAXINT) + 500) / 1000;
}

/**
 * sidetone_describe_lifetime:
 * @observation: of kind %SIDETONE_OBSERVATION_LIFETIME
 *
 * Returns: (transfer full): how long UDP stays open while nothing is sent, in a few words, or why
 *   that is not known
 */
char *
sidetone_describe_lifetime (SidetoneObservation *observation)
{
  const GError *error = sidetone_observation_get_error (observation);
  const SidetoneLifetimeSeen *lifetime = sidetone_observation_get_lifetime (observation);
  guint open_s = get_s (lifetime->open_ms);
  guint closed_s = get_s (lifetime->closed_ms);
  guint middle_s = (open_s + closed_s) / 2;

  if (error != NULL)
    return sidetone_describe_error_event (error->code, sidetone_describe_asked (observation),
                                          NULL);
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
 * sidetone_describe_lifetime_verdict:
 * @observation: of kind %SIDETONE_OBSERVATION_LIFETIME
 *
 * Returns: (transfer full): the same as sidetone_describe_lifetime(), and whether that is enough
 */
char *
sidetone_describe_lifetime_verdict (SidetoneObservation *observation)
{
  g_autofree char *lifetime = sidetone_describe_lifetime (observation);

  if (sidetone_observation_get_state (observation) == SIDETONE_STATE_PASSED)
    {
      if (sidetone_lifetime_check_is_short (observation))
        /* Translators: %s is a time, such as "about 10 seconds" */
        return g_strdup_printf (_("%s: too short, quiet calls can break off"), lifetime);
      if (sidetone_lifetime_check_is_enough (observation))
        /* Translators: %s is a time, such as "about 30 seconds" */
        return g_strdup_printf (_("%s: enough for calls"), lifetime);
    }

  return g_steal_pointer (&lifetime);
}

/**
 * sidetone_describe_measuring:
 * @open_ms: the longest silence so far after which UDP was still open, in milliseconds
 *
 * Returns: (transfer full): that a measurement goes on, and how long it may take
 */
char *
sidetone_describe_measuring (guint open_ms)
{
  guint longest_ms = sidetone_deadlines.nat_longest_silence;
  guint left_ms = longest_ms - MIN (open_ms, longest_ms);
  guint minutes = MAX ((left_ms + 59999) / 60000, 1);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Measuring… up to %u minute left",
                                       "Measuring… up to %u minutes left", minutes), minutes);
}

/**
 * sidetone_describe_open_so_far:
 * @open_ms: the longest silence so far after which UDP was still open, in milliseconds
 *
 * Returns: (transfer full): words for that during the measurement
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

/**
 * sidetone_describe_path_summary:
 * @observation: of kind %SIDETONE_OBSERVATION_PATH
 *
 * Returns: (transfer full): what was found out, in one line
 */
char *
sidetone_describe_path_summary (SidetoneObservation *observation)
{
  const SidetonePathSeen *path = sidetone_observation_get_path (observation);
  GPtrArray *routers = path->service != NULL ? path->udp_routers : path->routers;
  guint n_routers = routers != NULL ? routers->len : 0;

  if (n_routers == 0)
    return g_strdup (_("no router answered"));

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u router answered",
                                       "%u routers answered", n_routers), n_routers);
}
