"""What crosses the border of a file or a slice comes out as if the files were one."""

from __future__ import annotations

import errno
import gzip
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from tests.support.captures import pcap

pytest.importorskip("dask", reason="the Python package dask is not installed")

from huginn_cffi.applications.dask import Archive, reduction
from huginn_cffi.applications.dask.reduction import LARGEST_RECORD
from huginn_cffi.hosts import host_records
from tests.support import archive_streams as streams
from tests.support.tls.conversation import Conversation, client_hello, record


@pytest.mark.parametrize("cuts", [1, 7, 24])
def test_files_are_one_stream(tmp_path: Path, cuts: int) -> None:
    packets = streams.conversations(120, seed=cuts)
    paths = streams.files(packets, 101, tmp_path, cuts, seed=cuts)
    archive = Archive(paths, order="given")
    wanted, stats, _ = streams.plain(paths)
    events = archive.events()
    assert events.npartitions == cuts + 1
    streams.same(events.compute(), wanted)
    assert archive.stats() == stats
    one, _, _ = streams.plain(pcap(packets, 101, nanoseconds=True))
    assert set(one["event"].to_pylist()) == {"syn", "syn_ack", "mtu", "client_uptime", "server_uptime"}
    streams.same(events.compute(), one, leave=["capture"])


def test_messages_that_files_cut_are_read(tmp_path: Path) -> None:
    """Every file ends within a head or a body."""
    ask = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3000\r\nX-Long: " + bytes(b"x" * 500) + b"\r\n\r\n"
    answer = b"HTTP/1.1 200 OK\r\nServer: a\r\nContent-Length: 4\r\n\r\nbody"
    talk = Conversation(server_port=80).handshake()
    both = ((talk.client, 2 * (ask + bytes(3000))), (talk.server, 2 * answer))
    for send, data in both:
        for at in range(0, len(data), 400):
            send(at, data[at : at + 400])
    packets = list(talk.timed())
    paths = streams.files(packets, 101, tmp_path, len(packets) // 2, seed=1)
    archive = Archive(paths, order="given", http="all")
    events = archive.events().compute()
    streams.same(events, streams.plain(paths, http="all")[0])
    messages = [one for one in events["event"] if one.startswith("http")]
    assert messages == ["http_request"] * 2 + ["http_response"] * 2


@pytest.mark.parametrize(
    "options",
    [
        {"max_connections": 3, "max_hosts": 2},
        {"uptime": False},
        {"decapsulate": False},
        {"database": None},
        {"filter": hg.FilterConfig(port=hg.PortFilter(dst=(80, 443)))},
    ],
    ids=lambda options: next(iter(options)),
)
def test_settings_are_those_of_an_analyzer(tmp_path: Path, options: dict[str, Any]) -> None:
    packets = streams.strange(1500, seed=3)
    paths = streams.files(packets, 1, tmp_path, 5, seed=3)
    wanted, stats, _ = streams.plain(paths, **options)
    archive = Archive(paths, order="given", **options)
    streams.same(archive.events().compute(), wanted)
    assert archive.stats() == stats
    if "max_hosts" in options:
        assert stats.evictions > 0


def test_a_filter_by_the_side_of_a_hello(tmp_path: Path) -> None:
    """Of connections without a handshake: the one that the filter wants has its client on port 40001."""
    talks = [Conversation(port).client(0, record(client_hello())).timed() for port in (40001, 40002)]
    path = tmp_path / "hellos.pcap"
    path.write_bytes(pcap([packet for talk in talks for packet in talk], nanoseconds=True))
    for side, events in (("src", 1), ("dst", 0)):
        wanted = hg.FilterConfig(port=hg.PortFilter(**{side: 40001}))
        assert len(Archive(str(path), filter=wanted).events().compute()) == events
        assert len(list(hg.Analyzer(filter=wanted).analyze_pcap(path))) == events


def test_a_database_of_ones_own_travels(tmp_path: Path) -> None:
    paths = streams.files(streams.conversations(20, seed=1), 101, tmp_path, 3, seed=1)
    signature = "label = s:unix:Pump:7\nsig = *:64:0:*:*,7:mss,sok,ts,nop,ws:df,id+:0\n"
    database = hg.Database.compile(text=f"classes = unix\n[tcp:request]\n{signature}")
    found = Archive(paths, order="given", database=database).events().compute()
    streams.same(found, streams.plain(paths, database=database)[0])
    assert "Pump" in set(found["match_name"].dropna())


@pytest.mark.parametrize(
    ("form", "blocksize"), [("us", 200), ("us", 30_000), ("ns", 1000), ("modified", 1000), ("big", 1000)]
)
def test_slices_are_cut_between_records(tmp_path: Path, form: str, blocksize: int) -> None:
    options: dict[str, Any] = {
        "us": {},
        "ns": {"nanoseconds": True},
        "modified": {"modified": True},
        "big": {"order": ">"},
    }[form]
    path = tmp_path / "large.pcap"
    path.write_bytes(pcap(streams.conversations(15 if blocksize < 1000 else 60, seed=5), 101, **options))
    archive = Archive(str(path), blocksize=blocksize)
    assert len(archive.pieces) == -(-(path.stat().st_size - 24) // blocksize)
    wanted, stats, _ = streams.plain(str(path))
    streams.same(archive.events().compute(), wanted)
    assert archive.stats() == stats


def test_records_within_packets_mislead_nobody(tmp_path: Path) -> None:
    """Packets that carry captures: what looks like records is not at a border between records."""
    inner = pcap(streams.conversations(40, seed=6), 101)
    packets = streams.conversations(6, seed=7)
    carrying = [
        item
        for time, data in packets  # type: ignore[misc]
        for item in ((time, data), (time, data[:20] + bytes((0x45,)) * 20 + inner[24:]))
    ]
    path = tmp_path / "nested.pcap"
    path.write_bytes(pcap(carrying, 101))
    wanted, stats, _ = streams.plain(str(path))
    archive = Archive(str(path), blocksize=20_000)
    with pytest.MonkeyPatch.context() as patch:
        mended = []
        reduce = reduction.reduce_piece
        patch.setattr(
            reduction, "reduce_piece", lambda piece, plan: mended.append(piece) or reduce(piece, plan)
        )
        archive.events().compute()
    assert mended, "some slice began at the wrong record, which was found out"
    streams.same(archive.events().compute(), wanted)
    assert archive.stats() == stats


def test_a_record_longer_than_a_slice(tmp_path: Path) -> None:
    packets = streams.conversations(12, seed=8)
    time, data = packets[5][:2]
    packets[5] = (time, data[:2] + (20_000).to_bytes(2, "big") + data[4:] + bytes(20_000 - len(data)))
    path = tmp_path / "long.pcap"
    path.write_bytes(pcap(packets, 101))
    wanted, stats, _ = streams.plain(str(path))
    archive = Archive(str(path), blocksize=500)
    streams.same(archive.events().compute(), wanted)
    assert archive.stats() == stats


def test_a_record_longer_than_what_is_read_behind_a_slice(tmp_path: Path) -> None:
    """More is read then; what follows is long enough that this is not the end of the capture."""
    packets = streams.conversations(12, seed=8)
    packets[5] = (packets[5][0], packets[5][1] + bytes(LARGEST_RECORD + 30_000))
    path = tmp_path / "longest.pcap"
    path.write_bytes(pcap(packets, 101))
    wanted, stats, errors = streams.plain(str(path))
    assert errors == []
    archive = Archive(str(path), blocksize=20_000)
    streams.same(archive.events().compute(), wanted)
    assert archive.stats() == stats


def test_captures_are_taken_by_time(tmp_path: Path) -> None:
    packets = streams.conversations(60, seed=9)
    parts = [packets[:50], packets[50:90], packets[90:]]
    for name, part in zip(("b.pcap", "c.pcap", "a.pcap"), parts, strict=True):
        (tmp_path / name).write_bytes(pcap(part, 101, nanoseconds=True))
    (tmp_path / "0-empty.pcap").write_bytes(pcap([], 101))
    archive = Archive(str(tmp_path))
    assert [Path(name).name for name in archive.captures] == ["b.pcap", "c.pcap", "a.pcap", "0-empty.pcap"]
    one, _, _ = streams.plain(pcap(packets, 101, nanoseconds=True))
    streams.same(archive.events().compute(), one, leave=["capture"])
    given = Archive(str(tmp_path / "*.pcap"), order="given")
    assert [Path(name).name for name in given.captures] == ["0-empty.pcap", "a.pcap", "b.pcap", "c.pcap"]


def test_compressed_captures(tmp_path: Path) -> None:
    packets = streams.conversations(60, seed=10)
    for number, part in enumerate((packets[:70], packets[70:])):
        (tmp_path / f"{number}.pcap.gz").write_bytes(gzip.compress(pcap(part, 101, nanoseconds=True)))
    archive = Archive(str(tmp_path), blocksize=100)
    assert len(archive.pieces) == 2
    streams.same(archive.events().compute(), streams.plain(archive.captures)[0])


@pytest.mark.parametrize("blocksize", [500, 1 << 20])
def test_damage_ends_a_capture_and_no_more(tmp_path: Path, blocksize: int) -> None:
    paths = streams.files(streams.conversations(30, seed=11), 101, tmp_path, 2, seed=11)
    middle = Path(paths[1])
    data = bytearray(middle.read_bytes())
    begins, at = [], 24
    while at < len(data):
        begins.append(at)
        at += 16 + int.from_bytes(data[at + 8 : at + 12], "little")
    at = begins[len(begins) * 2 // 3]
    data[at + 8 : at + 12] = (1 << 30).to_bytes(4, "little")
    middle.write_bytes(data)
    (tmp_path / "none.pcap").write_bytes(b"no capture")
    paths.append(str(tmp_path / "none.pcap"))
    wanted, stats, errors = streams.plain(paths)
    archive = Archive(paths, order="given", blocksize=blocksize, on_error="keep")
    streams.same(archive.events().compute(), wanted)
    assert [str(error) for error in archive.trouble()] == errors
    assert len(errors) == 2
    assert archive.stats() == stats
    with pytest.raises(hg.CaptureError) as caught:
        Archive(paths, order="given", blocksize=blocksize).events().compute()
    assert str(caught.value) == errors[0]


def test_what_is_refused() -> None:
    with pytest.raises(hg.CaptureError, match=r"^/nowhere/at/all\.pcap: no capture found; check") as caught:
        Archive("/nowhere/at/all.pcap")
    assert (caught.value.filename, caught.value.errno) == ("/nowhere/at/all.pcap", errno.ENOENT)
    with pytest.raises(ValueError, match="order is"):
        Archive("x", order="size")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="max_hosts"):
        Archive("x", max_hosts=0)


def test_hosts(tmp_path: Path) -> None:
    paths = streams.files(streams.conversations(120, seed=12), 101, tmp_path, 9, seed=12)
    found = Archive(paths, order="given").hosts().compute().set_index("ip")
    results = list(hg.Analyzer().analyze_pcap(paths))
    hosts = dict.fromkeys(part.source.ip for one in results for part in one.parts)
    records = {one.ip: one for one in host_records(results)}
    assert list(found.index) == list(hosts)
    for ip, row in found.iterrows():
        mine = [(one, part) for one in results for part in one.parts if part.source.ip == ip]
        syns = [one.syn for one, part in mine if part is one.syn]
        answers = [one.syn_ack for one, part in mine if part is one.syn_ack]
        assert (row["syns"], row["syn_acks"]) == (len(syns), len(answers))
        host = records[ip]
        assert (row["family"], row["flavor"]) == (host.family, host.flavor)
        assert row["confidence"] == round(host.confidence, 3)
        uptimes = [part for one, part in mine if part in (one.client_uptime, one.server_uptime)]
        if uptimes:
            assert row["uptime_minutes"] == uptimes[-1].observed.uptime_minutes
            assert row["uptime_reliable"] == uptimes[-1].reliable
        times = [one.time_ns for one, _ in mine]
        assert (row["first_seen"].value, row["last_seen"].value) == (min(times), max(times))


@pytest.mark.parametrize("blocksize", [1000, 20_000, 1 << 20])
def test_hosts_beyond_the_limit_are_left_out_however_the_archive_is_cut(
    tmp_path: Path, blocksize: int
) -> None:
    path = tmp_path / "large.pcap"
    path.write_bytes(pcap(streams.conversations(60, seed=5), 101))
    archive = Archive(str(path), blocksize=blocksize)
    assert (len(archive.pieces) > 16) == (blocksize == 1000)  # more than are put together at once
    whole = archive.hosts().compute().set_index("ip")
    first = list(dict.fromkeys(streams.plain(str(path))[0]["src_ip"].to_pylist()))
    assert len(first) == 10
    assert list(whole.index) == first
    table = streams.plain(str(path))[0]
    rows = zip(table["src_ip"].to_pylist(), table["packet_number"].to_pylist(), strict=True)
    others = len({number for ip, number in rows if ip not in first[:7]})
    with pytest.warns(UserWarning, match=f"^{others} packets left out, beyond the first 7 hosts"):
        found = archive.hosts(max_inventory=7).compute()
    unpaired = whole.iloc[:7].drop(columns="peers")  # the packets of left-out hosts show peers, too
    assert found.set_index("ip").drop(columns="peers").equals(unpaired)
    assert archive.hosts(max_inventory=len(first)).compute().set_index("ip").equals(whole)
    with pytest.raises(ValueError, match="max_inventory"):
        archive.hosts(max_inventory=0)
