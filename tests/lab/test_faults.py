#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The faults in faults.py are real, and there are no others: ../probe/turn-tool.c tries each entry
that one of its domains announces, from a computer with a public address."""

import pathlib
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


# An entry's result: an error's code, or one of these
WELL, SILENT, PARTLY = 'all is well', 'nothing arrives', 'some arrives'


class Truth:
    """stun: a binding's result. echo: from another socket to the relay and back; pair: between two
    relays. tls: of both, over TLS. relayed: a wrong relayed address."""

    def __init__(self, echo=WELL, pair=WELL, stun=WELL, tls=None, relayed=None):
        self.stun = stun
        self.plain = {'echo': echo, 'between': pair}
        self.tls = self.plain if tls is None else {'echo': tls, 'between': tls}
        self.relayed = relayed


UNAUTHORIZED, FORBIDDEN, QUOTA = 'turn-unauthorized', 'turn-forbidden', 'turn-quota'
TRUTHS = {
    'no-turn.lit': Truth(),
    'turns-only.lit': Truth(),
    'tls-443.lit': Truth(),
    'wrong-secret.lit': Truth(UNAUTHORIZED, UNAUTHORIZED),
    'expired.lit': Truth(UNAUTHORIZED, UNAUTHORIZED),
    # Packets between both relays stay inside that host
    'closed.lit': Truth(SILENT),
    'private-relay.lit': Truth(SILENT, relayed='10.0.0.5'),
    'zero-relay.lit': Truth(SILENT, relayed='0.0.0.0'),
    'forbidden.lit': Truth(FORBIDDEN, FORBIDDEN),
    'no-pairs.lit': Truth(pair=FORBIDDEN),
    'full.lit': Truth(QUOTA, QUOTA),
    'tls-name.lit': Truth(tls='certificate-wrong-name'),
    'tls-date.lit': Truth(tls='certificate-expired'),
    'tls-issuer.lit': Truth(tls='certificate-self-signed'),
    'silent.lit': Truth('no answer', 'no answer', stun='no answer'),
}
# Large packets of each size, which follow only if others come back
LARGE = 5
# By UDP, and by TCP
NO_ANSWER = ('stun-no-answer', 'unreachable')


def outcome(events):
    if 'failed' in events:
        code = events['failed']['code']
        return 'no answer' if code in NO_ANSWER else code
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
        host = fault.host or (faults.relay_address(domain) if fault.relay
                              else sites.ADDRESSES['coturn'][0])
        hosts = {host} if fault.relay else {host, sites.SECOND_ADDRESSES['coturn'][0]}
        _, entries = test_sites.SitesTest().services(domain)
        self.assertEqual(len(entries), len(fault.offers))
        for one in entries:
            if one['type'] == 'stun':
                _, events = self.try_entry(one, host, 'bind')
                self.assertEqual(outcome(events), truth.stun, events)
                continue
            for do in ('echo', 'between'):
                transport, events = self.try_entry(one, host, do)
                expected = truth.tls if transport == 'tls' else truth.plain
                self.assertEqual(outcome(events), expected[do], (do, transport, events))
                if 'allocated' in events:
                    self.assertIn(events['allocated']['relayed'].rsplit(':', 1)[0],
                                  {truth.relayed} if truth.relayed else hosts)


assert set(TRUTHS) == set(faults.FAULTS)
tap.add_rows(Faults, {domain.removesuffix('.lit'): (domain, truth)
                      for domain, truth in TRUTHS.items()}, Faults.run_row)

if __name__ == '__main__':
    bed.enter()
    with bed.Bed(sites.NAMES) as ground:
        Faults.net = test_sites.SitesTest.net = topology.Internet(ground)
        Faults.net.build(variants.VARIANTS['open'])
        status = tap.main(sys.argv[1:], workers=4)
    sys.exit(status)
