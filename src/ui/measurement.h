/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "run.h"

G_BEGIN_DECLS

typedef struct _SidetoneMeasurement SidetoneMeasurement;

typedef void (*SidetoneMeasurementFunc) (SidetoneRun *measured,
                                         gpointer     user_data);

SidetoneMeasurement *sidetone_measurement_new (gboolean                video,
                                               SidetoneAccount        *account,
                                               const char             *password,
                                               SidetoneMeasurementFunc callback,
                                               gpointer                user_data);
void sidetone_measurement_free (SidetoneMeasurement *self);

SidetoneRun *sidetone_measurement_get_run (SidetoneMeasurement *self);
gboolean sidetone_measurement_end (SidetoneMeasurement *self);

G_END_DECLS
