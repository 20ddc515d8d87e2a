/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "base/secret.h"

#include <string.h>

/* Passwords: their memory is wiped before it is freed, and a mask takes their place in what others
 * say (redaction). */

#define MASK "•••"

/**
 * sidetone_secret_free:
 * @secret: (transfer full) (nullable): a text from malloc () or GLib
 *
 * Wipes @secret, then frees it.
 */
void
sidetone_secret_free (char *secret)
{
  if (secret == NULL)
    return;

  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

/**
 * sidetone_secret_hide:
 * @text: the words of a server that knows @secrets and may quote them back
 * @secrets: (array zero-terminated=1): what no one is to find in a report; one that has another in it
 *   comes first
 *
 * Returns: (transfer full): @text with a mask for each quotation
 */
char *
sidetone_secret_hide (const char        *text,
                      const char *const *secrets)
{
  g_autoptr (GString) result = g_string_new (text);

  for (gsize i = 0; secrets[i] != NULL; i++)
    {
      if (*secrets[i] != '\0')
        g_string_replace (result, secrets[i], MASK, 0);
    }

  return g_string_free (g_steal_pointer (&result), FALSE);
}
