/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/step.h"
#include "seen/service-result.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_SERVICE_ITEM (sidetone_service_item_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneServiceItem, sidetone_service_item, SIDETONE, SERVICE_ITEM, GObject)

SidetoneServiceItem *sidetone_service_item_new (SidetoneServiceResult * result,
                                                gboolean running);

void sidetone_service_item_set_result (SidetoneServiceItem   *self,
                                       SidetoneServiceResult *result,
                                       gboolean               running);
void sidetone_service_item_set_scale (SidetoneServiceItem *self,
                                      gint64               scale_us);
const SidetoneServiceResult *sidetone_service_item_get_result (SidetoneServiceItem *self);
SidetoneProgress sidetone_service_item_get_progress (SidetoneServiceItem *self);
gint64 sidetone_service_item_get_scale (SidetoneServiceItem *self);

guint sidetone_service_item_hash (gconstpointer item);
gboolean sidetone_service_item_equal (gconstpointer a,
                                      gconstpointer b);

G_END_DECLS
