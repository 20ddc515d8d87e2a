/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "xmpp/child.h"

#include "base/error.h"
#include "base/json.h"
#include "base/secret.h"

#include <string.h>

/**
 * SidetoneChild:
 *
 * One `sidetone-connection` process: starts it, sends it commands, and turns its output into
 * #SidetoneChild::event. src/connection/README.md documents the protocol. When the process is gone,
 * #SidetoneChild::ended is emitted, always and once; its error is %NULL if the end was requested.
 *
 * Spawn it from the main thread: the child dies with the thread that started it.
 */
struct _SidetoneChild
{
  GObject parent_instance;

  GSubprocess *process;
  GCancellable *reading;
  char *input;                   /* read and not handled; wiped afterwards */
  gsize input_length;
  guint n_events;
  char *waiting;                 /* text not yet written */
  char *writing;                 /* text being written; wiped afterwards */
  guint write_source;
  guint reap_source;
  GError *error;
  gboolean close_when_written;
  gboolean end_expected;
  gboolean exited;
  gboolean killed;               /* because it was not reaped after the end of its output */
  gboolean not_reaped;           /* even then */
  gboolean end_of_file;
  gboolean ended;
};

/* The program itself bounds a line to less (src/connection/README.md) */
#define MAX_LINE (512 * 1024)
#define MAX_DEPTH 8
/* More than a check's questions can lead to */
#define MAX_EVENTS 512
#define READ_SIZE 16384
#define INPUT_SIZE (MAX_LINE + READ_SIZE)

/* The program's output ends with the program. Under load GLib 2.74 now and then never reports a
 * process that has ended. */
#define REAP_MS 500

enum { EVENT, ENDED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SidetoneChild, sidetone_child, G_TYPE_OBJECT)

static void read_more (SidetoneChild *self);

/* Its events are not wanted any more */
static gboolean
is_dismissed (SidetoneChild *self)
{
  return self->end_expected || self->error != NULL;
}

/* The end comes once the process is reaped, or had time to be, and its last line read if it is
 * still wanted */
static void
check_ended (SidetoneChild *self)
{
  if (self->ended || !(self->exited || self->not_reaped) ||
      !(self->end_of_file || is_dismissed (self)))
    return;

  self->ended = TRUE;
  g_cancellable_cancel (self->reading);
  if (self->error == NULL && !self->end_expected)
    {
      if (!self->exited)
        g_set_error_literal (&self->error, SIDETONE_ERROR, SIDETONE_ERROR_CONNECTION_PROGRAM_ENDED,
                             "sidetone-connection closed its output");
      else if (g_subprocess_get_if_signaled (self->process))
        g_set_error (&self->error, SIDETONE_ERROR, SIDETONE_ERROR_CONNECTION_PROGRAM_ENDED,
                     "sidetone-connection was ended by signal %d (%s)",
                     g_subprocess_get_term_sig (self->process),
                     g_strsignal (g_subprocess_get_term_sig (self->process)));
      else
        g_set_error (&self->error, SIDETONE_ERROR, SIDETONE_ERROR_CONNECTION_PROGRAM_ENDED,
                     "sidetone-connection ended with status %d",
                     g_subprocess_get_exit_status (self->process));
    }

  g_signal_emit (self, signals[ENDED], 0, self->end_expected ? NULL : self->error);
}

/* Wipes the first bytes of the input, which may hold the credentials of relays, and moves the others
 * there */
static void
forget_input (SidetoneChild *self,
              gsize          length)
{
  self->input_length -= length;
  memmove (self->input, self->input + length, self->input_length);
  explicit_bzero (self->input + self->input_length, length);
}

/* The output is not our program's: nothing that follows can be trusted */
static void
reject_output (SidetoneChild *self,
               const char    *reason)
{
  if (self->error == NULL)
    g_set_error (&self->error, SIDETONE_ERROR, SIDETONE_ERROR_CONNECTION_PROGRAM_NONSENSE,
                 "sidetone-connection wrote what is not its protocol: %s", reason);
  g_subprocess_force_exit (self->process);
}

static void
handle_line (SidetoneChild *self,
             const char    *line,
             gsize          length)
{
  static const char *const first[] = { "connected", "failed", NULL };
  static const char *const later[] = { "stage", "secured", "certificate", "signed-in", "answer",
                                       "failed", NULL };
  g_autoptr (JsonObject) event = NULL;
  g_autoptr (GError) error = NULL;
  const char *name;

  event = sidetone_json_parse_object (line, length, MAX_LINE, MAX_DEPTH, &error);
  name = event != NULL ? sidetone_json_get_string (event, "event") : NULL;
  if (event == NULL)
    reject_output (self, error->message);
  else if (name == NULL || !g_strv_contains (self->n_events == 0 ? first : later, name))
    reject_output (self, "an event that can't come now");
  else if (++self->n_events > MAX_EVENTS)
    reject_output (self, "events without end");
  else
    g_signal_emit (self, signals[EVENT], 0, event);
}

static void
handle_input (SidetoneChild *self)
{
  gsize done = 0;

  while (!is_dismissed (self))
    {
      const char *start = self->input + done;
      const char *end = memchr (start, '\n', self->input_length - done);

      if (end == NULL)
        break;

      done += end - start + 1;
      handle_line (self, start, end - start);
    }

  if (self->input_length - done > MAX_LINE)
    reject_output (self, "a line without end");
  forget_input (self, is_dismissed (self) ? self->input_length : done);
}

static gboolean
reap_source_cb (gpointer user_data)
{
  g_autoptr (SidetoneChild) self = g_object_ref (user_data);

  /* It may be alive, in spite of its promise */
  if (!self->killed)
    {
      self->killed = TRUE;
      g_subprocess_force_exit (self->process);
      return G_SOURCE_CONTINUE;
    }

  self->reap_source = 0;
  self->not_reaped = TRUE;
  check_ended (self);

  return G_SOURCE_REMOVE;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SidetoneChild) self = user_data;
  gssize length = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (length <= 0 || self->ended)
    {
      self->end_of_file = TRUE;
      if (!self->exited && self->process != NULL)
        self->reap_source = g_timeout_add (REAP_MS, reap_source_cb, self);
      check_ended (self);
      return;
    }

  self->input_length += length;
  handle_input (self);
  read_more (self);
}

static void
read_more (SidetoneChild *self)
{
  g_input_stream_read_async (g_subprocess_get_stdout_pipe (self->process),
                             self->input + self->input_length, INPUT_SIZE - self->input_length,
                             G_PRIORITY_DEFAULT, self->reading, read_cb, g_object_ref (self));
}

static void
wait_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SidetoneChild) self = user_data;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  self->exited = TRUE;
  g_clear_handle_id (&self->reap_source, g_source_remove);
  check_ended (self);
}

static void write_next (SidetoneChild *self);

static void
write_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SidetoneChild) self = user_data;

  /* A failed write means that the process is gone: its end tells why */
  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  g_clear_pointer (&self->writing, sidetone_secret_free);
  write_next (self);
}

static void
write_next (SidetoneChild *self)
{
  GOutputStream *pipe = g_subprocess_get_stdin_pipe (self->process);

  self->writing = g_steal_pointer (&self->waiting);
  if (self->writing != NULL)
    g_output_stream_write_all_async (pipe, self->writing, strlen (self->writing),
                                     G_PRIORITY_DEFAULT, NULL, write_cb, g_object_ref (self));
  else if (self->close_when_written)
    g_output_stream_close_async (pipe, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}

static gboolean
write_source_cb (gpointer user_data)
{
  SidetoneChild *self = user_data;

  self->write_source = 0;
  write_next (self);

  return G_SOURCE_REMOVE;
}

/* Not at once: all commands of one turn of the main loop are written together. If the program found
 * one question before the next, each would leave in a packet of its own, and a server that answers
 * each in one may hold the second answer back until the first is acknowledged (RFC 896): one more
 * round trip. */
static void
write_soon (SidetoneChild *self)
{
  if (self->writing == NULL && self->write_source == 0)
    self->write_source = g_idle_add_full (G_PRIORITY_DEFAULT, write_source_cb, self, NULL);
}

static void
write_text (SidetoneChild *self,
            char          *text)
{
  char *before = self->waiting;

  self->waiting = g_strconcat (before != NULL ? before : "", text, NULL);
  sidetone_secret_free (before);
  sidetone_secret_free (text);
  write_soon (self);
}

static void
sidetone_child_dispose (GObject *object)
{
  SidetoneChild *self = SIDETONE_CHILD (object);

  if (self->process != NULL)
    g_subprocess_force_exit (self->process);
  g_clear_handle_id (&self->write_source, g_source_remove);
  g_clear_handle_id (&self->reap_source, g_source_remove);
  g_clear_object (&self->process);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->waiting, sidetone_secret_free);
  g_clear_pointer (&self->writing, sidetone_secret_free);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (sidetone_child_parent_class)->dispose (object);
}

static void
sidetone_child_finalize (GObject *object)
{
  SidetoneChild *self = SIDETONE_CHILD (object);

  forget_input (self, self->input_length);
  g_free (self->input);

  G_OBJECT_CLASS (sidetone_child_parent_class)->finalize (object);
}

static void
sidetone_child_class_init (SidetoneChildClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sidetone_child_dispose;
  object_class->finalize = sidetone_child_finalize;

  /**
   * SidetoneChild::event:
   * @event: an event of the program, with its member `event`
   */
  signals[EVENT] = g_signal_new ("event", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 1, JSON_TYPE_OBJECT);

  /**
   * SidetoneChild::ended:
   * @error: (nullable): the reason, if the end was not requested
   */
  signals[ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);

  /* Writing to a process that has just died must not kill this one */
  (void) signal (SIGPIPE, SIG_IGN);
}

static void
sidetone_child_init (SidetoneChild *self)
{
  self->reading = g_cancellable_new ();
  self->input = g_malloc (INPUT_SIZE);
}

/* All settings, as `key value` lines: through the pipe, so that no process list shows them */
static char *
make_settings (SidetoneAccount   *account,
               const char        *password,
               SidetoneCandidate *candidate)
{
  SidetoneEndpoint *endpoint = sidetone_candidate_get_endpoint (candidate);
  gboolean direct = sidetone_candidate_get_security (candidate) == SIDETONE_SECURITY_DIRECT;
  const char *ca_file = sidetone_account_get_ca_file (account);
  const char *pin = sidetone_account_get_pin (account);
  g_autofree char *address = sidetone_endpoint_dup_address (endpoint);
  g_autofree char *open_part = NULL;

  open_part = g_strdup_printf ("jid %s\naddress %s\nport %u\nsecurity %s\n%s%s%s%s%s%s",
                               sidetone_account_get_jid (account), address,
                               sidetone_endpoint_get_port (endpoint),
                               direct ? "direct" : "starttls",
                               ca_file != NULL ? "ca-file " : "",
                               ca_file != NULL ? ca_file : "",
                               ca_file != NULL ? "\n" : "",
                               pin != NULL ? "pin " : "",
                               pin != NULL ? pin : "",
                               pin != NULL ? "\n" : "");

  return g_strconcat (open_part, "password ", password, "\n\n", NULL);
}

/* Tests run the program from the build folder, or a replacement */
static const char *
get_program (void)
{
  const char *program = g_getenv ("SIDETONE_CONNECTION");

  return program != NULL ? program : SIDETONE_CONNECTION;
}

/**
 * sidetone_child_new:
 * @account: the account
 * @password: its password; wiped from our memory once it is written
 * @candidate: the address to connect to
 * @error: %SIDETONE_ERROR_CONNECTION_PROGRAM_MISSING
 *
 * Starts a connection process, which begins its TCP connection at once.
 *
 * Returns: (transfer full) (nullable): the running process
 */
SidetoneChild *
sidetone_child_new (SidetoneAccount   *account,
                    const char        *password,
                    SidetoneCandidate *candidate,
                    GError           **error)
{
  g_autoptr (SidetoneChild) self = g_object_new (SIDETONE_TYPE_CHILD, NULL);
  g_autoptr (GError) local_error = NULL;

  /* Without a setup function, and with inherited descriptors, which the program closes itself, GLib
   * can start it without copying this whole process and blocking meanwhile. */
  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE |
                                    G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                    G_SUBPROCESS_FLAGS_STDERR_SILENCE |
                                    G_SUBPROCESS_FLAGS_INHERIT_FDS,
                                    &local_error, get_program (), NULL);
  if (self->process == NULL)
    {
      g_set_error_literal (error, SIDETONE_ERROR, SIDETONE_ERROR_CONNECTION_PROGRAM_MISSING,
                           local_error->message);
      return NULL;
    }

  write_text (self, make_settings (account, password, candidate));
  read_more (self);
  g_subprocess_wait_async (self->process, NULL, wait_cb, g_object_ref (self));

  return g_steal_pointer (&self);
}

/**
 * sidetone_child_go:
 * @self: a child that has said "connected"
 *
 * Lets it sign in, because it won the race.
 */
void
sidetone_child_go (SidetoneChild *self)
{
  write_text (self, g_strdup ("go\n"));
}

/**
 * sidetone_child_ask:
 * @self: a child that is signed in
 * @id: the ID for the answer
 * @to: (nullable): the addressee, %NULL for the server on behalf of the account
 * @payload: an XML element on one line
 *
 * Sends an IQ of type `get`.
 */
void
sidetone_child_ask (SidetoneChild *self,
                    const char    *id,
                    const char    *to,
                    const char    *payload)
{
  write_text (self, g_strdup_printf ("ask %s %s %s\n", id, to != NULL ? to : "-", payload));
}

/**
 * sidetone_child_sign_out:
 * @self: a child
 *
 * Has it close the stream and end.
 */
void
sidetone_child_sign_out (SidetoneChild *self)
{
  self->end_expected = TRUE;
  self->close_when_written = TRUE;
  write_soon (self);
}

/**
 * sidetone_child_kill:
 * @self: a child
 *
 * Kills the process.
 */
void
sidetone_child_kill (SidetoneChild *self)
{
  self->end_expected = TRUE;
  g_subprocess_force_exit (self->process);
}

/**
 * sidetone_child_has_ended:
 * @self: a child
 *
 * Returns: whether the process is gone
 */
gboolean
sidetone_child_has_ended (SidetoneChild *self)
{
  return self->ended;
}
