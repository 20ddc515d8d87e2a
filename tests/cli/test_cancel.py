#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Ctrl-C in each stage: the program ends at once, says so in one line and leaves no process."""

import os
import signal
import socket
import time

import program
import scripted
import servers
import tap
from program import IMPOSSIBLE, MONTAGUE

# At once for a user, on a busy machine
PROMPT = 1.0


class Cancel(program.ProgramTest):

    def verify_cancelled(self, running, begun):
        result = self.verify(running.finish())
        self.assertEqual(result.code, IMPOSSIBLE, result)
        self.assertLess(result.ended - begun, PROMPT)
        self.assertRegex(self.one_line(result).lower(), r'cancel|stopped')
        # Cancelled is not failed
        if result.out:
            self.assertNotIn('connection-program-ended', result.errors)

    def test_lookup(self):
        computer = self.lab.computer('silent-dns')
        silent = computer.socket(socket.AF_INET, socket.SOCK_DGRAM)
        silent.bind(('127.0.0.1', 53))
        with silent:
            running = self.start(computer, MONTAGUE)
            silent.settimeout(program.PATIENCE)
            silent.recv(512)
            begun = time.monotonic()
            running.interrupt()
            self.verify_cancelled(running, begun)

    def test_connect(self):
        computer = self.new_computer(*servers.domain_records(MONTAGUE, '127.0.0.1', '::1'))
        computer.nft('table inet wall { chain in { type filter hook input priority 0; '
                     'tcp dport 5222-5223 drop; }; }')
        running = self.start(computer, MONTAGUE)
        end = time.monotonic() + program.PATIENCE
        # Two addresses are being tried, with a process for each
        while len(running.children()) < 2 and time.monotonic() < end:
            time.sleep(0.01)
        begun = time.monotonic()
        running.interrupt()
        self.verify_cancelled(running, begun)

    def run_row(self, stage):
        computer = self.new_computer()
        server = scripted.Scripted(computer, MONTAGUE, self.lab.accounts(MONTAGUE),
                                   instead={stage: scripted.hold})
        running = self.start(computer, MONTAGUE, '--security', 'starttls')
        server.wait_for(stage)
        begun = time.monotonic()
        running.interrupt()
        self.verify_cancelled(running, begun)

    def test_terminated(self):
        """A service manager's signal, only to the program."""
        computer = self.new_computer()
        server = scripted.Scripted(computer, MONTAGUE, self.lab.accounts(MONTAGUE),
                                   instead={'bind': scripted.hold})
        running = self.start(computer, MONTAGUE)
        server.wait_for('bind')
        begun = time.monotonic()
        running.process.send_signal(signal.SIGTERM)
        self.verify_cancelled(running, begun)

    def test_killed(self):
        """Even if the program is killed, its connection does not live on."""
        computer = self.new_computer()
        server = scripted.Scripted(computer, MONTAGUE, self.lab.accounts(MONTAGUE),
                                   instead={'bind': scripted.hold})
        running = self.start(computer, MONTAGUE)
        server.wait_for('bind')
        children = running.children()
        running.process.kill()
        running.process.communicate()
        end = time.monotonic() + PROMPT
        while running.children() and time.monotonic() < end:
            time.sleep(0.01)
        self.assertEqual(running.children(), [])
        # They are our children now, because their parent is gone
        for child in children:
            os.waitpid(child, 0)


tap.add_rows(Cancel, {stage: stage for stage in scripted.STAGES}, Cancel.run_row)

if __name__ == '__main__':
    program.main(workers=4)
