"""Stores of several sensors in one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from huginn_cffi.base.errors import StoreError
from huginn_cffi.store.merging import _renumber, merge
from huginn_cffi.store.reading import COLUMNS, Store
from huginn_cffi.store.writer import Writer
from tests.support.hosts import BEGAN, conclusion, host, port, sighting, source_of


def store(path: Path, sensor: str, *records: Any) -> str:
    Writer(str(path), sensor, source_of(records)).close()
    return str(path)


def content(path: str) -> dict[str, list[tuple[Any, ...]]]:
    tables = ("sensor", "label", "host", "system", "port")
    with closing(sqlite3.connect(path)) as connection:
        found = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables}
        found["event"] = sorted(row[1:] for row in connection.execute("SELECT * FROM event"))
    return found


def rows(path: str) -> list[dict[str, Any]]:
    with Store(path) as opened:
        return [dict(zip(COLUMNS, row, strict=True)) for row in opened.rows()]


@pytest.fixture
def two(tmp_path: Path) -> list[str]:
    here = host(
        *("10.0.0.1",),
        syns=3,
        ports=(port(),),
        last_change_ns=BEGAN,
        link="DSL",
        **conclusion("macOS", "", 0.7),
    )
    there = host("10.0.0.1", syns=4, last_seen_ns=BEGAN + 9, sightings=(sighting("tool", "NMap"), sighting()))
    return [
        store(tmp_path / "a.sqlite", "a", here, host("10.0.0.2")),
        store(tmp_path / "b.sqlite", "b", there),
    ]


def test_sensors_of_one_site_see_one_host(tmp_path: Path, two: list[str]) -> None:
    out = str(tmp_path / "out.sqlite")
    assert merge(out, two) == 2
    first, second = rows(out)
    assert (first["ip"], first["sensors"], first["syns"]) == ("10.0.0.1", 2, 7)
    assert (first["family"], first["confidence"], first["tools"]) == ("Linux", 0.9, "NMap")
    assert (first["first_seen"], first["last_seen"]) == (
        *("2023-11-14T22:13:20.000000000Z", "2023-11-14T22:13:20.000000009Z"),
    )
    assert (second["ip"], second["sensors"]) == ("10.0.0.2", 1)
    with closing(sqlite3.connect(out)) as opened:
        ports = "(SELECT count(*) FROM port WHERE port.sensor = id AND port.addr = host.addr)"
        select = f"SELECT name, syns, {ports} FROM host JOIN sensor ON id = sensor WHERE ip = '10.0.0.1'"
        assert {*opened.execute(select)} == {("a", 3, 1), ("b", 4, 0)}


def test_merging_twice_changes_nothing(tmp_path: Path, two: list[str]) -> None:
    out = str(tmp_path / "out.sqlite")
    merge(out, two)
    before = content(out)
    merge(out, two)
    assert content(out) == before


def test_a_newer_store_of_a_sensor_replaces_what_it_had(tmp_path: Path, two: list[str]) -> None:
    out = str(tmp_path / "out.sqlite")
    merge(out, two)
    newer = store(tmp_path / "newer.sqlite", "a", host("10.0.0.3", syns=8))
    merge(out, [newer])
    assert [(one["ip"], one["syns"]) for one in rows(out)] == [("10.0.0.1", 4), ("10.0.0.3", 8)]


def test_private_addresses_of_two_sites_are_two_hosts(tmp_path: Path, two: list[str]) -> None:
    out = str(tmp_path / "out.sqlite")
    merge(out, two[:1], "Lyon")
    merge(out, two[1:], "Oslo")
    assert [(one["site"], one["ip"], one["family"], one["syns"]) for one in rows(out)] == [
        *(
            ("Lyon", "10.0.0.1", "macOS", 3),
            ("Lyon", "10.0.0.2", "Linux", 1),
            ("Oslo", "10.0.0.1", "Linux", 4),
        ),
    ]
    again = str(tmp_path / "again.sqlite")
    assert merge(again, [out], "elsewhere") == 2  # sites stay what they are
    assert {one["site"] for one in rows(again)} == {"Lyon", "Oslo"}


def test_two_stores_of_one_sensor_are_refused(tmp_path: Path, two: list[str]) -> None:
    other = store(tmp_path / "c.sqlite", "a", host("10.0.0.9"))
    out = tmp_path / "out.sqlite"
    with pytest.raises(StoreError, match=r"c\.sqlite and .*a\.sqlite: both are of a sensor named a"):
        merge(str(out), [*two, other])
    with Store(out) as opened:
        assert len(opened) == 0


def test_a_store_into_itself_is_refused(two: list[str]) -> None:
    with pytest.raises(StoreError, match="is both an input and the output"):
        merge(two[0], two)


def test_what_cannot_be_read_leaves_the_store_as_it_was(tmp_path: Path, two: list[str]) -> None:
    out = str(tmp_path / "out.sqlite")
    merge(out, two)
    before = content(out)
    broken = tmp_path / "broken.sqlite"
    data = bytearray(Path(two[0]).read_bytes())
    data[8192:] = b"\xff" * (len(data) - 8192)
    broken.write_bytes(data)
    with pytest.raises(StoreError, match=r"broken\.sqlite: is damaged"):
        merge(out, [two[1], str(broken)])
    assert content(out) == before


def test_of_a_foreign_store_too_many_holders_of_an_address_are_left_out(tmp_path: Path) -> None:
    """It may have any number, and would hang whoever compares each with each."""
    foreign = store(tmp_path / "foreign.sqlite", "a", host("10.0.0.1", last_change_ns=BEGAN))
    with closing(sqlite3.connect(foreign)) as opened, opened:
        names = [row[1] for row in opened.execute("PRAGMA table_info(host)")]
        changed = {
            "part": "value",
            "mac": "printf('02:00:00:%02x:%02x:00', value >> 8, value & 255)",
            **dict.fromkeys(("first_seen", "last_seen"), f"{BEGAN} + 600000000000 * value"),
        }
        values = ", ".join(changed.get(name, name) for name in names)
        numbers = (
            "WITH RECURSIVE number(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM number LIMIT 30000)"
        )
        opened.execute(f"INSERT INTO host {numbers} SELECT {values} FROM host CROSS JOIN number")
        opened.execute(
            "INSERT INTO event SELECT NULL, sensor, addr, host.part, time + host.part, kind, reason, detail "
            "FROM host CROSS JOIN event USING (sensor, addr) WHERE host.part > 0"
        )
    out = str(tmp_path / "out.sqlite")
    merge(out, [foreign])
    with closing(sqlite3.connect(out)) as opened:
        found = opened.execute("SELECT holder, part FROM host ORDER BY holder").fetchall()
        events = opened.execute("SELECT part FROM event ORDER BY part DESC").fetchall()
    assert found == [(at, 30_000 - at) for at in range(64)]
    assert events == [(part,) for _, part in found]


def test_merging_writes_only_numbers_that_change(tmp_path: Path) -> None:
    """And an address stays as it is if another sensor sees the same holders."""
    macs = ("00:00:5e:00:53:0a", "00:00:5e:00:53:0b")
    first = [host(mac=mac, first_seen_ns=BEGAN + at, last_seen_ns=BEGAN + at) for at, mac in enumerate(macs)]
    out = store(tmp_path / "out.sqlite", "a", *first)
    with closing(sqlite3.connect(out)) as opened:
        opened.execute("CREATE TABLE changed (part)")
        opened.execute(
            "CREATE TRIGGER change AFTER UPDATE OF holder ON host "
            "BEGIN INSERT INTO changed VALUES (new.part); END"
        )
        opened.execute("BEGIN")
        _renumber(opened)
        assert not opened.execute("SELECT * FROM changed").fetchall()
        opened.execute("UPDATE host SET holder = 7 WHERE part = 0")
        opened.execute("DELETE FROM changed")
        _renumber(opened)
        assert opened.execute("SELECT * FROM changed").fetchall() == [(0,)]


def test_a_store_that_is_written_is_no_target(tmp_path: Path, two: list[str]) -> None:
    out = str(tmp_path / "out.sqlite")
    with Writer(out, "c"), pytest.raises(StoreError, match="another process"):
        merge(out, two)
