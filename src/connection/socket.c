/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-connection"

#include "config.h"

#include "socket.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
/* Not netinet/tcp.h: glibc's tcp_info ends before the byte counts. */
#include <linux/tcp.h>

/* The kernel's view of the TCP connection: both endpoints, its error, round trip and bytes
 * (TCP_INFO). */

#define PEEK_BYTES 80

/* tcpi_state's; linux/tcp.h lacks the name */
#define STATE_ESTABLISHED 1

static SidetoneEndpoint *
endpoint_from_native (struct sockaddr_storage *native,
                      socklen_t                length)
{
  g_autoptr (GSocketAddress) address = g_socket_address_new_from_native (native, length);

  if (address == NULL)
    return NULL;
  return sidetone_endpoint_new_from_socket_address (address, SIDETONE_TRANSPORT_TCP);
}

static gboolean
get_tcp_info (int              fd,
              struct tcp_info *info)
{
  socklen_t length = sizeof *info;

  memset (info, 0, sizeof *info);
  return getsockopt (fd, IPPROTO_TCP, TCP_INFO, info, &length) == 0;
}

/**
 * sidetone_socket_is_connected:
 * @fd: a TCP socket
 *
 * Returns: whether the remote end has accepted the connection
 */
gboolean
sidetone_socket_is_connected (int fd)
{
  struct sockaddr_storage address;
  socklen_t length = sizeof address;

  return getpeername (fd, (struct sockaddr *) &address, &length) == 0;
}

/**
 * sidetone_socket_get_local:
 * @fd: a connected TCP socket
 *
 * Returns: (transfer full) (nullable): the local endpoint
 */
SidetoneEndpoint *
sidetone_socket_get_local (int fd)
{
  struct sockaddr_storage address;
  socklen_t length = sizeof address;

  if (getsockname (fd, (struct sockaddr *) &address, &length) != 0)
    return NULL;
  return endpoint_from_native (&address, length);
}

/**
 * sidetone_socket_get_peer:
 * @fd: a connected TCP socket
 *
 * Returns: (transfer full) (nullable): the remote endpoint
 */
SidetoneEndpoint *
sidetone_socket_get_peer (int fd)
{
  struct sockaddr_storage address;
  socklen_t length = sizeof address;

  if (getpeername (fd, (struct sockaddr *) &address, &length) != 0)
    return NULL;
  return endpoint_from_native (&address, length);
}

/**
 * sidetone_socket_get_rtt_us:
 * @fd: a connected TCP socket
 *
 * Returns: the kernel's estimate of the round-trip time in microseconds, 0 if it has none
 */
gint64
sidetone_socket_get_rtt_us (int fd)
{
  struct tcp_info info;

  return get_tcp_info (fd, &info) ? info.tcpi_rtt : 0;
}

/**
 * sidetone_socket_get_bytes_received:
 * @fd: a TCP socket
 *
 * Returns: how many bytes the kernel has received on it, read or not
 */
guint64
sidetone_socket_get_bytes_received (int fd)
{
  struct tcp_info info;

  if (!get_tcp_info (fd, &info) || info.tcpi_bytes_received == 0)
    return 0;

  /* The kernel counts the FIN as a byte. */
  return info.tcpi_bytes_received - (info.tcpi_state != STATE_ESTABLISHED ? 1 : 0);
}

/**
 * sidetone_socket_get_bytes_unread:
 * @fd: a connected TCP socket
 *
 * Returns: how many received bytes nobody has read yet
 */
guint64
sidetone_socket_get_bytes_unread (int fd)
{
  int n = 0;

  return ioctl (fd, FIONREAD, &n) == 0 ? (guint64) n : 0;
}

/**
 * sidetone_socket_take_error:
 * @fd: a socket
 *
 * Returns: the pending errno, which this clears, 0 if there is none
 */
int
sidetone_socket_take_error (int fd)
{
  int code = 0;
  socklen_t length = sizeof code;

  return getsockopt (fd, SOL_SOCKET, SO_ERROR, &code, &length) == 0 ? code : errno;
}

/**
 * sidetone_socket_acknowledge:
 * @fd: a connected TCP socket
 *
 * Acknowledges received data at once, unless an answer of ours already has. By default the kernel
 * waits 40 ms for such an answer, and a server with Nagle's algorithm (RFC 896), such as Prosody,
 * waits as well: it sends its TLS ticket, and its stream features only after our acknowledgement of
 * that.
 */
void
sidetone_socket_acknowledge (int fd)
{
  const int on = 1;

  /* The kernel resets this with the next data that we send. */
  setsockopt (fd, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
}

/**
 * sidetone_socket_peek:
 * @fd: a connected TCP socket
 *
 * Looks at received data without consuming it.
 *
 * Returns: (transfer full) (nullable): the first bytes, up to a NUL; %NULL if nothing was received
 */
char *
sidetone_socket_peek (int fd)
{
  char bytes[PEEK_BYTES];
  gssize length = recv (fd, bytes, sizeof bytes, MSG_PEEK | MSG_DONTWAIT);

  return length > 0 ? g_strndup (bytes, length) : NULL;
}

/**
 * sidetone_socket_error_from_errno:
 * @code: connect ()'s error
 *
 * Returns: our error
 */
SidetoneError
sidetone_socket_error_from_errno (int code)
{
  switch (code)
    {
    case ECONNREFUSED:
      return SIDETONE_ERROR_CONNECTION_REFUSED;
    case ETIMEDOUT:
      return SIDETONE_ERROR_TCP_NO_ANSWER;
    case ECONNRESET:
      return SIDETONE_ERROR_CLOSED_UNHEARD;
    case EMFILE:
    case ENFILE:
    case ENOBUFS:
    case ENOMEM:
      return SIDETONE_ERROR_UNKNOWN;
    default:
      /* ENETUNREACH, EHOSTUNREACH, EADDRNOTAVAIL, EAFNOSUPPORT; EACCES and EPERM come from a
       * firewall on this computer. */
      return SIDETONE_ERROR_UNREACHABLE;
    }
}
