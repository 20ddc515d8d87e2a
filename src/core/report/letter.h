/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "address/contact.h"
#include "judge/walkthrough.h"
#include "report/report.h"

G_BEGIN_DECLS

/**
 * SidetoneReader:
 *
 * To whom a letter is written.
 */
typedef enum
{
  SIDETONE_READER_UNKNOWN,        /* the person who helps */
  SIDETONE_READER_ADMINISTRATOR,  /* of the account's server */
} SidetoneReader;

/**
 * SidetoneLetter:
 * @subject: what it is about, with the codes
 * @message: all that the reader needs to know, in complete lines
 * @report: the report's text, which follows the message
 * @recipient: (nullable): where the reader is reached
 * @block: (nullable): lines after it, from which it can be opened again
 *
 * A report as an e-mail to a person.
 */
typedef struct
{
  char *subject;
  char *message;
  char *report;
  SidetoneContact *recipient;
  char *block;
} SidetoneLetter;

SidetoneLetter *sidetone_letter_new (const SidetoneReport      *report,
                                     SidetoneReader             reader,
                                     SidetoneContact           *recipient,
                                     const SidetoneWalkthrough *walkthrough);
void sidetone_letter_free (SidetoneLetter *self);

gboolean sidetone_letter_has_reader (const SidetoneReport *report);
SidetoneContact *sidetone_letter_find_recipient (const SidetoneReport *report);

char *sidetone_letter_to_text (const SidetoneLetter *self);
char *sidetone_letter_to_uri (const SidetoneLetter *self,
                              char                **left_out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneLetter, sidetone_letter_free)

G_END_DECLS
