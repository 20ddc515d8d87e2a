/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/describe-private.h"

#include <glib/gi18n-lib.h>

#include "seen/interface.h"
#include "seen/lookup.h"
#include "seen/nat.h"
#include "seen/sign-in.h"

/* Words for the values of choice fields. A value without words is shown by its nick. */

static const struct
{
  GType (*get_type)(void);
  int value;
  const char *words;
} choices[] = {
  { sidetone_skip_reason_get_type, SIDETONE_SKIP_REASON_ANOTHER_WAS_FASTER,
    /* Translators: another connection, so that this one was given up */
    N_("another was faster") },
  { sidetone_skip_reason_get_type, SIDETONE_SKIP_REASON_NOT_NEEDED, N_("not needed") },
  { sidetone_interface_type_get_type, SIDETONE_INTERFACE_WIRED, N_("wired") },
  { sidetone_interface_type_get_type, SIDETONE_INTERFACE_WIRELESS, N_("wireless") },
  { sidetone_interface_type_get_type, SIDETONE_INTERFACE_TUNNEL, N_("VPN or tunnel") },
  { sidetone_interface_type_get_type, SIDETONE_INTERFACE_BRIDGE, N_("bridge") },
  { sidetone_interface_type_get_type, SIDETONE_INTERFACE_LOOPBACK, N_("inside this computer") },
  { sidetone_interface_type_get_type, SIDETONE_INTERFACE_OTHER, N_("another kind") },
  /* Translators: SRV is a kind of entry at a name server */
  { sidetone_question_get_type, SIDETONE_QUESTION_SRV_CLIENT,
    N_("entries for connections with STARTTLS (SRV)") },
  /* Translators: SRV is a kind of entry at a name server */
  { sidetone_question_get_type, SIDETONE_QUESTION_SRV_DIRECT,
    N_("entries for connections with direct TLS (SRV)") },
  { sidetone_question_get_type, SIDETONE_QUESTION_ADDRESS, N_("addresses") },
  { sidetone_question_get_type, SIDETONE_QUESTION_NAT64,
    N_("whether this network translates to IPv4 (NAT64)") },
  { sidetone_question_get_type, SIDETONE_QUESTION_SERVICE, N_("addresses of a call server") },
  { sidetone_security_get_type, SIDETONE_SECURITY_STARTTLS, N_("STARTTLS") },
  { sidetone_security_get_type, SIDETONE_SECURITY_DIRECT, N_("direct TLS") },
  { sidetone_stage_get_type, SIDETONE_STAGE_STREAM, N_("the greeting") },
  { sidetone_stage_get_type, SIDETONE_STAGE_TLS, N_("the encryption") },
  { sidetone_stage_get_type, SIDETONE_STAGE_SASL, N_("the password") },
  { sidetone_stage_get_type, SIDETONE_STAGE_BIND, N_("the start of the session") },
  { sidetone_nat_mapping_get_type, SIDETONE_NAT_MAPPING_NONE, N_("no translation") },
  { sidetone_nat_mapping_get_type, SIDETONE_NAT_MAPPING_ENDPOINT_INDEPENDENT,
    N_("always the same") },
  { sidetone_nat_mapping_get_type, SIDETONE_NAT_MAPPING_ADDRESS_DEPENDENT,
    N_("different for every address") },
  { sidetone_nat_mapping_get_type, SIDETONE_NAT_MAPPING_ADDRESS_AND_PORT_DEPENDENT,
    N_("different for every destination") },
  { sidetone_nat_mapping_get_type, SIDETONE_NAT_MAPPING_PORT_INDEPENDENT,
    N_("the same for all ports of an address") },
  { sidetone_nat_mapping_get_type, SIDETONE_NAT_MAPPING_ENDPOINT_DEPENDENT,
    N_("not always the same") },
  { sidetone_nat_filtering_get_type, SIDETONE_NAT_FILTERING_ENDPOINT_INDEPENDENT,
    N_("anyone") },
  { sidetone_nat_filtering_get_type, SIDETONE_NAT_FILTERING_ADDRESS_DEPENDENT,
    N_("addresses contacted before") },
  { sidetone_nat_filtering_get_type, SIDETONE_NAT_FILTERING_ADDRESS_AND_PORT_DEPENDENT,
    N_("addresses and ports contacted before") },
  { sidetone_nat_filtering_get_type, SIDETONE_NAT_FILTERING_PORT_INDEPENDENT,
    N_("all ports of addresses contacted before, perhaps more") },
  { sidetone_nat_filtering_get_type, SIDETONE_NAT_FILTERING_ENDPOINT_DEPENDENT,
    N_("addresses contacted before, perhaps not all their ports") },
  { sidetone_nat_hairpinning_get_type, SIDETONE_NAT_HAIRPINNING_YES, N_("yes") },
  { sidetone_nat_hairpinning_get_type, SIDETONE_NAT_HAIRPINNING_NO, N_("no") },
  { sidetone_nat_reason_get_type, SIDETONE_NAT_REASON_ONE_VIEW, N_("only one server answered") },
  { sidetone_nat_reason_get_type, SIDETONE_NAT_REASON_NO_ANSWER, N_("no answer") },
  { sidetone_nat_reason_get_type, SIDETONE_NAT_REASON_RELAY_CLOSED,
    N_("the relay passed nothing on") },
  { sidetone_nat_reason_get_type, SIDETONE_NAT_REASON_PERMISSION_REFUSED,
    N_("the relay passes nothing on to this address") },
  { sidetone_nat_reason_get_type, SIDETONE_NAT_REASON_NO_RELAY,
    N_("there was no relay to try it with") },
  { sidetone_nat_reason_get_type, SIDETONE_NAT_REASON_SAME_NETWORK,
    N_("no server with a public address") },
  { sidetone_nat_reason_get_type, SIDETONE_NAT_REASON_NOT_TRANSLATED, N_("no translation") },
};

/**
 * sidetone_describe_choice:
 * @field: a row of a choice field
 * @seen: the table's struct
 *
 * Returns: (transfer none) (nullable): words for its value; %NULL if there are none
 */
const char *
sidetone_describe_choice (const SidetoneField *field,
                          gconstpointer        seen)
{
  int value = sidetone_field_get_choice (field, seen);

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      if (choices[i].get_type == field->get_choices && choices[i].value == value)
        return _(choices[i].words);
    }

  return NULL;
}
