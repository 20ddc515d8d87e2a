# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""A desktop on which programs run in Flatpak's sandbox, and their windows.

It is the tests' desktop (tests/lib/desktop.py) with the sandbox's ways to the outside: the portals
for files, secrets and settings. Nothing of it shows on the screen of the user who runs this.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(HERE)] + [str(ROOT / 'tests' / folder) for folder in ('lib', 'lab', 'ui')]

import desktop  # noqa: E402
import screen  # noqa: E402

MANIFEST = next(HERE.glob('*.json'))
APPLICATION_ID = json.loads(MANIFEST.read_text())['id']
SERVICES = pathlib.Path('/usr/share/dbus-1/services')
PORTALS = ('org.freedesktop.portal.Desktop', 'org.freedesktop.portal.Documents',
           'org.freedesktop.portal.Flatpak', 'org.freedesktop.impl.portal.PermissionStore',
           'org.freedesktop.impl.portal.desktop.gtk')
# The tests' own GTK settings, which would hide what GTK does in a sandbox
UNSET = sorted({*desktop.OURS, 'GDK_DEBUG', 'GDK_DISABLE', 'LOCPATH'})
RUN = '''#!/bin/sh
unset {unset}
[ "$LC_ALL" != en_US.UTF-8 ] || export LC_ALL=C.UTF-8
exec flatpak run --file-forwarding {application} "$@"
'''
# How a file manager opens a file, and how a desktop has the message bus start a program. Both
# return at once; these run as long as the program
OPEN = '''#!/bin/sh
unset {unset}
[ "$LC_ALL" != en_US.UTF-8 ] || export LC_ALL=C.UTF-8
gio launch "$FLATPAK_USER_DIR/exports/share/applications/{application}.desktop" "$1"
'''
ACTIVATE = '''#!/bin/sh
gapplication launch {application}
'''
LAST = '''
gdbus wait --session --timeout 30 {application} || exit
while gdbus call --session --dest org.freedesktop.DBus --object-path / \\
  --method org.freedesktop.DBus.NameHasOwner {application} | grep -q true; do sleep 0.1; done
'''
# The chooser accepts no path in its list of recent files
CHOOSER = """[org/gtk/settings/file-chooser]
startup-mode='cwd'
"""


class Failed(Exception):
    """A command failed; the text is its output."""


class Desktop(desktop.Desktop):
    """A desktop with portals, and an empty installation of Flatpak.

    runtimes: a folder for FLATPAK_SYSTEM_DIR with the runtimes
    """

    def __init__(self, runtimes):
        super().__init__()
        self.runtimes = runtimes

    def _start_bus(self):
        # The sandbox's own path, too: paths from the portal for files depend on that
        runtime = pathlib.Path('/run/user/%d' % os.getuid())
        runtime.mkdir(parents=True, mode=0o700)
        installation = self.folder / 'installation'
        self.exports = installation / 'exports' / 'share'
        self.environment.update({
            'FLATPAK_SYSTEM_DIR': str(self.runtimes),
            'FLATPAK_USER_DIR': str(installation),
            'XDG_CURRENT_DESKTOP': 'GNOME',
            'XDG_RUNTIME_DIR': str(runtime),
            'XDG_DATA_DIRS': '%s:/usr/local/share:/usr/share' % self.exports,
        })
        settings = pathlib.Path(self.environment['XDG_CONFIG_HOME'], 'glib-2.0', 'settings')
        settings.mkdir(parents=True)
        (settings / 'keyfile').write_text(CHOOSER)
        super()._start_bus()
        for name in PORTALS:
            self._know_service(SERVICES / (name + '.service'))
        (self.folder / 'programs').mkdir()
        for name, text in (('run', RUN), ('open', OPEN + LAST), ('activate', ACTIVATE + LAST)):
            path = self.folder / 'programs' / name
            path.write_text(text.format(application=APPLICATION_ID, unset=' '.join(UNSET)))
            path.chmod(0o755)

    def _know_service(self, path):
        """Let the bus activate a new program."""
        shutil.copy(path, self.folder / 'services')
        self.do('gdbus', 'call', '--session', '--dest', 'org.freedesktop.DBus', '--object-path',
                '/', '--method', 'org.freedesktop.DBus.ReloadConfig')

    @property
    def own_folder(self):
        """The program's folder in the sandbox: settings, secrets, cache."""
        return pathlib.Path(self.environment['HOME'], '.var', 'app', APPLICATION_ID)

    def do(self, *command, **options):
        """Run a command that must succeed; return its output."""
        done = self.run([str(word) for word in command], text=True, stdout=subprocess.PIPE,
                        stderr=subprocess.STDOUT, **options)
        if done.returncode != 0:
            raise Failed('%s: status %d\n%s' % (' '.join(map(str, command)), done.returncode,
                                                done.stdout))
        return done.stdout

    def install(self, bundle):
        """Install the file, replacing an earlier installation, as a click does."""
        self.do('flatpak', 'install', '--user', '--noninteractive', '--bundle', bundle)
        self._know_service(self.exports / 'dbus-1' / 'services' / (APPLICATION_ID + '.service'))

    def start_afresh(self):
        """Remove the program with all its data."""
        if self.exports.exists():
            self.do('flatpak', 'uninstall', '--user', '--noninteractive', APPLICATION_ID)
        shutil.rmtree(self.own_folder, ignore_errors=True)

    def command(self, *words, options=()):
        """The command line that runs a program in the sandbox."""
        return ['flatpak', 'run', '--file-forwarding', '--command=%s' % words[0], *options,
                APPLICATION_ID, *map(str, words[1:])]

    def inside(self, *words, options=(), **more):
        """Run a program in the sandbox that must succeed; return its output."""
        return self.do(*self.command(*words, options=options), **more)

    def picture(self, path):
        self.do('import', '-window', 'root', path)


class Window(screen.Window):
    """The program in the sandbox. A proxy hides which process has the window; but only one runs at
    a time."""

    def __init__(self, place, computer, *arguments, script='run', **environment):
        os.environ['SIDETONE'] = str(place.folder / 'programs' / script)
        super().__init__(place, computer, arguments, environment)

    def _is_program(self, name):
        return screen.title(name) == 'sidetone'

    def card(self, name):
        """All text on the card of that name."""
        return self.words(self.get('panel', name))

    @staticmethod
    def _find_button(path):
        """The button of the desktop's file chooser, as soon as the path is in its field."""
        name = screen.find_program(lambda one: screen.title(one) == 'xdg-desktop-portal-gtk')
        widgets = list(screen.walk(screen.look_at_other(*screen.children(name, screen.ROOT)[-1])))
        if str(path) not in [screen.text(one) for one in widgets if one.role == 'text']:
            return None
        return next(one for one in widgets
                    if one.role == 'push button' and one.name in ('Select', 'Save'))

    def choose(self, title, path):
        """Type a file's path into a file chooser, the desktop's own window."""
        self.wait_front(title)
        self.press('ctrl+l')
        self.press('ctrl+a')
        self.type(str(path))
        # Return may belong to a list of completions
        screen.click(self.until(lambda: self._find_button(path), 'the path'))
        self.wait_front(screen.TITLE)

    def end(self):
        """Close it. Without a fault, the program prints nothing."""
        status = self.close()
        said = self.output()
        self.told.close()
        if status != 0 or said:
            raise Failed('The program ended with status %d and said: %s' % (status, said))
