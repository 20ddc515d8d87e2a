# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Shared by the whole-program tests: the bed, and running sidetone-cli in it.

The programs under test are named by the environment, as meson.build sets it: SIDETONE_CLI and
SIDETONE_CONNECTION, which the former reads itself.
"""

import json
import os
import pathlib
import signal
import subprocess
import sys
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'lib'))

import bed  # noqa: E402
import servers  # noqa: E402
import tap  # noqa: E402

MONTAGUE, CAPULET = 'montague.lit', 'capulet.lit'
FINISHED, PROBLEM, IMPOSSIBLE, USAGE, UNREADABLE = 0, 1, 2, 64, 66
# More than any deadline of the program
PATIENCE = 40.0
# How late a deadline may be on a busy machine: far less than it would be if it were counted twice
GRACE = 1.0


def family(session):
    """Processes of a session: ID to (name, state). The state Z means unreaped.

    Read from /proc/PID/stat, which is readable even if a process forbids looking into it.
    """
    found = {}
    for path in pathlib.Path('/proc').glob('[0-9]*/stat'):
        try:
            name, rest = path.read_text().split('(', 1)[1].rsplit(')', 1)
        except OSError:
            continue
        fields = rest.split()
        if int(fields[3]) == session:
            found[int(path.parent.name)] = (name, fields[0])
    return found


class Result:
    """How a run of the program ended."""

    def __init__(self, code, out, err, ended, left):
        self.code = code
        self.out = out
        self.err = err
        self.ended = ended
        self.left = left

    @property
    def report(self):
        return json.loads(self.out)

    @property
    def kinds(self):
        return [finding['kind'] for finding in self.report['findings']]

    @property
    def errors(self):
        """The error codes of all observations."""
        return [observation['error']['code'] for observation in self.report['observations']
                if observation.get('error')]

    def __str__(self):
        return 'status %s\nstderr: %s\nstdout: %s' % (self.code, self.err, self.out)


class Running:
    """The running program. In a session of its own, so that all its processes can be told from
    others."""

    def __init__(self, computer, arguments, password=None, environment=None, settings=()):
        self.password = password
        self.process = computer.popen(
            list(settings) + [os.environ['SIDETONE_CLI']] + [str(word) for word in arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            start_new_session=True, env=dict(os.environ, **(environment or {})))

    def children(self):
        """IDs of the running connection processes."""
        return [pid for pid, (name, state) in family(self.process.pid).items()
                if name.startswith('sidetone-conn') and state != 'Z']

    def interrupt(self):
        """Ctrl-C on a terminal: each process of the group gets the signal."""
        os.killpg(self.process.pid, signal.SIGINT)

    def finish(self, timeout=PATIENCE):
        text = (self.password + '\n').encode() if self.password is not None else None
        try:
            out, err = self.process.communicate(text, timeout)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.communicate()
            raise AssertionError('no end after %g s' % timeout) from None
        ended = time.monotonic()
        return Result(self.process.returncode, out.decode(), err.decode(), ended,
                      family(self.process.pid))


class ProgramTest(unittest.TestCase):
    """A test of the whole program."""

    lab = None
    longMessage = True

    def start(self, computer, domain, *options, output='json', **more):
        """Start a check of the domain's account; the password goes to standard input."""
        arguments = ['check', self.lab.jid(domain) if '@' not in domain else domain,
                     '--password-file', '-', '--ca-file', self.lab.ca_file,
                     '--format', output] + list(options)
        more.setdefault('password', bed.PASSWORDS.get(domain, bed.PASSWORDS[MONTAGUE]))
        running = Running(computer, arguments, **more)
        # At once, so that the program never waits for the test
        running.process.stdin.write((running.password + '\n').encode())
        running.process.stdin.close()
        running.process.stdin = None
        running.password = None
        return running

    def check(self, computer, domain, *options, **more):
        return self.verify(self.start(computer, domain, *options, **more).finish())

    def verify(self, result):
        """After every run: no process is left, and no password is revealed."""
        self.assertEqual(result.left, {}, 'processes left\n%s' % result)
        for password in bed.PASSWORDS.values():
            self.assertNotIn(password, result.out + result.err)
        return result

    def one_line(self, result):
        """The single line of an error."""
        self.assertRegex(result.err, r'\A[^\n]+\n\Z', 'exactly one line of error\n%s' % result)
        return result.err.strip()

    def new_computer(self, *records):
        """A computer of the test's own. Without records it is montague.lit itself."""
        return self.lab.computer('-'.join(self.id().split('.')[-2:]),
                                 *(records or servers.domain_records(MONTAGUE, '127.0.0.1', '::1')))


def main(prepare=None, names=(), workers=1, measures=False):
    """Enter the bed, let the script prepare the shared parts, run the tests."""
    bed.enter()
    if measures:
        bed.go_first()
    if not os.access(os.environ.get('SIDETONE_CLI', ''), os.X_OK):
        sys.exit('SIDETONE_CLI does not name a program. Run these tests with meson test.')
    with bed.Bed(names) as lab:
        ProgramTest.lab = lab
        if prepare is not None:
            prepare(lab)
        status = tap.main(sys.argv[1:], workers)
    sys.exit(status)
