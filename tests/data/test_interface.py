#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The window's .ui files: their words can be translated, and their icons exist."""

import pathlib
import re
import sys
import unittest
import xml.etree.ElementTree as ElementTree

from tree import APPLICATION_ID, ROOT, interfaces, run

import tap

# Properties whose value a person reads or hears
WORDS = {'label', 'title', 'subtitle', 'description', 'heading', 'body', 'text', 'tooltip-text',
         'placeholder-text', 'help-text', 'value-text', 'role-description', 'comments'}
# Not words, but the program's name
NAMES = {'Sidetone'}
# A name of an icon in C: "network-wired-symbolic"
ICON = re.compile(r'"([a-z0-9]+(?:-[a-z0-9]+)*-symbolic)"')


def named_icons():
    """Every icon that the window names, and where."""
    found = {}
    for path in interfaces():
        for element in ElementTree.parse(path).iter():
            if element.get('name') in ('icon', 'icon-name', 'primary-icon-name',
                                       'secondary-icon-name') and (element.text or '').strip():
                found.setdefault(element.text.strip(), path.name)
    for path in sorted((ROOT / 'src' / 'ui').glob('*.c')):
        for name in ICON.findall(path.read_text()):
            found.setdefault(name, path.name)
    return found


def known_icons():
    """The icons of the freedesktop themes, of the libraries' own resources, and ours."""
    known = {APPLICATION_ID, APPLICATION_ID + '-symbolic'}
    for theme in ('Adwaita', 'hicolor'):
        folder = pathlib.Path('/usr/share/icons') / theme
        known.update(path.stem for path in folder.rglob('*.svg'))
    for package, library in (('gtk4', 'libgtk-4.so'), ('libadwaita-1', 'libadwaita-1.so')):
        status, folder = run('pkg-config', '--variable=libdir', package)
        assert status == 0, folder
        status, listed = run('gresource', 'list', pathlib.Path(folder.strip()) / library)
        assert status == 0, listed
        known.update(pathlib.PurePath(line).stem for line in listed.splitlines()
                     if '/icons/' in line)
    for path in (ROOT / 'src' / 'ui').rglob('*.svg'):
        known.add(path.stem)
    return known


class Interface(unittest.TestCase):

    maxDiff = None

    def test_domain(self):
        """Without a domain the words are looked up in whatever catalogue the process has."""
        wrong = [path.name for path in interfaces()
                 if ElementTree.parse(path).getroot().get('domain') != 'sidetone']
        self.assertEqual(wrong, [])

    def test_words(self):
        """Every word that stands there can be translated."""
        wrong = []
        seen = 0
        for path in interfaces():
            for element in ElementTree.parse(path).iter():
                text = (element.text or '').strip()
                if (element.tag not in ('property', 'attribute') or text in NAMES
                        or element.get('name', '').replace('_', '-') not in WORDS
                        or not re.search('[A-Za-z]', text)):
                    continue
                seen += 1
                if element.get('translatable') not in ('yes', 'true', '1'):
                    wrong.append('%s: “%s”' % (path.name, text))
        self.assertEqual(wrong, [], 'without translatable="yes"')
        self.assertGreater(seen, 10)

    def test_icons(self):
        """An icon that does not exist is drawn as a broken one."""
        known = known_icons()
        self.assertEqual({name: where for name, where in named_icons().items()
                          if name not in known}, {})


if __name__ == '__main__':
    sys.exit(tap.main(sys.argv[1:]))
