/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "xmpp/candidate.h"

/* An address and port where the XMPP server may answer. */

struct _SidetoneCandidate
{
  char *target;
  SidetoneEndpoint *endpoint;
  SidetoneSecurity security;
};

/**
 * sidetone_candidate_new:
 * @target: the host name or address literal that the address belongs to, for display and reports
 * @endpoint: (transfer none): the address and port
 * @security: STARTTLS or direct TLS (XEP-0368)
 *
 * Returns: (transfer full): a candidate
 */
SidetoneCandidate *
sidetone_candidate_new (const char       *target,
                        SidetoneEndpoint *endpoint,
                        SidetoneSecurity  security)
{
  SidetoneCandidate *self;

  g_return_val_if_fail (target != NULL, NULL);
  g_return_val_if_fail (endpoint != NULL, NULL);
  g_return_val_if_fail (security == SIDETONE_SECURITY_STARTTLS ||
                        security == SIDETONE_SECURITY_DIRECT, NULL);

  self = g_atomic_rc_box_new0 (SidetoneCandidate);
  self->target = g_strdup (target);
  self->endpoint = sidetone_endpoint_ref (endpoint);
  self->security = security;

  return self;
}

/**
 * sidetone_candidate_ref:
 * @self: a candidate
 *
 * Returns: (transfer full): @self
 */
SidetoneCandidate *
sidetone_candidate_ref (SidetoneCandidate *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_candidate (gpointer data)
{
  SidetoneCandidate *self = data;

  g_free (self->target);
  sidetone_endpoint_unref (self->endpoint);
}

/**
 * sidetone_candidate_unref:
 * @self: (transfer full): a candidate
 */
void
sidetone_candidate_unref (SidetoneCandidate *self)
{
  g_atomic_rc_box_release_full (self, clear_candidate);
}

/**
 * sidetone_candidate_get_target:
 * @self: a candidate
 *
 * Returns: (transfer none): the host name or address literal that the address belongs to
 */
const char *
sidetone_candidate_get_target (const SidetoneCandidate *self)
{
  return self->target;
}

/**
 * sidetone_candidate_get_endpoint:
 * @self: a candidate
 *
 * Returns: (transfer none): the address and port
 */
SidetoneEndpoint *
sidetone_candidate_get_endpoint (const SidetoneCandidate *self)
{
  return self->endpoint;
}

/**
 * sidetone_candidate_get_security:
 * @self: a candidate
 *
 * Returns: STARTTLS or direct TLS
 */
SidetoneSecurity
sidetone_candidate_get_security (const SidetoneCandidate *self)
{
  return self->security;
}

/**
 * sidetone_candidate_same_service:
 * @a: a candidate
 * @b: another one
 *
 * Returns: whether both are one server program at different addresses, so that a refusal above TCP
 *   would be repeated
 */
gboolean
sidetone_candidate_same_service (const SidetoneCandidate *a,
                                 const SidetoneCandidate *b)
{
  return g_str_equal (a->target, b->target) &&
         a->security == b->security &&
         sidetone_endpoint_get_port (a->endpoint) == sidetone_endpoint_get_port (b->endpoint);
}
