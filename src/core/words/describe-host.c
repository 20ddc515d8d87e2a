/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/describe-private.h"

#include <glib/gi18n-lib.h>

#include "base/text.h"

/* Words for all call servers (STUN, TURN) at one host: a line of marks, the same in words for a screen
 * reader, and what fails. */

static const char *const parts[SIDETONE_N_HOST_PARTS] = {
  [SIDETONE_HOST_STUN] = "STUN",
  [SIDETONE_HOST_RELAY_UDP] = N_("Relay over UDP"),
  [SIDETONE_HOST_RELAY_TCP] = N_("Relay over TCP"),
  [SIDETONE_HOST_RELAY_TLS] = N_("Relay over TLS"),
  [SIDETONE_HOST_IPV4] = "IPv4",
  [SIDETONE_HOST_IPV6] = "IPv6",
};

static const char *
get_mark (const SidetoneHostResult *host,
          SidetoneHostPart          part)
{
  if (!host->offered[part])
    return "–";

  switch (host->states[part])
    {
    case SIDETONE_STATE_UNKNOWN:
      break;

    case SIDETONE_STATE_PASSED:
      return "✓";

    case SIDETONE_STATE_FAILED:
      return "✗";

    case SIDETONE_STATE_SKIPPED:
      return _("not tested");
    }

  return "?";
}

static char *
describe_part (const SidetoneHostResult *host,
               SidetoneHostPart          part)
{
  const char *name = _(parts[part]);

  if (!host->offered[part])
    /* Translators: %s is "STUN", "Relay over UDP", "IPv6" …; it is read out */
    return g_strdup_printf (_("%s: not offered"), name);

  switch (host->states[part])
    {
    case SIDETONE_STATE_UNKNOWN:
      break;

    case SIDETONE_STATE_PASSED:
      /* Translators: %s is "STUN", "Relay over UDP", "IPv6" …; it is read out */
      return g_strdup_printf (_("%s works"), name);

    case SIDETONE_STATE_FAILED:
      /* Translators: %s is "STUN", "Relay over UDP", "IPv6" …; it is read out */
      return g_strdup_printf (_("%s doesn't work"), name);

    case SIDETONE_STATE_SKIPPED:
      /* Translators: %s is "STUN", "Relay over UDP", "IPv6" …; it is read out */
      return g_strdup_printf (_("%s: not tested"), name);
    }

  /* Translators: %s is "STUN", "Relay over UDP", "IPv6" …; it is read out */
  return g_strdup_printf (_("%s: not known"), name);
}

/* Whether @host has a relay, and none of them was tested */
static gboolean
is_relay_untested (const SidetoneHostResult *host)
{
  for (SidetoneHostPart part = SIDETONE_HOST_RELAY_UDP; part <= SIDETONE_HOST_RELAY_TLS; part++)
    {
      if (host->offered[part] && host->states[part] != SIDETONE_STATE_SKIPPED)
        return FALSE;
    }

  return TRUE;
}

static gboolean
has_relay (const SidetoneHostResult *host)
{
  return host->offered[SIDETONE_HOST_RELAY_UDP] || host->offered[SIDETONE_HOST_RELAY_TCP] ||
         host->offered[SIDETONE_HOST_RELAY_TLS];
}

static char *
describe_relay_marks (const SidetoneHostResult *host)
{
  if (!has_relay (host))
    return g_strdup (_("no relay"));
  if (is_relay_untested (host))
    return g_strdup (_("relay not tested"));

  /* Translators: whether a relay for calls works over each of three protocols; each %s is a mark such
   * as ✓ or ✗: "relay UDP ✓ TCP ✗ TLS –" */
  return g_strdup_printf (_("relay UDP %s TCP %s TLS %s"),
                          get_mark (host, SIDETONE_HOST_RELAY_UDP),
                          get_mark (host, SIDETONE_HOST_RELAY_TCP),
                          get_mark (host, SIDETONE_HOST_RELAY_TLS));
}

static gboolean
has_address (const SidetoneHostResult *host)
{
  return host->offered[SIDETONE_HOST_IPV4] || host->offered[SIDETONE_HOST_IPV6];
}

/* The best round trip and the loss; NULL if neither is known */
static char *
describe_figures (const SidetoneHostResult *host)
{
  g_autofree char *duration = host->rtt_us >= 0 ? sidetone_describe_duration (host->rtt_us) : NULL;
  g_autofree char *loss = host->loss >= 0 ? sidetone_describe_loss (host->loss) : NULL;

  if (duration == NULL || loss == NULL)
    return duration != NULL ? g_steal_pointer (&duration) : g_steal_pointer (&loss);

  /* Translators: the time of a round trip to a server, and how many packets were lost: "24 ms, nothing
   * lost" */
  return g_strdup_printf (C_("round trip, loss", "%s, %s"), duration, loss);
}

static char *
join (GPtrArray  *words,
      const char *separator)
{
  g_ptr_array_add (words, NULL);

  return g_strjoinv (separator, (char **) words->pdata);
}

/**
 * sidetone_describe_host_title:
 * @host: a call server's host
 *
 * Returns: (transfer full): its name or address; safe to show
 */
char *
sidetone_describe_host_title (const SidetoneHostResult *host)
{
  g_return_val_if_fail (host != NULL, NULL);

  return sidetone_describe_hidden (host->aliases,
                                   sidetone_text_make_safe (host->host, SIDETONE_TEXT_MAX_CHARS));
}

/**
 * sidetone_describe_host_marks:
 * @host: a call server's host
 *
 * Says what works there, with a mark for each part: ✓ for what works, ✗ for what does not, – for what
 * is not offered.
 *
 * Returns: (transfer full): a line such as "STUN ✓ · relay UDP ✓ TCP ✓ TLS – · IPv4 ✓ IPv6 ✗ · 24 ms,
 *   nothing lost"
 */
char *
sidetone_describe_host_marks (const SidetoneHostResult *host)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  char *figures;

  g_return_val_if_fail (host != NULL, NULL);

  /* Translators: whether a server for STUN works; %s is a mark such as ✓ or ✗ */
  g_ptr_array_add (words, g_strdup_printf (_("STUN %s"), get_mark (host, SIDETONE_HOST_STUN)));
  g_ptr_array_add (words, describe_relay_marks (host));
  if (has_address (host))
    /* Translators: whether a server works over both versions of IP; each %s is a mark such as ✓ or ✗ */
    g_ptr_array_add (words, g_strdup_printf (_("IPv4 %s IPv6 %s"),
                                             get_mark (host, SIDETONE_HOST_IPV4),
                                             get_mark (host, SIDETONE_HOST_IPV6)));
  figures = describe_figures (host);
  if (figures != NULL)
    g_ptr_array_add (words, figures);

  return join (words, " · ");
}

/**
 * sidetone_describe_host_in_words:
 * @host: a call server's host
 *
 * Returns: (transfer full): the same as sidetone_describe_host_marks() without marks, to be read out
 */
char *
sidetone_describe_host_in_words (const SidetoneHostResult *host)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  char *figures;

  g_return_val_if_fail (host != NULL, NULL);

  for (SidetoneHostPart part = 0; part < SIDETONE_N_HOST_PARTS; part++)
    {
      if (part == SIDETONE_HOST_RELAY_UDP && (!has_relay (host) || is_relay_untested (host)))
        {
          g_ptr_array_add (words, describe_relay_marks (host));
          part = SIDETONE_HOST_RELAY_TLS;
        }
      else if (part < SIDETONE_HOST_IPV4 || has_address (host))
        {
          g_ptr_array_add (words, describe_part (host, part));
        }
    }

  figures = describe_figures (host);
  if (figures != NULL)
    g_ptr_array_add (words, figures);

  return join (words, ", ");
}

/* The first part that fails altogether, with this fault among others; -1 if other results of each of
 * its parts work */
static int
find_failed_part (const SidetoneHostResult    *host,
                  const SidetoneServiceResult *fault)
{
  for (SidetoneHostPart part = 0; part < SIDETONE_N_HOST_PARTS; part++)
    {
      if (host->states[part] == SIDETONE_STATE_FAILED &&
          sidetone_host_result_has_part (fault, part))
        return part;
    }

  return -1;
}

/* If all services there fail in the same way, its outcome */
static char *
describe_common_fault (const SidetoneHostResult *host)
{
  g_autofree char *common = NULL;

  for (guint i = 0; i < host->results->len; i++)
    {
      const SidetoneServiceResult *result = host->results->pdata[i];
      g_autofree char *outcome = sidetone_describe_service_outcome (result);

      if (result->state == SIDETONE_STATE_SKIPPED)
        continue;
      if (!sidetone_host_result_is_fault (result) ||
          (common != NULL && !g_str_equal (common, outcome)))
        return NULL;
      if (common == NULL)
        common = g_steal_pointer (&outcome);
    }

  return g_steal_pointer (&common);
}

/**
 * sidetone_describe_host_faults:
 * @host: a call server's host
 *
 * Says what fails there and how: whole parts first of all, and services that work in another way.
 *
 * Returns: (transfer full) (nullable): a line such as "Relay over UDP: no answer"; %NULL if nothing
 *   fails
 */
char *
sidetone_describe_host_faults (const SidetoneHostResult *host)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *common = NULL;
  gboolean is_named[SIDETONE_N_HOST_PARTS + 1] = { FALSE };

  g_return_val_if_fail (host != NULL, NULL);

  common = describe_common_fault (host);
  if (common != NULL)
    /* Translators: of a server; %s is how, such as "no answer" */
    return g_strdup_printf (_("Doesn't work: %s"), common);

  for (guint i = 0; i < host->results->len; i++)
    {
      const SidetoneServiceResult *result = host->results->pdata[i];
      int part = find_failed_part (host, result);
      g_autofree char *entry = NULL;
      g_autofree char *outcome = NULL;

      /* One service that fails at one of its addresses is an example of others. */
      if (!sidetone_host_result_is_fault (result) ||
          is_named[part >= 0 ? part : SIDETONE_N_HOST_PARTS])
        continue;

      is_named[part >= 0 ? part : SIDETONE_N_HOST_PARTS] = TRUE;
      entry = part >= 0 ? g_strdup (_(parts[part])) : sidetone_describe_service_entry (result);
      outcome = sidetone_describe_service_outcome (result);
      g_ptr_array_add (words, g_strdup_printf (_("%s: %s"), entry, outcome));
    }

  return words->len > 0 ? join (words, "; ") : NULL;
}

static guint
count_hosts (GPtrArray       *hosts,
             gboolean         running,
             SidetoneProgress progress)
{
  guint n = 0;

  for (guint i = 0; i < hosts->len; i++)
    n += sidetone_host_result_get_progress (hosts->pdata[i], running) == progress ? 1 : 0;

  return n;
}

/**
 * sidetone_describe_hosts:
 * @hosts: (element-type SidetoneHostResult): all hosts of call servers
 * @running: whether more results may come
 *
 * Returns: (transfer full): how many there are, and how many of them work, such as "3 call servers, all
 *   work"
 */
char *
sidetone_describe_hosts (GPtrArray *hosts,
                         gboolean   running)
{
  guint n_running = count_hosts (hosts, running, SIDETONE_PROGRESS_RUNNING);
  guint n_faulty = count_hosts (hosts, running, SIDETONE_PROGRESS_WARNING) +
                   count_hosts (hosts, running, SIDETONE_PROGRESS_FAILED);
  guint n_untested = hosts->len - count_hosts (hosts, running, SIDETONE_PROGRESS_PASSED);
  g_autofree char *all = NULL;
  g_autofree char *of_them = NULL;

  g_return_val_if_fail (hosts != NULL, NULL);

  if (hosts->len > 0 && sidetone_host_results_all_work (hosts))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u call server, works",
                                         "%u call servers, all work", hosts->len), hosts->len);

  all = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u call server", "%u call servers",
                                      hosts->len), hosts->len);
  if (n_faulty > 0)
    of_them = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u with a problem",
                                            "%u with a problem", n_faulty), n_faulty);
  else if (n_running > 0)
    /* Translators: servers are being tested */
    of_them = g_strdup (_("testing…"));
  else if (n_untested == hosts->len)
    of_them = g_strdup (_("not tested"));
  else
    of_them = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u not tested", "%u not tested",
                                            n_untested), n_untested);

  /* Translators: a number of servers, and how they are: "3 call servers, 1 with a problem" */
  return g_strdup_printf (C_("call servers", "%s, %s"), all, of_them);
}
