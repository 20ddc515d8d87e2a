# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The window as a screen reader sees it: widgets found by role and name, driven by the keyboard.

    window = screen.Window(desktop, computer, ['romeo@montague.lit'])
    window.get('text', 'Password')
    window.press('Return')
    window.get('label', 'Your calls should work')

Every request waits: what a test needs appears after a while or not at all. The accessibility bus
(AT-SPI) belongs to the process: a script has one desktop.

One call returns the names, roles and states of all widgets (org.a11y.atspi.Cache.GetItems); to
request them one by one would take some thousand calls a page. GTK's cache holds only widgets that
were requested once, and also those that are hidden by now. So each widget's children are requested,
too (GetChildren), but only after a change.

GTK 4.8 reports less than later versions: it has no state `showing`, so hidden pages are included; a
field's whole text must be requested by length. It crashes if asked for a window that is just closing,
so dialogs are searched only while they stay.

GTK 4.18 leaves out what is hidden, also in a closed expander. Its menu items have no name, but refer
to labels that have text.
"""

import os
import subprocess
import tempfile
import time

from gi.repository import Gio, GLib

# The window's
TITLE = 'Sidetone'
# More than any deadline of the program
PATIENCE = 30.0
# A pause is some times as long as a look, because the program needs the processor, too
PAUSE, LONG_PAUSE, REST = 0.02, 0.25, 4
# The most looks at a window that changes meanwhile
ROUNDS = 5
# How long nothing may follow a key press
SLOW = 0.3
ANSWER_LIMIT_MS = 10_000
# AT-SPI's numbers; its libraries' names for roles differ from version to version
ROLES = {7: 'check box', 11: 'combo box', 16: 'dialog', 20: 'filler', 23: 'frame', 29: 'label',
         31: 'list', 32: 'list item', 35: 'menu item', 39: 'panel', 40: 'password text',
         43: 'push button', 44: 'radio button', 61: 'text', 62: 'toggle button', 79: 'text',
         88: 'link', 99: 'panel', 130: 'switch'}
FOCUSED = 12
DOT = '●'
# GTK 4.8 takes an invalid entry for a broken object, which Orca passes over
STATES = {0: 'broken', 1: 'active', 4: 'checked', 10: 'expanded', 11: 'focusable', FOCUSED: 'focused',
          20: 'pressed', 24: 'sensitive', 36: 'invalid'}
CONTROLS = ('check box', 'combo box', 'link', 'list item', 'menu item', 'password text',
            'push button', 'radio button', 'switch', 'text', 'toggle button')
LABELLED_BY = 2
# For coordinates
IN_WINDOW = 1
TABLES = (55, 66)
REGISTRY = 'org.a11y.atspi.Registry'
ROOT, CACHE = '/org/a11y/atspi/accessible/root', '/org/a11y/atspi/cache'
_bus = None


def attach(desktop):
    """Make this process a screen reader on the desktop."""
    global _bus
    _bus = Gio.DBusConnection.new_for_address_sync(
        desktop.accessibility(), Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
        | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)


def ask(name, path, method, *arguments):
    """Call the method of an object on the bus; return a GLib.Variant."""
    interface, member = method.rsplit('.', 1)
    return _bus.call_sync(name, path, interface, member, *arguments or (None,), None,
                          Gio.DBusCallFlags.NONE, ANSWER_LIMIT_MS, None)


def children(name, path):
    """Bus names and paths of a widget's children."""
    return ask(name, path, 'org.a11y.atspi.Accessible.GetChildren').unpack()[0]


def value(name, path, interface, its_property):
    """The value of a widget's property."""
    return ask(name, path, 'org.freedesktop.DBus.Properties.Get',
               GLib.Variant('(ss)', (interface, its_property))).unpack()[0]


def title(name):
    """The name that the program with this bus name has for screen readers."""
    return value(name, ROOT, 'org.a11y.atspi.Accessible', 'Name')


def find_program(is_it):
    """The bus name of the first program of which that is true, or None."""
    return next((name for name, _ in children(REGISTRY, ROOT) if is_it(name)), None)


def process_of(name):
    """The ID of the process with this bus name."""
    return ask('org.freedesktop.DBus', '/org/freedesktop/DBus',
               'org.freedesktop.DBus.GetConnectionUnixProcessID',
               GLib.Variant('(s)', (name,))).unpack()[0]


class Events:
    """What the program tells screen readers meanwhile, as the names and the data of the events."""

    INTERFACE = 'org.a11y.atspi.Event.Object'

    def __init__(self):
        self.heard = []
        _bus.signal_subscribe(None, self.INTERFACE, None, None, None, Gio.DBusSignalFlags.NONE,
                              self._hear)
        # GTK from 4.12 on tells only what a screen reader wants
        ask(REGISTRY, '/org/a11y/atspi/registry', REGISTRY + '.RegisterEvent',
            GLib.Variant('(sass)', ('object:', [], '')))

    def _hear(self, _bus_now, _name, path, _interface, event, parameters):
        self.heard.append((event, path, parameters.unpack()))

    def all(self):
        """All that came so far."""
        while GLib.MainContext.default().iteration(False):
            pass
        return self.heard

    def words(self, event):
        """Each event of that name: what happened, and the words that came with it."""
        return [(data[0], data[3]) for name, _, data in self.all() if name == event]


class Widget:
    """A widget as it was at the last look."""

    def __init__(self, item, parent):
        ((self.bus_name, self.path), _, _, _, _, _, self.name, role, self.description, bits) = item
        self.role = ROLES.get(role, 'role %d' % role)
        self.states = {word for number, word in STATES.items()
                       if bits[number // 32] >> number % 32 & 1}
        self.parent = parent
        self.children = []


def walk(widget):
    """A widget and all below it, in the page's order."""
    yield widget
    for child in widget.children:
        yield from walk(child)


def text_at(name, path):
    interface = 'org.a11y.atspi.Text'
    length = value(name, path, interface, 'CharacterCount')
    return ask(name, path, interface + '.GetText', GLib.Variant('(ii)', (0, length))).unpack()[0]


def text(widget):
    """A field's text, now."""
    return text_at(widget.bus_name, widget.path)


def is_field(widget):
    return widget.role in ('text', 'password text')


def labels(widget):
    """The text of the labels that it refers to."""
    relations, = ask(widget.bus_name, widget.path,
                     'org.a11y.atspi.Accessible.GetRelationSet').unpack()
    return ' '.join(text_at(*label) for kind, found in relations if kind == LABELLED_BY
                    for label in found)


def click(widget):
    """Do what a click on it does."""
    ask(widget.bus_name, widget.path, 'org.a11y.atspi.Action.DoAction', GLib.Variant('(i)', (0,)))


def outline(widget, depth=0):
    """The tree in words, to understand a failed test."""
    lines = ['%s%s “%s”%s %s' % (
        '  ' * depth, widget.role, widget.name,
        ' (%s)' % widget.description if widget.description else '',
        ' '.join(sorted(widget.states - {'focusable', 'sensitive'})))]
    for child in widget.children:
        lines += outline(child, depth + 1)
    return lines


def look_at_other(name, path, parent=None):
    """The tree of another program's window, as it is now, without the cells of tables. Each widget
    is requested: GTK 3 has no cache without a listener to its events."""
    accessible = 'org.a11y.atspi.Accessible'
    role, = ask(name, path, accessible + '.GetRole').unpack()
    widget = Widget(((name, path), *[None] * 5, value(name, path, accessible, 'Name'), role, '',
                     (0, 0)), parent)
    if role not in TABLES:
        widget.children = [look_at_other(*child, widget) for child in children(name, path)]
    return widget


class Window:
    """The program, started on a computer of the bed, and its window."""

    def __init__(self, desktop, computer, arguments=(), environment=None, home=None):
        """home: the environment variables from desktop.home ()."""
        self.desktop = desktop
        self.environment = {**desktop.environment, **(home or {}), **(environment or {})}
        self.told = tempfile.TemporaryFile(dir='/run')
        self._bus_name = None
        # GTK's cache: its bytes, its items by their bytes, and its items by path
        self._raw = None
        self._unpacked = {}
        self._items = {}
        self._trees = {}
        self._is_whole = True
        self._main_path = None
        self.process = computer.popen(
            [os.environ['SIDETONE']] + [str(word) for word in arguments], env=self.environment,
            stdin=subprocess.DEVNULL, stdout=self.told, stderr=self.told, start_new_session=True)
        self.until(self._find_main, 'the program on the accessibility bus')
        self.until(lambda: self.front() == TITLE, 'a window with the keyboard')

    def _is_program(self, name):
        """Whether it is the program that has this bus name."""
        return process_of(name) == self.process.pid

    def _find_main(self):
        self._bus_name = self._bus_name or find_program(self._is_program)
        if self._bus_name is None:
            return False
        self._main_path = self._children(ROOT)[0]
        return True

    def _children(self, path):
        """Paths of a widget's children: none if it disappeared meanwhile."""
        try:
            return [child for _, child in children(self._bus_name, path)]
        except GLib.Error as error:
            if not error.matches(Gio.dbus_error_quark(), Gio.DBusError.UNKNOWN_METHOD):
                raise
            return []

    def _refresh(self):
        """Read GTK's cache. Only changed items are unpacked, because that is slow in Python."""
        raw = ask(self._bus_name, CACHE, 'org.a11y.atspi.Cache.GetItems').get_child_value(0)
        data = raw.get_data_as_bytes().get_data()
        if data == self._raw:
            return
        known, self._unpacked = self._unpacked, {}
        for number in range(raw.n_children()):
            value = raw.get_child_value(number)
            item_data = value.get_data_as_bytes().get_data()
            self._unpacked[item_data] = known.get(item_data) or value.unpack()
        self._raw, self._trees = data, {}
        self._items = {item[0][1]: item for item in self._unpacked.values()}

    def _look(self, path=None):
        """The tree of the window, or of the one with that path, as it is now."""
        path = path or self._main_path
        for _ in range(ROUNDS):
            self._refresh()
            if path not in self._trees:
                self._is_whole = True
                self._trees[path] = self._read(path)
                if not self._is_whole:
                    continue
            break
        return self._trees[path]

    def _read(self, path, parent=None):
        """A widget's tree. A request for its children adds a widget to the cache."""
        item = self._items.get(path)
        if item is None:
            self._is_whole = False
        widget = Widget(item, parent) if item else None
        if item is None or item[4] > 0:
            inner = [self._read(child, widget) for child in self._children(path)]
            if widget is not None:
                widget.children = [child for child in inner if child is not None]
                if widget.role == 'menu item' and not widget.name:
                    widget.name = labels(widget)
        return widget

    @property
    def main(self):
        """The window, as it is now."""
        return self._look()

    def _now(self, widget):
        """The widget as it is now."""
        if widget is None:
            return self.main
        top = widget
        while top.parent is not None:
            top = top.parent
        return next(one for one in walk(self._look(top.path)) if one.path == widget.path)

    def open(self, report):
        """Open a report in the running program, as a file manager does."""
        identity = os.environ['SIDETONE_APPLICATION_ID']
        self.desktop.run(['gdbus', 'call', '--session', '--dest', identity, '--object-path',
                          '/' + identity.replace('.', '/'), '--method',
                          'org.freedesktop.Application.Open', "['%s']" % report.as_uri(), '{}'],
                         check=True, stdout=subprocess.DEVNULL)

    def dialog(self, name):
        """The dialog of that name, which must be there and stay."""
        self.wait_front(name)
        return self.another()

    def another(self):
        """The program's second window, as soon as it is there."""
        path = self.until(lambda: next(path for path in self._children(ROOT)
                                       if path != self._main_path), 'a second window')
        return self.until(lambda: self._look(path), 'the second window')

    def output(self):
        """The program's standard output and error."""
        self.told.seek(0)
        return self.told.read().decode(errors='replace')

    def until(self, condition, what, limit=PATIENCE):
        """Wait for the condition; return its value. Widgets may disappear meanwhile."""
        end = time.monotonic() + limit
        while True:
            begin = time.monotonic()
            try:
                result = condition()
            except (GLib.Error, AttributeError, IndexError, StopIteration):
                result = None
            if result:
                return result
            now = time.monotonic()
            if now > end:
                raise AssertionError('waited %g s for %s; there is:\n%s\nThe program said:\n%s' % (
                    limit, what, self.outline(), self.output()))
            if self.process.poll() is not None:
                raise AssertionError('the program ended (%s) instead of %s:\n%s' % (
                    self.process.returncode, what, self.output()))
            time.sleep(min(max(PAUSE, REST * (now - begin)), LONG_PAUSE))

    def outline(self):
        try:
            return '\n'.join(outline(self.main))
        except (GLib.Error, AttributeError) as error:
            return 'nothing that answers (%s)' % error

    def all(self, role, name=None, within=None):
        """All current widgets of that role and name."""
        return [widget for widget in walk(self._now(within)) if widget.role == role
                and (name is None or widget.name == name)]

    def has(self, role, name=None, within=None):
        """Whether there is one now."""
        return bool(self.all(role, name, within))

    def get(self, role, name=None, within=None):
        """The first of that role and name, as soon as it appears."""
        return self.until(lambda: self.all(role, name, within), '%s “%s”' % (role, name))[0]

    def states(self, role, name):
        return self.get(role, name).states

    def field(self, name, within=None):
        """The field of that name, as soon as it appears."""
        return self.until(lambda: next(widget for widget in walk(self._now(within))
                                       if is_field(widget) and widget.name == name),
                          'the field “%s”' % name)

    def text(self, name):
        """The text in the field of that name."""
        return text(self.field(name))

    def shows(self, name, words, within=None):
        """Whether these words are in the field of that name: of a password, as many dots."""
        field = self.field(name, within)
        return text(field) == (words if field.role == 'text' else DOT * len(words))

    def wait_front(self, name):
        """Wait until a window of that title has the focus."""
        self.until(lambda: self.front() == name, 'the window “%s” in front' % name)

    def front(self):
        """The title of the window with the focus."""
        return self.desktop.run(['xdotool', 'getactivewindow', 'getwindowname'],
                                capture_output=True, text=True).stdout.strip()

    def count_windows(self):
        return len(self.desktop.run(['xdotool', 'search', '--onlyvisible', '--name',
                                     '^%s$' % TITLE], capture_output=True).stdout.split())

    def wait_gone(self, role, name=None):
        self.until(lambda: not self.has(role, name), 'the end of %s “%s”' % (role, name))

    def words(self, within=None):
        """All text, in the page's order."""
        return [widget.name for widget in walk(self._now(within)) if widget.name]

    def _focus_chain(self):
        """Paths, names and numbers of roles of the focused widget and all around it, from the
        inside."""
        self._refresh()
        chains = [[]]
        for path, item in self._items.items():
            if item[9][0] >> FOCUSED & 1:
                chains.append([])
                while path in self._items and path != ROOT:
                    chains[-1].append((path, *self._items[path][6:8]))
                    path = self._items[path][2][1]
        return max((chain for chain in chains if not chain or chain[-1][0] == self._main_path),
                   key=len)

    def _place_at(self, path):
        return ask(self._bus_name, path, 'org.a11y.atspi.Component.GetExtents',
                   GLib.Variant('(u)', (IN_WINDOW,))).unpack()[0]

    def place_of(self, widget):
        """Where a widget is in its window: left, top, width and height."""
        return self._place_at(widget.path)

    def focus_place(self):
        """Where the focused widget is in its window."""
        return self._place_at(self._focus_chain()[0][0])

    def focus_words(self):
        """Names of the focused widget and all around it, from the inside: of a name with several
        paragraphs, the first."""
        return [name.split('\n')[0] for _, name, _ in self._focus_chain() if name]

    def focus_role(self):
        """The role of the focused widget. None: there is none."""
        return next((ROLES.get(role) for _, _, role in self._focus_chain()), None)

    def wait_focus(self, name):
        """Wait until a widget of that name, or one in it, has the focus."""
        self.until(lambda: name in self.focus_words(), 'the focus at “%s”' % name)

    def tab_to(self, name, key='Tab', most=80):
        """Press Tab until a widget of that name has the focus. Fields pass unnoticed; if the
        program is slow and one is missed, it comes round again."""
        for _ in range(most):
            before = self._focus_chain()
            self.press(key)
            end = time.monotonic() + SLOW
            while self._focus_chain() == before and time.monotonic() < end:
                time.sleep(PAUSE)
            if name in self.focus_words():
                return
        raise AssertionError('%s does not lead to “%s”:\n%s' % (key, name, self.outline()))

    def resize(self, width, height):
        """Give the window in front another size."""
        self.desktop.run(['xdotool', 'getactivewindow', 'windowsize', '--sync', str(width),
                          str(height)], check=True)

    def on_screen(self, widget):
        """The middle of a widget of the window in front, on the screen."""
        shell = self.desktop.run(['xdotool', 'getactivewindow', 'getwindowgeometry', '--shell'],
                                 capture_output=True, text=True, check=True).stdout
        here = dict(line.split('=') for line in shell.split())
        left, top, width, height = self.place_of(widget)
        return int(here['X']) + left + width // 2, int(here['Y']) + top + height // 2

    def move(self, left, top):
        """Give the window in front another place on the screen."""
        self.desktop.run(['xdotool', 'getactivewindow', 'windowmove', '--sync', str(left),
                          str(top)], check=True)

    def point(self, place, *more):
        """Move the pointer to a place on the screen, and do more with it."""
        self.desktop.run(['xdotool', 'mousemove', '--sync', *map(str, place), *more], check=True)

    def type_into(self, name, words, within=None):
        """Type, and wait until the text is in the field of that name."""
        self.type(words)
        self.until(lambda: self.shows(name, words, within),
                   '“%s” in “%s”' % ('*' * len(words), name))

    def press(self, *keys):
        """Keys in xdotool's syntax, such as ctrl+s."""
        self.desktop.run(['xdotool', 'key', '--'] + list(keys), check=True)

    def type(self, words):
        """Type into the focused widget. Not on the command line, because it may be a secret."""
        self.desktop.run(['xdotool', 'type', '--delay', '2', '--file', '-'], input=words.encode(),
                         check=True)

    def paste(self, words):
        """Insert at once: nothing completes the first letters meanwhile."""
        self.desktop.run(['xclip', '-in', '-selection', 'clipboard'], input=words.encode(),
                         stderr=subprocess.DEVNULL, check=True)
        self.press('ctrl+v')

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
            self.kill()
            raise AssertionError('the program does not end:\n' + self.output()) from None
        return status

    def kill(self):
        self.process.kill()
        self.process.wait()
