/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "clock.h"

#include <langinfo.h>
#include <string.h>

/* The desktop's clock format: whether its clock shows 12 hours or 24. In a Flatpak only the Settings
 * portal knows; without a portal, the user's own choice counts, and else the locale. */

#define PORTAL "org.freedesktop.portal.Desktop"
#define SCHEMA "org.gnome.desktop.interface"
#define KEY "clock-format"

static gboolean
is_twelve_hours (const char *format)
{
  return g_str_equal (format, "12h");
}

/* What the user has set; the schema's own default ignores the locale. */
static char *
dup_setting (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettings) settings = NULL;
  g_autoptr (GVariant) value = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, SCHEMA, TRUE);
  if (schema == NULL || !g_settings_schema_has_key (schema, KEY))
    return NULL;

  settings = g_settings_new (SCHEMA);
  value = g_settings_get_user_value (settings, KEY);

  return value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_STRING)
         ? g_variant_dup_string (value, NULL) : NULL;
}

/**
 * sidetone_clock_has_twelve_hours:
 *
 * Returns: whether the clock shows 12 hours, as far as it can be told at once
 */
gboolean
sidetone_clock_has_twelve_hours (void)
{
  g_autofree char *setting = dup_setting ();
  const char *format;

  if (setting != NULL)
    return is_twelve_hours (setting);

  format = nl_langinfo (T_FMT);

  return strstr (format, "%r") != NULL || strstr (format, "%I") != NULL ||
         strstr (format, "%l") != NULL;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariant) outer = NULL;
  g_autoptr (GVariant) inner = NULL;

  reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  if (reply == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  /* Read() wraps the value twice. */
  g_variant_get (reply, "(v)", &outer);
  inner = g_variant_is_of_type (outer, G_VARIANT_TYPE_VARIANT) ? g_variant_get_variant (outer)
          : g_variant_ref (outer);
  g_task_return_boolean (task, g_variant_is_of_type (inner, G_VARIANT_TYPE_STRING) &&
                         is_twelve_hours (g_variant_get_string (inner, NULL)));
}

static void
connect_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GDBusConnection) bus = NULL;
  g_autoptr (GError) error = NULL;
  GCancellable *cancellable = g_task_get_cancellable (task);

  bus = g_bus_get_finish (result, &error);
  if (bus == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_dbus_connection_call (bus, PORTAL, "/org/freedesktop/portal/desktop",
                          "org.freedesktop.portal.Settings", "Read",
                          g_variant_new ("(ss)", SCHEMA, KEY), G_VARIANT_TYPE ("(v)"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, cancellable, read_cb,
                          g_steal_pointer (&task));
}

/**
 * sidetone_clock_read_async:
 * @cancellable: (nullable): a cancellable
 * @callback: called when the portal has answered, or there is none
 * @user_data: its data
 *
 * Asks the desktop's portal whether its clock shows 12 hours.
 */
void
sidetone_clock_read_async (GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, sidetone_clock_read_async);
  g_bus_get (G_BUS_TYPE_SESSION, cancellable, connect_cb, task);
}

/**
 * sidetone_clock_read_finish:
 * @result: the result
 * @error: return location for an error: there is no portal, or it does not know
 *
 * Returns: whether the clock shows 12 hours; %FALSE after an error
 */
gboolean
sidetone_clock_read_finish (GAsyncResult *result,
                            GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
