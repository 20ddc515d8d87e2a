/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "address/endpoint.h"

#include <stun/stunagent.h>

G_BEGIN_DECLS

/* RFC 5780, section 7: libnice does not know these */
#define SIDETONE_STUN_RESPONSE_ORIGIN 0x802b
#define SIDETONE_STUN_OTHER_ADDRESS 0x802c

gboolean sidetone_stun_message_read (StunMessage *message,
                                     StunAgent   *agent,
                                     GBytes      *bytes);

SidetoneEndpoint *sidetone_stun_message_dup_address (const StunMessage *message,
                                                     guint              attribute);
SidetoneEndpoint *sidetone_stun_message_dup_xor_address (const StunMessage *message,
                                                         guint              attribute);
char *sidetone_stun_message_dup_text (const StunMessage *message,
                                      guint              attribute);

gboolean sidetone_stun_message_add_xor_address (StunMessage      *message,
                                                guint             attribute,
                                                SidetoneEndpoint *endpoint);

guint sidetone_stun_message_get_code (const StunMessage *message);
GError *sidetone_stun_message_make_error (const StunMessage *message);

G_END_DECLS
