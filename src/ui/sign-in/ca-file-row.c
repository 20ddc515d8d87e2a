/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "sign-in/ca-file-row.h"

#include <glib/gi18n.h>

#include "base/text.h"

/**
 * SidetoneCaFileRow:
 *
 * A file of certificate authorities (CA) to trust in place of the system's: chosen with the
 * desktop's file chooser, shown by its base name, cleared. The file is not read here.
 */
struct _SidetoneCaFileRow
{
  AdwActionRow parent_instance;

  GtkWidget *clear_button;
  GtkWidget *choose_button;

  GtkFileChooserNative *chooser;
  char *path;
};

enum { CHOSEN, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SidetoneCaFileRow, sidetone_ca_file_row, ADW_TYPE_ACTION_ROW)

static void
update (SidetoneCaFileRow *self)
{
  g_autofree char *name = sidetone_ca_file_row_dup_name (self);

  gtk_widget_set_visible (self->clear_button, name != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), self->path);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self),
                               name != NULL
                               ? name : _("For servers with their own certificate authority"));
}

/* Actions */

static void
on_chooser_response (SidetoneCaFileRow *self,
                     int                response)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
      path = g_file_get_path (file);
      sidetone_ca_file_row_set_path (self, path);
      g_signal_emit (self, signals[CHOSEN], 0, path != NULL);
    }

  g_clear_object (&self->chooser);
}

static void
add_filter (GtkFileChooser *chooser,
            GtkFileFilter  *filter,
            const char     *name)
{
  gtk_file_filter_set_name (filter, name);
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
choose (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  SidetoneCaFileRow *self = SIDETONE_CA_FILE_ROW (widget);
  g_autoptr (GtkFileFilter) certificates = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  if (self->chooser != NULL)
    return;

  self->chooser = gtk_file_chooser_native_new (_("Choose a Certificate File"),
                                               GTK_WINDOW (gtk_widget_get_root (widget)),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);

  gtk_file_filter_add_suffix (certificates, "pem");
  gtk_file_filter_add_suffix (certificates, "crt");
  gtk_file_filter_add_suffix (certificates, "cer");
  add_filter (GTK_FILE_CHOOSER (self->chooser), certificates, _("Certificates"));
  gtk_file_filter_add_pattern (all, "*");
  add_filter (GTK_FILE_CHOOSER (self->chooser), all, _("All files"));

  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chooser_response), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
clear (GtkWidget  *widget,
       const char *action_name,
       GVariant   *parameter)
{
  SidetoneCaFileRow *self = SIDETONE_CA_FILE_ROW (widget);

  /* The button disappears, and must not take the focus with it. */
  gtk_widget_grab_focus (self->choose_button);
  sidetone_ca_file_row_set_path (self, NULL);
  g_signal_emit (self, signals[CHOSEN], 0, TRUE);
}

static void
sidetone_ca_file_row_dispose (GObject *object)
{
  SidetoneCaFileRow *self = SIDETONE_CA_FILE_ROW (object);

  g_clear_object (&self->chooser);
  gtk_widget_dispose_template (GTK_WIDGET (self), SIDETONE_TYPE_CA_FILE_ROW);

  G_OBJECT_CLASS (sidetone_ca_file_row_parent_class)->dispose (object);
}

static void
sidetone_ca_file_row_finalize (GObject *object)
{
  SidetoneCaFileRow *self = SIDETONE_CA_FILE_ROW (object);

  g_free (self->path);

  G_OBJECT_CLASS (sidetone_ca_file_row_parent_class)->finalize (object);
}

static void
sidetone_ca_file_row_class_init (SidetoneCaFileRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sidetone_ca_file_row_dispose;
  object_class->finalize = sidetone_ca_file_row_finalize;

  /**
   * SidetoneCaFileRow::chosen:
   * @is_here: %FALSE if the chosen file has no path, for example because it is on another computer
   *
   * The user has chosen a file, or cleared the choice.
   */
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  gtk_widget_class_install_action (widget_class, "ca-file.choose", NULL, choose);
  gtk_widget_class_install_action (widget_class, "ca-file.clear", NULL, clear);

  gtk_widget_class_set_template_from_resource (widget_class, "/sidetone/sign-in/ca-file-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneCaFileRow, clear_button);
  gtk_widget_class_bind_template_child (widget_class, SidetoneCaFileRow, choose_button);
}

static void
sidetone_ca_file_row_init (SidetoneCaFileRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  /* With a mnemonic, GTK 4.8 tells screen readers a button's name twice: once with the
   * underscore. */
  gtk_accessible_reset_property (GTK_ACCESSIBLE (self->choose_button),
                                 GTK_ACCESSIBLE_PROPERTY_LABEL);

  update (self);
}

/**
 * sidetone_ca_file_row_get_path:
 * @self: a row
 *
 * Returns: (nullable) (type filename): the file, or %NULL for none
 */
const char *
sidetone_ca_file_row_get_path (SidetoneCaFileRow *self)
{
  g_return_val_if_fail (SIDETONE_IS_CA_FILE_ROW (self), NULL);

  return self->path;
}

/**
 * sidetone_ca_file_row_dup_name:
 * @self: a row
 *
 * Returns: (transfer full) (nullable): the file's base name, to be shown
 */
char *
sidetone_ca_file_row_dup_name (SidetoneCaFileRow *self)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (SIDETONE_IS_CA_FILE_ROW (self), NULL);

  if (self->path == NULL)
    return NULL;

  name = g_filename_display_basename (self->path);

  return sidetone_text_make_safe (name, SIDETONE_TEXT_MAX_CHARS);
}

/**
 * sidetone_ca_file_row_set_path:
 * @self: a row
 * @path: (nullable) (type filename): a file; empty or %NULL for none
 *
 * Sets the file, without counting as the user's choice.
 */
void
sidetone_ca_file_row_set_path (SidetoneCaFileRow *self,
                               const char        *path)
{
  g_return_if_fail (SIDETONE_IS_CA_FILE_ROW (self));

  g_free (self->path);
  self->path = path != NULL && *path != '\0' ? g_strdup (path) : NULL;
  update (self);
}

/**
 * sidetone_ca_file_row_focus:
 * @self: a row
 *
 * Moves the focus to the button that chooses a file.
 */
void
sidetone_ca_file_row_focus (SidetoneCaFileRow *self)
{
  g_return_if_fail (SIDETONE_IS_CA_FILE_ROW (self));

  gtk_widget_grab_focus (self->choose_button);
}
