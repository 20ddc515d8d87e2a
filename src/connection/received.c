/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-connection"

#include "config.h"

#include "received.h"

#include <string.h>

/* Stanzas from libstrophe: what they are, and their text. */

/* The mechanisms that libstrophe knows, and since which minor version. It prefers DIGEST-MD5 to PLAIN:
 * inside verified TLS that gives away less than the PLAIN that the server would have taken. */
static const struct
{
  const char *name;
  int since;
} usable_mechanisms[] = {
  { "SCRAM-SHA-1", 0 }, { "SCRAM-SHA-256", 0 }, { "SCRAM-SHA-512", 0 }, { "PLAIN", 0 },
  /* With channel binding. Servers mostly offer them beside those without. */
  { "SCRAM-SHA-1-PLUS", 13 }, { "SCRAM-SHA-256-PLUS", 13 }, { "SCRAM-SHA-512-PLUS", 14 },
};

/* From these a listener learns more of the password than from SCRAM. */
static const char *const weak_mechanisms[] = { "DIGEST-MD5", "CRAM-MD5", "LOGIN", NULL };

static gboolean
is_usable (const char *mechanism)
{
  for (gsize i = 0; i < G_N_ELEMENTS (usable_mechanisms); i++)
    /* It tells whether libstrophe is that version or an older one. */
    if (g_ascii_strcasecmp (usable_mechanisms[i].name, mechanism) == 0)
      return !xmpp_version_check (0, usable_mechanisms[i].since - 1);
  return FALSE;
}

static gboolean
is_weak (const char *mechanism)
{
  for (gsize i = 0; weak_mechanisms[i] != NULL; i++)
    if (g_ascii_strcasecmp (weak_mechanisms[i], mechanism) == 0)
      return TRUE;
  return FALSE;
}

/* A condition of the server, and the error that a user reads. The last row is for all others. */
typedef struct
{
  const char *condition;
  SidetoneError error;
} Meaning;

static SidetoneError
find_meaning (const Meaning *meanings,
              const char    *condition)
{
  while (meanings->condition != NULL && g_strcmp0 (meanings->condition, condition) != 0)
    meanings++;
  return meanings->error;
}

/**
 * sidetone_received_dup_text:
 * @stanza: an element
 *
 * Returns: (transfer full) (nullable): its text
 */
char *
sidetone_received_dup_text (xmpp_stanza_t *stanza)
{
  char *text = xmpp_stanza_get_text (stanza);
  char *copy = g_strdup (text);

  if (text != NULL)
    xmpp_free (xmpp_stanza_get_context (stanza), text);
  return copy;
}

/**
 * sidetone_received_is:
 * @stanza: an element
 * @name: a local name
 * @xmlns: a namespace
 *
 * Returns: whether @stanza is that element
 */
gboolean
sidetone_received_is (xmpp_stanza_t *stanza,
                      const char    *name,
                      const char    *xmlns)
{
  return g_strcmp0 (xmpp_stanza_get_name (stanza), name) == 0 &&
         g_strcmp0 (xmpp_stanza_get_ns (stanza), xmlns) == 0;
}

/**
 * sidetone_received_has_child:
 * @stanza: an element
 * @name: a local name
 * @xmlns: a namespace
 *
 * Returns: whether the first child of that name is in @xmlns: libstrophe looks no further
 */
gboolean
sidetone_received_has_child (xmpp_stanza_t *stanza,
                             const char    *name,
                             const char    *xmlns)
{
  xmpp_stanza_t *child = xmpp_stanza_get_child_by_name (stanza, name);

  return child != NULL && g_strcmp0 (xmpp_stanza_get_ns (child), xmlns) == 0;
}

/**
 * sidetone_received_read_mechanisms:
 * @features: a stream's features
 * @names: (out) (transfer full): the mechanisms' names, with a space between two
 *
 * Returns: whether they offer a mechanism that libstrophe knows and that does not betray the
 *   password. If some are weak and the others unknown, they are unknown
 */
SidetoneMechanisms
sidetone_received_read_mechanisms (xmpp_stanza_t *features,
                                   char         **names)
{
  xmpp_stanza_t *mechanisms = xmpp_stanza_get_child_by_name (features, "mechanisms");
  SidetoneMechanisms result = SIDETONE_MECHANISMS_NONE;
  g_autoptr (GString) list = g_string_new (NULL);

  *names = NULL;

  if (mechanisms == NULL || g_strcmp0 (xmpp_stanza_get_ns (mechanisms), XMPP_NS_SASL) != 0)
    return SIDETONE_MECHANISMS_NONE;

  for (xmpp_stanza_t *child = xmpp_stanza_get_children (mechanisms); child != NULL;
       child = xmpp_stanza_get_next (child))
    {
      g_autofree char *mechanism = NULL;

      if (g_strcmp0 (xmpp_stanza_get_name (child), "mechanism") != 0)
        continue;
      mechanism = sidetone_received_dup_text (child);
      if (mechanism == NULL)
        continue;
      if (is_usable (mechanism))
        return SIDETONE_MECHANISMS_USABLE;
      if (!is_weak (mechanism))
        result = SIDETONE_MECHANISMS_UNKNOWN;
      else if (result == SIDETONE_MECHANISMS_NONE)
        result = SIDETONE_MECHANISMS_WEAK;
      g_string_append_printf (list, "%s%s", list->len > 0 ? " " : "", mechanism);
    }
  *names = g_strdup (list->str);
  return result;
}

/**
 * sidetone_received_read_refusal:
 * @parent: a SASL failure, a stream error, or a stanza's error element
 * @xmlns: its condition's namespace
 *
 * Reads the condition and the server's text. In `see-other-host` the text is the other host's name
 * (RFC 6120, section 4.9.3.19).
 *
 * Returns: (transfer full): the refusal
 */
SidetoneRefusal *
sidetone_received_read_refusal (xmpp_stanza_t *parent,
                                const char    *xmlns)
{
  SidetoneRefusal *refusal = g_new0 (SidetoneRefusal, 1);
  g_autofree char *inner = NULL;

  for (xmpp_stanza_t *child = xmpp_stanza_get_children (parent); child != NULL;
       child = xmpp_stanza_get_next (child))
    {
      const char *name = xmpp_stanza_get_name (child);

      if (name == NULL || g_strcmp0 (xmpp_stanza_get_ns (child), xmlns) != 0)
        continue;
      if (g_str_equal (name, "text"))
        {
          if (refusal->text == NULL)
            refusal->text = sidetone_received_dup_text (child);
        }
      else if (refusal->condition == NULL)
        {
          refusal->condition = g_strdup (name);
          inner = sidetone_received_dup_text (child);
        }
    }
  if (refusal->text == NULL)
    refusal->text = g_steal_pointer (&inner);
  return refusal;
}

/**
 * sidetone_refusal_free:
 * @self: (transfer full): a refusal
 */
void
sidetone_refusal_free (SidetoneRefusal *self)
{
  g_free (self->condition);
  g_free (self->text);
  g_free (self);
}

static SidetoneError
find_said (const char *text)
{
  /* What no condition says, but ejabberd or Prosody in the text. Prosody has no such kind of channel
   * binding (RFC 5929); in the next rows the server has another TLS connection than this one, or one
   * of the two takes it for another. ejabberd keeps the password for another kind of SCRAM. */
  static const struct
  {
    const char *part;
    SidetoneError error;
  } rows[] = {
    { "channel binding type", SIDETONE_ERROR_SIGN_IN_BROKEN },
    { "channel binding", SIDETONE_ERROR_BINDING_REFUSED },
    { "channel-binding", SIDETONE_ERROR_BINDING_REFUSED },
    { "incompatible scram", SIDETONE_ERROR_SIGN_IN_BROKEN },
  };
  g_autofree char *lower = g_ascii_strdown (text != NULL ? text : "", -1);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (strstr (lower, rows[i].part) != NULL)
      return rows[i].error;
  return SIDETONE_ERROR_UNKNOWN;
}

/**
 * sidetone_received_error_from_sasl_refusal:
 * @refusal: a refusal of SASL, with a condition of RFC 6120, section 6.5
 *
 * Returns: the error that a user reads
 */
SidetoneError
sidetone_received_error_from_sasl_refusal (const SidetoneRefusal *refusal)
{
  static const Meaning meanings[] = {
    { "not-authorized", SIDETONE_ERROR_NOT_AUTHORIZED },
    { "account-disabled", SIDETONE_ERROR_ACCOUNT_DISABLED },
    { "credentials-expired", SIDETONE_ERROR_PASSWORD_EXPIRED },
    { "temporary-auth-failure", SIDETONE_ERROR_SIGN_IN_UNAVAILABLE },
    /* Of no RFC, but sent when the list of accounts can't be reached */
    { "internal-server-error", SIDETONE_ERROR_SIGN_IN_UNAVAILABLE },
    { "encryption-required", SIDETONE_ERROR_NO_MECHANISM },
    { "aborted", SIDETONE_ERROR_SIGN_IN_BROKEN },
    { "incorrect-encoding", SIDETONE_ERROR_SIGN_IN_BROKEN },
    { "invalid-mechanism", SIDETONE_ERROR_SIGN_IN_BROKEN },
    { "malformed-request", SIDETONE_ERROR_SIGN_IN_BROKEN },
    { "mechanism-too-weak", SIDETONE_ERROR_SIGN_IN_BROKEN },
    { NULL, SIDETONE_ERROR_SIGN_IN_REFUSED },
  };
  SidetoneError said = find_said (refusal->text);

  return said != SIDETONE_ERROR_UNKNOWN ? said : find_meaning (meanings, refusal->condition);
}

/**
 * sidetone_received_error_from_bind_condition:
 * @condition: (nullable): a condition of RFC 6120, sections 7.6.2 and 7.7.2
 *
 * Returns: the error that a user reads
 */
SidetoneError
sidetone_received_error_from_bind_condition (const char *condition)
{
  static const Meaning meanings[] = {
    { "conflict", SIDETONE_ERROR_SESSION_CONFLICT },
    { "resource-constraint", SIDETONE_ERROR_SESSION_CONFLICT },
    /* ejabberd: a rule keeps the account out (access: c2s). */
    { "not-allowed", SIDETONE_ERROR_SIGN_IN_REFUSED },
    { NULL, SIDETONE_ERROR_BIND_REFUSED },
  };

  return find_meaning (meanings, condition);
}

/**
 * sidetone_received_error_from_stream_condition:
 * @condition: (nullable): a condition of RFC 6120, section 4.9.3
 *
 * Returns: the error that a user reads
 */
SidetoneError
sidetone_received_error_from_stream_condition (const char *condition)
{
  static const Meaning meanings[] = {
    { "host-unknown", SIDETONE_ERROR_HOST_UNKNOWN },
    { "host-gone", SIDETONE_ERROR_HOST_UNKNOWN },
    { "conflict", SIDETONE_ERROR_SESSION_CONFLICT },
    { "see-other-host", SIDETONE_ERROR_SEE_OTHER_HOST },
    /* The namespace is jabber:server at such a port. */
    { "invalid-namespace", SIDETONE_ERROR_SERVERS_PORT },
    { "policy-violation", SIDETONE_ERROR_STREAM_POLICY },
    { "connection-timeout", SIDETONE_ERROR_STREAM_UNAVAILABLE },
    { "internal-server-error", SIDETONE_ERROR_STREAM_UNAVAILABLE },
    { "remote-connection-failed", SIDETONE_ERROR_STREAM_UNAVAILABLE },
    { "reset", SIDETONE_ERROR_STREAM_UNAVAILABLE },
    { "resource-constraint", SIDETONE_ERROR_STREAM_UNAVAILABLE },
    { "system-shutdown", SIDETONE_ERROR_STREAM_UNAVAILABLE },
    { NULL, SIDETONE_ERROR_STREAM_ERROR },
  };

  return find_meaning (meanings, condition);
}
