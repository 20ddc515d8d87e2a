/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* A server's part in a sign-in by SCRAM (RFC 5802): its challenge, and its last message, one a line,
 * in base64. A server that does not know the password is never believed. */

#include "fuzz.h"

#include <string.h>

#include "scram.h"

/* "n,,n=romeo,r=nonce", and "c=biws,r=nonceserver,p=cHJvb2Y=" */
#define INITIAL "biwsbj1yb21lbyxyPW5vbmNl"
#define RESPONSE "Yz1iaXdzLHI9bm9uY2VzZXJ2ZXIscD1jSEp2YjJZPQ=="

/* As many as the server wants, of up to 2^31 that RFC 5802 and libstrophe allow, take longer than a
 * fuzzer waits. The parent's deadline is for that. */
#define MANY_ITERATIONS 10000

static gboolean
wants_many_iterations (const char *challenge)
{
  gsize length;
  g_autofree guchar *decoded = g_base64_decode (challenge, &length);
  g_autofree char *text = g_strndup ((const char *) decoded, length);
  const char *iterations = strstr (text, ",i=");

  return iterations != NULL && g_ascii_strtoull (iterations + 3, NULL, 10) > MANY_ITERATIONS;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) messages = g_strsplit (text, "\n", 2);
  g_autoptr (SidetoneScram) scram = sidetone_scram_new ();
  const char *problem = NULL;
  SidetoneError error;

  if (messages[0] == NULL || messages[1] == NULL)
    return 0;

  sidetone_scram_take_initial (scram, "SCRAM-SHA-1", INITIAL);
  error = sidetone_scram_take_challenge (scram, messages[0], &problem);
  if (error != SIDETONE_ERROR_UNKNOWN || wants_many_iterations (messages[0]))
    return 0;

  sidetone_scram_take_response (scram, RESPONSE);
  error = sidetone_scram_take_success (scram, messages[1], "password", &problem);
  g_assert (error != SIDETONE_ERROR_UNKNOWN);

  return 0;
}
