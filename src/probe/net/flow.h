/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "address/endpoint.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_FLOW (sidetone_flow_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneFlow, sidetone_flow, SIDETONE, FLOW, GObject)

SidetoneFlow *sidetone_flow_new (GDatagramBased * socket,
                                 SidetoneEndpoint * local);
SidetoneFlow *sidetone_flow_new_towards (SidetoneEndpoint *peer,
                                         GError          **error);
SidetoneFlow *sidetone_flow_new_for_stream (GIOStream        *stream,
                                            SidetoneEndpoint *local,
                                            SidetoneEndpoint *peer);

gboolean sidetone_flow_can_reach (SidetoneEndpoint *peer);
gboolean sidetone_flow_is_stream (SidetoneFlow *self);
SidetoneEndpoint *sidetone_flow_get_local (SidetoneFlow *self);
GInetAddress *sidetone_flow_get_told_by (SidetoneFlow     *self,
                                         SidetoneEndpoint *to);

gboolean sidetone_flow_send (SidetoneFlow     *self,
                             SidetoneEndpoint *to,
                             const void       *data,
                             gsize             length,
                             GError          **error);
void sidetone_flow_close (SidetoneFlow *self);

GSocketAddress *sidetone_flow_make_address (SidetoneEndpoint *endpoint);

G_END_DECLS
