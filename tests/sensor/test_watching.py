"""`watch`: events with and without an event loop, and every way to its end.

The interface is a pipe with a new client in each packet, so that nobody needs a right to capture.
"""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import threading
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Generator, Iterator
from contextlib import aclosing, closing, suppress
from itertools import count
from typing import Any, TypeVar

import pytest

import huginn_cffi as hg
from huginn_cffi.analysis import feed as feeds
from huginn_cffi.base.limits import ABSENT_S
from huginn_cffi.base.names import QUIET_PROTOCOLS, EventName
from huginn_cffi.run.batch import Batch
from huginn_cffi.run.observations import AnalysisResult
from huginn_cffi.run.settings import DeviceNews
from huginn_cffi.sources import sensor as sensors
from tests.sensor.test_closing import PATIENCE_S, PipeInterface
from tests.support import needs
from tests.support.captures import pcap
from tests.support.packets import Ip4, Tcp, mss, packet

Result = TypeVar("Result")


class NewClients(PipeInterface):
    """Gives SYNs of ever new clients."""

    quiet = False
    """No packet: nothing is there to be seen."""

    full = False
    """Whether a packet found no room: nobody reads."""

    def _send(self) -> None:
        os.set_blocking(self._input, False)
        header = len(pcap([], 101))
        for number in count():
            if self._ended.wait(0.0005):
                return
            ip = Ip4(source=f"10.1.{number >> 8 & 255}.{number & 255}")
            syn = packet(ip, Tcp(sport=1024 + (number >> 16), options=mss(1460)))
            try:
                if not self.quiet:
                    os.write(self._input, pcap([(10**18 + number, syn)], 101)[header:])
            except BlockingIOError:
                self.full = True


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[PipeInterface]]:
    made: list[PipeInterface] = []

    def open_interfaces(*arguments: object) -> tuple[PipeInterface, ...]:
        made.append(NewClients())
        return (made[-1],)

    monkeypatch.setattr(sensors, "open_interfaces", open_interfaces)
    yield made
    for item in made:
        item.close()
    assert not readers()


def readers() -> list[threading.Thread]:
    """Threads of a watch that do not end: one that has delivered its result may need a moment more."""
    names = ("huginn-feed", "huginn-open")
    started = [thread for thread in threading.enumerate() if thread.name in names]
    for thread in started:
        thread.join(PATIENCE_S)
    return [thread for thread in started if thread.is_alive()]


def run(main: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
    """What it returns; it fails where it takes long."""

    async def limited() -> Result:
        return await asyncio.wait_for(main(), PATIENCE_S)

    return asyncio.run(limited())


def first(events: hg.Results[AnalysisResult], number: int = 3) -> list[AnalysisResult]:
    found: list[AnalysisResult] = []
    for result in events:
        found.append(result)
        if len(found) == number:
            break
    return found


def take_all(with_loop: bool) -> None:
    """All events there are, until something ends them."""

    async def main() -> None:
        async for _ in hg.watch("pipe"):
            pass

    if with_loop:
        run(main)
    else:
        list(hg.watch("pipe"))


def test_without_a_loop(opened: list[PipeInterface]) -> None:
    watched = hg.watch("pipe")
    found = first(watched, 100)
    assert {tuple(part.event for part in one.parts) for one in found} == {("syn", "mtu")}
    assert len({one.syn.source for one in found if one.syn}) == 100
    assert opened[0].closed == 1
    assert watched.stats.events >= 200


def test_kinds_are_selected(opened: list[PipeInterface]) -> None:
    alone = first(hg.watch("pipe", events=["mtu"]))
    assert {tuple(part.event for part in one.parts) for one in alone} == {("mtu",)}
    both = first(hg.watch("pipe", events=("syn", "mtu")), 4)
    assert {tuple(part.event for part in one.parts) for one in both} == {("syn", "mtu")}


def test_packets_are_selected(opened: list[PipeInterface]) -> None:
    needs.libpcap()
    (result,) = first(hg.watch("pipe", events=["syn"], bpf="src host 10.1.0.7"), 1)
    assert result.syn is not None
    assert str(result.syn.source.ip) == "10.1.0.7"


@pytest.mark.parametrize(
    ("events", "error", "words"),
    [
        (["sin"], ValueError, "there is no event 'sin'; did you mean syn"),
        (["syn", "http_requests"], ValueError, "did you mean http_request"),
        (["zzz"], ValueError, "there is no event 'zzz'; there are syn, "),
        (["tls"], ValueError, "did you mean tls_client or tls_server?"),
        ([7], ValueError, "there is no event 7"),
        ([], ValueError, "at least one of syn"),
        ("syn", TypeError, "not the text 'syn'"),
    ],
)
def test_unknown_kinds(opened: list[PipeInterface], events: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error) as caught:
        hg.watch("pipe", events=events)
    assert words in str(caught.value)
    assert not opened


@pytest.mark.parametrize(
    "kind",
    ["host_change", "ip_sharing", "finding", "segments", "arp", "neighbor", "dns", "device_change", "snmp"],
)
def test_kinds_on_request_are_turned_on(opened: list[PipeInterface], kind: str) -> None:
    with closing(hg.watch("pipe")) as plain, closing(hg.watch("pipe", events=[kind])) as asked:
        before, after = (
            plain._unread.opening.sensor.result()._settings,
            asked._unread.opening.sensor.result()._settings,
        )
    changed = {name for name in before._fields if getattr(before, name) != getattr(after, name)}
    assert changed == {
        "finding": {"findings"},
        "segments": {"segments"},
        **{name: {"protocols"} for name in QUIET_PROTOCOLS},
        "device_change": {"news", "protocols"},
    }.get(kind, {"changes"})


def test_with_a_loop(opened: list[PipeInterface]) -> None:
    async def main() -> list[AnalysisResult]:
        found = []
        async for result in hg.watch("pipe", events=["syn"]):
            found.append(result)
            if len(found) == 100:
                break
        return found

    found = run(main)
    assert [str(one.syn.source.ip) for one in found if one.syn] == [
        f"10.1.0.{number}" for number in range(100)
    ]
    assert opened[0].closed == 1


def test_an_idle_interface_does_not_block_the_loop(
    opened: list[PipeInterface], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(NewClients, "quiet", True)

    async def main() -> None:
        watched = hg.watch("pipe")
        task = asyncio.create_task(anext(aiter(watched)))
        for _ in range(50):
            await asyncio.sleep(0.001)
        await watched.aclose()
        with pytest.raises(StopAsyncIteration):
            await task
        await watched.aclose()

    run(main)
    assert opened[0].closed == 1


def test_a_loop_that_always_has_events_lets_others_run(opened: list[PipeInterface]) -> None:
    async def main() -> int:
        turns = 0

        async def other() -> None:
            nonlocal turns
            while True:
                turns += 1
                await asyncio.sleep(0)

        task = asyncio.create_task(other())
        seen = 0
        async with aclosing(hg.watch("pipe")) as watched:
            async for _ in watched:
                time.sleep(0.002)  # slower than the interface
                seen += 1
                if seen == 300:
                    break
        task.cancel()
        return turns

    assert run(main) > 5


def test_one_thread_alone_ends_the_batches(
    opened: list[PipeInterface], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their end takes a moment, in which a loop that is left waits for nothing."""
    raised = list[object]()
    monkeypatch.setattr(threading, "excepthook", raised.append)
    monkeypatch.setattr(feeds, "AHEAD", 1)

    def slow(batches: Generator[Batch, None, None]) -> Generator[Batch, None, None]:
        try:
            yield from batches
        finally:
            time.sleep(0.3)

    async def main() -> None:
        async with aclosing(hg.watch("pipe")) as watched:
            watched._batches = slow(watched._batches)
            async for _ in watched:
                time.sleep(0.5)  # the thread waits for room
                watched.close()
                break

    run(main)
    assert not readers()
    assert raised == []


@pytest.mark.parametrize("quiet", [False, True])
def test_cancelled(opened: list[PipeInterface], monkeypatch: pytest.MonkeyPatch, quiet: bool) -> None:
    monkeypatch.setattr(NewClients, "quiet", quiet)

    async def take() -> None:
        async for _ in hg.watch("pipe"):
            await asyncio.sleep(0)

    async def main() -> None:
        task = asyncio.create_task(take())
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        del task

    run(main)
    assert opened[0].closed == 1


@pytest.mark.parametrize("make", [hg.watch, lambda name: hg.Analyzer().analyze_network(name)])
def test_a_step_that_times_out_does_not_end_the_capture(
    opened: list[PipeInterface],
    monkeypatch: pytest.MonkeyPatch,
    make: Callable[[str], hg.Results[AnalysisResult]],
) -> None:
    """Whatever await a cancellation meets, the step after it gives the next result: none is lost."""
    monkeypatch.setattr(NewClients, "quiet", True)

    async def main() -> list[str]:
        found: list[str] = []
        async with make("pipe") as events:
            step = aiter(events)
            for _ in range(2):
                with pytest.raises(asyncio.TimeoutError):
                    await asyncio.wait_for(anext(step), 0.05)
            opened[0].quiet = False  # type: ignore[attr-defined]
            turns = 0
            while len(found) < 200:
                task = asyncio.ensure_future(anext(step))
                for _ in range(turns % 5):
                    await asyncio.sleep(0)
                turns += 1
                if turns % 2:
                    task.cancel()
                with suppress(asyncio.CancelledError):
                    result = await task
                    assert result.syn is not None
                    found.append(result.syn.source.ip)
        return found

    found = run(main)
    numbers = [int(a) * 256 + int(b) for a, b in (ip.split(".")[2:] for ip in found)]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert opened[0].closed == 1


def test_two_tasks_share_the_results(opened: list[PipeInterface]) -> None:
    async def some(step: AsyncIterator[AnalysisResult]) -> list[str]:
        return [(await anext(step)).syn.source.ip for _ in range(50)]  # type: ignore[union-attr]

    async def rest(step: AsyncIterator[AnalysisResult]) -> int:
        return len([one async for one in step])

    async def main() -> tuple[list[str], list[str]]:
        async with hg.watch("pipe", events=["syn"]) as events:
            step = aiter(events)
            one, other = await asyncio.gather(some(step), some(step))
            ends = [asyncio.ensure_future(rest(step)) for _ in range(2)]
            await asyncio.sleep(0.05)
            opened[0]._ended.set()
            events.close()
            await asyncio.gather(*ends)  # both learn of the end
            with pytest.raises(hg.HuginnError, match="only once"):
                aiter(events)
        return one, other

    one, other = run(main)
    assert len({*one, *other}) == 100


def test_only_some_batches_wait_for_a_slow_loop(
    opened: list[PipeInterface], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def main() -> int:
        watched = hg.watch("pipe")
        events = aiter(watched)
        await anext(events)
        while not opened[0].full:  # type: ignore[attr-defined]
            await asyncio.sleep(0.01)
        assert watched._feed is not None
        waiting = watched._feed._ready.qsize()
        await events.aclose()
        return waiting

    assert run(main) <= feeds.AHEAD


def test_closed_while_the_thread_waits_for_the_loop(opened: list[PipeInterface]) -> None:
    async def main() -> None:
        watched = hg.watch("pipe")
        await anext(aiter(watched))
        await asyncio.sleep(0.3)
        await watched.aclose()

    run(main)
    assert opened[0].closed == 1


def test_closed_by_another_thread(opened: list[PipeInterface]) -> None:
    watched = hg.watch("pipe")
    timer = threading.Timer(0.1, watched.close)
    timer.start()
    assert len(list(watched)) > 0
    timer.join()
    watched.close()
    assert opened[0].closed == 1


def test_hosts_of_a_capture_until_it_is_cancelled(opened: list[PipeInterface]) -> None:
    over = threading.Event()
    threading.Timer(0.2, over.set).start()
    watched = hg.watch("pipe", cancel=over)
    hosts = watched.hosts
    assert len(hosts) > 10
    assert (watched.hosts, opened[0].closed) == (hosts, 1)
    assert watched.summary["packets"] == watched.stats.packets > 10
    with pytest.raises(hg.HuginnError, match="only once"):
        first(watched)


@pytest.mark.parametrize("events", [None, ["segments"]])
def test_hosts_of_a_capture_are_read_with_what_was_asked_for(
    opened: list[PipeInterface], events: list[EventName] | None
) -> None:
    """Its sensor is open before anybody asks for hosts. A capture that was written has segments always."""
    over = threading.Event()
    over.set()
    watched = hg.watch("pipe", events=events, cancel=over)
    assert watched.hosts is not None
    assert watched._unread.opening is not None
    assert watched._unread.opening.sensor.result()._settings.segments == (events is not None)


def test_columns_of_a_capture(opened: list[PipeInterface]) -> None:
    for batch in hg.watch("pipe", events=["syn"]).batches():
        assert {batch.event for batch in batch} == {"syn"}
        break
    assert opened[0].closed == 1


def test_hosts_need_all_of_a_capture(opened: list[PipeInterface]) -> None:
    with hg.watch("pipe") as watched:
        next(watched)
        with pytest.raises(hg.HuginnError, match="only once"):
            _ = watched.hosts


def test_the_analyzer_has_the_options(opened: list[PipeInterface]) -> None:
    analyzer = hg.Analyzer(None, protocols=("tcp",), host_names=True, random_macs=True, device_news=True)
    with analyzer.watch("pipe", events=["syn", "finding"]) as watched:
        settings = watched._unread.opening.sensor.result()._settings
        assert settings.protocols == ("tcp",)
        assert settings.findings
        assert settings.news == DeviceNews(ABSENT_S, random_macs=True)
        assert not analyzer._settings.findings
        (result,) = first(watched, 1)
        assert result.syn is not None
        assert result.syn.match is None  # no database
        assert result.time_ns == 10**18
    analyzer.close()
    with pytest.raises(hg.HuginnError, match="closed"):
        analyzer.watch("pipe")


def test_the_short_form_has_the_usual_options(opened: list[PipeInterface]) -> None:
    only_one = hg.FilterConfig(ip=hg.IpFilter(src=["10.1.0.3"]))
    short = hg.watch(
        *("pipe",), events=["syn"], database=None, filter=only_one, protocols=["tcp"], host_names=True
    )
    settings = short._unread.opening.sensor.result()._settings
    assert (settings.protocols, settings.host_names, settings.filter_config) == (("tcp",), True, only_one)
    (result,) = first(short, 1)
    assert result.syn is not None
    assert (result.syn.source.ip, result.syn.match) == ("10.1.0.3", None)


def test_a_slow_interface_does_not_block_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second of opening, in which others take their turns; whoever does not wait for it leaves nothing."""
    may_open, made = threading.Event(), [NewClients()]

    def open_interfaces(*arguments: object) -> tuple[PipeInterface, ...]:
        may_open.wait(PATIENCE_S)
        return tuple(made)

    monkeypatch.setattr(sensors, "open_interfaces", open_interfaces)

    async def main() -> None:
        watched = hg.watch("pipe")
        assert watched.stats.packets == 0
        entering = asyncio.create_task(watched.__aenter__())
        await asyncio.sleep(0.01)
        assert not entering.done()
        entering.cancel()
        with pytest.raises(asyncio.CancelledError):
            await entering
        closing_ = asyncio.create_task(watched.aclose())
        await asyncio.sleep(0.01)
        assert not closing_.done()
        may_open.set()
        await closing_

    run(main)
    assert made[0].closed == 1
    made[0].close()
    assert not readers()


def test_results_of_a_slow_interface_do_not_block_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """As above, for `analyze_network`; an error comes with the first step."""
    may_open, made = threading.Event(), [NewClients()]

    def open_interfaces(*arguments: object) -> tuple[PipeInterface, ...]:
        may_open.wait(PATIENCE_S)
        if not made:
            raise hg.CaptureError("gone")
        return (made.pop(),)

    monkeypatch.setattr(sensors, "open_interfaces", open_interfaces)

    async def main() -> None:
        results = hg.Analyzer().analyze_network("pipe")
        assert results.stats.packets == 0
        asyncio.get_running_loop().call_soon(may_open.set)
        async with results:
            assert (await anext(aiter(results))).syn is not None
        with pytest.raises(hg.CaptureError):
            await anext(aiter(hg.Analyzer().analyze_network("pipe")))

    run(main)
    assert not readers()


def test_never_begun(opened: list[PipeInterface]) -> None:
    with closing(hg.watch("pipe")):
        pass
    run(lambda: hg.watch("pipe").aclose())
    assert [item.closed for item in opened] == [1, 1]


def test_read_once(opened: list[PipeInterface]) -> None:
    watched = hg.watch("pipe")
    first(watched)
    with pytest.raises(hg.HuginnError):
        first(watched)


def test_a_closed_watch_says_that_a_new_one_is_needed(opened: list[PipeInterface]) -> None:
    with hg.watch("pipe") as watched:
        pass
    with pytest.raises(hg.HuginnError, match=r"`watch` can be taken only once, .*; call it again"):
        first(watched)


@pytest.mark.parametrize("with_loop", [False, True])
def test_the_interface_goes_away(
    opened: list[PipeInterface], monkeypatch: pytest.MonkeyPatch, with_loop: bool
) -> None:
    gone = hg.CaptureError("pipe: down", errno=errno.ENETDOWN)
    step = sensors.Sensor._step
    steps = count()

    def failing(self: sensors.Sensor) -> Iterator[hg.Batch]:
        if next(steps) > 20:
            raise gone
        yield from step(self)

    monkeypatch.setattr(sensors.Sensor, "_step", failing)
    with pytest.raises(hg.CaptureError) as caught:
        take_all(with_loop)
    assert caught.value is gone
    assert opened[0].closed == 1


@pytest.mark.parametrize("with_loop", [False, True])
def test_ctrl_c(opened: list[PipeInterface], monkeypatch: pytest.MonkeyPatch, with_loop: bool) -> None:
    monkeypatch.setattr(NewClients, "quiet", True)

    timer = threading.Timer(0.3, os.kill, [os.getpid(), signal.SIGINT])
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        take_all(with_loop)
    timer.join()
    assert opened[0].closed == 1
