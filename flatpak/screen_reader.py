# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The window in the sandbox as a screen reader has it, through libatspi: the chooser of the portal is a
window of another program, which tests/ui/screen.py does not look into.

    window = screen.Window(desktop, computer, ['romeo@montague.lit'])
    window.get('text', 'Password')
    window.press('Return')
    window.get('label', 'Your router changes your address')

Whatever is asked for is waited for: what a test needs shows after a while or not at all. The
accessibility bus belongs to the process: a script has one desktop.

GTK 4.8 tells less than others: it has no state `showing`, so pages that are hidden are there too;
the text of a whole field is got only with its length; and a field of Adwaita is never `focused`,
but what is typed shows who has the keyboard. Asked for a window that is just closing it crashes,
so dialogs are looked into only while they stay.
"""

import os
import subprocess
import tempfile
import time
import warnings

import gi

gi.require_version('Atspi', '2.0')
warnings.simplefilter('ignore', DeprecationWarning)
from gi.repository import Atspi, GLib  # noqa: E402

# Of the window
TITLE = 'Sidetone'
# More than any deadline of the program
PATIENCE = 30.0
PAUSE = 0.03
# To press a key and see nothing of it
SLOW = 0.3
ANSWER_LIMIT_MS = 10_000
CONTROLS = ('check box', 'combo box', 'link', 'list item', 'menu item', 'password text',
            'push button', 'radio button', 'switch', 'text', 'toggle button')


def attach(desktop):
    """Make this process a screen reader on the desktop."""
    for name in ('DISPLAY', 'DBUS_SESSION_BUS_ADDRESS'):
        os.environ[name] = desktop.environment[name]
    Atspi.init()
    Atspi.set_timeout(ANSWER_LIMIT_MS, ANSWER_LIMIT_MS)


def states(thing):
    return {state.value_nick for state in thing.get_state_set().get_states()}


def text(thing):
    """What stands in a field."""
    return Atspi.Text.get_text(thing, 0, Atspi.Text.get_character_count(thing))


def walk(thing):
    """The thing and all below it, in the order of the page."""
    yield thing
    for number in range(thing.get_child_count()):
        child = thing.get_child_at_index(number)
        if child is not None:
            yield from walk(child)


def outline(thing, depth=0):
    """The tree in words, to understand a failed test."""
    lines = ['%s%s “%s”%s %s' % (
        '  ' * depth, thing.get_role_name(), thing.get_name(),
        ' (%s)' % thing.get_description() if thing.get_description() else '',
        ' '.join(sorted(states(thing) & {'focused', 'checked', 'expanded', 'active', 'pressed'})))]
    for number in range(thing.get_child_count()):
        child = thing.get_child_at_index(number)
        if child is not None:
            lines += outline(child, depth + 1)
    return lines


class Window:
    """The program, started on a computer of the bed, and its window."""

    def __init__(self, desktop, computer, arguments=(), environment=None, home=None):
        """home: the part of the environment that desktop.home () gave."""
        self.desktop = desktop
        self.environment = {**desktop.environment, **(home or {}), **(environment or {})}
        self.told = tempfile.TemporaryFile(dir='/run')
        self.process = computer.popen(
            [os.environ['SIDETONE']] + [str(word) for word in arguments], env=self.environment,
            stdin=subprocess.DEVNULL, stdout=self.told, stderr=self.told, start_new_session=True)
        self.main = None
        self.until(self._find_main, 'the program on the accessibility bus')
        self.until(lambda: self.front() == TITLE, 'a window with the keyboard')

    def _find_program(self):
        desktop = Atspi.get_desktop(0)
        for number in range(desktop.get_child_count()):
            program = desktop.get_child_at_index(number)
            if program is not None and program.get_process_id() == self.process.pid:
                return program
        return None

    def _find_main(self):
        program = self._find_program()
        if program is None or program.get_child_count() == 0:
            return False
        self.main = program.get_child_at_index(0)
        return True

    def dialog(self, name):
        """The dialog of that name, which has to be there and to stay."""
        self.wait_front(name)
        program = self._find_program()
        windows = [program.get_child_at_index(number)
                   for number in range(program.get_child_count())]
        return next(window for window in windows if window != self.main)

    def output(self):
        """What the program said on its standard output and error."""
        self.told.seek(0)
        return self.told.read().decode(errors='replace')

    def until(self, condition, what, limit=PATIENCE):
        """Wait for the condition; return what it gave. Things may go away meanwhile."""
        end = time.monotonic() + limit
        while True:
            try:
                if self.main is not None:
                    self.main.clear_cache()
                result = condition()
            except (GLib.Error, AttributeError, IndexError):
                result = None
            if result:
                return result
            if time.monotonic() > end:
                raise AssertionError('waited %g s for %s; there is:\n%s\nThe program said:\n%s' % (
                    limit, what, self.outline(), self.output()))
            if self.process.poll() is not None:
                raise AssertionError('the program ended (%s) instead of %s:\n%s' % (
                    self.process.returncode, what, self.output()))
            time.sleep(PAUSE)

    def outline(self):
        try:
            return '\n'.join(outline(self.main))
        except (GLib.Error, AttributeError) as error:
            return 'nothing that answers (%s)' % error

    def all(self, role, name=None, within=None):
        """Everything of that role and name that is there now."""
        return [thing for thing in walk(within or self.main) if thing.get_role_name() == role
                and (name is None or thing.get_name() == name)]

    def has(self, role, name=None, within=None):
        """Whether it is there now."""
        return bool(self.all(role, name, within))

    def get(self, role, name=None, within=None):
        """The first of that role and name, as soon as it is there."""
        return self.until(lambda: self.all(role, name, within), '%s “%s”' % (role, name))[0]

    def states(self, role, name):
        return states(self.get(role, name))

    def text(self, name):
        """What stands in the field of that name."""
        return text(self.get('text', name))

    def wait_front(self, name):
        """Wait until a window of that title has the keyboard."""
        self.until(lambda: self.front() == name, 'the window “%s” in front' % name)

    def front(self):
        """The title of the window that has the keyboard."""
        return self.desktop.run(['xdotool', 'getactivewindow', 'getwindowname'],
                                capture_output=True, text=True).stdout.strip()

    def count_windows(self):
        return len(self.desktop.run(['xdotool', 'search', '--onlyvisible', '--name',
                                     '^%s$' % TITLE], capture_output=True).stdout.split())

    def wait_gone(self, role, name=None):
        self.until(lambda: not self.has(role, name), 'the end of %s “%s”' % (role, name))

    def words(self, within=None):
        """All that is to be read, in the order of the page."""
        return [thing.get_name() for thing in walk(within or self.main) if thing.get_name()]

    def focused(self):
        """The thing that has the keyboard. None: there is none."""
        things = [thing for thing in walk(self.main) if 'focused' in states(thing)]
        return things[-1] if things else None

    def focus_words(self):
        """Names of what has the keyboard and of all around it, from the inside."""
        words, thing = [], self.focused()
        while thing is not None:
            if thing.get_name():
                words.append(thing.get_name())
            thing = thing.get_parent()
        return words

    def wait_focus(self, name):
        """Wait until a thing of that name, or one in it, has the keyboard."""
        self.until(lambda: name in self.focus_words(), 'the focus at “%s”' % name)

    def tab_to(self, name, key='Tab', most=80):
        """Press Tab until a thing of that name has the keyboard. Fields pass by unseen; were one
        to be missed because the program is slow, it comes round again."""
        for _ in range(most):
            before = self.focused()
            self.press(key)
            end = time.monotonic() + SLOW
            while self.focused() == before and time.monotonic() < end:
                time.sleep(PAUSE)
            if name in self.focus_words():
                return
        raise AssertionError('%s does not lead to “%s”:\n%s' % (key, name, self.outline()))

    def type_into(self, name, words, within=None):
        """Type, and wait until it stands in the field of that name."""
        self.type(words)
        self.until(lambda: text(self.all('text', name, within)[0]) == words,
                   '“%s” in “%s”' % ('*' * len(words), name))

    def press(self, *keys):
        """Keys in the words of xdotool, such as ctrl+s."""
        self.desktop.run(['xdotool', 'key', '--'] + list(keys), check=True)

    def type(self, words):
        """Type into what has the keyboard. Not by the command line, for it may be a secret."""
        self.desktop.run(['xdotool', 'type', '--delay', '2', '--file', '-'], input=words.encode(),
                         check=True)

    def clipboard(self):
        got = self.desktop.run(['xclip', '-out', '-selection', 'clipboard', '-target',
                                'UTF8_STRING'], capture_output=True, timeout=PATIENCE)
        return got.stdout.decode() if got.returncode == 0 else None

    def close(self):
        """End the program as its window's close button does; return its exit status."""
        if self.process.poll() is None:
            self.press('ctrl+q')
        try:
            status = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError('the program does not end:\n' + self.output()) from None
        return status
