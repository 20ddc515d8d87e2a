#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""How long the window keeps its main loop busy during a check; how fast it opens and how much
memory it takes, compared with gnome-calculator.

Prints medians; the machine is noisy, so the ratios count. No duration makes this pass or fail. It
measures each callback of the main loop (the dispatch of one source), by processor time, and each
turn, which may contain several callbacks; GTK's layout and paint count apart. Time that other
programs had the processor is left out of turns; waiting for other processes is not.
"""

import collections
import concurrent.futures
import os
import pathlib
import socket
import statistics
import subprocess
import sys
import threading
import time

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'lib'))

import bed  # noqa: E402
import desktop  # noqa: E402
import scripted  # noqa: E402
import servers  # noqa: E402
import watch_screen  # noqa: E402

SERVERS = {'ejabberd': 'montague.lit', 'prosody': 'capulet.lit'}
DOMAIN = 'montague.lit'
PEER = 'gnome-calculator'
GOAL_MS = 8.0
SIGN_INS = 15
HOLE_ROUNDS = 3
STARTS = 15
CHECK_LIMIT = 60
START_LIMIT = 30.0
REST = 1.0

Turn = collections.namedtuple('Turn', 'steps source after_ms calls calls_cpu frame frame_cpu callback')


def read_turns(output):
    """bench-window's output: its turns, and the final headline."""
    *lines, headline = output.splitlines()
    turns = []
    for line in lines:
        before, after, source, *numbers = line.split('\t')
        at, *spent = map(float, numbers)
        turns.append(Turn(before if before == after else before + ' > ' + after, source, at,
                          *(microseconds / 1000 for microseconds in spent)))
    return turns, headline


class Checks:
    """Makes checks in a real window, on any computer of the bed."""

    def __init__(self, lab, screen):
        self.lab = lab
        self.screen = screen

    def start(self, computer, domain, *options):
        process = computer.popen(
            ['timeout', str(CHECK_LIMIT), os.environ['SIDETONE_BENCH_WINDOW'],
             '--ca-file', self.lab.ca_file, *options, self.lab.jid(domain)],
            env=self.screen.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        process.stdin.write(next(iter(self.lab.accounts(domain).values())) + '\n')
        process.stdin.flush()
        return process

    @staticmethod
    def finish(process):
        output, _ = process.communicate()
        if process.returncode != 0:
            sys.exit('bench-window: status %d' % process.returncode)
        return read_turns(output)


def percentile(values, percent):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def print_header(title):
    print(title)
    print('%-18s %5s | %-15s | %-42s | %s' % (
        '', '', 'callback, CPU', 'turn', 'layout and paint by GTK'))
    print('%-18s %5s | %7s %7s | %6s %6s %7s %7s %12s | %6s %6s %7s %6s   %s' % (
        '', 'turns', 'longest', 'typical', 'median', '95th', 'longest', 'typical', 'longest, CPU',
        'median', '95th', 'longest', 'CPU', 'the longest callback was at'))


def typical(runs, column):
    """The median of what was longest in each run."""
    return statistics.median(max(getattr(turn, column) for turn in run) for run, _ in runs)


def print_row(name, runs):
    """A row of the table: all runs' turns together. Returns the turn with the longest callback."""
    turns = [turn for run, _ in runs for turn in run]
    frames = [turn for turn in turns if turn.frame > 0]
    worst = max(turns, key=lambda turn: turn.callback)
    longest_frame = max(frames, key=lambda turn: turn.frame)
    calls = [turn.calls for turn in turns]
    paints = [turn.frame for turn in frames]
    print('%-18s %5d | %7.2f %7.2f | %6.2f %6.2f %7.2f %7.2f %12.2f | %6.2f %6.2f %7.2f %6.2f   '
          '%s, %.0f ms, %s' % (
              name, len(turns), worst.callback, typical(runs, 'callback'),
              statistics.median(calls), percentile(calls, 95), max(calls), typical(runs, 'calls'),
              max(turn.calls_cpu for turn in turns),
              statistics.median(paints), percentile(paints, 95), longest_frame.frame,
              longest_frame.frame_cpu, worst.steps, worst.after_ms, worst.source), flush=True)
    headlines = {headline for _, headline in runs}
    if len(headlines) > 1:
        sys.exit('%s ended in several ways: %s' % (name, ', '.join(headlines)))
    print('%-18s       | “%s”' % ('', headlines.pop()))
    return worst


def bench_sign_in(checks):
    print_header('The main loop during a sign-in, %d checks each, ms' % SIGN_INS)
    longest = []
    for server, domain in SERVERS.items():
        computer = checks.lab.computer('at-' + domain, *servers.domain_records(
            domain, '127.0.0.1', '::1'))
        if server == 'ejabberd':
            computer.ejabberd({domain: {}}, checks.lab.accounts(domain))
        else:
            computer.prosody({domain: {}}, checks.lab.accounts(domain))
        runs = [checks.finish(checks.start(computer, domain)) for _ in range(SIGN_INS)]
        longest.append(print_row(server, runs))
        checks.lab.remove(computer)
    return longest


class Hole:
    """A server, or the path to it, that falls silent."""

    turn = threading.Lock()

    def __init__(self, checks, silent):
        self.checks = checks
        self.silent = silent
        self.server = None
        records = servers.domain_records(DOMAIN, '127.0.0.1')
        self.computer = checks.lab.computer('hole-' + silent,
                                            *(records if silent != 'name server' else ()))
        if silent == 'name server':
            self.deaf = self.computer.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self.deaf.bind(('127.0.0.1', 53))
        elif silent == 'address':
            self.computer.nft('table inet wall { chain in { type filter hook input priority 0; '
                              'tcp dport 5222-5223 drop; }; }')
        else:
            self.server = scripted.Scripted(self.computer, DOMAIN, checks.lab.accounts(DOMAIN),
                                            instead={silent: scripted.hold})

    def run(self):
        """All wait in parallel, but get there one after the other."""
        options = ['--security', 'starttls']
        if self.server:
            options += ['--server', 'ipv4.montague.lit:5222']
        with self.turn:
            process = self.checks.start(self.computer, DOMAIN, *options)
            if self.server:
                self.server.times.clear()
                self.server.wait_for(self.silent)
            else:
                time.sleep(REST)
        return self.checks.finish(process)


def bench_holes(checks):
    print()
    print_header('The main loop during a black hole, %d checks each, ms' % HOLE_ROUNDS)
    longest = []
    holes = [Hole(checks, silent) for silent in ('name server', 'address') + scripted.STAGES]
    with concurrent.futures.ThreadPoolExecutor(len(holes)) as crowd:
        rounds = [list(crowd.map(Hole.run, holes)) for _ in range(HOLE_ROUNDS)]
    for number, hole in enumerate(holes):
        longest.append(print_row(hole.silent, [runs[number] for runs in rounds]))
    return longest


def processor_ticks(pid):
    fields = pathlib.Path('/proc/%d/stat' % pid).read_text().rpartition(')')[2].split()
    return int(fields[11]) + int(fields[12])


def wait_idle(pid):
    """Until the process has been idle for a while."""
    end = time.monotonic() + START_LIMIT
    last, since = None, 0.0
    while time.monotonic() < end:
        ticks = processor_ticks(pid)
        if ticks != last:
            last, since = ticks, time.monotonic()
        if time.monotonic() - since >= REST:
            return
        time.sleep(0.05)
    raise TimeoutError('process %d does not come to rest' % pid)


def memory_of(pid):
    """Proportional and resident memory, in MB."""
    sizes = dict(line.split(':', 1) for line in
                 pathlib.Path('/proc/%d/smaps_rollup' % pid).read_text().splitlines()[1:])
    return [int(sizes[name].split()[0]) / 1024 for name in ('Pss', 'Rss')]


def processor_time(pid):
    """All threads of a process, in seconds: clock_getcpuclockid (3)."""
    return time.clock_gettime(~pid << 3 | 2)


def open_once(screen, program):
    """Milliseconds from the start to the first picture, the processor time of that, then the memory
    at rest."""
    with watch_screen.Watch(screen.environment['DISPLAY']) as watch:
        watch.wait_for_nothing(START_LIMIT)
        start = time.monotonic()
        process = subprocess.Popen([program], env=screen.environment, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            took = watch.wait_for_picture(START_LIMIT) - start
            spent = processor_time(process.pid)
            wait_idle(process.pid)
            return [took * 1000, spent * 1000] + memory_of(process.pid)
        finally:
            process.kill()
            process.wait()


def bench_opening(screen):
    print('Opening, in turns, %d times each' % STARTS)
    programs = [os.environ['SIDETONE'], PEER]
    seen = {program: [] for program in programs}
    for turn in range(STARTS + 1):
        for program in programs:
            numbers = open_once(screen, program)
            if turn > 0:
                seen[program].append(numbers)
        programs.reverse()
    ours, theirs = seen[os.environ['SIDETONE']], seen[PEER]
    print('%-26s %9s %17s %7s' % ('', 'sidetone', PEER, 'ratio'))
    for name, column, which in (('start to first frame, ms', 0, statistics.median),
                                ('  the fastest', 0, min),
                                ('  processor time', 1, statistics.median),
                                ('memory, Pss, MB', 2, statistics.median),
                                ('memory, Rss, MB', 3, statistics.median)):
        pair = [which(row[column] for row in rows) for rows in (ours, theirs)]
        print('%-26s %9.1f %17.1f %7.2f' % (name, *pair, pair[0] / pair[1]), flush=True)


def main():
    # A machine's settings for other programs would select other certificates
    for name in ('SSL_CERT_FILE', 'SSL_CERT_DIR'):
        os.environ.pop(name, None)
    bed.enter()
    with bed.Bed() as lab, desktop.Desktop() as screen:
        bench_opening(screen)
        print()
        with screen.keyring():
            checks = Checks(lab, screen)
            worst = max(bench_sign_in(checks) + bench_holes(checks),
                        key=lambda turn: turn.callback)
        print('\nThe longest callback of all: %.2f ms of processor time, at %s; the goal is under '
              '%g ms' % (worst.callback, worst.steps, GOAL_MS))


if __name__ == '__main__':
    main()
