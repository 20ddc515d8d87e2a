/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/describe.h"

#include <glib/gi18n-lib.h>

#include "base/text.h"
#include "words/describe-private.h"

/* Words for the enums of core; the other describe-*.c files have its other words. */

/* A kind of address in a few words, and in one word if they say "address" */
static const struct
{
  const char *words;
  const char *in_short;
} scopes[] = {
  [SIDETONE_ADDRESS_SCOPE_UNKNOWN] = { N_("kind not known"), NULL },
  [SIDETONE_ADDRESS_SCOPE_GLOBAL] = { N_("internet address"), NC_ ("kind of address", "public") },
  [SIDETONE_ADDRESS_SCOPE_PRIVATE] = { N_("private address"), NC_ ("kind of address", "private") },
  [SIDETONE_ADDRESS_SCOPE_SHARED] = { N_("shared provider address"), NC_ ("kind of address", "shared") },
  [SIDETONE_ADDRESS_SCOPE_UNIQUE_LOCAL] = { N_("private address"), NC_ ("kind of address", "private") },
  [SIDETONE_ADDRESS_SCOPE_LOOPBACK] = { N_("this computer itself"), NULL },
  [SIDETONE_ADDRESS_SCOPE_LINK_LOCAL] = { N_("link-local address"), NC_ ("kind of address", "link-local") },
  [SIDETONE_ADDRESS_SCOPE_UNSPECIFIED] = { N_("no address"), NULL },
  [SIDETONE_ADDRESS_SCOPE_DOCUMENTATION] = { N_("example address"), NC_ ("kind of address", "example") },
  [SIDETONE_ADDRESS_SCOPE_BENCHMARKING] = { N_("address for measurements"), NULL },
  [SIDETONE_ADDRESS_SCOPE_SERVICE_CONTINUITY] = { N_("address for IPv4 inside IPv6"), NULL },
  [SIDETONE_ADDRESS_SCOPE_NAT64] = { N_("IPv4 address written as IPv6"), NULL },
  [SIDETONE_ADDRESS_SCOPE_MAPPED] = { N_("IPv4 address written as IPv6"), NULL },
  [SIDETONE_ADDRESS_SCOPE_TEREDO] = { N_("IPv6 address carried by IPv4"), NULL },
  [SIDETONE_ADDRESS_SCOPE_SIX_TO_FOUR] = { N_("IPv6 address carried by IPv4"), NULL },
  [SIDETONE_ADDRESS_SCOPE_MULTICAST] = { N_("multicast address"), NULL },
  [SIDETONE_ADDRESS_SCOPE_BROADCAST] = { N_("multicast address"), NULL },
  [SIDETONE_ADDRESS_SCOPE_RESERVED] = { N_("reserved address"), NULL },
};

/**
 * sidetone_describe_scope:
 * @scope: a scope
 *
 * Returns: (transfer none): a few words for an address of that scope
 */
const char *
sidetone_describe_scope (SidetoneAddressScope scope)
{
  g_return_val_if_fail (scope < G_N_ELEMENTS (scopes), NULL);

  return _(scopes[scope].words);
}

/**
 * sidetone_describe_owner:
 * @owner: who can fix it
 *
 * Returns: (transfer none): words for that, such as "your provider"
 */
const char *
sidetone_describe_owner (SidetoneOwner owner)
{
  switch (owner)
    {
    case SIDETONE_OWNER_UNKNOWN:
      break;

    case SIDETONE_OWNER_NOBODY:
      return C_("who can fix it", "nobody");

    case SIDETONE_OWNER_YOU:
      return C_("who can fix it", "you");

    case SIDETONE_OWNER_ROUTER:
      return C_("who can fix it", "the person who runs this network (at home, you)");

    case SIDETONE_OWNER_PROVIDER:
      return C_("who can fix it", "your internet provider");

    case SIDETONE_OWNER_ADMINISTRATOR:
      return C_("who can fix it", "your server's administrator");
    }

  return _("not known");
}

/**
 * sidetone_describe_severity:
 * @severity: how much something stands in the way of calls
 *
 * Returns: (transfer none): a word for it
 */
const char *
sidetone_describe_severity (SidetoneSeverity severity)
{
  switch (severity)
    {
    case SIDETONE_SEVERITY_UNKNOWN:
      break;

    case SIDETONE_SEVERITY_GOOD:
      return _("good");

    case SIDETONE_SEVERITY_NOTE:
      return _("note");

    case SIDETONE_SEVERITY_WARNING:
      return _("warning");

    case SIDETONE_SEVERITY_PROBLEM:
      return _("problem");
    }

  return _("not known");
}

/**
 * sidetone_describe_state:
 * @state: how an observation ended
 *
 * Returns: (transfer none): a word for it
 */
const char *
sidetone_describe_state (SidetoneState state)
{
  switch (state)
    {
    case SIDETONE_STATE_UNKNOWN:
      break;

    case SIDETONE_STATE_PASSED:
      return _("ok");

    case SIDETONE_STATE_FAILED:
      return _("failed");

    case SIDETONE_STATE_SKIPPED:
      return _("skipped");
    }

  return _("not known");
}

/**
 * sidetone_describe_duration:
 * @duration_us: a time in microseconds
 *
 * Returns: (transfer full): a short text, such as "12 ms"
 */
char *
sidetone_describe_duration (gint64 duration_us)
{
  if (duration_us < 1000)
    /* Translators: less than a millisecond */
    return g_strdup (_("< 1 ms"));

  if (duration_us < 1000000)
    /* Translators: milliseconds */
    return g_strdup_printf (_("%u ms"), (guint) (duration_us / 1000));

  /* Translators: seconds, with one decimal */
  return g_strdup_printf (_("%.1f s"), duration_us / 1e6);
}

/**
 * sidetone_describe_port:
 * @endpoint: an end of a connection
 *
 * Returns: (transfer full): its port, such as "Port 5222", or that it is unknown
 */
char *
sidetone_describe_port (SidetoneEndpoint *endpoint)
{
  g_return_val_if_fail (endpoint != NULL, NULL);

  if (sidetone_endpoint_get_port (endpoint) == 0)
    return g_strdup (_("Port not named"));

  return g_strdup_printf (_("Port %u"), sidetone_endpoint_get_port (endpoint));
}

/**
 * sidetone_describe_secret:
 * @jid: an account
 *
 * Names an account's password for the desktop's list of passwords.
 *
 * Returns: (transfer full): the name, safe to show
 */
char *
sidetone_describe_secret (const char *jid)
{
  g_autofree char *safe = NULL;

  g_return_val_if_fail (jid != NULL, NULL);

  safe = sidetone_text_make_safe (jid, SIDETONE_TEXT_MAX_CHARS);

  /* Translators: %s is an account; stands in the desktop's list of passwords */
  return g_strdup_printf (_("Sidetone: %s"), safe);
}

static char *
describe_alias (guint         number,
                GInetAddress *address)
{
  SidetoneAddressScope scope = sidetone_address_scope_of (address);
  const char *in_short = scopes[scope].in_short;

  /* Translators: an address that is not told, such as "address 2 (private)"; in one report the same
   * number is always the same address */
  return g_strdup_printf (_("address %u (%s)"), number,
                          in_short != NULL ? g_dpgettext2 (GETTEXT_PACKAGE, "kind of address", in_short)
                          : sidetone_describe_scope (scope));
}

/**
 * sidetone_describe_hidden:
 * @aliases: (nullable): a redacted report's aliases; %NULL for real addresses
 * @text: (transfer full) (nullable): words
 *
 * Names addresses in @text by their aliases.
 *
 * Returns: (transfer full) (nullable): the words
 */
char *
sidetone_describe_hidden (SidetoneAliases *aliases,
                          char            *text)
{
  g_autofree char *taken = text;

  if (aliases == NULL || text == NULL)
    return g_steal_pointer (&taken);

  return sidetone_aliases_replace (aliases, text, describe_alias);
}

/**
 * sidetone_describe_address:
 * @endpoint: an address
 *
 * Returns: (transfer full): the address; if it is hidden, its alias, such as "address 2 (private)"
 */
char *
sidetone_describe_address (SidetoneEndpoint *endpoint)
{
  g_return_val_if_fail (endpoint != NULL, NULL);

  return sidetone_endpoint_is_hidden (endpoint)
         ? describe_alias (sidetone_endpoint_get_alias (endpoint),
                           sidetone_endpoint_get_address (endpoint))
         : sidetone_endpoint_dup_address (endpoint);
}

/**
 * sidetone_describe_endpoint:
 * @endpoint: an address, perhaps with a port
 *
 * Returns: (transfer full): one line, such as "192.0.2.1 port 5222"
 */
char *
sidetone_describe_endpoint (SidetoneEndpoint *endpoint)
{
  g_autofree char *address = sidetone_describe_address (endpoint);

  if (sidetone_endpoint_get_port (endpoint) == 0)
    return g_steal_pointer (&address);

  /* Translators: an address and a port: "192.0.2.1 port 5222" */
  return g_strdup_printf (_("%s port %u"), address, sidetone_endpoint_get_port (endpoint));
}
