/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/describe-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "seen/echo.h"
#include "seen/relay.h"
#include "seen/service-result.h"
#include "seen/stun.h"

/* Words for the results of call servers' tests: STUN, TURN, and packets through a relay. */

static gboolean
is_pair (SidetoneObservation *observation)
{
  return sidetone_observation_get_echo (observation)->other_relay != NULL;
}

/**
 * sidetone_describe_echo_title:
 * @observation: of kind %SIDETONE_OBSERVATION_ECHO
 *
 * Returns: (transfer none): the result in a few words
 */
const char *
sidetone_describe_echo_title (SidetoneObservation *observation)
{
  gboolean failed = sidetone_observation_has_failed (observation);

  if (is_pair (observation))
    return failed ? _("Two relays don't pass data to each "
                      "other") : _("Two relays pass data to each other");

  return failed ? _("No data came through the relay") : _("Data came through the relay");
}

/**
 * sidetone_describe_skipped:
 * @reason: why a service was not tested
 *
 * Returns: (transfer none): a few words for it
 */
const char *
sidetone_describe_skipped (SidetoneSkipReason reason)
{
  switch (reason)
    {
    case SIDETONE_SKIP_REASON_NONE:
    case SIDETONE_SKIP_REASON_ANOTHER_WAS_FASTER:
    case SIDETONE_SKIP_REASON_NOT_NEEDED:
    case SIDETONE_SKIP_REASON_NO_RELAY:
      break;

    case SIDETONE_SKIP_REASON_NO_CREDENTIALS:
      return _("no password given");

    case SIDETONE_SKIP_REASON_DTLS:
      /* Translators: DTLS is a protocol */
      return _("uses DTLS, which apps don't support");

    case SIDETONE_SKIP_REASON_NO_ADDRESS:
      return _("has no address");

    case SIDETONE_SKIP_REASON_NO_IPV4:
      return _("this computer has no IPv4");

    case SIDETONE_SKIP_REASON_NO_IPV6:
      return _("this computer has no IPv6");

    case SIDETONE_SKIP_REASON_TOO_MANY:
      return _("skipped (too many servers)");

    case SIDETONE_SKIP_REASON_OWN_COMPUTER:
      return _("its address leads to this computer, so nothing was sent");

    case SIDETONE_SKIP_REASON_PRIVATE_ADDRESS:
      return _("its address is private, so nothing was sent");
    }

  return _("not tested");
}

/**
 * sidetone_describe_transport:
 * @service: a service for calls
 *
 * Returns: (transfer none): its protocol
 */
const char *
sidetone_describe_transport (const SidetoneService *service)
{
  switch (sidetone_service_get_transport (service))
    {
    case SIDETONE_TRANSPORT_UNKNOWN:
      break;

    case SIDETONE_TRANSPORT_UDP:
      return sidetone_service_get_kind (service) == SIDETONE_SERVICE_TURNS ||
             sidetone_service_get_kind (service) == SIDETONE_SERVICE_STUNS ? "DTLS" : "UDP";

    case SIDETONE_TRANSPORT_TCP:
      return "TCP";

    case SIDETONE_TRANSPORT_TLS:
      return "TLS";
    }

  return _("not known");
}

/**
 * sidetone_describe_loss:
 * @loss: the part of the packets that was lost, 0 to 1
 *
 * Returns: (transfer full): words for that, such as "2 % lost"
 */
char *
sidetone_describe_loss (double loss)
{
  guint percent = (guint) round (loss * 100);

  if (loss <= 0)
    return g_strdup (_("nothing lost"));
  if (percent < 1)
    return g_strdup (_("less than 1 in 100 lost"));

  /* Translators: a percentage of packets */
  return g_strdup_printf (_("%u %% lost"), percent);
}

/**
 * sidetone_describe_mapped:
 * @mapped: this computer's reflexive address at a call server
 *
 * Says so if the XMPP server does not tell what it sees, and names the source.
 *
 * Returns: (transfer full): a sentence
 */
char *
sidetone_describe_mapped (SidetoneEndpoint *mapped)
{
  g_autofree char *address = sidetone_describe_address (mapped);

  /* Translators: %s is an address */
  return g_strdup_printf (_("A call server (STUN) sees %s."), address);
}

/* The smallest size, in bytes, of which no packet came back; 0 if there is none */
static guint
get_lost_size (const SidetoneEchoSeen *echo)
{
  guint n = 0;

  if (echo->large_sizes != NULL && echo->large_sent != NULL && echo->large_arrived != NULL)
    n = MIN (echo->large_sizes->len, MIN (echo->large_sent->len, echo->large_arrived->len));

  for (guint i = 0; i < n; i++)
    {
      if (g_array_index (echo->large_sent, gint64, i) > 0 &&
          g_array_index (echo->large_arrived, gint64, i) == 0)
        return (guint) g_array_index (echo->large_sizes, gint64, i);
    }

  return 0;
}

/**
 * sidetone_describe_echo_summary:
 * @observation: of kind %SIDETONE_OBSERVATION_ECHO
 *
 * Returns: (transfer full): what was seen, in a few words
 */
char *
sidetone_describe_echo_summary (SidetoneObservation *observation)
{
  const SidetoneEchoSeen *echo = sidetone_observation_get_echo (observation);
  guint n_sent = MAX (echo->there_sent, 0);
  guint n_arrived = MAX (echo->there_arrived, 0);
  guint lost_size = get_lost_size (echo);
  g_autofree char *duration = NULL;
  g_autofree char *counts = NULL;

  /* Translators: how many packets arrived, and how many were sent */
  counts = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u of %u packet arrived",
                                         "%u of %u packets arrived", n_sent),
                            n_arrived, n_sent);
  if (echo->rtt_us == SIDETONE_NOT_SEEN)
    return g_steal_pointer (&counts);

  duration = sidetone_describe_duration (echo->rtt_us);

  /* Translators: how many packets arrived, how long they took, and a size: "49 of 50 packets arrived, 51
   * ms, none of 1400 bytes" */
  if (lost_size > 0)
    return g_strdup_printf (_("%s, %s, none of %u bytes"), counts, duration, lost_size);

  /* Translators: how many packets arrived, and how long they took: "49 of 50 packets arrived, 51
   * ms" */
  return g_strdup_printf (_("%s, %s"), counts, duration);
}

static SidetoneSkipReason
get_skip_reason (SidetoneObservation *observation)
{
  const SidetoneRelaySeen *relay = sidetone_observation_get_relay (observation);

  return relay != NULL ? relay->reason : sidetone_observation_get_stun (observation)->reason;
}

/**
 * sidetone_describe_test_summary:
 * @observation: of kind %SIDETONE_OBSERVATION_STUN or %SIDETONE_OBSERVATION_RELAY
 *
 * Returns: (transfer full): what was seen, in a few words or a sentence; not made safe to show
 */
char *
sidetone_describe_test_summary (SidetoneObservation *observation)
{
  SidetoneService *service = sidetone_observation_get_service (observation);
  const SidetoneRelaySeen *relay = sidetone_observation_get_relay (observation);
  const GError *error = sidetone_observation_get_error (observation);
  const char *host = service != NULL ? sidetone_service_get_host (service) : NULL;
  SidetoneEndpoint *seen = sidetone_observation_get_seen (observation);
  g_autofree char *place = NULL;
  g_autofree char *what = NULL;

  /* Translators: the name of a server, and a protocol such as UDP */
  place = service == NULL ? g_strdup ("")
          : g_strdup_printf (_("%s over %s"), host, sidetone_describe_transport (service));
  if (error != NULL)
    return sidetone_describe_error_event (error->code, service != NULL ? place : NULL, NULL);
  if (sidetone_observation_get_state (observation) == SIDETONE_STATE_SKIPPED)
    what = g_strdup (sidetone_describe_skipped (get_skip_reason (observation)));
  else if (relay != NULL && relay->relayed != NULL)
    what = sidetone_describe_endpoint (relay->relayed);
  else if (seen != NULL)
    what = sidetone_describe_endpoint (seen);
  else
    return g_steal_pointer (&place);

  /* Translators: a server, and what came of it: "turn.example.org by UDP: 192.0.2.1 port 3478" */
  return g_strdup_printf (_("%s: %s"), place, what);
}
