/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "cli.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/* Shared by the commands */

/**
 * sidetone_cli_complain:
 * @format: a printf format of one sentence
 * @...: its arguments
 *
 * Says on stderr, in one line, why the program can't do what it was asked to.
 */
void
sidetone_cli_complain (const char *format,
                       ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  g_printerr ("sidetone-cli: %s\n", g_strdelimit (message, "\r\n", ' '));
}

/**
 * sidetone_cli_parse_format:
 * @format: (nullable): the argument of `--format`
 * @json: (out): whether JSON is wanted
 *
 * Returns: %FALSE, after complaining, if there is no such format
 */
gboolean
sidetone_cli_parse_format (const char *format,
                           gboolean   *json)
{
  *json = g_strcmp0 (format, "json") == 0;
  if (format == NULL || *json || g_str_equal (format, "text"))
    return TRUE;

  sidetone_cli_complain (_("There is no format “%s”: choose “text” or “json”."), format);

  return FALSE;
}

/**
 * sidetone_cli_print_report:
 * @report: a report
 * @json: whether to print JSON, else text
 * @redact: whether to leave out private details
 * @output: (nullable): a file, %NULL for stdout
 *
 * Returns: %FALSE, after complaining, if it could not be written
 */
gboolean
sidetone_cli_print_report (SidetoneReport *report,
                           gboolean        json,
                           gboolean        redact,
                           const char     *output)
{
  g_autoptr (SidetoneReport) redacted = redact ? sidetone_report_new_redacted (report) : NULL;
  SidetoneReport *chosen = redact ? redacted : report;
  g_autofree char *text = json ? sidetone_report_to_json (chosen)
                          : sidetone_report_to_text (chosen);
  g_autoptr (GError) error = NULL;

  if (output == NULL)
    {
      fputs (text, stdout);
      if (fflush (stdout) == 0)
        return TRUE;

      sidetone_cli_complain (_("The report could not be written."));
      return FALSE;
    }

  /* A report has private details: only its owner may read it */
  if (g_file_set_contents_full (output, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    return TRUE;

  sidetone_cli_complain (_("The report could not be written: %s"), error->message);

  return FALSE;
}
