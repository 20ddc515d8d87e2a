# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Real servers on a computer of the bed: dnsmasq, ejabberd, Prosody, coturn, HAProxy and tayga.

Each runs without a service manager, as its own system user if it can be changed to, with its
configuration and state in the computer's folder.
"""

import contextlib
import json
import os
import pathlib
import pwd
import shutil
import socket
import ssl
import subprocess
import sys
import time

START_LIMIT = 180.0


def domain_records(domain, *addresses, starttls=5222, direct=5223):
    """DNS records of a domain: its addresses, and SRV records for the ports given.

    Each address family also has a name of its own, such as ipv6.montague.lit.
    """
    records = ['host-record=' + ','.join((domain,) + addresses)]
    records += ['host-record=ipv%d.%s,%s' % (6 if ':' in address else 4, domain, address)
                for address in addresses]
    if starttls:
        records.append('srv-host=_xmpp-client._tcp.%s,%s,%d,0,5' % (domain, domain, starttls))
    if direct:
        records.append('srv-host=_xmpps-client._tcp.%s,%s,%d,0,5' % (domain, domain, direct))
    return records


class Server:
    """A process on a computer, with a folder of its own."""

    name = ''
    user = ''
    # The name of its configuration's file
    configured_in = ''

    def __init__(self, computer):
        self.computer = computer
        self.process = None
        self.folder = computer.folder / self.name
        self.folder.mkdir(exist_ok=True)
        self._own(self.folder)

    def _account(self):
        # A user namespace has only one user
        mapped = int(pathlib.Path('/proc/self/uid_map').read_text().split()[2])
        if mapped == 1:
            return None
        try:
            return pwd.getpwnam(self.user)
        except KeyError:
            return None

    def _own(self, path):
        account = self._account()
        if account is not None:
            os.chown(path, account.pw_uid, account.pw_gid)

    def _write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o600)
        self._own(path.parent)
        self._own(path)
        return path

    def _directory(self, name):
        path = self.folder / name
        path.mkdir(exist_ok=True)
        self._own(path)
        return path

    def _certificate(self, name):
        """The certificate and key of that name, readable by the server. Returns both paths."""
        source = self.computer.bed.certificate(name)
        pair = []
        for suffix in ('.pem', '.key'):
            copy = self.folder / (name + suffix)
            shutil.copyfile(source.with_suffix(suffix), copy)
            copy.chmod(0o600)
            self._own(copy)
            pair.append(copy)
        return pair

    def _start(self, argv, **environment):
        self._started = argv, environment
        account = self._account()
        if account is not None:
            argv = ['setpriv', '--reuid', str(account.pw_uid), '--regid', str(account.pw_gid),
                    '--clear-groups', '--'] + argv
        with open(self.folder / 'output', 'ab') as log:
            self.process = self.computer.popen(
                argv, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder,
                start_new_session=True,
                env=dict(os.environ, HOME=str(self.folder), **environment))

    def _wait(self, ready):
        self._ready = ready
        end = time.monotonic() + START_LIMIT
        while not ready():
            if self.process.poll() is not None or time.monotonic() > end:
                self.stop()
                raise RuntimeError(self.name + ' did not start:\n' + self.log())
            time.sleep(0.02)

    def _listens(self, address, port):
        family = socket.AF_INET6 if ':' in address else socket.AF_INET
        with self.computer.socket(family) as probe:
            probe.settimeout(1.0)
            return probe.connect_ex((address, port)) == 0

    def _tried_stream(self, domain):
        """An XMPP server may listen before it has started, and load what it needs for a stream over TLS
        with the first one. On a busy machine each takes seconds. Some configurations refuse it."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        with contextlib.suppress(OSError), self.computer.socket(socket.AF_INET6) as plain:
            plain.settimeout(START_LIMIT)
            plain.connect(('::1', 5223))
            with context.wrap_socket(plain, server_hostname=domain) as stream:
                stream.sendall(b"<stream:stream xmlns='jabber:client' "
                               b"xmlns:stream='http://etherx.jabber.org/streams' "
                               b"version='1.0' to='%s'>" % domain.encode())
                stream.recv(4096)
        return True

    def log(self):
        return '\n'.join(path.read_text(errors='replace')
                         for path in sorted(self.folder.glob('*.log')) + [self.folder / 'output'])

    def configuration(self):
        return (self.folder / self.configured_in).read_text()

    def change(self, change):
        """Start anew, if this changes its configuration: a function from the text to the new one."""
        was = self.configuration()
        configuration = change(was)
        if configuration == was:
            return
        self.stop()
        (self.folder / self.configured_in).write_text(configuration)
        argv, environment = self._started
        self._start(argv, **environment)
        self._wait(self._ready)

    def certificate(self, name):
        return self._certificate(name)

    def stop(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


class Dnsmasq(Server):
    """Knows the given records, as dnsmasq's options; denies every other name."""

    name = 'dnsmasq'

    def __init__(self, computer, records, addresses=('127.0.0.1',)):
        super().__init__(computer)
        self.records = records
        self.addresses = addresses
        self._start(['dnsmasq', '--keep-in-foreground', '--conf-file=/dev/null', '--no-resolv',
                     '--no-hosts', '--user=root', '--group=root', '--pid-file=', '--no-daemon',
                     '--listen-address=' + ','.join(addresses), '--bind-interfaces', '--local=/#/']
                    + ['--' + record for record in records])
        self._wait(self._answers)

    def _answers(self):
        # version.bind in class CHAOS: answered by the server itself
        question = b'\1\2\1\0\0\1\0\0\0\0\0\0\7version\4bind\0\0\x10\0\3'
        family = socket.AF_INET6 if ':' in self.addresses[0] else socket.AF_INET
        with self.computer.socket(family, socket.SOCK_DGRAM) as probe:
            probe.settimeout(1.0)
            try:
                probe.connect((self.addresses[0], 53))
                probe.send(question)
                return len(probe.recv(512)) > 0
            except OSError:
                return False


class Ejabberd(Server):
    """ejabberd with mod_sic. Starts Erlang itself, without a node name, and so without epmd.

    hosts: domains to their extra modules with options, as `modules`. listen: more listeners.
    """

    name = 'ejabberd'
    user = 'ejabberd'
    configured_in = 'ejabberd.yml'

    def __init__(self, computer, hosts, accounts, certificate='good', listen=()):
        super().__init__(computer)
        certificate, key = self._certificate(certificate)
        clients = [{'port': 5222, 'ip': '::', 'module': 'ejabberd_c2s', 'starttls': True,
                    'starttls_required': True},
                   {'port': 5223, 'ip': '::', 'module': 'ejabberd_c2s', 'tls': True}]
        # JSON is YAML
        configuration = self._write('ejabberd.yml', json.dumps({
            'hosts': list(hosts),
            'loglevel': 'warning',
            'certfiles': [str(certificate), str(key)],
            'ca_file': str(computer.bed.ca_file),
            'auth_password_format': 'scram',
            'listen': clients + list(listen),
            'modules': {'mod_disco': {}, 'mod_ping': {}},
            'append_host_config': {domain: {'modules': host.get('modules', {'mod_sic': {}})}
                                   for domain, host in hosts.items()},
        }))
        # The passwords are passed in a file, not on the command line
        users = self._write('accounts', ''.join(
            '{<<"%s">>,<<"%s">>,<<"%s">>}.\n' % (user, domain, password)
            for domain in hosts for user, password in accounts.items()))
        ready = self.folder / 'ready'
        ready.unlink(missing_ok=True)
        register = ('{ok,Users}=file:consult("%s"),'
                    '[ejabberd_auth:try_register(U,H,P)||{U,H,P}<-Users],'
                    'ok=file:write_file("%s",<<>>).' % (users, ready))
        library = next(pathlib.Path('/usr/lib').glob('**/ejabberd-*/ebin')).parent.parent
        self._start(['erl', '-noinput', '+K', 'true', '-start_epmd', 'false',
                     '-mnesia', 'dir', '"%s"' % (self.folder / 'spool'),
                     '-s', 'ejabberd', '-eval', register],
                    ERL_LIBS=str(library), EJABBERD_CONFIG_PATH=str(configuration),
                    EJABBERD_LOG_PATH=str(self.folder / 'ejabberd.log'),
                    ERL_CRASH_DUMP='/dev/null')
        self._wait(lambda: ready.exists() and self._listens('127.0.0.1', 5222)
                   and self._listens('::1', 5223) and self._tried_stream(next(iter(hosts))))


class Prosody(Server):
    """Prosody with mod_ipcheck.

    hosts: domains to the name of their certificate and, optionally, extra lines of configuration.
    """

    name = 'prosody'
    user = 'prosody'
    configured_in = 'prosody.cfg.lua'

    def __init__(self, computer, hosts, accounts, modules=('ipcheck',)):
        super().__init__(computer)
        lines = [
            'run_as_root = true',
            'daemonize = false',
            'pidfile = "%s"' % (self.folder / 'pid'),
            'data_path = "%s"' % (self.folder / 'data'),
            'plugin_paths = { "/usr/lib/prosody/modules" }',
            'certificates = "%s"' % self._directory('no-certificates'),
            'log = { info = "%s" }' % (self.folder / 'prosody.log'),
            'modules_enabled = { "saslauth", "tls", "disco", "ping" }',
            'modules_disabled = { "s2s" }',
            'authentication = "internal_hashed"',
            'c2s_ports = { 5222 }',
            'c2s_direct_tls_ports = { 5223 }',
            'c2s_interfaces = { "*", "::" }',
            'c2s_require_encryption = true',
            'limits = {}',
        ]
        for domain, host in hosts.items():
            certificate, key = self._certificate(host.get('certificate', 'good'))
            lines += ['VirtualHost "%s"' % domain,
                      # STARTTLS uses the first, direct TLS the second
                      'ssl = { certificate = "%s", key = "%s" }' % (certificate, key),
                      'c2s_direct_tls_ssl = { certificate = "%s", key = "%s" }'
                      % (certificate, key),
                      'modules_enabled = { %s }' % ', '.join(
                          '"%s"' % module for module in host.get('modules', modules))]
            lines += host.get('lines', [])
            for user, password in accounts.items():
                folder = ''.join(chr(byte) if chr(byte).isalnum() and byte < 128
                                 else '%%%02x' % byte for byte in domain.encode())
                self._write('data/%s/accounts/%s.dat' % (folder, user),
                            'return { password = "%s" }\n' % password)
                self._own(self.folder / 'data' / folder)
        self._own(self.folder / 'data')
        configuration = self._write('prosody.cfg.lua', '\n'.join(lines) + '\n')
        self._start(['prosody', '--config', str(configuration), '-F'])
        self._wait(lambda: all(self._listens(address, port) for address in ('127.0.0.1', '::1')
                               for port in (5222, 5223))
                   and self._tried_stream(next(iter(hosts))))


class Coturn(Server):
    """coturn: STUN and TURN on all the addresses given, credentials by a shared secret."""

    name = 'coturn'
    user = 'turnserver'
    configured_in = 'turnserver.conf'

    def __init__(self, computer, addresses, realm, secret, certificate='good', more_lines=(),
                 port=3478):
        super().__init__(computer)
        certificate, key = self._certificate(certificate)
        lines = ['listening-ip=' + address for address in addresses]
        lines += ['relay-ip=' + address for address in addresses]
        # With two addresses and two ports RFC 5780 is on by default
        lines += ['listening-port=%d' % port, 'realm=' + realm, 'use-auth-secret',
                  'static-auth-secret=' + secret, 'fingerprint', 'no-cli',
                  'no-multicast-peers', 'no-dynamic-ip-list', 'cert=%s' % certificate,
                  'pkey=%s' % key,
                  'userdb=%s' % (self.folder / 'users'), 'pidfile=%s' % (self.folder / 'pid'),
                  'log-file=stdout', 'simple-log', *more_lines]
        self._start(['turnserver', '-c', str(self._write('turnserver.conf',
                                                         '\n'.join(lines) + '\n'))])
        self._wait(lambda: all(self._listens(address, self._port()) for address in addresses))

    def _port(self):
        """As it is configured now."""
        lines = self.configuration().splitlines()
        return int([line for line in lines if line.startswith('listening-port=')][-1].split('=')[1])


class HeldRelay(Server):
    """Another user with an allocation at a TURN server."""

    name = 'held-relay'

    def __init__(self, computer, address, port, secret):
        super().__init__(computer)
        script = pathlib.Path(__file__).with_name('hold_relay.py')
        self.process = computer.popen([sys.executable, str(script), address, str(port)],
                                      stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        # Not as an argument, which all users could read
        self.process.stdin.write(secret + '\n')
        self.process.stdin.flush()
        if self.process.stdout.readline() != 'ready\n':
            self.stop()
            raise RuntimeError('the relay could not be had')


def haproxy_server(address, port, *options, name='behind'):
    """A line of HAProxy's configuration: where to it passes connections."""
    return ' '.join(['server', name, '%s:%d' % (address, port), *options])


class Haproxy(Server):
    """A TCP proxy that hides the client from the server behind it.

    routes: an address and port to listen on, to the lines of its configuration. certificate: its
    name, if TLS ends here.
    """

    name = 'haproxy'
    user = 'haproxy'
    configured_in = 'haproxy.cfg'

    def __init__(self, computer, routes, certificate=None):
        super().__init__(computer)
        security = ''
        if certificate is not None:
            pair = self._certificate(certificate)
            security = ' ssl crt %s' % self._write('both.pem', ''.join(
                one.read_text() for one in pair))
        lines = ['defaults', '  mode tcp', '  timeout connect 5s', '  timeout client 60s',
                 '  timeout server 60s']
        for number, ((address, port), more) in enumerate(routes.items()):
            lines += ['listen route%d' % number, '  bind %s:%d%s' % (
                '[%s]' % address if ':' in address else address, port, security)]
            lines += ['  ' + line for line in more]
        self._start(['haproxy', '-db', '-f',
                     str(self._write('haproxy.cfg', '\n'.join(lines) + '\n'))])
        self._wait(lambda: all(self._listens(*route) for route in routes))


class Nginx(Server):
    """A web server with one answer to everything.

    answer: what its `return` has. certificate: its name, if it speaks TLS.
    """

    name = 'nginx'
    user = 'www-data'

    def __init__(self, computer, address, port, answer, certificate=None):
        super().__init__(computer)
        computer.set('ipv4/ip_unprivileged_port_start', 0)
        places = '; '.join('%s_temp_path %s' % (kind, self._directory(kind)) for kind in (
            'client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'))
        security = ''
        if certificate is not None:
            security = 'ssl; ssl_certificate %s; ssl_certificate_key %s' % tuple(
                self._certificate(certificate))
        self._start(['nginx', '-e', 'stderr', '-c', str(self._write('nginx.conf', '''
            daemon off;
            user root;
            pid %s;
            events {}
            http {
              access_log off;
              %s;
              server { listen %s:%d %s; return %s; }
            }''' % (self.folder / 'pid', places, address, port, security, answer)))])
        self._wait(lambda: self._listens(address, port))


class Tayga(Server):
    """Translates between IPv6 and IPv4 statelessly (RFC 7915), over an interface that it makes
    itself.

    lines: its configuration, except the interface's name.
    """

    name = 'tayga'

    def __init__(self, computer, interface, *lines):
        super().__init__(computer)
        configuration = str(self._write('tayga.conf', '\n'.join(
            ('tun-device ' + interface, 'data-dir %s' % self.folder) + lines) + '\n'))
        computer.do('tayga', '--config', configuration, '--mktun')
        computer.do('ip', 'link', 'set', interface, 'up')
        self._start(['tayga', '--config', configuration, '--nodetach'])
        self._wait(lambda: self._carries(interface))

    def _carries(self, interface):
        # A TUN interface has a carrier once a process has opened it
        shown = self.computer.run(['ip', '-oneline', 'link', 'show', interface],
                                  capture_output=True, text=True)
        return 'LOWER_UP' in shown.stdout
