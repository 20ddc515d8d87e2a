#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The command `lab`, from outside: its networks can be used, and nothing of them is left."""

import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'lib'))

import tap  # noqa: E402

LAB = str(HERE / 'lab')
PATIENCE = 60.0


def look_around():
    """Everything of this computer outside all namespaces that a lab could leave behind. Other
    programs use /run as well."""
    found = {os.path.join(folder, name) for folder in ('/run', '/run/netns')
             if os.path.isdir(folder) for name in os.listdir(folder)
             if folder == '/run/netns' or 'sidetone' in name or name == 'netns'}
    with open('/proc/self/net/dev') as devices:
        found |= {'interface ' + line.split(':')[0].strip() for line in devices}
    return found


class Lab(unittest.TestCase):

    def setUp(self):
        self.lab_name = '%d-%s' % (os.getpid(), self.id().split('.')[-1])
        # It must write only here
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.files = pathlib.Path(temporary.name)
        self.files.chmod(0o755)
        self.mark = 'lab-of-' + temporary.name
        self.environment = dict(os.environ, TMPDIR=temporary.name, SIDETONE_TEST_MARK=self.mark)
        self.addCleanup(self.lab, 'down')
        self.before = look_around()

    def command(self, *arguments, name=None):
        return [sys.executable, LAB, '--name', name or self.lab_name] + list(arguments)

    def lab(self, *arguments, name=None):
        return subprocess.run(self.command(*arguments, name=name), capture_output=True, text=True,
                              env=self.environment, timeout=PATIENCE)

    def run_lab(self, *arguments, name=None):
        done = self.lab(*arguments, name=name)
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        return done.stdout

    def until(self, condition, what):
        end = time.monotonic() + PATIENCE
        while not condition():
            self.assertLess(time.monotonic(), end, what)
            time.sleep(0.005)

    def expect_nothing(self):
        self.assertEqual(list(self.files.iterdir()), [])
        self.assertEqual(look_around() - self.before, set())
        self.until(lambda: not self.members(), 'processes are left')

    def has(self, name):
        """Whether there is such a file in the lab's folder."""
        return any(self.files.glob('sidetone-lab-*-%s/%s' % (self.lab_name, name)))

    def members(self):
        """This lab's processes: all have the mark in their environment."""
        found = []
        for path in pathlib.Path('/proc').glob('[0-9]*'):
            try:
                if self.mark.encode() in (path / 'environ').read_bytes():
                    found.append((path / 'comm').read_text())
            except OSError:
                pass
        return found


class Use(Lab):

    def test_up_exec_status_down(self):
        # The keeper holds no caller's pipe open: the output ends with the command
        with subprocess.Popen(self.command('up', 'home'), env=self.environment,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
            self.assertIn(b'192.168.1.10', process.communicate(timeout=PATIENCE)[0])
        self.assertIn('192.168.1.10', self.run_lab('exec', 'client', 'ip', 'address'))
        self.assertIn('198.51.100.1', self.run_lab('exec', 'router', 'ip', 'address'))
        # The client has a path to the server
        self.run_lab('exec', 'client', sys.executable, '-c',
                     'import socket; socket.create_connection(("montague.lit", 5222), 5)')
        self.assertEqual(self.lab('exec', 'client', 'sh', '-c', 'exit 7').returncode, 7)
        self.assertIn('isp', self.lab('exec', 'nobody', 'true').stderr)
        self.assertIn('home', self.run_lab('status'))

        # Another one, and the same again
        said = self.run_lab('up', 'cgnat', '--delay', '5', '--udp-timeout', '7')
        self.assertIn('100.64.0.10', said)
        self.assertNotIn('192.168.1.10', said)
        self.assertEqual(self.run_lab('up', 'cgnat', '--delay', '5', '--udp-timeout', '7'), said)
        self.assertEqual(self.run_lab('exec', 'isp', 'cat',
                                      '/proc/sys/net/netfilter/nf_conntrack_udp_timeout'), '7\n')

        self.run_lab('down')
        self.expect_nothing()
        self.assertEqual(self.lab('status').returncode, 1)
        self.run_lab('down')

    def test_two(self):
        """Of one name one waits for the other: both get what they asked for, or what came after. A
        lab of another name is not disturbed."""
        other = self.lab_name + '-too'
        self.addCleanup(self.lab, 'down', name=other)
        both = [subprocess.Popen(self.command('up', variant), env=self.environment,
                                 stdout=subprocess.PIPE, text=True)
                for variant in ('home', 'open')]
        self.run_lab('up', 'cgnat', name=other)
        said = [one.communicate(timeout=PATIENCE)[0] for one in both]
        self.assertEqual([one.returncode for one in both], [0, 0])
        self.assertIn('home', said[0])
        self.assertIn('open', said[1])
        self.run_lab('status')
        self.assertIn('100.64.0.10', self.run_lab('exec', 'client', 'ip', 'address', name=other))
        self.run_lab('down')
        self.assertIn('cgnat', self.run_lab('status', name=other))


class Interrupted(Lab):
    """Interrupted: when the keeper runs, and when the servers are starting."""

    def run_row(self, row):
        moment, end, tidy = row
        process = subprocess.Popen(self.command('up', 'home'), env=self.environment,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   start_new_session=True)
        self.addCleanup(process.wait)
        self.until(lambda: self.has(moment), moment)
        end(process)
        process.wait(PATIENCE)
        self.assertNotEqual(process.returncode, 0)
        if not tidy:
            self.run_lab('down')
        self.expect_nothing()


def kill_group(process):
    os.killpg(process.pid, signal.SIGKILL)


def interrupt(process):
    os.killpg(process.pid, signal.SIGINT)


tap.add_rows(Interrupted, {
    'ctrl_c early': ('pid', interrupt, True),
    'terminated late': ('socket', subprocess.Popen.terminate, True),
    'killed late': ('socket', kill_group, False),
}, Interrupted.run_row)


class Broken(Lab):

    def test_keeper_killed(self):
        self.run_lab('up', 'open')
        file, = self.files.glob('*/pid')
        os.kill(int(file.read_text()), signal.SIGKILL)
        self.until(lambda: self.lab('status').returncode == 1, 'no lab')
        self.run_lab('down')
        self.expect_nothing()

    def test_variant_fails(self):
        """A missing tool: the words say so, and nothing is left."""
        with tempfile.TemporaryDirectory() as tools:
            # Everything but nft
            os.chmod(tools, 0o755)
            for folder in os.environ['PATH'].split(':') + ['/usr/sbin', '/sbin']:
                for tool in os.listdir(folder) if os.path.isdir(folder) else ():
                    if tool != 'nft' and not os.path.lexists(os.path.join(tools, tool)):
                        os.symlink(os.path.join(folder, tool), os.path.join(tools, tool))
            done = subprocess.run(self.command('up', 'home'), capture_output=True, text=True,
                                  env=dict(self.environment, PATH=tools), timeout=PATIENCE)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn('nft', done.stderr)
        self.assertNotIn('Traceback', done.stderr)
        self.expect_nothing()

    def test_no_such_variant(self):
        self.assertNotEqual(self.lab('up', 'nowhere').returncode, 0)
        self.expect_nothing()


if __name__ == '__main__':
    sys.exit(tap.main(sys.argv[1:], workers=2))
