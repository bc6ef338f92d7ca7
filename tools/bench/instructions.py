"""Instructions that the core executes per packet, counted by callgrind.

    python -m tools.bench.instructions            prints the counts, and the counts in instructions.json
    python -m tools.bench.instructions --refresh  also writes the counts to that file
    python -m tools.bench.instructions --functions mixed    prints the functions with most instructions

Unlike times, the counts do not depend on other load on the machine. The inputs are generated; the signature
table, the tracker's key and everything else are the same in each run.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from huginn_cffi import Database
from tools.bench.hotpath import ALL, TCP, HotPath, build
from tools.bench.inputs import CONCURRENT, STOCK_SIZE, BenchCapture, Inputs

RECORDED = Path(__file__).with_name("instructions.json")
PACKETS = 100_000
"""Packets of each kind; at least the first 20,000 warm up. With twice as many, counts differ by 0.2 %."""

OUT = "callgrind.out"
NAMES = ("syn", "mixed", "interleaved", "plain", "plain without uptimes")
SYNS, SESSIONS = "syn, all protocols", "sessions, all protocols"
MINUTES = 60


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of traffic, and the options with which it is analysed."""

    name: str
    capture: BenchCapture
    uptime: bool
    protocols: int = TCP


def kinds(inputs: Inputs) -> list[Kind]:
    """The kinds of traffic. Signatures are generated, so that changes to a database do not matter."""
    signatures = inputs.signature_file(STOCK_SIZE)
    plain = inputs.plain(PACKETS)
    syns = inputs.syns(PACKETS, database=signatures)
    interleaved = inputs.mixed(PACKETS, concurrent=CONCURRENT)
    of_tcp = zip(NAMES, (syns, inputs.mixed(PACKETS), interleaved, plain, plain), strict=True)
    of_all = (SYNS, syns), (SESSIONS, inputs.mixed(PACKETS, concurrent=CONCURRENT, kind="sessions"))
    return [
        *(Kind(name, capture, uptime=name != NAMES[-1]) for name, capture in of_tcp),
        *(Kind(name, capture, uptime=True, protocols=ALL) for name, capture in of_all),
    ]


def callgrind() -> str | None:
    return shutil.which("valgrind")


def profiled(command: Sequence[str], out: Path, environment: Mapping[str, str] | None = None) -> str:
    """Run `hotpath.c` under callgrind with the profile in `out`; returns the program's output."""
    options = ["--tool=callgrind", "--toggle-collect=measured*", f"--callgrind-out-file={out}"]
    done = subprocess.run(
        ["valgrind", *options, *command],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=10 * MINUTES,
    )
    if done.returncode or not out.exists():
        raise RuntimeError(f"hotpath failed under callgrind: {done.stderr}")
    return done.stdout


def total(profile: str) -> int:
    found = re.search(r"^totals: (\d+)", profile, re.MULTILINE)
    if found is None:
        raise RuntimeError("callgrind counted nothing")
    return int(found[1])


def count(hotpath: HotPath, database: Path, kind: Kind, folder: Path, *, least: int = PACKETS // 4) -> float:
    """Instructions per packet of everything that the engine does with at least `least` packets."""
    out = folder / OUT
    path = kind.capture.path
    command = hotpath.command("run", database, path, uptime=kind.uptime, protocols=kind.protocols)
    packets = int(profiled(command, out).split()[0])
    if packets < least:
        raise RuntimeError(f"callgrind counted {packets} packets for {kind.name}")
    return total(out.read_text(encoding="utf-8")) / packets


def small_database(inputs: Inputs, folder: Path) -> Path:
    """The signatures of `kinds`, compiled."""
    database = folder / "signatures.hgdb"
    Database.compile(inputs.signature_file(STOCK_SIZE)).save(database)
    return database


def counts(hotpath: HotPath, folder: Path) -> dict[str, float]:
    """Instructions per packet, by kind of traffic."""
    inputs = Inputs(folder)
    database = small_database(inputs, folder)
    return {kind.name: round(count(hotpath, database, kind, folder), 1) for kind in kinds(inputs)}


def recorded() -> tuple[str, dict[str, float]]:
    """The compiler and the counts in instructions.json."""
    content = json.loads(RECORDED.read_text(encoding="utf-8"))
    return content["gcc"], content["instructions_per_packet"]


def functions(hotpath: HotPath, folder: Path, name: str) -> None:
    """Print where the instructions of a kind of traffic go, function by function."""
    inputs = Inputs(folder)
    kind = next(one for one in kinds(inputs) if one.name == name)
    count(hotpath, small_database(inputs, folder), kind, folder)
    subprocess.run(["callgrind_annotate", str(folder / OUT)], check=True)


def show(found: dict[str, float]) -> None:
    before = recorded()[1] if RECORDED.exists() else {}
    for name, number in found.items():
        change = f"{number / before[name] - 1:+8.1%}" if name in before else "     new"
        print(f"{number:8.1f} {change}  {name}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--refresh", action="store_true", help="write the counts to instructions.json")
    parser.add_argument("--functions", metavar="KIND", choices=NAMES, help=", ".join(NAMES))
    wanted = parser.parse_args()
    if callgrind() is None:
        sys.exit("instructions.py: valgrind is not installed (on Debian: apt-get install valgrind)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        hotpath = build(folder)
        if wanted.functions:
            functions(hotpath, folder, wanted.functions)
            return
        found = counts(hotpath, folder)
    show(found)
    if wanted.refresh:
        content = {"gcc": hotpath.compiler, "packets": PACKETS, "instructions_per_packet": found}
        RECORDED.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
