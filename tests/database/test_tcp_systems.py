"""Windows and options of a whole network, and which rows get their family: `tools.lab.tcp_systems`."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from tests.conftest import SHARED
from tools.lab.tcp_systems import SystemRow, judged, named, rows, table

REAL = SHARED / "facts" / "mercury" / "tcp-systems.csv"
HEADER = "fingerprint,connections,systems"
MADE = [
    HEADER,
    # Windows, its scale overwritten; SACK as well, which leaves too little for a guess
    "(fd20)(020404ec)(01)(01)(01)(01)(01)(01)(04),7,windows_10 2004 0.6; mac_os_x 11.2.1 0.4",
    "(fd20)(020404ec)(01)(01)(01)(01)(01)(01)(01)(01),2,windows_10 2004 1.0",
    # Apple, its padding overwritten
    "(ffff)(020405b4)(01)(030306)(01)(01)(08)(04)(01)(01),5,mac_os_x 10.15.7 1.0",
    # the order of Linux, which is wrong for a Mac
    "(faf0)(020405b4)(04)(08)(01)(030307),3,mac_os_x 10.14.6 0.6; ubuntu_linux 20.04 0.4",
    "(faf0)(020405b4)(04)(08)(01)(030307),1,ubuntu_linux 20.04 0.3; fedora_linux 30 0.4; mac_os_x 10.15 0.3",
    # nobody's
    "(1000)(01)(08)(04)(020405b4)(030307),1,windows_7 7601 1.0",
]


def test_rows_are_judged_by_the_family_of_the_largest_share() -> None:
    found = list(rows(MADE))
    assert [row.family for row in found] == ["Windows", "Windows", "macOS", "macOS", "Linux", "Windows"]
    assert [row.connections for row in found] == [7, 2, 5, 3, 1, 1]
    assert [judged(row) for row in found] == ["right", "unnamed", "right", "wrong", "right", "unnamed"]
    text = "\n".join(table(found, seed=0))
    assert "rows                     6    50.000    16.667    33.333" in text
    assert "connections             19    68.421    15.789    15.789" in text
    assert "wrong        1  macOS: 02 04 08 01 03" in text


def test_shuffled_rows_have_the_same_options_in_another_order() -> None:
    chance = random.Random(1)
    for row in (row for row in rows(MADE) if row.connections != 2):
        other = row.shuffled(chance)
        assert other is not None
        assert Counter(other.options) == Counter(row.options)
        assert other.layout != row.layout
    assert SystemRow(1000, ("020405b4", "01"), 1, "Linux", 64).shuffled(chance) is None


def test_rows_of_a_real_network() -> None:
    """Windows, macOS and Linux in offices, 2020 and 2021; order and padding changed by boxes on the way."""
    if not REAL.exists():
        pytest.skip(f"{REAL} is absent")
    with REAL.open(encoding="utf-8", newline="") as lines:
        found = list(rows(lines))
    results = Counter(judged(row) for row in found)
    assert results["right"] >= 0.96 * len(found)
    assert results["wrong"] <= 0.008 * len(found)
    chance = random.Random(0)
    others = [other for row in found if (other := row.shuffled(chance)) is not None]
    assert sum(map(named, others)) <= 0.015 * len(others)
