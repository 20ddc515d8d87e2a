/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* A report of anyone's: read, judged, put into words, written and read again, and redacted, which
 * must not change what is found. */

#include "fuzz.h"

#include <string.h>

#include "../core/test-judgement.h"
#include "report/letter.h"

static void
check_words (SidetoneReport *report)
{
  g_autofree char *text = sidetone_report_to_text (report);
  g_autoptr (SidetoneLetter) letter = sidetone_letter_new (report, SIDETONE_READER_ADMINISTRATOR, NULL,
                                                           NULL);

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_nonnull (letter);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (SidetoneReport) report = sidetone_report_new_from_json ((const char *) data, size, NULL);
  g_autoptr (SidetoneReport) again = NULL;
  g_autoptr (SidetoneReport) redacted = NULL;
  g_autofree char *json = NULL;
  g_autofree char *json_again = NULL;

  if (report == NULL)
    return 0;

  check_words (report);
  json = sidetone_report_to_json (report);
  again = sidetone_report_new_from_json (json, strlen (json), NULL);
  g_assert_nonnull (again);
  json_again = sidetone_report_to_json (again);
  g_assert_cmpstr (json, ==, json_again);

  redacted = sidetone_report_new_redacted (report);
  check_words (redacted);
  assert_same_judgement (report);

  return 0;
}
