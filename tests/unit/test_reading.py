"""`read` and `watch`: one object for the results, columns, hosts, devices and summary of a source."""

from __future__ import annotations

import asyncio
import io
import json
import threading
import types
from collections.abc import Awaitable, Callable, Generator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.analysis import analyzer
from huginn_cffi.run.observations import AnalysisResult
from tests.support import samples
from tests.support.in_process import run_in_process

OFFICE = Path(__file__).parents[2] / "examples" / "office.pcap"


def data() -> bytes:
    return OFFICE.read_bytes()


class SlowReader:
    """The least that a source is: a `read` that gives little at a time."""

    def __init__(self) -> None:
        self._file = io.BytesIO(data())

    def read(self, size: int) -> bytes:
        return self._file.read(min(size, 100))


SOURCES: list[Callable[[], Any]] = [lambda: OFFICE, lambda: str(OFFICE), data, lambda: [OFFICE]]
READ_ONCE: list[Callable[[], Any]] = [lambda: io.BytesIO(data()), SlowReader, lambda: [OFFICE, SlowReader()]]


@pytest.mark.parametrize("source", SOURCES + READ_ONCE)
def test_hosts_devices_and_summary_are_those_of_the_commands(source: Callable[[], Any]) -> None:
    found = hg.read(source())
    copies = 2 if source is READ_ONCE[-1] else 1
    paths = [str(OFFICE)] * copies
    assert [host.as_dict() for host in found.hosts] == lines("hosts", *paths)
    assert found.devices == lines("devices", *paths)
    (summary,) = lines("pcap", "--summary", *paths)
    assert found.stats.packets == summary["packets"]
    assert {name: found.summary[name] for name in ("packets", "findings")} == {
        name: summary[name] for name in ("packets", "findings")
    }


def lines(command: str, *arguments: str) -> list[dict[str, Any]]:
    done = run_in_process(command, "--format", "json", *arguments)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    return [one for one in records if one["event"] != "summary" or command == "pcap"]


@pytest.mark.parametrize("source", SOURCES)
def test_a_path_and_bytes_are_read_again(source: Callable[[], Any]) -> None:
    with hg.read(source()) as found:
        results = list(found)
        assert len(found.hosts) == 16
        assert found.hosts is found.hosts
    with hg.read(source()) as found:
        assert len(found.hosts) == 16
        assert list(found) == results


@pytest.mark.parametrize("source", READ_ONCE)
def test_what_is_read_once_says_so(source: Callable[[], Any]) -> None:
    found = hg.read(source())
    next(found)
    with pytest.raises(hg.HuginnError, match="was begun; call the analyzer again for hosts, devices and"):
        _ = found.hosts
    found = hg.read(source())
    assert found.devices
    with pytest.raises(hg.HuginnError, match="was already read"):
        list(found)


def test_frames() -> None:
    packets = samples.syns(4)
    frames = [frame for _, frame in packets]
    alone, timed = hg.read(frames, linktype=101), hg.read(packets, linktype=101)
    assert [one.time_ns for one in alone] == [0] * 4
    assert [one.time_ns for one in timed] == [time for time, _ in packets]
    assert len(alone.hosts) == len(timed.hosts) == 4  # lists are read again
    assert len(hg.read(iter(frames), linktype=101).hosts) == 4
    for wrong in (frames[0], "text", 7):
        with pytest.raises(TypeError, match="an iterable of frames or of pairs"):
            hg.read(wrong, linktype=101)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="omit workers and on_error"):
        hg.read(frames, linktype=101, workers=2)
    with pytest.raises(TypeError, match="linktype="):
        hg.read(packets)


def test_a_mapping_is_no_list_of_captures() -> None:
    with pytest.raises(TypeError, match="not dict"):
        hg.read({str(OFFICE): 1})  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", [hg.PortFilter, hg.IpFilter, hg.SubnetFilter])
def test_a_filter_without_an_end(kind: Any) -> None:
    with pytest.raises(TypeError, match=rf"^name the end, .* such as {kind.__name__}\(any=80\)$"):
        kind(80)
    assert kind() == kind(any=None)


def test_columns_and_a_table() -> None:
    pytest.importorskip("pyarrow", reason="the extra 'arrow' is not installed")
    rows = sum(map(len, hg.read(OFFICE).batches()))
    assert hg.read(OFFICE).to_arrow().num_rows == rows == hg.Analyzer().batches(OFFICE).to_arrow().num_rows


def test_the_hosts_are_bounded() -> None:
    hosts = hg.Analyzer().read(OFFICE, max_inventory=3).hosts
    assert (len(hosts), hosts.left_out > 0) == (3, True)


def test_cancelled_before_and_between() -> None:
    over = threading.Event()
    found = hg.read([OFFICE, OFFICE], cancel=over)
    next(found)
    over.set()
    assert len(list(found)) < 85
    assert list(hg.read(OFFICE, cancel=over)) == []
    assert len(hg.read(OFFICE, cancel=over).hosts) == 0


class ClosedBetween:
    """Closes the results when it is asked for the third time, as another thread might."""

    results: hg.Results[AnalysisResult]
    asked = 0

    def is_set(self) -> bool:
        self.asked += 1
        if self.asked == 3:
            self.results.close()
        return False


def test_closed_while_hosts_are_read() -> None:
    between = ClosedBetween()
    between.results = hg.read([OFFICE] * 9, cancel=between)
    assert len(between.results.hosts) == 16
    assert 0 < between.results.stats.packets < 9 * hg.read(OFFICE).summary["packets"]


def test_hosts_after_the_end_of_the_events() -> None:
    async def main() -> hg.Results[AnalysisResult]:
        found = hg.read(OFFICE)
        assert [one async for one in found]
        return found

    closed = hg.read(OFFICE)
    closed.close()
    assert len(closed.hosts) == len(asyncio.run(main()).hosts) == 16


def test_the_counters_are_those_of_the_events_once_begun() -> None:
    found = hg.read(OFFICE, protocols=["tcp"])
    hosts = found.hosts
    with_hosts = found.stats
    next(found)
    begun = found.stats
    list(found)
    ended = found.stats
    assert (found.hosts, with_hosts.packets, ended.packets) == (hosts, ended.packets, with_hosts.packets)
    assert begun.events <= ended.events < with_hosts.events  # only the hosts' pass reads segments


def test_on_a_loop() -> None:
    async def main() -> int:
        async with hg.read(OFFICE) as found:
            return len([one async for one in found])

    assert asyncio.run(main()) == len(list(hg.read(OFFICE)))


def test_a_notebook_shows_devices() -> None:
    shown = hg.read(OFFICE).devices._repr_html_()
    assert "16 devices" in shown
    assert "<script" not in shown


@types.coroutine
def cancelled(step: Awaitable[object], at: int) -> Generator[object, None, object]:
    """A step that is cancelled at its await number `at`."""
    inner = step.__await__()
    for number in count():
        try:
            waiting = inner.throw(asyncio.CancelledError()) if number == at + 1 else next(inner)
        except StopIteration as end:
            return end.value
        if number != at:
            yield waiting
    raise AssertionError


@pytest.mark.parametrize("at", range(4))
def test_a_step_that_is_cancelled_loses_neither_results_nor_the_error(at: int) -> None:
    whole = Path("examples/sample.pcap").read_bytes()

    async def read(*, cancels: bool) -> list[object]:
        found: list[object] = []
        step = aiter(hg.read(whole[:-7]))
        while True:
            try:
                if cancels:
                    with suppress(asyncio.CancelledError):
                        found.append((await cancelled(anext(step), at)).packet_number)  # type: ignore[attr-defined]
                found.append((await anext(step)).packet_number)
            except hg.CaptureError as error:
                return [*found, str(error)]

    expected = asyncio.run(read(cancels=False))
    assert "truncated" in str(expected[-1])
    assert asyncio.run(read(cancels=True)) == expected


@pytest.mark.parametrize("tasks", [2, 5])
def test_tasks_share_the_items_of_each_batch(tasks: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """No task waits for a batch while another one has items, and no batch replaces them."""
    monkeypatch.setattr(analyzer, "BATCH_ROWS", 16)
    monkeypatch.setattr(analyzer, "MAX_PACKETS", 16)
    wanted = [*hg.read(OFFICE)]

    async def main() -> list[AnalysisResult]:
        results = aiter(hg.read(OFFICE))

        async def take() -> list[AnalysisResult]:
            found = []
            while (one := await anext(results, None)) is not None:
                found.append(one)
                await asyncio.sleep(0)
            return found

        return [one for some in await asyncio.gather(*(take() for _ in range(tasks))) for one in some]

    found = sorted(asyncio.run(main()), key=lambda one: one.packet_number)
    assert len(found) == len(wanted) > 50
    assert found == wanted
