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

/* From GTK 4.10 on. The context belongs to the caller. */
typedef GObject *(*GetContext) (GtkAccessible *accessible);

/* GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM: after what is being said */
#define PRIORITY 1

/* Without an accessibility bus, GTK has a stand-in for debugging that can't announce, and crashes when
 * asked to (GTK 4.14 to 4.18). */
#define STAND_IN "GtkTestATContext"

static gboolean
can_announce (GtkAccessible *accessible)
{
  GetContext get_context = (GetContext) dlsym (RTLD_DEFAULT, "gtk_accessible_get_at_context");
  g_autoptr (GObject) context = get_context != NULL ? get_context (accessible) : NULL;

  return context != NULL && !g_str_equal (G_OBJECT_TYPE_NAME (context), STAND_IN);
}

static gboolean
reset_description_cb (gpointer user_data)
{
  gtk_accessible_reset_property (user_data, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);

  return G_SOURCE_REMOVE;
}

/* Older GTK: a screen reader says the description of the widget with the focus when it changes. That of
 * a button without a tooltip is free for it. */
static gboolean
describe_focus (GtkWidget  *widget,
                const char *words)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (!GTK_IS_BUTTON (focus) || gtk_widget_get_tooltip_text (focus) != NULL)
    return FALSE;

  gtk_accessible_update_property (GTK_ACCESSIBLE (focus),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words,
                                  -1);
  g_idle_add_full (G_PRIORITY_LOW, reset_description_cb, g_object_ref (focus), g_object_unref);

  return TRUE;
}

/**
 * sidetone_announce:
 * @widget: where it happened, in a visible window
 * @words: what happened
 *
 * Has a screen reader say @words. With GTK before 4.14 only a button that was just pressed can say
 * them: nothing else has the focus and needs no description.
 *
 * Returns: %FALSE if they are not said: move the focus to what has them, or describe the widget that
 *   has it
 */
gboolean
sidetone_announce (GtkWidget  *widget,
                   const char *words)
{
  Announce announce = (Announce) dlsym (RTLD_DEFAULT, "gtk_accessible_announce");
  GtkRoot *root;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), FALSE);
  g_return_val_if_fail (words != NULL, FALSE);

  if (announce == NULL)
    return describe_focus (widget, words);

  /* The window: screen readers know it already, and GTK drops what a widget says that they have not
   * looked at yet. */
  root = gtk_widget_get_root (widget);
  if (root == NULL)
    return FALSE;
  if (!can_announce (GTK_ACCESSIBLE (root)))
    return describe_focus (widget, words);

  announce (GTK_ACCESSIBLE (root), words, PRIORITY);

  return TRUE;
}
