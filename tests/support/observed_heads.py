"""What HTTP signatures say about heads."""

from __future__ import annotations

import huginn_cffi as hg
from huginn_cffi.run.signatures import Signature
from tests.support.heads import HeadFields, asked


def software(head: HeadFields) -> str:
    return head.value("Server" if head.response else "User-Agent")


def texts_of(heads: list[HeadFields], response: bool) -> set[str]:
    return {software(head) for head in heads if head.response is response and software(head)}


def signature_of(database: hg.Database, head: HeadFields) -> tuple[Signature | None, bool]:
    found, _ = asked(database, head)
    return (None, False) if found is None else (database._records.http[found.number], found.dishonest)
