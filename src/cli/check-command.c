/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "base/error.h"
#include "base/nick.h"
#include "base/secret.h"
#include "cli.h"
#include "password.h"
#include "progress.h"
#include "run.h"
#include "wire/service-uri.h"
#include "words/describe.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <unistd.h>

/* The command `check`: makes a run, shows its progress, prints its report. */

/* The command line's options */
typedef struct
{
  char *password_file;
  char *server;
  char *security;
  char *ca_file;
  char *pin;
  char *only;
  gboolean lifetime;
  SidetoneRunOnly only_part;
  char **service_uris;
  char *credentials_file;
  GPtrArray *services;
  char *format;
  char *output;
  int timeout;
  gboolean redact;
  gboolean verbose;
  gboolean json;
  SidetoneAccount *account;
} Options;

/* A running check */
typedef struct
{
  const Options *options;
  GMainLoop *loop;
  GCancellable *cancellable;
  gboolean concluded;
  SidetoneExit status;
} Check;

static void
clear_options (Options *options)
{
  g_free (options->password_file);
  g_free (options->server);
  g_free (options->security);
  g_free (options->ca_file);
  g_free (options->pin);
  g_free (options->only);
  g_strfreev (options->service_uris);
  g_free (options->credentials_file);
  g_clear_pointer (&options->services, g_ptr_array_unref);
  g_free (options->format);
  g_free (options->output);
  g_clear_pointer (&options->account, sidetone_account_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, clear_options)

static SidetoneExit
read_account (Options    *options,
              const char *jid)
{
  SidetoneSecurity security = SIDETONE_SECURITY_AUTO;
  g_autoptr (GError) error = NULL;

  if (options->security != NULL)
    security = sidetone_nick_find (SIDETONE_TYPE_SECURITY, options->security);
  if (security == SIDETONE_SECURITY_UNKNOWN)
    {
      sidetone_cli_complain (_("“%s” is no way to encrypt the connection: choose “auto”, “starttls” or “direct”."),
                             options->security);
      return SIDETONE_EXIT_USAGE;
    }

  options->account = sidetone_account_new (jid, options->server, security, options->ca_file,
                                           options->pin, &error);
  if (options->account == NULL)
    {
      const char *about = error->code == SIDETONE_ERROR_BAD_CA_FILE ? options->ca_file
                          : error->code == SIDETONE_ERROR_BAD_SERVER ? options->server : jid;
      g_autofree char *words = sidetone_describe_error (error->code, about, NULL);

      sidetone_cli_complain ("%s", words);
      return SIDETONE_EXIT_USAGE;
    }

  if (options->ca_file != NULL && access (options->ca_file, R_OK) != 0)
    {
      g_autofree char *words = sidetone_describe_error (SIDETONE_ERROR_FILE_UNREADABLE,
                                                        options->ca_file, NULL);

      sidetone_cli_complain ("%s", words);
      return SIDETONE_EXIT_FILE;
    }

  return SIDETONE_EXIT_FINISHED;
}

/* All typed services share one user name and password */
static SidetoneExit
read_services (Options *options)
{
  g_autofree char *username = NULL;
  g_autoptr (GError) error = NULL;
  char *password = NULL;
  SidetoneExit status = SIDETONE_EXIT_FINISHED;

  if (options->credentials_file != NULL &&
      !sidetone_password_read_credentials (options->credentials_file, &username, &password, &error))
    {
      g_autofree char *words = sidetone_describe_error (error->code, options->credentials_file,
                                                        NULL);

      sidetone_cli_complain ("%s", words);
      return SIDETONE_EXIT_FILE;
    }

  options->services = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_service_unref);
  for (guint i = 0; options->service_uris != NULL && options->service_uris[i] != NULL; i++)
    {
      SidetoneService *service = sidetone_service_new_from_uri (options->service_uris[i], username,
                                                                password, &error);

      if (service == NULL)
        {
          g_autofree char *words = sidetone_describe_error (error->code, options->service_uris[i],
                                                            NULL);

          sidetone_cli_complain ("%s", words);
          status = SIDETONE_EXIT_USAGE;
          break;
        }
      g_ptr_array_add (options->services, service);
    }
  sidetone_secret_free (password);

  return status;
}

static gboolean
parse_only (Options *options)
{
  if (g_strcmp0 (options->only, "address") == 0)
    options->only_part = SIDETONE_RUN_ONLY_ADDRESS;
  else if (g_strcmp0 (options->only, "calls") == 0)
    options->only_part = SIDETONE_RUN_ONLY_CALLS;

  return options->only == NULL || options->only_part != SIDETONE_RUN_ONLY_UNKNOWN;
}

/* Complains about invalid options. */
static gboolean
are_valid (Options *options,
           int      argc)
{
  if (argc != 2)
    {
      sidetone_cli_complain (_("Name one account: “sidetone-cli check romeo@montague.lit”."));
      return FALSE;
    }
  if (options->timeout < 0)
    {
      sidetone_cli_complain (_("Enter the time limit in seconds."));
      return FALSE;
    }
  if (!parse_only (options))
    {
      sidetone_cli_complain (_("There is no check “%s”: choose “address” or “calls”."),
                             options->only);
      return FALSE;
    }
  if (options->lifetime && options->only_part == SIDETONE_RUN_ONLY_ADDRESS)
    {
      sidetone_cli_complain (_("“--lifetime” needs the call servers: leave out “--only address”."));
      return FALSE;
    }

  return TRUE;
}

static SidetoneExit
parse_options (Options *options,
               int      argc,
               char   **argv)
{
  const GOptionEntry entries[] = {
    { "password-file", 'p', 0, G_OPTION_ARG_FILENAME, &options->password_file,
      N_("Read the password from the first line of this file, or of the input (-)"), "FILE|-" },
    { "server", 's', 0, G_OPTION_ARG_STRING, &options->server,
      N_("Connect to this server, not to the one that DNS names"), "HOST[:PORT]" },
    { "security", 0, 0, G_OPTION_ARG_STRING, &options->security,
      N_("How to encrypt the connection; “direct” means TLS from the start"), "auto|starttls|direct" },
    { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &options->ca_file,
      N_("Also trust the certificate authorities in this file"), "PEM" },
    { "pin", 0, 0, G_OPTION_ARG_STRING, &options->pin,
      N_("Trust only the certificate with this fingerprint"), "SHA256" },
    { "only", 0, 0, G_OPTION_ARG_STRING, &options->only,
      N_("Check only your address, or only calls"), "address|calls" },
    { "lifetime", 0, 0, G_OPTION_ARG_NONE, &options->lifetime,
      N_("Also measure how long UDP stays open when nothing is sent (up to five minutes)"), NULL },
    { "service", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->service_uris,
      N_("Also test this call server: stun:HOST or turn:HOST:PORT?transport=tcp"), "URI" },
    { "service-credentials", 0, 0, G_OPTION_ARG_FILENAME, &options->credentials_file,
      N_("Read the user name and the password for it from the first two lines of this file"), "FILE" },
    { "timeout", 't', 0, G_OPTION_ARG_INT, &options->timeout,
      N_("Stop after this many seconds"), "SECONDS" },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &options->format,
      N_("Print the report as text or JSON"), "text|json" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output,
      N_("Save the report in this file"), "FILE" },
    { "redact", 'r', 0, G_OPTION_ARG_NONE, &options->redact,
      N_("Hide private details, such as your account and your addresses"), NULL },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &options->verbose,
      N_("Show the result of each test while the check runs"), NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (_("JID"));
  g_autoptr (GError) error = NULL;
  SidetoneExit status;

  g_option_context_set_summary (context, _("Signs in to your account and checks whether calls work from here: "
                                           "which address your server sees, and what its call servers answer."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      sidetone_cli_complain ("%s", error->message);
      return SIDETONE_EXIT_USAGE;
    }
  if (!are_valid (options, argc))
    return SIDETONE_EXIT_USAGE;
  if (!sidetone_cli_parse_format (options->format, &options->json))
    return SIDETONE_EXIT_USAGE;

  if (!sidetone_cli_can_print (options->output))
    return SIDETONE_EXIT_FILE;

  status = read_account (options, argv[1]);

  return status != SIDETONE_EXIT_FINISHED ? status : read_services (options);
}

static gboolean
on_signal (gpointer user_data)
{
  Check *check = user_data;

  g_cancellable_cancel (check->cancellable);

  return G_SOURCE_CONTINUE;
}

static gboolean
has_problem (SidetoneDiagnosis *diagnosis)
{
  GListModel *findings = sidetone_diagnosis_get_findings (diagnosis);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (SidetoneFinding) finding = g_list_model_get_item (findings, i);

      if (sidetone_finding_get_severity (finding) == SIDETONE_SEVERITY_PROBLEM)
        return TRUE;
    }

  return FALSE;
}

static SidetoneExit
conclude (SidetoneReport *report,
          const Options  *options)
{
  SidetoneDiagnosis *diagnosis = sidetone_report_get_diagnosis (report);
  SidetoneFinding *finding = sidetone_diagnosis_get_address_finding (diagnosis);
  gboolean has_failed = sidetone_diagnosis_has_failed (diagnosis);

  if (!sidetone_cli_print_report (report, options->json, options->redact, options->output))
    return SIDETONE_EXIT_FILE;

  if (has_failed && sidetone_finding_get_facts (finding)->error == SIDETONE_ERROR_BAD_CA_FILE)
    {
      g_autofree char *words = sidetone_describe_error (SIDETONE_ERROR_BAD_CA_FILE,
                                                        options->ca_file, NULL);

      sidetone_cli_complain ("%s", words);
      return SIDETONE_EXIT_NOT_MADE;
    }

  if (has_failed ||
      (options->only_part == SIDETONE_RUN_ONLY_ADDRESS &&
       sidetone_diagnosis_get_external (diagnosis) == NULL))
    {
      g_autofree char *reason = sidetone_describe_reason (diagnosis);

      sidetone_cli_complain ("%s", reason);
      return SIDETONE_EXIT_NOT_MADE;
    }

  return has_problem (diagnosis) ? SIDETONE_EXIT_PROBLEM : SIDETONE_EXIT_FINISHED;
}

/* The report need not wait for the sign-out */
static void
on_run_notify_stage (SidetoneRun *run,
                     GParamSpec  *pspec,
                     Check       *check)
{
  g_autoptr (SidetoneReport) report = NULL;

  if (sidetone_run_get_stage (run) != SIDETONE_RUN_STAGE_FINISHED)
    return;

  sidetone_progress_clear ();
  report = sidetone_run_dup_report (run);
  check->status = conclude (report, check->options);
  check->concluded = TRUE;
}

static void
run_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  Check *check = user_data;
  int timeout = check->options->timeout;

  g_main_loop_quit (check->loop);
  sidetone_progress_clear ();
  if (sidetone_run_start_finish (SIDETONE_RUN (source), result, &error) || check->concluded)
    return;

  check->status = SIDETONE_EXIT_NOT_MADE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    sidetone_cli_complain (_("The check was cancelled."));
  else if (!g_error_matches (error, SIDETONE_ERROR, SIDETONE_ERROR_TIMED_OUT))
    {
      g_autofree char *words = sidetone_describe_error (error->code, NULL, NULL);

      sidetone_cli_complain ("%s", words);
    }
  else
    sidetone_cli_complain (ngettext ("The check did not finish within %d second.",
                                     "The check did not finish within %d seconds.", timeout),
                           timeout);
}

/* Ends when the run and all its connection processes have ended, even after Ctrl-C */
static SidetoneExit
make_check (const Options *options,
            char          *password)
{
  const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
  guint sources[G_N_ELEMENTS (numbers)];
  g_autoptr (SidetoneRun) run = sidetone_run_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Check check = { .options = options, .loop = loop, .cancellable = cancellable };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    sources[i] = g_unix_signal_add (numbers[i], on_signal, &check);

  sidetone_run_set_only (run, options->only_part);
  sidetone_run_set_lifetime (run, options->lifetime);
  sidetone_run_set_services (run, options->services);
  sidetone_progress_follow (run, check.options->verbose);
  g_signal_connect (run, "notify::stage", G_CALLBACK (on_run_notify_stage), &check);
  sidetone_run_start_async (run, options->account, password, options->timeout, cancellable, run_cb,
                            &check);
  sidetone_secret_free (password);
  g_main_loop_run (loop);

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_source_remove (sources[i]);

  return check.status;
}

static char *
get_password (const Options *options,
              SidetoneExit  *status)
{
  const char *jid = sidetone_account_get_jid (options->account);
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  char *password;

  if (options->password_file != NULL)
    password = sidetone_password_read_file (options->password_file, &error);
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
  words = sidetone_describe_error (error->code, options->password_file, NULL);
  sidetone_cli_complain ("%s", words);

  return NULL;
}

/**
 * sidetone_cli_check:
 * @argc: the number of words, "check" included
 * @argv: the words
 *
 * Makes one check and prints its report.
 *
 * Returns: the exit status
 */
SidetoneExit
sidetone_cli_check (int    argc,
                    char **argv)
{
  g_auto (Options) options = { NULL };
  SidetoneExit status;
  char *password;

  status = parse_options (&options, argc, argv);
  if (status != SIDETONE_EXIT_FINISHED)
    return status;

  password = get_password (&options, &status);
  if (password == NULL)
    return status;

  return make_check (&options, password);
}
