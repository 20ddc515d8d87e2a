/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "xmpp/iqs.h"

#include "base/deadlines.h"
#include "base/error.h"
#include "base/secret.h"
#include "net/wait.h"
#include "wire/element.h"

/**
 * SidetoneIqs:
 *
 * IQs that have been sent and not answered (RFC 6120, section 8.2.3), by their IDs, each with a
 * deadline.
 */
struct _SidetoneIqs
{
  GHashTable *waiting;  /* ID -> Iq, which owns the key */
  guint n_asked;
  gboolean left_waiting;
};

/* One pending IQ */
typedef struct
{
  SidetoneIqs *iqs;
  GTask *task;
  char *id;
  SidetoneWait *wait;
} Iq;

static void
iq_free (gpointer data)
{
  Iq *iq = data;

  g_clear_pointer (&iq->wait, sidetone_wait_free);
  g_object_unref (iq->task);
  g_free (iq->id);
  g_free (iq);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Iq, iq_free)

static Iq *
steal (SidetoneIqs * self,
       const char *id)
{
  Iq *iq = NULL;

  g_hash_table_steal_extended (self->waiting, id, NULL, (gpointer *) &iq);

  return iq;
}

static void
over_cb (gpointer user_data)
{
  g_autoptr (Iq) iq = user_data;

  iq->iqs->left_waiting = TRUE;
  steal (iq->iqs, iq->id);
  g_task_return_error (iq->task, sidetone_wait_make_error (iq->wait, SIDETONE_ERROR_NO_ANSWER,
                                                           "No answer"));
}

/**
 * sidetone_iqs_new:
 *
 * Returns: (transfer full): an empty list
 */
SidetoneIqs *
sidetone_iqs_new (void)
{
  SidetoneIqs *self = g_new0 (SidetoneIqs, 1);

  self->waiting = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, iq_free);

  return self;
}

/**
 * sidetone_iqs_free:
 * @self: (transfer full): the list; its callbacks are not called any more
 */
void
sidetone_iqs_free (SidetoneIqs *self)
{
  g_hash_table_unref (self->waiting);
  g_free (self);
}

/**
 * sidetone_iqs_add:
 * @self: the list
 * @task: (transfer full): it returns the answering #SidetoneElement, or an error after
 *   `sidetone_deadlines.query`
 *
 * Returns: (transfer none): the ID that its answer will have
 */
const char *
sidetone_iqs_add (SidetoneIqs *self,
                  GTask       *task)
{
  Iq *iq = g_new0 (Iq, 1);

  iq->iqs = self;
  iq->task = task;
  iq->id = g_strdup_printf ("%u", ++self->n_asked);
  iq->wait = sidetone_wait_new (sidetone_deadlines.query, NULL, over_cb, iq);
  g_hash_table_insert (self->waiting, iq->id, iq);

  return iq->id;
}

/**
 * sidetone_iqs_answer:
 * @self: the list
 * @id: an IQ's ID; unknown and outdated ones are ignored
 * @stanza: the answer's text
 */
void
sidetone_iqs_answer (SidetoneIqs *self,
                     const char  *id,
                     const char  *stanza)
{
  g_autoptr (Iq) iq = steal (self, id);
  SidetoneElement *element;
  GError *error = NULL;

  if (iq == NULL)
    return;

  /* It may hold credentials */
  g_task_set_task_data (iq->task, g_strdup (stanza), (GDestroyNotify) sidetone_secret_free);
  element = sidetone_element_new_from_text (stanza, -1, &error);
  if (element != NULL)
    g_task_return_pointer (iq->task, element, (GDestroyNotify) sidetone_element_unref);
  else
    g_task_return_error (iq->task, error);
}

/**
 * sidetone_iqs_fail:
 * @self: the list
 * @error: why no answer will come
 */
void
sidetone_iqs_fail (SidetoneIqs  *self,
                   const GError *error)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->waiting);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      g_autoptr (Iq) iq = value;

      g_hash_table_iter_steal (&iter);
      g_task_return_error (iq->task, g_error_copy (error));
    }
}

/**
 * sidetone_iqs_was_left_waiting:
 * @self: the list
 *
 * Returns: whether an IQ's deadline has passed without an answer
 */
gboolean
sidetone_iqs_was_left_waiting (SidetoneIqs *self)
{
  return self->left_waiting;
}

/**
 * sidetone_iqs_dup_raw:
 * @task: a task that has returned
 *
 * Returns: (transfer full) (nullable): the answer's text, even if it could not be read
 */
char *
sidetone_iqs_dup_raw (GTask *task)
{
  return g_strdup (g_task_get_task_data (task));
}
