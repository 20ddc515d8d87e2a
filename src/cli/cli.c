/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "cli.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/* What the commands share */

/**
 * sidetone_cli_complain:
 * @format: a sentence for a person
 * @...: what goes into it
 *
 * Tells on stderr, in one line, why the program does not do what it was asked to.
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
 * @format: (nullable): what stood behind `--format`
 * @json: (out): whether JSON is wanted
 *
 * Returns: %FALSE, after complaining, when there is no such format
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
 * @json: as JSON, else as text
 * @redact: without what tells who and where one is
 * @output: (nullable): a file, else stdout
 *
 * Returns: %FALSE, after complaining, when it could not be written
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

  /* A whole report tells who and where one is: for the owner's eyes */
  if (g_file_set_contents_full (output, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    return TRUE;

  sidetone_cli_complain (_("The report could not be written: %s"), error->message);

  return FALSE;
}
