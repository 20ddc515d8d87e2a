/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "nat/nat-lifetime.h"

#include "base/deadlines.h"
#include "base/error.h"
#include "nat/nat-ground.h"
#include "nat/nat-socket.h"
#include "net/wait.h"

/* The lifetime of a NAT's UDP mapping, or of a firewall's state (RFC 4787, section 4.3): how long
 * packets from outside are let in while nothing is sent.
 *
 * Many sockets exchange a packet with the user's own relay. Each socket then stays silent, a little
 * longer than the one before, until the relay sends to it. All sockets run at once, so the
 * measurement takes as long as the lifetime, and ends with the second socket that gets nothing. A
 * socket that sent a request, as keep-alives do, would reopen its mapping and learn nothing.
 *
 * The path to the relay must not close meanwhile: its permissions are refreshed all the time. */

typedef struct _Search Search;

typedef struct
{
  Search *search;
  guint silence_ms;              /* as planned */
  gint64 last_used;
  gint64 knocked;
  SidetoneFlow *flow;
  SidetoneEndpoint *seen;        /* by the relay; NULL until a packet has reached it */
  guint timer;
  SidetoneNatTrial outcome;
} Waiter;

struct _Search
{
  GTask *task;                   /* owns this; NULL once it has returned */
  SidetoneNatGround *ground;
  SidetoneWait *wait;
  SidetoneNatProgressFunc progress;
  gpointer progress_data;
  guint shortest_ms;
  guint longest_ms;
  SidetoneEndpoint *relayed;
  SidetoneNatSocket *first;      /* shows this computer's reflexive address */
  SidetoneTurn *turn;
  gboolean is_there;
  gboolean is_proven;            /* a packet has come back through the relay */
  gboolean is_over;
  gboolean is_ending;            /* and all calls have returned */
  GPtrArray *waiters;            /* Waiter, sorted by their silence */
  guint keep_source;
  guint wait_ms;
  SidetoneGathering calls;
  SidetoneNatLifetime lifetime;
  GError *error;
};

/* The growth from one silence to the next, in percent: the error is at most half of that */
#define STEP 8


static void
waiter_free (gpointer data)
{
  Waiter *waiter = data;

  g_clear_handle_id (&waiter->timer, g_source_remove);
  if (waiter->flow != NULL)
    sidetone_flow_close (waiter->flow);
  g_clear_object (&waiter->flow);
  g_clear_pointer (&waiter->seen, sidetone_endpoint_unref);
  g_free (waiter);
}

static void
search_free (gpointer data)
{
  Search *search = data;

  g_clear_handle_id (&search->keep_source, g_source_remove);
  sidetone_wait_free (search->wait);
  g_ptr_array_unref (search->waiters);
  g_clear_pointer (&search->relayed, sidetone_endpoint_unref);
  g_clear_pointer (&search->first, sidetone_nat_socket_free);
  g_clear_object (&search->turn);
  sidetone_nat_ground_unref (search->ground);
  g_clear_error (&search->error);
  g_free (search);
}

static GCancellable *
get_cancellable (Search *search)
{
  return sidetone_wait_get_cancellable (search->wait);
}

static void
begin (Search *search)
{
  sidetone_gathering_begin (&search->calls);
}

static void
end (Search *search)
{
  sidetone_gathering_end (&search->calls);
}

/* Takes @error, unless an error is set */
static void
stop (Search *search,
      GError *error)
{
  if (search->error == NULL)
    search->error = error;
  else
    g_clear_error (&error);

  search->is_over = TRUE;
  g_clear_handle_id (&search->keep_source, g_source_remove);
  for (guint i = 0; i < search->waiters->len; i++)
    {
      Waiter *waiter = search->waiters->pdata[i];

      g_clear_handle_id (&waiter->timer, g_source_remove);
    }
  sidetone_wait_cancel (search->wait);
}

static void
stop_for_want (Search     *search,
               const char *text)
{
  stop (search, g_error_new_literal (SIDETONE_ERROR, SIDETONE_ERROR_RELAY_SILENT, text));
}

/* A packet may get lost: only two silent sockets in a row mean closed. */
static gboolean
is_closed (Search *search,
           guint   i)
{
  const Waiter *waiter = search->waiters->pdata[i];
  const Waiter *next = i + 1 < search->waiters->len ? search->waiters->pdata[i + 1] : NULL;

  return waiter->outcome == SIDETONE_NAT_TRIAL_SILENT &&
         (next == NULL || next->outcome == SIDETONE_NAT_TRIAL_SILENT);
}

static guint
get_silence (const Waiter *waiter)
{
  return (waiter->knocked - waiter->last_used) / 1000;
}

/* Returns whether the search can end */
static gboolean
judge (Search *search)
{
  search->lifetime = (SidetoneNatLifetime) { 0 };
  for (guint i = 0; i < search->waiters->len; i++)
    {
      const Waiter *waiter = search->waiters->pdata[i];

      if (is_closed (search, i))
        {
          search->lifetime.closed_ms = get_silence (waiter);
          return TRUE;
        }
      if (waiter->outcome == SIDETONE_NAT_TRIAL_ARRIVED)
        search->lifetime.open_ms = get_silence (waiter);
      else if (waiter->outcome == SIDETONE_NAT_TRIAL_NOT_MADE && waiter->seen != NULL)
        return FALSE;
    }

  return TRUE;
}

static void
knock_late_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Waiter *waiter = user_data;
  Search *search = waiter->search;
  g_autoptr (SidetoneNatArrival) arrival = NULL;
  g_autoptr (GError) error = NULL;

  arrival = sidetone_nat_trial_finish (result, &error);
  if (arrival != NULL)
    waiter->outcome = SIDETONE_NAT_TRIAL_ARRIVED;
  else if (g_error_matches (error, SIDETONE_ERROR, SIDETONE_ERROR_STUN_NO_ANSWER))
    waiter->outcome = SIDETONE_NAT_TRIAL_SILENT;

  if (!search->is_over)
    {
      gboolean is_known = judge (search);

      if (search->progress != NULL)
        search->progress (&search->lifetime, search->progress_data);
      if (is_known)
        stop (search, NULL);
    }
  end (search);
}

static void
knock_back (Waiter             *waiter,
            GAsyncReadyCallback callback)
{
  Search *search = waiter->search;
  const SidetoneNatEnd relay = { .turn = search->turn };
  const SidetoneNatEnd at = { .flow = waiter->flow };

  begin (search);
  sidetone_nat_knock_async (&relay, waiter->seen, &at, NULL, search->wait_ms, get_cancellable (search),
                            callback, waiter);
}

static gboolean
silence_cb (gpointer user_data)
{
  Waiter *waiter = user_data;

  waiter->timer = 0;
  waiter->knocked = g_get_monotonic_time ();
  knock_back (waiter, knock_late_cb);

  return G_SOURCE_REMOVE;
}

/* NATs keep a mapping longer once it was used in both directions */
static void
knock_back_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Waiter *waiter = user_data;
  g_autoptr (SidetoneNatArrival) arrival = sidetone_nat_trial_finish (result, NULL);

  waiter->last_used = g_get_monotonic_time ();
  if (arrival == NULL)
    g_clear_pointer (&waiter->seen, sidetone_endpoint_unref);
  else if (!waiter->search->is_over)
    waiter->timer = g_timeout_add_full (G_PRIORITY_HIGH, waiter->silence_ms, silence_cb, waiter,
                                        NULL);
  end (waiter->search);
}

static void add_others (Search *search);

/* The first packet that comes back is the relay's consent to those of the other sockets. */
static void
knock_there_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  Waiter *waiter = user_data;
  Search *search = waiter->search;
  g_autoptr (SidetoneNatArrival) arrival = sidetone_nat_trial_finish (result, NULL);

  if (arrival != NULL)
    {
      waiter->seen = sidetone_endpoint_ref (arrival->source);
      knock_back (waiter, knock_back_cb);
    }
  if (arrival != NULL && !search->is_proven && !search->is_over)
    {
      search->is_proven = TRUE;
      add_others (search);
    }
  end (search);
}

static void
add_waiter (Search *search,
            guint   silence_ms)
{
  Waiter *waiter = g_new0 (Waiter, 1);
  const SidetoneNatEnd relay = { .turn = search->turn };
  SidetoneNatEnd from = { 0 };

  waiter->search = search;
  waiter->silence_ms = silence_ms;
  waiter->flow = sidetone_nat_ground_open (search->ground, search->relayed);
  g_ptr_array_add (search->waiters, waiter);
  if (waiter->flow == NULL)
    return;

  from.flow = waiter->flow;
  begin (search);
  sidetone_nat_knock_async (&from, search->relayed, &relay,
                            sidetone_nat_ground_get_budget (search->ground), search->wait_ms, get_cancellable (search),
                            knock_there_cb, waiter);
}

static void
add_others (Search *search)
{
  gdouble silence = search->shortest_ms;

  while ((silence *= 1 + STEP / 100.0) <= search->longest_ms)
    add_waiter (search, silence);
}

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  sidetone_turn_permit_finish (SIDETONE_TURN (source), result, NULL);
  end (user_data);
}

static gboolean
keep_cb (gpointer user_data)
{
  Search *search = user_data;

  begin (search);
  sidetone_turn_permit_async (search->turn, search->first->mapped, get_cancellable (search), kept_cb,
                              search);

  return G_SOURCE_CONTINUE;
}

static void
permit_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Search *search = user_data;
  GError *error = NULL;

  if (!sidetone_turn_permit_finish (SIDETONE_TURN (source), result, &error))
    {
      stop (search, error);
      end (search);
      return;
    }

  search->keep_source = g_timeout_add (MIN (sidetone_deadlines.nat_keep,
                                            search->shortest_ms / 2), keep_cb, search);
  add_waiter (search, search->shortest_ms);
  end (search);
}

/* Both calls have returned: the allocation and the first socket */
static void
start_waiting (Search *search)
{
  if (search->first == NULL || !search->is_there)
    {
      stop_for_want (search, "There is no relay to try it with");
      return;
    }

  search->relayed = sidetone_nat_ground_reach (search->ground,
                                               sidetone_turn_get_relayed (search->turn),
                                               search->first->server);
  if (search->relayed == NULL)
    {
      stop_for_want (search, "Nothing is sent to an address like that of the relay");
      return;
    }

  search->wait_ms = sidetone_nat_get_wait (MAX (sidetone_turn_get_round_trip (search->turn), 0));
  begin (search);
  sidetone_turn_permit_async (search->turn, search->first->mapped, get_cancellable (search), permit_cb,
                              search);
}

static void
finish (Search *search)
{
  g_autoptr (GTask) task = g_steal_pointer (&search->task);

  if (g_task_return_error_if_cancelled (task))
    return;

  if (search->error != NULL)
    g_task_return_error (task, g_steal_pointer (&search->error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
release_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  sidetone_turn_release_finish (SIDETONE_TURN (source), result, NULL);
  end (user_data);
}

/* Goes on when all calls have returned */
static void
settle (GTask *task)
{
  Search *search = g_task_get_task_data (task);

  if (search->is_ending)
    {
      finish (search);
      return;
    }

  if (!search->is_over && sidetone_wait_is_over (search->wait))
    stop (search, NULL);
  if (!search->is_over && search->relayed == NULL)
    start_waiting (search);
  else if (!search->is_over && judge (search) && search->lifetime.open_ms == 0 &&
           search->lifetime.closed_ms == 0)
    stop_for_want (search, "No data came through the relay");
  if (!search->is_over || !sidetone_gathering_is_done (&search->calls))
    return;

  search->is_ending = TRUE;
  if (search->is_there)
    {
      begin (search);
      sidetone_turn_release_async (search->turn, release_cb, search);
    }
  else
    {
      finish (search);
    }
}

static void
open_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Search *search = user_data;

  search->first = sidetone_nat_socket_open_finish (result, NULL);
  end (search);
}

static void
allocate_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Search *search = user_data;

  search->is_there = sidetone_turn_allocate_finish (SIDETONE_TURN (source), result,
                                                    search->error == NULL ? &search->error : NULL);
  end (search);
}

static void
cancelled_cb (gpointer user_data)
{
  Search *search = user_data;

  /* No call may be running just now: all sockets are silent. */
  begin (search);
  stop (search, NULL);
  end (search);
}

/**
 * sidetone_nat_measure_lifetime_async:
 * @views: only its first server and first relay are used
 * @shortest_ms: the shortest silence that is tried
 * @longest_ms: the longest
 * @progress: (nullable) (scope async): called with each new result
 * @progress_data: for @progress
 * @cancellable: (nullable): ends it, once the allocation is deleted
 * @callback: called with the result, at the latest a little after @longest_ms
 * @user_data: for @callback
 *
 * Measures how long UDP stays open. This takes as long as the lifetime itself.
 */
void
sidetone_nat_measure_lifetime_async (const SidetoneNatViews *views,
                                     guint                   shortest_ms,
                                     guint                   longest_ms,
                                     SidetoneNatProgressFunc progress,
                                     gpointer                progress_data,
                                     GCancellable           *cancellable,
                                     GAsyncReadyCallback     callback,
                                     gpointer                user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  const SidetoneCallServer *call_server = views->relays;
  Search *search = g_new0 (Search, 1);
  SidetoneNatServer server = { 0 };

  g_return_if_fail (views->servers->len > 0 && views->n_relays > 0);

  g_task_set_source_tag (task, sidetone_nat_measure_lifetime_async);
  g_task_set_task_data (task, search, search_free);
  search->task = task;
  search->ground = sidetone_nat_ground_new (views);
  search->wait = sidetone_wait_new (0, cancellable, cancelled_cb, search);
  sidetone_gathering_init (&search->calls, task, settle);
  search->progress = progress;
  search->progress_data = progress_data;
  search->shortest_ms = shortest_ms;
  search->longest_ms = longest_ms;
  search->waiters = g_ptr_array_new_with_free_func (waiter_free);
  server.server = views->servers->pdata[0];
  search->turn = sidetone_turn_new (call_server->server, sidetone_service_get_host (call_server->service),
                                    sidetone_service_get_username (call_server->service),
                                    sidetone_service_get_password (call_server->service),
                                    views->nat64 != NULL ? G_SOCKET_FAMILY_IPV4
                                    : sidetone_endpoint_get_family (server.server));
  sidetone_turn_set_authorities (search->turn, views->authorities);
  server.round_trip_us = G_USEC_PER_SEC;
  begin (search);
  begin (search);
  sidetone_nat_socket_open_async (search->ground, &server, get_cancellable (search), open_cb, search);
  sidetone_turn_allocate_async (search->turn, get_cancellable (search), allocate_cb, search);
}

/**
 * sidetone_nat_measure_lifetime_finish:
 * @result: what the callback was given
 * @lifetime: (out): the lifetime
 * @error: those of sidetone_turn_allocate_finish() and sidetone_turn_permit_finish(),
 *   %SIDETONE_ERROR_RELAY_SILENT, or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it was measured
 */
gboolean
sidetone_nat_measure_lifetime_finish (GAsyncResult        *result,
                                      SidetoneNatLifetime *lifetime,
                                      GError             **error)
{
  const Search *search = g_task_get_task_data (G_TASK (result));

  *lifetime = search->lifetime;
  return g_task_propagate_boolean (G_TASK (result), error);
}
