/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "probes/udp-path-probe.h"

#include "base/error.h"
#include "nat/udp-path.h"
#include "seen/path.h"

/**
 * SidetoneUdpPathProbe:
 *
 * A traceroute by UDP and by TCP, if a host for calls answers no request by UDP: how far both get. At
 * most one host for each version of IP.
 */
struct _SidetoneUdpPathProbe
{
  SidetoneProbe parent_instance;

  GSocketFamily family;
};

G_DEFINE_FINAL_TYPE (SidetoneUdpPathProbe, sidetone_udp_path_probe, SIDETONE_TYPE_PROBE)

/* The probe's task data */
typedef struct
{
  SidetoneContext *context;
  SidetoneObservation *silent;
  SidetoneEndpoint *udp;
  SidetoneEndpoint *tcp;
  gint64 start;
} Search;

/* What is known about a service over UDP and one version of IP */
typedef enum
{
  RESULT_PENDING,
  RESULT_NOT_TESTED,
  RESULT_SILENT,
  RESULT_ANSWERED,
} Result;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_object_unref (search->silent);
  g_object_unref (search->context);
  sidetone_endpoint_unref (search->udp);
  g_clear_pointer (&search->tcp, sidetone_endpoint_unref);
  g_free (search);
}

static gboolean
is_test (SidetoneObservation *observation)
{
  SidetoneObservationKind kind = sidetone_observation_get_kind (observation);

  return kind == SIDETONE_OBSERVATION_STUN || kind == SIDETONE_OBSERVATION_RELAY;
}

static gboolean
is_over_udp (const SidetoneService *service)
{
  return service != NULL && sidetone_service_get_transport (service) == SIDETONE_TRANSPORT_UDP;
}

static gboolean
is_same (const SidetoneService *one,
         const SidetoneService *other)
{
  return sidetone_service_get_kind (one) == sidetone_service_get_kind (other) &&
         sidetone_service_get_transport (one) == sidetone_service_get_transport (other) &&
         sidetone_service_get_port (one) == sidetone_service_get_port (other) &&
         g_str_equal (sidetone_service_get_host (one), sidetone_service_get_host (other));
}

static Result
read_test (SidetoneObservation *observation,
           GSocketFamily        family)
{
  SidetoneEndpoint *peer = sidetone_observation_get_peer (observation);

  if (sidetone_observation_get_state (observation) == SIDETONE_STATE_SKIPPED)
    return RESULT_NOT_TESTED;
  if (peer == NULL || sidetone_endpoint_get_family (peer) != family)
    return RESULT_PENDING;
  if (sidetone_observation_has_error (observation, SIDETONE_ERROR_STUN_NO_ANSWER) ||
      sidetone_observation_has_error (observation, SIDETONE_ERROR_UDP_PROHIBITED))
    return RESULT_SILENT;

  return RESULT_ANSWERED;
}

/* The highest of its tests' results */
static Result
find_result (GListModel            *observations,
             const SidetoneService *service,
             GSocketFamily          family)
{
  Result result = RESULT_PENDING;

  for (guint i = 0; i < g_list_model_get_n_items (observations); i++)
    {
      g_autoptr (SidetoneObservation) observation = g_list_model_get_item (observations, i);
      SidetoneService *tested = sidetone_observation_get_service (observation);

      if (tested != NULL && is_test (observation) && is_same (tested, service))
        result = MAX (result, read_test (observation, family));
    }

  return result;
}

/* Whether all requests to the host by UDP are over, and none was answered */
static gboolean
is_host_silent (SidetoneContext *context,
                const char      *host,
                GSocketFamily    family)
{
  GPtrArray *services = sidetone_context_get_services (context);

  for (guint i = 0; i < services->len; i++)
    {
      SidetoneService *service = services->pdata[i];
      Result result;

      if (!is_over_udp (service) || !g_str_equal (sidetone_service_get_host (service), host))
        continue;
      result = find_result (sidetone_context_get_observations (context), service, family);
      if (result == RESULT_PENDING || result == RESULT_ANSWERED)
        return FALSE;
    }

  return TRUE;
}

/* The first silent request to a silent host */
static SidetoneObservation *
find_silent (SidetoneContext *context,
             GSocketFamily    family)
{
  GListModel *observations = sidetone_context_get_observations (context);

  for (guint i = 0; i < g_list_model_get_n_items (observations); i++)
    {
      g_autoptr (SidetoneObservation) observation = g_list_model_get_item (observations, i);
      SidetoneService *service = sidetone_observation_get_service (observation);

      if (is_over_udp (service) && is_test (observation) &&
          read_test (observation, family) == RESULT_SILENT &&
          is_host_silent (context, sidetone_service_get_host (service), family))
        return g_steal_pointer (&observation);
    }

  return NULL;
}

/* The address by which this computer signed in */
static SidetoneEndpoint *
find_xmpp_server (SidetoneContext *context,
                  GSocketFamily    family)
{
  GListModel *observations = sidetone_context_get_observations (context);

  for (guint i = 0; i < g_list_model_get_n_items (observations); i++)
    {
      g_autoptr (SidetoneObservation) observation = g_list_model_get_item (observations, i);
      SidetoneEndpoint *peer = sidetone_observation_get_peer (observation);

      if (sidetone_observation_get_kind (observation) == SIDETONE_OBSERVATION_SIGN_IN &&
          sidetone_observation_get_state (observation) == SIDETONE_STATE_PASSED && peer != NULL &&
          sidetone_endpoint_get_family (peer) == family)
        return sidetone_endpoint_new (sidetone_endpoint_get_address (peer),
                                      sidetone_endpoint_get_port (peer), SIDETONE_TRANSPORT_TCP);
    }

  return NULL;
}

/* An announced TCP port of the host, or else the XMPP server */
static SidetoneEndpoint *
find_tcp (SidetoneContext     *context,
          SidetoneObservation *silent)
{
  GPtrArray *services = sidetone_context_get_services (context);
  SidetoneEndpoint *peer = sidetone_observation_get_peer (silent);
  const char *host = sidetone_service_get_host (sidetone_observation_get_service (silent));

  for (guint i = 0; i < services->len; i++)
    {
      SidetoneService *service = services->pdata[i];

      if (!is_over_udp (service) && g_str_equal (sidetone_service_get_host (service), host))
        return sidetone_endpoint_new (sidetone_endpoint_get_address (peer),
                                      sidetone_service_get_port (service), SIDETONE_TRANSPORT_TCP);
    }

  return find_xmpp_server (context, sidetone_endpoint_get_family (peer));
}

static GPtrArray *
make_routers (const SidetoneTrace *trace)
{
  GPtrArray *routers = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_endpoint_unref);

  for (guint i = 0; i < trace->routers->len; i++)
    g_ptr_array_add (routers, sidetone_endpoint_new (trace->routers->pdata[i], 0,
                                                     SIDETONE_TRANSPORT_UNKNOWN));

  return routers;
}

static void
observe (Search                *search,
         const SidetoneUdpPath *path)
{
  g_autoptr (GPtrArray) udp = make_routers (&path->udp);
  g_autoptr (GPtrArray) tcp = search->tcp != NULL ? make_routers (&path->tcp) : NULL;
  const SidetonePathSeen seen = {
    .service = sidetone_observation_get_service (search->silent),
    .peer = search->udp,
    .udp_routers = udp,
    .udp_arrived = sidetone_truth_of (path->udp.has_arrived),
    .tcp_peer = search->tcp,
    .tcp_routers = tcp,
    .tcp_arrived = search->tcp != NULL ? sidetone_truth_of (path->tcp.has_arrived)
                   : SIDETONE_TRUTH_UNKNOWN,
  };

  sidetone_context_observe (search->context, &(SidetoneObservationFields) {
    .id = sidetone_endpoint_get_family (search->udp) == G_SOCKET_FAMILY_IPV6 ? "path-6" : "path-4",
    .kind = SIDETONE_OBSERVATION_PATH,
    .vantage = SIDETONE_VANTAGE_COMPUTER,
    .state = SIDETONE_STATE_PASSED,
    .start_us = search->start,
    .duration_us = sidetone_context_get_time (search->context) - search->start,
    .what = &seen,
  });
}

static void
find_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (SidetoneUdpPath) path = NULL;
  GError *error = NULL;

  path = sidetone_udp_path_find_finish (result, &error);
  if (path == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  observe (g_task_get_task_data (task), path);
  g_task_return_boolean (task, TRUE);
}

static gboolean
sidetone_udp_path_probe_is_ready (SidetoneProbe   *probe,
                                  SidetoneContext *context)
{
  g_autoptr (SidetoneObservation) silent = NULL;

  silent = find_silent (context, SIDETONE_UDP_PATH_PROBE (probe)->family);
  return silent != NULL;
}

static void
sidetone_udp_path_probe_run_async (SidetoneProbe      *probe,
                                   SidetoneContext    *context,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data)
{
  GTask *task = g_task_new (probe, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);
  SidetoneEndpoint *peer;

  g_task_set_source_tag (task, sidetone_udp_path_probe_run_async);
  g_task_set_task_data (task, search, search_free);
  search->context = g_object_ref (context);
  search->silent = find_silent (context, SIDETONE_UDP_PATH_PROBE (probe)->family);
  peer = sidetone_observation_get_peer (search->silent);
  search->udp = sidetone_endpoint_new (sidetone_endpoint_get_address (peer),
                                       sidetone_endpoint_get_port (peer), SIDETONE_TRANSPORT_UDP);
  search->tcp = find_tcp (context, search->silent);
  search->start = sidetone_context_get_time (context);

  sidetone_udp_path_find_async (search->udp, search->tcp, cancellable, find_cb, task);
}

static void
sidetone_udp_path_probe_class_init (SidetoneUdpPathProbeClass *klass)
{
  SIDETONE_PROBE_CLASS (klass)->needs = SIDETONE_NEEDS_SERVICES;
  SIDETONE_PROBE_CLASS (klass)->is_ready = sidetone_udp_path_probe_is_ready;
  SIDETONE_PROBE_CLASS (klass)->run_async = sidetone_udp_path_probe_run_async;
}

static void
sidetone_udp_path_probe_init (SidetoneUdpPathProbe *self)
{
}

/**
 * sidetone_udp_path_probe_new:
 * @family: a version of IP
 *
 * Returns: (transfer full): a probe that compares how far UDP and TCP get
 */
SidetoneProbe *
sidetone_udp_path_probe_new (GSocketFamily family)
{
  SidetoneUdpPathProbe *self = g_object_new (SIDETONE_TYPE_UDP_PATH_PROBE, NULL);

  self->family = family;

  return SIDETONE_PROBE (self);
}
