/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "config.h"

#include "report/letter.h"

#include "lib/reports.h"
#include "seen/disco.h"

#include <string.h>

/* A report as an e-mail: what its reader learns, and whether mail programs can take it */

/* In bytes: some mail programs on the web take no more (8192, with the address of the page). */
#define MAX_URI 8000

static SidetoneReport *
read_report (const char *name,
             gboolean    redacted)
{
  g_autoptr (SidetoneReport) report = sidetone_test_read_report (name);

  return redacted ? sidetone_report_new_redacted (report) : g_steal_pointer (&report);
}

/* Reads a URI as a mail program does: RFC 6068, section 2. Lines end with LF then. */
static char *
read_field (const char *uri,
            const char *name)
{
  g_autoptr (GHashTable) fields = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_str_has_prefix (uri, "mailto:"));
  fields = g_uri_parse_params (strchr (uri, '?') + 1, -1, "&", G_URI_PARAMS_NONE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (fields), ==, 2);

  lines = g_strsplit (g_hash_table_lookup (fields, name), "\r\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    g_assert_null (strpbrk (lines[i], "\r\n"));

  return g_strjoinv ("\n", lines);
}

static void
assert_escaped (const char *uri)
{
  for (const char *at = strchr (uri, '?') + 1; *at != '\0'; at++)
    g_assert_true (g_ascii_isalnum (*at) || strchr ("%-._~&=", *at) != NULL);
}

static SidetoneLetter *
write_letter (const SidetoneReport *report,
              SidetoneReader        reader)
{
  return sidetone_letter_new (report, reader, NULL, NULL);
}

static void
assert_before (const char *text,
               const char *first,
               const char *second)
{
  const char *at = strstr (text, first);

  g_assert_nonnull (at);
  g_assert_nonnull (strstr (at, second));
}

/* The administrator learns what to fix, in words that need no report, and nothing that others have
 * to fix. */
static void
test_administrator (void)
{
  g_autoptr (SidetoneReport) report = read_report ("relay-problems", TRUE);
  g_autoptr (SidetoneLetter) letter = write_letter (report, SIDETONE_READER_ADMINISTRATOR);

  /* What others have to fix is not what it is about */
  g_assert_true (g_str_has_prefix (letter->subject, "Calls through montague.lit: CALL-15 · "));
  g_assert_true (g_str_has_prefix (letter->message, "Hello,\n\nOn 2026-11-22 19:33:03 UTC, "));
  g_assert_nonnull (strstr (letter->message, "\nCALL-18: The relay passes nothing on\n"));
  g_assert_nonnull (strstr (letter->message, "\n    min-port=49152\n"));
  /* How to read that, before it; and nothing that is not there */
  assert_before (letter->message, "words in capital letters", "\n    min-port=49152\n");
  g_assert_nonnull (strstr (letter->message, "SECRET is a password"));
  /* To be found in the server's log */
  g_assert_nonnull (strstr (letter->message, "\n- 2026-11-22 19:33:0"));
  g_assert_nonnull (strstr (letter->message, "ejabberd"));
  g_assert_nonnull (strstr (letter->message, "Coturn-4."));
  /* Their internet provider's */
  g_assert_null (strstr (letter->message, "CALL-24"));
  /* A note that nobody can fix */
  g_assert_null (strstr (letter->message, "NAT-01"));
}

/* What the server lacks is no trouble by itself, but it is what the letter is about. */
static void
test_cause (void)
{
  g_autoptr (SidetoneReport) report = read_report ("not-offered", TRUE);
  g_autoptr (SidetoneLetter) letter = write_letter (report, SIDETONE_READER_ADMINISTRATOR);

  g_assert_cmpstr (letter->subject, ==, "Calls through capulet.lit: SRV-02");
  g_assert_nonnull (strstr (letter->message, "\n    modules_enabled = { \"ipcheck\" }\n"));
  assert_before (letter->message, "Lists in braces are to be added", "modules_enabled");
  g_assert_null (strstr (letter->message, "SECRET"));
  g_assert_null (strstr (letter->message, "begin with a #"));
}

/* Another reader gets the report alone, which begins with the verdict. */
static void
test_helper (void)
{
  g_autoptr (SidetoneReport) report = read_report ("relay-problems", TRUE);
  g_autoptr (SidetoneLetter) letter = write_letter (report, SIDETONE_READER_UNKNOWN);
  g_autofree char *text = sidetone_letter_to_text (letter);
  g_autofree char *whole = sidetone_report_to_text (report);

  g_assert_null (strstr (letter->message, "CALL-18"));
  g_assert_null (strstr (letter->message, "administrator"));
  g_assert_true (g_str_has_prefix (text, letter->subject));
  g_assert_true (g_str_has_suffix (text, whole));
}

/* Private details are left out of a redacted report's letter, and only of that one's. */
static void
test_private (void)
{
  g_autoptr (SidetoneReport) redacted = read_report ("not-offered", TRUE);
  g_autoptr (SidetoneReport) report = read_report ("not-offered", FALSE);
  g_autoptr (SidetoneLetter) safe = write_letter (redacted, SIDETONE_READER_ADMINISTRATOR);
  g_autoptr (SidetoneLetter) full = write_letter (report, SIDETONE_READER_ADMINISTRATOR);
  g_autofree char *safe_text = sidetone_letter_to_text (safe);
  g_autofree char *full_text = sidetone_letter_to_text (full);
  const char *jid = sidetone_report_get_jid (report);

  g_assert_null (strstr (safe_text, jid));
  g_assert_nonnull (strstr (full_text, jid));
}

/* Every report's letter arrives whole, or says where the rest is. */
static void
test_uri (void)
{
  g_auto (GStrv) pages = sidetone_test_list_reports ();
  guint n_whole = 0;
  guint n_parts = 0;

  for (guint at = 0; pages[at] != NULL; at++)
    {
      const char *page = pages[at];
      g_autoptr (SidetoneReport) report = read_report (page, TRUE);
      g_autoptr (SidetoneLetter) letter = sidetone_letter_new (report,
                                                               SIDETONE_READER_ADMINISTRATOR, NULL,
                                                               NULL);
      g_autofree char *left_out = NULL;
      g_autofree char *uri = sidetone_letter_to_uri (letter, &left_out);
      g_autofree char *subject = read_field (uri, "subject");
      g_autofree char *body = read_field (uri, "body");

      g_test_message ("%s: %" G_GSIZE_FORMAT " bytes", page, strlen (uri));
      assert_escaped (uri);
      g_assert_cmpuint (strlen (uri), <=, MAX_URI);
      g_assert_cmpstr (subject, ==, letter->subject);
      g_assert_true (g_str_has_prefix (body, letter->message));
      if (left_out != NULL)
        {
          g_assert_cmpstr (left_out, ==, letter->report);
          g_assert_nonnull (strstr (body, "paste it here"));
          g_assert_null (strstr (body, letter->report));
          n_parts++;
        }
      else
        {
          g_assert_true (g_str_has_suffix (body, letter->report));
          n_whole++;
        }
    }

  g_assert_cmpuint (n_whole, >, 0);
  g_assert_cmpuint (n_parts, >, 0);
}

/* A report whose server names where its administrator is reached; some addresses are hostile. */
static SidetoneReport *
make_report (const char *const *contacts)
{
  g_autoptr (SidetoneReport) report = read_report ("relay-problems", FALSE);
  g_autoptr (GListStore) observations = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneObservation) disco = NULL;
  SidetoneDiscoSeen seen = { .contacts = contacts };
  GListModel *all = sidetone_report_get_observations (report);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (SidetoneObservation) observation = g_list_model_get_item (all, i);

      if (sidetone_observation_get_disco (observation) == NULL)
        g_list_store_append (observations, observation);
    }
  disco = sidetone_observation_new (&(SidetoneObservationFields) {
    .id = "disco",
    .kind = SIDETONE_OBSERVATION_DISCO,
    .state = SIDETONE_STATE_PASSED,
    .what = &seen,
  });
  g_list_store_append (observations, disco);

  return sidetone_report_new (sidetone_report_get_jid (report), sidetone_report_get_domain (report),
                              sidetone_report_get_created (report), NULL, NULL,
                              G_LIST_MODEL (observations));
}

static void
test_recipient (void)
{
  static const struct
  {
    const char *contacts[4];
    const char *uri;
  } rows[] = {
    { { NULL }, NULL },
    { { "xmpp:a@b.lit", "mailto:c@d.lit", "https://b.lit/", NULL }, "mailto:c@d.lit" },
    { { "https://b.lit/", "xmpp:a@b.lit", NULL }, "xmpp:a@b.lit" },
    { { "https://b.lit/", NULL }, "https://b.lit/" },
    /* Reports may be anybody's. */
    { { "javascript:alert(1)", "mailto:a@b.lit%0ABcc:c@d.lit", "mailto:a@b.lit,c@d.lit", NULL },
      NULL },
    { { "mailto:a@b.lit?bcc=c@d.lit&body=Hello", NULL }, "mailto:a@b.lit" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneReport) report = make_report (rows[i].contacts);
      g_autoptr (SidetoneReport) redacted = sidetone_report_new_redacted (report);
      g_autoptr (SidetoneContact) contact = sidetone_letter_find_recipient (report);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (contact != NULL ? contact->uri : NULL, ==, rows[i].uri);
      /* Another person's administrator is nobody's business. */
      g_assert_null (sidetone_letter_find_recipient (redacted));
    }
}

static void
test_recipients_uri (void)
{
  static const char *const contacts[] = { "mailto:ad&min@b.lit?cc=c@d.lit", NULL };
  g_autoptr (SidetoneReport) report = make_report (contacts);
  g_autoptr (SidetoneReport) redacted = sidetone_report_new_redacted (report);
  g_autoptr (SidetoneLetter) letter =
    sidetone_letter_new (redacted, SIDETONE_READER_ADMINISTRATOR,
                         sidetone_letter_find_recipient (report), NULL);
  g_autofree char *left_out = NULL;
  g_autofree char *uri = sidetone_letter_to_uri (letter, &left_out);
  g_autofree char *text = sidetone_letter_to_text (letter);
  g_autofree char *subject = read_field (uri, "subject");

  g_assert_true (g_str_has_prefix (uri, "mailto:ad%26min@b.lit?subject="));
  g_assert_cmpstr (subject, ==, letter->subject);
  g_assert_null (strstr (text, "b.lit"));
}

/* What others may have to fix, too, is told if there is nothing else; and what is in order is
 * not. */
static void
test_reader (void)
{
  static const struct
  {
    const char *report;
    gboolean has_reader;
  } rows[] = {
    { "relay-problems", TRUE }, { "no-services", TRUE }, { "server-silent", TRUE },
    { "several", TRUE }, { "dns-silent", FALSE }, { "no-nat", FALSE }, { "offline", FALSE }, { "relay", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneReport) report = read_report (rows[i].report, FALSE);

      g_test_message ("%s", rows[i].report);
      g_assert_true (sidetone_letter_has_reader (report) == rows[i].has_reader);
    }
}

/* What a walkthrough excluded, the administrator need not ask for once more. */
static void
test_walkthrough (void)
{
  g_autoptr (SidetoneReport) report = read_report ("not-xmpp", FALSE);
  g_autoptr (SidetoneReport) redacted = sidetone_report_new_redacted (report);
  g_autoptr (SidetoneReport) solved = read_report ("relay", FALSE);
  const SidetoneReply replies[] = {
    { SIDETONE_REPLY_CHECKED, sidetone_report_get_diagnosis (report) },
    { SIDETONE_REPLY_CHECKED, sidetone_report_get_diagnosis (solved) },
  };
  g_autoptr (SidetoneWalkthrough) begun = sidetone_walkthrough_new (replies, 1);
  g_autoptr (SidetoneWalkthrough) ended = sidetone_walkthrough_new (replies, 2);
  const char *excluded = "\nWhat more checks excluded:\n"
                         "- CON-09: Not a web server at the port that your server names for XMPP. "
                         "It was gone after the login.\n";
  const SidetoneWalkthrough *rows[] = { NULL, begun, ended };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneLetter) letter =
        sidetone_letter_new (redacted, SIDETONE_READER_ADMINISTRATOR, NULL, rows[i]);

      g_assert_true ((strstr (letter->message, excluded) != NULL) == (rows[i] == ended));
      g_assert_true ((strstr (letter->message, "excluded") != NULL) == (rows[i] == ended));
    }
}

/* A letter that is too long even without the report */
static void
test_long (void)
{
  g_autofree char *message = g_strnfill (MAX_URI, 'm');
  SidetoneLetter letter = { (char *) "Calls: ÄÖÜ & 100 % = ?", message, (char *) "Report\n" };
  g_autofree char *left_out = NULL;
  g_autofree char *uri = sidetone_letter_to_uri (&letter, &left_out);
  g_autofree char *subject = read_field (uri, "subject");

  assert_escaped (uri);
  g_assert_cmpuint (strlen (uri), <=, MAX_URI);
  g_assert_cmpstr (subject, ==, letter.subject);
  g_assert_true (g_str_has_prefix (left_out, message));
  g_assert_true (g_str_has_suffix (left_out, "Report\n"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/letter/administrator", test_administrator);
  g_test_add_func ("/letter/cause", test_cause);
  g_test_add_func ("/letter/helper", test_helper);
  g_test_add_func ("/letter/private", test_private);
  g_test_add_func ("/letter/uri", test_uri);
  g_test_add_func ("/letter/long", test_long);
  g_test_add_func ("/letter/recipient", test_recipient);
  g_test_add_func ("/letter/recipients-uri", test_recipients_uri);
  g_test_add_func ("/letter/reader", test_reader);
  g_test_add_func ("/letter/walkthrough", test_walkthrough);

  return g_test_run ();
}
