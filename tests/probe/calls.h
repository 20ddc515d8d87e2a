/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "lib/relay.h"
#include "probes/probe.h"
#include "wire/service.h"

G_BEGIN_DECLS

/* A probe that tries announced services, and its observations. No session: from the context it
 * needs only the services and their addresses. */
typedef struct
{
  SidetoneContext *context;
  GCancellable *cancellable;
  GPtrArray *services;
  gboolean returned;
  gboolean completed;
  gint64 start;
  gint64 took_ms;
} SidetoneTestCalls;

#define SIDETONE_TEST_HOST "turn.lit"

void sidetone_test_calls_init (SidetoneTestCalls *self);
void sidetone_test_calls_clear (SidetoneTestCalls *self);

void sidetone_test_calls_set_server (SidetoneTestCalls *self,
                                     const char        *address);
void sidetone_test_calls_announce (SidetoneTestCalls *self,
                                   const char        *text,
                                   const char        *password);
void sidetone_test_calls_announce_relay (SidetoneTestCalls *self,
                                         const char        *kind,
                                         SidetoneTestRelay *relay);
void sidetone_test_calls_place (SidetoneTestCalls *self,
                                const char        *host,
                                const char        *address);
void sidetone_test_calls_start (SidetoneTestCalls *self,
                                SidetoneProbe     *probe);
void sidetone_test_calls_wait (SidetoneTestCalls *self);
void sidetone_test_calls_run (SidetoneTestCalls *self,
                              SidetoneProbe     *probe);

guint sidetone_test_calls_count (SidetoneTestCalls *self);
SidetoneObservation *sidetone_test_calls_find (SidetoneTestCalls *self,
                                               const char        *id);
void sidetone_test_calls_assert (SidetoneTestCalls *self,
                                 const char        *expected);
void sidetone_test_calls_cancel (const char *kind,
                                 SidetoneProbe *(*create)(void));

G_END_DECLS
