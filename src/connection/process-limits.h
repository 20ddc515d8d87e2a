/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void sidetone_limits_apply (void);
void sidetone_limits_follow_parent (int fd);

G_END_DECLS
