/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/diagnosis-private.h"

/* The diagnosis as a value: judge/diagnose.c makes it, everything else reads it. */

G_DEFINE_BOXED_TYPE (SidetoneDiagnosis, sidetone_diagnosis, sidetone_diagnosis_ref,
                     sidetone_diagnosis_unref)

/**
 * sidetone_diagnosis_compare_ports:
 * @local: (nullable): the local endpoint
 * @external: (nullable): the endpoint that the server sees
 *
 * Returns: how the port changed on the way, %SIDETONE_CHANGE_UNKNOWN if one is not known
 */
SidetoneChange
sidetone_diagnosis_compare_ports (SidetoneEndpoint *local,
                                  SidetoneEndpoint *external)
{
  if (local == NULL || external == NULL || sidetone_endpoint_get_port (local) == 0 ||
      sidetone_endpoint_get_port (external) == 0)
    return SIDETONE_CHANGE_UNKNOWN;

  return sidetone_endpoint_get_port (local) == sidetone_endpoint_get_port (external)
         ? SIDETONE_CHANGE_SAME : SIDETONE_CHANGE_CHANGED;
}

/**
 * sidetone_diagnosis_ref:
 * @self: a diagnosis
 *
 * Returns: (transfer full): @self
 */
SidetoneDiagnosis *
sidetone_diagnosis_ref (SidetoneDiagnosis *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * sidetone_diagnosis_unref:
 * @self: (transfer full): a diagnosis
 *
 * Drops a reference, and frees @self with the last one.
 */
void
sidetone_diagnosis_unref (SidetoneDiagnosis *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_object_unref (self->findings);
  sidetone_evidence_unref (self->evidence);
  g_clear_pointer (&self->local, sidetone_endpoint_unref);
  g_clear_pointer (&self->external, sidetone_endpoint_unref);
  g_clear_pointer (&self->mapped, sidetone_endpoint_unref);
  g_free (self->domain);
  g_free (self);
}

/**
 * sidetone_diagnosis_get_evidence:
 * @self: a diagnosis
 *
 * Returns: (transfer none): its evidence
 */
SidetoneEvidence *
sidetone_diagnosis_get_evidence (const SidetoneDiagnosis *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->evidence;
}

/**
 * sidetone_diagnosis_get_domain:
 * @self: a diagnosis
 *
 * Returns: (transfer none) (nullable): the name of the account's server
 */
const char *
sidetone_diagnosis_get_domain (const SidetoneDiagnosis *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->domain;
}

/**
 * sidetone_diagnosis_get_app:
 * @self: a diagnosis
 *
 * Returns: the app whose calls are judged
 */
SidetoneApp
sidetone_diagnosis_get_app (const SidetoneDiagnosis *self)
{
  g_return_val_if_fail (self != NULL, SIDETONE_APP_UNKNOWN);

  return self->app;
}

/**
 * sidetone_diagnosis_get_level:
 * @self: a diagnosis
 *
 * Returns: what may be said about calls; the rules are in src/core/README.md
 */
SidetoneLevel
sidetone_diagnosis_get_level (const SidetoneDiagnosis *self)
{
  g_return_val_if_fail (self != NULL, SIDETONE_LEVEL_UNKNOWN);

  return self->level;
}

/**
 * sidetone_diagnosis_get_verdict:
 * @self: a diagnosis
 *
 * Returns: (transfer none): whether calls work
 */
const SidetoneVerdict *
sidetone_diagnosis_get_verdict (const SidetoneDiagnosis *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->verdict;
}

/**
 * sidetone_diagnosis_get_main_finding:
 * @self: a diagnosis
 *
 * Returns: (transfer none) (nullable): the main finding: the address check's, why it could not be
 *   made, or one about call servers; %NULL while nothing is known
 */
SidetoneFinding *
sidetone_diagnosis_get_main_finding (const SidetoneDiagnosis *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->main_finding;
}

/**
 * sidetone_diagnosis_get_address_finding:
 * @self: a diagnosis
 *
 * Returns: (transfer none) (nullable): the address check's finding, or why it could not be made;
 *   %NULL while neither is known
 */
SidetoneFinding *
sidetone_diagnosis_get_address_finding (const SidetoneDiagnosis *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->address_finding;
}

/**
 * sidetone_diagnosis_get_findings:
 * @self: a diagnosis
 *
 * Returns: (transfer none): a list of #SidetoneFinding, the main one first
 */
GListModel *
sidetone_diagnosis_get_findings (const SidetoneDiagnosis *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return G_LIST_MODEL (self->findings);
}

/**
 * sidetone_diagnosis_find:
 * @self: a diagnosis
 * @kind: a kind
 *
 * Returns: (transfer none) (nullable): the finding of that kind, %NULL if there is none
 */
SidetoneFinding *
sidetone_diagnosis_find (const SidetoneDiagnosis *self,
                         SidetoneFindingKind      kind)
{
  GListModel *findings;

  g_return_val_if_fail (self != NULL, NULL);

  findings = G_LIST_MODEL (self->findings);
  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (SidetoneFinding) finding = g_list_model_get_item (findings, i);

      if (sidetone_finding_get_kind (finding) == kind)
        return finding;
    }

  return NULL;
}

/**
 * sidetone_diagnosis_get_local:
 * @self: a diagnosis
 *
 * Returns: (transfer none) (nullable): the local endpoint of the connection on which the server was
 *   asked, or of the one used so far
 */
SidetoneEndpoint *
sidetone_diagnosis_get_local (const SidetoneDiagnosis *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->local;
}

/**
 * sidetone_diagnosis_get_external:
 * @self: a diagnosis
 *
 * Returns: (transfer none) (nullable): the address that the server sees; %NULL if its answer has
 *   none
 */
SidetoneEndpoint *
sidetone_diagnosis_get_external (const SidetoneDiagnosis *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->external;
}

/**
 * sidetone_diagnosis_get_mapped:
 * @self: a diagnosis
 *
 * Returns: (transfer none) (nullable): a socket's reflexive address at a call server, by UDP
 */
SidetoneEndpoint *
sidetone_diagnosis_get_mapped (const SidetoneDiagnosis *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->mapped;
}

/**
 * sidetone_diagnosis_get_nat:
 * @self: a diagnosis
 *
 * Returns: (transfer none): the known facts about the NAT
 */
const SidetoneNatFacts *
sidetone_diagnosis_get_nat (const SidetoneDiagnosis *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->nat;
}

/**
 * sidetone_diagnosis_get_call:
 * @self: a diagnosis
 * @partner: the called person's network
 *
 * Returns: (transfer none) (nullable): how a call there gets through; %NULL if no test could tell
 */
const SidetoneCall *
sidetone_diagnosis_get_call (const SidetoneDiagnosis *self,
                             SidetonePartner          partner)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (partner < SIDETONE_N_PARTNERS, NULL);

  return self->has_calls ? &self->calls[partner] : NULL;
}

static gboolean
is_same_call (const SidetoneCall *a,
              const SidetoneCall *b)
{
  return a->way == b->way && a->reason == b->reason;
}

/**
 * sidetone_diagnosis_gather_partners:
 * @self: a diagnosis
 * @first: a kind of network
 * @partners: (out caller-allocates) (array fixed-size=4): the kinds of networks to which calls get
 *   through in the same way and for the same reason as to @first
 *
 * Finds rows of the table of calls that say the same.
 *
 * Returns: whether @first is the first of them; %FALSE if no test could tell
 */
gboolean
sidetone_diagnosis_gather_partners (const SidetoneDiagnosis *self,
                                    SidetonePartner          first,
                                    gboolean                *partners)
{
  gboolean is_first = TRUE;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (first < SIDETONE_N_PARTNERS, FALSE);

  for (SidetonePartner partner = 0; partner < SIDETONE_N_PARTNERS; partner++)
    {
      partners[partner] = is_same_call (&self->calls[partner], &self->calls[first]);
      if (partner < first && partners[partner])
        is_first = FALSE;
    }

  return self->has_calls && is_first;
}

/**
 * sidetone_diagnosis_get_address_change:
 * @self: a diagnosis
 *
 * Compares both ends' addresses; IPv4 embedded in IPv6 counts as IPv4.
 *
 * Returns: how the address changed on the way, %SIDETONE_CHANGE_UNKNOWN if one end is not known
 */
SidetoneChange
sidetone_diagnosis_get_address_change (const SidetoneDiagnosis *self)
{
  g_return_val_if_fail (self != NULL, SIDETONE_CHANGE_UNKNOWN);

  if (self->local == NULL || self->external == NULL)
    return SIDETONE_CHANGE_UNKNOWN;

  return sidetone_endpoint_equal_address (self->local, self->external)
         ? SIDETONE_CHANGE_SAME : SIDETONE_CHANGE_CHANGED;
}

/**
 * sidetone_diagnosis_get_port_change:
 * @self: a diagnosis
 *
 * Compares both ends' ports.
 *
 * Returns: how the port changed on the way, %SIDETONE_CHANGE_UNKNOWN if one end or its port is not
 *   known
 */
SidetoneChange
sidetone_diagnosis_get_port_change (const SidetoneDiagnosis *self)
{
  g_return_val_if_fail (self != NULL, SIDETONE_CHANGE_UNKNOWN);

  return sidetone_diagnosis_compare_ports (self->local, self->external);
}

/**
 * sidetone_diagnosis_has_failed:
 * @self: a diagnosis
 *
 * Says whether the server could not be asked; sidetone_diagnosis_get_address_finding() says why. An
 * answer without an address is not such a failure: the check was made, and its result is a finding
 * (and sidetone_diagnosis_get_external() is %NULL).
 *
 * Returns: %TRUE if it could not be asked
 */
gboolean
sidetone_diagnosis_has_failed (const SidetoneDiagnosis *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->has_failed;
}

/**
 * sidetone_diagnosis_get_next_step:
 * @self: a diagnosis
 *
 * Says what to offer first. Accepting a certificate is offered only if
 * sidetone_failure_find_certificate() finds one; if the server could be asked, there is only the
 * message to its administrator, for what nobody else can fix.
 *
 * Returns: the next step, %SIDETONE_NEXT_STEP_UNKNOWN without one
 */
SidetoneNextStep
sidetone_diagnosis_get_next_step (const SidetoneDiagnosis *self)
{
  g_return_val_if_fail (self != NULL, SIDETONE_NEXT_STEP_UNKNOWN);

  return self->next_step;
}
