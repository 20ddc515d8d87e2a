/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/describe.h"

#include <glib/gi18n-lib.h>

/* Words for when a check was made (strftime formats, in the language's order). */

/**
 * sidetone_describe_time:
 * @time: a time, in UTC
 *
 * Returns: (transfer full): its date and time in full, to be found in a server's log
 */
char *
sidetone_describe_time (GDateTime *time)
{
  /* Translators: a date and time in UTC, as g_date_time_format() writes it */
  return g_date_time_format (time, _("%Y-%m-%d %H:%M:%S UTC"));
}

static gboolean
is_same_day (GDateTime *a,
             GDateTime *b)
{
  return g_date_time_get_year (a) == g_date_time_get_year (b) &&
         g_date_time_get_day_of_year (a) == g_date_time_get_day_of_year (b);
}

/* In languages without words for the halves of a day, 12 hours would be ambiguous. */
static char *
describe_hour (GDateTime *time,
               gboolean   twelve_hours)
{
  g_autofree char *half = g_date_time_format (time, "%p");

  if (!twelve_hours || half == NULL || *half == '\0')
    return g_date_time_format (time, "%H:%M");

  /* Translators: a time such as 5:01 PM, as g_date_time_format() writes it */
  return g_date_time_format (time, _("%-I:%M %p"));
}

static char *
describe_date (GDateTime *time,
               gboolean   with_year)
{
  /* Translators: a date such as Nov 22, 2026, as g_date_time_format() writes it */
  return g_date_time_format (time, with_year ? _("%b %-e, %Y")
                             /* Translators: a date such as Nov 22, as g_date_time_format() writes it */
                             : _("%b %-e"));
}

/**
 * sidetone_describe_checked:
 * @checked: when a check was made, in local time
 * @now: now, in local time
 * @traits: for whom and how to say it
 *
 * Says when a check was made, for a title.
 *
 * Returns: (transfer full): a few words, such as "Checked today, 5:01 PM"
 */
char *
sidetone_describe_checked (GDateTime         *checked,
                           GDateTime         *now,
                           SidetoneTimeTraits traits)
{
  gboolean in_short = (traits & SIDETONE_TIME_IN_SHORT) != 0;
  gboolean of_report = (traits & SIDETONE_TIME_OF_REPORT) != 0;
  g_autofree char *hour = describe_hour (checked, (traits & SIDETONE_TIME_TWELVE_HOURS) != 0);
  g_autofree char *date = NULL;
  g_autofree char *both = NULL;

  if (is_same_day (checked, now) && !of_report)
    {
      /* Translators: %s is a time such as 5:01 PM */
      return g_strdup_printf (in_short ? _("Today, %s") : _("Checked today, %s"), hour);
    }

  date = describe_date (checked, !in_short ||
                        g_date_time_get_year (checked) != g_date_time_get_year (now));
  /* Translators: a date such as Nov 22, 2026, and a time such as 5:01 PM */
  both = g_strdup_printf (_("%s, %s"), date, hour);
  if (in_short)
    return g_steal_pointer (&both);

  /* Translators: %s is a date and time */
  return g_strdup_printf (of_report ? _("Report from %s") : _("Checked on %s"), both);
}
