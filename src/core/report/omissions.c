/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "report/omissions-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/text.h"

/**
 * SidetoneOmissions:
 *
 * What redaction leaves out of a report, to be looked at before the report is passed on. The redaction
 * itself notes it.
 */
struct _SidetoneOmissions
{
  GHashTable *known[SIDETONE_N_OMISSIONS];  /* each once */
  GPtrArray *texts[SIDETONE_N_OMISSIONS];   /* the same, in the order of the report */
};

#define N_EXAMPLES 3
#define MAX_EXAMPLE 60

/**
 * sidetone_omissions_new:
 * @report: a report
 *
 * Redacts @report, and keeps what that leaves out.
 *
 * Returns: (transfer full): what is left out; nothing if @report is redacted already
 */
SidetoneOmissions *
sidetone_omissions_new (const SidetoneReport *report)
{
  SidetoneOmissions *self = g_new0 (SidetoneOmissions, 1);
  g_autoptr (SidetoneReport) redacted = NULL;

  for (guint i = 0; i < SIDETONE_N_OMISSIONS; i++)
    {
      self->known[i] = g_hash_table_new (g_str_hash, g_str_equal);
      self->texts[i] = g_ptr_array_new_with_free_func (g_free);
    }

  redacted = sidetone_report_redact (report, self);

  return self;
}

/**
 * sidetone_omissions_free:
 * @self: (transfer full): what is left out
 */
void
sidetone_omissions_free (SidetoneOmissions *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < SIDETONE_N_OMISSIONS; i++)
    {
      g_hash_table_unref (self->known[i]);
      g_ptr_array_unref (self->texts[i]);
    }
  g_free (self);
}

/**
 * sidetone_omissions_note:
 * @self: (nullable): where to keep it
 * @kind: what it is
 * @text: what is left out
 *
 * Keeps @text, if it is not known yet.
 */
void
sidetone_omissions_note (SidetoneOmissions   *self,
                         SidetoneOmissionKind kind,
                         const char          *text)
{
  char *copy;

  if (self == NULL || g_hash_table_contains (self->known[kind], text))
    return;

  copy = g_strdup (text);
  g_hash_table_add (self->known[kind], copy);
  g_ptr_array_add (self->texts[kind], copy);
}

/**
 * sidetone_omissions_get_n:
 * @self: what is left out
 * @kind: a kind of it
 *
 * Returns: how many different ones there are
 */
guint
sidetone_omissions_get_n (const SidetoneOmissions *self,
                          SidetoneOmissionKind     kind)
{
  g_return_val_if_fail (self != NULL && kind < SIDETONE_N_OMISSIONS, 0);

  return self->texts[kind]->len;
}

static char *
describe_number (SidetoneOmissionKind kind,
                 guint                n)
{
  switch (kind)
    {
    case SIDETONE_OMISSION_ACCOUNT:
    case SIDETONE_N_OMISSIONS:
      break;

    case SIDETONE_OMISSION_ADDRESS:
      /* Translators: IP addresses; a report names them by numbers instead */
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u address, replaced by a number",
                                           "%u addresses, replaced by numbers", n), n);

    case SIDETONE_OMISSION_NAME:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u name of a person",
                                           "%u names of people", n), n);

    case SIDETONE_OMISSION_TEXT:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u text from a server",
                                           "%u texts from servers", n), n);
    }

  return g_strdup (_("Your account"));
}

/**
 * sidetone_omissions_describe:
 * @self: what is left out
 * @kind: a kind of it, of which there is something
 * @examples: (out): the first of them, a line each; safe to show
 *
 * Returns: (transfer full): what and how many they are, such as "3 addresses, replaced by numbers"
 */
char *
sidetone_omissions_describe (const SidetoneOmissions *self,
                             SidetoneOmissionKind     kind,
                             char                   **examples)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  const GPtrArray *texts;

  g_return_val_if_fail (self != NULL && kind < SIDETONE_N_OMISSIONS, NULL);

  texts = self->texts[kind];
  for (guint i = 0; i < MIN (texts->len, N_EXAMPLES); i++)
    {
      g_autofree char *safe = sidetone_text_make_safe (texts->pdata[i], MAX_EXAMPLE);

      g_string_append_printf (lines, "%s%s", i > 0 ? "\n" : "", safe);
    }
  if (texts->len > N_EXAMPLES)
    g_string_append (lines, "\n…");
  *examples = g_string_free (g_steal_pointer (&lines), FALSE);

  return describe_number (kind, texts->len);
}
