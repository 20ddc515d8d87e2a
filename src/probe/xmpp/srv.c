/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "xmpp/srv.h"

#include <gio/gio.h>

/* SRV answers (RFC 2782) as GResolver gives them, `(qqqs)` each: priority, weight, port, target.
 * Raw records, because g_resolver_lookup_service_async () can't tell "." from nothing. */

/* A longer list of targets is a mistake */
#define MAX_TARGETS 8

static gboolean
is_root (const char *target)
{
  return g_str_equal (target, "") || g_str_equal (target, ".");
}

/**
 * sidetone_srv_is_refusal:
 * @records: (element-type GVariant): one SRV answer
 *
 * Returns: whether it says that the service is not offered: a single record whose target is the
 *   root (RFC 2782; RFC 6120, section 3.2.1)
 */
gboolean
sidetone_srv_is_refusal (GPtrArray *records)
{
  const char *target;

  if (records->len != 1)
    return FALSE;

  g_variant_get_child (records->pdata[0], 3, "&s", &target);

  return is_root (target);
}

/* Sorted by priority, and among equals at random by weight (RFC 2782) */
static GList *
sort_targets (GPtrArray *records)
{
  GList *targets = NULL;

  for (guint i = 0; i < records->len; i++)
    {
      const char *host;
      guint16 priority, weight, port;

      g_variant_get (records->pdata[i], "(qqq&s)", &priority, &weight, &port, &host);
      if (!is_root (host) && port != 0)
        targets = g_list_prepend (targets, g_srv_target_new (host, port, priority, weight));
    }

  return g_srv_target_list_sort (g_list_reverse (targets));
}

static void
add_target (GPtrArray       *targets,
            GSrvTarget      *target,
            SidetoneSecurity security)
{
  g_autofree char *host = g_strdup (g_srv_target_get_hostname (target));

  if (targets->len >= MAX_TARGETS)
    return;

  if (g_str_has_suffix (host, "."))
    host[strlen (host) - 1] = '\0';
  g_ptr_array_add (targets,
                   sidetone_target_new (host, g_srv_target_get_port (target), security));
}

/**
 * sidetone_srv_merge:
 * @starttls_records: (element-type GVariant): the answer for `_xmpp-client._tcp`
 * @direct_records: (element-type GVariant): the answer for `_xmpps-client._tcp`
 *
 * Merges both by priority (XEP-0368, section 2); among equals direct TLS goes first, because it
 * saves two round trips.
 *
 * Returns: (transfer full) (element-type SidetoneTarget): the targets in the order of trying,
 *   perhaps none
 */
GPtrArray *
sidetone_srv_merge (GPtrArray *starttls_records,
                    GPtrArray *direct_records)
{
  GPtrArray *targets = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_target_free);
  GList *starttls = sort_targets (starttls_records);
  GList *direct = sort_targets (direct_records);
  GList *s = starttls;
  GList *d = direct;

  while (s != NULL || d != NULL)
    {
      if (d != NULL && (s == NULL || g_srv_target_get_priority (d->data) <=
                        g_srv_target_get_priority (s->data)))
        {
          add_target (targets, d->data, SIDETONE_SECURITY_DIRECT);
          d = d->next;
        }
      else
        {
          add_target (targets, s->data, SIDETONE_SECURITY_STARTTLS);
          s = s->next;
        }
    }

  g_resolver_free_targets (starttls);
  g_resolver_free_targets (direct);

  return targets;
}

/**
 * sidetone_srv_format:
 * @records: (element-type GVariant): one SRV answer
 *
 * Returns: (transfer full): the records in a zone file's form, "priority weight port target"
 */
char **
sidetone_srv_format (GPtrArray *records)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < records->len; i++)
    {
      const char *host;
      guint16 priority, weight, port;
      g_autofree char *line = NULL;

      g_variant_get (records->pdata[i], "(qqq&s)", &priority, &weight, &port, &host);
      line = g_strdup_printf ("%u %u %u %s", priority, weight, port, is_root (host) ? "." : host);
      g_strv_builder_add (builder, line);
    }

  return g_strv_builder_end (builder);
}
