"""Options for signatures: ``--db`` and ``--with-default``; without them, the built-in database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import click

from huginn_cffi.base.errors import named
from huginn_cffi.cli.parameters import FILE, group, option
from huginn_cffi.cli.standard_error import complain, counted
from huginn_cffi.database.database import Database, read_file

if TYPE_CHECKING:
    from sigcompiler.model import SignatureFile


def built_in() -> str:
    """Describe the built-in database in one line: size, evidence, hash and age."""
    import re

    from huginn_cffi.database.default import BUILT_IN_DATE

    database = Database.load_default()
    years = re.findall(r"\b20\d\d\b", " ".join(database._records.provenances()))
    evidence = f"evidence up to {max(years)}, " if years else ""
    files = database._records.files().items()
    makers = sum(count for file, count in files if file.endswith(("-cards.fp", "-vendors.fp")))
    count = f"{described(len(database) - makers)}, {makers:,} numbers of makers"
    origin = f"built in, of {BUILT_IN_DATE[:10]} ({age(BUILT_IN_DATE)})"
    return f"{count}, {evidence}SHA-256 {database.source_hash}, {origin}"


def described(count: int) -> str:
    """A number of signatures, in words."""
    return f"{count:,} signature{'' if count == 1 else 's'}"


def overriding_text(own: SignatureFile) -> str:
    """How many of one's own signatures override built-in ones, after their number."""
    from huginn_cffi.database.compiling import default_signatures
    from sigcompiler.lint import overriding

    count = overriding(own, default_signatures())
    return f", {count:,} overriding {'a built-in one' if count == 1 else 'built-in ones'}" if count else ""


def age(date: str) -> str:
    """The age of a date, in words."""
    from datetime import datetime, timezone

    then = datetime.fromisoformat(date.removesuffix("Z")).replace(tzinfo=timezone.utc)
    days = (datetime.now(timezone.utc) - then).days
    if days < 0:
        return "in the future: is this machine's clock right?"
    return f"{days:,} {'day' if days == 1 else 'days'} old"


with_default_option: Any = option("--with-default")


class Signatures(NamedTuple):
    """Values of the options: `path` of a file, and whether its signatures are added to the default ones.

    `with_default` has no meaning without a `path`.
    """

    path: str | None = None
    with_default: bool = False

    @property
    def inputs(self) -> list[str]:
        """Input files, to which results must not be written."""
        return [] if self.path is None else [self.path]

    def open(self) -> Database:
        """Open the database and print its warnings. Raises the errors of `Database.open`."""
        if self.path is None:
            return Database.load_default()
        if self.with_default:
            database = Database.compile(self.own_files(), with_default=True)
        else:
            database = Database.open(self.path)
        if database.warnings:
            found = counted(len(database.warnings), "warning")
            complain(f"{named(self.path)}: {found} (see: huginn check {named(self.path)})")
        return database

    def files(self) -> list[str]:
        """The signature files, in order; none for the default. `click.UsageError` for a compiled database."""
        return with_defaults(self.own_files(), self.with_default) if self.path else []

    def own_files(self) -> list[str]:
        """The user's files among them."""
        from sigcompiler.table.layout import MAGIC

        if self.path is None:
            return []
        if self.with_default and read_file(self.path, len(MAGIC)) == MAGIC:
            raise click.UsageError(
                f"{named(self.path)} is compiled; --with-default needs the .fp file, or when it is compiled: "
                "huginn compile --with-default"
            )
        return with_defaults([self.path], wanted=False)


def with_defaults(files: list[str] | tuple[str, ...], wanted: bool) -> list[str]:
    """The files, with those of folders, followed by the default database's files if `wanted`."""
    from huginn_cffi.database.compiling import DEFAULT_FILES, files_of

    given = [path for name in files for path in files_of(name)]
    return [*given, *(str(path) for path in sorted(DEFAULT_FILES.glob("*.fp")) if wanted)]


def _signatures(
    db: str | None = option("--db FILE", type=FILE),
    with_default: bool = with_default_option,
) -> Signatures:
    if with_default and db is None:
        raise click.UsageError("--with-default needs --db FILE.fp; the default database is used anyway")
    return Signatures(db, with_default)


signature_options: Any = group(_signatures)
