/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "hold.h"

#include <gio/gio.h>

/* Keeps the application alive while a file or secret is written. */

/**
 * sidetone_hold_application:
 *
 * Keeps the program from ending with its last window, so that a write can finish. In a test without
 * an application it does nothing.
 */
void
sidetone_hold_application (void)
{
  if (g_application_get_default () != NULL)
    g_application_hold (g_application_get_default ());
}

/**
 * sidetone_release_application:
 *
 * Lets the program end again; call it once for each sidetone_hold_application().
 */
void
sidetone_release_application (void)
{
  if (g_application_get_default () != NULL)
    g_application_release (g_application_get_default ());
}
