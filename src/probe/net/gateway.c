/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "net/gateway.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* The kernel aligns its messages to four bytes, and the macros that walk them cast. */
#pragma GCC diagnostic ignored "-Wcast-align"

/* The next hop on the way to a destination (the default gateway), by the kernel's routing table
 * (rtnetlink, RTM_GETROUTE: what `ip route get` prints). */

typedef struct
{
  struct nlmsghdr header;
  struct rtmsg route;
  guint8 attributes[RTA_SPACE (16)];
} Question;

/* The kernel answers before send() returns. */
static gssize
ask (const Question *question,
     guint32        *answer,
     gsize           size)
{
  const struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
  gssize length = -1;
  int fd = socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);

  if (fd < 0)
    return -1;

  if (sendto (fd, question, question->header.nlmsg_len, 0, (const struct sockaddr *) &kernel,
              sizeof kernel) >= 0)
    length = recv (fd, answer, size, 0);
  close (fd);

  return length;
}

static GInetSocketAddress *
read_route (const struct nlmsghdr *message,
            GSocketFamily          family,
            char                 **interface)
{
  const struct rtmsg *route = NLMSG_DATA (message);
  const struct rtattr *attribute = RTM_RTA (route);
  int left = RTM_PAYLOAD (message);
  g_autoptr (GInetAddress) gateway = NULL;
  char name[IF_NAMESIZE] = "";
  guint32 index = 0;

  for (; RTA_OK (attribute, left); attribute = RTA_NEXT (attribute, left))
    {
      if (attribute->rta_type == RTA_GATEWAY && gateway == NULL &&
          RTA_PAYLOAD (attribute) == (family == G_SOCKET_FAMILY_IPV6 ? 16 : 4))
        gateway = g_inet_address_new_from_bytes (RTA_DATA (attribute), family);
      else if (attribute->rta_type == RTA_OIF && RTA_PAYLOAD (attribute) == sizeof index)
        memcpy (&index, RTA_DATA (attribute), sizeof index);
    }

  if (gateway == NULL || if_indextoname (index, name) == NULL)
    return NULL;

  *interface = g_strdup (name);
  return g_object_new (G_TYPE_INET_SOCKET_ADDRESS,
                       "address", gateway,
                       "scope-id", g_inet_address_get_is_link_local (gateway) ? index : 0,
                       NULL);
}

/**
 * sidetone_gateway_find:
 * @towards: a destination
 * @interface: (out) (transfer full) (nullable): the name of the interface that leads there
 *
 * Asks the kernel's routing table; sends nothing.
 *
 * Returns: (transfer full) (nullable): the router that packets to @towards go to first, with its
 *   zone if its address is link-local, and port 0; %NULL if there is none, as through a tunnel, or
 *   if the system does not tell
 */
GInetSocketAddress *
sidetone_gateway_find (GInetAddress *towards,
                       char        **interface)
{
  GSocketFamily family = g_inet_address_get_family (towards);
  gsize size = g_inet_address_get_native_size (towards);
  guint32 answer[1024];
  Question question = {
    .header = { .nlmsg_type = RTM_GETROUTE, .nlmsg_flags = NLM_F_REQUEST },
    .route = { .rtm_family = family, .rtm_dst_len = 8 * size },
  };
  struct rtattr *destination = (struct rtattr *) question.attributes;
  gssize length;

  destination->rta_type = RTA_DST;
  destination->rta_len = RTA_LENGTH (size);
  memcpy (RTA_DATA (destination), g_inet_address_to_bytes (towards), size);
  question.header.nlmsg_len = NLMSG_LENGTH (sizeof question.route) + RTA_SPACE (size);

  *interface = NULL;
  length = ask (&question, answer, sizeof answer);
  if (length < 0 || !NLMSG_OK ((struct nlmsghdr *) answer, (gsize) length) ||
      ((struct nlmsghdr *) answer)->nlmsg_type != RTM_NEWROUTE)
    return NULL;

  return read_route ((struct nlmsghdr *) answer, family, interface);
}
