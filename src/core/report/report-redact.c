/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "report/report-private.h"

#include <string.h>

#include "address/host.h"
#include "base/error.h"
#include "report/address-map.h"
#include "report/omissions-private.h"
#include "seen/lookup.h"
#include "wire/service.h"

/* What a redacted report may publish. The table of an observation's kind says what becomes of each
 * field; fields without a row are removed, because text from servers and the system may contain any
 * name. */

#define MAX_WORD 100

/* Where words may end. Colons, dots and brackets belong to addresses. */
#define SEPARATORS " \t\n,;=\"'()<>"

typedef struct
{
  SidetoneAddressMap *addresses;
  SidetoneAliases *aliases;
  char *user;         /* the account's localpart; NULL if there is none */
  const char *domain;
  SidetoneOmissions *omissions; /* NULL if nobody asks for them */
} Redaction;

static GInetAddress *
map_address (Redaction    *self,
             GInetAddress *address)
{
  GInetAddress *mapped = sidetone_address_map_lookup (self->addresses, address);
  g_autofree char *text = NULL;

  if (self->omissions != NULL && !g_inet_address_equal (mapped, address))
    {
      text = g_inet_address_to_string (address);
      sidetone_omissions_note (self->omissions, SIDETONE_OMISSION_ADDRESS, text);
    }

  return mapped;
}

static char *
redact_address (Redaction  *self,
                const char *text)
{
  g_autoptr (SidetoneEndpoint) endpoint = sidetone_endpoint_parse (text);
  g_autoptr (SidetoneEndpoint) mapped = NULL;
  g_autoptr (GInetAddress) address = NULL;

  if (endpoint == NULL)
    return NULL;

  address = map_address (self, sidetone_endpoint_get_address (endpoint));
  mapped = sidetone_endpoint_new (address, sidetone_endpoint_get_port (endpoint),
                                  SIDETONE_TRANSPORT_UNKNOWN);

  return sidetone_endpoint_format (mapped);
}

/* The zone of a link-local address is removed: no rule uses it. */
static SidetoneEndpoint *
redact_endpoint (Redaction        *self,
                 SidetoneEndpoint *endpoint)
{
  g_autoptr (GInetAddress) address = NULL;

  if (endpoint == NULL)
    return NULL;

  address = map_address (self, sidetone_endpoint_get_address (endpoint));

  return sidetone_endpoint_new (address, sidetone_endpoint_get_port (endpoint),
                                sidetone_endpoint_get_transport (endpoint));
}

/* The server's names are public, even if they contain the user's name. */
static gboolean
is_server_name (Redaction  *self,
                const char *word)
{
  gsize length = strlen (word);
  gsize domain_length;

  if (self->domain == NULL)
    return FALSE;

  domain_length = strlen (self->domain);

  return length >= domain_length &&
         g_ascii_strcasecmp (word + length - domain_length, self->domain) == 0 &&
         (length == domain_length || word[length - domain_length - 1] == '.');
}

static gboolean
names_user (Redaction  *self,
            const char *word)
{
  g_auto (GStrv) parts = NULL;

  if (strchr (word, '@') != NULL)
    return TRUE;

  if (self->user == NULL || is_server_name (self, word))
    return FALSE;

  if (g_ascii_strcasecmp (word, self->user) == 0)
    return TRUE;

  parts = g_strsplit_set (word, "-_/", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (parts[i], self->user) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
append_word (Redaction  *self,
             GString    *text,
             const char *word)
{
  gsize length = strcspn (word, "/");
  g_autofree char *before = g_strndup (word, length);
  g_autofree char *address = redact_address (self, before);

  /* An address, perhaps with a prefix length */
  if (address != NULL)
    g_string_append_printf (text, "%s%s", address, word + length);
  else if (names_user (self, word))
    {
      sidetone_omissions_note (self->omissions, SIDETONE_OMISSION_NAME, word);
      g_string_append (text, SIDETONE_REDACTED);
    }
  else
    g_string_append (text, word);
}

/* Text of a few words, such as a certificate's subject or a host name: without the user's name and
 * any JID, and with made-up addresses */
static char *
redact_text (Redaction  *self,
             const char *text)
{
  GString *redacted = g_string_new (NULL);
  const char *p = text;

  while (*p != '\0')
    {
      gsize length = strcspn (p, SEPARATORS);
      g_autofree char *word = g_strndup (p, length);

      if (length > 0)
        append_word (self, redacted, word);
      p += length;

      length = strspn (p, SEPARATORS);
      g_string_append_len (redacted, p, length);
      p += length;
    }

  return g_string_free (redacted, FALSE);
}

typedef char *(*RedactFunc) (Redaction  *self,
                             const char *text);

/* A text, or texts. Those that @redact returns NULL for are left out. */
static GVariant *
redact_texts (Redaction *self,
              GVariant  *value,
              RedactFunc redact)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) redacted = NULL;
  g_autofree const char **strings = NULL;

  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    {
      char *string = redact (self, g_variant_get_string (value, NULL));

      return string != NULL ? g_variant_new_take_string (string) : NULL;
    }

  strings = g_variant_get_strv (value, NULL);
  for (guint i = 0; strings[i] != NULL; i++)
    {
      g_autofree char *string = redact (self, strings[i]);

      if (string != NULL)
        g_strv_builder_add (builder, string);
    }
  redacted = g_strv_builder_end (builder);

  return g_variant_new_strv ((const char *const *) redacted, -1);
}

/* One of our own words, or a protocol's: it names no person. That there was another one is judged, too. */
static char *
redact_word (Redaction  *self,
             const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && strchr (" -_:", *p) == NULL)
        return g_strdup (SIDETONE_REDACTED);
    }

  return g_strdup (strlen (text) <= MAX_WORD ? text : SIDETONE_REDACTED);
}

/* The standards' namespaces are public. */
static char *
redact_feature (Redaction  *self,
                const char *text)
{
  if (strchr (text, '@') == NULL &&
      (g_str_has_prefix (text, "urn:xmpp:") || g_str_has_prefix (text, "urn:ietf:") ||
       g_str_has_prefix (text, "http://jabber.org/") || g_str_has_prefix (text, "jabber:")))
    return g_strdup (text);

  return redact_text (self, text);
}

static char *
redact_prefix (Redaction  *self,
               const char *text)
{
  return sidetone_address_map_lookup_prefix (self->addresses, text);
}

/* Rules count the answers to a question. */
static char *
redact_answer (Redaction  *self,
               const char *text)
{
  char *address = redact_address (self, text);

  return address != NULL ? address : g_strdup (SIDETONE_REDACTED);
}

/* The services' names belong to the server and are public; an announced address is mapped. */
static char *
redact_service_host (Redaction  *self,
                     const char *text)
{
  char *address = redact_address (self, text);

  return address != NULL ? address : g_strdup (text);
}

static char *
redact_service (Redaction  *self,
                const char *text)
{
  g_autoptr (SidetoneService) service = sidetone_service_new_from_text (text);
  g_autofree char *host = NULL;
  g_auto (GStrv) words = NULL;

  /* Unusable entries are judged, too. */
  if (service == NULL)
    return g_strdup (SIDETONE_REDACTED);

  host = redact_service_host (self, sidetone_service_get_host (service));
  words = g_strsplit (text, " ", -1);
  g_free (words[2]);
  words[2] = g_steal_pointer (&host);

  return g_strjoinv (" ", words);
}

/* A host name in its form for lookups */
static char *
redact_service_name (Redaction  *self,
                     const char *text)
{
  g_autofree char *ascii = NULL;
  g_autofree char *unicode = NULL;

  return sidetone_host_prepare (text, &ascii, &unicode) ? redact_service_host (self, ascii) : NULL;
}

/* A view: an address, a word, an address */
static char *
redact_view (Redaction  *self,
             const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  g_autofree char *viewpoint = NULL;
  g_autofree char *mapped = NULL;

  if (g_strv_length (words) != 3 || !g_str_equal (words[1], "seen"))
    return NULL;

  viewpoint = redact_address (self, words[0]);
  mapped = redact_address (self, words[2]);
  return viewpoint != NULL && mapped != NULL
         ? g_strjoin (" ", viewpoint, words[1], mapped, NULL) : NULL;
}

static GVariant *
redact_name (Redaction       *self,
             SidetoneQuestion question,
             GVariant        *value)
{
  return redact_texts (self, value, question == SIDETONE_QUESTION_SERVICE ? redact_service_name
                       : redact_text);
}

static GVariant *
redact_answers (Redaction       *self,
                SidetoneQuestion question,
                GVariant        *value)
{
  switch (question)
    {
    case SIDETONE_QUESTION_UNKNOWN:
    case SIDETONE_QUESTION_ADDRESS:
    case SIDETONE_QUESTION_SERVICE:
      return redact_texts (self, value, redact_answer);

    case SIDETONE_QUESTION_NAT64:
      return redact_texts (self, value, redact_prefix);

    case SIDETONE_QUESTION_SRV_CLIENT:
    case SIDETONE_QUESTION_SRV_DIRECT:
      return redact_texts (self, value, redact_text);
    }

  return NULL;
}

/* A text, or texts, that are left out */
static void
note_text (Redaction *self,
           GVariant  *value)
{
  g_autofree const char **texts = NULL;

  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    sidetone_omissions_note (self->omissions, SIDETONE_OMISSION_TEXT,
                             g_variant_get_string (value, NULL));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING_ARRAY))
    texts = g_variant_get_strv (value, NULL);

  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    sidetone_omissions_note (self->omissions, SIDETONE_OMISSION_TEXT, texts[i]);
}

static GVariant *
redact_field (Redaction           *self,
              SidetoneObservation *observation,
              const SidetoneField *field,
              GVariant            *value)
{
  const SidetoneLookupSeen *lookup = sidetone_observation_get_lookup (observation);

  switch (field->redaction)
    {
    case SIDETONE_REDACT_GONE:
      note_text (self, value);
      break;

    case SIDETONE_REDACT_KEEP:
      return g_variant_ref (value);

    case SIDETONE_REDACT_WORD:
      return redact_texts (self, value, redact_word);

    case SIDETONE_REDACT_WORDS:
      return redact_texts (self, value, redact_text);

    case SIDETONE_REDACT_FEATURES:
      return redact_texts (self, value, redact_feature);

    case SIDETONE_REDACT_ADDRESS:
      return redact_texts (self, value, redact_address);

    case SIDETONE_REDACT_SERVICE:
      return redact_texts (self, value, redact_service);

    case SIDETONE_REDACT_VIEWS:
      return redact_texts (self, value, redact_view);

    case SIDETONE_REDACT_NAME:
      return redact_name (self, lookup->question, value);

    case SIDETONE_REDACT_ANSWERS:
      return redact_answers (self, lookup->question, value);
    }

  return NULL;
}

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  const SidetoneField *field = *(const SidetoneField *const *) a;
  const SidetoneField *other = *(const SidetoneField *const *) b;

  return strcmp (field->key, other->key);
}

/* Addresses get their numbers in the order of their occurrence, which must be the order of the
 * details in a file. */
static GPtrArray *
sort_fields (const SidetoneFieldTable *table)
{
  GPtrArray *fields = g_ptr_array_new ();

  for (guint i = 0; table != NULL && i < table->n_fields; i++)
    {
      if (table->fields[i].key != NULL)
        g_ptr_array_add (fields, (gpointer) & table->fields[i]);
    }
  g_ptr_array_sort (fields, compare_keys);

  return fields;
}

/* Only known fields are kept: the unknown ones of a newer version are removed. */
static GVariant *
redact_details (Redaction           *self,
                SidetoneObservation *observation)
{
  SidetoneObservationKind kind = sidetone_observation_get_kind (observation);
  gconstpointer seen = sidetone_observation_get_seen_as (observation, kind);
  g_autoptr (GPtrArray) fields = sort_fields (sidetone_observation_kind_get_table (kind));
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  for (guint i = 0; i < fields->len; i++)
    {
      const SidetoneField *field = fields->pdata[i];
      g_autoptr (GVariant) value = sidetone_field_write (field, seen);
      g_autoptr (GVariant) redacted = NULL;

      if (value != NULL)
        {
          g_variant_ref_sink (value);
          redacted = redact_field (self, observation, field, value);
        }
      if (redacted == NULL)
        continue;

      g_variant_take_ref (redacted);
      g_variant_builder_add (&builder, "{sv}", field->key, redacted);
    }

  return g_variant_builder_end (&builder);
}

static SidetoneObservation *
redact_observation (Redaction           *self,
                    SidetoneObservation *observation)
{
  g_autoptr (SidetoneEndpoint) local = NULL;
  g_autoptr (SidetoneEndpoint) seen = NULL;
  g_autoptr (GError) error = NULL;
  const GError *met = sidetone_observation_get_error (observation);

  local = redact_endpoint (self, sidetone_observation_get_local (observation));
  seen = redact_endpoint (self, sidetone_observation_get_seen (observation));
  if (met != NULL)
    {
      error = g_error_new_literal (SIDETONE_ERROR, met->code, sidetone_error_to_code (met->code));
      if (!g_str_equal (met->message, error->message))
        sidetone_omissions_note (self->omissions, SIDETONE_OMISSION_TEXT, met->message);
    }

  return sidetone_observation_new (&(SidetoneObservationFields) {
    .id = sidetone_observation_get_id (observation),
    .kind = sidetone_observation_get_kind (observation),
    .vantage = sidetone_observation_get_vantage (observation),
    .state = sidetone_observation_get_state (observation),
    .local = local,
    .seen = seen,
    .error = error,
    .start_us = sidetone_observation_get_start_us (observation),
    .duration_us = sidetone_observation_get_duration_us (observation),
    .details = redact_details (self, observation),
    .aliases = self->aliases,
  });
}

static char *
dup_user (const char *jid)
{
  const char *at = jid != NULL ? strchr (jid, '@') : NULL;

  return at != NULL && at > jid ? g_strndup (jid, at - jid) : NULL;
}

/**
 * sidetone_report_redact:
 * @self: a report
 * @omissions: (nullable): takes what is left out
 *
 * Like sidetone_report_new_redacted()
 *
 * Returns: (transfer full): the copy
 */
SidetoneReport *
sidetone_report_redact (const SidetoneReport *self,
                        SidetoneOmissions    *omissions)
{
  g_autoptr (SidetoneAddressMap) addresses = NULL;
  g_autoptr (SidetoneAliases) aliases = sidetone_aliases_new ();
  g_autoptr (GListStore) observations = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autofree char *user = NULL;
  g_autofree char *domain = NULL;
  g_autofree char *os = NULL;
  Redaction redaction;

  addresses = sidetone_address_map_new (sidetone_diagnosis_get_evidence (self->diagnosis));
  user = dup_user (self->jid);
  redaction = (Redaction) { addresses, aliases, user, self->domain, omissions };
  if (self->jid != NULL)
    sidetone_omissions_note (omissions, SIDETONE_OMISSION_ACCOUNT, self->jid);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->observations)); i++)
    {
      g_autoptr (SidetoneObservation) observation = NULL;
      g_autoptr (SidetoneObservation) redacted = NULL;

      observation = g_list_model_get_item (G_LIST_MODEL (self->observations), i);
      redacted = redact_observation (&redaction, observation);
      g_list_store_append (observations, redacted);
    }

  if (self->domain != NULL)
    domain = redact_address (&redaction, self->domain);
  if (domain == NULL)
    domain = g_strdup (self->domain);
  if (self->os != NULL)
    os = redact_text (&redaction, self->os);

  return sidetone_report_new_with_version (NULL, domain, self->created, self->app_version,
                                           self->strophe_version, os, sidetone_report_get_app (self), aliases,
                                           G_LIST_MODEL (observations));
}

/**
 * sidetone_report_new_redacted:
 * @self: a report
 *
 * Makes a copy that can be posted. The account is left out, and so are all free text from servers
 * and the system, each word with an @, and the user's name. Addresses become made-up ones that keep
 * their scope and their relations (see #SidetoneAddressMap), so that the copy gets the original's
 * judgement: the same findings with the same evidence. Ports, times, and the server's names stay,
 * but an address in place of a name is mapped like all others.
 *
 * Redacting a copy again changes nothing.
 *
 * Returns: (transfer full): the copy
 */
SidetoneReport *
sidetone_report_new_redacted (const SidetoneReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return sidetone_report_redact (self, NULL);
}
