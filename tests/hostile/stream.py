# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Hostile XMPP streams, TLS handshakes and sign-ins (SASL)."""

import base64
import ssl
import time

import scripted
from behaviours import Behaviours, FINISHED, PASSWORD

STREAM = ("<stream:stream xmlns='jabber:client' version='1.0' id='1' "
          "xmlns:stream='http://etherx.jabber.org/streams' from='%s'>")
STREAMS = 'urn:ietf:params:xml:ns:xmpp-streams'
TLS = "urn:ietf:params:xml:ns:xmpp-tls"
STARTTLS = "<starttls xmlns='%s'><required/></starttls>" % TLS
FEATURES = '<stream:features>' + STARTTLS + '</stream:features>'
# An override, an escape and a bell
NASTY = 'a\u202eb\u009bc'
LARGE = 300000
# What the program says is not called the server's words, nor a sign-in unfinished that was done
NOT_ITS_WORDS, SIGNED_IN = r'(?s)\A(?!.*own words)', r'(?s)\A(?!.*(not finish|before the) sign-in)'


class Stream(Behaviours):
    """at: the stage (scripted.STAGES) that the behaviour takes the place of."""

    def play(self, act, at='secured', security='starttls', options=(), **script):
        self.serve({at: act}, **script)
        return self.launch_at_address(*options, security=security)


def header(peer):
    return STREAM % peer.server.domain


# Before anything is encrypted

Stream.add('ssh_banner', scripted.say('SSH-2.0-OpenSSH_9.2p1\r\n'), at='tcp', quick=True,
           error='not-xmpp', findings='not-xmpp')
Stream.add('bytes_of_zero', scripted.say('\0' * 64), at='tcp', error='not-xmpp',
           findings='not-xmpp')
Stream.add('utf_16', lambda peer: (peer.socket.sendall(header(peer).encode('utf-16')),
                                   scripted.hold(peer)), at='tcp', error='not-xmpp',
           findings='not-xmpp')
Stream.add('redirected_by_a_portal', scripted.say(
    'HTTP/1.1 302 Found\r\nLocation: http://login.lit/\r\n\r\n'), at='tcp', error='http-answer',
    findings='not-xmpp', words='log in')


@Stream.does(at='tcp', error='not-xmpp', findings='not-xmpp')
def flood_of_letters(peer):
    while True:
        peer.send('x' * 65536)


@Stream.does(at='stream', status=FINISHED, quick=True)
def header_in_two_segments(peer):
    peer.expect('<stream:stream[^>]*>')
    text = "<?xml version='1.0'?>" + header(peer) + FEATURES
    for part in (text[:30], text[30:]):
        peer.send(part)
        time.sleep(0.1)
    start_tls(peer)


@Stream.does(at='stream', status=FINISHED, quick=True)
def header_byte_by_byte(peer):
    peer.expect('<stream:stream[^>]*>')
    for letter in "<?xml version='1.0'?>" + header(peer) + FEATURES:
        peer.send(letter)
        time.sleep(0.001)
    start_tls(peer)


def start_tls(peer):
    peer.expect('<starttls[^>]*>')
    peer.send("<proceed xmlns='%s'/>" % TLS)
    secure(peer)


def secure(peer):
    """Go on with the handshake and all that follows, in good order."""
    peer.direct = True
    peer.server.instead = {}
    peer.converse()


@Stream.does(at='tcp', error='stream-no-answer', findings='server-silent', waits='sign_in',
             words='10 seconds')
def blanks_for_ever(peer):
    while True:
        peer.send(' ')
        time.sleep(0.2)


@Stream.does(at='stream', error='other-tls', findings='no-security')
def alert_of_tls(peer):
    peer.read()
    peer.socket.sendall(b'\x15\x03\x03\0\x02\x02\x28')


@Stream.does(at='stream', error='invalid-xml', findings='server-refuses', quick=True)
def billion_laughs(peer):
    levels = ''.join("<!ENTITY l%d '%s'>" % (i + 1, ('&l%d;' % i) * 10) for i in range(9))
    peer.send("<?xml version='1.0'?><!DOCTYPE s [<!ENTITY l0 'ha'>%s]>%s<stream:features>&l9;"
              '</stream:features>' % (levels, header(peer)))
    scripted.hold(peer)


@Stream.does(at='stream', error='too-much-data', findings='server-refuses')
def attribute_without_end(peer):
    peer.send(header(peer) + "<stream:features a='" + 'x' * LARGE)
    scripted.hold(peer)


@Stream.does(at='stream', error='too-much-data', findings='server-refuses')
def features_without_end(peer):
    peer.send(header(peer) + '<stream:features>')
    while True:
        peer.send("<feature xmlns='urn:x'>y</feature>" * 100)


@Stream.does(at='stream', error='too-much-data', findings='server-refuses')
def deeply_nested(peer):
    peer.send(header(peer) + '<a>' * LARGE)
    scripted.hold(peer)


@Stream.does(at='stream', error='invalid-xml', findings='server-refuses', words=NOT_ITS_WORDS)
def tags_that_do_not_match(peer):
    peer.send(header(peer) + '<stream:features></stream:other>')
    scripted.hold(peer)


@Stream.does(at='stream', error='invalid-xml', findings='server-refuses')
def bytes_that_are_no_utf_8(peer):
    peer.send(header(peer) + '<stream:features>')
    peer.socket.sendall(b'\xff\xfe\xc0\xaf</stream:features>')
    scripted.hold(peer)


def end_with(condition, text=''):
    def send(peer):
        if peer.server.times.keys() == {'tcp', 'stream'}:
            peer.send(header(peer))
        peer.send("<stream:error><%s xmlns='%s'/><text xmlns='%s'>%s</text></stream:error>"
                  '</stream:stream>' % (condition, STREAMS, STREAMS, text))
        scripted.hold(peer)
    return send


Stream.add('error_that_turns_words_around', end_with('policy-violation', NASTY), at='stream',
           error='stream-policy', findings='server-refuses', quick=True)
Stream.add('error_with_a_long_text', end_with('policy-violation', 'blah ' * 20000), at='stream',
           error='stream-policy', findings='server-refuses')
Stream.add('error_of_its_own', end_with('the-moon-is-full'), at='stream', error='stream-error',
           findings='server-refuses')
Stream.add('sent_elsewhere', end_with('see-other-host', '192.0.2.66'), at='stream',
           error='see-other-host', findings='server-refuses')
Stream.add('nothing_offered', lambda peer: (peer.stream(''), scripted.hold(peer)), at='stream',
           error='tls-not-offered', findings='no-security')
Stream.add('features_of_another_namespace', lambda peer: (peer.stream(
    "<starttls xmlns='urn:other'/>"), scripted.hold(peer)), at='stream', error='tls-not-offered',
    findings='no-security')


@Stream.does(at='stream', error='connection-lost', findings='connection-lost')
def stream_ends_at_once(peer):
    peer.send(header(peer) + '</stream:stream>')


# The handshake

@Stream.does(at='starttls', status=FINISHED, words='SCRAM-SHA-1', quick=True)
def plain_text_after_proceed(peer):
    """What comes before the handshake is not taken for what comes inside it."""
    peer.send("<proceed xmlns='%s'/>" % TLS + '<stream:features><mechanisms %s>'
              '<mechanism>PLAIN</mechanism></mechanisms></stream:features>' % scripted.SASL)
    secure(peer)


@Stream.does(at='starttls', error='tls-no-answer', findings='no-security', waits='tls',
             words='5 seconds')
def proceed_of_another_namespace(peer):
    peer.send("<proceed xmlns='urn:other'/>")
    scripted.hold(peer)


Stream.add('handshake_of_garbage', lambda peer: (peer.read(), peer.socket.sendall(
    bytes(range(256)) * 64), scripted.hold(peer)), at='tls', error='tls-failed',
    findings='no-security')
Stream.add('handshake_ends', lambda peer: peer.read(), at='tls', error='connection-lost',
           findings='no-security', words='ended while encryption')
Stream.add('handshake_refused', lambda peer: (peer.read(), peer.socket.sendall(
    b'\x15\x03\x03\0\x02\x02\x28'), scripted.hold(peer)), at='tls', error='tls-failed',
    findings='no-security')
Stream.add('record_too_large', lambda peer: (peer.read(), peer.socket.sendall(
    b'\x16\x03\x03\xff\xff' + bytes(70000)), scripted.hold(peer)), at='tls', error='tls-failed',
    findings='no-security')
Stream.add('record_that_never_ends', lambda peer: (peer.read(), peer.socket.sendall(
    b'\x16\x03\x03\x20\0\x02'), scripted.hold(peer)), at='tls', error='tls-no-answer',
    findings='no-security', waits='tls')


def handshake(**how):
    """A handshake in which the server insists on something."""
    def shake(peer):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        pair = peer.server.pair
        context.load_cert_chain(pair.with_suffix('.pem'), pair.with_suffix('.key'))
        for name, value in how.items():
            if name == 'ciphers':
                context.set_ciphers(value)
            elif name == 'authority':
                context.verify_mode = ssl.CERT_REQUIRED
                context.load_verify_locations(pair.with_name('ca.pem'))
            else:
                setattr(context, name, value)
        try:
            peer.socket = context.wrap_socket(peer.socket, server_side=True)
            scripted.hold(peer)
        except ssl.SSLError as error:
            raise scripted.Gone() from error
    return shake


Stream.add('tls_1_1', handshake(minimum_version=ssl.TLSVersion.TLSv1,
                                maximum_version=ssl.TLSVersion.TLSv1_1,
                                ciphers='ALL:@SECLEVEL=0'), at='tls', error='tls-failed',
           findings='no-security')
Stream.add('no_encryption_at_all', handshake(maximum_version=ssl.TLSVersion.TLSv1_2,
                                             ciphers='eNULL:@SECLEVEL=0'), at='tls',
           error='tls-failed', findings='no-security')
Stream.add('no_certificate', handshake(maximum_version=ssl.TLSVersion.TLSv1_2,
                                       ciphers='ADH:@SECLEVEL=0'), at='tls', error='tls-failed',
           findings='no-security')
Stream.add('certificate_demanded', handshake(authority=True), at='tls', error='connection-lost',
           findings='connection-lost')


# Inside it

Stream.add('garbage_inside', lambda peer: (peer.read(), peer.send('no stream at all'),
                                           scripted.hold(peer)), error='not-xmpp',
           findings='not-xmpp')
Stream.add('closed_inside', lambda peer: peer.socket.unwrap(), error='connection-lost',
           findings='connection-lost')


@Stream.does(error='too-much-data', findings='server-refuses')
def blanks_without_end_inside(peer):
    peer.expect('<stream:stream[^>]*>')
    peer.send(header(peer))
    while True:
        peer.send(' ' * 16384)


Stream.add('ten_thousand_mechanisms', scripted.hold, at='sasl', error='too-much-data',
           findings='server-refuses', mechanisms=['X-%06d' % i for i in range(10000)])
Stream.add('mechanisms_without_a_name', scripted.hold, at='sasl', error='no-common-mechanism',
           findings='no-security', mechanisms=['', ' ', NASTY])
Stream.add('anonymous_alone', scripted.hold, at='sasl', error='no-common-mechanism',
           findings='no-security', mechanisms=['ANONYMOUS', 'EXTERNAL'], quick=True)


# The sign-in

def say(text):
    """SASL's words in their namespace."""
    def send(peer):
        peer.send(text.replace('/>', ' %s/>' % scripted.SASL) if text.endswith('/>')
                  else text.replace('>', ' %s>' % scripted.SASL, 1))
        scripted.hold(peer)
    return send


def element(name, text):
    return '<%s>%s</%s>' % (name, base64.b64encode(text.encode()).decode(), name)


def challenge(fields):
    """{nonce}: the client's."""
    def send(peer):
        nonce = peer.first.split(',r=', 1)[1]
        say(element('challenge', fields.replace('{nonce}', nonce)))(peer)
    return send


GOOD_SALT = 's=' + base64.b64encode(b'salt').decode()
for name, fields in {
        'nonce_of_its_own': 'r=other,%s,i=4096' % GOOD_SALT,
        'nonce_without_an_addition': 'r={nonce},%s,i=4096' % GOOD_SALT}.items():
    Stream.add(name, challenge(fields), at='sasl', error='server-unproven', findings='certificate')
for name, fields in {
        'no_iterations': 'r={nonce}x,%s' % GOOD_SALT,
        'iterations_of_zero': 'r={nonce}x,%s,i=0' % GOOD_SALT,
        'iterations_beyond_32_bits': 'r={nonce}x,%s,i=4294967297' % GOOD_SALT,
        'iterations_in_words': 'r={nonce}x,%s,i=many' % GOOD_SALT,
        'mandatory_extension': 'm=x,r={nonce}x,%s,i=4096' % GOOD_SALT,
        'salt_of_60_kilobytes': 'r={nonce}x,s=%s,i=4096' % base64.b64encode(bytes(60000)).decode(),
        'challenge_of_nothing': ''}.items():
    Stream.add(name, challenge(fields), at='sasl', error='bad-challenge',
               findings='server-refuses', quick=name == 'iterations_of_zero')
Stream.add('two_thousand_million_iterations', challenge('r={nonce}x,%s,i=2147483647' % GOOD_SALT),
           at='sasl', error='sign-in-no-answer', findings='server-silent', waits='sign_in',
           words='10 seconds')
Stream.add('challenge_that_is_no_base64', say('<challenge>***</challenge>'), at='sasl',
           error='bad-challenge', findings='server-refuses')
Stream.add('success_without_proof', say('<success/>'), at='sasl', error='server-unproven',
           findings='certificate', quick=True)
Stream.add('success_with_a_wrong_proof', say(element('success', 'v=AAAA')), at='sasl',
           error='server-unproven', findings='certificate')
Stream.add('password_quoted_back', say('<failure><not-authorized/><text>No %s, no %s</text></failure>'
                                       % (PASSWORD, base64.b64encode(PASSWORD.encode()).decode())),
           at='sasl', error='not-authorized', findings='wrong-password', quick=True)
Stream.add('failure_of_its_own', say('<failure><full-moon/><text>%s</text></failure>' % NASTY),
           at='sasl', error='sign-in-refused', findings='account-refused')
Stream.add('failure_of_nothing', say('<failure/>'), at='sasl', error='sign-in-refused',
           findings='account-refused')
Stream.add('sasl_aborted', say('<failure><aborted/></failure>'), at='sasl', error='sign-in-broken',
           findings='server-refuses')
Stream.add('word_of_no_protocol', say('<perhaps/>'), at='sasl', error='bad-challenge',
           findings='server-refuses')
Stream.add('stream_error_in_the_sign_in', end_with('internal-server-error'), at='sasl',
           error='stream-unavailable', findings='server-refuses')


# The session

def bound(text):
    """Answer the request to bind a resource with this. %s: its ID."""
    def send(peer):
        peer.send(text.replace('%s', peer.bind_id))
        scripted.hold(peer)
    return send


BOUND = "<iq type='result' id='%%s'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>%s</bind></iq>"
Stream.add('bind_without_a_jid', bound(BOUND % ''), at='bind', error='bind-refused',
           findings='server-refuses')
Stream.add('bind_with_another_id', bound((BOUND % '<jid>a@b/c</jid>').replace('%s', 'other')),
           at='bind', error='bind-no-answer', findings='server-silent', waits='sign_in')
Stream.add('bind_refused_in_nasty_words', bound(
    "<iq type='error' id='%s'><error type='cancel'><conflict "
    "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/><text "
    "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>" + NASTY + '</text></error></iq>'), at='bind',
    error='session-conflict', findings='session-conflict', quick=True)
Stream.add('bind_refused_without_words', bound("<iq type='error' id='%s'/>"), at='bind',
           error='bind-refused', findings='server-refuses')


@Stream.does(at='query', error='connection-lost', findings='connection-lost', quick=True,
             words=SIGNED_IN)
def ends_once_signed_in(peer):
    peer.send('</stream:stream>')


def flooded(text):
    """So many stanzas, and then the true answer."""
    def send(peer):
        for _ in range(20):
            peer.send(text * 100)
        peer.result(scripted.SIC % peer.address[:2])
        peer.answer()
    return send


Stream.add('flood_of_requests', flooded(
    "<iq type='get' id='x' from='stranger@elsewhere.lit'><ping xmlns='urn:xmpp:ping'/></iq>"),
    at='query', status=FINISHED)
Stream.add('flood_of_messages', flooded(
    "<message from='stranger@elsewhere.lit'><body>%s</body></message>" % ('x' * 1000)), at='query',
    status=FINISHED)
Stream.add('flood_of_answers', flooded("<iq type='result' id='1'/>"), at='query', status=FINISHED)
Stream.add('stanza_without_end', lambda peer: (peer.send('<message><body>'), [
    peer.send('x' * 65536) for _ in range(100)], scripted.hold(peer)), at='query',
    error='too-much-data', findings='server-refuses')


@Stream.does(at='query', error='invalid-xml', findings='server-refuses', words=NOT_ITS_WORDS)
def comment_in_the_stream(peer):
    peer.send('<!-- XMPP forbids it --><?php ?><iq>')
    peer.send('</message>')
    scripted.hold(peer)


@Stream.does(at='query', error='stream-unavailable', findings='server-refuses')
def shut_down_in_the_middle(peer):
    peer.send("<stream:error><system-shutdown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>"
              '</stream:error></stream:stream>')
    scripted.hold(peer)
