# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The truth about each network of the lab, and what Sidetone must find there.

The truth is derived from variants.py, sites.py, faults.py and doors.py: the addresses at both
ends, the change of the port, what a NAT does to UDP, what may be said about calls, which services
work. Unexpected findings are forbidden; the first finding is the headline. Each row is played with
every server named.

A finding is its kind, and after an @ who has to do something about it, or several who may have to,
where one computer can't tell whose fault it is. Without an @ it is the one in OWNERS.
"""

import doors
import sites
import variants
from variants import AD, APD, EI

KEPT, CHANGED = 'kept', 'changed'
ROWS = []
OWNERS = {
    'no-nat': 'nobody', 'nat': 'router', 'cgnat': 'provider', 'nat64': 'provider',
    'clat': 'provider', 'nat66': 'router', 'prefix-translation': 'router',
    'port-translation': 'router', 'carrier-inside': 'nobody', 'same-network': 'nobody',
    'server-behind-proxy': 'administrator', 'not-offered': 'administrator',
    'rewritten-locally': 'you', 'second-router': 'router', 'carrier-behind-router': 'provider',
    'mapping-dependent': 'router', 'broken-ipv6': 'provider', 'vpn': 'you',
    'no-services': 'administrator', 'no-relay': 'administrator',
    'no-relay-over-udp': 'administrator', 'service-private': 'administrator',
    'services-ipv4-only': 'administrator', 'service-silent': 'administrator',
    'udp-blocked': 'router', 'packets-lost': 'provider', 'large-packets-lost': 'router',
    'address-rewritten': 'router', 'credentials-refused': 'administrator',
    'credentials-expired': 'administrator', 'relay-closed': 'administrator',
    'relay-address': 'administrator', 'relay-forbidden': 'administrator',
    'relay-full': 'administrator', 'relay-pair': 'administrator',
    'relay-certificate': 'administrator', 'relay-transport': 'administrator',
    'relay-error': 'administrator', 'stun-error': 'administrator',
    'server-silent': 'administrator', 'not-xmpp': 'you', 'dns-silent': 'router',
    'name-not-found': 'you', 'certificate': 'administrator',
    'closed-unheard': 'administrator', 'server-refuses': 'administrator',
    'web-port': 'administrator', 'wrong-tls': 'administrator', 'srv-silent': 'router',
}
TIMEOUTS = ('stun-no-answer', 'tcp-no-answer', 'tls-no-answer')
BOTH = sites.OFFERING
HOME, OUTSIDE = '192.168.1.10', '198.51.100.1'
PUBLIC = '198.51.100.10'
IPV6 = '2001:db8:101::10'


class Finding:
    """One that is expected."""

    def __init__(self, text):
        self.text = text
        self.kind, _, owners = text.partition('@')
        self.owners = (owners or OWNERS[self.kind]).split(',')


class Scenario:
    """One check of one account in one network."""

    def __init__(self, variant, domain, options, local, seen, port, level, findings, attempts=None,
                 status=0, services='', nat=None, by_chance=False, words=None):
        self.variant = variant
        self.domain = domain
        self.options = [option.format(domain=domain, ipv4=sites.ADDRESSES[sites.DOMAINS[domain]][0])
                        for option in options]
        self.local = local
        self.seen = seen
        self.port = port
        self.level = level
        self.findings = [Finding(text) for text in findings.split()]
        # What findings have to say: words by kind
        self.words = words or {}
        # How many connections begin, 250 ms apart, until the used one
        self.attempts = attempts
        # The program's exit status
        self.status = status
        # Their results: "turn-udp:passed"; all tested ones of a kind have the same
        self.services = dict(pair.split(':') for pair in services.split())

        # What can be known about the NAT with this server; None if it is not tested
        self.nat = nat
        # Whether a service may not answer, and the NAT stay unknown: many packets are lost, and now and then
        # those of one question all are
        self.by_chance = by_chance

    @property
    def name(self):
        return ' '.join([self.variant, self.domain] + self.options)

    @property
    def truth(self):
        if self.seen is None:
            return 'nothing to compare'
        return '%s seen as %s, port %s' % (self.local, self.seen, self.port)


def row(variant, findings, local, seen, port, level, *options, domains=BOTH, **more):
    for domain in domains:
        ROWS.append(Scenario(variant, domain, options, local, seen, port, level, findings, **more))


PORT_INDEPENDENT = 'port-independent'


def nat_as_seen(network, domain):
    """What can be known about a network's NAT with a faultless server: coturn has two addresses
    (RFC 5780); ejabberd has one, so that its ports may share a mapping that other addresses
    don't."""
    if network == 'nat64' and sites.DOMAINS[domain] == 'ejabberd':
        # It announces addresses, and the IPv6 one needs no NAT64
        network = 'ipv6-firewall'
    network = variants.VARIANTS[network]
    narrow = {} if sites.DOMAINS[domain] == 'prosody' else {EI: PORT_INDEPENDENT,
                                                            AD: PORT_INDEPENDENT}
    hairpinning = {True: 'yes', False: 'no'}[network.hairpinning]
    return {'mapping': narrow.get(network.mapping, network.mapping),
            'filtering': narrow.get(network.filtering, network.filtering),
            'hairpinning': hairpinning if network.mapping in (EI, AD, APD) else None}


ALL_WELL = 'stun-udp:passed stun-tcp:passed turn-udp:passed turn-tcp:passed'
# With a relay of Prosody's domains
ALL_THREE = 'stun-udp:passed turn-udp:passed turn-tcp:passed'
HALF_THREE = ALL_THREE.replace('passed', 'failed/passed')
NOTHING = ALL_THREE.replace('passed', 'failed')
NO_RELAY = 'stun-udp:passed turn-udp:failed turn-tcp:failed'
NO_TCP = 'stun-udp:passed turn-udp:passed turn-tcp:failed'
NO_UDP = 'stun-udp:failed turn-udp:failed turn-tcp:passed'


def translated(variant, findings, *options, local=HOME, seen=OUTSIDE, port=KEPT, level=None,
               services=ALL_WELL, domains=BOTH, **more):
    """Something changes the address: with an endpoint-independent mapping calls find a path; else
    they need help, and get it from a relay."""
    for domain in domains:
        nat = nat_as_seen(variant, domain)
        depends = ' mapping-dependent' if nat['mapping'] in (AD, APD) else ''
        row(variant, findings + depends, local, seen, port,
            level or ('good' if nat['mapping'] == EI else 'relay'), *options, services=services,
            domains=(domain,), nat=nat, **more)


def untouched(variant, address, *options):
    """The server sees this computer's own address."""
    for domain in BOTH:
        row(variant, 'no-nat', address, address, KEPT, 'good', *options, services=ALL_WELL,
            domains=(domain,), nat=nat_as_seen(variant, domain))


def hidden(variant, findings, *options, local=HOME, seen=None, port=None, domains=BOTH):
    """The server can't see the way to the internet, but coturn sees the NAT, and a relay works."""
    for domain in domains:
        nat = nat_as_seen(variant, domain) if sites.DOMAINS[domain] == 'prosody' else None
        row(variant, findings, local, seen, port, 'good' if nat else 'relay', *options,
            services=ALL_WELL, domains=(domain,), nat=nat)


def undecided(variant, findings, *options, local=HOME, seen=None, port=None, **more):
    """The addresses tell nothing about the way to the internet."""
    row(variant, findings, local, seen, port, 'unknown', *options, **more)


def faulty(domain, findings, level, services, variant='home', local=HOME, seen=OUTSIDE, **more):
    """A domain of faults.py, from behind a home router unless that matters."""
    row(variant, findings, local, seen, KEPT, level, domains=(domain,), services=services, **more)


def from_open(domain, findings, level, services, **more):
    """The same without a NAT."""
    faulty(domain, findings, level, services, variant='open', local=PUBLIC, seen=PUBLIC, **more)


def from_both(domain, findings, level, services, **more):
    """The same with both IP versions, and no translation of the newer one."""
    faulty(domain, findings, level, services, variant='dual-stack', local=IPV6, seen=IPV6, **more)


def unmade(variant, findings, *options, local=None, domains=BOTH, **more):
    """The server can't be asked."""
    row(variant, findings, local, None, None, 'unknown', *options, status=2, domains=domains,
        **more)


def unopened(domain, findings, *options, local=HOME, variant='home', **more):
    """A domain of doors.py that can't be asked."""
    unmade(variant, findings, *options, local=local, domains=(domain,), **more)


# Nothing in between

untouched('open', PUBLIC)
untouched('ipv6', IPV6)
untouched('ipv6-firewall', IPV6)
untouched('dual-stack', IPV6)
untouched('nat64', IPV6, '--server', 'ipv6.{domain}')

# IPv4 NATs. What they do to UDP does not show here

translated('home', 'nat')
translated('home', 'nat', '--security', 'starttls')
translated('home', 'nat', '--security', 'direct')
translated('home', 'nat', '--server', '{ipv4}')
translated('dual-stack', 'nat', '--server', 'ipv4.{domain}')
translated('port-shift', 'nat', port=CHANGED)
translated('address-mapped', 'nat', port=CHANGED)
translated('symmetric', 'nat', port=CHANGED)
translated('full-cone', 'nat')
translated('hairpin', 'nat')
translated('restricted', 'nat')
translated('double-nat', 'nat second-router')
translated('dns-lossy', 'nat')

translated('home-behind-cgnat', 'nat carrier-behind-router', seen='198.51.100.2', port=CHANGED)
translated('cgnat', 'cgnat', local='100.64.0.10', seen='198.51.100.2', port=CHANGED)
translated('port-translate', 'port-translation', local='198.51.100.130', seen='198.51.100.130',
           port=CHANGED)

# Translated IPv6, or IPv6 to IPv4

translated('nat66', 'nat66', local='fd12:3456:789a:1::10', seen='2001:db8:100::1')
translated('prefix-translation', 'prefix-translation', local=IPV6, seen='2001:db8:102::10')
translated('nat64', 'nat64', local=IPV6, seen='198.51.100.2')
translated('nat64', 'nat64', '--security', 'starttls', local=IPV6, seen='198.51.100.2')
translated('clat', 'nat64', local=IPV6, seen='198.51.100.2')
translated('clat', 'clat', '--server', '{ipv4}', local='192.0.0.1', seen='198.51.100.2')
# IPv6 goes first, and costs at most one turn; half of the services' addresses fail
HALF = ALL_WELL.replace('passed', 'failed/passed')
translated('broken-ipv6', 'nat broken-ipv6', attempts=2, services=HALF)
translated('broken-ipv6', 'nat broken-ipv6', '--security', 'starttls', attempts=2, services=HALF)

# The default route is a tunnel

translated('vpn', 'nat vpn', local='10.8.0.2', seen='203.0.113.40')

# The server's place tells more about it than about the path

translated('inside-provider', 'carrier-inside', seen='100.64.0.10')
hidden('same-network', 'same-network', seen=HOME, port=KEPT)
hidden('same-network', 'same-network', '--security', 'starttls', seen=HOME, port=KEPT)
hidden('port-forward', 'server-behind-proxy', seen='192.168.1.1', port=KEPT,
       domains=('capulet.lit',))
hidden('port-forward-outside', 'server-behind-proxy', seen=OUTSIDE, port=KEPT,
       domains=('capulet.lit',))
hidden('server-behind-proxy', 'server-behind-proxy', seen='10.10.0.1', port=CHANGED)
hidden('public-proxy', 'server-behind-proxy', seen='203.0.113.32', port=CHANGED,
       domains=('capulet.lit',))

# The server does not tell

undecided('open', 'no-services not-offered', local=PUBLIC,
          domains=('mantua.lit', 'verona.lit'))
undecided('home', 'no-services not-offered', domains=('mantua.lit', 'verona.lit'))
undecided('broken-ipv6', 'no-services not-offered broken-ipv6', domains=('verona.lit',))
undecided('vpn', 'no-services not-offered vpn', local='10.8.0.2', domains=('mantua.lit',))

# UDP is blocked, in part or entirely, or some of it is lost

translated('udp-blocked', 'udp-blocked nat',
           services='stun-udp:failed stun-tcp:passed turn-udp:failed turn-tcp:passed')
# A single silent address may be down as well
translated('tls-only', 'service-silent nat', level='limited',
           services='stun-udp:failed stun-tcp:failed turn-udp:failed turn-tcp:failed')
faulty('tls-443.lit', 'udp-blocked nat', 'relay', variant='https-only',
       services='stun-udp:failed turn-udp:failed turns-tls:passed')
faulty('no-turn.lit', 'no-relay service-silent nat', 'limited', variant='https-only',
       services='stun-udp:failed')
translated('lossy', 'packets-lost nat', services='turn-udp:passed turn-tcp:passed', by_chance=True)
translated('five-percent', 'packets-lost nat', services='turn-udp:passed turn-tcp:passed',
           by_chance=True)
translated('small-packets', 'large-packets-lost nat')
# ejabberd writes only XOR-MAPPED-ADDRESS, so there is nothing to rewrite
translated('helpful-router', 'address-rewritten nat', domains=('capulet.lit',))
translated('helpful-router', 'nat', domains=('montague.lit',))

# The services have a fault

faulty('no-turn.lit', 'no-relay nat', 'limited', 'stun-udp:passed')
faulty('turns-only.lit', 'nat no-relay-over-udp', 'relay', 'turns-tls:passed')
faulty('tls-443.lit', 'nat', 'relay', 'stun-udp:passed turn-udp:passed turns-tls:passed')
for domain, findings in (('wrong-secret.lit', 'credentials-refused nat'),
                         ('expired.lit', 'credentials-expired credentials-refused nat'),
                         ('closed.lit', 'relay-closed nat'),
                         ('private-relay.lit', 'relay-address nat'),
                         ('zero-relay.lit', 'relay-address nat'),
                         ('forbidden.lit', 'relay-forbidden nat'),
                         ('full.lit', 'relay-full nat')):
    faulty(domain, findings, 'limited', NO_RELAY)
faulty('no-pairs.lit', 'relay-pair nat', 'relay', ALL_THREE)
for domain in ('tls-name.lit', 'tls-date.lit', 'tls-issuer.lit'):
    faulty(domain, 'relay-certificate nat', 'relay',
           'stun-udp:passed turn-udp:passed turns-tls:failed')
faulty('silent.lit', 'service-silent nat', 'limited', NOTHING)
# With only IPv6: names lead to the provider's NAT64, and an IPv4 address leads nowhere
faulty('tls-443.lit', 'nat64', 'relay', 'stun-udp:passed turn-udp:passed turns-tls:passed',
       variant='nat64', local=IPV6, seen='198.51.100.2')
faulty('silent.lit', 'services-ipv4-only nat64', 'limited', '', variant='nat64', local=IPV6,
       seen='198.51.100.2')
faulty('closed.lit', 'relay-closed nat64', 'limited', NO_RELAY, variant='nat64', local=IPV6,
       seen='198.51.100.2')
# If nothing changes the address, a faulty relay is a note
from_open('closed.lit', 'no-nat relay-closed', 'good', NO_RELAY)

# The server is not reached

unmade('tls-only', 'server-silent', '--security', 'starttls')
unmade('captive', 'not-xmpp', '--security', 'starttls', local=HOME)
unmade('captive', 'not-xmpp', local=HOME)
unmade('dns-dead', 'dns-silent')
# A missing name server matters only to names
translated('dns-dead', 'nat', '--server', '{ipv4}', domains=('montague.lit',))
# But without one the services' addresses are unknown
row('dns-dead', 'nat', HOME, OUTSIDE, KEPT, 'limited', '--server', '{ipv4}', domains=('capulet.lit',))

# The set-ups of public reports, and some like them

# What is published for one transport alone, or at one port
# (https://github.com/processone/docker-ejabberd/issues/113)
faulty('one-port.lit', 'relay-transport nat', 'relay',
       'stun-udp:failed turn-udp:passed turn-tcp:passed')
for domain in ('tcp-dropped.lit', 'tcp-refused.lit'):
    faulty(domain, 'relay-transport nat', 'relay', NO_TCP)
# This network refuses UDP
translated('udp-refused', 'udp-blocked nat',
           services='stun-udp:failed stun-tcp:passed turn-udp:failed turn-tcp:passed')
# A relay behind a host that redirects to it (https://github.com/coturn/coturn/issues/669)
faulty('fronted.lit', 'nat', 'relay', ALL_THREE)
# Only a part of a relay's ports is let in (https://github.com/coturn/coturn/issues/1014)
faulty('few-ports.lit', 'relay-closed nat', 'limited', NO_RELAY)
# One of the announced relays is 0.0.0.0 (https://github.com/tigase/siskin-im/issues/110)
faulty('zero-host.lit', 'service-private nat', 'good', ALL_THREE)
# Port 443 is XMPP's for those who name it (https://github.com/movim/movim/issues/1035,
# https://github.com/movim/movim/issues/947)
for domain in ('alpn-alone.lit', 'alpn-beside.lit', 'web-beside.lit'):
    hidden('home', 'server-behind-proxy', seen=doors.address(domain), port=CHANGED,
           domains=(domain,))
# A web server has the port to itself
unopened('web-alone.lit', 'web-port')
# A record names a port for the kind of TLS that it does not speak
# (https://github.com/tigase/stork/issues/31)
for domain in ('srv-direct.lit', 'srv-starttls.lit'):
    translated('home', 'nat wrong-tls', domains=(domain,))
# The PROXY protocol as it should be, and on one side only
# (https://github.com/processone/ejabberd/issues/4190)
translated('home', 'nat', domains=('proxy-known.lit',))
unopened('awaits-proxy.lit', 'closed-unheard')
unopened('proxy-line.lit', 'server-refuses')
# Questions for SRV records stay unanswered, and there is no need for them
# (https://github.com/iNPUTmice/Conversations/issues/1392)
translated('srv-silent', 'nat', '--server', '{domain}')
translated('srv-silent', 'nat srv-silent')
# A mesh VPN leads to the server (https://github.com/meshenger-app/meshenger-android/issues/148)
hidden('mesh-vpn', 'same-network', local='100.101.1.10', seen='100.101.1.10', port=KEPT,
       domains=('capulet.lit',))
# A port without TLS is announced with it
# (https://github.com/spantaleev/matrix-docker-ansible-deploy/pull/446)
faulty('tls-to-plain.lit', 'relay-transport nat', 'relay',
       'stun-udp:passed turn-udp:passed turns-tls:failed', words={'relay-transport': ('TLS',)})
# The server's certificate (https://github.com/iNPUTmice/Conversations/issues/3585)
for domain in ('cert-own.lit', 'cert-issuer.lit'):
    unopened(domain, 'certificate')
# The records say that there is no such service
unopened('srv-none.lit', 'name-not-found', local=None)
