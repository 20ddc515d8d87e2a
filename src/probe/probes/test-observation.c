/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "probes/test-observation.h"

#include <string.h>

#include "base/error.h"
#include "base/secret.h"
#include "seen/echo.h"
#include "seen/relay.h"
#include "seen/stun.h"
#include "seen/video.h"

/* Observations of the call servers' tests (STUN transactions, allocations, echoes). The frame's
 * service has credentials, which no observation keeps, not even if a server quotes them. */

/* What is shorter may be in honest words by chance. */
#define FEWEST_CHARS 8

static SidetoneTruth
is_typed (const SidetoneCallServer *call_server)
{
  return sidetone_service_is_typed (call_server->service) ? SIDETONE_TRUTH_YES
         : SIDETONE_TRUTH_UNKNOWN;
}

/* A count or duration below 0 is not known. */
static gint64
get_known (gint64 value)
{
  return value >= 0 ? value : SIDETONE_NOT_SEEN;
}

/* Port 0: an ICMP error has none. */
static SidetoneEndpoint *
make_teller (GInetAddress *address)
{
  return address != NULL ? sidetone_endpoint_new (address, 0, SIDETONE_TRANSPORT_UNKNOWN) : NULL;
}

static void
init_stun (SidetoneStunSeen         *seen,
           const SidetoneCallServer *call_server)
{
  sidetone_field_table_init (&sidetone_stun_table, seen);
  seen->service = call_server->service;
  seen->typed = is_typed (call_server);
  seen->peer = call_server->server;
  seen->reason = call_server->reason;
}

static void
init_relay (SidetoneRelaySeen        *seen,
            const SidetoneCallServer *call_server)
{
  sidetone_field_table_init (&sidetone_relay_table, seen);
  seen->service = call_server->service;
  seen->typed = is_typed (call_server);
  seen->peer = call_server->server;
  seen->reason = call_server->reason;
}

static void
add_secret (GPtrArray  *secrets,
            const char *secret,
            gsize       fewest)
{
  if (secret != NULL && strlen (secret) >= fewest)
    g_ptr_array_add (secrets, (gpointer) secret);
}

/* A call server's words, without any server's credentials: it may be told those of others. The words
 * about an error may have no part of a short password, either. */
static char *
hide_credentials (SidetoneContext *context,
                  const char      *words,
                  gboolean         is_error)
{
  GPtrArray *services = sidetone_context_get_services (context);
  g_autoptr (GPtrArray) secrets = g_ptr_array_new ();

  for (guint i = 0; services != NULL && i < services->len; i++)
    {
      add_secret (secrets, sidetone_service_get_password (services->pdata[i]),
                  is_error ? 1 : FEWEST_CHARS);
      add_secret (secrets, sidetone_service_get_username (services->pdata[i]), FEWEST_CHARS);
    }
  g_ptr_array_add (secrets, NULL);

  return words != NULL ? sidetone_secret_hide (words, (const char *const *) secrets->pdata) : NULL;
}

static void
observe (SidetoneContext           *context,
         const SidetoneTestFrame   *frame,
         SidetoneObservationFields *fields,
         gconstpointer              what)
{
  g_autoptr (GError) error = NULL;

  if (fields->error != NULL)
    {
      error = g_error_copy (fields->error);
      g_free (error->message);
      error->message = hide_credentials (context, fields->error->message, TRUE);
      fields->error = error;
    }
  fields->id = frame->id;
  fields->start_us = frame->start;
  fields->duration_us = sidetone_context_get_time (context) - frame->start;
  fields->what = what;
  if (fields->state == SIDETONE_STATE_UNKNOWN)
    fields->state = fields->error == NULL ? SIDETONE_STATE_PASSED : SIDETONE_STATE_FAILED;
  sidetone_context_observe (context, fields);
}

/**
 * sidetone_test_observe_skipped:
 * @context: the context to add it to
 * @frame: the skipped test
 */
void
sidetone_test_observe_skipped (SidetoneContext         *context,
                               const SidetoneTestFrame *frame)
{
  gboolean is_relay = sidetone_service_is_relay (frame->call_server->service);
  SidetoneStunSeen stun;
  SidetoneRelaySeen relay;
  SidetoneObservationFields fields = {
    .kind = is_relay ? SIDETONE_OBSERVATION_RELAY : SIDETONE_OBSERVATION_STUN,
    .vantage = SIDETONE_VANTAGE_COMPUTER,
    .state = SIDETONE_STATE_SKIPPED,
  };

  init_stun (&stun, frame->call_server);
  init_relay (&relay, frame->call_server);
  observe (context, frame, &fields, is_relay ? (gconstpointer) & relay : &stun);
}

/**
 * sidetone_test_observe_stun:
 * @context: the context to add it to
 * @frame: the test
 * @local: (nullable): the socket's local address
 * @binding: (nullable): the answer
 * @error: (nullable): why there is none
 */
void
sidetone_test_observe_stun (SidetoneContext         *context,
                            const SidetoneTestFrame *frame,
                            SidetoneEndpoint        *local,
                            const SidetoneBinding   *binding,
                            const GError            *error)
{
  g_autoptr (SidetoneEndpoint) teller = make_teller (frame->told_by);
  g_autofree char *software = NULL;
  SidetoneStunSeen seen;
  SidetoneObservationFields fields = {
    .kind = SIDETONE_OBSERVATION_STUN,
    .vantage = SIDETONE_VANTAGE_STUN,
    .local = local,
    .error = error,
  };

  init_stun (&seen, frame->call_server);
  seen.told_by = teller;
  seen.names = frame->names;
  if (binding != NULL)
    {
      fields.seen = binding->mapped;
      seen.plain = binding->plain;
      seen.origin = binding->origin;
      seen.other = binding->other;
      seen.software = software = hide_credentials (context, binding->software, FALSE);
      seen.rtt_us = get_known (binding->round_trip_us);
      seen.n_sent = binding->n_sent;
    }
  observe (context, frame, &fields, &seen);
}

/**
 * sidetone_test_observe_relay:
 * @context: the context to add it to
 * @frame: the test
 * @turn: the relay, with an allocation if @error is %NULL
 * @family: the requested family
 * @error: (nullable): why there is no allocation
 */
void
sidetone_test_observe_relay (SidetoneContext         *context,
                             const SidetoneTestFrame *frame,
                             SidetoneTurn            *turn,
                             GSocketFamily            family,
                             const GError            *error)
{
  g_autoptr (SidetoneEndpoint) teller = make_teller (sidetone_turn_get_told_by (turn));
  g_autofree char *software = NULL;
  SidetoneRelaySeen seen;
  SidetoneObservationFields fields = {
    .kind = SIDETONE_OBSERVATION_RELAY,
    .vantage = SIDETONE_VANTAGE_RELAY,
    .local = sidetone_turn_get_local (turn),
    .seen = sidetone_turn_get_mapped (turn),
    .error = error,
  };

  init_relay (&seen, frame->call_server);
  seen.told_by = teller;
  seen.alternate = frame->alternate;
  seen.names = frame->names;
  seen.family = family == G_SOCKET_FAMILY_IPV6 ? 6 : 4;
  if (error == NULL)
    {
      seen.relayed = sidetone_turn_get_relayed (turn);
      seen.lifetime_s = sidetone_turn_get_lifetime (turn);
      seen.software = software = hide_credentials (context, sidetone_turn_get_software (turn),
                                                   FALSE);
      seen.rtt_us = get_known (sidetone_turn_get_round_trip (turn));
    }
  observe (context, frame, &fields, &seen);
}

static GArray *
new_numbers (void)
{
  return g_array_new (FALSE, FALSE, sizeof (gint64));
}

static void
append_number (GArray *numbers,
               gint64  number)
{
  g_array_append_val (numbers, number);
}

static void
take_figures (SidetoneEchoSeen   *seen,
              const SidetoneEcho *echo)
{
  seen->source = echo->source;
  seen->there_sent = sidetone_trips_get_n_sent (echo->there);
  seen->there_arrived = sidetone_trips_get_n_arrived (echo->there);
  seen->back_sent = sidetone_trips_get_n_sent (echo->back);
  seen->back_arrived = sidetone_trips_get_n_arrived (echo->back);
  seen->rtt_us = get_known (sidetone_trips_get_percentile (echo->there, 50));
  seen->p95_us = get_known (sidetone_trips_get_percentile (echo->there, 95));
  seen->jitter_us = get_known (sidetone_trips_get_jitter (echo->there));
  seen->reordered = sidetone_trips_get_n_reordered (echo->there) +
                    sidetone_trips_get_n_reordered (echo->back);
  seen->duplicates = sidetone_trips_get_n_duplicates (echo->there) +
                     sidetone_trips_get_n_duplicates (echo->back);

  seen->after_large_sent = echo->n_after_sent;
  seen->after_large_arrived = echo->n_after_back;
  for (guint i = 0; i < SIDETONE_ECHO_N_SIZES; i++)
    {
      if (echo->sizes[i].n_sent == 0)
        continue;
      append_number (seen->large_sizes, echo->sizes[i].size);
      append_number (seen->large_sent, echo->sizes[i].n_sent);
      append_number (seen->large_arrived, echo->sizes[i].n_back);
    }
  for (guint i = 0; i < sidetone_trips_get_n_sent (echo->there); i++)
    append_number (seen->trips, sidetone_trips_get_trip (echo->there, i));
}

/* Packets must arrive in both directions. */
static GError *
find_silence (const SidetoneEcho *echo,
              gboolean            is_told)
{
  if (sidetone_trips_get_n_arrived (echo->there) == 0)
    return g_error_new_literal (SIDETONE_ERROR, is_told ? SIDETONE_ERROR_UDP_PROHIBITED
                                : SIDETONE_ERROR_RELAY_SILENT, "No packet came through");
  if (sidetone_trips_get_n_arrived (echo->back) == 0)
    return g_error_new_literal (SIDETONE_ERROR, SIDETONE_ERROR_RELAY_ONE_WAY,
                                "No packet came back");

  return NULL;
}

/**
 * sidetone_test_observe_echo:
 * @context: the context to add it to
 * @frame: the test
 * @packets: the packets' ends
 * @echo: (nullable): the echo's result
 * @error: (nullable): why no packet was sent
 *
 * An echo without an arrival has failed, with %SIDETONE_ERROR_RELAY_SILENT, or with
 * %SIDETONE_ERROR_UDP_PROHIBITED if that was said; one with arrivals at the relay alone with
 * %SIDETONE_ERROR_RELAY_ONE_WAY.
 */
void
sidetone_test_observe_echo (SidetoneContext         *context,
                            const SidetoneTestFrame *frame,
                            const SidetoneEchoFrame *packets,
                            const SidetoneEcho      *echo,
                            const GError            *error)
{
  g_autoptr (GArray) trips = new_numbers ();
  g_autoptr (GArray) sizes = new_numbers ();
  g_autoptr (GArray) sent = new_numbers ();
  g_autoptr (GArray) arrived = new_numbers ();
  g_autoptr (GError) silence = NULL;
  g_autoptr (SidetoneEndpoint) teller = make_teller (frame->told_by);
  SidetoneEchoSeen seen;
  SidetoneObservationFields fields = {
    .kind = SIDETONE_OBSERVATION_ECHO,
    .vantage = SIDETONE_VANTAGE_RELAY,
    .local = packets->local,
    .seen = echo != NULL ? echo->seen : NULL,
    .error = error,
  };

  sidetone_field_table_init (&sidetone_echo_table, &seen);
  seen.service = frame->call_server->service;
  seen.typed = is_typed (frame->call_server);
  seen.peer = frame->call_server->server;
  seen.told_by = teller;
  seen.relay = packets->relay;
  seen.other_relay = packets->other_relay;
  seen.relayed = packets->relayed;
  seen.mapped = packets->mapped;
  if (echo != NULL)
    {
      seen.large_sizes = sizes;
      seen.large_sent = sent;
      seen.large_arrived = arrived;
      seen.trips = trips;
      take_figures (&seen, echo);
      if (trips->len == 0)
        seen.trips = NULL;
      if (sizes->len == 0)
        seen.large_sizes = seen.large_sent = seen.large_arrived = NULL;
      silence = find_silence (echo, teller != NULL);
    }
  if (error == NULL)
    fields.error = silence;
  observe (context, frame, &fields, &seen);
}

/* The arrays that have a number for each step */
#define N_ARRAYS 12

/* Fills @arrays, and lends them to @seen. */
static void
take_steps (SidetoneVideoSeen   *seen,
            GPtrArray           *arrays,
            const SidetoneVideo *video)
{
  GArray **places[N_ARRAYS] = {
    &seen->rates, &seen->sent, &seen->arrived, &seen->in_row, &seen->p50_us, &seen->p95_us,
    &seen->stun_asked, &seen->stun_answered, &seen->stun_us,
    &seen->router_asked, &seen->router_answered, &seen->router_us,
  };

  for (guint i = 0; i < N_ARRAYS; i++)
    {
      *places[i] = new_numbers ();
      g_ptr_array_add (arrays, *places[i]);
    }

  for (guint i = 0; i < video->n_steps; i++)
    {
      const SidetoneVideoStep *step = &video->steps[i];
      const gint64 numbers[N_ARRAYS] = {
        step->kbits, step->n_sent, step->n_arrived, step->n_in_row, step->p50_us, step->p95_us,
        step->stun.n_asked, step->stun.n_answered, step->stun.p95_us,
        step->router.n_asked, step->router.n_answered, step->router.p95_us,
      };

      for (guint j = 0; j < N_ARRAYS; j++)
        append_number (*places[j], numbers[j]);
    }
}

/**
 * sidetone_test_observe_video:
 * @context: the context to add it to
 * @frame: the test; without a call server there was none to test with
 * @local: (nullable): the second socket's local address
 * @video: (nullable): what became of the packets
 * @error: (nullable): why none was sent
 */
void
sidetone_test_observe_video (SidetoneContext         *context,
                             const SidetoneTestFrame *frame,
                             SidetoneEndpoint        *local,
                             const SidetoneVideo     *video,
                             const GError            *error)
{
  g_autoptr (GPtrArray) arrays = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  SidetoneVideoSeen seen;
  SidetoneObservationFields fields = {
    .kind = SIDETONE_OBSERVATION_VIDEO,
    .vantage = SIDETONE_VANTAGE_COMPUTER,
    .local = local,
    .error = error,
  };

  sidetone_field_table_init (&sidetone_video_table, &seen);
  if (frame->call_server == NULL)
    {
      fields.state = SIDETONE_STATE_SKIPPED;
      seen.reason = SIDETONE_SKIP_REASON_NO_RELAY;
      observe (context, frame, &fields, &seen);
      return;
    }

  seen.service = frame->call_server->service;
  seen.typed = is_typed (frame->call_server);
  seen.peer = frame->call_server->server;
  if (video != NULL)
    {
      seen.ended = video->ended;
      seen.base_us = get_known (video->base_us);
      seen.stun_base_us = get_known (video->stun_base_us);
      seen.router_base_us = get_known (video->router_base_us);
      take_steps (&seen, arrays, video);
    }
  observe (context, frame, &fields, &seen);
}
