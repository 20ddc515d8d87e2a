/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "check-options.h"

#include "base/error.h"
#include "base/nick.h"
#include "base/secret.h"
#include "password.h"
#include "wire/service-uri.h"
#include "words/describe.h"

#include <glib/gi18n.h>
#include <unistd.h>

/* The options of the commands that make a check: whose account, and how to reach its server. */

/**
 * sidetone_check_options_add:
 * @self: options, which live as long as @context
 * @context: the command's options
 *
 * Adds these to a command's own.
 */
void
sidetone_check_options_add (SidetoneCheckOptions *self,
                            GOptionContext       *context)
{
  const GOptionEntry entries[] = {
    { "password-file", 'p', 0, G_OPTION_ARG_FILENAME, &self->password_file,
      N_("Read the password from the first line of this file, or of the input (-)"), "FILE|-" },
    { "server", 's', 0, G_OPTION_ARG_STRING, &self->server,
      N_("Connect to this server, not to the one that DNS names"), "HOST[:PORT]" },
    { "security", 0, 0, G_OPTION_ARG_STRING, &self->security,
      N_("How to encrypt the connection; “direct” means TLS from the start"), "auto|starttls|direct" },
    { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &self->ca_file,
      N_("Also trust the certificate authorities in this file"), "PEM" },
    { "pin", 0, 0, G_OPTION_ARG_STRING, &self->pin,
      N_("Trust only the certificate with this fingerprint"), "SHA256" },
    { "lifetime", 0, 0, G_OPTION_ARG_NONE, &self->lifetime,
      N_("Also measure how long UDP stays open when nothing is sent (up to five minutes)"), NULL },
    { "video", 0, 0, G_OPTION_ARG_NONE, &self->video,
      N_("Also test how much video there is room for (ten seconds, up to 2 MB each way)"), NULL },
    { "service", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->service_uris,
      N_("Also test this call server: stun:HOST or turn:HOST:PORT?transport=tcp"), "URI" },
    { "service-credentials", 0, 0, G_OPTION_ARG_FILENAME, &self->credentials_file,
      N_("Read the user name and the password for it from the first two lines of this file"), "FILE" },
    { "app", 'a', 0, G_OPTION_ARG_STRING, &self->app_nick,
      N_("Say what calls with this app take, such as dino"), "APP" },
    { "timeout", 't', 0, G_OPTION_ARG_INT, &self->timeout,
      N_("Stop after this many seconds"), "SECONDS" },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &self->verbose,
      N_("Show the result of each test while the check runs"), NULL },
    { NULL }
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

static SidetoneExit
read_account (SidetoneCheckOptions *self,
              const char           *jid)
{
  SidetoneSecurity security = SIDETONE_SECURITY_AUTO;
  g_autoptr (GError) error = NULL;

  if (self->security != NULL)
    security = sidetone_nick_find (SIDETONE_TYPE_SECURITY, self->security);
  if (security == SIDETONE_SECURITY_UNKNOWN)
    {
      sidetone_cli_complain (_("“%s” is no way to encrypt the connection: choose “auto”, “starttls” or “direct”."),
                             self->security);
      return SIDETONE_EXIT_USAGE;
    }

  self->account = sidetone_account_new (jid, self->server, security, self->ca_file,
                                        self->pin, &error);
  if (self->account == NULL)
    {
      const char *about = error->code == SIDETONE_ERROR_BAD_CA_FILE ? self->ca_file
                          : error->code == SIDETONE_ERROR_BAD_SERVER ? self->server : jid;
      g_autofree char *words = sidetone_describe_error (error->code, about, NULL);

      sidetone_cli_complain ("%s", words);
      return SIDETONE_EXIT_USAGE;
    }

  if (self->ca_file != NULL && access (self->ca_file, R_OK) != 0)
    {
      g_autofree char *words = sidetone_describe_error (SIDETONE_ERROR_FILE_UNREADABLE,
                                                        self->ca_file, NULL);

      sidetone_cli_complain ("%s", words);
      return SIDETONE_EXIT_FILE;
    }

  return SIDETONE_EXIT_FINISHED;
}

/* All typed services share one user name and password */
static SidetoneExit
read_services (SidetoneCheckOptions *self)
{
  g_autofree char *username = NULL;
  g_autoptr (GError) error = NULL;
  char *password = NULL;
  SidetoneExit status = SIDETONE_EXIT_FINISHED;

  if (self->credentials_file != NULL &&
      !sidetone_password_read_credentials (self->credentials_file, &username, &password, &error))
    {
      g_autofree char *words = sidetone_describe_error (error->code, self->credentials_file,
                                                        NULL);

      sidetone_cli_complain ("%s", words);
      return SIDETONE_EXIT_FILE;
    }

  self->services = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_service_unref);
  for (guint i = 0; self->service_uris != NULL && self->service_uris[i] != NULL; i++)
    {
      SidetoneService *service = sidetone_service_new_from_uri (self->service_uris[i], username,
                                                                password, &error);

      if (service == NULL)
        {
          g_autofree char *words = sidetone_describe_error (error->code, self->service_uris[i],
                                                            NULL);

          sidetone_cli_complain ("%s", words);
          status = SIDETONE_EXIT_USAGE;
          break;
        }
      g_ptr_array_add (self->services, service);
    }
  sidetone_secret_free (password);

  return status;
}

/**
 * sidetone_check_options_read:
 * @self: options as they were typed
 * @jid: the account
 *
 * Reads the account and the call servers.
 *
 * Returns: %SIDETONE_EXIT_FINISHED, or after complaining another status
 */
SidetoneExit
sidetone_check_options_read (SidetoneCheckOptions *self,
                             const char           *jid)
{
  SidetoneExit status;

  if (self->timeout < 0)
    {
      sidetone_cli_complain (_("Enter the time limit in seconds."));
      return SIDETONE_EXIT_USAGE;
    }

  if (!sidetone_cli_parse_app (self->app_nick, &self->app))
    return SIDETONE_EXIT_USAGE;

  status = read_account (self, jid);

  return status != SIDETONE_EXIT_FINISHED ? status : read_services (self);
}

/**
 * sidetone_check_options_get_password:
 * @self: options
 * @status: (out): the exit status if there is none
 *
 * Gets the password: from the file, the terminal, or the secret store.
 *
 * Returns: (transfer full) (nullable): the password, to be wiped; %NULL after complaining
 */
char *
sidetone_check_options_get_password (const SidetoneCheckOptions *self,
                                     SidetoneExit               *status)
{
  const char *jid = sidetone_account_get_jid (self->account);
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  char *password;

  if (self->password_file != NULL)
    password = sidetone_password_read_file (self->password_file, &error);
  else
    password = sidetone_password_ask (jid, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      g_clear_error (&error);
      password = sidetone_password_look_up (jid, &error);
    }
  if (password != NULL)
    return password;

  *status = SIDETONE_EXIT_NOT_MADE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      sidetone_cli_complain (_("The check was cancelled."));
      return NULL;
    }

  if (g_error_matches (error, SIDETONE_ERROR, SIDETONE_ERROR_FILE_UNREADABLE))
    *status = SIDETONE_EXIT_FILE;
  words = sidetone_describe_error (error->code, self->password_file, NULL);
  sidetone_cli_complain ("%s", words);

  return NULL;
}

/**
 * sidetone_check_options_clear:
 * @self: options
 *
 * Frees its members.
 */
void
sidetone_check_options_clear (SidetoneCheckOptions *self)
{
  g_free (self->password_file);
  g_free (self->server);
  g_free (self->security);
  g_free (self->ca_file);
  g_free (self->pin);
  g_strfreev (self->service_uris);
  g_free (self->credentials_file);
  g_free (self->app_nick);
  g_clear_pointer (&self->services, g_ptr_array_unref);
  g_clear_pointer (&self->account, sidetone_account_unref);
}
