"""The tool of this project: each SYN and SYN+ACK alone, then each host as `huginn hosts` shows it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

from huginn_cffi import PROTOCOLS, Analyzer, CaptureError, Database
from huginn_workbench.benchmark.tools import ToolAnswer
from huginn_workbench.core import inventory_of
from huginn_workbench.evaluation.answers import Handshake

NAME = "huginn"


def version() -> str:
    """The version of the package."""
    return metadata.version("huginn-cffi")


def answers(capture: Path, database: Database | None = None) -> Iterator[ToolAnswer]:
    """The answers of `database`; None: the default database. A damaged capture counts up to the damage."""
    used = database or Database.load_default()
    hosts = inventory_of()
    with Analyzer(used, protocols=PROTOCOLS) as analyzer:
        try:
            for batch in analyzer.batches([capture], on_error=lambda error: None):
                hosts.add(batch)
                for result in batch.results():
                    for seen, part in (("syn", result.syn), ("syn+ack", result.syn_ack)):
                        if part is not None:
                            yield _of_packet(seen, part)
        except CaptureError:
            pass  # not a capture: no answers
    yield from map(_of_host, hosts.values())


def _of_packet(seen: str, part: Handshake) -> ToolAnswer:
    match = part.match
    if match is None or match.family is None:
        return ToolAnswer(part.source.ip, seen)
    return ToolAnswer(
        part.source.ip, seen, match.family, match.flavor or "", confidence=f"{match.confidence:.3f}"
    )


def _of_host(host: dict[str, Any]) -> ToolAnswer:
    device = host["device"] or {}
    announced = device.get("system")
    family, flavor, sure = host["family"], host["flavor"], host["confidence"]
    if announced and announced not in (family or "").split(" or "):
        family, flavor, sure = announced, device["version"], device["confidence"]["system"]
    elif announced and device["version"]:
        flavor = device["version"]
    return ToolAnswer(
        host["ip"] or "",
        "host",
        family or "",
        flavor or "",
        device.get("type") or "",
        device.get("manufacturer") or "",
        device.get("model") or "",
        f"{sure:.3f}" if family else "",
        host["mac"] or "",
    )
