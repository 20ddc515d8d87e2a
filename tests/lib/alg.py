# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""What helpful routers do to STUN (an application layer gateway): in an incoming answer they
replace the external address with the internal one. They find it in MAPPED-ADDRESS, but not in
XOR-MAPPED-ADDRESS, which is masked for that reason (RFC 8489, section 14.2)."""

import ipaddress
import struct

UDP, STUN_PORT = 17, 3478
BINDING_ANSWER, MAPPED_ADDRESS = 0x0101, 0x0001
COOKIE = b'\x21\x12\xa4\x42'


def checksum(data):
    total = sum(struct.unpack('!%dH' % (len(data) // 2), data[:len(data) // 2 * 2]))
    if len(data) % 2:
        total += data[-1] << 8
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def find_mapped_address(message):
    """The address's position in a STUN answer; None if it is not there."""
    if message[4:8] != COOKIE or struct.unpack('!H', message[:2])[0] != BINDING_ANSWER:
        return None
    at = 20
    while at + 4 <= len(message):
        kind, length = struct.unpack('!HH', message[at:at + 4])
        if kind == MAPPED_ADDRESS and length == 8:
            return at + 8
        at += 4 + (length + 3) // 4 * 4
    return None


def rewrite(packet, inside):
    """An IPv4 packet with the internal address in place of the external one; any other
    unchanged."""
    if packet[0] >> 4 != 4 or packet[9] != UDP:
        return packet
    start = (packet[0] & 15) * 4
    source_port, = struct.unpack('!H', packet[start:start + 2])
    found = find_mapped_address(packet[start + 8:]) if source_port == STUN_PORT else None
    if found is None:
        return packet
    udp = bytearray(packet[start:])
    udp[8 + found:8 + found + 4] = ipaddress.ip_address(inside).packed
    udp[6:8] = b'\0\0'
    pseudo = packet[12:20] + bytes([0, UDP]) + struct.pack('!H', len(udp))
    udp[6:8] = struct.pack('!H', checksum(pseudo + bytes(udp)) or 0xffff)
    return packet[:start] + bytes(udp)
