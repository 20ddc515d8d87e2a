/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib.h>
#include <strophe.h>

G_BEGIN_DECLS

GSource *sidetone_strophe_source_new (xmpp_ctx_t *context,
                                      int         fd);

void sidetone_strophe_source_set_ticking (GSource *source,
                                          gboolean ticking);
void sidetone_strophe_source_wake (GSource *source);

G_END_DECLS
