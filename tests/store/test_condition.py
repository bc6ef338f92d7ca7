"""Conditions pick hosts, and do nothing else whatever they say."""

from __future__ import annotations

import hashlib
import string
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from huginn_cffi.base.errors import StoreError
from huginn_cffi.store import reading
from huginn_cffi.store.reading import Store
from huginn_cffi.store.writer import Writer
from tests.support.hosts import BEGAN, SECOND, UNKNOWN, conclusion, host, source_of


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("store") / "hosts.sqlite"
    later = BEGAN + 86_400 * SECOND
    hosts = [
        host("192.0.2.1", mtu=1500),
        host("192.0.2.2", **conclusion("Windows", "11"), last_seen_ns=later),
        host("198.51.100.1", **UNKNOWN, systems=3),
    ]
    Writer(str(found), "gate", source_of(hosts)).close()
    return found


def picked(path: Path, where: str | None) -> list[str]:
    with Store(path) as store:
        return [row[1] for row in store.rows(where)]


ALL = ["192.0.2.1", "192.0.2.2", "198.51.100.1"]


@pytest.mark.parametrize(
    ("where", "found"),
    [
        (None, ALL),
        ("family = 'Windows'", ALL[1:2]),
        ("last_seen >= '2023-11-15'", ALL[1:2]),
        ("confidence < 0.5 OR systems > 1", ALL[2:]),
        ("ip LIKE '192.0.2.%' AND mtu IS NULL", ALL[1:2]),
        ("addr BETWEEN x'C0000200' AND x'C00002FF'", ALL[:2]),
        ("lower(family) = 'linux' -- the family of most", ALL[:1]),
        ("family IN ('Linux', 'Windows')", ALL[:2]),
    ],
)
def test_what_a_condition_picks(path: Path, where: str | None, found: list[str]) -> None:
    assert picked(path, where) == found


HOSTILE = (
    *("1; DROP TABLE host", "1) ; DELETE FROM host --", "EXISTS (SELECT 1 FROM sqlite_master)"),
    *("1) UNION SELECT name, 1 FROM sqlite_master --", "(SELECT count(*) FROM sensor)"),
    *("1) OR (SELECT 1 FROM pragma_database_list)", "load_extension('x')", "readfile('/etc/passwd')"),
    *("writefile('x', 'y')", "length(randomblob(1000000000))", "zeroblob(1000000000)", "hex(ip)"),
    *("replace(ip, '.', ip)", "printf('%1000000000d', 1)", "group_concat(ip)", "fts3_tokenizer('a')"),
    *("1) ATTACH 'x' AS y --", "", ")", "'", "ip = ?", "no_such_column", "sqlite_version() = 1"),
    "1 IN (WITH RECURSIVE a(b) AS (SELECT 1 UNION ALL SELECT b + 1 FROM a) SELECT b FROM a)",
    *("x\0", "1 " * 6000, "host.syns", "rowid", "hosts.ip IN sensor", "\ud800"),
)


@pytest.mark.parametrize("where", HOSTILE)
def test_hostile_conditions_are_refused_in_a_line(path: Path, where: str) -> None:
    before = hashlib.sha256(path.read_bytes()).digest()
    with pytest.raises(ValueError, match=r"\Athe condition [^\n]+\Z"):
        picked(path, where)
    assert hashlib.sha256(path.read_bytes()).digest() == before


WORDS = ("ip", "addr", "family", "AND", "OR", "NOT", "(", ")", "'", "--", "/*", "*/", ";", "SELECT", "FROM")
WORDS += (
    "hosts",
    "sensor",
    "UNION",
    "1",
    "=",
    "<",
    "||",
    "LIKE",
    "max",
    ",",
    "DROP",
    "TABLE",
    "PRAGMA",
    "x''",
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.one_of(some.lists(some.sampled_from(WORDS)).map(" ".join), some.text(string.printable)))
def test_any_text_picks_hosts_or_is_refused(path: Path, where: str) -> None:
    before = path.read_bytes()
    try:
        assert set(picked(path, where)) <= set(ALL)
    except ValueError as error:
        assert str(error).startswith("the condition ")  # noqa: PT017
    assert path.read_bytes() == before


def test_the_time_limit_of_a_condition_ends_with_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "INSTRUCTIONS", 1)
    with Store(path) as store:
        assert [row[1] for row in store.rows("systems > 1")] == ALL[2:]
        hours = count(1e9, 3600)
        monkeypatch.setattr(reading.time, "monotonic", lambda: next(hours))
        assert [row[1] for row in store.rows()] == ALL
        with pytest.raises(StoreError, match="took too long"):
            list(store.rows("systems > 1"))
