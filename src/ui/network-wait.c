/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "network-wait.h"

#include <gio/gio.h>

/**
 * SidetoneNetworkWait:
 *
 * Waits until this computer is online (network monitor), and until a new network has become usable.
 */
struct _SidetoneNetworkWait
{
  SidetoneNetworkWaitFunc callback;
  gpointer user_data;
  guint timer;
};

/* How long a new network gets to become usable */
#define SETTLES_MS 1000

static gboolean
timer_cb (gpointer user_data)
{
  SidetoneNetworkWait *self = user_data;

  self->timer = 0;
  self->callback (self->user_data);

  return G_SOURCE_REMOVE;
}

/* The route comes before the name server and the other addresses. */
static void
on_network_changed (GNetworkMonitor     *monitor,
                    gboolean             available,
                    SidetoneNetworkWait *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (available)
    self->timer = g_timeout_add (SETTLES_MS, timer_cb, self);
}

/**
 * sidetone_network_wait_new:
 * @callback: called when there is a network; it may free the wait
 * @user_data: for @callback
 *
 * Begins to wait, while there is no network.
 *
 * Returns: (transfer full): the wait
 */
SidetoneNetworkWait *
sidetone_network_wait_new (SidetoneNetworkWaitFunc callback,
                           gpointer                user_data)
{
  SidetoneNetworkWait *self = g_new0 (SidetoneNetworkWait, 1);

  self->callback = callback;
  self->user_data = user_data;
  g_signal_connect (g_network_monitor_get_default (), "network-changed",
                    G_CALLBACK (on_network_changed), self);

  return self;
}

/**
 * sidetone_network_wait_free:
 * @self: (transfer full): a wait
 *
 * Ends it without a callback.
 */
void
sidetone_network_wait_free (SidetoneNetworkWait *self)
{
  g_signal_handlers_disconnect_by_data (g_network_monitor_get_default (), self);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_free (self);
}
