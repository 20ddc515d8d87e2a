/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "net/budget.h"

#include "address/address-scope.h"

#include <string.h>

/**
 * SidetoneBudget:
 *
 * A check's budget of trust: whether packets may go to an address that a server named, and how many
 * until one is answered. Without it, a server could have this computer send to its own loopback
 * interface, to the router or to other computers of a private network (server-side request forgery
 * by another name), and flood a third party (reflection).
 *
 * The judgement depends only on its arguments and on what was set before.
 */
struct _SidetoneBudget
{
  SidetoneEndpoint *server;  /* the XMPP server, as connected to */
  GPtrArray *own;            /* GInetAddress, this computer's */
  GArray *prefixes;          /* SidetoneNat64Prefix */
  GPtrArray *expenses;
};

/* The packets to an endpoint that is not proven yet */
typedef struct
{
  GInetAddress *address;     /* without NAT64 */
  guint16 port;
  guint n_unanswered;
  gboolean is_proven;
} Expense;

/* Cloud services' own servers, which give credentials to every program of the computer. Even a
 * server of the same range has no reason to name them. */
static const char *const metadata[] = {
  "169.254.169.254", "169.254.170.2", "100.100.100.200", "fd00:ec2::254",
};

static void
expense_free (gpointer data)
{
  Expense *expense = data;

  g_object_unref (expense->address);
  g_free (expense);
}

/**
 * sidetone_budget_new:
 *
 * Returns: (transfer full): a budget that knows of no server, and trusts public addresses
 */
SidetoneBudget *
sidetone_budget_new (void)
{
  SidetoneBudget *self = g_rc_box_new0 (SidetoneBudget);
  g_autoptr (GPtrArray) lookups = g_ptr_array_new ();

  self->own = g_ptr_array_new_with_free_func (g_object_unref);
  self->prefixes = sidetone_nat64_collect_prefixes (lookups);
  self->expenses = g_ptr_array_new_with_free_func (expense_free);

  return self;
}

/**
 * sidetone_budget_ref:
 * @self: a budget
 *
 * Returns: (transfer full): @self
 */
SidetoneBudget *
sidetone_budget_ref (SidetoneBudget *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  SidetoneBudget *self = data;

  g_clear_pointer (&self->server, sidetone_endpoint_unref);
  g_ptr_array_unref (self->own);
  g_array_unref (self->prefixes);
  g_ptr_array_unref (self->expenses);
}

/**
 * sidetone_budget_unref:
 * @self: (transfer full): a budget
 */
void
sidetone_budget_unref (SidetoneBudget *self)
{
  g_rc_box_release_full (self, clear);
}

/**
 * sidetone_budget_set_server:
 * @self: a budget
 * @server: the remote end of the connection to the XMPP server
 *
 * Lets the server name addresses of its own range.
 */
void
sidetone_budget_set_server (SidetoneBudget   *self,
                            SidetoneEndpoint *server)
{
  g_clear_pointer (&self->server, sidetone_endpoint_unref);
  self->server = sidetone_endpoint_ref (server);
}

/**
 * sidetone_budget_add_own_address:
 * @self: a budget
 * @address: an address of this computer, which is as good as a loopback address
 */
void
sidetone_budget_add_own_address (SidetoneBudget *self,
                                 GInetAddress   *address)
{
  g_ptr_array_add (self->own, g_object_ref (address));
}

/**
 * sidetone_budget_set_prefixes:
 * @self: a budget
 * @prefixes: (element-type SidetoneNat64Prefix): the NAT64 prefixes of this network (RFC 7050)
 */
void
sidetone_budget_set_prefixes (SidetoneBudget *self,
                              GArray         *prefixes)
{
  g_array_unref (self->prefixes);
  self->prefixes = g_array_ref (prefixes);
}

/* Formerly part of the architecture, now reserved (RFC 4291, section 2.5.5.1) */
static GInetAddress *
dup_compatible (GInetAddress *address)
{
  static const guint8 zeros[12];
  const guint8 *bytes = g_inet_address_to_bytes (address);

  if (g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV6 ||
      memcmp (bytes, zeros, sizeof zeros) != 0 ||
      sidetone_address_scope_of (address) != SIDETONE_ADDRESS_SCOPE_GLOBAL)
    return NULL;

  return g_inet_address_new_from_bytes (bytes + sizeof zeros, G_SOCKET_FAMILY_IPV4);
}

/* The address where the packets end, however it is spelled */
static GInetAddress *
unwrap (SidetoneBudget *self,
        GInetAddress   *address)
{
  GInetAddress *inside = sidetone_nat64_dup_ipv4 (self->prefixes, address, NULL);

  if (inside == NULL)
    inside = sidetone_address_dup_embedded_ipv4 (address);
  if (inside == NULL)
    inside = dup_compatible (address);

  return inside != NULL ? inside : g_object_ref (address);
}

/* A scope, where IPv4 and IPv6 have the same one for the same purpose */
static SidetoneAddressScope
get_range (GInetAddress *address)
{
  SidetoneAddressScope scope = sidetone_address_scope_of (address);

  /* Site-local addresses are deprecated (RFC 3879), not gone. */
  if (sidetone_address_scope_is_private (scope) || g_inet_address_get_is_site_local (address))
    return SIDETONE_ADDRESS_SCOPE_PRIVATE;
  if (sidetone_address_scope_is_public (scope))
    return SIDETONE_ADDRESS_SCOPE_GLOBAL;
  return scope;
}

/* An address that no particular host has; the unspecified one would even be this computer. */
static gboolean
is_nobody (SidetoneAddressScope scope)
{
  return scope == SIDETONE_ADDRESS_SCOPE_UNSPECIFIED ||
         scope == SIDETONE_ADDRESS_SCOPE_MULTICAST ||
         scope == SIDETONE_ADDRESS_SCOPE_BROADCAST;
}

static gboolean
is_metadata (GInetAddress *address)
{
  for (gsize i = 0; i < G_N_ELEMENTS (metadata); i++)
    {
      g_autoptr (GInetAddress) known = g_inet_address_new_from_string (metadata[i]);

      if (g_inet_address_equal (known, address))
        return TRUE;
    }

  return FALSE;
}

/* Whether it is this computer */
static gboolean
is_here (SidetoneBudget *self,
         GInetAddress   *address)
{
  for (guint i = 0; i < self->own->len; i++)
    {
      if (g_inet_address_equal (self->own->pdata[i], address))
        return TRUE;
    }

  return get_range (address) == SIDETONE_ADDRESS_SCOPE_LOOPBACK;
}

/**
 * sidetone_budget_judge:
 * @self: a budget
 * @address: an address
 * @naming: who named it
 * @service: (nullable): the call server that did, for %SIDETONE_NAMED_BY_SERVICE
 *
 * Says whether packets may go to @address. An address that the user typed gets them, if a host can
 * have it. From others, public addresses are taken, and those of the range that has the XMPP server
 * or the call server that named them: then both may well be in the user's own network. A server on
 * this computer may name this computer; the XMPP server there, its private network, too.
 *
 * Returns: why not; %SIDETONE_SKIP_REASON_NONE if they may
 */
SidetoneSkipReason
sidetone_budget_judge (SidetoneBudget   *self,
                       GInetAddress     *address,
                       SidetoneNaming    naming,
                       SidetoneEndpoint *service)
{
  SidetoneEndpoint *by = naming == SIDETONE_NAMED_BY_SERVICE ? service : self->server;
  g_autoptr (GInetAddress) named = unwrap (self, address);
  g_autoptr (GInetAddress) namer = NULL;
  SidetoneAddressScope range = get_range (named);
  gboolean namer_is_here;

  if (is_nobody (range))
    return SIDETONE_SKIP_REASON_NO_ADDRESS;
  if (naming == SIDETONE_NAMED_BY_USER)
    return SIDETONE_SKIP_REASON_NONE;

  if (by != NULL)
    namer = unwrap (self, sidetone_endpoint_get_address (by));
  namer_is_here = namer != NULL && is_here (self, namer);
  if (is_here (self, named))
    return namer_is_here ? SIDETONE_SKIP_REASON_NONE : SIDETONE_SKIP_REASON_OWN_COMPUTER;
  if (is_metadata (named))
    return SIDETONE_SKIP_REASON_PRIVATE_ADDRESS;
  if (range == SIDETONE_ADDRESS_SCOPE_GLOBAL || (namer != NULL && range == get_range (namer)) ||
      (namer_is_here && naming == SIDETONE_NAMED_BY_SERVER &&
       range == SIDETONE_ADDRESS_SCOPE_PRIVATE))
    return SIDETONE_SKIP_REASON_NONE;

  return SIDETONE_SKIP_REASON_PRIVATE_ADDRESS;
}

/**
 * sidetone_budget_reach:
 * @self: a budget
 * @nat64: (nullable): the NAT64 prefix by which @service is reached, if any
 * @endpoint: an address in an answer of @service
 * @service: a call server
 *
 * Translates @endpoint for a socket that reaches @service. Behind NAT64, an IPv4 address gets the
 * prefix (RFC 6052, section 2.2).
 *
 * Returns: (transfer full) (nullable): the destination; %NULL if the socket can't reach @endpoint,
 *   or if sidetone_budget_judge() has a reason against it
 */
SidetoneEndpoint *
sidetone_budget_reach (SidetoneBudget            *self,
                       const SidetoneNat64Prefix *nat64,
                       SidetoneEndpoint          *endpoint,
                       SidetoneEndpoint          *service)
{
  GInetAddress *named = sidetone_endpoint_get_address (endpoint);
  SidetoneNat64Content content = { { 0 } };
  g_autoptr (GInetAddress) address = NULL;

  g_return_val_if_fail (service != NULL, NULL);

  if (sidetone_budget_judge (self, named, SIDETONE_NAMED_BY_SERVICE, service) !=
      SIDETONE_SKIP_REASON_NONE)
    return NULL;
  if (sidetone_endpoint_get_family (endpoint) == sidetone_endpoint_get_family (service))
    return sidetone_endpoint_ref (endpoint);
  if (nat64 == NULL || sidetone_endpoint_get_family (endpoint) != G_SOCKET_FAMILY_IPV4)
    return NULL;

  memcpy (content.ipv4, g_inet_address_to_bytes (named), sizeof content.ipv4);
  address = sidetone_nat64_prefix_join (nat64, &content);
  return sidetone_endpoint_new (address, sidetone_endpoint_get_port (endpoint),
                                sidetone_endpoint_get_transport (endpoint));
}

/* Finds an endpoint's expense, and makes it if there is none; counts its address's packets to all
 * ports. */
static Expense *
ensure_expense (SidetoneBudget   *self,
                SidetoneEndpoint *endpoint,
                guint            *n_unanswered)
{
  g_autoptr (GInetAddress) address = unwrap (self, sidetone_endpoint_get_address (endpoint));
  guint16 port = sidetone_endpoint_get_port (endpoint);
  Expense *found = NULL;

  *n_unanswered = 0;
  for (guint i = 0; i < self->expenses->len; i++)
    {
      Expense *expense = self->expenses->pdata[i];

      if (!g_inet_address_equal (expense->address, address))
        continue;
      *n_unanswered += expense->n_unanswered;
      if (expense->port == port)
        found = expense;
    }

  if (found == NULL)
    {
      found = g_new0 (Expense, 1);
      found->address = g_steal_pointer (&address);
      found->port = port;
      g_ptr_array_add (self->expenses, found);
    }

  return found;
}

/**
 * sidetone_budget_spend:
 * @self: a budget
 * @endpoint: where a packet is to go, at an address that a call server named
 *
 * Counts a packet. An address gets %SIDETONE_BUDGET_UNANSWERED packets in a whole check, whatever
 * the ports and however many servers name it; those to a proven endpoint are free, and those before
 * its proof are given back.
 *
 * Returns: whether it may be sent
 */
gboolean
sidetone_budget_spend (SidetoneBudget   *self,
                       SidetoneEndpoint *endpoint)
{
  guint n_unanswered;
  Expense *expense = ensure_expense (self, endpoint, &n_unanswered);

  if (expense->is_proven)
    return TRUE;
  if (n_unanswered >= SIDETONE_BUDGET_UNANSWERED)
    return FALSE;

  expense->n_unanswered++;
  return TRUE;
}

/**
 * sidetone_budget_prove:
 * @self: a budget
 * @endpoint: an endpoint that has answered: a packet that only it got has come back
 */
void
sidetone_budget_prove (SidetoneBudget   *self,
                       SidetoneEndpoint *endpoint)
{
  guint n_unanswered;
  Expense *expense = ensure_expense (self, endpoint, &n_unanswered);

  expense->is_proven = TRUE;
  expense->n_unanswered = 0;
}
