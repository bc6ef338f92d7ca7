"""No pattern is wrong more often than its confidence allows, on texts that resemble those of other devices.

`negative.csv` has descriptions of Cisco's images and of Linux hosts, programs that imitate, clouds of makers
of several types, User-Agents by type and ordinary names, each with its public source. A pattern that a text
contradicts is mended; the row stays.
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi._native import ffi, lib
from sigcompiler.claims.sources import weight
from sigcompiler.model import DeviceSignature
from sigcompiler.reading.parser import parse_files
from sigcompiler.vocabulary import ANNOUNCEMENT_WORDS, DeviceField
from tests.support.devices.dhcp import option
from tests.support.devices.requests import hosts, request

DATA = Path(hg.__file__).parent / "data"
SHARES = json.loads((DATA / "confidence.json").read_text("utf-8"))["devices"]
RATES = {"unstated": 0.9, "low": 0.85, "medium": 0.95, "high": 1.0}
FIELDS = {"type": DeviceField.TYPE, "maker": DeviceField.MANUFACTURER, "system": DeviceField.SYSTEM}
BROWSER = (
    "Mozilla/5.0 (Linux; Android 11; {}) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/95.0 Mobile Safari/537.36"
)
LINES = (Path(__file__).parent / "negative.csv").read_text("utf-8").splitlines()
ROWS = list(csv.DictReader(line for line in LINES if not line.startswith("#")))


def allowed(truth: str, said: str) -> bool:
    """Whether a row's truth allows a value."""
    words = truth.split("|") if truth else []
    wanted = [word for word in words if not word.startswith("-")]
    if words == ["-"] or any(word[1:] == said for word in words if word.startswith("-") and word != "-"):
        return False
    return not wanted or any(said == one or said.startswith(f"{one} ") for one in wanted)


def texts(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What is announced: for browsers on Android, also the text from the model on."""
    text = row["text"].replace("\\r", "\r").replace("\\n", "\n")
    if row["kind"] != "android":
        yield row["kind"], text
        return
    yield "user-agent", BROWSER.format(text)
    yield "user-agent", BROWSER.format(text).partition("Android 11; ")[2]


class Gate:
    """The patterns of a database, and how often each is wrong."""

    def __init__(self, *lines: str, folder: Path | None = None) -> None:
        paths = [DATA / f"97-{name}.fp" for name in ("calls", "devices", "industrial")]
        if folder is not None:
            own = folder / "own.fp"
            own.write_text("\n".join(["classes = win,unix,other", "[device]", *lines, ""]), "utf-8")
            paths = [own]
        model, _ = parse_files([str(path) for path in paths])
        self.signatures: list[DeviceSignature] = list(model.device)
        self.database = hg.Database.compile(paths)
        self.counts: dict[tuple[str, str], list[list[str]]] = defaultdict(lambda: [[], []])
        self.allowed: dict[tuple[str, str], float] = {}
        for row in ROWS:
            if row["kind"] != "name":  # ordinary names count only beside other evidence
                self._judge(row)

    def _judge(self, row: dict[str, str]) -> None:
        known: set[str] = set()
        for kind, text in texts(row):
            values, data = ffi.new("hg_device_values *"), text.encode()
            number = lib.hg_database_match_device(
                self.database._handle, int(ANNOUNCEMENT_WORDS[kind]), data, len(data), values
            )
            for name, field in FIELDS.items():
                said = ffi.buffer(values.values[field], values.lengths[field])[:].decode()
                if not said or name in known:
                    continue
                known.add(name)
                self._count(self.signatures[number], row, name, said)

    def _count(self, signature: DeviceSignature, row: dict[str, str], name: str, said: str) -> None:
        rule = f"{Path(signature.place.file).name} {signature.text}", name
        share = SHARES[f"{signature.text.split()[0]} {'manufacturer' if name == 'maker' else name}"]
        self.allowed[rule] = 1 - share * RATES[weight(signature.provenance)]
        example = f"{row['text'][:60]!r} is {said!r}, not {row[name]!r} ({row['source']})"
        self.counts[rule][not allowed(row[name], said)].append(example)

    def failures(self) -> list[str]:
        """The rules that are wrong more often than they may be, with examples."""
        return [
            f"{rule} ({field}): {len(wrong)} of {len(right) + len(wrong)} wrong: {'; '.join(wrong[:3])}"
            for (rule, field), (right, wrong) in self.counts.items()
            if len(wrong) > self.allowed[rule, field] * (len(right) + len(wrong))
        ]


def test_the_corpus_is_large() -> None:
    assert len({(row["kind"], row["text"]) for row in ROWS}) >= 400
    assert len({row["source"] for row in ROWS}) >= 40
    assert all(row["source"] for row in ROWS)


def test_no_pattern_is_wrong_more_often_than_it_may_be() -> None:
    gate = Gate()
    assert gate.failures() == []
    assert len(gate.counts) > 100  # rules that state something about one of the texts


@pytest.mark.parametrize(
    "lines",
    [
        (
            "label = s:access-point:Cisco:::",
            "; source: Cisco's software of access points; medium",
            "sig = description <version> (*), Version *Copyright (c) *Cisco Systems*",
        ),
        (
            "label = s:phone::::",
            "; source: developer.chrome.com; medium",
            "sig = user-agent *Mobile Safari/537.36",
        ),
    ],
)
def test_patterns_that_match_too_much_fail(lines: tuple[str, ...], tmp_path: Path) -> None:
    """The copyright with which Cisco's descriptions end, and the word "Mobile"."""
    (failure,) = Gate(*lines, folder=tmp_path).failures()
    assert re.search(r"\(type\): \d{2,3} of \d+ wrong: '", failure)


@pytest.mark.parametrize("name", [row["text"] for row in ROWS if row["kind"] == "name"])
def test_ordinary_names_say_nothing_alone(name: str) -> None:
    (host,) = hosts(request(option(12, name.encode())))
    device = host.device
    assert device is None or (device.type, device.manufacturer) == (None, None)
