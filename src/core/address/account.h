/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  SIDETONE_SECURITY_UNKNOWN,
  SIDETONE_SECURITY_AUTO,
  SIDETONE_SECURITY_STARTTLS,
  SIDETONE_SECURITY_DIRECT,
} SidetoneSecurity;

#define SIDETONE_TYPE_SECURITY (sidetone_security_get_type ())
#define SIDETONE_TYPE_ACCOUNT (sidetone_account_get_type ())

typedef struct _SidetoneAccount SidetoneAccount;

GType sidetone_security_get_type (void);

GType sidetone_account_get_type (void);

SidetoneAccount *sidetone_account_new (const char      *jid,
                                       const char      *server,
                                       SidetoneSecurity security,
                                       const char      *ca_file,
                                       const char      *pin,
                                       GError         **error);
SidetoneAccount *sidetone_account_new_pinned (const SidetoneAccount *self,
                                              const char            *pin,
                                              GError               **error);
SidetoneAccount *sidetone_account_ref (SidetoneAccount *self);
void sidetone_account_unref (SidetoneAccount *self);

const char *sidetone_account_get_jid (const SidetoneAccount *self);
const char *sidetone_account_get_domain (const SidetoneAccount *self);
const char *sidetone_account_get_ascii_domain (const SidetoneAccount *self);
const char *sidetone_account_get_server_host (const SidetoneAccount *self);
guint16 sidetone_account_get_server_port (const SidetoneAccount *self);
SidetoneSecurity sidetone_account_get_security (const SidetoneAccount *self);
const char *sidetone_account_get_ca_file (const SidetoneAccount *self);
const char *sidetone_account_get_pin (const SidetoneAccount *self);

gboolean sidetone_account_check_password (const char *password,
                                          GError    **error);
gboolean sidetone_account_check_server (const char *server,
                                        GError    **error);
gboolean sidetone_account_check_port (const char *port,
                                      GError    **error);
char *sidetone_account_compose_server (const char *domain,
                                       const char *host,
                                       const char *port);
void sidetone_account_split_server (const char *server,
                                    char      **host,
                                    char      **port);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneAccount, sidetone_account_unref)

G_END_DECLS
