/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "sign-in/recent-accounts.h"

#include <glib/gi18n.h>

/**
 * SidetoneRecentAccounts:
 *
 * The accounts whose passwords the user has had remembered, newest first, in a menu: to choose one,
 * or to forget it. Hidden without any. Their names are in the settings, their passwords are not.
 */
struct _SidetoneRecentAccounts
{
  AdwBin parent_instance;

  GtkMenuButton *button;

  GSettings *settings;
  GtkStringList *jids;
};

#define KEY "recent-accounts"
/* More would be a list to search in */
#define MAX_ACCOUNTS 8

enum { CHOSEN, REMOVED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SidetoneRecentAccounts, sidetone_recent_accounts, ADW_TYPE_BIN)

static void
update (SidetoneRecentAccounts *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self),
                          g_list_model_get_n_items (G_LIST_MODEL (self->jids)) > 0);
}

static void
save (SidetoneRecentAccounts *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->jids));
  g_autoptr (GPtrArray) jids = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (jids, (gpointer) gtk_string_list_get_string (self->jids, i));
  g_ptr_array_add (jids, NULL);
  g_settings_set_strv (self->settings, KEY, (const char *const *) jids->pdata);
  update (self);
}

/* Returns: whether it was there */
static gboolean
drop (SidetoneRecentAccounts *self,
      const char             *jid)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->jids));

  for (guint i = 0; i < n; i++)
    if (g_str_equal (gtk_string_list_get_string (self->jids, i), jid))
      {
        gtk_string_list_remove (self->jids, i);
        return TRUE;
      }

  return FALSE;
}

/* The menu */

static void
on_row_activated (SidetoneRecentAccounts *self,
                  GtkListBoxRow          *row)
{
  g_autofree char *jid = g_strdup (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));

  gtk_menu_button_popdown (self->button);
  g_signal_emit (self, signals[CHOSEN], 0, jid);
}

static void
on_remove_clicked (GtkButton              *button,
                   SidetoneRecentAccounts *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), ADW_TYPE_PREFERENCES_ROW);
  g_autofree char *jid = g_strdup (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));

  gtk_menu_button_popdown (self->button);
  sidetone_recent_accounts_remove (self, jid);
  g_signal_emit (self, signals[REMOVED], 0, jid);
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  const char *jid = gtk_string_object_get_string (item);
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (
    "/sidetone/sign-in/recent-account.ui");
  GtkWidget *row = GTK_WIDGET (gtk_builder_get_object (builder, "row"));
  GObject *remove_button = gtk_builder_get_object (builder, "remove_button");
  /* Translators: a button; %s is an account, whose password is forgotten */
  g_autofree char *words = g_strdup_printf (_("Forget %s"), jid);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), jid);
  gtk_widget_set_tooltip_text (GTK_WIDGET (remove_button), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "",
                                  -1);
  g_signal_connect (remove_button, "clicked", G_CALLBACK (on_remove_clicked), user_data);

  return g_object_ref (row);
}

/* Not before it opens: that is seldom */
static void
create_menu (GtkMenuButton *button,
             gpointer       user_data)
{
  SidetoneRecentAccounts *self = user_data;
  g_autoptr (GtkBuilder) builder = NULL;
  GtkListBox *list;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;

  builder = gtk_builder_new_from_resource ("/sidetone/sign-in/recent-menu.ui");
  list = GTK_LIST_BOX (gtk_builder_get_object (builder, "list"));
  gtk_list_box_bind_model (list, G_LIST_MODEL (self->jids), create_row, self, NULL);
  g_signal_connect_swapped (list, "row-activated", G_CALLBACK (on_row_activated), self);
  gtk_menu_button_set_popover (button, GTK_WIDGET (gtk_builder_get_object (builder, "popover")));
}

static void
sidetone_recent_accounts_finalize (GObject *object)
{
  SidetoneRecentAccounts *self = SIDETONE_RECENT_ACCOUNTS (object);

  g_object_unref (self->jids);
  g_object_unref (self->settings);

  G_OBJECT_CLASS (sidetone_recent_accounts_parent_class)->finalize (object);
}

static void
sidetone_recent_accounts_class_init (SidetoneRecentAccountsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sidetone_recent_accounts_finalize;

  /**
   * SidetoneRecentAccounts::chosen:
   * @jid: the account
   */
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * SidetoneRecentAccounts::removed:
   * @jid: the account, to be forgotten with its password
   */
  signals[REMOVED] = g_signal_new ("removed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/sidetone/sign-in/recent-accounts.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneRecentAccounts, button);
}

static void
sidetone_recent_accounts_init (SidetoneRecentAccounts *self)
{
  g_auto (GStrv) jids = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->button, create_menu, self, NULL);

  self->settings = g_settings_new (SIDETONE_APPLICATION_ID);
  jids = g_settings_get_strv (self->settings, KEY);
  self->jids = gtk_string_list_new ((const char *const *) jids);
  update (self);
}

/**
 * sidetone_recent_accounts_add:
 * @self: the accounts
 * @jid: an account's bare JID
 *
 * Puts @jid first.
 */
void
sidetone_recent_accounts_add (SidetoneRecentAccounts *self,
                              const char             *jid)
{
  const char *const added[] = { jid, NULL };

  g_return_if_fail (SIDETONE_IS_RECENT_ACCOUNTS (self));
  g_return_if_fail (jid != NULL);

  drop (self, jid);
  gtk_string_list_splice (self->jids, 0, 0, added);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->jids)) > MAX_ACCOUNTS)
    gtk_string_list_remove (self->jids, MAX_ACCOUNTS);
  save (self);
}

/**
 * sidetone_recent_accounts_remove:
 * @self: the accounts
 * @jid: an account's bare JID
 *
 * Removes @jid, if it is among them.
 */
void
sidetone_recent_accounts_remove (SidetoneRecentAccounts *self,
                                 const char             *jid)
{
  g_return_if_fail (SIDETONE_IS_RECENT_ACCOUNTS (self));
  g_return_if_fail (jid != NULL);

  if (drop (self, jid))
    save (self);
}
