/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/finding.h"
#include "seen/observation.h"

G_BEGIN_DECLS

/**
 * SidetoneAddressFacts:
 * @local: (nullable): the connection's local endpoint
 * @peer: (nullable): its remote endpoint
 * @seen: (element-type SidetoneEndpoint): the addresses in the server's answer
 * @any_same: whether one of @seen is @local
 * @any_same_with_port: the same for those with a known port
 * @own: this computer's addresses as text, and the IDs of their observations
 * @prefixes: (element-type SidetoneNat64Prefix): possible NAT64 prefixes
 * @proof: (nullable): set by the row that fits: the ID of another observation that proves it
 *
 * The facts for the rows of the address check.
 */
typedef struct
{
  SidetoneEndpoint *local;
  SidetoneEndpoint *peer;
  GPtrArray *seen;
  gboolean any_same;
  gboolean any_same_with_port;
  GHashTable *own;
  GArray *prefixes;
  char *proof;
} SidetoneAddressFacts;

gboolean sidetone_address_facts_has_address (const SidetoneAddressFacts *self,
                                             const SidetoneEndpoint     *seen);
gboolean sidetone_address_facts_know_port (const SidetoneAddressFacts *self,
                                           const SidetoneEndpoint     *seen);
gboolean sidetone_address_facts_is_same (const SidetoneAddressFacts *self,
                                         const SidetoneEndpoint     *seen);

/**
 * SidetoneAddressCheck:
 * @kind: the finding
 * @local: (nullable): the connection's local endpoint
 * @external: the address in the server's answer that decided
 * @proof: (nullable): the ID of another observation that proves it
 *
 * What the server's answer means, compared with this computer's addresses.
 */
typedef struct
{
  SidetoneFindingKind kind;
  SidetoneEndpoint *local;
  SidetoneEndpoint *external;
  char *proof;
} SidetoneAddressCheck;

GPtrArray *sidetone_address_check_dup_seen (SidetoneObservation *server_ip);

SidetoneAddressCheck *sidetone_address_check_new (SidetoneObservation *server_ip,
                                                  GPtrArray           *interfaces,
                                                  GArray              *prefixes);
void sidetone_address_check_free (SidetoneAddressCheck *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneAddressCheck, sidetone_address_check_free)

gboolean sidetone_address_is_prefix_swap (GInetAddress *local,
                                          GInetAddress *seen);

G_END_DECLS
