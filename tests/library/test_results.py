"""The stable part of the C header: results of a capture and of packets, against the results in Python."""

from __future__ import annotations

import math
import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi._native import ffi, lib
from huginn_cffi.base.handles import CData
from tests.support.core import ROOT

SAMPLE = ROOT / "examples" / "sample.pcap"


def packets() -> Iterator[tuple[int, bytes]]:
    """The packets of the sample, with their times."""
    data, at = SAMPLE.read_bytes(), 24
    unit = {0xA1B2C3D4: 1000, 0xA1B23C4D: 1}[int.from_bytes(data[:4], "little")]
    while at < len(data):
        seconds, parts, length, _ = struct.unpack_from("<IIII", data, at)
        yield seconds * 10**9 + parts * unit, data[at + 16 : at + 16 + length]
        at += 16 + length


class Opened:
    """Results of a capture or, without a path, of packets."""

    def __init__(self, path: str | Path | None, database: CData | None = None) -> None:
        self.error, self.out = ffi.new("hg_error *"), ffi.new("hg_results **")
        name = ffi.NULL if path is None else os.fsencode(path)
        database = lib.hg_database_default() if database is None else database
        self.status = lib.hg_results_open(name, database, self.out, self.error)

    def __del__(self) -> None:
        lib.hg_results_free(self.out[0])

    def next(self) -> tuple[int, dict[str, Any]]:
        result = ffi.new("const hg_result **")
        status = lib.hg_results_next(self.out[0], result, self.error)
        return status, _values(result[0]) if status == lib.HG_OK else {}

    def __iter__(self) -> Iterator[dict[str, Any]]:
        while (got := self.next())[0] == lib.HG_OK:
            yield got[1]
        assert got[0] == lib.HG_END, ffi.string(self.error.message)

    def feed(self, packet: bytes | None, linktype: int, time_ns: int = 0) -> int:
        self.packet = ffi.NULL if packet is None else ffi.from_buffer("uint8_t[]", packet)  # borrowed
        return lib.hg_results_feed(
            self.out[0], self.packet, len(packet or b""), linktype, time_ns, self.error
        )


def _values(result: CData) -> dict[str, Any]:
    texts = ("event", "source", "destination", "family", "name", "flavor", "version", "reasons")
    numbers = (
        "time_ns",
        "packet_number",
        "source_port",
        "destination_port",
        "confidence",
        "version_confidence",
    )
    return {
        **{name: ffi.string(getattr(result, name)).decode() for name in texts},
        **{name: getattr(result, name) for name in numbers},
    }


def of_python() -> Iterator[dict[str, Any]]:
    """What the stable part must give, from the parts of results."""
    for result in hg.Analyzer().analyze_pcap(SAMPLE):
        for part in result.parts:
            match: Any = getattr(part, "match", None)
            yield {
                "event": part.event,
                "time_ns": result.time_ns,
                "packet_number": result.packet_number,
                "source": part.source.ip,
                "source_port": part.source.port,
                "destination": part.destination.ip,
                "destination_port": part.destination.port,
                "family": (match and match.family) or "",
                "reasons": "\n".join(match.evidence if match else ()),
                "confidence": getattr(match, "confidence", None),
                "version_confidence": getattr(match, "version_confidence", None),
                **({} if match is None else {"name": match.name, "flavor": match.flavor}),
            }


def measured(values: dict[str, Any]) -> dict[str, Any]:
    return {key: None if value != value else value for key, value in values.items()}


def test_the_results_of_a_capture_are_those_of_python() -> None:
    found, wanted = (
        sorted(
            each, key=lambda one: (one["packet_number"], one["event"])
        )  # Python has a packet's parts by kind
        for each in (map(measured, Opened(SAMPLE)), of_python())
    )
    assert [one["event"] for one in found] == [one["event"] for one in wanted]
    for one, other in zip(found, wanted, strict=True):
        assert {key: one[key] for key in other} == other
    assert {one["family"] for one in found} >= {"Windows", "Linux", "macOS or iOS", ""}
    windows = next(one for one in found if one["family"] == "Windows")
    assert windows["version"] == "10, 11, 2019, 2022 or 2025"
    either = next(one for one in found if one["family"] == "macOS or iOS")
    assert either["version"] == ""  # versions of two families; the flavor has them


def test_packets_one_by_one_give_the_results_of_the_capture() -> None:
    opened = Opened(None)
    assert opened.next()[0] == lib.HG_END  # no packet yet
    found = []
    for time_ns, packet in packets():
        assert opened.feed(packet, 1, time_ns) == lib.HG_OK
        found += list(opened)
    assert opened.feed(None, 0) == lib.HG_OK
    found += list(opened)
    assert [measured(one) for one in found] == [measured(one) for one in Opened(SAMPLE)]
    assert opened.feed(packet, 1) == lib.HG_E_ARGUMENT  # after the last


def test_one_syn() -> None:
    packet = next(packets())[1][14:]
    opened = Opened(None)
    assert opened.feed(packet, 101) == lib.HG_OK
    assert opened.feed(packet, 101) == lib.HG_E_ARGUMENT
    assert b"only after hg_results_next" in ffi.string(opened.error.message)
    syn, mtu = opened
    assert (syn["event"], syn["family"], syn["confidence"]) == ("syn", "Windows", pytest.approx(0.988))
    assert (mtu["event"], mtu["name"], math.isnan(mtu["confidence"])) == ("mtu", "PPPoE (DSL)", True)


def test_without_a_database_nothing_is_named() -> None:
    found = list(Opened(SAMPLE, ffi.NULL))
    assert len(found) > 10
    assert {one["name"] + one["family"] + one["version"] for one in found} == {""}


def test_errors_come_after_the_results_before_them(tmp_path: Path) -> None:
    missing = Opened(tmp_path / "missing.pcap")
    assert (missing.status, missing.out[0]) == (lib.HG_E_IO, ffi.NULL)
    assert b"No such file" in ffi.string(missing.error.message)
    assert Opened(ROOT / "README.md").status == lib.HG_E_FORMAT
    (cut := tmp_path / "cut.pcap").write_bytes(SAMPLE.read_bytes()[:-7])
    opened, found = Opened(cut), 0
    while (status := opened.next()[0]) == lib.HG_OK:
        found += 1
    assert found > 10
    assert status == opened.error.status == lib.HG_E_TRUNCATED
    assert [opened.next()[0] for _ in range(2)] == [lib.HG_END, lib.HG_END]


def test_an_idle_pipe_pauses() -> None:
    read, write = os.pipe()
    opened = Opened(f"/dev/fd/{read}")
    assert (opened.status, opened.next()[0]) == (lib.HG_OK, lib.HG_PAUSED)
    data = SAMPLE.read_bytes()
    os.write(write, data[:2000])
    while (got := opened.next())[0] == lib.HG_PAUSED:
        pass
    assert got[1]["event"] == "syn"
    os.write(write, data[2000:])
    os.close(write)
    statuses = []
    while (status := opened.next()[0]) != lib.HG_END:
        statuses.append(status)
    assert statuses.count(lib.HG_OK) == len(list(Opened(SAMPLE))) - 1
    assert set(statuses) <= {lib.HG_OK, lib.HG_PAUSED}
    os.close(read)
