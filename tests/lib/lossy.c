/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-test"

#include "config.h"

#include "lib/lossy.h"

/**
 * SidetoneTestLossy:
 *
 * A UDP socket on the loopback interface that loses the packets that a test names by number, from 1
 * in each direction.
 */
struct _SidetoneTestLossy
{
  GObject parent_instance;

  GDatagramBased *socket;
  GHashTable *lost_sent;
  GHashTable *lost_received;
  guint n_sent;
  guint n_received;
};

static void sidetone_test_lossy_iface_init (GDatagramBasedInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (
  SidetoneTestLossy, sidetone_test_lossy, G_TYPE_OBJECT,
  G_IMPLEMENT_INTERFACE (G_TYPE_DATAGRAM_BASED, sidetone_test_lossy_iface_init))

static gint
receive_messages (GDatagramBased *based,
                  GInputMessage  *messages,
                  guint           n_messages,
                  gint            flags,
                  gint64          timeout,
                  GCancellable   *cancellable,
                  GError        **error)
{
  SidetoneTestLossy *self = SIDETONE_TEST_LOSSY (based);
  gint received;

  for (;;)
    {
      received = g_datagram_based_receive_messages (self->socket, messages, 1, flags, timeout,
                                                    cancellable, error);
      if (received != 1)
        return received;
      self->n_received++;
      if (!g_hash_table_contains (self->lost_received, GUINT_TO_POINTER (self->n_received)))
        return received;
      if (messages[0].address != NULL)
        g_clear_object (messages[0].address);
    }
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
  SidetoneTestLossy *self = SIDETONE_TEST_LOSSY (based);

  self->n_sent++;
  if (g_hash_table_contains (self->lost_sent, GUINT_TO_POINTER (self->n_sent)))
    return 1;
  return g_datagram_based_send_messages (self->socket, messages, 1, flags, timeout, cancellable,
                                         error);
}

static GSource *
create_source (GDatagramBased *based,
               GIOCondition    condition,
               GCancellable   *cancellable)
{
  return g_datagram_based_create_source (SIDETONE_TEST_LOSSY (based)->socket, condition,
                                         cancellable);
}

static GIOCondition
condition_check (GDatagramBased *based,
                 GIOCondition    condition)
{
  return g_datagram_based_condition_check (SIDETONE_TEST_LOSSY (based)->socket, condition);
}

static void
sidetone_test_lossy_iface_init (GDatagramBasedInterface *iface)
{
  iface->receive_messages = receive_messages;
  iface->send_messages = send_messages;
  iface->create_source = create_source;
  iface->condition_check = condition_check;
}

static void
sidetone_test_lossy_finalize (GObject *object)
{
  SidetoneTestLossy *self = SIDETONE_TEST_LOSSY (object);

  g_object_unref (self->socket);
  g_hash_table_unref (self->lost_sent);
  g_hash_table_unref (self->lost_received);

  G_OBJECT_CLASS (sidetone_test_lossy_parent_class)->finalize (object);
}

static void
sidetone_test_lossy_class_init (SidetoneTestLossyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sidetone_test_lossy_finalize;
}

static void
sidetone_test_lossy_init (SidetoneTestLossy *self)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GError) error = NULL;
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM,
                                  G_SOCKET_PROTOCOL_UDP, &error);

  g_assert_no_error (error);
  g_socket_bind (socket, address, FALSE, &error);
  g_assert_no_error (error);
  self->socket = G_DATAGRAM_BASED (socket);
  self->lost_sent = g_hash_table_new (NULL, NULL);
  self->lost_received = g_hash_table_new (NULL, NULL);
}

SidetoneTestLossy *
sidetone_test_lossy_new (void)
{
  return g_object_new (SIDETONE_TYPE_TEST_LOSSY, NULL);
}

void
sidetone_test_lossy_lose_sent (SidetoneTestLossy *self,
                               guint              number)
{
  g_hash_table_add (self->lost_sent, GUINT_TO_POINTER (number));
}

void
sidetone_test_lossy_lose_received (SidetoneTestLossy *self,
                                   guint              number)
{
  g_hash_table_add (self->lost_received, GUINT_TO_POINTER (number));
}

guint
sidetone_test_lossy_get_n_sent (SidetoneTestLossy *self)
{
  return self->n_sent;
}
