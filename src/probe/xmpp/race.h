/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "xmpp/attempt.h"
#include "xmpp/candidates.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_RACE (sidetone_race_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneRace, sidetone_race, SIDETONE, RACE, GObject)

SidetoneRace *sidetone_race_new (SidetoneAccount * account,
                                 char *password,
                                 SidetoneCandidates * candidates,
                                 gint64 clock_start);

void sidetone_race_start (SidetoneRace *self);
void sidetone_race_start_again (SidetoneRace    *self,
                                SidetoneAttempt *failed,
                                gboolean         is_silent);
void sidetone_race_add_other_way (SidetoneRace    *self,
                                  SidetoneAttempt *failed);
void sidetone_race_stop (SidetoneRace      *self,
                         SidetoneSkipReason reason);
void sidetone_race_give_up (SidetoneRace *self);
void sidetone_race_wipe_password (SidetoneRace *self);

gboolean sidetone_race_is_settled (SidetoneRace *self);
gboolean sidetone_race_is_over (SidetoneRace *self);

G_END_DECLS
