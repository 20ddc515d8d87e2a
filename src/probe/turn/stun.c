/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "turn/stun.h"

#include "base/deadlines.h"
#include "base/error.h"
#include "turn/stun-client.h"

/* A STUN Binding transaction (RFC 8489): a socket's server-reflexive address. */

/**
 * sidetone_binding_free:
 * @self: (transfer full): a binding
 */
void
sidetone_binding_free (SidetoneBinding *self)
{
  g_clear_pointer (&self->local, sidetone_endpoint_unref);
  g_clear_pointer (&self->mapped, sidetone_endpoint_unref);
  g_clear_pointer (&self->plain, sidetone_endpoint_unref);
  g_clear_pointer (&self->origin, sidetone_endpoint_unref);
  g_clear_pointer (&self->other, sidetone_endpoint_unref);
  g_free (self->software);
  g_free (self);
}

/**
 * sidetone_binding_is_rewritten:
 * @self: a binding
 *
 * The server writes the address both masked and unmasked. Some routers rewrite the unmasked one (an
 * ALG; RFC 8489, section 14.2).
 *
 * Returns: whether the two differ
 */
gboolean
sidetone_binding_is_rewritten (const SidetoneBinding *self)
{
  return self->plain != NULL && !sidetone_endpoint_equal (self->plain, self->mapped);
}

static SidetoneBinding *
read_binding (const SidetoneStunAnswer *answer,
              SidetoneEndpoint         *local,
              GError                  **error)
{
  const StunMessage *message = &answer->message;
  g_autoptr (SidetoneBinding) binding = g_new0 (SidetoneBinding, 1);

  if (stun_message_get_class (message) == STUN_ERROR)
    {
      g_propagate_error (error, sidetone_stun_message_make_error (message));
      return NULL;
    }

  binding->plain = sidetone_stun_message_dup_address (message, STUN_ATTRIBUTE_MAPPED_ADDRESS);
  binding->mapped = sidetone_stun_message_dup_xor_address (message,
                                                           STUN_ATTRIBUTE_XOR_MAPPED_ADDRESS);
  /* Servers from before RFC 5389 know only MAPPED-ADDRESS */
  if (binding->mapped == NULL && binding->plain != NULL &&
      !stun_message_has_attribute (message, STUN_ATTRIBUTE_XOR_MAPPED_ADDRESS))
    binding->mapped = sidetone_endpoint_ref (binding->plain);
  if (binding->mapped == NULL)
    {
      g_set_error (error, SIDETONE_ERROR, SIDETONE_ERROR_STUN_BAD_ANSWER,
                   "There is no address in the answer");
      return NULL;
    }

  binding->local = local != NULL ? sidetone_endpoint_ref (local) : NULL;
  binding->origin = sidetone_stun_message_dup_address (message, SIDETONE_STUN_RESPONSE_ORIGIN);
  binding->other = sidetone_stun_message_dup_address (message, SIDETONE_STUN_OTHER_ADDRESS);
  binding->software = sidetone_stun_message_dup_text (message, STUN_ATTRIBUTE_SOFTWARE);
  binding->round_trip_us = answer->round_trip_us;
  binding->n_sent = answer->n_sent;
  return g_steal_pointer (&binding);
}

static void
ask_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (SidetoneStunAnswer) answer = NULL;
  SidetoneBinding *binding = NULL;
  GError *error = NULL;

  answer = sidetone_stun_client_ask_finish (SIDETONE_STUN_CLIENT (source), result, &error);
  if (answer != NULL)
    binding = read_binding (answer, sidetone_flow_get_local (g_task_get_task_data (task)), &error);

  if (binding != NULL)
    g_task_return_pointer (task, binding, (GDestroyNotify) sidetone_binding_free);
  else
    g_task_return_error (task, error);
}

/**
 * sidetone_stun_bind_async:
 * @flow: the socket
 * @server: the server
 * @cancellable: (nullable): ends it at once
 * @callback: called with the answer, at the latest after `sidetone_deadlines.stun`
 * @user_data: for @callback
 *
 * Asks for the socket's reflexive address (RFC 8489, section 2).
 */
void
sidetone_stun_bind_async (SidetoneFlow       *flow,
                          SidetoneEndpoint   *server,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_autoptr (SidetoneStunClient) client = sidetone_stun_client_new (flow, server);
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  SidetoneStunRequest request;

  g_task_set_source_tag (task, sidetone_stun_bind_async);
  g_task_set_task_data (task, g_object_ref (flow), g_object_unref);

  sidetone_stun_client_begin (client, STUN_BINDING, &request);
  sidetone_stun_client_ask_async (client, &request, NULL, sidetone_deadlines.stun, cancellable,
                                  ask_cb, task);
}

/**
 * sidetone_stun_bind_finish:
 * @result: what the callback was given
 * @error: those of sidetone_stun_client_ask_finish() and sidetone_stun_message_make_error()
 *
 * Returns: (transfer full) (nullable): the server's answer
 */
SidetoneBinding *
sidetone_stun_bind_finish (GAsyncResult *result,
                           GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
