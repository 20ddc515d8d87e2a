#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""What surrounds the check: the computer's interfaces, and the server's names."""

import program
import bed
import servers
from program import CAPULET, FINISHED


DOMAIN = 'bücher.example'
ASCII_DOMAIN = 'xn--bcher-kva.example'


def observed(result, kind):
    return [observation for observation in result.report['observations']
            if observation['kind'] == kind]


class Interfaces(program.ProgramTest):

    def test_kinds_and_default_route(self):
        """A bridge, a cable, and a tunnel with the default route."""
        computer = self.new_computer(*servers.domain_records(CAPULET, '127.0.0.1'))
        computer.do('ip', 'link', 'add', 'switch', 'type', 'bridge')
        computer.address('switch', '10.1.0.1/24')
        computer.do('ip', 'tuntap', 'add', 'dev', 'private0', 'mode', 'tun')
        computer.address('private0', '10.2.0.1/24')
        computer.do('ip', 'tuntap', 'add', 'dev', 'private1', 'mode', 'tap')
        computer.address('private1', '10.3.0.1/24')
        computer.do('ip', 'route', 'add', 'default', 'dev', 'private0')
        computer.prosody({CAPULET: {}}, self.lab.accounts(CAPULET))

        result = self.check(computer, CAPULET)
        self.assertEqual(result.code, FINISHED, result)
        found = {one['local']['address']: (one['details']['interface'], one['details']['type'],
                                           one['details']['default-route'])
                 for one in observed(result, 'interface')}
        self.assertEqual(found['127.0.0.1'], ('lo', 'loopback', False))
        self.assertEqual(found['::1'], ('lo', 'loopback', False))
        self.assertEqual(found['10.1.0.1'], ('switch', 'bridge', False))
        self.assertEqual(found['10.2.0.1'], ('private0', 'tunnel', True))
        self.assertEqual(found['10.3.0.1'], ('private1', 'tunnel', False))
        self.assertIn(('stub', 'wired', False), found.values())
        self.assertIn('vpn', result.kinds)


class Names(program.ProgramTest):

    def used(self, result):
        self.assertEqual(result.code, FINISHED, result)
        return [(one['details']['security'], one['details']['peer-address'],
                 one['details']['peer-port'])
                for one in observed(result, 'connect') if one['details']['used']]

    def test_no_srv_means_the_domain(self):
        computer = self.new_computer(*servers.domain_records(CAPULET, '127.0.0.1', starttls=None,
                                                             direct=None))
        computer.prosody({CAPULET: {}}, self.lab.accounts(CAPULET))
        self.assertEqual(self.used(self.check(computer, CAPULET)),
                         [('starttls', '127.0.0.1', 5222)])

    def test_srv_unanswered(self):
        """A name server that drops questions for SRV records (RFC 6120, 3.2.2)."""
        computer = self.new_computer(*servers.domain_records(CAPULET, '127.0.0.1', starttls=None,
                                                             direct=None))
        computer.prosody({CAPULET: {}}, self.lab.accounts(CAPULET))
        # The type of a question for _xmpp-client._tcp or _xmpps-client._tcp and this domain
        computer.nft('table inet deaf { chain in { type filter hook input priority 0; '
                     + ' '.join('udp dport 53 @th,%d,16 33 drop;' % (8 * (8 + 12 + len(name) + 2))
                                for name in ('_xmpp-client._tcp.' + CAPULET,
                                             '_xmpps-client._tcp.' + CAPULET)) + ' }; }')
        result = self.check(computer, CAPULET)
        self.assertEqual(self.used(result), [('starttls', '127.0.0.1', 5222)])
        self.assertIn('srv-silent', result.kinds)

    def test_one_set_refused(self):
        """STARTTLS is explicitly not offered, direct TLS is (XEP-0368)."""
        computer = self.new_computer(
            *servers.domain_records(CAPULET, '127.0.0.1', starttls=None),
            'srv-host=_xmpp-client._tcp.%s,.,0,0,0' % CAPULET)
        computer.prosody({CAPULET: {}}, self.lab.accounts(CAPULET))
        self.assertEqual(self.used(self.check(computer, CAPULET)),
                         [('direct', '127.0.0.1', 5223)])

    def check_kind_of_tls(self, record, port, security):
        computer = self.new_computer(
            *servers.domain_records(CAPULET, '127.0.0.1', starttls=None, direct=None),
            'srv-host=%s._tcp.%s,%s,%d,0,5' % (record, CAPULET, CAPULET, port))
        computer.prosody({CAPULET: {}}, self.lab.accounts(CAPULET))
        result = self.check(computer, CAPULET)
        self.assertIn((security, '127.0.0.1', port), self.used(result))
        self.assertIn('wrong-tls', result.kinds)

    def test_tls_where_starttls_is_announced(self):
        self.check_kind_of_tls('_xmpp-client', 5223, 'direct')

    def test_starttls_where_tls_is_announced(self):
        self.check_kind_of_tls('_xmpps-client', 5222, 'starttls')

    def test_target_elsewhere(self):
        """The certificate is the domain's, not the target's (RFC 6120, section 13.7.2)."""
        computer = self.new_computer(
            'host-record=chat.example.org,127.0.0.1',
            'srv-host=_xmpp-client._tcp.%s,chat.example.org,5222,0,5' % CAPULET)
        computer.prosody({CAPULET: {}}, self.lab.accounts(CAPULET))
        result = self.check(computer, CAPULET)
        self.assertEqual(self.used(result), [('starttls', '127.0.0.1', 5222)])
        self.assertEqual(observed(result, 'connect')[0]['details']['target'], 'chat.example.org')

    def test_international_domain(self):
        """DNS and certificates have the ASCII form, the stream has the other one (RFC 7622,
        3.2)."""
        computer = self.new_computer(*servers.domain_records(ASCII_DOMAIN, '127.0.0.1',
                                                             direct=None))
        computer.prosody({DOMAIN: {}}, {'juliet': bed.PASSWORDS[CAPULET]})
        self.assertEqual(self.used(self.check(computer, 'juliet@' + DOMAIN,
                                              password=bed.PASSWORDS[CAPULET])),
                         [('starttls', '127.0.0.1', 5222)])

    def test_nat64_prefix(self):
        """A name server that makes addresses for NAT64 (RFC 7050)."""
        computer = self.new_computer(*servers.domain_records(CAPULET, '127.0.0.1'),
                                     'host-record=ipv4only.arpa,2001:db8:64::c000:aa')
        computer.prosody({CAPULET: {}}, self.lab.accounts(CAPULET))
        result = self.check(computer, CAPULET)
        self.assertEqual([one['details']['answers'] for one in observed(result, 'lookup')
                          if one['details']['question'] == 'nat64'], [['2001:db8:64::/96']])


if __name__ == '__main__':
    program.main(names=[ASCII_DOMAIN], workers=3)
