/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/app.h"
#include "judge/calls-check.h"

G_BEGIN_DECLS

/**
 * SidetoneAppCheck:
 * @app: the app
 * @facts: (nullable): what it can do; %NULL if nothing is known that narrows what most apps can
 * @relay: whether a relay works for it
 * @learns_address: whether it learns this computer's reflexive address
 * @lack: if @relay is %SIDETONE_RELAY_UNUSED: why
 * @entry: (nullable): the announced relay that it takes and that does not work, if that is why
 * @unused: (nullable): the first relay that works, and that it does not use
 *
 * What a person's app can do with the announced servers for calls, by their tests.
 */
typedef struct
{
  SidetoneApp app;
  const SidetoneAppFacts *facts;
  SidetoneRelay relay;
  SidetoneTruth learns_address;
  SidetoneAppLack lack;
  const SidetoneService *entry;
  const SidetoneServiceResult *unused;
} SidetoneAppCheck;

void sidetone_app_check_read (const SidetoneCallsCheck *calls,
                              SidetoneRelay             relay,
                              SidetoneApp               app,
                              SidetoneAppCheck         *check);

G_END_DECLS
