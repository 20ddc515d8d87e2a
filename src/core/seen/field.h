/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "address/endpoint.h"

G_BEGIN_DECLS

/* What was seen, by a probe, is a plain struct, one for each kind of observation. A table describes
 * its members: how a report writes each one, what a redacted report does with it, and what a person
 * reads of it. All else follows from the tables. */

/* A number that is not there. A pointer that is not there is NULL, and the 0 of each enum stands for
 * what is not known. */
#define SIDETONE_NOT_SEEN G_MININT64

/* The most that a count can be: more than any check sends */
#define SIDETONE_MAX_COUNT 1000000

/* Stands in a redacted report in the place of text that may name somebody, and in a list of services
 * for one that can't be read. */
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
 * The type of a member, and how a report writes it. What a report has of another type is not taken
 * into the struct.
 */
typedef enum
{
  SIDETONE_FIELD_NONE,       /* no member, and in no report: a row for people alone */
  SIDETONE_FIELD_TEXT,       /* const char * */
  SIDETONE_FIELD_TEXTS,      /* const char *const *, which ends with NULL */
  SIDETONE_FIELD_TRUTH,      /* SidetoneTruth; true or false */
  SIDETONE_FIELD_NUMBER,     /* gint64 */
  SIDETONE_FIELD_COUNT,      /* gint64 from 0 to SIDETONE_MAX_COUNT */
  SIDETONE_FIELD_DURATION,   /* gint64, 0 or more, in the unit that its name tells */
  SIDETONE_FIELD_NUMBERS,    /* GArray * of gint64 */
  SIDETONE_FIELD_CHOICE,     /* an enum; its nick, nothing for its 0 */
  SIDETONE_FIELD_ENDPOINT,   /* SidetoneEndpoint *; as sidetone_endpoint_format() writes it */
  SIDETONE_FIELD_ENDPOINTS,  /* GPtrArray * of SidetoneEndpoint; a text each */
  SIDETONE_FIELD_ADDRESS,    /* SidetoneEndpoint *; its address */
  SIDETONE_FIELD_PORT,       /* of the SidetoneEndpoint * of the row before; its port */
  SIDETONE_FIELD_SERVICE,    /* SidetoneService *; as sidetone_service_to_text() writes it */
  SIDETONE_FIELD_SERVICES,   /* GPtrArray * of SidetoneService, NULL for one that can't be read */
} SidetoneFieldType;

/**
 * SidetoneRedaction:
 *
 * What a redacted report does with a field. What has no row in a table is gone.
 */
typedef enum
{
  SIDETONE_REDACT_GONE,
  SIDETONE_REDACT_KEEP,      /* numbers, truths, and choices of ours: they name nobody */
  SIDETONE_REDACT_WORD,      /* a word of ours or of a protocol stays; gone if it is more than that */
  SIDETONE_REDACT_WORDS,     /* stay without the user's name, JIDs, and with made-up addresses */
  SIDETONE_REDACT_FEATURES,  /* namespaces of standards stay, and the rest as WORDS */
  SIDETONE_REDACT_ADDRESS,   /* made up */
  SIDETONE_REDACT_SERVICE,   /* its address, if it has one in place of a name, is made up */
  SIDETONE_REDACT_VIEWS,     /* two addresses in each, made up */
  SIDETONE_REDACT_NAME,      /* of a lookup, by what was asked */
  SIDETONE_REDACT_ANSWERS,   /* of a lookup, by what was asked */
} SidetoneRedaction;

/**
 * SidetoneShow:
 *
 * What a person reads of a field. A field that is not known has no row.
 */
typedef enum
{
  SIDETONE_SHOW_NOTHING,
  SIDETONE_SHOW_TEXT,             /* text in which each character counts */
  SIDETONE_SHOW_WORDS,            /* text in which it does not */
  SIDETONE_SHOW_LIST,             /* a line each */
  SIDETONE_SHOW_LIST_OR_NONE,     /* the same, and "none" where it was looked for and nothing is there */
  SIDETONE_SHOW_TRUTH,
  SIDETONE_SHOW_CHOICE,
  SIDETONE_SHOW_NUMBER,
  SIDETONE_SHOW_DURATION,         /* in microseconds */
  SIDETONE_SHOW_SILENCE,          /* in milliseconds, more than none */
  SIDETONE_SHOW_REMAINING,        /* in seconds */
  SIDETONE_SHOW_TIME,             /* a date and time (ISO 8601) */
  SIDETONE_SHOW_PEER,             /* the address with the port */
  SIDETONE_SHOW_ARRIVED,          /* of as many as the field before says */
  SIDETONE_SHOW_LARGE_ARRIVED,    /* the same for each of the sizes in the field before that */
  SIDETONE_SHOW_FINGERPRINT,
  SIDETONE_SHOW_CERTIFICATE_FOR,  /* all that says whom a certificate is for */
  SIDETONE_SHOW_ISSUED_BY,        /* the issuer's name in short */
  SIDETONE_SHOW_LOCAL,            /* the observation's own end */
  SIDETONE_SHOW_LOCAL_SCOPE,
  SIDETONE_SHOW_SEEN,             /* what is seen of this computer */

  /* Not among the others: why nothing was tried comes first of all */
  SIDETONE_SHOW_REASON,
  /* and last come what the server itself says, and its answer as it came. */
  SIDETONE_SHOW_OWN_WORDS,
  SIDETONE_SHOW_CONDITION,
  SIDETONE_SHOW_RAW,
} SidetoneShow;

/**
 * SidetoneField:
 * @key: (nullable): what a report calls it: part of its format, so it never changes
 * @type: what it is
 * @offset: where it stands in the struct
 * @get_choices: (nullable): the enum of a %SIDETONE_FIELD_CHOICE
 * @redaction: what a redacted report does with it
 * @show: what a person reads of it
 * @title: (nullable): what that is, to be translated
 *
 * A row of a table. The rows stand in the order in which a person reads them.
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

/* The other end of a connection */
#define SIDETONE_FIELDS_OF_PEER(Struct, title) \
  SIDETONE_FIELD (Struct, "peer-address", ADDRESS, peer, ADDRESS, PEER, title), \
  SIDETONE_FIELD (Struct, "peer-port", PORT, peer, KEEP, NOTHING, NULL)

/* A connection to an XMPP server */
#define SIDETONE_FIELDS_OF_CONNECTION(Struct) \
  SIDETONE_FIELD_SHOWN (LOCAL, N_("Own end")), \
  SIDETONE_FIELD (Struct, "target", TEXT, target, WORDS, TEXT, N_("Server")), \
  SIDETONE_FIELDS_OF_PEER (Struct, N_("Server's end")), \
  SIDETONE_FIELD_OF_CHOICE (Struct, "security", security, sidetone_security_get_type, CHOICE, \
                            N_("Kind of encryption"))

/* How an XMPP server refused something. The condition is a word of the protocol that says why, such as
 * "not-authorized". */
#define SIDETONE_FIELDS_OF_REFUSAL(Struct) \
  SIDETONE_FIELD (Struct, "server-text", TEXT, server_text, GONE, OWN_WORDS, \
                  N_("Your server's own words")), \
  /* Translators: a word of the protocol that says why, such as "not-authorized" */ \
  SIDETONE_FIELD (Struct, "condition", TEXT, condition, WORD, CONDITION, \
                  N_("Reason in the protocol"))

/* Why nothing was tried */
#define SIDETONE_FIELDS_OF_SKIPPED(Struct) \
  SIDETONE_FIELD_OF_CHOICE (Struct, "reason", reason, sidetone_skip_reason_get_type, REASON, \
                            N_("Why it was skipped"))

/* A server for calls that was tried, and the socket that it was tried from */
#define SIDETONE_FIELDS_OF_CALL_SERVER(Struct) \
  /* Translators: a server for calls, with its protocol, name and port */ \
  SIDETONE_FIELD (Struct, "service", SERVICE, service, SERVICE, TEXT, N_("Server for calls")), \
  SIDETONE_FIELD (Struct, "typed", TRUTH, typed, KEEP, TRUTH, N_("Typed by you")), \
  SIDETONE_FIELDS_OF_PEER (Struct, N_("Server's address")), \
  SIDETONE_FIELD_SHOWN (LOCAL, N_("Own end")), \
  SIDETONE_FIELD_SHOWN (SEEN, N_("Own end, as seen from there"))

/**
 * SidetoneFieldTable:
 * @size: of the struct
 * @fields: (array length=n_fields): a row for each of its members
 * @n_fields: how many
 *
 * All of one kind of observation.
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
