/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/describe-private.h"

#include <glib/gi18n-lib.h>

/* Words for the apps that people call with. */

/**
 * sidetone_describe_app:
 * @app: an app
 *
 * Returns: (transfer none): its name; other words for one that was not said, or is not known
 */
const char *
sidetone_describe_app (SidetoneApp app)
{
  const SidetoneAppFacts *facts = sidetone_app_get_facts (app);

  if (facts != NULL)
    return _(facts->name);

  /* Translators: of the apps in a list: none was chosen */
  return app == SIDETONE_APP_OTHER ? _("Another App") : _("Not Said");
}

/**
 * sidetone_describe_app_apart:
 * @app: the app that the person calls with
 *
 * Returns: (transfer full): a sentence about whose calls are judged
 */
char *
sidetone_describe_app_apart (SidetoneApp app)
{
  const SidetoneAppFacts *facts = sidetone_app_get_facts (app);

  if (facts == NULL || !facts->has_calls)
    return g_strdup (_("With an app that uses all call servers. Some can't use each of them."));

  /* Translators: %s is the name of an app */
  return g_strdup_printf (_("With %s. The other person's app is taken to use all call servers."),
                          _(facts->name));
}

/**
 * sidetone_describe_apps:
 * @fits: which apps are meant
 *
 * Returns: (transfer full): the names of the apps in the table that are meant, without their old
 *   versions
 */
char *
sidetone_describe_apps (gboolean ( *fits ) (const SidetoneAppFacts *facts))
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (SidetoneApp app = SIDETONE_APP_UNKNOWN; app < SIDETONE_N_APPS; app++)
    {
      const SidetoneAppFacts *facts = sidetone_app_get_facts (app);

      if (facts != NULL && facts->has_calls && !facts->is_old && fits (facts))
        g_ptr_array_add (names, (gpointer) _(facts->name));
    }
  g_ptr_array_add (names, NULL);

  return g_strjoinv (C_("between the parts of a list", ", "), (char **) names->pdata);
}
