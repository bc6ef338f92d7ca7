"""Work in a forked process, which has none of the threads of this one."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Callable

PATIENCE_S = 60
"""All that is done there takes a fraction of a second."""


def in_a_child(work: Callable[[], object]) -> str:
    """What `work` raises in a forked process, as text; "" for nothing. It must end soon."""
    output, input_ = os.pipe()
    child = os.fork()
    if child == 0:
        said = ""
        try:
            work()
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"
        finally:
            os.write(input_, said.encode())
            os._exit(0)
    os.close(input_)
    with os.fdopen(output, "rb") as file:
        ended, _, _ = select.select([file], [], [], PATIENCE_S)
        if not ended:
            os.kill(child, signal.SIGKILL)
        said = file.read().decode()
    os.waitpid(child, 0)
    assert ended, "the forked process hangs"
    return said
