# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Captures all packets of an interface of a computer of the bed, as they pass.

    with capture.Capture(computer, 'eth0') as seen:
        computer.run(...)
    for packet in seen.packets:
        ...
"""

import ipaddress
import socket
import struct
import threading
import time

ALL, IPV4, IPV6, ARP = 0x0003, 0x0800, 0x86dd, 0x0806
OUTGOING = 4
SOL_PACKET, STATISTICS = 263, 6
ICMP, IGMP, TCP, UDP = 1, 2, 6, 17
ICMPV6, HOP_BY_HOP = 58, 0
# Of ICMP (RFC 792)
TIME_EXCEEDED = 11
COOKIE = b'\x21\x12\xa4\x42'
# Of STUN and TURN (RFC 8489, section 5; RFC 8656, section 18)
ALLOCATE, ALLOCATED = 0x0003, 0x0103
USERNAME, REALM = 0x0006, 0x0014


class Packet:
    """A frame. peer: the remote address and port, or only the address if there are no ports."""

    def __init__(self, kind, outgoing, data):
        self.kind = kind
        self.outgoing = outgoing
        # From the IP header on
        self.data = data
        self.protocol = self.ttl = self.peer = self.own = None
        self.payload = b''
        if kind == IPV4:
            self._read_ipv4()

    def _read_ipv4(self):
        self.ttl, self.protocol = self.data[8:10]
        source, target = (str(ipaddress.ip_address(self.data[at:at + 4])) for at in (12, 16))
        head = (self.data[0] & 15) * 4
        source_port = target_port = None
        length, = struct.unpack('!H', self.data[2:4])
        # Only the first fragment has the ports
        fragment, = struct.unpack('!H', self.data[6:8])
        if self.protocol in (TCP, UDP) and not fragment & 0x1fff:
            source_port, target_port = struct.unpack('!HH', self.data[head:head + 4])
            inner = 8 if self.protocol == UDP else (self.data[head + 12] >> 4) * 4
            # A length of 0: the kernel has yet to segment it
            self.payload = self.data[head + inner:length or None]
        ends = (source, source_port), (target, target_port)
        self.own, self.peer = ends if self.outgoing else reversed(ends)

    def stun(self):
        """Kind and attributes of the STUN message at its beginning; None without one."""
        message = self.payload
        if len(message) < 20 or message[4:8] != COOKIE:
            return None
        attributes, at = {}, 20
        while at + 4 <= len(message):
            kind, length = struct.unpack('!HH', message[at:at + 4])
            attributes[kind] = message[at + 4:at + 4 + length]
            at += 4 + (length + 3) // 4 * 4
        return struct.unpack('!H', message[:2])[0], attributes

    def tells_of_end(self):
        """Whether it is ICMP Time Exceeded from a router about a packet from here."""
        head = (self.data[0] & 15) * 4
        return not self.outgoing and self.protocol == ICMP and self.data[head] == TIME_EXCEEDED

    def question(self):
        """The name of a DNS query; None if it is not one."""
        if self.protocol != UDP or not self.outgoing or self.peer[1] != 53:
            return None
        labels, at = [], 12
        while self.payload[at]:
            labels.append(self.payload[at + 1:at + 1 + self.payload[at]].decode())
            at += 1 + self.payload[at]
        return '.'.join(labels).lower()

    def __repr__(self):
        return '%s %#06x protocol %s peer %s' % ('to' if self.outgoing else 'from', self.kind,
                                                 self.protocol, self.peer)


class Capture:
    """Reads in a thread of its own until it is closed."""

    def __init__(self, computer, interface):
        self.packets = []
        self._news = threading.Condition()
        self._socket = computer.socket(socket.AF_PACKET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        self._socket.settimeout(0.05)
        self._socket.bind((interface, ALL))
        self._over = False
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _read(self):
        while True:
            try:
                data, (_, kind, direction, *_) = self._socket.recvfrom(1 << 17)
            except socket.timeout:
                # All earlier packets are read
                if self._over:
                    return
                continue
            packet = Packet(kind, direction == OUTGOING, data)
            with self._news:
                self.packets.append(packet)
                self._news.notify_all()

    def wait_for(self, predicate, seconds):
        """The first packet for which the condition is true; None if none comes in time."""
        end, at = time.monotonic() + seconds, 0
        with self._news:
            while True:
                for packet in self.packets[at:]:
                    if predicate(packet):
                        return packet
                at = len(self.packets)
                if not self._news.wait(max(0.0, end - time.monotonic())) and (
                        time.monotonic() >= end):
                    return None

    def close(self):
        self._over = True
        self._thread.join()
        statistics = self._socket.getsockopt(SOL_PACKET, STATISTICS, 8)
        self.n_dropped = struct.unpack('II', statistics)[1]
        self._socket.close()
