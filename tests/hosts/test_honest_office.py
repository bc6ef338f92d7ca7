"""An hour of an office with browsers: nothing is urgent; attacks on its segment are news in ten seconds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.base.times import parse_time
from tests.hosts.honest import ATTACK, ATTACKS, MOST_S, URGENT, kind_of, office, segment
from tests.support.captures import Packet, pcap
from tests.support.devices.made import ETHERNET
from tests.support.devices.news import SECOND, START


def told(packets: Sequence[Packet], workers: int = 1) -> list[tuple[float, str]]:
    """The time and kind of each finding."""
    analyzer = hg.Analyzer(findings=True, device_news=True, senders=True, protocols=hg.PROTOCOLS)
    found: list[tuple[float, str]] = []
    for batch in analyzer.batches(pcap(sorted(packets), ETHERNET, nanoseconds=True), workers=workers):
        for line in batch.render("json").splitlines():
            one: dict[str, Any] = json.loads(line)
            if kind := kind_of(one):
                found.append(((parse_time(one["time"]) - START) / SECOND, kind))
    return found


def test_nothing_is_urgent() -> None:
    """The second DHCP server and the new resolver are checks."""
    found = told(office())
    assert [kind for _, kind in found if kind in URGENT] == []
    assert sorted({kind for _, kind in found} & {"new_dhcp_server", "segment_changed"}) == [
        *("new_dhcp_server", "segment_changed")
    ]


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_news_within_ten_seconds(name: str) -> None:
    attack, kind, _ = ATTACKS[name]
    around = [one for one in office() if 1900 <= (one[0] - START) / SECOND <= 2600]
    before = [one for one in segment() if one[0] < START + 1900 * SECOND]
    usual = [*before, *around]
    assert kind not in [one for at, one in told(usual) if at >= ATTACK]
    found = [at for at, one in told([*usual, *attack(ATTACK)]) if one == kind and at >= ATTACK]
    assert min(found) <= ATTACK + MOST_S
