"""A server in a process of its own, and clients that ask it over one connection."""

from __future__ import annotations

import http.client
import os
import random
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path

import pytest

from tests.support.core import CORE

PATIENCE_S = 60

ROOT = CORE.parent
SERVERS = ROOT / "examples" / "servers"
PORTS = 12000, 32000
DICE = random.SystemRandom()


def free_port(host: str) -> int:
    """A port that nobody has, nor gets by chance: below those that the kernel gives."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for _ in range(100):
        with suppress(OSError), socket.create_server((host, DICE.randrange(*PORTS)), family=family) as found:
            return int(found.getsockname()[1])
    pytest.skip(f"no listener at {host}")


def trusting(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate))


def served(command: Sequence[str], host: str, port: int) -> AbstractContextManager[subprocess.Popen[str]]:
    """A server in Python that answers at `port` of `host`; ended afterwards."""
    return program_served([sys.executable, *command], host, port)


@contextmanager
def program_served(command: Sequence[str], host: str, port: int) -> Iterator[subprocess.Popen[str]]:
    """The same of any program."""
    with running(command) as process:
        reached(process, host, port).close()
        yield process


@contextmanager
def running(command: Sequence[str]) -> Iterator[subprocess.Popen[str]]:
    """A program, ended afterwards."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.communicate(timeout=PATIENCE_S)
            except subprocess.TimeoutExpired:
                process.kill()


def reached(process: subprocess.Popen[str], host: str, port: int) -> socket.socket:
    """The first connection to a program, as soon as it listens."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            return socket.create_connection((host, port), PATIENCE_S)
        except OSError:
            if process.poll() is not None:
                pytest.fail(f"the server ended:\n{process.stderr and process.stderr.read()}")
            assert time.monotonic() < deadline, "the server does not listen"
            time.sleep(0.02)


def wait_until_armed(unnamed: Callable[[], bool]) -> None:
    """Ask until the clients are named: a server may listen for a moment before it asks for their SYNs."""
    deadline = time.monotonic() + PATIENCE_S
    while unnamed():
        assert time.monotonic() < deadline, "it names no client"


def asked(host: str, port: int, times: int = 2, tls: ssl.SSLContext | None = None) -> list[str]:
    """The answers to requests on one connection."""
    if tls is None:
        talk = http.client.HTTPConnection(host, port, timeout=PATIENCE_S)
    else:
        talk = http.client.HTTPSConnection(host, port, timeout=PATIENCE_S, context=tls)
    return answers(talk, times)


def asked_over(connection: socket.socket, times: int = 2) -> list[str]:
    """The same on one that is there."""
    talk = http.client.HTTPConnection("localhost")
    talk.sock = connection
    return answers(talk, times)


def answers(talk: http.client.HTTPConnection, times: int) -> list[str]:
    """To requests, as text; the connection is closed afterwards."""
    found = []
    ends = set()
    with closing(talk):
        for _ in range(times):
            talk.request("GET", "/", headers={"X-Forwarded-For": "192.0.2.9"})
            ends.add(talk.sock.getsockname()[1])
            found.append(talk.getresponse().read().decode().strip())
    assert len(ends) == 1 or times == 1
    return found
