/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void sidetone_host_lookup_async (const char         *name,
                                 guint               deadline_ms,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);
GPtrArray *sidetone_host_lookup_finish (GAsyncResult *result,
                                        GError      **error);

G_END_DECLS
