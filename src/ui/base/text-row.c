/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "base/text-row.h"

/* A row of plain text, which may come from a server: it is not Pango markup, and a hyphen at a line end
 * could be taken for a part of an address. */

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
  g_autofree char *title_markup = g_markup_escape_text (title, -1);
  g_autofree char *markup = NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title_markup);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (subtitle != NULL)
    markup = g_markup_printf_escaped ("<span insert_hyphens=\"false\">%s</span>", subtitle);
  if (markup != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), markup);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);

  return row;
}
