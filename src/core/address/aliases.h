/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _SidetoneAliases SidetoneAliases;

/**
 * SidetoneAliasFunc:
 * @number: an alias
 * @address: its address
 *
 * Returns: (transfer full): words for it
 */
typedef char *(*SidetoneAliasFunc) (guint         number,
                                    GInetAddress *address);

SidetoneAliases *sidetone_aliases_new (void);
SidetoneAliases *sidetone_aliases_ref (SidetoneAliases *self);
void sidetone_aliases_unref (SidetoneAliases *self);

void sidetone_aliases_add (SidetoneAliases *self,
                           GInetAddress    *address);
void sidetone_aliases_add_text (SidetoneAliases *self,
                                const char      *text);
guint sidetone_aliases_get_number (SidetoneAliases *self,
                                   GInetAddress    *address);
char *sidetone_aliases_replace (SidetoneAliases  *self,
                                const char       *text,
                                SidetoneAliasFunc func);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneAliases, sidetone_aliases_unref)

G_END_DECLS
