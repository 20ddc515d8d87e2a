/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "test-rival-observations.h"

#include "judge/rules.h"
#include "judge/verdict.h"
#include "words/describe.h"

/* The differential diagnosis: each row is a case, and which causes of its finding are left. For
 * each rival of each finding there is a case in which it may be the cause, and one in which the
 * evidence excludes it. */

static SidetoneFinding *
find (const Row          *row,
      SidetoneDiagnosis **diagnosis)
{
  *diagnosis = diagnose_row (row);

  return sidetone_diagnosis_find (*diagnosis, row->kind);
}

/* The administrator is written to only where the advice begins with what they should do: not with
 * an act that may show that it is another's matter. */
static void
assert_next_step (const SidetoneDiagnosis *diagnosis)
{
  SidetoneFinding *cause = sidetone_diagnosis_get_verdict (diagnosis)->cause;
  g_autoptr (GEnumClass) acts = g_type_class_ref (SIDETONE_TYPE_ACT);
  g_autofree char *remedy = sidetone_describe_remedy (diagnosis);
  gboolean begins_with_act = FALSE;

  /* The button to correct the account is not for an administrator. */
  if (sidetone_diagnosis_get_next_step (diagnosis) == SIDETONE_NEXT_STEP_CORRECT_ACCOUNT)
    {
      const SidetoneRival *const *rivals = sidetone_finding_get_rivals (cause);
      gboolean is_yours = sidetone_finding_get_owner (cause) == SIDETONE_OWNER_YOU;

      for (guint i = 0; rivals[i] != NULL; i++)
        is_yours = is_yours || rivals[i]->owner == SIDETONE_OWNER_YOU;
      g_assert_true (is_yours);
    }
  if (sidetone_diagnosis_has_failed (diagnosis))
    return;

  for (guint i = 1; i < acts->n_values; i++)
    begins_with_act = begins_with_act ||
                      g_str_has_prefix (remedy,
                                        sidetone_act_get_row (acts->values[i].value)->request);
  g_assert_true ((sidetone_diagnosis_get_next_step (diagnosis) ==
                  SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR) ==
                 (cause != NULL && !begins_with_act &&
                  sidetone_finding_get_owner (cause) == SIDETONE_OWNER_ADMINISTRATOR));
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
  SidetoneFinding *finding = find (row, &diagnosis);
  g_autoptr (GString) nicks = g_string_new (NULL);
  g_autofree char *explanation = NULL;
  const SidetoneRival *const *rivals;
  gboolean is_open = FALSE;

  g_assert_nonnull (finding);
  rivals = sidetone_finding_get_rivals (finding);
  explanation = sidetone_describe_finding_explanation (finding);
  for (guint i = 0; rivals[i] != NULL; i++)
    {
      g_string_append_printf (nicks, "%s%s", i > 0 ? " " : "", rivals[i]->nick);
      is_open = is_open || rivals[i]->owner != sidetone_finding_get_owner (finding);
      g_assert_nonnull (strstr (explanation, sidetone_describe_rival (rivals[i])));
    }

  g_assert_cmpstr (nicks->str, ==, row->rivals);
  g_assert_cmpint (sidetone_finding_get_certainty (finding), ==,
                   rivals[0] == NULL ? SIDETONE_CERTAINTY_CERTAIN
                   : is_open ? SIDETONE_CERTAINTY_OPEN : SIDETONE_CERTAINTY_LIKELY);
  assert_next_step (diagnosis);
}

/* Both people are named, and what tells the two causes apart. */
static void
test_words (void)
{
  const Row row = { .kind = SIDETONE_FINDING_RELAY_TRANSPORT,
                    .tests = { { STUN, .error = SILENT }, { TURN_TCP, .echo = NONE_UNBOUND } } };
  g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
  SidetoneFinding *finding = find (&row, &diagnosis);
  g_autofree char *advice = sidetone_describe_finding_advice (finding);
  g_autofree char *owners = sidetone_describe_owners (finding);

  g_assert_nonnull (strstr (advice, "another network"));
  g_assert_nonnull (strstr (advice, "the person who runs this network"));
  g_assert_nonnull (strstr (advice, "your server's administrator"));
  g_assert_nonnull (strstr (owners, "your server's administrator"));
  g_assert_nonnull (strstr (owners, "the person who runs this network"));
}

/* Two relays reach each other, and nothing from outside reaches them: one proves that the other is a
 * firewall. */
static void
test_inside (void)
{
  const Row rows_of[] = {
    { .kind = SIDETONE_FINDING_RELAY_CLOSED,
      .tests = { { STUN }, { TURN, .echo = NONE } } },
    { .kind = SIDETONE_FINDING_RELAY_CLOSED,
      .tests = { { STUN }, { TURN, .echo = NONE }, { TURN_TCP, .echo = NONE, .pair = ALL } } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows_of); i++)
    {
      g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
      SidetoneFinding *finding = find (&rows_of[i], &diagnosis);
      g_autofree char *words = sidetone_describe_finding_explanation (finding);

      g_assert_true ((strstr (words, "in front of it is in the way") != NULL) ==
                     (i == 1));
    }
}

static gboolean
has_word (const char *words,
          const char *word)
{
  g_auto (GStrv) split = g_strsplit (words, " ", -1);

  return g_strv_contains ((const char *const *) split, word);
}

static void
test_all_covered (void)
{
  for (guint n = 0; n < sidetone_rules_get_n (); n++)
    {
      const SidetoneRule *rule = sidetone_rules_get (n);

      for (const SidetoneRival *rival = rule->rivals; rival != NULL && rival->nick != NULL; rival++)
        {
          gboolean is_left = FALSE;
          gboolean is_excluded = FALSE;

          for (guint i = 0; i < G_N_ELEMENTS (rival_rows); i++)
            {
              is_left = is_left || (rival_rows[i].kind == rule->kind &&
                                    has_word (rival_rows[i].rivals, rival->nick));
              is_excluded = is_excluded || (rival_rows[i].kind == rule->kind &&
                                            has_word (rival_rows[i].excluded, rival->nick));
            }
          /* A second router may be either's, and so may a silence about SRV records, or a name that is
           * not found; what else this
           * computer sends is not seen, and neither are its settings, what it might be given, nor where large packets get lost,
           * nor what is done to UDP alone. */
          is_excluded = is_excluded || rule->kind == SIDETONE_FINDING_SECOND_ROUTER ||
                        rule->kind == SIDETONE_FINDING_SRV_SILENT ||
                        rule->kind == SIDETONE_FINDING_SERVICE_NOT_FOUND ||
                        (rule->kind == SIDETONE_FINDING_IPV6_STALLS &&
                         g_str_equal (rival->nick, "servers-ipv6")) ||
                        g_str_equal (rival->nick, "own-dns") ||
                        g_str_equal (rival->nick, "own-traffic") ||
                        g_str_equal (rival->nick, "providers-line") ||
                        g_str_equal (rival->nick, "ipv4-off") ||
                        g_str_equal (rival->nick, "no-ipv6") ||
                        g_str_equal (rival->nick, "udp-limit");
          /* In test-diagnosis.c */
          if (rule->kind == SIDETONE_FINDING_CLOCK_DIFFERS)
            continue;
          if (!is_left || !is_excluded)
            g_error ("%s: no case for %s", rule->nick, rival->nick);
        }
    }
}

/* The README has a row for each of them. */
static void
test_readme (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "..", "src", "core", "README.md",
                                                 NULL);
  g_autofree char *readme = NULL;
  g_autoptr (GEnumClass) owners = g_type_class_ref (SIDETONE_TYPE_OWNER);
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (path, &readme, NULL, NULL));
  lines = g_strsplit (readme, "\n", -1);
  for (guint n = 0; n < sidetone_rules_get_n (); n++)
    {
      const SidetoneRule *rule = sidetone_rules_get (n);

      for (const SidetoneRival *rival = rule->rivals; rival != NULL && rival->nick != NULL; rival++)
        {
          g_autofree char *row = g_strdup_printf ("| %s | %s | %s |", rival->nick,
                                                  g_enum_get_value (owners, rival->owner)->value_nick,
                                                  sidetone_act_get_row (rival->act)->nick);
          gboolean is_told = FALSE;

          for (guint i = 0; lines[i] != NULL; i++)
            is_told = is_told || (strstr (lines[i], row) != NULL &&
                                  strstr (lines[i], rule->code) != NULL);
          if (!is_told)
            g_error ("No row in the README: %s %s", rule->code, row);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rival_rows); i++)
    {
      g_autofree char *name = g_strdup_printf ("/rivals/row/%s", rival_rows[i].name);

      g_test_add_data_func (name, &rival_rows[i], test_row);
    }
  g_test_add_func ("/rivals/words", test_words);
  g_test_add_func ("/rivals/inside", test_inside);
  g_test_add_func ("/rivals/all-covered", test_all_covered);
  g_test_add_func ("/rivals/readme", test_readme);

  return g_test_run ();
}
