# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The part of tests/demo that runs in a network of its own."""

import os
import sys

sys.dont_write_bytecode = True

import bed  # noqa: E402
import servers  # noqa: E402

DOMAIN = 'capulet.lit'


def main(variant):
    bed.enter()
    with bed.Bed() as lab:
        if variant == 'home':
            computer, outside = lab.behind_router(families=(4,))
            server = outside[DOMAIN]
            print('Starting Prosody, a real XMPP server, with a router between it and this '
                  'computer ...')
        else:
            computer = server = lab.computer('here', *servers.domain_records(
                DOMAIN, '127.0.0.1', '::1'))
            print('Starting Prosody, a real XMPP server, on this computer ...')
        server.prosody({DOMAIN: {}}, lab.accounts(DOMAIN))
        options = ['check', lab.jid(DOMAIN), '--ca-file', str(lab.ca_file),
                   '--password-file', str(lab.password_file(DOMAIN))]
        print('$ sidetone-cli ' + ' '.join(options) + '\n', flush=True)
        status = computer.run([os.environ['SIDETONE_CLI']] + options).returncode
    if variant != 'home' and status == 0:
        print('\nThe same with a router that changes addresses in between: tests/demo home')
    sys.exit(status)


if __name__ == '__main__':
    main(sys.argv[1])
