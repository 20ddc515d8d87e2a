/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/notes-row.h"

#include "result/expander-rows.h"
#include "result/finding-row.h"

#include <glib/gi18n.h>

/**
 * SidetoneNotesRow:
 *
 * The findings that are neither warnings nor problems, in one row: an expander row that shows them once
 * it is expanded.
 */
struct _SidetoneNotesRow
{
  AdwExpanderRow parent_instance;

  SidetoneExpanderRows *rows;
};

G_DEFINE_FINAL_TYPE (SidetoneNotesRow, sidetone_notes_row, ADW_TYPE_EXPANDER_ROW)

static GtkWidget *
create_row (gpointer item)
{
  return sidetone_finding_row_new (item);
}

static void
on_items_changed (SidetoneNotesRow *self,
                  guint             position,
                  guint             removed,
                  guint             added,
                  GListModel       *model)
{
  guint n = g_list_model_get_n_items (model);
  /* Translators: findings that need no fixing */
  g_autofree char *title = g_strdup_printf (ngettext ("%u note", "%u notes", n), n);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
}

static void
sidetone_notes_row_dispose (GObject *object)
{
  g_clear_object (&SIDETONE_NOTES_ROW (object)->rows);

  G_OBJECT_CLASS (sidetone_notes_row_parent_class)->dispose (object);
}

static void
sidetone_notes_row_class_init (SidetoneNotesRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sidetone_notes_row_dispose;
}

static void
sidetone_notes_row_init (SidetoneNotesRow *self)
{
  GtkWidget *icon;

  icon = g_object_new (GTK_TYPE_IMAGE,
                       "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                       "icon-name", sidetone_finding_row_get_icon_name (SIDETONE_SEVERITY_NOTE),
                       NULL);
  gtk_widget_add_css_class (icon, sidetone_finding_row_get_css_class (SIDETONE_SEVERITY_NOTE));
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), icon);
}

/**
 * sidetone_notes_row_set_model:
 * @self: a row without notes
 * @model: (transfer none) (element-type SidetoneFinding): the notes
 *
 * Sets the notes that the row stands for.
 */
void
sidetone_notes_row_set_model (SidetoneNotesRow *self,
                              GListModel       *model)
{
  g_return_if_fail (self->rows == NULL);

  self->rows = sidetone_expander_rows_new (ADW_EXPANDER_ROW (self), create_row);
  sidetone_expander_rows_set_model (self->rows, model);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
}
