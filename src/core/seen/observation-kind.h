/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "seen/field.h"

G_BEGIN_DECLS

/**
 * SidetoneObservationKind:
 *
 * What was looked at. The nick is its word in reports. One check may have several observations of a
 * kind, each with an ID of its own.
 */
typedef enum
{
  SIDETONE_OBSERVATION_UNKNOWN,
  SIDETONE_OBSERVATION_INTERFACE,   /* an address of this computer */
  SIDETONE_OBSERVATION_LOOKUP,      /* one DNS query */
  SIDETONE_OBSERVATION_CONNECT,     /* one TCP connection attempt, one for each address */
  SIDETONE_OBSERVATION_SECURE,      /* TLS and the certificate */
  SIDETONE_OBSERVATION_SIGN_IN,     /* SASL and bind */
  SIDETONE_OBSERVATION_DISCO,       /* the server's features (XEP-0030) */
  SIDETONE_OBSERVATION_SERVER_IP,   /* the address that the server sees (XEP-0279) */
  SIDETONE_OBSERVATION_SOFTWARE,    /* which program the server is (XEP-0092) */
  SIDETONE_OBSERVATION_SERVICES,    /* the services that the server announces (XEP-0215) */
  SIDETONE_OBSERVATION_STUN,        /* a socket's reflexive address at a STUN server */
  SIDETONE_OBSERVATION_RELAY,       /* an allocation at a TURN server */
  SIDETONE_OBSERVATION_ECHO,        /* packets through a relay and back */
  SIDETONE_OBSERVATION_NAT,         /* what a NAT does to UDP, for one address family */
  SIDETONE_OBSERVATION_LIFETIME,    /* how long UDP stays open while nothing is sent */
  SIDETONE_OBSERVATION_VIDEO,       /* packets of a video call through a relay, at several rates */
  SIDETONE_OBSERVATION_PATH,        /* the first routers on the path */
  SIDETONE_OBSERVATION_PING,        /* the router and the server, beside the echoes */
  SIDETONE_OBSERVATION_INTERRUPTION, /* this computer slept, or lost its network */
  SIDETONE_N_OBSERVATION_KINDS      /* no kind: their number */
} SidetoneObservationKind;

#define SIDETONE_TYPE_OBSERVATION_KIND (sidetone_observation_kind_get_type ())

GType sidetone_observation_kind_get_type (void);

const SidetoneFieldTable *sidetone_observation_kind_get_table (SidetoneObservationKind kind);

G_END_DECLS
