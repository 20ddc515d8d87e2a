#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The main job in the window, from typing the account to a report for a helper."""

import itertools
import json
import os
import subprocess

import journey
import bed
import screen
import tap
import topology
import variants
from journey import ACCOUNT, CAPULET, MONTAGUE, PASSWORD

SERVERS = {'ejabberd': MONTAGUE, 'prosody': CAPULET}
INSIDE, OUTSIDE = '192.168.1.10', '198.51.100.1'
TITLE, CODE = 'Your calls should work', 'NAT-01'
# Of a report without tests of call servers
UNTESTED = 'Some calls may fail'
# How long the router keeps UDP open, in seconds
UDP_TIMEOUT = 5
HERE, THERE = 'This computer', 'Seen by your server'
COPY = 'Copy address and port: '
DRAG_TITLE, DRAG_PLACE = 'Drag Source', (1100, 100)
places = {}


def prepare(lab):
    net = topology.Internet(lab, SERVERS.values())
    net.build(variants.VARIANTS['home'], udp_timeout=UDP_TIMEOUT)
    places['home'] = net.client


class HomeTest(journey.JourneyTest):
    """On a computer behind a router, with servers outside."""

    def check(self, domain, **more):
        window = self.start_trusting(places['home'], **more)
        self.sign_in(window, domain)
        self.expect_headline(window, TITLE)
        return window

    def port(self, window, card):
        """The port on a card. The router keeps ports if it can."""
        return next(word for word in window.words(window.get('panel', card))
                    if word.startswith('Port ')).removeprefix('Port ')


class Check(HomeTest):

    def run_row(self, domain):
        window = self.check(domain)
        for card, address in ((HERE, INSIDE), (THERE, OUTSIDE)):
            self.assertIn(address, window.words(window.get('panel', card)))
        self.assertEqual(self.port(window, HERE), self.port(window, THERE))
        for words in (CODE, 'What was found', 'What to do'):
            self.assertIn(words, window.words())
        self.open_steps(window)
        window.get('label', 'Address seen by your server')


tap.add_rows(Check, SERVERS, Check.run_row)


class Report(HomeTest):
    """What a user can do with a result. One from a file will do."""

    JID, NAME = 'romeo@montague.lit', 'nat'

    def show(self):
        window = self.open(places['home'], self.NAME)
        self.expect_headline(window, UNTESTED)
        return window

    def test_copy_without_private_details(self):
        window = self.show()
        window.press('ctrl+shift+c')
        window.get('label', 'Report copied, without private details')
        report = window.clipboard()
        self.assertIn(CODE, report)
        for private in (self.JID, INSIDE):
            self.assertNotIn(private, report)

    def test_copy_with_private_details(self):
        window = self.show()
        window.tab_to('Hide Private Details')
        window.press('space')
        window.until(lambda: 'checked' not in window.states('check box', 'Hide Private Details'),
                     'the switch off')
        window.tab_to('Copy Report')
        window.press('Return')
        window.get('label', 'Report copied, with private details')
        report = window.clipboard()
        for private in (CODE, self.JID, INSIDE):
            self.assertIn(private, report)

    def test_copy_address(self):
        window = self.show()
        for card, address in ((HERE, INSIDE), (THERE, OUTSIDE)):
            window.tab_to(COPY + card)
            window.press('Return')
            expected = '%s:%s' % (address, self.port(window, card))
            window.until(lambda: window.clipboard() == expected, expected + ' in the clipboard')


class Keys(HomeTest):
    """The whole job without a pointer, on a narrow screen."""

    WIDTH, HEIGHT = 360, 640

    def tab_in_view(self, window, name):
        """Press Tab until a widget of that name has the focus, which is always in view: what is
        larger than the window, with a part of it."""
        def is_in_view():
            left, top, width, height = window.focus_place()
            return (left >= 0 and left + width <= self.WIDTH and top < self.HEIGHT
                    and (top + height <= self.HEIGHT or height > self.HEIGHT / 2)
                    and top + height > 0)

        while name not in window.focus_words():
            before = window.focus_words()
            window.press('Tab')
            window.until(lambda: window.focus_words() not in (before, []), 'another focus')
            window.until(is_in_view, 'the focus in view, which is at %s, %s'
                         % (window.focus_place(), window.focus_words()))

    def test_from_the_start_to_a_report(self):
        window = self.start_trusting(places['home'])
        window.resize(self.WIDTH, self.HEIGHT)
        self.sign_in(window, CAPULET)
        self.expect_headline(window, TITLE)

        self.tab_in_view(window, 'Copy Report')
        window.press('Return')
        window.get('label', 'Report copied, without private details')
        self.assertIn(CODE, window.clipboard())

        self.tab_in_view(window, 'Save Report…')
        window.press('Return')
        dialog = window.dialog('Save Report')
        path = self.place.folder / self.name() / 'narrow.sidetone.json'
        window.press('ctrl+a')
        window.type_into('Name:', str(path), dialog)
        window.press('Return')
        window.wait_front(screen.TITLE)
        window.get('label', 'Report saved, without private details')
        self.assertIn(CODE, path.read_text())


class Afterwards(HomeTest):
    """What a user can do after a check."""

    def test_save_and_open_again(self):
        window = self.check(CAPULET)
        path = self.place.folder / self.name() / 'for-the-nurse.sidetone.json'
        window.press('ctrl+s')
        dialog = window.dialog('Save Report')
        self.assertRegex(screen.text(window.field('Name:', dialog)),
                         r'\Asidetone-\d{4}-\d\d-\d\d-\d{4}\.json\Z')
        window.press('ctrl+a')
        window.type_into('Name:', str(path), dialog)
        window.press('Return')
        window.wait_front(screen.TITLE)
        window.get('label', 'Report saved, without private details')
        report = json.loads(path.read_text())
        self.assertEqual(report['findings'][0]['code'], CODE)
        self.assertNotIn(INSIDE, path.read_text())
        self.assertIsNone(report['account']['jid'])

        self.stop(window)
        again = self.start(places['home'], path)
        self.expect_headline(again, TITLE)

    def test_check_again(self):
        window = self.check(CAPULET)
        before = self.port(window, HERE)
        window.press('ctrl+r')
        # A new connection has a new port
        window.until(lambda: self.port(window, HERE) != before, 'another check')
        self.expect_headline(window, TITLE)

    def test_measure_how_long_udp_stays_open(self):
        window = self.check(CAPULET)
        self.assertIn('Not measured. Takes up to five minutes.', window.words())
        window.tab_to('Measure')
        window.press('space')
        verdict = 'about %d seconds: too short, quiet calls can break off' % UDP_TIMEOUT
        # On a busy computer it may be over before the window is looked at
        window.until(lambda: any('at least' in words or words == verdict
                                 for words in window.words()), 'the progress')
        window.until(lambda: verdict in window.words(), 'the verdict')
        self.assertIn('Calls work, but badly', window.words())

    def test_enough_of_measuring(self):
        """The result so far is kept, and the rest of the result is, too."""
        window = self.check(CAPULET)
        window.tab_to('Measure')
        window.press('space')
        window.until(lambda: any('at least' in words for words in window.words()), 'the progress')
        window.press('Escape')
        window.until(lambda: any('and longer' in words for words in window.words()), 'the result')
        self.assertIn(TITLE, window.words())

    def test_back_with_everything_typed(self):
        window = self.check(CAPULET)
        window.press('alt+Left')
        self.expect_form(window)
        self.assertEqual(window.text(ACCOUNT), self.lab.jid(CAPULET))
        self.assertTrue(window.shows(PASSWORD, bed.PASSWORDS[CAPULET]))
        # Tab reaches the whole form, in a circle
        for name in ('Connection Settings', 'Main Menu', 'Connection Settings', 'Check'):
            window.tab_to(name)
        window.press('Return')
        window.get('push button', 'Back to the Account')
        self.expect_headline(window, TITLE)

    def test_account_is_known_next_time(self):
        """The settings too; not the password."""
        first = self.check(CAPULET)
        self.stop(first)
        window = self.start(places['home'])
        self.assertEqual(window.text(ACCOUNT), self.lab.jid(CAPULET))
        self.assertEqual(window.text(PASSWORD), '')
        # The focus is at the missing input
        window.type_into(PASSWORD, bed.PASSWORDS[CAPULET])
        window.press('Return')
        self.expect_headline(window, TITLE)


class Starts(HomeTest):

    def test_report(self):
        window = self.open(places['home'], 'cgnat')
        self.expect_headline(window, UNTESTED)
        self.assertIn('100.64.31.10', window.words(window.get('panel', HERE)))
        # There is no account to check again
        self.assertFalse(window.has('push button', 'Check Again'))

    def test_open_report(self):
        window = self.start(places['home'])
        window.press('ctrl+o')
        window.wait_front('Open Report')
        # To the field for a path
        window.press('ctrl+l')
        window.paste(str(journey.REPORTS / 'cgnat.sidetone.json'))
        window.press('Return')
        window.wait_front(screen.TITLE)
        self.expect_headline(window, UNTESTED)

    def test_dropped_report(self):
        """From another program, on a field that takes text: the file opens, and its name is not typed
        there."""
        window = self.start(places['home'])
        field = window.on_screen(window.field(PASSWORD))
        program = self.place.spawn(os.environ['SIDETONE_DRAG'],
                                   str(journey.REPORTS / 'cgnat.sidetone.json'))
        self.addCleanup(program.wait)
        self.addCleanup(program.kill)
        said = self.place.folder / 'sidetone-drag.log'
        window.wait_front(DRAG_TITLE)
        window.move(*DRAG_PLACE)
        left, top = DRAG_PLACE
        window.point((left + 50, top + 50))
        window.until(lambda: 'entered' in said.read_text(), 'the pointer there')
        window.point((left + 50, top + 50), 'mousedown', '1')
        steps = itertools.cycle(((left + 30, top + 50), (left + 10, top + 50)))
        window.until(lambda: window.point(next(steps)) or 'begun' in said.read_text(),
                     'the begin of the drag')
        window.point(field)
        window.until(lambda: 'accepted' in said.read_text(), 'a place for the report')
        window.point(field, 'mouseup', '1')
        window.get('push button', 'Back to the Account')
        self.expect_headline(window, UNTESTED)
        self.assertTrue(all(screen.text(one) == '' for one in window.all('password text')))

    def test_file_that_is_no_report(self):
        path = self.place.folder / self.name() / 'sonnet.sidetone.json'
        path.write_text('From fairest creatures we desire increase')
        window = self.start(places['home'], path)
        window.get('push button', 'Back to the Account')
        window.get('label', "Couldn't Open Report")
        window.tab_to('Open Another Report…')

    def start_second(self, *arguments):
        return places['home'].run([os.environ['SIDETONE']] + list(arguments), timeout=20,
                                  capture_output=True, text=True,
                                  env={**self.place.environment, **self.home}, check=True)

    def test_second_start_goes_to_the_first(self):
        window = self.start(places['home'])
        self.start_second(str(journey.REPORTS / 'cgnat.sidetone.json'))
        self.expect_headline(window, UNTESTED)
        self.assertEqual(window.count_windows(), 1)

    def test_second_start_spoils_nothing(self):
        window = self.start(places['home'])
        window.type_into(ACCOUNT, 'romeo')
        self.start_second(str(journey.REPORTS / 'cgnat.sidetone.json'))
        window.until(lambda: window.count_windows() == 2, 'a window of its own')
        self.assertEqual(window.text(ACCOUNT), 'romeo')
        self.assertFalse(window.has('push button', 'Back to the Account'))

    def test_account_of_the_command_line(self):
        window = self.start_trusting(places['home'], '--server', 'ipv4.capulet.lit:5223',
                                     '--security', 'direct', self.lab.jid(CAPULET))
        self.assertEqual(window.text(ACCOUNT), self.lab.jid(CAPULET))
        window.type_into(PASSWORD, bed.PASSWORDS[CAPULET])
        window.tab_to('Connection Settings')
        window.press('space')
        self.assertEqual(window.text('Server'), 'ipv4.capulet.lit')
        self.assertEqual(window.text('Port'), '5223')
        window.tab_to('Check')
        window.press('Return')
        self.expect_headline(window, TITLE)
        self.open_steps(window)
        window.until(lambda: any('203.0.113.11 port 5223' in words for words in window.words()),
                     'the address of the command line')

    def test_wrong_command_line(self):
        done = subprocess.run([os.environ['SIDETONE'], 'romeo@montague.lit', 'juliet@capulet.lit'],
                              env={**self.place.environment, **self.home}, capture_output=True,
                              text=True, timeout=20)
        self.assertEqual(done.returncode, 64)
        self.assertRegex(done.stderr, r'\Asidetone: [^\n]+\n\Z')


if __name__ == '__main__':
    journey.main(prepare)
