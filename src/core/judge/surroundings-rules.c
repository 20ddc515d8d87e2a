/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* Findings about the network around this computer that explain others: VPN tunnels, broken IPv6. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/rules-private.h"

#include <glib/gi18n-lib.h>

#include "seen/connect.h"
#include "seen/secure.h"

static gboolean
add_ids (SidetoneProof     *proof,
         const char *const *ids)
{
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    sidetone_proof_add_id (proof, ids[i]);

  return ids != NULL;
}

static gboolean
judge_tunnel (const SidetoneCase *judged,
              SidetoneProof      *proof)
{
  return add_ids (proof, sidetone_evidence_get_tunnels (judged->evidence));
}

static gboolean
judge_ipv6 (const SidetoneCase *judged,
            SidetoneProof      *proof)
{
  return add_ids (proof, sidetone_evidence_get_broken_ipv6 (judged->evidence));
}

/* IPv6 works, but not to the XMPP server, which answers by IPv4. */
static gboolean
judge_server_ipv6 (const SidetoneCase *judged,
                   SidetoneProof      *proof)
{
  GPtrArray *connects = sidetone_evidence_get_kind (judged->evidence, SIDETONE_OBSERVATION_CONNECT);
  SidetoneObservation *silent = NULL;
  SidetoneObservation *passed = NULL;

  if (!sidetone_evidence_knows_ipv6_works (judged->evidence))
    return FALSE;

  for (guint i = 0; i < connects->len; i++)
    {
      SidetoneEndpoint *peer = sidetone_observation_get_connect (connects->pdata[i])->peer;
      gboolean is_ipv6 = peer != NULL &&
                         sidetone_endpoint_get_family (peer) == G_SOCKET_FAMILY_IPV6;

      if (is_ipv6 && sidetone_observation_has_passed (connects->pdata[i]))
        return FALSE;
      if (is_ipv6 && sidetone_observation_has_error_trait (connects->pdata[i],
                                                           SIDETONE_ERROR_IS_SILENCE))
        silent = connects->pdata[i];
      else if (sidetone_observation_has_passed (connects->pdata[i]))
        passed = connects->pdata[i];
    }

  sidetone_proof_add (proof, silent);
  sidetone_proof_add (proof, passed);

  return silent != NULL && passed != NULL;
}

/* Two servers at different addresses are hardly both at fault. */
static gboolean
is_silent_at_several (const SidetoneCase         *judged,
                      const SidetoneFindingFacts *facts)
{
  GPtrArray *results = sidetone_evidence_get_results (judged->evidence);

  for (guint i = 0; i < results->len; i++)
    {
      const SidetoneServiceResult *result = results->pdata[i];

      if (sidetone_service_result_is_made (result) &&
          sidetone_service_result_is_over_ipv6 (result) &&
          sidetone_service_result_is_silent (result) &&
          !sidetone_observation_has_error (result->test, SIDETONE_ERROR_NOT_PERMITTED))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_same_port (SidetoneObservation *a,
              SidetoneObservation *b)
{
  const SidetoneSecureSeen *one = sidetone_observation_get_secure (a);
  const SidetoneSecureSeen *other = sidetone_observation_get_secure (b);

  return one->security == other->security && g_strcmp0 (one->target, other->target) == 0 &&
         sidetone_endpoint_get_port (one->peer) == sidetone_endpoint_get_port (other->peer);
}

/* Finds TLS that got no answer by IPv6, and TLS that passed by IPv4: at the same port if it can. */
static gboolean
find_stall (const SidetoneCase   *judged,
            SidetoneObservation **silent,
            SidetoneObservation **passed)
{
  GPtrArray *secures = sidetone_evidence_get_kind (judged->evidence, SIDETONE_OBSERVATION_SECURE);

  for (guint i = 0; i < secures->len; i++)
    {
      const SidetoneSecureSeen *seen = sidetone_observation_get_secure (secures->pdata[i]);

      if (seen->peer != NULL && sidetone_endpoint_get_family (seen->peer) == G_SOCKET_FAMILY_IPV6 &&
          sidetone_observation_has_error (secures->pdata[i], SIDETONE_ERROR_TLS_NO_ANSWER))
        *silent = secures->pdata[i];
    }

  for (guint i = 0; *silent != NULL && i < secures->len; i++)
    {
      if (sidetone_observation_has_passed (secures->pdata[i]) &&
          (*passed == NULL || is_same_port (secures->pdata[i], *silent)))
        *passed = secures->pdata[i];
    }

  return *passed != NULL;
}

/* TLS begins with small packets, and goes on with large ones: the server's certificate. */
static gboolean
judge_stalls (const SidetoneCase *judged,
              SidetoneProof      *proof)
{
  SidetoneObservation *silent = NULL;
  SidetoneObservation *passed = NULL;

  if (sidetone_evidence_knows_tls_by_ipv6 (judged->evidence) || !find_stall (judged, &silent, &passed))
    return FALSE;

  sidetone_proof_add (proof, silent);
  sidetone_proof_add (proof, passed);

  return TRUE;
}

/* Whether a port that does not begin TLS by either version of IP can't be the reason */
static gboolean
is_port_well (const SidetoneCase         *judged,
              const SidetoneFindingFacts *facts)
{
  SidetoneObservation *silent = NULL;
  SidetoneObservation *passed = NULL;

  return find_stall (judged, &silent, &passed) && is_same_port (silent, passed);
}

/* Whether large packets by IPv6 get lost, as it seems: then one of them is the end of what TCP carries. */
gboolean
sidetone_rules_does_ipv6_stall (const SidetoneCase *judged)
{
  g_auto (SidetoneProof) proof = { 0 };

  return judge_stalls (judged, &proof);
}

static const SidetoneRule rules[] = {
  {
    .kind = SIDETONE_FINDING_VPN,
    .nick = "vpn", .code = "LOC-02",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_YOU,
    .traits = SIDETONE_RULE_EXPLAINS,
    .judge = judge_tunnel,
    .title = TEXT (N_("Your connection goes through a VPN")),
    .explanation = TEXT (N_("These results describe your VPN, not your own connection. Calls may "
                            "go around it or be blocked by it.")),
    .advice = TEXT (N_("Turn the VPN off and check again to compare.")),
    .means = N_("All that this computer sends to the internet goes through a tunnel. What was "
                "found is true of the tunnel, and not of your line."),
    .ask = N_("Do you use a VPN on purpose? Is it your company's?"),
    .try = N_("Turn the VPN off, check again, and compare both results."),
    .stop = N_("Stop when both checks show the same: then the VPN is not the cause. If calls fail "
               "only with it, hand over to the people who run it."),
    .disprove = N_("It stays when every VPN app is closed: then it is a dial-up line, which looks "
                   "the same."),
    .between = N_("on this computer"), .translator = N_("VPN"),
  },
  {
    .kind = SIDETONE_FINDING_BROKEN_IPV6,
    .nick = "broken-ipv6", .code = "IP6-01",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_PROVIDER,
    .remedy = sidetone_remedy_fix_ipv6,
    .traits = SIDETONE_RULE_EXPLAINS,
    .judge = judge_ipv6,
    .rivals = RIVALS ({
      .nick = "servers-ipv6", .owner = SIDETONE_OWNER_ADMINISTRATOR,
      .act = SIDETONE_ACT_ANOTHER_NETWORK, .goes_away = FALSE,
      .text = N_("an IPv6 address of your server that leads nowhere"),
      .advice = N_("Ask your server's administrator to correct or remove its IPv6 address (the AAAA "
                   "record)."),
      .is_excluded = is_silent_at_several,
    }),
    .title = TEXT (N_("IPv6 doesn't work on this network")),
    .explanation = TEXT (N_("This computer has an IPv6 address, but could reach your server only "
                            "by IPv4. Everything that tries IPv6 first loses time, calls "
                            "included.")),
    .advice = TEXT (N_("Ask your internet provider to fix IPv6 on your line.")),
    .means = N_("This computer has an IPv6 address that leads nowhere. Apps try it first, wait, "
                "and only then take IPv4."),
    .ask = N_("Do web pages open late here, too?"),
    .try = N_("Restart the router and check again. Then check from another network."),
    .stop = N_("Stop when IPv6 fails here and works elsewhere. Hand over to the internet provider, "
               "with both reports."),
    .disprove = N_("From another network with IPv6 your server does not answer by IPv6 either: "
                   "then its own address is wrong (the AAAA record)."),
  },
  {
    .kind = SIDETONE_FINDING_SERVER_BROKEN_IPV6,
    .nick = "server-broken-ipv6", .code = "IP6-02",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_fix_ipv6,
    .traits = SIDETONE_RULE_EXPLAINS,
    .judge = judge_server_ipv6,
    .title = TEXT (N_("Your server's IPv6 address leads nowhere")),
    .explanation = TEXT (N_("Your server answers by IPv4 but not by IPv6, though IPv6 works here. "
                            "Everything that tries IPv6 first loses time.")),
    .advice = TEXT (N_("Ask your server's administrator to correct or remove its IPv6 address (the "
                       "AAAA record).")),
    .means = N_("Your server names an IPv6 address at which it does not answer. IPv6 itself works "
                "here."),
    .ask = N_("Does signing in take long in other apps, too?"),
    .try = N_("There is nothing to try: by IPv4 it works, only later."),
    .stop = STOP_ADMINISTRATOR,
    .disprove = N_("Another network reaches your server by IPv6: then something between here and "
                   "there stops it."),
  },
  {
    .kind = SIDETONE_FINDING_IPV6_STALLS,
    .nick = "ipv6-stalls", .code = "IP6-03",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ROUTER,
    .remedy = sidetone_remedy_check_line,
    .traits = SIDETONE_RULE_EXPLAINS,
    .judge = judge_stalls,
    .rivals = RIVALS (VPN, {
      .nick = "servers-ipv6", .owner = SIDETONE_OWNER_ADMINISTRATOR,
      .act = SIDETONE_ACT_ANOTHER_NETWORK, .goes_away = FALSE,
      .text = N_("your server's IPv6"),
      .advice = N_("Ask your server's administrator why encryption does not begin by IPv6."),
      .is_excluded = sidetone_rules_never,
    }, {
      .nick = "tried-port", .owner = SIDETONE_OWNER_ADMINISTRATOR,
      .act = SIDETONE_ACT_ANOTHER_NETWORK, .goes_away = FALSE,
      .text = N_("the port of your server that was tried by IPv6"),
      .advice = N_("Ask your server's administrator why encryption does not begin at that port."),
      .is_excluded = is_port_well,
    }, PROVIDERS_LINE),
    .title = TEXT (N_("Connections by IPv6 get stuck")),
    .explanation = TEXT (N_("By IPv6 your server took the connection, and then nothing more came; "
                            "another way, by IPv4, works. Often large packets get lost then, and some "
                            "apps can't sign in.")),
    /* Translators: MTU is a setting: how large packets may be */
    .advice = TEXT (N_("Set a smaller MTU for IPv6 in your router (1280), or ask the person who runs "
                       "this network.")),
    .means = N_("A connection by IPv6 begins and gets stuck, often because large packets don't arrive. "
                "Another way, by IPv4, works."),
    .ask = N_("Do some web pages begin to load here, and never end?"),
    .try = N_("Turn off the VPN, if there is one, and check again. Then set the MTU of the router "
              "to 1280, and check again."),
    .stop = N_("Stop when it stays the same with the smaller MTU and without a VPN, and all is well "
               "in another network. Hand over to the internet provider, with the reports."),
    .disprove = N_("Another network with IPv6 shows the same: then the server's IPv6 is at fault."),
  },
};

const SidetoneRules sidetone_surroundings_rules = { rules, G_N_ELEMENTS (rules) };
