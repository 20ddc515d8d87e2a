/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void sidetone_trust_prefer_folder (void);
gboolean sidetone_trust_check_file (const char *path,
                                    GError    **error);

G_END_DECLS
