/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "application.h"
#include "keep/process.h"
#include "net/lookup.h"

#include <glib/gi18n.h>
#include <locale.h>

/* The entry point of the graphical program. */

int
main (int    argc,
      char **argv)
{
  g_autoptr (SidetoneApplication) application = NULL;
  const char *localedir;

  sidetone_process_prepare ();
  sidetone_lookup_prepare ();
  setlocale (LC_ALL, "");
  /* Tests set their build's catalogues */
  localedir = g_getenv ("SIDETONE_LOCALEDIR");
  bindtextdomain (GETTEXT_PACKAGE, localedir != NULL ? localedir : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = sidetone_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
