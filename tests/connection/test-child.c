/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-test"

#include "config.h"

#include "test-child.h"

#include "base/json.h"

#include <gio/gunixinputstream.h>
#include <poll.h>
#include <unistd.h>

#define MAX_LINE_BYTES (512 * 1024)

/*
 * TestChild:
 *
 * A sidetone-connection process that a test controls like its parent. All its output is searched
 * for the password.
 */
struct _TestChild
{
  GSubprocess *process;
  char *pid;
  GString *output;              /* not taken yet */
  GString *all_output;
  char *complaints;             /* standard error, once it ended */
};

char *
test_child_get_program (void)
{
  const char *program = g_getenv ("SIDETONE_CONNECTION");

  g_assert_nonnull (program);
  return g_strdup (program);
}

TestChild *
test_child_new_bare (GSubprocessLauncher *launcher,
                     const char *const   *arguments)
{
  TestChild *self = g_new0 (TestChild, 1);
  g_autoptr (GSubprocessLauncher) own_launcher = NULL;
  g_autofree char *program = test_child_get_program ();
  const char *const just_program[] = { program, NULL };
  g_autoptr (GError) error = NULL;

  if (launcher == NULL)
    launcher = own_launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_subprocess_launcher_set_flags (launcher, G_SUBPROCESS_FLAGS_STDIN_PIPE |
                                   G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  /* As on an ordinary computer: the system's own store of authorities */
  g_subprocess_launcher_unsetenv (launcher, "SSL_CERT_FILE");
  g_subprocess_launcher_unsetenv (launcher, "SSL_CERT_DIR");
  self->process = g_subprocess_launcher_spawnv (launcher, arguments ? arguments : just_program,
                                                &error);
  g_assert_no_error (error);
  self->pid = g_strdup (g_subprocess_get_identifier (self->process));
  self->output = g_string_new (NULL);
  self->all_output = g_string_new (NULL);
  return self;
}

TestChild *
test_child_new (SidetoneTestServer     *server,
                const TestChildOptions *options)
{
  static const TestChildOptions usual = { 0 };
  TestChild *self = test_child_new_bare (NULL, NULL);
  g_autoptr (GString) settings = g_string_new (NULL);
  g_autofree char *ca_file = sidetone_test_certificate_path ("ca.pem");

  if (options == NULL)
    options = &usual;
  g_string_append_printf (settings, "jid %s\naddress %s\nport %u\nsecurity %s\n",
                          options->jid ? options->jid : SIDETONE_TEST_JID,
                          options->address ? options->address
                          : sidetone_test_server_get_address (server),
                          options->port ? options->port : sidetone_test_server_get_port (server),
                          options->direct_tls ? "direct" : "starttls");
  if (options->ca_file == NULL)
    g_string_append_printf (settings, "ca-file %s\n", ca_file);
  else if (*options->ca_file != '\0')
    g_string_append_printf (settings, "ca-file %s\n", options->ca_file);
  if (options->pin != NULL)
    g_string_append_printf (settings, "pin %s\n", options->pin);
  g_string_append_printf (settings, "password %s\n\n",
                          options->password ? options->password : SIDETONE_TEST_PASSWORD);
  test_child_write (self, settings->str);
  return self;
}

void
test_child_free (TestChild *self)
{
  g_subprocess_force_exit (self->process);
  test_child_wait (self);
  g_object_unref (self->process);
  g_free (self->pid);
  g_string_free (self->output, TRUE);
  g_string_free (self->all_output, TRUE);
  g_free (self->complaints);
  g_free (self);
}

const char *
test_child_get_pid (TestChild *self)
{
  return self->pid;
}

/* A file in /proc, with spaces for NULs. Empty if this user may not read it: then others may not
 * either */
char *
test_child_read_proc (TestChild  *self,
                      const char *file)
{
  g_autofree char *path = g_build_filename ("/proc", self->pid, file, NULL);
  char *contents;
  gsize length;
  g_autoptr (GError) error = NULL;

  if (!g_file_get_contents (path, &contents, &length, &error))
    {
      g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ACCES);
      return g_strdup ("");
    }
  for (gsize i = 0; i < length; i++)
    if (contents[i] == '\0')
      contents[i] = ' ';
  return contents;
}

/* The child may have ended: the test finds out from its output. */
void
test_child_write (TestChild  *self,
                  const char *text)
{
  GOutputStream *input = g_subprocess_get_stdin_pipe (self->process);

  g_output_stream_write_all (input, text, strlen (text), NULL, NULL, NULL);
}

void
test_child_close_input (TestChild *self)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
}

void
test_child_kill (TestChild *self)
{
  g_subprocess_force_exit (self->process);
}

static gboolean
read_output (TestChild *self)
{
  GInputStream *stream = g_subprocess_get_stdout_pipe (self->process);
  struct pollfd state = { .fd = g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (stream)),
                          .events = POLLIN };
  char bytes[4096];
  gssize length;

  if (poll (&state, 1, TEST_CHILD_PATIENCE_MS) != 1)
    g_error ("Nothing came; so far: %s", self->all_output->str);
  length = read (state.fd, bytes, sizeof bytes);
  if (length <= 0)
    return FALSE;
  g_string_append_len (self->output, bytes, length);
  g_string_append_len (self->all_output, bytes, length);
  return TRUE;
}

/* NULL at the end */
char *
test_child_next_line (TestChild *self)
{
  char *line;
  gsize length;

  while (strchr (self->output->str, '\n') == NULL)
    if (!read_output (self))
      {
        g_assert_cmpstr (self->output->str, ==, "");
        return NULL;
      }
  length = strcspn (self->output->str, "\n");
  line = g_strndup (self->output->str, length);
  g_string_erase (self->output, 0, length + 1);
  g_assert_cmpuint (length, <, MAX_LINE_BYTES);
  g_assert_null (strstr (line, SIDETONE_TEST_PASSWORD));
  return line;
}

/* NULL at the end */
JsonObject *
test_child_next (TestChild *self)
{
  g_autofree char *line = test_child_next_line (self);
  g_autoptr (GError) error = NULL;
  JsonObject *event;

  if (line == NULL)
    return NULL;
  event = sidetone_json_parse_object (line, strlen (line), MAX_LINE_BYTES, 8, &error);
  g_assert_no_error (error);
  return event;
}

JsonObject *
test_child_expect (TestChild  *self,
                   const char *name)
{
  g_autoptr (JsonObject) event = test_child_next (self);

  g_assert_nonnull (event);
  if (g_strcmp0 (sidetone_json_get_string (event, "event"), name) != 0)
    g_error ("Waited for %s; so far: %s", name, self->all_output->str);
  return g_steal_pointer (&event);
}

/* An event whose contents don't matter */
void
test_child_skip (TestChild  *self,
                 const char *name)
{
  json_object_unref (test_child_expect (self, name));
}

void
test_child_expect_stage (TestChild  *self,
                         const char *stage)
{
  g_autoptr (JsonObject) event = test_child_expect (self, "stage");

  g_assert_cmpstr (sidetone_json_get_string (event, "stage"), ==, stage);
}

/* Skips all up to the sign-in, which must succeed. */
void
test_child_sign_in (TestChild *self)
{
  test_child_write (self, "go\n");
  for (;;)
    {
      g_autoptr (JsonObject) event = test_child_next (self);
      const char *name;

      if (event == NULL)
        g_error ("No sign-in: %s", self->all_output->str);
      name = sidetone_json_get_string (event, "event");
      if (g_strcmp0 (name, "failed") == 0)
        g_error ("No sign-in: %s", self->all_output->str);
      if (g_strcmp0 (name, "signed-in") == 0)
        return;
    }
}

/* Waits for the end. Returns the exit status, or the number of a signal below zero. */
int
test_child_wait (TestChild *self)
{
  GInputStream *stream = g_subprocess_get_stderr_pipe (self->process);
  g_autoptr (GString) complaints = g_string_new (self->complaints);
  g_autoptr (GError) error = NULL;
  char bytes[4096];
  gssize length;

  while (read_output (self))
    ;
  while ((length = g_input_stream_read (stream, bytes, sizeof bytes, NULL, NULL)) > 0)
    g_string_append_len (complaints, bytes, length);
  g_free (self->complaints);
  self->complaints = g_strdup (complaints->str);
  g_assert_null (strstr (self->complaints, SIDETONE_TEST_PASSWORD));
  g_assert_null (strstr (self->all_output->str, SIDETONE_TEST_PASSWORD));
  g_assert_null (strstr (self->all_output->str, SIDETONE_TEST_PASSWORD_BASE64));
  g_assert_null (strstr (self->all_output->str, SIDETONE_TEST_PLAIN_BASE64));

  g_subprocess_wait (self->process, NULL, &error);
  g_assert_no_error (error);
  if (g_subprocess_get_if_signaled (self->process))
    return -g_subprocess_get_term_sig (self->process);
  return g_subprocess_get_exit_status (self->process);
}

/* What it wrote to standard error, after test_child_wait () */
const char *
test_child_get_complaints (TestChild *self)
{
  return self->complaints;
}
