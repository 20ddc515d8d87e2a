/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SidetoneDeadlines:
 * @dns: for an answer of the network's name server
 * @nat64: for the address that tells a NAT64's prefix (RFC 7050)
 * @tcp: for a connection to an address
 * @tcp_beside: the same for an address that is not needed, because there are others
 * @tls: for a TLS handshake
 * @sign_in: for all of a sign-in, from the first SYN until the session is there
 * @query: for the answer to an IQ
 * @secrets: for the desktop to say whether it keeps passwords
 * @sign_out: for sidetone-connection to end
 * @sign_out_silent: the same, at a server that has not answered
 * @stream_end: for the server's end of the stream; sidetone-connection then ends
 * @attempt_delay: the head start of each address in Happy Eyeballs
 * @resolution_delay: how long a name server that owes other addresses holds up the sign-in
 * @stun: for the answer to a STUN request, with all retransmissions
 * @stun_retransmission: before the first retransmission
 * @relay: for a TURN allocation, with TCP, TLS and two requests
 * @release: for the end of an allocation
 * @echo: for the last packet of an echo test
 * @path: for the routers nearby (traceroute)
 * @pair_delay: how long an allocation that is alone at its host waits for another one
 * @nat_min_wait: the least wait for a packet through a NAT
 * @nat_grace: the least that other servers may take longer than the first one
 * @nat_keep: between two packets that keep the way to a relay open
 * @nat_shortest_silence: the first silence after which a NAT may have closed a way
 * @nat_longest_silence: the last one
 *
 * Every deadline and delay, in milliseconds. src/probe and src/connection wait by these numbers,
 * and the words about an error print the same ones.
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
  guint relay;
  guint release;
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
