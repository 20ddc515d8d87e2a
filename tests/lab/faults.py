# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Domains with faulty services for calls, each with one fault: all at Prosody, with one account.

    domain               its users' services
       no-turn.lit          STUN of coturn.lit, and no relay
       turns-only.lit       only a relay over TLS
       tls-443.lit          no fault: STUN and TURN, and TURN over TLS at port 443
       wrong-secret.lit     coturn.lit, with passwords by another secret than its own
       expired.lit          the same with passwords that expired an hour ago
       closed.lit           a relay behind a firewall that lets nothing in at the relayed addresses
       private-relay.lit    a relay that takes a private address for its own
       zero-relay.lit       a relay that takes 0.0.0.0 for its address
       forbidden.lit        a relay that forbids all peers
       no-pairs.lit         a relay that forbids its own address as a peer
       full.lit             a relay for a single allocation, which is taken
       tls-name.lit, tls-date.lit, tls-issuer.lit
                            good relays, with certificates for another name, expired, self-signed
       silent.lit           a relay at an unused address

A domain's own relay is named `relay.` and the domain.
"""

PORT, TLS_PORT, HTTPS = 3478, 5349, 443
COTURN = 'coturn.lit'
# Only IPv4: the faults are the same for both
FIRST_ADDRESS = 60
NOBODY = '203.0.113.99'


class Relay:
    """A coturn of its own: lines of its configuration, and its host's faults."""

    def __init__(self, *lines, certificate='good', closed=False, held=False):
        self.lines = lines
        self.certificate = certificate
        self.closed = closed
        self.held = held


class Fault:
    """A domain's services: words of FORM below. relay: their host, if not coturn.lit."""

    def __init__(self, *offers, relay=None, host=None, secret=None, ttl=None):
        self.offers = offers
        self.relay = relay
        self.host = host
        self.secret = secret
        self.ttl = ttl


FORMS = {'stun': ('stun', 'udp', PORT), 'udp': ('turn', 'udp', PORT), 'tcp': ('turn', 'tcp', PORT),
         'tls': ('turns', 'tcp', TLS_PORT), 'https': ('turns', 'tcp', HTTPS)}

FAULTS = {
    'no-turn.lit': Fault('stun'),
    'turns-only.lit': Fault('tls'),
    'tls-443.lit': Fault('stun', 'udp', 'https', relay=Relay('tls-listening-port=%d' % HTTPS)),
    'wrong-secret.lit': Fault('stun', 'udp', 'tcp', secret='wrong'),
    'expired.lit': Fault('stun', 'udp', 'tcp', ttl=-3600),
    'closed.lit': Fault('stun', 'udp', 'tcp', relay=Relay(closed=True)),
    'private-relay.lit': Fault('stun', 'udp', 'tcp', relay=Relay('external-ip=10.0.0.5')),
    'zero-relay.lit': Fault('stun', 'udp', 'tcp', relay=Relay('external-ip=0.0.0.0')),
    'forbidden.lit': Fault('stun', 'udp', 'tcp',
                           relay=Relay('denied-peer-ip=0.0.0.0-255.255.255.255')),
    'no-pairs.lit': Fault('stun', 'udp', 'tcp', relay=Relay('denied-peer-ip=%(address)s')),
    'full.lit': Fault('stun', 'udp', 'tcp', relay=Relay('total-quota=1', held=True)),
    'tls-name.lit': Fault('stun', 'udp', 'tls', relay=Relay(certificate='wrong-name')),
    'tls-date.lit': Fault('stun', 'udp', 'tls', relay=Relay(certificate='expired')),
    'tls-issuer.lit': Fault('stun', 'udp', 'tls', relay=Relay(certificate='self-signed')),
    'silent.lit': Fault('stun', 'udp', 'tcp', host=NOBODY),
}


def relay_name(domain):
    return 'relay.' + domain


def relay_address(domain):
    return '203.0.113.%d' % (FIRST_ADDRESS + list(FAULTS).index(domain))


def places():
    """The relays' addresses, by their names."""
    return {relay_name(domain): (relay_address(domain),)
            for domain, fault in FAULTS.items() if fault.relay}


def prosody_lines(domain, secret):
    """mod_external_services's configuration of it."""
    fault = FAULTS[domain]
    host = fault.host or (relay_name(domain) if fault.relay else COTURN)
    entries = []
    for offer in fault.offers:
        kind, transport, port = FORMS[offer]
        entry = 'type = "%s"; transport = "%s"; host = "%s"; port = %d' % (kind, transport, host,
                                                                           port)
        if kind != 'stun':
            entry += '; secret = "%s"; algorithm = "turn"; ttl = %d' % (
                fault.secret or secret, fault.ttl or 86400)
        entries.append('  { %s };' % entry)
    return ['external_services = {'] + entries + ['}']


def host_name(domain):
    """As long as the name of an interface may be."""
    return domain.removesuffix('.lit')


def place(net, domain):
    """Place the relay of a domain, if it has one of its own."""
    if FAULTS[domain].relay is not None:
        net.place(host_name(domain), relay_address(domain))


def start(net, domain, secret):
    """Start a domain's relay, if it has one of its own."""
    relay = FAULTS[domain].relay
    if relay is None:
        return
    address = relay_address(domain)
    host = net.hosts[host_name(domain)]
    host.set('ipv4/ip_unprivileged_port_start', 0)
    host.coturn([address], COTURN, secret, relay.certificate,
                [line % {'address': address} for line in relay.lines])
    if relay.closed:
        host.nft('table inet closed {\nchain entering {\ntype filter hook input priority filter;\n'
                 'iifname "eth0" udp dport 49152-65535 drop\n}\n}')
    if relay.held:
        host.hold_relay(address, PORT, secret)
