/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "base/deadlines.h"

/* Deadlines and delays, in milliseconds: the only place that has their numbers */

const SidetoneDeadlines sidetone_deadlines = {
  .dns = 5000,
  .nat64 = 1000,                /* a help to the verdict, not worth a longer wait */

  .tcp = 5000,
  .tcp_beside = 3200,           /* three SYNs, the last of which is sent after 3 s (RFC 6298) */
  .tls = 5000,
  .sign_in = 10000,
  .query = 5000,
  .secrets = 3000,

  .sign_out = 1500,             /* longer than stream_end */
  .sign_out_silent = 50,
  .stream_end = 1000,

  .attempt_delay = 250,         /* RFC 8305, section 5 */
  /* RFC 8305, section 3 has 50 ms, for the speed of web pages. A missing IPv6 address would cost us
   * a finding. */
  .resolution_delay = 300,

  .stun = 3000,
  .stun_retransmission = 500,   /* RFC 8489, section 6.2.1; doubled each time */
  .stranger = 1500,             /* it has accepted a connection before */
  .relay = 5500,
  .release = 2000,              /* so that no allocation is left: three times over UDP */
  .consent = 3000,              /* for the first packet to come back through a relay */
  .echo = 1000,
  .path = 1000,                 /* nearby routers answer sooner or not at all */
  .pair_delay = 700,

  /* A packet from a server that has answered before arrives within four round trips, but at least
   * this is waited. */
  .nat_min_wait = 500,
  .nat_grace = 300,             /* from the other side of the earth */
  .nat_keep = 1000,             /* no NAT closes that soon */

  /* Routers' lifetimes lie between these (RFC 4787, section 4.3 demands two minutes or more) */
  .nat_shortest_silence = 2000,
  .nat_longest_silence = 300000,
};
