"""A capture with every kind of event, labels that are hard to write, and records in one form to compare."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timezone
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any

import pytest

from huginn_cffi import Database
from huginn_cffi.analysis import analyzer
from huginn_cffi.cli import main
from sigcompiler.schema.rows import EVENTS as KINDS
from sigcompiler.schema.rows import FIELDS, OBJECTS, JsonFormat
from tests.support import http2_frames as frames
from tests.support import samples, ssh_model
from tests.support.captures import pcap
from tests.support.devices import dhcp, industrial, made, mdns, neighbours, netbios, smb, ssdp
from tests.support.devices.arp import arp
from tests.support.greetings import MARIADB, sent
from tests.support.packets import NOP, SOK, Ip4, Ip6, Tcp, ethernet, mss, packet
from tests.support.segments import LINUX, segments
from tests.support.tls import certificate_model
from tests.support.tls.conversation import (
    HELLO_EXTENSIONS,
    Conversation,
    alpn,
    client_hello,
    extension,
    record,
    server_hello,
)
from tests.support.tls.datagram_model import Initial, crypto
from tests.support.tls.udp import packet_of
from tests.support.traffic import random_stream

CLIENTS = """
[tcp:request]
label = s:win:Windows:XP
sig   = *:128:0:*:65535,0:mss,nop,nop,sok:df,id+:0

[tls:client]
label = s:!:Browser:"5, 6"
sys   =
sig   = t13d0207h2_c1929292aa6b_078775ef5e04

[http:request]
label = s:!:Tool:x
sys   =
sig   = 1:Host,User-Agent:Via:curl/

[http:response]
label = g:!:Server:
sys   =
sig   = 1:Server::

[segments]
label = s:unix:Linux:
sig   = ttl=64,df=1

[device]
label = s:phone:"Maker, a":<model>:System:=1
sig   = platform Cisco IP Phone <model>
"""
SIGNATURES = (
    samples.SIGNATURES.replace("classes = unix", "classes = win, unix")
    .replace("3.11 and newer", "=1+1, \"a, b\" 'c'; \\ → ü")
    .replace("Ethernet or modem", 'Ethernet, "or"\tmodem')
    .replace("*:Host::x", "*:Host:X-Absent:x")  # covers none of the signatures below
    + CLIENTS
    + """
[banner]

label = s:MariaDB:<version>:Debian 12:Linux:6.1 or newer
sig   = mysql 5.5.5-<version>-MariaDB*
"""
)

BATCH_ROWS = 1000
"""What a batch holds in these tests: a few batches show what many do, and the tests stay short."""
EVENTS = 2 * BATCH_ROWS + 1
"""At least so many are in the capture."""

Row = dict[str, Any]

BETWEEN = dict.fromkeys(("quirks", "params", "alpn", "reasons", "raw_hits", "doubt"), ",")
BETWEEN.update(match_candidates=" | ", match_evidence=" | ", vendor_data=" | ", announced=" | ")
BETWEEN.update(parameters=",", dhcp_options=",", site_names=",", weaknesses=",")
BETWEEN.update(dict.fromkeys(ssh_model.NAMES, ","))
"""What tables put between the texts of a list."""


def hellos() -> list[bytes]:
    """Two connections with TLS: one client has a name, the other has none."""
    answer = extension(43, b"\3\4") + extension(51, b"\0\x1d\0\x20" + bytes(32)) + alpn(b"h2")
    packets = []
    for port, ciphers in ((443, (0x1301, 0xC02F)), (8443, (0x1302,))):
        conversation = Conversation(server_port=port).client(0, record(client_hello(ciphers=ciphers)))
        packets += conversation.server(0, record(server_hello(answer, 0x1301))).packets
    return packets


def messages() -> list[bytes]:
    """Connections with HTTP: of the one all is there, of the other nearly nothing, and one with HTTP/2."""
    request = (
        *("GET /a?b HTTP/1.1", "Host: example.com:8080", 'User-Agent: =a|b "x" \\ \xff/1', "Accept: */*"),
        *("Accept-Language: en", 'Sec-CH-UA-Platform: "Linux"', 'Sec-CH-UA-Platform-Version: "6.1.0"'),
        "Cookie: a=b",
    )
    response = ("HTTP/1.1 200 OK", "Server: nginx", "Content-Type: text/html", "X-A: b|c")
    packets = []
    for port, lines in ((8088, (request, response)), (8089, (("GET / HTTP/1.0",), ("HTTP/1.0 404 no",)))):
        asked, answer = (("\r\n".join((*one, "", ""))).encode("latin-1") for one in lines)
        packets += Conversation(server_port=port).client(0, asked).server(0, answer).packets
    head = frames.header_frames(b"\x82\x86\x84\x41\x01a")  # GET / of a
    asked = frames.PREFACE + frames.settings((3, 100)) + head
    answer = frames.settings() + frames.header_frames(b"\x88")  # 200
    return packets + Conversation(server_port=8090).client(0, asked).server(0, answer).packets


def hellos_over_quic() -> list[bytes]:
    """One connection, whose client names its user agent; nothing where no packet can be sealed."""
    if find_spec("cryptography") is None:
        return []
    agent = b'Chrome/90.0 "Windows", \xc3\xbc'
    parameters = bytes.fromhex("7129") + bytes([len(agent)]) + agent
    hello = client_hello(HELLO_EXTENSIONS + extension(0x39, parameters), ciphers=(0x1301,))
    answer = server_hello(extension(43, b"\3\4") + extension(51, b"\0\x1d\0\x20" + bytes(32)), 0x1301)
    first = Initial(b"8 bytes.", crypto(0, hello), source=b"mine", version=0xFF00001D)
    back = replace(first, to=b"mine", frames=crypto(0, answer), source=b"yours", server=True, key_id=first.to)
    return [packet_of(first.sealed()), packet_of(back.sealed(), server=True)]


def ssh() -> list[bytes]:
    """A connection with SSH, whose client has a name that is hard to write."""
    name = b'SSH-2.0-=1+1|"a",\xff <b> \\ \x1b\r\n'
    client = name + ssh_model.CLIENT_SAYS[len(ssh_model.CLIENT_ID) :]
    return ssh_model.connection(client, ssh_model.SERVER_SAYS, port=41222)


def greetings() -> list[bytes]:
    """Of a server whose package is known, and of one whose words are hard to write."""
    hard = b'220 =1+1|"a",\xff <b> \\ ESMTP Postfix (Debian/GNU)\r\n'
    known = sent(MARIADB, port=41223)
    return [*known, *sent(hard, port=41224)]


def proxied() -> list[bytes]:
    """A connection that begins with a PROXY header."""
    header = b"PROXY TCP6 2001:db8::9 2001:db8::1 56324 443\r\n"
    return Conversation(server_port=8091).handshake().client(0, header).packets


def certificates() -> list[bytes]:
    """Of a server whose certificate has names that are hard to write and a weak key."""
    hard = certificate_model.name(b'=1+1|"a",\xff <b> \\ example.org')
    served = certificate_model.served(
        certificate_model.certificate(subject=hard, key=certificate_model.rsa(1024)), port=41225
    )
    return served.packets


def announcements() -> list[bytes]:
    """What devices say, with bytes that are hard to write."""
    options = (
        dhcp.option(12, b'"a", <b>'),
        dhcp.option(60, b"=1+1 \xff | \\ \x1b"),
        dhcp.option(55, bytes((1, 3, 6))),
        dhcp.option(81, b"\0\0\0pc.example"),
        dhcp.option(61, b"\1\2"),
        dhcp.option(77, b"class, a"),
        dhcp.option(124, b"\0\0\0\x09\0"),
    )
    asked = dhcp.message(*options, kind=dhcp.REQUEST, ciaddr="192.0.2.7")
    given = dhcp.message(kind=dhcp.ACK, op=2, yiaddr="192.0.2.8")
    alive = ssdp.alive("NT: =1+1", b'SERVER: "a|b", \xff <c>')
    browser = netbios.announcement(comment=b'=1+1 | "disk", \xff')
    named = netbios.names(netbios.registration(netbios.encoded(b"PC")))
    served = netbios.datagrams(netbios.message(netbios.mail(browser)))
    answer = mdns.message(
        mdns.text(b'"a|b", \xff', "_http._tcp", b"model==1+1 \x1b \\", b"ty=<b>"), mdns.address("host")
    )
    texts = ('=1+1 | "a"', "<b>, \\ \x1b")
    token = smb.challenge()
    session = smb.connection(smb.setup2(smb.authenticate()), smb.setup1(texts, token, words=4))
    switch = neighbours.lldp_frame(neighbours.tlv(5, b'"a", <b>'), neighbours.tlv(6, b"=1+1 \xff | \\ \x1b"))
    phone = neighbours.cdp_frame(neighbours.cdp_tlv(6, b"Cisco IP Phone 7941"))
    sent = [mdns.sent(answer), ssdp.sent(alive), named, served, *session]
    router = made.datagram(bytes(4) + b"\0\x08\0\x08Mikro|=1\0\x0c\0\x05<b>,\xff", 5678, 5678)
    caller = made.datagram(b'BYE sip:a SIP/2.0\r\nUser-Agent: =1+1 | "a", \xff <b>\r\n\r\n', 5060, 5060)
    plant = industrial.property_answer(70, industrial.characters(b'=1+1 | "a", \xff <b>'))
    plant = made.datagram(industrial.bacnet(plant, function=10), 47808, 47808)
    new = neighbours.cdp_frame(neighbours.cdp_tlv(6, b"Cisco IP Phone 7942"), mac="00:00:5e:00:53:02")
    moved = [arp(mac=f"00:00:5e:00:53:{last}") for last in ("03", "02")]
    return [
        dhcp.from_client(asked),
        dhcp.from_server(given),
        *sent,
        switch,
        phone,
        router,
        plant,
        caller,
        new,
        *moved,
    ]


def changes(start: int) -> list[tuple[int, bytes]]:
    """SYNs of two systems in turn from one address: p0f calls the third change a sharing."""
    windows = Tcp(window=65535, options=mss(1460) + NOP + NOP + SOK)
    turns = [(Ip4(source="198.51.100.77"), Tcp()), (Ip4(source="198.51.100.77", ttl=128), windows)] * 3
    return [
        (start + number * samples.SECOND, packet(ip, replace(tcp, sport=40000 + number)))
        for number, (ip, tcp) in enumerate(turns)
    ]


def scan(start: int) -> list[tuple[int, bytes]]:
    """SYNs to well-known ports without an answer."""
    to_ports = (
        packet(Ip4(source="198.51.100.78"), Tcp(sport=40000 + port, dport=port)) for port in range(1, 41)
    )
    return [(start + number * samples.SECOND // 2, data) for number, data in enumerate(to_ports)]


@contextmanager
def small_batches() -> Iterator[None]:
    """The analyzer's batches hold `BATCH_ROWS` events."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(analyzer, "BATCH_ROWS", BATCH_ROWS)
        yield


def two_without_handshakes() -> list[tuple[int, bytes]]:
    """Segments of a host that they name, and of one that they do not."""
    return [*segments(6, LINUX), *segments(6, LINUX._replace(df=False), "198.51.100.8")]


def capture() -> bytes:
    """Some of everything, over IPv4 and IPv6 and in tunnels."""
    six = packet(Ip6(source="2001:db8::1", destination="2001:db8::2"), Tcp())
    packets = [*samples.conversation(), (samples.START + 2 * samples.SECOND, six)]
    begin = samples.START + 3 * samples.SECOND
    packets += [(begin + time, data) for time, data in random_stream(Random(8), 101, 1500)]
    packets += samples.syns(600, begin)
    end = packets[-1][0]
    packets += [(end + 1000 + time % 1000, data) for time, data in two_without_handshakes()]
    last = [*hellos(), *hellos_over_quic(), *messages(), *ssh(), *greetings(), *proxied(), *certificates()]
    packets += [(end + 1000 * number, data) for number, data in enumerate(last, 1)]
    frames_of_all = [(time, ethernet(data)) for time, data in packets]
    frames_of_all += [(end + 10**6 + 1000 * number, data) for number, data in enumerate(announcements())]
    frames_of_all += [(time, ethernet(data)) for time, data in changes(end + 2 * 10**6)]
    frames_of_all += [(time, ethernet(data)) for time, data in scan(end + 10 * samples.SECOND)]
    return pcap(frames_of_all, 1, nanoseconds=True)


def write_inputs(folder: Path) -> tuple[str, str]:
    """The capture and the database as files."""
    source, database = folder / "in.pcap", folder / "in.fp"
    source.write_bytes(capture())
    database.write_text(SIGNATURES, encoding="utf-8")
    return str(source), str(database)


def run(format: str, source: str, database: str, output: Path, *more: str) -> int:
    """``huginn pcap`` into a file; its exit status."""
    words = ["pcap", source, "--db", database, "--format", format, "-o", str(output), "--http-paths"]
    words += ["--host-names", "--segments", *more]
    if not format.startswith("p0f"):
        words += ["--events", ",".join(KINDS)]
    with small_batches():
        return main(words)


def at(record: dict[str, Any], path: list[str]) -> Any:
    """What stands at a path; None where nothing does."""
    found: Any = record
    for key in path:
        found = None if found is None else found.get(key)
    return found


def ns(text: str) -> int:
    """A time of RFC 3339 in ns since the epoch."""
    seconds, _, fraction = text.removesuffix("Z").partition(".")
    moment = datetime.fromisoformat(seconds).replace(tzinfo=timezone.utc)
    return int(moment.timestamp()) * 10**9 + int(fraction)


def rows_of_json(lines: Iterable[bytes], format: JsonFormat) -> list[Row]:
    """Records of a form of JSON as rows of a table; JSON itself does not name the capture."""
    rows = []
    for line in lines:
        record = json.loads(line)
        own = record[OBJECTS[format]] if format in OBJECTS else record
        row = {field.column: at(own, (field.json or field.column).split(".")) for field in FIELDS}
        for field in FIELDS:
            if place := {"eve": field.eve, "ecs": field.ecs}.get(format):
                row[field.column] = at(record, place.split("."))
        row["capture"] = record.get("pcap_filename") or at(record, ["log", "file", "path"])
        row["time_ns"] = ns(row["time_ns"])
        for name, between in BETWEEN.items():
            row[name] = None if row[name] is None else between.join(map(str, row[name]))
        rows.append(row)
    return rows


def opened(database: str) -> Database:
    """The database of a test."""
    return Database.compile(database)
