/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/hop-button.h"

#include "result/hop-popover.h"
#include "words/describe.h"

#include <glib/gi18n.h>

/**
 * SidetoneHopButton:
 *
 * A hop of the way: what it is, what it does, and what that means for calls. Pressed, it shows the
 * evidence.
 */
struct _SidetoneHopButton
{
  AdwBin parent_instance;

  GtkWidget *button;
  GtkWidget *mark;
  GtkLabel *title_label;
  GtkLabel *words_label;

  SidetoneHopState state;
};

G_DEFINE_FINAL_TYPE (SidetoneHopButton, sidetone_hop_button, ADW_TYPE_BIN)

/* In characters: a translator stands between two cards, the other hops have a third of the width. */
#define NARROW 14
#define WIDE 22

/* In the order of the enum. The words tell the same as the mark. */
static const struct
{
  const char *css_class;
  const char *icon_name;
} looks[] = {
  [SIDETONE_HOP_UNKNOWN] = { "unknown", "dialog-question-symbolic" },
  [SIDETONE_HOP_FINE] = { "fine", "object-select-symbolic" },
  [SIDETONE_HOP_LIMITS] = { "limits", "dialog-warning-symbolic" },
  [SIDETONE_HOP_BROKEN] = { "broken", "dialog-error-symbolic" },
};

static GtkSizeRequestMode
sidetone_hop_button_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* GtkMenuButton takes its natural height for any width, so wrapped words would have no room: the
 * button in it is asked. */
static void
sidetone_hop_button_measure (GtkWidget     *widget,
                             GtkOrientation orientation,
                             int            for_size,
                             int           *minimum,
                             int           *natural,
                             int           *minimum_baseline,
                             int           *natural_baseline)
{
  GtkWidget *button = SIDETONE_HOP_BUTTON (widget)->button;

  /* Otherwise GTK takes it as never measured. */
  gtk_widget_measure (button, orientation, for_size, NULL, NULL, NULL, NULL);
  gtk_widget_measure (gtk_widget_get_first_child (button), orientation, for_size, minimum, natural,
                      NULL, NULL);
}

static void
sidetone_hop_button_size_allocate (GtkWidget *widget,
                                   int        width,
                                   int        height,
                                   int        baseline)
{
  gtk_widget_size_allocate (SIDETONE_HOP_BUTTON (widget)->button,
                            &(GtkAllocation) { 0, 0, width, height }, -1);
}

static void
sidetone_hop_button_class_init (SidetoneHopButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->get_request_mode = sidetone_hop_button_get_request_mode;
  widget_class->measure = sidetone_hop_button_measure;
  widget_class->size_allocate = sidetone_hop_button_size_allocate;

  gtk_widget_class_set_template_from_resource (widget_class, "/sidetone/result/hop-button.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneHopButton, button);
  gtk_widget_class_bind_template_child (widget_class, SidetoneHopButton, mark);
  gtk_widget_class_bind_template_child (widget_class, SidetoneHopButton, title_label);
  gtk_widget_class_bind_template_child (widget_class, SidetoneHopButton, words_label);
}

static void
sidetone_hop_button_init (SidetoneHopButton *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sidetone_hop_button_new:
 *
 * Returns: (transfer floating): an empty button
 */
GtkWidget *
sidetone_hop_button_new (void)
{
  return g_object_new (SIDETONE_TYPE_HOP_BUTTON, NULL);
}

/* A translator that does no harm has no mark: it is neither good nor bad. */
static gboolean
has_mark (const SidetoneHop *hop)
{
  return hop->place != SIDETONE_HOP_BETWEEN || hop->state != SIDETONE_HOP_FINE;
}

/**
 * sidetone_hop_button_show_hop:
 * @self: a button
 * @hop: a hop
 * @diagnosis: (nullable): the diagnosis that it is from, %NULL while there is none
 *
 * Shows @hop.
 */
void
sidetone_hop_button_show_hop (SidetoneHopButton       *self,
                              const SidetoneHop       *hop,
                              const SidetoneDiagnosis *diagnosis)
{
  const char *title = sidetone_describe_hop_title (hop);
  g_autofree char *words = diagnosis != NULL ? sidetone_describe_hop (hop, diagnosis)
                           : g_strdup (_("checking…"));
  g_autofree char *label = g_strdup_printf ("%s: %s", title, words);
  gboolean is_translator = hop->place == SIDETONE_HOP_BETWEEN && hop->finding != NULL;

  gtk_widget_remove_css_class (GTK_WIDGET (self), looks[self->state].css_class);
  self->state = hop->state;
  gtk_widget_add_css_class (GTK_WIDGET (self), looks[self->state].css_class);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->mark), looks[self->state].icon_name);
  gtk_widget_set_visible (self->mark, has_mark (hop));
  gtk_widget_remove_css_class (GTK_WIDGET (self->title_label), is_translator ? "heading"
                               : "title-3");
  gtk_widget_add_css_class (GTK_WIDGET (self->title_label), is_translator ? "title-3" : "heading");
  gtk_label_set_text (self->title_label, title);
  gtk_label_set_text (self->words_label, words);
  gtk_label_set_max_width_chars (self->words_label,
                                 hop->place == SIDETONE_HOP_BETWEEN ? NARROW : WIDE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  gtk_widget_set_sensitive (self->button,
                            sidetone_hop_popover_offer (GTK_MENU_BUTTON (self->button), hop,
                                                        diagnosis));
}

/**
 * sidetone_hop_button_get_state:
 * @self: a button
 *
 * Returns: what its hop means for calls
 */
SidetoneHopState
sidetone_hop_button_get_state (SidetoneHopButton *self)
{
  return self->state;
}
