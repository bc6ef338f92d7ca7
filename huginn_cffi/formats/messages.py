"""Texts of messages of HTTP for the columns of tables."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from huginn_cffi import hellos, messages
from huginn_cffi.names import EVENTS

if TYPE_CHECKING:
    from huginn_cffi.batch import Batch

Text = Callable[["Batch", int], "str | None"]

_OWN = (
    "method",
    "http_host",
    "path",
    "user_agent",
    "server_header",
    "platform",
    "platform_version",
    "akamai",
)

MESSAGE_TEXTS: dict[str, Text] = {
    **{column: partial(messages.text, column=column) for column in _OWN},
    "akamai_md5": messages.akamai_md5,
    "language": messages.language,
    "params": lambda batch, row: ",".join(messages.params(batch, row)),
    "signature": messages.signature,
    "claims": messages.claims,
    "verdict": lambda batch, row: hellos.verdict(batch, row)[0],
    "why": lambda batch, row: hellos.verdict(batch, row)[1],
}
"""How the text of a column is made of a message."""


def message_texts(batch: Batch, column: str, events: tuple[str, ...]) -> list[str | None]:
    """A text for each message of a batch; ``None`` for those of kinds that lack the column."""
    make, kinds = MESSAGE_TEXTS[column], batch["event"]
    return [make(batch, row) if EVENTS[kinds[row]] in events else None for row in batch.http["row"]]
