/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* The parent's end of the connection process's pipe: JSON, a line an event. */

#include "fuzz.h"

#include <string.h>

#include "base/json.h"

/* As probe/xmpp/child.c has them */
#define MAX_LINE (512 * 1024)
#define MAX_DEPTH 8

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) event = sidetone_json_parse_object ((const char *) data, size, MAX_LINE,
                                                             MAX_DEPTH, &error);
  g_autofree char *line = NULL;
  g_autofree char *line_again = NULL;
  g_autoptr (JsonObject) again = NULL;

  g_assert ((event == NULL) == (error != NULL));
  if (event == NULL)
    return 0;

  sidetone_json_get_string (event, "event");
  sidetone_json_get_int (event, "rtt_us", 0);
  sidetone_json_get_object (event, "local");
  sidetone_json_get_array (event, "names");
  line = sidetone_json_to_line (event);
  again = sidetone_json_parse_object (line, strlen (line), 4 * MAX_LINE, MAX_DEPTH, NULL);
  g_assert_nonnull (again);
  line_again = sidetone_json_to_line (again);
  g_assert_cmpstr (line, ==, line_again);

  return 0;
}
