/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "help/help-page.h"

#include "words/describe.h"

/**
 * SidetoneHelpPage:
 *
 * One page of the help: a title, and sections of text.
 */
struct _SidetoneHelpPage
{
  AdwBin parent_instance;

  GtkBox *text;
  GtkLabel *title_label;
};

G_DEFINE_FINAL_TYPE (SidetoneHelpPage, sidetone_help_page, ADW_TYPE_BIN)

static gboolean
sidetone_help_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SIDETONE_HELP_PAGE (widget)->text));
}

static void
sidetone_help_page_class_init (SidetoneHelpPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->grab_focus = sidetone_help_page_grab_focus;

  gtk_widget_class_set_template_from_resource (widget_class, "/sidetone/help/help-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneHelpPage, text);
  gtk_widget_class_bind_template_child (widget_class, SidetoneHelpPage, title_label);
}

static void
sidetone_help_page_init (SidetoneHelpPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Returns: the words' box; below the first paragraph of a section stand the others, without a title */
static GtkBox *
add_words (GtkBox     *box,
           const char *title,
           const char *words)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/sidetone/help/help-section.ui");
  GtkLabel *title_label = GTK_LABEL (gtk_builder_get_object (builder, "title"));
  GtkWidget *section = GTK_WIDGET (gtk_builder_get_object (builder, "section"));

  gtk_label_set_text (title_label, title != NULL ? title : "");
  gtk_widget_set_visible (GTK_WIDGET (title_label), title != NULL);
  gtk_label_set_text (GTK_LABEL (gtk_builder_get_object (builder, "words")), words);
  gtk_box_append (box, section);

  return GTK_BOX (section);
}

/**
 * sidetone_help_page_new:
 * @title: its title
 * @sections: (element-type SidetoneDetail): its sections; each line of a value is a paragraph
 *
 * Returns: (transfer floating): a page. With the focus on it a screen reader says all of it.
 */
GtkWidget *
sidetone_help_page_new (const char *title,
                        GPtrArray  *sections)
{
  SidetoneHelpPage *self = g_object_new (SIDETONE_TYPE_HELP_PAGE, NULL);
  g_autoptr (GString) spoken = g_string_new (title);

  gtk_label_set_text (self->title_label, title);
  for (guint i = 0; i < sections->len; i++)
    {
      const SidetoneDetail *section = sections->pdata[i];
      g_auto (GStrv) lines = g_strsplit (section->value, "\n", -1);
      GtkBox *box = add_words (self->text, section->title, lines[0]);

      for (guint j = 1; lines[j] != NULL; j++)
        add_words (box, NULL, lines[j]);
      g_string_append_printf (spoken, "\n%s\n%s", section->title, section->value);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken->str, -1);

  return GTK_WIDGET (self);
}
