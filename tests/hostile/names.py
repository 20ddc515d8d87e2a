# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""A hostile name server (DNS, RFC 1035): its behaviours, and the server itself, which also knows where
the servers of all other behaviours are."""

import contextlib
import socket
import struct
import threading

from behaviours import Behaviours, FINISHED

A, NS, CNAME, TXT, AAAA, SRV = 1, 2, 5, 16, 28, 33
NO_ERROR, FORMAT_ERROR, SERVER_FAILURE, NAME_ERROR, REFUSED = 0, 1, 2, 3, 5
RESPONSE, TRUNCATED = 0x8400, 0x0200
CLIENT, DIRECT = '_xmpp-client._tcp.', '_xmpps-client._tcp.'


def name(text):
    """A name on the wire, of which no label is checked."""
    labels = text.encode().split(b'.') if text else []
    return b''.join(bytes([len(label)]) + label for label in labels) + b'\0'


def record(owner, kind, data, ttl=60):
    return name(owner) + struct.pack('!HHIH', kind, 1, ttl, len(data)) + data


def srv(owner, target, port=5222, priority=0):
    return record(owner, SRV, struct.pack('!HHH', priority, 5, port) + name(target))


def address(owner, text):
    family = socket.AF_INET6 if ':' in text else socket.AF_INET
    return record(owner, AAAA if ':' in text else A, socket.inet_pton(family, text))


class Question:
    """What a client asked. domain: the behaviour's, without labels for SRV before it."""

    def __init__(self, message, over_tcp):
        self.identity = message[:2]
        self.over_tcp = over_tcp
        labels, at = [], 12
        while message[at]:
            labels.append(message[at + 1:at + 1 + message[at]].decode())
            at += 1 + message[at]
        self.name = '.'.join(labels)
        self.kind, = struct.unpack('!H', message[at + 1:at + 3])
        self.echo = message[12:at + 5]
        self.domain = '.'.join(labels[-3:])

    def answer(self, *records, code=NO_ERROR, flags=RESPONSE, identity=None, count=None, echo=None):
        return ((identity or self.identity) + struct.pack(
            '!5H', flags | code, 1, len(records) if count is None else count, 0, 0)
            + (self.echo if echo is None else echo) + b''.join(records))

    def usual(self):
        """A server of the domain, at the behaviour's address."""
        place = Behaviours.places.get(self.domain)
        if place is None:
            return self.answer(code=NAME_ERROR)
        if self.kind == SRV and self.name.startswith(CLIENT):
            return self.answer(srv(self.name, self.domain))
        if self.kind == A and not self.name.startswith('_'):
            return self.answer(address(self.name, place))
        return self.answer()


class NameServer:
    """On 127.0.0.1, UDP and TCP. acts: domains to what answers for them: a function of the question,
    which returns a message, several, or none."""

    def __init__(self, computer):
        self.acts = {}
        self.failure = None
        self._udp = computer.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._udp.bind(('127.0.0.1', 53))
        self._tcp = computer.listen('127.0.0.1', 53)
        for serve in (self._serve_udp, self._serve_tcp):
            threading.Thread(target=serve, daemon=True).start()
        computer.keep(self)

    def _answers(self, message, over_tcp):
        question = Question(message, over_tcp)
        try:
            answer = self.acts.get(question.domain, Question.usual)(question)
        except Exception as error:  # pylint: disable=broad-except
            self.failure = error
            return []
        return answer if isinstance(answer, list) else [answer] if answer else []

    def _serve_udp(self):
        with contextlib.suppress(OSError):
            while True:
                message, client = self._udp.recvfrom(2048)
                for answer in self._answers(message, False):
                    self._udp.sendto(answer, client)

    def _serve_tcp(self):
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=self._talk, args=(self._tcp.accept()[0],),
                                 daemon=True).start()

    def _talk(self, peer):
        with contextlib.suppress(OSError), peer:
            while True:
                head = peer.recv(2, socket.MSG_WAITALL)
                if len(head) < 2:
                    return
                message = peer.recv(int.from_bytes(head, 'big'), socket.MSG_WAITALL)
                answers = self._answers(message, True)
                for answer in answers:
                    peer.sendall(struct.pack('!H', len(answer)) + answer)

    def stop(self):
        self._udp.close()
        with contextlib.suppress(OSError):
            self._tcp.shutdown(socket.SHUT_RDWR)
        self._tcp.close()


class Names(Behaviours):
    """act: answers all questions about the behaviour's domain. A good XMPP server is there."""

    def play(self, act, options=()):
        self.serve({})
        server = self.here.server(NameServer)
        server.acts[self.domain] = act
        self.addCleanup(self.assertIsNone, server.failure)
        return self.launch('--only', 'address', *options)


def only(kind, act):
    """Hostile about records of one kind."""
    return lambda question: act(question) if question.kind == kind else question.usual()


Names.add('in_good_order', Question.usual, status=FINISHED)
Names.add('silence', lambda question: None, error='dns-no-answer', findings='dns-silent', waits='dns')
Names.add('format_error', lambda question: question.answer(code=FORMAT_ERROR), error='dns-failed',
          findings='dns-silent')
Names.add('server_failure', lambda question: question.answer(code=SERVER_FAILURE),
          error='dns-failed', findings='dns-silent')
Names.add('refused', lambda question: question.answer(code=REFUSED), error='dns-failed',
          findings='dns-silent')
Names.add('no_such_name', lambda question: question.answer(code=NAME_ERROR),
          error='name-not-found', findings='name-not-found')
Names.add('nothing_but_a_header', lambda question: question.identity, error='dns-failed',
          findings='dns-silent')
Names.add('garbage', lambda question: question.identity + b'\xff' * 400, error='dns-no-answer',
          findings='dns-silent', waits='dns')
Names.add('another_identity_first', lambda question: [
    question.answer(address(question.name, '192.0.2.66'), identity=b'??'), question.usual()],
    status=FINISHED, quick=True)
Names.add('another_question_first', lambda question: [
    question.answer(address('evil.lit', '192.0.2.66'), echo=name('evil.lit')
                    + struct.pack('!HH', question.kind, 1)), question.usual()], status=FINISHED)
Names.add('truncated_over_udp', lambda question: question.usual() if question.over_tcp
          else question.answer(flags=RESPONSE | TRUNCATED), status=FINISHED)
Names.add('truncated_for_ever', lambda question: question.answer(flags=RESPONSE | TRUNCATED),
          error='name-not-found', findings='name-not-found')
Names.add('cut_short', lambda question: question.usual()[:-3], error='dns-failed',
          findings='dns-silent')
Names.add('more_counted_than_sent', lambda question: question.answer(
    address(question.name, '127.0.0.1'), count=60000), error='name-not-found',
    findings='name-not-found')
Names.add('alias_of_itself', lambda question: question.answer(record(
    question.name, CNAME, name(question.name))), error='name-not-found',
    findings='name-not-found', quick=True)
Names.add('pointer_to_itself', lambda question: question.answer(
    b'\xc0' + bytes([12 + len(question.echo)]) + struct.pack('!HHIH', question.kind, 1, 60, 4)
    + b'\x7f\0\0\1'), error='dns-failed', findings='dns-silent')
Names.add('srv_of_no_name', only(SRV, lambda question: question.answer(srv(question.name, ''))),
          error='not-offered-by-dns', findings='name-not-found')
Names.add('srv_of_port_0', only(SRV, lambda question: question.answer(srv(
    question.name, question.domain, port=0))), status=FINISHED)
Names.add('srv_of_a_nasty_name', only(SRV, lambda question: question.answer(srv(
    question.name, 'a\u202eb\x1b[31m.lit'))), error='name-not-found',
    findings='server-silent', words="server that doesn't exist")
Names.add('srv_of_an_address', only(SRV, lambda question: question.answer(srv(
    question.name, '127.0.0.1'))), error='connection-refused', findings='server-silent')
Names.add('srv_to_nowhere', only(SRV, lambda question: question.answer(srv(
    question.name, 'nowhere.lit'))), error='name-not-found', findings='server-silent',
    words="server that doesn't exist", quick=True)
Names.add('srv_that_is_too_short', only(SRV, lambda question: question.answer(record(
    question.name, SRV, b'\0\0'))), status=FINISHED, findings='srv-silent')
Names.add('a_hundred_targets', only(SRV, lambda question: question.answer(*(srv(
    question.name, question.domain, port=6000 + number, priority=number)
    for number in range(100)))), error='connection-refused', findings='server-silent')
Names.add('srv_silent', only(SRV, lambda question: None), status=FINISHED, findings='srv-silent',
          waits='dns')
Names.add('addresses_of_nobody', only(A, lambda question: question.answer(*(
    address(question.name, place) for place in ('0.0.0.0', '255.255.255.255', '224.0.0.1')))),
    error='connection-refused', findings='server-silent')
Names.add('hundreds_of_addresses', only(A, lambda question: question.answer(*(
    address(question.name, '127.9.%d.%d' % (i // 250, 1 + i % 250)) for i in range(500)))),
    error='connection-refused', findings='server-silent')
Names.add('address_of_three_bytes', only(A, lambda question: question.answer(record(
    question.name, A, b'\x7f\0\0'))), error='name-not-found', findings='server-silent')
