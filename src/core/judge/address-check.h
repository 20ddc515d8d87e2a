/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/finding.h"
#include "seen/observation.h"

G_BEGIN_DECLS

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
