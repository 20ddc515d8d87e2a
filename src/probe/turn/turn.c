/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "turn/turn-private.h"

#include "base/deadlines.h"
#include "base/error.h"
#include "net/stream-open.h"

/**
 * SidetoneTurn:
 *
 * An allocation at one server (RFC 8656), from Allocate to the Refresh that deletes it.
 *
 * Data goes by Send and Data indications, not by channels. To the network, the NATs and the
 * server's relay socket the packet is the same, 32 bytes longer on our leg. And if a NAT gives each
 * destination another port, the peer's port is unknown until its first packet has come: a channel
 * needs the port, a permission does not, and a Data indication tells it.
 *
 * Each allocation is deleted. If Allocate fails or is cancelled and the server may have made an
 * allocation, that is deleted before the error is returned. If the object is freed with its
 * allocation, a last packet deletes it.
 */
enum { RECEIVED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SidetoneTurn, sidetone_turn, G_TYPE_OBJECT)

/**
 * sidetone_turn_ask:
 * @self: a relay
 * @method: the STUN method
 * @peer: (nullable): the permission's peer
 * @deadline_ms: how long to wait for each answer
 * @cancellable: (nullable): ends it at once
 * @callback: for sidetone_turn_ask_finish()
 * @user_data: for @callback
 *
 * Sends the server a request for this relay.
 */
void
sidetone_turn_ask (SidetoneTurn       *self,
                   StunMethod          method,
                   SidetoneEndpoint   *peer,
                   guint               deadline_ms,
                   GCancellable       *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer            user_data)
{
  const SidetoneTurnQuestion question = {
    .method = method, .family = self->family, .peer = peer, .deadline_ms = deadline_ms,
  };

  sidetone_turn_ask_async (self->client, self->credentials, &question, cancellable, callback,
                           user_data);
}

static void
on_flow_received (SidetoneTurn     *self,
                  SidetoneEndpoint *source,
                  GBytes           *bytes,
                  gint64            time)
{
  g_autoptr (SidetoneEndpoint) peer = NULL;
  g_autoptr (GBytes) data = NULL;
  StunMessage message;
  uint16_t length;
  const guint8 *start;

  if (!sidetone_endpoint_equal (source, self->server) ||
      !sidetone_stun_message_read (&message, NULL, bytes) ||
      stun_message_get_class (&message) != STUN_INDICATION ||
      stun_message_get_method (&message) != STUN_IND_DATA)
    return;

  peer = sidetone_stun_message_dup_xor_address (&message, STUN_ATTRIBUTE_XOR_PEER_ADDRESS);
  start = stun_message_find (&message, STUN_ATTRIBUTE_DATA, &length);
  if (peer == NULL || start == NULL)
    return;

  data = g_bytes_new_from_bytes (bytes, start - (const guint8 *) g_bytes_get_data (bytes, NULL),
                                 length);
  g_signal_emit (self, signals[RECEIVED], 0, peer, data, time);
}

static void
use_flow (SidetoneTurn *self,
          SidetoneFlow *flow)
{
  self->flow = g_object_ref (flow);
  self->client = sidetone_stun_client_new (flow, self->server);
  g_signal_connect_object (flow, "received", G_CALLBACK (on_flow_received), self,
                           G_CONNECT_SWAPPED);
}

static gboolean
read_allocation (SidetoneTurn             *self,
                 const SidetoneStunAnswer *answer,
                 GError                  **error)
{
  const StunMessage *message = &answer->message;

  self->relayed = sidetone_stun_message_dup_xor_address (message,
                                                         STUN_ATTRIBUTE_XOR_RELAYED_ADDRESS);
  self->mapped = sidetone_stun_message_dup_xor_address (message, STUN_ATTRIBUTE_XOR_MAPPED_ADDRESS);
  self->software = sidetone_stun_message_dup_text (message, STUN_ATTRIBUTE_SOFTWARE);
  self->round_trip_us = answer->round_trip_us;
  stun_message_find32 (message, STUN_ATTRIBUTE_LIFETIME, &self->lifetime);
  if (self->relayed != NULL)
    return TRUE;

  g_set_error (error, SIDETONE_ERROR, SIDETONE_ERROR_STUN_BAD_ANSWER,
               "There is no relayed address in the answer");
  return FALSE;
}

static void
release_failed_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_error (task, g_error_copy (g_task_get_task_data (task)));
}

/* A Refresh without waiting for an answer */
static void
tell_release (SidetoneTurn *self)
{
  const SidetoneTurnQuestion question = { .method = STUN_REFRESH, .family = self->family };

  sidetone_turn_tell (self->client, self->credentials, &question);
}

/* Takes @task. After a refusal there is nothing to delete. If the answer is missing or invalid,
 * there may be an allocation, once the password was sent. */
static void
fail_allocation (GTask        *task,
                 const GError *error,
                 gboolean      is_refusal)
{
  SidetoneTurn *self = g_task_get_source_object (task);

  self->may_exist = !is_refusal && (self->may_exist ||
                                    sidetone_stun_credentials_is_challenged (self->credentials));
  if (self->may_exist)
    {
      self->is_in_doubt = self->relayed == NULL;
      g_task_set_task_data (task, g_error_copy (error), (GDestroyNotify) g_error_free);
      sidetone_turn_release_async (self, release_failed_cb, task);
      return;
    }

  /* The first request makes an allocation only at a server without passwords */
  if (self->client != NULL && !is_refusal)
    tell_release (self);
  if (self->flow != NULL)
    sidetone_flow_close (self->flow);
  g_task_return_error (task, g_error_copy (error));
  g_object_unref (task);
}

/* An error response from the server, by the codes that end a request */
static gboolean
is_refusal (const GError *error)
{
  return error->domain == SIDETONE_ERROR &&
         sidetone_error_has_trait (error->code, SIDETONE_ERROR_IS_REFUSAL);
}

static void
allocate_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  SidetoneTurn *self = g_task_get_source_object (task);
  g_autoptr (SidetoneStunAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  answer = sidetone_turn_ask_finish (result, &error);
  if (answer != NULL)
    self->may_exist = TRUE;
  else
    self->alternate = sidetone_turn_ask_dup_alternate (result);

  if (answer != NULL && read_allocation (self, answer, &error))
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
  else
    {
      fail_allocation (task, error, is_refusal (error));
    }
}

static void
begin_allocation (GTask *task)
{
  SidetoneTurn *self = g_task_get_source_object (task);

  sidetone_turn_ask (self, STUN_ALLOCATE, NULL, sidetone_deadlines.stun, g_task_get_cancellable (task),
                     allocate_cb, task);
}

static void
open_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  SidetoneTurn *self = g_task_get_source_object (task);
  g_autoptr (SidetoneFlow) flow = NULL;
  g_autoptr (GError) error = NULL;

  flow = sidetone_stream_open_finish (result, &error);
  if (flow == NULL)
    {
      self->names = sidetone_stream_open_dup_names (result);
      fail_allocation (task, error, FALSE);
      return;
    }

  use_flow (self, flow);
  begin_allocation (task);
}

static void
sidetone_turn_dispose (GObject *object)
{
  SidetoneTurn *self = SIDETONE_TURN (object);

  if (self->may_exist)
    tell_release (self);
  self->may_exist = FALSE;
  if (self->flow != NULL)
    sidetone_flow_close (self->flow);
  g_clear_object (&self->client);
  g_clear_object (&self->flow);
  g_clear_object (&self->authorities);

  G_OBJECT_CLASS (sidetone_turn_parent_class)->dispose (object);
}

static void
sidetone_turn_finalize (GObject *object)
{
  SidetoneTurn *self = SIDETONE_TURN (object);

  sidetone_endpoint_unref (self->server);
  g_free (self->host);
  sidetone_stun_credentials_free (self->credentials);
  g_clear_pointer (&self->alternate, sidetone_endpoint_unref);
  g_strfreev (self->names);
  g_clear_pointer (&self->mapped, sidetone_endpoint_unref);
  g_clear_pointer (&self->relayed, sidetone_endpoint_unref);
  g_free (self->software);

  G_OBJECT_CLASS (sidetone_turn_parent_class)->finalize (object);
}

static void
sidetone_turn_class_init (SidetoneTurnClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sidetone_turn_dispose;
  object_class->finalize = sidetone_turn_finalize;

  /**
   * SidetoneTurn::received:
   * @peer: the sender, as the relay sees it
   * @bytes: the data
   * @time: its arrival here, on the monotonic clock
   */
  signals[RECEIVED] = g_signal_new ("received", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 3,
                                    SIDETONE_TYPE_ENDPOINT | G_SIGNAL_TYPE_STATIC_SCOPE,
                                    G_TYPE_BYTES | G_SIGNAL_TYPE_STATIC_SCOPE, G_TYPE_INT64);
}

static void
sidetone_turn_init (SidetoneTurn *self)
{
  self->round_trip_us = -1;
}

/**
 * sidetone_turn_new:
 * @server: the server, with its transport
 * @host: (nullable): the announced host, which a certificate must name; %NULL for the address
 * @username: the announced user name
 * @password: the announced password
 * @family: the relayed address's family
 *
 * Returns: (transfer full): a relay without an allocation yet
 */
SidetoneTurn *
sidetone_turn_new (SidetoneEndpoint *server,
                   const char       *host,
                   const char       *username,
                   const char       *password,
                   GSocketFamily     family)
{
  SidetoneTurn *self = g_object_new (SIDETONE_TYPE_TURN, NULL);

  self->server = sidetone_endpoint_ref (server);
  self->host = g_strdup (host);
  self->credentials = sidetone_stun_credentials_new (username, password);
  self->family = family;

  return self;
}

/**
 * sidetone_turn_set_authorities:
 * @self: a relay without an allocation yet
 * @authorities: (nullable): certificate authorities besides the system's
 */
void
sidetone_turn_set_authorities (SidetoneTurn *self,
                               GTlsDatabase *authorities)
{
  g_set_object (&self->authorities, authorities);
}

/**
 * sidetone_turn_set_flow:
 * @self: a relay without an allocation yet
 * @flow: a connection to the server, instead of opening one
 */
void
sidetone_turn_set_flow (SidetoneTurn *self,
                        SidetoneFlow *flow)
{
  use_flow (self, flow);
}

/**
 * sidetone_turn_allocate_async:
 * @self: a relay without an allocation yet
 * @cancellable: (nullable): ends it, once no allocation is left
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Connects, and requests an allocation.
 */
void
sidetone_turn_allocate_async (SidetoneTurn       *self,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (SidetoneFlow) flow = NULL;
  g_autoptr (GError) error = NULL;

  g_task_set_source_tag (task, sidetone_turn_allocate_async);
  /* Once the allocation is made it can't be cancelled, but must be deleted */
  g_task_set_check_cancellable (task, FALSE);

  if (self->flow != NULL)
    {
      begin_allocation (task);
    }
  else if (sidetone_endpoint_get_transport (self->server) == SIDETONE_TRANSPORT_UDP)
    {
      flow = sidetone_flow_new_towards (self->server, &error);
      if (flow == NULL)
        {
          fail_allocation (task, error, FALSE);
          return;
        }
      use_flow (self, flow);
      begin_allocation (task);
    }
  else
    {
      sidetone_stream_open_async (self->server, self->host, self->authorities, cancellable,
                                  open_cb, task);
    }
}

/**
 * sidetone_turn_allocate_finish:
 * @self: a relay
 * @result: what the callback was given
 * @error: those of sidetone_stream_open_finish(), sidetone_stun_client_ask_finish() and
 *   sidetone_stun_message_make_error()
 *
 * Returns: whether the allocation is made
 */
gboolean
sidetone_turn_allocate_finish (SidetoneTurn *self,
                               GAsyncResult *result,
                               GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
release_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (SidetoneStunAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  SidetoneTurn *self = g_task_get_source_object (task);

  answer = sidetone_turn_ask_finish (result, &error);

  /* The server may still be about to make it, because its answer to Allocate never came. By now a
   * round trip has passed: delete it again. */
  if (self->is_in_doubt && g_error_matches (error, SIDETONE_ERROR, SIDETONE_ERROR_TURN_MISMATCH))
    {
      self->is_in_doubt = FALSE;
      sidetone_turn_ask (self, STUN_REFRESH, NULL, sidetone_deadlines.release, NULL, release_cb,
                         g_steal_pointer (&task));
      return;
    }

  self->may_exist = FALSE;
  sidetone_flow_close (self->flow);

  /* 437: there is no allocation, as intended */
  if (answer != NULL || g_error_matches (error, SIDETONE_ERROR, SIDETONE_ERROR_TURN_MISMATCH))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * sidetone_turn_release_async:
 * @self: a relay, with an allocation or without
 * @callback: called when it is deleted, at the latest after `sidetone_deadlines.release`
 * @user_data: for @callback
 *
 * Deletes the allocation, so that it does not count against the account's quota for ten minutes. It
 * can't be cancelled: it is the cleanup after a cancel.
 */
void
sidetone_turn_release_async (SidetoneTurn       *self,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, sidetone_turn_release_async);
  if (self->may_exist)
    {
      sidetone_turn_ask (self, STUN_REFRESH, NULL, sidetone_deadlines.release, NULL, release_cb, task);
      return;
    }

  if (self->flow != NULL)
    sidetone_flow_close (self->flow);
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/**
 * sidetone_turn_release_finish:
 * @self: a relay
 * @result: what the callback was given
 * @error: those of sidetone_stun_client_ask_finish() and sidetone_stun_message_make_error()
 *
 * Returns: whether the server confirms it
 */
gboolean
sidetone_turn_release_finish (SidetoneTurn *self,
                              GAsyncResult *result,
                              GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * sidetone_turn_get_server:
 * @self: a relay
 *
 * Returns: (transfer none): the server, with its transport
 */
SidetoneEndpoint *
sidetone_turn_get_server (SidetoneTurn *self)
{
  return self->server;
}

/**
 * sidetone_turn_get_local:
 * @self: a relay
 *
 * Returns: (transfer none) (nullable): the local address of the connection to the server
 */
SidetoneEndpoint *
sidetone_turn_get_local (SidetoneTurn *self)
{
  return self->flow != NULL ? sidetone_flow_get_local (self->flow) : NULL;
}

/**
 * sidetone_turn_has_answered:
 * @self: a relay
 *
 * Returns: whether the server has demanded the password
 */
gboolean
sidetone_turn_has_answered (SidetoneTurn *self)
{
  return sidetone_stun_credentials_is_challenged (self->credentials);
}

/**
 * sidetone_turn_get_alternate:
 * @self: a relay
 *
 * Returns: (transfer none) (nullable): the server that it names in its place, unchecked, with
 *   %SIDETONE_ERROR_TURN_TRY_ALTERNATE
 */
SidetoneEndpoint *
sidetone_turn_get_alternate (SidetoneTurn *self)
{
  return self->alternate;
}

/**
 * sidetone_turn_get_names:
 * @self: a relay
 *
 * Returns: (transfer none) (nullable): the names of its certificate, if that was refused
 */
const char *const *
sidetone_turn_get_names (SidetoneTurn *self)
{
  return (const char *const *) self->names;
}

/**
 * sidetone_turn_get_told_by:
 * @self: a relay
 *
 * Returns: (transfer none) (nullable): the address that said, by an ICMP error, that packets can't
 *   get to the server
 */
GInetAddress *
sidetone_turn_get_told_by (SidetoneTurn *self)
{
  return self->flow != NULL ? sidetone_flow_get_told_by (self->flow, self->server) : NULL;
}

/**
 * sidetone_turn_get_mapped:
 * @self: a relay
 *
 * Returns: (transfer none) (nullable): the reflexive address of that connection
 */
SidetoneEndpoint *
sidetone_turn_get_mapped (SidetoneTurn *self)
{
  return self->mapped;
}

/**
 * sidetone_turn_get_relayed:
 * @self: a relay
 *
 * Returns: (transfer none) (nullable): the relayed address that the server gives, unchecked; %NULL
 *   without an allocation
 */
SidetoneEndpoint *
sidetone_turn_get_relayed (SidetoneTurn *self)
{
  return self->relayed;
}

/**
 * sidetone_turn_get_lifetime:
 * @self: a relay
 *
 * Returns: the allocation's lifetime in seconds, 0 if the server did not say
 */
guint
sidetone_turn_get_lifetime (SidetoneTurn *self)
{
  return self->lifetime;
}

/**
 * sidetone_turn_get_software:
 * @self: a relay
 *
 * Returns: (transfer none) (nullable): the server's program (SOFTWARE)
 */
const char *
sidetone_turn_get_software (SidetoneTurn *self)
{
  return self->software;
}

/**
 * sidetone_turn_get_round_trip:
 * @self: a relay
 *
 * Returns: the round trip to the server, in microseconds, -1 if it is not known
 */
gint64
sidetone_turn_get_round_trip (SidetoneTurn *self)
{
  return self->round_trip_us;
}
