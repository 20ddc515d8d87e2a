/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void sidetone_clock_read_async (GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data);
gboolean sidetone_clock_read_finish (GAsyncResult *result,
                                     GError      **error);

gboolean sidetone_clock_has_twelve_hours (void);

G_END_DECLS
