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
import doors  # noqa: E402
import faults  # noqa: E402
import remedies  # noqa: E402
import servers  # noqa: E402
import settings  # noqa: E402
import sites  # noqa: E402
import tap  # noqa: E402
import topology  # noqa: E402
import variants  # noqa: E402

CODE = re.compile(r'[A-Z]+[0-9]*-[0-9]{2}: ')
TITLES = {'ejabberd (ejabberd.yml)': 'ejabberd', 'Prosody (prosody.cfg.lua)': 'prosody',
          'coturn (turnserver.conf)': 'coturn', 'Firewall (nftables)': 'firewall',
          'HAProxy (haproxy.cfg)': 'haproxy', 'DNS (zone file)': 'dns'}
SERVERS = {'ejabberd': servers.Ejabberd, 'prosody': servers.Prosody, 'coturn': servers.Coturn,
           'haproxy': servers.Haproxy}
TITLE_OF = {program: title for title, program in TITLES.items()}
CAPITALS = re.compile(r'\b(SECRET|RELAY|ADDRESS6|ADDRESS|SERVER)\b')
# By the kind of finding and the case
REQUIREMENTS = remedies.requirements()
PLAYED = [row for row in remedies.ROWS if row.quick or os.environ.get('REMEDIES') == 'all']


class Remedies(unittest.TestCase):
    net = None
    maxDiff = None

    def check(self, row):
        """The findings, and the report's file."""
        report = self.net.bed.folder / 'report.json'
        self.net.client.run(
            [os.environ['SIDETONE_CLI'], 'check', self.net.bed.jid(row.domain), '--password-file',
             str(self.net.bed.password_file(row.domain)), '--ca-file', str(self.net.bed.ca_file),
             '--format', 'json', '--output', str(report), *row.options],
            capture_output=True, text=True)
        found = json.loads(report.read_text())
        return {finding['kind']: finding['code'] for finding in found['findings']}, report

    def letter(self, report):
        """What the administrator is told: the requirements by the finding's code, and the settings
        by that and the program."""
        text = self.net.client.run(
            [os.environ['SIDETONE_CLI'], 'explain', '--for-administrator', str(report)],
            capture_output=True, text=True, check=True,
            env=dict(os.environ, LC_ALL='C.UTF-8')).stdout
        required, told, code, program = {}, {}, None, None
        lines = text.splitlines()
        for before, line in zip([''] + lines, lines):
            if CODE.match(line):
                code, program = line.split(':')[0], None
            elif before == 'What to change:':
                required[code] = line
            elif line in TITLES:
                program = TITLES[line]
            elif line.startswith('    ') and program:
                told.setdefault((code, program), []).append(line[4:])
            elif line and program:
                program = None
        return required, told, text

    def replace(self, text, row, program):
        """The words in capitals."""
        words = {'SECRET': self.net.relay_secret, 'RELAY': faults.COTURN, 'SERVER': row.domain}
        if sites.DOMAINS[row.domain] == 'ejabberd':
            words['ADDRESS'], words['ADDRESS6'] = sites.ADDRESSES['ejabberd']
        if row.own_relay:
            number = faults.number_of(row.domain)
            words.update(RELAY=faults.relay_name(row.domain), ADDRESS=faults.relay_address(row.domain),
                         ADDRESS6=faults.ipv6_address(number))
        if program == 'haproxy':
            host = sites.DOMAINS[row.domain]
            words['SERVER'] = (sites.ADDRESSES[host][0] if row.domain in doors.DOORS
                               else sites.BEHIND_PROXY[host])
        words.update(row.words)
        return CAPITALS.sub(lambda match: words[match[0]], text)

    def host(self, row, program):
        """Who has the program; whose it is follows from the domain."""
        relay = faults.host_name(row.domain) if row.own_relay else None
        name = {'prosody': 'prosody', 'ejabberd': 'ejabberd', 'coturn': relay or 'coturn',
                'firewall': row.at or relay or sites.DOMAINS[row.domain],
                'haproxy': 'doors' if row.domain in doors.DOORS else 'proxy'}[program]
        return self.net.hosts[name]

    def apply(self, row, program, text, at=None):
        """Change a program's settings until the row's end. text: lines, or a function."""
        if not callable(text):
            text = self.replace(text, row, program)
        if program == 'dns':
            settings.change_dns(self.net, text)
            return
        host = self.net.hosts[at] if at else self.host(row, program)
        if program == 'firewall':
            self.addCleanup(settings.open_firewall, host)
            settings.change_firewall(host, text)
            return
        server = host.server(SERVERS[program])
        self.addCleanup(server.change, lambda _, was=server.configuration(): was)
        if callable(text):
            server.change(lambda was: text(server, was))
        elif program == 'coturn':
            settings.change_coturn(server, text)
        elif program == 'prosody':
            settings.change_prosody(server, row.domain, text)
        elif program == 'ejabberd':
            settings.change_ejabberd(server, row.domain, text, row.adds)
        else:
            settings.change_haproxy(server, [doors.address(row.domain)]
                                    if row.domain in doors.DOORS
                                    else sites.PROXIED[sites.DOMAINS[row.domain]], text)

    def add_address(self, row, name, word):
        """One more address of a host."""
        host = self.net.hosts[name]
        address = self.replace(word, row, None)
        prefix = '%s/%d' % (address, {4: 24, 6: 64}[topology.version(address)])
        host.address('eth0', prefix)
        if ':' in address:
            self.net.route(host, 'default', topology.CORE[1])
        self.addCleanup(host.run, ['ip', 'address', 'delete', prefix, 'dev', 'eth0'])

    def run_row(self, row):
        relays = [row.domain] if row.domain in faults.FAULTS else []
        self.net.build(variants.VARIANTS[row.variant], relays_of=relays)
        for name, address in row.more:
            self.add_address(row, name, address)
        for spoil in row.spoil:
            self.apply(row, *spoil)
        found, report = self.check(row)
        self.assertIn(row.kind, found)
        code = found[row.kind]
        required, told, text = self.letter(report)
        self.assertRegex(required.get(code, ''), REQUIREMENTS[row.kind, row.case], text)
        for program in row.apply:
            lines = told.get((code, program))
            # What is written above is not repeated
            if lines is None and '%s: as above' % TITLE_OF[program] in text:
                lines = next(lines for (_, other), lines in told.items() if other == program)
            self.assertIsNotNone(lines, text)
            self.apply(row, program, '\n'.join(lines) + '\n')
        again, report = self.check(row)
        if row.stays:
            self.assertNotIn(code, self.letter(report)[0], text)
        else:
            self.assertNotIn(row.kind, again, text)
        print('# %s: then %s' % (row.name, ' '.join(again)), flush=True)


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
