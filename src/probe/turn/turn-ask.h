/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "turn/stun-client.h"
#include "turn/stun-credentials.h"

G_BEGIN_DECLS

/**
 * SidetoneTurnQuestion:
 * @method: %STUN_ALLOCATE, %STUN_CREATEPERMISSION, or %STUN_REFRESH to delete the allocation
 * @family: the relayed address's family
 * @peer: (nullable): the permission's peer
 * @deadline_ms: how long to wait for each answer
 *
 * A request to a TURN server.
 */
typedef struct
{
  StunMethod method;
  GSocketFamily family;
  SidetoneEndpoint *peer;
  guint deadline_ms;
} SidetoneTurnQuestion;

void sidetone_turn_ask_async (SidetoneStunClient         *client,
                              SidetoneStunCredentials    *credentials,
                              const SidetoneTurnQuestion *question,
                              GCancellable               *cancellable,
                              GAsyncReadyCallback         callback,
                              gpointer                    user_data);
SidetoneStunAnswer *sidetone_turn_ask_finish (GAsyncResult *result,
                                              GError      **error);
SidetoneEndpoint *sidetone_turn_ask_dup_alternate (GAsyncResult *result);
void sidetone_turn_tell (SidetoneStunClient         *client,
                         SidetoneStunCredentials    *credentials,
                         const SidetoneTurnQuestion *question);

G_END_DECLS
