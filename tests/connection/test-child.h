/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "lib/server.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* How long a test waits for immediate events */
#define TEST_CHILD_PATIENCE_MS 10000

/* How long a process may live after its parent closed the pipe: one second, and more on a busy
 * machine */
#define TEST_CHILD_LAST_WORDS_MS 2000

/* How a child differs from one that signs in at a test server successfully */
typedef struct
{
  const char *jid;
  gboolean direct_tls;
  const char *address;
  guint16 port;
  const char *ca_file;          /* NULL: the test authority; empty: none */
  const char *pin;
  const char *password;
} TestChildOptions;

typedef struct _TestChild TestChild;

TestChild *test_child_new (SidetoneTestServer     *server,
                           const TestChildOptions *options);
TestChild *test_child_new_bare (GSubprocessLauncher *launcher,
                                const char *const   *arguments);
void test_child_free (TestChild *self);

char *test_child_get_program (void);

const char *test_child_get_pid (TestChild *self);
char *test_child_read_proc (TestChild  *self,
                            const char *file);

void test_child_write (TestChild  *self,
                       const char *text);
void test_child_close_input (TestChild *self);
void test_child_kill (TestChild *self);

char *test_child_next_line (TestChild *self);
JsonObject *test_child_next (TestChild *self);
JsonObject *test_child_expect (TestChild  *self,
                               const char *event);
void test_child_skip (TestChild  *self,
                      const char *event);
void test_child_expect_stage (TestChild  *self,
                              const char *stage);
void test_child_sign_in (TestChild *self);

int test_child_wait (TestChild *self);
const char *test_child_get_complaints (TestChild *self);


G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestChild, test_child_free)

G_END_DECLS
