"""Rows that complete a finding about their sender, and the finding as text. The core provides both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.handles import CData, output_of

if TYPE_CHECKING:
    from huginn_cffi.engine.changes import Changes

FINDINGS: tuple[str, ...] = ()
"""Kinds of findings, by their numbers in the core."""
while (_name := lib.hg_host_finding_name(len(FINDINGS))) != ffi.NULL:
    FINDINGS = (*FINDINGS, str(ffi.string(_name), "ascii"))

OF_RECORDS = ("old_system", "old_browser", "old_server", "old_tls")
"""Findings that follow from the whole record of a host, so that no packet completes them."""


class Completed(NamedTuple):
    """A row, and the finding that it completes."""

    row: int
    kind: str
    """Its name, one of `FINDINGS`."""
    text: str


def completed(hosts: Changes) -> Iterator[Completed]:
    """The findings completed by the latest batch, in the order of its rows."""
    count = ffi.new("uint32_t *")
    found = lib.hg_hosts_completed(hosts.handle, count)
    for one in found[0 : count[0]]:
        yield Completed(one.row, FINDINGS[one.finding], _text(hosts.handle, one.place, one.finding))


def _text(hosts: CData, place: int, finding: int) -> str:
    text = output_of(lib.hg_host_finding_write, hosts, place, finding, first=1 << 12, most=1 << 24)
    return text.decode("utf-8", "replace")
