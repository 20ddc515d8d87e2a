/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "run.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_CHECK (sidetone_check_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneCheck, sidetone_check, SIDETONE, CHECK, GObject)

SidetoneCheck *sidetone_check_new (void);

void sidetone_check_begin (SidetoneCheck   *self,
                           SidetoneAccount *account,
                           char            *password,
                           gboolean         remember,
                           gboolean         forget);
void sidetone_check_repeat (SidetoneCheck *self);
void sidetone_check_repeat_alike (SidetoneCheck *self);
void sidetone_check_measure (SidetoneCheck *self);
void sidetone_check_test_video (SidetoneCheck *self);
void sidetone_check_stop_measuring (SidetoneCheck *self);
SidetoneRun *sidetone_check_get_measurement (SidetoneCheck *self);
void sidetone_check_repeat_with_certificate (SidetoneCheck *self);
void sidetone_check_repeat_online (SidetoneCheck *self);
void sidetone_check_stop_waiting (SidetoneCheck *self);
void sidetone_check_end (SidetoneCheck *self);
void sidetone_check_clear (SidetoneCheck *self);
char *sidetone_check_take_password (SidetoneCheck *self);

gboolean sidetone_check_has_account (SidetoneCheck *self);
gboolean sidetone_check_can_repeat (SidetoneCheck *self);
gboolean sidetone_check_is_waiting (SidetoneCheck *self);

G_END_DECLS
