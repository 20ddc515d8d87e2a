/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include <string.h>

#include "address/account.h"
#include "address/host.h"
#include "base/error.h"
#include "base/nick.h"

#define PIN "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static SidetoneAccount *
make (const char *jid,
      const char *server,
      const char *pin)
{
  g_autoptr (GError) error = NULL;
  SidetoneAccount *account;

  account = sidetone_account_new (jid, server, SIDETONE_SECURITY_AUTO, NULL, pin, &error);
  g_assert_no_error (error);
  g_assert_nonnull (account);

  return account;
}

static void
assert_fails (const char   *jid,
              const char   *server,
              const char   *pin,
              SidetoneError code)
{
  g_autofree char *text = g_strjoin (", ", jid, server != NULL ? server : "-",
                                     pin != NULL ? pin : "-", NULL);
  g_autofree char *shown = g_strescape (text, NULL);
  g_autoptr (GError) error = NULL;

  g_test_message ("%.100s", shown);
  g_assert_null (sidetone_account_new (jid, server, SIDETONE_SECURITY_AUTO, NULL, pin, &error));
  g_assert_error (error, SIDETONE_ERROR, (int) code);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
test_jid (void)
{
  static const struct
  {
    const char *text;
    const char *jid;
    const char *domain;
    const char *ascii_domain;
  } rows[] = {
    { "romeo@montague.lit", "romeo@montague.lit", "montague.lit", "montague.lit" },
    { "romeo@localhost", "romeo@localhost", "localhost", "localhost" },

    /* As users type and paste them */
    { " romeo@montague.lit\n", "romeo@montague.lit", "montague.lit", "montague.lit" },
    { "Romeo@Montague.LIT", "romeo@montague.lit", "montague.lit", "montague.lit" },
    { "romeo@montague.lit.", "romeo@montague.lit", "montague.lit", "montague.lit" },
    { "xmpp:romeo@montague.lit", "romeo@montague.lit", "montague.lit", "montague.lit" },
    { "XMPP:romeo@montague.lit?message;body=a@b", "romeo@montague.lit", "montague.lit",
      "montague.lit" },
    { "xmpp:romeo@montague.lit#a", "romeo@montague.lit", "montague.lit", "montague.lit" },
    { "xmpp:r%C3%B6meo@montague.lit", "römeo@montague.lit", "montague.lit", "montague.lit" },

    /* An account is a bare JID. */
    { "romeo@montague.lit/orchard", "romeo@montague.lit", "montague.lit", "montague.lit" },
    { "romeo@montague.lit/", "romeo@montague.lit", "montague.lit", "montague.lit" },
    { "romeo@montague.lit/a@b/c", "romeo@montague.lit", "montague.lit", "montague.lit" },

    /* RFC 7622 section 3.5, and all that ASCII allows */
    { "foo\\20bar@example.com", "foo\\20bar@example.com", "example.com", "example.com" },
    { "fussball@example.com", "fussball@example.com", "example.com", "example.com" },
    { "fußball@example.com", "fußball@example.com", "example.com", "example.com" },
    { "π@example.com", "π@example.com", "example.com", "example.com" },
    { "Σ@example.com", "σ@example.com", "example.com", "example.com" },
    { "!#$%()*+,-.;=?[\\]^_`{|}~@example.com", "!#$%()*+,-.;=?[\\]^_`{|}~@example.com",
      "example.com", "example.com" },

    /* UsernameCaseMapped: width, case, composition */
    { "ＲＯＭＥＯ@montague.lit", "romeo@montague.lit", "montague.lit", "montague.lit" },
    { "ｶﾞ@montague.lit", "ガ@montague.lit", "montague.lit", "montague.lit" },
    { "RO\u0308MEO@montague.lit", "römeo@montague.lit", "montague.lit", "montague.lit" },
    { "\u212bsa@montague.lit", "åsa@montague.lit", "montague.lit", "montague.lit" },
    { "ромео@montague.lit", "ромео@montague.lit", "montague.lit", "montague.lit" },
    { "روميو١@montague.lit", "روميو١@montague.lit", "montague.lit", "montague.lit" },
    { "朱麗葉@montague.lit", "朱麗葉@montague.lit", "montague.lit", "montague.lit" },
    { "cel·la@montague.lit", "cel·la@montague.lit", "montague.lit", "montague.lit" },

    /* Internationalised domains: DNS needs one form, the stream the other. */
    { "romeo@Bücher.example", "romeo@bücher.example", "bücher.example", "xn--bcher-kva.example" },
    { "romeo@xn--bcher-kva.example", "romeo@bücher.example", "bücher.example",
      "xn--bcher-kva.example" },
    { "romeo@例え。テスト", "romeo@例え.テスト", "例え.テスト", "xn--r8jz45g.xn--zckzah" },
    { "romeo@例え.テスト。", "romeo@例え.テスト", "例え.テスト", "xn--r8jz45g.xn--zckzah" },
    { "romeo@ＭＯＮＴＡＧＵＥ．lit", "romeo@montague.lit", "montague.lit", "montague.lit" },

    /* Literals */
    { "romeo@192.0.2.1", "romeo@192.0.2.1", "192.0.2.1", "192.0.2.1" },
    { "romeo@[2001:DB8:0::1]", "romeo@[2001:db8::1]", "[2001:db8::1]", "2001:db8::1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneAccount) account = NULL;
      g_autoptr (SidetoneAccount) again = NULL;

      account = make (rows[i].text, NULL, NULL);
      g_assert_cmpstr (sidetone_account_get_jid (account), ==, rows[i].jid);
      g_assert_cmpstr (sidetone_account_get_domain (account), ==, rows[i].domain);
      g_assert_cmpstr (sidetone_account_get_ascii_domain (account), ==, rows[i].ascii_domain);

      /* A prepared JID stays the same. */
      again = make (rows[i].jid, NULL, NULL);
      g_assert_cmpstr (sidetone_account_get_jid (again), ==, rows[i].jid);
    }
}

/* RFC 8264, sections 9.6, 9.9 and 9.13: the first and the last code points of the exceptions. They decide
 * which account a password belongs to. */
static void
test_code_points (void)
{
  static const gunichar allowed[] = {
    0x00b7, 0x0375, 0x05f3, 0x05f4, 0x06fd, 0x06fe, 0x0f0b, 0x3007, 0x30fb,
  };
  static const gunichar refused[] = {
    0x00b6, 0x00b8, 0x034f, 0x0640, 0x07fa, 0x1100, 0x11ff, 0x17b4, 0x17b5, 0x180b, 0x180d, 0x302e,
    0x302f, 0x3031, 0x3035, 0x303b, 0xa960, 0xa97c, 0xd7b0, 0xd7fb, 0xfe00, 0xfe0f, 0xe0100, 0xe01ef,
  };

  for (guint i = 0; i < G_N_ELEMENTS (allowed); i++)
    {
      char text[7] = { 0 };
      g_autofree char *jid = NULL;
      g_autoptr (SidetoneAccount) account = NULL;

      g_unichar_to_utf8 (allowed[i], text);
      jid = g_strconcat ("ro", text, "meo@montague.lit", NULL);
      account = make (jid, NULL, NULL);
      g_assert_cmpstr (sidetone_account_get_jid (account), ==, jid);
    }

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      char text[7] = { 0 };
      g_autofree char *jid = NULL;

      g_unichar_to_utf8 (refused[i], text);
      jid = g_strconcat ("ro", text, "meo@montague.lit", NULL);
      assert_fails (jid, NULL, NULL, SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER);
    }
}

static void
test_bad_jid (void)
{
  static const struct
  {
    const char *text;
    SidetoneError code;
  } rows[] = {
    { "", SIDETONE_ERROR_ACCOUNT_EMPTY },
    { " \t\n", SIDETONE_ERROR_ACCOUNT_EMPTY },
    { "xmpp:", SIDETONE_ERROR_ACCOUNT_EMPTY },
    { "xmpp:?join", SIDETONE_ERROR_ACCOUNT_EMPTY },

    { "@montague.lit", SIDETONE_ERROR_ACCOUNT_NO_NAME },
    { "@", SIDETONE_ERROR_ACCOUNT_NO_NAME },

    { "romeo", SIDETONE_ERROR_ACCOUNT_NO_DOMAIN },
    { "romeo@", SIDETONE_ERROR_ACCOUNT_NO_DOMAIN },
    { "romeo@/orchard", SIDETONE_ERROR_ACCOUNT_NO_DOMAIN },
    { "romeo/orchard@montague.lit", SIDETONE_ERROR_ACCOUNT_NO_DOMAIN },
    { "/", SIDETONE_ERROR_ACCOUNT_NO_DOMAIN },

    /* RFC 7622 section 3.3.1 */
    { "ro meo@montague.lit", SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER },
    { "romeo @montague.lit", SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER },
    { "ro\"meo@montague.lit", SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER },
    { "ro&meo@montague.lit", SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER },
    { "ro'meo@montague.lit", SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER },
    { "ro:meo@montague.lit", SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER },
    { "ro<meo@montague.lit", SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER },
    { "ro>meo@montague.lit", SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER },
    { "ro\x01meo@montague.lit", SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER },
    { "ro\x7fmeo@montague.lit", SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER },
    { "ro\xffmeo@montague.lit", SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER },
    { "mailto:romeo@montague.lit", SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER },
    { "xmpp:ro%20meo@montague.lit", SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER },
    { "xmpp:ro%00meo@montague.lit", SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER },
    { "xmpp:ro%ffmeo@montague.lit", SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER },
    { "xmpp:ro%zzmeo@montague.lit", SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER },

    /* The same characters in other forms */
    { "ro＠meo@montague.lit", SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER },
    { "ro／meo@montague.lit", SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER },
    { "ro\u3000meo@montague.lit", SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER },
    { "ro\u00a0meo@montague.lit", SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER },

    /* RFC 7622 section 3.5 and RFC 8264 section 4.2: symbols, other forms, invisible characters */
    { "henryⅣ@example.com", SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER },
    { "♚@example.com", SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER },
    { "😀@example.com", SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER },
    { "ﬁ@example.com", SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER },
    { "ª@example.com", SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER },
    { "ro\u200bmeo@montague.lit", SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER },
    { "ro\u00admeo@montague.lit", SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER },
    { "ro\u202emeo@montague.lit", SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER },
    { "romeo\ufe0f@montague.lit", SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER },
    { "\ufeffromeo@montague.lit", SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER },
    { "\u1100@montague.lit", SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER },
    { "\u0640@montague.lit", SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER },

    { "romeo@montague@lit", SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN },
    { "romeo@@montague.lit", SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN },
    { "romeo@mont ague.lit", SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN },
    { "romeo@ montague.lit", SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN },
    { "romeo@montague..lit", SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN },
    { "romeo@.montague.lit", SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN },
    { "romeo@montague.lit..", SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN },
    { "romeo@.", SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN },
    { "romeo@-montague.lit", SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN },
    { "romeo@montague-.lit", SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN },
    { "romeo@mont_ague.lit", SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN },
    { "romeo@montague,lit", SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN },
    { "romeo@montague.lit:5222", SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN },
    { "romeo@\u200b.lit", SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN },
    { "romeo@mont“ague.lit", SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN },
    { "romeo@😀.lit", SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN },
    { "romeo@xn--a.lit", SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN },
    { "romeo@xn--bcher-2pa.lit", SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN },
    { "romeo@xn--.lit", SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN },
    { "romeo@192.0.2", SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN },
    { "romeo@300.0.2.1", SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN },
    { "romeo@2001:db8::1", SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN },
    { "romeo@[192.0.2.1]", SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN },
    { "romeo@[2001:db8::1", SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN },
    { "romeo@[montague.lit]", SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_fails (rows[i].text, NULL, NULL, rows[i].code);
}

static char *
repeat (const char *text,
        gsize       count)
{
  GString *string = g_string_new (NULL);

  for (gsize i = 0; i < count; i++)
    g_string_append (string, text);

  return g_string_free (string, FALSE);
}

/* The lengths count after the preparation, in bytes. */
static void
test_lengths (void)
{
  static const struct
  {
    const char *unit;
    gsize allowed;
  } names[] = {
    { "a", 1023 },
    { "A", 1023 },
    { "ü", 511 },
    { "ａ", 1023 },
  };
  g_autofree char *label = repeat ("a", 63);
  g_autofree char *longest =
    g_strdup_printf ("romeo@%s.%s.%s.%.61s", label, label, label, label);
  g_autofree char *too_long = g_strconcat (longest, "a", NULL);
  g_autofree char *long_label = g_strconcat ("romeo@a", label, ".lit", NULL);
  g_autofree char *beyond = repeat ("a.", 512);
  g_autofree char *long_domain = g_strconcat ("romeo@", beyond, NULL);
  g_autofree char *resource = repeat ("r", 2000);
  g_autofree char *with_resource = g_strconcat ("romeo@montague.lit/", resource, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *allowed_name = repeat (names[i].unit, names[i].allowed);
      g_autofree char *long_name = repeat (names[i].unit, names[i].allowed + 1);
      g_autofree char *allowed = g_strconcat (allowed_name, "@montague.lit", NULL);
      g_autofree char *refused = g_strconcat (long_name, "@montague.lit", NULL);

      sidetone_account_unref (make (allowed, NULL, NULL));
      assert_fails (refused, NULL, NULL, SIDETONE_ERROR_ACCOUNT_TOO_LONG);
    }

  g_assert_cmpuint (strlen (longest), ==, strlen ("romeo@") + 253);
  sidetone_account_unref (make (longest, NULL, NULL));
  sidetone_account_unref (make (with_resource, NULL, NULL));
  assert_fails (too_long, NULL, NULL, SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN);
  assert_fails (long_label, NULL, NULL, SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN);
  assert_fails (long_domain, NULL, NULL, SIDETONE_ERROR_ACCOUNT_TOO_LONG);
}

static void
test_server (void)
{
  static const struct
  {
    const char *text;
    const char *host;
    guint16 port;
  } rows[] = {
    { NULL, NULL, 0 },
    { "", NULL, 0 },
    { " ", NULL, 0 },
    { "xmpp.example.org", "xmpp.example.org", 0 },
    { "xmpp.example.org:5222", "xmpp.example.org", 5222 },
    { " XMPP.example.org.:1 ", "xmpp.example.org", 1 },
    { "localhost:65535", "localhost", 65535 },
    { "bücher.example:5223", "xn--bcher-kva.example", 5223 },
    { "192.0.2.1", "192.0.2.1", 0 },
    { "192.0.2.1:5222", "192.0.2.1", 5222 },
    { "2001:db8::1", "2001:db8::1", 0 },
    { "2001:db8::5222", "2001:db8::5222", 0 },
    { "::1", "::1", 0 },
    { "[2001:DB8::1]", "2001:db8::1", 0 },
    { "[2001:db8::1]:5222", "2001:db8::1", 5222 },
    { "[fe80::1%eth0]:5222", "fe80::1%eth0", 5222 },
    { "fe80::1%2", "fe80::1%2", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneAccount) account = make ("romeo@montague.lit", rows[i].text, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_cmpstr (sidetone_account_get_server_host (account), ==, rows[i].host);
      g_assert_cmpuint (sidetone_account_get_server_port (account), ==, rows[i].port);
      g_assert_true (sidetone_account_check_server (rows[i].text, &error));
      g_assert_no_error (error);
    }
}

static void
test_bad_server (void)
{
  static const char *const texts[] = {
    ":", ":5222", "xmpp.example.org:", "xmpp.example.org:0", "xmpp.example.org:65536",
    "xmpp.example.org:-1", "xmpp.example.org:+1", "xmpp.example.org: 1", "xmpp.example.org:xmpp",
    "xmpp.example.org:5222:5223", "xmpp.example.org:5222/", "xmpp.example.org/",
    "xmpp example.org", "xmpp:xmpp.example.org", "user@xmpp.example.org", "192.0.2", "192.0.2.1.1",
    "192.0.2.256:5222", "[]", "[]:5222", "[2001:db8::1", "2001:db8::1]", "[2001:db8::1]5222",
    "[2001:db8::1]:", "[2001:db8::1]:0", "[2001:db8::1]:65536", "[192.0.2.1]:5222",
    "[xmpp.example.org]:5222", "2001:db8::1:5222:1:2:3:4:5", "2001:db8::g", ".", "..", "-",
    "xmpp..example.org", "xn--a:5222", "\xff",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      assert_fails ("romeo@montague.lit", texts[i], NULL, SIDETONE_ERROR_BAD_SERVER);
      g_assert_false (sidetone_account_check_server (texts[i], &error));
      g_assert_error (error, SIDETONE_ERROR, SIDETONE_ERROR_BAD_SERVER);
    }
}

/* A port in a field of its own */
static void
test_port (void)
{
  static const char *const good[] = { "", " ", "1", "5222", " 5223 ", "65535", "0443" };
  static const char *const bad[] = {
    "0", "65536", "-1", "+1", "xmpp", "5222x", "52 22", ":5222", "0x50", "1.0", "\xff",
    "99999999999999999999",
  };

  g_assert_true (sidetone_account_check_port (NULL, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (sidetone_account_check_port (good[i], &error));
      g_assert_no_error (error);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (sidetone_account_check_port (bad[i], &error));
      g_assert_error (error, SIDETONE_ERROR, SIDETONE_ERROR_BAD_PORT);
    }
}

/* Two fields joined into one text, and the account made from it */
static void
test_compose_server (void)
{
  static const struct
  {
    const char *domain;
    const char *host;
    const char *port;
    const char *server;        /* NULL: nothing is overridden */
    const char *server_host;   /* NULL: it is no server */
    guint16 server_port;
  } rows[] = {
    { "montague.lit", NULL, NULL, NULL },
    { "montague.lit", "", "", NULL },
    { "montague.lit", " ", "\t", NULL },
    { "montague.lit", "xmpp.example.org", NULL, "xmpp.example.org", "xmpp.example.org", 0 },
    { "montague.lit", " xmpp.example.org ", " 5223 ", "xmpp.example.org:5223",
      "xmpp.example.org", 5223 },
    { "montague.lit", "192.0.2.1", "443", "192.0.2.1:443", "192.0.2.1", 443 },
    { "montague.lit", "2001:db8::1", "", "[2001:db8::1]", "2001:db8::1", 0 },
    { "montague.lit", "2001:db8::1", "5223", "[2001:db8::1]:5223", "2001:db8::1", 5223 },
    { "montague.lit", "[2001:db8::1]", "5223", "[2001:db8::1]:5223", "2001:db8::1", 5223 },
    { "montague.lit", "bücher.example", "5223", "bücher.example:5223", "xn--bcher-kva.example",
      5223 },
    /* The whole server in the first field, as people paste it */
    { "montague.lit", "xmpp.example.org:5223", "", "xmpp.example.org:5223", "xmpp.example.org",
      5223 },
    { "montague.lit", "xmpp.example.org:5223", "5224", "xmpp.example.org:5223:5224" },
    /* Only a port */
    { "montague.lit", "", "5223", "montague.lit:5223", "montague.lit", 5223 },
    { "[2001:db8::1]", NULL, "5223", "[2001:db8::1]:5223", "2001:db8::1", 5223 },
    { NULL, NULL, "5223", ":5223" },
    /* Not checked, but kept */
    { "montague.lit", "xmpp.example.org", "0", "xmpp.example.org:0" },
    { "montague.lit", "no server", "5223", "no server:5223" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *server = sidetone_account_compose_server (rows[i].domain, rows[i].host,
                                                                 rows[i].port);

      g_assert_cmpstr (server, ==, rows[i].server);
      if (server != NULL && rows[i].server_host == NULL)
        assert_fails ("romeo@montague.lit", server, NULL, SIDETONE_ERROR_BAD_SERVER);
      else
        {
          g_autoptr (SidetoneAccount) account = make ("romeo@montague.lit", server, NULL);

          g_assert_cmpstr (sidetone_account_get_server_host (account), ==, rows[i].server_host);
          g_assert_cmpuint (sidetone_account_get_server_port (account), ==, rows[i].server_port);
        }
    }
}

/* Back into the fields; then joined again */
static void
test_split_server (void)
{
  static const struct
  {
    const char *server;
    const char *host;
    const char *port;
    const char *again;
  } rows[] = {
    { NULL, "", "", NULL },
    { "", "", "", NULL },
    { " xmpp.example.org ", "xmpp.example.org", "", "xmpp.example.org" },
    { "xmpp.example.org:5223", "xmpp.example.org", "5223", "xmpp.example.org:5223" },
    { "192.0.2.1:443", "192.0.2.1", "443", "192.0.2.1:443" },
    { "2001:db8::1", "2001:db8::1", "", "[2001:db8::1]" },
    { "[2001:db8::1]", "[2001:db8::1]", "", "[2001:db8::1]" },
    { "[2001:db8::1]:5223", "2001:db8::1", "5223", "[2001:db8::1]:5223" },
    { "no server:5223", "no server:5223", "", "no server:5223" },
    { "xmpp.example.org:0", "xmpp.example.org:0", "", "xmpp.example.org:0" },
    { "[", "[", "", "[" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *host = NULL;
      g_autofree char *port = NULL;
      g_autofree char *again = NULL;

      sidetone_account_split_server (rows[i].server, &host, &port);
      g_assert_cmpstr (host, ==, rows[i].host);
      g_assert_cmpstr (port, ==, rows[i].port);

      again = sidetone_account_compose_server ("montague.lit", host, port);
      g_assert_cmpstr (again, ==, rows[i].again);
    }
}

static void
test_pin (void)
{
  static const struct
  {
    const char *text;
    const char *pin;
  } rows[] = {
    { NULL, NULL },
    { "", NULL },
    { PIN, PIN },
    { " " PIN "\n", PIN },
    { "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF", PIN },
    { "01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:"
      "01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF", PIN },
    { "01234567 89abcdef 01234567 89abcdef 01234567 89abcdef 01234567 89abcdef", PIN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneAccount) account = make ("romeo@montague.lit", NULL, rows[i].text);

      g_assert_cmpstr (sidetone_account_get_pin (account), ==, rows[i].pin);
    }
}

static void
test_bad_pin (void)
{
  static const char *const texts[] = {
    " ", ":", "0", PIN "0", PIN PIN, "SHA256:" PIN, "0x" PIN, "g" PIN,
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde",
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg",
    "0123456789abcdef0123456789abcdef01234567-89abcdef0123456789abcdef",
    "da39a3ee5e6b4b0d3255bfef95601890afd80709",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_fails ("romeo@montague.lit", NULL, texts[i], SIDETONE_ERROR_BAD_PIN);
}

static void
test_other_settings (void)
{
  g_autoptr (SidetoneAccount) plain = NULL;
  g_autoptr (SidetoneAccount) set = NULL;

  plain = sidetone_account_new ("romeo@montague.lit", NULL, SIDETONE_SECURITY_UNKNOWN, "", NULL,
                                NULL);
  g_assert_cmpint (sidetone_account_get_security (plain), ==, SIDETONE_SECURITY_AUTO);
  g_assert_null (sidetone_account_get_ca_file (plain));

  set = sidetone_account_new ("romeo@montague.lit", NULL, SIDETONE_SECURITY_DIRECT,
                              "some folder/ca.pem", NULL, NULL);
  g_assert_cmpint (sidetone_account_get_security (set), ==, SIDETONE_SECURITY_DIRECT);
  g_assert_cmpstr (sidetone_account_get_ca_file (set), ==, "some folder/ca.pem");
}

static void
test_new_pinned (void)
{
  g_autoptr (SidetoneAccount) account = NULL;
  g_autoptr (SidetoneAccount) pinned = NULL;
  g_autoptr (SidetoneAccount) unpinned = NULL;
  g_autoptr (GError) error = NULL;

  account = sidetone_account_new ("romeo@bücher.example", "192.0.2.1:5223",
                                  SIDETONE_SECURITY_DIRECT, "ca.pem", NULL, &error);
  g_assert_no_error (error);

  pinned = sidetone_account_new_pinned (account, PIN, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sidetone_account_get_jid (pinned), ==, "romeo@bücher.example");
  g_assert_cmpstr (sidetone_account_get_domain (pinned), ==, "bücher.example");
  g_assert_cmpstr (sidetone_account_get_ascii_domain (pinned), ==, "xn--bcher-kva.example");
  g_assert_cmpstr (sidetone_account_get_server_host (pinned), ==, "192.0.2.1");
  g_assert_cmpuint (sidetone_account_get_server_port (pinned), ==, 5223);
  g_assert_cmpint (sidetone_account_get_security (pinned), ==, SIDETONE_SECURITY_DIRECT);
  g_assert_cmpstr (sidetone_account_get_ca_file (pinned), ==, "ca.pem");
  g_assert_cmpstr (sidetone_account_get_pin (pinned), ==, PIN);
  g_assert_null (sidetone_account_get_pin (account));

  unpinned = sidetone_account_new_pinned (pinned, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (sidetone_account_get_pin (unpinned));

  g_assert_null (sidetone_account_new_pinned (account, "no pin", &error));
  g_assert_error (error, SIDETONE_ERROR, SIDETONE_ERROR_BAD_PIN);
}

static void
test_security_from_string (void)
{
  static const struct
  {
    const char *text;
    SidetoneSecurity security;
  } rows[] = {
    { "auto", SIDETONE_SECURITY_AUTO },
    { "starttls", SIDETONE_SECURITY_STARTTLS },
    { "direct", SIDETONE_SECURITY_DIRECT },
    { "unknown", SIDETONE_SECURITY_UNKNOWN },
    { "none", SIDETONE_SECURITY_UNKNOWN },
    { "", SIDETONE_SECURITY_UNKNOWN },
    { NULL, SIDETONE_SECURITY_UNKNOWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (sidetone_nick_find (SIDETONE_TYPE_SECURITY, rows[i].text), ==,
                     rows[i].security);
}

/* The connection process gets it as one line: other passwords are refused with words for the
 * user. */
static void
test_password (void)
{
  static const struct
  {
    const char *password;
    SidetoneError error;  /* 0: none */
  } rows[] = {
    { "secret", 0 },
    { " ", 0 },
    { "two words\t", 0 },
    { "p\xc3\xa4ssword", 0 },
    { "", SIDETONE_ERROR_PASSWORD_MISSING },
    { "\n", SIDETONE_ERROR_PASSWORD_LINE_BREAK },
    { "secret\n", SIDETONE_ERROR_PASSWORD_LINE_BREAK },
    { "sec\nret", SIDETONE_ERROR_PASSWORD_LINE_BREAK },
    { "\rsecret", SIDETONE_ERROR_PASSWORD_LINE_BREAK },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean good = sidetone_account_check_password (rows[i].password, &error);

      g_assert_true (good == (rows[i].error == 0));
      if (good)
        {
          g_assert_no_error (error);
          continue;
        }
      g_assert_error (error, SIDETONE_ERROR, (int) rows[i].error);
      g_assert_null (strstr (error->message, "sec"));
    }
}

/* A network's login page answers in place of such a page. */
static void
test_page (void)
{
  static const struct
  {
    const char *host;
    const char *page;
  } rows[] = {
    { "montague.lit", "http://montague.lit/" },
    { "bücher.example", "http://xn--bcher-kva.example/" },
    { "192.0.2.1", "http://192.0.2.1/" },
    { "[2001:db8::1]", "http://[2001:db8::1]/" },
    { "montague.lit/path", NULL },
    { "user@montague.lit", NULL },
    { "montague.lit:80", NULL },
    { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *page = sidetone_host_dup_page (rows[i].host);

      g_assert_cmpstr (page, ==, rows[i].page);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/account/jid", test_jid);
  g_test_add_func ("/account/bad-jid", test_bad_jid);
  g_test_add_func ("/account/code-points", test_code_points);
  g_test_add_func ("/account/lengths", test_lengths);
  g_test_add_func ("/account/server", test_server);
  g_test_add_func ("/account/bad-server", test_bad_server);
  g_test_add_func ("/account/port", test_port);
  g_test_add_func ("/account/compose-server", test_compose_server);
  g_test_add_func ("/account/split-server", test_split_server);
  g_test_add_func ("/account/password", test_password);
  g_test_add_func ("/account/pin", test_pin);
  g_test_add_func ("/account/bad-pin", test_bad_pin);
  g_test_add_func ("/account/other-settings", test_other_settings);
  g_test_add_func ("/account/new-pinned", test_new_pinned);
  g_test_add_func ("/account/security-from-string", test_security_from_string);
  g_test_add_func ("/account/page", test_page);

  return g_test_run ();
}
