/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

#include "run.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_VIDEO_GROUP (sidetone_video_group_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneVideoGroup, sidetone_video_group, SIDETONE, VIDEO_GROUP,
                      AdwPreferencesGroup)

void sidetone_video_group_show (SidetoneVideoGroup *self,
                                SidetoneRun        *run,
                                gboolean            can_check,
                                SidetoneRun        *measurement,
                                gboolean            is_unmeasured);

G_END_DECLS
