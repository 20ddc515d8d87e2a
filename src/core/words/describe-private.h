/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/rules.h"
#include "words/describe.h"

G_BEGIN_DECLS

/* Shared by the describe-*.c files */

char *sidetone_describe_template (const char                 *template,
                                  const SidetoneFindingFacts *facts);
gboolean sidetone_describe_fits (const SidetoneVariant      *variant,
                                 const SidetoneFindingFacts *facts);
char *sidetone_describe_variants (const SidetoneVariant      *variants,
                                  const SidetoneFindingFacts *facts);
char *sidetone_describe_rivals (const SidetoneRival *const *rivals);
char *sidetone_describe_own_explanation (SidetoneFinding *finding);
char *sidetone_describe_own_advice (SidetoneFinding *finding);

void sidetone_details_take (GPtrArray  *rows,
                            const char *title,
                            char       *value,
                            gboolean    verbatim);
void sidetone_details_hide (GPtrArray           *rows,
                            SidetoneObservation *observation);
void sidetone_details_add_words (GPtrArray  *rows,
                                 const char *title,
                                 const char *words);
void sidetone_details_add_field (GPtrArray           *rows,
                                 SidetoneObservation *observation,
                                 const SidetoneField *field);
void sidetone_details_add_certificate (GPtrArray           *rows,
                                       SidetoneObservation *observation,
                                       const SidetoneField *field);

const char *sidetone_describe_choice (const SidetoneField *field,
                                      gconstpointer        seen);
char *sidetone_describe_endpoint (SidetoneEndpoint *endpoint);
char *sidetone_describe_hidden (SidetoneAliases *aliases,
                                char            *text);
char *sidetone_describe_connect_error (SidetoneObservation *observation);
const char *sidetone_describe_echo_title (SidetoneObservation *observation);
char *sidetone_describe_echo_summary (SidetoneObservation *observation);
char *sidetone_describe_test_summary (SidetoneObservation *observation);
const char *sidetone_describe_asked (SidetoneObservation *observation);
char *sidetone_describe_nat_summary (SidetoneObservation *observation);
char *sidetone_describe_path_summary (SidetoneObservation *observation);

const char *sidetone_describe_step_name (SidetoneStepKind kind);
char *sidetone_describe_service_outcome (const SidetoneServiceResult *result);
char *sidetone_describe_services_event (SidetoneError error,
                                        const char   *server_text);
char *sidetone_describe_services_summary (SidetoneObservation *observation);
char *sidetone_describe_remaining (gint64 left_s);

char *sidetone_describe_server_error (SidetoneError error,
                                      const char   *domain,
                                      const char   *server_text);
char *sidetone_describe_server_event (SidetoneError error,
                                      const char   *domain,
                                      const char   *server_text);
char *sidetone_describe_error_event (SidetoneError error,
                                     const char   *name,
                                     const char   *server_text);
const char *sidetone_describe_error_advice (SidetoneError error);

G_END_DECLS
