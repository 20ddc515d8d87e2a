/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "test-service-observations.h"

#include "judge/host-result.h"
#include "words/describe.h"

/* All call servers at one host as one row: what works there, what fails, and in which order. */

#define HOST "relay.montague.lit"
#define V4 "203.0.113.20:3478"
#define V6 "[2001:db8::20]:3478"

/* What becomes of one service of HOST */
typedef struct
{
  const char *service;     /* without its host and port */
  const char *peer;
  SidetoneState state;
  SidetoneError error;
  const char *reason;
} Tested;

#define WORKS(service, peer) { service, peer, SIDETONE_STATE_PASSED }
#define SILENT(service, peer) \
  { service, peer, SIDETONE_STATE_FAILED, SIDETONE_ERROR_STUN_NO_ANSWER }
#define REFUSED(service, peer) \
  { service, peer, SIDETONE_STATE_FAILED, SIDETONE_ERROR_TURN_UNAUTHORIZED }
#define LEFT_OUT(service, peer, why) { service, peer, SIDETONE_STATE_SKIPPED, .reason = why }

static void
add_relay (GListStore   *store,
           const Tested *tested,
           const char   *service,
           guint         n)
{
  g_autofree char *id = g_strdup_printf ("relay-%u", n);
  g_autofree char *echo_id = g_strdup_printf ("echo-%u", n);
  g_autofree char *details = NULL;
  g_autofree char *echo = NULL;

  if (tested->reason != NULL)
    details = g_strdup_printf ("{'reason': <'%s'>}", tested->reason);
  else if (tested->state == SIDETONE_STATE_PASSED)
    details = g_strdup ("{'relayed': <'" RELAYED "'>, 'rtt-us': <int64 24000>}");
  add_test (store, SIDETONE_OBSERVATION_RELAY, id, service, tested->peer, tested->state,
            tested->state == SIDETONE_STATE_FAILED ? &tested->error : NULL, details);
  if (tested->state != SIDETONE_STATE_PASSED)
    return;

  echo = g_strdup_printf ("{'relay': <'%s'>, 'there-sent': <int64 50>, 'there-arrived': <int64 50>,"
                          " 'back-sent': <int64 50>, 'back-arrived': <int64 50>,"
                          " 'rtt-us': <int64 %u000>}", id, 24 + n);
  add_test (store, SIDETONE_OBSERVATION_ECHO, echo_id, service, tested->peer,
            SIDETONE_STATE_PASSED, NULL, echo);
}

static void
add_tested (GListStore   *store,
            const Tested *tested,
            guint         n)
{
  g_autofree char *service = NULL;
  g_autofree char *id = g_strdup_printf ("stun-%u", n);
  gboolean is_relay = g_str_has_prefix (tested->service, "turn");

  service = g_strdup_printf ("%s " HOST " 3478%s", tested->service, is_relay ? " credentials" : "");
  if (is_relay)
    add_relay (store, tested, service, n);
  else
    add_test (store, SIDETONE_OBSERVATION_STUN, id, service, tested->peer, tested->state,
              tested->state == SIDETONE_STATE_FAILED ? &tested->error : NULL,
              tested->state == SIDETONE_STATE_PASSED ? "{'rtt-us': <int64 31000>}" : NULL);
}

static const struct
{
  Tested tested[6];
  SidetoneProgress progress;
  const char *marks;
  const char *in_words;
  const char *faults;
  const char *count;
} rows[] = {
  {
    { WORKS ("stun udp", V4), WORKS ("turn udp", V4), WORKS ("turn tcp", V4),
      WORKS ("turns tls", V4), WORKS ("turn udp", V6) },
    SIDETONE_PROGRESS_PASSED,
    "STUN ✓ · relay UDP ✓ TCP ✓ TLS ✓ · IPv4 ✓ IPv6 ✓ · 25 ms, nothing lost",
    "STUN works, Relay over UDP works, Relay over TCP works, Relay over TLS works, IPv4 works, "
    "IPv6 works, 25 ms, nothing lost",
    NULL, "1 call server, works"
  },
  {
    { SILENT ("turn udp", V6), WORKS ("turn udp", V4), WORKS ("turn tcp", V4),
      SILENT ("stun udp", V6), WORKS ("stun udp", V4) },
    SIDETONE_PROGRESS_WARNING,
    "STUN ✓ · relay UDP ✓ TCP ✓ TLS – · IPv4 ✓ IPv6 ✗ · 25 ms, nothing lost",
    "STUN works, Relay over UDP works, Relay over TCP works, Relay over TLS: not offered, "
    "IPv4 works, IPv6 doesn't work, 25 ms, nothing lost",
    "IPv6: no answer", "1 call server, 1 with a problem"
  },
  {
    { WORKS ("stun udp", V4), SILENT ("turn udp", V4), REFUSED ("turns tls", V4) },
    SIDETONE_PROGRESS_WARNING,
    "STUN ✓ · relay UDP ✗ TCP – TLS ✗ · IPv4 ✓ IPv6 – · 31 ms",
    "STUN works, Relay over UDP doesn't work, Relay over TCP: not offered, "
    "Relay over TLS doesn't work, IPv4 works, IPv6: not offered, 31 ms",
    "Relay over UDP: no answer; Relay over TLS: password not accepted (401)",
    "1 call server, 1 with a problem"
  },

  /* Each part works somewhere */
  {
    { WORKS ("turn udp", V4), SILENT ("turn udp", "203.0.113.21:3478"),
      SILENT ("turn udp", "203.0.113.22:3478") },
    SIDETONE_PROGRESS_WARNING,
    "STUN – · relay UDP ✓ TCP – TLS – · IPv4 ✓ IPv6 – · 24 ms, nothing lost",
    "STUN: not offered, Relay over UDP works, Relay over TCP: not offered, "
    "Relay over TLS: not offered, IPv4 works, IPv6: not offered, 24 ms, nothing lost",
    "TURN over UDP, 203.0.113.21 port 3478: no answer", "1 call server, 1 with a problem"
  },
  {
    { SILENT ("stun udp", V4), SILENT ("turn udp", V4) },
    SIDETONE_PROGRESS_FAILED,
    "STUN ✗ · relay UDP ✗ TCP – TLS – · IPv4 ✗ IPv6 –",
    "STUN doesn't work, Relay over UDP doesn't work, Relay over TCP: not offered, "
    "Relay over TLS: not offered, IPv4 doesn't work, IPv6: not offered",
    "Doesn't work: no answer", "1 call server, 1 with a problem"
  },

  /* No call uses STUN over TCP, unless there is no other. */
  {
    { WORKS ("stun udp", V4), SILENT ("stun tcp", V4) },
    SIDETONE_PROGRESS_WARNING,
    "STUN ✓ · no relay · IPv4 ✓ IPv6 – · 31 ms",
    "STUN works, no relay, IPv4 works, IPv6: not offered, 31 ms",
    "STUN over TCP, 203.0.113.20 port 3478: no answer", "1 call server, 1 with a problem"
  },
  {
    { WORKS ("stun tcp", V4) },
    SIDETONE_PROGRESS_PASSED,
    "STUN ✓ · no relay · IPv4 ✓ IPv6 – · 31 ms",
    "STUN works, no relay, IPv4 works, IPv6: not offered, 31 ms",
    NULL, "1 call server, works"
  },
  {
    { WORKS ("stun udp", V4), LEFT_OUT ("turn udp", V6, "no ipv6"), WORKS ("turn udp", V4) },
    SIDETONE_PROGRESS_PASSED,
    "STUN ✓ · relay UDP ✓ TCP – TLS – · IPv4 ✓ IPv6 not tested · 26 ms, nothing lost",
    "STUN works, Relay over UDP works, Relay over TCP: not offered, Relay over TLS: not offered, "
    "IPv4 works, IPv6: not tested, 26 ms, nothing lost",
    NULL, "1 call server, works"
  },
  {
    { LEFT_OUT ("turn udp", NULL, "no credentials"), LEFT_OUT ("turn tcp", NULL, "no credentials") },
    SIDETONE_PROGRESS_SKIPPED,
    "STUN – · relay not tested", "STUN: not offered, relay not tested",
    NULL, "1 call server, not tested"
  },
};

static void
test_host (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
      g_autoptr (SidetoneEvidence) evidence = NULL;
      g_autoptr (GPtrArray) hosts = NULL;
      g_autofree char *title = NULL;
      g_autofree char *marks = NULL;
      g_autofree char *in_words = NULL;
      g_autofree char *faults = NULL;
      g_autofree char *count = NULL;

      for (guint j = 0; rows[i].tested[j].service != NULL; j++)
        add_tested (store, &rows[i].tested[j], j);
      evidence = sidetone_evidence_new (G_LIST_MODEL (store));
      hosts = sidetone_host_results_collect (evidence, FALSE);
      g_assert_cmpuint (hosts->len, ==, 1);
      title = sidetone_describe_host_title (hosts->pdata[0]);
      marks = sidetone_describe_host_marks (hosts->pdata[0]);
      in_words = sidetone_describe_host_in_words (hosts->pdata[0]);
      faults = sidetone_describe_host_faults (hosts->pdata[0]);
      count = sidetone_describe_hosts (hosts, FALSE);
      g_assert_cmpstr (title, ==, HOST);
      g_assert_cmpstr (marks, ==, rows[i].marks);
      g_assert_cmpstr (in_words, ==, rows[i].in_words);
      g_assert_cmpstr (faults, ==, rows[i].faults);
      g_assert_cmpstr (count, ==, rows[i].count);
      g_assert_cmpint (sidetone_host_result_get_progress (hosts->pdata[0], FALSE), ==,
                       rows[i].progress);
      g_assert_cmpint (sidetone_host_results_get_progress (hosts, FALSE), ==, rows[i].progress);
    }
}

/* Two hosts, each of which works, fails or was left out */
static void
test_together (void)
{
  static const struct
  {
    SidetoneState states[2];
    SidetoneProgress progress;
    const char *words;
  } pairs[] = {
    { { SIDETONE_STATE_PASSED, SIDETONE_STATE_PASSED }, SIDETONE_PROGRESS_PASSED,
      "2 call servers, all work" },
    { { SIDETONE_STATE_PASSED, SIDETONE_STATE_FAILED }, SIDETONE_PROGRESS_WARNING,
      "2 call servers, 1 with a problem" },
    { { SIDETONE_STATE_FAILED, SIDETONE_STATE_FAILED }, SIDETONE_PROGRESS_FAILED,
      "2 call servers, 2 with a problem" },
    { { SIDETONE_STATE_PASSED, SIDETONE_STATE_SKIPPED }, SIDETONE_PROGRESS_PASSED,
      "2 call servers, 1 not tested" },
    { { SIDETONE_STATE_FAILED, SIDETONE_STATE_SKIPPED }, SIDETONE_PROGRESS_FAILED,
      "2 call servers, 1 with a problem" },
    { { SIDETONE_STATE_SKIPPED, SIDETONE_STATE_SKIPPED }, SIDETONE_PROGRESS_SKIPPED,
      "2 call servers, not tested" },
  };
  SidetoneError error = SIDETONE_ERROR_STUN_NO_ANSWER;

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
      g_autoptr (SidetoneEvidence) evidence = NULL;
      g_autoptr (GPtrArray) hosts = NULL;
      g_autofree char *words = NULL;

      for (guint j = 0; j < 2; j++)
        add_test (store, SIDETONE_OBSERVATION_STUN, j == 0 ? "stun-1" : "stun-2",
                  j == 0 ? "stun udp a.lit 3478" : "stun udp b.lit 3478", V4, pairs[i].states[j],
                  pairs[i].states[j] == SIDETONE_STATE_FAILED ? &error : NULL, NULL);
      evidence = sidetone_evidence_new (G_LIST_MODEL (store));
      hosts = sidetone_host_results_collect (evidence, FALSE);
      words = sidetone_describe_hosts (hosts, FALSE);
      g_assert_cmpint (sidetone_host_results_get_progress (hosts, FALSE), ==, pairs[i].progress);
      g_assert_cmpstr (words, ==, pairs[i].words);
    }
}

static void
add_answer (GListStore *store,
            const char *service,
            const char *peer)
{
  g_autofree char *id = g_strdup_printf ("stun-%u", g_list_model_get_n_items (G_LIST_MODEL (store)));

  add_test (store, SIDETONE_OBSERVATION_STUN, id, service, peer, SIDETONE_STATE_PASSED, NULL,
            "{'rtt-us': <int64 31000>}");
}

static char *
list_titles (GListStore *store,
             gboolean    running)
{
  g_autoptr (SidetoneEvidence) evidence = sidetone_evidence_new (G_LIST_MODEL (store));
  g_autoptr (GPtrArray) hosts = sidetone_host_results_collect (evidence, running);
  g_autoptr (GString) titles = g_string_new (NULL);

  for (guint i = 0; i < hosts->len; i++)
    {
      const SidetoneHostResult *host = hosts->pdata[i];

      g_string_append_printf (titles, "%s%s", i > 0 ? " " : "", host->host);
      for (guint j = 0; j < host->results->len; j++)
        {
          const SidetoneServiceResult *result = host->results->pdata[j];
          g_autofree char *address = sidetone_endpoint_dup_address (result->server);

          g_string_append_printf (titles, "%s%s", j > 0 ? "," : "=", address);
        }
    }

  return g_string_free (g_steal_pointer (&titles), FALSE);
}

/* Hosts stand where the server announces them, not in the order of answers; one that the user typed comes
 * last. An announced host is there before its first result, and only while one may come. */
static void
test_order (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autofree char *before = NULL;
  g_autofree char *running = NULL;
  g_autofree char *after = NULL;

  add_services_beside (store, "stun udp c.lit 3478, turn udp a.lit 3478 credentials, "
                       "stun udp b.lit 3478, stun udp a.lit 3478", G_MAXINT64, 0);
  before = list_titles (store, TRUE);
  g_assert_cmpstr (before, ==, "c.lit a.lit b.lit");

  add_answer (store, "stun udp 0.lit 3478", "203.0.113.9:3478");
  add_answer (store, "stun udp b.lit 3478", "[2001:db8::2]:3478");
  add_answer (store, "stun udp b.lit 3478", "203.0.113.3:3478");
  add_answer (store, "stun udp b.lit 3478", "203.0.113.2:3478");
  add_answer (store, "stun udp c.lit 3478", "203.0.113.1:3478");
  running = list_titles (store, TRUE);
  after = list_titles (store, FALSE);
  g_assert_cmpstr (running, ==, "c.lit=203.0.113.1 a.lit b.lit=203.0.113.2,203.0.113.3,2001:db8::2 "
                   "0.lit=203.0.113.9");
  g_assert_cmpstr (after, ==, "c.lit=203.0.113.1 b.lit=203.0.113.2,203.0.113.3,2001:db8::2 "
                   "0.lit=203.0.113.9");
}

static void
test_running (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneEvidence) evidence = NULL;
  g_autoptr (GPtrArray) hosts = NULL;
  g_autofree char *marks = NULL;
  g_autofree char *running = NULL;
  g_autofree char *over = NULL;

  add_services_beside (store, "turn udp a.lit 3478 credentials, stun udp b.lit 3478", G_MAXINT64, 0);
  add_answer (store, "stun udp b.lit 3478", "203.0.113.2:3478");
  evidence = sidetone_evidence_new (G_LIST_MODEL (store));
  hosts = sidetone_host_results_collect (evidence, TRUE);
  g_assert_cmpuint (hosts->len, ==, 2);
  marks = sidetone_describe_host_marks (hosts->pdata[0]);
  running = sidetone_describe_hosts (hosts, TRUE);
  over = sidetone_describe_hosts (hosts, FALSE);
  g_assert_cmpstr (marks, ==, "STUN – · relay UDP ? TCP – TLS –");
  g_assert_cmpint (sidetone_host_result_get_progress (hosts->pdata[0], TRUE), ==,
                   SIDETONE_PROGRESS_RUNNING);
  g_assert_cmpint (sidetone_host_result_get_progress (hosts->pdata[0], FALSE), ==,
                   SIDETONE_PROGRESS_UNKNOWN);
  g_assert_cmpint (sidetone_host_result_get_progress (hosts->pdata[1], TRUE), ==,
                   SIDETONE_PROGRESS_PASSED);
  g_assert_cmpstr (running, ==, "2 call servers, testing…");
  g_assert_cmpstr (over, ==, "2 call servers, 1 not tested");
}

/* Packets came through a relay, and then none any more. */
static void
test_ended (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneEvidence) evidence = NULL;
  g_autoptr (GPtrArray) hosts = NULL;
  g_autoptr (GString) trips = g_string_new ("48000");
  g_autofree char *details = NULL;
  g_autofree char *faults = NULL;

  for (guint i = 0; i < 49; i++)
    g_string_append (trips, i < 9 ? ", 48000" : ", -1");
  details = g_strdup_printf ("{'relay': <'relay-1'>, 'there-sent': <int64 50>,"
                             " 'there-arrived': <int64 10>, 'back-sent': <int64 10>,"
                             " 'back-arrived': <int64 10>, 'after-large-sent': <int64 6>,"
                             " 'after-large-arrived': <int64 0>, 'trips': <[int64 %s]>}",
                             trips->str);
  add_test (store, SIDETONE_OBSERVATION_RELAY, "relay-1", "turn udp " HOST " 3478 credentials", V4,
            SIDETONE_STATE_PASSED, NULL, "{'relayed': <'" RELAYED "'>}");
  add_test (store, SIDETONE_OBSERVATION_ECHO, "echo-1", "turn udp " HOST " 3478 credentials", V4,
            SIDETONE_STATE_PASSED, NULL, details);
  evidence = sidetone_evidence_new (G_LIST_MODEL (store));
  hosts = sidetone_host_results_collect (evidence, FALSE);
  faults = sidetone_describe_host_faults (hosts->pdata[0]);
  g_assert_cmpint (sidetone_host_result_get_progress (hosts->pdata[0], FALSE), ==,
                   SIDETONE_PROGRESS_WARNING);
  g_assert_cmpstr (faults, ==, "Doesn't work: works at first, then stops");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/host-result/host", test_host);
  g_test_add_func ("/host-result/together", test_together);
  g_test_add_func ("/host-result/order", test_order);
  g_test_add_func ("/host-result/running", test_running);
  g_test_add_func ("/host-result/ended", test_ended);

  return g_test_run ();
}
