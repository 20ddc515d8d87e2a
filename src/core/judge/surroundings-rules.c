/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* Findings about the network around this computer that explain others: VPN tunnels, broken IPv6. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/rules-private.h"

#include <glib/gi18n-lib.h>

static gboolean
add_ids (SidetoneVerdict   *verdict,
         const char *const *ids)
{
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    sidetone_verdict_add_id (verdict, ids[i]);

  return ids != NULL;
}

static gboolean
judge_tunnel (const SidetoneCase *judged,
              SidetoneVerdict    *verdict)
{
  return add_ids (verdict, sidetone_evidence_get_tunnels (judged->evidence));
}

static gboolean
judge_ipv6 (const SidetoneCase *judged,
            SidetoneVerdict    *verdict)
{
  return add_ids (verdict, sidetone_evidence_get_broken_ipv6 (judged->evidence));
}

static const SidetoneRule rules[] = {
  {
    .kind = SIDETONE_FINDING_VPN,
    .nick = "vpn", .code = "LOC-02",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_YOU,
    .traits = SIDETONE_RULE_EXPLAINS,
    .judge = judge_tunnel,
    .title = TEXT (N_("Your connection goes through a VPN")),
    .explanation = TEXT (N_("What is seen here is then the VPN's address and the VPN's way. Calls "
                            "may go around it or be blocked by it.")),
    .advice = TEXT (N_("Switch the VPN off and check again to compare.")),
  },
  {
    .kind = SIDETONE_FINDING_BROKEN_IPV6,
    .nick = "broken-ipv6", .code = "IP6-01",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_PROVIDER,
    .traits = SIDETONE_RULE_EXPLAINS,
    .judge = judge_ipv6,
    .title = TEXT (N_("IPv6 is announced here but does not work")),
    .explanation = TEXT (N_("This computer has an IPv6 address, but could reach your server by "
                            "IPv4 alone. Everything that tries IPv6 first loses time, calls "
                            "included.")),
    .advice = TEXT (N_("Ask your provider to mend IPv6 on your line.")),
  },
};

const SidetoneRules sidetone_surroundings_rules = { rules, G_N_ELEMENTS (rules) };
