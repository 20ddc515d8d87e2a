/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "xmpp/attempt.h"

#include "base/error.h"
#include "base/json.h"
#include "seen/connect.h"
#include "seen/secure.h"

/* One TCP connection attempt of Happy Eyeballs (RFC 8305), in a process of its own. */

/**
 * sidetone_attempt_new:
 * @candidate: (transfer none): the address to connect to
 * @number: from 1
 *
 * Returns: (transfer full): an attempt that begins now
 */
SidetoneAttempt *
sidetone_attempt_new (SidetoneCandidate *candidate,
                      guint              number)
{
  SidetoneAttempt *self = g_new0 (SidetoneAttempt, 1);

  self->candidate = sidetone_candidate_ref (candidate);
  self->number = number;
  self->start = self->mark = g_get_monotonic_time ();
  self->connecting = TRUE;

  return self;
}

/**
 * sidetone_attempt_start:
 * @self: a new attempt
 * @account: the account
 * @password: its password
 * @error: %SIDETONE_ERROR_CONNECTION_PROGRAM_MISSING
 *
 * Returns: whether its connection process runs
 */
gboolean
sidetone_attempt_start (SidetoneAttempt *self,
                        SidetoneAccount *account,
                        const char      *password,
                        GError         **error)
{
  self->child = sidetone_child_new (account, password, self->candidate, error);

  return self->child != NULL;
}

/**
 * sidetone_attempt_free:
 * @self: (transfer full): an attempt; its process has ended or ends
 */
void
sidetone_attempt_free (SidetoneAttempt *self)
{
  g_clear_pointer (&self->deadline, sidetone_wait_free);
  g_clear_object (&self->child);
  g_clear_pointer (&self->candidate, sidetone_candidate_unref);
  g_clear_pointer (&self->local, sidetone_endpoint_unref);
  g_clear_pointer (&self->peer, sidetone_endpoint_unref);
  g_clear_pointer (&self->certificate, json_object_unref);
  g_free (self);
}

/**
 * sidetone_attempt_end:
 * @self: an attempt
 *
 * Kills its connection process; does nothing if that has ended.
 */
void
sidetone_attempt_end (SidetoneAttempt *self)
{
  g_clear_pointer (&self->deadline, sidetone_wait_free);
  self->connecting = FALSE;
  if (self->child != NULL)
    sidetone_child_kill (self->child);
}

/**
 * sidetone_attempt_read_failure:
 * @event: the process's "failed" event
 *
 * Returns: (transfer full): its error, in the domain %SIDETONE_ERROR
 */
GError *
sidetone_attempt_read_failure (JsonObject *event)
{
  const char *code = sidetone_json_get_string (event, "code");
  const char *condition = sidetone_json_get_string (event, "condition");
  const char *text = sidetone_json_get_string (event, "text");
  g_autoptr (GString) message = g_string_new (condition);

  if (text != NULL && text[0] != '\0')
    g_string_append_printf (message, "%s%s", message->len > 0 ? ": " : "", text);

  return g_error_new_literal (SIDETONE_ERROR,
                              code != NULL ? sidetone_error_from_code (code)
                              : SIDETONE_ERROR_UNKNOWN,
                              message->str);
}

static SidetoneEndpoint *
read_endpoint (JsonObject *event,
               const char *member)
{
  JsonObject *object = sidetone_json_get_object (event, member);
  const char *address;
  gint64 port;

  if (object == NULL)
    return NULL;

  address = sidetone_json_get_string (object, "address");
  port = sidetone_json_get_int (object, "port", 0);
  if (address == NULL || port < 1 || port > G_MAXUINT16)
    return NULL;

  return sidetone_endpoint_new_from_string (address, (guint16) port, SIDETONE_TRANSPORT_TCP, NULL);
}

/**
 * sidetone_attempt_set_connected:
 * @self: an attempt that is connecting
 * @event: the process's "connected" event
 *
 * Returns: %FALSE if it has no valid pair of endpoints
 */
gboolean
sidetone_attempt_set_connected (SidetoneAttempt *self,
                                JsonObject      *event)
{
  g_clear_pointer (&self->local, sidetone_endpoint_unref);
  g_clear_pointer (&self->peer, sidetone_endpoint_unref);
  self->local = read_endpoint (event, "local");
  self->peer = read_endpoint (event, "peer");
  self->rtt_us = sidetone_json_get_int (event, "rtt_us", 0);

  return self->local != NULL && self->peer != NULL;
}

/* The connection process bounds their number. */
static char **
dup_names (JsonObject *certificate)
{
  JsonArray *array = sidetone_json_get_array (certificate, "names");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (node));
    }

  return g_strv_builder_end (builder);
}

/* A missing member is NULL. */
static const char *
get_text (JsonObject *event,
          const char *member)
{
  const char *text = event != NULL ? sidetone_json_get_string (event, member) : NULL;

  return text != NULL && text[0] != '\0' ? text : NULL;
}

static SidetoneSecurity
get_security (SidetoneAttempt *self)
{
  return sidetone_candidate_get_security (self->candidate) == SIDETONE_SECURITY_DIRECT
         ? SIDETONE_SECURITY_DIRECT : SIDETONE_SECURITY_STARTTLS;
}

static SidetoneObservation *
make_observation (SidetoneAttempt        *self,
                  const char             *id,
                  SidetoneObservationKind kind,
                  SidetoneState           state,
                  const GError           *error,
                  gint64                  begin,
                  gint64                  clock_start,
                  gconstpointer           what)
{
  return sidetone_observation_new (&(SidetoneObservationFields) {
    .id = id,
    .kind = kind,
    .vantage = SIDETONE_VANTAGE_COMPUTER,
    .state = state,
    .local = self->local,
    .error = error,
    .start_us = begin - clock_start,
    .duration_us = g_get_monotonic_time () - begin,
    .what = what,
  });
}

/**
 * sidetone_attempt_observe_connect:
 * @self: an attempt whose TCP connection is made, has failed, or was given up
 * @used: whether the session signs in on it
 * @skip_reason: why it was given up
 * @error: (nullable): why it failed
 * @clock_start: the run's start
 *
 * Returns: (transfer full): the TCP connection's observation
 */
SidetoneObservation *
sidetone_attempt_observe_connect (SidetoneAttempt   *self,
                                  gboolean           used,
                                  SidetoneSkipReason skip_reason,
                                  const GError      *error,
                                  gint64             clock_start)
{
  const SidetoneConnectSeen seen = {
    .target = sidetone_candidate_get_target (self->candidate),
    .peer = sidetone_candidate_get_endpoint (self->candidate),
    .security = get_security (self),
    .used = sidetone_truth_of (used),
    .rtt_us = self->local != NULL ? self->rtt_us : SIDETONE_NOT_SEEN,
    .reason = skip_reason,
  };
  g_autofree char *id = g_strdup_printf ("connect-%u", self->number);
  SidetoneState state = SIDETONE_STATE_PASSED;

  if (error != NULL)
    state = SIDETONE_STATE_FAILED;
  else if (skip_reason != SIDETONE_SKIP_REASON_NONE)
    state = SIDETONE_STATE_SKIPPED;

  return make_observation (self, id, SIDETONE_OBSERVATION_CONNECT, state, error, self->start,
                           clock_start, &seen);
}

/**
 * sidetone_attempt_observe_secure:
 * @self: an attempt whose TLS is there or has failed
 * @id: the observation's ID
 * @certificate: (nullable): the event with the server's certificate
 * @error: (nullable): why it failed
 * @clock_start: the run's start
 *
 * Returns: (transfer full): the observation of TLS, from the first byte sent
 */
SidetoneObservation *
sidetone_attempt_observe_secure (SidetoneAttempt *self,
                                 const char      *id,
                                 JsonObject      *certificate,
                                 const GError    *error,
                                 gint64           clock_start)
{
  g_auto (GStrv) names = certificate != NULL ? dup_names (certificate) : NULL;
  const SidetoneSecureSeen seen = {
    .target = sidetone_candidate_get_target (self->candidate),
    .peer = sidetone_candidate_get_endpoint (self->candidate),
    .security = get_security (self),
    .names = names != NULL && names[0] != NULL ? (const char *const *) names : NULL,
    .subject = get_text (certificate, "subject"),
    .issuer = get_text (certificate, "issuer"),
    .not_before = get_text (certificate, "not-before"),
    .not_after = get_text (certificate, "not-after"),
    .clock_early = g_get_real_time () < SIDETONE_RELEASE_TIME * (gint64) G_USEC_PER_SEC
                   ? SIDETONE_TRUTH_YES : SIDETONE_TRUTH_UNKNOWN,
    .sha256 = get_text (certificate, "sha256"),
  };

  return make_observation (self, id, SIDETONE_OBSERVATION_SECURE,
                           error == NULL ? SIDETONE_STATE_PASSED : SIDETONE_STATE_FAILED,
                           error, self->mark, clock_start, &seen);
}

/**
 * sidetone_attempt_observe_sign_in:
 * @self: an attempt that has signed in or failed to
 * @id: the observation's ID
 * @stage: the stage that failed
 * @event: (nullable): the process's event about it
 * @error: (nullable): why it failed
 * @clock_start: the run's start
 *
 * Returns: (transfer full): the observation of SASL and resource binding
 */
SidetoneObservation *
sidetone_attempt_observe_sign_in (SidetoneAttempt *self,
                                  const char      *id,
                                  SidetoneStage    stage,
                                  JsonObject      *event,
                                  const GError    *error,
                                  gint64           clock_start)
{
  SidetoneSignInSeen seen = {
    .target = sidetone_candidate_get_target (self->candidate),
    .peer = sidetone_candidate_get_endpoint (self->candidate),
    .security = get_security (self),
    .stage = stage,
  };

  if (error == NULL)
    seen.mechanism = get_text (event, "mechanism");
  else
    seen.condition = get_text (event, "condition");

  /* Without a condition the text is the connection process's own, not the server's */
  if (seen.condition != NULL)
    seen.server_text = get_text (event, "text");

  return make_observation (self, id, SIDETONE_OBSERVATION_SIGN_IN,
                           error == NULL ? SIDETONE_STATE_PASSED : SIDETONE_STATE_FAILED,
                           error, self->mark, clock_start, &seen);
}
