#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""What a report foretells for an app, compared with calls of an ICE agent (ice-agent.c, libnice's, which
Dino and Gajim use, too) that gets what the app's source gives it.

What the agents do is the truth. The other person's agent asks a STUN server, and has no relay. One check
of the network is judged anew for each app. APPS=all plays all pairs.
"""

import contextlib
import ipaddress
import itertools
import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'lib'))

import bed  # noqa: E402
import sites  # noqa: E402
import tap  # noqa: E402
import test_calls  # noqa: E402
import test_pairs  # noqa: E402
import test_sites  # noqa: E402
import topology  # noqa: E402
import variants  # noqa: E402

WELL = 'capulet.lit'
# The last relay of all, and of those at public addresses; TLS alone; none that answers
PRIVATE_LAST, TLS_ALONE, SILENT = 'private-host.lit', 'turns-only.lit', 'wrong-secret.lit'
BEDS = 3
NETWORKS = ('open', 'home', 'port-shift', 'address-mapped', 'symmetric', 'full-cone', 'restricted',
            'home-behind-cgnat', 'cgnat', 'udp-blocked')
PARTNERS = ('open', 'home', 'symmetric')
FEW = [('home', 'home', WELL), ('symmetric', 'home', PRIVATE_LAST)]
ALL = [*((*pair, WELL) for pair in itertools.product(NETWORKS, PARTNERS)),
       *(('home', 'symmetric', domain) for domain in (PRIVATE_LAST, TLS_ALONE, SILENT)),
       ('symmetric', 'open', TLS_ALONE)]


def find_address(host):
    return sites.ADDRESSES['coturn'][0] if host == 'coturn.lit' else host


def set_as_dino(services, skips_private):
    """plugins/ice/src/plugin.vala: a loop that keeps the last."""
    # A stand-in for stun.dino.im
    found = {'stun': [sites.ADDRESSES['coturn'][0], 3478], 'relays': []}
    for one in services:
        address = find_address(one['host'])
        if one['transport'] != 'udp' or one['type'] not in ('stun', 'turn'):
            continue
        if skips_private and not address.startswith('203.0.113.') and \
                ipaddress.ip_address(address).is_private:
            continue
        if one['type'] == 'stun':
            found['stun'] = [address, int(one['port'])]
        else:
            found['relays'] = [{'address': address, 'port': int(one['port']), 'transport': 'udp',
                                'username': one['username'], 'password': one['password']}]
    return found


SETTINGS = {
    'dino': lambda services: set_as_dino(services, True),
    'dino-0.4': lambda services: set_as_dino(services, False),
    # gajim/common/jingle_rtp.py: `controlling-mode` alone
    'gajim-1': lambda services: {'relays': []},
}


class Call(test_pairs.Call):

    def __init__(self, test, settings):
        self.caller = test_pairs.Agent(test, test.net.client, controlling=True, **settings)
        self.called = test_pairs.Agent(test, test.net.partner.client, controlling=False,
                                       stun=[sites.ADDRESSES['coturn'][0], 3478], relays=[])


class Apps(test_calls.CallsTest):

    def judge(self, report, app):
        """The same report, judged for an app."""
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / 'report.json'
            path.write_text(json.dumps(report), encoding='utf-8')
            shown = subprocess.run([os.environ['SIDETONE_CLI'], 'show', path, '--app', app, '--format',
                                    'json'], capture_output=True, text=True, check=True)
        judged = json.loads(shown.stdout)
        self.assertEqual(judged['chat_app'], app)
        return judged

    def run_row(self, pair):
        network, partner, domain = pair
        self.net.build(variants.VARIANTS[network], partner=variants.VARIANTS[partner])
        services = test_sites.SitesTest().services(domain)[1]
        calls = {app: Call(self, settings(services)) for app, settings in SETTINGS.items()}
        for call in calls.values():
            call.begin()
        report = self.check(domain)
        for app, call in calls.items():
            works, by_relay = call.finish(self)
            way = 'relay' if by_relay else 'direct' if works else 'none'
            judged = self.judge(report, app)
            if domain == TLS_ALONE:
                # Without STUN nothing is known of the NAT, and there is no table of calls.
                self.assertEqual((judged['calls'], way), ([], 'direct' if partner == 'open' else 'none'))
                self.assertIn('APP-02' if app == 'gajim-1' else 'APP-03', judged['verdict']['codes'])
                continue
            cell = next(one for one in judged['calls']
                        if one['partner'] == test_pairs.PARTNERS[partner])
            if os.environ.get('APPS') == 'all':
                print('%-9s %s to %s, %s: %s, foretold: %s' % (app, network, partner, domain, way,
                                                               cell['way']), file=sys.stderr)
            # A server that names a private address is not asked by Sidetone.
            if app == 'dino-0.4' and domain == PRIVATE_LAST and way == 'none':
                self.assertEqual(cell['way'], 'unknown')
            else:
                self.assertEqual(cell['way'], way, (app, cell))


tap.add_rows(Apps, {' '.join(pair).removesuffix('.lit'): pair for pair in (
    ALL if os.environ.get('APPS') == 'all' else FEW)}, Apps.run_row)


@contextlib.contextmanager
def prepare():
    bed.enter()
    with bed.Bed(['coturn.lit']) as ground:
        net = topology.Internet(ground, (WELL, PRIVATE_LAST, TLS_ALONE, SILENT))
        Apps.net = test_sites.SitesTest.net = net
        yield


if __name__ == '__main__':
    sys.exit(tap.main_in_beds(BEDS, prepare))
