#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Each control on each page has an accessible name, once and without mnemonic underscores."""

import gettext
import os
import pathlib
import re
from xml.etree import ElementTree

import journey
import bed
import screen
import servers
import tap
from journey import ACCOUNT, MONTAGUE, PASSWORD

# What Orca names when the focus gets there
SPOKEN = ('list', 'panel')
ENGLISH = {'Check', 'Password', 'Details', 'What to do'}
LANGUAGES = [path.parent.parent.name for path in pathlib.Path(
    os.environ.get('SIDETONE_LOCALEDIR', '/nonexistent')).glob('*/LC_MESSAGES/sidetone.mo')]
places = {}


def around(widget):
    """All that a widget is in, from the inside."""
    while widget.parent is not None:
        widget = widget.parent
        yield widget


def is_shell(item):
    """Whether a row needs no name of its own: it can't have the focus (libadwaita 1.7 gives one with
    a field its title twice), or it is one of GTK's.

    An expander is a row in a list in a row; a choice in a combo box is a label in a row.
    """
    return ('focusable' not in item.states
            or any(one.role == 'combo box' for one in around(item))
            or any(inner.role == 'list item' and inner.name
                   for inner in screen.walk(item)))


def bad_names(widget):
    """Controls of a page with an empty or doubled name, and those that are in something with the name
    of its class: all that is around the focus is spoken."""
    found = [(one.role, one.name, outer.name) for one in screen.walk(widget)
             if 'focusable' in one.states and (one.name or not is_shell(one))
             for outer in around(one)
             if re.match('(Gtk|Adw|Sidetone)[A-Z]', outer.name) and outer.role in SPOKEN]
    for one in screen.walk(widget):
        role, name, description = one.role, one.name, one.description
        if role not in screen.CONTROLS:
            continue
        # A row's name has all its paragraphs
        title = name.split('\n')[0]
        words = name.split()
        half = len(words) // 2
        twice = len(words) % 2 == 0 and words[:half] == words[half:]
        if role == 'list item' and (twice or not name) and is_shell(one):
            continue
        if not name or re.match(r'_|(Gtk|Adw|Sidetone)[A-Z]', name) or twice or '_' in title:
            found.append((role, name, description))
    return found


def prepare(lab):
    places['here'] = lab.computer('here', *servers.domain_records(MONTAGUE, '127.0.0.1'))


class Names(journey.JourneyTest):
    """One program opens all reports, one after the other."""

    maxDiff = None
    window = None

    def take_window(self):
        """The shared program's window. After a test that fails there is another program."""
        window, Names.window = Names.window, None
        window = window or screen.Window(self.place, places['here'], home=self.home)
        self.addCleanup(lambda: Names.window is window or window.kill())
        return window

    def give_back(self, window):
        window.press('alt+Left')
        self.expect_form(window)
        Names.window = window

    def open_report(self, report):
        window = self.take_window()
        window.open(journey.REPORTS / (report + '.sidetone.json'))
        # The last report's page may still be there, hidden. The new one's headline takes the focus
        window.until(lambda: window.focus_role() == 'panel', 'the report')
        window.get('push button', 'Back to the Account')
        window.get('list', 'Details')
        return window

    def run_row(self, report):
        window = self.open_report(report)
        self.assertEqual(bad_names(window.main), [])
        self.give_back(window)

    @staticmethod
    def states_of_step(window):
        """All states of the row with the focus and of what is in it."""
        return {state for row in window.all('list item')
                if row.name.startswith('Connected') for one in screen.walk(row)
                for state in one.states}

    def test_details_of_a_step(self):
        window = self.open_report('nat')
        self.open_steps(window)
        window.tab_to('Connected')
        self.assertNotIn('expanded', self.states_of_step(window))
        window.press('Return')
        window.get('label', 'Round trip')
        window.until(lambda: 'expanded' in self.states_of_step(window), 'the state “expanded”')
        self.assertEqual(bad_names(window.main), [])
        self.give_back(window)


tap.add_rows(Names, {path.name.split('.')[0]: path.name.split('.')[0]
                     for path in journey.REPORTS.glob('*.sidetone.json')}, Names.run_row)


class AfterNames(journey.JourneyTest):

    afterwards = 1

    def test_end_of_the_program(self):
        """After all reports it ends without a fault."""
        self.assertIsNotNone(Names.window)
        self.stop(Names.window)


class Form(journey.JourneyTest):

    # A desktop has one program at a time
    afterwards = 2

    def test_sign_in(self):
        window = self.start(places['here'])
        window.tab_to('Connection Settings')
        window.press('space')
        window.get('text', 'Server')
        # The form, without other pages that are hidden
        page = next(one for one in around(window.get('push button', 'Check'))
                    if any(inner.name == 'Server' for inner in screen.walk(one)))
        self.assertEqual(bad_names(page), [])
        self.assertEqual({widget.name for widget in screen.walk(page) if widget.role == 'list'},
                         {'Account', 'Connection Settings'})

    def test_mnemonics(self):
        """Each entry of the menu has a letter of its own, in each language."""
        menu = ElementTree.parse(journey.TESTS.parent / 'src/ui/window.ui').find('menu')
        labels = [one.text for one in menu.iter('attribute') if one.get('name') == 'label']
        self.assertGreater(len(labels), 5)
        for language in ('en', *LANGUAGES):
            say = gettext.translation('sidetone', os.environ['SIDETONE_LOCALEDIR'], [language],
                                      fallback=language == 'en').gettext
            letters = [re.search('_(.)', say(words))[1].lower() for words in labels]
            self.assertEqual(sorted(letters), sorted(set(letters)), language)

    def test_menu(self):
        window = self.start(places['here'])
        window.press('F10')
        window.get('menu item', 'Keyboard Shortcuts')
        for name in ('New Window', 'Open Report…', 'Save Report…', 'Copy Report', 'Help',
                     'About Sidetone'):
            window.get('menu item', name)
        window.press('Escape')

    def test_shortcuts(self):
        window = self.start(places['here'])
        window.press('ctrl+question')
        # It has no title
        words = window.words(window.dialog('sidetone'))
        for name in ('Check again', 'Copy report', 'Open a report'):
            self.assertIn(name.lower(), [word.lower() for word in words])
        window.press('Escape')
        window.wait_front(screen.TITLE)


    def test_help(self):
        """The list of codes, and the page of one, which is found by typing."""
        window = self.start(places['here'])
        window.press('F1')
        self.assertEqual(bad_names(window.dialog('Help')), [])
        window.type('call 18')
        window.press('Return')
        self.assertEqual(bad_names(window.dialog('CALL-18')), [])
        window.press('Escape')
        window.wait_front(screen.TITLE)


class Translated(journey.JourneyTest):
    """With each language's catalogue, no English words are left."""

    afterwards = 2

    def run_row(self, language):
        def say(words):
            return catalogue.gettext(words)

        catalogue = gettext.translation('sidetone', os.environ['SIDETONE_LOCALEDIR'], [language])
        window = self.start(places['here'], journey.REPORTS / 'nat.sidetone.json',
                            environment={'LANGUAGE': language})
        for words in ('Some calls may fail', 'What to do', 'This computer'):
            self.assertNotEqual(say(words), words)
            window.get('label', say(words))
        self.assertEqual(set(window.words()) & ENGLISH, set())


tap.add_rows(Translated, {language: language for language in LANGUAGES}, Translated.run_row)


class NothingTold(journey.JourneyTest):
    """A password that was typed and never sent is not revealed either."""

    afterwards = 2

    def test_typed_and_left(self):
        window = self.start(places['here'])
        window.type_into(ACCOUNT, 'romeo')
        window.press('Tab')
        window.type_into(PASSWORD, bed.PASSWORDS['montague.lit'])
        # stop () checks that


if __name__ == '__main__':
    journey.main(prepare)
