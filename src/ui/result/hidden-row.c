/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/hidden-row.h"

#include "base/name-lists.h"
#include "base/text-row.h"
#include "report/omissions.h"

#include <glib/gi18n.h>

/**
 * SidetoneHiddenRow:
 *
 * What a report without private details leaves out (a preview of redaction), to be looked at before it is
 * copied, saved or mailed. Its rows are made when it is opened.
 */
struct _SidetoneHiddenRow
{
  AdwExpanderRow parent_instance;

  SidetoneRun *run;
  GPtrArray *rows;
};

G_DEFINE_FINAL_TYPE (SidetoneHiddenRow, sidetone_hidden_row, ADW_TYPE_EXPANDER_ROW)

static void
add_row (SidetoneHiddenRow *self,
         const char        *title,
         const char        *subtitle)
{
  GtkWidget *row = sidetone_text_row_new (title, subtitle);

  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
remove_rows (SidetoneHiddenRow *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
}

static void
make_rows (SidetoneHiddenRow *self)
{
  g_autoptr (SidetoneReport) report = sidetone_run_dup_report (self->run);
  g_autoptr (SidetoneOmissions) omissions = sidetone_omissions_new (report);

  for (SidetoneOmissionKind kind = 0; kind < SIDETONE_N_OMISSIONS; kind++)
    {
      g_autofree char *words = NULL;
      g_autofree char *examples = NULL;

      if (sidetone_omissions_get_n (omissions, kind) == 0)
        continue;

      words = sidetone_omissions_describe (omissions, kind, &examples);
      add_row (self, words, examples);
    }
  if (self->rows->len == 0)
    add_row (self, _("Nothing: this report has no private details"), NULL);
}

static void
on_notify_expanded (SidetoneHiddenRow *self)
{
  if (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)) && self->rows->len == 0 &&
      self->run != NULL)
    make_rows (self);
}

static void
sidetone_hidden_row_dispose (GObject *object)
{
  g_clear_object (&SIDETONE_HIDDEN_ROW (object)->run);

  G_OBJECT_CLASS (sidetone_hidden_row_parent_class)->dispose (object);
}

static void
sidetone_hidden_row_finalize (GObject *object)
{
  g_ptr_array_unref (SIDETONE_HIDDEN_ROW (object)->rows);

  G_OBJECT_CLASS (sidetone_hidden_row_parent_class)->finalize (object);
}

static void
sidetone_hidden_row_class_init (SidetoneHiddenRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sidetone_hidden_row_dispose;
  object_class->finalize = sidetone_hidden_row_finalize;
}

static void
sidetone_hidden_row_init (SidetoneHiddenRow *self)
{
  self->rows = g_ptr_array_new ();
  sidetone_name_lists (GTK_WIDGET (self), _("What Is Hidden"));
  g_signal_connect (self, "notify::expanded", G_CALLBACK (on_notify_expanded), NULL);
}

/**
 * sidetone_hidden_row_set_run:
 * @self: a row
 * @run: a check
 *
 * Shows what would be left out of the check's report.
 */
void
sidetone_hidden_row_set_run (SidetoneHiddenRow *self,
                             SidetoneRun       *run)
{
  if (!g_set_object (&self->run, run))
    return;

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), FALSE);
  remove_rows (self);
}
