# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Runs the unittest cases of the calling script and prints TAP, which meson reads.

Cases may run in parallel threads: in sequence, those that wait for real deadlines would take
minutes. So they share only what the script made before. A class with `afterwards = True` looks at
the others' results: its cases run last. Names on the command line select cases, as with unittest:
`test_words.py Reaching.test_refused`.
"""

import concurrent.futures
import itertools
import sys
import unittest


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


def main(names=None, workers=1):
    """Run the cases of __main__. Returns the exit status."""
    loader = unittest.defaultTestLoader
    module = sys.modules['__main__']
    suite = (loader.loadTestsFromNames(names, module) if names
             else loader.loadTestsFromModule(module))
    tests = sorted(flatten(suite), key=lambda test: getattr(test, 'afterwards', False))
    print('TAP version 13\n1..%d' % len(tests), flush=True)
    first = [test for test in tests if not getattr(test, 'afterwards', False)]
    good = True
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        outcomes = itertools.chain(pool.map(run_one, first), map(run_one, tests[len(first):]))
        for number, (passed, text) in enumerate(outcomes, 1):
            good = good and passed
            print(text.replace('%d', str(number), 1), end='', flush=True)
    return 0 if good else 1
