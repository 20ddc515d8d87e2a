/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * SidetoneAct:
 *
 * Something that the user does to tell two causes apart, before checking again. The nick is its
 * word in reports.
 */
typedef enum
{
  SIDETONE_ACT_NONE,
  SIDETONE_ACT_ANOTHER_NETWORK,
  SIDETONE_ACT_WITHOUT_VPN,
  SIDETONE_ACT_BY_CABLE,
  SIDETONE_ACT_SET_CLOCK,
  SIDETONE_ACT_LOG_IN,
  SIDETONE_ACT_CHECK_TYPOS,
  SIDETONE_ACT_PAUSE_TRAFFIC,
  SIDETONE_ACT_LOWER_MTU,
} SidetoneAct;

/**
 * SidetoneActRow:
 * @act: the act
 * @nick: its name in reports; never changes
 * @request: what to do: a sentence, not translated yet
 * @gone: the sentence for the cause that the act takes away; `{advice}` is what to do then
 * @stays: the sentence for the other cause
 * @was_gone: what has shown that the act takes the cause away: a sentence about the finding
 * @was_same: what has shown that it does not
 * @is_fix: whether it fixes what it takes away
 *
 * Everything about an act.
 */
typedef struct
{
  SidetoneAct act;
  const char *nick;
  const char *request;
  const char *gone;
  const char *stays;
  const char *was_gone;
  const char *was_same;
  gboolean is_fix;
} SidetoneActRow;

#define SIDETONE_TYPE_ACT (sidetone_act_get_type ())

GType sidetone_act_get_type (void);
const SidetoneActRow *sidetone_act_get_row (SidetoneAct act);

G_END_DECLS
