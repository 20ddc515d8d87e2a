/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

#include "result/host-item.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_HOST_ROW (sidetone_host_row_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneHostRow, sidetone_host_row, SIDETONE, HOST_ROW, AdwExpanderRow)

GtkWidget *sidetone_host_row_new (SidetoneHostItem * item);

G_END_DECLS
