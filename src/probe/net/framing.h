/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SidetoneStranger:
 *
 * What speaks at the other end of a stream, by its first bytes.
 */
typedef enum
{
  SIDETONE_STRANGER_NONE,         /* STUN, or something unknown */
  SIDETONE_STRANGER_NOT_YET,      /* too few bytes to tell */
  SIDETONE_STRANGER_WEB_SERVER,
  SIDETONE_STRANGER_TLS,
} SidetoneStranger;

gssize sidetone_framing_measure (const guint8 *data,
                                 gsize         length);
SidetoneStranger sidetone_framing_find_stranger (const guint8 *data,
                                                 gsize         length);

G_END_DECLS
