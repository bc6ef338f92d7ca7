"""Forty questions over the reference captures; p0f, tshark and labels of their senders know the answers."""

from __future__ import annotations

import asyncio
import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp", reason="the SDK of the Model Context Protocol is not installed (extra mcp)")

from mcp import Client

from huginn_cffi.applications.assistants.server import server_of
from tests.assistants.test_protocol import ask
from tests.assistants.test_tools import tools_of

SHARED = Path(__file__).resolve().parents[3] / "shared"
CORPUS = SHARED / "corpus"
EACH = 8
"""Questions of a kind."""

pytestmark = [
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the reference captures are absent"),
]

Row = dict[str, Any]


def spread(rows: list[Row]) -> list[Row]:
    """Rows of as many captures, over all of the table."""
    first = list({one["file"]: one for one in rows if (CORPUS / one["file"]).is_file()}.values())
    return first[:: len(first) // EACH][:EACH]


def table(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file)) if path.suffix == ".csv" else [*map(json.loads, file)]


def counts() -> list[Row]:
    """Packets of captures, from the corpus's manifest."""
    return spread([one for one in table(CORPUS / "manifest.csv") if int(one["packets"]) > 20])


def systems() -> list[Row]:
    """Systems of hosts whose sender is known from other evidence."""
    rows = table(CORPUS / "labels.csv")
    families = ("Windows", "Linux", "Android", "iOS", "macOS", "FreeBSD")
    return spread(
        [
            one
            for one in rows
            if one["os_family"] in families and one["strength"] == "strong" and not one["suspect"]
        ]
    )


def hellos() -> list[Row]:
    """ClientHellos as tshark reads them."""
    return spread(table(SHARED / "http-tls" / "oracle" / "ja4.jsonl"))


def requests() -> list[Row]:
    """Requests as p0f's rules give them."""
    rows = table(SHARED / "http-tls" / "oracle" / "http-own.jsonl")
    return spread([one for one in rows if one["mod"] == "http request" and "frame" in one])


def syns() -> list[Row]:
    """SYNs with the signature that p0f prints."""
    found = []
    for path in sorted((CORPUS / "oracle").glob("*.jsonl")):
        rows = [one for one in table(path) if one["mod"] == "syn"]
        found += [{"file": path.name.removesuffix(".jsonl"), **rows[0]}] if rows else []
    return spread(found)


async def packets(client: Client, row: Row) -> None:
    """How many packets does it have?"""
    found = await ask(client, "summary", capture=row["file"])
    assert found["data_from_network"]["packets"] == int(row["packets"])


async def system(client: Client, row: Row) -> None:
    """Which system has this host, and which packet shows it?"""
    found = await ask(client, "explain", capture=row["file"], packet=int(row["frame"]))
    [event] = [one for one in found["data_from_network"]["events"] if one["event"] in ("syn", "syn_ack")]
    assert event["src_ip"] == row["ip"]
    assert row["os_family"] in event["match"]["family"].split(" or ")


async def hello(client: Client, row: Row) -> None:
    """What is the JA4 of this client?"""
    events = await all_events(client, row["file"], "tls_client", row["src"])
    assert (row["frame"], row["ja4"]) in [(one["packet_number"], one["ja4"]) for one in events]
    await resolves(client, row["file"], row["frame"])


async def request(client: Client, row: Row) -> None:
    """Which headers does this client send, in which order?"""
    address = row["cli"].rpartition("/")[0]
    events = await all_events(client, row["file"], "http_request", address)
    found = [(one["packet_number"], headers(one["signature"])) for one in events]
    assert (row["frame"], headers(row["raw_sig"])) in found
    await resolves(client, row["file"], row["frame"])


def headers(signature: str) -> str:
    """The names that are sent, in order; values may be secrets, and answers cut long texts."""
    return re.sub(r"=\[.*?\]", "", signature).split(":")[1]


async def syn(client: Client, row: Row) -> None:
    """With which signature does this host begin its first connection?"""
    address, _, port = row["cli"].rpartition("/")
    events = await all_events(client, row["file"], "syn", address)
    [first] = [one for one in events if one["src_port"] == int(port)][:1]
    assert first["signature"] == row["raw_sig"]
    await resolves(client, row["file"], first["packet_number"])


async def all_events(client: Client, capture: str, kind: str, address: str) -> list[Row]:
    found: list[Row] = []
    while True:
        answer = await ask(client, "events", capture=capture, kind=kind, address=address, offset=len(found))
        found += answer["data_from_network"]
        if answer["rest"] is None:
            return found


async def resolves(client: Client, capture: str, number: int) -> None:
    found = (await ask(client, "explain", capture=capture, packet=number))["data_from_network"]
    assert found["explanation"] or found["why_not"]
    assert number in [one["packet_number"] for one in found["events"]]


QUESTIONS: list[tuple[Callable[[], list[Row]], Callable[[Client, Row], Any]]] = [
    (counts, packets),
    (systems, system),
    (hellos, hello),
    (requests, request),
    (syns, syn),
]


@pytest.mark.parametrize(("rows", "question"), QUESTIONS, ids=[one.__name__ for _, one in QUESTIONS])
def test_eight_questions(rows: Callable[[], list[Row]], question: Callable[[Client, Row], Any]) -> None:
    async def run() -> None:
        async with Client(server_of(tools_of(CORPUS, host_names=True))) as client:
            for row in rows():
                try:
                    await question(client, row)
                except Exception as error:
                    raise AssertionError(row) from error

    found = rows()
    assert len(found) == EACH
    asyncio.run(run())
