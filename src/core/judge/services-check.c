/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/services-check.h"

#include "address/address-scope.h"
#include "base/error.h"
#include "judge/failure.h"
#include "seen/lookup.h"
#include "seen/services.h"
#include "seen/nat64-prefix.h"
#include "wire/service.h"

/* What an XMPP server announces for calls (XEP-0215): what is missing, or can't be right. */

/* An allocation is renewed after at most so long (RFC 8656, section 3.2): credentials that last no
 * longer may not last for a call. */
#define SHORT_S 600

/* What is judged: the answer, all that is announced, and what is announced of relays */
typedef struct
{
  const SidetoneEvidence *evidence;
  SidetoneObservation *answer;
  GPtrArray *services;
  GPtrArray *relays;
  gboolean complete; /* nothing is announced that this version does not know */
  GPtrArray *findings;
} Case;

static void
finding_free (gpointer data)
{
  SidetoneServicesFinding *finding = data;

  g_free (finding->host);
  g_strfreev (finding->evidence);
  g_free (finding);
}

/**
 * sidetone_services_findings_new:
 *
 * Returns: (transfer full) (element-type SidetoneServicesFinding): an array for conclusions, which
 *   frees them
 */
GPtrArray *
sidetone_services_findings_new (void)
{
  return g_ptr_array_new_with_free_func (finding_free);
}

static SidetoneServicesFinding *
add_finding (Case               *self,
             SidetoneFindingKind kind,
             GStrvBuilder       *more_evidence)
{
  SidetoneServicesFinding *finding = g_new0 (SidetoneServicesFinding, 1);
  g_autoptr (GStrvBuilder) evidence = g_strv_builder_new ();
  g_auto (GStrv) more = more_evidence != NULL ? g_strv_builder_end (more_evidence) : NULL;

  g_strv_builder_add (evidence, sidetone_observation_get_id (self->answer));
  if (more != NULL)
    g_strv_builder_addv (evidence, (const char **) more);

  finding->kind = kind;
  finding->evidence = g_strv_builder_end (evidence);
  g_ptr_array_add (self->findings, finding);

  return finding;
}

/* An address of its own network is no good to anybody elsewhere, but right where the server itself
 * has one and nobody is elsewhere. */
static gboolean
is_server_public (Case *self)
{
  SidetoneObservation *server_ip = sidetone_evidence_get_last (self->evidence,
                                                               SIDETONE_OBSERVATION_SERVER_IP);
  SidetoneEndpoint *peer = server_ip != NULL ? sidetone_observation_get_peer (server_ip) : NULL;

  return peer != NULL &&
         sidetone_evidence_is_public (self->evidence, sidetone_endpoint_get_address (peer));
}

/* Where a service is; NULL while that is not known, and where its name has no address. Adds what it
 * is known from. */
static GPtrArray *
dup_addresses (Case            *self,
               SidetoneService *service,
               GStrvBuilder    *evidence)
{
  g_autoptr (SidetoneEndpoint) literal = sidetone_service_dup_literal (service);
  SidetoneObservation *lookup;
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  const char *const *answers;

  if (literal != NULL)
    {
      g_ptr_array_add (addresses, g_object_ref (sidetone_endpoint_get_address (literal)));
      return g_steal_pointer (&addresses);
    }

  lookup = sidetone_evidence_get_lookup (self->evidence, sidetone_service_get_host (service));
  if (lookup == NULL)
    return NULL;

  answers = sidetone_observation_get_lookup (lookup)->answers;
  for (guint i = 0; answers != NULL && answers[i] != NULL; i++)
    {
      GInetAddress *address = g_inet_address_new_from_string (answers[i]);

      if (address != NULL)
        g_ptr_array_add (addresses, address);
    }
  if (addresses->len == 0)
    return NULL;

  g_strv_builder_add (evidence, sidetone_observation_get_id (lookup));

  return g_steal_pointer (&addresses);
}

/* Of each host there is one conclusion, however many services are there: says whether @service is the
 * first. */
static gboolean
is_new_host (GHashTable      *hosts,
             SidetoneService *service)
{
  return g_hash_table_add (hosts, (gpointer) sidetone_service_get_host (service));
}

static gboolean
is_without_address (SidetoneObservation *lookup)
{
  return lookup != NULL &&
         g_error_matches (sidetone_observation_get_error (lookup), SIDETONE_ERROR,
                          SIDETONE_ERROR_NAME_NOT_FOUND);
}

/* A name server that is silent says nothing of the name. */
static void
judge_names (Case *self)
{
  g_autoptr (GStrvBuilder) evidence = g_strv_builder_new ();
  g_autoptr (GHashTable) hosts = g_hash_table_new (g_str_hash, g_str_equal);
  const char *first = NULL;

  for (guint i = 0; i < self->services->len; i++)
    {
      const char *host = sidetone_service_get_host (self->services->pdata[i]);
      SidetoneObservation *lookup = sidetone_evidence_get_lookup (self->evidence, host);

      if (!is_new_host (hosts, self->services->pdata[i]) || !is_without_address (lookup))
        continue;

      g_strv_builder_add (evidence, sidetone_observation_get_id (lookup));
      if (first == NULL)
        first = host;
    }

  if (first != NULL)
    add_finding (self, SIDETONE_FINDING_SERVICE_NOT_FOUND, evidence)->host = g_strdup (first);
}

static void
judge_scopes (Case *self)
{
  g_autoptr (GStrvBuilder) evidence = g_strv_builder_new ();
  g_autoptr (GHashTable) hosts = g_hash_table_new (g_str_hash, g_str_equal);
  const char *first = NULL;

  if (!is_server_public (self))
    return;

  for (guint i = 0; i < self->services->len; i++)
    {
      g_autoptr (GStrvBuilder) known_from = g_strv_builder_new ();
      g_autoptr (GPtrArray) addresses = NULL;
      g_auto (GStrv) ids = NULL;
      gboolean reachable = FALSE;

      if (!is_new_host (hosts, self->services->pdata[i]))
        continue;

      addresses = dup_addresses (self, self->services->pdata[i], known_from);
      if (addresses == NULL)
        continue;

      for (guint j = 0; j < addresses->len; j++)
        reachable = reachable || sidetone_evidence_is_public (self->evidence, addresses->pdata[j]);
      if (reachable)
        continue;

      ids = g_strv_builder_end (known_from);
      g_strv_builder_addv (evidence, (const char **) ids);
      if (first == NULL)
        first = sidetone_service_get_host (self->services->pdata[i]);
    }

  if (first != NULL)
    add_finding (self, SIDETONE_FINDING_SERVICE_PRIVATE, evidence)->host = g_strdup (first);
}

/* Only IPv6 leads out of this computer: not even its own translator gives it IPv4 (464XLAT). */
static gboolean
has_ipv6_alone (Case         *self,
                GStrvBuilder *evidence)
{
  GPtrArray *interfaces = sidetone_evidence_get_kind (self->evidence,
                                                      SIDETONE_OBSERVATION_INTERFACE);
  gboolean has_ipv6 = FALSE;

  for (guint i = 0; i < interfaces->len; i++)
    {
      SidetoneEndpoint *local = sidetone_observation_get_local (interfaces->pdata[i]);
      SidetoneAddressScope scope;

      /* What could not be looked at is not absent. */
      if (local == NULL)
        return FALSE;

      scope = sidetone_address_scope_of (sidetone_endpoint_get_address (local));
      if (scope == SIDETONE_ADDRESS_SCOPE_LOOPBACK || scope == SIDETONE_ADDRESS_SCOPE_LINK_LOCAL)
        continue;
      if (sidetone_endpoint_get_family (local) == G_SOCKET_FAMILY_IPV4)
        return FALSE;

      g_strv_builder_add (evidence, sidetone_observation_get_id (interfaces->pdata[i]));
      has_ipv6 = TRUE;
    }

  return has_ipv6;
}

/* Names are translated by such a network, addresses are not. */
static void
judge_families (Case *self)
{
  GPtrArray *services = self->relays->len > 0 ? self->relays : self->services;
  g_autoptr (GStrvBuilder) evidence = g_strv_builder_new ();
  g_autoptr (GHashTable) hosts = g_hash_table_new (g_str_hash, g_str_equal);

  if (services->len == 0 || !has_ipv6_alone (self, evidence))
    return;

  for (guint i = 0; i < services->len; i++)
    {
      g_autoptr (GPtrArray) addresses = NULL;

      if (!is_new_host (hosts, services->pdata[i]))
        continue;

      addresses = dup_addresses (self, services->pdata[i], evidence);
      if (addresses == NULL)
        return;

      for (guint j = 0; j < addresses->len; j++)
        {
          if (g_inet_address_get_family (addresses->pdata[j]) != G_SOCKET_FAMILY_IPV4)
            return;
        }
    }

  add_finding (self, SIDETONE_FINDING_SERVICES_IPV4_ONLY, evidence);
}

/* A name server of such a network makes IPv6 addresses of IPv4 ones. */
static gboolean
is_ipv6_of_its_own (Case         *self,
                    GInetAddress *address)
{
  GArray *prefixes = sidetone_evidence_get_prefixes (self->evidence);
  g_autoptr (GInetAddress) inside = sidetone_nat64_dup_ipv4 (prefixes, address, NULL);

  return inside == NULL;
}

/* Programs that look for IPv4 alone find none of them, and people without IPv6 can't use them. */
static void
judge_ipv6_relays (Case *self)
{
  g_autoptr (GStrvBuilder) evidence = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) interfaces = g_strv_builder_new ();
  g_autoptr (GHashTable) hosts = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean any = FALSE;

  /* The resolver of a computer without IPv4 leaves IPv4 addresses out. */
  if (has_ipv6_alone (self, interfaces))
    return;

  for (guint i = 0; i < self->relays->len; i++)
    {
      g_autoptr (GPtrArray) addresses = NULL;

      if (!sidetone_service_has_credentials (self->relays->pdata[i]) ||
          !is_new_host (hosts, self->relays->pdata[i]))
        continue;

      addresses = dup_addresses (self, self->relays->pdata[i], evidence);
      if (addresses == NULL)
        return;

      any = TRUE;
      for (guint j = 0; j < addresses->len; j++)
        {
          if (g_inet_address_get_family (addresses->pdata[j]) != G_SOCKET_FAMILY_IPV6 ||
              !is_ipv6_of_its_own (self, addresses->pdata[j]))
            return;
        }
    }

  if (any)
    add_finding (self, SIDETONE_FINDING_RELAYS_IPV6_ONLY, evidence);
}

static char *
format_place (SidetoneService *service)
{
  g_autoptr (SidetoneEndpoint) literal = sidetone_service_dup_literal (service);

  return literal != NULL ? sidetone_endpoint_format (literal)
         : g_strdup_printf ("%s:%u", sidetone_service_get_host (service),
                            sidetone_service_get_port (service));
}

/* How many relays programs can use; the others are told to the administrator. */
static guint
judge_credentials (Case *self)
{
  SidetoneService *without = NULL;
  guint n_usable = 0;

  for (guint i = 0; i < self->relays->len; i++)
    {
      if (sidetone_service_has_credentials (self->relays->pdata[i]))
        n_usable++;
      else if (without == NULL)
        without = self->relays->pdata[i];
    }

  if (without != NULL)
    add_finding (self, n_usable > 0 ? SIDETONE_FINDING_CREDENTIALS_MISSING
                 : SIDETONE_FINDING_NO_CREDENTIALS, NULL)->host = format_place (without);

  return n_usable;
}

/* By the server's clock: this computer's may be wrong. */
static void
judge_expiry (Case *self)
{
  gint64 left_s = sidetone_observation_get_services (self->answer)->expires_in;

  if (left_s == SIDETONE_NOT_SEEN)
    return;
  if (left_s <= 0)
    add_finding (self, SIDETONE_FINDING_CREDENTIALS_EXPIRED, NULL);
  else if (left_s < SHORT_S)
    add_finding (self, SIDETONE_FINDING_CREDENTIALS_SHORT, NULL);
}

/* UDP is what calls are sent by; and some programs know no other way to a relay. DTLS none does. */
static void
judge_transports (Case *self)
{
  gboolean has_udp = FALSE;
  gboolean has_other = FALSE;

  for (guint i = 0; i < self->relays->len; i++)
    {
      SidetoneService *relay = self->relays->pdata[i];
      gboolean is_udp = sidetone_service_get_transport (relay) == SIDETONE_TRANSPORT_UDP;

      if (!sidetone_service_has_credentials (relay))
        continue;
      has_udp = has_udp || (is_udp && sidetone_service_get_kind (relay) == SIDETONE_SERVICE_TURN);
      has_other = has_other || !is_udp;
    }

  if (!has_other)
    add_finding (self, SIDETONE_FINDING_NO_RELAY_OVER_TCP, NULL);
  if (!has_udp)
    add_finding (self, SIDETONE_FINDING_NO_RELAY_OVER_UDP, NULL);
}

static void
judge_services (Case *self)
{
  if (self->services->len == 0)
    {
      if (self->complete)
        add_finding (self, SIDETONE_FINDING_NO_SERVICES, NULL);
      return;
    }

  if (self->relays->len == 0 && self->complete)
    {
      add_finding (self, SIDETONE_FINDING_NO_RELAY, NULL);
    }
  else if (judge_credentials (self) > 0)
    {
      judge_expiry (self);
      judge_transports (self);
    }

  judge_names (self);
  judge_scopes (self);
  judge_families (self);
  judge_ipv6_relays (self);
}

/* Where the session broke off, that has nothing to do with services. */
static void
judge_error (Case         *self,
             SidetoneError error)
{
  g_autoptr (GStrvBuilder) evidence = g_strv_builder_new ();
  SidetoneObservation *disco;
  SidetoneFindingKind kind = sidetone_failure_get_kind (error);

  if (kind == SIDETONE_FINDING_NOT_OFFERED)
    {
      disco = sidetone_evidence_get_last (self->evidence, SIDETONE_OBSERVATION_DISCO);
      if (disco != NULL && sidetone_observation_get_state (disco) == SIDETONE_STATE_PASSED)
        g_strv_builder_add (evidence, sidetone_observation_get_id (disco));
      add_finding (self, SIDETONE_FINDING_NO_SERVICES, evidence);
    }
  else if (kind == SIDETONE_FINDING_FORBIDDEN)
    add_finding (self, SIDETONE_FINDING_SERVICES_FORBIDDEN, NULL);
  else if (sidetone_failure_is_answer (error))
    add_finding (self, SIDETONE_FINDING_SERVICES_UNKNOWN, NULL)->error = error;
}

/**
 * sidetone_services_check_is_done:
 * @evidence: what was seen
 *
 * Returns: whether all is there: what the server announces, and where each of its hosts is
 */
gboolean
sidetone_services_check_is_done (const SidetoneEvidence *evidence)
{
  GPtrArray *services = sidetone_evidence_get_services (evidence);

  if (sidetone_evidence_get_last (evidence, SIDETONE_OBSERVATION_SERVICES) == NULL)
    return FALSE;

  for (guint i = 0; i < services->len; i++)
    {
      const char *host = sidetone_service_get_host (services->pdata[i]);
      g_autoptr (SidetoneEndpoint) literal = NULL;

      if (sidetone_evidence_get_lookup (evidence, host) != NULL)
        continue;

      literal = sidetone_service_dup_literal (services->pdata[i]);
      if (literal == NULL)
        return FALSE;
    }

  return TRUE;
}

/**
 * sidetone_services_check_get_relay:
 * @evidence: what was seen
 *
 * Returns: whether the server offers a relay with the credentials for it
 */
SidetoneRelay
sidetone_services_check_get_relay (const SidetoneEvidence *evidence)
{
  SidetoneObservation *answer = sidetone_evidence_get_last (evidence,
                                                            SIDETONE_OBSERVATION_SERVICES);
  GPtrArray *services = sidetone_evidence_get_services (evidence);

  if (answer == NULL)
    return SIDETONE_RELAY_UNKNOWN;

  if (sidetone_observation_get_state (answer) != SIDETONE_STATE_PASSED)
    return g_error_matches (sidetone_observation_get_error (answer), SIDETONE_ERROR,
                            SIDETONE_ERROR_NOT_OFFERED)
           ? SIDETONE_RELAY_NOT_OFFERED : SIDETONE_RELAY_UNKNOWN;

  for (guint i = 0; i < services->len; i++)
    {
      if (sidetone_service_is_relay (services->pdata[i]) &&
          sidetone_service_has_credentials (services->pdata[i]))
        return SIDETONE_RELAY_OFFERED;
    }

  return sidetone_evidence_knows_all_services (evidence) ? SIDETONE_RELAY_NOT_OFFERED
         : SIDETONE_RELAY_UNKNOWN;
}

/**
 * sidetone_services_check_judge:
 * @evidence: what was seen
 *
 * Judges what the server announces for calls. Nothing of it was tried: there are only conclusions
 * about what is missing or can't be right, in the order of src/core/README.md.
 *
 * Returns: (transfer full) (element-type SidetoneServicesFinding): the conclusions; none where the
 *   server was not asked. The array frees them.
 */
GPtrArray *
sidetone_services_check_judge (const SidetoneEvidence *evidence)
{
  g_autoptr (GPtrArray) relays = g_ptr_array_new ();
  const GError *error;
  Case judged = {
    .evidence = evidence,
    .answer = sidetone_evidence_get_last (evidence, SIDETONE_OBSERVATION_SERVICES),
    .services = sidetone_evidence_get_services (evidence),
    .relays = relays,
    .complete = sidetone_evidence_knows_all_services (evidence),
    .findings = sidetone_services_findings_new (),
  };

  if (judged.answer == NULL)
    return judged.findings;

  for (guint i = 0; i < judged.services->len; i++)
    {
      if (sidetone_service_is_relay (judged.services->pdata[i]))
        g_ptr_array_add (relays, judged.services->pdata[i]);
    }

  error = sidetone_observation_get_error (judged.answer);
  if (error != NULL)
    judge_error (&judged, error->code);
  else
    judge_services (&judged);

  return judged.findings;
}
