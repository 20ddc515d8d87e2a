/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/diagnosis.h"

G_BEGIN_DECLS

/**
 * SidetoneRetest:
 * @SIDETONE_RETEST_UNKNOWN: the check after the act can't tell
 * @SIDETONE_RETEST_GONE: it no longer shows the finding
 * @SIDETONE_RETEST_STAYS: it still does
 *
 * What an act has changed.
 */
typedef enum
{
  SIDETONE_RETEST_UNKNOWN,
  SIDETONE_RETEST_GONE,
  SIDETONE_RETEST_STAYS,
} SidetoneRetest;

SidetoneFinding *sidetone_retest_find_again (SidetoneFinding         *finding,
                                             const SidetoneDiagnosis *after);
SidetoneRetest sidetone_retest_judge (SidetoneFinding         *finding,
                                      const SidetoneDiagnosis *before,
                                      const SidetoneDiagnosis *after);
gboolean sidetone_retest_is_same_network (const SidetoneDiagnosis *before,
                                          const SidetoneDiagnosis *after);

G_END_DECLS
