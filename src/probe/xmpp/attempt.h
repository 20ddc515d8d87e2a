/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "net/wait.h"
#include "seen/sign-in.h"
#include "xmpp/child.h"

G_BEGIN_DECLS

/**
 * SidetoneAttempt:
 * @child: (nullable): its connection process
 * @candidate: its address
 * @number: from 1, in the order of the attempts' starts
 * @start: its start, on the monotonic clock
 * @mark: the start of the current step
 * @race: (nullable): the race, while that waits for it
 * @deadline: (nullable): the deadline for TCP
 * @connecting: whether the TCP connection is pending
 * @local: (nullable): the local endpoint, once connected
 * @peer: (nullable): the remote endpoint, once connected
 * @rtt_us: the round trip that the kernel measured at the TCP handshake
 * @certificate: (nullable): the event with the refused certificate
 *
 * One connection attempt. A plain record of the race, which frees it.
 */
typedef struct
{
  SidetoneChild *child;
  SidetoneCandidate *candidate;
  guint number;
  gint64 start;
  gint64 mark;
  gpointer race;
  SidetoneWait *deadline;
  gboolean connecting;
  SidetoneEndpoint *local;
  SidetoneEndpoint *peer;
  gint64 rtt_us;
  JsonObject *certificate;
} SidetoneAttempt;

SidetoneAttempt *sidetone_attempt_new (SidetoneCandidate *candidate,
                                       guint              number);
void sidetone_attempt_free (SidetoneAttempt *self);

gboolean sidetone_attempt_start (SidetoneAttempt *self,
                                 SidetoneAccount *account,
                                 const char      *password,
                                 GError         **error);
void sidetone_attempt_end (SidetoneAttempt *self);
gboolean sidetone_attempt_set_connected (SidetoneAttempt *self,
                                         JsonObject      *event);

GError *sidetone_attempt_read_failure (JsonObject *event);

/* What was seen of an attempt, as observations; @clock_start is the run's start */
SidetoneObservation *sidetone_attempt_observe_connect (SidetoneAttempt   *self,
                                                       gboolean           used,
                                                       SidetoneSkipReason skip_reason,
                                                       const GError      *error,
                                                       gint64             clock_start);
SidetoneObservation *sidetone_attempt_observe_secure (SidetoneAttempt *self,
                                                      const char      *id,
                                                      JsonObject      *certificate,
                                                      const GError    *error,
                                                      gint64           clock_start);
SidetoneObservation *sidetone_attempt_observe_sign_in (SidetoneAttempt *self,
                                                       const char      *id,
                                                       SidetoneStage    stage,
                                                       JsonObject      *event,
                                                       const GError    *error,
                                                       gint64           clock_start);

G_END_DECLS
