/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/result-page.h"

#include "base/name-lists.h"
#include "result/app-row.h"
#include "result/call-row.h"
#include "result/finding-row.h"
#include "result/fold-row.h"
#include "result/hidden-row.h"
#include "result/host-row.h"
#include "result/keep.h"
#include "result/lifetime-group.h"
#include "result/next-view.h"
#include "result/notes-row.h"
#include "result/result-lists.h"
#include "result/scroll-anchor.h"
#include "result/step-row.h"
#include "result/verdict-view.h"
#include "result/video-group.h"
#include "result/way.h"
#include "words/describe.h"

#include <glib/gi18n.h>

/**
 * SidetoneResultPage:
 *
 * One check, while it runs and afterwards: the headline, the path with both addresses, what it
 * means, what to do, and each step. If the check could not be made, there is no path. A report from a
 * file looks the same. The page is empty until its first run.
 */
struct _SidetoneResultPage
{
  AdwBin parent_instance;

  SidetoneRun *run;
  SidetoneRun *measurement;           /* on request, beside the run; or NULL */
  gboolean measures_video;            /* or how long UDP stays open: the last one */
  gboolean is_unmeasured;             /* the last measurement came to nothing */
  SidetoneResultLists *lists;
  guint update_source;
  gboolean moves_focus;               /* with the next update */
  gboolean is_arranged;               /* lists are folded or not by the result */
  gboolean can_check;
  gboolean waiting;

  SidetoneScrollAnchor *anchor;
  GtkWidget *content;
  SidetoneKeep *page_keep;            /* the bottom stays in reach of what is scrolled to it */
  SidetoneKeep *answer_keep;
  SidetoneVerdictView *verdict;
  SidetoneNextView *next_view;
  GtkWidget *redacted_box;
  SidetoneKeep *way_keep;
  SidetoneWay *way;
  GtkWidget *others_group;
  GtkListBox *others_list;
  GtkWidget *notes_list;
  SidetoneNotesRow *notes_row;
  AdwPreferencesGroup *calls_group;
  SidetoneAppRow *app_row;
  SidetoneKeep *calls_keep;
  GtkListBox *calls_list;
  SidetoneVideoGroup *video_group;
  SidetoneLifetimeGroup *lifetime_group;
  GtkWidget *services_group;
  SidetoneFoldRow *hosts_row;
  SidetoneFoldRow *steps_row;
  GtkWidget *report_group;
  SidetoneHiddenRow *hidden_row;
};

enum { COPIED, NEXT_STEP, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SidetoneResultPage, sidetone_result_page, ADW_TYPE_BIN)

static gboolean
is_running (SidetoneResultPage *self)
{
  return sidetone_run_get_stage (self->run) != SIDETONE_RUN_STAGE_FINISHED;
}

static void
take_next_step (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  SidetoneResultPage *self = SIDETONE_RESULT_PAGE (widget);

  g_signal_emit (self, signals[NEXT_STEP], 0, sidetone_next_view_find_step (self->run));
}

static void
on_way_copied (SidetoneResultPage *self,
               gboolean            done)
{
  g_signal_emit (self, signals[COPIED], 0, done);
}

static gboolean
has_items (GListModel *model)
{
  return g_list_model_get_n_items (model) > 0;
}

static void
keep_places (SidetoneResultPage *self,
             gboolean            keeps)
{
  sidetone_keep_set_keeps (self->page_keep, keeps);
  sidetone_keep_set_keeps (self->answer_keep, keeps);
  sidetone_keep_set_keeps (self->way_keep, keeps);
  sidetone_keep_set_keeps (self->calls_keep, keeps);
}

/* While a check runs, the page has the shape of most results: what comes moves nothing. */
static void
update_shape (SidetoneResultPage *self,
              gboolean            running)
{
  GListModel *calls = sidetone_result_lists_get_calls (self->lists);

  if (running)
    keep_places (self, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->calls_group), running || has_items (calls));
  gtk_widget_set_visible (self->others_group,
                          has_items (sidetone_result_lists_get_findings (self->lists)) ||
                          has_items (sidetone_result_lists_get_notes (self->lists)));
}

/* Whose calls the table is about */
static void
update_app (SidetoneResultPage *self)
{
  SidetoneApp app = sidetone_run_get_app (self->run);
  g_autofree char *words = app != SIDETONE_APP_UNKNOWN ? sidetone_describe_app_apart (app) : NULL;

  adw_preferences_group_set_description (self->calls_group, words);
  sidetone_app_row_show_run (self->app_row, self->run);
}

/* One row says everything, unless something fails. */
static void
update_hosts (SidetoneResultPage *self,
              gboolean            running)
{
  GPtrArray *hosts = sidetone_result_lists_get_host_results (self->lists);
  SidetoneProgress progress = sidetone_host_results_get_progress (hosts, running);
  GPtrArray *steps = sidetone_result_lists_get_step_results (self->lists);
  g_autofree char *words = hosts->len > 0 ? sidetone_describe_hosts (hosts, running)
                           : sidetone_describe_step_title (steps->pdata[SIDETONE_STEP_SERVICES - 1]);

  gtk_widget_set_visible (self->services_group, running || hosts->len > 0);
  sidetone_fold_row_show (self->hosts_row, progress, words);
  if (!running && !self->is_arranged)
    {
      sidetone_fold_row_expand (self->hosts_row, progress == SIDETONE_PROGRESS_WARNING ||
                                progress == SIDETONE_PROGRESS_FAILED);
      self->is_arranged = TRUE;
    }
}

static void
update_steps (SidetoneResultPage *self)
{
  GPtrArray *steps = sidetone_result_lists_get_step_results (self->lists);
  SidetoneProgress progress = sidetone_steps_get_progress (steps);
  g_autofree char *words = progress == SIDETONE_PROGRESS_WAITING ||
                           progress == SIDETONE_PROGRESS_RUNNING
                           ? sidetone_describe_running_step (steps)
                           : sidetone_describe_steps (steps);

  sidetone_fold_row_show (self->steps_row, progress, words);
}

/* What is measured only on request */
static void
update_measurements (SidetoneResultPage *self)
{
  gboolean is_video = self->measures_video;

  sidetone_video_group_show (self->video_group, self->run, self->can_check,
                             is_video ? self->measurement : NULL, is_video && self->is_unmeasured);
  sidetone_lifetime_group_show (self->lifetime_group, self->run, self->can_check,
                                is_video ? NULL : self->measurement,
                                !is_video && self->is_unmeasured);
}

/* Shows everything from the run so far */
static void
update (SidetoneResultPage *self)
{
  SidetoneDiagnosis *diagnosis = sidetone_run_get_diagnosis (self->run);
  gboolean running = is_running (self);

  g_clear_handle_id (&self->update_source, g_source_remove);
  sidetone_verdict_view_show_run (self->verdict, self->run);
  gtk_widget_set_visible (self->redacted_box, sidetone_run_is_redacted (self->run));
  sidetone_way_show_diagnosis (self->way, diagnosis, running);
  sidetone_next_view_show_run (self->next_view, self->run, self->can_check, self->waiting);
  sidetone_result_lists_update (self->lists, self->run);
  update_shape (self, running);
  update_app (self);
  update_hosts (self, running);
  update_steps (self);
  update_measurements (self);
  sidetone_hidden_row_set_run (self->hidden_row, self->run);
  gtk_widget_set_visible (self->report_group, !running);
}

/* To be read out. What the user looks at stays in view. */
static void
take_focus (SidetoneResultPage *self)
{
  GtkWidget *view = adw_bin_get_child (ADW_BIN (self));
  GtkViewport *viewport = GTK_VIEWPORT (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (view)));

  gtk_viewport_set_scroll_to_focus (viewport, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->verdict));
  gtk_viewport_set_scroll_to_focus (viewport, TRUE);
}

static GtkWidget *
create_row_cb (gpointer item,
               gpointer create)
{
  GtkWidget *(*create_row)(gpointer) = create;

  return create_row (item);
}

static GtkWidget *
create_host_row (gpointer item)
{
  return sidetone_host_row_new (item);
}

static GtkWidget *
create_step_row (gpointer item)
{
  return GTK_IS_STRING_OBJECT (item)
         ? sidetone_step_row_new_for_unreached (gtk_string_object_get_string (item))
         : sidetone_step_row_new (item);
}

/* @create: the constructor of rows, which takes an item; @group: a widget to be hidden without
 *   rows, or NULL */
static void
bind_list (GtkListBox *list,
           GListModel *model,
           gpointer    create,
           GtkWidget  *group)
{
  gtk_list_box_bind_model (list, model, create_row_cb, create, NULL);
  if (group != NULL)
    g_object_bind_property (model, "n-items", group, "visible", G_BINDING_SYNC_CREATE);
}

/* A window opens sooner with an empty page. Returns: whether the contents were missing */
static gboolean
make_contents (SidetoneResultPage *self)
{
  GListModel *notes = sidetone_result_lists_get_notes (self->lists);

  if (self->verdict != NULL)
    return FALSE;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->anchor = sidetone_scroll_anchor_new (adw_bin_get_child (ADW_BIN (self)), self->content);
  sidetone_name_lists (gtk_widget_get_parent (GTK_WIDGET (self->app_row)), _("Your App"));
  bind_list (self->others_list, sidetone_result_lists_get_findings (self->lists),
             sidetone_finding_row_new, GTK_WIDGET (self->others_list));
  g_object_bind_property (notes, "n-items", self->notes_list, "visible", G_BINDING_SYNC_CREATE);
  sidetone_notes_row_set_model (self->notes_row, notes);
  bind_list (self->calls_list, sidetone_result_lists_get_calls (self->lists),
             sidetone_call_row_new, NULL);
  sidetone_fold_row_set_model (self->hosts_row, sidetone_result_lists_get_hosts (self->lists),
                               create_host_row);
  sidetone_fold_row_set_model (self->steps_row, sidetone_result_lists_get_steps (self->lists),
                               create_step_row);

  return TRUE;
}

static gboolean
update_cb (gpointer user_data)
{
  SidetoneResultPage *self = user_data;

  /* Each in a turn of the main loop of its own, which is short, and before the next frame */
  if (make_contents (self) || sidetone_verdict_view_make_contents (self->verdict) ||
      sidetone_way_make_contents (self->way))
    return G_SOURCE_CONTINUE;

  self->update_source = 0;
  update (self);
  if (self->moves_focus)
    take_focus (self);
  self->moves_focus = FALSE;

  return G_SOURCE_REMOVE;
}

/* Before the page is drawn again, which GTK may do right after events; but in a separate turn of
 * the main loop, because the caller has work to do, too. */
static void
queue_update (SidetoneResultPage *self)
{
  if (self->update_source == 0)
    self->update_source = g_idle_add_full (G_PRIORITY_DEFAULT, update_cb, self, NULL);
}

/* Not while the user reads an expanded step or has opened the menu */
static gboolean
may_move_focus (SidetoneResultPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || self->verdict == NULL || focus == GTK_WIDGET (self->verdict))
    return TRUE;

  return !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)) &&
         gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) == NULL;
}

/* The focus tells a screen reader that the check is over: it gets no event for a changed label */
static void
on_run_notify_stage (SidetoneRun        *run,
                     GParamSpec         *pspec,
                     SidetoneResultPage *self)
{
  if (!is_running (self))
    self->moves_focus = self->moves_focus || may_move_focus (self);
  queue_update (self);
}

static void
forget_measurement (SidetoneResultPage *self)
{
  if (self->measurement != NULL)
    g_signal_handlers_disconnect_by_data (self->measurement, self);
  g_clear_object (&self->measurement);
}

static void
forget_run (SidetoneResultPage *self)
{
  g_clear_handle_id (&self->update_source, g_source_remove);
  if (self->run != NULL)
    g_signal_handlers_disconnect_by_data (self->run, self);
  g_clear_object (&self->run);
}

static void
sidetone_result_page_dispose (GObject *object)
{
  SidetoneResultPage *self = SIDETONE_RESULT_PAGE (object);

  forget_run (self);
  forget_measurement (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), SIDETONE_TYPE_RESULT_PAGE);
  g_clear_object (&self->lists);
  g_clear_object (&self->anchor);

  G_OBJECT_CLASS (sidetone_result_page_parent_class)->dispose (object);
}

static void
create_signals (SidetoneResultPageClass *klass)
{
  /**
   * SidetoneResultPage::copied:
   * @done: whether the display took them
   *
   * An address and port have been copied to the clipboard, or were to be.
   */
  signals[COPIED] = g_signal_new ("copied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  /**
   * SidetoneResultPage::next-step:
   * @step: what the user chose to do after a failed check
   */
  signals[NEXT_STEP] = g_signal_new ("next-step", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, SIDETONE_TYPE_NEXT_STEP);
}

static void
sidetone_result_page_class_init (SidetoneResultPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sidetone_result_page_dispose;

  create_signals (klass);

  g_type_ensure (SIDETONE_TYPE_VERDICT_VIEW);
  g_type_ensure (SIDETONE_TYPE_WAY);
  g_type_ensure (SIDETONE_TYPE_APP_ROW);
  g_type_ensure (SIDETONE_TYPE_FOLD_ROW);
  g_type_ensure (SIDETONE_TYPE_HIDDEN_ROW);
  g_type_ensure (SIDETONE_TYPE_KEEP);
  g_type_ensure (SIDETONE_TYPE_VIDEO_GROUP);
  g_type_ensure (SIDETONE_TYPE_LIFETIME_GROUP);
  g_type_ensure (SIDETONE_TYPE_NEXT_VIEW);
  g_type_ensure (SIDETONE_TYPE_NOTES_ROW);
  gtk_widget_class_install_action (widget_class, "result.next-step", NULL, take_next_step);
  gtk_widget_class_set_template_from_resource (widget_class, "/sidetone/result/result-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneResultPage, content);
  gtk_widget_class_bind_template_child (widget_class, SidetoneResultPage, page_keep);
  gtk_widget_class_bind_template_child (widget_class, SidetoneResultPage, answer_keep);
  gtk_widget_class_bind_template_child (widget_class, SidetoneResultPage, verdict);
  gtk_widget_class_bind_template_child (widget_class, SidetoneResultPage, next_view);
  gtk_widget_class_bind_template_child (widget_class, SidetoneResultPage, redacted_box);
  gtk_widget_class_bind_template_child (widget_class, SidetoneResultPage, way_keep);
  gtk_widget_class_bind_template_child (widget_class, SidetoneResultPage, way);
  gtk_widget_class_bind_template_child (widget_class, SidetoneResultPage, others_group);
  gtk_widget_class_bind_template_child (widget_class, SidetoneResultPage, others_list);
  gtk_widget_class_bind_template_child (widget_class, SidetoneResultPage, notes_list);
  gtk_widget_class_bind_template_child (widget_class, SidetoneResultPage, notes_row);
  gtk_widget_class_bind_template_child (widget_class, SidetoneResultPage, calls_group);
  gtk_widget_class_bind_template_child (widget_class, SidetoneResultPage, app_row);
  gtk_widget_class_bind_template_child (widget_class, SidetoneResultPage, calls_keep);
  gtk_widget_class_bind_template_child (widget_class, SidetoneResultPage, calls_list);
  gtk_widget_class_bind_template_child (widget_class, SidetoneResultPage, video_group);
  gtk_widget_class_bind_template_child (widget_class, SidetoneResultPage, lifetime_group);
  gtk_widget_class_bind_template_child (widget_class, SidetoneResultPage, services_group);
  gtk_widget_class_bind_template_child (widget_class, SidetoneResultPage, hosts_row);
  gtk_widget_class_bind_template_child (widget_class, SidetoneResultPage, steps_row);
  gtk_widget_class_bind_template_child (widget_class, SidetoneResultPage, report_group);
  gtk_widget_class_bind_template_child (widget_class, SidetoneResultPage, hidden_row);
  gtk_widget_class_bind_template_callback (widget_class, on_way_copied);
}

static void
sidetone_result_page_init (SidetoneResultPage *self)
{
  self->lists = sidetone_result_lists_new ();
}

/**
 * sidetone_result_page_set_run:
 * @self: a page
 * @run: a check, running or over
 * @can_check: whether it can be repeated; not so for a report from a file
 *
 * Shows @run and its progress. The focus moves to the verdict.
 */
void
sidetone_result_page_set_run (SidetoneResultPage *self,
                              SidetoneRun        *run,
                              gboolean            can_check)
{
  forget_run (self);
  self->run = g_object_ref (run);
  self->can_check = can_check;
  self->waiting = FALSE;
  self->is_arranged = FALSE;
  self->is_unmeasured = FALSE;
  g_signal_connect_swapped (run, "notify::diagnosis", G_CALLBACK (queue_update), self);
  g_signal_connect (run, "notify::stage", G_CALLBACK (on_run_notify_stage), self);

  self->moves_focus = TRUE;
  queue_update (self);
  if (self->verdict == NULL)
    return;

  keep_places (self, FALSE);
  sidetone_scroll_anchor_return (self->anchor);
}

/**
 * sidetone_result_page_set_waiting:
 * @self: a page that shows a check which could not be made
 * @waiting: whether the check will be repeated once this computer is online
 *
 * Says that the check will go on automatically.
 */
void
sidetone_result_page_set_waiting (SidetoneResultPage *self,
                                  gboolean            waiting)
{
  if (self->waiting == waiting)
    return;

  self->waiting = waiting;
  sidetone_next_view_show_run (self->next_view, self->run, self->can_check, waiting);
  /* The button with the focus is gone */
  sidetone_next_view_take_focus (self->next_view);
}

/**
 * sidetone_result_page_set_measurement:
 * @self: a page with a result
 * @measurement: (nullable): a run that measures how long UDP stays open, or tests room for video
 *
 * Shows how far @measurement is, beside the result.
 */
void
sidetone_result_page_set_measurement (SidetoneResultPage *self,
                                      SidetoneRun        *measurement)
{
  forget_measurement (self);
  if (measurement != NULL)
    {
      self->measurement = g_object_ref (measurement);
      self->measures_video = sidetone_run_tests_video (measurement);
      self->is_unmeasured = FALSE;
      g_signal_connect_swapped (measurement, "notify::open-ms", G_CALLBACK (queue_update), self);
      g_signal_connect_swapped (measurement, "notify::video-kbits", G_CALLBACK (queue_update), self);
    }
  if (self->run != NULL)
    queue_update (self);
}

/**
 * sidetone_result_page_take_measured:
 * @self: a page with a result
 * @run: (nullable): a run that has measured what was asked for; %NULL if that did not work
 *
 * Shows @run in the place of the last run. The focus, the scroll position and open rows stay.
 */
void
sidetone_result_page_take_measured (SidetoneResultPage *self,
                                    SidetoneRun        *run)
{
  self->is_unmeasured = run == NULL;
  if (run != NULL)
    {
      forget_run (self);
      self->run = g_object_ref (run);
      g_signal_connect_swapped (run, "notify::diagnosis", G_CALLBACK (queue_update), self);
    }
  queue_update (self);
}

/**
 * sidetone_result_page_leave:
 * @self: a page that is not shown any longer
 *
 * Leaves the focus where it is from now on. The page still shows its run.
 */
void
sidetone_result_page_leave (SidetoneResultPage *self)
{
  self->moves_focus = FALSE;
}
