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

/* One way to go wrong each, in what is answered to a request */
typedef enum
{
  SIDETONE_TEST_RELAY_GOOD,
  SIDETONE_TEST_RELAY_SILENT,
  SIDETONE_TEST_RELAY_ERROR,            /* the code */
  SIDETONE_TEST_RELAY_ERROR_UNSIGNED,
  SIDETONE_TEST_RELAY_ERROR_BARE,       /* without a code in it */
  SIDETONE_TEST_RELAY_PIECES,           /* each beginning of the answer, but not all of it */
  SIDETONE_TEST_RELAY_PIECES_FIRST,     /* the same, and then all of it */
  SIDETONE_TEST_RELAY_LENGTHS,          /* each wrong length of an attribute, and then the answer */
  SIDETONE_TEST_RELAY_JUNK_BEHIND,
  SIDETONE_TEST_RELAY_NOISE,
  SIDETONE_TEST_RELAY_OTHER_ID,
  SIDETONE_TEST_RELAY_OTHER_METHOD,
  SIDETONE_TEST_RELAY_OTHER_COOKIE,
  SIDETONE_TEST_RELAY_OTHER_SOURCE,
  SIDETONE_TEST_RELAY_OTHER_SOURCE_FIRST, /* and then from the right one */
  SIDETONE_TEST_RELAY_TWICE,
  SIDETONE_TEST_RELAY_UNKNOWN_ATTRIBUTE,
  SIDETONE_TEST_RELAY_NO_ADDRESS,
  SIDETONE_TEST_RELAY_PORT_ZERO,
  SIDETONE_TEST_RELAY_OLD,              /* MAPPED-ADDRESS alone */
  SIDETONE_TEST_RELAY_REWRITTEN,        /* MAPPED-ADDRESS is another one */
  SIDETONE_TEST_RELAY_UNSIGNED,
  SIDETONE_TEST_RELAY_OTHER_KEY,
  SIDETONE_TEST_RELAY_SHORT_SIGNATURE,
  SIDETONE_TEST_RELAY_NO_CHALLENGE,     /* 401 without realm and nonce */
  SIDETONE_TEST_RELAY_PRIVATE,          /* relayed address 10.0.0.1 */
  SIDETONE_TEST_RELAY_DEAF,             /* a permission that permits nothing */
  SIDETONE_TEST_RELAY_LATE,             /* only after it has answered the next request */
} SidetoneTestRelayFault;

/**
 * SidetoneTestRelayScript:
 * @method: the requests that it goes wrong with; those that must be signed, if they are
 * @n_faults: how often, 0 for always
 * @n_good: how often it goes right before
 * @n_stale: how often the nonce is too old
 * @realm: (nullable): instead of montague.lit
 * @family: of the server's own address; 0 is IPv4, and relays are always of IPv4
 * @host: where it stands: at 127.0.0.HOST, which it shows to all as 198.51.100.HOST; 0 for 127.0.0.1,
 *   which it shows as it is
 * @other_host: where it has another address, and another port at both (RFC 5780); 0 for none
 * @hides_other: whether it does not say so
 * @relay_host: where its relays are; 0 for @host
 * @disobeys: whether it answers from where it was asked, even if asked to answer from elsewhere
 * @is_closed: whether its relays get nothing
 */
typedef struct
{
  SidetoneTestRelayMethod method;
  SidetoneTestRelayFault fault;
  guint code;
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
