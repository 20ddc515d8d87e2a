#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The servers offer what sites.py and faults.py say, as a client sees it: asked by the program's
own connection, and STUN by hand."""

import ipaddress
import json
import os
import pathlib
import socket
import struct
import subprocess
import sys
import unittest
import xml.etree.ElementTree as ElementTree

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'lib'))

import bed  # noqa: E402
import doors  # noqa: E402
import faults  # noqa: E402
import sites  # noqa: E402
import tap  # noqa: E402
import topology  # noqa: E402
import variants  # noqa: E402

PATIENCE = 20.0
CHECK, EXTDISCO, TIME = 'urn:xmpp:sic:1', 'urn:xmpp:extdisco:2', 'urn:xmpp:time'
DISCO = 'http://jabber.org/protocol/disco#info'
COOKIE = 0x2112a442
XOR_MAPPED_ADDRESS, OTHER_ADDRESS = 0x0020, 0x802c


class SitesTest(unittest.TestCase):
    net = None

    def ask(self, domain, payload, to):
        """Sign in and send one query; return the answer."""
        settings = {'jid': self.net.bed.jid(domain), 'security': 'direct', 'port': 5223,
                    'address': sites.ADDRESSES[sites.DOMAINS[domain]][0],
                    'ca-file': self.net.bed.ca_file, 'password': bed.PASSWORDS[domain]}
        said = ''.join('%s %s\n' % pair for pair in settings.items())
        with self.net.client.popen([os.environ['SIDETONE_CONNECTION']], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, text=True) as connection:
            connection.stdin.write('%s\ngo\nask one %s %s\n' % (said, to, payload))
            connection.stdin.flush()
            for line in connection.stdout:
                event = json.loads(line)
                self.assertNotEqual(event['event'], 'failed', event)
                if event['event'] == 'answer':
                    connection.stdin.close()
                    return ElementTree.fromstring(event['stanza'])
        self.fail('no answer')

    def services(self, domain):
        answer = self.ask(domain, '<services xmlns="%s"/>' % EXTDISCO, domain)
        return answer, [service.attrib for service in answer.iter('{%s}service' % EXTDISCO)]

    def exchange(self, address, port=3478):
        """A binding request (RFC 8489, section 5); return the attributes of the response."""
        family = socket.AF_INET6 if ':' in address else socket.AF_INET
        transaction = os.urandom(12)
        with self.net.client.socket(family, socket.SOCK_DGRAM) as asker:
            asker.settimeout(PATIENCE)
            asker.connect((address, port))
            asker.send(struct.pack('!HHI', 1, 0, COOKIE) + transaction)
            response = asker.recv(1500)
            self.local = asker.getsockname()[:2]
        kind, length, cookie = struct.unpack('!HHI', response[:8])
        self.assertEqual((kind, length, cookie, response[8:20]),
                         (0x0101, len(response) - 20, COOKIE, transaction))
        attributes = {}
        at = 20
        while at < len(response):
            kind, length = struct.unpack('!HH', response[at:at + 4])
            attributes[kind] = response[at + 4:at + 4 + length]
            at += 4 + (length + 3) // 4 * 4
        return attributes


class Xmpp(SitesTest):

    def run_row(self, domain):
        offers = domain in sites.OFFERING
        answer = self.ask(domain, '<query xmlns="%s"/>' % DISCO, domain)
        features = [feature.get('var') for feature in answer.iter('{%s}feature' % DISCO)]
        self.assertEqual(CHECK in features, offers)
        answer = self.ask(domain, '<address xmlns="%s"/>' % CHECK, '-')
        self.assertEqual(answer.get('type'), 'result' if offers else 'error')
        answer = self.ask(domain, '<time xmlns="%s"/>' % TIME, domain)
        self.assertEqual(answer.get('type'), 'result' if offers else 'error')

        answer, found = self.services(domain)
        if not offers:
            self.assertEqual(answer.get('type'), 'error')
            return
        turn = [one for one in found if one['type'] == 'turn']
        self.assertTrue(turn, answer.get('type'))
        for one in turn:
            self.assertTrue(one.get('username') and one.get('password'), sorted(one))
        hosts = {one['host'] for one in found}
        self.assertLessEqual(hosts, {'coturn.lit'} | set(sites.ADDRESSES['ejabberd']))


tap.add_rows(Xmpp, {domain.removesuffix('.lit'): domain for domain in sites.DOMAINS
                    if domain not in faults.FAULTS and domain not in doors.DOORS}, Xmpp.run_row)


class Faults(SitesTest):

    def run_row(self, domain):
        """It announces faults.py's services, with credentials if it has any."""
        fault = faults.FAULTS[domain]
        _, found = self.services(domain)
        self.assertEqual([(one['type'], one['transport'], int(one['port']), one['host'])
                          for one in found], fault.services(domain))
        for one in found:
            self.assertEqual('password' in one, one['type'] != 'stun' and not fault.bare)


tap.add_rows(Faults, {domain.removesuffix('.lit'): domain for domain in faults.FAULTS},
             Faults.run_row)


class Stun(SitesTest):

    def expect_mapped(self, attributes):
        """Nothing is translated here: the server sees the client's own socket."""
        _, family, port = struct.unpack('!BBH', attributes[XOR_MAPPED_ADDRESS][:4])
        address = struct.unpack('!I', attributes[XOR_MAPPED_ADDRESS][4:8])[0] ^ COOKIE
        self.assertEqual(family, 1)
        self.assertEqual((str(ipaddress.ip_address(address)), port ^ COOKIE >> 16), self.local)

    def test_ejabberd(self):
        attributes = self.exchange(sites.ADDRESSES['ejabberd'][0])
        self.expect_mapped(attributes)
        self.assertNotIn(OTHER_ADDRESS, attributes)

    def test_coturn_has_another_address(self):
        """RFC 5780, section 7.4."""
        attributes = self.exchange(sites.ADDRESSES['coturn'][0])
        self.expect_mapped(attributes)
        _, _, port, address = struct.unpack('!BBHI', attributes[OTHER_ADDRESS])
        self.assertEqual(str(ipaddress.ip_address(address)), sites.SECOND_ADDRESSES['coturn'][0])
        self.expect_mapped(self.exchange(str(ipaddress.ip_address(address)), port))


if __name__ == '__main__':
    bed.enter()
    with bed.Bed(sites.NAMES) as ground:
        SitesTest.net = topology.Internet(ground)
        SitesTest.net.build(variants.VARIANTS['open'])
        status = tap.main(sys.argv[1:])
    sys.exit(status)
