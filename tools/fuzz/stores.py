"""Reads host stores that were damaged on purpose, and reports how each run ended.

    python -m tools.fuzz.stores --mutations 1000
    python -m tools.fuzz.stores --only 123      repeat one mutation

A mutation depends only on the seed and its number: bytes and pages of the file are changed, or SQLite itself
writes values, columns, tables and views that this package never writes. Then all readers run: the methods of
`Store`, ``huginn hosts --store`` in every format, and merging from the store and into it. Each must end
within ten seconds with a result or with a `StoreError` that names the file. Batches run in separate
processes, so that a crash or an endless loop is just another finding. Exits with 1 when there are findings.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import closing, redirect_stderr, suppress
from functools import partial
from io import StringIO
from pathlib import Path
from random import Random

from huginn_cffi.base.errors import StoreError, named
from huginn_cffi.cli import main as command
from huginn_cffi.store.merging import merge
from huginn_cffi.store.reading import Store
from huginn_cffi.store.writer import Writer
from tests.support.hosts import BEGAN, conclusion, host, port, sighting, source_of
from tools.fuzz import mutants
from tools.fuzz.mutants import FindingError

HANG_SECONDS = 10

READ, REFUSED = "read", "refused"
OUTCOMES = (READ, REFUSED)
KNOWN = ("192.0.2.1", "192.0.2.2", "2001:db8::1")
FORMS = ("text", "json", "csv")
TABLES = ("meta", "sensor", "label", "host", "system", "port", "event")
VIEWS = ("hosts", "systems_now", "changes")


def whole(path: Path) -> bytes:
    """A store of two sensors with rows in every table."""
    hosts = [
        host(KNOWN[0], ports=(port(), port(80, "server")), last_change_ns=BEGAN, link="DSL", mtu=1492),
        host(KNOWN[1], **conclusion("Windows", "10"), systems=2, last_sharing_ns=BEGAN + 1),
        host(KNOWN[2], sightings=(sighting(), sighting("tool", "NMap", confidence=None))),
        *(host(f"198.51.100.{last}", syns=last) for last in range(1, 60)),
    ]
    for sensor in ("gate", "office"):
        Writer(str(path), sensor, source_of(hosts)).close()
    return path.read_bytes()


# ---- bytes ---------------------------------------------------------------------------------------


def _bytes(random: Random, path: Path, first: int = 0, last: int | None = None) -> None:
    data = bytearray(path.read_bytes())
    for _ in range(random.choice((1, 1, 2, 8))):
        place = random.choice(range(len(data))[first:last])
        data[place] = random.choice((0, 1, 127, 128, 255, random.randrange(256)))
    path.write_bytes(data)


def other_length(random: Random, path: Path) -> None:
    data = path.read_bytes()
    more = random.randbytes(random.choice((1, 4096)))
    path.write_bytes(data + more if random.random() < 0.2 else data[: random.randrange(len(data))])


# ---- changes made by SQLite --------------------------------------------------------------------------

TEXTS = ("", "x", "192.0.2.9", "a | b", "\x1b[2J", "\n", "é" * 400, "9" * 40, "-1", "nan")
VALUES = (
    *("NULL", "0", "1", "-1", "2", "9223372036854775807", "-9223372036854775808", "1e308", "-9e999", "0.5"),
    *("x''", "x'00'", "x'c0000201'", "x'ff'", "zeroblob(16)", "zeroblob(70000)", "CAST(x'ff41' AS TEXT)"),
    *(f"'{text}'" for text in TEXTS),
    "'a' || char(0) || 'b'",
)


def _run(path: Path, *statements: str) -> None:
    """Run statements; ignores those that SQLite refuses."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        for statement in statements:
            with suppress(sqlite3.Error):
                connection.execute(statement)
        with suppress(sqlite3.Error):
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _columns(path: Path, table: str) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def _without_constraints(path: Path) -> None:
    changed = "sql"
    for word in ("NOT NULL", " INTEGER", " TEXT", " BLOB", " REAL"):
        changed = f"replace({changed}, '{word}', '')"
    _run(path, f"UPDATE sqlite_master SET sql = {changed} WHERE name IN {TABLES[3:]}")


def other_values(random: Random, path: Path) -> None:
    """Values of any type in any column, also values that a table would not accept."""
    if random.random() < 0.7:
        _without_constraints(path)
    statements = []
    for _ in range(random.choice((1, 1, 1, 4))):
        table = random.choice(TABLES)
        column, value = random.choice(_columns(path, table)), random.choice(VALUES)
        rows = random.choice(("1", "1", "random() % 2"))
        statements.append(f"UPDATE OR IGNORE {table} SET {column} = {value} WHERE {rows}")
    _run(path, *statements)


def no_table(random: Random, path: Path) -> None:
    kind, names = random.choice((("TABLE", TABLES), ("VIEW", VIEWS)))
    name = random.choice(names)
    other = f"CREATE TABLE {name} (x)" if random.random() < 0.5 else "SELECT 1"
    _run(path, f"DROP {kind} {name}", other)


def no_column(random: Random, path: Path) -> None:
    table = random.choice(TABLES)
    column = random.choice(_columns(path, table))
    views = (f"DROP VIEW {name}" for name in VIEWS)
    changed = random.choice((f"RENAME COLUMN {column} TO other", f"DROP COLUMN {column}", "ADD COLUMN other"))
    _run(path, *(views if random.random() < 0.5 else ()), f"ALTER TABLE {table} {changed}")


def other_view(random: Random, path: Path) -> None:
    """Change the view used by the readers so that it returns anything, or never ends."""
    from huginn_cffi.store.reading import COLUMNS

    values = ", ".join(f"{random.choice(VALUES)} AS {name}" for name in (*COLUMNS, "holder", "addr"))
    endless = "WITH RECURSIVE c (x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c) SELECT"
    of = f"{endless} {values} FROM c WHERE x < 0" if random.random() < 0.1 else f"SELECT {values}"
    _run(path, "DROP VIEW holders", f"CREATE VIEW holders AS {of}")


def other_version(random: Random, path: Path) -> None:
    name = random.choice(("user_version", "application_id"))
    number = random.choice((0, 1, 2, 1000, -1, 2**31 - 1, -(2**31)))
    mode = random.choice(("DELETE", "WAL", "OFF"))
    _run(path, f"PRAGMA {name} = {number}", f"PRAGMA journal_mode = {mode}")


def other_schema(random: Random, path: Path) -> None:
    """Change the text of a table, view or index that SQLite stores."""
    what = random.choice(("sql", "rootpage", "type", "name"))
    value = random.choice((*VALUES, "'CREATE TABLE x (y)'", "replace(sql, 'sensor', 'addr')", "3", "99999"))
    _run(path, f"UPDATE sqlite_master SET {what} = {value} WHERE name = '{random.choice(TABLES + VIEWS)}'")


MUTATIONS: dict[str, Callable[[Random, Path], None]] = {
    "bytes": _bytes,
    "bytes of the header": partial(_bytes, last=100),
    "other length": other_length,
    "other values": other_values,
    "no table": no_table,
    "no column": no_column,
    "other view": other_view,
    "other version": other_version,
    "other schema": other_schema,
}
"""The mutations, by name."""


# ---- readers -------------------------------------------------------------------------------------


def calls(path: Path) -> None:
    with Store(path) as store:
        asks: tuple[Callable[[], object], ...] = (
            lambda: len(store),
            lambda: [*store.values(most=10)],
            *(partial(store.find, address) for address in KNOWN),
            lambda: [*store.rows()],
            lambda: [*store.rows("syns > 0 AND ip LIKE '1%'")],
        )
        for ask in asks:
            if words := _refusal(path, ask):
                raise StoreError(words)


def _refusal(path: Path, ask: Callable[[], object]) -> str:
    """The text of a `StoreError`, which must name this file or the merge target; "" for a result."""
    try:
        ask()
    except StoreError as error:
        words = str(error)
        files = (path, path.with_name("merged"), path.with_name("into"))
        if not words.startswith(tuple(f"{named(str(one))}: " for one in files)) or not words.isprintable():
            raise FindingError(f"the error does not begin with the file: {words!r}") from None
        return words
    return ""


def shown(path: Path, form: str) -> None:
    """Run the command. A refusal has status 2 and one line that names the file. A warning is a result."""
    out = path.with_name("out")
    out.unlink(missing_ok=True)
    with redirect_stderr(StringIO()) as said:
        status = command(["hosts", "--store", str(path), "--format", form, "-o", str(out)])
    words = said.getvalue()
    if status == 0 or words.startswith(f"huginn: warning: {named(str(path))}: "):
        if form == "json":
            for line in out.read_text("utf-8").splitlines():
                json.loads(line)
        return
    if status != 2 or "Traceback" in words or named(str(path)) not in words:
        raise FindingError(f"the command ends with {status} and says {words!r}")
    raise StoreError(f"{named(str(path))}: {words.strip()}")


def merged_from(path: Path) -> None:
    out = path.with_name("merged")
    for name in path.parent.glob("merged*"):
        name.unlink()
    merge(str(out), [str(path)], "Oslo")


def merged_into(path: Path, other: Path) -> None:
    copy = path.with_name("into")
    for name in path.parent.glob("into*"):
        name.unlink()
    copy.write_bytes(path.read_bytes())
    merge(str(copy), [str(other)])


def kind_of(number: int) -> str:
    return tuple(MUTATIONS)[number % len(MUTATIONS)]


class StoreSubject:
    """A store and its mutations, which are written to a folder one at a time."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder, self._seed = folder, seed
        self.whole = whole(folder / "whole")

    def mutant(self, number: int) -> Path:
        path = self._folder / "mutant"
        for name in self._folder.glob("mutant*"):
            name.unlink()
        path.write_bytes(self.whole)
        MUTATIONS[kind_of(number)](Random(f"{self._seed}/{number}"), path)
        return path

    def run(self, number: int) -> str:
        path = self.mutant(number)
        readers: dict[str, Callable[[], object]] = {
            "Store": partial(calls, path),
            **{f"--format {form}": partial(shown, path, form) for form in FORMS},
            "merge from": partial(merged_from, path),
            "merge into": partial(merged_into, path, self._folder / "whole"),
        }
        refused = ""
        for name, read in readers.items():
            try:
                refused = _refusal(path, read) or refused
            except FindingError as error:
                raise FindingError(f"{name}: {error}") from None
            except Exception as error:
                where = traceback.extract_tb(error.__traceback__)[-1]
                place = f"{Path(where.filename).name}:{where.lineno}"
                raise FindingError(f"{name}: {type(error).__name__}: {error} ({place})") from error
        return REFUSED if refused else READ


def main(arguments: Sequence[str] | None = None) -> int:
    wanted = mutants.parser(__doc__).parse_args(arguments)

    total = mutants.Tally()
    total.add(
        mutants.runs_in_processes(
            lambda folder: StoreSubject(folder, wanted.seed).run, mutants.chosen(wanted), HANG_SECONDS
        ),
        kind_of,
    )
    return total.show(MUTATIONS, OUTCOMES)


if __name__ == "__main__":
    sys.exit(main())
