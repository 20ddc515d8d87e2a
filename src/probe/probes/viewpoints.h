/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "nat/nat.h"
#include "probes/call-servers.h"

G_BEGIN_DECLS

typedef struct _SidetoneViewpoints SidetoneViewpoints;

SidetoneViewpoints *sidetone_viewpoints_new (SidetoneContext   *context,
                                             GCancellable      *cancellable,
                                             SidetoneSettleFunc settle,
                                             gpointer           user_data);
void sidetone_viewpoints_free (SidetoneViewpoints *self);

void sidetone_viewpoints_follow (SidetoneViewpoints *self);
void sidetone_viewpoints_close (SidetoneViewpoints *self);
gboolean sidetone_viewpoints_are_complete (SidetoneViewpoints *self);
guint sidetone_viewpoints_get_n (SidetoneViewpoints *self);
const SidetoneNatViews *sidetone_viewpoints_get_views (SidetoneViewpoints *self,
                                                       GSocketFamily       family);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneViewpoints, sidetone_viewpoints_free)

G_END_DECLS
