"""Other programs for the same job, installed or built from their releases."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import cache
from importlib import import_module, metadata
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from huginn_cffi import Analyzer
from tools.bench.inputs import STOCK, BenchCapture
from tools.bench.measure import Sample, spent_by_children

HERE = Path(__file__).parent
MINUTES = 60


class AbsentPeerError(Exception):
    """A peer is not available; the text gives the reason."""


class Peer(ABC):
    """One program. ``name`` is its name in tables, ``packets`` the most packets that it gets."""

    name: str
    packets: int = 10_000_000

    @abstractmethod
    def prepare(self) -> str:
        """Make it ready and return its version; raises `AbsentPeerError`."""

    @abstractmethod
    def sample(self, capture: BenchCapture) -> Sample:
        """Fingerprint the packets of a capture once."""


class P0f(Peer):
    """Debian's p0f, with its log in a file. Its start counts (about 10 ms)."""

    name = "p0f"
    packets = 200_000

    def prepare(self) -> str:
        if shutil.which("p0f") is None or not STOCK.is_file():
            raise AbsentPeerError("the Debian package p0f is not installed")
        shown = subprocess.run(["p0f", "-h"], capture_output=True, text=True, check=False)
        return next((word for word in (shown.stdout + shown.stderr).split() if word[:2] == "3."), "3")

    def sample(self, capture: BenchCapture) -> Sample:
        log = capture.path.with_suffix(".p0f-log")
        log.unlink(missing_ok=True)
        command = ["p0f", "-f", str(STOCK), "-r", str(capture.path), "-o", str(log)]
        began, cpu = perf_counter(), spent_by_children()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True, timeout=10 * MINUTES)
        seconds = perf_counter() - began
        log.unlink()
        return Sample(capture.packets, seconds, (spent_by_children() - cpu) / seconds)


class _Timer(Peer):
    """A program that times itself and prints one JSON object."""

    def sample(self, capture: BenchCapture) -> Sample:
        command = self.command(capture)
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=10 * MINUTES)
        found = json.loads(done.stdout)
        self.check(found, capture)
        return Sample(found["packets"], found["seconds"], found["cpu"] / found["seconds"])

    def check(self, found: dict[str, Any], capture: BenchCapture) -> None:
        """Check that it did the work for which it was timed; raises `ValueError`."""

    @abstractmethod
    def command(self, capture: BenchCapture) -> list[str]:
        """The command line that times the packets of a capture."""


class _PythonPeer(_Timer):
    """A Python package: packets are read with scapy and given to its functions."""

    packets = 2000

    def prepare(self) -> str:
        try:
            return " with scapy ".join(metadata.version(name) for name in self._distributions)
        except metadata.PackageNotFoundError as error:
            raise AbsentPeerError(f"the package {error.name} is not installed") from None

    _distributions: tuple[str, ...] = ()

    def command(self, capture: BenchCapture) -> list[str]:
        return [sys.executable, "-m", "tools.bench.peers", self.name.split()[0], str(capture.path)]


class Pyp0f(_PythonPeer):
    """pyp0f: MTU and TCP of each packet."""

    name = "pyp0f"
    _distributions = ("pyp0f", "scapy")


class ScapyP0f(_PythonPeer):
    """The p0f module of scapy: MTU and TCP of each packet."""

    name = "scapy (its p0f module)"
    _distributions = ("scapy",)


class HuginnNetTcp(_Timer):
    """huginn-net-tcp in release mode.

    ``mode`` is the argument of its program. Modes that repeat a few packets process `repeated` in total.
    """

    package = "huginn-net-tcp"
    version = "1.7.2"

    def __init__(self, mode: str, name: str, repeated: int | None = None) -> None:
        self.mode = mode
        self.name = f"{self.package} ({name})"
        self._repeated = repeated

    def prepare(self) -> str:
        build("huginn_net_tcp")
        return self.version

    def check(self, found: dict[str, Any], capture: BenchCapture) -> None:
        share = 0.0 if self.mode == "parse" else syns(capture.path) / capture.packets
        if found["syn"] != round(share * found["packets"]) or found["packets"] < capture.packets:
            raise ValueError(f"{self.name} gave {found['syn']} SYNs of {found['packets']} packets")

    def command(self, capture: BenchCapture) -> list[str]:
        count = self._repeated or capture.packets
        return [*map(str, (build("huginn_net_tcp"), self.mode, capture.path, count))]


class HuginnNet(Peer):
    """huginn-net with all its protocols (`reader` "all"), or its crate for "tls" or "http" only."""

    version = "2.2.1"

    def __init__(self, reader: str, counted: str) -> None:
        self.name = "huginn-net" if reader == "all" else f"huginn-net-{reader}"
        self._arguments = (reader, counted)

    def prepare(self) -> str:
        build("huginn_net")
        return self.version

    def sample(self, capture: BenchCapture) -> Sample:
        command = [str(build("huginn_net")), *self._arguments, str(capture.path)]
        cpu = spent_by_children()
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=10 * MINUTES)
        seconds = float(done.stdout.split()[0])
        return Sample(capture.packets, seconds, (spent_by_children() - cpu) / seconds)


@cache
def syns(path: Path) -> int:
    """The SYNs of a capture, by this package, whose counts other tests compare with p0f's."""
    with Analyzer(None, protocols=("tcp",)) as analyzer:
        for _ in analyzer.batches(str(path)):
            pass
        return analyzer.stats.events_by_kind["syn"]


@cache
def build(name: str) -> Path:
    """The Rust program of this folder, built; its target folder is kept. Raises `AbsentPeerError`."""
    cargo = shutil.which("cargo")
    if cargo is None:
        raise AbsentPeerError("cargo is not installed")
    folder = Path(tempfile.gettempdir()) / f"{name.replace('_', '-')}-benchmark"
    source, target = folder / "source", folder / "target"
    shutil.copytree(HERE / name, source, dirs_exist_ok=True)  # so that no lock file is left here
    command = [cargo, "build", "--release", "--quiet", "--manifest-path", str(source / "Cargo.toml")]
    try:
        subprocess.run(
            [*command, "--target-dir", str(target)],
            check=True,
            capture_output=True,
            text=True,
            timeout=10 * MINUTES,
        )
    except subprocess.CalledProcessError as error:
        lines = error.stderr.strip().splitlines()
        raise AbsentPeerError(f"{name} does not build: {lines[0] if lines else error}") from None
    except subprocess.TimeoutExpired:
        raise AbsentPeerError(f"{name} did not build within ten minutes") from None
    return target / "release" / f"{name}_benchmark"


# ---- the program for peers that are Python packages: ``python -m tools.bench.peers pyp0f|scapy FILE`` ----


def _pyp0f() -> Callable[[Any], bool]:
    import_module("pyp0f.database").DATABASE.load()
    functions = import_module("pyp0f.fingerprint")

    def named(packet: Any) -> bool:
        functions.fingerprint_mtu(packet)
        return functions.fingerprint_tcp(packet).match is not None

    return named


def _scapy() -> Callable[[Any], bool]:
    module = import_module("scapy.modules.p0f")
    module.p0fdb.get_base()

    def named(packet: Any) -> bool:
        module.fingerprint_mtu(packet)
        return module.p0f(packet) is not None

    return named


def _time_package(peer: str, path: str) -> None:
    """Read the capture with scapy and give each packet to the peer; prints one JSON object."""
    import_module("scapy.layers.all")  # without it scapy knows no link type
    reader_of = import_module("scapy.utils").PcapReader
    named = {"pyp0f": _pyp0f, "scapy": _scapy}[peer]()
    packets = names = 0
    began, cpu = perf_counter(), process_time()
    with reader_of(path) as reader:
        for packet in reader:
            names += named(packet)
            packets += 1
    spent = {"seconds": perf_counter() - began, "cpu": process_time() - cpu}
    print(json.dumps({"packets": packets, **spent, "names": names}))


if __name__ == "__main__":
    _time_package(*sys.argv[1:])
