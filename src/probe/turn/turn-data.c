/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "turn/turn-private.h"

#include "base/deadlines.h"
#include "base/error.h"

/* Data through an allocation: permissions (RFC 8656, section 9) and Send indications (section 11) */

static void
permit_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (SidetoneStunAnswer) answer = NULL;
  GError *error = NULL;

  answer = sidetone_turn_ask_finish (result, &error);
  if (answer != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * sidetone_turn_permit_async:
 * @self: a relay with an allocation
 * @peer: the peer that may send and receive; its port does not matter
 * @cancellable: (nullable): ends it at once
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Requests a permission, which lasts five minutes (RFC 8656, section 9).
 */
void
sidetone_turn_permit_async (SidetoneTurn       *self,
                            SidetoneEndpoint   *peer,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  GTask *task;

  g_return_if_fail (self->client != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, sidetone_turn_permit_async);
  sidetone_turn_ask (self, STUN_CREATEPERMISSION, peer, sidetone_deadlines.stun, cancellable,
                     permit_cb, task);
}

/**
 * sidetone_turn_permit_finish:
 * @self: a relay
 * @result: what the callback was given
 * @error: those of sidetone_stun_client_ask_finish() and sidetone_stun_message_make_error()
 *
 * Returns: whether the server permits it
 */
gboolean
sidetone_turn_permit_finish (SidetoneTurn *self,
                             GAsyncResult *result,
                             GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * sidetone_turn_send:
 * @self: a relay with an allocation
 * @peer: the destination
 * @data: the data
 * @length: its length
 * @error: those of sidetone_flow_send()
 *
 * Sends data through the relay. The server does not confirm it.
 *
 * Returns: whether it left this computer
 */
gboolean
sidetone_turn_send (SidetoneTurn     *self,
                    SidetoneEndpoint *peer,
                    const void       *data,
                    gsize             length,
                    GError          **error)
{
  SidetoneStunRequest indication;

  g_return_val_if_fail (self->client != NULL, FALSE);

  sidetone_stun_client_begin_indication (self->client, STUN_IND_SEND, &indication);
  sidetone_stun_message_add_xor_address (&indication.message, STUN_ATTRIBUTE_XOR_PEER_ADDRESS,
                                         peer);
  if (stun_message_append_bytes (&indication.message, STUN_ATTRIBUTE_DATA, data, length) !=
      STUN_MESSAGE_RETURN_SUCCESS)
    {
      g_set_error (error, SIDETONE_ERROR, SIDETONE_ERROR_UNREACHABLE, "It is too long");
      return FALSE;
    }

  return sidetone_stun_client_tell (self->client, &indication, NULL, error);
}
