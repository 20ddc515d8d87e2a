/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "wire/stanza.h"

#include "base/error.h"

/* IQ stanzas (RFC 6120, section 8): whether an answer is a result, and its stanza error. */

/* RFC 6120 section 8.3.3. Other conditions become QUERY_FAILED, with their condition and text.
 * item-not-found is left out on purpose: it does not say what was not found. */
static const struct
{
  const char *condition;
  SidetoneError error;
} condition_table[] = {
  { "feature-not-implemented", SIDETONE_ERROR_NOT_OFFERED },
  { "service-unavailable", SIDETONE_ERROR_NOT_OFFERED },
  { "forbidden", SIDETONE_ERROR_FORBIDDEN },
  { "not-allowed", SIDETONE_ERROR_FORBIDDEN },
  { "not-authorized", SIDETONE_ERROR_FORBIDDEN },
  { "registration-required", SIDETONE_ERROR_FORBIDDEN },
  { "subscription-required", SIDETONE_ERROR_FORBIDDEN },
};

/* libstrophe omits jabber:client when it writes a stanza as text, so both forms occur. */
static gboolean
is_iq (const SidetoneElement *element)
{
  const char *xmlns = sidetone_element_get_namespace (element);

  return g_str_equal (sidetone_element_get_name (element), "iq") &&
         (xmlns == NULL || g_str_equal (xmlns, "jabber:client"));
}

static SidetoneError
condition_to_error (const char *condition)
{
  for (gsize i = 0; condition != NULL && i < G_N_ELEMENTS (condition_table); i++)
    if (g_str_equal (condition, condition_table[i].condition))
      return condition_table[i].error;

  return SIDETONE_ERROR_QUERY_FAILED;
}

/**
 * sidetone_stanza_check_result:
 * @iq: an answer to a query
 * @error: return location for an error
 *
 * Lets results pass and turns stanza errors (RFC 6120 section 8.3) into ours. The message has the
 * condition and the server's own text.
 *
 * Fails with %SIDETONE_ERROR_NOT_OFFERED, %SIDETONE_ERROR_FORBIDDEN or
 * %SIDETONE_ERROR_QUERY_FAILED, depending on the condition, and with %SIDETONE_ERROR_BAD_ANSWER if
 * @iq is neither a result nor an error.
 *
 * Returns: %TRUE if @iq is a result, or %FALSE with @error set
 */
gboolean
sidetone_stanza_check_result (const SidetoneElement *iq,
                              GError               **error)
{
  const char *type;
  const char *condition;
  const char *text;

  g_return_val_if_fail (iq != NULL, FALSE);

  type = sidetone_element_get_attribute (iq, "type");
  if (is_iq (iq) && g_strcmp0 (type, "result") == 0)
    return TRUE;

  if (!sidetone_stanza_get_error (iq, &condition, &text))
    {
      g_set_error (error, SIDETONE_ERROR, SIDETONE_ERROR_BAD_ANSWER,
                   "<%s type='%s'> is not an answer to a query",
                   sidetone_element_get_name (iq), type != NULL ? type : "");
      return FALSE;
    }

  g_set_error (error, SIDETONE_ERROR, condition_to_error (condition), "%s%s%s",
               condition != NULL ? condition : "an error without a condition",
               text != NULL ? ": " : "", text != NULL ? text : "");
  return FALSE;
}

/**
 * sidetone_stanza_get_error:
 * @iq: an answer to a query
 * @condition: (out) (optional) (nullable) (transfer none): the condition, such as `forbidden`,
 *   %NULL if there is none
 * @text: (out) (optional) (nullable) (transfer none): the server's own text, %NULL if there is none
 *
 * Reads a stanza error (RFC 6120 section 8.3.2). @iq owns what is returned.
 *
 * Returns: %TRUE if @iq is an iq of type `error`; otherwise both are %NULL
 */
gboolean
sidetone_stanza_get_error (const SidetoneElement *iq,
                           const char           **condition,
                           const char           **text)
{
  const char *found_condition = NULL;
  const char *found_text = NULL;
  SidetoneElement *child;
  gboolean is_error;

  g_return_val_if_fail (iq != NULL, FALSE);

  is_error = is_iq (iq) && g_strcmp0 (sidetone_element_get_attribute (iq, "type"), "error") == 0;
  child = is_error
          ? sidetone_element_find_child (iq, "error", sidetone_element_get_namespace (iq))
          : NULL;

  for (guint i = 0; child != NULL && i < sidetone_element_get_n_children (child); i++)
    {
      const SidetoneElement *detail = sidetone_element_get_child (child, i);
      const char *name = sidetone_element_get_name (detail);

      if (g_strcmp0 (sidetone_element_get_namespace (detail), SIDETONE_STANZA_ERROR_NS) != 0)
        continue;

      if (!g_str_equal (name, "text"))
        {
          if (found_condition == NULL)
            found_condition = name;
        }
      else if (found_text == NULL && *sidetone_element_get_text (detail) != '\0')
        {
          found_text = sidetone_element_get_text (detail);
        }
    }

  if (condition != NULL)
    *condition = found_condition;
  if (text != NULL)
    *text = found_text;

  return is_error;
}
