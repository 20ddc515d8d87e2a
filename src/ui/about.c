/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "about.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* The window about the program, with what a developer asks for first (troubleshooting information):
 * versions and the desktop, in English. Nothing about the user: no account, no name, no address. */

/* Of the sandbox (Flatpak) */
#define SANDBOX "/.flatpak-info"

static void
add_version (GString    *text,
             const char *name,
             guint       major,
             guint       minor,
             guint       micro)
{
  g_string_append_printf (text, "%s: %u.%u.%u\n", name, major, minor, micro);
}

static void
add_word (GString    *text,
          const char *name,
          const char *word)
{
  g_string_append_printf (text, "%s: %s\n", name, word != NULL ? word : "-");
}

/**
 * sidetone_about_dup_troubleshooting:
 *
 * Returns: (transfer full): the versions of what Sidetone runs with, one a line
 */
char *
sidetone_about_dup_troubleshooting (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  GdkDisplay *display = gdk_display_get_default ();

  add_word (text, "Sidetone", SIDETONE_VERSION);
  add_version (text, "GTK", gtk_get_major_version (), gtk_get_minor_version (),
               gtk_get_micro_version ());
  add_version (text, "libadwaita", adw_get_major_version (), adw_get_minor_version (),
               adw_get_micro_version ());
  add_version (text, "GLib", glib_major_version, glib_minor_version, glib_micro_version);
  add_word (text, "libstrophe, when built", SIDETONE_STROPHE_VERSION);
  add_word (text, "Flatpak", g_file_test (SANDBOX, G_FILE_TEST_EXISTS) ? "yes" : "no");
  add_word (text, "System", system);
  add_word (text, "Desktop", g_getenv ("XDG_CURRENT_DESKTOP"));
  add_word (text, "Display", display != NULL ? G_OBJECT_TYPE_NAME (display) : NULL);
  add_word (text, "Languages", g_get_language_names ()[0]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * sidetone_about_show:
 * @window: (nullable): the window in front of which it is shown
 *
 * Shows the window about the program.
 */
void
sidetone_about_show (GtkWindow *window)
{
  g_autofree char *troubleshooting = sidetone_about_dup_troubleshooting ();

  adw_show_about_window (window,
                         "application-name", _("Sidetone"),
                         "application-icon", SIDETONE_APPLICATION_ID,
                         "version", SIDETONE_VERSION,
                         "developer-name", _("The Sidetone authors"),
                         "comments", _("Finds out why XMPP calls fail"),
                         "website", SIDETONE_HOMEPAGE,
                         "issue-url", SIDETONE_BUG_TRACKER,
                         "debug-info", troubleshooting,
                         "debug-info-filename", "sidetone-troubleshooting.txt",
                         "license-type", GTK_LICENSE_GPL_3_0,
                         /* Translators: your name, and an address if you like */
                         "translator-credits", _("translator-credits"),
                         NULL);
}
