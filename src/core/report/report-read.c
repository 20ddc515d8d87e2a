/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "report/report-private.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/nick.h"
#include "wire/services.h"

/* A report may come from anybody, perhaps edited. Each member that this version knows is checked;
 * unknown ones are ignored, because the format only grows. Findings are ignored, too: the report is
 * judged anew. */

#define MIN_YEAR 1000
/* Our reports have five levels; later ones may have some more. */
#define MAX_DEPTH 16
#define MAX_OBSERVATIONS 4096
#define MAX_KEY 64

/* Some 30 years in microseconds: longer than any run */
#define MAX_TIME_US G_GINT64_CONSTANT (1000000000000000)

static gboolean
fail (GError    **error,
      const char *member)
{
  g_set_error (error, SIDETONE_ERROR, SIDETONE_ERROR_NOT_A_REPORT,
               "The member “%s” is missing or wrong", member);

  return FALSE;
}

static gboolean
is_absent (JsonObject *object,
           const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node == NULL || JSON_NODE_HOLDS_NULL (node);
}

/* Optional text of a limited length */
static gboolean
read_text (JsonObject  *object,
           const char  *member,
           gsize        max_length,
           const char **value,
           GError     **error)
{
  *value = sidetone_json_get_string (object, member);
  if (*value == NULL)
    return is_absent (object, member) || fail (error, member);

  return strlen (*value) <= max_length || fail (error, member);
}

static gboolean
read_needed_text (JsonObject  *object,
                  const char  *member,
                  gsize        max_length,
                  const char **value,
                  GError     **error)
{
  if (!read_text (object, member, max_length, value, error))
    return FALSE;

  return *value != NULL || fail (error, member);
}

/* An optional object */
static gboolean
read_object (JsonObject  *object,
             const char  *member,
             JsonObject **value,
             GError     **error)
{
  *value = sidetone_json_get_object (object, member);

  return *value != NULL || is_absent (object, member) || fail (error, member);
}

static gboolean
read_time (JsonObject *object,
           const char *member,
           gint64     *value,
           GError    **error)
{
  *value = 0;
  if (is_absent (object, member))
    return TRUE;

  *value = sidetone_json_get_int (object, member, -1);

  return (*value >= 0 && *value <= MAX_TIME_US) || fail (error, member);
}

/* An unknown nick came with a newer version: it becomes 0, the enum's unknown value. */
static gboolean
read_nick (JsonObject *object,
           const char *member,
           GType       type,
           int        *value,
           GError    **error)
{
  const char *nick;

  if (!read_needed_text (object, member, MAX_KEY, &nick, error))
    return FALSE;

  *value = sidetone_nick_find (type, nick);

  return TRUE;
}

static gboolean
read_endpoint (JsonObject        *object,
               const char        *member,
               SidetoneEndpoint **value,
               GError           **error)
{
  JsonObject *endpoint;
  const char *address;
  gint64 port = 0;

  if (!read_object (object, member, &endpoint, error))
    return FALSE;

  if (endpoint == NULL)
    return TRUE;

  if (!read_needed_text (endpoint, "address", MAX_KEY, &address, error))
    return FALSE;

  if (!is_absent (endpoint, "port"))
    {
      port = sidetone_json_get_int (endpoint, "port", 0);
      if (port < 1 || port > G_MAXUINT16)
        return fail (error, "port");
    }

  *value = sidetone_endpoint_new_from_string (address, port, SIDETONE_TRANSPORT_UNKNOWN, NULL);

  return *value != NULL || fail (error, member);
}

static gboolean
read_error (JsonObject *object,
            GError    **value,
            GError    **error)
{
  JsonObject *described;
  const char *code;
  const char *text;

  if (!read_object (object, "error", &described, error))
    return FALSE;

  if (described == NULL)
    return TRUE;

  if (!read_needed_text (described, "code", MAX_KEY, &code, error) ||
      !read_text (described, "text", SIDETONE_REPORT_MAX_BYTES, &text, error))
    return FALSE;

  *value = g_error_new_literal (SIDETONE_ERROR, sidetone_error_from_code (code),
                                text != NULL ? text : "");

  return TRUE;
}

/* The characters of our own names. */
static gboolean
is_word (const char *text)
{
  gsize length = strlen (text);

  return length > 0 && length <= MAX_KEY &&
         strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

static GVariant *
read_scalar (JsonNode *node)
{
  GType type;

  if (!JSON_NODE_HOLDS_VALUE (node))
    return NULL;

  type = json_node_get_value_type (node);
  if (type == G_TYPE_BOOLEAN)
    return g_variant_new_boolean (json_node_get_boolean (node));
  if (type == G_TYPE_INT64)
    return g_variant_new_int64 (json_node_get_int (node));
  if (type == G_TYPE_DOUBLE)
    return g_variant_new_double (json_node_get_double (node));
  if (type == G_TYPE_STRING)
    return g_variant_new_string (json_node_get_string (node));

  return NULL;
}

/* An array has one type of values. An empty one counts as one of texts. */
static GVariant *
read_array (JsonArray *array)
{
  guint n = json_array_get_length (array);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);

  if (n == 0)
    return g_variant_new_strv (NULL, 0);

  for (guint i = 0; i < n; i++)
    {
      GVariant *value = read_scalar (json_array_get_element (array, i));

      if (value == NULL)
        return NULL;

      g_ptr_array_add (values, g_variant_ref_sink (value));
      if (!g_variant_is_of_type (value, g_variant_get_type (values->pdata[0])))
        return NULL;
    }

  return g_variant_new_array (NULL, (GVariant **) values->pdata, n);
}

/* Values of other types are ignored. */
static gboolean
read_details (JsonObject *object,
              GVariant  **value,
              GError    **error)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  JsonObject *details;
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;

  if (!read_object (object, "details", &details, error))
    {
      g_variant_builder_clear (&builder);
      return FALSE;
    }

  if (details != NULL)
    {
      json_object_iter_init_ordered (&iter, details);
      while (json_object_iter_next_ordered (&iter, &key, &node))
        {
          GVariant *item = JSON_NODE_HOLDS_ARRAY (node) ? read_array (json_node_get_array (node))
                           : read_scalar (node);

          if (item != NULL && is_word (key))
            g_variant_builder_add (&builder, "{sv}", key, item);
          else if (item != NULL)
            g_variant_unref (g_variant_ref_sink (item));
        }
    }

  *value = g_variant_ref_sink (g_variant_builder_end (&builder));

  return TRUE;
}

/* No check announces more, and judging each service takes time. */
static gboolean
has_too_many_services (GVariant *details)
{
  g_autoptr (GVariant) services = g_variant_lookup_value (details, "services",
                                                          G_VARIANT_TYPE_ARRAY);

  return services != NULL && g_variant_n_children (services) > SIDETONE_SERVICES_MAX;
}

static SidetoneObservation *
read_observation (JsonObject      *object,
                  SidetoneAliases *aliases,
                  GError         **error)
{
  SidetoneObservationFields fields = { 0 };
  g_autoptr (SidetoneEndpoint) local = NULL;
  g_autoptr (SidetoneEndpoint) seen = NULL;
  g_autoptr (GError) met = NULL;
  g_autoptr (GVariant) details = NULL;
  int kind;
  int vantage;
  int state;

  if (!read_needed_text (object, "id", MAX_KEY, &fields.id, error) ||
      !read_nick (object, "kind", SIDETONE_TYPE_OBSERVATION_KIND, &kind, error) ||
      !read_nick (object, "vantage", SIDETONE_TYPE_VANTAGE, &vantage, error) ||
      !read_nick (object, "state", SIDETONE_TYPE_STATE, &state, error) ||
      !read_time (object, "start_us", &fields.start_us, error) ||
      !read_time (object, "duration_us", &fields.duration_us, error) ||
      !read_endpoint (object, "local", &local, error) ||
      !read_endpoint (object, "seen", &seen, error) ||
      !read_error (object, &met, error) ||
      !read_details (object, &details, error))
    return NULL;

  if (!is_word (fields.id))
    {
      fail (error, "id");
      return NULL;
    }

  if (kind == SIDETONE_OBSERVATION_SERVICES && has_too_many_services (details))
    {
      fail (error, "services");
      return NULL;
    }

  fields.kind = kind;
  fields.vantage = vantage;
  fields.state = state;
  fields.local = local;
  fields.seen = seen;
  fields.error = met;
  fields.details = details;
  fields.aliases = aliases;

  return sidetone_observation_new (&fields);
}

static GListStore *
read_observations (JsonObject      *object,
                   SidetoneAliases *aliases,
                   GError         **error)
{
  JsonArray *array = sidetone_json_get_array (object, "observations");
  g_autoptr (GListStore) observations = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  if (array == NULL || json_array_get_length (array) > MAX_OBSERVATIONS)
    {
      fail (error, "observations");
      return NULL;
    }

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      g_autoptr (SidetoneObservation) observation = NULL;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          fail (error, "observations");
          return NULL;
        }

      observation = read_observation (json_node_get_object (node), aliases, error);
      if (observation == NULL)
        return NULL;

      /* Findings refer to their evidence by ID. */
      if (!g_hash_table_add (ids, (gpointer) sidetone_observation_get_id (observation)))
        {
          fail (error, "id");
          return NULL;
        }

      g_list_store_append (observations, observation);
    }

  return g_steal_pointer (&observations);
}

static gboolean
check_format (JsonObject *root,
              GError    **error)
{
  gint64 version;

  if (g_strcmp0 (sidetone_json_get_string (root, "format"), "sidetone-report") != 0)
    return fail (error, "format");

  version = sidetone_json_get_int (root, "version", 0);
  if (version > SIDETONE_REPORT_VERSION)
    {
      g_set_error (error, SIDETONE_ERROR, SIDETONE_ERROR_REPORT_TOO_NEW,
                   "A report of version %" G_GINT64_FORMAT ", newer than %d", version,
                   SIDETONE_REPORT_VERSION);
      return FALSE;
    }

  return version > 0 || fail (error, "version");
}

/* A newer version may know more apps. */
static SidetoneApp
find_app (const char *nick)
{
  return nick != NULL ? sidetone_nick_find (SIDETONE_TYPE_APP, nick) : SIDETONE_APP_UNKNOWN;
}

/**
 * sidetone_report_new_from_json:
 * @text: (array length=length): a file's contents
 * @length: its length in bytes
 * @error: return location for an error
 *
 * Reads a report and judges it anew. Additions by a newer Sidetone with the same format are
 * ignored.
 *
 * Fails with %SIDETONE_ERROR_NOT_A_REPORT or %SIDETONE_ERROR_REPORT_TOO_NEW.
 *
 * Returns: (transfer full): the report, or %NULL with @error set
 */
SidetoneReport *
sidetone_report_new_from_json (const char *text,
                               gsize       length,
                               GError    **error)
{
  g_autoptr (JsonObject) root = NULL;
  g_autoptr (SidetoneAliases) aliases = NULL;
  g_autoptr (GListStore) observations = NULL;
  g_autoptr (GDateTime) created = NULL;
  g_autoptr (GError) malformed = NULL;
  JsonObject *app;
  JsonObject *account;
  const char *time;
  const char *version;
  const char *strophe_version = NULL;
  const char *os = NULL;
  const char *jid = NULL;
  const char *domain = NULL;
  const char *chat_app = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  root = sidetone_json_parse_object (text, length, SIDETONE_REPORT_MAX_BYTES, MAX_DEPTH,
                                     &malformed);
  if (root == NULL)
    {
      g_set_error_literal (error, SIDETONE_ERROR, SIDETONE_ERROR_NOT_A_REPORT, malformed->message);
      return NULL;
    }

  if (!check_format (root, error) ||
      !read_needed_text (root, "created", MAX_KEY, &time, error) ||
      !read_object (root, "app", &app, error) ||
      !read_object (root, "account", &account, error))
    return NULL;

  created = g_date_time_new_from_iso8601 (time, NULL);
  /* GLib writes an earlier year with fewer digits, which it does not read again. */
  if (created != NULL && g_date_time_get_year (created) < MIN_YEAR)
    g_clear_pointer (&created, g_date_time_unref);
  if (created == NULL || app == NULL || account == NULL)
    {
      fail (error, created == NULL ? "created" : app == NULL ? "app" : "account");
      return NULL;
    }

  if (!read_needed_text (app, "version", SIDETONE_REPORT_MAX_NAME, &version, error) ||
      !read_text (app, "libstrophe", SIDETONE_REPORT_MAX_NAME, &strophe_version, error) ||
      !read_text (app, "os", SIDETONE_REPORT_MAX_NAME, &os, error) ||
      !read_text (account, "jid", SIDETONE_REPORT_MAX_JID, &jid, error) ||
      !read_text (account, "server", SIDETONE_REPORT_MAX_NAME, &domain, error) ||
      !read_text (root, "chat_app", MAX_KEY, &chat_app, error))
    return NULL;

  /* Only a redacted report has no account. */
  aliases = jid == NULL ? sidetone_aliases_new () : NULL;
  observations = read_observations (root, aliases, error);
  if (observations == NULL)
    return NULL;

  return sidetone_report_new_with_version (jid, domain, created, version, strophe_version, os,
                                           find_app (chat_app), aliases, G_LIST_MODEL (observations));
}
