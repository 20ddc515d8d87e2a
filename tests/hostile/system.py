# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""A hostile computer: limits, signals, closed descriptors, a full disk, a wrong clock, and a connection
process that is another program."""

import os
import pathlib
import signal
import time

import scripted
from behaviours import Behaviours, FINISHED
from program import UNREADABLE

CHILD = 'SIDETONE_CONNECTION'


class System(Behaviours):
    """act: the command in which the program runs, "$@" in a shell; or what happens at a stage of the
    sign-in: a function of the test and the running program."""

    def play(self, act, at=None, options=(), environment=None):
        self.serve({'query': sign_out} if at == 'sign-out' else {at: scripted.hold} if at else {})
        settings = ['sh', '-c', act, 'sh'] if isinstance(act, str) else []
        running = self.launch_at_address(*options, settings=settings,
                                         environment=environment or {})
        if at:
            self.server.wait_for(at)
            act(self, running)
        return running


def sign_out(peer):
    """Answer, and not end the stream when the client does."""
    peer.result(scripted.SIC % peer.address[:2])
    peer.expect('</stream:stream>')
    peer.server.note('sign-out')
    scripted.hold(peer)


def run(name, act, **more):
    System.add(name, act, **dict({'status': FINISHED}, **more))


# What it is started with

run('signals_ignored', "trap '' CHLD PIPE HUP USR1; exec \"$@\"", quick=True)
run('few_descriptors', 'ulimit -n 24; exec "$@"')
run('too_few_descriptors_at_first', 'ulimit -S -n 12; exec "$@"')
run('small_stack', 'ulimit -s 256; exec "$@"')
run('no_core_dumps', 'ulimit -c 0; exec "$@"')
run('no_environment', 'exec env -i %s="$%s" "$@"' % (CHILD, CHILD))
run('nonsense_in_the_environment', 'exec env LC_ALL=xx_YY LANGUAGE=%%% TZ=:/nowhere HOME=/nowhere '
    'TMPDIR=/nowhere XDG_CACHE_HOME=nowhere "$@"', quick=True)
run('folder_that_is_gone', 'mkdir "$TMPDIR/gone-$$" && cd "$TMPDIR/gone-$$" && rmdir "$PWD" && '
    'exec "$@"')
run('without_proc', 'exec unshare -m sh -c \'mount -t tmpfs none /proc; exec "$@"\' sh "$@"')
run('without_authorities',
    'exec unshare -m sh -c \'mount -t tmpfs none /etc/ssl; exec "$@"\' sh "$@"')
run('full_disk', 'exec "$@" > /dev/full', status=UNREADABLE, words='could not be written',
    quick=True)
run('output_closed', 'exec "$@" >&-', status=UNREADABLE, words='could not be written')
for name, path in (('a_full_disk', '/dev/full'), ('nowhere', '/nowhere/report.json'),
                   ('a_folder', '/run'), ('proc', '/proc/report.json')):
    run('saved_in_' + name, 'exec "$@"', options=('--output', path), status=UNREADABLE,
        words='could not be written')
run('file_too_large', 'ulimit -f 1; exec "$@"', options=('--output', '/run/sidetone-bed/too-large'),
    status=UNREADABLE, words='could not be written')
for name, when, error, finding in (
        ('long_ago', '2015-01-01 00:00:00', 'certificate-not-yet-valid', 'clock-wrong'),
        ('far_away', '2095-01-01 00:00:00', 'certificate-expired', 'certificate')):
    run('clock_' + name, 'exec faketime "%s" "$@"' % when, status=2, error=error,
        findings=finding, quick=name == 'long_ago')


class Clock(Behaviours):
    """act: what the clock is set to in the middle of a check, as faketime writes it."""

    def play(self, act):
        clock = pathlib.Path(self.here.folder, self.domain + '.clock')
        clock.write_text('+0\n')

        def answer(peer):
            # Another file in its place, because it is read at any time
            new = clock.with_suffix('.new')
            new.write_text(act + '\n')
            new.rename(clock)
            scripted.hold(peer) if act in SILENT else peer.result(
                scripted.SIC % peer.address[:2])
            peer.answer()

        self.serve({'query': answer})
        return self.launch_at_address(environment={
            'LD_PRELOAD': str(next(pathlib.Path('/usr/lib').glob('*/faketime/libfaketime.so.1'))),
            'FAKETIME_TIMESTAMP_FILE': str(clock), 'FAKETIME_NO_CACHE': '1',
            'FAKETIME_DONT_FAKE_MONOTONIC': '1'})


SILENT = {'+1h', '-1h'}
for name, step in {'a_day_on': '+1d', 'a_day_back': '-1d', 'ten_years_back': '-10y'}.items():
    Clock.add('clock_set_' + name, step, status=FINISHED)
for name, step in {'on': '+1h', 'back': '-1h'}.items():
    Clock.add('clock_set_%s_and_silent' % name, step, error='no-answer', findings='no-answer',
              waits='query')


# What happens to its processes

def kill_child(number):
    def act(test, running):
        for child in running.children():
            os.kill(child, number)
    return act


def resume(test, running):
    """Stopped for a moment, with its child, as by Ctrl-Z and fg."""
    os.killpg(running.process.pid, signal.SIGSTOP)
    os.killpg(running.process.pid, signal.SIGCONT)
    os.killpg(running.process.pid, signal.SIGINT)


for number in (signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM, signal.SIGABRT):
    System.add('child_ended_by_%s' % number.name.lower(), kill_child(number), at='sasl',
               error='connection-program-ended', findings='connection-broken',
               quick=number == signal.SIGSEGV)
System.add('child_stopped', kill_child(signal.SIGSTOP), at='query', error='no-answer',
           findings='no-answer', waits='query')
System.add('child_stopped_at_the_end', kill_child(signal.SIGSTOP), at='sign-out', status=FINISHED,
           waits='sign_out', quick=True)
System.add('stream_that_never_ends', lambda *_: None, at='sign-out', status=FINISHED,
           waits='stream_end')
System.add('stopped_and_continued', resume, at='query', words='[Cc]ancel|stopped')
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    System.add('ended_by_%s' % number.name.lower(), lambda test, running, number=number:
               running.process.send_signal(number), at='bind', words='[Cc]ancel|stopped')


# Another program in place of the connection process

class Child(Behaviours):
    """act: the shell commands that run in its place."""

    def play(self, act):
        script = pathlib.Path(self.here.folder, self.domain + '.sh')
        script.write_text('#!/bin/sh\n' + act)
        script.chmod(0o755)
        self.serve({})
        return self.launch_at_address(environment={CHILD: str(script)})


for name, text, error, more in (
        ('says_nothing', 'exec true', 'connection-program-ended', {}),
        ('fails', 'exit 3', 'connection-program-ended', {'quick': True}),
        ('is_no_program', '\n', 'connection-program-ended', {}),
        ('says_nonsense', 'echo nonsense; exec sleep 60', 'connection-program-nonsense',
         {'quick': True}),
        ('says_half_a_line', 'printf \'{"event":"conn\'; exec true', 'connection-program-ended', {}),
        ('says_another_event', 'echo \'{"event":"party"}\'; exec sleep 60',
         'connection-program-nonsense', {}),
        ('says_it_is_signed_in', 'echo \'{"event":"signed-in","jid":"a@b/c","mechanism":"X"}\'; '
         'exec sleep 60', 'connection-program-nonsense', {}),
        ('never_ends_a_line', 'exec cat /dev/zero', 'connection-program-nonsense', {}),
        ('never_stops_talking', 'exec yes \'{"event":"stage","stage":"tls"}\'',
         'connection-program-nonsense', {}),
        ('hangs', 'exec sleep 60', 'tcp-no-answer', {'waits': 'tcp'}),
        ('hangs_with_closed_output', 'exec sleep 60 >&-', 'connection-program-ended', {}),
        ('ignores_signals', "trap '' INT TERM HUP; exec sleep 60", 'tcp-no-answer',
         {'waits': 'tcp'})):
    Child.add('child_' + name, text, error=error, findings=(
        'server-silent' if error == 'tcp-no-answer' else 'connection-broken'), **more)
