/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "probes/turn-test.h"

#include "base/deadlines.h"
#include "probes/test-observation.h"
#include "turn/echo.h"

/* The third part of a TURN test: the pair. Two allocations at one host send to each other, as in a
 * call whose two sides both need a relay (ICE's relay-to-relay candidate pair, RFC 8445). */

/* The user data of an echo between two allocations */
typedef struct
{
  SidetoneTurnTest *test;
  SidetoneTurnTest *other;
  gint64 start;
} Pair;

static void
pair_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autofree Pair *pair = user_data;
  SidetoneTurnTest *test = pair->test;
  g_autofree char *id = g_strdup_printf ("pair-%u", test->number);
  const SidetoneTestFrame frame = { id, &test->call_server, pair->start };
  const SidetoneEchoFrame packets = {
    .relay = test->id,
    .other_relay = pair->other->id,
    .relayed = sidetone_turn_get_relayed (test->turn),
  };
  g_autoptr (SidetoneEcho) echo = NULL;
  g_autoptr (GError) error = NULL;

  echo = sidetone_echo_finish (result, &error);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    sidetone_test_observe_echo (test->all->context, &frame, &packets, echo, error);
  test->n_uses--;
  pair->other->n_uses--;
  sidetone_turn_test_end (test);
}

static void
start_pair (SidetoneTurnTest *self,
            SidetoneTurnTest *other)
{
  Pair *pair = g_new0 (Pair, 1);

  pair->test = self;
  pair->other = other;
  pair->start = sidetone_context_get_time (self->all->context);
  self->is_paired = other->is_paired = TRUE;
  self->n_uses++;
  other->n_uses++;
  sidetone_turn_test_begin (self);
  sidetone_echo_between_async (self->turn, other->turn, self->all->pairs, sidetone_wait_get_cancellable (self->wait),
                               pair_cb, pair);
}

static void
patience_cb (gpointer user_data)
{
  SidetoneTurnTest *self = user_data;

  g_clear_pointer (&self->patience, sidetone_wait_free);
  self->all->settle (self->all);
}

/**
 * sidetone_turn_test_await_partner:
 * @self: a test whose allocation is there
 *
 * Waits for a while for another announced server's allocation, before one is borrowed.
 */
void
sidetone_turn_test_await_partner (SidetoneTurnTest *self)
{
  self->patience = sidetone_wait_new (sidetone_deadlines.pair_delay, NULL, patience_cb, self);
}

/* Requests a second allocation at the same server, if no other announced one fits */
static void
borrow (SidetoneTurnTest *self)
{
  SidetoneTurnTest *other = sidetone_turn_test_new (self->all, &self->call_server, self->number, "b");

  self->has_borrowed = TRUE;
  other->partner = self;
  other->family = self->family;
  sidetone_turn_test_allocate (other);
}

/* Without a usable second socket, only another allocation tests this one. */
static gboolean
needs_pair (const SidetoneTurnTest *self)
{
  return self->mapped == NULL || self->echo_start == 0;
}

/**
 * sidetone_turn_test_pair_up:
 * @self: a test with an unpaired allocation
 *
 * Finds it a partner if it needs one: at each host the first two allocations of a family send to
 * each other, and each allocation without another test sends to another one. A borrowed allocation
 * only serves its borrower, who may have found another partner meanwhile.
 */
void
sidetone_turn_test_pair_up (SidetoneTurnTest *self)
{
  GPtrArray *tests = self->all->tests;
  gboolean may_come = !sidetone_call_servers_are_complete (self->all->call_servers);
  SidetoneTurnTest *partner = NULL;

  if (self->partner != NULL)
    {
      self->is_paired = self->partner->is_paired;
      return;
    }

  for (guint i = 0; i < tests->len; i++)
    {
      SidetoneTurnTest *other = tests->pdata[i];

      if (other == self ||
          !g_str_equal (sidetone_turn_test_get_host (self), sidetone_turn_test_get_host (other)))
        continue;

      may_come = may_come || !other->is_settled;
      if (!other->is_settled || other->family != self->family)
        continue;
      if (other->is_paired && !needs_pair (self))
        {
          self->is_paired = TRUE;
          return;
        }
      if (other->is_there)
        partner = other;
    }

  may_come = may_come && (self->patience != NULL || self->has_borrowed);
  if (partner != NULL)
    start_pair (self, partner);
  else if (!may_come && self->has_borrowed)
    self->is_paired = TRUE;
  else if (!may_come)
    borrow (self);
}
