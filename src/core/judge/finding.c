/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/finding.h"

typedef struct
{
  SidetoneFindingKind kind;
  const char *code;
  SidetoneSeverity severity;
  SidetoneOwner owner;
} Trait;

/**
 * SidetoneFinding:
 *
 * One conclusion, in words, with the ids of the observations that prove it. Immutable: an object
 * only so that it can be an item of a #GListModel.
 */
struct _SidetoneFinding
{
  GObject parent_instance;

  const Trait *trait;
  SidetoneSeverity severity;
  char *title;
  char *explanation;
  char *advice;
  char **evidence;
};

/* The nicks stand in reports: they never change. */
G_DEFINE_ENUM_TYPE (
  SidetoneFindingKind, sidetone_finding_kind,
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_NOT_OFFERED, "not-offered"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_FORBIDDEN, "forbidden"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_NO_ANSWER, "no-answer"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_BAD_ANSWER, "bad-answer"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_LOCAL_PROXY, "local-proxy"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_SAME_COMPUTER, "same-computer"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_PORT_UNKNOWN, "port-unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_SAME_NETWORK, "same-network"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_NO_NAT, "no-nat"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_PORT_TRANSLATION, "port-translation"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_REWRITTEN_LOCALLY, "rewritten-locally"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_CARRIER_INSIDE, "carrier-inside"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_SERVER_BEHIND_PROXY, "server-behind-proxy"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_CLAT, "clat"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_NAT64, "nat64"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_FAMILY_CHANGED, "family-changed"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_NAT, "nat"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_CGNAT, "cgnat"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_INNER_NAT, "inner-nat"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_NAT66, "nat66"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_PREFIX_TRANSLATION, "prefix-translation"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_TRANSLATED_PUBLIC, "translated-public"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_INCONCLUSIVE, "inconclusive"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_VPN, "vpn"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_BROKEN_IPV6, "broken-ipv6"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_NO_SERVICES, "no-services"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_NO_RELAY, "no-relay"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_SERVICES_FORBIDDEN, "services-forbidden"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_SERVICES_UNKNOWN, "services-unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_NO_CREDENTIALS, "no-credentials"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_CREDENTIALS_MISSING, "credentials-missing"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_CREDENTIALS_EXPIRED, "credentials-expired"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_CREDENTIALS_SHORT, "credentials-short"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_NO_RELAY_OVER_TCP, "no-relay-over-tcp"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_NO_RELAY_OVER_UDP, "no-relay-over-udp"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_SERVICE_NOT_FOUND, "service-not-found"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_SERVICE_PRIVATE, "service-private"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_SERVICES_IPV4_ONLY, "services-ipv4-only"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_RELAYS_IPV6_ONLY, "relays-ipv6-only"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_UDP_BLOCKED, "udp-blocked"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_SERVICE_SILENT, "service-silent"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_CREDENTIALS_REFUSED, "credentials-refused"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_RELAY_CERTIFICATE, "relay-certificate"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_RELAY_TRANSPORT, "relay-transport"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_RELAY_CLOSED, "relay-closed"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_RELAY_ADDRESS, "relay-address"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_RELAY_FORBIDDEN, "relay-forbidden"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_RELAY_FULL, "relay-full"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_RELAY_ERROR, "relay-error"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_RELAY_PAIR, "relay-pair"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_PACKETS_LOST, "packets-lost"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_LARGE_PACKETS_LOST, "large-packets-lost"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_LONG_DELAY, "long-delay"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_ADDRESS_REWRITTEN, "address-rewritten"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_STUN_ERROR, "stun-error"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_MAPPING_DEPENDENT, "mapping-dependent"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_SEVERAL_WAYS_OUT, "several-ways-out"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_SHORT_LIFETIME, "short-lifetime"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_CARRIER_BEHIND_ROUTER, "carrier-behind-router"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_SECOND_ROUTER, "second-router"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_OFFLINE, "offline"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_NAME_NOT_FOUND, "name-not-found"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_DNS_SILENT, "dns-silent"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_SERVER_SILENT, "server-silent"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_CERTIFICATE, "certificate"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_NO_SECURITY, "no-security"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_WRONG_PASSWORD, "wrong-password"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_ACCOUNT_REFUSED, "account-refused"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_NOT_XMPP, "not-xmpp"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_SERVER_REFUSES, "server-refuses"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_CONNECTION_LOST, "connection-lost"),
  G_DEFINE_ENUM_VALUE (SIDETONE_FINDING_CONNECTION_BROKEN, "connection-broken"))

G_DEFINE_ENUM_TYPE (
  SidetoneSeverity, sidetone_severity,
  G_DEFINE_ENUM_VALUE (SIDETONE_SEVERITY_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_SEVERITY_GOOD, "good"),
  G_DEFINE_ENUM_VALUE (SIDETONE_SEVERITY_NOTE, "note"),
  G_DEFINE_ENUM_VALUE (SIDETONE_SEVERITY_WARNING, "warning"),
  G_DEFINE_ENUM_VALUE (SIDETONE_SEVERITY_PROBLEM, "problem"))

G_DEFINE_ENUM_TYPE (
  SidetoneOwner, sidetone_owner,
  G_DEFINE_ENUM_VALUE (SIDETONE_OWNER_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_OWNER_NOBODY, "nobody"),
  G_DEFINE_ENUM_VALUE (SIDETONE_OWNER_YOU, "you"),
  G_DEFINE_ENUM_VALUE (SIDETONE_OWNER_ROUTER, "router"),
  G_DEFINE_ENUM_VALUE (SIDETONE_OWNER_PROVIDER, "provider"),
  G_DEFINE_ENUM_VALUE (SIDETONE_OWNER_ADMINISTRATOR, "administrator"))

#define TRAIT(kind, code, severity, owner) \
  { SIDETONE_FINDING_ ## kind, code, SIDETONE_SEVERITY_ ## severity, SIDETONE_OWNER_ ## owner }

/* One for one, and never given to another kind: people read the codes out over the telephone, and
* look them up in old reports. The same table stands in README.md, and a test compares the two. */
static const Trait traits[] = {
  TRAIT (NOT_OFFERED, "SRV-02", NOTE, ADMINISTRATOR),
  TRAIT (FORBIDDEN, "SRV-03", WARNING, ADMINISTRATOR),
  TRAIT (NO_ANSWER, "SRV-04", WARNING, ADMINISTRATOR),
  TRAIT (BAD_ANSWER, "SRV-05", WARNING, ADMINISTRATOR),
  TRAIT (LOCAL_PROXY, "LOC-01", WARNING, YOU),
  TRAIT (SAME_COMPUTER, "LAN-02", NOTE, NOBODY),
  TRAIT (PORT_UNKNOWN, "NAT-13", NOTE, ADMINISTRATOR),
  TRAIT (SAME_NETWORK, "LAN-01", NOTE, NOBODY),
  TRAIT (NO_NAT, "NAT-00", GOOD, NOBODY),
  TRAIT (PORT_TRANSLATION, "NAT-03", WARNING, ROUTER),
  TRAIT (REWRITTEN_LOCALLY, "NAT-05", NOTE, YOU),
  TRAIT (CARRIER_INSIDE, "NAT-09", NOTE, NOBODY),
  TRAIT (SERVER_BEHIND_PROXY, "SRV-01", WARNING, ADMINISTRATOR),
  TRAIT (CLAT, "NAT-10", NOTE, PROVIDER),
  TRAIT (NAT64, "NAT-06", NOTE, PROVIDER),
  TRAIT (FAMILY_CHANGED, "NAT-08", NOTE, NOBODY),
  TRAIT (NAT, "NAT-01", NOTE, ROUTER),
  TRAIT (CGNAT, "NAT-02", WARNING, PROVIDER),
  TRAIT (INNER_NAT, "NAT-12", NOTE, NOBODY),
  TRAIT (NAT66, "NAT-07", NOTE, ROUTER),
  TRAIT (PREFIX_TRANSLATION, "NAT-11", NOTE, ROUTER),
  TRAIT (TRANSLATED_PUBLIC, "NAT-04", WARNING, YOU),
  TRAIT (INCONCLUSIVE, "NAT-99", NOTE, NOBODY),
  TRAIT (VPN, "LOC-02", NOTE, YOU),
  TRAIT (BROKEN_IPV6, "IP6-01", WARNING, PROVIDER),
  TRAIT (NO_SERVICES, "CALL-01", WARNING, ADMINISTRATOR),
  TRAIT (NO_RELAY, "CALL-02", WARNING, ADMINISTRATOR),
  TRAIT (SERVICES_FORBIDDEN, "CALL-03", WARNING, ADMINISTRATOR),
  TRAIT (SERVICES_UNKNOWN, "CALL-04", WARNING, ADMINISTRATOR),
  TRAIT (NO_CREDENTIALS, "CALL-05", WARNING, ADMINISTRATOR),
  TRAIT (CREDENTIALS_MISSING, "CALL-06", NOTE, ADMINISTRATOR),
  TRAIT (CREDENTIALS_EXPIRED, "CALL-07", WARNING, ADMINISTRATOR),
  TRAIT (CREDENTIALS_SHORT, "CALL-08", NOTE, ADMINISTRATOR),
  TRAIT (NO_RELAY_OVER_TCP, "CALL-09", NOTE, ADMINISTRATOR),
  TRAIT (NO_RELAY_OVER_UDP, "CALL-29", NOTE, ADMINISTRATOR),
  TRAIT (SERVICE_NOT_FOUND, "CALL-10", WARNING, ADMINISTRATOR),
  TRAIT (SERVICE_PRIVATE, "CALL-11", WARNING, ADMINISTRATOR),
  TRAIT (SERVICES_IPV4_ONLY, "CALL-12", WARNING, ADMINISTRATOR),
  TRAIT (RELAYS_IPV6_ONLY, "CALL-30", NOTE, ADMINISTRATOR),
  TRAIT (UDP_BLOCKED, "CALL-13", WARNING, ROUTER),
  TRAIT (SERVICE_SILENT, "CALL-14", WARNING, ADMINISTRATOR),
  TRAIT (CREDENTIALS_REFUSED, "CALL-15", WARNING, ADMINISTRATOR),
  TRAIT (RELAY_CERTIFICATE, "CALL-16", WARNING, ADMINISTRATOR),
  TRAIT (RELAY_TRANSPORT, "CALL-17", WARNING, ADMINISTRATOR),
  TRAIT (RELAY_CLOSED, "CALL-18", WARNING, ADMINISTRATOR),
  TRAIT (RELAY_ADDRESS, "CALL-19", WARNING, ADMINISTRATOR),
  TRAIT (RELAY_FORBIDDEN, "CALL-20", WARNING, ADMINISTRATOR),
  TRAIT (RELAY_FULL, "CALL-21", WARNING, ADMINISTRATOR),
  TRAIT (RELAY_ERROR, "CALL-22", WARNING, ADMINISTRATOR),
  TRAIT (RELAY_PAIR, "CALL-23", WARNING, ADMINISTRATOR),
  TRAIT (PACKETS_LOST, "CALL-24", WARNING, PROVIDER),
  TRAIT (LARGE_PACKETS_LOST, "CALL-25", WARNING, ROUTER),
  TRAIT (LONG_DELAY, "CALL-26", NOTE, PROVIDER),
  TRAIT (ADDRESS_REWRITTEN, "CALL-27", WARNING, ROUTER),
  TRAIT (STUN_ERROR, "CALL-28", WARNING, ADMINISTRATOR),
  TRAIT (MAPPING_DEPENDENT, "NAT-14", NOTE, ROUTER),
  TRAIT (SEVERAL_WAYS_OUT, "NAT-15", NOTE, YOU),
  TRAIT (SHORT_LIFETIME, "NAT-16", WARNING, ROUTER),
  TRAIT (CARRIER_BEHIND_ROUTER, "NAT-17", NOTE, PROVIDER),
  TRAIT (SECOND_ROUTER, "NAT-18", NOTE, ROUTER),
  TRAIT (OFFLINE, "CON-01", PROBLEM, YOU),
  TRAIT (NAME_NOT_FOUND, "CON-02", PROBLEM, YOU),
  TRAIT (DNS_SILENT, "CON-03", PROBLEM, ROUTER),
  TRAIT (SERVER_SILENT, "CON-04", PROBLEM, ADMINISTRATOR),
  TRAIT (CERTIFICATE, "CON-05", PROBLEM, ADMINISTRATOR),
  TRAIT (NO_SECURITY, "CON-06", PROBLEM, ADMINISTRATOR),
  TRAIT (WRONG_PASSWORD, "CON-07", PROBLEM, YOU),
  TRAIT (ACCOUNT_REFUSED, "CON-08", PROBLEM, ADMINISTRATOR),
  TRAIT (NOT_XMPP, "CON-09", PROBLEM, YOU),
  TRAIT (SERVER_REFUSES, "CON-10", PROBLEM, ADMINISTRATOR),
  TRAIT (CONNECTION_LOST, "CON-11", PROBLEM, NOBODY),
  TRAIT (CONNECTION_BROKEN, "CON-12", PROBLEM, NOBODY),
};

G_DEFINE_FINAL_TYPE (SidetoneFinding, sidetone_finding, G_TYPE_OBJECT)

static const Trait *
find_trait (SidetoneFindingKind kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (traits); i++)
    {
      if (traits[i].kind == kind)
        return &traits[i];
    }

  return NULL;
}

static void
sidetone_finding_finalize (GObject *object)
{
  SidetoneFinding *self = SIDETONE_FINDING (object);

  g_free (self->title);
  g_free (self->explanation);
  g_free (self->advice);
  g_strfreev (self->evidence);

  G_OBJECT_CLASS (sidetone_finding_parent_class)->finalize (object);
}

static void
sidetone_finding_class_init (SidetoneFindingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sidetone_finding_finalize;
}

static void
sidetone_finding_init (SidetoneFinding *self)
{
}

/**
 * sidetone_finding_new:
 * @kind: the conclusion; code, severity and owner follow from it
 * @title: what is so
 * @explanation: why it matters for calls
 * @advice: what somebody can do
 * @evidence: (nullable) (array zero-terminated=1): the ids of the observations that prove it
 *
 * Makes a finding.
 *
 * Returns: (transfer full): the finding
 */
SidetoneFinding *
sidetone_finding_new (SidetoneFindingKind kind,
                      const char         *title,
                      const char         *explanation,
                      const char         *advice,
                      const char *const  *evidence)
{
  static const char *const nothing[] = { NULL };
  const Trait *trait = find_trait (kind);
  SidetoneFinding *self;

  g_return_val_if_fail (trait != NULL, NULL);
  g_return_val_if_fail (title != NULL, NULL);
  g_return_val_if_fail (explanation != NULL, NULL);
  g_return_val_if_fail (advice != NULL, NULL);

  self = g_object_new (SIDETONE_TYPE_FINDING, NULL);
  self->trait = trait;
  self->severity = trait->severity;
  self->title = g_strdup (title);
  self->explanation = g_strdup (explanation);
  self->advice = g_strdup (advice);
  self->evidence = g_strdupv ((char **) (evidence != NULL ? evidence : nothing));

  return self;
}

/**
 * sidetone_finding_new_with_severity:
 * @kind: the conclusion; code and owner follow from it
 * @severity: how much it stands in the way of calls from where it was made
 * @title: what is so
 * @explanation: why it matters for calls
 * @advice: what somebody can do
 * @evidence: (nullable) (array zero-terminated=1): the ids of the observations that prove it
 *
 * Makes a finding that weighs more or less than its kind does elsewhere.
 *
 * Returns: (transfer full): the finding
 */
SidetoneFinding *
sidetone_finding_new_with_severity (SidetoneFindingKind kind,
                                    SidetoneSeverity    severity,
                                    const char         *title,
                                    const char         *explanation,
                                    const char         *advice,
                                    const char *const  *evidence)
{
  SidetoneFinding *self = sidetone_finding_new (kind, title, explanation, advice, evidence);

  if (self != NULL)
    self->severity = severity;

  return self;
}

/**
 * sidetone_finding_kind_get_severity:
 * @kind: a conclusion
 *
 * Returns: how much it stands in the way of calls, unless something else is known
 */
SidetoneSeverity
sidetone_finding_kind_get_severity (SidetoneFindingKind kind)
{
  const Trait *trait = find_trait (kind);

  return trait != NULL ? trait->severity : SIDETONE_SEVERITY_UNKNOWN;
}

/**
 * sidetone_finding_get_code:
 * @self: a finding
 *
 * Returns: (transfer none): the code that a person can read out over the telephone, such as
 *   `NAT-03`
 */
const char *
sidetone_finding_get_code (SidetoneFinding *self)
{
  g_return_val_if_fail (SIDETONE_IS_FINDING (self), NULL);

  return self->trait->code;
}

/**
 * sidetone_finding_get_kind:
 * @self: a finding
 *
 * Returns: the conclusion
 */
SidetoneFindingKind
sidetone_finding_get_kind (SidetoneFinding *self)
{
  g_return_val_if_fail (SIDETONE_IS_FINDING (self), SIDETONE_FINDING_UNKNOWN);

  return self->trait->kind;
}

/**
 * sidetone_finding_get_severity:
 * @self: a finding
 *
 * Returns: how much it stands in the way of calls
 */
SidetoneSeverity
sidetone_finding_get_severity (SidetoneFinding *self)
{
  g_return_val_if_fail (SIDETONE_IS_FINDING (self), SIDETONE_SEVERITY_UNKNOWN);

  return self->severity;
}

/**
 * sidetone_finding_get_owner:
 * @self: a finding
 *
 * Returns: who can mend it
 */
SidetoneOwner
sidetone_finding_get_owner (SidetoneFinding *self)
{
  g_return_val_if_fail (SIDETONE_IS_FINDING (self), SIDETONE_OWNER_UNKNOWN);

  return self->trait->owner;
}

/**
 * sidetone_finding_get_title:
 * @self: a finding
 *
 * Returns: (transfer none): what is so, in a few words
 */
const char *
sidetone_finding_get_title (SidetoneFinding *self)
{
  g_return_val_if_fail (SIDETONE_IS_FINDING (self), NULL);

  return self->title;
}

/**
 * sidetone_finding_get_explanation:
 * @self: a finding
 *
 * Returns: (transfer none): why it matters for calls
 */
const char *
sidetone_finding_get_explanation (SidetoneFinding *self)
{
  g_return_val_if_fail (SIDETONE_IS_FINDING (self), NULL);

  return self->explanation;
}

/**
 * sidetone_finding_get_advice:
 * @self: a finding
 *
 * Returns: (transfer none): what somebody can do
 */
const char *
sidetone_finding_get_advice (SidetoneFinding *self)
{
  g_return_val_if_fail (SIDETONE_IS_FINDING (self), NULL);

  return self->advice;
}

/**
 * sidetone_finding_get_evidence:
 * @self: a finding
 *
 * Returns: (transfer none) (array zero-terminated=1): the ids of the observations that prove it
 */
const char *const *
sidetone_finding_get_evidence (SidetoneFinding *self)
{
  g_return_val_if_fail (SIDETONE_IS_FINDING (self), NULL);

  return (const char *const *) self->evidence;
}

/**
 * sidetone_finding_hash:
 * @finding: a #SidetoneFinding
 *
 * Returns: a hash that goes with sidetone_finding_equal()
 */
guint
sidetone_finding_hash (gconstpointer finding)
{
  return ((const SidetoneFinding *) finding)->trait->kind;
}

/**
 * sidetone_finding_equal:
 * @a: a #SidetoneFinding
 * @b: another one
 *
 * Returns: whether both conclude the same. What proves it need not be the same.
 */
gboolean
sidetone_finding_equal (gconstpointer a,
                        gconstpointer b)
{
  const SidetoneFinding *first = a;
  const SidetoneFinding *second = b;

  return first->trait == second->trait && first->severity == second->severity &&
         g_str_equal (first->title, second->title) &&
         g_str_equal (first->explanation, second->explanation) &&
         g_str_equal (first->advice, second->advice);
}
