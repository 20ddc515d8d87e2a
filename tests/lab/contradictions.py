# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Whether a report contradicts itself: what its findings, their certainty, the services, the table of
calls and the level say of one thing agrees, whatever is true."""

import collections

# A report has at most one of these
ABOUT_ADDRESS = {
    'not-offered', 'forbidden', 'no-answer', 'bad-answer', 'local-proxy', 'same-computer',
    'port-unknown', 'same-network', 'no-nat', 'port-translation', 'rewritten-locally',
    'carrier-inside', 'server-behind-proxy', 'clat', 'nat64', 'family-changed', 'nat', 'cgnat',
    'inner-nat', 'nat66', 'prefix-translation', 'translated-public', 'inconclusive'}
# A way to a relay of which one of these is said carries nothing
AGAINST_A_RELAY = {
    'relay-closed', 'relay-forbidden', 'relay-full', 'relay-error', 'relay-transport',
    'relay-address', 'credentials-refused', 'service-silent'}
# The user's app does without relays, or without those that work
UNUSED = ('APP-01', 'APP-02', 'APP-03')
RELAYS = ('turn', 'turns')
# What lies between this computer and the internet, besides the finding about the address
ON_THE_WAY = {'vpn', 'second-router', 'carrier-behind-router', 'udp-blocked'}
PLACES = ['computer', 'between', 'seen', 'server', 'relay', 'partner']
REACHED = {'direct', 'relay', 'either'}


def works(report, *kinds, **entry):
    return any(one['state'] == 'passed' and one['type'] in kinds
               and all(one[key] == value for key, value in entry.items())
               for one in report['services'])


def find(report):
    """Say each contradiction."""
    findings = report['findings']
    kinds = {one['kind'] for one in findings}
    level = report['headline']['level']
    yield from about_findings(findings)
    yield from about_relays(report)
    if len(kinds & ABOUT_ADDRESS) > 1:
        yield 'several findings about the address: %s' % sorted(kinds & ABOUT_ADDRESS)
    if 'udp-blocked' in kinds and udp_arrived(report):
        yield 'UDP is blocked, and came through'
    if 'no-services' in kinds and (report['services'] or 'no-relay' in kinds):
        yield 'no services, and some'
    if 'no-relay' in kinds and works(report, *RELAYS):
        yield 'no relay, and one works'
    ways = {one['way'] for one in report['calls']}
    relayed = 'relay' in ways or level == 'relay'
    if relayed and report['services'] and not works(report, *RELAYS):
        yield 'calls need a relay and have it, but none works'
    if level == 'good' and 'none' in ways:
        yield 'the level is good, and some partner is not reached'
    if level == 'failing' and ways & REACHED:
        yield 'calls fail, and a partner is reached'
    yield from about_verdict(report, ways)
    yield from about_way(report)


def about_verdict(report, ways):
    """The verdict is that of the table of calls, and names the first finding."""
    state, level = report['verdict']['state'], report['headline']['level']
    if state in ('good', 'poor') and ('none' in ways or level in ('limited', 'failing')
                                      and 'unknown' in ways):
        yield 'calls work, and some may find no way'
    if state == 'failing' and (ways & REACHED or level in ('good', 'relay')):
        yield 'calls can\'t work, and some find a way'
    if state in ('some-fail', 'most-fail') and 'none' not in ways:
        yield 'some calls fail, and all find a way'
    if state == 'unknown' and level in ('good', 'relay', 'failing'):
        yield 'calls could not be checked, and the level is ' + level
    if report['findings'] and report['verdict']['codes'][:1] != [report['findings'][0]['code']]:
        yield 'the first code is not that of the first finding'


def about_way(report):
    """The picture of the way shows what the findings and the verdict say."""
    hops = collections.defaultdict(list)
    for hop in report['way']:
        hops[hop['place']].append(hop)
    drawn = {hop['finding'] for hop in hops['between'] if 'finding' in hop}
    found = {one['kind'] for one in report['findings']}
    state = report['verdict']['state']
    if list(hops) != PLACES:
        yield 'the way leads by %s' % list(hops)
        return
    if not drawn <= found:
        yield 'on the way stands what was not found: %s' % sorted(drawn - found)
    if not found & ON_THE_WAY <= drawn:
        yield 'not on the way: %s' % sorted(found & ON_THE_WAY - drawn)
    if (hops['seen'][0]['state'] == 'fine') != bool(report['external']):
        yield 'on the way the server sees another address than it does'
    is_unused = any(one['code'] in UNUSED for one in report['findings'])
    if (hops['relay'][0]['state'] == 'fine') != (works(report, *RELAYS) and not is_unused):
        yield 'on the way the relay is %s' % hops['relay'][0]['state']
    if hops['server'][0]['state'] == 'broken' and state != 'unknown':
        yield 'the way ends before the server, and calls were checked'
    broken = [hop['place'] for hop in report['way'] if hop['state'] == 'broken']
    limits = [hop['place'] for hop in report['way'] if hop['state'] == 'limits']
    if state == 'good' and (broken or 'between' in limits):
        yield 'calls work, and the way is broken at %s' % (broken or limits)
    if state == 'failing' and 'partner' not in broken:
        yield 'calls can\'t work, and the way is whole'


def about_findings(findings):
    """A finding is as certain as its rivals allow."""
    for one in findings:
        owners = {rival['owner'] for rival in one['rivals']} - {one['owner']}
        fits = {'certain': not one['rivals'], 'likely': one['rivals'] and not owners,
                'open': bool(owners)}
        if not fits[one['certainty']]:
            yield '%s is %s, and its rivals are %s' % (
                one['kind'], one['certainty'], [rival['kind'] for rival in one['rivals']])


def about_relays(report):
    """What is said against a way to a relay is not said of one that works."""
    tried = {one['id']: one['details'] for one in report['observations'] if one['kind'] == 'relay'}
    for finding in report['findings']:
        for name in set(finding['evidence']) & set(tried):
            if finding['kind'] not in AGAINST_A_RELAY or 'peer-address' not in tried[name]:
                continue
            kind, transport, _, port, *_ = tried[name]['service'].split()
            if works(report, kind, transport=transport, port=int(port),
                     address=tried[name]['peer-address']):
                yield '%s of a relay that works: %s' % (finding['kind'], tried[name]['service'])


def udp_arrived(report):
    """Whether a packet came through by UDP: an answer, or one of an echo's, whose second socket sends
    by UDP even if the relay is spoken to in another way."""
    return works(report, 'stun', 'turn', transport='udp') or any(
        one['details'].get('there-arrived', 0) > 0 and 'other-relay' not in one['details']
        for one in report['observations'] if one['kind'] == 'echo')
