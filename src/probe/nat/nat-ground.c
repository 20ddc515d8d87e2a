/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "nat/nat-ground.h"

/**
 * SidetoneNatGround:
 *
 * What all tests of a NAT share: how to open sockets, which addresses they reach, and which servers
 * have answered.
 */
struct _SidetoneNatGround
{
  GTlsDatabase *authorities;
  SidetoneBudget *budget;
  SidetoneNat64Prefix nat64;
  gboolean has_nat64;
  SidetoneNatOpenFunc open;
  gpointer open_data;
  GPtrArray *servers;      /* SidetoneNatServer */
};

static void
server_free (gpointer data)
{
  SidetoneNatServer *server = data;

  sidetone_endpoint_unref (server->server);
  sidetone_endpoint_unref (server->mapped);
  g_clear_pointer (&server->other, sidetone_endpoint_unref);
  g_free (server);
}

/**
 * sidetone_nat_ground_new:
 * @views: the servers, relays and settings of the search
 *
 * Returns: (transfer full): a ground without servers
 */
SidetoneNatGround *
sidetone_nat_ground_new (const SidetoneNatViews *views)
{
  SidetoneNatGround *self = g_rc_box_new0 (SidetoneNatGround);

  g_set_object (&self->authorities, views->authorities);
  self->budget = views->budget != NULL ? sidetone_budget_ref (views->budget)
                 : sidetone_budget_new ();
  self->has_nat64 = views->nat64 != NULL;
  if (self->has_nat64)
    {
      self->nat64 = *views->nat64;
      self->nat64.observation = NULL;
    }
  self->open = views->open;
  self->open_data = views->open_data;
  self->servers = g_ptr_array_new_with_free_func (server_free);

  return self;
}

/**
 * sidetone_nat_ground_ref:
 * @self: a ground
 *
 * Returns: (transfer full): @self
 */
SidetoneNatGround *
sidetone_nat_ground_ref (SidetoneNatGround *self)
{
  return g_rc_box_acquire (self);
}

static void
ground_clear (gpointer data)
{
  SidetoneNatGround *self = data;

  g_clear_object (&self->authorities);
  sidetone_budget_unref (self->budget);
  g_ptr_array_unref (self->servers);
}

/**
 * sidetone_nat_ground_unref:
 * @self: (transfer full): a ground
 */
void
sidetone_nat_ground_unref (SidetoneNatGround *self)
{
  g_rc_box_release_full (self, ground_clear);
}

/**
 * sidetone_nat_ground_open:
 * @self: a ground
 * @peer: where the first packets go
 *
 * Returns: (transfer full) (nullable): a new socket, %NULL if none can be opened
 */
SidetoneFlow *
sidetone_nat_ground_open (SidetoneNatGround *self,
                          SidetoneEndpoint  *peer)
{
  if (self->open != NULL)
    return self->open (peer, self->open_data, NULL);
  return sidetone_flow_new_towards (peer, NULL);
}

/**
 * sidetone_nat_ground_reach:
 * @self: a ground
 * @endpoint: an address that a server named
 * @server: the server that named it
 *
 * Returns: (transfer full) (nullable): @endpoint as seen from sockets that reach @server; %NULL if
 *   they can't reach it, or if nothing may be sent there
 */
SidetoneEndpoint *
sidetone_nat_ground_reach (SidetoneNatGround *self,
                           SidetoneEndpoint  *endpoint,
                           SidetoneEndpoint  *server)
{
  return sidetone_budget_reach (self->budget, self->has_nat64 ? &self->nat64 : NULL, endpoint,
                                server);
}

/**
 * sidetone_nat_ground_get_budget:
 * @self: a ground
 *
 * Returns: (transfer none): the check's budget
 */
SidetoneBudget *
sidetone_nat_ground_get_budget (SidetoneNatGround *self)
{
  return self->budget;
}

/**
 * sidetone_nat_ground_get_authorities:
 * @self: a ground
 *
 * Returns: (transfer none) (nullable): additional certificate authorities for relays
 */
GTlsDatabase *
sidetone_nat_ground_get_authorities (SidetoneNatGround *self)
{
  return self->authorities;
}

/* The server's OTHER-ADDRESS, if both its address and its port differ (RFC 5780, section 7.4) */
static SidetoneEndpoint *
find_other (SidetoneNatGround  *self,
            SidetoneEndpoint   *server,
            SidetoneNatArrival *answer)
{
  g_autoptr (SidetoneEndpoint) other = NULL;

  if (answer->other != NULL)
    other = sidetone_nat_ground_reach (self, answer->other, server);
  if (other == NULL || sidetone_endpoint_equal_address (other, server) ||
      sidetone_endpoint_get_port (other) == sidetone_endpoint_get_port (server))
    return NULL;

  return g_steal_pointer (&other);
}

/**
 * sidetone_nat_ground_add_server:
 * @self: a ground
 * @server: a server
 * @answer: its answer to the tested socket, with a mapped address
 */
void
sidetone_nat_ground_add_server (SidetoneNatGround  *self,
                                SidetoneEndpoint   *server,
                                SidetoneNatArrival *answer)
{
  SidetoneNatServer *added = g_new0 (SidetoneNatServer, 1);

  added->server = sidetone_endpoint_ref (server);
  added->mapped = sidetone_endpoint_ref (answer->mapped);
  added->other = find_other (self, server, answer);
  /* An upper limit, if the request was retransmitted */
  added->round_trip_us = answer->elapsed_us;
  g_ptr_array_add (self->servers, added);
}

/**
 * sidetone_nat_ground_get_n_servers:
 * @self: a ground
 *
 * Returns: the number of servers that have answered
 */
guint
sidetone_nat_ground_get_n_servers (SidetoneNatGround *self)
{
  return self->servers->len;
}

/**
 * sidetone_nat_ground_get_server:
 * @self: a ground
 * @i: its index, in the order in which the servers answered
 *
 * Returns: (transfer none): a server
 */
const SidetoneNatServer *
sidetone_nat_ground_get_server (SidetoneNatGround *self,
                                guint              i)
{
  return self->servers->pdata[i];
}
