/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "nat/nat-hairpin.h"

#include "nat/nat-socket.h"
#include "net/wait.h"

/* Hairpinning: two sockets send to each other's reflexive address. Both send, because a NAT that
 * filters by address would otherwise look like one without hairpinning. */

typedef struct
{
  SidetoneNatGround *ground;
  SidetoneEndpoint *server;
  guint wait_ms;
  SidetoneWait *wait;            /* also cancelled by the first packet that arrives */
  SidetoneNatSocket *sockets[2];
  guint n_sockets;
  SidetoneGathering calls;
  gboolean has_knocked;
  SidetoneNatTrial outcome;
} Hairpin;

static void
hairpin_free (gpointer data)
{
  Hairpin *hairpin = data;

  for (guint i = 0; i < hairpin->n_sockets; i++)
    sidetone_nat_socket_free (hairpin->sockets[i]);
  sidetone_wait_free (hairpin->wait);
  sidetone_endpoint_unref (hairpin->server);
  sidetone_nat_ground_unref (hairpin->ground);
  g_free (hairpin);
}

static void
knock_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Hairpin *hairpin = g_task_get_task_data (user_data);
  g_autoptr (SidetoneNatArrival) arrival = NULL;
  g_autoptr (GError) error = NULL;

  arrival = sidetone_nat_trial_finish (result, &error);
  if (arrival != NULL)
    {
      hairpin->outcome = SIDETONE_NAT_TRIAL_ARRIVED;
      sidetone_wait_cancel (hairpin->wait);
    }
  else if (hairpin->outcome == SIDETONE_NAT_TRIAL_NOT_MADE &&
           !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      hairpin->outcome = SIDETONE_NAT_TRIAL_SILENT;
    }

  sidetone_gathering_end (&hairpin->calls);
}

/* Only the port is changed: a packet to that address never leaves this computer. */
static gboolean
is_own_address (const SidetoneNatSocket *socket)
{
  SidetoneEndpoint *local = sidetone_flow_get_local (socket->flow);

  return local != NULL && sidetone_endpoint_equal_address (local, socket->mapped);
}

static void
knock (Hairpin *hairpin)
{
  GCancellable *cancellable = sidetone_wait_get_cancellable (hairpin->wait);
  SidetoneBudget *budget = sidetone_nat_ground_get_budget (hairpin->ground);
  g_autoptr (SidetoneEndpoint) one = NULL;
  g_autoptr (SidetoneEndpoint) other = NULL;
  const SidetoneNatEnd one_end = { .flow = hairpin->sockets[0]->flow };
  const SidetoneNatEnd other_end = { .flow = hairpin->sockets[1]->flow };

  if (is_own_address (hairpin->sockets[0]) || is_own_address (hairpin->sockets[1]))
    {
      hairpin->outcome = SIDETONE_NAT_TRIAL_SILENT;
      return;
    }
  one = sidetone_nat_ground_reach (hairpin->ground, hairpin->sockets[0]->mapped, hairpin->server);
  other = sidetone_nat_ground_reach (hairpin->ground, hairpin->sockets[1]->mapped, hairpin->server);
  if (one == NULL || other == NULL)
    return;

  sidetone_nat_knock_async (&one_end, other, &other_end, budget, hairpin->wait_ms, cancellable, knock_cb,
                            sidetone_gathering_begin (&hairpin->calls));
  sidetone_nat_knock_async (&other_end, one, &one_end, budget, hairpin->wait_ms, cancellable, knock_cb,
                            sidetone_gathering_begin (&hairpin->calls));
}

/* Both sockets are open, or both packets are done */
static void
go_on (GTask *task)
{
  Hairpin *hairpin = g_task_get_task_data (task);

  if (hairpin->n_sockets == 2 && !hairpin->has_knocked)
    {
      hairpin->has_knocked = TRUE;
      knock (hairpin);
    }
  if (sidetone_gathering_is_done (&hairpin->calls))
    g_task_return_int (task, hairpin->outcome);
}

static void
open_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Hairpin *hairpin = g_task_get_task_data (user_data);
  SidetoneNatSocket *opened = sidetone_nat_socket_open_finish (result, NULL);

  if (opened != NULL)
    hairpin->sockets[hairpin->n_sockets++] = opened;
  sidetone_gathering_end (&hairpin->calls);
}

/**
 * sidetone_nat_hairpin_async:
 * @ground: what the tests share
 * @server: the server that tells both sockets their reflexive addresses
 * @cancellable: (nullable): ends it at once
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Finds out whether two sockets of this computer reach each other by their reflexive addresses.
 */
void
sidetone_nat_hairpin_async (SidetoneNatGround       *ground,
                            const SidetoneNatServer *server,
                            GCancellable            *cancellable,
                            GAsyncReadyCallback      callback,
                            gpointer                 user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Hairpin *hairpin = g_new0 (Hairpin, 1);

  g_task_set_source_tag (task, sidetone_nat_hairpin_async);
  g_task_set_task_data (task, hairpin, hairpin_free);
  hairpin->ground = sidetone_nat_ground_ref (ground);
  hairpin->server = sidetone_endpoint_ref (server->server);
  hairpin->wait_ms = sidetone_nat_get_wait (server->round_trip_us);
  hairpin->wait = sidetone_wait_new (0, cancellable, NULL, NULL);
  sidetone_gathering_init (&hairpin->calls, task, go_on);

  for (guint i = 0; i < 2; i++)
    sidetone_nat_socket_open_async (ground, server, sidetone_wait_get_cancellable (hairpin->wait),
                                    open_cb, sidetone_gathering_begin (&hairpin->calls));
}

/**
 * sidetone_nat_hairpin_finish:
 * @result: what the callback was given
 *
 * Returns: whether a packet came in; %SIDETONE_NAT_TRIAL_NOT_MADE if it was cancelled
 */
SidetoneNatTrial
sidetone_nat_hairpin_finish (GAsyncResult *result)
{
  gssize outcome = g_task_propagate_int (G_TASK (result), NULL);

  return outcome >= 0 ? (SidetoneNatTrial) outcome : SIDETONE_NAT_TRIAL_NOT_MADE;
}
