/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Enough for a host name (253), and for what a server has to say */
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
 * @name: what stands between two braces
 * @user_data: as sidetone_text_fill() got it
 *
 * Returns: (transfer full) (nullable): what to put there; %NULL leaves it as it is
 */
typedef char *(*SidetoneTextFillFunc) (const char *name,
                                       gpointer    user_data);

char *sidetone_text_fill (const char          *template,
                          SidetoneTextFillFunc func,
                          gpointer             user_data);

G_END_DECLS
