/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "ui-test.h"

#include "application.h"
#include "lib/reports.h"
#include "notifier.h"

/* Notifications, as the desktop gets them: here, the test is the desktop (org.freedesktop.Notifications) */

#define SERVICE "org.freedesktop.Notifications"
#define PATH "/org/freedesktop/Notifications"

static const char interface[] =
  "<node><interface name='" SERVICE "'>"
  "<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/>"
  "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>"
  "<arg type='as' direction='in'/><arg type='a{sv}' direction='in'/><arg type='i' direction='in'/>"
  "<arg type='u' direction='out'/></method>"
  "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
  "<method name='GetCapabilities'><arg type='as' direction='out'/></method>"
  "<method name='GetServerInformation'><arg type='s' direction='out'/>"
  "<arg type='s' direction='out'/><arg type='s' direction='out'/><arg type='s' direction='out'/>"
  "</method>"
  "<signal name='ActionInvoked'><arg type='u'/><arg type='s'/></signal>"
  "<signal name='NotificationClosed'><arg type='u'/><arg type='u'/></signal>"
  "</interface></node>";

static SidetoneApplication *application;

typedef struct
{
  SidetoneCheck *check;
  SidetoneNotifier *notifier;
  GtkWindow *window;           /* of the check */
  GtkWindow *other;            /* of another program */

  GDBusConnection *bus;
  guint object;
  guint name;
  gboolean is_owned;
  guint n_shown;
  guint shown;                 /* the number of the shown notification; 0 if there is none */
  char *summary;
  char *body;
} Fixture;

static void
show (Fixture  *fixture,
      GVariant *parameters)
{
  guint replaced;

  g_free (fixture->summary);
  g_free (fixture->body);
  g_variant_get (parameters, "(susssasa{sv}i)", NULL, &replaced, NULL, &fixture->summary,
                 &fixture->body, NULL, NULL, NULL);
  fixture->shown = replaced != 0 ? replaced : ++fixture->n_shown;
}

static void
on_call (GDBusConnection       *bus,
         const char            *sender,
         const char            *path,
         const char            *its_interface,
         const char            *method,
         GVariant              *parameters,
         GDBusMethodInvocation *invocation,
         gpointer               user_data)
{
  Fixture *fixture = user_data;
  GVariant *answer = NULL;

  if (g_str_equal (method, "Notify"))
    {
      show (fixture, parameters);
      answer = g_variant_new ("(u)", fixture->shown);
    }
  else if (g_str_equal (method, "CloseNotification"))
    {
      fixture->shown = 0;
    }
  else if (g_str_equal (method, "GetCapabilities"))
    {
      const char *const capabilities[] = { "actions", "body", NULL };

      answer = g_variant_new ("(^as)", capabilities);
    }
  else
    {
      answer = g_variant_new ("(ssss)", "test", "Sidetone", "1", "1.2");
    }
  g_dbus_method_invocation_return_value (invocation, answer);
}

static void
on_name_owned (GDBusConnection *bus,
               const char      *name,
               gpointer         is_owned)
{
  *(gboolean *) is_owned = TRUE;
}

static void
set_up_desktop (Fixture *fixture)
{
  static const GDBusInterfaceVTable methods = { on_call };
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (interface, NULL);
  g_autoptr (GError) error = NULL;

  fixture->bus = g_dbus_connection_new_for_address_sync (
    g_getenv ("DBUS_SESSION_BUS_ADDRESS"), G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
    G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);
  g_assert_no_error (error);
  fixture->object = g_dbus_connection_register_object (fixture->bus, PATH, info->interfaces[0],
                                                       &methods, fixture, NULL, &error);
  g_assert_no_error (error);
  fixture->name = g_bus_own_name_on_connection (fixture->bus, SERVICE, G_BUS_NAME_OWNER_FLAGS_NONE,
                                                on_name_owned, NULL, &fixture->is_owned, NULL);
  WAIT_FOR (fixture->is_owned);
}

static GtkWindow *
open_window (void)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_present (GTK_WINDOW (window));
  WAIT_FOR (gtk_window_is_active (GTK_WINDOW (window)));

  return GTK_WINDOW (window);
}

static void
set_up (Fixture      *fixture,
        gconstpointer user_data)
{
  GtkWidget *window;

  set_up_desktop (fixture);
  window = gtk_application_window_new (GTK_APPLICATION (application));
  fixture->window = GTK_WINDOW (window);
  fixture->check = sidetone_check_new ();
  fixture->notifier = sidetone_notifier_new (GTK_APPLICATION_WINDOW (window), fixture->check);
  gtk_window_present (fixture->window);
  WAIT_FOR (gtk_window_is_active (fixture->window));
}

static void
tear_down (Fixture      *fixture,
           gconstpointer user_data)
{
  g_clear_object (&fixture->notifier);
  g_clear_object (&fixture->check);
  gtk_window_destroy (fixture->window);
  g_clear_pointer (&fixture->other, gtk_window_destroy);
  g_bus_unown_name (fixture->name);
  g_dbus_connection_unregister_object (fixture->bus, fixture->object);
  g_dbus_connection_close_sync (fixture->bus, NULL, NULL);
  g_object_unref (fixture->bus);
  g_free (fixture->summary);
  g_free (fixture->body);
}

static void
end_check (Fixture    *fixture,
           const char *signal,
           const char *report_name)
{
  g_autoptr (SidetoneReport) report = sidetone_test_read_report (report_name);
  g_autoptr (SidetoneRun) run = sidetone_run_new_for_report (report);

  g_signal_emit_by_name (fixture->check, signal, run);
}

static void
call_bus (GDBusConnection *bus)
{
  g_autoptr (GVariant) answer = NULL;

  answer = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                        "org.freedesktop.DBus", "GetId", NULL, NULL,
                                        G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  g_assert_nonnull (answer);
}

/* Everything that was sent has arrived, and its answer, too: a bus keeps the order. */
static void
settle (Fixture *fixture)
{
  for (guint i = 0; i < 2; i++)
    {
      call_bus (fixture->bus);
      call_bus (g_application_get_dbus_connection (G_APPLICATION (application)));
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

static void
wait_shown (Fixture    *fixture,
            const char *summary)
{
  WAIT_FOR (g_strcmp0 (fixture->summary, summary) == 0);
  settle (fixture);
}

/* A user who looks at the window, or at a dialog of it, sees the result. */
static void
test_here (Fixture      *fixture,
           gconstpointer user_data)
{
  end_check (fixture, "ended", "relay");
  settle (fixture);
  g_assert_cmpuint (fixture->n_shown, ==, 0);

  fixture->other = open_window ();
  gtk_window_set_transient_for (fixture->other, fixture->window);
  end_check (fixture, "ended", "relay");
  settle (fixture);
  g_assert_cmpuint (fixture->n_shown, ==, 0);
}

/* A user who is elsewhere gets the answer, without the names of accounts, servers and addresses. */
static void
test_elsewhere (Fixture      *fixture,
                gconstpointer user_data)
{
  fixture->other = open_window ();

  end_check (fixture, "ended", "relay");
  wait_shown (fixture, "Your calls should work");
  g_assert_cmpstr (fixture->body, ==, "");

  /* In the place of the last one */
  end_check (fixture, "refused", "name-not-found");
  wait_shown (fixture, "Calls could not be checked");
  g_assert_cmpstr (fixture->body, ==, "");
  g_assert_cmpuint (fixture->n_shown, ==, 1);

  g_signal_emit_by_name (fixture->check, "measured", NULL);
  wait_shown (fixture, "How Long a Silent Call Stays Open");
  g_assert_cmpstr (fixture->body, ==, "UDP timeout could not be measured");
  g_assert_cmpuint (fixture->n_shown, ==, 1);
}

/* A click leads to the window. The desktop takes the notification away itself. */
static void
test_click (Fixture      *fixture,
            gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  fixture->other = open_window ();
  end_check (fixture, "ended", "relay");
  wait_shown (fixture, "Your calls should work");

  g_dbus_connection_emit_signal (fixture->bus, NULL, PATH, SERVICE, "ActionInvoked",
                                 g_variant_new ("(us)", fixture->shown, "default"), &error);
  g_assert_no_error (error);
  WAIT_FOR (gtk_window_is_active (fixture->window));
}

/* A user who comes to the window needs it no longer. */
static void
test_return (Fixture      *fixture,
             gconstpointer user_data)
{
  fixture->other = open_window ();
  end_check (fixture, "ended", "relay");
  wait_shown (fixture, "Your calls should work");

  gtk_window_present (fixture->window);
  WAIT_FOR (fixture->shown == 0);
}

/* It goes with its window. */
static void
test_window_ends (Fixture      *fixture,
                  gconstpointer user_data)
{
  fixture->other = open_window ();
  end_check (fixture, "ended", "relay");
  wait_shown (fixture, "Your calls should work");

  g_clear_object (&fixture->notifier);
  WAIT_FOR (fixture->shown == 0);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  ui_test_init (&argc, &argv);
  application = sidetone_application_new ();
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);

#define ADD(name, test) g_test_add ("/notifier/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("here", test_here);
  ADD ("elsewhere", test_elsewhere);
  ADD ("click", test_click);
  ADD ("return", test_return);
  ADD ("window-ends", test_window_ends);
#undef ADD

  status = g_test_run ();
  g_object_unref (application);

  return status;
}
