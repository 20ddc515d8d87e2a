/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "sign-in/account-group.h"

#include "base/error.h"
#include "base/name-lists.h"
#include "base/secret.h"
#include "keep/secrets.h"
#include "sign-in/entry-row.h"
#include "sign-in/field-message.h"
#include "sign-in/password-row.h"
#include "sign-in/recent-accounts.h"
#include "sign-in/remember-row.h"
#include "words/describe.h"

#include <glib/gi18n.h>

/**
 * SidetoneAccountGroup:
 *
 * The account and its password, which may come from the desktop's secret store. Shows errors beside
 * their fields.
 */
struct _SidetoneAccountGroup
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *account_row;
  GtkEditable *account_entry;
  SidetoneFieldMessage *account_message;
  SidetonePasswordRow *password_row;
  SidetoneFieldMessage *password_message;
  SidetoneRememberRow *remember_row;
  SidetoneRecentAccounts *recent_accounts;

  GCancellable *lookup;
  char *lookup_jid;             /* the account of the last lookup; NULL for none */
  gboolean password_is_stored;  /* it came from the store, for lookup_jid, unchanged */
  gboolean password_is_taken;   /* by a check: the empty field is no error */
  guint filling_depth;          /* above 0, changes do not come from the user */
  gboolean was_typed_in;
};

enum { NAMED, FORGET, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SidetoneAccountGroup, sidetone_account_group, ADW_TYPE_PREFERENCES_GROUP)

static gboolean
has_account (SidetoneAccountGroup *self)
{
  return *gtk_editable_get_text (self->account_entry) != '\0';
}

static gboolean
has_password (SidetoneAccountGroup *self)
{
  return *sidetone_password_row_get_password (self->password_row) != '\0';
}

static SidetoneAccount *
parse_account (SidetoneAccountGroup *self,
               GError              **error)
{
  return sidetone_account_new (gtk_editable_get_text (self->account_entry), NULL,
                               SIDETONE_SECURITY_UNKNOWN, NULL, NULL, error);
}

/* Passwords */

static void
cancel_lookup (SidetoneAccountGroup *self)
{
  g_cancellable_cancel (self->lookup);
  g_clear_object (&self->lookup);
}

/* @user_data is freed if it was cancelled. */
static void
lookup_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  SidetoneAccountGroup *self = user_data;
  g_autoptr (GError) error = NULL;
  char *password = sidetone_secrets_lookup_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->lookup);

  if (password != NULL)
    sidetone_remember_row_note_stored (self->remember_row, self->lookup_jid);

  if (password != NULL && !has_password (self))
    {
      sidetone_password_row_set_password (self->password_row, password);
      sidetone_remember_row_suggest (self->remember_row, TRUE);
      self->password_is_stored = TRUE;
      sidetone_field_message_set_text (self->password_message, NULL);
    }

  sidetone_secret_free (password);
}

/* Not at each letter of an account, nor behind another page: the desktop may ask to unlock the
 * store. */
static void
look_up_password (SidetoneAccountGroup *self)
{
  g_autoptr (SidetoneAccount) account = parse_account (self, NULL);

  if (account == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)) ||
      self->password_is_taken || has_password (self) ||
      g_strcmp0 (sidetone_account_get_jid (account), self->lookup_jid) == 0)
    return;

  cancel_lookup (self);
  self->lookup = g_cancellable_new ();
  g_free (self->lookup_jid);
  self->lookup_jid = g_strdup (sidetone_account_get_jid (account));
  sidetone_secrets_lookup_async (self->lookup_jid, self->lookup, lookup_cb, self);
}

/* One account's password must not be sent to another account's server. */
static void
drop_stale_password (SidetoneAccountGroup *self,
                     const char           *jid)
{
  if (self->lookup_jid == NULL || g_strcmp0 (jid, self->lookup_jid) == 0)
    return;

  cancel_lookup (self);
  g_clear_pointer (&self->lookup_jid, g_free);

  sidetone_remember_row_suggest (self->remember_row, FALSE);

  if (self->password_is_stored)
    {
      sidetone_password_row_set_password (self->password_row, "");
      self->password_is_stored = FALSE;
    }
}

/* Fields */

static gboolean
is_final (const GError *error)
{
  return error != NULL && sidetone_error_has_trait (error->code, SIDETONE_ERROR_IS_FINAL);
}

/* A message that still applies stays. */
static void
update_account_message (SidetoneAccountGroup *self)
{
  g_autoptr (SidetoneAccount) account = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  account = parse_account (self, &error);
  if (error != NULL)
    words = sidetone_describe_error (error->code, NULL, NULL);

  if (is_final (error) ||
      g_strcmp0 (words, sidetone_field_message_get_text (self->account_message)) == 0)
    sidetone_field_message_set_text (self->account_message, words);
  else
    sidetone_field_message_set_text (self->account_message, NULL);
}

/* Returns: (transfer full) (nullable): the account, without connection settings */
static SidetoneAccount *
check_account (SidetoneAccountGroup *self)
{
  g_autoptr (GError) error = NULL;
  SidetoneAccount *account = parse_account (self, &error);

  if (account == NULL)
    {
      sidetone_field_message_set_error (self->account_message, error->code, NULL);
      return NULL;
    }

  sidetone_field_message_set_text (self->account_message, NULL);
  g_signal_emit (self, signals[NAMED], 0, account);

  return account;
}

static gboolean
check_password (SidetoneAccountGroup *self)
{
  g_autoptr (GError) error = NULL;

  if (!sidetone_account_check_password (sidetone_password_row_get_password (self->password_row), &error))
    {
      sidetone_field_message_set_error (self->password_message, error->code, NULL);
      return FALSE;
    }

  sidetone_field_message_set_text (self->password_message, NULL);

  return TRUE;
}

static void
focus_field (SidetoneFieldMessage *message)
{
  gtk_widget_grab_focus (sidetone_field_message_get_field (message));
}

/* Callbacks */

static void
on_entry_activated (SidetoneAccountGroup *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "page.check", NULL);
}

static void
on_account_changed (SidetoneAccountGroup *self)
{
  g_autoptr (SidetoneAccount) account = parse_account (self, NULL);
  const char *jid = account != NULL ? sidetone_account_get_jid (account) : NULL;

  if (self->filling_depth == 0)
    self->was_typed_in = TRUE;
  sidetone_remember_row_set_jid (self->remember_row, jid);
  drop_stale_password (self, jid);
  update_account_message (self);
}

static void
on_account_leave (SidetoneAccountGroup *self)
{
  g_autoptr (SidetoneAccount) account = NULL;

  /* An untouched form has no errors. */
  if (!has_account (self))
    return;

  account = check_account (self);
  look_up_password (self);
}

static void
on_recent_chosen (SidetoneAccountGroup *self,
                  const char           *jid)
{
  self->was_typed_in = TRUE;
  sidetone_account_group_fill (self, jid);
  gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
}

/* A stored password that is in the field goes, too. */
static void
forget (SidetoneAccountGroup *self,
        const char           *jid)
{
  if (self->password_is_stored && g_strcmp0 (jid, self->lookup_jid) == 0)
    {
      sidetone_password_row_set_password (self->password_row, "");
      self->password_is_stored = FALSE;
    }

  sidetone_account_group_note_forgotten (self, jid);
  g_signal_emit (self, signals[FORGET], 0, jid);
}

static void
on_password_changed (SidetoneAccountGroup *self)
{
  self->was_typed_in = TRUE;
  self->password_is_stored = FALSE;

  /* An empty password is not finished yet; a pasted one may contain an invisible line break. */
  if (!has_password (self))
    sidetone_field_message_set_text (self->password_message, NULL);
  else
    check_password (self);
}

static void
sidetone_account_group_map (GtkWidget *widget)
{
  SidetoneAccountGroup *self = SIDETONE_ACCOUNT_GROUP (widget);

  GTK_WIDGET_CLASS (sidetone_account_group_parent_class)->map (widget);
  look_up_password (self);
}

static void
sidetone_account_group_dispose (GObject *object)
{
  SidetoneAccountGroup *self = SIDETONE_ACCOUNT_GROUP (object);

  cancel_lookup (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), SIDETONE_TYPE_ACCOUNT_GROUP);

  G_OBJECT_CLASS (sidetone_account_group_parent_class)->dispose (object);
}

static void
sidetone_account_group_finalize (GObject *object)
{
  SidetoneAccountGroup *self = SIDETONE_ACCOUNT_GROUP (object);

  g_free (self->lookup_jid);

  G_OBJECT_CLASS (sidetone_account_group_parent_class)->finalize (object);
}

static void
sidetone_account_group_class_init (SidetoneAccountGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sidetone_account_group_dispose;
  object_class->finalize = sidetone_account_group_finalize;
  widget_class->map = sidetone_account_group_map;

  /**
   * SidetoneAccountGroup::named:
   * @account: the account, without connection settings
   *
   * An account was filled in, or the user has finished typing one. It may be the same as before.
   */
  signals[NAMED] = g_signal_new ("named", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, SIDETONE_TYPE_ACCOUNT);

  /**
   * SidetoneAccountGroup::forget:
   * @jid: the account whose password is to be removed from the store
   */
  signals[FORGET] = g_signal_new ("forget", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (SIDETONE_TYPE_ENTRY_ROW);
  g_type_ensure (SIDETONE_TYPE_FIELD_MESSAGE);
  g_type_ensure (SIDETONE_TYPE_PASSWORD_ROW);
  g_type_ensure (SIDETONE_TYPE_RECENT_ACCOUNTS);
  g_type_ensure (SIDETONE_TYPE_REMEMBER_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/sidetone/sign-in/account-group.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneAccountGroup, account_row);
  gtk_widget_class_bind_template_child (widget_class, SidetoneAccountGroup, account_entry);
  gtk_widget_class_bind_template_child (widget_class, SidetoneAccountGroup, account_message);
  gtk_widget_class_bind_template_child (widget_class, SidetoneAccountGroup, password_row);
  gtk_widget_class_bind_template_child (widget_class, SidetoneAccountGroup, password_message);
  gtk_widget_class_bind_template_child (widget_class, SidetoneAccountGroup, remember_row);
  gtk_widget_class_bind_template_child (widget_class, SidetoneAccountGroup, recent_accounts);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_account_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_account_leave);
  gtk_widget_class_bind_template_callback (widget_class, on_password_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_recent_chosen);
  gtk_widget_class_bind_template_callback (widget_class, forget);
}

static void
sidetone_account_group_init (SidetoneAccountGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sidetone_name_lists (GTK_WIDGET (self), _("Account"));
}

/**
 * sidetone_account_group_fill:
 * @self: a group
 * @jid: an account, as typed
 *
 * Fills in an account, and looks up its password once the group is visible.
 */
void
sidetone_account_group_fill (SidetoneAccountGroup *self,
                             const char           *jid)
{
  g_autoptr (SidetoneAccount) account = NULL;

  g_return_if_fail (SIDETONE_IS_ACCOUNT_GROUP (self));
  g_return_if_fail (jid != NULL);

  self->filling_depth++;
  gtk_editable_set_text (self->account_entry, jid);
  self->filling_depth--;

  account = parse_account (self, NULL);
  if (account != NULL)
    g_signal_emit (self, signals[NAMED], 0, account);
  look_up_password (self);
}

/**
 * sidetone_account_group_check:
 * @self: a group
 *
 * Checks all fields; each invalid or missing one shows its error.
 *
 * Returns: (transfer full) (nullable): the account, without connection settings, or %NULL if a
 *   field is invalid
 */
SidetoneAccount *
sidetone_account_group_check (SidetoneAccountGroup *self)
{
  g_autoptr (SidetoneAccount) account = NULL;

  g_return_val_if_fail (SIDETONE_IS_ACCOUNT_GROUP (self), NULL);

  account = check_account (self);

  return check_password (self) ? g_steal_pointer (&account) : NULL;
}

/**
 * sidetone_account_group_focus_empty:
 * @self: the group
 *
 * Moves the focus to the first empty field.
 *
 * Returns: %FALSE if there is none
 */
gboolean
sidetone_account_group_focus_empty (SidetoneAccountGroup *self)
{
  if (!has_account (self))
    return gtk_widget_grab_focus (self->account_row);

  if (!has_password (self))
    return gtk_widget_grab_focus (GTK_WIDGET (self->password_row));

  return FALSE;
}

/**
 * sidetone_account_group_focus_problem:
 * @self: a group
 *
 * Moves the focus to the first field with an error.
 */
void
sidetone_account_group_focus_problem (SidetoneAccountGroup *self)
{
  g_return_if_fail (SIDETONE_IS_ACCOUNT_GROUP (self));

  if (sidetone_field_message_get_text (self->account_message) != NULL)
    focus_field (self->account_message);
  else
    focus_field (self->password_message);
}

/**
 * sidetone_account_group_show_problem:
 * @self: a group
 * @step: %SIDETONE_NEXT_STEP_CORRECT_ACCOUNT or %SIDETONE_NEXT_STEP_CORRECT_PASSWORD
 * @words: what happened and what to do
 * @codes: (nullable): the codes of the check's findings, %NULL if it did not begin
 *
 * Shows a check's error beside its field, and moves the focus there.
 */
void
sidetone_account_group_show_problem (SidetoneAccountGroup *self,
                                     SidetoneNextStep      step,
                                     const char           *words,
                                     const char           *codes)
{
  SidetoneFieldMessage *message;

  g_return_if_fail (SIDETONE_IS_ACCOUNT_GROUP (self));
  g_return_if_fail (words != NULL);

  message = step == SIDETONE_NEXT_STEP_CORRECT_PASSWORD
            ? self->password_message : self->account_message;
  sidetone_field_message_set_text (message, words);
  sidetone_field_message_set_codes (message, codes);
  focus_field (message);
}

/**
 * sidetone_account_group_take_password:
 * @self: a group
 *
 * Takes the password for a check: its field is then empty, and is not filled from the store until
 * sidetone_account_group_return_password().
 *
 * Returns: (transfer full): the password; free with sidetone_secret_free()
 */
char *
sidetone_account_group_take_password (SidetoneAccountGroup *self)
{
  g_autoptr (SidetoneAccount) account = parse_account (self, NULL);
  char *password;

  g_return_val_if_fail (SIDETONE_IS_ACCOUNT_GROUP (self), NULL);

  if (account != NULL && sidetone_remember_row_get_forget (self->remember_row))
    sidetone_recent_accounts_remove (self->recent_accounts, sidetone_account_get_jid (account));

  /* Its result would be too late. The lookup was not answered, so it may be repeated. */
  if (self->lookup != NULL)
    g_clear_pointer (&self->lookup_jid, g_free);
  cancel_lookup (self);

  password = g_strdup (sidetone_password_row_get_password (self->password_row));
  sidetone_password_row_set_password (self->password_row, "");
  self->password_is_taken = TRUE;
  /* It counts as the user's now, even if it came from the store. */
  self->was_typed_in = TRUE;

  return password;
}

/**
 * sidetone_account_group_return_password:
 * @self: a group
 * @password: the password from sidetone_account_group_take_password()
 *
 * Puts the password back after a check, so that it need not be typed again.
 */
void
sidetone_account_group_return_password (SidetoneAccountGroup *self,
                                        const char           *password)
{
  g_return_if_fail (SIDETONE_IS_ACCOUNT_GROUP (self));
  g_return_if_fail (password != NULL);

  sidetone_password_row_set_password (self->password_row, password);
  self->password_is_taken = FALSE;
}

/**
 * sidetone_account_group_note_stored:
 * @self: a group
 * @jid: an account's bare JID
 *
 * Notes that the store has a password for @jid now.
 */
void
sidetone_account_group_note_stored (SidetoneAccountGroup *self,
                                    const char           *jid)
{
  g_return_if_fail (SIDETONE_IS_ACCOUNT_GROUP (self));
  g_return_if_fail (jid != NULL);

  sidetone_remember_row_note_stored (self->remember_row, jid);
  sidetone_recent_accounts_add (self->recent_accounts, jid);
}

/**
 * sidetone_account_group_note_forgotten:
 * @self: a group
 * @jid: an account's bare JID
 *
 * Notes that the store's password for @jid is removed. The fields stay.
 */
void
sidetone_account_group_note_forgotten (SidetoneAccountGroup *self,
                                       const char           *jid)
{
  g_return_if_fail (SIDETONE_IS_ACCOUNT_GROUP (self));
  g_return_if_fail (jid != NULL);

  sidetone_recent_accounts_remove (self->recent_accounts, jid);
  sidetone_remember_row_note_forgotten (self->remember_row, jid);
}

/**
 * sidetone_account_group_get_remember:
 * @self: a group
 *
 * Returns: whether the password shall be kept in the store
 */
gboolean
sidetone_account_group_get_remember (SidetoneAccountGroup *self)
{
  g_return_val_if_fail (SIDETONE_IS_ACCOUNT_GROUP (self), FALSE);

  return sidetone_remember_row_get_remember (self->remember_row);
}

/**
 * sidetone_account_group_get_forget:
 * @self: a group
 *
 * Returns: whether the account's password is in the store and shall be removed
 */
gboolean
sidetone_account_group_get_forget (SidetoneAccountGroup *self)
{
  g_return_val_if_fail (SIDETONE_IS_ACCOUNT_GROUP (self), FALSE);

  return sidetone_remember_row_get_forget (self->remember_row);
}

/**
 * sidetone_account_group_is_pristine:
 * @self: a group
 *
 * Returns: whether the user has not typed or chosen anything yet
 */
gboolean
sidetone_account_group_is_pristine (SidetoneAccountGroup *self)
{
  g_return_val_if_fail (SIDETONE_IS_ACCOUNT_GROUP (self), FALSE);

  return !self->was_typed_in && !sidetone_remember_row_was_chosen (self->remember_row);
}
