"""The command line. Its modules, and click, are imported when it runs."""

from __future__ import annotations

import gc
from collections.abc import Sequence

from huginn_cffi.base.garbage import uncollected


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status.

    The statuses are those of `huginn_cffi.cli.status`.
    """
    from huginn_cffi.base.interrupts import INTERRUPTED, answered

    own = arguments is None
    with answered(to_the_end=own) as interrupts:
        with uncollected():
            from huginn_cffi.cli.app import run
        if own:
            gc.freeze()
        status = INTERRUPTED
        try:
            interrupts.allow()
            status = run(arguments)
        except KeyboardInterrupt:  # while a message is written at the end
            status = INTERRUPTED
        except RuntimeError as error:  # made of an interrupt in `__set_name__` up to Python 3.11
            if not isinstance(error.__cause__, KeyboardInterrupt):
                raise
            status = INTERRUPTED
    return INTERRUPTED if interrupts.came else status
