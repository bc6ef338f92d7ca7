"""The command on a pseudo-terminal."""

from __future__ import annotations

import os
import pty
import subprocess
import threading
from typing import NamedTuple

from tests.support.core import ROOT
from tests.support.running import COMMAND


class Session(NamedTuple):
    """What came of it: exit status, what the terminal got, and the pipe beside it if there was one."""

    status: int
    output: str
    piped: str


def on_terminal(*words: object, stdout_to_pipe: bool = False, **environment: str) -> Session:
    """Run the command with standard error, and output unless told otherwise, on a terminal."""
    master, slave = pty.openpty()
    known = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", **environment}
    if "NO_COLOR" not in environment:
        known.pop("NO_COLOR", None)
    got: list[bytes] = []
    reader = threading.Thread(target=_read, args=(master, got))
    reader.start()
    with subprocess.Popen(
        [*COMMAND, *map(str, words)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if stdout_to_pipe else slave,
        stderr=slave,
        env=known,
    ) as process:
        os.close(slave)
        piped = process.stdout.read() if process.stdout is not None else b""
        status = process.wait(120)
    reader.join(60)
    os.close(master)
    return Session(status, b"".join(got).decode(), piped.decode())


def _read(master: int, got: list[bytes]) -> None:
    try:
        while data := os.read(master, 65536):
            got.append(data)
    except OSError:
        return  # Linux's way to say that the other end is closed
