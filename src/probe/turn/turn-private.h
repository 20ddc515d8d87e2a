/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "turn/turn-ask.h"
#include "turn/turn.h"

G_BEGIN_DECLS

struct _SidetoneTurn
{
  GObject parent_instance;

  SidetoneEndpoint *server;
  char *host;
  SidetoneStunCredentials *credentials;
  GSocketFamily family;
  GTlsDatabase *authorities;

  SidetoneFlow *flow;
  SidetoneStunClient *client;
  gboolean may_exist;            /* the server may have our allocation */
  gboolean is_in_doubt;          /* or may make it later: its answer has not come */

  SidetoneEndpoint *alternate;
  GStrv names;                   /* of a refused certificate */
  SidetoneEndpoint *mapped;
  SidetoneEndpoint *relayed;
  guint32 lifetime;
  char *software;
  gint64 round_trip_us;
};

void sidetone_turn_ask (SidetoneTurn       *self,
                        StunMethod          method,
                        SidetoneEndpoint   *peer,
                        guint               deadline_ms,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data);

G_END_DECLS
