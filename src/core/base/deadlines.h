/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SidetoneDeadlines:
 * @dns: for a DNS answer
 * @nat64: for the NAT64 prefix (RFC 7050)
 * @tcp: for a TCP connection
 * @tcp_beside: for a TCP connection that is not needed, because another one is there
 * @tls: for a TLS handshake
 * @sign_in: for a whole sign-in, from the first SYN to the session
 * @query: for the answer to an IQ
 * @secrets: for the desktop to say whether it keeps passwords
 * @sign_out: for sidetone-connection to end
 * @sign_out_silent: the same, if the server has not answered
 * @stream_end: for the server's end of the stream; sidetone-connection then ends
 * @attempt_delay: each address's head start in Happy Eyeballs
 * @resolution_delay: how long missing DNS answers hold up the sign-in
 * @stun: for the answer to a STUN request, with all retransmissions
 * @stun_retransmission: before the first retransmission
 * @stranger: for what speaks at a port instead of the announced server
 * @relay: for a TURN allocation, with TCP, TLS and two requests
 * @release: for the deletion of an allocation
 * @consent: the packets to a relayed address until one has come back through the relay
 * @echo: for the last packet of an echo test
 * @path: for the nearby routers (traceroute)
 * @pair_delay: how long a single allocation at a host waits for another one
 * @nat_min_wait: the shortest wait for a packet through a NAT
 * @nat_grace: how much longer than the first server others may take, at least
 * @nat_keep: between two packets that keep the path to a relay open
 * @nat_shortest_silence: the first tested silence of a NAT mapping
 * @nat_longest_silence: the last one
 *
 * Every deadline and delay, in milliseconds. src/probe and src/connection use these numbers, and
 * errors' words print them.
 */
typedef struct
{
  guint dns;
  guint nat64;
  guint tcp;
  guint tcp_beside;
  guint tls;
  guint sign_in;
  guint query;
  guint secrets;
  guint sign_out;
  guint sign_out_silent;
  guint stream_end;
  guint attempt_delay;
  guint resolution_delay;
  guint stun;
  guint stun_retransmission;
  guint stranger;
  guint relay;
  guint release;
  guint consent;
  guint echo;
  guint path;
  guint pair_delay;
  guint nat_min_wait;
  guint nat_grace;
  guint nat_keep;
  guint nat_shortest_silence;
  guint nat_longest_silence;
} SidetoneDeadlines;

extern const SidetoneDeadlines sidetone_deadlines;

G_END_DECLS
