/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "base/name-lists.h"

/* Accessible names: libadwaita's groups and expander rows have lists inside, and a screen reader says
 * the class of a list without a name. */

/**
 * sidetone_name_lists:
 * @widget: a group of rows, or an expander row
 * @name: what its rows are about, translated
 *
 * Names all lists in @widget, but not those in its rows, for screen readers.
 */
void
sidetone_name_lists (GtkWidget  *widget,
                     const char *name)
{
  if (GTK_IS_LIST_BOX (widget))
    {
      /* Later versions of libadwaita name a list after its group's title, which may be empty. */
      gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
      gtk_accessible_update_property (GTK_ACCESSIBLE (widget),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                      -1);
    }
  else
    for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
         child = gtk_widget_get_next_sibling (child))
      sidetone_name_lists (child, name);
}
