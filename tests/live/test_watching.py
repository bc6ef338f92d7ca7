"""`watch` on loopback, with an event loop and without one. Needs root."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
import threading

import pytest

import huginn_cffi as hg
from huginn_cffi.run.observations import AnalysisResult
from tests.support import needs
from tests.support.descriptors import packet_sockets

HOST = f"127.92.{os.getpid() >> 8 & 0xFF}.{os.getpid() & 0xFF}"
"""An address of loopback that no other process uses."""
PATIENCE_S = 60


@pytest.fixture(autouse=True)
def _root() -> None:
    needs.root()


def connect() -> None:
    with socket.socket() as one:
        assert one.connect_ex((HOST, 9)) == errno.ECONNREFUSED


def check(result: AnalysisResult) -> None:
    assert result.syn is not None
    assert str(result.syn.destination) == f"{HOST}:9"


def test_without_a_loop() -> None:
    watched = hg.watch("lo", events=["syn"], bpf=f"host {HOST}")
    connect()
    ending = threading.Timer(PATIENCE_S, watched.close)
    ending.start()
    for result in watched:
        check(result)
        break
    ending.cancel()
    assert not packet_sockets()
    assert watched.stats.interface


def test_with_a_loop() -> None:
    async def main() -> AnalysisResult:
        async with hg.watch("lo", events=["syn"], bpf=f"host {HOST}") as watched:
            connect()
            return await anext(aiter(watched))

    check(asyncio.run(asyncio.wait_for(main(), PATIENCE_S)))
    assert not packet_sockets()


def test_an_interface_that_is_none() -> None:
    with pytest.raises(hg.CaptureError) as caught:
        hg.watch("nosuch0")
    assert caught.value.errno == errno.ENODEV


def test_on_a_loop_the_first_await_raises() -> None:
    async def by_block() -> None:
        async with hg.watch("nosuch0"):
            pass

    async def by_loop() -> None:
        async for _ in hg.watch("nosuch0"):
            pass

    for use in (by_block, by_loop):
        with pytest.raises(hg.CaptureError) as caught:
            asyncio.run(use())
        assert caught.value.errno == errno.ENODEV


def test_results_of_an_interface_with_a_loop() -> None:
    async def main() -> hg.AnalysisResult:
        async with hg.Analyzer(None, bpf=f"host {HOST}").analyze_network("lo") as results:
            connect()
            return await anext(aiter(results))

    check(asyncio.run(asyncio.wait_for(main(), PATIENCE_S)))
    assert not packet_sockets()
