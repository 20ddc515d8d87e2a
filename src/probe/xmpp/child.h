/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "xmpp/candidate.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define SIDETONE_TYPE_CHILD (sidetone_child_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneChild, sidetone_child, SIDETONE, CHILD, GObject)

SidetoneChild *sidetone_child_new (SidetoneAccount * account,
                                   const char *password,
                                   SidetoneCandidate * candidate,
                                   GError * *error);

void sidetone_child_go (SidetoneChild *self);
void sidetone_child_ask (SidetoneChild *self,
                         const char    *id,
                         const char    *to,
                         const char    *payload);
void sidetone_child_sign_out (SidetoneChild *self);
void sidetone_child_kill (SidetoneChild *self);

gboolean sidetone_child_has_ended (SidetoneChild *self);

G_END_DECLS
