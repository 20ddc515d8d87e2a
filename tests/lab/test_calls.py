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
import faults  # noqa: E402
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


class Video(CallsTest):
    """Room for a video call, on lines that carry so much, or with a relay that does. VIDEO=all has
    more of them."""

    ROOM = {'relay-limits-rate', 'no-room-for-video', 'room-for-small-video', 'delay-under-load'}
    # With the headers of IP and UDP, and of a Data indication
    SIZES = {True: 1200 + 28, False: 1200 + 36 + 28}
    LIMIT = 2_000_000

    def look(self, rates=None, delay=10, domain='capulet.lit', way='out'):
        """The video test, and the findings about it by kind. way: the narrower direction."""
        self.log = self.net.bed.folder / 'log'
        self.net.build(variants.VARIANTS['home'], delay=delay, rates=rates or (100_000, 100_000, 300),
                       log=self.log, relays_of=[domain] if domain in faults.FAULTS else [])
        self.net.client.set('ipv4/ping_group_range', '0 2147483647')
        report = self.check(domain, '--video')
        seen = next(one for one in report['observations'] if one['kind'] == 'video')
        print('# %s %s: %s' % (domain, rates, {key: value for key, value in seen['details'].items()
                                              if key not in ('service', 'peer-address')}), flush=True)
        self.assertLess(seen['duration_us'], 10.5e6)
        self.compare(seen['details'], way == 'out')
        return seen['details'], {finding['kind']: finding for finding in report['findings']
                                 if finding['kind'] in self.ROOM}

    def compare(self, details, leaving):
        """With the wire: how much was sent, how late it was, and how soon it ended."""
        packets = list(wire.read_log(self.log))
        video = [(when, wait) for when, out, wait, length in packets
                 if out == leaving and length == self.SIZES[leaving]]
        for way in (False, True):
            self.assertLess(sum(length for when, out, _, length in packets
                                if out == way and when >= video[0][0]), self.LIMIT)
        step = video[-details['sent'][-1]:]
        waits = sorted(wait for _, wait in step if wait is not None)
        added = (details['p95-us'][-1] - details['base-us']) / 1e6
        self.assertAlmostEqual(added, waits[(95 * len(waits) + 99) // 100 - 1],
                               delta=0.03 if leaving else 0.05)
        enough = self.when_enough(step)
        print('# %s, %.0f ms later than little is, %s' % (
            details['ended'], added * 1000, 'never too much' if enough is None else
            'ended %.0f ms after it was too much' % ((step[-1][0] - enough) * 1000)), flush=True)
        if enough is not None:
            self.assertLess(step[-1][0] - enough, 0.3)

    def when_enough(self, step):
        """When a second had lost 5 %, or packets were 150 ms late."""
        for number, (when, wait) in enumerate(step):
            if wait is not None and wait >= 0.15:
                return when
            second = [lost is None for then, lost in step[:number + 1] if then > when - 1]
            if sum(second) >= max(5, len(second) * 0.05):
                return when
        return None

    def owners(self, finding):
        return {finding['owner'], *(rival['owner'] for rival in finding['rivals'])}

    def test_small(self):
        """Data waits in front of a line of 1 Mbit/s."""
        details, found = self.look((1000, 10_000, 300))
        self.assertEqual(set(found), {'room-for-small-video', 'delay-under-load'})
        self.assertEqual((details['ended'], details['rates']), ('delay', [600, 1200]))
        self.assertLess(details['router-us'][-1] - details['router-base-us'], 30_000)

    def test_relay(self):
        """The relay lets no more through than that."""
        details, found = self.look(domain='throttled-video.lit')
        self.assertEqual(set(found), {'relay-limits-rate'})
        self.assertEqual((details['ended'], details['rates']), ('loss', [600, 1200]))
        self.assertEqual(found['relay-limits-rate']['owner'], 'administrator')

    def test_without(self):
        """Nobody asked for it: a check sends little."""
        log = self.net.bed.folder / 'log'
        self.net.build(variants.VARIANTS['home'], delay=10, rates=(100_000, 100_000, 300), log=log)
        report = self.check('capulet.lit')
        self.assertNotIn('video', {one['kind'] for one in report['observations']})
        sent = [sum(length for _, out, _, length in wire.read_log(log) if out == way)
                for way in (True, False)]
        last = max(one['start_us'] + one['duration_us'] for one in report['observations'])
        print('# %d bytes sent, %d received, in %.1f s' % (*sent, last / 1e6), flush=True)
        self.assertLess(max(sent), 250_000)

    def test_wide(self):
        details, found = self.look()
        self.assertEqual((details['ended'], details['rates']), ('all', [600, 1200, 2500]))
        self.assertFalse(found)

    @unittest.skipUnless(os.environ.get('VIDEO') == 'all', 'long')
    def test_none(self):
        details, found = self.look((500, 10_000, 300))
        self.assertEqual(set(found), {'no-room-for-video', 'delay-under-load'})

    @unittest.skipUnless(os.environ.get('VIDEO') == 'all', 'long')
    def test_short_queue(self):
        """A line that drops what does not fit at once looks like a relay's limit: both are named."""
        details, found = self.look((1000, 10_000, 20))
        self.assertEqual(details['ended'], 'loss')
        for finding in found.values():
            self.assertLessEqual({'administrator', 'provider'}, self.owners(finding))
        self.assertTrue(found)

    @unittest.skipUnless(os.environ.get('VIDEO') == 'all', 'long')
    def test_downlink(self):
        """The narrower direction decides."""
        details, found = self.look((10_000, 1000, 300), way='in')
        self.assertEqual(set(found), {'room-for-small-video', 'delay-under-load'})


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
        CallsTest.net = topology.Internet(ground, [*sites.OFFERING, 'throttled-video.lit'])
        bed.go_first()
        yield


if __name__ == '__main__':
    sys.exit(tap.main_in_beds(2, prepare))
