# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Hostile files: reports, and what else the program is given to read."""

import json
import os
import pathlib

from behaviours import Behaviours, FINISHED
from program import UNREADABLE

REPORTS = pathlib.Path(__file__).resolve().parents[1] / 'ui' / 'reports'
GOOD = (REPORTS / 'relay.sidetone.json').read_text()
NOT_ONE = 'not a report of Sidetone'
NASTY = 'a\u202eb\u009bc\x1b[31md'


class Files(Behaviours):
    """act: the report's text or bytes, or a function of its path that makes it. command: how it is
    shown."""

    def play(self, act, command=('show', 'FILE')):
        path = self.here.folder / (self.domain + '.json')
        if callable(act):
            act(path)
        else:
            path.write_bytes(act if isinstance(act, bytes) else act.encode(errors='surrogatepass'))
        return self.invoke(*(path if word == 'FILE' else word for word in command))


def changed(change, text=GOOD):
    """A good report after a change."""
    report = json.loads(text)
    change(report)
    return json.dumps(report)


def seen(kind, details, identity='x-1', **more):
    return dict({'id': identity, 'kind': kind, 'vantage': 'relay', 'state': 'passed', 'start_us': 1,
                 'duration_us': 1, 'details': details}, **more)


def observation(*what, **more):
    """A good report with one more observation."""
    return changed(lambda report: report['observations'].append(seen(*what, **more)))


def refuse(name, act, words=NOT_ONE, **more):
    Files.add(name, act, status=UNREADABLE, words=words, **more)


def show(name, act, **more):
    Files.add(name, act, status=FINISHED, **more)


refuse('empty', '')
refuse('blank', ' \n\t')
refuse('binary', bytes(range(256)) * 8)
refuse('utf_16', GOOD.encode('utf-16'))
refuse('no_utf_8', GOOD.encode().replace(b'montague', b'mont\xff\xfe'))
refuse('nul_inside', GOOD.replace('montague', 'mont\\u0000ague', 1).encode())
refuse('lone_surrogate', GOOD.replace('montague', '\\ud800', 1))
refuse('half_a_report', GOOD[:len(GOOD) // 2])
refuse('two_reports', GOOD + GOOD)
refuse('list', '[]')
refuse('number', '1e999')
refuse('another_format', changed(lambda report: report.update(format='other')))
refuse('no_version', changed(lambda report: report.pop('version')))
refuse('version_of_words', changed(lambda report: report.update(version='one')))
refuse('newer_version', changed(lambda report: report.update(version=99)), words='newer')
refuse('deeply_nested', '{"format":"sidetone-report","version":1,"x":' + '[' * 100000, quick=True)
refuse('observations_of_words', changed(lambda report: report.update(observations='many')))
refuse('too_many_observations', changed(lambda report: report.update(
    observations=report['observations'][:1] * 5000)))
refuse('too_large', '{"format":"sidetone-report","version":1,"x":"' + 'x' * 9000000 + '"}')
refuse('folder', lambda path: path.mkdir(), words='FILE|read')
refuse('fifo', os.mkfifo, words='read')
refuse('link_to_itself', lambda path: path.symlink_to(path), words='read')
refuse('device_without_end', lambda path: path.symlink_to('/dev/zero'), words='read', quick=True)
refuse('memory_of_a_process', lambda path: path.symlink_to('/proc/self/mem'), words='read|report')
refuse('year_26', changed(lambda report: report.update(created='0026-01-01T00:00:00Z')))
refuse('month_13', changed(lambda report: report.update(created='2026-13-01T00:00:00Z')))

show('as_it_should', GOOD)
show('nasty_detail', observation('sign-in', {'server-text': NASTY, 'target': NASTY}))
show('nasty_error', observation('sign-in', {}, state='failed', error={
    'code': 'sign-in-refused', 'text': NASTY}))
show('unknown_kind', observation('crystal-ball', {'x': NASTY}))
show('unknown_error', observation('sign-in', {}, state='failed', error={
    'code': 'bad-luck', 'text': 'x'}))
show('stun_of_a_relay', observation('stun', {'service': 'turn udp a.lit 3478 credentials'}),
     quick=True)
show('echo_of_nothing', observation('echo', {'relay': 'x-1'}))
show('echo_of_itself', observation('echo', {'relay': 'x-1', 'other-relay': 'x-1', 'there-sent': 5,
                                            'there-arrived': 900000}))
show('negative_numbers', observation('echo', {'relay': 'relay-1', 'there-sent': -5, 'rtt-us': -1,
                                              'trips': [-7] * 60, 'jitter-us': -(2 ** 62)}))
show('large_numbers', observation('echo', {'relay': 'relay-1', 'there-sent': 2 ** 62,
                                           'back-sent': 2 ** 62, 'rtt-us': 2 ** 62}))
show('details_of_other_types', observation('lookup', {'answers': {'a': 1}, 'name': [],
                                                      'question': 5}))
refuse('same_id_again', changed(lambda report: report['observations'].extend(
    report['observations'])))
show('four_thousand_relays', changed(lambda report: report.update(observations=[
    seen('relay', {'service': 'turn udp h%d.lit 3478 credentials' % i, 'peer-port': 3478,
                   'relayed': '192.0.2.1:%d' % (i + 1), 'peer-address': '192.0.2.1'},
         'relay-%d' % i) for i in range(4000)])), quick=True)
refuse('sixty_thousand_services', observation('services', {
    'services': ['turn udp h%d.lit 3478 credentials' % i for i in range(60000)]}))
show('findings_that_lie', changed(lambda report: report['findings'].insert(0, {
    'kind': 'no-nat', 'code': 'NAT-00', 'title': NASTY})))

NASTY_ONE = changed(lambda report: report['account'].update(jid=NASTY, server=NASTY))
show('nasty_account', NASTY_ONE, quick=True)
show('nasty_account_as_json', NASTY_ONE, findings='nat', command=('show', 'FILE', '--format', 'json'))
show('nasty_account_redacted', NASTY_ONE, command=('show', 'FILE', '--redact'))
show('nasty_account_compared', NASTY_ONE, command=('compare', REPORTS / 'nat.sidetone.json', 'FILE'))
show('nasty_account_in_a_letter', NASTY_ONE, command=('explain', '--for-administrator', 'FILE'))


class Given(Behaviours):
    """act: makes a file at a path that is given to a check with an option."""

    def play(self, act, option):
        path = self.here.folder / (self.domain + '.given')
        act(path)
        self.serve({})
        options = {'--password-file': self.lab.ca_file, '--ca-file': self.lab.ca_file}
        options[option] = path
        return self.invoke('check', self.jid, *(word for pair in options.items() for word in pair),
                           '--only', 'address', '--server', self.address)


def write(text):
    return lambda path: path.write_bytes(text)


Given.add('password_of_nothing', write(b''), option='--password-file', words='password')
Given.add('password_of_nul', write(b'a\0b\n'), option='--password-file', words='password')
Given.add('password_that_is_no_utf_8', write(b'\xff\xfe\n'), option='--password-file',
          words='password')
Given.add('password_of_a_megabyte', write(b'x' * 1000000), option='--password-file',
          words='password')
Given.add('password_in_a_folder', lambda path: path.mkdir(), option='--password-file',
          status=UNREADABLE, words='read')
Given.add('authorities_of_nothing', write(b''), option='--ca-file', words='certificates')
Given.add('authorities_of_garbage', write(bytes(range(256))), option='--ca-file',
          words='certificates')
Given.add('authorities_in_a_folder', lambda path: path.mkdir(), option='--ca-file',
          words='certificates|read')
