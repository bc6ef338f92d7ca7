"""The view ``devices``: SQLite makes those of one row, as Python would."""

from __future__ import annotations

from pathlib import Path

import pytest

from huginn_cffi.applications.auditing import views
from huginn_cffi.store.reading import Store
from tests.audit.made import DAY, HOSTS, store
from tests.support.hosts import BEGAN, UNKNOWN, conclusion, host
from tests.support.office import PATH

SHARED, OTHER, LOCAL = "00:00:5e:00:53:77", "00:00:5e:00:53:78", "02:00:5e:00:53:01"
MADE = (
    *HOSTS,
    host("192.0.2.10", mac=SHARED, local=True, role="gateway", host_name="gate", last_seen_ns=BEGAN + DAY),
    host("2001:db8::10", mac=SHARED, **conclusion("macOS", "14", 0.98), version_confidence=0.97),
    host("192.0.2.11", mac=OTHER, claimed_by=SHARED),
    host("192.0.2.12", mac=LOCAL, role="unheard of", **conclusion("Android", "14", 0.98)),
    host("192.0.2.13", mac="00:00:5e:00:01:05", **UNKNOWN, tunnel="VLAN 7"),  # a virtual router's
    host("192.0.2.14", **UNKNOWN, first_seen_ns=BEGAN, last_seen_ns=BEGAN),
)
LATER = {"first_seen_ns": BEGAN + 2 * DAY, "last_seen_ns": BEGAN + 3 * DAY}
SEEN_TWICE = (  # in two parts, each of one device
    host("192.0.2.12", mac=LOCAL, role="unheard of", **conclusion("Android", "15", 0.98), **LATER),
    host("192.0.2.14", **UNKNOWN, **LATER),
)
BEHIND = (host("192.0.2.15", mac="02:00:5e:00:53:02", behind=True, **UNKNOWN),)


def rows(path: str) -> list[tuple[object, ...]]:
    with Store(path) as opened:
        views.prepare(opened.connection, {"devices": views._DEVICES})
        return sorted(opened.connection.execute(f"SELECT * FROM {views.table_of('devices')}"), key=repr)


def test_devices_of_one_row_are_made_as_all_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from huginn_cffi.cli import main

    office = str(tmp_path / "office.sqlite")
    assert main(["hosts", str(PATH), "--store", office]) == 0
    for path in (store(tmp_path, *MADE, *SEEN_TWICE, *BEHIND), office):
        found = rows(path)
        with monkeypatch.context() as patched:
            patched.setattr(views, "_IS_ALONE", "0")
            assert rows(path) == found
    assert len(found) > 10


def test_only_devices_of_several_rows_are_made_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    original = views.ages
    monkeypatch.setattr(views, "ages", lambda one: made.append(one["mac"]) or original(one))
    path = store(tmp_path, *MADE, *SEEN_TWICE)
    assert len(rows(path)) == len(MADE) - 1
    with Store(path) as opened:
        assert opened.connection.execute("SELECT count(*) FROM host WHERE part > 0").fetchall() == [(2,)]
    assert made == [SHARED]
