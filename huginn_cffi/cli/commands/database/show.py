"""``huginn database show``: the signatures in use."""

from __future__ import annotations

from huginn_cffi.base.errors import named
from huginn_cffi.cli.output.results import print_text
from huginn_cffi.cli.status import DAMAGED, DONE
from huginn_cffi.cli.wording import command


@command(("Signatures, date and age", "huginn database show"))
def show() -> int:
    """Show which signatures are in use, and how old they are.

    \b
    Exit status: 0 shown, 1 an installed database cannot be used.
    """  # noqa: D301 - click reads the backspace
    from huginn_cffi.cli.signature_options import described, found_in_use
    from huginn_cffi.database.installed import folders

    found = found_in_use()
    lines = [f"database: {described(found)}"]
    if found.path is not None:
        lines.append(f"file:     {named(found.path)}, signed with key {named(found.key[:16])}")
    lines.append(f"updates:  installed in {named(folders()[0])}")
    print_text("\n".join(lines) + "\n")
    return DAMAGED if found.ignored else DONE
