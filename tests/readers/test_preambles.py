"""PROXY headers, SOCKS, TDS and OpenVPN: readers see what follows as the beginning.

Bytes are made by hand after haproxy's proxy-protocol.txt, RFC 1928 and 1929, the memos of SOCKS 4 and 4A,
MS-TDS 2.2.3, and the description of its protocol in OpenVPN's source.
"""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import huginn_cffi as hg
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.run.settings import HttpMessages
from tests.support.captures import pcap
from tests.support.devices.made import IP4, datagram
from tests.support.tls.certificate_model import certificate, chain
from tests.support.tls.conversation import Conversation, client_hello, record, server_hello

HELLO, ANSWER = record(client_hello()), record(server_hello())
REQUEST, RESPONSE = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
SSH_CLIENT, SSH_SERVER = b"SSH-2.0-OpenSSH_9.6\r\n", b"SSH-2.0-OpenSSH_9.2p1\r\n"
CONTENTS = {
    "tls": (HELLO, ANSWER, {"tls_client", "tls_server"}),
    "http": (REQUEST, RESPONSE, {"http_request", "http_response"}),
    "ssh": (SSH_CLIENT, SSH_SERVER, {"ssh_client", "ssh_server"}),
}

ASKED, GRANTED = b"CONNECT a:9 HTTP/1.1\r\nHost: a:9\r\n\r\n", b"HTTP/1.1 200 OK\r\nVia: 1.1 p\r\n\r\n"

TCP = {"syn", "syn_ack", "mtu", "client_uptime", "server_uptime"}
Turns = list[tuple[str, bytes]]
VERSION_2 = bytes.fromhex("0d0a0d0a000d0a515549540a")
PROXIES: dict[str, Turns] = {
    "v1": [("c", b"PROXY TCP4 192.0.2.9 198.51.100.1 56324 443\r\n")],
    "v1, IPv6": [("c", b"PROXY TCP6 2001:db8::9 2001:db8::1 56324 443\r\n")],
    "v1, unknown": [("c", b"PROXY UNKNOWN\r\n")],
    "v2": [("c", VERSION_2 + bytes.fromhex("21 11 000c c0000209 c6336401 dc04 01bb"))],
    "v2, IPv6": [
        (
            "c",
            VERSION_2
            + bytes.fromhex(
                "21 21 0024" + "20010db8" + "00" * 11 + "09" + "20010db8" + "00" * 11 + "01 dc04 01bb"
            ),
        )
    ],
    "v2, local": [("c", VERSION_2 + bytes.fromhex("20 00 0000"))],
}
STATED = {
    "v1": ("192.0.2.9", "198.51.100.1"),
    "v1, IPv6": ("2001:db8::9", "2001:db8::1"),
    "v2": ("192.0.2.9", "198.51.100.1"),
    "v2, IPv6": ("2001:db8::9", "2001:db8::1"),
}
"""What the headers state; the others state nothing."""
SOCKS: dict[str, Turns] = {
    "socks 4": [("c", bytes.fromhex("04 01 01bb c6336405 00")), ("s", bytes.fromhex("00 5a 01bb c6336405"))],
    "socks 4a": [
        ("c", bytes.fromhex("04 01 01bb 00000001 6d65 00 612e622e 00")),
        ("s", b"\0\x5a" + bytes(6)),
    ],
    "socks 5": [
        *(("c", bytes.fromhex("05 01 00")), ("s", bytes.fromhex("05 00"))),
        *(
            ("c", bytes.fromhex("05 01 00 03 03 612e62 01bb")),
            ("s", bytes.fromhex("05 00 00 01 c6336405 01bb")),
        ),
    ],
    "socks 5, login, IPv6": [
        *(("c", bytes.fromhex("05 02 00 02")), ("s", bytes.fromhex("05 02"))),
        *(("c", bytes.fromhex("01 02 6d65 02 7077")), ("s", bytes.fromhex("01 00"))),
        *(("c", bytes.fromhex("05 01 00 04") + bytes(16) + b"\x01\xbb"), ("s", b"\5\0\0\4" + bytes(18))),
    ],
}


def conversation(turns: Turns) -> Conversation:
    made, places = Conversation(server_port=9999).handshake(), {"c": 0, "s": 0}
    for side, data in turns:
        (made.client if side == "c" else made.server)(places[side], data)
        places[side] += len(data)
    return made


def counts(turns: Turns, http: HttpMessages = "first") -> dict[str, int]:
    return counts_of(conversation(turns), http)


def counts_of(made: Conversation, http: HttpMessages = "first") -> dict[str, int]:
    """The events of a conversation, those of TCP aside."""
    with hg.Analyzer(None, http=http, max_connections=9, max_hosts=9) as analyzer:
        for _ in analyzer.analyze_packets(made.timed()):
            pass
        found = {name: count for name, count in analyzer.stats.events_by_kind.items() if count}
    return {name: count for name, count in found.items() if name not in TCP}


def events(turns: Turns, http: HttpMessages = "first") -> set[str]:
    return {*counts(turns, http)}


@pytest.mark.parametrize("content", CONTENTS)
@pytest.mark.parametrize("name", [*PROXIES, *SOCKS])
def test_what_follows_is_read(name: str, content: str) -> None:
    asked, answered, kinds = CONTENTS[content]
    before = {**PROXIES, **SOCKS}[name]
    kinds = kinds | {"proxied"} if name in STATED else kinds
    assert events([*before, ("c", asked), ("s", answered)]) == kinds
    if name in PROXIES:  # in the same segment
        assert events([("c", before[0][1] + asked), ("s", answered)]) == kinds


@pytest.mark.parametrize("name", [*PROXIES, *SOCKS, "connect"])
@pytest.mark.parametrize("content", CONTENTS)
def test_segments_that_wait_hide_nothing(name: str, content: str) -> None:
    """Wrong checksums beside each segment, whose bytes wait to be acknowledged; segments in another order."""
    asked, answered, _ = CONTENTS[content]
    connect: Turns = [("c", ASKED), ("s", GRANTED)]
    turns: Turns = [*{**PROXIES, **SOCKS, "connect": connect}[name], ("c", asked), ("s", answered)]
    orders: list[list[tuple[int, int, bool]]] = [  # of the pieces of a message; True: not taken
        [(0, 900, True), (0, 900, False)],
        [(0, 900, False), (900, 950, True)],
        [(5, 900, False), (0, 5, False)],
    ]
    for order in orders:
        made, places = Conversation(server_port=9999).handshake(), {"c": 0, "s": 0}
        for side, data in turns:
            for begin, end, is_false in order:
                sent = data[begin:end] if not is_false else b"z" * (end - begin)
                (made.client if side == "c" else made.server)(places[side] + min(begin, len(data)), sent)
                if is_false:
                    made.packets[-1] = made.packets[-1][:-1] + b"y"
            places[side] += len(data)
        assert counts_of(made) == counts(turns)


@pytest.mark.parametrize("name", [*PROXIES, *SOCKS])
def test_a_server_that_speaks_first(name: str) -> None:
    greeting = ("s", b"220 mail.example ESMTP Postfix\r\n")
    kinds = {"greeting", "proxied"} if name in STATED else {"greeting"}
    assert events([*{**PROXIES, **SOCKS}[name], greeting, ("c", b"EHLO a\r\n")]) == kinds


def proxied(header: bytes) -> list[tuple[str, int, str, int]]:
    """What the events of a header state, alone in its segment and before a request."""
    found = []
    for turns in ([("c", header), ("c", REQUEST)], [("c", header + REQUEST)]):
        with hg.Analyzer(None, max_connections=9, max_hosts=9) as analyzer:
            results = list(analyzer.analyze_packets(conversation(turns).timed()))
        assert sum(one.http_request is not None for one in results) == 1
        found.append([one.proxied for one in results if one.proxied is not None])
    texts = [
        [(one.proxied_src_ip, one.proxied_src_port, one.proxied_dst_ip, one.proxied_dst_port) for one in each]
        for each in found
    ]
    assert texts[0] == texts[1]
    return texts[0]


@pytest.mark.parametrize("name", PROXIES)
def test_the_stated_client(name: str) -> None:
    expected = [(STATED[name][0], 56324, STATED[name][1], 443)] if name in STATED else []
    assert proxied(PROXIES[name][0][1]) == expected


@pytest.mark.parametrize(
    ("family", "text", "expected"),
    [
        ("4", "0.0.0.0", "0.0.0.0"),
        ("4", "255.255.255.255", "255.255.255.255"),
        *(("4", text, None) for text in ("256.0.0.1", "1.2.3", "1.2.3.4.5", "", "a.b.c.d", "1..2.3")),
        *(("6", text, text) for text in ("::", "::1", "1::", "1:2:3:4:5:6:7:8", "fe80::1:2", "1::2:0:0:3")),
        ("6", "1:0:0:0:0:0:0:8", "1::8"),
        ("6", "2001:DB8::A", "2001:db8::a"),
        ("6", "::ffff:192.0.2.1", "::ffff:192.0.2.1"),
        ("6", "1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
        *(("6", text, None) for text in ("1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", ":1", "12345::")),
        *(("6", text, None) for text in ("1:2:3:4:5:6:7:", "g::", "::1.2.3", "1:2:3:4:5:6:7:1.2.3.4")),
    ],
)
def test_addresses_in_lines(family: str, text: str, expected: str | None) -> None:
    found = proxied(f"PROXY TCP{family} {text} {text} 65535 0\r\n".encode())
    assert found == ([] if expected is None else [(expected, 65535, expected, 0)])


@pytest.mark.parametrize(
    "header",
    [
        *(
            b"PROXY TCP4 192.0.2.9 198.51.100.1 " + ports + b"\r\n"
            for ports in (b"65536 1", b"1", b"1 2 3", b"-1 2")
        ),
        VERSION_2 + bytes.fromhex("21 12 000c c0000209 c6336401 dc04 01bb"),  # UDP
        VERSION_2 + bytes.fromhex("21 11 000b c0000209 c6336401 dc04 01"),  # too short
        VERSION_2 + bytes.fromhex("20 11 000c c0000209 c6336401 dc04 01bb"),  # local
    ],
)
def test_no_addresses_of_tcp(header: bytes) -> None:
    assert proxied(header) == []


def batch_of(turns: Turns) -> hg.Batch:
    data = pcap(list(enumerate(conversation(turns).packets)))
    (batch,) = hg.Analyzer(None, max_connections=9, max_hosts=9).batches(data)
    return batch


def test_the_balancer_states_its_clients() -> None:
    """The client is shown in the balancer's record, and has none."""
    batch = batch_of([PROXIES["v1"][0], ("c", REQUEST)])
    inventory = Inventory(None)
    inventory.add(batch)
    records = [json.loads(one) for one in b"".join(inventory.written("json")).splitlines()]
    (balancer,) = (one for one in records if any(peer["direction"] == "for" for peer in one["peers"]))
    assert [(one["ip"], one["port"]) for one in balancer["peers"] if one["direction"] == "for"] == [
        ("192.0.2.9", 443)
    ]
    assert "192.0.2.9" not in {one["ip"] for one in records}
    texts = b"".join(inventory.written("text")).decode()
    assert texts.count("  States: client 192.0.2.9 port 443 (1 connection)\n") == 1


@pytest.mark.parametrize("name", STATED)
def test_stated_clients_are_anonymised(name: str) -> None:
    anonymous = pytest.importorskip("huginn_cffi.analysis.anonymous", exc_type=ImportError)
    batch = batch_of([PROXIES[name][0], ("c", REQUEST)])
    columns = batch._cells.dense["greetings"]

    def addresses() -> list[bytes]:
        return [bytes(columns[one][:16]) for one in ("proxied_src_ip", "proxied_dst_ip")]

    before = addresses()
    anonymous.Anonymizer(bytes(32)).apply(batch)
    assert not {*before} & {*addresses()}


TUNNELLED = {
    **CONTENTS,
    "certificate": (
        HELLO,
        ANSWER + record(chain(certificate())),
        {"tls_client", "tls_server", "certificate"},
    ),
}


@pytest.mark.parametrize("http", ["first", "all"])
@pytest.mark.parametrize("content", TUNNELLED)
def test_what_follows_connect_is_read(content: str, http: HttpMessages) -> None:
    asked, answered, kinds = TUNNELLED[content]
    heads = {"http_request", "http_response"}
    whole: Turns = [("c", ASKED), ("s", GRANTED), ("c", asked), ("s", answered)]
    assert events(whole, http) == kinds | heads
    split: Turns = [(side, data[i : i + 9]) for side, data in whole for i in range(0, len(data), 9)]
    assert events(split, http) == kinds | heads
    assert counts(whole, http) == counts(split, http)
    if content == "http":
        assert counts(whole, http)["http_request"] == counts(whole, http)["http_response"] == 2


def test_a_server_that_speaks_first_after_connect() -> None:
    greeting = b"220 mail.example ESMTP Postfix\r\n"
    for turns in (
        [("c", ASKED), ("s", GRANTED), ("s", greeting), ("c", b"EHLO a\r\n")],
        [("c", ASKED), ("s", GRANTED + greeting), ("c", b"EHLO a\r\n")],
    ):
        assert events(turns) == {"greeting", "http_request", "http_response"}
    assert events([("c", ASKED), ("s", GRANTED + SSH_SERVER), ("c", SSH_CLIENT)]) == {
        *("http_request", "http_response", "ssh_client", "ssh_server")
    }


@pytest.mark.parametrize(
    "before",
    [
        [("c", ASKED), ("s", b"HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n")],
        [("c", REQUEST), ("s", RESPONSE)],
        [("c", ASKED[:-2] + b"a: b\r\n"), ("s", GRANTED)],  # the request goes on
    ],
    ids=["refused", "no CONNECT", "incomplete"],
)
def test_no_tunnel_after(before: Turns) -> None:
    after: Turns = [("c", SSH_CLIENT), ("s", SSH_SERVER)]
    assert not {"ssh_client", "ssh_server"} & events([*before, *after])


def test_a_hello_before_the_answer_to_connect() -> None:
    """TLS is found anyway, since a hello may begin with any of the first segments."""
    whole = {"http_request", "http_response", "tls_client", "tls_server"}
    assert events([("c", ASKED), ("c", HELLO), ("s", GRANTED), ("s", ANSWER)]) == whole
    assert events([("c", ASKED), ("c", HELLO), ("s", GRANTED + ANSWER)]) >= whole - {"tls_server"}


def test_detection_begins_anew_once() -> None:
    """Otherwise bytes out of order could be moved again and again."""
    tunnel: Turns = [("c", ASKED), ("s", GRANTED)]
    found = counts([*tunnel, *tunnel, *tunnel, ("c", SSH_CLIENT), ("s", SSH_SERVER)], "first")
    assert found == {"http_request": 2, "http_response": 2}


def tds(kind: str, content: bytes, last: int = 1) -> bytes:
    return bytes.fromhex(f"{kind} {last:02x} {8 + len(content):04x} 0000 01 00") + content


def parts(content: bytes, size: int) -> list[bytes]:
    """A message of TDS in packets."""
    return [
        tds("12", content[at : at + size], at + size >= len(content)) for at in range(0, len(content), size)
    ]


VERSION = bytes.fromhex("00 000b 0006 01 0011 0001 ff 0f000000 0000 00")
NEWER = VERSION[:11] + bytes.fromhex("0f001039 0000") + VERSION[17:]
LOGIN: Turns = [("c", tds("12", VERSION)), ("s", tds("04", VERSION))]


def test_tls_in_tds() -> None:
    turns = [*LOGIN, ("c", tds("12", HELLO)), ("s", tds("12", ANSWER))]
    assert events(turns) == {"greeting", "tls_client", "tls_server"}


def test_the_version_of_a_server_of_tds() -> None:
    """Version 15.0.4153 in the server's options ([MS-TDS], 2.2.6.5), before TLS."""
    turns = [*LOGIN[:1], ("s", tds("04", NEWER)), ("c", tds("12", HELLO)), ("s", tds("12", ANSWER))]
    with hg.Analyzer() as analyzer:
        found = [
            one.greeting for one in analyzer.analyze_packets(conversation(turns).timed()) if one.greeting
        ]
    assert [(one.greeting_protocol, one.program, one.program_version, one.source.port) for one in found] == [
        ("tds", "SQL Server", "15.0.4153", 9999)
    ]
    assert events(turns) == {"greeting", "tls_client", "tls_server"}


@pytest.mark.parametrize(
    "answer",
    [
        VERSION[:11] + bytes(6) + VERSION[17:],  # no version
        NEWER[:2] + b"\x40" + NEWER[3:],  # beyond the end
        NEWER[:4] + b"\x02" + NEWER[5:],  # too short
        NEWER[:11],  # cut
    ],
)
def test_what_states_no_version_in_tds(answer: bytes) -> None:
    assert events([*LOGIN[:1], ("s", tds("04", answer))]) == set()
    assert events([("c", tds("04", NEWER)), ("s", tds("04", NEWER))]) == set()


@pytest.mark.parametrize("step", [1, 7, 8, 9, 40, 5000])
@pytest.mark.parametrize("packets", [2, 3, 16])
def test_tls_in_several_packets_of_tds(packets: int, step: int) -> None:
    """Their headers are between the bytes of a record; segments of TCP may end anywhere."""
    answer = ANSWER + record(chain(certificate()))
    sent = [
        (side, b"".join(parts(content, -(-len(content) // packets))))
        for side, content in (("c", HELLO), ("s", answer))
    ]
    split: Turns = [(side, data[at : at + step]) for side, data in sent for at in range(0, len(data), step)]
    if step < 10:  # the first segment must show that it begins TLS
        split = [(side, data[:10]) for side, data in sent][:1] + [
            (side, data[at : at + step]) for side, data in sent[:1] for at in range(10, len(data), step)
        ]
        assert events([*LOGIN, *split]) == {"greeting", "tls_client"}
    else:
        assert events([*LOGIN, *split]) == {"greeting", "tls_client", "tls_server", "certificate"}


@pytest.mark.parametrize("rest", [b"", tds("12", b"\x16\3\3")[:-1], b"\x17\3\3\0\1a"])
def test_messages_of_tds_with_a_record_each(rest: bytes) -> None:
    """As a program that writes each record by itself. What follows them, whole or not, hides nothing."""
    messages = tds("12", ANSWER) + tds("12", record(chain(certificate())))
    assert events([*LOGIN, ("c", tds("12", HELLO)), ("s", messages + rest)]) == {
        "greeting",
        "tls_client",
        "tls_server",
        "certificate",
    }


@pytest.mark.parametrize(
    "packets",
    [
        parts(HELLO, 40)[:-1],  # the last one is missing
        [parts(HELLO, 40)[0], *parts(HELLO, 40)[2:]],  # one is
        [parts(HELLO, 40)[0], b"\x11" + parts(HELLO[40:], 1000)[0][1:]],  # of another type
        parts(HELLO, len(HELLO) // 17),  # too many
    ],
    ids=["unfinished", "lost", "another type", "17"],
)
def test_what_is_no_hello_in_tds(packets: list[bytes]) -> None:
    assert events([*LOGIN, ("c", b"".join(packets))]) == {"greeting"}


CLIENT = replace(IP4, source="192.0.2.1", destination="192.0.2.2")
SERVER = replace(IP4, source="192.0.2.2", destination="192.0.2.1")
PROOFS = {
    "plain": b"",
    "sha1": bytes(range(1, 29)),
    "sha256": bytes(range(1, 41)),
    "sha512": bytes(range(1, 73)),
}
"""With tls-auth, an HMAC, a number and a time follow the session."""


def openvpn(operation: int, proof: bytes, rest: str, content: bytes = b"") -> bytes:
    return bytes([operation << 3]) + b"sessions" + proof + bytes.fromhex(rest) + content


def openvpn_turns(proof: bytes, hello: bytes = HELLO, answer: bytes = ANSWER) -> Turns:
    """Resets, an acknowledgment, and a control packet with a hello of each end."""
    return [
        ("c", openvpn(7, proof, "00 00000000")),
        ("s", openvpn(8, proof, "01 00000000 6162636465666768 00000000")),
        ("c", openvpn(5, proof, "01 00000000 6162636465666768")),
        ("c", openvpn(4, proof, "00 00000001", hello)),
        ("s", openvpn(4, proof, "01 00000001 6162636465666768 00000001", answer)),
    ]


@pytest.mark.parametrize("proof", PROOFS.values(), ids=list(PROOFS))
def test_tls_in_openvpn(proof: bytes) -> None:
    turns = openvpn_turns(proof)
    assert events([(side, len(data).to_bytes(2, "big") + data) for side, data in turns]) == {
        "tls_client",
        "tls_server",
    }
    ends = {"c": (40_000, 1194, CLIENT), "s": (1194, 40_000, SERVER)}
    datagrams = [
        datagram(data, *ends[side][:2], ip=ends[side][2])
        for side, data in [*turns, *turns]  # twice
    ]
    with hg.Analyzer(None, max_connections=9, max_hosts=9) as analyzer:
        found = list(analyzer.analyze_packets(enumerate(datagrams), linktype=1))
    client, server = found
    assert client.tls_client is not None
    assert server.tls_server is not None
    assert client.tls_client.signature.transport == "openvpn"
    assert client.tls_client.signature.ja4.startswith("t13")
    assert (client.packet_number, server.packet_number) == (4, 5)


def in_pieces(proof: bytes, size: int, step: int = 1) -> Turns:
    """A session whose hellos are in packets of `size` bytes, as older versions send them."""
    turns = openvpn_turns(proof)[:3]
    follows = record(chain(certificate()))
    for side, sent, acknowledged in (
        ("c", HELLO, "00"),
        ("s", ANSWER + follows, "01 00000001 6162636465666768"),
    ):
        for i, at in enumerate(range(0, len(sent), size)):
            rest = f"{acknowledged if i == 0 else '00'} {1 + step * i:08x}"
            turns.append((side, openvpn(4, proof, rest, sent[at : at + size])))
    return turns


def read_datagrams(turns: Turns) -> list[hg.AnalysisResult]:
    ends = {"c": (40_000, 1194, CLIENT), "s": (1194, 40_000, SERVER)}
    sent = [datagram(data, *ends[side][:2], ip=ends[side][2]) for side, data in turns]
    with hg.Analyzer(None, max_connections=9, max_hosts=9) as analyzer:
        return list(analyzer.analyze_packets(enumerate(sent), linktype=1))


def hellos_of(one: hg.AnalysisResult) -> tuple[str | None, str | None]:
    client, server = one.tls_client, one.tls_server
    return (
        None if client is None else client.signature.ja4,
        None if server is None else server.ja3s,
    )


@pytest.mark.parametrize("size", [30, 100, 150])
@pytest.mark.parametrize("proof", PROOFS.values(), ids=list(PROOFS))
def test_a_hello_in_several_packets_of_openvpn(proof: bytes, size: int) -> None:
    turns = in_pieces(proof, size)
    whole = read_datagrams(openvpn_turns(proof))
    found = read_datagrams([*turns, *turns])  # each packet is repeated
    assert [hellos_of(one) for one in found] == [hellos_of(one) for one in whole]
    assert len(found) == 2
    framed = [(side, len(data).to_bytes(2, "big") + data) for side, data in turns]
    assert events(framed) == {"tls_client", "tls_server"}
    joined = b"".join(data for side, data in framed[3:] if side == "c")
    acknowledgment = framed[2][1]
    # The first segment must show that it begins a hello.
    cut = [("c", acknowledgment + joined[:110]), ("c", joined[110:-7]), ("c", joined[-7:])]
    assert "tls_client" in events([*framed[:2], *cut])


def test_pieces_of_openvpn_that_do_not_fit() -> None:
    """Other numbers, or no beginning."""
    other = in_pieces(b"", 100, 2)
    assert all(one.tls_client is None for one in read_datagrams(other))
    assert (
        events([("c", len(data).to_bytes(2, "big") + data) for side, data in other if side == "c"]) == set()
    )
    headless = [turn for i, turn in enumerate(in_pieces(b"", 100)) if i not in (3, 5)]
    assert all(one.tls_client is None for one in read_datagrams(headless))


def test_a_hello_in_several_records_in_openvpn() -> None:
    """Over TCP the records are joined; over UDP such a hello is counted, and no bytes of it are mistaken."""
    parts = HELLO[5:45], HELLO[45:]
    split = b"".join(b"\x16\x03\x01" + len(part).to_bytes(2, "big") + part for part in parts)
    turns = openvpn_turns(b"", hello=split)
    whole, *_ = read_datagrams(openvpn_turns(b""))
    framed = [(side, len(data).to_bytes(2, "big") + data) for side, data in turns]
    with hg.Analyzer(None, protocols=("tls",), max_connections=9, max_hosts=9) as analyzer:
        joined = list(analyzer.analyze_packets(conversation(framed).timed()))
    assert hellos_of(joined[0]) == hellos_of(whole)
    assert [one.tls_client for one in read_datagrams(turns)] == [None]
    longer = HELLO[:3] + (len(HELLO) - 5 + 4).to_bytes(2, "big") + HELLO[5:] + b"\x0e\0\0\0"
    assert hellos_of(read_datagrams(openvpn_turns(b"", hello=longer))[0]) == hellos_of(whole)


def test_what_follows_in_openvpn_is_not_read() -> None:
    """Headers of packets are between the later bytes of TLS: a certificate would have a wrong digest."""
    chained = record(chain(certificate()))
    sent = openvpn_turns(b"", answer=ANSWER + chained[:200])
    sent += [("s", openvpn(4, b"", "00 00000002", chained[200:]))]
    whole = [(side, len(data).to_bytes(2, "big") + data) for side, data in sent]
    assert events(whole) == {"tls_client", "tls_server"}
    assert events([*whole[:4], ("s", whole[4][1] + whole[5][1])]) == {"tls_client", "tls_server"}
    assert "certificate" in events([("c", HELLO), ("s", ANSWER + chained)])


def test_what_only_resembles_openvpn() -> None:
    """The lengths before messages are no proof, nor is a control packet without a hello."""
    reset = openvpn(7, b"", "00 00000001")
    assert events([("c", len(reset).to_bytes(2, "big") + reset), ("c", REQUEST), ("s", RESPONSE)]) == set()
    for hello in (HELLO[:5] + b"\x0b" + HELLO[6:], b"\x17" + HELLO[1:], HELLO[:-1]):
        data = [datagram(data, 40_000, 1194) for _, data in openvpn_turns(b"", hello)[:4]]
        with hg.Analyzer(None, max_connections=9, max_hosts=9) as analyzer:
            assert list(analyzer.analyze_packets(enumerate(data), linktype=1)) == []


@pytest.mark.parametrize(
    "first",
    [
        b"PROXY TCP4 " + b"1" * 100 + b"\r\n",  # longer than a header may be
        b"PROXY TCP4 192.0.2.9 198.51.100.1 56324 443\n",  # ends with LF only
        VERSION_2[:-1] + b"\r" + bytes.fromhex("20 00 0000"),
        bytes.fromhex("04 03 01bb c6336405 00"),  # no command of SOCKS 4
        bytes.fromhex("05 02 00"),  # too few methods
    ],
)
def test_a_look_alike_is_not_skipped(first: bytes) -> None:
    assert events([("c", first), ("c", REQUEST), ("s", RESPONSE)]) == set()


ADDRESSES = bytes.fromhex("c0000209 c6336401 dc04 01bb")
HEADERS = {
    **{name: turns[0][1] for name, turns in PROXIES.items()},
    "v1, unknown with addresses": b"PROXY UNKNOWN ffff:f:f::f ffff:f:f::f 65535 65535\r\n",
    # ALPN (1), authority (2), CRC-32C (3), padding (4); AF_UNIX has two paths of 108 bytes.
    "v2, tlv": VERSION_2
    + bytes.fromhex("21 11 001e")
    + ADDRESSES
    + bytes.fromhex("01 0002 6832 02 0003 612e62 03 0004 01020304"),
    "v2, padding": VERSION_2 + bytes.fromhex("21 11 040f") + ADDRESSES + b"\4\4\0" + bytes(1024),
    "v2, unix": VERSION_2 + bytes.fromhex("21 31 00d8") + bytes(216),
    "v2, unspec": VERSION_2 + bytes.fromhex("21 00 0000"),
}


@pytest.mark.parametrize("name", HEADERS)
def test_segments_may_split_a_proxy_header(name: str) -> None:
    header = HEADERS[name]
    for at in (1, 6, 11, 12, 13, 15, 17, len(header) - 1):
        for asked, answered, kinds in CONTENTS.values():
            turns: Turns = [("c", header[:at]), ("c", header[at:] + asked), ("s", answered)]
            assert events(turns) - {"proxied"} == kinds
        turns = [("c", header[:at]), ("c", header[at:]), ("s", b"220 mail.example ESMTP Postfix\r\n")]
        assert events(turns) - {"proxied"} == {"greeting"}


def test_a_proxy_header_that_goes_on_is_no_request() -> None:
    header = VERSION_2 + bytes.fromhex("20 00 0100")
    assert events([("c", header), ("c", REQUEST), ("s", RESPONSE)]) == {"http_response"}


REQUEST_5, GRANTED_5 = bytes.fromhex("05 01 00 03 03 612e62 01bb"), bytes.fromhex("05 00 00 01 c6336405 01bb")
AT_ONCE: dict[str, Turns] = {
    "request": [("c", b"\5\1\0" + REQUEST_5), ("s", b"\5\0"), ("s", GRANTED_5)],
    "both": [("c", b"\5\1\0" + REQUEST_5), ("s", b"\5\0" + GRANTED_5)],
    "a name in the answer": [
        *(("c", b"\5\1\0"), ("s", b"\5\0"), ("c", REQUEST_5)),
        ("s", bytes.fromhex("05 00 00 03 03 612e62 01bb")),
    ],
}


@pytest.mark.parametrize("content", CONTENTS)
@pytest.mark.parametrize("name", [*SOCKS, *AT_ONCE])
@pytest.mark.parametrize("step", [2, 4, 999])
def test_segments_may_split_messages_of_socks(name: str, content: str, step: int) -> None:
    asked, answered, kinds = CONTENTS[content]
    turns = {**SOCKS, **AT_ONCE}[name]
    split: Turns = [(side, data[at : at + step]) for side, data in turns for at in range(0, len(data), step)]
    assert events([*split, ("c", asked), ("s", answered)]) == kinds
    assert events([PROXIES["v1"][0], *split, ("c", asked), ("s", answered)]) == kinds | {"proxied"}


@pytest.mark.parametrize("content", CONTENTS)
@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("socks 4", "005b000000000000"),
        ("socks 4a", "005d000000000000"),
        ("socks 5", "0501000100000000 0000"),
        ("socks 5", "05ff"),
        ("socks 5, login, IPv6", "0101"),
    ],
)
def test_nothing_is_read_after_a_refusal(name: str, answer: str, content: str) -> None:
    asked, answered, _ = CONTENTS[content]
    turns = SOCKS[name]
    if answer == "05ff":
        turns = turns[:2]
    elif answer == "0101":
        turns = turns[:4]
    refused: Turns = [*turns[:-1], ("s", bytes.fromhex(answer))]
    assert events([*refused, ("c", asked), ("s", answered)]) == set()


def test_a_refusal_ends_it() -> None:
    asked = SOCKS["socks 4"][0]
    assert events([asked, ("s", bytes.fromhex("00 5b 01bb c6336405")), ("s", RESPONSE)]) == set()


@pytest.mark.parametrize("content", ["http", "ssh"])
@pytest.mark.parametrize("name", SOCKS)
def test_one_side_alone(name: str, content: str) -> None:
    """Captures of one direction hold only the messages of one side."""
    asked, answered, _ = CONTENTS[content]
    for side, data, kind in (
        ("c", asked, {"http": "http_request"}),
        ("s", answered, {"http": "http_response"}),
    ):
        turns = [turn for turn in [*SOCKS[name], (side, data)] if turn[0] == side]
        assert events(turns) == {kind.get(content, "ssh_client" if side == "c" else "ssh_server")}


@pytest.mark.parametrize("name", SOCKS)
def test_an_answer_that_is_captured_before_its_request(name: str) -> None:
    turns = [turn for i in range(0, len(SOCKS[name]), 2) for turn in (SOCKS[name][i + 1], SOCKS[name][i])]
    assert events([*turns, ("c", HELLO), ("s", ANSWER)]) == {"tls_client", "tls_server"}


def test_socks_in_socks() -> None:
    four = SOCKS["socks 4"]
    assert events([*four, *four, ("c", REQUEST), ("s", RESPONSE)]) == {"http_request", "http_response"}


@pytest.mark.parametrize("answer", ["005a01bbc6336405", "0500", "0500000100000000 0000"])
def test_an_answer_to_something_else(answer: str) -> None:
    greeting = ("s", b"220 mail.example ESMTP Postfix\r\n")
    assert events([("c", b"ask"), ("s", bytes.fromhex(answer)), greeting]) == set()


@pytest.mark.parametrize(
    "answer", ["005b01bbc6336405", "005a01bbc633640500", "05ff", "0501000100000000 0000"]
)
def test_no_answer_that_grants(answer: str) -> None:
    assert events([("s", bytes.fromhex(answer)), ("s", b"220 mail.example ESMTP Postfix\r\n")]) == set()
