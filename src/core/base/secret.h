/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void sidetone_secret_free (char *secret);
char *sidetone_secret_hide (const char        *text,
                            const char *const *secrets);

G_END_DECLS
