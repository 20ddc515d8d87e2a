# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""What is true in each network of the lab, and what Sidetone has to find there.

The truth is written from variants.py, sites.py and faults.py: the addresses at both ends, what becomes
of the port, what is done to UDP, what may be said about calls, which services work. Of findings all that
are not expected are forbidden; the first one is the headline. Each row is played at every server named.
"""

import sites
import variants
from variants import AD, APD, EI

KEPT, CHANGED = 'kept', 'changed'
ROWS = []
BOTH = sites.OFFERING
HOME, OUTSIDE = '192.168.1.10', '198.51.100.1'
IPV6 = '2001:db8:101::10'


class Scenario:
    """One check of one account in one network."""

    def __init__(self, variant, domain, options, local, seen, port, level, findings, attempts=None,
                 status=0, services='', nat=None):
        self.variant = variant
        self.domain = domain
        self.options = [option.format(domain=domain, ipv4=sites.ADDRESSES[sites.DOMAINS[domain]][0])
                        for option in options]
        self.local = local
        self.seen = seen
        self.port = port
        self.level = level
        self.findings = findings
        # How many connections are begun until the one that is used, 250 ms one after the other
        self.attempts = attempts
        # That the program ends with
        self.status = status
        # What comes of them: "turn-udp:passed"; of those that were tried, all of a kind alike
        self.services = dict(pair.split(':') for pair in services.split())

        # What can be known of the NAT at this server; None where that is not looked at
        self.nat = nat

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
        ROWS.append(Scenario(variant, domain, options, local, seen, port, level, findings.split(),
                             **more))


PORT_INDEPENDENT = 'port-independent'


def nat_as_seen(network, domain):
    """What can be known of a network's NAT at a server where all is well: coturn has two addresses (RFC
    5780); ejabberd has one, so that what is the same for its ports may be another for other addresses."""
    if network == 'nat64' and sites.DOMAINS[domain] == 'ejabberd':
        # It announces addresses, and that of IPv6 needs no translator
        network = 'ipv6-firewall'
    network = variants.VARIANTS[network]
    narrow = {} if sites.DOMAINS[domain] == 'prosody' else {EI: PORT_INDEPENDENT,
                                                            AD: PORT_INDEPENDENT}
    hairpinning = {True: 'yes', False: 'no'}[network.hairpinning]
    return {'mapping': narrow.get(network.mapping, network.mapping),
            'filtering': narrow.get(network.filtering, network.filtering),
            'hairpinning': hairpinning if network.mapping in (EI, AD, APD) else None}


ALL_WELL = 'stun-udp:passed stun-tcp:passed turn-udp:passed turn-tcp:passed'


def translated(variant, findings, *options, local=HOME, seen=OUTSIDE, port=KEPT, level=None,
               services=ALL_WELL, domains=BOTH, **more):
    """Something changes the address: where it does so in the same way for everybody, calls find a way;
    else they need help, and get it from a relay."""
    for domain in domains:
        nat = nat_as_seen(variant, domain)
        depends = ' mapping-dependent' if nat['mapping'] in (AD, APD) else ''
        row(variant, findings + depends, local, seen, port,
            level or ('good' if nat['mapping'] == EI else 'relay'), *options, services=services,
            domains=(domain,), nat=nat, **more)


def untouched(variant, address, *options):
    """The server sees what the computer has."""
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
    """What was seen says nothing of the way to the internet."""
    row(variant, findings, local, seen, port, 'unknown', *options, **more)


def faulty(domain, findings, level, services, variant='home', local=HOME, seen=OUTSIDE):
    """A domain of faults.py, from behind a home router unless that matters."""
    row(variant, findings, local, seen, KEPT, level, domains=(domain,), services=services)


def unmade(variant, findings, *options, local=None):
    """The server can't be asked."""
    row(variant, findings, local, None, None, 'unknown', *options, status=2)


# Nothing in between

untouched('open', '198.51.100.10')
untouched('ipv6', IPV6)
untouched('ipv6-firewall', IPV6)
untouched('dual-stack', IPV6)
untouched('nat64', IPV6, '--server', 'ipv6.{domain}')

# A NAT of IPv4. What it does to UDP does not show here

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

# IPv6 that is translated, or leads to IPv4

translated('nat66', 'nat66', local='fd12:3456:789a:1::10', seen='2001:db8:100::1')
translated('prefix-translation', 'prefix-translation', local=IPV6, seen='2001:db8:102::10')
translated('nat64', 'nat64', local=IPV6, seen='198.51.100.2')
translated('nat64', 'nat64', '--security', 'starttls', local=IPV6, seen='198.51.100.2')
translated('clat', 'nat64', local=IPV6, seen='198.51.100.2')
translated('clat', 'clat', '--server', '{ipv4}', local='192.0.0.1', seen='198.51.100.2')
# IPv6 goes first, and costs no more than one turn; of the services half is lost
HALF = ALL_WELL.replace('passed', 'failed/passed')
translated('broken-ipv6', 'nat broken-ipv6', attempts=2, services=HALF)
translated('broken-ipv6', 'nat broken-ipv6', '--security', 'starttls', attempts=2, services=HALF)

# A tunnel is the way out

translated('vpn', 'nat vpn', local='10.8.0.2', seen='203.0.113.40')

# Where the server stands tells more of it than of the way

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

undecided('open', 'no-services not-offered', local='198.51.100.10',
          domains=('mantua.lit', 'verona.lit'))
undecided('home', 'no-services not-offered', domains=('mantua.lit', 'verona.lit'))
undecided('broken-ipv6', 'no-services not-offered broken-ipv6', domains=('verona.lit',))
undecided('vpn', 'no-services not-offered vpn', local='10.8.0.2', domains=('mantua.lit',))

# Little or nothing of UDP gets out, or not all of it gets through

translated('udp-blocked', 'udp-blocked nat',
           services='stun-udp:failed stun-tcp:passed turn-udp:failed turn-tcp:passed')
# One address that is silent in each way may as well be down
translated('tls-only', 'service-silent nat', level='limited',
           services='stun-udp:failed stun-tcp:failed turn-udp:failed turn-tcp:failed')
faulty('tls-443.lit', 'udp-blocked nat', 'relay', variant='https-only',
       services='stun-udp:failed turn-udp:failed turns-tls:passed')
faulty('no-turn.lit', 'no-relay service-silent nat', 'limited', variant='https-only',
       services='stun-udp:failed')
translated('lossy', 'packets-lost nat', services='turn-udp:passed turn-tcp:passed')
translated('five-percent', 'packets-lost nat', services='turn-udp:passed turn-tcp:passed')
translated('small-packets', 'large-packets-lost nat')
# ejabberd writes XOR-MAPPED-ADDRESS alone, so that there is nothing to rewrite
translated('helpful-router', 'address-rewritten nat', domains=('capulet.lit',))
translated('helpful-router', 'nat', domains=('montague.lit',))

# Something is wrong with the services

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
    faulty(domain, findings, 'limited', 'stun-udp:passed turn-udp:failed turn-tcp:failed')
faulty('no-pairs.lit', 'relay-pair nat', 'relay', 'stun-udp:passed turn-udp:passed turn-tcp:passed')
for domain in ('tls-name.lit', 'tls-date.lit', 'tls-issuer.lit'):
    faulty(domain, 'relay-certificate nat', 'relay',
           'stun-udp:passed turn-udp:passed turns-tls:failed')
faulty('silent.lit', 'service-silent nat', 'limited',
       'stun-udp:failed turn-udp:failed turn-tcp:failed')
# By IPv6 alone: names lead to the provider's translator, and an address of IPv4 leads nowhere
faulty('tls-443.lit', 'nat64', 'relay', 'stun-udp:passed turn-udp:passed turns-tls:passed',
       variant='nat64', local=IPV6, seen='198.51.100.2')
faulty('silent.lit', 'services-ipv4-only nat64', 'limited', '', variant='nat64', local=IPV6,
       seen='198.51.100.2')
faulty('closed.lit', 'relay-closed nat64', 'limited',
       'stun-udp:passed turn-udp:failed turn-tcp:failed', variant='nat64', local=IPV6,
       seen='198.51.100.2')
# Where nothing changes the address, a relay that is no use is a note
row('open', 'no-nat relay-closed', '198.51.100.10', '198.51.100.10', KEPT, 'good',
    domains=('closed.lit',), services='stun-udp:passed turn-udp:failed turn-tcp:failed')

# The server is not reached

unmade('tls-only', 'server-silent', '--security', 'starttls')
unmade('captive', 'not-xmpp', '--security', 'starttls', local=HOME)
unmade('captive', 'not-xmpp', local=HOME)
unmade('dns-dead', 'dns-silent')
# It takes a name to fail for want of a name server
translated('dns-dead', 'nat', '--server', '{ipv4}', domains=('montague.lit',))
# But without one nobody knows where the services are
row('dns-dead', 'nat', HOME, OUTSIDE, KEPT, 'limited', '--server', '{ipv4}', domains=('capulet.lit',))
