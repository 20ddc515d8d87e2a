/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "stage.h"

#include <strophe.h>

G_BEGIN_DECLS

typedef struct _SidetoneWatch SidetoneWatch;

SidetoneWatch *sidetone_watch_new (void);

const xmpp_log_t *sidetone_watch_get_log (SidetoneWatch *self);
void sidetone_watch_set_context (SidetoneWatch *self,
                                 xmpp_ctx_t    *context);
void sidetone_watch_set_socket (SidetoneWatch *self,
                                int            fd);

void sidetone_watch_enter (SidetoneWatch *self,
                           SidetoneStage  stage);
void sidetone_watch_set_secured (SidetoneWatch *self,
                                 const char    *password);
void sidetone_watch_set_closing (SidetoneWatch *self);

const char *sidetone_watch_get_mechanism (const SidetoneWatch *self);
void sidetone_watch_check_input (SidetoneWatch *self);
void sidetone_watch_disconnected (SidetoneWatch *self,
                                  int            code) G_GNUC_NORETURN;

G_END_DECLS
