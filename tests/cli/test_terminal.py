#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""A report on a terminal: its width, bold, and colours. Needs no network."""

import fcntl
import ipaddress
import os
import pathlib
import pty
import re
import struct
import subprocess
import sys
import termios
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'lib'))

import tap  # noqa: E402

REPORTS = pathlib.Path(__file__).resolve().parent.parent / 'ui' / 'reports'
ESCAPE = re.compile(r'\x1b\[[0-9;]*m')
GREEN, YELLOW, BOLD = '\x1b[1;32m', '\x1b[1;33m', '\x1b[1m'


def show(report, columns=None, options=(), **environment):
    """The output of `show` on a terminal of that width, or in a pipe."""
    arguments = [os.environ['SIDETONE_CLI'], 'show', *options,
                 str(REPORTS / (report + '.sidetone.json'))]
    environment = dict({'PATH': os.environ['PATH'], 'LC_ALL': 'C.UTF-8', 'TERM': 'xterm'}, **environment)
    if columns is None:
        return subprocess.run(arguments, env=environment, check=True, capture_output=True,
                              timeout=60).stdout.decode()
    terminal, end = pty.openpty()
    fcntl.ioctl(end, termios.TIOCSWINSZ, struct.pack('HHHH', 24, columns, 0, 0))
    written = b''
    with subprocess.Popen(arguments, env=environment, stdout=end, stderr=end) as process:
        os.close(end)
        while True:
            try:
                written += os.read(terminal, 65536)
            except OSError:
                # The program has ended
                break
        assert process.wait(60) == 0
    os.close(terminal)
    return written.decode().replace('\r\n', '\n')


class Width(unittest.TestCase):

    def check_lines(self, text, columns):
        for line in ESCAPE.sub('', text).split('\n'):
            # Only a single word may be longer: a broken address can't be copied
            if len(line.split()) > 1:
                self.assertLessEqual(len(line), columns, line)
            self.assertEqual(line, line.rstrip())

    def test_all_reports(self):
        for path in sorted(REPORTS.glob('*.sidetone.json')):
            name = path.name.split('.')[0]
            for columns in (40, 80):
                with self.subTest(name, columns=columns):
                    self.check_lines(show(name, columns), columns)

    def test_follows_the_terminal(self):
        lengths = [max(map(len, ESCAPE.sub('', show('relay-problems', columns)).split('\n')))
                   for columns in (40, 80, 100, 300)]
        self.assertEqual(lengths, sorted(lengths))
        self.assertGreater(lengths[2], lengths[1])
        self.assertLessEqual(lengths[3], 100)

    def test_without_a_width(self):
        self.check_lines(show('relay-problems', 0), 80)

    def test_nothing_is_lost(self):
        words = sorted(show('relay-problems').split())
        for columns in (40, 80, 100):
            self.assertEqual(sorted(ESCAPE.sub('', show('relay-problems', columns)).split()), words)


class Colors(unittest.TestCase):

    def check_headline(self, report, color, headline):
        self.assertTrue(show(report, 80).startswith('%s%s\x1b[0m\n' % (color, headline)),
                        show(report, 80)[:200])

    def test_headline(self):
        self.check_headline('relay', GREEN, 'Your calls should work')
        self.check_headline('relay-problems', YELLOW, 'Calls work, but badly')
        self.check_headline('wrong-password', BOLD, 'The password was not accepted')

    def test_headings(self):
        text = show('relay', 80)
        for heading in ('What to do', 'The way of a call', 'Call servers', 'Details'):
            self.assertIn('\n%s%s\x1b[0m\n' % (BOLD, heading), text)

    def test_words_say_the_same(self):
        self.assertEqual(ESCAPE.sub('', show('relay-problems', 80)),
                         show('relay-problems', 80, NO_COLOR='1'))

    def test_turned_off(self):
        for environment in ({'NO_COLOR': '1'}, {'NO_COLOR': 'false'}, {'TERM': 'dumb'}, {'TERM': ''}):
            self.assertNotIn('\x1b', show('relay', 80, **environment), environment)

    def test_empty_no_color(self):
        self.assertIn(GREEN, show('relay', 80, NO_COLOR=''))

    def test_pipe(self):
        self.assertNotIn('\x1b', show('relay'))


def find_addresses(text):
    """The words in a text that are an IP address, perhaps with a port or a prefix length."""
    for word in re.split(r'[\s()“”,;]+', text):
        for part in (word, re.sub(r':\d+$', '', word)):
            try:
                yield ipaddress.ip_address(part.strip('[].:').split('/')[0].split('%')[0])
            except ValueError:
                continue


class Redacted(unittest.TestCase):
    """A redacted report's addresses are made up: none is shown as if it were one."""

    def test_no_address(self):
        for path in sorted(REPORTS.glob('*.sidetone.json')):
            name = path.name.split('.')[0]
            with self.subTest(name):
                text = show(name, options=['--redact'])
                self.assertEqual(list(find_addresses(text)), [], text)

    def test_whole_report_has_them(self):
        """The search finds addresses where there are some."""
        found = list(map(str, find_addresses(show('nat66'))))
        for address in ('127.0.0.1', '2001:db8:100::1'):
            self.assertIn(address, found)

    def test_says_so_first(self):
        self.assertIn('Private details are hidden', show('relay', options=['--redact']).split('\n\n')[0])
        self.assertNotIn('hidden', show('relay'))


if __name__ == '__main__':
    sys.exit(tap.main(sys.argv[1:]))
