/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SIDETONE_TYPE_ENTRY_ROW (sidetone_entry_row_get_type ())

G_DECLARE_DERIVABLE_TYPE (SidetoneEntryRow, sidetone_entry_row, SIDETONE, ENTRY_ROW,
                          AdwPreferencesRow)

struct _SidetoneEntryRowClass
{
  AdwPreferencesRowClass parent_class;
};

GtkWidget *sidetone_entry_row_get_entry (SidetoneEntryRow *self);

G_END_DECLS
