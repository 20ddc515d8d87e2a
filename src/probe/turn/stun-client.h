/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "net/flow.h"
#include "turn/stun-message.h"

G_BEGIN_DECLS

#define SIDETONE_STUN_KEY_LENGTH 16

/* A request in the making */
typedef struct
{
  StunMessage message;
  guint8 buffer[2048];
} SidetoneStunRequest;

/**
 * SidetoneStunAnswer:
 * @message: it points into @bytes
 * @bytes: the response
 * @round_trip_us: from request to response, -1 if the request was retransmitted, so that the
 *   response may belong to several transmissions
 * @n_sent: the number of transmissions
 */
typedef struct
{
  StunMessage message;
  GBytes *bytes;
  gint64 round_trip_us;
  guint n_sent;
} SidetoneStunAnswer;

void sidetone_stun_answer_free (SidetoneStunAnswer *self);

#define SIDETONE_TYPE_STUN_CLIENT (sidetone_stun_client_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneStunClient, sidetone_stun_client, SIDETONE, STUN_CLIENT, GObject)

SidetoneStunClient *sidetone_stun_client_new (SidetoneFlow * flow,
                                              SidetoneEndpoint * server);

void sidetone_stun_client_begin (SidetoneStunClient  *self,
                                 StunMethod           method,
                                 SidetoneStunRequest *request);
void sidetone_stun_client_begin_indication (SidetoneStunClient  *self,
                                            StunMethod           method,
                                            SidetoneStunRequest *request);
void sidetone_stun_client_ask_async (SidetoneStunClient  *self,
                                     SidetoneStunRequest *request,
                                     const guint8        *key,
                                     guint                deadline_ms,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
SidetoneStunAnswer *sidetone_stun_client_ask_finish (SidetoneStunClient *self,
                                                     GAsyncResult       *result,
                                                     GError            **error);
gboolean sidetone_stun_client_tell (SidetoneStunClient  *self,
                                    SidetoneStunRequest *request,
                                    const guint8        *key,
                                    GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneStunAnswer, sidetone_stun_answer_free)

G_END_DECLS
