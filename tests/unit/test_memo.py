"""Handshakes that resemble earlier ones are answered from memory, as each would be alone."""

from __future__ import annotations

from random import Random

import pytest

from huginn_cffi import Analyzer, Batch, Database
from tests.support.all_columns import all_columns
from tests.support.captures import pcap
from tests.support.packets import ACK, NOP, SOK, SYN, Ip4, Ip6, Tcp, eol, mss, packet, timestamps, wscale

START = 1_700_000_000_000_000_000
HANDSHAKES = (0, 1)  # events: SYN, SYN+ACK
COLUMNS = (
    "quirks",
    "window_kind",
    "window_multiple",
    "match_index",
    "match_fuzzy",
    "distance",
    "mss",
    "wscale",
    "ttl",
    "ts1",
)
LAYOUTS = (
    "mss",
    "mss,sok,ts,nop,ws",
    "ts,ts,mss",
    "mss,mss",
    "ws,ws,mss,nop,nop",
    "mss,ts,eol+1",
    "mss,sok,eol+1",
)


@pytest.fixture(scope="module")
def layouts() -> Database:
    """Signatures of layouts that repeat options, and of usual ones."""
    lines = ["classes = unix"]
    for section in ("request", "response"):
        lines.append(f"[tcp:{section}]")
        for number, layout in enumerate(LAYOUTS):
            lines.append(f"label = s:unix:{section} {number}:")
            lines += [
                f"sig = *:64:0:*:{window},*:{layout}:{quirks}:0"
                for window in ("mss*7", "*")
                for quirks in ("df", "")
            ]
    return Database.compile(text="\n".join(lines))


def answers(database: Database, packets: list[bytes]) -> dict[int, tuple[object, ...]]:
    """What is said of each handshake, by the number of its packet."""
    found: dict[int, tuple[object, ...]] = {}
    capture = pcap([(START + number * 1000, data) for number, data in enumerate(packets)])
    for batch in Analyzer(database, max_connections=16, max_hosts=16).batches(capture):
        found |= of_batch(batch)
    return found


def of_batch(batch: Batch) -> dict[int, tuple[object, ...]]:
    """The same of one batch."""
    known = all_columns(batch)
    columns = [known[name].tolist() for name in COLUMNS]
    columns.append([bytes(row) for row in batch["olayout"].tolist()])
    rows = zip(batch["event"].tolist(), batch["packet_number"].tolist(), *columns, strict=True)
    return {number: tuple(values) for event, number, *values in rows if event in HANDSHAKES}


def repeated(own: tuple[int, int], port: int) -> bytes:
    """A SYN with two timestamps, whose window is 7 times the MSS without the room for one."""
    options = mss(1000) + timestamps(own[0]) + timestamps(own[1])
    return packet(Ip4(), Tcp(sport=port, options=options, window=7 * (1000 - 12)))


def test_a_timestamp_behind_one_that_is_zero() -> None:
    """Both have the quirk ts1-; only with a timestamp is the window a multiple."""
    signature = "4:64:0:1000:mss*7,0:mss,ts,ts:df,id+,ts1-:0"
    lines = ["classes = unix", "[tcp:request]", "label = s:unix:Twice:", f"sig = {signature}"]
    database = Database.compile(text="\n".join(lines))
    without = [repeated((0, 0), 1024 + number) for number in range(100)]
    found = answers(database, [*without, repeated((0, 5), 9)])
    assert len(found) == 101
    names = [row[COLUMNS.index("match_index")] for row in found.values()]
    assert names == [0xFFFFFFFF] * 100 + [0]


def test_a_multiple_of_an_mtu_with_extension_headers() -> None:
    """The same TCP header 8 bytes further on: only there the window is 7 times the MSS and all headers."""
    signature = "6:64:0:*:mtu*7,0:mss::0"
    lines = ["classes = unix", "[tcp:request]", "label = s:unix:Any:", f"sig = {signature}"]
    extensions = ((60, b"\0\1\4\0\0\0\0"),)
    packets = [
        packet(ip, Tcp(sport=port, options=mss(1000), window=7 * (1000 + 60 + 4 + 8)))
        for port, ip in enumerate((*[Ip6()] * 100, Ip6(extensions=extensions), Ip6()), 1024)
    ]
    found = answers(Database.compile(text="\n".join(lines)), packets)
    assert [row[COLUMNS.index("window_multiple")] for row in found.values()] == [0] * 100 + [7, 0]


def handshake(random: Random, port: int) -> bytes:
    """One of few kinds, so that each comes many times."""
    own = random.choice((0, 5, 6))
    options = random.choice(
        (
            mss(1000),
            mss(1000) + SOK + timestamps(own, random.choice((0, 7))) + NOP + wscale(random.choice((7, 15))),
            timestamps(random.choice((0, 5))) + timestamps(own) + mss(1000),
            mss(5) + mss(random.choice((1000, 1460))),
            wscale(random.choice((0, 15))) + wscale(7) + mss(1000) + NOP + NOP,
            mss(1000) + timestamps(own) + random.choice((eol(1), b"\0\1")),
            mss(1000) + b"\3\4\7\1",
        )
    )
    flags, ack = random.choice(((SYN, 0), (SYN | ACK, 9)))
    tcp = Tcp(sport=port, flags=flags, ack=ack, window=random.choice((6916, 7000)), options=options)
    if random.random() < 0.3:
        return packet(Ip6(ttl=random.choice((64, 33)), flow_label=random.choice((0, 5))), tcp)
    fragment, options = random.choice(((0, b""), (0x4000, b""), (0x4000, b"\1\1\1\0")))
    return packet(Ip4(ttl=random.choice((64, 33)), fragment=fragment, options=options), tcp)


def test_each_is_answered_as_it_would_be_alone(layouts: Database) -> None:
    random = Random(1)
    packets = [handshake(random, port) for port in range(1024, 7024)]
    together = answers(layouts, packets)
    assert len(together) == len(packets)
    alone: dict[bytes, tuple[object, ...]] = {}
    for number, data in enumerate(packets, 1):
        kind = kind_of(data)
        if kind not in alone:
            (alone[kind],) = answers(layouts, [data]).values()
        assert together[number] == alone[kind], data.hex()
    assert len(alone) > 200


def kind_of(data: bytes) -> bytes:
    """The packet without its port and its checksums."""
    tcp = (data[0] & 15) * 4 if data[0] >> 4 == 4 else 40
    return data[:10] + data[12:tcp] + data[tcp + 2 : tcp + 16] + data[tcp + 18 :]
