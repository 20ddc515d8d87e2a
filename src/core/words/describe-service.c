/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/describe-private.h"

#include <glib/gi18n-lib.h>

#include "base/text.h"

/* Words for a row in the table of call servers: one service at one of its addresses.
 * words/describe-test.c has the words for its single tests. */

static char *
describe_success (const SidetoneServiceResult *result)
{
  g_autofree char *loss = NULL;
  g_autofree char *duration = NULL;

  if (result->packets != NULL && sidetone_echo_has_ended (result->packets))
    /* Translators: of a relay */
    return g_strdup (_("works at first, then stops"));
  if (result->rtt_us < 0)
    return g_strdup (_("works"));

  duration = sidetone_describe_duration (result->rtt_us);
  if (result->loss < 0)
    /* Translators: of a server; %s is the time of a round trip: "works, 51 ms" */
    return g_strdup_printf (_("works, %s"), duration);

  loss = sidetone_describe_loss (result->loss);

  /* Translators: of a relay: what became of packets that were sent through it, and how long their
   * round trip took: "works, nothing lost, 51 ms" */
  return g_strdup_printf (_("works, %s, %s"), loss, duration);
}

/**
 * sidetone_describe_service_outcome:
 * @result: a service's result at one of its addresses
 *
 * Returns: (transfer full): the result without the place, such as "works, nothing lost, 51 ms"
 */
char *
sidetone_describe_service_outcome (const SidetoneServiceResult *result)
{
  switch (result->state)
    {
    case SIDETONE_STATE_UNKNOWN:
      break;

    case SIDETONE_STATE_PASSED:
      return describe_success (result);

    case SIDETONE_STATE_FAILED:
      return g_strdup (sidetone_describe_error_in_short (result->error));

    case SIDETONE_STATE_SKIPPED:
      return g_strdup (sidetone_describe_skipped (result->reason));
    }

  /* A relay's packets are still to be sent, or were given up */
  return g_strdup (result->relayed != NULL ? _("relay reserved") : _("not known"));
}

/**
 * sidetone_describe_service_title:
 * @result: a service's result at one of its addresses
 *
 * Returns: (transfer full): its kind and host, such as "Relay at turn.example.org"
 */
char *
sidetone_describe_service_title (const SidetoneServiceResult *result)
{
  g_autofree char *host = NULL;

  g_return_val_if_fail (result != NULL, NULL);

  host = sidetone_text_make_safe (sidetone_service_get_host (result->service),
                                  SIDETONE_TEXT_MAX_CHARS);
  host = sidetone_describe_hidden (sidetone_observation_get_aliases (result->test),
                                   g_steal_pointer (&host));
  if (sidetone_service_is_relay (result->service))
    /* Translators: %s is the name of a server that passes calls on */
    return g_strdup_printf (_("Relay (TURN) %s"), host);

  /* Translators: %s is the name of a server that tells others which address they have */
  return g_strdup_printf (_("STUN server %s"), host);
}

/**
 * sidetone_describe_service_entry:
 * @result: a service's result at one of its addresses
 *
 * Names the announced entry that was tested, so that the server's administrator can find it.
 *
 * Returns: (transfer full): a few words, such as "TURN over UDP, 203.0.113.20 port 3478"
 */
char *
sidetone_describe_service_entry (const SidetoneServiceResult *result)
{
  const char *protocol;
  const char *transport;
  g_autofree char *where = NULL;

  g_return_val_if_fail (result != NULL, NULL);

  protocol = sidetone_service_is_relay (result->service) ? "TURN" : "STUN";
  transport = sidetone_describe_transport (result->service);
  if (result->server == NULL)
    /* Translators: a protocol for calls (STUN, TURN), by which protocol (UDP, TCP, TLS) and at which
     * port it is spoken */
    return g_strdup_printf (_("%s over %s, port %u"), protocol, transport,
                            sidetone_service_get_port (result->service));

  where = sidetone_describe_endpoint (result->server);

  /* Translators: a protocol for calls (STUN, TURN), by which protocol it is spoken (UDP, TCP, TLS),
   * and an address with its port: "TURN over UDP, 203.0.113.20 port 3478" */
  return g_strdup_printf (_("%s over %s, %s"), protocol, transport, where);
}

/**
 * sidetone_describe_service_summary:
 * @result: a service's result at one of its addresses
 *
 * Returns: (transfer full): its protocol and result in one line, such as "TURN over UDP,
 *   203.0.113.20 port 3478: works, nothing lost, 51 ms"; safe to show
 */
char *
sidetone_describe_service_summary (const SidetoneServiceResult *result)
{
  g_autofree char *entry = NULL;
  g_autofree char *outcome = NULL;

  g_return_val_if_fail (result != NULL, NULL);

  entry = sidetone_describe_service_entry (result);
  outcome = sidetone_describe_service_outcome (result);

  /* Translators: a server for calls, and what came of it: "TURN over UDP, 203.0.113.20 port 3478:
   * works, nothing lost, 51 ms" */
  return g_strdup_printf (_("%s: %s"), entry, outcome);
}

static char *
describe_trips (const GArray *trips)
{
  gint64 shortest = G_MAXINT64;
  gint64 longest = -1;
  guint n_lost = 0;
  g_autofree char *packets = NULL;
  g_autofree char *lost = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  for (guint i = 0; i < trips->len; i++)
    {
      gint64 trip = g_array_index (trips, gint64, i);

      if (trip < 0)
        {
          n_lost++;
          continue;
        }
      shortest = MIN (shortest, trip);
      longest = MAX (longest, trip);
    }

  packets = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u packet", "%u packets",
                                          trips->len), trips->len);
  if (n_lost == trips->len)
    /* Translators: %s is a number of packets */
    return g_strdup_printf (_("%s: all lost"), packets);

  /* Translators: how many packets were lost */
  lost = n_lost == 0 ? g_strdup (_("none lost"))
         : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u lost", "%u lost", n_lost), n_lost);
  from = sidetone_describe_duration (shortest);
  to = sidetone_describe_duration (longest);

  if (g_str_equal (from, to))
    /* Translators: a number of packets, how many of them were lost, and the time of a round trip: "50
     * packets: none lost, round trip 2 ms" */
    return g_strdup_printf (_("%s: %s, round trip %s"), packets, lost, to);

  /* Translators: a number of packets, how many of them were lost, and the shortest and the longest
   * time of a round trip: "50 packets: 1 lost, round trip 48 ms to 73 ms" */
  return g_strdup_printf (_("%s: %s, round trip %s to %s"), packets, lost, from, to);
}

/**
 * sidetone_describe_service_trips:
 * @result: a service's result at one of its addresses
 *
 * Puts the plot of its round trips into words, and that of the nearest router's.
 *
 * Returns: (transfer full) (nullable): a line such as "50 packets: 1 lost, round trip 48 ms to 73
 *   ms"; %NULL if no packets were sent
 */
char *
sidetone_describe_service_trips (const SidetoneServiceResult *result)
{
  const GArray *trips;
  g_autofree char *relay = NULL;
  g_autofree char *router = NULL;

  g_return_val_if_fail (result != NULL, NULL);

  trips = result->packets != NULL ? result->packets->trips : NULL;
  if (trips == NULL || trips->len == 0)
    return NULL;

  relay = describe_trips (trips);
  if (result->router_trips == NULL)
    return g_steal_pointer (&relay);

  router = describe_trips (result->router_trips);
  /* Translators: what became of packets through a relay, and of others to the router meanwhile: "Through
   * the relay, 50 packets: 1 lost, round trip 48 ms to 73 ms. Only to your router, 125 packets: none
   * lost, round trip 1 ms to 2 ms." */
  return g_strdup_printf (_("Through the relay, %s. Only to your router, %s."), relay, router);
}
