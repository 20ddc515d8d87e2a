/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "report/report.h"

G_BEGIN_DECLS

/**
 * SidetoneDifferenceKind:
 * @SIDETONE_DIFFERENCE_VERDICT: the verdict's state
 * @SIDETONE_DIFFERENCE_WAY: how calls get through, if one of the reports has no table of calls
 * @SIDETONE_DIFFERENCE_CALLS: how calls to some kinds of networks get through
 * @SIDETONE_DIFFERENCE_FINDING: a finding: whether it is there, and its severity
 * @SIDETONE_DIFFERENCE_OWNERS: who can fix what a finding is about
 * @SIDETONE_DIFFERENCE_CAUSE: the error behind a finding
 * @SIDETONE_DIFFERENCE_INTERFACE: the kind of network on the way to the internet
 * @SIDETONE_DIFFERENCE_LOCAL: this computer's address
 * @SIDETONE_DIFFERENCE_EXTERNAL: the address that the server sees
 * @SIDETONE_DIFFERENCE_PORT: whether the port is kept on the way to the server
 * @SIDETONE_DIFFERENCE_MAPPING: the mapping (RFC 4787)
 * @SIDETONE_DIFFERENCE_FILTERING: the filtering
 * @SIDETONE_DIFFERENCE_HAIRPINNING: the hairpinning
 * @SIDETONE_DIFFERENCE_SERVICE: whether a service works, at its host and over its transport
 * @SIDETONE_DIFFERENCE_LOSS: the packet loss in each direction
 * @SIDETONE_DIFFERENCE_DELAY: the round trip
 *
 * What may differ between two checks, in the order in which it is told. The nick is its word in JSON.
 */
typedef enum
{
  SIDETONE_DIFFERENCE_VERDICT,
  SIDETONE_DIFFERENCE_WAY,
  SIDETONE_DIFFERENCE_CALLS,
  SIDETONE_DIFFERENCE_FINDING,
  SIDETONE_DIFFERENCE_OWNERS,
  SIDETONE_DIFFERENCE_CAUSE,
  SIDETONE_DIFFERENCE_INTERFACE,
  SIDETONE_DIFFERENCE_LOCAL,
  SIDETONE_DIFFERENCE_EXTERNAL,
  SIDETONE_DIFFERENCE_PORT,
  SIDETONE_DIFFERENCE_MAPPING,
  SIDETONE_DIFFERENCE_FILTERING,
  SIDETONE_DIFFERENCE_HAIRPINNING,
  SIDETONE_DIFFERENCE_SERVICE,
  SIDETONE_DIFFERENCE_LOSS,
  SIDETONE_DIFFERENCE_DELAY,
} SidetoneDifferenceKind;

/**
 * SidetoneOutcome:
 *
 * What is known of a service. The nick is its word in JSON.
 */
typedef enum
{
  SIDETONE_OUTCOME_UNKNOWN,      /* not tested */
  SIDETONE_OUTCOME_NOT_OFFERED,
  SIDETONE_OUTCOME_WORKS,
  SIDETONE_OUTCOME_PARTLY,       /* at some of its addresses */
  SIDETONE_OUTCOME_FAILS,
} SidetoneOutcome;

/**
 * SidetoneTrend:
 *
 * Whether calls work better than before. The nick is its word in JSON.
 */
typedef enum
{
  SIDETONE_TREND_NONE,
  SIDETONE_TREND_BETTER,
  SIDETONE_TREND_WORSE,
} SidetoneTrend;

/**
 * SidetoneTrendReason:
 *
 * Why calls work better or worse. The nick is its word in JSON.
 */
typedef enum
{
  SIDETONE_TREND_REASON_NONE,
  SIDETONE_TREND_REASON_PORT_KEPT,      /* the mapping no longer depends on the destination */
  SIDETONE_TREND_REASON_PORT_CHANGES,
  SIDETONE_TREND_REASON_UDP_OPEN,
  SIDETONE_TREND_REASON_UDP_BLOCKED,
  SIDETONE_TREND_REASON_RELAY_WORKS,
  SIDETONE_TREND_REASON_RELAY_MISSING,
  SIDETONE_TREND_REASON_NAT_GONE,
  SIDETONE_TREND_REASON_NAT_NEW,
} SidetoneTrendReason;

/**
 * SidetoneComparisonTraits:
 * @SIDETONE_COMPARISON_OF_ACCOUNTS: the reports are about different accounts
 * @SIDETONE_COMPARISON_OF_SERVERS: they are about accounts at different servers
 * @SIDETONE_COMPARISON_OF_NETWORKS: both this computer's and its external address are in another
 *   network
 * @SIDETONE_COMPARISON_REVERSED: the first report is the newer one
 * @SIDETONE_COMPARISON_HIDDEN: one of them is redacted, so that addresses can't be compared
 * @SIDETONE_COMPARISON_OF_APPS: they are about calls with different apps
 *
 * What a reader has to know about the two reports.
 */
typedef enum
{
  SIDETONE_COMPARISON_OF_ACCOUNTS = 1 << 0,
  SIDETONE_COMPARISON_OF_SERVERS = 1 << 1,
  SIDETONE_COMPARISON_OF_NETWORKS = 1 << 2,
  SIDETONE_COMPARISON_REVERSED = 1 << 3,
  SIDETONE_COMPARISON_HIDDEN = 1 << 4,
  SIDETONE_COMPARISON_OF_APPS = 1 << 5,
} SidetoneComparisonTraits;

#define SIDETONE_TYPE_DIFFERENCE_KIND (sidetone_difference_kind_get_type ())
#define SIDETONE_TYPE_OUTCOME (sidetone_outcome_get_type ())
#define SIDETONE_TYPE_TREND (sidetone_trend_get_type ())
#define SIDETONE_TYPE_TREND_REASON (sidetone_trend_reason_get_type ())
#define SIDETONE_TYPE_COMPARISON_TRAITS (sidetone_comparison_traits_get_type ())

GType sidetone_difference_kind_get_type (void);
GType sidetone_outcome_get_type (void);
GType sidetone_trend_get_type (void);
GType sidetone_trend_reason_get_type (void);
GType sidetone_comparison_traits_get_type (void);

/**
 * SidetoneDifferenceEnd:
 * @value: a value of the kind's enum; of a finding its severity
 * @figure: the loss, 0 to 1, or the round trip in milliseconds
 * @endpoint: (nullable): the address
 * @finding: (nullable): the finding; %NULL if it is not there
 * @is_unchecked: whether the check ended before it could find it
 *
 * One side of a difference; each kind uses some of it. The reports own the pointers.
 */
typedef struct
{
  int value;
  double figure;
  SidetoneEndpoint *endpoint;
  SidetoneFinding *finding;
  gboolean is_unchecked;
} SidetoneDifferenceEnd;

/**
 * SidetoneDifference:
 * @kind: what differs
 * @before: in the first report
 * @after: in the second one
 * @partners: of %SIDETONE_DIFFERENCE_CALLS, the networks
 * @service: (nullable): of %SIDETONE_DIFFERENCE_SERVICE, the service, by one of its results
 *
 * One difference between two reports.
 */
typedef struct
{
  SidetoneDifferenceKind kind;
  SidetoneDifferenceEnd before;
  SidetoneDifferenceEnd after;
  gboolean partners[SIDETONE_N_PARTNERS];
  const SidetoneServiceResult *service;
} SidetoneDifference;

typedef struct _SidetoneComparison SidetoneComparison;

SidetoneComparison *sidetone_comparison_new (SidetoneReport *before,
                                             SidetoneReport *after);
void sidetone_comparison_free (SidetoneComparison *self);

const GPtrArray *sidetone_comparison_get_differences (const SidetoneComparison *self);
SidetoneTrend sidetone_comparison_get_trend (const SidetoneComparison *self);
SidetoneTrendReason sidetone_comparison_get_reason (const SidetoneComparison *self);
SidetoneComparisonTraits sidetone_comparison_get_traits (const SidetoneComparison *self);

char *sidetone_comparison_describe (const SidetoneComparison *self);
const char **sidetone_comparison_describe_traits (const SidetoneComparison *self);
char *sidetone_comparison_describe_difference (const SidetoneComparison *self,
                                               const SidetoneDifference *difference,
                                               char                    **title);
GPtrArray *sidetone_comparison_list_sections (const SidetoneComparison *self);

char *sidetone_comparison_to_json (const SidetoneComparison *self);
void sidetone_comparison_write (const SidetoneComparison *self,
                                SidetonePage             *page);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneComparison, sidetone_comparison_free)

G_END_DECLS
