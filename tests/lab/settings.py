# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Sidetone authors
"""Applies lines of configuration to a running server of the lab, as its administrator would: what is
in them takes the place of what was there. Then the server starts anew."""

import json
import re

import servers
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


# Prosody's settings that are the server's, not a domain's
GLOBAL = re.compile(r'(?m)^(c2s_(?:direct_tls_)?(?:ports|interfaces)) = .*\n')


def change_prosody(server, domain, text):
    """prosody.cfg.lua: in the domain's section, or above all of them."""
    text = with_certificate(server, text)
    modules = re.compile(r'modules_enabled = \{(.*)\}')

    def change(was):
        for line in GLOBAL.finditer(text):
            was = line[0] + re.sub(r'(?m)^%s = .*\n' % line[1], '', was)
        return in_section(was, GLOBAL.sub('', text))

    def in_section(was, text):
        if text.startswith('VirtualHost '):
            return was + text
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


def change_ejabberd(server, domain, text, adds=False):
    """ejabberd.yml, which is JSON here: modules are the domain's. adds: whether a list of call
    servers is added to the one that is there."""
    wanted = parse_yaml(with_certificate(server, text))

    def change(was):
        configuration = json.loads(was)
        modules = configuration['append_host_config'].setdefault(domain, {'modules': {}})['modules']
        for name, options in wanted.pop('modules', {}).items():
            old = modules.get(name, {})
            modules[name] = {**old, **options}
            if adds and 'services' in old:
                modules[name]['services'] = old['services'] + options['services']
        for listener in wanted.pop('listen', []):
            place(configuration['listen'], listener)
        configuration['hosts'] += wanted.pop('hosts', [])
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


def change_haproxy(server, addresses, text):
    """haproxy.cfg: the lines `server starttls` and `server direct` at the ports of these."""
    lines = {word.split()[1]: word for word in text.splitlines()}

    def change(was):
        sections = re.split(r'(?m)^(?=listen )', was)
        for number, section in enumerate(sections):
            for port, name in ((5222, 'starttls'), (5223, 'direct')):
                if any('bind %s:%d\n' % (address, port) in section for address in addresses):
                    sections[number] = re.sub(r'(?m)^  server .*', '  ' + lines[name], section)
        return ''.join(sections)

    server.change(change)


def change_dns(net, text):
    """A zone's records: of SRV, in place of those of the same name; of an address, in place of those
    of its version. A line that begins with a # removes one."""
    server = net.isp.server(servers.Dnsmasq)
    records = list(server.records)
    for line in text.splitlines():
        name, _, kind, *data = line.lstrip('#').split()
        name = name.rstrip('.')
        records = change_record(records, name, kind, data, line.startswith('#'))
    server.stop()
    net.isp.dns(*records, addresses=topology.NAME_SERVER)


def change_record(records, name, kind, data, removed):
    """The records of dnsmasq that follow from the change of one."""
    option = 'srv-host' if kind == 'SRV' else 'host-record'
    old = [record for record in records if record.startswith('%s=%s,' % (option, name))]
    kept = [record for record in records if record not in old]
    if kind == 'SRV':
        priority, weight, port, target = data
        return kept + (not removed) * ['srv-host=%s,%s,%s,%s,%s' % (
            name, target.rstrip('.'), port, priority, weight)]
    addresses = [address for record in old for address in record.split(',')[1:]
                 if (':' in address) != (kind == 'AAAA')]
    addresses += (not removed) * data
    return kept + ['host-record=' + ','.join([name, *addresses])]


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
