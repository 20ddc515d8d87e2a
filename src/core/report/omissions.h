/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "report/report.h"

G_BEGIN_DECLS

/**
 * SidetoneOmissionKind:
 * @SIDETONE_OMISSION_ACCOUNT: the account
 * @SIDETONE_OMISSION_ADDRESS: addresses, which get numbers instead
 * @SIDETONE_OMISSION_NAME: words that name a person, such as the user's name in a host's
 * @SIDETONE_OMISSION_TEXT: free text from servers and the system
 *
 * What a redacted report leaves out.
 */
typedef enum
{
  SIDETONE_OMISSION_ACCOUNT,
  SIDETONE_OMISSION_ADDRESS,
  SIDETONE_OMISSION_NAME,
  SIDETONE_OMISSION_TEXT,
  SIDETONE_N_OMISSIONS,
} SidetoneOmissionKind;

typedef struct _SidetoneOmissions SidetoneOmissions;

SidetoneOmissions *sidetone_omissions_new (const SidetoneReport *report);
void sidetone_omissions_free (SidetoneOmissions *self);

guint sidetone_omissions_get_n (const SidetoneOmissions *self,
                                SidetoneOmissionKind     kind);
char *sidetone_omissions_describe (const SidetoneOmissions *self,
                                   SidetoneOmissionKind     kind,
                                   char                   **examples);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneOmissions, sidetone_omissions_free)

G_END_DECLS
