#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The form by key and by ear: its messages, and what follows a refused sign-in."""

import journey
import screen
import servers
from journey import ACCOUNT, MONTAGUE, PASSWORD

NO_ACCOUNT, NO_PASSWORD = 'No account was given', 'The password is missing'
places = {}


def prepare(lab):
    places['here'] = lab.computer('here', *servers.domain_records(MONTAGUE, '127.0.0.1'))


class Messages(journey.JourneyTest):

    def is_marked(self, window, name, words):
        """Whether a screen reader finds the field invalid, and these words with it."""
        field = window.field(name)
        return 'invalid' in field.states and words in field.description

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
        window.until(lambda: not self.is_marked(window, PASSWORD, ''), 'the end of the message')
        window.press('shift+Tab')
        window.wait_focus(ACCOUNT)
        window.type_into(ACCOUNT, 'romeo')


if __name__ == '__main__':
    journey.main(prepare)
