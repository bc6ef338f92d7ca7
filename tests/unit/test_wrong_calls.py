"""Wrong calls of the library get one sentence with a remedy."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable
from datetime import date, datetime, timezone
from decimal import Decimal
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg

SAMPLE = Path(__file__).parents[2] / "examples" / "sample.pcap"
DATA = SAMPLE.read_bytes()
FRAME = bytes(60)
api: Any = hg
"""For calls that type checkers refuse."""


class Pieces:
    """Gives a capture in pieces; raises an error at some byte."""

    def __init__(self, error: BaseException | None = None, after: int = 2000, size: int = 7) -> None:
        self.file, self.error, self.after, self.size = BytesIO(DATA), error, after, size

    def read(self, size: int) -> bytes:
        if self.error is not None and self.file.tell() >= self.after:
            raise self.error
        return self.file.read(min(size, self.size))


class Gives:
    def __init__(self, value: object) -> None:
        self.value = value

    def read(self, size: int) -> Any:
        return self.value


class WithoutSize:
    def read(self) -> bytes:
        return DATA


def closed(file: Any) -> Any:
    file.close()
    return file


def at(place: int, file: Any) -> Any:
    file.seek(place)
    return file


def read(source: Any, **options: Any) -> Callable[[], object]:
    return lambda: [*hg.read(source, **options)]


def framed(*frames: Any) -> Callable[[], object]:
    return read([*frames], linktype=1)


def analyzer(**options: Any) -> Callable[[], object]:
    return lambda: hg.Analyzer(**options)


CALLS: dict[str, tuple[Callable[[], object], type[BaseException], str]] = {
    "an error in the middle": (read(Pieces(OSError(5, "I/O error"))), OSError, "I/O error"),
    "an interrupt in the middle": (read(Pieces(KeyboardInterrupt())), KeyboardInterrupt, "^$"),
    "an error at once": (read(Pieces(TimeoutError("timed out"), 0)), TimeoutError, "timed out"),
    "StopIteration": (read(Pieces(StopIteration())), hg.CaptureError, "at the end, return b''"),
    "texts": (read(Gives("text")), TypeError, "read must return bytes, not str"),
    "nothing": (read(Gives(None)), TypeError, "read must return bytes, not NoneType"),
    "no size": (
        read(WithoutSize()),
        TypeError,
        r"must have read\(size\), and WithoutSize.read takes no size",
    ),
    "position 100": (
        read(at(100, BytesIO(DATA))),
        hg.CaptureError,
        r"began at byte 100 of it: seek\(0\) first",
    ),
    "a file at 100": (read(at(100, SAMPLE.open("rb"))), hg.CaptureError, r"seek\(0\) first"),
    "closed": (read(closed(BytesIO(DATA))), ValueError, "closed file; open it again"),
    "closed gzip": (read(closed(gzip.GzipFile(fileobj=BytesIO(b"")))), ValueError, "open it again"),
    "a text file": (read(TextIOWrapper(BytesIO())), TypeError, "mode 'rb'"),
    "a capture as text": (read(DATA.decode("latin-1")), ValueError, "give a capture as bytes"),
    "a path as bytes": (read(b"sample.pcap"), hg.CaptureError, "a path is a str"),
    "frames as captures": (read([b"EEEE"]), hg.CaptureError, "frames need linktype="),
    "pairs as captures": (read([(1, FRAME)]), TypeError, "frames need linktype="),
    "an empty folder": (read(SAMPLE.parent / "c"), hg.CaptureError, "no capture is in it"),
    "no source": (read([]), ValueError, "names no capture"),
    "a bool as a link type": (read([FRAME], linktype=True), TypeError, "linktype must be an int, not bool"),
    "a time as a float": (framed((1.5, FRAME)), TypeError, r"int \(nanoseconds .*not float"),
    "a time as a datetime": (
        framed((datetime.now(timezone.utc), FRAME)),
        TypeError,
        "nanoseconds.*not datetime",
    ),
    "a bool of workers": (read(SAMPLE, workers=True), TypeError, "workers must be an int, not bool"),
    "the class of an event": (read(SAMPLE, cancel=threading.Event), TypeError, "like threading.Event"),
    "no protocols": (read(SAMPLE, protocols=None), TypeError, "names in a tuple or list, not NoneType"),
    "an option": (
        read(SAMPLE, worker=2),
        TypeError,
        r"read\(\) has no option 'worker'; did you mean workers\?",
    ),
    "an option of no name": (
        read(SAMPLE, qqq=2),
        TypeError,
        "has no option 'qqq'; there are source, linktype",
    ),
    "an option of analyzers": (analyzer(max_conections=1), TypeError, "did you mean max_connections"),
    "an option of filters": (lambda: api.PortFilter(port=80), TypeError, "there are src, dst, any"),
    "an option of a sensor": (lambda: api.Analyzer().sensor("lo", snap_len=9), TypeError, "mean snaplen"),
    "seconds": (analyzer(since=1768471200), ValueError, r"only be seconds: write 1768471200 \* 10\*\*9"),
    "milliseconds": (
        analyzer(since=1768471200000),
        ValueError,
        r"only be ms: write 1768471200000 \* 10\*\*6",
    ),
    "microseconds": (analyzer(until=1768471200000000), ValueError, r"only be µs: write .* \* 10\*\*3"),
    "a date": (analyzer(since=date(2026, 1, 1)), TypeError, r"ns since the epoch\) or a datetime, not date"),
    "a decimal": (analyzer(until=Decimal(5)), TypeError, "or a datetime, not Decimal"),
    "a protocol as event": (
        lambda: api.watch("lo", events=["tcp"]),
        ValueError,
        r"it is a protocol: protocols=\['tcp'\]",
    ),
    "an event near another": (lambda: api.watch("lo", events=["sny"]), ValueError, "did you mean"),
    "an event near none": (lambda: api.watch("lo", events=["qqqq"]), ValueError, "there are syn, syn_ack"),
    "another filter": (
        lambda: api.FilterConfig(ip=api.PortFilter(dst=80)),
        TypeError,
        "ip must be made by hg.IpFilter",
    ),
    "a database from nothing": (
        lambda: api.Database.open(None),
        TypeError,
        "path must be str or os.PathLike",
    ),
    "databases from a number": (lambda: api.Database.compile(["a", 5]), TypeError, "each path must be str"),
    "a function of before": (lambda: api.analyze_pcap, AttributeError, "use hg.read"),
    "a name of before": (lambda: api.CaptureOptions, AttributeError, "give Analyzer.sensor its values"),
    "a result by number": (
        lambda: api.read(SAMPLE)[0],
        TypeError,
        r"Results takes no \[0\]: .* iterate over it",
    ),
    "a host by address": (lambda: api.read(SAMPLE).hosts["192.0.2.10"], TypeError, "iterate over it"),
    "an attribute of a host": (
        lambda: next(iter(api.read(SAMPLE).hosts)).hostname,
        AttributeError,
        "mean host_name",
    ),
    "a counter": (lambda: api.Stats().packts, AttributeError, "did you mean packets"),
    "nobody": (lambda: api.read(SAMPLE).hosts.who(None), TypeError, "an address or a MAC as text"),
    "a match": (lambda: repr(api.Match()), TypeError, "results come from hg.read"),
    "a column of a reader": (
        lambda: next(api.Analyzer().batches(SAMPLE))["user_agent"],
        KeyError,
        "use batch.http",
    ),
    "no column": (lambda: next(api.Analyzer().batches(SAMPLE))["qqqq"], KeyError, "columns lists them"),
}


@pytest.mark.parametrize("name", CALLS)
def test_wrong_calls(name: str) -> None:
    call, kind, words = CALLS[name]
    with pytest.raises(kind, match=words) as caught:
        call()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("size", [1, 7, 5000])
def test_short_reads_are_no_error(size: int) -> None:
    assert [*hg.read(Pieces(size=size))] == [*hg.read(SAMPLE)]
    assert [*hg.read(at(0, BytesIO(DATA)))] == [*hg.read(SAMPLE)]
    embedded = BytesIO(bytes(100) + DATA)
    assert [*hg.read(at(100, embedded))] == [*hg.read(SAMPLE)], "a capture may begin there"


def test_right_times_and_numbers() -> None:
    for time in (7, 10**17, 1768471200 * 10**9):
        hg.Analyzer(since=time)
    assert len([*hg.read([(1768471200, FRAME)], linktype=1)]) == 0
