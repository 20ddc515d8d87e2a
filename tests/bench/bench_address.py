#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""How long the address check takes, where the time goes, and what it costs to wait.

Prints medians; the machine is noisy, so the ratios are what counts. Nothing here passes or fails
by a time. Programs take turns, so that all of them meet the same noise.
"""

import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import time

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'lib'))

import bed  # noqa: E402
import scripted  # noqa: E402
import servers  # noqa: E402
import wire  # noqa: E402

SERVERS = {'ejabberd': 'montague.lit', 'prosody': 'capulet.lit'}
PORTS = {'starttls': 5222, 'direct': 5223}
CELLS = [(server, security) for server in SERVERS for security in PORTS]
ROUNDS = 15
WAIT = 4.5
ONE_WAY_MS = 25


def options(lab, domain, security, *more):
    return ['check', lab.jid(domain), '--password-file', lab.password_file(domain), '--ca-file',
            lab.ca_file, '--format', 'json', '--security', security] + list(more)


def time_of(computer, argv):
    """Seconds until the answer stands on the standard output, and what stands there."""
    start = time.monotonic()
    process = computer.popen(['timeout', '30'] + argv, stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL)
    first = process.stdout.readline()
    took = time.monotonic() - start
    rest = process.stdout.read()
    if process.wait() != 0:
        sys.exit('%s: status %d' % (argv[:2], process.returncode))
    return took, first + rest


def phases(report):
    """Milliseconds of each step of a check."""
    found = {}
    for observation in json.loads(report)['observations']:
        kind = observation['kind']
        if kind == 'connect' and not observation['details'].get('used'):
            continue
        if kind in ('connect', 'secure', 'sign-in', 'server-ip'):
            found[kind] = observation['duration_us'] / 1000
        if kind == 'server-ip':
            found['answer'] = (observation['start_us'] + observation['duration_us']) / 1000
        if kind == 'connect':
            found['names'] = observation['start_us'] / 1000
    return found


def bench_wall_time(lab, places):
    print('Wall time until the answer is printed, loopback, medians of %d, ms' % ROUNDS)
    print('%-20s %9s %9s %7s   of which: %s' % (
        'server', 'sidetone', 'slixmpp', 'ratio',
        'names, connect, secure, sign-in, query; until the answer'))
    for server, security in CELLS:
        domain = SERVERS[server]
        computer = places[domain]
        ours, theirs, steps = [], [], []
        peer = [sys.executable, HERE / 'peer_slixmpp.py', lab.jid(domain),
                lab.password_file(domain), '127.0.0.1', PORTS[security], security, lab.ca_file]
        for turn in range(ROUNDS + 1):
            took, report = time_of(computer, [os.environ['SIDETONE_CLI']]
                                   + options(lab, domain, security, '--server', '127.0.0.1'))
            other, answer = time_of(computer, peer)
            assert answer.startswith(b'127.0.0.1 '), answer
            if turn == 0:
                continue
            ours.append(took * 1000)
            theirs.append(other * 1000)
            steps.append(phases(report))
        print('%-20s %9.1f %9.1f %7.2f   %s; %.1f' % (
            server + ' ' + security, statistics.median(ours), statistics.median(theirs),
            statistics.median(a / b for a, b in zip(ours, theirs)),
            ', '.join('%.1f' % statistics.median(step[name] for step in steps)
                      for name in ('names', 'connect', 'secure', 'sign-in', 'server-ip')),
            statistics.median(step['answer'] for step in steps)), flush=True)


def count_round_trips(capture, port):
    """Flights of the client that the server answers, up to the answer.

    Packets of one direction that lie closer together than half a round trip are one flight. The
    last flight of the client closes the stream; it is no round trip of the question.
    """
    flights = 0
    last = None
    for line in capture.splitlines():
        found = re.match(r'(\d+\.\d+) IP6? (\S+) > (\S+): .*Flags \[([^\]]*)\].*length (\d+)', line)
        if not found or (int(found[5]) == 0 and 'S' not in found[4]):
            continue
        if not found[3].endswith('.%d' % port):
            continue
        at = float(found[1])
        if last is None or at - last > ONE_WAY_MS / 1000:
            flights += 1
        last = at
    return flights - 1


def bench_round_trips(lab):
    print('\nRound trips from SYN to the answer, counted in a capture, %d ms each way' % ONE_WAY_MS)
    near = lab.computer('near', stub=False)
    for number, (server, domain) in enumerate(SERVERS.items(), 10):
        far = lab.computer('far-' + server, stub=False)
        address = '203.0.113.%d' % number
        start_server(lab, far, server)
        with wire.Wire(near, far, ONE_WAY_MS):
            near.address('wire', '198.51.100.1/32')
            far.address('wire', address + '/32')
            near.do('ip', 'route', 'add', address, 'dev', 'wire')
            far.do('ip', 'route', 'add', '198.51.100.1', 'dev', 'wire')
            for security, port in PORTS.items():
                sniffer = near.popen(['tcpdump', '-i', 'wire', '-n', '-tt', '-l', '-U',
                                      '--immediate-mode', 'tcp', 'port', str(port)],
                                     stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
                while 'listening' not in sniffer.stderr.readline():
                    pass
                _, report = time_of(near, [os.environ['SIDETONE_CLI']]
                                    + options(lab, domain, security, '--server', address))
                # The server's last word is still on its way
                time.sleep(4 * ONE_WAY_MS / 1000)
                sniffer.terminate()
                capture, _ = sniffer.communicate()
                step = phases(report)
                print('%-20s %d round trips; %.2f by the clock' % (
                    server + ' ' + security, count_round_trips(capture, port),
                    (step['answer'] - step['names']) / (2 * ONE_WAY_MS)), flush=True)


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
    """Both processes, signed in, the question asked, and the server silent."""
    domain = SERVERS['ejabberd']
    computer = lab.computer(name, *servers.domain_records(domain, '127.0.0.1'))
    silent = scripted.Scripted(computer, domain, lab.accounts(domain),
                               instead={'query': scripted.hold})
    process = computer.popen([os.environ['SIDETONE_CLI']]
                             + options(lab, domain, 'starttls', '--server', '127.0.0.1'),
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    silent.wait_for('query')
    time.sleep(0.1)
    return computer, process, [process.pid] + children_of(process.pid)


def count_calls(trace):
    """System calls in what strace wrote, but for the one that each thread sat in when it came."""
    begun = {}
    for line in trace.splitlines():
        found = re.match(r'(?:\[pid +(\d+)\] )?\w+\(', line)
        if found:
            begun[found[1]] = begun.get(found[1], 0) + 1
    return sum(count - 1 for count in begun.values())


def bench_waiting(lab):
    print('\nSigned in and waiting for %g s' % WAIT)
    _, process, pids = wait_signed_in(lab, 'waiting')
    before = [switches_of(pid) for pid in pids]
    memory = [int(status_of(pid)['VmHWM'].split()[0]) / 1024 for pid in pids]
    time.sleep(WAIT)
    switches = [switches_of(pid) - old for pid, old in zip(pids, before)]
    process.wait()

    # Once more under strace, which makes switches of its own
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


def start_server(lab, computer, server):
    domain = SERVERS[server]
    if server == 'ejabberd':
        computer.ejabberd({domain: {}}, lab.accounts(domain))
    else:
        computer.prosody({domain: {}}, lab.accounts(domain))


def main():
    # What a machine sets for other programs would choose other certificates
    for name in ('SSL_CERT_FILE', 'SSL_CERT_DIR'):
        os.environ.pop(name, None)
    bed.enter()
    with bed.Bed() as lab:
        places = {}
        for server, domain in SERVERS.items():
            places[domain] = lab.computer('at-' + domain, *servers.domain_records(
                domain, '127.0.0.1'))
            start_server(lab, places[domain], server)
        bench_wall_time(lab, places)
        bench_waiting(lab)
        bench_round_trips(lab)


if __name__ == '__main__':
    main()
