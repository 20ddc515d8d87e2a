/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/result-lists.h"

#include "result/call-item.h"
#include "result/host-item.h"
#include "result/stable-list.h"
#include "result/step-item.h"
#include "result/trip-plot.h"
#include "words/describe.h"

#include <gtk/gtk.h>

/**
 * SidetoneResultLists:
 *
 * List models of a run's results, for rows to bind to. Each observation makes a new diagnosis;
 * unchanged items stay the same objects here.
 */
struct _SidetoneResultLists
{
  GObject parent_instance;

  GListStore *findings;    /* SidetoneFinding: warnings and problems, but for the main one */
  GListStore *notes;       /* SidetoneFinding: all others */
  GListStore *calls;       /* SidetoneCallItem */
  GListStore *hosts;       /* SidetoneHostItem */
  GPtrArray *host_results; /* SidetoneHostResult: the same */
  GPtrArray *step_items;   /* SidetoneStepItem, for all steps */
  GPtrArray *step_results; /* SidetoneStep: the same */
  GListStore *steps;       /* those that the check has reached, and GtkStringObject for the rest */
};

G_DEFINE_FINAL_TYPE (SidetoneResultLists, sidetone_result_lists, G_TYPE_OBJECT)

/* Empty while the check is running: its findings may still change. */
static void
update_findings (SidetoneResultLists *self,
                 SidetoneDiagnosis   *diagnosis)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *findings = diagnosis != NULL ? sidetone_diagnosis_get_findings (diagnosis) : NULL;

  for (guint i = 0; findings != NULL && i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (SidetoneFinding) finding = g_list_model_get_item (findings, i);
      gboolean is_note;

      if (finding == sidetone_diagnosis_get_main_finding (diagnosis))
        continue;

      is_note = sidetone_finding_get_severity (finding) < SIDETONE_SEVERITY_WARNING;
      g_ptr_array_add (is_note ? notes : items, g_steal_pointer (&finding));
    }

  sidetone_stable_list_update (self->findings, items, sidetone_finding_hash,
                               sidetone_finding_equal);
  sidetone_stable_list_update (self->notes, notes, sidetone_finding_hash, sidetone_finding_equal);
}

/* Empty while the check is running, too. */
static void
update_calls (SidetoneResultLists *self,
              SidetoneDiagnosis   *diagnosis)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (SidetonePartner partner = 0; diagnosis != NULL && partner < SIDETONE_N_PARTNERS; partner++)
    {
      gboolean partners[SIDETONE_N_PARTNERS];

      if (sidetone_diagnosis_gather_partners (diagnosis, partner, partners))
        g_ptr_array_add (items, sidetone_call_item_new (
                           partners, sidetone_diagnosis_get_call (diagnosis, partner)));
    }

  sidetone_stable_list_update (self->calls, items, sidetone_call_item_hash,
                               sidetone_call_item_equal);
}

/* All plots have one scale. */
static gint64
choose_scale (GPtrArray *hosts)
{
  gint64 scale_us = 0;

  for (guint i = 0; i < hosts->len; i++)
    {
      const SidetoneHostResult *host = hosts->pdata[i];

      for (guint j = 0; j < host->results->len; j++)
        {
          const SidetoneServiceResult *result = host->results->pdata[j];
          const SidetoneEchoSeen *packets = result->packets;

          if (packets != NULL && packets->trips != NULL)
            scale_us = sidetone_trip_plot_choose_scale (
              scale_us, &g_array_index (packets->trips, gint64, 0), packets->trips->len,
              packets->p95_us);
        }
    }

  return scale_us;
}

static void
update_hosts (SidetoneResultLists *self,
              SidetoneDiagnosis   *diagnosis,
              gboolean             running)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 scale_us;

  g_ptr_array_unref (self->host_results);
  self->host_results = diagnosis != NULL
                       ? sidetone_host_results_collect (sidetone_diagnosis_get_evidence (diagnosis),
                                                        running)
                       : g_ptr_array_new ();
  for (guint i = 0; i < self->host_results->len; i++)
    g_ptr_array_add (items, sidetone_host_item_new (self->host_results->pdata[i]));
  sidetone_stable_list_update (self->hosts, items, sidetone_host_item_hash,
                               sidetone_host_item_equal);

  scale_us = choose_scale (self->host_results);
  for (guint i = 0; i < items->len; i++)
    {
      g_autoptr (SidetoneHostItem) item = g_list_model_get_item (G_LIST_MODEL (self->hosts), i);

      sidetone_host_item_set_host (item, self->host_results->pdata[i], running, scale_us);
    }
}

/* What the check did not get to: the same object as long as that is the same. */
static GtkStringObject *
dup_unreached (SidetoneResultLists *self)
{
  GListModel *model = G_LIST_MODEL (self->steps);
  guint n_items = g_list_model_get_n_items (model);
  g_autofree char *words = sidetone_describe_unreached (self->step_results);
  g_autoptr (GObject) last = NULL;

  if (words == NULL)
    return NULL;

  if (n_items > 0)
    last = g_list_model_get_item (model, n_items - 1);
  if (GTK_IS_STRING_OBJECT (last) &&
      g_str_equal (gtk_string_object_get_string (GTK_STRING_OBJECT (last)), words))
    return GTK_STRING_OBJECT (g_steal_pointer (&last));

  return gtk_string_object_new (words);
}

static void
update_steps (SidetoneResultLists *self,
              SidetoneRun         *run)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  GtkStringObject *unreached;

  g_ptr_array_unref (self->step_results);
  self->step_results = sidetone_run_dup_steps (run);
  for (guint i = 0; i < self->step_items->len; i++)
    {
      sidetone_step_item_set_step (self->step_items->pdata[i], self->step_results->pdata[i]);
      if (sidetone_steps_is_reached (self->step_results, i))
        g_ptr_array_add (items, g_object_ref (self->step_items->pdata[i]));
    }
  unreached = dup_unreached (self);
  if (unreached != NULL)
    g_ptr_array_add (items, unreached);

  sidetone_stable_list_update (self->steps, items, g_direct_hash, g_direct_equal);
}

static void
sidetone_result_lists_dispose (GObject *object)
{
  SidetoneResultLists *self = SIDETONE_RESULT_LISTS (object);

  g_clear_object (&self->findings);
  g_clear_object (&self->notes);
  g_clear_object (&self->calls);
  g_clear_object (&self->hosts);
  g_clear_pointer (&self->host_results, g_ptr_array_unref);
  g_clear_pointer (&self->step_items, g_ptr_array_unref);
  g_clear_pointer (&self->step_results, g_ptr_array_unref);
  g_clear_object (&self->steps);

  G_OBJECT_CLASS (sidetone_result_lists_parent_class)->dispose (object);
}

static void
sidetone_result_lists_class_init (SidetoneResultListsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sidetone_result_lists_dispose;
}

static void
sidetone_result_lists_init (SidetoneResultLists *self)
{
  g_autoptr (GEnumClass) kinds = g_type_class_ref (SIDETONE_TYPE_STEP_KIND);

  self->findings = g_list_store_new (SIDETONE_TYPE_FINDING);
  self->notes = g_list_store_new (SIDETONE_TYPE_FINDING);
  self->calls = g_list_store_new (SIDETONE_TYPE_CALL_ITEM);
  self->hosts = g_list_store_new (SIDETONE_TYPE_HOST_ITEM);
  self->host_results = g_ptr_array_new ();
  self->step_items = g_ptr_array_new_with_free_func (g_object_unref);
  self->step_results = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_step_unref);
  self->steps = g_list_store_new (G_TYPE_OBJECT);

  for (guint i = 1; i < kinds->n_values; i++)
    g_ptr_array_add (self->step_items, sidetone_step_item_new (kinds->values[i].value));
}

SidetoneResultLists *
sidetone_result_lists_new (void)
{
  return g_object_new (SIDETONE_TYPE_RESULT_LISTS, NULL);
}

/**
 * sidetone_result_lists_update:
 * @self: the lists
 * @run: the shown run, the same as before or another one
 *
 * Updates the lists with @run's observations so far.
 */
void
sidetone_result_lists_update (SidetoneResultLists *self,
                              SidetoneRun         *run)
{
  gboolean running = sidetone_run_get_stage (run) != SIDETONE_RUN_STAGE_FINISHED;
  SidetoneDiagnosis *diagnosis = sidetone_run_get_diagnosis (run);

  update_findings (self, running ? NULL : diagnosis);
  update_calls (self, running ? NULL : diagnosis);
  update_hosts (self, diagnosis, running);
  update_steps (self, run);
}

GListModel *
sidetone_result_lists_get_findings (SidetoneResultLists *self)
{
  return G_LIST_MODEL (self->findings);
}

GListModel *
sidetone_result_lists_get_notes (SidetoneResultLists *self)
{
  return G_LIST_MODEL (self->notes);
}

GListModel *
sidetone_result_lists_get_calls (SidetoneResultLists *self)
{
  return G_LIST_MODEL (self->calls);
}

GListModel *
sidetone_result_lists_get_hosts (SidetoneResultLists *self)
{
  return G_LIST_MODEL (self->hosts);
}

/* Returns: (transfer none) (element-type SidetoneHostResult): the results of all hosts */
GPtrArray *
sidetone_result_lists_get_host_results (SidetoneResultLists *self)
{
  return self->host_results;
}

GListModel *
sidetone_result_lists_get_steps (SidetoneResultLists *self)
{
  return G_LIST_MODEL (self->steps);
}

/* Returns: (transfer none) (element-type SidetoneStep): all steps, in their order */
GPtrArray *
sidetone_result_lists_get_step_results (SidetoneResultLists *self)
{
  return self->step_results;
}
