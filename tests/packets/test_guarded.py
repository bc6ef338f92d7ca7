"""Frames of every link type, cut at every byte, right before an unreadable page."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from random import Random

import pytest

import huginn_cffi as hg
from huginn_cffi._native import ffi, lib
from huginn_cffi.base.arguments import linktypes
from tests.support.core import ROOT
from tests.support.guarded import PAGE, guarded
from tests.support.packets import Ip4, Ip6, ethernet
from tests.support.traffic import LINKTYPES, random_frame, random_packet
from tests.support.tunnels import udp

ETHERNET = 1

FRAMES = 3
"""Of each link type."""


@pytest.fixture(scope="module")
def engine() -> Iterator[object]:
    config = {
        "protocols": lib.HG_ALL_PROTOCOLS,
        "max_connections": 4,
        "max_hosts": 4,
        "uptime": 1,
        "decapsulate": 1,
        "workers": 1,
    }
    out = ffi.new("hg_engine **")
    lib.hg_engine_new(ffi.new("hg_config *", config), lib.hg_database_default(), out, ffi.new("hg_error *"))
    yield out[0]
    lib.hg_engine_free(out[0])


def analysed(engine: object, batch: object, data: bytes, linktype: int) -> int:
    """Packets counted of the one that is handed over."""
    memory = ffi.from_buffer("uint8_t[]", guarded(data))
    offsets, time_ns = ffi.new("uint64_t[2]", [0, len(data)]), ffi.new("int64_t *", 1)
    source, error = ffi.new("hg_source **"), ffi.new("hg_error *")
    lib.hg_engine_reset(engine)
    lib.hg_source_open_packets(memory, offsets, time_ns, 1, linktype, source, error)
    assert lib.hg_engine_run(engine, source[0], batch, 1, error) >= lib.HG_OK
    lib.hg_source_free(source[0])
    return int(lib.hg_engine_stats(engine).packets)


@pytest.mark.parametrize("linktype", linktypes())
def test_every_cut_of_a_frame(engine: object, linktype: int) -> None:
    random = Random(linktype)
    batch = hg.Batch(lib.HG_MIN_BATCH, None)  # owns the columns of its native form
    for _ in range(FRAMES):
        known = linktype in LINKTYPES
        frame = random_frame(random, linktype, 0.5) if known else random_packet(random)
        for length in range(len(frame) + 1):
            assert analysed(engine, batch._native, frame[:length], linktype) == 1


def ports_of_readers() -> list[int]:
    """The ports of all readers of datagrams, and 443."""
    lists = [(ROOT / "csrc" / folder / "readers.h").read_text() for folder in ("announcements", "industrial")]
    found = [ports.split(",") for text in lists for ports in re.findall(r"\.ports = \{(.*?)\}", text)]
    return sorted({443, *(int(port) for ports in found for port in ports)})


def short_contents(random: Random) -> Iterator[bytes]:
    for length in range(21):
        yield from (bytes(length), b"\xff" * length, *(random.randbytes(length) for _ in range(4)))


@pytest.mark.parametrize("port", ports_of_readers())
def test_short_datagrams(engine: object, port: int) -> None:
    batch = hg.Batch(lib.HG_MIN_BATCH, None)
    for data in short_contents(Random(port)):
        for sport, dport in ((40000, port), (port, 40000), (port, port)):
            for ip in (Ip4(protocol=17), Ip6(protocol=17)):
                frame = ethernet(ip.pack(udp(dport, data, sport=sport)))
                assert analysed(engine, batch._native, frame, ETHERNET) == 1


@pytest.mark.parametrize("ethertype", [0x0806, 0x88CC, 0x8892])
def test_short_frames_without_ip(engine: object, ethertype: int) -> None:
    batch = hg.Batch(lib.HG_MIN_BATCH, None)
    for data in short_contents(Random(ethertype)):
        assert analysed(engine, batch._native, ethernet(data, ethertype), ETHERNET) == 1


@pytest.mark.parametrize("protocol", [1, 58])
def test_short_messages_of_icmp(engine: object, protocol: int) -> None:
    batch = hg.Batch(lib.HG_MIN_BATCH, None)
    ip = Ip4(protocol=1) if protocol == 1 else Ip6(protocol=58, ttl=255)
    for data in short_contents(Random(protocol)):
        for kind in (5, 133, 134, 135, 136, 137):
            frame = ethernet(ip.pack((bytes((kind, 0)) + data[2:])[: len(data)]))
            assert analysed(engine, batch._native, frame, ETHERNET) == 1


@pytest.mark.parametrize("length", [0, 1, PAGE - 1, PAGE, PAGE + 1])
def test_the_page_behind_is_unreadable(length: int) -> None:
    program = (
        "from tests.support.guarded import guarded, _ffi\n"
        f"view = guarded(bytes({length}))\n"
        f"start = _ffi.from_buffer(view)\n"
        f"assert bytes(_ffi.buffer(start, {length})) == bytes({length})\n"
        f"print('within', flush=True)\n"
        f"_ffi.buffer(start, {length + 1})[{length}]\n"
        "print('behind')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.stdout == "within\n"
    assert done.returncode != 0  # by the signal, or by a sanitizer that caught it
