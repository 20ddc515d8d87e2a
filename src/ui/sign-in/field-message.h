/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

#include "base/error.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_FIELD_MESSAGE (sidetone_field_message_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneFieldMessage, sidetone_field_message, SIDETONE, FIELD_MESSAGE,
                      AdwPreferencesRow)

GtkWidget *sidetone_field_message_get_field (SidetoneFieldMessage * self);
const char *sidetone_field_message_get_text (SidetoneFieldMessage *self);
void sidetone_field_message_set_text (SidetoneFieldMessage *self,
                                      const char           *text);
void sidetone_field_message_set_codes (SidetoneFieldMessage *self,
                                       const char           *codes);
void sidetone_field_message_set_error (SidetoneFieldMessage *self,
                                       SidetoneError         error,
                                       const char           *name);

G_END_DECLS
