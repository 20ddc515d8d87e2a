# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Hostile answers to a signed-in client's queries: its address (XEP-0279), the call servers (XEP-0215)
and the time (XEP-0202)."""

import scripted
from behaviours import Behaviours, FINISHED, RELAY_PASSWORD, RELAY_USER
from stream import NASTY

TRUE_ANSWER = '<ip>%s</ip><port>%d</port>'


class Address(Behaviours):
    """act: a function of the Peer, or what an <address/> has in it."""

    def play(self, act, options=()):
        if isinstance(act, str):
            act = answer("<address xmlns='urn:xmpp:sic:1'>%s</address>" % act)
        self.serve({'query': act})
        return self.launch_at_address(*options)


def answer(payload):
    def send(peer):
        peer.result(payload)
        peer.answer()
    return send


for name, inside in {
        'no_address': '',
        'name_in_place_of_an_address': '<ip>localhost</ip><port>5222</port>',
        'address_of_three_numbers': '<ip>127.0.1</ip><port>5222</port>',
        'address_of_hexadecimals': '<ip>0x7f000001</ip><port>5222</port>',
        'address_with_a_mask': '<ip>127.0.0.1/8</ip><port>5222</port>',
        'address_inside_an_element': '<ip><b>127.0.0.1</b></ip>',
        'address_of_another_namespace': "<ip xmlns='urn:other'>127.0.0.1</ip>",
        'endless_address': '<ip>%s</ip>' % ('1' * 40000),
}.items():
    Address.add(name, inside, error='bad-answer', findings='bad-answer',
                quick=name == 'name_in_place_of_an_address')
for name, port in {'zero': '0', 'too_large': '70000', 'negative': '-1', 'of_words': 'many',
                   'beyond_64_bits': '9' * 40, 'empty': ''}.items():
    Address.add('port_' + name, '<ip>127.0.0.1</ip><port>%s</port>' % port, error='bad-answer',
                findings='bad-answer', words='no port', quick=name == 'zero')
Address.add('address_of_nobody', '<ip>0.0.0.0</ip><port>5222</port>', status=FINISHED,
            findings='inconclusive')
Address.add('address_for_many', '<ip>224.0.0.1</ip><port>5222</port>', status=FINISHED,
            findings='inconclusive')
Address.add('thousand_addresses', ''.join('<ip>127.8.%d.%d</ip>' % (i // 250, 1 + i % 250)
                                          for i in range(1000)), error='bad-answer',
            findings='bad-answer')
Address.add('error_without_a_condition', lambda peer: (peer.send(
    "<iq type='error' id='%s'/>" % peer.query_id), peer.answer()), error='query-failed',
    findings='bad-answer')
Address.add('error_in_nasty_words', lambda peer: (peer.error('cancel', 'full-moon', NASTY),
                                                  peer.answer()), error='query-failed',
            findings='bad-answer', quick=True)
Address.add('error_in_many_words', lambda peer: (peer.error('cancel', 'forbidden', 'no ' * 9000),
                                                 peer.answer()), error='forbidden',
            findings='forbidden')
Address.add('result_of_nothing', answer(''), error='bad-answer', findings='bad-answer')
Address.add('result_of_something_else', answer("<query xmlns='jabber:iq:roster'/>"),
            error='bad-answer', findings='bad-answer')
Address.add('same_attribute_twice', answer("<address xmlns='urn:xmpp:sic:1' a='1' a='2'/>"),
            error='invalid-xml', findings='server-refuses')


@Address.does(error='no-answer', findings='no-answer', waits='query', words='5 seconds')
def answer_of_a_stranger(peer):
    peer.send("<iq type='result' id='%s' from='stranger@elsewhere.lit'>%s</iq>"
              % (peer.query_id, scripted.SIC % ('192.0.2.66', 1)))
    peer.answer()


@Address.does(error='no-answer', findings='no-answer', waits='query')
def answer_with_another_id(peer):
    peer.query_id = 'other'
    peer.result(scripted.SIC % ('192.0.2.66', 1))
    peer.answer()


@Address.does(status=FINISHED)
def two_answers(peer):
    """The first one counts."""
    peer.result(scripted.SIC % peer.address[:2])
    peer.result(scripted.SIC % ('192.0.2.66', 1))
    peer.answer()


@Address.does(status=FINISHED, quick=True)
def answer_byte_by_byte(peer):
    for letter in "<iq type='result' id='%s'>%s</iq>" % (
            peer.query_id, scripted.SIC % peer.address[:2]):
        peer.send(letter)
    peer.answer()


class Announced(Behaviours):
    """act: the announced services. time_utc: the server's clock."""

    def play(self, act, time_utc=None):
        self.serve({}, services=act.replace('HERE', self.address), time_utc=time_utc)
        return self.launch_at_address(only='calls')


CREDENTIALS = "username='%s' password='%s'" % (RELAY_USER, RELAY_PASSWORD)
STUN = "<service type='stun' host='%s' port='%s' transport='udp'/>"

for name, services, findings in (
        ('host_of_nothing', STUN % ('', 3478), 'services-unreadable'),
        ('host_of_dots', STUN % ('..', 3478), 'services-unreadable'),
        ('host_that_turns_words_around', STUN % (NASTY, 3478), 'services-unreadable'),
        ('host_of_300_letters', STUN % ('x' * 300, 3478), 'services-unreadable'),
        ('host_that_is_an_option', STUN % ('--help', 3478), 'services-unreadable'),
        ('port_too_large', STUN % ('stun.lit', 99999), 'services-unreadable'),
        # Their own computer says so, which no firewall of the user's network does
        ('two_where_nothing_listens', STUN % ('HERE', 3478) + STUN % ('HERE', 3479),
         'no-relay service-silent'),
        ('unknown_type', "<service type='carrier-pigeon' host='stun.lit'/>", ''),
        ('unknown_transport', "<service type='stun' host='stun.lit' transport='sctp'/>",
         'services-unreadable'),
        ('service_inside_a_service', "<service type='stun'><service host='stun.lit'/></service>",
         'services-unreadable'),
        ('password_of_50_kilobytes', "<service type='turn' host='HERE' username='u' password='%s'/>"
         % ('p' * 50000), 'services-unreadable')):
    Announced.add(name, services, status=FINISHED, findings=findings,
                  quick=name in ('host_that_turns_words_around', 'password_of_50_kilobytes'))
