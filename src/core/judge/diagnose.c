/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/diagnosis-private.h"

#include <string.h>

#include "judge/address-check.h"
#include "judge/failure.h"
#include "judge/rules.h"
#include "judge/proof.h"
#include "seen/connect.h"
#include "seen/disco.h"
#include "seen/secure.h"
#include "wire/disco.h"

/* The judge: gathers the evidence, asks each rule in the order of src/core/README.md, and weighs
 * the findings. */

/* The rules' input, and the growing diagnosis */
typedef struct
{
  SidetoneCase judged;
  SidetoneObservation *interruption; /* NULL without one */
  gboolean in_the_open;        /* nothing changes the address, and UDP gets through */
  SidetoneDiagnosis *diagnosis;
} Case;

/* The differential diagnosis: the other causes that the evidence does not exclude */
static GPtrArray *
find_rivals (const SidetoneCase         *judged,
             const SidetoneRule         *rule,
             const SidetoneFindingFacts *facts)
{
  GPtrArray *left = g_ptr_array_new ();

  for (const SidetoneRival *rival = rule->rivals; rival != NULL && rival->nick != NULL; rival++)
    {
      if (!rival->is_excluded (judged, facts))
        g_ptr_array_add (left, (gpointer) rival);
    }

  return left;
}

static SidetoneFinding *
add_finding (Case                       *self,
             SidetoneFindingKind         kind,
             SidetoneSeverity            severity,
             const SidetoneFindingFacts *facts,
             GPtrArray                  *ids)
{
  g_autoptr (GPtrArray) rivals = find_rivals (&self->judged, sidetone_rules_find (kind), facts);
  SidetoneFindingFacts known = facts != NULL ? *facts : (SidetoneFindingFacts) { NULL };
  g_autoptr (SidetoneFinding) finding = NULL;

  g_ptr_array_add (ids, NULL);
  known.aliases = sidetone_evidence_get_aliases (self->judged.evidence);
  finding = sidetone_finding_new (kind, severity, &known, (const char *const *) ids->pdata, rivals);
  g_list_store_append (self->diagnosis->findings, finding);

  return finding;
}

static void
set_address_finding (Case                       *self,
                     SidetoneFindingKind         kind,
                     const SidetoneFindingFacts *facts,
                     GPtrArray                  *ids)
{
  self->diagnosis->address_finding = add_finding (self, kind, SIDETONE_SEVERITY_UNKNOWN, facts,
                                                  ids);
}

/* The server's features, if it answered */
static SidetoneObservation *
find_disco (Case *self)
{
  GPtrArray *discos = sidetone_evidence_get_kind (self->judged.evidence,
                                                  SIDETONE_OBSERVATION_DISCO);

  for (guint i = 0; i < discos->len; i++)
    {
      if (sidetone_observation_get_state (discos->pdata[i]) == SIDETONE_STATE_PASSED)
        return discos->pdata[i];
    }

  return NULL;
}

static void
add_id (GPtrArray           *ids,
        SidetoneObservation *observation)
{
  g_ptr_array_add (ids, (gpointer) sidetone_observation_get_id (observation));
}

static const char *
get_server_text (SidetoneObservation *observation)
{
  const char *text = sidetone_observation_get_server_text (observation);

  return text != NULL && *text != '\0' ? text : NULL;
}

/* The server was asked, but its answer has no address. */
static void
judge_unmade_check (Case                *self,
                    SidetoneObservation *server_ip,
                    SidetoneError        error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  SidetoneObservation *disco = find_disco (self);
  SidetoneFindingKind kind = sidetone_failure_get_kind (error);
  SidetoneFindingFacts facts = {
    .error = error,
    .server_text = get_server_text (server_ip),
  };

  add_id (ids, server_ip);

  /* The server's features prove it, or contradict it. */
  if (error == SIDETONE_ERROR_NOT_OFFERED && disco != NULL)
    {
      add_id (ids, disco);
      facts.announced = sidetone_disco_offers_address_check (disco);
    }

  set_address_finding (self, kind, &facts, ids);
}

/* The server was asked, and its answer has addresses. */
static void
judge_addresses (Case                       *self,
                 SidetoneObservation        *server_ip,
                 const SidetoneAddressCheck *check)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  SidetoneFindingFacts facts = { 0 };

  self->diagnosis->external = sidetone_endpoint_ref (check->external);
  facts.port = sidetone_diagnosis_compare_ports (check->local, check->external);
  facts.relay = self->judged.relay;
  facts.local_is_ipv6 = check->local != NULL &&
                        sidetone_endpoint_get_family (check->local) == G_SOCKET_FAMILY_IPV6;

  add_id (ids, server_ip);
  if (check->proof != NULL)
    g_ptr_array_add (ids, check->proof);

  set_address_finding (self, check->kind, &facts, ids);
}

/* A certificate without a known fingerprint can't be accepted. */
static SidetoneNextStep
choose_next_step (const SidetoneEvidence *evidence,
                  SidetoneError           error)
{
  SidetoneNextStep next_step = sidetone_failure_get_next_step (error);

  if (next_step != SIDETONE_NEXT_STEP_ACCEPT_CERTIFICATE)
    return next_step;

  return sidetone_failure_find_certificate (evidence) != NULL
         ? next_step : SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR;
}

/* Of a certificate with another name: whether it was made for the host that DNS or the user named.
 * That would do for a service whose clients go by that name (RFC 6125, section 6.2.1), not for XMPP
 * (RFC 6120, section 13.7.2.1). */
static gboolean
names_target (const SidetoneFailure *failure)
{
  const SidetoneSecureSeen *seen;

  if (failure->error != SIDETONE_ERROR_CERTIFICATE_WRONG_NAME || failure->observations->len == 0)
    return FALSE;
  seen = sidetone_observation_get_secure (failure->observations->pdata[0]);
  if (seen == NULL || seen->target == NULL)
    return FALSE;

  for (guint i = 0; seen->names != NULL && seen->names[i] != NULL; i++)
    {
      const char *name = seen->names[i];
      const char *host = seen->target;

      if (g_str_has_prefix (name, "*.") && strchr (host, '.') != NULL)
        {
          name++;
          host = strchr (host, '.');
        }
      if (g_ascii_strcasecmp (name, host) == 0)
        return TRUE;
    }

  return FALSE;
}

/* The names of a certificate that lacks the right one */
static char *
dup_certificate_for (const SidetoneFailure *failure)
{
  const SidetoneSecureSeen *seen;

  if (failure->error != SIDETONE_ERROR_CERTIFICATE_WRONG_NAME || failure->observations->len == 0)
    return NULL;
  seen = sidetone_observation_get_secure (failure->observations->pdata[0]);
  /* Without a certificate nothing is known about its names. */
  if (seen == NULL || seen->sha256 == NULL)
    return NULL;

  return sidetone_finding_join_names (seen->names);
}

static void
judge_failure (Case                  *self,
               const SidetoneFailure *failure)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autofree char *certificate_for = dup_certificate_for (failure);
  SidetoneFindingFacts facts = {
    .host = failure->host != NULL ? failure->host : self->diagnosis->domain,
    .error = failure->error,
    .server_text = failure->server_text,
    .certificate_for = certificate_for,
    .names_target = names_target (failure),
    .n_refused = failure->n_refused,
    .n_unreachable = failure->n_unreachable,
    .n_silent = failure->n_silent,
    .without_srv = failure->n_refused + failure->n_unreachable + failure->n_silent > 0 &&
                   sidetone_failure_is_unnamed_in_dns (self->judged.evidence),
  };

  for (guint i = 0; i < failure->observations->len; i++)
    add_id (ids, failure->observations->pdata[i]);

  self->diagnosis->has_failed = TRUE;
  self->diagnosis->next_step = choose_next_step (self->judged.evidence, failure->error);
  set_address_finding (self, failure->kind, &facts, ids);
}

/* The local endpoint of the last used connection */
static SidetoneEndpoint *
dup_used_local (const SidetoneEvidence *evidence)
{
  GPtrArray *connects = sidetone_evidence_get_kind (evidence, SIDETONE_OBSERVATION_CONNECT);

  for (guint i = connects->len; i > 0; i--)
    {
      SidetoneEndpoint *local = sidetone_observation_get_local (connects->pdata[i - 1]);

      if (local != NULL && sidetone_connect_is_used (connects->pdata[i - 1]))
        return sidetone_endpoint_ref (local);
    }

  return NULL;
}

/* Judges the server's answer, or else why there is none. */
static void
judge_address_check (Case *self)
{
  SidetoneObservation *server_ip = sidetone_evidence_get_last (self->judged.evidence,
                                                               SIDETONE_OBSERVATION_SERVER_IP);
  const SidetoneAddressCheck *check = NULL;
  g_autoptr (SidetoneFailure) failure = NULL;
  const GError *error;

  self->diagnosis->local = dup_used_local (self->judged.evidence);
  if (server_ip != NULL)
    {
      SidetoneEndpoint *local = sidetone_observation_get_local (server_ip);

      /* The connection on which the server was asked */
      if (local != NULL)
        {
          g_clear_pointer (&self->diagnosis->local, sidetone_endpoint_unref);
          self->diagnosis->local = sidetone_endpoint_ref (local);
        }

      error = sidetone_observation_get_error (server_ip);
      if (error == NULL && sidetone_observation_get_state (server_ip) == SIDETONE_STATE_PASSED)
        check = sidetone_evidence_get_address_check (self->judged.evidence);

      if (check != NULL)
        judge_addresses (self, server_ip, check);
      else if (self->interruption == NULL &&
               (error == NULL || sidetone_failure_is_answer (error->code)))
        judge_unmade_check (self, server_ip,
                            error != NULL ? error->code : SIDETONE_ERROR_BAD_ANSWER);
    }

  if (self->diagnosis->address_finding != NULL)
    return;

  failure = sidetone_failure_find (self->judged.evidence);
  if (failure != NULL)
    judge_failure (self, failure);
}

static void
judge_level (Case *self)
{
  SidetoneDiagnosis *diagnosis = self->diagnosis;
  SidetoneLevel address_level = SIDETONE_LEVEL_UNKNOWN;

  if (self->interruption != NULL)
    return;

  if (diagnosis->address_finding != NULL)
    address_level = sidetone_finding_get_rule (diagnosis->address_finding)->level;

  diagnosis->level = sidetone_calls_check_get_level (&self->judged.calls, address_level);
  /* The other version of IP may need a relay. */
  if (diagnosis->level == SIDETONE_LEVEL_GOOD &&
      sidetone_nat_check_is_dependent (self->judged.evidence))
    diagnosis->level = self->judged.calls.relay_works ? SIDETONE_LEVEL_RELAY
                       : SIDETONE_LEVEL_LIMITED;
  self->in_the_open = diagnosis->level == SIDETONE_LEVEL_GOOD;

  /* Some calls take a relay, others a direct path */
  if (diagnosis->level == SIDETONE_LEVEL_RELAY &&
      !self->judged.calls.udp_is_blocked &&
      sidetone_nat_check_is_endpoint_independent (self->judged.evidence, diagnosis->external))
    diagnosis->level = SIDETONE_LEVEL_GOOD;
}

/* If nothing changes the address, call servers matter little, however bad they are. If calls fail,
 * call servers' faults are the reason. And a problem that a relay solves is no trouble while there
 * is one. */
static SidetoneSeverity
weigh (const Case         *self,
       const SidetoneRule *rule)
{
  if ((rule->traits & SIDETONE_RULE_EXPLAINS) != 0)
    return rule->severity;
  if (self->in_the_open && (rule->traits & SIDETONE_RULE_ABOUT_LINE) == 0)
    return MIN (rule->severity, SIDETONE_SEVERITY_NOTE);
  if ((rule->traits & SIDETONE_RULE_WANTS_RELAY) != 0 &&
      self->diagnosis->level == SIDETONE_LEVEL_LIMITED)
    return SIDETONE_SEVERITY_WARNING;
  if (self->diagnosis->level == SIDETONE_LEVEL_FAILING &&
      rule->severity == SIDETONE_SEVERITY_WARNING)
    return SIDETONE_SEVERITY_PROBLEM;

  return rule->severity;
}

/* A note never becomes the main finding. */
static gboolean
outweighs (SidetoneFinding *finding,
           SidetoneFinding *main_finding)
{
  SidetoneSeverity severity = sidetone_finding_get_severity (finding);
  SidetoneRuleTraits traits = sidetone_finding_get_rule (finding)->traits;

  if ((traits & SIDETONE_RULE_EXPLAINS) != 0)
    return FALSE;
  if (main_finding == NULL)
    return TRUE;

  return severity >= SIDETONE_SEVERITY_WARNING &&
         severity + ((traits & SIDETONE_RULE_ABOUT_APP) != 0) >
         sidetone_finding_get_severity (main_finding);
}

/* The first of these goes before the general finding about the address. */
static const SidetoneFindingKind specific_kinds[] = {
  SIDETONE_FINDING_BROKEN_IPV6, SIDETONE_FINDING_CARRIER_BEHIND_ROUTER,
  SIDETONE_FINDING_MAPPING_DEPENDENT, SIDETONE_FINDING_SECOND_ROUTER, SIDETONE_FINDING_VPN,
};

static gboolean
is_general (const Case      *self,
            SidetoneFinding *finding)
{
  SidetoneFindingKind kind = sidetone_finding_get_kind (finding);

  return kind == SIDETONE_FINDING_NAT ||
         (kind == SIDETONE_FINDING_NO_NAT && self->diagnosis->level != SIDETONE_LEVEL_GOOD);
}

static void
prefer_specific (Case *self)
{
  SidetoneDiagnosis *diagnosis = self->diagnosis;

  if (diagnosis->main_finding == NULL || !is_general (self, diagnosis->main_finding))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (specific_kinds); i++)
    {
      SidetoneFinding *finding = sidetone_diagnosis_find (diagnosis, specific_kinds[i]);

      if (finding == NULL)
        continue;

      diagnosis->main_finding = finding;
      return;
    }
}

/* The check failed in part, because of this computer: nobody else is to blame. */
static void
judge_interruption (Case *self)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  const SidetoneFindingFacts facts = {
    .error = sidetone_observation_get_error (self->interruption)->code,
  };

  if (self->diagnosis->has_failed)
    return;

  add_id (ids, self->interruption);
  self->diagnosis->main_finding = add_finding (self, SIDETONE_FINDING_INTERRUPTED,
                                               SIDETONE_SEVERITY_UNKNOWN, &facts, ids);
}

/* The other findings: the worst of them may become the main one. */
static void
judge_rules (Case *self)
{
  self->diagnosis->main_finding = self->diagnosis->address_finding;
  if (self->interruption != NULL)
    {
      judge_interruption (self);
      return;
    }

  for (guint i = 0; i < sidetone_rules_get_n (); i++)
    {
      const SidetoneRule *rule = sidetone_rules_get (i);
      g_auto (SidetoneProof) proof = {
        .facts = { .relay = self->judged.relay, .in_the_open = self->in_the_open },
      };
      SidetoneFinding *finding;

      if (!sidetone_proof_reach (&proof, rule, &self->judged))
        continue;

      finding = add_finding (self, rule->kind, weigh (self, rule), &proof.facts, proof.ids);
      if (outweighs (finding, self->diagnosis->main_finding))
        self->diagnosis->main_finding = finding;
    }
}

/* How calls get through; unknown if no call server was tested. */
static void
judge_calls (Case *self)
{
  SidetoneDiagnosis *diagnosis = self->diagnosis;
  SidetoneObservation *nat = sidetone_nat_check_find (self->judged.evidence);
  gboolean udp_is_blocked = self->judged.calls.udp_is_blocked;

  if (nat != NULL)
    sidetone_nat_check_read (nat, &diagnosis->nat);
  diagnosis->nat.is_untold = self->judged.app.learns_address == SIDETONE_TRUTH_NO;

  if (self->judged.calls.mapped != NULL)
    diagnosis->mapped = sidetone_endpoint_ref (self->judged.calls.mapped);

  diagnosis->has_calls = self->interruption == NULL && (nat != NULL || udp_is_blocked);
  for (SidetonePartner partner = 0; diagnosis->has_calls && partner < SIDETONE_N_PARTNERS; partner++)
    diagnosis->calls[partner] = sidetone_call_judge (partner, &diagnosis->nat, udp_is_blocked,
                                                     self->judged.relay);
}

static void
read_case (const SidetoneEvidence *evidence,
           SidetoneApp             app,
           SidetoneCase           *judged)
{
  judged->evidence = evidence;
  sidetone_services_check_read (evidence, &judged->services);
  sidetone_calls_check_read (evidence, &judged->calls);
  judged->relay = sidetone_calls_check_get_relay (&judged->calls);
  if (judged->relay == SIDETONE_RELAY_UNKNOWN)
    judged->relay = sidetone_services_check_get_relay (evidence);

  sidetone_app_check_read (&judged->calls, judged->relay, app, &judged->app);
  judged->relay = judged->app.relay;
  if (judged->app.facts != NULL)
    judged->calls.relay_works = judged->relay == SIDETONE_RELAY_WORKS;
}

/* Whether the advice begins with what the administrator should do */
static gboolean
is_for_administrator (SidetoneFinding *cause)
{
  const SidetoneRival *rival = sidetone_finding_get_separating (cause);

  return sidetone_finding_get_owner (cause) == SIDETONE_OWNER_ADMINISTRATOR &&
         (rival == NULL || rival->act == SIDETONE_ACT_NONE);
}

/* The verdict's cause, if there is something to fix, is what the user reads first. */
static void
judge_verdict (Case *self)
{
  SidetoneDiagnosis *diagnosis = self->diagnosis;

  diagnosis->verdict = sidetone_verdict_judge (diagnosis, self->judged.relay);
  if (diagnosis->verdict.cause != NULL)
    diagnosis->main_finding = diagnosis->verdict.cause;
  /* A failure has a next step of its own, which can't be to correct what is right. */
  if ((!diagnosis->has_failed || diagnosis->next_step == SIDETONE_NEXT_STEP_CORRECT_ACCOUNT) &&
      diagnosis->verdict.cause != NULL && is_for_administrator (diagnosis->verdict.cause))
    diagnosis->next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR;
}

static gboolean
goes_before (const SidetoneDiagnosis *self,
             SidetoneFinding         *a,
             SidetoneFinding         *b)
{
  if (a == self->main_finding || b == self->main_finding)
    return a == self->main_finding;

  return sidetone_finding_get_severity (a) > sidetone_finding_get_severity (b);
}

/* Puts the main finding first, then the worse before the better; else the order stays. */
static void
sort_findings (SidetoneDiagnosis *self)
{
  GListModel *findings = G_LIST_MODEL (self->findings);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      SidetoneFinding *finding = g_list_model_get_item (findings, i);
      guint at = sorted->len;

      while (at > 0 && goes_before (self, finding, sorted->pdata[at - 1]))
        at--;
      g_ptr_array_insert (sorted, at, finding);
    }

  g_list_store_splice (self->findings, 0, sorted->len, sorted->pdata, sorted->len);
}

/**
 * sidetone_diagnose:
 * @observations: a list of #SidetoneObservation
 * @domain: (nullable): the account's server, for the words
 *
 * Like sidetone_diagnose_for_app(), if it was not said which app the person calls with: then what
 * most apps can do counts.
 *
 * Returns: (transfer full): the diagnosis
 */
SidetoneDiagnosis *
sidetone_diagnose (GListModel *observations,
                   const char *domain)
{
  return sidetone_diagnose_for_app (observations, domain, SIDETONE_APP_UNKNOWN);
}

/**
 * sidetone_diagnose_for_app:
 * @observations: a list of #SidetoneObservation
 * @domain: (nullable): the account's server, for the words
 * @app: the app that the person calls with
 *
 * Judges the observations. Pure: the same observations give the same diagnosis, whether they come
 * from a run or from a report.
 *
 * An unfinished run may be judged too. What is not known yet gives no finding, and a failure counts
 * until a later observation has got further.
 *
 * Returns: (transfer full): the diagnosis
 */
SidetoneDiagnosis *
sidetone_diagnose_for_app (GListModel *observations,
                           const char *domain,
                           SidetoneApp app)
{
  SidetoneDiagnosis *self;
  Case judged = { 0 };

  g_return_val_if_fail (G_IS_LIST_MODEL (observations), NULL);

  self = g_new0 (SidetoneDiagnosis, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->domain = g_strdup (domain);
  self->app = app;
  self->findings = g_list_store_new (SIDETONE_TYPE_FINDING);

  self->evidence = sidetone_evidence_new (observations);

  read_case (self->evidence, app, &judged.judged);
  judged.diagnosis = self;
  judged.interruption = sidetone_evidence_get_last (self->evidence,
                                                    SIDETONE_OBSERVATION_INTERRUPTION);
  if (judged.interruption != NULL && !sidetone_observation_has_failed (judged.interruption))
    judged.interruption = NULL;
  judge_address_check (&judged);
  judge_level (&judged);
  judge_rules (&judged);
  prefer_specific (&judged);
  judge_calls (&judged);
  judge_verdict (&judged);
  sort_findings (self);

  return self;
}
