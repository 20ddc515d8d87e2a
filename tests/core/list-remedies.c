/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */
#include "config.h"

#include "base/error.h"
#include "base/nick.h"
#include "judge/remedy.h"

#include <locale.h>

/* Lists the remedies, for tests of the settings: a line for each kind of finding and case, with the
 * programs that have settings for it, and the requirement. Tabs are between them. */

static const char *
get_case (const SidetoneVariant *change)
{
  switch (change->when)
    {
    case SIDETONE_WHEN_ALWAYS:
      return "";

    case SIDETONE_WHEN_ERROR:
      return sidetone_nick_get (SIDETONE_TYPE_ERROR, change->value);

    case SIDETONE_WHEN_OTHER_VERSION:
      return "other-version";

    case SIDETONE_WHEN_RELAY:
      g_assert_cmpint (change->value, ==, SIDETONE_RELAY_NOT_OFFERED);
      return "relay-not-offered";

    default:
      g_error ("A remedy has another kind of case.");
    }
}

static const char *
get_program (SidetoneProgram program)
{
  static const char *const names[] = {
    [SIDETONE_PROGRAM_EJABBERD] = "ejabberd",
    [SIDETONE_PROGRAM_PROSODY] = "prosody",
    [SIDETONE_PROGRAM_COTURN] = "coturn",
    [SIDETONE_PROGRAM_HAPROXY] = "haproxy",
    [SIDETONE_PROGRAM_FIREWALL] = "firewall",
    [SIDETONE_PROGRAM_DNS] = "dns",
  };

  return names[program];
}

/* The words of several errors are the same. */
static gboolean
is_repeated (const SidetoneRemedy *list,
             const SidetoneRemedy *remedy)
{
  for (; list != remedy; list++)
    {
      if (g_str_equal (list->change.text, remedy->change.text))
        return TRUE;
    }

  return FALSE;
}

static void
print_remedy (const SidetoneRule   *rule,
              const SidetoneRemedy *remedy)
{
  const char *last = NULL;

  g_print ("%s\t%s\t", rule->nick, get_case (&remedy->change));
  for (const SidetoneSetting *setting = remedy->settings;
       setting != NULL && setting->text != NULL; setting++)
    {
      const char *program = get_program (setting->program);

      if (g_strcmp0 (program, last) != 0)
        g_print ("%s%s", last != NULL ? " " : "", program);
      last = program;
    }
  g_print ("\t%s\n", remedy->change.text);
}

int
main (void)
{
  setlocale (LC_ALL, "C");
  for (guint i = 0; i < sidetone_rules_get_n (); i++)
    {
      const SidetoneRule *rule = sidetone_rules_get (i);

      for (const SidetoneRemedy *remedy = rule->remedy; remedy != NULL; remedy++)
        {
          if (!is_repeated (rule->remedy, remedy))
            print_remedy (rule, remedy);
          if (remedy->change.when == SIDETONE_WHEN_ALWAYS)
            break;
        }
    }

  return 0;
}
