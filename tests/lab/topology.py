# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The lab's hosts and the cables between them.

    client -- whatever a variant puts here -- isp == wire == core -+- ejabberd   203.0.113.10
                                               |              |    +- prosody    203.0.113.11
                                          name server         |    +- coturn     203.0.113.20, .21
                                                              |    +- proxy      203.0.113.30, .31
                                                              |    +- doors      203.0.113.41 on
                                                              |    +- the relays of faults.py, .100 on
                                                              |
    partner-client -- another variant -- partner-isp == wire ==

The servers stay as long as the lab is up; each side left of them is rebuilt for each variant. The
second side, that of a call's partner, is there only if a test asks for it: the same variants, the
names of all hosts begin with `partner-`, and it asks the first one's name server. The addresses are
in the documentation ranges (RFC 5737, RFC 3849), because none of this may ever meet the outside, and
in two that no customer has, which count as public, too (RFC 7534, RFC 7535):

    198.51.100.0/24   2001:db8:100::/64   the provider's customers, and 2001:db8:101::/64 behind one
    192.175.48.0/24   2001:db8:200::/64   the partner's provider's, and 2001:db8:201::/64 behind one
    203.0.113.0/24    2001:db8:113::/64   servers
    192.31.196.0/24                       servers in another place
    192.0.2.0/30      2001:db8:f::/64     the wire; 192.0.2.4/30, 2001:db8:e::/64: the partner's
    192.0.2.53        2001:db8:f53::53    the name server, in isp
"""

import ipaddress
import pathlib
import secrets

import sites
import wire

NAME_SERVER = ('192.0.2.53', '2001:db8:f53::53')
CORE = ('203.0.113.1', '2001:db8:113::1')
# Core's place in the network of servers far from the others
FAR_CORE = '192.31.196.1'
WIRE_LENGTHS = {4: 30, 6: 64}


def version(address):
    return 6 if ':' in address else 4


def network_of(address):
    """That of servers."""
    return ipaddress.ip_network('%s/%d' % (address, {4: 24, 6: 64}[version(address)]), strict=False)


def hardware_address(address):
    """A locally administered one, that of each host with this IPv4 address."""
    return '02:00:' + ':'.join('%02x' % byte for byte in ipaddress.ip_address(address).packed)


class Internet:
    """The whole lab. `hosts` has the current hosts, by their names; once there is a variant, `near`
    and `partner` are the sides, `client` and `isp` those of `near`."""

    def __init__(self, ground, domains=tuple(sites.DOMAINS), with_relays=False):
        """ground: the Bed to build on. domains: those whose servers are started. with_relays:
        whether all relays that these have of their own are, too; else build () is told whose.
        """
        self.bed = ground
        self.hosts = {}
        # TURN servers make passwords from it (draft-uberti-behave-turn-rest)
        self.relay_secret = secrets.token_hex(16)
        # A variant's parts: ends of cables at hosts that stay, and wires
        self._ends = []
        self._wires = []
        with ground.gathered():
            core = self.add('core')
            # Hosts that stay remember it. By itself a bridge takes the lowest of its ports' addresses
            core.do('ip', 'link', 'add', 'switch', 'address', hardware_address(CORE[0]),
                    'type', 'bridge')
            core.address('switch', CORE[0] + '/24', CORE[1] + '/64', FAR_CORE + '/24')
            core.forward()
            sites.place(self, domains)
        sites.start(self, domains)
        if with_relays:
            self._bring_relays(domains)
        self.residents = set(self.hosts)
        self._ends.clear()

    def add(self, name):
        """A new host, without a cable yet."""
        self.hosts[name] = self.bed.computer(name, stub=False)
        return self.hosts[name]

    def _bring_relays(self, domains):
        with self.bed.gathered():
            sites.place_relays(self, domains)
        sites.start_relays(self, domains)

    def place(self, name, *addresses):
        """A new host right of the wire, where the servers are."""
        core = self.hosts['core']
        host = self.add(name)
        self.link(host, 'eth0', core, name)
        core.do('ip', 'link', 'set', name, 'master', 'switch', 'up')
        # Core remembers it when the host has gone, and another one with these addresses comes
        host.do('ip', 'link', 'set', 'eth0', 'address', hardware_address(addresses[0]))
        host.address('eth0', *('%s/%d' % (address, {4: 24, 6: 64}[version(address)])
                               for address in addresses))
        for gateway in (*CORE, FAR_CORE):
            if any(network_of(gateway) == network_of(address) for address in addresses):
                self.route(host, 'default', gateway)
        return host

    def build(self, variant, delay=0, loss=None, udp_timeout=None, lost=None, relays_of=(),
              partner=None, rates=None, log=None):
        """Put a variant between client and servers, replacing an earlier one.

        relays_of: domains whose own relays come with the variant. delay: the wire's, ms in each
        direction. loss: percent in each direction, by default the variant's. udp_timeout: seconds
        until a NAT forgets a UDP mapping. lost: a file for the lost packets. rates, log: what the
        wire carries, and a file for what becomes of that (wire.py). partner: the second side's
        variant, if there is to be one. Variants with servers in them can't be on both.
        """
        self.clear()
        self._bring_relays(relays_of)
        with self.bed.gathered():
            self.near = Side(self, NEAR, variant, delay, loss, lost, rates, log)
            self.partner = Side(self, PARTNER, partner) if partner else None
        self.client, self.isp = self.near.client, self.near.isp
        for host in self.hosts.values():
            host.wait_for_links()
        for host in (self.hosts[name] for name in set(self.hosts) - self.residents):
            if udp_timeout is not None:
                for switch in ('', '_stream'):
                    host.set('netfilter/nf_conntrack_udp_timeout' + switch, udp_timeout)
        self._serve_names()

    def _serve_names(self):
        versions, told = self.near.names
        if versions:
            self.isp.dns(*sites.records(**told), addresses=NAME_SERVER)
        else:
            self.isp.nft('table inet silent {\nchain entering {\n'
                         'type filter hook input priority filter;\n'
                         'meta l4proto { tcp, udp } th dport 53 drop\n}\n}')
        pathlib.Path('/etc/resolv.conf').write_text(''.join(
            'nameserver %s\n' % address for address in NAME_SERVER
            if version(address) in (versions or (4,))))

    def clear(self):
        """Remove the variant's parts."""
        while self._wires:
            self._wires.pop().stop()
        with self.bed.gathered():
            while self._ends:
                host, end = self._ends.pop()
                # It would go with the host at the other end, but the kernel takes long for that
                host.do('ip', 'link', 'delete', end)
        for name in set(self.hosts) - self.residents:
            self.bed.remove(self.hosts.pop(name))

    def link(self, near, near_end, far, far_end):
        """A cable to a host that stays."""
        self.bed.link(near, near_end, far, far_end)
        self._ends.append((far, far_end))

    def wire(self, near, far, *options):
        """A cable or tunnel of wire.py: a host and its interface, twice."""
        self._wires.append(wire.Wire(near, far, *options))

    def route(self, host, network, via):
        host.do('ip', 'route', 'replace', network, 'via', via)


class Provider:
    """A side's provider.

    prefix: what the names of the side's hosts begin with. ipv4: its network, of 24 bits. ipv6: its
    networks, up to the last two digits of the third group. isp_end, core_end: the wire's addresses.
    """

    def __init__(self, prefix, ipv4, ipv6, isp_end, core_end):
        self.prefix = prefix
        self.ipv4 = ipv4
        self.ipv6 = ipv6
        self.isp_end = isp_end
        self.core_end = core_end


NEAR = Provider('', '198.51.100', '2001:db8:1', ('192.0.2.1', '2001:db8:f::1'),
                ('192.0.2.2', '2001:db8:f::2'))
PARTNER = Provider('partner-', '192.175.48', '2001:db8:2', ('192.0.2.5', '2001:db8:e::1'),
                   ('192.0.2.6', '2001:db8:e::2'))


class Side:
    """All that is on one side of the core: a client, its provider's router (isp), and a variant
    between them."""

    def __init__(self, net, provider, variant, delay=0, loss=None, lost=None, rates=None,
                 log=None):
        self._net = net
        self._provider = provider
        self.bed = net.bed
        self.hosts = net.hosts
        self.relay_secret = net.relay_secret
        self.place = net.place
        self.route = net.route
        self.client = self.add('client')
        self.isp = self.add('isp')
        self._connect(delay, variant.loss if loss is None else loss, lost, variant.alg, rates, log)
        self.tell_names()
        variant.build(self)

    def _connect(self, delay, loss, lost, alg, rates, log):
        core = self.hosts['core']
        core_end = self._provider.prefix + 'wire'
        if delay or loss or alg or rates:
            self._net.wire((self.isp, 'wire'), (core, core_end), delay, loss, lost, alg, rates, log)
        else:
            self._net.link(self.isp, 'wire', core, core_end)
        for host, end, ends in ((self.isp, 'wire', self._provider.isp_end),
                                (core, core_end, self._provider.core_end)):
            host.address(end, *('%s/%d' % (address, WIRE_LENGTHS[version(address)])
                                for address in ends))
        customers = [self.ipv4(0) + '/24', *(self.ipv6(network, '/64') for network in range(3))]
        for near, far in zip(self._provider.isp_end, self._provider.core_end):
            self.route(self.isp, 'default', far)
            for network in customers:
                if version(network) == version(near):
                    self.route(core, network, near)
        self.isp.forward()
        if self._provider is NEAR:
            self.isp.address('lo', *NAME_SERVER)
            for address, near in zip(NAME_SERVER, self._provider.isp_end):
                self.route(core, address, near)

    # The vocabulary of variants.py

    def add(self, name):
        """A new host, without a cable yet."""
        return self._net.add(self._provider.prefix + name)

    def ipv4(self, number):
        """The provider's address with this last number: a customer's, or its own."""
        return '%s.%d' % (self._provider.ipv4, number)

    def ipv6(self, network, host=''):
        """An address in one of the provider's networks: 0 is that of its customers, the others are
        behind one of them."""
        return '%s%02d::%s' % (self._provider.ipv6, network, host)

    def downlink(self, near, near_end, far, far_end, *pairs):
        """A cable from a host to the next one on the way out, with the default route.

        Each pair is the address at the near end, and the one at the far end with its prefix length.
        """
        self.bed.link(near, near_end, far, far_end)
        for near_address, far_address in pairs:
            gateway = ipaddress.ip_interface(far_address)
            near.address(near_end, '%s/%d' % (near_address, gateway.network.prefixlen))
            far.address(far_end, far_address)
            self.route(near, 'default', str(gateway.ip))
        far.forward()

    def lan(self, router, *addresses):
        """A network behind a router: a switch in it, named `lan`, and its addresses there."""
        router.do('ip', 'link', 'add', 'lan', 'type', 'bridge')
        # On some kernels even switched packets pass the router's rules
        for table in ('iptables', 'ip6tables'):
            router.set('bridge/bridge-nf-call-' + table, 0, if_there=True)
        router.address('lan', *addresses)
        router.forward()

    def plug(self, host, end, router, *addresses):
        """A cable from a host to the network behind a router. Servers have one cable already."""
        port = 'port-' + host.name.removeprefix(self._provider.prefix)
        if host.name in self._net.residents:
            self._net.link(router, port, host, end)
        else:
            self.bed.link(host, end, router, port)
        router.do('ip', 'link', 'set', port, 'master', 'lan', 'up')
        host.address(end, *addresses)

    def tunnel(self, near, near_end, far, far_end):
        """A tunnel between two hosts, however far apart."""
        self._net.wire((near, near_end), (far, far_end))

    def tell_names(self, versions=(4, 6), **told):
        """The IP versions by which the client asks its name server, and its records (sites.records
        ()). Without versions, it never gets an answer."""
        self.names = versions, told
