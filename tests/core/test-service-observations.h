/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "test-observations.h"

#include "seen/service-result.h"

/* Short forms of call servers' observations, as the probes make them */

#define RELAY_HOST "turn.montague.lit"
#define RELAY_PEER "203.0.113.20:3478"
#define RELAYED "203.0.113.20:49322"

/* @details are in GVariant's text format; NULL for none */
static inline void
add_test (GListStore             *store,
          SidetoneObservationKind kind,
          const char             *id,
          const char             *service,
          const char             *peer,
          SidetoneState           state,
          const SidetoneError    *error,
          const char             *details)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (SidetoneEndpoint) local = parse_endpoint ("192.168.47.113:40001");
  g_autoptr (SidetoneEndpoint) seen = parse_endpoint ("198.51.100.87:40001");
  g_autoptr (SidetoneObservation) observation = NULL;
  g_autoptr (GError) met = NULL;
  SidetoneObservationFields fields = { .id = id, .kind = kind, .state = state };

  if (details != NULL)
    {
      g_autoptr (GVariant) parsed = NULL;
      g_autoptr (GError) parse_error = NULL;

      parsed = g_variant_parse (G_VARIANT_TYPE_VARDICT, details, NULL, NULL, &parse_error);
      g_assert_no_error (parse_error);
      g_variant_dict_clear (&dict);
      g_variant_dict_init (&dict, parsed);
    }
  g_variant_dict_insert (&dict, "service", "s", service);
  if (peer != NULL)
    {
      g_autoptr (SidetoneEndpoint) endpoint = parse_endpoint (peer);
      g_autofree char *address = sidetone_endpoint_dup_address (endpoint);

      g_variant_dict_insert (&dict, "peer-address", "s", address);
      g_variant_dict_insert (&dict, "peer-port", "x",
                             (gint64) sidetone_endpoint_get_port (endpoint));
    }

  if (state != SIDETONE_STATE_SKIPPED)
    fields.local = local;
  if (state == SIDETONE_STATE_PASSED)
    fields.seen = seen;
  if (error != NULL)
    met = g_error_new_literal (SIDETONE_ERROR, *error, RELAY_HOST " said so to romeo");
  fields.error = met;
  fields.vantage = kind == SIDETONE_OBSERVATION_STUN ? SIDETONE_VANTAGE_STUN
                   : SIDETONE_VANTAGE_RELAY;
  fields.details = g_variant_dict_end (&dict);
  observation = sidetone_observation_new (&fields);
  g_list_store_append (store, observation);
}

/* One of every kind and state: two relays that work, one of which loses packets, a pair of them,
 * one that passes nothing on, one that refuses, one without an answer yet, and one that was
 * skipped */
static inline GListStore *
make_tested (void)
{
  GListStore *store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  SidetoneError refused = SIDETONE_ERROR_TURN_UNAUTHORIZED;
  SidetoneError silent = SIDETONE_ERROR_RELAY_SILENT;
  SidetoneError no_answer = SIDETONE_ERROR_STUN_NO_ANSWER;

  add_test (store, SIDETONE_OBSERVATION_STUN, "stun-1", "stun udp " RELAY_HOST " 3478", RELAY_PEER,
            SIDETONE_STATE_PASSED, NULL,
            "{'rtt-us': <int64 18612>, 'software': <\"Coturn-4.6.1 'Gorst' of romeo\">,"
            " 'n-sent': <int64 1>, 'plain': <'192.168.47.9:40001'>,"
            " 'other': <'203.0.113.21:3479'>, 'origin': <'203.0.113.20:3478'>}");
  add_test (store, SIDETONE_OBSERVATION_STUN, "stun-2", "stun udp 203.0.113.44 3478",
            "203.0.113.44:3478", SIDETONE_STATE_FAILED, &no_answer, NULL);
  add_test (store, SIDETONE_OBSERVATION_RELAY, "relay-1",
            "turn udp " RELAY_HOST " 3478 credentials", RELAY_PEER, SIDETONE_STATE_PASSED, NULL,
            "{'relayed': <'" RELAYED "'>, 'lifetime': <int64 600>, 'rtt-us': <int64 19004>,"
            " 'family': <int64 4>}");
  add_test (store, SIDETONE_OBSERVATION_RELAY, "relay-2",
            "turns tls " RELAY_HOST " 5349 credentials", "203.0.113.20:5349",
            SIDETONE_STATE_PASSED, NULL, "{'relayed': <'203.0.113.20:51111'>}");
  add_test (store, SIDETONE_OBSERVATION_RELAY, "relay-3", "turn tcp " RELAY_HOST " 3478 credentials",
            RELAY_PEER, SIDETONE_STATE_FAILED, &refused, NULL);
  add_test (store, SIDETONE_OBSERVATION_RELAY, "relay-4", "turn udp 203.0.113.44 3478 credentials",
            "203.0.113.44:3478", SIDETONE_STATE_PASSED, NULL, "{'relayed': <'10.1.2.3:51112'>}");
  add_test (store, SIDETONE_OBSERVATION_RELAY, "relay-5", "turn udp " RELAY_HOST " 3479 credentials",
            "203.0.113.20:3479", SIDETONE_STATE_PASSED, NULL,
            "{'relayed': <'203.0.113.20:51113'>}");
  add_test (store, SIDETONE_OBSERVATION_RELAY, "relay-6", "turn udp spare.montague.lit 3478", NULL,
            SIDETONE_STATE_SKIPPED, NULL, "{'reason': <'no credentials'>}");
  add_test (store, SIDETONE_OBSERVATION_ECHO, "echo-1", "turn udp " RELAY_HOST " 3478 credentials",
            RELAY_PEER, SIDETONE_STATE_PASSED, NULL,
            "{'relay': <'relay-1'>, 'relayed': <'" RELAYED "'>, 'source': <'" RELAYED "'>,"
            " 'mapped': <'198.51.100.87:40007'>, 'there-sent': <int64 50>,"
            " 'there-arrived': <int64 49>, 'back-sent': <int64 49>, 'back-arrived': <int64 48>,"
            " 'rtt-us': <int64 51240>, 'p95-us': <int64 68000>, 'jitter-us': <int64 449>,"
            " 'reordered': <int64 1>, 'duplicates': <int64 0>,"
            " 'trips': <[int64 48000, -1, 73999]>, 'large-sizes': <[int64 1200]>,"
            " 'large-sent': <[int64 5]>, 'large-arrived': <[int64 4]>}");
  add_test (store, SIDETONE_OBSERVATION_ECHO, "pair-1", "turn udp " RELAY_HOST " 3478 credentials",
            RELAY_PEER, SIDETONE_STATE_PASSED, NULL,
            "{'relay': <'relay-1'>, 'other-relay': <'relay-2'>, 'there-sent': <int64 10>,"
            " 'there-arrived': <int64 10>, 'back-sent': <int64 10>, 'back-arrived': <int64 10>,"
            " 'rtt-us': <int64 49000>, 'trips': <[int64 49000]>}");
  add_test (store, SIDETONE_OBSERVATION_ECHO, "echo-4", "turn udp 203.0.113.44 3478 credentials",
            "203.0.113.44:3478", SIDETONE_STATE_FAILED, &silent,
            "{'relay': <'relay-4'>, 'mapped': <'198.51.100.87:40009'>, 'there-sent': <int64 50>,"
            " 'there-arrived': <int64 0>, 'trips': <[int64 -1, -1]>}");

  return store;
}
