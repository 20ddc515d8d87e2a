#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""A check that can't be made: the page's words, and where its button leads."""

import re
import socket
import subprocess
import urllib.parse

import journey
import bed
import desktop
import scripted
import servers
import test_words as script
from journey import ACCOUNT, CAPULET, MONTAGUE, PASSWORD

AGAIN, WRITE, LOG_IN = 'Check Again', 'Write to the Administrator…', 'Open Login Page'
GO_ON = 'Trust for This Check Only'


class ProblemTest(journey.JourneyTest):

    def serve(self, **instead):
        """A computer with a scripted server for montague.lit."""
        computer = self.new_computer()
        scripted.Scripted(computer, MONTAGUE, self.lab.accounts(MONTAGUE), **instead)
        return computer


# Title, code, button and more words of a page, and what the server does
PAGES = (
    ('No secure connection could be made', 'CON-06', WRITE, MONTAGUE,
     {'stream': script.offer_no_tls}),
    ('Your server refuses this account', 'CON-08', WRITE, '“Banished from Verona.”',
     {'sasl': script.refuse('account-disabled', 'Banished from Verona.')}),
    ('Log in to this network first', 'CON-09', LOG_IN, MONTAGUE, {'tcp': script.speak_http}),
    ('The connection was interrupted', 'CON-11', AGAIN, '', {'sasl': scripted.reset}),
)


class Pages(ProblemTest):

    def test_each(self):
        """One after the other in one program."""
        computer = self.new_computer()
        server = scripted.Scripted(computer, MONTAGUE, self.lab.accounts(MONTAGUE))
        window = self.start_trusting(computer, '--security', 'starttls')
        for title, code, button, more, instead in PAGES:
            server.instead = instead
            if title == PAGES[0][0]:
                self.sign_in(window, MONTAGUE)
            else:
                window.press('ctrl+r')
            self.expect_headline(window, title)
            window.get('push button', button)
            # Why, and what to do, in sentences
            page = ' '.join(window.words())
            for words in (code, 'What is wrong', 'What to do', more):
                self.assertIn(words, page)


class Steps(ProblemTest):
    """Where the button leads."""

    def test_name_not_found_leads_to_the_account(self):
        computer = self.new_computer(*servers.domain_records(CAPULET, '127.0.0.1'))
        computer.prosody({CAPULET: {}}, self.lab.accounts(CAPULET))
        window = self.check_in_vain(computer, MONTAGUE + ' was not found', 'CON-02')
        self.take_step(window, 'Edit Account')
        self.expect_form(window)
        window.press('ctrl+a')
        window.type_into(ACCOUNT, self.lab.jid(CAPULET))
        # The password was kept; here it is the wrong one
        self.assertTrue(window.shows(PASSWORD, bed.PASSWORDS[MONTAGUE]))
        window.press('Tab', 'ctrl+a')
        window.type_into(PASSWORD, bed.PASSWORDS[CAPULET])
        window.press('Return')
        self.expect_finished(window, 'CALL-01')

    def test_wrong_password_leads_to_the_password(self):
        computer = self.new_computer()
        computer.prosody({MONTAGUE: {}}, self.lab.accounts(MONTAGUE))
        window = self.start_trusting(computer)
        self.sign_in(window, MONTAGUE, 'a rose by any other name')
        window.until(lambda: any('Wrong password' in words for words in window.words()),
                     'why it is asked again')
        self.expect_form(window)
        self.assertEqual(window.text(ACCOUNT), self.lab.jid(MONTAGUE))
        window.press('ctrl+a')
        window.type_into(PASSWORD, bed.PASSWORDS[MONTAGUE])
        window.press('Return')
        self.expect_finished(window, 'CALL-01')

    def test_silent_names_lead_to_another_check(self):
        computer = self.lab.computer(self.name())
        silent = computer.socket(socket.AF_INET, socket.SOCK_DGRAM)
        silent.bind(('127.0.0.1', 53))
        with silent:
            window = self.check_in_vain(computer, "This network can't look up names (DNS)", 'CON-03')
        scripted.Scripted(computer, MONTAGUE, self.lab.accounts(MONTAGUE))
        computer.dns(*servers.domain_records(MONTAGUE, '127.0.0.1'))
        self.take_step(window, AGAIN)
        self.expect_finished(window, 'CALL-01')

    def test_refused_leads_to_another_check(self):
        computer = self.new_computer(*servers.domain_records(MONTAGUE, '127.0.0.1'))
        window = self.check_in_vain(computer, MONTAGUE + ' refuses connections', 'CON-04')
        scripted.Scripted(computer, MONTAGUE, self.lab.accounts(MONTAGUE))
        self.take_step(window, AGAIN)
        self.expect_finished(window, 'CALL-01')

    def test_letter_to_the_administrator(self):
        opened = desktop.install_recorder(self.home)
        computer = self.serve(instead={'stream': script.offer_no_tls})
        window = self.check_in_vain(computer, 'No secure connection could be made', 'CON-06',
                                    '--security', 'starttls')
        self.take_step(window, WRITE)
        window.until(opened.exists, 'the letter in the mail program')
        uri = urllib.parse.urlsplit(opened.read_text())
        letter = urllib.parse.parse_qs(uri.query)
        self.assertEqual((uri.scheme, uri.path), ('mailto', ''))
        self.assertEqual(letter['subject'], ['Calls through %s: CON-06' % MONTAGUE])
        self.assertIn('No secure connection could be made', letter['body'][0])
        self.assertNotIn(self.lab.jid(MONTAGUE), letter['body'][0])

    def test_no_mail_program(self):
        computer = self.serve(instead={'stream': script.offer_no_tls})
        window = self.check_in_vain(computer, 'No secure connection could be made', 'CON-06',
                                    '--security', 'starttls')
        self.take_step(window, WRITE)
        window.get('label', 'The message was copied: paste it into an e-mail')
        self.assertIn('CON-06', window.clipboard() or '')
        self.assertNotIn(self.lab.jid(MONTAGUE), window.clipboard())

    def test_login_page(self):
        opened = desktop.install_recorder(self.home)
        computer = self.new_computer()
        server = scripted.Scripted(computer, MONTAGUE, self.lab.accounts(MONTAGUE),
                                   instead={'tcp': script.speak_http})
        window = self.check_in_vain(computer, 'Log in to this network first', 'CON-09',
                                    '--security', 'starttls')
        self.take_step(window, LOG_IN)
        window.until(opened.exists, 'the page in the browser')
        self.assertEqual(opened.read_text(), 'http://%s/' % MONTAGUE)
        # Logged in
        server.instead = {}
        self.take_step(window, AGAIN)
        self.expect_finished(window, 'CALL-01')


class Certificate(ProblemTest):
    """Its issuer is unknown. Cancel is the default button, for a hasty Return."""

    TITLE = 'This may not be your server'

    def meet(self):
        computer = self.new_computer()
        computer.prosody({MONTAGUE: {'certificate': 'self-signed'}}, self.lab.accounts(MONTAGUE))
        window = self.start_trusting(computer)
        self.sign_in(window, MONTAGUE)
        self.expect(window)
        return computer, window

    def expect(self, window):
        window.get('push button', GO_ON)
        self.expect_headline(window, self.TITLE)

    def test_shown_and_cancelled(self):
        _, window = self.meet()
        printed = subprocess.run(
            ['openssl', 'x509', '-noout', '-fingerprint', '-sha256', '-in',
             str(self.lab.certificate('self-signed'))], capture_output=True, text=True)
        # Whatever the grouping of its digits
        fingerprint = printed.stdout.strip().split('=')[1].replace(':', '')
        self.assertIn(fingerprint, [re.sub(r'[:\s]', '', words) for words in window.words()])
        window.press('Return')
        self.expect_form(window)
        self.assertEqual(window.text(ACCOUNT), self.lab.jid(MONTAGUE))
        self.assertTrue(window.shows(PASSWORD, bed.PASSWORDS[MONTAGUE]))

    def test_for_this_check_only(self):
        computer, window = self.meet()
        self.take_step(window, GO_ON)
        self.expect_finished(window, 'CALL-01')
        window.press('ctrl+r')
        self.expect(window)
        self.stop(window)

        window = self.start(computer)
        window.type_into(PASSWORD, bed.PASSWORDS[MONTAGUE])
        window.press('Return')
        self.expect(window)


if __name__ == '__main__':
    journey.main()
