/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "base/error.h"
#include "check-run.h"
#include "words/describe.h"

#include <glib/gi18n.h>

/* The command `check`: makes a run, shows its progress, prints its report. */

/* The command line's options */
typedef struct
{
  SidetoneCheckOptions check;
  char *only;
  char *format;
  char *output;
  gboolean redact;
  gboolean json;
} Options;

static void
clear_options (Options *options)
{
  sidetone_check_options_clear (&options->check);
  g_free (options->only);
  g_free (options->format);
  g_free (options->output);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, clear_options)

static gboolean
parse_only (Options *options)
{
  if (g_strcmp0 (options->only, "address") == 0)
    options->check.only = SIDETONE_RUN_ONLY_ADDRESS;
  else if (g_strcmp0 (options->only, "calls") == 0)
    options->check.only = SIDETONE_RUN_ONLY_CALLS;

  return options->only == NULL || options->check.only != SIDETONE_RUN_ONLY_UNKNOWN;
}

/* Complains about invalid options. */
static gboolean
are_valid (Options *options,
           int      argc)
{
  if (argc != 2)
    {
      sidetone_cli_complain (_("Name one account: “sidetone-cli check romeo@montague.lit”."));
      return FALSE;
    }
  if (!parse_only (options))
    {
      sidetone_cli_complain (_("There is no check “%s”: choose “address” or “calls”."),
                             options->only);
      return FALSE;
    }
  if (options->check.video && options->check.only == SIDETONE_RUN_ONLY_ADDRESS)
    {
      sidetone_cli_complain (_("“--video” needs the call servers: leave out “--only address”."));
      return FALSE;
    }
  if (options->check.lifetime && options->check.only == SIDETONE_RUN_ONLY_ADDRESS)
    {
      sidetone_cli_complain (_("“--lifetime” needs the call servers: leave out “--only address”."));
      return FALSE;
    }

  return TRUE;
}

static SidetoneExit
parse_options (Options *options,
               int      argc,
               char   **argv)
{
  const GOptionEntry entries[] = {
    { "only", 0, 0, G_OPTION_ARG_STRING, &options->only,
      N_("Check only your address, or only calls"), "address|calls" },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &options->format,
      N_("Print the report as text or JSON"), "text|json" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output,
      N_("Save the report in this file"), "FILE" },
    { "redact", 'r', 0, G_OPTION_ARG_NONE, &options->redact,
      N_("Hide private details, such as your account and your addresses"), NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (_("JID"));
  g_autoptr (GError) error = NULL;

  g_option_context_set_summary (context, _("Signs in to your account and checks whether calls work from here: "
                                           "which address your server sees, and what its call servers answer."));
  sidetone_check_options_add (&options->check, context);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      sidetone_cli_complain ("%s", error->message);
      return SIDETONE_EXIT_USAGE;
    }
  if (!are_valid (options, argc))
    return SIDETONE_EXIT_USAGE;
  if (!sidetone_cli_parse_format (options->format, &options->json))
    return SIDETONE_EXIT_USAGE;

  if (!sidetone_cli_can_print (options->output))
    return SIDETONE_EXIT_FILE;

  return sidetone_check_options_read (&options->check, argv[1]);
}

static SidetoneExit
conclude (SidetoneReport *report,
          gpointer        user_data)
{
  const Options *options = user_data;
  SidetoneDiagnosis *diagnosis = sidetone_report_get_diagnosis (report);
  SidetoneFinding *finding = sidetone_diagnosis_get_address_finding (diagnosis);
  gboolean has_failed = sidetone_diagnosis_has_failed (diagnosis);

  if (!sidetone_cli_print_report (report, options->json, options->redact, options->output))
    return SIDETONE_EXIT_FILE;

  if (has_failed && sidetone_finding_get_facts (finding)->error == SIDETONE_ERROR_BAD_CA_FILE)
    {
      g_autofree char *words = sidetone_describe_error (SIDETONE_ERROR_BAD_CA_FILE,
                                                        options->check.ca_file, NULL);

      sidetone_cli_complain ("%s", words);
      return SIDETONE_EXIT_NOT_MADE;
    }

  if (has_failed ||
      (options->check.only == SIDETONE_RUN_ONLY_ADDRESS &&
       sidetone_diagnosis_get_external (diagnosis) == NULL))
    {
      g_autofree char *reason = sidetone_describe_reason (diagnosis);

      sidetone_cli_complain ("%s", reason);
      return SIDETONE_EXIT_NOT_MADE;
    }

  return sidetone_check_get_status (diagnosis);
}

/**
 * sidetone_cli_check:
 * @argc: the number of words, "check" included
 * @argv: the words
 *
 * Makes one check and prints its report.
 *
 * Returns: the exit status
 */
SidetoneExit
sidetone_cli_check (int    argc,
                    char **argv)
{
  g_auto (Options) options = { 0 };
  SidetoneExit status;
  char *password;

  status = parse_options (&options, argc, argv);
  if (status != SIDETONE_EXIT_FINISHED)
    return status;

  password = sidetone_check_options_get_password (&options.check, &status);
  if (password == NULL)
    return status;

  return sidetone_check_run (&options.check, password, conclude, &options);
}
