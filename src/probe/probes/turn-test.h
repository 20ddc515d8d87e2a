/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "net/wait.h"
#include "probes/call-servers.h"
#include "turn/turn.h"

G_BEGIN_DECLS

/* What the parts of the TURN probe share: turn-allocation, turn-echo and turn-pair know each test
 * by these. */

typedef struct _SidetoneTurnTest SidetoneTurnTest;

/**
 * SidetoneTurnTests:
 * @context: where observations are added
 * @cancellable: (nullable): of the probe
 * @call_servers: what is to be tested
 * @tests: (element-type SidetoneTurnTest): one for each allocation
 * @calls: all that is under way
 * @n_started: call servers so far
 * @is_listening: whether more call servers may come
 * @allocated: called when it is known whether an allocation is there
 * @settle: called after each call that came back
 *
 * All tests of one probe: the data of its task.
 */
typedef struct _SidetoneTurnTests SidetoneTurnTests;

struct _SidetoneTurnTests
{
  SidetoneContext *context;
  GCancellable *cancellable;
  SidetoneCallServers *call_servers;
  GPtrArray *tests;
  SidetoneGathering calls;
  guint n_started;
  gboolean is_listening;
  void (*allocated) (SidetoneTurnTest *test);
  void (*settle) (SidetoneTurnTests *self);
};

/**
 * SidetoneTurnTest:
 *
 * One allocation (RFC 8656) and what is tried with it.
 */
struct _SidetoneTurnTest
{
  SidetoneTurnTests *all;
  SidetoneCallServer call_server;
  guint number;
  SidetoneWait *wait;          /* the deadline of the allocation, and the cancel of all of it */
  guint n_uses;                /* echoes that go through the allocation */

  /* The allocation */
  char *id;                    /* of its observation */
  gint64 start;
  GSocketFamily family;
  SidetoneTurn *turn;
  gboolean is_settled;         /* it is known whether it is there */
  gboolean is_there;           /* and was not released yet */

  /* The echo, by a second socket */
  SidetoneFlow *second;
  SidetoneEndpoint *mapped;    /* its reflexive address */
  SidetoneWait *binding;       /* for as long as that is of use */
  gint64 echo_start;           /* 0 if there is none */

  /* The pair, with another allocation */
  gboolean is_paired;          /* or need not be, or can't */
  gboolean has_borrowed;
  SidetoneWait *patience;      /* until it waits for no other one */
  SidetoneTurnTest *partner;   /* of one that is there for a pair alone: the one it is there for */
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
