/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "base/deadlines.h"
#include "base/error.h"
#include "lib/clock.h"
#include "lib/nat.h"
#include "lib/relay.h"
#include "nat/nat-lifetime.h"

#define INDEPENDENT SIDETONE_TEST_NAT_INDEPENDENT
#define ADDRESS SIDETONE_TEST_NAT_ADDRESS
#define ADDRESS_AND_PORT SIDETONE_TEST_NAT_ADDRESS_AND_PORT
#define N_DEPENDENCES 3

#define MAX_SERVERS 2

/* The shortest silence in milliseconds, if the lifetime is measured */
#define SHORTEST 100

/* Behind a NAT, with servers the last of which relay */
typedef struct
{
  SidetoneTestNatScript nat;
  SidetoneTestRelayScript servers[MAX_SERVERS];
  guint n_servers;
  guint n_relaying;
  guint longest_ms;              /* if above 0, the lifetime is measured */
} Scene;

/* The expected result; NULL where nothing may be known */
typedef struct
{
  const char *mapping;
  const char *mapping_reason;
  const char *mapping_method;
  const char *filtering;
  const char *filtering_reason;
  const char *filtering_method;
} Truth;

/* A scene in progress */
typedef struct
{
  const Scene *scene;
  SidetoneTestRelay *servers[MAX_SERVERS];
  SidetoneNatBehaviour *behaviour;
  SidetoneNatLifetime lifetime;
  guint n_told;
  GError *error;
  gint64 start;
  gint64 took;
  gboolean is_over;
} Play;

static SidetoneFlow *
open_socket (SidetoneEndpoint *peer,
             gpointer          user_data,
             GError          **error)
{
  const Play *play = user_data;
  g_autoptr (SidetoneTestNat) socket = sidetone_test_nat_new (&play->scene->nat);
  g_autoptr (SidetoneEndpoint) local = NULL;

  local = sidetone_endpoint_new_from_socket_address (sidetone_test_nat_get_local (socket),
                                                     SIDETONE_TRANSPORT_UDP);
  return sidetone_flow_new (G_DATAGRAM_BASED (socket), local);
}

static void
find_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Play *play = user_data;

  play->behaviour = sidetone_nat_find_finish (result, &play->error);
  play->took = g_get_monotonic_time () - play->start;
  play->is_over = TRUE;
}

static SidetoneEndpoint *
make_endpoint (Play       *play,
               guint       i,
               const char *network)
{
  g_autofree char *address = g_strdup_printf ("%s.%u", network,
                                              MAX (play->scene->servers[i].host, 1));

  return sidetone_endpoint_new_from_string (address,
                                            sidetone_test_relay_get_port (play->servers[i]),
                                            SIDETONE_TRANSPORT_UDP, NULL);
}

static SidetoneService *
make_service (SidetoneEndpoint *server)
{
  const SidetoneServiceFields fields = {
    .kind = SIDETONE_SERVICE_TURN,
    .transport = SIDETONE_TRANSPORT_UDP,
    .host = "127.0.0.1",
    .port = sidetone_endpoint_get_port (server),
    .username = SIDETONE_TEST_RELAY_USERNAME,
    .password = SIDETONE_TEST_RELAY_PASSWORD,
  };

  return sidetone_service_new (&fields);
}

static void
measure_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Play *play = user_data;

  sidetone_nat_measure_lifetime_finish (result, &play->lifetime, &play->error);
  play->is_over = TRUE;
}

static void
progress_cb (const SidetoneNatLifetime *so_far,
             gpointer                   user_data)
{
  Play *play = user_data;

  g_assert_false (play->is_over);
  play->n_told++;
}

static void
start (Play         *play,
       const Scene  *scene,
       GCancellable *cancellable)
{
  g_autoptr (GPtrArray) servers = g_ptr_array_new_with_free_func (
    (GDestroyNotify) sidetone_endpoint_unref);
  SidetoneCallServer call_servers[MAX_SERVERS];
  SidetoneNatViews views = {
    .servers = servers, .relays = call_servers, .open = open_socket, .open_data = play,
  };

  play->scene = scene;
  for (guint i = 0; i < scene->n_servers; i++)
    {
      play->servers[i] = sidetone_test_relay_new (&scene->servers[i]);
      g_ptr_array_add (servers, make_endpoint (play, i, "198.51.100"));
      if (i < scene->n_servers - scene->n_relaying)
        continue;
      /* The path to a relay bypasses the NAT */
      call_servers[views.n_relays].server = make_endpoint (play, i, "127.0.0");
      call_servers[views.n_relays].service = make_service (call_servers[views.n_relays].server);
      views.n_relays++;
    }

  play->start = g_get_monotonic_time ();
  if (scene->longest_ms > 0)
    sidetone_nat_measure_lifetime_async (&views, SHORTEST, scene->longest_ms, progress_cb, play,
                                         cancellable, measure_cb, play);
  else
    sidetone_nat_find_async (&views, cancellable, find_cb, play);
  for (guint i = 0; i < views.n_relays; i++)
    {
      sidetone_endpoint_unref (call_servers[i].server);
      sidetone_service_unref (call_servers[i].service);
    }
}

static void
wait (Play *play)
{
  while (!play->is_over)
    g_main_context_iteration (NULL, TRUE);
}

/* However it ends, no allocation is left */
static void
clear (Play *play)
{
  for (guint i = 0; i < play->scene->n_servers; i++)
    {
      g_assert_cmpuint (sidetone_test_relay_get_n_relays (play->servers[i]), ==, 0);
      sidetone_test_relay_free (play->servers[i]);
    }
  g_clear_pointer (&play->behaviour, sidetone_nat_behaviour_free);
  g_clear_error (&play->error);
}

static void
assert_nick (GType       type,
             int         value,
             const char *expected)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (type);

  g_assert_cmpstr (g_enum_get_value (class, value)->value_nick, ==, expected);
}

static const char *
or (const char *text,
    const char *otherwise)
{
  return text != NULL ? text : otherwise;
}

static void
expect (Play        *play,
        const Truth *truth)
{
  SidetoneNatBehaviour *behaviour = play->behaviour;

  g_assert_no_error (play->error);
  assert_nick (SIDETONE_TYPE_NAT_MAPPING, behaviour->mapping, or (truth->mapping, "unknown"));
  assert_nick (SIDETONE_TYPE_NAT_REASON, behaviour->mapping_reason,
               or (truth->mapping_reason, "none"));
  assert_nick (SIDETONE_TYPE_NAT_METHOD, behaviour->mapping_method,
               or (truth->mapping_method, "unknown"));
  assert_nick (SIDETONE_TYPE_NAT_FILTERING, behaviour->filtering, or (truth->filtering, "unknown"));
  assert_nick (SIDETONE_TYPE_NAT_REASON, behaviour->filtering_reason,
               or (truth->filtering_reason, "none"));
  assert_nick (SIDETONE_TYPE_NAT_METHOD, behaviour->filtering_method,
               or (truth->filtering_method, "unknown"));
}

/* Each mapping with each filtering, with servers that can tell more or less */

static const char *all[] = {
  "endpoint-independent", "address-dependent", "address-and-port-dependent",
};
/* From other ports of one address */
static const char *by_port[] = {
  "port-independent", "port-independent", "address-and-port-dependent",
};
/* From other addresses, each with one port */
static const char *by_address[] = {
  "endpoint-independent", "endpoint-dependent", "endpoint-dependent",
};

typedef struct
{
  const char *name;
  SidetoneTestRelayScript servers[MAX_SERVERS];
  guint n_servers;
  guint n_relaying;
  const char **mapping;
  const char *mapping_method[N_DEPENDENCES];
  const char **filtering;        /* NULL if that can't be known */
  const char *filtering_method;
} Site;

static const Site sites[] = {
  { "other-address", { { .host = 2, .other_host = 3 } }, 1, 0,
    all, { "other-address", "other-address", "other-address" }, all, "other-address" },
  { "relay", { { .host = 2 } }, 1, 1,
    by_port, { "relay", "relay", "relay" }, by_port, "relay" },
  { "two-servers", { { .host = 2 }, { .host = 3 } }, 2, 0,
    by_address, { "two-servers", "two-servers", "two-servers" }, NULL, NULL },
  { "two-servers-and-relay", { { .host = 2 }, { .host = 3 } }, 2, 1,
    all, { "two-servers", "relay", "relay" }, all, "relay" },
  { "relay-beside-server",
    { { .host = 2, .other_host = 3, .hides_other = TRUE, .relay_host = 3 } }, 1, 1,
    all, { "two-servers", "relay", "relay" }, all, "relay" },
  { "relay-elsewhere", { { .host = 2, .relay_host = 3 } }, 1, 1,
    by_address, { "relay", "relay", "relay" }, by_address, "relay" },
};

static void
test_site (gconstpointer data)
{
  const Site *site = data;
  Scene scenes[N_DEPENDENCES * N_DEPENDENCES * 2] = { 0 };
  Play plays[G_N_ELEMENTS (scenes)] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (scenes); i++)
    {
      scenes[i].nat.mapping = i % N_DEPENDENCES;
      scenes[i].nat.filtering = i / N_DEPENDENCES % N_DEPENDENCES;
      scenes[i].nat.hairpins = i / N_DEPENDENCES / N_DEPENDENCES;
      memcpy (scenes[i].servers, site->servers, sizeof scenes[i].servers);
      scenes[i].n_servers = site->n_servers;
      scenes[i].n_relaying = site->n_relaying;
      start (&plays[i], &scenes[i], NULL);
    }

  for (guint i = 0; i < G_N_ELEMENTS (scenes); i++)
    {
      const SidetoneTestNatScript *nat = &scenes[i].nat;
      const Truth truth = {
        .mapping = site->mapping[nat->mapping],
        .mapping_method = site->mapping_method[nat->mapping],
        .filtering = site->filtering != NULL ? site->filtering[nat->filtering] : NULL,
        .filtering_reason = site->filtering == NULL ? "no-relay" : NULL,
        .filtering_method = site->filtering_method,
      };
      /* If both sockets get other ports for each other, their known filters let the other in only
       * if they let in all */
      gboolean meets = nat->mapping == INDEPENDENT || nat->filtering == INDEPENDENT;

      wait (&plays[i]);
      expect (&plays[i], &truth);
      assert_nick (SIDETONE_TYPE_NAT_HAIRPINNING, plays[i].behaviour->hairpinning,
                   nat->hairpins && meets ? "yes" : "no");
      clear (&plays[i]);
    }
}

/* Faults */

typedef struct
{
  const char *name;
  Scene scene;
  Truth truth;
} Row;

#define APD "address-and-port-dependent"
#define BEHIND(mapping_, filtering_) { .mapping = mapping_, .filtering = filtering_ }
#define WRONG(method_, fault_, code_)                                            \
  { .host = 2, .method = SIDETONE_TEST_RELAY_ ## method_,                        \
    .fault = SIDETONE_TEST_RELAY_ ## fault_, .code = code_ }

static const Row rows[] = {
  { "one-view", { BEHIND (INDEPENDENT, ADDRESS_AND_PORT), { { .host = 2 } }, 1, 0 },
    { NULL, "one-view", NULL, NULL, "no-relay", NULL } },
  { "nobody", { BEHIND (INDEPENDENT, INDEPENDENT), { WRONG (BINDING, SILENT, 0) }, 1, 1 },
    { NULL, "no-answer", NULL, NULL, "no-answer", NULL } },
  { "same-network", { { .hairpins = TRUE }, { { .host = 0 } }, 1, 1 },
    { NULL, "same-network", NULL, NULL, "same-network", NULL } },
  { "firewall", { { .is_firewall = TRUE, .filtering = ADDRESS_AND_PORT }, { { .host = 2 } }, 1, 1 },
    { "none", NULL, NULL, APD, NULL, "relay" } },
  { "no-firewall", { { .is_firewall = TRUE }, { { .host = 2, .other_host = 3 } }, 1, 1 },
    { "none", NULL, "other-address", "endpoint-independent", NULL, "other-address" } },

  /* What a relay sends arrives nevertheless, and what is sent to it does not */
  { "closed", { BEHIND (INDEPENDENT, ADDRESS_AND_PORT), { { .host = 2, .is_closed = TRUE } }, 1, 1 },
    { NULL, "relay-closed", NULL, APD, NULL, "relay" } },
  { "closed-open", { BEHIND (INDEPENDENT, INDEPENDENT), { { .host = 2, .is_closed = TRUE } }, 1, 1 },
    { NULL, "relay-closed", NULL, "port-independent", NULL, "relay" } },
  { "closed-symmetric",
    { BEHIND (ADDRESS_AND_PORT, ADDRESS_AND_PORT), { { .host = 2, .is_closed = TRUE } }, 1, 1 },
    { NULL, "relay-closed", NULL, NULL, "relay-closed", NULL } },
  { "refused", { BEHIND (INDEPENDENT, ADDRESS_AND_PORT), { WRONG (PERMISSION, ERROR, 403) }, 1, 1 },
    { NULL, "permission-refused", NULL, NULL, "permission-refused", NULL } },
  { "unpermitted", { BEHIND (INDEPENDENT, ADDRESS), { WRONG (PERMISSION, SILENT, 0) }, 1, 1 },
    { NULL, "no-answer", NULL, NULL, "no-answer", NULL } },
  { "full", { BEHIND (INDEPENDENT, ADDRESS_AND_PORT), { WRONG (ALLOCATE, ERROR, 486) }, 1, 1 },
    { NULL, "no-relay", NULL, NULL, "no-relay", NULL } },
  { "private", { BEHIND (INDEPENDENT, ADDRESS_AND_PORT), { WRONG (ALLOCATE, PRIVATE, 0) }, 1, 1 },
    { NULL, "no-relay", NULL, NULL, "no-relay", NULL } },

  /* Then the other one is used, successfully */
  { "full-and-other",
    { BEHIND (ADDRESS, ADDRESS), { WRONG (ALLOCATE, ERROR, 486), { .host = 3 } }, 2, 2 },
    { "address-dependent", NULL, "relay", "address-dependent", NULL, "relay" } },
  { "closed-and-other",
    { BEHIND (ADDRESS, ADDRESS), { { .host = 2, .is_closed = TRUE }, { .host = 3 } }, 2, 2 },
    { "address-dependent", NULL, "relay", "address-dependent", NULL, "relay" } },
  { "silent-and-other",
    { BEHIND (INDEPENDENT, ADDRESS_AND_PORT), { WRONG (BINDING, SILENT, 0), { .host = 3 } }, 2, 1 },
    { "port-independent", NULL, "relay", APD, NULL, "relay" } },

  /* The other one's answer is slow to come, as from the other side of the earth */
  { "slow-and-other",
    { BEHIND (INDEPENDENT, INDEPENDENT), { { .host = 2, .late_ms = 150 }, { .host = 3 } }, 2, 1 },
    { "endpoint-independent", NULL, "two-servers", "endpoint-independent", NULL, "relay" } },

  /* The server ignores CHANGE-REQUEST: nothing is let in because nothing was sent */
  { "disobedient",
    { BEHIND (INDEPENDENT, INDEPENDENT), { { .host = 2, .other_host = 3, .disobeys = TRUE } }, 1, 0 },
    { "endpoint-independent", NULL, "other-address", NULL, "no-relay", NULL } },
  { "disobedient-relay",
    { BEHIND (ADDRESS, ADDRESS_AND_PORT), { { .host = 2, .other_host = 3, .disobeys = TRUE } }, 1, 1 },
    { "address-dependent", NULL, "other-address", APD, NULL, "relay" } },

  { "lossy",
    { { .mapping = ADDRESS, .filtering = ADDRESS, .n_lost = 1 }, { { .host = 2, .other_host = 3 } },
      1, 0 },
    { "address-dependent", NULL, "other-address", "address-dependent", NULL, "other-address" } },
  { "lossy-relay",
    { { .filtering = ADDRESS_AND_PORT, .n_lost = 1 }, { { .host = 2 } }, 1, 1 },
    { "port-independent", NULL, "relay", APD, NULL, "relay" } },
};

static void
test_wrong (void)
{
  Play plays[G_N_ELEMENTS (rows)] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    start (&plays[i], &rows[i].scene, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      wait (&plays[i]);
      g_test_message ("%s", rows[i].name);
      expect (&plays[i], &rows[i].truth);
      clear (&plays[i]);
    }
}

/* The wait for a missing server depends on the other one's round trip */
static void
test_patience (void)
{
  static const Scene scene = {
    BEHIND (INDEPENDENT, ADDRESS_AND_PORT), { { .host = 2, .other_host = 4 }, WRONG (BINDING, SILENT, 0) },
    2, 0,
  };
  Play play = { 0 };

  start (&play, &scene, NULL);
  wait (&play);
  assert_nick (SIDETONE_TYPE_NAT_MAPPING, play.behaviour->mapping, "endpoint-independent");
  g_assert_cmpint (play.took, <, sidetone_deadlines.stun * 1000);
  clear (&play);
}

/* Allocations are scarce */
static void
test_thrift (void)
{
  static const Scene with_other = {
    BEHIND (INDEPENDENT, ADDRESS_AND_PORT), { { .host = 2, .other_host = 3 } }, 1, 1,
  };
  static const Scene without = {
    BEHIND (INDEPENDENT, INDEPENDENT), { { .host = 2 }, { .host = 2 } }, 2, 2,
  };
  Play plays[2] = { 0 };

  start (&plays[0], &with_other, NULL);
  start (&plays[1], &without, NULL);
  for (guint i = 0; i < 2; i++)
    wait (&plays[i]);

  g_assert_cmpuint (sidetone_test_relay_get_n_requests (plays[0].servers[0],
                                                        SIDETONE_TEST_RELAY_ALLOCATE), ==, 0);
  /* The first request has no password */
  g_assert_cmpuint (sidetone_test_relay_get_n_requests (plays[1].servers[0],
                                                        SIDETONE_TEST_RELAY_ALLOCATE), ==, 2);
  g_assert_cmpuint (sidetone_test_relay_get_n_requests (plays[1].servers[1],
                                                        SIDETONE_TEST_RELAY_ALLOCATE), ==, 0);
  for (guint i = 0; i < 2; i++)
    clear (&plays[i]);
}

static void
test_values (void)
{
  static const Scene scene = { BEHIND (INDEPENDENT, INDEPENDENT), { { .host = 2 } }, 1, 1 };
  Play play = { 0 };
  g_autoptr (SidetoneEndpoint) server = NULL;
  SidetoneNatView *view;

  start (&play, &scene, NULL);
  server = make_endpoint (&play, 0, "198.51.100");
  wait (&play);

  g_assert_cmpuint (sidetone_endpoint_get_port (play.behaviour->local), ==, 5000);
  g_assert_false (play.behaviour->port_preserved);
  g_assert_cmpuint (play.behaviour->views->len, ==, 2);
  view = play.behaviour->views->pdata[0];
  g_assert_true (sidetone_endpoint_equal (view->viewpoint, server));
  g_assert_true (sidetone_endpoint_equal (view->mapped, play.behaviour->mapped));
  view = play.behaviour->views->pdata[1];
  g_assert_true (sidetone_endpoint_equal_address (view->viewpoint, server));
  g_assert_cmpint (view->method, ==, SIDETONE_NAT_METHOD_RELAY);
  clear (&play);
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

/* At once, between any two steps, and while it waits */
static void
test_cancel (void)
{
  static const guint after_ms[] = { 0, 1, 2, 3, 4, 6, 8, 12, 100, 300 };
  static const Scene scenes[] = {
    { BEHIND (INDEPENDENT, ADDRESS_AND_PORT), { { .host = 2 } }, 1, 1 },
    { BEHIND (INDEPENDENT, ADDRESS_AND_PORT), { { .host = 2, .other_host = 3 } }, 1, 1 },
    { BEHIND (INDEPENDENT, ADDRESS_AND_PORT), { WRONG (BINDING, SILENT, 0) }, 1, 1 },
    { BEHIND (INDEPENDENT, ADDRESS_AND_PORT), { { .host = 2 } }, 1, 1, 60000 },
  };
  Play plays[G_N_ELEMENTS (after_ms) * G_N_ELEMENTS (scenes)] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (plays); i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      guint after = after_ms[i / G_N_ELEMENTS (scenes)];

      start (&plays[i], &scenes[i % G_N_ELEMENTS (scenes)], cancellable);
      if (after == 0)
        g_cancellable_cancel (cancellable);
      else
        g_timeout_add_full (G_PRIORITY_HIGH, after, cancel_cb, g_object_ref (cancellable),
                            g_object_unref);
    }
  for (guint i = 0; i < G_N_ELEMENTS (plays); i++)
    {
      wait (&plays[i]);
      g_assert_error (plays[i].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      clear (&plays[i]);
    }
}

/* How long UDP stays open while nothing is sent */
static void
test_lifetime (void)
{
  static const Scene scenes[] = {
    { { .lifetime_ms = 400, .filtering = ADDRESS_AND_PORT }, { { .host = 2 } }, 1, 1, 3000 },
    { { .lifetime_ms = 800, .mapping = ADDRESS_AND_PORT }, { { .host = 2 } }, 1, 1, 3000 },
    { { .lifetime_ms = 0 }, { { .host = 2 } }, 1, 1, 600 },
    { { .lifetime_ms = 50 }, { { .host = 2 } }, 1, 1, 600 },
  };
  /* The timer and the time that it shows are each cut to milliseconds. */
  const guint tolerance = 2;
  Play plays[G_N_ELEMENTS (scenes)] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (scenes); i++)
    start (&plays[i], &scenes[i], NULL);
  for (guint i = 0; i < G_N_ELEMENTS (scenes); i++)
    {
      guint truth = scenes[i].nat.lifetime_ms;

      wait (&plays[i]);
      g_assert_no_error (plays[i].error);
      g_assert_cmpuint (plays[i].n_told, >, 0);
      g_assert_cmpuint (plays[i].lifetime.open_ms == 0, ==, truth == 50);
      g_assert_cmpuint (plays[i].lifetime.closed_ms == 0, ==, truth == 0);
      if (truth > 0)
        {
          g_assert_cmpuint (plays[i].lifetime.open_ms, <=, truth + tolerance);
          g_assert_cmpuint (plays[i].lifetime.closed_ms + tolerance, >=, truth);
          g_assert_cmpuint (plays[i].lifetime.closed_ms, >, plays[i].lifetime.open_ms);
        }
      clear (&plays[i]);
    }
}

static void
test_lifetime_unknown (void)
{
  static const struct
  {
    Scene scene;
    SidetoneError error;
  } cases[] = {
    { { { 0 }, { { .host = 2, .is_closed = TRUE } }, 1, 1, 600 }, SIDETONE_ERROR_RELAY_SILENT },
    { { { 0 }, { WRONG (ALLOCATE, ERROR, 486) }, 1, 1, 600 }, SIDETONE_ERROR_TURN_QUOTA },
    { { { 0 }, { WRONG (PERMISSION, ERROR, 403) }, 1, 1, 600 }, SIDETONE_ERROR_TURN_FORBIDDEN },
    { { { 0 }, { WRONG (BINDING, SILENT, 0) }, 1, 1, 600 }, SIDETONE_ERROR_RELAY_SILENT },
  };
  Play plays[G_N_ELEMENTS (cases)] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    start (&plays[i], &cases[i].scene, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      wait (&plays[i]);
      g_assert_error (plays[i].error, SIDETONE_ERROR, (int) cases[i].error);
      clear (&plays[i]);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  sidetone_test_clock_start ();

  for (gsize i = 0; i < G_N_ELEMENTS (sites); i++)
    {
      g_autofree char *path = g_strdup_printf ("/nat/site/%s", sites[i].name);

      g_test_add_data_func (path, &sites[i], test_site);
    }
  g_test_add_func ("/nat/wrong", test_wrong);
  g_test_add_func ("/nat/patience", test_patience);
  g_test_add_func ("/nat/thrift", test_thrift);
  g_test_add_func ("/nat/values", test_values);
  g_test_add_func ("/nat/cancel", test_cancel);
  g_test_add_func ("/nat/lifetime", test_lifetime);
  g_test_add_func ("/nat/lifetime/unknown", test_lifetime_unknown);

  return g_test_run ();
}
