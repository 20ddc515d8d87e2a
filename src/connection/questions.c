/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-connection"

#include "config.h"

#include "questions.h"

#include <string.h>

/* Pending IQ stanzas, with random IDs (RFC 6120, section 8.2.3). */

/* The parent asks three or four. */
#define MAX_PENDING 64

/* A question, sent or about to be */
typedef struct
{
  char *id;                     /* the parent's ID of it */
  char *to;                     /* NULL: our own server, on behalf of the account */
} Question;

struct _SidetoneQuestions
{
  GHashTable *pending;          /* the ID on the wire -> Question */
  GString *unsent;
};

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->id);
  g_free (question->to);
  g_free (question);
}

static gboolean
jid_equal (const char *a,
           const char *b)
{
  return a != NULL && b != NULL && g_ascii_strcasecmp (a, b) == 0;
}

/* IDs can't be guessed, but the server may be made to pass on another entity's answer: the sender
 * is checked, too (RFC 6120, section 8.1.2.1). */
static gboolean
may_answer (const Question *question,
            const char     *from,
            const char     *jid)
{
  g_autofree char *bare = g_strndup (jid, strcspn (jid, "/"));
  const char *at = strchr (bare, '@');

  return from == NULL || jid_equal (from, question->to) || jid_equal (from, bare) ||
         jid_equal (from, jid) || (question->to == NULL && at != NULL && jid_equal (from, at + 1));
}

/**
 * sidetone_questions_new:
 *
 * Returns: (transfer full): an empty list of questions
 */
SidetoneQuestions *
sidetone_questions_new (void)
{
  SidetoneQuestions *self = g_new0 (SidetoneQuestions, 1);

  self->pending = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, question_free);
  self->unsent = g_string_new (NULL);
  return self;
}

/**
 * sidetone_questions_free:
 * @self: (transfer full): questions
 *
 * Frees @self. The process keeps its questions to its end; tests have many.
 */
void
sidetone_questions_free (SidetoneQuestions *self)
{
  g_hash_table_unref (self->pending);
  g_string_free (self->unsent, TRUE);
  g_free (self);
}

/**
 * sidetone_questions_take_line:
 * @self: questions
 * @line: `ID TO PAYLOAD`; TO is `-` for none
 *
 * Writes the question as a stanza, to be sent later. On the wire it gets a random ID, which can't
 * be guessed.
 *
 * Returns: (transfer none) (nullable): @line's fault, or %NULL
 */
const char *
sidetone_questions_take_line (SidetoneQuestions *self,
                              const char        *line)
{
  g_auto (GStrv) parts = g_strsplit (line, " ", 3);
  g_autofree char *wire_id = NULL;
  Question *question;

  if (g_strv_length (parts) != 3 || *parts[0] == '\0' || *parts[1] == '\0' || *parts[2] != '<')
    return "a question is an id, an address or -, and an element";
  if (g_hash_table_size (self->pending) == MAX_PENDING)
    return "too many questions at once";

  question = g_new0 (Question, 1);
  question->id = g_strdup (parts[0]);
  if (!g_str_equal (parts[1], "-"))
    question->to = g_strdup (parts[1]);

  wire_id = g_uuid_string_random ();
  g_string_append_printf (self->unsent, "<iq type='get' id='%s'", wire_id);
  if (question->to != NULL)
    {
      g_autofree char *to = g_markup_escape_text (question->to, -1);

      g_string_append_printf (self->unsent, " to='%s'", to);
    }
  g_string_append_printf (self->unsent, ">%s</iq>", parts[2]);

  g_hash_table_insert (self->pending, g_steal_pointer (&wire_id), question);
  return NULL;
}

/**
 * sidetone_questions_take_unsent:
 * @self: questions
 *
 * Returns: (transfer full) (nullable): all unsent stanzas as one text, so that they leave together;
 *   %NULL if there are none
 */
GString *
sidetone_questions_take_unsent (SidetoneQuestions *self)
{
  GString *unsent = self->unsent;

  if (unsent->len == 0)
    return NULL;
  self->unsent = g_string_new (NULL);
  return unsent;
}

/**
 * sidetone_questions_match:
 * @self: questions
 * @answer: an `iq`
 * @jid: our full JID, as the server assigned it
 *
 * Finds the question that @answer belongs to, and forgets it. An answer from an entity that was not
 * asked belongs to none.
 *
 * Returns: (transfer full) (nullable): the parent's ID of the question, or %NULL
 */
char *
sidetone_questions_match (SidetoneQuestions *self,
                          xmpp_stanza_t     *answer,
                          const char        *jid)
{
  const char *wire_id = xmpp_stanza_get_id (answer);
  Question *question;
  char *id;

  question = wire_id != NULL ? g_hash_table_lookup (self->pending, wire_id) : NULL;
  if (question == NULL || !may_answer (question, xmpp_stanza_get_from (answer), jid))
    return NULL;

  id = g_steal_pointer (&question->id);
  g_hash_table_remove (self->pending, wire_id);
  return id;
}
