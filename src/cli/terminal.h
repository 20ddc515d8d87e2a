/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "base/page.h"

G_BEGIN_DECLS

gboolean sidetone_terminal_is_dumb (void);
gboolean sidetone_terminal_get_look (int               fd,
                                     SidetonePageLook *look);

G_END_DECLS
