/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "net/flow.h"

G_BEGIN_DECLS

void sidetone_stream_open_async (SidetoneEndpoint   *server,
                                 const char         *host,
                                 GTlsDatabase       *authorities,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);
SidetoneFlow *sidetone_stream_open_finish (GAsyncResult *result,
                                           GError      **error);
GStrv sidetone_stream_open_dup_names (GAsyncResult *result);

G_END_DECLS
