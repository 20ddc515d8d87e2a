/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "sign-in/field-message.h"

#include "base/announce.h"
#include "base/skip-row.h"
#include "sign-in/entry-row.h"
#include "words/describe.h"

#include <glib/gi18n.h>

/**
 * SidetoneFieldMessage:
 *
 * What is wrong with the field above it, and what to do. A row of the same list, hidden without a
 * message. It also marks the field, for eyes and for screen readers.
 * Tab passes over its text: screen readers say that as the field's description, or as an
 * announcement. After a check it has a button that leads to the result.
 */
struct _SidetoneFieldMessage
{
  AdwPreferencesRow parent_instance;

  GtkWidget *field;

  GtkRevealer *revealer;
  GtkLabel *label;
  GtkWidget *details_button;
  GtkLabel *details_label;

  guint announce_source;
};

enum { PROP_0, PROP_FIELD, N_PROPS };

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SidetoneFieldMessage, sidetone_field_message, ADW_TYPE_PREFERENCES_ROW)

/* Returns: (transfer none): what screen readers know as the field */
static GtkAccessible *
get_accessible_field (SidetoneFieldMessage * self)
{
  return SIDETONE_IS_ENTRY_ROW (self->field)
         ? GTK_ACCESSIBLE (sidetone_entry_row_get_entry (SIDETONE_ENTRY_ROW (self->field)))
         : GTK_ACCESSIBLE (self->field);
}

/* GTK 4.8 mistakes an invalid entry for a broken object (ATSPI_STATE_INVALID, not _INVALID_ENTRY), and
 * Orca then does not say that it has the focus. The entry's description says what is wrong. */
static gboolean
has_invalid_state (void)
{
  return gtk_check_version (4, 14, 0) == NULL;
}

static void
mark_field (SidetoneFieldMessage *self)
{
  GtkAccessible *accessible = get_accessible_field (self);

  /* On other rows this would make the buttons red, too. */
  if (SIDETONE_IS_ENTRY_ROW (self->field))
    gtk_widget_add_css_class (self->field, "error");
  if (has_invalid_state ())
    gtk_accessible_update_state (accessible,
                                 GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE,
                                 -1);
  /* Screen readers say it at once if it changes. They know no relation to the label besides: of that,
   * later versions of GTK take the label's own description, which is none. */
  gtk_accessible_update_property (accessible,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  gtk_label_get_text (self->label),
                                  -1);
}

static void
unmark_field (SidetoneFieldMessage *self)
{
  GtkAccessible *accessible = get_accessible_field (self);

  gtk_widget_remove_css_class (self->field, "error");
  gtk_accessible_reset_state (accessible, GTK_ACCESSIBLE_STATE_INVALID);
  gtk_accessible_reset_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

static gboolean
announce_cb (gpointer user_data)
{
  SidetoneFieldMessage *self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  self->announce_source = 0;
  if (root != NULL && (focus == NULL || !gtk_widget_is_ancestor (focus, self->field)))
    sidetone_announce (GTK_WIDGET (self), gtk_label_get_text (self->label));

  return G_SOURCE_REMOVE;
}

static void
on_revealer_child_revealed (SidetoneFieldMessage *self)
{
  if (!gtk_revealer_get_child_revealed (self->revealer))
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static gboolean
sidetone_field_message_focus (GtkWidget       *widget,
                              GtkDirectionType direction)
{
  SidetoneFieldMessage *self = SIDETONE_FIELD_MESSAGE (widget);

  return gtk_widget_child_focus (GTK_WIDGET (self->revealer), direction) ||
         sidetone_skip_row (widget, direction);
}

static void
sidetone_field_message_get_property (GObject    *object,
                                     guint       property_id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  SidetoneFieldMessage *self = SIDETONE_FIELD_MESSAGE (object);

  switch (property_id)
    {
    case PROP_FIELD:
      g_value_set_object (value, self->field);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sidetone_field_message_set_property (GObject      *object,
                                     guint         property_id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  SidetoneFieldMessage *self = SIDETONE_FIELD_MESSAGE (object);

  switch (property_id)
    {
    case PROP_FIELD:
      g_set_weak_pointer (&self->field, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sidetone_field_message_dispose (GObject *object)
{
  SidetoneFieldMessage *self = SIDETONE_FIELD_MESSAGE (object);

  g_clear_handle_id (&self->announce_source, g_source_remove);
  g_clear_weak_pointer (&self->field);

  G_OBJECT_CLASS (sidetone_field_message_parent_class)->dispose (object);
}

static void
sidetone_field_message_class_init (SidetoneFieldMessageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sidetone_field_message_dispose;
  object_class->get_property = sidetone_field_message_get_property;
  object_class->set_property = sidetone_field_message_set_property;
  widget_class->focus = sidetone_field_message_focus;

  properties[PROP_FIELD] = g_param_spec_object ("field", NULL, NULL, ADW_TYPE_PREFERENCES_ROW,
                                                G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY |
                                                G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/sidetone/sign-in/field-message.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneFieldMessage, revealer);
  gtk_widget_class_bind_template_child (widget_class, SidetoneFieldMessage, label);
  gtk_widget_class_bind_template_child (widget_class, SidetoneFieldMessage, details_button);
  gtk_widget_class_bind_template_child (widget_class, SidetoneFieldMessage, details_label);
  gtk_widget_class_bind_template_callback (widget_class, on_revealer_child_revealed);
}

static void
sidetone_field_message_init (SidetoneFieldMessage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sidetone_field_message_get_field:
 * @self: a message
 *
 * Returns: (transfer none): the row of the field
 */
GtkWidget *
sidetone_field_message_get_field (SidetoneFieldMessage *self)
{
  return self->field;
}

/**
 * sidetone_field_message_get_text:
 * @self: a message
 *
 * Returns: (transfer none) (nullable): the message, %NULL without one
 */
const char *
sidetone_field_message_get_text (SidetoneFieldMessage *self)
{
  return gtk_revealer_get_reveal_child (self->revealer) ? gtk_label_get_text (self->label) : NULL;
}

/**
 * sidetone_field_message_set_text:
 * @self: a message
 * @text: (nullable): the message, %NULL for none
 *
 * Shows the message and marks its field, or removes both, and the codes with them.
 */
void
sidetone_field_message_set_text (SidetoneFieldMessage *self,
                                 const char           *text)
{
  if (g_strcmp0 (text, sidetone_field_message_get_text (self)) == 0)
    return;

  g_clear_handle_id (&self->announce_source, g_source_remove);
  gtk_widget_set_visible (self->details_button, FALSE);
  if (text == NULL)
    {
      unmark_field (self);
      gtk_revealer_set_reveal_child (self->revealer, FALSE);
      return;
    }

  gtk_label_set_text (self->label, text);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  mark_field (self);
  /* The focus may go to the field now, whose description is said then. */
  self->announce_source = g_idle_add (announce_cb, self);
}

/**
 * sidetone_field_message_set_codes:
 * @self: a message with a text
 * @codes: (nullable): the codes of a check's findings, %NULL without a check
 *
 * Offers the result of the check that led to the message.
 */
void
sidetone_field_message_set_codes (SidetoneFieldMessage *self,
                                  const char           *codes)
{
  g_autofree char *words = NULL;

  if (codes == NULL)
    return;

  /* Translators: a button; %s is a code such as "CON-07", to be read on the telephone */
  words = g_strdup_printf (_("%s · Show Details"), codes);
  gtk_label_set_text (self->details_label, words);
  gtk_widget_set_visible (self->details_button, TRUE);
}

/**
 * sidetone_field_message_set_error:
 * @self: a message
 * @error: the field's error
 * @name: (nullable): the user's input, for errors that quote it
 *
 * Shows the words for @error, and marks the field.
 */
void
sidetone_field_message_set_error (SidetoneFieldMessage *self,
                                  SidetoneError         error,
                                  const char           *name)
{
  g_autofree char *words = sidetone_describe_error (error, name, NULL);

  sidetone_field_message_set_text (self, words);
}
