#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""No report of ../ui/reports contradicts itself; and contradictions.py notices each contradiction."""

import copy
import json
import os
import pathlib
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'lib'))

import contradictions  # noqa: E402
import tap  # noqa: E402


def judge(path):
    """The report, as today's program judges what is in it."""
    shown = subprocess.run([os.environ['SIDETONE_CLI'], 'show', '--format', 'json', str(path)],
                           capture_output=True, text=True, check=True)
    return json.loads(shown.stdout)


class Reports(unittest.TestCase):

    def run_row(self, path):
        self.assertEqual(list(contradictions.find(judge(path))), [])


tap.add_rows(Reports, {path.stem: path for path in sorted(
    (HERE.parent / 'ui/reports').glob('*.json'))}, Reports.run_row)


RELAY = {'type': 'turn', 'transport': 'udp', 'host': 'relay.example.org', 'port': 3478,
         'address': '192.0.2.1', 'state': 'passed'}
SOUND = {
    'headline': {'level': 'good'}, 'services': [RELAY],
    'verdict': {'state': 'good', 'codes': ['NAT-01']},
    'calls': [{'way': 'direct'}, {'way': 'relay'}],
    'findings': [{'kind': 'nat', 'code': 'NAT-01', 'owner': 'router', 'certainty': 'certain', 'rivals': [],
                  'evidence': []}],
    'observations': [{'id': 'relay-1', 'kind': 'relay', 'details': {
        'service': 'turn udp relay.example.org 3478 credentials', 'peer-address': '192.0.2.1'}}]}
RIVAL = {'kind': 'vpn', 'owner': 'you'}


def finding(kind, **more):
    return dict(SOUND['findings'][0], kind=kind, **more)


def verdict(state):
    return {'state': state, 'codes': ['NAT-01']}


class Noticed(unittest.TestCase):

    def test_sound(self):
        self.assertEqual(list(contradictions.find(SOUND)), [])

    def run_row(self, changes):
        report = copy.deepcopy(SOUND)
        report['findings'] += changes.get('findings', [])
        report.update({key: value for key, value in changes.items() if key != 'findings'})
        self.assertEqual(len(list(contradictions.find(report))), 1)


FAILED = dict(RELAY, state='failed')
tap.add_rows(Noticed, {
    'two about the address': {'findings': [finding('no-nat')]},
    'udp blocked and a relay by it': {'findings': [finding('udp-blocked')]},
    'udp blocked and an echo by it': {
        'findings': [finding('udp-blocked')], 'services': [dict(RELAY, transport='tcp')],
        'observations': [{'id': 'echo-1', 'kind': 'echo', 'details': {'there-arrived': 1}}]},
    'closed and a relay that works': {
        'findings': [finding('relay-closed', evidence=['relay-1'])]},
    'no services and one': {'findings': [finding('no-services')]},
    'no relay and one': {'findings': [finding('no-relay')]},
    'a way by no relay': {'services': [FAILED]},
    'good and not reached': {'calls': [{'way': 'direct'}, {'way': 'none'}],
                             'verdict': verdict('some-fail')},
    'failing and reached': {'headline': {'level': 'failing'}, 'calls': [{'way': 'direct'}],
                            'verdict': verdict('may-fail')},
    'failing and a relay': {'verdict': verdict('failing')},
    'works and one does not': {'headline': {'level': 'relay'},
                               'calls': [{'way': 'direct'}, {'way': 'none'}]},
    'some fail and none does': {'verdict': verdict('some-fail')},
    'not checked and good': {'verdict': verdict('unknown')},
    'another code': {'verdict': {'state': 'good', 'codes': ['CALL-01']}},
    'certain with a rival': {'findings': [finding('service-silent', rivals=[RIVAL])]},
    'likely with another owner': {
        'findings': [finding('service-silent', certainty='likely', rivals=[RIVAL])]},
    'open without a rival': {'findings': [finding('service-silent', certainty='open')]},
}, Noticed.run_row)


if __name__ == '__main__':
    sys.exit(tap.main(sys.argv[1:]))
