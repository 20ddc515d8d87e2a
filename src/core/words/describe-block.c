/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/describe-block.h"

#include <glib/gi18n-lib.h>

/* Words for the lines at the end of a report's text (ASCII armor), which only Sidetone can read. */

/**
 * sidetone_describe_block:
 *
 * Returns: (transfer none): what the lines are for; a sentence
 */
const char *
sidetone_describe_block (void)
{
  /* Translators: stands above lines that hold the report for Sidetone. "Paste Report" is a menu's entry */
  return _("Sidetone can open this report: copy this whole text, and choose Paste Report.");
}

/**
 * sidetone_describe_damaged_block:
 *
 * Returns: (transfer none): why no report can be read from them, to follow "The file can't be read:"
 */
const char *
sidetone_describe_damaged_block (void)
{
  return _("part of the report in it is missing or was changed. Copy the whole text again");
}
