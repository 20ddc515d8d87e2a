# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""How often a wire was crossed to and fro until an answer came, out of what tcpdump saw at the
client.

On a wire with a known delay, what comes sooner than there and back can't answer what was sent. So
a round trip is a packet of the client's and the first word of the server's that comes at least two
delays later; the next one begins with what the client sends after that. This holds for however
many packets a side speaks in, and for however long either side computes. Without a delay there is
nothing to count.

A server may wait, with words ready to be sent, for a bare acknowledgement of the ones before (RFC
896, Nagle's algorithm). That takes a round trip like any other, but nobody asked anything: such
are told apart.
"""

import collections
import re

LINE = re.compile(r'^(\d+\.\d+) IP6? (\S+) > (\S+): Flags \[(\S*)\],.* length (\d+)', re.MULTILINE)

# at: seconds. outgoing: from the client. speaks: more than an acknowledgement
Packet = collections.namedtuple('Packet', 'at outgoing speaks')

# asked: round trips that begin with words of the client's; held: all others. begin, end: of the
# first and of the last. ours, theirs: seconds of it that the client and the server took, besides
# the wire
Count = collections.namedtuple('Count', 'asked held begin end ours theirs')


def read(capture):
    """The packets of the first connection in what `tcpdump -n -tt` printed."""
    packets = []
    client = None
    for at, source, target, flags, length in LINE.findall(capture):
        if client is None and 'S' in flags:
            client = source
        if client in (source, target):
            packets.append(Packet(float(at), source == client, 'S' in flags or int(length) > 0))
    return packets


def count(packets, delay, until):
    """Count the round trips of a connection from its first packet to the last word of the server's
    before the moment `until`. delay: of the wire, in seconds each way."""
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
