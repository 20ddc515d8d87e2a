/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "address/endpoint.h"

G_BEGIN_DECLS

typedef enum
{
  SIDETONE_ICMP_OTHER,
  SIDETONE_ICMP_EXPIRED,       /* Time Exceeded: the packet's TTL was used up */
  SIDETONE_ICMP_UNREACHABLE,   /* Destination Unreachable: a closed port, or a refusal */
} SidetoneIcmpKind;

/**
 * SidetoneIcmp:
 * @kind: what it says
 * @from: (nullable): its sender
 * @to: (nullable): where the packet should have gone that it is about
 *
 * An ICMP error about a packet of ours.
 */
typedef struct
{
  SidetoneIcmpKind kind;
  GInetAddress *from;
  SidetoneEndpoint *to;
} SidetoneIcmp;

void sidetone_icmp_clear (SidetoneIcmp *self);

gboolean sidetone_error_queue_open (GSocket *socket);
gboolean sidetone_error_queue_read (GSocket          *socket,
                                    SidetoneTransport transport,
                                    SidetoneIcmp     *icmp);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SidetoneIcmp, sidetone_icmp_clear)

G_END_DECLS
