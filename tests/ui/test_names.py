#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Each control on each page has an accessible name, once and without mnemonic underscores."""

import gettext
import os
import pathlib
import re

import journey
import bed
import screen
import tap
from journey import ACCOUNT, PASSWORD

# By role and description: libadwaita 1.2's own widgets in fields
NOT_OURS = {('push button', 'Show Text')}
ENGLISH = {'Check', 'Password', 'Steps', 'What this means'}


def is_shell(item):
    """Whether a row needs no name: it can't have the focus, or it is one of GTK's.

    An expander is a row in a list in a row; a choice in a combo box has its name further in.
    """
    return ('focusable' not in screen.states(item)
            or item.get_parent().get_name() == 'GtkListView'
            or any(inner.get_role_name() == 'list item' and inner.get_name()
                   for inner in screen.walk(item)))


def bad_names(thing):
    """Controls of a page with an empty or doubled name."""
    found = []
    for one in screen.walk(thing):
        role, name, description = one.get_role_name(), one.get_name(), one.get_description()
        if role not in screen.CONTROLS or (role, description) in NOT_OURS:
            continue
        if role == 'list item' and not name and is_shell(one):
            continue
        words = name.split()
        half = len(words) // 2
        twice = len(words) % 2 == 0 and words[:half] == words[half:]
        if not name or re.match(r'_|(Gtk|Adw|Sidetone)[A-Z]', name) or twice or '_' in name:
            found.append((role, name, description))
    return found


class Names(journey.JourneyTest):

    maxDiff = None

    def test_sign_in(self):
        window = self.start(self.new_computer())
        window.tab_to('Connection Settings')
        window.press('Return')
        window.get('text', 'Server')
        self.assertEqual(bad_names(window.get('filler', 'SidetoneSignInPage')), [])

    def run_row(self, report):
        window = self.open(self.new_computer(), report)
        window.get('push button', 'Back to the Account')
        window.get('list', 'Steps')
        # The header bar's, and the page's
        for part in ('AdwGizmo', 'SidetoneResultPage'):
            for thing in window.all('filler', part):
                self.assertEqual(bad_names(thing), [])

    def test_details_of_a_step(self):
        window = self.open(self.new_computer(), 'nat')
        window.tab_to('Connected')
        window.press('Return')
        window.get('label', 'Round trip')
        self.assertEqual(bad_names(window.get('filler', 'SidetoneResultPage')), [])

    def test_menu(self):
        window = self.start(self.new_computer())
        window.press('F10')
        window.get('menu item', 'Keyboard Shortcuts')
        for name in ('Open Report…', 'About Sidetone'):
            window.get('menu item', name)
        window.press('Escape')

    def test_shortcuts(self):
        window = self.start(self.new_computer())
        window.press('ctrl+question')
        # It has no title
        words = window.words(window.dialog('sidetone'))
        for name in ('Check again', 'Copy report', 'Open a report'):
            self.assertIn(name.lower(), [word.lower() for word in words])
        window.press('Escape')
        window.wait_front(screen.TITLE)


tap.add_rows(Names, {path.name.split('.')[0]: path.name.split('.')[0]
                     for path in journey.REPORTS.glob('*.sidetone.json')}, Names.run_row)


class Translated(journey.JourneyTest):
    """With each language's catalogue, no English words are left."""

    def run_row(self, language):
        def say(words):
            return catalogue.gettext(words)

        catalogue = gettext.translation('sidetone', os.environ['SIDETONE_LOCALEDIR'], [language])
        window = self.start(self.new_computer(), journey.REPORTS / 'nat.sidetone.json',
                            environment={'LANGUAGE': language})
        for words in ('Your router changes your address', 'What this means', 'This computer'):
            self.assertNotEqual(say(words), words)
            window.get('label', say(words))
        self.assertEqual(set(window.words()) & ENGLISH, set())


tap.add_rows(Translated, {path.parent.parent.name: path.parent.parent.name for path in pathlib.Path(
    os.environ.get('SIDETONE_LOCALEDIR', '/nonexistent')).glob('*/LC_MESSAGES/sidetone.mo')},
             Translated.run_row)


class NothingTold(journey.JourneyTest):
    """A password that was typed and never sent is not revealed either."""

    def test_typed_and_left(self):
        window = self.start(self.new_computer())
        window.type_into(ACCOUNT, 'romeo')
        window.press('Tab')
        window.type_into(PASSWORD, bed.PASSWORDS['montague.lit'])
        # stop () checks that


if __name__ == '__main__':
    journey.main()
