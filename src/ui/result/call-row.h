/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

#include "result/call-item.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_CALL_ROW (sidetone_call_row_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneCallRow, sidetone_call_row, SIDETONE, CALL_ROW, AdwPreferencesRow)

GtkWidget *sidetone_call_row_new (SidetoneCallItem * item);

G_END_DECLS
