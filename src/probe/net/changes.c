/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "net/changes.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* The kernel aligns its messages to four bytes, and the macros that walk them cast. */
#pragma GCC diagnostic ignored "-Wcast-align"

/* What happens to this computer's network during a check: an interface or an address that goes away
 * (rtnetlink, which tells also what came back meanwhile), and sleep (suspend). */

struct _SidetoneChanges
{
  int fd;                  /* -1 where the kernel tells nothing */
  gint64 asleep_ms;        /* how long the computer has slept since it was started */
};

/* The one clock stands still in a sleep, the other one does not. */
static gint64
read_asleep_ms (void)
{
  struct timespec with_sleep;
  struct timespec without_sleep;

  if (clock_gettime (CLOCK_BOOTTIME, &with_sleep) != 0 ||
      clock_gettime (CLOCK_MONOTONIC, &without_sleep) != 0)
    return 0;

  return (with_sleep.tv_sec - without_sleep.tv_sec) * (gint64) 1000 +
         (with_sleep.tv_nsec - without_sleep.tv_nsec) / 1000000;
}

static gboolean
is_lost_link (const struct nlmsghdr *message)
{
  const struct ifinfomsg *link = NLMSG_DATA (message);

  return message->nlmsg_type == RTM_DELLINK || (link->ifi_flags & IFF_UP) == 0 ||
         (link->ifi_flags & IFF_RUNNING) == 0;
}

/* The index of the interface that a message takes something from; 0 if it does not */
static int
find_lost (const struct nlmsghdr *message)
{
  switch (message->nlmsg_type)
    {
    case RTM_DELADDR:
      {
        const struct ifaddrmsg *address = NLMSG_DATA (message);

        return address->ifa_scope < RT_SCOPE_LINK ? (int) address->ifa_index : 0;
      }

    case RTM_NEWLINK:
    case RTM_DELLINK:
      return is_lost_link (message) ? ((const struct ifinfomsg *) NLMSG_DATA (message))->ifi_index
             : 0;

    default:
      return 0;
    }
}

/* An interface that was taken away has no name any more, except in the message about it. */
static char *
dup_name (const struct nlmsghdr *message,
          int                    index)
{
  char name[IF_NAMESIZE] = "";

  if (message->nlmsg_type == RTM_NEWLINK || message->nlmsg_type == RTM_DELLINK)
    {
      const struct rtattr *attribute = IFLA_RTA (NLMSG_DATA (message));
      int left = IFLA_PAYLOAD (message);

      for (; RTA_OK (attribute, left); attribute = RTA_NEXT (attribute, left))
        {
          if (attribute->rta_type == IFLA_IFNAME)
            return g_strndup (RTA_DATA (attribute), RTA_PAYLOAD (attribute));
        }
    }

  return if_indextoname (index, name) != NULL ? g_strdup (name) : NULL;
}

/**
 * sidetone_changes_new:
 *
 * Starts to watch. Nothing happens in the main loop: the kernel keeps its messages until they are
 * read.
 *
 * Returns: (transfer full): the changes from now on
 */
SidetoneChanges *
sidetone_changes_new (void)
{
  const struct sockaddr_nl address = {
    .nl_family = AF_NETLINK,
    .nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR,
  };
  SidetoneChanges *self = g_new0 (SidetoneChanges, 1);

  self->asleep_ms = read_asleep_ms ();
  self->fd = socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
  if (self->fd >= 0 && bind (self->fd, (const struct sockaddr *) &address, sizeof (address)) != 0)
    {
      close (self->fd);
      self->fd = -1;
    }

  return self;
}

/**
 * sidetone_changes_free:
 * @self: (transfer full): changes
 */
void
sidetone_changes_free (SidetoneChanges *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}

/**
 * sidetone_changes_dup_lost:
 * @self: changes
 * @interfaces: the names of the interfaces that matter
 *
 * Reads what the kernel has told since the last call.
 *
 * Returns: (transfer full): those of @interfaces that went down, or lost an address, perhaps none
 */
GStrv
sidetone_changes_dup_lost (SidetoneChanges   *self,
                           const char *const *interfaces)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint32 buffer[8192];
  gssize length;

  while (self->fd >= 0 && (length = recv (self->fd, buffer, sizeof (buffer), 0)) > 0)
    {
      const struct nlmsghdr *message = (const struct nlmsghdr *) buffer;
      gsize left = length;

      for (; NLMSG_OK (message, left); message = NLMSG_NEXT (message, left))
        {
          int index = find_lost (message);
          g_autofree char *name = index != 0 ? dup_name (message, index) : NULL;

          if (name == NULL || !g_strv_contains (interfaces, name) ||
              g_hash_table_contains (known, name))
            continue;

          g_strv_builder_add (builder, name);
          g_hash_table_add (known, g_steal_pointer (&name));
        }
    }

  return g_strv_builder_end (builder);
}

/**
 * sidetone_changes_get_slept_ms:
 * @self: changes
 *
 * Returns: how long the computer slept since sidetone_changes_new()
 */
gint64
sidetone_changes_get_slept_ms (const SidetoneChanges *self)
{
  return MAX (0, read_asleep_ms () - self->asleep_ms);
}
