#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Takes an allocation at a TURN server and keeps it: Allocate with a password (RFC 8656, section
7).

Usage: hold_relay.py ADDRESS PORT The server's shared secret is its input. Prints `ready`, and waits
until it is killed.
"""

import base64
import hashlib
import hmac
import os
import signal
import socket
import struct
import sys
import time

COOKIE = 0x2112a442
ALLOCATE, ALLOCATED, REFUSED = 0x0003, 0x0103, 0x0113
USERNAME, INTEGRITY, REALM, NONCE, TRANSPORT, LIFETIME = 0x06, 0x08, 0x14, 0x15, 0x19, 0x0d
UDP = 17
PATIENCE = 10.0
# A server that has just started may not listen yet, or lose packets
SEND_AGAIN = 0.5


def attribute(kind, value):
    return struct.pack('!HH', kind, len(value)) + value + bytes(-len(value) % 4)


def read(message):
    attributes, at = {}, 20
    while at + 4 <= len(message):
        kind, length = struct.unpack('!HH', message[at:at + 4])
        attributes[kind] = message[at + 4:at + 4 + length]
        at += 4 + (length + 3) // 4 * 4
    return struct.unpack('!H', message[:2])[0], attributes


def make(body, key=None):
    transaction = os.urandom(12)
    length = len(body) + (24 if key else 0)
    message = struct.pack('!HHI', ALLOCATE, length, COOKIE) + transaction + body
    if key:
        message += attribute(INTEGRITY, hmac.new(key, message, hashlib.sha1).digest())
    return message


def ask(own, place, message):
    end = time.monotonic() + PATIENCE
    own.sendto(message, place)
    while True:
        try:
            answer = own.recv(1500)
            # Not an answer to the earlier, retransmitted message
            if answer[8:20] == message[8:20]:
                return read(answer)
        except TimeoutError:
            if time.monotonic() > end:
                raise
            own.sendto(message, place)


def main(address, port):
    secret = sys.stdin.readline().strip()
    # draft-uberti-behave-turn-rest, section 2.2
    username = str(int(time.time()) + 86400)
    password = base64.b64encode(hmac.new(secret.encode(), username.encode(),
                                         hashlib.sha1).digest()).decode()
    wanted = attribute(TRANSPORT, bytes([UDP, 0, 0, 0])) + attribute(
        LIFETIME, struct.pack('!I', 3600))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as own:
        own.settimeout(SEND_AGAIN)
        place = address, int(port)
        kind, refused = ask(own, place, make(wanted))
        assert kind == REFUSED, hex(kind)
        key = hashlib.md5(b':'.join((username.encode(), refused[REALM],
                                     password.encode()))).digest()
        named = (attribute(USERNAME, username.encode()) + attribute(REALM, refused[REALM]) +
                 attribute(NONCE, refused[NONCE]))
        kind, _ = ask(own, place, make(wanted + named, key))
        assert kind == ALLOCATED, hex(kind)
        print('ready', flush=True)
        signal.pause()


if __name__ == '__main__':
    main(*sys.argv[1:])
