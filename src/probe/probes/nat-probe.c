/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "probes/nat-probe.h"

#include "address/address-scope.h"
#include "base/error.h"
#include "nat/nat-lifetime.h"
#include "net/deadlines.h"
#include "probes/call-servers.h"

/**
 * SidetoneNatProbe:
 *
 * Finds out what is done to UDP on the way, for each family of addresses, from the servers that are
 * announced for calls. It begins when all their hosts are known, or have had their time.
 *
 * Where that is wanted, it measures after that for how long UDP stays open, which takes minutes.
 */
struct _SidetoneNatProbe
{
  SidetoneProbe parent_instance;

  GCancellable *measurement;   /* of how long UDP stays open; NULL where that is not wanted */
};

G_DEFINE_FINAL_TYPE (SidetoneNatProbe, sidetone_nat_probe, SIDETONE_TYPE_PROBE)

/* The data of the probe's task */
typedef struct
{
  SidetoneContext *context;
  SidetoneCallServers *others;   /* servers that do not relay */
  SidetoneCallServers *relays;
  GTask *own;                /* until the probe is over */
  GArray *call_servers;           /* SidetoneCallServer */
  guint patience_source;
  gboolean is_started;
  guint n_pending;
} Search;

/* The user data of one family's search */
typedef struct
{
  GTask *task;
  GSocketFamily family;
  gint64 start;
} Family;

static void
call_server_clear (gpointer data)
{
  SidetoneCallServer *call_server = data;

  sidetone_service_unref (call_server->service);
  sidetone_endpoint_unref (call_server->server);
}

static void
search_free (gpointer data)
{
  Search *search = data;

  g_clear_handle_id (&search->patience_source, g_source_remove);
  sidetone_call_servers_free (search->others);
  sidetone_call_servers_free (search->relays);
  g_array_unref (search->call_servers);
  g_object_unref (search->context);
  g_free (search);
}

static void
finish (GTask *task)
{
  Search *search = g_task_get_task_data (task);
  g_autoptr (GTask) own = g_steal_pointer (&search->own);

  if (own != NULL && !g_task_return_error_if_cancelled (own))
    g_task_return_boolean (own, TRUE);
}

static void
add_nick (GVariantDict *details,
          const char   *key,
          GType         type,
          int           value)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (type);

  if (value != 0)
    g_variant_dict_insert (details, key, "s", g_enum_get_value (class, value)->value_nick);
}

static void
add_views (GVariantDict               *details,
           const SidetoneNatBehaviour *behaviour)
{
  GVariantBuilder views = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_STRING_ARRAY);

  for (guint i = 0; i < behaviour->views->len; i++)
    {
      const SidetoneNatView *view = behaviour->views->pdata[i];
      g_autofree char *viewpoint = sidetone_endpoint_format (view->viewpoint);
      g_autofree char *mapped = sidetone_endpoint_format (view->mapped);
      g_autofree char *line = g_strdup_printf ("%s seen %s", viewpoint, mapped);

      g_variant_builder_add (&views, "s", line);
    }
  g_variant_dict_insert_value (details, "views", g_variant_builder_end (&views));
}

static void
observe (Family                     *family,
         const SidetoneNatBehaviour *behaviour)
{
  Search *search = g_task_get_task_data (family->task);
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GError) error = NULL;

  add_nick (&details, "mapping", SIDETONE_TYPE_NAT_MAPPING, behaviour->mapping);
  add_nick (&details, "mapping-reason", SIDETONE_TYPE_NAT_REASON, behaviour->mapping_reason);
  add_nick (&details, "mapping-how", SIDETONE_TYPE_NAT_METHOD, behaviour->mapping_method);
  add_nick (&details, "filtering", SIDETONE_TYPE_NAT_FILTERING, behaviour->filtering);
  add_nick (&details, "filtering-reason", SIDETONE_TYPE_NAT_REASON, behaviour->filtering_reason);
  add_nick (&details, "filtering-how", SIDETONE_TYPE_NAT_METHOD, behaviour->filtering_method);
  add_nick (&details, "hairpinning", SIDETONE_TYPE_NAT_HAIRPINNING, behaviour->hairpinning);
  add_nick (&details, "hairpinning-reason", SIDETONE_TYPE_NAT_REASON,
            behaviour->hairpinning_reason);
  if (behaviour->mapped != NULL)
    g_variant_dict_insert (&details, "port-preserved", "b", behaviour->port_preserved);
  add_views (&details, behaviour);
  if (behaviour->views->len == 0)
    error = g_error_new_literal (SIDETONE_ERROR, SIDETONE_ERROR_STUN_NO_ANSWER, "Nobody answered");

  sidetone_context_observe (search->context, &(SidetoneObservationFields) {
    .id = family->family == G_SOCKET_FAMILY_IPV6 ? "nat-6" : "nat-4",
    .kind = SIDETONE_OBSERVATION_NAT,
    .vantage = SIDETONE_VANTAGE_COMPUTER,
    .state = error == NULL ? SIDETONE_STATE_PASSED : SIDETONE_STATE_FAILED,
    .local = behaviour->local,
    .seen = behaviour->mapped,
    .error = error,
    .start_us = family->start,
    .duration_us = sidetone_context_get_time (search->context) - family->start,
    .details = g_variant_dict_end (&details),
  });
}

static gboolean measure (GTask *task);

static void
find_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autofree Family *family = user_data;
  g_autoptr (GTask) task = family->task;
  g_autoptr (SidetoneNatBehaviour) behaviour = sidetone_nat_find_finish (result, NULL);
  Search *search = g_task_get_task_data (task);

  if (behaviour != NULL)
    observe (family, behaviour);
  if (--search->n_pending == 0 && !measure (task))
    finish (task);
}

static gboolean
is_udp (const SidetoneCallServer *call_server)
{
  return sidetone_endpoint_get_transport (call_server->server) == SIDETONE_TRANSPORT_UDP;
}

/* By UDP first, for that is the shortest way */
static void
collect_relays (Search       *search,
                GSocketFamily family,
                GArray       *relays,
                gboolean      by_udp)
{
  for (guint i = 0; i < search->call_servers->len; i++)
    {
      const SidetoneCallServer *call_server = &g_array_index (search->call_servers, SidetoneCallServer, i);

      if (sidetone_service_is_relay (call_server->service) && is_udp (call_server) == by_udp &&
          sidetone_endpoint_get_family (call_server->server) == family)
        g_array_append_vals (relays, call_server, 1);
    }
}

/* Its like: what stands beside an address in the name server's answer may be nobody's */
static gboolean
is_like (GInetAddress     *address,
         SidetoneEndpoint *server)
{
  SidetoneAddressScope scope = sidetone_address_scope_of (address);

  return g_inet_address_get_family (address) == sidetone_endpoint_get_family (server) &&
         (sidetone_address_scope_is_public (scope) ||
          scope == sidetone_address_scope_of (sidetone_endpoint_get_address (server)));
}

/* At all its addresses of that family, for each is a place to look from */
static void
add_servers (Search                   *search,
             const SidetoneCallServer *call_server,
             GPtrArray                *servers)
{
  const char *host = sidetone_service_get_host (call_server->service);
  GPtrArray *addresses = sidetone_context_get_addresses (search->context, host);

  g_ptr_array_add (servers, sidetone_endpoint_ref (call_server->server));
  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    {
      if (is_like (addresses->pdata[i], call_server->server))
        g_ptr_array_add (servers,
                         sidetone_endpoint_new (addresses->pdata[i],
                                                sidetone_endpoint_get_port (call_server->server),
                                                SIDETONE_TRANSPORT_UDP));
    }
}

/* From where a NAT can be looked at by one family; what it points to must live as long */
static SidetoneNatViews
collect_views (Search       *search,
               GSocketFamily own_family,
               GPtrArray    *servers,
               GArray       *relays,
               GArray       *prefixes)
{
  SidetoneNatViews views = {
    .servers = servers, .authorities = sidetone_context_get_authorities (search->context),
  };

  for (guint i = 0; i < search->call_servers->len; i++)
    {
      const SidetoneCallServer *call_server = &g_array_index (search->call_servers, SidetoneCallServer, i);

      if (is_udp (call_server) && sidetone_endpoint_get_family (call_server->server) == own_family)
        add_servers (search, call_server, servers);
    }

  collect_relays (search, own_family, relays, TRUE);
  collect_relays (search, own_family, relays, FALSE);
  views.relays = (gconstpointer) relays->data;
  views.n_relays = relays->len;
  if (servers->len > 0)
    views.nat64 = sidetone_nat64_match_prefix (prefixes,
                                               sidetone_endpoint_get_address (servers->pdata[0]));

  return views;
}

static Family *
family_new (GTask        *task,
            GSocketFamily own_family)
{
  Search *search = g_task_get_task_data (task);
  Family *family = g_new0 (Family, 1);

  family->task = g_object_ref (task);
  family->family = own_family;
  family->start = sidetone_context_get_time (search->context);

  return family;
}

static void
start_family (GTask        *task,
              GSocketFamily own_family)
{
  Search *search = g_task_get_task_data (task);
  GListModel *observations = sidetone_context_get_observations (search->context);
  g_autoptr (GArray) prefixes = sidetone_nat64_collect_prefixes (observations);
  g_autoptr (GArray) relays = g_array_new (FALSE, FALSE, sizeof (SidetoneCallServer));
  g_autoptr (GPtrArray) servers = g_ptr_array_new_with_free_func (
    (GDestroyNotify) sidetone_endpoint_unref);
  SidetoneNatViews views = collect_views (search, own_family, servers, relays, prefixes);

  if (servers->len == 0)
    return;

  search->n_pending++;
  sidetone_nat_find_async (&views, g_task_get_cancellable (task), find_cb,
                           family_new (task, own_family));
}

static void
observe_lifetime (Family                    *family,
                  SidetoneState              state,
                  const SidetoneNatLifetime *lifetime,
                  const GError              *error)
{
  Search *search = g_task_get_task_data (family->task);
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);

  if (lifetime->open_ms > 0)
    g_variant_dict_insert (&details, "open-ms", "x", (gint64) lifetime->open_ms);
  if (lifetime->closed_ms > 0)
    g_variant_dict_insert (&details, "closed-ms", "x", (gint64) lifetime->closed_ms);
  if (state == SIDETONE_STATE_SKIPPED)
    g_variant_dict_insert (&details, "reason", "s", "no relay");

  sidetone_context_observe (search->context, &(SidetoneObservationFields) {
    .id = family->family == G_SOCKET_FAMILY_IPV6 ? "lifetime-6" : "lifetime-4",
    .kind = SIDETONE_OBSERVATION_LIFETIME,
    .vantage = SIDETONE_VANTAGE_COMPUTER,
    .state = state,
    .error = error,
    .start_us = family->start,
    .duration_us = sidetone_context_get_time (search->context) - family->start,
    .details = g_variant_dict_end (&details),
  });
}

static void
measure_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autofree Family *family = user_data;
  g_autoptr (GTask) task = family->task;
  Search *search = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  SidetoneNatLifetime lifetime = { 0 };

  sidetone_nat_measure_lifetime_finish (result, &lifetime, &error);
  /* Somebody has waited long enough: what is known by then is worth something. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      lifetime.open_ms = sidetone_context_get_open_ms (search->context);
      if (lifetime.open_ms > 0 && !g_cancellable_is_cancelled (g_task_get_cancellable (task)))
        observe_lifetime (family, SIDETONE_STATE_PASSED, &lifetime, NULL);
    }
  else
    observe_lifetime (family, error == NULL ? SIDETONE_STATE_PASSED : SIDETONE_STATE_FAILED,
                      &lifetime, error);
  finish (task);
}

static void
on_lifetime_progress (const SidetoneNatLifetime *so_far,
                      gpointer                   user_data)
{
  Search *search = user_data;

  sidetone_context_set_open_ms (search->context, so_far->open_ms);
}

static gboolean
measure_family (GTask        *task,
                GSocketFamily own_family)
{
  SidetoneNatProbe *self = g_task_get_source_object (task);
  Search *search = g_task_get_task_data (task);
  GListModel *observations = sidetone_context_get_observations (search->context);
  g_autoptr (GArray) prefixes = sidetone_nat64_collect_prefixes (observations);
  g_autoptr (GArray) relays = g_array_new (FALSE, FALSE, sizeof (SidetoneCallServer));
  g_autoptr (GPtrArray) servers = g_ptr_array_new_with_free_func (
    (GDestroyNotify) sidetone_endpoint_unref);
  SidetoneNatViews views = collect_views (search, own_family, servers, relays, prefixes);

  if (servers->len == 0 || relays->len == 0)
    return FALSE;

  sidetone_nat_measure_lifetime_async (&views, SIDETONE_NAT_SHORTEST_LIFETIME,
                                       SIDETONE_NAT_LONGEST_LIFETIME, on_lifetime_progress, search,
                                       self->measurement, measure_cb,
                                       family_new (task, own_family));

  return TRUE;
}

/* By IPv4, which more people have who are called. Returns: whether there is something to wait for */
static gboolean
measure (GTask *task)
{
  SidetoneNatProbe *self = g_task_get_source_object (task);
  g_autofree Family *family = NULL;

  if (self->measurement == NULL || g_cancellable_is_cancelled (self->measurement))
    return FALSE;
  if (measure_family (task, G_SOCKET_FAMILY_IPV4) || measure_family (task, G_SOCKET_FAMILY_IPV6))
    return TRUE;

  family = family_new (task, G_SOCKET_FAMILY_IPV4);
  observe_lifetime (family, SIDETONE_STATE_SKIPPED, &(SidetoneNatLifetime) { 0 }, NULL);
  g_object_unref (family->task);

  return FALSE;
}

static void
start (GTask *task)
{
  Search *search = g_task_get_task_data (task);

  g_clear_handle_id (&search->patience_source, g_source_remove);
  search->is_started = TRUE;
  start_family (task, G_SOCKET_FAMILY_IPV4);
  start_family (task, G_SOCKET_FAMILY_IPV6);
  if (search->n_pending == 0 && !measure (task))
    finish (task);
}

static gboolean
patience_cb (gpointer user_data)
{
  Search *search = g_task_get_task_data (user_data);

  search->patience_source = 0;
  start (user_data);

  return G_SOURCE_REMOVE;
}

/* A cancelled search comes back by itself */
static void
settle (gpointer user_data)
{
  GTask *task = user_data;
  Search *search = g_task_get_task_data (task);

  if (search->own == NULL || search->is_started || search->relays == NULL)
    return;

  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    finish (task);
  else if (sidetone_call_servers_are_complete (search->others) &&
           sidetone_call_servers_are_complete (search->relays))
    start (task);
  else if (search->call_servers->len > 0 && search->patience_source == 0)
    search->patience_source = g_timeout_add (SIDETONE_RESOLUTION_DELAY, patience_cb, task);
}

static void
take_call_server (const SidetoneCallServer *call_server,
                  gpointer                  user_data)
{
  Search *search = g_task_get_task_data (user_data);
  SidetoneCallServer copy = { 0 };

  if (call_server->reason != NULL || search->is_started)
    return;

  copy.service = sidetone_service_ref (call_server->service);
  copy.server = sidetone_endpoint_ref (call_server->server);
  g_array_append_val (search->call_servers, copy);
}

static void
sidetone_nat_probe_run_async (SidetoneProbe      *probe,
                              SidetoneContext    *context,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (probe, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);

  g_task_set_source_tag (task, sidetone_nat_probe_run_async);
  g_task_set_task_data (task, search, search_free);
  search->context = g_object_ref (context);
  search->own = g_object_ref (task);
  search->call_servers = g_array_new (FALSE, FALSE, sizeof (SidetoneCallServer));
  g_array_set_clear_func (search->call_servers, call_server_clear);
  search->others = sidetone_call_servers_new (context, FALSE, cancellable, take_call_server, settle, task);
  search->relays = sidetone_call_servers_new (context, TRUE, cancellable, take_call_server, settle, task);
  sidetone_call_servers_follow (search->others);
  sidetone_call_servers_follow (search->relays);
}

static void
sidetone_nat_probe_dispose (GObject *object)
{
  SidetoneNatProbe *self = SIDETONE_NAT_PROBE (object);

  g_clear_object (&self->measurement);

  G_OBJECT_CLASS (sidetone_nat_probe_parent_class)->dispose (object);
}

static void
sidetone_nat_probe_class_init (SidetoneNatProbeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sidetone_nat_probe_dispose;

  SIDETONE_PROBE_CLASS (klass)->needs = SIDETONE_NEEDS_SERVICES;
  SIDETONE_PROBE_CLASS (klass)->run_async = sidetone_nat_probe_run_async;
}

static void
sidetone_nat_probe_init (SidetoneNatProbe *self)
{
}

/**
 * sidetone_nat_probe_new:
 * @measurement: (nullable): where it is wanted to know for how long UDP stays open, too: ends this
 *   measurement and nothing else, with what is known by then; whoever cancels the probe cancels both
 *
 * Returns: (transfer full): a probe that finds out what is done to UDP on the way
 */
SidetoneProbe *
sidetone_nat_probe_new (GCancellable *measurement)
{
  SidetoneNatProbe *self = g_object_new (SIDETONE_TYPE_NAT_PROBE, NULL);

  g_set_object (&self->measurement, measurement);

  return SIDETONE_PROBE (self);
}
