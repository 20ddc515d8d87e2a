/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* What the tests of one host's call servers show together: who answers, and packet loss. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/host-evidence.h"

#include <math.h>

/* A likelier difference between two directions may be chance. */
#define CHANCE 0.001

/* Far more than a check sends to one host. The test below takes a step for each lost packet. */
#define MAX_PACKETS 10000

/* Packets in one direction */
typedef struct
{
  gint64 n_sent;
  gint64 n_lost;
} Direction;

/* How many packets crossed this computer's line on the way to one host, and how many were lost */
typedef struct
{
  SidetoneHostEvidence evidence;  /* the first member: the table hands it out */
  guint64 n_crossings;
  guint64 n_lost;
  Direction there;      /* over UDP */
  Direction back;
  Direction tcp_there;  /* over TCP or TLS */
  Direction tcp_back;
} Host;

static void
add_direction (Direction *direction,
               gint64     n_sent,
               gint64     n_arrived)
{
  if (n_sent <= 0 || n_arrived < 0 || n_arrived > n_sent ||
      n_sent > MAX_PACKETS - direction->n_sent)
    return;

  direction->n_sent += n_sent;
  direction->n_lost += n_sent - n_arrived;
}

static void
add_directions (Host                   *host,
                const SidetoneEchoSeen *seen,
                gboolean                is_over_udp)
{
  add_direction (is_over_udp ? &host->there : &host->tcp_there, seen->there_sent,
                 seen->there_arrived);
  add_direction (is_over_udp ? &host->back : &host->tcp_back, seen->back_sent, seen->back_arrived);
}

/* The logarithm of the number of ways to choose @k of @n */
static double
log_choose (double n,
            double k)
{
  return lgamma (n + 1) - lgamma (k + 1) - lgamma (n - k + 1);
}

/* Fisher's exact test: the probability that at least as many of all lost packets fall on @more, if
 * both directions lose alike */
static double
get_chance (const Direction *more,
            const Direction *less)
{
  gint64 n_lost = more->n_lost + less->n_lost;
  double all = log_choose (more->n_sent + less->n_sent, n_lost);
  double chance = 0;

  for (gint64 k = more->n_lost; k <= MIN (n_lost, more->n_sent); k++)
    {
      if (n_lost - k <= less->n_sent)
        chance += exp (log_choose (more->n_sent, k) + log_choose (less->n_sent, n_lost - k) - all);
    }

  return chance;
}

static gboolean
is_more_lost (const Direction *over_udp,
              const Direction *over_tcp,
              const Direction *less)
{
  const Direction both = {
    over_udp->n_sent + over_tcp->n_sent, over_udp->n_lost + over_tcp->n_lost,
  };

  return get_chance (over_udp, less) < CHANCE || get_chance (&both, less) < CHANCE;
}

/* By UDP, packets to the relay and back from it cross this computer's line as often out as in. So the
 * line loses as many there as back, and a limit of the relay may not. With a relay over TCP, which
 * repairs losses, they cross the line once: it loses no more of them than of the others. */
static gboolean
is_one_sided (const Host *host)
{
  if (host->there.n_sent == 0 || host->back.n_sent == 0)
    return FALSE;

  return is_more_lost (&host->there, &host->tcp_there, &host->back) ||
         is_more_lost (&host->back, &host->tcp_back, &host->there);
}

/* A trip crosses the line twice by UDP, and once if the transport to the relay is TCP or TLS, which
 * hide their losses. All packets to a host count together, to leave less to chance. */
static void
add_packets (Host                        *host,
             const SidetoneServiceResult *result)
{
  guint n_ways = sidetone_service_result_is_over_udp (result) ? 2 : 1;

  if (!sidetone_observation_has_passed (result->echo) ||
      result->n_arrived > result->n_sent ||
      sidetone_echo_has_ended (sidetone_observation_get_echo (result->echo)))
    return;

  host->n_crossings += n_ways * result->n_sent;
  host->n_lost += result->n_sent - result->n_arrived;
  add_directions (host, sidetone_observation_get_echo (result->echo), n_ways == 2);
}

static Host *
ensure_host (GHashTable *hosts,
             const char *name)
{
  Host *host = g_hash_table_lookup (hosts, name);

  if (host == NULL)
    {
      host = g_new0 (Host, 1);
      g_hash_table_insert (hosts, (gpointer) name, host);
    }

  return host;
}

static void
add_result (Host                        *host,
            const SidetoneServiceResult *result)
{
  SidetoneHostEvidence *evidence = &host->evidence;

  add_packets (host, result);
  evidence->works_as_relay = evidence->works_as_relay ||
                             sidetone_service_result_works_as_relay (result);
  evidence->has_allocated = evidence->has_allocated ||
                            (sidetone_service_is_relay (result->service) &&
                             sidetone_observation_has_passed (result->test));
  evidence->has_answered = evidence->has_answered || sidetone_service_result_has_answered (result);
}

/**
 * sidetone_host_evidence_collect:
 * @results: (element-type SidetoneServiceResult): the call servers' results, which must outlive
 *   the table
 *
 * Collects what is known about each host.
 *
 * Returns: (transfer full) (element-type utf8 SidetoneHostEvidence): by the host
 */
GHashTable *
sidetone_host_evidence_collect (GPtrArray *results)
{
  GHashTable *hosts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  GHashTableIter iter;
  gpointer value;

  for (guint i = 0; i < results->len; i++)
    {
      const SidetoneServiceResult *result = results->pdata[i];

      add_result (ensure_host (hosts, sidetone_service_get_host (result->service)), result);
    }

  g_hash_table_iter_init (&iter, hosts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Host *host = value;

      host->evidence.loss = host->n_crossings > 0 ? (double) host->n_lost / host->n_crossings : -1;
      host->evidence.one_sided = is_one_sided (host);
    }

  return hosts;
}
