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
 * What the name server was asked. The nick is what a report says.
 */
typedef enum
{
  SIDETONE_QUESTION_UNKNOWN,
  SIDETONE_QUESTION_SRV_CLIENT,   /* SRV records for STARTTLS (RFC 6120, section 3.2.1) */
  SIDETONE_QUESTION_SRV_DIRECT,   /* SRV records for direct TLS (XEP-0368) */
  SIDETONE_QUESTION_ADDRESS,      /* addresses of the server */
  SIDETONE_QUESTION_NAT64,        /* whether there is a NAT64 (RFC 7050) */
  SIDETONE_QUESTION_SERVICE,      /* addresses of a server for calls */
} SidetoneQuestion;

/**
 * SidetoneLookupSeen:
 * @name: (nullable): what was looked up
 * @question: what was asked about it
 * @answers: (nullable): SRV records as "priority weight port target", addresses, or prefixes of
 *   NAT64; %NULL where the answer is not known
 *
 * A question to the name server (DNS), and its answer.
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

G_END_DECLS
