/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "turn/stun-message.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "net/flow.h"

/* Between libnice's messages and our values: everything from a STUN server crosses this border.
 * libnice parses the bytes, but does not survive everything that a server may write: what it fails
 * to check is checked here first. */

/* SOFTWARE, REALM and reason phrases have less than 128 characters (RFC 8489, section 14) */
#define MAX_TEXT_BYTES 763
#define MAX_TEXT_CHARS 127

#define HMAC_SHA1_LENGTH 20

static gboolean
is_length (const StunMessage *message,
           StunAttribute      attribute,
           guint              wanted)
{
  uint16_t length;

  return stun_message_find (message, attribute, &length) == NULL || length == wanted;
}

/**
 * sidetone_stun_message_read:
 * @message: (out caller-allocates): the message; it points into @bytes
 * @agent: (nullable): the message's agent
 * @bytes: a received packet
 *
 * Checks that @bytes are one STUN message, with the cookie (RFC 8489, section 5), and that its
 * attributes fill it exactly. Whether it answers a request is checked elsewhere.
 *
 * Returns: whether they are
 */
gboolean
sidetone_stun_message_read (StunMessage *message,
                            StunAgent   *agent,
                            GBytes      *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  memset (message, 0, sizeof *message);
  if (length > G_MAXUINT16 ||
      stun_message_validate_buffer_length (data, length, true) != (int) length)
    return FALSE;

  message->agent = agent;
  message->buffer = (guint8 *) data;
  message->buffer_len = length;

  /* libnice reads 20 and 4 bytes there, whatever length the attribute gives */
  return stun_message_has_cookie (message) &&
         is_length (message, STUN_ATTRIBUTE_MESSAGE_INTEGRITY, HMAC_SHA1_LENGTH) &&
         is_length (message, STUN_ATTRIBUTE_FINGERPRINT, 4);
}

static SidetoneEndpoint *
make_endpoint (const struct sockaddr_storage *storage,
               socklen_t                      length)
{
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (SidetoneEndpoint) endpoint = NULL;

  address = g_socket_address_new_from_native ((gpointer) storage, length);
  if (address != NULL && G_IS_INET_SOCKET_ADDRESS (address))
    endpoint = sidetone_endpoint_new_from_socket_address (address, SIDETONE_TRANSPORT_UDP);

  /* Port 0 means that the port is unknown, which no server means */
  if (endpoint == NULL || sidetone_endpoint_get_port (endpoint) == 0)
    return NULL;
  return g_steal_pointer (&endpoint);
}

/**
 * sidetone_stun_message_dup_address:
 * @message: a message
 * @attribute: an attribute with an unmasked address, such as MAPPED-ADDRESS
 *
 * Returns: (transfer full) (nullable): the address, %NULL without a valid one
 */
SidetoneEndpoint *
sidetone_stun_message_dup_address (const StunMessage *message,
                                   guint              attribute)
{
  struct sockaddr_storage storage;
  socklen_t length = sizeof storage;

  if (stun_message_find_addr (message, attribute, &storage, &length) != STUN_MESSAGE_RETURN_SUCCESS)
    return NULL;
  return make_endpoint (&storage, length);
}

/**
 * sidetone_stun_message_dup_xor_address:
 * @message: a message
 * @attribute: an attribute with a masked address, such as XOR-MAPPED-ADDRESS
 *
 * Returns: (transfer full) (nullable): the address, %NULL without a valid one
 */
SidetoneEndpoint *
sidetone_stun_message_dup_xor_address (const StunMessage *message,
                                       guint              attribute)
{
  struct sockaddr_storage storage;
  socklen_t length = sizeof storage;

  if (stun_message_find_xor_addr (message, attribute, &storage, &length) !=
      STUN_MESSAGE_RETURN_SUCCESS)
    return NULL;
  return make_endpoint (&storage, length);
}

/**
 * sidetone_stun_message_dup_text:
 * @message: a message
 * @attribute: an attribute with text for people, such as SOFTWARE
 *
 * Returns: (transfer full) (nullable): the text, safe to show, %NULL if there is none
 */
char *
sidetone_stun_message_dup_text (const StunMessage *message,
                                guint              attribute)
{
  uint16_t length;
  const char *text = stun_message_find (message, attribute, &length);
  g_autofree char *bounded = NULL;
  g_autofree char *safe = NULL;

  if (text == NULL)
    return NULL;

  bounded = g_strndup (text, MIN (length, MAX_TEXT_BYTES));
  safe = sidetone_text_make_safe (bounded, MAX_TEXT_CHARS);
  return safe != NULL && *safe != '\0' ? g_steal_pointer (&safe) : NULL;
}

/**
 * sidetone_stun_message_add_xor_address:
 * @message: a message in the making
 * @attribute: an attribute with a masked address, such as XOR-PEER-ADDRESS
 * @endpoint: the address
 *
 * Returns: whether it fits
 */
gboolean
sidetone_stun_message_add_xor_address (StunMessage      *message,
                                       guint             attribute,
                                       SidetoneEndpoint *endpoint)
{
  g_autoptr (GSocketAddress) address = sidetone_flow_make_address (endpoint);
  struct sockaddr_storage storage;

  memset (&storage, 0, sizeof storage);
  return g_socket_address_to_native (address, &storage, sizeof storage, NULL) &&
         stun_message_append_xor_addr (message, attribute, &storage,
                                       g_socket_address_get_native_size (address)) ==
         STUN_MESSAGE_RETURN_SUCCESS;
}

/**
 * sidetone_stun_message_get_code:
 * @message: a response
 *
 * Returns: an error's code, such as 401; 0 if it is no error, or has no valid code
 */
guint
sidetone_stun_message_get_code (const StunMessage *message)
{
  int code = 0;

  if (stun_message_get_class (message) != STUN_ERROR ||
      stun_message_find_error (message, &code) != STUN_MESSAGE_RETURN_SUCCESS)
    return 0;
  return code;
}

/* To a Binding request the codes say nothing about a relay. */
static SidetoneError
translate_binding_code (guint code)
{
  switch (code)
    {
    case 0:
      return SIDETONE_ERROR_STUN_BAD_ANSWER;

    case 401:
    case 438:
      return SIDETONE_ERROR_STUN_UNAUTHORIZED;

    default:
      return SIDETONE_ERROR_STUN_FAILED;
    }
}

static SidetoneError
translate_code (guint code)
{
  switch (code)
    {
    case 0:
      return SIDETONE_ERROR_STUN_BAD_ANSWER;

    case 300:
      return SIDETONE_ERROR_TURN_TRY_ALTERNATE;

    case 400:
      return SIDETONE_ERROR_TURN_BAD_REQUEST;

    case 401:
      return SIDETONE_ERROR_TURN_UNAUTHORIZED;

    case 403:
      return SIDETONE_ERROR_TURN_FORBIDDEN;

    case 437:
      return SIDETONE_ERROR_TURN_MISMATCH;

    case 438:
      return SIDETONE_ERROR_TURN_STALE_NONCE;

    case 440:
      return SIDETONE_ERROR_TURN_FAMILY_UNSUPPORTED;

    case 441:
      return SIDETONE_ERROR_TURN_WRONG_CREDENTIALS;

    case 442:
      return SIDETONE_ERROR_TURN_TRANSPORT_UNSUPPORTED;

    case 443:
      return SIDETONE_ERROR_TURN_PEER_FAMILY;

    case 486:
      return SIDETONE_ERROR_TURN_QUOTA;

    case 508:
      return SIDETONE_ERROR_TURN_NO_CAPACITY;

    default:
      return SIDETONE_ERROR_STUN_FAILED;
    }
}

/* After the four bytes of the code (RFC 8489, section 14.8) */
static char *
dup_reason (const StunMessage *message)
{
  uint16_t length;
  const char *text = stun_message_find (message, STUN_ATTRIBUTE_ERROR_CODE, &length);
  g_autofree char *bounded = NULL;

  if (text == NULL || length <= 4)
    return NULL;

  bounded = g_strndup (text + 4, MIN (length - 4, MAX_TEXT_BYTES));
  return sidetone_text_make_safe (bounded, MAX_TEXT_CHARS);
}

/**
 * sidetone_stun_message_make_error:
 * @message: an error response
 *
 * The only place that turns STUN and TURN codes into our errors.
 *
 * Returns: (transfer full): the error; its text is the code and the server's own words, such as
 *   "486 Allocation Quota Reached", and with 300 the other server
 */
GError *
sidetone_stun_message_make_error (const StunMessage *message)
{
  guint code = sidetone_stun_message_get_code (message);
  g_autoptr (SidetoneEndpoint) other = NULL;
  g_autofree char *reason = dup_reason (message);
  g_autofree char *where = NULL;

  if (code == 300)
    other = sidetone_stun_message_dup_address (message, STUN_ATTRIBUTE_ALTERNATE_SERVER);
  if (other != NULL)
    where = sidetone_endpoint_format (other);

  return g_error_new (SIDETONE_ERROR, stun_message_get_method (message) == STUN_BINDING
                      ? translate_binding_code (code) : translate_code (code), "%u%s%s%s%s", code,
                      reason != NULL && *reason != '\0' ? " " : "", reason != NULL ? reason : "",
                      where != NULL ? " " : "", where != NULL ? where : "");
}
