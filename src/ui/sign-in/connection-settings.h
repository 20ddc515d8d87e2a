/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

#include "address/account.h"
#include "judge/failure.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_CONNECTION_SETTINGS (sidetone_connection_settings_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneConnectionSettings, sidetone_connection_settings, SIDETONE,
                      CONNECTION_SETTINGS, AdwExpanderRow)

void sidetone_connection_settings_fill (SidetoneConnectionSettings *self,
                                        const char                 *server,
                                        SidetoneSecurity            security,
                                        const char                 *ca_file);
void sidetone_connection_settings_load (SidetoneConnectionSettings *self,
                                        GSettings                  *settings);
void sidetone_connection_settings_save (SidetoneConnectionSettings *self);
void sidetone_connection_settings_set_domain (SidetoneConnectionSettings *self,
                                              const char                 *domain);

SidetoneAccount *sidetone_connection_settings_check (SidetoneConnectionSettings *self,
                                                     const SidetoneAccount      *account);
void sidetone_connection_settings_focus_problem (SidetoneConnectionSettings *self);
void sidetone_connection_settings_show_problem (SidetoneConnectionSettings *self,
                                                SidetoneNextStep            step,
                                                const char                 *words,
                                                const char                 *codes);

gboolean sidetone_connection_settings_is_pristine (SidetoneConnectionSettings *self);

G_END_DECLS
