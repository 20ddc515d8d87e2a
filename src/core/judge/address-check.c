/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/address-check.h"

#include "seen/server-ip.h"

#include <string.h>

#include "address/address-scope.h"
#include "seen/nat64-prefix.h"

/* The address check: what lies between a local and an external address (NAT, NAT64, CGNAT, a
 * proxy; XEP-0279). */

/* What the rows look at. The endpoints may be NULL, save those in seen. */
typedef struct
{
  SidetoneEndpoint *local;
  SidetoneEndpoint *peer;
  GPtrArray *seen;
  gboolean any_same;           /* of those in seen as local, and of them with a port that is known */
  gboolean any_same_with_port;
  GHashTable *own;             /* address as text -> id of the observation of an interface */
  GArray *prefixes;
  char *proof;
} Facts;

static SidetoneAddressScope
get_scope (const SidetoneEndpoint *endpoint)
{
  if (endpoint == NULL)
    return SIDETONE_ADDRESS_SCOPE_UNKNOWN;

  return sidetone_address_scope_of (sidetone_endpoint_get_address (endpoint));
}

static gboolean
is_public (const SidetoneEndpoint *endpoint)
{
  return sidetone_address_scope_is_public (get_scope (endpoint));
}

static gboolean
is_private (const SidetoneEndpoint *endpoint)
{
  return sidetone_address_scope_is_private (get_scope (endpoint));
}

static gboolean
is_shared (const SidetoneEndpoint *endpoint)
{
  return get_scope (endpoint) == SIDETONE_ADDRESS_SCOPE_SHARED;
}

static gboolean
is_ipv4 (const SidetoneEndpoint *endpoint)
{
  return endpoint != NULL && sidetone_endpoint_get_family (endpoint) == G_SOCKET_FAMILY_IPV4;
}

static gboolean
is_ipv6 (const SidetoneEndpoint *endpoint)
{
  return endpoint != NULL && sidetone_endpoint_get_family (endpoint) == G_SOCKET_FAMILY_IPV6;
}

static gboolean
is_same_address (const Facts            *facts,
                 const SidetoneEndpoint *seen)
{
  return facts->local != NULL && sidetone_endpoint_equal_address (facts->local, seen);
}

static gboolean
is_port_known (const Facts            *facts,
               const SidetoneEndpoint *seen)
{
  return sidetone_endpoint_get_port (facts->local) != 0 && sidetone_endpoint_get_port (seen) != 0;
}

static gboolean
is_same (const Facts            *facts,
         const SidetoneEndpoint *seen)
{
  return is_same_address (facts, seen) && is_port_known (facts, seen) &&
         sidetone_endpoint_equal (facts->local, seen);
}

/* The other end as the internet knows it: behind a NAT64 that is the IPv4 address inside */
static GInetAddress *
dup_peer_address (const Facts *facts)
{
  GInetAddress *address;
  GInetAddress *inside;

  if (facts->peer == NULL)
    return NULL;

  address = sidetone_endpoint_get_address (facts->peer);
  inside = sidetone_nat64_dup_ipv4 (facts->prefixes, address, NULL);

  return inside != NULL ? inside : g_object_ref (address);
}

static gboolean
is_fake (const SidetoneEndpoint *endpoint)
{
  return is_ipv4 (endpoint) && get_scope (endpoint) == SIDETONE_ADDRESS_SCOPE_BENCHMARKING;
}

static gboolean
fits_local_proxy (Facts                  *facts,
                  const SidetoneEndpoint *seen)
{
  return is_fake (facts->local) || is_fake (facts->peer);
}

static gboolean
fits_same_computer (Facts                  *facts,
                    const SidetoneEndpoint *seen)
{
  return get_scope (facts->local) == SIDETONE_ADDRESS_SCOPE_LOOPBACK &&
         get_scope (seen) == SIDETONE_ADDRESS_SCOPE_LOOPBACK;
}

/* Of several answers, one with a port says more than one without. */
static gboolean
fits_port_unknown (Facts                  *facts,
                   const SidetoneEndpoint *seen)
{
  return is_same_address (facts, seen) && !facts->any_same_with_port;
}

/* A link-local address ends at the next router: who sees it is on the same network. */
static gboolean
fits_same_network (Facts                  *facts,
                   const SidetoneEndpoint *seen)
{
  return is_same (facts, seen) &&
         (is_private (seen) || is_shared (seen) ||
          get_scope (seen) == SIDETONE_ADDRESS_SCOPE_LINK_LOCAL);
}

static gboolean
fits_no_nat (Facts                  *facts,
             const SidetoneEndpoint *seen)
{
  return is_same (facts, seen) && is_public (seen);
}

static gboolean
fits_port_translation (Facts                  *facts,
                       const SidetoneEndpoint *seen)
{
  return is_same_address (facts, seen) && is_port_known (facts, seen) && !facts->any_same;
}

/* Every computer has the loopback addresses: to see one of them is no sign of this one. */
static gboolean
fits_rewritten_locally (Facts                  *facts,
                        const SidetoneEndpoint *seen)
{
  g_autofree char *address = NULL;

  if (is_same_address (facts, seen) || get_scope (seen) == SIDETONE_ADDRESS_SCOPE_LOOPBACK)
    return FALSE;

  address = g_inet_address_to_string (sidetone_endpoint_get_address (seen));
  facts->proof = g_strdup (g_hash_table_lookup (facts->own, address));

  return facts->proof != NULL;
}

static gboolean
fits_carrier_inside (Facts                  *facts,
                     const SidetoneEndpoint *seen)
{
  return is_ipv4 (facts->local) && is_private (facts->local) && is_shared (seen);
}

/* An address that nobody has on the internet, or the server's own: what stands in front of it shows
 * itself instead of the client. That may be a router, too, that leads back into its own network
 * (RFC 4787, section 6). */
static gboolean
fits_server_behind_proxy (Facts                  *facts,
                          const SidetoneEndpoint *seen)
{
  g_autoptr (GInetAddress) peer = dup_peer_address (facts);

  if (peer == NULL)
    return FALSE;

  return g_inet_address_equal (peer, sidetone_endpoint_get_address (seen)) ||
         (sidetone_address_scope_is_special (get_scope (seen)) &&
          sidetone_address_scope_is_public (sidetone_address_scope_of (peer)));
}

static gboolean
fits_clat (Facts                  *facts,
           const SidetoneEndpoint *seen)
{
  return get_scope (facts->local) == SIDETONE_ADDRESS_SCOPE_SERVICE_CONTINUITY &&
         is_ipv4 (seen) && is_public (seen);
}

static gboolean
fits_nat64 (Facts                  *facts,
            const SidetoneEndpoint *seen)
{
  g_autoptr (GInetAddress) inside = NULL;
  const SidetoneNat64Prefix *prefix = NULL;

  if (!is_ipv6 (facts->local) || facts->peer == NULL || !is_ipv4 (seen))
    return FALSE;

  inside = sidetone_nat64_dup_ipv4 (facts->prefixes, sidetone_endpoint_get_address (facts->peer),
                                    &prefix);
  if (inside == NULL)
    return FALSE;

  facts->proof = g_strdup (prefix->observation);

  return TRUE;
}

static gboolean
fits_family_changed (Facts                  *facts,
                     const SidetoneEndpoint *seen)
{
  return facts->local != NULL && is_ipv4 (facts->local) != is_ipv4 (seen);
}

static gboolean
fits_nat (Facts                  *facts,
          const SidetoneEndpoint *seen)
{
  return is_ipv4 (facts->local) && is_private (facts->local) && is_ipv4 (seen) && is_public (seen);
}

static gboolean
fits_cgnat (Facts                  *facts,
            const SidetoneEndpoint *seen)
{
  return is_shared (facts->local) && is_ipv4 (seen) && is_public (seen);
}

static gboolean
fits_inner_nat (Facts                  *facts,
                const SidetoneEndpoint *seen)
{
  return (is_private (facts->local) || is_shared (facts->local)) &&
         (is_private (seen) || is_shared (seen)) && !is_same_address (facts, seen);
}

static gboolean
fits_nat66 (Facts                  *facts,
            const SidetoneEndpoint *seen)
{
  return is_ipv6 (facts->local) && is_private (facts->local) && is_ipv6 (seen) && is_public (seen);
}

/* What stands behind a NAT64's prefix names an IPv4 host, not an interface: it is no half to
 * compare. */
static gboolean
fits_prefix_translation (Facts                  *facts,
                         const SidetoneEndpoint *seen)
{
  GInetAddress *local_address;
  GInetAddress *seen_address;

  if (!is_ipv6 (facts->local) || !is_public (facts->local) || !is_ipv6 (seen) || !is_public (seen))
    return FALSE;

  local_address = sidetone_endpoint_get_address (facts->local);
  seen_address = sidetone_endpoint_get_address (seen);

  return sidetone_nat64_match_prefix (facts->prefixes, local_address) == NULL &&
         sidetone_nat64_match_prefix (facts->prefixes, seen_address) == NULL &&
         sidetone_address_is_prefix_swap (local_address, seen_address);
}

static gboolean
fits_translated_public (Facts                  *facts,
                        const SidetoneEndpoint *seen)
{
  return is_public (facts->local) && is_public (seen) && !is_same_address (facts, seen);
}

static gboolean
fits_inconclusive (Facts                  *facts,
                   const SidetoneEndpoint *seen)
{
  return TRUE;
}

/* The first row that fits decides: README.md has the same rows in the same order. Those before,
 * where there is no answer to compare, are judge/diagnosis.c's. */
static const struct
{
  SidetoneFindingKind kind;
  gboolean (*fits) (Facts                  *facts,
                    const SidetoneEndpoint *seen);
} rows[] = {
  { SIDETONE_FINDING_LOCAL_PROXY, fits_local_proxy },
  { SIDETONE_FINDING_SAME_COMPUTER, fits_same_computer },
  { SIDETONE_FINDING_PORT_UNKNOWN, fits_port_unknown },
  { SIDETONE_FINDING_SAME_NETWORK, fits_same_network },
  { SIDETONE_FINDING_NO_NAT, fits_no_nat },
  { SIDETONE_FINDING_PORT_TRANSLATION, fits_port_translation },
  { SIDETONE_FINDING_REWRITTEN_LOCALLY, fits_rewritten_locally },
  { SIDETONE_FINDING_CARRIER_INSIDE, fits_carrier_inside },
  { SIDETONE_FINDING_SERVER_BEHIND_PROXY, fits_server_behind_proxy },
  { SIDETONE_FINDING_CLAT, fits_clat },
  { SIDETONE_FINDING_NAT64, fits_nat64 },
  { SIDETONE_FINDING_FAMILY_CHANGED, fits_family_changed },
  { SIDETONE_FINDING_NAT, fits_nat },
  { SIDETONE_FINDING_CGNAT, fits_cgnat },
  { SIDETONE_FINDING_INNER_NAT, fits_inner_nat },
  { SIDETONE_FINDING_NAT66, fits_nat66 },
  { SIDETONE_FINDING_PREFIX_TRANSLATION, fits_prefix_translation },
  { SIDETONE_FINDING_TRANSLATED_PUBLIC, fits_translated_public },
  { SIDETONE_FINDING_INCONCLUSIVE, fits_inconclusive },
};

/**
 * sidetone_address_check_dup_seen:
 * @server_ip: an observation of kind %SIDETONE_OBSERVATION_SERVER_IP
 *
 * Returns: (transfer full) (element-type SidetoneEndpoint): all addresses that the server named,
 *   the one that the reader of its answer chose first
 */
GPtrArray *
sidetone_address_check_dup_seen (SidetoneObservation *server_ip)
{
  GPtrArray *seen = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_endpoint_unref);
  SidetoneEndpoint *first = sidetone_observation_get_seen (server_ip);
  GPtrArray *others = sidetone_observation_get_server_ip (server_ip)->addresses;

  if (first != NULL)
    g_ptr_array_add (seen, sidetone_endpoint_ref (first));

  for (guint i = 0; others != NULL && i < others->len; i++)
    {
      if (first == NULL || !sidetone_endpoint_equal (first, others->pdata[i]))
        g_ptr_array_add (seen, sidetone_endpoint_ref (others->pdata[i]));
    }

  return seen;
}

static guint16
get_word (const guint8 *bytes,
          guint         i)
{
  return bytes[2 * i] << 8 | bytes[2 * i + 1];
}

static guint32
sum_words (const guint8 *bytes)
{
  guint32 sum = 0;

  for (guint i = 0; i < 8; i++)
    sum += get_word (bytes, i);

  /* One's complement arithmetic (RFC 1071): 0xffff is another zero. */
  return sum % 0xffff;
}

/* From the space that networks get prefixes from (RFC 4291, section 2.4), but none of those that
 * protocols keep for themselves at its beginning (2001::/23, RFC 2928) */
static gboolean
has_network_prefix (const guint8 *bytes)
{
  return (bytes[0] & 0xe0) == 0x20 &&
         (get_word (bytes, 0) != 0x2001 || get_word (bytes, 1) > 0x1ff);
}

/**
 * sidetone_address_is_prefix_swap:
 * @local: an IPv6 address
 * @seen: another
 *
 * Says whether one of the addresses could come from the other by giving it the prefix of another
 * network. Either
 * the lower 64 bits are the same; or all of them but one word, and that word makes up for the
 * change so that checksums stay as they were. The latter is what NPTv6 does with prefixes longer
 * than 48 bits: it changes the first word of the lower half that is not 0xffff (RFC 6296,
 * section 3.5).
 *
 * Returns: %TRUE if they differ in nothing else
 */
gboolean
sidetone_address_is_prefix_swap (GInetAddress *local,
                                 GInetAddress *seen)
{
  const guint8 *a = g_inet_address_to_bytes (local);
  const guint8 *b = g_inet_address_to_bytes (seen);
  guint changed = 4;

  if (!has_network_prefix (a) || !has_network_prefix (b))
    return FALSE;

  if (memcmp (a + 8, b + 8, 8) == 0)
    return TRUE;

  while (changed < 8 && get_word (a, changed) == 0xffff)
    changed++;

  for (guint i = 4; i < 8; i++)
    {
      if (i != changed && get_word (a, i) != get_word (b, i))
        return FALSE;
    }

  return sum_words (a) == sum_words (b);
}

/* The addresses of this computer; of two interfaces with the same one the first counts. */
static GHashTable *
index_own (GPtrArray *interfaces)
{
  GHashTable *own = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = interfaces->len; i > 0; i--)
    {
      SidetoneEndpoint *local = sidetone_observation_get_local (interfaces->pdata[i - 1]);
      const char *id = sidetone_observation_get_id (interfaces->pdata[i - 1]);

      if (local != NULL)
        g_hash_table_insert (own, g_inet_address_to_string (sidetone_endpoint_get_address (local)),
                             (gpointer) id);
    }

  return own;
}

static void
compare_seen (Facts *facts)
{
  for (guint i = 0; i < facts->seen->len; i++)
    {
      facts->any_same = facts->any_same || is_same (facts, facts->seen->pdata[i]);
      facts->any_same_with_port = facts->any_same_with_port ||
                                  (is_same_address (facts, facts->seen->pdata[i]) &&
                                   is_port_known (facts, facts->seen->pdata[i]));
    }
}

/**
 * sidetone_address_check_new:
 * @server_ip: an observation of kind %SIDETONE_OBSERVATION_SERVER_IP
 * @interfaces: (element-type SidetoneObservation): observations of kind
 *   %SIDETONE_OBSERVATION_INTERFACE, for the addresses of this computer
 * @prefixes: (element-type SidetoneNat64Prefix): behind which a NAT64 may be
 *
 * Compares which address this computer has with the ones that the server named, by the table in
 * src/core/README.md. If the server named several, the row that fits any of them first decides.
 *
 * Returns: (transfer full) (nullable): what it means, or %NULL if the server named no address
 */
SidetoneAddressCheck *
sidetone_address_check_new (SidetoneObservation *server_ip,
                            GPtrArray           *interfaces,
                            GArray              *prefixes)
{
  g_autoptr (GPtrArray) seen = sidetone_address_check_dup_seen (server_ip);
  g_autoptr (GHashTable) own = index_own (interfaces);
  Facts facts = {
    .local = sidetone_observation_get_local (server_ip),
    .peer = sidetone_observation_get_peer (server_ip),
    .seen = seen,
    .own = own,
    .prefixes = prefixes,
  };
  SidetoneAddressCheck *self;

  if (seen->len == 0)
    return NULL;

  compare_seen (&facts);
  self = g_new0 (SidetoneAddressCheck, 1);
  if (facts.local != NULL)
    self->local = sidetone_endpoint_ref (facts.local);

  for (guint i = 0; self->external == NULL; i++)
    {
      g_assert (i < G_N_ELEMENTS (rows));

      for (guint j = 0; j < seen->len && self->external == NULL; j++)
        {
          if (!rows[i].fits (&facts, seen->pdata[j]))
            continue;

          self->kind = rows[i].kind;
          self->external = sidetone_endpoint_ref (seen->pdata[j]);
          self->proof = g_steal_pointer (&facts.proof);
        }
    }

  return self;
}

/**
 * sidetone_address_check_free:
 * @self: (transfer full): a check
 *
 * Frees @self.
 */
void
sidetone_address_check_free (SidetoneAddressCheck *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->local, sidetone_endpoint_unref);
  g_clear_pointer (&self->external, sidetone_endpoint_unref);
  g_free (self->proof);
  g_free (self);
}
