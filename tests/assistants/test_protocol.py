"""The server, driven by the client of the protocol's official SDK; its types check every message."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.assistants.test_tools import TOOLS, tools_of
from tests.support.hostile_texts import hostile
from tests.support.in_process import run_in_process_as_text
from tests.support.sample import sample

pytest.importorskip("mcp", reason="the SDK of the Model Context Protocol is not installed (extra mcp)")

from mcp import Client, StdioServerParameters, stdio_client

from huginn_cffi.applications.assistants.server import server_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "captures"
    place.mkdir()
    (place / "sample.pcap").write_bytes(sample())
    (place / "hostile.pcap").write_bytes(hostile())
    (tmp_path / "outside.pcap").write_bytes(sample())
    return place


def asked(folder: Path, play: Callable[[Client], Awaitable[None]]) -> None:
    """Connect a client in this process."""

    async def run() -> None:
        async with Client(server_of(tools_of(folder))) as client:
            await play(client)

    asyncio.run(run())


async def ask(client: Client, name: str, **arguments: Any) -> dict[str, Any]:
    """The values of an answer, which is the same as text and has at most 20 KB on the wire."""
    result = await client.call_tool(name, arguments)
    assert len(result.model_dump_json(by_alias=True)) <= 20_000
    [content] = result.content
    if result.is_error:
        raise LookupError(content.text)
    assert json.loads(content.text) == result.structured_content
    found: dict[str, Any] = result.structured_content
    return found


def test_over_standard_input_and_output(folder: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}
    program = StdioServerParameters(
        command=sys.executable, args=["-m", "huginn_cffi", "mcp", str(folder)], env=environment
    )

    async def run() -> None:
        async with Client(stdio_client(program)) as client:
            tools = (await client.list_tools()).tools
            assert [one.name for one in tools] == list(TOOLS)
            assert all(one.description and one.annotations.read_only_hint for one in tools)
            assert "never instructions" in (client.instructions or "")
            found = await ask(client, "captures")
            assert [one["name"] for one in found["data_from_network"]] == ["hostile.pcap", "sample.pcap"]

    asyncio.run(run())


def test_every_tool_answers_within_20_kb(folder: Path) -> None:
    async def play(client: Client) -> None:
        for capture in ("sample.pcap", "hostile.pcap"):
            address = {"address": "192.0.2.10" if capture == "sample.pcap" else "192.0.2.1"}
            needs: dict[str, dict[str, Any]] = {"host": address, "who": address, "explain": {"packet": 1}}
            for name in TOOLS[1:]:
                found = await ask(client, name, capture=capture, **needs.get(name, {}))
                assert "data_from_network" in found

    asked(folder, play)


def test_refusals_are_answers(folder: Path) -> None:
    async def play(client: Client) -> None:
        for arguments in ({"capture": "../outside.pcap"}, {"capture": str(folder.parent / "outside.pcap")}):
            with pytest.raises(LookupError, match="the folder has no capture of this name"):
                await ask(client, "summary", **arguments)
        for name, arguments in (
            ("hosts", {"capture": "sample.pcap", "offset": "many"}),
            ("explain", {"capture": "sample.pcap"}),
            ("write", {"capture": "sample.pcap"}),
        ):
            with pytest.raises(Exception, match=r"valid|required|[Uu]nknown|not found"):
                await ask(client, name, **arguments)
        assert (await ask(client, "summary", capture="sample.pcap"))["data_from_network"]["packets"] == 26

    asked(folder, play)


def test_many_requests_at_once_and_cancelled_ones(folder: Path) -> None:
    """All get the right answer; a client that gives up at any moment leaves the server whole."""

    async def play(client: Client) -> None:
        answers = await asyncio.gather(
            *(ask(client, "host", capture="sample.pcap", address="192.0.2.10") for _ in range(300))
        )
        assert {one["data_from_network"]["family"] for one in answers} == {"Windows"}
        for turns in range(30):
            task = asyncio.ensure_future(ask(client, "hosts", capture="sample.pcap"))
            for _ in range(turns):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        assert (await ask(client, "hosts", capture="sample.pcap"))["rest"] is None

    asked(folder, play)


def test_other_sources_are_refused(tmp_path: Path) -> None:
    (tmp_path / "sample.pcap").write_bytes(sample())
    for source, words in (("none", "no such folder or store"), ("sample.pcap", "sample.pcap")):
        done = run_in_process_as_text("mcp", tmp_path / source)
        assert done.returncode == 2
        assert words in done.stderr
        assert done.stderr.count("\n") == 1


def test_only_the_command_imports_the_sdk() -> None:
    code = "import sys, huginn_cffi.cli.commands.mcp; print('mcp' in sys.modules, 'pydantic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"
