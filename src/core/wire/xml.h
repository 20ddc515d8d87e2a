/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean sidetone_xml_check_text (const char *text,
                                  gsize       length,
                                  GError    **error);

G_END_DECLS
