/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonObject *sidetone_json_parse_object (const char *text,
                                        gsize       length,
                                        gsize       max_length,
                                        guint       max_depth,
                                        GError    **error);

const char *sidetone_json_get_string (JsonObject *object,
                                      const char *member);
gint64 sidetone_json_get_int (JsonObject *object,
                              const char *member,
                              gint64      fallback);
JsonObject *sidetone_json_get_object (JsonObject *object,
                                      const char *member);
JsonArray *sidetone_json_get_array (JsonObject *object,
                                    const char *member);

char *sidetone_json_to_line (JsonObject *object);

G_END_DECLS
