#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Earlier checks, comparisons, and reports that were pasted, by the keyboard."""

import pathlib
import stat
import time

import journey
import screen
import test_capture
import test_journey
import topology
import variants
from journey import CAPULET, PASSWORD
from test_journey import HERE, INSIDE, TITLE, UNTESTED

KEEP, CLEAR = 'Keep Checks', 'Remove All…'
MANGLED = 'Part of the copied report is missing or was changed. Copy the whole text again.'
EMPTY = 'No checks are kept yet'
# For how long a relay's password is valid (Prosody's mod_turn_external)
LIFETIME = 86400
END = 'END SIDETONE'
TYPED = 'what light'
places = test_journey.places


def prepare(lab):
    net = topology.Internet(lab, [CAPULET])
    net.build(variants.VARIANTS['home'])
    places['net'], places['home'] = net, net.client


class HistoryTest(test_journey.HomeTest):

    def kept(self):
        return list(pathlib.Path(self.home['XDG_DATA_HOME'], 'sidetone', 'checks').glob('*'))

    def wait_kept(self, window, number):
        window.until(lambda: len(self.kept()) == number, '%d kept checks' % number)

    def check_and_show(self):
        """One check, and the list with it."""
        window = self.check(CAPULET)
        self.wait_kept(window, 1)
        window.press('ctrl+h')
        return window

    def check_again(self, window):
        """The account, the password and the result are still there."""
        before = self.port(window, HERE)
        window.press('ctrl+r')
        window.until(lambda: self.port(window, HERE) != before, 'another check')
        self.expect_headline(window, TITLE)

    def is_on(self, window):
        return 'checked' in window.states('check box', KEEP)

    def in_front(self):
        return self.place.run(['xdotool', 'getactivewindow'], capture_output=True).stdout

    def choose(self, window):
        """Open the check; it gets a window of its own. Close that again."""
        first = self.in_front()
        window.tab_to(TITLE)
        window.press('Return')
        opened = window.another()
        window.until(lambda: self.in_front() != first, 'another window in front')
        window.until(lambda: INSIDE in window.words(opened), 'the check')
        self.assertTrue(any(words.startswith('Checked ') for words in window.words(opened)))
        self.assertIn(TITLE, window.words(opened))
        window.press('ctrl+w')
        window.until(lambda: self.in_front() == first, 'the first window in front')


class Earlier(HistoryTest):

    def test_result_stays(self):
        window = self.check_and_show()
        self.choose(window)
        window.press('alt+Left')
        self.check_again(window)
        self.wait_kept(window, 2)

    def test_input_stays(self):
        self.stop(self.check_and_show())
        window = self.start(places['home'])
        window.type_into(PASSWORD, TYPED)
        window.press('ctrl+h')
        self.choose(window)
        window.press('alt+Left')
        window.tab_to(PASSWORD)
        self.assertTrue(window.shows(PASSWORD, TYPED))

    def test_nothing_to_keep_a_window_for(self):
        self.stop(self.check_and_show())
        window = self.start(places['home'])
        window.press('ctrl+h')
        window.tab_to(TITLE)
        window.press('Return')
        self.expect_headline(window, TITLE)
        self.assertEqual(window.count_windows(), 1)

    def test_turned_off(self):
        """Nothing is kept until it is turned on again; what was kept stays."""
        window = self.check_and_show()
        for on, number in (False, 1), (True, 2):
            window.tab_to(KEEP)
            window.press('space')
            window.until(lambda: self.is_on(window) == on, 'the switch')
            window.press('alt+Left')
            self.check_again(window)
            if on:
                self.wait_kept(window, number)
            window.press('ctrl+h')
        self.assertEqual(len(self.kept()), number)

    def test_removed(self):
        """All of them, after a question."""
        # libadwaita 1.7 measures its message dialog in a way of which GTK 4.18 warns
        self.accepted = r'\n?\(sidetone:\d+\): Gtk-WARNING .* Trying to measure GtkLabel .*\n'
        window = self.check_and_show()
        for key, number in ('Escape', 1), ('alt+r', 0):
            window.tab_to(CLEAR)
            first = self.in_front()
            window.press('Return')
            window.until(lambda: self.in_front() != first, 'the question')
            window.press(key)
            window.until(lambda: self.in_front() == first, 'the answer')
            self.wait_kept(window, number)
        window.get('label', EMPTY)
        window.press('alt+Left')
        self.check_again(window)


class Secrets(HistoryTest):
    """What is kept, with the settings and the names of recent accounts, has no password, neither of
    the account nor of a relay."""

    def setUp(self):
        super().setUp()
        self.begin = int(time.time())

    def secrets(self):
        """A relay's user name is when it ends; its password follows from that."""
        names = [str(second + LIFETIME) for second in range(self.begin - 1, int(time.time()) + 2)]
        secret = places['net'].relay_secret
        return [*super().secrets(), secret, *names,
                *(test_capture.make_password(secret.encode(), name.encode()).decode()
                  for name in names)]

    def test_kept(self):
        window = self.check_and_show()
        window.tab_to(TITLE)
        self.check_relay(window)
        path, = self.kept()
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        self.assertIn(self.lab.jid(CAPULET), path.read_text())
        # This looks into all files
        self.stop(window)

    def check_relay(self, window):
        """The check got the relay's password: it used it."""
        window.press('alt+Left')
        window.get('push button', 'Relay: works')


class Comparison(HistoryTest):

    def test_with_an_earlier_check(self):
        window = self.check_and_show()
        window.tab_to('Compare')
        window.press('Return')
        dialog = window.dialog('Comparison')
        window.until(lambda: 'Nothing changed that matters for calls.' in window.words(dialog),
                     'what changed')
        window.press('Escape')
        window.wait_front(screen.TITLE)
        window.press('alt+Left')
        self.check_again(window)

    def test_two_reports(self):
        """Of two people"""
        window = self.open(places['home'], 'nat')
        self.expect_headline(window, UNTESTED)
        # The menu
        window.press('F10')
        window.press('m')
        window.wait_front('Compare With Report')
        window.press('ctrl+l')
        window.paste(str(journey.REPORTS / 'symmetric.sidetone.json'))
        window.press('Return')
        dialog = window.dialog('Comparison')
        window.until(lambda: 'Calls between these two' in window.words(dialog), 'what a call takes')
        self.assertTrue(any('previously' in words for words in window.words(dialog)))
        window.press('Escape')
        window.wait_front(screen.TITLE)
        self.assertIn(UNTESTED, window.words())


class Pasted(HistoryTest):

    def setUp(self):
        super().setUp()
        self.window = self.open(places['home'], 'nat')
        self.expect_headline(self.window, UNTESTED)
        self.window.press('ctrl+shift+c')
        self.window.until(lambda: END in (self.window.clipboard() or ''), 'the copied report')
        self.text = self.window.clipboard()
        self.window.press('alt+Left')
        self.expect_form(self.window)
        # A field would take the text
        self.window.tab_to('Connection Settings')

    def test_opens(self):
        """As a mail's answer quotes it"""
        self.window.paste('\n'.join('> ' + line for line in self.text.splitlines()))
        self.expect_headline(self.window, UNTESTED)
        self.assertEqual(self.window.count_windows(), 1)

    def test_mangled(self):
        """It is refused with words, and the form stays."""
        begin, end = self.text.rindex('BEGIN SIDETONE'), self.text.rindex(END)
        middle = (begin + end) // 2
        for text, words in (
                (self.text[:middle] + self.text[middle + 40:], MANGLED),
                ('but soft', 'No report was copied. Copy a whole report first.')):
            self.window.paste(text)
            self.window.get('label', words)
        self.window.tab_to('Check')
        self.assertFalse(self.window.has('push button', 'Back to the Account'))


if __name__ == '__main__':
    journey.main(prepare)
