#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""A password that is kept on request, in the desktop's secret store and nowhere else."""

import os

import journey
import bed
import servers
from journey import ACCOUNT, CAPULET, PASSWORD

REMEMBER = 'Remember Password'
SCHEMA = os.environ['SIDETONE_APPLICATION_ID']
places = {}


def prepare(lab):
    places['here'] = lab.computer('here', *servers.domain_records(CAPULET, '127.0.0.1'))
    places['here'].prosody({CAPULET: {}}, lab.accounts(CAPULET))


class RememberTest(journey.JourneyTest):

    def stored(self):
        """The stored password of juliet's account, or None."""
        done = self.place.run(['secret-tool', 'lookup', 'xdg:schema', SCHEMA, 'account',
                               self.lab.jid(CAPULET)], capture_output=True, text=True)
        return done.stdout if done.returncode == 0 else None

    def is_on(self, window):
        return 'checked' in window.states('check box', REMEMBER)

    def switch(self, window, on):
        if self.is_on(window) != on:
            window.tab_to(REMEMBER)
            window.press('space')
        window.until(lambda: self.is_on(window) == on, 'the switch')

    def fill(self, window):
        window.type_into(ACCOUNT, self.lab.jid(CAPULET))
        window.press('Tab')
        window.type_into(PASSWORD, bed.PASSWORDS[CAPULET])

    def check(self, window):
        window.tab_to('Check')
        window.press('Return')
        self.expect_finished(window, 'CALL-01')


class WithStore(RememberTest):

    def setUp(self):
        super().setUp()
        keyring = self.place.keyring()
        keyring.__enter__()
        self.addCleanup(keyring.__exit__, None, None, None)

    def test_remembered_filled_in_and_forgotten(self):
        window = self.start_trusting(places['here'])
        self.fill(window)
        self.switch(window, True)
        self.check(window)
        window.until(lambda: self.stored() == bed.PASSWORDS[CAPULET], 'the password in the store')
        self.stop(window)

        # Next time there is nothing to type
        window = self.start(places['here'])
        window.until(lambda: window.shows(PASSWORD, bed.PASSWORDS[CAPULET]), 'the password')
        self.assertTrue(self.is_on(window))
        self.check(window)

        window.press('alt+Left')
        self.expect_form(window)
        self.switch(window, False)
        self.check(window)
        window.until(lambda: self.stored() is None, 'an empty store')

        # Nothing is left to forget
        window.press('alt+Left')
        self.expect_form(window)
        window.get('label', 'Removed from your keyring')
        with self.assertRaisesRegex(AssertionError, 'does not lead to'):
            window.tab_to('Forget Password', most=20)
        self.assertTrue(window.shows(PASSWORD, bed.PASSWORDS[CAPULET]))

    def test_forgotten_at_once(self):
        window = self.start_trusting(places['here'])
        self.fill(window)
        self.switch(window, True)
        self.check(window)
        window.until(lambda: self.stored() == bed.PASSWORDS[CAPULET], 'the password in the store')
        self.stop(window)

        # Without a check
        window = self.start(places['here'])
        window.until(lambda: window.shows(PASSWORD, bed.PASSWORDS[CAPULET]), 'the password')
        window.tab_to('Recent Accounts')
        window.tab_to('Forget Password')
        window.press('Return')
        window.until(lambda: self.stored() is None, 'an empty store')
        window.wait_focus(REMEMBER)
        self.assertTrue(window.shows(PASSWORD, ''))
        self.assertFalse(self.is_on(window))

    def test_not_unless_asked(self):
        window = self.start_trusting(places['here'])
        self.fill(window)
        self.switch(window, False)
        self.check(window)
        self.stop(window)
        self.assertIsNone(self.stored())

    def test_wrong_one_is_not_kept(self):
        window = self.start_trusting(places['here'])
        self.fill(window)
        window.press('ctrl+a')
        window.type_into(PASSWORD, 'not that one')
        self.switch(window, True)
        window.tab_to('Check')
        window.press('Return')
        window.until(lambda: any('Wrong password' in words for words in window.words()),
                     'why it is asked again')
        self.stop(window)
        self.assertIsNone(self.stored())


class WithoutStore(RememberTest):

    def test_says_so_and_works(self):
        window = self.start_trusting(places['here'])
        window.get('label', 'No keyring is available')
        self.assertNotIn('sensitive', window.states('check box', REMEMBER))
        self.fill(window)
        window.press('Return')
        self.expect_finished(window, 'CALL-01')


if __name__ == '__main__':
    journey.main(prepare)
