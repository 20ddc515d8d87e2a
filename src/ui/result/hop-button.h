/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

#include "judge/hop.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_HOP_BUTTON (sidetone_hop_button_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneHopButton, sidetone_hop_button, SIDETONE, HOP_BUTTON, AdwBin)

GtkWidget *sidetone_hop_button_new (void);
void sidetone_hop_button_show_hop (SidetoneHopButton       *self,
                                   const SidetoneHop       *hop,
                                   const SidetoneDiagnosis *diagnosis);
SidetoneHopState sidetone_hop_button_get_state (SidetoneHopButton *self);

G_END_DECLS
