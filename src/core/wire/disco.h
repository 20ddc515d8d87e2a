/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "wire/element.h"

G_BEGIN_DECLS

#define SIDETONE_DISCO_NS "http://jabber.org/protocol/disco#info"
#define SIDETONE_DISCO_QUERY "<query xmlns='http://jabber.org/protocol/disco#info'/>"

#define SIDETONE_TYPE_DISCO (sidetone_disco_get_type ())

typedef struct _SidetoneDisco SidetoneDisco;

GType sidetone_disco_get_type (void);

SidetoneDisco *sidetone_disco_read (const SidetoneElement *iq,
                                    GError               **error);
SidetoneDisco *sidetone_disco_ref (SidetoneDisco *self);
void sidetone_disco_unref (SidetoneDisco *self);

gboolean sidetone_disco_has_feature (const SidetoneDisco *self,
                                     const char          *feature);
const char *const *sidetone_disco_get_features (const SidetoneDisco *self);
const char *sidetone_disco_get_name (const SidetoneDisco *self);
const char *const *sidetone_disco_get_contacts (const SidetoneDisco *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneDisco, sidetone_disco_unref)

G_END_DECLS
