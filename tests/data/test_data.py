#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The program's files for the desktop: each is valid, and all agree."""

import configparser
import fnmatch
import json
import pathlib
import re
import shutil
import sys
import tempfile
import time
import unittest
import xml.etree.ElementTree as ElementTree

from tree import APPLICATION_ID, BUILD, ROOT, VERSION, installed, run

import tap

DATA = BUILD / 'data'
DOAP = '{http://usefulinc.com/ns/doap#}'
MEDIA_TYPE = 'application/x-sidetone-report+json'


def key_file(name, group):
    parsed = configparser.RawConfigParser(delimiters='=', comment_prefixes='#', strict=True)
    parsed.optionxform = str
    with open(DATA / (APPLICATION_ID + name), encoding='utf-8') as file:
        parsed.read_file(file)
    return parsed[group]


def desktop_entry():
    return key_file('.desktop', 'Desktop Entry')


def metainfo():
    return ElementTree.parse(DATA / (APPLICATION_ID + '.metainfo.xml')).getroot()


class Files(unittest.TestCase):
    """Each file follows its specification."""

    maxDiff = None

    def passes(self, *command):
        status, said = run(*command)
        self.assertEqual(status, 0, said)
        return said

    def test_desktop_entry(self):
        self.assertEqual(self.passes('desktop-file-validate',
                                     DATA / (APPLICATION_ID + '.desktop')), '')

    def test_metainfo(self):
        self.passes('appstreamcli', 'validate', '--no-net', '--no-color',
                    DATA / (APPLICATION_ID + '.metainfo.xml'))

    def test_settings(self):
        self.assertEqual(self.passes('glib-compile-schemas', '--strict', '--dry-run', DATA), '')

    def test_xml(self):
        files = [path for folder in ('data', 'src') for path in sorted((ROOT / folder).rglob('*'))
                 if path.name.endswith(('.ui', '.xml', '.xml.in', '.svg', '.doap'))]
        self.assertGreater(len(files), 5)
        self.assertEqual(self.passes('xmllint', '--noout', *files), '')

    def test_report_files(self):
        """A file named *.sidetone.json is known as a report, and elsewhere as JSON."""
        with tempfile.TemporaryDirectory() as folder:
            packages = pathlib.Path(folder) / 'packages'
            packages.mkdir()
            shutil.copy(DATA / (APPLICATION_ID + '.xml'), packages)
            self.passes('update-mime-database', folder)
            globs = (pathlib.Path(folder) / 'globs2').read_text().splitlines()
            parents = (pathlib.Path(folder) / 'subclasses').read_text().splitlines()
        self.assertIn('50:%s:*.sidetone.json' % MEDIA_TYPE, globs)
        self.assertIn(MEDIA_TYPE + ' application/json', parents)
        # The name that Save Report proposes, too
        name = re.search(r'"(sidetone-%[^"]+)"', (ROOT / 'src/ui/reports.c').read_text())[1]
        known = [line.split(':')[2] for line in globs if line.split(':')[1:2] == [MEDIA_TYPE]]
        self.assertTrue(any(fnmatch.fnmatch(time.strftime(name), glob) for glob in known), name)


class Agreement(unittest.TestCase):
    """What one file says about another one is true."""

    maxDiff = None

    def test_installed(self):
        files = installed()
        for path in ('bin/sidetone',
                     'bin/sidetone-cli',
                     'share/applications/%s.desktop',
                     'share/dbus-1/services/%s.service',
                     'share/glib-2.0/schemas/%s.gschema.xml',
                     'share/icons/hicolor/scalable/apps/%s.svg',
                     'share/icons/hicolor/symbolic/apps/%s-symbolic.svg',
                     'share/icons/hicolor/scalable/mimetypes/%s-report.svg',
                     'share/metainfo/%s.metainfo.xml',
                     'share/mime/packages/%s.xml'):
            self.assertIn(path.replace('%s', APPLICATION_ID), files)

    def test_description_of_project(self):
        """Its newest release is the metainfo's, its XEPs those that the source speaks of."""
        doap = ElementTree.parse(ROOT / 'data' / 'sidetone.doap').getroot()
        newest = metainfo().find('releases/release')
        self.assertEqual([(version.find(DOAP + 'revision').text, version.find(DOAP + 'created').text)
                          for version in doap.iter(DOAP + 'Version')][:1],
                         [(newest.get('version'), newest.get('date'))])
        named = re.findall(r'extensions/xep-(\d{4})\.html',
                           ElementTree.tostring(doap, encoding='unicode'))
        spoken_of = {number for path in (ROOT / 'src').rglob('*.[ch]')
                     for number in re.findall(r'XEP-(\d{4})', path.read_text())}
        self.assertEqual(named, sorted(spoken_of))

    def test_start(self):
        """The desktop finds the program, its icon, and its bus name."""
        entry = desktop_entry()
        files = installed()
        self.assertIn('bin/' + entry['Exec'].split()[0], files)
        self.assertIn('share/icons/hicolor/scalable/apps/%s.svg' % entry['Icon'], files)
        self.assertEqual(entry['DBusActivatable'], 'true')
        service = key_file('.service', 'D-BUS Service')
        self.assertEqual(service['Name'], APPLICATION_ID)
        program, option = service['Exec'].split()
        self.assertTrue(program.startswith('/'), program)
        self.assertTrue(program.endswith('/bin/sidetone'), program)
        self.assertEqual(option, '--gapplication-service')

    def test_report_type(self):
        """A program that opens reports says so to the desktop and to software centres."""
        self.assertEqual(desktop_entry()['MimeType'], MEDIA_TYPE + ';')
        self.assertEqual([found.text for found in metainfo().findall('provides/mediatype')],
                         [MEDIA_TYPE])

    def test_report_icon(self):
        """Only icons whose name begins with the ID are exported from a sandbox."""
        kinds = ElementTree.parse(DATA / (APPLICATION_ID + '.xml')).getroot()
        name = kinds.find('{*}mime-type/{*}icon').get('name')
        self.assertTrue(name.startswith(APPLICATION_ID), name)
        self.assertIn('share/icons/hicolor/scalable/mimetypes/%s.svg' % name, installed())

    def test_metainfo(self):
        about = metainfo()
        self.assertEqual(about.findtext('id'), APPLICATION_ID)
        self.assertEqual(about.findtext('launchable'), APPLICATION_ID + '.desktop')
        self.assertEqual(about.findtext('name'), desktop_entry()['Name'])
        for program in about.findall('provides/binary'):
            self.assertIn('bin/' + program.text, installed())
        # Software centres truncate longer ones
        self.assertLessEqual(len(about.findtext('summary')), 35)

    def test_version(self):
        """The newest release is the one that is built, and comes first."""
        self.assertEqual(metainfo().find('releases/release').get('version'), VERSION)

    def test_security(self):
        """The setting has the values of its enumeration."""
        header = (ROOT / 'src' / 'core' / 'address' / 'account.h').read_text()
        names = re.search(r'typedef enum\s*\{([^}]*)\}\s*SidetoneSecurity;', header).group(1)
        names = re.findall(r'SIDETONE_SECURITY_(\w+)', names)
        schema = ElementTree.parse(DATA / (APPLICATION_ID + '.gschema.xml')).getroot()
        values = {value.get('nick'): int(value.get('value'))
                  for value in schema.findall('enum/value')}
        self.assertEqual(values, {name.lower(): number for number, name in enumerate(names)
                                  if name != 'UNKNOWN'})


class Flatpak(unittest.TestCase):

    maxDiff = None

    def setUp(self):
        # Flatpak demands that the manifest has this name
        path = ROOT / 'flatpak' / (APPLICATION_ID + '.json')
        self.manifest = json.loads(path.read_text())

    def test_program(self):
        self.assertEqual(self.manifest['id'], APPLICATION_ID)
        self.assertIn('bin/' + self.manifest['command'], installed())

    def test_permissions(self):
        """Each has a reason in the README, and there are no others."""
        readme = (ROOT / 'flatpak' / 'README.md').read_text()
        reasons = re.findall(r'^\| `(--[^`]+)` \| \S.* \|$', readme, re.MULTILINE)
        self.assertEqual(self.manifest['finish-args'], reasons)

    def test_whole(self):
        """The single file has the translations and licences."""
        self.assertIs(self.manifest['separate-locales'], False)
        for module in self.manifest['modules']:
            told = ' '.join(module['post-install'])
            self.assertIn('/app/share/licenses/$FLATPAK_ID/' + module['name'], told)

    def test_sources(self):
        """External sources can't change unnoticed."""
        sources = [source for module in self.manifest['modules'] for source in module['sources']]
        fetched = [source for source in sources if source['type'] != 'dir']
        self.assertNotEqual(fetched, [])
        for source in fetched:
            self.assertEqual(source['type'], 'archive')
            self.assertRegex(source['url'], '^https://')
            self.assertRegex(source['sha256'], '^[0-9a-f]{64}$')


if __name__ == '__main__':
    sys.exit(tap.main(sys.argv[1:]))
