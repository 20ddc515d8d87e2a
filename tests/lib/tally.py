#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Sums up the tests of several build folders.

Usage: tally.py LOG...

A LOG is meson's, one JSON object a line. Each test program reports its cases as TAP; one without
counts as one case. A failed one is named with some lines of its reason. No log may contain the
tests' passwords: that is a case of its own. The last line is `N passed, N failed`, and the exit
status is 0 only if nothing failed.
"""

import json
import pathlib
import re
import sys

sys.dont_write_bytecode = True

import bed  # noqa: E402

# A case, and the comment after it
CASE = re.compile(r'^(not )?ok\b(.*)$((?:\n#.*$)*)', re.MULTILINE)
# Of a reason, so many of the first lines, of the last, and of a line's characters tell enough
FIRST, LAST, WIDTH = 3, 3, 240
GOOD = ('OK', 'SKIP', 'EXPECTEDFAIL')


def count(entry):
    """How many cases of a test program passed, which failed and why, and how many were skipped."""
    failed = []
    passed = skipped = 0
    for match in CASE.finditer(entry.get('stdout') or ''):
        if match[1]:
            reason = [line[:WIDTH] for line in match[3].strip().splitlines()]
            failed.append((match[2].strip(), reason[:FIRST] + reason[FIRST:][-LAST:]))
        elif re.search(r'#\s*SKIP', match[2], re.IGNORECASE):
            skipped += 1
        else:
            passed += 1
    if entry['result'] not in GOOD and not failed:
        # It crashed, hung, or reported fewer cases than it has
        failed.append((entry['result'], []))
    elif passed + skipped + len(failed) == 0:
        passed = 1
    return passed, failed, skipped


def passwords():
    """The passwords of the tests' accounts, from their source files."""
    header = pathlib.Path(__file__).parent / 'server.h'
    found = re.findall(r'^#define (\w+_PASSWORD) "(.+)"$', header.read_text(), re.MULTILINE)
    return dict(bed.PASSWORDS, **dict(found))


def main(logs):
    passed = failed = skipped = 0
    for log in map(pathlib.Path, logs):
        entries = [json.loads(line) for line in log.read_text().splitlines() if line.strip()]
        for entry in entries:
            good, bad, left = count(entry)
            passed, failed, skipped = passed + good, failed + len(bad), skipped + left
            for name, reason in bad:
                print('FAILED: %s: %s (%s)' % (entry['name'], name, log), *reason, sep='\n  ')

    leaks = [(str(path), name) for log in map(pathlib.Path, logs)
             for path in log.parent.iterdir() if path.is_file()
             for name, secret in passwords().items() if secret.encode() in path.read_bytes()]
    for path, name in sorted(set(leaks)):
        print('FAILED: the password of %s stands in %s' % (name, path))
    failed += bool(leaks)
    passed += not leaks
    if skipped:
        print('%d skipped' % skipped)
    print('%d passed, %d failed' % (passed, failed))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
