#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The lab keeps its word: what each network does to UDP, seen from both ends with plain sockets.

No silence is waited for: a packet that has to get through is sent last, and what came before it
came, and what did not was dropped.
"""

import contextlib
import pathlib
import socket
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'lib'))

import bed  # noqa: E402
import sites  # noqa: E402
import tap  # noqa: E402
import topology  # noqa: E402
import variants  # noqa: E402
from variants import AD, APD, EI, NONE  # noqa: E402

PATIENCE = 20.0
LAST = b'last'


class Network(unittest.TestCase):
    net = None

    def open(self, host, family, address=''):
        opened = host.socket(family, socket.SOCK_DGRAM)
        self.addCleanup(opened.close)
        opened.bind((address, 0))
        opened.settimeout(PATIENCE)
        return opened

    def build(self, variant):
        """Build it; open two sockets on each of two addresses outside."""
        self.net.build(variant)
        shown = self.net.client.run(['ip', '-4', 'route', 'show', 'default'], capture_output=True)
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
        """From the client to a socket outside; return where it seems to come from there."""
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
        client = self.open(self.net.client, self.family)
        seen = [self.send(client, peer, b'mapping') for peer in self.peers]
        # Where the kernel sends from, a connected socket knows
        address, port = self.peers[0].getsockname()[:2]
        with self.net.client.socket(self.family, socket.SOCK_DGRAM) as aside:
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
        client = self.open(self.net.client, self.family)
        mapped = self.send(client, self.peers[0], b'filtering')
        for peer, text in ((self.peers[2], b'address'), (self.peers[1], b'port'),
                           (self.peers[0], LAST)):
            peer.sendto(text, mapped)
        return {(b'address', b'port'): EI, (b'port',): AD, (): APD}[
            tuple(self.receive_until_last(client))]

    def is_hairpinning(self):
        one, other = (self.open(self.net.client, self.family) for _ in range(2))
        self.send(one, self.peers[0], b'hairpinning')
        mapped = self.send(other, self.peers[0], b'hairpinning')
        with contextlib.suppress(OSError):
            one.sendto(b'hairpin', mapped)
        self.peers[0].sendto(LAST, mapped)
        return b'hairpin' in self.receive_until_last(other)

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
        client = self.open(self.net.client, self.family)
        client.sendto(b'nothing', self.peers[0].getsockname())
        with self.net.hosts['coturn'].listen(self.peers[0].getsockname()[0], 443) as listener:
            with self.net.client.socket(self.family) as stream:
                stream.settimeout(PATIENCE)
                stream.connect(listener.getsockname())
        self.peers[0].setblocking(False)
        with self.assertRaises(BlockingIOError):
            self.peers[0].recv(100)


# Where packets get lost, plain sockets are no measure
tap.add_rows(Network, {name: one for name, one in variants.VARIANTS.items() if not one.loss},
             Network.run_row)

if __name__ == '__main__':
    bed.enter()
    with bed.Bed(sites.NAMES) as ground:
        Network.net = topology.Internet(ground, domains=())
        status = tap.main(sys.argv[1:])
    sys.exit(status)
