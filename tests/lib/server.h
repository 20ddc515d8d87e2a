/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gio/gio.h>

#include "lib/scram.h"

G_BEGIN_DECLS

#define SIDETONE_TEST_DOMAIN "montague.lit"
#define SIDETONE_TEST_JID "romeo@" SIDETONE_TEST_DOMAIN
#define SIDETONE_TEST_PASSWORD "wherefore-art-thou"
/* In base64: alone, and as SASL PLAIN sends it */
#define SIDETONE_TEST_PASSWORD_BASE64 "d2hlcmVmb3JlLWFydC10aG91"
#define SIDETONE_TEST_PLAIN_BASE64 "AHJvbWVvAHdoZXJlZm9yZS1hcnQtdGhvdQ=="

typedef enum
{
  SIDETONE_TEST_STEP_END,       /* the script is over: close */
  SIDETONE_TEST_STEP_EXPECT,    /* wait for text and the > after it; take $id from it */
  SIDETONE_TEST_STEP_SEND,      /* send text, $words replaced, count times (0: without end) */
  SIDETONE_TEST_STEP_SEND_BYTEWISE, /* send text, each byte in a segment of its own */
  SIDETONE_TEST_STEP_TLS,       /* the script's TLS steps, usually a handshake */
  SIDETONE_TEST_STEP_SASL,      /* wait for <auth>, and judge the password */
  SIDETONE_TEST_STEP_BIND,      /* wait for the request, and answer it */
  SIDETONE_TEST_STEP_SERVE,     /* answer questions until the client closes the stream */
  SIDETONE_TEST_STEP_HANG,      /* stay silent until the client closes */
  SIDETONE_TEST_STEP_RESET,     /* close with a RST */
} SidetoneTestStepKind;

typedef struct
{
  SidetoneTestStepKind kind;
  const char *text;
  int count;
} SidetoneTestStep;

/* SERVE's answer to a question with @xmlns; none if @xml is NULL. The words $id, $jid, $bare,
 * $domain, $ip and $port stand for the question's ID, the client's JIDs, the server's domain, and
 * the client's endpoint. */
typedef struct
{
  const char *xmlns;
  const char *xml;
} SidetoneTestAnswer;

/* How a server behaves. NULL and 0 mean a correct server: each member makes it go wrong in one
 * way. */
typedef struct
{
  const char *name;
  gboolean direct_tls;
  GSocketFamily family;         /* 0 is IPv4 */
  const char *certificate;      /* a name of tests/lib/certificates */
  gboolean shared_port;         /* a web site answers unless ALPN asks for xmpp-client */
  const char *mechanisms;       /* separated by spaces */
  const char *sasl_failure;     /* sent instead of success */
  SidetoneTestScramFaults scram;
  const SidetoneTestStep *plain;  /* before TLS; not run with direct TLS */
  const SidetoneTestStep *tls;  /* instead of a handshake */
  const SidetoneTestStep *secure; /* after TLS */
  const SidetoneTestAnswer *answers; /* these come before the correct server's */
} SidetoneTestScript;

typedef struct _SidetoneTestServer SidetoneTestServer;

const SidetoneTestScript *sidetone_test_script_get (const char *name);

SidetoneTestServer *sidetone_test_server_new (const SidetoneTestScript *script);
SidetoneTestServer *sidetone_test_server_new_named (const char *name,
                                                    gboolean    direct_tls);
void sidetone_test_server_free (SidetoneTestServer *self);

const char *sidetone_test_server_get_address (SidetoneTestServer *self);
guint16 sidetone_test_server_get_port (SidetoneTestServer *self);
guint sidetone_test_server_get_n_connections (SidetoneTestServer *self);
char *sidetone_test_server_dup_plain (SidetoneTestServer *self);
char *sidetone_test_server_dup_received (SidetoneTestServer *self);
guint sidetone_test_server_count (SidetoneTestServer *self,
                                  const char         *text);
gboolean sidetone_test_server_came_together (SidetoneTestServer *self,
                                             const char         *first,
                                             const char         *second);

char *sidetone_test_certificate_path (const char *name);

guint16 sidetone_test_find_closed_port (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneTestServer, sidetone_test_server_free)

G_END_DECLS
