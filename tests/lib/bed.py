# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""A network of its own for whole-program tests, the demo and the benchmarks.

enter () moves the running script into namespaces of its own (network, mounts, processes): nothing
in it can reach the outside, port 5222 is free whatever runs on the host, and all that it starts or
writes is gone when the script ends, however it ends. Root is not needed where the kernel lets
ordinary users make namespaces.

A Bed holds computers. A Computer is a network namespace that starts with loopback and a stub
interface, and may run a name server, XMPP servers and the program under test.

    bed.enter()
    with bed.Bed() as lab:
        computer = lab.computer('verona', domains=['montague.lit'])
        computer.ejabberd('montague.lit', lab.accounts('montague.lit'))
        computer.run(['sidetone-cli', ...])
"""

import ctypes
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import threading

import servers

LIB = pathlib.Path(__file__).resolve().parent
CLONE_NEWNET = 0x40000000
PR_SET_PDEATHSIG = 1
ENTERED = 'SIDETONE_BED_LEFT'

FURNITURE = {
    '/etc/resolv.conf': 'nameserver 127.0.0.1\n',
    '/etc/hosts': '127.0.0.1 localhost\n::1 localhost\n',
    '/etc/nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files dns\n',
}

# One account a domain. A word that occurs nowhere else, so that a search finds where it leaked
PASSWORDS = {
    'montague.lit': 'lark-or-nightingale-4711',
    'capulet.lit': 'light-in-yonder-window-0815',
}
USERS = {'montague.lit': 'romeo', 'capulet.lit': 'juliet'}

_libc = ctypes.CDLL(None, use_errno=True)


class Unavailable(Exception):
    """The machine lacks something that the bed needs; the text says what."""


def enter(with_display=False):
    """Run the script again in fresh namespaces; in those, make them usable and return.

    with_display: what is started there may open windows where the script was started.
    With whoever started it, everything dies: the kernel kills this process, then unshare, then
    (--kill-child) its child, which is process 1 of its namespace and takes all others with it.
    """
    if not os.path.exists('/proc/self/ns/pid'):
        sys.exit('/proc is not mounted here.')
    outside = os.environ.pop(ENTERED, None)
    here = os.readlink('/proc/self/ns/pid')
    if outside is not None and outside != here:
        _furnish(with_display)
        return

    command = ['setpriv', '--pdeathsig', 'KILL', 'unshare', '--net', '--mount', '--pid', '--fork',
               '--kill-child', '--mount-proc',
               '--propagation', 'unchanged' if _is_chroot() else 'private']
    if os.geteuid() != 0:
        command += ['--user', '--map-root-user']
    probe = subprocess.run(command + ['true'], capture_output=True, text=True)
    if probe.returncode != 0:
        sys.exit('Namespaces can\'t be made here (' + probe.stderr.strip() + '). Run this as root, '
                 'with sudo, or where the kernel allows user namespaces.')
    sys.stdout.flush()
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    inside = subprocess.Popen(command + [sys.executable] + sys.argv,
                              env=dict(os.environ, **{ENTERED: here}))
    # unshare waits through these itself. Ctrl-C reaches the script inside, which ends in order
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: inside.kill())
    status = inside.wait()
    sys.exit(status if status >= 0 else 128 - status)


def _is_chroot():
    """Whether the root folder is no mount of its own, as it is where chroot made it the root."""
    with open('/proc/self/mountinfo') as mounts:
        return all(line.split()[4] != '/' for line in mounts)


def _leave_chroot():
    """Go on in a copy of the tree whose mounts are ours alone.

    In a chroot unshare can't see to that: what is mounted there may show up outside. The copy hangs
    below the one mount that is surely ours, the /proc that unshare made.
    """
    here = os.getcwd()
    place = pathlib.Path('/proc/fs')
    _do('mount', '-t', 'tmpfs', 'tmpfs', str(place))
    root = place / 'root'
    root.mkdir()
    _do('mount', '--rbind', '/', str(root))
    _do('mount', '--make-rprivate', str(root))
    os.chroot(root)
    os.chdir(here)


def _display_files():
    """What a program needs to reach the screen besides the network: a socket of Wayland, a key of X."""
    key = pathlib.Path(os.environ.get('XAUTHORITY', pathlib.Path.home() / '.Xauthority'))
    if 'DISPLAY' in os.environ and key.is_file():
        # The home folder will be another one
        os.environ['XAUTHORITY'] = str(key)
        yield key
    socket_name = os.environ.get('WAYLAND_DISPLAY')
    folder = os.environ.get('XDG_RUNTIME_DIR')
    if socket_name and folder and pathlib.Path(folder, socket_name).is_socket():
        yield pathlib.Path(folder, socket_name)


def _hide_run(kept):
    """Put an empty folder in the place of /run, with those of the files kept that lie there."""
    empty = tempfile.mkdtemp()
    _do('mount', '-t', 'tmpfs', '-o', 'mode=0755', 'tmpfs', empty)
    for path in kept:
        path = path.resolve()
        if path.is_relative_to('/run'):
            place = empty / path.relative_to('/run')
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            place.touch()
            _do('mount', '--bind', str(path), str(place))
    _do('mount', '--no-mtab', '--move', empty, '/run')
    os.rmdir(empty)


def _furnish(with_display):
    """An empty /run hides the host's name service and its message bus. Files go there too."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    if _is_chroot():
        _leave_chroot()
    _hide_run(list(_display_files()) if with_display else [])
    for path, text in FURNITURE.items():
        ours = pathlib.Path('/run', pathlib.Path(path).name)
        ours.write_text(text)
        theirs = pathlib.Path(path).resolve()
        if not theirs.exists() and theirs.is_relative_to('/run'):
            # A link into the /run that was hidden
            theirs.parent.mkdir(parents=True, exist_ok=True)
            theirs.touch()
        if theirs.exists():
            _do('mount', '--bind', str(ours), str(theirs))
    hidden = ['DBUS_SESSION_BUS_ADDRESS']
    if not with_display:
        hidden += ['DISPLAY', 'WAYLAND_DISPLAY']
    for name in hidden:
        os.environ.pop(name, None)
    for name in [name for name in os.environ if name.lower().endswith('_proxy')]:
        del os.environ[name]
    os.environ['LC_ALL'] = 'C.UTF-8'
    os.environ['HOME'] = '/run'


def _do(*command, text=None):
    done = subprocess.run(command, input=text, capture_output=True, text=True)
    if done.returncode != 0:
        raise Unavailable(' '.join(command) + ': ' + (done.stderr or done.stdout).strip())


class Computer:
    """A network namespace with all that runs in it. Made by Bed.computer ()."""

    def __init__(self, bed, name):
        self.bed = bed
        self.name = name
        self.folder = bed.folder / name
        self.folder.mkdir()
        self.folder.chmod(0o755)
        self.namespace = self.folder / 'namespace'
        self.namespace.touch()
        self._servers = []
        _do('unshare', '--net=' + str(self.namespace), 'ip', 'link', 'set', 'lo', 'up')

    def command(self, argv):
        """The command line that runs argv on this computer."""
        return ['nsenter', '--net=' + str(self.namespace), '--'] + [str(word) for word in argv]

    def popen(self, argv, **options):
        return subprocess.Popen(self.command(argv), **options)

    def run(self, argv, **options):
        return subprocess.run(self.command(argv), **options)

    def do(self, *argv, text=None):
        """Run a command that has to succeed, such as ip or nft."""
        _do(*self.command(argv), text=text)

    def nft(self, rules):
        self.do('nft', '-f', '-', text=rules)

    def socket(self, family, kind=socket.SOCK_STREAM):
        """A socket of this computer, for use by the test's own process.

        A thread has its own network namespace, and a socket keeps the one that it was born in.
        """
        made = []

        def make():
            with open(self.namespace) as namespace:
                if _libc.setns(namespace.fileno(), CLONE_NEWNET) != 0:
                    made.append(OSError(ctypes.get_errno(), 'setns'))
                    return
            made.append(socket.socket(family, kind))

        thread = threading.Thread(target=make)
        thread.start()
        thread.join()
        if isinstance(made[0], OSError):
            raise made[0]
        return made[0]

    def listen(self, address, port=5222):
        """A listening TCP socket on an address of this computer."""
        family = socket.AF_INET6 if ':' in address else socket.AF_INET
        listener = self.socket(family)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind((address, port))
        listener.listen()
        return listener

    def stub(self):
        """An interface with addresses of both families and nobody behind it.

        Without one the resolver (AI_ADDRCONFIG) believes that there is no network at all.
        """
        self.do('ip', 'link', 'add', 'stub', 'type', 'veth', 'peer', 'name', 'stub-end')
        self.do('ip', 'link', 'set', 'stub-end', 'up')
        self.address('stub', '192.168.2.2/24', 'fd12:3456:789a:2::2/64')

    def address(self, interface, *addresses):
        for address in addresses:
            extra = ['nodad'] if ':' in address else []
            self.do('ip', 'address', 'add', address, 'dev', interface, *extra)
        self.do('ip', 'link', 'set', interface, 'up')

    def keep(self, server):
        self._servers.append(server)
        return server

    def dns(self, *records):
        """A name server on 127.0.0.1 that knows these records and nothing else."""
        return self.keep(servers.Dnsmasq(self, records))

    def ejabberd(self, domain, accounts, **options):
        return self.keep(servers.Ejabberd(self, domain, accounts, **options))

    def prosody(self, hosts, accounts, **options):
        return self.keep(servers.Prosody(self, hosts, accounts, **options))

    def close(self):
        while self._servers:
            self._servers.pop().stop()


class Bed:
    """All computers of one script, its certificates and its folder."""

    def __init__(self, names=()):
        """names: domains beyond montague.lit and capulet.lit that the certificates cover."""
        self.folder = pathlib.Path('/run/sidetone-bed')
        self.folder.mkdir()
        self.domains = list(PASSWORDS)
        self.certificates = self.folder / 'certificates'
        self._computers = []
        _do(str(LIB / 'certificates'), str(self.certificates), *self.domains, *names)
        self.certificates.chmod(0o755)
        self.ca_file = self.certificates / 'ca.pem'

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        while self._computers:
            self._computers.pop().close()

    def jid(self, domain):
        return USERS[domain] + '@' + domain

    def accounts(self, domain):
        """Who may sign in at the domain: names to passwords."""
        return {USERS[domain]: PASSWORDS[domain]}

    def password_file(self, domain):
        path = self.folder / (domain + '.password')
        path.write_text(PASSWORDS[domain] + '\n')
        return path

    def computer(self, name, *records, stub=True):
        """A new computer. With records it gets a name server that knows them."""
        computer = Computer(self, name)
        self._computers.append(computer)
        if stub:
            computer.stub()
        if records:
            computer.dns(*records)
        return computer

    def link(self, one, one_interface, other, other_interface):
        """A cable between two computers."""
        _do('ip', 'link', 'add', one_interface, 'netns', str(one.namespace), 'type', 'veth',
            'peer', 'name', other_interface, 'netns', str(other.namespace))

    def behind_router(self, families=(4, 6)):
        """A client at home behind a router that masquerades, and a server for each domain outside.

        Returns the client and a dictionary of domains to computers, all with names and routes;
        the XMPP servers are for the caller to start. Only ranges for documentation and private
        use: these must not be met outside even if a test went wrong.
        """
        def choose(*addresses):
            return [address for address in addresses if (6 if ':' in address else 4) in families]

        client = self.computer('client', stub=False)
        router = self.computer('router', stub=False)
        exchange = self.computer('exchange', stub=False)
        self.link(client, 'home', router, 'home')
        client.address('home', *choose('192.168.1.10/24', 'fd12:3456:789a:1::10/64'))
        router.address('home', *choose('192.168.1.1/24', 'fd12:3456:789a:1::1/64'))
        for address in choose('192.168.1.1', 'fd12:3456:789a:1::1'):
            client.do('ip', 'route', 'add', 'default', 'via', address)
        for switch in ('ipv4/ip_forward', 'ipv6/conf/all/forwarding'):
            router.do('tee', '/proc/sys/net/' + switch, text='1')
        for family in ('ip', 'ip6'):
            router.nft('table %s nat { chain after { type nat hook postrouting priority srcnat; '
                       'oifname "outside" masquerade; }; }' % family)

        exchange.do('ip', 'link', 'add', 'switch', 'type', 'bridge')
        exchange.do('ip', 'link', 'set', 'switch', 'up')
        records = []
        outside = {}
        sites = [(router, choose('198.51.100.1', '2001:db8:100::1'))]
        for number, domain in enumerate(self.domains, 10):
            outside[domain] = self.computer(domain, stub=False)
            addresses = choose('203.0.113.%d' % number, '2001:db8:113::%d' % number)
            sites.append((outside[domain], addresses))
            records += servers.domain_records(domain, *addresses)
        for number, (computer, addresses) in enumerate(sites):
            port = 'port%d' % number
            self.link(computer, 'outside', exchange, port)
            exchange.do('ip', 'link', 'set', port, 'master', 'switch', 'up')
            computer.address('outside', *(address + ('/64' if ':' in address else '/24')
                                          for address in addresses))
            # One switch for all networks outside: each is reached without a next hop
            for network in choose('198.51.100.0/24', '203.0.113.0/24', '2001:db8:100::/64',
                                  '2001:db8:113::/64'):
                computer.do('ip', 'route', 'replace', network, 'dev', 'outside')
        client.dns(*records)
        return client, outside
