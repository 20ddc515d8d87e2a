#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The faults in faults.py are real, and there are no others: ../probe/turn-tool.c tries each entry
that one of its domains announces, from a computer with a public address."""

import pathlib
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'lib'))

import bed  # noqa: E402
import faults  # noqa: E402
import sites  # noqa: E402
import tap  # noqa: E402
import test_sites  # noqa: E402
import test_turn  # noqa: E402
import topology  # noqa: E402
import variants  # noqa: E402


IP_ADDRESS = re.compile(r'[0-9.]+$')
# This computer's, in the network `open`
PUBLIC = '198.51.100.10'
# An entry's result: an error's code, or one of these
WELL, SILENT, PARTLY = 'all is well', 'nothing arrives', 'some arrives'


class Truth:
    """stun: a binding's result. echo: from another socket to the relay and back; pair: between two
    relays. tcp, tls: of both, over these. relayed: a wrong relayed address. seen: a wrong reflexive
    one. elsewhere: of what is announced at other addresses."""

    def __init__(self, echo=WELL, pair=WELL, stun=WELL, tcp=None, tls=None, relayed=None, seen=None,
                 elsewhere=None):
        self.stun = stun
        both = {'echo': echo, 'between': pair}
        self.relay = {'udp': both, 'tcp': both if tcp is None else dict(zip(both, tcp)),
                      'tls': both if tls is None else dict(zip(both, tls))}
        self.relayed = relayed
        self.seen = seen
        self.elsewhere = elsewhere


UNAUTHORIZED, FORBIDDEN, QUOTA = 'turn-unauthorized', 'turn-forbidden', 'turn-quota'
REDIRECTED = 'turn-try-alternate'
REFUSED, WEB_SERVER, WRONG_SOURCE = 'udp-refused', 'relay-web-server', 'stun-wrong-source'
NO_ANSWER = 'no answer'
# None: what is announced leads nowhere
TRUTHS = {
    'no-turn.lit': Truth(),
    'turns-only.lit': Truth(),
    'tls-443.lit': Truth(),
    'wrong-secret.lit': Truth(UNAUTHORIZED, UNAUTHORIZED),
    'expired.lit': Truth(UNAUTHORIZED, UNAUTHORIZED),
    # Packets between both relays stay inside that host
    'closed.lit': Truth(SILENT),
    'few-ports.lit': Truth(SILENT),
    'private-relay.lit': Truth(SILENT, relayed='10.0.0.5'),
    'zero-relay.lit': Truth(SILENT, relayed='0.0.0.0'),
    'stale-address.lit': Truth(SILENT, relayed=faults.NOBODY_ELSE),
    # Its host refuses what no relay of its own asked for
    'other-address.lit': Truth(REFUSED, relayed='203.0.113.20'),
    'forbidden.lit': Truth(FORBIDDEN, FORBIDDEN),
    'no-pairs.lit': Truth(pair=FORBIDDEN),
    'full.lit': Truth(QUOTA, QUOTA),
    'tls-name.lit': Truth(tls=2 * ['certificate-wrong-name']),
    'tls-date.lit': Truth(tls=2 * ['certificate-expired']),
    'tls-issuer.lit': Truth(tls=2 * ['certificate-self-signed']),
    'dropped.lit': Truth(NO_ANSWER, NO_ANSWER, NO_ANSWER),
    'silent.lit': Truth(NO_ANSWER, NO_ANSWER, NO_ANSWER),
    'two-silent.lit': Truth(NO_ANSWER, NO_ANSWER, NO_ANSWER),
    'udp-dropped.lit': Truth(NO_ANSWER, NO_ANSWER, NO_ANSWER, tcp=(WELL, WELL)),
    'udp-refused.lit': Truth(REFUSED, REFUSED, REFUSED, tcp=(WELL, WELL)),
    'tcp-published.lit': Truth(REFUSED, REFUSED, REFUSED, tcp=(REFUSED, WELL)),
    'tcp-let-in.lit': Truth(NO_ANSWER, NO_ANSWER, NO_ANSWER, tcp=(SILENT, WELL)),
    'tcp-dropped.lit': Truth(tcp=2 * [NO_ANSWER]),
    'tcp-refused.lit': Truth(tcp=2 * ['connection-refused']),
    'one-port.lit': Truth(stun=NO_ANSWER),
    # From the relay, too, it is hidden who sends
    'snat-private.lit': Truth(SILENT, seen='192.168.99.1'),
    'snat-shared.lit': Truth(SILENT, seen='100.96.7.1'),
    'fronted.lit': Truth(),
    'redirects.lit': Truth(REDIRECTED, REDIRECTED),
    'redirects-away.lit': Truth(REDIRECTED, REDIRECTED),
    'zero-host.lit': Truth(elsewhere=NO_ANSWER),
    'private-host.lit': Truth(elsewhere=NO_ANSWER),
    # By the IP version that is tried here
    'ipv6-nowhere.lit': Truth(),
    'ipv6-refused.lit': Truth(),
    'ipv6-dropped.lit': Truth(),
    'ipv4-nowhere.lit': Truth(NO_ANSWER, NO_ANSWER, NO_ANSWER),
    'stun-password.lit': Truth(stun='stun-unauthorized'),
    'no-stun.lit': Truth(stun=NO_ANSWER),
    'throttled.lit': Truth(PARTLY, PARTLY),
    'throttled-less.lit': Truth(PARTLY, PARTLY),
    # Packets between both relays stay inside that host
    'bans.lit': Truth(PARTLY),
    'mute.lit': Truth(PARTLY, tcp=('connection-lost', WELL), tls=('connection-lost', WELL)),
    'web-443.lit': Truth(tls=2 * [WEB_SERVER]),
    'web-80.lit': Truth(tcp=2 * [WEB_SERVER]),
    'plain-to-tls.lit': Truth(tcp=2 * [NO_ANSWER]),
    'tls-to-plain.lit': Truth(tls=2 * ['tls-no-answer']),
    'uri-hosts.lit': None,
    'uri-relay.lit': None,
    'port-in-host.lit': None,
    'web-address.lit': None,
    'one-uri.lit': Truth(),
    'tls-address.lit': Truth(tls=2 * ['certificate-wrong-name']),
    'tls-chain.lit': Truth(tls=2 * ['certificate-no-chain']),
    # Nowhere by the IP version that is tried here
    'ipv6-relay.lit': None,
    'ipv6-name.lit': None,
    'other-source.lit': Truth(WRONG_SOURCE, WRONG_SOURCE, WRONG_SOURCE, tcp=(WELL, WELL)),
    'no-credentials.lit': Truth(UNAUTHORIZED, UNAUTHORIZED),
    # No fault
    'far.lit': Truth(),
    # Far more than passes here
    'throttled-video.lit': Truth(),
}
# Large packets of each size, which follow only if others come back
LARGE = 5
# By UDP, and by TCP. In time, a router may say that there is nobody
SILENCES = ('stun-no-answer', 'unreachable', 'udp-prohibited')


def outcome(events):
    if 'failed' in events:
        code = events['failed']['code']
        return NO_ANSWER if code in SILENCES else code
    if 'bound' in events:
        return WELL
    echo = events['echo']
    arrived = [echo[way]['arrived'] / test_turn.AUDIO for way in ('there', 'back')]
    arrived += [n_back / LARGE for _, _, _, n_back in echo['large']]
    return {0: SILENT, len(arrived): WELL}.get(sum(arrived), PARTLY)


class Faults(test_turn.TurnTest):

    def try_entry(self, one, host, do):
        """An announced entry; the second socket asks another STUN server."""
        transport = 'tls' if one['type'] == 'turns' else one['transport']
        events = test_turn.Tool(self.net, {
            'do': do, 'address': host, 'port': int(one['port']), 'transport': transport,
            'host': one['host'], 'username': one.get('username', 'nobody'),
            'password': one.get('password', 'no-password'), 'relay': 4,
            'ca-file': str(self.net.bed.ca_file),
            'stun': [sites.ADDRESSES['coturn'][0], faults.PORT]}).finish()
        return transport, events

    def run_row(self, row):
        domain, truth = row
        fault = faults.FAULTS[domain]
        coturn = sites.ADDRESSES['coturn'][0]
        known = {host: one for host, addresses in dict(
            faults.places(), **{faults.COTURN: (coturn,)}).items()
            for one in addresses if ':' not in one}
        own = fault.host or (faults.relay_name(domain) if fault.relay else faults.COTURN)
        host = known.get(own, own)
        hosts = {host} if fault.relay else {host, sites.SECOND_ADDRESSES['coturn'][0]}
        _, entries = test_sites.SitesTest().services(domain)
        self.assertEqual(len(entries), len(fault.offers))
        for one in entries if truth else ():
            place = known.get(one['host'], one['host'])
            if not IP_ADDRESS.match(place):
                continue
            if one['type'] == 'stun':
                _, events = self.try_entry(one, place, 'bind')
                self.assertEqual(outcome(events), truth.elsewhere or truth.stun
                                 if place != host else truth.stun, events)
                if 'bound' in events:
                    self.assertEqual(events['bound']['mapped'].rsplit(':', 1)[0],
                                     truth.seen or PUBLIC)
                continue
            for do in ('echo', 'between'):
                transport, events = self.try_entry(one, place, do)
                expected = truth.relay[transport][do]
                self.assertEqual(outcome(events), truth.elsewhere or expected
                                 if place != host else expected, (do, transport, events))
                if 'allocated' in events:
                    self.assertIn(events['allocated']['relayed'].rsplit(':', 1)[0],
                                  {truth.relayed} if truth.relayed else hosts)


assert set(TRUTHS) == set(faults.FAULTS)
tap.add_rows(Faults, {domain.removesuffix('.lit'): (domain, truth)
                      for domain, truth in TRUTHS.items()}, Faults.run_row)

if __name__ == '__main__':
    bed.enter()
    with bed.Bed(sites.NAMES) as ground:
        Faults.net = test_sites.SitesTest.net = topology.Internet(ground, with_relays=True)
        Faults.net.build(variants.VARIANTS['open'])
        status = tap.main(sys.argv[1:], workers=8)
    sys.exit(status)
