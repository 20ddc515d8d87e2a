/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-connection"

#include "config.h"

#include "received.h"

#include <string.h>

/* Stanzas from libstrophe: what they are, and their text. */

/* The mechanisms that libstrophe knows. From 0.14 on it knows SCRAM with channel binding, which
 * servers offer beside the plain forms. It prefers DIGEST-MD5 to PLAIN: inside verified TLS that
 * gives away less than the PLAIN that the server would have taken. */
static const char *const usable_mechanisms[] = {
  "SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512", "PLAIN", NULL
};

/* From these a listener learns more of the password than from SCRAM. */
static const char *const weak_mechanisms[] = { "DIGEST-MD5", "CRAM-MD5", "LOGIN", NULL };

static gboolean
is_one_of (const char        *mechanism,
           const char *const *names)
{
  for (gsize i = 0; names[i] != NULL; i++)
    if (g_ascii_strcasecmp (names[i], mechanism) == 0)
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
      if (is_one_of (mechanism, usable_mechanisms))
        return SIDETONE_MECHANISMS_USABLE;
      if (!is_one_of (mechanism, weak_mechanisms))
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

/**
 * sidetone_received_error_from_sasl_condition:
 * @condition: (nullable): a condition of RFC 6120, section 6.5
 *
 * Returns: the error that a user reads
 */
SidetoneError
sidetone_received_error_from_sasl_condition (const char *condition)
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

  return find_meaning (meanings, condition);
}

/**
 * sidetone_received_is_about_binding:
 * @refusal: a refusal of SASL
 *
 * Returns: whether it is about channel binding (RFC 5929): the TLS connection that the server has is
 *   not this one, or one of the two takes it for another. No condition says so; ejabberd and Prosody
 *   write it in the text
 */
gboolean
sidetone_received_is_about_binding (const SidetoneRefusal *refusal)
{
  g_autofree char *text = g_ascii_strdown (refusal->text != NULL ? refusal->text : "", -1);

  return strstr (text, "channel binding") != NULL || strstr (text, "channel-binding") != NULL;
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
