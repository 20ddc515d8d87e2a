# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Faults of the lab's servers, and whose settings make each go away, for test_remedies.py.
test_remedies_listed.py sees that no setting of the program is without a row or a reason.
"""

import json
import os
import re
import subprocess

import faults
import sites


def listed():
    """What the program has: (finding, case, programs, requirement) of each remedy."""
    lines = subprocess.run([os.environ['SIDETONE_REMEDIES']], stdout=subprocess.PIPE, text=True,
                           check=True).stdout.splitlines()
    for line in lines:
        kind, case, programs, requirement = line.split('\t')
        yield kind, case, programs.split(), requirement


def requirements():
    """What an administrator reads, as a regular expression, by the finding and the case."""
    return {(kind, case): re.sub(r'\\{[a-z-]*\\}', '.*', re.escape(requirement))
            for kind, case, _, requirement in listed()}


class Row:
    """A fault and its remedy.

    domain: who has the fault. kind: the finding. apply: whose settings are applied, in one step.
    case: which of the finding's remedies it is, by list-remedies.c. spoil: faults that are made
    first: whose settings, and their text or what makes it of the old one. at: the host with the
    firewall, if that is not the domain's. more: addresses that hosts have besides. words: what stands
    for words in capitals. adds: whether a list of call servers is added to what is there. options:
    of the check. stays: whether it stays as a note that nobody is told of, because
    it is the network's. quick: whether it is played always.
    """

    def __init__(self, domain, kind, *apply, case='', spoil=(), variant='home', at=None, more=(),
                 words=None, adds=False, options=(), stays=False, quick=False):
        self.domain = domain
        self.kind = kind
        self.case = case
        self.apply = apply
        self.spoil = spoil
        self.variant = variant
        self.at = at
        self.more = more
        self.words = words or {}
        self.adds = adds
        self.options = options
        self.stays = stays
        self.quick = quick

    @property
    def name(self):
        words = self.domain.removesuffix('.lit'), self.kind, self.case, *self.apply
        return ' '.join(word for word in words if word)

    @property
    def own_relay(self):
        return self.domain in faults.FAULTS and faults.FAULTS[self.domain].relay is not None


# Faults that are made first

def ejabberd(change):
    """ejabberd.yml, which is JSON here."""
    def changed(_, was):
        configuration = json.loads(was)
        change(configuration)
        return json.dumps(configuration)
    return 'ejabberd', changed


def ejabberd_ports(module, port=None, **options):
    """Options of its listeners; None removes one."""
    def change(configuration):
        for listener in configuration['listen']:
            if listener['module'] == module and port in (None, listener['port']):
                listener.update(options)
                for key in [key for key in listener if listener[key] is None]:
                    del listener[key]
    return ejabberd(change)


def accounts_at(ipv4, ipv6):
    """Where ejabberd listens for STARTTLS, and for TLS at once."""
    return (ejabberd_ports('ejabberd_c2s', 5222, ip=ipv4),
            ejabberd_ports('ejabberd_c2s', 5223, ip=ipv6))


def ejabberd_offers(*services, **options):
    """What it announces, instead of its own: (type, transport, port, host), and whether with a
    password."""
    def change(configuration):
        options.update(offer_local_services=False, services=[
            {'type': kind, 'transport': transport, 'port': port, 'host': host,
             'restricted': kind.startswith('turn') and not without}
            for kind, transport, port, host, *without in services])
        offered = configuration['append_host_config']['montague.lit']['modules']
        offered['mod_stun_disco'].update(options)
    return ejabberd(change)


def ejabberd_certificate(name):
    return 'ejabberd', lambda server, was: json.dumps(dict(
        json.loads(was), certfiles=[str(path) for path in server.certificate(name)]))


def prosody(old, new):
    """prosody.cfg.lua."""
    def change(_, was):
        assert old in was, old
        return was.replace(old, new)
    return 'prosody', change


def prosody_offers(*services, secret='SECRET', ttl=86400):
    """What it announces: (type, transport, port, host), and whether with a password."""
    entries = []
    for kind, transport, port, host, *without in services:
        entry = 'type = "%s"; transport = "%s"; port = %d; host = "%s"' % (kind, transport, port,
                                                                          host)
        if kind.startswith('turn') and not without:
            entry += '; secret = "%s"; algorithm = "turn"; ttl = %d' % (secret, ttl)
        entries.append('{ %s };' % entry)
    return 'prosody', 'external_services = { %s }\n' % ' '.join(entries)


def prosody_listens(*addresses):
    """At these addresses only."""
    listed = ', '.join('"%s"' % address for address in addresses)
    return 'prosody', 'c2s_interfaces = { %s }\nc2s_direct_tls_interfaces = { %s }\n' % (listed, listed)


def usual(host, port=faults.PORT):
    return (('stun', 'udp', port, host), ('turn', 'udp', port, host), ('turn', 'tcp', port, host))


STUN = 'ejabberd_stun'
EJABBERD = sites.ADDRESSES['ejabberd']
# A relay of its own without a fault: its domain announces STUN, TURN over UDP, and over TLS at 443
OWN = 'tls-443.lit'
OWN_RELAY = faults.relay_name(OWN)
AT_OWN = prosody_offers(*usual(OWN_RELAY))
NO_RECORD = 'missing.lit'
# An address of ejabberd's besides the one that its packets have by themselves
SECOND = '203.0.113.12'

ROWS = [
    # The address check
    Row('verona.lit', 'not-offered', 'prosody', quick=True),
    Row('mantua.lit', 'not-offered', 'ejabberd'),
    Row('montague.lit', 'server-behind-proxy', 'ejabberd', 'haproxy', variant='server-behind-proxy',
        spoil=(ejabberd(lambda configuration: configuration.update(listen=[
            listener for listener in configuration['listen']
            if not listener.get('use_proxy_protocol')])),)),
    Row('montague.lit', 'server-broken-ipv6', 'ejabberd', variant='dual-stack',
        spoil=accounts_at('0.0.0.0', '::1')),
    Row('capulet.lit', 'server-broken-ipv6', 'prosody', variant='dual-stack', spoil=(
        prosody_listens('*', '::1'),)),
    Row('capulet.lit', 'server-broken-ipv6', 'firewall', variant='dual-stack', spoil=(
        ('firewall', 'meta nfproto ipv6 tcp dport { 5222, 5223 } drop\n'),)),
    # Nothing else has IPv6, so that it may be the line
    Row(OWN, 'broken-ipv6', 'firewall', variant='dual-stack', at='prosody', spoil=(
        ('firewall', 'meta nfproto ipv6 tcp dport { 5222, 5223 } drop\n'),)),

    # What is announced
    Row('no-turn.lit', 'no-relay', 'prosody', quick=True),
    Row('montague.lit', 'no-relay', 'ejabberd', spoil=(ejabberd_ports(STUN, use_turn=False),)),
    Row(OWN, 'no-relay', 'prosody', 'coturn', spoil=(
        prosody_offers(('stun', 'udp', 3478, OWN_RELAY)),
        ('coturn', '#use-auth-secret\n#static-auth-secret\n#realm\nno-auth\n'))),
    Row('no-turn.lit', 'mapping-dependent', 'prosody', case='relay-not-offered', variant='symmetric',
        stays=True),
    Row('wrong-secret.lit', 'credentials-refused', 'prosody'),
    Row('montague.lit', 'credentials-refused', 'ejabberd', spoil=(
        ejabberd_offers(*usual(faults.COTURN), secret='wrong'),)),
    Row(OWN, 'credentials-refused', 'coturn', spoil=(('coturn', 'static-auth-secret=wrong\n'),)),
    Row('expired.lit', 'credentials-expired', 'prosody'),
    Row('expired.lit', 'credentials-refused', 'prosody'),
    Row(OWN, 'credentials-short', 'prosody', spoil=(prosody_offers(*usual(OWN_RELAY), ttl=300),)),
    Row('montague.lit', 'credentials-short', 'ejabberd', spoil=(
        ('ejabberd', 'modules:\n  mod_stun_disco:\n    credentials_lifetime: 300s\n'),)),
    Row(OWN, 'no-credentials', 'prosody', 'coturn', spoil=(
        prosody_offers(('stun', 'udp', 3478, OWN_RELAY), ('turn', 'udp', 3478, OWN_RELAY, True)),
        ('coturn', '#use-auth-secret\n#static-auth-secret\nno-auth\n'))),
    Row('montague.lit', 'no-credentials', 'ejabberd', spoil=(
        ejabberd_offers(('turn', 'udp', 3478, faults.COTURN, True)),)),
    Row(OWN, 'credentials-missing', 'prosody', 'coturn', spoil=(
        prosody_offers(('turn', 'udp', 3478, OWN_RELAY), ('turn', 'tcp', 3478, OWN_RELAY, True)),)),
    Row('montague.lit', 'credentials-missing', 'ejabberd', spoil=(
        ejabberd_offers(('turn', 'udp', 3478, faults.COTURN),
                        ('turn', 'tcp', 3478, faults.COTURN, True)),)),
    Row(OWN, 'no-relay-over-tcp', 'prosody', 'coturn', spoil=(
        ('prosody', 'modules_enabled = { "turn_external" }\nturn_external_host = "%s"\n'
                    'turn_external_secret = "SECRET"\nexternal_services = {}\n' % OWN_RELAY),
        ('coturn', '#cert\n#pkey\n#tls-listening-port\n'))),
    Row('montague.lit', 'no-relay-over-tcp', 'ejabberd', adds=True, words={'RELAY': 'montague.lit'},
        spoil=(ejabberd(lambda configuration: configuration.update(listen=[
            listener for listener in configuration['listen']
            if listener['module'] != STUN or listener['transport'] == 'udp'])),)),
    Row('turns-only.lit', 'no-relay-over-udp', 'prosody'),
    Row('montague.lit', 'no-relay-over-udp', 'ejabberd', spoil=(
        ejabberd_offers(('turn', 'tcp', 3478, faults.COTURN)),)),
    Row(OWN, 'no-relay-over-udp', 'prosody', 'coturn', spoil=(
        prosody_offers(('turn', 'tcp', 3478, OWN_RELAY)), ('coturn', 'no-udp\n'))),
    Row(OWN, 'service-not-found', 'prosody', spoil=(prosody_offers(*usual(NO_RECORD)),)),
    Row(OWN, 'service-not-found', 'dns', words={'RELAY': NO_RECORD}, spoil=(
        prosody_offers(*usual(NO_RECORD)),)),
    Row('montague.lit', 'service-not-found', 'ejabberd', spoil=(ejabberd_offers(*usual(NO_RECORD)),)),
    Row('zero-host.lit', 'service-private', 'prosody'),
    Row('private-host.lit', 'service-private', 'prosody'),
    Row('montague.lit', 'service-private', 'ejabberd', spoil=(ejabberd_offers(*usual('10.0.0.7')),)),
    Row(OWN, 'service-private', 'dns', spoil=(('dns', 'RELAY. IN A 10.0.0.7\n'),)),
    Row(OWN, 'services-ipv4-only', 'prosody', 'coturn', 'dns', variant='ipv6',
        more=((faults.host_name(OWN), 'ADDRESS6'),), spoil=(
            prosody_offers(*usual(faults.relay_address(OWN))),)),
    Row('montague.lit', 'services-ipv4-only', 'ejabberd', variant='ipv6',
        words={'RELAY': 'montague.lit'}, spoil=(
        ejabberd_ports(STUN, ip='0.0.0.0', turn_ipv6_address=None),)),
    Row('ipv4-nowhere.lit', 'relays-ipv6-only', 'coturn', 'dns', variant='dual-stack', spoil=(
        ('dns', '#RELAY. IN A %s\n' % faults.NOBODY),)),
    Row('montague.lit', 'relays-ipv6-only', 'ejabberd', variant='dual-stack', spoil=(
        ejabberd_ports(STUN, ip=EJABBERD[1]),)),
    Row('ipv6-name.lit', 'services-ipv6-only', 'coturn', 'dns', spoil=(
        ('coturn', '#listening-ip=%s\n#relay-ip\n' % faults.relay_address('ipv6-name.lit')),)),
    Row('montague.lit', 'services-ipv6-only', 'ejabberd', words={'RELAY': 'montague.lit'},
        spoil=(ejabberd_ports(STUN, ip=EJABBERD[1], turn_ipv4_address=None),)),
    *(Row(domain, 'services-unreadable', 'prosody') for domain in (
        'uri-hosts.lit', 'uri-relay.lit', 'port-in-host.lit', 'web-address.lit', 'one-uri.lit')),
    Row('montague.lit', 'services-unreadable', 'ejabberd', spoil=(
        ejabberd_offers(*usual('turn:coturn.lit:3478')),)),
    Row('verona.lit', 'no-services', 'prosody'),
    Row('mantua.lit', 'no-services', 'ejabberd'),
    Row(OWN, 'no-services', 'prosody', 'coturn', spoil=(
        ('prosody', 'external_services = {}\n'),
        ('coturn', '#use-auth-secret\n#static-auth-secret\n#realm\nlistening-port=3400\nno-auth\n'))),
    Row('montague.lit', 'services-forbidden', 'ejabberd', spoil=(
        ('ejabberd', 'modules:\n  mod_stun_disco:\n    access: none\n'),)),

    # The relay, and what is announced of it
    Row('dropped.lit', 'service-silent', 'firewall'),
    Row('silent.lit', 'service-silent', 'prosody'),
    Row('two-silent.lit', 'service-silent', 'prosody'),
    Row('montague.lit', 'service-silent', 'ejabberd', spoil=(ejabberd_offers(*usual(faults.NOBODY)),)),
    Row(OWN, 'service-silent', 'coturn', spoil=(
        AT_OWN, ('coturn', 'listening-port=3400\ntls-listening-port=3401\n'))),
    Row('one-port.lit', 'relay-transport', 'firewall', 'coturn'),
    *(Row(domain, 'relay-transport', 'firewall') for domain in (
        'udp-dropped.lit', 'udp-refused.lit', 'tcp-published.lit', 'tcp-let-in.lit',
        'tcp-dropped.lit', 'tcp-refused.lit')),
    # Without a certificate that it may read it does not listen there
    Row(OWN, 'relay-transport', 'coturn', spoil=(('coturn', '#cert\n#pkey\n'),)),
    Row('ipv6-refused.lit', 'relay-transport', 'coturn', case='other-version', variant='dual-stack'),
    Row('ipv6-dropped.lit', 'relay-transport', 'firewall', 'coturn', case='other-version',
        variant='dual-stack'),
    Row('ipv6-nowhere.lit', 'relay-transport', 'dns', case='other-version', variant='dual-stack'),
    Row('ipv4-nowhere.lit', 'relay-transport', 'dns', case='other-version', variant='dual-stack'),
    Row('montague.lit', 'relay-transport', 'ejabberd', case='other-version', variant='dual-stack',
        spoil=(ejabberd_offers(*usual('montague.lit')), ejabberd_ports(STUN, ip='0.0.0.0'))),
    *(Row(domain, 'relay-certificate', 'coturn')
      for domain in ('tls-name.lit', 'tls-date.lit', 'tls-issuer.lit')),
    Row('closed.lit', 'relay-closed', 'firewall', quick=True),
    Row('few-ports.lit', 'relay-closed', 'firewall'),
    Row(OWN, 'relay-closed', 'coturn', spoil=(
        ('coturn', 'min-port=20000\nmax-port=20100\n'),
        ('firewall', 'udp dport 20000-49151 drop\n'))),
    Row('montague.lit', 'relay-closed', 'ejabberd', spoil=(
        ejabberd_ports(STUN, turn_min_port=20000, turn_max_port=20100),
        ('firewall', 'udp dport 20000-49151 drop\n'))),
    *(Row(domain, 'relay-address', 'coturn', quick=domain == 'private-relay.lit') for domain in (
        'private-relay.lit', 'zero-relay.lit', 'stale-address.lit', 'other-address.lit')),
    Row('montague.lit', 'relay-address', 'ejabberd', spoil=(
        ejabberd_offers(('turn', 'udp', 3478, 'montague.lit')),
        ejabberd_ports(STUN, turn_ipv4_address='10.0.0.5'))),
    Row('forbidden.lit', 'relay-forbidden', 'coturn'),
    Row('montague.lit', 'relay-forbidden', 'ejabberd', spoil=(
        ejabberd_ports(STUN, turn_blacklist='0.0.0.0/0'),)),
    Row('no-pairs.lit', 'relay-pair', 'coturn', case='turn-forbidden'),
    Row('montague.lit', 'relay-pair', 'ejabberd', case='turn-forbidden', spoil=(
        ejabberd_ports(STUN, turn_blacklist=EJABBERD[0] + '/32'),)),
    Row('full.lit', 'relay-full', 'coturn'),
    Row('redirects.lit', 'relay-redirects', 'coturn'),
    Row('redirects-away.lit', 'relay-error', 'coturn', case='turn-try-alternate'),
    Row(OWN, 'relay-error', 'coturn', case='turn-transport-unsupported', spoil=(
        ('coturn', 'no-udp-relay\n'),)),
    Row(OWN, 'relay-error', 'coturn', case='turn-family-unsupported', variant='dual-stack',
        more=((faults.host_name(OWN), 'ADDRESS6'),), spoil=(
            ('coturn', lambda _, was: re.sub('(?m)^relay-ip=.*', 'relay-ip=' + faults.ipv6_address(
                faults.number_of(OWN)), was)),)),
    Row('montague.lit', 'relay-error', 'ejabberd', case='stun-wrong-source', variant='open',
        more=(('ejabberd', SECOND),), spoil=(ejabberd_offers(('turn', 'udp', 3478, SECOND)),)),
    Row('montague.lit', 'stun-error', 'ejabberd', case='stun-wrong-source', variant='open',
        more=(('ejabberd', SECOND),), spoil=(ejabberd_offers(*usual(SECOND)),)),
    *(Row(domain, 'relay-error', 'prosody') for domain in (
        'web-443.lit', 'web-80.lit', 'plain-to-tls.lit', 'tls-to-plain.lit')),
    Row('web-443.lit', 'relay-error', 'prosody', 'coturn', spoil=(
        prosody_offers(('turn', 'udp', 3400, faults.relay_name('web-443.lit')),
                       ('turns', 'tcp', 443, faults.relay_name('web-443.lit'))),
        ('coturn', 'listening-port=3400\ntls-listening-port=3401\n'))),
    Row('montague.lit', 'relay-error', 'ejabberd', spoil=(
        ejabberd_offers(('turn', 'udp', 3478, 'montague.lit'),
                        ('turns', 'tcp', 3478, 'montague.lit')),)),
    Row('stun-password.lit', 'stun-error', 'coturn'),
    Row('no-stun.lit', 'stun-silent', 'coturn'),
    Row('throttled.lit', 'relay-throttles', 'coturn'),
    Row('throttled-less.lit', 'relay-throttles', 'coturn'),
    Row('throttled-video.lit', 'relay-limits-rate', 'coturn', options=('--video',)),
    Row('bans.lit', 'relay-ends', 'firewall'),

    # The XMPP server
    Row('capulet.lit', 'server-silent', 'firewall', spoil=(
        ('firewall', 'tcp dport { 5222, 5223 } drop\n'),)),
    Row('capulet.lit', 'server-silent', 'prosody', spoil=(
        prosody_listens('127.0.0.1', '::1'),)),
    Row('montague.lit', 'server-silent', 'ejabberd', spoil=accounts_at('127.0.0.1', '::1')),
    *(Row(domain, 'certificate', 'prosody') for domain in (
        'cert-date.lit', 'cert-own.lit', 'cert-issuer.lit', 'cert-chain.lit', 'cert-name.lit')),
    *(Row('montague.lit', 'certificate', 'ejabberd', spoil=(ejabberd_certificate(name),))
      for name in ('expired',)),
    Row('capulet.lit', 'no-security', 'prosody', options=('--security', 'starttls'), spoil=(
        prosody('"tls", ', ''), prosody('c2s_require_encryption = true', 'c2s_require_encryption = false'))),
    Row('montague.lit', 'no-security', 'ejabberd', spoil=(
        ejabberd_ports('ejabberd_c2s', starttls=None, starttls_required=None, tls=None),)),
    Row('montague.lit', 'server-ipv6-only', 'dns', words={'SERVER': 'montague.lit'}, spoil=(
        ('dns', '#montague.lit. IN A %s\n' % EJABBERD[0]),)),
    Row('web-alone.lit', 'web-port', 'dns', words={'SERVER': 'capulet.lit'}),
    Row('web-80.lit', 'not-xmpp', 'dns', words={'SERVER': 'capulet.lit'}, spoil=(
        ('dns', '_xmpp-client._tcp.web-80.lit. IN SRV 5 0 80 %s.\n' % faults.relay_name('web-80.lit')
         + '#_xmpps-client._tcp.web-80.lit. IN SRV 5 0 5223 web-80.lit.\n'),)),
    Row('web-beside.lit', 'announced-web', 'dns', words={'SERVER': 'capulet.lit'}),
    *(Row(domain, 'wrong-tls', 'dns') for domain in ('srv-direct.lit', 'srv-starttls.lit')),
    Row('awaits-proxy.lit', 'closed-unheard', 'dns'),
    Row('montague.lit', 'closed-unheard', 'ejabberd', spoil=(
        ejabberd_ports('ejabberd_c2s', use_proxy_protocol=True),)),
    *(Row(domain, 'server-refuses', 'haproxy', case='stream-error') for domain in (
        'proxy-line.lit', 'proxy-bytes.lit')),
    Row('montague.lit', 'server-refuses', 'dns', case='servers-port', spoil=(
        ejabberd(lambda configuration: configuration['listen'].append(
            {'port': 5269, 'ip': '::', 'module': 'ejabberd_s2s_in'})),
        ('dns', '_xmpp-client._tcp.montague.lit. IN SRV 5 0 5269 montague.lit.\n'
                '#_xmpps-client._tcp.montague.lit. IN SRV 5 0 5223 montague.lit.\n'))),
    Row('verona.lit', 'server-refuses', 'prosody', case='host-unknown', spoil=(
        prosody('VirtualHost "verona.lit"', 'VirtualHost "old.lit"'),)),
    Row('mantua.lit', 'server-refuses', 'ejabberd', case='host-unknown', spoil=(
        ejabberd(lambda configuration: (configuration['hosts'].remove('mantua.lit'),
                                        configuration['append_host_config'].pop('mantua.lit'))),)),
]

# Settings of (finding, case, program) that the lab can't prove, and why
UNPROVED = {
    ('server-behind-proxy', '', 'prosody'):
        'mod_net_proxy is in none of the packages that the lab takes',
    ('broken-ipv6', '', 'ejabberd'): 'it refuses where it does not listen, and so shows IPv6',
    ('broken-ipv6', '', 'prosody'): 'it refuses where it does not listen, and so shows IPv6',
    ('udp-blocked', '', 'firewall'):
        'if the servers drop it, routers before them show that UDP gets out: relay-transport',
    ('credentials-expired', '', 'ejabberd'): 'its passwords last for a second at least',
    ('nat', 'relay-not-offered', None): 'the same settings as of mapping-dependent',
    ('mapping-dependent', 'relay-not-offered', 'ejabberd'):
        'it has one address, by which such a NAT is not seen; the same settings as of no-relay',
    ('mapping-dependent', 'relay-not-offered', 'coturn'): 'the same settings as of no-relay',
    ('dns-silent', '', 'dns'): 'records don\'t make a silent name server answer',
    ('srv-silent', '', 'dns'): 'records don\'t make a silent name server answer',
    ('relay-full', '', 'ejabberd'):
        'it counts for each password, and a check has its first allocation always',
    ('relay-certificate', '', 'ejabberd'):
        'its certificate is the one for accounts: that row is certificate',
    ('relay-error', 'turn-stale-nonce', 'coturn'):
        'its shortest time is longer than packets take on a line on which people can sign in',
    ('relay-error', 'turn-family-unsupported', 'ejabberd'): 'it always lends an IPv4 address',
    ('relay-error', 'stun-wrong-source', 'coturn'):
        'it binds a socket to each address, and answers from there',
    ('stun-error', 'stun-wrong-source', 'coturn'):
        'it binds a socket to each address, and answers from there',
    ('stun-silent', 'stun-wrong-source', None): 'an answer from elsewhere is no silence',
    ('relay-transport', 'tls-failed', None):
        'coturn does not listen without a certificate: the row without a case',
    ('relay-pair', '', 'coturn'): 'with external-ip, coturn itself leads packets back',
}
