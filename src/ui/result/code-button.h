/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SIDETONE_TYPE_CODE_BUTTON (sidetone_code_button_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneCodeButton, sidetone_code_button, SIDETONE, CODE_BUTTON, GtkButton)

void sidetone_code_button_set_code (SidetoneCodeButton *self,
                                    const char         *code);

G_END_DECLS
