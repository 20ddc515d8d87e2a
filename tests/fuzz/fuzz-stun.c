/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* A packet of a STUN or TURN server, or of anyone who sends to the same port; a packet of an echo; and
 * the same bytes as the beginning of a stream. */

#include "fuzz.h"

#include "net/framing.h"
#include "turn/echo-packet.h"
#include "turn/stun-message.h"

static void
check_endpoint (SidetoneEndpoint *endpoint)
{
  g_autofree char *text = endpoint != NULL ? sidetone_endpoint_format (endpoint) : NULL;

  g_assert_true (endpoint == NULL || text != NULL);
}

static void
read_attributes (const StunMessage *message)
{
  static const guint addresses[] = {
    STUN_ATTRIBUTE_MAPPED_ADDRESS, STUN_ATTRIBUTE_ALTERNATE_SERVER, SIDETONE_STUN_RESPONSE_ORIGIN,
    SIDETONE_STUN_OTHER_ADDRESS,
  };
  static const guint xor_addresses[] = {
    STUN_ATTRIBUTE_XOR_MAPPED_ADDRESS, STUN_ATTRIBUTE_XOR_RELAYED_ADDRESS,
    STUN_ATTRIBUTE_XOR_PEER_ADDRESS,
  };
  static const guint texts[] = {
    STUN_ATTRIBUTE_SOFTWARE, STUN_ATTRIBUTE_REALM, STUN_ATTRIBUTE_NONCE,
  };
  g_autoptr (GError) error = sidetone_stun_message_make_error (message);

  g_assert_true (error == NULL || error->message != NULL);
  sidetone_stun_message_get_code (message);
  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (SidetoneEndpoint) endpoint = sidetone_stun_message_dup_address (message,
                                                                                 addresses[i]);

      check_endpoint (endpoint);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (xor_addresses); i++)
    {
      g_autoptr (SidetoneEndpoint) endpoint = sidetone_stun_message_dup_xor_address (message,
                                                                                     xor_addresses[i]);

      check_endpoint (endpoint);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = sidetone_stun_message_dup_text (message, texts[i]);

      g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static const guint8 token[SIDETONE_ECHO_TOKEN_LENGTH] = "0123456789abcdef";
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  StunAgent agent;
  StunMessage message;
  guint number;

  g_assert_cmpint (sidetone_framing_measure (data, size), <=, (gssize) size);
  sidetone_framing_find_stranger (data, size);
  sidetone_echo_packet_read (bytes, token, SIDETONE_ECHO_BACK, &number);
  stun_agent_init (&agent, STUN_ALL_KNOWN_ATTRIBUTES, STUN_COMPATIBILITY_RFC5389,
                   STUN_AGENT_USAGE_SHORT_TERM_CREDENTIALS | STUN_AGENT_USAGE_NO_INDICATION_AUTH);
  if (sidetone_stun_message_read (&message, &agent, bytes))
    read_attributes (&message);

  return 0;
}
