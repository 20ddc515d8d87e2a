/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "address/endpoint.h"

G_BEGIN_DECLS

/**
 * SidetoneApp:
 *
 * The app that a person calls with. The nick is its word in reports and on the command line.
 */
typedef enum
{
  SIDETONE_APP_UNKNOWN,        /* not said: what most apps can do counts */
  SIDETONE_APP_CONVERSATIONS,
  SIDETONE_APP_DINO,
  SIDETONE_APP_DINO_OLD,
  SIDETONE_APP_GAJIM,
  SIDETONE_APP_GAJIM_OLD,
  SIDETONE_APP_MONAL,
  SIDETONE_APP_MOVIM,
  SIDETONE_APP_SISKIN,
  SIDETONE_APP_CONVERSE,
  SIDETONE_APP_OTHER,          /* one that is not in the table: the same as not said */
  SIDETONE_N_APPS,
} SidetoneApp;

#define SIDETONE_TYPE_APP (sidetone_app_get_type ())

GType sidetone_app_get_type (void);

/**
 * SidetoneAppChoice:
 *
 * Which of the announced relays (XEP-0215) an app uses, of those that it can.
 */
typedef enum
{
  SIDETONE_APP_CHOICE_NONE,
  SIDETONE_APP_CHOICE_ALL,
  SIDETONE_APP_CHOICE_FIRST,   /* of each type: the first `turn`, and each `turns` */
  SIDETONE_APP_CHOICE_LAST,
} SidetoneAppChoice;

/**
 * SidetoneAppPasswords:
 *
 * How long an app uses a relay's credentials.
 */
typedef enum
{
  SIDETONE_APP_PASSWORDS_NONE,
  SIDETONE_APP_PASSWORDS_PER_CALL,
  SIDETONE_APP_PASSWORDS_RENEWED,  /* before they expire */
  SIDETONE_APP_PASSWORDS_KEPT,     /* as long as the app runs, or its page is open */
} SidetoneAppPasswords;

#define SIDETONE_TYPE_APP_CHOICE (sidetone_app_choice_get_type ())
#define SIDETONE_TYPE_APP_PASSWORDS (sidetone_app_passwords_get_type ())

GType sidetone_app_choice_get_type (void);
GType sidetone_app_passwords_get_type (void);

#define SIDETONE_APP_UDP (1 << SIDETONE_TRANSPORT_UDP)
#define SIDETONE_APP_TCP (1 << SIDETONE_TRANSPORT_TCP)
#define SIDETONE_APP_TLS (1 << SIDETONE_TRANSPORT_TLS)

/**
 * SidetoneAppFacts:
 * @name: how it is called, not translated yet
 * @version: the version whose source was read, of which this is told
 * @date: that version's date
 * @source: the files that tell
 * @has_calls: whether a call can be made with it, without an addition
 * @is_old: whether it is an old version of an app of the table
 * @asks_stun: whether it asks STUN servers, and so learns this computer's reflexive address
 * @has_own_stun: whether it brings along a STUN server for where none is announced
 * @has_own_relay: whether it brings along a relay, too
 * @choice: which relays it uses
 * @transports: the transports to them that it speaks: %SIDETONE_APP_UDP and so on
 * @is_ipv4_only: whether it looks up only IPv4 addresses of call servers
 * @skips_private: whether it leaves out those with a private address
 * @trusts_any: whether it takes any certificate of a relay over TLS
 * @passwords: how long it uses a relay's credentials
 *
 * What an app's source says about what it does in a call.
 */
typedef struct
{
  const char *name;
  const char *version;
  const char *date;
  const char *source;
  gboolean has_calls;
  gboolean is_old;
  gboolean asks_stun;
  gboolean has_own_stun;
  gboolean has_own_relay;
  SidetoneAppChoice choice;
  guint transports;
  gboolean is_ipv4_only;
  gboolean skips_private;
  gboolean trusts_any;
  SidetoneAppPasswords passwords;
} SidetoneAppFacts;

/* The day on which the sources of all of them were read */
#define SIDETONE_APP_READ_ON "2026-11-30"

/**
 * SidetoneAppLack:
 *
 * Why an app uses none of the relays that work.
 */
typedef enum
{
  SIDETONE_APP_LACK_NONE,
  SIDETONE_APP_LACK_RELAYS,      /* it uses none at all */
  SIDETONE_APP_LACK_TRANSPORT,   /* it does not speak the transport */
  SIDETONE_APP_LACK_IPV6,
  SIDETONE_APP_LACK_PRIVATE,     /* it leaves out private addresses */
  SIDETONE_APP_LACK_FIRST,       /* it takes the first entry, which does not work */
  SIDETONE_APP_LACK_LAST,        /* it takes the last one, which does not */
} SidetoneAppLack;

const SidetoneAppFacts *sidetone_app_get_facts (SidetoneApp app);

G_END_DECLS
