#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""A cable with delay, loss and a rate between two computers of the bed: TUN interfaces and a process
that carries packets, because many kernels lack netem. Without these it is a tunnel.

    with wire.Wire((near, 'wire'), (far, 'wire'), one_way_ms=25):
        near.address('wire', ...)
"""

import collections
import ctypes
import fcntl
import os
import random
import select
import signal
import struct
import subprocess
import sys
import time

import alg

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
CLONE_NEWNET = 0x40000000


class Wire:
    """Makes an interface on both computers, and carries packets until it is closed.

    near, far: a computer and the name of its interface. loss: percent of the packets in each
    direction; the same ones each time, if the packets are the same. lost: a file for these, which
    read_lost () reads. alg: an address that a router would put into STUN answers on their way to
    the near end (alg.py). rates: what the cable carries to the far end and to the near one, in kbit/s,
    and how many ms packets wait in front of it before it drops others. log: a file for what becomes of
    all packets then, which read_log () reads.
    """

    def __init__(self, near, far, one_way_ms=0, loss=0, lost=None, alg=None, rates=None, log=None):
        ends = [word for computer, name in (near, far) for word in (str(computer.namespace), name)]
        self.process = subprocess.Popen(
            [sys.executable, __file__] + ends + [str(one_way_ms), str(loss), str(lost or ''), str(alg or ''),
                                           ' '.join(map(str, rates or ())), str(log or '')],
            stdout=subprocess.PIPE)
        if self.process.stdout.readline() != b'ready\n':
            self.stop()
            raise RuntimeError('no TUN interface can be made here')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


def read_lost(path):
    """The lost packets, from the IP header on."""
    text = open(path, 'rb').read()
    at = 0
    while at + 4 <= len(text):
        length, = struct.unpack('!I', text[at:at + 4])
        yield text[at + 4:at + 4 + length]
        at += 4 + length


RECORD = struct.Struct('!d?di')


def read_log(path):
    """(when it came, whether to the far end, how long it waited in s, None if it was dropped, its
    length) of each packet."""
    text = open(path, 'rb').read()
    for when, out, wait, length in RECORD.iter_unpack(text[:len(text) // RECORD.size * RECORD.size]):
        yield when, out, None if wait < 0 else wait, length


class Bottleneck:
    """Both directions of a line that carries so much, with a queue in front of each (tail drop)."""

    def __init__(self, rates, log):
        *self.rates, self.queue = rates
        self.free = [0.0, 0.0]
        self.log = log

    def wait(self, out, length):
        """How long a packet takes; None if it is dropped."""
        now = time.monotonic()
        way = 0 if out else 1
        queued = max(0.0, self.free[way] - now)
        dropped = queued * 1000 > self.queue
        took = queued + length * 8 / (self.rates[way] * 1000)
        if self.log:
            self.log.write(RECORD.pack(now, out, -1.0 if dropped else queued, length))
        if dropped:
            return None
        self.free[way] = now + took
        return took


def make_interface(namespace, name):
    libc = ctypes.CDLL(None, use_errno=True)
    with open(namespace) as handle:
        if libc.setns(handle.fileno(), CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), 'setns ' + namespace)
    tun = os.open('/dev/net/tun', os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(tun, TUNSETIFF, struct.pack('16sH22x', name.encode(), IFF_TUN | IFF_NO_PI))
    return tun


def carry(near, far, delay, loss, lost, inside, bottleneck=None):
    """Packets to one end fall due in the order of their arrival."""
    other = {near: far, far: near}
    # With these seeds, at one in ten, no two losses among the first hundred are close together, as
    # they would be on a broken line
    dice = {near: random.Random(19), far: random.Random(36)}
    held = {near: collections.deque(), far: collections.deque()}
    while True:
        for out, queue in held.items():
            while queue and queue[0][0] <= time.monotonic():
                try:
                    os.write(out, queue.popleft()[1])
                except OSError:
                    pass  # the interface is not up yet
        due = min((queue[0][0] for queue in held.values() if queue), default=None)
        wait = max(0.0, due - time.monotonic()) if due is not None else None
        for tun in select.select([near, far], [], [], wait)[0]:
            try:
                while True:
                    packet = os.read(tun, 65536)
                    if inside and tun == far:
                        packet = alg.rewrite(packet, inside)
                    took = 0.0
                    if dice[tun].random() < loss:
                        if lost is not None:
                            lost.write(struct.pack('!I', len(packet)) + packet)
                        continue
                    if bottleneck:
                        took = bottleneck.wait(tun == near, len(packet))
                    if took is not None:
                        held[other[tun]].append((time.monotonic() + took + delay, packet))
            except OSError:
                pass  # nothing more to read


def main(near, near_name, far, far_name, one_way_ms, loss, lost, inside, rates, log):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    tuns = [make_interface(near, near_name), make_interface(far, far_name)]
    print('ready', flush=True)
    carry(*tuns, float(one_way_ms) / 1000, float(loss) / 100,
          open(lost, 'wb', buffering=0) if lost else None, inside,
          Bottleneck([float(rate) for rate in rates.split()],
                     open(log, 'wb', buffering=0) if log else None) if rates else None)


if __name__ == '__main__':
    main(*sys.argv[1:])
