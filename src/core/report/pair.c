/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "report/pair.h"

#include <glib/gi18n-lib.h>

#include "base/json-writer.h"
#include "base/nick.h"
#include "judge/call-pair.h"
#include "report/comparison-private.h"
#include "words/describe.h"

/* Two people's reports: what a call between them takes (ICE), in words and as JSON. Member names are API: none
 * is ever removed. */

#define PAIR_VERSION 1

static SidetoneCallPair
judge (const SidetoneReport *first,
       const SidetoneReport *second)
{
  return sidetone_call_pair_judge (sidetone_report_get_diagnosis (first),
                                   sidetone_report_get_diagnosis (second));
}

static char *
describe (const SidetoneCallPair *pair,
          const SidetoneReport   *first,
          const SidetoneReport   *second)
{
  const char *lines[5] = { sidetone_describe_pair (pair), sidetone_describe_pair_reason (pair) };
  const char *relays = sidetone_describe_pair_relays (pair);
  guint n = 2;

  if (relays != NULL)
    lines[n++] = relays;
  if (sidetone_report_is_redacted (first) || sidetone_report_is_redacted (second))
    lines[n] = _("Addresses are hidden in at least one report. If both are in the same network, calls may "
                 "take another way.");

  return g_strjoinv ("\n", (char **) lines);
}

/**
 * sidetone_pair_describe:
 * @first: one person's report
 * @second: the other one's
 *
 * Returns: (transfer full): whether a call between them works, how and why; each line is a sentence or two
 */
char *
sidetone_pair_describe (const SidetoneReport *first,
                        const SidetoneReport *second)
{
  SidetoneCallPair pair;

  g_return_val_if_fail (first != NULL, NULL);
  g_return_val_if_fail (second != NULL, NULL);

  pair = judge (first, second);

  return describe (&pair, first, second);
}

static SidetonePageStyle
get_style (SidetoneCallWay way)
{
  switch (way)
    {
    case SIDETONE_CALL_WAY_UNKNOWN:
      break;

    case SIDETONE_CALL_WAY_DIRECT:
    case SIDETONE_CALL_WAY_RELAY:
    case SIDETONE_CALL_WAY_EITHER:
      return SIDETONE_PAGE_GOOD;

    case SIDETONE_CALL_WAY_NONE:
      return SIDETONE_PAGE_FAILING;
    }

  return SIDETONE_PAGE_HEADING;
}

/**
 * sidetone_pair_write:
 * @first: one person's report
 * @second: the other one's
 * @page: the page
 *
 * Writes what sidetone_pair_describe() says, and which reports say so.
 */
void
sidetone_pair_write (const SidetoneReport *first,
                     const SidetoneReport *second,
                     SidetonePage         *page)
{
  SidetoneCallPair pair;
  g_autofree char *words = NULL;
  g_auto (GStrv) lines = NULL;

  g_return_if_fail (first != NULL);
  g_return_if_fail (second != NULL);
  g_return_if_fail (page != NULL);

  pair = judge (first, second);
  words = describe (&pair, first, second);
  lines = g_strsplit (words, "\n", -1);
  sidetone_page_add_paragraph (page, get_style (pair.way), lines[0], 0);
  for (guint i = 1; lines[i] != NULL; i++)
    sidetone_page_add_paragraph (page, SIDETONE_PAGE_PLAIN, lines[i], SIDETONE_PAGE_INDENT);

  sidetone_page_add_heading (page, _("Compared reports"));
  sidetone_comparison_write_report (page, C_("of two reports", "First"), first);
  sidetone_comparison_write_report (page, C_("of two reports", "Second"), second);
}

/* Which of the two is meant */
static void
add_ends (SidetoneJsonWriter *writer,
          const char         *member,
          const gboolean     *ends)
{
  sidetone_json_writer_begin_array (writer, member);
  if (ends[0])
    sidetone_json_writer_add_string (writer, NULL, "first");
  if (ends[1])
    sidetone_json_writer_add_string (writer, NULL, "second");
  sidetone_json_writer_end_array (writer);
}

/**
 * sidetone_pair_to_json:
 * @first: one person's report
 * @second: the other one's
 *
 * Returns: (transfer full): the same as JSON, with a line end; it has no control characters
 */
char *
sidetone_pair_to_json (const SidetoneReport *first,
                       const SidetoneReport *second)
{
  SidetoneJsonWriter writer = SIDETONE_JSON_WRITER_INIT;
  SidetoneCallPair pair;
  g_autofree char *words = NULL;

  g_return_val_if_fail (first != NULL, NULL);
  g_return_val_if_fail (second != NULL, NULL);

  pair = judge (first, second);
  words = describe (&pair, first, second);
  g_strdelimit (words, "\n", ' ');
  sidetone_json_writer_begin_object (&writer, NULL);
  sidetone_json_writer_add_string (&writer, "format", "sidetone-pair");
  sidetone_json_writer_add_int (&writer, "version", PAIR_VERSION);
  sidetone_comparison_add_report (&writer, "first", first);
  sidetone_comparison_add_report (&writer, "second", second);
  sidetone_json_writer_add_string (&writer, "way", sidetone_nick_get (SIDETONE_TYPE_CALL_WAY, pair.way));
  sidetone_json_writer_add_string (&writer, "reason", sidetone_nick_get (SIDETONE_TYPE_PAIR_REASON,
                                                                         pair.reason));
  add_ends (&writer, "networks", pair.is_meant);
  add_ends (&writer, "relays", pair.carries);
  sidetone_json_writer_add_string (&writer, "text", words);
  sidetone_json_writer_end_object (&writer);

  return sidetone_json_writer_end (&writer);
}
