/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "settings.h"

G_BEGIN_DECLS

typedef struct _SidetoneStream SidetoneStream;

SidetoneStream *sidetone_stream_new (SidetoneSettings *settings);

void sidetone_stream_connect (SidetoneStream *self);
void sidetone_stream_go (SidetoneStream *self);
const char *sidetone_stream_ask (SidetoneStream *self,
                                 const char     *question);
void sidetone_stream_flush (SidetoneStream *self);
void sidetone_stream_sign_out (SidetoneStream *self);

G_END_DECLS
