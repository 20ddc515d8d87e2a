/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "calls.h"

#include "base/deadlines.h"
#include "base/error.h"

#include <string.h>

/* Sets the address of the XMPP server, which announces the services */
void
sidetone_test_calls_set_server (SidetoneTestCalls *self,
                                const char        *address)
{
  g_autoptr (SidetoneEndpoint) server = sidetone_endpoint_new_from_string (
    address, 5222, SIDETONE_TRANSPORT_TCP, NULL);

  sidetone_budget_set_server (sidetone_context_get_budget (self->context), server);
}

void
sidetone_test_calls_init (SidetoneTestCalls *self)
{
  g_autoptr (SidetoneAccount) account = NULL;

  account = sidetone_account_new ("romeo@montague.lit", NULL, SIDETONE_SECURITY_AUTO, NULL, NULL,
                                  NULL);
  memset (self, 0, sizeof *self);
  self->context = sidetone_context_new (account, "unused");
  /* On this computer, as the call servers are */
  sidetone_test_calls_set_server (self, "127.0.0.1");
  self->cancellable = g_cancellable_new ();
  self->services = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_service_unref);
}

/* Whatever happens, no observation contains our credentials. */
static void
assert_discreet (SidetoneObservation *observation)
{
  const GError *error = sidetone_observation_get_error (observation);
  g_autoptr (GVariant) all = sidetone_observation_dup_details (observation);
  g_autofree char *details = g_variant_print (all, FALSE);
  const char *texts[] = { details, error != NULL ? error->message : "" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_null (strstr (texts[i], SIDETONE_TEST_RELAY_USERNAME));
      g_assert_null (strstr (texts[i], SIDETONE_TEST_RELAY_PASSWORD));
      g_assert_null (strstr (texts[i], "nonce-"));
    }
  /* A cancel is not reported */
  g_assert_false (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
}

void
sidetone_test_calls_clear (SidetoneTestCalls *self)
{
  GListModel *observations = sidetone_context_get_observations (self->context);

  for (guint i = 0; i < g_list_model_get_n_items (observations); i++)
    {
      g_autoptr (SidetoneObservation) observation = g_list_model_get_item (observations, i);

      assert_discreet (observation);
    }

  /* Abandoned calls end in a later turn of the main loop */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_ptr_array_unref (self->services);
  g_assert_finalize_object (self->context);
  g_object_unref (self->cancellable);
}

/* In an observation's form, with credentials if it says so */
void
sidetone_test_calls_announce (SidetoneTestCalls *self,
                              const char        *text,
                              const char        *password)
{
  g_autoptr (SidetoneService) service = sidetone_service_new_from_text (text);
  gboolean has_credentials;

  g_assert_nonnull (service);
  has_credentials = sidetone_service_has_credentials (service);
  g_ptr_array_add (self->services, sidetone_service_new (&(SidetoneServiceFields) {
    .kind = sidetone_service_get_kind (service),
    .transport = sidetone_service_get_transport (service),
    .host = sidetone_service_get_host (service),
    .port = sidetone_service_get_port (service),
    .username = has_credentials ? SIDETONE_TEST_RELAY_USERNAME : NULL,
    .password = has_credentials ? password : NULL,
  }));
}

void
sidetone_test_calls_announce_relay (SidetoneTestCalls *self,
                                    const char        *kind,
                                    SidetoneTestRelay *relay)
{
  g_autofree char *text = g_strdup_printf ("%s udp " SIDETONE_TEST_HOST " %u%s", kind,
                                           sidetone_test_relay_get_port (relay),
                                           g_str_equal (kind, "turn") ? " credentials" : "");

  sidetone_test_calls_announce (self, text, SIDETONE_TEST_RELAY_PASSWORD);
}

/* Several addresses are separated by spaces, and there may be none */
void
sidetone_test_calls_place (SidetoneTestCalls *self,
                           const char        *host,
                           const char        *address)
{
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) words = g_strsplit (address, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] != '\0')
        g_ptr_array_add (addresses, g_inet_address_new_from_string (words[i]));
    }
  sidetone_context_set_addresses (self->context, host, addresses);
}

static void
run_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  SidetoneTestCalls *self = user_data;

  self->completed = sidetone_probe_run_finish (SIDETONE_PROBE (source), result, NULL);
  self->took_ms = (g_get_monotonic_time () - self->start) / 1000;
  self->returned = TRUE;
}

/* Takes @probe */
void
sidetone_test_calls_start (SidetoneTestCalls *self,
                           SidetoneProbe     *probe)
{
  g_assert_false (sidetone_probe_is_ready (probe, self->context));
  sidetone_context_set_services (self->context, self->services);
  self->start = g_get_monotonic_time ();
  sidetone_probe_run_async (probe, self->context, self->cancellable, run_cb, self);
  g_object_unref (probe);
}

void
sidetone_test_calls_wait (SidetoneTestCalls *self)
{
  while (!self->returned)
    g_main_context_iteration (NULL, TRUE);
}

/* All services are on this computer. Takes @probe */
void
sidetone_test_calls_run (SidetoneTestCalls *self,
                         SidetoneProbe     *probe)
{
  sidetone_test_calls_place (self, SIDETONE_TEST_HOST, "127.0.0.1");
  sidetone_test_calls_start (self, probe);
  sidetone_test_calls_wait (self);
  g_assert_true (self->completed);
}

guint
sidetone_test_calls_count (SidetoneTestCalls *self)
{
  return g_list_model_get_n_items (sidetone_context_get_observations (self->context));
}

SidetoneObservation *
sidetone_test_calls_find (SidetoneTestCalls *self,
                          const char        *id)
{
  GListModel *observations = sidetone_context_get_observations (self->context);

  for (guint i = 0; i < g_list_model_get_n_items (observations); i++)
    {
      g_autoptr (SidetoneObservation) observation = g_list_model_get_item (observations, i);

      /* The list owns it */
      if (g_str_equal (sidetone_observation_get_id (observation), id))
        return observation;
    }

  return NULL;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* All observations, by ID and result, in alphabetical order: "echo-1 passed, relay-1 passed,
 * relay-2 turn-quota, relay-3 skipped dtls" */
void
sidetone_test_calls_assert (SidetoneTestCalls *self,
                            const char        *expected)
{
  GListModel *observations = sidetone_context_get_observations (self->context);
  g_autoptr (GEnumClass) class = g_type_class_ref (SIDETONE_TYPE_STATE);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (observations); i++)
    {
      g_autoptr (SidetoneObservation) observation = g_list_model_get_item (observations, i);
      SidetoneState state = sidetone_observation_get_state (observation);
      const GError *error = sidetone_observation_get_error (observation);
      g_autoptr (GVariant) detail = sidetone_observation_dup_detail (observation, "reason");
      const char *reason = detail != NULL ? g_variant_get_string (detail, NULL) : NULL;

      g_assert_cmpint (state == SIDETONE_STATE_FAILED, ==, error != NULL);
      g_assert_cmpint (state == SIDETONE_STATE_SKIPPED, ==, reason != NULL);
      g_ptr_array_add (words, g_strdup_printf (
                         "%s %s%s%s", sidetone_observation_get_id (observation),
                         error != NULL ? sidetone_error_to_code (error->code)
                         : g_enum_get_value (class, state)->value_nick,
                         reason != NULL ? " " : "", reason != NULL ? reason : ""));
    }
  g_ptr_array_sort (words, compare);
  g_ptr_array_add (words, NULL);
  text = g_strjoinv (", ", (char **) words->pdata);

  g_assert_cmpstr (text, ==, expected);
}

/**
 * sidetone_test_calls_cancel:
 * @kind: of the announced service
 * @create: makes a probe that begins with STUN's Binding
 *
 * Cancels a probe before it begins, during a host's lookup, and while a server is silent: it returns at
 * once and leaves no observation.
 */
void
sidetone_test_calls_cancel (const char *kind,
                            SidetoneProbe *(*create)(void))
{
  const SidetoneTestRelayScript script = {
    .method = SIDETONE_TEST_RELAY_BINDING, .fault = SIDETONE_TEST_RELAY_SILENT,
  };

  for (guint state = 0; state < 3; state++)
    {
      g_autoptr (SidetoneTestRelay) server = sidetone_test_relay_new (&script);
      SidetoneTestCalls calls;

      sidetone_test_calls_init (&calls);
      sidetone_test_calls_announce_relay (&calls, kind, server);
      if (state == 0)
        g_cancellable_cancel (calls.cancellable);
      if (state != 1)
        sidetone_test_calls_place (&calls, SIDETONE_TEST_HOST, "127.0.0.1");
      sidetone_test_calls_start (&calls, create ());
      while (state == 2 &&
             sidetone_test_relay_get_n_requests (server, SIDETONE_TEST_RELAY_BINDING) == 0)
        g_main_context_iteration (NULL, TRUE);
      g_cancellable_cancel (calls.cancellable);
      sidetone_test_calls_wait (&calls);

      g_assert_false (calls.completed);
      g_assert_cmpint (calls.took_ms, <, sidetone_deadlines.stun / 2);
      sidetone_test_calls_assert (&calls, "");
      sidetone_test_calls_clear (&calls);
    }
}
