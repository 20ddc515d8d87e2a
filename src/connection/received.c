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
static gboolean
is_usable (const char *mechanism)
{
  static const char *const names[] = {
    "SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512", "PLAIN", NULL
  };

  for (gsize i = 0; names[i] != NULL; i++)
    if (g_ascii_strcasecmp (names[i], mechanism) == 0)
      return TRUE;
  return FALSE;
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
 *
 * Returns: whether they offer a mechanism that does not betray the password
 */
SidetoneMechanisms
sidetone_received_read_mechanisms (xmpp_stanza_t *features)
{
  xmpp_stanza_t *mechanisms = xmpp_stanza_get_child_by_name (features, "mechanisms");
  SidetoneMechanisms result = SIDETONE_MECHANISMS_NONE;

  if (mechanisms == NULL || g_strcmp0 (xmpp_stanza_get_ns (mechanisms), XMPP_NS_SASL) != 0)
    return SIDETONE_MECHANISMS_NONE;

  for (xmpp_stanza_t *child = xmpp_stanza_get_children (mechanisms); child != NULL;
       child = xmpp_stanza_get_next (child))
    {
      g_autofree char *mechanism = NULL;

      if (g_strcmp0 (xmpp_stanza_get_name (child), "mechanism") != 0)
        continue;
      mechanism = sidetone_received_dup_text (child);
      if (mechanism != NULL && is_usable (mechanism))
        return SIDETONE_MECHANISMS_USABLE;
      result = SIDETONE_MECHANISMS_WEAK;
    }
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
  if (g_strcmp0 (condition, "not-authorized") == 0)
    return SIDETONE_ERROR_WRONG_PASSWORD;
  if (g_strcmp0 (condition, "account-disabled") == 0 ||
      g_strcmp0 (condition, "credentials-expired") == 0)
    return SIDETONE_ERROR_ACCOUNT_DISABLED;
  return SIDETONE_ERROR_SIGN_IN_REFUSED;
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
  if (g_strcmp0 (condition, "host-unknown") == 0 || g_strcmp0 (condition, "host-gone") == 0)
    return SIDETONE_ERROR_HOST_UNKNOWN;
  return SIDETONE_ERROR_STREAM_ERROR;
}
