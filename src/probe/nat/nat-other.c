/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "nat/nat-other.h"

#include "base/error.h"
#include "nat/nat-socket.h"
#include "net/wait.h"

/* RFC 5780, sections 4.3 and 4.4, all at once: no request needs the answer to another one, and
 * filtering has a socket of its own.
 *
 * A server that announces another address may not be reachable there, and may ignore
 * CHANGE-REQUEST. So silence counts only if the tested socket had an answer from that address, and,
 * where its mapping is the same there, if that socket gets the answer that the other one misses. */

typedef struct
{
  SidetoneBudget *budget;
  SidetoneFlow *tested;
  SidetoneEndpoint *server;
  SidetoneEndpoint *mapped;
  guint wait_ms;
  SidetoneNatSocket *aside;      /* for filtering */
  SidetoneNatOther *other;
  guint n_asked;
  SidetoneGathering calls;
  gboolean is_checked;           /* whether it is known if the server obeys CHANGE-REQUEST */
  gboolean is_obedient;
} Search;

/* The user data of a request */
typedef struct
{
  GTask *task;
  guint place;
} Question;

/**
 * sidetone_nat_other_free:
 * @self: (transfer full): a server's results
 */
void
sidetone_nat_other_free (SidetoneNatOther *self)
{
  for (guint i = 0; i < SIDETONE_NAT_N_OTHERS; i++)
    {
      g_clear_pointer (&self->places[i], sidetone_endpoint_unref);
      g_clear_pointer (&self->seen[i], sidetone_endpoint_unref);
    }
  g_free (self);
}

static void
search_free (gpointer data)
{
  Search *search = data;

  sidetone_budget_unref (search->budget);
  g_object_unref (search->tested);
  sidetone_endpoint_unref (search->server);
  sidetone_endpoint_unref (search->mapped);
  g_clear_pointer (&search->aside, sidetone_nat_socket_free);
  g_clear_pointer (&search->other, sidetone_nat_other_free);
  g_free (search);
}

static gboolean
looks_the_same (Search *search,
                guint   place)
{
  return search->other->seen[place] != NULL &&
         sidetone_endpoint_equal (search->other->seen[place], search->mapped);
}

/* A missing answer counts only where one could have arrived */
static void
judge_silence (Search *search)
{
  SidetoneNatOther *other = search->other;
  gboolean is_believed = !search->is_checked || search->is_obedient;

  if (other->same_address == SIDETONE_NAT_TRIAL_SILENT && (!is_believed || other->seen[2] == NULL))
    other->same_address = SIDETONE_NAT_TRIAL_NOT_MADE;
  if (other->other_address == SIDETONE_NAT_TRIAL_SILENT &&
      (!is_believed || (other->seen[0] == NULL && other->seen[1] == NULL)))
    other->other_address = SIDETONE_NAT_TRIAL_NOT_MADE;
}

static void
finish (GTask *task)
{
  Search *search = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    return;

  judge_silence (search);
  g_task_return_pointer (task, g_steal_pointer (&search->other),
                         (GDestroyNotify) sidetone_nat_other_free);
}

/* The source address decides, not the request: a server may change less than it was asked to */
static void
note_change (Search             *search,
             SidetoneNatArrival *arrival,
             const GError       *error,
             SidetoneNatTrial   *wanted)
{
  if (arrival == NULL)
    {
      if (g_error_matches (error, SIDETONE_ERROR, SIDETONE_ERROR_STUN_NO_ANSWER) &&
          *wanted == SIDETONE_NAT_TRIAL_NOT_MADE)
        *wanted = SIDETONE_NAT_TRIAL_SILENT;
    }
  else if (!sidetone_endpoint_equal_address (arrival->source, search->server))
    {
      search->other->other_address = SIDETONE_NAT_TRIAL_ARRIVED;
    }
  else if (!sidetone_endpoint_equal (arrival->source, search->server))
    {
      search->other->same_address = SIDETONE_NAT_TRIAL_ARRIVED;
    }
}

static void
change_port_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  Search *search = g_task_get_task_data (user_data);
  g_autoptr (SidetoneNatArrival) arrival = NULL;
  g_autoptr (GError) error = NULL;

  arrival = sidetone_nat_trial_finish (result, &error);
  note_change (search, arrival, error, &search->other->same_address);
  sidetone_gathering_end (&search->calls);
}

static void
change_both_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  Search *search = g_task_get_task_data (user_data);
  g_autoptr (SidetoneNatArrival) arrival = NULL;
  g_autoptr (GError) error = NULL;

  arrival = sidetone_nat_trial_finish (result, &error);
  note_change (search, arrival, error, &search->other->other_address);
  sidetone_gathering_end (&search->calls);
}

static void
open_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  Search *search = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  search->aside = sidetone_nat_socket_open_finish (result, NULL);
  if (search->aside != NULL)
    {
      sidetone_nat_ask_async (search->aside->flow, search->server, SIDETONE_NAT_CHANGE_PORT, NULL, G_MAXUINT,
                              search->wait_ms, cancellable, change_port_cb,
                              sidetone_gathering_begin (&search->calls));
      sidetone_nat_ask_async (search->aside->flow, search->server, SIDETONE_NAT_CHANGE_BOTH, NULL, G_MAXUINT,
                              search->wait_ms, cancellable, change_both_cb,
                              sidetone_gathering_begin (&search->calls));
    }
  sidetone_gathering_end (&search->calls);
}

static void
check_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Search *search = g_task_get_task_data (user_data);
  g_autoptr (SidetoneNatArrival) arrival = sidetone_nat_trial_finish (result, NULL);

  search->is_checked = TRUE;
  search->is_obedient = arrival != NULL &&
                        !sidetone_endpoint_equal_address (arrival->source, search->server);
  sidetone_gathering_end (&search->calls);
}

static void
ask_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autofree Question *question = user_data;
  GTask *task = question->task;
  Search *search = g_task_get_task_data (task);
  g_autoptr (SidetoneNatArrival) answer = sidetone_nat_trial_finish (result, NULL);

  if (answer != NULL && answer->mapped != NULL)
    search->other->seen[question->place] = sidetone_endpoint_ref (answer->mapped);

  if (++search->n_asked == SIDETONE_NAT_N_OTHERS && looks_the_same (search, 1))
    sidetone_nat_ask_async (search->tested, search->server, SIDETONE_NAT_CHANGE_BOTH, NULL, G_MAXUINT,
                            search->wait_ms, g_task_get_cancellable (task), check_cb,
                            sidetone_gathering_begin (&search->calls));
  sidetone_gathering_end (&search->calls);
}

static void
ask (GTask            *task,
     guint             place,
     SidetoneEndpoint *address,
     SidetoneEndpoint *port)
{
  Search *search = g_task_get_task_data (task);
  Question *question = g_new0 (Question, 1);

  question->task = sidetone_gathering_begin (&search->calls);
  question->place = place;
  search->other->places[place] = sidetone_endpoint_new (sidetone_endpoint_get_address (address),
                                                        sidetone_endpoint_get_port (port),
                                                        SIDETONE_TRANSPORT_UDP);
  sidetone_nat_ask_async (search->tested, search->other->places[place],
                          SIDETONE_NAT_CHANGE_NOTHING,
                          address == search->server ? NULL : search->budget, G_MAXUINT, search->wait_ms,
                          g_task_get_cancellable (task), ask_cb, question);
}

/**
 * sidetone_nat_other_async:
 * @ground: what the tests share
 * @tested: the socket whose mapping is tested
 * @server: a server with another address
 * @cancellable: (nullable): ends it at once
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Finds out mapping and filtering by a server with two addresses and two ports.
 */
void
sidetone_nat_other_async (SidetoneNatGround       *ground,
                          SidetoneFlow            *tested,
                          const SidetoneNatServer *server,
                          GCancellable            *cancellable,
                          GAsyncReadyCallback      callback,
                          gpointer                 user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);

  g_task_set_source_tag (task, sidetone_nat_other_async);
  g_task_set_task_data (task, search, search_free);
  search->budget = sidetone_budget_ref (sidetone_nat_ground_get_budget (ground));
  search->tested = g_object_ref (tested);
  search->server = sidetone_endpoint_ref (server->server);
  search->mapped = sidetone_endpoint_ref (server->mapped);
  search->wait_ms = sidetone_nat_get_wait (server->round_trip_us);
  search->other = g_new0 (SidetoneNatOther, 1);
  sidetone_gathering_init (&search->calls, task, finish);

  ask (task, 0, server->other, server->server);
  ask (task, 1, server->other, server->other);
  ask (task, 2, search->server, server->other);
  sidetone_nat_socket_open_async (ground, server, cancellable, open_cb,
                                  sidetone_gathering_begin (&search->calls));
}

/**
 * sidetone_nat_other_finish:
 * @result: what the callback was given
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the results
 */
SidetoneNatOther *
sidetone_nat_other_finish (GAsyncResult *result,
                           GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
