/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "test-observations.h"

#include "wire/service.h"

/* Short forms of the observations of STUN and TURN servers' tests. Shared by the tests that judge
 * them. */

/* What becomes of packets through a relay */
typedef enum
{
  NOT_TRIED,
  ALL,            /* all of them, in 50 ms */
  SOME,           /* one in ten is lost in each direction */
  FEW,            /* one in a hundred in each direction */
  SLOW,           /* all of them, in 400 ms */
  NO_LARGE,       /* those of 1400 bytes are lost */
  LESS_ONE_SIDED, /* one in five of those to the relay, none of those back */
  ONE_SIDED,      /* half of those to the relay, none of those back */
  ENDED,          /* twenty, and then none any more */
  PAUSED,         /* the same, and again some after a second */
  SOME_NO_LARGE,  /* those of 1400 bytes, and of the others one in ten each way */
  ELSEWHERE,      /* from another address than the relayed one */
  NONE,           /* nothing, though STUN answered the second socket */
  THERE_ALONE,    /* all to the relay, and none back */
  NONE_UNBOUND,   /* nothing, and STUN did not answer */
  UNREACHED,      /* nothing: a router on the way knows no way there */
  FORBIDDEN,      /* no permission */
  FORBIDDEN_INSIDE, /* no permission for a private address */
  UNANSWERED,     /* nor an answer to the request for one */
} Packets;

typedef struct
{
  const char *service;
  const char *peer;         /* NULL: the service's own address */
  SidetoneError error;
  const char *mapped;       /* NULL: 198.51.100.1:6000, behind a router */
  const char *relayed;      /* NULL: 203.0.113.20:50000 */
  Packets echo;
  Packets pair;             /* with the test before this one */
  SidetoneError echo_error; /* in place of that of @echo */
  const char *plain;        /* MAPPED-ADDRESS */
  const char *told_by;      /* the sender of an ICMP error */
  const char *alternate;    /* where a relay sends apps on to */
  gint64 start_us;          /* of the echo, which takes five seconds */
} Test;

#define STUN "stun udp 203.0.113.20 3478"
#define TURN "turn udp 203.0.113.20 3478 credentials"
#define TURN_TCP "turn tcp 203.0.113.20 3478 credentials"
#define TURN_TLS "turns tls 203.0.113.20 443 credentials"
#define OTHER_STUN "stun udp 203.0.113.30 3478"
#define OTHER_TURN "turn udp 203.0.113.30 3478 credentials"
#define OTHER_TURN_TCP "turn tcp 203.0.113.30 3478 credentials"

#define SILENT SIDETONE_ERROR_STUN_NO_ANSWER
#define OPEN "192.168.1.10:6000"

/* Packets to the relay, and back */
typedef struct
{
  Packets packets;
  gint64 there_sent, there_arrived, back_sent, back_arrived;
  gint64 rtt_us;
  SidetoneError error;
} Figures;

static const Figures figures[] = {
  { NOT_TRIED },
  { ALL, 50, 50, 50, 50, 50000 },
  { SOME, 50, 41, 41, 33, 50000 },
  { FEW, 50, 49, 49, 48, 50000 },
  { SLOW, 50, 50, 50, 50, 400000 },
  { NO_LARGE, 50, 50, 50, 50, 50000 },
  { LESS_ONE_SIDED, 50, 40, 40, 40, 50000 },
  { ONE_SIDED, 50, 26, 26, 26, 50000 },
  { ENDED, 50, 20, 20, 20, 50000 },
  { PAUSED, 50, 20, 20, 20, 50000 },
  { SOME_NO_LARGE, 50, 41, 41, 33, 50000 },
  { ELSEWHERE, 50, 50, 50, 50, 50000 },
  { NONE, 50, 0, 0, 0, -1, SIDETONE_ERROR_RELAY_SILENT },
  { THERE_ALONE, 50, 50, 50, 0, -1, SIDETONE_ERROR_RELAY_ONE_WAY },
  { NONE_UNBOUND, 50, 0, 0, 0, -1, SIDETONE_ERROR_RELAY_SILENT },
  { UNREACHED, 50, 0, 0, 0, -1, SIDETONE_ERROR_UDP_PROHIBITED },
  { FORBIDDEN, 0, 0, 0, 0, -1, SIDETONE_ERROR_TURN_FORBIDDEN },
  { FORBIDDEN_INSIDE, 0, 0, 0, 0, -1, SIDETONE_ERROR_TURN_FORBIDDEN },
  { UNANSWERED, 0, 0, 0, 0, -1, SIDETONE_ERROR_STUN_NO_ANSWER },
};

static inline GVariant *
make_numbers (gint64 a,
              gint64 b)
{
  const gint64 numbers[] = { a, b };

  return g_variant_new_fixed_array (G_VARIANT_TYPE_INT64, numbers, 2, sizeof (gint64));
}

/* Those of the first twenty, and of the small ones after all */
static inline void
add_end (GVariantDict *details,
         Packets       packets)
{
  gint64 trips[50];

  for (guint i = 0; i < G_N_ELEMENTS (trips); i++)
    trips[i] = i < 20 ? 50000 : -1;
  g_variant_dict_insert_value (details, "trips",
                               g_variant_new_fixed_array (G_VARIANT_TYPE_INT64, trips,
                                                          G_N_ELEMENTS (trips), sizeof trips[0]));
  g_variant_dict_insert (details, "after-large-sent", "x", (gint64) 6);
  g_variant_dict_insert (details, "after-large-arrived", "x", (gint64) (packets == PAUSED ? 3 : 0));
}

static inline void
add_packets (GListStore *store,
             const Test *test,
             guint       number,
             Packets     packets,
             gboolean    is_pair)
{
  const Figures *of = &figures[packets];
  SidetoneError failure = test->echo_error != 0 && !is_pair ? test->echo_error : of->error;
  gboolean is_cut = packets == ENDED || packets == PAUSED;
  gboolean has_large = of->error == 0 && packets != NO_LARGE && packets != SOME_NO_LARGE && !is_cut;
  g_autofree char *id = g_strdup_printf (is_pair ? "pair-%u" : "echo-%u", number);
  g_autofree char *relay = g_strdup_printf ("test-%u", is_pair ? number - 1 : number);
  g_autofree char *other = g_strdup_printf ("test-%u", number);
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GError) error = NULL;
  SidetoneObservationFields fields = {
    .id = id,
    .kind = SIDETONE_OBSERVATION_ECHO,
    .state = failure == 0 ? SIDETONE_STATE_PASSED : SIDETONE_STATE_FAILED,
    .start_us = test->start_us,
    .duration_us = 5 * G_USEC_PER_SEC,
  };

  if (packets == NOT_TRIED)
    return;

  g_assert_cmpint (of->packets, ==, packets);
  if (failure != 0)
    error = g_error_new_literal (SIDETONE_ERROR, failure, "no");
  fields.error = error;
  g_variant_dict_insert (&details, "service", "s", test->service);
  g_variant_dict_insert (&details, "relay", "s", relay);
  if (is_pair)
    g_variant_dict_insert (&details, "other-relay", "s", other);
  else if (packets != NONE_UNBOUND)
    g_variant_dict_insert (&details, "mapped", "s",
                           packets == FORBIDDEN_INSIDE ? "192.168.1.1:7000" : "198.51.100.1:7000");
  if (packets == ELSEWHERE)
    g_variant_dict_insert (&details, "source", "s", "203.0.113.77:50000");
  else if (of->error == 0)
    g_variant_dict_insert (&details, "source", "s",
                           test->relayed != NULL ? test->relayed : "203.0.113.20:50000");
  g_variant_dict_insert (&details, "there-sent", "x", of->there_sent);
  g_variant_dict_insert (&details, "there-arrived", "x", of->there_arrived);
  g_variant_dict_insert (&details, "back-sent", "x", of->back_sent);
  g_variant_dict_insert (&details, "back-arrived", "x", of->back_arrived);
  if (of->rtt_us >= 0)
    g_variant_dict_insert (&details, "rtt-us", "x", of->rtt_us);
  g_variant_dict_insert_value (&details, "large-sizes", make_numbers (1200, 1400));
  g_variant_dict_insert_value (&details, "large-sent", make_numbers (5, 5));
  g_variant_dict_insert_value (&details, "large-arrived",
                               make_numbers (of->error == 0 && !is_cut ? 5 : 0,
                                             has_large ? 5 : 0));
  if (is_cut)
    add_end (&details, packets);
  add_observation (store, &fields, &details);
}

static inline void
add_test (GListStore *store,
          const Test *test,
          guint       number)
{
  g_autoptr (SidetoneService) service = sidetone_service_new_from_text (test->service);
  gboolean is_relay = sidetone_service_is_relay (service);
  g_autoptr (SidetoneEndpoint) local = parse_endpoint (OPEN);
  g_autoptr (SidetoneEndpoint) mapped = NULL;
  g_autoptr (SidetoneEndpoint) peer = NULL;
  g_autofree char *address = NULL;
  g_autofree char *id = g_strdup_printf ("test-%u", number);
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GError) error = NULL;
  SidetoneObservationFields fields = {
    .id = id,
    .kind = is_relay ? SIDETONE_OBSERVATION_RELAY : SIDETONE_OBSERVATION_STUN,
    .state = test->error == 0 ? SIDETONE_STATE_PASSED : SIDETONE_STATE_FAILED,
    .local = local,
    .start_us = test->start_us,
  };

  if (test->error != 0)
    error = g_error_new_literal (SIDETONE_ERROR, test->error, "no");
  else
    mapped = parse_endpoint (test->mapped != NULL ? test->mapped : "198.51.100.1:6000");
  fields.error = error;
  fields.seen = mapped;
  g_variant_dict_insert (&details, "service", "s", test->service);
  if (test->peer != NULL)
    peer = parse_endpoint (test->peer);
  address = peer != NULL ? sidetone_endpoint_dup_address (peer)
            : g_strdup (sidetone_service_get_host (service));
  g_variant_dict_insert (&details, "peer-address", "s", address);
  g_variant_dict_insert (&details, "peer-port", "x",
                         (gint64) sidetone_service_get_port (service));
  if (test->error == 0 && is_relay)
    g_variant_dict_insert (&details, "relayed", "s",
                           test->relayed != NULL ? test->relayed : "203.0.113.20:50000");
  if (test->told_by != NULL)
    g_variant_dict_insert (&details, "told-by", "s", test->told_by);
  if (test->alternate != NULL)
    g_variant_dict_insert (&details, "alternate", "s", test->alternate);
  if (test->plain != NULL)
    g_variant_dict_insert (&details, "plain", "s", test->plain);
  add_observation (store, &fields, &details);
  add_packets (store, test, number, test->echo, FALSE);
  add_packets (store, test, number, test->pair, TRUE);
}
