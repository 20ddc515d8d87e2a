/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "xmpp/attempt.h"

#include "base/error.h"
#include "base/json.h"

/**
 * sidetone_attempt_new:
 * @candidate: (transfer none): where it will connect to
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
 * @account: who signs in
 * @password: with what
 * @error: %SIDETONE_ERROR_CONNECTION_PROGRAM_MISSING
 *
 * Returns: whether its connection program runs
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
 * @self: (transfer full): an attempt, whose connection program has ended or is to end
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
 * Ends its connection program at once; harmless when it has ended.
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
 * @event: the program's "failed"
 *
 * Returns: (transfer full): the error in it, in the domain %SIDETONE_ERROR
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
 * @event: what the program says of its connection
 *
 * Returns: %FALSE when that is no pair of endpoints
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

static void
add_string (GVariantBuilder *details,
            const char      *key,
            const char      *value)
{
  if (value != NULL && value[0] != '\0')
    g_variant_builder_add (details, "{sv}", key, g_variant_new_string (value));
}

/* The connection program bounds how many there are. */
static void
add_names (GVariantBuilder *details,
           JsonObject      *certificate)
{
  JsonArray *array = sidetone_json_get_array (certificate, "names");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (node));
    }

  names = g_strv_builder_end (builder);
  if (names[0] != NULL)
    g_variant_builder_add (details, "{sv}", "names",
                           g_variant_new_strv ((const char *const *) names, -1));
}

/* Where it went to: what every observation of an attempt has */
static void
add_place (SidetoneAttempt *self,
           GVariantBuilder *details)
{
  SidetoneEndpoint *endpoint = sidetone_candidate_get_endpoint (self->candidate);
  gboolean direct = sidetone_candidate_get_security (self->candidate) == SIDETONE_SECURITY_DIRECT;
  g_autofree char *address = sidetone_endpoint_dup_address (endpoint);

  add_string (details, "target", sidetone_candidate_get_target (self->candidate));
  add_string (details, "security", direct ? "direct" : "starttls");
  add_string (details, "peer-address", address);
  g_variant_builder_add (details, "{sv}", "peer-port",
                         g_variant_new_int64 (sidetone_endpoint_get_port (endpoint)));
}

static SidetoneObservation *
make_observation (SidetoneAttempt        *self,
                  const char             *id,
                  SidetoneObservationKind kind,
                  SidetoneState           state,
                  const GError           *error,
                  gint64                  begin,
                  gint64                  clock_start,
                  GVariantBuilder        *details)
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
    .details = g_variant_builder_end (details),
  });
}

/**
 * sidetone_attempt_observe_connect:
 * @self: an attempt whose TCP connection is there, or has failed, or is not waited for
 * @used: whether the session signs in on it
 * @skip_reason: (nullable): why it was not waited for
 * @error: (nullable): why it failed
 * @clock_start: when the run began
 *
 * Returns: (transfer full): the observation of the TCP connection
 */
SidetoneObservation *
sidetone_attempt_observe_connect (SidetoneAttempt *self,
                                  gboolean         used,
                                  const char      *skip_reason,
                                  const GError    *error,
                                  gint64           clock_start)
{
  GVariantBuilder details = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  g_autofree char *id = g_strdup_printf ("connect-%u", self->number);
  SidetoneState state = SIDETONE_STATE_PASSED;

  if (error != NULL)
    state = SIDETONE_STATE_FAILED;
  else if (skip_reason != NULL)
    state = SIDETONE_STATE_SKIPPED;

  add_place (self, &details);
  add_string (&details, "reason", skip_reason);
  g_variant_builder_add (&details, "{sv}", "used", g_variant_new_boolean (used));
  if (self->local != NULL)
    g_variant_builder_add (&details, "{sv}", "rtt-us", g_variant_new_int64 (self->rtt_us));

  return make_observation (self, id, SIDETONE_OBSERVATION_CONNECT, state, error, self->start,
                           clock_start, &details);
}

/**
 * sidetone_attempt_observe_secure:
 * @self: an attempt whose TLS is there or has failed
 * @id: of the observation
 * @certificate: (nullable): the event that tells of the server's certificate
 * @error: (nullable): why it failed
 * @clock_start: when the run began
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
  static const char *const members[] = {
    "subject", "issuer", "not-before", "not-after", "sha256"
  };
  GVariantBuilder details = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  add_place (self, &details);
  for (guint i = 0; certificate != NULL && i < G_N_ELEMENTS (members); i++)
    add_string (&details, members[i], sidetone_json_get_string (certificate, members[i]));
  if (certificate != NULL)
    add_names (&details, certificate);

  return make_observation (self, id, SIDETONE_OBSERVATION_SECURE,
                           error == NULL ? SIDETONE_STATE_PASSED : SIDETONE_STATE_FAILED,
                           error, self->mark, clock_start, &details);
}

/**
 * sidetone_attempt_observe_sign_in:
 * @self: an attempt that has signed in or failed to
 * @id: of the observation
 * @stage: (nullable): where it failed: stream, sasl or bind
 * @event: (nullable): what the program said of it
 * @error: (nullable): why it failed
 * @clock_start: when the run began
 *
 * Returns: (transfer full): the observation of SASL and resource binding
 */
SidetoneObservation *
sidetone_attempt_observe_sign_in (SidetoneAttempt *self,
                                  const char      *id,
                                  const char      *stage,
                                  JsonObject      *event,
                                  const GError    *error,
                                  gint64           clock_start)
{
  GVariantBuilder details = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  const char *condition;

  add_place (self, &details);
  add_string (&details, "stage", stage);
  if (event != NULL && error == NULL)
    add_string (&details, "mechanism", sidetone_json_get_string (event, "mechanism"));

  /* Without a condition the text is the program's and not the server's */
  condition = event != NULL ? sidetone_json_get_string (event, "condition") : NULL;
  if (error != NULL && condition != NULL && condition[0] != '\0')
    {
      add_string (&details, "condition", condition);
      add_string (&details, "server-text", sidetone_json_get_string (event, "text"));
    }

  return make_observation (self, id, SIDETONE_OBSERVATION_SIGN_IN,
                           error == NULL ? SIDETONE_STATE_PASSED : SIDETONE_STATE_FAILED,
                           error, self->mark, clock_start, &details);
}
