/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib.h>
#include <strophe.h>

G_BEGIN_DECLS

const xmpp_mem_t *sidetone_allocator_get (void);

G_END_DECLS
