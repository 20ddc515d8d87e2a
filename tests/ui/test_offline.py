#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""A computer without a network: the page waits for one on request."""

import journey
import topology
import variants
from journey import CAPULET

WAIT = 'Check Again When Online'


class Offline(journey.JourneyTest):

    def test_goes_on_with_the_network(self):
        net = topology.Internet(self.lab, (CAPULET,))
        net.build(variants.VARIANTS['home'])
        client = net.client
        client.do('ip', 'link', 'set', 'eth0', 'down')
        window = self.check_in_vain(client, 'This computer is offline', 'CON-01', domain=CAPULET)
        self.take_step(window, WAIT)
        window.get('push button', 'Cancel')
        client.do('ip', 'link', 'set', 'eth0', 'up')
        client.do('ip', 'route', 'add', 'default', 'via', '192.168.1.1')
        self.expect_headline(window, 'Your calls should work')


class Waiting(journey.JourneyTest):

    def test_stop(self):
        computer = self.lab.computer(self.name(), stub=False)
        window = self.check_in_vain(computer, 'This computer is offline', 'CON-01')
        self.take_step(window, WAIT)
        # The focus goes from one button to the other
        window.wait_focus('Cancel')
        window.press('Return')
        window.wait_focus(WAIT)


if __name__ == '__main__':
    journey.main()
