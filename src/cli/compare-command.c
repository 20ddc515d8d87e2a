/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "cli.h"
#include "report/comparison.h"
#include "report/pair.h"

#include <glib/gi18n.h>

/* The command `compare`: says what changed between two saved reports (diff), or what a call between the
 * two people who made them takes (ICE). */

static gboolean
print_comparison (SidetoneReport *before,
                  SidetoneReport *after,
                  gboolean        json)
{
  g_autoptr (SidetoneComparison) comparison = sidetone_comparison_new (before, after);
  g_autoptr (SidetonePage) page = NULL;
  g_autofree char *text = NULL;

  if (json)
    {
      text = sidetone_comparison_to_json (comparison);

      return sidetone_cli_print (text, NULL);
    }

  page = sidetone_cli_open_page ();
  sidetone_comparison_write (comparison, page);

  return sidetone_cli_print_page (page);
}

static gboolean
print_pair (SidetoneReport *first,
            SidetoneReport *second,
            gboolean        json)
{
  g_autoptr (SidetonePage) page = NULL;
  g_autofree char *text = NULL;

  if (json)
    {
      text = sidetone_pair_to_json (first, second);

      return sidetone_cli_print (text, NULL);
    }

  page = sidetone_cli_open_page ();
  sidetone_pair_write (first, second, page);

  return sidetone_cli_print_page (page);
}

/**
 * sidetone_cli_compare:
 * @argc: the number of words, "compare" included
 * @argv: the words
 *
 * Prints what changed between two saved reports, or what a call between those two takes.
 *
 * Returns: the exit status
 */
SidetoneExit
sidetone_cli_compare (int    argc,
                      char **argv)
{
  g_autofree char *format = NULL;
  gboolean call = FALSE;
  gboolean json;
  gboolean done;
  const GOptionEntry entries[] = {
    { "call", 'c', 0, G_OPTION_ARG_NONE, &call,
      N_("Say what a call between the two people takes instead"), NULL },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &format,
      N_("Print the changes as text or JSON"), "text|json" },
    { NULL }
  };
  g_autoptr (GOptionContext) options = g_option_context_new (_("BEFORE.json AFTER.json"));
  g_autoptr (GError) error = NULL;
  g_autoptr (SidetoneReport) before = NULL;
  g_autoptr (SidetoneReport) after = NULL;

  g_option_context_set_summary (options, _("Says what changed between two saved reports: for calls, then "
                                           "what was found, the network, the call servers and the "
                                           "quality of the line."));
  g_option_context_add_main_entries (options, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (options, &argc, &argv, &error))
    {
      sidetone_cli_complain ("%s", error->message);
      return SIDETONE_EXIT_USAGE;
    }
  if (argc != 3)
    {
      sidetone_cli_complain (_("Name two reports: “sidetone-cli compare BEFORE.json AFTER.json”."));
      return SIDETONE_EXIT_USAGE;
    }
  if (!sidetone_cli_parse_format (format, &json))
    return SIDETONE_EXIT_USAGE;

  if (!sidetone_cli_can_print (NULL))
    return SIDETONE_EXIT_FILE;
  before = sidetone_cli_open_report (argv[1]);
  if (before == NULL)
    return SIDETONE_EXIT_FILE;
  after = sidetone_cli_open_report (argv[2]);
  if (after == NULL)
    return SIDETONE_EXIT_FILE;

  done = call ? print_pair (before, after, json) : print_comparison (before, after, json);

  return done ? SIDETONE_EXIT_FINISHED : SIDETONE_EXIT_FILE;
}
