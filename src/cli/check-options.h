/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "cli.h"
#include "run.h"

G_BEGIN_DECLS

/**
 * SidetoneCheckOptions:
 * @only: which part of the check to make
 * @lifetime: whether to measure how long UDP stays open
 * @video: whether to test how much video there is room for
 * @timeout: the time limit of a check, in seconds; 0 for none
 * @verbose: whether to show each test's result
 * @app: the app that the person calls with
 * @account: the account
 * @services: (element-type SidetoneService): the call servers that were named here
 *
 * The command line's options of every command that makes a check. Those that are not documented are
 * what was typed.
 */
typedef struct
{
  char *password_file;
  char *server;
  char *security;
  char *ca_file;
  char *pin;
  char **service_uris;
  char *credentials_file;
  char *app_nick;

  SidetoneRunOnly only;
  gboolean lifetime;
  gboolean video;
  int timeout;
  gboolean verbose;
  SidetoneApp app;
  SidetoneAccount *account;
  GPtrArray *services;
} SidetoneCheckOptions;

void sidetone_check_options_add (SidetoneCheckOptions *self,
                                 GOptionContext       *context);
SidetoneExit sidetone_check_options_read (SidetoneCheckOptions *self,
                                          const char           *jid);
char *sidetone_check_options_get_password (const SidetoneCheckOptions *self,
                                           SidetoneExit               *status);
void sidetone_check_options_clear (SidetoneCheckOptions *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SidetoneCheckOptions, sidetone_check_options_clear)

G_END_DECLS
