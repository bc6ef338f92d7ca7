"""What all matches say: the signature, and the label that it stands under."""

from __future__ import annotations

from typing import TypeVar

from huginn_cffi.batch.rows import Rows
from huginn_cffi.results.views import View
from huginn_cffi.signatures.signatures import Kind, Signature


class Match(View):
    """The signature of the database that named something."""

    __slots__ = ("_signature",)
    _signature: Signature

    @property
    def name(self) -> str:
        """The system's, tool's or client's name."""
        return self._signature.label.name

    @property
    def flavor(self) -> str:
        """Its version or variant; may be empty."""
        return self._signature.label.flavor

    @property
    def kind(self) -> Kind:
        """Whether the label is a specific or a generic one."""
        return self._signature.label.kind

    @property
    def signature(self) -> str:
        """The signature as its file has it."""
        return self._signature.text

    @property
    def file(self) -> str:
        """The file that the signature comes from."""
        return self._signature.file

    @property
    def line(self) -> int:
        """Its line in that file, counted from 1."""
        return self._signature.line

    def __str__(self) -> str:
        """Name and flavor."""
        return str(self._signature.label)


MatchType = TypeVar("MatchType", bound=Match)


def match_of(kind: type[MatchType], batch: Rows, row: int, signature: Signature) -> MatchType:
    """The match of a row that `signature` named."""
    made = kind()
    made._batch = batch
    made._row = row
    made._signature = signature
    return made
