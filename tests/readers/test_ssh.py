"""The SSH reader: identification, key exchange and host key (RFC 4253), and what is no SSH."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.formats.rendering import Renderer
from tests.support import saved_states
from tests.support.conversations import ANSWER, CLIENT, SERVER, START, capture, handshake, segment
from tests.support.packets import ACK, PSH, Ip4, Tcp, packet
from tests.support.ssh_model import (
    CLIENT_ID,
    CLIENT_SAYS,
    CURVE,
    HYBRID,
    SERVER_ID,
    SERVER_SAYS,
    Row,
    binary_packet,
    connection,
    expected,
    host_key,
    kexinit,
    lists_of,
    reply,
    string,
)
from tests.support.tls.conversation import HELLO_EXTENSIONS, client_hello, record, server_hello

KEYS = set(expected(CLIENT_SAYS, SERVER_SAYS)[-1]) - {"event"}
KEXINIT = binary_packet(kexinit(lists_of()))


def rendered(
    *frames: bytes, form: str = "json", hides_private: bool = False, **options: Any
) -> tuple[str, hg.Stats]:
    """All events in a format, and the counters."""
    out = BytesIO()
    workers = options.pop("workers", 1)
    with hg.Analyzer(None, **options) as analyzer:
        for batch in analyzer.batches(capture(*frames), workers=workers):
            batch._hides_private = hides_private
            for piece in Renderer(form, None).pieces(batch, 0, len(batch)):
                out.write(piece)
        return out.getvalue().decode(), analyzer.stats


def rows(*frames: bytes, **options: Any) -> list[Row]:
    """What the reader says of packets, without who sent it when."""
    text, _ = rendered(*frames, **options)
    found = [one for one in map(json.loads, text.splitlines()) if one["event"].startswith("ssh_")]
    return [{key: value for key, value in one.items() if key in KEYS or key == "event"} for one in found]


def of_server(*payloads: bytes, before: bytes = b"") -> list[Row]:
    """The rows of a server that sends these messages behind its identification."""
    said = before + SERVER_ID + b"".join(map(binary_packet, payloads))
    return [one for one in rows(*connection(CLIENT_SAYS, said)) if one["event"] == "ssh_server"]


def unreadable(client: bytes, server: bytes = b"") -> int:
    """The counter of directions that are given up."""
    return rendered(*connection(client, server))[1].ssh_unreadable


# ---- whole connections


@pytest.mark.parametrize("step", [1400, 100, 7, 1])
def test_both_ends_in_segments_of_any_size(step: int) -> None:
    found = rows(*connection(CLIENT_SAYS, SERVER_SAYS, step=step))
    assert found == expected(CLIENT_SAYS, SERVER_SAYS)
    assert [one["event"] for one in found] == ["ssh_client"] * 2 + ["ssh_server"] * 3


def test_who_says_it_and_in_which_packet() -> None:
    text, stats = rendered(*connection(CLIENT_SAYS, SERVER_SAYS))
    found = [one for one in map(json.loads, text.splitlines()) if one["event"] == "ssh_server"]
    assert {(one["src_ip"], one["src_port"], one["dst_ip"]) for one in found} == {(SERVER, 22, CLIENT)}
    assert {(one["packet_number"], one["flow"], one["from_server"]) for one in found} == {(4, 1, True)}
    assert stats.ssh_unreadable == 0


def test_segments_out_of_order_and_repeated() -> None:
    first, *others = (connection(CLIENT_SAYS, data, step=90) for data in (b"", SERVER_SAYS))
    client, server = first[2:], others[0][len(first) :]
    late = [part[at] for part in (client, server) for at in _mixed(len(part))]
    assert rows(*first[:2], *late) == expected(CLIENT_SAYS, SERVER_SAYS)


def _mixed(count: int) -> list[int]:
    """Numbers, three each in reverse order, the last of them twice."""
    return [
        min(at, count - 1) for first in range(0, count, 3) for at in (first + 2, first + 1, first, first + 2)
    ]


@pytest.mark.parametrize(
    ("client", "server", "exchange", "quantum"),
    [
        (f"{HYBRID},{CURVE}", f"{CURVE},{HYBRID}", HYBRID, "chosen"),
        (f"{CURVE},{HYBRID}", f"{HYBRID},{CURVE}", CURVE, "offered"),
        (f"{HYBRID},{CURVE}", CURVE, CURVE, "none"),
        (CURVE, HYBRID, None, "offered"),
        (CURVE, "x", None, "none"),
        (f"{CURVE}2,sntrup761x25519-sha512", "sntrup761x25519-sha512@openssh.com", None, "offered"),
        ("sntrup761x25519-sha512", "x,sntrup761x25519-sha512", "sntrup761x25519-sha512", "chosen"),
        ("", CURVE, None, "none"),
    ],
)
def test_the_exchange_that_both_lists_lead_to(
    client: str, server: str, exchange: str | None, quantum: str
) -> None:
    client_says = CLIENT_ID + binary_packet(kexinit(lists_of(client)))
    server_says = SERVER_ID + binary_packet(kexinit(lists_of(server)))
    found = rows(*connection(client_says, server_says))
    assert found == expected(client_says, server_says)
    assert (found[-1].get("key_exchange"), found[-1]["post_quantum_kex"]) == (exchange, quantum)


def test_the_server_speaks_first_and_its_choice_is_known_with_the_reply() -> None:
    server = SERVER_ID + KEXINIT
    frames = [
        *handshake(40000),
        segment(40000, 0, server, server=True),
        segment(40000, 0, CLIENT_ID + KEXINIT),
        segment(40000, len(server), binary_packet(reply(host_key())), server=True),
    ]
    found = [one for one in rows(*frames) if one["event"] == "ssh_server"]
    assert [one.get("key_exchange") for one in found] == [None, None, CURVE]
    assert [one["host_key_type"] for one in found[2:]] == ["ssh-ed25519"]


def test_a_name_without_characters_is_none() -> None:
    """libssh 0.10 ends its ciphers with a comma. HASSH is of the text."""
    lists = lists_of(ciphers=("aes-c,x,", ",aes-s,,x"))
    client_says, server_says = CLIENT_ID + binary_packet(kexinit(lists)), SERVER_ID
    found = rows(*connection(client_says, server_says))
    assert found == expected(client_says, server_says)
    assert found[1]["ciphers"] == ["aes-c", "x"]
    (server,) = [one for one in of_server(kexinit(lists)) if "hassh" in one]
    assert server["ciphers"] == ["aes-s", "x"]


def test_hassh_of_long_lists() -> None:
    """As the authors of HASSH describe it (https://github.com/salesforce/hassh)."""
    kex = (
        "curve25519-sha256@libssh.org,ecdh-sha2-nistp256,ecdh-sha2-nistp384,ecdh-sha2-nistp521,"
        "diffie-hellman-group-exchange-sha256,diffie-hellman-group-exchange-sha1,"
        "diffie-hellman-group14-sha1,diffie-hellman-group1-sha1"
    )
    ciphers = ",".join(
        f"{name}-{mode}"
        for name in (
            "aes128",
            "aes192",
            "aes256",
            "blowfish",
            "cast128",
            "idea",
            "serpent128",
            "3des",
            "twofish256",
        )
        for mode in ("cbc", "ctr")
    )
    lists = [kex, "ssh-rsa", ciphers, "c", "hmac-sha1", "m", "zlib@openssh.com,zlib,none", "z", "", ""]
    (_, found) = rows(*connection(CLIENT_ID + binary_packet(kexinit(lists)), b""))
    assert found == expected(CLIENT_ID + binary_packet(kexinit(lists)), SERVER_ID)[1]


def test_messages_that_say_nothing_are_passed_over() -> None:
    group = bytes((31,)) + string(b"\0" + bytes(range(1, 129)) * 2) + string(b"\2")
    key = host_key(b"rsa-sha2-512", bytes(400))
    ignored = bytes((2,)) + string(b"x" * 50)
    found = of_server(ignored, kexinit(lists_of()), bytes((4, 0)), group, reply(key, 33))
    assert [one.get("host_key_type") for one in found] == [None, None, "rsa-sha2-512"]
    assert of_server(kexinit(lists_of()), b"\x15", reply(host_key()))[-1].get("host_key") is None
    assert len(of_server(b"\x01" + bytes(12), kexinit(lists_of()))) == 1


@pytest.mark.parametrize("version", [b"SSH-1.99-x", b"SSH-2.0-x", b"SSH-2.0-x comment of it"])
def test_version_2_has_a_key_exchange(version: bytes) -> None:
    found = rows(*connection(version + b"\n" + KEXINIT, b""))
    assert [one["banner"] for one in found] == [version.decode()] * 2


def test_version_1_has_none() -> None:
    found = rows(*connection(b"SSH-1.5-OpenSSH_3.4\n" + KEXINIT, SERVER_ID + KEXINIT))
    assert [one.get("banner") for one in found] == ["SSH-1.5-OpenSSH_3.4"] + [SERVER_ID.strip().decode()] * 2


@pytest.mark.parametrize("workers", [2, 3])
def test_workers_change_nothing(workers: int) -> None:
    frames = [
        frame for port in range(40000, 40400) for frame in connection(CLIENT_SAYS, SERVER_SAYS, port=port)
    ]
    assert rows(*frames, workers=workers) == rows(*frames)


def test_a_saved_state_goes_on() -> None:
    """Every few frames another engine takes over."""
    frames = connection(CLIENT_SAYS, SERVER_SAYS, step=50)
    parts = (capture(*part) for part in saved_states.pieces(frames, 3))
    limits, database = saved_states.settings(1000, 10_000), hg.Database.load_default()
    found = saved_states.compared(capture(*frames), parts, limits, database)
    for name in ("event", "hassh", "host_key", "post_quantum_kex", "banner_length", "key_exchange_length"):
        one, other = found[name]
        assert one == other, name


# ---- where SSH is


def test_other_readers_look_behind_what_may_begin_an_identification() -> None:
    """PostgreSQL answers to a client that asks for TLS with the letter S; the hellos follow."""
    hello, answer = record(client_hello(HELLO_EXTENSIONS)), record(server_hello())
    frames = [
        *handshake(40000),
        segment(40000, 0, bytes.fromhex("0000000804d2162f")),
        segment(40000, 0, b"S", server=True),
        segment(40000, 8, hello),
        segment(40000, 1, answer, server=True),
    ]
    text, _ = rendered(*frames)
    assert [json.loads(line)["event"] for line in text.splitlines()][-2:] == ["tls_client", "tls_server"]


def test_any_port_but_not_other_protocols_on_its_own() -> None:
    request = b"GET / HTTP/1.1\r\nHost: example.com\r\n\r\n"
    text, stats = rendered(*connection(request, b"HTTP/1.1 200 OK\r\nServer: SSH-2.0-x\r\n\r\nSSH-2.0-x\r\n"))
    assert [json.loads(line)["event"] for line in text.splitlines()][-2:] == ["http_request", "http_response"]
    assert stats.ssh_unreadable == 0
    assert rows(*connection(b"\x16\x03\x01SSH-2.0-x\n", b"")) == []


@pytest.mark.parametrize(("first", "is_ssh"), [(b"220-", False), (b"220 ", False), (b"2200 ", True)])
def test_a_reply_of_ftp_may_quote_an_identification(first: bytes, is_ssh: bool) -> None:
    """ProFTPD's mod_sftp writes one into FTP's connection when it refuses a login."""
    assert bool(of_server(kexinit(lists_of()), before=first + b"users\r\n331 next\r\n")) == is_ssh


def test_a_server_may_send_text_first_and_a_client_may_not() -> None:
    lines = b"".join(b"line %d\r\n" % number for number in range(500))
    assert of_server(kexinit(lists_of()), before=lines) == of_server(kexinit(lists_of()))
    assert rows(*connection(b"welcome\n" + CLIENT_ID, b"")) == []
    assert rows(*connection(b"", b"\0\1\n" + SERVER_ID)) == []
    assert rows(*connection(b"EHLO x\r\n", b"220 mail\r\n" + SERVER_ID)) == []


@pytest.mark.parametrize("step", [1400, 33])
def test_ten_thousand_lines_are_not_read(step: int) -> None:
    lines = b"".join(b"line %d\r\n" % number for number in range(10_000))
    frames = connection(CLIENT_SAYS, lines + SERVER_ID, step=step)
    assert [one["event"] for one in rows(*frames)] == ["ssh_client"] * 2
    assert unreadable(CLIENT_SAYS, lines + SERVER_ID) == 1


def test_a_connection_whose_handshake_was_not_captured() -> None:
    """The server has the lower port, whoever speaks first."""
    frames = [segment(40000, 0, SERVER_SAYS[:1400], server=True), segment(40000, 0, CLIENT_SAYS[:1400])]
    for captured in (frames, frames[::-1]):
        found = [json.loads(line) for line in rendered(*captured)[0].splitlines()]
        assert {(one["event"], one["src_ip"]) for one in found if one["event"].startswith("ssh")} == {
            ("ssh_server", SERVER),
            ("ssh_client", CLIENT),
        }


@pytest.mark.parametrize(("cut", "expected"), [(1, 0), (2, 1), (3, 1), (4, 1)])
def test_an_identification_in_pieces_without_its_handshake(cut: int, expected: int) -> None:
    """A single letter begins much else."""
    first, rest = SERVER_ID[:cut], SERVER_ID[cut:]
    pieces = [segment(40000, 0, first, server=True), segment(40000, cut, rest, server=True)]
    found = [json.loads(line)["event"] for line in rendered(*pieces)[0].splitlines()]
    assert found == ["ssh_server"] * expected


@pytest.mark.parametrize("ports", [(40000, 2222), (2222, 40000), (5000, 5000)], ids=str)
@pytest.mark.parametrize("is_client_first", [True, False])
@pytest.mark.parametrize("is_cut", [True, False])
def test_the_key_exchange_corrects_the_ends(
    ports: tuple[int, int], is_client_first: bool, is_cut: bool
) -> None:
    """Neither port is SSH's. `ports`: the client's, the server's."""
    of_each: list[list[bytes]] = []
    for said, of_server in ((CLIENT_SAYS, False), (SERVER_SAYS[:1400], True)):
        own, other = ports[of_server], ports[not of_server]
        ends = (SERVER, CLIENT) if of_server else (CLIENT, SERVER)
        cut = len(SERVER_ID if of_server else CLIENT_ID) if is_cut else len(said)
        of_each.append(
            [
                packet(Ip4(*ends), Tcp(own, other, 1000 + at, 1000, ACK | PSH, options=b"", payload=data))
                for at, data in ((0, said[:cut]), (cut, said[cut:]))
                if data
            ]
        )
    frames = [*of_each[not is_client_first], *of_each[is_client_first]]
    found = [
        (one["event"], one["src_ip"], one["from_server"], "hassh" in one or "hassh_server" in one)
        for one in map(json.loads, rendered(*frames)[0].splitlines())
        if one["event"].startswith("ssh")
    ]
    assert set(found) == {("ssh_client", CLIENT, False, True), ("ssh_server", SERVER, True, True)}


def test_only_if_asked_for() -> None:
    frames = connection(CLIENT_SAYS, SERVER_SAYS)
    assert rows(*frames, protocols=("tcp", "tls", "http")) == []
    assert rows(*frames, protocols=("ssh",)) == expected(CLIENT_SAYS, SERVER_SAYS)


# ---- what is malformed


def test_the_longest_identification() -> None:
    longest = b"SSH-2.0-" + b"\x1b[31m" * 49
    assert len(longest + b"\r\n") == 255
    text, _ = rendered(*connection(longest + b"\r\n", b""), form="text")
    assert "\x1b" not in text
    assert text.count("\\x1b[31m") == 49
    assert unreadable(longest + b"x\r\n") == 1
    assert unreadable(b"SSH-2.0-" + b"x" * 5000) == 1
    assert rows(*connection(b"SSH-2.0\r\n", b"")) == []
    assert (
        rows(*connection(b"SSH-2.0-Cisco-1.25 " + bytes(200) + b"\n", b""))[0]["banner"]
        == "SSH-2.0-Cisco-1.25 "
    )


def cut(lists: bytes) -> bytes:
    """A key exchange with these lists."""
    return bytes((20,)) + bytes(16) + lists


@pytest.mark.parametrize(
    "packet",
    [
        b"\0\0\xff\xff\4\x14" + bytes(20),
        b"\xff\xff\xff\xff\4\x14" + bytes(20),
        b"\0\0\0\1\4\x14" + bytes(20),
        b"\0\0\0\x0c\x0c\x14" + bytes(20),
        binary_packet(bytes((20,)) + bytes(15)),
        binary_packet(cut(string(b"a") * 9)),
        binary_packet(cut(string(b"a") * 9 + b"\0\0\0\2a")),
        binary_packet(cut(string(b"a") * 9 + b"\xff\xff\xff\xff")),
        binary_packet(cut(string(b'a"b') + string(b"") * 9)),
        binary_packet(cut(string(b"a\\b") + string(b"") * 9)),
        binary_packet(cut(string(b"a b") + string(b"") * 9)),
        binary_packet(cut(string(b"a\0") + string(b"") * 9)),
        binary_packet(cut(string(b"\xc3\xa4") + string(b"") * 9)),
        binary_packet(cut(string(b"a," * 4096) + string(b"") * 9)),
    ],
)
def test_a_malformed_key_exchange_is_counted(packet: bytes) -> None:
    assert [one["event"] for one in rows(*connection(CLIENT_ID + packet, b""))] == ["ssh_client"]
    assert unreadable(CLIENT_ID + packet) == 1


@pytest.mark.parametrize(
    "answer",
    [
        b"\x21" + string(b""),
        b"\x21\xff\xff\xff\xff",
        b"\x21" + string(string(b"ssh-rsa") + b"x")[:-3],
        b"\x21" + string(b"\0\0\0\xffssh-rsa"),
        b"\x21" + string(string(b"")),
        b"\x21" + string(string(b"ssh rsa")),
        b"\x21" + string(string(b"x" * 65)),
        b"\x21",
    ],
)
def test_a_malformed_host_key_is_counted(answer: bytes) -> None:
    said = SERVER_ID + KEXINIT + binary_packet(answer)
    assert [one for one in rows(*connection(CLIENT_SAYS, said)) if "host_key" in one] == []
    assert unreadable(CLIENT_SAYS, said) == 1


# ---- formats


def test_text_shows_what_is_there() -> None:
    text, _ = rendered(*connection(CLIENT_SAYS, SERVER_SAYS), form="text")
    *_, last, login = text.strip().split("\n\n")
    row = expected(CLIENT_SAYS, SERVER_SAYS)[-1]
    assert login.startswith("[Login]")  # the session goes on
    assert last.splitlines() == [
        f"[SSH Server] {SERVER}:22 → {CLIENT}:40000",
        f"  Banner:  {row['banner']}",
        f"  HASSH:   {row['hassh']}",
        f"  Chosen:  {HYBRID}",
        "  Quantum: chosen",
        "  Type:    ssh-ed25519",
        f"  Key:     {row['host_key']}",
    ]


@pytest.mark.parametrize("form", ["text", "json", "eve", "ecs"])
def test_banners_and_host_keys_are_private(form: str) -> None:
    shown, _ = rendered(*connection(CLIENT_SAYS, SERVER_SAYS), form=form)
    hidden, _ = rendered(*connection(CLIENT_SAYS, SERVER_SAYS), form=form, hides_private=True)
    for private in ("OpenSSH_9.6", "OpenSSH_9.2p1", "SHA256:"):
        assert private in shown
        assert private not in hidden
    hassh = expected(CLIENT_SAYS, SERVER_SAYS)[-1]["hassh"]
    assert hassh in hidden


def test_suricata_s_keys() -> None:
    text, _ = rendered(*connection(CLIENT_SAYS, SERVER_SAYS), form="eve")
    found = [one for one in map(json.loads, text.splitlines()) if one["event_type"] == "ssh"]
    client, server = found[1]["ssh"], found[-1]["ssh"]
    assert client == {
        "client": {
            "proto_version": "2.0",
            "software_version": "OpenSSH_9.6",
            "hassh": {"hash": expected(CLIENT_SAYS, b"SSH-2.0-x\n")[1]["hassh"]},
        }
    }
    assert server["server"]["software_version"] == "OpenSSH_9.2p1"
    assert found[0]["ssh"] == {"client": {"proto_version": "2.0", "software_version": "OpenSSH_9.6"}}
    assert (found[0]["proto"], found[0]["direction"]) == ("TCP", "to_server")
    (ecs,) = {
        json.loads(line)["network"].get("protocol")
        for line in rendered(*connection(CLIENT_SAYS, b""), form="ecs", protocols=("ssh",))[0].splitlines()
    }
    assert ecs == "ssh"


def test_typed_results_and_columns() -> None:
    with hg.Analyzer(None) as analyzer:
        found = list(analyzer.analyze_pcap(capture(*connection(CLIENT_SAYS, SERVER_SAYS))))
        (batch,) = analyzer.batches(capture(*connection(CLIENT_SAYS, SERVER_SAYS)))
    servers = [one.ssh_server for one in found if one.ssh_server]
    row = expected(CLIENT_SAYS, SERVER_SAYS)[-1]
    assert [one.host_key for one in servers] == [None, None, row["host_key"]]
    assert (servers[-1].banner, servers[-1].hassh) == (row["banner"], row["hassh"])
    assert list(servers[-1].ciphers) == row["ciphers"]
    (first, second) = [one.ssh_client for one in found if one.ssh_client]
    assert (first.hassh, second.post_quantum_kex) == (None, "offered")
    assert batch.ssh["banner"] == [one["banner"] for one in expected(CLIENT_SAYS, SERVER_SAYS)]
    assert "OpenSSH_9.2p1" in str(servers[0])


BROKEN = [b"-HSS2.0-libssh_0.9.6\r\n", b"SSH-2.0-\r\n", b"SSH2.0-x\n", b"hello\r\n", b"S\n"]


def in_turn(*sent: tuple[bool, bytes], crossing: bool) -> list[bytes]:
    """Segments of (from the server, data), which acknowledge all before them; `crossing`: no data."""
    frames, at = handshake(40000), [0, 0]
    for server, data in sent:
        seq = (ANSWER if server else START) + 1 + at[server]
        ack = (START if server else ANSWER) + 1 + (0 if crossing else at[not server])
        ports = (22, 40000) if server else (40000, 22)
        tcp = Tcp(*ports, seq=seq, ack=ack % 2**32, flags=ACK | PSH, options=b"", payload=data)
        frames.append(packet(Ip4(SERVER, CLIENT) if server else Ip4(CLIENT, SERVER), tcp))
        at[server] += len(data)
    return frames


@pytest.mark.parametrize("crossing", [False, True])
@pytest.mark.parametrize("cut", [1, 5, 400])
@pytest.mark.parametrize("server_first", [False, True])
@pytest.mark.parametrize("of_server", [False, True])
@pytest.mark.parametrize("line", BROKEN)
def test_a_key_exchange_after_a_broken_identification(
    line: bytes, of_server: bool, server_first: bool, cut: int, crossing: bool
) -> None:
    """The other end speaks SSH, before or after this line."""
    lines = [(of_server, line), (not of_server, CLIENT_ID if of_server else SERVER_ID)]
    lines.sort(key=lambda one: one[0] is not server_first)
    pieces = [(of_server, KEXINIT[:cut]), (of_server, KEXINIT[cut:])]
    frames = in_turn(*lines, *(one for one in pieces if one[1]), (not of_server, KEXINIT), crossing=crossing)
    text, stats = rendered(*frames)
    events = [json.loads(row) for row in text.splitlines()]
    kind = "ssh_server" if of_server else "ssh_client"
    found = [(one.get("banner"), one["hassh"]) for one in events if one["event"] == kind]
    hassh = expected(CLIENT_ID + KEXINIT, SERVER_ID + KEXINIT)[3 if of_server else 1]["hassh"]
    assert found == [(None, hassh)]
    assert stats.ssh_unreadable == 1


def test_other_protocols_are_no_broken_identifications() -> None:
    for first in (b"GET / HTTP/1.1\r\n\r\n", b"\x16\x03\x01\0\5hello"):
        frames = in_turn((False, first), (True, b"HTTP/1.1 200 OK\r\n\r\n"), (False, KEXINIT), crossing=False)
        text, stats = rendered(*frames)
        assert "ssh" not in text
        assert stats.ssh_unreadable == 0
