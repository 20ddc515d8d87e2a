/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "sign-in/entry-row.h"

/**
 * SidetoneEntryRow:
 *
 * A row to type something. It looks like an #AdwEntryRow, but that of libadwaita 1.2 does not tell
 * screen readers when it gets the focus, nor what is wrong with its text; a #GtkEntry does.
 */
typedef struct
{
  GtkWidget *title;
  GtkWidget *empty_title;
  GtkBox *box;
  GtkBox *header;

  GtkWidget *entry;             /* in the box */
  GtkText *text;                /* in the entry; NULL without it */
  GtkWidget *suffix;            /* at the end; or NULL */
} SidetoneEntryRowPrivate;

enum { PROP_0, PROP_ENTRY, PROP_SUFFIX, N_PROPS };

static GParamSpec *properties[N_PROPS];

G_DEFINE_TYPE_WITH_PRIVATE (SidetoneEntryRow, sidetone_entry_row, ADW_TYPE_PREFERENCES_ROW)

static SidetoneEntryRowPrivate *
get_private (SidetoneEntryRow * self)
{
  return sidetone_entry_row_get_instance_private (self);
}

/* Empty and without the focus, the row is its title. */
static void
update (SidetoneEntryRow *self)
{
  SidetoneEntryRowPrivate *priv = get_private (self);
  gboolean is_focused = gtk_widget_has_focus (GTK_WIDGET (priv->text));
  gboolean is_title = !is_focused && gtk_text_get_text_length (priv->text) == 0;

  gtk_widget_set_opacity (priv->title, is_title ? 0 : 1);
  gtk_widget_set_visible (priv->empty_title, is_title);
  if (is_focused)
    gtk_widget_add_css_class (GTK_WIDGET (self), "focused");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "focused");
}

static void
name_entry (SidetoneEntryRow *self)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self));

  if (get_private (self)->entry != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (get_private (self)->entry),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                    -1);
}

static void
set_entry (SidetoneEntryRow *self,
           GtkWidget        *entry)
{
  SidetoneEntryRowPrivate *priv = get_private (self);

  g_return_if_fail (GTK_IS_EDITABLE (entry) && priv->entry == NULL);

  priv->entry = entry;
  priv->text = GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (entry)));
  gtk_box_append (priv->box, entry);
  g_signal_connect_swapped (priv->text, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (priv->text, "notify::buffer", G_CALLBACK (update), self);
  g_signal_connect_swapped (priv->text, "notify::has-focus", G_CALLBACK (update), self);
  name_entry (self);
  update (self);
}

static void
set_suffix (SidetoneEntryRow *self,
            GtkWidget        *suffix)
{
  SidetoneEntryRowPrivate *priv = get_private (self);

  g_return_if_fail (GTK_IS_WIDGET (suffix) && priv->suffix == NULL);

  priv->suffix = suffix;
  gtk_box_append (priv->header, suffix);
}

static void
on_pressed (SidetoneEntryRow *self)
{
  gtk_text_grab_focus_without_selecting (get_private (self)->text);
}

static gboolean
sidetone_entry_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (get_private (SIDETONE_ENTRY_ROW (widget))->entry);
}

/* Not the parent's, which would keep the focus in the row for Shift+Tab */
static gboolean
sidetone_entry_row_focus (GtkWidget       *widget,
                          GtkDirectionType direction)
{
  return gtk_widget_child_focus (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (widget)),
                                 direction);
}

static void
sidetone_entry_row_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_ENTRY:
      g_value_set_object (value, get_private (SIDETONE_ENTRY_ROW (object))->entry);
      break;

    case PROP_SUFFIX:
      g_value_set_object (value, get_private (SIDETONE_ENTRY_ROW (object))->suffix);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sidetone_entry_row_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  switch (property_id)
    {
    case PROP_ENTRY:
      set_entry (SIDETONE_ENTRY_ROW (object), g_value_get_object (value));
      break;

    case PROP_SUFFIX:
      set_suffix (SIDETONE_ENTRY_ROW (object), g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sidetone_entry_row_dispose (GObject *object)
{
  SidetoneEntryRow *self = SIDETONE_ENTRY_ROW (object);
  SidetoneEntryRowPrivate *priv = get_private (self);

  if (priv->text != NULL)
    g_signal_handlers_disconnect_by_data (priv->text, self);
  priv->text = NULL;
  priv->entry = NULL;
  priv->suffix = NULL;

  G_OBJECT_CLASS (sidetone_entry_row_parent_class)->dispose (object);
}

static void
sidetone_entry_row_class_init (SidetoneEntryRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sidetone_entry_row_dispose;
  object_class->get_property = sidetone_entry_row_get_property;
  object_class->set_property = sidetone_entry_row_set_property;
  widget_class->focus = sidetone_entry_row_focus;
  widget_class->grab_focus = sidetone_entry_row_grab_focus;

  properties[PROP_ENTRY] = g_param_spec_object ("entry", NULL, NULL, GTK_TYPE_WIDGET,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUFFIX] = g_param_spec_object ("suffix", NULL, NULL, GTK_TYPE_WIDGET,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/sidetone/sign-in/entry-row.ui");
  gtk_widget_class_bind_template_child_private (widget_class, SidetoneEntryRow, title);
  gtk_widget_class_bind_template_child_private (widget_class, SidetoneEntryRow, empty_title);
  gtk_widget_class_bind_template_child_private (widget_class, SidetoneEntryRow, box);
  gtk_widget_class_bind_template_child_private (widget_class, SidetoneEntryRow, header);
  gtk_widget_class_bind_template_callback (widget_class, on_pressed);
}

static void
sidetone_entry_row_init (SidetoneEntryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "notify::title", G_CALLBACK (name_entry), NULL);
}

/**
 * sidetone_entry_row_get_entry:
 * @self: a row
 *
 * Returns: (transfer none): what the user types into, and what screen readers know as the field
 */
GtkWidget *
sidetone_entry_row_get_entry (SidetoneEntryRow *self)
{
  g_return_val_if_fail (SIDETONE_IS_ENTRY_ROW (self), NULL);

  return get_private (self)->entry;
}
