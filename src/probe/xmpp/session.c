/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "xmpp/session-private.h"

#include "base/deadlines.h"
#include "base/error.h"
#include "base/secret.h"

/**
 * SidetoneSession:
 *
 * The parent's view of the connection: lets the race's winner sign in, holds the deadlines, and
 * sends IQs. Emits #SidetoneSession::observed for what it sees.
 *
 * It has no timer while it is signed in and idle.
 */
enum { OBSERVED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SidetoneSession, sidetone_session, G_TYPE_OBJECT)

/* Tasks that wait until all attempts have their verdicts, or all processes are gone */
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

/**
 * sidetone_session_finish_open:
 * @self: a session
 * @error: (nullable): the failure; %NULL if it is signed in
 *
 * The only end of sidetone_session_open_async(), called once.
 */
void
sidetone_session_finish_open (SidetoneSession *self,
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

/**
 * sidetone_session_set_error:
 * @self: a session
 * @error: the last failure
 */
void
sidetone_session_set_error (SidetoneSession *self,
                            const GError    *error)
{
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
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
   * @observation: an observation
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
 * @account: the account
 * @password: (transfer full): its password; wiped as soon as the sign-in is over
 * @clock_start: the run's start, on the monotonic clock, from which observations count
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
 * @candidates: the candidates; more may come
 * @cancellable: (nullable): ends it at once
 * @callback: called when it is signed in, or has failed
 * @user_data: for @callback
 *
 * Connects, secures and signs in, within `sidetone_deadlines.sign_in` in all.
 */
void
sidetone_session_open_async (SidetoneSession    *self,
                             SidetoneCandidates *candidates,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_return_if_fail (self->race == NULL);

  self->open_task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->open_task, sidetone_session_open_async);

  self->race = sidetone_race_new (self->account, g_steal_pointer (&self->password), candidates,
                                  self->clock_start);
  g_signal_connect_object (self->race, "changed", G_CALLBACK (check_waiting), self,
                           G_CONNECT_SWAPPED);

  if (cancellable != NULL)
    self->cancelled_handler = g_signal_connect_object (cancellable, "cancelled",
                                                       G_CALLBACK (on_cancellable_cancelled),
                                                       self, 0);
  sidetone_session_begin_sign_in (self);
  if (g_cancellable_is_cancelled (cancellable))
    sidetone_session_abort (self);
  else
    sidetone_race_start (self->race);
}

/**
 * sidetone_session_open_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: the last of the observed failures, or %G_IO_ERROR_CANCELLED
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
 * @callback: called when every attempt has its verdict
 * @user_data: for @callback
 *
 * The race's winner is the first address that answers. The others may still connect or fail, no
 * more: that shows a broken IPv6.
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
 * @to: (nullable): the addressee, %NULL for the server on behalf of the account (RFC 6120, 8.1.1.1)
 * @payload: an XML element on one line
 * @callback: called with the answer, at the latest after `sidetone_deadlines.query`
 * @user_data: for @callback
 *
 * Sends an IQ of type `get`. Several IQs of one turn of the main loop go out together.
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
 * @raw: (out) (transfer full) (nullable): the answer's text, even if it can't be read
 * @error: %SIDETONE_ERROR_NO_ANSWER, the reason of the session's end, the answer's fault, or
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
 * @self: a session in any state
 * @callback: called when all connection processes are gone
 * @user_data: for @callback
 *
 * Signs out, if it is signed in, within `sidetone_deadlines.sign_out`. Pending calls end with
 * %G_IO_ERROR_CANCELLED.
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
      g_autoptr (GError) closed = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                                       "The session is closed");

      sidetone_iqs_fail (self->iqs, closed);
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
 * Kills all connection processes, without a word to the server. Pending calls end with
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
  sidetone_session_set_error (self, cancelled);
  sidetone_session_finish_open (self, cancelled);
  sidetone_race_stop (self->race, SIDETONE_SKIP_REASON_NONE);
  sidetone_iqs_fail (self->iqs, cancelled);
  check_waiting (self);
}

/**
 * sidetone_session_get_account:
 * @self: a session
 *
 * Returns: (transfer none): its account
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
 * Returns: (transfer none): its TCP connection's local endpoint, by getsockname()
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
 * Returns: (transfer none): its TCP connection's remote endpoint
 */
SidetoneEndpoint *
sidetone_session_get_peer (SidetoneSession *self)
{
  return self->current->peer;
}
