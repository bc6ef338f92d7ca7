"""p0f 3.09b with its own database: the systems in its log, each from one SYN or SYN+ACK."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory

from huginn_workbench.benchmark.tools import ToolAnswer, ToolMissingError, printed
from huginn_workbench.evaluation.tool_names import family_and_version

NAME = "p0f"
UNKNOWN = "???"


def version() -> str:
    """The version in p0f's banner."""
    if shutil.which("p0f") is None:
        raise ToolMissingError("p0f is not installed; on Debian: sudo apt-get install p0f")
    banner = subprocess.run(["p0f", "-h"], capture_output=True, text=True, check=False).stdout
    return banner.partition("p0f ")[2].split(" ", 1)[0]


def answers(capture: Path) -> Iterator[ToolAnswer]:
    """One answer for each line ``mod=syn`` or ``mod=syn+ack`` of the log."""
    with TemporaryDirectory() as folder:
        log = Path(folder, "log")
        printed("p0f", "-r", capture, "-o", log)
        yield from read_log(log.read_text(encoding="utf-8", errors="replace"))


def read_log(text: str) -> Iterator[ToolAnswer]:
    """The answers in a log."""
    for line in text.splitlines():
        row = dict(part.partition("=")[::2] for part in line.partition("] ")[2].split("|"))
        if row.get("mod") in ("syn", "syn+ack"):
            end = row["cli" if row["subj"] == "cli" else "srv"]
            host = str(ip_address(end.partition("/")[0]))
            said = row.get("os") or row.get("app") or UNKNOWN
            name = ("", "") if said == UNKNOWN else family_and_version(NAME, said)
            yield ToolAnswer(host, row["mod"], *name)
