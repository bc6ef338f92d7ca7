"""What nothing names, ranked by hosts, with relatives and a template."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.cli import main
from huginn_workbench.learning import LearningError, unknown
from tests.support.packets import Ip4, Tcp, packet, reply
from tests.workbench.learning.build import linux_options, own_options, syn, syn6, write

LAYOUT = "mss,ws,nop,sok,nop,nop"


def test_ranked_by_hosts_not_by_packets(tmp_path: Path, base: hg.Database) -> None:
    busy = [syn(1, window=1000) for _ in range(5)]
    path = write(tmp_path / "a.pcap", *busy, syn(2), syn(3, size=1400), syn(4, ttl=60))
    found = unknown(path, database=base)
    assert [(item.text, item.support.hosts, item.support.packets) for item in found] == [
        (f"4:64:0:*:mss*4,3:{LAYOUT}:df,id+:0", 3, 3),
        (f"4:64:0:*:1000,3:{LAYOUT}:df,id+:0", 1, 5),
    ]
    assert (found[0].support.file, found[0].support.packet) == (str(path), 6)
    assert {item.answer for item in found} == {"???"}


def test_a_host_of_two_captures_is_two_hosts(tmp_path: Path, base: hg.Database) -> None:
    paths = [write(tmp_path / name, syn(1)) for name in ("a.pcap", "b.pcap")]
    (one,) = unknown(paths, database=base)
    assert (one.support.hosts, one.support.packets, one.years) == (2, 2, (2026,))
    assert unknown(tmp_path, database=base) == [one]


def test_named_packets_are_left_out_unless_weakly(tmp_path: Path, base: hg.Database) -> None:
    known = syn(1, window=64240, options=linux_options(1460))
    generic = syn(2, window=1000, options=linux_options(1460))
    fuzzy = packet(
        Ip4(source="10.0.0.3", fragment=0, identification=0), Tcp(window=64240, options=linux_options(1460))
    )
    path = write(tmp_path / "a.pcap", known, generic, fuzzy)
    assert unknown(path, database=base) == []
    assert [(item.answer, item.support.packets) for item in unknown(path, database=base, weak=True)] == [
        ("Linux (generic)", 1),
        ("Linux 4.19-6.15 (fuzzy)", 1),
    ]


def test_other_scales_are_other_systems(tmp_path: Path, base: hg.Database) -> None:
    path = write(tmp_path / "a.pcap", syn(1), syn(2, options=own_options(1460, 5)))
    assert len(unknown(path, database=base)) == 2


def test_both_directions_and_versions(tmp_path: Path, base: hg.Database) -> None:
    answered = reply(Ip4(), Tcp(), window=5840, options=own_options(1460))
    path = write(tmp_path / "a.pcap", syn(1), syn6(2), answered)
    assert [(item.direction, item.text) for item in unknown(path, database=base)] == [
        ("request", f"*:64:0:*:mss*4,3:{LAYOUT}:df,id+,flow:0"),
        ("response", f"4:64:0:*:mss*4,3:{LAYOUT}:df,id+:0"),
    ]


def test_relatives_come_nearest_first(tmp_path: Path, base: hg.Database) -> None:
    path = write(tmp_path / "a.pcap", syn(1, window=64240, options=linux_options(1460), ttl=64, urgent=7))
    (one,) = unknown(path, database=base, relatives=2)
    assert [near.line for near in one.relatives] == [6, 13]
    assert [field.field for field in one.relatives[0].of("differs")] == ["quirks"]
    assert "label = s:unix:???:" in one.template, "the class of so near a relative"
    assert unknown(path, database=base, relatives=0)[0].relatives == ()


@pytest.mark.parametrize(
    "data",
    [
        syn(1),
        syn6(1),
        syn(1, options=b"", window=7),
        syn(1, ttl=180),
        reply(Ip4(), Tcp(), options=own_options(1460)),
    ],
    ids=["IPv4", "IPv6", "no options", "TTL of no initial one", "SYN+ACK"],
)
def test_the_template_is_valid_and_names_the_packet(data: bytes, tmp_path: Path, base: hg.Database) -> None:
    (one,) = unknown(write(tmp_path / "a.pcap", data), database=base)
    filled = hg.Database.compile(text=one.template)
    assert filled.warnings == ()
    result = hg.fingerprint(data, db=filled)
    part = result.syn or result.syn_ack
    assert part is not None
    assert part.match is not None
    assert (part.match.name, part.match.quality) == ("???", 1.0)


def test_nothing_to_look_at(tmp_path: Path, base: hg.Database) -> None:
    with pytest.raises(LearningError, match=r"no SYN and no SYN\+ACK"):
        unknown(write(tmp_path / "a.pcap"), database=base)
    with pytest.raises(LearningError, match="there is no such capture"):
        unknown(tmp_path / "b.pcap", database=base)
    with pytest.raises(LearningError, match=r"^'': there is no such capture"):
        unknown("", database=base)
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(LearningError, match=r"empty: the folder holds no captures"):
        unknown(empty, database=base)
    with pytest.raises(TypeError, match="database must be a Database"):
        unknown(tmp_path / "a.pcap", database=None)  # type: ignore[arg-type]


def test_the_command_takes_filters_and_times(capsys: pytest.CaptureFixture[str]) -> None:
    sample = str(Path(__file__).parents[3] / "examples" / "sample.pcap")

    def count(*words: str) -> int:
        assert main(["unknown", "--weak", "--format", "json", *words, sample]) == 0
        found: int = json.loads(capsys.readouterr().out)["count"]
        return found

    assert count() == count("--dst-port", "3389") == count("--since", "2026-01-15T10:00:00Z") == 1
    assert count("--port", "443") == count("--ip", "192.0.2.10") == 0
    assert main(["unknown", "--since", "2", "--until", "1", sample]) == 2
