/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define SIDETONE_ELEMENT_MAX_BYTES (64 * 1024)
#define SIDETONE_ELEMENT_MAX_DEPTH 32

#define SIDETONE_TYPE_ELEMENT (sidetone_element_get_type ())

typedef struct _SidetoneElement SidetoneElement;

GType sidetone_element_get_type (void);

SidetoneElement *sidetone_element_new_from_text (const char *text,
                                                 gssize      length,
                                                 GError    **error);
SidetoneElement *sidetone_element_ref (SidetoneElement *self);
void sidetone_element_unref (SidetoneElement *self);

const char *sidetone_element_get_name (const SidetoneElement *self);
const char *sidetone_element_get_namespace (const SidetoneElement *self);
const char *sidetone_element_get_attribute (const SidetoneElement *self,
                                            const char            *name);
const char *sidetone_element_get_text (const SidetoneElement *self);
guint sidetone_element_get_n_children (const SidetoneElement *self);
SidetoneElement *sidetone_element_get_child (const SidetoneElement *self,
                                             guint                  index);
SidetoneElement *sidetone_element_find_child (const SidetoneElement *self,
                                              const char            *name,
                                              const char            *xmlns);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneElement, sidetone_element_unref)

G_END_DECLS
