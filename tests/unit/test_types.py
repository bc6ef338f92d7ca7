"""Type checkers refuse calls that fail, and accept those that work; names and choices have precise types."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

import huginn_cffi as hg
from huginn_cffi.base.names import EVENTS, PROTOCOLS, EventName, ProtocolName
from huginn_cffi.filters.conditions import MODES
from huginn_cffi.formats.forms import FORMATS, TextFormat
from huginn_cffi.run import observations as results

ROOT = Path(__file__).parents[2]

WRONG = """\
hg.Analyzer().analyze_pcap(7)
hg.Analyzer().batches([b"", 7])
hg.Analyzer(protocols="tls")
hg.Analyzer(protocols=["tsl"])
hg.Analyzer(http="last")
hg.FilterConfig("refuse")
hg.watch("lo", events=("sin",))
hg.Analyzer().watch("lo", events="syn")
hg.Analyzer(until="tomorrow")
hg.Analyzer(max_hosts="all")
hg.fingerprint("45 00")
hg.Analyzer().analyze_packets([(1, "45 00")])
hg.watch("lo", database=hg)
next(hg.Analyzer().batches("a.pcap")).render("yaml")
"""

RIGHT = """\
hg.Analyzer(None, protocols=hg.PROTOCOLS, http="all").analyze_pcap([Path("a"), b"", memoryview(b""), "-"])
hg.Analyzer(protocols=["tcp", "tls"]).analyze_pcap(gzip.open("a.pcap.gz"))
hg.Analyzer().analyze_pcap(mmap.mmap(-1, 10))
hg.Analyzer().analyze_pcap(io.BytesIO())
hg.Analyzer(filter=hg.FilterConfig("deny", port=hg.PortFilter(any=1))).watch("lo", events=["arp"])
hg.fingerprint(bytearray(40), db=None)


async def main() -> None:
    async with hg.watch("lo", events={"syn"}, database=None, protocols=("tcp",)) as events:
        async for event in events:
            if event.syn is not None:
                print(event.syn.match, event.syn.flow, event.as_dict()["syn"], event.to_json())
    async for result in hg.Analyzer().analyze_pcap("a.pcap"):
        print(result.syn and result.syn.time_ns, result.certificate)


def hosts() -> Iterator[hg.HostRecord]:
    for host in hg.Analyzer().read("a.pcap").hosts:
        if host.device is not None and host.device.confidence.model is not None:
            yield host
"""

HEAD = """\
import gzip, io, mmap
from collections.abc import Iterator
from pathlib import Path
import huginn_cffi as hg
"""


@pytest.mark.slow
def test_wrong_calls_are_refused_and_right_ones_accepted(tmp_path: Path) -> None:
    pytest.importorskip("mypy", reason="mypy is not installed")
    program = tmp_path / "program.py"
    program.write_text(HEAD + WRONG + RIGHT, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary"]
    found = subprocess.run(
        [*command, "--cache-dir", tmp_path / "cache", program], capture_output=True, text=True, cwd=ROOT
    )
    refused = {int(number) for number in re.findall(r"program\.py:(\d+): error", found.stdout)}
    before, wrong = HEAD.count("\n"), WRONG.count("\n")
    assert refused == set(range(before + 1, before + wrong + 1)), found.stdout + found.stderr


def test_types_of_names_are_the_names() -> None:
    assert (get_args(EventName), get_args(ProtocolName)) == (EVENTS, PROTOCOLS)
    assert MODES == ("allow", "deny")
    assert get_args(TextFormat) == tuple(name for name, form in FORMATS.items() if form.code is not None)


def test_all_results_are_exported() -> None:
    public = {name for name in vars(results) if name[0].isupper()}
    assert public <= set(hg.__all__)
    assert all(getattr(hg, name) is getattr(results, name) for name in public)


@pytest.mark.parametrize("value", [-1, 0, "1"])
def test_a_wrong_absent_is_refused_even_if_unused(value: int) -> None:
    with pytest.raises((ValueError, TypeError), match="absent must be"):
        hg.Analyzer(absent=value)
