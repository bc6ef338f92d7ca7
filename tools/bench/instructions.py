"""Instructions per packet that the core executes, and those of commands, counted by callgrind.

    python -m tools.bench.instructions             prints the counts beside those of instructions.json
    python -m tools.bench.instructions --refresh   also writes the counts that are lower than before
    python -m tools.bench.instructions --stages [CAPTURE ...]
                                    prints where they go: by stage and reader, for four inputs or captures

Unlike times, the counts do not depend on other load on the machine. The inputs are generated; the signature
table, the tracker's key and everything else are the same in each run. Commands run with the installed package
and its signatures. Of their counts, those for the first packet of the capture are taken off, which are
listed too.

instructions.json has the lowest count ever found for each input. A change that costs more adds a line to the
input's `raises`, "reason": instructions. Together they may not exceed `MOST_RAISED`. An input of which
more must be counted than before starts a new record, and the commit says why.
"""

from __future__ import annotations

import argparse
import json
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import cycle, islice, product
from pathlib import Path

from huginn_cffi import Database
from tests.support import office
from tests.support.devices.arp import arp
from tests.support.devices.made import datagram, ip_of, mac_of
from tools.bench import traffic
from tools.bench.hotpath import ALL_PROTOCOLS, INVENTORY, SEGMENTS, TCP, TWO_WORKERS, HotPath, build
from tools.bench.inputs import STOCK_SIZE, BenchCapture, Inputs

RECORDED = Path(__file__).with_name("instructions.json")
PACKETS = 40_000
"""Packets of each kind; the first 20,000 warm up. With 100,000, counts differ by 2 %."""

MOST_RAISED = 0.03
"""The most that all raises of an input may add to its lowest count."""

NOISE, NOISE_OF_COMMANDS = 0.01, 0.02
"""Counts may differ by this much because the compiler arranged the same code in another way."""

ARGUMENTS = 2048
"""Characters of the program's arguments and variables; see `profiled`."""

MINUTES = 60
DEVICES = 50
QUESTION = bytes.fromhex("000701000001000000000000") + b"\3www\7example\3org\0\0\1\0\1"

VIEWS = {
    "pcap": "pcap -o /dev/null",
    "summary": "pcap --summary",
    "hosts": "hosts",
    "devices": "devices",
    "report": "report -o report.html",
    "unknown": "unknown",
}
"""Commands whose instructions are counted as well."""

VIEWED = 10_000
"""Packets of the captures for commands."""

ANALYSES = {"default": ALL_PROTOCOLS, "hosts": ALL_PROTOCOLS | INVENTORY | SEGMENTS, "tcp": TCP}
"""What is read: all protocols, all with hosts, TCP alone."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of traffic, and the options with which it is analysed."""

    name: str
    capture: BenchCapture
    uptime: bool
    protocols: int = TCP


@dataclass(frozen=True, slots=True)
class Allowed:
    """The lowest count of an input, and the instructions that changes have added since, by reason."""

    lowest: float
    raises: dict[str, float] = field(default_factory=dict)

    @property
    def raised(self) -> float:
        """What was added, as a share of the lowest count."""
        return sum(self.raises.values()) / self.lowest

    def most(self, name: str) -> float:
        noise = NOISE_OF_COMMANDS if ": " in name else NOISE
        return (self.lowest + sum(self.raises.values())) * (1 + noise)


def traffic_of(inputs: Inputs) -> dict[str, BenchCapture]:
    """The inputs. Signatures are generated, so that changes to a database do not matter."""
    devices = range(DEVICES)
    asked = [arp(ip_of(n), ip_of(DEVICES - n), mac=mac_of(n)) for n in devices]
    questions = [datagram(QUESTION, 40_000 + n, 53, source=ip_of(n), mac=mac_of(n)) for n in devices]
    return {
        "syn": inputs.syns(PACKETS, database=inputs.signature_file(STOCK_SIZE)),
        "mix": inputs.mixed(PACKETS),
        "tls": inputs.mixed(PACKETS, kind="sessions"),
        "http": inputs.mixed(PACKETS, kind="messages"),
        "arp": inputs.made("arp", f"ARP of {DEVICES} devices", islice(cycle(asked), PACKETS)),
        "dns": inputs.made("dns", f"questions of {DEVICES} devices", islice(cycle(questions), PACKETS)),
    }


def kinds(inputs: Inputs) -> list[Kind]:
    """Each input in each analysis; and segments without a SYN where nothing needs them."""
    found = [
        Kind(f"{name}, {analysis}", capture, uptime=True, protocols=protocols)
        for name, capture in traffic_of(inputs).items()
        for analysis, protocols in ANALYSES.items()
    ]
    return [*found, Kind("plain, tcp, no uptimes", inputs.plain(100_000), uptime=False)]


def callgrind() -> str | None:
    return shutil.which("valgrind")


def profiled(
    command: Sequence[str],
    out: Path,
    settings: Mapping[str, str] | None = None,
    *,
    inside: str | None = "measured*",
) -> str:
    """Run `hotpath.c` or Python under callgrind with the profile in `out`; returns the program's output.

    Only what functions called `inside` execute counts, in each thread; without it, the whole program does.

    Variables and arguments lie above the stack, and where the stack begins decides how libc compares bytes.
    The environment is therefore `settings`, filled up so that the stack begins at the same place anywhere.
    """
    written = [command[0], *command, *(settings or {}).values()]
    fill = "-" * (ARGUMENTS - sum(len(one) + 1 for one in written))
    options = ["--tool=callgrind", f"--callgrind-out-file={out}"]
    options += [f"--toggle-collect={inside}"] if inside else []
    done = subprocess.run(
        [callgrind() or "valgrind", *options, *command],
        env={**(settings or {}), "FILL": fill},
        cwd=out.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=10 * MINUTES,
    )
    if done.returncode or not out.exists():
        raise RuntimeError(f"{command[0]} failed under callgrind: {done.stderr}")
    return done.stdout


def total(profile: str) -> int:
    found = re.search(r"^totals: (\d+)", profile, re.MULTILINE)
    if found is None:
        raise RuntimeError("callgrind counted nothing")
    return int(found[1])


def count(hotpath: HotPath, database: Path, kind: Kind, folder: Path, *, least: int = PACKETS // 8) -> float:
    """Instructions per packet of everything that the engine does with at least `least` packets."""
    out = folder / f"{kind.name}.callgrind"
    path = kind.capture.path
    command = hotpath.command("run", database, path, uptime=kind.uptime, protocols=kind.protocols)
    packets = int(profiled(command, out).split()[0])
    if packets < least:
        raise RuntimeError(f"callgrind counted {packets} packets for {kind.name}")
    return total(out.read_text(encoding="utf-8")) / packets


def ordered_share(hotpath: HotPath, database: Path, capture: Path, folder: Path) -> float:
    """What the ordered stage takes of the instructions of two workers."""
    protocols = ALL_PROTOCOLS | TWO_WORKERS
    command = hotpath.command("whole", database, capture, uptime=True, protocols=protocols)
    counted = {}
    for inside in ("work*", "converse_all_reading*"):
        out = folder / "workers.callgrind"
        profiled(command, out, inside=inside)
        counted[inside] = total(out.read_text(encoding="utf-8"))
    return counted["converse_all_reading*"] / counted["work*"]


def view_counts(inputs: Inputs, folder: Path, pool: Executor) -> dict[str, float]:
    """Instructions per packet of each of `VIEWS`, the start of the command included, by command and input."""
    syns = inputs.syns(VIEWED, database=inputs.signature_file(STOCK_SIZE))
    frames = enumerate(traffic.frames_of(syns.path.read_bytes()))
    few = (frame[:28] + bytes((0, number % DEVICES)) + frame[30:] for number, frame in frames)
    captures = {
        "SYNs of many": syns,
        "SYNs of few": inputs.made("few", f"SYNs of {DEVICES} hosts", few),
        "office": inputs.made(
            "office", "the office of the README", traffic.frames_of(office.PATH.read_bytes())
        ),
        "TLS": inputs.mixed(VIEWED, kind="sessions"),
    }
    settings = {"PYTHONHASHSEED": "0", "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}

    def command(view: str, capture: BenchCapture) -> list[str]:
        return [sys.executable, "-m", "huginn_cffi", *VIEWS[view].split(), str(capture.path)]

    def instructions(view: str, capture: BenchCapture) -> int:
        out = folder / f"{view} {capture.path.stem}.callgrind"
        profiled(command(view, capture), out, settings, inside=None)
        return total(out.read_text(encoding="utf-8"))

    for view, capture in product(VIEWS, captures.values()):  # compiles the modules, which is not counted
        subprocess.run(
            command(view, capture), env=settings, cwd=folder, capture_output=True, check=True, timeout=MINUTES
        )
    captures["one packet"] = inputs.slice(syns, 1)
    pairs = [(view, name) for name in captures for view in VIEWS]
    found = pool.map(lambda pair: instructions(pair[0], captures[pair[1]]), pairs)
    return {
        f"{view}: {name}": round(one / captures[name].packets, 1)
        for (view, name), one in zip(pairs, found, strict=True)
    }


def small_database(inputs: Inputs, folder: Path) -> Path:
    """The signatures of `kinds`, compiled."""
    database = folder / "signatures.hgdb"
    Database.compile(inputs.signature_file(STOCK_SIZE)).save(database)
    return database


def counts(hotpath: HotPath, folder: Path) -> dict[str, float]:
    """Instructions per packet, by input and analysis."""
    inputs = Inputs(folder)
    database = small_database(inputs, folder)
    wanted = kinds(inputs)
    with ThreadPoolExecutor(2) as pool:
        found = pool.map(lambda kind: round(count(hotpath, database, kind, folder), 1), wanted)
        core = {kind.name: one for kind, one in zip(wanted, found, strict=True)}
        return core | view_counts(inputs, folder, pool)


def recorded() -> tuple[str, str, dict[str, Allowed]]:
    """The compiler, Python, and what instructions.json allows."""
    content = json.loads(RECORDED.read_text(encoding="utf-8"))
    return (
        content["gcc"],
        content["python"],
        {name: Allowed(**one) for name, one in content["inputs"].items()},
    )


def write(compiler: str, allowed: Mapping[str, Allowed]) -> None:
    lines = [
        f"    {json.dumps(name)}: {json.dumps({'lowest': one.lowest, 'raises': one.raises})}"
        for name, one in allowed.items()
    ]
    head = f'{{\n  "gcc": "{compiler}",\n  "python": "{platform.python_version()}",\n  "inputs": {{\n'
    RECORDED.write_text(head + ",\n".join(lines) + "\n  }\n}\n", encoding="utf-8")


def complaints(found: Mapping[str, float], allowed: Mapping[str, Allowed]) -> Iterator[str]:
    """What is wrong with the counts, and with the raises."""
    for name, now in found.items():
        one = allowed[name]
        if one.raised > MOST_RAISED:
            yield f"{name}: raises add {one.raised:.1%} to the lowest count, more than {MOST_RAISED:.0%}"
        if now > one.most(name):
            missing = round(now - one.lowest - sum(one.raises.values()), 1)
            yield f'{name}: {now} instructions; save {missing}, or add to its raises: "REASON": {missing}'


# ---- where they go --------------------------------------------------------------------------------

STAGES = {
    "read the source": r"source/",
    "parse": r"packet/|filter/|blocks/block_parse",
    "match handshakes": r"database/|tcp/(matcher|observe|erased|template)",
    "order: flows and clocks": r"flow/(flows|identity|hash|index)|tcp/|blocks/(block|converse|engine|stages)",
    "order: bytes": r"flow/(streams|runs|reach|reader)|conversations/(readers|accept|scope)",
    "datagrams": r"conversations/(datagrams|fragments)",
    "TLS": r"tls/",
    "HTTP": r"http/",
    "SSH": r"ssh/",
    "greetings": r"greetings/",
    "announcements": r"announcements/",
    "write rows": r"blocks/rows|base/columns|hg_columns",
    "shared": r"",
}
"""Stages and readers, each with a pattern for the files that belong to it; the first that fits counts."""


def by_stage(profile: Path, packets: int) -> dict[str, float]:
    """Instructions per packet of each stage."""
    options = ["--threshold=100", "--show-percs=no"]
    shown = subprocess.run(
        ["callgrind_annotate", *options, str(profile)], capture_output=True, text=True, check=True
    )
    found: Counter[str] = Counter()
    for number, file in re.findall(r"^ *([\d,]+) +(\S+):\S", shown.stdout, re.MULTILINE):
        part = file.rpartition("csrc/")[2] if "csrc/" in file else Path(file).name
        stage = next(name for name, pattern in STAGES.items() if re.match(pattern, part))
        found[stage] += int(number.replace(",", ""))
    return {stage: found[stage] / packets for stage in STAGES}


def stages(captures: Sequence[Path]) -> None:
    """Print a table in Markdown: a row for each stage, a column for each input."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        hotpath = build(folder, debug=True)
        inputs = Inputs(folder)
        database = small_database(inputs, folder)
        paths = {path.name: path for path in captures}
        mode = "whole" if captures else "run"
        if not captures:
            paths = {name: one.path for name, one in traffic_of(inputs).items()}
        table = {}
        for column, path in paths.items():
            out = folder / "callgrind.out"
            command = hotpath.command(mode, database, path, uptime=True, protocols=ALL_PROTOCOLS)
            packets = int(profiled(command, out).split()[0])
            table[column] = by_stage(out, packets) | {"all": total(out.read_text()) / packets}
    print("| instructions a packet |", " | ".join(table), "|")
    print("|---|" + "---|" * len(table))
    for stage in (*STAGES, "all"):
        print(f"| {stage} |", " | ".join(f"{column[stage]:.0f}" for column in table.values()), "|")


def show(found: Mapping[str, float], allowed: Mapping[str, Allowed]) -> None:
    for name, number in found.items():
        one = allowed.get(name)
        change = f"{number / one.lowest - 1:+8.1%}" if one else "     new"
        print(f"{number:8.1f} {change}  {name}")
    raised = sum(one.raised for one in allowed.values()) / max(1, len(allowed))
    print(f"raises since the lowest counts: {raised:.2%} on average, at most {MOST_RAISED:.0%} for an input")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--refresh", action="store_true", help="write lower counts to instructions.json")
    parser.add_argument("--stages", metavar="CAPTURE", nargs="*", type=Path, help="show where they go")
    wanted = parser.parse_args()
    if callgrind() is None:
        sys.exit("instructions.py: valgrind is not installed (on Debian: apt-get install valgrind)")
    if wanted.stages is not None:
        stages(wanted.stages)
        return
    with tempfile.TemporaryDirectory() as name:
        hotpath = build(Path(name))
        found = counts(hotpath, Path(name))
    allowed = recorded()[2] if RECORDED.exists() else {}
    show(found, allowed)
    if wanted.refresh:
        lower = {
            name: now for name, now in found.items() if name not in allowed or now < allowed[name].lowest
        }
        write(
            hotpath.compiler,
            {name: Allowed(lower[name]) if name in lower else allowed[name] for name in found},
        )


if __name__ == "__main__":
    main()
