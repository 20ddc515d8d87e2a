/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* What the tests of one host's call servers show together: who answers, and packet loss. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/host-evidence.h"

#include "judge/chance.h"

/* A likelier difference between two directions may be chance. */
#define CHANCE 0.001

/* What became of the packets to and from one host */
typedef struct
{
  SidetoneHostEvidence evidence;  /* the first member: the table hands it out */
  SidetoneLost there;      /* over UDP */
  SidetoneLost back;
  SidetoneLost tcp_there;  /* over TCP or TLS */
  SidetoneLost tcp_back;
} Host;

static void
add_directions (Host                   *host,
                const SidetoneEchoSeen *seen,
                gboolean                is_over_udp)
{
  sidetone_lost_add (is_over_udp ? &host->there : &host->tcp_there, seen->there_sent,
                     seen->there_arrived);
  sidetone_lost_add (is_over_udp ? &host->back : &host->tcp_back, seen->back_sent,
                     seen->back_arrived);
}

static gboolean
is_more_lost (const SidetoneLost *over_udp,
              const SidetoneLost *over_tcp,
              const SidetoneLost *less)
{
  const SidetoneLost both = {
    over_udp->n_sent + over_tcp->n_sent, over_udp->n_lost + over_tcp->n_lost,
  };

  return sidetone_chance_of_more (over_udp, less) < CHANCE ||
         sidetone_chance_of_more (&both, less) < CHANCE;
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
  const SidetoneEchoSeen *seen;

  if (!sidetone_observation_has_passed (result->echo) ||
      result->n_arrived > result->n_sent ||
      sidetone_echo_has_ended (sidetone_observation_get_echo (result->echo)))
    return;

  seen = sidetone_observation_get_echo (result->echo);
  host->evidence.crossings.n_sent += n_ways * result->n_sent;
  host->evidence.crossings.n_lost += result->n_sent - result->n_arrived;
  host->evidence.is_even = host->evidence.is_even ||
                           (seen->trips != NULL &&
                            sidetone_chance_of_spread (seen->trips, seen->there_sent) < CHANCE);
  add_directions (host, seen, n_ways == 2);
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
      const SidetoneLost *crossings = &host->evidence.crossings;

      host->evidence.loss = crossings->n_sent > 0
                            ? (double) crossings->n_lost / crossings->n_sent : -1;
      host->evidence.one_sided = is_one_sided (host);
    }

  return hosts;
}
