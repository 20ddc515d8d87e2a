/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "base/finding-kind.h"

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  SIDETONE_SEVERITY_UNKNOWN,
  SIDETONE_SEVERITY_GOOD,
  SIDETONE_SEVERITY_NOTE,
  SIDETONE_SEVERITY_WARNING,
  SIDETONE_SEVERITY_PROBLEM,
} SidetoneSeverity;

typedef enum
{
  SIDETONE_OWNER_UNKNOWN,
  SIDETONE_OWNER_NOBODY,
  SIDETONE_OWNER_YOU,
  SIDETONE_OWNER_ROUTER,
  SIDETONE_OWNER_PROVIDER,
  SIDETONE_OWNER_ADMINISTRATOR,
} SidetoneOwner;

#define SIDETONE_TYPE_FINDING_KIND (sidetone_finding_kind_get_type ())
#define SIDETONE_TYPE_SEVERITY (sidetone_severity_get_type ())
#define SIDETONE_TYPE_OWNER (sidetone_owner_get_type ())

GType sidetone_finding_kind_get_type (void);
GType sidetone_severity_get_type (void);
GType sidetone_owner_get_type (void);

#define SIDETONE_TYPE_FINDING (sidetone_finding_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneFinding, sidetone_finding, SIDETONE, FINDING, GObject)

/* The words are made by words/describe.c; evidence are the ids of observations */
SidetoneFinding *sidetone_finding_new (SidetoneFindingKind kind,
                                       const char *title,
                                       const char *explanation,
                                       const char *advice,
                                       const char *const *evidence);
SidetoneFinding *sidetone_finding_new_with_severity (SidetoneFindingKind kind,
                                                     SidetoneSeverity    severity,
                                                     const char         *title,
                                                     const char         *explanation,
                                                     const char         *advice,
                                                     const char *const  *evidence);

SidetoneSeverity sidetone_finding_kind_get_severity (SidetoneFindingKind kind);

const char *sidetone_finding_get_code (SidetoneFinding *self);
SidetoneFindingKind sidetone_finding_get_kind (SidetoneFinding *self);
SidetoneSeverity sidetone_finding_get_severity (SidetoneFinding *self);
SidetoneOwner sidetone_finding_get_owner (SidetoneFinding *self);
const char *sidetone_finding_get_title (SidetoneFinding *self);
const char *sidetone_finding_get_explanation (SidetoneFinding *self);
const char *sidetone_finding_get_advice (SidetoneFinding *self);
const char *const *sidetone_finding_get_evidence (SidetoneFinding *self);

guint sidetone_finding_hash (gconstpointer finding);
gboolean sidetone_finding_equal (gconstpointer a,
                                 gconstpointer b);

G_END_DECLS
