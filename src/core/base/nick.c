/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "base/nick.h"

/* The nicks of a GEnum: how each of its values is written in a report and on the pipe between
 * Sidetone's programs */

/**
 * sidetone_nick_get:
 * @type: an enum whose 0 has the nick `unknown`
 * @value: a value of it
 *
 * Returns: (transfer none): the nick of @value, lower case with dashes; `unknown` for a number that
 *   is none of the values
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
 * @nick: (nullable): a nick, as sidetone_nick_get() gives it
 *
 * Reads a nick back. A report may come from a newer Sidetone, so a nick that is not known here is
 * no error.
 *
 * Returns: the value, 0 if @nick is none of @type
 */
int
sidetone_nick_find (GType       type,
                    const char *nick)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (type);
  const GEnumValue *found = nick != NULL ? g_enum_get_value_by_nick (class, nick) : NULL;

  return found != NULL ? found->value : 0;
}
