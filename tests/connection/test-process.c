/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-test"

#include "config.h"

#include "base/json.h"
#include "test-child.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* The connection as a process: how it ends, and its limits */

/* A black hole at each stage, and the event that shows the child there */
static const struct
{
  const char *script;
  gboolean direct_tls;
  const char *event;
  const char *stage;
} holes[] = {
  { "good", FALSE, "connected", NULL },
  { "stream-hang", FALSE, "stage", "stream" },
  { "starttls-hang", FALSE, "stage", "tls" },
  { "tls-hang", FALSE, "stage", "tls" },
  { "tls-hang", TRUE, "stage", "tls" },
  { "secure-stream-hang", TRUE, "stage", "stream" },
  { "sasl-hang", FALSE, "stage", "sasl" },
  { "many-iterations", FALSE, "stage", "sasl" },
  { "bind-hang", FALSE, "stage", "bind" },
  { "query-hang", FALSE, "signed-in", NULL },
  { "query-hang", TRUE, "signed-in", NULL },
};

static TestChild *
fall_into (SidetoneTestServer *server,
           gsize               hole)
{
  const TestChildOptions options = { .direct_tls = holes[hole].direct_tls };
  TestChild *child = test_child_new (server, &options);

  if (!g_str_equal (holes[hole].event, "connected"))
    test_child_write (child, "go\nask s - <address xmlns='urn:xmpp:sic:1'/>\n");
  for (;;)
    {
      g_autoptr (JsonObject) event = test_child_next (child);

      g_assert_nonnull (event);
      if (g_strcmp0 (sidetone_json_get_string (event, "event"), holes[hole].event) == 0 &&
          g_strcmp0 (sidetone_json_get_string (event, "stage"), holes[hole].stage) == 0)
        return child;
    }
}

static void
test_killed (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (holes); i++)
    {
      g_autoptr (SidetoneTestServer) server =
        sidetone_test_server_new_named (holes[i].script, holes[i].direct_tls);
      g_autoptr (TestChild) child = fall_into (server, i);

      test_child_kill (child);
      g_assert_cmpint (test_child_wait (child), ==, -SIGKILL);
    }
}

/* The parent has closed the pipe, and waits for the child's end without a kill. */
static void
test_end_of_input (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (holes); i++)
    {
      g_autoptr (SidetoneTestServer) server =
        sidetone_test_server_new_named (holes[i].script, holes[i].direct_tls);
      g_autoptr (TestChild) child = fall_into (server, i);
      gint64 start = g_get_monotonic_time ();

      test_child_close_input (child);
      g_assert_cmpint (test_child_wait (child), ==, 0);
      g_assert_cmpint (g_get_monotonic_time () - start, <, TEST_CHILD_LAST_WORDS_MS * 1000);
      g_assert_cmpstr (test_child_get_complaints (child), ==, "");
    }
}

static void
test_end_of_input_before_settings (void)
{
  static const char *const beginnings[] = { "", "jid " SIDETONE_TEST_JID "\n", "jid rom" };

  for (gsize i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      g_autoptr (TestChild) child = test_child_new_bare (NULL, NULL);

      test_child_write (child, beginnings[i]);
      test_child_close_input (child);
      g_assert_null (test_child_next_line (child));
      g_assert_cmpint (test_child_wait (child), ==, 0);
      g_assert_cmpstr (test_child_get_complaints (child), ==, "");
    }
}

/* A server that accepts nothing: its queue of connections is full. */
static void
test_tcp_hole (void)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any_port = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocket) listener = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                               G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GPtrArray) fillers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (TestChild) child = NULL;
  TestChildOptions options = { .address = "127.0.0.1" };

  g_socket_set_listen_backlog (listener, 0);
  g_assert_true (g_socket_bind (listener, any_port, FALSE, NULL));
  g_assert_true (g_socket_listen (listener, NULL));
  address = g_socket_get_local_address (listener, NULL);
  for (int i = 0; i < 4; i++)
    {
      GSocket *filler = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL);

      g_socket_set_blocking (filler, FALSE);
      g_socket_connect (filler, address, NULL, NULL);
      g_ptr_array_add (fillers, filler);
    }

  options.port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
  child = test_child_new (NULL, &options);
  test_child_write (child, "go\n");
  test_child_close_input (child);
  g_assert_null (test_child_next_line (child));
  g_assert_cmpint (test_child_wait (child), ==, 0);
}

/* The parent is gone, and another process holds its pipe open. */
static void
test_parent_died (void)
{
  g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named ("good", FALSE);
  g_autofree char *program = test_child_get_program ();
  const char *const arguments[] = { "sh", "-c", "\"$0\" <&3 & wait", program, NULL };
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autofree char *settings = g_strdup_printf ("jid " SIDETONE_TEST_JID "\naddress 127.0.0.1\n"
                                               "port %u\nsecurity direct\npassword x\n\n",
                                               sidetone_test_server_get_port (server));
  g_autoptr (TestChild) parent = NULL;
  int ends[2];

  g_assert_cmpint (pipe2 (ends, O_CLOEXEC), ==, 0);
  g_subprocess_launcher_take_fd (launcher, ends[0], 3);
  parent = test_child_new_bare (launcher, arguments);
  g_assert_cmpint (write (ends[1], settings, strlen (settings)), ==, strlen (settings));
  test_child_skip (parent, "connected");

  /* The child's end of standard output closes when it is gone. */
  test_child_kill (parent);
  g_assert_null (test_child_next_line (parent));
  g_assert_cmpint (test_child_wait (parent), ==, -SIGKILL);
  close (ends[1]);
}

static void
test_limits (void)
{
  g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named ("query-hang", FALSE);
  g_autoptr (TestChild) child = test_child_new (server, NULL);
  g_autofree char *limits = NULL;
  g_autofree char *status = NULL;

  test_child_sign_in (child);
  limits = test_child_read_proc (child, "limits");
  status = test_child_read_proc (child, "status");
  g_assert_true (g_regex_match_simple ("^Max core file size +0 +0 ", limits, G_REGEX_MULTILINE, 0));
  g_assert_true (g_regex_match_simple ("^NoNewPrivs:\\s+1$", status, G_REGEX_MULTILINE, 0));
  if (strstr (g_getenv ("SIDETONE_TEST_SANITIZE"), "address") == NULL)
    g_assert_true (g_regex_match_simple ("^Max address space +536870912 +536870912 ", limits,
                                         G_REGEX_MULTILINE, 0));
}

static void
become_nobody (gpointer data)
{
  if (setgid (65534) != 0 || setuid (65534) != 0)
    _exit (EXIT_FAILURE);
}

/* A user namespace, such as that of a build, may have no other user than root. */
static gboolean
is_nobody_there (void)
{
  int status = EXIT_FAILURE;
  pid_t child = fork ();

  if (child == 0)
    {
      become_nobody (NULL);
      _exit (EXIT_SUCCESS);
    }

  g_assert_cmpint (waitpid (child, &status, 0), ==, child);

  return status == EXIT_SUCCESS;
}

/* The kernel gives the /proc files of a process that must not be dumped or traced to root. As root
 * we need a process of another user, and a copy of the program that all may run. */
static void
test_not_dumpable (void)
{
  g_autofree char *program = test_child_get_program ();
  g_autofree char *folder = g_dir_make_tmp ("sidetone-XXXXXX", NULL);
  g_autofree char *copy = g_build_filename (folder, "sidetone-connection", NULL);
  const char *const arguments[] = { copy, NULL };
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (TestChild) child = NULL;
  g_autoptr (GFile) from = g_file_new_for_path (program);
  g_autoptr (GFile) to = g_file_new_for_path (copy);
  g_autofree char *path = NULL;
  struct stat state;

  if (geteuid () == 0 && !is_nobody_there ())
    {
      g_test_skip ("There is no other user than root here");
      return;
    }

  g_assert_true (g_file_copy (from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, NULL));
  g_chmod (folder, 0755);
  g_chmod (copy, 0755);
  if (geteuid () == 0)
    g_subprocess_launcher_set_child_setup (launcher, become_nobody, NULL, NULL);
  child = test_child_new_bare (launcher, arguments);

  /* When it complains, its limits are set. */
  test_child_write (child, "jid " SIDETONE_TEST_JID "\naddress 127.0.0.1\nport 1\n"
                    "security starttls\nca-file /\npassword x\n");
  path = g_strdup_printf ("/proc/%s/environ", test_child_get_pid (child));
  do
    g_assert_cmpint (stat (path, &state), ==, 0);
  while (state.st_uid != 0);
  test_child_close_input (child);
  g_assert_cmpint (test_child_wait (child), ==, 0);
  g_remove (copy);
  g_rmdir (folder);
}

/* Not where other users can see it */
static void
test_password_unseen (void)
{
  g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named ("query-hang", FALSE);
  g_autoptr (TestChild) child = test_child_new (server, NULL);
  g_autofree char *arguments = NULL;
  g_autofree char *environment = NULL;

  test_child_sign_in (child);
  arguments = test_child_read_proc (child, "cmdline");
  environment = test_child_read_proc (child, "environ");
  g_assert_null (strstr (arguments, SIDETONE_TEST_PASSWORD));
  g_assert_null (strstr (environment, SIDETONE_TEST_PASSWORD));
}

#define ALL_BUT(setting) \
  "jid " SIDETONE_TEST_JID "\naddress 127.0.0.1\nport 1\nsecurity starttls\n" setting "\n\n"
#define PASSWORD "password " SIDETONE_TEST_PASSWORD "\n"

static void
test_usage (void)
{
  static const char *const inputs[] = {
    "\n",
    ALL_BUT (""),
    PASSWORD ALL_BUT (PASSWORD),
    ALL_BUT (PASSWORD "jid " SIDETONE_TEST_JID "\n"),
    ALL_BUT (PASSWORD "port 2\n"),
    ALL_BUT (PASSWORD "security direct\n"),
    ALL_BUT (PASSWORD "colour blue\n"),
    ALL_BUT (PASSWORD "pin 1234\n"),
    ALL_BUT (PASSWORD "pin zz" "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz\n"),
    ALL_BUT (PASSWORD "ca-file\n"),
    ALL_BUT ("password \n"),
    ALL_BUT ("password \xff" "wherefore\n"),
    "jid montague.lit\n",
    "jid @montague.lit\n",
    "jid romeo@\n",
    "jid romeo@/x\n",
    "address montague.lit\n",
    "address 127.0.0.1:5222\n",
    "port 0\n",
    "port 65536\n",
    "port 22x\n",
    "security none\n",
    "security\n",
    ALL_BUT (PASSWORD) "stop\n",
    ALL_BUT (PASSWORD) "ask\n",
    ALL_BUT (PASSWORD) "ask a\n",
    ALL_BUT (PASSWORD) "ask a -\n",
    ALL_BUT (PASSWORD) "ask a - text\n",
  };
  g_autofree char *endless = g_strnfill (128 * 1024, 'x');

  for (gsize i = 0; i <= G_N_ELEMENTS (inputs); i++)
    {
      g_autoptr (TestChild) child = test_child_new_bare (NULL, NULL);
      const char *complaints;

      test_child_write (child, i < G_N_ELEMENTS (inputs) ? inputs[i] : endless);
      g_assert_cmpint (test_child_wait (child), ==, 64);
      complaints = test_child_get_complaints (child);
      g_assert_true (g_str_has_prefix (complaints, "sidetone-connection: "));
      g_assert_cmpint (strcspn (complaints, "\n"), ==, strlen (complaints) - 1);
    }
}

static void
test_too_many_questions (void)
{
  g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named ("good", FALSE);
  g_autoptr (TestChild) child = test_child_new (server, NULL);

  for (int i = 0; i < 100; i++)
    test_child_write (child, "ask s - <address xmlns='urn:xmpp:sic:1'/>\n");
  g_assert_cmpint (test_child_wait (child), ==, 64);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  signal (SIGPIPE, SIG_IGN);

  g_test_add_func ("/connection/process/killed", test_killed);
  g_test_add_func ("/connection/process/end-of-input", test_end_of_input);
  g_test_add_func ("/connection/process/end-of-input-before-settings",
                   test_end_of_input_before_settings);
  g_test_add_func ("/connection/process/tcp-hole", test_tcp_hole);
  g_test_add_func ("/connection/process/parent-died", test_parent_died);
  g_test_add_func ("/connection/process/limits", test_limits);
  g_test_add_func ("/connection/process/not-dumpable", test_not_dumpable);
  g_test_add_func ("/connection/process/password-unseen", test_password_unseen);
  g_test_add_func ("/connection/process/usage", test_usage);
  g_test_add_func ("/connection/process/too-many-questions", test_too_many_questions);

  return g_test_run ();
}
