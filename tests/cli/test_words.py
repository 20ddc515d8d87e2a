#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Each way for a check to fail has its own code, its own finding and its own words.

Real servers fail where they can be configured to; a scripted one does the rest.
"""

import base64
import os
import re
import signal
import socket
import time
import unittest

import program
import scripted
import servers
import tap
from program import CAPULET, IMPOSSIBLE, MONTAGUE

# Domains that Prosody serves with a certificate of that name
BAD_CERTIFICATES = ('self-signed', 'unknown-ca', 'wrong-name', 'expired', 'not-yet-valid')
prosody = {}
# The program's output, by error and case
lines = {}


def prepare(lab):
    records = [record for name in BAD_CERTIFICATES + ('stranger', 'plain')
               for record in servers.domain_records(name + '.lit', '127.0.0.1')]
    prosody['here'] = lab.computer('prosody', *records,
                                   *servers.domain_records(CAPULET, '127.0.0.1', '::1'))
    hosts = {name + '.lit': {'certificate': name} for name in BAD_CERTIFICATES}
    hosts['plain.lit'] = {'modules': ()}
    hosts[CAPULET] = {}
    prosody['here'].prosody(hosts, lab.accounts(CAPULET))


class WordsTest(program.ProgramTest):
    """A failed check: one line, of its own, with everything that the user needs to go on."""

    def expect(self, result, error, kind, *words):
        self.verify(result)
        self.assertEqual(result.code, IMPOSSIBLE, result)
        line = self.one_line(result)
        self.assertIn(error, result.errors)
        self.assertIn(kind, result.kinds)
        lines[error, self.id()] = line
        for word in words:
            self.assertRegex(line, re.compile(word, re.IGNORECASE))
        for finding in result.report['findings']:
            self.assertTrue(finding['title'] and finding['code'], finding)
        return result

    def check_script(self, *options, **script):
        """A check against a scripted server on a computer of the test's own."""
        computer = self.new_computer()
        server = scripted.Scripted(computer, MONTAGUE, self.lab.accounts(MONTAGUE), **script)
        result = self.check(computer, MONTAGUE, '--only', 'address', '--server',
                            'ipv4.montague.lit:5222', '--security', 'starttls', *options)
        self.assertIsNone(server.failure)
        return result


class Names(WordsTest):

    def test_unknown_domain(self):
        result = self.check(prosody['here'], 'romeo@mantua.lit')
        self.expect(result, 'name-not-found', 'name-not-found', r'mantua\.lit')

    def test_no_dns_answer(self):
        computer = self.lab.computer('no-dns')
        # There is a name server, which never answers
        silent = computer.socket(socket.AF_INET, socket.SOCK_DGRAM)
        silent.bind(('127.0.0.1', 53))
        with silent:
            begun = time.monotonic()
            result = self.check(computer, MONTAGUE)
            # One deadline for all names, not one for each; and a slow start
            self.assertLess(result.ended - begun, 5.0 + program.GRACE + 2.0)
        self.expect(result, 'dns-no-answer', 'dns-silent', 'name server')

    def test_not_offered_by_dns(self):
        computer = self.new_computer('srv-host=_xmpp-client._tcp.montague.lit,.,0,0,0',
                                     'srv-host=_xmpps-client._tcp.montague.lit,.,0,0,0')
        result = self.check(computer, MONTAGUE)
        self.expect(result, 'not-offered-by-dns', 'name-not-found', r'montague\.lit')


class Reaching(WordsTest):

    def test_refused(self):
        computer = self.new_computer(*servers.domain_records(MONTAGUE, '127.0.0.1'))
        result = self.check(computer, MONTAGUE)
        self.expect(result, 'connection-refused', 'server-silent', r'montague\.lit', 'refuse')

    def test_unreachable(self):
        computer = self.new_computer(*servers.domain_records(MONTAGUE, '198.51.100.9'))
        computer.do('ip', 'route', 'add', 'unreachable', '198.51.100.0/24')
        result = self.check(computer, MONTAGUE)
        self.expect(result, 'unreachable', 'server-silent', r'montague\.lit', 'reach')

    def test_syn_never_answered(self):
        computer = self.new_computer(*servers.domain_records(MONTAGUE, '127.0.0.1'))
        computer.nft('table inet wall { chain in { type filter hook input priority 0; '
                     'tcp dport 5222-5223 drop; }; }')
        result = self.check(computer, MONTAGUE)
        self.expect(result, 'tcp-no-answer', 'server-silent', r'montague\.lit', 'answer')


class Certificates(WordsTest):
    """Prosody shows a certificate that must not be trusted."""

    def run_row(self, row):
        name, error, words = row
        for security, port in (('starttls', 5222), ('direct', 5223)):
            result = self.check(prosody['here'], 'juliet@%s.lit' % name, '--security', security,
                                '--server', 'ipv4.%s.lit:%d' % (name, port))
            self.expect(result, error, 'certificate', *words)
            if error == 'certificate-wrong-name':
                self.assertIn('made for wrong.example.org, not for wrong-name.lit',
                              result.report['findings'][0]['explanation'])
            # Enough to compare it with the administrator's information
            shown = [observation['details'] for observation in result.report['observations']
                     if observation['kind'] == 'secure'][-1]
            self.assertRegex(shown['sha256'].replace(':', ''), r'\A[0-9a-fA-F]{64}\Z')
            for key in ('subject', 'issuer', 'not-after'):
                self.assertTrue(shown[key], key)


tap.add_rows(Certificates, {name: (name, error, words) for name, error, words in (
    ('self-signed', 'certificate-self-signed', [r'self-signed\.lit', 'itself|self-signed']),
    ('unknown-ca', 'certificate-unknown-issuer', [r'unknown-ca\.lit']),
    ('wrong-name', 'certificate-wrong-name', [r'wrong-name\.lit']),
    ('expired', 'certificate-expired', [r'expired\.lit']),
    ('not-yet-valid', 'certificate-not-yet-valid', [r'not-yet-valid\.lit']),
)}, Certificates.run_row)


class Pinned(WordsTest):
    """Exactly one certificate may be accepted."""

    def pin(self):
        result = self.check(prosody['here'], 'juliet@self-signed.lit')
        return [observation['details']['sha256'] for observation in result.report['observations']
                if observation['kind'] == 'secure'][-1]

    def test_the_right_one(self):
        result = self.check(prosody['here'], 'juliet@self-signed.lit', '--pin', self.pin(),
                            password=self.lab.accounts(CAPULET)['juliet'])
        self.assertEqual(result.code, program.FINISHED, result)
        self.assertIn('same-computer', result.kinds)

    def test_another_one(self):
        result = self.check(prosody['here'], 'juliet@expired.lit', '--pin', self.pin())
        self.expect(result, 'certificate-not-pinned', 'certificate', r'expired\.lit')


class SignIn(WordsTest):
    """Servers' answers during the sign-in."""

    def test_server_does_not_know_the_host(self):
        result = self.check(prosody['here'], 'juliet@stranger.lit', '--security', 'starttls')
        self.expect(result, 'host-unknown', 'server-refuses', r'stranger\.lit')

    def test_wrong_password(self):
        result = self.check(prosody['here'], CAPULET, password='not-the-password')
        self.expect(result, 'wrong-password', 'wrong-password', 'password')
        self.assertNotIn('not-the-password', result.out + result.err)

    def run_row(self, row):
        script, error, kind, words = row
        self.expect(self.check_script(**script), error, kind, *words)


def refuse(condition, text=''):
    """The server ends the sign-in with this condition."""
    def send(peer):
        peer.send('<failure %s><%s/>%s</failure></stream:stream>' % (
            scripted.SASL, condition, '<text>%s</text>' % text if text else ''))
    return send


def succeed(peer):
    """Without a challenge, so that no password is needed (RFC 5802)."""
    peer.send('<success %s/>' % scripted.SASL)
    scripted.hold(peer)


def challenge_badly(peer):
    peer.send('<challenge %s>%s</challenge>' % (
        scripted.SASL, base64.b64encode(b'r=nonce,s=salt').decode()))
    scripted.hold(peer)


def refuse_tls(peer):
    peer.send("<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:stream>")


def offer_no_tls(peer):
    peer.stream('<mechanisms %s><mechanism>PLAIN</mechanism></mechanisms>' % scripted.SASL)
    scripted.hold(peer)


def answer_no_handshake(peer):
    peer.read()
    peer.send('this is no handshake\r\n')
    scripted.hold(peer)


def speak_http(peer):
    peer.read()
    peer.send('HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n'
              '<html><body><h1>400 Bad Request</h1></body></html>\r\n')


def limit_sessions(peer):
    peer.send("<iq type='error' id='%s'><error type='wait'><resource-constraint "
              "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>" % peer.bind_id)
    scripted.hold(peer)


tap.add_rows(SignIn, {
    'tls-refused': ({'instead': {'starttls': refuse_tls}}, 'tls-refused', 'no-security',
                    [r'montague\.lit']),
    'tls-not-offered': ({'instead': {'stream': offer_no_tls}}, 'tls-not-offered', 'no-security',
                        [r'montague\.lit']),
    'tls-breaks': ({'instead': {'tls': answer_no_handshake}}, 'tls-failed',
                   'no-security', [r'montague\.lit']),
    'banner-of-another-protocol': (
        {'instead': {'tcp': scripted.say('220 mail.example.org ESMTP ready\r\n')}}, 'not-xmpp',
        'not-xmpp', [r'montague\.lit']),
    'ends-at-once': ({'instead': {'tcp': scripted.close}}, 'closed-unheard', 'closed-unheard',
                     ['before it says a word', 'proxy']),
    'http-answer': ({'instead': {'tcp': speak_http}}, 'http-answer', 'not-xmpp',
                    ['web|http|guest']),
    'weak-mechanisms': ({'mechanisms': ('CRAM-MD5', 'DIGEST-MD5')}, 'weak-mechanisms',
                        'no-security', ['password']),
    'account-disabled': ({'instead': {'sasl': refuse('account-disabled', 'Ask the Nurse.')}},
                         'account-disabled', 'account-refused', [r'Ask the Nurse\.']),
    'sign-in-refused': ({'instead': {'sasl': refuse('invalid-authzid')}},
                        'sign-in-refused', 'account-refused', ['invalid-authzid|server']),
    'sign-in-unavailable': ({'instead': {'sasl': refuse('temporary-auth-failure')}},
                            'sign-in-unavailable', 'server-refuses', ['may well be right']),
    'password-expired': ({'instead': {'sasl': refuse('credentials-expired')}},
                         'password-expired', 'wrong-password', ['expired']),
    'account-not-found': ({'instead': {'sasl': refuse('not-authorized')}},
                          'not-authorized', 'wrong-password', ['typos', 'others can sign in']),
    'no-common-mechanism': ({'mechanisms': ('X-OAUTH2',)}, 'no-common-mechanism', 'no-security',
                            ['Sidetone does not have']),
    'server-unproven': ({'instead': {'sasl': succeed}}, 'server-unproven', 'certificate',
                        [r'montague\.lit', 'password', 'administrator']),
    'bad-challenge': ({'instead': {'sasl': challenge_badly}}, 'bad-challenge', 'server-refuses',
                      [r'montague\.lit', 'SCRAM']),
    'no-bind': ({'bind': False}, 'no-bind', 'server-refuses', [r'montague\.lit|server']),
    'too-many-sessions': ({'instead': {'bind': limit_sessions}},
                          'session-conflict', 'session-conflict', ['Close the other app']),
    'connection-lost-at-sasl': ({'instead': {'sasl': scripted.reset}}, 'connection-lost',
                                'connection-lost', ['connection']),
    'connection-lost-at-bind': ({'instead': {'bind': scripted.reset}}, 'connection-lost',
                                'connection-lost', ['connection']),
}, SignIn.run_row)


class Query(WordsTest):
    """Signed in, but there is no address."""

    def test_not_offered(self):
        """Prosody without the module."""
        result = self.check(prosody['here'], 'juliet@plain.lit', '--only', 'address',
                            password=self.lab.accounts(CAPULET)['juliet'])
        self.expect(result, 'not-offered', 'not-offered', 'XEP-0279|offer|tell')

    def run_row(self, row):
        instead, error, kind, words = row
        self.expect(self.check_script(instead={'query': instead}), error, kind, *words)

    def test_child_killed(self):
        computer = self.new_computer()
        server = scripted.Scripted(computer, MONTAGUE, self.lab.accounts(MONTAGUE),
                                   instead={'query': scripted.hold})
        running = self.start(computer, MONTAGUE)
        server.wait_for('query')
        for child in running.children():
            os.kill(child, signal.SIGKILL)
        result = running.finish()
        self.expect(result, 'connection-program-ended', 'connection-broken', 'Sidetone')

    def test_child_missing(self):
        computer = self.new_computer()
        scripted.Scripted(computer, MONTAGUE, self.lab.accounts(MONTAGUE))
        result = self.check(computer, MONTAGUE,
                            environment={'SIDETONE_CONNECTION': '/nonexistent/connection'})
        self.expect(result, 'connection-program-missing', 'connection-broken', 'Sidetone')


def answer(payload):
    def send(peer):
        peer.result(payload)
        peer.answer()
    return send


def answer_error(kind, condition, text=''):
    def send(peer):
        peer.error(kind, condition, text)
        peer.answer()
    return send


NO_IP = "<address xmlns='urn:xmpp:sic:1'><ip>the house of Capulet</ip><port>5222</port></address>"

tap.add_rows(Query, {
    'service-unavailable': (
        answer_error('cancel', 'service-unavailable', 'Not on this day.'), 'not-offered',
        'not-offered', [r'Not on this day\.']),
    'forbidden': (answer_error('auth', 'forbidden', 'Not for you.'), 'forbidden', 'forbidden',
                  [r'Not for you\.']),
    'no-answer': (lambda peer: peer.answer(), 'no-answer', 'no-answer', ['answer']),
    'an-answer-that-is-no-address': (answer(NO_IP), 'bad-answer', 'bad-answer', ['address']),
    'another-error': (answer_error('wait', 'resource-constraint', 'Later.'), 'query-failed',
                      'bad-answer', [r'Later\.']),
    'connection-lost': (scripted.reset, 'connection-lost', 'connection-lost', ['connection']),
}, Query.run_row)


class Script(program.ProgramTest):
    """The scripted server itself: unmodified, the program finds no fault in it."""

    def test_everything_in_order(self):
        computer = self.new_computer()
        server = scripted.Scripted(computer, MONTAGUE, self.lab.accounts(MONTAGUE))
        result = self.check(computer, MONTAGUE)
        self.assertIsNone(server.failure)
        self.assertEqual(result.code, program.FINISHED, result)
        self.assertIn('same-computer', result.kinds)


class Compared(unittest.TestCase):
    """The output of all cases, compared."""

    afterwards = True

    def test_own_words_for_each(self):
        told = {}
        for (error, case), line in lines.items():
            # Another domain does not make other words
            words = re.sub(r'[a-z-]+\.lit', 'DOMAIN', line)
            self.assertEqual(told.setdefault(words, error), error,
                             '%s says the same as another: %s' % (case, line))

    def test_absent_and_unavailable_differ(self):
        said = {case.split('.')[-1]: re.sub(r'[a-z-]+\.lit', 'DOMAIN', line)
                for (_, case), line in lines.items()}
        self.assertNotEqual(said.get('test_not_offered'), said.get('test_service_unavailable', ''))


if __name__ == '__main__':
    program.main(prepare, [name + '.lit' for name in BAD_CERTIFICATES + ('stranger', 'plain')], 4)
