/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "seen/observation.h"

#include "seen/kept.h"

/**
 * SidetoneObservation:
 *
 * One observation: what was seen, by whom, and when, or the error instead. Immutable: a GObject
 * only because the items of a #GListModel must be.
 */
struct _SidetoneObservation
{
  GObject parent_instance;

  char *id;
  SidetoneObservationKind kind;
  SidetoneVantage vantage;
  SidetoneState state;
  SidetoneEndpoint *local;
  SidetoneEndpoint *seen;
  GError *error;
  gint64 start_us;
  gint64 duration_us;
  gpointer what;      /* the struct of its kind; NULL of a kind that is not known here */
  SidetoneAliases *aliases;
  GVariant *kept;     /* a report's values that the struct lacks or writes differently, or NULL */
};

/* The nicks are part of the reports' format: they never change. */
G_DEFINE_ENUM_TYPE (
  SidetoneVantage, sidetone_vantage,
  G_DEFINE_ENUM_VALUE (SIDETONE_VANTAGE_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_VANTAGE_COMPUTER, "computer"),
  G_DEFINE_ENUM_VALUE (SIDETONE_VANTAGE_SERVER, "server"),
  G_DEFINE_ENUM_VALUE (SIDETONE_VANTAGE_STUN, "stun-server"),
  G_DEFINE_ENUM_VALUE (SIDETONE_VANTAGE_RELAY, "relay"))

G_DEFINE_ENUM_TYPE (
  SidetoneState, sidetone_state,
  G_DEFINE_ENUM_VALUE (SIDETONE_STATE_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_STATE_PASSED, "passed"),
  G_DEFINE_ENUM_VALUE (SIDETONE_STATE_FAILED, "failed"),
  G_DEFINE_ENUM_VALUE (SIDETONE_STATE_SKIPPED, "skipped"))

G_DEFINE_ENUM_TYPE (
  SidetoneSkipReason, sidetone_skip_reason,
  G_DEFINE_ENUM_VALUE (SIDETONE_SKIP_REASON_NONE, "none"),
  G_DEFINE_ENUM_VALUE (SIDETONE_SKIP_REASON_ANOTHER_WAS_FASTER, "another was faster"),
  G_DEFINE_ENUM_VALUE (SIDETONE_SKIP_REASON_NOT_NEEDED, "not needed"),
  G_DEFINE_ENUM_VALUE (SIDETONE_SKIP_REASON_NO_CREDENTIALS, "no credentials"),
  G_DEFINE_ENUM_VALUE (SIDETONE_SKIP_REASON_DTLS, "dtls"),
  G_DEFINE_ENUM_VALUE (SIDETONE_SKIP_REASON_NO_ADDRESS, "no address"),
  G_DEFINE_ENUM_VALUE (SIDETONE_SKIP_REASON_NO_IPV4, "no ipv4"),
  G_DEFINE_ENUM_VALUE (SIDETONE_SKIP_REASON_NO_IPV6, "no ipv6"),
  G_DEFINE_ENUM_VALUE (SIDETONE_SKIP_REASON_TOO_MANY, "too many"),
  G_DEFINE_ENUM_VALUE (SIDETONE_SKIP_REASON_NO_RELAY, "no relay"),
  G_DEFINE_ENUM_VALUE (SIDETONE_SKIP_REASON_OWN_COMPUTER, "own computer"),
  G_DEFINE_ENUM_VALUE (SIDETONE_SKIP_REASON_PRIVATE_ADDRESS, "private address"))

G_DEFINE_FINAL_TYPE (SidetoneObservation, sidetone_observation, G_TYPE_OBJECT)

static SidetoneEndpoint *
take_end (SidetoneObservation * self,
          SidetoneEndpoint * end)
{
  if (end == NULL)
    return NULL;

  return self->aliases != NULL ? sidetone_endpoint_new_hidden (end, self->aliases)
         : sidetone_endpoint_ref (end);
}

static void
take_what (SidetoneObservation             *self,
           const SidetoneObservationFields *fields)
{
  const SidetoneFieldTable *table = sidetone_observation_kind_get_table (self->kind);
  g_autoptr (GVariant) details = sidetone_kept_take_details (fields->details);

  if (table != NULL)
    self->what = fields->what != NULL ? sidetone_field_table_copy (table, fields->what)
                 : sidetone_field_table_read (table, details);
  if (self->what != NULL && self->aliases != NULL)
    sidetone_field_table_hide (table, self->what, self->aliases);
  if (fields->what == NULL)
    self->kept = sidetone_kept_find (details, table, self->what);
}

static void
sidetone_observation_finalize (GObject *object)
{
  SidetoneObservation *self = SIDETONE_OBSERVATION (object);

  if (self->what != NULL)
    sidetone_field_table_free (sidetone_observation_kind_get_table (self->kind), self->what);
  g_clear_pointer (&self->kept, g_variant_unref);
  g_free (self->id);
  g_clear_pointer (&self->local, sidetone_endpoint_unref);
  g_clear_pointer (&self->seen, sidetone_endpoint_unref);
  g_clear_pointer (&self->aliases, sidetone_aliases_unref);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (sidetone_observation_parent_class)->finalize (object);
}

static void
sidetone_observation_class_init (SidetoneObservationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sidetone_observation_finalize;
}

static void
sidetone_observation_init (SidetoneObservation *self)
{
}

/**
 * sidetone_observation_new:
 * @fields: its fields
 *
 * Makes an observation. Everything in @fields is copied or referenced, and a floating `details` is
 * taken.
 *
 * The values of `details` must be of types that JSON keeps: booleans, int64, finite doubles,
 * strings, and arrays of these.
 *
 * Returns: (transfer full): the observation
 */
SidetoneObservation *
sidetone_observation_new (const SidetoneObservationFields *fields)
{
  SidetoneObservation *self;

  g_return_val_if_fail (fields != NULL, NULL);
  g_return_val_if_fail (fields->id != NULL && *fields->id != '\0', NULL);
  g_return_val_if_fail (fields->error == NULL || fields->error->domain == SIDETONE_ERROR, NULL);

  self = g_object_new (SIDETONE_TYPE_OBSERVATION, NULL);
  self->id = g_strdup (fields->id);
  self->kind = fields->kind;
  self->vantage = fields->vantage;
  self->state = fields->state;
  self->aliases = fields->aliases != NULL ? sidetone_aliases_ref (fields->aliases) : NULL;
  self->local = take_end (self, fields->local);
  self->seen = take_end (self, fields->seen);
  self->error = fields->error != NULL ? g_error_copy (fields->error) : NULL;
  self->start_us = fields->start_us;
  self->duration_us = fields->duration_us;
  take_what (self, fields);

  return self;
}

/**
 * sidetone_observation_get_id:
 * @self: an observation
 *
 * Returns: (transfer none): its ID, unique in its run, such as `connect-2`
 */
const char *
sidetone_observation_get_id (SidetoneObservation *self)
{
  g_return_val_if_fail (SIDETONE_IS_OBSERVATION (self), NULL);

  return self->id;
}

/**
 * sidetone_observation_get_kind:
 * @self: an observation
 *
 * Returns: its kind
 */
SidetoneObservationKind
sidetone_observation_get_kind (SidetoneObservation *self)
{
  g_return_val_if_fail (SIDETONE_IS_OBSERVATION (self), SIDETONE_OBSERVATION_UNKNOWN);

  return self->kind;
}

/**
 * sidetone_observation_get_vantage:
 * @self: an observation
 *
 * Returns: who saw it
 */
SidetoneVantage
sidetone_observation_get_vantage (SidetoneObservation *self)
{
  g_return_val_if_fail (SIDETONE_IS_OBSERVATION (self), SIDETONE_VANTAGE_UNKNOWN);

  return self->vantage;
}

/**
 * sidetone_observation_get_state:
 * @self: an observation
 *
 * Returns: how it ended
 */
SidetoneState
sidetone_observation_get_state (SidetoneObservation *self)
{
  g_return_val_if_fail (SIDETONE_IS_OBSERVATION (self), SIDETONE_STATE_UNKNOWN);

  return self->state;
}

/**
 * sidetone_observation_has_passed:
 * @self: (nullable): an observation
 *
 * Returns: whether @self passed
 */
gboolean
sidetone_observation_has_passed (SidetoneObservation *self)
{
  return self != NULL && sidetone_observation_get_state (self) == SIDETONE_STATE_PASSED;
}

/**
 * sidetone_observation_has_failed:
 * @self: (nullable): an observation
 *
 * Returns: whether @self failed
 */
gboolean
sidetone_observation_has_failed (SidetoneObservation *self)
{
  return self != NULL && sidetone_observation_get_state (self) == SIDETONE_STATE_FAILED;
}

/**
 * sidetone_observation_get_local:
 * @self: an observation
 *
 * Returns: (transfer none) (nullable): the local endpoint, if there is one
 */
SidetoneEndpoint *
sidetone_observation_get_local (SidetoneObservation *self)
{
  g_return_val_if_fail (SIDETONE_IS_OBSERVATION (self), NULL);

  return self->local;
}

/**
 * sidetone_observation_get_seen:
 * @self: an observation
 *
 * Returns: (transfer none) (nullable): this computer's address as the vantage sees it, if it said
 */
SidetoneEndpoint *
sidetone_observation_get_seen (SidetoneObservation *self)
{
  g_return_val_if_fail (SIDETONE_IS_OBSERVATION (self), NULL);

  return self->seen;
}

/**
 * sidetone_observation_get_aliases:
 * @self: an observation
 *
 * Returns: (transfer none) (nullable): in a redacted report, its aliases
 */
SidetoneAliases *
sidetone_observation_get_aliases (SidetoneObservation *self)
{
  g_return_val_if_fail (SIDETONE_IS_OBSERVATION (self), NULL);

  return self->aliases;
}

/**
 * sidetone_observation_get_error:
 * @self: an observation
 *
 * Returns: (transfer none) (nullable): why it failed, in the domain %SIDETONE_ERROR; its message is
 *   technical, see sidetone_describe_error() for words
 */
const GError *
sidetone_observation_get_error (SidetoneObservation *self)
{
  g_return_val_if_fail (SIDETONE_IS_OBSERVATION (self), NULL);

  return self->error;
}

/**
 * sidetone_observation_has_error:
 * @self: (nullable): an observation
 * @error: a code
 *
 * Returns: whether the error of @self has this code
 */
gboolean
sidetone_observation_has_error (SidetoneObservation *self,
                                SidetoneError        error)
{
  return self != NULL && g_error_matches (sidetone_observation_get_error (self), SIDETONE_ERROR, error);
}

/**
 * sidetone_observation_has_error_trait:
 * @self: (nullable): an observation
 * @trait: a trait
 *
 * Returns: whether @self has an error with this trait
 */
gboolean
sidetone_observation_has_error_trait (SidetoneObservation *self,
                                      SidetoneErrorTraits  trait)
{
  const GError *error = self != NULL ? sidetone_observation_get_error (self) : NULL;

  return error != NULL && sidetone_error_has_trait (error->code, trait);
}

/**
 * sidetone_observation_get_start_us:
 * @self: an observation
 *
 * Returns: its start, in microseconds from the start of the run
 */
gint64
sidetone_observation_get_start_us (SidetoneObservation *self)
{
  g_return_val_if_fail (SIDETONE_IS_OBSERVATION (self), 0);

  return self->start_us;
}

/**
 * sidetone_observation_get_duration_us:
 * @self: an observation
 *
 * Returns: its duration, in microseconds
 */
gint64
sidetone_observation_get_duration_us (SidetoneObservation *self)
{
  g_return_val_if_fail (SIDETONE_IS_OBSERVATION (self), 0);

  return self->duration_us;
}

/**
 * sidetone_observation_get_seen_as:
 * @self: an observation
 * @kind: a kind
 *
 * For the functions that return one kind's struct, such as sidetone_observation_get_echo().
 *
 * Returns: (transfer none) (nullable): its struct, or %NULL if it is of another kind
 */
gconstpointer
sidetone_observation_get_seen_as (SidetoneObservation    *self,
                                  SidetoneObservationKind kind)
{
  g_return_val_if_fail (SIDETONE_IS_OBSERVATION (self), NULL);

  return self->kind == kind ? self->what : NULL;
}

/* The struct's member for @key; the type depends only on the key */
static gconstpointer
get_pointer (SidetoneObservation *self,
             const char          *key)
{
  const SidetoneFieldTable *table = sidetone_observation_kind_get_table (self->kind);
  const SidetoneField *field = table != NULL ? sidetone_field_table_find (table, key) : NULL;

  return field != NULL ? sidetone_field_get_pointer (field, self->what) : NULL;
}

/**
 * sidetone_observation_get_peer:
 * @self: an observation
 *
 * Returns: (transfer none) (nullable): a connection's remote endpoint, or the tested call server;
 *   %NULL also if this kind has none
 */
SidetoneEndpoint *
sidetone_observation_get_peer (SidetoneObservation *self)
{
  g_return_val_if_fail (SIDETONE_IS_OBSERVATION (self), NULL);

  return (SidetoneEndpoint *) get_pointer (self, "peer-address");
}

/**
 * sidetone_observation_get_service:
 * @self: an observation
 *
 * Returns: (transfer none) (nullable): the tested call server; %NULL also if this kind has none
 */
SidetoneService *
sidetone_observation_get_service (SidetoneObservation *self)
{
  g_return_val_if_fail (SIDETONE_IS_OBSERVATION (self), NULL);

  return (SidetoneService *) get_pointer (self, "service");
}

/**
 * sidetone_observation_get_server_text:
 * @self: an observation
 *
 * Returns: (transfer none) (nullable): the server's own text in a refusal; %NULL also if this kind
 *   has none
 */
const char *
sidetone_observation_get_server_text (SidetoneObservation *self)
{
  g_return_val_if_fail (SIDETONE_IS_OBSERVATION (self), NULL);

  return get_pointer (self, "server-text");
}

/**
 * sidetone_observation_dup_detail:
 * @self: an observation
 * @key: a field's key in reports
 *
 * Returns: (transfer full) (nullable): its value in reports, also if this version does not know the
 *   field
 */
GVariant *
sidetone_observation_dup_detail (SidetoneObservation *self,
                                 const char          *key)
{
  const SidetoneFieldTable *table;
  const SidetoneField *field;
  GVariant *value = NULL;

  g_return_val_if_fail (SIDETONE_IS_OBSERVATION (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  if (self->kept != NULL)
    value = g_variant_lookup_value (self->kept, key, NULL);
  if (value != NULL)
    return value;

  table = sidetone_observation_kind_get_table (self->kind);
  field = table != NULL ? sidetone_field_table_find (table, key) : NULL;
  if (field != NULL)
    value = sidetone_field_write (field, self->what);

  return value != NULL ? g_variant_ref_sink (value) : NULL;
}

/**
 * sidetone_observation_dup_details:
 * @self: an observation
 *
 * Returns: (transfer full): a report's `details` of the observation, an `a{sv}`; the keys are in
 *   src/core/README.md
 */
GVariant *
sidetone_observation_dup_details (SidetoneObservation *self)
{
  const SidetoneFieldTable *table;
  GVariantDict details;

  g_return_val_if_fail (SIDETONE_IS_OBSERVATION (self), NULL);

  /* Kept values replace the struct's. */
  g_variant_dict_init (&details, self->kept);
  table = sidetone_observation_kind_get_table (self->kind);
  for (guint i = 0; table != NULL && i < table->n_fields; i++)
    {
      const SidetoneField *field = &table->fields[i];
      GVariant *value;

      if (field->key == NULL || g_variant_dict_contains (&details, field->key))
        continue;

      value = sidetone_field_write (field, self->what);
      if (value != NULL)
        g_variant_dict_insert_value (&details, field->key, value);
    }

  return g_variant_ref_sink (g_variant_dict_end (&details));
}
