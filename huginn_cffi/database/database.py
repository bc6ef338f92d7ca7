"""Signature databases: built in, compiled from text, or loaded from a file."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from typing import TYPE_CHECKING

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import DatabaseError, named
from huginn_cffi.base.garbage import uncollected
from huginn_cffi.base.handles import CData, made
from huginn_cffi.base.later import Later
from huginn_cffi.run.opened import OpenDatabase
from sigcompiler.diagnostics import Diagnostic

if TYPE_CHECKING:
    import mmap

    from huginn_cffi.explain import parts
else:
    parts = Later("huginn_cffi.explain.parts")

LARGE = 4 << 20
"""Databases from this size on request large pages, usually 2 MiB. A match reads a few places anywhere in the
database: with 100,000 signatures and large pages, matching a SYN takes 171 instead of 180 ns."""


def placed(image: bytes) -> bytes | mmap.mmap:
    """The database's bytes, copied to large pages if it is big enough."""
    if len(image) < LARGE:
        return image
    import contextlib
    import mmap

    memory = mmap.mmap(-1, len(image), flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    if hasattr(mmap, "MADV_HUGEPAGE"):
        with contextlib.suppress(OSError):  # a kernel without large pages
            memory.madvise(mmap.MADV_HUGEPAGE)
    memory.write(image)
    return memory


MAX_BYTES = 1 << 30
"""Limit for a database file. The signature files of one database have at most 64 MiB."""


class Database(OpenDatabase):
    """Compiled signatures; immutable. Created by `load_default`, `compile` or `open`.

    ``len(database)`` counts all signatures, MTU, HTTP and TLS included. Any number of threads and analyzers
    may use a database at once.
    """

    __slots__ = ()

    def __init__(self) -> None:
        raise TypeError("make a Database with load_default(), compile() or open()")

    @classmethod
    def load_default(cls) -> Database:
        """The database that comes with the package. Costs nothing: it is part of the C core."""
        return cls._adopt(lib.hg_database_default(), None, ())

    @classmethod
    def compile(
        cls,
        path: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] | None = None,
        *,
        text: str | None = None,
        confidence: str | os.PathLike[str] | None = None,
        with_default: bool = False,
    ) -> Database:
        """Compile one or several signature files, in this order, or a text (a `path` with line ends is one).

        `with_default` puts the built-in signatures behind them, as ``--with-default`` does. `confidence` is a
        file of confidence tables (docs/reference/signature-format.md), by default the built-in database's.
        Raises `SignatureError` with all diagnostics if there is an error, or a file cannot be read, and
        `DatabaseError` if the tables are wrong. Warnings are kept in `warnings`.
        """
        from huginn_cffi.database import compiling
        from sigcompiler.table.build import NOTHING_KNOWN

        if isinstance(path, str) and "\n" in path and text is None:
            path, text = None, path
        tables = None if confidence is None else compiling.read_tables(_path_text(confidence))
        with uncollected():
            known = compiling.default_signatures() if with_default else NOTHING_KNOWN
            signatures, warnings = compiling.read_signatures(path, text, known)
            image = compiling.compile_image(signatures, tables, known)
        return cls._open(image, ", ".join(signatures.files), warnings)

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Database:
        """Load a ``.hgdb`` file, or compile a signature file; its name or its first bytes decide.

        The file is read at once: later changes have no effect. Raises `DatabaseError` with the reason if it
        is missing, damaged, truncated, or of another format version, and `SignatureError` as `compile` does.
        """
        from sigcompiler.table.layout import MAGIC

        name = _path_text(path)
        if not name.endswith(".hgdb") and read_file(name, len(MAGIC)) != MAGIC:
            return cls.compile(name)
        return cls._open(read_file(name), name, ())

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the database as a ``.hgdb`` file. An existing file is replaced in one step.

        Raises `DatabaseError` when that is not possible.
        """
        from pathlib import Path

        from huginn_cffi.base.files import replace_file
        from huginn_cffi.run.records import database_image

        name = _path_text(path)
        if self._image is None:  # compiled in: the core has sections, but no image
            image: bytes | memoryview = database_image(self._handle, bytes.fromhex(self.source_hash))
        else:
            image = memoryview(ffi.buffer(self._image))
        try:
            replace_file(Path(name), image)
        except OSError as error:
            raise DatabaseError(f"{named(name)}: {error.strerror}") from None

    def explain(self, part: parts.Part, *, limit: int = 5) -> parts.Explained:
        """Explain the name of a packet: its match, and the nearest signatures field by field.

        `part` is a result's ``syn``, ``syn_ack``, ``tls_client``, ``http_request`` or ``http_response``. At
        most `limit` signatures are returned, the nearest first; file order decides ties, so the answer is
        always the same. Raises `ValueError` for a hello in SSL 2.0's format, which has no JA4.
        """
        return parts.explain_part(self, part, limit)

    def __reduce__(self) -> tuple[object, ...]:
        if self._image is None:
            return _same_default, (bytes.fromhex(self.source_hash),)
        return Database._open, (bytes(ffi.buffer(self._image)), "a pickled database", self._warnings)

    def __repr__(self) -> str:
        return f"<Database of {len(self)} signatures, source {self.source_hash[:12]}>"

    @classmethod
    def _open(cls, image: bytes, name: str, warnings: Sequence[Diagnostic]) -> Database:
        """Open a binary database in memory; `name` begins the message of an error."""
        memory = ffi.from_buffer("uint8_t[]", placed(image))
        checks = {"subject": name, "raises": DatabaseError}
        handle = made("hg_database", lib.hg_database_open, memory, len(memory), **checks)
        return cls._adopt(handle, memory, warnings)

    @classmethod
    def _adopt(cls, handle: CData, image: CData | None, warnings: Sequence[Diagnostic]) -> Database:
        database = super().__new__(cls)
        database._handle = handle
        database._image = image
        database._warnings = tuple(warnings)
        database._known_records = None
        database._signatures = None
        return database


def _same_default(source_hash: bytes) -> Database:
    """Restore a pickled default database: only the same version has the same signature numbers."""
    database = Database.load_default()
    if database.source_hash != source_hash.hex():
        raise DatabaseError(
            "a pickled default database has the signatures of another version: pickle it again"
        )
    return database


def _path_text(path: str | os.PathLike[str]) -> str:
    """The path as text; bytes and numbers are refused."""
    name = os.fspath(path) if isinstance(path, os.PathLike) else path
    if not isinstance(name, str):
        raise TypeError(f"path must be str or os.PathLike, not {type(path).__name__}")
    return name


def read_file(name: str, most: int = -1) -> bytes:
    """The first `most` bytes of a regular file, by default all.

    Pipes and devices are refused: they have no end, or cannot be inspected before they are read.
    """
    from pathlib import Path

    try:
        found = os.stat(name)  # noqa: PTH116 - Path("") would be the current folder
        if stat.S_IFMT(found.st_mode) not in (stat.S_IFREG, stat.S_IFDIR):
            raise DatabaseError(f"{named(name)}: not a regular file; write the signatures to one first")
        if found.st_size > MAX_BYTES:
            raise DatabaseError(
                f"{named(name)}: has more than {MAX_BYTES >> 30} GiB, no database is that large"
            )
        with Path(name).open("rb", buffering=0) as file:
            return file.read(most)
    except (OSError, ValueError) as error:
        raise DatabaseError(f"{named(name)}: {getattr(error, 'strerror', None) or error}") from None
