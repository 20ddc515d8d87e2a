#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The probe's results with real STUN and TURN servers, compared with the wire; and that it leaves
no allocation behind. ../probe/turn-tool.c makes the tests; the XMPP servers announce the
credentials."""

import contextlib
import json
import os
import pathlib
import struct
import subprocess
import sys
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'lib'))

import bed  # noqa: E402
import sites  # noqa: E402
import tap  # noqa: E402
import test_sites  # noqa: E402
import topology  # noqa: E402
import variants  # noqa: E402
import wire  # noqa: E402

PATIENCE = 30.0
DELAY, LOSS = 50, 5
TRIES, TOLERANCE = 3, 5
AUDIO = 50
# Both servers' range of relayed ports
RELAY_PORTS = range(49152, 65536)
# In a packet of the echo
RTP, DIRECTION, NUMBER = b'\x80\x6f', 28, 29
# In indications
ATTRIBUTES, DATA = 20, 0x0013


def unwrap(payload):
    """The data of an indication, at any place in it; the whole of any other message."""
    if payload[:1] == RTP[:1]:
        return payload
    at = ATTRIBUTES
    while at + 4 <= len(payload):
        kind, length = struct.unpack('!HH', payload[at:at + 4])
        if kind == DATA:
            return payload[at + 4:at + 4 + length]
        at += 4 + (length + 3) // 4 * 4
    return b''


def lost_echoes(path):
    """The numbers of the audio packets that the wire lost, in each direction."""
    lost = {ord('a'): set(), ord('b'): set()}
    for packet in wire.read_lost(path):
        echo = unwrap(packet[28 if packet[0] >> 4 == 4 else 48:])
        if echo.startswith(RTP):
            number, = struct.unpack('!H', echo[NUMBER:NUMBER + 2])
            if number < AUDIO:
                lost[echo[DIRECTION]].add(number)
    return lost[ord('a')], lost[ord('b')]


class Tool:
    """The running tool on the client."""

    def __init__(self, net, settings):
        self.secrets = settings['username'], settings['password']
        self.process = net.client.popen([os.environ['SIDETONE_TURN_TOOL']], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                        env=dict(os.environ, G_MESSAGES_DEBUG='all'))
        self.say(json.dumps(settings))

    def say(self, line):
        self.process.stdin.write(line + '\n')
        self.process.stdin.flush()

    def read(self):
        for line in self.process.stdout:
            if line.startswith('{'):
                return json.loads(line)
        raise AssertionError('no event')

    def finish(self):
        """All further events by their names. No log contains credentials."""
        out, err = self.process.communicate(timeout=PATIENCE)
        assert self.process.returncode == 0, err
        assert not any(secret in out + err for secret in self.secrets), 'credentials told'
        # Debug messages come the same way
        events = [json.loads(line) for line in out.splitlines() if line.startswith('{')]
        return {event.pop('event'): event for event in events}


class TurnTest(unittest.TestCase):
    net = None
    credentials = {}
    maxDiff = None

    def settings(self, server, do, ipv6=False, **more):
        address = sites.ADDRESSES[server][ipv6]
        username, password = self.credentials[server]
        return dict({'do': do, 'address': address, 'port': 3478, 'transport': 'udp',
                     'host': 'coturn.lit', 'username': username, 'password': password,
                     'ca-file': str(self.net.bed.ca_file), 'relay': 6 if ipv6 else 4,
                     'stun': [address, 3478]}, **more)

    def run_tool(self, *arguments, **more):
        return Tool(self.net, self.settings(*arguments, **more)).finish()

    def relays(self, host):
        """The server's number of relayed sockets, by the kernel."""
        shown = self.net.hosts[host].run(['cat', '/proc/net/udp', '/proc/net/udp6'],
                                         capture_output=True, text=True, check=True).stdout
        ports = [int(line.split()[1].rsplit(':', 1)[1], 16) for line in shown.splitlines()
                 if 'local_address' not in line]
        return sum(port in RELAY_PORTS for port in ports)

    def expect_no_relay(self, host):
        """coturn takes a second to end allocations of a closed stream, on a busy computer more; those that
        nobody ends stay for minutes."""
        end = time.monotonic() + 30
        while self.relays(host) > 0 and time.monotonic() < end:
            time.sleep(0.05)
        self.assertEqual(self.relays(host), 0)


class Truth(TurnTest):
    """On a line of 50 ms that loses one packet in twenty."""

    def expect_truth(self, echo, lost_path):
        there, back = lost_echoes(lost_path)
        self.assertTrue(there | back, 'the wire lost nothing')
        # A packet lost on its way there is not sent back
        for trips, sent, missing in ((echo['there'], AUDIO, there),
                                     (echo['back'], AUDIO - len(there), there | back)):
            self.assertEqual(trips['sent'], sent)
            self.assertEqual(trips['missing'], sorted(missing))
            self.assertEqual((trips['duplicates'], trips['reordered']), (0, 0))

    def run_row(self, row):
        name, host = row
        variant = variants.VARIANTS[name]
        path = self.net.bed.folder / 'lost'
        # A computer that is busy adds to the trips now and then, a wrong figure does so each time
        for _ in range(TRIES):
            self.net.build(variant, delay=DELAY, loss=LOSS, lost=path)
            events = self.run_tool(host, 'echo', ipv6=name == 'ipv6')
            echo = events['echo']
            self.expect_truth(echo, path)
            late = [echo[way]['median-us'] / 1000 - 2 * DELAY for way in ('there', 'back')]
            if max(map(abs, late)) <= TOLERANCE:
                break
        else:
            self.fail('the round trips are wrong by %s ms' % late)
        if variant.mapping == variants.EI:
            self.assertEqual(echo['seen'], echo['mapped'])
        if variant.mapping == variants.NONE:
            self.assertEqual(events['allocated']['mapped'], events['allocated']['local'])
        else:
            self.assertNotEqual(events['allocated']['mapped'], events['allocated']['local'])
        self.assertEqual(echo['source'], events['allocated']['relayed'])
        self.assertEqual([row[0] for row in echo['large']], [1200, 1400])
        self.expect_no_relay(host)


tap.add_rows(Truth, {'%s %s' % (name, host): (name, host)
                     for name in ('open', 'home', 'symmetric', 'cgnat', 'ipv6')
                     for host in ('coturn', 'ejabberd')}, Truth.run_row)


class Clean(TurnTest):
    """On a line without faults."""

    def setUp(self):
        self.net.build(variants.VARIANTS['home'])

    def expect_whole(self, echo):
        for way in ('there', 'back'):
            self.assertEqual((echo[way]['sent'], echo[way]['arrived']), (AUDIO, AUDIO))
        self.assertEqual(echo['large'], [[1200, 5, 5, 5], [1400, 5, 5, 5]])

    def test_bind(self):
        for host in ('coturn', 'ejabberd'):
            bound = self.run_tool(host, 'bind')['bound']
            self.assertEqual(bound['mapped'].split(':')[0], '198.51.100.1')
            self.assertEqual(bound['local'].split(':')[0], '192.168.1.10')
        self.assertNotIn('other', bound)
        bound = self.run_tool('coturn', 'bind')['bound']
        self.assertEqual(bound['plain'], bound['mapped'])
        self.assertEqual(bound['other'], sites.SECOND_ADDRESSES['coturn'][0] + ':3479')

    def test_tcp(self):
        for host in ('coturn', 'ejabberd'):
            self.expect_whole(self.run_tool(host, 'echo', transport='tcp')['echo'])
            self.expect_no_relay(host)

    def test_tls(self):
        self.expect_whole(self.run_tool('coturn', 'echo', transport='tls', port=5349)['echo'])
        self.expect_no_relay('coturn')

    def test_tls_of_another_name(self):
        failed = self.run_tool('coturn', 'allocate', transport='tls', port=5349,
                               host='other.lit')['failed']
        self.assertEqual(failed['code'], 'certificate-wrong-name')

    def test_between(self):
        for host in ('coturn', 'ejabberd'):
            self.expect_whole(self.run_tool(host, 'between')['echo'])
            self.expect_no_relay(host)

    def test_wrong_password(self):
        for host in ('coturn', 'ejabberd'):
            failed = self.run_tool(host, 'allocate', password='wrong')['failed']
            self.assertEqual(failed['code'], 'turn-unauthorized')

    def test_no_udp(self):
        """Two relays reach each other, though our UDP is blocked."""
        self.net.build(variants.VARIANTS['udp-blocked'])
        failed = self.run_tool('coturn', 'bind')['failed']
        self.assertEqual(failed['code'], 'stun-no-answer')
        self.expect_whole(self.run_tool('coturn', 'between', transport='tcp')['echo'])
        self.expect_no_relay('coturn')

    def test_cancel(self):
        for host, transport in (('coturn', 'udp'), ('ejabberd', 'udp'), ('coturn', 'tcp')):
            for hold in (True, False):
                tool = Tool(self.net, self.settings(host, 'echo', transport=transport, hold=hold))
                self.assertEqual(tool.read()['event'], 'allocated')
                self.assertEqual(self.relays(host), 1)
                tool.say('cancel')
                events = tool.finish()
                if not hold:
                    self.assertTrue(events['failed']['cancelled'])
                self.expect_no_relay(host)


class Families(TurnTest):

    def test_other_family(self):
        """By IPv4 to a relay with an IPv6 address."""
        self.net.build(variants.VARIANTS['dual-stack'])
        for host in ('coturn', 'ejabberd'):
            events = self.run_tool(host, 'echo', relay=6, stun=[sites.ADDRESSES[host][1], 3478])
            self.assertIn(':', events['allocated']['relayed'].rsplit(':', 1)[0])
            self.assertEqual(events['echo']['back']['arrived'], AUDIO)
            self.expect_no_relay(host)


class Refusals(TurnTest):
    """ICMP errors, by both versions of IP."""

    def setUp(self):
        self.net.build(variants.VARIANTS['dual-stack'])

    def refuse(self, host, hook, rule):
        """Until the test ends."""
        host = self.net.hosts[host]
        host.nft('table inet refusing {\nchain refused {\ntype filter hook %s priority filter;\n%s'
                 '\n}\n}' % (hook, rule))
        self.addCleanup(host.nft, 'delete table inet refusing')

    def bind(self, ipv6):
        begin = time.monotonic()
        events = self.run_tool('coturn', 'bind', ipv6=ipv6)
        return events, time.monotonic() - begin

    def test_by_the_server(self):
        """Whatever it says, it is over."""
        for what in ('', 'with icmpx type admin-prohibited', 'with icmpx type host-unreachable'):
            self.refuse('coturn', 'input', 'udp dport 3478 reject ' + what)
            for ipv6 in (False, True):
                events, took = self.bind(ipv6)
                self.assertEqual(events['failed']['code'], 'udp-refused')
                self.assertEqual(events['told']['by'], sites.ADDRESSES['coturn'][ipv6])
                self.assertLess(took, 2)
            self.doCleanups()

    def test_on_the_way(self):
        """An answer may come nevertheless, so it is waited for."""
        self.refuse('isp', 'forward', 'udp dport 3478 reject with icmpx type admin-prohibited')
        for ipv6 in (False, True):
            events, took = self.bind(ipv6)
            self.assertEqual(events['failed']['code'], 'udp-prohibited')
            self.assertEqual(topology.version(events['told']['by']), 6 if ipv6 else 4)
            self.assertNotEqual(events['told']['by'], sites.ADDRESSES['coturn'][ipv6])
            self.assertGreater(took, 2.9)

    def test_one_packet(self):
        """The answer to the next one counts."""
        for ipv6 in (False, True):
            self.refuse('isp', 'forward', 'udp dport 3478 limit rate 1/hour burst 1 packets reject')
            events, _ = self.bind(ipv6)
            self.assertEqual(events['bound']['sent'], 2)
            self.assertIn('told', events)
            self.doCleanups()

    def test_echo(self):
        """The relayed address refuses the second socket's packets."""
        self.refuse('coturn', 'input', 'udp dport 49152-65535 reject')
        for ipv6 in (False, True):
            events = self.run_tool('coturn', 'echo', ipv6=ipv6)
            self.assertEqual(events['failed']['code'], 'udp-refused')
            self.expect_no_relay('coturn')


def find_credentials(net):
    net.build(variants.VARIANTS['open'])
    asker = test_sites.SitesTest()
    for host, domain in (('coturn', 'capulet.lit'), ('ejabberd', 'montague.lit')):
        turn = next(one for one in asker.services(domain)[1] if one['type'] == 'turn')
        TurnTest.credentials[host] = (turn['username'], turn['password'])


@contextlib.contextmanager
def prepare():
    bed.enter()
    with bed.Bed(['coturn.lit']) as ground:
        TurnTest.net = test_sites.SitesTest.net = topology.Internet(ground, sites.OFFERING)
        find_credentials(TurnTest.net)
        bed.go_first()
        yield


if __name__ == '__main__':
    sys.exit(tap.main_in_beds(2, prepare))
