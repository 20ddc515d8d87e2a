/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "test-observations.h"

#include "base/deadlines.h"
#include "base/text.h"
#include "judge/rules.h"
#include "words/describe-private.h"

/* Words that help no user */
static const char *const banned[] = {
  "!", "%", "{", "invalid", "failed to", "error occurred", "the user", "please", "oops",
};

static void
assert_plain (const char *words)
{
  g_autofree char *lower = g_utf8_strdown (words, -1);

  g_assert_cmpstr (words, !=, "");
  g_assert_true (g_utf8_validate (words, -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (banned); i++)
    {
      if (strstr (lower, banned[i]) != NULL)
        g_error ("“%s” in: %s", banned[i], words);
    }
}

static guint
count_sentences (const char *words)
{
  guint n = 0;

  for (const char *p = strchr (words, '.'); p != NULL; p = strchr (p + 1, '.'))
    n += p[1] == ' ' || p[1] == '\0' ? 1 : 0;

  return n;
}

/* Advice is an action: it starts with one of these verbs. */
static void
assert_act (const char *words)
{
  static const char *const verbs[] = {
    "Add", "Ask", "Check", "Choose", "Close", "Connect", "Copy", "Correct", "Have", "Install", "Let",
    "Look", "Make", "If", "Open", "Pause", "Restart", "Send", "Set", "Shorten", "Tell", "Turn", "Type", "Update", "Use",
  };
  g_auto (GStrv) split = g_strsplit (words, " ", 2);
  g_autofree char *verb = g_strdelimit (g_strdup (split[0]), ".", '\0');
  gboolean found = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    found |= g_str_equal (verb, verbs[i]);
  if (!found)
    g_error ("No act: %s", words);

  g_assert_cmpuint (count_sentences (words), ==, 1);
  g_assert_true (g_str_has_suffix (words, "."));
}

/* Each error says what happened and what to do, in words of its own. */
static void
test_errors (void)
{
  g_autoptr (GEnumClass) errors = g_type_class_ref (SIDETONE_TYPE_ERROR);
  g_autoptr (GHashTable) all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < errors->n_values; i++)
    {
      SidetoneError error = errors->values[i].value;
      g_autofree char *event = sidetone_describe_error_event (error, NULL, NULL);
      g_autofree char *named = sidetone_describe_error (error, "montague.lit", NULL);
      g_autofree char *words = sidetone_describe_error (error, NULL, NULL);

      assert_plain (words);
      assert_plain (named);
      g_assert_cmpuint (count_sentences (event), ==, 1);
      g_assert_true (g_str_has_prefix (words, event));
      assert_act (sidetone_describe_error_advice (error));
      g_assert_null (strchr (words, '\n'));
      g_assert_true (g_unichar_isupper (g_utf8_get_char (words)));

      if (!g_hash_table_add (all, g_steal_pointer (&event)))
        g_error ("“%s” has the words of another error", errors->values[i].value_nick);
    }

  /* Even an unknown number has words. */
  assert_plain (sidetone_describe_error_advice (1234));
}

static void
test_error_names (void)
{
  static const struct
  {
    SidetoneError error;
    const char *name;
    const char *server_text;
    const char *words;
  } rows[] = {
    { SIDETONE_ERROR_NAME_NOT_FOUND, "montague.lt", NULL,
      "montague.lt was not found. Check the account and the server for typos." },
    { SIDETONE_ERROR_NAME_NOT_FOUND, NULL, NULL,
      "Your server was not found. Check the account and the server for typos." },
    { SIDETONE_ERROR_WRONG_PASSWORD, "romeo@montague.lit", NULL,
      "Wrong password, or no such account. Check the spelling of the account, and "
      "enter the password again with Caps Lock off." },
    { SIDETONE_ERROR_ACCOUNT_DISABLED, "montague.lit", "Ask the Nurse.",
      "montague.lit has disabled this account. The server's own words: “Ask the Nurse.” Ask your "
      "server's administrator about your account." },
    { SIDETONE_ERROR_TCP_NO_ANSWER, "montague.lit", "",
      "montague.lit did not answer within 5 seconds. Check again from another network: a firewall "
      "here may block it, or the server is down." },
    /* Control characters in names */
    { SIDETONE_ERROR_CONNECTION_REFUSED, "mon\033[31mtague\n.lit\xe2\x80\xae", NULL,
      "mon[31mtague .lit refused the connection. Ask your server's administrator whether it is "
      "running." },
    { SIDETONE_ERROR_STREAM_ERROR, "montague.lit", "\xff\x07 go \t\r\n away \xc2\x9b",
      "montague.lit ended the connection with an error. The server's own words: “� go away”. "
      "Tell your server's administrator what it said." },
    { SIDETONE_ERROR_CONNECTION_LOST, "\001", "\002",
      "The connection to your server broke off. Check again." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = sidetone_describe_error (rows[i].error, rows[i].name,
                                                        rows[i].server_text);

      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

static void
test_error_bounds (void)
{
  g_autofree char *flood = g_strnfill (1000000, 'x');
  g_autofree char *words = sidetone_describe_error (SIDETONE_ERROR_STREAM_ERROR, flood, flood);

  g_assert_cmpuint (g_utf8_strlen (words, -1), <, 1000);
}

/* Every error has a row, and every row has what all need */
static void
test_error_rows (void)
{
  g_autoptr (GEnumClass) errors = g_type_class_ref (SIDETONE_TYPE_ERROR);

  g_assert_cmpuint (errors->n_values, ==, SIDETONE_N_ERRORS);
  for (guint i = 0; i < errors->n_values; i++)
    {
      SidetoneError error = errors->values[i].value;
      const SidetoneErrorRow *row = sidetone_error_get_row (error);
      GError own = { SIDETONE_ERROR, error, (char *) "" };
      g_autofree char *event = sidetone_describe_error_event (error, NULL, NULL);
      g_autofree char *named = sidetone_describe_error_event (error, "montague.lit", NULL);

      g_test_message ("%s", row->nick);
      g_assert_cmpint (row->finding, !=, SIDETONE_FINDING_UNKNOWN);
      g_assert_cmpint (row->next_step, !=, SIDETONE_NEXT_STEP_UNKNOWN);
      g_assert_nonnull (row->event);
      g_assert_nonnull (row->advice);
      assert_plain (sidetone_describe_error_in_short (&own));

      /* Each placeholder is filled, and only those for a name depend on one. */
      g_assert_null (strpbrk (event, "{}"));
      g_assert_null (strpbrk (named, "{}"));
      g_assert_cmpint (strstr (row->event, "{seconds}") != NULL, ==, row->deadline != NULL);
    }

  g_assert_true (sidetone_error_get_row (1234) == sidetone_error_get_row (SIDETONE_ERROR_UNKNOWN));
  g_assert_true (sidetone_error_get_row (-1) == sidetone_error_get_row (SIDETONE_ERROR_UNKNOWN));
}

static char *
fill (const char *name,
      gpointer    user_data)
{
  return g_str_equal (name, "a") ? g_strdup ("{b}") : g_str_equal (name, "b") ? g_strdup ("x") : NULL;
}

static void
test_fill (void)
{
  static const struct
  {
    const char *template;
    const char *words;
  } rows[] = {
    { "", "" },
    { "words", "words" },
    { "{a}", "{b}" },
    { "{b} and {b}.", "x and x." },
    { "{c}, {}, {b", "{c}, {}, {b" },
    { "}{b}{", "}x{" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = sidetone_text_fill (rows[i].template, fill, NULL);

      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

/* Words name the deadlines that pass. */
static void
test_deadlines (void)
{
  const struct
  {
    SidetoneError error;
    guint deadline;
  } rows[] = {
    { SIDETONE_ERROR_DNS_NO_ANSWER, sidetone_deadlines.dns },
    { SIDETONE_ERROR_TCP_NO_ANSWER, sidetone_deadlines.tcp },
    { SIDETONE_ERROR_TLS_NO_ANSWER, sidetone_deadlines.tls },
    { SIDETONE_ERROR_STREAM_NO_ANSWER, sidetone_deadlines.sign_in },
    { SIDETONE_ERROR_SIGN_IN_NO_ANSWER, sidetone_deadlines.sign_in },
    { SIDETONE_ERROR_BIND_NO_ANSWER, sidetone_deadlines.sign_in },
    { SIDETONE_ERROR_NO_ANSWER, sidetone_deadlines.query },
    { SIDETONE_ERROR_STUN_NO_ANSWER, sidetone_deadlines.stun },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = sidetone_describe_error (rows[i].error, NULL, NULL);
      g_autofree char *named = g_strdup_printf (" %u seconds", rows[i].deadline / 1000);

      g_assert_cmpuint (rows[i].deadline % 1000, ==, 0);
      g_assert_nonnull (strstr (words, named));
    }

  /* The words say "five minutes" */
  g_assert_cmpuint (sidetone_deadlines.nat_longest_silence, ==, 5 * 60 * 1000);
}

static guint
count_words (const char *title)
{
  g_auto (GStrv) words = g_strsplit (title, " ", -1);

  return g_strv_length (words);
}

static void
assert_finding_words (SidetoneFinding *finding)
{
  g_autofree char *title = sidetone_describe_finding_title (finding);
  g_autofree char *explanation = sidetone_describe_finding_explanation (finding);
  g_autofree char *advice = sidetone_describe_finding_advice (finding);

  assert_plain (title);
  assert_plain (explanation);
  assert_plain (advice);

  g_assert_cmpuint (count_words (title), <=, 8);
  g_assert_cmpuint (count_sentences (title), ==, 0);
  g_assert_true (g_str_has_suffix (explanation, "."));
  /* Rivals have a sentence of their own, and several acts. */
  if (sidetone_finding_get_rivals (finding)[0] != NULL)
    {
      g_assert_cmpuint (count_sentences (explanation), >=, 2);
      g_assert_cmpuint (count_sentences (explanation), <=, 3);
      return;
    }

  g_assert_cmpuint (count_sentences (explanation), >=, 1);
  g_assert_cmpuint (count_sentences (explanation), <=, 2);
  assert_act (advice);
}

static void
test_findings (void)
{
  g_autoptr (GEnumClass) kinds = g_type_class_ref (SIDETONE_TYPE_FINDING_KIND);
  g_autoptr (GHashTable) titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) codes = g_hash_table_new (g_str_hash, g_str_equal);
  static const char *const evidence[] = { "server-ip", NULL };

  for (guint i = 1; i < kinds->n_values; i++)
    {
      for (SidetoneChange port = SIDETONE_CHANGE_UNKNOWN; port <= SIDETONE_CHANGE_CHANGED; port++)
        {
          SidetoneFindingFacts facts = { .host = "montague.lit", .port = port };
          g_autoptr (SidetoneFinding) finding = NULL;

          finding = sidetone_finding_new (kinds->values[i].value, SIDETONE_SEVERITY_UNKNOWN, &facts,
                                          evidence, NULL);
          assert_finding_words (finding);
          g_assert_cmpstr (sidetone_finding_get_evidence (finding)[0], ==, "server-ip");

          if (port != SIDETONE_CHANGE_UNKNOWN)
            continue;
          g_assert_true (g_hash_table_add (titles, sidetone_describe_finding_title (finding)));
          g_assert_true (g_hash_table_add (codes,
                                           (gpointer) sidetone_finding_get_code (finding)));
        }
    }
}

static void
assert_no_program (const char *words)
{
  static const char *const programs[] = { "coturn", "ejabberd", "Prosody" };

  for (gsize i = 0; words != NULL && i < G_N_ELEMENTS (programs); i++)
    {
      if (strstr (words, programs[i]) != NULL)
        g_error ("“%s”", words);
    }
}

/* What a user reads, or is told, names no setting of a server program: the letter to the
 * administrator has these. */
static void
test_settings (void)
{
  for (guint i = 0; i < sidetone_rules_get_n (); i++)
    {
      const SidetoneRule *rule = sidetone_rules_get (i);
      const char *told[] = { rule->means, rule->ask, rule->try, rule->stop, rule->disprove };

      for (const SidetoneVariant *variant = rule->advice;; variant++)
        {
          assert_no_program (variant->text);
          if (variant->when == SIDETONE_WHEN_ALWAYS)
            break;
        }
      for (const SidetoneRival *rival = rule->rivals; rival != NULL && rival->nick != NULL; rival++)
        assert_no_program (rival->advice);
      for (gsize j = 0; j < G_N_ELEMENTS (told); j++)
        assert_no_program (told[j]);
    }

  for (SidetoneError error = SIDETONE_ERROR_UNKNOWN + 1; error < SIDETONE_N_ERRORS; error++)
    assert_no_program (sidetone_error_get_row (error)->advice);
}

/* "Not enough is known" stands only beside a way that is not known. */
static void
test_call_reasons (void)
{
  for (SidetonePartner partner = 0; partner < SIDETONE_N_PARTNERS; partner++)
    {
      for (SidetoneRelay relay = SIDETONE_RELAY_UNKNOWN; relay < SIDETONE_N_RELAYS; relay++)
        {
          const SidetoneNatFacts unknown = { 0 };
          SidetoneCall call = sidetone_call_judge (partner, &unknown, FALSE, relay);
          gboolean is_vague = g_str_has_prefix (sidetone_describe_call_reason (&call), "Not enough");

          g_assert_true (is_vague == (call.way == SIDETONE_CALL_WAY_UNKNOWN));
        }
    }
}

/* Whom an action is for, by the words that name a person; %SIDETONE_OWNER_YOU without any */
static SidetoneOwner
find_addressee (const char *advice)
{
  if (strstr (advice, "administrator") != NULL)
    return SIDETONE_OWNER_ADMINISTRATOR;
  if (strstr (advice, "internet provider ") != NULL)
    return SIDETONE_OWNER_PROVIDER;
  if (strstr (advice, "your router") != NULL || strstr (advice, "the person who runs") != NULL)
    return SIDETONE_OWNER_ROUTER;

  return SIDETONE_OWNER_YOU;
}

/* What to do is for the person who can fix it. With rivals it follows the act that tells the causes
 * apart ("If it is the same there: …"), so it is another one. */
static void
assert_for_owner (const char          *nick,
                  SidetoneOwner        owner,
                  const SidetoneRival *rivals,
                  const char          *advice)
{
  SidetoneOwner addressee = find_addressee (advice);

  if (addressee != SIDETONE_OWNER_YOU && addressee != owner && owner != SIDETONE_OWNER_NOBODY)
    g_error ("%s: for another person: “%s”", nick, advice);

  for (const SidetoneRival *rival = rivals; rival != NULL && rival->nick != NULL; rival++)
    {
      const char *request = sidetone_act_get_row (rival->act)->request;
      g_autofree char *first = request != NULL ? g_strndup (request, strcspn (request, ",.")) : NULL;

      if (first != NULL && strstr (advice, first) != NULL)
        g_error ("%s: says the act again: “%s”", nick, advice);
    }
}

/* The error's own, unless the finding has another one for it */
static const char *
find_advice (const SidetoneRule *rule,
             SidetoneError       error)
{
  for (const SidetoneVariant *variant = rule->advice;; variant++)
    {
      if (variant->when == SIDETONE_WHEN_ERROR && variant->value == (int) error)
        return variant->text;
      if (variant->when == SIDETONE_WHEN_ALWAYS)
        return g_str_equal (variant->text, "{error-advice}") ? sidetone_error_get_row (error)->advice
               : variant->text;
    }
}

/* Who can fix it, and what to do, agree. */
static void
test_owners (void)
{
  for (guint i = 0; i < sidetone_rules_get_n (); i++)
    {
      const SidetoneRule *rule = sidetone_rules_get (i);

      for (const SidetoneVariant *variant = rule->advice;; variant++)
        {
          assert_for_owner (rule->nick, rule->owner, rule->rivals, variant->text);
          if (variant->when == SIDETONE_WHEN_ALWAYS)
            break;
        }
      for (const SidetoneRival *rival = rule->rivals; rival != NULL && rival->nick != NULL; rival++)
        assert_for_owner (rival->nick, rival->owner, NULL, rival->advice);
    }

  /* Those of call servers belong to no kind of finding. */
  for (SidetoneError error = SIDETONE_ERROR_UNKNOWN + 1; error < SIDETONE_ERROR_STUN_NO_ANSWER;
       error++)
    {
      const SidetoneErrorRow *row = sidetone_error_get_row (error);
      const SidetoneRule *rule = sidetone_rules_find (row->finding);
      gboolean is_typed = sidetone_error_has_trait (error, SIDETONE_ERROR_IS_TYPED);
      SidetoneOwner owner = is_typed ? SIDETONE_OWNER_YOU : rule->owner;
      const char *advice = find_advice (rule, error);

      assert_for_owner (row->nick, owner, is_typed ? NULL : rule->rivals, advice);
      if (row->next_step == SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR)
        g_assert_cmpint (owner, ==, SIDETONE_OWNER_ADMINISTRATOR);
      if (owner == SIDETONE_OWNER_ADMINISTRATOR && row->next_step != SIDETONE_NEXT_STEP_CHECK_AGAIN)
        g_assert_cmpint (find_addressee (advice), ==, SIDETONE_OWNER_ADMINISTRATOR);
    }
}

/* Texts for rare cases have no unfilled placeholder either, and the last one always fits. */
static void
test_variants (void)
{
  static const SidetoneFindingFacts facts = { .host = "montague.lit", .number = 2, .n_refused = 2 };

  for (guint i = 0; i < sidetone_rules_get_n (); i++)
    {
      const SidetoneRule *rule = sidetone_rules_get (i);
      const SidetoneVariant *const texts[] = {
        rule->title, rule->explanation, rule->consequence, rule->advice,
      };

      for (guint j = 0; j < G_N_ELEMENTS (texts); j++)
        {
          const SidetoneVariant *variant = texts[j];

          /* Few rows have a second sentence */
          while (variant != NULL)
            {
              g_autofree char *words = sidetone_describe_template (variant->text, &facts);

              assert_plain (words);
              variant = variant->when != SIDETONE_WHEN_ALWAYS ? variant + 1 : NULL;
            }
        }
    }
}

/* A kind of finding for several errors has words for each of them. */
static void
test_failures (void)
{
  g_autoptr (GEnumClass) errors = g_type_class_ref (SIDETONE_TYPE_ERROR);
  g_autoptr (GHashTable) all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < errors->n_values; i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
      g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
      SidetoneError error = errors->values[i].value;
      SidetoneFinding *finding;

      add_step (store, "sign-in", SIDETONE_OBSERVATION_SIGN_IN, &error, NULL);
      diagnosis = sidetone_diagnose (G_LIST_MODEL (store), "montague.lit");
      finding = sidetone_diagnosis_get_main_finding (diagnosis);

      assert_finding_words (finding);
      g_assert_true (g_hash_table_add (all, sidetone_describe_finding_explanation (finding)));
    }
}

static void
test_ports (void)
{
  static const struct
  {
    const char *local;
    const char *seen;
    const char *sentence;
  } rows[] = {
    { "192.168.1.10:44308", "198.51.100.1:44308", "Your port number stays the same" },
    { "192.168.1.10:44308", "198.51.100.1:1024", "Your port number changes too" },
    { "192.168.1.10:44308", "198.51.100.1", "Whether your port changes too is not known" },
    { "100.64.0.7:44308", "198.51.100.1:1024", "No setting of your router" },
    { "[fd00::7]:44308", "[2001:db8:1::9]:44308", "Your port number stays the same" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
      g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
      g_autofree char *explanation = NULL;

      add_server_ip (store, rows[i].local, rows[i].seen, NULL);
      diagnosis = sidetone_diagnose (G_LIST_MODEL (store), "montague.lit");
      explanation = sidetone_describe_finding_explanation (
        sidetone_diagnosis_get_main_finding (diagnosis));
      g_assert_nonnull (strstr (explanation, rows[i].sentence));
    }
}

/* Each address keeps its own result. */
static void
test_silence (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
  g_autofree char *headline = NULL;
  g_autofree char *explanation = NULL;
  SidetoneError refused = SIDETONE_ERROR_CONNECTION_REFUSED;
  SidetoneError unreachable = SIDETONE_ERROR_UNREACHABLE;
  SidetoneError silent = SIDETONE_ERROR_TCP_NO_ANSWER;

  add_connect (store, "203.0.113.10:5222", &refused);
  add_connect (store, "203.0.113.11:5222", &silent);
  add_connect (store, "203.0.113.12:5222", &silent);
  add_connect (store, "[2001:db8:5::10]:5222", &unreachable);
  diagnosis = sidetone_diagnose (G_LIST_MODEL (store), "montague.lit");

  headline = sidetone_describe_headline (diagnosis);
  explanation = sidetone_describe_finding_explanation (
    sidetone_diagnosis_get_main_finding (diagnosis));
  g_assert_cmpstr (headline, ==, "montague.lit refuses connections");
  g_assert_nonnull (strstr (explanation,
                            "All 4 attempts to connect failed: 1 was refused, 1 found no "
                            "way there, 2 got no answer."));
}

/* The rows of the tables "Findings" of README.md, in their order */
static GPtrArray *
read_readme (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "..", "src", "core",
                                                 "README.md", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autoptr (GRegex) row = g_regex_new ("^\\| [A-Z0-9]{3,4}-[0-9]{2} \\|", 0, 0, NULL);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (g_regex_match (row, lines[i], 0, NULL))
        g_ptr_array_add (rows, g_strsplit (lines[i], " | ", -1));
    }

  return rows;
}

static const char *
get_nick (GType type,
          int   value)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (type);

  return g_enum_get_value (class, value)->value_nick;
}

/* Users look the codes up there. */
static void
test_readme (void)
{
  g_autoptr (GEnumClass) kinds = g_type_class_ref (SIDETONE_TYPE_FINDING_KIND);
  g_autoptr (GPtrArray) rows = read_readme ();

  g_assert_cmpuint (rows->len, ==, sidetone_rules_get_n ());

  for (guint i = 0; i < rows->len; i++)
    {
      char **cells = rows->pdata[i];
      const SidetoneRule *rule = sidetone_rules_get (i);

      g_assert_cmpint (rule->kind, ==, kinds->values[i + 1].value);
      g_assert_true (sidetone_rules_find (rule->kind) == rule);
      g_assert_cmpstr (cells[0] + strlen ("| "), ==, rule->code);
      g_assert_cmpstr (cells[1], ==, rule->nick);
      g_assert_cmpstr (cells[2], ==, get_nick (SIDETONE_TYPE_SEVERITY, rule->severity));
      g_assert_cmpstr (cells[3], ==, get_nick (SIDETONE_TYPE_OWNER, rule->owner));
      g_assert_cmpuint (g_strv_length (cells), ==, 6);
    }
}

/* The judge gives each kind the level in README.md. */
static void
test_readme_levels (void)
{
  g_autoptr (GPtrArray) readme = read_readme ();

  for (guint i = 0; i < G_N_ELEMENTS (address_rows); i++)
    {
      g_autoptr (GListStore) store = make_row (&address_rows[i]);
      g_autoptr (SidetoneDiagnosis) diagnosis = sidetone_diagnose (G_LIST_MODEL (store), NULL);
      char **cells = readme->pdata[address_rows[i].kind - 1];

      g_assert_cmpstr (cells[4], ==, get_nick (SIDETONE_TYPE_LEVEL,
                                               sidetone_diagnosis_get_level (diagnosis)));
    }
}

static void
test_enums (void)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (SIDETONE_TYPE_STATE);
  g_autoptr (GEnumClass) severities = g_type_class_ref (SIDETONE_TYPE_SEVERITY);
  g_autoptr (GEnumClass) owners = g_type_class_ref (SIDETONE_TYPE_OWNER);
  g_autoptr (GEnumClass) scopes = g_type_class_ref (SIDETONE_TYPE_ADDRESS_SCOPE);

  for (guint i = 0; i < states->n_values; i++)
    assert_plain (sidetone_describe_state (states->values[i].value));
  for (guint i = 0; i < severities->n_values; i++)
    assert_plain (sidetone_describe_severity (severities->values[i].value));
  for (guint i = 0; i < owners->n_values; i++)
    assert_plain (sidetone_describe_owner (owners->values[i].value));
  for (guint i = 0; i < scopes->n_values; i++)
    assert_plain (sidetone_describe_scope (scopes->values[i].value));
}

/* When a check was made: today without the date, and in short without the year. */
static void
test_checked (void)
{
  static const struct
  {
    const char *now;
    SidetoneTimeTraits traits;
    const char *words;
  } rows[] = {
    { "2026-11-22T23:59:00Z", 0, "Checked today, 17:01" },
    { "2026-11-22T23:59:00Z", SIDETONE_TIME_TWELVE_HOURS, "Checked today, 5:01 PM" },
    { "2026-11-22T23:59:00Z", SIDETONE_TIME_IN_SHORT, "Today, 17:01" },
    { "2026-11-23T00:00:00Z", 0, "Checked on Nov 22, 2026, 17:01" },
    { "2026-11-23T00:00:00Z", SIDETONE_TIME_IN_SHORT, "Nov 22, 17:01" },
    /* The same day of another year */
    { "2027-11-22T18:00:00Z", SIDETONE_TIME_IN_SHORT, "Nov 22, 2026, 17:01" },
    { "2026-11-22T18:00:00Z", SIDETONE_TIME_OF_REPORT, "Report from Nov 22, 2026, 17:01" },
    { "2026-11-22T18:00:00Z", SIDETONE_TIME_OF_REPORT | SIDETONE_TIME_IN_SHORT |
      SIDETONE_TIME_TWELVE_HOURS, "Nov 22, 5:01 PM" },
  };
  g_autoptr (GDateTime) checked = g_date_time_new_from_iso8601 ("2026-11-22T17:01:22Z", NULL);
  g_autofree char *in_full = sidetone_describe_time (checked);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 (rows[i].now, NULL);
      g_autofree char *words = sidetone_describe_checked (checked, now, rows[i].traits);

      g_assert_cmpstr (words, ==, rows[i].words);
    }
  g_assert_cmpstr (in_full, ==, "2026-11-22 17:01:22 UTC");
}

/* Each button has its own words and mnemonic. */
static void
test_next_steps (void)
{
  g_autoptr (GHashTable) all = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GEnumClass) steps = g_type_class_ref (SIDETONE_TYPE_NEXT_STEP);

  g_assert_null (sidetone_describe_next_step (SIDETONE_NEXT_STEP_UNKNOWN));
  for (guint i = 1; i < steps->n_values; i++)
    {
      const char *words = sidetone_describe_next_step (steps->values[i].value);
      const char *mnemonic = strchr (words, '_');

      assert_plain (words);
      g_assert_nonnull (mnemonic);
      g_assert_true (g_ascii_isupper (mnemonic[1]));
      g_assert_null (strchr (mnemonic + 1, '_'));
      g_assert_true (g_hash_table_add (all, (gpointer) words));
    }
}

static void
test_values (void)
{
  static const struct
  {
    gint64 duration_us;
    const char *words;
  } rows[] = {
    { 0, "< 1 ms" }, { 999, "< 1 ms" }, { 1000, "1 ms" }, { 12999, "12 ms" },
    { 999999, "999 ms" }, { 1000000, "1.0 s" }, { 10250000, "10.2 s" },
  };
  g_autoptr (SidetoneEndpoint) whole = parse_endpoint ("192.0.2.7:5222");
  g_autoptr (SidetoneEndpoint) half = parse_endpoint ("192.0.2.7");
  g_autofree char *port = sidetone_describe_port (whole);
  g_autofree char *no_port = sidetone_describe_port (half);
  g_autofree char *secret = sidetone_describe_secret ("romeo@montague.lit");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = sidetone_describe_duration (rows[i].duration_us);

      g_assert_cmpstr (words, ==, rows[i].words);
    }

  g_assert_cmpstr (port, ==, "Port 5222");
  g_assert_cmpstr (no_port, ==, "Port not named");
  g_assert_cmpstr (secret, ==, "Sidetone: romeo@montague.lit");
  g_assert_cmpstr (sidetone_describe_change (SIDETONE_CHANGE_SAME), ==, "the same");
  g_assert_cmpstr (sidetone_describe_change (SIDETONE_CHANGE_CHANGED), ==, "changed");
  g_assert_cmpstr (sidetone_describe_change (SIDETONE_CHANGE_UNKNOWN), ==, "");
}

/* Every observation has words, and none of them lets control characters through. */
static void
test_observations (void)
{
  static const char *const hostile = "a\033[2Jb\n\xe2\x80\xae";
  g_autoptr (GEnumClass) states = g_type_class_ref (SIDETONE_TYPE_STATE);

  for (SidetoneObservationKind kind = 0; kind < SIDETONE_N_OBSERVATION_KINDS; kind++)
    {
      for (guint j = 0; j < states->n_values; j++)
        {
          g_autoptr (SidetoneObservation) observation = NULL;
          g_autoptr (SidetoneEndpoint) endpoint = parse_endpoint ("192.0.2.7:4000");
          g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
          g_autofree char *title = NULL;
          g_autofree char *summary = NULL;
          static const char *const keys[] = {
            "name", "interface", "mechanism", "reason", "target",
          };

          for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
            g_variant_dict_insert (&details, keys[i], "s", hostile);
          observation = sidetone_observation_new (&(SidetoneObservationFields) {
        .id = "step",
        .kind = kind,
        .state = states->values[j].value,
        .local = endpoint,
        .seen = endpoint,
        .details = g_variant_dict_end (&details),
      });
          title = sidetone_describe_observation_title (observation);
          summary = sidetone_describe_observation_summary (observation);

          assert_plain (title);
          g_assert_cmpuint (sidetone_text_get_width (title), <=, 45);
          for (const char *p = summary; *p != '\0'; p = g_utf8_next_char (p))
            g_assert_true (sidetone_text_is_harmless (g_utf8_get_char (p)));
        }
    }
}

static void
test_observation_words (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  SidetoneError refused = SIDETONE_ERROR_CONNECTION_REFUSED;
  SidetoneError not_found = SIDETONE_ERROR_NAME_NOT_FOUND;
  SidetoneError missing = SIDETONE_ERROR_CONNECTION_PROGRAM_MISSING;
  SidetoneError not_offered = SIDETONE_ERROR_NOT_OFFERED;
  SidetoneError no_answer = SIDETONE_ERROR_NO_ANSWER;
  static const struct
  {
    const char *title;
    const char *summary;
  } words[] = {
    { "Wired network", "192.168.1.10 eth0, towards the internet" },
    { "Your server was found", "montague.lit, 2 addresses" },
    { "Your server was found", "montague.lit, 1 address" },
    { "Your server was not found", "montague.lit was not found." },
    { "No DNS entries (SRV)", "for direct TLS" },
    { "DNS entries (SRV) found", "1 for STARTTLS" },
    { "NAT64 found", "64:ff9b::/96" },
    { "Connected", "203.0.113.10 port 5222" },
    { "Not connected", "203.0.113.10 port 5222: refused" },
    { "Not connected", "203.0.113.10 port 5222: A part of Sidetone is missing on this computer." },
    { "Server features", "ejabberd, address check offered" },
    { "Address seen by your server", "198.51.100.1 port 44308" },
    { "Call servers announced", "2 entries, 1 for a relay" },
    { "Call servers announced", "1 entry, no relay" },
    { "Call servers announced", "neither STUN nor TURN" },
    { "No call servers announced", "Your server announces no call servers." },
    { "Call servers not known", "Your server was asked, and did not answer within 5 seconds." },
    { "Call server found", "turn.lit, 1 address" },
    { "Call server not found", "turn.lit was not found." },
  };

  add_interface (store, "eth0", "wired", "192.168.1.10", TRUE);
  add_lookup (store, "address", "montague.lit", "203.0.113.10 2001:db8:5::10", NULL);
  add_lookup (store, "address", "montague.lit", "203.0.113.10", NULL);
  add_lookup (store, "address", "montague.lit", "", &not_found);
  add_lookup (store, "srv-direct", "_xmpps-client._tcp.montague.lit", "", NULL);
  add_lookup (store, "srv-client", "_xmpp-client._tcp.montague.lit", "0-0-5222-xmpp.montague.lit",
              NULL);
  add_lookup (store, "nat64", "ipv4only.arpa", "64:ff9b::/96", NULL);
  add_connect (store, PUBLIC_PEER, NULL);
  add_connect (store, PUBLIC_PEER, &refused);
  add_connect (store, PUBLIC_PEER, &missing);
  add_disco (store, "urn:xmpp:sic:1");
  add_server_ip (store, "192.168.1.10:44308", "198.51.100.1:44308", PUBLIC_PEER);
  add_services (store, "stun udp turn.lit 1, turn udp turn.lit 1", G_MAXINT64);
  add_services (store, "stun udp turn.lit 1", G_MAXINT64);
  add_services (store, "", G_MAXINT64);
  add_step (store, "services", SIDETONE_OBSERVATION_SERVICES, &not_offered, NULL);
  add_step (store, "services", SIDETONE_OBSERVATION_SERVICES, &no_answer, NULL);
  add_lookup (store, "service", "turn.lit", "203.0.113.20", NULL);
  add_lookup (store, "service", "turn.lit", "", &not_found);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, G_N_ELEMENTS (words));
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (SidetoneObservation) observation = g_list_model_get_item (G_LIST_MODEL (store), i);
      g_autofree char *title = sidetone_describe_observation_title (observation);
      g_autofree char *summary = sidetone_describe_observation_summary (observation);

      g_assert_cmpstr (title, ==, words[i].title);
      g_assert_cmpstr (summary, ==, words[i].summary);
    }
}

static void
test_safe_text (void)
{
  static const struct
  {
    const char *text;
    const char *safe;
  } rows[] = {
    { "", "" },
    { "plain", "plain" },
    { "  two \n\t words  ", "two words" },
    { "\033]0;title\007", "]0;title" },
    { "a\xe2\x80\xae" "b\xe2\x81\xa6" "c\xd8\x9c", "abc" },
    { "a\xc2\x85" "b\xc2\x9b" "c", "abc" },
    { "\xe2\x80\xa8line", "line" },
    { "\xff", "�" },
    { "0123456789", "0123456789" },
    { "0123456789a", "0123456789…" },
    { "012345678 a", "012345678…" },
    { "نمی‌خواهم", "نمی‌خواهم" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *safe = sidetone_text_make_safe (rows[i].text, 10);

      g_assert_cmpstr (safe, ==, rows[i].safe);
    }
}

static void
test_wrap (void)
{
  static const struct
  {
    const char *text;
    guint width;
    const char *lines;
  } rows[] = {
    { "", 5, "" },
    { "one two three", 7, "one two|three" },
    { "one two three", 6, "one|two|three" },
    { "unbreakable ab", 4, "unbreakable|ab" },
    { "漢字 漢字", 8, "漢字|漢字" },
    { "漢字 漢字", 9, "漢字 漢字" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) lines = sidetone_text_wrap (rows[i].text, rows[i].width);
      g_autofree char *joined = g_strjoinv ("|", lines);

      g_assert_cmpstr (joined, ==, rows[i].lines);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/describe/errors", test_errors);
  g_test_add_func ("/describe/error-names", test_error_names);
  g_test_add_func ("/describe/error-bounds", test_error_bounds);
  g_test_add_func ("/describe/error-rows", test_error_rows);
  g_test_add_func ("/describe/fill", test_fill);
  g_test_add_func ("/describe/deadlines", test_deadlines);
  g_test_add_func ("/describe/findings", test_findings);
  g_test_add_func ("/describe/variants", test_variants);
  g_test_add_func ("/describe/settings", test_settings);
  g_test_add_func ("/describe/owners", test_owners);
  g_test_add_func ("/describe/call-reasons", test_call_reasons);
  g_test_add_func ("/describe/failures", test_failures);
  g_test_add_func ("/describe/ports", test_ports);
  g_test_add_func ("/describe/silence", test_silence);
  g_test_add_func ("/describe/readme", test_readme);
  g_test_add_func ("/describe/readme-levels", test_readme_levels);
  g_test_add_func ("/describe/enums", test_enums);
  g_test_add_func ("/describe/checked", test_checked);
  g_test_add_func ("/describe/next-steps", test_next_steps);
  g_test_add_func ("/describe/values", test_values);
  g_test_add_func ("/describe/observations", test_observations);
  g_test_add_func ("/describe/observation-words", test_observation_words);
  g_test_add_func ("/describe/safe-text", test_safe_text);
  g_test_add_func ("/describe/wrap", test_wrap);

  return g_test_run ();
}
