/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/finding.h"

#include "judge/rules.h"

#include <string.h>

/* Of a certificate's names, so many fit into a sentence. */
#define MAX_NAMES 3

/**
 * SidetoneFinding:
 *
 * One finding: its rule, the facts for its words, the IDs of the observations that prove it, and
 * its rivals: the other causes that the evidence does not exclude.
 * Immutable: a GObject only because the items of a #GListModel must be.
 * sidetone_describe_finding_title() and its neighbours make the words when they are shown.
 */
struct _SidetoneFinding
{
  GObject parent_instance;

  const SidetoneRule *rule;
  SidetoneSeverity severity;
  SidetoneFindingFacts facts; /* owns its strings */
  char **evidence;
  GPtrArray *rivals; /* of SidetoneRival, NULL-terminated */
};

G_DEFINE_ENUM_TYPE (
  SidetoneSeverity, sidetone_severity,
  G_DEFINE_ENUM_VALUE (SIDETONE_SEVERITY_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_SEVERITY_GOOD, "good"),
  G_DEFINE_ENUM_VALUE (SIDETONE_SEVERITY_NOTE, "note"),
  G_DEFINE_ENUM_VALUE (SIDETONE_SEVERITY_WARNING, "warning"),
  G_DEFINE_ENUM_VALUE (SIDETONE_SEVERITY_PROBLEM, "problem"))

G_DEFINE_ENUM_TYPE (
  SidetoneOwner, sidetone_owner,
  G_DEFINE_ENUM_VALUE (SIDETONE_OWNER_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_OWNER_NOBODY, "nobody"),
  G_DEFINE_ENUM_VALUE (SIDETONE_OWNER_YOU, "you"),
  G_DEFINE_ENUM_VALUE (SIDETONE_OWNER_ROUTER, "router"),
  G_DEFINE_ENUM_VALUE (SIDETONE_OWNER_PROVIDER, "provider"),
  G_DEFINE_ENUM_VALUE (SIDETONE_OWNER_ADMINISTRATOR, "administrator"))

G_DEFINE_ENUM_TYPE (
  SidetoneCertainty, sidetone_certainty,
  G_DEFINE_ENUM_VALUE (SIDETONE_CERTAINTY_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_CERTAINTY_CERTAIN, "certain"),
  G_DEFINE_ENUM_VALUE (SIDETONE_CERTAINTY_LIKELY, "likely"),
  G_DEFINE_ENUM_VALUE (SIDETONE_CERTAINTY_OPEN, "open"))

G_DEFINE_FINAL_TYPE (SidetoneFinding, sidetone_finding, G_TYPE_OBJECT)

static void
sidetone_finding_finalize (GObject *object)
{
  SidetoneFinding *self = SIDETONE_FINDING (object);

  g_free ((char *) self->facts.host);
  g_free ((char *) self->facts.server_text);
  g_free ((char *) self->facts.certificate_for);
  g_clear_pointer (&self->facts.aliases, sidetone_aliases_unref);
  if (self->facts.result != NULL)
    sidetone_service_result_unref ((SidetoneServiceResult *) self->facts.result);
  g_strfreev (self->evidence);
  g_ptr_array_unref (self->rivals);

  G_OBJECT_CLASS (sidetone_finding_parent_class)->finalize (object);
}

static void
sidetone_finding_class_init (SidetoneFindingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sidetone_finding_finalize;
}

static void
sidetone_finding_init (SidetoneFinding *self)
{
}

/**
 * sidetone_finding_new:
 * @kind: the kind, which determines code and owner
 * @severity: its severity in this check, %SIDETONE_SEVERITY_UNKNOWN for its kind's
 * @facts: (nullable): the facts for its words; copied
 * @evidence: (nullable) (array zero-terminated=1): the IDs of the observations that prove it
 * @rivals: (nullable) (element-type SidetoneRival): those of its rule's rivals that the evidence
 *   does not exclude, in their order
 *
 * Makes a finding.
 *
 * Returns: (transfer full): the finding
 */
SidetoneFinding *
sidetone_finding_new (SidetoneFindingKind         kind,
                      SidetoneSeverity            severity,
                      const SidetoneFindingFacts *facts,
                      const char *const          *evidence,
                      GPtrArray                  *rivals)
{
  static const char *const nothing[] = { NULL };
  const SidetoneRule *rule = sidetone_rules_find (kind);
  SidetoneFinding *self;

  g_return_val_if_fail (rule != NULL, NULL);

  self = g_object_new (SIDETONE_TYPE_FINDING, NULL);
  self->rule = rule;
  self->severity = severity != SIDETONE_SEVERITY_UNKNOWN ? severity : rule->severity;
  if (facts != NULL)
    {
      self->facts = *facts;
      self->facts.host = g_strdup (facts->host);
      self->facts.server_text = g_strdup (facts->server_text);
      self->facts.certificate_for = g_strdup (facts->certificate_for);
      if (facts->aliases != NULL)
        sidetone_aliases_ref (facts->aliases);
      if (facts->result != NULL)
        sidetone_service_result_ref ((SidetoneServiceResult *) facts->result);
    }
  self->evidence = g_strdupv ((char **) (evidence != NULL ? evidence : nothing));
  self->rivals = g_ptr_array_new ();
  for (guint i = 0; rivals != NULL && i < rivals->len; i++)
    g_ptr_array_add (self->rivals, rivals->pdata[i]);
  g_ptr_array_add (self->rivals, NULL);

  return self;
}

/**
 * sidetone_finding_get_rule:
 * @self: a finding
 *
 * Returns: (transfer none): its kind's row
 */
const SidetoneRule *
sidetone_finding_get_rule (SidetoneFinding *self)
{
  g_return_val_if_fail (SIDETONE_IS_FINDING (self), NULL);

  return self->rule;
}

/**
 * sidetone_finding_get_kind:
 * @self: a finding
 *
 * Returns: its kind
 */
SidetoneFindingKind
sidetone_finding_get_kind (SidetoneFinding *self)
{
  g_return_val_if_fail (SIDETONE_IS_FINDING (self), SIDETONE_FINDING_UNKNOWN);

  return self->rule->kind;
}

/**
 * sidetone_finding_get_code:
 * @self: a finding
 *
 * Returns: (transfer none): the code that a user can read out over the telephone, such as `NAT-03`
 */
const char *
sidetone_finding_get_code (SidetoneFinding *self)
{
  g_return_val_if_fail (SIDETONE_IS_FINDING (self), NULL);

  return self->rule->code;
}

/**
 * sidetone_finding_get_severity:
 * @self: a finding
 *
 * Returns: its severity for calls
 */
SidetoneSeverity
sidetone_finding_get_severity (SidetoneFinding *self)
{
  g_return_val_if_fail (SIDETONE_IS_FINDING (self), SIDETONE_SEVERITY_UNKNOWN);

  return self->severity;
}

/**
 * sidetone_finding_get_owner:
 * @self: a finding
 *
 * Returns: who can fix it
 */
SidetoneOwner
sidetone_finding_get_owner (SidetoneFinding *self)
{
  g_return_val_if_fail (SIDETONE_IS_FINDING (self), SIDETONE_OWNER_UNKNOWN);

  /* Input is the user's own, whatever could not be done with it. */
  if (sidetone_error_has_trait (self->facts.error, SIDETONE_ERROR_IS_TYPED))
    return SIDETONE_OWNER_YOU;

  return self->facts.owner != SIDETONE_OWNER_UNKNOWN ? self->facts.owner : self->rule->owner;
}

/**
 * sidetone_finding_get_facts:
 * @self: a finding
 *
 * Returns: (transfer none): the facts for its words
 */
const SidetoneFindingFacts *
sidetone_finding_get_facts (SidetoneFinding *self)
{
  g_return_val_if_fail (SIDETONE_IS_FINDING (self), NULL);

  return &self->facts;
}

/**
 * sidetone_finding_get_evidence:
 * @self: a finding
 *
 * Returns: (transfer none) (array zero-terminated=1): the IDs of the observations that prove it
 */
const char *const *
sidetone_finding_get_evidence (SidetoneFinding *self)
{
  g_return_val_if_fail (SIDETONE_IS_FINDING (self), NULL);

  return (const char *const *) self->evidence;
}

/**
 * sidetone_finding_get_rivals:
 * @self: a finding
 *
 * Returns: (transfer none) (array zero-terminated=1): the other causes that look the same from
 *   here, and that the evidence does not exclude
 */
const SidetoneRival *const *
sidetone_finding_get_rivals (SidetoneFinding *self)
{
  g_return_val_if_fail (SIDETONE_IS_FINDING (self), NULL);

  return (const SidetoneRival *const *) self->rivals->pdata;
}

/* The first rival whose owner is another */
static const SidetoneRival *
find_other_owner (SidetoneFinding *self)
{
  SidetoneOwner owner = self->facts.owner != SIDETONE_OWNER_UNKNOWN ? self->facts.owner
                        : self->rule->owner;

  for (guint i = 0; self->rivals->pdata[i] != NULL; i++)
    {
      const SidetoneRival *rival = self->rivals->pdata[i];

      if (rival->owner != owner)
        return rival;
    }

  return NULL;
}

/**
 * sidetone_finding_get_certainty:
 * @self: a finding
 *
 * Returns: how sure it is of its cause
 */
SidetoneCertainty
sidetone_finding_get_certainty (SidetoneFinding *self)
{
  g_return_val_if_fail (SIDETONE_IS_FINDING (self), SIDETONE_CERTAINTY_UNKNOWN);

  if (find_other_owner (self) != NULL)
    return SIDETONE_CERTAINTY_OPEN;

  return self->rivals->pdata[0] != NULL ? SIDETONE_CERTAINTY_LIKELY : SIDETONE_CERTAINTY_CERTAIN;
}

/**
 * sidetone_finding_get_separating:
 * @self: a finding
 *
 * Returns: (transfer none) (nullable): the rival that its act tells apart; %NULL unless its
 *   certainty is %SIDETONE_CERTAINTY_OPEN
 */
const SidetoneRival *
sidetone_finding_get_separating (SidetoneFinding *self)
{
  g_return_val_if_fail (SIDETONE_IS_FINDING (self), NULL);

  return find_other_owner (self);
}

/**
 * sidetone_finding_join_names:
 * @names: (nullable): a certificate's names
 *
 * Returns: (transfer full): the first of them, as many as fit into a sentence
 */
char *
sidetone_finding_join_names (const char *const *names)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) first = NULL;

  for (guint i = 0; names != NULL && names[i] != NULL && i < MAX_NAMES; i++)
    g_strv_builder_add (builder, names[i]);
  first = g_strv_builder_end (builder);

  return g_strjoinv (", ", first);
}

/**
 * sidetone_finding_hash:
 * @finding: a #SidetoneFinding
 *
 * Returns: a hash for sidetone_finding_equal()
 */
guint
sidetone_finding_hash (gconstpointer finding)
{
  return ((const SidetoneFinding *) finding)->rule->kind;
}

/* Results are collected anew for each diagnosis, from the same observations. */
static gboolean
is_same_test (const SidetoneServiceResult *a,
              const SidetoneServiceResult *b)
{
  return a == b || (a != NULL && b != NULL && a->test == b->test);
}

static gboolean
have_equal_rivals (const SidetoneFinding *a,
                   const SidetoneFinding *b)
{
  if (a->rivals->len != b->rivals->len)
    return FALSE;

  return memcmp (a->rivals->pdata, b->rivals->pdata, a->rivals->len * sizeof (gpointer)) == 0;
}

static gboolean
are_equal (const SidetoneFindingFacts *a,
           const SidetoneFindingFacts *b)
{
  return g_strcmp0 (a->host, b->host) == 0 && is_same_test (a->result, b->result) &&
         a->error == b->error &&
         g_strcmp0 (a->server_text, b->server_text) == 0 &&
         g_strcmp0 (a->certificate_for, b->certificate_for) == 0 &&
         a->names_target == b->names_target && a->transport == b->transport &&
         a->number == b->number && a->queue == b->queue && a->owner == b->owner &&
         a->relay == b->relay && a->app == b->app && a->lack == b->lack && a->port == b->port &&
         a->local_is_ipv6 == b->local_is_ipv6 && a->announced == b->announced &&
         a->in_the_open == b->in_the_open && a->works_otherwise == b->works_otherwise &&
         a->other_version == b->other_version && a->without_srv == b->without_srv &&
         a->n_refused == b->n_refused &&
         a->n_unreachable == b->n_unreachable && a->n_silent == b->n_silent;
}

/**
 * sidetone_finding_equal:
 * @a: a #SidetoneFinding
 * @b: another one
 *
 * Returns: whether both say the same. Their evidence may differ.
 */
gboolean
sidetone_finding_equal (gconstpointer a,
                        gconstpointer b)
{
  const SidetoneFinding *first = a;
  const SidetoneFinding *second = b;

  return first->rule == second->rule && first->severity == second->severity &&
         have_equal_rivals (first, second) && are_equal (&first->facts, &second->facts);
}
