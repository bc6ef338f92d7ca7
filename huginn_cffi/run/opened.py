"""A database that the core has opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.handles import CData
from huginn_cffi.base.later import Later
from sigcompiler.diagnostics import Diagnostic

if TYPE_CHECKING:
    from huginn_cffi.run import records
    from huginn_cffi.run import signatures as signature_types
else:
    records = Later("huginn_cffi.run.records")
    signature_types = Later("huginn_cffi.run.signatures")

HASH_BYTES = 32


class OpenDatabase:
    """Compiled signatures; immutable."""

    __slots__ = ("_handle", "_image", "_known_records", "_signatures", "_warnings")

    _handle: CData
    _image: CData | None
    _known_records: records.SignatureRecords | None
    _signatures: tuple[signature_types.Signature, ...] | None
    _warnings: tuple[Diagnostic, ...]

    @property
    def source_hash(self) -> str:
        """SHA-256 of the text that was compiled, in hex."""
        return bytes(ffi.buffer(lib.hg_database_source_hash(self._handle), HASH_BYTES)).hex()

    @property
    def signatures(self) -> tuple[signature_types.Signature, ...]:
        """All signatures: TCP (by priority), MTU, HTTP, TLS, devices, segments, each in file order."""
        if self._signatures is None:
            self._signatures = tuple(self._records)
        return self._signatures

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """The warnings of `compile`; a loaded database has none."""
        return self._warnings

    @property
    def _records(self) -> records.SignatureRecords:
        """Signatures by the indices in the columns ``signature`` and ``link`` of batches."""
        if self._known_records is None:
            self._known_records = records.SignatureRecords(self._handle, self._image)
        return self._known_records

    def __len__(self) -> int:
        return len(self._records)

    def __bool__(self) -> bool:
        """True even without signatures, although the length is 0."""
        return True
