/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/rules.h"

G_BEGIN_DECLS

/**
 * SidetoneProgram:
 *
 * The programs whose settings are known.
 */
typedef enum
{
  SIDETONE_PROGRAM_UNKNOWN,   /* it does not say which it is */
  SIDETONE_PROGRAM_OTHER,
  SIDETONE_PROGRAM_EJABBERD,
  SIDETONE_PROGRAM_PROSODY,
  SIDETONE_PROGRAM_COTURN,
  SIDETONE_PROGRAM_HAPROXY,
  SIDETONE_PROGRAM_FIREWALL,  /* nftables */
  SIDETONE_PROGRAM_DNS,       /* a zone file (RFC 1035) */
} SidetoneProgram;

/**
 * SidetonePart:
 *
 * Which server a setting is for.
 */
typedef enum
{
  SIDETONE_PART_ANY,
  SIDETONE_PART_XMPP,
  SIDETONE_PART_RELAY,
} SidetonePart;

/**
 * SidetoneSetting:
 * @program: whose setting it is
 * @part: which server it is for
 * @text: lines of the program's configuration, not to be translated. Placeholders in braces are
 *   filled in when they are shown (words/describe-remedy.c); words in capitals are the reader's to
 *   replace
 */
typedef struct
{
  SidetoneProgram program;
  SidetonePart part;
  const char *text;
} SidetoneSetting;

/**
 * SidetoneRemedy:
 * @change: what to change, as a requirement to any server
 * @settings: (nullable): the same as settings of programs that many use; the last one has no text
 *
 * What the server's administrator is to change, for some cases of a finding. The first one in a
 * list that fits is used, and the last one always fits.
 */
struct _SidetoneRemedy
{
  SidetoneVariant change;
  const SidetoneSetting *settings;
};

extern const SidetoneRemedy sidetone_remedy_offer_check[];
extern const SidetoneRemedy sidetone_remedy_allow_check[];
extern const SidetoneRemedy sidetone_remedy_repair_check[];
extern const SidetoneRemedy sidetone_remedy_pass_address[];
extern const SidetoneRemedy sidetone_remedy_fix_ipv6[];
extern const SidetoneRemedy sidetone_remedy_serve_ipv4[];

extern const SidetoneRemedy sidetone_remedy_offer_services[];
extern const SidetoneRemedy sidetone_remedy_offer_relay[];
extern const SidetoneRemedy sidetone_remedy_fix_relay[];
extern const SidetoneRemedy sidetone_remedy_allow_services[];
extern const SidetoneRemedy sidetone_remedy_answer_services[];
extern const SidetoneRemedy sidetone_remedy_write_hosts[];
extern const SidetoneRemedy sidetone_remedy_give_passwords[];
extern const SidetoneRemedy sidetone_remedy_prolong_passwords[];
extern const SidetoneRemedy sidetone_remedy_offer_tls[];
extern const SidetoneRemedy sidetone_remedy_offer_udp[];
extern const SidetoneRemedy sidetone_remedy_correct_host[];
extern const SidetoneRemedy sidetone_remedy_add_ipv6[];
extern const SidetoneRemedy sidetone_remedy_add_ipv4[];

extern const SidetoneRemedy sidetone_remedy_let_in_udp[];
extern const SidetoneRemedy sidetone_remedy_let_in_all[];
extern const SidetoneRemedy sidetone_remedy_let_in_entry[];
extern const SidetoneRemedy sidetone_remedy_let_in_relayed[];
extern const SidetoneRemedy sidetone_remedy_let_out_relayed[];
extern const SidetoneRemedy sidetone_remedy_share_secret[];
extern const SidetoneRemedy sidetone_remedy_renew_relays_certificate[];
extern const SidetoneRemedy sidetone_remedy_answer_stun[];
extern const SidetoneRemedy sidetone_remedy_tell_address[];
extern const SidetoneRemedy sidetone_remedy_allow_peers[];
extern const SidetoneRemedy sidetone_remedy_join_allocations[];
extern const SidetoneRemedy sidetone_remedy_raise_quota[];
extern const SidetoneRemedy sidetone_remedy_repair_entry[];
extern const SidetoneRemedy sidetone_remedy_name_alternate[];
extern const SidetoneRemedy sidetone_remedy_end_bans[];
extern const SidetoneRemedy sidetone_remedy_raise_rate[];
extern const SidetoneRemedy sidetone_remedy_check_line[];
extern const SidetoneRemedy sidetone_remedy_leave_packets[];
extern const SidetoneRemedy sidetone_remedy_keep_sender[];

extern const SidetoneRemedy sidetone_remedy_repair_dns[];
extern const SidetoneRemedy sidetone_remedy_let_in_xmpp[];
extern const SidetoneRemedy sidetone_remedy_renew_certificate[];
extern const SidetoneRemedy sidetone_remedy_offer_security[];
extern const SidetoneRemedy sidetone_remedy_find_accounts[];
extern const SidetoneRemedy sidetone_remedy_let_in_account[];
extern const SidetoneRemedy sidetone_remedy_name_ports[];
extern const SidetoneRemedy sidetone_remedy_host_domain[];
extern const SidetoneRemedy sidetone_remedy_agree_proxy[];
extern const SidetoneRemedy sidetone_remedy_set_clock[];

SidetoneProgram sidetone_program_find (const char *name);

G_END_DECLS
