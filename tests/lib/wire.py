#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""A cable with a delay between two computers of the bed: TUN interfaces and a process that
carries packets, for many kernels have no netem.

    with wire.Wire(near, far, one_way_ms=25):
        near.address('wire', ...)
"""

import collections
import ctypes
import fcntl
import os
import select
import signal
import struct
import subprocess
import sys
import time

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
CLONE_NEWNET = 0x40000000


class Wire:
    """Makes an interface `wire` on both computers, and carries packets until it is closed."""

    def __init__(self, near, far, one_way_ms):
        self.process = subprocess.Popen(
            [sys.executable, __file__, str(near.namespace), str(far.namespace), str(one_way_ms)],
            stdout=subprocess.PIPE)
        if self.process.stdout.readline() != b'ready\n':
            raise RuntimeError('no TUN interface can be made here')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


def make_interface(namespace):
    libc = ctypes.CDLL(None, use_errno=True)
    with open(namespace) as handle:
        if libc.setns(handle.fileno(), CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), 'setns ' + namespace)
    tun = os.open('/dev/net/tun', os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(tun, TUNSETIFF, struct.pack('16sH22x', b'wire', IFF_TUN | IFF_NO_PI))
    return tun


def carry(near, far, delay):
    """All packets have the same delay, so they fall due in the order in which they came."""
    other = {near: far, far: near}
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
                    held.append((time.monotonic() + delay, other[tun], packet))
            except OSError:
                pass  # nothing more to read


def main(near, far, one_way_ms):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    tuns = [make_interface(namespace) for namespace in (near, far)]
    print('ready', flush=True)
    carry(*tuns, float(one_way_ms) / 1000)


if __name__ == '__main__':
    main(*sys.argv[1:])
