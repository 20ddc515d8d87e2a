/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "net/wait.h"
#include "probes/call-servers.h"
#include "probes/lanes.h"
#include "turn/turn.h"

G_BEGIN_DECLS

/* What the TURN probe's parts share: turn-allocation, turn-echo and turn-pair. */

typedef struct _SidetoneTurnTest SidetoneTurnTest;

/**
 * SidetoneTurnTests:
 * @context: the context for observations
 * @cancellable: (nullable): the probe's
 * @call_servers: the servers to test
 * @tests: (element-type SidetoneTurnTest): one for each allocation
 * @pairs: the budget of the packets from one relay to another, which this computer does not send
 *   itself
 * @lanes: (nullable): pings beside the echoes
 * @calls: all running calls
 * @n_started: the number of call servers so far
 * @is_listening: whether more call servers may come
 * @allocated: called when an allocation is made, or has failed
 * @settle: called after each call that returned
 *
 * All tests of one probe: its task's data.
 */
typedef struct _SidetoneTurnTests SidetoneTurnTests;

struct _SidetoneTurnTests
{
  SidetoneContext *context;
  GCancellable *cancellable;
  SidetoneCallServers *call_servers;
  GPtrArray *tests;
  SidetoneBudget *pairs;
  SidetoneLanes *lanes;
  SidetoneGathering calls;
  guint n_started;
  gboolean is_listening;
  void (*allocated) (SidetoneTurnTest *test);
  void (*settle) (SidetoneTurnTests *self);
};

/**
 * SidetoneTurnTest:
 *
 * One allocation (RFC 8656) and its tests.
 */
struct _SidetoneTurnTest
{
  SidetoneTurnTests *all;
  SidetoneCallServer call_server;
  guint number;
  SidetoneWait *wait;          /* the allocation's deadline, and the cancel of the whole test */
  guint n_uses;                /* echoes through the allocation */

  /* The allocation */
  char *id;                    /* its observation's */
  gint64 start;
  GSocketFamily family;
  SidetoneEndpoint *alternate; /* the server that the announced one names (Try Alternate) */
  SidetoneTurn *turn;
  gboolean is_settled;         /* the allocation is made, or has failed */
  gboolean is_there;           /* and is not deleted yet */

  /* The echo, by a second socket */
  SidetoneFlow *second;
  SidetoneEndpoint *mapped;    /* its reflexive address */
  SidetoneEndpoint *reached;   /* where it sends: the relayed address, or that behind NAT64 */
  SidetoneWait *binding;       /* for as long as its result is needed */
  gint64 echo_start;           /* 0 if none is sent */

  /* The pair, with another allocation */
  gboolean is_paired;          /* or can't or need not be */
  gboolean has_borrowed;
  SidetoneWait *patience;      /* for an announced partner */
  SidetoneTurnTest *partner;   /* of a borrowed allocation: the test that borrowed it */
};

/* turn-allocation.c */
SidetoneTurnTest *sidetone_turn_test_new (SidetoneTurnTests        *all,
                                          const SidetoneCallServer *call_server,
                                          guint                     number,
                                          const char               *suffix);
void sidetone_turn_test_free (SidetoneTurnTest *self);
void sidetone_turn_test_allocate (SidetoneTurnTest *self);
void sidetone_turn_test_release (SidetoneTurnTest *self);
gboolean sidetone_turn_test_is_cancelled (SidetoneTurnTest *self);
const char *sidetone_turn_test_get_host (const SidetoneTurnTest *self);
void sidetone_turn_test_begin (SidetoneTurnTest *self);
void sidetone_turn_test_end (SidetoneTurnTest *self);

/* turn-echo.c */
void sidetone_turn_test_open_second_socket (SidetoneTurnTest *self);
void sidetone_turn_test_start_echo (SidetoneTurnTest *self);

/* turn-pair.c */
void sidetone_turn_test_await_partner (SidetoneTurnTest *self);
void sidetone_turn_test_pair_up (SidetoneTurnTest *self);

G_END_DECLS
