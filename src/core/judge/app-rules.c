/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/rules-private.h"

#include <glib/gi18n-lib.h>

#include "seen/services.h"

/* The findings about the app that the person calls with, if that was said: what the account's server
 * offers for calls (XEP-0215), and the app does not use. What each app does is in judge/app.c. */

#define STOP_APP \
  N_("Stop when a call with another app works: then stay with that one, or ask the makers of this one.")
#define ASK_VERSION \
  N_("Which app do you call with, and which version is it? Its “About” window tells.")

/* The announced services are the evidence: what the app does with them is not observed. */
static gboolean
conclude (const SidetoneCase *judged,
          SidetoneProof      *proof)
{
  proof->facts.app = judged->app.app;
  proof->facts.lack = judged->app.lack;
  if (judged->services.answer == NULL)
    return FALSE;

  sidetone_proof_add (proof, judged->services.answer);

  return TRUE;
}

static gboolean
judge_servers (const SidetoneCase *judged,
               SidetoneProof      *proof)
{
  return judged->app.lack == SIDETONE_APP_LACK_RELAYS && conclude (judged, proof);
}

static gboolean
judge_relay (const SidetoneCase *judged,
             SidetoneProof      *proof)
{
  const SidetoneAppCheck *app = &judged->app;

  if (app->relay != SIDETONE_RELAY_UNUSED || app->unused == NULL ||
      app->lack == SIDETONE_APP_LACK_RELAYS || !conclude (judged, proof))
    return FALSE;

  proof->facts.transport = sidetone_service_get_transport (app->unused->service);
  if (app->entry != NULL)
    sidetone_proof_take_host (proof, g_strdup_printf ("%s:%u", sidetone_service_get_host (app->entry),
                                                      sidetone_service_get_port (app->entry)));
  sidetone_proof_add (proof, app->unused->test);

  return TRUE;
}

static gboolean
judge_password (const SidetoneCase *judged,
                SidetoneProof      *proof)
{
  const SidetoneAppCheck *app = &judged->app;
  gint64 left_s;

  if (app->facts == NULL || app->facts->passwords != SIDETONE_APP_PASSWORDS_KEPT ||
      app->relay != SIDETONE_RELAY_WORKS || !conclude (judged, proof))
    return FALSE;

  left_s = sidetone_observation_get_services (judged->services.answer)->expires_in;
  proof->facts.number = CLAMP (left_s, 0, G_MAXINT);

  return left_s != SIDETONE_NOT_SEEN && left_s > 0;
}

static gboolean
judge_calls (const SidetoneCase *judged,
             SidetoneProof      *proof)
{
  const SidetoneAppFacts *facts = sidetone_app_get_facts (judged->app.app);

  return facts != NULL && !facts->has_calls && conclude (judged, proof);
}

static const SidetoneRule rules[] = {
  {
    .kind = SIDETONE_FINDING_APP_WITHOUT_CALLS,
    .nick = "app-without-calls", .code = "APP-01",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_YOU,
    .traits = SIDETONE_RULE_ABOUT_APP | SIDETONE_RULE_ABOUT_LINE,
    .judge = judge_calls,
    .title = TEXT (N_("Your app makes no calls")),
    /* Translators: {app} is the name of an app */
    .explanation = TEXT (N_("{app} offers no calls of its own. What is said here about calls is about "
                            "apps that do.")),
    .advice = TEXT (N_("Use another app for calls.")),
    .means = N_("The app that was named has no calls, or its makers have taken them out."),
    .ask = ASK_VERSION,
    .try = TRY_ANOTHER_APP,
    .stop = STOP_APP,
    .disprove = N_("The app has a button for calls, and it works: then it is another version, or has "
                   "an addition about which nothing is known here."),
  },
  {
    .kind = SIDETONE_FINDING_APP_WITHOUT_SERVERS,
    .nick = "app-without-servers", .code = "APP-02",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_YOU,
    .traits = SIDETONE_RULE_ABOUT_APP,
    .judge = judge_servers,
    .title = TEXT (N_("Your app uses no call servers")),
    .explanation = VARIANTS {
      { SIDETONE_WHEN_IN_THE_OPEN, TRUE,
        N_("{app} tells others only the addresses of this computer itself, and uses no relay (TURN). "
           "Here that is enough: nothing changes the address on the way.") },
      /* Translators: {app} is the name of an app */
      { SIDETONE_WHEN_ALWAYS, 0,
        N_("{app} tells others only the addresses of this computer itself, and uses no relay (TURN). "
           "From behind a router it reaches people in the same network, people with a public "
           "address, and others at most over IPv6.") }
    },
    .advice = TEXT (N_("Use an app for calls that asks your server's call servers (STUN and TURN).")),
    .means = N_("The app that was named asks no server for this computer's address on the internet, "
                "and uses no relay. From behind a router most calls then find no way."),
    .ask = ASK_VERSION,
    .try = TRY_ANOTHER_APP,
    .stop = STOP_APP,
    .disprove = N_("Such calls work in this app all the same: then the router has opened a port when "
                   "the app asked for it (UPnP), which was not tested, or a STUN server is set in the "
                   "app."),
  },
  {
    .kind = SIDETONE_FINDING_APP_RELAY_UNUSED,
    .nick = "app-relay-unused", .code = "APP-03",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_YOU,
    .traits = SIDETONE_RULE_ABOUT_APP,
    .judge = judge_relay,
    .title = TEXT (N_("Your app can't use the relay that works")),
    .explanation = VARIANTS {
      /* Translators: {app} is the name of an app, {spoken} a list such as "UDP or TCP", {transport} one
       * such word */
      { SIDETONE_WHEN_LACK, SIDETONE_APP_LACK_TRANSPORT,
        N_("{app} uses relays (TURN) only over {spoken}, and the one that works here takes "
           "{transport}.") },
      { SIDETONE_WHEN_LACK, SIDETONE_APP_LACK_IPV6,
        N_("{app} looks for relays (TURN) only at IPv4 addresses, and the one that works here has an "
           "IPv6 address.") },
      { SIDETONE_WHEN_LACK, SIDETONE_APP_LACK_PRIVATE,
        N_("{app} leaves out relays (TURN) with a private address, and the one that works here has "
           "one.") },
      /* Translators: {host} is a name or an address, with a port */
      { SIDETONE_WHEN_LACK, SIDETONE_APP_LACK_FIRST,
        N_("Of the relays (TURN) that your server names, {app} takes only the first, {host}, which "
           "does not work here.") },
      { SIDETONE_WHEN_ALWAYS, 0,
        N_("Of the relays (TURN) that your server names, {app} takes only the last, {host}, which "
           "does not work here.") }
    },
    .consequence = TEXT (N_("So its calls fail when no direct way works.")),
    .advice = TEXT (N_("Use an app for calls that takes this relay, too.")),
    .means = N_("A relay works here, and the app that was named does not use it: it takes others, or "
                "speaks to relays in another way."),
    .ask = ASK_VERSION,
    .try = TRY_ANOTHER_APP,
    .stop = N_("Stop when a call with another app works. Hand over to your server's administrator if "
               "it has to be this app: the relay can be offered in the way that the app takes."),
    .disprove = N_("Calls to every network work in this app: then it is another version, or the people "
                   "called have a relay of their own."),
  },
  {
    .kind = SIDETONE_FINDING_APP_OLD_PASSWORD,
    .nick = "app-old-password", .code = "APP-04",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_YOU,
    .traits = SIDETONE_RULE_ABOUT_APP,
    .judge = judge_password,
    .title = TEXT (N_("Your app keeps an old relay password")),
    /* Translators: {app} is the name of an app, {duration} a time such as "12 hours" */
    .explanation = TEXT (N_("{app} asks for the relay's password once, and your server's lasts "
                            "{duration}. After that, its calls fail when no direct way works.")),
    .advice = VARIANTS {
      { SIDETONE_WHEN_APP, SIDETONE_APP_MOVIM,
        N_("If calls fail when its page has been open for longer than that, reload the page.") },
      { SIDETONE_WHEN_APP, SIDETONE_APP_DINO_OLD,
        N_("Update Dino to 0.5 or newer. Until then, restart it if calls fail when it has run for "
           "longer than that.") },
      { SIDETONE_WHEN_ALWAYS, 0,
        N_("If calls fail when it has run for longer than that, restart it.") }
    },
    .means = N_("The app that was named gets the relay's password as it starts, and uses it until it "
                "ends. Relays turn away a password that is too old."),
    .ask = N_("Do calls work right after the app was started, and fail the next day?"),
    .try = N_("Restart the app, or reload its page, and call again."),
    .stop = STOP_APP,
    .disprove = N_("Calls fail right after the app was started, too: then the cause is another one."),
  },
};

const SidetoneRules sidetone_app_rules = { rules, G_N_ELEMENTS (rules) };
