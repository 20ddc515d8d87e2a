/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/host-row.h"

#include "result/expander-rows.h"
#include "result/progress-mark.h"
#include "result/service-row.h"
#include "words/describe.h"

#include <glib/gi18n.h>

/**
 * SidetoneHostRow:
 *
 * All call servers (STUN, TURN) at one host: what fails there and what works, and each of them at each
 * address once the row is expanded.
 */
struct _SidetoneHostRow
{
  AdwExpanderRow parent_instance;

  SidetoneHostItem *item;
  SidetoneExpanderRows *services;

  SidetoneProgressMark *mark;
};

G_DEFINE_FINAL_TYPE (SidetoneHostRow, sidetone_host_row, ADW_TYPE_EXPANDER_ROW)

static GtkWidget *
create_row (gpointer item)
{
  return sidetone_service_row_new (item);
}

static void
sidetone_host_row_dispose (GObject *object)
{
  SidetoneHostRow *self = SIDETONE_HOST_ROW (object);

  g_clear_object (&self->services);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (sidetone_host_row_parent_class)->dispose (object);
}

static void
sidetone_host_row_class_init (SidetoneHostRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sidetone_host_row_dispose;

  g_type_ensure (SIDETONE_TYPE_PROGRESS_MARK);
  gtk_widget_class_set_template_from_resource (widget_class, "/sidetone/result/host-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneHostRow, mark);
}

static void
sidetone_host_row_init (SidetoneHostRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->services = sidetone_expander_rows_new (ADW_EXPANDER_ROW (self), create_row);
}

/* No break between a name and its mark: "STUN ✓" */
static char *
keep_marks (const char *words)
{
  static const char *const marks[] = { "✓", "✗", "–", "?" };
  g_autoptr (GString) kept = g_string_new (words);

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      g_autofree char *apart = g_strdup_printf (" %s", marks[i]);
      g_autofree char *together = g_strdup_printf ("\u00a0%s", marks[i]);

      g_string_replace (kept, apart, together, 0);
    }

  return g_string_free (g_steal_pointer (&kept), FALSE);
}

/* Shows the current results: what fails stands in the first line. */
static void
update (SidetoneHostRow *self)
{
  const SidetoneHostResult *host = sidetone_host_item_get_host (self->item);
  SidetoneProgress progress = sidetone_host_item_get_progress (self->item);
  const char *state = sidetone_describe_progress (progress);
  g_autofree char *title = sidetone_describe_host_title (host);
  g_autofree char *faults = sidetone_describe_host_faults (host);
  g_autofree char *marks = sidetone_describe_host_marks (host);
  g_autofree char *kept = keep_marks (marks);
  g_autofree char *subtitle = NULL;
  g_autofree char *in_words = sidetone_describe_host_in_words (host);
  g_autofree char *rest = NULL;
  g_autofree char *words = NULL;

  subtitle = faults != NULL ? g_strdup_printf ("%s\n%s", faults, kept) : g_steal_pointer (&kept);
  rest = faults != NULL ? g_strdup_printf ("%s. %s", faults, in_words)
         : g_steal_pointer (&in_words);
  words = g_strdup_printf (_("%s: %s"), state, rest);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  sidetone_expander_rows_describe (ADW_EXPANDER_ROW (self), words);
  sidetone_progress_mark_show (self->mark, progress, state);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY,
                               progress == SIDETONE_PROGRESS_RUNNING, -1);
}

/**
 * sidetone_host_row_new:
 * @item: a host
 *
 * Returns: (transfer floating): a row that follows its results
 */
GtkWidget *
sidetone_host_row_new (SidetoneHostItem *item)
{
  SidetoneHostRow *self = g_object_new (SIDETONE_TYPE_HOST_ROW, NULL);

  self->item = g_object_ref (item);
  sidetone_expander_rows_set_model (self->services, sidetone_host_item_get_services (item));
  g_signal_connect_object (item, "notify::host", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}
