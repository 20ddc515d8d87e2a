/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void sidetone_secrets_lookup_async (const char         *jid,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data);
char *sidetone_secrets_lookup_finish (GAsyncResult *result,
                                      GError      **error);

void sidetone_secrets_store_async (const char         *jid,
                                   const char         *password,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
gboolean sidetone_secrets_store_finish (GAsyncResult *result,
                                        GError      **error);

void sidetone_secrets_clear_async (const char         *jid,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
gboolean sidetone_secrets_clear_finish (GAsyncResult *result,
                                        GError      **error);

void sidetone_secrets_check_async (GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
gboolean sidetone_secrets_check_finish (GAsyncResult *result,
                                        GError      **error);

G_END_DECLS
