/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "keyring.h"

#include "hold.h"
#include "keep/secrets.h"

/* Writes to the keyring (secret store). The program lives until that is done, even without a window. */

typedef struct
{
  SidetoneKeyringFunc callback;
  gpointer user_data;
} Keeping;

static void
keep_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autofree Keeping *keeping = user_data;

  sidetone_release_application ();
  keeping->callback (sidetone_secrets_store_finish (result, NULL), keeping->user_data);
}

static void
forget_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  sidetone_release_application ();
  sidetone_secrets_clear_finish (result, NULL);
}

/**
 * sidetone_keyring_keep:
 * @jid: an account's bare JID
 * @password: its password
 * @callback: called with whether the keyring has kept it
 * @user_data: for @callback
 */
void
sidetone_keyring_keep (const char         *jid,
                       const char         *password,
                       SidetoneKeyringFunc callback,
                       gpointer            user_data)
{
  Keeping *keeping = g_new (Keeping, 1);

  keeping->callback = callback;
  keeping->user_data = user_data;
  sidetone_hold_application ();
  sidetone_secrets_store_async (jid, password, NULL, keep_cb, keeping);
}

/**
 * sidetone_keyring_forget:
 * @jid: an account's bare JID
 *
 * Removes the account's password.
 */
void
sidetone_keyring_forget (const char *jid)
{
  g_return_if_fail (jid != NULL);

  sidetone_hold_application ();
  sidetone_secrets_clear_async (jid, NULL, forget_cb, NULL);
}
