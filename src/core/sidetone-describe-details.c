/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "sidetone-describe.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sidetone-describe-private.h"
#include "sidetone-text.h"

/* An answer of a server that lists all that it offers has some thousand characters. */
#define MAX_RAW_CHARS 8192
#define MAX_ITEMS 256
#define MAX_NAMES 20

#define SHA256_DIGITS 64
#define DIGITS_PER_LINE 16

static void
take_row (GPtrArray  *rows,
          const char *title,
          char       *value,
          gboolean    verbatim)
{
  SidetoneDetail *row;

  if (value == NULL || *value == '\0')
    {
      g_free (value);
      return;
    }

  row = g_new0 (SidetoneDetail, 1);
  row->title = g_strdup (title);
  row->value = value;
  row->verbatim = verbatim;
  g_ptr_array_add (rows, row);
}

static void
add_words (GPtrArray  *rows,
           const char *title,
           const char *words)
{
  take_row (rows, title, g_strdup (words), FALSE);
}

/* What came from outside */
static void
add_text (GPtrArray           *rows,
          const char          *title,
          SidetoneObservation *observation,
          const char          *key,
          guint                max_chars,
          gboolean             verbatim)
{
  const char *text = sidetone_observation_get_string (observation, key);

  if (text != NULL)
    take_row (rows, title, sidetone_text_make_safe (text, max_chars), verbatim);
}

static void
add_endpoint (GPtrArray        *rows,
              const char       *title,
              SidetoneEndpoint *endpoint)
{
  if (endpoint != NULL)
    take_row (rows, title, sidetone_endpoint_format (endpoint), TRUE);
}

/* One a line */
static void
add_list (GPtrArray           *rows,
          const char          *title,
          SidetoneObservation *observation,
          const char          *key)
{
  g_autofree const char **items = sidetone_observation_get_strings (observation, key);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; items[i] != NULL; i++)
    {
      g_autofree char *safe = NULL;

      if (i == MAX_ITEMS)
        {
          g_string_append (text, "\n…");
          break;
        }

      safe = sidetone_text_make_safe (items[i], SIDETONE_TEXT_MAX_CHARS);
      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", safe);
    }

  take_row (rows, title, g_strdup (text->str), TRUE);
}

static void
add_truth (GPtrArray           *rows,
           const char          *title,
           SidetoneObservation *observation,
           const char          *key)
{
  gboolean value;

  if (g_variant_lookup (sidetone_observation_get_details (observation), key, "b", &value))
    add_words (rows, title, value ? _("yes") : _("no"));
}

static void
add_time (GPtrArray           *rows,
          const char          *title,
          SidetoneObservation *observation,
          const char          *key)
{
  g_autoptr (GDateTime) time = NULL;
  g_autoptr (GDateTime) local = NULL;
  const char *text = sidetone_observation_get_string (observation, key);
  char *words = NULL;

  if (text == NULL)
    return;

  time = g_date_time_new_from_iso8601 (text, NULL);
  local = time != NULL ? g_date_time_to_local (time) : NULL;
  if (local != NULL)
    /* Translators: day, month, year, time and time zone, as g_date_time_format() writes them */
    words = g_date_time_format (local, _("%-d %B %Y, %H:%M %Z"));

  take_row (rows, title,
            words != NULL ? words : sidetone_text_make_safe (text, SIDETONE_TEXT_MAX_CHARS), FALSE);
}

/* In pairs and short lines, so that two people can read them to each other */
static void
add_fingerprint (GPtrArray           *rows,
                 SidetoneObservation *observation)
{
  const char *digits = sidetone_observation_get_string (observation, "sha256");
  g_autoptr (GString) pairs = g_string_new (NULL);
  gsize n = digits != NULL ? strspn (digits, "0123456789abcdefABCDEF") : 0;

  if (n != SHA256_DIGITS || digits[n] != '\0')
    {
      add_text (rows, _("SHA-256 fingerprint"), observation, "sha256", SIDETONE_TEXT_MAX_CHARS,
                TRUE);
      return;
    }

  for (gsize i = 0; i < n; i++)
    {
      if (i > 0 && i % DIGITS_PER_LINE == 0)
        g_string_append_c (pairs, '\n');
      else if (i > 0 && i % 2 == 0)
        g_string_append_c (pairs, ':');
      g_string_append_c (pairs, g_ascii_toupper (digits[i]));
    }
  take_row (rows, _("SHA-256 fingerprint"), g_strdup (pairs->str), TRUE);
}

/* OpenSSL writes bytes that are not ASCII as `\xC3`. */
static char *
unescape (const char *text)
{
  g_autoptr (GString) bytes = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (p[0] == '\\' && p[1] == 'x' && g_ascii_isxdigit (p[2]) && g_ascii_isxdigit (p[3]))
        {
          g_string_append_c (bytes, g_ascii_xdigit_value (p[2]) * 16 + g_ascii_xdigit_value (p[3]));
          p += 3;
        }
      else
        {
          g_string_append_c (bytes, *p);
        }
    }

  return g_utf8_make_valid (bytes->str, bytes->len);
}

/* Whether another part of a name such as `/O=Let's Encrypt/CN=R3` begins here; a slash may also
 * stand inside a part. */
static gboolean
begins_part (const char *text)
{
  gsize length;

  if (*text != '/')
    return FALSE;

  length = strspn (text + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.");

  return length > 0 && text[1 + length] == '=';
}

/* One part of a name of a certificate, made safe to show; NULL where it has no such part */
static char *
dup_part (SidetoneObservation *observation,
          const char          *key,
          const char          *prefix)
{
  const char *name = sidetone_observation_get_string (observation, key);

  for (const char *p = name; p != NULL && *p != '\0'; p++)
    {
      g_autofree char *escaped = NULL;
      g_autofree char *text = NULL;
      g_autofree char *safe = NULL;
      const char *end;

      if (!begins_part (p) || !g_str_has_prefix (p, prefix))
        continue;

      for (end = p + 1; *end != '\0' && !begins_part (end); end++)
        ;
      escaped = g_strndup (p + strlen (prefix), end - p - strlen (prefix));
      text = unescape (escaped);
      safe = sidetone_text_make_safe (text, SIDETONE_TEXT_MAX_CHARS);
      if (*safe != '\0')
        return g_steal_pointer (&safe);
    }

  return NULL;
}

static void
append_item (GString    *list,
             const char *item)
{
  if (item == NULL || *item == '\0')
    return;

  if (list->len > 0)
    /* Translators: stands between the names of a certificate: "example.org, www.example.org" */
    g_string_append (list, C_("between names", ", "));
  g_string_append (list, item);
}

/* Whom it was made for: what is compared with the server's name comes first. */
static void
add_certificate_names (GPtrArray           *rows,
                       SidetoneObservation *observation)
{
  g_autofree const char **names = sidetone_observation_get_strings (observation, "names");
  const char *fingerprint = sidetone_observation_get_string (observation, "sha256");
  g_autoptr (GString) list = g_string_new (NULL);
  g_autofree char *common_name = NULL;
  g_autofree char *organisation = NULL;

  for (guint i = 0; names[i] != NULL && i < MAX_NAMES; i++)
    {
      g_autofree char *safe = sidetone_text_make_safe (names[i], SIDETONE_TEXT_MAX_CHARS);

      append_item (list, safe);
    }

  if (list->len == 0)
    {
      common_name = dup_part (observation, "subject", "/CN=");
      append_item (list, common_name);
    }
  if (list->len == 0)
    {
      organisation = dup_part (observation, "subject", "/O=");
      append_item (list, organisation);
    }

  if (list->len > 0)
    take_row (rows, _("Certificate for"), g_strdup (list->str), TRUE);
  else if (fingerprint != NULL && *fingerprint != '\0')
    add_words (rows, _("Certificate for"), _("nobody by name"));
}

static void
add_issuer (GPtrArray           *rows,
            SidetoneObservation *observation)
{
  g_autofree char *organisation = dup_part (observation, "issuer", "/O=");
  g_autofree char *common_name = dup_part (observation, "issuer", "/CN=");
  g_autoptr (GString) list = g_string_new (NULL);

  append_item (list, organisation);
  if (g_strcmp0 (organisation, common_name) != 0)
    append_item (list, common_name);

  /* Named in another way, or as another library writes it */
  if (list->len == 0)
    add_text (rows, _("Issued by"), observation, "issuer", SIDETONE_TEXT_MAX_CHARS, TRUE);
  else
    take_row (rows, _("Issued by"), g_strdup (list->str), TRUE);
}

static void
add_certificate (GPtrArray           *rows,
                 SidetoneObservation *observation)
{
  add_certificate_names (rows, observation);
  add_issuer (rows, observation);
  add_time (rows, _("Valid from"), observation, "not-before");
  add_time (rows, _("Valid until"), observation, "not-after");
  add_fingerprint (rows, observation);
}

/* Words for the values of a detail that has few; one from a newer version is shown as it came */
typedef struct
{
  const char *value;
  const char *words;
} Choice;

static void
add_choice (GPtrArray           *rows,
            const char          *title,
            SidetoneObservation *observation,
            const char          *key,
            const Choice        *choices,
            guint                n_choices)
{
  const char *value = sidetone_observation_get_string (observation, key);

  for (guint i = 0; value != NULL && i < n_choices; i++)
    {
      if (g_str_equal (value, choices[i].value))
        {
          add_words (rows, title, choices[i].words);
          return;
        }
    }

  add_text (rows, title, observation, key, SIDETONE_TEXT_MAX_CHARS, FALSE);
}

static void
add_interface (GPtrArray           *rows,
               SidetoneObservation *observation)
{
  SidetoneEndpoint *local = sidetone_observation_get_local (observation);
  const Choice types[] = {
    { "wired", _("wired") },
    { "wireless", _("wireless") },
    { "tunnel", _("VPN or tunnel") },
    { "bridge", _("bridge") },
    { "loopback", _("inside this computer") },
    { "other", _("another kind") },
  };

  add_endpoint (rows, _("Address"), local);
  if (local != NULL)
    add_words (rows, _("Kind of address"), sidetone_describe_scope (
                 sidetone_address_scope_of (sidetone_endpoint_get_address (local))));
  add_text (rows, _("Network interface"), observation, "interface", SIDETONE_TEXT_MAX_CHARS, TRUE);
  add_choice (rows, _("Kind of network"), observation, "type", types, G_N_ELEMENTS (types));
  add_truth (rows, _("Leads to the internet"), observation, "default-route");
}

static void
add_lookup (GPtrArray           *rows,
            SidetoneObservation *observation)
{
  g_autofree const char **answers = sidetone_observation_get_strings (observation, "answers");
  const Choice questions[] = {
    /* Translators: SRV is a kind of entry at a name server */
    { "srv-client", _("entries for connections with STARTTLS (SRV)") },
    /* Translators: SRV is a kind of entry at a name server */
    { "srv-direct", _("entries for connections with direct TLS (SRV)") },
    { "address", _("addresses") },
    { "nat64", _("whether this network translates to IPv4 (NAT64)") },
    { "service", _("addresses of a server for calls") },
  };

  add_text (rows, _("Name looked up"), observation, "name", SIDETONE_TEXT_MAX_CHARS, TRUE);
  add_choice (rows, _("Asked for"), observation, "question", questions, G_N_ELEMENTS (questions));
  if (answers[0] != NULL)
    add_list (rows, _("Answers"), observation, "answers");
  else if (sidetone_observation_get_state (observation) == SIDETONE_STATE_PASSED)
    add_words (rows, _("Answers"), _("none"));
}

static void
add_connection (GPtrArray           *rows,
                SidetoneObservation *observation)
{
  g_autoptr (SidetoneEndpoint) peer = sidetone_observation_dup_peer (observation);
  gint64 rtt_us = sidetone_observation_get_int (observation, "rtt-us", -1);
  const Choice securities[] = {
    { "starttls", _("STARTTLS") },
    { "direct", _("direct TLS") },
  };

  add_endpoint (rows, _("Own end"), sidetone_observation_get_local (observation));
  add_text (rows, _("Server"), observation, "target", SIDETONE_TEXT_MAX_CHARS, TRUE);
  add_endpoint (rows, _("Server's end"), peer);
  add_choice (rows, _("Kind of encryption"), observation, "security", securities,
              G_N_ELEMENTS (securities));
  add_truth (rows, _("Used for this check"), observation, "used");
  if (rtt_us >= 0)
    take_row (rows, _("Round trip"), sidetone_describe_duration (rtt_us), FALSE);
}

static void
add_sign_in (GPtrArray           *rows,
             SidetoneObservation *observation)
{
  const Choice stages[] = {
    { "stream", _("the greeting") },
    { "tls", _("the encryption") },
    { "sasl", _("the password") },
    { "bind", _("the start of the session") },
  };

  /* Translators: the method by which a password is proven, such as SCRAM-SHA-1 */
  add_text (rows, _("Sign-in method"), observation, "mechanism", SIDETONE_TEXT_MAX_CHARS, TRUE);
  add_choice (rows, _("Stopped at"), observation, "stage", stages, G_N_ELEMENTS (stages));
}

static void
add_reason (GPtrArray           *rows,
            SidetoneObservation *observation)
{
  const Choice reasons[] = {
    { "another was faster", _("another was faster") },
    { "not needed", _("not needed") },
  };

  add_choice (rows, _("Why it was skipped"), observation, "reason", reasons,
              G_N_ELEMENTS (reasons));
}

static void
add_services (GPtrArray           *rows,
              SidetoneObservation *observation)
{
  g_autofree const char **services = sidetone_observation_get_strings (observation, "services");
  gint64 left_s = sidetone_observation_get_int (observation, "expires-in", G_MAXINT64);
  gint64 n_unusable = sidetone_observation_get_int (observation, "unusable", 0);

  if (services[0] != NULL)
    /* Translators: servers for calls, each with its protocol, address and port */
    add_list (rows, _("Servers for calls"), observation, "services");
  else if (sidetone_observation_get_state (observation) == SIDETONE_STATE_PASSED)
    add_words (rows, _("Servers for calls"), _("none"));
  if (n_unusable > 0)
    /* Translators: how many entries of a list can't be understood */
    take_row (rows, _("Entries that make no sense"),
              g_strdup_printf ("%" G_GINT64_FORMAT, n_unusable), FALSE);
  /* Translators: until when the passwords for relays are good */
  add_time (rows, _("Passwords good until"), observation, "expires");
  if (left_s != G_MAXINT64)
    take_row (rows, _("Good for, by your server's clock"), sidetone_describe_remaining (left_s),
              FALSE);
  add_time (rows, _("Your server's clock"), observation, "server-time");
}

static void
add_by_kind (GPtrArray           *rows,
             SidetoneObservation *observation)
{
  switch (sidetone_observation_get_kind (observation))
    {
    case SIDETONE_OBSERVATION_UNKNOWN:
      break;

    case SIDETONE_OBSERVATION_INTERFACE:
      add_interface (rows, observation);
      break;

    case SIDETONE_OBSERVATION_LOOKUP:
      add_lookup (rows, observation);
      break;

    case SIDETONE_OBSERVATION_CONNECT:
      add_connection (rows, observation);
      break;

    case SIDETONE_OBSERVATION_SECURE:
      add_connection (rows, observation);
      add_certificate (rows, observation);
      /* Translators: the whole name in a certificate of whom it is for */
      add_text (rows, _("Subject"), observation, "subject", SIDETONE_TEXT_MAX_CHARS, TRUE);
      /* Translators: the whole name in a certificate of who vouches for it */
      add_text (rows, _("Issuer"), observation, "issuer", SIDETONE_TEXT_MAX_CHARS, TRUE);
      break;

    case SIDETONE_OBSERVATION_SIGN_IN:
      add_connection (rows, observation);
      add_sign_in (rows, observation);
      break;

    case SIDETONE_OBSERVATION_DISCO:
      add_text (rows, _("Server program"), observation, "name", SIDETONE_TEXT_MAX_CHARS, FALSE);
      add_list (rows, _("What your server offers"), observation, "features");
      break;

    case SIDETONE_OBSERVATION_SERVER_IP:
      add_endpoint (rows, _("Seen by your server"), sidetone_observation_get_seen (observation));
      add_list (rows, _("Addresses in the answer"), observation, "addresses");
      add_connection (rows, observation);
      break;

    case SIDETONE_OBSERVATION_SERVICES:
      add_services (rows, observation);
      break;
    }
}

static void
add_error (GPtrArray           *rows,
           SidetoneObservation *observation)
{
  const GError *error = sidetone_observation_get_error (observation);
  const char *name = NULL;

  if (error == NULL)
    return;

  if (sidetone_observation_get_kind (observation) == SIDETONE_OBSERVATION_SERVICES)
    {
      take_row (rows, _("What happened"), sidetone_describe_services_event (error->code, NULL),
                FALSE);
      return;
    }

  if (sidetone_observation_get_kind (observation) == SIDETONE_OBSERVATION_LOOKUP)
    name = sidetone_observation_get_string (observation, "name");

  take_row (rows, _("What happened"), sidetone_describe_error_event (error->code, name, NULL),
            FALSE);
}

static void
add_vantage (GPtrArray           *rows,
             SidetoneObservation *observation)
{
  switch (sidetone_observation_get_vantage (observation))
    {
    case SIDETONE_VANTAGE_UNKNOWN:
      break;

    case SIDETONE_VANTAGE_COMPUTER:
      add_words (rows, _("How we know"), _("seen by this computer"));
      break;

    case SIDETONE_VANTAGE_SERVER:
      add_words (rows, _("How we know"), _("said by your server"));
      break;
    }
}

static void
add_times (GPtrArray           *rows,
           SidetoneObservation *observation)
{
  g_autofree char *start = NULL;

  if (sidetone_observation_get_state (observation) == SIDETONE_STATE_SKIPPED)
    return;

  start = sidetone_describe_duration (sidetone_observation_get_start_us (observation));
  /* Translators: %s is a time such as "12 ms" */
  take_row (rows, _("Began"), g_strdup_printf (_("%s after the start of the check"), start), FALSE);
  take_row (rows, _("Took"),
            sidetone_describe_duration (sidetone_observation_get_duration_us (observation)), FALSE);
}

static void
add_technical_words (GPtrArray           *rows,
                     SidetoneObservation *observation)
{
  const GError *error = sidetone_observation_get_error (observation);

  add_text (rows, _("Your server's own words"), observation, "server-text",
            SIDETONE_TEXT_MAX_CHARS, FALSE);
  /* Translators: a word of the protocol that says why, such as "not-authorized" */
  add_text (rows, _("Reason in the protocol"), observation, "condition", SIDETONE_TEXT_MAX_CHARS,
            TRUE);
  if (error != NULL && error->message != NULL)
    take_row (rows, _("In technical words"),
              sidetone_text_make_safe (error->message, SIDETONE_TEXT_MAX_CHARS), TRUE);
  add_text (rows, _("Answer as it came"), observation, "raw", MAX_RAW_CHARS, TRUE);
}

/**
 * sidetone_describe_details:
 * @observation: an observation
 *
 * Lays out everything that an observation holds: what was seen, and how that is known.
 *
 * Returns: (transfer full) (element-type SidetoneDetail): the rows; only what is known has one
 */
GPtrArray *
sidetone_describe_details (SidetoneObservation *observation)
{
  GPtrArray *rows;

  g_return_val_if_fail (SIDETONE_IS_OBSERVATION (observation), NULL);

  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_detail_free);
  add_error (rows, observation);
  add_reason (rows, observation);
  add_by_kind (rows, observation);
  add_vantage (rows, observation);
  add_times (rows, observation);
  add_technical_words (rows, observation);

  return rows;
}

/**
 * sidetone_describe_certificate:
 * @observation: an observation of kind %SIDETONE_OBSERVATION_SECURE
 *
 * Lays out what is known of the certificate that a server showed, for somebody who has to decide
 * about it.
 *
 * Returns: (transfer full) (element-type SidetoneDetail): the rows; none where it showed none
 */
GPtrArray *
sidetone_describe_certificate (SidetoneObservation *observation)
{
  GPtrArray *rows;

  g_return_val_if_fail (SIDETONE_IS_OBSERVATION (observation), NULL);

  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_detail_free);
  add_certificate (rows, observation);

  return rows;
}

/**
 * sidetone_detail_free:
 * @self: (transfer full): a row
 *
 * Frees @self.
 */
void
sidetone_detail_free (SidetoneDetail *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->title);
  g_free (self->value);
  g_free (self);
}
