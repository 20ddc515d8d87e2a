/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "wire/server-ip.h"

#include "base/error.h"
#include "wire/stanza.h"

/* The server's answer to the question which address it sees (XEP-0279). */

/* One address is usual; a server behind several proxies may list a few. A longer list is
 * refused. */
#define MAX_ADDRESSES 16

static void
set_bad_answer (GError    **error,
                const char *what,
                const char *text)
{
  g_set_error (error, SIDETONE_ERROR, SIDETONE_ERROR_BAD_ANSWER, "%s: “%.100s”", what, text);
}

static gboolean
is_payload (const SidetoneElement *element)
{
  const char *name = sidetone_element_get_name (element);
  const char *xmlns = sidetone_element_get_namespace (element);

  if (g_str_equal (name, "address"))
    return g_strcmp0 (xmlns, SIDETONE_SERVER_IP_NS) == 0 ||
           g_strcmp0 (xmlns, SIDETONE_SERVER_IP_NS_0) == 0;

  /* Version 0 of the protocol had the address as text, and no port. */
  return g_str_equal (name, "ip") && g_strcmp0 (xmlns, SIDETONE_SERVER_IP_NS_0) == 0;
}

/* An IQ has one payload (RFC 6120 section 8.2.3); two would be ambiguous. */
static const SidetoneElement *
find_payload (const SidetoneElement *iq,
              GError               **error)
{
  const SidetoneElement *payload = NULL;

  for (guint i = 0; i < sidetone_element_get_n_children (iq); i++)
    {
      const SidetoneElement *child = sidetone_element_get_child (iq, i);

      if (!is_payload (child))
        continue;

      if (payload != NULL)
        {
          g_set_error_literal (error, SIDETONE_ERROR, SIDETONE_ERROR_BAD_ANSWER,
                               "the answer holds several <address/>");
          return NULL;
        }

      payload = child;
    }

  if (payload == NULL)
    g_set_error_literal (error, SIDETONE_ERROR, SIDETONE_ERROR_BAD_ANSWER,
                         "the answer holds no <address xmlns='" SIDETONE_SERVER_IP_NS "'/>");

  return payload;
}

/* Servers that print their XML in several lines put white space round the text. */
static char *
dup_trimmed_text (const SidetoneElement *element)
{
  return g_strstrip (g_strdup (sidetone_element_get_text (element)));
}

static SidetoneEndpoint *
read_ip (const SidetoneElement *ip,
         guint16                port,
         GError               **error)
{
  g_autofree char *text = dup_trimmed_text (ip);
  SidetoneEndpoint *endpoint;

  endpoint = sidetone_endpoint_new_from_string (text, port, SIDETONE_TRANSPORT_TCP, NULL);
  if (endpoint == NULL)
    set_bad_answer (error, "the answer holds what is no IP address", text);

  return endpoint;
}

static gboolean
read_port (const SidetoneElement *element,
           guint16               *port,
           GError               **error)
{
  g_autofree char *text = dup_trimmed_text (element);
  guint64 number;

  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT16, &number, NULL))
    {
      set_bad_answer (error, "the answer holds what is no port", text);
      return FALSE;
    }

  *port = number;

  return TRUE;
}

static GPtrArray *
collect_children (const SidetoneElement *address,
                  const char            *name)
{
  GPtrArray *children = g_ptr_array_new ();

  for (guint i = 0; i < sidetone_element_get_n_children (address); i++)
    {
      SidetoneElement *child = sidetone_element_get_child (address, i);

      if (g_str_equal (sidetone_element_get_name (child), name) &&
          g_strcmp0 (sidetone_element_get_namespace (child),
                     sidetone_element_get_namespace (address)) == 0)
        g_ptr_array_add (children, child);
    }

  return children;
}

static gboolean
read_address (const SidetoneElement *address,
              GPtrArray             *endpoints,
              GError               **error)
{
  g_autoptr (GPtrArray) ips = collect_children (address, "ip");
  g_autoptr (GPtrArray) ports = collect_children (address, "port");

  if (ips->len == 0 || ips->len > MAX_ADDRESSES || (ports->len != 0 && ports->len != ips->len))
    {
      g_set_error (error, SIDETONE_ERROR, SIDETONE_ERROR_BAD_ANSWER,
                   "the answer holds %u <ip/> and %u <port/>", ips->len, ports->len);
      return FALSE;
    }

  for (guint i = 0; i < ips->len; i++)
    {
      SidetoneEndpoint *endpoint;
      guint16 port = 0;

      if (ports->len != 0 && !read_port (g_ptr_array_index (ports, i), &port, error))
        return FALSE;

      endpoint = read_ip (g_ptr_array_index (ips, i), port, error);
      if (endpoint == NULL)
        return FALSE;

      g_ptr_array_add (endpoints, endpoint);
    }

  return TRUE;
}

/**
 * sidetone_server_ip_read:
 * @iq: the answer to %SIDETONE_SERVER_IP_QUERY or %SIDETONE_SERVER_IP_QUERY_0
 * @error: return location for an error
 *
 * Reads the addresses and ports that a server sees (XEP-0279), in one of these forms:
 *
 * - `<address xmlns='urn:xmpp:sic:1'>` with `<ip/>` and, if the server knows it, `<port/>`, in any
 *   order; with several of each, the first port belongs to the first address and so on;
 * - the same in the namespace of version 0, which an old module of Prosody wrote;
 * - `<ip xmlns='urn:xmpp:sic:0'>` with the address as text.
 *
 * `::ffff:192.0.2.1`, which MongooseIM writes, becomes 192.0.2.1. White space around addresses and
 * ports is skipped. Other elements are ignored.
 *
 * Fails with %SIDETONE_ERROR_BAD_ANSWER if @iq does not have one of these forms: no address, two
 * answers in one, ports for only some of the addresses, an invalid address, a port that is not 1 to
 * 65535, another namespace. Fails as sidetone_stanza_check_result() does if @iq is an error.
 *
 * Returns: (transfer full) (element-type SidetoneEndpoint): at least one endpoint, in the server's
 *   order, with port 0 where the server does not say; or %NULL with @error set. The array frees its
 *   endpoints.
 */
GPtrArray *
sidetone_server_ip_read (const SidetoneElement *iq,
                         GError               **error)
{
  g_autoptr (GPtrArray) endpoints = NULL;
  const SidetoneElement *payload;

  g_return_val_if_fail (iq != NULL, NULL);

  if (!sidetone_stanza_check_result (iq, error))
    return NULL;

  payload = find_payload (iq, error);
  if (payload == NULL)
    return NULL;

  endpoints = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_endpoint_unref);

  if (g_str_equal (sidetone_element_get_name (payload), "ip"))
    {
      SidetoneEndpoint *endpoint = read_ip (payload, 0, error);

      if (endpoint == NULL)
        return NULL;

      g_ptr_array_add (endpoints, endpoint);
    }
  else if (!read_address (payload, endpoints, error))
    {
      return NULL;
    }

  return g_steal_pointer (&endpoints);
}
