#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""What a screen reader can learn about the password: that there is one, and its length."""

import journey
import bed
import screen
from journey import ACCOUNT, MONTAGUE, PASSWORD

WRONG = 'a rose by any other name'
SHOW = 'Show Password'


class Heard(journey.JourneyTest):

    def setUp(self):
        super().setUp()
        self.events = screen.Events()
        computer = self.new_computer()
        computer.prosody({MONTAGUE: {}}, self.lab.accounts(MONTAGUE))
        self.window = self.start_trusting(computer)

    def fill(self, password):
        self.window.type_into(ACCOUNT, 'romeo@montague.lit')
        self.window.press('Tab')
        self.window.type_into(PASSWORD, password)

    def refused(self):
        self.window.press('Return')
        self.window.until(lambda: any('Wrong password' in words for words in self.window.words()),
                          'why it is asked again')
        self.expect_form(self.window)

    def in_password(self):
        """All that events told of the password's text."""
        path = self.window.field(PASSWORD).path
        return [(data[0], data[3]) for name, where, data in self.events.all()
                if name == 'TextChanged' and where == path]

    def assert_only_dots(self):
        for _, words in self.in_password():
            self.assertEqual(words.strip(screen.DOT), '', self.in_password())
        self.assertTrue(self.in_password())
        for event in self.events.all():
            for secret in (WRONG, bed.PASSWORDS[MONTAGUE]):
                self.assertNotIn(secret, repr(event))

    def test_role(self):
        field = self.window.field(PASSWORD)
        self.assertEqual(field.role, 'password text')
        self.assertEqual(self.window.field(ACCOUNT).role, 'text')

    def test_typed(self):
        """Each key is echoed, as a dot: the user hears that it arrived."""
        self.fill(WRONG)
        self.window.until(lambda: self.in_password() == [('insert', screen.DOT)] * len(WRONG),
                          'the echo')
        self.assert_only_dots()

    def test_pasted(self):
        self.fill('x')
        self.window.press('ctrl+a')
        self.window.paste(WRONG)
        self.window.until(lambda: self.window.shows(PASSWORD, WRONG), 'the password')
        self.assert_only_dots()

    def test_removed(self):
        self.fill(WRONG)
        self.window.press('BackSpace', 'ctrl+a', 'Delete')
        self.window.until(lambda: self.window.shows(PASSWORD, ''), 'an empty field')
        self.assertIn(('delete', screen.DOT * (len(WRONG) - 1)), self.in_password())
        self.assert_only_dots()

    def test_refused_and_checked_again(self):
        self.fill(WRONG)
        self.refused()
        self.assertTrue(self.window.shows(PASSWORD, WRONG))
        self.refused()
        self.window.press('ctrl+a')
        self.window.type_into(PASSWORD, bed.PASSWORDS[MONTAGUE])
        self.window.press('Return')
        self.expect_finished(self.window, 'CALL-01')
        # Later versions of GTK tell nothing of a page that is hidden
        self.assertEqual([screen.text(field) for field in self.window.all('password text', PASSWORD)
                          if screen.text(field)], [])
        self.window.press('alt+Left')
        self.expect_form(self.window)
        self.assertTrue(self.window.shows(PASSWORD, bed.PASSWORDS[MONTAGUE]))
        self.assert_only_dots()

    def test_hidden_again_by_a_check(self):
        self.fill(WRONG)
        self.window.tab_to(SHOW)
        self.window.press('space')
        self.window.until(lambda: screen.text(self.window.field(PASSWORD)) == WRONG,
                          'a readable password')
        self.window.press('shift+Tab')
        self.refused()
        self.assertTrue(self.window.shows(PASSWORD, WRONG))
        self.assert_only_dots()


if __name__ == '__main__':
    journey.main()
