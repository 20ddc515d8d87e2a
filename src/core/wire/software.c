/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "wire/software.h"

#include "base/error.h"
#include "base/text.h"
#include "wire/stanza.h"

/* The server program's name and version (XEP-0092). Its operating system is not read. */

#define MAX_CHARS 100

static char *
read_text (const SidetoneElement *query,
           const char            *name)
{
  const SidetoneElement *child = sidetone_element_find_child (query, name, SIDETONE_SOFTWARE_NS);
  g_autofree char *text = NULL;

  if (child == NULL)
    return NULL;

  text = g_strstrip (g_strdup (sidetone_element_get_text (child)));

  return *text != '\0' ? sidetone_text_make_safe (text, MAX_CHARS) : NULL;
}

/**
 * sidetone_software_read:
 * @iq: the answer to %SIDETONE_SOFTWARE_QUERY
 * @name: (out): the program's name, such as `ejabberd`; short and safe to show
 * @version: (out) (nullable): its version, or %NULL if it does not say
 * @error: return location for an error
 *
 * Reads which program a server is (XEP-0092).
 *
 * Fails with %SIDETONE_ERROR_BAD_ANSWER if @iq has no name, and as sidetone_stanza_check_result()
 * does if it is an error; leaves both out parameters unset then.
 *
 * Returns: %TRUE if the name is known, or %FALSE with @error set
 */
gboolean
sidetone_software_read (const SidetoneElement *iq,
                        char                 **name,
                        char                 **version,
                        GError               **error)
{
  const SidetoneElement *query;
  g_autofree char *read = NULL;

  g_return_val_if_fail (iq != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (version != NULL, FALSE);

  if (!sidetone_stanza_check_result (iq, error))
    return FALSE;

  query = sidetone_element_find_child (iq, "query", SIDETONE_SOFTWARE_NS);
  if (query != NULL)
    read = read_text (query, "name");
  if (read == NULL)
    {
      g_set_error_literal (error, SIDETONE_ERROR, SIDETONE_ERROR_BAD_ANSWER,
                           "the answer names no program");
      return FALSE;
    }

  *name = g_steal_pointer (&read);
  *version = read_text (query, "version");

  return TRUE;
}
