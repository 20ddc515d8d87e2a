/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-connection"

#include "config.h"

#include "stage.h"

/* The stages of a sign-in (RFC 6120): TCP, stream, TLS, SASL, bind, online. */

/**
 * sidetone_stage_to_nick:
 * @stage: a stage
 *
 * Returns: (transfer none): the stage's name in the protocol with the parent
 */
const char *
sidetone_stage_to_nick (SidetoneStage stage)
{
  switch (stage)
    {
    case SIDETONE_STAGE_TCP:
      return "tcp";
    case SIDETONE_STAGE_STREAM:
      return "stream";
    case SIDETONE_STAGE_TLS:
      return "tls";
    case SIDETONE_STAGE_SASL:
      return "sasl";
    case SIDETONE_STAGE_BIND:
      return "bind";
    case SIDETONE_STAGE_ONLINE:
      return "online";
    }
  g_assert_not_reached ();
}
