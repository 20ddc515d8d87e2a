# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""What is true in each network of the lab, and what Sidetone has to find there.

The truth is written from variants.py and sites.py: the addresses at both ends, what becomes of the
port, what may be said about calls. Of findings all that are not expected are forbidden. Each row is
played at every server named.
"""

import sites

KEPT, CHANGED = 'kept', 'changed'
ROWS = []
BOTH = sites.OFFERING
HOME, OUTSIDE = '192.168.1.10', '198.51.100.1'
IPV6 = '2001:db8:101::10'


class Scenario:
    """One check of one account in one network."""

    def __init__(self, variant, domain, options, local, seen, port, level, findings, attempts=None,
                 status=0):
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

    @property
    def name(self):
        return ' '.join([self.variant, sites.DOMAINS[self.domain]] + self.options)

    @property
    def truth(self):
        if self.seen is None:
            return 'nothing to compare'
        return '%s seen as %s, port %s' % (self.local, self.seen, self.port)


def row(variant, findings, local, seen, port, level, *options, domains=BOTH, **more):
    for domain in domains:
        ROWS.append(Scenario(variant, domain, options, local, seen, port, level, findings.split(),
                             **more))


def translated(variant, findings, *options, local=HOME, seen=OUTSIDE, port=KEPT, **more):
    """Something changes the address: calls need help."""
    row(variant, findings, local, seen, port, 'limited', *options, **more)


def untouched(variant, address, *options):
    """The server sees what the computer has."""
    row(variant, 'no-nat', address, address, KEPT, 'good', *options)


def undecided(variant, findings, *options, local=HOME, seen=None, port=None, **more):
    """What was seen says nothing of the way to the internet."""
    row(variant, findings, local, seen, port, 'unknown', *options, **more)


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
translated('double-nat', 'nat')
translated('udp-blocked', 'nat')
translated('tls-only', 'nat')
translated('lossy', 'nat')
translated('dns-lossy', 'nat')

# Of the second translation nothing shows in a single address: the router's is not known here
translated('home-behind-cgnat', 'nat', seen='198.51.100.2', port=CHANGED)
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
# IPv6 goes first, and costs no more than one turn
translated('broken-ipv6', 'nat broken-ipv6', attempts=2)
translated('broken-ipv6', 'nat broken-ipv6', '--security', 'starttls', attempts=2)

# A tunnel is the way out

translated('vpn', 'nat vpn', local='10.8.0.2', seen='203.0.113.40')

# Where the server stands tells more of it than of the way

translated('inside-provider', 'carrier-inside', seen='100.64.0.10')
undecided('same-network', 'same-network', seen=HOME, port=KEPT)
undecided('same-network', 'same-network', '--security', 'starttls', seen=HOME, port=KEPT)
undecided('port-forward', 'server-behind-proxy', seen='192.168.1.1', port=KEPT,
          domains=('capulet.lit',))
undecided('port-forward-outside', 'server-behind-proxy', seen=OUTSIDE, port=KEPT,
          domains=('capulet.lit',))
undecided('server-behind-proxy', 'server-behind-proxy', seen='10.10.0.1', port=CHANGED)
undecided('public-proxy', 'server-behind-proxy', seen='203.0.113.32', port=CHANGED,
          domains=('capulet.lit',))

# The server does not tell

undecided('open', 'not-offered no-services', local='198.51.100.10',
          domains=('mantua.lit', 'verona.lit'))
undecided('home', 'not-offered no-services', domains=('mantua.lit', 'verona.lit'))
undecided('broken-ipv6', 'not-offered broken-ipv6 no-services', domains=('verona.lit',))
undecided('vpn', 'not-offered vpn no-services', local='10.8.0.2', domains=('mantua.lit',))

# The server is not reached

unmade('tls-only', 'server-silent', '--security', 'starttls')
unmade('captive', 'not-xmpp', '--security', 'starttls', local=HOME)
unmade('captive', 'not-xmpp', local=HOME)
unmade('dns-dead', 'dns-silent')
# It takes a name to fail for want of a name server
translated('dns-dead', 'nat', '--server', '{ipv4}')
