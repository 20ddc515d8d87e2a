/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gtk/gtk.h>

#include "report/letter.h"

G_BEGIN_DECLS

typedef void (*SidetoneOutsideTell) (GtkWindow  *window,
                                     const char *words);

gboolean sidetone_outside_copy (GtkWindow  *window,
                                const char *text);
void sidetone_outside_open_page (GtkWindow          *window,
                                 const char         *uri,
                                 SidetoneOutsideTell tell);
void sidetone_outside_open_login_page (GtkWindow          *window,
                                       const char         *domain,
                                       SidetoneOutsideTell tell);
void sidetone_outside_open_letter (GtkWindow            *window,
                                   const SidetoneLetter *letter,
                                   SidetoneOutsideTell   tell);

G_END_DECLS
