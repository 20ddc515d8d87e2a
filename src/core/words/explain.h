/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/rules.h"
#include "words/describe.h"

G_BEGIN_DECLS

/* The pages of the help: in the window and in the terminal alike, made from the rows */

/**
 * SidetoneTerm:
 * @title: the term, not translated yet
 * @words: what it means to a user, not translated yet
 *
 * A term that the pages use.
 */
typedef struct
{
  const char *title;
  const char *words;
} SidetoneTerm;

char *sidetone_explain_title (const SidetoneRule *rule);
GPtrArray *sidetone_explain_rule (const SidetoneRule *rule);
GPtrArray *sidetone_explain_support (void);

guint sidetone_terms_get_n (void);
const SidetoneTerm *sidetone_terms_get (guint index);

G_END_DECLS
