/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SIDETONE_TYPE_APPLICATION (sidetone_application_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneApplication, sidetone_application, SIDETONE, APPLICATION,
                      AdwApplication)

SidetoneApplication *sidetone_application_new (void);

G_END_DECLS
