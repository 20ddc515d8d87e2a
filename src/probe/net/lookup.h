/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  SIDETONE_LOOKUP_SRV,
  SIDETONE_LOOKUP_IPV4,
  SIDETONE_LOOKUP_IPV6,
  SIDETONE_LOOKUP_UNUSABLE,
} SidetoneLookupType;

void sidetone_lookup_prepare (void);

void sidetone_lookup_async (SidetoneLookupType  type,
                            const char         *name,
                            guint               deadline_ms,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data);
GPtrArray *sidetone_lookup_finish (GAsyncResult *result,
                                   GError      **error);

G_END_DECLS
