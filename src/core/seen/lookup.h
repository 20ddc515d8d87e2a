/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "seen/field.h"
#include "seen/observation.h"

G_BEGIN_DECLS

/**
 * SidetoneQuestion:
 *
 * What a DNS query asks for. The nick is its word in reports.
 */
typedef enum
{
  SIDETONE_QUESTION_UNKNOWN,
  SIDETONE_QUESTION_SRV_CLIENT,   /* SRV records for STARTTLS (RFC 6120, section 3.2.1) */
  SIDETONE_QUESTION_SRV_DIRECT,   /* SRV records for direct TLS (XEP-0368) */
  SIDETONE_QUESTION_ADDRESS,      /* the server's addresses */
  SIDETONE_QUESTION_NAT64,        /* whether there is a NAT64 (RFC 7050) */
  SIDETONE_QUESTION_SERVICE,      /* a call server's addresses */
} SidetoneQuestion;

/**
 * SidetoneLookupSeen:
 * @name: (nullable): the name
 * @question: what was asked for
 * @answers: (nullable): SRV records as "priority weight port target", addresses, or NAT64 prefixes;
 *   %NULL without an answer
 *
 * A DNS query and its answer.
 */
typedef struct
{
  const char *name;
  SidetoneQuestion question;
  const char *const *answers;
} SidetoneLookupSeen;

#define SIDETONE_TYPE_QUESTION (sidetone_question_get_type ())

GType sidetone_question_get_type (void);

extern const SidetoneFieldTable sidetone_lookup_table;

const SidetoneLookupSeen *sidetone_observation_get_lookup (SidetoneObservation *self);

gboolean sidetone_lookup_asks_for (SidetoneObservation *lookup,
                                   SidetoneQuestion     question);
const char *sidetone_lookup_get_name (SidetoneObservation *lookup);
guint sidetone_lookup_count_answers (SidetoneObservation *lookup);

G_END_DECLS
