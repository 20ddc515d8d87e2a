/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void sidetone_test_clock_start (void);
void sidetone_test_clock_stop (void);
void sidetone_test_clock_sleep (gint64 ms);

G_END_DECLS
