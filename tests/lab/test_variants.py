#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The lab's networks do what they say to UDP, and some other things, checked at both ends with
plain sockets.

No test waits for silence: a packet that must get through is sent last, and earlier ones without an
arrival were dropped.
"""

import contextlib
import ipaddress
import pathlib
import select
import socket
import struct
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'lib'))

import alg  # noqa: E402
import bed  # noqa: E402
import sites  # noqa: E402
import tap  # noqa: E402
import topology  # noqa: E402
import variants  # noqa: E402
from variants import AD, APD, EI, NONE  # noqa: E402

PATIENCE = 20.0
LAST = b'last'
MAPPED_ADDRESS, XOR_MAPPED_ADDRESS = 0x0001, 0x0020


class Network(unittest.TestCase):
    net = None
    # The one whose network is looked at
    client = None

    def open(self, host, family, address=''):
        opened = host.socket(family, socket.SOCK_DGRAM)
        self.addCleanup(opened.close)
        opened.bind((address, 0))
        opened.settimeout(PATIENCE)
        return opened

    def build(self, variant, partner=None):
        """Build it; open two sockets on each of two outside addresses."""
        self.net.build(variant, partner=partner)
        self.client = self.net.client
        shown = self.client.run(['ip', '-4', 'route', 'show', 'default'], capture_output=True)
        self.family = socket.AF_INET if shown.stdout else socket.AF_INET6
        pairs = zip(sites.ADDRESSES['coturn'], sites.SECOND_ADDRESSES['coturn'])
        first, second = next(pair for pair in pairs
                             if (':' in pair[0]) == (self.family == socket.AF_INET6))
        self.nat64 = variant.name == 'nat64'
        family = self.family
        if self.nat64:
            first, second = '203.0.113.20', '203.0.113.21'
            family = socket.AF_INET
        self.peers = [self.open(self.net.hosts['coturn'], family, address)
                      for address in (first, first, second, second)]

    def send(self, client, peer, text):
        """From the client to a socket outside; return its source address there."""
        address, port = peer.getsockname()[:2]
        if self.nat64:
            address = sites.embed(variants.NAT64_PREFIX, address)
        client.sendto(text, (address, port))
        received, source = peer.recvfrom(100)
        self.assertEqual(received, text)
        return source[:2]

    def receive_until_last(self, client):
        texts = []
        while LAST not in texts:
            texts.append(client.recv(100))
        return texts[:-1]

    def find_mapping(self):
        client = self.open(self.client, self.family)
        seen = [self.send(client, peer, b'mapping') for peer in self.peers]
        # A connected socket knows the kernel's source address
        address, port = self.peers[0].getsockname()[:2]
        with self.client.socket(self.family, socket.SOCK_DGRAM) as aside:
            aside.connect((sites.embed(variants.NAT64_PREFIX, address) if self.nat64 else address,
                           port))
            local = (aside.getsockname()[0], client.getsockname()[1])
        if seen == [local] * 4:
            return NONE
        if len(set(seen)) == 1:
            return EI
        if seen[0] == seen[1] and seen[2] == seen[3]:
            return AD
        self.assertEqual(len(set(seen)), 4)
        return APD

    def find_filtering(self):
        client = self.open(self.client, self.family)
        mapped = self.send(client, self.peers[0], b'filtering')
        for peer, text in ((self.peers[2], b'address'), (self.peers[1], b'port'),
                           (self.peers[0], LAST)):
            peer.sendto(text, mapped)
        return {(b'address', b'port'): EI, (b'port',): AD, (): APD}[
            tuple(self.receive_until_last(client))]

    def is_hairpinning(self):
        one, other = (self.open(self.client, self.family) for _ in range(2))
        self.send(one, self.peers[0], b'hairpinning')
        mapped = self.send(other, self.peers[0], b'hairpinning')
        with contextlib.suppress(OSError):
            one.sendto(b'hairpin', mapped)
        self.peers[0].sendto(LAST, mapped)
        return b'hairpin' in self.receive_until_last(other)


class Udp(Network):

    def run_row(self, variant):
        self.build(variant)
        if variant.mapping is None:
            self.expect_no_udp()
            return
        self.assertEqual(self.find_mapping(), variant.mapping)
        self.assertEqual(self.find_filtering(), variant.filtering)
        if variant.mapping != NONE and not self.nat64:
            self.assertEqual(self.is_hairpinning(), variant.hairpinning)

    def expect_no_udp(self):
        """TCP gets through after it, and no UDP has come."""
        client = self.open(self.client, self.family)
        # A firewall on the computer itself says so
        with contextlib.suppress(PermissionError):
            client.sendto(b'nothing', self.peers[0].getsockname())
        with self.net.hosts['coturn'].listen(self.peers[0].getsockname()[0], 443) as listener:
            with self.client.socket(self.family) as stream:
                stream.settimeout(PATIENCE)
                stream.connect(listener.getsockname())
        self.peers[0].setblocking(False)
        with self.assertRaises(BlockingIOError):
            self.peers[0].recv(100)


# With packet loss, plain sockets are no measure
tap.add_rows(Udp, {name: one for name, one in variants.VARIANTS.items() if not one.loss},
             Udp.run_row)


class Sides(Network):
    """Two networks at once, a call's two ends: each does what it does by itself, and what is sent
    to the other's outside address gets there."""

    def look_at(self, side, variant):
        """Its properties are the variant's; return a new socket there, and how it looks outside."""
        self.client = side.client
        self.assertEqual(self.find_mapping(), variant.mapping)
        self.assertEqual(self.find_filtering(), variant.filtering)
        opened = self.open(side.client, self.family)
        mapped = self.send(opened, self.peers[0], b'sides')
        network = side.ipv4(0) + '/24' if self.family == socket.AF_INET else side.ipv6(1, '/64')
        self.assertIn(ipaddress.ip_address(mapped[0]), ipaddress.ip_network(network))
        return opened, mapped

    def run_row(self, pair):
        """The second of the pair sends to the first, which has sent to it, and gets an answer."""
        near, partner = (variants.VARIANTS[name] for name in pair)
        self.build(near, partner)
        ends = [self.look_at(self.net.near, near), self.look_at(self.net.partner, partner)]
        if near.mapping == APD:
            ends.reverse()
        (waiting, waiting_mapped), (sending, sending_mapped) = ends
        waiting.sendto(b'opening', sending_mapped)
        sending.sendto(b'calling', waiting_mapped)
        text, source = waiting.recvfrom(100)
        self.assertEqual((text, source[0]), (b'calling', sending_mapped[0]))
        waiting.sendto(LAST, source)
        self.assertLessEqual(set(self.receive_until_last(sending)), {b'opening'})


tap.add_rows(Sides, {'-'.join(pair): pair for pair in (
    ('home', 'port-shift'), ('open', 'cgnat'), ('symmetric', 'full-cone'),
    ('restricted', 'symmetric'), ('home', 'open'), ('ipv6', 'ipv6-firewall'))}, Sides.run_row)


class Besides(Network):
    """Properties of networks besides mapping and filtering."""

    def try_both_ways(self, size):
        """Whether a packet of that size gets through, there and back."""
        client, peer = self.open(self.client, self.family), self.peers[0]
        mapped = self.send(client, peer, b'mapping')
        through = []
        for sender, receiver, target in ((client, peer, peer.getsockname()),
                                         (peer, client, mapped)):
            for text in (bytes(size), LAST):
                sender.sendto(text, target)
            received = []
            while LAST not in received:
                received.append(receiver.recv(2000))
            through.append(bytes(size) in received)
        return through

    def test_large_packets(self):
        self.build(variants.VARIANTS['small-packets'])
        for size, expected in ((172, True), (1200, True), (1400, False)):
            self.assertEqual(self.try_both_ways(size), [expected] * 2, size)
        self.build(variants.VARIANTS['home'])
        self.assertEqual(self.try_both_ways(1400), [True] * 2)

    def test_losses(self):
        """In hundreds, because more would not fit into the wire at once."""
        for name in ('lossy', 'five-percent'):
            variant = variants.VARIANTS[name]
            self.build(variant)
            client, peer = self.open(self.client, self.family), self.peers[0]
            client.connect(peer.getsockname())
            arrived = 0
            for number in range(20):
                for _ in range(100):
                    client.send(b'x')
                peer.settimeout(0.1)
                # It may get lost, so that it is sent again, and comes twice
                last = LAST + bytes([number])
                while True:
                    with contextlib.suppress(socket.timeout):
                        text = peer.recv(100)
                        if text == last:
                            break
                        arrived += text == b'x'
                        continue
                    client.send(last)
            self.assertAlmostEqual(100 - arrived / 20, variant.loss, delta=2)

    def try_ports(self, *places):
        """Which hosts and ports can be connected to: the others had longer for it than a working
        one, which comes last."""
        streams = []
        with contextlib.ExitStack() as opened:
            for host, port in places:
                listener = opened.enter_context(
                    self.net.hosts[host].listen(sites.ADDRESSES[host][0], port))
                streams.append(opened.enter_context(self.client.socket(self.family)))
                streams[-1].setblocking(False)
                streams[-1].connect_ex(listener.getsockname())
            self.assertTrue(select.select([], streams[-1:], [], PATIENCE)[1])
            ready = select.select([], streams, [], 0)[1]
            return [place for place, stream in zip(places, streams) if stream in ready]

    def test_ports(self):
        turn, turns, web = ('coturn', 3478), ('coturn', 5349), ('coturn', 443)
        chats = ('ejabberd', 5223), ('prosody', 5223)
        starttls, other = ('ejabberd', 5222), ('coturn', 5223)
        everything = [turn, turns, starttls, other, *chats, web]
        for name, expected in (('tls-only', [other, *chats, web]), ('https-only', [*chats, web]),
                               ('udp-blocked', everything), ('home', everything)):
            self.build(variants.VARIANTS[name])
            self.assertEqual(self.try_ports(*everything), expected, name)

    def answer(self, variant):
        """The client's address in a STUN server's answer, plain and masked; and the true one."""
        self.build(variant)
        client = self.open(self.client, self.family)
        with self.net.hosts['coturn'].socket(self.family, socket.SOCK_DGRAM) as server:
            server.bind((sites.ADDRESSES['coturn'][0], alg.STUN_PORT))
            return self.exchange(client, server)

    def exchange(self, client, server):
        client.sendto(b'binding', server.getsockname())
        _, seen = server.recvfrom(100)
        plain = struct.pack('!xBH', 1, seen[1]) + ipaddress.ip_address(seen[0]).packed
        masked = plain[:2] + bytes(a ^ b for a, b in zip(plain[2:], alg.COOKIE[:2] + alg.COOKIE))
        body = b''.join(struct.pack('!HH', kind, len(value)) + value for kind, value in (
            (XOR_MAPPED_ADDRESS, masked), (MAPPED_ADDRESS, plain)))
        sent = struct.pack('!HH', alg.BINDING_ANSWER, len(body)) + alg.COOKIE + bytes(12) + body
        server.sendto(sent, seen)
        # Its arrival shows that its checksum is right
        received = client.recv(100)
        at = alg.find_mapped_address(received)
        self.assertEqual(received[:at], sent[:at])
        self.assertEqual(received[at + 4:], sent[at + 4:])
        return str(ipaddress.ip_address(received[at:at + 4])), seen[0]

    def test_rewritten_answers(self):
        said, seen = self.answer(variants.VARIANTS['helpful-router'])
        self.assertEqual((said, seen), ('192.168.1.10', '198.51.100.1'))
        said, seen = self.answer(variants.VARIANTS['home'])
        self.assertEqual(said, seen)


@contextlib.contextmanager
def prepare():
    bed.enter()
    with bed.Bed() as ground:
        Network.net = topology.Internet(ground, domains=())
        yield


if __name__ == '__main__':
    sys.exit(tap.main_in_beds(2, prepare))
