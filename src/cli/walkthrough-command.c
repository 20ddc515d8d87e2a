/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "base/secret.h"
#include "check-run.h"
#include "report/walkthrough-text.h"
#include "words/describe.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

/* The command `walkthrough`: one question or act after the other, and a check after each act, until
 * the cause is found (differential diagnosis). Its answers are lines on stdin. */

/* Longer lines are no answer. */
#define MAX_LINE 80

/* The command line's options */
typedef struct
{
  SidetoneCheckOptions check;
  char *output;
  gboolean redact;
} Options;

/* A running walkthrough: @replies and @reports are of one length, with a report for each check. */
typedef struct
{
  const Options *options;
  GArray *replies;
  GPtrArray *reports;
  SidetoneWalkthrough *now;
  SidetoneReport *checked;
} Walk;

/* What a user types; the same in every language, as the keys of other programs */
static const struct
{
  SidetoneReplyKind reply;
  char key;
} keys[] = {
  { SIDETONE_REPLY_CHECKED, 'y' },
  { SIDETONE_REPLY_YES, 'y' },
  { SIDETONE_REPLY_NO, 'n' },
  { SIDETONE_REPLY_CANT, 'n' },
  { SIDETONE_REPLY_DONT_KNOW, '?' },
};

#define KEY_BACK 'b'
#define KEY_QUIT 'q'

static void
clear_options (Options *options)
{
  sidetone_check_options_clear (&options->check);
  g_free (options->output);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, clear_options)

static void
clear_walk (Walk *walk)
{
  g_clear_pointer (&walk->now, sidetone_walkthrough_free);
  g_clear_pointer (&walk->replies, g_array_unref);
  g_clear_pointer (&walk->reports, g_ptr_array_unref);
  g_clear_pointer (&walk->checked, sidetone_report_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Walk, clear_walk)

static void
free_report (gpointer report)
{
  if (report != NULL)
    sidetone_report_unref (report);
}

static void
go_on (Walk *walk)
{
  g_clear_pointer (&walk->now, sidetone_walkthrough_free);
  walk->now = sidetone_walkthrough_new ((gconstpointer) walk->replies->data,
                                        walk->replies->len);
}

/* Takes the report. */
static void
add_reply (Walk             *walk,
           SidetoneReplyKind kind,
           SidetoneReport   *report)
{
  const SidetoneReply reply = {
    kind, report != NULL ? sidetone_report_get_diagnosis (report) : NULL,
  };

  g_array_append_val (walk->replies, reply);
  g_ptr_array_add (walk->reports, report);
  go_on (walk);
}

static void
go_back (Walk *walk)
{
  g_array_set_size (walk->replies, walk->replies->len - 1);
  g_ptr_array_set_size (walk->reports, walk->replies->len);
  go_on (walk);
}

static gboolean
can_go_back (const Walk *walk)
{
  /* Without the first check there is nothing to show. */
  return walk->replies->len > 1;
}

static SidetoneExit
conclude (SidetoneReport *report,
          gpointer        user_data)
{
  Walk *walk = user_data;

  walk->checked = sidetone_report_ref (report);

  return SIDETONE_EXIT_FINISHED;
}

/* Returns FALSE if no check could be made, after complaining. */
static gboolean
check (Walk       *walk,
       const char *password)
{
  sidetone_check_run (&walk->options->check, g_strdup (password), conclude, walk);
  if (walk->checked == NULL)
    return FALSE;

  add_reply (walk, SIDETONE_REPLY_CHECKED, g_steal_pointer (&walk->checked));

  return TRUE;
}

static void
print_choice (GString    *line,
              char        key,
              const char *label)
{
  g_string_append_printf (line, "%s%c: %s", line->len > 0 ? "  " : "", key, label);
}

static void
print_choices (const Walk *walk)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      if (sidetone_walkthrough_offers (walk->now, keys[i].reply))
        print_choice (line, keys[i].key, sidetone_describe_reply (walk->now, keys[i].reply));
    }
  if (can_go_back (walk))
    print_choice (line, KEY_BACK, _("Back"));
  print_choice (line, KEY_QUIT, _("Quit"));
  g_print ("%s\n> ", line->str);
}

/* A line of stdin, byte by byte: what follows is for later. FALSE at the end of the input */
static gboolean
read_line (char *line)
{
  gsize length = 0;
  char c;

  for (;;)
    {
      gssize n = read (STDIN_FILENO, &c, 1);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      if (c == '\n')
        break;
      if (length < MAX_LINE)
        line[length++] = c;
    }
  line[length] = '\0';
  g_strstrip (line);

  return TRUE;
}

/* The key that was typed; 'q' at the end of the input, 0 if it is none */
static char
read_key (void)
{
  char line[MAX_LINE + 1];

  if (!read_line (line))
    return KEY_QUIT;

  return strlen (line) == 1 ? g_ascii_tolower (line[0]) : '\0';
}

static gboolean
find_reply (const Walk        *walk,
            char               key,
            SidetoneReplyKind *reply)
{
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      if (keys[i].key == key && sidetone_walkthrough_offers (walk->now, keys[i].reply))
        {
          *reply = keys[i].reply;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
print_station (const Walk *walk)
{
  g_autoptr (SidetonePage) page = sidetone_cli_open_page ();

  sidetone_walkthrough_write (walk->now, page);
  sidetone_page_add_gap (page);

  return sidetone_cli_print_page (page);
}

/* Returns FALSE if the user wants no more. */
static gboolean
answer (Walk       *walk,
        const char *password)
{
  SidetoneReplyKind reply;
  char key;

  print_choices (walk);
  key = read_key ();
  if (key == KEY_QUIT)
    return FALSE;

  if (key == KEY_BACK && can_go_back (walk))
    go_back (walk);
  else if (!find_reply (walk, key, &reply))
    return TRUE;
  else if (reply == SIDETONE_REPLY_CHECKED)
    check (walk, password);
  else
    add_reply (walk, reply, NULL);

  return print_station (walk);
}

static SidetoneReport *
find_report (const Walk        *walk,
             SidetoneDiagnosis *diagnosis)
{
  for (guint i = 0; i < walk->reports->len; i++)
    {
      if (walk->reports->pdata[i] != NULL &&
          sidetone_report_get_diagnosis (walk->reports->pdata[i]) == diagnosis)
        return walk->reports->pdata[i];
    }

  g_assert_not_reached ();
}

static gboolean
save (const Walk *walk)
{
  g_autofree char *text =
    sidetone_walkthrough_to_text (walk->now,
                                  find_report (walk, sidetone_walkthrough_get_first (walk->now)),
                                  find_report (walk, sidetone_walkthrough_get_last (walk->now)),
                                  walk->options->redact);

  return sidetone_cli_print (text, walk->options->output);
}

static SidetoneExit
walk_through (const Options *options,
              const char    *password)
{
  g_auto (Walk) walk = {
    .options = options,
    .replies = g_array_new (FALSE, FALSE, sizeof (SidetoneReply)),
    .reports = g_ptr_array_new_with_free_func (free_report),
  };

  if (!check (&walk, password))
    return SIDETONE_EXIT_NOT_MADE;
  if (!print_station (&walk))
    return SIDETONE_EXIT_FILE;

  while (sidetone_walkthrough_get_station (walk.now) != SIDETONE_STATION_END &&
         answer (&walk, password))
    continue;

  if (sidetone_walkthrough_get_station (walk.now) == SIDETONE_STATION_END &&
      options->output != NULL && !save (&walk))
    return SIDETONE_EXIT_FILE;

  return sidetone_check_get_status (sidetone_walkthrough_get_last (walk.now));
}

static SidetoneExit
parse_options (Options *options,
               int      argc,
               char   **argv)
{
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output,
      N_("Save the result and its report in this file"), "FILE" },
    { "redact", 'r', 0, G_OPTION_ARG_NONE, &options->redact,
      N_("Hide private details there, such as your account and your addresses"), NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (_("JID"));
  g_autoptr (GError) error = NULL;

  g_option_context_set_summary (context, _("Finds the cause step by step: checks whether calls work from here, "
                                           "asks for one thing at a time, and checks again."));
  sidetone_check_options_add (&options->check, context);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      sidetone_cli_complain ("%s", error->message);
      return SIDETONE_EXIT_USAGE;
    }
  if (argc != 2)
    {
      sidetone_cli_complain (_("Name one account: “sidetone-cli walkthrough romeo@montague.lit”."));
      return SIDETONE_EXIT_USAGE;
    }
  if (!sidetone_cli_can_print (NULL))
    return SIDETONE_EXIT_FILE;

  return sidetone_check_options_read (&options->check, argv[1]);
}

/**
 * sidetone_cli_walkthrough:
 * @argc: the number of words, "walkthrough" included
 * @argv: the words
 *
 * Finds the cause step by step.
 *
 * Returns: the exit status
 */
SidetoneExit
sidetone_cli_walkthrough (int    argc,
                          char **argv)
{
  g_auto (Options) options = { 0 };
  SidetoneExit status;
  char *password;

  status = parse_options (&options, argc, argv);
  if (status != SIDETONE_EXIT_FINISHED)
    return status;

  password = sidetone_check_options_get_password (&options.check, &status);
  if (password == NULL)
    return status;

  status = walk_through (&options, password);
  sidetone_secret_free (password);

  return status;
}
