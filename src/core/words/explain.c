/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* A code's page: what support staff read about a kind of finding, without a report. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/explain.h"

#include "words/describe-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What words say without a report */
static const SidetoneFindingFacts no_facts;

/**
 * sidetone_explain_title:
 * @rule: a row
 *
 * Returns: (transfer full): the finding in a few words, for all its cases
 */
char *
sidetone_explain_title (const SidetoneRule *rule)
{
  g_return_val_if_fail (rule != NULL, NULL);

  return sidetone_describe_variants (rule->title, &no_facts);
}

/* All of them: no evidence excludes one. */
static char *
describe_all_rivals (const SidetoneRule *rule)
{
  g_autoptr (GPtrArray) rivals = g_ptr_array_new ();

  for (const SidetoneRival *rival = rule->rivals; rival != NULL && rival->nick != NULL; rival++)
    g_ptr_array_add (rivals, (gpointer) rival);
  g_ptr_array_add (rivals, NULL);

  return sidetone_describe_rivals ((const SidetoneRival *const *) rivals->pdata);
}

static char *
describe_owner (const SidetoneRule *rule)
{
  return rule->owner == SIDETONE_OWNER_NOBODY ? NULL
         : g_strdup (sidetone_describe_owner (rule->owner));
}

/* NULL if it depends on what went wrong */
static char *
describe_remedy (const SidetoneRule *rule)
{
  const SidetoneVariant *variant = rule->advice;

  while (variant->when != SIDETONE_WHEN_ALWAYS)
    variant++;

  return strchr (variant->text, '{') != NULL ? NULL
         : sidetone_describe_variants (rule->advice, &no_facts);
}

/**
 * sidetone_explain_rule:
 * @rule: a row
 *
 * Returns: (transfer full) (element-type SidetoneDetail): the sections of its page, in the order of
 *   a telephone call
 */
GPtrArray *
sidetone_explain_rule (const SidetoneRule *rule)
{
  GPtrArray *sections = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_detail_free);

  g_return_val_if_fail (rule != NULL, sections);

  sidetone_details_take (sections, _("What it means"), g_strdup (_(rule->means)), FALSE);
  sidetone_details_take (sections, _("What to ask"), g_strdup (_(rule->ask)), FALSE);
  sidetone_details_take (sections, _("What to try"), g_strdup (_(rule->try)), FALSE);
  sidetone_details_take (sections, _("What else it may be"), describe_all_rivals (rule), FALSE);
  sidetone_details_take (sections, _("What would disprove it"), g_strdup (_(rule->disprove)), FALSE);
  sidetone_details_take (sections, _("When to stop"), g_strdup (_(rule->stop)), FALSE);
  sidetone_details_take (sections, _("Who can fix it"), describe_owner (rule), FALSE);
  sidetone_details_take (sections, _("What fixes it"), describe_remedy (rule), FALSE);

  return sections;
}
