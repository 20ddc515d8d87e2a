/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "nat/nat-socket.h"

#include "base/error.h"

/* A socket for one test of a NAT, and its reflexive address. */

/* The task data of an opening socket */
typedef struct
{
  SidetoneNatSocket *opened;
} Opening;

/**
 * sidetone_nat_socket_free:
 * @self: (transfer full): a socket, which this closes
 */
void
sidetone_nat_socket_free (SidetoneNatSocket *self)
{
  sidetone_flow_close (self->flow);
  g_object_unref (self->flow);
  sidetone_endpoint_unref (self->server);
  g_clear_pointer (&self->mapped, sidetone_endpoint_unref);
  g_free (self);
}

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_clear_pointer (&opening->opened, sidetone_nat_socket_free);
  g_free (opening);
}

static void
ask_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (SidetoneNatArrival) answer = NULL;
  Opening *opening = g_task_get_task_data (task);
  GError *error = NULL;

  answer = sidetone_nat_trial_finish (result, &error);
  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (answer->mapped == NULL)
    {
      g_task_return_new_error (task, SIDETONE_ERROR, SIDETONE_ERROR_STUN_BAD_ANSWER,
                               "There is no address in the answer");
      return;
    }

  opening->opened->mapped = sidetone_endpoint_ref (answer->mapped);
  g_task_return_pointer (task, g_steal_pointer (&opening->opened),
                         (GDestroyNotify) sidetone_nat_socket_free);
}

/**
 * sidetone_nat_socket_open_async:
 * @ground: what the tests share
 * @server: the only server that it shall send to
 * @cancellable: (nullable): ends it at once
 * @callback: called when its reflexive address is known
 * @user_data: for @callback
 *
 * Opens a socket, and asks for its reflexive address.
 */
void
sidetone_nat_socket_open_async (SidetoneNatGround       *ground,
                                const SidetoneNatServer *server,
                                GCancellable            *cancellable,
                                GAsyncReadyCallback      callback,
                                gpointer                 user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Opening *opening = g_new0 (Opening, 1);
  SidetoneFlow *flow = sidetone_nat_ground_open (ground, server->server);

  g_task_set_source_tag (task, sidetone_nat_socket_open_async);
  g_task_set_task_data (task, opening, opening_free);
  if (flow == NULL)
    {
      g_task_return_new_error (task, SIDETONE_ERROR, SIDETONE_ERROR_UNREACHABLE,
                               "There is no socket to be had");
      g_object_unref (task);
      return;
    }

  opening->opened = g_new0 (SidetoneNatSocket, 1);
  opening->opened->flow = flow;
  opening->opened->server = sidetone_endpoint_ref (server->server);
  sidetone_nat_ask_async (flow, server->server, SIDETONE_NAT_CHANGE_NOTHING,
                          server->is_guessed ? sidetone_nat_ground_get_budget (ground) : NULL,
                          server->is_guessed ? SIDETONE_NAT_GUESSES : G_MAXUINT,
                          sidetone_nat_get_wait (server->round_trip_us), cancellable, ask_cb, task);
}

/**
 * sidetone_nat_socket_open_finish:
 * @result: what the callback was given
 * @error: those of sidetone_nat_trial_finish(), or %SIDETONE_ERROR_UNREACHABLE
 *
 * Returns: (transfer full) (nullable): the socket
 */
SidetoneNatSocket *
sidetone_nat_socket_open_finish (GAsyncResult *result,
                                 GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
