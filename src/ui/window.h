/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

#include "address/account.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_WINDOW (sidetone_window_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneWindow, sidetone_window, SIDETONE, WINDOW, AdwApplicationWindow)

SidetoneWindow *sidetone_window_new (GtkApplication * application);

gboolean sidetone_window_is_free (SidetoneWindow *self);
gboolean sidetone_window_is_reading (SidetoneWindow *self);
void sidetone_window_fill (SidetoneWindow  *self,
                           const char      *jid,
                           const char      *server,
                           SidetoneSecurity security,
                           const char      *ca_file);
void sidetone_window_open_report (SidetoneWindow *self,
                                  GFile          *file);

G_END_DECLS
