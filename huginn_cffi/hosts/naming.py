"""Labels: the numbers by which the core knows names of hosts; equal names of two databases have one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from huginn_cffi._native import lib
from huginn_cffi.hosts.verdicts import HostObserver, Label
from huginn_cffi.results.os_match import OsMatch, os_match

if TYPE_CHECKING:
    from huginn_cffi.batch import Batch


class Name(NamedTuple):
    """What a label stands for. `of` is what verdicts know of a system; tools and programs have none."""

    kind: str
    name: str
    flavor: str
    of: Label | None = None
    text: str = ""


class Names:
    """The names that were given a label."""

    def __init__(self) -> None:
        self.judge = HostObserver()
        """Who makes verdicts of labels."""
        self._numbers: dict[Name, int] = {}
        self._names: list[Name] = []

    def __getitem__(self, label: int) -> Name:
        return self._names[label]

    def give(self, batch: Batch, row: int, naming: int, index: int) -> tuple[int, int]:
        """The label and the flags of what the database has at `index`, which names this row first."""
        database = batch.database
        assert database is not None
        records = database.records
        if naming == lib.HG_NAMING_TCP:
            return self._system(os_match(batch, row, records.tcp[index]))
        if naming == lib.HG_NAMING_LINK:
            return self._number(Name("link", records.mtu[index].label.name, "")), 0
        if naming == lib.HG_NAMING_TLS:
            kind, label = "tls_client", records.tls[index].label
        else:
            is_request = batch.cells.event[row] == lib.HG_EVENT_HTTP_REQUEST
            kind, label = "http_client" if is_request else "http_server", records.http[index].label
        generic = lib.HG_NAMED_GENERIC if label.kind == "generic" else 0
        return self._number(Name(kind, label.name, label.flavor)), generic

    def _system(self, match: OsMatch) -> tuple[int, int]:
        kind = "tool" if match.userland else "system"
        of = None if match.userland else self.judge.label(match)
        flags = lib.HG_NAMED_TOOL if match.userland else 0
        flags |= lib.HG_NAMED_FUZZY if match.fuzzy else 0
        flags |= lib.HG_NAMED_GENERIC if match.kind == "generic" else 0
        flags |= lib.HG_NAMED_ANYTHING if match._signature.label.os_class == "other" else 0
        return self._number(Name(kind, match.name, match.flavor, of, str(match))), flags

    def _number(self, name: Name) -> int:
        number = self._numbers.setdefault(name, len(self._names))
        if number == len(self._names):
            self._names.append(name)
        return number
