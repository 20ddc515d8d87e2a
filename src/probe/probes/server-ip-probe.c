/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "probes/server-ip-probe.h"

#include "base/error.h"
#include "net/wait.h"
#include "seen/disco.h"
#include "seen/server-ip.h"
#include "wire/disco.h"
#include "wire/server-ip.h"
#include "wire/stanza.h"

/**
 * SidetoneServerIpProbe:
 *
 * Asks the server for its features (XEP-0030) and for the address that it sees (XEP-0279), both at
 * once, so that the second query costs no round trip. If the address is not wanted, only the first
 * is asked.
 */
struct _SidetoneServerIpProbe
{
  SidetoneProbe parent_instance;

  gboolean asks_address;
};

G_DEFINE_FINAL_TYPE (SidetoneServerIpProbe, sidetone_server_ip_probe, SIDETONE_TYPE_PROBE)

/* The probe's task data */
typedef struct
{
  SidetoneContext *context;
  gint64 start;
  SidetoneGathering calls;
  gboolean asks_address;
  SidetoneDisco *disco;

  /* The answer to version 1, while disco may still show that only version 0 is offered */
  GError *error;
  char *raw;
  SidetoneElement *iq;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_object_unref (asked->context);
  g_clear_pointer (&asked->disco, sidetone_disco_unref);
  g_clear_error (&asked->error);
  g_free (asked->raw);
  g_clear_pointer (&asked->iq, sidetone_element_unref);
  g_free (asked);
}

static void
observe_disco (Asked                 *asked,
               const SidetoneElement *iq,
               const char            *raw,
               const GError          *error)
{
  SidetoneDiscoSeen seen = { .raw = raw };

  if (asked->disco != NULL)
    {
      seen.features = sidetone_disco_get_features (asked->disco);
      seen.name = sidetone_disco_get_name (asked->disco);
      if (sidetone_disco_get_contacts (asked->disco)[0] != NULL)
        seen.contacts = sidetone_disco_get_contacts (asked->disco);
    }
  if (iq != NULL)
    sidetone_stanza_get_error (iq, &seen.condition, &seen.server_text);

  sidetone_context_observe (asked->context, &(SidetoneObservationFields) {
    .id = "disco",
    .kind = SIDETONE_OBSERVATION_DISCO,
    .vantage = SIDETONE_VANTAGE_SERVER,
    .state = error == NULL ? SIDETONE_STATE_PASSED : SIDETONE_STATE_FAILED,
    .error = error,
    .start_us = asked->start,
    .duration_us = sidetone_context_get_time (asked->context) - asked->start,
    .what = &seen,
  });
}

/* Of several addresses the one that equals our own decides, else the first */
static SidetoneEndpoint *
choose_seen (GPtrArray        *addresses,
             SidetoneEndpoint *local)
{
  for (guint i = 0; i < addresses->len; i++)
    {
      if (sidetone_endpoint_equal (addresses->pdata[i], local))
        return addresses->pdata[i];
    }
  for (guint i = 0; i < addresses->len; i++)
    {
      if (sidetone_endpoint_equal_address (addresses->pdata[i], local))
        return addresses->pdata[i];
    }

  return addresses->pdata[0];
}

static void
observe_server_ip (Asked *asked)
{
  SidetoneSession *session = sidetone_context_get_session (asked->context);
  SidetoneEndpoint *local = sidetone_session_get_local (session);
  g_autoptr (GPtrArray) addresses = NULL;
  SidetoneServerIpSeen seen = { .peer = sidetone_session_get_peer (session), .raw = asked->raw };

  if (asked->iq != NULL && asked->error == NULL)
    addresses = sidetone_server_ip_read (asked->iq, &asked->error);

  seen.addresses = addresses;
  if (asked->iq != NULL)
    sidetone_stanza_get_error (asked->iq, &seen.condition, &seen.server_text);

  sidetone_context_observe (asked->context, &(SidetoneObservationFields) {
    .id = "server-ip",
    .kind = SIDETONE_OBSERVATION_SERVER_IP,
    .vantage = SIDETONE_VANTAGE_SERVER,
    .state = addresses != NULL ? SIDETONE_STATE_PASSED : SIDETONE_STATE_FAILED,
    .local = local,
    .seen = addresses != NULL ? choose_seen (addresses, local) : NULL,
    .error = asked->error,
    .start_us = asked->start,
    .duration_us = sidetone_context_get_time (asked->context) - asked->start,
    .what = &seen,
  });
}

static void server_ip_cb (GObject      *source,
                          GAsyncResult *result,
                          gpointer      user_data);

/* Version 0, which has no port, is asked if disco lists nothing newer: some servers that list both
 * answer it with bad-request */
static gboolean
only_version_0_is_offered (Asked *asked)
{
  return asked->disco != NULL &&
         sidetone_disco_has_feature (asked->disco, SIDETONE_SERVER_IP_NS_0) &&
         !sidetone_disco_has_feature (asked->disco, SIDETONE_SERVER_IP_NS);
}

static gboolean
is_refusal (Asked *asked)
{
  return asked->iq != NULL && !sidetone_stanza_check_result (asked->iq, NULL);
}

/* All answers have come */
static void
judge_answers (GTask *task)
{
  Asked *asked = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    return;

  if (is_refusal (asked) && only_version_0_is_offered (asked))
    {
      g_clear_error (&asked->error);
      g_clear_pointer (&asked->raw, g_free);
      g_clear_pointer (&asked->iq, sidetone_element_unref);
      g_clear_pointer (&asked->disco, sidetone_disco_unref);
      sidetone_session_ask_async (sidetone_context_get_session (asked->context), NULL,
                                  SIDETONE_SERVER_IP_QUERY_0, server_ip_cb,
                                  sidetone_gathering_begin (&asked->calls));
      return;
    }

  if (asked->asks_address)
    observe_server_ip (asked);
  g_task_return_boolean (task, TRUE);
}

static void
server_ip_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Asked *asked = g_task_get_task_data (user_data);

  asked->iq = sidetone_session_ask_finish (SIDETONE_SESSION (source), result, &asked->raw,
                                           &asked->error);
  sidetone_gathering_end (&asked->calls);
}

static void
disco_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SidetoneElement) iq = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *raw = NULL;
  Asked *asked = g_task_get_task_data (user_data);

  iq = sidetone_session_ask_finish (SIDETONE_SESSION (source), result, &raw, &error);
  if (iq != NULL)
    asked->disco = sidetone_disco_read (iq, &error);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    observe_disco (asked, iq, raw, error);
  sidetone_context_set_disco (asked->context, asked->disco);
  sidetone_gathering_end (&asked->calls);
}

static void
sidetone_server_ip_probe_run_async (SidetoneProbe      *probe,
                                    SidetoneContext    *context,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (probe, cancellable, callback, user_data);
  SidetoneSession *session = sidetone_context_get_session (context);
  Asked *asked = g_new0 (Asked, 1);

  g_task_set_source_tag (task, sidetone_server_ip_probe_run_async);
  g_task_set_task_data (task, asked, asked_free);
  asked->context = g_object_ref (context);
  asked->start = sidetone_context_get_time (context);
  asked->asks_address = SIDETONE_SERVER_IP_PROBE (probe)->asks_address;
  sidetone_gathering_init (&asked->calls, task, judge_answers);

  sidetone_session_ask_async (session,
                              sidetone_account_get_domain (sidetone_session_get_account (session)),
                              SIDETONE_DISCO_QUERY, disco_cb,
                              sidetone_gathering_begin (&asked->calls));
  if (asked->asks_address)
    sidetone_session_ask_async (session, NULL, SIDETONE_SERVER_IP_QUERY, server_ip_cb,
                                sidetone_gathering_begin (&asked->calls));
}

static void
sidetone_server_ip_probe_class_init (SidetoneServerIpProbeClass *klass)
{
  SIDETONE_PROBE_CLASS (klass)->needs = SIDETONE_NEEDS_SESSION;
  SIDETONE_PROBE_CLASS (klass)->run_async = sidetone_server_ip_probe_run_async;
}

static void
sidetone_server_ip_probe_init (SidetoneServerIpProbe *self)
{
}

/**
 * sidetone_server_ip_probe_new:
 * @asks_address: whether to ask for the address, or only for the features
 *
 * Returns: (transfer full): a probe that asks the server which address it sees
 */
SidetoneProbe *
sidetone_server_ip_probe_new (gboolean asks_address)
{
  SidetoneServerIpProbe *self = g_object_new (SIDETONE_TYPE_SERVER_IP_PROBE, NULL);

  self->asks_address = asks_address;

  return SIDETONE_PROBE (self);
}
