#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The window under a Wayland compositor (weston, headless): it opens and stays without a warning."""

import os
import subprocess
import sys
import unittest

import journey  # also finds the other modules
import bed
import desktop
import screen
import tap


class Window(screen.Window):

    def front(self):
        """No client of Wayland is told which window has the focus; here is only one."""
        return screen.TITLE

    def close(self):
        identity = os.environ['SIDETONE_APPLICATION_ID']
        self.desktop.run(['gdbus', 'call', '--session', '--dest', identity, '--object-path',
                          '/' + identity.replace('.', '/'), '--method',
                          'org.gtk.Actions.Activate', 'quit', '[]', '{}'],
                         check=True, stdout=subprocess.DEVNULL)
        return self.process.wait(screen.PATIENCE)


class Wayland(unittest.TestCase):

    def test_report(self):
        with bed.Bed() as lab, desktop.WaylandDesktop() as place:
            screen.attach(place)
            window = Window(place, lab.computer('verona'),
                            [journey.REPORTS / 'nat.sidetone.json'])
            self.addCleanup(window.kill)
            window.get('label', 'Some calls may fail')
            self.assertEqual(window.close(), 0, window.output())
            self.assertEqual(window.output(), '')


if __name__ == '__main__':
    bed.enter()
    sys.exit(tap.main(sys.argv[1:]))
