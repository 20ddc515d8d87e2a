/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "nat/nat.h"

#include "address/address-scope.h"
#include "base/deadlines.h"
#include "base/error.h"
#include "nat/nat-ground.h"
#include "nat/nat-hairpin.h"
#include "nat/nat-other.h"
#include "nat/nat-relay.h"
#include "net/wait.h"

/* NAT behaviour discovery (RFC 4787, RFC 5780) with what the user's own servers offer. One socket
 * sends STUN Binding requests to all of them. As soon as some have answered, the other tests run in
 * parallel: a server with another address is asked there (RFC 5780), or a TURN allocation serves as
 * a second viewpoint; and two sockets send to each other (hairpinning). Core judges all views
 * together.
 *
 * Allocations are scarce: none is made where a server's other address tells everything, and only
 * one at a time. */

typedef struct
{
  SidetoneNatGround *ground;
  SidetoneWait *wait;            /* cancels the requests that still run at the end */
  GTask *own;                    /* NULL once it is over */
  SidetoneFlow *tested;
  SidetoneNatBehaviour *behaviour;
  GPtrArray *relays;             /* SidetoneCallServer, those not yet tried */
  guint n_relays_tried;
  SidetoneEndpoint *relay_server;  /* of the relay that was tried last */

  guint n_asked;                 /* servers that have not answered */
  gint64 start;
  SidetoneWait *grace;           /* for the servers that have not answered */
  gboolean is_chosen;            /* the next tests have been chosen */
  gboolean is_patient;           /* the grace period is over */
  SidetoneGathering tests;

  SidetoneNatTrial same_address;
  SidetoneNatTrial other_address;
} Search;

/* The user data of a Binding request */
typedef struct
{
  GTask *task;
  SidetoneEndpoint *server;
} Question;

/* At most so many servers are asked. Three tell everything; a longer list is wrong. */
#define MAX_SERVERS 6

static void settle (GTask *task);

static SidetoneCallServer *
call_server_copy (const SidetoneCallServer *call_server)
{
  SidetoneCallServer *copy = g_new0 (SidetoneCallServer, 1);

  copy->service = sidetone_service_ref (call_server->service);
  copy->server = sidetone_endpoint_ref (call_server->server);

  return copy;
}

static void
call_server_free (gpointer data)
{
  SidetoneCallServer *call_server = data;

  sidetone_service_unref (call_server->service);
  sidetone_endpoint_unref (call_server->server);
  g_free (call_server);
}

static void
search_free (gpointer data)
{
  Search *search = data;

  g_clear_pointer (&search->grace, sidetone_wait_free);
  sidetone_wait_free (search->wait);
  sidetone_nat_ground_unref (search->ground);
  if (search->tested != NULL)
    sidetone_flow_close (search->tested);
  g_clear_object (&search->tested);
  g_clear_pointer (&search->behaviour, sidetone_nat_behaviour_free);
  g_ptr_array_unref (search->relays);
  g_clear_pointer (&search->relay_server, sidetone_endpoint_unref);
  g_free (search);
}

static GCancellable *
get_cancellable (Search *search)
{
  return sidetone_wait_get_cancellable (search->wait);
}

static gboolean
is_known (Search *search)
{
  SidetoneNatBehaviour *behaviour = search->behaviour;

  return behaviour->mapping != SIDETONE_NAT_MAPPING_UNKNOWN &&
         behaviour->mapping != SIDETONE_NAT_MAPPING_PORT_INDEPENDENT &&
         behaviour->mapping != SIDETONE_NAT_MAPPING_ENDPOINT_DEPENDENT &&
         behaviour->filtering != SIDETONE_NAT_FILTERING_UNKNOWN &&
         behaviour->filtering != SIDETONE_NAT_FILTERING_PORT_INDEPENDENT &&
         behaviour->filtering != SIDETONE_NAT_FILTERING_ENDPOINT_DEPENDENT;
}

/* A filter that lets packets in once does so whatever another trial says. A trial that was not made
 * says nothing. */
static void
join_trial (SidetoneNatTrial *trial,
            SidetoneNatTrial  found)
{
  if (*trial == SIDETONE_NAT_TRIAL_NOT_MADE || found == SIDETONE_NAT_TRIAL_ARRIVED)
    *trial = found;
}

static void
judge_filtering (Search           *search,
                 SidetoneNatTrial  same_address,
                 SidetoneNatTrial  other_address,
                 SidetoneNatMethod method,
                 SidetoneNatReason reason)
{
  SidetoneNatBehaviour *behaviour = search->behaviour;
  SidetoneNatFiltering before = behaviour->filtering;

  join_trial (&search->same_address, same_address);
  join_trial (&search->other_address, other_address);
  behaviour->filtering = sidetone_nat_judge_filtering (search->same_address, search->other_address);
  if (behaviour->filtering != before)
    behaviour->filtering_method = method;
  behaviour->filtering_reason = behaviour->filtering == SIDETONE_NAT_FILTERING_UNKNOWN
                                ? reason : SIDETONE_NAT_REASON_NONE;
}

static void
finish (Search *search)
{
  g_autoptr (GTask) task = g_steal_pointer (&search->own);

  sidetone_wait_cancel (search->wait);
  g_clear_pointer (&search->grace, sidetone_wait_free);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, g_steal_pointer (&search->behaviour),
                           (GDestroyNotify) sidetone_nat_behaviour_free);
}

/* Another relay of the same server tells nothing new */
static void
forget_relays (Search           *search,
               SidetoneEndpoint *server)
{
  for (guint i = search->relays->len; i > 0; i--)
    {
      const SidetoneCallServer *call_server = search->relays->pdata[i - 1];

      if (sidetone_endpoint_equal_address (call_server->server, server))
        g_ptr_array_remove_index (search->relays, i - 1);
    }
}

static void
relay_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Search *search = g_task_get_task_data (user_data);
  g_autoptr (SidetoneNatRelay) relay = sidetone_nat_relay_finish (result, NULL);

  if (relay != NULL)
    {
      if (relay->reason != SIDETONE_NAT_REASON_NO_RELAY)
        forget_relays (search, search->relay_server);
      if (relay->seen != NULL)
        sidetone_nat_behaviour_add_view (search->behaviour, relay->relayed, relay->seen,
                                         SIDETONE_NAT_METHOD_RELAY);
      if (relay->seen_beside != NULL)
        sidetone_nat_behaviour_add_view (search->behaviour, relay->beside, relay->seen_beside,
                                         SIDETONE_NAT_METHOD_TWO_SERVERS);
      search->behaviour->mapping_reason = relay->reason;
      sidetone_nat_behaviour_judge_mapping (search->behaviour);
      judge_filtering (search, relay->same_address, relay->other_address,
                       SIDETONE_NAT_METHOD_RELAY, relay->reason);
    }
  sidetone_gathering_end (&search->tests);
}

static void
try_relay (Search *search)
{
  SidetoneCallServer *call_server = g_ptr_array_steal_index (search->relays, 0);

  search->n_relays_tried++;
  g_clear_pointer (&search->relay_server, sidetone_endpoint_unref);
  search->relay_server = sidetone_endpoint_ref (call_server->server);
  sidetone_nat_relay_async (search->ground, search->tested, search->behaviour->mapped, call_server,
                            get_cancellable (search), relay_cb,
                            sidetone_gathering_begin (&search->tests));
  call_server_free (call_server);
}

static void
other_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Search *search = g_task_get_task_data (user_data);
  g_autoptr (SidetoneNatOther) other = sidetone_nat_other_finish (result, NULL);

  for (guint i = 0; other != NULL && i < SIDETONE_NAT_N_OTHERS; i++)
    {
      if (other->seen[i] != NULL)
        sidetone_nat_behaviour_add_view (search->behaviour, other->places[i], other->seen[i],
                                         SIDETONE_NAT_METHOD_OTHER_ADDRESS);
    }
  if (other != NULL)
    {
      sidetone_nat_behaviour_judge_mapping (search->behaviour);
      judge_filtering (search, other->same_address, other->other_address,
                       SIDETONE_NAT_METHOD_OTHER_ADDRESS, SIDETONE_NAT_REASON_NO_RELAY);
    }
  sidetone_gathering_end (&search->tests);
}

static void
hairpin_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Search *search = g_task_get_task_data (user_data);
  SidetoneNatBehaviour *behaviour = search->behaviour;

  if (behaviour != NULL)
    {
      behaviour->hairpinning_reason = SIDETONE_NAT_REASON_NONE;
      switch (sidetone_nat_hairpin_finish (result))
        {
        case SIDETONE_NAT_TRIAL_ARRIVED:
          behaviour->hairpinning = SIDETONE_NAT_HAIRPINNING_YES;
          break;

        case SIDETONE_NAT_TRIAL_SILENT:
          behaviour->hairpinning = SIDETONE_NAT_HAIRPINNING_NO;
          break;

        case SIDETONE_NAT_TRIAL_NOT_MADE:
          behaviour->hairpinning_reason = SIDETONE_NAT_REASON_NO_ANSWER;
          break;
        }
    }
  sidetone_gathering_end (&search->tests);
}

/* Without a NAT there is nothing to hairpin */
static void
start_hairpin (Search                  *search,
               const SidetoneNatServer *server)
{
  if (search->behaviour->mapping == SIDETONE_NAT_MAPPING_NONE)
    {
      search->behaviour->hairpinning_reason = SIDETONE_NAT_REASON_NOT_TRANSLATED;
      return;
    }

  sidetone_nat_hairpin_async (search->ground, server, get_cancellable (search), hairpin_cb,
                              sidetone_gathering_begin (&search->tests));
}

static const SidetoneNatServer *
choose_server (Search *search)
{
  guint n = sidetone_nat_ground_get_n_servers (search->ground);

  for (guint i = 0; i < n; i++)
    {
      const SidetoneNatServer *server = sidetone_nat_ground_get_server (search->ground, i);

      if (server->other != NULL)
        return server;
    }

  return n > 0 ? sidetone_nat_ground_get_server (search->ground, 0) : NULL;
}

static void
start_tests (Search                  *search,
             const SidetoneNatServer *server)
{
  search->behaviour->filtering_reason = SIDETONE_NAT_REASON_NO_RELAY;
  start_hairpin (search, server);
  if (server->other != NULL)
    sidetone_nat_other_async (search->ground, search->tested, server, get_cancellable (search),
                              other_cb, sidetone_gathering_begin (&search->tests));
  else if (search->relays->len > 0)
    try_relay (search);
}

/* Some servers have answered, and the others had their time */
static void
choose (Search *search)
{
  SidetoneNatBehaviour *behaviour = search->behaviour;
  const SidetoneNatServer *server = choose_server (search);

  g_clear_pointer (&search->grace, sidetone_wait_free);
  search->is_chosen = TRUE;
  sidetone_gathering_begin (&search->tests);
  sidetone_nat_behaviour_judge_mapping (behaviour);
  if (server == NULL)
    behaviour->filtering_reason = behaviour->hairpinning_reason = behaviour->mapping_reason;
  else if (!sidetone_wait_is_over (search->wait))
    start_tests (search, server);
  sidetone_gathering_end (&search->tests);
}

static void
grace_cb (gpointer user_data)
{
  Search *search = user_data;

  g_clear_pointer (&search->grace, sidetone_wait_free);
  if (search->is_chosen)
    {
      search->is_patient = TRUE;
      settle (search->own);
    }
  else
    {
      choose (search);
    }
}

/* Whether a late answer may still come */
static gboolean
is_waiting (Search *search)
{
  gint64 left_us;

  if (search->n_asked == 0 || search->is_patient ||
      sidetone_nat_ground_get_n_servers (search->ground) == 0)
    return FALSE;

  left_us = search->start - g_get_monotonic_time () + 1000 *
            sidetone_nat_get_wait (sidetone_nat_ground_get_server (search->ground,
                                                                   0)->round_trip_us);
  if (left_us <= 0)
    return FALSE;

  if (search->grace == NULL)
    search->grace = sidetone_wait_new (left_us / 1000 + 1, NULL, grace_cb, search);
  return TRUE;
}

/* Goes on when all calls have returned */
static void
settle (GTask *task)
{
  Search *search = g_task_get_task_data (task);
  gboolean is_cancelled = sidetone_wait_is_over (search->wait);

  if (search->own == NULL || !sidetone_gathering_is_done (&search->tests))
    return;

  if (!is_cancelled && is_waiting (search))
    return;

  if (!is_cancelled && !is_known (search) && search->relays->len > 0 &&
      search->n_relays_tried < SIDETONE_NAT_MAX_RELAYS && search->behaviour->mapped != NULL)
    try_relay (search);
  else
    finish (search);
}

static void
take_answer (Search             *search,
             SidetoneEndpoint   *server,
             SidetoneNatArrival *answer)
{
  SidetoneNatBehaviour *behaviour = search->behaviour;
  SidetoneAddressScope scope;

  sidetone_nat_behaviour_add_view (behaviour, server, answer->mapped,
                                   SIDETONE_NAT_METHOD_TWO_SERVERS);
  /* A mapped address that is not public tells nothing more */
  scope = sidetone_address_scope_of (sidetone_endpoint_get_address (answer->mapped));
  if (!sidetone_address_scope_is_public (scope))
    return;

  sidetone_nat_ground_add_server (search->ground, server, answer);
  if (behaviour->mapped == NULL)
    {
      behaviour->mapped = sidetone_endpoint_ref (answer->mapped);
      behaviour->port_preserved = behaviour->local != NULL &&
                                  sidetone_endpoint_get_port (behaviour->local) ==
                                  sidetone_endpoint_get_port (answer->mapped);
    }
  if (search->is_chosen)
    sidetone_nat_behaviour_judge_mapping (behaviour);
}

static void
ask_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  Question *question = user_data;
  g_autoptr (GTask) task = question->task;
  g_autoptr (SidetoneEndpoint) server = question->server;
  g_autoptr (SidetoneNatArrival) answer = sidetone_nat_trial_finish (result, NULL);
  Search *search = g_task_get_task_data (task);

  g_free (question);
  search->n_asked--;
  if (search->own == NULL)
    return;

  if (answer != NULL && answer->mapped != NULL)
    take_answer (search, server, answer);

  if (search->is_chosen)
    settle (task);
  else if (search->n_asked == 0)
    choose (search);
  else if (answer != NULL && sidetone_nat_ground_get_n_servers (search->ground) == 1 &&
           search->grace == NULL)
    search->grace = sidetone_wait_new (MAX (answer->elapsed_us / 1000, sidetone_deadlines.nat_grace),
                                       NULL, grace_cb, search);
}

static void
ask (GTask            *task,
     SidetoneEndpoint *server)
{
  Search *search = g_task_get_task_data (task);
  Question *question = g_new0 (Question, 1);

  question->task = g_object_ref (task);
  question->server = sidetone_endpoint_ref (server);
  search->n_asked++;
  sidetone_nat_ask_async (search->tested, server, SIDETONE_NAT_CHANGE_NOTHING, NULL, G_MAXUINT,
                          sidetone_deadlines.stun, get_cancellable (search), ask_cb, question);
}

static gboolean
is_asked_before (GPtrArray *servers,
                 guint      i)
{
  for (guint j = 0; j < i; j++)
    {
      if (sidetone_endpoint_equal (servers->pdata[i], servers->pdata[j]))
        return TRUE;
    }

  return FALSE;
}

static Search *
search_new (const SidetoneNatViews *views,
            GCancellable           *cancellable)
{
  Search *search = g_new0 (Search, 1);

  search->ground = sidetone_nat_ground_new (views);
  search->wait = sidetone_wait_new (0, cancellable, NULL, NULL);
  search->relays = g_ptr_array_new_with_free_func (call_server_free);
  for (guint i = 0; i < views->n_relays; i++)
    g_ptr_array_add (search->relays, call_server_copy (&views->relays[i]));
  search->start = g_get_monotonic_time ();

  return search;
}

/**
 * sidetone_nat_find_async:
 * @views: the servers, relays and settings to use
 * @cancellable: (nullable): ends it, once all allocations are deleted
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Finds out how a NAT treats UDP, as far as @views allow. At most %SIDETONE_NAT_MAX_RELAYS
 * allocations are made, and all are deleted.
 */
void
sidetone_nat_find_async (const SidetoneNatViews *views,
                         GCancellable           *cancellable,
                         GAsyncReadyCallback     callback,
                         gpointer                user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Search *search;

  g_return_if_fail (views->servers->len > 0);

  g_task_set_source_tag (task, sidetone_nat_find_async);
  if (g_task_return_error_if_cancelled (task))
    return;

  search = search_new (views, cancellable);
  g_task_set_task_data (task, search, search_free);
  search->own = g_object_ref (task);
  sidetone_gathering_init (&search->tests, task, settle);
  search->tested = sidetone_nat_ground_open (search->ground, views->servers->pdata[0]);
  search->behaviour = sidetone_nat_behaviour_new (
    search->tested != NULL ? sidetone_flow_get_local (search->tested) : NULL);
  for (guint i = 0; search->tested != NULL && i < views->servers->len; i++)
    {
      if (search->n_asked < MAX_SERVERS && !is_asked_before (views->servers, i))
        ask (task, views->servers->pdata[i]);
    }
  if (search->tested == NULL)
    choose (search);
}

/**
 * sidetone_nat_find_finish:
 * @result: what the callback was given
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the NAT's behaviour
 */
SidetoneNatBehaviour *
sidetone_nat_find_finish (GAsyncResult *result,
                          GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
