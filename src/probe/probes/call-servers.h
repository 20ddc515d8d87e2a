/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "probes/context.h"
#include "turn/call-server.h"

G_BEGIN_DECLS

/* A server has one of each kind for each transport; if it announces hundreds, calls would not try
 * them all either. */
#define SIDETONE_MAX_CALL_SERVERS 8

typedef struct _SidetoneCallServers SidetoneCallServers;

typedef void (*SidetoneCallServerFunc) (const SidetoneCallServer *call_server,
                                        gpointer                  user_data);
typedef void (*SidetoneSettleFunc) (gpointer user_data);

SidetoneCallServers *sidetone_call_servers_new (SidetoneContext       *context,
                                                gboolean               relays,
                                                GCancellable          *cancellable,
                                                SidetoneCallServerFunc tell,
                                                SidetoneSettleFunc     settle,
                                                gpointer               user_data);
void sidetone_call_servers_free (SidetoneCallServers *self);

void sidetone_call_servers_follow (SidetoneCallServers *self);
gboolean sidetone_call_servers_are_complete (SidetoneCallServers *self);

SidetoneSkipReason sidetone_call_servers_judge (SidetoneContext *context,
                                                SidetoneService *service,
                                                GInetAddress    *address);

G_END_DECLS
