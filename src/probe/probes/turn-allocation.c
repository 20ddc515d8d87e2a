/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "probes/turn-test.h"

#include "base/deadlines.h"
#include "base/error.h"
#include "probes/test-observation.h"
#include "turn/what-speaks.h"

/* The first part of a TURN test: the allocation (RFC 8656, section 7), from the first Allocate
 * request to the Refresh that deletes it. If the server has no relayed IPv6 address, IPv4 is
 * requested. */

/* A request's transmissions before the deadline; over TCP, SYNs */
#define N_REQUESTS 3

/**
 * sidetone_turn_test_new:
 * @all: all tests, which own this one
 * @call_server: the tested server
 * @number: its number
 * @suffix: what tells it from another test with that number
 *
 * Returns: (transfer none): a test that has not begun
 */
SidetoneTurnTest *
sidetone_turn_test_new (SidetoneTurnTests        *all,
                        const SidetoneCallServer *call_server,
                        guint                     number,
                        const char               *suffix)
{
  SidetoneTurnTest *self = g_new0 (SidetoneTurnTest, 1);

  self->all = all;
  self->call_server.service = sidetone_service_ref (call_server->service);
  self->call_server.server = sidetone_endpoint_ref (call_server->server);
  self->number = number;
  self->id = g_strdup_printf ("relay-%u%s", number, suffix);
  self->start = sidetone_context_get_time (all->context);
  self->family = sidetone_endpoint_get_family (call_server->server);
  self->wait = sidetone_wait_new (sidetone_deadlines.relay, all->cancellable, NULL, NULL);
  self->binding = sidetone_wait_new (0, all->cancellable, NULL, NULL);
  g_ptr_array_add (all->tests, self);

  return self;
}

/**
 * sidetone_turn_test_free:
 * @self: (transfer full): a test without a running call
 */
void
sidetone_turn_test_free (SidetoneTurnTest *self)
{
  g_clear_pointer (&self->patience, sidetone_wait_free);
  sidetone_wait_free (self->wait);
  sidetone_wait_free (self->binding);
  sidetone_service_unref (self->call_server.service);
  sidetone_endpoint_unref (self->call_server.server);
  g_free (self->id);
  g_clear_pointer (&self->alternate, sidetone_endpoint_unref);
  g_clear_object (&self->turn);
  g_clear_object (&self->second);
  g_clear_pointer (&self->mapped, sidetone_endpoint_unref);
  g_clear_pointer (&self->reached, sidetone_endpoint_unref);
  g_free (self);
}

/**
 * sidetone_turn_test_begin:
 * @self: a test that begins a call
 */
void
sidetone_turn_test_begin (SidetoneTurnTest *self)
{
  sidetone_gathering_begin (&self->all->calls);
}

/**
 * sidetone_turn_test_end:
 * @self: a test whose call has returned; this may free it
 */
void
sidetone_turn_test_end (SidetoneTurnTest *self)
{
  SidetoneTurnTests *all = self->all;

  all->settle (all);
  sidetone_gathering_end (&all->calls);
}

/**
 * sidetone_turn_test_is_cancelled:
 * @self: a test
 *
 * Returns: whether the probe was cancelled
 */
gboolean
sidetone_turn_test_is_cancelled (SidetoneTurnTest *self)
{
  return g_cancellable_is_cancelled (self->all->cancellable);
}

/**
 * sidetone_turn_test_get_host:
 * @self: a test
 *
 * Returns: the announced host
 */
const char *
sidetone_turn_test_get_host (const SidetoneTurnTest *self)
{
  return sidetone_service_get_host (self->call_server.service);
}

static void
release_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  sidetone_turn_release_finish (SIDETONE_TURN (source), result, NULL);
  sidetone_turn_test_end (user_data);
}

/**
 * sidetone_turn_test_release:
 * @self: a test whose allocation is there
 *
 * Deletes the allocation.
 */
void
sidetone_turn_test_release (SidetoneTurnTest *self)
{
  self->is_there = FALSE;
  sidetone_turn_test_begin (self);
  sidetone_turn_release_async (self->turn, release_cb, self);
}

/* A borrowed allocation is not a test of its own: its pair's echo tells of it. */
static void
observe (SidetoneTurnTest *self,
         const GError     *error)
{
  const SidetoneTestFrame frame = {
    .id = self->id, .call_server = &self->call_server, .start = self->start,
    .alternate = self->alternate, .names = sidetone_turn_get_names (self->turn),
  };

  if (self->partner == NULL && !sidetone_turn_test_is_cancelled (self))
    sidetone_test_observe_relay (self->all->context, &frame, self->turn, self->family, error);
}

/* A server reached by IPv6 need not have relayed IPv6 addresses, and one behind NAT64 sees this
 * computer by IPv4: a relayed IPv6 address would not fit. All servers have IPv4. */
static gboolean
needs_ipv4 (SidetoneTurnTest *self,
            const GError     *error)
{
  SidetoneEndpoint *mapped = sidetone_turn_get_mapped (self->turn);

  if (self->family != G_SOCKET_FAMILY_IPV6)
    return FALSE;
  if (self->is_there)
    return mapped != NULL && sidetone_endpoint_get_family (mapped) == G_SOCKET_FAMILY_IPV4;

  return g_error_matches (error, SIDETONE_ERROR, SIDETONE_ERROR_TURN_FAMILY_UNSUPPORTED);
}

static void
allocate_anew (SidetoneTurnTest *self)
{
  if (self->is_there)
    sidetone_turn_test_release (self);
  g_clear_object (&self->turn);
  self->family = G_SOCKET_FAMILY_IPV4;
  sidetone_turn_test_allocate (self);
}

static void
end_allocation (SidetoneTurnTest *self,
                const GError     *error)
{
  self->is_settled = TRUE;
  observe (self, error);
  sidetone_wait_set_deadline (self->wait, 0);
  self->all->allocated (self);
}

static void
speaks_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  SidetoneTurnTest *self = user_data;
  g_autoptr (GError) error = sidetone_what_speaks_finish (result);

  end_allocation (self, error);
  sidetone_turn_test_end (self);
}

/* The error of the announced server, for one of the alternate server that says less */
static SidetoneError
translate_error (const GError *error)
{
  if (g_error_matches (error, SIDETONE_ERROR, SIDETONE_ERROR_TURN_TRY_ALTERNATE))
    return SIDETONE_ERROR_TURN_ALTERNATE_AGAIN;
  if (g_error_matches (error, SIDETONE_ERROR, SIDETONE_ERROR_TURN_NO_ANSWER) ||
      (error->domain == SIDETONE_ERROR &&
       sidetone_error_has_trait (error->code, SIDETONE_ERROR_IS_SILENCE)))
    return SIDETONE_ERROR_TURN_ALTERNATE_SILENT;
  return SIDETONE_ERROR_UNKNOWN;
}

static void
fail_alternate (SidetoneTurnTest *self,
                const GError     *error)
{
  SidetoneError code = translate_error (error);
  g_autoptr (GError) translated = NULL;

  if (code != SIDETONE_ERROR_UNKNOWN)
    translated = g_error_new_literal (SIDETONE_ERROR, code, error->message);
  end_allocation (self, translated != NULL ? translated : error);
}

static void
fail_allocation (SidetoneTurnTest *self,
                 const GError     *error)
{
  g_autoptr (GError) timeout = NULL;

  if (sidetone_wait_has_passed (self->wait))
    timeout = sidetone_wait_make_error (self->wait, sidetone_turn_has_answered (self->turn)
                                        ? SIDETONE_ERROR_TURN_NO_ANSWER
                                        : SIDETONE_ERROR_STUN_NO_ANSWER, "No relay");
  if (self->alternate != NULL)
    {
      fail_alternate (self, timeout != NULL ? timeout : error);
      return;
    }

  sidetone_turn_test_begin (self);
  sidetone_what_speaks_async (self->call_server.server, sidetone_turn_test_get_host (self),
                              sidetone_turn_get_local (self->turn) != NULL,
                              timeout != NULL ? timeout : error, self->all->cancellable, speaks_cb,
                              self);
}

static gboolean
may_ask (SidetoneTurnTest *self)
{
  SidetoneEndpoint *server = self->call_server.server;

  return sidetone_endpoint_get_family (self->alternate) == sidetone_endpoint_get_family (server) &&
         sidetone_budget_judge (sidetone_context_get_budget (self->all->context),
                                sidetone_endpoint_get_address (self->alternate),
                                SIDETONE_NAMED_BY_SERVICE, server) == SIDETONE_SKIP_REASON_NONE;
}

/* Many servers may name the same one. */
static gboolean
can_afford (SidetoneTurnTest *self)
{
  for (guint i = 0; i < N_REQUESTS; i++)
    {
      if (!sidetone_budget_spend (sidetone_context_get_budget (self->all->context),
                                  self->alternate))
        return FALSE;
    }

  return TRUE;
}

/* Try Alternate (RFC 8656, section 7.4; RFC 8489, section 10): the same request to the server that is
 * named, once */
static void
follow (SidetoneTurnTest *self,
        const GError     *error)
{
  SidetoneEndpoint *named = sidetone_turn_get_alternate (self->turn);
  g_autoptr (GError) refused = NULL;

  self->alternate = sidetone_endpoint_new (
    sidetone_endpoint_get_address (named), sidetone_endpoint_get_port (named),
    sidetone_endpoint_get_transport (self->call_server.server));
  if (!may_ask (self))
    {
      refused = g_error_new_literal (SIDETONE_ERROR, SIDETONE_ERROR_TURN_ALTERNATE_REFUSED,
                                     error->message);
      end_allocation (self, refused);
      return;
    }
  if (!can_afford (self))
    {
      end_allocation (self, error);
      return;
    }

  g_clear_object (&self->turn);
  sidetone_turn_test_allocate (self);
}

/* Whether the server names another one, and is not named itself */
static gboolean
is_handed_on (SidetoneTurnTest *self,
              const GError     *error)
{
  return g_error_matches (error, SIDETONE_ERROR, SIDETONE_ERROR_TURN_TRY_ALTERNATE) &&
         self->alternate == NULL && sidetone_turn_get_alternate (self->turn) != NULL &&
         !sidetone_turn_test_is_cancelled (self) && !sidetone_wait_is_over (self->wait);
}

static void
allocate_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  SidetoneTurnTest *self = user_data;
  g_autoptr (GError) error = NULL;

  self->is_there = sidetone_turn_allocate_finish (SIDETONE_TURN (source), result, &error);
  if (self->is_there && self->alternate != NULL)
    sidetone_budget_prove (sidetone_context_get_budget (self->all->context), self->alternate);

  if (needs_ipv4 (self, error) && !sidetone_turn_test_is_cancelled (self))
    allocate_anew (self);
  else if (is_handed_on (self, error))
    follow (self, error);
  else if (error != NULL)
    fail_allocation (self, error);
  else
    end_allocation (self, NULL);
  sidetone_turn_test_end (self);
}

/**
 * sidetone_turn_test_allocate:
 * @self: a test
 *
 * Requests an allocation. Calls #SidetoneTurnTests.allocated at the end.
 */
void
sidetone_turn_test_allocate (SidetoneTurnTest *self)
{
  SidetoneService *service = self->call_server.service;
  SidetoneEndpoint *server = self->alternate != NULL ? self->alternate : self->call_server.server;

  self->turn = sidetone_turn_new (server, sidetone_service_get_host (service),
                                  sidetone_service_get_username (service),
                                  sidetone_service_get_password (service), self->family);
  sidetone_turn_set_authorities (self->turn,
                                 sidetone_context_get_authorities (self->all->context));
  sidetone_turn_test_begin (self);
  sidetone_turn_allocate_async (self->turn, sidetone_wait_get_cancellable (self->wait), allocate_cb,
                                self);
}
