/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SIDETONE_TYPE_TEST_LOSSY (sidetone_test_lossy_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneTestLossy, sidetone_test_lossy, SIDETONE, TEST_LOSSY, GObject)

SidetoneTestLossy *sidetone_test_lossy_new (void);
void sidetone_test_lossy_lose_sent (SidetoneTestLossy *self,
                                    guint              number);
void sidetone_test_lossy_lose_received (SidetoneTestLossy *self,
                                        guint              number);
guint sidetone_test_lossy_get_n_sent (SidetoneTestLossy *self);

G_END_DECLS
