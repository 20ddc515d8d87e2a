/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/nat-behaviour.h"

#include "address/address-scope.h"

/* A NAT's mapping, filtering and hairpinning (RFC 4787), from sockets' reflexive addresses (RFC
 * 5780). */

static void
view_free (gpointer data)
{
  SidetoneNatView *view = data;

  sidetone_endpoint_unref (view->viewpoint);
  sidetone_endpoint_unref (view->mapped);
  g_free (view);
}

/**
 * sidetone_nat_behaviour_new:
 * @local: (nullable): the socket whose mapping is tested
 *
 * Returns: (transfer full): a behaviour without any known fact
 */
SidetoneNatBehaviour *
sidetone_nat_behaviour_new (SidetoneEndpoint *local)
{
  SidetoneNatBehaviour *self = g_new0 (SidetoneNatBehaviour, 1);

  self->local = local != NULL ? sidetone_endpoint_ref (local) : NULL;
  self->views = g_ptr_array_new_with_free_func (view_free);

  return self;
}

/**
 * sidetone_nat_behaviour_free:
 * @self: (transfer full): a behaviour
 */
void
sidetone_nat_behaviour_free (SidetoneNatBehaviour *self)
{
  g_clear_pointer (&self->local, sidetone_endpoint_unref);
  g_clear_pointer (&self->mapped, sidetone_endpoint_unref);
  g_ptr_array_unref (self->views);
  g_free (self);
}

/**
 * sidetone_nat_behaviour_add_view:
 * @self: a behaviour
 * @viewpoint: the destination of the tested socket
 * @mapped: its reflexive address there
 * @method: the kind of viewpoint
 */
void
sidetone_nat_behaviour_add_view (SidetoneNatBehaviour *self,
                                 SidetoneEndpoint     *viewpoint,
                                 SidetoneEndpoint     *mapped,
                                 SidetoneNatMethod     method)
{
  SidetoneNatView *view = g_new0 (SidetoneNatView, 1);

  view->viewpoint = sidetone_endpoint_ref (viewpoint);
  view->mapped = sidetone_endpoint_ref (mapped);
  view->method = method;
  g_ptr_array_add (self->views, view);
}

/* A server that sees a non-public address is not on the internet itself: it is in the same network
 * or the provider's, before the last NAT. */
static gboolean
is_inside (const SidetoneNatView *view)
{
  GInetAddress *address = sidetone_endpoint_get_address (view->mapped);

  return !sidetone_address_scope_is_public (sidetone_address_scope_of (address));
}

/* What pairs of views tell */
typedef struct
{
  guint n_views;                 /* from outside */
  gboolean is_translated;
  gboolean same_for_addresses;
  gboolean differs_for_addresses;
  gboolean same_for_ports;
  gboolean differs_for_ports;
} Comparison;

static void
compare_pair (Comparison            *comparison,
              const SidetoneNatView *one,
              const SidetoneNatView *other)
{
  gboolean same = sidetone_endpoint_equal (one->mapped, other->mapped);

  if (sidetone_endpoint_equal (one->viewpoint, other->viewpoint))
    return;

  if (!sidetone_endpoint_equal_address (one->viewpoint, other->viewpoint))
    {
      comparison->same_for_addresses |= same;
      comparison->differs_for_addresses |= !same;
    }
  else
    {
      comparison->same_for_ports |= same;
      comparison->differs_for_ports |= !same;
    }
}

static void
compare (const SidetoneNatBehaviour *self,
         gboolean                    with_relay,
         Comparison                 *comparison)
{
  for (guint i = 0; i < self->views->len; i++)
    {
      const SidetoneNatView *view = self->views->pdata[i];

      if (is_inside (view) || (!with_relay && view->method == SIDETONE_NAT_METHOD_RELAY))
        continue;

      comparison->n_views++;
      comparison->is_translated |= self->local == NULL ||
                                   !sidetone_endpoint_equal (self->local, view->mapped);
      for (guint j = 0; j < i; j++)
        {
          const SidetoneNatView *other = self->views->pdata[j];

          if (!is_inside (other) &&
              (with_relay || other->method != SIDETONE_NAT_METHOD_RELAY))
            compare_pair (comparison, view, other);
        }
    }
}

/* A mapping that differs between ports of one address depends on both (RFC 4787 has none that
 * depends only on the port). One that is the same for two addresses and differs for two others is
 * not in RFC 4787, but not independent: a pool of addresses, or one that runs out. */
static SidetoneNatMapping
judge_comparison (const Comparison *comparison)
{
  if (comparison->n_views == 0)
    return SIDETONE_NAT_MAPPING_UNKNOWN;
  if (!comparison->is_translated)
    return SIDETONE_NAT_MAPPING_NONE;
  if (comparison->differs_for_ports)
    return SIDETONE_NAT_MAPPING_ADDRESS_AND_PORT_DEPENDENT;
  if (comparison->differs_for_addresses)
    return comparison->same_for_ports ? SIDETONE_NAT_MAPPING_ADDRESS_DEPENDENT
           : SIDETONE_NAT_MAPPING_ENDPOINT_DEPENDENT;
  if (comparison->same_for_addresses)
    return SIDETONE_NAT_MAPPING_ENDPOINT_INDEPENDENT;
  if (comparison->same_for_ports)
    return SIDETONE_NAT_MAPPING_PORT_INDEPENDENT;

  return SIDETONE_NAT_MAPPING_UNKNOWN;
}

static gboolean
has_method (const SidetoneNatBehaviour *self,
            SidetoneNatMethod           method)
{
  for (guint i = 0; i < self->views->len; i++)
    {
      if (((SidetoneNatView *) self->views->pdata[i])->method == method)
        return TRUE;
    }

  return FALSE;
}

/* The simplest method that suffices. One view is enough to see that nothing is translated. */
static SidetoneNatMethod
find_method (const SidetoneNatBehaviour *self)
{
  Comparison without_relay = { 0 };

  compare (self, FALSE, &without_relay);
  if (judge_comparison (&without_relay) != self->mapping)
    return SIDETONE_NAT_METHOD_RELAY;
  if (has_method (self, SIDETONE_NAT_METHOD_OTHER_ADDRESS))
    return SIDETONE_NAT_METHOD_OTHER_ADDRESS;
  if (without_relay.n_views > 1)
    return SIDETONE_NAT_METHOD_TWO_SERVERS;

  return SIDETONE_NAT_METHOD_UNKNOWN;
}

/**
 * sidetone_nat_behaviour_judge_mapping:
 * @self: a behaviour with all its views
 *
 * Finds the mapping, as far as the views allow. If they don't, the reason is theirs; an earlier
 * reason stays if it says more.
 */
void
sidetone_nat_behaviour_judge_mapping (SidetoneNatBehaviour *self)
{
  Comparison comparison = { 0 };

  compare (self, TRUE, &comparison);
  self->mapping = judge_comparison (&comparison);
  self->mapping_method = SIDETONE_NAT_METHOD_UNKNOWN;
  if (self->mapping != SIDETONE_NAT_MAPPING_UNKNOWN)
    {
      self->mapping_reason = SIDETONE_NAT_REASON_NONE;
      self->mapping_method = find_method (self);
    }
  else if (self->views->len == 0)
    {
      self->mapping_reason = SIDETONE_NAT_REASON_NO_ANSWER;
    }
  else if (comparison.n_views == 0)
    {
      self->mapping_reason = SIDETONE_NAT_REASON_SAME_NETWORK;
    }
  else if (self->mapping_reason == SIDETONE_NAT_REASON_NONE)
    {
      self->mapping_reason = SIDETONE_NAT_REASON_ONE_VIEW;
    }
}

/**
 * sidetone_nat_judge_filtering:
 * @same_address: packets from another port of an address that the socket had sent to
 * @other_address: packets from an address that it had not sent to
 *
 * Returns: the filtering, as far as these tell
 */
SidetoneNatFiltering
sidetone_nat_judge_filtering (SidetoneNatTrial same_address,
                              SidetoneNatTrial other_address)
{
  if (other_address == SIDETONE_NAT_TRIAL_ARRIVED)
    return SIDETONE_NAT_FILTERING_ENDPOINT_INDEPENDENT;
  if (same_address == SIDETONE_NAT_TRIAL_SILENT)
    return SIDETONE_NAT_FILTERING_ADDRESS_AND_PORT_DEPENDENT;
  if (same_address == SIDETONE_NAT_TRIAL_ARRIVED)
    return other_address == SIDETONE_NAT_TRIAL_SILENT ? SIDETONE_NAT_FILTERING_ADDRESS_DEPENDENT
           : SIDETONE_NAT_FILTERING_PORT_INDEPENDENT;
  if (other_address == SIDETONE_NAT_TRIAL_SILENT)
    return SIDETONE_NAT_FILTERING_ENDPOINT_DEPENDENT;

  return SIDETONE_NAT_FILTERING_UNKNOWN;
}
