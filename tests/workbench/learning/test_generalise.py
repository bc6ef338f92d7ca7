"""What becomes a rule or a wildcard, and what stays."""

from __future__ import annotations

from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_workbench.learning import sightings
from huginn_workbench.learning.counting import Count
from huginn_workbench.learning.generalise import candidates, narrowed
from huginn_workbench.learning.sightings import PacketMember, Shown, count_handshake, handshakes
from tests.support.packets import NOP, SOK, mss, wscale
from tests.workbench.learning.build import own_options, syn, syn6, write


def members(folder: Path, *packets: bytes) -> list[PacketMember]:
    path = write(folder / "made.pcap", *packets)
    counts: dict[Shown, Count] = {}
    for one in handshakes(path, _fail):
        count_handshake(counts, one)
    made = [PacketMember(shown.packed()) for shown in counts]
    for member, count in zip(made, counts.values(), strict=True):
        member.merge(count)
    return made


def _fail(error: hg.CaptureError) -> None:
    raise error


def lines(folder: Path, *packets: bytes) -> list[str]:
    return sorted(one.text for one in candidates(members(folder, *packets)))


def test_equal_packets_share_what_they_show_as_long_as_few_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise each of the millions of a large capture has its own, or none is ever given up."""
    monkeypatch.setattr(sightings, "_MEMO", 3)
    others = [syn(size=size) for size in (1300, 1310, 1320, 1330)]
    path = write(tmp_path / "made.pcap", syn(), syn(2), *others, syn(3), syn(4))
    shown = [one.shown for one in handshakes(path, _fail)]
    assert shown[0] is shown[1]
    assert shown[0] == shown[6]
    assert shown[0] is not shown[6]
    assert shown[6] is shown[7]
    assert len(set(shown)) == 5


LAYOUT = "mss,ws,nop,sok,nop,nop"


@pytest.mark.parametrize(
    ("packets", "expected"),
    [
        pytest.param([syn(), syn(2, ttl=51)], [f"4:64:0:*:mss*4,3:{LAYOUT}:df,id+:0"], id="distance"),
        pytest.param([syn(ttl=120)], [f"4:128:0:*:mss*4,3:{LAYOUT}:df,id+:0"], id="another initial TTL"),
        pytest.param([syn(size=1400), syn(size=1460)], [f"4:64:0:*:mss*4,3:{LAYOUT}:df,id+:0"], id="MSS"),
        pytest.param(
            [syn(size=1400, window=8400), syn(size=1460, window=8400)],
            [f"4:64:0:*:8400,3:{LAYOUT}:df,id+:0"],
            id="a number whatever the MSS",
        ),
        pytest.param([syn(size=1024, window=8192)], [f"4:64:0:*:8192,3:{LAYOUT}:df,id+:0"], id="a round one"),
        pytest.param([syn(size=1285, window=65535)], [f"4:64:0:*:65535,3:{LAYOUT}:df,id+:0"], id="65535"),
        pytest.param(
            [syn(size=1024, window=8192), syn(size=512, window=4096)],
            [f"4:64:0:*:mss*8,3:{LAYOUT}:df,id+:0"],
            id="round by a rule",
        ),
        pytest.param(
            [syn(size=1460, window=64240), syn(size=1380, window=64240)],
            [f"4:64:0:*:mss*44,3:{LAYOUT}:df,id+:0"],
            id="clamped",
        ),
        pytest.param([syn(size=1460, window=3000)], [f"4:64:0:*:mtu*2,3:{LAYOUT}:df,id+:0"], id="MTU"),
        pytest.param([syn(), syn(payload=b"x")], [f"4:64:0:*:mss*4,3:{LAYOUT}:df,id+:*"], id="payload"),
        pytest.param([syn6()], [f"6:64:0:*:mss*4,3:{LAYOUT}:flow:0"], id="IPv6 alone"),
        pytest.param([syn(), syn6()], [f"*:64:0:*:mss*4,3:{LAYOUT}:df,id+,flow:0"], id="both versions"),
        pytest.param(
            [syn(), syn6(window=8192)],
            [f"4:64:0:*:mss*4,3:{LAYOUT}:df,id+:0", f"6:64:0:*:8192,3:{LAYOUT}:flow:0"],
            id="versions that differ",
        ),
        pytest.param([syn(options=b"", window=1000)], ["4:64:0:0:1000,0::df,id+:0"], id="no options"),
        pytest.param(
            [syn(options=own_options(1460, 3)), syn(options=own_options(1460, 5))],
            [f"4:64:0:*:mss*4,*:{LAYOUT}:df,id+:0"],
            id="scales",
        ),
        pytest.param(
            [syn(options=mss(1460) + NOP + wscale(3) + NOP + NOP + SOK), syn()],
            [
                "4:64:0:*:mss*4,3:mss,nop,ws,nop,nop,sok:df,id+:0",
                f"4:64:0:*:mss*4,3:{LAYOUT}:df,id+:0",
            ],
            id="layouts stay apart",
        ),
    ],
)
def test_lines(packets: list[bytes], expected: list[str], tmp_path: Path) -> None:
    assert lines(tmp_path, *packets) == expected


def test_many_windows_say_nothing(tmp_path: Path) -> None:
    twelve = [syn(window=1001 + 2 * number) for number in range(12)]
    assert len(lines(tmp_path, *twelve)) == 12
    assert lines(tmp_path, *twelve, syn(window=999)) == [f"4:64:0:*:*,3:{LAYOUT}:df,id+:0"]


def test_hosts_and_packets_are_counted(tmp_path: Path) -> None:
    (one,) = candidates(members(tmp_path, syn(1), syn(1), syn(2, ttl=60)))
    assert (one.tally.hosts, one.tally.packets, one.tally.years) == (2, 3, {2026})


def test_narrowing_goes_step_by_step(tmp_path: Path) -> None:
    packets = [syn(), syn6(2), syn(options=own_options(1460, 5)), syn6(2, options=own_options(1440, 5))]
    (wide,) = candidates(members(tmp_path, *packets))
    assert wide.text == f"*:64:0:*:mss*4,*:{LAYOUT}:df,id+,flow:0"
    scales = narrowed(wide)
    assert [one.text for one in scales] == [
        f"*:64:0:*:mss*4,3:{LAYOUT}:df,id+,flow:0",
        f"*:64:0:*:mss*4,5:{LAYOUT}:df,id+,flow:0",
    ]
    versions = narrowed(scales[0])
    assert [one.text for one in versions] == [
        f"4:64:0:*:mss*4,3:{LAYOUT}:df,id+:0",
        f"6:64:0:*:mss*4,3:{LAYOUT}:flow:0",
    ]
    (exact,) = narrowed(versions[0])
    assert exact.text == f"4:64:0:1460:5840,3:{LAYOUT}:df,id+:0"
    assert narrowed(exact) == []
