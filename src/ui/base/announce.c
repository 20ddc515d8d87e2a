/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "base/announce.h"

#include <dlfcn.h>

/* Announcements: what a screen reader says although the focus stays where it is (AT-SPI's event
 * "announcement", ARIA's live regions). GTK has them from 4.14 on. */

typedef void (*Announce) (GtkAccessible *accessible,
                          const char    *words,
                          int            priority);

/* GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM: after what is being said */
#define PRIORITY 1

/**
 * sidetone_announce:
 * @widget: where it happened, in a visible window
 * @words: what happened
 *
 * Has a screen reader say @words.
 *
 * Returns: %FALSE if this GTK can't: only a widget that gets the focus, or has it and gets another
 *   description, is spoken
 */
gboolean
sidetone_announce (GtkWidget  *widget,
                   const char *words)
{
  Announce announce = (Announce) dlsym (RTLD_DEFAULT, "gtk_accessible_announce");

  g_return_val_if_fail (GTK_IS_WIDGET (widget), FALSE);
  g_return_val_if_fail (words != NULL, FALSE);

  if (announce == NULL)
    return FALSE;

  announce (GTK_ACCESSIBLE (widget), words, PRIORITY);

  return TRUE;
}
