#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The main job on real servers: both servers, both kinds of TLS, both address families. ../lab has
networks in between."""

import ipaddress

import program
import servers
import tap
from program import CAPULET, MONTAGUE

PORTS = {'starttls': 5222, 'direct': 5223}
SERVERS = {'ejabberd': MONTAGUE, 'prosody': CAPULET}
HERE = {'ipv4': '127.0.0.1', 'ipv6': '::1'}
places = {}


def prepare(lab):
    for domain in SERVERS.values():
        places[domain] = lab.computer('at-' + domain, *servers.domain_records(
            domain, '127.0.0.1', '::1'))
    places[MONTAGUE].ejabberd({MONTAGUE: {}}, lab.accounts(MONTAGUE))
    places[CAPULET].prosody({CAPULET: {}}, lab.accounts(CAPULET))


class AddressTest(program.ProgramTest):

    def addresses(self, result):
        """Both endpoints of the answer, after the checks for each of them."""
        self.assertEqual(result.code, program.FINISHED, result)
        self.assertEqual(result.err, '')
        report = result.report
        self.assertEqual((report['format'], report['version']), ('sidetone-report', 1))
        for end in ('local', 'external'):
            ipaddress.ip_address(report[end]['address'])
            self.assertIn(report[end]['port'], range(1, 65536))
        return report['local'], report['external']


class Loopback(AddressTest):
    """The server runs on this computer: nothing is translated."""

    def run_row(self, row):
        domain, security, family = row
        result = self.check(places[domain], domain, '--security', security, '--server',
                            '%s.%s:%d' % (family, domain, PORTS[security]))
        local, external = self.addresses(result)
        self.assertEqual(local['address'], HERE[family])
        self.assertEqual(external, local)
        self.assertIn('same-computer', result.kinds)

    def test_by_names_alone(self):
        """Without --server the SRV records lead there."""
        for domain in SERVERS.values():
            result = self.check(places[domain], domain)
            local, external = self.addresses(result)
            self.assertEqual(external, local)
            self.assertIn('same-computer', result.kinds)
            used = [observation['details'] for observation in result.report['observations']
                    if observation['kind'] == 'connect' and observation['details'].get('used')]
            # Among equals direct TLS goes first, and IPv6
            self.assertEqual([(one['security'], one['peer-address']) for one in used],
                             [('direct', '::1')])

    def test_text_names_both_ends(self):
        result = self.check(places[CAPULET], CAPULET, output='text')
        self.assertEqual(result.code, program.FINISHED, result)
        self.assertRegex(result.out, r'\b\d{4,5}\b')
        self.assertIn('::1', result.out)


ROWS = {'-'.join((server, security, family)): (domain, security, family)
        for server, domain in SERVERS.items() for security in PORTS for family in HERE}

tap.add_rows(Loopback, ROWS, Loopback.run_row)

if __name__ == '__main__':
    program.main(prepare)
