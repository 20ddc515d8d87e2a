/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/services-check.h"
#include "words/describe.h"

G_BEGIN_DECLS

/* What the parts of describe share, and what the diagnosis has words made from */

/**
 * SidetoneFindingFacts:
 * @domain: (nullable): the server's name
 * @port: what became of the port on the way
 * @local_is_ipv6: what this computer spoke, for a family that changed
 * @announced: whether the server announces the address check that it did not make
 * @error: why a check could not be made
 * @server_text: (nullable): the server's own words about that
 * @relay: whether the server offers a relay, and whether that works
 * @host: (nullable): the service that is meant
 * @transport: how it was spoken to
 * @number: how many, how much or how long
 * @severity: how much it weighs, %SIDETONE_SEVERITY_UNKNOWN for what its kind does
 * @in_the_open: whether nothing changes this computer's address on the way
 * @n_refused: how many addresses refused a connection
 * @n_unreachable: how many could not be reached
 * @n_silent: how many did not answer
 *
 * What the words of a finding depend on, besides its kind.
 */
typedef struct
{
  const char *domain;
  SidetoneChange port;
  gboolean local_is_ipv6;
  gboolean announced;
  SidetoneError error;
  const char *server_text;
  SidetoneRelay relay;
  const char *host;
  SidetoneTransport transport;
  guint number;
  SidetoneSeverity severity;
  gboolean in_the_open;
  guint n_refused;
  guint n_unreachable;
  guint n_silent;
} SidetoneFindingFacts;

SidetoneFinding *sidetone_describe_finding (SidetoneFindingKind         kind,
                                            const SidetoneFindingFacts *facts,
                                            const char *const          *evidence);

char *sidetone_describe_explanation (SidetoneFindingKind         kind,
                                     const SidetoneFindingFacts *facts);
const char *sidetone_describe_no_conclusion (SidetoneLevel level);

void sidetone_details_take (GPtrArray  *rows,
                            const char *title,
                            char       *value,
                            gboolean    verbatim);
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
char *sidetone_describe_connect_error (SidetoneObservation *observation);
char *sidetone_describe_test_explanation (SidetoneFindingKind         kind,
                                          const SidetoneFindingFacts *facts,
                                          const char                 *host);
char *sidetone_describe_test_title (SidetoneObservation *observation);
char *sidetone_describe_test_summary (SidetoneObservation *observation);
char *sidetone_describe_nat_title (SidetoneObservation *observation);
char *sidetone_describe_nat_summary (SidetoneObservation *observation);
char *sidetone_describe_path_summary (SidetoneObservation *observation);

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
