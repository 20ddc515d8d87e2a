#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The command line: where passwords come from and go, reports as files, exit codes."""

import json
import os
import pathlib
import pty
import re
import select
import subprocess

import program
import scripted
import servers
import tap
from program import bed, CAPULET, FINISHED, MONTAGUE, UNREADABLE, USAGE

places = {}
PASSWORD = bed.PASSWORDS[CAPULET]
REPORTS = pathlib.Path(__file__).resolve().parents[1] / 'ui' / 'reports'


def prepare(lab):
    places['prosody'] = lab.computer('prosody', *servers.domain_records(
        CAPULET, '127.0.0.1', '::1'))
    places['prosody'].prosody({CAPULET: {}}, lab.accounts(CAPULET))


class UsageTest(program.ProgramTest):

    def invoke(self, *arguments, **options):
        """Run the program with exactly these arguments."""
        return self.verify(program.Running(places['prosody'], arguments, **options).finish())

    def file(self, name, text=''):
        path = self.lab.folder / ('-'.join(self.id().split('.')[-2:]) + '-' + name)
        if text:
            path.write_text(text)
        return path

    def read_terminal(self, terminal, until=None):
        """What the program writes there: up to these words, or to its end."""
        seen = b''
        while until is None or until.encode() not in seen:
            if not select.select([terminal], [], [], program.PATIENCE)[0]:
                self.fail('nothing more after %r' % seen)
            try:
                seen += os.read(terminal, 4096)
            except OSError:
                # The last process that had it open is gone
                break
        return seen.decode()

    def check_to(self, path):
        result = self.check(places['prosody'], CAPULET, '--output', path)
        self.assertEqual(result.code, FINISHED, result)
        return json.loads(path.read_text())


class Password(UsageTest):

    def test_from_a_file(self):
        result = self.invoke('check', self.lab.jid(CAPULET), '--ca-file', self.lab.ca_file,
                             '--password-file', self.lab.password_file(CAPULET))
        self.assertEqual(result.code, FINISHED, result)

    def test_without_a_line_end(self):
        result = self.invoke('check', self.lab.jid(CAPULET), '--ca-file', self.lab.ca_file,
                             '--password-file', self.file('password', PASSWORD))
        self.assertEqual(result.code, FINISHED, result)

    def test_no_such_file(self):
        result = self.invoke('check', self.lab.jid(CAPULET), '--password-file',
                             self.file('missing'))
        self.assertEqual(result.code, UNREADABLE, result)
        self.assertIn(str(self.file('missing')), self.one_line(result))

    def test_from_nowhere(self):
        """No file, no terminal, no secret store."""
        result = self.invoke('check', self.lab.jid(CAPULET), '--ca-file', self.lab.ca_file)
        self.assertEqual(result.code, program.IMPOSSIBLE, result)
        self.assertRegex(self.one_line(result), 'password')

    def test_asked_on_the_terminal(self):
        """The prompt names the account, and the input is not echoed."""
        terminal, end = pty.openpty()
        # setsid --ctty makes it the terminal of the program's session
        process = places['prosody'].popen(
            ['setsid', '--ctty', os.environ['SIDETONE_CLI'], 'check', self.lab.jid(CAPULET),
             '--ca-file', self.lab.ca_file, '--format', 'json'],
            stdin=end, stdout=subprocess.PIPE, stderr=end)
        os.close(end)
        seen = self.read_terminal(terminal, self.lab.jid(CAPULET))
        os.write(terminal, PASSWORD.encode() + b'\n')
        out, _ = process.communicate(timeout=program.PATIENCE)
        seen += self.read_terminal(terminal)
        os.close(terminal)
        self.assertEqual(process.returncode, FINISHED, seen)
        self.assertNotIn(PASSWORD, seen + out.decode())
        self.assertIn('same-computer', out.decode())

    def test_visible_to_nobody(self):
        """While signed in: in no argument and no environment, of neither program nor child."""
        computer = self.new_computer()
        server = scripted.Scripted(computer, MONTAGUE, self.lab.accounts(MONTAGUE),
                                   instead={'query': scripted.hold})
        running = self.start(computer, MONTAGUE)
        server.wait_for('query')
        secret = bed.PASSWORDS[MONTAGUE].encode()
        processes = [running.process.pid] + running.children()
        # On a busy computer a second address may have got its turn, with a child of its own
        self.assertGreaterEqual(len(processes), 2)
        for process in processes:
            for name in ('cmdline', 'environ'):
                try:
                    text = pathlib.Path('/proc', str(process), name).read_bytes()
                except PermissionError:
                    # It forbids looking into it, which is even better
                    continue
                self.assertNotIn(secret, text)
        running.interrupt()
        self.verify(running.finish())

    def test_in_no_debug_output(self):
        result = self.check(places['prosody'], CAPULET,
                            environment={'G_MESSAGES_DEBUG': 'all'})
        self.assertEqual(result.code, FINISHED, result)


class Progress(UsageTest):
    """What a check shows on stderr while it runs."""

    def check_on_terminal(self, *options, account=None, term='xterm', status=FINISHED):
        """What a check writes on a terminal that is only its stderr."""
        terminal, end = pty.openpty()
        with places['prosody'].popen(
                [os.environ['SIDETONE_CLI'], 'check', account or self.lab.jid(CAPULET), '--ca-file',
                 self.lab.ca_file, '--password-file', self.lab.password_file(CAPULET), *options],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=end,
                env=dict(os.environ, TERM=term)) as process:
            os.close(end)
            seen = self.read_terminal(terminal)
            process.wait(program.PATIENCE)
        os.close(terminal)
        self.assertEqual(process.returncode, status, seen)
        return seen

    def test_one_line(self):
        """It is replaced, and nothing is left of it."""
        seen = self.check_on_terminal()
        self.assertNotIn('\n', seen)
        lines = seen.split('\r\x1b[K')
        self.assertEqual((lines[0], lines[-1]), ('', ''))
        numbers = [int(re.fullmatch(r'Step (\d) of 8: .+…', line).group(1)) for line in lines[1:-1]]
        self.assertEqual(numbers, sorted(set(numbers)))
        self.assertGreater(len(numbers), 1)

    def test_dumb_terminal(self):
        seen = self.check_on_terminal(term='dumb')
        self.assertNotIn('\x1b', seen)
        self.assertRegex(seen, r'\AStep 1 of 8: [^\n]+…\r\n')

    def test_verbose(self):
        seen = self.check_on_terminal('--verbose')
        self.assertRegex(seen, r'(?m)^✓ Signed in — .+  \(\d+ ms\)')
        self.assertNotIn('Step 1 of 8', seen)

    def test_verbose_in_a_file(self):
        result = self.check(places['prosody'], CAPULET, '--verbose')
        self.assertRegex(result.err, r'(?m)^✓ Signed in — .+  \(\d+ ms\)$')
        self.assertNotIn('\x1b', result.err)

    def test_quiet_in_a_file(self):
        self.assertEqual(self.check(places['prosody'], CAPULET).err, '')

    def test_failed(self):
        """An error has a line of its own."""
        seen = self.check_on_terminal('--server', '127.0.0.1:1', account='romeo@127.0.0.1',
                                      status=program.IMPOSSIBLE)
        self.assertRegex(seen, r'\x1b\[Ksidetone-cli: [^\x1b\n]+\r\n\Z')


class Report(UsageTest):

    def test_written_and_shown(self):
        path = self.file('report.json')
        report = self.check_to(path)
        shown = self.invoke('show', path, '--format', 'json')
        self.assertEqual(shown.code, FINISHED, shown)
        self.assertEqual(json.loads(shown.out), report)
        text = self.invoke('show', path)
        self.assertEqual(text.code, FINISHED, text)
        for end in ('local', 'external'):
            self.assertIn(report[end]['address'], text.out)
            self.assertIn(str(report[end]['port']), text.out)
        self.assertIn(report['findings'][0]['title'], text.out)

    def test_redacted(self):
        path = self.file('report.json')
        report = self.check_to(path)
        for form in ('json', 'text'):
            shown = self.invoke('show', path, '--redact', '--format', form)
            self.assertEqual(shown.code, FINISHED, shown)
            self.assertNotIn('juliet', shown.out)
        redacted = self.check(places['prosody'], CAPULET, '--redact')
        self.assertNotIn('juliet', redacted.out)
        self.assertEqual(redacted.kinds, [finding['kind'] for finding in report['findings']])

    def test_app(self):
        """It travels with the report, and may be another one when that is read."""
        path = self.file('report.json')
        result = self.check(places['prosody'], CAPULET, '--app', 'dino', '--output', path)
        self.assertEqual(result.code, FINISHED, result)
        self.assertEqual(json.loads(path.read_text())['chat_app'], 'dino')
        for arguments, app in (((), 'dino'), (('--app', 'gajim-1'), 'gajim-1')):
            shown = self.invoke('show', path, '--redact', '--format', 'json', *arguments)
            self.assertEqual(json.loads(shown.out)['chat_app'], app)
        for command in (('show', path), ('check', self.lab.jid(CAPULET))):
            result = self.invoke(*command, '--app', 'nurse')
            self.assertEqual(result.code, USAGE, result)
            for word in ('nurse', 'conversations', 'dino-0.4', 'other'):
                self.assertIn('“%s”' % word, self.one_line(result))

    def test_unreadable(self):
        for path in (self.file('missing'), self.lab.folder):
            result = self.invoke('show', path)
            self.assertEqual(result.code, UNREADABLE, result)
            self.one_line(result)

    def test_name_of_a_file(self):
        """It may be anybody's, and does not rewrite the terminal."""
        result = self.invoke('show', self.file('a\x1b[2Jb\u202ec'))
        self.assertEqual(result.code, UNREADABLE, result)
        self.assertIn('a[2Jbc', self.one_line(result))

    def test_not_a_report(self):
        for number, text in enumerate(('{"format": "another"}', '{', 'words\n', '[' * 200000)):
            result = self.invoke('show', self.file(str(number), text))
            self.assertEqual(result.code, UNREADABLE, str(result)[:500])
            self.one_line(result)

    def saved(self):
        path = self.file('report.json')
        self.check_to(path)
        return path

    def test_full_disk(self):
        path = self.saved()
        for form in ('json', 'text'):
            result = self.invoke('show', path, '--format', form,
                                 settings=['sh', '-c', 'exec "$@" > /dev/full', 'sh'])
            self.assertEqual(result.code, UNREADABLE, result)
            self.assertIn('could not be written', self.one_line(result))

    def test_closed_descriptors(self):
        """Nothing that the program opens may get the number of a closed one."""
        path = self.saved()
        for arguments in (('show', path), ('check', self.lab.jid(CAPULET))):
            result = self.invoke(*arguments, settings=['sh', '-c', 'exec "$@" >&-', 'sh'])
            self.assertEqual(result.code, UNREADABLE, result)
            self.assertIn('could not be written', self.one_line(result))
        other = self.file('other.json')
        result = self.invoke('check', self.lab.jid(CAPULET), '--ca-file', self.lab.ca_file,
                             '--password-file', self.lab.password_file(CAPULET),
                             '--format', 'json', '--output', other,
                             settings=['sh', '-c', 'exec "$@" <&- >&- 2>&-', 'sh'])
        self.assertEqual(result.code, FINISHED, result)
        json.loads(other.read_text())

    def test_fifo(self):
        """It is not read, and no file takes its place."""
        fifo = self.file('fifo')
        os.mkfifo(fifo)
        result = self.invoke('show', fifo)
        self.assertEqual(result.code, UNREADABLE, result)
        self.assertIn(str(fifo), self.one_line(result))
        result = self.check(places['prosody'], CAPULET, '--output', fifo)
        self.assertEqual(result.code, UNREADABLE, result)
        self.assertIn('could not be written', self.one_line(result))
        self.assertTrue(fifo.is_fifo())

    def test_output_that_cannot_be_written(self):
        path = '/nonexistent/report.json'
        result = self.check(places['prosody'], CAPULET, '--output', path)
        self.assertNotEqual(result.code, FINISHED, result)
        self.assertIn(path, self.one_line(result))


class Explain(UsageTest):

    def test_list(self):
        """Every code of the table in the README, in its order, and the terms."""
        readme = pathlib.Path(__file__).resolve().parents[2] / 'src/core/README.md'
        codes = re.findall(r'^\| ([A-Z0-9]{3,4}-\d\d) \|', readme.read_text(), re.MULTILINE)
        result = self.invoke('explain')
        self.assertEqual(result.code, FINISHED, result)
        self.assertEqual(re.findall(r'^ +([A-Z0-9]{3,4}-\d\d) ', result.out, re.MULTILINE), codes)
        self.assertRegex(result.out, r'(?m)^ +Relay$')

    def test_code(self):
        """As it is heard, in one word or two."""
        pages = [self.invoke('explain', *words)
                 for words in (['CALL-18'], ['call', '18'], ['Call18'])]
        self.assertEqual({page.code for page in pages}, {FINISHED})
        self.assertEqual(len({page.out for page in pages}), 1)
        self.assertIn('CALL-18  The relay passes nothing on', pages[0].out)
        self.assertIn('What to ask', pages[0].out)
        self.assertLessEqual(max(map(len, pages[0].out.splitlines())), 78)

    def test_support(self):
        result = self.invoke('explain', '--support')
        self.assertEqual(result.code, FINISHED, result)
        self.assertIn('The relay passes nothing on', result.out)

    def test_for_administrator(self):
        """Ready to send: nothing on the screen breaks the lines of a setting."""
        result = self.invoke('explain', '--for-administrator', REPORTS / 'relay-problems.sidetone.json')
        self.assertEqual((result.code, result.err), (FINISHED, ''))
        self.assertTrue(result.out.startswith('Calls through montague.lit: '), result.out)
        self.assertIn('\n    static-auth-secret=SECRET\n', result.out)

    def test_nothing_for_administrator(self):
        result = self.invoke('explain', '--for-administrator', REPORTS / 'no-nat.sidetone.json')
        self.assertEqual(result.code, FINISHED)
        self.assertEqual(len(result.out.splitlines()), 1, result.out)

    def test_no_report_for_administrator(self):
        result = self.invoke('explain', '--for-administrator', self.file('missing'))
        self.assertEqual(result.code, UNREADABLE, result)
        self.one_line(result)

    def test_unknown(self):
        result = self.invoke('explain', 'call-99')
        self.assertEqual(result.code, USAGE, result)
        self.assertIn('CALL-53', self.one_line(result))
        result = self.invoke('explain', 'relay')
        self.assertEqual(result.code, USAGE, result)
        self.assertIn('sidetone-cli explain', self.one_line(result))


class Comparison(UsageTest):
    """What it says of two reports is a matter of core."""

    def test_the_same_network(self):
        before, after = self.file('before.json'), self.file('after.json')
        for path in before, after:
            self.check_to(path)
        told = self.invoke('compare', before, after)
        self.assertEqual(told.code, FINISHED, told)
        self.assertIn('Nothing changed', told.out)
        told = self.invoke('compare', before, after, '--format', 'json')
        self.assertEqual(told.code, FINISHED, told)
        self.assertEqual(json.loads(told.out)['differences'], [])

    def test_a_call(self):
        """Two people in one network: what lies inside it, nobody has tested."""
        first, second = self.file('first.json'), self.file('second.json')
        for path in first, second:
            self.check_to(path)
        told = self.invoke('compare', '--call', first, second)
        self.assertEqual(told.code, FINISHED, told)
        self.assertIn('between these two', told.out)
        told = self.invoke('compare', '--call', first, second, '--format', 'json')
        self.assertEqual(told.code, FINISHED, told)
        self.assertEqual(json.loads(told.out)['way'], 'unknown')

    def test_unreadable(self):
        report, missing = self.file('report.json'), self.file('missing')
        self.check_to(report)
        for paths in (report, missing), (missing, report), ('--call', report, missing):
            result = self.invoke('compare', *paths)
            self.assertEqual(result.code, UNREADABLE, result)
            self.assertIn(str(missing), self.one_line(result))


class Arguments(UsageTest):

    def run_row(self, arguments):
        result = self.invoke(*arguments)
        self.assertEqual(result.code, USAGE, result)
        self.one_line(result)
        self.assertEqual(result.out, '')

    def test_help(self):
        result = self.invoke('--help')
        self.assertEqual(result.code, FINISHED, result)
        self.assertIn('check', result.out)
        self.assertIn('show', result.out)
        self.assertIn('explain', result.out)
        for command in ('check', 'show', 'compare', 'explain'):
            result = self.invoke(command, '--help')
            self.assertEqual(result.code, FINISHED, result)
            self.assertIn('sidetone-cli %s [' % command, result.out)

    def test_complaint_names_the_server(self):
        result = self.invoke('check', self.lab.jid(CAPULET), '--server', 'capulet.lit:99999')
        self.assertIn('capulet.lit:99999', self.one_line(result))
        self.assertNotIn(self.lab.jid(CAPULET), result.err)

    def test_bad_credentials_file(self):
        result = self.invoke('check', self.lab.jid(CAPULET), '--service', 'turn:turn.lit',
                             '--service-credentials', self.file('missing'))
        self.assertEqual(result.code, UNREADABLE, result)
        self.assertIn('missing', self.one_line(result))

    def test_bad_ca_file(self):
        for path, status in ((self.lab.certificate('empty'), program.IMPOSSIBLE),
                             (self.lab.certificate('garbage'), program.IMPOSSIBLE),
                             (self.file('missing'), UNREADABLE)):
            result = self.invoke('check', self.lab.jid(CAPULET), '--password-file',
                                 self.lab.password_file(CAPULET), '--ca-file', path)
            self.assertEqual(result.code, status, result)
            self.assertIn(str(path), self.one_line(result))


tap.add_rows(Arguments, {
    'nothing': [],
    'unknown command': ['listen'],
    'unknown option': ['check', 'juliet@capulet.lit', '--loud'],
    'no account': ['check'],
    'empty account': ['check', ''],
    'account without name': ['check', 'capulet.lit'],
    'account without domain': ['check', 'juliet@'],
    'account with a space': ['check', 'juliet capulet@capulet.lit'],
    'two accounts': ['check', 'juliet@capulet.lit', 'romeo@montague.lit'],
    'bad server': ['check', 'juliet@capulet.lit', '--server', 'capulet.lit:99999'],
    'bad security': ['check', 'juliet@capulet.lit', '--security', 'none'],
    'bad pin': ['check', 'juliet@capulet.lit', '--pin', '0123'],
    'bad part': ['check', 'juliet@capulet.lit', '--only', 'video'],
    'bad service': ['check', 'juliet@capulet.lit', '--service', 'http://turn.lit'],
    'bad timeout': ['check', 'juliet@capulet.lit', '--timeout', 'soon'],
    'bad format': ['check', 'juliet@capulet.lit', '--format', 'yaml'],
    'show without a file': ['show'],
    'explain with an unknown option': ['explain', '--loud'],
    'explain a code and more': ['explain', '--support', 'CALL-18'],
    'explain a code and a report': ['explain', '--for-administrator', 'report.json', 'CALL-18'],
    'compare without a file': ['compare'],
    'compare with one file': ['compare', 'report.json'],
    'compare in no format': ['compare', 'before.json', 'after.json', '--format', 'yaml'],
}, Arguments.run_row)

if __name__ == '__main__':
    program.main(prepare, workers=2)
