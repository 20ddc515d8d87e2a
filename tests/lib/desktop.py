#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""A desktop without a screen, for tests of the window.

A Desktop is an X server, a window manager, a message bus and a home folder of its own. It lives
inside the bed's namespaces (bed.py), so that it is invisible outside, several do not meet, and all
of it is gone when the script ends, for whatever reason.

    bed.enter()
    with bed.Bed() as lab, desktop.Desktop() as screen:
        computer.popen(['sidetone'], env=screen.environment)

As a command it gives a desktop to another program:

    desktop.py run [--size WIDTHxHEIGHT] [--composite] PROGRAM [ARGUMENT...]

On the bus only the accessibility bus can be started: no portal, no settings daemon and no prompt
appears. Programs on all computers of the bed reach it, because the sockets are files.
"""

import argparse
import contextlib
import ctypes
import os
import pathlib
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True

import bed  # noqa: E402

START_LIMIT = 60.0
# With a compositor windows have their shadow and round corners
PLAIN, COMPOSITE = ('openbox', '--sm-disable'), ('metacity', '--composite', '--no-force-fullscreen')
X_SOCKETS = pathlib.Path('/tmp/.X11-unix')
# Each X server compiles its keymap here, into a file with its number, which is the same in each bed
X_KEYMAPS = pathlib.Path('/var/lib/xkb')
ACCESSIBILITY = '/usr/share/dbus-1/services/org.a11y.Bus.service'
BUS = '''<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={0}</listen>
  <auth>EXTERNAL</auth>
  <servicedir>{0}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
'''
SETTINGS = '''[Settings]
gtk-font-name=Cantarell 11
gtk-enable-animations=0
gtk-cursor-blink=0
'''
# The variables of the tester's own session
FOREIGN = ('AT_SPI_BUS_ADDRESS', 'DBUS_SESSION_BUS_ADDRESS', 'DESKTOP_SESSION',
           'DESKTOP_STARTUP_ID', 'GTK_IM_MODULE', 'GTK_THEME', 'GTK_MODULES', 'LANGUAGE',
           'SESSION_MANAGER', 'WAYLAND_DISPLAY', 'XAUTHORITY', 'XDG_ACTIVATION_TOKEN',
           'XDG_CURRENT_DESKTOP', 'XDG_SESSION_TYPE', 'XMODIFIERS')
OURS = {'ADW_DISABLE_PORTAL': '1', 'GDK_BACKEND': 'x11', 'GIO_USE_VFS': 'local',
        'GIO_USE_VOLUME_MONITOR': 'unix', 'GSETTINGS_BACKEND': 'keyfile',
        'GSK_RENDERER': 'cairo'}
LOCALES = pathlib.Path('/usr/lib/locale')
LOCALE = 'en_US'


def without_gl():
    """Variables for a GTK without GL: software rendering costs each program 100 ms and 50 MB."""
    try:
        minor = ctypes.CDLL('libgtk-4.so.1').gtk_get_minor_version()
    except OSError:
        return {}
    return {'GDK_DISABLE': 'gl'} if minor >= 16 else {'GDK_DEBUG': 'gl-disable'}


def until(condition, what, limit=START_LIMIT):
    """Repeat until the condition is true; return its value."""
    end = time.monotonic() + limit
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() > end:
            raise TimeoutError('waited %g s for %s' % (limit, what))
        time.sleep(0.01)


# A user's mail program and browser
RECORDER = """[Desktop Entry]
Type=Application
Name=Recorder
Exec={0} %u
MimeType=x-scheme-handler/mailto;x-scheme-handler/http;
"""
RECORDER_DEFAULTS = """[Default Applications]
x-scheme-handler/mailto=recorder.desktop
x-scheme-handler/http=recorder.desktop
"""


def install_recorder(environment):
    """A program for mails and web pages, in the folders of the environment. Returns the file that has
    what it was given."""
    data = pathlib.Path(environment['XDG_DATA_HOME'])
    opened, recorder = data / 'opened', data / 'recorder'
    recorder.write_text('#!/bin/sh\nprintf %%s "$1" > %s.new && mv %s.new %s\n'
                        % (opened, opened, opened))
    recorder.chmod(0o755)
    (data / 'applications').mkdir()
    (data / 'applications/recorder.desktop').write_text(RECORDER.format(recorder))
    pathlib.Path(environment['XDG_CONFIG_HOME'], 'mimeapps.list').write_text(RECORDER_DEFAULTS)
    return opened


class Bus:
    """A message bus, and what it can start. Programs there are started with its environment."""

    def __init__(self):
        self.environment = dict(os.environ)
        self.folder = None
        self._processes = []

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='sidetone-desktop-', dir='/run'))
        try:
            self._start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        while self._processes:
            self._end(self._processes[-1])
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self):
        self._start_bus()

    def log(self):
        """The output of the bus and everything on it."""
        return '\n'.join(path.read_text(errors='replace')
                         for path in sorted(self.folder.glob('*.log')))

    @contextlib.contextmanager
    def keyring(self):
        """A secret store, empty and unlocked. It is removed at the end."""
        process = self.spawn('gnome-keyring-daemon', '--foreground', '--unlock',
                             '--components=secrets', stdin=subprocess.PIPE)
        # The empty password, and the end of its line
        process.stdin.write(b'\n')
        process.stdin.close()
        self.run(['gdbus', 'wait', '--session', '--timeout', '%d' % START_LIMIT,
                  'org.freedesktop.secrets'], check=True)
        try:
            yield self
        finally:
            self._end(process)
            shutil.rmtree(pathlib.Path(self.environment['XDG_DATA_HOME']) / 'keyrings')

    def run(self, argv, **options):
        """Run one of the desktop's own programs, such as xdotool."""
        options.setdefault('env', self.environment)
        return subprocess.run(argv, **options)

    def spawn(self, *argv, **options):
        """Start a program that ends with the desktop."""
        options.setdefault('stdin', subprocess.DEVNULL)
        with open(self.folder / (pathlib.Path(argv[0]).name + '.log'), 'ab') as log:
            options.setdefault('stdout', log)
            process = subprocess.Popen(argv, stderr=log, env=self.environment, cwd=self.folder,
                                       start_new_session=True, **options)
        self._processes.append(process)
        return process

    def _end(self, process):
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
        self._processes.remove(process)

    def _first_line(self, process, file):
        """The process's output when it is ready, which may come in pieces."""
        line = b''
        while not line.endswith(b'\n'):
            ready = select.select([file], [], [], START_LIMIT)[0]
            piece = os.read(file, 1) if ready else b''
            if not piece:
                raise RuntimeError(process.args[0] + ' did not start:\n' + self.log())
            line += piece
        return line.decode().strip()

    def _start_bus(self):
        services = self.folder / 'services'
        services.mkdir()
        shutil.copy(ACCESSIBILITY, services)
        configuration = self.folder / 'bus.conf'
        configuration.write_text(BUS.format(self.folder))
        process = self.spawn('dbus-daemon', '--config-file', str(configuration), '--nofork',
                             '--print-address', stdout=subprocess.PIPE)
        self.environment['DBUS_SESSION_BUS_ADDRESS'] = self._first_line(process,
                                                                        process.stdout.fileno())

    def accessibility(self):
        """The address of the accessibility bus, which is started if necessary."""
        told = self.run(['gdbus', 'call', '--session', '--dest', 'org.a11y.Bus', '--object-path',
                         '/org/a11y/bus', '--method', 'org.a11y.Bus.GetAddress'], check=True,
                        capture_output=True, text=True)
        return told.stdout.split("'")[1]


class Desktop(Bus):
    """An X server with a window manager and a bus."""

    def __init__(self, size=(1280, 900), manager=PLAIN):
        super().__init__()
        self.size = size
        self.manager = manager

    def _start(self):
        self.environment = {name: value for name, value in self.environment.items()
                            if name not in FOREIGN}
        for name, value in OURS.items():
            self.environment.setdefault(name, value)
        for name, value in {**without_gl(), **self._locale()}.items():
            self.environment[name] = value
        run = self.folder / 'run'
        run.mkdir(mode=0o700)
        self.environment['XDG_RUNTIME_DIR'] = str(run)
        self.environment.update(self.home('home'))
        self._start_display()
        self._start_bus()
        self._start_manager()

    def _locale(self):
        """A locale in which gettext looks at LANGUAGE, which it does not in C; from glibc 2.41 on, nor in
        C.UTF-8. A bare system has no other: here is that one, by another name."""
        plain = LOCALES / 'C.utf8'
        if not plain.is_dir():
            return {}
        folder = self.folder / 'locales'
        shutil.copytree(plain, folder / (LOCALE + '.utf8'))
        return {'LOCPATH': str(folder), 'LC_ALL': LOCALE + '.UTF-8'}

    def home(self, name):
        """A new home folder: the environment variables for it."""
        home = self.folder / name
        environment = {'HOME': str(home)}
        for kind in ('CACHE', 'CONFIG', 'DATA', 'STATE'):
            folder = home / kind.lower()
            folder.mkdir(parents=True)
            environment['XDG_%s_HOME' % kind] = str(folder)
        settings = home / 'config' / 'gtk-4.0' / 'settings.ini'
        settings.parent.mkdir()
        settings.write_text(SETTINGS)
        return environment

    def _start_display(self):
        # Sockets of our own, because the host may have an X server too
        # Another script may create it at the same time
        with contextlib.suppress(FileExistsError):
            X_SOCKETS.mkdir()
            X_SOCKETS.chmod(0o1777)
        for folder in (X_SOCKETS, X_KEYMAPS):
            if folder.is_dir() and not os.path.ismount(folder):
                subprocess.run(['mount', '-t', 'tmpfs', '-o', 'mode=1777', 'tmpfs', folder],
                               check=True)
        ready, told = os.pipe()
        try:
            # No lock: its file is shared with the outside, where other processes have our IDs
            process = self.spawn('Xvfb', '-displayfd', str(told), '-screen', '0',
                                 '%dx%dx24' % self.size, '-dpi', '96', '-nolisten', 'tcp',
                                 '-noreset', '-nolock', pass_fds=(told,))
        finally:
            os.close(told)
        try:
            self.environment['DISPLAY'] = ':' + self._first_line(process, ready)
        finally:
            os.close(ready)

    def _start_manager(self):
        """GTK asks once whether there is a window manager: so that must come first."""
        process = self.spawn(*self.manager)

        def ready():
            if process.poll() is not None:
                raise RuntimeError(self.manager[0] + ' did not start:\n' + self.log())
            told = self.run(['xprop', '-root', '_NET_SUPPORTING_WM_CHECK'], capture_output=True,
                            text=True)
            return 'window id' in told.stdout

        until(ready, self.manager[0])


class WaylandDesktop(Desktop):
    """A Wayland compositor without a screen, and a bus."""

    def _start_display(self):
        self.environment.update(GDK_BACKEND='wayland', WAYLAND_DISPLAY='sidetone')
        process = self.spawn('weston', '--backend=headless-backend.so', '--socket=sidetone',
                             '--no-config', '--idle-time=0')
        path = pathlib.Path(self.environment['XDG_RUNTIME_DIR'], 'sidetone')

        def ready():
            if process.poll() is not None:
                raise RuntimeError('weston did not start:\n' + self.log())
            return path.is_socket()

        until(ready, 'weston')

    def _start_manager(self):
        """The compositor is one."""


def main():
    parser = argparse.ArgumentParser(description='Give a program a desktop without a screen.')
    commands = parser.add_subparsers(required=True)
    run = commands.add_parser('run')
    run.add_argument('--size', default='1280x900', metavar='WIDTHxHEIGHT')
    run.add_argument('--composite', action='store_true', help='with shadows and round corners')
    run.add_argument('command', nargs=argparse.REMAINDER)
    options = parser.parse_args()
    size = tuple(map(int, options.size.split('x')))
    bed.enter()
    # The program may be its own server.
    subprocess.run(['ip', 'link', 'set', 'lo', 'up'], check=True)
    with Desktop(size, COMPOSITE if options.composite else PLAIN) as screen:
        # Ctrl-C is for the program; when that ends, this ends too
        signal.signal(signal.SIGINT, lambda *_: None)
        status = screen.run(options.command).returncode
    sys.exit(status if status >= 0 else 128 - status)


if __name__ == '__main__':
    main()
