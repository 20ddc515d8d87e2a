/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/app-check.h"

/* What an app can do with the announced STUN servers and relays: those that it would not use are left
 * out. judge/app.c has what each app does, judge/app-rules.c the findings. */

/* One announced entry, as the app uses it */
typedef struct
{
  const SidetoneService *service;
  SidetoneTransport transport;   /* that the app speaks to it */
} Entry;

static gboolean
is_tls (const SidetoneService *service)
{
  return sidetone_service_get_kind (service) == SIDETONE_SERVICE_TURNS ||
         sidetone_service_get_kind (service) == SIDETONE_SERVICE_STUNS;
}

/* A browser that is told no transport takes UDP, and for TLS kinds TLS over TCP. */
static SidetoneTransport
get_spoken (const SidetoneAppFacts *facts,
            const SidetoneService  *service)
{
  if (facts->choice == SIDETONE_APP_CHOICE_FIRST)
    return is_tls (service) ? SIDETONE_TRANSPORT_TLS : SIDETONE_TRANSPORT_UDP;

  return sidetone_service_get_transport (service);
}

static gboolean
speaks (const SidetoneAppFacts *facts,
        const SidetoneService  *service,
        SidetoneTransport       transport)
{
  /* DTLS has the kind of TLS and the transport of UDP: no app speaks it. */
  return (facts->transports & (1 << transport)) != 0 &&
         is_tls (service) == (transport == SIDETONE_TRANSPORT_TLS);
}

static gboolean
is_of_entry (const Entry                 *entry,
             const SidetoneServiceResult *result)
{
  const SidetoneService *service = result->service;

  return !sidetone_service_is_typed (service) &&
         sidetone_service_get_kind (service) == sidetone_service_get_kind (entry->service) &&
         sidetone_service_get_transport (service) == entry->transport &&
         sidetone_service_get_port (service) == sidetone_service_get_port (entry->service) &&
         g_str_equal (sidetone_service_get_host (service),
                      sidetone_service_get_host (entry->service));
}

static gboolean
is_private (const SidetoneAppCheck      *self,
            const SidetoneCallsCheck    *calls,
            const SidetoneServiceResult *result)
{
  return self->facts->skips_private && result->server != NULL &&
         !sidetone_evidence_is_public (calls->evidence,
                                       sidetone_endpoint_get_address (result->server));
}

/* Whether the app sends to the address of a test */
static gboolean
reaches (const SidetoneAppCheck      *self,
         const SidetoneCallsCheck    *calls,
         const SidetoneServiceResult *result)
{
  return !(self->facts->is_ipv4_only && sidetone_service_result_is_over_ipv6 (result)) &&
         !is_private (self, calls, result);
}

/* Whether the entry has an address that the app takes, as far as is known */
static gboolean
has_address (const SidetoneAppCheck   *self,
             const SidetoneCallsCheck *calls,
             const Entry              *entry)
{
  GPtrArray *results = sidetone_evidence_get_results (calls->evidence);
  gboolean any = FALSE;

  for (guint i = 0; i < results->len; i++)
    {
      const SidetoneServiceResult *result = results->pdata[i];

      if (!is_of_entry (entry, result))
        continue;
      if (result->reason == SIDETONE_SKIP_REASON_NO_ADDRESS)
        return FALSE;
      if (result->server == NULL || reaches (self, calls, result))
        return TRUE;
      any = TRUE;
    }

  return !any;
}

/* The entries of one use that the app takes, of those that it can: relays, or STUN servers */
static GArray *
choose_entries (const SidetoneAppCheck   *self,
                const SidetoneCallsCheck *calls,
                gboolean                  relays)
{
  GPtrArray *services = sidetone_evidence_get_services (calls->evidence);
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  gboolean has_plain = FALSE;

  for (guint i = 0; i < services->len; i++)
    {
      const Entry entry = { services->pdata[i], get_spoken (self->facts, services->pdata[i]) };

      if (sidetone_service_is_relay (entry.service) != relays ||
          !speaks (self->facts, entry.service, entry.transport) ||
          !has_address (self, calls, &entry))
        continue;

      if (self->facts->choice == SIDETONE_APP_CHOICE_LAST)
        g_array_set_size (entries, 0);
      if (self->facts->choice == SIDETONE_APP_CHOICE_FIRST && !is_tls (entry.service))
        {
          if (has_plain)
            continue;
          has_plain = TRUE;
        }
      g_array_append_val (entries, entry);
    }

  return entries;
}

/* The certificate is all that a test found to be wrong. */
static gboolean
may_work_untrusted (const SidetoneAppCheck      *self,
                    const SidetoneServiceResult *result)
{
  return self->facts->trusts_any && result->error != NULL &&
         sidetone_error_has_trait (result->error->code, SIDETONE_ERROR_IS_CERTIFICATE);
}

/* Whether an entry works, as its tests tell: one that the app does not use tells nothing */
static SidetoneTruth
judge_entry (const SidetoneAppCheck   *self,
             const SidetoneCallsCheck *calls,
             const Entry              *entry)
{
  GPtrArray *results = sidetone_evidence_get_results (calls->evidence);
  gboolean is_relay = sidetone_service_is_relay (entry->service);
  guint n_works = 0;
  guint n_fails = 0;
  guint n_unknown = 0;

  if (is_relay && !sidetone_service_has_credentials (entry->service))
    return SIDETONE_TRUTH_NO;

  for (guint i = 0; i < results->len; i++)
    {
      const SidetoneServiceResult *result = results->pdata[i];

      if (!is_of_entry (entry, result) || !reaches (self, calls, result))
        continue;

      if (is_relay ? sidetone_service_result_works_as_relay (result)
          : sidetone_service_result_has_answered (result))
        n_works++;
      else if (!sidetone_calls_check_counts (calls, result) || may_work_untrusted (self, result) ||
               result->state == SIDETONE_STATE_UNKNOWN)
        n_unknown++;
      else
        n_fails++;
    }

  /* Of several addresses such an app takes the first that DNS names. */
  if (self->facts->choice == SIDETONE_APP_CHOICE_LAST && n_works > 0 && n_fails + n_unknown > 0)
    return SIDETONE_TRUTH_UNKNOWN;
  if (n_works > 0)
    return SIDETONE_TRUTH_YES;

  return n_fails > 0 && n_unknown == 0 ? SIDETONE_TRUTH_NO : SIDETONE_TRUTH_UNKNOWN;
}

static SidetoneTruth
judge_entries (SidetoneAppCheck         *self,
               const SidetoneCallsCheck *calls,
               GArray                   *entries)
{
  gboolean all_fail = TRUE;

  for (guint i = 0; i < entries->len; i++)
    {
      SidetoneTruth truth = judge_entry (self, calls, &g_array_index (entries, Entry, i));

      if (truth == SIDETONE_TRUTH_YES)
        return truth;
      all_fail = all_fail && truth == SIDETONE_TRUTH_NO;
    }

  return all_fail ? SIDETONE_TRUTH_NO : SIDETONE_TRUTH_UNKNOWN;
}

/* Not one that the person typed */
static gboolean
is_announced (const SidetoneCallsCheck    *calls,
              const SidetoneServiceResult *result)
{
  GPtrArray *services = sidetone_evidence_get_services (calls->evidence);

  for (guint i = 0; i < services->len; i++)
    {
      const Entry entry = { services->pdata[i], sidetone_service_get_transport (services->pdata[i]) };

      if (is_of_entry (&entry, result))
        return TRUE;
    }

  return FALSE;
}

/* The first announced relay that works; one that the app could use, if there is any */
static const SidetoneServiceResult *
find_working (const SidetoneAppCheck   *self,
              const SidetoneCallsCheck *calls)
{
  GPtrArray *results = sidetone_evidence_get_results (calls->evidence);
  const SidetoneServiceResult *first = NULL;

  for (guint i = 0; i < results->len; i++)
    {
      const SidetoneServiceResult *result = results->pdata[i];

      if (!sidetone_service_result_works_as_relay (result) || !is_announced (calls, result))
        continue;

      if (reaches (self, calls, result) &&
          speaks (self->facts, result->service, sidetone_service_get_transport (result->service)))
        return result;
      first = first != NULL ? first : result;
    }

  return first;
}

/* Why the app does not use the relay that works */
static SidetoneAppLack
find_lack (const SidetoneAppCheck   *self,
           const SidetoneCallsCheck *calls)
{
  const SidetoneService *service = self->unused->service;

  if (!speaks (self->facts, service, sidetone_service_get_transport (service)))
    return SIDETONE_APP_LACK_TRANSPORT;
  if (is_private (self, calls, self->unused))
    return SIDETONE_APP_LACK_PRIVATE;
  if (!reaches (self, calls, self->unused))
    return SIDETONE_APP_LACK_IPV6;

  return self->facts->choice == SIDETONE_APP_CHOICE_FIRST ? SIDETONE_APP_LACK_FIRST
         : SIDETONE_APP_LACK_LAST;
}

static void
judge_unused (SidetoneAppCheck         *self,
              const SidetoneCallsCheck *calls,
              GArray                   *entries)
{
  self->unused = find_working (self, calls);
  if (self->unused == NULL)
    {
      /* What works was typed: the app is not told of it. */
      if (self->relay == SIDETONE_RELAY_WORKS)
        self->relay = entries->len > 0 ? SIDETONE_RELAY_BROKEN : SIDETONE_RELAY_NOT_OFFERED;
      return;
    }

  self->relay = SIDETONE_RELAY_UNUSED;
  if (entries->len > 0)
    self->entry = g_array_index (entries, Entry, 0).service;
  self->lack = find_lack (self, calls);
}

static void
judge_relay (SidetoneAppCheck         *self,
             const SidetoneCallsCheck *calls)
{
  g_autoptr (GArray) entries = choose_entries (self, calls, TRUE);

  /* Its makers' own, which nobody tests */
  if (self->facts->has_own_relay &&
      sidetone_evidence_get_services (calls->evidence)->len == 0)
    {
      self->relay = SIDETONE_RELAY_UNKNOWN;
      return;
    }

  switch (judge_entries (self, calls, entries))
    {
    case SIDETONE_TRUTH_YES:
      self->relay = SIDETONE_RELAY_WORKS;
      break;

    case SIDETONE_TRUTH_NO:
      judge_unused (self, calls, entries);
      break;

    case SIDETONE_TRUTH_UNKNOWN:
      self->relay = SIDETONE_RELAY_OFFERED;
      break;
    }
}

/* An allocation tells the reflexive address, too (RFC 8656, section 7.3). Apps that ask all servers
 * learn it as this program does. */
static SidetoneTruth
judge_address (SidetoneAppCheck         *self,
               const SidetoneCallsCheck *calls)
{
  g_autoptr (GArray) entries = NULL;

  if (!self->facts->asks_stun)
    return SIDETONE_TRUTH_NO;
  if (self->facts->choice != SIDETONE_APP_CHOICE_LAST || self->relay == SIDETONE_RELAY_WORKS)
    return SIDETONE_TRUTH_YES;

  entries = choose_entries (self, calls, FALSE);
  if (entries->len == 0)
    return self->facts->has_own_stun ? SIDETONE_TRUTH_YES : SIDETONE_TRUTH_NO;

  return judge_entries (self, calls, entries);
}

/**
 * sidetone_app_check_read:
 * @calls: what the tests of all call servers mean together
 * @relay: whether a relay works, for an app that uses all of them
 * @app: the person's app
 * @check: (out caller-allocates): the result
 *
 * Says what the app can do with what was tested. A relay that works, and that the app does not use,
 * does not count; nor does one that the person typed, which the app is not told.
 */
void
sidetone_app_check_read (const SidetoneCallsCheck *calls,
                         SidetoneRelay             relay,
                         SidetoneApp               app,
                         SidetoneAppCheck         *check)
{
  const SidetoneAppFacts *facts = sidetone_app_get_facts (app);

  *check = (SidetoneAppCheck) {
    .app = app, .relay = relay, .learns_address = SIDETONE_TRUTH_YES,
  };
  /* Of an app without calls, what others can do is told. */
  if (facts == NULL || !facts->has_calls)
    return;

  check->facts = facts;
  if (facts->choice == SIDETONE_APP_CHOICE_NONE)
    {
      check->unused = find_working (check, calls);
      check->relay = SIDETONE_RELAY_UNUSED;
      check->lack = SIDETONE_APP_LACK_RELAYS;
    }
  else if (sidetone_evidence_get_last (calls->evidence, SIDETONE_OBSERVATION_SERVICES) != NULL)
    {
      judge_relay (check, calls);
    }
  check->learns_address = judge_address (check, calls);
}
