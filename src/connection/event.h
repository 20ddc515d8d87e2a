/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "address/endpoint.h"
#include "base/error.h"
#include "certificate.h"
#include "stage.h"

G_BEGIN_DECLS

void sidetone_event_connected (SidetoneEndpoint *local,
                               SidetoneEndpoint *peer,
                               gint64            rtt_us);
void sidetone_event_stage (SidetoneStage stage);
void sidetone_event_secured (const SidetoneCertificate *certificate);
void sidetone_event_certificate (const SidetoneCertificate *certificate,
                                 SidetoneError              problem);
void sidetone_event_signed_in (const char *jid,
                               const char *mechanism);
void sidetone_event_answer (const char *id,
                            const char *stanza);

void sidetone_event_failed (SidetoneStage stage,
                            SidetoneError error,
                            const char   *condition,
                            const char   *text) G_GNUC_NORETURN;

G_END_DECLS
