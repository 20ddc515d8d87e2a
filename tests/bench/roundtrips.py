# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""How many round trips an answer took, from tcpdump's output at the client.

On a wire with a known delay, a packet that comes sooner than a round trip after another can't
answer that. So a round trip is a packet from the client and the first data from the server that
comes at least two delays later; the next one begins with the client's next data. This holds for any
number of packets, and for any computing time of either side. Without a delay there is nothing to
count.

A server with data ready may wait for a bare acknowledgement of earlier data (RFC 896, Nagle's
algorithm). That takes a round trip like any other, but without a question: such are counted
separately.
"""

import collections
import re

LINE = re.compile(r'^(\d+\.\d+) IP6? (\S+) > (\S+): Flags \[(\S*)\],.* length (\d+)', re.MULTILINE)

# at: seconds. outgoing: from the client. speaks: more than an acknowledgement
Packet = collections.namedtuple('Packet', 'at outgoing speaks')

# asked: round trips that begin with data from the client; held: all others. begin, end: of the
# first and of the last. ours, theirs: the seconds that the client and the server took, besides the
# wire
Count = collections.namedtuple('Count', 'asked held begin end ours theirs')


def read(capture):
    """The packets of the first connection in the output of `tcpdump -n -tt`."""
    packets = []
    client = None
    for at, source, target, flags, length in LINE.findall(capture):
        if client is None and 'S' in flags:
            client = source
        if client in (source, target):
            packets.append(Packet(float(at), source == client, 'S' in flags or int(length) > 0))
    return packets


def count(packets, delay, until):
    """Count the round trips of a connection from its first packet to the server's last data before
    the moment `until`. delay: the wire's, in seconds in each direction."""
    asked = held = 0
    ours = theirs = 0.0
    end = packets[0].at
    sent = []
    for packet in packets:
        if packet.at > until:
            break
        if packet.outgoing:
            sent.append(packet)
        elif packet.speaks and sent and packet.at >= sent[0].at + 2 * delay:
            words = [one for one in sent if one.speaks and packet.at >= one.at + 2 * delay]
            begin = (words or sent)[0].at
            asked += bool(words)
            held += not words
            ours += begin - end
            theirs += packet.at - begin - 2 * delay
            end = packet.at
            sent = []
    return Count(asked, held, packets[0].at, end, ours, theirs)
