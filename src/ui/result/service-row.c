/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/service-row.h"

#include "result/progress-mark.h"
#include "result/pair-layout.h"
#include "result/trip-plot.h"
#include "words/describe.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * SidetoneServiceRow:
 *
 * A call server at one of its addresses: whether it works, by which protocol, and what became of
 * packets through it.
 */
struct _SidetoneServiceRow
{
  AdwPreferencesRow parent_instance;

  SidetoneServiceItem *item;

  SidetoneProgressMark *mark;
  GtkLabel *title_label;
  GtkLabel *summary_label;
  SidetoneTripPlot *plot;
  GtkLabel *trips_label;
};

G_DEFINE_FINAL_TYPE (SidetoneServiceRow, sidetone_service_row, ADW_TYPE_PREFERENCES_ROW)

/* The length of "1000" and "10.2" */
#define MAX_NUMBER 4

static void
sidetone_service_row_dispose (GObject *object)
{
  SidetoneServiceRow *self = SIDETONE_SERVICE_ROW (object);

  g_clear_object (&self->item);

  G_OBJECT_CLASS (sidetone_service_row_parent_class)->dispose (object);
}

static void
sidetone_service_row_class_init (SidetoneServiceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sidetone_service_row_dispose;

  g_type_ensure (SIDETONE_TYPE_PROGRESS_MARK);
  g_type_ensure (SIDETONE_TYPE_PAIR_LAYOUT);
  g_type_ensure (SIDETONE_TYPE_TRIP_PLOT);
  gtk_widget_class_set_template_from_resource (widget_class, "/sidetone/result/service-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneServiceRow, mark);
  gtk_widget_class_bind_template_child (widget_class, SidetoneServiceRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, SidetoneServiceRow, summary_label);
  gtk_widget_class_bind_template_child (widget_class, SidetoneServiceRow, plot);
  gtk_widget_class_bind_template_child (widget_class, SidetoneServiceRow, trips_label);
}

static void
sidetone_service_row_init (SidetoneServiceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* No hyphens at line ends, which could be taken for a part of an address, and no break between a
 * number and its unit: "51 ms" */
static PangoAttrList *
list_breaks (const char *summary)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  for (const char *p = strchr (summary, ' '); p != NULL; p = strchr (p + 1, ' '))
    {
      const char *start = p;

      while (start > summary && (g_ascii_isdigit (start[-1]) || strchr (".,", start[-1]) != NULL))
        start--;

      /* Longer ones are addresses */
      if (start < p && p - start <= MAX_NUMBER && (start == summary || start[-1] == ' '))
        {
          PangoAttribute *together = pango_attr_allow_breaks_new (FALSE);

          together->start_index = start - summary;
          together->end_index = p + 2 - summary;
          pango_attr_list_insert (attributes, together);
        }
    }

  return attributes;
}

/* Shows the current result. */
static void
update (SidetoneServiceRow *self)
{
  const SidetoneServiceResult *result = sidetone_service_item_get_result (self->item);
  SidetoneProgress progress = sidetone_service_item_get_progress (self->item);
  const char *state = progress == SIDETONE_PROGRESS_RUNNING
                      ? sidetone_describe_progress (progress)
                      : sidetone_describe_state (result->state);
  g_autofree char *title = sidetone_describe_service_title (result);
  g_autofree char *summary = sidetone_describe_service_summary (result);
  g_autofree char *trips = sidetone_describe_service_trips (result);
  g_autofree char *words = NULL;
  g_autofree char *spoken = NULL;
  g_autoptr (PangoAttrList) breaks = list_breaks (summary);
  g_autoptr (PangoAttrList) trips_breaks = list_breaks (trips != NULL ? trips : "");

  /* Translators: the state of a server, how it is spoken to, and what came of it: "ok: TURN over
   * UDP, 203.0.113.20 port 3478: works" */
  words = g_strdup_printf (_("%s: %s"), state, summary);
  spoken = g_strdup_printf ("%s\n%s", title, words);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY,
                               progress == SIDETONE_PROGRESS_RUNNING, -1);
  sidetone_progress_mark_show (self->mark, progress, state);
  gtk_label_set_text (self->title_label, title);
  gtk_label_set_text (self->summary_label, summary);
  gtk_label_set_attributes (self->summary_label, breaks);
  if (result->packets != NULL && result->packets->trips != NULL)
    sidetone_trip_plot_set_trips (self->plot, &g_array_index (result->packets->trips, gint64, 0),
                                  result->packets->trips->len,
                                  sidetone_service_item_get_scale (self->item), trips);
  else
    sidetone_trip_plot_set_trips (self->plot, NULL, 0, 0, NULL);
  if (result->router_trips != NULL)
    sidetone_trip_plot_set_router (self->plot, &g_array_index (result->router_trips, gint64, 0),
                                   result->router_trips->len);
  gtk_label_set_text (self->trips_label, trips != NULL ? trips : "");
  gtk_label_set_attributes (self->trips_label, trips_breaks);
  gtk_widget_set_visible (GTK_WIDGET (self->trips_label), trips != NULL);
}

/**
 * sidetone_service_row_new:
 * @item: a call server
 *
 * Returns: (transfer floating): a row that follows its results
 */
GtkWidget *
sidetone_service_row_new (SidetoneServiceItem *item)
{
  SidetoneServiceRow *self = g_object_new (SIDETONE_TYPE_SERVICE_ROW, NULL);

  self->item = g_object_ref (item);
  g_signal_connect_object (item, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}
