#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The routers that the path probe finds, and which one has the external address; and that no packet
goes further than it may. ../probe/nat-tool.c makes the test."""

import json
import os
import pathlib
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'lib'))

import bed  # noqa: E402
import capture  # noqa: E402
import sites  # noqa: E402
import tap  # noqa: E402
import topology  # noqa: E402
import variants  # noqa: E402

PATIENCE = 30.0
SERVER = sites.ADDRESSES['coturn'][0]
ROUTER, MODEM, CARRIER, PROVIDER = '192.168.1.1', '192.168.0.1', '100.64.0.1', '198.51.100.254'
OUTSIDE, SHARED = '198.51.100.1', '198.51.100.2'

# The external address; the routers up to the provider's; and whether the nearest one forwards
# packets to it
NETWORKS = {
    'home': (OUTSIDE, [ROUTER, PROVIDER], False),
    'symmetric': (OUTSIDE, [ROUTER, PROVIDER], False),
    'full-cone': (OUTSIDE, [ROUTER, PROVIDER], False),
    'hairpin': (OUTSIDE, [ROUTER, PROVIDER], False),
    'double-nat': (OUTSIDE, [ROUTER, MODEM, PROVIDER], True),
    'home-behind-cgnat': (SHARED, [ROUTER, CARRIER], True),
    'vpn': ('203.0.113.40', ['10.8.0.1'], False),
}


class Path(unittest.TestCase):

    def find(self, outside, words=''):
        settings = {'servers': [[SERVER, 3478]], 'relays': [], 'outside': [outside, 40000]}
        done = self.net.client.run([os.environ['SIDETONE_NAT_TOOL']], capture_output=True, text=True,
                                   input=json.dumps(settings) + '\n' + words, timeout=PATIENCE)
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        return json.loads(done.stdout)

    def run_row(self, name):
        outside, routers, passed_on = NETWORKS[name]
        self.net.build(variants.VARIANTS[name])
        found = self.find(outside)
        self.assertEqual(found['routers'][:len(routers)], routers)
        self.assertEqual((found['nearest'], found['passed-on']), (True, passed_on))

    def test_no_farther(self):
        """Packets to the external address pass no router; those to the server pass at most five."""
        self.net.build(variants.VARIANTS['double-nat'])
        with capture.Capture(self.net.client, 'eth0') as seen:
            self.find(OUTSIDE)
        sent = {(packet.peer, packet.ttl) for packet in seen.packets
                if packet.outgoing and packet.protocol == capture.UDP}
        self.assertEqual(sent, {((OUTSIDE, 9), 1)} | {((SERVER, 3478), ttl) for ttl in range(1, 6)})

    def test_silent_router(self):
        """It sends no ICMP errors, so nothing is known about it."""
        self.net.build(variants.VARIANTS['double-nat'])
        self.net.hosts['router'].nft('''table inet silent {
          chain leaving { type filter hook output priority filter; icmp type time-exceeded drop; }
        }''')
        found = self.find(OUTSIDE)
        self.assertEqual(found['routers'][:2], [MODEM, PROVIDER])
        self.assertEqual((found['nearest'], found['passed-on']), (False, False))

    def test_refused(self):
        """A router that refuses packets to its own address does not forward them."""
        self.net.build(variants.VARIANTS['home'])
        self.net.hosts['router'].nft('''table inet refusing {
          chain entering { type filter hook input priority filter; udp dport 9 reject; }
        }''')
        found = self.find(OUTSIDE)
        self.assertEqual((found['routers'][0], found['passed-on']), (ROUTER, False))

    def test_no_way_out(self):
        self.net.build(variants.VARIANTS['home'])
        self.net.client.do('ip', 'route', 'del', 'default')
        self.assertEqual(self.find(OUTSIDE)['routers'], [])

    def test_cancel(self):
        self.net.build(variants.VARIANTS['home'])
        self.assertIn('failed', self.find(OUTSIDE, words='cancel\n'))


tap.add_rows(Path, {name: name for name in NETWORKS}, Path.run_row)

if __name__ == '__main__':
    bed.enter()
    with bed.Bed(sites.NAMES) as ground:
        Path.net = topology.Internet(ground, ['capulet.lit'])
        status = tap.main(sys.argv[1:])
    sys.exit(status)
