/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* An XMPP server's answer: XML, and every reader of an answer in it, as an answer may come to the
 * wrong question. */

#include "fuzz.h"

#include "seen/services.h"
#include "wire/disco.h"
#include "wire/server-ip.h"
#include "wire/server-time.h"
#include "wire/services.h"
#include "wire/stanza.h"

static void
read_services (const SidetoneElement *iq)
{
  guint n_unusable;
  g_auto (GStrv) unreadable = NULL;
  g_autoptr (GPtrArray) services = sidetone_services_read (iq, &n_unusable, &unreadable, NULL);

  g_assert (services == NULL || services->len <= SIDETONE_SERVICES_MAX);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SidetoneElement) iq = sidetone_element_new_from_text ((const char *) data,
                                                                   (gssize) size, &error);
  g_autoptr (SidetoneDisco) disco = NULL;
  g_autoptr (GPtrArray) addresses = NULL;
  g_autoptr (GDateTime) time = NULL;
  const char *condition = NULL;
  const char *text = NULL;

  g_assert ((iq == NULL) == (error != NULL));
  if (iq == NULL)
    return 0;

  sidetone_stanza_get_error (iq, &condition, &text);
  disco = sidetone_disco_read (iq, NULL);
  addresses = sidetone_server_ip_read (iq, NULL);
  time = sidetone_server_time_read (iq, NULL);
  read_services (iq);

  return 0;
}
