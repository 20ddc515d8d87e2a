/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "base/error.h"

#include <strophe.h>

G_BEGIN_DECLS

#define SIDETONE_NS_STREAM_ERRORS "urn:ietf:params:xml:ns:xmpp-streams"

typedef enum
{
  SIDETONE_MECHANISMS_NONE,
  SIDETONE_MECHANISMS_UNKNOWN,
  SIDETONE_MECHANISMS_WEAK,
  SIDETONE_MECHANISMS_USABLE,
} SidetoneMechanisms;

/* A server's refusal. Both texts may be %NULL. */
typedef struct
{
  char *condition;
  char *text;
} SidetoneRefusal;

char *sidetone_received_dup_text (xmpp_stanza_t *stanza);
gboolean sidetone_received_is (xmpp_stanza_t *stanza,
                               const char    *name,
                               const char    *xmlns);
gboolean sidetone_received_has_child (xmpp_stanza_t *stanza,
                                      const char    *name,
                                      const char    *xmlns);

SidetoneMechanisms sidetone_received_read_mechanisms (xmpp_stanza_t *features,
                                                      char         **names);
SidetoneRefusal *sidetone_received_read_refusal (xmpp_stanza_t *parent,
                                                 const char    *xmlns);
void sidetone_refusal_free (SidetoneRefusal *self);

SidetoneError sidetone_received_error_from_sasl_refusal (const SidetoneRefusal *refusal);
SidetoneError sidetone_received_error_from_bind_condition (const char *condition);
SidetoneError sidetone_received_error_from_stream_condition (const char *condition);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneRefusal, sidetone_refusal_free)

G_END_DECLS
