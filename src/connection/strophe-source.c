/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-connection"

#include "config.h"

#include "strophe-source.h"

#include "socket.h"

#include <poll.h>

/* A GSource that runs libstrophe's event loop inside GLib's, without polling. */

/* libstrophe's timers fire only inside xmpp_run_once (). */
#define TICK_US (500 * 1000)

/* TLS buffers up to 16 KiB that the socket no longer shows, and a turn takes 4 KiB of it; one more
 * turn sends what the last one wrote. */
#define CALM_TURNS 5

/* After these the main loop gets a turn. */
#define MAX_TURNS 64

/*
 * SidetoneStropheSource:
 *
 * Runs libstrophe's loop only when its socket is ready; libstrophe itself would poll every few
 * milliseconds. The source's callback runs before each turn of that loop.
 */
typedef struct
{
  GSource source;
  xmpp_ctx_t *context;
  int fd;
  gpointer tag;
  gboolean ticking;
} SidetoneStropheSource;

static gboolean
dispatch (GSource    *source,
          GSourceFunc callback,
          gpointer    user_data)
{
  SidetoneStropheSource *self = (SidetoneStropheSource *) source;
  struct pollfd state = { .fd = self->fd, .events = POLLIN | POLLOUT };
  int calm = 0;
  int turns = 0;

  g_source_set_ready_time (source, -1);

  while (calm < CALM_TURNS && turns++ < MAX_TURNS)
    {
      callback (user_data);
      xmpp_run_once (self->context, 0);
      if (poll (&state, 1, 0) < 0)
        state.revents = POLLOUT;
      calm = state.revents & POLLIN ? 0 : calm + 1;
    }
  /* The last turn may have changed the callback's input. */
  callback (user_data);
  sidetone_socket_acknowledge (self->fd);

  if (calm < CALM_TURNS)
    g_source_set_ready_time (source, 0);
  else if (self->ticking)
    g_source_set_ready_time (source, g_get_monotonic_time () + TICK_US);

  /* A socket is nearly always writable: wake up for that only while it is not. */
  g_source_modify_unix_fd (source, self->tag,
                           G_IO_IN | G_IO_ERR | G_IO_HUP |
                           (state.revents & POLLOUT ? 0 : G_IO_OUT));
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs functions = { .dispatch = dispatch };

/**
 * sidetone_strophe_source_new:
 * @context: a connection's context
 * @fd: its socket, or a copy of that; stays the caller's
 *
 * Makes a source that drives @context, for the first time when it is attached. Set its callback.
 *
 * Returns: (transfer full): a source, not attached yet
 */
GSource *
sidetone_strophe_source_new (xmpp_ctx_t *context,
                             int         fd)
{
  GSource *source = g_source_new (&functions, sizeof (SidetoneStropheSource));
  SidetoneStropheSource *self = (SidetoneStropheSource *) source;

  self->context = context;
  self->fd = fd;
  self->tag = g_source_add_unix_fd (source, fd, G_IO_IN | G_IO_ERR | G_IO_HUP);
  g_source_set_static_name (source, "[sidetone] libstrophe");
  g_source_set_ready_time (source, 0);
  return source;
}

/**
 * sidetone_strophe_source_set_ticking:
 * @source: such a source
 * @ticking: whether libstrophe has timers that matter
 *
 * Twice a second is enough for them during sign-in and sign-out; online there are none, and waiting
 * costs nothing.
 */
void
sidetone_strophe_source_set_ticking (GSource *source,
                                     gboolean ticking)
{
  ((SidetoneStropheSource *) source)->ticking = ticking;
}

/**
 * sidetone_strophe_source_wake:
 * @source: such a source
 *
 * Runs libstrophe soon, because it has something to send.
 */
void
sidetone_strophe_source_wake (GSource *source)
{
  g_source_set_ready_time (source, 0);
}
