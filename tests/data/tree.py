# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""The files that these tests look at, and how they call programs."""

import json
import os
import pathlib
import subprocess
import sys

sys.dont_write_bytecode = True

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / 'tests' / 'lib'))

BUILD = pathlib.Path(os.environ['SIDETONE_BUILD'])
APPLICATION_ID = os.environ['SIDETONE_APPLICATION_ID']
VERSION = os.environ['SIDETONE_VERSION']


def interfaces():
    """The .ui files of the window."""
    found = sorted((ROOT / 'src' / 'ui').rglob('*.ui'))
    assert found
    return found


def installed():
    """The files of an installation: paths below the prefix."""
    about = BUILD / 'meson-info'
    options = json.loads((about / 'intro-buildoptions.json').read_text())
    prefix = next(option['value'] for option in options if option['name'] == 'prefix')
    return {pathlib.Path(path).relative_to(prefix).as_posix()
            for path in json.loads((about / 'intro-installed.json').read_text()).values()}


def run(*command, cwd=ROOT):
    """Run a command; return its exit status and output."""
    done = subprocess.run([str(word) for word in command], cwd=cwd, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          env=dict(os.environ, LC_ALL='C.UTF-8'))
    return done.returncode, done.stdout
