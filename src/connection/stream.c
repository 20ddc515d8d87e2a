/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-connection"

#include "config.h"

#include "stream.h"

#include "allocator.h"
#include "alpn.h"
#include "base/deadlines.h"
#include "base/secret.h"
#include "event.h"
#include "questions.h"
#include "quoted.h"
#include "received.h"
#include "socket.h"
#include "strophe-source.h"
#include "trust.h"
#include "watch.h"
#include "wire/element.h"
#include "wire/stanza.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <strophe.h>
#include <sys/socket.h>
#include <linux/tcp.h>
#include <unistd.h>

/* The XMPP stream, from TCP to the questions (RFC 6120), by libstrophe. */


struct _SidetoneStream
{
  SidetoneSettings *settings;
  SidetoneWatch *watch;
  SidetoneQuestions *questions;
  xmpp_ctx_t *context;
  xmpp_conn_t *connection;

  int fd;                       /* a copy of libstrophe's socket */
  GSource *source;              /* NULL until it may go on after TCP */
  gboolean connected;
  gboolean may_go;
  gboolean secured;
  char *jid;                    /* our full JID; NULL before bind */

  SidetoneError certificate_problem;
  char *certificate_text;
  char *refused_sha256;  /* of the certificate in the chain that has the problem */
};

/* libstrophe passes no user data to the callbacks of socket and certificate: one connection a
 * process. */
static SidetoneStream *the_stream;

static void
send_text (SidetoneStream *self,
           GString        *text)
{
  xmpp_send_raw (self->connection, text->str, text->len);
  sidetone_strophe_source_wake (self->source);
}

/* Most likely a ping from the server. RFC 6120, section 8.2.3 demands an answer, and some servers
 * end a session without one. */
static void
decline (SidetoneStream *self,
         xmpp_stanza_t  *request)
{
  const char *from = xmpp_stanza_get_from (request);
  const char *id = xmpp_stanza_get_id (request);
  g_autoptr (GString) reply = g_string_new ("<iq type='error'");
  g_autofree char *escaped_id = NULL;
  g_autofree char *escaped_from = NULL;

  if (id == NULL)
    return;
  escaped_id = g_markup_escape_text (id, -1);
  g_string_append_printf (reply, " id='%s'", escaped_id);
  if (from != NULL)
    {
      escaped_from = g_markup_escape_text (from, -1);
      g_string_append_printf (reply, " to='%s'", escaped_from);
    }
  g_string_append (reply, "><error type='cancel'><service-unavailable xmlns='" SIDETONE_STANZA_ERROR_NS
                   "'/></error></iq>");
  send_text (self, reply);
}

static int
iq_cb (xmpp_conn_t   *connection,
       xmpp_stanza_t *stanza,
       void          *user_data)
{
  SidetoneStream *self = user_data;
  const char *type = xmpp_stanza_get_type (stanza);
  g_autofree char *id = NULL;
  char *text = NULL;
  size_t length = 0;

  if (g_strcmp0 (type, "get") == 0 || g_strcmp0 (type, "set") == 0)
    {
      decline (self, stanza);
      return TRUE;
    }

  id = sidetone_questions_match (self->questions, stanza, self->jid);
  if (id == NULL)
    return TRUE;
  sidetone_quoted_hide_in_stanza (stanza);
  if (xmpp_stanza_to_text (stanza, &text, &length) != XMPP_EOK)
    return TRUE;
  if (length > SIDETONE_ELEMENT_MAX_BYTES)
    sidetone_event_failed (SIDETONE_STAGE_ONLINE, SIDETONE_ERROR_TOO_MUCH_DATA, NULL,
                           "The answer is too long");
  sidetone_event_answer (id, text);
  xmpp_free (self->context, text);
  return TRUE;
}

static void
come_online (SidetoneStream *self)
{
  self->jid = g_strdup (xmpp_conn_get_bound_jid (self->connection));
  if (self->jid == NULL)
    sidetone_event_failed (SIDETONE_STAGE_BIND, SIDETONE_ERROR_BIND_REFUSED, NULL,
                           "The server's answer names no address");

  /* The allocator wipes libstrophe's copy of the password. */
  xmpp_conn_set_pass (self->connection, "");
  xmpp_handler_add (self->connection, iq_cb, NULL, "iq", NULL, self);
  sidetone_strophe_source_set_ticking (self->source, FALSE);
  sidetone_watch_enter (self->watch, SIDETONE_STAGE_ONLINE);
  /* From now on the password is only looked for in answers (quoted.c). */
  g_clear_pointer (&self->settings->password, sidetone_secret_free);
  sidetone_event_signed_in (self->jid, sidetone_watch_get_mechanism (self->watch));
  sidetone_stream_flush (self);
}

static void
connection_cb (xmpp_conn_t         *connection,
               xmpp_conn_event_t    event,
               int                  code,
               xmpp_stream_error_t *stream_error,
               void                *user_data)
{
  SidetoneStream *self = user_data;

  if (event == XMPP_CONN_CONNECT)
    come_online (self);
  else
    sidetone_watch_disconnected (self->watch, code);
}

/* Accepts any certificate here, and judges it in check_certificate () before another byte goes out:
 * libstrophe shows us the refused one of the chain, perhaps a root, and the user needs to see the
 * server's. libstrophe does not know the password yet. */
static int
certificate_failed_cb (const xmpp_tlscert_t *certificate,
                       const char *const     text)
{
  SidetoneStream *self = the_stream;

  SidetoneError problem = sidetone_certificate_problem_from_text (text);

  /* The first problem is the deepest one, except that OpenSSL checks the name first. */
  if (self->certificate_text == NULL ||
      self->certificate_problem == SIDETONE_ERROR_CERTIFICATE_WRONG_NAME)
    {
      self->certificate_problem = problem;
      g_free (self->certificate_text);
      self->certificate_text = g_strdup (text);
      g_free (self->refused_sha256);
      self->refused_sha256 = sidetone_certificate_dup_sha256 (certificate);
    }
  return TRUE;
}

static void
check_certificate (SidetoneStream *self)
{
  g_autoptr (SidetoneCertificate) certificate = NULL;
  xmpp_tlscert_t *source = xmpp_conn_get_peer_cert (self->connection);
  SidetoneError problem = self->certificate_problem;
  const char *text = self->certificate_text;

  if (source == NULL)
    sidetone_event_failed (SIDETONE_STAGE_TLS, SIDETONE_ERROR_TLS_FAILED, NULL,
                           "The server showed no certificate");
  certificate = sidetone_certificate_new (source);
  /* Another problem says more than the name, for who knows whose names these are. */
  if (problem == SIDETONE_ERROR_UNKNOWN || problem == SIDETONE_ERROR_CERTIFICATE_WRONG_NAME)
    problem = sidetone_certificate_is_for_account (source, self->settings->jid)
              ? SIDETONE_ERROR_UNKNOWN : SIDETONE_ERROR_CERTIFICATE_WRONG_NAME;
  xmpp_tlscert_free (source);
  /* No issuer is there for the very first one of the chain. */
  if (problem == SIDETONE_ERROR_CERTIFICATE_UNKNOWN_ISSUER &&
      g_strcmp0 (self->refused_sha256, certificate->sha256) == 0)
    problem = SIDETONE_ERROR_CERTIFICATE_NO_CHAIN;

  if (self->settings->pin != NULL)
    {
      gboolean same = g_strcmp0 (self->settings->pin, certificate->sha256) == 0;

      problem = same ? SIDETONE_ERROR_UNKNOWN : SIDETONE_ERROR_CERTIFICATE_NOT_PINNED;
      text = NULL;
    }
  if (problem != SIDETONE_ERROR_UNKNOWN)
    {
      sidetone_event_certificate (certificate, problem);
      sidetone_event_failed (SIDETONE_STAGE_TLS, problem, NULL, text);
    }

  self->secured = TRUE;
  sidetone_event_secured (certificate);
  sidetone_watch_set_secured (self->watch, self->settings->password);
  xmpp_conn_set_pass (self->connection, self->settings->password);
}

static gboolean
before_turn_cb (gpointer user_data)
{
  SidetoneStream *self = user_data;

  if (!self->secured && xmpp_conn_is_secured (self->connection))
    check_certificate (self);
  sidetone_watch_check_input (self->watch);
  return G_SOURCE_CONTINUE;
}

static int
socket_cb (xmpp_conn_t *connection,
           void        *socket)
{
  SidetoneStream *self = the_stream;
  const int on = 1;
  int fd = *(int *) socket;

  /* libstrophe waits with select (). */
  if (fd >= FD_SETSIZE)
    return -1;

  fcntl (fd, F_SETFD, FD_CLOEXEC);
  /* A stream's messages are short. */
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);

  if (self->fd >= 0)
    close (self->fd);
  self->fd = fcntl (fd, F_DUPFD_CLOEXEC, 0);
  return self->fd >= 0 ? 0 : -1;
}

/* libstrophe sends nothing until it is run, however long that is: it runs only from here on. */
static void
start (SidetoneStream *self)
{
  sidetone_watch_enter (self->watch, self->settings->direct_tls ? SIDETONE_STAGE_TLS
                        : SIDETONE_STAGE_STREAM);
  self->source = sidetone_strophe_source_new (self->context, self->fd);
  g_source_set_callback (self->source, before_turn_cb, self, NULL);
  sidetone_strophe_source_set_ticking (self->source, TRUE);
  g_source_attach (self->source, NULL);
}

static gboolean
tcp_cb (int          fd,
        GIOCondition condition,
        gpointer     user_data)
{
  SidetoneStream *self = user_data;
  g_autoptr (SidetoneEndpoint) local = NULL;
  g_autoptr (SidetoneEndpoint) peer = NULL;

  if (!sidetone_socket_is_connected (fd))
    {
      int code = sidetone_socket_take_error (fd);

      sidetone_event_failed (SIDETONE_STAGE_TCP, sidetone_socket_error_from_errno (code), NULL,
                             g_strerror (code));
    }

  local = sidetone_socket_get_local (fd);
  peer = sidetone_socket_get_peer (fd);
  if (local == NULL || peer == NULL)
    sidetone_event_failed (SIDETONE_STAGE_TCP, SIDETONE_ERROR_CLOSED_UNHEARD, NULL,
                           "The server closed the connection as soon as it was there");
  sidetone_event_connected (local, peer, sidetone_socket_get_rtt_us (fd));

  self->connected = TRUE;
  if (self->may_go)
    start (self);
  return G_SOURCE_REMOVE;
}

static gboolean
end_cb (gpointer user_data)
{
  exit (EXIT_SUCCESS);
}

/**
 * sidetone_stream_new:
 * @settings: (transfer full): complete settings
 *
 * Makes the connection of this process. There can be only one, and it lives as long as the process.
 *
 * Returns: (transfer none): a connection that does nothing yet
 */
SidetoneStream *
sidetone_stream_new (SidetoneSettings *settings)
{
  SidetoneStream *self = g_new0 (SidetoneStream, 1);
  long flags = XMPP_CONN_FLAG_MANDATORY_TLS | XMPP_CONN_FLAG_DISABLE_SM;

  g_assert (the_stream == NULL);
  the_stream = self;

  self->settings = settings;
  sidetone_quoted_remember (settings->jid, settings->password);
  self->questions = sidetone_questions_new ();
  self->fd = -1;

  xmpp_initialize ();
  self->watch = sidetone_watch_new ();
  self->context = xmpp_ctx_new (sidetone_allocator_get (),
                                sidetone_watch_get_log (self->watch));
  sidetone_watch_set_context (self->watch, self->context);
  self->connection = xmpp_conn_new (self->context);

  if (settings->direct_tls)
    {
      flags |= XMPP_CONN_FLAG_LEGACY_SSL;
      sidetone_alpn_offer ();
    }
  if (xmpp_conn_set_flags (self->connection, flags) != XMPP_EOK)
    sidetone_event_failed (SIDETONE_STAGE_TCP, SIDETONE_ERROR_UNKNOWN, NULL,
                           "libstrophe refused its flags");
  xmpp_conn_set_jid (self->connection, settings->jid);
  if (settings->ca_file != NULL)
    xmpp_conn_set_cafile (self->connection, settings->ca_file);
  xmpp_conn_set_certfail_handler (self->connection, certificate_failed_cb);
  xmpp_conn_set_sockopt_callback (self->connection, socket_cb);
  return self;
}

/**
 * sidetone_stream_connect:
 * @self: a connection
 *
 * Starts TCP. Events tell the rest.
 */
void
sidetone_stream_connect (SidetoneStream *self)
{
  g_autoptr (GError) error = NULL;
  int code;

  if (self->settings->ca_file != NULL &&
      !sidetone_trust_check_file (self->settings->ca_file, &error))
    sidetone_event_failed (SIDETONE_STAGE_TLS, SIDETONE_ERROR_BAD_CA_FILE, NULL, error->message);

  errno = 0;
  if (xmpp_connect_client (self->connection, self->settings->address, self->settings->port,
                           connection_cb, self) != XMPP_EOK)
    {
      code = errno != 0 ? errno : EAFNOSUPPORT;
      sidetone_event_failed (SIDETONE_STAGE_TCP, sidetone_socket_error_from_errno (code), NULL,
                             g_strerror (code));
    }
  sidetone_watch_set_socket (self->watch, self->fd);
  g_unix_fd_add (self->fd, G_IO_OUT | G_IO_ERR | G_IO_HUP, tcp_cb, self);
}

/**
 * sidetone_stream_go:
 * @self: a connection
 *
 * Lets @self go on after TCP. Several processes race, and one of them may sign in.
 */
void
sidetone_stream_go (SidetoneStream *self)
{
  if (self->may_go)
    return;
  self->may_go = TRUE;
  if (self->connected)
    start (self);
}

/**
 * sidetone_stream_ask:
 * @self: a connection
 * @question: see sidetone_questions_take_line ()
 *
 * Takes a question at any time. It is sent by sidetone_stream_flush (), or right after bind if that
 * is later.
 *
 * Returns: (transfer none) (nullable): @question's fault, or %NULL
 */
const char *
sidetone_stream_ask (SidetoneStream *self,
                     const char     *question)
{
  return sidetone_questions_take_line (self->questions, question);
}

/**
 * sidetone_stream_flush:
 * @self: a connection
 *
 * Sends all unsent questions, if @self is online: as one text, because libstrophe makes a packet of
 * each.
 */
void
sidetone_stream_flush (SidetoneStream *self)
{
  g_autoptr (GString) text = NULL;

  if (self->jid == NULL)
    return;
  text = sidetone_questions_take_unsent (self->questions);
  if (text != NULL)
    send_text (self, text);
}

/**
 * sidetone_stream_sign_out:
 * @self: a connection
 *
 * Closes the stream properly if there is one, then ends the process, at the latest after
 * `sidetone_deadlines.stream_end`.
 */
void
sidetone_stream_sign_out (SidetoneStream *self)
{
  if (self->jid == NULL)
    exit (EXIT_SUCCESS);
  sidetone_watch_set_closing (self->watch);
  xmpp_disconnect (self->connection);
  sidetone_strophe_source_set_ticking (self->source, TRUE);
  sidetone_strophe_source_wake (self->source);
  g_timeout_add (sidetone_deadlines.stream_end, end_cb, NULL);
}
