/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "report/comparison-private.h"

#include <string.h>

#include "address/address-scope.h"
#include "seen/interface.h"

/* This computer's network in two reports: the interface, both addresses and the NAT. */

/* Of the default route. Several of them, as in a computer with a cable and Wi-Fi, tell nothing. */
static SidetoneInterfaceType
get_interface (const SidetoneDiagnosis *diagnosis)
{
  GPtrArray *interfaces = sidetone_evidence_get_kind (sidetone_diagnosis_get_evidence (diagnosis),
                                                      SIDETONE_OBSERVATION_INTERFACE);
  SidetoneInterfaceType type = SIDETONE_INTERFACE_UNKNOWN;

  for (guint i = 0; i < interfaces->len; i++)
    {
      const SidetoneInterfaceSeen *seen = sidetone_observation_get_interface (interfaces->pdata[i]);

      if (seen->default_route != SIDETONE_TRUTH_YES || seen->type == type)
        continue;
      if (type != SIDETONE_INTERFACE_UNKNOWN)
        return SIDETONE_INTERFACE_UNKNOWN;

      type = seen->type;
    }

  return type;
}

static gboolean
begins_like (SidetoneEndpoint *a,
             SidetoneEndpoint *b,
             gsize             n)
{
  return memcmp (g_inet_address_to_bytes (sidetone_endpoint_get_address (a)),
                 g_inet_address_to_bytes (sidetone_endpoint_get_address (b)), n) == 0;
}

/* A computer changes the lower half of its IPv6 address every day (temporary addresses, RFC 8981). */
static gboolean
is_same_address (SidetoneEndpoint *a,
                 SidetoneEndpoint *b)
{
  if (sidetone_endpoint_get_family (a) != sidetone_endpoint_get_family (b))
    return FALSE;

  return sidetone_endpoint_get_family (a) == G_SOCKET_FAMILY_IPV6 ? begins_like (a, b, 8)
         : sidetone_endpoint_equal_address (a, b);
}

/* By the usual sizes of a network: 24 bits of IPv4, 64 of IPv6 */
static gboolean
is_same_network (SidetoneEndpoint *a,
                 SidetoneEndpoint *b)
{
  if (sidetone_endpoint_get_family (a) != sidetone_endpoint_get_family (b))
    return FALSE;

  return begins_like (a, b, sidetone_endpoint_get_family (a) == G_SOCKET_FAMILY_IPV6 ? 8 : 3);
}

/* A redacted report's addresses are made-up, but of the same kind as the real ones. */
static void
compare_addresses (SidetoneComparison    *self,
                   SidetoneDifferenceKind kind,
                   SidetoneEndpoint      *before,
                   SidetoneEndpoint      *after)
{
  SidetoneDifference *difference;

  if (before == NULL || after == NULL)
    return;

  if (sidetone_endpoint_get_family (before) == sidetone_endpoint_get_family (after) &&
      sidetone_endpoint_get_scope (before) == sidetone_endpoint_get_scope (after))
    {
      if ((self->traits & SIDETONE_COMPARISON_HIDDEN) != 0 || is_same_address (before, after))
        return;
    }

  difference = sidetone_comparison_add (self, kind);
  difference->before.value = sidetone_endpoint_get_scope (before);
  difference->before.endpoint = before;
  difference->after.value = sidetone_endpoint_get_scope (after);
  difference->after.endpoint = after;
}

/* The behaviours that a word stands for, as bits: two of them may mean the same NAT, of which one
 * report knows more. The values of mapping and filtering have the same order. */
static guint
get_possible_mappings (SidetoneNatMapping mapping)
{
  if (mapping == SIDETONE_NAT_MAPPING_PORT_INDEPENDENT)
    return 1 << SIDETONE_NAT_MAPPING_ENDPOINT_INDEPENDENT |
           1 << SIDETONE_NAT_MAPPING_ADDRESS_DEPENDENT;
  if (mapping == SIDETONE_NAT_MAPPING_ENDPOINT_DEPENDENT)
    return 1 << SIDETONE_NAT_MAPPING_ADDRESS_DEPENDENT |
           1 << SIDETONE_NAT_MAPPING_ADDRESS_AND_PORT_DEPENDENT;

  return 1 << mapping;
}

static guint
get_possible_filterings (SidetoneNatFiltering filtering)
{
  if (filtering == SIDETONE_NAT_FILTERING_PORT_INDEPENDENT)
    return 1 << SIDETONE_NAT_FILTERING_ENDPOINT_INDEPENDENT |
           1 << SIDETONE_NAT_FILTERING_ADDRESS_DEPENDENT;
  if (filtering == SIDETONE_NAT_FILTERING_ENDPOINT_DEPENDENT)
    return 1 << SIDETONE_NAT_FILTERING_ADDRESS_DEPENDENT |
           1 << SIDETONE_NAT_FILTERING_ADDRESS_AND_PORT_DEPENDENT;

  return 1 << filtering;
}

static void
compare_nats (SidetoneComparison      *self,
              const SidetoneDiagnosis *before,
              const SidetoneDiagnosis *after)
{
  const SidetoneNatFacts *then = sidetone_diagnosis_get_nat (before);
  const SidetoneNatFacts *now = sidetone_diagnosis_get_nat (after);

  sidetone_comparison_add_values (self, SIDETONE_DIFFERENCE_PORT, sidetone_diagnosis_get_port_change (before),
                                  sidetone_diagnosis_get_port_change (after));
  if ((get_possible_mappings (then->mapping) & get_possible_mappings (now->mapping)) == 0)
    sidetone_comparison_add_values (self, SIDETONE_DIFFERENCE_MAPPING, then->mapping, now->mapping);
  if ((get_possible_filterings (then->filtering) & get_possible_filterings (now->filtering)) == 0)
    sidetone_comparison_add_values (self, SIDETONE_DIFFERENCE_FILTERING, then->filtering, now->filtering);
  sidetone_comparison_add_values (self, SIDETONE_DIFFERENCE_HAIRPINNING, then->hairpinning, now->hairpinning);
}

/**
 * sidetone_comparison_is_other_network:
 * @before: a report
 * @after: another one
 *
 * Returns: whether both this computer's address and the external one are known to be in another network
 */
gboolean
sidetone_comparison_is_other_network (const SidetoneReport *before,
                                      const SidetoneReport *after)
{
  const SidetoneDiagnosis *then = sidetone_report_get_diagnosis (before);
  const SidetoneDiagnosis *now = sidetone_report_get_diagnosis (after);
  SidetoneEndpoint *own = sidetone_diagnosis_get_local (then);
  SidetoneEndpoint *other = sidetone_diagnosis_get_local (now);
  SidetoneEndpoint *external = sidetone_diagnosis_get_external (then);
  SidetoneEndpoint *other_external = sidetone_diagnosis_get_external (now);

  return own != NULL && other != NULL && external != NULL && other_external != NULL &&
         !is_same_network (own, other) && !is_same_address (external, other_external);
}

/**
 * sidetone_comparison_add_network:
 * @self: a comparison with its traits
 *
 * Adds what differs between the networks.
 */
void
sidetone_comparison_add_network (SidetoneComparison *self)
{
  const SidetoneDiagnosis *before = sidetone_report_get_diagnosis (self->before);
  const SidetoneDiagnosis *after = sidetone_report_get_diagnosis (self->after);

  sidetone_comparison_add_values (self, SIDETONE_DIFFERENCE_INTERFACE, get_interface (before),
                                  get_interface (after));
  compare_addresses (self, SIDETONE_DIFFERENCE_LOCAL, sidetone_diagnosis_get_local (before),
                     sidetone_diagnosis_get_local (after));
  compare_addresses (self, SIDETONE_DIFFERENCE_EXTERNAL, sidetone_diagnosis_get_external (before),
                     sidetone_diagnosis_get_external (after));
  compare_nats (self, before, after);
}
