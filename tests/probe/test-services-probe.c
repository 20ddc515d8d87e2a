/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "config.h"

#include "base/error.h"
#include "lib/server.h"
#include "probes/services-probe.h"
#include "wire/service.h"
#include "xmpp/candidates.h"

#include <string.h>

/* The probe by itself, in a session with a scripted server: the test plays the rest of the run. */

#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GResolver)

/* A name server that knows turn.lit, is silent about slow.lit, and denies everything else */
struct _TestResolver
{
  GResolver parent_instance;

  guint n_asked;
};

G_DEFINE_FINAL_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

static void
on_cancelled (GCancellable *cancellable,
              GTask        *task)
{
  g_task_return_error_if_cancelled (task);
}

static void
test_resolver_lookup_by_name_with_flags_async (GResolver               *resolver,
                                               const char              *name,
                                               GResolverNameLookupFlags flags,
                                               GCancellable            *cancellable,
                                               GAsyncReadyCallback      callback,
                                               gpointer                 user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);
  gboolean is_ipv4 = flags == G_RESOLVER_NAME_LOOKUP_FLAGS_IPV4_ONLY;
  const char *text = is_ipv4 ? "203.0.113.20" : "2001:db8:113::20";

  TEST_RESOLVER (resolver)->n_asked++;
  if (g_str_equal (name, "turn.lit"))
    g_task_return_pointer (task, g_list_append (NULL, g_inet_address_new_from_string (text)),
                           (GDestroyNotify) g_resolver_free_addresses);
  else if (g_str_equal (name, "slow.lit"))
    g_signal_connect_data (cancellable, "cancelled", G_CALLBACK (on_cancelled),
                           g_object_ref (task), (GClosureNotify) (GCallback) g_object_unref, 0);
  else
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "No such name");
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
}

static void
test_resolver_init (TestResolver *self)
{
}

typedef struct
{
  SidetoneTestServer *server;
  SidetoneContext *context;
  SidetoneSession *session;
  GCancellable *cancellable;
  gboolean returned;
  gboolean completed;
} Fixture;

#define EXTDISCO "urn:xmpp:extdisco:2"
#define EXTDISCO_1 "urn:xmpp:extdisco:1"
#define TIME "urn:xmpp:time"
#define SECRET "sEcReT"
#define RESULT(inner) "<iq type='result' id='$id' from='$domain' to='$jid'>" inner "</iq>"
#define SERVICES(inner) RESULT ("<services xmlns='" EXTDISCO "'>" inner "</services>")
#define REFUSAL(condition) "<iq type='error' id='$id' from='$domain'><error type='cancel'><" \
  condition " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>" \
  "<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>Go away</text></error></iq>"
#define CREDENTIALS "username='u" SECRET "' password='p" SECRET "' "
#define EXPIRES "expires='2026-11-23T00:36:10Z'"
#define NOW RESULT ("<time xmlns='" TIME "'><tzo>Z</tzo><utc>2026-11-23T00:00:00Z</utc></time>")
#define STUN "<service type='stun' host='turn.lit' transport='udp' port='3478'/>"

static void
return_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Fixture *fixture = user_data;

  if (SIDETONE_IS_PROBE (source))
    fixture->completed = sidetone_probe_run_finish (SIDETONE_PROBE (source), result, NULL);
  fixture->returned = TRUE;
}

static void
wait_until_returned (Fixture *fixture)
{
  while (!fixture->returned)
    g_main_context_iteration (NULL, TRUE);
  fixture->returned = FALSE;
}

/* Signs in to a server with these answers, and puts the session into the context */
static void
sign_in (Fixture                  *fixture,
         const SidetoneTestAnswer *answers)
{
  SidetoneTestScript script = *sidetone_test_script_get ("good");
  g_autofree char *ca = sidetone_test_certificate_path ("ca");
  g_autofree char *ca_file = g_strconcat (ca, ".pem", NULL);
  g_autoptr (SidetoneAccount) account = NULL;
  g_autoptr (SidetoneEndpoint) endpoint = NULL;
  g_autoptr (SidetoneCandidates) candidates = sidetone_candidates_new ();
  g_autoptr (SidetoneCandidate) candidate = NULL;

  script.answers = answers;
  fixture->server = sidetone_test_server_new (&script);
  fixture->cancellable = g_cancellable_new ();
  account = sidetone_account_new (SIDETONE_TEST_JID, NULL, SIDETONE_SECURITY_AUTO, ca_file, NULL,
                                  NULL);
  fixture->context = sidetone_context_new (account, SIDETONE_TEST_PASSWORD);
  fixture->session = sidetone_session_new (account, g_strdup (SIDETONE_TEST_PASSWORD),
                                           sidetone_context_get_start (fixture->context));

  endpoint = sidetone_endpoint_new_from_string (sidetone_test_server_get_address (fixture->server),
                                                sidetone_test_server_get_port (fixture->server),
                                                SIDETONE_TRANSPORT_TCP, NULL);
  candidate = sidetone_candidate_new (SIDETONE_TEST_DOMAIN, endpoint, SIDETONE_SECURITY_STARTTLS);
  sidetone_candidates_add (candidates, candidate);
  sidetone_candidates_end (candidates);
  sidetone_session_open_async (fixture->session, candidates, NULL, return_cb, fixture);
  wait_until_returned (fixture);
  sidetone_context_set_session (fixture->context, fixture->session);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  sidetone_session_close_async (fixture->session, return_cb, fixture);
  wait_until_returned (fixture);

  g_assert_finalize_object (fixture->context);
  g_assert_finalize_object (fixture->session);
  g_object_unref (fixture->cancellable);
  sidetone_test_server_free (fixture->server);
}

static void
start (Fixture *fixture)
{
  g_autoptr (SidetoneProbe) probe = sidetone_services_probe_new ();

  sidetone_probe_run_async (probe, fixture->context, fixture->cancellable, return_cb, fixture);
}

static void
set_disco (Fixture    *fixture,
           const char *features)
{
  g_autofree char *text = g_strdup_printf ("<iq type='result'><query xmlns='" SIDETONE_DISCO_NS "'>"
                                           "%s</query></iq>", features);
  g_autoptr (SidetoneElement) iq = sidetone_element_new_from_text (text, -1, NULL);
  g_autoptr (SidetoneDisco) disco = sidetone_disco_read (iq, NULL);

  g_assert_nonnull (disco);
  sidetone_context_set_disco (fixture->context, disco);
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* In alphabetical order, because a dictionary has none */
static char *
format_details (GVariant *details)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;
  GVariantIter iter;
  const char *key;
  GVariant *value;

  g_variant_iter_init (&iter, details);
  while (g_variant_iter_loop (&iter, "{&s@v}", &key, &value))
    {
      g_autofree char *printed = g_variant_print (value, FALSE);

      /* This depends on the time of the test. */
      if (!g_str_equal (key, "clock-ahead"))
        g_ptr_array_add (fields, g_strdup_printf ("'%s': %s", key, printed));
    }
  g_ptr_array_sort (fields, compare_texts);
  g_ptr_array_add (fields, NULL);
  text = g_strjoinv (", ", (char **) fields->pdata);

  return g_strdup_printf ("{%s}", text);
}

/* All observations, one a line: the ID, the error if there is one, and the details */
static char *
format_observations (Fixture *fixture)
{
  GListModel *observations = sidetone_context_get_observations (fixture->context);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (observations); i++)
    {
      g_autoptr (SidetoneObservation) observation = g_list_model_get_item (observations, i);
      const GError *error = sidetone_observation_get_error (observation);
      g_autoptr (GVariant) all = sidetone_observation_dup_details (observation);
      g_autofree char *details = format_details (all);

      g_string_append_printf (text, "%s%s%s %s\n", sidetone_observation_get_id (observation),
                              error != NULL ? " " : "",
                              error != NULL ? sidetone_error_to_code (error->code) : "", details);
      if (error != NULL)
        g_assert_null (strstr (error->message, SECRET));
    }
  g_assert_null (strstr (text->str, SECRET));

  return g_string_free (text, FALSE);
}

static void
assert_observations (Fixture    *fixture,
                     const char *expected)
{
  g_autofree char *text = format_observations (fixture);
  g_auto (GStrv) lines = g_strsplit (expected, "\n", -1);
  g_autoptr (GString) wanted = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      const char *written = strchr (lines[i], '{');
      g_autoptr (GVariant) fields = g_variant_parse (G_VARIANT_TYPE_VARDICT, written, NULL, NULL,
                                                     NULL);
      g_autofree char *details = format_details (fields);

      g_string_append_len (wanted, lines[i], written - lines[i]);
      g_string_append_printf (wanted, "%s\n", details);
    }

  g_assert_cmpstr (text, ==, wanted->str);
}

/* What the next probes need, and what observations may contain */
static void
test_services (Fixture      *fixture,
               gconstpointer data)
{
  static const SidetoneTestAnswer answers[] = {
    { EXTDISCO, SERVICES (STUN
                          "<service type='turn' host='turn.lit' restricted='1' " CREDENTIALS EXPIRES
                          "/><service type='turns' host='gone.lit' " CREDENTIALS
                          "expires='2026-11-24T00:00:00Z'/><service type='turn' host='192.0.2.7'/>"
                          "<service type='turn' host='no name'/>") },
    { TIME, NOW },
    { NULL, NULL },
  };
  GPtrArray *services;
  GPtrArray *addresses;

  sign_in (fixture, answers);
  start (fixture);
  wait_until_returned (fixture);
  g_assert_true (fixture->completed);

  assert_observations (
    fixture,
    "services {'services': <['stun udp turn.lit 3478', 'turn udp turn.lit 3478 credentials', "
    "'turns tls gone.lit 5349 credentials', 'turn udp 192.0.2.7 3478']>, 'unusable': <int64 1>, 'unreadable': <['turn no name']>, "
    "'expires': <'2026-11-23T00:36:10Z'>, 'server-time': <'2026-11-23T00:00:00Z'>, "
    "'expires-in': <int64 2170>}\n"
    "service-lookup-1 {'question': <'service'>, 'name': <'turn.lit'>, "
    "'answers': <['2001:db8:113::20', '203.0.113.20']>}\n"
    "service-lookup-2 name-not-found {'question': <'service'>, 'name': <'gone.lit'>, "
    "'answers': <@as []>}\n");

  services = sidetone_context_get_services (fixture->context);
  g_assert_cmpuint (services->len, ==, 4);
  g_assert_cmpstr (sidetone_service_get_username (services->pdata[1]), ==, "u" SECRET);
  g_assert_cmpstr (sidetone_service_get_password (services->pdata[1]), ==, "p" SECRET);

  addresses = sidetone_context_get_addresses (fixture->context, "turn.lit");
  g_assert_cmpuint (addresses->len, ==, 2);
  g_assert_cmpint (g_inet_address_get_family (addresses->pdata[0]), ==, G_SOCKET_FAMILY_IPV6);
  addresses = sidetone_context_get_addresses (fixture->context, "gone.lit");
  g_assert_cmpuint (addresses->len, ==, 0);
  addresses = sidetone_context_get_addresses (fixture->context, "192.0.2.7");
  g_assert_cmpuint (addresses->len, ==, 1);

  sidetone_context_wipe_services (fixture->context);
  g_assert_null (sidetone_context_get_services (fixture->context));

  /* One round trip for both */
  g_assert_true (sidetone_test_server_came_together (fixture->server, TIME, EXTDISCO));
}

/* Refusals instead of a list */
static void
test_refusals (Fixture      *fixture,
               gconstpointer data)
{
  static const SidetoneTestAnswer answers[][3] = {
    { { EXTDISCO, REFUSAL ("service-unavailable") } },
    { { EXTDISCO, REFUSAL ("forbidden") } },
    { { EXTDISCO, RESULT ("<nothing/>") }, { TIME, NOW } },
    { { EXTDISCO, SERVICES ("") } },
    /* Too deep for the reader, whose error may quote the text */
    { { EXTDISCO, SERVICES ("<service type='turn' host='a.lit' " CREDENTIALS "><a><a><a><a><a><a><a>"
                            "<a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a>"
                            "</a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a>"
                            "</a></a></a></a></a></a></a></a></a></a></a></a></a></service>") } },
  };
  static const char *const expected[] = {
    "services not-offered {'condition': <'service-unavailable'>, 'server-text': <'Go away'>}\n",
    "services forbidden {'condition': <'forbidden'>, 'server-text': <'Go away'>}\n",
    "services bad-answer {'server-time': <'2026-11-23T00:00:00Z'>}\n",
    "services {'services': <@as []>}\n",
    "services text-too-deep {}\n",
  };
  gsize row = GPOINTER_TO_SIZE (data);

  sign_in (fixture, answers[row]);
  sidetone_context_set_disco (fixture->context, NULL);
  start (fixture);
  wait_until_returned (fixture);

  assert_observations (fixture, expected[row]);
  if (row == 4)
    {
      g_autoptr (SidetoneObservation) services = NULL;

      services = g_list_model_get_item (sidetone_context_get_observations (fixture->context), 0);
      g_assert_cmpstr (sidetone_observation_get_error (services)->message, ==,
                       "the answer can't be read");
    }
  g_assert_cmpuint (sidetone_test_server_count (fixture->server, EXTDISCO_1), ==, 0);
}

/* Disco decides which version to ask for again, even if it comes last; only an old server costs
 * another round trip. */
static void
test_version_1 (Fixture      *fixture,
                gconstpointer data)
{
  static const SidetoneTestAnswer answers[] = {
    { EXTDISCO_1, RESULT ("<services xmlns='" EXTDISCO_1 "'>" STUN "</services>") },
    { NULL, NULL },
  };
  static const struct
  {
    const char *features;
    const char *services;
  } rows[] = {
    { "<feature var='" EXTDISCO_1 "'/>", "services {'services': <['stun udp turn.lit 3478']>}\n" },
    { "<feature var='" EXTDISCO_1 "'/><feature var='" EXTDISCO "'/>",
      "services not-offered {'condition': <'service-unavailable'>}\n" },
    { "", "services not-offered {'condition': <'service-unavailable'>}\n" },
  };
  gsize row = GPOINTER_TO_SIZE (data);
  g_autofree char *text = NULL;

  sign_in (fixture, answers);
  start (fixture);

  /* The refusal has come when a later query is answered, and there is no observation before disco's
   * answer. */
  sidetone_session_ask_async (fixture->session, NULL, SIDETONE_DISCO_QUERY, return_cb, fixture);
  wait_until_returned (fixture);
  assert_observations (fixture, "");

  set_disco (fixture, rows[row].features);
  wait_until_returned (fixture);
  text = format_observations (fixture);
  g_assert_true (g_str_has_prefix (text, rows[row].services));
  g_assert_cmpuint (sidetone_test_server_count (fixture->server, EXTDISCO_1), ==,
                    row == 0 ? 1 : 0);
}

static void
wait_for_observations (Fixture *fixture,
                       guint    n)
{
  while (g_list_model_get_n_items (sidetone_context_get_observations (fixture->context)) < n)
    g_main_context_iteration (NULL, TRUE);
}

/* An invalid time holds nothing up, and neither does a name server. */
static void
test_not_held_up (Fixture      *fixture,
                  gconstpointer data)
{
  static const SidetoneTestAnswer answers[] = {
    { EXTDISCO, SERVICES (STUN "<service type='turn' host='slow.lit' " CREDENTIALS "/>") },
    { TIME, NULL },
    { NULL, NULL },
  };

  sign_in (fixture, answers);
  start (fixture);
  wait_for_observations (fixture, 2);
  assert_observations (
    fixture,
    "services {'services': <['stun udp turn.lit 3478', 'turn udp slow.lit 3478 credentials']>}\n"
    "service-lookup-1 {'question': <'service'>, 'name': <'turn.lit'>, "
    "'answers': <['2001:db8:113::20', '203.0.113.20']>}\n");
  g_assert_false (fixture->returned);

  /* It also ends at once, in the middle of both. Unanswered queries are not observed. */
  g_cancellable_cancel (fixture->cancellable);
  sidetone_session_abort (fixture->session);
  wait_until_returned (fixture);
  g_assert_false (fixture->completed);
  g_assert_cmpuint (g_list_model_get_n_items (
                      sidetone_context_get_observations (fixture->context)), ==, 2);
}

/* A list of a hundred hosts does not make us look up all of them. */
static void
test_many_hosts (Fixture      *fixture,
                 gconstpointer data)
{
  g_autoptr (GString) list = g_string_new (NULL);
  g_autofree char *answer = NULL;
  SidetoneTestAnswer answers[2] = { { EXTDISCO, NULL } };
  TestResolver *resolver = TEST_RESOLVER (g_resolver_get_default ());
  guint before = resolver->n_asked;

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (list, "<service type='stun' host='a%u.lit'/>", i / 2);
  answer = g_strdup_printf (SERVICES ("%s"), list->str);
  answers[0].xml = answer;

  sign_in (fixture, answers);
  start (fixture);
  wait_until_returned (fixture);
  g_assert_cmpuint (resolver->n_asked - before, ==, 2 * 8);
  g_object_unref (resolver);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GResolver) resolver = NULL;

  g_test_init (&argc, &argv, NULL);
  resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_resolver_set_default (resolver);

#define ADD(path, row, test) \
  g_test_add ("/services/" path, Fixture, GSIZE_TO_POINTER (row), NULL, test, tear_down)
  ADD ("all", 0, test_services);
  ADD ("refusals/not-offered", 0, test_refusals);
  ADD ("refusals/forbidden", 1, test_refusals);
  ADD ("refusals/bad-answer", 2, test_refusals);
  ADD ("refusals/empty", 3, test_refusals);
  ADD ("refusals/too-deep", 4, test_refusals);
  ADD ("version-1/old-server", 0, test_version_1);
  ADD ("version-1/both", 1, test_version_1);
  ADD ("version-1/none", 2, test_version_1);
  ADD ("not-held-up", 0, test_not_held_up);
  ADD ("many-hosts", 0, test_many_hosts);

  return g_test_run ();
}
