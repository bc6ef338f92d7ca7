"""Results in a folder: a file for each kind of event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from huginn_cffi.base.errors import named
from huginn_cffi.cli.output.destination import Destination, refuse_input
from huginn_cffi.cli.output.results import ended
from huginn_cffi.formats.forms import RecordWriter, folder_files, refuse_folder
from huginn_cffi.formats.writers import open_folder

if TYPE_CHECKING:
    from huginn_cffi.batch.rows import Rows


@contextmanager
def writing_folder(format: str, path: str, inputs: Sequence[str]) -> Iterator[RecordWriter]:
    """A writer of a file for each kind of event, ended however the block ends. No file may be an input."""
    try:
        refuse_folder(format)
    except ValueError as error:
        raise click.UsageError(f"{named(path)}: {error}") from None
    for file in folder_files(format, Path(path)):
        refuse_input(str(file), inputs)
    with ended(lambda: _Folder(format, path)) as writer:
        yield writer


class _Folder:
    """A folder of tables whose errors are one line."""

    def __init__(self, format: str, path: str) -> None:
        self._path = path
        with self._errors():
            self._writer = open_folder(format, Path(path))

    def write(self, batch: Rows, rows: int | None = None) -> None:
        """Write the first `rows` events of a batch; without a number all of them."""
        with self._errors():
            self._writer.write(batch, rows)

    def close(self) -> None:
        with self._errors():
            self._writer.close()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except ModuleNotFoundError as error:
            raise click.ClickException(str(error)) from None
        except OSError as error:
            Destination(Path(error.filename or self._path)).failed(error)
