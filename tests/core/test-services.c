/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include <string.h>

#include "base/error.h"
#include "wire/server-time.h"
#include "wire/services.h"

#define RESULT(payload) "<iq type='result' id='a1' from='montague.lit'>" payload "</iq>"
#define LIST(entries) RESULT ("<services xmlns='urn:xmpp:extdisco:2'>" entries "</services>")
#define SECRET "sEcReT"
#define CREDENTIALS "username='1795433770:u" SECRET "' password='p" SECRET "'"

/* As ejabberd and Prosody wrote it in the lab */
#define EJABBERD_ENTRY(type, transport, host, more) \
  "<service host='" host "' port='3478' transport='" transport "' type='" type "' " more "/>"
#define EJABBERD_TURN CREDENTIALS " restricted='true' expires='2026-11-23T11:36:10Z'"
#define EJABBERD_STUN "restricted='false'"
#define EJABBERD \
  "<iq id='0a45b029' type='result' to='romeo@montague.lit/1804846116394855052610' lang='en' " \
  "from='montague.lit'><services xmlns='urn:xmpp:extdisco:2'>" \
  EJABBERD_ENTRY ("stun", "udp", "203.0.113.10", EJABBERD_STUN) \
  EJABBERD_ENTRY ("turn", "udp", "203.0.113.10", EJABBERD_TURN) \
  EJABBERD_ENTRY ("stun", "tcp", "2001:db8:113::10", EJABBERD_STUN) \
  EJABBERD_ENTRY ("turn", "tcp", "2001:db8:113::10", EJABBERD_TURN) \
  "</services></iq>"
#define PROSODY \
  "<iq id='1fd447f3' to='juliet@capulet.lit/SYzPTLAmq5I4' type='result' from='capulet.lit'>" \
  "<services xmlns='urn:xmpp:extdisco:2'>" \
  "<service host='coturn.lit' port='3478' transport='udp' type='stun'/>" \
  "<service port='3478' host='coturn.lit' transport='udp' type='turn' restricted='1' " \
  "expires='2026-11-23T23:36:11Z' " CREDENTIALS "/>" \
  "<service port='5349' host='coturn.lit' transport='tcp' type='turns'/>" \
  "</services></iq>"

static SidetoneElement *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  SidetoneElement *element = sidetone_element_new_from_text (text, -1, &error);

  g_assert_no_error (error);

  return element;
}

/* Separated by commas; a service read from its text is the same */
static char *
format (GPtrArray *services)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < services->len; i++)
    {
      g_autofree char *text = sidetone_service_to_text (services->pdata[i]);
      g_autoptr (SidetoneService) again = sidetone_service_new_from_text (text);
      g_autofree char *text_again = NULL;

      g_assert_nonnull (again);
      text_again = sidetone_service_to_text (again);
      g_assert_cmpstr (text_again, ==, text);
      g_assert_null (sidetone_service_get_password (again));
      g_assert_null (strstr (text, SECRET));
      g_string_append_printf (all, "%s%s", i > 0 ? ", " : "", text);
    }

  return g_string_free (all, FALSE);
}

static void
test_good (void)
{
  static const struct
  {
    const char *text;
    const char *services;
    guint n_unusable;
    const char *unreadable;
  } rows[] = {
    { EJABBERD, "stun udp 203.0.113.10 3478, turn udp 203.0.113.10 3478 credentials, "
      "stun tcp 2001:db8:113::10 3478, turn tcp 2001:db8:113::10 3478 credentials", 0 },
    { PROSODY, "stun udp coturn.lit 3478, turn udp coturn.lit 3478 credentials, "
      "turns tls coturn.lit 5349", 0 },
    { LIST (""), "", 0 },
    { RESULT ("<services xmlns='urn:xmpp:extdisco:1'><service type='stun' host='a.lit'/></services>"),
      "stun udp a.lit 3478", 0 },

    /* Missing attributes get their defaults. */
    { LIST ("<service type='stun' host='a.lit'/>"), "stun udp a.lit 3478", 0 },
    { LIST ("<service type='turn' host='a.lit'/>"), "turn udp a.lit 3478", 0 },
    { LIST ("<service type='stuns' host='a.lit'/>"), "stuns tls a.lit 5349", 0 },
    { LIST ("<service type='turns' host='a.lit'/>"), "turns tls a.lit 5349", 0 },
    { LIST ("<service type='turns' host='a.lit' transport='tls' port=''/>"),
      "turns tls a.lit 5349", 0 },
    { LIST ("<service type='turns' host='a.lit' transport='udp'/>"), "turns udp a.lit 5349", 0 },
    { LIST ("<service type=' TURN ' host=' A.Lit. ' transport='UDP' port=' 443 '/>"),
      "turn udp a.lit 443", 0 },

    /* Hosts */
    { LIST ("<service type='stun' host='[2001:db8::1]'/>"), "stun udp 2001:db8::1 3478", 0 },
    { LIST ("<service type='stun' host='::ffff:192.0.2.1'/>"), "stun udp 192.0.2.1 3478", 0 },
    { LIST ("<service type='stun' host='fe80::1%eth0'/>"), "stun udp fe80::1 3478", 0 },
    { LIST ("<service type='stun' host='bücher.example'/>"),
      "stun udp xn--bcher-kva.example 3478", 0 },

    /* Credentials need both parts; restricted says that there should be some. */
    { LIST ("<service type='turn' host='a.lit' restricted='1'/>"),
      "turn udp a.lit 3478 restricted", 0 },
    { LIST ("<service type='turn' host='a.lit' restricted='true'/>"),
      "turn udp a.lit 3478 restricted", 0 },
    { LIST ("<service type='turn' host='a.lit' restricted='0'/>"), "turn udp a.lit 3478", 0 },
    { LIST ("<service type='turn' host='a.lit' username='u'/>"), "turn udp a.lit 3478", 0 },
    { LIST ("<service type='turn' host='a.lit' password='p'/>"), "turn udp a.lit 3478", 0 },
    { LIST ("<service type='turn' host='a.lit' username='' password='p'/>"),
      "turn udp a.lit 3478", 0 },
    { LIST ("<service type='turn' host='a.lit' username='u' password='p' expires='soon'/>"),
      "turn udp a.lit 3478 credentials", 0 },

    /* Deleted, by the schema's word and by the table's; other actions mean nothing */
    { LIST ("<service type='stun' host='a.lit' action='delete'/>"
            "<service type='stun' host='b.lit' action='remove'/>"
            "<service type='stun' host='c.lit' action='add'/>"
            "<service type='stun' host='d.lit' action='modify'/>"),
      "stun udp c.lit 3478, stun udp d.lit 3478", 0 },

    /* Not for calls */
    { LIST ("<service type='ftp' host='a.lit'/><service host='a.lit'/><service type='' host=''/>"
            "<x type='stun' host='a.lit'/><service xmlns='urn:other' type='stun' host='a.lit'/>"),
      "", 0 },

    /* An invalid entry does not spoil the others. */
    { LIST ("<service type='stun'/><service type='stun' host=''/>"
            "<service type='stun' host='two words'/><service type='stun' host='192.0.2'/>"
            "<service type='stun' host='a.lit'/>"), "stun udp a.lit 3478", 4 },
    { LIST ("<service type='stun' host='a.lit' port='0'/>"
            "<service type='stun' host='a.lit' port='65536'/>"
            "<service type='stun' host='a.lit' port='-1'/>"
            "<service type='stun' host='a.lit' port='x'/>"
            "<service type='stun' host='a.lit' port='65535'/>"), "stun udp a.lit 65535", 4 },
    { LIST ("<service type='stun' host='a.lit' transport='sctp'/>"
            "<service type='stun' host='a.lit' transport='tls'/>"
            "<service type='turns' host='b.lit'/>"), "turns tls b.lit 5349", 2 },

    /* Quoted as they came, made safe, without credentials */
    { LIST ("<service type='turn' host='turn:a.lit:3478?transport=udp' port='3478' username='u"
            SECRET "' password='" SECRET "'/><service type='stun' host='a.lit:3478'/>"), "", 2,
      "turn turn:a.lit:3478?transport=udp 3478, stun a.lit:3478" },
    { LIST ("<service type='turn' host='turn:u:" SECRET "@a.lit' port='1'/>"
            "<service type='stun' host='a\xe2\x80\xaelit'/>"), "", 2,
      "turn 1, stun alit" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneElement) iq = parse (rows[i].text);
      g_autoptr (GPtrArray) services = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;
      g_auto (GStrv) unreadable = NULL;
      g_autofree char *quotes = NULL;
      guint n_unusable = 99;

      services = sidetone_services_read (iq, &n_unusable, &unreadable, &error);
      g_assert_no_error (error);
      text = format (services);
      g_assert_cmpstr (text, ==, rows[i].services);
      g_assert_cmpuint (n_unusable, ==, rows[i].n_unusable);
      quotes = g_strjoinv (", ", unreadable);
      if (rows[i].unreadable != NULL)
        g_assert_cmpstr (quotes, ==, rows[i].unreadable);
      else
        g_assert_cmpuint (g_strv_length (unreadable), ==, n_unusable);
    }
}

static void
test_values (void)
{
  g_autoptr (SidetoneElement) iq = parse (PROSODY);
  g_autoptr (GPtrArray) services = sidetone_services_read (iq, NULL, NULL, NULL);
  g_autoptr (GDateTime) expires = g_date_time_new_utc (2026, 11, 23, 23, 36, 11);
  g_autoptr (SidetoneElement) other = parse (EJABBERD);
  g_autoptr (GPtrArray) others = sidetone_services_read (other, NULL, NULL, NULL);
  g_autoptr (SidetoneEndpoint) literal = NULL;
  g_autoptr (SidetoneEndpoint) no_literal = NULL;
  g_autofree char *text = NULL;
  SidetoneService *stun;
  SidetoneService *turn;
  SidetoneService *turns;

  g_assert_cmpuint (services->len, ==, 3);
  stun = services->pdata[0];
  turn = services->pdata[1];
  turns = services->pdata[2];

  g_assert_false (sidetone_service_is_relay (stun));
  g_assert_null (sidetone_service_get_expires (stun));
  g_assert_false (sidetone_service_has_credentials (stun));

  g_assert_true (sidetone_service_is_relay (turn));
  g_assert_cmpint (sidetone_service_get_kind (turn), ==, SIDETONE_SERVICE_TURN);
  g_assert_cmpint (sidetone_service_get_transport (turn), ==, SIDETONE_TRANSPORT_UDP);
  g_assert_cmpstr (sidetone_service_get_host (turn), ==, "coturn.lit");
  g_assert_cmpuint (sidetone_service_get_port (turn), ==, 3478);
  g_assert_cmpstr (sidetone_service_get_username (turn), ==, "1795433770:u" SECRET);
  g_assert_cmpstr (sidetone_service_get_password (turn), ==, "p" SECRET);
  g_assert_true (g_date_time_equal (sidetone_service_get_expires (turn), expires));
  no_literal = sidetone_service_dup_literal (turn);
  g_assert_null (no_literal);

  g_assert_true (sidetone_service_is_relay (turns));
  g_assert_cmpint (sidetone_service_get_transport (turns), ==, SIDETONE_TRANSPORT_TLS);

  literal = sidetone_service_dup_literal (others->pdata[2]);
  text = sidetone_endpoint_format (literal);
  g_assert_cmpstr (text, ==, "[2001:db8:113::10]:3478");
  g_assert_cmpint (sidetone_endpoint_get_transport (literal), ==, SIDETONE_TRANSPORT_TCP);
}

static void
test_bounds (void)
{
  g_autoptr (GString) text = g_string_new ("<iq type='result'><services xmlns='urn:xmpp:extdisco:2'>");
  g_autofree char *name = g_strnfill (509, 'u');
  g_autofree char *password = g_strnfill (1025, 'p');
  g_autoptr (SidetoneElement) iq = NULL;
  g_autoptr (GPtrArray) services = NULL;
  guint n_unusable = 0;

  g_string_append_printf (text, "<service type='turn' host='a.lit' username='%s' password='p'/>",
                          name);
  g_string_append_printf (text, "<service type='turn' host='a.lit' username='u' password='%s'/>",
                          password);
  g_string_append_printf (text, "<service type='turn' host='a.lit' username='%s' password='%s'/>",
                          name + 1, password + 1);
  for (guint i = 0; i < SIDETONE_SERVICES_MAX; i++)
    g_string_append_printf (text, "<service type='stun' host='a%u.lit'/>", i);
  g_string_append (text, "</services></iq>");

  iq = parse (text->str);
  services = sidetone_services_read (iq, &n_unusable, NULL, NULL);
  g_assert_cmpuint (services->len, ==, SIDETONE_SERVICES_MAX);
  g_assert_cmpuint (n_unusable, ==, 3);
  g_assert_cmpuint (strlen (sidetone_service_get_username (services->pdata[0])), ==, 508);
  g_assert_cmpuint (strlen (sidetone_service_get_password (services->pdata[0])), ==, 1024);
}

static void
test_errors (void)
{
#define ERROR(condition) "<iq type='error' id='a1'><services xmlns='urn:xmpp:extdisco:2'/>" \
  "<error type='cancel'><" condition " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>"
  static const struct
  {
    const char *text;
    SidetoneError code;
  } rows[] = {
    { ERROR ("service-unavailable"), SIDETONE_ERROR_NOT_OFFERED },
    { ERROR ("forbidden"), SIDETONE_ERROR_FORBIDDEN },
    { ERROR ("internal-server-error"), SIDETONE_ERROR_QUERY_FAILED },
    { RESULT (""), SIDETONE_ERROR_BAD_ANSWER },
    { RESULT ("<services/>"), SIDETONE_ERROR_BAD_ANSWER },
    { RESULT ("<services xmlns='urn:xmpp:extdisco:3'/>"), SIDETONE_ERROR_BAD_ANSWER },
    { RESULT ("<credentials xmlns='urn:xmpp:extdisco:2'/>"), SIDETONE_ERROR_BAD_ANSWER },
    { "<iq type='set'><services xmlns='urn:xmpp:extdisco:2'/></iq>", SIDETONE_ERROR_BAD_ANSWER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneElement) iq = parse (rows[i].text);
      g_autoptr (GError) error = NULL;

      g_assert_null (sidetone_services_read (iq, NULL, NULL, &error));
      g_assert_error (error, SIDETONE_ERROR, (int) rows[i].code);
    }
}

/* The result is services or one of our errors, and no text contains a password. */
static void
assert_sane (const char *text,
             gsize       length)
{
  g_autoptr (SidetoneElement) iq = sidetone_element_new_from_text (text, length, NULL);
  g_autoptr (GPtrArray) services = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *all = NULL;

  if (iq == NULL)
    return;

  services = sidetone_services_read (iq, NULL, NULL, &error);
  if (services != NULL)
    {
      all = format (services);
      return;
    }

  g_assert_true (error->domain == SIDETONE_ERROR);
  g_assert_null (strstr (error->message, SECRET));
}

static void
test_damaged (void)
{
  static const char *const whole[] = { EJABBERD, PROSODY };

  for (gsize i = 0; i < G_N_ELEMENTS (whole); i++)
    {
      gsize length = strlen (whole[i]);

      for (gsize end = 0; end < length; end++)
        {
          g_autofree char *closed = g_strdup_printf ("%.*s'/></services></iq>", (int) end, whole[i]);

          assert_sane (whole[i], end);
          assert_sane (closed, strlen (closed));
        }
      for (gsize bit = 0; bit < length * 8; bit++)
        {
          g_autofree char *text = g_strdup (whole[i]);

          text[bit / 8] ^= 1 << (bit % 8);
          assert_sane (text, length);
        }
    }
}

/* A report may be edited. */
static void
test_texts (void)
{
  static const char *const bad[] = {
    "", "turn", "turn udp", "turn udp a.lit", "turn udp a.lit 0", "turn udp a.lit 65536",
    "turn udp a.lit x", "turn sctp a.lit 1", "unknown udp a.lit 1", "turn unknown a.lit 1",
    "TURN udp a.lit 1", "turn udp a@b 1", "turn udp  1", "turn udp a.lit 1 password",
    "turn udp a.lit 1 credentials restricted", "turn udp a.lit 1 ",
  };
  static const char *const good[] = {
    "stun udp a.lit 1", "turns udp 192.0.2.1 65535 restricted", "turn tls ::1 1 credentials",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (sidetone_service_new_from_text (bad[i]));

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (SidetoneService) service = sidetone_service_new_from_text (good[i]);
      g_autoptr (SidetoneService) same = sidetone_service_ref (service);
      g_autofree char *text = sidetone_service_to_text (same);

      g_assert_cmpstr (text, ==, good[i]);
    }
}

static void
test_time (void)
{
#define TIME(inner) RESULT ("<time xmlns='urn:xmpp:time'>" inner "</time>")
  static const struct
  {
    const char *text;
    const char *time;
  } rows[] = {
    /* ejabberd, Prosody, and the example of the protocol */
    { TIME ("<tzo>+00:00</tzo><utc>2026-11-22T23:55:54.978171Z</utc>"), "2026-11-22 23:55:54" },
    { TIME ("<tzo>Z</tzo><utc>2026-11-22T23:55:54Z</utc>"), "2026-11-22 23:55:54" },
    { TIME ("<tzo>-06:00</tzo><utc> 2006-12-19T17:58:35Z\n</utc>"), "2006-12-19 17:58:35" },
    { TIME ("<utc>2006-12-19T17:58:35+02:00</utc>"), "2006-12-19 15:58:35" },
    { TIME (""), NULL },
    { TIME ("<utc/>"), NULL },
    { TIME ("<utc>now</utc>"), NULL },
    { TIME ("<utc>2006-13-19T17:58:35Z</utc>"), NULL },
    { RESULT (""), NULL },
    { RESULT ("<time xmlns='urn:other'><utc>2006-12-19T17:58:35Z</utc></time>"), NULL },
  };
  g_autoptr (SidetoneElement) refusal = parse (ERROR ("service-unavailable"));
  g_autoptr (GError) refused = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneElement) iq = parse (rows[i].text);
      g_autoptr (GError) error = NULL;
      g_autoptr (GDateTime) time = sidetone_server_time_read (iq, &error);
      g_autoptr (GDateTime) utc = time != NULL ? g_date_time_to_utc (time) : NULL;
      g_autofree char *text = utc != NULL ? g_date_time_format (utc, "%F %T") : NULL;

      g_assert_cmpstr (text, ==, rows[i].time);
      if (time == NULL)
        g_assert_error (error, SIDETONE_ERROR, SIDETONE_ERROR_BAD_ANSWER);
    }

  g_assert_null (sidetone_server_time_read (refusal, &refused));
  g_assert_error (refused, SIDETONE_ERROR, SIDETONE_ERROR_NOT_OFFERED);
}

/* Queries must be valid XML. */
static void
test_queries (void)
{
  g_autoptr (SidetoneElement) query = parse (SIDETONE_SERVICES_QUERY);
  g_autoptr (SidetoneElement) query_1 = parse (SIDETONE_SERVICES_QUERY_1);
  g_autoptr (SidetoneElement) time = parse (SIDETONE_SERVER_TIME_QUERY);

  g_assert_cmpstr (sidetone_element_get_namespace (query), ==, SIDETONE_SERVICES_NS);
  g_assert_cmpstr (sidetone_element_get_namespace (query_1), ==, SIDETONE_SERVICES_NS_1);
  g_assert_cmpstr (sidetone_element_get_namespace (time), ==, SIDETONE_SERVER_TIME_NS);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/services/good", test_good);
  g_test_add_func ("/services/values", test_values);
  g_test_add_func ("/services/bounds", test_bounds);
  g_test_add_func ("/services/errors", test_errors);
  g_test_add_func ("/services/damaged", test_damaged);
  g_test_add_func ("/services/texts", test_texts);
  g_test_add_func ("/services/time", test_time);
  g_test_add_func ("/services/queries", test_queries);

  return g_test_run ();
}
