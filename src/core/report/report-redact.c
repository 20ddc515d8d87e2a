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
#include "seen/lookup.h"
#include "wire/service.h"

/* What a report may say to everybody. Of each field the table of its kind says what becomes of it,
 * and what has no row there goes: free text of servers and of the system may name anybody and
 * anything. */

#define MAX_WORD 100

/* Where words may end. Colons, dots and brackets are parts of addresses. */
#define SEPARATORS " \t\n,;=\"'()<>"

typedef struct
{
  SidetoneAddressMap *addresses;
  char *user;         /* the part of the account before the @; NULL where there is none */
  const char *domain;
} Redaction;

static char *
redact_address (Redaction  *self,
                const char *text)
{
  g_autoptr (SidetoneEndpoint) endpoint = sidetone_endpoint_parse (text);
  g_autoptr (SidetoneEndpoint) mapped = NULL;
  g_autoptr (GInetAddress) address = NULL;

  if (endpoint == NULL)
    return NULL;

  address = sidetone_address_map_lookup (self->addresses, sidetone_endpoint_get_address (endpoint));
  mapped = sidetone_endpoint_new (address, sidetone_endpoint_get_port (endpoint),
                                  SIDETONE_TRANSPORT_UNKNOWN);

  return sidetone_endpoint_format (mapped);
}

/* The zone of a link-local address goes: it takes no part in the judgement. */
static SidetoneEndpoint *
redact_endpoint (Redaction        *self,
                 SidetoneEndpoint *endpoint)
{
  g_autoptr (GInetAddress) address = NULL;

  if (endpoint == NULL)
    return NULL;

  address = sidetone_address_map_lookup (self->addresses, sidetone_endpoint_get_address (endpoint));

  return sidetone_endpoint_new (address, sidetone_endpoint_get_port (endpoint),
                                sidetone_endpoint_get_transport (endpoint));
}

/* The server's names are no secret, even if the user's name is part of them. */
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

  /* An address, perhaps with the length of its network */
  if (address != NULL)
    g_string_append_printf (text, "%s%s", address, word + length);
  else if (names_user (self, word))
    g_string_append (text, SIDETONE_REDACTED);
  else
    g_string_append (text, word);
}

/* Text of a few words, such as a certificate's subject or the name of a host: without the user's
 * name, without any JID, and with made-up addresses */
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

/* A text, or texts. What @redact returns nothing for is left out. */
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

/* One of our own words, or one of a protocol: it names nobody. */
static char *
redact_word (Redaction  *self,
             const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && strchr (" -_:", *p) == NULL)
        return NULL;
    }

  return strlen (text) <= MAX_WORD ? g_strdup (text) : NULL;
}

/* Namespaces of the standards are the same for everybody. */
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

/* The names of services are the server's, and no secret; what is announced by its address is not
 * known by another name either. */
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

  /* That there is something else is judged, too. */
  if (service == NULL)
    return g_strdup (SIDETONE_REDACTED);

  host = redact_service_host (self, sidetone_service_get_host (service));
  words = g_strsplit (text, " ", -1);
  g_free (words[2]);
  words[2] = g_steal_pointer (&host);

  return g_strjoinv (" ", words);
}

/* The name of a host in the form in which one is looked up */
static char *
redact_service_name (Redaction  *self,
                     const char *text)
{
  g_autofree char *ascii = NULL;
  g_autofree char *unicode = NULL;

  return sidetone_host_prepare (text, &ascii, &unicode) ? redact_service_host (self, ascii) : NULL;
}

/* How a socket looked from somewhere: an address, a word, an address */
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
      break;

    case SIDETONE_QUESTION_ADDRESS:
    case SIDETONE_QUESTION_SERVICE:
      return redact_texts (self, value, redact_address);

    case SIDETONE_QUESTION_NAT64:
      return redact_texts (self, value, redact_prefix);

    case SIDETONE_QUESTION_SRV_CLIENT:
    case SIDETONE_QUESTION_SRV_DIRECT:
      return redact_texts (self, value, redact_text);
    }

  return NULL;
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

/* Numbers are given to addresses in the order in which they are met: it has to be the one in which
 * details come back from a file. */
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

/* Only what was understood: what was kept as it came goes, whatever it is. */
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
    error = g_error_new_literal (SIDETONE_ERROR, met->code, sidetone_error_to_code (met->code));

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
  });
}

static char *
dup_user (const char *jid)
{
  const char *at = jid != NULL ? strchr (jid, '@') : NULL;

  return at != NULL && at > jid ? g_strndup (jid, at - jid) : NULL;
}

/**
 * sidetone_report_new_redacted:
 * @self: a report
 *
 * Makes a copy that can be posted. The account is left out, and so is all text that servers or the
 * system wrote freely, each word with an @, and the user's name. Addresses become made-up ones that
 * keep their scope and what they have in common (see #SidetoneAddressMap), so that the copy is
 * judged as the original is: the same findings with the same evidence. Ports, times, and the
 * server's names stay, save that an address in place of a name is mapped like all others.
 *
 * Redacting a copy again changes nothing.
 *
 * Returns: (transfer full): the copy
 */
SidetoneReport *
sidetone_report_new_redacted (const SidetoneReport *self)
{
  g_autoptr (SidetoneAddressMap) addresses = NULL;
  g_autoptr (GListStore) observations = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autofree char *user = NULL;
  g_autofree char *domain = NULL;
  g_autofree char *os = NULL;
  Redaction redaction;

  g_return_val_if_fail (self != NULL, NULL);

  addresses = sidetone_address_map_new (sidetone_diagnosis_get_evidence (self->diagnosis));
  user = dup_user (self->jid);
  redaction = (Redaction) { addresses, user, self->domain };

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
                                           self->strophe_version, os, G_LIST_MODEL (observations));
}
