/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A session's pending IQs, each with its deadline */
typedef struct _SidetoneIqs SidetoneIqs;

SidetoneIqs *sidetone_iqs_new (void);
void sidetone_iqs_free (SidetoneIqs *self);

const char *sidetone_iqs_add (SidetoneIqs *self,
                              GTask       *task);
void sidetone_iqs_answer (SidetoneIqs *self,
                          const char  *id,
                          const char  *stanza);
void sidetone_iqs_fail (SidetoneIqs  *self,
                        const GError *error);
gboolean sidetone_iqs_was_left_waiting (SidetoneIqs *self);
char *sidetone_iqs_dup_raw (GTask *task);

G_END_DECLS
