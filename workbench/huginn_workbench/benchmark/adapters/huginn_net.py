"""huginn-net 2.2.1: the systems that its program prints, each from one SYN or SYN+ACK.

The crate is a library, so the program ``huginn_net/main.rs`` beside this file prints its results. cargo
builds it once. huginn-net reads no pcapng: tcpdump converts such captures.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from huginn_workbench.benchmark.tools import ToolAnswer, ToolMissingError, printed
from huginn_workbench.evaluation.tool_names import family_and_version

NAME = "huginn-net"
VERSION = "2.2.1"
CRATE = Path(__file__).with_name("huginn_net")
BUILT = Path.home() / ".cache" / "huginn-benchmark" / f"huginn-net-{VERSION}"
PROGRAM = BUILT / "target" / "debug" / "print"
PCAPNG = b"\x0a\x0d\x0d\x0a"
PRINTED = re.compile(r"\[TCP (SYN(?:\+ACK)?)\] (\S+):\d+ .*\nOS: +(.*)")


def version() -> str:
    """The version that is built here if it is not yet; takes minutes."""
    if not PROGRAM.exists():
        if shutil.which("cargo") is None:
            raise ToolMissingError("huginn-net is built with cargo, which is not installed (rustup.rs)")
        shutil.copytree(CRATE, BUILT, dirs_exist_ok=True)
        done = subprocess.run(
            ["cargo", "build", "--quiet"], cwd=BUILT, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise ToolMissingError(f"huginn-net was not built: {done.stderr.strip()[-300:]}")
    return VERSION


def answers(capture: Path) -> Iterator[ToolAnswer]:
    """One answer for each ``[TCP SYN]`` and ``[TCP SYN+ACK]``."""
    with TemporaryDirectory() as folder:
        path = capture
        with capture.open("rb") as file:
            if file.read(4) == PCAPNG:
                path = Path(folder, "converted.pcap")
                printed("tcpdump", "-r", capture, "-w", path)
        yield from read_output(printed(PROGRAM, path))


def read_output(text: str) -> Iterator[ToolAnswer]:
    """The answers in the program's output: ``OS: Windows/win/NT kernel 6.x``."""
    for kind, host, said in PRINTED.findall(text):
        name, _, flavor = said.rsplit("/", 2) if said.count("/") > 1 else ("", "", "")
        text = f"{name} {flavor}".removesuffix("??").strip()
        named = family_and_version("p0f", text) if text else ("", "")
        yield ToolAnswer(host.strip("[]"), kind.lower(), *named)
