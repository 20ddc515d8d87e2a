/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "ui-test.h"

#include "help/help-window.h"
#include "judge/rules.h"
#include "result/step-row.h"
#include "window.h"

/* Every page in the narrowest and lowest window, with text of twice the size, in English, German, and from
 * right to left: nothing is cut off or covered, no word is broken by letters, and addresses and codes are
 * still written from left to right. */

/* The smallest screen that GNOME programs must fit, in pixels */
#define NARROW 360
#define LOW 294

typedef enum
{
  ENGLISH,
  GERMAN,
  MIRRORED,
  N_WRITINGS,
} Writing;

static const char *const writings[] = { "english", "german", "mirrored" };

typedef struct
{
  char *path;              /* a report's, or NULL for the form */
  Writing writing;
} Case;

static guint n_faults;

static void
free_case (gpointer data)
{
  Case *row = data;

  g_free (row->path);
  g_free (row);
}

/* Says what is wrong, and with which widget. All faults of a page are told at once. */
G_GNUC_PRINTF (2, 3) static void
report_fault (GtkWidget  *widget,
              const char *format,
              ...)
{
  g_autoptr (GString) name = g_string_new (NULL);
  va_list arguments;

  va_start (arguments, format);
  g_string_append_vprintf (name, format, arguments);
  va_end (arguments);
  g_string_append (name, ": ");

  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    {
      const char *words = GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : "";

      g_string_append_printf (name, "%s %s in ", G_OBJECT_TYPE_NAME (widget), words);
    }

  g_test_message ("%s", name->str);
  n_faults++;
}

static gboolean
is_letter (const char *text,
           int         index)
{
  return g_unichar_isalnum (g_utf8_get_char (text + index));
}

/* Of the whole run of characters between two spaces, around @index */
static char *
dup_word (const char *text,
          int         index)
{
  const char *start = text + index;
  const char *end = text + index;

  while (start > text && !g_ascii_isspace (start[-1]))
    start--;
  while (*end != '\0' && !g_ascii_isspace (*end))
    end++;

  return g_strndup (start, end - start);
}

static int
measure_word (GtkLabel   *label,
              const char *word)
{
  g_autoptr (PangoLayout) layout = pango_layout_copy (gtk_label_get_layout (label));
  int width;

  pango_layout_set_width (layout, -1);
  pango_layout_set_text (layout, word, -1);
  pango_layout_get_pixel_size (layout, &width, NULL);

  return width;
}

/* A name or address may be longer than a line. An IPv4 address never is. */
static gboolean
may_break (GtkLabel   *label,
           const char *word)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (word);
  int width = PANGO_PIXELS (pango_layout_get_width (gtk_label_get_layout (label)));

  if (address != NULL && g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4)
    return FALSE;

  return strpbrk (word, ".:/@_") != NULL && measure_word (label, word) > width;
}

static void
assert_words_whole (GtkLabel *label)
{
  PangoLayout *layout = gtk_label_get_layout (label);
  const char *text = pango_layout_get_text (layout);

  for (int i = 1; i < pango_layout_get_line_count (layout); i++)
    {
      int index = pango_layout_get_line_readonly (layout, i)->start_index;
      const char *before = g_utf8_find_prev_char (text, text + index);
      g_autofree char *word = dup_word (text, index);

      if (before != NULL && is_letter (text, index) && is_letter (text, before - text) &&
          !may_break (label, word))
        report_fault (GTK_WIDGET (label), "“%s” is broken before “%s”", word, text + index);
    }
}

/* A code, an address, a port, the name of a host: words with digits in them, or dots and colons inside */
static gboolean
is_technical (const char *word)
{
  const char *mark = strpbrk (word, ".:@");

  return strpbrk (word, "0123456789") != NULL || (mark != NULL && g_ascii_isalnum (mark[1]));
}

static void
assert_left_to_right (GtkLabel   *label,
                      const char *text,
                      int         start,
                      int         end)
{
  PangoLayout *layout = gtk_label_get_layout (label);
  PangoRectangle last;
  PangoRectangle next;

  pango_layout_index_to_pos (layout, start, &last);
  for (int i = start + 1; i < end; i++)
    {
      pango_layout_index_to_pos (layout, i, &next);
      if (next.y == last.y && next.x < last.x)
        {
          report_fault (GTK_WIDGET (label), "“%s” runs from right to left", text + start);
          return;
        }
      last = next;
    }
}

static void
assert_technical_words (GtkLabel *label)
{
  const char *text = pango_layout_get_text (gtk_label_get_layout (label));
  int start = 0;

  while (text[start] != '\0')
    {
      int length = (int) strcspn (text + start, " \n");
      g_autofree char *word = g_strndup (text + start, length);

      if (is_technical (word) && g_str_is_ascii (word))
        assert_left_to_right (label, text, start, start + length);
      start += length;
      start += (int) strspn (text + start, " \n");
    }
}

static gboolean
has_tooltip (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (gtk_widget_get_tooltip_text (widget) != NULL)
      return TRUE;

  return FALSE;
}

/* Those inside a scrolled window are cut off on purpose. Later versions of libadwaita let a window's
 * title reach over the header bar's padding. */
static void
assert_inside (GtkWidget *widget,
               GtkWidget *parent)
{
  graphene_rect_t bounds;

  if (GTK_IS_VIEWPORT (parent) || GTK_IS_TEXT (parent) || GTK_IS_NATIVE (widget) ||
      ADW_IS_WINDOW_TITLE (widget) ||
      !gtk_widget_compute_bounds (widget, parent, &bounds))
    return;

  if (bounds.origin.x < -1 || bounds.origin.y < -1 ||
      bounds.origin.x + bounds.size.width > gtk_widget_get_width (parent) + 1 ||
      bounds.origin.y + bounds.size.height > gtk_widget_get_height (parent) + 1)
    {
      report_fault (widget, "%g,%g %g×%g in %i×%i", bounds.origin.x, bounds.origin.y,
                    bounds.size.width, bounds.size.height, gtk_widget_get_width (parent),
                    gtk_widget_get_height (parent));
    }
}

/* Two parts of one widget, one beside or below the other */
static void
assert_apart (GtkWidget *one,
              GtkWidget *other)
{
  GtkWidget *parent = gtk_widget_get_parent (one);
  graphene_rect_t bounds;
  graphene_rect_t other_bounds;
  graphene_rect_t common;

  if (gtk_widget_compute_bounds (one, parent, &bounds) &&
      gtk_widget_compute_bounds (other, parent, &other_bounds) &&
      graphene_rect_intersection (&bounds, &other_bounds, &common) &&
      common.size.width > 1 && common.size.height > 1)
    report_fault (one, "covers %g×%g of %s", common.size.width, common.size.height,
                  G_OBJECT_TYPE_NAME (other));
}

/* Some widgets lay one part on the other on purpose. */
static gboolean
lies_in_layers (GtkWidget *widget)
{
  return GTK_IS_OVERLAY (widget) || GTK_IS_SWITCH (widget) || GTK_IS_STACK (widget) || GTK_IS_TEXT (widget) ||
         GTK_IS_SCROLLED_WINDOW (widget);
}

static gboolean
is_shown (GtkWidget *widget)
{
  return gtk_widget_get_mapped (widget) && !GTK_IS_NATIVE (widget);
}

static void
assert_parts_apart (GtkWidget *widget)
{
  if (lies_in_layers (widget))
    return;

  for (GtkWidget *one = gtk_widget_get_first_child (widget); one != NULL;
       one = gtk_widget_get_next_sibling (one))
    for (GtkWidget *other = gtk_widget_get_next_sibling (one); other != NULL && is_shown (one);
         other = gtk_widget_get_next_sibling (other))
      if (is_shown (other))
        assert_apart (one, other);
}

static void
assert_fits (GtkWidget *widget)
{
  assert_parts_apart (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (!gtk_widget_get_mapped (child) || GTK_IS_SCROLLBAR (child))
        continue;

      assert_inside (child, widget);
      assert_fits (child);
    }

  if (GTK_IS_LABEL (widget))
    {
      assert_words_whole (GTK_LABEL (widget));
      assert_technical_words (GTK_LABEL (widget));
      if (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))) &&
          !has_tooltip (widget))
        report_fault (widget, "ellipsized");
    }
}

/* Says which widget is too wide. */
static void
assert_narrow (GtkWidget *window)
{
  GtkWidget *widest = window;

  if (gtk_widget_get_width (window) <= NARROW)
    return;

  for (GtkWidget *part = window; part != NULL;)
    {
      widest = part;
      part = NULL;
      for (GtkWidget *child = gtk_widget_get_first_child (widest); child != NULL;
           child = gtk_widget_get_next_sibling (child))
        if (gtk_widget_get_mapped (child) && ui_test_get_min_width (child) > NARROW - 100 &&
            (part == NULL || ui_test_get_min_width (child) > ui_test_get_min_width (part)))
          part = child;
    }

  report_fault (widest, "needs %i of %i pixels", gtk_widget_get_width (window), NARROW);
}

static void
test_fit (gconstpointer user_data)
{
  const Case *row = user_data;
  GtkWidget *window;
  GtkWidget *page;

  ui_test_use_catalogues (row->writing == GERMAN);
  gtk_widget_set_default_direction (row->writing == MIRRORED ? GTK_TEXT_DIR_RTL
                                    : GTK_TEXT_DIR_LTR);
  ui_test_set_text_size (200);
  window = GTK_WIDGET (sidetone_window_new (NULL));
  page = ui_test_get_child (window, "result_page");
  gtk_window_set_default_size (GTK_WINDOW (window), NARROW, LOW);
  gtk_window_present (GTK_WINDOW (window));
  if (row->path != NULL)
    {
      g_autoptr (GFile) file = g_file_new_for_path (row->path);

      sidetone_window_open_report (SIDETONE_WINDOW (window), file);
      WAIT_FOR (gtk_widget_get_mapped (page));
      gtk_test_widget_wait_for_draw (window);
      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (ui_test_get_child (page, "hosts_row")), TRUE);
      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (ui_test_get_child (page, "steps_row")), TRUE);
      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (ui_test_get_child (page, "notes_row")), TRUE);
      WAIT_FOR (ui_test_count (page, SIDETONE_TYPE_STEP_ROW) > 0);
    }
  gtk_test_widget_wait_for_draw (window);

  n_faults = 0;
  assert_fits (window);
  g_assert_cmpuint (n_faults, ==, 0);
  assert_narrow (window);
  g_assert_cmpint (gtk_widget_get_height (window), <=, LOW);

  ui_test_close (GTK_WINDOW (window), page);
  ui_test_set_text_size (100);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  ui_test_use_catalogues (FALSE);
}

static void
assert_topic_fits (SidetoneHelpWindow *help,
                   const char         *topic)
{
  sidetone_help_window_show_topic (help, topic);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (help));
  assert_fits (GTK_WIDGET (help));
  assert_narrow (GTK_WIDGET (help));
  if (n_faults > 0)
    g_error ("does not fit: %s", topic != NULL ? topic : "contents");
}

/* All pages of the help */
static void
test_help (gconstpointer user_data)
{
  GtkWidget *window;
  SidetoneHelpWindow *help;

  ui_test_use_catalogues (GPOINTER_TO_INT (user_data));
  ui_test_set_text_size (200);
  window = GTK_WIDGET (sidetone_window_new (NULL));
  help = sidetone_help_window_new (GTK_WINDOW (window));
  gtk_window_set_default_size (GTK_WINDOW (help), NARROW, LOW);
  gtk_window_present (GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (help));

  n_faults = 0;
  assert_topic_fits (help, NULL);
  assert_topic_fits (help, SIDETONE_HELP_SUPPORT);
  assert_topic_fits (help, SIDETONE_HELP_TERMS);
  for (guint i = 0; i < sidetone_rules_get_n (); i++)
    assert_topic_fits (help, sidetone_rules_get (i)->code);

  ui_test_close (GTK_WINDOW (window), ui_test_get_child (window, "result_page"));
  ui_test_set_text_size (100);
  ui_test_use_catalogues (FALSE);
}

static void
add_case (const char *path)
{
  g_autofree char *file = path != NULL ? g_path_get_basename (path) : g_strdup ("sign-in");
  g_autofree char *page = g_strndup (file, strcspn (file, "."));

  for (Writing writing = 0; writing < N_WRITINGS; writing++)
    {
      g_autofree char *test = g_strdup_printf ("/fit/%s/%s", page, writings[writing]);
      Case *row = g_new0 (Case, 1);

      row->path = g_strdup (path);
      row->writing = writing;
      g_test_add_data_func_full (test, row, test_fit, free_case);
    }
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;

  ui_test_prepare_catalogues ();
  ui_test_init (&argc, &argv);

  folder = g_test_build_filename (G_TEST_DIST, "reports", NULL);
  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  add_case (NULL);
  g_test_add_data_func ("/fit/help/english", GINT_TO_POINTER (FALSE), test_help);
  g_test_add_data_func ("/fit/help/german", GINT_TO_POINTER (TRUE), test_help);
  for (guint i = 0; i < UI_TEST_MAX_REPORTS && (name = g_dir_read_name (dir)) != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      add_case (path);
    }

  return g_test_run ();
}
