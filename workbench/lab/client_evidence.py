"""How often names of TLS clients are right on a network: ``python -m workbench.lab.client_evidence FOLDER``.

FOLDER has cisco/mercury's tables of ClientHellos with systems and processes (2019 to 2021). Each ClientHello
that a label names is one witness, however often it was sent: the share of its connections whose system the
label allows; for browsers, the share of known browsers that have the label's engine. A label with five
or more witnesses gets the mean, with one witness against it. The shares go into ``confidence.json``.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import defaultdict
from pathlib import Path

import huginn_cffi as hg
from huginn_cffi import Signature
from huginn_workbench.core import Matcher
from tests.support.tls.hello_model import Hello
from workbench.lab.client_names import NAMES, engine

TABLES = Path(hg.__file__).parent / "data" / "confidence.json"
LEAST = 5
"""Least number of witnesses for a label's share."""

SYSTEMS = {"windows": "Windows", "mac": "macOS"}
"""The systems of the tables whose libraries labels name."""

BROWSERS = (
    ("Trident", r"(?i)iexplore|microsoftedge"),
    ("Gecko", r"(?i)firefox|waterfox|palemoon|seamonkey|tor browser"),
    ("WebKit", r"(?i)safari|webkit"),
    ("Chromium", r"(?i)chrom|brave|opera|vivaldi|msedge|microsoft edge|yandex|browser\.exe"),
)
"""Engines of processes that the tables call browsers."""

Shares = dict[str, float]


def hello_of(fingerprint: str) -> Hello:
    """Parse a hello in mercury's notation: (version)(ciphers)((extension)(extension)…)."""
    found = re.fullmatch(r"\(([0-9a-f]{4})\)\(([0-9a-f]*)\)(.*)", fingerprint)
    assert found is not None, fingerprint
    contents = {one[:4]: one[8:] for one in re.findall(r"\(([0-9a-f]+)\)", found[3])}
    names = bytes.fromhex(contents.get("0010", ""))
    return Hello(
        int(found[1], 16),
        _codes(found[2]),
        _codes("".join(contents)),
        versions=_codes(contents.get("002b", "")[2:]),
        algorithms=_codes(contents.get("000d", "")[4:]),
        alpn=(names[3 : 3 + names[2]],) if len(names) > 3 else (),
    )


def _codes(text: str) -> tuple[int, ...]:
    return tuple(int(text[i : i + 4], 16) for i in range(0, len(text), 4))


def label_of(database: hg.Database, fingerprint: str) -> Signature | None:
    hello = hello_of(fingerprint)
    found = Matcher(database).hellos(hello.ja4(), hello.ja4(stable=True))
    return found[0] if found else None


def shares_of(listed: str) -> Shares:
    """The processes or systems of a row with their shares, as in ``chrome.exe (browser) 0.4; …``."""
    return {name: float(share) for name, _, share in (one.rpartition(" ") for one in listed.split("; "))}


def system_share(label: Signature, systems: Shares) -> float | None:
    """The share of connections whose system the label allows; None for labels without a known system."""
    allowed = {name for one in (*label.systems, label.name) for name in one.split(" or ")}
    if not allowed & set(SYSTEMS.values()):
        return None
    right = sum(share for name, share in systems.items() if SYSTEMS.get(re.split("[_ ]", name)[0]) in allowed)
    return right / sum(systems.values())


def browser_share(label: Signature, processes: Shares) -> float | None:
    """The share of known browsers that have the label's engine."""
    own = engine(NAMES, label.name)
    engines = defaultdict[str, float](float)
    for name, share in processes.items():
        if name.endswith("(browser)") and (found := engine(BROWSERS, name)):
            engines[found] += share
    total = sum(engines.values())
    return engines[own] / total if own and total else None


def measured(folder: Path, database: hg.Database) -> dict[str, tuple[int, float]]:
    """Witnesses and share of each label with enough witnesses; its system counts before its browser."""
    out: dict[str, tuple[int, float]] = {}
    for file, column, judge in (
        ("tls-processes.csv", "processes", browser_share),
        ("tls-systems.csv", "systems", system_share),
    ):
        found = defaultdict[str, list[float]](list)
        with (folder / file).open(newline="", encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                label = label_of(database, row["fingerprint"])
                share = None if label is None else judge(label, shares_of(row[column]))
                if share is not None:
                    found[label.label].append(share)
        out |= {
            name: (len(one), sum(one) / (len(one) + 1)) for name, one in found.items() if len(one) >= LEAST
        }
    return out


def main() -> None:
    found = measured(Path(sys.argv[1]), hg.Database.load_default())
    for name, (count, share) in sorted(found.items()):
        print(f"{count:5}  {share:.3f}  {name}")
    content = json.loads(TABLES.read_text(encoding="utf-8"))
    content["clients"] = {name: round(share, 3) for name, (_, share) in sorted(found.items())}
    TABLES.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
