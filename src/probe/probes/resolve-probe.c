/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "probes/resolve-probe.h"

#include "base/deadlines.h"
#include "base/error.h"
#include "net/lookup.h"
#include "net/wait.h"
#include "seen/lookup.h"
#include "seen/nat64-prefix.h"
#include "xmpp/candidates.h"
#include "xmpp/srv.h"
#include "xmpp/target.h"

/**
 * SidetoneResolveProbe:
 *
 * Finds the server's candidates: both SRV sets at once (RFC 6120, section 3.2; XEP-0368), then
 * every target's addresses of both families at once; and in parallel the NAT64 prefix (RFC 7050).
 * Gives the candidates to the context as soon as the first are known, adds those that come later
 * (RFC 8305, section 3), and adds an observation for each query.
 */
struct _SidetoneResolveProbe
{
  SidetoneProbe parent_instance;
};

G_DEFINE_FINAL_TYPE (SidetoneResolveProbe, sidetone_resolve_probe, SIDETONE_TYPE_PROBE)

/* A sign-in has no time to try more addresses */
#define MAX_CANDIDATES 16

/* One SRV set: the query and its answer */
typedef struct
{
  SidetoneQuestion question;
  char *name;
  gint64 start;
  GPtrArray *records;
} Set;

/* One host whose addresses are looked up */
typedef struct
{
  char *name;
  gint64 start;
  guint n_pending;     /* of its lookups */
  gboolean is_asked_again;
  GPtrArray *ipv4;
  GPtrArray *ipv6;
  GError *error;
} Host;

/* The task's data */
typedef struct
{
  SidetoneContext *context;
  SidetoneGathering lookups;
  guint n_observations;
  gboolean is_heard;           /* the name server has answered something */
  guint n_hosts_pending;
  SidetoneWait *resolution_delay;
  Set starttls;
  Set direct;
  guint n_sets_pending;
  SidetoneWait *sets_delay;
  GPtrArray *targets;
  GPtrArray *hosts;
  SidetoneCandidates *candidates;
} Resolution;

/* The user data of one lookup: the task and the subject */
typedef struct
{
  GTask *task;
  gpointer subject;
  gint64 start;
} Question;

static void
host_free (gpointer data)
{
  Host *host = data;

  g_free (host->name);
  g_ptr_array_unref (host->ipv4);
  g_ptr_array_unref (host->ipv6);
  g_clear_error (&host->error);
  g_free (host);
}

static void
clear_set (Set *set)
{
  g_free (set->name);
  g_clear_pointer (&set->records, g_ptr_array_unref);
}

static void
resolution_free (gpointer data)
{
  Resolution *resolution = data;

  g_clear_pointer (&resolution->resolution_delay, sidetone_wait_free);
  g_clear_pointer (&resolution->sets_delay, sidetone_wait_free);
  clear_set (&resolution->starttls);
  clear_set (&resolution->direct);
  g_clear_pointer (&resolution->targets, g_ptr_array_unref);
  g_ptr_array_unref (resolution->hosts);
  g_object_unref (resolution->candidates);
  g_object_unref (resolution->context);
  g_free (resolution);
}

static void
ask (GTask              *task,
     SidetoneLookupType  type,
     const char         *name,
     guint               deadline_ms,
     gpointer            subject,
     GAsyncReadyCallback callback)
{
  Resolution *resolution = g_task_get_task_data (task);
  Question *question = g_new0 (Question, 1);

  question->task = sidetone_gathering_begin (&resolution->lookups);
  question->subject = subject;
  question->start = sidetone_context_get_time (resolution->context);
  sidetone_lookup_async (type, name, deadline_ms, g_task_get_cancellable (task), callback,
                         question);
}

static void
finish (GTask *task)
{
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
}

/* Ends a lookup's callback */
static void
question_done (Question *question)
{
  Resolution *resolution = g_task_get_task_data (question->task);

  g_free (question);
  sidetone_gathering_end (&resolution->lookups);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_done)

static void
observe (Resolution        *resolution,
         SidetoneQuestion   question,
         const char        *name,
         const char *const *answers,
         const GError      *error,
         gint64             start)
{
  const SidetoneLookupSeen seen = { .name = name, .question = question, .answers = answers };
  g_autofree char *id = g_strdup_printf ("lookup-%u", ++resolution->n_observations);

  sidetone_context_observe (resolution->context, &(SidetoneObservationFields) {
    .id = id,
    .kind = SIDETONE_OBSERVATION_LOOKUP,
    .vantage = SIDETONE_VANTAGE_COMPUTER,
    .state = error == NULL ? SIDETONE_STATE_PASSED : SIDETONE_STATE_FAILED,
    .error = error,
    .start_us = start,
    .duration_us = sidetone_context_get_time (resolution->context) - start,
    .what = &seen,
  });
}

static gboolean
is_usable (const GError *error)
{
  return !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
note_answer (Resolution   *resolution,
             const GError *error)
{
  if (!g_error_matches (error, SIDETONE_ERROR, SIDETONE_ERROR_DNS_NO_ANSWER))
    resolution->is_heard = TRUE;
}

static void
add_candidate (SidetoneCandidates *candidates,
               SidetoneTarget     *target,
               SidetoneEndpoint   *endpoint)
{
  g_autoptr (SidetoneCandidate) candidate = sidetone_candidate_new (target->host, endpoint,
                                                                    target->security);

  if (sidetone_candidates_get_n (candidates) < MAX_CANDIDATES)
    sidetone_candidates_add (candidates, candidate);
}

static void
add_candidates (SidetoneCandidates *candidates,
                SidetoneTarget     *target,
                const Host         *host)
{
  guint n_ipv4 = host->ipv4->len;
  guint n_ipv6 = host->ipv6->len;

  /* IPv6 first, then in turns (RFC 8305, section 4) */
  for (guint i = 0; i < MAX (n_ipv4, n_ipv6); i++)
    {
      GInetAddress *in_turn[] = {
        i < n_ipv6 ? host->ipv6->pdata[i] : NULL,
        i < n_ipv4 ? host->ipv4->pdata[i] : NULL,
      };

      for (guint j = 0; j < G_N_ELEMENTS (in_turn); j++)
        {
          g_autoptr (SidetoneEndpoint) endpoint = NULL;

          if (in_turn[j] == NULL)
            continue;

          endpoint = sidetone_endpoint_new (in_turn[j], target->port, SIDETONE_TRANSPORT_TCP);
          add_candidate (candidates, target, endpoint);
        }
    }
}

static Host *
find_host (Resolution *resolution,
           const char *name)
{
  for (guint i = 0; i < resolution->hosts->len; i++)
    {
      Host *host = resolution->hosts->pdata[i];

      if (g_str_equal (host->name, name))
        return host;
    }

  return NULL;
}

static gboolean
is_published (Resolution *resolution)
{
  return sidetone_context_get_candidates (resolution->context) != NULL;
}

/* Publishes the candidates that are known by now. */
static void
publish (Resolution *resolution)
{
  SidetoneCandidates *candidates = resolution->candidates;

  g_clear_pointer (&resolution->resolution_delay, sidetone_wait_free);
  for (guint i = 0; i < resolution->targets->len; i++)
    {
      SidetoneTarget *target = resolution->targets->pdata[i];
      g_autoptr (SidetoneEndpoint) literal = sidetone_target_dup_literal (target);
      Host *host = find_host (resolution, target->host);

      if (literal != NULL)
        add_candidate (candidates, target, literal);
      else if (host != NULL)
        add_candidates (candidates, target, host);
    }

  if (resolution->n_hosts_pending == 0 && resolution->n_sets_pending == 0)
    sidetone_candidates_end (candidates);
  if (!is_published (resolution) && sidetone_candidates_get_n (candidates) > 0)
    sidetone_context_set_candidates (resolution->context, candidates);
}

static void
resolution_delay_cb (gpointer user_data)
{
  publish (user_data);
}

static void
observe_host (Resolution *resolution,
              Host       *host)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) answers = NULL;
  GPtrArray *families[] = { host->ipv6, host->ipv4 };

  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    {
      for (guint j = 0; j < families[i]->len; j++)
        {
          g_autofree char *text = g_inet_address_to_string (families[i]->pdata[j]);

          g_strv_builder_add (builder, text);
        }
    }
  answers = g_strv_builder_end (builder);

  /* If only one family has answered, that is enough */
  if (answers[0] != NULL)
    g_clear_error (&host->error);
  else if (host->error == NULL)
    g_set_error (&host->error, SIDETONE_ERROR, SIDETONE_ERROR_NAME_NOT_FOUND,
                 "%s has no address", host->name);

  observe (resolution, SIDETONE_QUESTION_ADDRESS, host->name, (const char *const *) answers, host->error,
           host->start);
}

static void
keep_addresses (Host      *host,
                GPtrArray *addresses)
{
  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    {
      GSocketFamily family = g_inet_address_get_family (addresses->pdata[i]);

      g_ptr_array_add (family == G_SOCKET_FAMILY_IPV6 ? host->ipv6 : host->ipv4,
                       g_object_ref (addresses->pdata[i]));
    }
}

static void address_cb (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data);

static void
ask_host (GTask             *task,
          Host              *host,
          SidetoneLookupType type)
{
  Resolution *resolution = g_task_get_task_data (task);

  host->n_pending++;
  resolution->n_hosts_pending++;
  ask (task, type, host->name, sidetone_deadlines.dns, host, address_cb);
}

/* One that does not exist, as it seems, may have addresses that this computer can't use. */
static void
end_host (GTask *task,
          Host  *host)
{
  if (host->error == NULL && host->ipv4->len + host->ipv6->len == 0 && !host->is_asked_again)
    {
      host->is_asked_again = TRUE;
      ask_host (task, host, SIDETONE_LOOKUP_UNUSABLE);
    }
  else
    {
      observe_host (g_task_get_task_data (task), host);
    }
}

static void
address_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GPtrArray) addresses = NULL;
  g_autoptr (GError) error = NULL;
  Resolution *resolution = g_task_get_task_data (question->task);
  Host *host = question->subject;
  gboolean found;

  addresses = sidetone_lookup_finish (result, &error);
  if (!is_usable (error))
    return;

  found = addresses != NULL && addresses->len > 0;
  if (error != NULL && host->error == NULL && !host->is_asked_again)
    host->error = g_steal_pointer (&error);
  keep_addresses (host, addresses);

  resolution->n_hosts_pending--;
  if (--host->n_pending == 0)
    end_host (question->task, host);

  if (resolution->n_hosts_pending == 0 || is_published (resolution))
    publish (resolution);
  else if (found && resolution->resolution_delay == NULL)
    resolution->resolution_delay = sidetone_wait_new (sidetone_deadlines.resolution_delay, NULL,
                                                      resolution_delay_cb, resolution);
}

static void
ask_addresses (GTask *task)
{
  Resolution *resolution = g_task_get_task_data (task);

  for (guint i = 0; i < resolution->targets->len; i++)
    {
      SidetoneTarget *target = resolution->targets->pdata[i];
      g_autoptr (SidetoneEndpoint) literal = sidetone_target_dup_literal (target);
      Host *host;

      if (literal != NULL || find_host (resolution, target->host) != NULL)
        continue;

      host = g_new0 (Host, 1);
      host->name = g_strdup (target->host);
      host->start = sidetone_context_get_time (resolution->context);
      host->ipv4 = g_ptr_array_new_with_free_func (g_object_unref);
      host->ipv6 = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (resolution->hosts, host);
      ask_host (task, host, SIDETONE_LOOKUP_IPV6);
      ask_host (task, host, SIDETONE_LOOKUP_IPV4);
    }

  if (resolution->n_hosts_pending == 0)
    publish (resolution);
}

/* Chooses the targets by the SRV answers that are there. */
static void
judge_sets (GTask *task)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  Resolution *resolution = g_task_get_task_data (task);
  SidetoneAccount *account = sidetone_context_get_account (resolution->context);
  GPtrArray *starttls = resolution->starttls.records != NULL ? resolution->starttls.records : none;
  GPtrArray *direct = resolution->direct.records != NULL ? resolution->direct.records : none;
  gboolean direct_only = sidetone_account_get_security (account) == SIDETONE_SECURITY_DIRECT;
  gboolean refused = sidetone_srv_is_refusal (direct_only ? direct : starttls);

  g_clear_pointer (&resolution->sets_delay, sidetone_wait_free);
  g_clear_pointer (&resolution->targets, g_ptr_array_unref);
  resolution->targets = sidetone_srv_merge (starttls, direct);

  if (resolution->targets->len == 0 && refused)
    {
      g_autoptr (GError) error = NULL;
      const char *domain = sidetone_account_get_domain (account);

      error = g_error_new (SIDETONE_ERROR, SIDETONE_ERROR_NOT_OFFERED_BY_DNS,
                           "The SRV records of %s say that XMPP is not offered", domain);
      observe (resolution, SIDETONE_QUESTION_ADDRESS, domain, (const char *const[]) { NULL }, error,
               sidetone_context_get_time (resolution->context));
      return;
    }

  /* Without SRV records, or with a name server that leaves this type unanswered, the domain itself
   * is the target (RFC 6120, section 3.2.2); not so after a name server that says nothing at all,
   * which would be waited for twice. */
  if (resolution->targets->len == 0 && resolution->is_heard)
    {
      g_clear_pointer (&resolution->targets, g_ptr_array_unref);
      resolution->targets = sidetone_target_list_for_domain (account);
    }

  ask_addresses (task);
}

/* One set has come, which is enough to go on */
static void
sets_delay_cb (gpointer user_data)
{
  GTask *task = user_data;

  if (!g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    judge_sets (task);
}

static void
srv_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) answers = NULL;
  Resolution *resolution = g_task_get_task_data (question->task);
  Set *set = question->subject;

  set->records = sidetone_lookup_finish (result, &error);
  if (!is_usable (error))
    return;

  note_answer (resolution, error);
  if (set->records != NULL)
    answers = sidetone_srv_format (set->records);
  else
    answers = g_new0 (char *, 1);
  observe (resolution, set->question, set->name, (const char *const *) answers, error,
           question->start);

  /* The targets of a late set are tried after those of the other. */
  resolution->n_sets_pending--;
  if (resolution->n_sets_pending == 0)
    judge_sets (question->task);
  else if (set->records != NULL && set->records->len > 0 && !sidetone_srv_is_refusal (set->records))
    /* The other set's lookup keeps the task alive. */
    resolution->sets_delay = sidetone_wait_new (sidetone_deadlines.resolution_delay, NULL,
                                                sets_delay_cb, question->task);
}

static void
ask_set (GTask           *task,
         Set             *set,
         SidetoneQuestion question,
         const char      *service,
         const char      *domain)
{
  Resolution *resolution = g_task_get_task_data (task);

  set->question = question;
  set->name = g_strdup_printf ("_%s._tcp.%s", service, domain);
  resolution->n_sets_pending++;
  ask (task, SIDETONE_LOOKUP_SRV, set->name, sidetone_deadlines.dns, set, srv_cb);
}

static void
nat64_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GPtrArray) addresses = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) prefixes = NULL;
  Resolution *resolution = g_task_get_task_data (question->task);

  addresses = sidetone_lookup_finish (result, &error);
  if (!is_usable (error))
    return;
  note_answer (resolution, error);

  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    {
      g_autofree char *prefix = sidetone_nat64_prefix_find (addresses->pdata[i]);

      if (prefix != NULL)
        g_strv_builder_add (builder, prefix);
    }
  prefixes = g_strv_builder_end (builder);

  observe (resolution, SIDETONE_QUESTION_NAT64, SIDETONE_NAT64_NAME, (const char *const *) prefixes, error,
           question->start);
}

static void
sidetone_resolve_probe_run_async (SidetoneProbe      *probe,
                                  SidetoneContext    *context,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (probe, cancellable, callback, user_data);
  g_autoptr (SidetoneEndpoint) domain_literal = NULL;
  SidetoneAccount *account = sidetone_context_get_account (context);
  Resolution *resolution = g_new0 (Resolution, 1);

  g_task_set_source_tag (task, sidetone_resolve_probe_run_async);
  g_task_set_task_data (task, resolution, resolution_free);
  sidetone_gathering_init (&resolution->lookups, task, finish);
  resolution->context = g_object_ref (context);
  resolution->hosts = g_ptr_array_new_with_free_func (host_free);
  resolution->candidates = sidetone_candidates_new ();

  ask (task, SIDETONE_LOOKUP_IPV6, SIDETONE_NAT64_NAME, sidetone_deadlines.nat64, NULL, nat64_cb);

  if (sidetone_account_get_server_host (account) != NULL)
    {
      resolution->targets = sidetone_target_list_for_server (account);
      ask_addresses (task);
      return;
    }

  domain_literal = sidetone_endpoint_new_from_string (sidetone_account_get_ascii_domain (account), 0,
                                                      SIDETONE_TRANSPORT_TCP, NULL);
  if (domain_literal != NULL)
    {
      resolution->targets = sidetone_target_list_for_domain (account);
      ask_addresses (task);
      return;
    }

  if (sidetone_account_get_security (account) != SIDETONE_SECURITY_DIRECT)
    ask_set (task, &resolution->starttls, SIDETONE_QUESTION_SRV_CLIENT, "xmpp-client",
             sidetone_account_get_ascii_domain (account));
  if (sidetone_account_get_security (account) != SIDETONE_SECURITY_STARTTLS)
    ask_set (task, &resolution->direct, SIDETONE_QUESTION_SRV_DIRECT, "xmpps-client",
             sidetone_account_get_ascii_domain (account));
}

static void
sidetone_resolve_probe_class_init (SidetoneResolveProbeClass *klass)
{
  SIDETONE_PROBE_CLASS (klass)->needs = SIDETONE_NEEDS_NOTHING;
  SIDETONE_PROBE_CLASS (klass)->run_async = sidetone_resolve_probe_run_async;
}

static void
sidetone_resolve_probe_init (SidetoneResolveProbe *self)
{
}

/**
 * sidetone_resolve_probe_new:
 *
 * Returns: (transfer full): a probe that finds the server's candidates
 */
SidetoneProbe *
sidetone_resolve_probe_new (void)
{
  return g_object_new (SIDETONE_TYPE_RESOLVE_PROBE, NULL);
}
