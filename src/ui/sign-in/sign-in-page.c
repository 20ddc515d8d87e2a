/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "sign-in/sign-in-page.h"

#include "base/name-lists.h"
#include "sign-in/account-group.h"
#include "sign-in/connection-settings.h"
#include "sign-in/field-message.h"

#include <glib/gi18n.h>

/* Space above and below a field after scrolling to it, in pixels */
#define AIR 12

/**
 * SidetoneSignInPage:
 *
 * The form for the account and its connection settings. Starts a check only if all fields are
 * valid.
 */
struct _SidetoneSignInPage
{
  AdwBin parent_instance;

  GtkAdjustment *adjustment;
  GtkWidget *content;
  GtkImage *icon;
  GtkWidget *settings_group;
  SidetoneAccountGroup *account_group;
  SidetoneConnectionSettings *connection_settings;
  GtkWidget *check_button;

  GSettings *settings;
  guint save_source;
};

enum { CHECK, FORGET, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SidetoneSignInPage, sidetone_sign_in_page, ADW_TYPE_BIN)

/* All at once, and when the main loop is idle: each write may be a file's. */
static void
save (SidetoneSignInPage *self)
{
  g_clear_handle_id (&self->save_source, g_source_remove);
  g_settings_apply (self->settings);
}

static gboolean
save_cb (gpointer user_data)
{
  SidetoneSignInPage *self = user_data;

  self->save_source = 0;
  save (self);

  return G_SOURCE_REMOVE;
}

static void
check (GtkWidget  *widget,
       const char *action_name,
       GVariant   *parameter)
{
  SidetoneSignInPage *self = SIDETONE_SIGN_IN_PAGE (widget);
  g_autoptr (SidetoneAccount) name = sidetone_account_group_check (self->account_group);
  g_autoptr (SidetoneAccount) account = NULL;

  /* Even without an account: each invalid field shows its error at once. */
  account = sidetone_connection_settings_check (self->connection_settings, name);

  if (name == NULL)
    {
      sidetone_account_group_focus_problem (self->account_group);
      return;
    }

  if (account == NULL)
    {
      sidetone_connection_settings_focus_problem (self->connection_settings);
      return;
    }

  g_settings_set_string (self->settings, "last-account", sidetone_account_get_jid (account));
  sidetone_connection_settings_save (self->connection_settings);
  if (self->save_source == 0)
    self->save_source = g_idle_add_full (G_PRIORITY_LOW, save_cb, self, NULL);
  g_signal_emit (self, signals[CHECK], 0, account);
}

/* One server's connection settings are no use for another one. */
static void
on_account_named (SidetoneSignInPage *self,
                  SidetoneAccount    *account)
{
  sidetone_connection_settings_set_domain (self->connection_settings,
                                           sidetone_account_get_domain (account));
}

static void
on_forget (SidetoneSignInPage *self,
           const char         *jid)
{
  g_signal_emit (self, signals[FORGET], 0, jid);
}

/* The row with the focus, and the message about it below it */
static gboolean
compute_focus_bounds (SidetoneSignInPage *self,
                      GtkWidget          *focus,
                      graphene_rect_t    *bounds)
{
  GtkWidget *row = gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW);
  GtkWidget *message = row != NULL ? gtk_widget_get_next_sibling (row) : NULL;
  graphene_rect_t more;

  if (!gtk_widget_compute_bounds (row != NULL ? row : focus, self->content, bounds))
    return FALSE;

  if (SIDETONE_IS_FIELD_MESSAGE (message) && gtk_widget_get_mapped (message) &&
      gtk_widget_compute_bounds (message, self->content, &more))
    graphene_rect_union (bounds, &more, bounds);

  return TRUE;
}

/* GTK scrolls when the focus moves, but not when the available height changes: not when the page is
 * shown in a low window, nor for an on-screen keyboard; nor when a message appears. */
static gboolean
scroll_to_focus_cb (GtkWidget     *widget,
                    GdkFrameClock *clock,
                    gpointer       user_data)
{
  SidetoneSignInPage *self = SIDETONE_SIGN_IN_PAGE (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  graphene_rect_t bounds;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, self->content))
    return G_SOURCE_REMOVE;

  if (compute_focus_bounds (self, focus, &bounds))
    gtk_adjustment_clamp_page (self->adjustment, bounds.origin.y - AIR,
                               bounds.origin.y + bounds.size.height + AIR);

  return G_SOURCE_REMOVE;
}

/* This is during a layout: positions are known in the next frame. */
static void
on_room_changed (SidetoneSignInPage *self)
{
  gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_to_focus_cb, NULL, NULL);
}

/* Enter anywhere in the form starts the check. */
static void
set_default_widget (SidetoneSignInPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && GTK_IS_WINDOW (root))
    gtk_window_set_default_widget (GTK_WINDOW (root), self->check_button);
}

/* Not the class's grab_focus, which GTK calls for Tab, too */
static void
focus_first (SidetoneSignInPage *self)
{
  if (!sidetone_account_group_focus_empty (self->account_group))
    gtk_widget_grab_focus (self->check_button);
}

static void
sidetone_sign_in_page_map (GtkWidget *widget)
{
  SidetoneSignInPage *self = SIDETONE_SIGN_IN_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = gtk_root_get_focus (root);

  GTK_WIDGET_CLASS (sidetone_sign_in_page_parent_class)->map (widget);

  set_default_widget (self);
  if (focus == NULL || !gtk_widget_is_ancestor (focus, widget))
    focus_first (SIDETONE_SIGN_IN_PAGE (widget));
}

static void
sidetone_sign_in_page_unmap (GtkWidget *widget)
{
  SidetoneSignInPage *self = SIDETONE_SIGN_IN_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (GTK_IS_WINDOW (root) &&
      gtk_window_get_default_widget (GTK_WINDOW (root)) == self->check_button)
    gtk_window_set_default_widget (GTK_WINDOW (root), NULL);

  GTK_WIDGET_CLASS (sidetone_sign_in_page_parent_class)->unmap (widget);
}

static void
sidetone_sign_in_page_dispose (GObject *object)
{
  SidetoneSignInPage *self = SIDETONE_SIGN_IN_PAGE (object);

  if (self->save_source != 0)
    save (self);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), SIDETONE_TYPE_SIGN_IN_PAGE);

  G_OBJECT_CLASS (sidetone_sign_in_page_parent_class)->dispose (object);
}

static void
sidetone_sign_in_page_class_init (SidetoneSignInPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sidetone_sign_in_page_dispose;
  widget_class->map = sidetone_sign_in_page_map;
  widget_class->unmap = sidetone_sign_in_page_unmap;

  /**
   * SidetoneSignInPage::check:
   * @account: the account to sign in with
   *
   * All fields are valid: sign in, with the password from sidetone_sign_in_page_take_password().
   */
  signals[CHECK] = g_signal_new ("check", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, SIDETONE_TYPE_ACCOUNT);

  /**
   * SidetoneSignInPage::forget:
   * @jid: the account whose password is to be removed from the store
   */
  signals[FORGET] = g_signal_new ("forget", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_install_action (widget_class, "page.check", NULL, check);

  g_type_ensure (SIDETONE_TYPE_ACCOUNT_GROUP);
  g_type_ensure (SIDETONE_TYPE_CONNECTION_SETTINGS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/sidetone/sign-in/sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneSignInPage, adjustment);
  gtk_widget_class_bind_template_child (widget_class, SidetoneSignInPage, content);
  gtk_widget_class_bind_template_child (widget_class, SidetoneSignInPage, icon);
  gtk_widget_class_bind_template_child (widget_class, SidetoneSignInPage, account_group);
  gtk_widget_class_bind_template_child (widget_class, SidetoneSignInPage, connection_settings);
  gtk_widget_class_bind_template_child (widget_class, SidetoneSignInPage, settings_group);
  gtk_widget_class_bind_template_child (widget_class, SidetoneSignInPage, check_button);
  gtk_widget_class_bind_template_callback (widget_class, on_account_named);
  gtk_widget_class_bind_template_callback (widget_class, on_forget);
  gtk_widget_class_bind_template_callback (widget_class, on_room_changed);
}

/* GTK 4.8 gives a list without a name that of its class. */
static void
name_lists (GtkWidget  *widget,
            const char *name)
{
  if (GTK_IS_LIST_BOX (widget) || GTK_IS_LIST_VIEW (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    -1);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_lists (child, name);
}

static void
sidetone_sign_in_page_init (SidetoneSignInPage *self)
{
  g_autofree char *jid = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  sidetone_name_lists (self->settings_group, _("Connection Settings"));

  gtk_image_set_from_icon_name (self->icon, SIDETONE_APPLICATION_ID);

  /* With a mnemonic, GTK 4.8 tells screen readers a button's name twice: once with the
   * underscore. */
  gtk_accessible_reset_property (GTK_ACCESSIBLE (self->check_button),
                                 GTK_ACCESSIBLE_PROPERTY_LABEL);

  name_lists (GTK_WIDGET (self->account_group), _("Account"));
  name_lists (gtk_widget_get_ancestor (GTK_WIDGET (self->connection_settings),
                                       ADW_TYPE_PREFERENCES_GROUP), _("Connection Settings"));

  self->settings = g_settings_new (SIDETONE_APPLICATION_ID);
  g_settings_delay (self->settings);
  jid = g_settings_get_string (self->settings, "last-account");
  sidetone_account_group_fill (self->account_group, jid);
  sidetone_connection_settings_load (self->connection_settings, self->settings);
}

/**
 * sidetone_sign_in_page_new:
 *
 * Returns: (transfer full): a page, filled with the last check's account
 */
GtkWidget *
sidetone_sign_in_page_new (void)
{
  return g_object_new (SIDETONE_TYPE_SIGN_IN_PAGE, NULL);
}

/**
 * sidetone_sign_in_page_fill:
 * @self: a page
 * @jid: (nullable): an account, as typed
 * @server: (nullable): HOST or HOST:PORT
 * @security: how to secure the connection, or %SIDETONE_SECURITY_UNKNOWN
 * @ca_file: (nullable) (type filename): a file of certificates
 *
 * Fills in the command line's values, and leaves the rest, except connection settings that were
 * kept for another server than @jid's.
 */
void
sidetone_sign_in_page_fill (SidetoneSignInPage *self,
                            const char         *jid,
                            const char         *server,
                            SidetoneSecurity    security,
                            const char         *ca_file)
{
  g_return_if_fail (SIDETONE_IS_SIGN_IN_PAGE (self));

  if (jid != NULL)
    sidetone_account_group_fill (self->account_group, jid);
  sidetone_connection_settings_fill (self->connection_settings, server, security, ca_file);
}

/**
 * sidetone_sign_in_page_take_password:
 * @self: a page
 *
 * Takes the password from the page, whose field is then empty.
 *
 * Returns: (transfer full): the password; free with sidetone_secret_free()
 */
char *
sidetone_sign_in_page_take_password (SidetoneSignInPage *self)
{
  g_return_val_if_fail (SIDETONE_IS_SIGN_IN_PAGE (self), NULL);

  return sidetone_account_group_take_password (self->account_group);
}

/**
 * sidetone_sign_in_page_return_password:
 * @self: a page
 * @password: the password from sidetone_sign_in_page_take_password()
 *
 * Puts the password back after a check, so that it need not be typed again.
 */
void
sidetone_sign_in_page_return_password (SidetoneSignInPage *self,
                                       const char         *password)
{
  g_return_if_fail (SIDETONE_IS_SIGN_IN_PAGE (self));

  sidetone_account_group_return_password (self->account_group, password);
}

/**
 * sidetone_sign_in_page_note_stored:
 * @self: a page
 * @jid: an account's bare JID
 *
 * Tells the page that the store has a password for @jid now.
 */
void
sidetone_sign_in_page_note_stored (SidetoneSignInPage *self,
                                   const char         *jid)
{
  g_return_if_fail (SIDETONE_IS_SIGN_IN_PAGE (self));

  sidetone_account_group_note_stored (self->account_group, jid);
}

/**
 * sidetone_sign_in_page_note_forgotten:
 * @self: a page
 * @jid: an account's bare JID
 *
 * Tells the page that the store's password for @jid was removed after a check. Its fields stay.
 */
void
sidetone_sign_in_page_note_forgotten (SidetoneSignInPage *self,
                                      const char         *jid)
{
  g_return_if_fail (SIDETONE_IS_SIGN_IN_PAGE (self));

  sidetone_account_group_note_forgotten (self->account_group, jid);
}

/**
 * sidetone_sign_in_page_get_remember:
 * @self: a page
 *
 * Returns: whether the password shall be kept in the store
 */
gboolean
sidetone_sign_in_page_get_remember (SidetoneSignInPage *self)
{
  g_return_val_if_fail (SIDETONE_IS_SIGN_IN_PAGE (self), FALSE);

  return sidetone_account_group_get_remember (self->account_group);
}

/**
 * sidetone_sign_in_page_get_forget:
 * @self: a page
 *
 * Returns: whether the store is known to have this account's password and the user turned the
 *   switch off, so that it shall be removed
 */
gboolean
sidetone_sign_in_page_get_forget (SidetoneSignInPage *self)
{
  g_return_val_if_fail (SIDETONE_IS_SIGN_IN_PAGE (self), FALSE);

  return sidetone_account_group_get_forget (self->account_group);
}

/**
 * sidetone_sign_in_page_is_pristine:
 * @self: a page
 *
 * Returns: whether the user has not typed or chosen anything yet, so that it may be filled anew
 */
gboolean
sidetone_sign_in_page_is_pristine (SidetoneSignInPage *self)
{
  g_return_val_if_fail (SIDETONE_IS_SIGN_IN_PAGE (self), FALSE);

  return sidetone_account_group_is_pristine (self->account_group) &&
         sidetone_connection_settings_is_pristine (self->connection_settings);
}

/**
 * sidetone_sign_in_page_show_problem:
 * @self: a page
 * @step: what the user is to do; the page handles the four that correct a field
 * @words: (nullable): what happened and what to do, shown beside the field; not needed for other
 *   steps
 * @codes: (nullable): the codes of the check's findings, which lead to its result; %NULL if it did
 *   not begin
 *
 * Shows a check's error, and moves the focus to its field. The input stays.
 */
void
sidetone_sign_in_page_show_problem (SidetoneSignInPage *self,
                                    SidetoneNextStep    step,
                                    const char         *words,
                                    const char         *codes)
{
  g_return_if_fail (SIDETONE_IS_SIGN_IN_PAGE (self));

  /* The page is back before the transition to the other one ended: it is not mapped anew. */
  set_default_widget (self);

  if (words == NULL)
    {
      focus_first (self);
      return;
    }

  switch (step)
    {
    case SIDETONE_NEXT_STEP_CORRECT_ACCOUNT:
    case SIDETONE_NEXT_STEP_CORRECT_PASSWORD:
      sidetone_account_group_show_problem (self->account_group, step, words, codes);
      return;

    case SIDETONE_NEXT_STEP_CORRECT_SERVER:
    case SIDETONE_NEXT_STEP_CHOOSE_CA_FILE:
      sidetone_connection_settings_show_problem (self->connection_settings, step, words,
                                                 codes);
      return;

    case SIDETONE_NEXT_STEP_UNKNOWN:
    case SIDETONE_NEXT_STEP_CHECK_AGAIN:
    case SIDETONE_NEXT_STEP_WAIT_ONLINE:
    case SIDETONE_NEXT_STEP_ACCEPT_CERTIFICATE:
    case SIDETONE_NEXT_STEP_LOG_IN:
    case SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR:
    case SIDETONE_NEXT_STEP_REPORT_BUG:
      focus_first (self);
      return;
    }
}
