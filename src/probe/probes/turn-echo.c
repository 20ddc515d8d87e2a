/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "probes/turn-test.h"

#include "judge/evidence.h"
#include "probes/test-observation.h"
#include "turn/echo.h"
#include "turn/stun.h"

/* The second part of a TURN test: the echo. A second socket of this computer sends packets to the
 * relayed address, which sends each one that arrives back. The permission needs the socket's
 * reflexive address, which a STUN Binding request (RFC 8489) asks for during the allocation. */

static void
observe (SidetoneTurnTest   *self,
         const SidetoneEcho *echo,
         const GError       *error)
{
  g_autofree char *id = g_strdup_printf ("echo-%u", self->number);
  SidetoneTestFrame frame = {
    id, &self->call_server, self->echo_start,
    self->reached != NULL ? sidetone_flow_get_told_by (self->second, self->reached) : NULL,
  };
  SidetoneEchoFrame packets = {
    .relay = self->id,
    .relayed = sidetone_turn_get_relayed (self->turn),
    .local = self->second != NULL ? sidetone_flow_get_local (self->second) : NULL,
    .mapped = self->mapped,
  };

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    sidetone_test_observe_echo (self->all->context, &frame, &packets, echo, error);
}

static void
echo_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  SidetoneTurnTest *self = user_data;
  g_autoptr (SidetoneEcho) echo = NULL;
  g_autoptr (GError) error = NULL;

  echo = sidetone_echo_finish (result, &error);
  observe (self, echo, error);
  sidetone_wait_cancel (self->binding);
  self->n_uses--;
  sidetone_turn_test_end (self);
}

/**
 * sidetone_turn_test_start_echo:
 * @self: a test whose allocation is there
 *
 * Sends the echo, unless the second socket can't reach the relayed address's family: that takes a
 * pair of allocations.
 */
void
sidetone_turn_test_start_echo (SidetoneTurnTest *self)
{
  SidetoneContext *context = self->all->context;
  SidetoneEndpoint *server = self->call_server.server;
  SidetoneEndpoint *relayed = sidetone_turn_get_relayed (self->turn);
  g_autoptr (SidetoneEvidence) evidence = sidetone_evidence_new (
    sidetone_context_get_observations (context));
  const SidetoneNat64Prefix *nat64 = sidetone_nat64_match_prefix (
    sidetone_evidence_get_prefixes (evidence), sidetone_endpoint_get_address (server));
  g_autoptr (GError) error = NULL;

  self->reached = sidetone_budget_reach (sidetone_context_get_budget (context), nat64, relayed,
                                         server);
  if (self->second == NULL ||
      (self->reached == NULL &&
       sidetone_endpoint_get_family (server) != sidetone_endpoint_get_family (relayed)))
    return;

  self->echo_start = sidetone_context_get_time (context);
  if (self->reached == NULL)
    {
      error = g_error_new (SIDETONE_ERROR, SIDETONE_ERROR_RELAY_SILENT,
                           "Nothing is sent to an address like that of the relay");
      observe (self, NULL, error);
      return;
    }

  self->n_uses++;
  sidetone_turn_test_begin (self);
  sidetone_echo_async (self->turn, self->reached, sidetone_context_get_budget (context), NULL,
                       self->second, self->mapped,
                       sidetone_wait_get_cancellable (self->wait), echo_cb, self);
}

static void
bind_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  SidetoneTurnTest *self = user_data;
  g_autoptr (SidetoneBinding) binding = NULL;

  binding = sidetone_stun_bind_finish (result, NULL);
  if (binding != NULL)
    self->mapped = sidetone_endpoint_ref (binding->mapped);
  sidetone_turn_test_end (self);
}

/* The server for Binding requests: the allocation's own over UDP, if it is announced as STUN,
 * too */
static SidetoneEndpoint *
find_stun (SidetoneTurnTest *self)
{
  GPtrArray *services = sidetone_context_get_services (self->all->context);
  SidetoneEndpoint *server = self->call_server.server;

  if (sidetone_endpoint_get_transport (server) == SIDETONE_TRANSPORT_UDP)
    return sidetone_endpoint_ref (server);

  for (guint i = 0; services != NULL && i < services->len; i++)
    {
      SidetoneService *service = services->pdata[i];
      SidetoneServiceKind kind = sidetone_service_get_kind (service);

      if ((kind == SIDETONE_SERVICE_STUN || kind == SIDETONE_SERVICE_TURN) &&
          sidetone_service_get_transport (service) == SIDETONE_TRANSPORT_UDP &&
          g_str_equal (sidetone_service_get_host (service), sidetone_turn_test_get_host (self)))
        return sidetone_endpoint_new (sidetone_endpoint_get_address (server),
                                      sidetone_service_get_port (service), SIDETONE_TRANSPORT_UDP);
    }

  return NULL;
}

/**
 * sidetone_turn_test_open_second_socket:
 * @self: a test
 *
 * Opens the second socket, and asks for its reflexive address.
 */
void
sidetone_turn_test_open_second_socket (SidetoneTurnTest *self)
{
  g_autoptr (SidetoneEndpoint) stun = find_stun (self);

  self->second = sidetone_flow_new_towards (stun != NULL ? stun : self->call_server.server, NULL);
  if (self->second == NULL || stun == NULL)
    return;

  sidetone_turn_test_begin (self);
  sidetone_stun_bind_async (self->second, stun, sidetone_wait_get_cancellable (self->binding),
                            bind_cb, self);
}
