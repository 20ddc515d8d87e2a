# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""A private network for whole-program tests, the demo and the benchmarks.

enter () moves the running script into namespaces of its own (network, mounts, processes): nothing
in it can reach the outside, port 5222 is free whatever runs on the host, and all its processes and
files are gone when the script ends, however it ends. Root is not needed if the kernel lets ordinary
users make namespaces.

A Bed holds computers. A Computer is a network namespace that starts with loopback and a stub
interface, and may run a name server, XMPP servers and the program under test.

    bed.enter()
    with bed.Bed() as lab:
        computer = lab.computer('verona', domains=['montague.lit'])
        computer.ejabberd('montague.lit', lab.accounts('montague.lit'))
        computer.run(['sidetone-cli', ...])
"""

import contextlib
import ctypes
import fcntl
import os
import pathlib
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time

import servers

LIB = pathlib.Path(__file__).resolve().parent
CLONE_NEWNET = 0x40000000
MS_BIND = 0x1000
PR_SET_PDEATHSIG = 1
SIOCGIFFLAGS = 0x8913
IFF_UP, IFF_RUNNING = 0x1, 0x40
LINK_LIMIT = 20.0
ENTERED = 'SIDETONE_BED_LEFT'
LEASH = 'SIDETONE_BED_LEASH'

FURNITURE = {
    '/etc/resolv.conf': 'nameserver 127.0.0.1\n',
    '/etc/hosts': '127.0.0.1 localhost\n::1 localhost\n',
    '/etc/nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files dns\n',
}

# One account for each domain. The passwords occur nowhere else, so a search finds a leak
PASSWORDS = {
    'montague.lit': 'lark-or-nightingale-4711',
    'capulet.lit': 'light-in-yonder-window-0815',
}
# Domains on another one's server, with the same accounts
PASSWORDS['mantua.lit'] = PASSWORDS['montague.lit']
PASSWORDS['verona.lit'] = PASSWORDS['capulet.lit']
USERS = {'montague.lit': 'romeo', 'mantua.lit': 'romeo',
         'capulet.lit': 'juliet', 'verona.lit': 'juliet'}

_libc = ctypes.CDLL(None, use_errno=True)


def share_account(domain, others):
    """Give other domains on its server a domain's account. Call this before a Bed is made."""
    for other in others:
        PASSWORDS[other], USERS[other] = PASSWORDS[domain], USERS[domain]


class Unavailable(Exception):
    """The machine lacks something that the bed needs; the text names it."""


def enter(with_display=False):
    """Run the script again in fresh namespaces; in those, make them usable and return.

    with_display: programs in it may open windows on the starter's screen. When the starter dies,
    everything does: the kernel kills this process, then unshare, then (--kill-child) its child,
    which is process 1 of its namespace and takes all others with it. A pipe whose other end is
    closed shows a kill before the kernel was told so.
    """
    if not os.path.exists('/proc/self/ns/pid'):
        sys.exit('/proc is not mounted here.')
    outside = os.environ.pop(ENTERED, None)
    here = os.readlink('/proc/self/ns/pid')
    if outside is not None and outside != here:
        threading.Thread(target=_follow, args=(int(os.environ.pop(LEASH)),), daemon=True).start()
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
    leash, _held = os.pipe()
    inside = subprocess.Popen(command + [sys.executable] + sys.argv, pass_fds=[leash],
                              env=dict(os.environ, **{ENTERED: here, LEASH: str(leash)}))
    os.close(leash)
    # unshare itself ignores these meanwhile. Ctrl-C reaches the script inside, which ends properly
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: inside.kill())
    status = inside.wait()
    sys.exit(status if status >= 0 else 128 - status)


def _follow(leash):
    """End when the process with the other end has ended."""
    os.set_inheritable(leash, False)
    os.read(leash, 1)
    os._exit(128 + signal.SIGKILL)


def _is_chroot():
    """Whether the root folder is not a mount, as after chroot."""
    with open('/proc/self/mountinfo') as mounts:
        return all(line.split()[4] != '/' for line in mounts)


def _leave_chroot():
    """Continue in a copy of the tree whose mounts are only ours.

    In a chroot unshare can't ensure that: mounts there may show up outside. The copy hangs below
    the only mount that is surely ours, the /proc that unshare made.
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
    """What a program needs to reach the screen besides the network: a Wayland socket, an X key."""
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
    """Mount an empty folder over /run, with the kept files in it."""
    opened = [(path, os.open(path, os.O_PATH)) for path in (path.resolve() for path in kept)
              if path.is_relative_to('/run')]
    _do('mount', '-t', 'tmpfs', '-o', 'mode=0755', 'tmpfs', '/run')
    for path, file in opened:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch()
        # By its descriptor, because the name leads to the new file by now
        subprocess.run(['mount', '--no-canonicalize', '--bind', '/proc/self/fd/%d' % file,
                        str(path)], check=True, pass_fds=[file])
        os.close(file)


def _furnish(with_display):
    """An empty /run hides the host's name service and message bus. Files go there too."""
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
    # Removed with the rest, even after a kill
    os.environ['TMPDIR'] = tempfile.tempdir = '/run/tmp'
    os.mkdir('/run/tmp')
    os.chmod('/run/tmp', 0o1777)


def _do(*command, text=None):
    done = subprocess.run(command, input=text, capture_output=True, text=True)
    if done.returncode != 0:
        raise Unavailable(' '.join(command) + ': ' + (done.stderr or done.stdout).strip())


def _check(result, what):
    """The C library's own word on whether a call succeeded."""
    if result != 0:
        error = ctypes.get_errno()
        raise Unavailable('%s: %s' % (what, os.strerror(error)))


def go_first():
    """Schedule all that runs here, and will run, in real time, where that is allowed. For scripts that
    measure times and mostly wait, once their servers have started."""
    for thread in pathlib.Path('/proc').glob('[0-9]*/task/[0-9]*'):
        # It may have ended
        with contextlib.suppress(PermissionError, ProcessLookupError):
            os.sched_setscheduler(int(thread.name), os.SCHED_RR, os.sched_param(1))


@contextlib.contextmanager
def _excursion():
    """Afterwards the calling thread is in its network namespace again."""
    with open('/proc/thread-self/ns/net') as home:
        try:
            yield
        finally:
            _check(_libc.setns(home.fileno(), CLONE_NEWNET), 'setns')


def carries_everywhere():
    """Whether all interfaces that are up are ready to send, here where the calling thread is."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
        for _, name in socket.if_nameindex():
            request = struct.pack('16sh14x', name.encode(), 0)
            flags, = struct.unpack('16xh14x', fcntl.ioctl(asker, SIOCGIFFLAGS, request))
            if flags & IFF_UP and not flags & IFF_RUNNING:
                return False
    return True


class Computer:
    """A network namespace with its processes. Made by Bed.computer ()."""

    def __init__(self, bed, name):
        self.bed = bed
        self.name = name
        self.folder = bed.folder / name
        self.folder.mkdir()
        self.folder.chmod(0o755)
        self.namespace = self.folder / 'namespace'
        self.namespace.touch()
        self._servers = []
        # What ip and nft still have to do, while the bed gathers that
        self._orders = {'ip': [], 'nft': []}
        with _excursion():
            self._make_namespace()
        self.do('ip', 'link', 'set', 'lo', 'up')

    def _make_namespace(self):
        _check(_libc.unshare(CLONE_NEWNET), 'unshare')
        _check(_libc.mount(b'/proc/thread-self/ns/net', str(self.namespace).encode(), None, MS_BIND,
                           None), 'mount')
        # Duplicate address detection takes a second or two; here it is not needed
        for which in ('all', 'default'):
            self._write_switch('ipv6/conf/%s/accept_dad' % which, 0)
        # systemd lets everybody ping
        self._write_switch('ipv4/ping_group_range', '0 0')

    @contextlib.contextmanager
    def _visit(self):
        """The calling thread is on this computer meanwhile, with the processes that it starts."""
        with _excursion(), open(self.namespace) as there:
            _check(_libc.setns(there.fileno(), CLONE_NEWNET), 'setns')
            yield

    def popen(self, argv, **options):
        self.settle()
        with self._visit():
            return subprocess.Popen([str(word) for word in argv], **options)

    def run(self, argv, **options):
        self.settle()
        with self._visit():
            return subprocess.run([str(word) for word in argv], **options)

    def do(self, *argv, text=None):
        """Run a command that must succeed, such as ip."""
        if argv[0] == 'ip' and self.bed.gathering:
            self._orders['ip'].append(' '.join(argv[1:]))
        else:
            self.settle()
            with self._visit():
                _do(*argv, text=text)

    def nft(self, rules):
        if self.bed.gathering:
            self._orders['nft'].append(rules)
        else:
            self.do('nft', '-f', '-', text=rules)

    def settle(self):
        """Tell ip and nft what was gathered."""
        for argv, orders in ((['ip', '-batch', '-'], self._orders['ip']),
                             (['nft', '-f', '-'], self._orders['nft'])):
            if orders:
                text = '\n'.join(orders) + '\n'
                orders.clear()
                with self._visit():
                    _do(*argv, text=text)

    def socket(self, family, kind=socket.SOCK_STREAM):
        """A socket of this computer, for use by the test's own process.

        A socket keeps the network namespace in which it was made.
        """
        self.settle()
        with self._visit():
            return socket.socket(family, kind)

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
        """An interface with addresses of both families and no neighbour.

        Without one the resolver (AI_ADDRCONFIG) believes that there is no network.
        """
        self.do('ip', 'link', 'add', 'stub', 'type', 'veth', 'peer', 'name', 'stub-end')
        self.do('ip', 'link', 'set', 'stub-end', 'up')
        self.address('stub', '192.168.2.2/24', 'fd12:3456:789a:2::2/64')

    def address(self, interface, *addresses):
        for address in addresses:
            extra = ['nodad'] if ':' in address else []
            self.do('ip', 'address', 'add', address, 'dev', interface, *extra)
        self.do('ip', 'link', 'set', interface, 'up')

    def wait_for_links(self):
        """Until all cables carry: what the kernel is sent before, such as the first question for a
        neighbour's address, it drops, and repeats a second later."""
        end = time.monotonic() + LINK_LIMIT
        with self._visit():
            while not carries_everywhere():
                if time.monotonic() > end:
                    raise Unavailable('a cable of %s carries nothing' % self.name)
                time.sleep(0.005)

    def keep(self, server):
        self._servers.append(server)
        return server

    def server(self, kind):
        """Its last server of this class of servers.py."""
        return [server for server in self._servers if isinstance(server, kind)][-1]

    def dns(self, *records, **options):
        """A name server on 127.0.0.1 that knows only these records."""
        return self.keep(servers.Dnsmasq(self, records, **options))

    def ejabberd(self, hosts, accounts, **options):
        return self.keep(servers.Ejabberd(self, hosts, accounts, **options))

    def prosody(self, hosts, accounts, **options):
        return self.keep(servers.Prosody(self, hosts, accounts, **options))

    def coturn(self, *arguments, **options):
        return self.keep(servers.Coturn(self, *arguments, **options))

    def hold_relay(self, *arguments):
        return self.keep(servers.HeldRelay(self, *arguments))

    def haproxy(self, routes, **options):
        return self.keep(servers.Haproxy(self, routes, **options))

    def tayga(self, interface, *lines):
        return self.keep(servers.Tayga(self, interface, *lines))

    def nginx(self, *arguments, **options):
        return self.keep(servers.Nginx(self, *arguments, **options))

    def forward(self):
        """Forward packets, as a router does.

        The kernel sends a destination one ICMP error a second: whether a router answers a check
        would depend on when the check before it was made.
        """
        for switch in ('ipv4/ip_forward', 'ipv6/conf/all/forwarding'):
            self.set(switch, 1)
        for limit in ('ipv4/icmp_ratelimit', 'ipv6/icmp/ratelimit'):
            self.set(limit, 0)

    def set(self, switch, value, if_there=False):
        """A setting of the kernel's network, below /proc/sys/net."""
        with self._visit():
            self._write_switch(switch, value, if_there)

    @staticmethod
    def _write_switch(switch, value, if_there=False):
        path = pathlib.Path('/proc/sys/net', switch)
        if not if_there or path.exists():
            path.write_text(str(value))

    def close(self):
        """Stop its processes, and remove it. A Bed does that for all that are left."""
        while self._servers:
            self._servers.pop().stop()
        _check(_libc.umount2(str(self.namespace).encode(), 0), 'umount')
        shutil.rmtree(self.folder)


class Bed:
    """All computers of one script, its certificates and its folder."""

    def __init__(self, names=()):
        """names: domains beyond montague.lit and capulet.lit that the certificates cover."""
        self.folder = pathlib.Path('/run/sidetone-bed')
        self.folder.mkdir()
        self._names = [*PASSWORDS, *names]
        self._certificates = self.folder / 'certificates'
        self.gathering = False
        self._computers = []
        # With it comes the authority that the tests trust
        self.certificate('good')
        self._certificates.chmod(0o755)
        self.ca_file = self._certificates / 'ca.pem'

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        while self._computers:
            self._computers.pop().close()

    @contextlib.contextmanager
    def gathered(self):
        """While this lasts, what ip and nft are to do on a computer waits until something runs there,
        or for the end: a process for each order would take most of the time that a network takes."""
        self.gathering = True
        try:
            yield
        finally:
            self.gathering = False
        for computer in self._computers:
            computer.settle()

    def certificate(self, name):
        """A certificate's file, made now if it is the first time. See the script of that name."""
        path = self._certificates / (name + '.pem')
        if not path.exists():
            _do(str(LIB / 'certificates'), '--only', name, str(self._certificates), *self._names)
        return path

    def jid(self, domain):
        return USERS[domain] + '@' + domain

    def accounts(self, domain):
        """The domain's accounts: names to passwords."""
        return {USERS[domain]: PASSWORDS[domain]}

    def password_file(self, domain):
        path = self.folder / (domain + '.password')
        path.write_text(PASSWORDS[domain] + '\n')
        return path

    def computer(self, name, *records, stub=True):
        """A new computer. With records it gets a name server for them."""
        computer = Computer(self, name)
        self._computers.append(computer)
        if stub:
            computer.stub()
        if records:
            computer.dns(*records)
        return computer

    def remove(self, computer):
        """Remove a computer, with its ends of cables."""
        self._computers.remove(computer)
        computer.close()

    def link(self, one, one_interface, other, other_interface):
        """A cable between two computers."""
        _do('ip', 'link', 'add', one_interface, 'netns', str(one.namespace), 'type', 'veth',
            'peer', 'name', other_interface, 'netns', str(other.namespace))
