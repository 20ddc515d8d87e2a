#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Black holes: whatever falls silent, and when, the program ends within its deadline.

Measured from the moment at which the server itself sees the stage begin, so that neither the
program's start nor an earlier load counts.
"""

import contextlib
import os
import signal
import socket
import struct
import threading
import time

import program
import scripted
import servers
import tap
from program import GRACE, IMPOSSIBLE, MONTAGUE

TCP = TLS = QUERY = 5.0
SIGN_IN = 10.0
# The program may see a stage begin earlier than the server
EARLY = 1.0
PORTS = {'starttls': 5222, 'direct': 5223}
ETH_P_IP = 0x0800


class BlackHole(program.ProgramTest):
    """All of them wait in parallel, but start one after the other: a crowd at once would be a load
    of our own making."""

    turn = threading.Lock()

    def verify_end(self, result, begun, deadline, error):
        self.verify(result)
        took = result.ended - begun
        self.assertEqual(result.code, IMPOSSIBLE, result)
        self.assertIn(error, result.errors)
        self.one_line(result)
        self.assertLess(took, deadline + GRACE, 'too late')
        # Nor does it give up too early on a slow server
        self.assertGreater(took, deadline - EARLY, 'too early')

    def test_tcp(self):
        with self.turn:
            computer = self.new_computer(*servers.domain_records(MONTAGUE, '127.0.0.1'))
            computer.nft('table inet wall { chain in { type filter hook input priority 0; '
                         'tcp dport 5222-5223 drop; }; }')
            # It sees each packet before the firewall does
            wire = computer.socket(socket.AF_PACKET, socket.SOCK_DGRAM)
            wire.bind(('lo', ETH_P_IP))
            wire.settimeout(program.PATIENCE)
            running = self.start(computer, MONTAGUE, '--server', 'ipv4.montague.lit:5222',
                                 '--security', 'starttls')
            with contextlib.closing(wire):
                while not is_tcp_to(wire.recv(2048), 5222):
                    pass
            begun = time.monotonic()
        self.verify_end(running.finish(), begun, TCP, 'tcp-no-answer')

    def run_row(self, row):
        security, silent, since, deadline, error = row
        with self.turn:
            computer = self.new_computer()
            server = scripted.Scripted(computer, MONTAGUE, self.lab.accounts(MONTAGUE),
                                       instead={silent: scripted.hold})
            running = self.start(computer, MONTAGUE, '--only', 'address', '--security', security,
                                 '--server', 'ipv4.montague.lit:%d' % PORTS[security])
            server.wait_for(silent)
        result = running.finish()
        self.assertIsNone(server.failure)
        self.verify_end(result, server.times[since], deadline, error)


def is_tcp_to(packet, port):
    """Whether an IPv4 packet is TCP for that port."""
    start = (packet[0] & 15) * 4
    return packet[9] == socket.IPPROTO_TCP and \
        struct.unpack_from('!H', packet, start + 2)[0] == port


ROWS = {'%s-%s' % (security, silent): (security, silent, since, deadline, error)
        for security in PORTS
        for silent, since, deadline, error in (
            ('tls', 'tls', TLS, 'tls-no-answer'),
            ('secured', 'tcp', SIGN_IN, 'stream-no-answer'),
            ('sasl', 'tcp', SIGN_IN, 'sign-in-no-answer'),
            ('bind', 'tcp', SIGN_IN, 'bind-no-answer'),
            ('query', 'query', QUERY, 'no-answer'))}
ROWS['starttls-stream'] = ('starttls', 'stream', 'tcp', SIGN_IN, 'stream-no-answer')
ROWS['starttls-starttls'] = ('starttls', 'starttls', 'starttls', TLS, 'tls-no-answer')

tap.add_rows(BlackHole, ROWS, BlackHole.run_row)


class Timeout(program.ProgramTest):

    def test_timeout_ends_it_earlier(self):
        with BlackHole.turn:
            computer = self.new_computer()
            server = scripted.Scripted(computer, MONTAGUE, self.lab.accounts(MONTAGUE),
                                       instead={'sasl': scripted.hold})
            running = self.start(computer, MONTAGUE, '--timeout', '2')
            server.wait_for('sasl')
        result = self.verify(running.finish())
        self.assertIsNone(server.failure)
        self.assertEqual(result.code, IMPOSSIBLE, result)
        self.assertIn('2 seconds', self.one_line(result))
        self.assertLess(result.ended - server.times['tcp'], 2.0 + GRACE)


class Stopped(program.ProgramTest):

    def test_answer_comes_first(self):
        """The program is stopped for longer than the deadline; the answer is there when it goes
        on."""
        stopped = threading.Event()
        running = []

        def answer(peer):
            os.kill(running[0].process.pid, signal.SIGSTOP)
            peer.result(scripted.SIC % peer.address[:2])
            stopped.set()
            peer.answer()

        with BlackHole.turn:
            computer = self.new_computer()
            server = scripted.Scripted(computer, MONTAGUE, self.lab.accounts(MONTAGUE),
                                       instead={'query': answer})
            running.append(self.start(computer, MONTAGUE, '--only', 'address'))
        self.assertTrue(stopped.wait(program.PATIENCE))
        time.sleep(QUERY + 0.5)
        os.kill(running[0].process.pid, signal.SIGCONT)
        result = self.verify(running[0].finish())
        self.assertIsNone(server.failure)
        self.assertEqual(result.code, program.FINISHED, result)


class Interrupted(program.ProgramTest):
    """The computer's network changes in the middle of a check."""

    def change(self, orders, act):
        computer = self.new_computer()
        computer.do('ip', 'tuntap', 'add', 'dev', 'lan', 'mode', 'tap')
        computer.address('lan', '10.1.0.2/24')
        computer.do('ip', 'route', 'add', 'default', 'dev', 'lan')
        changed = threading.Event()
        with BlackHole.turn:
            server = scripted.Scripted(computer, MONTAGUE, self.lab.accounts(MONTAGUE), instead={
                'query': lambda peer: changed.wait(program.PATIENCE) and act(peer)})
            running = self.start(computer, MONTAGUE, '--only', 'address', '--server',
                                 'ipv4.montague.lit:5222')
            server.wait_for('query')
            for order in orders:
                computer.do('ip', *order.split())
            changed.set()
        return self.verify(running.finish())

    def run_row(self, orders):
        """The server is silent from then on. That is the finding, and nobody else's fault."""
        result = self.change(orders, scripted.hold)
        self.assertEqual(result.code, IMPOSSIBLE, result)
        self.assertEqual(result.kinds, ['interrupted'], result)
        self.one_line(result)

    def test_answered(self):
        """It is back, and the answer comes: nothing is said of it."""
        def answer(peer):
            peer.result(scripted.SIC % peer.address[:2])
            peer.answer()

        result = self.change(CHANGES['down-and-up'], answer)
        self.assertEqual(result.code, program.FINISHED, result)
        self.assertNotIn('interrupted', result.kinds)


CHANGES = {
    'address-lost': ('address del 10.1.0.2/24 dev lan',),
    'address-changed': ('address del 10.1.0.2/24 dev lan', 'address add 10.1.0.3/24 dev lan'),
    'interface-down': ('link set lan down',),
    'down-and-up': ('link set lan down', 'link set lan up', 'route add default dev lan'),
    'interface-removed': ('link del lan',),
}
tap.add_rows(Interrupted, CHANGES, Interrupted.run_row)

if __name__ == '__main__':
    program.main(workers=len(ROWS) + len(CHANGES) + 4, measures=True)
