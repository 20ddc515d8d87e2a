/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "notice.h"

#include "base/announce.h"
#include "base/text.h"

/**
 * SidetoneNotice:
 *
 * Tells that something is done, or is left to the user, in a line below the page. Not an #AdwToast,
 * which lies on the page's buttons, is cut off in a narrow window, and is silent for screen readers.
 */
struct _SidetoneNotice
{
  AdwBin parent_instance;

  GtkRevealer *revealer;
  GtkLabel *label;

  guint timer;
};

/* As long as a toast */
#define SHOWN_S 5

G_DEFINE_FINAL_TYPE (SidetoneNotice, sidetone_notice, ADW_TYPE_BIN)

static void
hide (SidetoneNotice *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

static gboolean
timer_cb (gpointer user_data)
{
  SidetoneNotice *self = user_data;

  self->timer = 0;
  hide (self);

  return G_SOURCE_REMOVE;
}

/* Hidden at last: a revealer's child keeps its place for screen readers. */
static void
on_child_revealed (SidetoneNotice *self)
{
  if (!gtk_revealer_get_child_revealed (self->revealer))
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
sidetone_notice_dispose (GObject *object)
{
  SidetoneNotice *self = SIDETONE_NOTICE (object);

  g_clear_handle_id (&self->timer, g_source_remove);

  G_OBJECT_CLASS (sidetone_notice_parent_class)->dispose (object);
}

static void
sidetone_notice_class_init (SidetoneNoticeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sidetone_notice_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/sidetone/notice.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneNotice, revealer);
  gtk_widget_class_bind_template_child (widget_class, SidetoneNotice, label);
  gtk_widget_class_bind_template_callback (widget_class, hide);
  gtk_widget_class_bind_template_callback (widget_class, on_child_revealed);
}

static void
sidetone_notice_init (SidetoneNotice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sidetone_notice_show:
 * @self: a notice
 * @words: what happened; may have a system's message in it, and so a file's name
 * @stays: whether it stays until the user closes it
 *
 * Shows @words, in place of what was there.
 */
void
sidetone_notice_show (SidetoneNotice *self,
                      const char     *words,
                      gboolean        stays)
{
  g_autofree char *safe = sidetone_text_make_safe (words, SIDETONE_TEXT_MAX_CHARS);

  g_return_if_fail (SIDETONE_IS_NOTICE (self));

  gtk_label_set_text (self->label, safe);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  sidetone_announce (GTK_WIDGET (self), safe);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (!stays)
    self->timer = g_timeout_add_seconds (SHOWN_S, timer_cb, self);
}
