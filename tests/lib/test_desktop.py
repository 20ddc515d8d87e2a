#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The desktop has what a program needs, is isolated, and leaves nothing behind."""

import os
import pathlib
import signal
import subprocess
import sys
import time
import unittest

sys.dont_write_bytecode = True

import bed  # noqa: E402
import desktop  # noqa: E402
import tap  # noqa: E402
from test_bed import PATIENCE, inhabitants  # noqa: E402

COMMAND = str(pathlib.Path(desktop.__file__).resolve())
NAME_OF_STORE = 'org.freedesktop.secrets'


def ask_bus(method, *arguments):
    return ['gdbus', 'call', '--session', '--dest', 'org.freedesktop.DBus', '--object-path', '/',
            '--method', 'org.freedesktop.DBus.' + method] + list(arguments)


def from_another_computer():
    """The tests start this: it prints what a computer of the bed sees of the desktop."""
    bed.enter()
    with bed.Bed() as lab, desktop.Desktop(size=(640, 480)) as screen:
        computer = lab.computer('here')
        for argv in (['xdotool', 'getdisplaygeometry'], ask_bus('GetId')):
            computer.run(argv, env=screen.environment, check=True)


def with_keyring():
    """The tests start this: it prints whether there is a store, before, with and after one."""
    bed.enter()
    with desktop.Desktop() as screen:
        screen.run(ask_bus('NameHasOwner', NAME_OF_STORE), check=True)
        with screen.keyring():
            screen.run(ask_bus('NameHasOwner', NAME_OF_STORE), check=True)
            screen.run(['secret-tool', 'store', '--label', 'Nurse', 'who', 'juliet'],
                       input=b'thrice', check=True)
            screen.run(['secret-tool', 'lookup', 'who', 'juliet'], check=True)
            print(flush=True)
        screen.run(ask_bus('NameHasOwner', NAME_OF_STORE), check=True)
        with screen.keyring():
            print(screen.run(['secret-tool', 'lookup', 'who', 'juliet']).returncode, flush=True)


SCRIPTS = {'computer': from_another_computer, 'keyring': with_keyring}


class Desktop(unittest.TestCase):

    def run_on_desktop(self, *argv):
        return subprocess.run([COMMAND, 'run'] + list(argv), capture_output=True, text=True,
                              timeout=PATIENCE)

    def run_script(self, name):
        done = subprocess.run([sys.executable, __file__, name], capture_output=True, text=True,
                              timeout=PATIENCE)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout.split('\n')

    def test_status_and_words(self):
        done = self.run_on_desktop('sh', '-c', 'echo here; echo there >&2; exit 7')
        self.assertEqual((done.returncode, done.stdout, done.stderr), (7, 'here\n', 'there\n'))

    def test_death_by_signal(self):
        self.assertEqual(self.run_on_desktop('sh', '-c', 'kill -SEGV $$').returncode,
                         128 + signal.SIGSEGV)

    def test_only_accessibility_can_be_started(self):
        done = self.run_on_desktop(*ask_bus('ListActivatableNames'))
        self.assertEqual(done.stdout, "(['org.freedesktop.DBus', 'org.a11y.Bus'],)\n", done.stderr)
        done = self.run_on_desktop('gdbus', 'call', '--session', '--dest', 'org.a11y.Bus',
                                   '--object-path', '/org/a11y/bus', '--method',
                                   'org.a11y.Bus.GetAddress')
        self.assertIn('/run/', done.stdout, done.stderr)

    def test_nothing_foreign(self):
        done = subprocess.run([COMMAND, 'run', 'env'], capture_output=True, text=True,
                              timeout=PATIENCE, env=dict(
                                  os.environ, DISPLAY='abroad:7', WAYLAND_DISPLAY='abroad',
                                  DBUS_SESSION_BUS_ADDRESS='unix:path=/abroad',
                                  LANGUAGE='abroad', XDG_CONFIG_HOME='/abroad'))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual([line for line in done.stdout.splitlines() if 'abroad' in line], [])

    def test_several_at_once(self):
        """Each has a mark of its own, set while the others are there."""
        mark = 'xprop -root -f MARK 8s -set MARK %d && echo set && read next && xprop -root MARK'
        several = [subprocess.Popen([COMMAND, 'run', 'sh', '-c', mark % number],
                                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
                   for number in range(3)]
        for one in several:
            self.assertEqual(one.stdout.readline(), 'set\n')
        for number, one in enumerate(several):
            self.assertIn('"%d"' % number, one.communicate('\n', PATIENCE)[0])

    def test_from_another_computer(self):
        geometry, identity, _ = self.run_script('computer')
        self.assertEqual(geometry, '640 480')
        self.assertTrue(identity)

    def test_keyring(self):
        self.assertEqual(self.run_script('keyring')[:5],
                         ['(false,)', '(true,)', 'thrice', '(false,)', '1'])

    def run_row(self, end):
        before = set(os.listdir('/tmp')) | set(os.listdir('/run'))
        script = 'readlink /proc/self/ns/pid; read x'
        process = subprocess.Popen([COMMAND, 'run', 'sh', '-c', script], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, text=True, start_new_session=True)
        self.addCleanup(process.wait)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.stdin.close)
        namespace = process.stdout.readline().strip()
        for name in ('Xvfb', 'openbox', 'dbus-daemon'):
            self.assertIn(name, inhabitants(namespace))
        end(process)
        limit = time.monotonic() + PATIENCE
        while inhabitants(namespace) and time.monotonic() < limit:
            time.sleep(0.01)
        self.assertEqual(inhabitants(namespace), [])
        left = (set(os.listdir('/tmp')) | set(os.listdir('/run'))) - before
        self.assertEqual([name for name in left if 'sidetone-desktop' in name], [])


tap.add_rows(Desktop, {
    'done': lambda process: process.stdin.close(),
    'interrupted': lambda process: os.killpg(process.pid, signal.SIGINT),
    'terminated': lambda process: process.terminate(),
    'killed': lambda process: process.kill(),
}, Desktop.run_row)

if __name__ == '__main__':
    if sys.argv[1:2] and sys.argv[1] in SCRIPTS:
        SCRIPTS[sys.argv[1]]()
    else:
        sys.exit(tap.main(sys.argv[1:]))
