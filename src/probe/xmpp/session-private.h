/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "net/wait.h"
#include "xmpp/iqs.h"
#include "xmpp/race.h"
#include "xmpp/session.h"

G_BEGIN_DECLS

struct _SidetoneSession
{
  GObject parent_instance;

  SidetoneAccount *account;
  char *password;
  gint64 clock_start;

  SidetoneRace *race;
  SidetoneAttempt *current;    /* the race's winner; the race owns it */
  SidetoneStage stage;         /* the current attempt's */
  gulong event_handler;
  gulong ended_handler;
  SidetoneWait *sign_in_wait;
  SidetoneWait *tls_wait;
  gboolean time_is_up;
  guint n_secure;
  guint n_sign_in;
  gboolean signed_in;
  GError *error;               /* the last failure; once signed in, why it ended */

  GTask *open_task;
  gulong cancelled_handler;
  GTask *settle_task;
  GTask *close_task;
  SidetoneWait *sign_out_wait;
  SidetoneIqs *iqs;
};

/* session.c */
void sidetone_session_finish_open (SidetoneSession *self,
                                   const GError    *error);
void sidetone_session_set_error (SidetoneSession *self,
                                 const GError    *error);

/* session-sign-in.c */
void sidetone_session_begin_sign_in (SidetoneSession *self);

G_END_DECLS
