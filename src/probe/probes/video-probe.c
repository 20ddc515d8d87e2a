/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "probes/video-probe.h"

#include "base/deadlines.h"
#include "base/error.h"
#include "judge/evidence.h"
#include "judge/video-check.h"
#include "net/wait.h"
#include "probes/test-observation.h"
#include "turn/stun.h"
#include "turn/video.h"

/**
 * SidetoneVideoProbe:
 *
 * Tests how much video there is room for, through the quickest relay of this check that works over UDP.
 * It fills the line, and begins when all other probes are done.
 */
struct _SidetoneVideoProbe
{
  SidetoneProbe parent_instance;
};

G_DEFINE_FINAL_TYPE (SidetoneVideoProbe, sidetone_video_probe, SIDETONE_TYPE_PROBE)

/* The probe's task data */
typedef struct
{
  SidetoneContext *context;
  SidetoneCallServer call_server;
  SidetoneWait *wait;            /* for the allocation */
  SidetoneTurn *turn;
  gboolean is_there;
  SidetoneFlow *second;
  SidetoneEndpoint *mapped;      /* the second socket's reflexive address */
  SidetoneGathering calls;
  void (*next)(GTask *task);     /* called when all calls have returned */
  SidetoneVideo *video;
  GError *error;
  gint64 start;
} Test;

static void
test_free (gpointer data)
{
  Test *test = data;

  g_clear_pointer (&test->wait, sidetone_wait_free);
  g_clear_pointer (&test->call_server.service, sidetone_service_unref);
  g_clear_pointer (&test->call_server.server, sidetone_endpoint_unref);
  g_clear_object (&test->turn);
  g_clear_object (&test->second);
  g_clear_pointer (&test->mapped, sidetone_endpoint_unref);
  g_clear_pointer (&test->video, g_free);
  g_clear_error (&test->error);
  g_object_unref (test->context);
  g_free (test);
}

static void
go_on (GTask *task)
{
  Test *test = g_task_get_task_data (task);

  test->next (task);
}

static void
finish (GTask *task)
{
  Test *test = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    return;

  sidetone_test_observe_video (test->context, &(SidetoneTestFrame) {
    .id = "video", .call_server = &test->call_server, .start = test->start,
  }, test->second != NULL ? sidetone_flow_get_local (test->second) : NULL, test->video, test->error);
  g_task_return_boolean (task, TRUE);
}

static void
release_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Test *test = user_data;

  sidetone_turn_release_finish (SIDETONE_TURN (source), result, NULL);
  sidetone_gathering_end (&test->calls);
}

static void
release (GTask *task)
{
  Test *test = g_task_get_task_data (task);

  test->next = finish;
  sidetone_gathering_begin (&test->calls);
  sidetone_turn_release_async (test->turn, release_cb, test);
}

static void
video_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Test *test = user_data;

  test->video = sidetone_video_finish (result, &test->error);
  sidetone_gathering_end (&test->calls);
}

static void
on_progress (guint    kbits,
             gpointer user_data)
{
  sidetone_context_set_video_kbits (user_data, kbits);
}

static SidetoneEndpoint *
find_reached (Test *test)
{
  g_autoptr (SidetoneEvidence) evidence = sidetone_evidence_new (
    sidetone_context_get_observations (test->context));
  SidetoneEndpoint *server = test->call_server.server;

  return sidetone_budget_reach (sidetone_context_get_budget (test->context),
                                sidetone_nat64_match_prefix (
                                  sidetone_evidence_get_prefixes (evidence),
                                  sidetone_endpoint_get_address (server)),
                                sidetone_turn_get_relayed (test->turn), server);
}

/* A TURN server need not answer Binding requests. Most likely both sockets have one external address. */
static void
send_packets (GTask *task)
{
  Test *test = g_task_get_task_data (task);
  g_autoptr (SidetoneEndpoint) reached = NULL;
  SidetoneEndpoint *mapped = test->mapped;

  if (!test->is_there)
    {
      finish (task);
      return;
    }

  sidetone_wait_set_deadline (test->wait, 0);
  reached = find_reached (test);
  if (mapped == NULL)
    mapped = sidetone_turn_get_mapped (test->turn);
  if (test->second == NULL || reached == NULL || mapped == NULL)
    {
      test->error = g_error_new_literal (SIDETONE_ERROR, SIDETONE_ERROR_RELAY_SILENT,
                                         "Nothing can be sent to the relayed address");
      release (task);
      return;
    }

  test->next = release;
  sidetone_gathering_begin (&test->calls);
  sidetone_video_async (test->turn, reached, sidetone_context_get_budget (test->context),
                        test->second, mapped, on_progress, test->context,
                        g_task_get_cancellable (task), video_cb, test);
}

static void
bind_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Test *test = user_data;
  g_autoptr (SidetoneBinding) binding = sidetone_stun_bind_finish (result, NULL);

  if (binding != NULL)
    test->mapped = sidetone_endpoint_ref (binding->mapped);
  sidetone_gathering_end (&test->calls);
}

static void
allocate_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Test *test = user_data;

  test->is_there = sidetone_turn_allocate_finish (SIDETONE_TURN (source), result, &test->error);
  if (!test->is_there && sidetone_wait_has_passed (test->wait))
    {
      g_clear_error (&test->error);
      test->error = sidetone_wait_make_error (test->wait, SIDETONE_ERROR_TURN_NO_ANSWER, "No relay");
    }
  sidetone_gathering_end (&test->calls);
}

/* The service of @result, with its credentials, which a result does not have */
static SidetoneService *
find_service (SidetoneContext             *context,
              const SidetoneServiceResult *result)
{
  GPtrArray *services = sidetone_context_get_services (context);
  g_autofree char *wanted = sidetone_service_to_text (result->service);

  for (guint i = 0; i < services->len; i++)
    {
      g_autofree char *text = sidetone_service_to_text (services->pdata[i]);

      if (g_str_equal (text, wanted) && sidetone_service_has_credentials (services->pdata[i]))
        return services->pdata[i];
    }

  return NULL;
}

/* Returns: whether there is a relay to try it with */
static gboolean
choose_relay (Test *test)
{
  g_autoptr (SidetoneEvidence) evidence = sidetone_evidence_new (
    sidetone_context_get_observations (test->context));
  const SidetoneServiceResult *result = sidetone_video_check_find_relay (evidence);
  SidetoneService *service = result != NULL ? find_service (test->context, result) : NULL;
  SidetoneEndpoint *relayed;

  if (service == NULL)
    return FALSE;

  relayed = result->relayed != NULL ? result->relayed : result->server;
  test->call_server.service = sidetone_service_ref (service);
  test->call_server.server = sidetone_endpoint_ref (result->server);
  test->turn = sidetone_turn_new (result->server, sidetone_service_get_host (service),
                                  sidetone_service_get_username (service),
                                  sidetone_service_get_password (service),
                                  sidetone_endpoint_get_family (relayed));

  return TRUE;
}

static void
sidetone_video_probe_run_async (SidetoneProbe      *probe,
                                SidetoneContext    *context,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (probe, cancellable, callback, user_data);
  Test *test = g_new0 (Test, 1);

  g_task_set_source_tag (task, sidetone_video_probe_run_async);
  /* Once an allocation is made, it must be deleted. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, test, test_free);
  test->context = g_object_ref (context);
  test->start = sidetone_context_get_time (context);
  if (g_task_return_error_if_cancelled (task))
    return;

  if (!choose_relay (test))
    {
      sidetone_test_observe_video (context, &(SidetoneTestFrame) {
      .id = "video", .start = test->start,
    }, NULL, NULL, NULL);
      g_task_return_boolean (task, TRUE);
      return;
    }

  sidetone_gathering_init (&test->calls, task, go_on);
  test->next = send_packets;
  test->wait = sidetone_wait_new (sidetone_deadlines.relay, cancellable, NULL, NULL);
  sidetone_gathering_begin (&test->calls);
  sidetone_turn_allocate_async (test->turn, sidetone_wait_get_cancellable (test->wait), allocate_cb,
                                test);
  test->second = sidetone_flow_new_towards (test->call_server.server, NULL);
  if (test->second != NULL)
    {
      sidetone_gathering_begin (&test->calls);
      sidetone_stun_bind_async (test->second, test->call_server.server,
                                sidetone_wait_get_cancellable (test->wait), bind_cb, test);
    }
}

static void
sidetone_video_probe_class_init (SidetoneVideoProbeClass *klass)
{
  SIDETONE_PROBE_CLASS (klass)->needs = SIDETONE_NEEDS_NAT;
  SIDETONE_PROBE_CLASS (klass)->is_alone = TRUE;
  SIDETONE_PROBE_CLASS (klass)->run_async = sidetone_video_probe_run_async;
}

static void
sidetone_video_probe_init (SidetoneVideoProbe *self)
{
}

/**
 * sidetone_video_probe_new:
 *
 * Returns: (transfer full): a probe that tests how much video there is room for
 */
SidetoneProbe *
sidetone_video_probe_new (void)
{
  return g_object_new (SIDETONE_TYPE_VIDEO_PROBE, NULL);
}
