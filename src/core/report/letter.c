/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "report/letter.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/text.h"
#include "judge/verdict.h"
#include "words/describe.h"

/* A report as an e-mail: its words, and its mailto URI (RFC 6068). */

/* Some mail programs, above all those on the web, cut off or refuse a longer URI. */
#define MAX_URI 8000

/* Sidetone's words speak to the person who checked: they are quoted as such. */
static void
append_finding (GString         *text,
                SidetoneFinding *finding)
{
  g_autofree char *title = sidetone_describe_finding_title (finding);
  g_autofree char *explanation = sidetone_describe_finding_explanation (finding);
  g_autofree char *advice = sidetone_describe_finding_advice (finding);

  g_string_append_printf (text, "\n%s: %s\n%s\n%s\n", sidetone_finding_get_code (finding), title,
                          explanation, advice);
}

static gboolean
is_for_administrator (const SidetoneDiagnosis *diagnosis,
                      SidetoneFinding         *finding)
{
  return sidetone_finding_get_owner (finding) == SIDETONE_OWNER_ADMINISTRATOR &&
         (finding == sidetone_diagnosis_get_verdict (diagnosis)->cause ||
          sidetone_verdict_is_trouble (finding));
}

/* The verdict's cause is the first finding. */
static void
append_findings (GString                 *text,
                 const SidetoneDiagnosis *diagnosis)
{
  GListModel *findings = sidetone_diagnosis_get_findings (diagnosis);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (SidetoneFinding) finding = g_list_model_get_item (findings, i);

      if (is_for_administrator (diagnosis, finding))
        append_finding (text, finding);
    }
}

static char *
write_subject (const SidetoneReport *report,
               const char           *domain)
{
  g_autofree char *codes = sidetone_describe_codes (sidetone_report_get_diagnosis (report));

  /* Translators: the subject of an e-mail: %s are a server and codes such as "CALL-18 · NAT-14" */
  return domain != NULL ? g_strdup_printf (_("Calls through %s: %s"), domain, codes)
         /* Translators: the subject of an e-mail: %s are codes such as "CALL-18 · NAT-14" */
         : g_strdup_printf (_("Calls: %s"), codes);
}

static char *
write_message (const SidetoneReport *report,
               const char           *domain,
               SidetoneReader        reader)
{
  SidetoneDiagnosis *diagnosis = sidetone_report_get_diagnosis (report);
  g_autofree char *created = sidetone_describe_time (sidetone_report_get_created (report));
  GString *text = g_string_new (NULL);

  /* Translators: the beginning of an e-mail */
  g_string_append_printf (text, "%s\n\n", _("Hello,"));
  /* Translators: in an e-mail: %s are a date and time, a server, and a web page */
  g_string_append_printf (text, _("On %s, Sidetone checked how calls through %s work. It is an app "
                                  "that finds out why XMPP calls fail (%s)."),
                          created, domain != NULL ? domain : _("this server"), SIDETONE_HOMEPAGE);
  if (reader == SIDETONE_READER_ADMINISTRATOR)
    {
      /* Translators: in an e-mail to the server's administrator. What was found follows, in which
       * "you" is the person who made the check. */
      g_string_append_printf (text, "\n\n%s\n", _("It found something that the server's "
                                                  "administrator can fix, and says to the person who "
                                                  "checked:"));
      append_findings (text, diagnosis);
    }
  else
    g_string_append_c (text, '\n');

  return g_string_free (text, FALSE);
}

/**
 * sidetone_letter_new:
 * @report: a report, redacted if private details are to be left out
 * @reader: to whom to write
 *
 * Writes a letter that its sender can send as it is.
 *
 * Returns: (transfer full): the letter
 */
SidetoneLetter *
sidetone_letter_new (const SidetoneReport *report,
                     SidetoneReader        reader)
{
  SidetoneLetter *self;
  g_autofree char *domain = NULL;

  g_return_val_if_fail (report != NULL, NULL);

  if (sidetone_report_get_domain (report) != NULL)
    domain = sidetone_text_make_safe (sidetone_report_get_domain (report),
                                      SIDETONE_TEXT_MAX_CHARS);
  self = g_new0 (SidetoneLetter, 1);
  self->subject = write_subject (report, domain);
  self->message = write_message (report, domain, reader);
  self->report = sidetone_report_to_text (report);

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
  g_free (self);
}

static char *
join (const char *message,
      const char *report)
{
  /* Translators: a line of an e-mail; the report's text follows */
  return g_strdup_printf ("%s\n%s\n\n%s", message, _("The report:"), report);
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

  body = join (self->message, self->report);

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
make_uri (const char *subject,
          const char *body)
{
  g_autofree char *escaped_subject = escape (subject);
  g_autofree char *escaped_body = escape (body);

  return g_strdup_printf ("mailto:?subject=%s&body=%s", escaped_subject, escaped_body);
}

/**
 * sidetone_letter_to_uri:
 * @self: a letter
 * @left_out: (out) (nullable): what is too long for a URI and has to be pasted into the mail, %NULL
 *   if nothing is
 *
 * Makes a mailto URI without a recipient, who is not known. If the letter is too long for a mail
 * program to take, its body says where to paste the rest.
 *
 * Returns: (transfer full): the URI
 */
char *
sidetone_letter_to_uri (const SidetoneLetter *self,
                        char                **left_out)
{
  g_autofree char *whole = NULL;
  g_autofree char *part = NULL;
  g_autofree char *uri = NULL;
  /* Translators: a line of an e-mail, which its sender replaces */
  const char *here = _("[The rest was copied to the clipboard: paste it here.]");

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (left_out != NULL, NULL);

  *left_out = NULL;
  whole = join (self->message, self->report);
  uri = make_uri (self->subject, whole);
  if (strlen (uri) <= MAX_URI)
    return g_steal_pointer (&uri);

  g_free (uri);
  part = join (self->message, here);
  uri = make_uri (self->subject, part);
  *left_out = g_strdup (self->report);
  if (strlen (uri) <= MAX_URI)
    return g_steal_pointer (&uri);

  g_free (*left_out);
  *left_out = g_steal_pointer (&whole);

  return make_uri (self->subject, here);
}
