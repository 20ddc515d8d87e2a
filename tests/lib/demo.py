# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The part of tests/demo that runs in a private network: the window if there is a screen, else the
report.

Usage: demo.py VARIANT | --list
"""

import contextlib
import os
import pathlib
import socket
import sys
import textwrap

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'lab'))

import bed  # noqa: E402
import desktop  # noqa: E402
import topology  # noqa: E402
import variants  # noqa: E402

DOMAIN = 'capulet.lit'
# AT-SPI's numbers of roles; their names differ from version to version
BUTTON, FIELD = (43,), (61, 79)


def find_display():
    """Whether a window can be opened: something listens at DISPLAY or WAYLAND_DISPLAY."""
    paths = []
    if os.environ.get('WAYLAND_DISPLAY'):
        paths.append(pathlib.Path(os.environ.get('XDG_RUNTIME_DIR', '/'),
                                  os.environ['WAYLAND_DISPLAY']))
    if os.environ.get('DISPLAY', '').startswith(':'):
        paths.append(desktop.X_SOCKETS / ('X' + os.environ['DISPLAY'][1:].split('.')[0]))
    for path in paths:
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as probe:
            probe.connect(str(path))
            return True
    return False


def fill_in(window, password):
    """Do as a user would: type the password and press Check. Through the accessibility bus, which
    works on every screen."""
    import gi
    gi.require_version('Atspi', '2.0')
    from gi.repository import Atspi, GLib

    def find(roles, name):
        def walk(thing):
            if int(thing.get_role()) in roles and thing.get_name() == name:
                return thing
            for number in range(thing.get_child_count()):
                child = thing.get_child_at_index(number)
                found = walk(child) if child is not None else None
                if found is not None:
                    return found
            return None

        def look():
            if window.poll() is not None:
                sys.exit('The window did not open.')
            with contextlib.suppress(GLib.Error):
                return walk(Atspi.get_desktop(0))
        return desktop.until(look, '“%s” in the window' % name)

    # A starting program does not answer completely yet
    GLib.log_set_handler('dbind', GLib.LogLevelFlags.LEVEL_WARNING, lambda *_: None, None)
    Atspi.init()
    Atspi.EditableText.set_text_contents(find(FIELD, 'Password'), password)
    Atspi.Action.do_action(find(BUTTON, 'Check'), 0)


def show_window(computer, jid, ca_file, password):
    """Open the window, signed in; return its exit status when it is closed."""
    with desktop.Bus() as bus:
        environment = dict(bus.environment, GSETTINGS_BACKEND='memory')
        # The screen has a bus of its own, which must not be used instead
        environment['AT_SPI_BUS_ADDRESS'] = os.environ['AT_SPI_BUS_ADDRESS'] = bus.accessibility()
        window = computer.popen([os.environ['SIDETONE'], '--ca-file', ca_file, jid],
                                env=environment)
        fill_in(window, password)
        print('The window is open. Close it to end the demo.', flush=True)
        return window.wait()


def print_report(computer, jid, ca_file, password_file):
    options = ['check', jid, '--ca-file', str(ca_file), '--password-file', str(password_file)]
    print('$ sidetone-cli ' + ' '.join(options) + '\n', flush=True)
    return computer.run([os.environ['SIDETONE_CLI']] + options).returncode


def list_variants():
    """All variants in plain words."""
    for variant in variants.VARIANTS.values():
        print(textwrap.fill(variant.words + '.', 100, initial_indent='%-22s' % variant.name,
                            subsequent_indent=' ' * 22))


def main(name):
    if name == '--list':
        list_variants()
        return
    bed.enter(with_display=True)
    with bed.Bed() as lab:
        variant = variants.VARIANTS[name]
        print('Starting Prosody, a real XMPP server, and a network between it and a computer:\n'
              '%s.\n' % variant.words, flush=True)
        net = topology.Internet(lab, (DOMAIN,))
        net.build(variant)
        if find_display():
            status = show_window(net.client, lab.jid(DOMAIN), lab.ca_file, bed.PASSWORDS[DOMAIN])
        else:
            status = print_report(net.client, lab.jid(DOMAIN), lab.ca_file,
                                  lab.password_file(DOMAIN))
    print('\nOther networks: tests/demo --list')
    sys.exit(status)


if __name__ == '__main__':
    main(sys.argv[1])
