/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "cli.h"

#include <glib/gi18n.h>

/* The command `show`: prints a saved report. */

/**
 * sidetone_cli_show:
 * @argc: the number of words, "show" included
 * @argv: the words
 *
 * Prints a saved report, judged anew.
 *
 * Returns: the exit status
 */
SidetoneExit
sidetone_cli_show (int    argc,
                   char **argv)
{
  g_autofree char *format = NULL;
  g_autofree char *app_nick = NULL;
  gboolean redact = FALSE;
  gboolean json;
  SidetoneApp app = SIDETONE_APP_UNKNOWN;
  const GOptionEntry entries[] = {
    { "format", 'f', 0, G_OPTION_ARG_STRING, &format,
      N_("Print the report as text or JSON"), "text|json" },
    { "redact", 'r', 0, G_OPTION_ARG_NONE, &redact,
      N_("Hide private details, such as your account and your addresses"), NULL },
    { "app", 'a', 0, G_OPTION_ARG_STRING, &app_nick,
      N_("Say what calls with this app take, such as dino"), "APP" },
    { NULL }
  };
  g_autoptr (GOptionContext) options = g_option_context_new (_("REPORT.json"));
  g_autoptr (GError) error = NULL;
  g_autoptr (SidetoneReport) report = NULL;
  g_autoptr (SidetoneReport) chosen = NULL;

  g_option_context_set_summary (options, _("Prints a saved report. It is judged by this version of Sidetone, "
                                           "which may know more than the one that made it."));
  g_option_context_add_main_entries (options, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (options, &argc, &argv, &error))
    {
      sidetone_cli_complain ("%s", error->message);
      return SIDETONE_EXIT_USAGE;
    }
  if (argc != 2)
    {
      sidetone_cli_complain (_("Name one report: “sidetone-cli show REPORT.json”."));
      return SIDETONE_EXIT_USAGE;
    }
  if (!sidetone_cli_parse_format (format, &json) || !sidetone_cli_parse_app (app_nick, &app))
    return SIDETONE_EXIT_USAGE;

  if (!sidetone_cli_can_print (NULL))
    return SIDETONE_EXIT_FILE;
  report = sidetone_cli_open_report (argv[1]);
  if (report == NULL)
    return SIDETONE_EXIT_FILE;

  chosen = sidetone_report_new_for_app (report, app_nick != NULL ? app : sidetone_report_get_app (report));

  return sidetone_cli_print_report (chosen, json, redact, NULL) ? SIDETONE_EXIT_FINISHED
         : SIDETONE_EXIT_FILE;
}
