#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The form by key and by ear: its messages, and what follows a refused sign-in."""

import journey
import bed
import screen
import servers
from journey import ACCOUNT, MONTAGUE, PASSWORD

NO_ACCOUNT, NO_PASSWORD = 'No account was given', 'The password is missing'
places = {}


def prepare(lab):
    places['here'] = lab.computer('here', *servers.domain_records(MONTAGUE, '127.0.0.1'))


class Messages(journey.JourneyTest):

    def is_marked(self, window, name, words):
        """Whether a screen reader finds these words with the field."""
        field = window.field(name)
        return words in field.description and 'broken' not in field.states

    def test_empty_form(self):
        events = screen.Events()
        window = self.start(places['here'])
        window.wait_focus(ACCOUNT)
        window.press('Return')
        for name, words in ((ACCOUNT, NO_ACCOUNT), (PASSWORD, NO_PASSWORD)):
            window.until(lambda: self.is_marked(window, name, words), words)
        # Said at once for the field with the focus
        path = window.field(ACCOUNT).path
        window.until(lambda: any(name == 'PropertyChange' and where == path
                                 and data[0] == 'accessible-description' and NO_ACCOUNT in data[3]
                                 for name, where, data in events.all()), 'the event')
        # The keys go where they went without a message
        window.press('Tab')
        window.type_into(PASSWORD, 'x')
        window.until(lambda: not window.field(PASSWORD).description, 'the end of the message')
        window.press('shift+Tab')
        window.wait_focus(ACCOUNT)
        window.type_into(ACCOUNT, 'romeo')


class Notices(journey.JourneyTest):

    def test_spoken(self):
        """What a button did is said while the focus stays on it."""
        events = screen.Events()
        window = self.open(places['here'], 'nat')
        window.tab_to('Copy Report')
        window.press('Return')
        words = 'Report copied, without private details'
        window.get('label', words)
        window.until(lambda: any(name in ('Announcement', 'PropertyChange') and words in data
                                 for name, _, data in events.all()), 'the event')
        self.assertIn('Copy Report', window.focus_words())
        window.tab_to('Close')
        window.press('Return')
        window.wait_gone('label', words)


class Keys(journey.JourneyTest):

    def test_windows_and_help(self):
        window = self.start(places['here'])
        window.press('F1')
        self.assertIn('For Support Staff', window.words(window.dialog('Help')))
        window.press('Escape')
        window.wait_front(screen.TITLE)
        window.press('ctrl+n')
        window.until(lambda: window.count_windows() == 2, 'a second window')
        window.press('ctrl+w')
        window.until(lambda: window.count_windows() == 1, 'its end')


class Refused(journey.JourneyTest):
    """What a user reads on the telephone after a wrong password, without a word that goes away."""

    DETAILS = 'CON-07 · Show Details'

    def refused(self):
        computer = self.new_computer()
        computer.prosody({MONTAGUE: {}}, self.lab.accounts(MONTAGUE))
        window = self.start_trusting(computer)
        self.sign_in(window, MONTAGUE, 'a rose by any other name')
        window.get('push button', self.DETAILS)
        self.expect_form(window)
        window.wait_focus(PASSWORD)
        return window

    def test_code_and_details(self):
        window = self.refused()
        field = window.field(PASSWORD)
        self.assertNotIn('broken', field.states)
        self.assertRegex(field.description, 'no such account.*Check the spelling of the account')
        window.tab_to(self.DETAILS, most=2)
        window.press('Return')
        window.get('label', 'The password was not accepted')
        window.press('alt+Left')
        self.expect_form(window)
        # Until something else is typed
        window.get('push button', self.DETAILS)
        window.tab_to(PASSWORD)
        window.type_into(PASSWORD, bed.PASSWORDS[MONTAGUE])
        window.press('Return')
        self.expect_finished(window, 'CALL-01')


if __name__ == '__main__':
    journey.main(prepare)
