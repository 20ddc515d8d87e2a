# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""What flatpak/verify does once it has the stand-in runtime: in a network of its own, from which
nothing can be downloaded. Each step is a method, prints one line of TAP, and depends on those
before.

Usage: steps.py FOLDER [--short]  (the cache; pictures are left in FOLDER/pictures)
       steps.py --check           (only says why it can't be done here, if so)
"""

import configparser
import contextlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time
import traceback
import urllib.parse
import xml.etree.ElementTree as ElementTree

import sandbox
from sandbox import APPLICATION_ID, MANIFEST, ROOT, Failed

import bed
import desktop
import screen
import topology
import variants

CAPULET = 'capulet.lit'
PASSWORD = bed.PASSWORDS[CAPULET]
INSIDE, OUTSIDE = '192.168.1.10', '198.51.100.1'
HEADLINE, CODE = 'Your calls should work', 'NAT-01'
ACCOUNT_FIELD, PASSWORD_FIELD = 'XMPP address, like romeo@example.org', 'Password'
REMEMBER = 'Remember Password'
OLD_VERSION = '0.0.1'
REPORT_TYPE = 'application/x-sidetone-report+json'
# Each sandbox's devices, and those of --device=dri
DEVICES = {'console', 'core', 'fd', 'full', 'null', 'ptmx', 'pts', 'random', 'shm', 'stderr',
           'stdin', 'stdout', 'tty', 'urandom', 'zero'}
GRAPHICS = re.compile(r'dri|mali.*|nvidia.*|umplock')
BUS_NAME = re.compile(r"'([a-zA-Z][^']*)'")
# The first one is quick, and newer themes sometimes lack icons
UI_TESTS = ('icons', 'pages', 'service-rows', 'sign-in-page', 'window')
# In the sandbox the chooser is the desktop's, which has a step of its own (GTK 4.18's sometimes warns
# long after it was closed), the desktop's portal knows its clock's format better than a setting, and
# no network is there, and nothing that could change an address
OF_DESKTOP = ('-s', '/sign-in/ca-file', '-s', '/window/time', '-s', '/window/network-changed',
              '-s', '/window/late-cancel/wide', '-s', '/window/late-cancel/narrow')
# Holds a connection process as a grandchild, so that either can be ended while the other stays
# As user nobody, because root's processes show nothing; but the sandbox may have no other user
HOLD_CONNECTION = '''exec 3<&0
nobody='setpriv --reuid 65534 --regid 65534 --clear-groups'
$nobody true || nobody=
sh -c "$nobody"' /app/libexec/sidetone-connection <&3 &
wait'
exec sleep infinity'''
CANNOT_SHOW = '''The runtime was a stand-in made of Debian 13's packages. So this does not show:
that the real org.gnome.Platform 50 has all that is needed, or how its versions behave;
a window with Wayland or on a graphics card; a desktop's own portals, settings and dark style;
a store's page, its checks, and an update from it; another processor than this one.'''

STEPS = []


def step(words, short=True):
    """The method is a step, described by these words. Its result is printed with them. short: whether
    the short verification has it, too."""
    def add(method):
        STEPS.append((words, method, short))
        return method
    return add


def expect(condition, words):
    if not condition:
        raise Failed(words)


def stat_field(pid, number):
    """A field of /proc/PID/stat, numbered as in proc(5)."""
    return pathlib.Path('/proc/%d/stat' % pid).read_text().rsplit(')', 1)[1].split()[number - 3]


class Verification:

    def __init__(self, cache, lab, place, short):
        self.short = short
        self.cache = cache
        self.lab = lab
        self.place = place
        self.state = cache / 'state'
        self.pictures = cache / 'pictures'
        self.work = lab.folder / 'flatpak'
        self.work.mkdir()
        self.pictures.mkdir(exist_ok=True)
        self.bundle = self.work / 'sidetone.flatpak'
        self.old_bundle = self.work / 'older.flatpak'
        self.home = self.window = None

    # Building

    def build(self, manifest, bundle, *options):
        """Build a manifest and bundle it into one file; return the build's output."""
        log = self.work / 'log'
        with open(log, 'wb') as said:
            done = self.place.run(
                ['flatpak-builder', '--user', '--force-clean', '--ccache',
                 # As root its mounts would be closed to the tests that run as user nobody
                 '--disable-rofiles-fuse', '--disable-download', '--disable-updates',
                 '--extra-sources=' + str(self.cache / 'sources'),
                 '--state-dir=' + str(self.state), '--repo=' + str(self.work / 'repository'),
                 *options, str(self.cache / 'app'), str(manifest)], stdout=said, stderr=said)
        text = log.read_text(errors='replace')
        expect(done.returncode == 0, 'flatpak-builder: status %d\n%s'
               % (done.returncode, '\n'.join(text.splitlines()[-60:])))
        self.place.do('flatpak', 'build-bundle', self.work / 'repository', bundle, APPLICATION_ID,
                      json.loads(MANIFEST.read_text())['branch'])
        return text

    @step('The manifest builds as it is, without a network')
    def build_this(self):
        shutil.rmtree(self.state / 'build', ignore_errors=True)
        said = self.build(MANIFEST, self.bundle, '--keep-build-dirs',
                          *(['--disable-tests'] if self.short else []))
        # The next build removes the link
        self.built = (self.state / 'build' / 'sidetone').resolve()
        own = said[said.index('Building module sidetone'):]
        warnings = [line for line in own.splitlines()
                    if re.match(r'\S+:\d+:\d+: (warning|error)', line)]
        expect(not warnings, 'The compiler warns:\n' + '\n'.join(warnings))
        size = '%.1f MB in one file' % (self.bundle.stat().st_size / 1e6)
        if self.short:
            return size
        passed = re.search(r'^Ok:\s+(\d+)', own, re.MULTILINE)
        expect(passed and int(passed[1]) > 0, 'No tests ran inside.')
        return '%s; %s test programs passed inside' % (size, passed[1])

    @step('An older version is built, to upgrade from', short=False)
    def build_older(self):
        older = self.work / 'older'
        shutil.copytree(ROOT, older, symlinks=True,
                        ignore=shutil.ignore_patterns('.git', '_build*', '__pycache__'))
        about = older / 'meson.build'
        text, changes = re.subn("^  version: '[^']+'", "  version: '%s'" % OLD_VERSION,
                                about.read_text(), flags=re.MULTILINE)
        expect(changes == 1, 'There is no version in %s.' % about.name)
        about.write_text(text)
        self.build(older / 'flatpak' / MANIFEST.name, self.old_bundle, '--disable-tests')
        shutil.rmtree(older)

    # Installing

    @step('That file can be installed, and holds what it should')
    def install(self):
        self.place.install(self.bundle)
        files = set(self.place.inside('find', '/app', '-type', 'f').split())
        licences = '/app/share/licenses/%s/' % APPLICATION_ID
        for path in ('/app/share/locale/de/LC_MESSAGES/sidetone.mo',
                     '/app/share/man/man1/sidetone-cli.1',
                     licences + 'sidetone/COPYING', licences + 'libstrophe/MIT-LICENSE.txt',
                     licences + 'libstrophe/GPL-LICENSE.txt'):
            expect(path in files, path + ' is not there')
        left = [path for path in files
                if path.startswith(('/app/include', '/app/lib/pkgconfig'))
                or path.endswith(('.la', '.a', '.h'))]
        expect(not left, 'The cleanup left ' + ', '.join(left))
        return self.version()

    def version(self):
        return self.place.inside('sidetone-cli', '--version').strip()

    @step("The Sdk's own validators have nothing to say of its files")
    def validate(self):
        # Some versions of flatpak-builder move the metainfo
        command = """set -e
          metainfo=$(find /app/share -name '*.metainfo.xml' -o -name '*.appdata.xml')
          appstreamcli validate --no-net --no-color --strict $metainfo
          desktop-file-validate /app/share/applications/*.desktop
          xmllint --noout $metainfo /app/share/mime/packages/*.xml"""
        self.place.inside('sh', '-c', command, options=['--devel'])
        return self.place.inside('appstreamcli', '--version', options=['--devel']).strip()

    @step("The window's tests pass with the Sdk's GTK")
    def test_window(self):
        # In the tested process, file choosers too
        settings = dict(desktop.OURS, GDK_DEBUG='no-portals', GSETTINGS_BACKEND='memory',
                        GTK_A11Y='test', G_DEBUG='fatal-warnings',
                        G_TEST_SRCDIR=self.built / 'tests' / 'ui',
                        GSETTINGS_SCHEMA_DIR='/app/share/glib-2.0/schemas',
                        SIDETONE_CONNECTION='/app/libexec/sidetone-connection',
                        SIDETONE_LOCALEDIR='/app/share/locale',
                        # Newer C libraries ignore LANGUAGE in C.UTF-8
                        LC_ALL='en_US.UTF-8')
        # The font and the other settings that the tests need to be the same everywhere
        toolkit = self.place.own_folder / 'config' / 'gtk-4.0' / 'settings.ini'
        toolkit.parent.mkdir(parents=True)
        toolkit.write_text(desktop.SETTINGS)
        # The desktop's own locale is not in there
        options = ['--devel', '--filesystem=%s:ro' % self.built, '--unset-env=LOCPATH']
        options += ['--env=%s=%s' % pair for pair in settings.items()]
        count = 0
        for name in UI_TESTS[:1] if self.short else UI_TESTS:
            program = self.built / '_flatpak_build' / 'tests' / 'ui' / ('test-' + name)
            said = self.place.inside(program, '--tap', *OF_DESKTOP, options=options)
            count += len(re.findall('^ok', said, re.MULTILINE))
        shutil.rmtree(toolkit.parent)
        version = self.place.inside('pkg-config', '--modversion', 'gtk4', 'libadwaita-1',
                                    'glib-2.0', options=['--devel']).split()
        return '%d of them; GTK %s, libadwaita %s, GLib %s' % (count, *version)

    # The sandbox

    @step('The sandbox has no home folder, no file and no device but its own')
    def look_at_files(self):
        secret = pathlib.Path(self.place.environment['HOME'], 'diary')
        secret.write_text('private')
        seen = self.place.inside('sh', '-c', 'ls -A "$HOME"; cat "$HOME/diary" 2>&1 || true')
        expect('private' not in seen and seen.split()[0] == '.var', 'At home it sees:\n' + seen)
        expect(self.place.inside('ls', '-A', pathlib.Path(self.place.environment['HOME'], '.var',
                                                          'app')).split() == [APPLICATION_ID],
               'It sees other programs\' files.')
        written = pathlib.Path(self.place.environment['HOME'], 'left-behind')
        self.place.inside('sh', '-c', 'touch "$1" || true', 'sh', written)
        expect(not written.exists(), 'It can write to the home folder.')
        devices = set(self.place.inside('ls', '/dev').split())
        others = [name for name in devices - DEVICES if not GRAPHICS.fullmatch(name)]
        expect(not others, 'It sees the devices ' + ', '.join(others))

    @step('It may do what the manifest says and no more')
    def look_at_permissions(self):
        said = self.place.do('flatpak', 'info', '--user', '--show-permissions', APPLICATION_ID)
        parsed = configparser.RawConfigParser(delimiters='=')
        parsed.optionxform = str
        parsed.read_string(said)
        given = {section: {name: set(value.strip(';').split(';'))
                           for name, value in parsed[section].items()}
                 for section in parsed.sections()}
        expect(given == {'Context': {'shared': {'network', 'ipc'}, 'devices': {'dri'},
                                     'sockets': {'x11', 'wayland', 'fallback-x11'}}}, said)

    @step('On the bus it meets nobody but the portals')
    def look_at_names(self):
        def names(*run):
            said = run[0](*run[1:], 'gdbus', 'call', '--session', '--dest', 'org.freedesktop.DBus',
                          '--object-path', '/', '--method', 'org.freedesktop.DBus.ListNames')
            return {name for name in BUS_NAME.findall(said)}
        outside, inside = names(self.place.do), names(self.place.inside)
        expect('org.freedesktop.secrets' in outside, 'There is no keyring to be hidden.')
        others = {name for name in inside - {'org.freedesktop.DBus'}
                  if not name.startswith('org.freedesktop.portal.')}
        expect(not others, 'It sees ' + ', '.join(sorted(others)))
        refused = self.place.inside('sh', '-c', 'gdbus call --session --dest '
                                    'org.freedesktop.secrets --object-path / --method '
                                    'org.freedesktop.DBus.Peer.Ping 2>&1 || true')
        expect('Error' in refused, 'It reaches the keyring: ' + refused)
        return '%d names outside, %d inside' % (len(outside), len(inside))

    @step('The connection program has all its limits there')
    def look_at_limits(self):
        holder = subprocess.Popen(self.place.command('sh', '-c', HOLD_CONNECTION),
                                  env=self.place.environment, stdin=subprocess.PIPE,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            def find():
                for path in pathlib.Path('/proc').glob('[0-9]*/cmdline'):
                    # Others may end meanwhile
                    with contextlib.suppress(OSError):
                        if path.read_bytes().startswith(b'/app/libexec/sidetone-connection\0'):
                            return int(path.parent.name)
                return None
            pid = desktop.until(find, 'the connection program')
            proc = pathlib.Path('/proc/%d' % pid)
            # The last limit
            desktop.until(lambda: re.search(r'^Max address space +536870912 +536870912 ',
                                            (proc / 'limits').read_text(), re.MULTILINE),
                          'a limit of its memory', 10)
            expect(re.search(r'^Max core file size +0 +0 ', (proc / 'limits').read_text(),
                             re.MULTILINE), 'Its core may be dumped.')
            status = (proc / 'status').read_text()
            is_nobody = re.search(r'^Uid:\s+65534\s', status, re.MULTILINE)
            expect(not is_nobody or (proc / 'environ').stat().st_uid == 0, 'It can be traced.')
            # Libraries open some while they start
            desktop.until(lambda: sorted(os.listdir(proc / 'fd')) == ['0', '1', '2'],
                          'the last of its open files', 10)
            expect(re.search(r'^NoNewPrivs:\s+1$', status, re.MULTILINE), 'It can gain rights.')
            expect(re.search(r'^Seccomp:\s+2$', status, re.MULTILINE), 'It may call anything.')
            expect(int(stat_field(pid, 5)) == pid, 'It gets its parent\'s signals.')
            os.kill(int(stat_field(pid, 4)), 9)
            desktop.until(lambda: not proc.exists() or stat_field(pid, 3) == 'Z',
                          'its end with its parent', 10)
            expect(holder.poll() is None, 'The sandbox ended too soon.')
        finally:
            holder.stdin.close()
            self.place.do('flatpak', 'kill', APPLICATION_ID)
            holder.wait()
        return '' if is_nobody else 'as root, who may trace everything'

    # The main job

    def start(self, *arguments, **more):
        self.window = sandbox.Window(self.place, self.home, *arguments, **more)
        return self.window

    def take_picture(self, name):
        self.place.picture(self.pictures / (name + '.png'))

    def fill_in(self, window):
        """Account, password, and the authority of the lab server's certificate."""
        window.type_into(ACCOUNT_FIELD, self.lab.jid(CAPULET))
        window.press('Tab')
        window.type(PASSWORD)
        self.expect_filled(window)
        window.tab_to(REMEMBER)
        window.press('space')
        window.until(lambda: 'checked' in window.states('check box', REMEMBER), 'the switch')
        window.tab_to('Connection Settings')
        window.press('space')
        window.tab_to('Choose…')
        window.press('Return')
        window.choose('Choose a Certificate File', self.lab.ca_file)

    def expect_filled(self, window):
        window.until(lambda: window.shows(PASSWORD_FIELD, PASSWORD), 'the password')

    def check(self, window):
        window.tab_to('Check')
        window.press('Return')
        window.get('label', HEADLINE)
        window.wait_focus(HEADLINE)

    @step('The window opens in the sandbox')
    def open_window(self):
        # Behind a router at home, with a server outside
        net = topology.Internet(self.lab, [CAPULET])
        net.build(variants.VARIANTS['home'])
        self.home = net.client
        began = time.monotonic()
        window = self.start()
        window.get('push button', 'Check')
        shown = time.monotonic() - began
        window.get('label', "Stored in your keyring")
        self.take_picture('window')
        return 'after %.1f s' % shown

    @step('It signs in, trusts the certificate that was chosen, and shows both cards')
    def sign_in(self):
        window = self.window
        self.fill_in(window)
        self.take_picture('filled-in')
        self.check(window)
        for card, address in (('This computer', INSIDE), ('Seen by your server', OUTSIDE)):
            expect(address in window.card(card), '%s is not on the card “%s”' % (address, card))
        expect(CODE in window.words(), CODE + ' is not there')
        self.take_picture('result')

    @step('The report is saved through the file chooser')
    def save_report(self):
        folder = pathlib.Path(self.place.environment['HOME'], 'reports')
        folder.mkdir()
        self.report = folder / 'for-the-nurse.sidetone.json'
        self.window.press('ctrl+s')
        self.window.choose('Save Report', self.report)
        self.window.get('label', 'Report saved, without private details')
        self.take_picture('saved')
        text = self.report.read_text()
        expect(json.loads(text)['findings'][0]['code'] == CODE, 'The report says something else.')
        expect(INSIDE not in text, 'The report tells the address.')

    @step('The report is handed to the mail program, by the portal for addresses')
    def send_report(self):
        opened = desktop.install_recorder(self.place.environment)
        self.window.tab_to('Send by E-Mail…')
        self.window.press('Return')
        desktop.until(opened.exists, 'the mail')
        self.take_picture('sent')
        mail = urllib.parse.urlsplit(opened.read_text())
        words = urllib.parse.unquote(mail.query)
        expect(mail.scheme == 'mailto' and CODE in words, 'The mail says: ' + words)
        expect(INSIDE not in words and PASSWORD not in words, 'The mail tells too much.')

    @step('The password is kept by the secret portal, and read at the next start')
    def keep_password(self):
        self.window.end()
        kept = self.place.own_folder / 'data' / 'keyrings' / 'default.keyring'
        expect(kept.is_file(), '%s is not there' % kept)
        window = self.start()
        self.expect_filled(window)
        # With the certificate file, too, to which the desktop still gives access
        self.check(window)
        window.end()
        self.expect_no_password()

    def expect_no_password(self):
        """Encrypted, or not at all."""
        for path in pathlib.Path(self.place.environment['HOME']).rglob('*'):
            expect(not path.is_file() or PASSWORD.encode() not in path.read_bytes(),
                   'The password stands in %s.' % path)

    @step("This computer's interfaces are seen, and no key is written down")
    def look_at_network(self):
        keys = self.place.own_folder / 'cache' / 'keys'
        done = self.home.run(
            self.place.command('sidetone-cli', 'check', self.lab.jid(CAPULET), '--password-file',
                               '-', '--format', 'json', '--ca-file', '@@', self.lab.ca_file, '@@',
                               options=['--env=SSLKEYLOGFILE=%s' % keys]),
            env=self.place.environment, input=PASSWORD + '\n', capture_output=True, text=True)
        expect(done.returncode in (0, 1), done.stderr)
        seen = {(one['details']['interface'], one['local']['address'])
                for one in json.loads(done.stdout)['observations'] if one['kind'] == 'interface'}
        listed = json.loads(self.home.run(['ip', '-json', 'address'], capture_output=True,
                                          check=True).stdout)
        there = {(link['ifname'], address['local']) for link in listed
                 for address in link['addr_info']}
        plain = {(name, address.split('%')[0]) for name, address in seen}
        expect(INSIDE in {address for _, address in there} and plain == there,
               'There is %s, and it sees %s' % (sorted(there), sorted(seen)))
        expect(not keys.exists(), 'The keys of the connection are written down.')
        return ', '.join(sorted({name for name, _ in seen}))

    # The desktop

    @step('The desktop knows what opens reports, and opens one')
    def open_report(self):
        said = self.place.do('gio', 'mime', REPORT_TYPE)
        expect(said.splitlines()[0].endswith(': %s.desktop' % APPLICATION_ID), said)
        for name in ('mime/icons', 'icons/hicolor/scalable/mimetypes'):
            path = self.place.exports / name
            said = (path.read_text() if path.is_file() else
                    ' '.join(one.name for one in path.iterdir()))
            expect(APPLICATION_ID + '-report' in said, 'A report has no icon: ' + said)
        window = self.start(self.report, script='open')
        window.get('label', HEADLINE)
        window.end()

    @step('The message bus starts it')
    def activate(self):
        window = self.start(script='activate')
        window.get('push button', 'Check')
        window.end()

    @step('It speaks German where the desktop does')
    def speak_german(self):
        window = self.start(LC_ALL='de_DE.UTF-8')
        window.get('push button', 'Prüfen')
        window.end()

    @step('An upgrade keeps settings and password', short=False)
    def upgrade(self):
        self.place.start_afresh()
        self.place.install(self.old_bundle)
        expect(self.version().endswith(' ' + OLD_VERSION), 'The older one is ' + self.version())
        window = self.start()
        self.fill_in(window)
        self.check(window)
        window.end()

        self.place.install(self.bundle)
        version = self.version()
        expect(not version.endswith(OLD_VERSION), 'The newer one is ' + version)
        window = self.start()
        expect(window.text(ACCOUNT_FIELD) == self.lab.jid(CAPULET), 'The account is gone.')
        self.expect_filled(window)
        self.check(window)
        window.end()
        self.expect_no_password()
        return 'from %s to %s' % (OLD_VERSION, version.split()[-1])


def tell(good, words, began, more=''):
    """A line of TAP."""
    print('%s - %s (%s%.0f s)' % ('ok' if good else 'not ok', words, more and more + '; ',
                                  time.monotonic() - began), flush=True)


def comment(text):
    print('\n'.join('# ' + line for line in text.splitlines()), flush=True)


def steps(short):
    return [(words, method) for words, method, in_short in STEPS if in_short or not short]


def run(verification):
    """All steps in order. A failing one is the last. Returns whether all passed."""
    for words, method in steps(verification.short):
        began = time.monotonic()
        try:
            more = method(verification) or ''
        except Exception as error:
            tell(False, words, began)
            verification.take_picture('failure')
            comment(str(error) if isinstance(error, Failed) else traceback.format_exc())
            comment('What the desktop said:')
            comment('\n'.join(verification.place.log().splitlines()[-30:]))
            return False
        tell(True, words, began, more)
    return True


def enter():
    """Enter the bed, with everything that sandboxes need; a chroot may lack it."""
    bed.enter()
    if not pathlib.Path('/sys/block').exists():
        subprocess.run(['mount', '-t', 'sysfs', '-o', 'ro', 'sysfs', '/sys'], check=True)


def check():
    """Whether sandboxes can be made here."""
    enter()
    # Flatpak passes folders by such paths, which in a chroot may lead nowhere
    folder = os.open('/usr', os.O_PATH)
    done = subprocess.run(['bwrap', '--ro-bind', '/', '/', '--proc', '/proc', '--unshare-pid',
                           '--ro-bind', '/proc/self/fd/%d' % folder, '/mnt', 'true'],
                          capture_output=True, text=True, pass_fds=[folder])
    if done.returncode != 0:
        sys.exit('no sandbox can be made (%s).' % done.stderr.strip())


def main(cache, short):
    enter()
    with bed.Bed() as lab, sandbox.Desktop(cache / 'installation') as place, place.keyring():
        screen.attach(place)
        verification = Verification(cache, lab, place, short)
        good = run(verification)
        comment('Pictures: %s' % verification.pictures)
    # verify prints the first one
    print('1..%d' % (1 + len(steps(short))), flush=True)
    comment(CANNOT_SHOW)
    sys.exit(0 if good else 1)


if __name__ == '__main__':
    if sys.argv[1] == '--check':
        check()
    else:
        main(pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:] == ['--short'])
