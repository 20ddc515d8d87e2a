/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

#include "result/service-item.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_SERVICE_ROW (sidetone_service_row_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneServiceRow, sidetone_service_row, SIDETONE, SERVICE_ROW,
                      AdwPreferencesRow)

GtkWidget *sidetone_service_row_new (SidetoneServiceItem * item);

G_END_DECLS
