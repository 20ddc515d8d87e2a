/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* The page for support staff: the call script, with what the user sees at each step, and worked
 * examples. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/explain.h"

#include "base/text.h"
#include "words/describe-private.h"

#include <glib/gi18n-lib.h>

/* Words of the window that the script quotes */
static const struct
{
  const char *name;
  const char *words;
} quoted[] = {
  { "start", N_("Find Out Why Calls Fail") },
  { "check", N_("_Check") },
  { "running", N_("Checking your connection") },
  { "verdict", N_("Some calls will fail") },
  { "who", N_("Who can fix it") },
  { "what", N_("What to do") },
  { "again", N_("Check Again") },
  { "copy", N_("Copy Report") },
  { "copied", N_("Report copied, without private details") },
};

/* What the helper says or does, and what the user sees then. The names in braces stay. */
static const struct
{
  const char *act;
  const char *screen;
} steps[] = {
  {
    N_("Ask what happens in a call: does it ring, who hears whom, with whom does it fail, and since "
       "when?"),
    N_("Nothing yet: Sidetone is not needed for that."),
  },
  {
    N_("Have them open Sidetone on the computer and in the network where calls fail."),
    N_("“{start}”, with fields for the account and its password."),
  },
  {
    N_("Have them type both and press “{check}”. You need not know the password."),
    N_("“{running}”, and for some seconds one step after the other."),
  },
  {
    N_("Have them read out the first line of the result."),
    N_("A line that says whether calls work, such as “{verdict}”."),
  },
  {
    N_("Have them read out the codes below it."),
    N_("One code or several, such as CALL-18. The first one is the cause."),
  },
  {
    N_("Look up the first code, and ask what its page says to ask."),
    N_("“{who}” and “{what}”, about that very code."),
  },
  {
    N_("Have them try what the page says, one thing at a time."),
    N_("Still the same result: it is as old as the check."),
  },
  {
    N_("Have them press “{again}” after each try."),
    N_("A new result. If the code is gone, you have the cause."),
  },
  {
    N_("If the code stays, see what would disprove it. Then look up the next code."),
    N_("The same codes, or others."),
  },
  {
    N_("Stop where the page says so. Have them press “{copy}” and send that to the person who can "
       "fix it."),
    N_("“{copied}”."),
  },
};

/* A call from its first to its last word */
static const struct
{
  SidetoneFindingKind kind;
  const char *complaint;
  const char *outcome;
  const char *rival; /* which is the cause in the end; NULL: the finding's own */
} examples[] = {
  {
    SIDETONE_FINDING_RELAY_CLOSED,
    N_("It rings, and then we hear nothing."),
    N_("With the phone's network the code is the same. So no firewall here is the cause, and the "
       "relay is."),
    NULL,
  },
  {
    SIDETONE_FINDING_UDP_BLOCKED,
    N_("At home calls work, and at work they never do."),
    N_("There is no VPN. With the phone's network the code is gone. So the network at work is the "
       "cause."),
    NULL,
  },
  {
    SIDETONE_FINDING_PACKETS_LOST,
    N_("Voices break up, mostly in the evening."),
    N_("By cable the code is gone. So the Wi-Fi is the cause, and not the line."),
    "wireless",
  },
};

static char *
fill_quoted (const char *name,
             gpointer    user_data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (quoted); i++)
    {
      if (g_str_equal (quoted[i].name, name))
        {
          g_autoptr (GString) words = g_string_new (_(quoted[i].words));

          /* A button's mnemonic */
          g_string_replace (words, "_", "", 0);

          return g_string_free (g_steal_pointer (&words), FALSE);
        }
    }

  return NULL;
}

static char *
describe_script (void)
{
  g_autoptr (GString) script = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *act = sidetone_text_fill (_(steps[i].act), fill_quoted, NULL);
      g_autofree char *screen = sidetone_text_fill (_(steps[i].screen), fill_quoted, NULL);

      /* Translators: one step of a telephone call: its number, what the helper says or does, and
       * what the other person sees then */
      g_string_append_printf (script, _("%u. %s They see: %s"), i + 1, act, screen);
      if (i + 1 < G_N_ELEMENTS (steps))
        g_string_append_c (script, '\n');
    }

  return g_string_free (g_steal_pointer (&script), FALSE);
}

static const SidetoneRival *
find_rival (const SidetoneRule *rule,
            const char         *nick)
{
  const SidetoneRival *rival = rule->rivals;

  while (g_strcmp0 (rival->nick, nick) != 0)
    rival++;

  return rival;
}

static void
append_line (GString    *lines,
             const char *format,
             const char *words)
{
  g_autoptr (GString) line = g_string_new (format);

  g_string_replace (line, "%s", words, 1);
  g_string_append_printf (lines, "%s%s", lines->len > 0 ? "\n" : "", line->str);
}

/* All but the user's words and the outcome is the row's */
static char *
describe_example (guint               index,
                  const SidetoneRule *rule)
{
  const SidetoneRival *rival = examples[index].rival != NULL
                               ? find_rival (rule, examples[index].rival) : NULL;
  g_autofree char *title = sidetone_explain_title (rule);
  g_autoptr (GString) lines = g_string_new (NULL);

  append_line (lines, _("They say: “%s”"), _(examples[index].complaint));
  append_line (lines, _("They read out: %s"), rule->code);
  append_line (lines, _("You look it up: %s"), title);
  append_line (lines, _("You ask: %s"), _(rule->ask));
  append_line (lines, _("They try: %s"), _(rule->try));
  append_line (lines, _("It turns out: %s"), _(examples[index].outcome));
  append_line (lines, _("Who can fix it: %s"),
               sidetone_describe_owner (rival != NULL ? rival->owner : rule->owner));
  append_line (lines, _("The call ends: %s"), rival != NULL ? _(rival->advice) : _(rule->stop));

  return g_string_free (g_steal_pointer (&lines), FALSE);
}

/**
 * sidetone_explain_support:
 *
 * Returns: (transfer full) (element-type SidetoneDetail): the sections of the page for support
 *   staff; their values have several lines
 */
GPtrArray *
sidetone_explain_support (void)
{
  GPtrArray *sections = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_detail_free);

  sidetone_details_take (sections, _("A call, from hello to the cause"), describe_script (), FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    {
      const SidetoneRule *rule = sidetone_rules_find (examples[i].kind);
      g_autofree char *heading = NULL;

      /* Translators: %s is a code, such as CALL-18 */
      heading = g_strdup_printf (_("Example: %s"), rule->code);
      sidetone_details_take (sections, heading, describe_example (i, rule), FALSE);
    }

  return sections;
}
