/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "config.h"

#include "base/deadlines.h"
#include "base/error.h"
#include "keep/secrets.h"
#include "lib/clock.h"
#include "lib/reports.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>

/* Each desktop is made here; the program's view of it is tested in a process of its own, because
 * libsecret and GIO remember the first bus and the first store. */

#define JID "romeo@montague.lit"
#define OTHER_JID "juliet@capulet.lit"
#define SECRETS "org.freedesktop.secrets"

typedef struct
{
  char *folder;
  GTestDBus *bus;
  GSubprocess *keyring;
  GDBusConnection *silent;
} Desktop;

static void
set_up (Desktop      *desktop,
        gconstpointer data)
{
  desktop->folder = sidetone_test_make_folder ();
  g_setenv ("HOME", desktop->folder, TRUE);
  g_setenv ("XDG_RUNTIME_DIR", desktop->folder, TRUE);
  g_setenv ("XDG_DATA_HOME", desktop->folder, TRUE);
  g_setenv ("XDG_CONFIG_HOME", desktop->folder, TRUE);
  g_setenv ("XDG_CACHE_HOME", desktop->folder, TRUE);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
tear_down (Desktop      *desktop,
           gconstpointer data)
{
  if (desktop->keyring != NULL)
    {
      g_subprocess_force_exit (desktop->keyring);
      g_assert_true (g_subprocess_wait (desktop->keyring, NULL, NULL));
      g_object_unref (desktop->keyring);
    }
  if (desktop->silent != NULL)
    g_assert_true (g_dbus_connection_close_sync (desktop->silent, NULL, NULL));
  g_clear_object (&desktop->silent);
  if (desktop->bus != NULL)
    {
      g_test_dbus_down (desktop->bus);
      g_object_unref (desktop->bus);
    }
  remove_folder (desktop->folder);
  g_free (desktop->folder);
}

/* A bus without activatable services */
static void
start_bus (Desktop *desktop)
{
  desktop->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (desktop->bus);
}

static GDBusConnection *
connect_to_bus (Desktop *desktop)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection;

  connection = g_dbus_connection_new_for_address_sync (
    g_test_dbus_get_bus_address (desktop->bus),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
    G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);
  g_assert_no_error (error);

  return connection;
}

static void
on_appeared (GDBusConnection *connection,
             const char      *name,
             const char      *owner,
             gpointer         user_data)
{
  g_main_loop_quit (user_data);
}

/* The sandbox in which the Flatpak is built has no keyring. */
static gboolean
start_keyring (Desktop    *desktop,
               const char *unlock)
{
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  const char *const argv[] = {
    "gnome-keyring-daemon", "--foreground", "--components=secrets", unlock, NULL
  };
  g_autofree char *program = g_find_program_in_path (argv[0]);
  GOutputStream *stdin_pipe;
  guint watch;

  if (program == NULL)
    {
      g_test_skip ("gnome-keyring is not installed");
      return FALSE;
    }

  start_bus (desktop);
  desktop->keyring = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDIN_PIPE |
                                        G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                        G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
  g_assert_no_error (error);
  /* The store's password: an empty line */
  stdin_pipe = g_subprocess_get_stdin_pipe (desktop->keyring);
  g_assert_true (g_output_stream_write_all (stdin_pipe, "\n", 1, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stdin_pipe, NULL, NULL));

  connection = connect_to_bus (desktop);
  watch = g_bus_watch_name_on_connection (connection, SECRETS, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                          on_appeared, NULL, loop, NULL);
  g_main_loop_run (loop);
  g_bus_unwatch_name (watch);

  return TRUE;
}

static GDBusMessage *
swallow (GDBusConnection *connection,
         GDBusMessage    *message,
         gboolean         incoming,
         gpointer         user_data)
{
  if (incoming && g_dbus_message_get_message_type (message) == G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    {
      g_object_unref (message);
      return NULL;
    }

  return message;
}

/* A store that never answers */
static void
start_silent_store (Desktop *desktop)
{
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;

  start_bus (desktop);
  desktop->silent = connect_to_bus (desktop);
  g_dbus_connection_add_filter (desktop->silent, swallow, NULL, NULL);
  reply = g_dbus_connection_call_sync (desktop->silent, "org.freedesktop.DBus",
                                       "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                       "RequestName", g_variant_new ("(su)", SECRETS, 0u),
                                       G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                                       &error);
  g_assert_no_error (error);
}

static void
run_inside (const char *part)
{
  g_autofree char *path = g_strdup_printf ("/secrets/subprocess/%s", part);

  g_test_trap_subprocess (path, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

static void
test_kept (Desktop      *desktop,
           gconstpointer data)
{
  if (start_keyring (desktop, "--unlock"))
    run_inside ("kept");
}

/* No prompt: the test could not answer it. */
static void
test_locked (Desktop      *desktop,
             gconstpointer data)
{
  if (start_keyring (desktop, NULL))
    run_inside ("available");
}

static void
test_no_store (Desktop      *desktop,
               gconstpointer data)
{
  start_bus (desktop);
  run_inside ("none");
}

static void
test_no_bus (Desktop      *desktop,
             gconstpointer data)
{
  g_autofree char *address = g_strdup_printf ("unix:path=%s/none", desktop->folder);

  g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE);
  run_inside ("none");
}

static void
test_silent_store (Desktop      *desktop,
                   gconstpointer data)
{
  start_silent_store (desktop);
  run_inside ("silent");
}

static void
test_cancelled (Desktop      *desktop,
                gconstpointer data)
{
  start_silent_store (desktop);
  run_inside ("cancelled");
}

/* A bus that accepts the connection and stays silent */
static void
test_silent_bus (Desktop      *desktop,
                 gconstpointer data)
{
  g_autofree char *path = g_build_filename (desktop->folder, "bus", NULL);
  g_autofree char *address = g_strdup_printf ("unix:path=%s", path);
  g_autoptr (GSocketAddress) socket_address = g_unix_socket_address_new (path);
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GError) error = NULL;

  g_socket_listener_add_address (listener, socket_address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, &error);
  g_assert_no_error (error);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE);
  run_inside ("silent");
}

/* From here on: inside such a desktop */

static void
keep_result_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
check (GCancellable *cancellable,
       GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sidetone_secrets_check_async (cancellable, keep_result_cb, &result);
  wait_for (&result);

  return sidetone_secrets_check_finish (result, error);
}

static char *
lookup (const char *jid,
        GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sidetone_secrets_lookup_async (jid, NULL, keep_result_cb, &result);
  wait_for (&result);

  return sidetone_secrets_lookup_finish (result, error);
}

static gboolean
store (const char *jid,
       const char *password,
       GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sidetone_secrets_store_async (jid, password, NULL, keep_result_cb, &result);
  wait_for (&result);

  return sidetone_secrets_store_finish (result, error);
}

static gboolean
clear (const char *jid,
       GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sidetone_secrets_clear_async (jid, NULL, keep_result_cb, &result);
  wait_for (&result);

  return sidetone_secrets_clear_finish (result, error);
}

static void
assert_password (const char *jid,
                 const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *password = lookup (jid, &error);

  g_assert_cmpstr (password, ==, expected);
  if (expected == NULL)
    g_assert_error (error, SIDETONE_ERROR, SIDETONE_ERROR_PASSWORD_MISSING);
  else
    g_assert_no_error (error);
}

static GVariant *
call (const char         *path,
      const char         *interface,
      const char         *method,
      GVariant           *parameters,
      const GVariantType *type)
{
  g_autoptr (GDBusConnection) connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GError) error = NULL;
  GVariant *reply;

  reply = g_dbus_connection_call_sync (connection, SECRETS, path, interface, method, parameters,
                                       type, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);

  return reply;
}

/* As the desktop's list of passwords shows it */
static void
assert_label (const char *jid,
              const char *expected)
{
  g_autoptr (GVariant) found = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariant) label = NULL;
  g_autofree const char **paths = NULL;

  found = call ("/org/freedesktop/secrets", "org.freedesktop.Secret.Service", "SearchItems",
                g_variant_new_parsed ("({'account': %s, 'xdg:schema': %s},)", jid,
                                      SIDETONE_APPLICATION_ID), G_VARIANT_TYPE ("(aoao)"));
  g_variant_get (found, "(^a&o@ao)", &paths, NULL);
  g_assert_cmpuint (g_strv_length ((char **) paths), ==, 1);

  reply = call (paths[0], "org.freedesktop.DBus.Properties", "Get",
                g_variant_new ("(ss)", "org.freedesktop.Secret.Item", "Label"),
                G_VARIANT_TYPE ("(v)"));
  g_variant_get (reply, "(v)", &label);
  g_assert_cmpstr (g_variant_get_string (label, NULL), ==, expected);
}

static void
inside_kept (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (check (NULL, &error));
  g_assert_no_error (error);
  assert_password (JID, NULL);

  g_assert_true (store (JID, "wherefore-art-thou", &error));
  g_assert_no_error (error);
  assert_password (JID, "wherefore-art-thou");
  assert_password (OTHER_JID, NULL);
  assert_label (JID, "Sidetone: " JID);

  /* One password for each account: a new one replaces the old one. */
  g_assert_true (store (JID, "ü \"'", &error));
  g_assert_no_error (error);
  g_assert_true (store (OTHER_JID, "parting", &error));
  g_assert_no_error (error);
  assert_password (JID, "ü \"'");
  assert_label (JID, "Sidetone: " JID);

  g_assert_true (clear (JID, &error));
  g_assert_no_error (error);
  assert_password (JID, NULL);
  assert_password (OTHER_JID, "parting");

  /* A removed password can be removed again. */
  g_assert_true (clear (JID, &error));
  g_assert_no_error (error);
  g_assert_true (check (NULL, &error));
  g_assert_no_error (error);
}

static void
inside_available (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (check (NULL, &error));
  g_assert_no_error (error);
}

/* In a sandbox libsecret 0.21 logs that there is no bus. */
static gboolean
is_fatal (const char    *domain,
          GLogLevelFlags level,
          const char    *message,
          gpointer       user_data)
{
  return g_strcmp0 (domain, "libsecret") != 0;
}

static void
inside_none (void)
{
  g_autoptr (GError) error = NULL;

  g_test_log_set_fatal_handler (is_fatal, NULL);
  g_assert_false (check (NULL, &error));
  g_assert_error (error, SIDETONE_ERROR, SIDETONE_ERROR_PASSWORD_NOT_KEPT);
  g_clear_error (&error);

  g_assert_false (store (JID, "wherefore-art-thou", &error));
  g_assert_error (error, SIDETONE_ERROR, SIDETONE_ERROR_PASSWORD_NOT_KEPT);
  g_assert_null (strstr (error->message, "wherefore"));
  g_clear_error (&error);

  g_assert_false (clear (JID, &error));
  g_assert_error (error, SIDETONE_ERROR, SIDETONE_ERROR_PASSWORD_NOT_KEPT);
  assert_password (JID, NULL);
}

/* The bus itself gives up after 25 s: a window must not wait for that. */
static void
inside_silent (void)
{
  g_autoptr (GError) error = NULL;
  gint64 start, took_ms;

  sidetone_test_clock_start ();
  start = g_get_monotonic_time ();
  g_assert_false (check (NULL, &error));
  took_ms = (g_get_monotonic_time () - start) / 1000;

  g_assert_error (error, SIDETONE_ERROR, SIDETONE_ERROR_PASSWORD_NOT_KEPT);
  g_assert_cmpint (took_ms, >=, sidetone_deadlines.secrets);
  g_assert_cmpint (took_ms, <, sidetone_deadlines.secrets + 100);
}

/* During each wait, and before it: at once, while other calls still wait */
static void
inside_cancelled (void)
{
  g_autoptr (GCancellable) before = g_cancellable_new ();
  g_autoptr (GCancellable) during = g_cancellable_new ();
  GAsyncResult *results[4] = { NULL };
  g_autoptr (GAsyncResult) other = NULL;
  g_autoptr (GError) error = NULL;

  sidetone_secrets_check_async (NULL, keep_result_cb, &other);

  g_cancellable_cancel (before);
  g_assert_false (check (before, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  sidetone_secrets_check_async (during, keep_result_cb, &results[0]);
  sidetone_secrets_lookup_async (JID, during, keep_result_cb, &results[1]);
  sidetone_secrets_store_async (JID, "wherefore-art-thou", during, keep_result_cb, &results[2]);
  sidetone_secrets_clear_async (JID, during, keep_result_cb, &results[3]);
  g_cancellable_cancel (during);
  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    wait_for (&results[i]);

  g_assert_false (sidetone_secrets_check_finish (results[0], &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (sidetone_secrets_lookup_finish (results[1], &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (sidetone_secrets_store_finish (results[2], &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (sidetone_secrets_clear_finish (results[3], &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    g_object_unref (results[i]);

  g_assert_null (other);
  sidetone_test_clock_start ();
  wait_for (&other);
}

typedef void (*DesktopTest) (Desktop      *desktop,
                             gconstpointer data);

static void
add (const char *path,
     DesktopTest test)
{
  g_test_add (path, Desktop, NULL, set_up, test, tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/secrets/kept", test_kept);
  add ("/secrets/locked", test_locked);
  add ("/secrets/no-store", test_no_store);
  add ("/secrets/no-bus", test_no_bus);
  add ("/secrets/silent-store", test_silent_store);
  add ("/secrets/silent-bus", test_silent_bus);
  add ("/secrets/cancelled", test_cancelled);
  g_test_add_func ("/secrets/subprocess/kept", inside_kept);
  g_test_add_func ("/secrets/subprocess/available", inside_available);
  g_test_add_func ("/secrets/subprocess/none", inside_none);
  g_test_add_func ("/secrets/subprocess/silent", inside_silent);
  g_test_add_func ("/secrets/subprocess/cancelled", inside_cancelled);

  return g_test_run ();
}
