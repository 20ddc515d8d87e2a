/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/call-way.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_CALL_ITEM (sidetone_call_item_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneCallItem, sidetone_call_item, SIDETONE, CALL_ITEM, GObject)

SidetoneCallItem *sidetone_call_item_new (const gboolean * partners,
                                          const SidetoneCall * call);
const gboolean *sidetone_call_item_get_partners (SidetoneCallItem *self);
const SidetoneCall *sidetone_call_item_get_call (SidetoneCallItem *self);

guint sidetone_call_item_hash (gconstpointer item);
gboolean sidetone_call_item_equal (gconstpointer a,
                                   gconstpointer b);

G_END_DECLS
