/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/evidence.h"

G_BEGIN_DECLS

typedef struct _SidetoneAddressMap SidetoneAddressMap;

SidetoneAddressMap *sidetone_address_map_new (const SidetoneEvidence *evidence);
void sidetone_address_map_free (SidetoneAddressMap *self);

GInetAddress *sidetone_address_map_lookup (SidetoneAddressMap *self,
                                           GInetAddress       *address);
char *sidetone_address_map_lookup_prefix (SidetoneAddressMap *self,
                                          const char         *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneAddressMap, sidetone_address_map_free)

G_END_DECLS
