#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Rules for every file of the tree: its licence, its format, its language, and which folder may
include which."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest
import xml.etree.ElementTree

sys.dont_write_bytecode = True

import tap  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
LICENCE = 'SPDX-License-Identifier: GPL-3.0-or-later'
# A folder and those to its left: the folders whose headers it may include, besides its own. A room
# without folders has its own name
FOLDERS = {
    'core/base': (),
    'core/address': ('core/base',),
    'core/wire': ('core/address',),
    'core/seen': ('core/wire',),
    'core/judge': ('core/seen',),
    'core/words': ('core/judge',),
    'core/report': ('core/words',),
    'connection': ('core/wire',),
    'probe/net': ('core/report',),
    'probe/xmpp': ('probe/net',),
    'probe/turn': ('probe/net',),
    'probe/nat': ('probe/turn',),
    'probe/probes': ('probe/nat', 'probe/xmpp'),
    'probe/keep': ('probe/net',),
    'probe': ('probe/probes',),
    'ui/base': (),
    'ui/sign-in': ('ui/base', 'probe', 'probe/keep'),
    'ui/result': ('ui/base', 'probe', 'probe/keep'),
    'ui/walkthrough': ('ui/result',),
    'ui/help': ('ui/base', 'core/words'),
    'ui': ('ui/sign-in', 'ui/walkthrough', 'ui/help'),
    'cli': ('probe', 'probe/keep'),
}
# Libraries that stay in one room: the beginning of their headers' names
KEPT = {'expat.h': 'core connection', 'strophe.h': 'connection', 'gtk/': 'ui', 'adwaita.h': 'ui',
        'libsecret/': 'probe', 'stun/': 'probe', 'openssl/': 'connection'}
# Files that can't or need not have our licence line: JSON has no comments, a tool writes the
# template, and software centres demand a licence of its own for the metainfo
BARE = {'COPYING', '.gitignore', '.uncrustify.cfg', 'sidetone.pot', 'sidetone.metainfo.xml.in'}
BARE_KINDS = {'.md', '.json'}
# Inputs that are bytes of any kind
BARE_FOLDER = pathlib.Path('tests/fuzz/corpus')
# Words that leave a reader to guess who is meant. "mend" is one of the window's words
VAGUE = re.compile(r'\b(?:somebody|whoever|whomever|the like|mend(?:s|ed|ing)?)\b', re.IGNORECASE)
# Words for users that nobody says over the telephone, each with the one to use
UNSPOKEN = {
    r'mend(s|ed|ing)?': 'fix', r'whoever': 'the person who', r'somebody': 'someone',
    r'switch(ed)? (\w+ ){0,3}(on|off)': 'turn on, off', r'by (UDP|TCP|TLS)': 'over',
    r'servers? for calls': 'call server', r'typing mistakes?': 'typo',
    r'(?<!internet )provider(?!.s| address)': 'internet provider', r'stays? (so|like)': 'keeps happening',
    r'ha(s|ve) run out': 'expired', r'by (the|an?) relay': 'through', r'lent': 'given',
    r'told of (itself|themselves)': 'answered', r'for an? \w+ alone': 'only for'}
# Roles of what screen readers leave out, and widgets that may be in one
HIDING, WORDLESS = ('presentation', 'none'), ('GtkBox', 'GtkImage')
# Comments of C, and the literals in which something may look like one
COMMENT = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|/\*.*?\*/', re.DOTALL)


def files():
    """The tree's files, relative to its root: those in git or to be added."""
    listed = subprocess.run(
        ['git', '-c', 'safe.directory=*', '-C', str(ROOT), 'ls-files', '-z', '--cached',
         '--others', '--exclude-standard'], capture_output=True) if shutil.which('git') else None
    if listed is not None and listed.returncode == 0:
        found = [pathlib.Path(os.fsdecode(name)) for name in listed.stdout.split(b'\0') if name]
    else:
        # An unpacked archive
        found = [path.relative_to(ROOT) for path in ROOT.rglob('*')
                 if path.is_file() and not path.relative_to(ROOT).parts[0].startswith('_build')
                 and '__pycache__' not in path.parts]
    return sorted(path for path in found if (ROOT / path).is_file())


def is_code(path):
    return path.suffix in ('.c', '.h')


def to_the_left(folder):
    """A folder, and all folders whose headers it may include."""
    found = {folder}
    for other in FOLDERS[folder]:
        found |= to_the_left(other)
    return found


def holds(folder, name):
    """Whether an include of that name means a header of that folder."""
    room, _, inside = folder.partition('/')
    return (pathlib.PurePath(name).parent.as_posix() == (inside or '.')
            and (ROOT / 'src' / room / name).is_file())


class Tree(unittest.TestCase):

    maxDiff = None

    def test_licence(self):
        bare = []
        for path in files():
            text = (ROOT / path).read_bytes()[:4096]
            is_bare = (path.name in BARE or path.suffix in BARE_KINDS or b'\0' in text
                       or path.is_relative_to(BARE_FOLDER))
            if not is_bare and LICENCE.encode() not in text:
                bare.append(str(path))
        self.assertEqual(bare, [], 'files without a line ' + LICENCE)

    def test_format(self):
        if not shutil.which('uncrustify'):
            self.skipTest('uncrustify is not installed')
        version = subprocess.run(['uncrustify', '--version'], capture_output=True, text=True).stdout
        # Each version has a format of its own
        wanted = re.search(r'\(uncrustify ([\d.]+)\)', (ROOT / '.uncrustify.cfg').read_text())[1]
        if not re.search(r'\b%s\b' % re.escape(wanted), version):
            self.skipTest('the format is that of uncrustify %s, and here is %s'
                          % (wanted, version.strip()))
        code = [str(path) for path in files() if is_code(path)]
        self.assertNotEqual(code, [])
        checked = subprocess.run(['uncrustify', '-q', '-c', '.uncrustify.cfg', '-l', 'C', '--check']
                                 + code, cwd=ROOT, capture_output=True, text=True)
        wrong = [line for line in (checked.stdout + checked.stderr).splitlines()
                 if not line.startswith('PASS')]
        self.assertEqual(wrong, [], 'uncrustify -c .uncrustify.cfg -l C --replace --no-backup FILE')
        self.assertEqual(checked.returncode, 0)

    def test_folders(self):
        """An include never points to the right."""
        wrong = []
        for path in files():
            if not is_code(path) or path.parts[0] != 'src':
                continue
            folder = path.parent.relative_to('src').as_posix()
            if folder not in FOLDERS:
                wrong.append('%s: a folder that FOLDERS does not know' % path)
                continue
            for name in re.findall(r'^#include "([^"]+)"', (ROOT / path).read_text(), re.MULTILINE):
                if name != 'config.h' and not any(
                        holds(other, name) for other in to_the_left(folder)):
                    wrong.append('%s: %s' % (path, name))
        self.assertEqual(wrong, [])

    def test_libraries(self):
        """A library that belongs to some rooms is used in no other."""
        wrong = []
        for path in files():
            if not is_code(path) or path.parts[0] != 'src':
                continue
            for name in re.findall(r'^#include <([^>]+)>', (ROOT / path).read_text(), re.MULTILINE):
                for start, room in KEPT.items():
                    if name.startswith(start) and path.parts[1] not in room.split():
                        wrong.append('%s: %s' % (path, name))
        self.assertEqual(wrong, [])

    def test_prose(self):
        """Comments in C and READMEs name their subject."""
        wrong = []
        for path in files():
            if is_code(path):
                prose = [part for part in COMMENT.findall((ROOT / path).read_text())
                         if part.startswith('/*') and not part.startswith('/* Translators')]
            elif path.suffix == '.md':
                # Without italics, which quote the window's words
                prose = [re.sub(r'\*[^*\n]+\*', '', (ROOT / path).read_text())]
            else:
                continue
            wrong += ['%s: %s' % (path, word) for part in prose for word in VAGUE.findall(part)]
        self.assertEqual(wrong, [])

    def test_spoken(self):
        """What users read is said as support staff says it."""
        shown = re.findall(r'^msgid(?:_plural)? ((?:".*"\n)+)', (ROOT / 'po/sidetone.pot').read_text(), re.M)
        shown = [''.join(re.findall(r'"(.*)"', one)) for one in shown]
        self.assertGreater(len(shown), 100)
        self.assertEqual([(one, better) for words, better in UNSPOKEN.items() for one in shown
                          if re.search(r'\b(%s)\b' % words, one, re.IGNORECASE)], [])

    def test_quoted(self):
        """What the help quotes from the window stands there."""
        text = (ROOT / 'src/core/words/support.c').read_text()
        quoted = re.findall(r'{ "\w+", N_\("(.*)"\) }', text)
        self.assertGreater(len(quoted), 5)
        template = (ROOT / 'po/sidetone.pot').read_text()
        places = {words: places.split() for places, words in re.findall(
            r'^#: (.*)\n(?:#, .*\n)?msgid "(.+)"', template, re.MULTILINE)}
        self.assertEqual([words for words in quoted
                          if set(places.get(words, [])) <= {'src/core/words/support.c'}], [])

    def test_presentation(self):
        """No words are hidden from screen readers: GTK 4.8 leaves out all that is in a widget with
        the role `presentation`."""
        wrong = []
        for path in files():
            if path.suffix != '.ui':
                continue
            for widget in xml.etree.ElementTree.parse(ROOT / path).iter():
                if any(one.get('name') == 'accessible-role' and one.text in HIDING
                       for one in widget.findall('property')):
                    wrong += ['%s: a %s in a %s' % (path, inner.get('class'), widget.get('class'))
                              for inner in widget.iter('object')
                              if inner is not widget and inner.get('class') not in WORDLESS]
        self.assertEqual(wrong, [])

    def test_text(self):
        """No tabs, no trailing blanks, and a line end at the end."""
        wrong = []
        for path in files():
            if not (is_code(path) or path.suffix in ('.py', '.md', '.build', '.sh')
                    or path.parts[0] == 'tests' and not path.suffix):
                continue
            if path.is_relative_to(BARE_FOLDER):
                continue
            text = (ROOT / path).read_text()
            for number, line in enumerate(text.split('\n'), 1):
                if '\t' in line or line != line.rstrip():
                    wrong.append('%s:%d' % (path, number))
            if text and (not text.endswith('\n') or text.endswith('\n\n')):
                wrong.append('%s: its end' % path)
        self.assertEqual(wrong, [])


if __name__ == '__main__':
    sys.exit(tap.main(sys.argv[1:]))
