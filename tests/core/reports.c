/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "config.h"

#include "reports.h"

/* The reports that the tests of the window show, too */

/**
 * sidetone_test_read_report:
 * @name: the name of a report in ../ui/reports, without its suffix
 *
 * Returns: (transfer full): the report; the test fails without it
 */
SidetoneReport *
sidetone_test_read_report (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".sidetone.json", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "ui", "reports", file, NULL);
  g_autofree char *json = NULL;
  g_autoptr (GError) error = NULL;
  SidetoneReport *report;
  gsize length;

  g_file_get_contents (path, &json, &length, &error);
  g_assert_no_error (error);
  report = sidetone_report_new_from_json (json, length, &error);
  g_assert_no_error (error);

  return report;
}
