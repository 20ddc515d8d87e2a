/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "probes/test-observation.h"

#include "base/error.h"

/* Observations of tests of the servers for calls. None holds a credential. The details are those of
 * src/core/README.md. */

static void
add_string (GVariantDict *details,
            const char   *key,
            const char   *value)
{
  if (value != NULL)
    g_variant_dict_insert (details, key, "s", value);
}

static void
add_int (GVariantDict *details,
         const char   *key,
         gint64        value)
{
  if (value >= 0)
    g_variant_dict_insert (details, key, "x", value);
}

static void
add_endpoint (GVariantDict     *details,
              const char       *key,
              SidetoneEndpoint *endpoint)
{
  g_autofree char *text = endpoint != NULL ? sidetone_endpoint_format (endpoint) : NULL;

  add_string (details, key, text);
}

static void
add_numbers (GVariantDict *details,
             const char   *key,
             const gint64 *numbers,
             gsize         n)
{
  g_variant_dict_insert_value (details, key,
                               g_variant_new_fixed_array (G_VARIANT_TYPE_INT64, numbers, n,
                                                          sizeof *numbers));
}

static void
add_call_server (GVariantDict             *details,
                 const SidetoneCallServer *call_server)
{
  g_autofree char *service = sidetone_service_to_text (call_server->service);
  g_autofree char *address = NULL;

  add_string (details, "service", service);
  if (sidetone_service_is_typed (call_server->service))
    g_variant_dict_insert (details, "typed", "b", TRUE);
  add_string (details, "reason", call_server->reason);
  if (call_server->server == NULL)
    return;

  address = sidetone_endpoint_dup_address (call_server->server);
  add_string (details, "peer-address", address);
  add_int (details, "peer-port", sidetone_endpoint_get_port (call_server->server));
}

static void
observe (SidetoneContext           *context,
         const SidetoneTestFrame   *frame,
         SidetoneObservationFields *fields,
         GVariantDict              *details)
{
  fields->id = frame->id;
  fields->start_us = frame->start;
  fields->duration_us = sidetone_context_get_time (context) - frame->start;
  fields->details = g_variant_dict_end (details);
  if (fields->state == SIDETONE_STATE_UNKNOWN)
    fields->state = fields->error == NULL ? SIDETONE_STATE_PASSED : SIDETONE_STATE_FAILED;
  sidetone_context_observe (context, fields);
}

/**
 * sidetone_test_observe_skipped:
 * @context: where to add it
 * @frame: what was not tried
 */
void
sidetone_test_observe_skipped (SidetoneContext         *context,
                               const SidetoneTestFrame *frame)
{
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  gboolean is_relay = sidetone_service_is_relay (frame->call_server->service);
  SidetoneObservationFields fields = {
    .kind = is_relay ? SIDETONE_OBSERVATION_RELAY : SIDETONE_OBSERVATION_STUN,
    .vantage = SIDETONE_VANTAGE_COMPUTER,
    .state = SIDETONE_STATE_SKIPPED,
  };

  add_call_server (&details, frame->call_server);
  observe (context, frame, &fields, &details);
}

/**
 * sidetone_test_observe_stun:
 * @context: where to add it
 * @frame: what was tried
 * @local: (nullable): the own socket
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
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  SidetoneObservationFields fields = {
    .kind = SIDETONE_OBSERVATION_STUN,
    .vantage = SIDETONE_VANTAGE_STUN,
    .local = local,
    .error = error,
  };

  add_call_server (&details, frame->call_server);
  if (binding != NULL)
    {
      fields.seen = binding->mapped;
      add_endpoint (&details, "plain", binding->plain);
      add_endpoint (&details, "origin", binding->origin);
      add_endpoint (&details, "other", binding->other);
      add_string (&details, "software", binding->software);
      add_int (&details, "rtt-us", binding->round_trip_us);
      add_int (&details, "n-sent", binding->n_sent);
    }
  observe (context, frame, &fields, &details);
}

/**
 * sidetone_test_observe_relay:
 * @context: where to add it
 * @frame: what was tried
 * @turn: the relay, which is there if @error is %NULL
 * @family: what its relayed address was to be
 * @error: (nullable): why it is not there
 */
void
sidetone_test_observe_relay (SidetoneContext         *context,
                             const SidetoneTestFrame *frame,
                             SidetoneTurn            *turn,
                             GSocketFamily            family,
                             const GError            *error)
{
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  SidetoneObservationFields fields = {
    .kind = SIDETONE_OBSERVATION_RELAY,
    .vantage = SIDETONE_VANTAGE_RELAY,
    .local = sidetone_turn_get_local (turn),
    .seen = sidetone_turn_get_mapped (turn),
    .error = error,
  };

  add_call_server (&details, frame->call_server);
  add_int (&details, "family", family == G_SOCKET_FAMILY_IPV6 ? 6 : 4);
  if (error == NULL)
    {
      add_endpoint (&details, "relayed", sidetone_turn_get_relayed (turn));
      add_int (&details, "lifetime", sidetone_turn_get_lifetime (turn));
      add_string (&details, "software", sidetone_turn_get_software (turn));
      add_int (&details, "rtt-us", sidetone_turn_get_round_trip (turn));
    }
  observe (context, frame, &fields, &details);
}

static void
add_large (GVariantDict       *details,
           const SidetoneEcho *echo)
{
  gint64 sizes[SIDETONE_ECHO_N_SIZES];
  gint64 sent[SIDETONE_ECHO_N_SIZES];
  gint64 arrived[SIDETONE_ECHO_N_SIZES];

  for (guint i = 0; i < SIDETONE_ECHO_N_SIZES; i++)
    {
      sizes[i] = echo->sizes[i].size;
      sent[i] = echo->sizes[i].n_sent;
      arrived[i] = echo->sizes[i].n_back;
    }
  add_numbers (details, "large-sizes", sizes, SIDETONE_ECHO_N_SIZES);
  add_numbers (details, "large-sent", sent, SIDETONE_ECHO_N_SIZES);
  add_numbers (details, "large-arrived", arrived, SIDETONE_ECHO_N_SIZES);
}

static void
add_trips (GVariantDict       *details,
           const SidetoneEcho *echo)
{
  guint n_sent = sidetone_trips_get_n_sent (echo->there);
  g_autofree gint64 *trips = g_new (gint64, n_sent);

  for (guint i = 0; i < n_sent; i++)
    trips[i] = sidetone_trips_get_trip (echo->there, i);
  if (n_sent > 0)
    add_numbers (details, "trips", trips, n_sent);
}

static void
add_figures (GVariantDict       *details,
             const SidetoneEcho *echo)
{
  add_endpoint (details, "source", echo->source);
  add_int (details, "there-sent", sidetone_trips_get_n_sent (echo->there));
  add_int (details, "there-arrived", sidetone_trips_get_n_arrived (echo->there));
  add_int (details, "back-sent", sidetone_trips_get_n_sent (echo->back));
  add_int (details, "back-arrived", sidetone_trips_get_n_arrived (echo->back));
  add_int (details, "rtt-us", sidetone_trips_get_percentile (echo->there, 50));
  add_int (details, "p95-us", sidetone_trips_get_percentile (echo->there, 95));
  add_int (details, "jitter-us", sidetone_trips_get_jitter (echo->there));
  add_int (details, "reordered", sidetone_trips_get_n_reordered (echo->there) +
           sidetone_trips_get_n_reordered (echo->back));
  add_int (details, "duplicates", sidetone_trips_get_n_duplicates (echo->there) +
           sidetone_trips_get_n_duplicates (echo->back));
  add_trips (details, echo);
  add_large (details, echo);
}

/* Packets have to come through in both directions. */
static gboolean
is_silent (const SidetoneEcho *echo)
{
  return sidetone_trips_get_n_arrived (echo->there) == 0 ||
         sidetone_trips_get_n_arrived (echo->back) == 0;
}

/**
 * sidetone_test_observe_echo:
 * @context: where to add it
 * @frame: what was tried
 * @packets: between whom
 * @echo: (nullable): what became of the packets
 * @error: (nullable): why none could be sent
 *
 * An echo of which nothing came through has failed, with %SIDETONE_ERROR_RELAY_SILENT.
 */
void
sidetone_test_observe_echo (SidetoneContext         *context,
                            const SidetoneTestFrame *frame,
                            const SidetoneEchoFrame *packets,
                            const SidetoneEcho      *echo,
                            const GError            *error)
{
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GError) silence = NULL;
  SidetoneObservationFields fields = {
    .kind = SIDETONE_OBSERVATION_ECHO,
    .vantage = SIDETONE_VANTAGE_RELAY,
    .local = packets->local,
    .seen = echo != NULL ? echo->seen : NULL,
    .error = error,
  };

  add_call_server (&details, frame->call_server);
  add_string (&details, "relay", packets->relay);
  add_string (&details, "other-relay", packets->other_relay);
  add_endpoint (&details, "relayed", packets->relayed);
  add_endpoint (&details, "mapped", packets->mapped);
  if (echo != NULL)
    {
      add_figures (&details, echo);
      if (is_silent (echo))
        silence = g_error_new_literal (SIDETONE_ERROR, SIDETONE_ERROR_RELAY_SILENT,
                                       "No packet came through");
    }
  if (error == NULL)
    fields.error = silence;
  observe (context, frame, &fields, &details);
}
