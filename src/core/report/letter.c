/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "report/letter.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/text.h"
#include "judge/evidence.h"
#include "judge/remedy.h"
#include "judge/verdict.h"
#include "seen/disco.h"
#include "words/describe.h"

/* A report as an e-mail: its words, and its mailto URI (RFC 6068). For the administrator it says
 * what was seen and when, what to change, and the settings for that. */

/* Some mail programs, above all those on the web, cut off or refuse a longer URI. */
#define MAX_URI 8000

/* More would hide what is to be changed, and are in the report. */
#define MAX_EVIDENCE 6

#define INDENT "    "

/* How to read settings: a note, and the text in a line of them that calls for it */
static const struct
{
  const char *about;
  const char *words;
} notes[] = {
  { "", N_("In the settings, words in capital letters stand for values of yours.") },
  { "RELAY", N_("RELAY is the relay's public name.") },
  {
    "SECRET",
    N_("SECRET is a password of your choice, the same in the XMPP server and in the relay."),
  },
  { "{ \"", N_("Lists in braces are to be added to those that are there.") },
  {
    "  - ",
    N_("Lists with dashes are to be added to those that are there, in place of what is wrong in them."),
  },
  { "#", N_("Lines that begin with a # are to be removed.") },
};

/* What the letter is made of, for the administrator */
typedef struct
{
  GString *text;
  const SidetoneReport *report;
  SidetoneDiagnosis *diagnosis;
  GHashTable *settings;   /* those that are in the text */
  gboolean has_note[G_N_ELEMENTS (notes)];
} Writing;

static gboolean
has_rival_for_administrator (SidetoneFinding *finding)
{
  const SidetoneRival *const *rivals = sidetone_finding_get_rivals (finding);

  for (guint i = 0; rivals[i] != NULL; i++)
    {
      if (rivals[i]->owner == SIDETONE_OWNER_ADMINISTRATOR)
        return TRUE;
    }

  return FALSE;
}

/* That a NAT needs a relay is no fault; what the relay lacks has a finding of its own. */
static gboolean
is_fine (const SidetoneDiagnosis *diagnosis,
         SidetoneFinding         *finding)
{
  return sidetone_finding_get_rule (finding)->remedy == sidetone_remedy_fix_relay &&
         finding != sidetone_diagnosis_get_verdict (diagnosis)->cause &&
         !sidetone_verdict_is_trouble (finding);
}

/* The verdict's cause is the first finding. Where others may have to fix it, too, is only of
 * interest if there is nothing else. */
static GPtrArray *
collect_findings (const SidetoneDiagnosis *diagnosis)
{
  GListModel *findings = sidetone_diagnosis_get_findings (diagnosis);
  GPtrArray *own = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (SidetoneFinding) finding = g_list_model_get_item (findings, i);

      if (sidetone_finding_get_rule (finding)->remedy == NULL || is_fine (diagnosis, finding))
        continue;
      if (sidetone_finding_get_owner (finding) == SIDETONE_OWNER_ADMINISTRATOR)
        g_ptr_array_add (own, g_steal_pointer (&finding));
      else if (has_rival_for_administrator (finding))
        g_ptr_array_add (others, g_steal_pointer (&finding));
    }

  if (own->len == 0)
    g_ptr_array_extend_and_steal (own, g_steal_pointer (&others));

  return own;
}

static SidetoneObservation *
find_observation (const SidetoneReport *report,
                  const char           *id)
{
  GListModel *observations = sidetone_report_get_observations (report);

  for (guint i = 0; i < g_list_model_get_n_items (observations); i++)
    {
      /* The report keeps it. */
      g_autoptr (SidetoneObservation) observation = g_list_model_get_item (observations, i);

      if (g_strcmp0 (sidetone_observation_get_id (observation), id) == 0)
        return observation;
    }

  return NULL;
}

/* With its time, by which it can be found in the server's log */
static void
append_observation (Writing             *writing,
                    SidetoneObservation *observation)
{
  g_autoptr (GDateTime) time =
    g_date_time_add (sidetone_report_get_created (writing->report),
                     sidetone_observation_get_start_us (observation));
  g_autofree char *when = time != NULL ? sidetone_describe_time (time) : g_strdup ("");
  g_autofree char *title = sidetone_describe_observation_title (observation);
  g_autofree char *summary = sidetone_describe_observation_summary (observation);

  g_string_append_printf (writing->text, "- %s  %s%s%s\n", when, title,
                          *summary != '\0' ? ": " : "", summary);
}

static void
append_evidence (Writing         *writing,
                 SidetoneFinding *finding)
{
  const char *const *ids = sidetone_finding_get_evidence (finding);
  guint n = 0;

  for (guint i = 0; ids[i] != NULL && n < MAX_EVIDENCE; i++)
    {
      SidetoneObservation *observation = find_observation (writing->report, ids[i]);

      if (observation == NULL)
        continue;
      if (n++ == 0)
        /* Translators: in an e-mail; a list with dates and times follows */
        g_string_append_printf (writing->text, "\n%s\n", _("What was seen:"));
      append_observation (writing, observation);
    }
}

static void
append_setting (Writing                    *writing,
                const SidetoneSettingWords *setting)
{
  g_auto (GStrv) lines = NULL;

  if (!g_hash_table_add (writing->settings, g_strconcat (setting->title, setting->text, NULL)))
    {
      g_string_append_c (writing->text, '\n');
      /* Translators: in an e-mail: %s is a program and its file, whose settings were written
       * above */
      g_string_append_printf (writing->text, _("%s: as above"), setting->title);
      g_string_append_c (writing->text, '\n');
      return;
    }

  lines = g_strsplit (setting->text, "\n", -1);
  g_string_append_printf (writing->text, "\n%s\n\n", setting->title);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (*lines[i] != '\0')
        g_string_append_printf (writing->text, INDENT "%s\n", lines[i]);
      for (guint j = 0; j < G_N_ELEMENTS (notes); j++)
        writing->has_note[j] = writing->has_note[j] || strstr (lines[i], notes[j].about) != NULL;
    }
}

static void
append_finding (Writing         *writing,
                SidetoneFinding *finding)
{
  g_autofree char *title = sidetone_describe_finding_title (finding);
  g_autofree char *explanation = sidetone_describe_finding_explanation (finding);
  g_autofree char *requirement = sidetone_describe_requirement (finding);
  g_autoptr (GPtrArray) settings = sidetone_describe_settings (finding, writing->diagnosis);

  g_string_append_printf (writing->text, "\n%s: %s\n%s\n", sidetone_finding_get_code (finding),
                          title, explanation);
  append_evidence (writing, finding);
  /* Translators: in an e-mail to the server's administrator; a sentence and settings follow */
  g_string_append_printf (writing->text, "\n%s\n%s\n", _("What to change:"), requirement);
  for (guint i = 0; i < settings->len; i++)
    append_setting (writing, settings->pdata[i]);
}

static void
append_programs (Writing *writing)
{
  g_autofree char *server = sidetone_describe_server_program (writing->diagnosis);
  g_autofree char *relay = sidetone_describe_relay_program (writing->diagnosis, NULL);

  if (server != NULL || relay != NULL)
    g_string_append_c (writing->text, '\n');
  if (server != NULL)
    {
      /* Translators: in an e-mail: %s is a program and its version */
      g_string_append_printf (writing->text, _("The XMPP server says that it is %s."), server);
      g_string_append_c (writing->text, '\n');
    }
  if (relay != NULL)
    {
      /* Translators: in an e-mail: %s is a program and its version */
      g_string_append_printf (writing->text, _("The call server says that it is %s."), relay);
      g_string_append_c (writing->text, '\n');
    }
}

static void
insert_notes (const Writing *writing,
              gsize          position)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    {
      if (writing->has_note[i])
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "\n", _(notes[i].words));
    }
  if (text->len > 0)
    g_string_append_c (text, '\n');

  g_string_insert (writing->text, position, text->str);
}

/* So that its reader does not ask for the same once more */
static void
append_exclusions (GString                   *text,
                   const SidetoneWalkthrough *walkthrough)
{
  g_autoptr (GPtrArray) lines = sidetone_describe_exclusions (walkthrough);

  if (lines->len == 0)
    return;

  /* Translators: in an e-mail to the server's administrator; a list follows, with lines such as
   * "CALL-14: Not a firewall in this network. It was the same on another network." */
  g_string_append_printf (text, "\n%s\n", _("What more checks excluded:"));
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (text, "- %s\n", (const char *) lines->pdata[i]);
}

static void
append_for_administrator (GString                   *text,
                          const SidetoneReport      *report,
                          const SidetoneWalkthrough *walkthrough)
{
  SidetoneDiagnosis *diagnosis = sidetone_report_get_diagnosis (report);
  g_autoptr (GHashTable) settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) findings = collect_findings (diagnosis);
  Writing writing = { text, report, diagnosis, settings };
  gsize start;

  /* Translators: in an e-mail to the server's administrator; what was found follows */
  g_string_append_printf (text, "\n\n%s\n",
                          _("Sidetone found what follows. “You” means the person who made the check."));
  append_programs (&writing);
  start = text->len;
  for (guint i = 0; i < findings->len; i++)
    append_finding (&writing, findings->pdata[i]);
  insert_notes (&writing, start);
  if (walkthrough != NULL)
    append_exclusions (text, walkthrough);
}

/**
 * sidetone_letter_has_reader:
 * @report: a report
 *
 * Returns: whether there is something in it that the server's administrator may have to fix
 */
gboolean
sidetone_letter_has_reader (const SidetoneReport *report)
{
  g_autoptr (GPtrArray) findings = NULL;

  g_return_val_if_fail (report != NULL, FALSE);

  findings = collect_findings (sidetone_report_get_diagnosis (report));

  return findings->len > 0;
}

/**
 * sidetone_letter_find_recipient:
 * @report: a report
 *
 * Returns: (transfer full) (nullable): where the server's administrator is reached, as the
 *   server says (XEP-0157); %NULL if it does not, and in a redacted report
 */
SidetoneContact *
sidetone_letter_find_recipient (const SidetoneReport *report)
{
  const SidetoneEvidence *evidence;
  SidetoneObservation *disco;

  g_return_val_if_fail (report != NULL, NULL);

  evidence = sidetone_diagnosis_get_evidence (sidetone_report_get_diagnosis (report));
  disco = sidetone_evidence_get_last (evidence, SIDETONE_OBSERVATION_DISCO);

  return disco != NULL ? sidetone_disco_dup_contact (disco) : NULL;
}

/* Of what the administrator can fix, or of all */
static char *
join_codes (const SidetoneReport *report,
            SidetoneReader        reader)
{
  SidetoneDiagnosis *diagnosis = sidetone_report_get_diagnosis (report);
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GPtrArray) codes = NULL;

  if (reader != SIDETONE_READER_ADMINISTRATOR)
    return sidetone_describe_codes (diagnosis);

  findings = collect_findings (diagnosis);
  codes = g_ptr_array_new ();
  for (guint i = 0; i < findings->len; i++)
    g_ptr_array_add (codes, (gpointer) sidetone_finding_get_code (findings->pdata[i]));
  g_ptr_array_add (codes, NULL);

  return g_strjoinv (" · ", (char **) codes->pdata);
}

static char *
write_subject (const SidetoneReport *report,
               const char           *domain,
               SidetoneReader        reader)
{
  g_autofree char *codes = join_codes (report, reader);

  /* Translators: the subject of an e-mail: %s are a server and codes such as "CALL-18 · NAT-14" */
  return domain != NULL ? g_strdup_printf (_("Calls through %s: %s"), domain, codes)
         /* Translators: the subject of an e-mail: %s are codes such as "CALL-18 · NAT-14" */
         : g_strdup_printf (_("Calls: %s"), codes);
}

static char *
write_message (const SidetoneReport      *report,
               const char                *domain,
               SidetoneReader             reader,
               const SidetoneWalkthrough *walkthrough)
{
  g_autofree char *created = sidetone_describe_time (sidetone_report_get_created (report));
  GString *text = g_string_new (NULL);

  /* Translators: the beginning of an e-mail */
  g_string_append_printf (text, "%s\n\n", _("Hello,"));
  /* Translators: in an e-mail: %s are a date and time, a server, and a web page */
  g_string_append_printf (text, _("On %s, Sidetone checked how calls through %s work. It is an app "
                                  "that finds out why XMPP calls fail (%s)."),
                          created, domain != NULL ? domain : _("this server"), SIDETONE_HOMEPAGE);
  if (reader == SIDETONE_READER_ADMINISTRATOR)
    append_for_administrator (text, report, walkthrough);
  else
    g_string_append_c (text, '\n');

  return g_string_free (text, FALSE);
}

/**
 * sidetone_letter_new:
 * @report: a report, redacted if private details are to be left out
 * @reader: to whom to write
 * @recipient: (nullable) (transfer full): where the reader is reached, if that is known
 * @walkthrough: (nullable): a walkthrough that follows the findings of @report, at its end
 *
 * Writes a letter that its sender can send as it is. Its block is left to others, who can pack it.
 *
 * Returns: (transfer full): the letter
 */
SidetoneLetter *
sidetone_letter_new (const SidetoneReport      *report,
                     SidetoneReader             reader,
                     SidetoneContact           *recipient,
                     const SidetoneWalkthrough *walkthrough)
{
  SidetoneLetter *self;
  g_autofree char *domain = NULL;

  g_return_val_if_fail (report != NULL, NULL);

  if (sidetone_report_get_domain (report) != NULL)
    domain = sidetone_text_make_safe (sidetone_report_get_domain (report),
                                      SIDETONE_TEXT_MAX_CHARS);
  self = g_new0 (SidetoneLetter, 1);
  self->subject = write_subject (report, domain, reader);
  self->message = write_message (report, domain, reader, walkthrough);
  self->report = sidetone_report_to_text (report);
  self->recipient = recipient;

  return self;
}

/**
 * sidetone_letter_free:
 * @self: (transfer full): a letter
 *
 * Frees @self.
 */
void
sidetone_letter_free (SidetoneLetter *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->subject);
  g_free (self->message);
  g_free (self->report);
  g_clear_pointer (&self->recipient, sidetone_contact_free);
  g_free (self->block);
  g_free (self);
}

static char *
join (const char *message,
      const char *report,
      const char *block)
{
  /* Translators: a line of an e-mail; the report's text follows */
  return g_strdup_printf ("%s\n%s\n\n%s%s", message, _("The report:"), report,
                          block != NULL ? block : "");
}

/**
 * sidetone_letter_to_text:
 * @self: a letter
 *
 * Returns: (transfer full): all of it, with its subject first: to be pasted into a mail program
 */
char *
sidetone_letter_to_text (const SidetoneLetter *self)
{
  g_autofree char *body = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  body = join (self->message, self->report, self->block);

  return g_strdup_printf ("%s\n\n%s", self->subject, body);
}

/* Lines end with CR and LF (RFC 6068, section 5). */
static char *
escape (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *joined = g_strjoinv ("\r\n", lines);

  return g_uri_escape_string (joined, NULL, FALSE);
}

static char *
make_uri (const SidetoneLetter *self,
          const char           *body)
{
  g_autofree char *escaped_subject = escape (self->subject);
  g_autofree char *escaped_body = escape (body);
  gboolean is_mail = self->recipient != NULL && self->recipient->kind == SIDETONE_CONTACT_MAIL;

  return g_strdup_printf ("%s?subject=%s&body=%s", is_mail ? self->recipient->uri : "mailto:",
                          escaped_subject, escaped_body);
}

/**
 * sidetone_letter_to_uri:
 * @self: a letter
 * @left_out: (out) (nullable): what is too long for a URI and has to be pasted into the mail, %NULL
 *   if nothing is
 *
 * Makes a mailto URI, without a recipient if no e-mail address is known. If the letter is too
 * long for a mail program to take, it has no block; and if that is not enough, its body says where to
 * paste the rest, block included.
 *
 * Returns: (transfer full): the URI
 */
char *
sidetone_letter_to_uri (const SidetoneLetter *self,
                        char                **left_out)
{
  g_autofree char *part = NULL;
  g_autofree char *uri = NULL;
  /* Translators: a line of an e-mail, which its sender replaces */
  const char *here = _("[The rest was copied to the clipboard: paste it here.]");

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (left_out != NULL, NULL);

  *left_out = NULL;
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *body = join (self->message, self->report, i == 0 ? self->block : NULL);

      g_free (uri);
      uri = make_uri (self, body);
      if (strlen (uri) <= MAX_URI)
        return g_steal_pointer (&uri);
    }

  g_free (uri);
  part = join (self->message, here, NULL);
  uri = make_uri (self, part);
  *left_out = g_strconcat (self->report, self->block, NULL);
  if (strlen (uri) <= MAX_URI)
    return g_steal_pointer (&uri);

  g_free (*left_out);
  *left_out = join (self->message, self->report, self->block);

  return make_uri (self, here);
}
