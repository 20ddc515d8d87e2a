/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "check.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SIDETONE_TYPE_NOTIFIER (sidetone_notifier_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneNotifier, sidetone_notifier, SIDETONE, NOTIFIER, GObject)

SidetoneNotifier *sidetone_notifier_new (GtkApplicationWindow * window,
                                         SidetoneCheck * check);

G_END_DECLS
