/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SidetoneJsonWriter:
 *
 * Writes JSON piece by piece, with the members in the order of the calls. Make it with
 * %SIDETONE_JSON_WRITER_INIT.
 */
typedef struct
{
  GString *text;
  guint depth;
  gboolean has_items;
} SidetoneJsonWriter;

#define SIDETONE_JSON_WRITER_INIT { g_string_new (NULL), 0, FALSE }

void sidetone_json_writer_begin_object (SidetoneJsonWriter *self,
                                        const char         *member);
void sidetone_json_writer_end_object (SidetoneJsonWriter *self);
void sidetone_json_writer_begin_array (SidetoneJsonWriter *self,
                                       const char         *member);
void sidetone_json_writer_end_array (SidetoneJsonWriter *self);

void sidetone_json_writer_add_string (SidetoneJsonWriter *self,
                                      const char         *member,
                                      const char         *value);
void sidetone_json_writer_add_int (SidetoneJsonWriter *self,
                                   const char         *member,
                                   gint64              value);
void sidetone_json_writer_add_double (SidetoneJsonWriter *self,
                                      const char         *member,
                                      double              value);
void sidetone_json_writer_add_decimal (SidetoneJsonWriter *self,
                                       const char         *member,
                                       double              value,
                                       guint               n_digits);
void sidetone_json_writer_add_boolean (SidetoneJsonWriter *self,
                                       const char         *member,
                                       gboolean            value);
void sidetone_json_writer_add_variant (SidetoneJsonWriter *self,
                                       const char         *member,
                                       GVariant           *value);

char *sidetone_json_writer_end (SidetoneJsonWriter *self);

G_END_DECLS
