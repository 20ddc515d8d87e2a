#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Many checks, with Prosody and coturn (load): nothing grows, and nothing is left behind. With LOAD=all in
the environment as many as the figures below say, else a few."""

import os
import pathlib
import subprocess

import journey
import bed
import desktop
import topology
import variants
from journey import CAPULET

ALL = os.environ.get('LOAD') == 'all'
ONE_AFTER_ANOTHER, AT_ONCE, IN_ONE_WINDOW = (200, 20, 50) if ALL else (2, 2, 2)
# After so many, all that stays for the next ones is there
FIRST = 5 if ALL else 1
# Of a window, in kB: a check's observations stay with it until the next one
GROWTH = 8 * 1024
PATIENCE = 120.0
RELAY_PORTS = range(49152, 65536)


def descriptors(process):
    return len(os.listdir('/proc/%d/fd' % process))


def resident(process):
    """Its memory in kB, without what it shares with files."""
    status = pathlib.Path('/proc/%d/status' % process).read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith('RssAnon'))


class Load(journey.JourneyTest):

    net = None

    def relays(self):
        """The number of relayed sockets, by coturn's kernel."""
        shown = self.net.hosts['coturn'].run(['cat', '/proc/net/udp', '/proc/net/udp6'],
                                             capture_output=True, text=True, check=True).stdout
        ports = [int(line.split()[1].rsplit(':', 1)[1], 16) for line in shown.splitlines()
                 if 'local_address' not in line]
        return sum(port in RELAY_PORTS for port in ports)

    def streams(self):
        """The number of the client's connections that have not ended."""
        return len(self.net.client.run(['ss', '-Htn', 'state', 'established'], check=True,
                                       capture_output=True, text=True).stdout.splitlines())

    def expect_nothing_left(self):
        for count in (self.relays, self.streams):
            desktop.until(lambda count=count: count() == 0, 'the end of all ' + count.__name__)

    def start_check(self):
        return self.net.client.popen(
            [os.environ['SIDETONE_CLI'], 'check', self.lab.jid(CAPULET), '--ca-file', self.lab.ca_file,
             '--password-file', self.lab.password_file(CAPULET)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            start_new_session=True)

    def finish(self, process):
        said = process.communicate(timeout=PATIENCE)[0]
        self.assertEqual(process.returncode, 0, said)
        self.assertEqual(journey.family(process.pid), {})
        self.assertNotIn(bed.PASSWORDS[CAPULET], said)

    def test_one_after_another(self):
        for _ in range(ONE_AFTER_ANOTHER):
            self.finish(self.start_check())
        self.expect_nothing_left()

    def test_at_once(self):
        for process in [self.start_check() for _ in range(AT_ONCE)]:
            self.finish(process)
        self.expect_nothing_left()

    def test_in_one_window(self):
        window = self.start_trusting(self.net.client)
        self.sign_in(window, CAPULET)
        for number in range(1, IN_ONE_WINDOW + 1):
            window.get('push button', 'Check Again')
            window.until(lambda: not self.children(window), 'the end of the connection programs')
            if number == FIRST:
                before = descriptors(window.process.pid), resident(window.process.pid)
            if number < IN_ONE_WINDOW:
                window.press('ctrl+r')
                window.wait_gone('push button', 'Check Again')
        after = descriptors(window.process.pid), resident(window.process.pid)
        self.assertLessEqual(after[0], before[0])
        self.assertLess(after[1] - before[1], GROWTH)
        self.expect_nothing_left()


def prepare(lab):
    Load.net = topology.Internet(lab, (CAPULET,))
    Load.net.build(variants.VARIANTS['home'])


if __name__ == '__main__':
    journey.main(prepare)
