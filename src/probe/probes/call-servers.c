/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "probes/call-servers.h"

#include "net/flow.h"
#include "net/wait.h"

/**
 * SidetoneCallServers:
 *
 * Selects which announced STUN and TURN services (XEP-0215) to try: each at the first address of
 * each family, as soon as its host is known.
 */
struct _SidetoneCallServers
{
  SidetoneContext *context;
  gulong context_handler;
  SidetoneWait *wait;
  gboolean relays;
  SidetoneCallServerFunc tell;
  SidetoneSettleFunc settle;
  gpointer user_data;
  GHashTable *done;        /* SidetoneService, those reported */
  guint n_tried;
};

static void
tell_call_server (SidetoneCallServers *self,
                  SidetoneService     *service,
                  SidetoneEndpoint    *server,
                  SidetoneSkipReason   reason)
{
  const SidetoneCallServer call_server = { service, server, reason };

  self->tell (&call_server, self->user_data);
}

static void
try (SidetoneCallServers *self,
     SidetoneService     *service,
     SidetoneEndpoint    *server)
{
  if (self->n_tried == SIDETONE_MAX_CALL_SERVERS)
    {
      tell_call_server (self, service, server, SIDETONE_SKIP_REASON_TOO_MANY);
      return;
    }

  self->n_tried++;
  tell_call_server (self, service, server, SIDETONE_SKIP_REASON_NONE);
}

/**
 * sidetone_call_servers_judge:
 * @context: a context
 * @service: a service
 * @address: one of its addresses
 *
 * Returns: why nothing may be sent to that address; %SIDETONE_SKIP_REASON_NONE if something may
 */
SidetoneSkipReason
sidetone_call_servers_judge (SidetoneContext *context,
                             SidetoneService *service,
                             GInetAddress    *address)
{
  return sidetone_budget_judge (sidetone_context_get_budget (context), address,
                                sidetone_service_is_typed (service) ? SIDETONE_NAMED_BY_USER
                                : SIDETONE_NAMED_BY_SERVER, NULL);
}

static SidetoneEndpoint *
make_server (SidetoneService *service,
             GInetAddress    *address)
{
  return sidetone_endpoint_new (address, sidetone_service_get_port (service),
                                sidetone_service_get_transport (service));
}

/* The first address of a family that something may be sent to */
static SidetoneEndpoint *
find_server (SidetoneCallServers *self,
             SidetoneService     *service,
             GPtrArray           *addresses,
             GSocketFamily        family)
{
  for (guint i = 0; i < addresses->len; i++)
    {
      g_autoptr (SidetoneEndpoint) server = make_server (service, addresses->pdata[i]);

      if (sidetone_endpoint_get_family (server) == family &&
          sidetone_call_servers_judge (self->context, service, addresses->pdata[i]) ==
          SIDETONE_SKIP_REASON_NONE)
        return g_steal_pointer (&server);
    }

  return NULL;
}

/* No address may get a packet, if there is one at all. */
static void
tell_refused (SidetoneCallServers *self,
              SidetoneService     *service,
              GPtrArray           *addresses)
{
  for (guint i = 0; i < addresses->len; i++)
    {
      SidetoneSkipReason reason = sidetone_call_servers_judge (self->context, service,
                                                               addresses->pdata[i]);

      if (reason != SIDETONE_SKIP_REASON_NO_ADDRESS)
        {
          g_autoptr (SidetoneEndpoint) server = make_server (service, addresses->pdata[i]);

          tell_call_server (self, service, server, reason);
          return;
        }
    }

  tell_call_server (self, service, NULL, SIDETONE_SKIP_REASON_NO_ADDRESS);
}

/* Reports each family that this computer has a route to, or why there is none */
static void
tell_addresses (SidetoneCallServers *self,
                SidetoneService     *service,
                GPtrArray           *addresses)
{
  g_autoptr (SidetoneEndpoint) ipv4 = find_server (self, service, addresses, G_SOCKET_FAMILY_IPV4);
  g_autoptr (SidetoneEndpoint) ipv6 = find_server (self, service, addresses, G_SOCKET_FAMILY_IPV6);
  gboolean has_ipv4 = ipv4 != NULL && sidetone_flow_can_reach (ipv4);
  gboolean has_ipv6 = ipv6 != NULL && sidetone_flow_can_reach (ipv6);

  if (has_ipv4)
    try (self, service, ipv4);
  if (has_ipv6)
    try (self, service, ipv6);
  if (has_ipv4 || has_ipv6)
    return;

  if (ipv4 != NULL)
    tell_call_server (self, service, ipv4, SIDETONE_SKIP_REASON_NO_IPV4);
  else if (ipv6 != NULL)
    tell_call_server (self, service, ipv6, SIDETONE_SKIP_REASON_NO_IPV6);
  else
    tell_refused (self, service, addresses);
}

/* DTLS, which call programs do not speak */
static gboolean
is_dtls (SidetoneService *service)
{
  return sidetone_service_get_transport (service) == SIDETONE_TRANSPORT_UDP &&
         (sidetone_service_get_kind (service) == SIDETONE_SERVICE_STUNS ||
          sidetone_service_get_kind (service) == SIDETONE_SERVICE_TURNS);
}

/* Returns whether the service is done */
static gboolean
tell_service (SidetoneCallServers *self,
              SidetoneService     *service)
{
  GPtrArray *addresses = sidetone_context_get_addresses (self->context,
                                                         sidetone_service_get_host (service));

  if (is_dtls (service))
    tell_call_server (self, service, NULL, SIDETONE_SKIP_REASON_DTLS);
  else if (sidetone_service_is_relay (service) && !sidetone_service_has_credentials (service))
    tell_call_server (self, service, NULL, SIDETONE_SKIP_REASON_NO_CREDENTIALS);
  else if (addresses != NULL)
    tell_addresses (self, service, addresses);
  else
    return FALSE;

  return TRUE;
}

static void
cancelled_cb (gpointer user_data)
{
  SidetoneCallServers *self = user_data;

  self->settle (self->user_data);
}

/**
 * sidetone_call_servers_new:
 * @context: a context with services
 * @relays: whether to select TURN services, or the others
 * @cancellable: (nullable): stops the reports
 * @tell: called for each call server
 * @settle: called when no more may come, or when all is cancelled
 * @user_data: for both
 *
 * Returns: (transfer full): call servers; sidetone_call_servers_follow() starts the reports
 */
SidetoneCallServers *
sidetone_call_servers_new (SidetoneContext       *context,
                           gboolean               relays,
                           GCancellable          *cancellable,
                           SidetoneCallServerFunc tell,
                           SidetoneSettleFunc     settle,
                           gpointer               user_data)
{
  SidetoneCallServers *self = g_new0 (SidetoneCallServers, 1);

  self->context = g_object_ref (context);
  self->context_handler = g_signal_connect_swapped (context, "changed",
                                                    G_CALLBACK (sidetone_call_servers_follow), self);
  self->relays = relays;
  self->tell = tell;
  self->settle = settle;
  self->user_data = user_data;
  self->wait = sidetone_wait_new (0, cancellable, cancelled_cb, self);
  self->done = g_hash_table_new (NULL, NULL);

  return self;
}

/**
 * sidetone_call_servers_free:
 * @self: (transfer full): call servers
 *
 * Stops the reports.
 */
void
sidetone_call_servers_free (SidetoneCallServers *self)
{
  g_clear_signal_handler (&self->context_handler, self->context);
  sidetone_wait_free (self->wait);
  g_hash_table_unref (self->done);
  g_object_unref (self->context);
  g_free (self);
}

/**
 * sidetone_call_servers_follow:
 * @self: call servers
 *
 * Reports each known call server once, and others as they come.
 */
void
sidetone_call_servers_follow (SidetoneCallServers *self)
{
  GPtrArray *services = sidetone_context_get_services (self->context);

  for (guint i = 0; services != NULL && i < services->len; i++)
    {
      SidetoneService *service = services->pdata[i];

      if (!sidetone_wait_is_over (self->wait) &&
          sidetone_service_is_relay (service) == self->relays &&
          !g_hash_table_contains (self->done, service) && tell_service (self, service))
        g_hash_table_add (self->done, service);
    }

  self->settle (self->user_data);
}

/**
 * sidetone_call_servers_are_complete:
 * @self: call servers
 *
 * Returns: whether no more can come, because all are reported or it was cancelled
 */
gboolean
sidetone_call_servers_are_complete (SidetoneCallServers *self)
{
  GPtrArray *services = sidetone_context_get_services (self->context);

  for (guint i = 0; services != NULL && i < services->len; i++)
    {
      if (!sidetone_wait_is_over (self->wait) &&
          sidetone_service_is_relay (services->pdata[i]) == self->relays &&
          !g_hash_table_contains (self->done, services->pdata[i]))
        return FALSE;
    }

  return TRUE;
}
