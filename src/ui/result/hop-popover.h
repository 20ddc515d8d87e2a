/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gtk/gtk.h>

#include "judge/hop.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_HOP_POPOVER (sidetone_hop_popover_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneHopPopover, sidetone_hop_popover, SIDETONE, HOP_POPOVER, GtkPopover)

gboolean sidetone_hop_popover_offer (GtkMenuButton           *button,
                                     const SidetoneHop       *hop,
                                     const SidetoneDiagnosis *diagnosis);

G_END_DECLS
