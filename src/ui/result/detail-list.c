/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/detail-list.h"

#include "words/describe.h"

/**
 * SidetoneDetailList:
 *
 * Pairs of a name and a value, selectable and copyable.
 */
struct _SidetoneDetailList
{
  GtkBox parent_instance;
};

G_DEFINE_FINAL_TYPE (SidetoneDetailList, sidetone_detail_list, GTK_TYPE_BOX)

static void
sidetone_detail_list_class_init (SidetoneDetailListClass *klass)
{
}

static void
sidetone_detail_list_init (SidetoneDetailList *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
}

static void
append_detail (SidetoneDetailList   *self,
               const SidetoneDetail *detail)
{
  g_autoptr (GtkBuilder) builder = NULL;
  GtkWidget *pair;
  GtkLabel *title;
  GtkLabel *value;

  builder = gtk_builder_new_from_resource ("/sidetone/result/detail.ui");
  pair = GTK_WIDGET (gtk_builder_get_object (builder, "pair"));
  title = GTK_LABEL (gtk_builder_get_object (builder, "title"));
  value = GTK_LABEL (gtk_builder_get_object (builder, "value"));

  gtk_label_set_text (title, detail->title);
  gtk_label_set_text (value, detail->value);
  if (detail->verbatim)
    {
      /* Technical values are written from left to right in every language */
      gtk_widget_set_direction (GTK_WIDGET (value), GTK_TEXT_DIR_LTR);
      if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
        gtk_label_set_xalign (value, 1.0);
      gtk_widget_add_css_class (GTK_WIDGET (value), "monospace");
    }

  gtk_box_append (GTK_BOX (self), pair);
}

/**
 * sidetone_detail_list_set_details:
 * @self: a list
 * @details: (element-type SidetoneDetail): the pairs
 *
 * Replaces the shown details with @details.
 */
void
sidetone_detail_list_set_details (SidetoneDetailList *self,
                                  GPtrArray          *details)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_box_remove (GTK_BOX (self), child);

  for (guint i = 0; i < details->len; i++)
    append_detail (self, details->pdata[i]);
}
