/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "address/contact.h"

#include <string.h>

/* Contact addresses from servers (XEP-0157): only what they name is opened, and nothing more. */

static void
test_good (void)
{
  static const struct
  {
    const char *text;
    SidetoneContactKind kind;
    const char *address;
    const char *uri;
  } rows[] = {
    { "mailto:admin@example.org", SIDETONE_CONTACT_MAIL, "admin@example.org",
      "mailto:admin@example.org" },
    { "xmpp:admin@example.org", SIDETONE_CONTACT_CHAT, "admin@example.org",
      "xmpp:admin@example.org" },
    { "https://example.org/contact?to=admin#form", SIDETONE_CONTACT_PAGE,
      "https://example.org/contact?to=admin#form", "https://example.org/contact?to=admin#form" },
    { "https://example.org:8443/%7Eadmin", SIDETONE_CONTACT_PAGE,
      "https://example.org:8443/~admin", "https://example.org:8443/~admin" },

    /* As servers write them */
    { " \n MAILTO:Admin+xmpp@Example.ORG\n", SIDETONE_CONTACT_MAIL, "Admin+xmpp@example.org",
      "mailto:Admin%2Bxmpp@example.org" },
    { "mailto:%61dmin%40example.org", SIDETONE_CONTACT_MAIL, "admin@example.org",
      "mailto:admin@example.org" },
    { "mailto:o'hara@bücher.example", SIDETONE_CONTACT_MAIL, "o'hara@xn--bcher-kva.example",
      "mailto:o%27hara@xn--bcher-kva.example" },
    { "XMPP:Admin@Bücher.example/desk", SIDETONE_CONTACT_CHAT, "admin@bücher.example",
      "xmpp:admin@xn--bcher-kva.example" },
    { "xmpp:help@rooms.example.org?join", SIDETONE_CONTACT_CHAT, "help@rooms.example.org",
      "xmpp:help@rooms.example.org?join" },
    { "HTTPS://example.org", SIDETONE_CONTACT_PAGE, "https://example.org", "https://example.org" },

    /* Header fields and actions that the user did not choose */
    { "mailto:admin@example.org?bcc=spy@example.net&body=Hello", SIDETONE_CONTACT_MAIL,
      "admin@example.org", "mailto:admin@example.org" },
    { "mailto:admin@example.org#x", SIDETONE_CONTACT_MAIL, "admin@example.org",
      "mailto:admin@example.org" },
    { "mailto:a%3Fbcc=b@example.org", SIDETONE_CONTACT_MAIL, "a?bcc=b@example.org",
      "mailto:a%3Fbcc%3Db@example.org" },
    { "mailto:a&b=c@example.org", SIDETONE_CONTACT_MAIL, "a&b=c@example.org",
      "mailto:a%26b%3Dc@example.org" },
    { "xmpp:admin@example.org?message;body=yes", SIDETONE_CONTACT_CHAT, "admin@example.org",
      "xmpp:admin@example.org" },
    { "xmpp:admin@example.org?remove", SIDETONE_CONTACT_CHAT, "admin@example.org",
      "xmpp:admin@example.org" },
    { "xmpp:help@rooms.example.org?join;password=x", SIDETONE_CONTACT_CHAT,
      "help@rooms.example.org", "xmpp:help@rooms.example.org" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneContact) contact = sidetone_contact_new_from_uri (rows[i].text);

      g_test_message ("%s", rows[i].text);
      g_assert_nonnull (contact);
      g_assert_cmpint (contact->kind, ==, rows[i].kind);
      g_assert_cmpstr (contact->address, ==, rows[i].address);
      g_assert_cmpstr (contact->uri, ==, rows[i].uri);
    }
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    "", " ", "admin@example.org", "example.org", "mailto:", "xmpp:", "https:", "https://",

    /* Other schemes */
    "http://example.org", "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x",
    "tel:+4930123456", "sip:admin@example.org", "irc://example.org", "ftp://example.org",
    "x-mailto:admin@example.org", "mailto :admin@example.org",

    /* No address, or more than one */
    "mailto:admin", "mailto:@example.org", "mailto:admin@", "mailto:?to=admin@example.org",
    "mailto:a@example.org,b@example.org", "mailto:a@example.org%2Cb@example.org",
    "mailto:a@example.org;b@example.org", "mailto:a@b@example.org",
    "mailto:Admin <admin@example.org>", "mailto:\"a b\"@example.org", "mailto:a(b)@example.org",

    /* A header field by a line break (RFC 6068, section 7), and other control characters */
    "mailto:admin%0D%0ABcc:spy@example.org", "mailto:a%0A@example.org", "mailto:a@b%0Aexample.org",
    "mailto:a\nb@example.org", "mailto:a%00@example.org", "mailto:a%@example.org",
    "mailto:a\xe2\x80\xae@example.org", "xmpp:a%0Ab@example.org", "xmpp:a\xe2\x80\xae@example.org",

    /* Hosts that are none */
    "mailto:admin@[192.0.2.1]", "mailto:admin@192.0.2.1", "mailto:admin@ex ample.org",
    "mailto:admin@-example.org", "xmpp:admin@ex&ample.org", "xmpp:admin@[2001:db8::1]",
    "xmpp:example.org", "xmpp:d%27artagnan@example.org", "xmpp://admin@example.org/x",

    /* Pages of another host than it seems, or in this network */
    "https://example.org@example.net/", "https://a:b@example.net/", "https://192.0.2.1/",
    "https://[2001:db8::1]/", "https:example.org", "https:///example.org", "https://exa mple.org/",
    "https://example.org/\"><script>", "https://example.org\\@example.net/",
    "https://example.org/a\nb", "https://b\303\274cher.example/", "https://example.org:99999/",
  };
  g_autofree char *localpart = g_strnfill (65, 'a');
  g_autofree char *long_mail = g_strdup_printf ("mailto:%s@example.org", localpart);
  g_autofree char *path = g_strnfill (512, 'a');
  g_autofree char *long_page = g_strdup_printf ("https://example.org/%s", path);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (SidetoneContact) contact = sidetone_contact_new_from_uri (texts[i]);

      g_test_message ("%s", texts[i]);
      g_assert_null (contact);
    }

  g_assert_null (sidetone_contact_new_from_uri (long_mail));
  g_assert_null (sidetone_contact_new_from_uri (long_page));
  g_assert_null (sidetone_contact_new_from_uri ("mailto:\xff@example.org"));
}

/* What is opened is read in the same way again. */
static void
test_stable (void)
{
  static const char *const texts[] = {
    "mailto:%61%26b@example.org", "xmpp:help@rooms.example.org?join", "xmpp:ä@bücher.example",
    "https://example.org/%41?b=%20",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (SidetoneContact) contact = sidetone_contact_new_from_uri (texts[i]);
      g_autoptr (SidetoneContact) again = sidetone_contact_new_from_uri (contact->uri);

      g_assert_cmpstr (again->uri, ==, contact->uri);
      g_assert_cmpstr (again->address, ==, contact->address);
      g_assert_cmpint (again->kind, ==, contact->kind);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/contact/good", test_good);
  g_test_add_func ("/contact/refused", test_refused);
  g_test_add_func ("/contact/stable", test_stable);

  return g_test_run ();
}
