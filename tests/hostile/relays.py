# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Hostile STUN and TURN servers over UDP and TCP (RFC 8489, RFC 8656)."""

import contextlib
import itertools
import os
import signal
import socket
import struct
import threading
import time

import liar
from behaviours import Behaviours, FINISHED, RELAY_PASSWORD, RELAY_USER
from liar import ALLOCATE, BINDING, FAILURE, LIFETIME, MAPPED, RELAYED, SUCCESS
from stream import NASTY

PORT = 3478
PERMISSION, REFRESH, SEND, DATA = 0x0008, 0x0004, 0x0016, 0x0017
XOR_PEER_ADDRESS, DATA_ATTRIBUTE, SOFTWARE, ALTERNATE = 0x12, 0x13, 0x8022, 0x8023
SERVICE = "<service type='%s' host='%s' port='%d' transport='%s' username='%s' password='%s'/>"


class Relay(liar.Liar):
    """A TURN server with an act in place of its right answers to the requests of a method: a function of
    itself, the request and the right answer, which returns a list of messages. passes: what it makes of a
    packet that comes to a relayed address, a list of packets; none: it has no such address.
    """

    def __init__(self, computer, place, act, method, passes):
        self.act, self.method, self.passes = act, method, passes
        self.computer = computer
        self.place = place
        # Clients with an allocation that they have not deleted
        self.held = set()
        self._lent = {}
        super().__init__(computer, place, RELAY_USER, RELAY_PASSWORD, (place[0], 49152))

    def answers(self, message, client):
        kind, = struct.unpack('!H', message[:2])
        if kind == SEND:
            self._send(message, client)
            return []
        if kind == ALLOCATE and self.passes and self.is_signed(message):
            self._lend(client)
        if kind == REFRESH and self.is_signed(message):
            self.held.discard(client)
        right = super().answers(message, client)
        # A request without credentials is none of the act's matter, unless it needs none
        if kind == self.method and (kind == BINDING or self.is_signed(message)):
            return self.act(self, message, *right)
        return right

    def _lend(self, client):
        if client not in self._lent:
            self.held.add(client)
            lent = self._lent[client] = self.computer.socket(socket.AF_INET, socket.SOCK_DGRAM)
            lent.bind((self.place[0], 0))
            threading.Thread(target=self._pass_on, args=(lent, client), daemon=True).start()
        self.relayed = self._lent[client].getsockname()

    def _pass_on(self, lent, client):
        with contextlib.suppress(OSError):
            while True:
                packet, peer = lent.recvfrom(2048)
                for one in self.passes(packet):
                    body = (liar.address(XOR_PEER_ADDRESS, peer)
                            + liar.attribute(DATA_ATTRIBUTE, one))
                    self._socket.sendto(self.make(DATA, bytes(4) + liar.COOKIE + os.urandom(12),
                                                  body), client)

    def _send(self, message, client):
        at, found = 20, {}
        while at + 4 <= len(message):
            kind, length = struct.unpack('!HH', message[at:at + 4])
            found[kind] = message[at + 4:at + 4 + length]
            at += 4 + (length + 3) // 4 * 4
        port, = struct.unpack('!H', found[XOR_PEER_ADDRESS][2:4])
        host = bytes(a ^ b for a, b in zip(found[XOR_PEER_ADDRESS][4:], liar.COOKIE))
        # Those on their way as the allocation ends go nowhere
        if client in self._lent:
            self._lent[client].sendto(found[DATA_ATTRIBUTE], (socket.inet_ntoa(host), port ^ 0x2112))

    def stop(self):
        super().stop()
        for lent in self._lent.values():
            lent.close()


class Relaying(Behaviours):
    """method: the requests that the act answers."""

    def play(self, act, method=ALLOCATE, passes=None):
        self.relay = Relay(self.here, (self.address, PORT), act, method, passes)
        self.serve({}, services=SERVICE % ('stun' if method == BINDING else 'turn', self.address,
                                           PORT, 'udp', RELAY_USER, RELAY_PASSWORD))
        return self.launch_at_address(only='calls')

    def verify(self, result):
        self.assertEqual(self.relay.held, set(), 'allocations left')
        return super().verify(result)


class Udp(Relaying):
    """A server over UDP."""


def nothing(*_):
    return []


def as_it_should(relay, message, right):
    return [right]


def instead(make):
    """make: from the right answer to a message or several."""
    def act(relay, message, right):
        made = make(right)
        return made if isinstance(made, list) else [made]
    return act


def with_body(body, key=True):
    """body: attributes in place of the right ones."""
    def act(relay, message, right):
        method, = struct.unpack('!H', message[:2])
        return [relay.make(SUCCESS | method, message, body, relay.key if key else None)]
    return act


def error(code, *more, text=''):
    """An error's answer, signed."""
    def act(relay, message, right):
        method, = struct.unpack('!H', message[:2])
        body = liar.attribute(liar.ERROR_CODE, struct.pack('!HBB', 0, code // 100, code % 100)
                              + text.encode())
        return [relay.make(FAILURE | method, message, body + b''.join(more),
                           None if method == BINDING else relay.key)]
    return act


def stun(name, act, error_code, findings, **more):
    Udp.add('stun_' + name, act, method=BINDING, status=more.pop('status', FINISHED),
            error=error_code, findings='no-relay ' + findings, **more)


def turn(name, act, error_code, findings, **more):
    Udp.add('turn_' + name, act, status=more.pop('status', FINISHED), error=error_code,
            findings=findings + ' no-relay-over-tcp', **more)


def address(kind, *place):
    return liar.address(kind, place)


# STUN

stun('as_it_should', as_it_should, None, '')
stun('silent', nothing, 'stun-no-answer', 'service-silent', waits='stun')
stun('garbage', instead(lambda right: os.urandom(100)), 'stun-bad-answer', 'stun-error', waits='stun')
stun('cut_short', instead(lambda right: right[:-5]), 'stun-bad-answer', 'stun-error')
stun('longer_than_it_says', instead(lambda right: right + b'x' * 400), 'stun-bad-answer',
     'stun-error')
stun('attribute_without_end', instead(lambda right: right[:22] + b'\xff\xff' + right[24:]),
     'stun-bad-answer', 'stun-error', quick=True)
stun('no_address', with_body(b'', key=False), 'stun-bad-answer', 'stun-error')
stun('port_zero', with_body(address(MAPPED, '127.0.0.1', 0), key=False), 'stun-bad-answer',
     'stun-error')
stun('address_of_family_9', with_body(liar.attribute(MAPPED, b'\0\x09' + bytes(6)), key=False),
     'stun-bad-answer', 'stun-error')
stun('address_for_many', with_body(address(MAPPED, '224.0.0.1', 5), key=False), None, '')
stun('other_transaction', instead(lambda right: right[:8] + bytes(12) + right[20:]),
     'stun-bad-answer', 'stun-error', waits='stun')
stun('hundred_answers', instead(lambda right: [right] * 100), None, '')
stun('request_as_an_answer', instead(lambda right: b'\0\1' + right[2:]), 'stun-no-answer',
     'service-silent', waits='stun')
stun('password_wanted', error(401), 'stun-unauthorized', 'stun-error', quick=True)
stun('error_in_nasty_words', error(500, text=NASTY), 'stun-failed', 'stun-error')
stun('error_of_no_code', with_body(b'', key=False), 'stun-bad-answer', 'stun-error')
stun('nasty_software', instead(lambda right: right[:2] + struct.pack('!H', len(right) - 20 + 16)
                               + right[4:] + liar.attribute(SOFTWARE, NASTY.encode() + b'\xff\0x')),
     None, '')

# TURN

turn('silent', nothing, 'turn-no-answer', 'relay-error', waits='stun', words='3 seconds|password')
turn('unsigned', with_body(address(RELAYED, '127.0.0.1', 49152), key=False), 'stun-not-genuine',
     'relay-error', quick=True)
turn('signed_with_another_key', instead(lambda right: right[:-20] + bytes(20)), 'stun-not-genuine',
     'relay-error')
turn('wrong_credentials_for_ever', error(401), 'turn-unauthorized', 'credentials-refused')
turn('stale_for_ever', error(438, liar.attribute(liar.REALM, liar.REALM_NAME), liar.attribute(
    liar.NONCE, b'2')), 'turn-stale-nonce', 'relay-error', quick=True)
turn('sent_to_itself', lambda relay, message, right: error(300, liar.address(
    ALTERNATE, relay.place, masked=False))(relay, message, right), 'turn-alternate-again',
    'relay-error')
turn('sent_to_the_router', error(300, liar.address(ALTERNATE, ('192.168.2.1', 3478),
                                                   masked=False)), 'turn-alternate-refused',
     'relay-error', quick=True)
turn('sent_nowhere', error(300), 'turn-try-alternate', 'relay-error')
turn('full', error(486), 'turn-quota', 'relay-full')
turn('error_in_nasty_words', error(499, text=NASTY), 'stun-failed', 'relay-error')
turn('no_relayed_address', with_body(address(MAPPED, '127.0.0.1', 9)), 'stun-bad-answer',
     'relay-error')
turn('relayed_address_of_nobody', with_body(
    address(RELAYED, '0.0.0.0', 9) + address(MAPPED, '127.0.0.1', 9)
    + liar.attribute(LIFETIME, struct.pack('!I', 600))), None, 'relay-address')
turn('lifetime_of_zero', with_body(
    address(RELAYED, '127.0.0.1', 9) + address(MAPPED, '127.0.0.1', 9)
    + liar.attribute(LIFETIME, struct.pack('!I', 0))), 'udp-refused', 'relay-address')


# An allocation, and what becomes of the packets

def relaying(name, passes, findings, **more):
    Udp.add('relay_' + name, as_it_should, passes=passes, status=more.pop('status', FINISHED),
            findings=findings + ' no-relay-over-tcp', **more)


relaying('as_it_should', lambda packet: [packet], '', quick=True)
relaying('passes_nothing', lambda packet: [], 'relay-closed', waits='consent')
relaying('passes_garbage', lambda packet: [os.urandom(len(packet))], 'relay-closed')
relaying('passes_each_ten_times', lambda packet: [packet] * 10, '')
relaying('passes_the_half', lambda packet: [packet[:len(packet) // 2]], 'relay-closed')
relaying('passes_only_small_ones', lambda packet: [packet] if len(packet) < 1000 else [],
         'large-packets-lost')


def silent_after_large_ones():
    """Falls silent while the large packets are sent: these are not to blame."""
    over = threading.Event()

    def passes(packet):
        if len(packet) > 1000:
            over.set()
        return [] if over.is_set() else [packet]
    return passes


relaying('falls_silent_late', silent_after_large_ones(), 'relay-ends', quick=True)


def slowly_stale(relay, message, right):
    """Late, and silent when it is asked again."""
    if hasattr(relay, 'is_stale'):
        return []
    relay.is_stale = True
    time.sleep(2.8)
    return error(438, liar.attribute(liar.REALM, liar.REALM_NAME), liar.attribute(
        liar.NONCE, b'2'))(relay, message, right)


turn('slowly_stale', slowly_stale, 'turn-no-answer', 'relay-error', waits='relay')
Udp.add('relay_silent_to_permissions', nothing, method=PERMISSION, passes=lambda packet: [packet],
        status=FINISHED, error='stun-no-answer', findings='relay-error no-relay-over-tcp',
        waits='stun')
Udp.add('relay_silent_to_the_end', nothing, method=REFRESH, passes=lambda packet: [packet],
        status=FINISHED, findings='no-relay-over-tcp', waits='release')


# What happens to this computer in the middle of an echo

class Midway(Relaying):
    """act: a function of the test and the running program's ID, called when the n-th packet has come to
    the relay, or an `ip` command's words for a computer of the test's own."""

    MIDDLE = 25

    def play(self, act, back=True):
        """back: whether packets pass after it."""
        started, numbers = threading.Event(), itertools.count(1)
        if isinstance(act, tuple):
            self.here = self.new_computer()
            self.here.do('ip', 'route', 'add', 'default', 'dev', 'stub')

        def passes(packet):
            number = next(numbers)
            if number == self.MIDDLE and started.wait(10):
                if callable(act):
                    act(running.process.pid)
                for order in () if callable(act) else act:
                    self.here.do('ip', *order.split())
            return [packet] if back or number < self.MIDDLE else []

        running = super().play(as_it_should, passes=passes)
        started.set()
        return running


def stop(process):
    """As a busy computer does, or Ctrl-Z."""
    os.kill(process, signal.SIGSTOP)
    time.sleep(1.2)
    os.kill(process, signal.SIGCONT)


Midway.add('stopped_midway', stop, status=FINISHED, findings='no-relay-over-tcp', quick=True)
for name, orders in {
        'address_lost': ('address del 192.168.2.2/24 dev stub',),
        'address_changed': ('address del 192.168.2.2/24 dev stub',
                            'address add 192.168.2.3/24 dev stub'),
        'interface_down': ('link set stub down',),
        'interface_removed': ('link del stub',)}.items():
    Midway.add(name + '_midway', orders, back=False, findings='interrupted',
               quick=name == 'interface_down')
Midway.add('interface_down_and_up_midway', ('link set stub down', 'link set stub up'),
           status=FINISHED, findings='no-relay-over-tcp')


# TCP

class Tcp(Behaviours):
    """act: a function of the connection of each client."""

    def play(self, act):
        listener = self.here.listen(self.address, PORT)
        self.addCleanup(listener.close)
        self.addCleanup(listener.shutdown, socket.SHUT_RDWR)
        threading.Thread(target=self._serve, args=(listener, act), daemon=True).start()
        self.serve({}, services=SERVICE % ('turn', self.address, PORT, 'tcp', RELAY_USER,
                                           RELAY_PASSWORD))
        return self.launch_at_address(only='calls')

    def _serve(self, listener, act):
        with contextlib.suppress(OSError):
            while True:
                connection = listener.accept()[0]
                threading.Thread(target=self._talk, args=(connection, act), daemon=True).start()

    @staticmethod
    def _talk(connection, act):
        with contextlib.suppress(OSError), connection:
            connection.recv(2048)
            act(connection)


def say(data):
    """Say this, and wait until the client has enough of it."""
    def act(connection):
        connection.sendall(data)
        while connection.recv(2048):
            pass
    return act


def flood(connection):
    while True:
        connection.sendall(os.urandom(65536))


for name, act, error_code, finding, more in (
        ('silent', say(b''), 'stun-no-answer', 'service-silent', {'waits': 'stun'}),
        ('ends', lambda connection: None, 'connection-lost', 'relay-error', {}),
        ('web_server', say(b'HTTP/1.1 400 Bad Request\r\n\r\n'), 'relay-web-server', 'relay-error',
         {'quick': True}),
        ('mail_server', say(b'220 mail.lit ESMTP\r\n'), 'stun-bad-answer', 'relay-error', {}),
        ('flood', flood, 'stun-bad-answer', 'relay-error', {}),
        ('message_that_never_ends', say(b'\x01\x13\xff\xfc' + liar.COOKIE), 'stun-no-answer',
         'service-silent', {'waits': 'stun'}),
        ('zeros', say(bytes(100000)), 'stun-bad-answer', 'relay-error', {})):
    Tcp.add('tcp_' + name, act, status=FINISHED, error=error_code,
            findings=finding + ' no-relay-over-udp', **more)
