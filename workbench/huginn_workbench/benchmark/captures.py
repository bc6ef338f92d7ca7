"""The captures on this machine: found in a folder, checked, and read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from huginn_cffi import Analyzer, CaptureError, Database
from huginn_workbench.arguments import Direction
from huginn_workbench.benchmark.lists import CaptureSource
from huginn_workbench.evaluation.answers import Handshake, handshakes


def found_in(folder: Path, sources: Iterable[CaptureSource]) -> tuple[dict[str, Path], list[str]]:
    """The path of each capture below a folder, and a sentence for each that is left out.

    A file is refused if its SHA-256 differs from the list: labels would not be about its packets.
    """
    paths = {path.name: path for path in sorted(folder.rglob("*")) if path.is_file()}
    found, problems = {}, []
    for one in sources:
        path = paths.get(one.capture)
        if path is None:
            problems.append(f"{one.capture}: is not in {folder} (from {one.repository}, {one.path})")
        elif problem := refusal(one, path.read_bytes()):
            problems.append(problem)
        else:
            found[one.capture] = path
    return found, problems


def refusal(source: CaptureSource, content: bytes) -> str:
    """The reason not to use this content as the capture; empty if its checksum is right."""
    own = sha256(content).hexdigest()
    if own in (source.sha256, source.cut_sha256):
        return ""
    return f"{source.capture}: refused, its SHA-256 is {own}, and the list has {source.sha256}"


def handshakes_in(path: Path, database: Database) -> Iterator[tuple[Direction, Handshake]]:
    """Each SYN and SYN+ACK of a capture, with its direction; of a damaged one, those before the damage."""
    with Analyzer(database) as analyzer:
        try:
            for result in analyzer.analyze_pcap(path):
                yield from handshakes(result)
        except CaptureError:
            return
