/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "seen/lookup.h"

#include <glib/gi18n-lib.h>

/* A DNS query (SRV, A, AAAA): the table of its fields. */

/* The nicks are part of the reports' format: they never change. */
G_DEFINE_ENUM_TYPE (
  SidetoneQuestion, sidetone_question,
  G_DEFINE_ENUM_VALUE (SIDETONE_QUESTION_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_QUESTION_SRV_CLIENT, "srv-client"),
  G_DEFINE_ENUM_VALUE (SIDETONE_QUESTION_SRV_DIRECT, "srv-direct"),
  G_DEFINE_ENUM_VALUE (SIDETONE_QUESTION_ADDRESS, "address"),
  G_DEFINE_ENUM_VALUE (SIDETONE_QUESTION_NAT64, "nat64"),
  G_DEFINE_ENUM_VALUE (SIDETONE_QUESTION_SERVICE, "service"))

static const SidetoneField fields[] = {
  SIDETONE_FIELD (SidetoneLookupSeen, "name", TEXT, name, NAME, TEXT, N_("Name looked up")),
  SIDETONE_FIELD_OF_CHOICE (SidetoneLookupSeen, "question", question, sidetone_question_get_type, CHOICE,
                            N_("Asked for")),
  SIDETONE_FIELD (SidetoneLookupSeen, "answers", TEXTS, answers, ANSWERS, LIST_OR_NONE,
                  N_("Answers")),
};

const SidetoneFieldTable sidetone_lookup_table = SIDETONE_FIELD_TABLE (SidetoneLookupSeen, fields);

/**
 * sidetone_observation_get_lookup:
 * @self: an observation
 *
 * Returns: (transfer none) (nullable): what was seen, or %NULL if it is not of kind
 *   %SIDETONE_OBSERVATION_LOOKUP
 */
const SidetoneLookupSeen *
sidetone_observation_get_lookup (SidetoneObservation *self)
{
  return sidetone_observation_get_seen_as (self, SIDETONE_OBSERVATION_LOOKUP);
}

/**
 * sidetone_lookup_asks_for:
 * @lookup: an observation
 * @question: a DNS question
 *
 * Returns: whether @lookup is of kind %SIDETONE_OBSERVATION_LOOKUP and asked @question
 */
gboolean
sidetone_lookup_asks_for (SidetoneObservation *lookup,
                          SidetoneQuestion     question)
{
  const SidetoneLookupSeen *seen = sidetone_observation_get_lookup (lookup);

  return seen != NULL && seen->question == question;
}

/**
 * sidetone_lookup_get_name:
 * @lookup: an observation
 *
 * Returns: (transfer none) (nullable): the name that was looked up; %NULL also for observations of
 *   other kinds
 */
const char *
sidetone_lookup_get_name (SidetoneObservation *lookup)
{
  const SidetoneLookupSeen *seen = sidetone_observation_get_lookup (lookup);

  return seen != NULL ? seen->name : NULL;
}

/**
 * sidetone_lookup_count_answers:
 * @lookup: an observation of kind %SIDETONE_OBSERVATION_LOOKUP
 *
 * Returns: the number of answers; 0 also if the answer is not known
 */
guint
sidetone_lookup_count_answers (SidetoneObservation *lookup)
{
  const SidetoneLookupSeen *seen = sidetone_observation_get_lookup (lookup);

  return seen->answers != NULL ? g_strv_length ((char **) seen->answers) : 0;
}
