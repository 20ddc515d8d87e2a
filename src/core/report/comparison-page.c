/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "report/comparison-private.h"

#include <glib/gi18n-lib.h>

#include "report/pair.h"
#include "words/describe.h"

/* All that differs between two reports: as plain text, and as sections for a window. */

#define TITLE 30

static const struct
{
  SidetoneDifferenceKind first;
  const char *title;
} sections[] = {
  { SIDETONE_DIFFERENCE_VERDICT, N_("Calls") },
  { SIDETONE_DIFFERENCE_FINDING, N_("Findings") },
  { SIDETONE_DIFFERENCE_INTERFACE, N_("Network") },
  { SIDETONE_DIFFERENCE_SERVICE, N_("Call servers") },
  { SIDETONE_DIFFERENCE_LOSS, N_("Quality") },
};

static SidetonePageStyle
get_style (const SidetoneComparison *self)
{
  switch (self->trend)
    {
    case SIDETONE_TREND_NONE:
      break;

    case SIDETONE_TREND_BETTER:
      return SIDETONE_PAGE_GOOD;

    case SIDETONE_TREND_WORSE:
      return SIDETONE_PAGE_LIMITED;
    }

  return SIDETONE_PAGE_HEADING;
}

/**
 * sidetone_comparison_describe_report:
 * @report: one of two reports
 *
 * Returns: (transfer full): when it was made, and with which account, if it says so
 */
char *
sidetone_comparison_describe_report (const SidetoneReport *report)
{
  g_autofree char *created = sidetone_describe_time (sidetone_report_get_created (report));
  g_autofree char *account = sidetone_report_dup_account (report);

  return account != NULL ? g_strdup_printf ("%s, %s", created, account) : g_steal_pointer (&created);
}

/**
 * sidetone_comparison_write_report:
 * @page: a page
 * @title: which of two reports it is
 * @report: the report
 *
 * Writes which report was compared.
 */
void
sidetone_comparison_write_report (SidetonePage         *page,
                                  const char           *title,
                                  const SidetoneReport *report)
{
  g_autofree char *words = sidetone_comparison_describe_report (report);

  sidetone_page_add_row (page, (const char *const[]) { title, words }, (const guint[]) { TITLE, 0 }, 2);
}

/* What a call between the two takes, unless one person made both checks */
static char *
describe_pair (const SidetoneComparison *self)
{
  const char *jid = sidetone_report_get_jid (self->before);
  const char *other = sidetone_report_get_jid (self->after);

  return jid != NULL && g_strcmp0 (jid, other) == 0 ? NULL
         : sidetone_pair_describe (self->before, self->after);
}

/* Without the accounts, that is not known. */
static const char *
describe_pair_title (const SidetoneComparison *self)
{
  return (self->traits & (SIDETONE_COMPARISON_OF_ACCOUNTS | SIDETONE_COMPARISON_OF_SERVERS)) != 0
         ? _("Calls between these two") : _("If two people made these checks");
}

/* Differences come in the order of the sections. Returns: how many have begun, of which @section did before */
static guint
find_section (const SidetoneDifference *difference,
              guint                     section)
{
  while (section < G_N_ELEMENTS (sections) && difference->kind >= sections[section].first)
    section++;

  return section;
}

static void
add_difference (SidetonePage             *page,
                const SidetoneComparison *self,
                const SidetoneDifference *difference)
{
  g_autofree char *title = NULL;
  g_autofree char *words = sidetone_comparison_describe_difference (self, difference, &title);

  if (title == NULL)
    {
      sidetone_page_add_paragraph (page, SIDETONE_PAGE_PLAIN, words, SIDETONE_PAGE_INDENT);
      return;
    }

  sidetone_page_add_paragraph (page, SIDETONE_PAGE_PLAIN, title, SIDETONE_PAGE_INDENT);
  sidetone_page_add_paragraph (page, SIDETONE_PAGE_PLAIN, words, 2 * SIDETONE_PAGE_INDENT);
}

/**
 * sidetone_comparison_write:
 * @self: a comparison
 * @page: the page
 *
 * Writes what changed: for calls, then the findings, the network, the call servers and the quality; and
 * what a call between the two takes, if they may be two people.
 */
void
sidetone_comparison_write (const SidetoneComparison *self,
                           SidetonePage             *page)
{
  g_autofree char *headline = NULL;
  g_autofree char *pair = NULL;
  g_autofree const char **notes = NULL;
  guint section = 0;

  g_return_if_fail (self != NULL);
  g_return_if_fail (page != NULL);

  headline = sidetone_comparison_describe (self);
  pair = describe_pair (self);
  sidetone_page_add_paragraph (page, get_style (self), headline, 0);

  for (guint i = 0; i < self->differences->len; i++)
    {
      const SidetoneDifference *difference = self->differences->pdata[i];
      guint last = section;

      section = find_section (difference, section);
      if (section != last)
        sidetone_page_add_heading (page, _(sections[section - 1].title));
      add_difference (page, self, difference);
    }

  if (pair != NULL)
    {
      g_auto (GStrv) lines = g_strsplit (pair, "\n", -1);

      sidetone_page_add_heading (page, describe_pair_title (self));
      for (guint i = 0; lines[i] != NULL; i++)
        sidetone_page_add_paragraph (page, SIDETONE_PAGE_PLAIN, lines[i], SIDETONE_PAGE_INDENT);
    }

  sidetone_page_add_heading (page, _("Compared reports"));
  sidetone_comparison_write_report (page, C_("of two reports", "Before"), self->before);
  sidetone_comparison_write_report (page, C_("of two reports", "After"), self->after);
  notes = sidetone_comparison_describe_traits (self);
  for (guint i = 0; notes[i] != NULL; i++)
    sidetone_page_add_paragraph (page, SIDETONE_PAGE_PLAIN, notes[i], SIDETONE_PAGE_INDENT);
}

static void
add_line (SidetoneDetail *section,
          const char     *title,
          const char     *words)
{
  g_autofree char *former = section->value;
  /* Translators: a title, and what is said about it */
  g_autofree char *line = title != NULL ? g_strdup_printf (_("%s: %s"), title, words) : g_strdup (words);

  section->value = former != NULL ? g_strjoin ("\n", former, line, NULL) : g_steal_pointer (&line);
}

static SidetoneDetail *
begin_section (GPtrArray  *list,
               const char *title)
{
  SidetoneDetail *section = g_new0 (SidetoneDetail, 1);

  section->title = g_strdup (title);
  g_ptr_array_add (list, section);

  return section;
}

/**
 * sidetone_comparison_list_sections:
 * @self: a comparison
 *
 * Returns: (transfer full) (element-type SidetoneDetail): all that sidetone_comparison_write() writes below
 *   the headline; each line of a value is a paragraph
 */
GPtrArray *
sidetone_comparison_list_sections (const SidetoneComparison *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_detail_free);
  g_autofree const char **notes = sidetone_comparison_describe_traits (self);
  g_autofree char *before = sidetone_comparison_describe_report (self->before);
  g_autofree char *after = sidetone_comparison_describe_report (self->after);
  g_autofree char *pair = describe_pair (self);
  SidetoneDetail *section = NULL;
  guint n_begun = 0;

  for (guint i = 0; i < self->differences->len; i++)
    {
      const SidetoneDifference *difference = self->differences->pdata[i];
      guint n = find_section (difference, n_begun);
      g_autofree char *title = NULL;
      g_autofree char *words = sidetone_comparison_describe_difference (self, difference, &title);

      if (n != n_begun)
        section = begin_section (list, _(sections[n - 1].title));
      n_begun = n;
      /* The first section begins with the first kind. */
      g_assert (section != NULL);
      add_line (section, title, words);
    }

  if (pair != NULL)
    add_line (begin_section (list, describe_pair_title (self)), NULL, pair);

  section = begin_section (list, _("Compared reports"));
  add_line (section, C_("of two reports", "Before"), before);
  add_line (section, C_("of two reports", "After"), after);
  for (guint i = 0; notes[i] != NULL; i++)
    add_line (section, NULL, notes[i]);

  return list;
}
