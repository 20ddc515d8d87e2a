/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "seen/nat.h"

#include <glib/gi18n-lib.h>

/* A NAT's mapping, filtering and hairpinning (RFC 4787): the table of its fields. */

/* The nicks are part of the reports' format: they never change. */
G_DEFINE_ENUM_TYPE (
  SidetoneNatMapping, sidetone_nat_mapping,
  G_DEFINE_ENUM_VALUE (SIDETONE_NAT_MAPPING_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_NAT_MAPPING_NONE, "none"),
  G_DEFINE_ENUM_VALUE (SIDETONE_NAT_MAPPING_ENDPOINT_INDEPENDENT, "endpoint-independent"),
  G_DEFINE_ENUM_VALUE (SIDETONE_NAT_MAPPING_ADDRESS_DEPENDENT, "address-dependent"),
  G_DEFINE_ENUM_VALUE (SIDETONE_NAT_MAPPING_ADDRESS_AND_PORT_DEPENDENT,
                       "address-and-port-dependent"),
  G_DEFINE_ENUM_VALUE (SIDETONE_NAT_MAPPING_PORT_INDEPENDENT, "port-independent"),
  G_DEFINE_ENUM_VALUE (SIDETONE_NAT_MAPPING_ENDPOINT_DEPENDENT, "endpoint-dependent"))

G_DEFINE_ENUM_TYPE (
  SidetoneNatFiltering, sidetone_nat_filtering,
  G_DEFINE_ENUM_VALUE (SIDETONE_NAT_FILTERING_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_NAT_FILTERING_ENDPOINT_INDEPENDENT, "endpoint-independent"),
  G_DEFINE_ENUM_VALUE (SIDETONE_NAT_FILTERING_ADDRESS_DEPENDENT, "address-dependent"),
  G_DEFINE_ENUM_VALUE (SIDETONE_NAT_FILTERING_ADDRESS_AND_PORT_DEPENDENT,
                       "address-and-port-dependent"),
  G_DEFINE_ENUM_VALUE (SIDETONE_NAT_FILTERING_PORT_INDEPENDENT, "port-independent"),
  G_DEFINE_ENUM_VALUE (SIDETONE_NAT_FILTERING_ENDPOINT_DEPENDENT, "endpoint-dependent"))

G_DEFINE_ENUM_TYPE (
  SidetoneNatHairpinning, sidetone_nat_hairpinning,
  G_DEFINE_ENUM_VALUE (SIDETONE_NAT_HAIRPINNING_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_NAT_HAIRPINNING_YES, "yes"),
  G_DEFINE_ENUM_VALUE (SIDETONE_NAT_HAIRPINNING_NO, "no"))

G_DEFINE_ENUM_TYPE (
  SidetoneNatReason, sidetone_nat_reason,
  G_DEFINE_ENUM_VALUE (SIDETONE_NAT_REASON_NONE, "none"),
  G_DEFINE_ENUM_VALUE (SIDETONE_NAT_REASON_ONE_VIEW, "one-view"),
  G_DEFINE_ENUM_VALUE (SIDETONE_NAT_REASON_NO_ANSWER, "no-answer"),
  G_DEFINE_ENUM_VALUE (SIDETONE_NAT_REASON_RELAY_CLOSED, "relay-closed"),
  G_DEFINE_ENUM_VALUE (SIDETONE_NAT_REASON_PERMISSION_REFUSED, "permission-refused"),
  G_DEFINE_ENUM_VALUE (SIDETONE_NAT_REASON_NO_RELAY, "no-relay"),
  G_DEFINE_ENUM_VALUE (SIDETONE_NAT_REASON_SAME_NETWORK, "same-network"),
  G_DEFINE_ENUM_VALUE (SIDETONE_NAT_REASON_NOT_TRANSLATED, "not-translated"))

G_DEFINE_ENUM_TYPE (
  SidetoneNatMethod, sidetone_nat_method,
  G_DEFINE_ENUM_VALUE (SIDETONE_NAT_METHOD_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_NAT_METHOD_OTHER_ADDRESS, "other-address"),
  G_DEFINE_ENUM_VALUE (SIDETONE_NAT_METHOD_TWO_SERVERS, "two-servers"),
  G_DEFINE_ENUM_VALUE (SIDETONE_NAT_METHOD_RELAY, "relay"))

static const SidetoneField fields[] = {
  SIDETONE_FIELD_SHOWN (LOCAL, N_("This computer")),
  SIDETONE_FIELD_SHOWN (SEEN, N_("Seen from outside")),
  SIDETONE_FIELD_OF_CHOICE (SidetoneNatSeen, "mapping", mapping, sidetone_nat_mapping_get_type, CHOICE,
                            N_("Public address and port")),
  SIDETONE_FIELD_OF_CHOICE (SidetoneNatSeen, "mapping-reason", mapping_reason, sidetone_nat_reason_get_type, CHOICE,
                            N_("Reason")),
  SIDETONE_FIELD_OF_CHOICE (SidetoneNatSeen, "mapping-how", mapping_how, sidetone_nat_method_get_type, NOTHING,
                            NULL),
  SIDETONE_FIELD_OF_CHOICE (SidetoneNatSeen, "filtering", filtering, sidetone_nat_filtering_get_type, CHOICE,
                            N_("Accepts data from")),
  SIDETONE_FIELD_OF_CHOICE (SidetoneNatSeen, "filtering-reason", filtering_reason, sidetone_nat_reason_get_type, CHOICE,
                            N_("Reason")),
  SIDETONE_FIELD_OF_CHOICE (SidetoneNatSeen, "filtering-how", filtering_how, sidetone_nat_method_get_type, NOTHING,
                            NULL),
  SIDETONE_FIELD_OF_CHOICE (SidetoneNatSeen, "hairpinning", hairpinning, sidetone_nat_hairpinning_get_type, CHOICE,
                            N_("Local apps can reach each other by the public address")),
  SIDETONE_FIELD_OF_CHOICE (SidetoneNatSeen, "hairpinning-reason", hairpinning_reason, sidetone_nat_reason_get_type, CHOICE,
                            N_("Reason")),
  SIDETONE_FIELD (SidetoneNatSeen, "port-preserved", TRUTH, port_preserved, KEEP, TRUTH,
                  N_("Port kept")),
  SIDETONE_FIELD (SidetoneNatSeen, "views", TEXTS, views, VIEWS, LIST, N_("Seen by each server")),
};

const SidetoneFieldTable sidetone_nat_table = SIDETONE_FIELD_TABLE (SidetoneNatSeen, fields);

/**
 * sidetone_observation_get_nat:
 * @self: an observation
 *
 * Returns: (transfer none) (nullable): what was seen, or %NULL if it is not of kind
 *   %SIDETONE_OBSERVATION_NAT
 */
const SidetoneNatSeen *
sidetone_observation_get_nat (SidetoneObservation *self)
{
  return sidetone_observation_get_seen_as (self, SIDETONE_OBSERVATION_NAT);
}
