/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/host-result.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define SIDETONE_TYPE_HOST_ITEM (sidetone_host_item_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneHostItem, sidetone_host_item, SIDETONE, HOST_ITEM, GObject)

SidetoneHostItem *sidetone_host_item_new (SidetoneHostResult * host);

void sidetone_host_item_set_host (SidetoneHostItem   *self,
                                  SidetoneHostResult *host,
                                  gboolean            running,
                                  gint64              scale_us);
const SidetoneHostResult *sidetone_host_item_get_host (SidetoneHostItem *self);
SidetoneProgress sidetone_host_item_get_progress (SidetoneHostItem *self);
GListModel *sidetone_host_item_get_services (SidetoneHostItem *self);

guint sidetone_host_item_hash (gconstpointer item);
gboolean sidetone_host_item_equal (gconstpointer a,
                                   gconstpointer b);

G_END_DECLS
