"""Captures with comments: what is added, and that nothing else changes."""

from __future__ import annotations

import gzip
import io
import json
import struct
import threading
from dataclasses import replace
from ipaddress import ip_address
from itertools import chain, product
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi._native import ffi, lib
from huginn_cffi.analysis.summary import Summary
from huginn_cffi.applications.annotating import Annotated, _Copier, _finish, annotate, with_findings
from huginn_cffi.base.handles import made
from huginn_cffi.run.changes import Completed
from huginn_cffi.run.settings import Settings, engine_config
from tests.annotating.blocks import (
    ENHANCED,
    NAMES,
    OBSOLETE,
    SECTION,
    blocks_of,
    comments,
    differences,
    options_of,
)
from tests.annotating.corpus import events, frames
from tests.support import captures, samples
from tests.support.captures import block, enhanced, interface, obsolete, option, pcap, section, simple
from tests.support.packets import NOP, SOK, SYN, Ip4, Ip6, Tcp, mss, packet, timestamps, wscale
from tests.support.web_talk import ANSWER, REQUEST, Web

SYN_PACKET = Ip4().pack(Tcp(flags=SYN).pack())
ACK_PACKET = Ip4().pack(Tcp(flags=16, options=b"", payload=b"x" * 11).pack())
TIME = 1_700_000_000_123_456_000


def copied(source: object, **options: object) -> tuple[bytes, Annotated]:
    out = io.BytesIO()
    found = annotate(hg.Analyzer(), source, out, **options)  # type: ignore[arg-type]
    return out.getvalue(), found


def said(data: bytes) -> list[list[str]]:
    """The comments of each packet."""
    return [comments(one) for one in blocks_of(data) if one.kind == ENHANCED]


def test_a_packet_that_told_something_has_a_comment_for_each_thing() -> None:
    data, found = copied(pcap(samples.conversation()))
    first, second, third, *rest = said(data)
    system, link = first
    assert system.startswith("huginn TCP SYN | OS: Linux ")
    assert " | Sure: " in system
    assert f" | Dist: 7 | Params: none | Sig: {samples.SYN_SIGNATURE}" in system
    assert link == "huginn TCP MTU | Link: Ethernet | MTU: 1500"
    assert [words.partition(" | ")[0] for words in second] == ["huginn TCP SYN+ACK", "huginn TCP MTU"]
    assert third[0].startswith("huginn TCP Uptime - Client | Uptime: ")
    assert not any(rest)
    assert found == Annotated(comments=5, packets=3, names=2, findings=0, beyond=0, left_out=0)


def test_addresses_are_named_before_the_packet_that_tells() -> None:
    data, _ = copied(pcap(samples.conversation()))
    assert [one.kind for one in blocks_of(data)][2:] == [NAMES, ENHANCED, NAMES, ENHANCED, ENHANCED]
    options = [one for block in blocks_of(data) if block.kind == NAMES for one in options_of(block, 0)]
    records = [(code, value[:4], str(value[4:], "utf-8")) for code, value in options]
    assert [(code, len(address)) for code, address, _ in records] == [(1, 4), (1, 4)]
    for _, address, text in records:
        assert text.startswith(".".join(map(str, address)) + " ")
        assert text.endswith("\0")
    assert "Linux" in records[0][2]


def test_an_ipv6_address_is_named_as_one() -> None:
    ip = Ip6(flow_label=1)
    tcp = Tcp(window=65320, options=mss(1420) + SOK + timestamps(1234567) + NOP + wscale(7))
    data, _ = copied(pcap([(TIME, packet(ip, tcp))]))
    [names] = [one for one in blocks_of(data) if one.kind == NAMES]
    [(code, value)] = options_of(names, 0)
    assert (code, value[:16]) == (2, ip_address(ip.source).packed)
    assert str(value[16:], "utf-8").startswith(f"{ip.source} Linux ")


@pytest.mark.parametrize(
    ("order", "nanoseconds", "modified"), [*product("<>", (False, True), (False,)), ("<", False, True)]
)
def test_pcap_of_every_flavour(order: captures.Order, nanoseconds: bool, modified: bool) -> None:
    packets = [(TIME + number * 1001, data) for number, (_, data) in enumerate(samples.conversation())]
    original = pcap(packets, order=order, nanoseconds=nanoseconds, modified=modified)
    data, _ = copied(original)
    plain = [[(one.time_ns, one.data, one.wire_length) for one in frames(file)] for file in (original, data)]
    assert plain[0] == plain[1]
    assert len(plain[0]) == len(packets)
    assert events(data) == events(original)


def commented(order: captures.Order, *, ticks: int = 5) -> bytes:
    """A packet with two options, one of them a comment."""
    plain = enhanced(SYN_PACKET, ticks, order=order)
    more = option(1, b"seen before", order) + option(4, bytes(8), order) + option(0, b"", order)
    return block(ENHANCED, plain[8:-4] + more, order)


def foreign(order: captures.Order) -> bytes:
    """A section with one of everything."""
    return b"".join(
        (
            block(
                0x0A0D0D0A,
                struct.pack(f"{order}IHHq", 0x1A2B3C4D, 1, 0, 4711) + option(3, b"os", order),
                order,
            ),
            interface(order=order, tsresol=9),
            interface(order=order, tsresol=0x94, tsoffset=1_000_000),
            block(10, struct.pack(f"{order}II", 0x544C534B, 5) + b"CLIEN", order),
            simple(SYN_PACKET, order=order),
            block(4, struct.pack(f"{order}HH", 1, 7) + b"\x01\x02\x03\x04ab\0\0" + bytes(4), order),
            commented(order),
            enhanced(Ip4(source="192.0.2.9").pack(Tcp().pack()), 77, index=1, order=order),
            block(0xBAD, b"customcustom", order),
            obsolete(Ip4(source="192.0.2.8").pack(Tcp().pack()), 10**15, order=order),
            enhanced(ACK_PACKET, 10**15 + 1, order=order),
            simple(Ip4(source="192.0.2.7").pack(Tcp().pack()), order=order),
            block(5, struct.pack(f"{order}III", 0, 1, 2), order),
        )
    )


@pytest.mark.parametrize("order", ["<", ">", "<>", "><"])
def test_blocks_and_options_of_others_stay(order: str) -> None:
    original = b"".join(foreign("<" if one == "<" else ">") for one in order)
    data, found = copied(original)
    assert differences(original, data) == []
    assert events(data) == events(original)
    assert found.left_out == 0
    kept = [one for words in said(data) for one in words if not one.startswith("huginn ")]
    assert kept == ["seen before"] * len(order)
    systems = [one for block in blocks_of(data) for one in comments(block) if "TCP SYN | " in one]
    assert len(systems) == [one["event"] for one in events(original)].count("syn")
    assert len(comments(next(one for one in blocks_of(data) if one.kind == OBSOLETE))) == 2


def test_a_simple_packet_after_one_of_another_interface_gets_no_comment() -> None:
    original = (
        section() + interface() + interface(tsresol=9) + enhanced(ACK_PACKET, 9, index=1) + simple(SYN_PACKET)
    )
    data, found = copied(original)
    assert differences(original, data) == []
    assert events(data) == events(original)
    assert found.left_out == 2


@pytest.mark.parametrize(("offset", "left_out"), [(None, 0), (0, 0), (3600, 2)])
def test_a_simple_packet_that_comes_first_is_read_as_of_time_0(offset: int | None, left_out: int) -> None:
    """No ticks stand for that time where the clock begins at another."""
    original = section() + interface(tsoffset=offset) + simple(SYN_PACKET)
    data, found = copied(original)
    assert differences(original, data) == []
    assert events(data) == events(original)
    assert found.left_out == left_out


def large(kind: str) -> bytes:
    """More than a few pieces: packets of all sizes, and of pcapng a long block of others."""
    packets = []
    for number in range(18_000):
        source = f"192.0.{number // 250 % 250}.{number % 250}"
        tcp = Tcp(sport=number % 60_000 + 1)
        if number % 3:
            tcp = Tcp(flags=16, options=b"", payload=bytes(number % 97))
        packets.append((TIME + number * 1000, Ip4(source=source).pack(tcp.pack())))
    packets.insert(3000, (TIME, Ip4().pack(Tcp(payload=bytes(30000)).pack()) + bytes(5 << 20)))
    if kind == "pcap":
        return pcap(packets, snaplen=0)
    found = [section(), interface(snaplen=0)]
    for number, (time_ns, data) in enumerate(packets):
        found.append(enhanced(data, time_ns // 1000))
        if number in (7, 9_000, 9_001):
            found.append(block(0xBAD, bytes([number % 251]) * (3 << 20)))
    return b"".join(found)


@pytest.mark.parametrize("kind", ["pcap", "pcapng"])
def test_every_way_in_gives_the_same_copy(kind: str, tmp_path: Path) -> None:
    original = large(kind)
    data, found = copied(original)
    assert events(data) == events(original)
    if kind == "pcapng":
        assert differences(original, data) == []
    assert found.comments == len(events(original))
    plain, compressed = tmp_path / "a", tmp_path / "b.gz"
    plain.write_bytes(original)
    compressed.write_bytes(gzip.compress(original, 1))
    assert (copied(plain, workers=3) == (data, found)) is True
    assert (copied(compressed) == (data, found)) is True


def test_several_captures_are_sections_of_one_file(tmp_path: Path) -> None:
    packets = samples.conversation()
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_bytes(pcap(packets[:1]))
    other.write_bytes(foreign(">"))
    last = pcap(packets[1:], nanoseconds=True)
    data, found = copied([one, other, last])
    together = list(hg.Analyzer().batches([one, other, last]))
    assert found.comments == sum(map(len, together))
    assert [record["time"] for record in events(data)] == [
        json.loads(line)["time"] for batch in together for line in batch.render("json").splitlines()
    ]
    assert [block.kind for block in blocks_of(data)].count(SECTION) == 3


def test_what_was_read_before_the_damage_is_there(tmp_path: Path) -> None:
    packets = samples.conversation()
    whole = pcap(packets)
    cut = tmp_path / "cut.pcap"
    cut.write_bytes(whole[:-3])
    errors: list[str] = []
    data, _ = copied([cut, pcap(packets[:1])], on_error=lambda error: errors.append(str(error)))
    assert len(frames(data)) == len(packets)
    assert len(errors) == 1
    assert errors[0].startswith(f"{cut}: truncated at record {len(packets)}, byte offset ")
    ng = section() + interface() + commented("<") + block(0xBAD, bytes(100))
    for length in range(len(section()), len(ng), 7):
        copy, _ = copied(ng[:length], on_error=lambda error: None)
        assert differences(ng[:length], copy) == []
        assert events(copy) == events(ng[:length])


def test_an_error_that_nobody_takes_is_raised_after_the_copy() -> None:
    whole = pcap(samples.conversation())
    out = io.BytesIO()
    with pytest.raises(hg.CaptureError, match="truncated at record"):
        annotate(hg.Analyzer(), whole[:-1], out)
    assert len(frames(out.getvalue())) == len(samples.conversation()) - 1


def test_a_block_beyond_16_mib_is_left_out_and_counted() -> None:
    long = block(0xBAD, bytes(17 << 20))
    begin, end = section() + interface() + commented("<"), enhanced(ACK_PACKET, 9)
    data, found = copied(begin + long + end)
    assert differences(begin + end, data) == []
    assert found.left_out == 1


def test_padding_that_lengths_do_not_count() -> None:
    """Such blocks are copied; one that gets a comment has a right length then."""
    whole = enhanced(SYN_PACKET + bytes(-len(SYN_PACKET) % 4), 3)
    stated = struct.pack("<I", len(whole) - 1)
    uncounted = whole[:4] + stated + whole[8:-4] + stated
    data, found = copied(section() + interface() + uncounted + enhanced(ACK_PACKET, 9))
    assert differences(section() + interface() + whole + enhanced(ACK_PACKET, 9), data) == []
    assert (found.comments, found.left_out) == (2, 0)


WINDOWS = Tcp(sport=40001, window=65535, options=b"\x02\x04\x05\xb4\x01\x03\x03\x08\x01\x01\x04\x02")
BY_SCAPY = Ip4(source="192.0.2.66", ttl=64, fragment=0, identification=1)
NMAP = Tcp(sport=40002, window=1024, options=b"\x02\x04\x05\xb4")


def test_findings_stand_at_the_packet_that_completes_them() -> None:
    packets = [
        (Ip4(), Tcp()),
        (Ip4(ttl=128), WINDOWS),  # another system behind the same address
        (Ip4(ttl=128), replace(WINDOWS, sport=40009)),  # which is known by now
        (Ip4(source="192.0.2.66", ttl=41, fragment=0), NMAP),
        (Ip4(source="192.0.2.7"), Tcp()),
        (Ip4(source="192.0.2.7", ttl=57), Tcp(sport=40010)),
    ]
    packets += [(Ip4(source="192.0.2.9"), Tcp(sport=port, dport=port)) for port in range(1000, 1102)]
    capture = pcap([(TIME + n * 50_000_000, ip.pack(tcp.pack())) for n, (ip, tcp) in enumerate(packets)])
    data, found = copied(capture)
    wanted = {
        2: "contradicting_systems: 192.0.2.1 showed systems that contradict each other, "
        "as after address translation, behind a forwarded port, or with a new owner",
        4: "scanner: 192.0.2.66 sent packets typical of scanners (NMap SYN scan)",
        6: "hops: 192.0.2.7 spoke from distances that differ by 4 hops or more, "
        "as on several routes, or with several machines behind one address",
        69: "vertical_scan: 192.0.2.9 scanned many ports of an address: 192.0.2.9 "
        "(102 ports of 1 address in 5 seconds, 20 a second, none answered)",
    }
    wanted = {number: f"huginn Finding | {words}" for number, words in wanted.items()}
    told = [[one for one in words if "Finding" in one] for words in said(data)]
    assert {
        number: words for number, (words,) in ((n, one) for n, one in enumerate(told, 1) if one)
    } == wanted
    assert found.findings == 4


ONE_HOST = {
    "scanner": [Ip4(source="192.0.2.66", ttl=41, fragment=0).pack(NMAP.pack())],
    "forged_packets": [
        ip.pack(Tcp(flags=flags, window=8192, options=b"", seq=0).pack())
        for flags, ip in ((SYN, BY_SCAPY), (SYN | 16, BY_SCAPY))
    ],
    "horizontal_scan": [Ip4(destination=f"198.51.100.{last}").pack(Tcp().pack()) for last in range(1, 41)],
}


@pytest.mark.parametrize("kind", ONE_HOST)
def test_the_words_are_those_of_findings_in_the_end(kind: str) -> None:
    capture = pcap([(TIME + n * 1_000_000_000, data) for n, data in enumerate(ONE_HOST[kind])])
    data, _ = copied(capture)
    summary = Summary(hg.Analyzer().database)
    for batch in hg.Analyzer().batches(capture):
        summary.add(batch)
    (finding,) = summary.findings()
    told = [one for words in said(data) for one in words if "Finding" in one]
    assert told == [f"huginn Finding | {kind}: {finding['text']}"]


def test_a_finding_comes_after_its_row() -> None:
    numbers = struct.pack("3Q", 7, 7, 9)
    finding = Completed(1, "clocks", "the clock of 192.0.2.1 cannot be trusted")
    rows = with_findings(numbers, b"1\n\n3\n", [finding])
    words = b"huginn Finding | clocks: the clock of 192.0.2.1 cannot be trusted"
    assert rows == [(7, b"1"), (7, words), (9, b"3")]


@pytest.mark.parametrize("workers", [1, 3])
@pytest.mark.parametrize("most", [1, 100])
def test_a_row_known_late_stands_at_its_packet(most: int, workers: int) -> None:
    """Its data wait until the end of the captures, or until their connection is evicted."""
    talks = [Web(port=40000 + at) for at in range(3)]
    parts = [[*one.asked(), one.answered()] for one in talks]
    parts[1] += [Ip4(source="192.0.2.8", protocol=1).pack(bytes(1200))] * 2000  # pieces follow
    parts[2].append(talks[2].client(len(REQUEST), acked=len(ANSWER)))  # a control: known in time
    timed = [pcap([(TIME + at * 1_000_000, one) for at, one in enumerate(part)]) for part in parts]
    whole = [pcap([(TIME + at * 1_000_000, one) for at, one in enumerate(chain(*parts))])]
    for sources in (timed, whole):
        out = io.BytesIO()
        found = annotate(hg.Analyzer(max_connections=most), sources, out, workers=workers)
        answers = [
            number
            for number, words in enumerate(said(out.getvalue()), 1)
            for one in words
            if one.startswith("huginn HTTP Response")
        ]
        assert answers == [5, 10, 2016]
        assert found.packets == len([words for words in said(out.getvalue()) if words])
        assert len(frames(out.getvalue())) == sum(map(len, parts))
        assert sum(map(len, said(out.getvalue()))) == found.comments


LATE_TALK = Web(port=40000)
LATE = [(TIME + at * 1_000_000, one) for at, one in enumerate([*LATE_TALK.asked(), LATE_TALK.answered()])]
"""A talk whose last packet gets its comment when the captures end."""


def test_a_section_of_another_version_and_a_late_comment() -> None:
    """The damage is reported once, and the copy is complete."""
    other = block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 2, 0, -1)) + interface()
    capture = section() + interface() + b"".join(enhanced(data, time // 1000) for time, data in LATE)
    errors: list[hg.CaptureError] = []
    data, found = copied(capture + other, on_error=errors.append)
    assert len(errors) == 1
    assert "unsupported version" in str(errors[0])
    assert differences(capture + other, data) == []
    assert any(one.startswith("huginn HTTP Response") for one in said(data)[4])
    assert sum(map(len, said(data))) == found.comments


@pytest.mark.parametrize(("less", "left_out"), [(8, 3), (32, 2), (36, 2), (4096, 0)])
def test_a_record_of_nearly_16_mib(less: int, left_out: int) -> None:
    """Its block is read again: it has no comments where they do not fit, and is cut where it does not fit."""
    longest = SYN_PACKET + bytes((16 << 20) - less - len(SYN_PACKET))
    data, found = copied(pcap([(TIME, longest), *LATE], snaplen=0))
    assert found.left_out == left_out
    first, *rest = frames(data)
    assert (first.wire_length, len(rest)) == (len(longest), len(LATE))
    assert len(longest) - len(first.data) == (24 if less == 8 else 0)
    assert any(one.startswith("huginn HTTP Response") for one in said(data)[5])


def test_a_packet_with_comments_of_both_passes_counts_once() -> None:
    """Its system is known at once, its data wait."""
    late, beside, other = (10, b"huginn 1"), (10, b"huginn 2"), (11, b"huginn 3")
    draft, out = io.BytesIO(), io.BytesIO()
    copier = _Copier(draft)
    copier.told.extend([3, 10])
    copier.late, copier.rows = [late, beside], [other]
    _finish(draft, copier, out)
    assert copier.packets == 3


def test_fields_alone() -> None:
    data, found = copied(
        pcap(samples.conversation()), fields=["match_name", "distance", "match_fuzzy", "match_candidates"]
    )
    first, second, *rest = said(data)
    assert first == ["huginn syn | match_name: Linux | distance: 7 | match_fuzzy: no"]
    assert second[0].startswith("huginn syn_ack | match_name: ")
    assert not any(rest)
    assert found.comments == 2
    with pytest.raises(ValueError, match="no field 'sytem'"):
        copied(pcap(samples.conversation()), fields=["sytem"])


def test_addresses_beyond_the_limit_have_no_name() -> None:
    packets = [(TIME, Ip4(source=f"192.0.2.{host}").pack(Tcp().pack())) for host in (1, 2, 3, 2)]
    _, found = copied(pcap(packets), max_inventory=1)
    assert (found.names, found.beyond) == (1, 2)  # the other packet is a repetition


def test_without_a_database_there_are_observations() -> None:
    out = io.BytesIO()
    found = annotate(hg.Analyzer(None), pcap(samples.conversation()), out)
    assert said(out.getvalue())[0][0].startswith("huginn TCP SYN | OS: ???")
    assert found.names == 0


def test_cancelled_before_it_began() -> None:
    cancel = threading.Event()
    cancel.set()
    assert copied(pcap(samples.conversation()), cancel=cancel)[0] == b""


def test_long_comments_end_between_characters() -> None:
    """What no database can make: the text of a comment is longer than its length field can say."""
    capture = pcap([(TIME, SYN_PACKET)])
    source, copy, error = ffi.new("hg_source **"), ffi.new("hg_copy **"), ffi.new("hg_error *")
    assert lib.hg_source_open_memory(ffi.from_buffer(capture), len(capture), source, error) == 0
    assert lib.hg_copy_new(source[0], copy, error) == 0
    engine = made("hg_engine", lib.hg_engine_new, engine_config(Settings(), 1), ffi.NULL)
    batch = hg.Batch(16384, None)
    assert lib.hg_engine_run(engine, lib.hg_copy_source(copy[0]), batch._native, 99, error) == lib.HG_END
    lines = ("huginn " + "é" * 40_000).encode() + b"\n"
    notes = ffi.new("hg_notes *", {"count": 1, "bytes": len(lines)})
    numbers, text = ffi.new("uint64_t[]", [1]), ffi.from_buffer("char[]", lines)
    notes.numbers, notes.lines = numbers, text
    out, length = ffi.new("uint8_t **"), ffi.new("size_t *")
    assert lib.hg_copy_write(copy[0], notes, out, length, error) == 0
    ((words,),) = said(bytes(ffi.buffer(out[0], length[0])))
    assert len(words.encode()) in (65531, 65532)
    assert set(words[7:]) == {"é"}
    lib.hg_copy_free(copy[0])
    lib.hg_source_free(source[0])
