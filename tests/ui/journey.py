# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Shared by the journeys: the bed, a desktop in it, and the program on that desktop.

The programs under test are named by the environment, as meson.build sets it: SIDETONE, and
SIDETONE_CONNECTION, which it reads itself.
"""

import os
import pathlib
import re
import sys
import unittest

sys.dont_write_bytecode = True
TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS / folder) for folder in ('lib', 'lab', 'cli')]

import bed  # noqa: E402
import desktop  # noqa: E402
import screen  # noqa: E402
import servers  # noqa: E402
import tap  # noqa: E402
from program import CAPULET, MONTAGUE, family  # noqa: E402,F401

# The fields' names
ACCOUNT, PASSWORD = 'XMPP address, like romeo@example.org', 'Password'
REPORTS = TESTS / 'ui' / 'reports'


class JourneyTest(unittest.TestCase):
    """A user at the keyboard."""

    lab = None
    place = None
    longMessage = True
    # A warning that is not ours, as a regular expression
    accepted = None

    def setUp(self):
        self.home = self.place.home(self.name())

    def name(self):
        return '-'.join(self.id().split('.')[-2:])

    def new_computer(self, *records):
        """A computer of the test's own. Without records it is montague.lit itself."""
        return self.lab.computer(self.name(),
                                 *(records or servers.domain_records(MONTAGUE, '127.0.0.1', '::1')))

    def start(self, computer, *arguments, environment=None):
        """Start the program; at the test's end it must end without a fault."""
        window = screen.Window(self.place, computer, arguments, environment, self.home)
        self.addCleanup(self.stop, window)
        return window

    def start_trusting(self, computer, *arguments, **more):
        """The same, with the authority of the servers' certificates."""
        return self.start(computer, '--ca-file', self.lab.ca_file, *arguments, **more)

    def sign_in(self, window, domain, password=None):
        """Fill the form, which has the focus, and send it."""
        window.type_into(ACCOUNT, self.lab.jid(domain))
        window.press('Tab')
        window.type_into(PASSWORD, password or bed.PASSWORDS[domain])
        window.press('Return')

    def expect_form(self, window):
        """Back at the form."""
        window.wait_gone('push button', 'Back to the Account')

    def expect_headline(self, window, words):
        """The check has ended, with these words; a screen reader reads them, because they have the
        focus."""
        window.get('label', words)
        window.wait_focus(words)

    def open_steps(self, window):
        """Opens the row that stands for all steps."""
        window.tab_to(next(words for words in window.words() if ' steps, ' in words))
        window.press('Return')

    def children(self, window):
        """IDs of the running connection processes."""
        return [pid for pid, (name, state) in family(window.process.pid).items()
                if name.startswith('sidetone-conn') and state != 'Z']

    def expect_finished(self, window, code):
        """The check has ended, with this code on the page."""
        window.get('label', code)
        window.until(lambda: not self.children(window), 'the end of the connection programs')

    def open(self, computer, report):
        """Start with a report of the folder."""
        return self.start(computer, REPORTS / (report + '.sidetone.json'))

    def check_in_vain(self, computer, title, code, *arguments, domain=MONTAGUE):
        """A check that can't be made: the page's words."""
        window = self.start_trusting(computer, *arguments)
        self.sign_in(window, domain)
        self.expect_headline(window, title)
        self.assertIn(code, window.words())
        return window

    def take_step(self, window, button):
        window.tab_to(button)
        window.press('Return')

    def stop(self, window):
        """After every run: it ended without a fault, printed no warning, left no process and
        revealed no password."""
        if window.told.closed:
            return
        status = window.close()
        said = re.sub(self.accepted, '', window.output()) if self.accepted else window.output()
        window.told.close()
        self.assertEqual(status, 0, said)
        self.assertEqual(said, '')
        # An orphan that has ended is a child of this process now, and stays listed
        desktop.until(lambda: all(state == 'Z' for _, state in
                                  family(window.process.pid).values()), 'the end of all processes')
        self.assert_no_password()

    def secrets(self):
        """All that must never be in a file."""
        return bed.PASSWORDS.values()

    def assert_no_password(self):
        for path in self.place.folder.rglob('*'):
            # There are sockets and pipes, too
            if path.is_file():
                for secret in self.secrets():
                    self.assertNotIn(secret.encode(), path.read_bytes(), path)


def main(prepare=None, names=(), **desktop_options):
    """Enter the bed, let the script prepare the shared parts, run the tests."""
    bed.enter()
    if not os.access(os.environ.get('SIDETONE', ''), os.X_OK):
        sys.exit('SIDETONE does not name a program. Run these tests with meson test.')
    with bed.Bed(names) as lab, desktop.Desktop(**desktop_options) as place:
        screen.attach(place)
        JourneyTest.lab, JourneyTest.place = lab, place
        if prepare is not None:
            prepare(lab)
        status = tap.main(sys.argv[1:])
    sys.exit(status)
