/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-connection"

#include "config.h"

#include <dlfcn.h>
#include <expat.h>

/* libstrophe reads XML with expat. From 2.6.0 on, expat puts a tag off that came in several parts, until
 * twice as much has come as when it last looked ("reparse deferral": looking each time takes quadratic
 * time). A server that waits for us sends no more, so that its last answer would never be seen. The
 * watch limits how much comes, and with it the time. No version of libstrophe turns this off, or lends
 * its parser. */

typedef enum XML_Status (*Parse)(XML_Parser parser,
                                 const char *text,
                                 int length,
                                 int is_final);
typedef XML_Bool (*SetDeferral) (XML_Parser parser,
                                 XML_Bool   is_enabled);

/* libstrophe finds this function before expat's, as it does that of alpn.c. Each reset of the parser turns
 * the deferral on again. */
enum XML_Status
XML_Parse (XML_Parser  parser,
           const char *text,
           int         length,
           int         is_final)
{
  Parse next = (Parse) dlsym (RTLD_NEXT, "XML_Parse");
  SetDeferral set_deferral = (SetDeferral) dlsym (RTLD_NEXT, "XML_SetReparseDeferralEnabled");

  if (set_deferral != NULL)
    set_deferral (parser, XML_FALSE);

  return next != NULL ? next (parser, text, length, is_final) : XML_STATUS_ERROR;
}
