/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* The address check: what lies between a local and an external address (NAT, NAT64, CGNAT, a proxy;
 * XEP-0279). Its rows are in judge/address-rules.c. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/address-check.h"

#include "seen/server-ip.h"

#include <string.h>

#include "judge/rules.h"

/**
 * sidetone_address_facts_has_address:
 * @self: the facts
 * @seen: an address from the server
 *
 * Returns: whether it equals the local address
 */
gboolean
sidetone_address_facts_has_address (const SidetoneAddressFacts *self,
                                    const SidetoneEndpoint     *seen)
{
  return self->local != NULL && sidetone_endpoint_equal_address (self->local, seen);
}

/**
 * sidetone_address_facts_know_port:
 * @self: the facts
 * @seen: an address from the server, equal to the local one
 *
 * Returns: whether the ports of both are known
 */
gboolean
sidetone_address_facts_know_port (const SidetoneAddressFacts *self,
                                  const SidetoneEndpoint     *seen)
{
  return sidetone_endpoint_get_port (self->local) != 0 && sidetone_endpoint_get_port (seen) != 0;
}

/**
 * sidetone_address_facts_is_same:
 * @self: the facts
 * @seen: an address from the server
 *
 * Returns: whether it equals the local address, with its port
 */
gboolean
sidetone_address_facts_is_same (const SidetoneAddressFacts *self,
                                const SidetoneEndpoint     *seen)
{
  return sidetone_address_facts_has_address (self, seen) &&
         sidetone_address_facts_know_port (self, seen) &&
         sidetone_endpoint_equal (self->local, seen);
}

/**
 * sidetone_address_check_dup_seen:
 * @server_ip: an observation of kind %SIDETONE_OBSERVATION_SERVER_IP
 *
 * Returns: (transfer full) (element-type SidetoneEndpoint): all addresses in the server's answer,
 *   starting with the one that its reader chose
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

  /* One's complement arithmetic (RFC 1071): 0xffff is zero, too. */
  return sum % 0xffff;
}

/* In the range of networks' prefixes (RFC 4291, section 2.4), without the part that protocols
 * reserve at its beginning (2001::/23, RFC 2928) */
static gboolean
has_network_prefix (const guint8 *bytes)
{
  return (bytes[0] & 0xe0) == 0x20 &&
         (get_word (bytes, 0) != 0x2001 || get_word (bytes, 1) > 0x1ff);
}

/**
 * sidetone_address_is_prefix_swap:
 * @local: an IPv6 address
 * @seen: another one
 *
 * Says whether a new network prefix could turn one address into the other. Either the lower 64 bits
 * are equal; or all of them but one word, which makes up for the new prefix so that checksums stay
 * the same. The latter is what NPTv6 does with prefixes longer than 48 bits: it changes the first
 * word of the lower half that is not 0xffff (RFC 6296, section 3.5).
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

/* This computer's addresses; if two interfaces have the same one, the first counts. */
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
compare_seen (SidetoneAddressFacts *facts)
{
  for (guint i = 0; i < facts->seen->len; i++)
    {
      facts->any_same = facts->any_same || sidetone_address_facts_is_same (facts, facts->seen->pdata[i]);
      facts->any_same_with_port = facts->any_same_with_port ||
                                  (sidetone_address_facts_has_address (facts, facts->seen->pdata[i]) &&
                                   sidetone_address_facts_know_port (facts, facts->seen->pdata[i]));
    }
}

/**
 * sidetone_address_check_new:
 * @server_ip: an observation of kind %SIDETONE_OBSERVATION_SERVER_IP
 * @interfaces: (element-type SidetoneObservation): observations of kind
 *   %SIDETONE_OBSERVATION_INTERFACE, with this computer's addresses
 * @prefixes: (element-type SidetoneNat64Prefix): possible NAT64 prefixes
 *
 * Compares this computer's address with those in the server's answer, by the table in
 * src/core/README.md. If the answer has several, the first row that fits any of them decides.
 *
 * Returns: (transfer full) (nullable): the result, or %NULL if the answer has no address
 */
SidetoneAddressCheck *
sidetone_address_check_new (SidetoneObservation *server_ip,
                            GPtrArray           *interfaces,
                            GArray              *prefixes)
{
  g_autoptr (GPtrArray) seen = sidetone_address_check_dup_seen (server_ip);
  g_autoptr (GHashTable) own = index_own (interfaces);
  SidetoneAddressFacts facts = {
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

  /* The last row with a condition always fits */
  for (guint i = 0; self->external == NULL; i++)
    {
      const SidetoneRule *rule = sidetone_rules_get (i);

      for (guint j = 0; rule->fits != NULL && j < seen->len && self->external == NULL; j++)
        {
          if (!rule->fits (&facts, seen->pdata[j]))
            continue;

          self->kind = rule->kind;
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
