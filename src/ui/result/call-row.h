/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

#include "judge/call-way.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_CALL_ROW (sidetone_call_row_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneCallRow, sidetone_call_row, SIDETONE, CALL_ROW, AdwPreferencesRow)

GtkWidget *sidetone_call_row_new (SidetonePartner partner,
                                  const SidetoneCall * call);

G_END_DECLS
