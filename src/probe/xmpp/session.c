/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "xmpp/session.h"

#include "base/deadlines.h"
#include "base/error.h"
#include "base/json.h"
#include "base/nick.h"
#include "base/secret.h"
#include "net/wait.h"
#include "xmpp/iqs.h"
#include "xmpp/race.h"

/**
 * SidetoneSession:
 *
 * The parent's view of the connection: lets the winner of the race for an address sign in, holds
 * the deadlines, and asks IQs. What it sees on the way comes out as #SidetoneSession::observed.
 *
 * Signed in and waiting it has no timer.
 */
struct _SidetoneSession
{
  GObject parent_instance;

  SidetoneAccount *account;
  char *password;
  gint64 clock_start;

  SidetoneRace *race;
  SidetoneAttempt *current;    /* won the race; the race keeps it */
  SidetoneStage stage;         /* of the current attempt */
  gulong event_handler;
  gulong ended_handler;
  SidetoneWait *sign_in_wait;
  SidetoneWait *tls_wait;
  gboolean time_is_up;
  guint n_secure;
  guint n_sign_in;
  gboolean signed_in;
  GError *error;               /* the last failure: once signed in, why the session ended */

  GTask *open_task;
  gulong cancelled_handler;
  GTask *settle_task;
  GTask *close_task;
  SidetoneWait *sign_out_wait;
  SidetoneIqs *iqs;
};

enum { OBSERVED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SidetoneSession, sidetone_session, G_TYPE_OBJECT)

/* Tasks that wait for all attempts to be known, or all programs to be gone */
static void
check_waiting (SidetoneSession *self)
{
  if (self->settle_task != NULL && sidetone_race_is_settled (self->race))
    {
      g_autoptr (GTask) task = g_steal_pointer (&self->settle_task);

      g_task_return_boolean (task, TRUE);
    }

  if (self->close_task != NULL &&
      (self->race == NULL || sidetone_race_is_over (self->race)))
    {
      g_autoptr (GTask) task = g_steal_pointer (&self->close_task);

      g_clear_pointer (&self->sign_out_wait, sidetone_wait_free);
      g_task_return_boolean (task, TRUE);
    }
}

/* The one end of open: with the session signed in, or with what stood in the way */
static void
finish_open (SidetoneSession *self,
             const GError    *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->open_task);

  if (task == NULL)
    return;

  g_clear_pointer (&self->sign_in_wait, sidetone_wait_free);
  g_clear_pointer (&self->tls_wait, sidetone_wait_free);
  g_clear_signal_handler (&self->cancelled_handler, g_task_get_cancellable (task));
  sidetone_race_wipe_password (self->race);

  if (error == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  sidetone_race_stop (self->race,
                      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                      ? SIDETONE_SKIP_REASON_NONE
                      : SIDETONE_SKIP_REASON_NOT_NEEDED);
  g_task_return_error (task, g_error_copy (error));
}

static void
set_error (SidetoneSession *self,
           const GError    *error)
{
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
}

static gboolean
is_about_tls (SidetoneSession *self,
              const GError    *error)
{
  return self->stage == SIDETONE_STAGE_TLS ||
         g_error_matches (error, SIDETONE_ERROR, SIDETONE_ERROR_TLS_NOT_OFFERED) ||
         g_error_matches (error, SIDETONE_ERROR, SIDETONE_ERROR_TLS_REFUSED);
}

static char *
make_id (const char *kind,
         guint       number)
{
  return number > 1 ? g_strdup_printf ("%s-%u", kind, number) : g_strdup (kind);
}

static void
observe_secure (SidetoneSession *self,
                JsonObject      *certificate,
                const GError    *error)
{
  g_autofree char *id = make_id ("secure", ++self->n_secure);
  g_autoptr (SidetoneObservation) observation = NULL;

  observation = sidetone_attempt_observe_secure (self->current, id, certificate, error,
                                                 self->clock_start);
  g_signal_emit (self, signals[OBSERVED], 0, observation);
}

static void
observe_sign_in (SidetoneSession *self,
                 JsonObject      *event,
                 const GError    *error)
{
  g_autofree char *id = make_id ("sign-in", ++self->n_sign_in);
  g_autoptr (SidetoneObservation) observation = NULL;

  observation = sidetone_attempt_observe_sign_in (self->current, id,
                                                  error != NULL ? self->stage : SIDETONE_STAGE_UNKNOWN,
                                                  event, error, self->clock_start);
  g_signal_emit (self, signals[OBSERVED], 0, observation);
}

/* The single place where the current attempt fails, whoever noticed */
static void
fail_current (SidetoneSession *self,
              JsonObject      *event,
              const GError    *error)
{
  SidetoneAttempt *failed = self->current;

  g_clear_signal_handler (&self->event_handler, failed->child);
  g_clear_signal_handler (&self->ended_handler, failed->child);
  g_clear_pointer (&self->tls_wait, sidetone_wait_free);
  set_error (self, error);
  sidetone_attempt_end (failed);

  if (self->signed_in)
    {
      sidetone_iqs_fail (self->iqs, error);
      return;
    }

  if (is_about_tls (self, error))
    observe_secure (self, failed->certificate, error);
  else
    observe_sign_in (self, event, error);

  self->current = NULL;
  if (sidetone_error_has_trait (error->code, SIDETONE_ERROR_IS_ONE_PROGRAM) && !self->time_is_up)
    sidetone_race_start_again (self->race, failed);
  else
    finish_open (self, error);
}

static void
tls_deadline_cb (gpointer user_data)
{
  SidetoneSession *self = user_data;
  g_autoptr (GError) error = NULL;

  error = sidetone_wait_make_error (self->tls_wait, SIDETONE_ERROR_TLS_NO_ANSWER,
                                    "The TLS handshake did not end");
  fail_current (self, NULL, error);
}

static SidetoneError
find_silent_stage (SidetoneSession *self)
{
  if (self->current == NULL)
    return SIDETONE_ERROR_TCP_NO_ANSWER;

  switch (self->stage)
    {
    case SIDETONE_STAGE_UNKNOWN:
    case SIDETONE_STAGE_STREAM:
      break;

    case SIDETONE_STAGE_TLS:
      return SIDETONE_ERROR_TLS_NO_ANSWER;

    case SIDETONE_STAGE_SASL:
      return SIDETONE_ERROR_SIGN_IN_NO_ANSWER;

    case SIDETONE_STAGE_BIND:
      return SIDETONE_ERROR_BIND_NO_ANSWER;
    }

  return SIDETONE_ERROR_STREAM_NO_ANSWER;
}

static void
sign_in_deadline_cb (gpointer user_data)
{
  SidetoneSession *self = user_data;
  g_autoptr (GError) error = NULL;

  error = sidetone_wait_make_error (self->sign_in_wait, find_silent_stage (self), "Not signed in");

  /* No other address is tried: the time is up for all of them */
  self->time_is_up = TRUE;
  sidetone_race_give_up (self->race);
  if (self->current != NULL)
    fail_current (self, NULL, error);
  else
    finish_open (self, error);
}

static void
on_stage (SidetoneSession *self,
          JsonObject      *event)
{
  SidetoneStage stage = sidetone_nick_find (SIDETONE_TYPE_STAGE,
                                            sidetone_json_get_string (event, "stage"));

  if (self->signed_in)
    return;

  if (stage != SIDETONE_STAGE_UNKNOWN)
    self->stage = stage;
  g_clear_pointer (&self->tls_wait, sidetone_wait_free);
  if (self->stage == SIDETONE_STAGE_TLS)
    self->tls_wait = sidetone_wait_new (sidetone_deadlines.tls, NULL, tls_deadline_cb, self);
}

static void
on_secured (SidetoneSession *self,
            JsonObject      *event)
{
  g_clear_pointer (&self->tls_wait, sidetone_wait_free);
  observe_secure (self, event, NULL);
  self->stage = SIDETONE_STAGE_STREAM;
  self->current->mark = g_get_monotonic_time ();
}

static void
on_certificate (SidetoneSession *self,
                JsonObject      *event)
{
  g_clear_pointer (&self->current->certificate, json_object_unref);
  self->current->certificate = json_object_ref (event);
}

static void
on_signed_in (SidetoneSession *self,
              JsonObject      *event)
{
  if (self->signed_in)
    return;

  self->signed_in = TRUE;
  g_clear_error (&self->error);  /* of those tried before */
  observe_sign_in (self, event, NULL);
  finish_open (self, NULL);
}

static void
on_answer (SidetoneSession *self,
           JsonObject      *event)
{
  const char *id = sidetone_json_get_string (event, "id");
  const char *stanza = sidetone_json_get_string (event, "stanza");

  if (id != NULL && stanza != NULL)
    sidetone_iqs_answer (self->iqs, id, stanza);
}

static void
on_failed (SidetoneSession *self,
           JsonObject      *event)
{
  g_autoptr (GError) error = sidetone_attempt_read_failure (event);

  on_stage (self, event);
  fail_current (self, event, error);
}

static void
on_child_event (SidetoneChild   *child,
                JsonObject      *event,
                SidetoneSession *self)
{
  static const struct
  {
    const char *name;
    void (*handle) (SidetoneSession *self,
                    JsonObject      *event);
  } handlers[] = {
    { "stage", on_stage },
    { "secured", on_secured },
    { "certificate", on_certificate },
    { "signed-in", on_signed_in },
    { "answer", on_answer },
    { "failed", on_failed },
  };
  const char *name = sidetone_json_get_string (event, "event");

  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    {
      if (g_str_equal (name, handlers[i].name))
        handlers[i].handle (self, event);
    }
}

static void
on_child_ended (SidetoneChild   *child,
                const GError    *error,
                SidetoneSession *self)
{
  if (error != NULL)
    fail_current (self, NULL, error);
}

static void
on_race_won (SidetoneRace    *race,
             SidetoneAttempt *attempt,
             SidetoneSession *self)
{
  self->current = attempt;
  self->stage = SIDETONE_STAGE_STREAM;
  attempt->mark = g_get_monotonic_time ();
  self->event_handler = g_signal_connect (attempt->child, "event", G_CALLBACK (on_child_event),
                                          self);
  self->ended_handler = g_signal_connect (attempt->child, "ended", G_CALLBACK (on_child_ended),
                                          self);
  sidetone_child_go (attempt->child);
}

static void
on_race_lost (SidetoneRace    *race,
              const GError    *error,
              SidetoneSession *self)
{
  finish_open (self, error != NULL ? error : self->error);
}

static void
on_race_observed (SidetoneRace        *race,
                  SidetoneObservation *observation,
                  SidetoneSession     *self)
{
  g_signal_emit (self, signals[OBSERVED], 0, observation);
}

static void
sidetone_session_dispose (GObject *object)
{
  SidetoneSession *self = SIDETONE_SESSION (object);

  sidetone_session_abort (self);
  g_clear_pointer (&self->sign_out_wait, sidetone_wait_free);
  g_clear_pointer (&self->password, sidetone_secret_free);
  g_clear_object (&self->race);

  G_OBJECT_CLASS (sidetone_session_parent_class)->dispose (object);
}

static void
sidetone_session_finalize (GObject *object)
{
  SidetoneSession *self = SIDETONE_SESSION (object);

  g_clear_pointer (&self->account, sidetone_account_unref);
  sidetone_iqs_free (self->iqs);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (sidetone_session_parent_class)->finalize (object);
}

static void
sidetone_session_class_init (SidetoneSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sidetone_session_dispose;
  object_class->finalize = sidetone_session_finalize;

  /**
   * SidetoneSession::observed:
   * @observation: what was seen
   */
  signals[OBSERVED] = g_signal_new ("observed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                    0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                    SIDETONE_TYPE_OBSERVATION);
}

static void
sidetone_session_init (SidetoneSession *self)
{
  self->iqs = sidetone_iqs_new ();
}

/**
 * sidetone_session_new:
 * @account: who signs in
 * @password: (transfer full): with what; wiped as soon as the sign-in is over
 * @clock_start: when the run began, on the monotonic clock: what observations count from
 *
 * Returns: (transfer full): a session that is not open yet
 */
SidetoneSession *
sidetone_session_new (SidetoneAccount *account,
                      char            *password,
                      gint64           clock_start)
{
  SidetoneSession *self = g_object_new (SIDETONE_TYPE_SESSION, NULL);

  self->account = sidetone_account_ref (account);
  self->password = password;
  self->clock_start = clock_start;

  return self;
}

static void
on_cancellable_cancelled (GCancellable    *cancellable,
                          SidetoneSession *self)
{
  sidetone_session_abort (self);
}

/**
 * sidetone_session_open_async:
 * @self: a session that was never opened
 * @candidates: (element-type SidetoneCandidate): where to connect, the best first; at least one
 * @cancellable: (nullable): ends it at once
 * @callback: called when it is signed in or can't be
 * @user_data: for @callback
 *
 * Connects, secures and signs in, within `sidetone_deadlines.sign_in` in all.
 */
void
sidetone_session_open_async (SidetoneSession    *self,
                             GPtrArray          *candidates,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_return_if_fail (self->race == NULL);
  g_return_if_fail (candidates->len > 0);

  self->open_task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->open_task, sidetone_session_open_async);

  self->race = sidetone_race_new (self->account, g_steal_pointer (&self->password), candidates,
                                  self->clock_start);
  g_signal_connect_object (self->race, "observed", G_CALLBACK (on_race_observed), self, 0);
  g_signal_connect_object (self->race, "won", G_CALLBACK (on_race_won), self, 0);
  g_signal_connect_object (self->race, "lost", G_CALLBACK (on_race_lost), self, 0);
  g_signal_connect_object (self->race, "changed", G_CALLBACK (check_waiting), self,
                           G_CONNECT_SWAPPED);

  if (cancellable != NULL)
    self->cancelled_handler = g_signal_connect_object (cancellable, "cancelled",
                                                       G_CALLBACK (on_cancellable_cancelled),
                                                       self, 0);
  self->sign_in_wait = sidetone_wait_new (sidetone_deadlines.sign_in, NULL, sign_in_deadline_cb,
                                          self);
  if (g_cancellable_is_cancelled (cancellable))
    sidetone_session_abort (self);
  else
    sidetone_race_start (self->race);
}

/**
 * sidetone_session_open_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: what stood in the way: the last of the failures that were observed, or
 *   %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the session is signed in
 */
gboolean
sidetone_session_open_finish (SidetoneSession *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * sidetone_session_settle_async:
 * @self: a session that is signed in
 * @callback: called when every address that was tried has its verdict
 * @user_data: for @callback
 *
 * The race for an address goes to the first that answers. The others are left to connect or to
 * fail, and no more: so a broken IPv6 shows.
 */
void
sidetone_session_settle_async (SidetoneSession    *self,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_return_if_fail (self->settle_task == NULL);

  self->settle_task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->settle_task, sidetone_session_settle_async);
  check_waiting (self);
}

/**
 * sidetone_session_settle_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: not set
 *
 * Returns: %TRUE
 */
gboolean
sidetone_session_settle_finish (SidetoneSession *self,
                                GAsyncResult    *result,
                                GError         **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * sidetone_session_ask_async:
 * @self: a session that has been signed in
 * @to: (nullable): whom to ask, %NULL for the server on behalf of the account (RFC 6120, 8.1.1.1)
 * @payload: an XML element on one line
 * @callback: called with the answer, the latest after `sidetone_deadlines.query`
 * @user_data: for @callback
 *
 * Sends an IQ of type `get`. Several of them go out together.
 */
void
sidetone_session_ask_async (SidetoneSession    *self,
                            const char         *to,
                            const char         *payload,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  const char *id;

  g_return_if_fail (self->signed_in);

  g_task_set_source_tag (task, sidetone_session_ask_async);
  if (self->error != NULL)
    {
      g_task_return_error (task, g_error_copy (self->error));
      return;
    }

  id = sidetone_iqs_add (self->iqs, g_steal_pointer (&task));
  sidetone_child_ask (self->current->child, id, to, payload);
}

/**
 * sidetone_session_ask_finish:
 * @self: a session
 * @result: what the callback was given
 * @raw: (out) (transfer full) (nullable): the answer as it came, also when it can't be read
 * @error: %SIDETONE_ERROR_NO_ANSWER, what ended the session, why the answer can't be read, or
 *   %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the answering `<iq/>`, a result or an error
 */
SidetoneElement *
sidetone_session_ask_finish (SidetoneSession *self,
                             GAsyncResult    *result,
                             char           **raw,
                             GError         **error)
{
  *raw = sidetone_iqs_dup_raw (G_TASK (result));

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
sign_out_deadline_cb (gpointer user_data)
{
  SidetoneSession *self = user_data;

  sidetone_child_kill (self->current->child);
}

/**
 * sidetone_session_close_async:
 * @self: a session, open, on its way to it, or not
 * @callback: called when every connection program is gone
 * @user_data: for @callback
 *
 * Signs out, if it is signed in, within `sidetone_deadlines.sign_out`.
 */
void
sidetone_session_close_async (SidetoneSession    *self,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  g_return_if_fail (self->close_task == NULL);

  self->close_task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->close_task, sidetone_session_close_async);

  if (!self->signed_in || self->error != NULL)
    sidetone_session_abort (self);
  else
    {
      sidetone_race_stop (self->race, SIDETONE_SKIP_REASON_NONE);
      self->sign_out_wait = sidetone_wait_new (sidetone_iqs_was_left_waiting (self->iqs)
                                               ? sidetone_deadlines.sign_out_silent
                                               : sidetone_deadlines.sign_out,
                                               NULL, sign_out_deadline_cb, self);
      sidetone_child_sign_out (self->current->child);
    }
  check_waiting (self);
}

/**
 * sidetone_session_close_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: not set
 *
 * Returns: %TRUE
 */
gboolean
sidetone_session_close_finish (SidetoneSession *self,
                               GAsyncResult    *result,
                               GError         **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * sidetone_session_abort:
 * @self: a session
 *
 * Ends every connection program at once, without a word to the server. Whoever waits is told
 * %G_IO_ERROR_CANCELLED.
 */
void
sidetone_session_abort (SidetoneSession *self)
{
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                                      "The check was cancelled");

  if (self->race == NULL)
    return;

  if (self->current != NULL)
    {
      g_clear_signal_handler (&self->event_handler, self->current->child);
      g_clear_signal_handler (&self->ended_handler, self->current->child);
      sidetone_attempt_end (self->current);
    }
  set_error (self, cancelled);
  finish_open (self, cancelled);
  sidetone_race_stop (self->race, SIDETONE_SKIP_REASON_NONE);
  sidetone_iqs_fail (self->iqs, cancelled);
  check_waiting (self);
}

/**
 * sidetone_session_get_account:
 * @self: a session
 *
 * Returns: (transfer none): who signs in
 */
SidetoneAccount *
sidetone_session_get_account (SidetoneSession *self)
{
  return self->account;
}

/**
 * sidetone_session_get_local:
 * @self: a session that has been signed in
 *
 * Returns: (transfer none): the own end of its TCP connection, as getsockname() has it
 */
SidetoneEndpoint *
sidetone_session_get_local (SidetoneSession *self)
{
  return self->current->local;
}

/**
 * sidetone_session_get_peer:
 * @self: a session that has been signed in
 *
 * Returns: (transfer none): the other end of its TCP connection
 */
SidetoneEndpoint *
sidetone_session_get_peer (SidetoneSession *self)
{
  return self->current->peer;
}
