/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "base/secret.h"

#include <string.h>

/* Memory for passwords, wiped before it is freed. */

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
