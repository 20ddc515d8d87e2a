/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/host-result.h"

#include <string.h>

/* The results of STUN and TURN grouped by host: one row for each call server's host. */

G_DEFINE_BOXED_TYPE (SidetoneHostResult, sidetone_host_result, sidetone_host_result_ref,
                     sidetone_host_result_unref)

static void
clear (SidetoneHostResult *self)
{
  g_free (self->host);
  g_clear_pointer (&self->aliases, sidetone_aliases_unref);
  g_ptr_array_unref (self->results);
}

/* Hosts in their order, and by their name */
typedef struct
{
  GPtrArray *hosts;
  GHashTable *by_name;
  SidetoneAliases *aliases;
} Collection;

static SidetoneHostResult *
ensure_host (Collection *collection,
             const char *name)
{
  SidetoneHostResult *self = g_hash_table_lookup (collection->by_name, name);

  if (self == NULL)
    {
      self = g_atomic_rc_box_new0 (SidetoneHostResult);
      self->host = g_strdup (name);
      self->aliases = collection->aliases != NULL ? sidetone_aliases_ref (collection->aliases) : NULL;
      self->results = g_ptr_array_new_with_free_func (
        (GDestroyNotify) sidetone_service_result_unref);
      self->rtt_us = -1;
      self->loss = -1;
      g_ptr_array_add (collection->hosts, self);
      g_hash_table_insert (collection->by_name, self->host, self);
    }

  return self;
}

static SidetoneHostPart
get_service_part (const SidetoneService *service)
{
  if (!sidetone_service_is_relay (service))
    return SIDETONE_HOST_STUN;

  switch (sidetone_service_get_transport (service))
    {
    case SIDETONE_TRANSPORT_UNKNOWN:
    case SIDETONE_TRANSPORT_UDP:
      break;

    case SIDETONE_TRANSPORT_TCP:
      return SIDETONE_HOST_RELAY_TCP;

    case SIDETONE_TRANSPORT_TLS:
      return SIDETONE_HOST_RELAY_TLS;
    }

  return SIDETONE_HOST_RELAY_UDP;
}

/* By service and address, so that rows don't change places when an answer comes late */
static int
compare_results (gconstpointer a,
                 gconstpointer b)
{
  const SidetoneServiceResult *one = *(SidetoneServiceResult *const *) a;
  const SidetoneServiceResult *other = *(SidetoneServiceResult *const *) b;
  int services[][2] = {
    { get_service_part (one->service), get_service_part (other->service) },
    { sidetone_service_get_transport (one->service),
      sidetone_service_get_transport (other->service) },
    { sidetone_service_get_port (one->service), sidetone_service_get_port (other->service) },
    { one->server == NULL, other->server == NULL },
    { sidetone_service_result_is_over_ipv6 (one), sidetone_service_result_is_over_ipv6 (other) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    {
      if (services[i][0] != services[i][1])
        return services[i][0] < services[i][1] ? -1 : 1;
    }

  if (one->server == NULL)
    return 0;

  return memcmp (g_inet_address_to_bytes (sidetone_endpoint_get_address (one->server)),
                 g_inet_address_to_bytes (sidetone_endpoint_get_address (other->server)),
                 g_inet_address_get_native_size (sidetone_endpoint_get_address (one->server)));
}

/* The state of a part that has results of both states */
static SidetoneState
combine_states (SidetoneState one,
                SidetoneState other)
{
  static const SidetoneState order[] = {
    SIDETONE_STATE_PASSED, SIDETONE_STATE_FAILED, SIDETONE_STATE_UNKNOWN,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      if (one == order[i] || other == order[i])
        return order[i];
    }

  return SIDETONE_STATE_SKIPPED;
}

/**
 * sidetone_host_result_has_part:
 * @result: a service's result
 * @part: a part of its host
 *
 * Returns: whether @result is about @part
 */
gboolean
sidetone_host_result_has_part (const SidetoneServiceResult *result,
                               SidetoneHostPart             part)
{
  if (part == SIDETONE_HOST_IPV4 || part == SIDETONE_HOST_IPV6)
    return result->server != NULL &&
           sidetone_service_result_is_over_ipv6 (result) == (part == SIDETONE_HOST_IPV6);

  return get_service_part (result->service) == part;
}

static gboolean
has_stun_over_udp (const SidetoneHostResult *self)
{
  for (guint i = 0; i < self->results->len; i++)
    {
      const SidetoneServiceResult *result = self->results->pdata[i];

      if (!sidetone_service_is_relay (result->service) &&
          sidetone_service_result_is_over_udp (result))
        return TRUE;
    }

  return FALSE;
}

static void
judge_host (SidetoneHostResult     *self,
            const SidetoneEvidence *evidence)
{
  gboolean udp_only = has_stun_over_udp (self);
  gboolean has_result[SIDETONE_N_HOST_PARTS] = { FALSE };

  g_ptr_array_sort (self->results, compare_results);
  for (guint i = 0; i < self->results->len; i++)
    {
      const SidetoneServiceResult *result = self->results->pdata[i];

      for (SidetoneHostPart part = 0; part < SIDETONE_N_HOST_PARTS; part++)
        {
          if (!sidetone_host_result_has_part (result, part) ||
              (part == SIDETONE_HOST_STUN && udp_only &&
               !sidetone_service_result_is_over_udp (result)))
            continue;

          self->states[part] = has_result[part]
                               ? combine_states (self->states[part], result->state)
                               : result->state;
          self->offered[part] = has_result[part] = TRUE;
        }

      if (result->state == SIDETONE_STATE_PASSED && result->rtt_us >= 0)
        self->rtt_us = self->rtt_us < 0 ? result->rtt_us : MIN (self->rtt_us, result->rtt_us);
    }

  if (self->results->len > 0)
    self->loss = sidetone_evidence_get_host (evidence, self->host)->loss;
}

/**
 * sidetone_host_results_collect:
 * @evidence: what was seen so far
 * @running: whether more may come: then announced hosts without a result are listed, too
 *
 * Groups the results of the call servers by host. Hosts are in the order in which the server announces
 * them; those that it does not announce, because the user typed them, come after them.
 *
 * Returns: (transfer full) (element-type SidetoneHostResult): the hosts; the array frees them
 */
GPtrArray *
sidetone_host_results_collect (const SidetoneEvidence *evidence,
                               gboolean                running)
{
  g_autoptr (GHashTable) by_name = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) hosts = g_ptr_array_new_with_free_func (
    (GDestroyNotify) sidetone_host_result_unref);
  Collection collection = { hosts, by_name, sidetone_evidence_get_aliases (evidence) };
  GPtrArray *services;
  GPtrArray *results;

  g_return_val_if_fail (evidence != NULL, NULL);

  services = sidetone_evidence_get_services (evidence);
  results = sidetone_evidence_get_results (evidence);
  for (guint i = 0; i < services->len; i++)
    {
      SidetoneHostResult *host = ensure_host (&collection,
                                              sidetone_service_get_host (services->pdata[i]));
      SidetoneHostPart part = get_service_part (services->pdata[i]);

      host->offered[part] = TRUE;
    }

  for (guint i = 0; i < results->len; i++)
    {
      SidetoneServiceResult *result = results->pdata[i];
      SidetoneHostResult *host = ensure_host (&collection,
                                              sidetone_service_get_host (result->service));

      g_ptr_array_add (host->results, sidetone_service_result_ref (result));
    }

  for (guint i = hosts->len; i > 0; i--)
    {
      SidetoneHostResult *host = hosts->pdata[i - 1];

      if (host->results->len > 0 || running)
        judge_host (host, evidence);
      else
        g_ptr_array_remove_index (hosts, i - 1);
    }

  return g_steal_pointer (&hosts);
}

/**
 * sidetone_host_result_ref:
 * @self: a host
 *
 * Returns: (transfer full): @self
 */
SidetoneHostResult *
sidetone_host_result_ref (SidetoneHostResult *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * sidetone_host_result_unref:
 * @self: (transfer full): a host
 */
void
sidetone_host_result_unref (SidetoneHostResult *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) clear);
}

/**
 * sidetone_host_result_is_fault:
 * @result: a service's result
 *
 * Returns: whether something is wrong with it: it failed, or its relay worked only at first
 */
gboolean
sidetone_host_result_is_fault (const SidetoneServiceResult *result)
{
  return result->state == SIDETONE_STATE_FAILED ||
         (result->packets != NULL && sidetone_echo_has_ended (result->packets));
}

/**
 * sidetone_host_result_get_progress:
 * @self: a host
 * @running: whether more results may come
 *
 * Returns: %SIDETONE_PROGRESS_RUNNING as long as a result may come, then %SIDETONE_PROGRESS_FAILED if
 *   nothing works and something failed, %SIDETONE_PROGRESS_WARNING if something works and something
 *   failed, %SIDETONE_PROGRESS_PASSED if all that was tested works, %SIDETONE_PROGRESS_SKIPPED if
 *   nothing was tested, %SIDETONE_PROGRESS_UNKNOWN if that is not known
 */
SidetoneProgress
sidetone_host_result_get_progress (const SidetoneHostResult *self,
                                   gboolean                  running)
{
  gboolean any_works = FALSE;
  gboolean any_fault = FALSE;
  gboolean any_open = self->results->len == 0;

  for (guint i = 0; i < self->results->len; i++)
    {
      const SidetoneServiceResult *result = self->results->pdata[i];

      any_works = any_works || result->state == SIDETONE_STATE_PASSED;
      any_fault = any_fault || sidetone_host_result_is_fault (result);
      any_open = any_open || result->state == SIDETONE_STATE_UNKNOWN;
    }

  if (running && any_open)
    return SIDETONE_PROGRESS_RUNNING;
  if (any_fault)
    return any_works ? SIDETONE_PROGRESS_WARNING : SIDETONE_PROGRESS_FAILED;
  if (any_works)
    return SIDETONE_PROGRESS_PASSED;

  return any_open ? SIDETONE_PROGRESS_UNKNOWN : SIDETONE_PROGRESS_SKIPPED;
}

/**
 * sidetone_host_results_all_work:
 * @hosts: (element-type SidetoneHostResult): hosts
 *
 * Returns: whether each of them works without a fault
 */
gboolean
sidetone_host_results_all_work (GPtrArray *hosts)
{
  for (guint i = 0; i < hosts->len; i++)
    {
      if (sidetone_host_result_get_progress (hosts->pdata[i], FALSE) != SIDETONE_PROGRESS_PASSED)
        return FALSE;
    }

  return TRUE;
}

/**
 * sidetone_host_results_get_progress:
 * @hosts: (element-type SidetoneHostResult): hosts
 * @running: whether more results may come
 *
 * Returns: how far all of them are together: %SIDETONE_PROGRESS_RUNNING as long as one is, then
 *   %SIDETONE_PROGRESS_FAILED if nothing works anywhere, %SIDETONE_PROGRESS_WARNING if something fails,
 *   %SIDETONE_PROGRESS_PASSED if all that was tested works, and what they have in common otherwise;
 *   %SIDETONE_PROGRESS_WAITING without any
 */
SidetoneProgress
sidetone_host_results_get_progress (GPtrArray *hosts,
                                    gboolean   running)
{
  /* From the one that says most about all of them; a fault beside another host is a warning */
  static const SidetoneProgress order[] = {
    SIDETONE_PROGRESS_RUNNING, SIDETONE_PROGRESS_WARNING, SIDETONE_PROGRESS_PASSED,
    SIDETONE_PROGRESS_FAILED, SIDETONE_PROGRESS_UNKNOWN, SIDETONE_PROGRESS_SKIPPED,
  };
  gboolean any[SIDETONE_PROGRESS_SKIPPED + 1] = { FALSE };

  for (guint i = 0; i < hosts->len; i++)
    any[sidetone_host_result_get_progress (hosts->pdata[i], running)] = TRUE;

  any[SIDETONE_PROGRESS_WARNING] = any[SIDETONE_PROGRESS_WARNING] ||
                                   (any[SIDETONE_PROGRESS_FAILED] && any[SIDETONE_PROGRESS_PASSED]);
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      if (any[order[i]])
        return order[i];
    }

  return SIDETONE_PROGRESS_WAITING;
}
