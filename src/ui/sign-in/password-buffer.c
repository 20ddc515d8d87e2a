/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "sign-in/password-buffer.h"

/**
 * SidetonePasswordBuffer:
 *
 * An entry's text (#GtkEntryBuffer) that is a password. GTK before 4.14 gives an entry's text to
 * screen readers (AT-SPI) as the buffer has it, not as it is drawn: so this one has dots, except
 * while the entry shows the password. The password itself is in a #GtkPasswordEntryBuffer, whose
 * memory is never swapped out, and wiped.
 */
struct _SidetonePasswordBuffer
{
  GtkEntryBuffer parent_instance;

  GtkEntryBuffer *password;
  GString *dots;
  gboolean is_shown;
  gboolean is_echoing;
};

#define DOT "●"

G_DEFINE_FINAL_TYPE (SidetonePasswordBuffer, sidetone_password_buffer, GTK_TYPE_ENTRY_BUFFER)

static void
update_dots (SidetonePasswordBuffer *self)
{
  g_string_truncate (self->dots, 0);
  for (guint i = gtk_entry_buffer_get_length (self->password); i > 0; i--)
    g_string_append (self->dots, DOT);
}

static const char *
sidetone_password_buffer_get_text (GtkEntryBuffer *buffer,
                                   gsize          *n_bytes)
{
  SidetonePasswordBuffer *self = SIDETONE_PASSWORD_BUFFER (buffer);

  if (n_bytes != NULL)
    *n_bytes = self->is_shown ? gtk_entry_buffer_get_bytes (self->password) : self->dots->len;

  return self->is_shown ? gtk_entry_buffer_get_text (self->password) : self->dots->str;
}

static guint
sidetone_password_buffer_get_length (GtkEntryBuffer *buffer)
{
  return gtk_entry_buffer_get_length (SIDETONE_PASSWORD_BUFFER (buffer)->password);
}

static guint
sidetone_password_buffer_insert_text (GtkEntryBuffer *buffer,
                                      guint           position,
                                      const char     *chars,
                                      guint           n_chars)
{
  SidetonePasswordBuffer *self = SIDETONE_PASSWORD_BUFFER (buffer);
  guint n_inserted;

  if (self->is_echoing)
    return n_chars;

  n_inserted = gtk_entry_buffer_insert_text (self->password, position, chars, (int) n_chars);
  update_dots (self);
  gtk_entry_buffer_emit_inserted_text (buffer, position, chars, n_inserted);

  return n_inserted;
}

static guint
sidetone_password_buffer_delete_text (GtkEntryBuffer *buffer,
                                      guint           position,
                                      guint           n_chars)
{
  SidetonePasswordBuffer *self = SIDETONE_PASSWORD_BUFFER (buffer);
  guint n_deleted = gtk_entry_buffer_delete_text (self->password, position, (int) n_chars);

  update_dots (self);
  if (n_deleted > 0)
    gtk_entry_buffer_emit_deleted_text (buffer, position, n_deleted);

  return n_deleted;
}

static void
notify_text (GtkEntryBuffer *buffer)
{
  g_object_notify (G_OBJECT (buffer), "text");
  g_object_notify (G_OBJECT (buffer), "length");
}

static void
sidetone_password_buffer_inserted_text (GtkEntryBuffer *buffer,
                                        guint           position,
                                        const char     *chars,
                                        guint           n_chars)
{
  notify_text (buffer);
}

/* The parent's would delete from its own text. */
static void
sidetone_password_buffer_deleted_text (GtkEntryBuffer *buffer,
                                       guint           position,
                                       guint           n_chars)
{
  notify_text (buffer);
}

static void
sidetone_password_buffer_finalize (GObject *object)
{
  SidetonePasswordBuffer *self = SIDETONE_PASSWORD_BUFFER (object);

  g_object_unref (self->password);
  g_string_free (self->dots, TRUE);

  G_OBJECT_CLASS (sidetone_password_buffer_parent_class)->finalize (object);
}

static void
sidetone_password_buffer_class_init (SidetonePasswordBufferClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkEntryBufferClass *buffer_class = GTK_ENTRY_BUFFER_CLASS (klass);

  object_class->finalize = sidetone_password_buffer_finalize;
  buffer_class->get_text = sidetone_password_buffer_get_text;
  buffer_class->get_length = sidetone_password_buffer_get_length;
  buffer_class->insert_text = sidetone_password_buffer_insert_text;
  buffer_class->delete_text = sidetone_password_buffer_delete_text;
  buffer_class->inserted_text = sidetone_password_buffer_inserted_text;
  buffer_class->deleted_text = sidetone_password_buffer_deleted_text;
}

static void
sidetone_password_buffer_init (SidetonePasswordBuffer *self)
{
  self->password = gtk_password_entry_buffer_new ();
  self->dots = g_string_new (NULL);
}

/**
 * sidetone_password_buffer_new:
 * @password: a password, or an empty text
 *
 * Returns: (transfer full): a buffer with it, hidden
 */
GtkEntryBuffer *
sidetone_password_buffer_new (const char *password)
{
  SidetonePasswordBuffer *self = g_object_new (SIDETONE_TYPE_PASSWORD_BUFFER, NULL);

  gtk_entry_buffer_set_text (self->password, password, -1);
  update_dots (self);

  return GTK_ENTRY_BUFFER (self);
}

/**
 * sidetone_password_buffer_get_password:
 * @self: a buffer
 *
 * Returns: (transfer none): the password
 */
const char *
sidetone_password_buffer_get_password (SidetonePasswordBuffer *self)
{
  g_return_val_if_fail (SIDETONE_IS_PASSWORD_BUFFER (self), NULL);

  return gtk_entry_buffer_get_text (self->password);
}

/**
 * sidetone_password_buffer_set_shown:
 * @self: a buffer
 * @shown: whether its entry shows the password
 *
 * Gives the password, or dots, as its text.
 */
void
sidetone_password_buffer_set_shown (SidetonePasswordBuffer *self,
                                    gboolean                shown)
{
  g_return_if_fail (SIDETONE_IS_PASSWORD_BUFFER (self));

  self->is_shown = shown;
}

/**
 * sidetone_password_buffer_echo:
 * @self: a buffer
 * @editable: its entry's text
 * @position: where
 * @n_chars: how many
 *
 * Tells listeners, such as GTK's part for screen readers, that dots were typed. The text stays.
 */
void
sidetone_password_buffer_echo (SidetonePasswordBuffer *self,
                               GtkEditable            *editable,
                               int                     position,
                               guint                   n_chars)
{
  g_autoptr (GString) dots = g_string_new (NULL);

  g_return_if_fail (SIDETONE_IS_PASSWORD_BUFFER (self));

  for (guint i = 0; i < n_chars; i++)
    g_string_append (dots, DOT);

  self->is_echoing = TRUE;
  gtk_editable_insert_text (editable, dots->str, (int) dots->len, &position);
  self->is_echoing = FALSE;
}

/**
 * sidetone_password_buffer_is_echoing:
 * @self: a buffer
 *
 * Returns: whether sidetone_password_buffer_echo() is at work
 */
gboolean
sidetone_password_buffer_is_echoing (SidetonePasswordBuffer *self)
{
  g_return_val_if_fail (SIDETONE_IS_PASSWORD_BUFFER (self), FALSE);

  return self->is_echoing;
}
