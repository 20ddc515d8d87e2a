/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/app.h"

#include <glib/gi18n-lib.h>

/* What XMPP clients do in a call (Jingle, ICE): which of the announced STUN servers and relays they
 * use, read in their sources. Whatever is said of an app comes from this table; src/core/README.md
 * has it, too.
 *
 * To read a source anew, change its row with the version and its date, and the day in app.h once all
 * of them were read. */

/* The nicks are part of the reports' format: they never change. */
G_DEFINE_ENUM_TYPE (
  SidetoneApp, sidetone_app,
  G_DEFINE_ENUM_VALUE (SIDETONE_APP_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_APP_CONVERSATIONS, "conversations"),
  G_DEFINE_ENUM_VALUE (SIDETONE_APP_DINO, "dino"),
  G_DEFINE_ENUM_VALUE (SIDETONE_APP_DINO_OLD, "dino-0.4"),
  G_DEFINE_ENUM_VALUE (SIDETONE_APP_GAJIM, "gajim"),
  G_DEFINE_ENUM_VALUE (SIDETONE_APP_GAJIM_OLD, "gajim-1"),
  G_DEFINE_ENUM_VALUE (SIDETONE_APP_MONAL, "monal"),
  G_DEFINE_ENUM_VALUE (SIDETONE_APP_MOVIM, "movim"),
  G_DEFINE_ENUM_VALUE (SIDETONE_APP_SISKIN, "siskin"),
  G_DEFINE_ENUM_VALUE (SIDETONE_APP_CONVERSE, "converse"),
  G_DEFINE_ENUM_VALUE (SIDETONE_APP_OTHER, "other"))

G_DEFINE_ENUM_TYPE (
  SidetoneAppChoice, sidetone_app_choice,
  G_DEFINE_ENUM_VALUE (SIDETONE_APP_CHOICE_NONE, "none"),
  G_DEFINE_ENUM_VALUE (SIDETONE_APP_CHOICE_ALL, "all"),
  G_DEFINE_ENUM_VALUE (SIDETONE_APP_CHOICE_FIRST, "first"),
  G_DEFINE_ENUM_VALUE (SIDETONE_APP_CHOICE_LAST, "last"))

G_DEFINE_ENUM_TYPE (
  SidetoneAppPasswords, sidetone_app_passwords,
  G_DEFINE_ENUM_VALUE (SIDETONE_APP_PASSWORDS_NONE, "none"),
  G_DEFINE_ENUM_VALUE (SIDETONE_APP_PASSWORDS_PER_CALL, "per-call"),
  G_DEFINE_ENUM_VALUE (SIDETONE_APP_PASSWORDS_RENEWED, "renewed"),
  G_DEFINE_ENUM_VALUE (SIDETONE_APP_PASSWORDS_KEPT, "kept"))

#define ALL_TRANSPORTS (SIDETONE_APP_UDP | SIDETONE_APP_TCP | SIDETONE_APP_TLS)

static const SidetoneAppFacts facts[SIDETONE_N_APPS] = {
  /* Skips `turns` over UDP, and relays without a password. Snikket's is a copy of a newer version
   * than could be had of Conversations itself (2.12.8 of 2023, which does the same). */
  [SIDETONE_APP_CONVERSATIONS] = {
    .name = N_("Conversations, Cheogram or Snikket"),
    .version = "Snikket 4b329a260", .date = "2025-12-02",
    .source = "xmpp/jingle/IceServers.java, WebRTCWrapper.java",
    .has_calls = TRUE, .asks_stun = TRUE,
    .choice = SIDETONE_APP_CHOICE_ALL, .transports = ALL_TRANSPORTS, .trusts_any = TRUE,
    .passwords = SIDETONE_APP_PASSWORDS_PER_CALL,
  },
  /* A loop over the entries keeps the last one, with or without a password. The passwords are asked
   * for again after half of their time, if that is five minutes or more. Without an announced STUN
   * server it asks stun.dino.im. libnice may open a port in the router (UPnP). */
  [SIDETONE_APP_DINO] = {
    .name = "Dino",
    .version = "0.5.1, 45723ac2", .date = "2026-06-07",
    .source = "plugins/ice/src/plugin.vala, module.vala, transport_parameters.vala",
    .has_calls = TRUE, .asks_stun = TRUE, .has_own_stun = TRUE,
    .choice = SIDETONE_APP_CHOICE_LAST, .transports = SIDETONE_APP_UDP, .is_ipv4_only = TRUE,
    .skips_private = TRUE, .passwords = SIDETONE_APP_PASSWORDS_RENEWED,
  },
  /* As in Debian 12. It asks once, as it signs in. */
  [SIDETONE_APP_DINO_OLD] = {
    .name = N_("Dino before 0.5"),
    .version = "0.4.2", .date = "2023-03-23",
    .source = "plugins/ice/src/plugin.vala",
    .has_calls = TRUE, .is_old = TRUE, .asks_stun = TRUE, .has_own_stun = TRUE,
    .choice = SIDETONE_APP_CHOICE_LAST, .transports = SIDETONE_APP_UDP, .is_ipv4_only = TRUE,
    .passwords = SIDETONE_APP_PASSWORDS_KEPT,
  },
  /* Its menus have no calls since 2.0.0 ("not maintained"), and since 2.4.7 it tells nobody that it
   * could take one. */
  [SIDETONE_APP_GAJIM] = {
    .name = "Gajim 2",
    .version = "2.5.0, 67350349e", .date = "2026-08-08",
    .source = "gajim/gtk/menus.py, common/helpers.py, common/jingle_rtp.py",
  },
  /* Only the addresses of this computer's interfaces (host candidates), by Farstream's transmitter
   * "nice". A setting for experts adds a STUN server; no code adds a relay. libnice may open a port
   * in the router (UPnP). */
  [SIDETONE_APP_GAJIM_OLD] = {
    .name = N_("Gajim before 2.0"),
    .version = "1.7.3", .date = "2023-04-04",
    .source = "gajim/common/jingle_rtp.py",
    .has_calls = TRUE, .is_old = TRUE, .choice = SIDETONE_APP_CHOICE_NONE,
  },
  /* Takes the types `stun` and `turn`, over UDP and TCP. Asks for the password of each at each call
   * (XEP-0215, section 3.3), and makes no call at all if one relay has none. Where nothing is
   * announced, it may use servers of its own makers. */
  [SIDETONE_APP_MONAL] = {
    .name = "Monal",
    .version = "133bfd394", .date = "2024-10-23",
    .source = "Monal/Classes/MLVoIPProcessor.m, MLIQProcessor.m, WebRTCClient.swift",
    .has_calls = TRUE, .asks_stun = TRUE, .has_own_stun = TRUE, .has_own_relay = TRUE,
    .choice = SIDETONE_APP_CHOICE_ALL, .transports = SIDETONE_APP_UDP | SIDETONE_APP_TCP,
    .passwords = SIDETONE_APP_PASSWORDS_PER_CALL,
  },
  /* The first `stun` and the first `turn`, and each `stuns` and `turns`, without their transports: a
   * browser then speaks UDP to a `turn`, whatever was announced. It asks once, as its page opens. */
  [SIDETONE_APP_MOVIM] = {
    .name = "Movim",
    .version = "0.34.1, bf7862603", .date = "2026-08-06",
    .source = "app/Widgets/Visio/Visio.php, public/scripts/movim_visio.js, movim_jingles.js",
    .has_calls = TRUE, .asks_stun = TRUE, .has_own_stun = TRUE,
    .choice = SIDETONE_APP_CHOICE_FIRST, .transports = SIDETONE_APP_UDP | SIDETONE_APP_TLS,
    .passwords = SIDETONE_APP_PASSWORDS_KEPT,
  },
  /* As Beagle (5.3.6 of 2024-12-19) */
  [SIDETONE_APP_SISKIN] = {
    .name = N_("Siskin or Beagle"),
    .version = "7.4.0-b1", .date = "2024-02-27",
    .source = "SiskinIM/voip/ExternalServiceDiscovery_Service_extension.swift, "
              "VideoCallController.swift",
    .has_calls = TRUE, .asks_stun = TRUE,
    .choice = SIDETONE_APP_CHOICE_ALL, .transports = ALL_TRANSPORTS, .trusts_any = TRUE,
    .passwords = SIDETONE_APP_PASSWORDS_PER_CALL,
  },
  /* A button that does nothing without an addition, and no WebRTC */
  [SIDETONE_APP_CONVERSE] = {
    .name = "Converse.js",
    .version = "14.0.0, 976f6a881", .date = "2026-07-24",
    .source = "src/shared/chat/toolbar.js",
  },
};

/**
 * sidetone_app_get_facts:
 * @app: an app
 *
 * Returns: (transfer none) (nullable): what its source says; %NULL if the app was not said, or is not
 *   in the table
 */
const SidetoneAppFacts *
sidetone_app_get_facts (SidetoneApp app)
{
  g_return_val_if_fail (app < SIDETONE_N_APPS, NULL);

  return facts[app].name != NULL ? &facts[app] : NULL;
}
