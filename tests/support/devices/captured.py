"""What tshark reads of captures of devices, to compare it with what is announced."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.formats.rendering import Renderer
from tests.support.devices.made import Record

SHARED = Path(__file__).resolve().parents[4] / "shared"
DEVICES = SHARED / "devices"
MOST_OF_CORPUS = 6


def need_tshark() -> None:
    """Skips where it is not installed."""
    if shutil.which("tshark") is None:
        pytest.skip("needs tshark")


def corpus(marker: bytes, most: int = MOST_OF_CORPUS) -> list[Path]:
    """The smallest captures of the corpus that have these bytes; skips where there is none."""
    need_tshark()
    if not (SHARED / "corpus").is_dir():
        pytest.skip("needs ../shared")
    files = [one for one in (SHARED / "corpus").iterdir() if one.suffix in (".pcap", ".pcapng", ".cap")]
    having = [one for one in files if marker in one.read_bytes()]
    return sorted(having, key=lambda one: (one.stat().st_size, one.name))[:most]


def captures(column: str) -> list[Path]:
    """Those in which a device speaks the protocol, by `devices.csv`; skips where there are none."""
    need_tshark()
    if not DEVICES.is_dir():
        pytest.skip("needs ../shared")
    with (DEVICES / "devices.csv").open(encoding="utf-8", newline="") as table:
        wanted = {row["sha256"][:8] for row in csv.DictReader(table) if row[column] == "y"}
    return [
        path for path in sorted((DEVICES / "captures").iterdir()) if any(one in path.name for one in wanted)
    ]


def announced(path: Path, *protocols: str) -> list[Record]:
    """The records of these protocols, with all names; those before an error in the file."""
    out = BytesIO()
    with hg.Analyzer(None, protocols=protocols, host_names=True) as analyzer:
        for batch in analyzer.batches(path, on_error=lambda _: None):
            for piece in Renderer("json", None).pieces(batch, 0, len(batch)):
                out.write(piece)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def fields(path: Path, wanted: str, names: Iterable[str], *options: str) -> list[dict[str, str]]:
    """Fields of the packets that a filter of tshark lets through, the values of one with `|` between them."""
    asked = [word for name in names for word in ("-e", name)]
    command = [
        "tshark",
        "-n",
        "-r",
        str(path),
        "-Y",
        wanted,
        *options,
        "-T",
        "fields",
        "-E",
        "aggregator=|",
        *asked,
    ]
    lines = subprocess.run(command, capture_output=True, text=True, check=False, errors="replace").stdout
    return [dict(zip(names, line.split("\t"), strict=False)) for line in lines.splitlines()]
