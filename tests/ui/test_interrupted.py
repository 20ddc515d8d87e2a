#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""A check that is cancelled, at each stage, or whose connection process ends early."""

import os
import signal
import socket

import journey
import bed
import scripted
import servers
import tap
from journey import ACCOUNT, MONTAGUE, PASSWORD

BROKEN = 'CON-12'


class InterruptedTest(journey.JourneyTest):

    def hold(self, stage):
        """A check that has come to the stage, where the server is silent."""
        computer = self.new_computer()
        server = scripted.Scripted(computer, MONTAGUE, self.lab.accounts(MONTAGUE),
                                   instead={stage: scripted.hold})
        window = self.start_trusting(computer, '--security', 'starttls')
        self.sign_in(window, MONTAGUE)
        server.wait_for(stage)
        window.get('label', 'Checking your connection')
        return window

    def expect_cancelled(self, window):
        """Back at the form with all the input, and nothing goes on in the background."""
        self.expect_form(window)
        self.assertEqual(self.children(window), [])
        self.assertEqual(window.text(ACCOUNT), self.lab.jid(MONTAGUE))
        self.assertTrue(window.shows(PASSWORD, bed.PASSWORDS[MONTAGUE]))


class Cancel(InterruptedTest):

    def test_each_stage(self):
        """In one program, whose form has kept its input each time."""
        computer = self.new_computer()
        server = scripted.Scripted(computer, MONTAGUE, self.lab.accounts(MONTAGUE))
        window = self.start_trusting(computer, '--security', 'starttls')
        for stage in scripted.STAGES:
            server.instead = {stage: scripted.hold}
            if stage == scripted.STAGES[0]:
                self.sign_in(window, MONTAGUE)
            else:
                window.press('Return')
            server.wait_for(stage)
            self.expect_headline(window, 'Checking your connection')
            window.press('Escape')
            self.expect_cancelled(window)

    def test_button(self):
        window = self.hold('bind')
        # Near the headline, because the sign-in waits only 10 s
        window.tab_to('Cancel', 'shift+Tab')
        window.press('Return')
        self.expect_cancelled(window)

    def test_lookup(self):
        computer = self.lab.computer(self.name())
        silent = computer.socket(socket.AF_INET, socket.SOCK_DGRAM)
        silent.bind(('127.0.0.1', 53))
        with silent:
            window = self.start_trusting(computer)
            self.sign_in(window, MONTAGUE)
            silent.settimeout(20.0)
            silent.recv(512)
            window.press('Escape')
            self.expect_cancelled(window)

    def test_connect(self):
        computer = self.new_computer(*servers.domain_records(MONTAGUE, '127.0.0.1', '::1'))
        computer.nft('table inet wall { chain in { type filter hook input priority 0; '
                     'tcp dport 5222-5223 drop; }; }')
        window = self.start_trusting(computer)
        self.sign_in(window, MONTAGUE)
        window.until(lambda: len(self.children(window)) >= 2, 'two addresses being tried')
        window.press('Escape')
        self.expect_cancelled(window)

    def test_close_while_checking(self):
        """The window closes at once, and nothing of the check stays."""
        self.stop(self.hold('bind'))


class Broken(InterruptedTest):
    """The window stays, and says what happened."""

    def run_row(self, number):
        window = self.hold('query')
        for child in self.children(window):
            os.kill(child, number)
        self.expect_finished(window, BROKEN)
        window.get('push button', 'Check Again')

    def replace(self, *lines):
        """A check with another connection program: a shell script of these lines."""
        program = self.place.folder / (self.name() + '.sh')
        program.write_text('\n'.join(('#!/bin/sh',) + lines) + '\n')
        program.chmod(0o755)
        computer = self.new_computer()
        scripted.Scripted(computer, MONTAGUE, self.lab.accounts(MONTAGUE))
        window = self.start_trusting(computer, environment={'SIDETONE_CONNECTION': str(program)})
        self.sign_in(window, MONTAGUE)
        self.expect_finished(window, BROKEN)

    def test_nonsense(self):
        self.replace('echo O Romeo, Romeo, wherefore art thou', 'exec sleep 60')

    def test_endless(self):
        self.replace('exec cat /dev/zero')

    def test_silent_end(self):
        self.replace('exit 0')

    def test_missing(self):
        computer = self.new_computer()
        scripted.Scripted(computer, MONTAGUE, self.lab.accounts(MONTAGUE))
        window = self.start_trusting(computer,
                                     environment={'SIDETONE_CONNECTION': '/nonexistent/program'})
        self.sign_in(window, MONTAGUE)
        self.expect_finished(window, BROKEN)


tap.add_rows(Broken, {'killed': signal.SIGKILL, 'crashed': signal.SIGSEGV}, Broken.run_row)

if __name__ == '__main__':
    journey.main()
