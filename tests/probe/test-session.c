/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "config.h"

#include "base/deadlines.h"
#include "base/error.h"
#include "lib/clock.h"
#include "lib/server.h"
#include "seen/connect.h"
#include "seen/observation.h"
#include "seen/secure.h"
#include "xmpp/candidates.h"
#include "xmpp/session.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <string.h>
#include <unistd.h>

/* The session against scripted servers. tests/cli measures its deadlines with the whole program. */

typedef struct
{
  SidetoneSession *session;
  SidetoneCandidates *candidates;
  GPtrArray *observations;
  GCancellable *cancellable;
  gboolean returned;
  gboolean opened;
  GError *error;
  char *raw;
  SidetoneElement *answer;
} Fixture;

static void
on_observed (SidetoneSession     *session,
             SidetoneObservation *observation,
             Fixture             *fixture)
{
  g_ptr_array_add (fixture->observations, g_object_ref (observation));
}

static void
set_up_for (Fixture         *fixture,
            SidetoneSecurity security,
            const char      *pin)
{
  g_autofree char *ca = sidetone_test_certificate_path ("ca");
  g_autofree char *ca_file = g_strconcat (ca, ".pem", NULL);
  g_autoptr (SidetoneAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  account = sidetone_account_new (SIDETONE_TEST_JID, NULL, security, ca_file, pin, &error);
  g_assert_no_error (error);

  fixture->session = sidetone_session_new (account, g_strdup (SIDETONE_TEST_PASSWORD),
                                           g_get_monotonic_time ());
  fixture->candidates = sidetone_candidates_new ();
  fixture->observations = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->cancellable = g_cancellable_new ();
  g_signal_connect (fixture->session, "observed", G_CALLBACK (on_observed), fixture);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  set_up_for (fixture, SIDETONE_SECURITY_AUTO, NULL);
}

static void
add_candidate (Fixture         *fixture,
               const char      *target,
               const char      *address,
               guint16          port,
               SidetoneSecurity security)
{
  g_autoptr (SidetoneEndpoint) endpoint = NULL;
  g_autoptr (SidetoneCandidate) candidate = NULL;

  endpoint = sidetone_endpoint_new_from_string (address, port, SIDETONE_TRANSPORT_TCP, NULL);
  g_assert_nonnull (endpoint);
  candidate = sidetone_candidate_new (target, endpoint, security);
  sidetone_candidates_add (fixture->candidates, candidate);
}

static void
add_server (Fixture            *fixture,
            SidetoneTestServer *server,
            SidetoneSecurity    security)
{
  add_candidate (fixture, SIDETONE_TEST_DOMAIN, sidetone_test_server_get_address (server),
                 sidetone_test_server_get_port (server), security);
}

static void
wait_until_returned (Fixture *fixture)
{
  fixture->returned = FALSE;
  while (!fixture->returned)
    g_main_context_iteration (NULL, TRUE);
}

static void
open_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Fixture *fixture = user_data;

  g_clear_error (&fixture->error);
  fixture->opened = sidetone_session_open_finish (fixture->session, result, &fixture->error);
  fixture->returned = TRUE;
}

static void
open_session (Fixture *fixture)
{
  sidetone_candidates_end (fixture->candidates);
  sidetone_session_open_async (fixture->session, fixture->candidates, fixture->cancellable,
                               open_cb, fixture);
  wait_until_returned (fixture);
}

static void
ask_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  Fixture *fixture = user_data;

  g_clear_error (&fixture->error);
  g_clear_pointer (&fixture->raw, g_free);
  g_clear_pointer (&fixture->answer, sidetone_element_unref);
  fixture->answer = sidetone_session_ask_finish (fixture->session, result, &fixture->raw,
                                                 &fixture->error);
  fixture->returned = TRUE;
}

static void
ask (Fixture *fixture)
{
  sidetone_session_ask_async (fixture->session, NULL, "<address xmlns='urn:xmpp:sic:1'/>", ask_cb,
                              fixture);
  wait_until_returned (fixture);
}

static void
settle_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Fixture *fixture = user_data;

  g_assert_true (sidetone_session_settle_finish (fixture->session, result, NULL));
  fixture->returned = TRUE;
}

static void
close_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Fixture *fixture = user_data;

  g_assert_true (sidetone_session_close_finish (fixture->session, result, NULL));
  fixture->returned = TRUE;
}

/* However a test ends, closing leaves no child, not even an unreaped one */
static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  sidetone_session_close_async (fixture->session, close_cb, fixture);
  wait_until_returned (fixture);
  g_assert_cmpint (waitpid (-1, NULL, WNOHANG), ==, -1);

  g_assert_finalize_object (fixture->session);
  g_object_unref (fixture->candidates);
  g_ptr_array_unref (fixture->observations);
  g_object_unref (fixture->cancellable);
  g_clear_error (&fixture->error);
  g_free (fixture->raw);
  g_clear_pointer (&fixture->answer, sidetone_element_unref);
}

/* The observations as "id:state[:error]", so that a failure shows them all in one line */
static char *
format_observations (Fixture *fixture)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (SIDETONE_TYPE_STATE);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < fixture->observations->len; i++)
    {
      SidetoneObservation *observation = fixture->observations->pdata[i];
      const GError *error = sidetone_observation_get_error (observation);
      SidetoneState state = sidetone_observation_get_state (observation);

      g_string_append_printf (text, "%s%s:%s", i > 0 ? " " : "",
                              sidetone_observation_get_id (observation),
                              g_enum_get_value (states, state)->value_nick);
      if (error != NULL)
        g_string_append_printf (text, ":%s", sidetone_error_to_code (error->code));
    }

  return g_string_free (text, FALSE);
}

static void
assert_observations (Fixture    *fixture,
                     const char *expected)
{
  g_autofree char *text = format_observations (fixture);

  g_assert_cmpstr (text, ==, expected);
}

static SidetoneObservation *
find_observation (Fixture    *fixture,
                  const char *id)
{
  for (guint i = 0; i < fixture->observations->len; i++)
    {
      if (g_str_equal (sidetone_observation_get_id (fixture->observations->pdata[i]), id))
        return fixture->observations->pdata[i];
    }

  g_error ("there is no observation %s", id);
}

static void
test_sign_in (Fixture      *fixture,
              gconstpointer data)
{
  gboolean direct = GPOINTER_TO_INT (data);
  g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named ("good", direct);
  g_autofree char *port = NULL;

  add_server (fixture, server, direct ? SIDETONE_SECURITY_DIRECT : SIDETONE_SECURITY_STARTTLS);
  open_session (fixture);
  g_assert_no_error (fixture->error);
  assert_observations (fixture, "connect-1:passed secure:passed sign-in:passed");
  g_assert_cmpint (sidetone_observation_get_connect (find_observation (fixture, "connect-1"))->used,
                   ==, SIDETONE_TRUTH_YES);
  g_assert_nonnull (sidetone_observation_get_secure (find_observation (fixture, "secure"))->sha256);

  ask (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (sidetone_element_get_attribute (fixture->answer, "type"), ==, "result");
  port = g_strdup_printf ("<port>%u</port>",
                          sidetone_endpoint_get_port (sidetone_session_get_local (
                                                        fixture->session)));
  g_assert_nonnull (strstr (fixture->raw, port));
  g_assert_cmpuint (sidetone_endpoint_get_port (sidetone_session_get_peer (fixture->session)), ==,
                    sidetone_test_server_get_port (server));

  /* No contact sees a sign-in, and no message is diverted */
  g_assert_cmpuint (sidetone_test_server_count (server, "<presence"), ==, 0);
}

static char *
make_question (guint number)
{
  return g_strdup_printf ("<address xmlns='urn:xmpp:sic:1' number='%u.'/>", number);
}

/* Questions of one turn of the main loop leave in one packet: otherwise a server may hold back its
 * second answer. Tried many times, because two packets may come together by chance. */
static void
test_together (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named ("good", FALSE);

  add_server (fixture, server, SIDETONE_SECURITY_STARTTLS);
  open_session (fixture);
  g_assert_no_error (fixture->error);

  for (guint i = 0; i < 40; i += 2)
    {
      g_autofree char *first = make_question (i);
      g_autofree char *second = make_question (i + 1);

      sidetone_session_ask_async (fixture->session, NULL, first, NULL, NULL);
      sidetone_session_ask_async (fixture->session, NULL, second, ask_cb, fixture);
      wait_until_returned (fixture);
      g_assert_no_error (fixture->error);
      g_assert_true (sidetone_test_server_came_together (server, first, second));
    }
}

/* Each fault's error, and that the sign-in stops there */
static const struct
{
  const char *script;
  SidetoneError error;
  const char *observations;
} faults[] = {
  { "no-starttls", SIDETONE_ERROR_TLS_NOT_OFFERED,
    "connect-1:passed secure:failed:tls-not-offered" },
  { "starttls-failure", SIDETONE_ERROR_TLS_REFUSED,
    "connect-1:passed secure:failed:tls-refused" },
  { "tls-close", SIDETONE_ERROR_CONNECTION_LOST, "connect-1:passed secure:failed:connection-lost" },
  { "tls-garbage", SIDETONE_ERROR_TLS_FAILED, "connect-1:passed secure:failed:tls-failed" },
  { "self-signed", SIDETONE_ERROR_CERTIFICATE_SELF_SIGNED,
    "connect-1:passed secure:failed:certificate-self-signed" },
  { "wrong-name", SIDETONE_ERROR_CERTIFICATE_WRONG_NAME,
    "connect-1:passed secure:failed:certificate-wrong-name" },
  { "expired", SIDETONE_ERROR_CERTIFICATE_EXPIRED,
    "connect-1:passed secure:failed:certificate-expired" },
  { "http", SIDETONE_ERROR_HTTP_ANSWER, "connect-1:passed sign-in:failed:http-answer" },
  { "banner-ssh", SIDETONE_ERROR_NOT_XMPP, "connect-1:passed sign-in:failed:not-xmpp" },
  { "host-unknown", SIDETONE_ERROR_HOST_UNKNOWN,
    "connect-1:passed sign-in:failed:host-unknown" },
  /* The other kind of TLS is tried, once. */
  { "no-word", SIDETONE_ERROR_CLOSED_UNHEARD,
    "connect-1:passed sign-in:failed:closed-unheard connect-2:passed "
    "secure:failed:closed-unheard" },
};

static void
test_fault (Fixture      *fixture,
            gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  g_autoptr (SidetoneTestServer) server = NULL;

  server = sidetone_test_server_new_named (faults[row].script, FALSE);
  add_server (fixture, server, SIDETONE_SECURITY_STARTTLS);
  open_session (fixture);
  g_assert_false (fixture->opened);
  g_assert_error (fixture->error, SIDETONE_ERROR, (int) faults[row].error);
  assert_observations (fixture, faults[row].observations);
}

/* The refused certificate is shown: the user may know it */
static void
test_refused_certificate (Fixture      *fixture,
                          gconstpointer data)
{
  g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named ("self-signed", FALSE);
  const SidetoneSecureSeen *secure;

  add_server (fixture, server, SIDETONE_SECURITY_STARTTLS);
  open_session (fixture);
  secure = sidetone_observation_get_secure (find_observation (fixture, "secure"));
  g_assert_cmpstr (secure->names[0], ==, SIDETONE_TEST_DOMAIN);
  g_assert_cmpuint (strlen (secure->sha256), ==, 64);
  g_assert_nonnull (secure->subject);
  g_assert_nonnull (secure->issuer);
  g_assert_nonnull (secure->not_after);
}

/* A server program without TLS is not the end: DNS names another one */
static void
test_other_service (Fixture      *fixture,
                    gconstpointer data)
{
  g_autoptr (SidetoneTestServer) broken = sidetone_test_server_new_named ("no-starttls", FALSE);
  g_autoptr (SidetoneTestServer) good = sidetone_test_server_new_named ("good", TRUE);

  add_server (fixture, broken, SIDETONE_SECURITY_STARTTLS);
  add_server (fixture, good, SIDETONE_SECURITY_DIRECT);
  open_session (fixture);
  g_assert_no_error (fixture->error);
  assert_observations (fixture, "connect-1:passed secure:failed:tls-not-offered "
                       "connect-2:passed secure-2:passed sign-in:passed");
  ask (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (sidetone_element_get_attribute (fixture->answer, "type"), ==, "result");
}

/* The same server program would fail the same way at its other address: that is not tried */
static void
test_same_service (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (SidetoneTestServer) broken = sidetone_test_server_new_named ("no-starttls", FALSE);

  add_server (fixture, broken, SIDETONE_SECURITY_STARTTLS);
  add_server (fixture, broken, SIDETONE_SECURITY_STARTTLS);
  open_session (fixture);
  g_assert_error (fixture->error, SIDETONE_ERROR, SIDETONE_ERROR_TLS_NOT_OFFERED);
  g_assert_cmpuint (sidetone_test_server_get_n_connections (broken), ==, 1);
}

/* A wrong password is refused once, however many servers there are. The other one may take a connection
 * if the first one's head start was over. */
static void
test_wrong_password (Fixture      *fixture,
                     gconstpointer data)
{
  g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named ("not-authorized", FALSE);
  g_autoptr (SidetoneTestServer) other = sidetone_test_server_new_named ("good", TRUE);
  g_autofree char *text = NULL;

  add_server (fixture, server, SIDETONE_SECURITY_STARTTLS);
  add_server (fixture, other, SIDETONE_SECURITY_DIRECT);
  open_session (fixture);
  g_assert_error (fixture->error, SIDETONE_ERROR, SIDETONE_ERROR_NOT_AUTHORIZED);
  text = format_observations (fixture);
  g_assert_true (g_str_has_suffix (text, " secure:passed sign-in:failed:not-authorized"));
  g_assert_cmpuint (sidetone_test_server_count (server, "<auth"), ==, 1);
  g_assert_cmpuint (sidetone_test_server_count (other, "<auth"), ==, 0);
}

static void
test_refused_then_good (Fixture      *fixture,
                        gconstpointer data)
{
  g_autoptr (SidetoneTestServer) good = sidetone_test_server_new_named ("good", FALSE);

  add_candidate (fixture, SIDETONE_TEST_DOMAIN, "127.0.0.1", sidetone_test_find_closed_port (),
                 SIDETONE_SECURITY_STARTTLS);
  add_server (fixture, good, SIDETONE_SECURITY_STARTTLS);
  open_session (fixture);
  g_assert_no_error (fixture->error);
  assert_observations (fixture, "connect-1:failed:connection-refused connect-2:passed "
                       "secure:passed sign-in:passed");
}

/* All that were known have failed when the name server answers the rest. */
static void
test_late (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (SidetoneTestServer) good = sidetone_test_server_new_named ("good", FALSE);
  const char *expected = "connect-1:failed:connection-refused";

  add_candidate (fixture, SIDETONE_TEST_DOMAIN, "127.0.0.1", sidetone_test_find_closed_port (),
                 SIDETONE_SECURITY_STARTTLS);
  sidetone_session_open_async (fixture->session, fixture->candidates, fixture->cancellable,
                               open_cb, fixture);
  while (fixture->observations->len == 0)
    g_main_context_iteration (NULL, TRUE);
  assert_observations (fixture, expected);
  g_assert_false (fixture->returned);

  if (data != NULL)
    {
      add_server (fixture, good, SIDETONE_SECURITY_STARTTLS);
      wait_until_returned (fixture);
      g_assert_no_error (fixture->error);
      return;
    }

  sidetone_candidates_end (fixture->candidates);
  while (!fixture->returned)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (fixture->error, SIDETONE_ERROR, SIDETONE_ERROR_CONNECTION_REFUSED);
}

static void
test_all_refused (Fixture      *fixture,
                  gconstpointer data)
{
  add_candidate (fixture, SIDETONE_TEST_DOMAIN, "127.0.0.1", sidetone_test_find_closed_port (),
                 SIDETONE_SECURITY_STARTTLS);
  add_candidate (fixture, SIDETONE_TEST_DOMAIN, "127.0.0.1", sidetone_test_find_closed_port (),
                 SIDETONE_SECURITY_DIRECT);
  open_session (fixture);
  g_assert_error (fixture->error, SIDETONE_ERROR, SIDETONE_ERROR_CONNECTION_REFUSED);
  assert_observations (fixture, "connect-1:failed:connection-refused "
                       "connect-2:failed:connection-refused");
}

/* If only TLS differs, a refused port is not tried again */
static void
test_refused_once (Fixture      *fixture,
                   gconstpointer data)
{
  guint16 port = sidetone_test_find_closed_port ();

  add_candidate (fixture, SIDETONE_TEST_DOMAIN, "127.0.0.1", port, SIDETONE_SECURITY_STARTTLS);
  add_candidate (fixture, SIDETONE_TEST_DOMAIN, "127.0.0.1", port, SIDETONE_SECURITY_DIRECT);
  open_session (fixture);
  g_assert_error (fixture->error, SIDETONE_ERROR, SIDETONE_ERROR_CONNECTION_REFUSED);
  assert_observations (fixture, "connect-1:failed:connection-refused");
}

/* The port is open, with the other kind of TLS */
static void
test_same_port_other_tls (Fixture      *fixture,
                          gconstpointer data)
{
  g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named ("good", TRUE);

  add_server (fixture, server, SIDETONE_SECURITY_STARTTLS);
  add_server (fixture, server, SIDETONE_SECURITY_DIRECT);
  open_session (fixture);
  g_assert_no_error (fixture->error);
  ask (fixture);
  g_assert_no_error (fixture->error);
}

/* A port that is announced for STARTTLS, where TLS begins at once */
static void
test_other_way (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named ("good", TRUE);

  add_server (fixture, server, SIDETONE_SECURITY_STARTTLS);
  open_session (fixture);
  g_assert_no_error (fixture->error);
  ask (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (sidetone_test_server_get_n_connections (server), ==, 2);
}

/* The user chose the kind. */
static void
test_no_other_way (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named ("no-word", FALSE);

  add_server (fixture, server, SIDETONE_SECURITY_STARTTLS);
  open_session (fixture);
  g_assert_error (fixture->error, SIDETONE_ERROR, SIDETONE_ERROR_CLOSED_UNHEARD);
  assert_observations (fixture, "connect-1:passed sign-in:failed:closed-unheard");
}

/* A port that answers no SYN: a listener with a full queue drops it */
typedef struct
{
  int listener;
  int fillers[8];
  guint16 port;
} SilentPort;

static void
silent_port_open (SilentPort *silent)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t length = sizeof (address);

  silent->listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (silent->listener, (struct sockaddr *) &address, sizeof (address)), ==, 0);
  g_assert_cmpint (listen (silent->listener, 0), ==, 0);
  g_assert_cmpint (getsockname (silent->listener, (struct sockaddr *) &address, &length), ==, 0);
  silent->port = ntohs (address.sin_port);

  for (gsize i = 0; i < G_N_ELEMENTS (silent->fillers); i++)
    {
      silent->fillers[i] = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
      connect (silent->fillers[i], (struct sockaddr *) &address, sizeof (address));
    }
}

static void
silent_port_close (SilentPort *silent)
{
  for (gsize i = 0; i < G_N_ELEMENTS (silent->fillers); i++)
    close (silent->fillers[i]);
  close (silent->listener);
}

/* RFC 8305: the second address is tried soon, and the first stays in the race */
static void
test_silent_then_good (Fixture      *fixture,
                       gconstpointer data)
{
  g_autoptr (SidetoneTestServer) good = sidetone_test_server_new_named ("good", FALSE);
  gint64 start = g_get_monotonic_time ();
  gint64 took_us;
  SilentPort silent;

  silent_port_open (&silent);
  add_candidate (fixture, SIDETONE_TEST_DOMAIN, "127.0.0.1", silent.port,
                 SIDETONE_SECURITY_STARTTLS);
  add_server (fixture, good, SIDETONE_SECURITY_STARTTLS);
  open_session (fixture);
  g_assert_no_error (fixture->error);
  assert_observations (fixture, "connect-2:passed secure:passed sign-in:passed");

  /* Long before the 5 s that the first address has */
  g_assert_cmpint (g_get_monotonic_time () - start, <, 4 * G_USEC_PER_SEC);

  /* The connection processes do nothing meanwhile. */
  sidetone_test_clock_start ();
  sidetone_session_settle_async (fixture->session, settle_cb, fixture);
  wait_until_returned (fixture);
  sidetone_test_clock_stop ();
  assert_observations (fixture, "connect-2:passed secure:passed sign-in:passed "
                       "connect-1:failed:tcp-no-answer");
  /* Nor does it get as much time as if it were the only one */
  took_us = sidetone_observation_get_duration_us (find_observation (fixture, "connect-1"));
  g_assert_cmpint (took_us, >=, sidetone_deadlines.tcp_beside * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpint (took_us, <, sidetone_deadlines.tcp * G_TIME_SPAN_MILLISECOND);
  silent_port_close (&silent);
}

/* By both versions of IP, direct TLS is silent, and STARTTLS is tried while there is time. */
static void
test_silent_in_tls (Fixture      *fixture,
                    gconstpointer data)
{
  g_autoptr (SidetoneTestServer) good = sidetone_test_server_new_named ("good", FALSE);
  g_autoptr (GSocket) silent = g_socket_new (G_SOCKET_FAMILY_IPV6, G_SOCKET_TYPE_STREAM,
                                             G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GInetAddress) any = g_inet_address_new_any (G_SOCKET_FAMILY_IPV6);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (any, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  guint16 port;

  if (silent == NULL || !g_socket_bind (silent, address, FALSE, NULL))
    {
      g_test_skip ("This computer has no IPv6, not even of its own");
      return;
    }

  /* It takes connections by both versions, and reads nothing. */
  g_assert_true (g_socket_listen (silent, NULL));
  bound = g_socket_get_local_address (silent, NULL);
  port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  add_candidate (fixture, SIDETONE_TEST_DOMAIN, "::1", port, SIDETONE_SECURITY_DIRECT);
  add_candidate (fixture, SIDETONE_TEST_DOMAIN, "127.0.0.1", port, SIDETONE_SECURITY_DIRECT);
  add_candidate (fixture, SIDETONE_TEST_DOMAIN, "::1", sidetone_test_server_get_port (good),
                 SIDETONE_SECURITY_STARTTLS);
  add_server (fixture, good, SIDETONE_SECURITY_STARTTLS);
  open_session (fixture);
  g_assert_no_error (fixture->error);
  g_assert_error (sidetone_observation_get_error (find_observation (fixture, "secure")),
                  SIDETONE_ERROR, SIDETONE_ERROR_TLS_NO_ANSWER);
  g_assert_true (sidetone_observation_has_passed (find_observation (fixture, "secure-2")));
}

/* The race has a winner: there is no sign-in on the other connection */
static void
test_not_needed (Fixture      *fixture,
                 gconstpointer data)
{
  g_autoptr (SidetoneTestServer) refusing = sidetone_test_server_new_named ("not-authorized",
                                                                            FALSE);
  SilentPort silent;

  silent_port_open (&silent);
  add_candidate (fixture, SIDETONE_TEST_DOMAIN, "127.0.0.1", silent.port,
                 SIDETONE_SECURITY_STARTTLS);
  add_server (fixture, refusing, SIDETONE_SECURITY_STARTTLS);
  open_session (fixture);
  g_assert_error (fixture->error, SIDETONE_ERROR, SIDETONE_ERROR_NOT_AUTHORIZED);
  assert_observations (fixture, "connect-2:passed secure:passed sign-in:failed:not-authorized "
                       "connect-1:skipped");
  silent_port_close (&silent);
}

/* Whatever replaces the connection program, there is an error with words */
static const struct
{
  const char *name;
  const char *script;
  SidetoneError error;
} programs[] = {
  { "missing", NULL, SIDETONE_ERROR_CONNECTION_PROGRAM_MISSING },
  { "ends", "exit 0", SIDETONE_ERROR_CONNECTION_PROGRAM_ENDED },
  { "closes-output", "exec >&- sleep 1000", SIDETONE_ERROR_CONNECTION_PROGRAM_ENDED },
  { "crashes", "kill -SEGV $$", SIDETONE_ERROR_CONNECTION_PROGRAM_ENDED },
  { "prose", "echo Hello", SIDETONE_ERROR_CONNECTION_PROGRAM_NONSENSE },
  { "other-json", "echo '{\"a\":1}'", SIDETONE_ERROR_CONNECTION_PROGRAM_NONSENSE },
  { "half-connected", "echo '{\"event\":\"connected\",\"local\":{\"address\":\"x\"}}'",
    SIDETONE_ERROR_CONNECTION_PROGRAM_NONSENSE },
  { "endless-line", "tr '\\0' a </dev/zero", SIDETONE_ERROR_CONNECTION_PROGRAM_NONSENSE },
  { "deep", "echo '[[[[[[[[[[[[[[[[[[[[[[[[[[[[[['", SIDETONE_ERROR_CONNECTION_PROGRAM_NONSENSE },
};

/* The path of the session's connection program: a link of ours, with a variable target */
static char *program_link;

static void
set_program (const char *path)
{
  unlink (program_link);
  if (path != NULL)
    g_assert_cmpint (symlink (path, program_link), ==, 0);
}

static void
test_program (Fixture      *fixture,
              gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  g_autofree char *real = g_file_read_link (program_link, NULL);
  g_autofree char *path = g_strconcat (program_link, "-replaced", NULL);
  g_autofree char *content = NULL;
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;

  set_program (NULL);
  if (programs[row].script != NULL)
    {
      content = g_strdup_printf ("#!/bin/sh\n%s\n", programs[row].script);
      g_file_set_contents_full (path, content, -1, G_FILE_SET_CONTENTS_NONE, 0700, &error);
      g_assert_no_error (error);
      set_program (path);
    }

  add_candidate (fixture, SIDETONE_TEST_DOMAIN, "127.0.0.1", sidetone_test_find_closed_port (),
                 SIDETONE_SECURITY_STARTTLS);
  open_session (fixture);
  g_assert_false (fixture->opened);
  g_assert_error (fixture->error, SIDETONE_ERROR, (int) programs[row].error);
  expected = g_strdup_printf ("connect-1:failed:%s", sidetone_error_to_code (programs[row].error));
  assert_observations (fixture, expected);

  set_program (real);
  unlink (path);
}

/* The connection is lost while an IQ is pending; a later IQ fails at once */
static void
test_lost (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named ("query-close", FALSE);

  add_server (fixture, server, SIDETONE_SECURITY_STARTTLS);
  open_session (fixture);
  g_assert_no_error (fixture->error);
  ask (fixture);
  g_assert_error (fixture->error, SIDETONE_ERROR, SIDETONE_ERROR_CONNECTION_LOST);
  ask (fixture);
  g_assert_error (fixture->error, SIDETONE_ERROR, SIDETONE_ERROR_CONNECTION_LOST);
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

/* Each server here is silent from some stage on: a cancel must not wait for it */
static void
test_cancel (Fixture      *fixture,
             gconstpointer data)
{
  const char *script = data;
  g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named (script, FALSE);
  gint64 start;

  add_server (fixture, server, SIDETONE_SECURITY_STARTTLS);
  g_timeout_add (300, cancel_cb, fixture->cancellable);
  start = g_get_monotonic_time ();
  open_session (fixture);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
}

static void
test_cancelled_before (Fixture      *fixture,
                       gconstpointer data)
{
  g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named ("good", FALSE);

  add_server (fixture, server, SIDETONE_SECURITY_STARTTLS);
  g_cancellable_cancel (fixture->cancellable);
  open_session (fixture);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (sidetone_test_server_get_n_connections (server), ==, 0);
}

static void
set_up_starttls (Fixture      *fixture,
                 gconstpointer data)
{
  set_up_for (fixture, SIDETONE_SECURITY_STARTTLS, NULL);
}

static void
add (const char   *path,
     gconstpointer data,
     void (       *test )(Fixture      *fixture,
                          gconstpointer data))
{
  g_autofree char *full = g_strconcat ("/session/", path, NULL);

  g_test_add (full, Fixture, data, set_up, test, tear_down);
}

int
main (int    argc,
      char **argv)
{
  const char *const hanging[] = { "stream-hang", "tls-hang", "sasl-hang", "bind-hang" };
  g_autofree char *real = g_strdup (g_getenv ("SIDETONE_CONNECTION"));
  g_autofree char *folder = g_dir_make_tmp ("sidetone-session-XXXXXX", NULL);
  int status;

  /* Before there is a second thread */
  program_link = g_build_filename (folder, "sidetone-connection", NULL);
  set_program (real);
  g_setenv ("SIDETONE_CONNECTION", program_link, TRUE);
  g_test_init (&argc, &argv, NULL);

  add ("sign-in/starttls", GINT_TO_POINTER (FALSE), test_sign_in);
  add ("sign-in/direct", GINT_TO_POINTER (TRUE), test_sign_in);
  add ("together", NULL, test_together);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strconcat ("fault/", faults[i].script, NULL);

      add (path, GSIZE_TO_POINTER (i), test_fault);
    }
  add ("refused-certificate", NULL, test_refused_certificate);
  add ("other-service", NULL, test_other_service);
  add ("same-service", NULL, test_same_service);
  add ("wrong-password", NULL, test_wrong_password);
  add ("race/refused-then-good", NULL, test_refused_then_good);
  add ("race/late", "good", test_late);
  add ("race/late-none", NULL, test_late);
  add ("race/all-refused", NULL, test_all_refused);
  add ("race/refused-once", NULL, test_refused_once);
  add ("race/same-port-other-tls", NULL, test_same_port_other_tls);
  add ("race/other-way", NULL, test_other_way);
  g_test_add ("/session/race/no-other-way", Fixture, NULL, set_up_starttls, test_no_other_way,
              tear_down);
  add ("race/silent-then-good", NULL, test_silent_then_good);
  add ("race/silent-in-tls", NULL, test_silent_in_tls);
  add ("race/not-needed", NULL, test_not_needed);
  for (gsize i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      g_autofree char *path = g_strconcat ("program/", programs[i].name, NULL);

      add (path, GSIZE_TO_POINTER (i), test_program);
    }
  add ("lost", NULL, test_lost);
  for (gsize i = 0; i < G_N_ELEMENTS (hanging); i++)
    {
      g_autofree char *path = g_strconcat ("cancel/", hanging[i], NULL);

      add (path, hanging[i], test_cancel);
    }
  add ("cancel/before", NULL, test_cancelled_before);

  status = g_test_run ();
  set_program (NULL);
  rmdir (folder);
  g_free (program_link);

  return status;
}
