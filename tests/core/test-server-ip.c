/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include <string.h>

#include "base/error.h"
#include "wire/server-ip.h"

#define RESULT(payload) "<iq type='result' id='a1'>" payload "</iq>"
#define ADDRESS(children) RESULT ("<address xmlns='urn:xmpp:sic:1'>" children "</address>")
#define IP "<ip>198.51.100.1</ip>"

static SidetoneElement *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  SidetoneElement *element = sidetone_element_new_from_text (text, -1, &error);

  g_assert_no_error (error);

  return element;
}

static void
test_good (void)
{
  static const struct
  {
    const char *text;
    const char *endpoints; /* separated by spaces */
  } rows[] = {
    /* ejabberd, Prosody */
    { "<iq xml:lang='en' to='romeo@montague.lit/orchard' from='romeo@montague.lit' type='result'"
      " id='a1'><address xmlns='urn:xmpp:sic:1'><port>44308</port><ip>198.51.100.1</ip></address>"
      "</iq>", "198.51.100.1:44308" },
    { "<iq id='a1' to='juliet@capulet.lit/balcony' type='result'><address xmlns='urn:xmpp:sic:1'>"
      "<ip>198.51.100.1</ip><port>38612</port></address></iq>", "198.51.100.1:38612" },

    /* MongooseIM */
    { ADDRESS ("<ip>::ffff:198.51.100.1</ip><port>44308</port>"), "198.51.100.1:44308" },

    /* The port is optional. */
    { ADDRESS (IP), "198.51.100.1" },
    { ADDRESS ("<ip>2001:db8::1</ip>"), "2001:db8::1" },
    { ADDRESS ("<ip>2001:db8::1</ip><port>44308</port>"), "[2001:db8::1]:44308" },
    { ADDRESS (IP "<port>1</port>"), "198.51.100.1:1" },
    { ADDRESS (IP "<port>65535</port>"), "198.51.100.1:65535" },

    /* Version 0: Prosody's own form, and the old module that mixed the two */
    { RESULT ("<ip xmlns='urn:xmpp:sic:0'>198.51.100.1</ip>"), "198.51.100.1" },
    { RESULT ("<address xmlns='urn:xmpp:sic:0'>" IP "<port>44308</port></address>"),
      "198.51.100.1:44308" },

    /* The schema allows several. */
    { ADDRESS (IP "<ip>2001:db8::1</ip>"), "198.51.100.1 2001:db8::1" },
    { ADDRESS (IP "<ip>2001:db8::1</ip><port>1</port><port>2</port>"),
      "198.51.100.1:1 [2001:db8::1]:2" },
    { ADDRESS ("<port>1</port>" IP "<port>2</port><ip>2001:db8::1</ip>"),
      "198.51.100.1:1 [2001:db8::1]:2" },

    /* White space, prefixes, and foreign elements */
    { RESULT ("\n <address xmlns='urn:xmpp:sic:1'>\n <ip>\n 198.51.100.1\t</ip>\r\n"
              " <port> 44308\n</port>\n </address>\n"), "198.51.100.1:44308" },
    { RESULT ("<s:address xmlns:s='urn:xmpp:sic:1'><s:port>44308</s:port><s:ip>198.51.100.1</s:ip>"
              "</s:address>"), "198.51.100.1:44308" },
    { ADDRESS (IP "<port xmlns='urn:other'>44308</port><name>x</name>"), "198.51.100.1" },
    { RESULT ("<x xmlns='urn:other'/><address xmlns='urn:xmpp:sic:1'>" IP "</address>"),
      "198.51.100.1" },
    { "<iq xmlns='jabber:client' type='result'><address xmlns='urn:xmpp:sic:1'>" IP "</address>"
      "</iq>", "198.51.100.1" },

    /* Addresses of any scope are accepted: the judge has words for them. */
    { ADDRESS ("<ip>127.0.0.1</ip><port>5</port>"), "127.0.0.1:5" },
    { ADDRESS ("<ip>0.0.0.0</ip>"), "0.0.0.0" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneElement) iq = parse (rows[i].text);
      g_autoptr (GPtrArray) endpoints = NULL;
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *shown = g_strescape (rows[i].text, NULL);

      g_test_message ("%s", shown);
      endpoints = sidetone_server_ip_read (iq, &error);
      g_assert_no_error (error);
      g_assert_nonnull (endpoints);

      for (guint j = 0; j < endpoints->len; j++)
        {
          SidetoneEndpoint *endpoint = g_ptr_array_index (endpoints, j);
          g_autofree char *formatted = sidetone_endpoint_format (endpoint);

          g_assert_cmpint (sidetone_endpoint_get_transport (endpoint), ==, SIDETONE_TRANSPORT_TCP);
          g_string_append_printf (text, "%s%s", j > 0 ? " " : "", formatted);
        }

      g_assert_cmpstr (text->str, ==, rows[i].endpoints);
    }
}

static void
test_bad (void)
{
  static const char *const texts[] = {
    /* No address */
    RESULT (""),
    RESULT ("<address xmlns='urn:xmpp:sic:1'/>"),
    ADDRESS ("<port>44308</port>"),
    ADDRESS ("198.51.100.1"),
    ADDRESS ("<ip/>"),
    ADDRESS ("<ip> </ip>"),
    ADDRESS ("<ip>unknown</ip>"),
    ADDRESS ("<ip>montague.lit</ip>"),
    ADDRESS ("<ip>198.51.100</ip>"),
    ADDRESS ("<ip>198.51.100.256</ip>"),
    ADDRESS ("<ip>198.51.100.1:44308</ip>"),
    ADDRESS ("<ip>198.51.100.1 198.51.100.2</ip>"),
    ADDRESS ("<ip><v4>198.51.100.1</v4></ip>"),
    ADDRESS (IP "<ip>unknown</ip>"),
    RESULT ("<ip xmlns='urn:xmpp:sic:0'/>"),
    RESULT ("<ip xmlns='urn:xmpp:sic:0'>unknown</ip>"),

    /* No port */
    ADDRESS (IP "<port/>"),
    ADDRESS (IP "<port>0</port>"),
    ADDRESS (IP "<port>65536</port>"),
    ADDRESS (IP "<port>-1</port>"),
    ADDRESS (IP "<port>+1</port>"),
    ADDRESS (IP "<port>44308.0</port>"),
    ADDRESS (IP "<port>0x50</port>"),
    ADDRESS (IP "<port>99999999999999999999</port>"),
    ADDRESS (IP "<port>any</port>"),
    ADDRESS (IP "<port>1 2</port>"),
    ADDRESS (IP "<port>١</port>"),

    /* Elements that contradict one another */
    ADDRESS (IP "<port>1</port><port>2</port>"),
    ADDRESS (IP IP "<port>1</port>"),
    ADDRESS (IP IP "<port>1</port><port>2</port><port>3</port>"),
    ADDRESS (IP IP IP IP IP IP IP IP IP IP IP IP IP IP IP IP IP),
    RESULT ("<address xmlns='urn:xmpp:sic:1'>" IP "</address>"
            "<address xmlns='urn:xmpp:sic:1'>" IP "</address>"),
    RESULT ("<address xmlns='urn:xmpp:sic:1'>" IP "</address>"
            "<ip xmlns='urn:xmpp:sic:0'>198.51.100.1</ip>"),

    /* Another namespace */
    RESULT ("<address>" IP "</address>"),
    RESULT ("<address xmlns='urn:xmpp:sic:2'>" IP "</address>"),
    RESULT ("<address xmlns='URN:XMPP:SIC:1'>" IP "</address>"),
    RESULT ("<ip xmlns='urn:xmpp:sic:1'>198.51.100.1</ip>"),
    RESULT (IP),
    ADDRESS ("<ip xmlns='urn:xmpp:sic:0'>198.51.100.1</ip>"),
    ADDRESS ("<ip xmlns=''>198.51.100.1</ip>"),
    RESULT ("<query xmlns='urn:xmpp:sic:1'>" IP "</query>"),

    /* Not an answer */
    "<iq type='get'><address xmlns='urn:xmpp:sic:1'>" IP "</address></iq>",
    "<message type='result'><address xmlns='urn:xmpp:sic:1'>" IP "</address></message>",
    "<address xmlns='urn:xmpp:sic:1'>" IP "</address>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (SidetoneElement) iq = parse (texts[i]);
      g_autoptr (GError) error = NULL;
      g_autofree char *shown = g_strescape (texts[i], NULL);

      g_test_message ("%s", shown);
      g_assert_null (sidetone_server_ip_read (iq, &error));
      g_assert_error (error, SIDETONE_ERROR, SIDETONE_ERROR_BAD_ANSWER);
    }
}

static void
test_errors (void)
{
  static const struct
  {
    const char *text;
    SidetoneError code;
  } rows[] = {
    /* ejabberd and Prosody when the module is absent */
    { "<iq type='error' id='a1'><address xmlns='urn:xmpp:sic:1'/><error type='cancel'>"
      "<service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>",
      SIDETONE_ERROR_NOT_OFFERED },
    { "<iq type='error' id='a1'><error type='auth'>"
      "<forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>",
      SIDETONE_ERROR_FORBIDDEN },
    /* MongooseIM without an address */
    { "<iq type='error' id='a1'><error type='wait'>"
      "<internal-server-error xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>",
      SIDETONE_ERROR_QUERY_FAILED },
    /* An address in an error does not count. */
    { "<iq type='error' id='a1'><address xmlns='urn:xmpp:sic:1'>" IP "</address></iq>",
      SIDETONE_ERROR_QUERY_FAILED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneElement) iq = parse (rows[i].text);
      g_autoptr (GError) error = NULL;

      g_assert_null (sidetone_server_ip_read (iq, &error));
      g_assert_error (error, SIDETONE_ERROR, (int) rows[i].code);
    }
}

/* Whatever a broken server sends, the result is endpoints or one of our errors */
static void
test_bit_flips (void)
{
  static const char whole[] =
    ADDRESS ("<ip>198.51.100.1</ip><ip>2001:db8::1</ip><port>44308</port><port>1</port>");

  for (gsize bit = 0; bit < strlen (whole) * 8; bit++)
    {
      g_autofree char *text = g_strdup (whole);
      g_autoptr (SidetoneElement) iq = NULL;
      g_autoptr (GPtrArray) endpoints = NULL;
      g_autoptr (GError) error = NULL;

      text[bit / 8] ^= 1 << (bit % 8);
      iq = sidetone_element_new_from_text (text, strlen (whole), NULL);
      if (iq == NULL)
        continue;

      endpoints = sidetone_server_ip_read (iq, &error);
      if (endpoints != NULL)
        g_assert_cmpuint (endpoints->len, ==, 2);
      else
        g_assert_error (error, SIDETONE_ERROR, SIDETONE_ERROR_BAD_ANSWER);
    }
}

/* Queries must be valid XML. */
static void
test_queries (void)
{
  g_autoptr (SidetoneElement) query = parse (SIDETONE_SERVER_IP_QUERY);
  g_autoptr (SidetoneElement) query_0 = parse (SIDETONE_SERVER_IP_QUERY_0);

  g_assert_cmpstr (sidetone_element_get_namespace (query), ==, SIDETONE_SERVER_IP_NS);
  g_assert_cmpstr (sidetone_element_get_namespace (query_0), ==, SIDETONE_SERVER_IP_NS_0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/server-ip/good", test_good);
  g_test_add_func ("/server-ip/bad", test_bad);
  g_test_add_func ("/server-ip/errors", test_errors);
  g_test_add_func ("/server-ip/bit-flips", test_bit_flips);
  g_test_add_func ("/server-ip/queries", test_queries);

  return g_test_run ();
}
