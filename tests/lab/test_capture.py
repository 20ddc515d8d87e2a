#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Where a check sends packets, seen on the client's own cable; that it reveals no secrets; and what
it leaves at the servers, however it ends."""

import base64
import contextlib
import hashlib
import hmac
import json
import os
import pathlib
import signal
import subprocess
import sys
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'lib'))

import bed  # noqa: E402
import capture  # noqa: E402
import faults  # noqa: E402
import sites  # noqa: E402
import tap  # noqa: E402
import test_sites  # noqa: E402
import test_turn  # noqa: E402
import topology  # noqa: E402
import variants  # noqa: E402
from capture import TCP, UDP  # noqa: E402

# More than any deadline of the program
PATIENCE = 40.0
CANCELLED = 2
# At the ends of the client's own cable, where kernels send packets of their own
NEIGHBOURS = ('192.168.1.1', '192.168.1.10')
OUTSIDE = '198.51.100.1'
DISCARD_PORT = 9
# The other port that a STUN server announces (RFC 5780, section 7.4)
OTHER_PORT = 3479
# Bytes of a whole check
MOST_SENT = 250 * 1000
FOR_RELAYS = {'montague.lit': 'ejabberd', 'capulet.lit': 'coturn', 'turns-only.lit': 'coturn'}
CARRIERS = {('stun', 'udp'): UDP, ('stun', 'tcp'): TCP, ('turn', 'udp'): UDP, ('turn', 'tcp'): TCP,
            ('turns', 'tcp'): TCP}
OTHERS = {sites.ADDRESSES['coturn'][0], sites.SECOND_ADDRESSES['coturn'][0]}
OWN_PROGRAMS = ('sidetone-cli', 'sidetone-connection')


class Watch:
    """Looks at the command line and environment of each process that starts, until it is closed."""

    def __init__(self):
        self.seen = {}
        self._before = set(os.listdir('/proc'))
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()

    def _look(self):
        while not self._over.wait(0.01):
            for process in set(os.listdir('/proc')) - self._before:
                for name in ('cmdline', 'environ'):
                    # It may have ended, or forbid it
                    with contextlib.suppress(OSError):
                        text = pathlib.Path('/proc', process, name).read_bytes()
                        self.seen[process, name, text] = text

    def programs(self):
        """The programs that were seen running."""
        return {os.path.basename(text.split(b'\0')[0]).decode()
                for (_, name, _), text in self.seen.items() if name == 'cmdline'}


def addresses(host):
    """A service host's addresses, by the lab's configuration; it may be an address itself."""
    if host == faults.COTURN:
        return [address for address in sites.ADDRESSES['coturn'] + sites.SECOND_ADDRESSES['coturn']
                if ':' not in address]
    return [faults.relay_address(host.removeprefix('relay.'))] if host.startswith('relay.') else [
        host]


def make_password(secret, user):
    """As TURN servers with a shared secret do (draft-uberti-behave-turn-rest, section 2.2)."""
    return base64.b64encode(hmac.new(secret, user, hashlib.sha1).digest())


class CaptureTest(test_turn.TurnTest):
    delay = 0

    def setUp(self):
        self.net.build(variants.VARIANTS['home'], delay=self.delay)

    def start(self, domain, *options, **environment):
        process = self.net.client.popen(
            [os.environ['SIDETONE_CLI'], 'check', self.net.bed.jid(domain), '--password-file', '-',
             '--ca-file', self.net.bed.ca_file, *options], start_new_session=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=dict(os.environ, **environment))
        self.addCleanup(process.kill)
        process.stdin.write(bed.PASSWORDS[domain].encode() + b'\n')
        process.stdin.flush()
        return process

    def until(self, condition):
        end = time.monotonic() + PATIENCE
        while not condition() and time.monotonic() < end:
            time.sleep(0.05)
        self.assertTrue(condition())

    def turn_secret(self, domain):
        fault = faults.FAULTS.get(domain)
        return (fault and fault.secret or self.net.relay_secret).encode()

    def announced(self, domain):
        """Address, port and protocol of everything that the server announces; and for each entry
        that can be tried here, its possible addresses."""
        _, services = test_sites.SitesTest().services(domain)
        found, usable = set(), []
        for one in services:
            carrier = CARRIERS[one['type'], one['transport']]
            ends = {(address, int(one['port']), carrier) for address in addresses(one['host'])}
            found |= ends
            # There is no route for IPv6
            if (one['type'] == 'stun' or 'password' in one) and ':' not in one['host']:
                usable.append(ends)
            if 'password' in one:
                # Otherwise the search below would be for the wrong words
                self.assertEqual(make_password(self.turn_secret(domain), one['username'].encode()),
                                 one['password'].encode())
        return found, usable

    def expect_peers(self, seen, domain, announced):
        """Packets go only where they must, and no other name is looked up.

        The own external address is one, to test hairpinning: at ports of own sockets, which this
        router keeps. And at an unused port, to find out whether it is the nearest router's: such
        packets expire there. Routers may send ICMP errors about expired packets. The nearest router and
        the XMPP server are pinged.
        """
        self.assertEqual(seen.n_dropped, 0)
        hosts = {address for address, _, _ in announced}
        allowed = announced | {(topology.NAME_SERVER[0], 53, carrier) for carrier in (UDP, TCP)}
        allowed |= {(sites.ADDRESSES[sites.DOMAINS[domain]][0], port, TCP)
                    for port in sites.XMPP_PORTS}
        allowed |= {(address, port, UDP) for address in hosts & OTHERS
                    for port in (faults.PORT, OTHER_PORT)}
        allowed |= {(OUTSIDE, packet.own[1], UDP) for packet in seen.packets
                    if packet.protocol == UDP}
        known = {address for address, _, _ in allowed}
        strangers = set()
        for packet in seen.packets:
            if packet.protocol == capture.IGMP:
                self.assertIn(packet.peer[0], NEIGHBOURS)
            elif packet.kind == capture.IPV4:
                peer = packet.peer + (packet.protocol,)
                relayed = (packet.protocol == UDP and packet.peer[0] in hosts
                           and packet.peer[1] in test_turn.RELAY_PORTS)
                # The kernel answers packets to a closed socket
                refused = packet.protocol == capture.ICMP and packet.peer[0] in known
                pinged = packet.protocol == capture.ICMP and packet.peer[0] == NEIGHBOURS[0]
                ends_near = peer == (OUTSIDE, DISCARD_PORT, UDP) and packet.ttl == 1
                if peer not in allowed and not relayed and not refused and not pinged and (
                        not ends_near and not packet.tells_of_end()):
                    strangers.add(peer)
            elif packet.kind == capture.ARP:
                self.assertIn('.'.join(map(str, packet.data[24:28])), NEIGHBOURS)
            else:
                # The kernel looks for neighbours by itself
                self.assertEqual(packet.kind, capture.IPV6)
                self.assertIn(packet.data[6], (capture.ICMPV6, capture.HOP_BY_HOP))
        self.assertEqual(strangers, set())
        names = {packet.question() for packet in seen.packets} - {None}
        self.assertLessEqual({name for name in names if not name.endswith(domain)},
                             {faults.COTURN, 'ipv4only.arpa'})

    def secrets(self, seen, domain):
        """The relays' secrets: user names, which are in the packets, passwords, which follow from
        them, and keys. And the account's password."""
        messages = [message for message in (packet.stun() for packet in seen.packets) if message]
        users = {attributes[capture.USERNAME] for _, attributes in messages
                 if capture.USERNAME in attributes}
        realms = {attributes[capture.REALM] for _, attributes in messages
                  if capture.REALM in attributes}
        passwords, keys = {bed.PASSWORDS[domain].encode()}, set()
        for user in users:
            password = make_password(self.turn_secret(domain), user)
            passwords |= {password, password.replace(b'/', b'\\/')}
            for realm in realms:
                keys.add(hashlib.md5(b':'.join((user, realm, password))).digest())
        return users, passwords, keys

    def expect_secret(self, seen, domain, texts):
        users, passwords, keys = self.secrets(seen, domain)
        for secret in users | passwords | keys | {key.hex().encode() for key in keys}:
            for where, text in texts.items():
                self.assertNotIn(secret, text, 'told in ' + str(where)[:200])
        # A user name is sent in clear (RFC 8489, section 9.2.3); nothing else is
        for packet in seen.packets:
            for secret in passwords | keys:
                self.assertNotIn(secret, packet.data, packet)
        return users


class Whole(CaptureTest):
    """A check that runs to its end."""

    def check(self, domain, *options):
        """Run it with all its output and logs; return what was seen."""
        path = self.net.bed.folder / 'report'
        path.unlink(missing_ok=True)
        client = self.net.client
        with Watch() as watch, capture.Capture(client, 'eth0') as seen, \
                capture.Capture(client, 'lo') as inside:
            process = self.start(domain, '--output', path, *options, G_MESSAGES_DEBUG='all')
            out, err = process.communicate(timeout=PATIENCE)
        # Where packets to 0.0.0.0 go
        self.assertEqual(inside.packets, [])
        self.assertEqual(process.returncode, 0, err)
        self.assertLessEqual(set(OWN_PROGRAMS), watch.programs())
        texts = dict(watch.seen, report=path.read_bytes(), stdout=out, stderr=err)
        return seen, texts

    def run_row(self, domain):
        announced, usable = self.announced(domain)
        forms = [('--format', 'json')]
        if domain in sites.OFFERING:
            forms += [('--format', 'json', '--redact'), ('--format', 'text')]
        for options in forms:
            with self.subTest(options):
                seen, texts = self.check(domain, *options)
                self.expect_peers(seen, domain, announced | ALTERNATES.get(domain, set()))
                users = self.expect_secret(seen, domain, texts)
                asked = {packet.peer + (packet.protocol,) for packet in seen.packets
                         if packet.outgoing and packet.kind == capture.IPV4}
                # Otherwise all of this would prove little
                self.assertEqual([ends for ends in usable if not ends & asked], [])
                self.assertEqual(len(users) > 0, domain != 'turns-only.lit')
                self.assertLess(sum(len(packet.data) for packet in seen.packets if packet.outgoing),
                                MOST_SENT)
                if domain in FOR_RELAYS:
                    self.expect_no_relay(FOR_RELAYS[domain])


DOMAINS = ('montague.lit', 'capulet.lit', 'turns-only.lit', 'wrong-secret.lit', 'expired.lit',
           'forbidden.lit', 'tls-name.lit', 'private-relay.lit', 'zero-relay.lit',
           'redirects.lit')
# An alternate server is asked like an announced one (RFC 8656, section 7.4), and relays by its second
# address, too
ALTERNATES = {'redirects.lit': {
    (address, faults.PORT, carrier) for carrier in (UDP, TCP)
    for address in (sites.ADDRESSES['coturn'][0], sites.SECOND_ADDRESSES['coturn'][0])}}
tap.add_rows(Whole, {domain.removesuffix('.lit'): domain for domain in DOMAINS}, Whole.run_row)


def is_asked(packet):
    """An allocation is requested with credentials: an answer with it will come."""
    kind, attributes = packet.stun() or (None, {})
    return kind == capture.ALLOCATE and capture.USERNAME in attributes


def is_asked_by_stream(packet):
    return packet.protocol == TCP and is_asked(packet)


def is_granted(packet):
    kind, _ = packet.stun() or (None, {})
    return kind == capture.ALLOCATED


def is_echo(packet):
    """A packet to a relayed address."""
    return packet.protocol == UDP and packet.outgoing and packet.peer[1] in test_turn.RELAY_PORTS


class Ended(CaptureTest):
    """Ctrl-C, on a line so long that something is always in progress."""

    delay = 50

    def run_row(self, row):
        domain, moment = row
        announced, _ = self.announced(domain)
        with capture.Capture(self.net.client, 'eth0') as seen:
            process = self.start(domain, G_MESSAGES_DEBUG='all')
            self.assertIsNotNone(seen.wait_for(moment, PATIENCE))
            os.killpg(process.pid, signal.SIGINT)
            out, err = process.communicate(timeout=PATIENCE)
        self.assertEqual(process.returncode, CANCELLED, err)
        self.expect_no_relay(FOR_RELAYS[domain])
        self.expect_peers(seen, domain, announced)
        self.expect_secret(seen, domain, {'stdout': out, 'stderr': err})


tap.add_rows(Ended, dict(
    {'%s %s' % (domain.removesuffix('.lit'), words): (domain, moment)
     for domain in sites.OFFERING
     for words, moment in (('asked', is_asked), ('asked by stream', is_asked_by_stream),
                           ('granted', is_granted), ('echo', is_echo))},
    **{'turns-only echo': ('turns-only.lit', is_echo)}), Ended.run_row)


class Killed(CaptureTest):
    """Then no allocation can be deleted, and they expire. But nothing else is wrong."""

    delay = 50
    afterwards = True

    def connections(self):
        """The running connection processes: zombies have an empty command line."""
        found = []
        for path in pathlib.Path('/proc').glob('[0-9]*/cmdline'):
            with contextlib.suppress(OSError):
                if b'sidetone-connection' in path.read_bytes():
                    found.append(path)
        return found

    def run_row(self, domain):
        host = FOR_RELAYS[domain]
        with capture.Capture(self.net.client, 'eth0') as seen:
            process = self.start(domain)
            self.assertIsNotNone(seen.wait_for(is_granted, PATIENCE))
            process.kill()
            process.communicate()
        self.until(lambda: self.connections() == [])
        # Allocations by stream end with it. Two are by UDP: the NAT is tested from one
        self.until(lambda: self.relays(host) <= 2)
        left = self.relays(host)

        process = self.start(domain, '--format', 'json')
        out, err = process.communicate(timeout=PATIENCE)
        self.assertEqual(process.returncode, 0, err)
        report = json.loads(out)
        self.assertIn(report['headline']['level'], ('good', 'relay'))
        self.assertEqual({one['state'] for one in report['services']} - {'skipped'}, {'passed'})
        self.until(lambda: self.relays(host) <= left)


tap.add_rows(Killed, {domain.removesuffix('.lit'): domain for domain in sites.OFFERING},
             Killed.run_row)



@contextlib.contextmanager
def prepare():
    bed.enter()
    with bed.Bed(sites.NAMES) as ground:
        CaptureTest.net = test_sites.SitesTest.net = topology.Internet(
            ground, DOMAINS, with_relays=True)
        yield


if __name__ == '__main__':
    sys.exit(tap.main_in_beds(2, prepare))
