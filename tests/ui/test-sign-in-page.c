/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "config.h"

#include "sign-in/sign-in-page.h"

#include "base/secret.h"
#include "keep/secrets.h"
#include "sign-in/password-row.h"
#include "ui-test.h"
#include "words/describe.h"

#include <glib/gstdio.h>

/* The secret store: these replace keep/secrets.c, so that a test controls the store's contents and
 * the time of its answers, and sees the requests. */

static gboolean has_store;
static GPtrArray *lookups;      /* tasks with the JID as their data, in the order of the lookups */

void
sidetone_secrets_lookup_async (const char         *jid,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_task_data (task, g_strdup (jid), g_free);
  g_ptr_array_add (lookups, task);
}

char *
sidetone_secrets_lookup_finish (GAsyncResult *result,
                                GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
sidetone_secrets_check_async (GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  if (has_store)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, SIDETONE_ERROR, SIDETONE_ERROR_PASSWORD_NOT_KEPT, "no store");
}

gboolean
sidetone_secrets_check_finish (GAsyncResult *result,
                               GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Not called by the page, but by the window. */
void
sidetone_secrets_store_async (const char         *jid,
                              const char         *password,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  g_assert_not_reached ();
}

gboolean
sidetone_secrets_store_finish (GAsyncResult *result,
                               GError      **error)
{
  g_assert_not_reached ();
}

void
sidetone_secrets_clear_async (const char         *jid,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  g_assert_not_reached ();
}

gboolean
sidetone_secrets_clear_finish (GAsyncResult *result,
                               GError      **error)
{
  g_assert_not_reached ();
}

static const char *
get_lookup (guint index)
{
  return g_task_get_task_data (g_ptr_array_index (lookups, index));
}

/* @password: NULL for none */
static void
answer_lookup (guint       index,
               const char *password)
{
  GTask *task = g_ptr_array_index (lookups, index);

  if (password != NULL)
    g_task_return_pointer (task, g_strdup (password), (GDestroyNotify) sidetone_secret_free);
  else
    g_task_return_new_error (task, SIDETONE_ERROR, SIDETONE_ERROR_PASSWORD_MISSING, "none");
  WAIT_FOR (g_task_get_completed (task));
}

/* The page */

typedef struct
{
  GtkWindow *window;
  SidetoneSignInPage *page;
  GtkEditable *account_row;
  SidetoneAccount *checked;     /* the signal's last account */
  guint n_checks;
  char *forgotten;              /* the account of the last request to forget a password */
} Fixture;

static void
on_check (SidetoneSignInPage *page,
          SidetoneAccount    *account,
          Fixture            *fixture)
{
  g_clear_pointer (&fixture->checked, sidetone_account_unref);
  fixture->checked = sidetone_account_ref (account);
  fixture->n_checks++;
}

static void
on_forget (SidetoneSignInPage *page,
           const char         *jid,
           Fixture            *fixture)
{
  g_free (fixture->forgotten);
  fixture->forgotten = g_strdup (jid);
}

static void
create_page (Fixture *fixture)
{
  fixture->page = SIDETONE_SIGN_IN_PAGE (sidetone_sign_in_page_new ());
  g_signal_connect (fixture->page, "check", G_CALLBACK (on_check), fixture);
  g_signal_connect (fixture->page, "forget", G_CALLBACK (on_forget), fixture);
}

static void
show_page (Fixture *fixture)
{
  fixture->window = ui_test_show (GTK_WIDGET (fixture->page), 840, 720);
}

static void
close_page (Fixture *fixture)
{
  ui_test_close (g_steal_pointer (&fixture->window),
                 GTK_WIDGET (g_steal_pointer (&fixture->page)));
}

static void
set_up (Fixture      *fixture,
        gconstpointer user_data)
{
  static const char *const keys[] = {
    "last-account", "recent-accounts", "server", "port", "security", "ca-file",
  };
  g_autoptr (GSettings) settings = g_settings_new (SIDETONE_APPLICATION_ID);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (settings, keys[i]);

  has_store = TRUE;
  lookups = g_ptr_array_new_with_free_func (g_object_unref);
  create_page (fixture);
}

static void
set_up_shown (Fixture      *fixture,
              gconstpointer user_data)
{
  set_up (fixture, user_data);
  show_page (fixture);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer user_data)
{
  if (fixture->window != NULL)
    close_page (fixture);

  for (guint i = 0; i < lookups->len; i++)
    if (!g_task_get_completed (g_ptr_array_index (lookups, i)))
      answer_lookup (i, NULL);
  g_clear_pointer (&lookups, g_ptr_array_unref);
  g_clear_pointer (&fixture->checked, sidetone_account_unref);
  g_clear_pointer (&fixture->forgotten, g_free);
}

/* Returns: (transfer none) (nullable): the child @id of @widget's template, or of our parts inside
 *   it */
static GObject *
find_child (GtkWidget  *widget,
            const char *id)
{
  static const char *const parts[] = {
    "account_group", "remember_row", "recent_accounts", "connection_settings", "ca_file_row",
  };
  GType type = G_OBJECT_TYPE (widget);
  GObject *child = gtk_widget_get_template_child (widget, type, id);

  for (guint i = 0; i < G_N_ELEMENTS (parts) && child == NULL; i++)
    {
      GObject *part = gtk_widget_get_template_child (widget, type, parts[i]);

      if (part != NULL)
        child = find_child (GTK_WIDGET (part), id);
    }

  return child;
}

static gpointer
get (Fixture    *fixture,
     const char *id)
{
  GObject *child = find_child (GTK_WIDGET (fixture->page), id);

  g_assert_nonnull (child);

  return child;
}

/* Returns: (transfer none) (nullable): what is typed into, in the field @id */
static gpointer
get_entry (Fixture    *fixture,
           const char *id)
{
  gpointer row = get (fixture, id);

  return SIDETONE_IS_ENTRY_ROW (row) ? sidetone_entry_row_get_entry (row) : NULL;
}

static const char *
get_text (Fixture    *fixture,
          const char *id)
{
  gpointer row = get (fixture, id);

  return SIDETONE_IS_PASSWORD_ROW (row) ? sidetone_password_row_get_password (row)
         : gtk_editable_get_text (get_entry (fixture, id));
}

static void
type (Fixture    *fixture,
      const char *id,
      const char *text)
{
  gtk_editable_set_text (get_entry (fixture, id), text);
}

static void
press_enter (Fixture    *fixture,
             const char *id)
{
  g_signal_emit_by_name (gtk_editable_get_delegate (get_entry (fixture, id)), "activate");
}

/* One letter after the other, as a user types */
static void
type_slowly (Fixture    *fixture,
             const char *id,
             const char *text)
{
  GtkEditable *row = get_entry (fixture, id);
  int position = 0;

  gtk_editable_set_text (row, "");
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    gtk_editable_insert_text (row, at, (int) (g_utf8_next_char (at) - at), &position);
}

static void
go_to (Fixture    *fixture,
       const char *id)
{
  g_assert_true (gtk_widget_grab_focus (get (fixture, id)));
}

static void
press (Fixture    *fixture,
       const char *id)
{
  g_signal_emit_by_name (get (fixture, id), "clicked");
}

static void
press_check (Fixture *fixture)
{
  press (fixture, "check_button");
}

static gboolean
is_remembering (Fixture *fixture)
{
  return gtk_switch_get_active (get (fixture, "remember_switch"));
}

static const char *
get_subtitle (Fixture *fixture)
{
  return adw_expander_row_get_subtitle (get (fixture, "connection_settings"));
}

/* Returns: whether @words are visible; exactly then their field must be marked for eyes and for
 *   screen readers */
static gboolean
says (Fixture    *fixture,
      const char *row_id,
      const char *words)
{
  GtkWidget *row = get (fixture, row_id);
  GtkAccessible *entry = get_entry (fixture, row_id);
  GtkAccessible *accessible = entry != NULL ? entry : GTK_ACCESSIBLE (row);
  gboolean shown = ui_test_find_label (GTK_WIDGET (fixture->page), words) != NULL;
  /* GTK 4.8 has another state of this number. */
  gboolean has_state = gtk_check_version (4, 14, 0) == NULL;

  if (entry != NULL)
    g_assert_true (gtk_widget_has_css_class (row, "error") == shown);
  g_assert_true (gtk_test_accessible_has_state (accessible, GTK_ACCESSIBLE_STATE_INVALID) ==
                 (shown && has_state));
  g_assert_true (gtk_test_accessible_has_property (accessible,
                                                   GTK_ACCESSIBLE_PROPERTY_DESCRIPTION) == shown);
  if (shown && has_state)
    gtk_test_accessible_assert_state (accessible, GTK_ACCESSIBLE_STATE_INVALID,
                                      GTK_ACCESSIBLE_INVALID_TRUE);

  return shown;
}

static gboolean
says_error (Fixture      *fixture,
            const char   *row_id,
            SidetoneError error,
            const char   *name)
{
  g_autofree char *words = sidetone_describe_error (error, name, NULL);

  return says (fixture, row_id, words);
}

/* The form */

static void
test_first_start (Fixture      *fixture,
                  gconstpointer user_data)
{
  g_assert_true (ui_test_has_focus (get (fixture, "account_row")));
  g_assert_cmpstr (get_text (fixture, "account_row"), ==, "");
  g_assert_true (gtk_widget_is_sensitive (get (fixture, "check_button")));
  g_assert_true (gtk_window_get_default_widget (fixture->window) == get (fixture, "check_button"));
  g_assert_false (adw_expander_row_get_expanded (get (fixture, "connection_settings")));
  g_assert_cmpstr (get_subtitle (fixture), ==, "Change these only if your administrator told you "
                   "to");
  /* There is no account, so no password is looked up. */
  g_assert_cmpuint (lookups->len, ==, 0);
}

/* Tab follows the widgets' positions: they must have been laid out. */
static void
expand_settings (Fixture *fixture)
{
  adw_expander_row_set_expanded (get (fixture, "connection_settings"), TRUE);
  WAIT_FOR (gtk_widget_get_height (get (fixture, "server_row")) > 0);
}

static void
test_tab_order (Fixture      *fixture,
                gconstpointer user_data)
{
  static const char *const order[] = {
    "account_row", "password_row", "remember_row", "connection_settings", "server_row", "port_row",
    "security_row", "ca_file_row", "check_button",
  };
  guint at = 0;

  expand_settings (fixture);

  /* Some rows have several focusable widgets, and the expander contains other rows. */
  for (guint i = 0; i < 30 && at + 1 < G_N_ELEMENTS (order); i++)
    {
      g_assert_true (gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_FORWARD));
      if (ui_test_has_focus (get (fixture, order[at + 1])))
        at++;
      else
        g_assert_true (ui_test_has_focus (get (fixture, order[at])));
    }

  g_assert_cmpstr (order[at], ==, "check_button");
}

/* Messages between the fields take no place in that order, neither forward nor backward. */
static void
test_tab_order_with_messages (Fixture      *fixture,
                              gconstpointer user_data)
{
  static const char *const order[] = {
    "account_row", "password_row", "remember_row", "connection_settings", "server_row", "port_row",
    "security_row", "ca_file_row", "check_button",
  };
  int at = 0;
  int n_keys = 0;

  sidetone_sign_in_page_fill (fixture->page, NULL, NULL, SIDETONE_SECURITY_UNKNOWN, "/nowhere.pem");
  type (fixture, "server_row", "a b");
  type (fixture, "port_row", "100000");
  expand_settings (fixture);
  press_check (fixture);
  sidetone_sign_in_page_show_problem (fixture->page, SIDETONE_NEXT_STEP_CHOOSE_CA_FILE, "No file",
                                      NULL);
  WAIT_FOR (gtk_widget_get_height (get (fixture, "ca_file_message")) > 0);
  go_to (fixture, order[0]);
  for (int i = 0; i < (int) G_N_ELEMENTS (order); i++)
    if (get_entry (fixture, order[i]) != NULL)
      g_assert_true (gtk_widget_has_css_class (get (fixture, order[i]), "error"));

  for (int step = 1; step >= -1; step -= 2)
    for (int end = step > 0 ? (int) G_N_ELEMENTS (order) - 1 : 0; at != end;)
      {
        g_assert_true (gtk_widget_child_focus (GTK_WIDGET (fixture->window),
                                               step > 0 ? GTK_DIR_TAB_FORWARD
                                               : GTK_DIR_TAB_BACKWARD));
        if (ui_test_has_focus (get (fixture, order[at + step])))
          at += step;
        else
          g_assert_true (ui_test_has_focus (get (fixture, order[at])));
        g_assert_cmpint (n_keys++, <, 60);
      }
}

/* Without a keyring one row takes no focus. */
static void
test_tab_order_without_keyring (Fixture      *fixture,
                                gconstpointer user_data)
{
  has_store = FALSE;
  show_page (fixture);
  WAIT_FOR (!gtk_widget_is_sensitive (get (fixture, "remember_switch")));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
  go_to (fixture, "check_button");
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_BACKWARD));
  g_assert_true (ui_test_has_focus (get (fixture, "connection_settings")));
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_BACKWARD));
  g_assert_true (ui_test_has_focus (get (fixture, "password_row")));
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_FORWARD));
  g_assert_true (ui_test_has_focus (get (fixture, "connection_settings")));
}

static GString *announced;

/* GTK from 4.14 on has functions of these names; see sidetone_announce(). */
GObject *fake_get_context (GtkAccessible *accessible) __asm__ ("gtk_accessible_get_at_context");
void fake_announce (GtkAccessible *accessible,
                    const char    *words,
                    int            priority) __asm__ ("gtk_accessible_announce");

/* One that can announce, unlike that of tests */
GObject *
fake_get_context (GtkAccessible *accessible)
{
  return g_object_new (G_TYPE_OBJECT, NULL);
}

void
fake_announce (GtkAccessible *accessible,
               const char    *words,
               int            priority)
{
  if (announced != NULL)
    g_string_append_printf (announced, "%s\n", words);
}

/* A message is said once: as the description of the field with the focus, or by itself. */
static void
test_announced (Fixture      *fixture,
                gconstpointer user_data)
{
  g_autofree char *no_account = sidetone_describe_error (SIDETONE_ERROR_ACCOUNT_EMPTY, NULL, NULL);
  g_autofree char *no_password = sidetone_describe_error (SIDETONE_ERROR_PASSWORD_MISSING, NULL,
                                                          NULL);
  g_autofree char *expected = g_strconcat (no_password, "\n", NULL);

  announced = g_string_new (NULL);
  press_check (fixture);
  gtk_test_accessible_assert_property (get_entry (fixture, "account_row"),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, no_account);
  gtk_test_accessible_assert_property (get_entry (fixture, "password_row"),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, no_password);
  WAIT_FOR (announced->len > 0);
  g_assert_cmpstr (announced->str, ==, expected);

  /* Fixed in time, it is not said at all. */
  g_string_truncate (announced, 0);
  type (fixture, "account_row", "romeo@montague.lit");
  g_assert_false (gtk_test_accessible_has_property (get_entry (fixture, "account_row"),
                                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION));
  type (fixture, "password_row", "where\nfore");
  type (fixture, "password_row", "wherefore");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpstr (announced->str, ==, "");
  g_string_free (g_steal_pointer (&announced), TRUE);
}

static void
test_check (Fixture      *fixture,
            gconstpointer user_data)
{
  g_autofree char *password = NULL;

  type (fixture, "account_row", " Romeo@Montague.lit");
  type (fixture, "password_row", "wherefore");
  /* Enter */
  press_enter (fixture, "password_row");

  g_assert_cmpuint (fixture->n_checks, ==, 1);
  g_assert_cmpstr (sidetone_account_get_jid (fixture->checked), ==, "romeo@montague.lit");
  g_assert_null (sidetone_account_get_server_host (fixture->checked));
  g_assert_cmpint (sidetone_account_get_security (fixture->checked), ==, SIDETONE_SECURITY_AUTO);
  g_assert_null (sidetone_account_get_ca_file (fixture->checked));
  g_assert_false (sidetone_sign_in_page_get_remember (fixture->page));

  password = sidetone_sign_in_page_take_password (fixture->page);
  g_assert_cmpstr (password, ==, "wherefore");
  g_assert_cmpstr (get_text (fixture, "password_row"), ==, "");

  sidetone_sign_in_page_return_password (fixture->page, password);
  g_assert_cmpstr (get_text (fixture, "password_row"), ==, "wherefore");
}

/* An empty field is its title, and a filled one has it above its text, also without the focus. */
static void
test_password_title (Fixture      *fixture,
                     gconstpointer user_data)
{
  GtkWidget *row = get (fixture, "password_row");
  GtkWidget *title = GTK_WIDGET (gtk_widget_get_template_child (row, SIDETONE_TYPE_ENTRY_ROW,
                                                                "empty_title"));

  g_assert_true (gtk_widget_get_visible (title));
  sidetone_sign_in_page_return_password (fixture->page, "wherefore");
  g_assert_false (gtk_widget_get_visible (title));
  g_free (sidetone_sign_in_page_take_password (fixture->page));
  g_assert_true (gtk_widget_get_visible (title));
}

/* All but the row itself see dots, unless the user shows the password. */
static void
test_password_dots (Fixture      *fixture,
                    gconstpointer user_data)
{
  GtkEditable *entry = get_entry (fixture, "password_row");
  GtkToggleButton *show_button = ui_test_get_child (get (fixture, "password_row"), "show_button");

  type_slowly (fixture, "password_row", "wherefoé");
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "●●●●●●●●");
  g_assert_cmpstr (get_text (fixture, "password_row"), ==, "wherefoé");
  gtk_editable_delete_text (entry, 5, 7);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "●●●●●●");
  g_assert_cmpstr (get_text (fixture, "password_row"), ==, "whereé");

  gtk_toggle_button_set_active (show_button, TRUE);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "whereé");
  gtk_toggle_button_set_active (show_button, FALSE);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "●●●●●●");

  /* What a check returns is hidden, too. */
  gtk_toggle_button_set_active (show_button, TRUE);
  sidetone_sign_in_page_return_password (fixture->page, "art thou");
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "●●●●●●●●");
  g_assert_false (gtk_toggle_button_get_active (show_button));
  gtk_editable_delete_text (entry, 0, -1);
  g_assert_cmpstr (get_text (fixture, "password_row"), ==, "");
}

static void
test_each_field_checks (Fixture      *fixture,
                        gconstpointer user_data)
{
  static const char *const rows[] = { "account_row", "password_row", "server_row", "port_row" };

  type (fixture, "account_row", "romeo@montague.lit");
  type (fixture, "password_row", "wherefore");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      press_enter (fixture, rows[i]);
      g_assert_cmpuint (fixture->n_checks, ==, i + 1);
    }
}

static void
test_missing (Fixture      *fixture,
              gconstpointer user_data)
{
  press_check (fixture);
  g_assert_true (says_error (fixture, "account_row", SIDETONE_ERROR_ACCOUNT_EMPTY, NULL));
  g_assert_true (says_error (fixture, "password_row", SIDETONE_ERROR_PASSWORD_MISSING, NULL));
  g_assert_true (ui_test_has_focus (get (fixture, "account_row")));

  type (fixture, "account_row", "romeo@montague.lit");
  g_assert_false (says_error (fixture, "account_row", SIDETONE_ERROR_ACCOUNT_EMPTY, NULL));
  press_check (fixture);
  g_assert_true (says_error (fixture, "password_row", SIDETONE_ERROR_PASSWORD_MISSING, NULL));
  g_assert_true (ui_test_has_focus (get (fixture, "password_row")));

  type (fixture, "password_row", "w");
  g_assert_false (says_error (fixture, "password_row", SIDETONE_ERROR_PASSWORD_MISSING, NULL));
  g_assert_cmpuint (fixture->n_checks, ==, 0);
}

/* A password is sent as one line, and a pasted one may have more, invisibly. */
static void
test_password_line_break (Fixture      *fixture,
                          gconstpointer user_data)
{
  static const char *const passwords[] = { "wherefore\n", "where\rfore", "\r\nwherefore" };

  type (fixture, "account_row", "romeo@montague.lit");

  for (guint i = 0; i < G_N_ELEMENTS (passwords); i++)
    {
      type (fixture, "password_row", passwords[i]);
      g_assert_true (says_error (fixture, "password_row", SIDETONE_ERROR_PASSWORD_LINE_BREAK,
                                 NULL));
      press_check (fixture);
      g_assert_cmpuint (fixture->n_checks, ==, 0);
      g_assert_true (says_error (fixture, "password_row", SIDETONE_ERROR_PASSWORD_LINE_BREAK,
                                 NULL));
      g_assert_true (ui_test_has_focus (get (fixture, "password_row")));

      type (fixture, "password_row", "wherefore");
      g_assert_false (says_error (fixture, "password_row", SIDETONE_ERROR_PASSWORD_LINE_BREAK,
                                  NULL));
    }

  press_check (fixture);
  g_assert_cmpuint (fixture->n_checks, ==, 1);
}

/* An error that more typing can't fix shows at once, and goes once it is fixed. */
static void
test_at_once (Fixture      *fixture,
              gconstpointer user_data)
{
  g_autofree char *name = g_strnfill (1024, 'o');
  g_autofree char *too_long = g_strconcat (name, "@montague.lit", NULL);

  type_slowly (fixture, "account_row", "romeo");
  g_assert_false (gtk_widget_has_css_class (get (fixture, "account_row"), "error"));

  type (fixture, "account_row", "rom\"eo@montague.lit");
  g_assert_true (says_error (fixture, "account_row",
                             SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER, NULL));
  type (fixture, "account_row", too_long);
  g_assert_true (says_error (fixture, "account_row", SIDETONE_ERROR_ACCOUNT_TOO_LONG, NULL));
  type (fixture, "account_row", "romeo@montague.lit");
  g_assert_false (gtk_widget_has_css_class (get (fixture, "account_row"), "error"));

  adw_expander_row_set_expanded (get (fixture, "connection_settings"), TRUE);
  type (fixture, "port_row", "65536");
  g_assert_true (says_error (fixture, "port_row", SIDETONE_ERROR_BAD_PORT, NULL));
  type (fixture, "port_row", "");
  g_assert_false (says_error (fixture, "port_row", SIDETONE_ERROR_BAD_PORT, NULL));
}

/* An error that more typing may fix shows when the user leaves the field. */
static void
test_when_left (Fixture      *fixture,
                gconstpointer user_data)
{
  static const struct
  {
    const char *text;
    SidetoneError error;
  } rows[] = {
    { "@montague.lit", SIDETONE_ERROR_ACCOUNT_NO_NAME },
    { "romeo", SIDETONE_ERROR_ACCOUNT_NO_DOMAIN },
    { "romeo@montague..lit", SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN },
  };
  int position = 0;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      type_slowly (fixture, "account_row", rows[i].text);
      g_assert_false (says_error (fixture, "account_row", rows[i].error, NULL));
      go_to (fixture, "password_row");
      g_assert_true (says_error (fixture, "account_row", rows[i].error, NULL));
      go_to (fixture, "account_row");
      g_assert_true (says_error (fixture, "account_row", rows[i].error, NULL));
    }

  /* A message that still applies stays; a new error is another matter. */
  type (fixture, "account_row", "romeo");
  go_to (fixture, "password_row");
  gtk_editable_insert_text (get_entry (fixture, "account_row"), "o", -1, &position);
  g_assert_true (says_error (fixture, "account_row", SIDETONE_ERROR_ACCOUNT_NO_DOMAIN, NULL));
  gtk_editable_insert_text (get_entry (fixture, "account_row"), "@", -1, &position);
  g_assert_false (gtk_widget_has_css_class (get (fixture, "account_row"), "error"));

  /* Passing through an empty form is no error. */
  type (fixture, "account_row", "");
  go_to (fixture, "password_row");
  go_to (fixture, "account_row");
  g_assert_false (gtk_widget_has_css_class (get (fixture, "account_row"), "error"));
  g_assert_false (gtk_widget_has_css_class (get (fixture, "password_row"), "error"));

  adw_expander_row_set_expanded (get (fixture, "connection_settings"), TRUE);
  go_to (fixture, "server_row");
  type_slowly (fixture, "server_row", "xmpp montague");
  g_assert_false (gtk_widget_has_css_class (get (fixture, "server_row"), "error"));
  go_to (fixture, "port_row");
  g_assert_true (says_error (fixture, "server_row", SIDETONE_ERROR_BAD_SERVER, "xmpp montague"));
  type (fixture, "server_row", "xmpp.montague.lit");
  g_assert_false (gtk_widget_has_css_class (get (fixture, "server_row"), "error"));
}

static void
test_settings (Fixture      *fixture,
               gconstpointer user_data)
{
  static const struct
  {
    const char *server;
    const char *port;
    const char *host_seen;
    guint16 port_seen;
  } rows[] = {
    { "xmpp.montague.lit", "", "xmpp.montague.lit", 0 },
    { "xmpp.montague.lit", "5223", "xmpp.montague.lit", 5223 },
    { "", "443", "montague.lit", 443 },
    { "2001:db8::1", "5223", "2001:db8::1", 5223 },
    { "[2001:db8::1]:5269", "5223", "2001:db8::1", 5269 },
    { "192.0.2.1:5223", "", "192.0.2.1", 5223 },
    { "", "", NULL, 0 },
  };

  type (fixture, "account_row", "romeo@montague.lit");
  type (fixture, "password_row", "wherefore");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      type (fixture, "server_row", rows[i].server);
      type (fixture, "port_row", rows[i].port);
      press_check (fixture);
      g_assert_cmpuint (fixture->n_checks, ==, i + 1);
      g_assert_cmpstr (sidetone_account_get_server_host (fixture->checked), ==, rows[i].host_seen);
      g_assert_cmpuint (sidetone_account_get_server_port (fixture->checked), ==,
                        rows[i].port_seen);
    }

  adw_combo_row_set_selected (get (fixture, "security_row"), 1);
  press_check (fixture);
  g_assert_cmpint (sidetone_account_get_security (fixture->checked), ==,
                   SIDETONE_SECURITY_STARTTLS);
  adw_combo_row_set_selected (get (fixture, "security_row"), 2);
  press_check (fixture);
  g_assert_cmpint (sidetone_account_get_security (fixture->checked), ==, SIDETONE_SECURITY_DIRECT);
}

/* Hidden settings are a trap: the collapsed expander names them. */
static void
test_settings_subtitle (Fixture      *fixture,
                        gconstpointer user_data)
{
  type (fixture, "server_row", "xmpp.montague.lit");
  g_assert_cmpstr (get_subtitle (fixture), ==, "Custom: xmpp.montague.lit");
  type (fixture, "port_row", "5223");
  adw_combo_row_set_selected (get (fixture, "security_row"), 2);
  sidetone_sign_in_page_fill (fixture->page, NULL, NULL, SIDETONE_SECURITY_UNKNOWN,
                              "/etc/<own> & ca.pem");
  g_assert_cmpstr (get_subtitle (fixture), ==,
                   "Custom: xmpp.montague.lit, port 5223, Direct TLS, <own> & ca.pem");
  g_assert_nonnull (ui_test_find_label (GTK_WIDGET (fixture->page), get_subtitle (fixture)));

  type (fixture, "server_row", "");
  type (fixture, "port_row", "");
  adw_combo_row_set_selected (get (fixture, "security_row"), 0);
  gtk_widget_activate_action (get (fixture, "clear_button"), "ca-file.clear", NULL);
  g_assert_cmpstr (get_subtitle (fixture), ==, "Change these only if your administrator told you "
                   "to");
}

/* Errors inside the collapsed expander are shown, too. */
static void
test_settings_open (Fixture      *fixture,
                    gconstpointer user_data)
{
  type (fixture, "account_row", "romeo@montague.lit");
  type (fixture, "password_row", "wherefore");
  type (fixture, "port_row", "0");
  press_check (fixture);

  g_assert_cmpuint (fixture->n_checks, ==, 0);
  g_assert_true (adw_expander_row_get_expanded (get (fixture, "connection_settings")));
  g_assert_true (says_error (fixture, "port_row", SIDETONE_ERROR_BAD_PORT, NULL));
  g_assert_true (ui_test_has_focus (get (fixture, "port_row")));

  type (fixture, "server_row", "montague..lit");
  press_check (fixture);
  g_assert_true (says_error (fixture, "server_row", SIDETONE_ERROR_BAD_SERVER, "montague..lit"));
  g_assert_true (ui_test_has_focus (get (fixture, "server_row")));
  g_assert_cmpuint (fixture->n_checks, ==, 0);
}

#ifndef __SANITIZE_ADDRESS__
static GtkWidget *
find_chooser (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (GTK_IS_FILE_CHOOSER (window) && gtk_widget_get_mapped (window))
        return window;
    }

  return NULL;
}

static gboolean
has_file (GtkFileChooser *chooser)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (chooser);

  return file != NULL;
}

static void
test_ca_file (Fixture      *fixture,
              gconstpointer user_data)
{
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *name = g_path_get_basename (folder);
  g_autofree char *path = g_build_filename (folder, "own.pem", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWidget *chooser;

  g_assert_true (g_file_set_contents (path, "-", -1, NULL));
  type (fixture, "account_row", "romeo@montague.lit");
  type (fixture, "password_row", "wherefore");
  adw_expander_row_set_expanded (get (fixture, "connection_settings"), TRUE);
  g_assert_false (gtk_widget_get_visible (get (fixture, "clear_button")));

  press (fixture, "choose_button");
  WAIT_FOR ((chooser = find_chooser ()) != NULL);
  g_assert_true (gtk_file_chooser_set_file (GTK_FILE_CHOOSER (chooser), file, NULL));
  WAIT_FOR (has_file (GTK_FILE_CHOOSER (chooser)));
  /* GTK 4.18 complains if its path bar is still loading when it closes. */
  WAIT_FOR (ui_test_find_label (chooser, name) != NULL);
  gtk_dialog_response (GTK_DIALOG (chooser), GTK_RESPONSE_ACCEPT);
  WAIT_FOR (gtk_widget_get_visible (get (fixture, "clear_button")));
  g_assert_nonnull (ui_test_find_label (get (fixture, "ca_file_row"), "own.pem"));

  press_check (fixture);
  g_assert_cmpstr (sidetone_account_get_ca_file (fixture->checked), ==, path);

  /* Without it again; the focus is not lost with the button. */
  go_to (fixture, "clear_button");
  press (fixture, "clear_button");
  g_assert_false (gtk_widget_get_visible (get (fixture, "clear_button")));
  g_assert_true (ui_test_has_focus (get (fixture, "choose_button")));
  press_check (fixture);
  g_assert_null (sidetone_account_get_ca_file (fixture->checked));

  g_remove (path);
  g_rmdir (folder);
}
#endif

static void
test_ca_file_unusable (Fixture      *fixture,
                       gconstpointer user_data)
{
  type (fixture, "account_row", "romeo@montague.lit");
  type (fixture, "password_row", "wherefore");
  sidetone_sign_in_page_fill (fixture->page, NULL, NULL, SIDETONE_SECURITY_UNKNOWN,
                              "/etc/two\nlines.pem");
  press_check (fixture);

  g_assert_cmpuint (fixture->n_checks, ==, 0);
  g_assert_true (says_error (fixture, "ca_file_row", SIDETONE_ERROR_BAD_CA_FILE, NULL));
  g_assert_true (ui_test_has_focus (get (fixture, "choose_button")));
}

static void
test_remembered (Fixture      *fixture,
                 gconstpointer user_data)
{
  type (fixture, "account_row", "Romeo@montague.lit");
  type (fixture, "password_row", "wherefore");
  type (fixture, "server_row", "xmpp.montague.lit");
  type (fixture, "port_row", "5223");
  adw_combo_row_set_selected (get (fixture, "security_row"), 2);
  sidetone_sign_in_page_fill (fixture->page, NULL, NULL, SIDETONE_SECURITY_UNKNOWN, "/etc/ca.pem");
  press_check (fixture);
  close_page (fixture);

  create_page (fixture);
  show_page (fixture);
  g_assert_cmpstr (get_text (fixture, "account_row"), ==, "romeo@montague.lit");
  g_assert_cmpstr (get_text (fixture, "server_row"), ==, "xmpp.montague.lit");
  g_assert_cmpstr (get_text (fixture, "port_row"), ==, "5223");
  g_assert_cmpstr (get_text (fixture, "password_row"), ==, "");
  g_assert_true (ui_test_has_focus (get (fixture, "password_row")));
  g_assert_cmpstr (get_subtitle (fixture), ==,
                   "Custom: xmpp.montague.lit, port 5223, Direct TLS, ca.pem");

  type (fixture, "password_row", "wherefore");
  press_check (fixture);
  g_assert_cmpint (sidetone_account_get_security (fixture->checked), ==, SIDETONE_SECURITY_DIRECT);
  g_assert_cmpstr (sidetone_account_get_ca_file (fixture->checked), ==, "/etc/ca.pem");
}

static void
keep_settings (void)
{
  g_autoptr (GSettings) settings = g_settings_new (SIDETONE_APPLICATION_ID);

  g_settings_set_string (settings, "last-account", "romeo@montague.lit");
  g_settings_set_string (settings, "server", "xmpp.montague.lit");
  g_settings_set_string (settings, "port", "5223");
  g_settings_set_enum (settings, "security", SIDETONE_SECURITY_DIRECT);
  g_settings_set_string (settings, "ca-file", "/etc/ca.pem");
}

#define KEPT "Custom: xmpp.montague.lit, port 5223, Direct TLS, ca.pem"
#define NOT_KEPT "Change these only if your administrator told you to"

static void
set_up_kept (Fixture      *fixture,
             gconstpointer user_data)
{
  set_up (fixture, NULL);
  keep_settings ();
  g_object_unref (g_object_ref_sink (fixture->page));
  create_page (fixture);
  show_page (fixture);
  g_assert_cmpstr (get_subtitle (fixture), ==, KEPT);
}

/* One server's settings are no use for another one. */
static void
test_settings_of_another (Fixture      *fixture,
                          gconstpointer user_data)
{
  /* The account counts when the user has left the field. */
  go_to (fixture, "account_row");
  type_slowly (fixture, "account_row", "juliet@capulet.lit");
  g_assert_cmpstr (get_subtitle (fixture), ==, KEPT);
  go_to (fixture, "password_row");
  g_assert_cmpstr (get_subtitle (fixture), ==, NOT_KEPT);

  /* Another account in the same domain */
  go_to (fixture, "account_row");
  type (fixture, "account_row", "mercutio@Montague.lit");
  go_to (fixture, "password_row");
  g_assert_cmpstr (get_subtitle (fixture), ==, KEPT);

  /* Enter, without leaving the field */
  type (fixture, "password_row", "o happy dagger");
  go_to (fixture, "account_row");
  type (fixture, "account_row", "juliet@capulet.lit");
  press_enter (fixture, "account_row");
  g_assert_cmpuint (fixture->n_checks, ==, 1);
  g_assert_null (sidetone_account_get_server_host (fixture->checked));
  g_assert_cmpint (sidetone_account_get_security (fixture->checked), ==, SIDETONE_SECURITY_AUTO);
  g_assert_null (sidetone_account_get_ca_file (fixture->checked));
}

/* Kept settings go, later input stays. */
static void
test_settings_of_another_typed (Fixture      *fixture,
                                gconstpointer user_data)
{
  type (fixture, "server_row", "xmpp.capulet.lit");
  adw_combo_row_set_selected (get (fixture, "security_row"), 1);
  go_to (fixture, "account_row");
  type (fixture, "account_row", "juliet@capulet.lit");
  go_to (fixture, "password_row");
  g_assert_cmpstr (get_subtitle (fixture), ==, "Custom: xmpp.capulet.lit, STARTTLS");

  go_to (fixture, "account_row");
  type (fixture, "account_row", "romeo@montague.lit");
  go_to (fixture, "password_row");
  g_assert_cmpstr (get_subtitle (fixture), ==,
                   "Custom: xmpp.capulet.lit, port 5223, STARTTLS, ca.pem");

  /* A field cleared by the user stays empty. */
  type (fixture, "port_row", "");
  gtk_widget_activate_action (get (fixture, "clear_button"), "ca-file.clear", NULL);
  go_to (fixture, "account_row");
  type (fixture, "account_row", "juliet@capulet.lit");
  go_to (fixture, "password_row");
  go_to (fixture, "account_row");
  type (fixture, "account_row", "romeo@montague.lit");
  go_to (fixture, "password_row");
  g_assert_cmpstr (get_subtitle (fixture), ==, "Custom: xmpp.capulet.lit, STARTTLS");
}

/* Settings from the command line */
static void
test_settings_of_another_given (Fixture      *fixture,
                                gconstpointer user_data)
{
  sidetone_sign_in_page_fill (fixture->page, "romeo@montague.lit", NULL,
                              SIDETONE_SECURITY_STARTTLS, NULL);
  g_assert_cmpstr (get_subtitle (fixture), ==,
                   "Custom: xmpp.montague.lit, port 5223, STARTTLS, ca.pem");
  /* Even if they equal the kept ones */
  sidetone_sign_in_page_fill (fixture->page, "juliet@capulet.lit", "xmpp.montague.lit",
                              SIDETONE_SECURITY_DIRECT, NULL);
  g_assert_cmpstr (get_subtitle (fixture), ==, "Custom: xmpp.montague.lit, Direct TLS");
  g_assert_true (sidetone_sign_in_page_is_pristine (fixture->page));

  /* They stay */
  go_to (fixture, "account_row");
  go_to (fixture, "password_row");
  g_assert_cmpstr (get_subtitle (fixture), ==, "Custom: xmpp.montague.lit, Direct TLS");
}

/* Settings that could not be checked are not kept. */
static void
test_not_remembered (Fixture      *fixture,
                     gconstpointer user_data)
{
  g_autoptr (GSettings) settings = g_settings_new (SIDETONE_APPLICATION_ID);
  g_autofree char *jid = NULL;

  type (fixture, "account_row", "romeo@montague.lit");
  press_check (fixture);
  jid = g_settings_get_string (settings, "last-account");
  g_assert_cmpstr (jid, ==, "");
}

static void
test_fill (Fixture      *fixture,
           gconstpointer user_data)
{
  sidetone_sign_in_page_fill (fixture->page, "romeo@montague.lit", "[2001:db8::1]:5223",
                              SIDETONE_SECURITY_STARTTLS, "/etc/ca.pem");
  show_page (fixture);
  g_assert_cmpstr (get_text (fixture, "account_row"), ==, "romeo@montague.lit");
  g_assert_cmpstr (get_text (fixture, "server_row"), ==, "2001:db8::1");
  g_assert_cmpstr (get_text (fixture, "port_row"), ==, "5223");
  g_assert_true (ui_test_has_focus (get (fixture, "password_row")));

  /* Only what was given */
  sidetone_sign_in_page_fill (fixture->page, NULL, NULL, SIDETONE_SECURITY_UNKNOWN, NULL);
  type (fixture, "password_row", "wherefore");
  press_check (fixture);
  g_assert_cmpstr (sidetone_account_get_jid (fixture->checked), ==, "romeo@montague.lit");
  g_assert_cmpstr (sidetone_account_get_server_host (fixture->checked), ==, "2001:db8::1");
  g_assert_cmpint (sidetone_account_get_security (fixture->checked), ==,
                   SIDETONE_SECURITY_STARTTLS);
  g_assert_cmpstr (sidetone_account_get_ca_file (fixture->checked), ==, "/etc/ca.pem");

  /* A server without a port removes an earlier server's port. */
  sidetone_sign_in_page_fill (fixture->page, NULL, "capulet.lit", SIDETONE_SECURITY_UNKNOWN, NULL);
  g_assert_cmpstr (get_text (fixture, "server_row"), ==, "capulet.lit");
  g_assert_cmpstr (get_text (fixture, "port_row"), ==, "");
}

static void
test_pristine (Fixture      *fixture,
               gconstpointer user_data)
{
  g_assert_true (sidetone_sign_in_page_is_pristine (fixture->page));
  sidetone_sign_in_page_fill (fixture->page, "romeo@montague.lit", "montague.lit:5222",
                              SIDETONE_SECURITY_DIRECT, "/etc/ca.pem");
  g_assert_cmpuint (lookups->len, ==, 1);
  answer_lookup (0, "wherefore");
  g_assert_cmpstr (get_text (fixture, "password_row"), ==, "wherefore");
  g_assert_true (sidetone_sign_in_page_is_pristine (fixture->page));

  type (fixture, user_data, "5223");
  g_assert_false (sidetone_sign_in_page_is_pristine (fixture->page));
}

static void
test_pristine_choice (Fixture      *fixture,
                      gconstpointer user_data)
{
  const char *id = user_data;

  if (g_str_equal (id, "security_row"))
    adw_combo_row_set_selected (get (fixture, id), 1);
  else
    gtk_switch_set_active (get (fixture, id), TRUE);
  g_assert_false (sidetone_sign_in_page_is_pristine (fixture->page));
}

/* The user is using it. */
static void
test_pristine_taken (Fixture      *fixture,
                     gconstpointer user_data)
{
  char *password;

  sidetone_sign_in_page_fill (fixture->page, "romeo@montague.lit", NULL,
                              SIDETONE_SECURITY_UNKNOWN, NULL);
  answer_lookup (0, "wherefore");
  press_check (fixture);
  password = sidetone_sign_in_page_take_password (fixture->page);
  g_assert_cmpstr (password, ==, "wherefore");
  g_assert_false (sidetone_sign_in_page_is_pristine (fixture->page));
  sidetone_secret_free (password);
}

/* Passwords from the store */

static void
test_password_found (Fixture      *fixture,
                     gconstpointer user_data)
{
  sidetone_sign_in_page_fill (fixture->page, "Romeo@montague.lit", NULL,
                              SIDETONE_SECURITY_UNKNOWN, NULL);
  /* No lookup before the page is visible. */
  g_assert_cmpuint (lookups->len, ==, 0);
  show_page (fixture);
  g_assert_cmpuint (lookups->len, ==, 1);
  g_assert_cmpstr (get_lookup (0), ==, "romeo@montague.lit");
  g_assert_false (is_remembering (fixture));

  answer_lookup (0, "wherefore");
  g_assert_cmpstr (get_text (fixture, "password_row"), ==, "wherefore");
  g_assert_true (is_remembering (fixture));
  g_assert_true (sidetone_sign_in_page_get_remember (fixture->page));
}

static void
test_password_not_found (Fixture      *fixture,
                         gconstpointer user_data)
{
  type (fixture, "account_row", "romeo@montague.lit");
  go_to (fixture, "password_row");
  answer_lookup (0, NULL);
  g_assert_cmpstr (get_text (fixture, "password_row"), ==, "");
  g_assert_false (is_remembering (fixture));

  /* A second lookup would find nothing new. */
  go_to (fixture, "account_row");
  go_to (fixture, "password_row");
  g_assert_cmpuint (lookups->len, ==, 1);
}

/* The desktop may ask to unlock the store: not at each letter. */
static void
test_password_asked_once (Fixture      *fixture,
                          gconstpointer user_data)
{
  type_slowly (fixture, "account_row", "romeo@montague.lit");
  g_assert_cmpuint (lookups->len, ==, 0);
  go_to (fixture, "password_row");
  g_assert_cmpuint (lookups->len, ==, 1);
  g_assert_cmpstr (get_lookup (0), ==, "romeo@montague.lit");
}

/* Check, pressed in the account's field: the lookup is in time. */
static void
test_password_asked_by_check (Fixture      *fixture,
                              gconstpointer user_data)
{
  type (fixture, "account_row", "romeo@montague.lit");
  press_check (fixture);
  g_assert_true (says_error (fixture, "password_row", SIDETONE_ERROR_PASSWORD_MISSING, NULL));
  answer_lookup (0, "wherefore");
  g_assert_false (says_error (fixture, "password_row", SIDETONE_ERROR_PASSWORD_MISSING, NULL));
  press_check (fixture);
  g_assert_cmpuint (fixture->n_checks, ==, 1);
}

/* One account's password never goes to another account's server. */
static void
test_password_of_another (Fixture      *fixture,
                          gconstpointer user_data)
{
  int position = 0;

  type (fixture, "account_row", "romeo@montague.lit");
  go_to (fixture, "password_row");
  answer_lookup (0, "wherefore");
  go_to (fixture, "account_row");

  type (fixture, "account_row", "romeo@montague.li");
  g_assert_cmpstr (get_text (fixture, "password_row"), ==, "");
  g_assert_false (is_remembering (fixture));
  press_check (fixture);
  g_assert_cmpuint (fixture->n_checks, ==, 0);

  /* The result of a pending lookup comes too late. */
  g_assert_cmpuint (lookups->len, ==, 2);
  type (fixture, "account_row", "juliet@capulet.lit");
  answer_lookup (1, "wherefore");
  g_assert_cmpstr (get_text (fixture, "password_row"), ==, "");
  go_to (fixture, "account_row");
  go_to (fixture, "password_row");
  g_assert_cmpuint (lookups->len, ==, 3);
  g_assert_cmpstr (get_lookup (2), ==, "juliet@capulet.lit");
  answer_lookup (2, "o happy dagger");
  g_assert_cmpstr (get_text (fixture, "password_row"), ==, "o happy dagger");

  /* The same account in another form is the same account. */
  gtk_editable_insert_text (get_entry (fixture, "account_row"), "xmpp:", -1, &position);
  g_assert_cmpstr (get_text (fixture, "password_row"), ==, "o happy dagger");
}

/* The user's input stays. */
static void
test_password_typed (Fixture      *fixture,
                     gconstpointer user_data)
{
  type (fixture, "account_row", "romeo@montague.lit");
  go_to (fixture, "password_row");
  type (fixture, "password_row", "by hand");
  answer_lookup (0, "wherefore");
  g_assert_cmpstr (get_text (fixture, "password_row"), ==, "by hand");

  type (fixture, "account_row", "juliet@capulet.lit");
  go_to (fixture, "account_row");
  go_to (fixture, "password_row");
  g_assert_cmpstr (get_text (fixture, "password_row"), ==, "by hand");
  g_assert_cmpuint (lookups->len, ==, 1);
}

/* A stored password that the user corrected counts as typed. */
static void
test_password_corrected (Fixture      *fixture,
                         gconstpointer user_data)
{
  int position = 0;

  sidetone_sign_in_page_fill (fixture->page, "romeo@montague.lit", NULL,
                              SIDETONE_SECURITY_UNKNOWN, NULL);
  answer_lookup (0, "herefore");
  gtk_editable_insert_text (get_entry (fixture, "password_row"), "w", -1, &position);
  type (fixture, "account_row", "juliet@capulet.lit");
  g_assert_cmpstr (get_text (fixture, "password_row"), ==, "wherefore");
}

/* A stored password that went through a check does not. */
static void
test_password_returned (Fixture      *fixture,
                        gconstpointer user_data)
{
  char *password;

  sidetone_sign_in_page_fill (fixture->page, "romeo@montague.lit", NULL,
                              SIDETONE_SECURITY_UNKNOWN, NULL);
  answer_lookup (0, "wherefore");
  password = sidetone_sign_in_page_take_password (fixture->page);
  sidetone_sign_in_page_return_password (fixture->page, password);
  sidetone_secret_free (password);
  g_assert_cmpstr (get_text (fixture, "password_row"), ==, "wherefore");
  type (fixture, "account_row", "juliet@capulet.lit");
  g_assert_cmpstr (get_text (fixture, "password_row"), ==, "");
}

/* Not while the page is hidden, for example behind a report. */
static void
test_password_unseen (Fixture      *fixture,
                      gconstpointer user_data)
{
  GtkWidget *stack = gtk_stack_new ();
  GtkWidget *other = gtk_button_new ();

  gtk_stack_add_child (GTK_STACK (stack), other);
  gtk_stack_add_child (GTK_STACK (stack), GTK_WIDGET (fixture->page));
  fixture->window = ui_test_show (stack, 840, 720);
  sidetone_sign_in_page_fill (fixture->page, "romeo@montague.lit", NULL,
                              SIDETONE_SECURITY_UNKNOWN, NULL);
  g_assert_cmpuint (lookups->len, ==, 0);

  /* Once for each account, however often it comes back */
  for (guint i = 0; i < 3; i++)
    {
      gtk_stack_set_visible_child (GTK_STACK (stack), GTK_WIDGET (fixture->page));
      g_assert_cmpuint (lookups->len, ==, 1);
      gtk_stack_set_visible_child (GTK_STACK (stack), other);
    }

  answer_lookup (0, NULL);
  sidetone_sign_in_page_fill (fixture->page, "juliet@capulet.lit", NULL,
                              SIDETONE_SECURITY_UNKNOWN, NULL);
  g_assert_cmpuint (lookups->len, ==, 1);
  gtk_stack_set_visible_child (GTK_STACK (stack), GTK_WIDGET (fixture->page));
  g_assert_cmpuint (lookups->len, ==, 2);
  g_assert_cmpstr (get_lookup (1), ==, "juliet@capulet.lit");
}

/* After a check took the password there is no lookup, and a pending one comes too late. */
static void
test_password_taken (Fixture      *fixture,
                     gconstpointer user_data)
{
  char *password;

  type (fixture, "account_row", "romeo@montague.lit");
  go_to (fixture, "password_row");
  g_assert_cmpuint (lookups->len, ==, 1);
  type (fixture, "password_row", "by hand");
  go_to (fixture, "account_row");

  password = sidetone_sign_in_page_take_password (fixture->page);
  go_to (fixture, "password_row");
  answer_lookup (0, "wherefore");
  g_assert_cmpuint (lookups->len, ==, 1);
  g_assert_cmpstr (get_text (fixture, "password_row"), ==, "");
  g_assert_false (is_remembering (fixture));

  sidetone_sign_in_page_return_password (fixture->page, password);
  g_assert_cmpstr (get_text (fixture, "password_row"), ==, "by hand");
  sidetone_secret_free (password);

  /* That lookup was not answered. */
  type (fixture, "password_row", "");
  go_to (fixture, "account_row");
  go_to (fixture, "password_row");
  g_assert_cmpuint (lookups->len, ==, 2);
  answer_lookup (1, "wherefore");
  g_assert_cmpstr (get_text (fixture, "password_row"), ==, "wherefore");
}

/* Once touched, the switch is the user's. */
static void
test_remember_chosen (Fixture      *fixture,
                      gconstpointer user_data)
{
  GtkSwitch *remember_switch = get (fixture, "remember_switch");

  /* Before there was an account: no password is to be removed. */
  gtk_switch_set_active (remember_switch, TRUE);
  gtk_switch_set_active (remember_switch, FALSE);
  type (fixture, "account_row", "romeo@montague.lit");
  go_to (fixture, "password_row");
  answer_lookup (0, "wherefore");
  g_assert_cmpstr (get_text (fixture, "password_row"), ==, "wherefore");
  g_assert_false (is_remembering (fixture));
  g_assert_false (sidetone_sign_in_page_get_forget (fixture->page));

  gtk_switch_set_active (remember_switch, TRUE);
  go_to (fixture, "account_row");
  type (fixture, "account_row", "juliet@capulet.lit");
  g_assert_true (is_remembering (fixture));
}

/* Turned on for one account, the switch is not on for another. */
static void
test_remember_of_another (Fixture      *fixture,
                          gconstpointer user_data)
{
  sidetone_sign_in_page_fill (fixture->page, "romeo@montague.lit", NULL,
                              SIDETONE_SECURITY_UNKNOWN, NULL);
  answer_lookup (0, "wherefore");
  type (fixture, "password_row", "by hand");
  g_assert_true (is_remembering (fixture));
  type (fixture, "account_row", "juliet@capulet.lit");
  g_assert_cmpstr (get_text (fixture, "password_row"), ==, "by hand");
  g_assert_false (is_remembering (fixture));
}

/* Nothing is removed from the store without request. */
static void
test_forget (Fixture      *fixture,
             gconstpointer user_data)
{
  GtkSwitch *remember_switch = get (fixture, "remember_switch");

  type (fixture, "account_row", "romeo@montague.lit");
  type (fixture, "password_row", "wherefore");
  g_assert_false (sidetone_sign_in_page_get_forget (fixture->page));

  /* There is nothing known to remove. */
  gtk_switch_set_active (remember_switch, TRUE);
  gtk_switch_set_active (remember_switch, FALSE);
  g_assert_false (sidetone_sign_in_page_get_forget (fixture->page));

  /* The password that was just kept */
  gtk_switch_set_active (remember_switch, TRUE);
  sidetone_sign_in_page_note_stored (fixture->page, "romeo@montague.lit");
  g_assert_false (sidetone_sign_in_page_get_forget (fixture->page));
  gtk_switch_set_active (remember_switch, FALSE);
  g_assert_true (sidetone_sign_in_page_get_forget (fixture->page));

  /* This account's, and no other's */
  type (fixture, "account_row", "juliet@capulet.lit");
  g_assert_false (sidetone_sign_in_page_get_forget (fixture->page));
  sidetone_sign_in_page_note_stored (fixture->page, "juliet@capulet.lit");
  g_assert_false (sidetone_sign_in_page_get_forget (fixture->page));
  type (fixture, "account_row", "");
  g_assert_false (sidetone_sign_in_page_get_forget (fixture->page));
  type (fixture, "account_row", "Romeo@montague.lit");
  g_assert_true (sidetone_sign_in_page_get_forget (fixture->page));

  gtk_switch_set_active (remember_switch, TRUE);
  g_assert_false (sidetone_sign_in_page_get_forget (fixture->page));
}

static void
test_forget_found (Fixture      *fixture,
                   gconstpointer user_data)
{
  sidetone_sign_in_page_fill (fixture->page, "romeo@montague.lit", NULL,
                              SIDETONE_SECURITY_UNKNOWN, NULL);
  answer_lookup (0, "wherefore");
  g_assert_false (sidetone_sign_in_page_get_forget (fixture->page));
  gtk_switch_set_active (get (fixture, "remember_switch"), FALSE);
  g_assert_true (sidetone_sign_in_page_get_forget (fixture->page));
}

static void
test_password_late (Fixture      *fixture,
                    gconstpointer user_data)
{
  type (fixture, "account_row", "romeo@montague.lit");
  go_to (fixture, "password_row");
  close_page (fixture);
  /* The page is gone: there is nothing to fill. */
  answer_lookup (0, "wherefore");
}

static void
test_no_store (Fixture      *fixture,
               gconstpointer user_data)
{
  const char *words = "No keyring is available";

  has_store = FALSE;
  gtk_switch_set_active (get (fixture, "remember_switch"), TRUE);
  show_page (fixture);
  WAIT_FOR (ui_test_find_label (get (fixture, "remember_row"), words) != NULL);
  g_assert_false (gtk_widget_is_sensitive (get (fixture, "remember_switch")));
  g_assert_false (sidetone_sign_in_page_get_remember (fixture->page));
}

/* Back from a check */

typedef struct
{
  SidetoneNextStep step;
  const char *row;
  const char *focus;
} Problem;

static const Problem problems[] = {
  { SIDETONE_NEXT_STEP_CORRECT_ACCOUNT, "account_row", "account_row" },
  { SIDETONE_NEXT_STEP_CORRECT_PASSWORD, "password_row", "password_row" },
  { SIDETONE_NEXT_STEP_CORRECT_SERVER, "server_row", "server_row" },
  { SIDETONE_NEXT_STEP_CHOOSE_CA_FILE, "ca_file_row", "choose_button" },
};

/* With another page in front of it, as in the window; the focus must arrive whether the page is
 * shown before its error or after it. */
static void
test_problem (Fixture      *fixture,
              gconstpointer user_data)
{
  GtkWidget *stack = gtk_stack_new ();
  GtkWidget *other = gtk_button_new ();

  gtk_stack_add_child (GTK_STACK (stack), GTK_WIDGET (fixture->page));
  gtk_stack_add_child (GTK_STACK (stack), other);
  fixture->window = ui_test_show (stack, 840, 720);
  type (fixture, "account_row", "romeo@montague.lit");
  type (fixture, "password_row", "wherefore");

  for (guint i = 0; i < 2 * G_N_ELEMENTS (problems); i++)
    {
      const Problem *problem = &problems[i / 2];
      gboolean shown_first = i % 2 == 0;
      char *password = sidetone_sign_in_page_take_password (fixture->page);

      gtk_stack_set_visible_child (GTK_STACK (stack), other);
      g_assert_null (gtk_window_get_default_widget (fixture->window));
      g_assert_true (gtk_widget_grab_focus (other));

      if (shown_first)
        gtk_stack_set_visible_child (GTK_STACK (stack), GTK_WIDGET (fixture->page));
      sidetone_sign_in_page_return_password (fixture->page, password);
      sidetone_sign_in_page_show_problem (fixture->page, problem->step, "The words", "CON-07");
      if (!shown_first)
        gtk_stack_set_visible_child (GTK_STACK (stack), GTK_WIDGET (fixture->page));

      g_assert_true (says (fixture, problem->row, "The words"));
      g_assert_true (ui_test_has_focus (get (fixture, problem->focus)));
      g_assert_cmpstr (get_text (fixture, "account_row"), ==, "romeo@montague.lit");
      g_assert_cmpstr (get_text (fixture, "password_row"), ==, "wherefore");
      press_check (fixture);
      g_assert_false (says (fixture, problem->row, "The words"));
      sidetone_secret_free (password);
    }

  g_assert_cmpuint (fixture->n_checks, ==, 2 * G_N_ELEMENTS (problems));

  /* Back without an error */
  sidetone_sign_in_page_show_problem (fixture->page, SIDETONE_NEXT_STEP_UNKNOWN, NULL, NULL);
  g_assert_true (ui_test_has_focus (get (fixture, "check_button")));
}

/* The password in the store, from the form */
static void
test_forget_at_once (Fixture      *fixture,
                     gconstpointer user_data)
{
  type (fixture, "account_row", "romeo@montague.lit");
  go_to (fixture, "password_row");
  g_assert_false (gtk_widget_get_visible (get (fixture, "forget_button")));
  answer_lookup (0, "wherefore");
  g_assert_true (gtk_widget_get_visible (get (fixture, "forget_button")));
  g_assert_true (is_remembering (fixture));

  press (fixture, "forget_button");
  g_assert_cmpstr (fixture->forgotten, ==, "romeo@montague.lit");
  g_assert_cmpstr (get_text (fixture, "password_row"), ==, "");
  g_assert_false (is_remembering (fixture));
  g_assert_false (gtk_widget_get_visible (get (fixture, "forget_button")));
  g_assert_true (ui_test_has_focus (get (fixture, "remember_switch")));
  g_assert_nonnull (ui_test_find_label (GTK_WIDGET (fixture->page), "Removed from your keyring"));

  /* A check has removed it: nothing is left to forget, and what was typed stays. */
  sidetone_sign_in_page_note_stored (fixture->page, "romeo@montague.lit");
  type (fixture, "password_row", "wherefore");
  sidetone_sign_in_page_note_forgotten (fixture->page, "romeo@montague.lit");
  g_assert_false (gtk_widget_get_visible (get (fixture, "forget_button")));
  g_assert_cmpstr (get_text (fixture, "password_row"), ==, "wherefore");

  /* Shift+Tab leaves the row with both. */
  g_assert_true (gtk_widget_grab_focus (get (fixture, "remember_switch")));
  sidetone_sign_in_page_note_stored (fixture->page, "romeo@montague.lit");
  for (guint i = 0; i < 3 && !ui_test_has_focus (get (fixture, "password_row")); i++)
    g_assert_true (gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_BACKWARD));
  g_assert_true (ui_test_has_focus (get (fixture, "password_row")));
}

static void
open_recent (Fixture *fixture)
{
  GtkMenuButton *button = ui_test_get_child (get (fixture, "recent_accounts"), "button");

  gtk_menu_button_popup (button);
  WAIT_FOR (gtk_widget_get_mapped (GTK_WIDGET (gtk_menu_button_get_popover (button))));
}

/* Only accounts whose password is kept, the newest first */
static void
test_recent (Fixture      *fixture,
             gconstpointer user_data)
{
  static const char *const jids[] = {
    "romeo@montague.lit", "juliet@capulet.lit", "romeo@montague.lit",
  };
  g_autoptr (GSettings) settings = g_settings_new (SIDETONE_APPLICATION_ID);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_auto (GStrv) kept = NULL;
  GtkWidget *row;
  GtkWidget *button;

  g_assert_false (gtk_widget_get_visible (get (fixture, "recent_accounts")));
  for (guint i = 0; i < G_N_ELEMENTS (jids); i++)
    sidetone_sign_in_page_note_stored (fixture->page, jids[i]);
  g_assert_true (gtk_widget_get_visible (get (fixture, "recent_accounts")));
  kept = g_settings_get_strv (settings, "recent-accounts");
  g_assert_true (g_strv_equal ((const char *const *) kept,
                               (const char *const[]) { jids[0], jids[1], NULL }));

  open_recent (fixture);
  ui_test_collect (get (fixture, "recent_accounts"), ADW_TYPE_ACTION_ROW, rows);
  g_assert_cmpuint (rows->len, ==, 2);
  g_signal_emit_by_name (rows->pdata[1], "activate");
  WAIT_FOR (g_str_equal (get_text (fixture, "account_row"), jids[1]));
  g_assert_true (ui_test_has_focus (get (fixture, "password_row")));
  g_assert_cmpstr (get_lookup (lookups->len - 1), ==, jids[1]);
  g_assert_false (sidetone_sign_in_page_is_pristine (fixture->page));

  open_recent (fixture);
  row = ui_test_find_label (get (fixture, "recent_accounts"), jids[0]);
  g_assert_nonnull (row);
  row = gtk_widget_get_ancestor (row, ADW_TYPE_ACTION_ROW);
  g_ptr_array_set_size (rows, 0);
  ui_test_collect (row, GTK_TYPE_BUTTON, rows);
  button = rows->pdata[0];
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Forget romeo@montague.lit");
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpstr (fixture->forgotten, ==, jids[0]);
  g_clear_pointer (&kept, g_strfreev);
  kept = g_settings_get_strv (settings, "recent-accounts");
  g_assert_true (g_strv_equal ((const char *const *) kept,
                               (const char *const[]) { jids[1], NULL }));
}

/* The other page may have its own default button, and is in the window during the transition. */
static void
test_default_widget (Fixture      *fixture,
                     gconstpointer user_data)
{
  GtkWidget *stack = gtk_stack_new ();
  GtkWidget *other = gtk_button_new ();

  gtk_stack_add_child (GTK_STACK (stack), GTK_WIDGET (fixture->page));
  gtk_stack_add_child (GTK_STACK (stack), other);
  fixture->window = ui_test_show (stack, 840, 720);
  g_assert_true (gtk_window_get_default_widget (fixture->window) == get (fixture, "check_button"));

  /* Set before the form is gone */
  gtk_window_set_default_widget (fixture->window, other);
  gtk_stack_set_visible_child (GTK_STACK (stack), other);
  g_assert_true (gtk_window_get_default_widget (fixture->window) == other);

  gtk_stack_set_visible_child (GTK_STACK (stack), GTK_WIDGET (fixture->page));
  g_assert_true (gtk_window_get_default_widget (fixture->window) == get (fixture, "check_button"));

  /* Back before the form was gone */
  gtk_window_set_default_widget (fixture->window, other);
  sidetone_sign_in_page_show_problem (fixture->page, SIDETONE_NEXT_STEP_UNKNOWN, NULL, NULL);
  g_assert_true (gtk_window_get_default_widget (fixture->window) == get (fixture, "check_button"));
}

/* Looks and accessible names */

static gboolean
has_name (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  /* Screen readers know only the entry around it. */
  if (GTK_IS_TEXT (widget))
    return has_name (gtk_widget_get_parent (widget));

  if (gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL) ||
      gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY))
    return TRUE;

  /* Newer GTK also takes a tooltip for the name; libadwaita's buttons count on that. */
  return gtk_check_version (4, 18, 0) == NULL && gtk_widget_get_tooltip_text (widget) != NULL;
}

/* Every focusable widget has a name for screen readers; a switch and its row are one. */
static void
test_names (Fixture      *fixture,
            gconstpointer user_data)
{
  guint n_places = 0;
  guint n_switches = 0;

  sidetone_sign_in_page_fill (fixture->page, NULL, NULL, SIDETONE_SECURITY_UNKNOWN, "/etc/ca.pem");
  expand_settings (fixture);

  while (!ui_test_has_focus (get (fixture, "check_button")))
    {
      GtkWidget *focus;

      g_assert_true (gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_FORWARD));
      focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
      if (!has_name (focus))
        g_error ("A %s has the focus and no name", G_OBJECT_TYPE_NAME (focus));
      if (ui_test_has_focus (get (fixture, "remember_row")))
        n_switches++;
      g_assert_cmpuint (++n_places, <, 30);
    }

  g_assert_cmpuint (n_switches, ==, 1);
  g_assert_false (gtk_test_accessible_has_relation (get (fixture, "remember_row"),
                                                    GTK_ACCESSIBLE_RELATION_LABELLED_BY));
  g_assert_true (gtk_test_accessible_has_relation (get (fixture, "remember_switch"),
                                                   GTK_ACCESSIBLE_RELATION_LABELLED_BY));

  gtk_test_accessible_assert_property (get_entry (fixture, "account_row"),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "XMPP address, like romeo@example.org");
  gtk_test_accessible_assert_property (get_entry (fixture, "password_row"),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Password");
  gtk_test_accessible_assert_property (get_entry (fixture, "server_row"),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Server");
  gtk_test_accessible_assert_property (get_entry (fixture, "port_row"),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Port");
}

typedef struct
{
  GtkTextDirection direction;
  int text_size;
} Dress;

static const Dress narrow = { GTK_TEXT_DIR_LTR, 100 };
static const Dress mirrored = { GTK_TEXT_DIR_RTL, 100 };
static const Dress large = { GTK_TEXT_DIR_LTR, 200 };

/* Everything that can be shown at once, on a telephone */
static void
test_narrow (gconstpointer user_data)
{
  const Dress *dress = user_data;
  Fixture fixture = { NULL };

  gtk_widget_set_default_direction (dress->direction);
  ui_test_set_text_size (dress->text_size);
  set_up (&fixture, NULL);
  fixture.window = ui_test_show (GTK_WIDGET (fixture.page), 360, 640);

  sidetone_sign_in_page_fill (fixture.page, NULL, NULL, SIDETONE_SECURITY_DIRECT,
                              "/etc/certificates-of-the-whole-house-of-montague.pem");
  type (&fixture, "server_row", "a..very.long.name.of.a.server.in.the.house.of.montague.lit");
  type (&fixture, "port_row", "100000");
  press_check (&fixture);
  sidetone_sign_in_page_show_problem (fixture.page, SIDETONE_NEXT_STEP_CHOOSE_CA_FILE,
                                      "certificates-of-the-whole-house-of-montague.pem can't be "
                                      "read.", "CON-14");
  g_assert_true (gtk_widget_has_css_class (get (&fixture, "account_row"), "error"));
  g_assert_true (gtk_widget_has_css_class (get (&fixture, "server_row"), "error"));

  /* The page's contents: the page itself can be narrower and cut them off */
  g_assert_cmpint (ui_test_get_min_width (get (&fixture, "content")), <=, 360);
  WAIT_FOR (gtk_widget_get_width (GTK_WIDGET (fixture.page)) <= 360);

  tear_down (&fixture, NULL);
  ui_test_set_text_size (100);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

int
main (int    argc,
      char **argv)
{
  ui_test_init (&argc, &argv);

#define ADD(path, data, set_up_function, function) \
  g_test_add ("/sign-in/" path, Fixture, data, set_up_function, function, tear_down)

  ADD ("first-start", NULL, set_up_shown, test_first_start);
  ADD ("tab-order", NULL, set_up_shown, test_tab_order);
  ADD ("tab-order-with-messages", NULL, set_up_shown, test_tab_order_with_messages);
  ADD ("tab-order-without-keyring", NULL, set_up, test_tab_order_without_keyring);
  ADD ("announced", NULL, set_up_shown, test_announced);
  ADD ("check", NULL, set_up_shown, test_check);
  ADD ("forget-at-once", NULL, set_up_shown, test_forget_at_once);
  ADD ("recent", NULL, set_up_shown, test_recent);
  ADD ("password-title", NULL, set_up_shown, test_password_title);
  ADD ("password-dots", NULL, set_up_shown, test_password_dots);
  ADD ("each-field-checks", NULL, set_up_shown, test_each_field_checks);
  ADD ("missing", NULL, set_up_shown, test_missing);
  ADD ("password-line-break", NULL, set_up_shown, test_password_line_break);
  ADD ("at-once", NULL, set_up_shown, test_at_once);
  ADD ("when-left", NULL, set_up_shown, test_when_left);
  ADD ("settings", NULL, set_up_shown, test_settings);
  ADD ("settings/subtitle", NULL, set_up_shown, test_settings_subtitle);
  ADD ("settings/open", NULL, set_up_shown, test_settings_open);
  /* GTK 4.8 leaks what its file chooser is reading when it is closed. */
#ifndef __SANITIZE_ADDRESS__
  ADD ("ca-file", NULL, set_up_shown, test_ca_file);
#endif
  ADD ("ca-file/unusable", NULL, set_up_shown, test_ca_file_unusable);
  ADD ("remembered", NULL, set_up_shown, test_remembered);
  ADD ("settings/of-another", NULL, set_up_kept, test_settings_of_another);
  ADD ("settings/of-another/typed", NULL, set_up_kept, test_settings_of_another_typed);
  ADD ("settings/of-another/given", NULL, set_up_kept, test_settings_of_another_given);
  ADD ("not-remembered", NULL, set_up_shown, test_not_remembered);
  ADD ("fill", NULL, set_up, test_fill);
  ADD ("pristine/account", "account_row", set_up_shown, test_pristine);
  ADD ("pristine/password", "password_row", set_up_shown, test_pristine);
  ADD ("pristine/server", "server_row", set_up_shown, test_pristine);
  ADD ("pristine/port", "port_row", set_up_shown, test_pristine);
  ADD ("pristine/security", "security_row", set_up_shown, test_pristine_choice);
  ADD ("pristine/remember", "remember_switch", set_up_shown, test_pristine_choice);
  ADD ("pristine/taken", NULL, set_up_shown, test_pristine_taken);
  ADD ("password/found", NULL, set_up, test_password_found);
  ADD ("password/not-found", NULL, set_up_shown, test_password_not_found);
  ADD ("password/asked-once", NULL, set_up_shown, test_password_asked_once);
  ADD ("password/asked-by-check", NULL, set_up_shown, test_password_asked_by_check);
  ADD ("password/of-another", NULL, set_up_shown, test_password_of_another);
  ADD ("password/typed", NULL, set_up_shown, test_password_typed);
  ADD ("password/corrected", NULL, set_up_shown, test_password_corrected);
  ADD ("password/returned", NULL, set_up_shown, test_password_returned);
  ADD ("password/unseen", NULL, set_up, test_password_unseen);
  ADD ("password/taken", NULL, set_up_shown, test_password_taken);
  ADD ("remember/chosen", NULL, set_up_shown, test_remember_chosen);
  ADD ("remember/of-another", NULL, set_up_shown, test_remember_of_another);
  ADD ("forget", NULL, set_up_shown, test_forget);
  ADD ("forget/found", NULL, set_up_shown, test_forget_found);
  ADD ("password/late", NULL, set_up_shown, test_password_late);
  ADD ("no-store", NULL, set_up, test_no_store);
  ADD ("default-widget", NULL, set_up, test_default_widget);
  ADD ("problem", NULL, set_up, test_problem);
  ADD ("names", NULL, set_up_shown, test_names);

#undef ADD

  g_test_add_data_func ("/sign-in/narrow", &narrow, test_narrow);
  g_test_add_data_func ("/sign-in/narrow/mirrored", &mirrored, test_narrow);
  g_test_add_data_func ("/sign-in/narrow/large-text", &large, test_narrow);

  return g_test_run ();
}
