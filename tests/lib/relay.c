/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-test"

#include "config.h"

#include "lib/relay.h"

#include <string.h>

/*
 * SidetoneTestRelay:
 *
 * A STUN and TURN server over UDP in this process and its main loop, on free ports of the loopback
 * interface, which follows a script. It makes its bytes by hand, by RFC 8489 and RFC 8656: it
 * shares no code with what it tests.
 */

/* The bits of CHANGE-REQUEST (RFC 5780, section 7.2), shifted right by one */
enum { OTHER_PORT = 1, OTHER_HOST = 2, N_PLACES = 4 };

struct _SidetoneTestRelay
{
  SidetoneTestRelayScript script;
  GSocket *places[N_PLACES];     /* all but the first only if it has another address */
  GSource *sources[N_PLACES];
  guint late_source;
  GSocket *socket;               /* the answer's source */
  GSocket *other;                /* a socket that was not asked */
  GPtrArray *relays;
  GBytes *late;                  /* a delayed Allocate */
  guint n_requests[16];
  guint n_faults;
  guint n_stale;
  gsize longest;
};

typedef struct
{
  SidetoneTestRelay *server;
  GSocketAddress *client;
  GSocket *socket;
  GSource *source;
  GPtrArray *permitted;          /* GInetAddress */
  gint64 second;                 /* the current one */
  gsize n_passed;                /* in bytes, in this second */
} Relay;

#define COOKIE 0x2112a442u
#define HEADER 20
#define REALM "montague.lit"

enum
{
  MAPPED_ADDRESS = 0x0001, CHANGE_REQUEST = 0x0003, USERNAME = 0x0006, MESSAGE_INTEGRITY = 0x0008, ERROR_CODE = 0x0009,
  LIFETIME = 0x000d, XOR_PEER_ADDRESS = 0x0012, DATA = 0x0013, REALM_ATTRIBUTE = 0x0014,
  NONCE = 0x0015, XOR_RELAYED_ADDRESS = 0x0016, REQUESTED_FAMILY = 0x0017, EVEN_PORT = 0x0018, REQUESTED_TRANSPORT = 0x0019,
  XOR_MAPPED_ADDRESS = 0x0020, UNHEARD_OF = 0x7ffe, SOFTWARE = 0x8022,
  ALTERNATE_SERVER = 0x8023, RESPONSE_ORIGIN = 0x802b,
  OTHER_ADDRESS = 0x802c,
};

enum { REQUEST = 0x000, INDICATION = 0x010, SUCCESS = 0x100, FAILURE = 0x110 };
enum { SEND = 0x006, DATA_INDICATION = 0x007 };

/* Bytes */

static guint
get16 (const guint8 *place)
{
  return (guint) place[0] << 8 | place[1];
}

static void
put16 (GByteArray *bytes,
       guint       value)
{
  guint8 pair[2] = { value >> 8 & 0xff, value & 0xff };

  g_byte_array_append (bytes, pair, 2);
}

static void
set_length (GByteArray *bytes,
            guint       length)
{
  bytes->data[2] = length >> 8 & 0xff;
  bytes->data[3] = length & 0xff;
}

static void
add (GByteArray   *bytes,
     guint         attribute,
     gconstpointer data,
     gsize         length)
{
  static const guint8 padding[4];

  put16 (bytes, attribute);
  put16 (bytes, length);
  g_byte_array_append (bytes, data, length);
  g_byte_array_append (bytes, padding, (4 - length % 4) % 4);
  set_length (bytes, bytes->len - HEADER);
}

static void
add_text (GByteArray *bytes,
          guint       attribute,
          const char *text)
{
  add (bytes, attribute, text, strlen (text));
}

/* Masked with the cookie and the transaction (RFC 8489, section 14.2) */
static void
add_address (GByteArray     *bytes,
             guint           attribute,
             GSocketAddress *address,
             gboolean        masked)
{
  GInetSocketAddress *inet = G_INET_SOCKET_ADDRESS (address);
  GInetAddress *host = g_inet_socket_address_get_address (inet);
  gsize size = g_inet_address_get_native_size (host);
  guint port = g_inet_socket_address_get_port (inet);
  guint8 value[20] = { 0, size == 4 ? 1 : 2, port >> 8 & 0xff, port & 0xff };

  memcpy (value + 4, g_inet_address_to_bytes (host), size);
  for (guint i = 0; masked && i < 2 + size; i++)
    value[2 + i] ^= bytes->data[4 + (i < 2 ? i : i - 2)];
  add (bytes, attribute, value, 4 + size);
}

static const guint8 *
find (const guint8 *message,
      gsize         length,
      guint         attribute,
      guint        *size)
{
  for (gsize at = HEADER; at + 4 <= length; at += 4 + (get16 (message + at + 2) + 3) / 4 * 4)
    {
      if (get16 (message + at) != attribute)
        continue;
      *size = get16 (message + at + 2);
      return message + at + 4;
    }

  return NULL;
}

static GSocketAddress *
read_address (const guint8 *message,
              gsize         length,
              guint         attribute)
{
  g_autoptr (GInetAddress) address = NULL;
  guint size = 0;
  const guint8 *found = find (message, length, attribute, &size);
  guint8 value[6];

  g_assert_nonnull (found);
  for (guint i = 0; i < 6; i++)
    value[i] = found[2 + i] ^ message[4 + (i < 2 ? i : i - 2)];
  address = g_inet_address_new_from_bytes (value + 2, G_SOCKET_FAMILY_IPV4);
  return g_inet_socket_address_new (address, get16 (value));
}

static void
make_signature (const guint8 *message,
                gsize         length,
                const char   *realm,
                const char   *password,
                guint8       *signature)
{
  g_autofree char *text = g_strdup_printf ("%s:%s:%s", SIDETONE_TEST_RELAY_USERNAME, realm,
                                           password);
  g_autoptr (GChecksum) md5 = g_checksum_new (G_CHECKSUM_MD5);
  g_autoptr (GHmac) hmac = NULL;
  g_autofree guint8 *copy = g_memdup2 (message, length);
  guint8 key[16];
  gsize size = sizeof key;

  g_checksum_update (md5, (const guchar *) text, -1);
  g_checksum_get_digest (md5, key, &size);

  /* The length includes the signature, which is not there yet */
  copy[2] = (length + 4) >> 8 & 0xff;
  copy[3] = (length + 4) & 0xff;
  hmac = g_hmac_new (G_CHECKSUM_SHA1, key, sizeof key);
  g_hmac_update (hmac, copy, length);
  size = 20;
  g_hmac_get_digest (hmac, signature, &size);
}

static const char *
get_realm (SidetoneTestRelay *self)
{
  return self->script.realm != NULL ? self->script.realm : REALM;
}

static void
sign (SidetoneTestRelay *self,
      GByteArray        *bytes,
      const char        *password,
      gsize              size)
{
  guint8 signature[20];

  make_signature (bytes->data, bytes->len, get_realm (self), password, signature);
  add (bytes, MESSAGE_INTEGRITY, signature, size);
}

static gboolean
is_signed (SidetoneTestRelay *self,
           const guint8      *message,
           gsize              length)
{
  guint size = 0;
  const guint8 *found = find (message, length, MESSAGE_INTEGRITY, &size);
  const guint8 *name;
  guint8 signature[20];

  if (found == NULL)
    return FALSE;

  g_assert_cmpuint (size, ==, 20);
  name = find (message, length, USERNAME, &size);
  g_assert_nonnull (name);
  g_assert_cmpmem (name, size, SIDETONE_TEST_RELAY_USERNAME, strlen (SIDETONE_TEST_RELAY_USERNAME));
  make_signature (message, found - message - 4, get_realm (self), SIDETONE_TEST_RELAY_PASSWORD,
                  signature);
  return memcmp (signature, found, 20) == 0;
}

static GByteArray *
begin (guint         type,
       const guint8 *transaction)
{
  GByteArray *bytes = g_byte_array_new ();

  put16 (bytes, type);
  put16 (bytes, 0);
  g_byte_array_append (bytes, transaction, 16);
  return bytes;
}

#define QUOTATION " for " SIDETONE_TEST_RELAY_USERNAME " with " SIDETONE_TEST_RELAY_PASSWORD

static void
add_code (SidetoneTestRelay *self,
          GByteArray        *bytes,
          guint              code)
{
  g_autofree char *reason = g_strdup_printf ("1234Reason %u%s", code,
                                             self->script.quotes ? QUOTATION : "");

  reason[0] = reason[1] = 0;
  reason[2] = code / 100;
  reason[3] = code % 100;
  add (bytes, ERROR_CODE, reason, 4 + strlen (reason + 4));
}

/* Maps loopback addresses to public ones, and back. */
static GSocketAddress *
exchange_network (SidetoneTestRelay *self,
                  GSocketAddress    *address,
                  const char        *from,
                  const char        *to)
{
  GInetSocketAddress *inet = G_INET_SOCKET_ADDRESS (address);
  g_autofree char *text = g_inet_address_to_string (g_inet_socket_address_get_address (inet));
  g_autofree char *exchanged = NULL;

  if (self->script.host == 0 || !g_str_has_prefix (text, from))
    return g_object_ref (address);

  exchanged = g_strconcat (to, text + strlen (from), NULL);
  return g_inet_socket_address_new_from_string (exchanged, g_inet_socket_address_get_port (inet));
}

static void
add_shown (SidetoneTestRelay *self,
           GByteArray        *bytes,
           guint              attribute,
           GSocketAddress    *address,
           gboolean           masked)
{
  g_autoptr (GSocketAddress) shown = exchange_network (self, address, "127.0.0.", "198.51.100.");

  add_address (bytes, attribute, shown, masked);
}

static GSocketAddress *
read_peer (SidetoneTestRelay *self,
           const guint8      *message,
           gsize              length)
{
  g_autoptr (GSocketAddress) shown = read_address (message, length, XOR_PEER_ADDRESS);

  return exchange_network (self, shown, "198.51.100.", "127.0.0.");
}

/* Sockets */

static guint
get_port (GSocket *socket)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (socket, NULL);

  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
}

/* Returns NULL if another program has that port */
static GSocket *
open_socket_bound (GSocketAddress *address)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket = g_socket_new (g_socket_address_get_family (address),
                                             G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, &error);

  g_assert_no_error (error);
  if (!g_socket_bind (socket, address, FALSE, &error))
    {
      g_assert_cmpuint (g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)), !=, 0);
      return NULL;
    }
  g_socket_set_blocking (socket, FALSE);
  return g_steal_pointer (&socket);
}

static GSocket *
open_socket_at (guint host,
                guint port)
{
  g_autofree char *text = g_strdup_printf ("127.0.0.%u", MAX (host, 1));
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string (text, port);

  return open_socket_bound (address);
}

static GSocket *
open_socket (GSocketFamily family)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (family);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);

  return open_socket_bound (address);
}

static GSocketFamily
get_family (SidetoneTestRelay *self)
{
  return self->script.family != 0 ? self->script.family : G_SOCKET_FAMILY_IPV4;
}

/* Two free ports that both addresses have */
static void
open_places (SidetoneTestRelay *self)
{
  guint host = self->script.host;
  guint other = self->script.other_host;

  self->places[0] = host == 0 ? open_socket (get_family (self)) : open_socket_at (host, 0);
  if (other == 0)
    return;

  self->places[OTHER_PORT] = open_socket_at (host, 0);
  self->places[OTHER_HOST] = open_socket_at (other, get_port (self->places[0]));
  self->places[OTHER_HOST | OTHER_PORT] = open_socket_at (other,
                                                          get_port (self->places[OTHER_PORT]));
  if (self->places[OTHER_HOST] != NULL && self->places[OTHER_HOST | OTHER_PORT] != NULL)
    return;

  for (guint i = 0; i < N_PLACES; i++)
    g_clear_object (&self->places[i]);
  open_places (self);
}

static GSource *
watch (GSocket          *socket,
       GSocketSourceFunc callback,
       gpointer          data)
{
  GSource *source = g_socket_create_source (socket, G_IO_IN, NULL);

  g_source_set_callback (source, G_SOURCE_FUNC (callback), data, NULL);
  g_source_attach (source, NULL);
  return source;
}

static void
send_to (GSocket        *socket,
         GSocketAddress *address,
         gconstpointer   data,
         gsize           length)
{
  g_socket_send_to (socket, address, data, length, NULL, NULL);
}

static void
relay_free (gpointer data)
{
  Relay *relay = data;

  g_source_destroy (relay->source);
  g_source_unref (relay->source);
  g_object_unref (relay->socket);
  g_object_unref (relay->client);
  g_ptr_array_unref (relay->permitted);
  g_free (relay);
}

static gboolean
is_permitted (Relay          *relay,
              GSocketAddress *peer)
{
  GInetAddress *address = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (peer));

  for (guint i = 0; i < relay->permitted->len; i++)
    {
      if (g_inet_address_equal (relay->permitted->pdata[i], address))
        return TRUE;
    }

  return FALSE;
}

/* As coturn does it: what exceeds the limit is dropped until the next second. */
static gboolean
is_too_much (Relay *relay,
             gsize  length)
{
  gint64 second = g_get_monotonic_time () / G_USEC_PER_SEC;

  if (second != relay->second)
    relay->n_passed = 0;
  relay->second = second;
  if (relay->server->script.max_bps == 0 ||
      relay->n_passed + length <= relay->server->script.max_bps)
    {
      relay->n_passed += length;
      return FALSE;
    }

  return TRUE;
}

static gboolean
relay_cb (GSocket     *socket,
          GIOCondition condition,
          gpointer     user_data)
{
  Relay *relay = user_data;
  g_autoptr (GSocketAddress) peer = NULL;
  g_autoptr (GByteArray) bytes = NULL;
  guint8 transaction[16] = { COOKIE >> 24, COOKIE >> 16 & 0xff, COOKIE >> 8 & 0xff, COOKIE & 0xff };
  char packet[2048];
  gssize length = g_socket_receive_from (socket, &peer, packet, sizeof packet, NULL, NULL);

  if (length <= 0 || !is_permitted (relay, peer) || relay->server->script.is_closed ||
      is_too_much (relay, length))
    return G_SOURCE_CONTINUE;

  bytes = begin (INDICATION | DATA_INDICATION, transaction);
  add_shown (relay->server, bytes, XOR_PEER_ADDRESS, peer, TRUE);
  add (bytes, DATA, packet, length);
  send_to (relay->server->places[0], relay->client, bytes->data, bytes->len);
  return G_SOURCE_CONTINUE;
}

static Relay *
find_relay (SidetoneTestRelay *self,
            GSocketAddress    *client)
{
  for (guint i = 0; i < self->relays->len; i++)
    {
      Relay *relay = self->relays->pdata[i];
      GInetSocketAddress *known = G_INET_SOCKET_ADDRESS (relay->client);

      if (g_inet_socket_address_get_port (known) ==
          g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (client)))
        return relay;
    }

  return NULL;
}

static Relay *
ensure_relay (SidetoneTestRelay *self,
              GSocketAddress    *client)
{
  Relay *relay = find_relay (self, client);

  if (relay != NULL)
    return relay;

  relay = g_new0 (Relay, 1);
  relay->server = self;
  relay->client = g_object_ref (client);
  relay->socket = open_socket_at (self->script.relay_host != 0 ? self->script.relay_host
                                  : self->script.host, 0);
  relay->source = watch (relay->socket, relay_cb, relay);
  relay->permitted = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->relays, relay);
  return relay;
}

/* Answers */

static GSocketAddress *
make_address (const char *address,
              guint       port)
{
  return g_inet_socket_address_new_from_string (address, port);
}

static void
add_binding (SidetoneTestRelay     *self,
             SidetoneTestRelayFault fault,
             GByteArray            *bytes,
             GSocketAddress        *client)
{
  guint port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (client));
  g_autoptr (GSocketAddress) mapped = make_address ("127.0.0.1",
                                                    fault == SIDETONE_TEST_RELAY_PORT_ZERO ? 0
                                                    : port);
  g_autoptr (GSocketAddress) rewritten = make_address ("192.168.1.10", port);
  g_autoptr (GSocketAddress) other = make_address ("203.0.113.21", 3479);

  if (fault == SIDETONE_TEST_RELAY_NO_ADDRESS)
    return;
  add_shown (self, bytes, MAPPED_ADDRESS,
             fault == SIDETONE_TEST_RELAY_REWRITTEN ? rewritten : mapped, FALSE);
  if (fault != SIDETONE_TEST_RELAY_OLD)
    add_shown (self, bytes, XOR_MAPPED_ADDRESS, mapped, TRUE);
  if (self->script.other_host != 0)
    {
      g_object_unref (other);
      other = g_socket_get_local_address (self->places[OTHER_HOST | OTHER_PORT], NULL);
    }
  if (self->script.host == 0 || (self->script.other_host != 0 && !self->script.hides_other))
    {
      add_shown (self, bytes, OTHER_ADDRESS, other, FALSE);
      add_shown (self, bytes, RESPONSE_ORIGIN, other, FALSE);
    }
  add_text (bytes, SOFTWARE, self->script.quotes ? "Test" QUOTATION : "Test \x1b[31m1.0");
}

static void
add_allocation (SidetoneTestRelay     *self,
                SidetoneTestRelayFault fault,
                GByteArray            *bytes,
                GSocketAddress        *client)
{
  Relay *relay = ensure_relay (self, client);
  g_autoptr (GSocketAddress) relayed = g_socket_get_local_address (relay->socket, NULL);
  g_autoptr (GSocketAddress) private = make_address ("10.0.0.1", 50000);
  static const guint8 lifetime[4] = { 0, 0, 600 >> 8, 600 & 0xff };

  if (fault != SIDETONE_TEST_RELAY_NO_ADDRESS)
    add_shown (self, bytes, XOR_RELAYED_ADDRESS,
               fault == SIDETONE_TEST_RELAY_PRIVATE ? private: relayed, TRUE);
  add_shown (self, bytes, XOR_MAPPED_ADDRESS, client, TRUE);
  add (bytes, LIFETIME, lifetime, sizeof lifetime);
}

/* A correct server's actions and answers */
static GByteArray *
serve (SidetoneTestRelay     *self,
       guint                  method,
       SidetoneTestRelayFault fault,
       const guint8          *message,
       gsize                  length,
       GSocketAddress        *client)
{
  Relay *relay = find_relay (self, client);
  GByteArray *bytes;
  guint size = 0;
  const guint8 *lifetime;

  if ((method == SIDETONE_TEST_RELAY_REFRESH || method == SIDETONE_TEST_RELAY_PERMISSION) &&
      relay == NULL)
    {
      bytes = begin (FAILURE | method, message + 4);
      add_code (self, bytes, 437);
      return bytes;
    }

  bytes = begin (SUCCESS | method, message + 4);
  if (method == SIDETONE_TEST_RELAY_BINDING)
    {
      add_binding (self, fault, bytes, client);
    }
  else if (method == SIDETONE_TEST_RELAY_ALLOCATE)
    {
      g_assert_nonnull (find (message, length, REQUESTED_TRANSPORT, &size));
      /* ejabberd refuses it */
      g_assert_null (find (message, length, EVEN_PORT, &size));
      add_allocation (self, fault, bytes, client);
    }
  else if (method == SIDETONE_TEST_RELAY_PERMISSION)
    {
      g_autoptr (GSocketAddress) peer = read_peer (self, message, length);

      if (fault != SIDETONE_TEST_RELAY_DEAF)
        g_ptr_array_add (relay->permitted, g_object_ref (g_inet_socket_address_get_address (
                                                           G_INET_SOCKET_ADDRESS (peer))));
    }
  else
    {
      lifetime = find (message, length, LIFETIME, &size);
      g_assert_nonnull (lifetime);
      g_assert_cmpmem (lifetime, size, "\0\0\0\0", 4);
      g_ptr_array_remove (self->relays, relay);
    }

  return bytes;
}

static GByteArray *
refuse (SidetoneTestRelay *self,
        guint              method,
        const guint8      *message,
        guint              code,
        gboolean           challenge)
{
  GByteArray *bytes = begin (FAILURE | method, message + 4);
  g_autofree char *nonce = g_strdup_printf ("nonce-%u", self->n_stale);

  if (code != 0)
    add_code (self, bytes, code);
  if (challenge)
    {
      add_text (bytes, REALM_ATTRIBUTE, get_realm (self));
      add_text (bytes, NONCE, nonce);
    }
  return bytes;
}

static GByteArray *
refuse_by_script (SidetoneTestRelay *self,
                  guint              method,
                  const guint8      *message)
{
  GByteArray *bytes = refuse (self, method, message, self->script.code, FALSE);
  g_autoptr (GSocketAddress) alternate = NULL;

  if (self->script.alternate != NULL)
    {
      alternate = g_inet_socket_address_new_from_string (self->script.alternate,
                                                         self->script.alternate_port);
      add_address (bytes, ALTERNATE_SERVER, alternate, FALSE);
    }

  return bytes;
}

/* All truncations of the answer */
static void
send_pieces (SidetoneTestRelay *self,
             GSocketAddress    *client,
             GByteArray        *bytes)
{
  for (guint length = 0; length < bytes->len; length++)
    send_to (self->socket, client, bytes->data, length);

  /* With a fitting length, so that the first attribute is cut in two */
  for (guint length = HEADER + 4; length < HEADER + 12; length += 4)
    {
      g_autofree guint8 *piece = g_memdup2 (bytes->data, length);

      piece[2] = 0;
      piece[3] = length - HEADER;
      send_to (self->socket, client, piece, length);
    }
}

static void
send_lengths (SidetoneTestRelay *self,
              GSocketAddress    *client,
              GByteArray        *bytes)
{
  for (guint at = HEADER; at < bytes->len; at += 4 + (get16 (bytes->data + at + 2) + 3) / 4 * 4)
    {
      g_autofree guint8 *copy = g_memdup2 (bytes->data, bytes->len);

      copy[at + 2] = 0xff;
      copy[at + 3] = 0xfd;
      send_to (self->socket, client, copy, bytes->len);
    }
}

static void
send_wrong (SidetoneTestRelay     *self,
            SidetoneTestRelayFault fault,
            GSocketAddress        *client,
            GByteArray            *bytes)
{
  static const guint8 junk[4];

  switch (fault)
    {
    case SIDETONE_TEST_RELAY_SILENT:
      return;

    case SIDETONE_TEST_RELAY_PIECES:
    case SIDETONE_TEST_RELAY_PIECES_FIRST:
      send_pieces (self, client, bytes);
      if (fault == SIDETONE_TEST_RELAY_PIECES)
        return;
      break;

    case SIDETONE_TEST_RELAY_LENGTHS:
      send_lengths (self, client, bytes);
      break;

    case SIDETONE_TEST_RELAY_JUNK_BEHIND:
      g_byte_array_append (bytes, junk, sizeof junk);
      break;

    case SIDETONE_TEST_RELAY_NOISE:
      for (guint i = 0; i < bytes->len; i++)
        bytes->data[i] = i * 37 + 11;
      break;

    case SIDETONE_TEST_RELAY_OTHER_ID:
      bytes->data[19] ^= 1;
      break;

    case SIDETONE_TEST_RELAY_OTHER_METHOD:
      bytes->data[1] ^= 2;
      break;

    case SIDETONE_TEST_RELAY_OTHER_COOKIE:
      bytes->data[4] ^= 1;
      break;

    case SIDETONE_TEST_RELAY_OTHER_SOURCE:
    case SIDETONE_TEST_RELAY_OTHER_SOURCE_FIRST:
      send_to (self->other, client, bytes->data, bytes->len);
      if (fault == SIDETONE_TEST_RELAY_OTHER_SOURCE)
        return;
      break;

    case SIDETONE_TEST_RELAY_TWICE:
      send_to (self->socket, client, bytes->data, bytes->len);
      break;

    default:
      break;
    }
  send_to (self->socket, client, bytes->data, bytes->len);
}

static void
finish (SidetoneTestRelay     *self,
        SidetoneTestRelayFault fault,
        GByteArray            *bytes)
{
  switch (fault)
    {
    case SIDETONE_TEST_RELAY_UNSIGNED:
    case SIDETONE_TEST_RELAY_ERROR_UNSIGNED:
      break;

    case SIDETONE_TEST_RELAY_OTHER_KEY:
      sign (self, bytes, "another-password", 20);
      break;

    case SIDETONE_TEST_RELAY_SHORT_SIGNATURE:
      sign (self, bytes, SIDETONE_TEST_RELAY_PASSWORD, 4);
      break;

    default:
      sign (self, bytes, SIDETONE_TEST_RELAY_PASSWORD, 20);
      break;
    }
}

static SidetoneTestRelayFault
choose_fault (SidetoneTestRelay *self,
              guint              method,
              gboolean           challenged)
{
  gboolean early = self->script.fault == SIDETONE_TEST_RELAY_NO_CHALLENGE;

  if (self->script.method != method || challenged == early)
    return SIDETONE_TEST_RELAY_GOOD;
  self->n_faults++;
  if (self->n_faults <= self->script.n_good ||
      (self->script.n_faults > 0 && self->n_faults > self->script.n_good + self->script.n_faults))
    return SIDETONE_TEST_RELAY_GOOD;
  return self->script.fault;
}

/* The delayed request; with several clients it would be the last one's */
static void
catch_up (SidetoneTestRelay *self,
          GSocketAddress    *client)
{
  g_autoptr (GBytes) late = g_steal_pointer (&self->late);
  g_autoptr (GByteArray) bytes = NULL;
  gsize length;
  const guint8 *message;

  if (late == NULL)
    return;

  message = g_bytes_get_data (late, &length);
  bytes = serve (self, get16 (message), SIDETONE_TEST_RELAY_GOOD, message, length, client);
  finish (self, SIDETONE_TEST_RELAY_GOOD, bytes);
  send_to (self->socket, client, bytes->data, bytes->len);
}

static void
answer (SidetoneTestRelay *self,
        guint              method,
        const guint8      *message,
        gsize              length,
        GSocketAddress    *client)
{
  gboolean is_binding = method == SIDETONE_TEST_RELAY_BINDING;
  guint size = 0;
  gboolean has_signature = find (message, length, MESSAGE_INTEGRITY, &size) != NULL;
  SidetoneTestRelayFault fault = choose_fault (self, method, is_binding || has_signature);
  g_autoptr (GByteArray) bytes = NULL;
  static const guint8 four[4];

  if (fault == SIDETONE_TEST_RELAY_LATE)
    {
      g_clear_pointer (&self->late, g_bytes_unref);
      self->late = g_bytes_new (message, length);
      return;
    }

  if (!is_binding && !has_signature)
    bytes = refuse (self, method, message, 401, fault != SIDETONE_TEST_RELAY_NO_CHALLENGE);
  else if (!is_binding && !is_signed (self, message, length))
    bytes = refuse (self, method, message, 401, TRUE);
  else if (!is_binding && self->n_stale < self->script.n_stale)
    {
      self->n_stale++;
      bytes = refuse (self, method, message, 438, TRUE);
    }
  else if (find (message, length, REQUESTED_FAMILY, &size) != NULL)
    /* Its relays have IPv4 addresses */
    bytes = refuse (self, method, message, 440, FALSE);
  else if (fault == SIDETONE_TEST_RELAY_ERROR || fault == SIDETONE_TEST_RELAY_ERROR_UNSIGNED)
    bytes = refuse_by_script (self, method, message);
  else if (fault == SIDETONE_TEST_RELAY_ERROR_BARE)
    bytes = refuse (self, method, message, 0, FALSE);
  else
    bytes = serve (self, method, fault, message, length, client);

  if (fault == SIDETONE_TEST_RELAY_UNKNOWN_ATTRIBUTE)
    add (bytes, UNHEARD_OF, four, sizeof four);
  if (!is_binding && has_signature)
    finish (self, fault, bytes);
  send_wrong (self, fault, client, bytes);
  catch_up (self, client);
}

static void
pass_on (SidetoneTestRelay *self,
         const guint8      *message,
         gsize              length,
         GSocketAddress    *client)
{
  Relay *relay = find_relay (self, client);
  g_autoptr (GSocketAddress) peer = read_peer (self, message, length);
  guint size = 0;
  const guint8 *data = find (message, length, DATA, &size);

  g_assert_nonnull (data);
  if (relay != NULL && is_permitted (relay, peer))
    send_to (relay->socket, peer, data, size);
}

/* The answer's source: the request's destination, unless the request wants another one */
static void
choose_socket (SidetoneTestRelay *self,
               GSocket           *asked,
               const guint8      *message,
               gsize              length)
{
  guint size = 0;
  const guint8 *change = find (message, length, CHANGE_REQUEST, &size);
  guint place = 0;

  self->socket = asked;
  if (change == NULL || self->script.other_host == 0 || self->script.disobeys)
    return;

  while (self->places[place] != asked)
    place++;
  self->socket = self->places[place ^ (change[3] >> 1 & (OTHER_PORT | OTHER_HOST))];
}

static gboolean
receive_cb (GSocket     *socket,
            GIOCondition condition,
            gpointer     user_data)
{
  SidetoneTestRelay *self = user_data;
  g_autoptr (GSocketAddress) client = NULL;
  guint8 message[2048];
  guint type;
  gssize length = g_socket_receive_from (socket, &client, (char *) message, sizeof message, NULL,
                                         NULL);

  if (length < HEADER)
    return G_SOURCE_CONTINUE;

  g_assert_cmpuint (get16 (message + 2) + HEADER, ==, length);
  self->longest = MAX (self->longest, (gsize) length);
  type = get16 (message);
  if (type == (INDICATION | SEND))
    {
      pass_on (self, message, length, client);
      return G_SOURCE_CONTINUE;
    }

  g_assert_cmpuint (type, <, G_N_ELEMENTS (self->n_requests));
  self->n_requests[type]++;
  choose_socket (self, socket, message, length);
  answer (self, type, message, length, client);
  return G_SOURCE_CONTINUE;
}

static void
read_all (gpointer user_data)
{
  SidetoneTestRelay *self = user_data;

  self->late_source = 0;
  for (guint i = 0; i < N_PLACES; i++)
    {
      if (self->places[i] != NULL)
        self->sources[i] = watch (self->places[i], receive_cb, self);
    }
}

SidetoneTestRelay *
sidetone_test_relay_new (const SidetoneTestRelayScript *script)
{
  SidetoneTestRelay *self = g_new0 (SidetoneTestRelay, 1);

  if (script != NULL)
    self->script = *script;
  open_places (self);
  if (self->script.late_ms > 0)
    self->late_source = g_timeout_add_once (self->script.late_ms, read_all, self);
  else
    read_all (self);
  self->other = open_socket (get_family (self));
  self->relays = g_ptr_array_new_with_free_func (relay_free);
  return self;
}

void
sidetone_test_relay_free (SidetoneTestRelay *self)
{
  g_clear_handle_id (&self->late_source, g_source_remove);
  for (guint i = 0; i < N_PLACES; i++)
    {
      if (self->sources[i] != NULL)
        g_source_destroy (self->sources[i]);
      g_clear_pointer (&self->sources[i], g_source_unref);
      g_clear_object (&self->places[i]);
    }
  g_ptr_array_unref (self->relays);
  g_clear_pointer (&self->late, g_bytes_unref);
  g_object_unref (self->other);
  g_free (self);
}

guint16
sidetone_test_relay_get_port (SidetoneTestRelay *self)
{
  return get_port (self->places[0]);
}

guint
sidetone_test_relay_get_n_relays (SidetoneTestRelay *self)
{
  return self->relays->len;
}

/* The longest of all received messages */
gsize
sidetone_test_relay_get_longest (SidetoneTestRelay *self)
{
  return self->longest;
}

guint
sidetone_test_relay_get_n_requests (SidetoneTestRelay      *self,
                                    SidetoneTestRelayMethod method)
{
  return self->n_requests[method];
}
