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
    'no-nat': 'nobody', 'nat': 'administrator', 'cgnat': 'provider', 'nat64': 'provider',
    'clat': 'provider', 'nat66': 'router', 'prefix-translation': 'router',
    'port-translation': 'router', 'carrier-inside': 'nobody', 'same-network': 'nobody',
    'server-behind-proxy': 'administrator', 'not-offered': 'administrator',
    'services-unreadable': 'administrator', 'relay-throttles': 'administrator',
    'no-security': 'administrator', 'rewritten-locally': 'you',
    'second-router': 'router', 'carrier-behind-router': 'provider',
    'mapping-dependent': 'administrator', 'broken-ipv6': 'provider', 'vpn': 'you',
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
    'stun-sees-private': 'administrator', 'stun-silent': 'administrator',
    'relay-redirects': 'administrator', 'web-port': 'administrator', 'relay-ends': 'administrator',
    'relay-one-way': 'administrator', 'service-inside': 'nobody',
    'server-silent': 'administrator',
    'server-ipv6-only': 'administrator,provider', 'server-ipv4-only': 'router,you',
    'services-ipv6-only': 'administrator', 'not-xmpp': 'you', 'dns-silent': 'router', 'name-not-found': 'you',
    'certificate': 'administrator', 'closed-unheard': 'administrator',
    'server-refuses': 'administrator', 'wrong-tls': 'administrator', 'srv-silent': 'router',
    'announced-web': 'administrator', 'ipv6-stalls': 'router,administrator,provider',
    'server-broken-ipv6': 'administrator',
    'relays-ipv6-only': 'administrator', 'no-credentials': 'administrator',
    'local-proxy': 'you',
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
        # Whether a service may not answer, and the NAT stay unknown: many packets are lost, and
        # now and then those of one question all are
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
        found = findings
        if nat['mapping'] in (AD, APD):
            # What is specific goes before what most routers do
            found = {'nat': 'mapping-dependent nat'}.get(
                findings, findings + ' mapping-dependent@administrator,provider')
        row(variant, found, local, seen, port,
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
translated('double-nat', 'second-router@provider,router nat')
translated('dns-lossy', 'nat')

translated('home-behind-cgnat', 'carrier-behind-router nat', seen='198.51.100.2', port=CHANGED)
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
translated('broken-ipv6', 'broken-ipv6 nat', attempts=2, services=HALF)
translated('broken-ipv6', 'broken-ipv6 nat', '--security', 'starttls', attempts=2, services=HALF)
# Large packets by IPv6 get lost (https://github.com/NICMx/Jool/issues/321)
translated('ipv6-stalls', 'large-packets-lost@router,provider ipv6-stalls nat',
           domains=('montague.lit',))
translated('ipv6-stalls', 'large-packets-lost@router,provider,administrator ipv6-stalls nat',
           domains=('capulet.lit',))

# The default route is a tunnel

translated('vpn', 'vpn nat', local='10.8.0.2', seen='203.0.113.40')

# The server's place tells more about it than about the path

translated('inside-provider', 'carrier-inside', seen='100.64.0.10')
hidden('same-network', 'same-network', seen=HOME, port=KEPT)
hidden('same-network', 'same-network', '--security', 'starttls', seen=HOME, port=KEPT)
hidden('port-forward', 'server-behind-proxy@administrator,nobody', seen='192.168.1.1', port=KEPT,
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
undecided('broken-ipv6', 'no-services not-offered broken-ipv6@administrator,provider',
          domains=('verona.lit',))
undecided('vpn', 'no-services not-offered vpn', local='10.8.0.2', domains=('mantua.lit',))

# UDP is blocked, in part or entirely, or some of it is lost

translated('udp-blocked', 'udp-blocked nat',
           services='stun-udp:failed stun-tcp:passed turn-udp:failed turn-tcp:passed')
# A single silent address may be down as well
translated('tls-only', 'service-silent@administrator,router nat', level='limited',
           services='stun-udp:failed stun-tcp:failed turn-udp:failed turn-tcp:failed')
faulty('tls-443.lit', 'udp-blocked nat', 'relay', variant='https-only',
       services='stun-udp:failed turn-udp:failed turns-tls:passed')
faulty('no-turn.lit', 'no-relay udp-blocked nat', 'failing', variant='https-only', status=1,
       services='stun-udp:failed')
translated('lossy', 'packets-lost@administrator,provider nat',
           services='turn-udp:passed turn-tcp:passed', by_chance=True)
translated('five-percent', 'packets-lost@administrator,provider nat',
           services='turn-udp:passed turn-tcp:passed', by_chance=True)
translated('small-packets', 'large-packets-lost@administrator,provider,router nat')
# ejabberd writes only XOR-MAPPED-ADDRESS, so there is nothing to rewrite
translated('helpful-router', 'address-rewritten@administrator,router nat', domains=('capulet.lit',))
translated('helpful-router', 'nat', domains=('montague.lit',))

# The services have a fault

faulty('no-turn.lit', 'no-relay nat', 'limited', 'stun-udp:passed')
faulty('turns-only.lit', 'nat no-relay-over-udp', 'relay', 'turns-tls:passed')
faulty('tls-443.lit', 'nat', 'relay', 'stun-udp:passed turn-udp:passed turns-tls:passed')
for domain, findings in (('wrong-secret.lit', 'credentials-refused nat'),
                         ('expired.lit', 'credentials-expired credentials-refused nat'),
                         ('closed.lit', 'relay-closed@administrator,router nat'),
                         ('private-relay.lit', 'relay-address nat'),
                         ('zero-relay.lit', 'relay-address nat'),
                         ('forbidden.lit', 'relay-forbidden nat'),
                         ('full.lit', 'relay-full nat')):
    faulty(domain, findings, 'limited', NO_RELAY)
faulty('no-pairs.lit', 'relay-pair nat', 'relay', ALL_THREE)
for domain in ('tls-name.lit', 'tls-date.lit', 'tls-issuer.lit'):
    faulty(domain, 'relay-certificate nat', 'relay',
           'stun-udp:passed turn-udp:passed turns-tls:failed')
for domain in ('silent.lit', 'two-silent.lit', 'dropped.lit'):
    faulty(domain, 'service-silent nat', 'limited', NOTHING)
# With only IPv6: names lead to the provider's NAT64, and an IPv4 address leads nowhere
faulty('tls-443.lit', 'nat64', 'relay', 'stun-udp:passed turn-udp:passed turns-tls:passed',
       variant='nat64', local=IPV6, seen='198.51.100.2')
faulty('silent.lit', 'services-ipv4-only nat64', 'limited', '', variant='nat64', local=IPV6,
       seen='198.51.100.2')
faulty('closed.lit', 'relay-closed@administrator,router nat64', 'limited', NO_RELAY,
       variant='nat64', local=IPV6, seen='198.51.100.2')
# Or there is no such NAT64; or with only IPv4, and a relay that has none, as behind DS-Lite
faulty('tls-443.lit', 'no-nat services-ipv4-only', 'good', '', variant='ipv6', local=IPV6, seen=IPV6)
faulty('ipv6-name.lit', 'services-ipv6-only nat', 'limited', '')
# If nothing changes the address, a faulty relay is a note
from_open('closed.lit', 'no-nat relay-closed@administrator,router', 'good', NO_RELAY)

# The server is not reached

unmade('tls-only', 'server-silent@administrator,router', '--security', 'starttls')
unmade('captive', 'not-xmpp@administrator,you', '--security', 'starttls', local=HOME)
unmade('captive', 'not-xmpp@administrator,you', local=HOME)
unmade('dns-dead', 'dns-silent')
# A server of the other IP version
unmade('home', 'server-ipv6-only@administrator,provider,you', '--server', 'ipv6.{domain}')
unmade('ipv6', 'server-ipv4-only', '--server', 'ipv4.{domain}')
# A missing name server matters only to names
translated('dns-dead', 'nat', '--server', '{ipv4}', domains=('montague.lit',))
# But without one the services' addresses are unknown
row('dns-dead', 'nat', HOME, OUTSIDE, KEPT, 'limited', '--server', '{ipv4}', domains=('capulet.lit',))

# The set-ups of public reports, and some like them

# What is published for one transport alone, or at one port
# (https://github.com/processone/docker-ejabberd/issues/113)
faulty('one-port.lit', 'relay-transport nat', 'relay',
       'stun-udp:failed turn-udp:passed turn-tcp:passed')
faulty('tcp-dropped.lit', 'relay-transport@administrator,router nat', 'relay', NO_TCP)
faulty('tcp-refused.lit', 'relay-transport nat', 'relay', NO_TCP)
faulty('udp-dropped.lit', 'relay-transport nat', 'relay', NO_UDP)
from_open('udp-dropped.lit', 'no-nat relay-transport', 'good', NO_UDP)
faulty('tcp-let-in.lit', 'relay-transport nat', 'relay', NO_UDP)
from_open('tcp-let-in.lit', 'no-nat relay-transport', 'good', NO_UDP)
# This network refuses UDP
translated('udp-refused', 'udp-blocked nat',
           services='stun-udp:failed stun-tcp:passed turn-udp:failed turn-tcp:passed')
for domain in ('udp-refused.lit', 'tcp-published.lit'):
    faulty(domain, 'relay-transport nat', 'relay', NO_UDP)
from_open('udp-refused.lit', 'no-nat relay-transport', 'good', NO_UDP)
from_open('tcp-published.lit', 'no-nat relay-transport', 'good', NO_UDP)
# A relay behind a host that redirects to it (https://github.com/coturn/coturn/issues/669)
faulty('fronted.lit', 'nat', 'relay', ALL_THREE)
# The same host puts its own address on what it lets in
for domain, address in (('snat-private.lit', '192.168.99.1'), ('snat-shared.lit', '100.96.7.1')):
    faulty(domain, 'stun-sees-private nat', 'relay', ALL_THREE,
           words={'stun-sees-private': (address,)})
    from_open(domain, 'no-nat stun-sees-private', 'good', ALL_THREE,
              words={'stun-sees-private': (address,)})
# Only a part of a relay's ports is let in (https://github.com/coturn/coturn/issues/1014)
faulty('few-ports.lit', 'relay-closed@administrator,router nat', 'limited', NO_RELAY)
# A relay's external address is one that it had last week
# (https://github.com/spantaleev/matrix-docker-ansible-deploy/issues/413,
# https://github.com/processone/ejabberd/issues/3278)
for domain, address in (('stale-address.lit', '203.0.113.98'), ('other-address.lit', '203.0.113.20')):
    faulty(domain, 'relay-address@administrator,router nat', 'limited', NO_RELAY,
           words={'relay-address': (address,)})
# The servers stand at home, and are checked from there
# (https://github.com/coturn/coturn/issues/1213)
for variant in ('own-relay', 'own-relay-unlooped'):
    row(variant, 'server-behind-proxy@administrator,nobody service-inside', HOME, '192.168.1.1', KEPT,
        'unknown', domains=('capulet.lit',))
# One of the announced relays is 0.0.0.0 (https://github.com/tigase/siskin-im/issues/110)
for domain in ('zero-host.lit', 'private-host.lit'):
    faulty(domain, 'service-private nat', 'good', ALL_THREE)
# STUN wants a password (https://github.com/coturn/coturn/issues/389,
# https://github.com/coturn/coturn/issues/20)
faulty('stun-password.lit', 'stun-error nat', 'relay',
       'stun-udp:failed turn-udp:passed turn-tcp:passed')
# Or is turned off
faulty('no-stun.lit', 'nat stun-silent', 'relay', 'stun-udp:failed turn-udp:passed turn-tcp:passed',
       words={'stun-silent': ('STUN over UDP', 'no-stun')})
# A relay's address of one IP version leads nowhere (https://github.com/coturn/coturn/issues/249,
# https://github.com/dino/dino/issues/1168)
from_both('ipv6-nowhere.lit', 'no-nat relay-transport', 'good', HALF_THREE,
          words={'relay-transport': ('IPv6',)})
from_both('ipv6-dropped.lit', 'no-nat relay-transport', 'good', HALF_THREE,
          words={'relay-transport': ('IPv6',)})
from_both('ipv6-refused.lit', 'no-nat relay-transport', 'good', HALF_THREE,
          words={'relay-transport': ('IPv6',)})
from_both('ipv4-nowhere.lit', 'no-nat relay-transport', 'good', HALF_THREE,
          words={'relay-transport': ('IPv4',)})
# IPv4 inside IPv6 to a provider who shares addresses
# (https://github.com/muaz-khan/RTCMultiConnection/issues/175)
for domain in BOTH:
    row('ds-lite', 'carrier-behind-router nat mapping-dependent@administrator,provider', HOME,
        '198.51.100.2', CHANGED, 'relay', '--server', 'ipv4.{domain}', domains=(domain,))
    row('ds-lite', 'carrier-behind-router no-nat mapping-dependent@administrator,provider', IPV6, IPV6,
        KEPT, 'relay', services=ALL_WELL, domains=(domain,))
# A container network here and one at the server have the same addresses
# (https://github.com/moby/moby/issues/15086, https://github.com/jsxc/xmpp-cloud-auth/issues/42)
hidden('own-bridge', 'server-behind-proxy', seen='10.10.0.1', port=CHANGED)
# This computer itself has both addresses
row('own-translation', 'rewritten-locally', PUBLIC, '198.51.100.11', KEPT, 'good',
    domains=('capulet.lit',), services=ALL_WELL)
# Port 443 is XMPP's for those who name it (https://github.com/movim/movim/issues/1035,
# https://github.com/movim/movim/issues/947)
for domain in ('alpn-alone.lit', 'alpn-beside.lit'):
    hidden('home', 'server-behind-proxy', seen=doors.address(domain), port=CHANGED,
           domains=(domain,))
# A record names a web server's port (https://github.com/tigase/siskin-im/issues/60)
hidden('home', 'server-behind-proxy announced-web@administrator,router',
       seen=doors.address('web-beside.lit'), port=CHANGED, domains=('web-beside.lit',))
row('web-only', 'server-behind-proxy service-silent@administrator,router', HOME,
    doors.address('alpn-beside.lit'), CHANGED, 'unknown', domains=('alpn-beside.lit',),
    services=ALL_WELL.replace('passed', 'failed'))
# A web server has the port to itself
unopened('web-alone.lit', 'web-port@administrator,router', words={'web-port': ('ALPN',)})
# A record names a port for the kind of TLS that it does not speak
# (https://github.com/tigase/stork/issues/31)
for domain in ('srv-direct.lit', 'srv-starttls.lit'):
    translated('home', 'wrong-tls nat', domains=(domain,))
row('web-only', 'server-behind-proxy service-silent@administrator,router wrong-tls', HOME,
    doors.address('srv-both.lit'), CHANGED, 'unknown', domains=('srv-both.lit',))
# The PROXY protocol as it should be, and on one side only
# (https://github.com/processone/ejabberd/issues/4190)
translated('home', 'nat', domains=('proxy-known.lit',))
for options in ((), ('--security', 'starttls')):
    unopened('awaits-proxy.lit', 'closed-unheard@administrator,router', *options)
    unopened('proxy-line.lit', 'server-refuses', *options,
             words={'server-refuses': ('not-well-formed',)})
unopened('proxy-bytes.lit', 'server-refuses', words={'server-refuses': ('not-well-formed',)})
# Questions for SRV records stay unanswered, and there is no need for them
# (https://github.com/iNPUTmice/Conversations/issues/1392)
translated('srv-silent', 'nat', '--server', '{domain}')
for variant in ('srv-silent', 'srv-refused'):
    translated(variant, 'nat srv-silent@administrator,router')
# Hosts are announced with a scheme or a port
# (https://github.com/miranda-ng/miranda-ng/issues/4195,
# https://github.com/nextcloud/spreed/pull/4715)
for domain, host, services in (('uri-hosts.lit', 'turn:coturn.lit:3478', ''),
                               ('uri-relay.lit', 'turn:coturn.lit', 'stun-udp:passed'),
                               ('port-in-host.lit', 'coturn.lit:3478', ''),
                               ('web-address.lit', 'https://coturn.lit/', 'stun-udp:passed')):
    faulty(domain, 'services-unreadable nat', 'limited', services,
           words={'services-unreadable': (host,)})
faulty('one-uri.lit', 'services-unreadable nat', 'good', ALL_THREE,
       words={'services-unreadable': ('turns:coturn.lit:5349',)})
# A relay redirects (https://github.com/pion/turn/issues/544,
# https://github.com/jitsi/ice4j/issues/302,
# https://github.com/shinyoshiaki/werift-webrtc/issues/715)
faulty('redirects.lit', 'nat relay-redirects', 'relay', ALL_THREE,
       words={'relay-redirects': ('203.0.113.20',)})
faulty('redirects-away.lit', 'relay-error nat', 'limited', NO_RELAY,
       words={'relay-error': ('another server for its relay',)})
# A relay ends in the middle, while packets between two relays cross the same router; or lets nothing out
faulty('bans.lit', 'relay-ends nat', 'relay', ALL_THREE)
faulty('mute.lit', 'relay-one-way@administrator,router nat', 'limited', NO_RELAY)
# A relay throttles each person (https://github.com/coturn/coturn/issues/425)
for domain in ('throttled.lit', 'throttled-less.lit'):
    faulty(domain, 'relay-throttles nat', 'relay', ALL_THREE, by_chance=True)
# A mesh VPN leads to the server (https://github.com/meshenger-app/meshenger-android/issues/148)
hidden('mesh-vpn', 'same-network', local='100.101.1.10', seen='100.101.1.10', port=KEPT,
       domains=('capulet.lit',))
# A web server has a relay's port (https://github.com/coturn/coturn/issues/43,
# https://github.com/semaphore-chat/semaphore-chat/issues/189)
faulty('web-443.lit', 'relay-error nat', 'relay', 'stun-udp:passed turn-udp:passed turns-tls:failed',
       words={'relay-error': ('web server',)})
faulty('web-80.lit', 'relay-error nat', 'relay', NO_TCP, words={'relay-error': ('web server',)})
# A port for TLS is announced without it, or the reverse
# (https://github.com/spantaleev/matrix-docker-ansible-deploy/pull/446,
# https://github.com/processone/ejabberd/issues/3265)
faulty('plain-to-tls.lit', 'relay-error nat', 'relay', NO_TCP, words={'relay-error': ('TLS',)})
faulty('tls-to-plain.lit', 'relay-error nat', 'relay',
       'stun-udp:passed turn-udp:passed turns-tls:failed', words={'relay-error': ('TLS',)})
# The server's certificate is for the host in the SRV record, or has another fault
# (https://github.com/iNPUTmice/Conversations/issues/3585,
# https://github.com/iNPUTmice/Conversations/issues/2314)
for options in ((), ('--server', 'xmpp.hoster.lit')):
    unopened('hosted.lit', 'certificate', *options, words={'certificate': ('xmpp.hoster.lit',)})
unopened('cert-name.lit', 'certificate', words={'certificate': ('wrong.example.org',)})
unopened('cert-own.lit', 'certificate@administrator,router')
# The issuer may be a new one (https://github.com/tigase/siskin-im/issues/262)
unopened('cert-issuer.lit', 'certificate@administrator,router,you')
# The certificate in between is not sent
unopened('cert-chain.lit', 'certificate@administrator,router',
         words={'certificate': ('intermediate',)})
# Before the sign-in, it may as well be this computer's clock
for domain in ('cert-date.lit', 'cert-future.lit'):
    unopened(domain, 'certificate@administrator,you')
# The records lead to nobody, or say that there is no such service
unopened('srv-nobody.lit', 'server-silent@administrator,router', local=None)
unopened('srv-none.lit', 'name-not-found', local=None)
# Or an address inside a network was left out (https://github.com/kyma-project/kyma/issues/10881)
unopened('srv-missing.lit', 'server-silent@administrator,router', local=None,
         words={'server-silent': ('missing.lit', 'rebind')})
# A filter of names leads to this computer itself (https://github.com/quidsup/notrack/issues/198)
unopened('filtered.lit', 'server-silent@administrator,router', local=None,
         words={'server-silent': ('ad blocker',)})
# This network refuses chats in the name of their servers, or drops what they say, or large packets
# (https://github.com/robbiehanson/XMPPFramework/issues/1152,
# https://github.com/passteque/gluetun/issues/1989)
unmade('chat-refused', 'server-silent@administrator,router')
unmade('chat-dropped', 'server-silent@administrator,router', '--security', 'starttls', local=HOME)
unmade('large-tcp-lost', 'no-security@administrator,router', '--security', 'direct', local=HOME)

# This network drops all of STUN, by UDP and TCP, and nothing else of UDP
# (https://github.com/signalapp/Signal-Android/issues/14654,
# https://github.com/ooni/probe/issues/1645)
row('stun-filtered', 'udp-blocked service-silent@administrator,router nat', HOME, OUTSIDE, KEPT,
    'failing', domains=('montague.lit',), status=1)
row('stun-filtered', 'udp-blocked relay-error@administrator,router '
    'stun-error@administrator,router nat', HOME, OUTSIDE, KEPT, 'failing',
    domains=('capulet.lit',), status=1)
# This computer's own firewall lets no UDP out
# (https://github.com/evilsocket/opensnitch/issues/1246,
# https://github.com/coturn/coturn/issues/834)
translated('own-firewall', 'udp-blocked@you nat', words={'udp-blocked': ("This computer's",)},
           services='stun-udp:failed stun-tcp:passed turn-udp:failed turn-tcp:passed')
# A proxy program makes up addresses (https://github.com/Dreamacro/clash/issues/179,
# https://github.com/SagerNet/sing-box/issues/1629)
row('fake-addresses', 'local-proxy', HOME, OUTSIDE, KEPT, 'relay', domains=('capulet.lit',))
# The name leads into a private network (https://github.com/iNPUTmice/Conversations/issues/3383,
# https://github.com/freifunk-berlin/bbb-configs/pull/536)
unopened('inner.lit', 'server-silent@administrator,router,you', local=None,
         words={'server-silent': ('private network',)})
# A server's address of IPv6 leads nowhere (https://github.com/iNPUTmice/Conversations/issues/2556,
# https://github.com/profanity-im/profanity/issues/915)
row('dual-stack', 'nat server-broken-ipv6', HOME, OUTSIDE, KEPT, 'good',
    domains=('stale-ipv6.lit',), services=ALL_WELL)
# A server at home has only IPv6 (https://github.com/iNPUTmice/Conversations/issues/3543)
unopened('only-ipv6.lit', 'server-ipv6-only', local=None)
# The first of two announced places is dead (https://github.com/dino/dino/issues/534)
for domain in ('first-refuses.lit', 'first-silent.lit'):
    translated('home', 'nat', domains=(domain,))
# A proxy in front of the server ends TLS (https://github.com/node-xmpp/server/issues/107)
unopened('tls-ended.lit', 'server-refuses')
# This network ends connections in which encryption begins
# (https://github.com/ooni/probe-engine/issues/136,
# https://github.com/miranda-ng/miranda-ng/issues/4710)
for options in ((), ('--security', 'starttls')):
    unmade('tls-reset', 'no-security@administrator,router', *options, local=HOME,
           domains=('capulet.lit',))
# A relay's TLS is announced by an address (https://github.com/coturn/coturn/issues/113)
faulty('tls-address.lit', 'relay-certificate nat', 'good',
       'stun-udp:passed turn-udp:passed turns-tls:failed',
       words={'relay-certificate': ('203.0.113.20', 'by a name')})
# Or its certificate comes without that of its issuer
# (https://github.com/jitsi/jitsi-meet/issues/5589)
faulty('tls-chain.lit', 'relay-certificate@administrator,router nat', 'relay',
       'stun-udp:passed turn-udp:passed turns-tls:failed',
       words={'relay-certificate': ('fullchain',)})
# A relay has only IPv6 (https://github.com/coturn/coturn/issues/1297)
faulty('ipv6-relay.lit', 'services-ipv6-only nat', 'limited', '')
# It answers from another of its addresses (https://github.com/tailscale/tailscale/issues/15014)
faulty('other-source.lit', 'relay-transport nat', 'relay', NO_UDP)
from_open('other-source.lit', 'no-nat relay-error@administrator,router '
          'stun-error@administrator,router', 'good', NO_UDP)
# It is announced without a password (https://github.com/onsip/SIP.js/issues/351)
faulty('no-credentials.lit', 'no-credentials nat', 'limited', '')
