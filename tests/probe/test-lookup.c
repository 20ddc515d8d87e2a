/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "config.h"

#include "net/lookup.h"

#include "base/error.h"
#include "lib/clock.h"

/* A silent name server is told from one that fails, however the system's resolver calls it */

#define DEADLINE_MS 5000
#define NEVER G_MAXUINT

#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GResolver)

struct _TestResolver
{
  GResolver parent_instance;

  guint after_ms;
  int code;
};

G_DEFINE_FINAL_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

static gboolean
fail_cb (gpointer user_data)
{
  GTask *task = user_data;
  TestResolver *self = g_task_get_source_object (task);

  g_task_return_new_error (task, G_RESOLVER_ERROR, self->code, "As the test wants");

  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_task_return_error_if_cancelled (user_data);
}

static void
test_resolver_lookup_records_async (GResolver          *resolver,
                                    const char         *name,
                                    GResolverRecordType type,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data)
{
  TestResolver *self = TEST_RESOLVER (resolver);
  GTask *task = g_task_new (resolver, cancellable, callback, user_data);

  if (self->after_ms != NEVER)
    g_timeout_add_full (G_PRIORITY_DEFAULT, self->after_ms, fail_cb, task, g_object_unref);
  else
    g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), task, g_object_unref);
}

static GList *
test_resolver_lookup_records_finish (GResolver    *resolver,
                                     GAsyncResult *result,
                                     GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_resolver_class_init (TestResolverClass *klass)
{
  G_RESOLVER_CLASS (klass)->lookup_records_async = test_resolver_lookup_records_async;
  G_RESOLVER_CLASS (klass)->lookup_records_finish = test_resolver_lookup_records_finish;
}

static void
test_resolver_init (TestResolver *self)
{
}

static const struct
{
  const char *path;
  guint after_ms;
  int code;
  SidetoneError error;          /* 0: an answer without records */
} rows[] = {
  { "/lookup/never", NEVER, 0, SIDETONE_ERROR_DNS_NO_ANSWER },
  { "/lookup/gives-up", DEADLINE_MS - 5, G_RESOLVER_ERROR_TEMPORARY_FAILURE,
    SIDETONE_ERROR_DNS_NO_ANSWER },
  { "/lookup/fails", 100, G_RESOLVER_ERROR_TEMPORARY_FAILURE, SIDETONE_ERROR_DNS_FAILED },
  { "/lookup/broken", DEADLINE_MS - 5, G_RESOLVER_ERROR_INTERNAL, SIDETONE_ERROR_DNS_FAILED },
  { "/lookup/not-found", 100, G_RESOLVER_ERROR_NOT_FOUND, 0 },
};

static void
store_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  GAsyncResult **stored = user_data;

  *stored = g_object_ref (result);
}

static void
test_row (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autoptr (TestResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) answers = NULL;
  g_autoptr (GError) error = NULL;

  resolver->after_ms = rows[row].after_ms;
  resolver->code = rows[row].code;
  g_resolver_set_default (G_RESOLVER (resolver));
  sidetone_test_clock_start ();
  sidetone_lookup_async (SIDETONE_LOOKUP_SRV, "_xmpp-client._tcp.montague.lit", DEADLINE_MS, NULL,
                         store_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  sidetone_test_clock_stop ();

  answers = sidetone_lookup_finish (result, &error);
  if (rows[row].error != 0)
    {
      g_assert_error (error, SIDETONE_ERROR, (int) rows[row].error);
      return;
    }

  g_assert_no_error (error);
  g_assert_cmpuint (answers->len, ==, 0);
}

/* Addresses, whichever IP version they are of */
static void
test_unusable (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) answers = NULL;
  g_autoptr (GError) error = NULL;

  sidetone_lookup_async (SIDETONE_LOOKUP_UNUSABLE, "localhost", DEADLINE_MS, NULL, store_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  answers = sidetone_lookup_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (answers->len, >, 0);
  for (guint i = 0; i < answers->len; i++)
    g_assert_true (g_inet_address_get_is_loopback (answers->pdata[i]));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/lookup/unusable", test_unusable);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_test_add_data_func (rows[i].path, GUINT_TO_POINTER (i), test_row);

  return g_test_run ();
}
