#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""What a hostile server can make this computer send to others, captured on its cable and on its
loopback interface."""

import ipaddress

import program
import capture
import liar
import scripted
import servers
from capture import IPV4, IPV6
from program import MONTAGUE

SERVER, RELAY, VICTIM = '203.0.113.1', '203.0.113.2', '203.0.113.90'
OWN, ROUTER = '192.168.1.10', '192.168.1.1'
OWN_IPV6, SERVER_IPV6 = '2001:db8:1::10', '2001:db8:1::1'
DNS, FIRST_PORT = 53, 3500
USER, PASSWORD = 'romeo', 'a-relay-password'
ADDRESSES = (
    '127.0.0.1', '127.0.0.53', '::1', '::ffff:127.0.0.1', '::127.0.0.1', '64:ff9b::7f00:1',
    '2002:7f00:1::1', OWN, OWN_IPV6, ROUTER, '::ffff:' + ROUTER, '64:ff9b::c0a8:101', '10.0.0.1',
    '172.16.0.1', '100.64.0.1', '169.254.169.254', 'fd00:ec2::254', 'fd12::1', 'fe80::1',
    '224.0.0.251', 'ff02::fb', '255.255.255.255', '0.0.0.0', '::')
NAMES = {'loop.lit': '127.0.0.1', 'router.lit': ROUTER, 'meta.lit': '169.254.169.254',
         'loop6.lit': '::1'}
SERVICE = ("<service type='%s' host='%s' port='%d' transport='%s' username='%s' password='%s'/>")


def announce(kind, host, port=3478, transport='udp'):
    return SERVICE % (kind, host, port, transport, USER, PASSWORD)


class Hostile(program.ProgramTest):
    """A client behind a router, which is the hostile server, too: whatever leaves by the cable would
    arrive there."""

    def build(self, services):
        world = self.lab.computer('world', stub=False)
        client = self.lab.computer('client', stub=False)
        self.addCleanup(self.lab.remove, world)
        self.addCleanup(self.lab.remove, client)
        self.lab.link(client, 'eth0', world, 'eth0')
        client.address('eth0', OWN + '/24', OWN_IPV6 + '/64')
        world.address('eth0', ROUTER + '/24', SERVER_IPV6 + '/64')
        world.address('lo', *(place + '/32' for place in (SERVER, RELAY, VICTIM)))
        client.do('ip', 'route', 'add', 'default', 'via', ROUTER)
        client.do('ip', '-6', 'route', 'add', 'default', 'via', SERVER_IPV6)
        client.wait_for_links()
        client.dns(*servers.domain_records(MONTAGUE, SERVER),
                   *('host-record=%s,%s' % record for record in NAMES.items()))
        self.server = scripted.Scripted(world, MONTAGUE, self.lab.accounts(MONTAGUE),
                                        services=services, addresses=(SERVER,))
        return client, world

    def watch(self, client):
        """Check; return the report and the destinations of all packets."""
        with capture.Capture(client, 'eth0') as cable, capture.Capture(client, 'lo') as inside:
            result = self.check(client, MONTAGUE)
        self.assertEqual((cable.n_dropped, inside.n_dropped), (0, 0))
        sent = []
        for packet in cable.packets + inside.packets:
            if packet.kind == IPV4 and packet.outgoing:
                sent.append((packet.peer[0], packet.peer[1], packet.protocol))
            elif packet.kind == IPV6 and packet.outgoing:
                place = str(ipaddress.ip_address(packet.data[24:40]))
                # The kernel looks for its neighbours
                if packet.data[6] not in (capture.ICMPV6, capture.HOP_BY_HOP):
                    sent.append((place, None, packet.data[6]))
        return result.report, sent

    def test_forbidden_addresses(self):
        """Not one packet to any of them, by any transport."""
        hosts = ADDRESSES + tuple(NAMES)
        self.assertGreaterEqual(len(hosts), 20)
        client, _ = self.build(''.join(
            announce(kind, host, transport=transport) for host in hosts
            for kind, transport in (('stun', 'udp'), ('turn', 'tcp'))))
        report, sent = self.watch(client)

        # Names are looked up, inside this computer
        strangers = {place for place in sent
                     if place[0] != SERVER and not (place[0].startswith('127.')
                                                    and DNS in place[1:2])}
        # The name server's answers go back inside, too
        strangers = {place for place in strangers
                     if not (place[0].startswith('127.') and place[2] == capture.UDP
                             and self.is_answer(sent, place))}
        self.assertEqual(strangers, set())
        self.assertEqual({one['state'] for one in report['services']}, {'skipped'}, report)
        self.assertEqual({one['reason'] for one in report['services']},
                         {'own computer', 'private address', 'no address'})
        self.assertIn('service-private', [one['kind'] for one in report['findings']])

    @staticmethod
    def is_answer(sent, place):
        return place[1] is not None and place[1] >= 32768 and (place[0], DNS, place[2]) in sent

    def test_one_victim(self):
        """Eight relays with one relayed address send it no more than one would."""
        client, world = self.build(''.join(announce('turn', RELAY, FIRST_PORT + i)
                                           for i in range(8)))
        liars = [liar.Liar(world, (RELAY, FIRST_PORT + i), USER, PASSWORD, (VICTIM, DNS))
                 for i in range(8)]
        report, sent = self.watch(client)

        self.assertTrue(all(one.n_allocated > 0 for one in liars))
        to_victim = [place for place in sent if place[0] == VICTIM]
        self.assertGreater(len(to_victim), 0)
        self.assertLessEqual(len(to_victim), 9)
        self.assertEqual({one['state'] for one in report['services']}, {'failed'})

    def test_forbidden_answers(self):
        """Nor do a relay's answers lead into this computer's network, where only its router is pinged."""
        client, world = self.build(announce('turn', RELAY) + announce('stun', RELAY))
        liar.Liar(world, (RELAY, 3478), USER, PASSWORD, (ROUTER, DNS), other=(ROUTER, 3479))
        _, sent = self.watch(client)
        self.assertLessEqual({place for place in sent if place[0] == ROUTER},
                             {(ROUTER, None, capture.ICMP)})


if __name__ == '__main__':
    program.main()
