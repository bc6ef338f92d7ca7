"""Texts of hellos for the columns of tables."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from huginn_cffi import hellos
from huginn_cffi.names import EVENTS

if TYPE_CHECKING:
    from huginn_cffi.batch import Batch

Text = Callable[["Batch", int], "str | None"]


def _number(column: str, name_of: Callable[[int], str]) -> Text:
    """The name of the number in a column; 0 is none."""
    remembered = lru_cache(maxsize=1024)(name_of)

    def text(batch: Batch, row: int) -> str | None:
        number = hellos.cell(batch, row, column)
        return remembered(number) if number else None

    return text


HELLO_TEXTS: dict[str, Text] = {
    "tls_version": _number("tls_version", hellos.version_name),
    "cipher": _number("cipher", hellos.cipher_name),
    "group": _number("group", hellos.group_name),
    "quic_version": hellos.quic_version,
    "sni": hellos.server_name,
    "quic_user_agent": hellos.user_agent,
    "alpn": lambda batch, row: ",".join(hellos.protocols(batch, row) or ()),
    "ja4": lambda batch, row: hellos.fingerprint(batch, row, "ja4"),
    "ja4_stable": lambda batch, row: hellos.fingerprint(batch, row, "ja4_stable"),
    "ja3": hellos.ja3,
    "ja3s": hellos.ja3,
    "verdict": lambda batch, row: hellos.verdict(batch, row)[0],
    "why": lambda batch, row: hellos.verdict(batch, row)[1],
}
"""How the text of a column is made of a hello."""


def hello_texts(batch: Batch, column: str, events: tuple[str, ...]) -> list[str | None]:
    """A text for each hello of a batch; ``None`` for those of kinds that lack the column."""
    make, kinds = HELLO_TEXTS[column], batch["event"]
    return [make(batch, row) if EVENTS[kinds[row]] in events else None for row in batch.tls["row"]]
