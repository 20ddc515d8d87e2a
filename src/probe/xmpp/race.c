/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "xmpp/race.h"

#include "base/deadlines.h"
#include "base/error.h"
#include "base/json.h"
#include "base/secret.h"
#include "xmpp/candidate-queue.h"

/**
 * SidetoneRace:
 *
 * Happy Eyeballs: tries a server's addresses, each a little after the one before (RFC 8305, section
 * 5), each with a connection process of its own, because libstrophe takes no connected socket. The
 * first that connects is handed out by #SidetoneRace::won. The others may still connect or fail, no
 * more: that shows a broken IPv6.
 */
struct _SidetoneRace
{
  GObject parent_instance;

  SidetoneAccount *account;
  char *password;
  gint64 clock_start;
  SidetoneCandidateQueue *queue;
  SidetoneWait *delay;  /* until the next attempt */
  GPtrArray *attempts;
  gboolean running;     /* it needs a winner */
  GError *error;        /* the last failure */
};

enum { OBSERVED, WON, LOST, CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SidetoneRace, sidetone_race, G_TYPE_OBJECT)

static void start_next (SidetoneRace *self);

static void
observe_connect (SidetoneRace      *self,
                 SidetoneAttempt   *attempt,
                 gboolean           used,
                 SidetoneSkipReason skip_reason,
                 const GError      *error)
{
  g_autoptr (SidetoneObservation) observation = NULL;

  observation = sidetone_attempt_observe_connect (attempt, used, skip_reason, error,
                                                  self->clock_start);
  g_signal_emit (self, signals[OBSERVED], 0, observation);
}

static void
lose (SidetoneRace *self)
{
  self->running = FALSE;
  g_signal_emit (self, signals[LOST], 0, self->error);
}

/* Errors that no other address can change */
static gboolean
is_about_us (const GError *error)
{
  return g_error_matches (error, SIDETONE_ERROR, SIDETONE_ERROR_BAD_CA_FILE) ||
         g_error_matches (error, SIDETONE_ERROR, SIDETONE_ERROR_CONNECTION_PROGRAM_MISSING);
}

static void
fail_attempt (SidetoneRace    *self,
              SidetoneAttempt *attempt,
              const GError    *error)
{
  if (!attempt->connecting)
    return;

  sidetone_attempt_end (attempt);
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
  observe_connect (self, attempt, FALSE, SIDETONE_SKIP_REASON_NONE, error);
  if (is_about_us (error))
    sidetone_candidate_queue_close (self->queue);
  if (self->running)
    start_next (self);
}

static void
tcp_deadline_cb (gpointer user_data)
{
  SidetoneAttempt *attempt = user_data;
  g_autoptr (SidetoneRace) self = g_object_ref (attempt->race);
  g_autoptr (GError) error = NULL;

  error = g_error_new (SIDETONE_ERROR, SIDETONE_ERROR_TCP_NO_ANSWER,
                       "No answer to the SYN within %" G_GINT64_FORMAT " ms",
                       (g_get_monotonic_time () - attempt->start) / 1000);
  fail_attempt (self, attempt, error);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Replaces the deadline. It counts from the attempt's start. */
static void
set_deadline (SidetoneRace    *self,
              SidetoneAttempt *attempt,
              guint            deadline_ms)
{
  gint64 elapsed_ms = (g_get_monotonic_time () - attempt->start) / 1000;

  g_clear_pointer (&attempt->deadline, sidetone_wait_free);
  attempt->race = self;
  attempt->deadline = sidetone_wait_new (MAX (1, deadline_ms - elapsed_ms), NULL, tcp_deadline_cb,
                                         attempt);
}

/* There is a winner: the others get less time. */
static void
hurry (SidetoneRace *self)
{
  for (guint i = 0; i < self->attempts->len; i++)
    {
      SidetoneAttempt *attempt = self->attempts->pdata[i];

      if (attempt->connecting)
        set_deadline (self, attempt, sidetone_deadlines.tcp_beside);
    }
}

static void
on_connected (SidetoneRace    *self,
              SidetoneAttempt *attempt,
              JsonObject      *event)
{
  gboolean won = self->running;

  if (!sidetone_attempt_set_connected (attempt, event))
    {
      g_autoptr (GError) error = NULL;

      error = g_error_new_literal (SIDETONE_ERROR, SIDETONE_ERROR_CONNECTION_PROGRAM_NONSENSE,
                                   "\"connected\" without a pair of endpoints");
      fail_attempt (self, attempt, error);
      return;
    }

  g_clear_pointer (&attempt->deadline, sidetone_wait_free);
  attempt->connecting = FALSE;
  observe_connect (self, attempt, won, SIDETONE_SKIP_REASON_NONE, NULL);
  if (won)
    {
      self->running = FALSE;
      g_clear_pointer (&self->delay, sidetone_wait_free);
      hurry (self);
      g_signal_emit (self, signals[WON], 0, attempt);
    }
  else
    {
      sidetone_candidate_queue_put_back (self->queue, attempt->candidate);
      sidetone_attempt_end (attempt);
    }
}

static SidetoneAttempt *
find_attempt (SidetoneRace  *self,
              SidetoneChild *child)
{
  for (guint i = 0; i < self->attempts->len; i++)
    {
      SidetoneAttempt *attempt = self->attempts->pdata[i];

      if (attempt->child == child)
        return attempt;
    }

  g_assert_not_reached ();
}

static void
on_child_event (SidetoneChild *child,
                JsonObject    *event,
                SidetoneRace  *self)
{
  SidetoneAttempt *attempt = find_attempt (self, child);
  const char *name = sidetone_json_get_string (event, "event");

  /* A winner belongs to the session from there on */
  if (!attempt->connecting)
    return;

  if (g_str_equal (name, "connected"))
    on_connected (self, attempt, event);
  else if (g_str_equal (name, "failed"))
    {
      g_autoptr (GError) error = sidetone_attempt_read_failure (event);

      fail_attempt (self, attempt, error);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_child_ended (SidetoneChild *child,
                const GError  *error,
                SidetoneRace  *self)
{
  if (error != NULL)
    fail_attempt (self, find_attempt (self, child), error);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
delay_cb (gpointer user_data)
{
  start_next (user_data);
}

static void
start_next (SidetoneRace *self)
{
  g_autoptr (SidetoneCandidate) candidate = sidetone_candidate_queue_take (self->queue);
  g_autoptr (GError) error = NULL;
  SidetoneAttempt *attempt;

  g_clear_pointer (&self->delay, sidetone_wait_free);
  if (candidate == NULL)
    {
      if (sidetone_race_is_settled (self) && !sidetone_candidate_queue_may_grow (self->queue))
        lose (self);
      return;
    }

  attempt = sidetone_attempt_new (candidate, self->attempts->len + 1);
  g_ptr_array_add (self->attempts, attempt);
  if (!sidetone_attempt_start (attempt, self->account, self->password, &error))
    {
      fail_attempt (self, attempt, error);
      return;
    }

  g_signal_connect_object (attempt->child, "event", G_CALLBACK (on_child_event), self, 0);
  g_signal_connect_object (attempt->child, "ended", G_CALLBACK (on_child_ended), self, 0);

  set_deadline (self, attempt, sidetone_deadlines.tcp);
  if (sidetone_candidate_queue_goes_on (self->queue))
    self->delay = sidetone_wait_new (sidetone_deadlines.attempt_delay, NULL, delay_cb, self);
}

/* After the last attempt's delay, which begins the next one by itself */
static void
on_candidates_changed (SidetoneRace *self)
{
  if (self->running && self->delay == NULL)
    start_next (self);
}

static void
sidetone_race_dispose (GObject *object)
{
  SidetoneRace *self = SIDETONE_RACE (object);

  g_clear_pointer (&self->delay, sidetone_wait_free);
  sidetone_race_wipe_password (self);
  for (guint i = 0; i < self->attempts->len; i++)
    sidetone_attempt_end (self->attempts->pdata[i]);

  G_OBJECT_CLASS (sidetone_race_parent_class)->dispose (object);
}

static void
sidetone_race_finalize (GObject *object)
{
  SidetoneRace *self = SIDETONE_RACE (object);

  sidetone_candidate_queue_free (self->queue);
  g_ptr_array_unref (self->attempts);
  sidetone_account_unref (self->account);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (sidetone_race_parent_class)->finalize (object);
}

static void
sidetone_race_class_init (SidetoneRaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sidetone_race_dispose;
  object_class->finalize = sidetone_race_finalize;

  /**
   * SidetoneRace::observed:
   * @observation: an attempt's observation
   */
  signals[OBSERVED] = g_signal_new ("observed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                    0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                    SIDETONE_TYPE_OBSERVATION);

  /**
   * SidetoneRace::won:
   * @attempt: the first that connected; it lives as long as the race
   */
  signals[WON] = g_signal_new ("won", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                               0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);

  /**
   * SidetoneRace::lost:
   * @error: (nullable): the last failure; %NULL if nothing was left to try
   */
  signals[LOST] = g_signal_new ("lost", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);

  /**
   * SidetoneRace::changed:
   *
   * An attempt has its verdict, or its process has ended.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sidetone_race_init (SidetoneRace *self)
{
  self->attempts = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_attempt_free);
}

/**
 * sidetone_race_new:
 * @account: the account
 * @password: (transfer full): its password
 * @candidates: the candidates; those that come later are tried, too
 * @clock_start: the run's start, on the monotonic clock
 *
 * Returns: (transfer full): a race that has not started
 */
SidetoneRace *
sidetone_race_new (SidetoneAccount    *account,
                   char               *password,
                   SidetoneCandidates *candidates,
                   gint64              clock_start)
{
  SidetoneRace *self = g_object_new (SIDETONE_TYPE_RACE, NULL);

  self->account = sidetone_account_ref (account);
  self->password = password;
  self->queue = sidetone_candidate_queue_new (candidates, self->attempts);
  g_signal_connect_object (candidates, "changed", G_CALLBACK (on_candidates_changed), self,
                           G_CONNECT_SWAPPED);
  self->clock_start = clock_start;

  return self;
}

/**
 * sidetone_race_start:
 * @self: a race that has not started
 *
 * Tries the first candidate. Ends with #SidetoneRace::won or #SidetoneRace::lost.
 */
void
sidetone_race_start (SidetoneRace *self)
{
  self->running = TRUE;
  start_next (self);
}

/**
 * sidetone_race_start_again:
 * @self: a race that was won
 * @failed: the winner, which could not sign in
 * @is_silent: whether it did not answer
 *
 * Looks for another winner that is not the same server program at another address; after a silence,
 * it may be that by the other version of IP, but first another program by the other version.
 */
void
sidetone_race_start_again (SidetoneRace    *self,
                           SidetoneAttempt *failed,
                           gboolean         is_silent)
{
  sidetone_candidate_queue_rule_out (self->queue, failed->candidate, is_silent);
  g_clear_error (&self->error);
  sidetone_race_start (self);
}

/**
 * sidetone_race_add_other_way:
 * @self: a race that was won
 * @failed: the winner, where the other kind of TLS (STARTTLS, or TLS at once) may be spoken
 *
 * Makes that a candidate, to be tried if others fail, unless it is one, or the user chose the kind.
 */
void
sidetone_race_add_other_way (SidetoneRace    *self,
                             SidetoneAttempt *failed)
{
  sidetone_candidate_queue_put_other_way (self->queue, failed->candidate,
                                          sidetone_account_get_security (self->account));
}

/**
 * sidetone_race_stop:
 * @self: a race
 * @reason: why attempts that are still connecting are given up; with none, they are not observed
 *
 * Ends every connection process but the winner's.
 */
void
sidetone_race_stop (SidetoneRace      *self,
                    SidetoneSkipReason reason)
{
  self->running = FALSE;
  g_clear_pointer (&self->delay, sidetone_wait_free);
  for (guint i = 0; i < self->attempts->len; i++)
    {
      SidetoneAttempt *attempt = self->attempts->pdata[i];

      if (!attempt->connecting)
        continue;

      sidetone_attempt_end (attempt);
      if (reason != SIDETONE_SKIP_REASON_NONE)
        observe_connect (self, attempt, FALSE, reason, NULL);
    }
}

/**
 * sidetone_race_give_up:
 * @self: a race
 *
 * The sign-in's time is up: attempts that are still connecting got no answer.
 */
void
sidetone_race_give_up (SidetoneRace *self)
{
  g_autoptr (GError) error = NULL;

  error = g_error_new_literal (SIDETONE_ERROR, SIDETONE_ERROR_TCP_NO_ANSWER,
                               "No answer to the SYN before the sign-in's time was up");
  self->running = FALSE;
  g_clear_pointer (&self->delay, sidetone_wait_free);
  for (guint i = 0; i < self->attempts->len; i++)
    fail_attempt (self, self->attempts->pdata[i], error);
}

/**
 * sidetone_race_wipe_password:
 * @self: a race that will not start again
 */
void
sidetone_race_wipe_password (SidetoneRace *self)
{
  g_clear_pointer (&self->password, sidetone_secret_free);
}

/**
 * sidetone_race_is_settled:
 * @self: a race
 *
 * Returns: whether every attempt so far has its verdict
 */
gboolean
sidetone_race_is_settled (SidetoneRace *self)
{
  for (guint i = 0; i < self->attempts->len; i++)
    {
      if (((SidetoneAttempt *) self->attempts->pdata[i])->connecting)
        return FALSE;
    }

  return TRUE;
}

/**
 * sidetone_race_is_over:
 * @self: a race
 *
 * Returns: whether all its connection processes are gone
 */
gboolean
sidetone_race_is_over (SidetoneRace *self)
{
  for (guint i = 0; i < self->attempts->len; i++)
    {
      SidetoneAttempt *attempt = self->attempts->pdata[i];

      if (attempt->child != NULL && !sidetone_child_has_ended (attempt->child))
        return FALSE;
    }

  return TRUE;
}
