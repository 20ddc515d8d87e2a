/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Enough for a host name (253), and for a server's message */
#define SIDETONE_TEXT_MAX_CHARS 300

char *sidetone_text_make_safe (const char *text,
                               guint       max_chars);
gboolean sidetone_text_is_harmless (gunichar c);

guint sidetone_text_get_width (const char *text);
char **sidetone_text_wrap (const char *text,
                           guint       width);
void sidetone_text_append_padded (GString    *string,
                                  const char *text,
                                  guint       width);
/**
 * SidetoneTextFillFunc:
 * @name: the name between the braces
 * @user_data: the user data of sidetone_text_fill()
 *
 * Returns: (transfer full) (nullable): the value; %NULL leaves the placeholder as it is
 */
typedef char *(*SidetoneTextFillFunc) (const char *name,
                                       gpointer    user_data);

char *sidetone_text_fill (const char          *template,
                          SidetoneTextFillFunc func,
                          gpointer             user_data);

G_END_DECLS
