/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "config.h"

#include "base/deadlines.h"
#include "base/error.h"
#include "lib/clock.h"
#include "lib/server.h"
#include "run.h"
#include "seen/interruption.h"
#include "words/describe.h"

#include <malloc.h>
#include <stdlib.h>

/* A run as a window sees it: its steps while it goes on, and a saved check. tests/cli tests whole
 * checks, with all that can go wrong. */

/* A name server that knows one computer, and has no SRV records; unless it is to keep an answer back */
#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GResolver)

struct _TestResolver
{
  GResolver parent_instance;

  GSocketFamily kept_family;   /* addresses of this family are kept back */
  guint16 kept_port;           /* or the SRV record for STARTTLS, which has this port */
  guint16 port;                /* in that for direct TLS */
  GTask *kept;
};

static TestResolver *name_server;

G_DEFINE_FINAL_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

static void
return_address (GTask        *task,
                GSocketFamily family)
{
  GList *addresses = g_list_append (NULL, g_inet_address_new_loopback (family));

  g_task_return_pointer (task, addresses, (GDestroyNotify) g_resolver_free_addresses);
}

static void
free_records (gpointer data)
{
  g_list_free_full (data, (GDestroyNotify) g_variant_unref);
}

static void
return_record (GTask  *task,
               guint16 port)
{
  GVariant *record = g_variant_new ("(qqqs)", 0, 5, port, SIDETONE_TEST_DOMAIN);

  g_task_return_pointer (task, g_list_append (NULL, g_variant_ref_sink (record)), free_records);
}

static void
test_resolver_lookup_by_name_with_flags_async (GResolver               *resolver,
                                               const char              *name,
                                               GResolverNameLookupFlags flags,
                                               GCancellable            *cancellable,
                                               GAsyncReadyCallback      callback,
                                               gpointer                 user_data)
{
  TestResolver *self = TEST_RESOLVER (resolver);
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);
  GSocketFamily family = flags == G_RESOLVER_NAME_LOOKUP_FLAGS_IPV4_ONLY ? G_SOCKET_FAMILY_IPV4
                         : G_SOCKET_FAMILY_IPV6;

  if (!g_str_equal (name, SIDETONE_TEST_DOMAIN) ||
      (family == G_SOCKET_FAMILY_IPV6 && self->kept_family == G_SOCKET_FAMILY_INVALID))
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "No such name");
  else if (family == self->kept_family)
    self->kept = g_steal_pointer (&task);
  else
    return_address (task, family);
}

static void
test_resolver_lookup_records_async (GResolver          *resolver,
                                    const char         *name,
                                    GResolverRecordType type,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data)
{
  TestResolver *self = TEST_RESOLVER (resolver);
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  if (g_str_has_prefix (name, "_xmpp-client."))
    self->kept = g_steal_pointer (&task);
  else
    return_record (task, self->port);
}

static GList *
test_resolver_lookup_records_finish (GResolver    *resolver,
                                     GAsyncResult *result,
                                     GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The kept answer comes after all. */
static void
answer (TestResolver *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->kept);

  if (self->kept_port != 0)
    return_record (task, self->kept_port);
  else
    return_address (task, self->kept_family);
}

static GList *
test_resolver_lookup_by_name_with_flags_finish (GResolver    *resolver,
                                                GAsyncResult *result,
                                                GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_resolver_class_init (TestResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  resolver_class->lookup_by_name_with_flags_async = test_resolver_lookup_by_name_with_flags_async;
  resolver_class->lookup_by_name_with_flags_finish =
    test_resolver_lookup_by_name_with_flags_finish;
  resolver_class->lookup_records_async = test_resolver_lookup_records_async;
  resolver_class->lookup_records_finish = test_resolver_lookup_records_finish;
}

static void
test_resolver_init (TestResolver *self)
{
}

typedef struct
{
  SidetoneRun *run;
  SidetoneProgress *progress;   /* of each step */
  guint n_seen;
  gboolean returned;
  GError *error;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GEnumClass) steps = g_type_class_ref (SIDETONE_TYPE_STEP_KIND);

  fixture->run = sidetone_run_new ();
  fixture->progress = g_new0 (SidetoneProgress, steps->n_values);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_clear_error (&fixture->error);
  g_free (fixture->progress);
  g_assert_finalize_object (fixture->run);
}

static SidetoneProgress
get_progress (SidetoneRun     *run,
              SidetoneStepKind kind)
{
  g_autoptr (SidetoneStep) step = sidetone_run_dup_step (run, kind);

  return sidetone_step_get_progress (step);
}

static char *
format_progress (SidetoneRun *run)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (SIDETONE_TYPE_PROGRESS);
  g_autoptr (GEnumClass) steps = g_type_class_ref (SIDETONE_TYPE_STEP_KIND);
  GString *text = g_string_new (NULL);

  for (guint i = 1; i < steps->n_values; i++)
    {
      SidetoneProgress progress = get_progress (run, steps->values[i].value);

      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "",
                              g_enum_get_value (class, progress)->value_nick);
    }

  return g_string_free (text, FALSE);
}

static void
assert_progress (SidetoneRun *run,
                 const char  *expected)
{
  g_autofree char *progress = format_progress (run);

  g_assert_cmpstr (progress, ==, expected);
}

/* The test's computer may have no network. */
static gboolean
has_network (SidetoneRun *run)
{
  g_autoptr (SidetoneStep) step = sidetone_run_dup_step (run, SIDETONE_STEP_COMPUTER);

  return sidetone_step_has_network_address (step);
}

/* All but the first step, once that is over */
static void
assert_later_progress (SidetoneRun *run,
                       const char  *later)
{
  g_autofree char *expected = g_strconcat (has_network (run) ? "passed " : "warning ", later, NULL);

  assert_progress (run, expected);
}

/* A sensible order for the user: a step waits, then runs, then ends; and no step waits above a
 * running one. */
static void
on_moved (SidetoneRun *run,
          GParamSpec  *pspec,
          Fixture     *fixture)
{
  g_autoptr (GEnumClass) steps = g_type_class_ref (SIDETONE_TYPE_STEP_KIND);
  gboolean waits = FALSE;

  fixture->n_seen++;
  for (guint i = 1; i < steps->n_values; i++)
    {
      SidetoneProgress progress = get_progress (run, steps->values[i].value);

      g_assert_cmpint (progress, >=, fixture->progress[i]);
      g_assert_false (waits && progress == SIDETONE_PROGRESS_RUNNING);
      waits = waits || progress == SIDETONE_PROGRESS_WAITING;
      fixture->progress[i] = progress;
    }
}

static void
run_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  Fixture *fixture = user_data;

  sidetone_run_start_finish (SIDETONE_RUN (source), result, &fixture->error);
  fixture->returned = TRUE;
}

static void
start_at (Fixture         *fixture,
          const char      *address,
          SidetoneSecurity security,
          GCancellable    *cancellable)
{
  g_autofree char *ca = sidetone_test_certificate_path ("ca");
  g_autofree char *ca_file = g_strconcat (ca, ".pem", NULL);
  g_autoptr (SidetoneAccount) account = NULL;

  account = sidetone_account_new (SIDETONE_TEST_JID, address, security, ca_file, NULL,
                                  &fixture->error);
  g_assert_no_error (fixture->error);

  g_signal_connect (fixture->run, "notify::diagnosis", G_CALLBACK (on_moved), fixture);
  g_signal_connect (fixture->run, "notify::stage", G_CALLBACK (on_moved), fixture);
  sidetone_run_start_async (fixture->run, account, SIDETONE_TEST_PASSWORD, 0, cancellable, run_cb,
                            fixture);
}

static void
start (Fixture            *fixture,
       SidetoneTestServer *server,
       GCancellable       *cancellable)
{
  g_autofree char *address = g_strdup_printf ("%s:%u", SIDETONE_TEST_DOMAIN,
                                              sidetone_test_server_get_port (server));

  start_at (fixture, address, SIDETONE_SECURITY_STARTTLS, cancellable);
}

static void
wait_until_returned (Fixture *fixture)
{
  while (!fixture->returned)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_before (Fixture      *fixture,
             gconstpointer data)
{
  assert_progress (fixture->run, "waiting waiting waiting waiting waiting waiting waiting waiting");
  g_assert_null (sidetone_run_dup_title (fixture->run));
}

/* A run's report shows the same as the run. */
static void
assert_same_from_report (SidetoneRun *run)
{
  g_autoptr (SidetoneReport) report = sidetone_run_dup_report (run);
  g_autoptr (SidetoneRun) kept = sidetone_run_new_for_report (report);
  g_autofree char *progress = format_progress (run);
  g_autofree char *title = sidetone_run_dup_title (kept);
  g_autofree char *headline = sidetone_describe_headline (sidetone_run_get_diagnosis (run));
  g_autofree char *kept_headline = sidetone_describe_headline (sidetone_run_get_diagnosis (kept));

  assert_progress (kept, progress);
  g_assert_cmpstr (title, ==, SIDETONE_TEST_JID);
  g_assert_cmpstr (kept_headline, ==, headline);
}

static void
test_steps (Fixture      *fixture,
            gconstpointer data)
{
  static const struct
  {
    const char *script;
    const char *progress;
  } rows[] = {
    { "good", "passed passed passed passed passed warning skipped" },
    { "sic-not-offered", "passed passed passed passed skipped warning skipped" },
    { "not-authorized", "passed passed passed failed skipped skipped skipped" },
    { "self-signed", "passed passed failed skipped skipped skipped skipped" },
    { "banner-smtp", "passed passed skipped failed skipped skipped skipped" },
  };
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named (rows[i].script, FALSE);
  g_autofree char *title = NULL;

  start (fixture, server, NULL);
  title = sidetone_run_dup_title (fixture->run);
  g_assert_cmpstr (title, ==, SIDETONE_TEST_JID);
  assert_progress (fixture->run,
                   has_network (fixture->run)
                   ? "passed running waiting waiting waiting waiting waiting waiting"
                   : "running waiting waiting waiting waiting waiting waiting waiting");

  wait_until_returned (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->n_seen, >, 4);
  assert_later_progress (fixture->run, rows[i].progress);
  assert_same_from_report (fixture->run);
  g_assert_nonnull (sidetone_diagnosis_get_local (sidetone_run_get_diagnosis (fixture->run)));
}

static gboolean
has_failed_to_connect (SidetoneRun *run)
{
  GListModel *observations = sidetone_run_get_observations (run);

  for (guint i = 0; i < g_list_model_get_n_items (observations); i++)
    {
      g_autoptr (SidetoneObservation) observation = g_list_model_get_item (observations, i);

      if (sidetone_observation_get_kind (observation) == SIDETONE_OBSERVATION_CONNECT &&
          sidetone_observation_has_failed (observation))
        return TRUE;
    }

  return FALSE;
}

/* The name server's last answer comes when all else has failed already: it is tried, too. */
static void
wait_for_late_answer (Fixture *fixture)
{
  while (!has_failed_to_connect (fixture->run) && !fixture->returned)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (fixture->returned);

  answer (name_server);
  wait_until_returned (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (get_progress (fixture->run, SIDETONE_STEP_FIND), ==, SIDETONE_PROGRESS_PASSED);
  g_assert_cmpint (get_progress (fixture->run, SIDETONE_STEP_SIGN_IN), ==,
                   SIDETONE_PROGRESS_PASSED);
}

static void
test_late_ipv4 (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named ("good", FALSE);

  name_server->kept_family = G_SOCKET_FAMILY_IPV4;
  start (fixture, server, NULL);
  wait_for_late_answer (fixture);
  name_server->kept_family = G_SOCKET_FAMILY_INVALID;
}

static void
test_late_srv (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named ("good", FALSE);

  name_server->port = sidetone_test_find_closed_port ();
  name_server->kept_port = sidetone_test_server_get_port (server);
  start_at (fixture, NULL, SIDETONE_SECURITY_AUTO, NULL);
  wait_for_late_answer (fixture);
  name_server->kept_port = 0;
}

/* So many are enough to see a check that leaves something behind. RUNS in the environment demands
 * more of them. */
#define N_CHECKS 4
#define N_AT_ONCE 5
#define MANY_AT_ONCE 20
/* After so many, all that stays for the next ones is there */
#define N_FIRST 3
/* A check's observations alone are as much. After 150 checks it was 71 KiB, and after 40 it was 45. */
#define MAX_GROWTH (128 * 1024)
/* For a child process to end, on a busy computer */
#define MAX_WAIT (10 * G_TIME_SPAN_SECOND)

static guint
count_descriptors (void)
{
  g_autoptr (GDir) directory = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (directory) != NULL)
    n++;

  return n;
}

static gboolean
on_look (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* A check is over a moment before its child process is gone, and the pipe to it. */
static void
assert_descriptors (guint expected)
{
  gint64 end = g_get_monotonic_time () + MAX_WAIT;
  guint source = g_timeout_add (10, on_look, NULL);

  while (count_descriptors () > expected && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);

  g_assert_cmpuint (count_descriptors (), <=, expected);
}

/* So many checks at the same time, each of a server of its own */
static void
check_at_once (guint n)
{
  g_autofree Fixture *fixtures = g_new0 (Fixture, n);
  g_autoptr (GPtrArray) servers = NULL;

  servers = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_test_server_free);
  for (guint i = 0; i < n; i++)
    {
      set_up (&fixtures[i], NULL);
      g_ptr_array_add (servers, sidetone_test_server_new_named ("good", FALSE));
      start (&fixtures[i], g_ptr_array_index (servers, i), NULL);
    }
  for (guint i = 0; i < n; i++)
    {
      wait_until_returned (&fixtures[i]);
      g_assert_no_error (fixtures[i].error);
      assert_later_progress (fixtures[i].run, "passed passed passed passed passed warning skipped");
      tear_down (&fixtures[i], NULL);
    }
}

/* As in a window that stays open */
static void
test_one_after_another (void)
{
  const char *runs = g_getenv ("RUNS");
  guint n = N_FIRST + (runs != NULL ? (guint) atoi (runs) : N_CHECKS);
  guint n_descriptors = 0;
  gsize n_bytes = 0;

  for (guint i = 0; i < n; i++)
    {
      if (i == N_FIRST)
        {
          n_descriptors = count_descriptors ();
          n_bytes = mallinfo2 ().uordblks;
        }
      check_at_once (1);
    }

  assert_descriptors (n_descriptors);
  g_test_message ("%" G_GSIZE_FORMAT " bytes, then %" G_GSIZE_FORMAT, n_bytes,
                  mallinfo2 ().uordblks);
  g_assert_cmpuint (mallinfo2 ().uordblks, <=, n_bytes + MAX_GROWTH);
}

static void
test_at_once (void)
{
  guint n_descriptors;

  check_at_once (1);
  n_descriptors = count_descriptors ();
  check_at_once (g_getenv ("RUNS") != NULL ? MANY_AT_ONCE : N_AT_ONCE);
  assert_descriptors (n_descriptors);
}

/* All queries to the server go out together: none costs another round trip. */
static void
test_one_flight (Fixture      *fixture,
                 gconstpointer data)
{
  g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named ("good", FALSE);
  static const char *const later[] = {
    "urn:xmpp:sic:1", "urn:xmpp:extdisco:2", "urn:xmpp:time", "jabber:iq:version",
  };

  start (fixture, server, NULL);
  wait_until_returned (fixture);
  g_assert_no_error (fixture->error);
  for (guint i = 0; i < G_N_ELEMENTS (later); i++)
    g_assert_true (sidetone_test_server_came_together (server, "disco#info", later[i]));

  /* The address first, because the user waits for it. */
  g_assert_true (sidetone_test_server_came_together (server, later[0], later[1]));
}

static SidetoneObservation *
dup_observation (SidetoneRun            *run,
                 SidetoneObservationKind kind)
{
  GListModel *observations = sidetone_run_get_observations (run);

  for (guint i = 0; i < g_list_model_get_n_items (observations); i++)
    {
      g_autoptr (SidetoneObservation) observation = g_list_model_get_item (observations, i);

      if (sidetone_observation_get_kind (observation) == kind)
        return g_steal_pointer (&observation);
    }

  return NULL;
}

static void
test_software (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named ("software", FALSE);
  g_autoptr (SidetoneObservation) software = NULL;
  g_autofree char *summary = NULL;

  start (fixture, server, NULL);
  wait_until_returned (fixture);
  g_assert_no_error (fixture->error);
  assert_later_progress (fixture->run, "passed passed passed passed passed warning skipped");
  assert_same_from_report (fixture->run);

  software = dup_observation (fixture->run, SIDETONE_OBSERVATION_SOFTWARE);
  g_assert_nonnull (software);
  g_assert_true (sidetone_observation_has_passed (software));
  summary = sidetone_describe_observation_summary (software);
  g_assert_cmpstr (summary, ==, "Test 0.1.2");
}

/* A server that does not say which program it is costs no time, and has no fault. */
static void
test_software_silent (Fixture      *fixture,
                      gconstpointer data)
{
  g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named ("software-silent", FALSE);
  gint64 begin = g_get_monotonic_time ();

  start (fixture, server, NULL);
  wait_until_returned (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (sidetone_test_server_count (server, "jabber:iq:version"), ==, 1);
  g_assert_cmpint ((g_get_monotonic_time () - begin) / 1000, <, sidetone_deadlines.query);
  assert_later_progress (fixture->run, "passed passed passed passed passed warning skipped");
  g_assert_null (dup_observation (fixture->run, SIDETONE_OBSERVATION_SOFTWARE));
}

/* A failure is no fault of the server if this computer slept meanwhile: for a second, and not for a
 * moment in which its clocks differ. */
static void
test_slept (Fixture      *fixture,
            gconstpointer data)
{
  gint64 slept_ms = GPOINTER_TO_INT (data);
  g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named ("sasl-reset", FALSE);
  g_autoptr (SidetoneObservation) interruption = NULL;
  SidetoneFinding *finding;

  start (fixture, server, NULL);
  sidetone_test_clock_sleep (slept_ms);
  wait_until_returned (fixture);
  g_assert_no_error (fixture->error);

  interruption = dup_observation (fixture->run, SIDETONE_OBSERVATION_INTERRUPTION);
  finding = sidetone_diagnosis_get_main_finding (sidetone_run_get_diagnosis (fixture->run));
  if (slept_ms < 1000)
    {
      g_assert_null (interruption);
      g_assert_cmpstr (sidetone_finding_get_code (finding), !=, "CON-17");
      return;
    }

  g_assert_nonnull (interruption);
  g_assert_error (sidetone_observation_get_error (interruption), SIDETONE_ERROR, SIDETONE_ERROR_SLEPT);
  g_assert_cmpint (sidetone_observation_get_interruption (interruption)->slept_ms, >=, slept_ms - 1);
  g_assert_cmpint (sidetone_observation_get_interruption (interruption)->slept_ms, <, slept_ms + 100);
  g_assert_cmpstr (sidetone_finding_get_code (finding), ==, "CON-17");
}

/* With only the address, nothing else is asked. */
static void
test_only_address (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named ("good", FALSE);

  sidetone_run_set_only (fixture->run, SIDETONE_RUN_ONLY_ADDRESS);
  start (fixture, server, NULL);
  wait_until_returned (fixture);
  g_assert_no_error (fixture->error);
  assert_later_progress (fixture->run, "passed passed passed passed passed skipped skipped");
  g_assert_cmpuint (sidetone_test_server_count (server, "extdisco"), ==, 0);
  g_assert_cmpuint (sidetone_test_server_count (server, "urn:xmpp:time"), ==, 0);
  g_assert_cmpuint (sidetone_test_server_count (server, "urn:xmpp:sic:1"), ==, 1);
}

/* With only calls, the address is not asked, but the server's features are. */
static void
test_only_calls (Fixture      *fixture,
                 gconstpointer data)
{
  g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named ("good", FALSE);

  sidetone_run_set_only (fixture->run, SIDETONE_RUN_ONLY_CALLS);
  start (fixture, server, NULL);
  wait_until_returned (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (sidetone_test_server_count (server, "urn:xmpp:sic:1"), ==, 0);
  g_assert_cmpuint (sidetone_test_server_count (server, "disco#info"), ==, 1);
  g_assert_cmpuint (sidetone_test_server_count (server, "extdisco:2"), ==, 1);
}

static void
start_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  GError **error = user_data;

  g_assert_false (sidetone_run_start_finish (SIDETONE_RUN (source), result, error));
}

/* The connection process would get it as two lines: the check says so, and does not begin. */
static void
test_bad_password (Fixture      *fixture,
                   gconstpointer data)
{
  static const struct
  {
    const char *password;
    SidetoneError error;
  } rows[] = {
    { "", SIDETONE_ERROR_PASSWORD_MISSING },
    { "sec\nret", SIDETONE_ERROR_PASSWORD_LINE_BREAK },
    { "secret\r", SIDETONE_ERROR_PASSWORD_LINE_BREAK },
  };
  g_autoptr (SidetoneAccount) account = NULL;

  account = sidetone_account_new (SIDETONE_TEST_JID, NULL, SIDETONE_SECURITY_AUTO, NULL, NULL,
                                  NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneRun) run = sidetone_run_new ();
      g_autoptr (GError) error = NULL;

      sidetone_run_start_async (run, account, rows[i].password, 0, NULL, start_cb, &error);
      while (error == NULL)
        g_main_context_iteration (NULL, TRUE);
      g_assert_error (error, SIDETONE_ERROR, (int) rows[i].error);
    }
}

static void
on_signing_in (SidetoneRun  *run,
               GParamSpec   *pspec,
               GCancellable *cancellable)
{
  if (sidetone_run_get_stage (run) == SIDETONE_RUN_STAGE_SIGNING_IN)
    g_cancellable_cancel (cancellable);
}

/* The window leaves it at once; until then it keeps its state. */
static void
test_cancelled (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named ("stream-hang", FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_signal_connect (fixture->run, "notify::stage", G_CALLBACK (on_signing_in), cancellable);
  start (fixture, server, cancellable);
  wait_until_returned (fixture);

  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_later_progress (fixture->run, "passed running waiting waiting waiting waiting waiting");
}

static SidetoneReport *
make_report (const char *jid,
             const char *domain)
{
  g_autoptr (GListStore) observations = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneObservation) sign_in = NULL;
  g_autoptr (GError) error = g_error_new (SIDETONE_ERROR, SIDETONE_ERROR_WRONG_PASSWORD, "no");
  g_autoptr (GDateTime) created = g_date_time_new_utc (2026, 11, 22, 15, 4, 5);

  sign_in = sidetone_observation_new (&(SidetoneObservationFields) {
    .id = "sign-in",
    .kind = SIDETONE_OBSERVATION_SIGN_IN,
    .state = SIDETONE_STATE_FAILED,
    .error = error,
  });
  g_list_store_append (observations, sign_in);

  return sidetone_report_new (jid, domain, created, NULL, NULL, G_LIST_MODEL (observations));
}

/* Through its properties, as widgets see it */
static void
test_report (void)
{
  g_autoptr (SidetoneReport) report = make_report (SIDETONE_TEST_JID, SIDETONE_TEST_DOMAIN);
  g_autoptr (SidetoneRun) run = sidetone_run_new_for_report (report);
  g_autoptr (SidetoneReport) again = sidetone_run_dup_report (run);
  g_autoptr (SidetoneStep) step = sidetone_run_dup_step (run, SIDETONE_STEP_SIGN_IN);
  g_autoptr (GListModel) observations = NULL;
  g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
  SidetoneRunStage stage;

  g_object_get (run, "observations", &observations, "diagnosis", &diagnosis, "stage", &stage, NULL);
  g_assert_true (observations == sidetone_report_get_observations (report));
  g_assert_true (diagnosis == sidetone_report_get_diagnosis (report));
  g_assert_cmpint (stage, ==, SIDETONE_RUN_STAGE_FINISHED);
  g_assert_true (again == report);
  g_assert_cmpuint (g_list_model_get_n_items (sidetone_step_get_observations (step)), ==, 1);
  assert_progress (run, "skipped skipped skipped skipped failed skipped skipped skipped");

  /* It is not borrowed: the run keeps what it shows. */
  g_clear_pointer (&report, sidetone_report_unref);
  g_clear_pointer (&again, sidetone_report_unref);
  assert_progress (run, "skipped skipped skipped skipped failed skipped skipped skipped");
}

static void
test_titles (void)
{
  static const struct
  {
    const char *jid;
    const char *domain;
    const char *title;
  } rows[] = {
    { SIDETONE_TEST_JID, SIDETONE_TEST_DOMAIN, SIDETONE_TEST_JID },
    { NULL, SIDETONE_TEST_DOMAIN, SIDETONE_TEST_DOMAIN },
    { NULL, NULL, NULL },
    /* Written by anybody: a bidirectional control would turn the title around. */
    { "romeo@\u202etil.eugatnom", NULL, "romeo@til.eugatnom" },
    { NULL, "montague.lit\n\u202e", "montague.lit" },
    { NULL, "\u202e", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneReport) report = make_report (rows[i].jid, rows[i].domain);
      g_autoptr (SidetoneRun) run = sidetone_run_new_for_report (report);
      g_autofree char *title = sidetone_run_dup_title (run);

      g_assert_cmpstr (title, ==, rows[i].title);
    }
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  name_server = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_resolver_set_default (G_RESOLVER (name_server));

  g_test_add ("/run/before", Fixture, NULL, set_up, test_before, tear_down);
  g_test_add ("/run/steps/good", Fixture, GSIZE_TO_POINTER (0), set_up, test_steps, tear_down);
  g_test_add ("/run/steps/not-offered", Fixture, GSIZE_TO_POINTER (1), set_up, test_steps,
              tear_down);
  g_test_add ("/run/steps/password", Fixture, GSIZE_TO_POINTER (2), set_up, test_steps, tear_down);
  g_test_add ("/run/steps/certificate", Fixture, GSIZE_TO_POINTER (3), set_up, test_steps,
              tear_down);
  g_test_add ("/run/steps/not-xmpp", Fixture, GSIZE_TO_POINTER (4), set_up, test_steps, tear_down);
  g_test_add ("/run/late/ipv4", Fixture, NULL, set_up, test_late_ipv4, tear_down);
  g_test_add ("/run/late/srv", Fixture, NULL, set_up, test_late_srv, tear_down);
  g_test_add ("/run/one-flight", Fixture, NULL, set_up, test_one_flight, tear_down);
  g_test_add ("/run/software", Fixture, NULL, set_up, test_software, tear_down);
  g_test_add ("/run/software-silent", Fixture, NULL, set_up, test_software_silent, tear_down);
  g_test_add ("/run/slept", Fixture, GINT_TO_POINTER (1100), set_up, test_slept, tear_down);
  g_test_add ("/run/slept-for-a-moment", Fixture, GINT_TO_POINTER (900), set_up, test_slept,
              tear_down);
  g_test_add ("/run/only-address", Fixture, NULL, set_up, test_only_address, tear_down);
  g_test_add ("/run/only-calls", Fixture, NULL, set_up, test_only_calls, tear_down);
  g_test_add ("/run/bad-password", Fixture, NULL, set_up, test_bad_password, tear_down);
  g_test_add ("/run/cancelled", Fixture, NULL, set_up, test_cancelled, tear_down);
  g_test_add_func ("/run/one-after-another", test_one_after_another);
  g_test_add_func ("/run/at-once", test_at_once);
  g_test_add_func ("/run/report", test_report);
  g_test_add_func ("/run/titles", test_titles);

  status = g_test_run ();
  g_object_unref (name_server);

  return status;
}
