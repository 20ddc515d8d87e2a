/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/finding.h"
#include "seen/observation.h"

G_BEGIN_DECLS

/**
 * SidetoneAddressFacts:
 * @local: (nullable): the own end of the connection
 * @peer: (nullable): its other end
 * @seen: (element-type SidetoneEndpoint): what the server named
 * @any_same: whether one of @seen is @local
 * @any_same_with_port: the same of those whose port is known
 * @own: the addresses of this computer as text, and the ids of the observations that know them
 * @prefixes: (element-type SidetoneNat64Prefix): behind which a NAT64 may be
 * @proof: (nullable): where the row that fits puts the id of another observation that proves it
 *
 * What the rows of the address check look at.
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
 * @kind: what the comparison means
 * @local: (nullable): the own end of the connection
 * @external: which of the addresses that the server named decided
 * @proof: (nullable): the id of another observation that proves it
 *
 * What an answer of the server means beside what this computer knows.
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
