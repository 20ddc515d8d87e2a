#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The services that a server announces for calls: found and reported, without their credentials."""

import sys

import program
import scripted
import tap
from program import FINISHED, MONTAGUE

# In a user name and a password: it must never appear in the output
SECRET = 'sEcReT'
CREDENTIALS = "username='u%s' password='p%s'" % (SECRET, SECRET)
STUN = "<service type='stun' host='montague.lit' transport='udp' port='3478'/>"
TURN = "<service type='turn' host='montague.lit' transport='%%s' port='3478' %s %%s/>" % CREDENTIALS
BOTH = STUN + TURN % ('udp', '') + TURN % ('tcp', '')
# Findings about the announcement; nothing listens at these services
ANNOUNCED = ['CALL-%02u' % number for number in (*range(1, 13), 29)]
NOW, SOON, LATER = '2026-11-23T00:00:00Z', '2026-11-23T00:05:00Z', '2026-11-23T12:00:00Z'


class Services(program.ProgramTest):

    def serve(self, services, **more):
        computer = self.new_computer()
        self.server = scripted.Scripted(computer, MONTAGUE, self.lab.accounts(MONTAGUE),
                                        services=services, **more)
        return computer

    def verify(self, result):
        self.assertNotIn(SECRET, result.out + result.err)
        self.assertIsNone(self.server.failure)
        return super().verify(result)


class Found(Services):
    """The announced services, and the resulting findings."""

    def run_row(self, services, clock, expected):
        result = self.check(self.serve(services, time_utc=clock), MONTAGUE)
        self.assertEqual(result.code, FINISHED, result)
        found = [finding['kind'] for finding in result.report['findings']
                 if finding['code'] in ANNOUNCED]
        self.assertEqual(found, expected.split(), result)
        self.assertIn('same-computer', result.kinds)


tap.add_rows(Found, {
    'not_offered': (None, None, 'no-services'),
    'empty': ('', None, 'no-services'),
    'no_relay': (STUN, None, 'no-relay'),
    'all_well': (BOTH, None, ''),
    'udp_only': (STUN + TURN % ('udp', ''), None, 'no-relay-over-tcp'),
    'no_credentials': ("<service type='turns' host='montague.lit'/>", None, 'no-credentials'),
    # As Prosody does
    'tls_without_credentials': (BOTH + "<service type='turns' host='montague.lit'/>", None,
                                'credentials-missing'),
    'expired': (TURN % ('tcp', "expires='%s'" % NOW), LATER,
                'credentials-expired no-relay-over-udp'),
    'soon': (TURN % ('tcp', "expires='%s'" % SOON), NOW, 'credentials-short no-relay-over-udp'),
    'later': (TURN % ('tcp', "expires='%s'" % LATER), NOW, 'no-relay-over-udp'),
    # The server does not tell the time
    'no_clock': (TURN % ('tcp', "expires='%s'" % NOW), None, 'no-relay-over-udp'),
    'not_found': (BOTH + "<service type='stun' host='verona.lit'/>", None, 'service-not-found'),
}, lambda self, row: self.run_row(*row))


class Told(Services):
    """In every form of a report, and in the libraries' logs."""

    LOUD = {'G_MESSAGES_DEBUG': 'all'}

    def test_json(self):
        computer = self.serve(STUN + TURN % ('udp', "expires='%s'" % LATER), time_utc=NOW)
        for options in ((), ('--redact',)):
            with self.subTest(options):
                result = self.check(computer, MONTAGUE, *options, environment=self.LOUD)
                seen = next(one for one in result.report['observations']
                            if one['kind'] == 'services')
                self.assertEqual(seen['details']['services'], [
                    'stun udp montague.lit 3478', 'turn udp montague.lit 3478 credentials'])
                self.assertEqual(seen['details']['expires-in'], 12 * 3600)

    def test_text(self):
        result = self.check(self.serve(BOTH), MONTAGUE, output='text', environment=self.LOUD)
        self.assertIn('3 entries, 2 for a relay', result.out)

    def test_only_address(self):
        result = self.check(self.serve(None), MONTAGUE, '--only', 'address')
        self.assertNotIn('services', {one['kind'] for one in result.report['observations']})
        self.assertFalse([kind for kind in result.kinds if kind != 'same-computer'])

    def test_typed(self):
        """A typed service is tried whatever the server offers, and marked as typed."""
        computer = self.serve(None)
        path = computer.folder / 'credentials'
        path.write_text('typed-%s\ntyped-%s\n' % (SECRET, SECRET))
        result = self.check(computer, MONTAGUE, '--service', 'turn:127.0.0.1:9?transport=tcp',
                            '--service', 'stun:127.0.0.1:9', '--service-credentials', path,
                            environment=self.LOUD)
        tried = {one['kind']: one for one in result.report['observations']
                 if one['kind'] in ('stun', 'relay')}
        self.assertEqual({kind: one['details']['typed'] for kind, one in tried.items()},
                         {'stun': True, 'relay': True})
        self.assertEqual(tried['relay']['error']['code'], 'connection-refused')
        self.assertEqual(tried['relay']['details']['service'], 'turn tcp 127.0.0.1 9 credentials')
        self.assertIn('no-services', result.kinds)

    def test_only_calls(self):
        result = self.check(self.serve(BOTH), MONTAGUE, '--only', 'calls')
        kinds = {one['kind'] for one in result.report['observations']}
        self.assertNotIn('server-ip', kinds)
        self.assertLessEqual({'services', 'stun', 'relay'}, kinds)


if __name__ == '__main__':
    sys.exit(program.main())
