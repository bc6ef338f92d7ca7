"""The schema that the manual shows is the one that is made; versions; whose file it is."""

from __future__ import annotations

import os
import re
import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from huginn_cffi.base.errors import StoreError
from huginn_cffi.hosts.record import address_bytes
from huginn_cffi.store import opening
from huginn_cffi.store.reading import COLUMNS, Store
from huginn_cffi.store.schema import APPLICATION_ID, VERSION
from sigcompiler.schema.hosts import KEYS
from sigcompiler.schema.objects import read_objects

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "store.md"


def made(path: Path) -> sqlite3.Connection:
    connection, lock = opening.open_for_writing(str(path))
    lock.release()
    return connection


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(made(tmp_path / "hosts.sqlite")) as connection:
        yield connection


def test_the_manual_shows_the_schema(fresh: sqlite3.Connection) -> None:
    [block] = re.findall(r"^```sql\n(CREATE TABLE.*?)^```$", PAGE.read_text(encoding="utf-8"), re.S | re.M)
    shown = {" ".join(part.split()) for part in block.split(";") if part.strip()}
    found = fresh.execute(
        "SELECT sql FROM sqlite_master WHERE type IN ('table', 'index') AND name NOT LIKE 'sqlite%'"
    )
    assert shown == {" ".join(sql.split()) for (sql,) in found}


def test_the_manual_names_the_columns_of_the_views(fresh: sqlite3.Connection) -> None:
    rows = dict(re.findall(r"^(\w+): (\w+(?:, \w+)+)$", PAGE.read_text(), re.M))
    for view in ("hosts", "systems_now", "changes", "services", "cryptography", "peers"):
        columns = [row[1] for row in fresh.execute(f"PRAGMA table_info({view})")]
        assert rows[view].split(", ") == columns
    for view, others in (("hosts", ("addr",)), ("holders", ("holder", "addr"))):
        assert (*COLUMNS, *others) == tuple(row[1] for row in fresh.execute(f"PRAGMA table_info({view})"))


def test_the_view_has_all_keys_that_are_stored(fresh: sqlite3.Connection) -> None:
    columns = {row[1] for row in fresh.execute("PRAGMA table_info(hosts)")}
    assert {one.name for one in KEYS if one.store} <= columns


@pytest.mark.parametrize(
    ("kind", "of", "store", "words"),
    [
        ("count", "", "sum", "'sum' in column store; allowed: latest, count, newest"),
        ("texts", "", "latest", "'latest' in column store; allowed: nothing"),
        ("count?", "", "count", "'count' in column store; allowed: latest, newest"),
        ("number", "", "", "'number' in column type; allowed: text, texts, count, counts,"),
        ("objects", "Nothing", "", "'Nothing' in column of; allowed: Other"),
    ],
)
def test_a_wrong_word_in_a_description(kind: str, of: str, store: str, words: str, tmp_path: Path) -> None:
    """The build reads the description, and ends with this error."""
    lines = ["# A comment.", "object,key,type,meaning,unit,words,of,store", "Other,name,text,its name,,,,"]
    path = tmp_path / "hosts.csv"
    path.write_text("\n".join((*lines, f"Host,windows,{kind},windows,,,{of},{store}")))
    with pytest.raises(ValueError, match=re.escape(f"hosts.csv:4: {words}")):
        read_objects(str(path), {})


def test_marks(fresh: sqlite3.Connection) -> None:
    for name, value in (("application_id", APPLICATION_ID), ("user_version", VERSION), ("auto_vacuum", 2)):
        assert fresh.execute(f"PRAGMA {name}").fetchone() == (value,)
    assert fresh.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    page = PAGE.read_text(encoding="utf-8")
    assert f"`PRAGMA application_id` is {APPLICATION_ID}, `PRAGMA user_version` the version" in page
    assert f" of the schema, {VERSION}." in page


@pytest.mark.parametrize("version", [0, VERSION - 1, VERSION + 1])
def test_a_store_of_another_version_is_refused_and_stays(tmp_path: Path, version: int) -> None:
    path = tmp_path / "hosts.sqlite"
    with closing(made(path)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    before = path.read_bytes()
    words = rf"hosts\.sqlite: is a store of format {version}, .* reads format {VERSION}: read the captures"
    for opened in (lambda: opening.open_for_writing(str(path)), lambda: Store(path)):
        with pytest.raises(StoreError, match=words):
            opened()
    assert path.read_bytes() == before


def test_names_that_are_too_long_are_cut(tmp_path: Path) -> None:
    path = tmp_path / "hosts.sqlite"
    with closing(made(path)) as connection:
        connection.execute("INSERT INTO sensor (site, name) VALUES ('', 'gate')")
        label = ("system", "x" * 5000, "5.x")
        connection.execute("INSERT INTO label (kind, name, flavor) VALUES (?, ?, ?)", label)
        connection.executemany(
            "INSERT INTO host "
            "(sensor, addr, part, run, holder, ip, conclusion, first_seen, last_seen, syns, syn_acks, "
            "connections, peers_left_out) "
            "VALUES (1, ?, 0, 1, 0, ?, ?, 1, 2, 1, 0, 1, 0)",
            [(address_bytes(ip), ip, label) for ip, label in (("192.0.2.1", 1), ("192.0.2.2", None))],
        )
    with Store(path) as store:
        assert [row[4] for row in store.rows()] == ["x" * opening.LONGEST, None]
        assert [row[1] for row in store.rows("family IS NULL")] == ["192.0.2.2"]


def test_what_is_no_store_is_refused_and_stays(tmp_path: Path) -> None:
    text, other, empty = (tmp_path / name for name in ("text", "other", "empty"))
    text.write_text("some words, no database\n")
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE mine (a)")
    empty.touch()
    for path, words in ((text, "is not a store of hosts"), (other, "is a database of another program")):
        before = path.read_bytes()
        for opened in (lambda: opening.open_for_writing(str(path)), lambda: Store(path)):  # noqa: B023
            with pytest.raises(StoreError, match=words):
                opened()
        assert path.read_bytes() == before
    with pytest.raises(StoreError, match="it is empty"):
        Store(empty)
    with pytest.raises(StoreError, match="No such file"):
        Store(tmp_path / "nowhere")


def test_a_damaged_store_is_said_in_words(tmp_path: Path) -> None:
    path = tmp_path / "hosts.sqlite"
    made(path).close()
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(StoreError, match="damaged"), Store(path) as store:
        list(store.rows())


def test_a_trigger_of_another_program_is_refused(tmp_path: Path) -> None:
    """It could do anything for each host that is written, without an end."""
    path = tmp_path / "hosts.sqlite"
    with closing(made(path)) as connection:
        connection.execute("CREATE TRIGGER mine AFTER INSERT ON host BEGIN SELECT 1; END")
    for opened in (lambda: opening.open_for_writing(str(path)), lambda: Store(path)):
        with pytest.raises(StoreError, match="another program changed them"):
            opened()


def irregular(folder: Path, kind: str) -> Path:
    path = folder / "hosts.sqlite"
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "device":
        return Path("/dev/zero")
    else:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(path))
    return path


@pytest.mark.parametrize("kind", ["fifo", "folder", "device", "socket"])
@pytest.mark.parametrize("opened", [opening.open_for_writing, Store])
def test_what_is_no_regular_file_is_refused_at_once(
    tmp_path: Path, kind: str, opened: Callable[[str], object]
) -> None:
    path = str(irregular(tmp_path, kind))
    with pytest.raises(StoreError, match=f"^{path}: is not a regular file"):
        opened(path)


def test_a_name_with_a_nul(tmp_path: Path) -> None:
    for opened in (opening.open_for_writing, Store):
        with pytest.raises(StoreError, match="embedded null"):
            opened(f"{tmp_path}/a\0b")
