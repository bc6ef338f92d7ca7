"""Pickles that were changed: each gives what can be shown in every form, or one error."""

from __future__ import annotations

import io
import json
import pickle
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import pytest

from huginn_cffi import Analyzer, Batch, HuginnError
from huginn_cffi.formats.forms import FORMATS
from huginn_cffi.formats.writers import open_writer
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.run import moving
from huginn_cffi.run.columns import READERS
from tests.support import greetings
from tests.support.captures import pcap
from tests.support.conversations import capture as conversations
from tests.support.devices.dhcp import from_client, message, option
from tests.support.devices.made import capture
from tests.support.sample import sample
from tests.support.segments import LINUX, segments
from tests.support.tls import certificate_model
from tests.support.tls.conversation import Conversation

EACH = 100
"""Changes of each kind; run with more after a change of the columns."""

EDGES = (0, 1, 2, 0x7F, 0x80, 0xFE, 0xFF)


FIELDS = "Host: a.example\r\nUser-Agent: curl/8.5\r\nVia: 1.1 b\r\nAccept-Language: de\r\nServer: nginx\r\n"


def requests() -> bytes:
    """HTTP, whose host changes by the header Via."""
    talk = Conversation(40_000, server_port=80).handshake()
    for number in range(3):
        talk.client(0, f"GET /{number} HTTP/1.1\r\n{FIELDS}\r\n".encode())
        talk.server(0, f"HTTP/1.1 200 OK\r\n{FIELDS}Content-Length: 0\r\n\r\n".encode())
    return pcap([(10**18 + at * 10**6, data) for at, data in enumerate(talk.packets)])


def announcements() -> bytes:
    """A client of DHCP."""
    return capture([from_client(message(option(12, b"name"), option(60, b"class")))])


def silent_and_named() -> bytes:
    """Hosts whose handshakes are not there."""
    return pcap([*segments(20, LINUX), *segments(9, LINUX._replace(df=False), "198.51.100.8")])


def greeting() -> bytes:
    """What a server says first."""
    return conversations(*greetings.sent(greetings.MARIADB))


def certificate() -> bytes:
    """What a TLS server is."""
    return pcap(certificate_model.served(certificate_model.certificate()).timed(), linktype=101)


SOURCES = {
    "hellos and uptimes": sample,
    "requests": requests,
    "segments": silent_and_named,
    "announcements": announcements,
    "greeting": greeting,
    "certificate": certificate,
}


@pytest.fixture(scope="module", params=SOURCES)
def batch(request: pytest.FixtureRequest) -> Batch:
    return batch_of(request.param)


def batch_of(name: str) -> Batch:
    (found,) = Analyzer(findings=True, http_paths=True, segments=True).batches(SOURCES[name]())
    return found


def test_events_of_all_readers() -> None:
    found = [batch_of(name) for name in SOURCES]
    assert all(any(len(getattr(one, reader)) for one in found) for reader in READERS)


def other_bytes(random: Random, cells: list[bytes]) -> None:
    """A few bytes of one column."""
    at = random.choice([number for number, cell in enumerate(cells) if cell and number])
    cell = bytearray(cells[at])
    for _ in range(random.choice((1, 1, 4, len(cell)))):
        cell[random.randrange(len(cell))] = random.choice((*EDGES, random.randrange(256)))
    cells[at] = bytes(cell)


def other_length(random: Random, cells: list[bytes]) -> None:
    at = random.randrange(len(cells))
    cut = random.randrange(len(cells[at]) + 1)
    cells[at] = random.choice((cells[at][:cut], cells[at] + cells[at][:cut], b"", bytes(cut)))


def other_columns(random: Random, cells: list[bytes]) -> None:
    """Columns change places, or one is missing, or something else."""
    one, other = random.randrange(len(cells)), random.randrange(len(cells))
    cells[one], cells[other] = cells[other], cells[one]
    if random.random() < 0.2:
        del cells[one]
    elif random.random() < 0.1:
        cells[one] = random.choice((None, 7, "text", [1], bytearray(cells[one])))  # type: ignore[call-overload]


CHANGES: tuple[Callable[[Random, list[bytes]], None], ...] = (other_bytes, other_length, other_columns)


def shown(batch: Batch, number: int) -> None:
    """What can be made of a batch, in two of the formats in turn; JSON has to be readable."""
    forms = [*FORMATS.values(), *FORMATS.values()][number % len(FORMATS) :]
    for form in forms[:2]:
        out = io.BytesIO()
        writer = open_writer(form.name, out, batch.database)
        writer.write(batch)
        writer.close()
        if form.name in ("json", "eve", "ecs"):
            for line in out.getvalue().splitlines():
                json.loads(line)
    for result in batch.results():
        str(result)
    hosts = Inventory(batch.database)
    hosts.add(batch)
    for _ in hosts.written(("json", "text", "values")[number % 3]):
        pass
    pickle.dumps(batch)


def restored(pickled: Any, arguments: Sequence[Any]) -> Any:
    """What `pickle` makes with these arguments; None where that is refused in the package's own words."""
    restore = pickled.__reduce__()[0]
    try:
        return restore(*arguments)
    except HuginnError as error:
        if "a pickled result " not in str(error):
            raise
        return None


@pytest.mark.parametrize("change", CHANGES)
def test_changed_columns(batch: Batch, change: Callable[[Random, list[bytes]], None]) -> None:
    _, (cells, origin) = batch.__reduce__()[:2]  # type: ignore[misc]
    refused = 0
    for number in range(EACH):
        other = [*cells]
        change(Random(f"{change.__name__}/{number}"), other)
        found = restored(batch, (tuple(other), origin))
        if found is None:
            refused += 1
        else:
            shown(found, number)
    assert 0 < refused < EACH


@pytest.mark.parametrize(
    "names", [b"example.org,,ww.example.org", b",xample.org,www.example.org", b"example.org,www.example.or,"]
)
def test_empty_names_in_a_certificate_are_refused(names: bytes) -> None:
    (batch,) = Analyzer(host_names=True).batches(certificate())
    restore, (cells, origin) = batch.__reduce__()[:2]  # type: ignore[misc]
    other = tuple(cell.replace(b"example.org,www.example.org", names) for cell in cells)
    assert other != tuple(cells)
    with pytest.raises(HuginnError, match="invalid certificate values"):
        restore(other, origin)  # type: ignore[operator]


@pytest.mark.parametrize("first", [b"cells 00000000", b"", b"\1"])
def test_rows_with_other_columns_are_refused(first: bytes) -> None:
    restore, (cells, origin) = batch_of("requests").__reduce__()[:2]  # type: ignore[misc]
    assert len(restore(cells, origin)) > 0  # type: ignore[operator]
    with pytest.raises(HuginnError, match="its columns are not those of this version; make it again"):
        restore((first, *cells[1:]), origin)  # type: ignore[operator]


def test_the_mark_of_the_columns_changes_with_each_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    before = moving.layout()
    first, *others = moving.MEMBERS
    other_firsts = [first._replace(**change) for change in ({"width": 2}, {"code": "d"}, {"reader": "tls"})]
    try:
        for changed in (others, *([one, *others] for one in other_firsts)):
            moving.layout.cache_clear()
            monkeypatch.setattr(moving, "MEMBERS", tuple(changed))
            assert moving.layout() != before
    finally:
        moving.layout.cache_clear()


def other_value(random: Random, values: list[Any]) -> None:
    """Another value in one place."""
    values[random.randrange(len(values))] = random.choice(
        (None, 0, -1, 3, 1 << 31, 1 << 63, 1 << 70, 1.5, "text", b"bytes", (), [1], Batch, str, "truncated")
    )


def test_changed_origins_and_kinds(batch: Batch) -> None:
    """Of batches, results and parts: what stands beside the columns."""
    results = list(batch.results())
    parts = [part for result in results for part in result.parts]
    matches = [part.match for part in parts if getattr(part, "match", None) is not None]  # type: ignore[union-attr]
    kept: list[Any] = [batch, *results, *parts, *matches]
    for number in range(EACH):
        random = Random(f"origins/{number}")
        one = random.choice(kept)
        arguments = [*one.__reduce__()[1]]
        if random.random() < 0.5:
            other_value(random, arguments)
        else:
            place = -1 if isinstance(arguments[-1], tuple) else -2  # a result ends with a drop
            origin = [*arguments[place]]
            other_value(random, origin)
            arguments[place] = tuple(origin)
        str(restored(one, arguments))


def test_a_part_is_restored_from_its_own_kind_of_row() -> None:
    results = list(batch_of("requests").results())
    (syn,) = (one.syn for one in results if one.syn)
    request = next(one.http_request for one in results if one.http_request)
    _, cells, origin = syn.__reduce__()[1]  # type: ignore[misc]
    with pytest.raises(HuginnError, match="is damaged: its row has no HttpRequestObservation"):
        syn.__reduce__()[0](type(request), cells, origin)  # type: ignore[operator]
