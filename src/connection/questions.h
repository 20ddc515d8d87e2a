/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib.h>
#include <strophe.h>

G_BEGIN_DECLS

typedef struct _SidetoneQuestions SidetoneQuestions;

SidetoneQuestions *sidetone_questions_new (void);
void sidetone_questions_free (SidetoneQuestions *self);

const char *sidetone_questions_take_line (SidetoneQuestions *self,
                                          const char        *line);
GString *sidetone_questions_take_unsent (SidetoneQuestions *self);
char *sidetone_questions_match (SidetoneQuestions *self,
                                xmpp_stanza_t     *answer,
                                const char        *jid);

G_END_DECLS
