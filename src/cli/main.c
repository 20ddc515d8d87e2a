/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "cli.h"
#include "keep/process.h"
#include "net/lookup.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

/* The command line: `sidetone-cli COMMAND`; each command has a file of its own. */

static const struct
{
  const char *name;
  SidetoneExit (*run) (int    argc,
                       char **argv);
} commands[] = {
  { "check", sidetone_cli_check },
  { "show", sidetone_cli_show },
  { "compare", sidetone_cli_compare },
  { "explain", sidetone_cli_explain },
  { "walkthrough", sidetone_cli_walkthrough },
};

static void
print_help (void)
{
  g_print ("%s\n\n%s\n  sidetone-cli check [%s] JID\n      %s\n"
           "  sidetone-cli walkthrough [%s] JID\n      %s\n"
           "  sidetone-cli show [%s] REPORT.json\n      %s\n"
           "  sidetone-cli compare [%s] BEFORE.json AFTER.json\n      %s\n"
           "  sidetone-cli explain [CODE | --support | --for-administrator REPORT.json]\n      %s\n\n%s\n",
           _("Sidetone finds out why XMPP calls fail."), _("Usage:"),
           _("OPTION…"), _("Checks whether calls work from here"),
           _("OPTION…"), _("Finds the cause step by step"),
           _("OPTION…"), _("Prints a saved report"),
           _("OPTION…"), _("Says what changed between two saved reports"),
           _("Explains the codes of results, for the person who helps"),
           _("“sidetone-cli COMMAND --help” lists a command's options."));
}

int
main (int    argc,
      char **argv)
{
  const char *localedir;

  sidetone_process_prepare ();
  /* Debug messages must not get into a report on stdout */
  g_log_writer_default_set_use_stderr (TRUE);
  sidetone_lookup_prepare ();
  setlocale (LC_ALL, "");
  /* Tests set their build's catalogues */
  localedir = g_getenv ("SIDETONE_LOCALEDIR");
  bindtextdomain (GETTEXT_PACKAGE, localedir != NULL ? localedir : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (argc >= 2 && (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h")))
    {
      print_help ();
      return SIDETONE_EXIT_FINISHED;
    }
  if (argc >= 2 && g_str_equal (argv[1], "--version"))
    {
      g_print ("sidetone-cli %s\n", SIDETONE_VERSION);
      return SIDETONE_EXIT_FINISHED;
    }

  for (gsize i = 0; argc >= 2 && i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *program = g_strconcat ("sidetone-cli ", commands[i].name, NULL);

      if (!g_str_equal (argv[1], commands[i].name))
        continue;

      /* For the first line of the command's help */
      g_set_prgname (program);
      return commands[i].run (argc - 1, argv + 1);
    }

  sidetone_cli_complain (_("Name a command: “sidetone-cli check JID” or “sidetone-cli show "
                           "REPORT.json”. “sidetone-cli --help” has more."));

  return SIDETONE_EXIT_USAGE;
}
