/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "base/error.h"
#include "wire/software.h"

#include <string.h>

/* Which program a server is (XEP-0092) */

#define QUERY(children) \
  "<iq type='result' id='a1'><query xmlns='jabber:iq:version'>" children "</query></iq>"

static SidetoneElement *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  SidetoneElement *element = sidetone_element_new_from_text (text, -1, &error);

  g_assert_no_error (error);

  return element;
}

static void
test_answers (void)
{
  static const struct
  {
    const char *text;
    const char *name;
    const char *version;
  } rows[] = {
    /* ejabberd 23.01, Prosody 0.12.3 */
    { "<iq xml:lang='en' to='romeo@montague.lit/1' from='montague.lit' type='result' id='5'>"
      "<query xmlns='jabber:iq:version'><os>unix/linux 6.1.0</os><version>23.01</version>"
      "<name>ejabberd</name></query></iq>", "ejabberd", "23.01" },
    { "<iq id='5' type='result' to='juliet@capulet.lit/1' from='capulet.lit'>"
      "<query xmlns='jabber:iq:version'><name>Prosody</name><version>0.12.3-1</version></query></iq>",
      "Prosody", "0.12.3-1" },

    { QUERY ("<name>\n A  b </name>"), "A b", NULL },
    { QUERY ("<name>A</name><version> </version>"), "A", NULL },
    { QUERY ("<name>A&#x202e;&#9;B</name><version>1\n2</version>"), NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneElement) iq = parse (rows[i].text);
      g_autoptr (GError) error = NULL;
      g_autofree char *name = NULL;
      g_autofree char *version = NULL;

      g_test_message ("%s", rows[i].text);
      g_assert_true (sidetone_software_read (iq, &name, &version, &error));
      g_assert_no_error (error);
      if (rows[i].name != NULL)
        {
          g_assert_cmpstr (name, ==, rows[i].name);
          g_assert_cmpstr (version, ==, rows[i].version);
        }
      /* Nothing that would move the words around it */
      g_assert_null (strpbrk (name, "\n\t"));
      g_assert_null (strstr (name, "\xe2\x80\xae"));
    }
}

static void
test_long (void)
{
  g_autofree char *text = g_strnfill (5000, 'x');
  g_autofree char *answer = g_strdup_printf (QUERY ("<name>%s</name><version>%s</version>"), text,
                                             text);
  g_autoptr (SidetoneElement) iq = parse (answer);
  g_autofree char *name = NULL;
  g_autofree char *version = NULL;

  g_assert_true (sidetone_software_read (iq, &name, &version, NULL));
  g_assert_cmpuint (strlen (name), <, 200);
  g_assert_cmpuint (strlen (version), <, 200);
}

static void
test_no_answers (void)
{
  static const struct
  {
    const char *text;
    SidetoneError code;
  } rows[] = {
    { "<iq type='result' id='a1'/>", SIDETONE_ERROR_BAD_ANSWER },
    { QUERY (""), SIDETONE_ERROR_BAD_ANSWER },
    { QUERY ("<name/><version>1</version>"), SIDETONE_ERROR_BAD_ANSWER },
    { QUERY ("<name xmlns='urn:other'>A</name>"), SIDETONE_ERROR_BAD_ANSWER },
    { "<iq type='result' id='a1'><query><name>A</name></query></iq>", SIDETONE_ERROR_BAD_ANSWER },
    { "<iq type='error' id='a1'><error type='cancel'>"
      "<service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>",
      SIDETONE_ERROR_NOT_OFFERED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneElement) iq = parse (rows[i].text);
      g_autoptr (GError) error = NULL;
      char *name = NULL;
      char *version = NULL;

      g_test_message ("%s", rows[i].text);
      g_assert_false (sidetone_software_read (iq, &name, &version, &error));
      g_assert_error (error, SIDETONE_ERROR, (int) rows[i].code);
      g_assert_null (name);
      g_assert_null (version);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/software/answers", test_answers);
  g_test_add_func ("/software/long", test_long);
  g_test_add_func ("/software/no-answers", test_no_answers);

  return g_test_run ();
}
