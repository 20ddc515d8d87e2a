/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/diagnosis.h"

G_BEGIN_DECLS

/**
 * SidetoneVerdictState:
 * @SIDETONE_VERDICT_UNKNOWN: calls could not be checked
 * @SIDETONE_VERDICT_GOOD: calls should work with everybody
 * @SIDETONE_VERDICT_POOR: they get through, but with loss, delay or interruptions
 * @SIDETONE_VERDICT_MAY_FAIL: some may fail: not every way was tested
 * @SIDETONE_VERDICT_SOME_FAIL: with some networks there is no way
 * @SIDETONE_VERDICT_MOST_FAIL: with most networks there is no way
 * @SIDETONE_VERDICT_FAILING: there is no way from here
 *
 * Whether calls work. The nick is its word in reports.
 */
typedef enum
{
  SIDETONE_VERDICT_UNKNOWN,
  SIDETONE_VERDICT_GOOD,
  SIDETONE_VERDICT_POOR,
  SIDETONE_VERDICT_MAY_FAIL,
  SIDETONE_VERDICT_SOME_FAIL,
  SIDETONE_VERDICT_MOST_FAIL,
  SIDETONE_VERDICT_FAILING,
} SidetoneVerdictState;

#define SIDETONE_TYPE_VERDICT_STATE (sidetone_verdict_state_get_type ())

GType sidetone_verdict_state_get_type (void);

/**
 * SidetoneVerdict:
 * @state: whether calls work
 * @way: how those that work get through: %SIDETONE_CALL_WAY_EITHER if some connect directly and
 *   others use the relay, %SIDETONE_CALL_WAY_UNKNOWN if that is not known
 * @relay: whether there is a relay
 * @fails: for each of the partners, whether calls to them find no way
 * @is_untested: for each of the partners, whether it is not known if calls to them find a way
 * @cause: (nullable): what is wrong; %NULL if there is nothing to fix
 *
 * The answer to the question of whether calls work, from the table of calls and the findings.
 */
struct _SidetoneVerdict
{
  SidetoneVerdictState state;
  SidetoneCallWay way;
  SidetoneRelay relay;
  gboolean fails[SIDETONE_N_PARTNERS];
  gboolean is_untested[SIDETONE_N_PARTNERS];
  SidetoneFinding *cause;
};

SidetoneVerdict sidetone_verdict_judge (const SidetoneDiagnosis *diagnosis,
                                        SidetoneRelay            relay);
SidetoneSeverity sidetone_verdict_get_severity (const SidetoneVerdict *self);
gboolean sidetone_verdict_is_trouble (SidetoneFinding *finding);
gboolean sidetone_verdict_is_spared (SidetoneFinding *finding);
const char **sidetone_verdict_list_codes (const SidetoneDiagnosis *diagnosis);

G_END_DECLS
