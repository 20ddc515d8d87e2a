# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Hostile certificates (X.509): each shown by an XMPP server that does everything else well."""

import subprocess
import threading

from behaviours import Behaviours, FINISHED, ZONE

BEGIN, END = '20200101000000Z', '20890101000000Z'
LEAF, AUTHORITY = 'basicConstraints=critical,CA:false', 'basicConstraints=critical,CA:true'
# OpenSSL's list of the issued certificates can't be written by two at once
_lock = threading.Lock()


class Forger:
    """Makes certificates that the bed's authority signed, or one that hangs below it."""

    def __init__(self, bed, name):
        self.known = bed.certificate('good').parent
        self.folder = self.known / 'forged' / name
        self.folder.mkdir(parents=True)
        self.chain = []

    def make(self, name, *extensions, issuer=None, begin=BEGIN, end=END, subject='hostile'):
        """A certificate with these lines of OpenSSL's configuration. issuer: one made before."""
        authority = (self.folder / issuer, self.folder / issuer) if issuer else (
            self.known / 'ca', self.known / 'authorities' / 'ca')
        made = self.folder / name
        made.with_suffix('.cnf').write_text('\n'.join(
            ('[leaf]',) + extensions + ('[names]', 'name=IMPLICIT:2,FORMAT:HEX,OCTETSTRING:'
                                        + nul_name(self.folder.name).hex())) + '\n')
        self._openssl('req', '-new', '-config', self.known / 'authorities' / 'openssl.cnf',
                      '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-utf8',
                      '-subj', '/CN=' + subject, '-keyout', made.with_suffix('.key'),
                      '-out', made.with_suffix('.csr'))
        with _lock:
            self._openssl('ca', '-batch', '-notext', '-config',
                          self.known / 'authorities' / 'openssl.cnf', '-utf8', '-extfile',
                          made.with_suffix('.cnf'), '-extensions', 'leaf', '-startdate', begin,
                          '-enddate', end, '-cert', authority[0].with_suffix('.pem'), '-keyfile',
                          authority[1].with_suffix('.key'), '-in', made.with_suffix('.csr'),
                          '-out', made.with_suffix('.pem'))
        self.chain.append(made.with_suffix('.pem'))
        return name

    @staticmethod
    def _openssl(*arguments):
        done = subprocess.run(['openssl'] + [str(word) for word in arguments], text=True,
                              env={'NAMES': 'DNS:unused', 'PATH': '/usr/bin:/bin'},
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        assert done.returncode == 0, done.stdout

    def finish(self):
        """The last one made, with those above it."""
        self.chain[-1].write_text(''.join(one.read_text() for one in reversed(self.chain)))
        return self.chain[-1]


def nul_name(label):
    return ('%s.%s' % (label, ZONE)).encode() + b'\0.evil.lit'


class Certificates(Behaviours):
    """act: a function of a Forger and the domain's name, which makes the certificate; or the name of one
    that ../lib/certificates makes, for all domains."""

    def play(self, act, options=()):
        if isinstance(act, str):
            with _lock:
                self.lab.certificate(act)
            certificate = act
        else:
            forger = Forger(self.lab, self.domain.split('.')[0])
            act(forger, self.domain)
            certificate = str(forger.finish())
        self.serve({}, certificate=certificate)
        return self.launch_at_address(*options, security='direct')


def named(*names, **more):
    """A certificate with these names, good apart from them. %s: the domain."""
    def make(forger, domain):
        forger.make('leaf', LEAF, *(['subjectAltName=' + ','.join(names).replace('%s', domain)]
                                    if names else []), **more)
    return make


def refuse(name, act, reason, quick=False, **more):
    Certificates.add(name, act, error='certificate-' + reason, findings='certificate', quick=quick,
                     **more)


Certificates.add('good', named('DNS:%s'), status=FINISHED, quick=True)
Certificates.add('wildcard', named('DNS:*.' + ZONE), status=FINISHED)
refuse('another_name', named('DNS:other.lit'), 'wrong-name', quick=True)
refuse('wildcard_below', named('DNS:*.%s'), 'wrong-name')
refuse('wildcard_for_all', named('DNS:*'), 'wrong-name')
refuse('wildcard_for_the_top', named('DNS:*.lit'), 'wrong-name')
refuse('wildcard_of_two_labels', named('DNS:*.*.lit'), 'wrong-name')
refuse('wildcard_in_a_word', named('DNS:wild*.' + ZONE), 'wrong-name')
refuse('name_as_common_name_alone', lambda forger, domain: forger.make('leaf', LEAF,
                                                                     subject=domain), 'wrong-name')
refuse('right_common_name_and_other_names', lambda forger, domain: forger.make(
    'leaf', LEAF, 'subjectAltName=DNS:other.lit', subject=domain), 'wrong-name')
refuse('nul_in_the_name', lambda forger, domain: forger.make(
    'leaf', LEAF, 'subjectAltName=ASN1:SEQUENCE:names'), 'wrong-name', quick=True)
refuse('name_as_address', named('email:romeo@%s', 'URI:xmpp:%s', 'IP:127.0.0.1'), 'wrong-name')
refuse('name_as_xmpp_address', named('otherName:1.3.6.1.5.5.7.8.5;UTF8:%s'), 'wrong-name')
refuse('ends_with_a_longer_name', named('DNS:%s.evil.lit'), 'wrong-name')
refuse('thousands_of_names', named(*('DNS:name-%05d.lit' % i for i in range(3000))), 'wrong-name')
Certificates.add('right_name_among_thousands', named(*('DNS:name-%05d.lit' % i
                                                       for i in range(3000)), 'DNS:%s'),
                 status=FINISHED)
refuse('nasty_names', lambda forger, domain: forger.make(
    'leaf', LEAF, 'subjectAltName=DNS:a\x1b[31m.lit', subject='a\u202eb\x07c<b>'), 'wrong-name',
    quick=True)
refuse('expired', named('DNS:%s', end='20210101000000Z'), 'expired')
refuse('not_valid_yet', named('DNS:%s', begin='20880101000000Z'), 'not-yet-valid')
refuse('expired_and_for_another_name', named('DNS:other.lit', end='20210101000000Z'), 'expired')
refuse('for_clients_alone', lambda forger, domain: forger.make(
    'leaf', LEAF, 'subjectAltName=DNS:' + domain, 'extendedKeyUsage=critical,clientAuth'), 'other')
refuse('unknown_critical_extension', lambda forger, domain: forger.make(
    'leaf', LEAF, 'subjectAltName=DNS:' + domain, '1.2.3.4=critical,ASN1:UTF8String:x'), 'other')
refuse('self_signed', 'self-signed', 'self-signed', quick=True)
refuse('unknown_issuer', 'unknown-ca', 'unknown-issuer')
refuse('no_chain', 'no-chain', 'no-chain')


def chain(*above, **leaf):
    """above: the extensions of each authority between the trusted one and the leaf."""
    def make(forger, domain):
        issuer = None
        for number, extensions in enumerate(above):
            more = {}
            if isinstance(extensions, dict):
                extensions, more = (AUTHORITY,), extensions
            issuer = forger.make('between-%d' % number, *extensions, issuer=issuer,
                                 subject='between %d' % number, **more)
        forger.make('leaf', LEAF, 'subjectAltName=DNS:' + domain, issuer=issuer, **leaf)
    return make


Certificates.add('one_between', chain((AUTHORITY,)), status=FINISHED)
refuse('leaf_as_authority', chain((LEAF,)), 'other', quick=True)
refuse('authority_without_the_right', chain(('subjectKeyIdentifier=hash',)), 'other')
refuse('authority_expired', chain({'end': '20210101000000Z'}), 'expired')
refuse('authority_for_other_names', chain((
    AUTHORITY, 'nameConstraints=critical,permitted;DNS:allowed.lit')), 'other')
refuse('authority_with_too_short_a_path', chain((AUTHORITY + ',pathlen:0',), (AUTHORITY,)), 'other')
Certificates.add('twenty_between', chain(*[(AUTHORITY,)] * 20), status=FINISHED)
Certificates.add('pinned_and_expired', named('DNS:other.lit', end='20210101000000Z'),
                 options=('--pin', 'A' * 64), error='certificate-not-pinned',
                 findings='certificate', quick=True)
