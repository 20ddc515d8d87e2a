#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The password from the desktop's secret store, without a terminal to ask on."""

import os
import subprocess
import sys

import program
import bed
import servers
from program import CAPULET, FINISHED, IMPOSSIBLE

BUS = '''<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=%s</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
'''
SCHEMA = 'page.codeberg.sidetone.Sidetone'


class Secrets(program.ProgramTest):
    """A bus and a store of the test's own."""

    def setUp(self):
        folder = self.lab.folder / 'desktop'
        folder.mkdir()
        (folder / 'bus.conf').write_text(BUS % folder)
        self.desktop = dict(os.environ, HOME=str(folder), XDG_RUNTIME_DIR=str(folder),
                            XDG_DATA_HOME=str(folder / 'data'))
        self.bus = subprocess.Popen(
            ['dbus-daemon', '--config-file', folder / 'bus.conf', '--nofork', '--print-address'],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=self.desktop)
        self.desktop['DBUS_SESSION_BUS_ADDRESS'] = self.bus.stdout.readline().strip()
        self.keyring = subprocess.Popen(
            ['gnome-keyring-daemon', '--foreground', '--unlock', '--components=secrets'],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=self.desktop)
        self.keyring.stdin.write(b'\n')
        self.keyring.stdin.close()
        subprocess.run(['gdbus', 'wait', '--session', '--timeout', '20',
                        'org.freedesktop.secrets'], check=True, env=self.desktop)

    def tearDown(self):
        for process in (self.keyring, self.bus):
            process.terminate()
            process.wait()
        self.bus.stdout.close()

    def run_check(self):
        running = program.Running(self.computer, [
            'check', self.lab.jid(CAPULET), '--ca-file', self.lab.ca_file, '--format', 'json'],
            environment=self.desktop)
        return self.verify(running.finish())

    def test_stored_and_absent(self):
        self.computer = self.new_computer(*servers.domain_records(CAPULET, '127.0.0.1'))
        self.computer.prosody({CAPULET: {}}, self.lab.accounts(CAPULET))

        absent = self.run_check()
        self.assertEqual(absent.code, IMPOSSIBLE, absent)
        self.assertIn('password', self.one_line(absent))

        subprocess.run(['secret-tool', 'store', '--label', 'Sidetone', 'xdg:schema', SCHEMA,
                        'account', self.lab.jid(CAPULET)], check=True, env=self.desktop,
                       input=bed.PASSWORDS[CAPULET], text=True)
        stored = self.run_check()
        self.assertEqual(stored.code, FINISHED, stored)
        self.assertIn('same-computer', stored.kinds)


if __name__ == '__main__':
    sys.exit(program.main())
