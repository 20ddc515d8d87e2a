/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "net/flow.h"

G_BEGIN_DECLS

/**
 * SidetoneBinding:
 * @local: (nullable): the socket's local address
 * @mapped: its reflexive address (XOR-MAPPED-ADDRESS)
 * @plain: (nullable): the unmasked MAPPED-ADDRESS, if the server sent it too
 * @origin: (nullable): the server's RESPONSE-ORIGIN (RFC 5780)
 * @other: (nullable): its OTHER-ADDRESS (RFC 5780)
 * @software: (nullable): its program (SOFTWARE)
 * @round_trip_us: -1 if it is not known
 * @n_sent: the number of transmissions
 *
 * A STUN server's answer to a Binding request.
 */
typedef struct
{
  SidetoneEndpoint *local;
  SidetoneEndpoint *mapped;
  SidetoneEndpoint *plain;
  SidetoneEndpoint *origin;
  SidetoneEndpoint *other;
  char *software;
  gint64 round_trip_us;
  guint n_sent;
} SidetoneBinding;

void sidetone_binding_free (SidetoneBinding *self);
gboolean sidetone_binding_is_rewritten (const SidetoneBinding *self);

void sidetone_stun_bind_async (SidetoneFlow       *flow,
                               SidetoneEndpoint   *server,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data);
SidetoneBinding *sidetone_stun_bind_finish (GAsyncResult *result,
                                            GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneBinding, sidetone_binding_free)

G_END_DECLS
