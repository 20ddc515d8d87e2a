/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SIDETONE_TYPE_CA_FILE_ROW (sidetone_ca_file_row_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneCaFileRow, sidetone_ca_file_row, SIDETONE, CA_FILE_ROW, AdwActionRow)

const char *sidetone_ca_file_row_get_path (SidetoneCaFileRow * self);
char *sidetone_ca_file_row_dup_name (SidetoneCaFileRow *self);
void sidetone_ca_file_row_set_path (SidetoneCaFileRow *self,
                                    const char        *path);
void sidetone_ca_file_row_focus (SidetoneCaFileRow *self);

G_END_DECLS
