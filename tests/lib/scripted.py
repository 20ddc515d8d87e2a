# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""An XMPP server that does what no real one will: falls silent, lies, breaks off.

It leads each client through the stages of a sign-in correctly, but a test may replace its behaviour
at one stage. The replacement is a function of the Peer, and when it returns the connection is
closed:

    Scripted(computer, 'montague.lit', accounts, instead={'sasl': hold})
"""

import base64
import contextlib
import hashlib
import hmac
import os
import pathlib
import re
import socket
import ssl
import struct
import threading
import time

# `starttls` begins when the client asks for it, `tls` with the handshake, `secured` with the stream
# inside; with direct TLS there is no `stream` and no `starttls`
STAGES = ('tcp', 'stream', 'starttls', 'tls', 'secured', 'sasl', 'bind', 'query')
SASL = "xmlns='urn:ietf:params:xml:ns:xmpp-sasl'"
SIC = "<address xmlns='urn:xmpp:sic:1'><ip>%s</ip><port>%d</port></address>"
SERVICES = "<services xmlns='urn:xmpp:extdisco:2'>%s</services>"
TIME = "<time xmlns='urn:xmpp:time'><tzo>Z</tzo><utc>%s</utc></time>"


class Gone(Exception):
    """The client closed the connection, or the test is over."""


def hold(peer):
    """Stay silent until the client goes away."""
    while True:
        peer.read()


def reset(peer):
    """Break off without a word: the client gets a reset, not an orderly end."""
    peer.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))


def close(peer):
    """Break off by closing, at any point."""


def say(text):
    """Send these words, then stay silent."""
    def send_and_hold(peer):
        peer.send(text)
        hold(peer)
    return send_and_hold


class Peer:
    """One client's connection, as the server sees it."""

    def __init__(self, server, connection, direct):
        self.server = server
        self.socket = connection
        self.direct = direct
        self.address = connection.getpeername()
        self.buffer = b''
        # The client's first words in SCRAM, and the IDs of its queries
        self.first = ''
        self.bind_id = self.query_id = ''

    def send(self, text):
        self.socket.sendall(text.encode())

    def read(self):
        try:
            got = self.socket.recv(16384)
        except OSError as error:
            raise Gone() from error
        if not got:
            raise Gone()
        self.buffer += got

    def expect(self, pattern):
        """Read until the pattern matches; return its match and forget the input up to its end."""
        while True:
            match = re.search(pattern.encode(), self.buffer, re.DOTALL)
            if match is not None:
                self.buffer = self.buffer[match.end():]
                return match
            self.read()

    def enter(self, stage):
        """Note that the stage begins; true if the script replaces it."""
        self.server.note(stage)
        act = self.server.instead.get(stage)
        if act is None:
            return False
        act(self)
        return True

    def stream(self, features):
        self.expect('<stream:stream[^>]*>')
        self.send("<?xml version='1.0'?><stream:stream xmlns='jabber:client' version='1.0' "
                  "xmlns:stream='http://etherx.jabber.org/streams' id='%s' from='%s'>"
                  "<stream:features>%s</stream:features>"
                  % (os.urandom(4).hex(), self.server.domain, features))

    def converse(self):
        """The whole sign-in, in order."""
        if self.enter('tcp'):
            return
        if not self.direct:
            if self.enter('stream'):
                return
            self.stream("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>")
            self.expect('<starttls[^>]*>')
            if self.enter('starttls'):
                return
            self.send("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")
        if self.enter('tls'):
            return
        try:
            self.socket = self.server.context.wrap_socket(self.socket, server_side=True)
        except (OSError, ssl.SSLError) as error:
            raise Gone() from error
        if self.enter('secured'):
            return
        self.stream('<mechanisms %s>%s</mechanisms>' % (SASL, ''.join(
            '<mechanism>%s</mechanism>' % name for name in self.server.mechanisms)))
        auth = self.expect(r'<auth\b[^>]*>([^<]*)</auth>')
        self.first = base64.b64decode(auth[1]).decode()
        if self.enter('sasl') or not self.sign_in():
            return
        self.stream("<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>" if self.server.bind else '')
        self.bind_id = self.attribute(self.expect(r'<iq\b([^>]*)>.*?</iq>')[1], 'id')
        if self.enter('bind'):
            return
        self.send("<iq type='result' id='%s'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
                  "<jid>%s/balcony</jid></bind></iq>" % (self.bind_id, self.jid))
        self.answer()

    def sign_in(self):
        """SCRAM-SHA-1, RFC 5802; the proof is checked."""
        bare = self.first.split(',', 2)[2]
        fields = dict(field.split('=', 1) for field in bare.split(','))
        password = self.server.accounts.get(fields['n'])
        self.jid = fields['n'] + '@' + self.server.domain
        salt, rounds = os.urandom(12), 4096
        challenge = 'r=%s%s,s=%s,i=%d' % (fields['r'], os.urandom(8).hex(),
                                          base64.b64encode(salt).decode(), rounds)
        self.send('<challenge %s>%s</challenge>'
                  % (SASL, base64.b64encode(challenge.encode()).decode()))
        reply = self.expect(r'<response\b[^>]*>([^<]*)</response>')
        without_proof, proof = base64.b64decode(reply[1]).decode().rsplit(',p=', 1)
        salted = hashlib.pbkdf2_hmac('sha1', (password or '').encode(), salt, rounds)
        client_key = hmac.digest(salted, b'Client Key', 'sha1')
        signed = ','.join((bare, challenge, without_proof)).encode()
        signature = hmac.digest(hashlib.sha1(client_key).digest(), signed, 'sha1')
        expected = bytes(a ^ b for a, b in zip(client_key, signature))
        if password is None or base64.b64decode(proof) != expected:
            self.send('<failure %s><not-authorized/></failure></stream:stream>' % SASL)
            return False
        verifier = hmac.digest(hmac.digest(salted, b'Server Key', 'sha1'), signed, 'sha1')
        self.send('<success %s>%s</success>'
                  % (SASL, base64.b64encode(b'v=' + base64.b64encode(verifier)).decode()))
        return True

    def answer(self):
        """Answer queries until the client closes the stream."""
        while True:
            request = self.expect(r'<iq\b([^>]*)>(.*?)</iq>|</stream:stream>')
            if request[1] is None:
                if not self.enter('sign-out'):
                    self.send('</stream:stream>')
                return
            identity = self.attribute(request[1], 'id')
            if b'disco#info' in request[2]:
                self.send("<iq type='result' id='%s' from='%s'>"
                          "<query xmlns='http://jabber.org/protocol/disco#info'>"
                          "<identity category='server' type='im' name='Script'/>%s</query></iq>"
                          % (identity, self.server.domain, ''.join(
                              "<feature var='%s'/>" % name for name in self.server.features)))
            elif b'urn:xmpp:sic:1' in request[2]:
                self.query_id = identity
                if self.enter('query'):
                    return
                self.result(SIC % self.address[:2])
            elif b'urn:xmpp:extdisco:2' in request[2] and self.server.services is not None:
                self.result(SERVICES % self.server.services, identity)
            elif b'urn:xmpp:time' in request[2] and self.server.time is not None:
                self.result(TIME % self.server.time, identity)
            else:
                self.error('cancel', 'service-unavailable', identity=identity)

    def result(self, payload, identity=None):
        """Answer the address query."""
        self.send("<iq type='result' id='%s'>%s</iq>" % (identity or self.query_id, payload))

    def error(self, kind, condition, text='', identity=None):
        """Refuse the address query."""
        self.send("<iq type='error' id='%s'><error type='%s'>"
                  "<%s xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>%s</error></iq>"
                  % (identity or self.query_id, kind, condition,
                     "<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>%s</text>" % text
                     if text else ''))

    @staticmethod
    def attribute(attributes, name):
        match = re.search(r'\b%s=["\']([^"\']*)' % name, attributes.decode())
        return match[1] if match else ''


class Scripted:
    """A scripted server on a computer, by default on its loopback: STARTTLS on 5222, direct TLS on
    5223."""

    def __init__(self, computer, domain, accounts, instead=None, certificate='good',
                 mechanisms=('SCRAM-SHA-1',), bind=True,
                 features=('http://jabber.org/protocol/disco#info', 'urn:xmpp:sic:1'),
                 services=None, time_utc=None, addresses=('127.0.0.1', '::1')):
        self.domain = domain
        self.accounts = accounts
        self.instead = instead or {}
        self.mechanisms = mechanisms
        self.bind = bind
        self.features = features
        # The announced services, and the time; None: not offered
        self.services = services
        self.time = time_utc
        self.times = {}
        self.failure = None
        self._noted = threading.Condition()
        self._peers = set()
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        # Its certificate: the name that all tests know, or a file's
        self.pair = pathlib.Path(certificate)
        if self.pair.suffix != '.pem':
            self.pair = computer.bed.certificate(certificate)
        self.context.load_cert_chain(self.pair, self.pair.with_suffix('.key'))
        self._listeners = []
        for address in addresses:
            for port, direct in ((5222, False), (5223, True)):
                listener = computer.listen(address, port)
                self._listeners.append(listener)
                self._thread(self._accept, listener, direct)
        computer.keep(self)

    @staticmethod
    def _thread(function, *arguments):
        threading.Thread(target=function, args=arguments, daemon=True).start()

    def note(self, stage):
        with self._noted:
            self.times[stage] = time.monotonic()
            self._noted.notify_all()

    def wait_for(self, stage, timeout=20.0):
        """Block until a client has come to the stage."""
        with self._noted:
            if not self._noted.wait_for(lambda: stage in self.times, timeout):
                raise TimeoutError('no client came to ' + stage)

    def _accept(self, listener, direct):
        with contextlib.suppress(OSError):
            while True:
                self._thread(self._serve, listener.accept()[0], direct)

    def _serve(self, connection, direct):
        peer = None
        try:
            peer = Peer(self, connection, direct)
            self._peers.add(peer)
            peer.converse()
        except (Gone, OSError):
            pass
        except Exception as error:  # pylint: disable=broad-except
            # For a test whose client behaves oddly
            self.failure = error
        finally:
            self._peers.discard(peer)
            with contextlib.suppress(OSError):
                (peer.socket if peer else connection).close()

    def stop(self):
        for listener in self._listeners:
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        for peer in list(self._peers):
            with contextlib.suppress(OSError):
                peer.socket.shutdown(socket.SHUT_RDWR)
