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
    'calls': [{'way': 'direct'}, {'way': 'relay'}], 'external': {'address': '198.51.100.1'},
    'findings': [{'kind': 'nat', 'code': 'NAT-01', 'owner': 'router', 'certainty': 'certain', 'rivals': [],
                  'evidence': []}],
    'observations': [{'id': 'relay-1', 'kind': 'relay', 'details': {
        'service': 'turn udp relay.example.org 3478 credentials', 'peer-address': '192.0.2.1'}}]}
RIVAL = {'kind': 'vpn', 'owner': 'you'}


def finding(kind, **more):
    return dict(SOUND['findings'][0], kind=kind, **more)


def verdict(state):
    return {'state': state, 'codes': ['NAT-01']}


def hop(place, state='fine', **more):
    return dict(more, place=place, state=state)


def fitting_way(report):
    """The way that fits the rest of a report."""
    between = [one['kind'] for one in report['findings']
               if one['kind'] in contradictions.ON_THE_WAY | {'nat'}]
    relayed = any(one['state'] == 'passed' for one in report['services'])
    failing = report['verdict']['state'] == 'failing'
    return [hop('computer'), *(hop('between', finding=kind) for kind in between), hop('seen'),
            hop('server'), hop('relay', 'fine' if relayed else 'broken'),
            hop('partner', 'broken' if failing else 'fine')]


def changed_way(place, *instead):
    """The sound report's way with other hops at a place."""
    return [one for old in fitting_way(SOUND)
            for one in (instead if old['place'] == place else [old])]


class Noticed(unittest.TestCase):

    def test_sound(self):
        report = dict(SOUND, way=fitting_way(SOUND))
        self.assertEqual(list(contradictions.find(report)), [])

    def run_row(self, changes):
        report = copy.deepcopy(SOUND)
        report['findings'] += changes.get('findings', [])
        report.update({key: value for key, value in changes.items() if key != 'findings'})
        report.setdefault('way', fitting_way(report))
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
    'a way by no relay': {'services': [FAILED],
                          'verdict': {'state': 'may-fail', 'codes': ['NAT-01']}},
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
    'no server on the way': {'way': changed_way('server')},
    'on the way and not found': {
        'way': changed_way('between', hop('between', finding='nat'),
                           hop('between', finding='second-router'))},
    'found and not on the way': {
        'findings': [finding('second-router')], 'way': fitting_way(SOUND)},
    'seen and not on the way': {'way': changed_way('seen', hop('seen', 'unknown'))},
    'a relay that works and is broken on the way': {
        'way': changed_way('relay', hop('relay', 'limits'))},
    'signed in and ended before': {
        'verdict': verdict('may-fail'), 'way': changed_way('server', hop('server', 'broken'))},
    'good and broken': {'way': changed_way('partner', hop('partner', 'broken'))},
    'good and limited by a NAT': {
        'way': changed_way('between', hop('between', 'limits', finding='nat'))},
    'certain with a rival': {'findings': [finding('service-silent', rivals=[RIVAL])]},
    'likely with another owner': {
        'findings': [finding('service-silent', certainty='likely', rivals=[RIVAL])]},
    'open without a rival': {'findings': [finding('service-silent', certainty='open')]},
}, Noticed.run_row)


if __name__ == '__main__':
    sys.exit(tap.main(sys.argv[1:]))
