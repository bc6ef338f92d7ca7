"""What a capture could not show: one list, the same in the summary, in JSON and in ``--stats``."""

from __future__ import annotations

import gzip
import json
import struct
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.base.names import EVENT_PROTOCOLS
from huginn_cffi.cli import main
from huginn_cffi.cli.standard_error import NOTHING_LOST
from tests.support.captures import Order, block, enhanced, interface, option, pcap, section
from tests.support.devices.arp import arp
from tests.support.tls.conversation import HELLO_EXTENSIONS, Conversation, client_hello, extension, record

HELLO = record(client_hello(HELLO_EXTENSIONS))
SECOND = 10**9

Cut = list[tuple[int, bytes, int]]


def talk(port: int, hello: bytes = HELLO, *, begins: int = 0, seconds: int = 0, snap: int = 65535) -> Cut:
    """A hello after its handshake, from packet number `begins` on."""
    packets = Conversation(port=port).handshake().client(0, hello).timed()[begins:]
    return [(time + seconds * SECOND, data[:snap], len(data)) for time, data in packets]


WHOLE = talk(40001)
CASES: dict[str, tuple[Cut, list[tuple[str, str]]]] = {
    "nothing": (WHOLE, []),
    "cut": (
        [*talk(40001, snap=70), *talk(40002, seconds=1, snap=70)],
        [
            (
                "cut",
                "2 packets were cut at 70 bytes, inside data that a reader wanted: capture with tcpdump -s 0",
            )
        ],
    ),
    "a snap length of the longest packet": (talk(40001, snap=max(wire for *_, wire in WHOLE)), []),
    "time": (
        [*talk(40001, seconds=90), *talk(40002)],
        [
            (
                "time",
                "1 connection was older than the connection before, by a second or more: sort the packets "
                "with reordercap",
            )
        ],
    ),
    "packets of several queues": ([WHOLE[1], WHOLE[0], *WHOLE[2:]][1:], []),
    "beginning": (
        [*talk(40001, begins=3), *talk(40002, begins=1)],
        [
            (
                "beginning",
                "2 connections were open before the capture began, or captured in one direction: begin "
                "earlier, and capture both directions",
            )
        ],
    ),
    "key exchange": (
        talk(40001, record(b"\1\xff\xff\xff" + bytes(60))),
        [
            (
                "key_exchange",
                "1 key exchange was not read, malformed, too long or of an unknown version: compare with "
                "Wireshark",
            )
        ],
    ),
}


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, list[tuple[str, str]]]:
    packets, expected = CASES[request.param]
    path = tmp_path / "some.pcap"
    path.write_bytes(pcap(packets, nanoseconds=True))
    return path, expected


@pytest.mark.parametrize("workers", ["1", "2"])
def test_the_same_everywhere(
    case: tuple[Path, list[tuple[str, str]]], workers: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path, expected = case
    texts = [text for _, text in expected] or [NOTHING_LOST]
    main(("pcap", "--summary", "--stats", "--workers", workers, str(path)))
    shown = capsys.readouterr()
    _, _, block = shown.out.partition("What this capture could not show\n")
    assert block.splitlines() == [f"  {text}" for text in texts]
    missing = [line.removeprefix("missing:  ") for line in shown.err.splitlines() if line[:8] == "missing:"]
    assert missing == texts
    main(("pcap", "--summary", "--format", "json", "--workers", workers, str(path)))
    losses = json.loads(capsys.readouterr().out)["losses"]
    assert [(one["kind"], one["text"]) for one in losses] == expected
    assert all(one["text"].startswith(f"{one['count']} ") for one in losses)


HELLO_SIZES = (0, 100, 700, 1200)
"""Bytes of padding in ClientHellos."""


@pytest.mark.parametrize(
    "snap", [64, 65, 68, 96, 97, 128, 200, 256, 300, 301, 512, 900, 1000, 1300, 1499, 1500]
)
def test_every_snap_length(snap: int) -> None:
    """One packet of each connection has data, and counts if a part of it is not captured."""
    packets = [
        one
        for at, size in enumerate(HELLO_SIZES)
        for one in talk(
            40001 + at,
            record(client_hello(HELLO_EXTENSIONS + extension(21, bytes(size)))),
            seconds=at,
            snap=snap,
        )
    ]
    cut = [wire for *_, wire in packets if wire > snap]
    stats = stats_of(packets)
    assert [(one["kind"], one["count"]) for one in stats.losses] == ([("cut", len(cut))] if cut else [])
    assert stats.cut_at == ((snap, snap) if cut else ())
    assert stats.events_by_kind["tls_client"] == len(HELLO_SIZES) - len(cut)


def stats_of(packets: Cut) -> hg.Stats:
    analyzer = hg.Analyzer()
    list(analyzer.batches(pcap(packets, nanoseconds=True)))
    return analyzer.stats


@pytest.mark.parametrize("size", [1, 500, 1300])
def test_a_cut_body_is_no_loss(size: int) -> None:
    """The reader wants the head of a request; what follows it may be cut anywhere."""
    head = f"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {size}\r\n\r\n".encode()
    whole = talk(40001, head + bytes(size))
    wire = whole[-1][2]
    for left in (size, size - 1, size // 2, 0):
        packets = [(time, data[: wire - size + left], length) for time, data, length in whole]
        stats = stats_of(packets)
        assert (stats.losses, stats.events_by_kind["http_request"]) == ([], 1), left
    stats = stats_of([(time, data[: wire - size - 1], length) for time, data, length in whole])
    assert [(one["kind"], one["count"]) for one in stats.losses] == [("cut", 1)]


def statistics(order: Order, interface_number: int, *options: tuple[int, int]) -> bytes:
    """An Interface Statistics Block, whose time is 0."""
    counters = b"".join(option(code, struct.pack(f"{order}Q", value), order) for code, value in options)
    return block(5, struct.pack(f"{order}III", interface_number, 0, 0) + counters, order)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("form", ["memory", "gzip"])
@pytest.mark.parametrize("padding", [0, 3 << 20])
def test_what_was_lost_before_the_capture(order: Order, form: str, padding: int) -> None:
    """Of each interface the latest number counts; the last one lost nothing, and is stated in part."""
    received, by_interface, by_system = 4, 5, 7
    begin = section(order) + interface(order=order) * 3
    counted = [
        statistics(order, 0, (received, 1000), (by_interface, 30)),
        block(0xBAD, bytes(padding), order),
        statistics(order, 1, (by_interface, 2), (by_system, 1), (0, 0), (by_system, 50)),
        statistics(order, 0, (received, 2000), (by_interface, 37)),
        statistics(order, 2, (received, 9), (by_interface, 0)),
        block(5, struct.pack(f"{order}IIIHH", 2, 0, 0, by_interface, 8), order),
        statistics(order, 3, (by_interface, 100)),
    ]
    packets = [enhanced(data, 5 + number, order=order) for number, (_, data, _) in enumerate(talk(40001))]
    data = begin + packets[0] + b"".join(counted) + b"".join(packets[1:])
    analyzer = hg.Analyzer()
    list(analyzer.batches([data if form == "memory" else gzip.compress(data), data]))
    assert analyzer.stats.lost_before == 80
    assert analyzer.stats.packets == 2 * len(packets)
    [lost] = [one for one in analyzer.stats.losses if one["kind"] == "dropped"]
    assert lost["text"].startswith("80 packets were dropped when the capture was made: ")
    assert (analyzer.stats + analyzer.stats).lost_before == 160


@pytest.mark.parametrize("order", ["<", ">"])
def test_counters_that_say_nothing(order: Order) -> None:
    """Values of another length, of the unknown, and stated twice."""
    by_interface, by_system = 5, 7
    short = [option(by_interface, b"\1" * length, order) for length in (4, 5, 6, 7, 9)]
    unknown = option(by_system, b"\xff" * 8, order)
    counted = [option(by_interface, struct.pack(f"{order}Q", count), order) for count in (3, 4)]
    data = section(order) + interface(order=order)
    for options, lost in (((*short, unknown), 0), ((*counted, *short, unknown), 4)):
        said = block(5, struct.pack(f"{order}III", 0, 0, 0) + b"".join(options), order)
        assert lost_by(data + enhanced(HELLO, 5, order=order) + said) == lost


def lost_by(data: bytes) -> int:
    analyzer = hg.Analyzer()
    list(analyzer.batches(data))
    return analyzer.stats.lost_before


def test_counters_have_a_limit() -> None:
    most, by_interface, by_system = 2**64 - 2, 5, 7
    both = statistics("<", 0, (by_interface, most), (by_system, most))
    other = statistics("<", 1, (by_interface, most))
    data = section() + interface() * 2 + enhanced(HELLO, 5)
    assert lost_by(data + other) == most
    assert lost_by(data + other + both + statistics("<", 0, (by_interface, 1))) == 2**64 - 1
    analyzer = hg.Analyzer()
    list(analyzer.batches([data + other, data + other]))
    assert analyzer.stats.lost_before == 2**64 - 1
    [lost] = (analyzer.stats + analyzer.stats).losses
    assert lost["count"] == 2**64 - 1


@pytest.mark.parametrize("count", [1, 400, 3000])
@pytest.mark.parametrize(("seconds", "steps"), [(5, 1), (1.5, 1), (0.9, 0), (-5, 0)])
def test_times_that_go_back_without_connections(count: int, seconds: float, steps: int) -> None:
    """As in captures that were joined the wrong way round; one packet out of order is none of them."""
    asked = arp("192.0.2.1", "192.0.2.2")
    first = [(1000 * SECOND + at * 1000, asked) for at in range(count)]
    later = [(time - round(seconds * SECOND), data) for time, data in first]
    last = max(first[-1][0], later[-1][0]), asked
    analyzer = hg.Analyzer()
    list(analyzer.batches(pcap([*first, *later], linktype=1)))
    assert analyzer.stats.steps_back == steps
    kinds = [(one["kind"], one["count"]) for one in analyzer.stats.losses]
    assert kinds == [("time", steps)] * steps
    list(analyzer.batches(pcap([*first, (last[0] - SECOND // 2, asked), last], linktype=1)))
    assert analyzer.stats.losses == []


def joined(form: str, runs: list[tuple[int, int, bytes]]) -> bytes:
    """Runs of packets: the second of the first, their number, and what each is."""
    packets = [(second * SECOND + at * 1000, data) for second, count, data in runs for at in range(count)]
    if form == "pcapng":
        return section() + interface(1) + b"".join(enhanced(data, time // 1000) for time, data in packets)
    order: Order = ">" if form == "big-endian pcap" else "<"
    return pcap(packets, linktype=1, order=order)


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("form", ["pcap", "big-endian pcap", "pcapng"])
@pytest.mark.parametrize("protocols", [None, ("tcp",)])
def test_steps_do_not_depend_on_blocks(form: str, workers: int, protocols: tuple[str, ...] | None) -> None:
    """Nor on where a worker begins. Of packets that are only counted, the first and the last are compared."""
    asked = arp("192.0.2.1", "192.0.2.2")
    [*_, (_, plain, _)] = talk(40001)
    segment = bytes.fromhex("0200000000010200000000020800") + plain
    for data in (asked, segment):
        for runs, steps, at_ends in (
            ([(1000, 600), (0, 600), (2000, 600)], 1, 0),
            ([(1000, 1), (2000, 5000), (1998, 70_000), (3000, 600), (9, 1)], 2, 1),
            ([(1000, 5), (1001, 70_000)], 0, 0),
        ):
            capture = joined(form, [(second, count, data) for second, count in runs])
            analyzer = hg.Analyzer(protocols=protocols or EVENT_PROTOCOLS, uptime=protocols is None)
            list(analyzer.batches(capture, workers=workers))
            is_counted = data is segment and form == "pcap" and protocols is not None
            assert analyzer.stats.steps_back == (at_ends if is_counted else steps), runs
            assert analyzer.stats.packets == sum(count for _, count in runs)
            assert analyzer.stats.bytes == len(data) * sum(count for _, count in runs)


def test_what_others_lost() -> None:
    """Packets that an interface dropped, files out of order, and each limit with its owner."""
    kernel = {"dropped_by_kernel": 3, "dropped_by_interface": 2, "dropped_by_ring": 1}
    stats = hg.Stats(
        interface=kernel,
        files_out_of_order=1,
        flows_evicted_established=4,
        streams_evicted=1,
        hosts_evicted=5,
    )
    found = [(one["kind"], one["count"], one["text"].partition(": ")[2]) for one in stats.losses]
    assert found == [
        ("dropped", 6, "raise --buffer-size or --workers, or choose with --bpf"),
        ("files", 1, "read the files of each interface by themselves"),
        ("limit", 4, "raise it"),
        ("limit", 1, "read fewer connections at a time"),
        ("limit", 5, "raise it"),
    ]
    assert stats.losses[2]["text"].startswith("4 connections were given up, beyond --max-connections")
    assert (stats + stats).losses[1]["count"] == 2


def test_all_losses_fit() -> None:
    most = dict.fromkeys(hg.Stats.__dataclass_fields__, 2**60)
    counters = {name: count for name, count in most.items() if isinstance(getattr(hg.Stats(), name), int)}
    kernel = {"dropped_by_kernel": 2**60}
    stats = hg.Stats(**counters, cut_at=(2**32 - 2, 2**32 - 1), interface=kernel)
    kinds = {one["kind"] for one in stats.losses}
    assert kinds == {"cut", "dropped", "files", "time", "beginning", "key_exchange", "limit"}
