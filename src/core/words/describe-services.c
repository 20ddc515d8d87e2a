/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/describe-private.h"

#include <glib/gi18n-lib.h>

#include "base/text.h"
#include "seen/services.h"

/* Words for the services that a server announces, without any test: they say what is missing or
 * can't be right, and promise nothing of the rest. */

#define MINUTE G_GINT64_CONSTANT (60)
#define HOUR (60 * MINUTE)

/**
 * sidetone_describe_services_event:
 * @error: why a server did not list its services
 * @server_text: (nullable): its own text about that, unchecked
 *
 * Returns: (transfer full): what happened, in a sentence, and another one with the server's text
 */
char *
sidetone_describe_services_event (SidetoneError error,
                                  const char   *server_text)
{
  const char *words = sidetone_error_get_row (error)->services_event;

  if (words != NULL)
    return g_strdup (_(words));

  return sidetone_describe_error_event (error, NULL, server_text);
}

/**
 * sidetone_describe_services_summary:
 * @observation: of kind %SIDETONE_OBSERVATION_SERVICES, passed
 *
 * Returns: (transfer full): the number of services, in a few words
 */
char *
sidetone_describe_services_summary (SidetoneObservation *observation)
{
  GPtrArray *services = sidetone_observation_get_services (observation)->services;
  g_autofree char *all = NULL;
  g_autofree char *of_them = NULL;
  guint n_services = 0;
  guint n_relays = 0;

  for (guint i = 0; services != NULL && i < services->len; i++)
    {
      SidetoneService *service = services->pdata[i];

      n_services += service != NULL ? 1 : 0;
      n_relays += service != NULL && sidetone_service_is_relay (service) ? 1 : 0;
    }

  if (n_services == 0)
    return g_strdup (_("neither STUN nor TURN"));

  /* Translators: how many entries a server's list of servers for calls has */
  all = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u entry", "%u entries", n_services),
                         n_services);
  if (n_relays == 0)
    of_them = g_strdup (_("no relay"));
  else
    /* Translators: how many entries of a list are relays (TURN) */
    of_them = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u for a relay", "%u for a relay",
                                            n_relays),
                               n_relays);

  /* Translators: a number of entries, and how many of them are relays: "4 entries, 2 for a
   * relay" */
  return g_strdup_printf (C_("entries, relays", "%s, %s"), all, of_them);
}

/**
 * sidetone_describe_remaining:
 * @left_s: the remaining validity in seconds; 0 or less if it has expired
 *
 * Returns: (transfer full): words for that, in whole minutes or hours
 */
char *
sidetone_describe_remaining (gint64 left_s)
{
  guint minutes = CLAMP (left_s, 0, G_MAXINT) / MINUTE;
  guint hours = CLAMP (left_s, 0, G_MAXINT) / HOUR;

  if (left_s <= 0)
    /* Translators: of a password that is too old */
    return g_strdup (_("no longer"));
  if (left_s < 2 * HOUR)
    /* Translators: how long a password is still good */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u minute", "%u minutes", minutes),
                            minutes);

  /* Translators: how long a password is still good */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u hour", "%u hours", hours), hours);
}
