/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* On what a mapping, or what is let in, depends (RFC 4787) */
typedef enum
{
  SIDETONE_TEST_NAT_INDEPENDENT,
  SIDETONE_TEST_NAT_ADDRESS,
  SIDETONE_TEST_NAT_ADDRESS_AND_PORT,
} SidetoneTestNatDependence;

/**
 * SidetoneTestNatScript:
 * @is_firewall: whether nothing is translated
 * @mapping: when sockets get another port outside
 * @filtering: whose packets are let in
 * @hairpins: whether sockets behind it reach each other by their addresses outside
 * @lifetime_ms: for how long a mapping is kept that is not used; 0 for ever
 * @n_lost: how many of the first packets of each socket get lost
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
