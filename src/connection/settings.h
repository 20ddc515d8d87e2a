/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Every text is owned. If you steal the password, free it with sidetone_secret_free (). */
typedef struct
{
  char *jid;
  char *address;
  guint16 port;
  gboolean has_security;
  gboolean direct_tls;
  char *ca_file;
  char *pin;
  char *password;
} SidetoneSettings;

SidetoneSettings *sidetone_settings_new (void);

const char *sidetone_settings_take_line (SidetoneSettings *self,
                                         const char       *line);
const char *sidetone_settings_check (const SidetoneSettings *self);

G_END_DECLS
