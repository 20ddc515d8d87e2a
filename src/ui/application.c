/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "application.h"

#include "about.h"
#include "address/account.h"
#include "base/nick.h"
#include "window.h"
#include "words/describe.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * SidetoneApplication:
 *
 * The program. Only one instance runs: a second one hands over its command line and ends.
 */
struct _SidetoneApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (SidetoneApplication, sidetone_application, ADW_TYPE_APPLICATION)

/* sysexits.h, as the command-line program has it */
#define EXIT_USAGE 64

static const GOptionEntry entries[] = {
  { "server", 's', 0, G_OPTION_ARG_STRING, NULL,
    N_("Connect to this server, not to the one that DNS names"), "HOST[:PORT]" },
  { "security", 0, 0, G_OPTION_ARG_STRING, NULL,
    N_("How to encrypt the connection; “direct” means TLS from the start"), "auto|starttls|direct" },
  { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, NULL,
    N_("Also trust the certificate authorities in this file"), "PEM" },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version"), NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, NULL },
  { NULL }
};

static void
show_about (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  sidetone_about_show (gtk_application_get_active_window (user_data));
}

static void
open_window (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  gtk_window_present (GTK_WINDOW (sidetone_window_new (user_data)));
}

/* A notification's, which may outlive its window, and even the program */
static void
present_window (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  GtkWindow *window = gtk_application_get_window_by_id (user_data, g_variant_get_uint32 (parameter));

  if (window != NULL)
    gtk_window_present (window);
  else
    g_application_activate (user_data);
}

/* Not as gtk/help-overlay.ui: GTK would make it with each window, before the window shows. */
static void
show_shortcuts (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);
  g_autoptr (GtkBuilder) builder = NULL;
  GtkWindow *shortcuts;

  /* The active one may be this one */
  if (!SIDETONE_IS_WINDOW (window))
    return;

  builder = gtk_builder_new_from_resource ("/sidetone/shortcuts.ui");
  shortcuts = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));
  gtk_window_set_transient_for (shortcuts, window);
  gtk_window_present (shortcuts);
}

/* Each window ends its own check */
static void
quit (GSimpleAction *action,
      GVariant      *parameter,
      gpointer       user_data)
{
  GtkApplication *application = user_data;
  GtkWindow *window;

  while ((window = gtk_application_get_active_window (application)) != NULL)
    gtk_window_destroy (window);
}

/* A window without input or a result that could be lost; @reads: or one that reads a report */
static SidetoneWindow *
find_free_window (SidetoneApplication *self,
                  gboolean             reads)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (GList *at = windows; at != NULL; at = at->next)
    {
      if (SIDETONE_IS_WINDOW (at->data) &&
          (sidetone_window_is_free (at->data) || (reads && sidetone_window_is_reading (at->data))))
        return at->data;
    }

  return sidetone_window_new (GTK_APPLICATION (self));
}

static void
sidetone_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    window = GTK_WINDOW (sidetone_window_new (GTK_APPLICATION (application)));

  gtk_window_present (window);
}

static void
sidetone_application_open (GApplication *application,
                           GFile       **files,
                           int           n_files,
                           const char   *hint)
{
  for (int i = 0; i < n_files; i++)
    {
      SidetoneWindow *window = find_free_window (SIDETONE_APPLICATION (application), TRUE);

      sidetone_window_open_report (window, files[i]);
      gtk_window_present (GTK_WINDOW (window));
    }
}

static int
complain (GApplicationCommandLine *command_line,
          const char              *words)
{
  g_application_command_line_printerr (command_line, "sidetone: %s\n", words);

  return EXIT_USAGE;
}

/* An account contains an @, and is not a file's name */
static gboolean
is_account (const char *argument,
            GFile      *file)
{
  return strchr (argument, '@') != NULL && !g_file_query_exists (file, NULL);
}

static int
fill_form (SidetoneApplication     *self,
           GApplicationCommandLine *command_line,
           const char              *jid)
{
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  const char *server = NULL;
  const char *security_text = NULL;
  const char *ca_file = NULL;
  SidetoneSecurity security = SIDETONE_SECURITY_UNKNOWN;
  g_autofree char *ca_path = NULL;
  SidetoneWindow *window;

  g_variant_dict_lookup (options, "server", "&s", &server);
  g_variant_dict_lookup (options, "security", "&s", &security_text);
  g_variant_dict_lookup (options, "ca-file", "^&ay", &ca_file);

  if (security_text != NULL)
    security = sidetone_nick_find (SIDETONE_TYPE_SECURITY, security_text);
  if (security_text != NULL && security == SIDETONE_SECURITY_UNKNOWN)
    {
      g_autofree char *words = NULL;

      words = g_strdup_printf (_("“%s” is no way to encrypt the connection: choose “auto”, "
                                 "“starttls” or “direct”."), security_text);
      return complain (command_line, words);
    }
  if (ca_file != NULL)
    {
      g_autoptr (GFile) file = g_application_command_line_create_file_for_arg (command_line,
                                                                               ca_file);

      ca_path = g_file_get_path (file);
    }

  window = find_free_window (self, FALSE);
  sidetone_window_fill (window, jid, server, security, ca_path);
  gtk_window_present (GTK_WINDOW (window));

  return 0;
}

static gboolean
has_settings (GVariantDict *options)
{
  return g_variant_dict_contains (options, "server") ||
         g_variant_dict_contains (options, "security") ||
         g_variant_dict_contains (options, "ca-file");
}

static int
sidetone_application_command_line (GApplication            *application,
                                   GApplicationCommandLine *command_line)
{
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  g_autofree const char **arguments = NULL;
  g_autoptr (GFile) file = NULL;
  guint n = 0;

  if (g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &arguments))
    n = g_strv_length ((char **) arguments);
  if (n > 1)
    return complain (command_line, _("Name one account or one report."));

  if (n == 1)
    file = g_application_command_line_create_file_for_arg (command_line, arguments[0]);
  if (n == 1 && !is_account (arguments[0], file))
    {
      if (has_settings (options))
        return complain (command_line,
                         _("Connection settings go with an account, not with a report."));

      g_application_open (application, &file, 1, "");
      return 0;
    }

  if (n == 1 || has_settings (options))
    return fill_form (SIDETONE_APPLICATION (application), command_line,
                      n == 1 ? arguments[0] : NULL);

  g_application_activate (application);

  return 0;
}

static int
sidetone_application_handle_local_options (GApplication *application,
                                           GVariantDict *options)
{
  if (!g_variant_dict_contains (options, "version"))
    return -1;

  g_print ("sidetone %s\n", SIDETONE_VERSION);

  return 0;
}

static void
sidetone_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { "about", show_about },
    { "new-window", open_window },
    { "present-window", present_window, "u" },
    { "quit", quit },
    { "shortcuts", show_shortcuts },
  };
  static const struct
  {
    const char *action;
    const char *accels[3];
  } accels[] = {
    { "app.new-window", { "<Control>n" } },
    { "app.quit", { "<Control>q" } },
    { "app.shortcuts", { "<Control>question", "<Control>F1" } },
    { "window.close", { "<Control>w" } },
    { "win.back", { "<Alt>Left" } },
    { "win.cancel", { "Escape" } },
    { "win.check-again", { "<Control>r", "F5" } },
    { "win.help", { "F1" } },
    { "win.copy-report", { "<Control><Shift>c" } },
    { "win.save-report", { "<Control>s" } },
    { "win.open-report", { "<Control>o" } },
    { "win.show-history", { "<Control>h" } },
  };

  G_APPLICATION_CLASS (sidetone_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (SIDETONE_APPLICATION_ID);
  /* Text that is selected because Tab led to it looks pressed, and is read as “selected”. */
  g_object_set (gtk_settings_get_default (), "gtk-label-select-on-focus", FALSE, NULL);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  for (gsize i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), accels[i].action,
                                           accels[i].accels);
}

static void
sidetone_application_class_init (SidetoneApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->activate = sidetone_application_activate;
  application_class->open = sidetone_application_open;
  application_class->command_line = sidetone_application_command_line;
  application_class->handle_local_options = sidetone_application_handle_local_options;
  application_class->startup = sidetone_application_startup;
}

static void
sidetone_application_init (SidetoneApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), entries);
  g_application_set_option_context_parameter_string (G_APPLICATION (self),
                                                     _("[JID | REPORT.json]"));
}

/**
 * sidetone_application_new:
 *
 * Returns: (transfer full): the program
 */
SidetoneApplication *
sidetone_application_new (void)
{
  return g_object_new (SIDETONE_TYPE_APPLICATION,
                       "application-id", SIDETONE_APPLICATION_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN | G_APPLICATION_HANDLES_COMMAND_LINE,
                       "resource-base-path", "/sidetone",
                       NULL);
}
