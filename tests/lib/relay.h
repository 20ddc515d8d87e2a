/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SIDETONE_TEST_RELAY_USERNAME "1700000000:romeo"
#define SIDETONE_TEST_RELAY_PASSWORD "moonlit-orchard-1597"

typedef enum
{
  SIDETONE_TEST_RELAY_ANY,
  SIDETONE_TEST_RELAY_BINDING = 0x001,
  SIDETONE_TEST_RELAY_ALLOCATE = 0x003,
  SIDETONE_TEST_RELAY_REFRESH = 0x004,
  SIDETONE_TEST_RELAY_PERMISSION = 0x008,
} SidetoneTestRelayMethod;

/* One fault each, in the answer to a request */
typedef enum
{
  SIDETONE_TEST_RELAY_GOOD,
  SIDETONE_TEST_RELAY_SILENT,
  SIDETONE_TEST_RELAY_ERROR,            /* the code */
  SIDETONE_TEST_RELAY_ERROR_UNSIGNED,
  SIDETONE_TEST_RELAY_ERROR_BARE,       /* without a code in it */
  SIDETONE_TEST_RELAY_PIECES,           /* all truncations of the answer */
  SIDETONE_TEST_RELAY_PIECES_FIRST,     /* all truncations, then the answer */
  SIDETONE_TEST_RELAY_LENGTHS,          /* all wrong lengths of an attribute, then the answer */
  SIDETONE_TEST_RELAY_JUNK_BEHIND,
  SIDETONE_TEST_RELAY_NOISE,
  SIDETONE_TEST_RELAY_OTHER_ID,
  SIDETONE_TEST_RELAY_OTHER_METHOD,
  SIDETONE_TEST_RELAY_OTHER_COOKIE,
  SIDETONE_TEST_RELAY_OTHER_SOURCE,
  SIDETONE_TEST_RELAY_OTHER_SOURCE_FIRST, /* then from the right one */
  SIDETONE_TEST_RELAY_TWICE,
  SIDETONE_TEST_RELAY_UNKNOWN_ATTRIBUTE,
  SIDETONE_TEST_RELAY_NO_ADDRESS,
  SIDETONE_TEST_RELAY_PORT_ZERO,
  SIDETONE_TEST_RELAY_OLD,              /* only MAPPED-ADDRESS */
  SIDETONE_TEST_RELAY_REWRITTEN,        /* MAPPED-ADDRESS differs */
  SIDETONE_TEST_RELAY_UNSIGNED,
  SIDETONE_TEST_RELAY_OTHER_KEY,
  SIDETONE_TEST_RELAY_SHORT_SIGNATURE,
  SIDETONE_TEST_RELAY_NO_CHALLENGE,     /* 401 without realm and nonce */
  SIDETONE_TEST_RELAY_PRIVATE,          /* relayed address 10.0.0.1 */
  SIDETONE_TEST_RELAY_DEAF,             /* a permission without effect */
  SIDETONE_TEST_RELAY_LATE,             /* only after answering the next request */
} SidetoneTestRelayFault;

/**
 * SidetoneTestRelayScript:
 * @method: the requests with the fault; only signed ones, if they must be signed
 * @alternate: (nullable): the address that an error names as another server
 * @alternate_port: its port
 * @n_faults: how often, 0 for always
 * @n_good: how often the answer is right before that
 * @n_stale: how often the nonce is stale
 * @realm: (nullable): instead of montague.lit
 * @family: the family of the server's own address; 0 is IPv4, and relays always have IPv4
 * @host: the server's address is 127.0.0.HOST, shown as 198.51.100.HOST; 0 for 127.0.0.1, shown
 *   unchanged
 * @other_host: its other address, with another port at both (RFC 5780); 0 for none
 * @hides_other: whether it does not announce it
 * @relay_host: its relays' address; 0 for @host
 * @disobeys: whether it ignores CHANGE-REQUEST
 * @is_closed: whether its relays receive nothing
 * @max_bps: how many bytes its relays pass on in a second; 0 for no limit
 * @late_ms: how long it is busy before it reads anything
 * @quotes: whether its words quote the user's credentials
 */
typedef struct
{
  SidetoneTestRelayMethod method;
  SidetoneTestRelayFault fault;
  guint code;
  const char *alternate;
  guint16 alternate_port;
  guint n_faults;
  guint n_good;
  guint n_stale;
  const char *realm;
  GSocketFamily family;
  guint host;
  guint other_host;
  gboolean hides_other;
  guint relay_host;
  gboolean disobeys;
  gboolean is_closed;
  guint max_bps;
  guint late_ms;
  gboolean quotes;
} SidetoneTestRelayScript;

typedef struct _SidetoneTestRelay SidetoneTestRelay;

SidetoneTestRelay *sidetone_test_relay_new (const SidetoneTestRelayScript *script);
void sidetone_test_relay_free (SidetoneTestRelay *self);

guint16 sidetone_test_relay_get_port (SidetoneTestRelay *self);
guint sidetone_test_relay_get_n_relays (SidetoneTestRelay *self);
gsize sidetone_test_relay_get_longest (SidetoneTestRelay *self);
guint sidetone_test_relay_get_n_requests (SidetoneTestRelay      *self,
                                          SidetoneTestRelayMethod method);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneTestRelay, sidetone_test_relay_free)

G_END_DECLS
