/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SidetoneChanges SidetoneChanges;

SidetoneChanges *sidetone_changes_new (void);
void sidetone_changes_free (SidetoneChanges *self);

GStrv sidetone_changes_dup_lost (SidetoneChanges   *self,
                                 const char *const *interfaces);
gint64 sidetone_changes_get_slept_ms (const SidetoneChanges *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneChanges, sidetone_changes_free)

G_END_DECLS
