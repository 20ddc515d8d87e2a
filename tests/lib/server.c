/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-test"

#include "config.h"

#include "lib/server.h"

#include "lib/scram.h"
#include "lib/scripts.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#define RESOURCE "test"

#define NOT_AUTHORIZED \
  "<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><not-authorized/></failure>"

/*
 * SidetoneTestServer:
 *
 * An XMPP server in this process, on a free port of the loopback interface, that follows a script:
 * for faults that a real server can't be made to have. Each connection has a thread of its own and
 * waits in ordinary blocking calls, which freeing the server ends.
 */
struct _SidetoneTestServer
{
  SidetoneTestScript script;
  GSocket *listener;
  GCancellable *cancellable;
  GThread *thread;
  guint16 port;

  GMutex lock;                  /* for the members below */
  guint n_connections;
  GString *plain;               /* all input outside TLS, of every connection */
  GString *received;            /* all input */
  GPtrArray *reads;             /* the same, one for each read: inside TLS, one record */
};

/* One connection, used by its thread */
typedef struct
{
  SidetoneTestServer *server;
  GSocket *socket;
  GIOStream *stream;
  gboolean encrypted;
  GString *input;               /* not used by a step yet */
  char *id;                     /* the last question's */
} Client;

typedef enum
{
  OUTCOME_ON,
  OUTCOME_OVER,
} Outcome;

static Outcome run_steps (Client                 *client,
                          const SidetoneTestStep *steps);

static gboolean
read_some (Client *client)
{
  SidetoneTestServer *server = client->server;
  char bytes[4096];
  gssize length = g_input_stream_read (g_io_stream_get_input_stream (client->stream), bytes,
                                       sizeof bytes, server->cancellable, NULL);

  if (length <= 0)
    return FALSE;
  g_string_append_len (client->input, bytes, length);
  g_mutex_lock (&server->lock);
  g_string_append_len (server->received, bytes, length);
  g_ptr_array_add (server->reads, g_strndup (bytes, length));
  if (!client->encrypted)
    g_string_append_len (server->plain, bytes, length);
  g_mutex_unlock (&server->lock);
  return TRUE;
}

static gboolean
write_all (Client     *client,
           const char *text)
{
  return g_output_stream_write_all (g_io_stream_get_output_stream (client->stream), text,
                                    strlen (text), NULL, client->server->cancellable, NULL);
}

/* Waits for @text, and for the end of its tag. NULL if the client has closed. */
static char *
take_input (Client     *client,
            const char *text)
{
  char *found;
  char *end;
  char *taken;
  gsize length;

  for (;;)
    {
      found = memmem (client->input->str, client->input->len, text, strlen (text));
      end = found != NULL ? found + strlen (text) - 1 : NULL;
      if (end != NULL && g_ascii_isprint (*text) && *end != '>')
        end = memchr (end, '>', client->input->str + client->input->len - end);
      if (end != NULL)
        break;
      if (!read_some (client))
        return NULL;
    }
  length = end + 1 - client->input->str;
  taken = g_strndup (client->input->str, length);
  g_string_erase (client->input, 0, length);
  return taken;
}

static char *
get_attribute (const char *text,
               const char *name)
{
  g_autofree char *start = g_strdup_printf (" %s=", name);
  const char *found = g_strrstr (text, start);
  const char *value;
  const char *end;

  if (found == NULL)
    return NULL;
  value = found + strlen (start) + 1;
  end = strchr (value, value[-1]);
  return end != NULL ? g_strndup (value, end - value) : NULL;
}

static void
note_id (Client     *client,
         const char *text)
{
  char *id = get_attribute (text, "id");

  if (id != NULL)
    {
      g_free (client->id);
      client->id = id;
    }
}

static char *
fill_in (Client     *client,
         const char *text)
{
  const SidetoneTestScript *script = &client->server->script;
  g_autoptr (GSocketAddress) address = g_socket_get_remote_address (client->socket, NULL);
  g_autoptr (GString) result = g_string_new (text);
  g_autoptr (GString) mechanisms = g_string_new (NULL);
  g_autofree char *ip = NULL;
  g_autofree char *port = NULL;
  g_auto (GStrv) names = g_strsplit (script->mechanisms ? script->mechanisms : "SCRAM-SHA-1 PLAIN",
                                     " ", -1);

  for (gsize i = 0; names[i] != NULL; i++)
    g_string_append_printf (mechanisms, "<mechanism>%s</mechanism>", names[i]);
  if (address != NULL)
    {
      GInetSocketAddress *inet = G_INET_SOCKET_ADDRESS (address);

      ip = g_inet_address_to_string (g_inet_socket_address_get_address (inet));
      port = g_strdup_printf ("%u", g_inet_socket_address_get_port (inet));
    }
  g_string_replace (result, "$mechanisms", mechanisms->str, 0);
  g_string_replace (result, "$id", client->id ? client->id : "", 0);
  g_string_replace (result, "$jid", SIDETONE_TEST_JID "/" RESOURCE, 0);
  g_string_replace (result, "$bare", SIDETONE_TEST_JID, 0);
  g_string_replace (result, "$domain", SIDETONE_TEST_DOMAIN, 0);
  g_string_replace (result, "$ip", ip ? ip : "", 0);
  g_string_replace (result, "$port", port ? port : "", 0);
  return g_string_free (g_steal_pointer (&result), FALSE);
}

static Outcome
send_text (Client     *client,
           const char *text,
           int         count)
{
  g_autofree char *filled = fill_in (client, text);

  if (count == 1)
    return write_all (client, filled) ? OUTCOME_ON : OUTCOME_OVER;

  /* In pieces of some size, because single ones take too long. */
  for (int sent = 0; count == 0 || sent < count;)
    {
      g_autoptr (GString) piece = g_string_new (NULL);

      for (int i = 0; i < 1000 && (count == 0 || sent < count); i++, sent++)
        g_string_append (piece, filled);
      if (!write_all (client, piece->str))
        return OUTCOME_OVER;
      if (count == 0)
        sent = 0;
    }
  return OUTCOME_ON;
}

/* TCP_NODELAY is set */
static Outcome
send_bytewise (Client     *client,
               const char *text)
{
  g_autofree char *filled = fill_in (client, text);

  for (const char *byte = filled; *byte != '\0'; byte++)
    {
      const char piece[] = { *byte, '\0' };

      if (!write_all (client, piece))
        return OUTCOME_OVER;
      g_thread_yield ();
    }
  return OUTCOME_ON;
}

static Outcome
shake_hands (Client *client)
{
  static const char *const protocols[] = { "xmpp-client", NULL };
  const SidetoneTestScript *script = &client->server->script;
  g_autofree char *path =
    sidetone_test_certificate_path (script->certificate ? script->certificate : "good");
  g_autofree char *chain = g_strconcat (path, ".pem", NULL);
  g_autofree char *key = g_strconcat (path, ".key", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_files (chain, key, &error);
  g_autoptr (GIOStream) encrypted = NULL;

  if (script->tls != NULL)
    {
      run_steps (client, script->tls);
      return OUTCOME_OVER;
    }

  g_assert_no_error (error);
  encrypted = g_tls_server_connection_new (client->stream, certificate, &error);
  g_assert_no_error (error);
  g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (encrypted), protocols);
  if (!g_tls_connection_handshake (G_TLS_CONNECTION (encrypted), client->server->cancellable, NULL))
    return OUTCOME_OVER;
  g_set_object (&client->stream, encrypted);
  client->encrypted = TRUE;
  if (script->shared_port &&
      g_strcmp0 (g_tls_connection_get_negotiated_protocol (G_TLS_CONNECTION (encrypted)),
                 protocols[0]) != 0)
    return run_steps (client, sidetone_test_script_get_secure (sidetone_test_script_get ("https")));
  return run_steps (client, sidetone_test_script_get_secure (script));
}

/* The content of the element whose opening tag was taken */
static char *
take_content (Client     *client,
              const char *end_tag)
{
  char *content = take_input (client, end_tag);

  if (content != NULL)
    *strstr (content, end_tag) = '\0';
  return content;
}

/* Base64 for success, or NULL */
static char *
judge_scram (Client     *client,
             const char *first)
{
  const SidetoneTestScript *script = &client->server->script;
  g_autoptr (SidetoneTestScram) scram =
    sidetone_test_scram_new (SIDETONE_TEST_PASSWORD, &script->scram);
  g_autofree char *challenge = sidetone_test_scram_challenge (scram, first);
  g_autofree char *element = NULL;
  g_autofree char *response = NULL;
  g_autofree char *last = NULL;

  if (challenge == NULL)
    return NULL;
  if (script->scram.early_success)
    return g_strdup ("");
  element = g_strdup_printf ("<challenge xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>%s</challenge>",
                             challenge);
  if (!write_all (client, element) || (response = take_input (client, "<response")) == NULL ||
      (last = take_content (client, "</response>")) == NULL)
    return NULL;
  return sidetone_test_scram_finish (scram, last);
}

static char *
judge_plain (const char *first)
{
  static const char expected[] = "\0romeo\0" SIDETONE_TEST_PASSWORD;
  gsize length;
  g_autofree guchar *decoded = g_base64_decode (first, &length);

  return length == sizeof expected - 1 && memcmp (decoded, expected, length) == 0 ? g_strdup ("")
         : NULL;
}

static Outcome
sign_in (Client *client)
{
  const SidetoneTestScript *script = &client->server->script;
  g_autofree char *auth = take_input (client, "<auth");
  g_autofree char *first = auth != NULL ? take_content (client, "</auth>") : NULL;
  g_autofree char *mechanism = NULL;
  g_autofree char *result = NULL;
  g_autofree char *element = NULL;

  if (first == NULL)
    return OUTCOME_OVER;
  mechanism = get_attribute (auth, "mechanism");
  if (g_strcmp0 (mechanism, "SCRAM-SHA-1") == 0)
    result = judge_scram (client, first);
  else if (g_strcmp0 (mechanism, "PLAIN") == 0)
    result = judge_plain (first);

  if (result == NULL || script->sasl_failure != NULL)
    {
      send_text (client, script->sasl_failure ? script->sasl_failure : NOT_AUTHORIZED, 1);
      /* A second try of the client must be noticed. */
      while (read_some (client))
        ;
      return OUTCOME_OVER;
    }
  element = g_strdup_printf ("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>%s</success>",
                             result);
  return write_all (client, element) ? OUTCOME_ON : OUTCOME_OVER;
}

static Outcome
bind_client (Client *client)
{
  g_autofree char *request = take_input (client, "</iq>");

  if (request == NULL)
    return OUTCOME_OVER;
  note_id (client, request);
  return send_text (client,
                    "<iq type='result' id='$id'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
                    "<jid>$jid</jid></bind></iq>", 1);
}

static Outcome
serve (Client *client)
{
  for (;;)
    {
      g_autofree char *question = NULL;
      const SidetoneTestAnswer *answer;

      while (strstr (client->input->str, "</iq>") == NULL)
        {
          if (strstr (client->input->str, "</stream:stream>") != NULL)
            {
              write_all (client, "</stream:stream>");
              return OUTCOME_OVER;
            }
          if (!read_some (client))
            return OUTCOME_OVER;
        }
      question = take_input (client, "</iq>");
      if (strstr (question, "'get'") == NULL && strstr (question, "'set'") == NULL)
        continue;
      note_id (client, question);
      answer = sidetone_test_script_find_answer (&client->server->script, question);
      if (answer == NULL)
        send_text (client,
                   "<iq type='error' id='$id' to='$jid'><error type='cancel'><service-unavailable "
                   "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>", 1);
      else if (answer->xml != NULL)
        send_text (client, answer->xml, 1);
    }
}

static void
reset (Client *client)
{
  const struct linger none = { .l_onoff = 1, .l_linger = 0 };

  setsockopt (g_socket_get_fd (client->socket), SOL_SOCKET, SO_LINGER, &none, sizeof none);
  g_socket_close (client->socket, NULL);
}

static Outcome
run_step (Client                 *client,
          const SidetoneTestStep *step)
{
  g_autofree char *taken = NULL;

  switch (step->kind)
    {
    case SIDETONE_TEST_STEP_END:
      return OUTCOME_OVER;
    case SIDETONE_TEST_STEP_EXPECT:
      taken = take_input (client, step->text);
      if (taken == NULL)
        return OUTCOME_OVER;
      note_id (client, taken);
      return OUTCOME_ON;
    case SIDETONE_TEST_STEP_SEND:
      return send_text (client, step->text, step->count);
    case SIDETONE_TEST_STEP_SEND_BYTEWISE:
      return send_bytewise (client, step->text);
    case SIDETONE_TEST_STEP_TLS:
      return shake_hands (client);
    case SIDETONE_TEST_STEP_SASL:
      return sign_in (client);
    case SIDETONE_TEST_STEP_BIND:
      return bind_client (client);
    case SIDETONE_TEST_STEP_SERVE:
      return serve (client);
    case SIDETONE_TEST_STEP_HANG:
      while (read_some (client))
        ;
      return OUTCOME_OVER;
    case SIDETONE_TEST_STEP_RESET:
      reset (client);
      return OUTCOME_OVER;
    }
  g_assert_not_reached ();
}

static Outcome
run_steps (Client                 *client,
           const SidetoneTestStep *steps)
{
  while (run_step (client, steps) == OUTCOME_ON)
    steps++;
  return OUTCOME_OVER;
}

static gpointer
client_thread (gpointer data)
{
  Client *client = data;

  run_steps (client, sidetone_test_script_get_plain (&client->server->script));

  /* Not g_io_stream_close (): with TLS it waits for the other end's close_notify. Nor
   * g_socket_close (): GLib's thread of a failed handshake may be closing the socket just now, and
   * a descriptor that is closed twice may be another client's the second time. The last reference
   * closes it. */
  g_socket_shutdown (client->socket, TRUE, TRUE, NULL);
  g_object_unref (client->stream);
  g_object_unref (client->socket);
  g_string_free (client->input, TRUE);
  g_free (client->id);
  g_free (client);
  return NULL;
}

static gpointer
listener_thread (gpointer data)
{
  SidetoneTestServer *self = data;
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();
  GSocket *socket;

  while ((socket = g_socket_accept (self->listener, self->cancellable, NULL)) != NULL)
    {
      Client *client = g_new0 (Client, 1);

      client->server = self;
      client->socket = socket;
      /* A script sends in pieces: no delay of 40 ms between them. */
      g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
      client->stream = G_IO_STREAM (g_socket_connection_factory_create_connection (socket));
      client->input = g_string_new (NULL);
      g_mutex_lock (&self->lock);
      self->n_connections++;
      g_mutex_unlock (&self->lock);
      g_ptr_array_add (threads, g_thread_new ("test client", client_thread, client));
    }
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (g_ptr_array_index (threads, i));
  return NULL;
}

/**
 * sidetone_test_server_new:
 * @script: its script; not copied: what it points to must outlive the server
 *
 * Starts a server.
 */
SidetoneTestServer *
sidetone_test_server_new (const SidetoneTestScript *script)
{
  SidetoneTestServer *self = g_new0 (SidetoneTestServer, 1);
  GSocketFamily family = script->family ? script->family : G_SOCKET_FAMILY_IPV4;
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (family);
  g_autoptr (GSocketAddress) any_port = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  self->script = *script;
  self->script.family = family;
  self->plain = g_string_new (NULL);
  self->received = g_string_new (NULL);
  self->reads = g_ptr_array_new_with_free_func (g_free);
  self->cancellable = g_cancellable_new ();
  g_mutex_init (&self->lock);

  self->listener = g_socket_new (family, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_socket_bind (self->listener, any_port, TRUE, &error);
  g_assert_no_error (error);
  g_socket_listen (self->listener, &error);
  g_assert_no_error (error);
  address = g_socket_get_local_address (self->listener, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));

  self->thread = g_thread_new ("test server", listener_thread, self);
  return self;
}

/**
 * sidetone_test_server_new_named:
 * @name: a script's name in lib/scripts.c
 * @direct_tls: whether TLS begins with the connection, without STARTTLS
 *
 * Starts a server.
 */
SidetoneTestServer *
sidetone_test_server_new_named (const char *name,
                                gboolean    direct_tls)
{
  SidetoneTestScript script = *sidetone_test_script_get (name);

  script.direct_tls = direct_tls;
  return sidetone_test_server_new (&script);
}

/**
 * sidetone_test_server_free:
 * @self: (transfer full): a server
 *
 * Ends all its connections, and waits until they have.
 */
void
sidetone_test_server_free (SidetoneTestServer *self)
{
  g_cancellable_cancel (self->cancellable);
  g_thread_join (self->thread);
  g_socket_close (self->listener, NULL);
  g_object_unref (self->listener);
  g_object_unref (self->cancellable);
  g_mutex_clear (&self->lock);
  g_string_free (self->plain, TRUE);
  g_string_free (self->received, TRUE);
  g_ptr_array_unref (self->reads);
  g_free (self);
}

const char *
sidetone_test_server_get_address (SidetoneTestServer *self)
{
  return self->script.family == G_SOCKET_FAMILY_IPV6 ? "::1" : "127.0.0.1";
}

guint16
sidetone_test_server_get_port (SidetoneTestServer *self)
{
  return self->port;
}

guint
sidetone_test_server_get_n_connections (SidetoneTestServer *self)
{
  guint n_connections;

  g_mutex_lock (&self->lock);
  n_connections = self->n_connections;
  g_mutex_unlock (&self->lock);
  return n_connections;
}

/**
 * sidetone_test_server_dup_plain:
 * @self: a server
 *
 * Returns: (transfer full): everything that a script read outside TLS
 */
char *
sidetone_test_server_dup_plain (SidetoneTestServer *self)
{
  char *plain;

  g_mutex_lock (&self->lock);
  plain = g_strndup (self->plain->str, self->plain->len);
  g_mutex_unlock (&self->lock);
  return plain;
}

/**
 * sidetone_test_server_dup_received:
 * @self: a server
 *
 * Returns: (transfer full): everything that a script read, inside TLS and outside
 */
char *
sidetone_test_server_dup_received (SidetoneTestServer *self)
{
  char *received;

  g_mutex_lock (&self->lock);
  received = g_strndup (self->received->str, self->received->len);
  g_mutex_unlock (&self->lock);
  return received;
}

/**
 * sidetone_test_server_count:
 * @self: a server
 * @text: a text
 *
 * Returns: how often @text came, inside TLS and outside
 */
guint
sidetone_test_server_count (SidetoneTestServer *self,
                            const char         *text)
{
  g_autofree char *received = sidetone_test_server_dup_received (self);
  guint count = 0;

  for (const char *at = received; (at = strstr (at, text)) != NULL; at++)
    count++;
  return count;
}

/**
 * sidetone_test_server_came_together:
 * @self: a server
 * @first: a text
 * @second: a text after it
 *
 * Returns: whether both came in one read, which inside TLS is one record
 */
gboolean
sidetone_test_server_came_together (SidetoneTestServer *self,
                                    const char         *first,
                                    const char         *second)
{
  gboolean together = FALSE;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->reads->len; i++)
    {
      const char *found = strstr (g_ptr_array_index (self->reads, i), first);

      together = together || (found != NULL && strstr (found, second) != NULL);
    }
  g_mutex_unlock (&self->lock);
  return together;
}

/**
 * sidetone_test_certificate_path:
 * @name: a name of tests/lib/certificates
 *
 * Returns: (transfer full): its path, without .pem and .key
 */
char *
sidetone_test_certificate_path (const char *name)
{
  const char *folder = g_getenv ("SIDETONE_TEST_CERTIFICATES");

  g_assert_nonnull (folder);
  return g_build_filename (folder, name, NULL);
}

/* A TCP port without a listener */
guint16
sidetone_test_find_closed_port (void)
{
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) own = NULL;
  g_autoptr (GError) error = NULL;

  socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                         &error);
  g_assert_no_error (error);
  g_socket_bind (socket, any, FALSE, &error);
  g_assert_no_error (error);
  own = g_socket_get_local_address (socket, &error);
  g_assert_no_error (error);

  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (own));
}
