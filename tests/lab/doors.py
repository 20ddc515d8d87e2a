# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Domains whose XMPP server is reached in a way of its own: other SRV records, a proxy with several
services behind one port (ALPN, XEP-0368), the PROXY protocol, other certificates.

All offer what the server's first domain in sites.py does, with one account. The host `doors` has
what stands in front of the servers, at an address for each domain.
"""

import bed
import servers

HTTPS, STARTTLS, DIRECT = 443, 5222, 5223
# ejabberd's ports where a proxy in front has to send a line about the client first
PROXIED_STARTTLS, PROXIED_DIRECT = 5232, 5233
# The web server at `doors`, which others pass connections to
WEB = ('127.0.0.1', 8443)
FIRST_ADDRESS = 41


class Door:
    """How a domain is reached.

    records: its SRV records, as (service, port, priority) and, if that is another name, a host.
    routes: ports in front of the server, and the lines of HAProxy's configuration for each.
    certificate: the server's. ended: whether TLS ends in front of it.
    """

    def __init__(self, *records, server='prosody', routes=None, certificate='good', ended=False):
        self.records = records
        self.server = server
        self.routes = routes or {}
        self.certificate = certificate
        self.ended = ended


def to(port, *options, name='behind'):
    """Pass connections on to the server."""
    return [servers.haproxy_server('%(server)s', port, 'source', '%(door)s', *options, name=name)]


def shared():
    """A port for XMPP and a web server, told apart by the protocol that the client names in TLS
    (ALPN, RFC 7301)."""
    return ['tcp-request inspect-delay 5s',
            'tcp-request content accept if { req.ssl_hello_type 1 }',
            'use-server xmpp if { req.ssl_alpn xmpp-client }',
            'use-server web unless { req.ssl_alpn xmpp-client }',
            *to(DIRECT, name='xmpp'), servers.haproxy_server(*WEB, name='web')]


WEB_ALONE = [servers.haproxy_server(*WEB)]
BOTH_PROXIED = (('_xmpp-client', STARTTLS, 10), ('_xmpps-client', DIRECT, 10))

DOORS = {
    # Port 443 is shared with a web server; alone, and beside the usual port
    'alpn-alone.lit': Door(('_xmpps-client', HTTPS, 0), routes={HTTPS: shared()}),
    'alpn-beside.lit': Door(('_xmpps-client', HTTPS, 0), ('_xmpp-client', STARTTLS, 10),
                            routes={HTTPS: shared(), STARTTLS: to(STARTTLS)}),
    # A web server has it for itself
    'web-alone.lit': Door(('_xmpps-client', HTTPS, 0), routes={HTTPS: WEB_ALONE}),
    'web-beside.lit': Door(('_xmpps-client', HTTPS, 0), ('_xmpp-client', STARTTLS, 10),
                           routes={HTTPS: WEB_ALONE, STARTTLS: to(STARTTLS)}),

    # The record for STARTTLS names a port for TLS at once; alone, and after the usual port. And the
    # reverse
    'srv-direct.lit': Door(('_xmpp-client', DIRECT, 0)),
    'srv-both.lit': Door(('_xmpp-client', STARTTLS, 5), ('_xmpp-client', HTTPS, 15),
                         routes={STARTTLS: to(STARTTLS), HTTPS: to(DIRECT)}),
    'srv-starttls.lit': Door(('_xmpps-client', STARTTLS, 0)),

    # The server expects a proxy's line (PROXY protocol) that nobody sends; or it does not know what
    # the proxy sends, in both versions of the protocol. And as it should be
    'awaits-proxy.lit': Door(('_xmpp-client', PROXIED_STARTTLS, 0),
                             ('_xmpps-client', PROXIED_DIRECT, 0), server='ejabberd'),
    'proxy-line.lit': Door(*BOTH_PROXIED, routes={STARTTLS: to(STARTTLS, 'send-proxy'),
                                                  DIRECT: to(DIRECT, 'send-proxy')}),
    'proxy-bytes.lit': Door(*BOTH_PROXIED, routes={STARTTLS: to(STARTTLS, 'send-proxy-v2'),
                                                   DIRECT: to(DIRECT, 'send-proxy-v2')}),
    'proxy-known.lit': Door(*BOTH_PROXIED, server='ejabberd', routes={
        STARTTLS: to(PROXIED_STARTTLS, 'send-proxy'), DIRECT: to(PROXIED_DIRECT, 'send-proxy')}),

    # The certificate is for the host in the record, and not for the domain
    'hosted.lit': Door(('_xmpp-client', STARTTLS, 0, 'xmpp.hoster.lit'),
                       ('_xmpps-client', DIRECT, 0, 'xmpp.hoster.lit'), certificate='hoster'),
    # It has another fault
    'cert-date.lit': Door(certificate='expired'),
    'cert-future.lit': Door(certificate='not-yet-valid'),
    'cert-own.lit': Door(certificate='self-signed'),
    'cert-issuer.lit': Door(certificate='unknown-ca'),
    'cert-chain.lit': Door(certificate='no-chain'),
    'cert-name.lit': Door(certificate='wrong-name'),

    # The records lead to nobody; and there is explicitly no such service (RFC 2782)
    'srv-nobody.lit': Door(('_xmpp-client', STARTTLS, 0, 'nobody.lit')),
    # They name what does not exist; or a name server that filters names leads to 0.0.0.0
    'srv-missing.lit': Door(('_xmpp-client', STARTTLS, 0, 'missing.lit')),
    'filtered.lit': Door(('_xmpp-client', STARTTLS, 0, 'tracker.lit')),
    'srv-none.lit': Door(('_xmpp-client', 0, 0, '.'), ('_xmpps-client', 0, 0, '.')),

    # A first place refuses, or leads to nobody, and the next one is well
    'first-refuses.lit': Door(('_xmpps-client', 5224, 0), ('_xmpp-client', STARTTLS, 10)),
    'first-silent.lit': Door(('_xmpps-client', DIRECT, 0, 'nobody.lit'),
                             ('_xmpp-client', STARTTLS, 10)),
    # By IPv6 nobody is there
    'stale-ipv6.lit': Door(('_xmpp-client', STARTTLS, 0, 'half.lit'),
                           ('_xmpps-client', DIRECT, 0, 'half.lit')),
    # There is only IPv6
    'only-ipv6.lit': Door(('_xmpp-client', STARTTLS, 0, 'ipv6.capulet.lit'),
                          ('_xmpps-client', DIRECT, 0, 'ipv6.capulet.lit')),
    # The name leads into a private network
    'inner.lit': Door(('_xmpp-client', STARTTLS, 0, 'host.inner.lit')),
    # A proxy in front ends TLS
    'tls-ended.lit': Door(('_xmpps-client', DIRECT, 0), routes={DIRECT: to(STARTTLS)}, ended=True),
}
# Names in the records, and where they lead
HOSTS = {'xmpp.hoster.lit': 'prosody', 'nobody.lit': '203.0.113.99', 'tracker.lit': '0.0.0.0',
         'half.lit': '203.0.113.11,2001:db8:113::99', 'host.inner.lit': '192.168.178.20'}

for server, first in (('ejabberd', 'montague.lit'), ('prosody', 'capulet.lit')):
    bed.share_account(first, [name for name, each in DOORS.items() if each.server == server])


def address(domain):
    """The door's own address, or None."""
    if not DOORS[domain].routes:
        return None
    return '203.0.113.%d' % (FIRST_ADDRESS + list(DOORS).index(domain))


def addresses():
    """All that `doors` has."""
    return [address(domain) for domain in DOORS if address(domain)]


def records(domain, own):
    """Its DNS records; own: its server's addresses."""
    if not DOORS[domain].records:
        return servers.domain_records(domain, *own)
    here = [address(domain)] if address(domain) else own
    found = ['host-record=%s,%s' % (domain, ','.join(here))]
    for service, port, priority, *host in DOORS[domain].records:
        host = ''.join(host) or domain
        found.append('srv-host=%s._tcp.%s' % (service, domain) + (
            '' if host == '.' else ',%s,%d,%d,5' % (host, port, priority)))
    return found


def start(host, places):
    """Start what stands in front of the servers, whose addresses are in places."""
    routes, ended = {}, {}
    for domain, door in DOORS.items():
        for port, lines in door.routes.items():
            (ended if door.ended else routes)[address(domain), port] = [
                line % {'server': places[door.server][0], 'door': address(domain)}
                for line in lines]
    host.nginx(*WEB, '200 "A page."', certificate='good')
    host.haproxy(ended, certificate='good')
    # The last one is the one whose settings remedies.py changes
    host.haproxy(routes)
