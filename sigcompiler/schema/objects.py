"""JSON objects described in CSV files: a row for each key, in order, with its meaning.

C code, tables, stores, JSON Schemas and typed views are generated from it. Columns: `object`; `key`, empty in
a row about the object itself; `type`, a `Kind` with ``?`` behind it if the value may be null, or the event of
an object; `meaning`; `unit`; `words`, the name of a list or words with ``|`` between them; `of`, an object
above; `ecs`, its name in ECS. Hosts also have `store` (an `Update`), `column`, `label`, `flavor`, `plain`,
`inner` and `default`, as in `Key`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any, Literal, NamedTuple, cast, get_args

from sigcompiler.csv_rows import HERE, rows_of

Kind = Literal[
    "text",
    "texts",
    "count",
    "counts",
    "hops",
    "port",
    "ports",
    "share",
    "rate",
    "flag",
    "time",
    "object",
    "objects",
    "named_counts",
]
"""Types of values. ``share`` is 0.0 to 1.0; ``share`` and ``rate`` have three digits in text. ``time`` is
RFC 3339 in text, in Python a `datetime` and an attribute with ``_ns``; ``named_counts``: counts by name."""

LISTS = ("texts", "counts", "ports", "objects")
LOGIN_WORDS = ("ftp", "smtp", "pop3", "imap", "ldap", "telnet", "http", "ssh")
"""How logins were sent, in events and in records of hosts."""

Update = Literal["latest", "count", "newest"]
"""How a record updates the column of its host: replace the value, add to it, or keep the greater one."""


class Column(NamedTuple):
    """A column of the table ``host`` of a store."""

    name: str = ""
    """Name of the column; empty: the name of the key."""
    update: Update = "latest"
    label: str = ""
    """The kind of label whose number is stored in place of a text."""
    flavor: str = ""
    """The key of the label's flavor; empty without a flavor."""


class Key(NamedTuple):
    """A key of an object."""

    name: str
    kind: Kind
    meaning: str
    unit: str
    nullable: bool
    words: tuple[str | int, ...]
    """All possible values, if these are few."""
    of: Any
    """The class that describes an object, or each object of a list; else None."""
    store: Column | None
    inner: bool
    """True for values that only programs see: JSON and tables leave them out."""
    plain: bool = False
    """Whether the core's entry for a host has a number with the same name."""
    ecs: str = ""
    """Its name in ECS; empty if it has none."""
    default: str = ""
    """The default of an inner value, as Python writes it."""

    @property
    def attribute(self) -> str:
        """The attribute with the value as the core writes it: times are ns."""
        return f"{self.name}_ns" if self.kind == "time" else self.name

    @property
    def sentence(self) -> str:
        """The meaning with its unit, as the docstring of an attribute."""
        text = f"{self.meaning[0].upper()}{self.meaning[1:]}" + (f" ({self.unit})" if self.unit else "")
        return f"{text.replace('null', 'None')}."


def read_objects(path: str, words: Mapping[str, tuple[str | int, ...]], **above: Any) -> dict[str, Any]:
    """The objects of a file, each as a class with a `Key` for each key. `above`: those of other files."""
    found = dict(above)
    for name, rows in groupby(rows_of(path), key=itemgetter("object")):
        members: dict[str, Any] = {}
        for row in rows:
            _check(path, row, found)
            if row["key"]:
                members[row["key"]] = _key(row, words, found)
            else:
                members["__doc__"] = row["meaning"]
                members |= {"event": row["type"]} if row["type"] else {}
        found[name] = type(name, (), members)
    return found


def _check(path: str, row: dict[str, str], found: dict[str, Any]) -> None:
    kinds: Iterable[str] = get_args(Kind) if row["key"] else (row["type"],)
    for column, word, allowed in (
        ("type", row["type"].removesuffix("?"), kinds),
        ("of", row["of"] or "", ("", *found)),
        ("store", row.get("store") or "", ("", *_updates(row["type"]))),
    ):
        if word not in allowed:
            start = f"{row['object']},{row['key']},"
            from pathlib import Path  # takes 5 ms to import

            lines = Path(HERE, path).read_text(encoding="utf-8").splitlines()
            place = next(at for at, line in enumerate(lines, 1) if line.startswith(start))
            words = ", ".join(filter(None, allowed)) or "nothing"
            raise ValueError(f"{path}:{place}: '{word}' in column {column}; allowed: {words}")


def _updates(kind: str) -> tuple[str, ...]:
    """How a store may update a value: a column holds one number or text, and one that adds up is not null."""
    if kind.removesuffix("?") in (*LISTS, "object", "named_counts"):
        return ()
    return tuple(one for one in get_args(Update) if one != "count" or kind == "count")


def _key(row: dict[str, str], words: Mapping[str, tuple[str | int, ...]], found: dict[str, Any]) -> Key:
    update, *more = (row.get(name, "") for name in ("store", "column", "label", "flavor"))
    return Key(
        row["key"],
        cast(Kind, row["type"].removesuffix("?")),
        row["meaning"],
        row["unit"],
        row["type"].endswith("?"),
        words.get(row["words"]) or tuple(filter(None, row["words"].split("|"))),
        found[row["of"]] if row["of"] else None,
        Column(more[0], cast(Update, update), *more[1:]) if update else None,
        bool(row.get("inner")),
        bool(row.get("plain")),
        row.get("ecs", ""),
        row.get("default", ""),
    )


def keys_of(described: type) -> tuple[Key, ...]:
    """The keys of an object, in order."""
    return tuple(one for one in vars(described).values() if isinstance(one, Key))


def paths(described: type, above: str = "") -> Iterator[tuple[str, Key]]:
    """Paths of all keys except inner ones, such as ``tls.clients[].name``; nested records are not entered."""
    for one in keys_of(described):
        if one.inner:
            continue
        path = above + one.name
        yield path, one
        if one.of is not None and not hasattr(one.of, "event"):
            yield from paths(one.of, f"{path}{'.' if one.kind == 'object' else '[].'}")
