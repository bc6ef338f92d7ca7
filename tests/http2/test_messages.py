"""The first message of HTTP/2: captured clients and servers, a model of clients, and hostile bytes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hpack import Encoder
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.http2.asking import CoreMessage, CoreReader, Work
from tests.reference.capture import read_capture
from tests.reference.link import ip_offset
from tests.support import http2_frames as frames
from tests.support.http2_frames import PREFACE, frame, header_frames

CAPTURED: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("captured.json").read_text())
GET = [(b":method", b"GET"), (b":scheme", b"http"), (b":authority", b"a"), (b":path", b"/")]
MOST = 16384
"""Bytes of a direction up to the end of its message."""


def packed(*fields: tuple[bytes, bytes]) -> bytes:
    """A header block of a table of its own."""
    return bytes(Encoder().encode(fields))


def request(*fields: tuple[bytes, bytes]) -> bytes:
    return PREFACE + frames.settings((3, 100)) + header_frames(packed(*(fields or GET)))


def response(*fields: tuple[bytes, bytes]) -> bytes:
    return frames.settings() + header_frames(packed(*fields))


def whole(found: CoreMessage | str) -> CoreMessage:
    assert isinstance(found, CoreMessage), found
    assert found.whole
    return found


def cut(found: CoreMessage | str) -> CoreMessage:
    """Of a message that is too long, what was read."""
    assert isinstance(found, CoreMessage), found
    assert not found.whole
    return found


# What the clients were asked for, and what nghttp2, Go and Java say in their logs of frames.
CLIENTS = {
    "curl": (
        "3:100;4:33554432;2:0|33488897|0|m,p,s,a",
        {b"user-agent": b"curl-test", b"accept": b"*/*"},
    ),
    "node": (
        "|00|0|p,m,a,s",
        {b"accept-language": b"de-AT, en;q=0.5", b"user-agent": b"node-test/1", b"cookie": b"a=b; c=d"},
    ),
    "h2": (
        "1:4096;2:1;4:65535;5:16384;8:0;3:100;6:65536|1000000|3:0:0:201|m,a,s,p",
        {b"user-agent": b"hyper-h2/4", b"x-long": b"v" * 3000},
    ),
    "go": (
        "2:0;4:4194304;5:16384;6:10485760|1073741824|0|a,m,p,s",
        {b"accept-encoding": b"gzip", b"user-agent": b"Go-http-client/2.0"},
    ),
    "java": (
        "1:16384;2:0;3:0;4:16777216;5:16384;6:393216|33488897|0|a,m,p,s",
        {b"user-agent": b"Java-http-client/17.0.15"},
    ),
}


def captured(name: str, side: str) -> bytes:
    """A direction from where HTTP/2 begins, behind the head of an upgrade."""
    data = bytes.fromhex(CAPTURED[name][side])
    return data.partition(b"\r\n\r\n")[2] if data.startswith((b"GET ", b"HTTP/1.1 101 ")) else data


@pytest.mark.parametrize("name", CLIENTS)
def test_captured_clients(reader: CoreReader, name: str) -> None:
    akamai, fields = CLIENTS[name]
    found = whole(reader.read(captured(name, "client")))
    assert (found.method, found.target, found.authority) == (b"GET", b"/", b"127.0.0.1:18081")
    assert (found.akamai, dict(found.fields)) == (akamai, fields)
    assert found.akamai_md5 == hashlib.md5(akamai.encode()).hexdigest()
    assert found.pseudo == akamai.rpartition("|")[2].replace(",", "")


@pytest.mark.parametrize("name", CAPTURED)
def test_captured_servers(reader: CoreReader, name: str) -> None:
    """Behind an upgrade, an early hint and a promise, too."""
    found = whole(reader.read(captured(name, "server"), from_server=True))
    fields = dict(found.fields)
    assert (found.version, found.status, found.pseudo, found.method) == (2, 200, "s", b"")
    assert fields[b"server"] == (b"huginn-go" if name in ("go", "java", "upgrade") else b"huginn-test")
    assert b"link" not in fields


def test_a_client_that_upgrades_may_ask_for_nothing_more(reader: CoreReader) -> None:
    """Its request is that of HTTP/1."""
    data = captured("upgrade", "client")
    assert data.startswith(PREFACE)
    assert reader.read(data) == "more"


def test_acceptance(reader: CoreReader, shared_http: Path) -> None:
    lines = (shared_http / "acceptance-http-tls.jsonl").read_text().splitlines()
    cases = [case for case in map(json.loads, lines) if case["kind"] == "h2"]
    assert len(cases) == 3
    for case in cases:
        found = reader.read(bytes.fromhex("".join(segment[3] for segment in case["segments"])))
        if case["expected"] is not None:
            assert whole(found).akamai == case["expected"]
        else:
            assert found == "other"


def test_a_capture_of_nghttp2(reader: CoreReader, shared_http: Path, corpus: Path) -> None:
    """Its headers take 18 KB: it is read as far as the bound, and so are its first frames."""
    for line in (shared_http / "oracle" / "h2-akamai.jsonl").read_text().splitlines():
        expected = json.loads(line)
        segments: dict[int, bytes] = {}
        for packet in read_capture((corpus / expected["file"]).read_bytes()):
            ip = packet.data[ip_offset(packet.linktype, packet.data) :]
            segment = ip[20 : int.from_bytes(ip[2:4], "big")]
            data = segment[(segment[12] >> 4) * 4 :]
            if int.from_bytes(segment[:2], "big") == expected["sport"] and data:
                segments.setdefault(int.from_bytes(segment[4:8], "big"), data)
        data = b"".join(segments[sequence] for sequence in sorted(segments))
        found = cut(reader.read(data[expected["stream_offset"] :]))
        assert found.akamai == expected["akamai"]
        assert found.end == MOST
        names = [name for name, _ in found.fields]
        assert names[:3] == [b"accept", b"accept-encoding", b"user-agent"]


@st.composite
def clients(draw: st.DrawFn) -> tuple[bytes, bytes, dict[str, Any]]:
    """A client's bytes up to its request, what follows, and what a reader of them says."""
    values = draw(st.lists(st.tuples(st.integers(0, 65535), st.integers(0, 2**32 - 1)), max_size=6))
    out = [PREFACE, frames.settings(*values)]
    increments: list[int] = []
    priorities: list[str] = []
    for kind in draw(st.lists(st.integers(0, 6), max_size=8)):
        number = draw(st.integers(1, 2**31 - 1))
        if kind == 0:
            increments.append(number)
            out.append(frames.window_update(number | draw(st.sampled_from((0, 1 << 31)))))
        elif kind == 1:
            out.append(frames.window_update(number, stream=3))
        elif kind == 2:
            exclusive, below, weight = draw(st.tuples(st.booleans(), st.integers(0, 99), st.integers(1, 256)))
            priorities.append(f"{number}:{int(exclusive)}:{below}:{weight}")
            out.append(frame(frames.PRIORITY, frames.weight(exclusive, below, weight), stream=number))
        elif kind == 3:
            out.append(frame(frames.SETTINGS, flags=frames.ACK))
        elif kind == 4:
            out.append(frames.settings((4, 1)))
        else:
            out.append(
                frame(draw(st.sampled_from((6, 7, 16, 255))), draw(st.binary(max_size=9)), 255, number)
            )
    names = draw(st.permutations([name for name, _ in GET]))
    named = draw(st.lists(st.sampled_from([b"user-agent", b"cookie", b"x-a", b"host"]), max_size=6))
    texts = st.text(st.characters(exclude_characters="\0\r\n \t", codec="utf-8"), max_size=30)
    fields = [(name, draw(texts).encode()) for name in named]
    block = Encoder().encode(
        [(name, dict(GET)[name]) for name in names] + fields, huffman=draw(st.booleans())
    )
    out.append(
        header_frames(
            bytes(block),
            1 + 2 * draw(st.integers(0, 9)),
            cuts=tuple(sorted(draw(st.lists(st.integers(0, len(block)), max_size=5)))),
            padding=draw(st.none() | st.integers(0, 255)),
            priority=draw(st.sampled_from((b"", frames.weight(True, 0, 256)))),
        )
    )
    parts = (
        ";".join(f"{key}:{value}" for key, value in values),
        str(increments[0]) if increments else "00",
        ",".join(priorities) or "0",
        ",".join(chr(name[1]) for name in names),
    )
    return b"".join(out), draw(st.binary(max_size=40)), {"akamai": "|".join(parts), "fields": tuple(fields)}


@settings(max_examples=60)
@given(client=clients())
def test_clients_of_a_model(reader: CoreReader, client: tuple[bytes, bytes, dict[str, Any]]) -> None:
    data, after, expected = client
    found = whole(reader.read(data + after))
    assert found.end == len(data)
    assert (found.akamai, found.fields) == (expected["akamai"], expected["fields"])
    assert (found.method, found.target, found.authority) == (b"GET", b"/", b"a")


@settings(max_examples=60)
@given(client=clients(), at=st.integers(0, 10_000), byte=st.integers(0, 255), server=st.booleans())
def test_damage_gives_the_same_answer_for_all_cuts(
    reader: CoreReader, client: tuple[bytes, bytes, dict[str, Any]], at: int, byte: int, server: bool
) -> None:
    data = bytearray(client[0] + client[1])
    data[at % len(data)] = byte
    reader.read(bytes(data)[len(PREFACE) if server else 0 :], from_server=server)


S = frames.settings()
BLOCK = packed(*GET)
REFUSED: dict[str, bytes] = {
    "something else": b"GET / HTTP/1.1\r\n\r\n",
    "a preface that ends differently": PREFACE[:-1] + b"\r",
    "no SETTINGS": PREFACE + header_frames(BLOCK),
    "SETTINGS of a stream": PREFACE + frame(4, bytes(6), stream=1),
    "SETTINGS that are cut": PREFACE + frame(4, bytes(5)),
    "an acknowledgement with values": PREFACE + S + frame(4, bytes(6), 1),
    "a frame of 16 MB": PREFACE + S + b"\xff\xff\xff\x00\x00" + bytes(4),
    "a frame of 16,385 bytes": PREFACE + S + b"\x00\x40\x01\x00\x00" + bytes(4),
    "WINDOW_UPDATE of 3 bytes": PREFACE + S + frame(8, bytes(3)),
    "PRIORITY of the connection": PREFACE + S + frame(2, bytes(5)),
    "PRIORITY of 4 bytes": PREFACE + S + frame(2, bytes(4), stream=1),
    "HEADERS of the connection": PREFACE + S + header_frames(BLOCK, 0),
    "HEADERS of a stream of the server": PREFACE + S + header_frames(BLOCK, 2),
    "a promise of a client": PREFACE + S + header_frames(BLOCK, kind=5, promised=bytes(4)),
    "padding beyond the frame": PREFACE + S + frame(1, b"\x05\x82\x86", 12, 1),
    "padding without a length": PREFACE + S + frame(1, b"", 12, 1),
    "a priority that is cut": PREFACE + S + frame(1, bytes(4), 36, 1),
    "CONTINUATION of nothing": PREFACE + S + frame(9, BLOCK, 4, 1),
    "another frame inside": PREFACE
    + S
    + frame(1, BLOCK[:1], 0, 1)
    + frame(6, bytes(8))
    + frame(9, BLOCK[1:], 4, 1),
    "another stream inside": PREFACE + S + frame(1, BLOCK[:1], 0, 1) + frame(9, BLOCK[1:], 4, 3),
    "a block that breaks a rule": PREFACE + S + header_frames(b"\x80"),
    "no method": request(*GET[1:]),
    "an empty method": request((b":method", b""), *GET[1:]),
    "no path": request(*GET[:3]),
    "a pseudo-header twice": request(*GET, GET[3]),
    "an unknown pseudo-header": request(*GET, (b":x", b"")),
    "a pseudo-header of a response": request(*GET, (b":status", b"200")),
    "a pseudo-header behind a header": request(*GET[:3], (b"a", b""), GET[3]),
    "a name of capital letters": request(*GET, (b"Host", b"a")),
    "a name of 65 letters": request(*GET, (b"n" * 65, b"a")),
    "a method of 65 letters": request((b":method", b"M" * 65), *GET[1:]),
    "an empty name": request(*GET, (b"", b"a")),
    "a name that is a colon": request(*GET, (b":", b"a")),
    "a name with a colon": request(*GET, (b"a:b", b"a")),
    "a name with an end of line": request(*GET, (b"a\r\nb", b"a")),
    "a value with an end of line": request(*GET, (b"a", b"b\r\nc: d")),
    "a path with an end of line": request(*GET[:3], (b":path", b"/\nX: y")),
    "a value with a zero": request(*GET, (b"a", b"b\x00")),
}
TOO_LONG: dict[str, bytes] = {
    "17 CONTINUATION": PREFACE + S + header_frames(BLOCK, cuts=(1,) * 17),
    "16 KB of other frames": PREFACE + S + frame(6, bytes(8)) * 1000 + header_frames(BLOCK),
    "16 KB in one frame": PREFACE + S + frame(200, bytes(MOST)),
    "no header within 16 KB": PREFACE + S + header_frames(BLOCK + b"\x00" + bytes(20_000), cuts=(9000,)),
}
ONE = packed(*GET, (b"a", b"b"))
LARGE = b"\x40\x01n\x7f\xa1\x1e" + b"v" * 4000
"""A header that stays in the table."""
ZEROS = b"\x00\x01n\xff\x80\x1a" + bytes(3455)
"""A value of 5,528 digits in Huffman code."""
READ_IN_PART: dict[str, tuple[int, bytes]] = {
    "101 headers": (100, header_frames(packed(*GET, *[(b"a", b"b")] * 101))),
    "headers of 20 KB": (1, header_frames(ONE + b"\x00\x01c\x7f\xa1\x9c\x01" + bytes(20_000), cuts=(9000,))),
    "a bomb of one value": (4, header_frames(BLOCK + LARGE + b"\xbe" * 8000)),
    "text of more than 16 KB": (2, header_frames(BLOCK + ZEROS * 4)),
    "17 CONTINUATION behind a header": (1, header_frames(ONE, cuts=(len(ONE),) * 17)),
}
OF_SERVERS: dict[str, tuple[str, bytes]] = {
    "HTTP/1": ("other", b"HTTP/1.1 400 Bad Request\r\n\r\n"),
    "no status": ("other", response((b"server", b"x"))),
    "a status of letters": ("other", response((b":status", b"2x0"))),
    "a status of four digits": ("other", response((b":status", b"2000"))),
    "a status below 100": ("other", response((b":status", b"099"))),
    "a method": ("other", response(*GET)),
    "only 1xx": ("more", response((b":status", b"103"))),
    "1xx without an end": ("too_long", response((b":status", b"103")) * 700),
    "long 1xx": ("too_long", response((b":status", b"103"), (b"link", b"l" * 4000))),
}


HINT = b"\x08\x03103"
"""A status that no table has, in 5 bytes."""
EARLY = header_frames(HINT)
TABLE = header_frames(HINT + b"\x40\x01n\x7f\x91\x09" + b"v" * 1296)
"""A value of 1,296 bytes that stays in the table."""
EARLY_TEXT = {
    # 7 + 3 bytes of the status, 1 + 1296 of the header: 1307, then 5 times 1297 more are within 8192
    "5 times more": ("whole", TABLE + header_frames(HINT + b"\xbe" * 5)),
    "6 times more": ("too_long", TABLE + header_frames(HINT + b"\xbe" * 6)),
    "in promises": ("too_long", TABLE + header_frames(b"\xbe" * 6, kind=5, promised=bytes(4))),
}


@pytest.mark.parametrize("name", EARLY_TEXT)
def test_decoded_text_before_the_message_is_bounded(reader: CoreReader, name: str) -> None:
    expected, data = EARLY_TEXT[name]
    found = reader.read(S + data + header_frames(b"\x88"), from_server=True)
    assert (found if isinstance(found, str) else "whole") == expected


def most_work(found: Work) -> int:
    """Of bytes one by one: each, a frame header a call, calls for blocks, which are bounded, and the last."""
    again, last = 65536, 3 * MOST
    return (1 + 9) * found.end + 2 * again + last


HOSTILE = {
    "empty frames": S + frame(200) * 1800,
    "values of a table": S + TABLE + header_frames(HINT + b"\xbe" * 12) * 94 + frame(200) * 1000,
    "interim responses": S + EARLY * 800,
    "interim responses behind frames": S + frame(200) * 1000 + EARLY * 400,
    "text in Huffman code": S + header_frames(HINT + b"\0\1n\xff\xb1\x0e" + bytes(1970)) + EARLY * 400,
    "CONTINUATION": S + header_frames(HINT, cuts=(1,) * 15) * 60,
    "promises": S + header_frames(b"\x82", kind=5, promised=bytes(4)) * 800,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_bytes_one_by_one_cost_a_bounded_multiple(reader: CoreReader, name: str) -> None:
    found = reader.work(HOSTILE[name], from_server=True)
    assert found.end < MOST
    assert found.examined <= most_work(found)
    assert found.most <= 3 * MOST


def test_a_client_byte_by_byte_is_looked_at_once(reader: CoreReader) -> None:
    """Until its request is whole."""
    data = PREFACE + S + frames.window_update(1) * 1000 + header_frames(BLOCK)
    found = reader.work(data)
    assert (found.found, found.end) == ("whole", len(data))
    assert found.examined < 12 * len(data)


def test_interim_responses_that_come_one_by_one_are_read_for_long(reader: CoreReader) -> None:
    """Each makes the reader begin again, up to 65,536 bytes: of n responses n(n + 1) / 2 times 14 and 10, and
    9 n of SETTINGS: 73 of them."""
    for count, expected in ((73, "whole"), (74, "too_long")):
        found = reader.read(S + EARLY * count + header_frames(b"\x88"), from_server=True)
        assert (found if isinstance(found, str) else "whole") == expected


@pytest.mark.parametrize("name", REFUSED)
def test_what_breaks_a_rule_is_refused(reader: CoreReader, name: str) -> None:
    assert reader.read(REFUSED[name]) == "other"


@pytest.mark.parametrize("name", TOO_LONG)
def test_what_is_too_long_is_given_up(reader: CoreReader, name: str) -> None:
    assert reader.read(TOO_LONG[name], cut=False) == "too_long"


@pytest.mark.parametrize("name", READ_IN_PART)
def test_what_is_too_long_is_read_up_to_there(reader: CoreReader, name: str) -> None:
    count, data = READ_IN_PART[name]
    found = cut(reader.read(PREFACE + S + data, cut=len(data) < 1000))
    assert (found.method, found.target, found.akamai) == (b"GET", b"/", "|00|0|m,s,a,p")
    assert len(found.fields) == count


@pytest.mark.parametrize("name", OF_SERVERS)
def test_servers(reader: CoreReader, name: str) -> None:
    expected, data = OF_SERVERS[name]
    assert reader.read(data, from_server=True, cut=len(data) < 5000) == expected


def test_bounds_that_are_reached(reader: CoreReader) -> None:
    """16 CONTINUATION, 100 headers and a message that ends with byte 16,384 are read."""
    assert whole(reader.read(PREFACE + S + header_frames(BLOCK, cuts=(1,) * 16))).pseudo == "msap"
    assert len(whole(reader.read(request(*GET, *[(b"a", b"b")] * 100))).fields) == 100
    head = PREFACE + S + header_frames(BLOCK)
    for missing, expected in ((0, "whole"), (-1, "too_long")):
        filled = PREFACE + S + frame(200, bytes(MOST - len(head) - 9 - missing)) + header_frames(BLOCK)
        found = reader.read(filled, cut=False)
        assert (found if isinstance(found, str) else "whole") == expected


def test_values_without_blanks_around_them(reader: CoreReader) -> None:
    fields = ((b"a", b" \tb c\t "), (b"d", b"  "), (b"e", b""))
    assert whole(reader.read(request(*GET, *fields))).fields == ((b"a", b"b c"), (b"d", b""), (b"e", b""))


def test_a_tunnel_has_no_path(reader: CoreReader) -> None:
    found = whole(reader.read(request((b":method", b"CONNECT"), (b":authority", b"a:443"))))
    assert (found.pseudo, found.target, found.authority) == ("ma", b"", b"a:443")


def test_blocks_before_the_message_are_part_of_the_table(reader: CoreReader) -> None:
    encoder = Encoder()
    pushed = encoder.encode([*GET, (b"x-pushed", b"1")])
    early = encoder.encode([(b":status", b"103"), (b"link", b"</a>")])
    answer = encoder.encode([(b":status", b"200"), (b"x-pushed", b"1"), (b"link", b"</a>")])
    data = S + header_frames(bytes(pushed), kind=frames.PUSH_PROMISE, promised=b"\x00\x00\x00\x02", padding=3)
    data += header_frames(bytes(early)) + header_frames(bytes(answer), cuts=(1, 1, 2))
    found = whole(reader.read(data, from_server=True))
    assert (found.status, found.fields) == (200, ((b"x-pushed", b"1"), (b"link", b"</a>")))


def test_text_of_huge_settings(reader: CoreReader) -> None:
    data = PREFACE + frames.settings(*[(65535, 2**32 - 1)] * 2700) + header_frames(BLOCK)
    found = whole(reader.read(data, cut=False))
    assert found.akamai == ";".join(["65535:4294967295"] * 2700) + "|00|0|m,s,a,p"
    assert found.akamai_md5 == hashlib.md5(found.akamai.encode()).hexdigest()
