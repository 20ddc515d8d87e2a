/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "base/finding-kind.h"

#include <glib-object.h>

#include "address/endpoint.h"
#include "base/error.h"
#include "judge/app.h"
#include "seen/service-result.h"

G_BEGIN_DECLS

typedef enum
{
  SIDETONE_SEVERITY_UNKNOWN,
  SIDETONE_SEVERITY_GOOD,
  SIDETONE_SEVERITY_NOTE,
  SIDETONE_SEVERITY_WARNING,
  SIDETONE_SEVERITY_PROBLEM,
} SidetoneSeverity;

typedef enum
{
  SIDETONE_OWNER_UNKNOWN,
  SIDETONE_OWNER_NOBODY,
  SIDETONE_OWNER_YOU,
  SIDETONE_OWNER_ROUTER,
  SIDETONE_OWNER_PROVIDER,
  SIDETONE_OWNER_ADMINISTRATOR,
} SidetoneOwner;

/**
 * SidetoneCertainty:
 * @SIDETONE_CERTAINTY_UNKNOWN: of a newer version
 * @SIDETONE_CERTAINTY_CERTAIN: the evidence excludes every other cause
 * @SIDETONE_CERTAINTY_LIKELY: the cause may be another, but not the owner
 * @SIDETONE_CERTAINTY_OPEN: another owner may have to fix it; an act tells the causes apart
 *
 * How sure a finding is of its cause.
 */
typedef enum
{
  SIDETONE_CERTAINTY_UNKNOWN,
  SIDETONE_CERTAINTY_CERTAIN,
  SIDETONE_CERTAINTY_LIKELY,
  SIDETONE_CERTAINTY_OPEN,
} SidetoneCertainty;

#define SIDETONE_TYPE_FINDING_KIND (sidetone_finding_kind_get_type ())
#define SIDETONE_TYPE_SEVERITY (sidetone_severity_get_type ())
#define SIDETONE_TYPE_OWNER (sidetone_owner_get_type ())
#define SIDETONE_TYPE_CERTAINTY (sidetone_certainty_get_type ())

GType sidetone_finding_kind_get_type (void);
GType sidetone_severity_get_type (void);
GType sidetone_owner_get_type (void);
GType sidetone_certainty_get_type (void);

/**
 * SidetoneRelay:
 *
 * Whether the server offers a usable relay, and whether it works if it was tested. It is unused if
 * one works, and the person's app can't use that.
 */
typedef enum
{
  SIDETONE_RELAY_UNKNOWN,
  SIDETONE_RELAY_OFFERED,
  SIDETONE_RELAY_NOT_OFFERED,
  SIDETONE_RELAY_WORKS,
  SIDETONE_RELAY_BROKEN,
  SIDETONE_RELAY_UNUSED,
  SIDETONE_N_RELAYS,
} SidetoneRelay;

/**
 * SidetoneQueue:
 *
 * Where packets wait that are late while much is sent.
 */
typedef enum
{
  SIDETONE_QUEUE_NONE,        /* nowhere, as far as is known */
  SIDETONE_QUEUE_SOMEWHERE,   /* on the way to the relay's host */
  SIDETONE_QUEUE_HERE,        /* before this network's router */
  SIDETONE_QUEUE_BEYOND,      /* behind it */
} SidetoneQueue;

/**
 * SidetoneFindingFacts:
 * @host: (nullable): the server, the first of several
 * @result: (nullable): the call server's result, the first of several
 * @error: the error
 * @server_text: (nullable): the server's own text about it
 * @certificate_for: (nullable): the names of a certificate with another name, empty without one
 * @names_target: whether the host that was connected to is among them
 * @transport: the transport to the server
 * @number: a number, an amount or a duration
 * @queue: where packets wait
 * @owner: who can fix it, if not the rule's owner
 * @relay: whether the server offers a relay, and whether it works
 * @app: the app that the person calls with
 * @lack: why it uses no relay that works
 * @port: how the port changed on the way
 * @local_is_ipv6: this computer's side, if the address family changed
 * @announced: whether the server announces the address check that it did not make
 * @in_the_open: whether nothing changes this computer's address on the way
 * @works_otherwise: whether another way of the same call server works
 * @other_version: whether the same call server answers by the other version of IP
 * @without_srv: whether DNS has no SRV records, and the domain's own address did not answer
 * @wireless: whether the way to the internet begins at a wireless interface
 * @behind_router: whether what gets lost is lost behind the nearest router
 * @n_refused: the number of addresses that refused a connection
 * @n_unreachable: the number of unreachable addresses
 * @n_silent: the number of addresses without an answer
 * @aliases: (nullable): in a redacted report, its aliases
 *
 * The facts that a finding's words depend on, besides its kind. Each kind uses some of them.
 */
typedef struct
{
  const char *host;
  const SidetoneServiceResult *result;
  SidetoneError error;
  const char *server_text;
  const char *certificate_for;
  gboolean names_target;
  SidetoneTransport transport;
  guint number;
  SidetoneQueue queue;
  SidetoneOwner owner;
  SidetoneRelay relay;
  SidetoneApp app;
  SidetoneAppLack lack;
  SidetoneChange port;
  gboolean local_is_ipv6;
  gboolean announced;
  gboolean in_the_open;
  gboolean works_otherwise;
  gboolean other_version;
  gboolean without_srv;
  gboolean wireless;
  gboolean behind_router;
  guint n_refused;
  guint n_unreachable;
  guint n_silent;
  SidetoneAliases *aliases;
} SidetoneFindingFacts;

typedef struct _SidetoneRule SidetoneRule;
typedef struct _SidetoneRival SidetoneRival;

#define SIDETONE_TYPE_FINDING (sidetone_finding_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneFinding, sidetone_finding, SIDETONE, FINDING, GObject)

SidetoneFindingKind sidetone_finding_get_kind (SidetoneFinding *self);
const SidetoneRule *sidetone_finding_get_rule (SidetoneFinding *self);
const char *sidetone_finding_get_code (SidetoneFinding *self);
SidetoneSeverity sidetone_finding_get_severity (SidetoneFinding *self);
SidetoneOwner sidetone_finding_get_owner (SidetoneFinding *self);
const SidetoneFindingFacts *sidetone_finding_get_facts (SidetoneFinding *self);
const char *const *sidetone_finding_get_evidence (SidetoneFinding *self);
const SidetoneRival *const *sidetone_finding_get_rivals (SidetoneFinding *self);
SidetoneCertainty sidetone_finding_get_certainty (SidetoneFinding *self);
const SidetoneRival *sidetone_finding_get_separating (SidetoneFinding *self);

char *sidetone_finding_join_names (const char *const *names);

guint sidetone_finding_hash (gconstpointer finding);
gboolean sidetone_finding_equal (gconstpointer a,
                                 gconstpointer b);

SidetoneFinding *sidetone_finding_new (SidetoneFindingKind         kind,
                                       SidetoneSeverity            severity,
                                       const SidetoneFindingFacts *facts,
                                       const char *const          *evidence,
                                       GPtrArray                  *rivals);

G_END_DECLS
