#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""How long the address check takes, where the time goes, and what waiting costs.

Behind a home router of the lab, with wires of several lengths to real servers. slixmpp asks the
same question, alternating with ours, so that both meet the same noise. Both get the server's
address: neither uses DNS, nor tries an unreachable address. Much of slixmpp's time is the start of
Python, a tenth of a second or two; `from SYN` leaves out both programs' start.

Prosody leaves Nagle's algorithm on unless configured with `network_settings = { nagle = false }`.
So, while its TLS ticket is on the way, its stream features wait for the acknowledgement of that:
one more round trip than the protocol needs, for any client.

Prints medians, and the highest number of round trips; the machine is noisy, so the ratios count. No
duration makes this pass or fail; missed goals are named at the end.
"""

import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import time
from statistics import median

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / folder) for folder in ('lib', 'lab')]

import bed  # noqa: E402
import roundtrips  # noqa: E402
import scripted  # noqa: E402
import servers  # noqa: E402
import sites  # noqa: E402
import topology  # noqa: E402
import variants  # noqa: E402

DOMAINS = ('montague.lit', 'capulet.lit')
PORTS = {'starttls': 5222, 'direct': 5223}
# The protocol's order: TCP, stream, starttls, TLS 1.3, stream, SCRAM, SCRAM, stream, bind, query;
# direct TLS saves the first stream and starttls
GOALS = {'starttls': 10, 'direct': 8}
# Milliseconds in each direction, and the number of rounds
ROUNDS = {0: 15, 50: 5, 150: 3}
WAIT = 4.5
# The expected address: the router's
SEEN = '198.51.100.1'

# One check by one program. took: milliseconds until the answer was on its standard output. count:
# of the round trips, None without a wire
Turn = collections.namedtuple('Turn', 'took count printed')
# One measurement: milliseconds in each direction, the account's domain, the kind of TLS; and both
# programs' turns
Cell = collections.namedtuple('Cell', 'delay domain security ours theirs')


def options(lab, domain, security, server):
    return [os.environ['SIDETONE_CLI'], 'check', lab.jid(domain), '--password-file',
            lab.password_file(domain), '--ca-file', lab.ca_file, '--only', 'address',
            '--format', 'json', '--security', security, '--server', server]


def start_capture(computer, port):
    sniffer = computer.popen(['tcpdump', '-i', 'eth0', '-n', '-tt', '-l', '-U', '--immediate-mode',
                              'tcp', 'port', str(port)],
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while 'listening' not in sniffer.stderr.readline():
        if sniffer.poll() is not None:
            sys.exit('tcpdump does not run')
    return sniffer


def take_turn(net, argv, port, delay):
    sniffer = start_capture(net.client, port) if delay else None
    start = time.monotonic()
    process = net.client.popen(['timeout', '30'] + argv, stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL)
    first = process.stdout.readline()
    took = time.monotonic() - start
    answered = time.time()
    printed = (first + process.stdout.read()).decode()
    if process.wait() != 0:
        sys.exit('%s: status %d' % (argv[:2], process.returncode))
    if sniffer is None:
        return Turn(took * 1000, None, printed)
    sniffer.terminate()
    packets = roundtrips.read(sniffer.communicate()[0])
    return Turn(took * 1000, roundtrips.count(packets, delay / 1000, answered), printed)


def measure(net, delay, domain, security):
    address = sites.ADDRESSES[sites.DOMAINS[domain]][0]
    port = PORTS[security]
    programs = {
        'ours': options(net.bed, domain, security, address),
        'theirs': [sys.executable, HERE / 'peer_slixmpp.py', net.bed.jid(domain),
                   net.bed.password_file(domain), address, port, security, net.bed.ca_file],
    }
    turns = {name: [] for name in programs}
    for number in range(ROUNDS[delay] + 1):
        for name in sorted(programs, reverse=number % 2 == 1):
            # The first turn warms up: once is enough for all lengths of the wire
            if number == 0 and delay != 0:
                continue
            turn = take_turn(net, programs[name], port, delay)
            if SEEN not in turn.printed:
                sys.exit('%s found no address: %s' % (programs[name][:2], turn.printed))
            if number > 0:
                turns[name].append(turn)
    return Cell(delay, domain, security, **turns)


def get_name(cell):
    return '%3d ms  %-8s %-8s' % (cell.delay, sites.DOMAINS[cell.domain], cell.security)


def format_trips(turns):
    """The highest number: `10`, or `10+1` if one of eleven was not asked for."""
    if turns[0].count is None:
        return '-'
    asked, held = max((turn.count.asked, turn.count.held) for turn in turns)
    return '%d+%d' % (asked, held) if held else '%d' % asked


def print_comparison(cell):
    pairs = list(zip(cell.ours, cell.theirs))
    print('%s %9s %9s %9.1f %9.1f %7.2f' % (
        get_name(cell), format_trips(cell.ours), format_trips(cell.theirs),
        median(turn.took for turn in cell.ours), median(turn.took for turn in cell.theirs),
        median(a.took / b.took for a, b in pairs)), end='')
    if cell.delay:
        print(' %9.2f' % median((a.count.end - a.count.begin) / (b.count.end - b.count.begin)
                                for a, b in pairs), end='')
    print(flush=True)


def get_steps(turn):
    """Milliseconds of each step of a check, and before the first one."""
    steps = {}
    for observation in json.loads(turn.printed)['observations']:
        if observation['details'].get('used', True):
            steps[observation['kind']] = observation['duration_us'] / 1000
    found = [steps[kind] for kind in ('connect', 'secure', 'sign-in', 'server-ip')]
    return [turn.took - sum(found)] + found


def get_shares(cell, turn):
    """Milliseconds from SYN to answer: the wire's, ours, the server's."""
    count = turn.count
    return [(count.asked + count.held) * 2 * cell.delay, count.ours * 1000, count.theirs * 1000]


def print_shares(cell):
    steps = zip(*map(get_steps, cell.ours))
    print(get_name(cell) + ' %7.1f %8.1f %8.1f %8.1f %8.1f' % tuple(map(median, steps)), end='')
    if cell.delay:
        shares = zip(*(get_shares(cell, turn) for turn in cell.ours))
        print('  | %7.1f %8.1f %8.1f' % tuple(map(median, shares)), end='')
    print(flush=True)


def find_misses(cell):
    counts = [turn.count for turn in cell.ours if turn.count is not None]
    most = max((count.asked + count.held for count in counts), default=0)
    held = max((count.held for count in counts), default=0)
    if most > GOALS[cell.security]:
        yield '%d round trips, not %d%s' % (
            most, GOALS[cell.security],
            '; in %d of them the server waited for a bare acknowledgement' % held if held else '')
    if median(turn.took for turn in cell.ours) >= median(turn.took for turn in cell.theirs):
        yield 'not faster than slixmpp'


def bench_check(net):
    print('The address check behind a home router, medians of %s turns'
          % ', '.join(map(str, ROUNDS.values())))
    print('%-24s %19s %19s %17s' % ('', 'round trips', 'time, ms', 'ratio of times'))
    print('%-24s %9s %9s %9s %9s %7s %9s' % ('each way', 'sidetone', 'slixmpp', 'sidetone',
                                             'slixmpp', 'all', 'from SYN'))
    cells = []
    for delay in ROUNDS:
        net.build(variants.VARIANTS['home'], delay=delay)
        for domain in DOMAINS:
            for security in PORTS:
                cells.append(measure(net, delay, domain, security))
                print_comparison(cells[-1])
    print('+1: once more, in which the server waited for a bare acknowledgement')

    print('\nWhere the time of sidetone goes, ms: by steps; and from SYN to answer, who took it')
    print('%-24s %7s %8s %8s %8s %8s  | %7s %8s %8s' % (
        'each way', 'start', 'connect', 'secure', 'sign-in', 'ask', 'wire', 'sidetone', 'server'))
    for cell in cells:
        print_shares(cell)

    misses = ['goal missed: %s: %s' % (' '.join(get_name(cell).split()), miss)
              for cell in cells for miss in find_misses(cell)]
    print('\n' + ('\n'.join(misses) or 'All goals met: round trips, and less time than slixmpp'),
          flush=True)


def children_of(pid):
    found = []
    for task in pathlib.Path('/proc/%d/task' % pid).glob('*/children'):
        found += [int(child) for child in task.read_text().split()]
    return found


def status_of(pid):
    return dict(line.split(':\t', 1) for line in
                pathlib.Path('/proc/%d/status' % pid).read_text().splitlines() if ':\t' in line)


def switches_of(pid):
    """Context switches of all threads."""
    total = 0
    for task in pathlib.Path('/proc/%d/task' % pid).iterdir():
        for line in (task / 'status').read_text().splitlines():
            if 'ctxt_switches' in line:
                total += int(line.split()[1])
    return total


def wait_signed_in(lab, name):
    """Both processes, signed in, with a pending question to a silent server."""
    domain = DOMAINS[0]
    computer = lab.computer(name, *servers.domain_records(domain, '127.0.0.1'))
    silent = scripted.Scripted(computer, domain, lab.accounts(domain),
                               instead={'query': scripted.hold})
    process = computer.popen(options(lab, domain, 'starttls', '127.0.0.1'),
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    silent.wait_for('query')
    time.sleep(0.1)
    return computer, process, [process.pid] + children_of(process.pid)


def count_calls(trace):
    """System calls in strace's output, except the one in which each thread was when strace
    attached."""
    begun = {}
    for line in trace.splitlines():
        found = re.match(r'(?:\[pid +(\d+)\] )?\w+\(', line)
        if found:
            begun[found[1]] = begun.get(found[1], 0) + 1
    return sum(count - 1 for count in begun.values())


def bench_waiting(lab):
    print('Signed in and waiting for %g s' % WAIT)
    _, process, pids = wait_signed_in(lab, 'waiting')
    before = [switches_of(pid) for pid in pids]
    memory = [int(status_of(pid)['VmHWM'].split()[0]) / 1024 for pid in pids]
    time.sleep(WAIT)
    switches = [switches_of(pid) - old for pid, old in zip(pids, before)]
    process.wait()

    # Once more under strace, which causes context switches itself
    computer, process, pids = wait_signed_in(lab, 'traced')
    tracers = [computer.popen(['strace', '-f', '-p', str(pid)], stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, text=True) for pid in pids]
    for tracer in tracers:
        tracer.stderr.readline()
    time.sleep(WAIT - 0.5)
    calls = []
    for tracer in tracers:
        tracer.terminate()
        calls.append(count_calls(tracer.communicate()[1]))
    process.wait()
    for name, switch, call, peak in zip(('sidetone-cli', 'sidetone-connection'), switches, calls,
                                        memory):
        print('%-20s %d context switches, %d system calls, peak memory %.1f MB' % (
            name, switch, call, peak), flush=True)


def main():
    # A machine's settings for other programs would select other certificates
    for name in ('SSL_CERT_FILE', 'SSL_CERT_DIR'):
        os.environ.pop(name, None)
    bed.enter()
    with bed.Bed(sites.NAMES) as lab:
        bench_waiting(lab)
        print()
        bench_check(topology.Internet(lab, DOMAINS))


if __name__ == '__main__':
    main()
