#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The built programs are hardened: an error in one of them is hard to make use of."""

import os
import platform
import subprocess
import sys
import unittest

from tree import BUILD

import tap

PROGRAMS = ('ui/sidetone', 'cli/sidetone-cli', 'connection/sidetone-connection')
ENDBR64 = b'\xf3\x0f\x1e\xfa'


def read(program, *options):
    return subprocess.run(['readelf', '--wide', *options, BUILD / 'src' / program], check=True,
                          capture_output=True, text=True).stdout


class Hardened(unittest.TestCase):

    def assert_each(self, words, *options):
        for program in PROGRAMS:
            with self.subTest(program):
                self.assertRegex(read(program, *options), words)

    def test_position_independent(self):
        self.assert_each(r'Type: +DYN', '--file-header')

    def test_nothing_writable_after_loading(self):
        """Its table of functions is read-only once all of them are found."""
        self.assert_each('GNU_RELRO', '--program-headers')
        self.assert_each('BIND_NOW|FLAGS.* NOW', '--dynamic')

    def test_stack_not_executable(self):
        self.assert_each(r'GNU_STACK.* RW ', '--program-headers')

    def test_stack_protected(self):
        self.assert_each('__stack_chk_fail', '--dyn-syms')

    @unittest.skipUnless(os.environ['SIDETONE_FORTIFIED'] == 'true', 'not an optimised build')
    def test_fortified(self):
        """Copies and formats are checked where a buffer's size is known."""
        self.assert_each(r'__\w+_chk@', '--dyn-syms')

    @unittest.skipUnless(os.environ['SIDETONE_FORTIFIED'] == 'true' and
                         platform.machine() == 'x86_64', 'not an optimised build for x86-64')
    def test_jumps_checked(self):
        """Functions that are called by their address begin with ENDBR64 (CET). The programs as a whole
        are marked so only where the compiler's own files are, which Debian's are not."""
        for program in PROGRAMS:
            with self.subTest(program):
                self.assertGreater((BUILD / 'src' / program).read_bytes().count(ENDBR64), 50)


if __name__ == '__main__':
    sys.exit(tap.main(sys.argv[1:]))
