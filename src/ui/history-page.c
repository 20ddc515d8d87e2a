/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "history-page.h"

#include "base/gradual-list.h"
#include "base/name-lists.h"
#include "base/text-row.h"
#include "clock.h"
#include "hold.h"
#include "keep/history.h"
#include "result/finding-row.h"
#include "words/describe.h"

#include <glib/gi18n.h>

/**
 * SidetoneHistoryPage:
 *
 * The checks that were made before (history): a row each, which opens its report; and whether checks are
 * kept.
 */
struct _SidetoneHistoryPage
{
  AdwBin parent_instance;

  GtkListBox *checks_list;
  GtkWidget *empty_list;
  AdwPreferencesGroup *settings_group;
  GtkSwitch *keep_switch;
  GtkWidget *clear_button;

  GListStore *entries;         /* SidetoneHistoryEntry, the newest first */
  SidetoneGradualList *shown;  /* those with a row */
  gboolean can_compare;
  GCancellable *cancellable;   /* of the list */
};

enum { OPENED, COMPARED, N_SIGNALS };

static guint signals[N_SIGNALS];

#define KEEP_KEY "keep-checks"

G_DEFINE_FINAL_TYPE (SidetoneHistoryPage, sidetone_history_page, ADW_TYPE_BIN)

static void
on_row_activated (GtkListBox          *list,
                  GtkListBoxRow       *row,
                  SidetoneHistoryPage *self)
{
  g_autoptr (SidetoneHistoryEntry) entry = NULL;

  entry = g_list_model_get_item (G_LIST_MODEL (self->entries), gtk_list_box_row_get_index (row));
  g_signal_emit (self, signals[OPENED], 0, sidetone_history_entry_get_file (entry));
}

static void
on_compare_clicked (GtkButton           *button,
                    SidetoneHistoryPage *self)
{
  g_signal_emit (self, signals[COMPARED], 0, g_object_get_data (G_OBJECT (button), "file"));
}

static char *
describe_check (const SidetoneReportHead *head)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) created = g_date_time_to_local (head->created);
  SidetoneTimeTraits traits = SIDETONE_TIME_IN_SHORT;
  g_autofree char *time = NULL;

  if (sidetone_clock_has_twelve_hours ())
    traits |= SIDETONE_TIME_TWELVE_HOURS;
  time = sidetone_describe_checked (created, now, traits);
  if (head->way_out == NULL)
    return g_strjoin (" · ", time, head->account, NULL);

  return g_strjoin (" · ", time, head->way_out, head->account, NULL);
}

static GtkWidget *
create_icon (SidetoneVerdictState state)
{
  const SidetoneVerdict verdict = { .state = state };
  SidetoneSeverity severity = sidetone_verdict_get_severity (&verdict);
  GtkWidget *icon = gtk_image_new_from_icon_name (sidetone_finding_row_get_icon_name (severity));

  gtk_widget_add_css_class (icon, sidetone_finding_row_get_css_class (severity));
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  sidetone_describe_severity (severity), -1);

  return icon;
}

static GtkWidget *
create_button (SidetoneHistoryPage  *self,
               SidetoneHistoryEntry *entry)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("sidetone-compare-symbolic");

  /* Words would leave no room for the row's in a narrow window. */
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Compare"), -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Say what changed between this check and the result"));
  g_object_set_data_full (G_OBJECT (button), "file",
                          g_object_ref (sidetone_history_entry_get_file (entry)), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_compare_clicked), self, 0);

  return button;
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  SidetoneHistoryPage *self = user_data;
  SidetoneHistoryEntry *entry = item;
  const SidetoneReportHead *head = sidetone_history_entry_get_head (entry);
  g_autofree char *words = describe_check (head);
  GtkWidget *row = sidetone_text_row_new (head->headline, words);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), create_icon (head->state));
  if (self->can_compare)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_button (self, entry));

  return row;
}

static void
show_entries (SidetoneHistoryPage *self,
              GPtrArray           *entries)
{
  g_list_store_splice (self->entries, 0, g_list_model_get_n_items (G_LIST_MODEL (self->entries)),
                       entries->pdata, entries->len);
  gtk_widget_set_visible (GTK_WIDGET (self->checks_list), entries->len > 0);
  gtk_widget_set_visible (self->empty_list, entries->len == 0);
  gtk_widget_set_visible (self->clear_button, entries->len > 0);
}

static void
list_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SidetoneHistoryPage) self = user_data;
  g_autoptr (GPtrArray) entries = sidetone_history_list_finish (result, NULL);

  if (entries != NULL && self->entries != NULL)
    show_entries (self, entries);
}

static void
clear_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SidetoneHistoryPage) self = user_data;
  g_autoptr (GError) error = NULL;

  sidetone_release_application ();
  if (!sidetone_history_clear_finish (result, &error))
    g_debug ("Not all checks could be removed: %s", error->message);
  sidetone_history_page_update (self, self->can_compare);
}

static void
on_clear_response (SidetoneHistoryPage *self,
                   const char          *response)
{
  if (!g_str_equal (response, "remove"))
    return;

  sidetone_hold_application ();
  sidetone_history_clear_async (clear_cb, g_object_ref (self));
}

static void
on_clear_clicked (SidetoneHistoryPage *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *dialog = adw_message_dialog_new (window, _("Remove All Earlier Checks?"),
                                              _("Saved reports stay where they are."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"),
                                    "remove", _("_Remove"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "remove",
                                              ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_clear_response), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
sidetone_history_page_dispose (GObject *object)
{
  SidetoneHistoryPage *self = SIDETONE_HISTORY_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->shown);
  g_clear_object (&self->entries);
  gtk_widget_dispose_template (GTK_WIDGET (self), SIDETONE_TYPE_HISTORY_PAGE);

  G_OBJECT_CLASS (sidetone_history_page_parent_class)->dispose (object);
}

static void
sidetone_history_page_class_init (SidetoneHistoryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sidetone_history_page_dispose;

  /**
   * SidetoneHistoryPage::opened:
   * @file: the report of the chosen check
   */
  signals[OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_FILE);

  /**
   * SidetoneHistoryPage::compared:
   * @file: the report of a check that is to be compared
   */
  signals[COMPARED] = g_signal_new ("compared", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_FILE);

  gtk_widget_class_set_template_from_resource (widget_class, "/sidetone/history-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneHistoryPage, checks_list);
  gtk_widget_class_bind_template_child (widget_class, SidetoneHistoryPage, empty_list);
  gtk_widget_class_bind_template_child (widget_class, SidetoneHistoryPage, settings_group);
  gtk_widget_class_bind_template_child (widget_class, SidetoneHistoryPage, keep_switch);
  gtk_widget_class_bind_template_child (widget_class, SidetoneHistoryPage, clear_button);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
sidetone_history_page_init (SidetoneHistoryPage *self)
{
  g_autoptr (GSettings) settings = g_settings_new (SIDETONE_APPLICATION_ID);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->entries = g_list_store_new (SIDETONE_TYPE_HISTORY_ENTRY);
  self->shown = sidetone_gradual_list_new (GTK_WIDGET (self->checks_list));
  gtk_list_box_bind_model (self->checks_list, sidetone_gradual_list_get_shown (self->shown),
                           create_row, self, NULL);
  sidetone_gradual_list_set_model (self->shown, G_LIST_MODEL (self->entries));
  sidetone_name_lists (GTK_WIDGET (self->settings_group), _("Keep Checks"));
  g_settings_bind (settings, KEEP_KEY, self->keep_switch, "active", G_SETTINGS_BIND_DEFAULT);
}

/**
 * sidetone_history_page_new:
 *
 * Returns: (transfer floating): the page, empty until it is updated
 */
GtkWidget *
sidetone_history_page_new (void)
{
  return g_object_new (SIDETONE_TYPE_HISTORY_PAGE, NULL);
}

/**
 * sidetone_history_page_update:
 * @self: a page
 * @can_compare: whether there is a result to compare them with
 *
 * Lists the kept checks anew.
 */
void
sidetone_history_page_update (SidetoneHistoryPage *self,
                              gboolean             can_compare)
{
  if (self->entries == NULL)
    return;

  self->can_compare = can_compare;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  sidetone_history_list_async (self->cancellable, list_cb, g_object_ref (self));
}

static void
keep_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  sidetone_release_application ();
  if (!sidetone_history_add_finish (result, &error))
    g_debug ("The check is not kept: %s", error->message);
}

/**
 * sidetone_history_keep:
 * @run: a finished check
 *
 * Keeps its report, if the user wants that.
 */
void
sidetone_history_keep (SidetoneRun *run)
{
  g_autoptr (GSettings) settings = g_settings_new (SIDETONE_APPLICATION_ID);
  g_autoptr (SidetoneReport) report = NULL;

  if (!g_settings_get_boolean (settings, KEEP_KEY))
    return;

  report = sidetone_run_dup_report (run);
  sidetone_hold_application ();
  sidetone_history_add_async (report, keep_cb, NULL);
}
