/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "lib/server.h"

#include <string.h>

G_BEGIN_DECLS

const SidetoneTestStep *sidetone_test_script_get_plain (const SidetoneTestScript *script);
const SidetoneTestStep *sidetone_test_script_get_secure (const SidetoneTestScript *script);
const SidetoneTestAnswer *sidetone_test_script_find_answer (const SidetoneTestScript *script,
                                                            const char               *question);

G_END_DECLS
