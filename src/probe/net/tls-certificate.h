/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "base/error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

SidetoneError sidetone_tls_certificate_judge (GTlsCertificate     *certificate,
                                              GTlsCertificateFlags problems,
                                              const char          *host);
GStrv sidetone_tls_certificate_dup_names (GTlsCertificate *certificate);

G_END_DECLS
