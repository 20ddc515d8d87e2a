/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "base/finding-kind.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define SIDETONE_ERROR (sidetone_error_quark ())

/**
 * SidetoneError:
 *
 * Everything that can fail. Each error's facts are in its row, in base/error.c. The comment after
 * each says what the user can do next.
 */
typedef enum
{
  SIDETONE_ERROR_UNKNOWN,                  /* report it: a gap in Sidetone */

  /* The user's input */
  SIDETONE_ERROR_ACCOUNT_EMPTY,            /* type the account */
  SIDETONE_ERROR_ACCOUNT_NO_NAME,          /* add the part before the @ */
  SIDETONE_ERROR_ACCOUNT_NO_DOMAIN,        /* add the part after the @ */
  SIDETONE_ERROR_ACCOUNT_TOO_LONG,         /* shorten it: 1023 bytes a part, RFC 7622 section 3.1 */
  SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER, /* look for a space, a quotation mark, ... */
  SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN,       /* correct the part after the @ */
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

  /* Text from the wire: each limit of the readers has an error */
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
  SIDETONE_ERROR_SRV_NO_ANSWER,            /* the name server answers, but not where XMPP is */
  SIDETONE_ERROR_DNS_FAILED,               /* the name server answered with a fault */
  SIDETONE_ERROR_TARGET_NOT_FOUND,         /* tell the administrator: SRV names what does not exist */
  SIDETONE_ERROR_SERVER_IPV6_ONLY,         /* tell the administrator: this computer lacks IPv6 */
  SIDETONE_ERROR_SERVER_IPV4_ONLY,         /* connect again: this computer lacks IPv4 */
  SIDETONE_ERROR_NOT_OFFERED_BY_DNS,       /* SRV target ".": no XMPP there; correct the account */

  /* TCP */
  SIDETONE_ERROR_CONNECTION_REFUSED,       /* ask the administrator, or correct the port */
  SIDETONE_ERROR_UNREACHABLE,              /* check the network */
  SIDETONE_ERROR_TCP_NO_ANSWER,            /* a firewall, or the server is down */

  /* TLS */
  SIDETONE_ERROR_TLS_NOT_OFFERED,          /* tell the administrator */
  SIDETONE_ERROR_TLS_REFUSED,              /* the server answered <failure/> to STARTTLS */
  SIDETONE_ERROR_TLS_FAILED,               /* the handshake failed */
  SIDETONE_ERROR_TLS_NO_ANSWER,            /* the handshake never ended */
  SIDETONE_ERROR_TLS_CUT,                  /* the connection ended in the handshake */
  SIDETONE_ERROR_OTHER_TLS,                /* TLS at once in place of STARTTLS, or the reverse */
  SIDETONE_ERROR_ALPN_REFUSED,             /* the alert no_application_protocol (RFC 7301) */
  SIDETONE_ERROR_CERTIFICATE_SELF_SIGNED,
  SIDETONE_ERROR_CERTIFICATE_UNKNOWN_ISSUER,
  SIDETONE_ERROR_CERTIFICATE_NO_CHAIN,     /* the same, and the issuer's own was not sent along */
  SIDETONE_ERROR_CERTIFICATE_WRONG_NAME,
  SIDETONE_ERROR_CERTIFICATE_EXPIRED,
  SIDETONE_ERROR_CERTIFICATE_NOT_YET_VALID,
  SIDETONE_ERROR_CERTIFICATE_OTHER,        /* another reason, which its text gives */
  SIDETONE_ERROR_CLOCK_WRONG,              /* set this computer's clock */
  SIDETONE_ERROR_CERTIFICATE_NOT_PINNED,   /* not the certificate that was accepted */

  /* Stream */
  SIDETONE_ERROR_NOT_XMPP,                 /* a banner of another protocol */
  SIDETONE_ERROR_HTTP_ANSWER,              /* a web server: a guest network that wants a login? */
  SIDETONE_ERROR_WEB_PORT,                 /* the same with the XMPP server's certificate */
  SIDETONE_ERROR_STREAM_NO_ANSWER,         /* TCP is up, nothing more comes */
  SIDETONE_ERROR_HOST_UNKNOWN,             /* this server does not serve that domain */
  SIDETONE_ERROR_STREAM_UNAVAILABLE,       /* a trouble of the server that may pass */
  SIDETONE_ERROR_STREAM_POLICY,            /* a rule of the server, such as a ban; wait */
  SIDETONE_ERROR_SEE_OTHER_HOST,           /* the server names another one: its text */
  SIDETONE_ERROR_SERVERS_PORT,             /* a port for other servers, not for accounts */
  SIDETONE_ERROR_STREAM_ERROR,             /* another condition, kept with its text */
  SIDETONE_ERROR_INVALID_XML,              /* tell the administrator */
  SIDETONE_ERROR_TOO_MUCH_DATA,            /* the server never stops sending */
  SIDETONE_ERROR_CLOSED_UNHEARD,           /* the server ended it before its first byte */
  SIDETONE_ERROR_CONNECTION_LOST,          /* broke off; check again */

  /* SASL and bind */
  SIDETONE_ERROR_WEAK_MECHANISMS,          /* none that does not betray the password */
  SIDETONE_ERROR_NO_COMMON_MECHANISM,      /* none that Sidetone has; kept as the text */
  SIDETONE_ERROR_NO_MECHANISM,             /* none at all, or it takes TLS for none */
  SIDETONE_ERROR_WRONG_PASSWORD,           /* type it again: refused after a challenge */
  SIDETONE_ERROR_NOT_AUTHORIZED,           /* the same, or the server can't look up the account */
  SIDETONE_ERROR_PASSWORD_EXPIRED,         /* change it where the account is from */
  SIDETONE_ERROR_ACCOUNT_DISABLED,         /* ask the administrator */
  SIDETONE_ERROR_SIGN_IN_UNAVAILABLE,      /* the server can't check passwords at present */
  SIDETONE_ERROR_BINDING_REFUSED,          /* not one TLS connection from end to end */
  SIDETONE_ERROR_SIGN_IN_BROKEN,           /* the server did not understand the sign-in */
  SIDETONE_ERROR_SIGN_IN_REFUSED,          /* another condition, kept with its text */
  SIDETONE_ERROR_SIGN_IN_NO_ANSWER,
  SIDETONE_ERROR_BAD_CHALLENGE,            /* tell the administrator */
  SIDETONE_ERROR_SERVER_UNPROVEN,          /* stop: it may be another server */
  SIDETONE_ERROR_NO_BIND,                  /* no resource was bound */
  SIDETONE_ERROR_BIND_REFUSED,
  SIDETONE_ERROR_BIND_NO_ANSWER,
  SIDETONE_ERROR_SESSION_CONFLICT,         /* another session of the account: close that app */

  /* Queries */
  SIDETONE_ERROR_NOT_OFFERED,              /* by the server's answer, or disco's lack of it */
  SIDETONE_ERROR_FORBIDDEN,
  SIDETONE_ERROR_NO_ANSWER,                /* 5 s passed */
  SIDETONE_ERROR_BAD_ANSWER,               /* an answer without an address */
  SIDETONE_ERROR_QUERY_FAILED,             /* another condition, kept with its text */

  /* The connection process */
  SIDETONE_ERROR_CONNECTION_PROGRAM_MISSING, /* install Sidetone anew */
  SIDETONE_ERROR_CONNECTION_PROGRAM_ENDED, /* crashed or killed: the server's answer broke it */
  SIDETONE_ERROR_CONNECTION_PROGRAM_NONSENSE, /* its output is not our program's */

  SIDETONE_ERROR_TIMED_OUT,                /* --timeout passed */

  /* In the middle of the check: check again */
  SIDETONE_ERROR_NETWORK_LOST,             /* an interface went down, or lost its address */
  SIDETONE_ERROR_SLEPT,                    /* this computer slept */

  /* STUN and TURN: servers for calls */
  SIDETONE_ERROR_STUN_NO_ANSWER,           /* a firewall, or the server is down */
  SIDETONE_ERROR_STUN_BAD_ANSWER,          /* tell the administrator: it is not STUN */
  SIDETONE_ERROR_STUN_WRONG_SOURCE,        /* the answer came from another address */
  SIDETONE_ERROR_STUN_NOT_GENUINE,         /* the answer was not signed with the credentials */
  SIDETONE_ERROR_STUN_UNAUTHORIZED,        /* 401 to a Binding request, which needs no password */
  SIDETONE_ERROR_STUN_FAILED,              /* another code, kept with its text */
  SIDETONE_ERROR_TURN_TRY_ALTERNATE,       /* 300, without a server to try */
  SIDETONE_ERROR_TURN_ALTERNATE_REFUSED,   /* 300: names an address that nothing is sent to */
  SIDETONE_ERROR_TURN_ALTERNATE_SILENT,    /* 300: names a server that does not answer */
  SIDETONE_ERROR_TURN_ALTERNATE_AGAIN,     /* 300: names a server that names another one */
  SIDETONE_ERROR_TURN_BAD_REQUEST,         /* 400 */
  SIDETONE_ERROR_TURN_UNAUTHORIZED,        /* 401 to the announced credentials: wrong or expired */
  SIDETONE_ERROR_TURN_NO_ANSWER,           /* silent from when it got the password */
  SIDETONE_ERROR_TURN_FORBIDDEN,           /* 403: a rule of the server */
  SIDETONE_ERROR_TURN_MISMATCH,            /* 437: the port has another allocation; check again */
  SIDETONE_ERROR_TURN_STALE_NONCE,         /* 438, even after the new nonce was used */
  SIDETONE_ERROR_TURN_FAMILY_UNSUPPORTED,  /* 440: no allocation for this IP version */
  SIDETONE_ERROR_TURN_WRONG_CREDENTIALS,   /* 441: not the credentials of the allocation */
  SIDETONE_ERROR_TURN_TRANSPORT_UNSUPPORTED, /* 442: no allocation for UDP */
  SIDETONE_ERROR_TURN_PEER_FAMILY,         /* 443: the peer's IP version is not the allocation's */
  SIDETONE_ERROR_TURN_QUOTA,               /* 486: the account has too many allocations */
  SIDETONE_ERROR_TURN_NO_CAPACITY,         /* 508 */
  SIDETONE_ERROR_UDP_REFUSED,              /* the server's own ICMP error: nothing listens there */
  SIDETONE_ERROR_UDP_PROHIBITED,           /* no answer, and an ICMP error of a router */
  SIDETONE_ERROR_NOT_PERMITTED,            /* this computer's own firewall does not send it */
  SIDETONE_ERROR_RELAY_SILENT,             /* the allocation passes nothing on */
  SIDETONE_ERROR_RELAY_ONE_WAY,            /* it lets packets in, and none of them out */
  SIDETONE_ERROR_RELAY_WEB_SERVER,         /* HTTP at the announced port */
  SIDETONE_ERROR_RELAY_WANTS_TLS,          /* TLS at a port that is announced without it */
  SIDETONE_ERROR_RELAY_SPEAKS_PLAIN,       /* no TLS at a port that is announced for it */

  SIDETONE_N_ERRORS                        /* no error: their number */
} SidetoneError;

#define SIDETONE_TYPE_ERROR (sidetone_error_get_type ())

/**
 * SidetoneNextStep:
 *
 * What the result page offers first.
 */
typedef enum
{
  SIDETONE_NEXT_STEP_UNKNOWN,
  SIDETONE_NEXT_STEP_CHECK_AGAIN,
  SIDETONE_NEXT_STEP_WAIT_ONLINE,        /* check again automatically when there is a network */
  SIDETONE_NEXT_STEP_CORRECT_ACCOUNT,
  SIDETONE_NEXT_STEP_CORRECT_PASSWORD,
  SIDETONE_NEXT_STEP_CORRECT_SERVER,
  SIDETONE_NEXT_STEP_ACCEPT_CERTIFICATE, /* only that one, and only for this check */
  SIDETONE_NEXT_STEP_CHOOSE_CA_FILE,
  SIDETONE_NEXT_STEP_LOG_IN,             /* to this network: the browser opens its login page */
  SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR, /* by e-mail */
  SIDETONE_NEXT_STEP_REPORT_BUG,         /* to Sidetone's makers */
} SidetoneNextStep;

#define SIDETONE_TYPE_NEXT_STEP (sidetone_next_step_get_type ())

GType sidetone_next_step_get_type (void);
gboolean sidetone_next_step_suits_report (SidetoneNextStep next_step);

/**
 * SidetoneErrorTraits:
 * @SIDETONE_ERROR_IS_TYPED: it is about the user's input, not about the server
 * @SIDETONE_ERROR_IS_CERTIFICATE: a certificate was refused
 * @SIDETONE_ERROR_IS_SILENCE: no answer came; a refusal may come from a firewall
 * @SIDETONE_ERROR_IS_ANSWER: the server answered the question for the address, with this error
 * @SIDETONE_ERROR_IS_ONE_PROGRAM: another server program of the domain may do better, without the
 *   user's decision and without a second wrong password
 * @SIDETONE_ERROR_IS_REFUSAL: the call server's own answer, by a code that ends a request
 * @SIDETONE_ERROR_IS_ODD: an answer of a call server about itself, or one that can't be understood
 * @SIDETONE_ERROR_IS_CREDENTIALS: the announced TURN credentials are refused
 * @SIDETONE_ERROR_IS_SHORTAGE: no allocation is left, for this account or at all
 * @SIDETONE_ERROR_IS_STARTTLS: TLS could not begin
 * @SIDETONE_ERROR_IS_FINAL: no other input helps
 * @SIDETONE_ERROR_IS_OTHER_WAY: the other kind of TLS (STARTTLS, or TLS at once) may be spoken there
 */
typedef enum
{
  SIDETONE_ERROR_IS_TYPED = 1 << 0,
  SIDETONE_ERROR_IS_CERTIFICATE = 1 << 1,
  SIDETONE_ERROR_IS_SILENCE = 1 << 2,
  SIDETONE_ERROR_IS_ANSWER = 1 << 3,
  SIDETONE_ERROR_IS_ONE_PROGRAM = 1 << 4,
  SIDETONE_ERROR_IS_REFUSAL = 1 << 5,
  SIDETONE_ERROR_IS_ODD = 1 << 6,
  SIDETONE_ERROR_IS_CREDENTIALS = 1 << 7,
  SIDETONE_ERROR_IS_SHORTAGE = 1 << 8,
  SIDETONE_ERROR_IS_STARTTLS = 1 << 9,
  SIDETONE_ERROR_IS_FINAL = 1 << 10,
  SIDETONE_ERROR_IS_OTHER_WAY = 1 << 11,
} SidetoneErrorTraits;

/**
 * SidetoneErrorRow:
 * @name: its name in C
 * @nick: its code in reports and on sidetone-connection's pipe: API, never changed
 * @traits: what other code asks about it
 * @finding: its group's finding if the server could not be asked
 * @next_step: what to offer first
 * @deadline: (nullable): the deadline that has passed
 * @title: (nullable): the finding's title, if it says more than the finding's own
 * @event: what happened, in one sentence
 * @services_event: (nullable): the same, if the question was for the call servers
 * @in_short: (nullable): the same in a few words, for a call server's row. Numbers are RFC 8656's,
 *   section 19: an administrator finds them in the server's log
 * @advice: what to do about it: a sentence that starts with a verb
 *
 * One #SidetoneError's row. The words are translated, and the placeholders filled in,
 * when they are shown; words/describe-error.c has the placeholders' names.
 */
typedef struct
{
  const char *name;
  const char *nick;
  SidetoneErrorTraits traits;
  SidetoneFindingKind finding;
  SidetoneNextStep next_step;
  const guint *deadline;
  const char *title;
  const char *event;
  const char *services_event;
  const char *in_short;
  const char *advice;
} SidetoneErrorRow;

GQuark sidetone_error_quark (void);
GType sidetone_error_get_type (void);

const SidetoneErrorRow *sidetone_error_get_row (SidetoneError error);
gboolean sidetone_error_has_trait (SidetoneError       error,
                                   SidetoneErrorTraits trait);
const char *sidetone_error_to_code (SidetoneError error);
SidetoneError sidetone_error_from_code (const char *code);

G_END_DECLS
