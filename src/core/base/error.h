/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define SIDETONE_ERROR (sidetone_error_quark ())

/**
 * SidetoneError:
 *
 * Everything that can stand between a person and an answer. Each has a code for reports (the nick:
 * `wrong-password`), which is API and never changes, and words in words/describe.c. The comment
 * behind each says what a person could do next.
 */
typedef enum
{
  SIDETONE_ERROR_UNKNOWN,                  /* report it: this is our gap */

  /* What a person typed */
  SIDETONE_ERROR_ACCOUNT_EMPTY,            /* type the account */
  SIDETONE_ERROR_ACCOUNT_NO_NAME,          /* add what stands before the @ */
  SIDETONE_ERROR_ACCOUNT_NO_DOMAIN,        /* add what stands behind the @ */
  SIDETONE_ERROR_ACCOUNT_TOO_LONG,         /* shorten it: 1023 bytes a part, RFC 7622 section 3.1 */
  SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER, /* look for a space, a quotation mark, ... */
  SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN,       /* correct what stands behind the @ */
  SIDETONE_ERROR_BAD_SERVER,               /* write HOST or HOST:PORT */
  SIDETONE_ERROR_BAD_PORT,                 /* write a number from 1 to 65535 */
  SIDETONE_ERROR_BAD_PIN,                  /* 64 hexadecimal digits */
  SIDETONE_ERROR_BAD_ADDRESS,              /* not an IP address */
  SIDETONE_ERROR_BAD_SERVICE,              /* write turn:HOST:PORT?transport=tcp, or stun:HOST */
  SIDETONE_ERROR_FILE_UNREADABLE,          /* choose another file */
  SIDETONE_ERROR_BAD_CA_FILE,              /* choose a PEM file with certificates */
  SIDETONE_ERROR_NOT_A_REPORT,             /* choose a Sidetone report */
  SIDETONE_ERROR_REPORT_TOO_NEW,           /* open it with a newer Sidetone */
  SIDETONE_ERROR_PASSWORD_MISSING,         /* type the password */
  SIDETONE_ERROR_PASSWORD_LINE_BREAK,      /* type it again, or copy it without the line break */
  SIDETONE_ERROR_PASSWORD_NOT_KEPT,        /* type it again at the next check */

  /* Text from the wire: each limit of the readers has its own */
  SIDETONE_ERROR_TEXT_TOO_LARGE,
  SIDETONE_ERROR_TEXT_TOO_DEEP,
  SIDETONE_ERROR_TEXT_MALFORMED,
  SIDETONE_ERROR_XML_DUPLICATE_ATTRIBUTE,
  SIDETONE_ERROR_XML_DOCTYPE,
  SIDETONE_ERROR_XML_ENTITY,

  /* Names */
  SIDETONE_ERROR_OFFLINE,                  /* connect this computer to a network */
  SIDETONE_ERROR_NAME_NOT_FOUND,           /* correct the account or the server */
  SIDETONE_ERROR_DNS_NO_ANSWER,            /* check the network; its name server is silent */
  SIDETONE_ERROR_DNS_FAILED,               /* the name server answered with a fault */
  SIDETONE_ERROR_NOT_OFFERED_BY_DNS,       /* SRV target ".": no XMPP there; correct the account */

  /* TCP */
  SIDETONE_ERROR_CONNECTION_REFUSED,       /* ask the administrator, or correct the port */
  SIDETONE_ERROR_UNREACHABLE,              /* check the network */
  SIDETONE_ERROR_TCP_NO_ANSWER,            /* a firewall, or the server is down */

  /* TLS */
  SIDETONE_ERROR_TLS_NOT_OFFERED,          /* tell the administrator */
  SIDETONE_ERROR_TLS_REFUSED,              /* the server answered <failure/> to STARTTLS */
  SIDETONE_ERROR_TLS_FAILED,               /* handshake broke */
  SIDETONE_ERROR_TLS_NO_ANSWER,            /* handshake never ended */
  SIDETONE_ERROR_CERTIFICATE_SELF_SIGNED,
  SIDETONE_ERROR_CERTIFICATE_UNKNOWN_ISSUER,
  SIDETONE_ERROR_CERTIFICATE_WRONG_NAME,
  SIDETONE_ERROR_CERTIFICATE_EXPIRED,
  SIDETONE_ERROR_CERTIFICATE_NOT_YET_VALID,
  SIDETONE_ERROR_CERTIFICATE_OTHER,        /* refused for a reason that its text names */
  SIDETONE_ERROR_CERTIFICATE_NOT_PINNED,   /* another certificate than the one that was accepted */

  /* Stream */
  SIDETONE_ERROR_NOT_XMPP,                 /* a banner of another protocol */
  SIDETONE_ERROR_HTTP_ANSWER,              /* a web server: a guest network that wants a login? */
  SIDETONE_ERROR_STREAM_NO_ANSWER,         /* TCP is up, nothing more comes */
  SIDETONE_ERROR_HOST_UNKNOWN,             /* this server does not serve that domain */
  SIDETONE_ERROR_STREAM_ERROR,             /* another one; its condition and text are kept */
  SIDETONE_ERROR_TOO_MUCH_DATA,            /* the server sends without end */
  SIDETONE_ERROR_CONNECTION_LOST,          /* broke off; check again */

  /* SASL and bind */
  SIDETONE_ERROR_WEAK_MECHANISMS,          /* none that would not betray the password */
  SIDETONE_ERROR_WRONG_PASSWORD,           /* type it again */
  SIDETONE_ERROR_ACCOUNT_DISABLED,         /* ask the administrator */
  SIDETONE_ERROR_SIGN_IN_REFUSED,          /* another failure; its condition and text are kept */
  SIDETONE_ERROR_SIGN_IN_NO_ANSWER,
  SIDETONE_ERROR_NO_BIND,                  /* signed in, but no address on the network was given */
  SIDETONE_ERROR_BIND_REFUSED,
  SIDETONE_ERROR_BIND_NO_ANSWER,

  /* Queries */
  SIDETONE_ERROR_NOT_OFFERED,              /* says the server, or disco does not list it */
  SIDETONE_ERROR_FORBIDDEN,
  SIDETONE_ERROR_NO_ANSWER,                /* 5 s passed */
  SIDETONE_ERROR_BAD_ANSWER,               /* an answer, but no address in it */
  SIDETONE_ERROR_QUERY_FAILED,             /* another one; its condition and text are kept */

  /* The connection program */
  SIDETONE_ERROR_CONNECTION_PROGRAM_MISSING, /* install Sidetone anew */
  SIDETONE_ERROR_CONNECTION_PROGRAM_ENDED, /* crashed or killed: the server's answer broke it */
  SIDETONE_ERROR_CONNECTION_PROGRAM_NONSENSE, /* wrote what is not ours */

  SIDETONE_ERROR_TIMED_OUT,                /* --timeout passed */

  /* STUN and TURN: a server that is to help with calls */
  SIDETONE_ERROR_STUN_NO_ANSWER,           /* a firewall, or the server is down */
  SIDETONE_ERROR_STUN_BAD_ANSWER,          /* tell the administrator: it is no STUN */
  SIDETONE_ERROR_STUN_WRONG_SOURCE,        /* the answer came from an address that was not asked */
  SIDETONE_ERROR_STUN_NOT_GENUINE,         /* the answer was not signed with the credentials */
  SIDETONE_ERROR_STUN_FAILED,              /* another error; its code and text are kept */
  SIDETONE_ERROR_TURN_TRY_ALTERNATE,       /* 300: names a server that nobody announced */
  SIDETONE_ERROR_TURN_BAD_REQUEST,         /* 400 */
  SIDETONE_ERROR_TURN_UNAUTHORIZED,        /* 401 to the announced credentials: wrong or expired */
  SIDETONE_ERROR_TURN_FORBIDDEN,           /* 403: by a rule of the server */
  SIDETONE_ERROR_TURN_MISMATCH,            /* 437: another relay at the same port; check again */
  SIDETONE_ERROR_TURN_STALE_NONCE,         /* 438, and once more after the new nonce was used */
  SIDETONE_ERROR_TURN_FAMILY_UNSUPPORTED,  /* 440: no relay for this version of IP */
  SIDETONE_ERROR_TURN_WRONG_CREDENTIALS,   /* 441: not those with which the relay was opened */
  SIDETONE_ERROR_TURN_TRANSPORT_UNSUPPORTED, /* 442: no relay that sends UDP */
  SIDETONE_ERROR_TURN_PEER_FAMILY,         /* 443: the peer's version of IP is not the relay's */
  SIDETONE_ERROR_TURN_QUOTA,               /* 486: this account has as many as it may have */
  SIDETONE_ERROR_TURN_NO_CAPACITY,         /* 508 */
  SIDETONE_ERROR_RELAY_SILENT,             /* a relay is there, and passes nothing on */
} SidetoneError;

#define SIDETONE_TYPE_ERROR (sidetone_error_get_type ())

GQuark sidetone_error_quark (void);
GType sidetone_error_get_type (void);

const char *sidetone_error_to_code (SidetoneError error);
SidetoneError sidetone_error_from_code (const char *code);

G_END_DECLS
