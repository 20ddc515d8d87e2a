/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "wire/service.h"

G_BEGIN_DECLS

SidetoneService *sidetone_service_new_from_uri (const char *uri,
                                                const char *username,
                                                const char *password,
                                                GError    **error);

G_END_DECLS
