/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "net/flow.h"

G_BEGIN_DECLS

/**
 * SidetoneBinding:
 * @local: (nullable): the own socket, as this computer knows it
 * @mapped: the own socket, as the server sees it
 * @plain: (nullable): the same where the server said it unmasked too
 * @origin: (nullable): where the server says that it answers from (RFC 5780)
 * @other: (nullable): where else it would answer (RFC 5780)
 * @software: (nullable): which program the server is
 * @round_trip_us: -1 where it is not known
 * @n_sent: how often it had to be asked
 *
 * What a server of STUN answers to the question who asks.
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
