/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "seen/observation-kind.h"

#include "seen/connect.h"
#include "seen/disco.h"
#include "seen/echo.h"
#include "seen/interface.h"
#include "seen/interruption.h"
#include "seen/lifetime.h"
#include "seen/lookup.h"
#include "seen/nat.h"
#include "seen/path.h"
#include "seen/ping.h"
#include "seen/relay.h"
#include "seen/secure.h"
#include "seen/server-ip.h"
#include "seen/services.h"
#include "seen/sign-in.h"
#include "seen/software.h"
#include "seen/stun.h"
#include "seen/video.h"

/* The kinds of observations (registry): the nick and the field table of each. */

/* The nicks are part of the reports' format: they never change. */
static const struct
{
  const char *nick;
  const SidetoneFieldTable *table;
} kinds[SIDETONE_N_OBSERVATION_KINDS] = {
  [SIDETONE_OBSERVATION_UNKNOWN] = { "unknown", NULL },
  [SIDETONE_OBSERVATION_INTERFACE] = { "interface", &sidetone_interface_table },
  [SIDETONE_OBSERVATION_LOOKUP] = { "lookup", &sidetone_lookup_table },
  [SIDETONE_OBSERVATION_CONNECT] = { "connect", &sidetone_connect_table },
  [SIDETONE_OBSERVATION_SECURE] = { "secure", &sidetone_secure_table },
  [SIDETONE_OBSERVATION_SIGN_IN] = { "sign-in", &sidetone_sign_in_table },
  [SIDETONE_OBSERVATION_DISCO] = { "disco", &sidetone_disco_table },
  [SIDETONE_OBSERVATION_SERVER_IP] = { "server-ip", &sidetone_server_ip_table },
  [SIDETONE_OBSERVATION_SOFTWARE] = { "software", &sidetone_software_table },
  [SIDETONE_OBSERVATION_SERVICES] = { "services", &sidetone_services_table },
  [SIDETONE_OBSERVATION_STUN] = { "stun", &sidetone_stun_table },
  [SIDETONE_OBSERVATION_RELAY] = { "relay", &sidetone_relay_table },
  [SIDETONE_OBSERVATION_ECHO] = { "echo", &sidetone_echo_table },
  [SIDETONE_OBSERVATION_NAT] = { "nat", &sidetone_nat_table },
  [SIDETONE_OBSERVATION_LIFETIME] = { "lifetime", &sidetone_lifetime_table },
  [SIDETONE_OBSERVATION_VIDEO] = { "video", &sidetone_video_table },
  [SIDETONE_OBSERVATION_PATH] = { "path", &sidetone_path_table },
  [SIDETONE_OBSERVATION_PING] = { "ping", &sidetone_ping_table },
  [SIDETONE_OBSERVATION_INTERRUPTION] = { "interruption", &sidetone_interruption_table },
};

GType
sidetone_observation_kind_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    {
      GEnumValue *values = g_new0 (GEnumValue, G_N_ELEMENTS (kinds) + 1);

      for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
        {
          g_assert (kinds[i].nick != NULL);
          values[i].value = i;
          values[i].value_name = kinds[i].nick;
          values[i].value_nick = kinds[i].nick;
        }
      g_once_init_leave (&type, g_enum_register_static ("SidetoneObservationKind", values));
    }

  return type;
}

/**
 * sidetone_observation_kind_get_table:
 * @kind: a kind
 *
 * Returns: (transfer none) (nullable): the fields of its struct; %NULL for
 *   %SIDETONE_OBSERVATION_UNKNOWN
 */
const SidetoneFieldTable *
sidetone_observation_kind_get_table (SidetoneObservationKind kind)
{
  g_return_val_if_fail (kind < SIDETONE_N_OBSERVATION_KINDS, NULL);

  return kinds[kind].table;
}
