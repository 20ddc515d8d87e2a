/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SIDETONE_TYPE_NOTICE (sidetone_notice_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneNotice, sidetone_notice, SIDETONE, NOTICE, AdwBin)

void sidetone_notice_show (SidetoneNotice *self,
                           const char     *words,
                           gboolean        stays);

G_END_DECLS
