/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "seen/field.h"
#include "seen/observation.h"

G_BEGIN_DECLS

/**
 * SidetoneNatMapping:
 *
 * When a NAT gives a socket another external address or port (RFC 4787, section 4.1). The nick is
 * its word in reports.
 */
typedef enum
{
  SIDETONE_NAT_MAPPING_UNKNOWN,
  SIDETONE_NAT_MAPPING_NONE,                       /* nothing is translated */
  SIDETONE_NAT_MAPPING_ENDPOINT_INDEPENDENT,
  SIDETONE_NAT_MAPPING_ADDRESS_DEPENDENT,
  SIDETONE_NAT_MAPPING_ADDRESS_AND_PORT_DEPENDENT,
  SIDETONE_NAT_MAPPING_PORT_INDEPENDENT,           /* independent of the port, perhaps of both */
  SIDETONE_NAT_MAPPING_ENDPOINT_DEPENDENT,         /* dependent on the address, perhaps on both */
} SidetoneNatMapping;

/**
 * SidetoneNatFiltering:
 *
 * Whose packets a NAT lets in to a socket that has sent something (RFC 4787, section 5). The nick
 * is its word in reports.
 */
typedef enum
{
  SIDETONE_NAT_FILTERING_UNKNOWN,
  SIDETONE_NAT_FILTERING_ENDPOINT_INDEPENDENT,
  SIDETONE_NAT_FILTERING_ADDRESS_DEPENDENT,
  SIDETONE_NAT_FILTERING_ADDRESS_AND_PORT_DEPENDENT,
  SIDETONE_NAT_FILTERING_PORT_INDEPENDENT,         /* independent of the port, perhaps of both */
  SIDETONE_NAT_FILTERING_ENDPOINT_DEPENDENT,       /* dependent on the address, perhaps on both */
} SidetoneNatFiltering;

/**
 * SidetoneNatHairpinning:
 *
 * Whether two sockets of this computer reach each other by their external addresses (RFC 4787,
 * section 6). The nick is its word in reports.
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
 * Why something is not known about a NAT. The nick is its word in reports.
 */
typedef enum
{
  SIDETONE_NAT_REASON_NONE,
  SIDETONE_NAT_REASON_ONE_VIEW,            /* there was one server, with one address and port */
  SIDETONE_NAT_REASON_NO_ANSWER,           /* no server answered */
  SIDETONE_NAT_REASON_RELAY_CLOSED,        /* there was a relay, which passed nothing on */
  SIDETONE_NAT_REASON_PERMISSION_REFUSED,  /* there was a relay, not for this computer's address */
  SIDETONE_NAT_REASON_NO_RELAY,            /* there was no relay */
  SIDETONE_NAT_REASON_SAME_NETWORK,        /* no server that answered is on the internet */
  SIDETONE_NAT_REASON_NOT_TRANSLATED,      /* without a NAT there is nothing to find out */
} SidetoneNatReason;

/**
 * SidetoneNatMethod:
 *
 * How something was found out. The nick is its word in reports.
 */
typedef enum
{
  SIDETONE_NAT_METHOD_UNKNOWN,
  SIDETONE_NAT_METHOD_OTHER_ADDRESS,       /* a server with two addresses and ports (RFC 5780) */
  SIDETONE_NAT_METHOD_TWO_SERVERS,
  SIDETONE_NAT_METHOD_RELAY,
} SidetoneNatMethod;

/**
 * SidetoneNatSeen:
 * @mapping: the mapping behaviour
 * @mapping_reason: why it is not known
 * @mapping_how: how it was found out
 * @filtering: the filtering behaviour
 * @filtering_reason: why it is not known
 * @filtering_how: how it was found out
 * @hairpinning: whether the NAT hairpins
 * @hairpinning_reason: why it is not known
 * @port_preserved: whether the external port equals the local one
 * @views: (nullable): the socket's reflexive address at each destination: "VIEWPOINT seen MAPPED"
 *
 * What a NAT does to UDP, for one IP version (RFC 4787).
 */
typedef struct
{
  SidetoneNatMapping mapping;
  SidetoneNatReason mapping_reason;
  SidetoneNatMethod mapping_how;
  SidetoneNatFiltering filtering;
  SidetoneNatReason filtering_reason;
  SidetoneNatMethod filtering_how;
  SidetoneNatHairpinning hairpinning;
  SidetoneNatReason hairpinning_reason;
  SidetoneTruth port_preserved;
  const char *const *views;
} SidetoneNatSeen;

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

extern const SidetoneFieldTable sidetone_nat_table;

const SidetoneNatSeen *sidetone_observation_get_nat (SidetoneObservation *self);

G_END_DECLS
