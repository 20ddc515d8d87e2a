/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* A text that a user pastes, in which a report may be; and what is packed in it. A report that was
 * found can be written and found again. */

#include "fuzz.h"

#include <string.h>

#include "keep/report-block.h"

static void
check_text (const char *text,
            gsize       length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SidetoneReport) report = sidetone_report_block_read (text, length, &error);
  g_autoptr (SidetoneReport) again = NULL;
  g_autofree char *block = NULL;
  g_autofree char *json = NULL;
  g_autofree char *json_again = NULL;

  g_assert ((report == NULL) == (error != NULL));
  if (report == NULL)
    return;

  g_assert_true (sidetone_report_block_is_in (text, length));
  block = sidetone_report_block_new (report);
  again = sidetone_report_block_read (block, strlen (block), NULL);
  g_assert_nonnull (again);
  json = sidetone_report_to_json (report);
  json_again = sidetone_report_to_json (again);
  g_assert_cmpstr (json, ==, json_again);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *base64 = g_base64_encode (data, size);
  g_autofree char *around = g_strdup_printf ("BEGIN SIDETONE REPORT\n%s\nEND SIDETONE REPORT 0123",
                                             base64);

  check_text ((const char *) data, size);
  check_text (around, strlen (around));

  return 0;
}
