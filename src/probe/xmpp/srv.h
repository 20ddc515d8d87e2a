/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "xmpp/target.h"

G_BEGIN_DECLS

gboolean sidetone_srv_is_refusal (GPtrArray *records);
GPtrArray *sidetone_srv_merge (GPtrArray *starttls_records,
                               GPtrArray *direct_records);
char **sidetone_srv_format (GPtrArray *records);

G_END_DECLS
