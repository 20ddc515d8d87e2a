#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""A whole check's figures, compared with the wire and the router."""

import contextlib
import json
import os
import pathlib
import struct
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'lib'))

import bed  # noqa: E402
import sites  # noqa: E402
import tap  # noqa: E402
import test_turn  # noqa: E402
import topology  # noqa: E402
import variants  # noqa: E402
import wire  # noqa: E402

# More than the longest time that UDP stays open and is measured
PATIENCE = 340.0
UDP = 17
DELAY, LOSS = 50, 5
TRIES = 5
TOKEN = slice(12, 28)


class CallsTest(unittest.TestCase):

    net = None

    def begin_check(self, domain, *options, host=None):
        """Start a check, by default of the near side's client."""
        process = (host or self.net.client).popen(
            [os.environ['SIDETONE_CLI'], 'check', self.net.bed.jid(domain), '--password-file', '-',
             '--ca-file', str(self.net.bed.ca_file), '--format', 'json', *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.kill)
        return process

    def end_check(self, process, domain):
        """Wait for its report."""
        out, err = process.communicate(bed.PASSWORDS[domain] + '\n', timeout=PATIENCE)
        self.assertEqual(process.returncode, 0, err)
        return json.loads(out)

    def check(self, domain, *options):
        return self.end_check(self.begin_check(domain, *options), domain)


class Figures(CallsTest):
    """On a line of 50 ms that loses one packet in twenty: the reported loss is the real one."""

    def lost_by_token(self, path):
        """Numbers of the audio packets that the wire lost, for each echo, in each direction."""
        lost = {}
        for packet in wire.read_lost(path):
            if packet[0] >> 4 != 4 or packet[9] != UDP:
                continue
            echo = test_turn.unwrap(packet[28:])
            if not echo.startswith(test_turn.RTP):
                continue
            number, = struct.unpack('!H', echo[test_turn.NUMBER:test_turn.NUMBER + 2])
            if number < test_turn.AUDIO:
                ways = lost.setdefault(echo[TOKEN], {'a': set(), 'b': set()})
                ways[chr(echo[test_turn.DIRECTION])].add(number)
        return lost

    def run_row(self, domain):
        """Until something is lost on the way there: the order of packets decides, and so does chance."""
        if not any(self.compare(domain) for _ in range(TRIES)):
            self.fail('nothing is lost')

    def compare(self, domain):
        """A check, compared with the wire. Returns whether it could be."""
        path = self.net.bed.folder / 'lost'
        self.net.build(variants.VARIANTS['home'], delay=DELAY, loss=LOSS, lost=path)
        report = self.check(domain)
        lost = self.lost_by_token(path)
        echoes = [one for one in report['observations'] if one['kind'] == 'echo']
        self.assertGreaterEqual(len(echoes), 3)
        for echo in echoes:
            missing = {number for number, trip in enumerate(echo['details']['trips']) if trip < 0}
            if missing:
                self.assertIn(missing, [ways['a'] for ways in lost.values()])
        service = next(one for one in report['services']
                       if (one['type'], one['transport'], one['state']) == ('turn', 'udp', 'passed'))
        echo = next(one for one in echoes if one['details']['service'].startswith('turn udp')
                    and 'other-relay' not in one['details'])
        missing = {number for number, trip in enumerate(echo['details']['trips']) if trip < 0}
        # If none was lost on the way there, it can't be told from others
        if not missing:
            return False
        ways = next(ways for ways in lost.values() if ways['a'] == missing)
        sent = 2 * (echo['details']['there-sent'] + echo['details']['back-sent'])
        truth = (len(ways['a']) + len(ways['b'])) / sent
        self.assertAlmostEqual(service['loss'], truth, delta=0.01)
        self.assertAlmostEqual(service['rtt_ms'], 2 * DELAY, delta=10)
        return True


tap.add_rows(Figures, {domain.removesuffix('.lit'): domain for domain in sites.OFFERING},
             Figures.run_row)


class HowFar(CallsTest):
    """If UDP is silent: how far it gets, and TCP."""

    ROUTERS = ['192.168.1.1', '198.51.100.254', '192.0.2.2']

    def paths(self, variant):
        self.net.build(variants.VARIANTS[variant])
        observations = self.check('capulet.lit')['observations']
        return {one['id']: one['details'] for one in observations if one['kind'] == 'path'}

    def expect(self, path, udp_routers):
        self.assertEqual(path['udp-routers'], udp_routers)
        self.assertEqual(path['tcp-routers'], self.ROUTERS)
        self.assertEqual((path['udp-arrived'], path['tcp-arrived']), (False, True))
        self.assertEqual(path['tcp-peer'].rsplit(':', 1)[0], path['peer-address'])

    def test_stopped_here(self):
        """The router drops it, after it has counted down its TTL."""
        self.expect(self.paths('udp-blocked')['path-4'], self.ROUTERS[:1])

    def test_stopped_there(self):
        """The server's own firewall drops it."""
        self.net.hosts['coturn'].nft('table inet deaf {\nchain entering {\n'
                                     'type filter hook input priority filter;\n'
                                     'iifname "eth0" meta l4proto udp drop\n}\n}')
        self.addCleanup(self.net.hosts['coturn'].nft, 'delete table inet deaf')
        self.expect(self.paths('home')['path-4'], self.ROUTERS)

    def test_good(self):
        """Nothing is sent for it."""
        self.assertEqual(set(self.paths('home')), {'path'})


class Lifetime(CallsTest):
    """How long the router keeps UDP open, in seconds: LIFETIMES has others."""

    def run_row(self, domain):
        for seconds in map(int, os.environ.get('LIFETIMES', '5').split()):
            self.net.build(variants.VARIANTS['home'], udp_timeout=seconds)
            report = self.check(domain, '--lifetime')
            found = next(one['details'] for one in report['observations']
                         if one['kind'] == 'lifetime')
            self.assertAlmostEqual((found['open-ms'] + found['closed-ms']) / 2000, seconds,
                                   delta=seconds / 10, msg=found)
            kinds = [finding['kind'] for finding in report['findings']]
            self.assertEqual('short-lifetime' in kinds, seconds <= 15)


tap.add_rows(Lifetime, {domain.removesuffix('.lit'): domain for domain in sites.OFFERING},
             Lifetime.run_row)


@contextlib.contextmanager
def prepare():
    bed.enter()
    with bed.Bed(['coturn.lit']) as ground:
        CallsTest.net = topology.Internet(ground, sites.OFFERING)
        bed.go_first()
        yield


if __name__ == '__main__':
    sys.exit(tap.main_in_beds(2, prepare))
