/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What mapping or filtering depends on (RFC 4787) */
typedef enum
{
  SIDETONE_TEST_NAT_INDEPENDENT,
  SIDETONE_TEST_NAT_ADDRESS,
  SIDETONE_TEST_NAT_ADDRESS_AND_PORT,
} SidetoneTestNatDependence;

/**
 * SidetoneTestNatScript:
 * @is_firewall: whether nothing is translated
 * @mapping: when sockets get another external port
 * @filtering: whose packets are let in
 * @hairpins: whether sockets behind it reach each other by their external addresses
 * @lifetime_ms: how long an unused mapping is kept; 0 for ever
 * @n_lost: how many of each socket's first packets get lost
 */
typedef struct
{
  gboolean is_firewall;
  SidetoneTestNatDependence mapping;
  SidetoneTestNatDependence filtering;
  gboolean hairpins;
  guint lifetime_ms;
  guint n_lost;
} SidetoneTestNatScript;

#define SIDETONE_TYPE_TEST_NAT (sidetone_test_nat_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneTestNat, sidetone_test_nat, SIDETONE, TEST_NAT, GObject)

SidetoneTestNat *sidetone_test_nat_new (const SidetoneTestNatScript * script);
GSocketAddress *sidetone_test_nat_get_local (SidetoneTestNat *self);

G_END_DECLS
