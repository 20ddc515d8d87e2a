/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "sign-in/remember-row.h"

#include "base/announce.h"
#include "base/skip-row.h"
#include "keep/secrets.h"

#include <glib/gi18n.h>

/**
 * SidetoneRememberRow:
 *
 * The switch that asks to keep the password in the desktop's keyring (secret store). Without a
 * keyring it is insensitive. The keyring's content does not change the user's choice.
 */
struct _SidetoneRememberRow
{
  AdwActionRow parent_instance;

  GtkWidget *forget_button;
  GtkSwitch *remember_switch;

  GCancellable *cancellable;
  char *jid;                    /* the form's account; NULL without one */
  GHashTable *stored_jids;      /* accounts with a password in the store, as far as known */
  char *turned_off_jid;         /* the account for which the user turned it off, or NULL */
  gboolean was_chosen;          /* the user touched the switch */
  gboolean is_filling;          /* changes do not come from the user */
  gboolean was_shown;
};

enum { FORGET, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SidetoneRememberRow, sidetone_remember_row, ADW_TYPE_ACTION_ROW)

static void
fill (SidetoneRememberRow *self,
      gboolean             remember)
{
  self->is_filling = TRUE;
  gtk_switch_set_active (self->remember_switch, remember);
  self->is_filling = FALSE;
}

/* Only a password that is there can be forgotten. */
static void
update_forget_button (SidetoneRememberRow *self)
{
  gtk_widget_set_visible (self->forget_button,
                          self->jid != NULL &&
                          g_hash_table_contains (self->stored_jids, self->jid));
}

static void
on_forget_clicked (SidetoneRememberRow *self)
{
  g_autofree char *jid = g_strdup (self->jid);

  /* The button goes away. */
  gtk_widget_grab_focus (GTK_WIDGET (self->remember_switch));
  g_signal_emit (self, signals[FORGET], 0, jid);
}

static void
on_remember_changed (SidetoneRememberRow *self)
{
  if (self->is_filling)
    return;

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), _("Stored in your keyring"));
  self->was_chosen = TRUE;
  g_free (self->turned_off_jid);
  self->turned_off_jid = gtk_switch_get_active (self->remember_switch)
                         ? NULL : g_strdup (self->jid);
}

/* @user_data is freed if it was cancelled. */
static void
check_secrets_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  SidetoneRememberRow *self = user_data;
  g_autoptr (GError) error = NULL;

  if (sidetone_secrets_check_finish (result, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  fill (self, FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->remember_switch), FALSE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self),
                               _("No keyring is available"));
}

static void
sidetone_remember_row_map (GtkWidget *widget)
{
  SidetoneRememberRow *self = SIDETONE_REMEMBER_ROW (widget);

  GTK_WIDGET_CLASS (sidetone_remember_row_parent_class)->map (widget);

  if (!self->was_shown)
    sidetone_secrets_check_async (self->cancellable, check_secrets_cb, self);
  self->was_shown = TRUE;
}

static gboolean
sidetone_remember_row_focus (GtkWidget       *widget,
                             GtkDirectionType direction)
{
  SidetoneRememberRow *self = SIDETONE_REMEMBER_ROW (widget);

  if (!gtk_widget_is_sensitive (GTK_WIDGET (self->remember_switch)))
    return sidetone_skip_row (widget, direction);

  return GTK_WIDGET_CLASS (sidetone_remember_row_parent_class)->focus (widget, direction);
}

static void
sidetone_remember_row_dispose (GObject *object)
{
  SidetoneRememberRow *self = SIDETONE_REMEMBER_ROW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), SIDETONE_TYPE_REMEMBER_ROW);

  G_OBJECT_CLASS (sidetone_remember_row_parent_class)->dispose (object);
}

static void
sidetone_remember_row_finalize (GObject *object)
{
  SidetoneRememberRow *self = SIDETONE_REMEMBER_ROW (object);

  g_free (self->jid);
  g_free (self->turned_off_jid);
  g_hash_table_unref (self->stored_jids);

  G_OBJECT_CLASS (sidetone_remember_row_parent_class)->finalize (object);
}

static void
sidetone_remember_row_class_init (SidetoneRememberRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sidetone_remember_row_dispose;
  object_class->finalize = sidetone_remember_row_finalize;
  widget_class->focus = sidetone_remember_row_focus;
  widget_class->map = sidetone_remember_row_map;

  /**
   * SidetoneRememberRow::forget:
   * @jid: the account whose password is to be removed from the store
   */
  signals[FORGET] = g_signal_new ("forget", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/sidetone/sign-in/remember-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneRememberRow, remember_switch);
  gtk_widget_class_bind_template_child (widget_class, SidetoneRememberRow, forget_button);
  gtk_widget_class_bind_template_callback (widget_class, on_forget_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_remember_changed);
}

static void
sidetone_remember_row_init (SidetoneRememberRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  /* The switch inside has this name and the focus. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);

  self->cancellable = g_cancellable_new ();
  self->stored_jids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * sidetone_remember_row_set_jid:
 * @self: a row
 * @jid: (nullable): the form's account, its bare JID, or %NULL without one
 *
 * Sets the account.
 */
void
sidetone_remember_row_set_jid (SidetoneRememberRow *self,
                               const char          *jid)
{
  g_return_if_fail (SIDETONE_IS_REMEMBER_ROW (self));

  g_free (self->jid);
  self->jid = g_strdup (jid);
  update_forget_button (self);
}

/**
 * sidetone_remember_row_suggest:
 * @self: a row
 * @remember: whether the password is in the store
 *
 * Turns the switch on or off, unless the user has done so.
 */
void
sidetone_remember_row_suggest (SidetoneRememberRow *self,
                               gboolean             remember)
{
  g_return_if_fail (SIDETONE_IS_REMEMBER_ROW (self));

  if (!self->was_chosen)
    fill (self, remember);
}

/**
 * sidetone_remember_row_note_stored:
 * @self: a row
 * @jid: an account's bare JID
 *
 * Notes that the store has a password for @jid.
 */
void
sidetone_remember_row_note_stored (SidetoneRememberRow *self,
                                   const char          *jid)
{
  g_return_if_fail (SIDETONE_IS_REMEMBER_ROW (self));
  g_return_if_fail (jid != NULL);

  g_hash_table_add (self->stored_jids, g_strdup (jid));
  update_forget_button (self);
}

/**
 * sidetone_remember_row_note_forgotten:
 * @self: a row
 * @jid: an account's bare JID
 *
 * Notes that the store's password for @jid is removed, and says so: aloud only if it is seen.
 */
void
sidetone_remember_row_note_forgotten (SidetoneRememberRow *self,
                                      const char          *jid)
{
  g_return_if_fail (SIDETONE_IS_REMEMBER_ROW (self));
  g_return_if_fail (jid != NULL);

  g_hash_table_remove (self->stored_jids, jid);
  update_forget_button (self);
  if (g_strcmp0 (jid, self->jid) != 0)
    return;

  fill (self, FALSE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), _("Removed from your keyring"));
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    sidetone_announce (GTK_WIDGET (self), _("Removed from your keyring"));
}

/**
 * sidetone_remember_row_get_remember:
 * @self: a row
 *
 * Returns: whether the password shall be kept in the store
 */
gboolean
sidetone_remember_row_get_remember (SidetoneRememberRow *self)
{
  g_return_val_if_fail (SIDETONE_IS_REMEMBER_ROW (self), FALSE);

  return gtk_switch_get_active (self->remember_switch);
}

/**
 * sidetone_remember_row_get_forget:
 * @self: a row
 *
 * Returns: whether the store is known to have this account's password and the user turned the
 *   switch off, so that it shall be removed. A switch that was never on removes nothing.
 */
gboolean
sidetone_remember_row_get_forget (SidetoneRememberRow *self)
{
  g_return_val_if_fail (SIDETONE_IS_REMEMBER_ROW (self), FALSE);

  return self->jid != NULL && g_strcmp0 (self->jid, self->turned_off_jid) == 0 &&
         g_hash_table_contains (self->stored_jids, self->jid);
}

/**
 * sidetone_remember_row_was_chosen:
 * @self: a row
 *
 * Returns: whether the user touched the switch
 */
gboolean
sidetone_remember_row_was_chosen (SidetoneRememberRow *self)
{
  g_return_val_if_fail (SIDETONE_IS_REMEMBER_ROW (self), FALSE);

  return self->was_chosen;
}
