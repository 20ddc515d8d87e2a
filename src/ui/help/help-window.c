/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "help/help-window.h"

#include "base/gradual-list.h"
#include "help/help-page.h"
#include "words/explain.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * SidetoneHelpWindow:
 *
 * The help, beside the window that it belongs to: all codes, which can be searched, and one page of
 * text at a time.
 */
struct _SidetoneHelpWindow
{
  AdwWindow parent_instance;

  GtkStack *stack;
  GtkWidget *contents;
  GtkWidget *back_button;
  GtkEditable *search_entry;
  GtkListBox *code_list;

  GtkFilterListModel *found;   /* codes, as strings */
  SidetoneGradualList *shown;
  GtkWidget *page;             /* NULL while the contents are shown */
};

G_DEFINE_FINAL_TYPE (SidetoneHelpWindow, sidetone_help_window, ADW_TYPE_WINDOW)

static const SidetoneRule *
get_rule (gpointer item)
{
  return sidetone_rules_find_code (gtk_string_object_get_string (item));
}

/* A code as it is heard, or words of its title */
static gboolean
is_found (gpointer item,
          gpointer user_data)
{
  SidetoneHelpWindow *self = user_data;
  const char *typed = gtk_editable_get_text (self->search_entry);
  const SidetoneRule *rule = get_rule (item);
  const SidetoneRule *exact = sidetone_rules_find_code (typed);
  g_autofree char *title = sidetone_explain_title (rule);
  g_autofree char *words = g_strdup_printf ("%s %s", rule->code, title);
  g_autofree char *folded = g_utf8_casefold (words, -1);
  g_autofree char *wanted = g_utf8_casefold (typed, -1);

  return exact != NULL ? rule == exact : strstr (folded, g_strstrip (wanted)) != NULL;
}

static void
on_search_changed (SidetoneHelpWindow *self)
{
  gtk_filter_changed (gtk_filter_list_model_get_filter (self->found), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
on_search_activated (SidetoneHelpWindow *self)
{
  g_autoptr (GObject) first = NULL;

  /* The change may be newer than the list. */
  on_search_changed (self);
  first = g_list_model_get_item (G_LIST_MODEL (self->found), 0);
  if (first != NULL)
    sidetone_help_window_show_topic (self, get_rule (first)->code);
}

static GtkWidget *
make_row (gpointer item,
          gpointer user_data)
{
  const SidetoneRule *rule = get_rule (item);
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = sidetone_explain_title (rule);
  g_autofree char *spoken = g_strjoin ("\n", rule->code, title, NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), rule->code);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "help.show");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", rule->code);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);

  return row;
}

static void
make_list (SidetoneHelpWindow *self)
{
  GtkStringList *codes = gtk_string_list_new (NULL);
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (is_found, self, NULL));

  for (guint i = 0; i < sidetone_rules_get_n (); i++)
    gtk_string_list_append (codes, sidetone_rules_get (i)->code);
  self->found = gtk_filter_list_model_new (G_LIST_MODEL (codes), filter);
  self->shown = sidetone_gradual_list_new (GTK_WIDGET (self->code_list));
  gtk_list_box_bind_model (self->code_list, sidetone_gradual_list_get_shown (self->shown), make_row,
                           NULL, NULL);
  sidetone_gradual_list_set_model (self->shown, G_LIST_MODEL (self->found));
}

static GPtrArray *
list_terms (void)
{
  GPtrArray *sections = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_detail_free);

  for (guint i = 0; i < sidetone_terms_get_n (); i++)
    {
      const SidetoneTerm *term = sidetone_terms_get (i);
      SidetoneDetail *section = g_new0 (SidetoneDetail, 1);

      section->title = g_strdup (_(term->title));
      section->value = g_strdup (_(term->words));
      g_ptr_array_add (sections, section);
    }

  return sections;
}

/* Takes @page; NULL shows the contents */
static void
show_page (SidetoneHelpWindow *self,
           GtkWidget          *page,
           const char         *title)
{
  GtkWidget *former = self->page;

  self->page = page;
  if (page != NULL)
    gtk_stack_add_child (self->stack, page);
  gtk_stack_set_visible_child (self->stack, page != NULL ? page : self->contents);
  if (former != NULL)
    gtk_stack_remove (self->stack, former);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_widget_set_visible (self->back_button, page != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "help.back", page != NULL);
  gtk_widget_grab_focus (page != NULL ? page : GTK_WIDGET (self->search_entry));
}

static void
show_topic (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  sidetone_help_window_show_topic (SIDETONE_HELP_WINDOW (widget),
                                   g_variant_get_string (parameter, NULL));
}

static void
go_back (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  show_page (SIDETONE_HELP_WINDOW (widget), NULL, _("Help"));
}

/* The window that this one belongs to says so if there is no browser. */
static void
open_web_page (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (widget));

  gtk_widget_activate_action (GTK_WIDGET (parent), "win.open-web-page", NULL);
}

static void
sidetone_help_window_dispose (GObject *object)
{
  SidetoneHelpWindow *self = SIDETONE_HELP_WINDOW (object);

  g_clear_object (&self->shown);
  g_clear_object (&self->found);
  gtk_widget_dispose_template (GTK_WIDGET (self), SIDETONE_TYPE_HELP_WINDOW);

  G_OBJECT_CLASS (sidetone_help_window_parent_class)->dispose (object);
}

static void
sidetone_help_window_class_init (SidetoneHelpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sidetone_help_window_dispose;

  gtk_widget_class_install_action (widget_class, "help.back", NULL, go_back);
  gtk_widget_class_install_action (widget_class, "help.show", "s", show_topic);
  gtk_widget_class_install_action (widget_class, "help.open-web-page", NULL, open_web_page);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "help.back", NULL);

  gtk_widget_class_set_template_from_resource (widget_class, "/sidetone/help/help-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneHelpWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, SidetoneHelpWindow, contents);
  gtk_widget_class_bind_template_child (widget_class, SidetoneHelpWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, SidetoneHelpWindow, search_entry);
  gtk_widget_class_bind_template_child (widget_class, SidetoneHelpWindow, code_list);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback_full (widget_class, "gtk_window_close",
                                                G_CALLBACK (gtk_window_close));
}

static void
sidetone_help_window_init (SidetoneHelpWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  make_list (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "help.back", FALSE);
}

/**
 * sidetone_help_window_new:
 * @parent: the window that it belongs to, and closes with
 *
 * Returns: (transfer none): the contents of the help; GTK owns it
 */
SidetoneHelpWindow *
sidetone_help_window_new (GtkWindow *parent)
{
  return g_object_new (SIDETONE_TYPE_HELP_WINDOW,
                       "application", gtk_window_get_application (parent),
                       "transient-for", parent,
                       NULL);
}

/**
 * sidetone_help_window_show_topic:
 * @self: the help
 * @topic: (nullable): a code, %SIDETONE_HELP_SUPPORT or %SIDETONE_HELP_TERMS; else the contents
 *
 * Shows a page.
 */
void
sidetone_help_window_show_topic (SidetoneHelpWindow *self,
                                 const char         *topic)
{
  const SidetoneRule *rule = topic != NULL ? sidetone_rules_find_code (topic) : NULL;
  g_autoptr (GPtrArray) sections = NULL;
  g_autofree char *title = NULL;
  const char *short_title = NULL;

  if (rule != NULL)
    {
      sections = sidetone_explain_rule (rule);
      title = sidetone_explain_title (rule);
      short_title = rule->code;
    }
  else if (g_strcmp0 (topic, SIDETONE_HELP_SUPPORT) == 0)
    {
      sections = sidetone_explain_support ();
      short_title = _("For Support Staff");
    }
  else if (g_strcmp0 (topic, SIDETONE_HELP_TERMS) == 0)
    {
      sections = list_terms ();
      short_title = _("Terms");
    }

  if (sections == NULL)
    show_page (self, NULL, _("Help"));
  else
    show_page (self, sidetone_help_page_new (title != NULL ? title : short_title, sections),
               short_title);
}
