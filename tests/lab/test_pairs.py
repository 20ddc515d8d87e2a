#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The table of calls, and what two reports say of a call between those who made them, compared with
calls: two ICE agents (ice-agent.c, libnice's), one in the checked network and one in a partner's, try
to reach each other, with and without a relay.

What they do is the truth. The checked account's relay is the only one, as in the table; its agent
gets the servers that the account's XMPP server announces. No partner here needs another one: none is
without UDP. PAIRS=all plays all pairs.
"""

import contextlib
import itertools
import json
import os
import pathlib
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'lib'))

import bed  # noqa: E402
import neighbours  # noqa: E402
import sites  # noqa: E402
import tap  # noqa: E402
import test_calls  # noqa: E402
import test_sites  # noqa: E402
import topology  # noqa: E402
import variants  # noqa: E402

WELL, REFUSING = 'capulet.lit', 'wrong-secret.lit'
PATIENCE = 60.0
# With that many, one bed waits while others work
BEDS = 3
NETWORKS = ('open', 'home', 'port-shift', 'address-mapped', 'symmetric', 'full-cone', 'restricted',
            'home-behind-cgnat', 'udp-blocked')
# A partner's network, and what the table calls it
PARTNERS = {'open': 'open', 'home': 'home', 'port-shift': 'home', 'symmetric': 'symmetric',
            'cgnat': 'mobile'}
# Of each way and each reason in the table, with narrow and wide filtering
SIX = [('home', 'port-shift', WELL), ('home', 'cgnat', WELL), ('restricted', 'symmetric', WELL),
       ('symmetric', 'open', WELL), ('udp-blocked', 'home', WELL), ('symmetric', 'home', REFUSING)]
ALL = [pair + (WELL,) for pair in itertools.product(NETWORKS, PARTNERS)]


class Agent:
    """The process on a host. It ends by itself if the other one says nothing."""

    def __init__(self, test, host, **settings):
        self._process = host.popen([os.environ['SIDETONE_ICE_AGENT']], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, text=True)
        test.addCleanup(self._end)
        self.tell(settings)

    def tell(self, said):
        """Passwords go this way, which nobody else can read."""
        self._process.stdin.write(json.dumps(said) + '\n')
        self._process.stdin.flush()

    def hear(self):
        line = self._process.stdout.readline()
        assert line, 'the agent broke down'
        return json.loads(line)

    def _end(self):
        """Its input's end makes it give back its relays."""
        self._process.communicate(timeout=PATIENCE)


class Call:
    """Two agents. The checked network's is the caller's."""

    def __init__(self, test, stun, relays):
        self.caller = Agent(test, test.net.client, controlling=True, stun=stun, relays=relays)
        self.called = Agent(test, test.net.partner.client, controlling=False, stun=stun, relays=[])

    def begin(self):
        """Tell each the other's candidates, without those of a single cable, as clients do."""
        told = [{'sdp': '\n'.join(line for line in agent.hear()['sdp'].splitlines()
                                  if ' fe80:' not in line)} for agent in (self.caller, self.called)]
        self.called.tell(told[0])
        self.caller.tell(told[1])

    def finish(self, test):
        """Return whether packets get through, both ways, and whether a relay carries them."""
        ends = [agent.hear() for agent in (self.caller, self.called)]
        through = [end['heard'] and end['was-heard'] for end in ends]
        test.assertEqual(through[0], through[1], ends)
        test.assertNotIn('late', [end['state'] for end in ends], ends)
        return through[0], 'relayed' in (ends[0].get('local'), ends[1].get('remote'))


class Pairs(test_calls.CallsTest):

    def announced(self, domain):
        """A STUN server's address and port, and the relays, as an agent takes them."""
        address = sites.ADDRESSES['coturn'][0]
        found = test_sites.SitesTest().services(domain)[1]
        self.assertEqual({one['host'] for one in found}, {'coturn.lit'})
        stun = next([address, int(one['port'])] for one in found if one['type'] == 'stun')
        return stun, [{'address': address, 'port': int(one['port']), 'transport': one['transport'],
                       'username': one['username'], 'password': one['password']}
                      for one in found if one['type'] == 'turn']

    def call(self, domain):
        """Call with and without a relay, during a check on each side; return the way, and both
        reports."""
        stun, relays = self.announced(domain)
        calls = [Call(self, stun, []), Call(self, stun, relays)]
        for call in calls:
            call.begin()
        checks = [self.begin_check(domain, host=host)
                  for host in (self.net.client, self.net.partner.client)]
        reports = [self.end_check(check, domain) for check in checks]
        (direct, _), (works, by_relay) = (call.finish(self) for call in calls)
        if direct:
            self.assertTrue(works)
            return 'direct', reports
        self.assertEqual(works, by_relay)
        return 'relay' if works else 'none', reports

    def run_row(self, pair):
        network, partner, domain = pair
        self.net.build(variants.VARIANTS[network], partner=variants.VARIANTS[partner])
        way, reports = self.call(domain)
        cell = next(one for one in reports[0]['calls'] if one['partner'] == PARTNERS[partner])
        self.assertEqual(cell['way'], way, cell['reason'])
        for turned in False, True:
            told = neighbours.compare(*(reports[::-1] if turned else reports), '--call')
            self.assertEqual(told['way'], way, told)
            if way == 'relay':
                self.assertIn('second' if turned else 'first', told['relays'])


tap.add_rows(Pairs, {' '.join(pair).removesuffix('.lit'): pair for pair in (
    SIX + ALL if os.environ.get('PAIRS') == 'all' else SIX)}, Pairs.run_row)


@contextlib.contextmanager
def prepare():
    bed.enter()
    with bed.Bed(['coturn.lit']) as ground:
        net = topology.Internet(ground, (WELL, REFUSING))
        Pairs.net = test_sites.SitesTest.net = net
        yield


if __name__ == '__main__':
    sys.exit(tap.main_in_beds(BEDS, prepare))
