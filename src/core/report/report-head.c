/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "report/report-head.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/nick.h"
#include "base/text.h"

/* The head of a report (an index entry). report/report-json.c writes its members in this order, each of
 * the outer ones in lines of its own: what is wanted here ends where the way begins. */

#define END_OF_HEAD ",\n  \"way\": ["
#define MAX_DEPTH 16

static char *
dup_safe (JsonObject *object,
          const char *member)
{
  const char *text = object != NULL ? sidetone_json_get_string (object, member) : NULL;

  return text != NULL ? sidetone_text_make_safe (text, SIDETONE_TEXT_MAX_CHARS) : NULL;
}

static void
read_members (SidetoneReportHead *self,
              JsonObject         *root)
{
  JsonObject *account = sidetone_json_get_object (root, "account");
  JsonObject *external = sidetone_json_get_object (root, "external");
  JsonObject *verdict = sidetone_json_get_object (root, "verdict");
  const char *created = sidetone_json_get_string (root, "created");
  const char *state = verdict != NULL ? sidetone_json_get_string (verdict, "state") : NULL;

  self->created = created != NULL ? g_date_time_new_from_iso8601 (created, NULL) : NULL;
  self->account = dup_safe (account, "jid");
  if (self->account == NULL)
    self->account = dup_safe (account, "server");
  self->way_out = dup_safe (external, "address");
  self->state = state != NULL ? sidetone_nick_find (SIDETONE_TYPE_VERDICT_STATE, state)
                : SIDETONE_VERDICT_UNKNOWN;
  self->headline = dup_safe (sidetone_json_get_object (root, "headline"), "text");
}

/**
 * sidetone_report_head_new:
 * @text: the beginning of a report that this program wrote, at least %SIDETONE_REPORT_HEAD_BYTES of it,
 *   or all
 * @length: its length
 * @error: return location for an error
 *
 * Reads what a list shows. Fails with %SIDETONE_ERROR_NOT_A_REPORT.
 *
 * Returns: (transfer full): the head, or %NULL with @error set
 */
SidetoneReportHead *
sidetone_report_head_new (const char *text,
                          gsize       length,
                          GError    **error)
{
  g_autoptr (SidetoneReportHead) self = g_new0 (SidetoneReportHead, 1);
  g_autoptr (JsonObject) root = NULL;
  g_autofree char *head = NULL;
  const char *end = g_strstr_len (text, length, END_OF_HEAD);

  if (end != NULL)
    {
      head = g_strdup_printf ("%.*s\n}", (int) (end - text), text);
      root = sidetone_json_parse_object (head, strlen (head), SIDETONE_REPORT_HEAD_BYTES, MAX_DEPTH,
                                         NULL);
    }
  if (root != NULL)
    read_members (self, root);
  if (self->created != NULL && self->headline != NULL)
    return g_steal_pointer (&self);

  g_set_error_literal (error, SIDETONE_ERROR, SIDETONE_ERROR_NOT_A_REPORT,
                       "The head of a report is missing");

  return NULL;
}

/**
 * sidetone_report_head_free:
 * @self: (transfer full): a head
 */
void
sidetone_report_head_free (SidetoneReportHead *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->created, g_date_time_unref);
  g_free (self->account);
  g_free (self->way_out);
  g_free (self->headline);
  g_free (self);
}
