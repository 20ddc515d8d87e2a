/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "probes/context.h"

#include "address/address-scope.h"
#include "base/secret.h"
#include "wire/service.h"

/**
 * SidetoneContext:
 *
 * What the probes of one run share: the account, the candidates, the session, the server's
 * features, and the observations so far. Emits #SidetoneContext::changed when something arrives
 * that a waiting probe may need.
 */
struct _SidetoneContext
{
  GObject parent_instance;

  SidetoneAccount *account;
  char *password;
  gint64 start;

  GListStore *observations;
  SidetoneBudget *budget;
  GPtrArray *lookups;     /* SidetoneObservation */
  SidetoneCandidates *candidates;
  SidetoneSession *session;
  SidetoneDisco *disco;
  gboolean disco_is_known;
  GPtrArray *typed;       /* SidetoneService */
  GPtrArray *services;
  GHashTable *addresses;  /* host -> GPtrArray */
  GTlsDatabase *authorities;
  gboolean nat_is_known;
  guint open_ms;
  guint video_kbits;
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SidetoneContext, sidetone_context, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (SidetoneRunStage, sidetone_run_stage,
                    G_DEFINE_ENUM_VALUE (SIDETONE_RUN_STAGE_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (SIDETONE_RUN_STAGE_LOOKING_UP, "looking-up"),
                    G_DEFINE_ENUM_VALUE (SIDETONE_RUN_STAGE_SIGNING_IN, "signing-in"),
                    G_DEFINE_ENUM_VALUE (SIDETONE_RUN_STAGE_ASKING, "asking"),
                    G_DEFINE_ENUM_VALUE (SIDETONE_RUN_STAGE_FINISHED, "finished"))

static void
sidetone_context_dispose (GObject *object)
{
  SidetoneContext *self = SIDETONE_CONTEXT (object);

  sidetone_context_wipe_password (self);
  g_clear_pointer (&self->account, sidetone_account_unref);
  g_clear_object (&self->candidates);
  g_clear_object (&self->session);
  g_clear_pointer (&self->disco, sidetone_disco_unref);
  sidetone_context_wipe_services (self);
  g_clear_pointer (&self->addresses, g_hash_table_unref);
  g_clear_object (&self->authorities);
  g_clear_object (&self->observations);
  g_clear_pointer (&self->lookups, g_ptr_array_unref);
  g_clear_pointer (&self->budget, sidetone_budget_unref);

  G_OBJECT_CLASS (sidetone_context_parent_class)->dispose (object);
}

static void
sidetone_context_class_init (SidetoneContextClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sidetone_context_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sidetone_context_init (SidetoneContext *self)
{
  self->observations = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  self->budget = sidetone_budget_new ();
  self->lookups = g_ptr_array_new_with_free_func (g_object_unref);
  self->typed = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_service_unref);
  self->addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify) g_ptr_array_unref);
  self->start = g_get_monotonic_time ();
}

/**
 * sidetone_context_new:
 * @account: (transfer none): the account
 * @password: its password; copied, and wiped with the copy
 *
 * Starts the run's clock.
 *
 * Returns: (transfer full): a new context
 */
SidetoneContext *
sidetone_context_new (SidetoneAccount *account,
                      const char      *password)
{
  SidetoneContext *self;

  g_return_val_if_fail (account != NULL, NULL);
  g_return_val_if_fail (password != NULL, NULL);

  self = g_object_new (SIDETONE_TYPE_CONTEXT, NULL);
  self->account = sidetone_account_ref (account);
  self->password = g_strdup (password);

  return self;
}

/**
 * sidetone_context_get_account:
 * @self: a context
 *
 * Returns: (transfer none): the account
 */
SidetoneAccount *
sidetone_context_get_account (SidetoneContext *self)
{
  return self->account;
}

/**
 * sidetone_context_steal_password:
 * @self: a context
 *
 * Returns: (transfer full) (nullable): the password, which the context no longer has; the caller
 *   wipes it before freeing it
 */
char *
sidetone_context_steal_password (SidetoneContext *self)
{
  return g_steal_pointer (&self->password);
}

/**
 * sidetone_context_wipe_password:
 * @self: a context
 *
 * Wipes the password, if it was not stolen: nothing will sign in any more.
 */
void
sidetone_context_wipe_password (SidetoneContext *self)
{
  g_clear_pointer (&self->password, sidetone_secret_free);
}

/**
 * sidetone_context_get_start:
 * @self: a context
 *
 * Returns: the run's start, on the monotonic clock, in microseconds
 */
gint64
sidetone_context_get_start (SidetoneContext *self)
{
  return self->start;
}

/**
 * sidetone_context_get_time:
 * @self: a context
 *
 * Returns: microseconds since the run began
 */
gint64
sidetone_context_get_time (SidetoneContext *self)
{
  return g_get_monotonic_time () - self->start;
}

/**
 * sidetone_context_get_observations:
 * @self: a context
 *
 * Returns: (transfer none): a list of #SidetoneObservation that only grows
 */
GListModel *
sidetone_context_get_observations (SidetoneContext *self)
{
  return G_LIST_MODEL (self->observations);
}

/* What an observation says about this computer and its network matters for the budget. */
static void
tell_budget (SidetoneContext     *self,
             SidetoneObservation *observation)
{
  SidetoneObservationKind kind = sidetone_observation_get_kind (observation);
  SidetoneEndpoint *local = sidetone_observation_get_local (observation);
  g_autoptr (GArray) prefixes = NULL;

  if (kind == SIDETONE_OBSERVATION_INTERFACE && local != NULL)
    {
      sidetone_budget_add_own_address (self->budget, sidetone_endpoint_get_address (local));
    }
  else if (kind == SIDETONE_OBSERVATION_LOOKUP)
    {
      g_ptr_array_add (self->lookups, g_object_ref (observation));
      prefixes = sidetone_nat64_collect_prefixes (self->lookups);
      sidetone_budget_set_prefixes (self->budget, prefixes);
    }
}

/**
 * sidetone_context_get_budget:
 * @self: a context
 *
 * Returns: (transfer none): the check's budget, which all packets to an address that a server named
 *   must go through
 */
SidetoneBudget *
sidetone_context_get_budget (SidetoneContext *self)
{
  return self->budget;
}

/**
 * sidetone_context_add:
 * @self: a context
 * @observation: (transfer none): an observation
 */
void
sidetone_context_add (SidetoneContext     *self,
                      SidetoneObservation *observation)
{
  g_return_if_fail (SIDETONE_IS_OBSERVATION (observation));

  tell_budget (self, observation);
  g_list_store_append (self->observations, observation);
}

/**
 * sidetone_context_observe:
 * @self: a context
 * @fields: its fields
 *
 * Makes an observation and appends it to the list.
 */
void
sidetone_context_observe (SidetoneContext                 *self,
                          const SidetoneObservationFields *fields)
{
  g_autoptr (SidetoneObservation) observation = sidetone_observation_new (fields);

  sidetone_context_add (self, observation);
}

static SidetoneAddressScope
get_scope (SidetoneEndpoint *endpoint)
{
  return sidetone_address_scope_of (sidetone_endpoint_get_address (endpoint));
}

static gboolean
is_translation (SidetoneContext     *self,
                SidetoneObservation *observation)
{
  SidetoneEndpoint *local = sidetone_observation_get_local (observation);
  SidetoneEndpoint *mapped = sidetone_observation_get_seen (observation);

  return sidetone_observation_get_kind (observation) == SIDETONE_OBSERVATION_STUN &&
         local != NULL && mapped != NULL &&
         sidetone_endpoint_get_transport (local) == SIDETONE_TRANSPORT_UDP &&
         sidetone_endpoint_get_family (local) == G_SOCKET_FAMILY_IPV4 &&
         sidetone_address_scope_is_private (get_scope (local)) &&
         sidetone_endpoint_get_family (mapped) == G_SOCKET_FAMILY_IPV4 &&
         sidetone_address_scope_is_public (get_scope (mapped)) &&
         sidetone_budget_judge (self->budget, sidetone_endpoint_get_address (mapped),
                                SIDETONE_NAMED_BY_SERVICE,
                                sidetone_observation_get_peer (observation)) ==
         SIDETONE_SKIP_REASON_NONE;
}

/**
 * sidetone_context_dup_translation:
 * @self: a context
 *
 * Returns: (transfer full) (nullable): the first STUN answer that shows a private address of this
 *   computer as a public one, by UDP over IPv4; %NULL while there is none
 */
SidetoneObservation *
sidetone_context_dup_translation (SidetoneContext *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->observations)); i++)
    {
      g_autoptr (SidetoneObservation) observation = g_list_model_get_item (
        G_LIST_MODEL (self->observations), i);

      if (is_translation (self, observation))
        return g_steal_pointer (&observation);
    }

  return NULL;
}

/**
 * sidetone_context_get_candidates:
 * @self: a context
 *
 * Returns: (transfer none) (nullable): the candidates; %NULL while none is known
 */
SidetoneCandidates *
sidetone_context_get_candidates (SidetoneContext *self)
{
  return self->candidates;
}

/**
 * sidetone_context_set_candidates:
 * @self: a context that has none
 * @candidates: (transfer none): at least one; more may come
 */
void
sidetone_context_set_candidates (SidetoneContext    *self,
                                 SidetoneCandidates *candidates)
{
  g_return_if_fail (self->candidates == NULL);
  g_return_if_fail (sidetone_candidates_get_n (candidates) > 0);

  self->candidates = g_object_ref (candidates);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * sidetone_context_get_session:
 * @self: a context
 *
 * Returns: (transfer none) (nullable): the session, once it is signed in
 */
SidetoneSession *
sidetone_context_get_session (SidetoneContext *self)
{
  return self->session;
}

/**
 * sidetone_context_set_session:
 * @self: a context that has none
 * @session: (transfer none): a session that is signed in
 */
void
sidetone_context_set_session (SidetoneContext *self,
                              SidetoneSession *session)
{
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  if (sidetone_session_get_peer (session) != NULL)
    sidetone_budget_set_server (self->budget, sidetone_session_get_peer (session));
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * sidetone_context_get_disco:
 * @self: a context
 *
 * Returns: (transfer none) (nullable): the server's features; %NULL while they are not known, and
 *   if the server does not answer
 */
SidetoneDisco *
sidetone_context_get_disco (SidetoneContext *self)
{
  return self->disco;
}

/**
 * sidetone_context_is_disco_known:
 * @self: a context
 *
 * Returns: whether sidetone_context_get_disco() is final
 */
gboolean
sidetone_context_is_disco_known (SidetoneContext *self)
{
  return self->disco_is_known;
}

/**
 * sidetone_context_set_disco:
 * @self: a context
 * @disco: (transfer none) (nullable): the server's features, %NULL if it did not answer
 */
void
sidetone_context_set_disco (SidetoneContext *self,
                            SidetoneDisco   *disco)
{
  g_return_if_fail (!self->disco_is_known);

  self->disco = disco != NULL ? sidetone_disco_ref (disco) : NULL;
  self->disco_is_known = TRUE;
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * sidetone_context_get_services:
 * @self: a context
 *
 * Returns: (transfer none) (nullable) (element-type SidetoneService): the services that the user
 *   typed and the server announces, with credentials; %NULL while they are not known
 */
GPtrArray *
sidetone_context_get_services (SidetoneContext *self)
{
  return self->services;
}

/**
 * sidetone_context_add_typed_services:
 * @self: a context that has no services yet
 * @services: (transfer none) (element-type SidetoneService): additional services that the user
 *   typed
 */
void
sidetone_context_add_typed_services (SidetoneContext *self,
                                     GPtrArray       *services)
{
  g_return_if_fail (self->services == NULL);

  for (guint i = 0; i < services->len; i++)
    g_ptr_array_add (self->typed, sidetone_service_ref (services->pdata[i]));
}

/**
 * sidetone_context_set_services:
 * @self: a context that has none
 * @services: (transfer none) (nullable) (element-type SidetoneService): the announced services,
 *   perhaps none; %NULL if the server does not answer
 *
 * sidetone_context_get_services() returns them together with the typed ones. Nothing changes if
 * there are neither.
 */
void
sidetone_context_set_services (SidetoneContext *self,
                               GPtrArray       *services)
{
  g_return_if_fail (self->services == NULL);

  if (services == NULL && self->typed->len == 0)
    return;

  self->services = g_steal_pointer (&self->typed);
  for (guint i = 0; services != NULL && i < services->len; i++)
    g_ptr_array_add (self->services, sidetone_service_ref (services->pdata[i]));
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * sidetone_context_wipe_services:
 * @self: a context
 *
 * Wipes the services with their credentials: nothing will use them any more.
 */
void
sidetone_context_wipe_services (SidetoneContext *self)
{
  g_clear_pointer (&self->typed, g_ptr_array_unref);
  g_clear_pointer (&self->services, g_ptr_array_unref);
}

/**
 * sidetone_context_get_addresses:
 * @self: a context
 * @host: a service's host
 *
 * Returns: (transfer none) (nullable) (element-type GInetAddress): its addresses, perhaps none;
 *   %NULL while they are not known
 */
GPtrArray *
sidetone_context_get_addresses (SidetoneContext *self,
                                const char      *host)
{
  return g_hash_table_lookup (self->addresses, host);
}

/**
 * sidetone_context_get_authorities:
 * @self: a context
 *
 * Returns: (transfer none) (nullable): the certificate authorities in the account's file, trusted
 *   besides the system's; %NULL without a file
 */
GTlsDatabase *
sidetone_context_get_authorities (SidetoneContext *self)
{
  const char *ca_file = sidetone_account_get_ca_file (self->account);

  /* An unreadable file has ended the sign-in before. */
  if (self->authorities == NULL && ca_file != NULL)
    self->authorities = g_tls_file_database_new (ca_file, NULL);

  return self->authorities;
}

/**
 * sidetone_context_set_addresses:
 * @self: a context
 * @host: a service's host
 * @addresses: (transfer none) (element-type GInetAddress): its addresses, perhaps none
 */
void
sidetone_context_set_addresses (SidetoneContext *self,
                                const char      *host,
                                GPtrArray       *addresses)
{
  g_hash_table_replace (self->addresses, g_strdup (host), g_ptr_array_ref (addresses));
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * sidetone_context_is_nat_known:
 * @self: a context
 *
 * Returns: whether the NAT's behaviour is observed
 */
gboolean
sidetone_context_is_nat_known (SidetoneContext *self)
{
  return self->nat_is_known;
}

/**
 * sidetone_context_set_nat_known:
 * @self: a context
 *
 * The NAT's behaviour is observed, and the allocations for it are deleted.
 */
void
sidetone_context_set_nat_known (SidetoneContext *self)
{
  self->nat_is_known = TRUE;
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * sidetone_context_get_open_ms:
 * @self: a context
 *
 * Returns: the longest silence so far after which UDP was still open, in milliseconds; 0 if it is
 *   not measured
 */
guint
sidetone_context_get_open_ms (SidetoneContext *self)
{
  return self->open_ms;
}

/**
 * sidetone_context_set_open_ms:
 * @self: a context
 * @open_ms: the longest silence so far after which UDP was still open, in milliseconds
 */
void
sidetone_context_set_open_ms (SidetoneContext *self,
                              guint            open_ms)
{
  if (self->open_ms == open_ms)
    return;

  self->open_ms = open_ms;
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * sidetone_context_get_video_kbits:
 * @self: a context
 *
 * Returns: the rate at which room for video is being tested, in kbit/s; 0 before that
 */
guint
sidetone_context_get_video_kbits (SidetoneContext *self)
{
  return self->video_kbits;
}

/**
 * sidetone_context_set_video_kbits:
 * @self: a context
 * @kbits: the rate at which room for video is being tested, in kbit/s
 */
void
sidetone_context_set_video_kbits (SidetoneContext *self,
                                  guint            kbits)
{
  if (self->video_kbits == kbits)
    return;

  self->video_kbits = kbits;
  g_signal_emit (self, signals[CHANGED], 0);
}
