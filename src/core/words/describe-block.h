/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *sidetone_describe_block (void);
const char *sidetone_describe_damaged_block (void);

G_END_DECLS
