# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""A STUN and TURN server over UDP that names any address as the relayed one (RFC 8656), and relays
nothing."""

import contextlib
import hashlib
import hmac
import ipaddress
import socket
import struct
import threading

COOKIE = b'\x21\x12\xa4\x42'
BINDING, ALLOCATE = 0x0001, 0x0003
SUCCESS, FAILURE = 0x0100, 0x0110
INTEGRITY, ERROR_CODE, LIFETIME, REALM = 0x08, 0x09, 0x0d, 0x14
NONCE, RELAYED, MAPPED, OTHER = 0x15, 0x16, 0x20, 0x802c
REALM_NAME = b'liar.lit'


def attribute(kind, value):
    return struct.pack('!HH', kind, len(value)) + value + bytes(-len(value) % 4)


def address(kind, place, masked=True):
    port, host = place[1], ipaddress.IPv4Address(place[0]).packed
    if masked:
        port ^= 0x2112
        host = bytes(a ^ b for a, b in zip(host, COOKIE))
    return attribute(kind, struct.pack('!BBH', 0, 1, port) + host)


class Liar:
    """Answers on `place` until it is stopped. other: the address that it announces (RFC 5780)."""

    def __init__(self, computer, place, user, password, relayed, other=None):
        self.key = hashlib.md5(b':'.join((user.encode(), REALM_NAME, password.encode()))).digest()
        self.relayed = relayed
        self.other = other
        self.n_allocated = 0
        self._socket = computer.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(place)
        threading.Thread(target=self._serve, daemon=True).start()
        computer.keep(self)

    def _serve(self):
        with contextlib.suppress(OSError):
            while True:
                message, client = self._socket.recvfrom(2048)
                for answer in self.answers(message, client):
                    self._socket.sendto(answer, client)

    def answers(self, message, client):
        """What it sends to the client for a message."""
        answer = self.right_answer(message, client)
        return [] if answer is None else [answer]

    def right_answer(self, message, client):
        if len(message) < 20 or message[4:8] != COOKIE or message[0] & 0xc0:
            return None
        method, = struct.unpack('!H', message[:2])
        if method & 0x0110:
            return None
        if method == BINDING:
            body = address(MAPPED, client)
            if self.other is not None:
                body += address(OTHER, self.other, masked=False)
            return self.make(SUCCESS | method, message, body)
        # Requests without a user name are asked for one
        if not self.is_signed(message):
            return self.make(FAILURE | method, message, attribute(ERROR_CODE, b'\0\0\4\1')
                              + attribute(REALM, REALM_NAME) + attribute(NONCE, b'1'))
        body = b''
        if method == ALLOCATE:
            self.n_allocated += 1
            body = (address(RELAYED, self.relayed) + address(MAPPED, client)
                    + attribute(LIFETIME, struct.pack('!I', 600)))
        return self.make(SUCCESS | method, message, body, self.key)

    @staticmethod
    def is_signed(message):
        return struct.pack('!H', INTEGRITY) + b'\0\x14' in message

    @staticmethod
    def make(kind, message, body, key=None):
        """An answer to a message, signed if there is a key."""
        length = len(body) + (24 if key else 0)
        answer = struct.pack('!HH', kind, length) + message[4:20] + body
        if key:
            answer += attribute(INTEGRITY, hmac.new(key, answer, hashlib.sha1).digest())
        return answer

    def stop(self):
        self._socket.close()
