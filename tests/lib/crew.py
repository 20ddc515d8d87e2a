# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""A worker pool, each worker a process with a bed of its own (bed.py): a network and its servers are
made once for many jobs, and several jobs are done at once.

The script that leads starts itself once more for each worker, with the argument `work`. A worker says
that it is ready, then takes a job, a JSON value on a line, and answers with another; what it prints
besides goes to where errors go.
"""

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading

WORK = 'work'


def is_worker():
    return sys.argv[1:] == [WORK]


def work(do):
    """Do jobs as long as there are any: `do` takes one and returns its result."""
    with os.fdopen(os.dup(1), 'w') as answers:
        os.dup2(2, 1)
        answers.write('ready\n')
        answers.flush()
        for line in sys.stdin:
            answers.write(json.dumps(do(json.loads(line))) + '\n')
            answers.flush()


class _Worker:
    """A leader's end of a worker. `ask` returns None for ever once it has broken down."""

    def __init__(self):
        self._process = subprocess.Popen([sys.executable, sys.argv[0], WORK],
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.is_well = self._process.stdout.readline() == 'ready\n'

    def ask(self, job):
        with contextlib.suppress(OSError):
            self._process.stdin.write(json.dumps(job) + '\n')
            self._process.stdin.flush()
        line = self._process.stdout.readline()
        self.is_well = bool(line)
        return json.loads(line) if line else None

    def end(self):
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


def lead(jobs, n_workers, report):
    """Have all jobs done. report: gets each with its result, one at a time; the result is None where the
    worker broke down over the job, or none was left to do it."""
    left = queue.Queue()
    for job in jobs:
        left.put(job)
    lock = threading.Lock()

    def feed():
        worker = _Worker()
        with contextlib.suppress(queue.Empty):
            while worker.is_well:
                job = left.get_nowait()
                result = worker.ask(job)
                with lock:
                    report(job, result)
        worker.end()

    feeders = [threading.Thread(target=feed) for _ in range(min(n_workers, len(jobs)))]
    for feeder in feeders:
        feeder.start()
    for feeder in feeders:
        feeder.join()
    while not left.empty():
        report(left.get_nowait(), None)
