/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "password.h"

#include "address/account.h"
#include "base/error.h"
#include "base/secret.h"
#include "keep/secrets.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* Sources of the password: a file, stdin, the terminal or the secret store; never an argument or
 * the environment, which others can read. */

/* More than any server accepts; the rest of a file that is not a password is not read */
#define MAX_PASSWORD 4096

static volatile sig_atomic_t interrupted;

static void
on_signal (int number)
{
  interrupted = TRUE;
}

/* The first line of a descriptor, byte by byte, so that no buffer keeps it */
static char *
read_line (int      fd,
           GError **error)
{
  char *line = g_malloc0 (MAX_PASSWORD + 2);
  gsize length = 0;

  while (length <= MAX_PASSWORD && !interrupted)
    {
      gssize n = read (fd, line + length, 1);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_set_error_literal (error, SIDETONE_ERROR, SIDETONE_ERROR_FILE_UNREADABLE,
                               g_strerror (errno));
          sidetone_secret_free (line);
          return NULL;
        }
      if (n == 0 || line[length] == '\n')
        break;
      length++;
    }
  line[length] = '\0';
  if (length > 0 && line[length - 1] == '\r')
    line[length - 1] = '\0';

  /* No server accepts a longer password, control characters or invalid UTF-8 (RFC 8265, section
   * 4.2) */
  if (length > MAX_PASSWORD || !g_utf8_validate (line, -1, NULL))
    g_set_error_literal (error, SIDETONE_ERROR, SIDETONE_ERROR_PASSWORD_MISSING, "No password");
  else if (sidetone_account_check_password (line, error))
    return line;

  sidetone_secret_free (line);

  return NULL;
}

/**
 * sidetone_password_read_file:
 * @path: a file, `-` for stdin
 * @error: %SIDETONE_ERROR_FILE_UNREADABLE, or %SIDETONE_ERROR_PASSWORD_MISSING if its first line is
 *   empty
 *
 * Returns: (transfer full) (nullable): the first line
 */
char *
sidetone_password_read_file (const char *path,
                             GError    **error)
{
  char *password;
  int fd;

  if (g_str_equal (path, "-"))
    return read_line (STDIN_FILENO, error);

  fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    {
      g_set_error_literal (error, SIDETONE_ERROR, SIDETONE_ERROR_FILE_UNREADABLE,
                           g_strerror (errno));
      return NULL;
    }
  password = read_line (fd, error);
  close (fd);

  return password;
}

/**
 * sidetone_password_read_credentials:
 * @path: a file
 * @username: (out) (transfer full): its first line
 * @password: (out) (transfer full): its second line, to be wiped
 * @error: those of sidetone_password_read_file(), for both lines
 *
 * Returns: whether both are there
 */
gboolean
sidetone_password_read_credentials (const char *path,
                                    char      **username,
                                    char      **password,
                                    GError    **error)
{
  g_autofree char *first = NULL;
  int fd = open (path, O_RDONLY | O_CLOEXEC);

  if (fd < 0)
    {
      g_set_error_literal (error, SIDETONE_ERROR, SIDETONE_ERROR_FILE_UNREADABLE,
                           g_strerror (errno));
      return FALSE;
    }

  first = read_line (fd, error);
  *password = first != NULL ? read_line (fd, error) : NULL;
  close (fd);
  if (*password == NULL)
    return FALSE;

  *username = g_steal_pointer (&first);

  return TRUE;
}

static void
write_text (int         fd,
            const char *text)
{
  gsize length = strlen (text);

  while (length > 0)
    {
      gssize n = write (fd, text, length);

      if (n < 0 && errno != EINTR)
        return;
      if (n > 0)
        {
          text += n;
          length -= n;
        }
    }
}

/**
 * sidetone_password_ask:
 * @jid: the account
 * @error: %SIDETONE_ERROR_PASSWORD_MISSING if nothing was typed, %G_IO_ERROR_NOT_FOUND without a
 *   terminal, %G_IO_ERROR_CANCELLED after Ctrl-C
 *
 * Asks on the terminal, with echo turned off.
 *
 * Returns: (transfer full) (nullable): the password
 */
char *
sidetone_password_ask (const char *jid,
                       GError    **error)
{
  const int numbers[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
  struct sigaction action = { .sa_handler = on_signal };
  struct sigaction before[G_N_ELEMENTS (numbers)];
  struct termios shown, hidden;
  g_autofree char *prompt = NULL;
  char *password;
  int fd;

  fd = open ("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
  if (fd < 0 || tcgetattr (fd, &shown) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "No terminal");
      if (fd >= 0)
        close (fd);
      return NULL;
    }

  /* The terminal must echo again, however this ends. Without SA_RESTART a signal ends the read. */
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    sigaction (numbers[i], &action, &before[i]);
  hidden = shown;
  hidden.c_lflag &= ~(tcflag_t) ECHO;
  tcsetattr (fd, TCSAFLUSH, &hidden);

  /* Translators: the prompt on a terminal; %s is an account like romeo@montague.lit */
  prompt = g_strdup_printf (_("Password for %s: "), jid);
  write_text (fd, prompt);
  password = read_line (fd, error);
  write_text (fd, "\n");

  tcsetattr (fd, TCSAFLUSH, &shown);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    sigaction (numbers[i], &before[i], NULL);
  close (fd);

  if (interrupted)
    {
      g_clear_pointer (&password, sidetone_secret_free);
      g_clear_error (error);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Interrupted");
    }

  return password;
}

static void
lookup_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

/**
 * sidetone_password_look_up:
 * @jid: the account
 * @error: %SIDETONE_ERROR_PASSWORD_MISSING
 *
 * Takes the password from the desktop's secret store.
 *
 * Returns: (transfer full) (nullable): the password
 */
char *
sidetone_password_look_up (const char *jid,
                           GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sidetone_secrets_lookup_async (jid, NULL, lookup_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return sidetone_secrets_lookup_finish (result, error);
}
