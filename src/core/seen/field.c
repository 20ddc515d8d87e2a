/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "seen/field.h"

#include "base/nick.h"
#include "wire/service.h"

/* Makes, copies, reads and writes (serialises) the observations' structs, by their tables.
 *
 * An observation owns everything that its struct points to. A probe's struct lends its pointers
 * until the observation has copied them. */

#define MEMBER(Type, field, seen) (*(Type *) G_STRUCT_MEMBER_P (seen, (field)->offset))

/* Drops the credentials. */
static gpointer
copy_service (gpointer service)
{
  g_autofree char *text = service != NULL ? sidetone_service_to_text (service) : NULL;

  return text != NULL ? sidetone_service_new_from_text (text) : NULL;
}

static void
free_service (gpointer data)
{
  g_clear_pointer ((SidetoneService **) &data, sidetone_service_unref);
}

static GPtrArray *
new_services (void)
{
  return g_ptr_array_new_with_free_func (free_service);
}

static GPtrArray *
new_endpoints (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_endpoint_unref);
}

static gpointer
copy_services (gpointer data)
{
  GPtrArray *services = data;
  GPtrArray *copy = new_services ();

  for (guint i = 0; i < services->len; i++)
    g_ptr_array_add (copy, copy_service (services->pdata[i]));

  return copy;
}

static gpointer
copy_endpoints (gpointer data)
{
  GPtrArray *endpoints = data;
  GPtrArray *copy = new_endpoints ();

  for (guint i = 0; i < endpoints->len; i++)
    g_ptr_array_add (copy, sidetone_endpoint_ref (endpoints->pdata[i]));

  return copy;
}

static gpointer
copy_numbers (gpointer data)
{
  GArray *numbers = data;
  GArray *copy = g_array_sized_new (FALSE, FALSE, sizeof (gint64), numbers->len);

  return g_array_append_vals (copy, numbers->data, numbers->len);
}

static gpointer
copy_text (gpointer text)
{
  return g_strdup (text);
}

static gpointer
copy_texts (gpointer texts)
{
  return g_strdupv (texts);
}

static gpointer
copy_endpoint (gpointer endpoint)
{
  return sidetone_endpoint_ref (endpoint);
}

static gpointer
read_text (GVariant *value)
{
  return g_variant_dup_string (value, NULL);
}

static gpointer
read_texts (GVariant *value)
{
  return g_variant_dup_strv (value, NULL);
}

static gpointer
read_endpoint (GVariant *value)
{
  return sidetone_endpoint_parse (g_variant_get_string (value, NULL));
}

static gpointer
read_address (GVariant *value)
{
  return sidetone_endpoint_new_from_string (g_variant_get_string (value, NULL), 0,
                                            SIDETONE_TRANSPORT_TCP, NULL);
}

static gpointer
read_service (GVariant *value)
{
  return sidetone_service_new_from_text (g_variant_get_string (value, NULL));
}

static gpointer
read_endpoints (GVariant *value)
{
  g_autofree const char **texts = g_variant_get_strv (value, NULL);
  GPtrArray *endpoints = new_endpoints ();

  for (guint i = 0; texts[i] != NULL; i++)
    {
      SidetoneEndpoint *endpoint = sidetone_endpoint_parse (texts[i]);

      if (endpoint != NULL)
        g_ptr_array_add (endpoints, endpoint);
    }

  return endpoints;
}

/* An unreadable service still counts, as NULL. */
static gpointer
read_services (GVariant *value)
{
  g_autofree const char **texts = g_variant_get_strv (value, NULL);
  GPtrArray *services = new_services ();

  for (guint i = 0; texts[i] != NULL; i++)
    g_ptr_array_add (services, sidetone_service_new_from_text (texts[i]));

  return services;
}

static gpointer
read_numbers (GVariant *value)
{
  gsize n;
  const gint64 *numbers = g_variant_get_fixed_array (value, &n, sizeof *numbers);
  GArray *copy = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);

  return g_array_append_vals (copy, numbers, n);
}

static GVariant *
take_text (char *text)
{
  return text != NULL ? g_variant_new_take_string (text) : NULL;
}

static GVariant *
write_text (gpointer text)
{
  return g_variant_new_string (text);
}

static GVariant *
write_texts (gpointer texts)
{
  return g_variant_new_strv (texts, -1);
}

static GVariant *
write_numbers (gpointer data)
{
  GArray *numbers = data;

  return g_variant_new_fixed_array (G_VARIANT_TYPE_INT64, numbers->data, numbers->len,
                                    sizeof (gint64));
}

static GVariant *
write_endpoint (gpointer endpoint)
{
  return take_text (sidetone_endpoint_format (endpoint));
}

static GVariant *
write_address (gpointer endpoint)
{
  return take_text (sidetone_endpoint_dup_address (endpoint));
}

static GVariant *
write_service (gpointer service)
{
  return take_text (sidetone_service_to_text (service));
}

static GVariant *
write_endpoints (gpointer data)
{
  GPtrArray *endpoints = data;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) texts = NULL;

  for (guint i = 0; i < endpoints->len; i++)
    {
      g_autofree char *text = sidetone_endpoint_format (endpoints->pdata[i]);

      g_strv_builder_add (builder, text);
    }
  texts = g_strv_builder_end (builder);

  return g_variant_new_strv ((const char *const *) texts, -1);
}

static GVariant *
write_services (gpointer data)
{
  GPtrArray *services = data;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) texts = NULL;

  for (guint i = 0; i < services->len; i++)
    {
      g_autofree char *text = NULL;

      if (services->pdata[i] != NULL)
        text = sidetone_service_to_text (services->pdata[i]);
      g_strv_builder_add (builder, text != NULL ? text : SIDETONE_REDACTED);
    }
  texts = g_strv_builder_end (builder);

  return g_variant_new_strv ((const char *const *) texts, -1);
}

/* The type of a value in a report, and functions to copy, free, read and write pointers */
static const struct
{
  const char *variant_type;
  gpointer (*copy)(gpointer);
  GDestroyNotify free;
  gpointer (*read)(GVariant *);
  GVariant *(*write)(gpointer);
} types[] = {
  [SIDETONE_FIELD_TEXT] = { "s", copy_text, g_free, read_text, write_text },
  [SIDETONE_FIELD_TEXTS] = {
    "as", copy_texts, (GDestroyNotify) g_strfreev, read_texts, write_texts
  },
  [SIDETONE_FIELD_TRUTH] = { "b" },
  [SIDETONE_FIELD_NUMBER] = { "x" },
  [SIDETONE_FIELD_COUNT] = { "x" },
  [SIDETONE_FIELD_DURATION] = { "x" },
  [SIDETONE_FIELD_NUMBERS] = {
    "ax", copy_numbers, (GDestroyNotify) g_array_unref, read_numbers, write_numbers
  },
  [SIDETONE_FIELD_CHOICE] = { "s" },
  [SIDETONE_FIELD_ENDPOINT] = {
    "s", copy_endpoint, (GDestroyNotify) sidetone_endpoint_unref, read_endpoint, write_endpoint
  },
  [SIDETONE_FIELD_ENDPOINTS] = {
    "as", copy_endpoints, (GDestroyNotify) g_ptr_array_unref, read_endpoints, write_endpoints
  },
  [SIDETONE_FIELD_ADDRESS] = {
    "s", copy_endpoint, (GDestroyNotify) sidetone_endpoint_unref, read_address, write_address
  },
  [SIDETONE_FIELD_PORT] = { "x" },
  [SIDETONE_FIELD_SERVICE] = { "s", copy_service, free_service, read_service, write_service },
  [SIDETONE_FIELD_SERVICES] = {
    "as", copy_services, (GDestroyNotify) g_ptr_array_unref, read_services, write_services
  },
};

static gboolean
is_pointer (const SidetoneField *field)
{
  return field->type != SIDETONE_FIELD_NONE && types[field->type].copy != NULL;
}

static gboolean
is_number (const SidetoneField *field)
{
  return field->type == SIDETONE_FIELD_NUMBER || field->type == SIDETONE_FIELD_COUNT ||
         field->type == SIDETONE_FIELD_DURATION;
}

/**
 * sidetone_field_table_find:
 * @self: a table
 * @key: a field's key in reports
 *
 * Returns: (transfer none) (nullable): its row, or %NULL
 */
const SidetoneField *
sidetone_field_table_find (const SidetoneFieldTable *self,
                           const char               *key)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  for (guint i = 0; i < self->n_fields; i++)
    {
      if (g_strcmp0 (self->fields[i].key, key) == 0)
        return &self->fields[i];
    }

  return NULL;
}

/**
 * sidetone_field_table_init:
 * @self: a table
 * @seen: (out caller-allocates): its struct
 *
 * Sets all members of @seen to unknown.
 */
void
sidetone_field_table_init (const SidetoneFieldTable *self,
                           gpointer                  seen)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (seen != NULL);

  memset (seen, 0, self->size);
  for (guint i = 0; i < self->n_fields; i++)
    {
      if (is_number (&self->fields[i]))
        MEMBER (gint64, &self->fields[i], seen) = SIDETONE_NOT_SEEN;
    }
}

/**
 * sidetone_field_table_copy:
 * @self: a table
 * @seen: its struct
 *
 * Copies @seen. A service loses its credentials.
 *
 * Returns: (transfer full): the copy, for sidetone_field_table_free()
 */
gpointer
sidetone_field_table_copy (const SidetoneFieldTable *self,
                           gconstpointer             seen)
{
  gpointer copy;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (seen != NULL, NULL);

  copy = g_memdup2 (seen, self->size);
  for (guint i = 0; i < self->n_fields; i++)
    {
      const SidetoneField *field = &self->fields[i];

      if (is_pointer (field) && MEMBER (gpointer, field, copy) != NULL)
        MEMBER (gpointer, field, copy) = types[field->type].copy (MEMBER (gpointer, field, copy));
    }

  return copy;
}

static void
hide_endpoint (SidetoneEndpoint **endpoint,
               SidetoneAliases   *aliases)
{
  g_autoptr (SidetoneEndpoint) made_up = *endpoint;

  *endpoint = sidetone_endpoint_new_hidden (made_up, aliases);
}

/**
 * sidetone_field_table_hide:
 * @self: a table
 * @seen: its struct, a copy or one that was read
 * @aliases: a redacted report's aliases
 *
 * Marks the endpoints in @seen as made up.
 */
void
sidetone_field_table_hide (const SidetoneFieldTable *self,
                           gpointer                  seen,
                           SidetoneAliases          *aliases)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (seen != NULL);

  for (guint i = 0; i < self->n_fields; i++)
    {
      const SidetoneField *field = &self->fields[i];
      GPtrArray *endpoints = NULL;

      if (field->type == SIDETONE_FIELD_ENDPOINTS)
        endpoints = MEMBER (GPtrArray *, field, seen);
      else if ((field->type == SIDETONE_FIELD_ENDPOINT || field->type == SIDETONE_FIELD_ADDRESS) &&
               MEMBER (SidetoneEndpoint *, field, seen) != NULL)
        hide_endpoint (&MEMBER (SidetoneEndpoint *, field, seen), aliases);

      for (guint j = 0; endpoints != NULL && j < endpoints->len; j++)
        hide_endpoint ((SidetoneEndpoint **) &endpoints->pdata[j], aliases);
    }
}

/**
 * sidetone_field_table_free:
 * @self: a table
 * @seen: (transfer full) (nullable): its struct, a copy or one that was read
 *
 * Frees @seen.
 */
void
sidetone_field_table_free (const SidetoneFieldTable *self,
                           gpointer                  seen)
{
  g_return_if_fail (self != NULL);

  if (seen == NULL)
    return;

  for (guint i = 0; i < self->n_fields; i++)
    {
      const SidetoneField *field = &self->fields[i];

      if (is_pointer (field) && MEMBER (gpointer, field, seen) != NULL)
        types[field->type].free (MEMBER (gpointer, field, seen));
    }
  g_free (seen);
}

static void
read_number (const SidetoneField *field,
             gpointer             seen,
             gint64               number)
{
  if (field->type != SIDETONE_FIELD_NUMBER && number < 0)
    return;
  if (field->type == SIDETONE_FIELD_COUNT && number > SIDETONE_MAX_COUNT)
    return;

  MEMBER (gint64, field, seen) = number;
}

/* With an invalid port the address is dropped, too. */
static void
read_port (const SidetoneField *field,
           gpointer             seen,
           gint64               port)
{
  g_autoptr (SidetoneEndpoint) address = MEMBER (SidetoneEndpoint *, field, seen);

  MEMBER (SidetoneEndpoint *, field, seen) = NULL;
  if (address != NULL && port >= 0 && port <= G_MAXUINT16)
    {
      g_autofree char *text = sidetone_endpoint_dup_address (address);

      MEMBER (SidetoneEndpoint *, field, seen) =
        sidetone_endpoint_new_from_string (text, port, SIDETONE_TRANSPORT_TCP, NULL);
    }
}

static void
read_field (const SidetoneField *field,
            gpointer             seen,
            GVariant            *value)
{
  if (is_pointer (field))
    MEMBER (gpointer, field, seen) = types[field->type].read (value);
  else if (is_number (field))
    read_number (field, seen, g_variant_get_int64 (value));
  else if (field->type == SIDETONE_FIELD_PORT)
    read_port (field, seen, g_variant_get_int64 (value));
  else if (field->type == SIDETONE_FIELD_TRUTH)
    MEMBER (SidetoneTruth, field, seen) = sidetone_truth_of (g_variant_get_boolean (value));
  else if (field->type == SIDETONE_FIELD_CHOICE)
    MEMBER (int, field, seen) = sidetone_nick_find (field->get_choices (),
                                                    g_variant_get_string (value, NULL));
}

/**
 * sidetone_field_table_read:
 * @self: a table
 * @details: an `a{sv}`, in a report's form
 *
 * Reads the table's keys from @details, if their values have the right type and are in bounds.
 *
 * Returns: (transfer full): the struct, for sidetone_field_table_free()
 */
gpointer
sidetone_field_table_read (const SidetoneFieldTable *self,
                           GVariant                 *details)
{
  gpointer seen;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (details != NULL, NULL);

  seen = g_malloc (self->size);
  sidetone_field_table_init (self, seen);
  for (guint i = 0; i < self->n_fields; i++)
    {
      const SidetoneField *field = &self->fields[i];
      g_autoptr (GVariant) value = NULL;

      if (field->key != NULL)
        value = g_variant_lookup_value (details, field->key,
                                        G_VARIANT_TYPE (types[field->type].variant_type));
      if (value != NULL)
        read_field (field, seen, value);
    }

  return seen;
}

/**
 * sidetone_field_write:
 * @self: a row of a table
 * @seen: the table's struct
 *
 * Returns: (transfer floating) (nullable): the field's value in a report; %NULL if it was not seen
 */
GVariant *
sidetone_field_write (const SidetoneField *self,
                      gconstpointer        seen)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (seen != NULL, NULL);

  if (is_pointer (self))
    {
      gpointer pointer = MEMBER (gpointer, self, seen);

      return pointer != NULL ? types[self->type].write (pointer) : NULL;
    }

  if (self->type == SIDETONE_FIELD_PORT)
    {
      SidetoneEndpoint *endpoint = MEMBER (SidetoneEndpoint *, self, seen);
      guint16 port = endpoint != NULL ? sidetone_endpoint_get_port (endpoint) : 0;

      return port != 0 ? g_variant_new_int64 (port) : NULL;
    }

  if (is_number (self))
    return MEMBER (gint64, self, seen) != SIDETONE_NOT_SEEN
           ? g_variant_new_int64 (MEMBER (gint64, self, seen)) : NULL;

  if (self->type == SIDETONE_FIELD_TRUTH)
    return MEMBER (SidetoneTruth, self, seen) != SIDETONE_TRUTH_UNKNOWN
           ? g_variant_new_boolean (MEMBER (SidetoneTruth, self, seen) == SIDETONE_TRUTH_YES) : NULL;

  if (self->type == SIDETONE_FIELD_CHOICE)
    {
      int value = MEMBER (int, self, seen);

      return value != 0 ? g_variant_new_string (sidetone_nick_get (self->get_choices (), value))
             : NULL;
    }

  return NULL;
}

/**
 * sidetone_field_get_pointer:
 * @self: a row whose member is a pointer
 * @seen: the table's struct
 *
 * Returns: (transfer none) (nullable): the member's value
 */
gconstpointer
sidetone_field_get_pointer (const SidetoneField *self,
                            gconstpointer        seen)
{
  g_return_val_if_fail (self != NULL && is_pointer (self), NULL);
  g_return_val_if_fail (seen != NULL, NULL);

  return MEMBER (gconstpointer, self, seen);
}

/**
 * sidetone_field_get_choice:
 * @self: a row whose member is a choice
 * @seen: the table's struct
 *
 * Returns: the member's value, of its enum
 */
int
sidetone_field_get_choice (const SidetoneField *self,
                           gconstpointer        seen)
{
  g_return_val_if_fail (self != NULL && self->type == SIDETONE_FIELD_CHOICE, 0);
  g_return_val_if_fail (seen != NULL, 0);

  return MEMBER (int, self, seen);
}

/**
 * sidetone_truth_of:
 * @value: a boolean
 *
 * Returns: @value as a known truth
 */
SidetoneTruth
sidetone_truth_of (gboolean value)
{
  return value ? SIDETONE_TRUTH_YES : SIDETONE_TRUTH_NO;
}
