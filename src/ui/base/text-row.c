/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "base/text-row.h"

/* A row of plain text, which may come from a server: it is not Pango markup. */

/**
 * sidetone_text_row_new:
 * @title: its title
 * @subtitle: (nullable): what stands below; may have several lines
 *
 * Its accessible name is both.
 *
 * Returns: (transfer floating): an #AdwActionRow
 */
GtkWidget *
sidetone_text_row_new (const char *title,
                       const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *spoken = g_strjoin ("\n", title, subtitle, NULL);

  /* First of all: a property that is set while the row is made may come too late. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);

  return row;
}
