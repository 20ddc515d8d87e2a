#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The bed leaves nothing behind, however a script in it ends."""

import os
import pathlib
import signal
import subprocess
import sys
import time
import unittest

sys.dont_write_bytecode = True

import bed  # noqa: E402
import servers  # noqa: E402
import tap  # noqa: E402

PATIENCE = 60.0


def hold():
    """The tests start and end this: a script with servers that waits for ever."""
    bed.enter()
    with bed.Bed() as lab:
        computer = lab.computer('here', *servers.domain_records('capulet.lit', '127.0.0.1', '::1'))
        computer.prosody({'capulet.lit': {}}, lab.accounts('capulet.lit'))
        print(os.readlink('/proc/self/ns/pid'), flush=True)
        sys.stdin.read()


def inhabitants(namespace):
    """The processes of a process namespace, seen from outside."""
    found = []
    for path in pathlib.Path('/proc').glob('[0-9]*'):
        try:
            if os.readlink(path / 'ns' / 'pid') == namespace:
                found.append((path / 'comm').read_text().strip())
        except OSError:
            pass
    return found


class Bed(unittest.TestCase):

    def start(self):
        process = subprocess.Popen([sys.executable, __file__, 'hold'], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                                   start_new_session=True)
        self.addCleanup(process.wait)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.stdin.close)
        return process, process.stdout.readline().strip()

    def run_row(self, end):
        before = set(os.listdir('/run'))
        process, namespace = self.start()
        self.assertIn('dnsmasq', inhabitants(namespace))
        end(process)
        limit = time.monotonic() + PATIENCE
        while inhabitants(namespace) and time.monotonic() < limit:
            time.sleep(0.01)
        self.assertEqual(inhabitants(namespace), [])
        self.assertEqual([name for name in set(os.listdir('/run')) - before if 'sidetone' in name],
                         [])


tap.add_rows(Bed, {
    'done': lambda process: process.stdin.close(),
    'interrupted': lambda process: os.killpg(process.pid, signal.SIGINT),
    'terminated': lambda process: os.killpg(process.pid, signal.SIGTERM),
    'terminated alone': lambda process: process.terminate(),
    'killed': lambda process: process.kill(),
}, Bed.run_row)

if __name__ == '__main__':
    if sys.argv[1:] == ['hold']:
        hold()
    else:
        sys.exit(tap.main(sys.argv[1:]))
