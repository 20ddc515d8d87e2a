/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "base/error.h"
#include "seen/observation-kind.h"
#include "wire/service.h"

G_BEGIN_DECLS

typedef enum
{
  SIDETONE_VANTAGE_UNKNOWN,
  SIDETONE_VANTAGE_COMPUTER,
  SIDETONE_VANTAGE_SERVER,
  SIDETONE_VANTAGE_STUN,
  SIDETONE_VANTAGE_RELAY,
} SidetoneVantage;

typedef enum
{
  SIDETONE_STATE_UNKNOWN,
  SIDETONE_STATE_PASSED,
  SIDETONE_STATE_FAILED,
  SIDETONE_STATE_SKIPPED,
} SidetoneState;

/**
 * SidetoneSkipReason:
 *
 * Why a test was skipped. The nick is its word in reports.
 */
typedef enum
{
  SIDETONE_SKIP_REASON_NONE,
  SIDETONE_SKIP_REASON_ANOTHER_WAS_FASTER,  /* another connection */
  SIDETONE_SKIP_REASON_NOT_NEEDED,
  SIDETONE_SKIP_REASON_NO_CREDENTIALS,
  SIDETONE_SKIP_REASON_DTLS,                /* which call programs do not speak */
  SIDETONE_SKIP_REASON_NO_ADDRESS,          /* the name has none */
  SIDETONE_SKIP_REASON_NO_IPV4,             /* this computer has no route for it */
  SIDETONE_SKIP_REASON_NO_IPV6,
  SIDETONE_SKIP_REASON_TOO_MANY,
  SIDETONE_SKIP_REASON_NO_RELAY,            /* to test with */
  SIDETONE_SKIP_REASON_OWN_COMPUTER,        /* a server named this computer */
  SIDETONE_SKIP_REASON_PRIVATE_ADDRESS,     /* a server named an address that is not public */
} SidetoneSkipReason;

#define SIDETONE_TYPE_VANTAGE (sidetone_vantage_get_type ())
#define SIDETONE_TYPE_STATE (sidetone_state_get_type ())
#define SIDETONE_TYPE_SKIP_REASON (sidetone_skip_reason_get_type ())

GType sidetone_vantage_get_type (void);
GType sidetone_state_get_type (void);
GType sidetone_skip_reason_get_type (void);

#define SIDETONE_TYPE_OBSERVATION (sidetone_observation_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneObservation, sidetone_observation, SIDETONE, OBSERVATION, GObject)

/**
 * SidetoneObservationFields:
 * @id: unique in its run: `server-ip`, `connect-2`
 * @local: (nullable): the local endpoint, if there is one
 * @seen: (nullable): this computer's address as the vantage sees it
 * @error: (nullable): why it failed or was skipped, in the domain %SIDETONE_ERROR
 * @start_us: monotonic time from the start of the run, in microseconds
 * @duration_us: in microseconds
 * @what: (nullable): its kind's struct, such as a #SidetoneEchoSeen
 * @details: (nullable): the same in a report's form: `a{sv}` of booleans, int64, doubles, strings
 *   and arrays of these; a floating one is taken. Only if @what is %NULL.
 * @aliases: (nullable): in a redacted report, its aliases
 *
 * An observation's fields; each one is copied or referenced.
 */
typedef struct
{
  const char *id;
  SidetoneObservationKind kind;
  SidetoneVantage vantage;
  SidetoneState state;
  SidetoneEndpoint *local;
  SidetoneEndpoint *seen;
  const GError *error;
  gint64 start_us;
  gint64 duration_us;
  gconstpointer what;
  GVariant *details;
  SidetoneAliases *aliases;
} SidetoneObservationFields;

SidetoneObservation *sidetone_observation_new (const SidetoneObservationFields *fields);

const char *sidetone_observation_get_id (SidetoneObservation *self);
SidetoneObservationKind sidetone_observation_get_kind (SidetoneObservation *self);
SidetoneVantage sidetone_observation_get_vantage (SidetoneObservation *self);
SidetoneState sidetone_observation_get_state (SidetoneObservation *self);
SidetoneEndpoint *sidetone_observation_get_local (SidetoneObservation *self);
SidetoneEndpoint *sidetone_observation_get_seen (SidetoneObservation *self);
gboolean sidetone_observation_has_passed (SidetoneObservation *self);
gboolean sidetone_observation_has_failed (SidetoneObservation *self);
SidetoneAliases *sidetone_observation_get_aliases (SidetoneObservation *self);
const GError *sidetone_observation_get_error (SidetoneObservation *self);
gboolean sidetone_observation_has_error (SidetoneObservation *self,
                                         SidetoneError        error);
gboolean sidetone_observation_has_error_trait (SidetoneObservation *self,
                                               SidetoneErrorTraits  trait);
gint64 sidetone_observation_get_start_us (SidetoneObservation *self);
gint64 sidetone_observation_get_duration_us (SidetoneObservation *self);
gconstpointer sidetone_observation_get_seen_as (SidetoneObservation    *self,
                                                SidetoneObservationKind kind);
SidetoneEndpoint *sidetone_observation_get_peer (SidetoneObservation *self);
SidetoneService *sidetone_observation_get_service (SidetoneObservation *self);
const char *sidetone_observation_get_server_text (SidetoneObservation *self);
GVariant *sidetone_observation_dup_detail (SidetoneObservation *self,
                                           const char          *key);
GVariant *sidetone_observation_dup_details (SidetoneObservation *self);

G_END_DECLS
