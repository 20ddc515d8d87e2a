/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* A remedy's words, and its settings as configuration that can be pasted: host names, addresses and
 * ports of the report are filled in. In a redacted report, addresses are made up: the reader has to
 * fill in those. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/describe-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/text.h"
#include "judge/evidence.h"
#include "judge/remedy.h"
#include "seen/connect.h"
#include "seen/disco.h"
#include "seen/relay.h"
#include "seen/software.h"
#include "seen/stun.h"

/* What placeholders are filled from */
typedef struct
{
  const SidetoneFindingFacts *facts;
  const SidetoneDiagnosis *diagnosis;
} Known;

/* What stands for a value that the reader has to fill in */
#define NO_DOMAIN "DOMAIN"
#define NO_RELAY "RELAY"
#define NO_ADDRESS "ADDRESS"

static GPtrArray *
get_kind (const SidetoneDiagnosis *diagnosis,
          SidetoneObservationKind  kind)
{
  return sidetone_evidence_get_kind (sidetone_diagnosis_get_evidence (diagnosis), kind);
}

static gboolean
is_redacted (const Known *known)
{
  return sidetone_evidence_get_aliases (sidetone_diagnosis_get_evidence (known->diagnosis)) != NULL;
}

static char *
fill_domain (const Known *known)
{
  const char *domain = sidetone_diagnosis_get_domain (known->diagnosis);

  return domain != NULL ? sidetone_text_make_safe (domain, SIDETONE_TEXT_MAX_CHARS)
         : g_strdup (NO_DOMAIN);
}

static char *
dup_address (const Known      *known,
             SidetoneEndpoint *endpoint)
{
  return endpoint != NULL && !is_redacted (known) ? sidetone_endpoint_dup_address (endpoint)
         : g_strdup (NO_ADDRESS);
}

/* The host of the finding, or of the first announced relay */
static char *
fill_relay (const Known *known)
{
  GPtrArray *services =
    sidetone_evidence_get_services (sidetone_diagnosis_get_evidence (known->diagnosis));
  SidetoneService *relay = known->facts->result != NULL ? known->facts->result->service : NULL;
  g_autoptr (SidetoneEndpoint) literal = NULL;

  for (guint i = 0; relay == NULL && services != NULL && i < services->len; i++)
    {
      if (sidetone_service_is_relay (services->pdata[i]))
        relay = services->pdata[i];
    }

  if (relay != NULL)
    literal = sidetone_service_dup_literal (relay);

  return relay != NULL && (literal == NULL || !is_redacted (known))
         ? g_strdup (sidetone_service_get_host (relay)) : g_strdup (NO_RELAY);
}

static SidetoneEndpoint *
get_relay_address (const Known *known)
{
  return known->facts->result != NULL ? known->facts->result->server : NULL;
}

static char *
fill_relay_address (const Known *known)
{
  return dup_address (known, get_relay_address (known));
}

/* Of the XMPP server, by IPv4 */
static char *
fill_server_address (const Known *known)
{
  GPtrArray *connects = get_kind (known->diagnosis, SIDETONE_OBSERVATION_CONNECT);

  for (guint i = 0; i < connects->len; i++)
    {
      SidetoneEndpoint *peer = sidetone_observation_get_connect (connects->pdata[i])->peer;

      if (peer != NULL && sidetone_observation_has_passed (connects->pdata[i]) &&
          sidetone_endpoint_get_family (peer) == G_SOCKET_FAMILY_IPV4)
        return dup_address (known, peer);
    }

  return g_strdup (NO_ADDRESS);
}

static char *
fill_turn_address_key (const Known *known)
{
  SidetoneEndpoint *address = get_relay_address (known);

  return g_strdup (address != NULL &&
                   sidetone_endpoint_get_family (address) == G_SOCKET_FAMILY_IPV6
                   ? "turn_ipv6_address" : "turn_ipv4_address");
}

static SidetoneTransport
get_transport (const Known *known)
{
  return known->facts->result != NULL
         ? sidetone_service_get_transport (known->facts->result->service) : SIDETONE_TRANSPORT_UDP;
}

static char *
fill_l4 (const Known *known)
{
  return g_strdup (get_transport (known) == SIDETONE_TRANSPORT_UDP ? "udp" : "tcp");
}

static char *
fill_port (const Known *known)
{
  return known->facts->result != NULL
         ? g_strdup_printf ("%u", sidetone_service_get_port (known->facts->result->service))
         : g_strdup ("3478");
}

/* Whether this call server answers at another port of the same address */
static gboolean
has_other_port (const Known *known)
{
  const SidetoneServiceResult *own = known->facts->result;
  GPtrArray *results =
    sidetone_evidence_get_results (sidetone_diagnosis_get_evidence (known->diagnosis));

  for (guint i = 0; own != NULL && own->server != NULL && i < results->len; i++)
    {
      const SidetoneServiceResult *other = results->pdata[i];

      if (other->server != NULL && sidetone_service_result_has_answered (other) &&
          sidetone_endpoint_equal_address (other->server, own->server) &&
          sidetone_service_get_transport (other->service) != SIDETONE_TRANSPORT_TLS &&
          sidetone_service_get_port (other->service) != sidetone_service_get_port (own->service))
        return TRUE;
    }

  return FALSE;
}

/* Of coturn: it has one port of each kind, and more as auxiliary servers. */
static char *
fill_listening (const Known *known)
{
  g_autofree char *address = fill_relay_address (known);
  g_autofree char *port = fill_port (known);

  if (get_transport (known) == SIDETONE_TRANSPORT_TLS)
    return g_strdup_printf ("tls-listening-port=%s\ncert=/PATH/fullchain.pem\n"
                            "pkey=/PATH/privkey.pem", port);
  if (!has_other_port (known))
    return g_strdup_printf ("listening-port=%s", port);

  return g_strdup_printf (strchr (address, ':') != NULL ? "aux-server=[%s]:%s"
                          : "aux-server=%s:%s", address, port);
}

static char *
fill_record (const Known *known)
{
  SidetoneEndpoint *address = get_relay_address (known);

  return g_strdup (address != NULL &&
                   sidetone_endpoint_get_family (address) == G_SOCKET_FAMILY_IPV6 ? "AAAA" : "A");
}

/* The placeholders in settings */
static const struct
{
  const char *name;
  char *(*fill)(const Known *known);
} placeholders[] = {
  { "domain", fill_domain },                  /* of the account */
  { "server-address", fill_server_address },  /* of the XMPP server */
  { "relay", fill_relay },                    /* the call server's name */
  { "relay-address", fill_relay_address },
  { "turn-address-key", fill_turn_address_key },  /* ejabberd's, by the version of IP */
  { "port", fill_port },                      /* of the call server */
  { "l4", fill_l4 },                          /* its transport, as nftables names it */
  { "listening", fill_listening },            /* coturn's lines for it, by the transport */
  { "record", fill_record },                  /* of DNS, for the call server's address */
};

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

static const SidetoneRemedy *
find_remedy (SidetoneFinding *finding)
{
  const SidetoneRemedy *remedy = sidetone_finding_get_rule (finding)->remedy;

  while (remedy != NULL &&
         !sidetone_describe_fits (&remedy->change, sidetone_finding_get_facts (finding)))
    remedy++;

  return remedy;
}

/**
 * sidetone_describe_requirement:
 * @finding: a finding
 *
 * Returns: (transfer full) (nullable): what the server's administrator is to change, as a
 *   requirement that fits any server; %NULL if they can't fix it
 */
char *
sidetone_describe_requirement (SidetoneFinding *finding)
{
  const SidetoneRemedy *remedy = find_remedy (finding);

  return remedy != NULL ? sidetone_describe_template (remedy->change.text,
                                                      sidetone_finding_get_facts (finding)) : NULL;
}

static const char *
get_software (SidetoneObservation *observation)
{
  const SidetoneRelaySeen *relay = sidetone_observation_get_relay (observation);
  const SidetoneStunSeen *stun = sidetone_observation_get_stun (observation);

  return relay != NULL ? relay->software : stun != NULL ? stun->software : NULL;
}

/**
 * sidetone_describe_server_program:
 * @diagnosis: a diagnosis
 *
 * Returns: (transfer full) (nullable): which program the XMPP server is, with its version if it
 *   tells (XEP-0092); safe to show
 */
char *
sidetone_describe_server_program (const SidetoneDiagnosis *diagnosis)
{
  const SidetoneEvidence *evidence = sidetone_diagnosis_get_evidence (diagnosis);
  SidetoneObservation *software = sidetone_evidence_get_last (evidence,
                                                              SIDETONE_OBSERVATION_SOFTWARE);
  SidetoneObservation *disco = sidetone_evidence_get_last (evidence, SIDETONE_OBSERVATION_DISCO);
  const char *name = NULL;

  if (software != NULL && sidetone_observation_get_software (software)->name != NULL)
    return sidetone_describe_observation_summary (software);

  if (disco != NULL)
    name = sidetone_observation_get_disco (disco)->name;

  return name != NULL ? sidetone_text_make_safe (name, SIDETONE_TEXT_MAX_CHARS) : NULL;
}

/**
 * sidetone_describe_relay_program:
 * @diagnosis: a diagnosis
 * @finding: (nullable): a finding; its call server counts first
 *
 * Returns: (transfer full) (nullable): which program a call server is (STUN's SOFTWARE); safe to
 *   show
 */
char *
sidetone_describe_relay_program (const SidetoneDiagnosis *diagnosis,
                                 SidetoneFinding         *finding)
{
  GPtrArray *results = sidetone_evidence_get_results (sidetone_diagnosis_get_evidence (diagnosis));
  const SidetoneServiceResult *result = finding != NULL
                                        ? sidetone_finding_get_facts (finding)->result : NULL;
  const char *software = NULL;

  if (result != NULL && result->test != NULL)
    software = get_software (result->test);
  for (guint i = 0; software == NULL && i < results->len; i++)
    {
      const SidetoneServiceResult *other = results->pdata[i];

      /* Another host's program may be another one. */
      if (other->test != NULL &&
          (result == NULL || g_str_equal (sidetone_service_get_host (result->service),
                                          sidetone_service_get_host (other->service))))
        software = get_software (other->test);
    }

  return software != NULL ? sidetone_text_make_safe (software, SIDETONE_TEXT_MAX_CHARS) : NULL;
}

/* ejabberd has a relay of its own, and coturn stands beside the others. */
static gboolean
is_wanted (const SidetoneSetting *setting,
           SidetoneProgram        server,
           SidetoneProgram        relay)
{
  switch (setting->part)
    {
    case SIDETONE_PART_ANY:
      return TRUE;

    case SIDETONE_PART_XMPP:
      return server == SIDETONE_PROGRAM_UNKNOWN || setting->program == server;

    case SIDETONE_PART_RELAY:
      if (relay != SIDETONE_PROGRAM_UNKNOWN)
        return setting->program == relay;
      if (server == SIDETONE_PROGRAM_UNKNOWN || server == SIDETONE_PROGRAM_EJABBERD)
        return server == SIDETONE_PROGRAM_UNKNOWN || setting->program == server;
      return setting->program != SIDETONE_PROGRAM_EJABBERD;
    }

  g_return_val_if_reached (FALSE);
}

static const char *
get_title (SidetoneProgram program)
{
  switch (program)
    {
    case SIDETONE_PROGRAM_UNKNOWN:
    case SIDETONE_PROGRAM_OTHER:
      break;

    case SIDETONE_PROGRAM_EJABBERD:
      return "ejabberd (ejabberd.yml)";

    case SIDETONE_PROGRAM_PROSODY:
      return "Prosody (prosody.cfg.lua)";

    case SIDETONE_PROGRAM_COTURN:
      return "coturn (turnserver.conf)";

    case SIDETONE_PROGRAM_HAPROXY:
      return "HAProxy (haproxy.cfg)";

    case SIDETONE_PROGRAM_FIREWALL:
      return _("Firewall (nftables)");

    case SIDETONE_PROGRAM_DNS:
      return _("DNS (zone file)");
    }

  g_return_val_if_reached ("");
}

static void
free_words (gpointer data)
{
  SidetoneSettingWords *words = data;

  g_free (words->text);
  g_free (words);
}

/* Of a program that is both servers, all in one */
static void
add_setting (GPtrArray  *settings,
             const char *title,
             char       *text)
{
  SidetoneSettingWords *last = settings->len > 0 ? settings->pdata[settings->len - 1] : NULL;
  g_autofree char *before = NULL;

  if (last == NULL || !g_str_equal (last->title, title))
    {
      last = g_new0 (SidetoneSettingWords, 1);
      last->title = title;
      last->text = text;
      g_ptr_array_add (settings, last);
      return;
    }

  before = last->text;
  last->text = g_strconcat (before, text, NULL);
  g_free (text);
}

/**
 * sidetone_describe_settings:
 * @finding: a finding
 * @diagnosis: its diagnosis
 *
 * Makes the settings of a finding's remedy: only those of the programs that the server and the
 * relay are, if they tell.
 *
 * Returns: (transfer full) (element-type SidetoneSettingWords): the settings, perhaps none; the
 *   array frees them
 */
GPtrArray *
sidetone_describe_settings (SidetoneFinding         *finding,
                            const SidetoneDiagnosis *diagnosis)
{
  const SidetoneRemedy *remedy = find_remedy (finding);
  g_autofree char *server = sidetone_describe_server_program (diagnosis);
  g_autofree char *relay = sidetone_describe_relay_program (diagnosis, finding);
  Known known = { sidetone_finding_get_facts (finding), diagnosis };
  GPtrArray *settings = g_ptr_array_new_with_free_func (free_words);

  for (const SidetoneSetting *setting = remedy != NULL ? remedy->settings : NULL;
       setting != NULL && setting->text != NULL; setting++)
    {
      if (is_wanted (setting, sidetone_program_find (server), sidetone_program_find (relay)))
        add_setting (settings, get_title (setting->program),
                     sidetone_text_fill (setting->text, fill_placeholder, &known));
    }

  return settings;
}
