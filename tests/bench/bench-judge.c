/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "base/error.h"
#include "judge/diagnosis.h"
#include "judge/step.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* How long a report takes to judge, up to the highest number of observations: all findings, and all
 * steps. Prints the median of several runs in milliseconds of processor time for each size, and the
 * growth from one size to the next: 1.0 is linear, 2.0 quadratic. A check makes a few dozen
 * observations; the window judges anew after each, in the thread that draws. */

/* The goal for the largest, in milliseconds */
#define GOAL_MS 50

#define N_RUNS 7

static const guint sizes[] = { 100, 1000, 4096 };

/* One kind of observation; `@` in a text is replaced by its number. */
typedef struct
{
  const char *name;
  SidetoneObservationKind kind;
  SidetoneError error;      /* 0: it passed */
  const char *local;
  const char *seen;
  const char *details;
} Row;

#define PEER "'peer-address': <'2001:db8:1::@'>, 'peer-port': <int64 3478>"
#define ECHO \
  "'there-sent': <int64 50>, 'there-arrived': <int64 40>, 'back-sent': <int64 50>, " \
  "'back-arrived': <int64 40>, 'rtt-us': <int64 400000>, 'large-sizes': <[int64 1200, 1400]>, " \
  "'large-arrived': <[int64 0, 0]>"

static const Row rows[] = {
  { "interface", SIDETONE_OBSERVATION_INTERFACE, 0, "2001:db8::@", NULL,
    "{'interface': <'tun@'>, 'type': <'tunnel'>, 'default-route': <true>}" },
  { "lookup", SIDETONE_OBSERVATION_LOOKUP, SIDETONE_ERROR_NAME_NOT_FOUND, NULL, NULL,
    "{'question': <'address'>, 'name': <'h@.test'>}" },
  { "lookup of NAT64", SIDETONE_OBSERVATION_LOOKUP, 0, NULL, NULL,
    "{'question': <'nat64'>, 'name': <'ipv4only.arpa'>, 'answers': <['2001:db8:@::/96']>}" },
  { "connect", SIDETONE_OBSERVATION_CONNECT, SIDETONE_ERROR_UNREACHABLE, "2001:db8::@", NULL,
    "{" PEER "}" },
  { "secure", SIDETONE_OBSERVATION_SECURE, SIDETONE_ERROR_CERTIFICATE_SELF_SIGNED, NULL, NULL,
    "{" PEER "}" },
  { "sign-in", SIDETONE_OBSERVATION_SIGN_IN, SIDETONE_ERROR_WRONG_PASSWORD, NULL, NULL,
    "{'server-text': <'no @'>}" },
  { "disco", SIDETONE_OBSERVATION_DISCO, 0, NULL, NULL, "{'features': <['urn:@']>}" },
  { "server-ip", SIDETONE_OBSERVATION_SERVER_IP, 0, "192.168.1.10:4000", "198.51.100.1:4000",
    "{" PEER ", 'addresses': <['[2001:db8::@]:4000']>}" },
  { "services", SIDETONE_OBSERVATION_SERVICES, 0, NULL, NULL,
    "{'services': <['turn udp h@.test 3478 credentials']>}" },
  { "stun, silent, one host", SIDETONE_OBSERVATION_STUN, SIDETONE_ERROR_STUN_NO_ANSWER, NULL, NULL,
    "{'service': <'stun udp h.test 3478'>, " PEER "}" },
  { "stun, silent, many hosts", SIDETONE_OBSERVATION_STUN, SIDETONE_ERROR_STUN_NO_ANSWER, NULL, NULL,
    "{'service': <'stun udp h@.test 3478'>, " PEER "}" },
  { "stun, one host", SIDETONE_OBSERVATION_STUN, 0, "192.168.1.10:4000", "198.51.100.1:4000",
    "{'service': <'stun udp h.test 3478'>, 'plain': <'198.51.100.9:4000'>, " PEER "}" },
  { "relay, full, one host", SIDETONE_OBSERVATION_RELAY, SIDETONE_ERROR_TURN_QUOTA, NULL, NULL,
    "{'service': <'turn udp h.test 3478 credentials'>, " PEER "}" },
  { "relay, one host", SIDETONE_OBSERVATION_RELAY, 0, NULL, NULL,
    "{'service': <'turn udp h.test 3478 credentials'>, 'relayed': <'10.0.0.1:4000'>, " PEER "}" },
  { "relay, many hosts", SIDETONE_OBSERVATION_RELAY, 0, NULL, NULL,
    "{'service': <'turn udp h@.test 3478 credentials'>, 'relayed': <'10.0.0.1:4000'>, " PEER "}" },
  { "echo", SIDETONE_OBSERVATION_ECHO, 0, NULL, NULL, "{'relay': <'relay-@'>, " ECHO "}" },
  { "nat", SIDETONE_OBSERVATION_NAT, 0, "192.168.1.10:4000", "198.51.100.1:4000",
    "{'mapping': <'endpoint-independent'>, 'filtering': <'endpoint-independent'>}" },
  { "lifetime", SIDETONE_OBSERVATION_LIFETIME, 0, NULL, NULL, "{'closed-ms': <int64 60000>}" },
  { "path", SIDETONE_OBSERVATION_PATH, 0, NULL, NULL, "{'routers': <['192.168.1.1', '100.64.0.1']>}" },
};

static char *
number (const char *text,
        guint       n)
{
  GString *numbered = g_string_new (text);
  char digits[16];

  g_snprintf (digits, sizeof digits, "%u", n);
  g_string_replace (numbered, "@", digits, 0);

  return g_string_free (numbered, FALSE);
}

static SidetoneEndpoint *
make_endpoint (const char *text,
               guint       n)
{
  g_autofree char *numbered = text != NULL ? number (text, n) : NULL;

  if (numbered == NULL)
    return NULL;
  if (strchr (numbered, '.') != NULL)
    return sidetone_endpoint_parse (numbered);

  return sidetone_endpoint_new_from_string (numbered, 0, SIDETONE_TRANSPORT_UNKNOWN, NULL);
}

static void
add (GListStore *store,
     const Row  *row,
     guint       n,
     GVariant   *made_details)
{
  g_autofree char *id = g_strdup_printf ("%s-%u",
                                         row->kind == SIDETONE_OBSERVATION_RELAY ? "relay" : row->name,
                                         n);
  g_autofree char *details = number (row->details, n);
  g_autoptr (GVariant) parsed = NULL;
  g_autoptr (SidetoneEndpoint) local = make_endpoint (row->local, n);
  g_autoptr (SidetoneEndpoint) seen = make_endpoint (row->seen, n);
  g_autoptr (SidetoneObservation) observation = NULL;
  g_autoptr (GError) error = NULL;
  SidetoneObservationFields fields = {
    .id = id,
    .kind = row->kind,
    .vantage = SIDETONE_VANTAGE_COMPUTER,
    .state = row->error == 0 ? SIDETONE_STATE_PASSED : SIDETONE_STATE_FAILED,
    .local = local,
    .seen = seen,
    .details = made_details,
  };

  if (made_details == NULL)
    {
      parsed = g_variant_parse (G_VARIANT_TYPE_VARDICT, details, NULL, NULL, &error);
      g_assert_no_error (error);
      fields.details = parsed;
    }
  if (row->error != 0)
    error = g_error_new_literal (SIDETONE_ERROR, row->error, "made for this measurement");
  fields.error = error;
  observation = sidetone_observation_new (&fields);
  g_list_store_append (store, observation);
}

/* What a window judges after each observation, and when a report is opened */
static void
judge (GListStore *store)
{
  g_autoptr (SidetoneDiagnosis) diagnosis = sidetone_diagnose (G_LIST_MODEL (store), "montague.lit");
  g_autoptr (GEnumClass) kinds = g_type_class_ref (SIDETONE_TYPE_STEP_KIND);

  for (guint i = 1; i < kinds->n_values; i++)
    {
      g_autoptr (SidetoneStep) step = NULL;

      step = sidetone_step_new (kinds->values[i].value, sidetone_diagnosis_get_evidence (diagnosis),
                                SIDETONE_STEP_UNKNOWN);
    }
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  return *(const gint64 *) a < *(const gint64 *) b ? -1 : *(const gint64 *) a > *(const gint64 *) b;
}

/* Other programs' time does not count. */
static gint64
get_processor_us (void)
{
  struct timespec at;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &at);

  return at.tv_sec * G_USEC_PER_SEC + at.tv_nsec / 1000;
}

/* The first run does not count: it fills caches. */
static double
measure_ms (GListStore *store)
{
  gint64 times[N_RUNS];

  judge (store);
  for (guint i = 0; i < N_RUNS; i++)
    {
      gint64 start = get_processor_us ();

      judge (store);
      times[i] = get_processor_us () - start;
    }
  qsort (times, N_RUNS, sizeof *times, compare);

  return times[N_RUNS / 2] / 1000.0;
}

static void
print_row (const char   *name,
           const guint  *at,
           const double *ms,
           guint         n)
{
  printf ("%-26s", name);
  for (guint i = 0; i < n; i++)
    printf (" %8u: %8.2f ms", at[i], ms[i]);
  printf ("  growth %.1f%s\n", log (ms[n - 1] / ms[n - 2]) / log ((double) at[n - 1] / at[n - 2]),
          ms[n - 1] > GOAL_MS ? "  GOAL MISSED" : "");
  fflush (stdout);
}

static void
bench_row (const Row *row)
{
  double ms[G_N_ELEMENTS (sizes)];

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);

      for (guint j = 0; j < sizes[i]; j++)
        add (store, row, j, NULL);
      ms[i] = measure_ms (store);
    }

  print_row (row->name, sizes, ms, G_N_ELEMENTS (sizes));
}

/* Relays with echoes, half of the observations each */
static void
bench_relays_with_echoes (const char *name,
                          const char *service)
{
  g_autofree char *details = g_strdup_printf ("{'service': <'%s'>, " PEER "}", service);
  const Row relay = { "relay", SIDETONE_OBSERVATION_RELAY, 0, NULL, NULL, details };
  const Row echo = { "echo", SIDETONE_OBSERVATION_ECHO, 0, NULL, NULL,
                     "{'relay': <'relay-@'>, " ECHO "}" };
  double ms[G_N_ELEMENTS (sizes)];

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);

      for (guint j = 0; j < sizes[i] / 2; j++)
        {
          add (store, &relay, j, NULL);
          add (store, &echo, j, NULL);
        }
      ms[i] = measure_ms (store);
    }

  print_row (name, sizes, ms, G_N_ELEMENTS (sizes));
}

/* One observation with many announced services; reports with the larger ones are refused. */
static void
bench_announced (void)
{
  static const guint announced[] = { 64, 1000, 60000 };
  const Row row = { "services", SIDETONE_OBSERVATION_SERVICES, 0, NULL, NULL, "" };
  double ms[G_N_ELEMENTS (announced)];

  for (guint i = 0; i < G_N_ELEMENTS (announced); i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
      GVariantBuilder texts = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_STRING_ARRAY);
      g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);

      for (guint j = 0; j < announced[i]; j++)
        {
          g_autofree char *text = number ("turn udp h@.test 3478 credentials", j);

          g_variant_builder_add (&texts, "s", text);
        }
      g_variant_dict_insert_value (&details, "services", g_variant_builder_end (&texts));
      add (store, &row, 0, g_variant_dict_end (&details));
      ms[i] = measure_ms (store);
    }

  print_row ("announced services", announced, ms, G_N_ELEMENTS (announced));
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    bench_row (&rows[i]);
  bench_relays_with_echoes ("relay and echo, one host", "turn udp h.test 3478 credentials");
  bench_relays_with_echoes ("relay and echo, many hosts", "turn udp h@.test 3478 credentials");
  bench_announced ();

  return 0;
}
