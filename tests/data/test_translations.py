#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The template has all words, and each catalogue has the whole template."""

import os
import re
import sys
import unittest

from tree import ROOT, run

import tap

PO = ROOT / 'po'
XGETTEXT = ['xgettext', '--output=-'] + os.environ['SIDETONE_GETTEXT_ARGS'].split(' ')
LICENCE = 'SPDX-License-Identifier: GPL-3.0-or-later'


def listed(name):
    lines = (PO / name).read_text().splitlines()
    return [line for line in lines if line and not line.startswith('#')]


def words(messages):
    """The messages of a catalogue's text, without comments and places."""
    return set(re.findall(r'^((?:msg(?:ctxt|id|id_plural) .*\n(?:".*\n)*)+)msgstr', messages,
                          re.MULTILINE))


class Template(unittest.TestCase):

    maxDiff = None

    def read(self, *command):
        status, said = run(*command)
        self.assertEqual(status, 0, said)
        return said

    def test_files(self):
        """POTFILES names exactly the files with words."""
        names = [path.relative_to(ROOT).as_posix()
                 for folder in ('data', 'src') for path in sorted((ROOT / folder).rglob('*'))
                 if path.name.endswith(('.c', '.h', '.ui', '.desktop.in', '.xml.in'))]
        messages = self.read(*XGETTEXT, *names)
        found = {place.rsplit(':', 1)[0] for line in messages.splitlines() if line.startswith('#: ')
                 for place in line[3:].split()}
        self.assertEqual(sorted(listed('POTFILES')), sorted(found))

    def test_template(self):
        """The template is complete, without old words. `ninja sidetone-pot` makes it so."""
        now = words(self.read(*XGETTEXT, '--no-wrap', '--files-from=po/POTFILES'))
        kept = words(self.read('msgcat', '--no-wrap', 'po/sidetone.pot'))
        self.assertGreater(len(now), 50)
        self.assertEqual((now - kept, kept - now), (set(), set()), 'missing, and left over')

    def test_places(self):
        """Files alone: lines would change with every commit."""
        for path in (PO / 'sidetone.pot', *PO.glob('*.po')):
            self.assertNotRegex(path.read_text(encoding='utf-8'), r'(?m)^#: .*:\d', path.name)

    def test_languages(self):
        """A catalogue that is not in LINGUAS would not be installed."""
        self.assertEqual(sorted(listed('LINGUAS')), sorted(path.stem for path in PO.glob('*.po')))


class Catalogue(unittest.TestCase):
    """A test for each language."""

    maxDiff = None

    def check(self, name):
        path = PO / name
        # Placeholders, plural forms, the header; and that every text is translated
        status, said = run('msgfmt', '--check', '--output-file=/dev/null', path)
        self.assertEqual((status, said), (0, ''))
        status, said = run('msgcmp', path, PO / 'sidetone.pot')
        self.assertEqual((status, said), (0, ''), 'not translated, or fuzzy')
        # Findings' placeholders in braces, which msgfmt does not know
        status, said = run('msgcat', '--no-wrap', path)
        self.assertEqual(status, 0, said)
        pairs = re.findall(r'^msgid "(.*)"\nmsgstr "(.*)"$', said, re.MULTILINE)
        braces = [sorted(re.findall(r'{[a-z-]+}', text)) for pair in pairs for text in pair]
        self.assertGreater(sum(map(len, braces)), 50)
        self.assertEqual(braces[::2], braces[1::2])
        text = path.read_text(encoding='utf-8')
        self.assertIn('Content-Type: text/plain; charset=UTF-8\\n', text)
        self.assertIn(LICENCE, text.split('\nmsgid ', 1)[0])


tap.add_rows(Catalogue, {path.stem: path.name for path in sorted(PO.glob('*.po'))}, Catalogue.check)


if __name__ == '__main__':
    sys.exit(tap.main(sys.argv[1:]))
