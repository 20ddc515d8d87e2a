#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Runs Sidetone in every network of the lab, and counts how often it found the truth.

Usage: score [--tap] [WORD...]

WORDs select the scenarios whose names contain all of them. A verdict is `wrong` if an address, the
port, the level, a service, the main finding, or a finding's owner or words are wrong, the report
contradicts itself, or is not the same or not safe to post without private details, `missed` if a
finding is missing, `false alarm` if there is one that should not be. At the end, the reports of
neighbouring scenarios are compared. Ends with status 0 if all are right.
"""

import collections
import json
import os
import pathlib
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'lib'))

import bed  # noqa: E402
import contradictions  # noqa: E402
import crew  # noqa: E402
import neighbours  # noqa: E402
import redaction  # noqa: E402
import scenarios  # noqa: E402
import sites  # noqa: E402
import topology  # noqa: E402
import variants  # noqa: E402

VERDICTS = ('right', 'wrong', 'missed', 'false alarm')
# More than any deadline of the program
PATIENCE = 40.0
WORKERS = 3
LONGEST_JOB = 6
BROKEN = {'verdicts': ['wrong'], 'took': 0.0, 'faults': ['the lab broke down']}


def check(net, scenario):
    """Run the program; return its status, its report, its other output, and the seconds."""
    password = bed.PASSWORDS[scenario.domain]
    start = time.monotonic()
    done = net.client.run(
        [os.environ['SIDETONE_CLI'], 'check', net.bed.jid(scenario.domain), '--password-file', '-',
         '--ca-file', net.bed.ca_file, '--format', 'json'] + scenario.options,
        input=password + '\n', capture_output=True, text=True, timeout=PATIENCE)
    took = time.monotonic() - start
    if password in done.stdout + done.stderr:
        raise ValueError('the password was told')
    return done.returncode, json.loads(done.stdout), done.stderr, took


def count_attempts(report):
    """How many connections were begun until the used one, inclusive."""
    connects = [one for one in report['observations'] if one['kind'] == 'connect']
    used = [one['start_us'] for one in connects if one['details'].get('used')]
    return sum(one['start_us'] <= used[0] for one in connects) if used else None


def find_faults(scenario, status, report):
    """The differences from the truth: verdicts and words."""
    found = {finding['kind']: finding for finding in report['findings']}
    ids = {observation['id'] for observation in report['observations']}
    local, seen = (report[end] or {} for end in ('local', 'external'))
    expected = {one.kind: one for one in scenario.findings}

    def wrong(what, is_, should):
        if is_ != should:
            yield 'wrong', '%s is %s, not %s' % (what, is_, should)

    yield from wrong('main finding', next(iter(found), None), next(iter(expected)))
    yield from wrong('this computer', local.get('address'), scenario.local)
    yield from wrong('seen by the server', seen.get('address'), scenario.seen)
    if scenario.port is not None and seen:
        same = seen.get('port') == local.get('port')
        yield from wrong('port', scenarios.KEPT if same else scenarios.CHANGED, scenario.port)
    yield from wrong('level', report['headline']['level'], scenario.level)
    yield from wrong('exit status', status, scenario.status)
    for service, state in scenario.services.items():
        kind, transport = service.split('-')
        states = {state if scenario.by_chance and one['error'] in scenarios.TIMEOUTS else one['state']
                  for one in report['services']
                  if (one['type'], one['transport']) == (kind, transport)} - {'skipped'}
        yield from wrong(service, '/'.join(sorted(states)), state)
    for what, is_ in report['nat'].items() if scenario.nat else ():
        if what in scenario.nat and not (scenario.by_chance and is_ is None):
            yield from wrong(what, is_, scenario.nat[what])
    if scenario.attempts is not None:
        yield from wrong('number of connections begun', count_attempts(report), scenario.attempts)
    for words in contradictions.find(report):
        yield 'wrong', 'it contradicts itself: ' + words
    for kind, one in expected.items():
        if kind not in found:
            yield 'missed', kind
            continue
        finding = found[kind]
        owners = {finding['owner'], *(rival['owner'] for rival in finding['rivals'])}
        yield from wrong('owners of %s' % kind, sorted(owners), sorted(one.owners))
        told = ' '.join((finding['title'], finding['explanation'], finding['advice']))
        for word in scenario.words.get(one.kind, ()):
            if word not in told:
                yield 'wrong', '%s does not say %s' % (kind, word)
    for kind, finding in found.items():
        if kind not in expected:
            yield 'false alarm', '%s: %s' % (kind, finding['title'])
        if not finding['evidence'] or not set(finding['evidence']) <= ids:
            yield 'wrong', '%s has no evidence' % kind


def judge(net, scenario):
    try:
        status, report, stderr, took = check(net, scenario)
    except (subprocess.TimeoutExpired, ValueError) as error:
        return {'verdicts': ['wrong'], 'faults': ['no report: %s' % error], 'took': PATIENCE}
    faults = list(find_faults(scenario, status, report))
    faults += [('wrong', fault) for fault in redaction.find_faults(
        report, net.bed.jid(scenario.domain))]
    # The unchanged report, to investigate a fault
    return {'verdicts': [verdict for verdict, _ in faults] or ['right'], 'took': took,
            'report': report,
            'faults': ['%s: %s' % fault for fault in faults] + (
                [stderr.strip(), json.dumps(report)] if faults else [])}


def build(net, rows):
    """Build these scenarios' network, with their relays; if that fails, return an error for them."""
    try:
        net.build(variants.VARIANTS[rows[0].variant],
                  relays_of={row.domain for row in rows})
    except (bed.Unavailable, RuntimeError, OSError) as error:
        return {'verdicts': ['wrong'], 'took': 0.0, 'faults': ['no such network: %s' % error]}
    return None


def work():
    """A worker with a lab of its own. Its jobs are the numbers of a network's scenarios."""
    bed.enter()
    with bed.Bed(sites.NAMES) as ground:
        net = topology.Internet(ground)

        def play(numbers):
            rows = [scenarios.ROWS[number] for number in numbers]
            failure = build(net, rows)
            return [failure or judge(net, row) for row in rows]

        crew.work(play)


class Board:
    """The output: a line for each scenario as it ends, and the sum."""

    def __init__(self, total, tap):
        self.tap = tap
        self.done = 0
        self.sum = collections.Counter()
        self.right = True
        if tap:
            # The last one is the comparison of neighbours
            print('TAP version 13\n1..%d' % (total + 1), flush=True)
        else:
            print('%-12s %6s  %s' % ('verdict', 's', 'scenario | truth | findings expected'))

    def add(self, scenario, result):
        verdict = max(result['verdicts'], key=VERDICTS.index)
        line = '%6.1f  %s | %s | %s' % (result['took'], scenario.name, scenario.truth,
                                        ' '.join(one.text for one in scenario.findings))
        self.done += 1
        self.sum.update(set(result['verdicts']))
        self.sum['seconds'] += result['took']
        if self.tap:
            print('%sok %d %s %s' % ('' if verdict == 'right' else 'not ', self.done, verdict,
                                     line.replace('#', '')), flush=True)
        else:
            print('%-12s %s' % (verdict, line), flush=True)
        for fault in result['faults']:
            print(('# ' if self.tap else '    ') + fault, flush=True)

    def compare(self, reports):
        """Compare neighbours, by their numbers in the table, of which both reports are right."""
        n_pairs = 0
        faults = []
        for one, other in neighbours.pairs(scenarios.ROWS):
            if one not in reports or other not in reports:
                continue
            before, after = scenarios.ROWS[one], scenarios.ROWS[other]
            comparison = neighbours.compare(reports[one], reports[other])
            n_pairs += 1
            faults += ['%s -> %s: %s' % (before.name, after.name, fault)
                       for fault in neighbours.find_faults(before, after, comparison)]
        self.right = not faults
        if self.tap:
            print('%sok %d %d neighbours compared' % ('not ' if faults else '', self.done + 1,
                                                      n_pairs))
        else:
            print('\n%d neighbours compared: %d faults' % (n_pairs, len(faults)))
        for fault in faults:
            print(('# ' if self.tap else '    ') + fault, flush=True)

    def finish(self, took):
        print('%s%d scenarios: %s, %.0f s of checks in %.0f s; all other findings forbidden' % (
            '# ' if self.tap else '\n', self.done,
            ', '.join('%d %s' % (self.sum[verdict], verdict) for verdict in VERDICTS),
            self.sum['seconds'], took), flush=True)
        return self.right and self.sum['right'] == self.done


def main(words):
    if not os.access(os.environ.get('SIDETONE_CLI', ''), os.X_OK):
        sys.exit('SIDETONE_CLI does not name a program. Run tests/lab/score.')
    tap = '--tap' in words
    words = [word for word in words if word != '--tap']
    groups = collections.defaultdict(list)
    for number, scenario in enumerate(scenarios.ROWS):
        if all(word in scenario.name for word in words):
            groups[scenario.variant].append(number)
    board = Board(sum(map(len, groups.values())), tap)
    start = time.monotonic()
    reports = {}

    def report(numbers, results):
        for number, result in zip(numbers, results or len(numbers) * [BROKEN]):
            board.add(scenarios.ROWS[number], result)
            if result['verdicts'] == ['right']:
                reports[number] = result['report']

    # Those that wait for deadlines go first, so that the others run meanwhile
    jobs = [numbers[at:at + LONGEST_JOB] for numbers in groups.values()
            for at in range(0, len(numbers), LONGEST_JOB)]
    crew.lead(sorted(jobs, key=lambda numbers: min(
        scenarios.ROWS[number].level != 'unknown' for number in numbers)), WORKERS, report)
    board.compare(reports)
    sys.exit(0 if board.finish(time.monotonic() - start) else 1)


if __name__ == '__main__':
    if crew.is_worker():
        work()
    else:
        main(sys.argv[1:])
