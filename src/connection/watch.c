/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-connection"

#include "config.h"

#include "watch.h"

#include "event.h"
#include "received.h"
#include "scram.h"
#include "socket.h"
#include "wire/stanza.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Reads libstrophe's log: stream headers, SASL failures and stanzas, before libstrophe acts on
 * them. */

/* libstrophe does not limit what a server sends, and renders each stanza recursively, before TLS
 * too; some 80,000 nested elements end the process. A sign-in takes 10 kB, most of it the
 * certificate. Once online, a stanza may have this size. */
#define MAX_BYTES (128 * 1024)

#define MAX_BANNER_BYTES 64

/* The IDs of libstrophe's own two requests */
#define BIND_ID "_xmpp_bind1"
#define SESSION_ID "_xmpp_session1"

/* Server dialback: servers offer it to each other alone. */
#define NS_DIALBACK "urn:xmpp:features:dialback"

/*
 * SidetoneWatch:
 *
 * Before it is online, libstrophe shows what it does only in its log, where each stanza appears
 * before libstrophe acts on it. The watch reads stages and refusals from it, and ends the process
 * where libstrophe would go on, crash, or forget why. It keeps and prints no stanza.
 */
struct _SidetoneWatch
{
  xmpp_log_t log;
  xmpp_ctx_t *context;
  const char *password;         /* the settings' */
  SidetoneScram *scram;
  int fd;

  SidetoneStage stage;
  gboolean secured;             /* TLS is up, and the certificate was accepted */
  gboolean closing;
  gboolean reading;             /* a stanza, during which libstrophe may log again */
  gboolean header_seen;         /* the stream's, plain or encrypted */
  guint64 settled_bytes;        /* received up to the last whole stanza online */

  gboolean broken_off;          /* the server closed in the handshake */
  char tls_reason[128];
  char mechanism[32];
};

static void fail (SidetoneWatch *self,
                  SidetoneError  error,
                  const char    *condition,
                  const char    *text) G_GNUC_NORETURN;

static void
fail (SidetoneWatch *self,
      SidetoneError  error,
      const char    *condition,
      const char    *text)
{
  if (self->closing)
    exit (EXIT_SUCCESS);
  sidetone_event_failed (self->stage, error, condition, text);
}

static void
fail_refused (SidetoneWatch   *self,
              xmpp_stanza_t   *stanza,
              const char      *xmlns,
              SidetoneError ( *get_error ) (const char *condition))
{
  g_autoptr (SidetoneRefusal) refusal = sidetone_received_read_refusal (stanza, xmlns);

  fail (self, get_error (refusal->condition), refusal->condition, refusal->text);
}

/* A server that has sent SCRAM's challenge has mostly found the account (RFC 5802, section 5), but some
 * make up a challenge for one that does not exist (Openfire). One that has sent none may be unable to
 * look up any account, which many servers call not-authorized, too. */
static void
fail_sasl (SidetoneWatch *self,
           xmpp_stanza_t *failure)
{
  g_autoptr (SidetoneRefusal) refusal = sidetone_received_read_refusal (failure, XMPP_NS_SASL);
  SidetoneError error = sidetone_received_error_from_sasl_refusal (refusal);

  if (error == SIDETONE_ERROR_NOT_AUTHORIZED && sidetone_scram_is_challenged (self->scram))
    error = SIDETONE_ERROR_WRONG_PASSWORD;
  fail (self, error, refusal->condition, refusal->text);
}

/* The first line from a server of another protocol, if it is fit to be shown. Without a line end
 * the text's end is unknown, too: libstrophe logs its whole buffer, with older bytes. */
static char *
dup_first_line (const char *bytes)
{
  gsize length = strcspn (bytes, "\r\n");

  if (bytes[length] == '\0' || length > MAX_BANNER_BYTES)
    return NULL;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isprint (bytes[i]))
      return NULL;
  return g_strndup (bytes, length);
}

static gboolean
is_http (const char *bytes)
{
  return g_str_has_prefix (bytes, "HTTP/") || g_ascii_strncasecmp (bytes, "<html", 5) == 0 ||
         g_ascii_strncasecmp (bytes, "<!doctype html", 14) == 0;
}

/* A TLS alert (RFC 8446, section 5.1) */
static gboolean
is_tls (const char *bytes)
{
  return g_str_has_prefix (bytes, "\x15\x03");
}

/* @bytes: the first received, in place of a stream header */
static void
fail_not_xmpp (SidetoneWatch *self,
               const char    *bytes)
{
  g_autofree char *line = dup_first_line (bytes);

  if (is_tls (bytes))
    fail (self, SIDETONE_ERROR_OTHER_TLS, NULL, "TLS begins at once there");
  fail (self, is_http (bytes) ? SIDETONE_ERROR_HTTP_ANSWER : SIDETONE_ERROR_NOT_XMPP, NULL, line);
}

static void fail_lost (SidetoneWatch *self,
                       const char    *text) G_GNUC_NORETURN;

/* The connection is over. A server that expects the PROXY protocol or TLS at once ends it before it
 * says a word; a TLS alert may be lost with it. */
static void
fail_lost (SidetoneWatch *self,
           const char    *text)
{
  gboolean heard = self->secured || self->header_seen ||
                   (self->stage == SIDETONE_STAGE_TLS &&
                    sidetone_socket_get_bytes_received (self->fd) > 0);

  fail (self, heard ? SIDETONE_ERROR_CONNECTION_LOST : SIDETONE_ERROR_CLOSED_UNHEARD, NULL, text);
}

static void
read_features (SidetoneWatch *self,
               xmpp_stanza_t *features)
{
  g_autofree char *names = NULL;

  if (self->stage == SIDETONE_STAGE_BIND)
    {
      /* libstrophe 0.12.2 takes the missing element as present, and crashes. */
      if (!sidetone_received_has_child (features, "bind", XMPP_NS_BIND))
        fail (self, SIDETONE_ERROR_NO_BIND, NULL, NULL);
      return;
    }
  if (self->stage != SIDETONE_STAGE_STREAM)
    return;

  if (!self->secured)
    {
      sidetone_watch_enter (self, SIDETONE_STAGE_TLS);
      if (!sidetone_received_has_child (features, "starttls", XMPP_NS_TLS))
        fail (self, SIDETONE_ERROR_TLS_NOT_OFFERED, NULL, NULL);
      return;
    }

  sidetone_watch_enter (self, SIDETONE_STAGE_SASL);
  switch (sidetone_received_read_mechanisms (features, &names))
    {
    case SIDETONE_MECHANISMS_NONE:
      fail (self, sidetone_received_has_child (features, "dialback", NS_DIALBACK)
            ? SIDETONE_ERROR_SERVERS_PORT : SIDETONE_ERROR_NO_MECHANISM, NULL, NULL);
    case SIDETONE_MECHANISMS_UNKNOWN:
      fail (self, SIDETONE_ERROR_NO_COMMON_MECHANISM, NULL, names);
    case SIDETONE_MECHANISMS_WEAK:
      fail (self, SIDETONE_ERROR_WEAK_MECHANISMS, NULL, NULL);
    case SIDETONE_MECHANISMS_USABLE:
      break;
    }
}

/* What we sent: only there libstrophe's nonce shows. PLAIN's message is not parsed, so that no
 * library keeps a copy. */
static void
on_sent (SidetoneWatch *self,
         const char    *text)
{
  gboolean initial = g_str_has_prefix (text, "<auth") && strstr (text, "SCRAM-") != NULL;
  xmpp_stanza_t *stanza;
  g_autofree char *message = NULL;

  if (!initial && !g_str_has_prefix (text, "<response"))
    return;
  stanza = xmpp_stanza_new_from_string (self->context, text);
  if (stanza == NULL)
    return;
  message = sidetone_received_dup_text (stanza);
  if (message != NULL && initial)
    sidetone_scram_take_initial (self->scram, xmpp_stanza_get_attribute (stanza, "mechanism"),
                                 message);
  else if (message != NULL)
    sidetone_scram_take_response (self->scram, message);
  xmpp_stanza_release (stanza);
}

static void
read_challenge (SidetoneWatch *self,
                xmpp_stanza_t *challenge)
{
  g_autofree char *message = sidetone_received_dup_text (challenge);
  const char *problem = NULL;
  SidetoneError error;

  error = sidetone_scram_take_challenge (self->scram, message != NULL ? message : "", &problem);
  if (error != SIDETONE_ERROR_UNKNOWN)
    fail (self, error, NULL, problem);
}

static void
read_success (SidetoneWatch *self,
              xmpp_stanza_t *success)
{
  g_autofree char *message = sidetone_received_dup_text (success);
  const char *problem = NULL;
  SidetoneError error;

  error = sidetone_scram_take_success (self->scram, message, self->password, &problem);
  if (error != SIDETONE_ERROR_UNKNOWN)
    fail (self, error, NULL, problem);
  sidetone_watch_enter (self, SIDETONE_STAGE_BIND);
}

static void
read_stanza (SidetoneWatch *self,
             xmpp_stanza_t *stanza)
{
  const char *id = xmpp_stanza_get_id (stanza);
  xmpp_stanza_t *error;

  if (sidetone_received_is (stanza, "error", XMPP_NS_STREAMS))
    fail_refused (self, stanza, SIDETONE_NS_STREAM_ERRORS,
                  sidetone_received_error_from_stream_condition);

  if (sidetone_received_is (stanza, "features", XMPP_NS_STREAMS))
    read_features (self, stanza);
  else if (self->stage == SIDETONE_STAGE_TLS &&
           sidetone_received_is (stanza, "failure", XMPP_NS_TLS))
    fail (self, SIDETONE_ERROR_TLS_REFUSED, NULL, NULL);
  else if (self->stage == SIDETONE_STAGE_SASL &&
           sidetone_received_is (stanza, "failure", XMPP_NS_SASL))
    fail_sasl (self, stanza);
  else if (self->stage == SIDETONE_STAGE_SASL &&
           sidetone_received_is (stanza, "success", XMPP_NS_SASL))
    read_success (self, stanza);
  else if (self->stage == SIDETONE_STAGE_SASL &&
           sidetone_received_is (stanza, "challenge", XMPP_NS_SASL))
    read_challenge (self, stanza);
  else if (self->stage == SIDETONE_STAGE_BIND &&
           (g_strcmp0 (id, BIND_ID) == 0 || g_strcmp0 (id, SESSION_ID) == 0) &&
           g_strcmp0 (xmpp_stanza_get_type (stanza), "error") == 0)
    {
      error = xmpp_stanza_get_child_by_name (stanza, "error");
      fail_refused (self, error != NULL ? error : stanza, SIDETONE_STANZA_ERROR_NS,
                    sidetone_received_error_from_bind_condition);
    }
}

static void
on_received (SidetoneWatch *self,
             const char    *text)
{
  xmpp_stanza_t *stanza;

  if (g_str_has_prefix (text, "</stream:stream>"))
    fail (self, SIDETONE_ERROR_CONNECTION_LOST, NULL, "The server closed the stream");

  if (g_str_has_prefix (text, "<stream:stream"))
    {
      self->header_seen = TRUE;
      return;
    }

  if (self->stage == SIDETONE_STAGE_ONLINE)
    {
      self->settled_bytes = sidetone_socket_get_bytes_received (self->fd);
      if (!g_str_has_prefix (text, "<error"))
        return;
    }

  stanza = xmpp_stanza_new_from_string (self->context, text);
  if (stanza == NULL)
    return;
  read_stanza (self, stanza);
  xmpp_stanza_release (stanza);
}

/* libstrophe would go on after it. */
static void
on_parse_error (SidetoneWatch *self,
                const char    *bytes)
{
  if (!self->header_seen)
    fail_not_xmpp (self, bytes);
  fail (self, SIDETONE_ERROR_INVALID_XML, NULL, "The server sent invalid XML");
}

static void
on_tls_failed (SidetoneWatch *self)
{
  g_autofree char *rest = sidetone_socket_peek (self->fd);

  /* OpenSSL took the five bytes of a record's header, here "HTTP/". */
  if (rest != NULL && (g_str_has_prefix (rest, "1.0 ") || g_str_has_prefix (rest, "1.1 ")))
    fail (self, SIDETONE_ERROR_HTTP_ANSWER, NULL, self->tls_reason);
  /* Here "<?xml" or "<stre" */
  if (rest != NULL &&
      (g_str_has_prefix (rest, " version") || g_str_has_prefix (rest, "am:stream")))
    fail (self, SIDETONE_ERROR_OTHER_TLS, NULL, "STARTTLS is wanted there");
  if (self->broken_off)
    fail_lost (self, self->tls_reason);
  if (g_str_has_suffix (self->tls_reason, "no application protocol"))
    fail (self, SIDETONE_ERROR_ALPN_REFUSED, NULL, self->tls_reason);
  fail (self, SIDETONE_ERROR_TLS_FAILED, NULL, self->tls_reason);
}

/* OpenSSL's reason, from its own tables: "error:0A00010B:SSL routines::the reason" */
static void
on_tls_message (SidetoneWatch *self,
                const char    *message)
{
  if (g_str_has_prefix (message, "SSL_CTX_load_verify_locations() failed"))
    fail (self, SIDETONE_ERROR_BAD_CA_FILE, NULL, message);
  if (g_str_has_prefix (message, "error=SSL_ERROR_SYSCALL"))
    {
      self->broken_off = TRUE;
      g_strlcpy (self->tls_reason, "The connection was interrupted", sizeof self->tls_reason);
    }
  else if (g_str_has_prefix (message, "error:"))
    {
      /* NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): the prefix has a colon */
      g_strlcpy (self->tls_reason, strrchr (message, ':') + 1, sizeof self->tls_reason);
      /* OpenSSL 3 has a separate reason for it. */
      if (g_str_has_prefix (self->tls_reason, "unexpected eof"))
        self->broken_off = TRUE;
    }
}

/* libstrophe is about to close the stream properly, which takes some seconds. */
static void
on_strophe_error (SidetoneWatch *self,
                  const char    *message)
{
  switch (self->stage)
    {
    case SIDETONE_STAGE_TCP:
      fail (self, SIDETONE_ERROR_UNKNOWN, NULL, message);
    case SIDETONE_STAGE_STREAM:
      fail (self, SIDETONE_ERROR_STREAM_NO_ANSWER, NULL, message);
    case SIDETONE_STAGE_TLS:
      fail (self, SIDETONE_ERROR_TLS_NO_ANSWER, NULL, message);
    case SIDETONE_STAGE_SASL:
      /* Neither a challenge, nor success, nor failure */
      if (g_str_has_prefix (message, "Got unexpected reply"))
        fail (self, SIDETONE_ERROR_BAD_CHALLENGE, NULL, message);
      fail (self, SIDETONE_ERROR_SIGN_IN_REFUSED, NULL, message);
    case SIDETONE_STAGE_BIND:
      fail (self, SIDETONE_ERROR_BIND_REFUSED, NULL, message);
    case SIDETONE_STAGE_ONLINE:
      break;
    }
}

static const char *
skip_prefix (const char *text,
             const char *prefix)
{
  return g_str_has_prefix (text, prefix) ? text + strlen (prefix) : NULL;
}

static void
log_cb (void                  *user_data,
        const xmpp_log_level_t level,
        const char *const      area,
        const char *const      message)
{
  SidetoneWatch *self = user_data;
  const char *rest;

  /* One of these messages has the password, and libstrophe does not wipe the copy that it made for
   * its log. We are the last reader. */
  if ((rest = skip_prefix (message, "SENT: ")) != NULL)
    {
      if (self->stage == SIDETONE_STAGE_SASL && !self->reading)
        {
          self->reading = TRUE;
          on_sent (self, rest);
          self->reading = FALSE;
        }
      explicit_bzero ((char *) message, strlen (message));
      return;
    }
  if (self->reading)
    return;

  self->reading = TRUE;
  if (g_str_equal (area, "tls"))
    on_tls_message (self, message);
  else if ((rest = skip_prefix (message, "RECV: ")) != NULL)
    on_received (self, rest);
  else if ((rest = skip_prefix (message, "parse error [")) != NULL)
    on_parse_error (self, rest);
  else if (g_str_has_prefix (message, "Server did not open valid stream"))
    fail (self, g_str_has_suffix (message, " html.") ? SIDETONE_ERROR_HTTP_ANSWER
          : SIDETONE_ERROR_NOT_XMPP, NULL, message);
  else if (g_str_has_prefix (message, "Couldn't start TLS!"))
    on_tls_failed (self);
  else if (g_str_has_prefix (message, "SASL ") && g_str_has_suffix (message, " auth successful"))
    (void) sscanf (message, "SASL %31s", self->mechanism);
  else if (level == XMPP_LEVEL_ERROR && (g_str_equal (area, "xmpp") || g_str_equal (area, "auth")))
    on_strophe_error (self, message);
  self->reading = FALSE;
}

/**
 * sidetone_watch_new:
 *
 * Returns: (transfer full): a watch at the stage TCP
 */
SidetoneWatch *
sidetone_watch_new (void)
{
  SidetoneWatch *self = g_new0 (SidetoneWatch, 1);

  self->log.handler = log_cb;
  self->log.userdata = self;
  self->fd = -1;
  self->scram = sidetone_scram_new ();
  return self;
}

/**
 * sidetone_watch_get_log:
 * @self: a watch
 *
 * Returns: (transfer none): the log for the context; lives as long as the watch
 */
const xmpp_log_t *
sidetone_watch_get_log (SidetoneWatch *self)
{
  return &self->log;
}

/**
 * sidetone_watch_set_context:
 * @self: a watch
 * @context: the context with its log
 */
void
sidetone_watch_set_context (SidetoneWatch *self,
                            xmpp_ctx_t    *context)
{
  self->context = context;
}

/**
 * sidetone_watch_set_socket:
 * @self: a watch
 * @fd: the TCP connection; stays the caller's
 */
void
sidetone_watch_set_socket (SidetoneWatch *self,
                           int            fd)
{
  self->fd = fd;
}

/**
 * sidetone_watch_enter:
 * @self: a watch
 * @stage: the stage that begins
 *
 * Notes the stage, and tells the parent; being online has an event of its own.
 */
void
sidetone_watch_enter (SidetoneWatch *self,
                      SidetoneStage  stage)
{
  self->stage = stage;
  if (stage == SIDETONE_STAGE_ONLINE)
    {
      self->settled_bytes = sidetone_socket_get_bytes_received (self->fd);
      self->password = NULL;
    }
  else
    sidetone_event_stage (stage);
}

/**
 * sidetone_watch_set_secured:
 * @self: a watch
 * @password: the password that is used from now on; must stay until %SIDETONE_STAGE_ONLINE
 *
 * Notes that TLS is up and the certificate accepted; the next stream begins.
 */
void
sidetone_watch_set_secured (SidetoneWatch *self,
                            const char    *password)
{
  self->password = password;
  self->secured = TRUE;
  self->header_seen = FALSE;
  self->tls_reason[0] = '\0';
  sidetone_watch_enter (self, SIDETONE_STAGE_STREAM);
}

/**
 * sidetone_watch_set_closing:
 * @self: a watch
 *
 * Notes that we are signing out: errors from now on are no failure, and the server's stream end is
 * the end.
 */
void
sidetone_watch_set_closing (SidetoneWatch *self)
{
  self->closing = TRUE;
}

/**
 * sidetone_watch_get_mechanism:
 * @self: a watch
 *
 * Returns: (transfer none): the SASL mechanism that succeeded, empty before
 */
const char *
sidetone_watch_get_mechanism (const SidetoneWatch *self)
{
  return self->mechanism;
}

/* Counts the bytes received and unread at one moment: a segment may arrive between two questions. */
static void
count_bytes (int      fd,
             guint64 *received,
             guint64 *unread)
{
  do
    {
      *unread = sidetone_socket_get_bytes_unread (fd);
      *received = sidetone_socket_get_bytes_received (fd);
    }
  while (sidetone_socket_get_bytes_unread (fd) != *unread);
}

/**
 * sidetone_watch_check_input:
 * @self: a watch
 *
 * Looks at received data before libstrophe does: a banner of another protocol would leave it
 * waiting for ever, and too much data would end it. Call it before each turn of libstrophe's loop.
 */
void
sidetone_watch_check_input (SidetoneWatch *self)
{
  guint64 received;
  guint64 unread;
  g_autofree char *bytes = NULL;
  const char *start;

  count_bytes (self->fd, &received, &unread);
  if (received > self->settled_bytes + MAX_BYTES)
    fail (self, SIDETONE_ERROR_TOO_MUCH_DATA, NULL, NULL);

  if (self->secured || self->header_seen || received == 0)
    return;
  /* The rest of a header that came in several segments */
  if (received > unread)
    return;
  bytes = sidetone_socket_peek (self->fd);
  if (bytes == NULL)
    return;

  start = bytes + strspn (bytes, " \t\r\n");
  if (self->stage == SIDETONE_STAGE_STREAM && *start != '\0' && (*start != '<' || is_http (start)))
    fail_not_xmpp (self, start);
  /* XMPP forbids it (RFC 6120, section 11.1), and libstrophe would be busy with its entities. */
  if (self->stage == SIDETONE_STAGE_STREAM && strstr (start, "<!DOCTYPE") != NULL)
    fail (self, SIDETONE_ERROR_INVALID_XML, NULL, "A document type before the stream");
  /* With direct TLS the server does not speak first. */
  if (self->stage == SIDETONE_STAGE_TLS && g_ascii_isprint (*start))
    fail_not_xmpp (self, start);
}

/**
 * sidetone_watch_disconnected:
 * @self: a watch
 * @code: libstrophe's reason: an errno without TLS, an OpenSSL number with TLS
 *
 * Tells the parent that the connection is gone, if no reason is known yet.
 */
void
sidetone_watch_disconnected (SidetoneWatch *self,
                             int            code)
{
  const char *text = self->tls_reason;

  if (*text == '\0')
    text = self->secured || code <= 0 ? "The server closed the connection" : g_strerror (code);
  fail_lost (self, text);
}
