/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SidetoneTestScram SidetoneTestScram;

SidetoneTestScram *sidetone_test_scram_new (const char *password,
                                            guint       salt_bytes,
                                            guint       iterations);
void sidetone_test_scram_free (SidetoneTestScram *self);

char *sidetone_test_scram_challenge (SidetoneTestScram *self,
                                     const char        *client_first);
char *sidetone_test_scram_finish (SidetoneTestScram *self,
                                  const char        *client_final);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneTestScram, sidetone_test_scram_free)

G_END_DECLS
