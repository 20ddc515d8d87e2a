/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-test"

#include "config.h"

#include "lib/nat.h"

#include <string.h>

/**
 * SidetoneTestNat:
 *
 * A UDP socket behind a NAT, in this process and its main loop. Outside is 198.51.100.0/24, which
 * is really the loopback interface: 198.51.100.7 is 127.0.0.7. The NAT itself is 198.51.100.1, and
 * its mappings are sockets there.
 */
struct _SidetoneTestNat
{
  GObject parent_instance;

  SidetoneTestNatScript script;
  GSocketAddress *local;
  GPtrArray *mappings;
  GQueue inbox;                  /* Packet */
  guint n_sent;
};

typedef struct
{
  SidetoneTestNat *nat;
  GSocket *socket;
  GSource *source;
  gint64 last_used;
  GPtrArray *sent_to;            /* GSocketAddress, as the NAT sees them */
} Mapping;

typedef struct
{
  GSocketAddress *source;
  GBytes *bytes;
} Packet;

/* A source that is ready when there is something in the inbox */
typedef struct
{
  GSource source;
  SidetoneTestNat *nat;
} InboxSource;

#define OUTSIDE "198.51.100."
#define LOOPBACK "127.0.0."
#define OWN "127.0.0.1"
#define INSIDE "192.168.1.10"

static void sidetone_test_nat_iface_init (GDatagramBasedInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (
  SidetoneTestNat, sidetone_test_nat, G_TYPE_OBJECT,
  G_IMPLEMENT_INTERFACE (G_TYPE_DATAGRAM_BASED, sidetone_test_nat_iface_init))

static char *
dup_host (GSocketAddress * address)
{
  return g_inet_address_to_string (
    g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

static guint
get_port (GSocketAddress *address)
{
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
}

static GSocketAddress *
exchange_network (GSocketAddress *address,
                  const char     *from,
                  const char     *to)
{
  g_autofree char *text = dup_host (address);
  g_autofree char *exchanged = NULL;

  g_assert_true (g_str_has_prefix (text, from));
  exchanged = g_strconcat (to, text + strlen (from), NULL);
  return g_inet_socket_address_new_from_string (exchanged, get_port (address));
}

static gboolean
is_same (GSocketAddress           *one,
         GSocketAddress           *other,
         SidetoneTestNatDependence dependence)
{
  g_autofree char *one_host = dup_host (one);
  g_autofree char *other_host = dup_host (other);

  switch (dependence)
    {
    case SIDETONE_TEST_NAT_INDEPENDENT:
      return TRUE;

    case SIDETONE_TEST_NAT_ADDRESS:
      return g_str_equal (one_host, other_host);

    case SIDETONE_TEST_NAT_ADDRESS_AND_PORT:
      return g_str_equal (one_host, other_host) && get_port (one) == get_port (other);
    }

  return FALSE;
}

static void
packet_free (gpointer data)
{
  Packet *packet = data;

  g_object_unref (packet->source);
  g_bytes_unref (packet->bytes);
  g_free (packet);
}

static void
mapping_free (gpointer data)
{
  Mapping *mapping = data;

  g_source_destroy (mapping->source);
  g_source_unref (mapping->source);
  g_object_unref (mapping->socket);
  g_ptr_array_unref (mapping->sent_to);
  g_free (mapping);
}

static gboolean
is_let_in (Mapping        *mapping,
           GSocketAddress *source)
{
  guint lifetime_ms = mapping->nat->script.lifetime_ms;

  if (lifetime_ms > 0 && g_get_monotonic_time () - mapping->last_used > lifetime_ms * 1000)
    return FALSE;

  for (guint i = 0; i < mapping->sent_to->len; i++)
    {
      if (is_same (mapping->sent_to->pdata[i], source, mapping->nat->script.filtering))
        return TRUE;
    }

  return FALSE;
}

static gboolean
come_in_cb (GSocket     *socket,
            GIOCondition condition,
            gpointer     user_data)
{
  Mapping *mapping = user_data;
  g_autoptr (GSocketAddress) source = NULL;
  char buffer[2048];
  gssize length = g_socket_receive_from (socket, &source, buffer, sizeof buffer, NULL, NULL);

  if (length > 0 && is_let_in (mapping, source))
    {
      Packet *packet = g_new0 (Packet, 1);

      mapping->last_used = g_get_monotonic_time ();
      packet->source = exchange_network (source, LOOPBACK, OUTSIDE);
      packet->bytes = g_bytes_new (buffer, length);
      g_queue_push_tail (&mapping->nat->inbox, packet);
    }

  return G_SOURCE_CONTINUE;
}

static Mapping *
add_mapping (SidetoneTestNat *self)
{
  Mapping *mapping = g_new0 (Mapping, 1);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string (OWN, 0);
  g_autoptr (GError) error = NULL;

  mapping->nat = self;
  mapping->sent_to = g_ptr_array_new_with_free_func (g_object_unref);
  mapping->socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM,
                                  G_SOCKET_PROTOCOL_UDP, &error);
  g_assert_no_error (error);
  g_socket_bind (mapping->socket, address, FALSE, &error);
  g_assert_no_error (error);
  g_socket_set_blocking (mapping->socket, FALSE);
  mapping->source = g_socket_create_source (mapping->socket, G_IO_IN, NULL);
  g_source_set_callback (mapping->source, G_SOURCE_FUNC (come_in_cb), mapping, NULL);
  g_source_attach (mapping->source, NULL);
  g_ptr_array_add (self->mappings, mapping);

  return mapping;
}

/* A mapping belongs to its first destination */
static Mapping *
ensure_mapping (SidetoneTestNat *self,
                GSocketAddress  *to)
{
  for (guint i = 0; i < self->mappings->len; i++)
    {
      Mapping *mapping = self->mappings->pdata[i];

      if (mapping->sent_to->len == 0 ||
          is_same (mapping->sent_to->pdata[0], to, self->script.mapping))
        return mapping;
    }

  return add_mapping (self);
}

static gint
send_messages (GDatagramBased *based,
               GOutputMessage *messages,
               guint           n_messages,
               gint            flags,
               gint64          timeout,
               GCancellable   *cancellable,
               GError        **error)
{
  SidetoneTestNat *self = SIDETONE_TEST_NAT (based);
  g_autoptr (GSocketAddress) to = exchange_network (messages[0].address, OUTSIDE, LOOPBACK);
  g_autofree char *host = dup_host (to);
  Mapping *mapping = ensure_mapping (self, to);

  g_assert_cmpuint (messages[0].num_vectors, ==, 1);
  if (self->n_sent++ < self->script.n_lost)
    return 1;

  mapping->last_used = g_get_monotonic_time ();
  g_ptr_array_add (mapping->sent_to, g_object_ref (to));
  if (self->script.hairpins || !g_str_equal (host, OWN))
    g_socket_send_to (mapping->socket, to, messages[0].vectors[0].buffer,
                      messages[0].vectors[0].size, NULL, NULL);
  return 1;
}

static gint
receive_messages (GDatagramBased *based,
                  GInputMessage  *messages,
                  guint           n_messages,
                  gint            flags,
                  gint64          timeout,
                  GCancellable   *cancellable,
                  GError        **error)
{
  SidetoneTestNat *self = SIDETONE_TEST_NAT (based);
  Packet *packet = g_queue_pop_head (&self->inbox);
  gsize length;
  gconstpointer data;

  if (packet == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "Nothing is there");
      return -1;
    }

  data = g_bytes_get_data (packet->bytes, &length);
  g_assert_cmpuint (length, <=, messages[0].vectors[0].size);
  memcpy (messages[0].vectors[0].buffer, data, length);
  messages[0].bytes_received = length;
  if (messages[0].address != NULL)
    *messages[0].address = g_object_ref (packet->source);
  packet_free (packet);
  return 1;
}

static gboolean
is_ready (GSource *source)
{
  return !g_queue_is_empty (&((InboxSource *) source)->nat->inbox);
}

static gboolean
prepare_source (GSource *source,
                gint    *timeout)
{
  *timeout = -1;
  return is_ready (source);
}

static gboolean
dispatch_source (GSource    *source,
                 GSourceFunc callback,
                 gpointer    user_data)
{
  SidetoneTestNat *nat = ((InboxSource *) source)->nat;

  return ((GDatagramBasedSourceFunc) (void (*)(void))callback)(G_DATAGRAM_BASED (nat), G_IO_IN,
                                                               user_data);
}

static void
finalize_source (GSource *source)
{
  g_object_unref (((InboxSource *) source)->nat);
}

static GSource *
create_source (GDatagramBased *based,
               GIOCondition    condition,
               GCancellable   *cancellable)
{
  static GSourceFuncs functions = {
    .prepare = prepare_source,
    .check = is_ready,
    .dispatch = dispatch_source,
    .finalize = finalize_source,
  };
  GSource *source = g_source_new (&functions, sizeof (InboxSource));

  ((InboxSource *) source)->nat = g_object_ref (SIDETONE_TEST_NAT (based));
  return source;
}

static GIOCondition
condition_check (GDatagramBased *based,
                 GIOCondition    condition)
{
  SidetoneTestNat *self = SIDETONE_TEST_NAT (based);

  return condition & (G_IO_OUT | (g_queue_is_empty (&self->inbox) ? 0 : G_IO_IN));
}

static void
sidetone_test_nat_iface_init (GDatagramBasedInterface *iface)
{
  iface->receive_messages = receive_messages;
  iface->send_messages = send_messages;
  iface->create_source = create_source;
  iface->condition_check = condition_check;
}

static void
sidetone_test_nat_finalize (GObject *object)
{
  SidetoneTestNat *self = SIDETONE_TEST_NAT (object);

  g_ptr_array_unref (self->mappings);
  g_queue_clear_full (&self->inbox, packet_free);
  g_object_unref (self->local);

  G_OBJECT_CLASS (sidetone_test_nat_parent_class)->finalize (object);
}

static void
sidetone_test_nat_class_init (SidetoneTestNatClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = sidetone_test_nat_finalize;
}

static void
sidetone_test_nat_init (SidetoneTestNat *self)
{
  g_queue_init (&self->inbox);
  self->mappings = g_ptr_array_new_with_free_func (mapping_free);
}

SidetoneTestNat *
sidetone_test_nat_new (const SidetoneTestNatScript *script)
{
  SidetoneTestNat *self = g_object_new (SIDETONE_TYPE_TEST_NAT, NULL);
  g_autoptr (GSocketAddress) address = NULL;
  Mapping *mapping = add_mapping (self);

  self->script = *script;
  address = g_socket_get_local_address (mapping->socket, NULL);
  self->local = script->is_firewall ? exchange_network (address, LOOPBACK, OUTSIDE)
                : g_inet_socket_address_new_from_string (INSIDE, 5000);
  return self;
}

/* The socket's local address */
GSocketAddress *
sidetone_test_nat_get_local (SidetoneTestNat *self)
{
  return self->local;
}
