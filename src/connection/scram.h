/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "base/error.h"

G_BEGIN_DECLS

typedef struct _SidetoneScram SidetoneScram;

SidetoneScram *sidetone_scram_new (void);
void sidetone_scram_free (SidetoneScram *self);

void sidetone_scram_take_initial (SidetoneScram *self,
                                  const char    *mechanism,
                                  const char    *message);
SidetoneError sidetone_scram_take_challenge (SidetoneScram *self,
                                             const char    *message,
                                             const char   **problem);
void sidetone_scram_take_response (SidetoneScram *self,
                                   const char    *message);
gboolean sidetone_scram_is_challenged (const SidetoneScram *self);
SidetoneError sidetone_scram_take_success (SidetoneScram *self,
                                           const char    *message,
                                           const char    *password,
                                           const char   **problem);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneScram, sidetone_scram_free)

G_END_DECLS
