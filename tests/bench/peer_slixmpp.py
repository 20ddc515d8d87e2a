#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The same question asked with slixmpp, for the benchmarks to compare with.

peer_slixmpp.py JID PASSWORD-FILE HOST PORT starttls|direct CA-FILE prints the answer as soon as it
comes, then signs out.
"""

import asyncio
import pathlib
import sys

import slixmpp
from slixmpp.xmlstream import ET


class Asker(slixmpp.ClientXMPP):
    def __init__(self, jid, password, ca_file):
        super().__init__(jid, password)
        self.ca_certs = ca_file
        self.add_event_handler('session_start', self.ask)
        self.answer = None

    async def _pick_dns_answer(self, domain, service=None):
        """Asks no name server, so that the address given is the one that is used."""

    async def ask(self, _event):
        disco = self.make_iq_get(queryxmlns='http://jabber.org/protocol/disco#info',
                                 ito=self.boundjid.domain)
        address = self.Iq()
        address['type'] = 'get'
        address.append(ET.Element('{urn:xmpp:sic:1}address'))
        _, answer = await asyncio.gather(disco.send(), address.send())
        found = answer.xml.find('{urn:xmpp:sic:1}address')
        print(found.findtext('{urn:xmpp:sic:1}ip'), found.findtext('{urn:xmpp:sic:1}port'),
              flush=True)
        self.answer = found
        await self.disconnect()


def main(jid, password_file, host, port, security, ca_file):
    password = pathlib.Path(password_file).read_text().strip()
    asker = Asker(jid, password, ca_file)
    direct = security == 'direct'
    asker.connect((host, int(port)), use_ssl=direct, force_starttls=not direct)
    # For the server name indication, without which Prosody has no certificate for direct TLS
    asker.default_domain = asker.boundjid.domain
    asker.process(forever=False)
    sys.exit(asker.answer is None)


if __name__ == '__main__':
    main(*sys.argv[1:])
