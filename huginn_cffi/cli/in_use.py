"""The database in use when --db names none, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from huginn_cffi.cli.standard_error import complain

if TYPE_CHECKING:
    from huginn_cffi.database.installed import InUse


def found_in_use(places: Sequence[str] | None = None) -> InUse:
    """The database in use; installed ones that cannot be used are mentioned."""
    from huginn_cffi.database.installed import in_use

    found = in_use(places)
    for reason in found.ignored:
        complain(f"{reason}; in use: {found}")
    return found


def described(found: InUse) -> str:
    """Size, evidence, hash, origin and age, in one line."""
    import re

    database = found.database
    years = re.findall(r"\b20\d\d\b", " ".join(one.provenance for one in database.signatures))
    evidence = f"evidence up to {max(years)}, " if years else ""
    count = f"{len(database):,} signature{'' if len(database) == 1 else 's'}"
    return f"{count}, {evidence}SHA-256 {database.source_hash}, {found} ({age(found.date)})"


def age(date: str) -> str:
    """How long ago that is."""
    from datetime import datetime, timezone

    from huginn_cffi.database.signed import DATE_FORM

    then = datetime.strptime(date, DATE_FORM).replace(tzinfo=timezone.utc)
    days = (datetime.now(timezone.utc) - then).days
    if days < 0:
        return "in the future: is this machine's clock right?"
    return f"{days:,} {'day' if days == 1 else 'days'} old"
