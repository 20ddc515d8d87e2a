/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "address/endpoint.h"

G_BEGIN_DECLS

/**
 * SidetoneNatMapping:
 *
 * When a NAT gives a socket of this computer another address or port outside (RFC 4787, section
 * 4.1). The nick is what a report says.
 */
typedef enum
{
  SIDETONE_NAT_MAPPING_UNKNOWN,
  SIDETONE_NAT_MAPPING_NONE,                       /* nothing is translated */
  SIDETONE_NAT_MAPPING_ENDPOINT_INDEPENDENT,
  SIDETONE_NAT_MAPPING_ADDRESS_DEPENDENT,
  SIDETONE_NAT_MAPPING_ADDRESS_AND_PORT_DEPENDENT,
  SIDETONE_NAT_MAPPING_PORT_INDEPENDENT,           /* one of the first two of these */
  SIDETONE_NAT_MAPPING_ENDPOINT_DEPENDENT,         /* one of the last two of these */
} SidetoneNatMapping;

/**
 * SidetoneNatFiltering:
 *
 * Whose packets come in to a socket of this computer that has sent something out (RFC 4787, section
 * 5). The nick is what a report says.
 */
typedef enum
{
  SIDETONE_NAT_FILTERING_UNKNOWN,
  SIDETONE_NAT_FILTERING_ENDPOINT_INDEPENDENT,
  SIDETONE_NAT_FILTERING_ADDRESS_DEPENDENT,
  SIDETONE_NAT_FILTERING_ADDRESS_AND_PORT_DEPENDENT,
  SIDETONE_NAT_FILTERING_PORT_INDEPENDENT,         /* one of the first two */
  SIDETONE_NAT_FILTERING_ENDPOINT_DEPENDENT,       /* one of the last two */
} SidetoneNatFiltering;

/**
 * SidetoneNatHairpinning:
 *
 * Whether two sockets of this computer reach each other by their addresses outside (RFC 4787,
 * section 6). The nick is what a report says.
 */
typedef enum
{
  SIDETONE_NAT_HAIRPINNING_UNKNOWN,
  SIDETONE_NAT_HAIRPINNING_YES,
  SIDETONE_NAT_HAIRPINNING_NO,
} SidetoneNatHairpinning;

/**
 * SidetoneNatReason:
 *
 * Why something is not known of a NAT. The nick is what a report says.
 */
typedef enum
{
  SIDETONE_NAT_REASON_NONE,
  SIDETONE_NAT_REASON_ONE_VIEW,            /* one server with one address and port was there to ask */
  SIDETONE_NAT_REASON_NO_ANSWER,           /* nobody answered */
  SIDETONE_NAT_REASON_RELAY_CLOSED,        /* a relay was there, and passed nothing on */
  SIDETONE_NAT_REASON_PERMISSION_REFUSED,  /* a relay was there, and not for this computer's address */
  SIDETONE_NAT_REASON_NO_RELAY,            /* there was no relay to try it with */
  SIDETONE_NAT_REASON_SAME_NETWORK,        /* no server that answered is out on the internet */
  SIDETONE_NAT_REASON_NOT_TRANSLATED,      /* there is nothing to find out */
} SidetoneNatReason;

/**
 * SidetoneNatMethod:
 *
 * By what something was found out. The nick is what a report says.
 */
typedef enum
{
  SIDETONE_NAT_METHOD_UNKNOWN,
  SIDETONE_NAT_METHOD_OTHER_ADDRESS,       /* a server with two addresses and ports (RFC 5780) */
  SIDETONE_NAT_METHOD_TWO_SERVERS,
  SIDETONE_NAT_METHOD_RELAY,
} SidetoneNatMethod;

/**
 * SidetoneNatTrial:
 *
 * What became of packets that came from somewhere else than where a socket had sent to.
 */
typedef enum
{
  SIDETONE_NAT_TRIAL_NOT_MADE,
  SIDETONE_NAT_TRIAL_ARRIVED,
  SIDETONE_NAT_TRIAL_SILENT,
} SidetoneNatTrial;

/**
 * SidetoneNatView:
 * @viewpoint: where somebody saw the tested socket from, which had sent to there
 * @mapped: how it looked
 * @method: who that was: a server, its other address, or a relay
 */
typedef struct
{
  SidetoneEndpoint *viewpoint;
  SidetoneEndpoint *mapped;
  SidetoneNatMethod method;
} SidetoneNatView;

/**
 * SidetoneNatBehaviour:
 * @local: (nullable): the socket whose mapping was tested
 * @mapped: (nullable): the same as the first server saw it
 * @mapping: how it is mapped
 * @mapping_reason: why that is not known
 * @mapping_method: how it was found out
 * @filtering: what is let in
 * @filtering_reason: why that is not known
 * @filtering_method: how it was found out
 * @hairpinning: whether two sockets reach each other by their addresses outside
 * @hairpinning_reason: why that is not known
 * @port_preserved: whether the port is the same inside and outside; only where @mapped is known
 * @views: (element-type SidetoneNatView): all views of the tested socket
 *
 * What stands between this computer and the internet does to UDP of one family.
 */
typedef struct
{
  SidetoneEndpoint *local;
  SidetoneEndpoint *mapped;
  SidetoneNatMapping mapping;
  SidetoneNatReason mapping_reason;
  SidetoneNatMethod mapping_method;
  SidetoneNatFiltering filtering;
  SidetoneNatReason filtering_reason;
  SidetoneNatMethod filtering_method;
  SidetoneNatHairpinning hairpinning;
  SidetoneNatReason hairpinning_reason;
  gboolean port_preserved;
  GPtrArray *views;
} SidetoneNatBehaviour;

#define SIDETONE_TYPE_NAT_MAPPING (sidetone_nat_mapping_get_type ())
#define SIDETONE_TYPE_NAT_FILTERING (sidetone_nat_filtering_get_type ())
#define SIDETONE_TYPE_NAT_HAIRPINNING (sidetone_nat_hairpinning_get_type ())
#define SIDETONE_TYPE_NAT_REASON (sidetone_nat_reason_get_type ())
#define SIDETONE_TYPE_NAT_METHOD (sidetone_nat_method_get_type ())

GType sidetone_nat_mapping_get_type (void);
GType sidetone_nat_filtering_get_type (void);
GType sidetone_nat_hairpinning_get_type (void);
GType sidetone_nat_reason_get_type (void);
GType sidetone_nat_method_get_type (void);

SidetoneNatBehaviour *sidetone_nat_behaviour_new (SidetoneEndpoint *local);
void sidetone_nat_behaviour_free (SidetoneNatBehaviour *self);

void sidetone_nat_behaviour_add_view (SidetoneNatBehaviour *self,
                                      SidetoneEndpoint     *viewpoint,
                                      SidetoneEndpoint     *mapped,
                                      SidetoneNatMethod     method);
void sidetone_nat_behaviour_judge_mapping (SidetoneNatBehaviour *self);
SidetoneNatFiltering sidetone_nat_judge_filtering (SidetoneNatTrial same_address,
                                                   SidetoneNatTrial other_address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneNatBehaviour, sidetone_nat_behaviour_free)

G_END_DECLS
