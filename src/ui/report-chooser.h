/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkFileChooserNative *sidetone_report_chooser_new (GtkWindow           *parent,
                                                   const char          *title,
                                                   GtkFileChooserAction action,
                                                   const char          *accept_label);
char *sidetone_report_chooser_describe_error (GFile        *file,
                                              const GError *error);

G_END_DECLS
