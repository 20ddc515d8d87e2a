#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""A cable with delay and loss between two computers of the bed: TUN interfaces and a process that
carries packets, because many kernels lack netem. Without delay and loss it is a tunnel.

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
    the near end (alg.py).
    """

    def __init__(self, near, far, one_way_ms=0, loss=0, lost=None, alg=None):
        ends = [word for computer, name in (near, far) for word in (str(computer.namespace), name)]
        self.process = subprocess.Popen(
            [sys.executable, __file__] + ends + [str(one_way_ms), str(loss), str(lost or ''), str(alg or '')],
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


def make_interface(namespace, name):
    libc = ctypes.CDLL(None, use_errno=True)
    with open(namespace) as handle:
        if libc.setns(handle.fileno(), CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), 'setns ' + namespace)
    tun = os.open('/dev/net/tun', os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(tun, TUNSETIFF, struct.pack('16sH22x', name.encode(), IFF_TUN | IFF_NO_PI))
    return tun


def carry(near, far, delay, loss, lost, inside):
    """All packets have the same delay, so they fall due in the order of their arrival."""
    other = {near: far, far: near}
    # With these seeds, at one in ten, no two losses among the first hundred are close together, as
    # they would be on a broken line
    dice = {near: random.Random(19), far: random.Random(36)}
    held = collections.deque()
    while True:
        while held and held[0][0] <= time.monotonic():
            _, out, packet = held.popleft()
            try:
                os.write(out, packet)
            except OSError:
                pass  # the interface is not up yet
        wait = max(0.0, held[0][0] - time.monotonic()) if held else None
        for tun in select.select([near, far], [], [], wait)[0]:
            try:
                while True:
                    packet = os.read(tun, 65536)
                    if inside and tun == far:
                        packet = alg.rewrite(packet, inside)
                    if dice[tun].random() >= loss:
                        held.append((time.monotonic() + delay, other[tun], packet))
                    elif lost is not None:
                        lost.write(struct.pack('!I', len(packet)) + packet)
            except OSError:
                pass  # nothing more to read


def main(near, near_name, far, far_name, one_way_ms, loss, lost, inside):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    tuns = [make_interface(near, near_name), make_interface(far, far_name)]
    print('ready', flush=True)
    carry(*tuns, float(one_way_ms) / 1000, float(loss) / 100,
          open(lost, 'wb', buffering=0) if lost else None, inside)


if __name__ == '__main__':
    main(*sys.argv[1:])
