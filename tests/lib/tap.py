# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Runs the unittest cases of the calling script and prints TAP, which meson reads.

Cases may run in parallel threads: in sequence, those that wait for real deadlines would take
minutes. So they share only what the script made before. Or they run in several beds, each with one
case at a time. A class with `afterwards = True` looks at the others' results, or leaves something
that would disturb them: its cases run last. Names on the command line select cases, as with
unittest: `test_words.py Reaching.test_refused`.
"""

import concurrent.futures
import itertools
import signal
import sys
import unittest

import crew


def flatten(suite):
    for item in suite:
        if isinstance(item, unittest.TestSuite):
            yield from flatten(item)
        else:
            yield item


def add_rows(case, rows, run):
    """Give the class a test for each row of a table: name to the argument of run (self, row)."""
    for name, row in rows.items():
        method = 'test_' + name.replace('-', '_').replace(' ', '_')
        assert not hasattr(case, method), method
        setattr(case, method, lambda self, row=row: run(self, row))


def comment(text):
    return ''.join('# ' + line + '\n' for line in text.splitlines())


def run_one(test):
    """Run a case; return whether it passed and the lines to print."""
    result = unittest.TestResult()
    test.run(result)
    name = '.'.join(test.id().split('.')[-2:])
    for _, text in result.failures + result.errors:
        return False, 'not ok %d ' + name + '\n' + comment(text)
    for _, reason in result.skipped:
        return True, 'ok %d ' + name + ' # SKIP ' + reason + '\n'
    return True, 'ok %d ' + name + '\n'


def load(names):
    """The cases of __main__ in the order in which they run."""
    # A shell starts jobs in the background without Ctrl-C, and the tests' programs would inherit that
    signal.signal(signal.SIGINT, signal.default_int_handler)
    loader = unittest.defaultTestLoader
    module = sys.modules['__main__']
    suite = (loader.loadTestsFromNames(names, module) if names
             else loader.loadTestsFromModule(module))
    return sorted(flatten(suite), key=lambda test: getattr(test, 'afterwards', False))


class Board:
    """Prints what comes of each case."""

    def __init__(self, total):
        self.number = 0
        self.good = True
        print('TAP version 13\n1..%d' % total, flush=True)

    def add(self, passed, text):
        self.number += 1
        self.good = self.good and passed
        print(text.replace('%d', str(self.number), 1), end='', flush=True)


def main(names=None, workers=1):
    """Run the cases of __main__. Returns the exit status."""
    tests = load(names)
    board = Board(len(tests))
    first = [test for test in tests if not getattr(test, 'afterwards', False)]
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        for passed, text in itertools.chain(pool.map(run_one, first),
                                            map(run_one, tests[len(first):])):
            board.add(passed, text)
    return 0 if board.good else 1


def main_in_beds(n_beds, prepare):
    """Run the cases of __main__ in so many beds. prepare: a context in which a bed is ready for them.
    Returns the exit status."""
    if crew.is_worker():
        with prepare():
            tests = {test.id(): test for test in load(None)}
            crew.work(lambda name: run_one(tests[name]))
        return 0
    ids = [test.id() for test in load(sys.argv[1:])]
    board = Board(len(ids))

    def report(name, result):
        board.add(*(result or (False, 'not ok %d ' + name + '\n# the bed broke down\n')))

    crew.lead(ids, n_beds, report)
    return 0 if board.good else 1
