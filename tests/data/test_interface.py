#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The window's .ui files: their words can be translated."""

import re
import sys
import unittest
import xml.etree.ElementTree as ElementTree

from tree import interfaces

import tap

# Properties with values that a user reads or hears
WORDS = {'label', 'title', 'subtitle', 'description', 'heading', 'body', 'text', 'tooltip-text',
         'placeholder-text', 'help-text', 'value-text', 'role-description', 'comments'}
# Not words, but the program's name
NAMES = {'Sidetone'}


class Interface(unittest.TestCase):

    maxDiff = None

    def test_domain(self):
        """Without a domain the words are looked up in the process's default catalogue."""
        wrong = [path.name for path in interfaces()
                 if ElementTree.parse(path).getroot().get('domain') != 'sidetone']
        self.assertEqual(wrong, [])

    def test_words(self):
        """All words can be translated."""
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


if __name__ == '__main__':
    sys.exit(tap.main(sys.argv[1:]))
