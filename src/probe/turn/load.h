/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SidetoneLoad SidetoneLoad;

SidetoneLoad *sidetone_load_new (guint n_numbers);
void sidetone_load_free (SidetoneLoad *self);

void sidetone_load_set_base (SidetoneLoad *self,
                             gint64        base_us);
void sidetone_load_note_sent (SidetoneLoad *self,
                              gint64        time);
gboolean sidetone_load_note_arrived (SidetoneLoad *self,
                                     guint         number,
                                     gint64        time);

gboolean sidetone_load_is_lossy (SidetoneLoad *self,
                                 gint64        time);
gboolean sidetone_load_is_lossy_throughout (SidetoneLoad *self);
gboolean sidetone_load_is_late (SidetoneLoad *self);
gboolean sidetone_load_is_decided (SidetoneLoad *self,
                                   gint64        time);

guint sidetone_load_get_n_sent (SidetoneLoad *self);
guint sidetone_load_get_n_arrived (SidetoneLoad *self);
guint sidetone_load_get_n_in_row (SidetoneLoad *self);
gint64 sidetone_load_get_percentile (SidetoneLoad *self,
                                     guint         percent);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneLoad, sidetone_load_free)

G_END_DECLS
