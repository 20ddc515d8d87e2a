/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "probes/local-probe.h"

#include "base/error.h"
#include "seen/interface.h"

#include <errno.h>
#include <ifaddrs.h>
#include <linux/ethtool.h>
#include <linux/if_arp.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/**
 * SidetoneLocalProbe:
 *
 * This computer's addresses, the kind of interface of each, and the address of the default route.
 * Asks only the kernel; sends no packet.
 */
struct _SidetoneLocalProbe
{
  SidetoneProbe parent_instance;
};

G_DEFINE_FINAL_TYPE (SidetoneLocalProbe, sidetone_local_probe, SIDETONE_TYPE_PROBE)

/* The driver's name: the only thing that tells a TAP interface from a cable. */
static gboolean
get_driver (int         socket_fd,
            const char *interface,
            char       *driver,
            gsize       size)
{
  struct ethtool_drvinfo info = { .cmd = ETHTOOL_GDRVINFO };
  struct ifreq request = { 0 };

  g_strlcpy (request.ifr_name, interface, sizeof (request.ifr_name));
  request.ifr_data = (char *) &info;
  if (socket_fd < 0 || ioctl (socket_fd, SIOCETHTOOL, &request) != 0)
    return FALSE;

  g_strlcpy (driver, info.driver, size);

  return TRUE;
}

/* Not getifaddrs (), which leaves out interfaces without a hardware address: tunnels */
static int
get_hardware_type (int         socket_fd,
                   const char *interface)
{
  struct ifreq request = { 0 };

  g_strlcpy (request.ifr_name, interface, sizeof (request.ifr_name));
  if (socket_fd < 0 || ioctl (socket_fd, SIOCGIFHWADDR, &request) != 0)
    return -1;

  return request.ifr_hwaddr.sa_family;
}

static SidetoneInterfaceType
find_interface_type (int         socket_fd,
                     const char *interface)
{
  g_autofree char *wireless = g_strdup_printf ("/sys/class/net/%s/phy80211", interface);
  char driver[ETHTOOL_BUSINFO_LEN] = "";

  switch (get_hardware_type (socket_fd, interface))
    {
    case ARPHRD_LOOPBACK:
      return SIDETONE_INTERFACE_LOOPBACK;

    case ARPHRD_NONE:    /* TUN, WireGuard */
    case ARPHRD_PPP:
    case ARPHRD_TUNNEL:
    case ARPHRD_TUNNEL6:
    case ARPHRD_SIT:
    case ARPHRD_IPGRE:
    case ARPHRD_IP6GRE:
      return SIDETONE_INTERFACE_TUNNEL;

    case ARPHRD_ETHER:
      break;

    default:
      return SIDETONE_INTERFACE_OTHER;
    }

  if (get_driver (socket_fd, interface, driver, sizeof (driver)))
    {
      if (g_str_equal (driver, "tun"))
        return SIDETONE_INTERFACE_TUNNEL;
      if (g_str_equal (driver, "bridge") || g_str_equal (driver, "openvswitch"))
        return SIDETONE_INTERFACE_BRIDGE;
    }

  return g_file_test (wireless, G_FILE_TEST_EXISTS) ? SIDETONE_INTERFACE_WIRELESS
         : SIDETONE_INTERFACE_WIRED;
}

/* Which local address leads to the internet? Connecting a UDP socket only asks the kernel's
 * routing, policy rules included, and sends nothing. The targets are documentation addresses, which
 * only the default route leads to. */
static GInetAddress *
find_default_address (GSocketFamily family)
{
  const char *target = family == G_SOCKET_FAMILY_IPV6 ? "3fff:fff::1" : "192.0.2.1";
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GSocketAddress) far = g_inet_socket_address_new_from_string (target, 9);
  g_autoptr (GSocketAddress) own = NULL;

  socket = g_socket_new (family, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
  if (socket == NULL || !g_socket_connect (socket, far, NULL, NULL))
    return NULL;

  own = g_socket_get_local_address (socket, NULL);
  if (own == NULL)
    return NULL;

  return g_object_ref (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (own)));
}

static SidetoneEndpoint *
read_address (const struct sockaddr *address)
{
  g_autoptr (GSocketAddress) native = NULL;

  if (address == NULL)
    return NULL;

  if (address->sa_family == AF_INET)
    native = g_socket_address_new_from_native ((gpointer) address, sizeof (struct sockaddr_in));
  else if (address->sa_family == AF_INET6)
    native = g_socket_address_new_from_native ((gpointer) address, sizeof (struct sockaddr_in6));
  if (native == NULL)
    return NULL;

  return sidetone_endpoint_new_from_socket_address (native, SIDETONE_TRANSPORT_UNKNOWN);
}

static void
observe_interface (SidetoneContext             *context,
                   const char                  *id,
                   const SidetoneInterfaceSeen *seen,
                   SidetoneEndpoint            *endpoint,
                   gint64                       start)
{
  sidetone_context_observe (context, &(SidetoneObservationFields) {
    .id = id,
    .kind = SIDETONE_OBSERVATION_INTERFACE,
    .vantage = SIDETONE_VANTAGE_COMPUTER,
    .state = SIDETONE_STATE_PASSED,
    .local = endpoint,
    .start_us = start,
    .duration_us = sidetone_context_get_time (context) - start,
    .what = seen,
  });
}

static void
observe_failure (SidetoneContext *context,
                 int              saved_errno,
                 gint64           start)
{
  g_autoptr (GError) error = NULL;

  error = g_error_new (SIDETONE_ERROR, SIDETONE_ERROR_UNKNOWN, "getifaddrs: %s",
                       g_strerror (saved_errno));
  sidetone_context_observe (context, &(SidetoneObservationFields) {
    .id = "interface-1",
    .kind = SIDETONE_OBSERVATION_INTERFACE,
    .vantage = SIDETONE_VANTAGE_COMPUTER,
    .state = SIDETONE_STATE_FAILED,
    .error = error,
    .start_us = start,
    .duration_us = sidetone_context_get_time (context) - start,
  });
}

static void
sidetone_local_probe_run_async (SidetoneProbe      *probe,
                                SidetoneContext    *context,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (probe, cancellable, callback, user_data);
  g_autoptr (GInetAddress) default_ipv4 = find_default_address (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GInetAddress) default_ipv6 = find_default_address (G_SOCKET_FAMILY_IPV6);
  gint64 start = sidetone_context_get_time (context);
  struct ifaddrs *list = NULL;
  int socket_fd;
  guint n = 0;

  g_task_set_source_tag (task, sidetone_local_probe_run_async);

  if (getifaddrs (&list) != 0)
    {
      observe_failure (context, errno, start);
      g_task_return_boolean (task, TRUE);
      return;
    }

  socket_fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  for (struct ifaddrs *i = list; i != NULL; i = i->ifa_next)
    {
      g_autoptr (SidetoneEndpoint) endpoint = read_address (i->ifa_addr);
      g_autofree char *id = NULL;
      SidetoneInterfaceSeen seen = { .interface = i->ifa_name };
      GInetAddress *address;
      gboolean is_default;

      if (endpoint == NULL || (i->ifa_flags & IFF_UP) == 0)
        continue;

      address = sidetone_endpoint_get_address (endpoint);
      is_default = (default_ipv4 != NULL && g_inet_address_equal (address, default_ipv4)) ||
                   (default_ipv6 != NULL && g_inet_address_equal (address, default_ipv6));
      id = g_strdup_printf ("interface-%u", ++n);
      seen.type = find_interface_type (socket_fd, i->ifa_name);
      seen.default_route = sidetone_truth_of (is_default);
      observe_interface (context, id, &seen, endpoint, start);
    }
  if (socket_fd >= 0)
    close (socket_fd);
  freeifaddrs (list);

  g_task_return_boolean (task, TRUE);
}

static void
sidetone_local_probe_class_init (SidetoneLocalProbeClass *klass)
{
  SIDETONE_PROBE_CLASS (klass)->needs = SIDETONE_NEEDS_NOTHING;
  SIDETONE_PROBE_CLASS (klass)->run_async = sidetone_local_probe_run_async;
}

static void
sidetone_local_probe_init (SidetoneLocalProbe *self)
{
}

/**
 * sidetone_local_probe_new:
 *
 * Returns: (transfer full): a probe that observes this computer's own addresses
 */
SidetoneProbe *
sidetone_local_probe_new (void)
{
  return g_object_new (SIDETONE_TYPE_LOCAL_PROBE, NULL);
}
