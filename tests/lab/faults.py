# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Domains with faulty services for calls, each with one fault, all at Prosody, with one account; and
the relays (coturn) that some have of their own. A domain's relay is named `relay.` and the domain.
"""

import bed
import servers

PORT, TLS_PORT, HTTPS = 3478, 5349, 443
COTURN = 'coturn.lit'
FIRST_ADDRESS = 100
NOBODY, NOBODY_ELSE, NOBODY_IPV6 = '203.0.113.99', '203.0.113.98', '2001:db8:113::99'
RELAYED = '49152-65535'

# A relay's IPv6: its name leads to nobody, to a host that does not listen there, or to the relay
NOWHERE, DEAF, WELL = 'nowhere', 'deaf', 'well'


class Relay:
    """A coturn of its own: lines of its configuration, and its host's faults.

    firewall: rules for packets that come in. leaving: for those that go out. held: whether somebody
    has its only allocation. ipv6: one of the words above. listens: whether it is where its name
    leads by IPv4. port: UDP's and TCP's. far: whether it is in another place than the XMPP servers.
    has_ipv4: whether its name leads anywhere by IPv4.
    """

    def __init__(self, *lines, certificate='good', firewall=(), leaving=(), held=False, ipv6=None,
                 listens=True, port=PORT, far=False, has_ipv4=True):
        self.lines = lines
        self.certificate = certificate
        self.firewall = firewall
        self.leaving = leaving
        self.held = held
        self.ipv6 = ipv6
        self.listens = listens
        self.port = port
        self.far = far
        self.has_ipv4 = has_ipv4

    def ipv4(self, number):
        """Its address."""
        return ('192.31.196.%d' if self.far else '203.0.113.%d') % number

    def addresses(self, number):
        """Where its name leads."""
        ipv6 = {None: [], NOWHERE: [NOBODY_IPV6]}.get(self.ipv6, [ipv6_address(number)])
        ipv4 = [self.ipv4(number) if self.listens else NOBODY] if self.has_ipv4 else []
        return [*ipv4, *ipv6]

    def place(self, net, name, number):
        """Place its host in the lab."""
        ipv6 = [ipv6_address(number)] if self.ipv6 in (DEAF, WELL) else []
        return net.place(name, self.ipv4(number), *ipv6)

    def start(self, net, host, number, secret):
        """Start its servers."""
        address = self.ipv4(number)
        host.set('ipv4/ip_unprivileged_port_start', 0)
        addresses = [address] if self.listens else []
        if self.ipv6 == WELL:
            addresses.append(ipv6_address(number))
        self.serve(host, addresses, address, secret)
        if self.firewall:
            rules = '\n'.join('iifname "eth0" ' + rule for rule in self.firewall)
            host.nft('table inet front {\nchain entering {\n'
                     'type filter hook input priority filter;\n%s\n}\n}' % rules)
        if self.leaving:
            host.nft('table inet behind {\nchain leaving {\n'
                     'type filter hook output priority filter;\n%s\n}\n}'
                     % '\n'.join('oifname "eth0" ' + rule for rule in self.leaving))
        if self.held:
            host.hold_relay(address, PORT, secret)

    def serve(self, host, addresses, address, secret):
        host.coturn(addresses, COTURN, secret, certificate=self.certificate, port=self.port,
                    more_lines=[line % {'address': address} for line in self.lines])


class FrontedRelay(Relay):
    """A relay in a network of its own: the host in front of it redirects to it what comes in.

    inside: the network's first three numbers. hides: whether the front puts its own inside address
    on what it lets in.
    """

    def __init__(self, inside, hides):
        super().__init__()
        self.front, self.address = inside + '.1', inside + '.2'
        self.hides = hides

    def place(self, net, name, number):
        front = super().place(net, name, number)
        front.forward()
        inner = net.add(name + '-behind')
        net.bed.link(front, 'lan', inner, 'eth0')
        front.address('lan', self.front + '/24')
        inner.address('eth0', self.address + '/24')
        net.route(inner, 'default', self.front)
        leaving = ['oifname "eth0" masquerade'] + self.hides * ['oifname "lan" masquerade']
        front.nft('''
          table ip lab {
            chain coming { type nat hook prerouting priority dstnat;
              iifname "eth0" meta l4proto { tcp, udp } th dport %d dnat to %s
              iifname "eth0" udp dport %s dnat to %s
            }
            chain leaving { type nat hook postrouting priority srcnat;
              %s
            }
          }''' % (PORT, self.address, RELAYED, self.address, '\n'.join(leaving)))
        self.inner = inner
        return front

    def serve(self, host, addresses, address, secret):
        self.inner.coturn([self.address], COTURN, secret, more_lines=[
            'external-ip=%s/%s' % (address, self.address)])


class RelayWithWeb(Relay):
    """A relay, and a web server at another port of its host."""

    def __init__(self, web_port, tls):
        super().__init__()
        self.web_port, self.tls = web_port, tls

    def serve(self, host, addresses, address, secret):
        super().serve(host, addresses, address, secret)
        host.nginx(address, self.web_port, certificate='good' if self.tls else None,
                   answer='200 "A page."')


class TlsOnlyRelay(Relay):
    """A relay with a TLS port that takes nothing but TLS, because that ends at a proxy."""

    def serve(self, host, addresses, address, secret):
        super().serve(host, addresses, address, secret)
        host.haproxy({(address, TLS_PORT): [servers.haproxy_server(address, PORT)]},
                     certificate='good')


class Fault:
    """A domain's services: words of FORMS below, or tuples of kind, transport, port and host.

    relay: their host, if not coturn.lit. bare: whether relays come without passwords.
    """

    def __init__(self, *offers, relay=None, host=None, secret=None, ttl=None, bare=False):
        self.offers = [FORMS.get(offer, offer) for offer in offers]
        self.relay = relay
        self.host = host
        self.secret = secret
        self.ttl = ttl
        self.bare = bare

    def services(self, domain):
        """Kind, transport, port and host of each."""
        own = self.host or (relay_name(domain) if self.relay else COTURN)
        return [(kind, transport, port, *(host or [own])) for kind, transport, port, *host
                in self.offers]


FORMS = {'stun': ('stun', 'udp', PORT), 'udp': ('turn', 'udp', PORT), 'tcp': ('turn', 'tcp', PORT),
         'tls': ('turns', 'tcp', TLS_PORT), 'https': ('turns', 'tcp', HTTPS)}
USUAL = ('stun', 'udp', 'tcp')


def at(host, *forms):
    """These words' services at another host."""
    return [FORMS[form] + (host,) for form in forms]


FAULTS = {
    # STUN of coturn.lit, and no relay
    'no-turn.lit': Fault('stun'),
    # Only a relay over TLS
    'turns-only.lit': Fault('tls'),
    # No fault: TURN over TLS at port 443
    'tls-443.lit': Fault('stun', 'udp', 'https', relay=Relay('tls-listening-port=%d' % HTTPS)),
    # Passwords by another secret than the relay's own; or they expired an hour ago
    'wrong-secret.lit': Fault(*USUAL, secret='wrong'),
    'expired.lit': Fault(*USUAL, ttl=-3600),
    # Nothing is let in at the relayed addresses, or only at the first two: hardly any check gets one
    'closed.lit': Fault(*USUAL, relay=Relay(firewall=['udp dport %s drop' % RELAYED])),
    'few-ports.lit': Fault(*USUAL, relay=Relay(firewall=['udp dport 49154-65535 drop'])),
    # It takes a private address for its own; or 0.0.0.0
    'private-relay.lit': Fault(*USUAL, relay=Relay('external-ip=10.0.0.5')),
    'zero-relay.lit': Fault(*USUAL, relay=Relay('external-ip=0.0.0.0')),
    # Or one that nobody has any more; or that is another server's by now
    'stale-address.lit': Fault(*USUAL, relay=Relay('external-ip=' + NOBODY_ELSE)),
    'other-address.lit': Fault(*USUAL, relay=Relay('external-ip=203.0.113.20')),
    # It forbids all peers; or its own address as a peer
    'forbidden.lit': Fault(*USUAL, relay=Relay('denied-peer-ip=0.0.0.0-255.255.255.255')),
    'no-pairs.lit': Fault(*USUAL, relay=Relay('denied-peer-ip=%(address)s')),
    # A relay for a single allocation, which is taken
    'full.lit': Fault(*USUAL, relay=Relay('total-quota=1', held=True)),
    # Certificates for another name, expired, self-signed
    'tls-name.lit': Fault('stun', 'udp', 'tls', relay=Relay(certificate='wrong-name')),
    'tls-date.lit': Fault('stun', 'udp', 'tls', relay=Relay(certificate='expired')),
    'tls-issuer.lit': Fault('stun', 'udp', 'tls', relay=Relay(certificate='self-signed')),
    # All that comes to it is dropped
    'dropped.lit': Fault(*USUAL, relay=Relay(
        firewall=['meta l4proto { tcp, udp } th dport %d drop' % PORT])),
    # An unused address; or two
    'silent.lit': Fault(*USUAL, host=NOBODY),
    'two-silent.lit': Fault(*at(NOBODY, 'stun'), *at(NOBODY_ELSE, 'udp', 'tcp')),

    # Its port is let in for TCP alone: UDP to it is dropped, or refused
    'udp-dropped.lit': Fault(*USUAL, relay=Relay(firewall=['udp dport %d drop' % PORT])),
    'udp-refused.lit': Fault(*USUAL, relay=Relay(firewall=['udp dport %d reject' % PORT])),
    # The relayed ports, too
    'tcp-published.lit': Fault(*USUAL, relay=Relay(
        firewall=['udp dport { %d, %s } reject' % (PORT, RELAYED)])),
    'tcp-let-in.lit': Fault(*USUAL, relay=Relay(
        firewall=['udp dport { %d, %s } drop' % (PORT, RELAYED)])),
    # Or for UDP alone
    'tcp-dropped.lit': Fault(*USUAL, relay=Relay(firewall=['tcp dport %d drop' % PORT])),
    'tcp-refused.lit': Fault(*USUAL, relay=Relay(
        firewall=['tcp dport %d reject with tcp reset' % PORT])),
    # STUN is silent, and the relay answers at another port
    'one-port.lit': Fault('stun', ('turn', 'udp', HTTPS), ('turn', 'tcp', HTTPS), relay=Relay(
        port=HTTPS, firewall=['udp dport %d drop' % PORT])),

    # What stands before it puts its own address on what it lets in; or rightly does not
    'snat-private.lit': Fault(*USUAL, relay=FrontedRelay('192.168.99', hides=True)),
    'snat-shared.lit': Fault(*USUAL, relay=FrontedRelay('100.96.7', hides=True)),
    'fronted.lit': Fault(*USUAL, relay=FrontedRelay('192.168.99', hides=False)),

    # It sends programs on to another relay (300 Try Alternate); or to nobody
    'redirects.lit': Fault(*USUAL, relay=Relay('alternate-server=203.0.113.20:%d' % PORT)),
    'redirects-away.lit': Fault(*USUAL, relay=Relay('alternate-server=%s:%d' % (NOBODY, PORT))),

    # One of the announced hosts leads to the asking computer; or to a private network
    'zero-host.lit': Fault(*USUAL, *at('0.0.0.0', 'stun', 'udp')),
    'private-host.lit': Fault(*USUAL, *at('10.0.0.7', 'stun', 'udp')),

    # By IPv6 nobody is there, nothing listens, or all is dropped; or so by IPv4
    'ipv6-nowhere.lit': Fault(*USUAL, relay=Relay(ipv6=NOWHERE)),
    'ipv6-refused.lit': Fault(*USUAL, relay=Relay(ipv6=DEAF)),
    'ipv6-dropped.lit': Fault(*USUAL, relay=Relay(
        ipv6=DEAF, firewall=['meta nfproto ipv6 meta l4proto { tcp, udp } drop'])),
    'ipv4-nowhere.lit': Fault(*USUAL, relay=Relay(ipv6=WELL, listens=False)),
    # Its name has an IPv6 address alone
    'ipv6-name.lit': Fault(*USUAL, relay=Relay(ipv6=WELL, has_ipv4=False)),

    # It answers STUN only to those who have a password; or not at all
    'stun-password.lit': Fault(*USUAL, relay=Relay('secure-stun')),
    'no-stun.lit': Fault(*USUAL, relay=Relay('no-stun')),

    # It lets so many bytes a second through for each person: half of a call, or most
    'throttled.lit': Fault(*USUAL, relay=Relay('max-bps=6000')),
    'throttled-less.lit': Fault(*USUAL, relay=Relay('max-bps=9000')),
    # It lets the first packets in at a relayed address, and then none any more
    'bans.lit': Fault(*USUAL, relay=Relay(
        firewall=['udp dport %s ct original packets > 25 drop' % RELAYED])),

    # It lets in what is sent to a relayed address, and nothing out from there
    'mute.lit': Fault(*USUAL, relay=Relay(leaving=['udp sport %s drop' % RELAYED])),

    # A web server has the port of its TLS; or of its TCP
    'web-443.lit': Fault('stun', 'udp', 'https', relay=RelayWithWeb(HTTPS, tls=True)),
    'web-80.lit': Fault('stun', 'udp', ('turn', 'tcp', 80), relay=RelayWithWeb(80, tls=False)),
    # A port for TLS is announced without; and the reverse
    'plain-to-tls.lit': Fault('stun', 'udp', ('turn', 'tcp', TLS_PORT),
                              relay=TlsOnlyRelay('tls-listening-port=5350')),
    'tls-to-plain.lit': Fault('stun', 'udp', ('turns', 'tcp', PORT), relay=Relay('no-tls')),

    # Hosts as they are written elsewhere: as URIs, or with a port
    'uri-hosts.lit': Fault(*at('stun:coturn.lit:3478', 'stun'),
                           *at('turn:coturn.lit:3478?transport=udp', 'udp')),
    'uri-relay.lit': Fault('stun', *at('turn:coturn.lit', 'udp')),
    'port-in-host.lit': Fault(*at('coturn.lit:3478', *USUAL)),
    'web-address.lit': Fault('stun', *at('https://coturn.lit/', 'udp', 'tcp')),
    'one-uri.lit': Fault(*USUAL, *at('turns:coturn.lit:5349', 'tls')),

    # Its TLS is announced by an address, for which no certificate is; or it sends the certificate
    # without that of its issuer
    'tls-address.lit': Fault('stun', 'udp', *at('203.0.113.20', 'tls')),
    'tls-chain.lit': Fault('stun', 'udp', 'tls', relay=Relay(certificate='no-chain')),
    # It has only IPv6
    'ipv6-relay.lit': Fault(*USUAL, host='2001:db8:113::20'),
    # It answers from another address than the one that was asked, as UDP on several addresses does
    'other-source.lit': Fault(*USUAL, relay=Relay(
        leaving=['udp sport %d ip saddr set %s' % (PORT, NOBODY_ELSE)])),
    # It is announced without credentials
    'no-credentials.lit': Fault(*USUAL, bare=True),

    # No fault: a relay in another place
    'far.lit': Fault(*USUAL, relay=Relay(far=True)),
    # It lets 0.8 Mbit/s through for each person: enough for a check, and for small video
    'throttled-video.lit': Fault(*USUAL, relay=Relay('max-bps=100000')),
}

bed.share_account('capulet.lit', FAULTS)


def ipv6_address(number):
    return '2001:db8:113::%d' % number


def number_of(domain):
    return FIRST_ADDRESS + list(FAULTS).index(domain)


def relay_name(domain):
    return 'relay.' + domain


def relay_address(domain):
    return FAULTS[domain].relay.ipv4(number_of(domain))


def places():
    """The relays' addresses, by their names."""
    return {relay_name(domain): tuple(fault.relay.addresses(number_of(domain)))
            for domain, fault in FAULTS.items() if fault.relay}


def prosody_lines(domain, secret):
    """mod_external_services's configuration of it."""
    fault = FAULTS[domain]
    entries = []
    for kind, transport, port, host in fault.services(domain):
        entry = 'type = "%s"; transport = "%s"; host = "%s"; port = %d' % (kind, transport, host,
                                                                           port)
        if kind != 'stun' and not fault.bare:
            entry += '; secret = "%s"; algorithm = "turn"; ttl = %d' % (
                fault.secret or secret, fault.ttl or 86400)
        entries.append('  { %s };' % entry)
    return ['external_services = {'] + entries + ['}']


def host_name(domain):
    """As long as the name of an interface may be."""
    return domain.removesuffix('.lit')


def place(net, domain):
    """Place the relay of a domain, if it has one of its own."""
    relay = FAULTS[domain].relay
    if relay is not None:
        relay.place(net, host_name(domain), number_of(domain))


def start(net, domain, secret):
    """Start a domain's relay, if it has one of its own."""
    relay = FAULTS[domain].relay
    if relay is not None:
        relay.start(net, net.hosts[host_name(domain)], number_of(domain), secret)
