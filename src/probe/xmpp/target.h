/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "address/account.h"
#include "address/endpoint.h"

G_BEGIN_DECLS

/* A host and port where the account's server may answer, from DNS or the user */
typedef struct
{
  char *host;
  guint16 port;
  SidetoneSecurity security;
} SidetoneTarget;

SidetoneTarget *sidetone_target_new (const char      *host,
                                     guint16          port,
                                     SidetoneSecurity security);
void sidetone_target_free (SidetoneTarget *self);

SidetoneEndpoint *sidetone_target_dup_literal (const SidetoneTarget *self);
GPtrArray *sidetone_target_list_for_domain (SidetoneAccount *account);
GPtrArray *sidetone_target_list_for_server (SidetoneAccount *account);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneTarget, sidetone_target_free)

G_END_DECLS
