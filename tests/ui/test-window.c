/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "ui-test.h"

#include "keep/history.h"
#include "keep/report-file.h"
#include "report/report.h"
#include "result/result-page.h"
#include "result/verdict-view.h"
#include "window.h"

#include <dlfcn.h>
#include <glib/gstdio.h>

#include "sign-in/password-row.h"
#include "sign-in/sign-in-page.h"

/* What the window does around its pages */

#define ACCOUNT "romeo@montague.lit"

/* The smallest screen that GNOME programs must fit, in pixels */
#define NARROW 360
#define LOW 294

static gboolean is_clipboard_taken;
static gboolean has_programs = TRUE;
static char *opened_uri;

/* @report: in the folder reports, or with its whole path */
static GtkWidget *
open_window (const char *report)
{
  SidetoneWindow *window = sidetone_window_new (NULL);
  GtkStack *stack = ui_test_get_child (GTK_WIDGET (window), "stack");

  gtk_window_present (GTK_WINDOW (window));
  if (report != NULL)
    {
      g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "reports", NULL);
      g_autofree char *path = g_canonicalize_filename (report, folder);
      g_autoptr (GFile) file = g_file_new_for_path (path);

      sidetone_window_open_report (window, file);
      WAIT_FOR (g_str_equal (gtk_stack_get_visible_child_name (stack), "result"));
    }
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));

  return GTK_WIDGET (window);
}

/* A report as a check that was just made */
static SidetoneRun *
new_run (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "reports", name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (SidetoneReport) report = sidetone_report_file_load (file, NULL, NULL);

  return sidetone_run_new_for_report (report);
}

static void
close_window (GtkWidget *window)
{
  ui_test_close (GTK_WINDOW (window), ui_test_get_child (window, "sign_in_page"));
}

static GtkEditable *
get_account_entry (GtkWidget *window)
{
  GtkWidget *form = ui_test_get_child (window, "sign_in_page");

  return ui_test_get_child (ui_test_get_child (form, "account_group"), "account_entry");
}

/* A part of what a result offers to do next */
static gpointer
get_next (GtkWidget  *page,
          const char *id)
{
  return ui_test_get_child (ui_test_get_child (page, "next_view"), id);
}

static char *
dup_clipboard (GtkWidget *widget)
{
  GdkContentProvider *content = gdk_clipboard_get_content (gtk_widget_get_clipboard (widget));
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (content);
  g_value_init (&value, G_TYPE_STRING);
  gdk_content_provider_get_value (content, &value, &error);
  g_assert_no_error (error);

  return g_value_dup_string (&value);
}

/* A report is safe to post by default */
static void
test_copy_report (void)
{
  GtkWidget *window = open_window ("nat.sidetone.json");
  g_autofree char *redacted = NULL;
  g_autofree char *whole = NULL;

  g_assert_true (gtk_widget_activate_action (window, "win.copy-report", NULL));
  redacted = dup_clipboard (window);
  g_assert_null (strstr (redacted, ACCOUNT));
  g_assert_null (strstr (redacted, "192.168.1.10"));
  g_assert_nonnull (strstr (redacted, "NAT-01"));
  WAIT_FOR (ui_test_find_label (window, "Report copied, without private details") != NULL);

  g_assert_true (gtk_widget_activate_action (window, "win.leave-out-private", NULL));
  g_assert_true (gtk_widget_activate_action (window, "win.copy-report", NULL));
  whole = dup_clipboard (window);
  g_assert_nonnull (strstr (whole, ACCOUNT));
  g_assert_nonnull (strstr (whole, "192.168.1.10"));

  close_window (window);
}

/* After a check, its report is a button away, as text */
static void
test_copy_for_support (void)
{
  GtkWidget *window = open_window ("relay.sidetone.json");
  GtkWidget *page = ui_test_get_child (window, "result_page");
  GtkWidget *button = get_next (page, "support_button");
  g_autoptr (SidetoneRun) run = new_run ("relay.sidetone.json");
  g_autofree char *text = NULL;

  sidetone_result_page_set_run (SIDETONE_RESULT_PAGE (page), run, TRUE);
  WAIT_FOR (gtk_widget_get_mapped (button));
  gtk_test_widget_wait_for_draw (window);
  g_assert_nonnull (ui_test_find_label (button, "Copy Result for Support"));
  g_signal_emit_by_name (button, "clicked");
  text = dup_clipboard (window);
  g_assert_true (g_str_has_prefix (text, "Your calls should work\n"));
  g_assert_nonnull (strstr (text, "NAT-01"));
  g_assert_null (strstr (text, ACCOUNT));
  WAIT_FOR (ui_test_find_label (window, "Report copied, without private details") != NULL);

  close_window (window);
}

/* How long UDP stays open can be measured where a relay works by UDP. */
static void
test_measure (void)
{
  static const struct
  {
    const char *report;
    gboolean is_offered;
  } rows[] = {
    { "relay.sidetone.json", TRUE },
    { "nat.sidetone.json", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GtkWidget *window = open_window (rows[i].report);
      GtkWidget *page = ui_test_get_child (window, "result_page");
      GtkWidget *group = ui_test_get_child (page, "lifetime_group");
      g_autoptr (SidetoneRun) run = new_run (rows[i].report);

      sidetone_result_page_set_run (SIDETONE_RESULT_PAGE (page), run, TRUE);
      gtk_test_widget_wait_for_draw (window);
      g_assert_true (gtk_widget_get_mapped (ui_test_get_child (group, "lifetime_button")) ==
                     rows[i].is_offered);
      close_window (window);
    }
}

static const char *
get_page (GtkWidget *window)
{
  return gtk_stack_get_visible_child_name (ui_test_get_child (window, "stack"));
}

/* A copied report can be opened again, with what it hides; other text is refused. */
static void
test_paste (void)
{
  GtkWidget *window = open_window ("nat.sidetone.json");
  GtkWidget *other = open_window (NULL);

  g_assert_true (gtk_widget_activate_action (window, "win.copy-report", NULL));
  g_assert_true (gtk_widget_activate_action (other, "win.paste-report", NULL));
  WAIT_FOR (g_str_equal (get_page (other), "result"));
  WAIT_FOR (ui_test_find_label (other, "Private details are hidden in this report. "
                                "Its addresses have numbers instead.") != NULL);
  close_window (window);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (other), "words");
  g_assert_true (gtk_widget_activate_action (other, "win.paste-report", NULL));
  WAIT_FOR (ui_test_find_label (other, "No report was copied. Copy a whole report first.") != NULL);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (other), "BEGIN SIDETONE REPORT");
  g_assert_true (gtk_widget_activate_action (other, "win.paste-report", NULL));
  WAIT_FOR (ui_test_find_label (other, "Part of the copied report is missing or was changed. Copy the "
                                "whole text again.") != NULL);
  close_window (other);
}

/* A report that is passed on can be looked at before. */
static void
test_hidden (void)
{
  GtkWidget *window = open_window ("nat.sidetone.json");
  GtkWidget *row = ui_test_get_child (ui_test_get_child (window, "result_page"), "hidden_row");

  g_assert_null (ui_test_find_part (row, ACCOUNT));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  WAIT_FOR (ui_test_find_part (row, ACCOUNT) != NULL);
  g_assert_nonnull (ui_test_find_part (row, " addresses, replaced by numbers"));
  close_window (window);
}

static void
store_result_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GAsyncResult **stored = user_data;

  *stored = g_object_ref (result);
}

static GtkWidget *
find_window (const char *title)
{
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (g_strcmp0 (gtk_window_get_title (window), title) == 0)
        return GTK_WIDGET (window);
    }

  return NULL;
}

/* Earlier checks are listed and compared, and the way leads back to what was shown. */
static void
test_history (void)
{
  GtkWidget *window = open_window ("relay-problems.sidetone.json");
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "reports", "nat.sidetone.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (SidetoneReport) report = sidetone_report_file_load (file, NULL, NULL);
  g_autoptr (GAsyncResult) added = NULL;
  g_autoptr (GAsyncResult) cleared = NULL;
  g_autoptr (GPtrArray) buttons = g_ptr_array_new ();
  GtkStack *stack = GTK_STACK (ui_test_get_child (window, "stack"));
  GtkWidget *comparison;

  g_assert_true (gtk_widget_activate_action (window, "win.show-history", NULL));
  WAIT_FOR (ui_test_find_label (window, "No checks are kept yet") != NULL);
  g_assert_true (gtk_widget_activate_action (window, "win.back", NULL));
  g_assert_cmpstr (get_page (window), ==, "result");

  sidetone_history_add_async (report, store_result_cb, &added);
  WAIT_FOR (added != NULL);
  g_assert_true (sidetone_history_add_finish (added, NULL));
  g_assert_true (gtk_widget_activate_action (window, "win.show-history", NULL));
  WAIT_FOR (ui_test_find_part (window, "198.51.100.1 · " ACCOUNT) != NULL);
  g_assert_nonnull (ui_test_find_label (window, "Some calls may fail"));

  /* What changed since, in a window of its own */
  ui_test_collect (gtk_stack_get_visible_child (stack), GTK_TYPE_BUTTON, buttons);
  g_assert_cmpint (buttons->len, ==, 2);
  g_signal_emit_by_name (buttons->pdata[0], "clicked");
  WAIT_FOR ((comparison = find_window ("Comparison")) != NULL);
  WAIT_FOR (ui_test_find_label (comparison, "Compared reports") != NULL);
  g_assert_nonnull (ui_test_find_part (comparison, "Previously: "));
  gtk_window_destroy (GTK_WINDOW (comparison));

  sidetone_history_clear_async (store_result_cb, &cleared);
  WAIT_FOR (cleared != NULL);
  g_assert_true (sidetone_history_clear_finish (cleared, NULL));
  close_window (window);
}

/* A card's button copies the text that a user would type elsewhere */
static void
test_copy_address (void)
{
  GtkWidget *window = open_window ("nat.sidetone.json");
  GtkWidget *page = ui_test_get_child (window, "result_page");
  GtkWidget *card = ui_test_get_child (ui_test_get_child (page, "way"), "external_card");
  g_autofree char *text = NULL;

  g_signal_emit_by_name (ui_test_get_child (card, "copy_button"), "clicked");
  text = dup_clipboard (window);
  g_assert_true (g_str_has_prefix (text, "198.51.100.1:"));
  WAIT_FOR (ui_test_find_label (window, "Address and port copied") != NULL);

  close_window (window);
}

/* A file with the redacted copy of a report */
static GFile *
new_redacted_file (const char *report)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "reports", report, NULL);
  g_autofree char *text = NULL;
  g_autofree char *json = NULL;
  g_autoptr (SidetoneReport) whole = NULL;
  g_autoptr (SidetoneReport) redacted = NULL;
  g_autoptr (GFileIOStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  GFile *file;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  whole = sidetone_report_new_from_json (text, length, &error);
  g_assert_no_error (error);
  redacted = sidetone_report_new_redacted (whole);
  json = sidetone_report_to_json (redacted);

  file = g_file_new_tmp ("XXXXXX.json", &stream, &error);
  g_assert_no_error (error);
  g_file_replace_contents (file, json, strlen (json), NULL, FALSE, 0, NULL, NULL, &error);
  g_assert_no_error (error);

  return file;
}

/* Made-up addresses are shown by their numbers, and can't be copied */
static void
test_redacted (void)
{
  static const char *const note = "Private details are hidden in this report. "
                                  "Its addresses have numbers instead.";
  GtkWidget *window = open_window ("nat.sidetone.json");
  GtkWidget *page = ui_test_get_child (window, "result_page");
  g_autoptr (GFile) file = new_redacted_file ("nat.sidetone.json");
  GtkWidget *card;

  g_assert_null (ui_test_find_label (page, note));
  close_window (window);

  window = open_window (NULL);
  sidetone_window_open_report (SIDETONE_WINDOW (window), file);
  WAIT_FOR (g_str_equal (gtk_stack_get_visible_child_name (ui_test_get_child (window, "stack")),
                         "result"));
  gtk_test_widget_wait_for_draw (window);

  page = ui_test_get_child (window, "result_page");
  card = ui_test_get_child (ui_test_get_child (page, "way"), "external_card");
  g_assert_nonnull (ui_test_find_label (page, note));
  g_assert_cmpstr (gtk_label_get_text (ui_test_get_child (card, "address_label")), ==,
                   "address 2 (example)");
  g_assert_false (gtk_widget_get_mapped (ui_test_get_child (card, "copy_button")));
  g_assert_null (ui_test_find_label (page, "192.168.0.1"));

  close_window (window);
  g_file_delete (file, NULL, NULL);
}

/* A hop of the way opens what is known of it */
static void
test_evidence (void)
{
  GtkWidget *window = open_window ("nat.sidetone.json");
  GtkWidget *way = ui_test_get_child (ui_test_get_child (window, "result_page"), "way");
  GtkWidget *hop = gtk_widget_get_first_child (ui_test_get_child (way, "middle"));
  GtkWidget *card = ui_test_get_child (way, "local_card");

  g_assert_null (ui_test_find_label (hop, "NAT-01"));
  gtk_menu_button_popup (GTK_MENU_BUTTON (ui_test_get_child (hop, "button")));
  WAIT_FOR (ui_test_find_label (hop, "NAT-01") != NULL);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (ui_test_get_child (hop, "button")));
  gtk_menu_button_popup (GTK_MENU_BUTTON (ui_test_get_child (card, "evidence_button")));
  WAIT_FOR (gtk_menu_button_get_popover (
              GTK_MENU_BUTTON (ui_test_get_child (card, "evidence_button"))) != NULL);

  close_window (window);
}

/* In place of GTK's: a display refuses if another program takes the clipboard in the same moment
 * (ICCCM, section 2.1). */
gboolean
gdk_clipboard_set_content (GdkClipboard       *clipboard,
                           GdkContentProvider *content)
{
  gboolean (*set_content) (GdkClipboard       *clipboard,
                           GdkContentProvider *content) = NULL;

  *(void **) &set_content = dlsym (RTLD_NEXT, "gdk_clipboard_set_content");

  return !is_clipboard_taken && set_content (clipboard, content);
}

/* In place of GTK's: what the desktop's programs for mail and the web would get */
void
gtk_show_uri_full (GtkWindow          *parent,
                   const char         *uri,
                   guint32             timestamp,
                   GCancellable       *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (parent, cancellable, callback, user_data);

  g_free (opened_uri);
  opened_uri = g_strdup (uri);
  if (has_programs)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "No program");
}

gboolean
gtk_show_uri_full_finish (GtkWindow    *parent,
                          GAsyncResult *result,
                          GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
press_next (GtkWidget  *window,
            const char *words)
{
  GtkWidget *page = ui_test_get_child (window, "result_page");

  g_clear_pointer (&opened_uri, g_free);
  g_assert_nonnull (ui_test_find_label (get_next (page, "next_button"), words));
  g_assert_true (gtk_widget_activate_action (page, "result.next-step", NULL));
}

/* What only the administrator can fix is a button away, without private details. */
static void
test_letter (void)
{
  GtkWidget *window = open_window ("no-services.sidetone.json");

  press_next (window, "Write to the Administrator…");
  g_assert_true (g_str_has_prefix (opened_uri, "mailto:?subject=Calls%20through%20verona.lit"));
  g_assert_nonnull (strstr (opened_uri, "CALL-01"));
  g_assert_null (strstr (opened_uri, "%40verona.lit"));

  g_assert_true (gtk_widget_activate_action (window, "win.leave-out-private", NULL));
  press_next (window, "Write to the Administrator…");
  g_assert_nonnull (strstr (opened_uri, "%40verona.lit"));

  close_window (window);
}

/* A report whose server says where its administrator is reached */
static char *
write_report_with_contact (const char *folder,
                           const char *contact)
{
  g_autofree char *source = g_test_build_filename (G_TEST_DIST, "reports",
                                                   "no-services.sidetone.json", NULL);
  g_autofree char *contacts = g_strdup_printf ("\"contacts\": [ \"%s\" ],\n        \"features\":",
                                               contact);
  g_autofree char *text = NULL;
  g_autoptr (GString) changed = NULL;
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (folder, "contact.sidetone.json", NULL);

  g_file_get_contents (source, &text, NULL, &error);
  g_assert_no_error (error);
  changed = g_string_new (text);
  g_assert_cmpuint (g_string_replace (changed, "\"features\":", contacts, 0), ==, 1);
  g_file_set_contents (path, changed->str, -1, &error);
  g_assert_no_error (error);

  return path;
}

/* To whom the letter goes: a mail has its reader; a chat or a web page is opened, and the letter is
 * in the clipboard. Nobody's address is in the text. */
static void
test_letter_place (void)
{
  static const struct
  {
    const char *contact;
    const char *opened;
    const char *said;
  } rows[] = {
    { "mailto:admin@verona.lit", "mailto:admin@verona.lit?subject=", NULL },
    { "xmpp:admin@verona.lit", "xmpp:admin@verona.lit",
      "The message was copied: paste it at admin@verona.lit" },
    { "https://verona.lit/help", "https://verona.lit/help",
      "The message was copied: paste it at https://verona.lit/help" },
  };
  g_autofree char *folder = g_dir_make_tmp ("sidetone-XXXXXX", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = write_report_with_contact (folder, rows[i].contact);
      GtkWidget *window = open_window (path);
      g_autofree char *text = NULL;

      press_next (window, "Write to the Administrator…");
      g_assert_true (g_str_has_prefix (opened_uri, rows[i].opened));
      if (rows[i].said != NULL)
        {
          g_assert_cmpstr (opened_uri, ==, rows[i].opened);
          WAIT_FOR (ui_test_find_label (window, rows[i].said) != NULL);
          text = dup_clipboard (window);
          g_assert_true (g_str_has_prefix (text, "Calls through verona.lit: CALL-01"));
          g_assert_null (strstr (text, rows[i].opened));
          g_assert_null (strstr (text, "admin@"));
        }
      close_window (window);
      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* While it is open who has to fix it, finding that out comes before a letter. */
static void
test_first_act (void)
{
  static const struct
  {
    const char *report;
    const char *next;
    gboolean is_open;
  } rows[] = {
    { "no-security.sidetone.json", "Write to the Administrator…", TRUE },
    { "relay-problems.sidetone.json", NULL, TRUE },
    { "no-services.sidetone.json", "Write to the Administrator…", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneRun) run = new_run (rows[i].report);
      GtkWidget *window = open_window (rows[i].report);
      GtkWidget *page = ui_test_get_child (window, "result_page");
      GtkWidget *next = get_next (page, "next_button");
      GtkWidget *find = get_next (page, "walkthrough_button");

      sidetone_result_page_set_run (SIDETONE_RESULT_PAGE (page), run, TRUE);
      WAIT_FOR (gtk_widget_get_visible (find) == rows[i].is_open);
      g_assert_true (gtk_widget_get_visible (next) == (rows[i].next != NULL));
      if (rows[i].next != NULL)
        g_assert_nonnull (ui_test_find_label (next, rows[i].next));
      g_assert_true (gtk_widget_get_next_sibling (rows[i].is_open ? find : next) ==
                     (rows[i].is_open ? next : find));
      g_assert_true (gtk_widget_has_css_class (find, "suggested-action") == rows[i].is_open);
      g_assert_true (gtk_widget_has_css_class (next, "suggested-action") != rows[i].is_open);

      close_window (window);
    }
}

/* Without a mail program the message is not lost. */
static void
test_letter_unopened (void)
{
  GtkWidget *window = open_window ("no-services.sidetone.json");
  const char *words = "The message was copied: paste it into an e-mail";
  g_autofree char *text = NULL;

  has_programs = FALSE;
  press_next (window, "Write to the Administrator…");
  WAIT_FOR (ui_test_find_label (window, words) != NULL);
  text = dup_clipboard (window);
  g_assert_true (g_str_has_prefix (text, "Calls through verona.lit: CALL-01"));
  g_assert_nonnull (strstr (text, "\nHello,\n"));
  has_programs = TRUE;

  close_window (window);
}

/* What no mail program takes is in the clipboard. */
static void
test_letter_long (void)
{
  GtkWidget *window = open_window ("relay-problems.sidetone.json");
  g_autofree char *text = NULL;

  g_assert_true (gtk_widget_activate_action (window, "win.send-report", NULL));
  WAIT_FOR (ui_test_find_label (window, "The rest was copied: paste it into the e-mail") != NULL);
  g_assert_nonnull (strstr (opened_uri, "paste%20it%20here"));
  text = dup_clipboard (window);
  g_assert_true (g_str_has_prefix (text, "Calls work, but badly\n"));

  close_window (window);
}

/* A bug is reported in public. */
static void
test_bug (void)
{
  GtkWidget *window = open_window ("connection-broken.sidetone.json");
  g_autofree char *text = NULL;

  press_next (window, "Report Bug");
  g_assert_cmpstr (opened_uri, ==, SIDETONE_BUG_TRACKER);
  text = dup_clipboard (window);
  g_assert_nonnull (strstr (text, "CON-12"));
  g_assert_null (strstr (text, ACCOUNT));

  has_programs = FALSE;
  press_next (window, "Report Bug");
  WAIT_FOR (ui_test_find_label (window, "Open " SIDETONE_BUG_TRACKER " in your web browser") !=
            NULL);
  has_programs = TRUE;

  close_window (window);
}

static void
test_copy_refused (void)
{
  GtkWidget *window = open_window ("nat.sidetone.json");

  is_clipboard_taken = TRUE;
  g_assert_true (gtk_widget_activate_action (window, "win.copy-report", NULL));
  WAIT_FOR (ui_test_find_label (window, "The report could not be copied") != NULL);
  is_clipboard_taken = FALSE;

  close_window (window);
}

static void
test_copy_address_refused (void)
{
  GtkWidget *window = open_window ("nat.sidetone.json");
  GtkWidget *page = ui_test_get_child (window, "result_page");
  GtkWidget *card = ui_test_get_child (ui_test_get_child (page, "way"), "external_card");

  is_clipboard_taken = TRUE;
  g_signal_emit_by_name (ui_test_get_child (card, "copy_button"), "clicked");
  WAIT_FOR (ui_test_find_label (window, "Address and port could not be copied") != NULL);
  is_clipboard_taken = FALSE;

  close_window (window);
}

static gboolean
shows_time (GtkWidget  *window,
            const char *words)
{
  return ui_test_find_label (ui_test_get_child (window, "title"), words) != NULL;
}

static void
on_portal_call (GDBusConnection       *bus,
                const char            *sender,
                const char            *path,
                const char            *interface,
                const char            *method,
                GVariant              *parameters,
                GDBusMethodInvocation *invocation,
                gpointer               user_data)
{
  const char *group;
  const char *key;

  g_variant_get (parameters, "(&s&s)", &group, &key);
  g_assert_cmpstr (group, ==, "org.gnome.desktop.interface");
  g_assert_cmpstr (key, ==, "clock-format");
  g_dbus_method_invocation_return_value (invocation,
                                         g_variant_new ("(v)",
                                                        g_variant_new_variant (
                                                          g_variant_new_string ("24h"))));
}

static void
on_name_owned (GDBusConnection *bus,
               const char      *name,
               gpointer         is_owned)
{
  *(gboolean *) is_owned = TRUE;
}

/* The portal knows better than the settings, which are the sandbox's own. */
static void
test_time_of_portal (void)
{
  static const GDBusInterfaceVTable methods = { on_portal_call };
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GDBusNodeInfo) info = NULL;
  gboolean is_owned = FALSE;
  GtkWidget *window;
  guint name;
  guint object;

  info = g_dbus_node_info_new_for_xml ("<node><interface name='org.freedesktop.portal.Settings'>"
                                       "<method name='Read'><arg type='s' direction='in'/>"
                                       "<arg type='s' direction='in'/>"
                                       "<arg type='v' direction='out'/></method>"
                                       "</interface></node>", NULL);
  object = g_dbus_connection_register_object (bus, "/org/freedesktop/portal/desktop",
                                              info->interfaces[0], &methods, NULL, NULL, NULL);
  name = g_bus_own_name_on_connection (bus, "org.freedesktop.portal.Desktop",
                                       G_BUS_NAME_OWNER_FLAGS_NONE, on_name_owned, NULL, &is_owned,
                                       NULL);
  WAIT_FOR (is_owned);

  window = open_window ("nat.sidetone.json");
  WAIT_FOR (shows_time (window, "Report from Nov 22, 2026, 19:33"));
  close_window (window);

  g_bus_unown_name (name);
  g_dbus_connection_unregister_object (bus, object);
}

/* When the report was made, by the desktop's clock */
static void
test_time (void)
{
  g_autoptr (GSettings) settings = g_settings_new ("org.gnome.desktop.interface");
  GtkWidget *window = open_window ("nat.sidetone.json");

  WAIT_FOR (shows_time (window, "Report from Nov 22, 2026, 19:33"));
  close_window (window);

  g_settings_set_string (settings, "clock-format", "12h");
  window = open_window ("nat.sidetone.json");
  WAIT_FOR (shows_time (window, "Report from Nov 22, 2026, 7:33 PM"));
  close_window (window);

  test_time_of_portal ();
  g_settings_reset (settings, "clock-format");
}

/* In the narrowest window both the account and the time can be read, whatever the desktop's clock
 * shows. */
static void
test_narrow_title (void)
{
  static const char *const words[][2] = {
    { "romeo@\nmontague.lit", NULL },
    { "Nov 22, 19:33", "Nov 22, 7:33 PM" },
  };
  GtkWidget *window = GTK_WIDGET (sidetone_window_new (NULL));
  GtkWidget *title = ui_test_get_child (window, "title");
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "reports", "nat.sidetone.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  gtk_window_set_default_size (GTK_WINDOW (window), NARROW, 720);
  sidetone_window_open_report (SIDETONE_WINDOW (window), file);
  gtk_window_present (GTK_WINDOW (window));
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      GtkWidget *label = NULL;

      WAIT_FOR ((label = ui_test_find_label (title, words[i][0])) != NULL ||
                (words[i][1] != NULL &&
                 (label = ui_test_find_label (title, words[i][1])) != NULL));
      gtk_test_widget_wait_for_draw (window);
      g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label))));
    }

  close_window (window);
}

static void
test_size (void)
{
  GtkWidget *window = open_window (NULL);
  int width;
  int height;

  gtk_window_set_default_size (GTK_WINDOW (window), 712, 634);
  close_window (window);

  window = open_window (NULL);
  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  g_assert_cmpint (width, ==, 712);
  g_assert_cmpint (height, ==, 634);
  close_window (window);
}

static void
open_file (GtkWidget  *window,
           const char *name,
           const char *contents)
{
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_true (g_file_set_contents (path, contents, -1, NULL));
  sidetone_window_open_report (SIDETONE_WINDOW (window), file);
}

/* Files that are no reports share a window, which is free for another one. */
static void
test_unreadable (void)
{
  GtkWidget *window = open_window (NULL);
  GtkStack *stack = ui_test_get_child (window, "stack");
  AdwStatusPage *page;
  g_autofree char *words = NULL;

  open_file (window, "a & b", "no report");
  g_assert_true (sidetone_window_is_reading (SIDETONE_WINDOW (window)));
  open_file (window, "<b>c", "{}");
  open_file (window, "d", "");
  WAIT_FOR (g_str_equal (gtk_stack_get_visible_child_name (stack), "unreadable"));
  page = ADW_STATUS_PAGE (gtk_stack_get_visible_child (stack));
  g_assert_true (pango_parse_markup (adw_status_page_get_description (page), -1, 0, NULL, &words,
                                     NULL, NULL));
  g_assert_nonnull (strstr (words, "/a & b is not a report"));
  g_assert_nonnull (strstr (words, "/<b>c is not a report"));
  g_assert_nonnull (strstr (words, "/d is not a report"));
  g_assert_nonnull (ui_test_find_label (window, words));
  g_assert_true (sidetone_window_is_free (SIDETONE_WINDOW (window)));

  /* The next one is another matter. */
  open_file (window, "e", "");
  WAIT_FOR (g_str_equal (gtk_stack_get_visible_child_name (stack), "unreadable"));
  g_assert_null (strchr (adw_status_page_get_description (page), '\n'));

  close_window (window);
}

/* One that is among them is shown, and the others are named. */
static void
test_unreadable_and_readable (void)
{
  GtkWidget *window = open_window (NULL);
  GtkStack *stack = ui_test_get_child (window, "stack");
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "reports", "nat.sidetone.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  open_file (window, "a", "");
  sidetone_window_open_report (SIDETONE_WINDOW (window), file);
  WAIT_FOR (g_str_equal (gtk_stack_get_visible_child_name (stack), "result"));
  WAIT_FOR (ui_test_find_part (window, "/a is not a report of Sidetone.") != NULL);

  close_window (window);
}

/* Neither a report nor the command line replaces shown or typed contents */
static void
test_free (void)
{
  GtkWidget *window = open_window (NULL);

  g_assert_true (sidetone_window_is_free (SIDETONE_WINDOW (window)));
  gtk_editable_set_text (get_account_entry (window), "r");
  g_assert_false (sidetone_window_is_free (SIDETONE_WINDOW (window)));
  close_window (window);

  window = open_window ("nat.sidetone.json");
  g_assert_false (sidetone_window_is_free (SIDETONE_WINDOW (window)));
  close_window (window);
}

/* A report leads back to the form; it can't be checked again, because there is no account */
static void
test_back (void)
{
  GtkWidget *window = open_window ("certificate.sidetone.json");
  GtkWidget *page = ui_test_get_child (window, "result_page");
  GtkStack *stack = ui_test_get_child (window, "stack");

  g_assert_false (gtk_widget_get_mapped (ui_test_get_child (window, "again_button")));
  g_assert_false (gtk_widget_get_mapped (get_next (page, "next_button")));
  g_assert_true (gtk_widget_get_mapped (get_next (page, "certificate_details")));

  g_assert_true (gtk_widget_activate_action (window, "win.back", NULL));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "sign-in");
  close_window (window);
}

static gboolean
is_in_view (GtkWidget *widget)
{
  GtkWidget *view = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (widget, view, &bounds) && bounds.origin.y >= 0 &&
         bounds.origin.y + bounds.size.height <= gtk_widget_get_height (view);
}

/* The focus is visible, even in the lowest window: at the start, and after a resize */
static void
test_low (void)
{
  GtkWidget *window = GTK_WIDGET (sidetone_window_new (NULL));
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (get_account_entry (window)),
                                            GTK_TYPE_LIST_BOX_ROW);
  GtkWidget *button = ui_test_get_child (ui_test_get_child (window, "sign_in_page"),
                                         "check_button");

  gtk_window_set_default_size (GTK_WINDOW (window), NARROW, LOW);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  g_assert_cmpint (gtk_widget_get_height (window), <=, LOW);
  g_assert_true (ui_test_has_focus (row));
  WAIT_FOR (is_in_view (row));

  gtk_window_set_default_size (GTK_WINDOW (window), NARROW, 720);
  WAIT_FOR (gtk_widget_get_height (window) > LOW);
  g_assert_true (gtk_widget_grab_focus (button));
  WAIT_FOR (is_in_view (button));
  gtk_window_set_default_size (GTK_WINDOW (window), NARROW, LOW);
  WAIT_FOR (gtk_widget_get_height (window) <= LOW);
  WAIT_FOR (is_in_view (button));

  close_window (window);
}

/* An empty form says what is missing, in the lowest window, too. */
static void
test_low_message (void)
{
  GtkWidget *window = GTK_WIDGET (sidetone_window_new (NULL));
  GtkWidget *page = ui_test_get_child (window, "sign_in_page");
  GtkWidget *group = ui_test_get_child (page, "account_group");
  GtkWidget *row = ui_test_get_child (group, "account_row");
  GtkWidget *message = ui_test_get_child (group, "account_message");

  gtk_window_set_default_size (GTK_WINDOW (window), NARROW, LOW);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  g_assert_true (gtk_widget_activate_action (page, "page.check", NULL));
  WAIT_FOR (gtk_widget_get_height (message) > 0 && is_in_view (message) && is_in_view (row));

  close_window (window);
}

/* Everything that the form can show at once, in large letters: nothing is cut off */
static void
test_narrow (gconstpointer user_data)
{
  gboolean is_german = GPOINTER_TO_INT (user_data);
  const char *title = "Find Out Why Calls Fail";
  GtkWidget *window;
  GtkWidget *form;
  GtkWidget *settings;

  ui_test_use_catalogues (is_german);
  g_assert_true (g_str_equal (gettext (title), title) != is_german);
  ui_test_set_text_size (200);
  window = open_window (NULL);
  form = ui_test_get_child (window, "sign_in_page");
  settings = ui_test_get_child (form, "connection_settings");
  g_assert_nonnull (ui_test_find_label (window, gettext (title)));

  sidetone_sign_in_page_fill (SIDETONE_SIGN_IN_PAGE (form), NULL, NULL, SIDETONE_SECURITY_DIRECT,
                              "/etc/certificates-of-the-whole-house-of-montague.pem");
  gtk_editable_set_text (ui_test_get_child (settings, "server_entry"),
                         "a..very.long.name.of.a.server.in.the.house.of.montague.lit");
  gtk_editable_set_text (ui_test_get_child (settings, "port_entry"), "100000");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (settings), TRUE);
  g_assert_true (gtk_widget_activate_action (form, "page.check", NULL));
  g_assert_true (gtk_widget_has_css_class (ui_test_get_child (settings, "port_row"), "error"));

  g_assert_cmpint (ui_test_get_min_width (window), <=, NARROW);
  /* The page can be narrower than its contents, and cut them off */
  g_assert_cmpint (ui_test_get_min_width (ui_test_get_child (form, "content")), <=, NARROW);

  close_window (window);
  ui_test_set_text_size (100);
  ui_test_use_catalogues (FALSE);
}

/* The button that would take a click somewhere in an area of the window; NULL if none would */
static GtkWidget *
find_button (GtkWidget             *window,
             const graphene_rect_t *area)
{
  for (float x = 1; x < area->size.width; x += 4)
    {
      GtkWidget *widget = gtk_widget_pick (window, area->origin.x + x,
                                           area->origin.y + area->size.height / 2,
                                           GTK_PICK_DEFAULT);
      GtkWidget *button = widget == NULL || GTK_IS_BUTTON (widget) ? widget
                          : gtk_widget_get_ancestor (widget, GTK_TYPE_BUTTON);

      if (button != NULL)
        return button;
    }

  return NULL;
}

static void
on_end (GtkWidget             *label,
        GParamSpec            *pspec,
        const graphene_rect_t *place)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (label));
  GtkWidget *button = find_button (window, place);

  g_assert_true (button == NULL || button == ui_test_get_child (window, "cancel_button"));
}

static gboolean
on_incoming (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             gpointer           user_data)
{
  g_set_object ((GSocketConnection **) user_data, connection);

  return FALSE;
}

/* A server that takes its time, until it goes */
typedef struct
{
  GSocketService *service;
  GSocketConnection *connection;
} Server;

static GtkWidget *
open_check (Server     *server,
            const char *host,
            int         width)
{
  GtkWidget *window = GTK_WIDGET (sidetone_window_new (NULL));
  GtkWidget *form = ui_test_get_child (window, "sign_in_page");
  GtkWidget *password = ui_test_get_child (ui_test_get_child (form, "account_group"),
                                           "password_row");
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;
  guint16 port;

  server->service = g_socket_service_new ();
  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (server->service), NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (server->service, "incoming", G_CALLBACK (on_incoming), &server->connection);
  address = g_strdup_printf ("%s:%u", host, port);

  gtk_window_set_default_size (GTK_WINDOW (window), width, 720);
  gtk_window_present (GTK_WINDOW (window));
  sidetone_sign_in_page_fill (SIDETONE_SIGN_IN_PAGE (form), ACCOUNT, address,
                              SIDETONE_SECURITY_STARTTLS, NULL);
  sidetone_password_row_set_password (SIDETONE_PASSWORD_ROW (password), "wherefore");
  g_assert_true (gtk_widget_activate_action (form, "page.check", NULL));

  return window;
}

static void
end_check (Server    *server,
           GtkWidget *window)
{
  g_autoptr (GError) error = NULL;

  WAIT_FOR (server->connection != NULL);
  g_socket_service_stop (server->service);
  g_socket_listener_close (G_SOCKET_LISTENER (server->service));
  g_io_stream_close (G_IO_STREAM (server->connection), NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&server->connection);
  g_clear_object (&server->service);
  WAIT_FOR (gtk_widget_get_mapped (ui_test_get_child (window, "again_button")));
}

/* A click on Cancel that comes when the check ends, or after it, must not begin anything. */
static void
test_late_cancel (gconstpointer user_data)
{
  Server server = { NULL };
  GtkWidget *window = open_check (&server, "127.0.0.1", GPOINTER_TO_INT (user_data));
  GtkWidget *page = ui_test_get_child (window, "result_page");
  GtkWidget *cancel = ui_test_get_child (window, "cancel_button");
  graphene_rect_t place;

  WAIT_FOR (gtk_widget_get_mapped (cancel) && gtk_widget_get_width (cancel) > 0);
  g_assert_true (gtk_widget_compute_bounds (cancel, window, &place));
  g_assert_true (find_button (window, &place) == cancel);
  g_signal_connect (ui_test_get_child (ui_test_get_child (page, "verdict"), "headline_label"),
                    "notify::label", G_CALLBACK (on_end), &place);

  end_check (&server, window);
  g_assert_null (find_button (window, &place));
  gtk_test_widget_wait_for_draw (window);
  g_assert_null (find_button (window, &place));
  /* The key, too */
  gtk_widget_activate_action (window, "win.cancel", NULL);
  g_assert_true (gtk_widget_get_mapped (page));
  g_assert_false (gtk_widget_get_mapped (cancel));

  close_window (window);
}

/* Gives this computer another address, in the test's own network, or takes it away. */
static void
change_address (const char *command)
{
  g_autofree char *line = g_strdup_printf ("ip address %s 192.0.2.1/32 dev lo", command);
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_command_line_sync (line, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
}

static gboolean
says_changed (GtkWidget *window)
{
  return ui_test_find_label (window, "Your network has changed since this check.") != NULL;
}

/* A result is about the network that it was made in. */
static void
test_network_changed (void)
{
  Server server = { NULL };
  GtkWidget *window;

  change_address ("add");
  window = open_check (&server, "192.0.2.1", 840);
  end_check (&server, window);
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
  gtk_test_widget_wait_for_draw (window);
  g_assert_false (says_changed (window));

  change_address ("delete");
  WAIT_FOR (says_changed (window));
  /* It is true again. */
  change_address ("add");
  WAIT_FOR (!says_changed (window));

  change_address ("delete");
  WAIT_FOR (says_changed (window));
  g_assert_true (gtk_widget_activate_action (window, "win.check-again", NULL));
  g_assert_true (gtk_widget_get_visible (ui_test_get_child (window, "cancel_button")));
  WAIT_FOR (!says_changed (window));
  WAIT_FOR (gtk_widget_get_mapped (ui_test_get_child (window, "again_button")));
  g_assert_false (says_changed (window));
  close_window (window);

  /* A report is about another network anyway. */
  window = open_window ("nat.sidetone.json");
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
  gtk_test_widget_wait_for_draw (window);
  g_assert_false (says_changed (window));
  close_window (window);
}

int
main (int    argc,
      char **argv)
{
  ui_test_prepare_catalogues ();
  g_setenv ("TZ", "UTC", TRUE);
  ui_test_init (&argc, &argv);

  g_test_add_func ("/window/copy-report", test_copy_report);
  g_test_add_func ("/window/copy-for-support", test_copy_for_support);
  g_test_add_func ("/window/measure", test_measure);
  g_test_add_func ("/window/paste", test_paste);
  g_test_add_func ("/window/hidden", test_hidden);
  g_test_add_func ("/window/history", test_history);
  g_test_add_func ("/window/redacted", test_redacted);
  g_test_add_func ("/window/copy-address", test_copy_address);
  g_test_add_func ("/window/evidence", test_evidence);
  g_test_add_func ("/window/letter-place", test_letter_place);
  g_test_add_func ("/window/copy-refused", test_copy_refused);
  g_test_add_func ("/window/copy-address-refused", test_copy_address_refused);
  g_test_add_func ("/window/letter", test_letter);
  g_test_add_func ("/window/first-act", test_first_act);
  g_test_add_func ("/window/letter-unopened", test_letter_unopened);
  g_test_add_func ("/window/letter-long", test_letter_long);
  g_test_add_func ("/window/bug", test_bug);
  g_test_add_func ("/window/time", test_time);
  g_test_add_func ("/window/narrow-title", test_narrow_title);
  g_test_add_func ("/window/size", test_size);
  g_test_add_func ("/window/unreadable", test_unreadable);
  g_test_add_func ("/window/unreadable-and-readable", test_unreadable_and_readable);
  g_test_add_func ("/window/free", test_free);
  g_test_add_func ("/window/back", test_back);
  g_test_add_func ("/window/low", test_low);
  g_test_add_func ("/window/low-message", test_low_message);
  g_test_add_data_func ("/window/narrow", GINT_TO_POINTER (FALSE), test_narrow);
  g_test_add_data_func ("/window/narrow/german", GINT_TO_POINTER (TRUE), test_narrow);
  /* They fill the list of recent accounts. */
  g_test_add_data_func ("/window/late-cancel/wide", GINT_TO_POINTER (840), test_late_cancel);
  g_test_add_data_func ("/window/late-cancel/narrow", GINT_TO_POINTER (NARROW), test_late_cancel);
  g_test_add_func ("/window/network-changed", test_network_changed);

  return g_test_run ();
}
