# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Applies lines of configuration to a running server of the lab, as its administrator would: a list
is added to the one of the same name, everything else takes the place of what was there. Then the
server starts anew."""

import json
import re

import servers
import sites
import topology

PATHS = {'/PATH/fullchain.pem': '.pem', '/PATH/privkey.pem': '.key'}


def with_certificate(server, text):
    """The good one, in place of the paths in capitals."""
    if '/PATH/' in text:
        pair = server.certificate('good')
        for word, path in zip(PATHS, pair):
            text = text.replace(word, str(path))
    return text


def change_coturn(server, text):
    """turnserver.conf: a line that begins with a # removes the setting."""
    text = with_certificate(server, text)

    def change(was):
        keys = {line.lstrip('#').split('=')[0] for line in text.splitlines()}
        kept = [line for line in was.splitlines() if line.split('=')[0] not in keys
                or line.startswith(('listening-ip=', 'relay-ip='))]
        return '\n'.join(kept + [line for line in text.splitlines()
                                 if not line.startswith('#')]) + '\n'

    server.change(change)


def change_prosody(server, domain, text):
    """prosody.cfg.lua: in the domain's section."""
    text = with_certificate(server, text)
    modules = re.compile(r'modules_enabled = \{(.*)\}')

    def change(was):
        sections = re.split(r'(?m)^(?=VirtualHost )', was)
        for number, section in enumerate(sections):
            if section.startswith('VirtualHost "%s"' % domain):
                old, new = modules.search(section), modules.search(text)
                added = text
                if new:
                    both = ','.join(match[1] for match in (old, new) if match and match[1].strip())
                    section = modules.sub('', section)
                    added = modules.sub(lambda _: 'modules_enabled = {%s}' % both, text)
                sections[number] = section + added
        return ''.join(sections)

    server.change(change)


def change_ejabberd(server, domain, text):
    """ejabberd.yml, which is JSON here: modules are the domain's."""
    wanted = parse_yaml(with_certificate(server, text))

    def change(was):
        configuration = json.loads(was)
        modules = configuration['append_host_config'][domain]['modules']
        for name, options in wanted.pop('modules', {}).items():
            modules[name] = {**modules.get(name, {}), **(options or {})}
        for listener in wanted.pop('listen', []):
            place(configuration['listen'], listener)
        configuration.update(wanted)
        return json.dumps(configuration)

    server.change(change)


def place(listeners, wanted):
    """A listener at the same port is changed, another one is added."""
    for listener in listeners:
        if all(listener.get(key) == wanted.get(key) for key in ('port', 'transport', 'module')):
            listener.update(wanted)
            return
    listeners.append(wanted)


def change_firewall(host, text):
    """Rules, before those that are there."""
    host.nft('add table inet front\nadd chain inet front entering { type filter hook input priority '
             'filter; }\n' + ''.join('insert rule inet front entering %s\n' % line
                                     for line in text.splitlines()))


def open_firewall(host):
    """Without any rules."""
    host.nft('add table inet front\ndelete table inet front\n')


def change_dns(net, text):
    """A zone's SRV records, in place of those of the same name."""
    records = sites.records()
    for line in text.splitlines():
        name, _, kind, priority, weight, port, target = line.split()
        assert kind == 'SRV', line
        name, target = name.rstrip('.'), target.rstrip('.')
        records = [record for record in records if not record.startswith('srv-host=%s,' % name)]
        records.append('srv-host=%s,%s,%s,%s,%s' % (name, target, port, priority, weight))
    net.isp.server(servers.Dnsmasq).stop()
    net.isp.dns(*records, addresses=topology.NAME_SERVER)


def scalar(word):
    """A YAML value on one line."""
    if word.startswith('"'):
        return json.loads(word)
    if word == '{}':
        return {}
    if word in ('true', 'false'):
        return word == 'true'
    return int(word) if word.isdigit() else word


def parse_yaml(text):
    """The part of YAML that settings use: nested maps, and lists of maps and of words."""
    lines = [(len(line) - len(line.lstrip()), line.strip()) for line in text.splitlines()
             if line.strip()]

    def block(indent):
        found = [] if lines[0][1].startswith('- ') else {}
        while lines and lines[0][0] == indent:
            _, line = lines[0]
            if isinstance(found, list):
                if not line.startswith('- '):
                    break
                inner = line[2:]
                if re.match(r'[a-z_0-9]+:( |$)', inner):
                    lines[0] = (indent + 2, inner)
                    found.append(block(indent + 2))
                else:
                    lines.pop(0)
                    found.append(scalar(inner))
                continue
            key, _, value = line.partition(':')
            lines.pop(0)
            if value.strip():
                found[key] = scalar(value.strip())
            else:
                found[key] = block(lines[0][0])
        return found

    return block(0)
