/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * SidetoneFindingKind:
 *
 * Every conclusion that the diagnosis can come to. The nick is the `kind` of a report; the spoken
 * code of each stands in src/core/README.md, one for one.
 */
typedef enum
{
  SIDETONE_FINDING_UNKNOWN,

  /* The address check, in the order in which the judge looks (src/core/README.md) */
  SIDETONE_FINDING_NOT_OFFERED,
  SIDETONE_FINDING_FORBIDDEN,
  SIDETONE_FINDING_NO_ANSWER,
  SIDETONE_FINDING_BAD_ANSWER,
  SIDETONE_FINDING_LOCAL_PROXY,
  SIDETONE_FINDING_SAME_COMPUTER,
  SIDETONE_FINDING_PORT_UNKNOWN,
  SIDETONE_FINDING_SAME_NETWORK,
  SIDETONE_FINDING_NO_NAT,
  SIDETONE_FINDING_PORT_TRANSLATION,
  SIDETONE_FINDING_REWRITTEN_LOCALLY,
  SIDETONE_FINDING_CARRIER_INSIDE,
  SIDETONE_FINDING_SERVER_BEHIND_PROXY,
  SIDETONE_FINDING_CLAT,
  SIDETONE_FINDING_NAT64,
  SIDETONE_FINDING_FAMILY_CHANGED,
  SIDETONE_FINDING_NAT,
  SIDETONE_FINDING_CGNAT,
  SIDETONE_FINDING_INNER_NAT,
  SIDETONE_FINDING_NAT66,
  SIDETONE_FINDING_PREFIX_TRANSLATION,
  SIDETONE_FINDING_TRANSLATED_PUBLIC,
  SIDETONE_FINDING_INCONCLUSIVE,

  /* Beside it */
  SIDETONE_FINDING_VPN,
  SIDETONE_FINDING_BROKEN_IPV6,

  /* What the server announces for calls, beside it too */
  SIDETONE_FINDING_NO_SERVICES,
  SIDETONE_FINDING_NO_RELAY,
  SIDETONE_FINDING_SERVICES_FORBIDDEN,
  SIDETONE_FINDING_SERVICES_UNKNOWN,
  SIDETONE_FINDING_NO_CREDENTIALS,
  SIDETONE_FINDING_CREDENTIALS_MISSING,
  SIDETONE_FINDING_CREDENTIALS_EXPIRED,
  SIDETONE_FINDING_CREDENTIALS_SHORT,
  SIDETONE_FINDING_NO_RELAY_OVER_TCP,
  SIDETONE_FINDING_NO_RELAY_OVER_UDP,
  SIDETONE_FINDING_SERVICE_NOT_FOUND,
  SIDETONE_FINDING_SERVICE_PRIVATE,
  SIDETONE_FINDING_SERVICES_IPV4_ONLY,
  SIDETONE_FINDING_RELAYS_IPV6_ONLY,

  /* What came of it when it was tried */
  SIDETONE_FINDING_UDP_BLOCKED,
  SIDETONE_FINDING_SERVICE_SILENT,
  SIDETONE_FINDING_CREDENTIALS_REFUSED,
  SIDETONE_FINDING_RELAY_CERTIFICATE,
  SIDETONE_FINDING_RELAY_TRANSPORT,
  SIDETONE_FINDING_RELAY_CLOSED,
  SIDETONE_FINDING_RELAY_ADDRESS,
  SIDETONE_FINDING_RELAY_FORBIDDEN,
  SIDETONE_FINDING_RELAY_FULL,
  SIDETONE_FINDING_RELAY_ERROR,
  SIDETONE_FINDING_RELAY_PAIR,
  SIDETONE_FINDING_PACKETS_LOST,
  SIDETONE_FINDING_LARGE_PACKETS_LOST,
  SIDETONE_FINDING_LONG_DELAY,
  SIDETONE_FINDING_ADDRESS_REWRITTEN,
  SIDETONE_FINDING_STUN_ERROR,

  /* What is done to UDP on the way */
  SIDETONE_FINDING_MAPPING_DEPENDENT,
  SIDETONE_FINDING_SEVERAL_WAYS_OUT,
  SIDETONE_FINDING_SHORT_LIFETIME,
  SIDETONE_FINDING_CARRIER_BEHIND_ROUTER,
  SIDETONE_FINDING_SECOND_ROUTER,

  /* The check could not be made; one of these stands for a group of SidetoneError */
  SIDETONE_FINDING_OFFLINE,
  SIDETONE_FINDING_NAME_NOT_FOUND,
  SIDETONE_FINDING_DNS_SILENT,
  SIDETONE_FINDING_SERVER_SILENT,
  SIDETONE_FINDING_CERTIFICATE,
  SIDETONE_FINDING_NO_SECURITY,
  SIDETONE_FINDING_WRONG_PASSWORD,
  SIDETONE_FINDING_ACCOUNT_REFUSED,
  SIDETONE_FINDING_NOT_XMPP,
  SIDETONE_FINDING_SERVER_REFUSES,
  SIDETONE_FINDING_CONNECTION_LOST,
  SIDETONE_FINDING_CONNECTION_BROKEN,
} SidetoneFindingKind;

typedef enum
{
  SIDETONE_SEVERITY_UNKNOWN,
  SIDETONE_SEVERITY_GOOD,
  SIDETONE_SEVERITY_NOTE,
  SIDETONE_SEVERITY_WARNING,
  SIDETONE_SEVERITY_PROBLEM,
} SidetoneSeverity;

typedef enum
{
  SIDETONE_OWNER_UNKNOWN,
  SIDETONE_OWNER_NOBODY,
  SIDETONE_OWNER_YOU,
  SIDETONE_OWNER_ROUTER,
  SIDETONE_OWNER_PROVIDER,
  SIDETONE_OWNER_ADMINISTRATOR,
} SidetoneOwner;

#define SIDETONE_TYPE_FINDING_KIND (sidetone_finding_kind_get_type ())
#define SIDETONE_TYPE_SEVERITY (sidetone_severity_get_type ())
#define SIDETONE_TYPE_OWNER (sidetone_owner_get_type ())

GType sidetone_finding_kind_get_type (void);
GType sidetone_severity_get_type (void);
GType sidetone_owner_get_type (void);

#define SIDETONE_TYPE_FINDING (sidetone_finding_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneFinding, sidetone_finding, SIDETONE, FINDING, GObject)

/* The words are made by words/describe.c; evidence are the ids of observations */
SidetoneFinding *sidetone_finding_new (SidetoneFindingKind kind,
                                       const char *title,
                                       const char *explanation,
                                       const char *advice,
                                       const char *const *evidence);
SidetoneFinding *sidetone_finding_new_with_severity (SidetoneFindingKind kind,
                                                     SidetoneSeverity    severity,
                                                     const char         *title,
                                                     const char         *explanation,
                                                     const char         *advice,
                                                     const char *const  *evidence);

SidetoneSeverity sidetone_finding_kind_get_severity (SidetoneFindingKind kind);

const char *sidetone_finding_get_code (SidetoneFinding *self);
SidetoneFindingKind sidetone_finding_get_kind (SidetoneFinding *self);
SidetoneSeverity sidetone_finding_get_severity (SidetoneFinding *self);
SidetoneOwner sidetone_finding_get_owner (SidetoneFinding *self);
const char *sidetone_finding_get_title (SidetoneFinding *self);
const char *sidetone_finding_get_explanation (SidetoneFinding *self);
const char *sidetone_finding_get_advice (SidetoneFinding *self);
const char *const *sidetone_finding_get_evidence (SidetoneFinding *self);

G_END_DECLS
