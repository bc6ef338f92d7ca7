"""A small run of `flood`: floods and damage, with counts that add up exactly and flat memory."""

from __future__ import annotations

import subprocess
import sys

import pytest

from huginn_cffi import Analyzer, CaptureError
from tests.support.captures import pcap
from tests.support.command import ENVIRONMENT, GIVING_BACK
from tests.support.core import ROOT
from tests.support.sanitizers import SANITIZED

pytest.importorskip("numpy")


def test_counts_add_up_and_memory_stays_flat() -> None:
    """In a process of its own. A leak is a byte for each packet of the second half."""
    code = (
        "from tools.bench.flood import run\n"
        "outcome = run(800_000, 20_000)\n"
        "packets = outcome.stats.packets\n"
        "half = max(used for read, used in outcome.memory if read <= packets // 2)\n"
        "last = max(used for _, used in outcome.memory)\n"
        "print(packets, outcome.stats.flows_evicted_half_open, last - half, *outcome.wrong)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=ENVIRONMENT | GIVING_BACK,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.stderr == ""
    packets, evicted, growth, *wrong = done.stdout.split()
    assert wrong == []
    assert int(packets) >= 800_000
    assert int(evicted) > 50_000
    assert SANITIZED or int(growth) < int(packets) // 2


def test_errors_that_are_kept_keep_no_batches() -> None:
    """Their tracebacks held all columns of the batch that came last."""
    errors: list[CaptureError] = []
    list(Analyzer().batches([pcap([]) + b"cut", pcap([])], on_error=errors.append))
    assert [error.__traceback__ for error in errors] == [None]
