/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "sign-in/password-row.h"

#include "sign-in/password-buffer.h"

/**
 * SidetonePasswordRow:
 *
 * A row to type a password. GTK 4.8 presents an #AdwPasswordEntryRow to screen readers as a plain
 * text, to be read out; here is a #GtkPasswordEntry, whose role is "password text", and whose text is
 * dots (#SidetonePasswordBuffer).
 */
struct _SidetonePasswordRow
{
  SidetoneEntryRow parent_instance;

  GtkWidget *entry;
  GtkToggleButton *show_button;
  GtkImage *show_icon;

  GtkText *text;                /* the entry's */
  gboolean is_setting;
};

enum { CHANGED, ENTRY_ACTIVATED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SidetonePasswordRow, sidetone_password_row, SIDETONE_TYPE_ENTRY_ROW)

static SidetonePasswordBuffer *
get_buffer (SidetonePasswordRow * self)
{
  return SIDETONE_PASSWORD_BUFFER (gtk_text_get_buffer (self->text));
}

static void
on_text_changed (SidetonePasswordRow *self)
{
  if (!self->is_setting && !sidetone_password_buffer_is_echoing (get_buffer (self)))
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_text_activate (SidetonePasswordRow *self)
{
  g_signal_emit (self, signals[ENTRY_ACTIVATED], 0);
}

/* After the text is inserted, and before GTK's handler, connected later, tells screen readers: they
 * hear of dots instead. */
static void
on_text_insert (GtkEditable         *editable,
                const char          *chars,
                int                  n_bytes,
                int                 *position,
                SidetonePasswordRow *self)
{
  int n_chars = (int) g_utf8_strlen (chars, n_bytes);

  if (sidetone_password_buffer_is_echoing (get_buffer (self)))
    return;

  g_signal_stop_emission_by_name (editable, "insert-text");
  sidetone_password_buffer_echo (get_buffer (self), editable, *position - n_chars,
                                 (guint) n_chars);
}

/* By the button, or the entry's context menu. GTK lays out the text after this. */
static void
on_text_notify_visibility (SidetonePasswordRow *self)
{
  gboolean shown = gtk_text_get_visibility (self->text);

  sidetone_password_buffer_set_shown (get_buffer (self), shown);
  gtk_toggle_button_set_active (self->show_button, shown);
  g_object_set (self->show_icon,
                "icon-name", shown ? "view-conceal-symbolic" : "view-reveal-symbolic",
                NULL);
}

static void
on_show_toggled (SidetonePasswordRow *self)
{
  gtk_text_set_visibility (self->text, gtk_toggle_button_get_active (self->show_button));
}

/* The mark for Caps Lock is GTK's, and would be "GtkImage" for screen readers. */
static void
name_caps_lock_mark (SidetonePasswordRow *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (self->entry); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      const char *words = gtk_widget_get_tooltip_text (child);

      if (GTK_IS_IMAGE (child) && words != NULL)
        gtk_accessible_update_property (GTK_ACCESSIBLE (child),
                                        GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                        -1);
    }
}

static void
sidetone_password_row_dispose (GObject *object)
{
  SidetonePasswordRow *self = SIDETONE_PASSWORD_ROW (object);

  if (self->text != NULL)
    g_signal_handlers_disconnect_by_data (self->text, self);
  self->text = NULL;

  G_OBJECT_CLASS (sidetone_password_row_parent_class)->dispose (object);
}

static void
sidetone_password_row_class_init (SidetonePasswordRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sidetone_password_row_dispose;

  /**
   * SidetonePasswordRow::changed:
   *
   * The user changed the password.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * SidetonePasswordRow::entry-activated:
   *
   * The user pressed Enter.
   */
  signals[ENTRY_ACTIVATED] = g_signal_new ("entry-activated", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/sidetone/sign-in/password-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetonePasswordRow, entry);
  gtk_widget_class_bind_template_child (widget_class, SidetonePasswordRow, show_button);
  gtk_widget_class_bind_template_child (widget_class, SidetonePasswordRow, show_icon);
  gtk_widget_class_bind_template_callback (widget_class, on_show_toggled);
}

static void
sidetone_password_row_init (SidetonePasswordRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->text = GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (self->entry)));
  sidetone_password_row_set_password (self, "");
  g_signal_connect_after (self->text, "insert-text", G_CALLBACK (on_text_insert), self);
  g_signal_connect_swapped (self->text, "changed", G_CALLBACK (on_text_changed), self);
  g_signal_connect_swapped (self->text, "activate", G_CALLBACK (on_text_activate), self);
  g_signal_connect_swapped (self->text, "notify::visibility",
                            G_CALLBACK (on_text_notify_visibility), self);
  name_caps_lock_mark (self);
}

/**
 * sidetone_password_row_get_password:
 * @self: a row
 *
 * Returns: (transfer none): the password
 */
const char *
sidetone_password_row_get_password (SidetonePasswordRow *self)
{
  g_return_val_if_fail (SIDETONE_IS_PASSWORD_ROW (self), NULL);

  return sidetone_password_buffer_get_password (get_buffer (self));
}

/**
 * sidetone_password_row_set_password:
 * @self: a row
 * @password: a password, or an empty text
 *
 * Puts @password in, hidden. Screen readers are told nothing, not even what was there before.
 */
void
sidetone_password_row_set_password (SidetonePasswordRow *self,
                                    const char          *password)
{
  g_autoptr (GtkEntryBuffer) buffer = NULL;

  g_return_if_fail (SIDETONE_IS_PASSWORD_ROW (self));
  g_return_if_fail (password != NULL);

  buffer = sidetone_password_buffer_new (password);
  gtk_text_set_visibility (self->text, FALSE);
  self->is_setting = TRUE;
  gtk_text_set_buffer (self->text, buffer);
  self->is_setting = FALSE;
}
