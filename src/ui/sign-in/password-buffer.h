/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SIDETONE_TYPE_PASSWORD_BUFFER (sidetone_password_buffer_get_type ())

G_DECLARE_FINAL_TYPE (SidetonePasswordBuffer, sidetone_password_buffer, SIDETONE, PASSWORD_BUFFER,
                      GtkEntryBuffer)

GtkEntryBuffer *sidetone_password_buffer_new (const char *password);
const char *sidetone_password_buffer_get_password (SidetonePasswordBuffer *self);
void sidetone_password_buffer_set_shown (SidetonePasswordBuffer *self,
                                         gboolean                shown);
void sidetone_password_buffer_echo (SidetonePasswordBuffer *self,
                                    GtkEditable            *editable,
                                    int                     position,
                                    guint                   n_chars);
gboolean sidetone_password_buffer_is_echoing (SidetonePasswordBuffer *self);

G_END_DECLS
