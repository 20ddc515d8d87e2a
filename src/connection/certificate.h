/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "base/error.h"

#include <strophe.h>

G_BEGIN_DECLS

/* What a user needs to know of a server's certificate. Times are in ISO 8601. */
typedef struct
{
  char *subject;
  char *issuer;
  char *not_before;
  char *not_after;
  GStrv names;                  /* DNS names; of a long list, the first ones */
  char *sha256;                 /* the whole certificate's, 64 hexadecimal digits in lower case */
} SidetoneCertificate;

SidetoneCertificate *sidetone_certificate_new (const xmpp_tlscert_t *source);
char *sidetone_certificate_dup_sha256 (const xmpp_tlscert_t *source);
void sidetone_certificate_free (SidetoneCertificate *self);

gboolean sidetone_certificate_is_for_account (const xmpp_tlscert_t *source,
                                              const char           *jid);
SidetoneError sidetone_certificate_problem_from_text (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneCertificate, sidetone_certificate_free)

G_END_DECLS
