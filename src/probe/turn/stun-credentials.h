/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "turn/stun-message.h"

G_BEGIN_DECLS

typedef struct _SidetoneStunCredentials SidetoneStunCredentials;

SidetoneStunCredentials *sidetone_stun_credentials_new (const char *username,
                                                        const char *password);
void sidetone_stun_credentials_free (SidetoneStunCredentials *self);

gboolean sidetone_stun_credentials_take_challenge (SidetoneStunCredentials *self,
                                                   const StunMessage       *message);
gboolean sidetone_stun_credentials_is_challenged (SidetoneStunCredentials *self);
const guint8 *sidetone_stun_credentials_add_to (SidetoneStunCredentials *self,
                                                StunMessage             *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneStunCredentials, sidetone_stun_credentials_free)

G_END_DECLS
