/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SidetoneTestScram SidetoneTestScram;

/* How a hostile or broken server differs from RFC 5802. Text of NULL means: it does not. */
typedef struct
{
  guint salt_bytes;             /* 0: the usual number */
  guint iterations;             /* 0: the usual number */
  const char *nonce;            /* in place of the client's */
  const char *first;            /* the first message, with $r, $s and $i for the right values */
  const char *signature;        /* the last message, with $v for the right one */
  gboolean early_success;       /* without a challenge */
} SidetoneTestScramFaults;

SidetoneTestScram *sidetone_test_scram_new (const char                    *password,
                                            const SidetoneTestScramFaults *faults);
void sidetone_test_scram_free (SidetoneTestScram *self);

char *sidetone_test_scram_challenge (SidetoneTestScram *self,
                                     const char        *client_first);
char *sidetone_test_scram_finish (SidetoneTestScram *self,
                                  const char        *client_final);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneTestScram, sidetone_test_scram_free)

G_END_DECLS
