#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The manual pages: valid, installed, and with every option that the programs have."""

import re
import sys
import unittest

from tree import BUILD, ROOT, VERSION, installed, run

import tap

PROGRAMS = {'sidetone': BUILD / 'src/ui/sidetone', 'sidetone-cli': BUILD / 'src/cli/sidetone-cli'}
CLI = PROGRAMS['sidetone-cli']


def page(name):
    return BUILD / 'data' / (name + '.1')


def words(name):
    """The page's source, with each hyphen as it is typed."""
    return page(name).read_text().replace('\\-', '-')


def commands():
    """Those that sidetone-cli has, by its help."""
    status, said = run(CLI, '--help')
    assert status == 0, said
    found = sorted(set(re.findall(r'^  sidetone-cli (\w+)', said, re.MULTILINE)))
    assert 'check' in found, said
    return found


def options(*command):
    status, said = run(*command)
    assert status == 0, said
    return set(re.findall(r'(?<![\w-])(--\w[\w-]*)', said))


class Man(unittest.TestCase):

    maxDiff = None

    def test_valid(self):
        for name in PROGRAMS:
            status, said = run('groff', '-ww', '-man', '-Tutf8', '-z', page(name))
            self.assertEqual((status, said), (0, ''), name)
            self.assertIn(VERSION, words(name))
            self.assertNotIn('@VERSION@', words(name))

    def test_installed(self):
        for name in PROGRAMS:
            self.assertIn('share/man/man1/%s.1' % name, installed())

    def test_options(self):
        """Each option is on the page, and the page has no others."""
        has = {'sidetone': options(PROGRAMS['sidetone'], '--help-all'),
               'sidetone-cli': options(CLI, '--help')}
        has['sidetone-cli'] |= {'--version'}.union(
            *(options(CLI, command, '--help') for command in commands()))
        for name, wanted in has.items():
            self.assertEqual(set(re.findall(r'(?<![\w-])(--\w[\w-]*)', words(name))), wanted, name)

    def test_commands(self):
        synopsis = re.findall(r'^\.B sidetone-cli (\w+)$', words('sidetone-cli'), re.MULTILINE)
        self.assertEqual(sorted(synopsis), commands())
        for command in commands():
            self.assertRegex(words('sidetone-cli'), r'(?m)^\.SS Of %s$' % command)

    def test_exit_status(self):
        status = re.findall(r'SIDETONE_EXIT_\w+ = (\d+)',
                            (ROOT / 'src/cli/cli.h').read_text())
        self.assertEqual(re.findall(r'^\.B (\d+)$', words('sidetone-cli'), re.MULTILINE), status)


if __name__ == '__main__':
    sys.exit(tap.main(sys.argv[1:]))
