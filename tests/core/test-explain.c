/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* The help's pages: every code has a whole one, and is found as it is heard. */

#include <glib.h>
#include <string.h>

#include "words/explain.h"

/* Whole sentences, for reading aloud: no placeholder, no markup, no exclamation mark */
static void
assert_read_aloud (const char *code,
                   const char *words)
{
  guint n_sentences = 0;

  if (words == NULL || *words == '\0')
    g_error ("%s: a column is missing", code);
  if (strpbrk (words, "{}!%<>\n") != NULL)
    g_error ("%s: %s", code, words);

  for (const char *p = words; *p != '\0'; p++)
    n_sentences += strchr (".?", *p) != NULL && (p[1] == ' ' || p[1] == '\0');
  if (n_sentences < 1 || n_sentences > 3 || strchr (".?", words[strlen (words) - 1]) == NULL)
    g_error ("%s: not one to three sentences: %s", code, words);
}

static void
test_columns (void)
{
  for (guint i = 0; i < sidetone_rules_get_n (); i++)
    {
      const SidetoneRule *rule = sidetone_rules_get (i);

      assert_read_aloud (rule->code, rule->means);
      assert_read_aloud (rule->code, rule->ask);
      assert_read_aloud (rule->code, rule->try);
      assert_read_aloud (rule->code, rule->stop);
      assert_read_aloud (rule->code, rule->disprove);

      /* A question, and an end of the call */
      g_assert_nonnull (strchr (rule->ask, '?'));
      g_assert_true (g_str_has_prefix (rule->stop, "Stop "));
    }
}

static const char *
find_section (GPtrArray  *sections,
              const char *title)
{
  for (guint i = 0; i < sections->len; i++)
    {
      const SidetoneDetail *section = sections->pdata[i];

      if (g_str_equal (section->title, title))
        return section->value;
    }

  return NULL;
}

/* A page has all that the row says, and names no case. */
static void
test_pages (void)
{
  for (guint i = 0; i < sidetone_rules_get_n (); i++)
    {
      const SidetoneRule *rule = sidetone_rules_get (i);
      g_autofree char *title = sidetone_explain_title (rule);
      g_autoptr (GPtrArray) sections = sidetone_explain_rule (rule);

      g_assert_null (strchr (title, '{'));
      g_assert_cmpstr (find_section (sections, "What it means"), ==, rule->means);
      g_assert_cmpstr (find_section (sections, "What to ask"), ==, rule->ask);
      g_assert_cmpstr (find_section (sections, "What to try"), ==, rule->try);
      g_assert_cmpstr (find_section (sections, "When to stop"), ==, rule->stop);
      g_assert_cmpstr (find_section (sections, "What would disprove it"), ==, rule->disprove);
      g_assert_true ((find_section (sections, "What else it may be") != NULL) ==
                     (rule->rivals != NULL));
      g_assert_true ((find_section (sections, "Who can fix it") != NULL) ==
                     (rule->owner != SIDETONE_OWNER_NOBODY));

      for (guint j = 0; j < sections->len; j++)
        {
          const SidetoneDetail *section = sections->pdata[j];

          g_assert_null (strchr (section->value, '{'));
        }
    }
}

/* Each cause that looks the same is named: here no report excludes any. */
static void
test_rivals (void)
{
  g_autoptr (GPtrArray) sections = sidetone_explain_rule (
    sidetone_rules_find (SIDETONE_FINDING_PACKETS_LOST));

  g_assert_cmpstr (find_section (sections, "What else it may be"), ==,
                   "The cause may also be your Wi-Fi, your VPN or the relay or its internet connection.");
}

/* Read out over the telephone, typed by hand */
static void
test_codes (void)
{
  static const struct
  {
    const char *typed;
    const char *code;
  } rows[] = {
    { "CALL-18", "CALL-18" }, { "call-18", "CALL-18" }, { "call 18", "CALL-18" },
    { "Call18", "CALL-18" }, { " call - 18.", "CALL-18" }, { "nat 1", "NAT-01" },
    { "NAT-01", "NAT-01" }, { "ip6-01", "IP6-01" }, { "IP6 2", "IP6-02" }, { "nat0", "NAT-00" },
    { "", NULL }, { "CALL", NULL }, { "CALL-", NULL }, { "CALL-018x", NULL }, { "CALL-99", NULL },
    { "call 1 8 and more", NULL }, { "18", NULL }, { "é", NULL },
    { "CALL-99999999999999999999999", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const SidetoneRule *rule = sidetone_rules_find_code (rows[i].typed);

      g_assert_cmpstr (rule != NULL ? rule->code : NULL, ==, rows[i].code);
    }

  for (guint i = 0; i < sidetone_rules_get_n (); i++)
    g_assert_true (sidetone_rules_find_code (sidetone_rules_get (i)->code) ==
                   sidetone_rules_get (i));
}

static void
test_near (void)
{
  static const struct
  {
    const char *typed;
    const char *codes;
  } rows[] = {
    { "LOC-09", "LOC-03 LOC-02 LOC-01" }, { "lan 3", "LAN-02 LAN-01" }, { "ip6", "IP6-01 IP6-02 IP6-03" },
    { "nat-98", "NAT-99 NAT-18 NAT-17" }, { "FOO-01", "" }, { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) near = sidetone_rules_find_near (rows[i].typed);
      g_autoptr (GString) codes = g_string_new (NULL);

      for (guint j = 0; j < near->len; j++)
        {
          const SidetoneRule *rule = near->pdata[j];

          g_string_append_printf (codes, "%s%s", j > 0 ? " " : "", rule->code);
        }
      g_assert_cmpstr (codes->str, ==, rows[i].codes);
    }
}

static void
test_terms (void)
{
  g_autoptr (GHashTable) titles = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < sidetone_terms_get_n (); i++)
    {
      const SidetoneTerm *term = sidetone_terms_get (i);

      assert_read_aloud (term->title, term->words);
      g_assert_true (g_hash_table_add (titles, (gpointer) term->title));
    }
}

/* Ten steps, and examples in the rows' own words. A button is named without its mnemonic. */
static void
test_support (void)
{
  g_autoptr (GPtrArray) sections = sidetone_explain_support ();
  const SidetoneDetail *script = sections->pdata[0];
  g_auto (GStrv) steps = g_strsplit (script->value, "\n", -1);

  g_assert_cmpuint (g_strv_length (steps), ==, 10);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u. ", i + 1);

      g_assert_true (g_str_has_prefix (steps[i], number));
      g_assert_nonnull (strstr (steps[i], "They see: "));
      g_assert_null (strpbrk (steps[i], "{}_"));
    }

  g_assert_cmpuint (sections->len, ==, 1 + 3);
  for (guint i = 1; i < sections->len; i++)
    {
      const SidetoneDetail *example = sections->pdata[i];
      const SidetoneRule *rule = sidetone_rules_find_code (strrchr (example->title, ' ') + 1);
      g_autofree char *title = sidetone_explain_title (rule);

      g_assert_nonnull (strstr (example->value, title));
      g_assert_nonnull (strstr (example->value, rule->ask));
      g_assert_nonnull (strstr (example->value, rule->try));
      g_assert_null (strstr (example->value, "%s"));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/explain/columns", test_columns);
  g_test_add_func ("/explain/pages", test_pages);
  g_test_add_func ("/explain/rivals", test_rivals);
  g_test_add_func ("/explain/codes", test_codes);
  g_test_add_func ("/explain/near", test_near);
  g_test_add_func ("/explain/terms", test_terms);
  g_test_add_func ("/explain/support", test_support);

  return g_test_run ();
}
