/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "sign-in/connection-settings.h"

#include "base/error.h"
#include "base/name-lists.h"
#include "base/text.h"
#include "sign-in/ca-file-row.h"
#include "sign-in/entry-row.h"
#include "sign-in/field-message.h"
#include "words/describe.h"

#include <glib/gi18n.h>

typedef enum
{
  FIELD_SERVER = 1 << 0,
  FIELD_PORT = 1 << 1,
  FIELD_SECURITY = 1 << 2,
  FIELD_CA_FILE = 1 << 3,
} Field;

/**
 * SidetoneConnectionSettings:
 *
 * How to reach a server that can't be found or trusted automatically: a row that expands to the
 * fields, and summarises them while it is collapsed. Shows errors beside their fields.
 *
 * Settings kept from an earlier check belong to the domain of that check's account, and are shown
 * only for accounts of that domain.
 */
struct _SidetoneConnectionSettings
{
  AdwExpanderRow parent_instance;

  GtkWidget *server_row;
  GtkEditable *server_entry;
  SidetoneFieldMessage *server_message;
  GtkWidget *port_row;
  GtkEditable *port_entry;
  SidetoneFieldMessage *port_message;
  AdwComboRow *security_row;
  SidetoneCaFileRow *ca_file_row;
  SidetoneFieldMessage *ca_file_message;

  GSettings *settings;
  char *kept_domain;            /* the domain of the kept settings; NULL if unknown */
  Field kept_fields;            /* with kept settings, or emptied for another domain */
  gboolean is_kept_domain;
  gboolean is_filling;          /* changes do not come from the user */
  gboolean was_typed_in;
};

G_DEFINE_FINAL_TYPE (SidetoneConnectionSettings, sidetone_connection_settings,
                     ADW_TYPE_EXPANDER_ROW)

static gboolean
is_empty (GtkEditable *row)
{
  return *gtk_editable_get_text (row) == '\0';
}

/* The row's positions are not the enum's, which begins with UNKNOWN. */
static SidetoneSecurity
get_security (SidetoneConnectionSettings *self)
{
  return SIDETONE_SECURITY_AUTO + adw_combo_row_get_selected (self->security_row);
}

static void
set_security (SidetoneConnectionSettings *self,
              SidetoneSecurity            security)
{
  adw_combo_row_set_selected (self->security_row, security - SIDETONE_SECURITY_AUTO);
}

/* Unless it is being filled, the change comes from the user. */
static void
note_typing (SidetoneConnectionSettings *self,
             Field                       field)
{
  if (self->is_filling)
    return;

  self->was_typed_in = TRUE;
  self->kept_fields &= ~field;
}

/* Fields */

/* A pasted server may include its port. */
static void
split_server (SidetoneConnectionSettings *self)
{
  g_autofree char *host = NULL;
  g_autofree char *port = NULL;

  if (!sidetone_account_check_server (gtk_editable_get_text (self->server_entry), NULL))
    return;

  sidetone_account_split_server (gtk_editable_get_text (self->server_entry), &host, &port);
  if (*port == '\0')
    return;

  gtk_editable_set_text (self->server_entry, host);
  gtk_editable_set_text (self->port_entry, port);
}

static gboolean
check_server (SidetoneConnectionSettings *self)
{
  g_autoptr (GError) error = NULL;
  const char *server;

  split_server (self);
  server = gtk_editable_get_text (self->server_entry);

  if (!sidetone_account_check_server (server, &error))
    {
      sidetone_field_message_set_error (self->server_message, error->code, server);
      return FALSE;
    }

  sidetone_field_message_set_text (self->server_message, NULL);

  return TRUE;
}

static gboolean
check_port (SidetoneConnectionSettings *self)
{
  g_autoptr (GError) error = NULL;

  if (!sidetone_account_check_port (gtk_editable_get_text (self->port_entry), &error))
    {
      sidetone_field_message_set_error (self->port_message, error->code, NULL);
      return FALSE;
    }

  sidetone_field_message_set_text (self->port_message, NULL);

  return TRUE;
}

/* The manual settings in a few words; empty without any */
static char *
describe_settings (SidetoneConnectionSettings *self)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  char *ca_file_name = sidetone_ca_file_row_dup_name (self->ca_file_row);

  if (!is_empty (self->server_entry))
    g_ptr_array_add (parts, sidetone_text_make_safe (gtk_editable_get_text (self->server_entry),
                                                     SIDETONE_TEXT_MAX_CHARS));
  if (!is_empty (self->port_entry))
    /* Translators: %s is the number of a port, in a list of settings */
    g_ptr_array_add (parts, g_strdup_printf (_("port %s"),
                                             gtk_editable_get_text (self->port_entry)));
  if (get_security (self) != SIDETONE_SECURITY_AUTO)
    {
      GtkStringObject *item = adw_combo_row_get_selected_item (self->security_row);

      g_ptr_array_add (parts, g_strdup (gtk_string_object_get_string (item)));
    }
  if (ca_file_name != NULL)
    g_ptr_array_add (parts, ca_file_name);

  g_ptr_array_add (parts, NULL);

  /* Translators: stands between the things of a list */
  return g_strjoinv (_(", "), (char **) parts->pdata);
}

static void
update_subtitle (SidetoneConnectionSettings *self)
{
  g_autofree char *settings = describe_settings (self);
  g_autofree char *subtitle = NULL;

  if (*settings == '\0')
    subtitle = g_strdup (_("Change these only if your administrator told you to"));
  else
    /* Translators: %s is a list of settings, such as "example.org, port 5223, Direct TLS" */
    subtitle = g_strdup_printf (_("Custom: %s"), settings);

  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
}

static void
set_ca_file (SidetoneConnectionSettings *self,
             const char                 *ca_file)
{
  sidetone_ca_file_row_set_path (self->ca_file_row, ca_file);
  sidetone_field_message_set_text (self->ca_file_message, NULL);
  update_subtitle (self);
}

/* Fills the fields that have no other content. */
static void
fill_kept (SidetoneConnectionSettings *self)
{
  g_autofree char *server = g_settings_get_string (self->settings, "server");
  g_autofree char *port = g_settings_get_string (self->settings, "port");
  g_autofree char *ca_file = g_settings_get_string (self->settings, "ca-file");
  SidetoneSecurity security = g_settings_get_enum (self->settings, "security");
  gboolean is_kept = self->is_kept_domain;

  self->is_filling = TRUE;

  if (self->kept_fields & FIELD_SERVER)
    gtk_editable_set_text (self->server_entry, is_kept ? server : "");
  if (self->kept_fields & FIELD_PORT)
    gtk_editable_set_text (self->port_entry, is_kept ? port : "");
  if (self->kept_fields & FIELD_SECURITY)
    set_security (self, is_kept ? security : SIDETONE_SECURITY_AUTO);
  if (self->kept_fields & FIELD_CA_FILE)
    set_ca_file (self, is_kept ? ca_file : NULL);

  self->is_filling = FALSE;
}

static void
focus_field (SidetoneConnectionSettings *self,
             SidetoneFieldMessage       *message)
{
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
  if (message == self->ca_file_message)
    sidetone_ca_file_row_focus (self->ca_file_row);
  else
    gtk_widget_grab_focus (sidetone_field_message_get_field (message));
}

/* Callbacks */

static void
on_entry_activated (SidetoneConnectionSettings *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "page.check", NULL);
}

/* Until the row is expanded once, its rows are hidden: GTK would lay out those of a collapsed one,
 * too, before a window shows. */
static void
on_expanded (SidetoneConnectionSettings *self)
{
  if (!adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)))
    return;

  gtk_widget_set_visible (self->server_row, TRUE);
  gtk_widget_set_visible (self->port_row, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->security_row), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->ca_file_row), TRUE);
}

static void
on_server_changed (SidetoneConnectionSettings *self)
{
  note_typing (self, FIELD_SERVER);
  sidetone_field_message_set_text (self->server_message, NULL);
  update_subtitle (self);
}

static void
on_server_leave (SidetoneConnectionSettings *self)
{
  check_server (self);
}

static void
on_port_changed (SidetoneConnectionSettings *self)
{
  note_typing (self, FIELD_PORT);
  check_port (self);
  update_subtitle (self);
}

static void
on_security_changed (SidetoneConnectionSettings *self)
{
  note_typing (self, FIELD_SECURITY);
  update_subtitle (self);
}

static void
on_ca_file_chosen (SidetoneConnectionSettings *self,
                   gboolean                    is_here)
{
  note_typing (self, FIELD_CA_FILE);
  update_subtitle (self);
  if (is_here)
    sidetone_field_message_set_text (self->ca_file_message, NULL);
  else
    sidetone_field_message_set_error (self->ca_file_message, SIDETONE_ERROR_FILE_UNREADABLE, NULL);
}

static void
sidetone_connection_settings_dispose (GObject *object)
{
  SidetoneConnectionSettings *self = SIDETONE_CONNECTION_SETTINGS (object);

  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), SIDETONE_TYPE_CONNECTION_SETTINGS);

  G_OBJECT_CLASS (sidetone_connection_settings_parent_class)->dispose (object);
}

static void
sidetone_connection_settings_finalize (GObject *object)
{
  SidetoneConnectionSettings *self = SIDETONE_CONNECTION_SETTINGS (object);

  g_free (self->kept_domain);

  G_OBJECT_CLASS (sidetone_connection_settings_parent_class)->finalize (object);
}

static void
sidetone_connection_settings_class_init (SidetoneConnectionSettingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sidetone_connection_settings_dispose;
  object_class->finalize = sidetone_connection_settings_finalize;

  g_type_ensure (SIDETONE_TYPE_CA_FILE_ROW);
  g_type_ensure (SIDETONE_TYPE_ENTRY_ROW);
  g_type_ensure (SIDETONE_TYPE_FIELD_MESSAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/sidetone/sign-in/connection-settings.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneConnectionSettings, server_row);
  gtk_widget_class_bind_template_child (widget_class, SidetoneConnectionSettings, server_entry);
  gtk_widget_class_bind_template_child (widget_class, SidetoneConnectionSettings, server_message);
  gtk_widget_class_bind_template_child (widget_class, SidetoneConnectionSettings, port_row);
  gtk_widget_class_bind_template_child (widget_class, SidetoneConnectionSettings, port_entry);
  gtk_widget_class_bind_template_child (widget_class, SidetoneConnectionSettings, port_message);
  gtk_widget_class_bind_template_child (widget_class, SidetoneConnectionSettings, security_row);
  gtk_widget_class_bind_template_child (widget_class, SidetoneConnectionSettings, ca_file_row);
  gtk_widget_class_bind_template_child (widget_class, SidetoneConnectionSettings, ca_file_message);
  gtk_widget_class_bind_template_callback (widget_class, on_expanded);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_server_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_server_leave);
  gtk_widget_class_bind_template_callback (widget_class, on_port_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_security_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_ca_file_chosen);
}

static void
sidetone_connection_settings_init (SidetoneConnectionSettings *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sidetone_name_lists (GTK_WIDGET (self), _("Connection Settings"));

  update_subtitle (self);
}

/**
 * sidetone_connection_settings_fill:
 * @self: the settings
 * @server: (nullable): HOST or HOST:PORT
 * @security: how to secure the connection, or %SIDETONE_SECURITY_UNKNOWN
 * @ca_file: (nullable) (type filename): a file of certificates
 *
 * Fills in what is given, and leaves the rest.
 */
void
sidetone_connection_settings_fill (SidetoneConnectionSettings *self,
                                   const char                 *server,
                                   SidetoneSecurity            security,
                                   const char                 *ca_file)
{
  g_return_if_fail (SIDETONE_IS_CONNECTION_SETTINGS (self));

  self->is_filling = TRUE;

  if (server != NULL)
    {
      g_autofree char *host = NULL;
      g_autofree char *port = NULL;

      sidetone_account_split_server (server, &host, &port);
      gtk_editable_set_text (self->server_entry, host);
      gtk_editable_set_text (self->port_entry, port);
      self->kept_fields &= ~(FIELD_SERVER | FIELD_PORT);
    }

  if (security != SIDETONE_SECURITY_UNKNOWN)
    {
      set_security (self, security);
      self->kept_fields &= ~FIELD_SECURITY;
    }

  if (ca_file != NULL)
    {
      set_ca_file (self, ca_file);
      self->kept_fields &= ~FIELD_CA_FILE;
    }

  self->is_filling = FALSE;
}

/**
 * sidetone_connection_settings_load:
 * @self: the settings
 * @settings: the program's settings
 *
 * Fills in what sidetone_connection_settings_save() has kept.
 */
void
sidetone_connection_settings_load (SidetoneConnectionSettings *self,
                                   GSettings                  *settings)
{
  g_autofree char *jid = g_settings_get_string (settings, "last-account");
  g_autoptr (SidetoneAccount) account = NULL;

  g_return_if_fail (SIDETONE_IS_CONNECTION_SETTINGS (self));

  g_set_object (&self->settings, settings);
  account = sidetone_account_new (jid, NULL, SIDETONE_SECURITY_UNKNOWN, NULL, NULL, NULL);
  g_free (self->kept_domain);
  self->kept_domain = account != NULL ? g_strdup (sidetone_account_get_domain (account)) : NULL;
  self->kept_fields = FIELD_SERVER | FIELD_PORT | FIELD_SECURITY | FIELD_CA_FILE;
  self->is_kept_domain = TRUE;
  fill_kept (self);
}

/**
 * sidetone_connection_settings_save:
 * @self: settings that were loaded
 *
 * Keeps the fields for the next time.
 */
void
sidetone_connection_settings_save (SidetoneConnectionSettings *self)
{
  const char *ca_file;

  g_return_if_fail (SIDETONE_IS_CONNECTION_SETTINGS (self));

  g_settings_set_string (self->settings, "server", gtk_editable_get_text (self->server_entry));
  g_settings_set_string (self->settings, "port", gtk_editable_get_text (self->port_entry));
  g_settings_set_enum (self->settings, "security", get_security (self));
  ca_file = sidetone_ca_file_row_get_path (self->ca_file_row);
  g_settings_set_string (self->settings, "ca-file", ca_file != NULL ? ca_file : "");
}

/**
 * sidetone_connection_settings_set_domain:
 * @self: the settings
 * @domain: the account's, from sidetone_account_get_domain()
 *
 * Removes what was kept for another domain, and brings it back for its own. Later input stays.
 */
void
sidetone_connection_settings_set_domain (SidetoneConnectionSettings *self,
                                         const char                 *domain)
{
  gboolean is_kept_domain;

  g_return_if_fail (SIDETONE_IS_CONNECTION_SETTINGS (self));
  g_return_if_fail (domain != NULL);

  is_kept_domain = self->kept_domain == NULL || g_str_equal (domain, self->kept_domain);
  if (self->settings == NULL || is_kept_domain == self->is_kept_domain)
    return;

  self->is_kept_domain = is_kept_domain;
  fill_kept (self);
}

/**
 * sidetone_connection_settings_check:
 * @self: the settings
 * @account: (nullable): a valid account without connection settings, if there is one
 *
 * Checks all fields; each invalid one shows its error.
 *
 * Returns: (transfer full) (nullable): @account with these settings, or %NULL if there is none or a
 *   field is invalid
 */
SidetoneAccount *
sidetone_connection_settings_check (SidetoneConnectionSettings *self,
                                    const SidetoneAccount      *account)
{
  SidetoneAccount *whole;
  g_autofree char *server = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_good;

  g_return_val_if_fail (SIDETONE_IS_CONNECTION_SETTINGS (self), NULL);

  /* The file may have changed by now: only the check reads it. */
  sidetone_field_message_set_text (self->ca_file_message, NULL);
  is_good = check_server (self);
  is_good = check_port (self) && is_good;
  if (!is_good || account == NULL)
    return NULL;

  server = sidetone_account_compose_server (sidetone_account_get_domain (account),
                                            gtk_editable_get_text (self->server_entry),
                                            gtk_editable_get_text (self->port_entry));
  whole = sidetone_account_new (sidetone_account_get_jid (account), server, get_security (self),
                                sidetone_ca_file_row_get_path (self->ca_file_row), NULL, &error);
  if (whole == NULL)
    sidetone_field_message_set_error (error->code == SIDETONE_ERROR_BAD_CA_FILE
                                      ? self->ca_file_message : self->server_message,
                                      error->code, NULL);

  return whole;
}

/**
 * sidetone_connection_settings_focus_problem:
 * @self: the settings
 *
 * Moves the focus to the first field with an error, and expands the row for it.
 */
void
sidetone_connection_settings_focus_problem (SidetoneConnectionSettings *self)
{
  g_return_if_fail (SIDETONE_IS_CONNECTION_SETTINGS (self));

  if (sidetone_field_message_get_text (self->server_message) != NULL)
    focus_field (self, self->server_message);
  else if (sidetone_field_message_get_text (self->port_message) != NULL)
    focus_field (self, self->port_message);
  else
    focus_field (self, self->ca_file_message);
}

/**
 * sidetone_connection_settings_show_problem:
 * @self: the settings
 * @step: %SIDETONE_NEXT_STEP_CORRECT_SERVER or %SIDETONE_NEXT_STEP_CHOOSE_CA_FILE
 * @words: what happened and what to do
 * @codes: (nullable): the codes of the check's findings
 *
 * Shows a check's error beside its field, and moves the focus there.
 */
void
sidetone_connection_settings_show_problem (SidetoneConnectionSettings *self,
                                           SidetoneNextStep            step,
                                           const char                 *words,
                                           const char                 *codes)
{
  SidetoneFieldMessage *message;

  g_return_if_fail (SIDETONE_IS_CONNECTION_SETTINGS (self));
  g_return_if_fail (words != NULL);

  message = step == SIDETONE_NEXT_STEP_CHOOSE_CA_FILE
            ? self->ca_file_message : self->server_message;
  sidetone_field_message_set_text (message, words);
  sidetone_field_message_set_codes (message, codes);
  focus_field (self, message);
}

/**
 * sidetone_connection_settings_is_pristine:
 * @self: the settings
 *
 * Returns: whether the user has not typed or chosen anything yet
 */
gboolean
sidetone_connection_settings_is_pristine (SidetoneConnectionSettings *self)
{
  g_return_val_if_fail (SIDETONE_IS_CONNECTION_SETTINGS (self), FALSE);

  return !self->was_typed_in;
}
