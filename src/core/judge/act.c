/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* The acts of a differential diagnosis: each takes one of two possible causes out of the way, so
 * that the next check tells them apart. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/act.h"

#include <glib/gi18n-lib.h>

/* In the order of the enum. Translators: {advice} is a sentence such as "Ask your server's
 * administrator to let UDP in." */
static const SidetoneActRow rows[] = {
  { SIDETONE_ACT_NONE, "none", NULL, NULL, NULL, NULL, NULL, FALSE },
  {
    SIDETONE_ACT_ANOTHER_NETWORK, "another-network",
    N_("Check again from another network, such as your phone's."),
    N_("If all is well there: {advice}"),
    N_("If it is the same there: {advice}"),
    N_("It was gone on another network."),
    N_("It was the same on another network."),
  },
  {
    SIDETONE_ACT_WITHOUT_VPN, "without-vpn",
    N_("Turn off your VPN and check again."),
    N_("If all is well then: {advice}"),
    N_("If it stays the same: {advice}"),
    N_("It was gone without the VPN."),
    N_("It was the same without the VPN."),
    FALSE,
  },
  {
    SIDETONE_ACT_BY_CABLE, "by-cable",
    N_("Connect this computer by cable instead of Wi-Fi, and check again."),
    N_("If all is well then: {advice}"),
    N_("If it stays the same: {advice}"),
    N_("It was gone by cable."),
    N_("It was the same by cable."),
    FALSE,
  },
  {
    SIDETONE_ACT_SET_CLOCK, "set-clock",
    N_("Set the date and time of this computer, and check again."),
    N_("If all is well then: {advice}"),
    N_("If it stays the same: {advice}"),
    N_("It was gone once the clock was set."),
    N_("It was the same with the clock set."),
    FALSE,
  },
  {
    SIDETONE_ACT_LOG_IN, "log-in",
    N_("Log in on this network's login page, and check again."),
    N_("If all is well then, there is nothing more to do."),
    N_("If it stays the same: {advice}"),
    N_("It was gone after the login."),
    N_("It was the same after the login."),
    TRUE,
  },
  {
    SIDETONE_ACT_CHECK_TYPOS, "check-typos",
    N_("Check the account and the server for typos, and check again."),
    N_("If all is well then, there is nothing more to do."),
    N_("If it stays the same: {advice}"),
    N_("There was a typo."),
    N_("There was no typo."),
    TRUE,
  },
  {
    SIDETONE_ACT_PAUSE_TRAFFIC, "pause-traffic",
    N_("Pause downloads and backups, then check again."),
    N_("If all is well then: {advice}"),
    N_("If it stays the same: {advice}"),
    N_("It was gone without downloads and backups."),
    N_("It was the same without downloads and backups."),
    FALSE,
  },
  {
    SIDETONE_ACT_LOWER_MTU, "lower-mtu",
    /* Translators: MTU is a setting: how large packets may be */
    N_("Set the MTU of your router to 1280, and check again."),
    N_("If all is well then, there is nothing more to do."),
    N_("If it stays the same (then set it back): {advice}"),
    N_("It was gone with the smaller MTU."),
    N_("It was the same with the smaller MTU."),
    TRUE,
  },
};

/**
 * sidetone_act_get_row:
 * @act: an act
 *
 * Returns: (transfer none): everything about it
 */
const SidetoneActRow *
sidetone_act_get_row (SidetoneAct act)
{
  g_return_val_if_fail (act < G_N_ELEMENTS (rows), NULL);
  g_assert (rows[act].act == act);

  return &rows[act];
}

/* The nicks are in reports. Only the rows have them. */
GType
sidetone_act_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    {
      GEnumValue *values = g_new0 (GEnumValue, G_N_ELEMENTS (rows) + 1);

      for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
        values[i] = (GEnumValue) { rows[i].act, rows[i].nick, rows[i].nick }
      ;
      g_once_init_leave (&type, g_enum_register_static ("SidetoneAct", values));
    }

  return type;
}
