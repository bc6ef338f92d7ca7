"""A server in a process of its own, and clients that ask it over one connection."""

from __future__ import annotations

import http.client
import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.server.connections import PATIENCE_S
from tests.support.core import CORE

ROOT = CORE.parent
SERVERS = ROOT / "examples" / "servers"


def free_port(host: str) -> int:
    """A port that nobody has."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.create_server((host, 0), family=family) as found:
            return int(found.getsockname()[1])
    except OSError as error:
        pytest.skip(f"no listener at {host}: {error}")


def trusting(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate))


def served(command: Sequence[str], host: str, port: int) -> AbstractContextManager[subprocess.Popen[str]]:
    """A server in Python that answers at `port` of `host`; ended afterwards."""
    return program_served([sys.executable, *command], host, port)


@contextmanager
def program_served(command: Sequence[str], host: str, port: int) -> Iterator[subprocess.Popen[str]]:
    """The same of any program."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            _wait(process, host, port)
            yield process
        finally:
            process.terminate()
            try:
                process.communicate(timeout=PATIENCE_S)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait(process: subprocess.Popen[str], host: str, port: int) -> None:
    """Until somebody listens."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            socket.create_connection((host, port), 1).close()
            return
        except OSError:
            if process.poll() is not None:
                pytest.fail(f"the server ended:\n{process.stderr and process.stderr.read()}")
            assert time.monotonic() < deadline, "the server does not listen"
            time.sleep(0.02)


def asked(host: str, port: int, times: int = 2, tls: ssl.SSLContext | None = None) -> list[str]:
    """The answers to requests on one connection."""
    if tls is None:
        talk = http.client.HTTPConnection(host, port, timeout=PATIENCE_S)
    else:
        talk = http.client.HTTPSConnection(host, port, timeout=PATIENCE_S, context=tls)
    found = []
    ends = set()
    for _ in range(times):
        talk.request("GET", "/", headers={"X-Forwarded-For": "192.0.2.9"})
        ends.add(talk.sock.getsockname()[1])
        found.append(talk.getresponse().read().decode().strip())
    talk.close()
    assert len(ends) == 1 or times == 1
    return found
