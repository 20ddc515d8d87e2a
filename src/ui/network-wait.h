/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SidetoneNetworkWait SidetoneNetworkWait;

typedef void (*SidetoneNetworkWaitFunc) (gpointer user_data);

SidetoneNetworkWait *sidetone_network_wait_new (SidetoneNetworkWaitFunc callback,
                                                gpointer                user_data);
void sidetone_network_wait_free (SidetoneNetworkWait *self);

G_END_DECLS
