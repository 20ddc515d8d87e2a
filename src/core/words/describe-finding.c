/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* A finding's words: the matching text of its rule, translated and filled in. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/describe-private.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "base/text.h"
#include "judge/rules.h"
#include "seen/relay.h"

static char *
dup_safe (const char *name,
          const char *fallback)
{
  g_autofree char *safe = NULL;

  if (name != NULL)
    safe = sidetone_text_make_safe (name, SIDETONE_TEXT_MAX_CHARS);

  return safe != NULL && *safe != '\0' ? g_steal_pointer (&safe) : g_strdup (fallback);
}

static char *
fill_server (const SidetoneFindingFacts *facts)
{
  return dup_safe (facts->host, _("Your server"));
}

static char *
fill_host (const SidetoneFindingFacts *facts)
{
  /* Translators: stands for a name or an address in a sentence */
  return dup_safe (facts->host, _("one of them"));
}

static char *
fill_certificate_for (const SidetoneFindingFacts *facts)
{
  return dup_safe (facts->certificate_for, "");
}

static char *
fill_transport (const SidetoneFindingFacts *facts)
{
  return g_strdup (facts->transport == SIDETONE_TRANSPORT_TLS ? "TLS"
                   : facts->transport == SIDETONE_TRANSPORT_TCP ? "TCP" : "UDP");
}

static char *
fill_entry (const SidetoneFindingFacts *facts)
{
  return facts->result != NULL ? sidetone_describe_service_entry (facts->result)
         : fill_host (facts);
}

static char *
fill_version (const SidetoneFindingFacts *facts)
{
  SidetoneEndpoint *server = facts->result != NULL ? facts->result->server : NULL;

  return g_strdup (server != NULL &&
                   sidetone_endpoint_get_family (server) == G_SOCKET_FAMILY_IPV6 ? "IPv6" : "IPv4");
}

static char *
fill_record (const SidetoneFindingFacts *facts)
{
  SidetoneEndpoint *server = facts->result != NULL ? facts->result->server : NULL;

  return g_strdup (server != NULL &&
                   sidetone_endpoint_get_family (server) == G_SOCKET_FAMILY_IPV6 ? "AAAA" : "A");
}

static char *
dup_address (SidetoneEndpoint *endpoint)
{
  return endpoint != NULL ? sidetone_describe_address (endpoint) : g_strdup (_("not known"));
}

static char *
fill_address (const SidetoneFindingFacts *facts)
{
  return dup_address (facts->result != NULL ? facts->result->server : NULL);
}

static char *
fill_relayed (const SidetoneFindingFacts *facts)
{
  return dup_address (facts->result != NULL ? facts->result->relayed : NULL);
}

static char *
fill_mapped (const SidetoneFindingFacts *facts)
{
  return dup_address (facts->result != NULL ? facts->result->mapped : NULL);
}

static char *
fill_alternate (const SidetoneFindingFacts *facts)
{
  const SidetoneRelaySeen *relay = facts->result != NULL
                                   ? sidetone_observation_get_relay (facts->result->test) : NULL;

  return relay != NULL && relay->alternate != NULL
         ? sidetone_describe_endpoint (relay->alternate) : g_strdup (_("not known"));
}

static char *
fill_number (const SidetoneFindingFacts *facts)
{
  return g_strdup_printf ("%u", facts->number);
}

static char *
fill_app (const SidetoneFindingFacts *facts)
{
  return g_strdup (sidetone_describe_app (facts->app));
}

static gboolean
is_udp_only (const SidetoneAppFacts *facts)
{
  return facts->transports == SIDETONE_APP_UDP;
}

static char *
fill_udp_apps (const SidetoneFindingFacts *facts)
{
  return sidetone_describe_apps (is_udp_only);
}

static gboolean
is_ipv4_only (const SidetoneAppFacts *facts)
{
  return facts->is_ipv4_only;
}

static char *
fill_ipv4_apps (const SidetoneFindingFacts *facts)
{
  return sidetone_describe_apps (is_ipv4_only);
}

/* The transports that an app speaks to relays */
static char *
fill_spoken (const SidetoneFindingFacts *facts)
{
  const SidetoneAppFacts *app = sidetone_app_get_facts (facts->app);
  guint transports = app != NULL ? app->transports : 0;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  if ((transports & SIDETONE_APP_UDP) != 0)
    g_ptr_array_add (names, "UDP");
  if ((transports & SIDETONE_APP_TCP) != 0)
    g_ptr_array_add (names, "TCP");
  if ((transports & SIDETONE_APP_TLS) != 0)
    g_ptr_array_add (names, "TLS");
  g_ptr_array_add (names, NULL);

  /* Translators: stands between two transports: "UDP or TCP" */
  return g_strjoinv (C_("between transports", " or "), (char **) names->pdata);
}

/* A time in seconds, in the unit that fits */
static char *
fill_duration (const SidetoneFindingFacts *facts)
{
  guint minutes = MAX (facts->number / 60, 1);
  guint hours = facts->number / 3600;

  return hours > 1 ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u hour", "%u hours", hours), hours)
         : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u minute", "%u minutes", minutes), minutes);
}

static char *
fill_event (const SidetoneFindingFacts *facts)
{
  return sidetone_describe_server_event (facts->error, facts->host, NULL);
}

static char *
fill_answer (const SidetoneFindingFacts *facts)
{
  return sidetone_describe_server_event (facts->error, facts->host, facts->server_text);
}

static char *
fill_error_advice (const SidetoneFindingFacts *facts)
{
  return g_strdup (sidetone_describe_error_advice (facts->error));
}

static guint
count_tries (const SidetoneFindingFacts *facts)
{
  return facts->n_refused + facts->n_unreachable + facts->n_silent;
}

static char *
fill_tries (const SidetoneFindingFacts *facts)
{
  return g_strdup_printf ("%u", count_tries (facts));
}

static void
append_count (GString    *string,
              guint       n,
              const char *words)
{
  if (n == 0)
    return;

  if (string->len > 0)
    /* Translators: stands between the parts of a list: "1 refused, 2 did not answer" */
    g_string_append (string, C_("between the parts of a list", ", "));
  g_string_append (string, words);
}

/* Several addresses, each of which may have failed in its own way */
static char *
fill_tally (const SidetoneFindingFacts *facts)
{
  g_autoptr (GString) counts = g_string_new (NULL);
  g_autofree char *refused = NULL;
  g_autofree char *unreachable = NULL;
  g_autofree char *silent = NULL;

  /* Translators: of several tries to connect so many were refused */
  refused = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u was refused", "%u were refused",
                                          facts->n_refused),
                             facts->n_refused);
  /* Translators: of several tries to connect so many ended because no way leads there */
  unreachable = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u found no way there",
                                              "%u found no way there", facts->n_unreachable),
                                 facts->n_unreachable);
  /* Translators: of several tries to connect so many were not answered */
  silent = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u got no answer", "%u got no answer",
                                         facts->n_silent),
                            facts->n_silent);
  append_count (counts, facts->n_refused, refused);
  append_count (counts, facts->n_unreachable, unreachable);
  append_count (counts, facts->n_silent, silent);

  return g_string_free (g_steal_pointer (&counts), FALSE);
}

static char *
fill_services_event (const SidetoneFindingFacts *facts)
{
  return sidetone_describe_services_event (facts->error, NULL);
}

/* The placeholders in rules' texts */
static const struct
{
  const char *name;
  char *(*fill)(const SidetoneFindingFacts *facts);
} placeholders[] = {
  { "server", fill_server },                 /* at the beginning of a sentence */
  { "host", fill_host },                     /* within it */
  { "entry", fill_entry },                   /* of the announced services */
  { "certificate-for", fill_certificate_for },
  { "transport", fill_transport },
  { "address", fill_address },               /* of the call server */
  { "relayed", fill_relayed },               /* the address that it lends */
  { "mapped", fill_mapped },                 /* the address at which it sees this computer */
  { "alternate", fill_alternate },           /* the server that a relay names instead */
  { "version", fill_version },               /* of IP */
  { "record", fill_record },                 /* of DNS, for that version */
  { "number", fill_number },
  { "duration", fill_duration },             /* the number, in seconds */
  { "app", fill_app },                       /* that the person calls with */
  { "spoken", fill_spoken },                 /* the transports to relays that it speaks */
  { "udp-apps", fill_udp_apps },             /* those that use relays only over UDP */
  { "ipv4-apps", fill_ipv4_apps },           /* those that look up only IPv4 addresses */
  { "event", fill_event },                   /* what happened: a sentence */
  { "answer", fill_answer },                 /* with the server's own words if there are any */
  { "services-event", fill_services_event }, /* the same, after the question for call servers */
  { "error-advice", fill_error_advice },     /* what to do about it: a sentence */
  { "tries", fill_tries },                   /* of tries to connect: how many, and their results */
  { "tally", fill_tally },
};

/**
 * sidetone_describe_fits:
 * @variant: a text for some cases
 * @facts: a finding's facts
 *
 * Returns: whether the text is for this case
 */
gboolean
sidetone_describe_fits (const SidetoneVariant      *variant,
                        const SidetoneFindingFacts *facts)
{
  switch (variant->when)
    {
    case SIDETONE_WHEN_ALWAYS:
      return TRUE;

    case SIDETONE_WHEN_RELAY:
      return (int) facts->relay == variant->value;

    case SIDETONE_WHEN_PORT:
      return (int) facts->port == variant->value;

    case SIDETONE_WHEN_SERVER_TEXT:
      return (facts->server_text != NULL) == variant->value;

    case SIDETONE_WHEN_CERTIFICATE:
      return facts->certificate_for != NULL &&
             (*facts->certificate_for != '\0') == variant->value;

    case SIDETONE_WHEN_NAMES_TARGET:
      return facts->names_target == variant->value;

    case SIDETONE_WHEN_ANNOUNCED:
      return facts->announced == variant->value;

    case SIDETONE_WHEN_LOCAL_IS_IPV6:
      return facts->local_is_ipv6 == variant->value;

    case SIDETONE_WHEN_IN_THE_OPEN:
      return facts->in_the_open == variant->value;

    case SIDETONE_WHEN_WORKS_OTHERWISE:
      return facts->works_otherwise == variant->value;

    case SIDETONE_WHEN_OTHER_VERSION:
      return facts->other_version == variant->value;

    case SIDETONE_WHEN_WITHOUT_SRV:
      return facts->without_srv == variant->value;

    case SIDETONE_WHEN_WIRELESS:
      return facts->wireless == variant->value;

    case SIDETONE_WHEN_BEHIND_ROUTER:
      return facts->behind_router == variant->value;

    case SIDETONE_WHEN_SEVERAL_TRIES:
      return (count_tries (facts) > 1) == variant->value;

    case SIDETONE_WHEN_ERROR:
      return (int) facts->error == variant->value;

    case SIDETONE_WHEN_APP:
      return (int) facts->app == variant->value;

    case SIDETONE_WHEN_LACK:
      return (int) facts->lack == variant->value;

    case SIDETONE_WHEN_QUEUE:
      return (int) facts->queue == variant->value;
    }

  g_return_val_if_reached (TRUE);
}

static char *
fill_placeholder (const char *name,
                  gpointer    user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (placeholders); i++)
    {
      if (g_str_equal (placeholders[i].name, name))
        return placeholders[i].fill (user_data);
    }

  return NULL;
}

/**
 * sidetone_describe_template:
 * @template: one of a rule's texts
 * @facts: the finding's facts
 *
 * Returns: (transfer full): @template, translated and filled in
 */
char *
sidetone_describe_template (const char                 *template,
                            const SidetoneFindingFacts *facts)
{
  return sidetone_describe_hidden (facts->aliases,
                                   sidetone_text_fill (_(template), fill_placeholder,
                                                       (gpointer) facts));
}

/**
 * sidetone_describe_variants:
 * @variants: texts of a rule
 * @facts: the finding's facts
 *
 * Returns: (transfer full): the first text that fits @facts, translated and filled in
 */
char *
sidetone_describe_variants (const SidetoneVariant      *variants,
                            const SidetoneFindingFacts *facts)
{
  while (!sidetone_describe_fits (variants, facts))
    variants++;

  return sidetone_describe_template (variants->text, facts);
}

static char *
describe (SidetoneFinding       *finding,
          const SidetoneVariant *variants)
{
  return sidetone_describe_variants (variants, sidetone_finding_get_facts (finding));
}

/**
 * sidetone_describe_finding_title:
 * @finding: a finding
 *
 * Returns: (transfer full): the finding in a few words
 */
char *
sidetone_describe_finding_title (SidetoneFinding *finding)
{
  const SidetoneRule *rule = sidetone_finding_get_rule (finding);
  const SidetoneFindingFacts *facts = sidetone_finding_get_facts (finding);
  const SidetoneErrorRow *row = sidetone_error_get_row (facts->error);

  if (row->finding == rule->kind && row->title != NULL)
    return sidetone_describe_template (row->title, facts);

  return describe (finding, rule->title);
}

/**
 * sidetone_describe_rival:
 * @rival: another cause of a finding
 *
 * Returns: (transfer none): a few words for it, such as "a firewall at the server"
 */
const char *
sidetone_describe_rival (const SidetoneRival *rival)
{
  g_return_val_if_fail (rival != NULL, NULL);

  return _(rival->text);
}

/**
 * sidetone_describe_rivals:
 * @rivals: (array zero-terminated=1): other causes of a finding
 *
 * Returns: (transfer full) (nullable): a sentence that names them; %NULL if there are none
 */
char *
sidetone_describe_rivals (const SidetoneRival *const *rivals)
{
  g_autoptr (GString) list = g_string_new (NULL);

  if (rivals[0] == NULL)
    return NULL;

  for (guint i = 0; rivals[i] != NULL; i++)
    {
      if (i > 0)
        /* Translators: stands between two possible causes of a fault */
        g_string_append (list, rivals[i + 1] == NULL ? C_("between two causes", " or ")
                         : C_("between the parts of a list", ", "));
      g_string_append (list, sidetone_describe_rival (rivals[i]));
    }

  /* Translators: %s is one possible cause of a fault or several, such as "a firewall at the server
   * or a firewall in this network" */
  return g_strdup_printf (_("The cause may also be %s."), list->str);
}

/**
 * sidetone_describe_own_explanation:
 * @finding: a finding
 *
 * Returns: (transfer full): why it matters for calls, if its cause is its own
 */
char *
sidetone_describe_own_explanation (SidetoneFinding *finding)
{
  const SidetoneRule *rule = sidetone_finding_get_rule (finding);
  g_autofree char *explanation = describe (finding, rule->explanation);
  g_autofree char *consequence = NULL;

  if (rule->consequence == NULL)
    return g_steal_pointer (&explanation);

  consequence = describe (finding, rule->consequence);

  return g_strdup_printf ("%s %s", explanation, consequence);
}

/**
 * sidetone_describe_own_advice:
 * @finding: a finding
 *
 * Returns: (transfer full): what to do, if its cause is its own
 */
char *
sidetone_describe_own_advice (SidetoneFinding *finding)
{
  return describe (finding, sidetone_finding_get_rule (finding)->advice);
}

/**
 * sidetone_describe_finding_explanation:
 * @finding: a finding
 *
 * Returns: (transfer full): why it matters for calls, in two sentences; more with the server's own
 *   text, and with causes that are not excluded
 */
char *
sidetone_describe_finding_explanation (SidetoneFinding *finding)
{
  g_autofree char *own = sidetone_describe_own_explanation (finding);
  g_autofree char *rivals = sidetone_describe_rivals (sidetone_finding_get_rivals (finding));

  return rivals != NULL ? g_strdup_printf ("%s %s", own, rivals) : g_steal_pointer (&own);
}

static char *
fill_advice (const char *name,
             gpointer    user_data)
{
  return g_str_equal (name, "advice") ? g_strdup (user_data) : NULL;
}

/* To try the one and then the other tells the causes apart. */
static char *
describe_alternative (const SidetoneRival *rival,
                      const char          *own_advice)
{
  g_autofree char *other = NULL;

  /* Translators: {advice} is a sentence such as "Ask them to compare the clocks of both." */
  other = sidetone_text_fill (_("If that is right already: {advice}"), fill_advice,
                              (char *) _(rival->advice));

  return g_strdup_printf ("%s %s", own_advice, other);
}

/* The act that tells the finding's own cause from a rival, and what to do in either case */
static char *
describe_separation (const SidetoneRival *rival,
                     char                *own_advice)
{
  const SidetoneActRow *act = sidetone_act_get_row (rival->act);
  char *rival_advice = (char *) _(rival->advice);
  g_autofree char *gone = NULL;
  g_autofree char *stays = NULL;

  gone = sidetone_text_fill (_(act->gone), fill_advice,
                             rival->goes_away ? rival_advice : own_advice);
  stays = sidetone_text_fill (_(act->stays), fill_advice,
                              rival->goes_away ? own_advice : rival_advice);

  return g_strdup_printf ("%s %s %s", _(act->request), gone, stays);
}

/**
 * sidetone_describe_finding_advice:
 * @finding: a finding
 *
 * Returns: (transfer full): what to do: one action. If the cause is open, it is the one that tells
 *   the causes apart, with what to do in either case.
 */
char *
sidetone_describe_finding_advice (SidetoneFinding *finding)
{
  const SidetoneRival *rival = sidetone_finding_get_separating (finding);
  const SidetoneRival *const *rivals = sidetone_finding_get_rivals (finding);
  g_autofree char *advice = sidetone_describe_own_advice (finding);

  if (rival != NULL && rival->act != SIDETONE_ACT_NONE)
    return describe_separation (rival, advice);
  /* One and the same person can find out. */
  if (rival == NULL)
    rival = rivals[0];
  if (rival == NULL)
    return g_steal_pointer (&advice);

  return describe_alternative (rival, advice);
}

static gboolean
is_person (SidetoneOwner owner)
{
  return owner != SIDETONE_OWNER_NOBODY && owner != SIDETONE_OWNER_UNKNOWN;
}

/**
 * sidetone_describe_owners:
 * @finding: a finding
 *
 * Returns: (transfer full) (nullable): who can fix it, such as "your internet provider or your server's
 *   administrator"; %NULL if it is nobody
 */
char *
sidetone_describe_owners (SidetoneFinding *finding)
{
  SidetoneOwner owner = sidetone_finding_get_owner (finding);
  const SidetoneRival *rival = sidetone_finding_get_separating (finding);

  if (rival == NULL || !is_person (rival->owner))
    return is_person (owner) ? g_strdup (sidetone_describe_owner (owner)) : NULL;
  if (!is_person (owner))
    return g_strdup (sidetone_describe_owner (rival->owner));

  /* Translators: two people, such as "your internet provider" and "your server's administrator" */
  return g_strdup_printf (_("%s or %s"), sidetone_describe_owner (owner),
                          sidetone_describe_owner (rival->owner));
}

/* The facts about why no address was learned */
static const SidetoneFindingFacts *
get_failure (const SidetoneDiagnosis *diagnosis)
{
  SidetoneFinding *finding = sidetone_diagnosis_get_address_finding (diagnosis);

  return finding != NULL && sidetone_diagnosis_get_external (diagnosis) == NULL
         ? sidetone_finding_get_facts (finding) : NULL;
}

/* The finding knows the certificate's names, the error does not. */
static char *
describe_names (SidetoneFinding *finding)
{
  g_autofree char *explanation = describe (finding, sidetone_finding_get_rule (finding)->explanation);
  g_autofree char *advice = sidetone_describe_finding_advice (finding);

  return g_strdup_printf ("%s %s", explanation, advice);
}

/* The server that is at fault may have another name than the account's. */
static const char *
get_server (const SidetoneDiagnosis    *diagnosis,
            const SidetoneFindingFacts *facts)
{
  return facts->host != NULL ? facts->host : sidetone_diagnosis_get_domain (diagnosis);
}

/**
 * sidetone_describe_reason:
 * @diagnosis: a diagnosis
 *
 * Says on one line why no address was learned, because the server could not be asked or did not
 * tell.
 *
 * Returns: (transfer full) (nullable): what happened and what to do next, or %NULL if an address
 *   was learned or the check is not over
 */
char *
sidetone_describe_reason (const SidetoneDiagnosis *diagnosis)
{
  const SidetoneFindingFacts *facts = get_failure (diagnosis);
  SidetoneFinding *finding = sidetone_diagnosis_get_address_finding (diagnosis);

  if (facts == NULL)
    return NULL;
  if (facts->certificate_for != NULL)
    return describe_names (finding);

  return sidetone_describe_hidden (
    facts->aliases,
    sidetone_describe_server_error (facts->error, get_server (diagnosis, facts), facts->server_text));
}

/**
 * sidetone_describe_event:
 * @diagnosis: a diagnosis
 *
 * Like sidetone_describe_reason(), for use beside the main finding's advice.
 *
 * Returns: (transfer full) (nullable): what happened, in a sentence
 */
char *
sidetone_describe_event (const SidetoneDiagnosis *diagnosis)
{
  const SidetoneFindingFacts *facts = get_failure (diagnosis);

  if (facts == NULL)
    return NULL;

  return sidetone_describe_hidden (
    facts->aliases,
    sidetone_describe_server_event (facts->error, get_server (diagnosis, facts), NULL));
}

/**
 * sidetone_describe_change:
 * @change: how an address or a port changed on the way
 *
 * Returns: (transfer none): a word or two for that, empty if it is not known
 */
const char *
sidetone_describe_change (SidetoneChange change)
{
  switch (change)
    {
    case SIDETONE_CHANGE_UNKNOWN:
      break;

    case SIDETONE_CHANGE_SAME:
      return _("the same");

    case SIDETONE_CHANGE_CHANGED:
      return _("changed");
    }

  return "";
}
