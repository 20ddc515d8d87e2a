# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The networks that the lab can put between a client and its servers: a function each, which gets
the side to build on (topology.py).

RFC 4787's words say what a network does to UDP: mapping and filtering, each `endpoint-independent`,
`address-dependent`, `address-and-port-dependent`; the mapping is `none` without a translation, and
both are None if UDP is blocked. test_variants.py checks each network.

Linux keeps ports, and one mapping for all destinations, as far as possible: only `random` makes it
choose a new port for each. And it filters by address and port, unless a rule lets more in.
"""

import sites

NONE = 'none'
EI, AD, APD = 'endpoint-independent', 'address-dependent', 'address-and-port-dependent'

NAT64_PREFIX = '2001:db8:64::/96'


# An ephemeral port is never below 32768 on Linux, so a NAT to ports below always changes it

# The vocabulary of the nftables rules


def add_chain(host, family, name, kind, hook, priority, rules):
    host.nft('table %s lab {\nchain %s {\ntype %s hook %s priority %s;\n%s\n}\n}' % (
        family, name, kind, hook, priority, '\n'.join(rules)))


def translate(host, *rules, family='ip'):
    """Change packets' source addresses, as they leave."""
    add_chain(host, family, 'leaving', 'nat', 'postrouting', 'srcnat', rules)


def redirect(host, *rules, family='ip'):
    """Change packets' destinations, as they come in."""
    add_chain(host, family, 'coming', 'nat', 'prerouting', 'dstnat', rules)


def filter_passing(host, *rules):
    """Let through or drop forwarded packets."""
    add_chain(host, 'inet', 'passing', 'filter', 'forward', 'filter', rules)


def protect(router, outside='wan'):
    """A firewall: packets from outside get in only as answers, or if a rule says so.

    The router itself refuses nothing, but drops: a refused packet would leave a trace that changes
    the next flow's port.
    """
    add_chain(router, 'inet', 'entering', 'filter', 'input', 'filter',
              ['iifname "%s" ct state new meta l4proto { tcp, udp } drop' % outside])
    filter_passing(router, 'iifname "%s" ct status dnat accept' % outside,
                   'iifname "%s" ct state new drop' % outside)


def masquerade(router, family='ip'):
    """Most routers' NAT: one address for all, ports kept if possible."""
    translate(router, 'oifname "wan" masquerade', family=family)


def invite(net, router, key, out, back, where):
    """Let in unsolicited packets, if the client has sent something.

    For each outgoing UDP packet, `out` is remembered, which has the type `key`. A packet that comes
    in at `where` is let in if its `back` is remembered.
    """
    router.nft('''
      table ip lab {
        map invited { type %s : ipv4_addr; flags dynamic, timeout; timeout 5m; }
        chain noting { type filter hook postrouting priority srcnat - 1;
          oifname "wan" meta l4proto udp update @invited { %s : ip saddr }
        }
      }''' % (key, out))
    redirect(router, '%s meta l4proto udp dnat to %s map @invited' % (where, back))
    # Hairpinned packets seem to come from outside, or the answer would not pass here
    translate(router, 'iifname "lan" oifname "lan" ct status dnat snat to ' + net.ipv4(1))


class Variant:
    """A network, its description in plain words, and what its NAT does to UDP."""

    def __init__(self, function, words, mapping, filtering, hairpinning, loss, alg):
        self.name = function.__name__.replace('_', '-')
        self.words = words
        self.build = function
        self.mapping = mapping
        self.filtering = filtering
        self.hairpinning = hairpinning
        self.loss = loss
        # The address that a router writes into STUN answers
        self.alg = alg


VARIANTS = {}


def variant(words, mapping=None, filtering=None, hairpinning=False, loss=0, alg=None):
    def register(function):
        made = Variant(function, words, mapping, filtering, hairpinning, loss, alg)
        VARIANTS[made.name] = made
        return function
    return register


# Shared parts


def home_network(net):
    """A client behind a router that leads nowhere yet."""
    router = net.add('router')
    net.lan(router, '192.168.1.1/24')
    net.plug(net.client, 'eth0', router, '192.168.1.10/24')
    net.route(net.client, 'default', '192.168.1.1')
    net.tell_names(versions=(4,))
    protect(router)
    return router


def home_line(net):
    """A client and its router, without a NAT yet: 192.168.1.10, and the provider's first address."""
    router = home_network(net)
    net.downlink(router, 'wan', net.isp, 'access', (net.ipv4(1), net.ipv4(254) + '/24'))
    return router


def home_router(net):
    """The same with the usual NAT."""
    router = home_line(net)
    masquerade(router)
    return router


def ipv6_line(net, lan=None):
    """A client with only IPv6: a router, and a network of its own behind it."""
    router = net.add('router')
    lan = lan or net.ipv6(1)
    net.lan(router, lan + '1/64')
    net.plug(net.client, 'eth0', router, lan + '10/64')
    net.route(net.client, 'default', lan + '1')
    net.downlink(router, 'wan', net.isp, 'access', (net.ipv6(0, '1'), net.ipv6(0, 'fe/64')))
    for network in (1, 2):
        net.route(net.isp, net.ipv6(network, '/64'), net.ipv6(0, '1'))
    net.tell_names(versions=(6,))
    return router


def both_lines(net):
    """IPv4 with a NAT, and IPv6."""
    router = ipv6_line(net)
    protect(router)
    masquerade(router)
    router.address('lan', '192.168.1.1/24')
    net.client.address('eth0', '192.168.1.10/24')
    net.route(net.client, 'default', '192.168.1.1')
    router.address('wan', net.ipv4(1) + '/24')
    net.isp.address('access', net.ipv4(254) + '/24')
    net.route(router, 'default', net.ipv4(254))
    net.tell_names(versions=(4, 6))
    return router


def hold_shared_address(net):
    """Unsolicited packets to the provider's shared address end at the provider. Otherwise they
    would be sent out to the rest of the world, and come back from there."""
    net.isp.do('ip', 'route', 'add', 'blackhole', net.ipv4(2))


def carrier_nat(net):
    """A provider with one address for many customers."""
    translate(net.isp, 'oifname "wire" ip saddr 100.64.0.0/10 snat to %s fully-random' % net.ipv4(2))
    hold_shared_address(net)


def nat64_line(net):
    """Only IPv6. The provider translates to IPv4 (NAT64, RFC 6146), with one address for all
    customers."""
    router = ipv6_line(net)
    protect(router)
    net.isp.tayga('nat64', 'ipv4-addr 192.168.255.1', 'prefix ' + NAT64_PREFIX,
                  'dynamic-pool 192.168.255.0/24')
    net.isp.do('ip', 'route', 'add', '192.168.255.0/24', 'dev', 'nat64')
    net.isp.do('ip', 'route', 'add', NAT64_PREFIX, 'dev', 'nat64')
    translate(net.isp, 'oifname "wire" ip saddr 192.168.255.0/24 snat to ' + net.ipv4(2))
    hold_shared_address(net)
    net.tell_names(versions=(6,), nat64=NAT64_PREFIX)
    return router


# The variants


@variant('A public address on the computer itself: nothing is translated', NONE, EI)
def open(net):
    net.downlink(net.client, 'eth0', net.isp, 'access', (net.ipv4(10), net.ipv4(254) + '/24'))
    net.tell_names(versions=(4,))


@variant('A home router as most are: one address for all, ports kept', EI, APD)
def home(net):
    home_router(net)


@variant('A home router that gives other ports, the same towards everybody', EI, APD)
def port_shift(net):
    translate(home_line(net),
              'oifname "wan" ip protocol { tcp, udp } snat to %s:20000-20999' % net.ipv4(1))


@variant('A router that gives another port for each address it talks to', AD, APD)
def address_mapped(net):
    translate(home_line(net),
              'oifname "wan" ip daddr 203.0.113.20 ip protocol { tcp, udp } '
              'snat to %s:21000-21999' % net.ipv4(1),
              'oifname "wan" ip protocol { tcp, udp } snat to %s:22000-22999' % net.ipv4(1))


@variant('A router that gives another port for everybody it talks to', APD, APD)
def symmetric(net):
    translate(home_line(net), 'oifname "wan" masquerade fully-random')


@variant('A router that lets in anybody where the computer sent something out', EI, EI)
def full_cone(net):
    invite(net, home_router(net), 'inet_service', 'udp sport', 'udp dport', 'iifname "wan"')


@variant('The same, and the computer reaches itself by its outside address', EI, EI,
         hairpinning=True)
def hairpin(net):
    invite(net, home_router(net), 'inet_service', 'udp sport', 'udp dport',
           'ip daddr ' + net.ipv4(1))


@variant('A router that lets in the addresses to which the computer sent something', EI, AD)
def restricted(net):
    invite(net, home_router(net), 'ipv4_addr . inet_service', 'ip daddr . udp sport',
           'ip saddr . udp dport', 'iifname "wan"')


@variant('A mobile network: the provider translates for many customers', APD, APD)
def cgnat(net):
    net.downlink(net.client, 'eth0', net.isp, 'access', ('100.64.0.10', '100.64.0.1/16'))
    carrier_nat(net)
    net.tell_names(versions=(4,))


@variant('A home router, and behind it a provider who translates once more', APD, APD)
def home_behind_cgnat(net):
    router = home_network(net)
    masquerade(router)
    net.downlink(router, 'wan', net.isp, 'access', ('100.64.0.10', '100.64.0.1/16'))
    carrier_nat(net)


@variant('Two routers at home, one behind the other', EI, APD)
def double_nat(net):
    router, modem = home_network(net), net.add('modem')
    net.downlink(router, 'wan', modem, 'middle', ('192.168.0.2', '192.168.0.1/24'))
    net.downlink(modem, 'wan', net.isp, 'access', (net.ipv4(1), net.ipv4(254) + '/24'))
    protect(modem)
    for each in (router, modem):
        masquerade(each)


@variant('A public address on the computer, and a firewall that changes only ports', EI, APD)
def port_translate(net):
    router = net.add('router')
    net.downlink(net.client, 'eth0', router, 'lan', (net.ipv4(130), net.ipv4(129) + '/28'))
    net.downlink(router, 'wan', net.isp, 'access', (net.ipv4(1), net.ipv4(100) + '/25'))
    net.route(net.isp, net.ipv4(128) + '/28', net.ipv4(1))
    protect(router)
    translate(router, 'oifname "wan" ip protocol { tcp, udp } '
                      'snat to %s:20000-20999' % net.ipv4(130))
    net.tell_names(versions=(4,))


@variant('An office network without UDP')
def udp_blocked(net):
    filter_passing(home_router(net),
                   'udp dport 53 accept',
                   'udp sport 53 accept',
                   'meta l4proto udp drop')


@variant('An office network that lets out TLS only, by ports 443 and 5223')
def tls_only(net):
    filter_passing(home_router(net),
                   'iifname "wan" accept',
                   'tcp dport { 53, 443, 5223 } accept',
                   'udp dport 53 accept',
                   'drop')


@variant('An office network that lets out nothing but web pages and one chat')
def https_only(net):
    filter_passing(home_router(net),
                   'iifname "wan" accept',
                   'tcp dport { 53, 443 } accept',
                   'ip daddr { %s, %s } tcp dport 5223 accept' % (
                       sites.ADDRESSES['ejabberd'][0], sites.ADDRESSES['prosody'][0]),
                   'udp dport 53 accept',
                   'drop')


@variant('A line on which large packets of UDP get lost, as on a VPN that is set up badly', EI, APD)
def small_packets(net):
    filter_passing(home_router(net), 'meta l4proto udp meta length > 1300 drop')


@variant('A router that helps where nobody asked it to: it rewrites answers of STUN', EI, APD,
         alg='192.168.1.10')
def helpful_router(net):
    home_router(net)


@variant('IPv6 only, and nothing in the way', NONE, EI)
def ipv6(net):
    ipv6_line(net)


@variant('IPv6 only, and a router that lets in nothing unasked', NONE, APD)
def ipv6_firewall(net):
    protect(ipv6_line(net))


@variant('IPv6 and IPv4, as most providers with IPv6 have it', EI, APD)
def dual_stack(net):
    both_lines(net)


@variant('IPv6 is announced, but all that is sent by it is lost on the way', EI, APD)
def broken_ipv6(net):
    both_lines(net)
    filter_passing(net.isp, 'meta nfproto ipv6 drop')
    net.tell_names(versions=(4,))


@variant('IPv6 loses large packets on the way, and nobody says so', EI, APD)
def ipv6_stalls(net):
    both_lines(net)
    filter_passing(net.isp, 'meta nfproto ipv6 meta length > 1280 drop')


@variant('IPv6 behind a router that translates it as if it were IPv4', EI, APD)
def nat66(net):
    router = ipv6_line(net, lan='fd12:3456:789a:1::')
    protect(router)
    masquerade(router, family='ip6')


@variant('IPv6 behind a router that exchanges the first half of each address', EI, EI,
         hairpinning=True)
def prefix_translation(net):
    router = ipv6_line(net)
    inside, outside = net.ipv6(1, '/64'), net.ipv6(2, '/64')
    translate(router, 'oifname "wan" snat ip6 prefix to ip6 saddr map { %s : %s }' % (
        inside, outside), family='ip6')
    redirect(router, 'iifname "wan" dnat ip6 prefix to ip6 daddr map { %s : %s }' % (
        outside, inside), family='ip6')


@variant('IPv6 only, and a provider who translates to the servers that have IPv4 only', EI, APD)
def nat64(net):
    nat64_line(net)


@variant('The same, and the computer makes itself an IPv4 address of it, as telephones do', EI, APD)
def clat(net):
    router = nat64_line(net)
    net.client.tayga('clat', 'ipv4-addr 192.0.0.2', 'prefix ' + NAT64_PREFIX,
                     'map 192.0.0.1 ' + net.ipv6(1, 'c1a7'))
    net.client.address('clat', '192.0.0.1/29')
    net.client.forward()
    net.client.do('ip', 'route', 'add', 'default', 'dev', 'clat', 'src', '192.0.0.1')
    net.client.do('ip', 'route', 'add', net.ipv6(1, 'c1a7'), 'dev', 'clat')
    net.route(router, net.ipv6(1, 'c1a7'), net.ipv6(1, '10'))


@variant('A VPN: all that the computer sends goes through a tunnel', EI, APD)
def vpn(net):
    home_router(net)
    far_end = net.place('vpn', '203.0.113.40')
    net.tunnel(net.client, 'tun0', far_end, 'tun0')
    far_end.address('tun0', '10.8.0.1/24')
    far_end.forward()
    protect(far_end, 'eth0')
    translate(far_end, 'oifname "eth0" masquerade')
    net.client.address('tun0', '10.8.0.2/24')
    net.route(net.client, '192.0.2.53', '192.168.1.1')
    net.route(net.client, 'default', '10.8.0.1')


@variant('The server stands in the home network', EI, APD)
def same_network(net):
    router = home_router(net)
    net.plug(net.hosts['ejabberd'], 'lan', router, '192.168.1.20/24')
    net.plug(net.hosts['prosody'], 'lan', router, '192.168.1.21/24')
    net.tell_names(versions=(4,), where={'ejabberd': ['192.168.1.20'],
                                         'prosody': ['192.168.1.21']})


@variant('The server stands in the home network, but its name leads to the router from outside',
         EI, APD)
def port_forward(net):
    router = home_router(net)
    net.plug(net.hosts['prosody'], 'lan', router, '192.168.1.21/24')
    redirect(router, 'ip daddr %s tcp dport { 5222, 5223 } dnat to 192.168.1.21' % net.ipv4(1))
    # So that the answer comes back through here
    translate(router, 'iifname "lan" oifname "lan" ct status dnat masquerade')
    net.tell_names(versions=(4,), where={'prosody': [net.ipv4(1)]})


@variant('The same, and the router shows the server its outside address', EI, APD)
def port_forward_outside(net):
    router = home_router(net)
    net.plug(net.hosts['prosody'], 'lan', router, '192.168.1.21/24')
    redirect(router, 'ip daddr %s tcp dport { 5222, 5223 } dnat to 192.168.1.21' % net.ipv4(1))
    translate(router, 'iifname "lan" oifname "lan" ct status dnat snat to ' + net.ipv4(1))
    net.tell_names(versions=(4,), where={'prosody': [net.ipv4(1)]})


@variant('The server stands behind a proxy that does not tell it who comes', EI, APD)
def server_behind_proxy(net):
    home_router(net)
    net.tell_names(versions=(4,), where=sites.PROXIED)


@variant('The server stands behind a proxy that has a public address on both sides', EI, APD)
def public_proxy(net):
    home_router(net)
    net.tell_names(versions=(4,), where=sites.PROXIED_IN_PUBLIC)


@variant('The server stands in the provider\'s own network', APD, APD)
def inside_provider(net):
    home_behind_cgnat(net)
    net.lan(net.isp, '100.65.0.1/16')
    for host, address in (('ejabberd', '100.65.0.20'), ('prosody', '100.65.0.21')):
        net.plug(net.hosts[host], 'provider', net.isp, address + '/16')
        net.route(net.hosts[host], '100.64.0.0/16', '100.65.0.1')
    net.tell_names(versions=(4,), where={'ejabberd': ['100.65.0.20'],
                                         'prosody': ['100.65.0.21']})


@variant('A hotel or train before one has agreed to its terms: a web page answers everything',
         EI, APD)
def captive(net):
    router = home_router(net)
    redirect(router, 'iifname "lan" ip protocol tcp redirect to :80')
    # RFC 8952
    router.nginx('0.0.0.0', 80, '302 http://portal.invalid/')


@variant('The name server does not answer', EI, APD)
def dns_dead(net):
    home_router(net)
    net.tell_names(versions=())


@variant('The name server hears each question only when it is asked again', EI, APD)
def dns_lossy(net):
    home_router(net)
    net.isp.nft('''
      table inet lab {
        set heard { type ipv4_addr . inet_service; flags dynamic, timeout; timeout 1m; }
        chain entering { type filter hook input priority filter;
          iifname "access" udp dport 53 ip saddr . udp sport != @heard jump ignore
        }
        chain ignore {
          add @heard { ip saddr . udp sport }
          drop
        }
      }''')


@variant('A bad connection: one packet in ten is lost', EI, APD, loss=10)
def lossy(net):
    home_router(net)


@variant('A worse connection than it should be: one packet in twenty is lost', EI, APD, loss=5)
def five_percent(net):
    home_router(net)


@variant('IPv6, and inside it IPv4 to the provider, who translates it for many (DS-Lite, RFC 6333)',
         APD, APD)
def ds_lite(net):
    router = ipv6_line(net)
    protect(router)
    router.address('lan', '192.168.1.1/24')
    net.client.address('eth0', '192.168.1.10/24')
    net.route(net.client, 'default', '192.168.1.1')
    net.tunnel(router, 'inside', net.isp, 'inside')
    # RFC 6333, section 5.7
    router.address('inside', '192.0.0.2/29')
    net.isp.address('inside', '192.0.0.1/29')
    net.route(router, 'default', '192.0.0.1')
    net.route(net.isp, '192.168.1.0/24', '192.0.0.2')
    translate(net.isp, 'oifname "wire" ip saddr { 192.168.1.0/24, 192.0.0.0/29 } '
                       'snat to %s fully-random' % net.ipv4(2))
    hold_shared_address(net)
    net.tell_names(versions=(4, 6))


@variant('The same proxy before the server, and a container network with its address here', EI, APD)
def own_bridge(net):
    server_behind_proxy(net)
    net.client.do('ip', 'link', 'add', 'docker0', 'type', 'bridge')
    net.client.address('docker0', sites.PROXY_INSIDE + '/24')


@variant('Two public addresses on the computer, which sends by one and appears as the other', EI, EI,
         hairpinning=True)
def own_translation(net):
    net.downlink(net.client, 'eth0', net.isp, 'access', (net.ipv4(10), net.ipv4(254) + '/24'))
    net.client.address('eth0', net.ipv4(11) + '/24')
    net.tell_names(versions=(4,))
    translate(net.client, 'oifname "eth0" snat to ' + net.ipv4(11))


@variant('A mesh VPN (100.64.0.0/10) leads to the XMPP server alone', EI, APD)
def mesh_vpn(net):
    home_router(net)
    prosody = net.hosts['prosody']
    net.tunnel(net.client, 'mesh', prosody, 'mesh')
    for near, here, there in ((net.client, '100.101.1.10', '100.101.1.20'),
                              (prosody, '100.101.1.20', '100.101.1.10')):
        near.address('mesh', here + '/32')
        near.do('ip', 'route', 'add', there + '/32', 'dev', 'mesh', 'src', here)
    net.tell_names(versions=(4,), where={'prosody': ['100.101.1.20']})


def mute_services(net, verdict):
    """Questions for SRV records of XMPP: their names begin with a label of 12 or 13 letters."""
    net.isp.nft('''
      table inet lab {
        chain entering { type filter hook input priority filter;
          udp dport 53 @th,160,48 { 0x0c5f786d7070, 0x0d5f786d7070 } %s
        }
      }''' % verdict)


@variant('The name server leaves questions for SRV records unanswered', EI, APD)
def srv_silent(net):
    home_router(net)
    mute_services(net, 'drop')


@variant('The name server refuses questions for SRV records', EI, APD)
def srv_refused(net):
    home_router(net)
    mute_services(net, 'reject')


@variant('A network that lets out web pages and nothing else')
def web_only(net):
    filter_passing(home_router(net),
                   'iifname "wan" accept',
                   'tcp dport { 53, 443 } accept',
                   'udp dport 53 accept',
                   'drop')


@variant('A network whose router refuses chats in the name of their servers', EI, APD)
def chat_refused(net):
    filter_passing(home_router(net),
                   'tcp dport { 5222, 5223 } reject with tcp reset')


@variant('A network that lets a connection be made, and drops what a chat says in it', EI, APD)
def chat_dropped(net):
    filter_passing(home_router(net),
                   'tcp dport { 5222, 5223 } tcp flags & (psh | syn) == psh drop')


@variant('A line on which large packets of TCP get lost on the way in', EI, APD)
def large_tcp_lost(net):
    filter_passing(home_router(net), 'iifname "wan" meta l4proto tcp meta length > 600 drop')


@variant('An office network whose router refuses UDP')
def udp_refused(net):
    filter_passing(home_router(net),
                   'udp dport 53 accept',
                   'udp sport 53 accept',
                   'meta l4proto udp reject with icmp admin-prohibited')


def own_servers(net):
    """The servers stand in the home network, but their names lead to the router from outside."""
    router = home_router(net)
    net.plug(net.hosts['prosody'], 'lan', router, '192.168.1.21/24')
    relay = net.add('own-relay')
    net.plug(relay, 'lan', router, '192.168.1.22/24')
    net.route(relay, 'default', '192.168.1.1')
    # Its rules rightly forbid private peers
    relay.coturn(['192.168.1.22'], 'coturn.lit', net.relay_secret, more_lines=[
        'external-ip=%s/192.168.1.22' % net.ipv4(1)] + ['denied-peer-ip=' + network for network in (
            '10.0.0.0-10.255.255.255', '172.16.0.0-172.31.255.255', '192.168.0.0-192.168.255.255')])
    redirect(router, *('ip daddr %s %s' % (net.ipv4(1), rule) for rule in (
        'tcp dport { 5222, 5223 } dnat to 192.168.1.21',
        'meta l4proto { tcp, udp } th dport 3478 dnat to 192.168.1.22',
        'udp dport 49152-65535 dnat to 192.168.1.22')))
    # So that the answer comes back through here
    translate(router, 'iifname "lan" oifname "lan" ct status dnat masquerade')
    net.tell_names(versions=(4,), where={'prosody': [net.ipv4(1)], 'coturn': [net.ipv4(1)]})
    return router


@variant('The server and its relay stand in the home network, but their names lead to the router',
         EI, APD)
def own_relay(net):
    own_servers(net)


@variant('The same, and the router leads nobody back inside to the relay', EI, APD)
def own_relay_unlooped(net):
    filter_passing(own_servers(net), 'iifname "lan" oifname "lan" ip daddr 192.168.1.22 drop')


@variant('A network that drops what looks like a call: all messages of STUN', EI, APD)
def stun_filtered(net):
    # The magic cookie, in UDP and behind a TCP header with timestamps
    filter_passing(home_router(net), 'udp dport != 53 @th,96,32 0x2112a442 drop',
                   'meta l4proto tcp @th,288,32 0x2112a442 drop')


@variant('A firewall on the computer itself that lets no UDP out')
def own_firewall(net):
    home_router(net)
    add_chain(net.client, 'inet', 'leaving', 'filter', 'output', 'filter',
              ['oifname "eth0" udp dport != 53 drop'])


@variant('A network that ends a connection as soon as encryption begins in it', EI, APD)
def tls_reset(net):
    filter_passing(home_router(net),
                   'iifname "lan" tcp dport { 5222, 5223 } @th,256,16 0x1603 reject with tcp reset')


@variant('A proxy program on the computer, which makes up addresses and carries no UDP', EI, APD)
def fake_addresses(net):
    home_router(net)
    add_chain(net.client, 'ip', 'proxying', 'nat', 'output', -100,
              ['meta l4proto tcp dnat to ip daddr map { 198.18.0.11 : %s, 198.18.0.20 : %s }' % (
                  sites.ADDRESSES['prosody'][0], sites.ADDRESSES['coturn'][0])])
    net.tell_names(versions=(4,), where={'prosody': ['198.18.0.11'], 'coturn': ['198.18.0.20']})
