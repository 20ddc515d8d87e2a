/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What listens at a TCP port instead of a relay, or in another way than it is announced */
typedef enum
{
  SIDETONE_TEST_STRANGER_SILENT,      /* takes what comes, and says nothing */
  SIDETONE_TEST_STRANGER_ENDS,        /* ends at the first bytes */
  SIDETONE_TEST_STRANGER_WEB,         /* HTTP, in pieces */
  SIDETONE_TEST_STRANGER_HTML,        /* the same without a head */
  SIDETONE_TEST_STRANGER_BANNER,      /* another protocol */
  SIDETONE_TEST_STRANGER_TLS_ALERT,   /* TLS, which complains about anything else */
  SIDETONE_TEST_STRANGER_TLS_SILENT,  /* TLS, which waits for the rest of what looks like a record */
  SIDETONE_TEST_STRANGER_TLS_ENDS,    /* TLS, which ends at anything else */
  SIDETONE_TEST_STRANGER_STUN,        /* STUN; ends at a TLS handshake */
} SidetoneTestStrangerKind;

typedef struct _SidetoneTestStranger SidetoneTestStranger;

SidetoneTestStranger *sidetone_test_stranger_new (SidetoneTestStrangerKind kind);
void sidetone_test_stranger_free (SidetoneTestStranger *self);

guint16 sidetone_test_stranger_get_port (SidetoneTestStranger *self);
guint sidetone_test_stranger_get_n_connections (SidetoneTestStranger *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneTestStranger, sidetone_test_stranger_free)

G_END_DECLS
