/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "probes/viewpoints.h"

#include "judge/evidence.h"

/**
 * SidetoneViewpoints:
 *
 * The STUN and TURN servers as viewpoints on a NAT (RFC 5780): gathered from the announced services
 * as their hosts become known, and handed out for one address family at a time.
 */
struct _SidetoneViewpoints
{
  SidetoneContext *context;
  SidetoneCallServers *others;   /* servers without a relay */
  SidetoneCallServers *relays;
  SidetoneSettleFunc settle;
  gpointer user_data;
  gboolean is_closed;
  GArray *call_servers;          /* SidetoneCallServer */

  /* What the last returned views point to */
  SidetoneNatViews views;
  GPtrArray *view_servers;       /* SidetoneEndpoint */
  GArray *view_relays;           /* SidetoneCallServer, borrowed */
  GArray *view_prefixes;         /* SidetoneNat64Prefix */
};

static void
call_server_clear (gpointer data)
{
  SidetoneCallServer *call_server = data;

  sidetone_service_unref (call_server->service);
  sidetone_endpoint_unref (call_server->server);
}

static void
take_call_server (const SidetoneCallServer *call_server,
                  gpointer                  user_data)
{
  SidetoneViewpoints *self = user_data;
  SidetoneCallServer copy = { 0 };

  if (call_server->reason != SIDETONE_SKIP_REASON_NONE || self->is_closed)
    return;

  copy.service = sidetone_service_ref (call_server->service);
  copy.server = sidetone_endpoint_ref (call_server->server);
  g_array_append_val (self->call_servers, copy);
}

static void
settle_cb (gpointer user_data)
{
  SidetoneViewpoints *self = user_data;

  if (self->settle != NULL && !self->is_closed)
    self->settle (self->user_data);
}

/**
 * sidetone_viewpoints_new:
 * @context: a context with services
 * @cancellable: (nullable): stops the gathering
 * @settle: (nullable): called when no more may come, when another server is known, or when all is
 *   cancelled; not after sidetone_viewpoints_close()
 * @user_data: for @settle
 *
 * Returns: (transfer full): viewpoints; sidetone_viewpoints_follow() starts the gathering
 */
SidetoneViewpoints *
sidetone_viewpoints_new (SidetoneContext   *context,
                         GCancellable      *cancellable,
                         SidetoneSettleFunc settle,
                         gpointer           user_data)
{
  SidetoneViewpoints *self = g_new0 (SidetoneViewpoints, 1);

  self->context = g_object_ref (context);
  self->settle = settle;
  self->user_data = user_data;
  self->call_servers = g_array_new (FALSE, FALSE, sizeof (SidetoneCallServer));
  g_array_set_clear_func (self->call_servers, call_server_clear);
  self->view_servers = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_endpoint_unref);
  self->view_relays = g_array_new (FALSE, FALSE, sizeof (SidetoneCallServer));
  self->others = sidetone_call_servers_new (context, FALSE, cancellable, take_call_server,
                                            settle_cb, self);
  self->relays = sidetone_call_servers_new (context, TRUE, cancellable, take_call_server, settle_cb,
                                            self);

  return self;
}

/**
 * sidetone_viewpoints_free:
 * @self: (transfer full): viewpoints
 */
void
sidetone_viewpoints_free (SidetoneViewpoints *self)
{
  sidetone_call_servers_free (self->others);
  sidetone_call_servers_free (self->relays);
  g_array_unref (self->call_servers);
  g_ptr_array_unref (self->view_servers);
  g_array_unref (self->view_relays);
  g_clear_pointer (&self->view_prefixes, g_array_unref);
  g_object_unref (self->context);
  g_free (self);
}

/**
 * sidetone_viewpoints_follow:
 * @self: viewpoints
 *
 * Gathers all known servers, and others as they come.
 */
void
sidetone_viewpoints_follow (SidetoneViewpoints *self)
{
  sidetone_call_servers_follow (self->others);
  sidetone_call_servers_follow (self->relays);
}

/**
 * sidetone_viewpoints_close:
 * @self: viewpoints
 *
 * Ends the gathering.
 */
void
sidetone_viewpoints_close (SidetoneViewpoints *self)
{
  self->is_closed = TRUE;
}

/**
 * sidetone_viewpoints_are_complete:
 * @self: viewpoints
 *
 * Returns: whether no more can come, because all hosts are known or it was cancelled
 */
gboolean
sidetone_viewpoints_are_complete (SidetoneViewpoints *self)
{
  return sidetone_call_servers_are_complete (self->others) &&
         sidetone_call_servers_are_complete (self->relays);
}

/**
 * sidetone_viewpoints_get_n:
 * @self: viewpoints
 *
 * Returns: the number so far
 */
guint
sidetone_viewpoints_get_n (SidetoneViewpoints *self)
{
  return self->call_servers->len;
}

static gboolean
is_udp (const SidetoneCallServer *call_server)
{
  return sidetone_endpoint_get_transport (call_server->server) == SIDETONE_TRANSPORT_UDP;
}

static gboolean
is_of_family (const SidetoneCallServer *call_server,
              GSocketFamily             family)
{
  return sidetone_endpoint_get_family (call_server->server) == family;
}

/* All of the server's addresses in this family: each is another destination for the NAT. DNS may list
 * any address beside the tested one. */
static void
add_servers (SidetoneViewpoints       *self,
             const SidetoneCallServer *call_server)
{
  const char *host = sidetone_service_get_host (call_server->service);
  GPtrArray *addresses = sidetone_context_get_addresses (self->context, host);
  guint16 port = sidetone_endpoint_get_port (call_server->server);

  g_ptr_array_add (self->view_servers, sidetone_endpoint_ref (call_server->server));
  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    {
      if (g_inet_address_get_family (addresses->pdata[i]) ==
          sidetone_endpoint_get_family (call_server->server) &&
          sidetone_call_servers_judge (self->context, call_server->service,
                                       addresses->pdata[i]) == SIDETONE_SKIP_REASON_NONE)
        g_ptr_array_add (self->view_servers,
                         sidetone_endpoint_new (addresses->pdata[i], port, SIDETONE_TRANSPORT_UDP));
    }
}

static void
collect_servers (SidetoneViewpoints *self,
                 GSocketFamily       family)
{
  g_ptr_array_set_size (self->view_servers, 0);
  for (guint i = 0; i < self->call_servers->len; i++)
    {
      const SidetoneCallServer *call_server = &g_array_index (self->call_servers,
                                                              SidetoneCallServer, i);

      if (is_udp (call_server) && is_of_family (call_server, family))
        add_servers (self, call_server);
    }
}

static void
collect_relays (SidetoneViewpoints *self,
                GSocketFamily       family,
                gboolean            by_udp)
{
  for (guint i = 0; i < self->call_servers->len; i++)
    {
      const SidetoneCallServer *call_server = &g_array_index (self->call_servers,
                                                              SidetoneCallServer, i);

      if (sidetone_service_is_relay (call_server->service) && is_udp (call_server) == by_udp &&
          is_of_family (call_server, family))
        g_array_append_vals (self->view_relays, call_server, 1);
    }
}

/**
 * sidetone_viewpoints_get_views:
 * @self: viewpoints
 * @family: the examined family
 *
 * Returns: (transfer none): this family's servers and relays, perhaps none, valid until the next
 *   call
 */
const SidetoneNatViews *
sidetone_viewpoints_get_views (SidetoneViewpoints *self,
                               GSocketFamily       family)
{
  g_autoptr (SidetoneEvidence) evidence = sidetone_evidence_new (
    sidetone_context_get_observations (self->context));

  collect_servers (self, family);
  /* Relays over UDP first, because TCP adds delays to the measurement */
  g_array_set_size (self->view_relays, 0);
  collect_relays (self, family, TRUE);
  collect_relays (self, family, FALSE);
  g_clear_pointer (&self->view_prefixes, g_array_unref);
  self->view_prefixes = g_array_ref (sidetone_evidence_get_prefixes (evidence));

  self->views = (SidetoneNatViews) {
    .servers = self->view_servers,
    .relays = (gconstpointer) self->view_relays->data,
    .n_relays = self->view_relays->len,
    .authorities = sidetone_context_get_authorities (self->context),
    .budget = sidetone_context_get_budget (self->context),
  };
  if (self->view_servers->len > 0)
    self->views.nat64 = sidetone_nat64_match_prefix (
      self->view_prefixes, sidetone_endpoint_get_address (self->view_servers->pdata[0]));

  return &self->views;
}
