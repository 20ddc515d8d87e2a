#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Round trips are counted correctly."""

import pathlib
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'lib'))

import roundtrips  # noqa: E402
import tap  # noqa: E402

DELAY = 0.05
FOR_EVER = 1e6

# What each side sends at which millisecond: `>` data from the client, `<` from the server, `.` a
# bare acknowledgement. Then the round trips: asked, and held up
ROWS = {
    'a question and its answer': ('0> 100<', 1, 0),
    'several words each': ('0> 1> 20> 100< 101< 120<', 1, 0),
    'a client that computes': ('0> 100< 100.1>. 190> 291<', 2, 0),
    'a client that speaks before and behind its computing': ('0> 100< 101> 160> 201< 260<', 2, 0),
    'a server that computes': ('0> 100<. 190< 191> 380<', 2, 0),
    'what comes too soon is no answer': ('0> 100< 101> 102< 103> 201<', 2, 0),
    'held up until an acknowledgement': ('0> 100< 100.1>. 200.2< 201> 302<', 2, 1),
    'and that was late': ('0> 100< 140>. 241<', 1, 1),
    'the last answer of two held up': ('0> 1> 100< 140>. 240.1<', 1, 1),
    'acknowledgements of the server are no words': ('0> 100<. 101>. 201<', 1, 0),
}


def make_packets(text):
    for word in text.split():
        at, side, rest = word.partition('>' if '>' in word else '<')
        yield roundtrips.Packet(float(at) / 1000, side == '>', rest != '.')


class Counting(unittest.TestCase):

    def run_row(self, row):
        text, asked, held = row
        found = roundtrips.count(list(make_packets(text)), DELAY, FOR_EVER)
        self.assertEqual((found.asked, found.held), (asked, held))
        self.assertAlmostEqual(found.ours + found.theirs + (asked + held) * 2 * DELAY,
                               found.end - found.begin)

    def test_until(self):
        packets = list(make_packets('0> 100< 101> 201< 202> 303<'))
        self.assertEqual(roundtrips.count(packets, DELAY, 0.25).asked, 2)

    def test_shares(self):
        found = roundtrips.count(list(make_packets('0> 103< 108> 210<')), DELAY, FOR_EVER)
        self.assertAlmostEqual(found.ours, 0.005)
        self.assertAlmostEqual(found.theirs, 0.005)

    def test_reading(self):
        """Only one connection, even if the capture has the end of another one."""
        near, far = '192.168.1.10.40000', '203.0.113.10.5222'
        packets = roundtrips.read('\n'.join((
            '1.000000 IP %s > 192.168.1.10.39999: Flags [R], seq 7, win 0, length 0' % far,
            '1.100000 IP %s > %s: Flags [S], seq 1, win 64240, options [mss 1460], length 0' % (
                near, far),
            '1.200000 IP %s > %s: Flags [S.], seq 5, ack 2, win 65160, length 0' % (far, near),
            '1.200100 IP %s > %s: Flags [.], ack 1, win 63, length 0' % (near, far),
            '1.200200 IP %s > %s: Flags [P.], seq 1:153, ack 1, win 63, length 152' % (near, far),
            '1.300000 IP %s > 192.168.1.10.39999: Flags [R], seq 7, win 0, length 0' % far)))
        self.assertEqual(packets, [
            (1.1, True, True), (1.2, False, True), (1.2001, True, False), (1.2002, True, True)])


tap.add_rows(Counting, ROWS, Counting.run_row)

if __name__ == '__main__':
    sys.exit(tap.main(sys.argv[1:]))
