# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Whether a report without private details is safe to post, and says the same: no name and no address
of the user's is left in it, and verdict and findings are those of the whole report.
"""

import json
import os
import re
import subprocess
import tempfile

PATIENCE = 30
# In a report without private details, made-up addresses may be those of the lab: others stand for them
REAL = {'192.168.1.': '192.168.77.', '10.8.0.': '10.8.77.', '10.10.0.': '10.10.77.',
        '198.51.100.': '93.184.7.', '100.64.0.': '100.71.93.', '2001:db8:10': '2a02:8071:10'}
# Nobody's, or everyone's; the last one is that of each CLAT (RFC 7335)
COMMON = ('0.0.0.0', '::', '127.0.0.1', '::1', '192.0.0.1')
# What may not change: the words may, where they name an address
JUDGED = ('kind', 'code', 'severity', 'owner', 'certainty')


def redact(report):
    """The same without private details, as text."""
    with tempfile.NamedTemporaryFile('w', suffix='.json', encoding='utf-8') as file:
        json.dump(report, file)
        file.flush()
        done = subprocess.run([os.environ['SIDETONE_CLI'], 'show', file.name, '--redact', '--format',
                               'json'], capture_output=True, text=True, check=True, timeout=PATIENCE)
    return done.stdout


def addresses(report):
    """The user's own ones: of this computer, and what others see."""
    for observation in report['observations']:
        for end in 'local', 'seen':
            if observation.get(end) and observation[end]['address'] not in COMMON:
                yield observation[end]['address']


def judgement(report):
    return (report['verdict']['state'], report['headline']['level'],
            [[finding[key] for key in JUDGED] for finding in report['findings']])


def disguise(report):
    """The same report from addresses that nothing is made up like."""
    text = json.dumps(report)
    for ours, real in REAL.items():
        text = text.replace(ours, real)
    return json.loads(text)


def find_faults(report, jid):
    """Say what is left, and what is judged otherwise."""
    report = disguise(report)
    text = redact(report)
    for private in {jid, jid.split('@')[0], *addresses(report)}:
        if re.search(r'(?<![\w.:])%s(?![\w:])' % re.escape(private), text):
            yield 'without private details, it has ' + private
    if judgement(json.loads(text)) != judgement(report):
        yield 'without private details, it says something else'
