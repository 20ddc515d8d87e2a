/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "address/endpoint.h"

G_BEGIN_DECLS

void sidetone_what_speaks_async (SidetoneEndpoint   *server,
                                 const char         *host,
                                 gboolean            was_open,
                                 const GError       *error,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);
GError *sidetone_what_speaks_finish (GAsyncResult *result);

G_END_DECLS
