#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Where passwords are: in the desktop's secret store, without a terminal to ask on; and what is left of
them in memory."""

import base64
import contextlib
import os
import pathlib
import signal
import subprocess
import sys
import threading

import program
import bed
import scripted
import servers
from program import CAPULET, FINISHED, IMPOSSIBLE, MONTAGUE

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


class Memory(program.ProgramTest):
    """What a look into each process shows, and would show in a core dump."""

    PASSWORD = bed.PASSWORDS[MONTAGUE]
    # As RFC 4616 and HTTP have them. A server may quote any of them back
    FORMS = {PASSWORD} | {form for secret in (PASSWORD, '\0romeo\0' + PASSWORD)
                          for full in [base64.b64encode(secret.encode()).decode()]
                          for form in (full, full.rstrip('='))}
    RELAY_PASSWORD = 'banished-is-banish-ed-4711'
    SERVICE = ("<service type='turn' host='127.0.0.1' port='3478' transport='udp' "
               "username='mercutio' password='%s'/>" % RELAY_PASSWORD)

    def count(self, process, secret):
        """How often a secret is in a process's memory; 0 if it forbids looking there."""
        found = 0
        with contextlib.suppress(PermissionError), open('/proc/%d/maps' % process) as maps, \
                open('/proc/%d/mem' % process, 'rb') as memory:
            for line in maps:
                begin, end = (int(number, 16) for number in line.split()[0].split('-'))
                # Some of the kernel's regions can't be read
                with contextlib.suppress(OSError, OverflowError, ValueError):
                    memory.seek(begin)
                    found += memory.read(end - begin).count(secret.encode())
        return found

    def look(self, act, stage, *options, **script):
        """Stop a check at a stage, and call a function of its process IDs, the parent's first."""
        stopped = threading.Event()

        def stop(peer):
            os.kill(running.process.pid, signal.SIGSTOP)
            stopped.set()
            scripted.hold(peer)

        computer = self.new_computer()
        scripted.Scripted(computer, MONTAGUE, self.lab.accounts(MONTAGUE), instead={stage: stop},
                          **script)
        # One address, so that there is one child
        running = self.start(computer, MONTAGUE, '--security', 'starttls', '--server',
                             'ipv4.montague.lit:5222', *options, settings=(
                                 'sh', '-c', 'ulimit -c unlimited; exec "$@"', 'sh'))
        self.assertTrue(stopped.wait(program.PATIENCE))
        act(running.process.pid, *running.children())
        running.process.send_signal(signal.SIGCONT)
        running.interrupt()
        self.verify(running.finish())

    def test_account(self):
        """While the server is asked, the parent has nothing of the password. The child has it once in
        each form, to recognise a quotation, and nothing more of the sign-in."""
        def act(parent, child):
            for form in self.FORMS:
                self.assertEqual(self.count(parent, form), 0, form)
            self.assertLessEqual(self.count(child, self.PASSWORD), 1)
            for form in self.FORMS - {self.PASSWORD}:
                # With padding and without; one is in the other
                self.assertLessEqual(self.count(child, form), 2, form)

        self.look(act, 'query', '--only', 'address')

    def test_relay(self):
        """After the tests there are two copies of a relay's password: json-glib and its scanner do not
        wipe what they free."""
        self.look(lambda parent, child: self.assertLessEqual(
            self.count(parent, self.RELAY_PASSWORD), 2), 'sign-out', services=self.SERVICE)

    def test_no_core_dump(self):
        """Of neither process, whatever the limit was."""
        def act(*processes):
            for process in processes:
                limits = pathlib.Path('/proc/%d/limits' % process).read_text()
                self.assertRegex(limits, r'(?m)^Max core file size +0 ')

        self.look(act, 'sasl')


if __name__ == '__main__':
    sys.exit(program.main())
