#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""What a whole check does to the network beside the verdict that score looks at: to whom packets go,
what is told of credentials, what is left at the servers, and whether the figures are those of the
wire."""

import base64
import hashlib
import hmac
import json
import os
import pathlib
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
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

PATIENCE = 40.0
ALL_KINDS, UDP = 0x0003, 17
OUTSIDE = '198.51.100.1'
DELAY, LOSS = 50, 5
TTL = 86400
TOKEN = slice(12, 28)


class Tap:
    """All IPv4 packets that leave a host by an interface: pairs of protocol and target."""

    def __init__(self, host, interface):
        self.socket = host.socket(socket.AF_PACKET, socket.SOCK_DGRAM)
        self.socket.bind((interface, ALL_KINDS))
        self.socket.settimeout(0.1)
        self.targets = set()
        self.over = False
        self.thread = threading.Thread(target=self._listen)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over = True
        self.thread.join()
        self.socket.close()

    def _listen(self):
        while not self.over:
            try:
                packet, (_, protocol, kind, *_) = self.socket.recvfrom(65536)
            except TimeoutError:
                continue
            if protocol == 0x0800 and kind == socket.PACKET_OUTGOING:
                self.targets.add((packet[9], socket.inet_ntoa(packet[16:20])))


class CallsTest(unittest.TestCase):
    net = None

    def start(self, domain, **environment):
        process = self.net.client.popen(
            [os.environ['SIDETONE_CLI'], 'check', self.net.bed.jid(domain), '--password-file', '-',
             '--ca-file', str(self.net.bed.ca_file), '--format', 'json'],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            start_new_session=True, env=dict(os.environ, **environment))
        process.stdin.write(bed.PASSWORDS[domain] + '\n')
        process.stdin.close()
        process.stdin = None
        self.addCleanup(process.kill)
        return process

    def check(self, domain, **environment):
        process = self.start(domain, **environment)
        out, err = process.communicate(timeout=PATIENCE)
        self.assertEqual(process.returncode, 0, err)
        return json.loads(out), out + err

    def observations(self, report, kind):
        return [one for one in report['observations'] if one['kind'] == kind]


class Targets(CallsTest):
    """No packet goes to anybody but the name server, the server, what it announces, and the computer's own
    address outside."""

    def run_row(self, row):
        domain, allowed = row
        self.net.build(variants.VARIANTS['home'])
        with Tap(self.net.client, 'eth0') as tapped:
            report, _ = self.check(domain)
        self.assertTrue(self.observations(report, 'relay'))
        targets = {address for _, address in tapped.targets}
        self.assertIn(UDP, {protocol for protocol, _ in tapped.targets})
        self.assertLessEqual(targets, {topology.NAME_SERVER[0], OUTSIDE} | set(allowed))
        # That of a relay's own host has to be among them
        self.assertLessEqual(set(allowed[:2]), targets)


COTURN = (sites.ADDRESSES['coturn'][0], sites.SECOND_ADDRESSES['coturn'][0])
PROSODY = sites.ADDRESSES['prosody'][0]
tap.add_rows(Targets, {
    'ejabberd': ('montague.lit', (sites.ADDRESSES['ejabberd'][0],)),
    'prosody': ('capulet.lit', (PROSODY,) + COTURN),
    # Not even where a relay says so
    'private_relay': ('private-relay.lit', (PROSODY, faults.relay_address('private-relay.lit'))),
    'zero_relay': ('zero-relay.lit', (PROSODY, faults.relay_address('zero-relay.lit'))),
}, Targets.run_row)


class Secrets(CallsTest):

    def credentials(self, begin, end):
        """What the server may have given out in that time (mod_turn_external)."""
        for expires in range(int(begin) + TTL - 2, int(end) + TTL + 3):
            digest = hmac.new(self.net.relay_secret.encode(), str(expires).encode(), hashlib.sha1)
            yield str(expires), base64.b64encode(digest.digest()).decode()

    def watch(self, process, seen):
        """Arguments and environments of all that runs here, again and again."""
        while process.poll() is None:
            for folder in pathlib.Path('/proc').glob('[0-9]*'):
                for name in ('cmdline', 'environ'):
                    try:
                        seen.add((folder / name).read_bytes())
                    except OSError:
                        pass
            time.sleep(0.05)

    def test_told_nowhere(self):
        """However loud it is made; and the password works, so it was there to be told."""
        self.net.build(variants.VARIANTS['home'])
        begin = time.time()
        process = self.start('capulet.lit', G_MESSAGES_DEBUG='all', G_ENABLE_DIAGNOSTIC='1')
        seen = set()
        watcher = threading.Thread(target=self.watch, args=(process, seen))
        watcher.start()
        out, err = process.communicate(timeout=PATIENCE)
        watcher.join()
        report = json.loads(out)
        self.assertEqual({one['state'] for one in self.observations(report, 'echo')}, {'passed'})
        self.assertTrue(any(b'sidetone-cli' in text for text in seen))
        told = (out + err).encode() + b'\0'.join(seen)
        for username, password in self.credentials(begin, time.time()):
            self.assertNotIn(password.encode(), told)
            self.assertNotIn(username.encode(), (out + err).encode())
        self.assertNotIn(self.net.relay_secret.encode(), (out + err).encode())


class Left(CallsTest):
    """At the servers, by the word of their kernel."""

    def setUp(self):
        self.net.build(variants.VARIANTS['home'])
        # What another test left on purpose
        self.before = {host: test_turn.TurnTest.relays(self, host)
                       for host in ('coturn', 'ejabberd')}

    def relays(self, host):
        return test_turn.TurnTest.relays(self, host) - self.before[host]

    def expect_no_relay(self, host):
        test_turn.TurnTest.expect_no_relay(self, host)

    def wait_for_relays(self, host, process):
        while self.relays(host) < 2:
            self.assertIsNone(process.poll(), 'it ended before')

    def test_after_a_check(self):
        for domain, host in (('capulet.lit', 'coturn'), ('montague.lit', 'ejabberd')):
            self.check(domain)
            self.expect_no_relay(host)

    def test_after_an_interrupt(self):
        """As Ctrl-C does it: each process of the group gets the signal."""
        for domain, host in (('capulet.lit', 'coturn'), ('montague.lit', 'ejabberd')):
            process = self.start(domain)
            self.wait_for_relays(host, process)
            os.killpg(process.pid, signal.SIGINT)
            process.communicate(timeout=PATIENCE)
            self.assertEqual(process.returncode, 2)
            self.expect_no_relay(host)

    def test_after_a_kill(self):
        """What nobody can give back is what came by UDP: that ends with its lifetime."""
        process = self.start('capulet.lit')
        self.wait_for_relays('coturn', process)
        process.kill()
        process.communicate(timeout=PATIENCE)
        end = time.monotonic() + 5
        while self.relays('coturn') > 2 and time.monotonic() < end:
            time.sleep(0.05)
        # One of the tests of the servers, and the one that looks at the NAT
        self.assertLessEqual(self.relays('coturn'), 2)
        # And stands in nobody's way
        report, _ = self.check('capulet.lit')
        self.assertEqual({one['state'] for one in report['services']}, {'passed'})


class Figures(CallsTest):
    """On a line of 50 ms that loses one packet in twenty: what is reported is what was lost."""

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
        path = self.net.bed.folder / 'lost'
        self.net.build(variants.VARIANTS['home'], delay=DELAY, loss=LOSS, lost=path)
        report, _ = self.check(domain)
        lost = self.lost_by_token(path)
        echoes = [one for one in self.observations(report, 'echo')]
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
        # Where none was lost on the way there, it can't be told from others
        self.assertTrue(missing, 'the dice of the wire have changed')
        ways = next(ways for ways in lost.values() if ways['a'] == missing)
        sent = 2 * (echo['details']['there-sent'] + echo['details']['back-sent'])
        truth = (len(ways['a']) + len(ways['b'])) / sent
        self.assertAlmostEqual(service['loss'], truth, delta=0.01)
        self.assertAlmostEqual(service['rtt_ms'], 2 * DELAY, delta=5)


tap.add_rows(Figures, {domain.removesuffix('.lit'): domain for domain in sites.OFFERING},
             Figures.run_row)


if __name__ == '__main__':
    bed.enter()
    with bed.Bed(sites.NAMES) as ground:
        CallsTest.net = topology.Internet(ground)
        status = tap.main(sys.argv[1:])
    sys.exit(status)
