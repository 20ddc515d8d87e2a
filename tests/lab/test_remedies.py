#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""What Sidetone tells an administrator to change helps: a server has a fault, a check finds it, the
settings that the program prints are applied as they are, and a second check does not find it any
more.

Only the words in capitals are replaced, as the administrator would do. REMEDIES=all plays all rows,
instead of a few; each row's result is printed."""

import contextlib
import json
import os
import pathlib
import re
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'lib'))

import bed  # noqa: E402
import faults  # noqa: E402
import servers  # noqa: E402
import settings  # noqa: E402
import sites  # noqa: E402
import tap  # noqa: E402
import topology  # noqa: E402
import variants  # noqa: E402

CODE = re.compile(r'[A-Z]+[0-9]*-[0-9]{2}: ')
TITLES = {'ejabberd (ejabberd.yml)': 'ejabberd', 'Prosody (prosody.cfg.lua)': 'prosody',
          'coturn (turnserver.conf)': 'coturn', 'Firewall (nftables)': 'firewall',
          'DNS (zone file)': 'dns'}
SERVERS = {'ejabberd': servers.Ejabberd, 'prosody': servers.Prosody}
TITLE_OF = {program: title for title, program in TITLES.items()}


class Row:
    """A fault and its remedy.

    domain: who has the fault. kind: the finding. apply: whose settings are applied. spoil: a fault
    that is made first: whose settings, and their text. quick: whether it is played always.
    """

    def __init__(self, domain, kind, *apply, spoil=(), variant='home', quick=False):
        self.domain = domain
        self.kind = kind
        self.apply = apply
        self.spoil = spoil
        self.variant = variant
        self.quick = quick

    @property
    def name(self):
        return ' '.join((self.domain.removesuffix('.lit'), self.kind, *self.apply))


EJABBERD_LISTENER = '''\
listen:
  - port: 3478
    transport: udp
    module: ejabberd_stun
    %s
  - port: 3478
    transport: tcp
    module: ejabberd_stun
    %s
'''
EJABBERD_SERVICE = '''\
modules:
  mod_stun_disco:
    offer_local_services: false
    services:
      - host: "montague.lit"
        port: 3478
        type: turn
        transport: udp
        restricted: true
'''
ROWS = [
    # What is announced
    Row('no-turn.lit', 'no-relay', 'prosody', quick=True),
    Row('wrong-secret.lit', 'credentials-refused', 'prosody'),
    Row('expired.lit', 'credentials-expired', 'prosody'),
    Row('expired.lit', 'credentials-refused', 'prosody'),
    Row('silent.lit', 'service-silent', 'prosody'),
    Row('two-silent.lit', 'service-silent', 'prosody'),
    Row('zero-host.lit', 'service-private', 'prosody'),
    Row('private-host.lit', 'service-private', 'prosody'),
    *(Row(domain, 'services-unreadable', 'prosody') for domain in (
        'uri-hosts.lit', 'uri-relay.lit', 'port-in-host.lit', 'web-address.lit', 'one-uri.lit')),
    Row('turns-only.lit', 'no-relay-over-udp', 'prosody'),
    *(Row(domain, 'relay-error', 'prosody') for domain in (
        'web-443.lit', 'web-80.lit', 'plain-to-tls.lit', 'tls-to-plain.lit')),
    Row('verona.lit', 'no-services', 'prosody'),
    Row('verona.lit', 'not-offered', 'prosody', quick=True),
    Row('mantua.lit', 'no-services', 'ejabberd'),
    Row('mantua.lit', 'not-offered', 'ejabberd'),
    Row('montague.lit', 'services-forbidden', 'ejabberd', spoil=(
        'ejabberd', 'modules:\n  mod_stun_disco:\n    access: none\n')),

    # The relay
    Row('closed.lit', 'relay-closed', 'firewall', quick=True),
    Row('few-ports.lit', 'relay-closed', 'firewall'),
    *(Row(domain, 'relay-address', 'coturn', quick=domain == 'private-relay.lit') for domain in (
        'private-relay.lit', 'zero-relay.lit', 'stale-address.lit', 'other-address.lit')),
    Row('montague.lit', 'relay-address', 'ejabberd', spoil=(
        'ejabberd', EJABBERD_SERVICE + EJABBERD_LISTENER % (
            2 * ('turn_ipv4_address: "10.0.0.5"',)))),
    Row('forbidden.lit', 'relay-forbidden', 'coturn'),
    Row('montague.lit', 'relay-forbidden', 'ejabberd', spoil=(
        'ejabberd', EJABBERD_LISTENER % (2 * ('turn_blacklist: "0.0.0.0/0"',)))),
    Row('no-pairs.lit', 'relay-pair', 'coturn'),
    Row('full.lit', 'relay-full', 'coturn'),
    *(Row(domain, 'relay-certificate', 'coturn')
      for domain in ('tls-name.lit', 'tls-date.lit', 'tls-issuer.lit')),
    Row('dropped.lit', 'service-silent', 'firewall'),
    *(Row(domain, 'relay-transport', 'firewall') for domain in (
        'udp-dropped.lit', 'udp-refused.lit', 'tcp-published.lit', 'tcp-let-in.lit',
        'tcp-dropped.lit', 'tcp-refused.lit')),
    Row('ipv6-refused.lit', 'relay-transport', 'coturn', variant='dual-stack'),
    Row('ipv6-dropped.lit', 'relay-transport', 'firewall', 'coturn', variant='dual-stack'),
    Row('redirects.lit', 'relay-redirects', 'coturn'),
    Row('redirects-away.lit', 'relay-error', 'coturn'),
    Row('stun-password.lit', 'stun-error', 'coturn'),
    Row('no-stun.lit', 'stun-silent', 'coturn'),
    Row('throttled.lit', 'relay-throttles', 'coturn'),
    Row('throttled-less.lit', 'relay-throttles', 'coturn'),
    Row('bans.lit', 'relay-ends', 'firewall'),

    # The XMPP server
    Row('capulet.lit', 'server-silent', 'firewall', spoil=(
        'firewall', 'tcp dport { 5222, 5223 } drop\n')),
    *(Row(domain, 'certificate', 'prosody') for domain in (
        'cert-date.lit', 'cert-own.lit', 'cert-issuer.lit', 'cert-chain.lit', 'cert-name.lit')),
    Row('web-beside.lit', 'announced-web', 'dns'),
    *(Row(domain, 'wrong-tls', 'dns') for domain in ('srv-direct.lit', 'srv-starttls.lit')),
    Row('awaits-proxy.lit', 'closed-unheard', 'dns'),
]
PLAYED = [row for row in ROWS if row.quick or os.environ.get('REMEDIES') == 'all']


class Remedies(unittest.TestCase):
    net = None
    maxDiff = None

    def check(self, row):
        """The findings, and the report's file."""
        report = self.net.bed.folder / 'report.json'
        self.net.client.run(
            [os.environ['SIDETONE_CLI'], 'check', self.net.bed.jid(row.domain), '--password-file',
             str(self.net.bed.password_file(row.domain)), '--ca-file', str(self.net.bed.ca_file),
             '--format', 'json', '--output', str(report)], capture_output=True, text=True)
        found = json.loads(report.read_text())
        return {finding['kind']: finding['code'] for finding in found['findings']}, report

    def letter(self, report):
        """The settings that the administrator is told, by the finding's code and the program."""
        text = self.net.client.run(
            [os.environ['SIDETONE_CLI'], 'explain', '--for-administrator', str(report)],
            capture_output=True, text=True, check=True,
            env=dict(os.environ, LC_ALL='C.UTF-8')).stdout
        told, code, program = {}, None, None
        for line in text.splitlines():
            if CODE.match(line):
                code, program = line.split(':')[0], None
            elif line in TITLES:
                program = TITLES[line]
            elif line.startswith('    ') and program:
                told.setdefault((code, program), []).append(line[4:])
            elif line and program:
                program = None
        return told, text

    def replace(self, text, row):
        """The words in capitals."""
        own = faults.FAULTS[row.domain].relay if row.domain in faults.FAULTS else None
        for word, value in (('SECRET', self.net.relay_secret),
                            ('RELAY', faults.relay_name(row.domain) if own else faults.COTURN)):
            text = text.replace(word, value)
        return text

    def apply(self, row, program, text):
        """Whose server it is follows from the domain."""
        own = row.domain in faults.FAULTS and faults.FAULTS[row.domain].relay is not None
        host = self.net.hosts[faults.host_name(row.domain) if own else sites.DOMAINS[row.domain]]
        if program == 'coturn':
            settings.change_coturn(host.server(servers.Coturn), text)
        elif program == 'prosody':
            settings.change_prosody(self.net.hosts['prosody'].server(servers.Prosody), row.domain,
                                    text)
        elif program == 'ejabberd':
            settings.change_ejabberd(self.net.hosts['ejabberd'].server(servers.Ejabberd),
                                     row.domain, text)
        elif program == 'firewall':
            settings.change_firewall(host, text)
        else:
            settings.change_dns(self.net, text)

    def run_row(self, row):
        relays = [row.domain] if row.domain in faults.FAULTS else []
        self.net.build(variants.VARIANTS[row.variant], relays_of=relays)
        # What stays is as it was for the next row
        host = self.net.hosts[sites.DOMAINS[row.domain]]
        server = host.server(SERVERS[host.name])
        was = server.configuration()
        self.addCleanup(server.change, lambda _: was)
        self.addCleanup(settings.open_firewall, host)
        if row.spoil:
            self.apply(row, *row.spoil)
        found, report = self.check(row)
        self.assertIn(row.kind, found)
        told, text = self.letter(report)
        for program in row.apply:
            lines = told.get((found[row.kind], program))
            # What is written above is not repeated
            if lines is None and '%s: as above' % TITLE_OF[program] in text:
                lines = next(lines for (_, other), lines in told.items() if other == program)
            self.assertIsNotNone(lines, text)
            self.apply(row, program, self.replace('\n'.join(lines) + '\n', row))
        again, _ = self.check(row)
        self.assertNotIn(row.kind, again, text)
        print('# %-20s %-20s %-18s then %s' % (row.domain, row.kind, ' '.join(row.apply),
                                               ' '.join(again)), flush=True)


tap.add_rows(Remedies, {row.name: row for row in PLAYED}, Remedies.run_row)


@contextlib.contextmanager
def prepare():
    bed.enter()
    with bed.Bed(sites.NAMES) as ground:
        Remedies.net = topology.Internet(ground, sorted({row.domain for row in PLAYED}))
        bed.go_first()
        yield


if __name__ == '__main__':
    sys.exit(tap.main_in_beds(2, prepare))
