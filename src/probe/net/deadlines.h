/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

/* Every wait has a deadline. The words for the errors name them: keep words/describe.c in step.
 * All in milliseconds. */

#define SIDETONE_DEADLINE_DNS 5000
#define SIDETONE_DEADLINE_NAT64 1000     /* of use to a verdict, and worth no longer wait */
#define SIDETONE_DEADLINE_TCP 5000       /* an address */
#define SIDETONE_DEADLINE_TCP_BESIDE 3200 /* one that is not needed, for there are others: three SYNs,
                                           * of which the last is sent after 3 s (RFC 6298) */
#define SIDETONE_DEADLINE_TLS 5000
#define SIDETONE_DEADLINE_SIGN_IN 10000  /* in all, from the first SYN until the session is there */
#define SIDETONE_DEADLINE_QUERY 5000
#define SIDETONE_DEADLINE_SECRETS 3000   /* whether the desktop keeps passwords at all */
#define SIDETONE_DEADLINE_SIGN_OUT 1500
#define SIDETONE_DEADLINE_SIGN_OUT_SILENT 50 /* from a server that has not answered */

/* The next address is tried after this when the one before has not answered (RFC 8305, section 5) */
#define SIDETONE_ATTEMPT_DELAY 250

/* Once one address is known, a name server that owes others does not hold up the sign-in longer
 * than this. RFC 8305, section 3 has 50 ms, for the speed of web pages; a missing IPv6 address
 * would cost us a finding. */
#define SIDETONE_RESOLUTION_DELAY 300

/* Help for calls: servers of STUN and TURN */
#define SIDETONE_DEADLINE_STUN 3000      /* a question, with all its retransmissions */
#define SIDETONE_DEADLINE_RELAY 5500     /* for a relay to be there: with TCP, TLS and two questions */
#define SIDETONE_DEADLINE_RELEASE 2000   /* so that none is left: three times over UDP */
#define SIDETONE_DEADLINE_ECHO 1000      /* for a packet that was sent last */
#define SIDETONE_DEADLINE_PATH 1000      /* the routers nearby, who answer sooner or not at all */

/* A relay that is alone at its host waits so long for another one to be tried with */
#define SIDETONE_PAIR_DELAY 700
/* The first retransmission (RFC 8489, section 6.2.1); each of the next takes twice as long */
#define SIDETONE_STUN_RETRANSMISSION 500

/* After four round trips to a server, and no sooner than this, what has not come from there does not
 * come any more: that much is known of a server that has answered before */
#define SIDETONE_NAT_MIN_WAIT 500
