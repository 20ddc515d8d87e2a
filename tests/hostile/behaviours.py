# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The table of what a hostile world does (fault injection), and what the program must make of each.

A family of behaviours is a subclass of Behaviours, whose `play` starts the program in such a world. A
behaviour is a function, or a value, with what is expected:

    @Stream.does(at='tcp', error='not-xmpp', findings='not-xmpp')
    def bytes_of_zero(peer):
        peer.send('\\0' * 64)

After each: the exit status, the errors and the exact findings (so that it does not lie), a deadline, one
line of words for people, nothing that rewrites a terminal, no password, and no process left. Those with
`quick` are always tried; all of them, if the environment has HOSTILE=all.
"""

import contextlib
import itertools
import os
import pathlib
import re
import sys
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'cli'))

import program  # noqa: E402
import bed  # noqa: E402
import scripted  # noqa: E402
import tap  # noqa: E402
from program import FINISHED, IMPOSSIBLE, MONTAGUE  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
ALL = os.environ.get('HOSTILE') == 'all'
ZONE = 'hostile.lit'
PASSWORD = bed.PASSWORDS[MONTAGUE]
# In the user names and passwords of relays
RELAY_USER, RELAY_PASSWORD = 'hostile-relay-user', 'hostile-relay-password'
SECRETS = (PASSWORD, RELAY_PASSWORD)
# How long a check may take that waits for nothing, on a busy computer; and how much earlier than the
# test the program may begin to wait
PROMPT, EARLY = 12.0, 1.0
# The program's deadlines, in seconds
DEADLINES = {name: int(value) / 1000 for name, value in re.findall(
    r'^  \.(\w+) = (\d+),', (ROOT / 'src/core/base/deadlines.c').read_text(), re.MULTILINE)}
# Those that end no check of their own, or only tests with simulated time (../probe) let pass
TESTED_ELSEWHERE = {
    'nat64', 'tcp_beside', 'secrets', 'sign_out_silent', 'attempt_delay', 'resolution_delay',
    'stun_retransmission', 'stranger', 'echo', 'path', 'pair_delay',
    'nat_min_wait', 'nat_grace', 'nat_keep', 'nat_shortest_silence', 'nat_longest_silence'}
# The errors whose words name a deadline
TIMED = set(re.findall(r'CODE \(\w+, "([a-z-]+)"\),(?:\n    .+)*\n    \.deadline =',
                       (ROOT / 'src/core/base/error.c').read_text()))
# Found wherever server and client are the same computer, and the server announces nothing
USUAL = {'same-computer', 'no-services'}
# What would rewrite a terminal, or turn its words around
UNCLEAN = re.compile('[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]')

# Without such a folder a desktop's modules for GIO, if there are any, make one in ~/.cache
os.environ['XDG_RUNTIME_DIR'] = '/run/tmp'

_numbers = itertools.count(1)


def new_address():
    """An address of this computer that no other behaviour uses."""
    number = next(_numbers)
    return '127.%d.%d.1' % (1 + number // 250, 1 + number % 250)


class Behaviours(program.ProgramTest):
    """A family. `here`: the computer that all behaviours share."""

    here = None
    # Names of domains to their addresses, for the name server
    places = {}
    n_known = 0
    # Deadlines that are let pass
    passed = set()

    @classmethod
    def does(cls, quick=False, status=IMPOSSIBLE, error=None, findings='', words=None,
             waits=None, **how):
        """Decorates a behaviour. error: one of the report's; findings: all but the usual ones; words: a
        pattern in what is printed; waits: the deadline that passes; how: what `play` of the family wants
        to know."""
        def add(act, name=None):
            Behaviours.n_known += 1
            Behaviours.passed.add(waits)
            row = (act, how, status, error, findings.split(), words, waits)
            if quick or ALL:
                tap.add_rows(cls, {name or act.__name__: row}, cls.run_row)
            return act
        return add

    @classmethod
    def add(cls, name, act, **expected):
        cls.does(**expected)(act, name)

    def setUp(self):
        self.begun = time.monotonic()
        self.server = None
        name = self.id().rsplit('.test_', 1)[1].replace('_', '-')
        self.address = new_address()
        self.domain = '%s.%s' % (name, ZONE)
        Behaviours.places[self.domain] = self.address
        self.jid = 'romeo@' + self.domain

    def serve(self, instead, **script):
        """An XMPP server for this behaviour alone."""
        script.setdefault('addresses', (self.address,))
        self.server = scripted.Scripted(self.here, self.domain, {'romeo': PASSWORD},
                                        instead=instead, **script)

    def launch(self, *options, **more):
        """Start a check."""
        self.begun = time.monotonic()
        environment = dict(more.pop('environment', {}), G_DEBUG='fatal-criticals')
        return self.start(self.here, self.jid, *options, environment=environment, **more)

    def launch_at_address(self, *options, security='starttls', only='address', **more):
        """Start a check of the server without a name server."""
        return self.launch('--only', only, '--security', security, '--server', '%s:%d' % (
            self.address, 5223 if security == 'direct' else 5222), *options, **more)

    def invoke(self, *arguments, **more):
        """Start the program with exactly these arguments."""
        self.begun = time.monotonic()
        environment = dict(more.pop('environment', {}), G_DEBUG='fatal-criticals')
        return program.Running(self.here, arguments, environment=environment, **more)

    def run_row(self, row):
        act, how, status, error, findings, words, waits = row
        running = self.play(act, **how)
        result = self.verify(running.finish())
        took = result.ended - self.begun
        if self.server is not None:
            self.assertIsNone(self.server.failure)
            self.server.stop()
        self.assertEqual(result.code, status, result)
        self.assertLess(took, DEADLINES.get(waits, 0) + PROMPT, 'too late')
        self.assertGreater(took, DEADLINES.get(waits, 0) - EARLY, 'too early')
        for secret in SECRETS:
            self.assertNotIn(secret, result.out + result.err)
        self.assertIsNone(UNCLEAN.search(result.out + result.err), result)
        if status in (FINISHED, program.PROBLEM):
            self.assertEqual(result.err, '')
        else:
            line = self.one_line(result)
            # One silent domain is no silent name server, and told as such
            if waits in DEADLINES and error in TIMED and waits != 'dns':
                self.assertIn('%d seconds' % DEADLINES[waits], line, result)
        if words is not None:
            self.assertRegex(result.out + result.err, words)
        if result.out.startswith('{'):
            self.verify_report(result, error, findings)
        else:
            self.assertFalse(error or findings, result)

    def verify_report(self, result, error, findings):
        if error is not None:
            self.assertIn(error, result.errors, result)
        self.assertEqual([kind for kind in result.kinds if kind not in USUAL], findings, result)


class Afterwards(program.ProgramTest):
    """What is left when all is over."""

    afterwards = True
    watch = None

    def test_nothing_is_left(self):
        """No file where programs put theirs, and no core dump."""
        left = [str(path) for folder in ('/run/tmp', '/run')
                for path in pathlib.Path(folder).iterdir()
                if re.match(r'sidetone-(?!bed)|core|\.', path.name)]
        self.assertEqual(left, [])

    def test_no_secret_in_arguments(self):
        """Of any process at any time, nor in its environment."""
        self.assertGreater(self.watch.n_seen, 0)
        self.assertEqual(self.watch.found, set())

    def test_the_table(self):
        self.assertGreaterEqual(Behaviours.n_known, 120)

    def test_each_deadline(self):
        """Something falls silent wherever the program waits."""
        self.assertEqual(set(DEADLINES) - Behaviours.passed, TESTED_ELSEWHERE)


class Watch:
    """Looks into the arguments and the environment of all processes as long as the script runs."""

    PAUSE = 0.1

    def __init__(self):
        self.found = set()
        self.n_seen = 0
        threading.Thread(target=self._look, daemon=True).start()

    def _look(self):
        while True:
            for process in os.listdir('/proc'):
                for name in ('cmdline', 'environ') if process.isdigit() else ():
                    # It may have ended, or forbid looking into it
                    with contextlib.suppress(OSError):
                        self._read(pathlib.Path('/proc', process, name))
            time.sleep(self.PAUSE)

    def _read(self, path):
        text = path.read_bytes()
        self.n_seen += text.startswith(os.environ['SIDETONE_CLI'].encode())
        self.found |= {(path.name, secret) for secret in SECRETS if secret.encode() in text}
