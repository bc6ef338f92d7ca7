"""nDPI's ndpiReader: the User-Agents and DHCP vendor classes that it prints, by flow.

ndpiReader 4.2 names no system itself. What a text stands for is in ``evaluation/tool_names.csv``.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from huginn_workbench.benchmark.tools import ToolAnswer, ToolMissingError, printed
from huginn_workbench.evaluation.tool_names import family_and_version

NAME = "ndpi"
FLOW = re.compile(r"^\t\d+\t(?:TCP|UDP) \[?([\da-f.:]+?)\]?:\d+ ", re.MULTILINE)
CLIENT = re.compile(r"\[(?:User-Agent|DHCP Class Ident): ([^\]]*)\]")


def version() -> str:
    """The version that ndpiReader states."""
    if shutil.which("ndpiReader") is None:
        raise ToolMissingError("ndpiReader is not installed; on Debian: sudo apt-get install libndpi-bin")
    return printed("ndpiReader", "-h").partition("Welcome to nDPI ")[2].split("\n", 1)[0].strip()


def answers(capture: Path) -> Iterator[ToolAnswer]:
    """One answer for each User-Agent and vendor class with a name."""
    return read_output(printed("ndpiReader", "-i", capture, "-v", "2"))


def read_output(text: str) -> Iterator[ToolAnswer]:
    """The answers in the output: one line for each flow, with the client first."""
    for line in text.splitlines():
        flow, said = FLOW.match(line), CLIENT.search(line)
        if flow and said:
            family, version = family_and_version(NAME, said[1])
            if family != said[1]:
                yield ToolAnswer(flow[1], "host", family, version)
