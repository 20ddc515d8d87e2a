# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The lab's servers: their places, their offers, and their DNS records.

    host       domains                   offers
       ejabberd   montague.lit              the address check; STUN and TURN of its own; its time
                  mantua.lit                neither
       prosody    capulet.lit               the address check; STUN and TURN of coturn.lit; its time
                  verona.lit                neither
       coturn     coturn.lit                STUN with two addresses (RFC 5780), TURN
       proxy      in front of both, for networks that say so in DNS

More domains at Prosody, each with a fault in its services, and their relays: faults.py. More at
both, each reached in a way of its own: doors.py.
"""

import ipaddress

import doors
import faults
import servers

ADDRESSES = {
    'ejabberd': ('203.0.113.10', '2001:db8:113::10'),
    'prosody': ('203.0.113.11', '2001:db8:113::11'),
    'coturn': ('203.0.113.20', '2001:db8:113::20'),
    'proxy': ('203.0.113.30', '2001:db8:113::30'),
}
SECOND_ADDRESSES = {
    'coturn': ('203.0.113.21', '2001:db8:113::21'),
    'proxy': ('203.0.113.31', '2001:db8:113::31', '203.0.113.32'),
}
# Where names lead if the proxy is in front: one of its addresses for each server
PROXIED = {'ejabberd': ADDRESSES['proxy'], 'prosody': SECOND_ADDRESSES['proxy'][:2]}
# Here the proxy has one address for both sides, and no network of its own behind it
PROXIED_IN_PUBLIC = {'prosody': SECOND_ADDRESSES['proxy'][2:]}
# The network behind the proxy: each server's address there, and how it sees the proxy
BEHIND_PROXY = {'ejabberd': '10.10.0.10', 'prosody': '10.10.0.11'}
PROXY_INSIDE = '10.10.0.1'

DOMAINS = {'montague.lit': 'ejabberd', 'mantua.lit': 'ejabberd',
           'capulet.lit': 'prosody', 'verona.lit': 'prosody',
           **dict.fromkeys(faults.FAULTS, 'prosody'),
           **{domain: door.server for domain, door in doors.DOORS.items()}}
# Those with the address check and services for calls
OFFERING = ('montague.lit', 'capulet.lit')
# Names that certificates must cover besides the domains
NAMES = ['coturn.lit', *faults.places()]
XMPP_PORTS = (5222, 5223)


def records(where=None, nat64=None):
    """The name server's records. where: other addresses for a host; nat64: a prefix (RFC 6147)."""
    # Coturn's first address: it announces the second one as its other (RFC 5780)
    places = dict(ADDRESSES, **faults.places())
    places.update(where or {})
    if nat64 is not None:
        places = {host: [address for address in addresses if ':' not in address]
                  for host, addresses in places.items()}
        places = {host: addresses + [embed(nat64, address) for address in addresses]
                  for host, addresses in places.items()}
    found = ['host-record=%s,%s' % (name, ','.join(places[host])) for name, host in (
        ('coturn.lit', 'coturn'), *((name, name) for name in faults.places()))]
    for domain, host in DOMAINS.items():
        if domain in doors.DOORS:
            found += doors.records(domain, places[host])
        else:
            found += servers.domain_records(domain, *places[host])
    found += ['host-record=%s,%s' % (name, ','.join(places.get(host, [host])))
              for name, host in doors.HOSTS.items()]
    # Behind NAT64, servers with an IPv6 address of their own are found by another name
    if nat64 is not None:
        found = [record for record in found if not record.startswith('host-record=ipv')]
        found += ['host-record=ipv6.%s,%s' % (domain, ADDRESSES[host][1])
                  for domain, host in DOMAINS.items()]
        found += ['host-record=ipv4only.arpa,192.0.0.170,192.0.0.171,%s,%s' % (
            embed(nat64, '192.0.0.170'), embed(nat64, '192.0.0.171'))]
    return found


def embed(prefix, address):
    """An IPv4 address after a NAT64 prefix of 96 bits (RFC 6052, section 2.2)."""
    return str(ipaddress.ip_network(prefix)[int(ipaddress.ip_address(address))])


def place(net, domains):
    """Place the hosts that the domains need; net is their network."""
    for host, addresses in ADDRESSES.items():
        net.place(host, *addresses, *SECOND_ADDRESSES.get(host, ()))
    if set(domains) & set(doors.DOORS):
        net.place('doors', *doors.addresses())


def start(net, domains):
    """Start the servers that the domains need."""
    wanted = {DOMAINS[domain] for domain in domains}
    if 'ejabberd' in wanted:
        start_ejabberd(net)
    if 'prosody' in wanted:
        start_prosody(net, domains)
        net.hosts['coturn'].coturn(ADDRESSES['coturn'] + SECOND_ADDRESSES['coturn'], 'coturn.lit',
                                   net.relay_secret)
    if wanted:
        start_proxy(net, wanted)
    if 'doors' in net.hosts:
        doors.start(net.hosts['doors'], ADDRESSES)


def place_relays(net, domains):
    """Place the relays that the domains have of their own."""
    for domain in set(domains) & set(faults.FAULTS):
        faults.place(net, domain)


def start_relays(net, domains):
    for domain in set(domains) & set(faults.FAULTS):
        faults.start(net, domain, net.relay_secret)


def start_ejabberd(net):
    turn = {'port': 3478, 'module': 'ejabberd_stun', 'use_turn': True,
            'turn_ipv4_address': ADDRESSES['ejabberd'][0],
            'turn_ipv6_address': ADDRESSES['ejabberd'][1]}
    offered = {'mod_sic': {}, 'mod_time': {},
               'mod_stun_disco': {'access': 'all', 'secret': net.relay_secret}}
    net.hosts['ejabberd'].ejabberd(
        {'montague.lit': {'modules': offered}, 'mantua.lit': {'modules': {}},
         **{domain: {'modules': offered} for domain, door in doors.DOORS.items()
            if door.server == 'ejabberd'}},
        net.bed.accounts('montague.lit'),
        listen=[dict(turn, ip='::', transport=transport) for transport in ('udp', 'tcp')]
        + [dict(client, ip='::', module='ejabberd_c2s', use_proxy_protocol=True) for client in (
            {'port': doors.PROXIED_STARTTLS, 'starttls': True, 'starttls_required': True},
            {'port': doors.PROXIED_DIRECT, 'tls': True})])


def start_prosody(net, domains):
    offered = {'modules': ('ipcheck', 'turn_external', 'time'),
               'lines': ['turn_external_host = "coturn.lit"',
                         'turn_external_secret = "%s"' % net.relay_secret,
                         'turn_external_tcp = true']}
    net.hosts['prosody'].prosody(
        {'capulet.lit': offered,
         'verona.lit': {'modules': ()},
         **{domain: dict(offered, certificate=door.certificate)
            for domain, door in doors.DOORS.items()
            if domain in domains and door.server == 'prosody'},
         **{domain: {'modules': ('ipcheck', 'external_services', 'time'),
                     'lines': faults.prosody_lines(domain, net.relay_secret)}
            for domain in faults.FAULTS if domain in domains}},
        net.bed.accounts('capulet.lit'))


def start_proxy(net, hosts):
    """One cable to each server behind it, and the first address for ejabberd, the second for
    Prosody."""
    proxy = net.hosts['proxy']
    routes = {}
    for host in sorted(hosts):
        behind = BEHIND_PROXY[host]
        net.bed.link(net.hosts[host], 'inside', proxy, host)
        net.hosts[host].address('inside', behind + '/24')
        proxy.address(host, PROXY_INSIDE + '/32')
        proxy.do('ip', 'route', 'add', behind, 'dev', host, 'src', PROXY_INSIDE)
        for address in PROXIED[host]:
            routes.update({(address, port): [servers.haproxy_server(behind, port)]
                           for port in XMPP_PORTS})
    for host in set(PROXIED_IN_PUBLIC) & hosts:
        for address in PROXIED_IN_PUBLIC[host]:
            routes.update({(address, port): [servers.haproxy_server(
                ADDRESSES[host][0], port, 'source', address)] for port in XMPP_PORTS})
    proxy.haproxy(routes)
