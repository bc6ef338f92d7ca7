"""Stores whose tables hold what no store has: an error that names the file, and nothing stays open."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from huginn_cffi.applications.alerting.delivery import Delivery, Limits
from huginn_cffi.applications.alerting.messages import Message
from huginn_cffi.base.errors import StoreError
from huginn_cffi.store.merging import merge
from huginn_cffi.store.reading import Store, stored_addresses
from huginn_cffi.store.writer import Writer
from tests.support.alert_events import event
from tests.support.damaged_stores import change
from tests.support.hosts import host, port, source_of

HOST = "10.0.0.1"


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A store of one host."""
    name = str(tmp_path / "hosts.sqlite")
    Writer(name, "gate", source_of([host(HOST, ports=(port(),))])).close()
    return name


def overwrite(path: str, table: str) -> bytes:
    """Damage the first page of a table; what the file was before."""
    with closing(sqlite3.connect(path)) as connection:
        (number,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)
        ).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    before = Path(path).read_bytes()
    start = (number - 1) * size
    Path(path).write_bytes(before[:start] + b"\xff" * size + before[start + size :])
    return before


def held(path: str) -> int:
    """Descriptors of the store and of the files beside it that this process has."""
    names = [str(one.readlink()) for one in Path("/proc/self/fd").iterdir() if one.is_symlink()]
    return sum(name.startswith(path) for name in names)


def found(path: str) -> object:
    with Store(path) as store:
        return store.find(HOST)


def listed(path: str) -> object:
    with Store(path) as store:
        return [*store.rows()]


def merged(path: str) -> object:
    return merge(f"{path}.out", [path])


class Accepting:
    """A receiver that accepts everything."""

    name, form = "accepting", "json"

    def __init__(self) -> None:
        self.sent: list[Message] = []

    def send(self, message: Message) -> None:
        self.sent.append(message)


def sent(path: str) -> object:
    """Delivers the news of the store from the beginning."""
    with Writer(path, "gate") as writer:
        writer.hand_over([json.dumps(event(1))], [])
    receiver = Accepting()
    delivery = Delivery(path, [receiver], Limits(0, None), None, print)
    delivery.run_once()
    delivery.finish()
    return receiver.sent


@pytest.mark.parametrize(
    ("statement", "call"),
    [
        ("UPDATE host SET syns = 'many'", found),
        ("UPDATE host SET syns = 'many'", listed),
        ("UPDATE sensor SET site = x'00'", listed),
        ("UPDATE label SET name = x'00'", merged),
        ("UPDATE sensor SET name = x'00'", merged),
        ("UPDATE sensor SET site = x'00'", merged),
        ("UPDATE host SET conclusion = 4711", merged),
        ("UPDATE system SET label = 4711", merged),
        ("UPDATE host SET addr = 5", stored_addresses),
        ("UPDATE news SET record = x'00'", sent),
        ("UPDATE news SET record = '[]'", sent),
        ("UPDATE news SET id = 1, stored = 'now', record = '5'", sent),
    ],
)
def test_values_that_no_store_has(path: str, statement: str, call: Callable[[str], object]) -> None:
    assert call(path)
    change(path, statement)
    if call is sent:
        change(path, "DELETE FROM delivery")
    with pytest.raises(StoreError, match=f"^{path}: is damaged"):
        call(path)


def test_a_store_that_is_not_opened_for_reading_is_closed(path: str) -> None:
    before = overwrite(path, "label")
    with pytest.raises(StoreError, match=f"^{path}: is damaged"):
        Store(path)
    assert held(path) == 0
    Path(path).write_bytes(before)
    with Store(path) as store:
        assert held(path) > 0
        assert len(store) == 1


def test_a_store_that_is_not_opened_for_writing_is_free_again(path: str) -> None:
    before = overwrite(path, "sensor")
    with pytest.raises(StoreError, match=f"^{path}: is damaged"):
        Writer(path, "gate")
    assert held(path) == 0
    Path(path).write_bytes(before)
    Writer(path, "gate", source_of([host("10.0.0.2")])).close()
    with Store(path) as store:
        assert len(store) == 2


def test_a_damaged_index_is_an_error_in_words(path: str) -> None:
    assert stored_addresses(path)
    overwrite(path, "host")
    overwrite(path, "host_last")
    with pytest.raises(StoreError, match=f"^{path}: is damaged"):
        stored_addresses(path)
