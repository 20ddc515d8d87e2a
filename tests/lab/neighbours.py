# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Whether two reports of neighbouring scenarios are compared rightly: what the table of scenarios says is
another truth must be told, and nothing else.

Neighbours are checks of one account, in the order of the table: in two networks, or with other options.
"""

import ipaddress
import json
import os
import subprocess
import tempfile

# The NATs that a word may stand for: two words contradict each other if they share none
MEANINGS = {'port-independent': {'endpoint-independent', 'address-dependent'},
            'endpoint-dependent': {'address-dependent', 'address-and-port-dependent'}}
LEVELS = ('good', 'relay', 'limited', 'failing')
PATIENCE = 30


def pairs(rows):
    """The numbers of neighbours in the table."""
    last = {}
    for number, row in enumerate(rows):
        if row.domain in last:
            yield last[row.domain], number
        last[row.domain] = number


def compare(before, after, *options):
    """What the program says of two reports."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, report in ('before', before), ('after', after):
            paths.append(os.path.join(folder, name + '.json'))
            with open(paths[-1], 'w', encoding='utf-8') as file:
                json.dump(report, file)
        done = subprocess.run([os.environ['SIDETONE_CLI'], 'compare', *paths, '--format', 'json', *options],
                              capture_output=True, text=True, check=True, timeout=PATIENCE)
    return json.loads(done.stdout)


def same_address(one, other):
    """Of IPv6, the rest is temporary."""
    one, other = ipaddress.ip_address(one), ipaddress.ip_address(other)
    if one.version == other.version == 6:
        return int(one) >> 64 == int(other) >> 64
    return one == other


def agree(one, other):
    return bool(MEANINGS.get(one, {one}) & MEANINGS.get(other, {other}))


def find_faults(before, after, comparison):
    """Say what is told wrongly. BEFORE and AFTER are scenarios whose reports are right."""
    told = {}
    for one in comparison['differences']:
        told.setdefault(one['kind'], []).append(one)
    yield from about_findings(before, after, told)
    yield from about_network(before, after, told)
    yield from about_services(before, after, told)
    yield from about_quality(before, after, told)
    if before.level in LEVELS and after.level in LEVELS:
        trend = LEVELS.index(after.level) - LEVELS.index(before.level)
        if comparison['trend'] == ('better' if trend > 0 else 'worse') and trend:
            yield 'from %s to %s is %s' % (before.level, after.level, comparison['trend'])
        if trend and not {'verdict', 'way', 'calls', 'finding'} & set(told):
            yield 'from %s to %s is nothing' % (before.level, after.level)


def about_findings(before, after, told):
    was, is_ = ({one.kind: one for one in row.findings} for row in (before, after))
    changed = set(was) ^ set(is_)
    alone = {one['finding'] for one in told.get('finding', ())
             if one['before'] in (None, 'not-checked') or one['after'] in (None, 'not-checked')}
    for kind in sorted(changed ^ alone):
        yield '%s is %s' % (kind, 'not told' if kind in changed else 'told')


def about_network(before, after, told):
    for kind, one, other in (('local', before.local, after.local),
                             ('external', before.seen, after.seen)):
        if one and other and (kind in told) == same_address(one, other):
            yield '%s: from %s to %s' % (kind, one, other)
    if before.seen and after.seen and before.port and after.port:
        if ('port' in told) == (before.port == after.port):
            yield 'port: from %s to %s' % (before.port, after.port)
    by_chance = before.by_chance or after.by_chance
    for kind in ('mapping', 'filtering', 'hairpinning'):
        one, other = ((row.nat or {}).get(kind) for row in (before, after))
        if one and other and not by_chance and (kind in told) == agree(one, other):
            yield '%s: from %s to %s' % (kind, one, other)


def about_services(before, after, told):
    """A network with another version of IP has other addresses of the same services."""
    if before.by_chance or after.by_chance:
        return
    found = {'%s-%s' % (one['type'], one['transport']) for one in told.get('service', ())}
    for service in set(before.services) & set(after.services):
        name = service.replace('turns-', 'turn-').replace('stuns-', 'stun-')
        one, other = (set(row.services[service].split('/')) for row in (before, after))
        if not one & other and name not in found:
            yield '%s: from %s to %s is not told' % (
                service, before.services[service], after.services[service])
        if one == other and name in found:
            yield '%s is told' % service


def about_quality(before, after, told):
    lossy = {one.kind for row in (before, after) for one in row.findings} & {
        'packets-lost', 'relay-ends', 'relay-throttles'}
    if 'loss' in told and not lossy:
        yield 'loss is told'
    if 'delay' in told:
        yield 'delay is told'
