/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "net/error-queue.h"

#include <linux/errqueue.h>
#include <linux/icmpv6.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <sys/socket.h>

/* ICMP errors (RFC 792, RFC 4443) for a socket's packets. Linux keeps them in the error queue of the
 * socket that sent the packet (ip(7), IP_RECVERR; ipv6(7), IPV6_RECVERR). It compares the part of the
 * packet that the error has in it with its own sockets, so a stranger can't easily make them up. */

typedef union
{
  struct sockaddr_in ipv4;
  struct sockaddr_in6 ipv6;
  struct sockaddr any;
} Address;

/**
 * sidetone_icmp_clear:
 * @self: an ICMP error
 */
void
sidetone_icmp_clear (SidetoneIcmp *self)
{
  g_clear_object (&self->from);
  g_clear_pointer (&self->to, sidetone_endpoint_unref);
}

/**
 * sidetone_error_queue_open:
 * @socket: a UDP or TCP socket
 *
 * From now on, ICMP errors are kept for sidetone_error_queue_read(), and the socket has the condition
 * %G_IO_ERR as long as there are any. The next other call for the socket may fail, too.
 *
 * Returns: whether the system can do that
 */
gboolean
sidetone_error_queue_open (GSocket *socket)
{
  if (g_socket_get_family (socket) == G_SOCKET_FAMILY_IPV6)
    return g_socket_set_option (socket, IPPROTO_IPV6, IPV6_RECVERR, TRUE, NULL);
  return g_socket_set_option (socket, IPPROTO_IP, IP_RECVERR, TRUE, NULL);
}

static SidetoneIcmpKind
read_kind (const struct sock_extended_err *told)
{
  if (told->ee_origin == SO_EE_ORIGIN_ICMP)
    {
      if (told->ee_type == ICMP_TIME_EXCEEDED && told->ee_code == ICMP_EXC_TTL)
        return SIDETONE_ICMP_EXPIRED;
      if (told->ee_type == ICMP_DEST_UNREACH && told->ee_code != ICMP_FRAG_NEEDED)
        return SIDETONE_ICMP_UNREACHABLE;
    }
  if (told->ee_origin == SO_EE_ORIGIN_ICMP6)
    {
      if (told->ee_type == ICMPV6_TIME_EXCEED && told->ee_code == ICMPV6_EXC_HOPLIMIT)
        return SIDETONE_ICMP_EXPIRED;
      if (told->ee_type == ICMPV6_DEST_UNREACH)
        return SIDETONE_ICMP_UNREACHABLE;
    }

  return SIDETONE_ICMP_OTHER;
}

static GInetAddress *
make_address (const Address *address)
{
  if (address->any.sa_family == AF_INET)
    return g_inet_address_new_from_bytes ((const guint8 *) &address->ipv4.sin_addr,
                                          G_SOCKET_FAMILY_IPV4);
  if (address->any.sa_family == AF_INET6)
    return g_inet_address_new_from_bytes ((const guint8 *) &address->ipv6.sin6_addr,
                                          G_SOCKET_FAMILY_IPV6);
  return NULL;
}

static void
read_parts (SidetoneIcmp  *icmp,
            struct msghdr *message)
{
  for (struct cmsghdr *part = CMSG_FIRSTHDR (message); part != NULL;
       part = CMSG_NXTHDR (message, part))
    {
      gboolean is_ipv4 = part->cmsg_level == IPPROTO_IP && part->cmsg_type == IP_RECVERR;
      gboolean is_ipv6 = part->cmsg_level == IPPROTO_IPV6 && part->cmsg_type == IPV6_RECVERR;
      struct sock_extended_err *told = (gpointer) CMSG_DATA (part);
      gsize size = is_ipv4 ? sizeof (struct sockaddr_in) : sizeof (struct sockaddr_in6);

      if ((!is_ipv4 && !is_ipv6) || part->cmsg_len < CMSG_LEN (sizeof *told + size))
        continue;

      icmp->kind = read_kind (told);
      if (icmp->kind != SIDETONE_ICMP_OTHER && icmp->from == NULL)
        icmp->from = make_address ((gpointer) SO_EE_OFFENDER (told));
    }
}

/**
 * sidetone_error_queue_read:
 * @socket: a socket whose errors are kept
 * @transport: its transport, for the destination
 * @icmp: (out caller-allocates): the next error, for sidetone_icmp_clear()
 *
 * Returns: whether there was one
 */
gboolean
sidetone_error_queue_read (GSocket          *socket,
                           SidetoneTransport transport,
                           SidetoneIcmp     *icmp)
{
  union
  {
    struct cmsghdr header;
    guint8 bytes[512];
  } control;
  Address to = { .any.sa_family = AF_UNSPEC };
  struct msghdr message = {
    .msg_name = &to, .msg_namelen = sizeof to,
    .msg_control = &control, .msg_controllen = sizeof control,
  };
  g_autoptr (GSocketAddress) address = NULL;

  *icmp = (SidetoneIcmp) { .kind = SIDETONE_ICMP_OTHER };
  if (recvmsg (g_socket_get_fd (socket), &message, MSG_ERRQUEUE | MSG_DONTWAIT) < 0)
    return FALSE;

  read_parts (icmp, &message);
  address = g_socket_address_new_from_native (&to, message.msg_namelen);
  if (address != NULL && G_IS_INET_SOCKET_ADDRESS (address))
    icmp->to = sidetone_endpoint_new_from_socket_address (address, transport);

  return TRUE;
}
