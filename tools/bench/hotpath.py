"""The C core without Python: builds ``hotpath.c`` like the package builds its core, and runs it."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.support import builds
from tests.support.core import all_sources
from tools.bench.measure import Sample
from tools.build_steps.c_headers import write_headers

ROOT = Path(__file__).resolve().parents[2]
MINUTES = 60

TCP, ALL = 1, 7  # bits of hg_config.protocols
HTTP_ALL, INVENTORY, SEGMENTS, TWO_WORKERS, ALL_PROTOCOLS = 8, 16, 32, 64, 128  # more bits, see hotpath.c

LINK_TIME = "-flto=auto"  # which tools/build_steps/extension.py adds where the compiler can


class CompilerAbsentError(Exception):
    """There is no gcc to build the program."""


@dataclass(frozen=True, slots=True)
class HotPath:
    """The built program. ``compiler`` is gcc's version."""

    program: Path
    compiler: str

    def command(
        self,
        mode: str,
        database: Path,
        capture: Path,
        *,
        uptime: bool,
        packets: int = 0,
        protocols: int = TCP,
    ) -> list[str]:
        """The command line; see ``hotpath.c``."""
        return [*map(str, (self.program, mode, database, capture, int(uptime), packets, protocols))]

    def run(
        self, database: Path, capture: Path, *, uptime: bool = True, protocols: int = TCP
    ) -> tuple[Sample, int]:
        """Time for all packets except the first 20,000, and the number of their rows."""
        return self._sample(self.command("run", database, capture, uptime=uptime, protocols=protocols))

    def detect(self, database: Path, capture: Path, packets: int) -> tuple[Sample, int]:
        """Time to decide whether frames in the cache are handshakes, and the number of handshakes."""
        return self._sample(self.command("detect", database, capture, uptime=False, packets=packets))

    def _sample(self, command: list[str]) -> tuple[Sample, int]:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=MINUTES)
        count, found, seconds, cpu = done.stdout.split()
        return Sample(int(count), float(seconds), float(cpu) / float(seconds)), int(found)


def package_flags() -> list[str]:
    """The flags that the package compiles its core with."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    found = re.search(r"^extra-compile-args = (\[.*?\])", text, re.MULTILINE | re.DOTALL)
    if found is None:
        raise AssertionError("pyproject.toml has no extra-compile-args")
    return [str(flag) for flag in ast.literal_eval(found[1])]


def build(folder: Path, *, debug: bool = False) -> HotPath:
    """Compile the core and the program in `folder`; raises `CompilerAbsentError`.

    With `debug`, profilers can tell the file of each instruction.
    """
    compiler = shutil.which("gcc")
    if compiler is None:
        raise CompilerAbsentError("gcc is not installed")
    write_headers(folder)
    sources = [Path(__file__).with_name("hotpath.c"), *all_sources()]
    flags = [*package_flags(), LINK_TIME, "-DNDEBUG", *(["-g"] if debug else [])]
    program = builds.program(folder / "hotpath", sources, flags, ["-ldl"], compiler)
    version = subprocess.run([compiler, "-dumpfullversion"], capture_output=True, text=True, check=True)
    return HotPath(program, version.stdout.strip())
