/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "base/skip-row.h"

/* Keyboard navigation: a #GtkListBox that comes to a row without anything to focus stays there, and
 * Tab seems to jump over the rows after it. Such a row has this for its #GtkWidgetClass.focus. */

/**
 * sidetone_skip_row:
 * @row: a list's row that can't have the focus
 * @direction: where the focus goes
 *
 * Moves the focus to the row after @row, or before it.
 *
 * Returns: %FALSE if there is none: then it leaves the list
 */
gboolean
sidetone_skip_row (GtkWidget       *row,
                   GtkDirectionType direction)
{
  gboolean is_forward = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_DOWN;
  GtkWidget *next = row;

  do
    next = is_forward ? gtk_widget_get_next_sibling (next) : gtk_widget_get_prev_sibling (next);
  while (next != NULL && !gtk_widget_is_visible (next));

  return next != NULL && gtk_widget_child_focus (next, direction);
}
