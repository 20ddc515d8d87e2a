/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "address/endpoint.h"

G_BEGIN_DECLS

/* A probe fills a plain struct, one for each kind of observation. A table describes its members:
 * how a report writes each one, what a redacted report does with it, and how a user reads it.
 * Everything else follows from the tables. */

/* An unknown number. An unknown pointer is NULL, and 0 is each enum's unknown value. */
#define SIDETONE_NOT_SEEN G_MININT64

/* The highest valid count: more than any check sends */
#define SIDETONE_MAX_COUNT 1000000

/* Replaces text that may name a person in a redacted report, and an unreadable service in a list */
#define SIDETONE_REDACTED "redacted"

typedef enum
{
  SIDETONE_TRUTH_UNKNOWN,
  SIDETONE_TRUTH_NO,
  SIDETONE_TRUTH_YES,
} SidetoneTruth;

/**
 * SidetoneFieldType:
 *
 * A member's type, and how a report writes it. A report's value of another type is not read.
 */
typedef enum
{
  SIDETONE_FIELD_NONE,       /* no member, not in reports: a row for display */
  SIDETONE_FIELD_TEXT,       /* const char * */
  SIDETONE_FIELD_TEXTS,      /* const char *const *, NULL-terminated */
  SIDETONE_FIELD_TRUTH,      /* SidetoneTruth; true or false */
  SIDETONE_FIELD_NUMBER,     /* gint64 */
  SIDETONE_FIELD_COUNT,      /* gint64 from 0 to SIDETONE_MAX_COUNT */
  SIDETONE_FIELD_DURATION,   /* gint64, 0 or more, in its key's unit */
  SIDETONE_FIELD_NUMBERS,    /* GArray * of gint64 */
  SIDETONE_FIELD_CHOICE,     /* an enum; its nick, nothing for 0 */
  SIDETONE_FIELD_ENDPOINT,   /* SidetoneEndpoint *; by sidetone_endpoint_format() */
  SIDETONE_FIELD_ENDPOINTS,  /* GPtrArray * of SidetoneEndpoint; a text each */
  SIDETONE_FIELD_ADDRESS,    /* SidetoneEndpoint *; its address */
  SIDETONE_FIELD_PORT,       /* port of the SidetoneEndpoint * of the row before */
  SIDETONE_FIELD_SERVICE,    /* SidetoneService *; by sidetone_service_to_text() */
  SIDETONE_FIELD_SERVICES,   /* GPtrArray * of SidetoneService, NULL if unreadable */
} SidetoneFieldType;

/**
 * SidetoneRedaction:
 *
 * What a redacted report does with a field. Fields without a row are removed.
 */
typedef enum
{
  SIDETONE_REDACT_GONE,
  SIDETONE_REDACT_KEEP,      /* numbers, truths, and our own choices: they name no person */
  SIDETONE_REDACT_WORD,      /* a single word of ours or a protocol's stays, the rest is replaced */
  SIDETONE_REDACT_WORDS,     /* without the user's name and JIDs, with made-up addresses */
  SIDETONE_REDACT_FEATURES,  /* the standards' namespaces stay, the rest as WORDS */
  SIDETONE_REDACT_ADDRESS,   /* made up */
  SIDETONE_REDACT_SERVICE,   /* an address in place of its host name is made up */
  SIDETONE_REDACT_VIEWS,     /* two addresses in each, made up */
  SIDETONE_REDACT_NAME,      /* a lookup's name, depending on its question */
  SIDETONE_REDACT_ANSWERS,   /* a lookup's answers, depending on its question */
} SidetoneRedaction;

/**
 * SidetoneShow:
 *
 * How a user reads a field. An unknown field has no row.
 */
typedef enum
{
  SIDETONE_SHOW_NOTHING,
  SIDETONE_SHOW_TEXT,             /* text that must be exact */
  SIDETONE_SHOW_WORDS,            /* other text */
  SIDETONE_SHOW_LIST,             /* one line each */
  SIDETONE_SHOW_LIST_OR_NONE,     /* the same, and "none" if the list is empty */
  SIDETONE_SHOW_TRUTH,
  SIDETONE_SHOW_CHOICE,
  SIDETONE_SHOW_NUMBER,
  SIDETONE_SHOW_DURATION,         /* in microseconds */
  SIDETONE_SHOW_SILENCE,          /* in milliseconds, more than 0 */
  SIDETONE_SHOW_REMAINING,        /* in seconds */
  SIDETONE_SHOW_TIME,             /* a date and time (ISO 8601) */
  SIDETONE_SHOW_PEER,             /* the address with the port */
  SIDETONE_SHOW_ARRIVED,          /* how many of the number in the field before */
  SIDETONE_SHOW_LARGE_ARRIVED,    /* the same for each size in the field before that */
  SIDETONE_SHOW_FINGERPRINT,
  SIDETONE_SHOW_CERTIFICATE_FOR,  /* a certificate's subject and names */
  SIDETONE_SHOW_ISSUED_BY,        /* the issuer's name, shortened */
  SIDETONE_SHOW_LOCAL,            /* the observation's local address */
  SIDETONE_SHOW_LOCAL_SCOPE,
  SIDETONE_SHOW_SEEN,             /* this computer's address as others see it */

  /* Why a test was skipped: the first row */
  SIDETONE_SHOW_REASON,
  /* The last rows: the server's own text, and its unparsed answer */
  SIDETONE_SHOW_OWN_WORDS,
  SIDETONE_SHOW_CONDITION,
  SIDETONE_SHOW_RAW,
} SidetoneShow;

/**
 * SidetoneField:
 * @key: (nullable): its key in reports, a part of their format that never changes
 * @type: the member's type
 * @offset: the member's place in the struct
 * @get_choices: (nullable): the enum of a %SIDETONE_FIELD_CHOICE
 * @redaction: what a redacted report does with it
 * @show: how a user reads it
 * @title: (nullable): its title, to be translated
 *
 * A row of a table. Rows are in the order of display.
 */
typedef struct
{
  const char *key;
  SidetoneFieldType type;
  gsize offset;
  GType (*get_choices)(void);
  SidetoneRedaction redaction;
  SidetoneShow show;
  const char *title;
} SidetoneField;

#define SIDETONE_FIELD(Struct, key, type, member, redaction, show, title) \
  { key, SIDETONE_FIELD_ ## type, G_STRUCT_OFFSET (Struct, member), NULL, \
    SIDETONE_REDACT_ ## redaction, SIDETONE_SHOW_ ## show, title }
#define SIDETONE_FIELD_OF_CHOICE(Struct, key, member, get_choices, show, title) \
  { key, SIDETONE_FIELD_CHOICE, G_STRUCT_OFFSET (Struct, member), get_choices, \
    SIDETONE_REDACT_KEEP, SIDETONE_SHOW_ ## show, title }
#define SIDETONE_FIELD_SHOWN(show, title) \
  { NULL, SIDETONE_FIELD_NONE, 0, NULL, SIDETONE_REDACT_GONE, SIDETONE_SHOW_ ## show, title }

/* A connection's remote endpoint */
#define SIDETONE_FIELDS_OF_PEER(Struct, title) \
  SIDETONE_FIELD (Struct, "peer-address", ADDRESS, peer, ADDRESS, PEER, title), \
  SIDETONE_FIELD (Struct, "peer-port", PORT, peer, KEEP, NOTHING, NULL)

/* A connection to an XMPP server */
#define SIDETONE_FIELDS_OF_CONNECTION(Struct) \
  SIDETONE_FIELD_SHOWN (LOCAL, N_("This computer")), \
  SIDETONE_FIELD (Struct, "target", TEXT, target, WORDS, TEXT, N_("Server")), \
  SIDETONE_FIELDS_OF_PEER (Struct, N_("Server's address")), \
  SIDETONE_FIELD_OF_CHOICE (Struct, "security", security, sidetone_security_get_type, CHOICE, \
                            N_("Kind of encryption"))

/* An XMPP server's refusal. The condition is the protocol's word for the reason, such as
 * "not-authorized". */
#define SIDETONE_FIELDS_OF_REFUSAL(Struct) \
  SIDETONE_FIELD (Struct, "server-text", TEXT, server_text, GONE, OWN_WORDS, \
                  N_("Your server's own words")), \
  /* Translators: a word of the protocol that says why, such as "not-authorized" */ \
  SIDETONE_FIELD (Struct, "condition", TEXT, condition, WORD, CONDITION, \
                  N_("Error condition"))

/* Why a test was skipped */
#define SIDETONE_FIELDS_OF_SKIPPED(Struct) \
  SIDETONE_FIELD_OF_CHOICE (Struct, "reason", reason, sidetone_skip_reason_get_type, REASON, \
                            N_("Why it was skipped"))

/* A tested call server, and the socket of the test */
#define SIDETONE_FIELDS_OF_CALL_SERVER(Struct) \
  /* Translators: a server for calls, with its protocol, name and port */ \
  SIDETONE_FIELD (Struct, "service", SERVICE, service, SERVICE, TEXT, N_("Call server")), \
  SIDETONE_FIELD (Struct, "typed", TRUTH, typed, KEEP, TRUTH, N_("Entered by you")), \
  SIDETONE_FIELDS_OF_PEER (Struct, N_("Server's address")), \
  SIDETONE_FIELD_SHOWN (LOCAL, N_("This computer")), \
  SIDETONE_FIELD_SHOWN (SEEN, N_("Your public address"))

/**
 * SidetoneFieldTable:
 * @size: the struct's size
 * @fields: (array length=n_fields): a row for each of its members
 * @n_fields: their number
 *
 * One kind of observation.
 */
typedef struct
{
  gsize size;
  const SidetoneField *fields;
  guint n_fields;
} SidetoneFieldTable;

#define SIDETONE_FIELD_TABLE(Struct, fields) \
  { sizeof (Struct), fields, G_N_ELEMENTS (fields) }

const SidetoneField *sidetone_field_table_find (const SidetoneFieldTable *self,
                                                const char               *key);
void sidetone_field_table_init (const SidetoneFieldTable *self,
                                gpointer                  seen);
gpointer sidetone_field_table_copy (const SidetoneFieldTable *self,
                                    gconstpointer             seen);
void sidetone_field_table_hide (const SidetoneFieldTable *self,
                                gpointer                  seen,
                                SidetoneAliases          *aliases);
void sidetone_field_table_free (const SidetoneFieldTable *self,
                                gpointer                  seen);
gpointer sidetone_field_table_read (const SidetoneFieldTable *self,
                                    GVariant                 *details);

GVariant *sidetone_field_write (const SidetoneField *self,
                                gconstpointer        seen);
gconstpointer sidetone_field_get_pointer (const SidetoneField *self,
                                          gconstpointer        seen);
int sidetone_field_get_choice (const SidetoneField *self,
                               gconstpointer        seen);

SidetoneTruth sidetone_truth_of (gboolean value);

G_END_DECLS
