/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "config.h"

#include "base/page.h"

/* Text in columns, for a terminal or a mail */

static void
assert_text (SidetonePage *page,
             const char   *expected)
{
  g_autofree char *text = sidetone_page_dup_text (page);

  g_assert_cmpstr (text, ==, expected);
}

/* Continued lines keep the indentation. */
static void
test_paragraph (void)
{
  g_autoptr (SidetonePage) page = sidetone_page_new (&(SidetonePageLook) { .width = 20 });

  sidetone_page_add_paragraph (page, SIDETONE_PAGE_PLAIN, "Calls can't work from here", 2);
  assert_text (page, "  Calls can't work\n  from here\n");
}

static void
test_no_break (void)
{
  g_autoptr (SidetonePage) page = sidetone_page_new (&(SidetonePageLook) { .width = 16 });

  sidetone_page_add_paragraph (page, SIDETONE_PAGE_PLAIN,
                               "relay" SIDETONE_PAGE_NO_BREAK "works · 24" SIDETONE_PAGE_NO_BREAK "ms", 0);
  assert_text (page, "relay works ·\n24 ms\n");
}

/* Columns are counted as a terminal shows them: wide characters take two, combining ones none. */
static void
test_display_width (void)
{
  g_autoptr (SidetonePage) page = sidetone_page_new (&(SidetonePageLook) { .width = 10 });

  sidetone_page_add_paragraph (page, SIDETONE_PAGE_PLAIN, "電話 電話 電話", 0);
  sidetone_page_add_paragraph (page, SIDETONE_PAGE_PLAIN, "Cafe\xcc\x81 Cafe\xcc\x81x", 0);
  assert_text (page, "電話 電話\n電話\nCafe\xcc\x81 Cafe\xcc\x81x\n");
}

static void
test_columns (void)
{
  g_autoptr (SidetonePage) page = sidetone_page_new (&(SidetonePageLook) { .width = 40 });
  const guint widths[] = { 6, 0, 5 };

  sidetone_page_add_row (page, (const char *const[]) { "ok", "one two three four five", "1 ms" },
                         widths, 3);
  sidetone_page_add_row (page, (const char *const[]) { "failed", "one", "" }, widths, 3);
  assert_text (page,
               "  ok      one two three four five  1 ms\n"
               "  failed  one\n");
}

/* Too little is left for the long cell: it stands below. */
static void
test_stacked (void)
{
  g_autoptr (SidetonePage) page = sidetone_page_new (&(SidetonePageLook) { .width = 24 });
  const guint widths[] = { 6, 0, 5 };

  sidetone_page_add_row (page, (const char *const[]) { "ok", "one two three four five", "1 ms" },
                         widths, 3);
  sidetone_page_add_row (page, (const char *const[]) { "failed", "", "" }, widths, 3);
  assert_text (page,
               "  ok  1 ms\n"
               "    one two three four\n"
               "    five\n"
               "  failed\n");
}

/* The short cells don't fit in a line, either: none is broken. */
static void
test_stacked_cells (void)
{
  g_autoptr (SidetonePage) page = sidetone_page_new (&(SidetonePageLook) { .width = 20 });
  const guint widths[] = { 6, 12, 0, 5 };

  sidetone_page_add_row (page, (const char *const[]) { "failed", "Not signed in", "one", "1.2 s" },
                         widths, 4);
  assert_text (page,
               "  failed\n"
               "    Not signed in\n"
               "    1.2 s\n"
               "    one\n");
}

/* An address is not broken, and does not make its line too long. */
static void
test_long_word (void)
{
  g_autoptr (SidetonePage) page = sidetone_page_new (&(SidetonePageLook) { .width = 40 });
  const guint widths[] = { 6, 0, 5 };

  sidetone_page_add_row (page, (const char *const[]) { "ok", "2001:db8:5:1234:1234:1234:1234:10", "1 ms" },
                         widths, 3);
  assert_text (page,
               "  ok  1 ms\n"
               "    2001:db8:5:1234:1234:1234:1234:10\n");
}

/* Marks stand around each line's words, and count for nothing. */
static void
test_style (void)
{
  const SidetonePageLook look = {
    .width = 12, .marks = { [SIDETONE_PAGE_HEADING] = "<<<", [SIDETONE_PAGE_GOOD] = "+++" },
    .end = ">>>",
  };
  g_autoptr (SidetonePage) page = sidetone_page_new (&look);

  sidetone_page_add_paragraph (page, SIDETONE_PAGE_GOOD, "Your calls should work", 0);
  sidetone_page_add_heading (page, "What to do");
  sidetone_page_add_paragraph (page, SIDETONE_PAGE_PLAIN, "Nothing", 2);
  assert_text (page,
               "+++Your calls>>>\n"
               "+++should work>>>\n"
               "\n"
               "<<<What to do>>>\n"
               "  Nothing\n");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/page/paragraph", test_paragraph);
  g_test_add_func ("/page/no-break", test_no_break);
  g_test_add_func ("/page/display-width", test_display_width);
  g_test_add_func ("/page/columns", test_columns);
  g_test_add_func ("/page/stacked", test_stacked);
  g_test_add_func ("/page/stacked-cells", test_stacked_cells);
  g_test_add_func ("/page/long-word", test_long_word);
  g_test_add_func ("/page/style", test_style);

  return g_test_run ();
}
