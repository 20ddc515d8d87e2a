/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "turn/turn-ask.h"

#include <netinet/in.h>

#include "base/error.h"

/* Transactions with a TURN server, with the long-term credential once it demands that (RFC 8489,
 * section 9.2) */

typedef struct
{
  SidetoneStunCredentials *credentials; /* the caller keeps them */
  SidetoneTurnQuestion question;
  gboolean is_challenged;        /* it answered, and wanted the password */
  gboolean is_signed;
  gboolean is_renewed;
  SidetoneEndpoint *alternate;
} Asking;

/* REQUESTED-TRANSPORT and REQUESTED-ADDRESS-FAMILY have their value in the first of four bytes */
#define FIRST_BYTE(value) ((guint32) (value) << 24)
#define FAMILY_IPV6 2

static void send_question (GTask *task);

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_clear_pointer (&asking->question.peer, sidetone_endpoint_unref);
  g_clear_pointer (&asking->alternate, sidetone_endpoint_unref);
  g_free (asking);
}

static void
begin_question (SidetoneStunClient         *client,
                const SidetoneTurnQuestion *question,
                SidetoneStunRequest        *request)
{
  StunMessage *message = &request->message;

  sidetone_stun_client_begin (client, question->method, request);
  if (question->method == STUN_ALLOCATE)
    {
      stun_message_append32 (message, STUN_ATTRIBUTE_REQUESTED_TRANSPORT, FIRST_BYTE (IPPROTO_UDP));
      /* IPv4 is the default */
      if (question->family == G_SOCKET_FAMILY_IPV6)
        stun_message_append32 (message, STUN_ATTRIBUTE_REQUESTED_ADDRESS_TYPE,
                               FIRST_BYTE (FAMILY_IPV6));
    }
  else if (question->method == STUN_REFRESH)
    {
      stun_message_append32 (message, STUN_ATTRIBUTE_LIFETIME, 0);
    }
  else
    {
      sidetone_stun_message_add_xor_address (message, STUN_ATTRIBUTE_XOR_PEER_ADDRESS,
                                             question->peer);
    }
}

/* Whether another try with what @message says is worth while */
static gboolean
can_try_again (Asking            *asking,
               const StunMessage *message)
{
  guint code = sidetone_stun_message_get_code (message);

  /* The first 401 says nothing about the password, which was not sent yet */
  if (code == 401 && !asking->is_signed)
    {
      asking->is_challenged = sidetone_stun_credentials_take_challenge (asking->credentials, message);
      return asking->is_challenged;
    }

  if (code == 438 && asking->is_signed && !asking->is_renewed)
    {
      asking->is_renewed = TRUE;
      return sidetone_stun_credentials_take_challenge (asking->credentials, message);
    }

  return FALSE;
}

static GError *
make_error (Asking            *asking,
            const StunMessage *message)
{
  /* It demands a password, and gives no realm or nonce */
  if (sidetone_stun_message_get_code (message) == 401 && !asking->is_signed)
    return g_error_new (SIDETONE_ERROR, SIDETONE_ERROR_STUN_BAD_ANSWER,
                        "401 without a realm and a nonce");

  return sidetone_stun_message_make_error (message);
}

/* A relay that has just answered is not silent as such: its users may be in a database that is. */
static GError *
make_silence (Asking *asking,
              GError *error)
{
  if (asking->is_challenged &&
      g_error_matches (error, SIDETONE_ERROR, SIDETONE_ERROR_STUN_NO_ANSWER))
    error->code = SIDETONE_ERROR_TURN_NO_ANSWER;

  return error;
}

static void
ask_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (SidetoneStunAnswer) answer = NULL;
  Asking *asking = g_task_get_task_data (task);
  GError *error = NULL;

  answer = sidetone_stun_client_ask_finish (SIDETONE_STUN_CLIENT (source), result, &error);
  if (answer == NULL)
    g_task_return_error (task, make_silence (asking, error));
  else if (stun_message_get_class (&answer->message) == STUN_RESPONSE)
    g_task_return_pointer (task, g_steal_pointer (&answer),
                           (GDestroyNotify) sidetone_stun_answer_free);
  else if (can_try_again (asking, &answer->message))
    send_question (g_steal_pointer (&task));
  else
    {
      if (sidetone_stun_message_get_code (&answer->message) == 300)
        asking->alternate = sidetone_stun_message_dup_address (&answer->message,
                                                               STUN_ATTRIBUTE_ALTERNATE_SERVER);
      g_task_return_error (task, make_error (asking, &answer->message));
    }
}

/* Takes @task */
static void
send_question (GTask *task)
{
  SidetoneStunClient *client = g_task_get_source_object (task);
  Asking *asking = g_task_get_task_data (task);
  SidetoneStunRequest request;
  const guint8 *key = NULL;

  begin_question (client, &asking->question, &request);
  asking->is_signed = sidetone_stun_credentials_is_challenged (asking->credentials);
  if (asking->is_signed)
    key = sidetone_stun_credentials_add_to (asking->credentials, &request.message);

  sidetone_stun_client_ask_async (client, &request, key, asking->question.deadline_ms,
                                  g_task_get_cancellable (task), ask_cb, task);
}

/**
 * sidetone_turn_ask_async:
 * @client: a client of the server
 * @credentials: they must outlive the request
 * @question: the request
 * @cancellable: (nullable): ends it at once
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Sends the request, again with the password if the server demands it, and once more if the nonce
 * is stale.
 */
void
sidetone_turn_ask_async (SidetoneStunClient         *client,
                         SidetoneStunCredentials    *credentials,
                         const SidetoneTurnQuestion *question,
                         GCancellable               *cancellable,
                         GAsyncReadyCallback         callback,
                         gpointer                    user_data)
{
  GTask *task = g_task_new (client, cancellable, callback, user_data);
  Asking *asking = g_new0 (Asking, 1);

  g_task_set_source_tag (task, sidetone_turn_ask_async);
  g_task_set_task_data (task, asking, asking_free);
  asking->credentials = credentials;
  asking->question = *question;
  if (question->peer != NULL)
    sidetone_endpoint_ref (question->peer);
  send_question (task);
}

/**
 * sidetone_turn_ask_finish:
 * @result: what the callback was given
 * @error: %SIDETONE_ERROR_TURN_NO_ANSWER if the server demanded the password and fell silent then,
 *   those of sidetone_stun_client_ask_finish() and sidetone_stun_message_make_error()
 *
 * Returns: (transfer full) (nullable): the answer, never an error response
 */
SidetoneStunAnswer *
sidetone_turn_ask_finish (GAsyncResult *result,
                          GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * sidetone_turn_ask_dup_alternate:
 * @result: what the callback was given
 *
 * Returns: (transfer full) (nullable): the server that an error response with 300 names
 *   (ALTERNATE-SERVER, RFC 8489, section 10)
 */
SidetoneEndpoint *
sidetone_turn_ask_dup_alternate (GAsyncResult *result)
{
  Asking *asking = g_task_get_task_data (G_TASK (result));

  return asking->alternate != NULL ? sidetone_endpoint_ref (asking->alternate) : NULL;
}

/**
 * sidetone_turn_tell:
 * @client: a client of the server
 * @credentials: they are used if the server demanded them before
 * @question: the request
 *
 * Sends the request once, and waits for no answer.
 */
void
sidetone_turn_tell (SidetoneStunClient         *client,
                    SidetoneStunCredentials    *credentials,
                    const SidetoneTurnQuestion *question)
{
  SidetoneStunRequest request;
  const guint8 *key = NULL;

  begin_question (client, question, &request);
  if (sidetone_stun_credentials_is_challenged (credentials))
    key = sidetone_stun_credentials_add_to (credentials, &request.message);
  sidetone_stun_client_tell (client, &request, key, NULL);
}
