/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "walkthrough/walkthrough-page.h"

#include "report/walkthrough-text.h"
#include "walkthrough/station-view.h"
#include "words/describe.h"

#include <glib/gi18n.h>

/**
 * SidetoneWalkthroughPage:
 *
 * A walkthrough: one question or act at a time, the check after it, and the result. Its course is
 * core's; going back leaves out the last reply. The window makes the checks.
 */
struct _SidetoneWalkthroughPage
{
  AdwBin parent_instance;

  GArray *replies;             /* of SidetoneReply, whose diagnoses belong to @runs */
  GPtrArray *runs;             /* of SidetoneRun, NULL for replies without a check */
  SidetoneWalkthrough *now;
  SidetoneRun *check;          /* that is running; else NULL */

  GtkAdjustment *adjustment;
  SidetoneStationView *station_view;
  GtkWidget *reply_buttons[SIDETONE_N_REPLIES];
  GtkLabel *reply_labels[SIDETONE_N_REPLIES];
  GtkWidget *cancel_button;
  GtkWidget *write_button;     /* to the server's administrator */
  GtkWidget *copy_button;
  GtkWidget *save_button;
  GtkWidget *result_button;
  GtkWidget *back_button;
};

enum { CHECK, CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SidetoneWalkthroughPage, sidetone_walkthrough_page, ADW_TYPE_BIN)

/* In the order of SidetoneReplyKind */
static const struct
{
  const char *button;
  const char *label;
} reply_names[SIDETONE_N_REPLIES] = {
  { "checked_button", "checked_label" },
  { "yes_button", "yes_label" },
  { "no_button", "no_label" },
  { "dont_know_button", "dont_know_label" },
  { "cant_button", "cant_label" },
};

static void
unref_run (gpointer run)
{
  if (run != NULL)
    g_object_unref (run);
}

static void
update_buttons (SidetoneWalkthroughPage *self)
{
  gboolean running = self->check != NULL;
  gboolean is_over = sidetone_walkthrough_page_is_over (self);

  for (SidetoneReplyKind kind = 0; kind < SIDETONE_N_REPLIES; kind++)
    {
      gboolean offered = !running && sidetone_walkthrough_offers (self->now, kind);

      gtk_widget_set_visible (self->reply_buttons[kind], offered);
      if (offered)
        gtk_label_set_label (self->reply_labels[kind], sidetone_describe_reply (self->now, kind));
    }
  gtk_widget_set_visible (self->cancel_button, running);
  gtk_widget_set_visible (self->write_button, is_over &&
                          sidetone_walkthrough_may_be_fixed_by (self->now,
                                                                SIDETONE_OWNER_ADMINISTRATOR));
  gtk_widget_set_visible (self->copy_button, is_over);
  gtk_widget_set_visible (self->save_button, is_over);
  gtk_widget_set_visible (self->result_button, is_over);
  gtk_widget_set_visible (self->back_button, !running);
}

/* A new page, which begins at its top and is read out */
static void
update (SidetoneWalkthroughPage *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
  if (self->check != NULL)
    sidetone_station_view_show_check (self->station_view, self->check);
  else
    sidetone_station_view_show (self->station_view, self->now);
  update_buttons (self);
  gtk_adjustment_set_value (self->adjustment, 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->station_view));
}

static void
go_on (SidetoneWalkthroughPage *self)
{
  g_clear_pointer (&self->now, sidetone_walkthrough_free);
  self->now = sidetone_walkthrough_new ((gconstpointer) self->replies->data,
                                        self->replies->len);
  update (self);
}

static void
add_reply (SidetoneWalkthroughPage *self,
           SidetoneReplyKind        kind,
           SidetoneRun             *run)
{
  const SidetoneReply reply = { kind, run != NULL ? sidetone_run_get_diagnosis (run) : NULL };

  g_array_append_val (self->replies, reply);
  g_ptr_array_add (self->runs, run != NULL ? g_object_ref (run) : NULL);
  go_on (self);
}

static void
forget_check (SidetoneWalkthroughPage *self)
{
  if (self->check != NULL)
    g_signal_handlers_disconnect_by_data (self->check, self);
  g_clear_object (&self->check);
}

static void
on_check_notify_diagnosis (SidetoneRun             *run,
                           GParamSpec              *pspec,
                           SidetoneWalkthroughPage *self)
{
  sidetone_station_view_show_check (self->station_view, run);
}

static void
on_check_notify_stage (SidetoneRun             *run,
                       GParamSpec              *pspec,
                       SidetoneWalkthroughPage *self)
{
  g_autoptr (SidetoneRun) finished = NULL;

  if (sidetone_run_get_stage (run) != SIDETONE_RUN_STAGE_FINISHED)
    return;

  finished = g_object_ref (run);
  forget_check (self);
  if (sidetone_run_get_diagnosis (finished) != NULL)
    add_reply (self, SIDETONE_REPLY_CHECKED, finished);
  else
    update (self);
}

static void
reply (GtkWidget  *widget,
       const char *action_name,
       GVariant   *parameter)
{
  SidetoneWalkthroughPage *self = SIDETONE_WALKTHROUGH_PAGE (widget);
  SidetoneReplyKind kind = g_variant_get_int32 (parameter);

  if (kind == SIDETONE_REPLY_CHECKED)
    g_signal_emit (self, signals[CHECK], 0);
  else
    add_reply (self, kind, NULL);
}

static void
sidetone_walkthrough_page_dispose (GObject *object)
{
  SidetoneWalkthroughPage *self = SIDETONE_WALKTHROUGH_PAGE (object);

  forget_check (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), SIDETONE_TYPE_WALKTHROUGH_PAGE);

  G_OBJECT_CLASS (sidetone_walkthrough_page_parent_class)->dispose (object);
}

static void
sidetone_walkthrough_page_finalize (GObject *object)
{
  SidetoneWalkthroughPage *self = SIDETONE_WALKTHROUGH_PAGE (object);

  sidetone_walkthrough_free (self->now);
  g_array_unref (self->replies);
  g_ptr_array_unref (self->runs);

  G_OBJECT_CLASS (sidetone_walkthrough_page_parent_class)->finalize (object);
}

static void
sidetone_walkthrough_page_class_init (SidetoneWalkthroughPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sidetone_walkthrough_page_dispose;
  object_class->finalize = sidetone_walkthrough_page_finalize;

  /**
   * SidetoneWalkthroughPage::check:
   *
   * A check is to be made: see sidetone_walkthrough_page_set_check().
   */
  signals[CHECK] = g_signal_new ("check", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);

  /**
   * SidetoneWalkthroughPage::changed:
   *
   * It asks for something else, or a check has begun or ended.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "walkthrough.reply", "i", reply);

  g_type_ensure (SIDETONE_TYPE_STATION_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/sidetone/walkthrough/walkthrough-page.ui");
  for (gsize i = 0; i < SIDETONE_N_REPLIES; i++)
    {
      gtk_widget_class_bind_template_child_full (
        widget_class, reply_names[i].button, FALSE,
        G_STRUCT_OFFSET (SidetoneWalkthroughPage, reply_buttons) + (gssize) (i * sizeof (gpointer)));
      gtk_widget_class_bind_template_child_full (
        widget_class, reply_names[i].label, FALSE,
        G_STRUCT_OFFSET (SidetoneWalkthroughPage, reply_labels) + (gssize) (i * sizeof (gpointer)));
    }
  gtk_widget_class_bind_template_child (widget_class, SidetoneWalkthroughPage, adjustment);
  gtk_widget_class_bind_template_child (widget_class, SidetoneWalkthroughPage, station_view);
  gtk_widget_class_bind_template_child (widget_class, SidetoneWalkthroughPage, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, SidetoneWalkthroughPage, write_button);
  gtk_widget_class_bind_template_child (widget_class, SidetoneWalkthroughPage, copy_button);
  gtk_widget_class_bind_template_child (widget_class, SidetoneWalkthroughPage, save_button);
  gtk_widget_class_bind_template_child (widget_class, SidetoneWalkthroughPage, result_button);
  gtk_widget_class_bind_template_child (widget_class, SidetoneWalkthroughPage, back_button);
}

static void
sidetone_walkthrough_page_init (SidetoneWalkthroughPage *self)
{
  self->replies = g_array_new (FALSE, FALSE, sizeof (SidetoneReply));
  self->runs = g_ptr_array_new_with_free_func (unref_run);
  self->now = sidetone_walkthrough_new (NULL, 0);
  gtk_widget_init_template (GTK_WIDGET (self));
  update_buttons (self);
}

/**
 * sidetone_walkthrough_page_begin:
 * @self: a page
 * @run: a finished check
 *
 * Begins anew, with @run as the first check.
 */
void
sidetone_walkthrough_page_begin (SidetoneWalkthroughPage *self,
                                 SidetoneRun             *run)
{
  forget_check (self);
  g_array_set_size (self->replies, 0);
  g_ptr_array_set_size (self->runs, 0);
  add_reply (self, SIDETONE_REPLY_CHECKED, run);
}

/**
 * sidetone_walkthrough_page_set_check:
 * @self: a page
 * @run: the check that was asked for
 *
 * Shows how far @run is, and goes on when it ends.
 */
void
sidetone_walkthrough_page_set_check (SidetoneWalkthroughPage *self,
                                     SidetoneRun             *run)
{
  forget_check (self);
  self->check = g_object_ref (run);
  g_signal_connect (run, "notify::diagnosis", G_CALLBACK (on_check_notify_diagnosis), self);
  g_signal_connect (run, "notify::stage", G_CALLBACK (on_check_notify_stage), self);
  update (self);
  on_check_notify_stage (run, NULL, self);
}

/**
 * sidetone_walkthrough_page_stop_check:
 * @self: a page
 *
 * Asks again for what the running check was made for.
 */
void
sidetone_walkthrough_page_stop_check (SidetoneWalkthroughPage *self)
{
  forget_check (self);
  update (self);
}

/**
 * sidetone_walkthrough_page_go_back:
 * @self: a page
 *
 * Goes back by one question or act.
 *
 * Returns: %FALSE if it is the first one
 */
gboolean
sidetone_walkthrough_page_go_back (SidetoneWalkthroughPage *self)
{
  if (self->replies->len <= 1)
    return FALSE;

  g_array_set_size (self->replies, self->replies->len - 1);
  g_ptr_array_set_size (self->runs, self->replies->len);
  go_on (self);

  return TRUE;
}

/**
 * sidetone_walkthrough_page_is_over:
 * @self: a page
 *
 * Returns: whether it shows its result
 */
gboolean
sidetone_walkthrough_page_is_over (SidetoneWalkthroughPage *self)
{
  return self->check == NULL &&
         sidetone_walkthrough_get_station (self->now) == SIDETONE_STATION_END;
}

static SidetoneRun *
find_run (SidetoneWalkthroughPage *self,
          SidetoneDiagnosis       *diagnosis)
{
  for (guint i = 0; i < self->runs->len; i++)
    {
      if (self->runs->pdata[i] != NULL &&
          sidetone_run_get_diagnosis (self->runs->pdata[i]) == diagnosis)
        return self->runs->pdata[i];
    }

  g_return_val_if_reached (NULL);
}

/**
 * sidetone_walkthrough_page_get_followed:
 * @self: a page that has begun
 *
 * Returns: (transfer none): the check whose findings it follows
 */
SidetoneRun *
sidetone_walkthrough_page_get_followed (SidetoneWalkthroughPage *self)
{
  return find_run (self, sidetone_walkthrough_get_first (self->now));
}

/**
 * sidetone_walkthrough_page_get_latest:
 * @self: a page that has begun
 *
 * Returns: (transfer none): the latest finished check
 */
SidetoneRun *
sidetone_walkthrough_page_get_latest (SidetoneWalkthroughPage *self)
{
  for (guint i = self->runs->len; i > 0; i--)
    {
      if (self->runs->pdata[i - 1] != NULL)
        return self->runs->pdata[i - 1];
    }

  g_return_val_if_reached (NULL);
}

/**
 * sidetone_walkthrough_page_get_walkthrough:
 * @self: a page that has begun
 *
 * Returns: (transfer none): the walkthrough, until the next reply
 */
const SidetoneWalkthrough *
sidetone_walkthrough_page_get_walkthrough (SidetoneWalkthroughPage *self)
{
  return self->now;
}

/**
 * sidetone_walkthrough_page_write:
 * @self: a page with its result
 * @redact: whether to leave out private details
 *
 * Returns: (transfer full): the result and the report that it is about, as text
 */
char *
sidetone_walkthrough_page_write (SidetoneWalkthroughPage *self,
                                 gboolean                 redact)
{
  SidetoneRun *first = sidetone_walkthrough_page_get_followed (self);
  SidetoneRun *last = find_run (self, sidetone_walkthrough_get_last (self->now));
  g_autoptr (SidetoneReport) first_report = sidetone_run_dup_report (first);
  g_autoptr (SidetoneReport) last_report = first != last ? sidetone_run_dup_report (last)
                                           : sidetone_report_ref (first_report);

  return sidetone_walkthrough_to_text (self->now, first_report, last_report, redact);
}
