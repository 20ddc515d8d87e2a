/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include <string.h>
#include <sys/resource.h>

#include "base/error.h"
#include "wire/element.h"

/* ejabberd 23.01's answer, as it comes off the wire */
static const char answer[] =
  "<iq xml:lang='en' to='romeo@montague.lit/orchard' from='romeo@montague.lit' type='result'"
  " id='a1'><address xmlns='urn:xmpp:sic:1'><port>44308</port><ip>198.51.100.1</ip></address></iq>";

/* A text with one of everything that the reader accepts */
static const char everything[] =
  " \n<iq xmlns='jabber:client' xmlns:x=\"urn:x\" type='result' x:type='other'>"
  "t&#233;xt &amp; <x:a b='&lt;&quot;&#x41;'/>more<c xmlns='urn:c'><d/></c> \xf0\x9f\x98\x80"
  "</iq>\n";

static SidetoneElement *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  SidetoneElement *element = sidetone_element_new_from_text (text, -1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (element);

  return element;
}

static void
assert_fails (const char   *text,
              gssize        length,
              SidetoneError code)
{
  g_autofree char *shown = length < 0 ? g_strdup (text) : g_strndup (text, length);
  g_autofree char *escaped = g_strescape (shown, NULL);
  g_autoptr (GError) error = NULL;

  g_test_message ("%.100s", escaped);
  g_assert_null (sidetone_element_new_from_text (text, length, &error));
  g_assert_error (error, SIDETONE_ERROR, (int) code);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
test_answer (void)
{
  g_autoptr (SidetoneElement) iq = parse (answer);
  SidetoneElement *address;
  SidetoneElement *port;

  g_assert_cmpstr (sidetone_element_get_name (iq), ==, "iq");
  g_assert_null (sidetone_element_get_namespace (iq));
  g_assert_cmpstr (sidetone_element_get_attribute (iq, "type"), ==, "result");
  g_assert_cmpstr (sidetone_element_get_attribute (iq, "to"), ==, "romeo@montague.lit/orchard");
  g_assert_null (sidetone_element_get_attribute (iq, "lang"));
  g_assert_null (sidetone_element_get_attribute (iq, "missing"));
  g_assert_cmpstr (sidetone_element_get_text (iq), ==, "");
  g_assert_cmpuint (sidetone_element_get_n_children (iq), ==, 1);

  address = sidetone_element_find_child (iq, "address", "urn:xmpp:sic:1");
  g_assert_nonnull (address);
  g_assert_true (address == sidetone_element_get_child (iq, 0));
  g_assert_null (sidetone_element_find_child (iq, "address", NULL));
  g_assert_null (sidetone_element_find_child (iq, "address", "urn:xmpp:sic:0"));
  g_assert_null (sidetone_element_find_child (iq, "ip", "urn:xmpp:sic:1"));
  g_assert_null (sidetone_element_get_attribute (address, "xmlns"));

  port = sidetone_element_find_child (address, "port", "urn:xmpp:sic:1");
  g_assert_nonnull (port);
  g_assert_cmpstr (sidetone_element_get_text (port), ==, "44308");
  g_assert_cmpuint (sidetone_element_get_n_children (port), ==, 0);
}

static void
test_everything (void)
{
  g_autoptr (SidetoneElement) iq = parse (everything);
  SidetoneElement *child;

  g_assert_cmpstr (sidetone_element_get_namespace (iq), ==, "jabber:client");
  g_assert_cmpstr (sidetone_element_get_attribute (iq, "type"), ==, "result");
  g_assert_cmpstr (sidetone_element_get_text (iq), ==, "téxt & more \xf0\x9f\x98\x80");
  g_assert_cmpuint (sidetone_element_get_n_children (iq), ==, 2);

  child = sidetone_element_find_child (iq, "a", "urn:x");
  g_assert_nonnull (child);
  g_assert_cmpstr (sidetone_element_get_attribute (child, "b"), ==, "<\"A");

  child = sidetone_element_find_child (iq, "c", "urn:c");
  g_assert_nonnull (child);
  g_assert_nonnull (sidetone_element_find_child (child, "d", "urn:c"));
}

static void
test_namespaces (void)
{
  static const struct
  {
    const char *text;
    const char *xmlns; /* the innermost first child's */
  } rows[] = {
    { "<a/>", NULL },
    { "<a xmlns='urn:a'/>", "urn:a" },
    { "<a xmlns='urn:a'><b/></a>", "urn:a" },
    { "<a xmlns='urn:a'><b xmlns='urn:b'/></a>", "urn:b" },
    { "<a xmlns='urn:a'><b xmlns=''/></a>", NULL },
    { "<a xmlns='urn:a'><b xmlns=''><c/></b></a>", NULL },
    { "<p:a xmlns:p='urn:p'/>", "urn:p" },
    { "<p:a xmlns:p='urn:p'><b/></p:a>", NULL },
    { "<a xmlns='urn:a' xmlns:p='urn:p'><p:b/></a>", "urn:p" },
    { "<a xmlns='urn:a' xmlns:p='urn:p'><p:b><c/></p:b></a>", "urn:a" },
    { "<p:a xmlns:p='urn:p'><p:b xmlns:p='urn:q'/></p:a>", "urn:q" },
    { "<a><xml:b/></a>", "http://www.w3.org/XML/1998/namespace" },
    { "<a xmlns:xml='http://www.w3.org/XML/1998/namespace'/>", NULL },
    { "<a xmlns='urn:&amp;'/>", "urn:&" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneElement) root = NULL;
      SidetoneElement *element;

      g_test_message ("%s", rows[i].text);
      element = root = parse (rows[i].text);
      while (sidetone_element_get_n_children (element) > 0)
        element = sidetone_element_get_child (element, 0);

      g_assert_cmpstr (sidetone_element_get_namespace (element), ==, rows[i].xmlns);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    SidetoneError code;
  } rows[] = {
    { "", SIDETONE_ERROR_TEXT_MALFORMED },
    { " ", SIDETONE_ERROR_TEXT_MALFORMED },
    { "text", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "</a>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a></b>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a><b></a></b>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a b/>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a b=c/>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a b='c\"/>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a b='<'/>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a b='1'c='2'/>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a>b]]>c</a>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<1/>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a$/>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a $='b'/>", SIDETONE_ERROR_TEXT_MALFORMED },

    /* Around the root */
    { "<a/><b/>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a></a><a></a>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a/>junk", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a/> junk", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a/>junk ", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a/>junk<b/>", SIDETONE_ERROR_TEXT_MALFORMED },
    { " junk <a/>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a/></a>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a/>&#65;", SIDETONE_ERROR_TEXT_MALFORMED },
    { "junk<a/>", SIDETONE_ERROR_TEXT_MALFORMED },

    /* Characters */
    { "<a>\xff</a>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a>\xc0\x80</a>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a>\xed\xa0\x80</a>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a>\x01</a>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a>\xef\xbf\xbf</a>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a>&#0;</a>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a>&#1;</a>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a>&#xd800;</a>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a>&#x110000;</a>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a>&#x100000041;</a>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a>&#-65;</a>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a>&#;</a>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a>&#x;</a>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a>& b;</a>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a>&;</a>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a>&amp</a>", SIDETONE_ERROR_TEXT_MALFORMED },

    /* RFC 6120 section 11.1 */
    { "<?xml version='1.0'?><a/>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<?xml version='1.0' encoding='ISO-8859-1'?><a/>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "\n<?xml version='1.0'?><a/>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a><?xml version='1.0'?></a>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<?php ?><a/>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a><?php ?></a>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a/><?php ?>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<!-- --><a/>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a><!-- --></a>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a/><!-- -->", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a><!-- --><b/><?php ?></a>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a><![CDATA[b]]></a>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a><![CDATA[]]></a>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<!DOCTYPE a><a/>", SIDETONE_ERROR_XML_DOCTYPE },
    { "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", SIDETONE_ERROR_XML_DOCTYPE },
    { "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
      SIDETONE_ERROR_XML_DOCTYPE },
    { "<!DOCTYPE a [<!ATTLIST a b CDATA 'c'>]><a/>", SIDETONE_ERROR_XML_DOCTYPE },
    { "<!DOCTYPE a [%b;]><a/>", SIDETONE_ERROR_XML_DOCTYPE },
    { "<!doctype html><html/>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a><!DOCTYPE a></a>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a><!ENTITY b 'c'></a>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a>&nbsp;</a>", SIDETONE_ERROR_XML_ENTITY },
    { "<a b='&c;'/>", SIDETONE_ERROR_XML_ENTITY },
    { "<a>&AMP;</a>", SIDETONE_ERROR_XML_ENTITY },

    /* Namespaces */
    { "<p:a/>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a p:b='c'/>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a><b xmlns:p='urn:p'/><p:c/></a>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<p:a xmlns:p=''/>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<:a/>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a:/>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<p:q:a xmlns:p='urn:p'/>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a xmlns:='urn:p'/>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a xmlns:xml='urn:p'/>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a xmlns:xmlns='urn:p'/>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a xmlns:p='http://www.w3.org/XML/1998/namespace'/>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<a xmlns='http://www.w3.org/2000/xmlns/'/>", SIDETONE_ERROR_TEXT_MALFORMED },
    { "<xmlns:a/>", SIDETONE_ERROR_TEXT_MALFORMED },

    /* The same attribute twice */
    { "<a b='1' b='2'/>", SIDETONE_ERROR_XML_DUPLICATE_ATTRIBUTE },
    { "<a b='1' c='' b='1'/>", SIDETONE_ERROR_XML_DUPLICATE_ATTRIBUTE },
    { "<a xmlns='urn:a' xmlns='urn:b'/>", SIDETONE_ERROR_XML_DUPLICATE_ATTRIBUTE },
    { "<a xmlns:p='urn:a' xmlns:p='urn:b'/>", SIDETONE_ERROR_XML_DUPLICATE_ATTRIBUTE },
    { "<a xml:lang='en' xml:lang='de'/>", SIDETONE_ERROR_XML_DUPLICATE_ATTRIBUTE },
    { "<a xmlns:p='urn:a' xmlns:q='urn:a' p:b='1' q:b='2'/>",
      SIDETONE_ERROR_XML_DUPLICATE_ATTRIBUTE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_fails (rows[i].text, -1, rows[i].code);
}

/* These look like duplicates, but are not. */
static void
test_not_duplicates (void)
{
  static const char *const texts[] = {
    "<a xmlns:p='urn:p' b='1' p:b='2'/>",
    "<a xmlns='urn:a' xmlns:p='urn:a' b='1' p:b='2'/>",
    "<a xmlns:p='urn:p' xmlns:q='urn:q' b='1' p:b='2' q:b='3'/>",
    "<a lang='1' xml:lang='2'/>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (SidetoneElement) element = parse (texts[i]);
      const char *value = sidetone_element_get_attribute (element, "b");

      if (value != NULL)
        g_assert_cmpstr (value, ==, "1");
    }
}

/* XMPP allows only UTF-8, whatever the first bytes look like; there a byte order mark is a
 * character like others (RFC 6120 section 11.6). */
static void
test_encodings (void)
{
  static const char mark[] = "\xef\xbb\xbf<a/>";
  static const char big_endian[] = "\0<\0a\0/\0>";
  static const char little_endian[] = "<\0a\0/\0>\0";
  static const char marked_big_endian[] = "\xfe\xff\0<\0a\0/\0>";
  static const char marked_little_endian[] = "\xff\xfe<\0a\0/\0>\0";
  static const char latin_1[] = "<a>\xe9</a>";

  assert_fails (mark, sizeof mark - 1, SIDETONE_ERROR_TEXT_MALFORMED);
  assert_fails (big_endian, sizeof big_endian - 1, SIDETONE_ERROR_TEXT_MALFORMED);
  assert_fails (little_endian, sizeof little_endian - 1, SIDETONE_ERROR_TEXT_MALFORMED);
  assert_fails (marked_big_endian, sizeof marked_big_endian - 1, SIDETONE_ERROR_TEXT_MALFORMED);
  assert_fails (marked_little_endian, sizeof marked_little_endian - 1,
                SIDETONE_ERROR_TEXT_MALFORMED);
  assert_fails (latin_1, sizeof latin_1 - 1, SIDETONE_ERROR_TEXT_MALFORMED);
}

static void
test_nul (void)
{
  static const char inside[] = "<a>b\0c</a>";
  static const char behind[] = "<a/>\0";

  assert_fails (inside, sizeof inside - 1, SIDETONE_ERROR_TEXT_MALFORMED);
  assert_fails (behind, sizeof behind - 1, SIDETONE_ERROR_TEXT_MALFORMED);
}

/* Each truncation is an error, and nothing after its end is read. */
static void
test_truncated (void)
{
  static const char *const texts[] = { answer, everything };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gsize whole = strlen (texts[i]);

      /* White space after the root may be missing. */
      while (texts[i][whole - 1] != '>')
        whole--;

      for (gsize length = 0; length < whole; length++)
        {
          g_autofree char *text = g_memdup2 (texts[i], MAX (length, 1));

          assert_fails (text, length, SIDETONE_ERROR_TEXT_MALFORMED);
        }
    }
}

static void
assert_bounded (SidetoneElement *element,
                guint            depth)
{
  g_assert_cmpuint (depth, <=, SIDETONE_ELEMENT_MAX_DEPTH);
  g_assert_cmpuint (strlen (sidetone_element_get_name (element)), >, 0);
  g_assert_true (g_utf8_validate (sidetone_element_get_text (element), -1, NULL));

  for (guint i = 0; i < sidetone_element_get_n_children (element); i++)
    assert_bounded (sidetone_element_get_child (element, i), depth + 1);
}

static void
test_bit_flips (void)
{
  static const char *const texts[] = { answer, everything };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    for (gsize bit = 0; bit < strlen (texts[i]) * 8; bit++)
      {
        g_autofree char *text = g_strdup (texts[i]);
        g_autoptr (SidetoneElement) element = NULL;
        g_autoptr (GError) error = NULL;

        text[bit / 8] ^= 1 << (bit % 8);
        element = sidetone_element_new_from_text (text, strlen (texts[i]), &error);
        if (element != NULL)
          assert_bounded (element, 1);
        else
          g_assert_cmpint (error->domain, ==, SIDETONE_ERROR);
      }
}

static void
test_size (void)
{
  g_autoptr (GString) text = g_string_new ("<a>");
  g_autoptr (SidetoneElement) element = NULL;

  while (text->len < SIDETONE_ELEMENT_MAX_BYTES - strlen ("</a>"))
    g_string_append_c (text, 'b');
  g_string_append (text, "</a>");

  g_assert_cmpuint (text->len, ==, SIDETONE_ELEMENT_MAX_BYTES);
  element = parse (text->str);
  g_assert_cmpuint (strlen (sidetone_element_get_text (element)), ==,
                    SIDETONE_ELEMENT_MAX_BYTES - strlen ("<a></a>"));

  g_string_append_c (text, '\n');
  assert_fails (text->str, text->len, SIDETONE_ERROR_TEXT_TOO_LARGE);
  assert_fails (text->str, -1, SIDETONE_ERROR_TEXT_TOO_LARGE);
}

static char *
nest (guint depth)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, "<a>");
  for (guint i = 0; i < depth; i++)
    g_string_append (text, "</a>");

  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  g_autofree char *allowed = nest (SIDETONE_ELEMENT_MAX_DEPTH);
  g_autofree char *too_deep = nest (SIDETONE_ELEMENT_MAX_DEPTH + 1);
  g_autofree char *in_size = nest (SIDETONE_ELEMENT_MAX_BYTES / strlen ("<a></a>"));
  g_autofree char *much_too_deep = nest (200000);
  g_autoptr (GString) empty_too_deep = g_string_new (allowed);

  /* Its start and its end come in one call. */
  g_string_insert (empty_too_deep, empty_too_deep->len / 7 * 3, "<b/><c/>");

  sidetone_element_unref (parse (allowed));
  assert_fails (too_deep, -1, SIDETONE_ERROR_TEXT_TOO_DEEP);
  assert_fails (empty_too_deep->str, -1, SIDETONE_ERROR_TEXT_TOO_DEEP);
  assert_fails (in_size, -1, SIDETONE_ERROR_TEXT_TOO_DEEP);
  assert_fails (much_too_deep, -1, SIDETONE_ERROR_TEXT_TOO_LARGE);
}

/* Siblings do not add to the depth. */
static void
test_many (void)
{
  g_autoptr (GString) children = g_string_new ("<a>");
  g_autoptr (GString) attributes = g_string_new ("<a");
  g_autoptr (SidetoneElement) with_children = NULL;
  g_autoptr (SidetoneElement) with_attributes = NULL;

  for (int i = 0; i < 16000; i++)
    g_string_append (children, "<b/>");
  g_string_append (children, "</a>");
  with_children = parse (children->str);
  g_assert_cmpuint (sidetone_element_get_n_children (with_children), ==, 16000);

  for (int i = 0; i < 500; i++)
    g_string_append_printf (attributes, " b%d=''", i);
  g_string_append (attributes, "/>");
  with_attributes = parse (attributes->str);
  g_assert_cmpstr (sidetone_element_get_attribute (with_attributes, "b499"), ==, "");
}

/* @n_attributes: the number of attributes in the namespace, in the tag that declares it */
static char *
write_namespace (gsize length,
                 guint n_attributes)
{
  g_autofree char *xmlns = g_strnfill (length, 'x');
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "<p:a xmlns:p='%s'", xmlns);
  for (guint i = 0; i < n_attributes; i++)
    g_string_append_printf (text, " p:b%u=''", i);
  g_string_append (text, "/>");

  return g_string_free (text, FALSE);
}

static gsize
get_most_kilobytes (void)
{
  struct rusage usage;

  g_assert_no_errno (getrusage (RUSAGE_SELF, &usage));

  return usage.ru_maxrss;
}

/* A parser expands each name with its namespace: 64 KiB must not become hundreds of megabytes. */
static void
test_long_namespace (void)
{
  g_autofree char *allowed = write_namespace (255, 5000);
  g_autofree char *too_long = write_namespace (256, 0);
  g_autofree char *multiplied = write_namespace (31000, 3000);
  g_autoptr (SidetoneElement) element = parse (allowed);
  gsize before = get_most_kilobytes ();

  g_assert_cmpuint (strlen (sidetone_element_get_namespace (element)), ==, 255);
  assert_fails (too_long, -1, SIDETONE_ERROR_TEXT_TOO_LARGE);
  assert_fails (multiplied, -1, SIDETONE_ERROR_TEXT_TOO_LARGE);
  g_assert_cmpuint (get_most_kilobytes () - before, <, 32 * 1024);
}

static void
test_billion_laughs (void)
{
  assert_fails ("<?xml version='1.0'?><!DOCTYPE lolz [<!ENTITY lol 'lol'>"
                "<!ENTITY lol2 '&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;'>]>"
                "<lolz>&lol2;</lolz>", -1, SIDETONE_ERROR_TEXT_MALFORMED);
  assert_fails ("<!DOCTYPE lolz [<!ENTITY lol 'lol'>"
                "<!ENTITY lol2 '&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;'>]>"
                "<lolz>&lol2;</lolz>", -1, SIDETONE_ERROR_XML_DOCTYPE);
  assert_fails ("<lolz>&lol9;</lolz>", -1, SIDETONE_ERROR_XML_ENTITY);
}

/* A child may outlive its tree. */
static void
test_child_outlives_root (void)
{
  SidetoneElement *root = parse (answer);
  g_autoptr (SidetoneElement) child = NULL;

  child = sidetone_element_ref (sidetone_element_get_child (root, 0));
  sidetone_element_unref (root);

  g_assert_cmpstr (sidetone_element_get_name (child), ==, "address");
  g_assert_cmpstr (sidetone_element_get_namespace (child), ==, "urn:xmpp:sic:1");
  g_assert_cmpuint (sidetone_element_get_n_children (child), ==, 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/element/answer", test_answer);
  g_test_add_func ("/element/everything", test_everything);
  g_test_add_func ("/element/namespaces", test_namespaces);
  g_test_add_func ("/element/refused", test_refused);
  g_test_add_func ("/element/not-duplicates", test_not_duplicates);
  g_test_add_func ("/element/encodings", test_encodings);
  g_test_add_func ("/element/nul", test_nul);
  g_test_add_func ("/element/truncated", test_truncated);
  g_test_add_func ("/element/bit-flips", test_bit_flips);
  g_test_add_func ("/element/size", test_size);
  g_test_add_func ("/element/depth", test_depth);
  g_test_add_func ("/element/many", test_many);
  g_test_add_func ("/element/long-namespace", test_long_namespace);
  g_test_add_func ("/element/billion-laughs", test_billion_laughs);
  g_test_add_func ("/element/child-outlives-root", test_child_outlives_root);

  return g_test_run ();
}
