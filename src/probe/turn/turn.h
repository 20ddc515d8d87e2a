/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "net/flow.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_TURN (sidetone_turn_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneTurn, sidetone_turn, SIDETONE, TURN, GObject)

SidetoneTurn *sidetone_turn_new (SidetoneEndpoint * server,
                                 const char *host,
                                 const char *username,
                                 const char *password,
                                 GSocketFamily family);
void sidetone_turn_set_authorities (SidetoneTurn *self,
                                    GTlsDatabase *authorities);
void sidetone_turn_set_flow (SidetoneTurn *self,
                             SidetoneFlow *flow);

void sidetone_turn_allocate_async (SidetoneTurn       *self,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
gboolean sidetone_turn_allocate_finish (SidetoneTurn *self,
                                        GAsyncResult *result,
                                        GError      **error);
void sidetone_turn_permit_async (SidetoneTurn       *self,
                                 SidetoneEndpoint   *peer,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);
gboolean sidetone_turn_permit_finish (SidetoneTurn *self,
                                      GAsyncResult *result,
                                      GError      **error);
gboolean sidetone_turn_send (SidetoneTurn     *self,
                             SidetoneEndpoint *peer,
                             const void       *data,
                             gsize             length,
                             GError          **error);
void sidetone_turn_release_async (SidetoneTurn       *self,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
gboolean sidetone_turn_release_finish (SidetoneTurn *self,
                                       GAsyncResult *result,
                                       GError      **error);

SidetoneEndpoint *sidetone_turn_get_server (SidetoneTurn *self);
SidetoneEndpoint *sidetone_turn_get_local (SidetoneTurn *self);
gboolean sidetone_turn_has_answered (SidetoneTurn *self);
SidetoneEndpoint *sidetone_turn_get_alternate (SidetoneTurn *self);
const char *const *sidetone_turn_get_names (SidetoneTurn *self);
GInetAddress *sidetone_turn_get_told_by (SidetoneTurn *self);
SidetoneEndpoint *sidetone_turn_get_mapped (SidetoneTurn *self);
SidetoneEndpoint *sidetone_turn_get_relayed (SidetoneTurn *self);
guint sidetone_turn_get_lifetime (SidetoneTurn *self);
const char *sidetone_turn_get_software (SidetoneTurn *self);
gint64 sidetone_turn_get_round_trip (SidetoneTurn *self);

G_END_DECLS
