/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "turn/stun-client.h"

#include "base/deadlines.h"
#include "base/error.h"
#include "net/wait.h"

#include <stun/usages/timer.h>
#include <string.h>

/**
 * SidetoneStunClient:
 *
 * STUN transactions with one server, several at a time: a request is retransmitted over datagrams
 * until there is a response (RFC 8489, section 6.2.1), and each has a deadline of its own.
 *
 * An answer counts if it comes from the server, belongs to a request and, if the request was
 * signed, is signed with the same key. Others are ignored, because anybody can send a datagram; but
 * if no answer counts by the deadline, the error tells of them.
 */
struct _SidetoneStunClient
{
  GObject parent_instance;

  SidetoneFlow *flow;
  SidetoneEndpoint *server;
  StunAgent agent;
  GPtrArray *questions;          /* Question, owned by their tasks */
  GByteArray *past;              /* IDs of past requests: their late answers are expected */
};

typedef struct
{
  GTask *task;                   /* owns this */
  GBytes *bytes;
  StunTransactionId id;
  guint8 key[SIDETONE_STUN_KEY_LENGTH]; /* the agent points to it */
  gboolean is_signed;
  StunTimer timer;
  guint timer_source;
  SidetoneWait *wait;
  gint64 first_sent;
  guint n_sent;
  SidetoneError suspicion;       /* the fault of what came instead of an answer */
  gboolean is_prohibited;        /* by ICMP, from elsewhere than the server */
} Question;

/* RFC 8489, section 6.2.1: Rc. The deadline comes first */
#define MAX_TRANSMISSIONS 7

G_DEFINE_FINAL_TYPE (SidetoneStunClient, sidetone_stun_client, G_TYPE_OBJECT)

static void arm_timer (Question *question);

static void
question_free (gpointer data)
{
  Question *question = data;

  g_clear_handle_id (&question->timer_source, g_source_remove);
  g_clear_pointer (&question->wait, sidetone_wait_free);
  g_clear_pointer (&question->bytes, g_bytes_unref);
  explicit_bzero (question->key, sizeof question->key);
  g_free (question);
}

/* Stops waiting. Returns the reference to its task. */
static GTask *
end_question (SidetoneStunClient *self,
              Question           *question)
{
  g_clear_handle_id (&question->timer_source, g_source_remove);
  g_clear_pointer (&question->wait, sidetone_wait_free);
  stun_agent_forget_transaction (&self->agent, question->id);
  g_byte_array_append (self->past, question->id, sizeof question->id);
  g_ptr_array_remove_fast (self->questions, question);

  return question->task;
}

/* Takes @error */
static void
fail_question (SidetoneStunClient *self,
               Question           *question,
               GError             *error)
{
  g_autoptr (GTask) task = end_question (self, question);

  g_task_return_error (task, error);
}

static void
answer_question (SidetoneStunClient *self,
                 Question           *question,
                 StunMessage        *message,
                 GBytes             *bytes,
                 gint64              time)
{
  SidetoneStunAnswer *answer = g_new0 (SidetoneStunAnswer, 1);
  g_autoptr (GTask) task = end_question (self, question);

  answer->message = *message;
  answer->message.agent = NULL;
  answer->message.key = NULL;
  answer->bytes = g_bytes_ref (bytes);
  answer->n_sent = question->n_sent;
  answer->round_trip_us = question->n_sent == 1 ? time - question->first_sent : -1;

  g_task_return_pointer (task, answer, (GDestroyNotify) sidetone_stun_answer_free);
}

/* The first suspicion counts */
static void
suspect (Question     *question,
         SidetoneError suspicion)
{
  if (question->suspicion == SIDETONE_ERROR_UNKNOWN)
    question->suspicion = suspicion;
}

static void
suspect_all (SidetoneStunClient *self)
{
  for (guint i = 0; i < self->questions->len; i++)
    suspect (self->questions->pdata[i], SIDETONE_ERROR_STUN_BAD_ANSWER);
}

static gboolean
is_past (SidetoneStunClient *self,
         StunTransactionId   id)
{
  for (guint i = 0; i < self->past->len; i += sizeof (StunTransactionId))
    {
      if (memcmp (self->past->data + i, id, sizeof (StunTransactionId)) == 0)
        return TRUE;
    }

  return FALSE;
}

static Question *
find_question (SidetoneStunClient *self,
               StunTransactionId   id)
{
  for (guint i = 0; i < self->questions->len; i++)
    {
      Question *question = self->questions->pdata[i];

      if (memcmp (question->id, id, sizeof question->id) == 0)
        return question;
    }

  return NULL;
}

/* An answer that is not signed as its request was. RFC 8489, section 9.2.5 ignores them all, but an
 * error grants nothing, and servers leave the signature out of some: their text is worth
 * telling. */
static void
judge_unsigned (SidetoneStunClient *self,
                Question           *question,
                StunMessage        *message,
                GBytes             *bytes,
                gint64              time)
{
  if (stun_message_get_class (message) == STUN_ERROR &&
      !stun_message_has_attribute (message, STUN_ATTRIBUTE_MESSAGE_INTEGRITY))
    answer_question (self, question, message, bytes, time);
  else if (sidetone_flow_is_stream (self->flow))
    /* Only the server can have written it to the stream */
    fail_question (self, question, g_error_new (SIDETONE_ERROR, SIDETONE_ERROR_STUN_NOT_GENUINE,
                                                "The answer is not signed with the password"));
  else
    suspect (question, SIDETONE_ERROR_STUN_NOT_GENUINE);
}

static void
judge_answer (SidetoneStunClient *self,
              Question           *question,
              StunMessage        *message,
              GBytes             *bytes,
              gint64              time)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  switch (stun_agent_validate (&self->agent, message, data, length, NULL, NULL))
    {
    case STUN_VALIDATION_SUCCESS:
      answer_question (self, question, message, bytes, time);
      break;

    case STUN_VALIDATION_UNAUTHORIZED:
      judge_unsigned (self, question, message, bytes, time);
      break;

    case STUN_VALIDATION_UNKNOWN_ATTRIBUTE:
      /* RFC 8489, section 6.3.3 */
      fail_question (self, question,
                     g_error_new (SIDETONE_ERROR, SIDETONE_ERROR_STUN_BAD_ANSWER,
                                  "The answer has an attribute that must be known and is not"));
      break;

    default:
      suspect (question, SIDETONE_ERROR_STUN_BAD_ANSWER);
      break;
    }
}

static void
on_flow_received (SidetoneStunClient *self,
                  SidetoneEndpoint   *source,
                  GBytes             *bytes,
                  gint64              time)
{
  gboolean is_server = sidetone_endpoint_equal (source, self->server);
  StunMessage message;
  StunTransactionId id;
  Question *question;

  if (self->questions->len == 0)
    return;

  if (!sidetone_stun_message_read (&message, &self->agent, bytes))
    {
      if (is_server)
        suspect_all (self);
      return;
    }
  if (stun_message_get_class (&message) != STUN_RESPONSE &&
      stun_message_get_class (&message) != STUN_ERROR)
    return;

  stun_message_id (&message, id);
  question = find_question (self, id);
  if (question == NULL && is_server && !is_past (self, id))
    suspect_all (self);
  else if (question != NULL && !is_server)
    suspect (question, SIDETONE_ERROR_STUN_WRONG_SOURCE);
  else if (question != NULL)
    judge_answer (self, question, &message, bytes, time);
}

static void
on_flow_closed (SidetoneStunClient *self,
                const GError       *error)
{
  while (self->questions->len > 0)
    fail_question (self, self->questions->pdata[0], g_error_copy (error));
}

/* The server's own ICMP error is final. A router's may be about one of several ways: if no answer
 * comes, the error tells of it. */
static void
on_flow_unreachable (SidetoneStunClient *self,
                     SidetoneEndpoint   *to,
                     GInetAddress       *from)
{
  gboolean is_server = g_inet_address_equal (from, sidetone_endpoint_get_address (self->server));

  if (!sidetone_endpoint_equal (to, self->server))
    return;

  for (guint i = 0; i < self->questions->len; i++)
    ((Question *) self->questions->pdata[i])->is_prohibited = TRUE;
  while (is_server && self->questions->len > 0)
    fail_question (self, self->questions->pdata[0],
                   g_error_new (SIDETONE_ERROR, SIDETONE_ERROR_UDP_REFUSED,
                                "The server refuses it"));
}

static gboolean
send_question (SidetoneStunClient *self,
               Question           *question,
               GError            **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (question->bytes, &length);

  question->n_sent++;
  return sidetone_flow_send (self->flow, self->server, data, length, error);
}

static gboolean
timer_cb (gpointer user_data)
{
  Question *question = user_data;

  question->timer_source = 0;
  switch (stun_timer_refresh (&question->timer))
    {
    case STUN_USAGE_TIMER_RETURN_RETRANSMIT:
      /* A send error may be temporary */
      send_question (g_task_get_source_object (question->task), question, NULL);
      arm_timer (question);
      break;

    case STUN_USAGE_TIMER_RETURN_SUCCESS:
      arm_timer (question);
      break;

    case STUN_USAGE_TIMER_RETURN_TIMEOUT:
      break;
    }

  return G_SOURCE_REMOVE;
}

static void
arm_timer (Question *question)
{
  question->timer_source = g_timeout_add (stun_timer_remainder (&question->timer), timer_cb,
                                          question);
}

/* What came instead of an answer says more than that none came. */
static GError *
make_error (Question *question)
{
  if (sidetone_wait_has_passed (question->wait))
    switch (question->suspicion)
      {
      case SIDETONE_ERROR_STUN_WRONG_SOURCE:
        return g_error_new (SIDETONE_ERROR, SIDETONE_ERROR_STUN_WRONG_SOURCE,
                            "Another address answered");

      case SIDETONE_ERROR_STUN_NOT_GENUINE:
        return g_error_new (SIDETONE_ERROR, SIDETONE_ERROR_STUN_NOT_GENUINE,
                            "The answer is not signed with the password");

      case SIDETONE_ERROR_STUN_BAD_ANSWER:
        return g_error_new (SIDETONE_ERROR, SIDETONE_ERROR_STUN_BAD_ANSWER,
                            "What came is no answer");

      default:
        break;
      }

  return sidetone_wait_make_error (question->wait, question->is_prohibited
                                   ? SIDETONE_ERROR_UDP_PROHIBITED : SIDETONE_ERROR_STUN_NO_ANSWER,
                                   "No answer");
}

static void
over_cb (gpointer user_data)
{
  Question *question = user_data;

  fail_question (g_task_get_source_object (question->task), question, make_error (question));
}

static void
sidetone_stun_client_finalize (GObject *object)
{
  SidetoneStunClient *self = SIDETONE_STUN_CLIENT (object);

  g_object_unref (self->flow);
  sidetone_endpoint_unref (self->server);
  g_ptr_array_unref (self->questions);
  g_byte_array_unref (self->past);
  explicit_bzero (&self->agent, sizeof self->agent);

  G_OBJECT_CLASS (sidetone_stun_client_parent_class)->finalize (object);
}

static void
sidetone_stun_client_class_init (SidetoneStunClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = sidetone_stun_client_finalize;
}

static void
sidetone_stun_client_init (SidetoneStunClient *self)
{
  self->questions = g_ptr_array_new ();
  self->past = g_byte_array_new ();

  /* Our own code makes the key, of 16 bytes: libnice, making it from user name, realm and password,
   * reads invalid memory if one of them is empty. Neither SOFTWARE nor FINGERPRINT: a server need
   * not know the program, and our sockets carry no other protocol. */
  stun_agent_init (&self->agent, STUN_ALL_KNOWN_ATTRIBUTES, STUN_COMPATIBILITY_RFC5389,
                   STUN_AGENT_USAGE_SHORT_TERM_CREDENTIALS | STUN_AGENT_USAGE_NO_INDICATION_AUTH);
}

/**
 * sidetone_stun_client_new:
 * @flow: the connection to it
 * @server: the server
 *
 * Returns: (transfer full): a client
 */
SidetoneStunClient *
sidetone_stun_client_new (SidetoneFlow     *flow,
                          SidetoneEndpoint *server)
{
  SidetoneStunClient *self = g_object_new (SIDETONE_TYPE_STUN_CLIENT, NULL);

  self->flow = g_object_ref (flow);
  self->server = sidetone_endpoint_ref (server);
  /* The handlers keep this alive while they run */
  g_signal_connect_object (flow, "received", G_CALLBACK (on_flow_received), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (flow, "unreachable", G_CALLBACK (on_flow_unreachable), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (flow, "closed", G_CALLBACK (on_flow_closed), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * sidetone_stun_client_begin:
 * @method: the STUN method
 * @request: (out caller-allocates): a request without attributes
 * @request: (out caller-allocates): a question without attributes
 *
 * Begins a request. The caller adds attributes to its message.
 */
void
sidetone_stun_client_begin (SidetoneStunClient  *self,
                            StunMethod           method,
                            SidetoneStunRequest *request)
{
  gboolean begun = stun_agent_init_request (&self->agent, &request->message, request->buffer,
                                            sizeof request->buffer, method);

  g_assert (begun);
}

/**
 * sidetone_stun_client_begin_indication:
 * @self: a client
 * @method: the STUN method
 * @request: (out caller-allocates): a message without attributes
 *
 * Begins an indication, which gets no answer, for sidetone_stun_client_tell().
 */
void
sidetone_stun_client_begin_indication (SidetoneStunClient  *self,
                                       StunMethod           method,
                                       SidetoneStunRequest *request)
{
  gboolean begun = stun_agent_init_indication (&self->agent, &request->message, request->buffer,
                                               sizeof request->buffer, method);

  g_assert (begun);
}

/* Signs it if there is a key. The agent keeps a pointer to the key until the request is over. */
static GBytes *
finish_request (SidetoneStunClient  *self,
                SidetoneStunRequest *request,
                const guint8        *key,
                GError             **error)
{
  gsize length = stun_agent_finish_message (&self->agent, &request->message, key,
                                            key != NULL ? SIDETONE_STUN_KEY_LENGTH : 0);

  if (length > 0)
    return g_bytes_new (request->buffer, length);

  g_set_error (error, SIDETONE_ERROR, SIDETONE_ERROR_STUN_BAD_ANSWER,
               "What the server wants sent along is too much");
  return NULL;
}

static void
start_question (SidetoneStunClient *self,
                Question           *question,
                guint               deadline_ms)
{
  GError *error = NULL;

  g_ptr_array_add (self->questions, question);
  question->wait = sidetone_wait_new (deadline_ms, g_task_get_cancellable (question->task), over_cb,
                                      question);
  if (!sidetone_flow_is_stream (self->flow))
    {
      stun_timer_start (&question->timer, sidetone_deadlines.stun_retransmission,
                        MAX_TRANSMISSIONS);
      arm_timer (question);
    }

  question->first_sent = g_get_monotonic_time ();
  if (!send_question (self, question, &error))
    fail_question (self, question, error);
}

/**
 * sidetone_stun_client_ask_async:
 * @self: a client
 * @request: a request; it is not needed any more after this
 * @key: (nullable): %SIDETONE_STUN_KEY_LENGTH bytes, to sign the request and check the answer
 * @deadline_ms: how long to wait
 * @cancellable: (nullable): ends it at once
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Sends a request, and waits for its response.
 */
void
sidetone_stun_client_ask_async (SidetoneStunClient  *self,
                                SidetoneStunRequest *request,
                                const guint8        *key,
                                guint                deadline_ms,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, sidetone_stun_client_ask_async);
  g_task_set_task_data (task, question, question_free);
  if (g_task_return_error_if_cancelled (task))
    return;

  if (key != NULL)
    memcpy (question->key, key, sizeof question->key);
  question->bytes = finish_request (self, request, key != NULL ? question->key : NULL, &error);
  if (question->bytes == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  stun_message_id (&request->message, question->id);
  question->task = g_steal_pointer (&task);
  start_question (self, question, deadline_ms);
}

/**
 * sidetone_stun_client_ask_finish:
 * @self: a client
 * @result: what the callback was given
 * @error: %SIDETONE_ERROR_STUN_NO_ANSWER, %SIDETONE_ERROR_STUN_BAD_ANSWER,
 *   %SIDETONE_ERROR_STUN_WRONG_SOURCE, %SIDETONE_ERROR_STUN_NOT_GENUINE,
 *   %SIDETONE_ERROR_UDP_REFUSED, %SIDETONE_ERROR_UDP_PROHIBITED, those of a #SidetoneFlow, or
 *   %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the answer, which may be an error response: see
 *   sidetone_stun_message_get_code()
 */
SidetoneStunAnswer *
sidetone_stun_client_ask_finish (SidetoneStunClient *self,
                                 GAsyncResult       *result,
                                 GError            **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * sidetone_stun_client_tell:
 * @self: a client
 * @request: a request or an indication; it is not needed any more after this
 * @key: (nullable): %SIDETONE_STUN_KEY_LENGTH bytes to sign it with
 * @error: those of sidetone_flow_send()
 *
 * Sends a message once, and waits for no answer.
 *
 * Returns: whether it was sent
 */
gboolean
sidetone_stun_client_tell (SidetoneStunClient  *self,
                           SidetoneStunRequest *request,
                           const guint8        *key,
                           GError             **error)
{
  g_autoptr (GBytes) bytes = finish_request (self, request, key, error);
  StunTransactionId id;
  gsize length;
  const guint8 *data;

  if (bytes == NULL)
    return FALSE;

  stun_message_id (&request->message, id);
  stun_agent_forget_transaction (&self->agent, id);
  data = g_bytes_get_data (bytes, &length);

  return sidetone_flow_send (self->flow, self->server, data, length, error);
}

/**
 * sidetone_stun_answer_free:
 * @self: (transfer full): an answer
 */
void
sidetone_stun_answer_free (SidetoneStunAnswer *self)
{
  g_bytes_unref (self->bytes);
  g_free (self);
}
