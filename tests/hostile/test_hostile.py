#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""A hostile world: what servers, relays, name servers, files and the computer itself may do, and what
the program makes of it. Start reading with behaviours.py."""

import behaviours
import names
import program
from answers import Address, Announced  # noqa: F401
from behaviours import Afterwards
from certificates import Certificates  # noqa: F401
from files import Files, Given  # noqa: F401
from names import Names  # noqa: F401
from relays import Midway, Tcp, Udp  # noqa: F401
from stream import Stream  # noqa: F401
from system import Child, Clock, System  # noqa: F401


def prepare(lab):
    Afterwards.watch = behaviours.Watch()
    behaviours.Behaviours.here = lab.computer('here')
    names.NameServer(behaviours.Behaviours.here)


if __name__ == '__main__':
    program.main(prepare, ['*.' + behaviours.ZONE, behaviours.ZONE], workers=6)
