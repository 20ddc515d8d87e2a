/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "base/page.h"
#include "judge/diagnosis.h"

G_BEGIN_DECLS

#define SIDETONE_REPORT_VERSION 1
#define SIDETONE_REPORT_MAX_BYTES (4 * 1024 * 1024)

#define SIDETONE_TYPE_REPORT (sidetone_report_get_type ())

typedef struct _SidetoneReport SidetoneReport;

GType sidetone_report_get_type (void);

SidetoneReport *sidetone_report_new (const char *jid,
                                     const char *domain,
                                     GDateTime  *created,
                                     const char *strophe_version,
                                     const char *os,
                                     GListModel *observations);
SidetoneReport *sidetone_report_new_for_app (SidetoneReport *self,
                                             SidetoneApp     app);
SidetoneReport *sidetone_report_new_from_json (const char *text,
                                               gsize       length,
                                               GError    **error);
SidetoneReport *sidetone_report_new_redacted (const SidetoneReport *self);
SidetoneReport *sidetone_report_ref (SidetoneReport *self);
void sidetone_report_unref (SidetoneReport *self);

const char *sidetone_report_get_jid (const SidetoneReport *self);
const char *sidetone_report_get_domain (const SidetoneReport *self);
gboolean sidetone_report_is_redacted (const SidetoneReport *self);
char *sidetone_report_dup_account (const SidetoneReport *self);
SidetoneApp sidetone_report_get_app (const SidetoneReport *self);
GDateTime *sidetone_report_get_created (const SidetoneReport *self);
GListModel *sidetone_report_get_observations (const SidetoneReport *self);
SidetoneDiagnosis *sidetone_report_get_diagnosis (const SidetoneReport *self);

char *sidetone_report_to_json (const SidetoneReport *self);
char *sidetone_report_to_text (const SidetoneReport *self);
void sidetone_report_write (const SidetoneReport *self,
                            SidetonePage         *page);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneReport, sidetone_report_unref)

G_END_DECLS
