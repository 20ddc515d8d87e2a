#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Each setting that an administrator is told has a row of remedies.py that proves it, or a reason there
why the lab can't."""

import pathlib
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'lib'))

import remedies  # noqa: E402
import tap  # noqa: E402


class Listed(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.settings = {(kind, case, program) for kind, case, programs, _ in remedies.listed()
                         for program in programs}
        self.proved = {(row.kind, row.case, program) for row in remedies.ROWS
                       for program in row.apply}
        self.excused = {setting for setting in self.settings for kind, case, program
                        in remedies.UNPROVED if (kind, case) == setting[:2]
                        and program in (None, setting[2])}

    def test_each_is_proved(self):
        self.assertEqual(sorted(self.settings - self.proved - self.excused), [])

    def test_each_row_is_there(self):
        self.assertEqual(sorted(self.proved - self.settings), [])

    def test_each_reason_is_needed(self):
        self.assertEqual(sorted(self.proved & self.excused), [])
        kept = {key for key in remedies.UNPROVED for setting in self.excused
                if key[:2] == setting[:2] and key[2] in (None, setting[2])}
        self.assertEqual(sorted(map(str, remedies.UNPROVED.keys() - kept)), [])


if __name__ == '__main__':
    sys.exit(tap.main())
