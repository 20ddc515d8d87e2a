/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/code-button.h"

#include <glib/gi18n.h>

/**
 * SidetoneCodeButton:
 *
 * A finding's code, which opens its page in the help.
 */
struct _SidetoneCodeButton
{
  GtkButton parent_instance;
};

G_DEFINE_FINAL_TYPE (SidetoneCodeButton, sidetone_code_button, GTK_TYPE_BUTTON)

static void
sidetone_code_button_class_init (SidetoneCodeButtonClass *klass)
{
}

static void
sidetone_code_button_init (SidetoneCodeButton *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self), "code");
  gtk_widget_add_css_class (GTK_WIDGET (self), "numeric");
}

/**
 * sidetone_code_button_set_code:
 * @self: a button
 * @code: a finding's code
 *
 * Shows @code.
 */
void
sidetone_code_button_set_code (SidetoneCodeButton *self,
                               const char         *code)
{
  g_autofree char *words = NULL;

  /* Translators: opens the help; %s is a code, such as CALL-18 */
  words = g_strdup_printf (_("Explain %s"), code);
  gtk_button_set_label (GTK_BUTTON (self), code);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "s", code);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "win.explain");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}
