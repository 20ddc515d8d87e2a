/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

const char *sidetone_nick_get (GType type,
                               int   value);
int sidetone_nick_find (GType       type,
                        const char *nick);

G_END_DECLS
