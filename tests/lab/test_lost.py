#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Where packets get lost: in this computer's own network, on the line behind its router, or at the
relay. One packet in twenty is lost there, out and in, and nowhere else.

Chance decides what a check can know: now and then it says that it does not know where, and never that
it is elsewhere. Without LOST_RUNS, one check is made of some rows, or a few if they leave it open; with
it, so many of each row, of which hardly any may.
"""

import contextlib
import json
import os
import pathlib
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'lib'))

import bed  # noqa: E402
import faults  # noqa: E402
import sites  # noqa: E402
import tap  # noqa: E402
import topology  # noqa: E402
import variants  # noqa: E402

PATIENCE = 60
# Of packets in one direction
LOSING = 'numgen random mod 100 < 5 drop'
NOTHING_LOST = 'table inet losing {}\ndelete table inet losing\n'
RUNS = int(os.environ.get('LOST_RUNS', '1'))
# What a check may leave open: 3 of 20 runs
MOST_OPEN = 3 / 20
# Until one of a single run's tries is not left open
TRIES = 4
DELAYS = (0, 50) if RUNS > 1 else (50,)
KINDS = {'own-network-loses', 'packets-lost', 'relay-loses'}
# Each relay's addresses
NEAR = [table['coturn'][0] for table in (sites.ADDRESSES, sites.SECOND_ADDRESSES)]
FAR = [faults.relay_address('far.lit')]


class Row:
    """Where it is lost, and what a check says.

    at: the host that loses packets, and which: those at an interface, or of addresses. finding: its
    kind, with the owners after an @. left_open: the same if it is not known where. rules: more
    for the router's firewall. pings: whether this computer may ping. protocol: what alone is lost.
    """

    def __init__(self, domain, at, finding, left_open='packets-lost@administrator,provider',
                 rules='', pings=True, delays=DELAYS, only_long=False, protocol=''):
        self.domain = domain
        self.at = at
        self.finding = finding
        self.left_open = left_open
        self.rules = rules
        self.pings = pings
        self.protocol = protocol
        self.delays = () if only_long and RUNS == 1 else delays


OWN = ('router', 'lan')
SILENT = 'icmp type echo-request drop'
LIMITED = 'icmp type echo-request limit rate over %d/second burst 5 packets drop'
OPEN = 'packets-lost@administrator,provider'
ROWS = {
    'own-network': Row('far.lit', OWN, 'own-network-loses@you'),
    'line': Row('far.lit', ('isp', 'wire'), 'packets-lost@provider'),
    'relay': Row('capulet.lit', ('core', NEAR), 'relay-loses@administrator,provider'),
    # The way to it may lose as well
    'far-relay': Row('far.lit', ('core', FAR), 'relay-loses@administrator,provider', delays=(0,),
                     only_long=True),
    # A line that the server and the relay may have in common
    'common-line': Row('capulet.lit', ('isp', 'wire'), OPEN, delays=(0,),
                       only_long=True),
    # A provider who drops some UDP, and no pings
    'udp-alone': Row('capulet.lit', ('isp', 'wire'), 'relay-loses@administrator,provider',
                     delays=(0,), protocol='meta l4proto udp'),
    # Routers that answer no pings, or only so many a second
    'silent-router': Row('far.lit', ('isp', 'wire'), OPEN, rules=SILENT, delays=(0,)),
    'limited-router': Row('far.lit', ('isp', 'wire'), OPEN, rules=LIMITED % 110, delays=(0,)),
    'slow-router': Row('far.lit', ('isp', 'wire'), OPEN, rules=LIMITED % 10, delays=(0,),
                       only_long=True),
    # A computer that may not ping: packets with TTL 1 take the pings' place
    'no-pings': Row('far.lit', OWN, 'own-network-loses@you', pings=False, delays=(0,)),
}


def drop_some(net, host, what, protocol):
    """What comes in at an interface, and what leaves there; or what goes to addresses, or comes from
    there."""
    if isinstance(what, list):
        ways = ['ip %s { %s }' % (end, ', '.join(what)) for end in ('daddr', 'saddr')]
    else:
        ways = ['%s "%s"' % (end, what) for end in ('iifname', 'oifname')]
    losing = protocol + ' ' + LOSING
    net.hosts[host].nft(NOTHING_LOST + '''
      table inet losing {
        chain coming { type filter hook prerouting priority raw; %s %s; }
        chain leaving { type filter hook postrouting priority raw; %s %s; }
      }''' % (ways[0], losing, ways[1], losing))


class Lost(unittest.TestCase):

    net = None

    def build(self, row, delay):
        self.net.build(variants.VARIANTS['home'], delay=delay, relays_of={row.domain})
        drop_some(self.net, *row.at, row.protocol)
        if row.rules:
            self.net.hosts['router'].nft('table ip pings {\nchain entering {\ntype filter hook input '
                                         'priority -10;\n%s\n}\n}' % row.rules)
        if not row.pings:
            self.net.client.set('ipv4/ping_group_range', '1 0')

    def check(self, domain):
        done = self.net.client.run(
            [os.environ['SIDETONE_CLI'], 'check', self.net.bed.jid(domain), '--password-file',
             self.net.bed.password_file(domain), '--ca-file', self.net.bed.ca_file, '--format',
             'json'], capture_output=True, text=True, timeout=PATIENCE)
        return json.loads(done.stdout)

    @staticmethod
    def explain(report):
        return ' '.join(one['explanation'] for one in report['findings'])

    @staticmethod
    def find(report):
        """What the report says about lost packets."""
        found = [finding for finding in report['findings'] if finding['kind'] in KINDS]
        return ' '.join('%s@%s' % (one['kind'], ','.join(sorted(
            {one['owner'], *(rival['owner'] for rival in one['rivals'])}))) for one in found)

    def run_row(self, row):
        self.addCleanup(self.net.hosts['core'].nft, NOTHING_LOST)
        for delay in row.delays:
            self.build(row, delay)
            words = {}
            for number in range(RUNS if RUNS > 1 else TRIES):
                report = self.check(row.domain)
                found = self.find(report)
                pings = ['%s %s of %s' % (one['details']['whose'], one['details']['sent'] -
                                          one['details']['arrived'], one['details']['sent'])
                         for one in report['observations'] if one['kind'] == 'ping']
                print('# %s, %d ms: %s; pings lost: %s' % (self.id(), delay, found or 'nothing',
                                                           ', '.join(pings)), flush=True)
                words[found] = words.get(found, 0) + 1
                # Chance may also lose too little for a finding
                self.assertIn(found, (row.finding, row.left_open, ''))
                if row.at == OWN:
                    self.assertNotIn('behind your router', self.explain(report))
                if RUNS == 1 and found == row.finding:
                    break
            n_right = words.get(row.finding, 0)
            self.assertGreaterEqual(n_right, RUNS - MOST_OPEN * RUNS if RUNS > 1 else 1, words)


tap.add_rows(Lost, {name: row for name, row in ROWS.items() if row.delays}, Lost.run_row)


@contextlib.contextmanager
def prepare():
    bed.enter()
    with bed.Bed(['coturn.lit', *faults.places()]) as ground:
        Lost.net = topology.Internet(ground, ('capulet.lit', 'far.lit'))
        bed.go_first()
        yield


if __name__ == '__main__':
    sys.exit(tap.main_in_beds(2, prepare))
