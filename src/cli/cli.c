/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "cli.h"

#include "base/nick.h"
#include "base/text.h"
#include "keep/report-block.h"
#include "keep/report-file.h"
#include "terminal.h"
#include "words/describe.h"

#include <fcntl.h>
#include <glib/gi18n.h>
#include <unistd.h>

/* Shared by the commands */

/* Sentences with a path of 4,096 bytes */
#define MAX_COMPLAINT_CHARS 5000

/**
 * sidetone_cli_complain:
 * @format: a printf format of one sentence
 * @...: its arguments
 *
 * Says on stderr, in one line, why the program can't do what it was asked to. Names in it, such as
 * a file's, may be anybody's: what could rewrite the terminal is left out.
 */
void
sidetone_cli_complain (const char *format,
                       ...)
{
  g_autofree char *message = NULL;
  g_autofree char *safe = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  safe = sidetone_text_make_safe (message, MAX_COMPLAINT_CHARS);
  g_printerr ("sidetone-cli: %s\n", safe);
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
 * sidetone_cli_parse_app:
 * @nick: (nullable): what was typed after `--app`
 * @app: (inout): the app; left as it is without @nick
 *
 * Returns: %FALSE, after complaining with the list of apps, if there is no such app
 */
gboolean
sidetone_cli_parse_app (const char  *nick,
                        SidetoneApp *app)
{
  g_autoptr (GString) list = g_string_new (NULL);

  if (nick == NULL)
    return TRUE;
  *app = sidetone_nick_find (SIDETONE_TYPE_APP, nick);
  if (*app != SIDETONE_APP_UNKNOWN)
    return TRUE;

  for (SidetoneApp one = SIDETONE_APP_UNKNOWN + 1; one < SIDETONE_N_APPS; one++)
    g_string_append_printf (list, "%s“%s”", list->len > 0 ? ", " : "",
                            sidetone_nick_get (SIDETONE_TYPE_APP, one));
  /* Translators: the first %s is what was typed, the second a list of words */
  sidetone_cli_complain (_("There is no app “%s”: choose one of %s."), nick, list->str);

  return FALSE;
}

/**
 * sidetone_cli_can_print:
 * @output: (nullable): a file, %NULL for stdout
 *
 * Looks before the work is done whether a report can be printed; what else keeps a file from being
 * written shows only then.
 *
 * Returns: %FALSE, after complaining, if stdout is needed and closed
 */
gboolean
sidetone_cli_can_print (const char *output)
{
  if (output != NULL || (fcntl (STDOUT_FILENO, F_GETFL) & O_ACCMODE) != O_RDONLY)
    return TRUE;

  sidetone_cli_complain (_("The report could not be written."));

  return FALSE;
}

/**
 * sidetone_cli_open_report:
 * @path: a file's path or URI
 *
 * Returns: (transfer full) (nullable): its report; %NULL, after complaining, if it can't be read
 */
SidetoneReport *
sidetone_cli_open_report (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GError) error = NULL;
  SidetoneReport *report = sidetone_report_file_load (file, NULL, &error);

  if (report == NULL && error->domain != SIDETONE_ERROR)
    sidetone_cli_complain (_("“%s” can't be read: %s"), path, error->message);
  else if (report == NULL)
    {
      g_autofree char *words = sidetone_describe_error (error->code, path, NULL);

      sidetone_cli_complain ("%s", words);
    }

  return report;
}

/**
 * sidetone_cli_open_page:
 *
 * Returns: (transfer full): an empty page for stdout: if that is a terminal, as wide and as colourful
 *   as it is
 */
SidetonePage *
sidetone_cli_open_page (void)
{
  SidetonePageLook look;

  return sidetone_page_new (sidetone_terminal_get_look (STDOUT_FILENO, &look) ? &look : NULL);
}

static char *
write_text (const SidetoneReport *report,
            const char           *output)
{
  g_autoptr (SidetonePage) page = NULL;

  /* A file is passed on, and can be opened again. */
  if (output != NULL)
    {
      g_autofree char *text = sidetone_report_to_text (report);
      g_autofree char *block = sidetone_report_block_new (report);

      return g_strconcat (text, block, NULL);
    }

  page = sidetone_cli_open_page ();
  sidetone_report_write (report, page);

  return sidetone_page_dup_text (page);
}

/**
 * sidetone_cli_print:
 * @text: what to print
 * @output: (nullable): a file, %NULL for stdout
 *
 * Returns: %FALSE, after complaining, if it could not be written
 */
gboolean
sidetone_cli_print (const char *text,
                    const char *output)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;

  if (output != NULL)
    file = g_file_new_for_path (output);
  if (output != NULL ? sidetone_report_file_write (file, text, NULL, &error)
      : sidetone_report_file_write_to (STDOUT_FILENO, text, &error))
    return TRUE;

  sidetone_cli_complain (_("The report could not be written: %s"), error->message);

  return FALSE;
}

/**
 * sidetone_cli_print_page:
 * @page: a page
 *
 * Prints @page on stdout.
 *
 * Returns: %FALSE, after complaining, if it could not be written
 */
gboolean
sidetone_cli_print_page (SidetonePage *page)
{
  g_autofree char *text = sidetone_page_dup_text (page);

  return sidetone_cli_print (text, NULL);
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
                          : write_text (chosen, output);

  return sidetone_cli_print (text, output);
}
