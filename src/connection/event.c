/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-connection"

#include "config.h"

#include "event.h"

#include "base/json.h"
#include "quoted.h"
#include "wire/element.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The child process's events for its parent, one JSON object a line. */

/* Names of conditions and servers' texts are shorter than this. */
#define MAX_TEXT_BYTES 4096

/* More than any answer that gets here; even with each byte escaped the line stays under 512 KiB. */


static JsonObject *
new_event (const char *name)
{
  JsonObject *event = json_object_new ();

  json_object_set_string_member (event, "event", name);
  return event;
}

static void
set_text (JsonObject *object,
          const char *member,
          const char *text,
          gsize       max_bytes)
{
  g_autofree char *valid = NULL;

  if (text == NULL)
    return;
  valid = g_utf8_make_valid (text, strnlen (text, max_bytes));
  json_object_set_string_member (object, member, valid);
}

/* Perhaps a server's */
static void
set_words (JsonObject *object,
           const char *member,
           const char *words)
{
  g_autofree char *hidden = words != NULL ? sidetone_quoted_hide (words) : NULL;

  set_text (object, member, hidden, MAX_TEXT_BYTES);
}

static void
set_endpoint (JsonObject             *object,
              const char             *member,
              const SidetoneEndpoint *endpoint)
{
  g_autofree char *address = NULL;
  JsonObject *value;

  if (endpoint == NULL)
    return;
  address = sidetone_endpoint_dup_address (endpoint);
  value = json_object_new ();
  json_object_set_string_member (value, "address", address);
  json_object_set_int_member (value, "port", sidetone_endpoint_get_port (endpoint));
  json_object_set_object_member (object, member, value);
}

static void
set_names (JsonObject        *object,
           const char        *member,
           const char *const *names)
{
  JsonArray *array = json_array_new ();

  for (gsize i = 0; names[i] != NULL; i++)
    json_array_add_string_element (array, names[i]);
  json_object_set_array_member (object, member, array);
}

static void
set_certificate (JsonObject                *object,
                 const SidetoneCertificate *certificate)
{
  set_text (object, "subject", certificate->subject, MAX_TEXT_BYTES);
  set_text (object, "issuer", certificate->issuer, MAX_TEXT_BYTES);
  set_names (object, "names", (const char *const *) certificate->names);
  set_text (object, "not-before", certificate->not_before, MAX_TEXT_BYTES);
  set_text (object, "not-after", certificate->not_after, MAX_TEXT_BYTES);
  set_text (object, "sha256", certificate->sha256, MAX_TEXT_BYTES);
}

static void
write_event (JsonObject *event)
{
  g_autofree char *text = sidetone_json_to_line (event);
  g_autofree char *line = g_strconcat (text, "\n", NULL);
  const char *rest = line;
  gsize length = strlen (line);

  while (length > 0)
    {
      gssize written = write (STDOUT_FILENO, rest, length);

      if (written < 0 && errno == EINTR)
        continue;
      /* The parent is gone: nothing is left to do. */
      if (written < 0)
        _exit (EXIT_SUCCESS);
      rest += written;
      length -= written;
    }
}

/**
 * sidetone_event_connected:
 * @local: (nullable): the TCP connection's local endpoint
 * @peer: (nullable): its remote endpoint
 * @rtt_us: the kernel's estimate of the round-trip time in microseconds
 *
 * Tells the parent that the server has accepted the connection.
 */
void
sidetone_event_connected (SidetoneEndpoint *local,
                          SidetoneEndpoint *peer,
                          gint64            rtt_us)
{
  g_autoptr (JsonObject) event = new_event ("connected");

  set_endpoint (event, "local", local);
  set_endpoint (event, "peer", peer);
  json_object_set_int_member (event, "rtt_us", rtt_us);
  write_event (event);
}

/**
 * sidetone_event_stage:
 * @stage: the stage that begins
 *
 * Tells the parent, so that an error after a deadline can name the stage.
 */
void
sidetone_event_stage (SidetoneStage stage)
{
  g_autoptr (JsonObject) event = new_event ("stage");

  json_object_set_string_member (event, "stage", sidetone_stage_to_nick (stage));
  write_event (event);
}

/**
 * sidetone_event_secured:
 * @certificate: the server's certificate
 *
 * Tells the parent that the connection is encrypted, and that @certificate is valid or the pinned
 * one.
 */
void
sidetone_event_secured (const SidetoneCertificate *certificate)
{
  g_autoptr (JsonObject) event = new_event ("secured");

  set_certificate (event, certificate);
  write_event (event);
}

/**
 * sidetone_event_certificate:
 * @certificate: the server's own certificate, even if another one of its chain was refused
 * @problem: its fault
 *
 * Tells the parent why the connection is about to fail, with all that a user needs to decide
 * whether to trust this very certificate.
 */
void
sidetone_event_certificate (const SidetoneCertificate *certificate,
                            SidetoneError              problem)
{
  g_autoptr (JsonObject) event = new_event ("certificate");

  json_object_set_string_member (event, "problem", sidetone_error_to_code (problem));
  set_certificate (event, certificate);
  write_event (event);
}

/**
 * sidetone_event_signed_in:
 * @jid: the full JID that the server gave
 * @mechanism: the SASL mechanism
 *
 * Tells the parent that it may ask questions from now on.
 */
void
sidetone_event_signed_in (const char *jid,
                          const char *mechanism)
{
  g_autoptr (JsonObject) event = new_event ("signed-in");
  g_autofree char *hidden = sidetone_quoted_hide_long (jid);

  set_text (event, "jid", hidden, MAX_TEXT_BYTES);
  set_text (event, "mechanism", mechanism, MAX_TEXT_BYTES);
  write_event (event);
}

/**
 * sidetone_event_answer:
 * @id: the parent's ID of the question
 * @stanza: the answer, an `iq` of type `result` or `error`
 *
 * Passes an answer to the parent.
 */
void
sidetone_event_answer (const char *id,
                       const char *stanza)
{
  g_autoptr (JsonObject) event = new_event ("answer");

  set_text (event, "id", id, SIDETONE_ELEMENT_MAX_BYTES);
  set_text (event, "stanza", stanza, SIDETONE_ELEMENT_MAX_BYTES);
  write_event (event);
}

/**
 * sidetone_event_failed:
 * @stage: the stage that failed
 * @error: the error
 * @condition: (nullable): the name of the XMPP condition, if there is one
 * @text: (nullable): the server's text, or ours for a technician
 *
 * Tells the parent, then ends the process at once, even inside libstrophe. After a verdict
 * libstrophe must not run: it would try the next mechanism after a refused password, and crash on
 * features without bind. Its exit handlers must not run either, because half of its memory is in
 * use.
 */
void
sidetone_event_failed (SidetoneStage stage,
                       SidetoneError error,
                       const char   *condition,
                       const char   *text)
{
  g_autoptr (JsonObject) event = new_event ("failed");

  json_object_set_string_member (event, "stage", sidetone_stage_to_nick (stage));
  json_object_set_string_member (event, "code", sidetone_error_to_code (error));
  set_words (event, "condition", condition);
  set_words (event, "text", text);
  write_event (event);
  _exit (EXIT_SUCCESS);
}
