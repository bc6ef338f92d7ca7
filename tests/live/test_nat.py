"""Systems behind a router that masquerades, counted by a capture. Needs root and nft."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from tests.support import needs
from tools.lab import nat

SECONDS, CONNECTIONS = 8, 1000
"""The table of the manual is of longer runs (python -m tools.lab.nat)."""


def brief(case: nat.NatCase) -> nat.NatCase:
    """The same hosts in less time; a case that is named after its ten seconds keeps them."""
    if "in ten seconds" in case.name:
        return case
    return replace(case, seconds=SECONDS, count=min(case.count, CONNECTIONS))


@pytest.mark.slow
def test_systems_behind_a_router_are_counted_and_never_too_many() -> None:
    """Where ports of equal hosts meet by chance, fewer are counted: then there is another try."""
    needs.root()
    if shutil.which("nft") is None:
        pytest.skip("nft is absent: install the Debian package nftables")
    cases = [brief(case) for case in nat.CASES]
    for _ in range(2):
        found = nat.all_counted(cases)
        counts = {case.name: count for case, count in zip(cases, found, strict=True)}
        for case in cases:
            assert 1 <= counts[case.name] <= len(case.hosts), case.name
        cases = [case for case in cases if counts[case.name] < case.least]
        if not cases:
            return
    assert not cases, counts
