/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-test"

#include "config.h"

#include "lib/scripts.h"

#define EXPECT(text) { SIDETONE_TEST_STEP_EXPECT, text, 1 }
#define SEND(text) { SIDETONE_TEST_STEP_SEND, text, 1 }
#define SEND_MANY(text, count) { SIDETONE_TEST_STEP_SEND, text, count }
#define SEND_BYTEWISE(text) { SIDETONE_TEST_STEP_SEND_BYTEWISE, text, 1 }
#define TLS { SIDETONE_TEST_STEP_TLS, NULL, 0 }
#define SASL { SIDETONE_TEST_STEP_SASL, NULL, 0 }
#define BIND { SIDETONE_TEST_STEP_BIND, NULL, 0 }
#define SERVE { SIDETONE_TEST_STEP_SERVE, NULL, 0 }
#define HANG { SIDETONE_TEST_STEP_HANG, NULL, 0 }
#define RESET { SIDETONE_TEST_STEP_RESET, NULL, 0 }
#define END { SIDETONE_TEST_STEP_END, NULL, 0 }

#define HEADER \
  "<?xml version='1.0'?><stream:stream xmlns='jabber:client' " \
  "xmlns:stream='http://etherx.jabber.org/streams' id='s1' from='$domain' version='1.0'>"
#define STREAM_ERROR(condition) \
  "<stream:error>" condition "</stream:error></stream:stream>"
#define STREAM_CONDITION(name, more) \
  "<" name " xmlns='urn:ietf:params:xml:ns:xmpp-streams'" more
#define SYSTEM_SHUTDOWN STREAM_ERROR (STREAM_CONDITION ("system-shutdown", "/>"))

/* A stream's beginning, up to the client's turn */
#define OPEN EXPECT ("<stream:stream"), SEND (HEADER)
#define OFFER_TLS \
  SEND ("<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>" \
        "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>PLAIN</mechanism>" \
        "</mechanisms></stream:features>"), \
  EXPECT ("<starttls")
#define PROCEED SEND ("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"), TLS
#define OFFER_SASL \
  SEND ("<stream:features><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>$mechanisms" \
        "</mechanisms></stream:features>")
#define OFFER_BIND \
  SEND ("<stream:features><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>" \
        "<session xmlns='urn:ietf:params:xml:ns:xmpp-session'><optional/></session>" \
        "<sm xmlns='urn:xmpp:sm:3'/></stream:features>")
#define SIGN_IN OPEN, OFFER_SASL, SASL, OPEN, OFFER_BIND, BIND

#define STEPS(...) ((const SidetoneTestStep[]) { __VA_ARGS__, END })
#define ANSWERS(...) ((const SidetoneTestAnswer[]) { __VA_ARGS__, { NULL, NULL } })
#define SASL_FAILURE(inner) \
  "<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>" inner "</failure>"

#define SIC "urn:xmpp:sic:1"
#define DISCO "http://jabber.org/protocol/disco#info"
#define SOFTWARE_NS "jabber:iq:version"
#define SOFTWARE \
  "<query xmlns='" SOFTWARE_NS "'><name>Test</name><version>0.1.2</version><os>Any</os></query>"
#define RESULT(inner) "<iq type='result' id='$id' to='$jid'>" inner "</iq>"
#define ERROR(type, condition) \
  "<iq type='error' id='$id' to='$jid'><error type='" type "'><" condition \
  " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>"
#define ADDRESS "<address xmlns='" SIC "'><ip>$ip</ip><port>$port</port></address>"

static const SidetoneTestStep good_plain[] = { OPEN, OFFER_TLS, PROCEED, END };
static const SidetoneTestStep good_secure[] = { SIGN_IN, SERVE, END };
static const SidetoneTestStep good_direct[] = { TLS, END };

static const SidetoneTestAnswer good_answers[] = {
  { DISCO, "<iq type='result' id='$id' from='$domain' to='$jid'><query xmlns='" DISCO "'>"
    "<identity category='server' type='im' name='Test server'/><feature var='" DISCO "'/>"
    "<feature var='" SIC "'/></query></iq>" },
  { SIC, RESULT (ADDRESS) },
  { NULL, NULL },
};

static const SidetoneTestScript scripts[] = {
  { .name = "good" },

  /* Which program it is: told, and silence */
  { .name = "software", .answers = ANSWERS ({ SOFTWARE_NS, RESULT (SOFTWARE) }) },
  { .name = "software-silent", .answers = ANSWERS ({ SOFTWARE_NS, NULL }) },

  /* Silent at each stage */
  { .name = "stream-hang", .plain = STEPS (HANG), .secure = STEPS (HANG) },
  { .name = "starttls-hang", .plain = STEPS (OPEN, OFFER_TLS, HANG), .secure = STEPS (HANG) },
  { .name = "tls-hang", .tls = STEPS (HANG) },
  { .name = "secure-stream-hang", .secure = STEPS (HANG) },
  { .name = "sasl-hang", .secure = STEPS (OPEN, OFFER_SASL, EXPECT ("<auth"), HANG) },
  { .name = "bind-hang", .secure = STEPS (OPEN, OFFER_SASL, SASL, OPEN, OFFER_BIND,
                                          EXPECT ("<iq"), HANG) },
  { .name = "query-hang", .secure = STEPS (SIGN_IN, HANG) },

  /* Closed at each stage */
  { .name = "no-word", .plain = (const SidetoneTestStep[]) { END } },
  { .name = "stream-close", .plain = STEPS (EXPECT ("<stream:stream")) },
  { .name = "stream-reset", .plain = STEPS (EXPECT ("<stream:stream"), RESET) },
  { .name = "tls-close", .tls = STEPS (EXPECT ("\x16\x03")) },
  { .name = "tls-reset", .tls = STEPS (EXPECT ("\x16\x03"), RESET) },
  { .name = "secure-stream-close", .secure = STEPS (EXPECT ("<stream:stream")) },
  { .name = "sasl-close", .secure = STEPS (OPEN, OFFER_SASL, EXPECT ("<auth")) },
  { .name = "sasl-reset", .secure = STEPS (OPEN, OFFER_SASL, EXPECT ("<auth"), RESET) },
  { .name = "bind-close", .secure = STEPS (OPEN, OFFER_SASL, SASL, OPEN, OFFER_BIND,
                                           EXPECT ("<iq")) },
  { .name = "query-close", .secure = STEPS (SIGN_IN, EXPECT ("<iq")) },
  { .name = "query-reset", .secure = STEPS (SIGN_IN, EXPECT ("<iq"), RESET) },
  { .name = "half-answer", .secure = STEPS (SIGN_IN, EXPECT (SIC),
                                            SEND ("<iq type='result' id='$id'><address xmlns='")) },

  /* Not XMPP */
  { .name = "banner-smtp", .plain = STEPS (SEND ("220 mail.montague.lit ESMTP\r\n"), HANG),
    .tls = STEPS (SEND ("220 mail.montague.lit ESMTP\r\n"), HANG) },
  { .name = "banner-ssh", .plain = STEPS (SEND ("SSH-2.0-OpenSSH_9.2p1\r\n"), HANG) },
  { .name = "http", .plain = STEPS (EXPECT ("<stream"), SEND ("HTTP/1.1 400 Bad Request\r\n"
                                                              "Connection: close\r\n\r\n")),
    .tls = STEPS (EXPECT ("\x16\x03"), SEND ("HTTP/1.1 400 Bad Request\r\n\r\n")) },
  { .name = "https", .secure = STEPS (EXPECT ("<stream"), SEND ("HTTP/1.1 400 Bad Request\r\n"
                                                                "Connection: close\r\n\r\n")) },
  { .name = "html", .plain = STEPS (EXPECT ("<stream"), SEND ("<html><body>Sign in</body></html>"),
                                    HANG) },
  { .name = "other-xml", .plain = STEPS (EXPECT ("<stream"), SEND ("<rss version='2.0'>"), HANG) },
  { .name = "tls-alert", .plain = STEPS (EXPECT ("<stream"), SEND ("\x15\x03\x01"), HANG) },
  { .name = "plain-where-tls", .tls = STEPS (EXPECT ("\x16\x03"), SEND (HEADER), HANG) },

  /* TLS */
  { .name = "no-starttls", .plain = STEPS (OPEN, OFFER_SASL, HANG) },
  { .name = "starttls-failure",
    .plain = STEPS (OPEN, OFFER_TLS, SEND ("<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"
                                           "</stream:stream>")) },
  /* A whole record of 257 bytes, because a length with a NUL in it can't be written */
  { .name = "tls-garbage", .tls = STEPS (EXPECT ("\x16\x03"), SEND ("\x16\x03\x03\x01\x01"),
                                         SEND_MANY ("g", 257), HANG) },
  { .name = "self-signed", .certificate = "self-signed" },
  { .name = "unknown-ca", .certificate = "unknown-ca" },
  { .name = "no-chain", .certificate = "no-chain" },
  { .name = "wrong-name", .certificate = "wrong-name" },
  { .name = "expired", .certificate = "expired" },
  { .name = "not-yet-valid", .certificate = "not-yet-valid" },
  { .name = "shared-port", .shared_port = TRUE },
  { .name = "other-certificate", .certificate = "other" },

  /* Streams */
  { .name = "host-unknown", .plain = STEPS (OPEN, SEND (STREAM_ERROR (
                                                          STREAM_CONDITION ("host-unknown", "/>")
                                                          STREAM_CONDITION ("text",
                                                                            ">Not here</text>")))),
    .secure = STEPS (OPEN, SEND (STREAM_ERROR (STREAM_CONDITION ("host-unknown", "/>")))) },
  { .name = "host-gone",
    .plain = STEPS (OPEN, SEND (STREAM_ERROR (STREAM_CONDITION ("host-gone", "/>")))) },
  { .name = "see-other-host",
    .plain = STEPS (OPEN, SEND (STREAM_ERROR (STREAM_CONDITION ("see-other-host",
                                                                ">xmpp.example.org:5222"
                                                                "</see-other-host>")))) },
  { .name = "policy-violation",
    .plain = STEPS (OPEN, SEND (STREAM_ERROR (STREAM_CONDITION ("policy-violation", "/>")
                                              STREAM_CONDITION ("text",
                                                                ">Too many connections"
                                                                "</text>")))) },
  { .name = "system-shutdown", .plain = STEPS (OPEN, SEND (SYSTEM_SHUTDOWN)) },
  { .name = "invalid-namespace",
    .plain = STEPS (OPEN, SEND (STREAM_ERROR (STREAM_CONDITION ("invalid-namespace", "/>")))) },
  { .name = "dialback",
    .secure = STEPS (OPEN, SEND ("<stream:features><dialback xmlns='urn:xmpp:features:dialback'/>"
                                 "</stream:features>"), HANG) },
  { .name = "stream-end", .plain = STEPS (OPEN, SEND ("</stream:stream>"), HANG) },
  { .name = "not-well-formed",
    .plain = STEPS (OPEN, SEND (STREAM_ERROR (STREAM_CONDITION ("not-well-formed", "/>")))) },
  { .name = "half-header", .plain = STEPS (EXPECT ("<stream:stream"), SEND ("<?xml version=")) },
  { .name = "bytewise", .plain = STEPS (EXPECT ("<stream:stream"), SEND_BYTEWISE (HEADER), OFFER_TLS,
                                        PROCEED) },
  { .name = "invalid-xml", .plain = STEPS (OPEN, SEND ("<stream:features></oops>"), HANG) },
  { .name = "endless", .plain = STEPS (OPEN, SEND ("<stream:features>"), SEND_MANY ("<a/>", 0)),
    .secure = STEPS (OPEN, SEND ("<stream:features>"), SEND_MANY ("<a/>", 0)) },
  { .name = "nested", .plain = STEPS (OPEN, SEND_MANY ("<a>", 80000), SEND_MANY ("</a>", 80000),
                                      HANG),
    .secure = STEPS (OPEN, SEND_MANY ("<a>", 80000), SEND_MANY ("</a>", 80000), HANG) },

  /* SASL and bind */
  { .name = "plain-only", .mechanisms = "PLAIN" },
  { .name = "weak", .mechanisms = "DIGEST-MD5 CRAM-MD5 LOGIN" },
  { .name = "unknown-mechanisms", .mechanisms = "X-OAUTH2 EXTERNAL DIGEST-MD5" },
  { .name = "no-mechanisms", .secure = STEPS (OPEN, SEND ("<stream:features/>"), HANG) },
  { .name = "not-authorized", .mechanisms = "SCRAM-SHA-512 SCRAM-SHA-256 SCRAM-SHA-1 PLAIN",
    .sasl_failure = SASL_FAILURE ("<not-authorized/><text xml:lang='en'>Invalid username or "
                                  "password</text>") },
  { .name = "account-disabled",
    .sasl_failure = SASL_FAILURE ("<account-disabled/><text>Call the office</text>") },
  { .name = "credentials-expired", .sasl_failure = SASL_FAILURE ("<credentials-expired/>") },
  { .name = "temporary-auth-failure", .sasl_failure = SASL_FAILURE ("<temporary-auth-failure/>") },
  { .name = "channel-binding",
    .sasl_failure = SASL_FAILURE ("<not-authorized/><text>Invalid channel binding</text>") },
  { .name = "binding-type",
    .sasl_failure = SASL_FAILURE ("<malformed-request/><text>Proposed channel binding type isn't "
                                  "supported.</text>") },
  { .name = "other-scram",
    .sasl_failure = SASL_FAILURE ("<not-authorized/><text>Incompatible SCRAM methods</text>") },
  { .name = "plus-only", .mechanisms = "SCRAM-SHA-256-PLUS SCRAM-SHA-1-PLUS" },
  { .name = "encryption-required", .sasl_failure = SASL_FAILURE ("<encryption-required/>") },
  { .name = "malformed-request", .sasl_failure = SASL_FAILURE ("<malformed-request/>") },
  { .name = "long-salt", .scram.salt_bytes = 200 },
  { .name = "many-iterations", .scram.iterations = 10000000 },
  { .name = "scram-extension", .scram.first = "r=$r,s=$s,i=$i,d=ignored" },
  { .name = "scram-no-signature", .scram.signature = "" },
  { .name = "scram-wrong-signature", .scram.signature = "v=d2hlcmVmb3JlIGFydCB0aG91IQA=" },
  { .name = "scram-cut-signature", .scram.signature = "v=d2hlcmU=" },
  { .name = "scram-error", .scram.signature = "e=other-error" },
  { .name = "scram-early-success", .scram.early_success = TRUE },
  { .name = "scram-wrong-nonce", .scram.nonce = "another" },
  { .name = "scram-zero-iterations", .scram.first = "r=$r,s=$s,i=0" },
  { .name = "scram-no-iterations", .scram.first = "r=$r,s=$s" },
  { .name = "scram-empty-iterations", .scram.first = "r=$r,s=$s,i=" },
  { .name = "scram-word-iterations", .scram.first = "r=$r,s=$s,i=abc" },
  { .name = "scram-signed-iterations", .scram.first = "r=$r,s=$s,i=+4096" },
  { .name = "scram-trailing-iterations", .scram.first = "r=$r,s=$s,i=4096x" },
  { .name = "scram-large-iterations", .scram.first = "r=$r,s=$s,i=4294967297" },
  { .name = "scram-mandatory", .scram.first = "m=future,r=$r,s=$s,i=$i" },
  { .name = "scram-twice", .scram.first = "r=$r,s=$s,i=$i,i=1" },
  { .name = "scram-no-salt", .scram.first = "r=$r,s=,i=$i" },
  { .name = "quotes-password", .mechanisms = "PLAIN",
    .sasl_failure = SASL_FAILURE ("<not-authorized/><text>Not " SIDETONE_TEST_PASSWORD " or "
                                  SIDETONE_TEST_PASSWORD_BASE64 " or " SIDETONE_TEST_PLAIN_BASE64
                                  "!</text>") },
  { .name = "quotes-as-condition", .mechanisms = "PLAIN",
    .sasl_failure = SASL_FAILURE ("<" SIDETONE_TEST_PASSWORD "/>") },
  { .name = "quotes-in-answer", .mechanisms = "PLAIN",
    .answers = ANSWERS ({ SIC, RESULT ("<address xmlns='" SIC "' x='" SIDETONE_TEST_PLAIN_BASE64
                                       "'><ip>" SIDETONE_TEST_PASSWORD "</ip><"
                                       SIDETONE_TEST_PASSWORD "/></address>") },
                        { DISCO, "<iq type='error' id='$id'><error type='cancel'><"
                          SIDETONE_TEST_PASSWORD " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
                          "<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>No: "
                          SIDETONE_TEST_PASSWORD "</text></error></iq>" }) },
  { .name = "no-bind", .secure = STEPS (OPEN, OFFER_SASL, SASL, OPEN, SEND ("<stream:features/>"),
                                        HANG) },
  { .name = "bind-error",
    .secure = STEPS (OPEN, OFFER_SASL, SASL, OPEN, OFFER_BIND, EXPECT ("<iq"),
                     SEND ("<iq type='error' id='$id'><error type='wait'><resource-constraint "
                           "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/><text "
                           "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>Too many devices</text>"
                           "</error></iq>"), HANG) },

  { .name = "bind-not-allowed",
    .secure = STEPS (OPEN, OFFER_SASL, SASL, OPEN, OFFER_BIND, EXPECT ("<iq"),
                     SEND ("<iq type='error' id='$id'><error type='cancel'><not-allowed "
                           "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>"), HANG) },

  /* The address check */
  { .name = "sic-not-offered",
    .answers = ANSWERS ({ DISCO, RESULT ("<query xmlns='" DISCO "'><feature var='" DISCO "'/>"
                                         "</query>") },
                        { SIC, ERROR ("cancel", "service-unavailable") }) },
  { .name = "sic-forbidden", .answers = ANSWERS ({ SIC, ERROR ("auth", "forbidden") }) },
  { .name = "sic-unavailable",
    .answers = ANSWERS ({ SIC, ERROR ("cancel", "service-unavailable") }) },
  { .name = "sic-internal-error",
    .answers = ANSWERS ({ SIC, ERROR ("wait", "internal-server-error") }) },
  { .name = "sic-no-answer", .answers = ANSWERS ({ SIC, NULL }) },
  { .name = "sic-no-port",
    .answers = ANSWERS ({ SIC, RESULT ("<address xmlns='" SIC "'><ip>$ip</ip></address>") }) },
  { .name = "sic-no-address",
    .answers = ANSWERS ({ SIC, RESULT ("<address xmlns='" SIC "'><ip>nowhere</ip></address>") }) },
  { .name = "sic-empty", .answers = ANSWERS ({ SIC, RESULT ("") }) },
  { .name = "sic-elsewhere",
    .answers = ANSWERS ({ SIC, RESULT ("<address xmlns='" SIC "'><ip>198.51.100.1</ip>"
                                       "<port>44308</port></address>") }) },
  { .name = "sic-huge", .secure = STEPS (SIGN_IN, EXPECT ("<iq"),
                                         SEND ("<iq type='result' id='$id'><address xmlns='" SIC
                                               "'><ip>"), SEND_MANY ("192.0.2.1 ", 8000),
                                         SEND ("</ip></address></iq>"), SERVE) },
  { .name = "sic-endless", .secure = STEPS (SIGN_IN, EXPECT ("<iq"), SEND ("<iq type='result'>"),
                                            SEND_MANY ("<ip/>", 0)) },
  { .name = "sic-invalid-xml", .secure = STEPS (SIGN_IN, EXPECT ("<iq"), SEND ("<iq></oops>"),
                                                HANG) },
  { .name = "sic-stranger",
    .answers = ANSWERS ({ SIC, "<iq type='result' id='$id' from='tybalt@capulet.lit/x'>" ADDRESS
                          "</iq>" }) },
  { .name = "sic-own-jid",
    .answers = ANSWERS ({ SIC, "<iq type='result' id='$id' from='$bare'>" ADDRESS "</iq>" }) },
  { .name = "online-error", .secure = STEPS (SIGN_IN, EXPECT ("<iq"),
                                             SEND (SYSTEM_SHUTDOWN)) },
  { .name = "conflict",
    .secure = STEPS (SIGN_IN, EXPECT ("<iq"),
                     SEND (STREAM_ERROR (STREAM_CONDITION ("conflict", "/>")
                                         STREAM_CONDITION ("text", ">Replaced by new connection"
                                                           "</text>")))) },
  { .name = "ping", .secure = STEPS (SIGN_IN,
                                     SEND ("<iq type='get' id='p&amp;1' from='$domain' to='$jid'>"
                                           "<ping xmlns='urn:xmpp:ping'/></iq>"), SERVE) },
};

const SidetoneTestScript *
sidetone_test_script_get (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++)
    if (g_str_equal (scripts[i].name, name))
      return &scripts[i];
  g_error ("There is no script %s", name);
}

/* The first steps of a connection */
const SidetoneTestStep *
sidetone_test_script_get_plain (const SidetoneTestScript *script)
{
  if (script->direct_tls)
    return good_direct;
  return script->plain != NULL ? script->plain : good_plain;
}

const SidetoneTestStep *
sidetone_test_script_get_secure (const SidetoneTestScript *script)
{
  return script->secure != NULL ? script->secure : good_secure;
}

/* NULL for an unknown question */
const SidetoneTestAnswer *
sidetone_test_script_find_answer (const SidetoneTestScript *script,
                                  const char               *question)
{
  const SidetoneTestAnswer *tables[] = { script->answers, good_answers };

  for (gsize t = 0; t < G_N_ELEMENTS (tables); t++)
    for (const SidetoneTestAnswer *row = tables[t]; row != NULL && row->xmlns != NULL; row++)
      if (strstr (question, row->xmlns) != NULL)
        return row;
  return NULL;
}
