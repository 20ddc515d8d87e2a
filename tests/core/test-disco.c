/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "base/error.h"
#include "wire/disco.h"
#include "wire/stanza.h"

#define ERROR(type, details) \
  "<iq from='montague.lit' type='error' id='a1'><error type='" type "'>" details "</error></iq>"
#define CONDITION(name) "<" name " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
#define TEXT(words) "<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>" words "</text>"
#define QUERY(children) \
  "<iq from='montague.lit' type='result' id='a1'>" \
  "<query xmlns='http://jabber.org/protocol/disco#info'>" children "</query></iq>"

static SidetoneElement *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  SidetoneElement *element = sidetone_element_new_from_text (text, -1, &error);

  g_assert_no_error (error);

  return element;
}

static SidetoneDisco *
read_disco (const char *text)
{
  g_autoptr (SidetoneElement) iq = parse (text);
  g_autoptr (GError) error = NULL;
  SidetoneDisco *disco = sidetone_disco_read (iq, &error);

  g_assert_no_error (error);
  g_assert_nonnull (disco);

  return disco;
}

static void
test_servers (void)
{
  static const struct
  {
    const char *text;
    const char *name;
    guint n_features;
  } rows[] = {
    /* ejabberd 23.01 */
    { "<iq xml:lang='en' to='romeo@montague.lit/orchard' from='montague.lit' type='result' id='a2'>"
      "<query xmlns='http://jabber.org/protocol/disco#info'>"
      "<identity type='im' category='server' name='ejabberd'/>"
      "<feature var='iq'/><feature var='urn:xmpp:ping'/><feature var='urn:xmpp:sic:0'/>"
      "<feature var='urn:xmpp:sic:1'/><feature var='urn:xmpp:ping'/>"
      "<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE' type='hidden'>"
      "<value>http://jabber.org/network/serverinfo</value></field></x></query></iq>",
      "ejabberd", 4 },
    /* Prosody 0.12 */
    { "<iq id='a2' type='result' to='juliet@capulet.lit/balcony' from='capulet.lit'>"
      "<query xmlns='http://jabber.org/protocol/disco#info'>"
      "<identity category='pubsub' name='Prosody PEP' type='pep'/>"
      "<identity category='server' name='Prosody' type='im'/>"
      "<feature var='urn:xmpp:sic:1'/><feature var='urn:xmpp:extdisco:2'/></query></iq>",
      "Prosody", 2 },
    /* MongooseIM, and the namespace as it is on the wire */
    { "<iq xmlns='jabber:client' from='verona.lit' to='nurse@verona.lit/1' id='a2' type='result'>"
      "<query xmlns='http://jabber.org/protocol/disco#info'>"
      "<identity category='server' type='im' name='MongooseIM'/>"
      "<feature var='urn:xmpp:sic:1'/></query></iq>",
      "MongooseIM", 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneDisco) disco = read_disco (rows[i].text);

      g_assert_cmpstr (sidetone_disco_get_name (disco), ==, rows[i].name);
      g_assert_cmpuint (g_strv_length ((GStrv) sidetone_disco_get_features (disco)), ==,
                        rows[i].n_features);
      g_assert_true (sidetone_disco_has_feature (disco, "urn:xmpp:sic:1"));
      g_assert_false (sidetone_disco_has_feature (disco, "urn:xmpp:sic:"));
    }
}

static void
test_odd_forms (void)
{
  g_autoptr (SidetoneDisco) empty = read_disco (QUERY (""));
  g_autoptr (SidetoneDisco) odd =
    read_disco (QUERY ("<identity category='server' type='im'/>"
                       "<identity category='server' type='im' name=''/>"
                       "<identity xmlns='urn:other' category='server' name='No'/>"
                       "<identity category='client' name='No'/><identity name='No'/>"
                       "<feature/><feature var=''/><feature xmlns='urn:other' var='no'/>"
                       "<feature var='b'/><other var='no'/><feature var='a'/><feature var='b'/>"));
  const char *const *features = sidetone_disco_get_features (odd);

  g_assert_cmpstr (sidetone_disco_get_features (empty)[0], ==, NULL);
  g_assert_null (sidetone_disco_get_name (empty));

  g_assert_null (sidetone_disco_get_name (odd));
  g_assert_cmpstr (features[0], ==, "b");
  g_assert_cmpstr (features[1], ==, "a");
  g_assert_null (features[2]);
}

#define FORM(type, fields) \
  "<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE' type='hidden'><value>" type \
  "</value></field>" fields "</x>"
#define INFO(fields) FORM ("http://jabber.org/network/serverinfo", fields)
#define FIELD(var, values) "<field var='" var "' type='list-multi'>" values "</field>"
#define VALUE(text) "<value>" text "</value>"

/* XEP-0157 */
static void
test_contacts (void)
{
  static const struct
  {
    const char *children;
    const char *contacts;
  } rows[] = {
    { "", "" },
    { INFO (""), "" },
    { INFO (FIELD ("admin-addresses", VALUE ("mailto:a@montague.lit") VALUE ("xmpp:b@montague.lit"))),
      "mailto:a@montague.lit xmpp:b@montague.lit" },
    /* Whatever their order, those who run it first; and no others */
    { INFO (FIELD ("abuse-addresses", VALUE ("mailto:abuse@montague.lit"))
            FIELD ("support-addresses", VALUE ("https://montague.lit/help"))
            FIELD ("admin-addresses", VALUE ("xmpp:a@montague.lit"))),
      "xmpp:a@montague.lit https://montague.lit/help" },
    /* Each once, in two forms */
    { INFO (FIELD ("support-addresses", VALUE ("xmpp:a@montague.lit")))
      INFO (FIELD ("admin-addresses", VALUE ("xmpp:A@montague.lit") VALUE ("mailto:c@d.lit"))),
      "xmpp:a@montague.lit mailto:c@d.lit" },

    /* Other forms, namespaces and elements */
    { FORM ("urn:xmpp:dataforms:softwareinfo", FIELD ("admin-addresses", VALUE ("mailto:a@b.lit"))),
      "" },
    { "<x xmlns='jabber:x:data'>" FIELD ("admin-addresses", VALUE ("mailto:a@b.lit")) "</x>", "" },
    { "<x>" FIELD ("admin-addresses", VALUE ("mailto:a@b.lit")) "</x>", "" },
    { INFO (FIELD ("admin-addresses", "<value xmlns='urn:other'>mailto:a@b.lit</value>"
                   "<option><value>mailto:c@d.lit</value></option>")), "" },
    { INFO ("<field xmlns='urn:other' var='admin-addresses'>" VALUE ("mailto:a@b.lit") "</field>"),
      "" },
    { INFO ("<field>" VALUE ("mailto:a@b.lit") "</field>"), "" },

    /* What is not safe to open is left out, and the rest of it is read. */
    { INFO (FIELD ("admin-addresses", VALUE ("javascript:alert(1)") VALUE ("") "<value/>"
                   VALUE ("mailto:a@b.lit,c@d.lit") VALUE ("mailto:a&#13;&#10;Bcc: c@d.lit")
                   VALUE ("mailto:a@b.lit?bcc=c@d.lit&amp;body=x"))),
      "mailto:a@b.lit" },
    { INFO (FIELD ("admin-addresses",
                   VALUE ("xmpp:a@b.lit") VALUE ("xmpp:b@b.lit") VALUE ("xmpp:c@b.lit")
                   VALUE ("xmpp:d@b.lit") VALUE ("xmpp:e@b.lit") VALUE ("xmpp:f@b.lit")
                   VALUE ("xmpp:g@b.lit") VALUE ("xmpp:h@b.lit") VALUE ("xmpp:i@b.lit"))),
      "xmpp:a@b.lit xmpp:b@b.lit xmpp:c@b.lit xmpp:d@b.lit xmpp:e@b.lit xmpp:f@b.lit "
      "xmpp:g@b.lit xmpp:h@b.lit" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup_printf (QUERY ("%s"), rows[i].children);
      g_autoptr (SidetoneDisco) disco = read_disco (text);
      g_autofree char *contacts = g_strjoinv (" ", (char **) sidetone_disco_get_contacts (disco));

      g_test_message ("%s", text);
      g_assert_cmpstr (contacts, ==, rows[i].contacts);
    }
}

static void
test_bad_answers (void)
{
  static const char *const texts[] = {
    "<iq type='result' id='a1'/>",
    "<iq type='result' id='a1'><query/></iq>",
    "<iq type='result' id='a1'><query xmlns='http://jabber.org/protocol/disco#items'/></iq>",
    "<iq type='result' id='a1'><info xmlns='http://jabber.org/protocol/disco#info'/></iq>",
    "<query xmlns='http://jabber.org/protocol/disco#info'/>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (SidetoneElement) iq = parse (texts[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (sidetone_disco_read (iq, &error));
      g_assert_error (error, SIDETONE_ERROR, SIDETONE_ERROR_BAD_ANSWER);
    }
}

/* RFC 6120 section 8.3: a server's refusals, and their errors for the user */
static void
test_errors (void)
{
  static const struct
  {
    const char *text;
    SidetoneError code;
    const char *condition;
    const char *words;
    const char *message;
  } rows[] = {
    { ERROR ("cancel", CONDITION ("service-unavailable")),
      SIDETONE_ERROR_NOT_OFFERED, "service-unavailable", NULL, "service-unavailable" },
    { ERROR ("cancel", CONDITION ("feature-not-implemented")),
      SIDETONE_ERROR_NOT_OFFERED, "feature-not-implemented", NULL, "feature-not-implemented" },
    { ERROR ("auth", CONDITION ("forbidden") TEXT ("Not for you")),
      SIDETONE_ERROR_FORBIDDEN, "forbidden", "Not for you", "forbidden: Not for you" },
    { ERROR ("auth", TEXT ("Not for you") CONDITION ("forbidden") TEXT ("Nicht")),
      SIDETONE_ERROR_FORBIDDEN, "forbidden", "Not for you", "forbidden: Not for you" },
    { ERROR ("cancel", CONDITION ("not-allowed")),
      SIDETONE_ERROR_FORBIDDEN, "not-allowed", NULL, "not-allowed" },
    { ERROR ("auth", CONDITION ("not-authorized")),
      SIDETONE_ERROR_FORBIDDEN, "not-authorized", NULL, "not-authorized" },
    { ERROR ("auth", CONDITION ("registration-required")),
      SIDETONE_ERROR_FORBIDDEN, "registration-required", NULL, "registration-required" },
    { ERROR ("auth", CONDITION ("subscription-required")),
      SIDETONE_ERROR_FORBIDDEN, "subscription-required", NULL, "subscription-required" },
    { ERROR ("cancel", CONDITION ("item-not-found")),
      SIDETONE_ERROR_QUERY_FAILED, "item-not-found", NULL, "item-not-found" },
    { ERROR ("wait", CONDITION ("internal-server-error") TEXT ("No address")),
      SIDETONE_ERROR_QUERY_FAILED, "internal-server-error", "No address",
      "internal-server-error: No address" },
    { ERROR ("modify", CONDITION ("bad-request")),
      SIDETONE_ERROR_QUERY_FAILED, "bad-request", NULL, "bad-request" },
    { ERROR ("cancel", CONDITION ("of-tomorrow")),
      SIDETONE_ERROR_QUERY_FAILED, "of-tomorrow", NULL, "of-tomorrow" },

    /* The condition is the element in the conditions' namespace, after the query. */
    { "<iq type='error' id='a1'><address xmlns='urn:xmpp:sic:1'/><error type='cancel'>"
      "<too-many xmlns='urn:example:app'/>" CONDITION ("service-unavailable") "</error></iq>",
      SIDETONE_ERROR_NOT_OFFERED, "service-unavailable", NULL, "service-unavailable" },
    { "<iq xmlns='jabber:client' type='error' id='a1'><error type='cancel'>"
      CONDITION ("service-unavailable") "</error></iq>",
      SIDETONE_ERROR_NOT_OFFERED, "service-unavailable", NULL, "service-unavailable" },

    /* Errors without information */
    { ERROR ("cancel", ""), SIDETONE_ERROR_QUERY_FAILED, NULL, NULL,
      "an error without a condition" },
    { ERROR ("cancel", TEXT ("Oh")), SIDETONE_ERROR_QUERY_FAILED, NULL, "Oh",
      "an error without a condition: Oh" },
    { ERROR ("cancel", TEXT ("")), SIDETONE_ERROR_QUERY_FAILED, NULL, NULL,
      "an error without a condition" },
    { ERROR ("cancel", "<service-unavailable/>"), SIDETONE_ERROR_QUERY_FAILED, NULL, NULL,
      "an error without a condition" },
    { "<iq type='error' id='a1'/>", SIDETONE_ERROR_QUERY_FAILED, NULL, NULL,
      "an error without a condition" },
    { "<iq type='error' id='a1'><error xmlns='urn:other'>" CONDITION ("forbidden") "</error></iq>",
      SIDETONE_ERROR_QUERY_FAILED, NULL, NULL, "an error without a condition" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneElement) iq = parse (rows[i].text);
      g_autoptr (GError) error = NULL;
      const char *condition = "";
      const char *words = "";

      g_test_message ("%s", rows[i].text);
      g_assert_false (sidetone_stanza_check_result (iq, &error));
      g_assert_error (error, SIDETONE_ERROR, (int) rows[i].code);
      g_assert_cmpstr (error->message, ==, rows[i].message);
      g_assert_true (sidetone_stanza_get_error (iq, &condition, &words));
      g_assert_cmpstr (condition, ==, rows[i].condition);
      g_assert_cmpstr (words, ==, rows[i].words);
      g_assert_true (sidetone_stanza_get_error (iq, NULL, NULL));

      g_clear_error (&error);
      g_assert_null (sidetone_disco_read (iq, &error));
      g_assert_error (error, SIDETONE_ERROR, (int) rows[i].code);
    }
}

static void
test_neither_result_nor_error (void)
{
  static const char *const texts[] = {
    "<iq id='a1'/>",
    "<iq type='get' id='a1'/>",
    "<iq type='set' id='a1'/>",
    "<iq type='Result' id='a1'/>",
    "<iq type='' id='a1'/>",
    "<message type='result' id='a1'/>",
    "<message type='error' id='a1'><error>" CONDITION ("forbidden") "</error></message>",
    "<iq xmlns='jabber:server' type='result' id='a1'/>",
    "<iq xmlns='urn:other' type='error' id='a1'/>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (SidetoneElement) iq = parse (texts[i]);
      g_autoptr (GError) error = NULL;
      const char *condition = "";
      const char *words = "";

      g_test_message ("%s", texts[i]);
      g_assert_false (sidetone_stanza_check_result (iq, &error));
      g_assert_error (error, SIDETONE_ERROR, SIDETONE_ERROR_BAD_ANSWER);
      g_assert_false (sidetone_stanza_get_error (iq, &condition, &words));
      g_assert_null (condition);
      g_assert_null (words);
    }
}

static void
test_result (void)
{
  g_autoptr (SidetoneElement) iq = parse ("<iq type='result' id='a1'/>");
  g_autoptr (GError) error = NULL;

  g_assert_true (sidetone_stanza_check_result (iq, &error));
  g_assert_no_error (error);
  g_assert_false (sidetone_stanza_get_error (iq, NULL, NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/disco/servers", test_servers);
  g_test_add_func ("/disco/odd-forms", test_odd_forms);
  g_test_add_func ("/disco/contacts", test_contacts);
  g_test_add_func ("/disco/bad-answers", test_bad_answers);
  g_test_add_func ("/stanza/errors", test_errors);
  g_test_add_func ("/stanza/neither-result-nor-error", test_neither_result_nor_error);
  g_test_add_func ("/stanza/result", test_result);

  return g_test_run ();
}
