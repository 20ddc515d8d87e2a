/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SidetoneStage:
 * @SIDETONE_STAGE_TCP: waiting for the server to accept the connection
 * @SIDETONE_STAGE_STREAM: waiting for the stream's header and features; twice with STARTTLS
 * @SIDETONE_STAGE_TLS: waiting for the answer to STARTTLS, or in the handshake
 * @SIDETONE_STAGE_SASL: signing in
 * @SIDETONE_STAGE_BIND: authenticated, waiting for resource binding (RFC 6120, section 7)
 * @SIDETONE_STAGE_ONLINE: bound; questions may be asked
 *
 * How far the connection has come. A failure names its stage.
 */
typedef enum
{
  SIDETONE_STAGE_TCP,
  SIDETONE_STAGE_STREAM,
  SIDETONE_STAGE_TLS,
  SIDETONE_STAGE_SASL,
  SIDETONE_STAGE_BIND,
  SIDETONE_STAGE_ONLINE,
} SidetoneStage;

const char *sidetone_stage_to_nick (SidetoneStage stage);

G_END_DECLS
