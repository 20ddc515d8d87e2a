/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "base/nick.h"

/* The nicks of a GEnum: its values' names in reports and on the pipe between Sidetone's programs */

/**
 * sidetone_nick_get:
 * @type: an enum whose 0 has the nick `unknown`
 * @value: one of its values
 *
 * Returns: (transfer none): the nick of @value, lower case with dashes; `unknown` for any other
 *   number
 */
const char *
sidetone_nick_get (GType type,
                   int   value)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (type);
  const GEnumValue *found = g_enum_get_value (class, value);

  /* The values are static: the nick outlives the class reference. */
  return found != NULL ? found->value_nick : "unknown";
}

/**
 * sidetone_nick_find:
 * @type: an enum whose 0 has the nick `unknown`
 * @nick: (nullable): a nick from sidetone_nick_get()
 *
 * Reads a nick. A report may come from a newer Sidetone, so an unknown nick is valid.
 *
 * Returns: the value, 0 if @nick is unknown
 */
int
sidetone_nick_find (GType       type,
                    const char *nick)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (type);
  const GEnumValue *found = nick != NULL ? g_enum_get_value_by_nick (class, nick) : NULL;

  return found != NULL ? found->value : 0;
}
