/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "xmpp/session-private.h"

#include "base/deadlines.h"
#include "base/error.h"
#include "base/json.h"
#include "base/nick.h"

/* A session's sign-in, from the race's winner to the bound resource (RFC 6120, sections 4 to 7):
 * the connection process's events at each stage, its deadline, and which failure makes another
 * address worth a try. */

static gboolean
is_about_tls (SidetoneSession *self,
              const GError    *error)
{
  return self->stage == SIDETONE_STAGE_TLS ||
         (error != NULL && error->domain == SIDETONE_ERROR &&
          sidetone_error_has_trait (error->code, SIDETONE_ERROR_IS_STARTTLS));
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
  g_signal_emit_by_name (self, "observed", observation);
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
  g_signal_emit_by_name (self, "observed", observation);
}

/* The only place where the current attempt fails, whatever noticed it */
static void
fail_current (SidetoneSession *self,
              JsonObject      *event,
              const GError    *error)
{
  SidetoneAttempt *failed = self->current;

  g_clear_signal_handler (&self->event_handler, failed->child);
  g_clear_signal_handler (&self->ended_handler, failed->child);
  g_clear_pointer (&self->tls_wait, sidetone_wait_free);
  sidetone_session_set_error (self, error);
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
  if (error->domain == SIDETONE_ERROR &&
      sidetone_error_has_trait (error->code, SIDETONE_ERROR_IS_OTHER_WAY))
    sidetone_race_add_other_way (self->race, failed);
  if (sidetone_error_has_trait (error->code, SIDETONE_ERROR_IS_ONE_PROGRAM) && !self->time_is_up)
    sidetone_race_start_again (self->race, failed,
                               sidetone_error_has_trait (error->code, SIDETONE_ERROR_IS_SILENCE));
  else
    sidetone_session_finish_open (self, error);
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

  /* No other address is tried: the sign-in's time is up */
  self->time_is_up = TRUE;
  sidetone_race_give_up (self->race);
  if (self->current != NULL)
    fail_current (self, NULL, error);
  else
    sidetone_session_finish_open (self, error);
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
  g_clear_error (&self->error);  /* of earlier attempts */
  observe_sign_in (self, event, NULL);
  sidetone_session_finish_open (self, NULL);
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
  sidetone_session_finish_open (self, error != NULL ? error : self->error);
}

static void
on_race_observed (SidetoneRace        *race,
                  SidetoneObservation *observation,
                  SidetoneSession     *self)
{
  g_signal_emit_by_name (self, "observed", observation);
}

/**
 * sidetone_session_begin_sign_in:
 * @self: a session with a race that has not started
 *
 * Lets the race's winner sign in, within the deadline. Ends with sidetone_session_finish_open().
 */
void
sidetone_session_begin_sign_in (SidetoneSession *self)
{
  g_signal_connect_object (self->race, "observed", G_CALLBACK (on_race_observed), self, 0);
  g_signal_connect_object (self->race, "won", G_CALLBACK (on_race_won), self, 0);
  g_signal_connect_object (self->race, "lost", G_CALLBACK (on_race_lost), self, 0);
  self->sign_in_wait = sidetone_wait_new (sidetone_deadlines.sign_in, NULL, sign_in_deadline_cb,
                                          self);
}
