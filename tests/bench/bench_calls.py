#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""A whole check's results for each NAT of the lab, how long they take after the sign-in, and what
other programs say about the same networks.

On a line with a round trip of 100 ms. With coturn, which has two addresses (RFC 5780), the others
are turnutils_natdiscovery (of coturn) and stun (of stun-client); ejabberd has one address, which
they can't use. The sign-in is over when the server has bound a resource; the check when the last
observation is made, including a second of packets through each relay.

No duration makes this pass or fail. Wrong rows and missed goals are named at the end.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import time
from statistics import median

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / folder) for folder in ('lib', 'lab')]

import bed  # noqa: E402
import scenarios  # noqa: E402
import sites  # noqa: E402
import topology  # noqa: E402
import variants  # noqa: E402
from variants import AD, APD, EI, NONE  # noqa: E402

DELAY = 50
GOAL_S = 3.5
PATIENCE = 60
DOMAINS = ('capulet.lit', 'montague.lit')
# Without a name server; without a way out; and with a server that is not on the internet
LEFT_OUT = ('dns-dead', 'dns-lossy', 'captive', 'same-network', 'inside-provider', 'port-forward',
            'port-forward-outside')
SHORT = {EI: 'independent', AD: 'by address', APD: 'by address and port', NONE: 'none',
         'port-independent': 'not by port', None: '?'}
COTURN = sites.ADDRESSES['coturn'][0]


def run(net, argv, **more):
    start = time.monotonic()
    done = net.client.run(argv, capture_output=True, text=True, timeout=PATIENCE, **more)
    return done.stdout, time.monotonic() - start


def check(net, domain):
    """The report, and the seconds from the sign-in to the last observation."""
    out, _ = run(net, [os.environ['SIDETONE_CLI'], 'check', net.bed.jid(domain), '--password-file',
                       net.bed.password_file(domain), '--ca-file', net.bed.ca_file, '--format',
                       'json'])
    report = json.loads(out)
    ends = {one['id']: one['start_us'] + one['duration_us'] for one in report['observations']}
    return report, (max(ends.values()) - ends['sign-in']) / 1e6


def ask_turnutils(net):
    out, took = run(net, ['turnutils_natdiscovery', '-m', '-f', COTURN])
    said = re.findall(r'NAT with (.*) (Mapping|Filtering)!', out)
    words = {kind: how.replace(' Dependent', '').replace(' Independent', ' independent').lower()
             for how, kind in said}
    return '%s / %s' % (words.get('Mapping', '?'), words.get('Filtering', '?')), took


def ask_stun(net):
    out, took = run(net, ['stun', COTURN])
    found = re.search('Primary: (.*)', out)
    return found.group(1).strip() if found else '?', took


def main():
    missed, wrong, ours, theirs = [], [], [], {ask_turnutils: [], ask_stun: []}
    print('%-20s %-13s %-45s %6s' % ('network', 'account at', 'mapping / filtering', 's'))
    with bed.Bed(sites.NAMES) as ground:
        net = topology.Internet(ground)
        for name, network in variants.VARIANTS.items():
            # Where a check can't show this, see scenarios.py
            if network.mapping is None or network.loss or name in LEFT_OUT:
                continue
            net.build(network, delay=DELAY)
            for domain in DOMAINS:
                report, took = check(net, domain)
                nat = report['nat']
                expected = scenarios.nat_as_seen(name, domain)
                right = all(nat[what] == truth for what, truth in expected.items())
                ours.append(took)
                print('%-20s %-13s %-45s %6.2f%s' % (
                    name, domain.removesuffix('.lit'), '%s / %s' % (
                        SHORT[nat['mapping']], SHORT[nat['filtering']]), took,
                    '' if right else '  *'), flush=True)
                if not right:
                    wrong.append('%s %s: %s' % (name, domain, nat))
                if took > GOAL_S:
                    missed.append('%s %s: %.2f s' % (name, domain, took))
            has_ipv4 = net.client.run(['ip', '-4', 'route', 'show', 'default'],
                                      capture_output=True).stdout
            for ask in theirs if has_ipv4 else ():
                try:
                    said, took = ask(net)
                except subprocess.TimeoutExpired:
                    said, took = 'does not end', PATIENCE
                theirs[ask].append(took)
                print('%-20s %-13s %-45s %6.2f' % ('', ask.__name__.removeprefix('ask_'), said[:45],
                                                   took), flush=True)
    print('\nMedian, and the longest: %.2f and %.2f s from the sign-in to the end of a whole check; '
          'turnutils_natdiscovery %.1f and %.1f s, stun %.1f and %.1f s for this alone' % (
              median(ours), max(ours), median(theirs[ask_turnutils]), max(theirs[ask_turnutils]),
              median(theirs[ask_stun]), max(theirs[ask_stun])))
    print('Not as it should be (*): %s' % ('; '.join(wrong) or 'none'))
    print('Goal of %.1f s missed: %s' % (GOAL_S, '; '.join(missed) or 'none'))


if __name__ == '__main__':
    bed.enter()
    main()
