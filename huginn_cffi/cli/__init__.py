"""The command line. Its modules, and click, are imported when it runs."""

from __future__ import annotations

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status.

    0 done, 1 finished but damaged input was reported, 2 usage or refused input, 130 interrupted.
    """
    from huginn_cffi.cli.status import INTERRUPTED

    try:
        from huginn_cffi.cli.app import run

        return run(arguments)
    except KeyboardInterrupt:  # while modules were imported, or something was said at the end
        return INTERRUPTED
