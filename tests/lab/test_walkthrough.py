#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""`sidetone-cli walkthrough` finds the cause if the user does what it asks for. The network changes
while it waits for the answer."""

import contextlib
import os
import pathlib
import select
import subprocess
import sys
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'lib'))

import bed  # noqa: E402
import tap  # noqa: E402
import topology  # noqa: E402
import variants  # noqa: E402

# More than any deadline of the program
PATIENCE = 40.0
PROMPT = '\n> '
DOMAINS = ('capulet.lit', 'closed.lit')
FINISHED = 0
ELSEWHERE = 'Check again from another network, such as your phone\'s.'
WITHOUT_VPN = 'Turn off your VPN and check again.'
NO_RELAY = ['meta l4proto { tcp, udp } th dport 3478 drop']


def use_phone(net):
    """The computer leaves its network for another one, where it has a public address."""
    net.client.do('ip', 'link', 'set', 'eth0', 'down')
    net.near.downlink(net.client, 'phone', net.isp, 'phone',
                      (net.near.ipv4(140), net.near.ipv4(129) + '/25'))


class Walk:
    """The running program, and what it has written since the last answer."""

    def __init__(self, net, domain, *options):
        self.process = net.client.popen(
            [os.environ['SIDETONE_CLI'], 'walkthrough', net.bed.jid(domain), '--password-file', '-',
             '--ca-file', str(net.bed.ca_file), *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.answer(bed.PASSWORDS[domain])

    def answer(self, line):
        self.process.stdin.write(line.encode() + b'\n')
        self.process.stdin.flush()

    def read(self):
        """The next page, up to the prompt or the end."""
        written = ''
        deadline = time.monotonic() + PATIENCE
        while not written.endswith(PROMPT):
            left = deadline - time.monotonic()
            if not select.select([self.process.stdout], [], [], max(left, 0))[0]:
                raise AssertionError('no prompt after: ' + written)
            part = os.read(self.process.stdout.fileno(), 65536)
            if not part:
                break
            written += part.decode()
        return written


class Walkthrough(unittest.TestCase):

    net = None

    def build(self, variant, domain):
        self.net.build(variants.VARIANTS[variant], relays_of={domain})

    def start(self, domain, *options):
        walk = Walk(self.net, domain, *options)
        self.addCleanup(walk.process.communicate)
        self.addCleanup(walk.process.kill)
        return walk

    def filter_router(self, *rules):
        self.net.hosts['router'].nft(
            'table inet office {\nchain passing {\n'
            'type filter hook forward priority filter - 1;\n%s\n}\n}' % '\n'.join(rules))

    def expect_end(self, walk, *parts, status=FINISHED):
        page = walk.read()
        words = ' '.join(page.split())
        for part in parts:
            self.assertIn(part, words)
        self.assertFalse(page.endswith(PROMPT), page)
        self.assertEqual(walk.process.wait(PATIENCE), status)

    def test_vpn(self):
        """Large packets get lost behind the VPN, and nowhere else."""
        self.build('vpn', 'capulet.lit')
        self.net.hosts['vpn'].nft('table inet deaf {\nchain passing {\n'
                                  'type filter hook forward priority filter - 1;\n'
                                  'meta l4proto udp meta length > 1300 drop\n}\n}')
        walk = self.start('capulet.lit')
        self.assertIn(WITHOUT_VPN, walk.read())
        # It is not turned off yet.
        walk.answer('y')
        page = walk.read()
        self.assertIn('The VPN is still on.', page)
        self.net.route(self.net.client, 'default', '192.168.1.1')
        walk.answer('y')
        self.expect_end(walk, 'The cause is found', 'The cause is your VPN.', 'Make calls without the VPN.')

    def test_local_firewall(self):
        """The office lets nothing out to the call server."""
        self.build('home', 'capulet.lit')
        self.filter_router(*NO_RELAY)
        walk = self.start('capulet.lit')
        self.assertIn(ELSEWHERE, walk.read())
        walk.answer('y')
        self.assertIn('on the same network', walk.read())
        use_phone(self.net)
        walk.answer('y')
        # On another network, a ban of this one's address is gone, too.
        self.expect_end(walk, 'Several causes are left', 'The cause is a firewall in this network or',
                        'the person who runs this network')

    def test_server(self):
        """What comes from the relay gets nowhere, wherever one is: that is the server's firewall."""
        self.build('home', 'closed.lit')
        walk = self.start('closed.lit')
        self.assertIn(ELSEWHERE, walk.read())
        use_phone(self.net)
        walk.answer('y')
        self.expect_end(walk, 'The cause is found', 'your server\'s administrator',
                        'Not a firewall in this network.')

    def test_answers(self):
        """Back, what is no answer, and the result in a file."""
        self.build('home', 'closed.lit')
        output = self.net.client.folder / 'result.txt'
        walk = self.start('closed.lit', '--output', str(output), '--redact')
        first = walk.read()
        self.assertIn('y: Check Again  n: I Can\'t Do That  q: Quit', first)
        walk.answer('nonsense')
        self.assertIn('y: Check Again', walk.read())
        walk.answer('n')
        self.assertIn('Several causes are left', walk.read())
        self.assertEqual(walk.process.wait(PATIENCE), FINISHED)
        saved = output.read_text()
        self.assertIn('Several causes are left', saved)
        self.assertIn('Call servers', saved)
        for private in ('192.168.1.10', self.net.bed.jid('closed.lit').split('@')[0]):
            self.assertNotIn(private, saved)

    def test_end_of_input(self):
        self.build('home', 'closed.lit')
        walk = self.start('closed.lit')
        walk.read()
        walk.process.stdin.close()
        walk.process.stdin = None
        self.assertEqual(walk.process.wait(PATIENCE), FINISHED)


@contextlib.contextmanager
def prepare():
    bed.enter()
    with bed.Bed(['coturn.lit', 'relay.closed.lit']) as ground:
        Walkthrough.net = topology.Internet(ground, DOMAINS)
        yield


if __name__ == '__main__':
    sys.exit(tap.main_in_beds(2, prepare))
