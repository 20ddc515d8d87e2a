/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "address/account.h"
#include "address/endpoint.h"
#include "wire/element.h"
#include "xmpp/candidates.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_SESSION (sidetone_session_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneSession, sidetone_session, SIDETONE, SESSION, GObject)

SidetoneSession *sidetone_session_new (SidetoneAccount * account,
                                       char *password,
                                       gint64 clock_start);

void sidetone_session_open_async (SidetoneSession    *self,
                                  SidetoneCandidates *candidates,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
gboolean sidetone_session_open_finish (SidetoneSession *self,
                                       GAsyncResult    *result,
                                       GError         **error);

void sidetone_session_settle_async (SidetoneSession    *self,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data);
gboolean sidetone_session_settle_finish (SidetoneSession *self,
                                         GAsyncResult    *result,
                                         GError         **error);

void sidetone_session_ask_async (SidetoneSession    *self,
                                 const char         *to,
                                 const char         *payload,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);
SidetoneElement *sidetone_session_ask_finish (SidetoneSession *self,
                                              GAsyncResult    *result,
                                              char           **raw,
                                              GError         **error);

void sidetone_session_close_async (SidetoneSession    *self,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
gboolean sidetone_session_close_finish (SidetoneSession *self,
                                        GAsyncResult    *result,
                                        GError         **error);
void sidetone_session_abort (SidetoneSession *self);

SidetoneAccount *sidetone_session_get_account (SidetoneSession *self);
SidetoneEndpoint *sidetone_session_get_local (SidetoneSession *self);
SidetoneEndpoint *sidetone_session_get_peer (SidetoneSession *self);

G_END_DECLS
