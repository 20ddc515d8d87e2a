/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* The command `explain`: the knowledge base of support staff, a page for each code. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "base/text.h"
#include "cli.h"
#include "report/letter.h"
#include "words/explain.h"

#include <glib/gi18n.h>

/* The longest code, CALL-01 */
#define CODE_WIDTH 7

static void
write_sections (SidetonePage *page,
                GPtrArray    *sections)
{
  for (guint i = 0; i < sections->len; i++)
    {
      const SidetoneDetail *section = sections->pdata[i];

      g_auto (GStrv) lines = g_strsplit (section->value, "\n", -1);

      sidetone_page_add_heading (page, section->title);
      for (guint j = 0; lines[j] != NULL; j++)
        sidetone_page_add_paragraph (page, SIDETONE_PAGE_PLAIN, lines[j], SIDETONE_PAGE_INDENT);
    }
}

static void
write_rule (SidetonePage       *page,
            const SidetoneRule *rule)
{
  g_autofree char *title = sidetone_explain_title (rule);
  g_autofree char *headline = g_strdup_printf ("%s  %s", rule->code, title);
  g_autoptr (GPtrArray) sections = sidetone_explain_rule (rule);

  sidetone_page_add_paragraph (page, SIDETONE_PAGE_HEADING, headline, 0);
  write_sections (page, sections);
}

static void
write_codes (SidetonePage *page)
{
  sidetone_page_add_paragraph (page, SIDETONE_PAGE_HEADING, _("Codes"), 0);
  for (guint i = 0; i < sidetone_rules_get_n (); i++)
    {
      const SidetoneRule *rule = sidetone_rules_get (i);
      g_autofree char *title = sidetone_explain_title (rule);

      sidetone_page_add_row (page, (const char *const[]) { rule->code, title },
                             (const guint[]) { CODE_WIDTH, 0 }, 2);
    }
  sidetone_page_add_gap (page);
  sidetone_page_add_paragraph (page, SIDETONE_PAGE_PLAIN,
                               _("“sidetone-cli explain CODE” explains one of them."), 0);
}

static void
write_terms (SidetonePage *page)
{
  sidetone_page_add_heading (page, _("Terms"));
  for (guint i = 0; i < sidetone_terms_get_n (); i++)
    {
      const SidetoneTerm *term = sidetone_terms_get (i);

      sidetone_page_add_paragraph (page, SIDETONE_PAGE_PLAIN, _(term->title), SIDETONE_PAGE_INDENT);
      sidetone_page_add_paragraph (page, SIDETONE_PAGE_PLAIN, _(term->words),
                                   2 * SIDETONE_PAGE_INDENT);
    }
}

static void
write_all (SidetonePage *page)
{
  write_codes (page);
  write_terms (page);
}

static void
complain_about (const char *code)
{
  g_autoptr (GPtrArray) near = sidetone_rules_find_near (code);
  g_autoptr (GString) codes = g_string_new (NULL);

  for (guint i = 0; i < near->len; i++)
    {
      const SidetoneRule *rule = near->pdata[i];

      g_string_append_printf (codes, "%s%s", i > 0 ? ", " : "", rule->code);
    }

  if (near->len > 0)
    /* Translators: the first %s is a code that was typed, the second one a list of codes */
    sidetone_cli_complain (_("There is no code “%s”. The nearest ones are %s; “sidetone-cli "
                             "explain” lists all."), code, codes->str);
  else
    sidetone_cli_complain (_("There is no code “%s”. “sidetone-cli explain” lists all codes."),
                           code);
}

/* "CALL 18" may be two words. */
static SidetoneExit
write_code (SidetonePage *page,
            char        **words)
{
  g_autofree char *code = g_strjoinv (" ", words);
  const SidetoneRule *rule = sidetone_rules_find_code (code);

  if (rule == NULL)
    {
      complain_about (code);
      return SIDETONE_EXIT_USAGE;
    }

  write_rule (page, rule);

  return SIDETONE_EXIT_FINISHED;
}

static void
write_support (SidetonePage *page)
{
  g_autoptr (GPtrArray) sections = sidetone_explain_support ();

  sidetone_page_add_paragraph (page, SIDETONE_PAGE_HEADING, _("For support staff"), 0);
  write_sections (page, sections);
}

static gboolean
print_recipient (const SidetoneContact *recipient)
{
  g_autofree char *address = sidetone_text_make_safe (recipient->address, SIDETONE_TEXT_MAX_CHARS);
  g_autofree char *line = NULL;
  g_autofree char *text = NULL;

  /* Translators: the first line of a mail; %s is an e-mail address, an XMPP address or a web page */
  line = g_strdup_printf (_("To: %s"), address);
  text = g_strconcat (line, "\n", NULL);

  return sidetone_cli_print (text, NULL);
}

/* As it is: a setting is to be pasted, and its lines must not be broken. */
static SidetoneExit
print_for_administrator (const char *path)
{
  g_autoptr (SidetoneReport) report = sidetone_cli_open_report (path);
  g_autoptr (SidetoneLetter) letter = NULL;
  g_autofree char *text = NULL;

  if (report == NULL)
    return SIDETONE_EXIT_FILE;

  if (!sidetone_letter_has_reader (report))
    {
      text = g_strdup_printf ("%s\n", _("Nothing in this report is for the server's administrator to "
                                        "fix."));
      return sidetone_cli_print (text, NULL) ? SIDETONE_EXIT_FINISHED : SIDETONE_EXIT_FILE;
    }

  letter = sidetone_letter_new (report, SIDETONE_READER_ADMINISTRATOR,
                                sidetone_letter_find_recipient (report), NULL);
  text = sidetone_letter_to_text (letter);
  if (letter->recipient != NULL && !print_recipient (letter->recipient))
    return SIDETONE_EXIT_FILE;

  return sidetone_cli_print (text, NULL) ? SIDETONE_EXIT_FINISHED : SIDETONE_EXIT_FILE;
}

/**
 * sidetone_cli_explain:
 * @argc: the number of words, "explain" included
 * @argv: the words
 *
 * Explains a code or the work of support staff, lists all codes, or writes to an administrator.
 *
 * Returns: the exit status
 */
SidetoneExit
sidetone_cli_explain (int    argc,
                      char **argv)
{
  gboolean support = FALSE;
  g_autofree char *report = NULL;
  const GOptionEntry entries[] = {
    { "support", 0, 0, G_OPTION_ARG_NONE, &support,
      N_("Explain how to find the cause over the telephone, with examples"), NULL },
    /* Translators: a file that Sidetone has saved */
    { "for-administrator", 0, 0, G_OPTION_ARG_FILENAME, &report,
      N_("Write to the server's administrator what a report found, and how to fix it"),
      N_("REPORT") },
    { NULL }
  };
  g_autoptr (GOptionContext) options = g_option_context_new (_("[CODE]"));
  g_autoptr (GError) error = NULL;
  g_autoptr (SidetonePage) page = sidetone_cli_open_page ();
  SidetoneExit status = SIDETONE_EXIT_FINISHED;

  g_option_context_set_summary (options, _("Explains a code that Sidetone has shown, such as "
                                           "CALL-18. Without a code it lists all codes and terms."));
  g_option_context_add_main_entries (options, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (options, &argc, &argv, &error))
    {
      sidetone_cli_complain ("%s", error->message);
      return SIDETONE_EXIT_USAGE;
    }
  if (support + (report != NULL) + (argc > 1) > 1)
    {
      sidetone_cli_complain (_("Name a code, “--support” or a report, and only one of them."));
      return SIDETONE_EXIT_USAGE;
    }
  if (!sidetone_cli_can_print (NULL))
    return SIDETONE_EXIT_FILE;

  if (report != NULL)
    return print_for_administrator (report);
  if (support)
    write_support (page);
  else if (argc > 1)
    status = write_code (page, argv + 1);
  else
    write_all (page);
  if (status != SIDETONE_EXIT_FINISHED)
    return status;

  return sidetone_cli_print_page (page) ? SIDETONE_EXIT_FINISHED : SIDETONE_EXIT_FILE;
}
