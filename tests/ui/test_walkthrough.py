#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The way to the cause, step by step, at the keyboard and by ear."""

import journey
import scripted
import servers
from journey import MONTAGUE

# No way leads there, unless the test makes one
ELSEWHERE = '192.0.2.1'
START = 'Find the Cause Step by Step'
ACT = 'Check again from another network, such as your phone\'s.'
FOUND = 'Several causes are left'


class Walkthrough(journey.JourneyTest):

    def begin(self):
        computer = self.new_computer(*servers.domain_records(MONTAGUE, ELSEWHERE))
        window = self.start_trusting(computer)
        self.sign_in(window, MONTAGUE)
        self.expect_finished(window, 'CON-04')
        self.take_step(window, START)
        window.wait_focus(ACT)
        return computer, window

    def connect(self, computer, accounts=None):
        """As if in another network: the server is there now."""
        computer.do('ip', 'link', 'add', 'other', 'type', 'bridge')
        computer.address('other', '10.99.0.2/24')
        computer.do('ip', 'address', 'add', ELSEWHERE + '/32', 'dev', 'lo')
        scripted.Scripted(computer, MONTAGUE, accounts or self.lab.accounts(MONTAGUE),
                          addresses=(ELSEWHERE,))

    def test_found(self):
        computer, window = self.begin()
        self.connect(computer)
        self.take_step(window, 'Check Again')
        window.wait_focus(FOUND)
        self.assertTrue(any('The cause is a firewall or the router' in words and 'a ban' in words
                            for words in window.words()))
        self.take_step(window, 'Write to the Administrator…')
        window.get('label', 'The message was copied: paste it into an e-mail')
        self.assertIn('What more checks excluded:\n- CON-04: Not what seemed likely at first. It was '
                      'gone on another network.\n', window.clipboard())
        self.take_step(window, 'Copy Result for Support')
        window.get('label', 'Report copied, without private details')
        # One question back, and then to the result of the latest check
        window.press('alt+Left')
        window.wait_focus(ACT)
        window.press('alt+Left')
        window.get('push button', 'Back to the Account')

    def test_refused(self):
        """A password that is refused there does not lead to the form: the server was reached, and the
        way back is there."""
        computer, window = self.begin()
        self.connect(computer, {user: 'another one' for user in self.lab.accounts(MONTAGUE)})
        self.take_step(window, 'Check Again')
        window.wait_focus(FOUND)
        window.get('label', 'The password was not accepted')
        window.press('alt+Left')
        window.wait_focus(ACT)

    def test_cancelled(self):
        """The act is asked for again, and nothing goes on in the background."""
        computer, window = self.begin()
        computer.do('ip', 'address', 'add', ELSEWHERE + '/32', 'dev', 'lo')
        server = scripted.Scripted(computer, MONTAGUE, self.lab.accounts(MONTAGUE),
                                   addresses=(ELSEWHERE,), instead={'query': scripted.hold})
        self.take_step(window, 'Check Again')
        server.wait_for('query')
        window.press('Escape')
        window.wait_focus(ACT)
        self.assertEqual(self.children(window), [])
        self.take_step(window, 'I Can\'t Do That')
        window.wait_focus('Several causes are left')


if __name__ == '__main__':
    journey.main()
