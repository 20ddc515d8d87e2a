#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The NAT probe's result with real servers, compared with each network.

Three kinds of servers: one with two addresses (RFC 5780), and two other programs with a relay and
one address. These can't tell everything, and then the result may not claim more.
../probe/nat-tool.c makes the test; NAT_DELAY is the wire's, in milliseconds in each direction. With
NAT_REPORT every network is tested with servers of every kind, and the file of that name gets a line
for each.
"""

import base64
import contextlib
import hashlib
import hmac
import json
import os
import pathlib
import secrets
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'lib'))

import bed  # noqa: E402
import sites  # noqa: E402
import tap  # noqa: E402
import test_sites  # noqa: E402
import test_turn  # noqa: E402
import topology  # noqa: E402
import variants  # noqa: E402
from variants import AD, APD, EI, NONE  # noqa: E402

PATIENCE = 30.0
DELAY = int(os.environ.get('NAT_DELAY', '0'))
PORT_INDEPENDENT = 'port-independent'
HOSTS = {'coturn': ('coturn',), 'plain': ('proxy',), 'ejabberd': ('ejabberd',),
         'both': ('ejabberd', 'proxy')}


def as_seen_from(site, variant):
    """What a site's servers can tell: mapping and filtering."""
    if (site, variant.name) == ('both', 'address-mapped'):
        # It treats all addresses alike except coturn's
        return EI, variant.filtering
    if site in ('coturn', 'both'):
        return variant.mapping, variant.filtering
    narrow = {EI: PORT_INDEPENDENT, AD: PORT_INDEPENDENT}
    return (narrow.get(variant.mapping, variant.mapping),
            narrow.get(variant.filtering, variant.filtering))


class NatTest(test_turn.TurnTest):
    def settings(self, site, ipv6=False, nat64=False, hosts=None):
        addresses = [sites.ADDRESSES[host][ipv6 and not nat64] for host in HOSTS[site]]
        if nat64:
            addresses = [sites.embed(variants.NAT64_PREFIX, address) for address in addresses]
        username, password = self.credentials[HOSTS[site][-1]]
        found = {'servers': [[address, 3478] for address in addresses],
                 'relays': [[addresses[-1], 3478, 'udp']], 'host': 'coturn.lit',
                 'username': username, 'password': password, 'ca-file': str(self.net.bed.ca_file)}
        if nat64:
            found['nat64'] = variants.NAT64_PREFIX
        return found

    def find(self, settings, cancel_after=None, **more):
        settings = dict(settings, **more)
        with self.net.client.popen([os.environ['SIDETONE_NAT_TOOL']], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, text=True) as tool:
            tool.stdin.write(json.dumps(settings) + '\n')
            tool.stdin.flush()
            if cancel_after is not None:
                time.sleep(cancel_after)
                with contextlib.suppress(BrokenPipeError):
                    tool.stdin.write('cancel\n')
                    tool.stdin.flush()
            found = json.loads(tool.stdout.read())
            self.assertEqual(tool.wait(PATIENCE), 0)
        return found

    def expect_no_relays(self, site):
        for host in HOSTS[site]:
            self.expect_no_relay(host)


def note(line):
    """A line of the table of results."""
    if 'NAT_REPORT' in os.environ:
        with open(os.environ['NAT_REPORT'], 'a') as table:
            table.write(line + '\n')


class Behaviour(NatTest):

    def expect_truth(self, site, variant, found):
        if variant.mapping is None:
            for word in ('mapping', 'filtering', 'hairpinning'):
                self.assertNotIn(word, found)
                self.assertEqual(found[word + '-reason'], 'no-answer')
            return
        mapping, filtering = as_seen_from(site, variant)
        self.assertEqual((found.get('mapping'), found.get('filtering')), (mapping, filtering), found)
        if mapping == NONE:
            self.assertNotIn('hairpinning', found)
            self.assertEqual(found['hairpinning-reason'], 'not-translated')
            self.assertEqual(found['mapped'], found['local'])
        else:
            self.assertEqual(found.get('hairpinning'), 'yes' if variant.hairpinning else 'no', found)
            self.assertEqual(found['port-preserved'], variant.name in PRESERVING, found)

    def run_row(self, row):
        name, site = row
        variant = variants.VARIANTS[name]
        self.net.build(variant, delay=DELAY)
        shown = self.net.client.run(['ip', '-4', 'route', 'show', 'default'], capture_output=True)
        found = self.find(self.settings(site, ipv6=not shown.stdout, nat64=name == 'nat64'))
        right = False
        try:
            self.expect_truth(site, variant, found)
            self.expect_no_relays(site)
            right = True
        finally:
            note('%-20s %-9s %-5s %5d ms  %s' % (name, site, 'right' if right else 'WRONG',
                                                 found['ms'], json.dumps(found)))


PRESERVING = ('home', 'full-cone', 'hairpin', 'restricted', 'double-nat',
              'prefix-translation', 'nat66', 'dual-stack', 'broken-ipv6', 'vpn', 'nat64', 'clat')
# The other networks have one of these NATs, or lose packets
NETWORKS = ('open', 'home', 'port-shift', 'address-mapped', 'symmetric', 'full-cone', 'hairpin',
            'restricted', 'cgnat', 'home-behind-cgnat', 'double-nat', 'port-translate',
            'udp-blocked', 'tls-only', 'ipv6', 'ipv6-firewall', 'dual-stack', 'broken-ipv6', 'nat66',
            'prefix-translation', 'nat64', 'clat', 'vpn')
# score makes whole checks with coturn and ejabberd in each of them; the second server only adds how
# addresses differ
FEW = ('home', 'symmetric', 'hairpin', 'udp-blocked')
WANTED = {'coturn': FEW, 'ejabberd': FEW, 'plain': NETWORKS,
          'both': FEW + ('open', 'port-shift', 'address-mapped', 'restricted', 'cgnat', 'nat64')}
tap.add_rows(Behaviour, {'%s %s' % (name, site): (name, site)
                         for name in NETWORKS for site in HOSTS
                         if name in WANTED[site] or 'NAT_REPORT' in os.environ},
             Behaviour.run_row)


class Faults(NatTest):
    """Where less can be known, and why; and what is left behind."""

    def expect(self, found, mapping, filtering):
        self.assertEqual((found.get('mapping', found.get('mapping-reason')),
                          found.get('filtering', found.get('filtering-reason'))),
                         (mapping, filtering), found)

    def close_relays(self, host):
        self.net.hosts[host].nft('''table inet closed {
          chain entering { type filter hook input priority filter;
            ct state established accept
            udp dport 49152-65535 drop
          }
        }''')
        self.addCleanup(self.net.hosts[host].do, 'nft', 'delete', 'table', 'inet', 'closed')

    def test_closed(self):
        """Packets from the relay still arrive, if the tested socket's mapping is
        endpoint-independent."""
        for host in ('ejabberd', 'proxy'):
            self.close_relays(host)
        for name, filtering in (('home', APD), ('full-cone', PORT_INDEPENDENT),
                                ('symmetric', 'relay-closed')):
            self.net.build(variants.VARIANTS[name])
            for site in ('ejabberd', 'plain'):
                self.expect(self.find(self.settings(site)), 'relay-closed', filtering)
                self.expect_no_relays(site)

    def test_credentials(self):
        self.net.build(variants.VARIANTS['home'])
        for site in ('ejabberd', 'plain'):
            self.expect(self.find(self.settings(site), password='wrong'), 'no-relay', 'no-relay')

    def test_one_view(self):
        self.net.build(variants.VARIANTS['home'])
        self.expect(self.find(self.settings('plain'), relays=[]), 'one-view', 'no-relay')
        self.expect(self.find(self.settings('both'), relays=[]), EI, 'no-relay')

    def test_lossy(self):
        """Packet loss is not taken for a NAT's filtering: less may be known then, but nothing is
        wrong."""
        self.net.build(variants.VARIANTS['full-cone'], delay=20, loss=5)
        for site in HOSTS:
            found = self.find(self.settings(site))
            for word in ('mapping', 'filtering'):
                self.assertIn(found.get(word), (EI, PORT_INDEPENDENT, None), found)
            self.assertIn(found.get('hairpinning'), ('no', None), found)

    def test_other_address_lost(self):
        """It is announced, and leads nowhere."""
        self.net.build(variants.VARIANTS['home'])
        self.net.isp.do('ip', 'route', 'add', 'blackhole', sites.SECOND_ADDRESSES['coturn'][0])
        self.expect(self.find(self.settings('coturn')), PORT_INDEPENDENT, APD)
        self.expect_no_relays('coturn')

    def test_same_network(self):
        self.net.build(variants.VARIANTS['same-network'])
        found = self.find(self.settings('ejabberd'), servers=[['192.168.1.20', 3478]])
        self.expect(found, 'same-network', 'same-network')
        self.net.build(variants.VARIANTS['inside-provider'])
        found = self.find(self.settings('ejabberd'), servers=[['100.65.0.20', 3478]])
        self.expect(found, 'same-network', 'same-network')

    def test_streams(self):
        """A relay by TCP or TLS sees UDP like one by UDP."""
        self.net.build(variants.VARIANTS['restricted'])
        for transport, port in (('tcp', 3478), ('tls', 5349)):
            address = sites.ADDRESSES['proxy'][0]
            found = self.find(self.settings('plain'), relays=[[address, port, transport]])
            self.expect(found, PORT_INDEPENDENT, PORT_INDEPENDENT)
            self.expect_no_relays('plain')

    def test_ipv6_beside_ipv4(self):
        self.net.build(variants.VARIANTS['dual-stack'])
        for site in HOSTS:
            self.expect(self.find(self.settings(site, ipv6=True)), NONE, APD)
            self.expect_no_relays(site)

    def test_lifetime(self):
        """Within a tenth of the NAT's setting; NAT_LIFETIMES has others, in seconds."""
        for seconds in map(int, os.environ.get('NAT_LIFETIMES', '5').split()):
            for name, site in (('home', 'ejabberd'), ('symmetric', 'plain')):
                self.net.build(variants.VARIANTS[name], delay=DELAY, udp_timeout=seconds)
                found = self.find(self.settings(site), lifetime=[2000, 300000])
                self.assertNotIn('failed', found)
                middle = (found['open'] + found['closed']) / 2000
                self.assertAlmostEqual(middle, seconds, delta=seconds / 10, msg=found)
                self.expect_no_relays(site)
                note('%-20s %-9s lifetime %3d s  %s' % (name, site, seconds, json.dumps(found)))


class Cancelled(NatTest):
    """At one moment after the other: nothing is left at the servers."""

    def run_row(self, row):
        site, delay = row
        self.net.build(variants.VARIANTS['home'], delay=delay)
        for step in range(8):
            found = self.find(self.settings(site), cancel_after=step * (0.005 + delay / 1000))
            self.assertIn('failed', found)
            self.expect_no_relays(site)


tap.add_rows(Cancelled, {'%s %d ms' % (site, delay): (site, delay)
                         for site in ('ejabberd', 'plain') for delay in (0, 50)}, Cancelled.run_row)


def add_plain_coturn(net):
    """A server with one address, which has no other one to answer from."""
    secret = secrets.token_hex(16)
    net.hosts['proxy'].coturn(sites.ADDRESSES['proxy'], 'coturn.lit', secret)
    username = '%d:romeo' % (time.time() + 86400)
    digest = hmac.new(secret.encode(), username.encode(), hashlib.sha1).digest()
    NatTest.credentials['proxy'] = username, base64.b64encode(digest).decode()


@contextlib.contextmanager
def prepare():
    bed.enter()
    with bed.Bed(['coturn.lit']) as ground:
        net = topology.Internet(ground, sites.OFFERING)
        NatTest.net = test_turn.TurnTest.net = test_sites.SitesTest.net = net
        add_plain_coturn(net)
        test_turn.find_credentials(net)
        yield


if __name__ == '__main__':
    sys.exit(tap.main_in_beds(3, prepare))
